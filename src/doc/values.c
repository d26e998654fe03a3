/*
 * Values and fields: from an expression to words, lines and boxes.
 *
 * A form prints the same places to write on whether it is filled or not; a
 * letter prints values as words, and dotted lines only where nothing is
 * known yet.
 */
#include "doc/doc_int.h"

#define BLANK_WIDTH NK_MM(30) /* of a dotted line in running text */
#define LINE_HEIGHT NK_MM(8)  /* between ruled lines to write on */
#define NIK_BOXES   16
#define CHOICE_STOP NK_MM(5)  /* choices in a row begin at these distances */
#define DATE_WIDTH  NK_MM(42) /* of one box for a date: as of its eight */

static nk_err put_value(struct nk_doc__binding *b, const nk_tpl *t,
                        const nk_field *f, nk_str raw, nk_buf *out)
{
    if (t->call) {
        if (!t->call->call(NULL, &raw, 1, out))
            return nk_fail(b->ctx, NK_E_INVALID, NK_M_XPATH_ARGUMENT, t->at,
                           NK_ARGS(nk_str_of(t->call->name)));
    } else if (f) {
        nk_field_put(out, f, raw, NK_LANG_ID);
    } else {
        nk_buf_puts(out, raw);
    }
    return NK_OK;
}

static nk_err from_elements(struct nk_doc__binding *b, const nk_tpl *t,
                            struct nk_doc__values *v)
{
    nk_buf out;
    nk_err rc;
    size_t i;

    if ((rc = nk_xpath_nodes(b->ctx, b->a, b->t->env, t->select, b->node, t->at,
                             &v->list, &v->n)) < 0)
        return rc;
    nk_buf_init(&out, b->a);
    for (i = 0; i < v->n; i++) {
        nk_str raw = nk_xml_all_text(b->a, v->list[i]);

        if (!raw.ptr)
            return nk_nomem(b->ctx);
        if (out.len && nk_str_trim(raw).len)
            nk_buf_lit(&out, ", ");
        if ((rc = put_value(b, t, nk_record_field(v->list[i]), nk_str_trim(raw),
                            &out)) < 0)
            return rc;
        if (i == 0)
            v->raw = nk_str_trim(raw);
    }
    return nk_buf_end(b->ctx, &out, &v->text);
}

static nk_err from_text(struct nk_doc__binding *b, const nk_tpl *t,
                        struct nk_doc__values *v)
{
    nk_str raw;
    nk_buf out;
    nk_err rc;

    if ((rc = nk_xpath_text(b->ctx, b->a, b->t->env, t->select, b->node, t->at,
                            &raw)) < 0)
        return rc;
    v->raw = raw = nk_str_trim(raw);
    nk_buf_init(&out, b->a);
    if (raw.len && (rc = put_value(b, t, t->field, raw, &out)) < 0)
        return rc;
    return nk_buf_end(b->ctx, &out, &v->text);
}

static nk_err evaluate(struct nk_doc__binding *b, const nk_tpl *t,
                       struct nk_doc__values *v)
{
    *v = (struct nk_doc__values){ 0 };
    return t->field && !t->field->is_attr ? from_elements(b, t, v)
                                          : from_text(b, t, v);
}

/* Is there a group in the record that should hold the field? */
static bool group_is_there(const struct nk_doc__binding *b, const nk_field *f)
{
    const nk_field *up[NK_MAX_XML_DEPTH];
    nk_xml_node *e = nk_xml_root(nk_record_xml(b->record));
    size_t n = 0;

    for (f = f->parent; f && f->parent && n < NK_MAX_XML_DEPTH; f = f->parent)
        up[n++] = f;
    while (n-- && e)
        e = nk_xml_child(e, up[n]->name);
    return e != NULL;
}

/* The last consent given for the institution; none: the case. */
static const nk_xml_node *consent_with(const struct nk_doc__binding *b)
{
    const nk_xml_node *root = nk_xml_root(nk_record_xml(b->record)), *e;
    const nk_xml_node *found = root;

    for (e = nk_xml_first(root); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("consent")) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("with"), NK_EMPTY),
                      b->institution))
            found = e;
    return found;
}

/* One sentence for all that a paper would say of a consent. */
static void miss_consent(struct nk_doc__binding *b)
{
    const nk_xml_node *who = nk_office_institution(b->office, b->institution);
    const nk_xml_node *name = who ? nk_xml_child(who, NK_STR("name")) : NULL;
    nk_buf day;

    if (b->no_consent)
        return;
    b->no_consent = true;
    nk_buf_init(&day, b->a);
    nk_date_put(&day, b->how->date, NK_DATE_LONG);
    nk_problem_add(b->problems, NK_ERROR, NK_M_CONSENT_NONE,
                   nk_xml_place(consent_with(b)),
                   NK_ARGS(name ? nk_xml_text(name) : b->institution,
                           nk_buf_str(&day), b->institution));
}

static bool is_of_consent(const nk_field *f)
{
    return f && f->parent && nk_str_eq(f->parent->name, NK_STR("consent"));
}

/* What the recipient may not see has no place on the paper either, and is
   not missed unless the paper is nothing without it. */
static bool is_hidden(const struct nk_doc__binding *b, const nk_tpl *t)
{
    return t->field && !nk_rights_allow(b->rights, t->field);
}

static void miss(struct nk_doc__binding *b, const nk_tpl *t)
{
    const nk_field *f = t->field;
    nk_place at = nk_xml_place(nk_xml_root(nk_record_xml(b->record)));

    if (b->how->mode != NK_MODE_FILLED || t->optional || b->node == b->none ||
        !(t->needed || (f && f->required && group_is_there(b, f))))
        return;
    if (b->institution.len && (is_of_consent(f) || is_hidden(b, t))) {
        if (!b->how->override)
            miss_consent(b);
        return;
    }
    at.field = f              ? nk_field_label(b->a, f, NK_LANG_ID)
               : t->label.len ? t->label
                              : nk_xpath_source(t->select);
    nk_problem_add(b->problems, NK_ERROR, NK_M_FIELD_REQUIRED, at,
                   NK_ARGS(at.field, f ? f->name : NK_EMPTY));
}

/* A value in running text; where there is none yet, a dotted line. */
static nk_err add_value(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent, const struct nk_doc__values *v)
{
    nk_node *n;

    if (v->text.len)
        return nk_doc__add_text(b, parent, t, v->text);
    if (b->how->mode == NK_MODE_FILLED)
        return NK_OK;
    if (!(n = nk_doc__add(b, parent, NK_NODE_BLANK, t)))
        return nk_doc__add_failed(b);
    n->dotted = true;
    n->width = t->width ? t->width : BLANK_WIDTH;
    return nk_doc__input(b, t, v, n);
}

nk_err nk_doc__bind_value(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent)
{
    struct nk_doc__values v;
    nk_err rc;

    if (is_hidden(b, t) && !t->needed)
        return NK_OK;
    if ((rc = evaluate(b, t, &v)) < 0)
        return rc;
    if (!v.text.len)
        miss(b, t);
    return add_value(b, t, parent, &v);
}

/* ---- Fields as places to write ----------------------------------------- */

nk_show nk_doc__show(const struct nk_doc__binding *b, const nk_tpl *t)
{
    static const nk_show by_kind[] = {
        [NK_KIND_GROUP] = NK_SHOW_LINE,
        [NK_KIND_TEXT] = NK_SHOW_LINE,
        [NK_KIND_LONG_TEXT] = NK_SHOW_LINES,
        [NK_KIND_PERSON_NAME] = NK_SHOW_LINE,
        [NK_KIND_NIK] = NK_SHOW_COMB,
        [NK_KIND_KK] = NK_SHOW_COMB,
        [NK_KIND_PHONE] = NK_SHOW_LINE,
        [NK_KIND_EMAIL] = NK_SHOW_LINE,
        [NK_KIND_RT_RW] = NK_SHOW_LINE,
        [NK_KIND_DATE] = NK_SHOW_DATE,
        [NK_KIND_PARTIAL_DATE] = NK_SHOW_DATE,
        [NK_KIND_TIME] = NK_SHOW_LINE,
        [NK_KIND_MOMENT] = NK_SHOW_LINE,
        [NK_KIND_COUNT] = NK_SHOW_LINE,
        [NK_KIND_MONEY] = NK_SHOW_LINE,
        [NK_KIND_ID] = NK_SHOW_LINE,
        [NK_KIND_CASE_NUMBER] = NK_SHOW_LINE,
        [NK_KIND_CHOICE] = NK_SHOW_CHOICE,
    };

    if (t->show != NK_SHOW_AUTO)
        return t->show;
    if (b->t->family != NK_FAMILY_FORM)
        return NK_SHOW_VALUE;
    return t->field ? by_kind[t->field->kind] : NK_SHOW_LINE;
}

static nk_err add_line(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *parent, const struct nk_doc__values *v)
{
    nk_node *n = nk_doc__add(b, parent, NK_NODE_BLANK, t);

    if (!n)
        return nk_doc__add_failed(b);
    n->text = v->text;
    n->width = t->width;
    n->field = t->field;
    return nk_doc__input(b, t, v, n);
}

static nk_err add_lines(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent, const struct nk_doc__values *v)
{
    nk_node *n = nk_doc__add(b, parent, NK_NODE_LINES, t);

    if (!n)
        return nk_doc__add_failed(b);
    n->text = v->text;
    n->count = t->count ? t->count : 3;
    n->fit = t->fit;
    n->height = LINE_HEIGHT;
    n->field = t->field;
    return nk_doc__input(b, t, v, n);
}

static nk_err add_boxes(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent, nk_str text, uint32_t boxes,
                        nk_node **out)
{
    nk_node *n = nk_doc__add(b, parent, NK_NODE_COMB, t);

    if (!n)
        return nk_doc__add_failed(b);
    n->text = text;
    n->count = boxes;
    n->field = t->field;
    *out = n;
    return NK_OK;
}

static nk_err add_comb(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *parent, const struct nk_doc__values *v)
{
    nk_node *n = NULL;
    nk_err rc =
        add_boxes(b, t, parent, v->text, t->count ? t->count : NIK_BOXES, &n);

    return rc < 0 ? rc : nk_doc__input(b, t, v, n);
}

/* Boxes for dd-mm-yyyy; what of the date is not known stays empty. Of a
   moment it is its day. */
static nk_err add_date(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *parent, nk_str raw)
{
    nk_str parts[3] = { NK_EMPTY, NK_EMPTY, NK_EMPTY };
    static const uint32_t boxes[3] = { 2, 2, 4 };
    nk_node *n = NULL;
    nk_date d = { 0 };
    nk_err rc = NK_OK;
    size_t i;

    raw = nk_str_head(raw, raw.len < 10 ? raw.len : 10);
    if (nk_date_parse(raw, &d)) {
        parts[2] = nk_str_head(raw, 4);
        if (d.month)
            parts[1] = nk_str_head(nk_str_skip(raw, 5), 2);
        if (d.day)
            parts[0] = nk_str_skip(raw, 8);
    }
    for (i = 0; i < 3 && rc == NK_OK; i++) {
        if (i)
            rc = nk_doc__add_text(b, parent, t, NK_STR("\xC2\xA0"));
        if (rc == NK_OK)
            rc = add_boxes(b, t, parent, parts[i], boxes[i], &n);
    }
    return rc;
}

/* One box for a date that is typed, or boxes as on any paper. */
static nk_err add_typed_date(struct nk_doc__binding *b, const nk_tpl *t,
                             nk_node *parent, const struct nk_doc__values *v)
{
    nk_node *before = parent->last, *n = NULL;
    nk_buf text;
    nk_err rc = add_boxes(b, t, parent, NK_EMPTY, 1, &n);

    if (rc < 0 || !n)
        return rc;
    n->width = DATE_WIDTH;
    nk_buf_init(&text, b->a);
    nk_field_put_typed(&text, t->field, NK_TYPED_DAY, v->raw);
    if ((rc = nk_buf_end(b->ctx, &text, &n->text)) < 0 ||
        (rc = nk_doc__input(b, t, v, n)) < 0 || n->input)
        return rc;
    nk_doc__drop_last(parent, before);
    return add_date(b, t, parent, v->raw);
}

static bool is_chosen(const struct nk_doc__values *v, nk_str choice)
{
    size_t i;

    for (i = 0; i < v->n; i++)
        if (nk_str_eq(nk_str_trim(nk_xml_text(v->list[i])), choice))
            return true;
    return false;
}

/* A label that must not be torn from its box: spaces become no-break. */
static nk_err tied(struct nk_doc__binding *b, nk_str s, nk_str *label)
{
    nk_buf out;
    size_t i;

    nk_buf_init(&out, b->a);
    nk_buf_lit(&out, "\xC2\xA0");
    for (i = 0; i < s.len; i++)
        if (s.ptr[i] == ' ')
            nk_buf_lit(&out, "\xC2\xA0");
        else
            nk_buf_putc(&out, s.ptr[i]);
    return nk_buf_end(b->ctx, &out, label);
}

static nk_err add_choices(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent, const struct nk_doc__values *v)
{
    const nk_field *f = t->field;
    nk_str label;
    nk_node *n;
    nk_err rc;
    size_t i;

    for (i = 0; f && i < f->choices_n; i++) {
        if (i) {
            if (!(n = nk_doc__add(b, parent, NK_NODE_FILL, t)))
                return nk_doc__add_failed(b);
            n->width = t->width ? t->width : CHOICE_STOP;
        }
        if (!(n = nk_doc__add(b, parent, NK_NODE_CHECK, t)))
            return nk_doc__add_failed(b);
        n->checked = is_chosen(v, f->choices[i].value);
        n->field = f;
        n->text = f->choices[i].value;
        n->label = f->choices[i].label[NK_LANG_ID];
        if ((rc = nk_doc__input_choice(b, t, &f->choices[i], n)) < 0 ||
            (rc = tied(b, n->label, &label)) < 0 ||
            (rc = nk_doc__add_text(b, parent, t, label)) < 0)
            return rc;
    }
    return NK_OK;
}

/* A value whose table cell is the place to write it into. */
static nk_err add_cell(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *parent, const struct nk_doc__values *v)
{
    nk_node *before = parent->last, *n;
    nk_err rc;

    if (v->text.len)
        return nk_doc__add_text(b, parent, t, v->text);
    if (!b->how->fillable)
        return NK_OK;
    if (!(n = nk_doc__add(b, parent, NK_NODE_BLANK, t)))
        return nk_doc__add_failed(b);
    n->bare = true;
    rc = nk_doc__input(b, t, v, n);
    if (rc == NK_OK && !n->input)
        nk_doc__drop_last(parent, before);
    return rc;
}

static nk_err add_place(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_show show, nk_node *parent,
                        const struct nk_doc__values *v)
{
    switch (show) {
    case NK_SHOW_AUTO:
    case NK_SHOW_VALUE:
        return add_value(b, t, parent, v);
    case NK_SHOW_CELL:
        return add_cell(b, t, parent, v);
    case NK_SHOW_LINES: /* a block: the caller's; among words one line */
    case NK_SHOW_LINE:
        return add_line(b, t, parent, v);
    case NK_SHOW_COMB:
        return add_comb(b, t, parent, v);
    case NK_SHOW_CHOICE:
        return add_choices(b, t, parent, v);
    case NK_SHOW_DATE:
        return b->how->fillable ? add_typed_date(b, t, parent, v)
                                : add_date(b, t, parent, v->raw);
    }
    return NK_OK;
}

nk_err nk_doc__add_row(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *table, nk_str label, nk_node **value)
{
    nk_node *row = nk_doc__add(b, table, NK_NODE_ROW, t), *cell, *p;
    nk_err rc;

    if (!row || !(cell = nk_doc__add(b, row, NK_NODE_CELL, t)) ||
        !(p = nk_doc__add_p(b, cell, t)))
        return nk_doc__add_failed(b);
    cell->head = true;
    if ((rc = nk_doc__add_text(b, p, t, label)) < 0)
        return rc;
    if (!nk_doc__add(b, p, NK_NODE_FILL, t))
        return nk_doc__add_failed(b);
    if ((rc = nk_doc__add_text(b, p, t, NK_STR(":"))) < 0)
        return rc;
    if (!(*value = nk_doc__add(b, row, NK_NODE_CELL, t)))
        return nk_doc__add_failed(b);
    return NK_OK;
}

static nk_err bind_row(struct nk_doc__binding *b, const nk_tpl *t, nk_show show,
                       nk_node *table, const struct nk_doc__values *v)
{
    nk_str label = t->label.ptr ? t->label
                   : t->field   ? t->field->label[NK_LANG_ID]
                                : NK_EMPTY;
    nk_node *cell = NULL, *p;
    nk_err rc;

    if (show == NK_SHOW_VALUE && !v->text.len && !t->keep_empty &&
        b->how->mode == NK_MODE_FILLED)
        return NK_OK;
    if ((rc = nk_doc__add_row(b, t, table, label, &cell)) < 0)
        return rc;
    if (show == NK_SHOW_LINES)
        return add_lines(b, t, cell, v);
    if (!(p = nk_doc__add_p(b, cell, t)))
        return nk_doc__add_failed(b);
    if (show == NK_SHOW_VALUE && !v->text.len) {
        if (!(cell = nk_doc__add(b, p, NK_NODE_BLANK, t)))
            return nk_doc__add_failed(b);
        cell->dotted = true;
        return nk_doc__input(b, t, v, cell);
    }
    return add_place(b, t, show, p, v);
}

nk_err nk_doc__bind_field(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent)
{
    nk_show show = nk_doc__show(b, t);
    struct nk_doc__values v;
    nk_err rc;

    if (is_hidden(b, t) && !t->needed)
        return NK_OK;
    if ((rc = evaluate(b, t, &v)) < 0)
        return rc;
    if (!v.text.len)
        miss(b, t);
    if (parent->kind == NK_NODE_TABLE)
        return bind_row(b, t, show, parent, &v);
    if (show == NK_SHOW_LINES && parent->kind != NK_NODE_P)
        return add_lines(b, t, parent, &v);
    return add_place(b, t, show, parent, &v);
}
