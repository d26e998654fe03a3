/*
 * A filled form into a record. The form is bound once more as it would be
 * made today: what it has places for may come in, and nothing else. Each
 * field says what it was when the form was made, so that what nobody touched
 * stays out of the way and what the case changed meanwhile is noticed.
 */
#include "case/case_int.h"
#include "cos/cos.h"

#define CASE_NS NK_STR("urn:naskah:case:1")

/* A place of the form that somebody changed. */
struct change {
    const nk_cos_field *field;
    nk_spot spot;
    nk_str typed, was;
    nk_xml_node *element; /* it came to, once it did; NULL: none */
};

struct filling {
    nk_ctx *ctx;
    nk_arena *a;
    nk_press *press;
    nk_archive *ar;
    const nk_filled *in;
    nk_problems *problems;
    nk_str template_id, version, office, record, about; /* of the form */
    nk_template *t;
    nk_office *profile;
    nk_record *base;
    const nk_doc *doc; /* the form as it would be today */
    nk_cos_field *fields;
    size_t fields_n;
    struct change *changes;
    size_t changes_n;
};

/* ---- The form and what it is of ---------------------------------------- */

static nk_err no_form(const struct filling *m)
{
    return nk_fail(m->ctx, NK_E_INVALID, NK_M_FORM_NONE, NK_NOWHERE,
                   NK_ARGS(m->in->file));
}

/* A text of the private part; false: it is not there. */
static nk_err private_text(struct filling *m, const nk_cos_value *d, nk_str key,
                           nk_str *out)
{
    nk_cos_value v;
    nk_err rc = nk_cos_get(m->ctx, d, key, &v);

    if (rc < 0)
        return rc;
    if (v.kind != NK_COS_TEXT && v.kind != NK_COS_HEX)
        return no_form(m);
    *out = nk_cos_text(m->a, &v);
    return out->ptr ? NK_OK : nk_nomem(m->ctx);
}

static nk_err read_form(struct filling *m)
{
    const struct {
        const char *key;
        nk_str *to;
    } rows[] = { { "Template", &m->template_id },
                 { "Version", &m->version },
                 { "Office", &m->office },
                 { "Case", &m->record },
                 { "About", &m->about } };
    nk_cos_file f;
    nk_cos_value d;
    size_t i;
    nk_err rc;

    if ((rc = nk_cos_open(m->ctx, m->a, m->in->pdf, &f)) < 0 ||
        (rc = nk_cos_private(m->ctx, &f, f.n - 1, &d)) < 0)
        return rc;
    if (d.kind == NK_COS_NONE)
        return no_form(m);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if ((rc = private_text(m, &d, nk_str_of(rows[i].key), rows[i].to)) < 0)
            return rc;
    /* Names that come from outside lead to no file of their own. */
    if (!nk_path_is_plain(m->template_id) || !nk_path_is_plain(m->office) ||
        nk_press_is_file(m->template_id))
        return no_form(m);
    return nk_cos_form(m->ctx, m->a, &f, f.n - 1, &m->fields, &m->fields_n);
}

static nk_err check_version(struct filling *m)
{
    nk_err rc =
        nk_press_template(m->ctx, m->press, m->template_id, m->problems, &m->t);

    if (rc < 0)
        return rc;
    if (nk_str_eq(m->t->version, m->version))
        return NK_OK;
    return nk_fail(m->ctx, NK_E_CONFLICT, NK_M_FORM_VERSION, NK_NOWHERE,
                   NK_ARGS(m->t->title, m->version, m->t->version));
}

/* ---- The record it goes into ------------------------------------------- */

/* A new case gets a number, the form's office, and the moment it came. */
static nk_err begin_record(struct filling *m)
{
    nk_xml_node *root = nk_xml_root(nk_record_xml(m->base));
    nk_buf b;

    nk_buf_init(&b, m->a);
    nk_moment_put(&b, m->ctx->now, nk_office_zone(m->profile));
    if (b.err < 0 || !nk_xml_set_attr(root, NK_STR("number"), NK_STR("auto")) ||
        !nk_xml_set_attr(root, NK_STR("office"), m->office) ||
        !nk_xml_set_attr(root, NK_STR("opened"), nk_buf_str(&b)))
        return nk_nomem(m->ctx);
    return NK_OK;
}

static nk_err open_record(struct filling *m, nk_str *xml)
{
    nk_str number = m->record.len ? m->record : m->in->case_number;
    nk_model *model;
    nk_err rc;

    *xml = NK_EMPTY;
    if (m->record.len && m->in->case_number.len &&
        !nk_str_eq(m->record, m->in->case_number))
        return nk_fail(m->ctx, NK_E_INVALID, NK_M_FORM_OTHER_CASE, NK_NOWHERE,
                       NK_ARGS(m->record, m->in->case_number));
    if ((rc = nk_press_model(m->ctx, m->press, &model)) < 0 ||
        (rc = nk_press_office(m->ctx, m->press, m->office, m->problems,
                              &m->profile)) < 0)
        return rc;
    if (!number.len) {
        rc = nk_record_new(m->ctx, model, &m->base);
        return rc < 0 ? rc : begin_record(m);
    }
    if ((rc = nk_archive_case_get(m->ctx, m->a, m->ar, number, 0, xml)) < 0 ||
        (rc = nk_record_open_checked(m->ctx, model, *xml, number, &m->base)) <
            0)
        return rc;
    return nk_record_set_zone(m->ctx, m->base, nk_office_zone(m->profile));
}

/* The form as nk_make would make it of that record. */
static nk_err bind_again(struct filling *m, nk_str xml)
{
    nk_order order = { .template_name = m->template_id,
                       .office = m->office,
                       .mode = NK_MODE_BLANK,
                       .fillable = true,
                       .file = m->in->file };

    if (m->record.len) {
        order.mode = NK_MODE_HALF;
        order.record = xml;
        order.checked = true;
        order.about = m->about;
    }
    return nk_make_doc(m->ctx, m->a, m->press, &order, m->problems, &m->doc);
}

/* ---- What was changed -------------------------------------------------- */

/* Line ends as ours, and nothing around. */
static nk_err plain(struct filling *m, nk_str s, nk_str *out)
{
    nk_buf b;
    size_t i;

    nk_buf_init(&b, m->a);
    s = nk_str_trim(s);
    for (i = 0; i < s.len; i++)
        if (s.ptr[i] != '\r')
            nk_buf_putc(&b, s.ptr[i]);
        else if (i + 1 == s.len || s.ptr[i + 1] != '\n')
            nk_buf_putc(&b, '\n');
    return nk_buf_end(m->ctx, &b, out);
}

static bool has_place(const struct filling *m, nk_str name)
{
    nk_walk_event ev;
    nk_walk w;

    nk_walk_init(&w, m->doc->body);
    while (nk_walk_next(&w, &ev))
        if (ev.entering && ev.node->input &&
            nk_str_eq(ev.node->input->name, name))
            return true;
    return false;
}

static nk_place place_of(struct filling *m, const nk_cos_field *f)
{
    nk_place at = { .file = m->in->file, .field = f->label };
    nk_buf b;

    if (!f->page)
        return at;
    nk_buf_init(&b, m->a);
    nk_msg_fill(&b, nk_msg_text(NK_T_FORM_PAGE, m->ctx->lang),
                NK_ARGS(m->in->file, NK_NUM(f->page)));
    if (b.err == NK_OK)
        at.file = nk_buf_str(&b);
    return at;
}

static void complain(struct filling *m, const nk_cos_field *f, nk_msg msg,
                     nk_str arg)
{
    nk_problem_add(m->problems, NK_ERROR, msg, place_of(m, f),
                   NK_ARGS(f->label.len ? f->label : f->name, arg));
}

static nk_err find_changes(struct filling *m)
{
    size_t i;
    nk_err rc;

    m->changes = NK_NEWN(m->a, m->fields_n, struct change);
    if (!m->changes)
        return nk_nomem(m->ctx);
    for (i = 0; i < m->fields_n; i++) {
        struct change *c = &m->changes[m->changes_n];

        *c = (struct change){ .field = &m->fields[i] };
        if ((rc = plain(m, c->field->value, &c->typed)) < 0 ||
            (rc = plain(m, c->field->was, &c->was)) < 0)
            return rc;
        if (nk_str_eq(c->typed, c->was))
            continue;
        if (has_place(m, c->field->name) &&
            nk_spot_parse(m->base, c->field->name, &c->spot))
            m->changes_n++;
        else
            complain(m, c->field, NK_M_FORM_FIELD, NK_EMPTY);
    }
    return NK_OK;
}

/* ---- Into the record --------------------------------------------------- */

static nk_msg like(const struct change *c)
{
    nk_kind k = c->spot.field->kind;

    if (k == NK_KIND_MOMENT && c->spot.part == NK_TYPED_WHOLE)
        return NK_T_HINT_MOMENT;
    return k == NK_KIND_TIME || c->spot.part == NK_TYPED_TIME ? NK_T_HINT_TIME
                                                              : NK_T_HINT_DATE;
}

/* The case says something else now than when the form was made. */
static nk_err is_stale(struct filling *m, const struct change *c, bool *stale)
{
    nk_str now;
    nk_err rc;

    *stale = false;
    if ((rc = nk_spot_typed(m->ctx, m->a, m->base, &c->spot, &now)) < 0 ||
        (rc = plain(m, now, &now)) < 0)
        return rc;
    /* A new case has its number and moment from us. */
    if (!m->record.len && !m->in->case_number.len && c->spot.field->is_attr)
        return NK_OK;
    *stale = !nk_str_eq(now, c->was) && !nk_str_eq(now, c->typed);
    return NK_OK;
}

static nk_err apply(struct filling *m, struct change *c)
{
    bool stale, fits;
    nk_err rc = is_stale(m, c, &stale);

    if (rc < 0)
        return rc;
    if (stale) {
        complain(m, c->field, NK_M_FORM_CHANGED, NK_EMPTY);
        return NK_OK;
    }
    if ((rc = nk_spot_put(m->ctx, m->a, m->base, &c->spot, c->typed, &fits)) <
        0)
        return rc;
    if (!fits && c->spot.field->kind == NK_KIND_CHOICE)
        complain(m, c->field, NK_M_FORM_CHOICE, NK_EMPTY);
    else if (!fits)
        complain(m, c->field, NK_M_FORM_VALUE,
                 nk_msg_text(like(c), m->ctx->lang));
    return NK_OK;
}

/* Times of day come last: each needs its day. */
static nk_err apply_all(struct filling *m)
{
    int pass;
    size_t i;
    nk_err rc;

    for (pass = 0; pass < 2; pass++)
        for (i = 0; i < m->changes_n; i++)
            if ((m->changes[i].spot.part == NK_TYPED_TIME) == (pass == 1) &&
                (rc = apply(m, &m->changes[i])) < 0)
                return rc;
    return NK_OK;
}

/* "[@to = 'police']" of what the template is about: what begins with this
   form is such a one. */
static nk_err set_kind(struct filling *m, const struct change *c)
{
    nk_str rest = nk_xpath_source(m->t->about_select), name, value, old;
    nk_spot group = c->spot;
    nk_xml_node *e;

    group.n = 1;
    if (!nk_str_cut(&rest, '[', &name) || !nk_str_cut(&rest, '@', &name) ||
        !nk_str_cut(&rest, '=', &name) || !nk_str_cut(&rest, '\'', &value) ||
        !nk_str_cut(&rest, '\'', &value) ||
        !(e = nk_spot_element(m->base, &group)))
        return NK_OK;
    name = nk_str_trim(name);
    if (nk_xml_attr(e, name, &old) || nk_xml_set_attr(e, name, value))
        return NK_OK;
    return nk_nomem(m->ctx);
}

static nk_err set_kinds(struct filling *m)
{
    nk_str first;
    size_t i;
    nk_err rc = NK_OK;

    if (!m->t->about.len)
        return NK_OK;
    first = nk_xpath_source(m->t->about_select);
    first = nk_str_head(first, nk_str_find(first, '['));
    for (i = 0; i < m->changes_n && rc == NK_OK; i++)
        if (m->changes[i].spot.n > 1 &&
            nk_str_eq(m->changes[i].spot.steps[0].field->name, first))
            rc = set_kind(m, &m->changes[i]);
    return rc;
}

/* ---- Problems of the record, told by field and page -------------------- */

/* The element of `x` whose like in `y` begins at that line. */
static nk_xml_node *at_line(nk_xml_node *x, nk_xml_node *y, uint32_t line)
{
    nk_xml_node *i, *k, *found;

    for (i = nk_xml_first(x), k = nk_xml_first(y); i && k;
         i = nk_xml_next(i), k = nk_xml_next(k))
        if ((found = at_line(i, k, line)) != NULL)
            return found;
    return nk_xml_place(y).line == line ? x : NULL;
}

static const struct change *change_at(const struct filling *m,
                                      const nk_xml_node *e, const nk_problem *p)
{
    size_t i;

    for (i = 0; i < m->changes_n; i++) {
        const struct change *c = &m->changes[i];

        if (e && c->element == e &&
            (!c->spot.field->is_attr ||
             nk_str_eq(c->spot.field->label[NK_LANG_ID], p->place.field)))
            return c;
    }
    return NULL;
}

/* Who has not filled in what is needed: the form's field of that label. */
static const nk_cos_field *field_named(const struct filling *m, nk_str label)
{
    size_t i;

    for (i = 0; label.len && i < m->fields_n; i++)
        if (nk_str_starts(m->fields[i].label, label))
            return &m->fields[i];
    return NULL;
}

static void tell(struct filling *m, const nk_problem *p, nk_xml *written)
{
    nk_xml_node *e = written ? at_line(nk_xml_root(nk_record_xml(m->base)),
                                       nk_xml_root(written), p->place.line)
                             : NULL;
    const struct change *c = change_at(m, e, p);
    const nk_cos_field *f = c ? c->field : field_named(m, p->place.field);
    nk_place at = { .file = m->in->file, .field = p->place.field };
    nk_args args = p->args;
    size_t i;

    if (f)
        at = place_of(m, f);
    for (i = 0; f && f->label.len && i < args.n; i++)
        if (nk_str_eq(args.v[i], p->place.field))
            args.v[i] = f->label;
    nk_problem_add(m->problems, p->severity, p->msg, at, args);
}

static nk_err tell_all(struct filling *m, nk_str xml, const nk_problems *found)
{
    nk_problems none;
    const nk_problem *p;
    nk_xml *written = NULL;
    size_t i;
    nk_err rc;

    if (!found->first)
        return NK_OK;
    nk_problems_init(&none, m->a);
    rc = nk_xml_open(m->ctx, xml, m->in->file, &none, &written);
    if (rc < 0)
        return rc;
    for (i = 0; i < m->changes_n; i++)
        m->changes[i].element = nk_spot_element(m->base, &m->changes[i].spot);
    for (p = found->first; p; p = p->next)
        tell(m, p, written);
    nk_xml_close(written);
    return NK_OK;
}

static nk_err store(struct filling *m, nk_str *number)
{
    nk_problems found;
    nk_str xml;
    nk_err rc, told;

    if ((rc = nk_xml_write(m->ctx, m->a, nk_record_xml(m->base), CASE_NS,
                           &xml)) < 0 ||
        (rc = nk_archive_begin(m->ctx, m->ar)) < 0)
        return rc;
    nk_problems_init(&found, m->a);
    rc = nk_case_store(m->ctx, m->a, m->press, m->ar, xml, m->in->file,
                       m->in->allow_incomplete, &found, number);
    rc = nk_archive_end(m->ctx, m->ar, rc, !m->in->dry);
    if (rc < 0 && !found.errors)
        return rc;
    told = tell_all(m, xml, &found);
    return rc < 0 ? rc : told;
}

static nk_err take_in(struct filling *m, nk_str *number)
{
    uint32_t errors = m->problems->errors;
    nk_str xml;
    nk_err rc;

    if ((rc = check_version(m)) < 0 || (rc = open_record(m, &xml)) < 0 ||
        (rc = bind_again(m, xml)) < 0 || (rc = find_changes(m)) < 0)
        return rc;
    if (!m->changes_n && m->problems->errors == errors)
        return nk_fail(m->ctx, NK_E_INVALID, NK_M_FORM_EMPTY, NK_NOWHERE,
                       NK_ARGS(m->in->file));
    if ((rc = apply_all(m)) < 0 ||
        (rc = nk_record_tidy(m->ctx, m->a, m->base)) < 0 ||
        (rc = set_kinds(m)) < 0)
        return rc;
    if (m->problems->errors > errors)
        return nk_fail(
            m->ctx, NK_E_INVALID, NK_M_FORM_REFUSED, NK_NOWHERE,
            NK_ARGS(m->in->file, NK_NUM(m->problems->errors - errors)));
    return store(m, number);
}

nk_err nk_case_import_form(nk_ctx *ctx, nk_arena *a, nk_press *d,
                           nk_archive *ar, const nk_filled *filled,
                           nk_problems *problems, nk_str *number,
                           uint32_t *changed)
{
    struct filling m = { .ctx = ctx,
                         .a = a,
                         .press = d,
                         .ar = ar,
                         .in = filled,
                         .problems = problems };
    nk_err rc = read_form(&m);

    if (rc == NK_OK)
        rc = take_in(&m, number);
    nk_record_close(m.base);
    *changed = (uint32_t)m.changes_n;
    return rc;
}
