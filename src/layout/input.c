/*
 * Places of a fillable form: the box a viewer lets somebody type into, an
 * element of its own in the structure tree, and what the box shows of a
 * value that is known already. Texts of a look are placed from the box's
 * upper left corner, as a viewer would set them.
 */
#include "layout/layout_int.h"

#define PAD     NK_PT(2) /* a viewer's own, between box and text */
#define LEADING 1150     /* 1/1000 of the size, in boxes of several lines */

static nk_face face_of(const struct nk_layout__type *type)
{
    return (nk_face)(type->family & ~(NK_FACE_BOLD | NK_FACE_ITALIC));
}

static nk_err add_text(struct nk_layout__run *l, nk_item *box, nk_str text,
                       nk_mpt size, nk_mpt x, nk_mpt y)
{
    nk_item *i = NK_NEW(l->a, nk_item), **end = &box->look;

    if (!i || (text.len && !text.ptr))
        return nk_nomem(l->ctx);
    *i = (nk_item){ .kind = NK_ITEM_TEXT,
                    .x = x,
                    .y = y,
                    .text = text,
                    .face = box->face,
                    .size = size };
    while (*end)
        end = &(*end)->next;
    *end = i;
    return NK_OK;
}

/* Width of words between single spaces. */
static nk_err width_of(struct nk_layout__run *l, const nk_node *n, nk_face face,
                       nk_mpt size, nk_str text, nk_mpt *out)
{
    const struct nk_layout__face *f;
    nk_str word;
    nk_mpt w, width = 0;
    nk_err rc = nk_layout__face(l, face, &f);

    while (rc == NK_OK && nk_str_word(&text, &word)) {
        rc = nk_layout__measure(l, n, face, size, word, &w);
        width =
            nk_layout__sum(width, (int64_t)w + nk_layout__em(f->space, size));
    }
    *out = width;
    return rc;
}

/* A long text is set smaller, to 3/4; what is longer is scrolled to. */
static nk_err look_line(struct nk_layout__run *l, const nk_node *n,
                        nk_mpt baseline, nk_item *box)
{
    nk_mpt room = box->width - 2 * PAD, width;
    nk_err rc = width_of(l, n, box->face, box->size, n->input->value, &width);

    if (rc < 0 || !n->input->value.len)
        return rc;
    if (width > room && width > 0) {
        nk_mpt least = box->size * 3 / 4;

        box->size = (nk_mpt)((int64_t)box->size * room / width);
        if (box->size < least)
            box->size = least;
    }
    return add_text(l, box, n->input->value, box->size, PAD, baseline);
}

static nk_err look_comb(struct nk_layout__run *l, const nk_node *n,
                        nk_mpt baseline, nk_item *box)
{
    nk_mpt side = box->width / (nk_mpt)n->count, width, x = 0;
    nk_str rest = n->input->value;
    nk_err rc = NK_OK;

    for (; rest.len && rc == NK_OK; x += side) {
        nk_str c = rest;

        nk_utf8_next(&rest);
        c.len -= rest.len;
        rc = width_of(l, n, box->face, box->size, c, &width);
        if (rc == NK_OK)
            rc = add_text(l, box, c, box->size, x + (side - width) / 2,
                          baseline);
    }
    return rc;
}

/* The mark of a ticked box, whether it is ticked now or not. */
static nk_err look_box(struct nk_layout__run *l, const nk_node *n,
                       nk_mpt baseline, nk_item *box)
{
    nk_mpt width;
    nk_err rc;

    box->face = (nk_face)(box->face | NK_FACE_BOLD);
    rc = nk_layout__measure(l, n, box->face, box->size, NK_STR("X"), &width);
    if (rc < 0)
        return rc;
    return add_text(l, box, NK_STR("X"), box->size, (box->width - width) / 2,
                    baseline);
}

static nk_str label_of(const nk_input *in, nk_str value)
{
    size_t i;

    for (i = 0; i < in->options_n; i++)
        if (nk_str_eq(in->options[i].value, value))
            return in->options[i].label;
    return value;
}

static nk_err look_choice(struct nk_layout__run *l, nk_mpt baseline,
                          const nk_input *in, nk_item *box)
{
    if (!in->value.len)
        return NK_OK;
    return add_text(l, box, label_of(in, in->value), box->size, PAD, baseline);
}

static nk_err look(struct nk_layout__run *l, const nk_node *n, nk_mpt baseline,
                   nk_item *box)
{
    switch (n->input->kind) {
    case NK_INPUT_LINE:
        return look_line(l, n, baseline, box);
    case NK_INPUT_COMB:
        return look_comb(l, n, baseline, box);
    case NK_INPUT_CHECK:
    case NK_INPUT_RADIO:
        return look_box(l, n, baseline, box);
    case NK_INPUT_CHOICE:
        return look_choice(l, baseline, n->input, box);
    case NK_INPUT_LINES:
        break; /* nk_layout__input_lines; one in a cell is empty */
    }
    return NK_OK;
}

/* The box alone, in an element of its own below `tag`. */
static nk_err add_box(struct nk_layout__run *l, struct nk_layout__strip *s,
                      const struct nk_layout__type *type, const nk_node *n,
                      const nk_item *at, nk_item **out)
{
    uint32_t outer = l->tag;
    nk_item *i = nk_layout__item(l, s, NK_ITEM_INPUT, at->x, at->y, at->width,
                                 at->height);
    nk_err rc;

    if (!i)
        return nk_nomem(l->ctx);
    l->tag = at->tag;
    rc = nk_layout__tag(l, NK_STRUCT_FORM, &i->tag);
    l->tag = outer;
    if (i->tag != NK_ARTIFACT)
        l->tags[i->tag].alt = n->input->label;
    i->input = n->input;
    i->face = face_of(type);
    i->size = type->size;
    *out = i;
    return rc;
}

nk_err nk_layout__input(struct nk_layout__run *l, struct nk_layout__strip *s,
                        const struct nk_layout__type *type, const nk_node *n,
                        const nk_item *at, nk_mpt baseline)
{
    nk_item *box;
    nk_err rc = add_box(l, s, type, n, at, &box);

    return rc < 0 || l->measuring ? rc : look(l, n, baseline, box);
}

/* ---- Several lines ----------------------------------------------------- */

static nk_err join_units(struct nk_layout__run *l,
                         const struct nk_layout__unit *units, uint32_t from,
                         uint32_t to, nk_str *out)
{
    nk_buf b;
    uint32_t i;

    nk_buf_init(&b, l->a);
    for (i = from; i < to; i++) {
        if (i > from && units[i].space)
            nk_buf_putc(&b, ' ');
        nk_buf_puts(&b, units[i].text);
    }
    return nk_buf_end(l->ctx, &b, out);
}

/* One paragraph of the value from *y down. */
static nk_err look_paragraph(struct nk_layout__run *l, const nk_node *n,
                             const struct nk_layout__type *type, nk_str text,
                             nk_item *box, nk_mpt *y)
{
    nk_node word = { .kind = NK_NODE_TEXT,
                     .text = text,
                     .field = n->field,
                     .at = n->at,
                     .style = n->style };
    const nk_node p = { .kind = NK_NODE_P, .first = &word };
    nk_mpt room = box->width - 2 * PAD;
    const struct nk_layout__measure m = { room, room };
    struct nk_layout__line *lines = NULL;
    struct nk_layout__unit *units;
    uint32_t count, lines_n = 0, i;
    nk_err rc;

    if ((rc = nk_layout__words(l, &p, type, room, &units, &count)) < 0 ||
        (rc = nk_layout__break_greedy(l, units, count, &m, &lines, &lines_n)) <
            0)
        return rc;
    for (i = 0; i < lines_n && rc == NK_OK; i++) {
        nk_str line;

        *y = nk_layout__sum(*y, nk_layout__em(LEADING, type->size));
        if ((rc = join_units(l, units, lines[i].from, lines[i].to, &line)) ==
            NK_OK)
            rc = add_text(l, box, line, type->size, PAD, *y);
    }
    nk_arena_reset(&l->scratch);
    return rc;
}

/* The whole value at a size; *height is what it takes. */
static nk_err look_lines(struct nk_layout__run *l, const nk_node *n,
                         const struct nk_layout__type *type, nk_item *box,
                         nk_mpt *height)
{
    nk_str rest = n->input->value, part;
    nk_err rc = NK_OK;

    box->look = NULL;
    box->size = type->size;
    *height = PAD;
    while (rc == NK_OK && nk_str_cut(&rest, '\n', &part))
        rc = look_paragraph(l, n, type, part, box, height);
    *height = nk_layout__sum(*height, type->size / 4);
    return rc;
}

static nk_err add_frame(struct nk_layout__run *l, struct nk_layout__strip *s,
                        const nk_item *box)
{
    nk_item *i = nk_layout__item(l, s, NK_ITEM_FRAME, box->x, box->y,
                                 box->width, box->height);

    if (!i)
        return nk_nomem(l->ctx);
    i->stroke = NK_LAYOUT__RULE;
    return NK_OK;
}

nk_err nk_layout__input_lines(struct nk_layout__run *l, const nk_node *n,
                              const struct nk_layout__column *col,
                              struct nk_layout__sink *sink)
{
    struct nk_layout__type type = nk_layout__type(&col->type, n->style);
    nk_mpt least = type.size * 3 / 4, height;
    nk_item at = { .x = col->x, .width = col->width, .tag = l->tag }, *box;
    const struct nk_layout__face *f;
    struct nk_layout__strip *s;
    nk_err rc;

    height = nk_layout__sum(0, (int64_t)n->count * n->height);
    if (!(s = nk_layout__strip(l, sink, n->style->before, height)))
        return nk_nomem(l->ctx);
    at.height = height - NK_MM(1);
    type.bold = type.italic = false;
    if ((rc = nk_layout__face(l, face_of(&type), &f)) < 0 ||
        (rc = add_frame(l, s, &at)) < 0 ||
        (rc = add_box(l, s, &type, n, &at, &box)) < 0)
        return rc;
    do
        rc = look_lines(l, n, &type, box, &height);
    while (rc == NK_OK && height > at.height &&
           (type.size = type.size * 19 / 20) >= least);
    if (col->width > sink->right)
        sink->right = col->width;
    sink->pending = n->style->set & NK_SET_AFTER ? n->style->after : col->gap;
    return rc;
}
