/*
 * Places to write on as inputs of a fillable form: each is named by its path
 * in the record, so that what is filled in finds its way back there.
 *
 * A place that leads nowhere certain stays what it is in a blank: lines and
 * boxes to write on by hand.
 */
#include "doc/doc_int.h"

static bool is_below(nk_str name, nk_str prefix)
{
    return name.len > prefix.len && nk_str_starts(name, prefix) &&
           name.ptr[prefix.len] == '.';
}

/* Of one type as the file sees it: text, boxes of one kind, or a list. */
static bool is_alike(nk_input_kind a, nk_input_kind b)
{
    return a == b || (a <= NK_INPUT_COMB && b <= NK_INPUT_COMB);
}

/* Two fields of a form have no name in common, nor lies one in the other. */
static bool is_free(const struct nk_doc__inputs *all, const nk_input *new)
{
    size_t i;

    for (i = 0; i < all->n; i++) {
        const nk_input *old = all->list[i];

        if (nk_str_eq(old->name, new->name)
                ? !is_alike(old->kind, new->kind)
                : is_below(old->name, new->name) ||
                      is_below(new->name, old->name))
            return false;
    }
    return true;
}

static nk_err keep(struct nk_doc__binding *b, nk_input *in, nk_node *n)
{
    struct nk_doc__inputs *all = &b->inputs;

    if (!is_free(all, in))
        return NK_OK;
    if (all->n == NK_MAX_PDF_INPUTS)
        return nk_fail(b->ctx, NK_E_LIMIT, NK_M_FORM_TOO_LARGE, n->at,
                       NK_ARGS(NK_NUM(NK_MAX_PDF_INPUTS)));
    if (all->n == all->room) {
        size_t room = all->room ? 2 * all->room : 64;
        const nk_input **more = nk_alloc_grow(
            b->a, all->list, all->n * sizeof(*more), room * sizeof(*more));

        if (!more)
            return nk_nomem(b->ctx);
        all->list = more;
        all->room = room;
    }
    all->list[all->n++] = in;
    n->input = in;
    return NK_OK;
}

/* "Korban: Tanggal lahir (hh-bb-tttt)", "Saksi: Nama 2" */
static nk_err put_label(struct nk_doc__binding *b, const nk_field *f,
                        nk_msg hint, nk_str name, nk_str *out)
{
    nk_str label = nk_field_label(b->a, f, NK_LANG_ID), part;
    uint64_t index;
    nk_buf buf;

    nk_buf_init(&buf, b->a);
    nk_buf_puts(&buf, label);
    while (nk_str_cut(&name, '.', &part))
        if (nk_str_uint(part, NK_MAX_XML_NODES, &index)) {
            nk_buf_putc(&buf, ' ');
            nk_buf_int(&buf, (int64_t)index + 1);
        }
    if (hint) {
        nk_buf_lit(&buf, " (");
        nk_buf_puts(&buf, nk_msg_text(hint, NK_LANG_ID));
        nk_buf_putc(&buf, ')');
    }
    return nk_buf_end(b->ctx, &buf, out);
}

static nk_msg hint_of(const struct nk_doc__spot *spot, nk_typed part)
{
    switch (spot->field->kind) {
    case NK_KIND_DATE:
    case NK_KIND_PARTIAL_DATE:
        return NK_T_HINT_DATE;
    case NK_KIND_TIME:
        return NK_T_HINT_TIME;
    case NK_KIND_MOMENT:
        return part == NK_TYPED_DAY    ? NK_T_HINT_DATE
               : part == NK_TYPED_TIME ? NK_T_HINT_TIME
                                       : NK_T_HINT_MOMENT;
    default:
        return spot->open ? NK_T_HINT_SEVERAL : NK_M_NONE;
    }
}

/* Can the field be filled in at that spot, by whoever fills in this form? */
static bool is_fillable(const struct nk_doc__binding *b,
                        const struct nk_doc__spot *spot)
{
    const nk_field *f = spot->field;

    if (!f || f->kind == NK_KIND_GROUP || f->computed.len ||
        (spot->filtered && b->how->mode != NK_MODE_BLANK) ||
        !nk_rights_allow(b->rights, f))
        return false;
    /* What case and whose it is, a known case has; a blank the office. */
    if (f->is_attr && !f->parent->parent)
        return b->how->mode == NK_MODE_BLANK &&
               !nk_str_eq(f->name, NK_STR("office"));
    return !f->is_attr;
}

/* What is known, as it would be typed; several are told apart by ";". */
static nk_err put_values(struct nk_doc__binding *b, const nk_field *f,
                         nk_typed part, const struct nk_doc__values *known,
                         nk_str *out)
{
    nk_buf buf;
    size_t i;

    nk_buf_init(&buf, b->a);
    if (known->n == 0)
        nk_field_put_typed(&buf, f, part, known->raw);
    for (i = 0; i < known->n; i++) {
        nk_str raw = nk_xml_all_text(b->a, known->list[i]);

        if (!raw.ptr)
            return nk_nomem(b->ctx);
        if (i)
            nk_buf_puts(&buf, nk_field_several(f));
        nk_field_put_typed(&buf, f, part, nk_str_trim(raw));
    }
    return nk_buf_end(b->ctx, &buf, out);
}

static nk_err set_options(struct nk_doc__binding *b, const nk_field *f,
                          nk_input *in)
{
    nk_input_option *list = NK_NEWN(b->a, f->choices_n, nk_input_option);
    size_t i;

    if (!list)
        return nk_nomem(b->ctx);
    for (i = 0; i < f->choices_n; i++)
        list[i] = (nk_input_option){ f->choices[i].value,
                                     f->choices[i].label[NK_LANG_ID] };
    in->options = list;
    in->options_n = f->choices_n;
    return NK_OK;
}

/* A moment is two fields of the form where day and time have places. */
static nk_err name_part(struct nk_doc__binding *b, nk_typed part, nk_str path,
                        nk_str *out)
{
    nk_buf buf;

    nk_buf_init(&buf, b->a);
    nk_buf_puts(&buf, path);
    nk_buf_puts(&buf, part == NK_TYPED_DAY    ? NK_STR(".date")
                      : part == NK_TYPED_TIME ? NK_STR(".time")
                                              : NK_EMPTY);
    return nk_buf_end(b->ctx, &buf, out);
}

static void bound_text(const struct nk_doc__spot *spot, nk_typed part,
                       const nk_node *n, nk_input *in)
{
    const nk_field *f = spot->field;
    static const uint32_t longest[NK_KIND_CHOICE + 1] = {
        [NK_KIND_NIK] = 16, [NK_KIND_KK] = 16,           [NK_KIND_DATE] = 10,
        [NK_KIND_TIME] = 5, [NK_KIND_PARTIAL_DATE] = 10, [NK_KIND_MOMENT] = 16,
    };

    if (spot->open)
        return;
    in->longest = part == NK_TYPED_DAY    ? longest[NK_KIND_DATE]
                  : part == NK_TYPED_TIME ? longest[NK_KIND_TIME]
                                          : longest[f->kind];
    if (!in->longest)
        in->longest = f->longest;
    if (n->kind == NK_NODE_COMB && n->count > 1)
        in->longest = n->count;
    /* What is longer already stays whole. */
    if (nk_utf8_count(in->value) > in->longest)
        in->longest = 0;
    else if (n->kind == NK_NODE_COMB && n->count > 1)
        in->kind = NK_INPUT_COMB;
}

/* Whoever fills in the form must fill this in, whatever else they do. */
static bool is_required(const nk_field *f)
{
    while (f->parent && f->required)
        f = f->parent;
    return !f->parent;
}

static nk_err add_text(struct nk_doc__binding *b,
                       const struct nk_doc__spot *spot, nk_typed part,
                       const struct nk_doc__values *known, nk_node *n)
{
    const nk_field *f = spot->field;
    nk_input *in = NK_NEW(b->a, nk_input);
    nk_err rc;

    if (!in)
        return nk_nomem(b->ctx);
    in->kind =
        n->kind == NK_NODE_LINES || n->bare ? NK_INPUT_LINES : NK_INPUT_LINE;
    in->required = is_required(f);
    if ((rc = name_part(b, part, spot->path, &in->name)) < 0 ||
        (rc = put_label(b, f, hint_of(spot, part), spot->path, &in->title)) < 0)
        return rc;
    in->label = in->title;
    if (f->kind == NK_KIND_CHOICE && !spot->open) {
        in->kind = NK_INPUT_CHOICE;
        in->value = known->raw;
        rc = set_options(b, f, in);
    } else if ((rc = put_values(b, f, part, known, &in->value)) == NK_OK) {
        bound_text(spot, part, n, in);
    }
    return rc < 0 ? rc : keep(b, in, n);
}

/* "time(@opened)": the time of day of a moment. */
static nk_str inside_time(nk_str source)
{
    source = nk_str_trim(source);
    if (!nk_str_starts(source, NK_STR("time(")) ||
        !nk_str_ends(source, NK_STR(")")))
        return NK_EMPTY;
    return (nk_str){ source.ptr + 5, source.len - 6 };
}

/* The time of day beside a day that is asked for too. */
static nk_err add_time(struct nk_doc__binding *b, nk_str path,
                       const struct nk_doc__values *known, nk_node *n)
{
    struct nk_doc__spot spot;
    nk_err rc = nk_doc__spot(b, path, &spot);

    if (rc < 0 || !is_fillable(b, &spot) || spot.open ||
        spot.field->kind != NK_KIND_MOMENT)
        return rc;
    return add_text(b, &spot, NK_TYPED_TIME, known, n);
}

nk_err nk_doc__input(struct nk_doc__binding *b, const nk_tpl *t,
                     const struct nk_doc__values *known, nk_node *n)
{
    nk_str source = nk_xpath_source(t->select), time;
    struct nk_doc__spot spot;
    nk_err rc;

    if (!b->how->fillable || b->furniture)
        return NK_OK;
    if ((time = inside_time(source)).len)
        return add_time(b, time, known, n);
    if ((rc = nk_doc__spot(b, source, &spot)) < 0 || !is_fillable(b, &spot))
        return rc;
    if (spot.field->kind == NK_KIND_MOMENT && n->kind == NK_NODE_COMB)
        return add_text(b, &spot, NK_TYPED_DAY, known, n);
    return add_text(b, &spot, NK_TYPED_WHOLE, known, n);
}

/* A box of a choice; of several that may be ticked each has its own name. */
static nk_err add_box(struct nk_doc__binding *b,
                      const struct nk_doc__spot *spot, bool several,
                      const nk_choice *choice, nk_node *n)
{
    nk_input *in = NK_NEW(b->a, nk_input);
    nk_buf buf;
    nk_err rc;

    if (!in)
        return nk_nomem(b->ctx);
    in->kind = several || !n->field ? NK_INPUT_CHECK : NK_INPUT_RADIO;
    in->option = choice->value;
    in->on = n->checked;
    in->required = is_required(spot->field) && !several;
    in->name = spot->path;
    if ((rc = put_label(b, spot->field, NK_M_NONE, spot->path, &in->title)) < 0)
        return rc;
    nk_buf_init(&buf, b->a);
    nk_buf_puts(&buf, in->title);
    nk_buf_lit(&buf, ": ");
    nk_buf_puts(&buf, choice->label[NK_LANG_ID]);
    if ((rc = nk_buf_end(b->ctx, &buf, &in->label)) < 0)
        return rc;
    if (several) {
        nk_buf_init(&buf, b->a);
        nk_buf_puts(&buf, spot->path);
        nk_buf_putc(&buf, '.');
        nk_buf_puts(&buf, choice->value);
        if ((rc = nk_buf_end(b->ctx, &buf, &in->name)) < 0)
            return rc;
    }
    return keep(b, in, n);
}

nk_err nk_doc__input_choice(struct nk_doc__binding *b, const nk_tpl *t,
                            const nk_choice *choice, nk_node *n)
{
    struct nk_doc__spot spot;
    nk_err rc;

    if (!b->how->fillable || b->furniture)
        return NK_OK;
    if ((rc = nk_doc__spot(b, nk_xpath_source(t->select), &spot)) < 0 ||
        !is_fillable(b, &spot) || !nk_field_choice(spot.field, choice->value))
        return rc;
    return add_box(b, &spot, spot.open, choice, n);
}

/* "chronology/read-back = 'yes'": a box that says one value of a choice. */
nk_err nk_doc__input_test(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *n)
{
    nk_str rest = nk_xpath_source(t->select), path, word;
    const nk_choice *choice;
    struct nk_doc__spot spot;
    nk_err rc;

    if (!b->how->fillable || b->furniture || !nk_str_cut(&rest, '=', &path))
        return NK_OK;
    word = nk_str_trim(rest);
    if (word.len < 2 || word.ptr[0] != '\'' || !nk_str_ends(word, NK_STR("'")))
        return NK_OK;
    word = (nk_str){ word.ptr + 1, word.len - 2 };
    if ((rc = nk_doc__spot(b, path, &spot)) < 0 || !is_fillable(b, &spot) ||
        spot.open || !(choice = nk_field_choice(spot.field, word)))
        return rc;
    return add_box(b, &spot, false, choice, n);
}
