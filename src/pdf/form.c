/*
 * The form of a fillable paper (ISO 32000-1, 12.7): fields named by paths, so
 * that those of one group hang below a field of the group's name; a widget
 * for every place; and how each widget looks. A field that stands in several
 * places has several widgets. There is no script in it, and a viewer need
 * not make any look of its own.
 */
#include "pdf/pdf_int.h"

#define NONE UINT32_MAX

enum { REQUIRED = 1u << 1, MULTILINE = 1u << 12, RADIO = 1u << 15 };
enum { COMBO = 1u << 17, COMB = 1u << 24 };

/* A field, or a group of fields. */
struct field {
    nk_str part;                /* of the name */
    const nk_input *input;      /* NULL: a group */
    uint32_t id;                /* of its object */
    uint32_t up, first, next;   /* fields; NONE: none */
    uint32_t widget, widgets_n; /* the first of its widgets */
};

struct form {
    struct nk_pdf__paper *w;
    struct field *fields;
    uint32_t n, room;
    uint32_t first; /* of those at the top */
    uint32_t *next; /* the widget after this one of the same field */
};

/* ---- Fields ------------------------------------------------------------ */

static uint32_t *link_of(struct form *f, uint32_t up)
{
    return up == NONE ? &f->first : &f->fields[up].first;
}

static uint32_t find(struct form *f, uint32_t up, nk_str part)
{
    uint32_t i = *link_of(f, up);

    while (i != NONE && !nk_str_eq(f->fields[i].part, part))
        i = f->fields[i].next;
    return i;
}

static nk_err add(struct form *f, uint32_t up, nk_str part, uint32_t *out)
{
    uint32_t *link;

    if (f->n == f->room) {
        uint32_t room = f->room ? 2 * f->room : 128;
        struct field *more = nk_alloc_grow(
            f->w->a, f->fields, f->n * sizeof(*more), room * sizeof(*more));

        if (!more)
            return nk_nomem(f->w->ctx);
        f->fields = more;
        f->room = room;
    }
    for (link = link_of(f, up); *link != NONE; link = &f->fields[*link].next)
        continue;
    *link = f->n;
    f->fields[f->n] = (struct field){
        .part = part, .up = up, .first = NONE, .next = NONE, .widget = NONE
    };
    *out = f->n++;
    return NK_OK;
}

/* The field of a widget, with all the groups it is in. */
static nk_err place(struct form *f, uint32_t widget)
{
    const nk_input *in = f->w->inputs[widget].item->input;
    nk_str rest = in->name, part;
    uint32_t up = NONE, at = NONE, *link;
    nk_err rc;

    while (nk_str_cut(&rest, '.', &part)) {
        at = find(f, up, part);
        if (at == NONE && (rc = add(f, up, part, &at)) < 0)
            return rc;
        up = at;
    }
    f->next[widget] = NONE;
    if (at == NONE)
        return NK_OK; /* what has no name is no field */
    f->fields[at].input = f->fields[at].input ? f->fields[at].input : in;
    f->fields[at].widgets_n++;
    for (link = &f->fields[at].widget; *link != NONE; link = &f->next[*link])
        continue;
    *link = widget;
    return NK_OK;
}

static bool is_box(const nk_input *in)
{
    return in->kind == NK_INPUT_CHECK || in->kind == NK_INPUT_RADIO;
}

/* One object is field and widget where a field has one place; of a radio
   button the places are always kids. */
static bool is_merged(const struct field *x)
{
    return x->input && x->widgets_n == 1 && x->input->kind != NK_INPUT_RADIO;
}

static void number(struct form *f)
{
    uint32_t i;

    for (i = 0; i < f->n; i++)
        f->fields[i].id = is_merged(&f->fields[i])
                              ? f->w->inputs[f->fields[i].widget].id
                              : nk_pdf__object(f->w->file);
}

/* ---- Entries ----------------------------------------------------------- */

static void put_ref(nk_buf *b, const char *key, uint32_t id)
{
    nk_buf_printf(b, "%s %u 0 R", key, id);
}

/* A name; what names may not hold is written as "#xx". */
static void put_name(nk_buf *b, nk_str s)
{
    size_t i;

    nk_buf_putc(b, '/');
    for (i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (nk_is_alpha(s.ptr[i]) || nk_is_digit(s.ptr[i]) || c == '-')
            nk_buf_putc(b, s.ptr[i]);
        else
            nk_buf_printf(b, "#%02x", (unsigned)c);
    }
}

static void put_look_font(struct nk_pdf__paper *w, nk_buf *b, nk_mpt size)
{
    nk_buf_printf(b, "/DA(/F%u ", (unsigned)w->pages->family);
    nk_mpt_put(b, size);
    nk_buf_lit(b, " Tf 0 g)");
}

/* The option of a box that is ticked; empty: none is. */
static nk_str ticked(const struct form *f, const struct field *x)
{
    uint32_t i;

    for (i = x->widget; i != NONE; i = f->next[i])
        if (f->w->inputs[i].item->input->on)
            return f->w->inputs[i].item->input->option;
    return NK_EMPTY;
}

static void put_value(struct form *f, const struct field *x, nk_buf *b)
{
    static const char *const keys[] = { "/V", "/DV" };
    nk_str on = ticked(f, x);
    unsigned k;

    for (k = 0; k < 2; k++) {
        if (is_box(x->input)) {
            nk_buf_puts(b, nk_str_of(keys[k]));
            put_name(b, on.len ? on : NK_STR("Off"));
        } else if (x->input->value.len) {
            nk_buf_puts(b, nk_str_of(keys[k]));
            nk_pdf__text(b, x->input->value);
        }
    }
}

static void put_options(nk_buf *b, const nk_input *in)
{
    size_t i;

    nk_buf_lit(b, "/Opt[");
    for (i = 0; i < in->options_n; i++) {
        nk_buf_putc(b, '[');
        nk_pdf__text(b, in->options[i].value);
        nk_pdf__text(b, in->options[i].label);
        nk_buf_putc(b, ']');
    }
    nk_buf_putc(b, ']');
}

static void put_kind(nk_buf *b, const nk_input *in)
{
    static const struct row {
        const char *type;
        unsigned flags;
    } rows[] = {
        [NK_INPUT_LINE] = { "/FT/Tx", 0 },
        [NK_INPUT_LINES] = { "/FT/Tx", MULTILINE },
        [NK_INPUT_COMB] = { "/FT/Tx", COMB },
        [NK_INPUT_CHECK] = { "/FT/Btn", 0 },
        [NK_INPUT_RADIO] = { "/FT/Btn", RADIO },
        [NK_INPUT_CHOICE] = { "/FT/Ch", COMBO },
    };
    unsigned flags = rows[in->kind].flags | (in->required ? REQUIRED : 0);

    nk_buf_puts(b, nk_str_of(rows[in->kind].type));
    if (flags)
        nk_buf_printf(b, "/Ff %u", flags);
    if (in->longest)
        nk_buf_printf(b, "/MaxLen %u", in->longest);
    if (in->kind == NK_INPUT_CHOICE)
        put_options(b, in);
}

static void put_field(struct form *f, const struct field *x, nk_buf *b)
{
    if (x->up != NONE)
        put_ref(b, "/Parent", f->fields[x->up].id);
    nk_buf_lit(b, "/T");
    nk_pdf__text(b, x->part);
    if (!x->input)
        return;
    nk_buf_lit(b, "/TU");
    nk_pdf__text(b, x->input->kind == NK_INPUT_RADIO ? x->input->title
                                                     : x->input->label);
    put_kind(b, x->input);
    put_value(f, x, b);
    nk_buf_putc(b, '\n');
}

/* ---- Widgets ----------------------------------------------------------- */

static void put_rect(struct nk_pdf__paper *w, const nk_item *i, nk_buf *b)
{
    nk_mpt top = w->pages->height - i->y;

    nk_buf_lit(b, "/Rect[");
    nk_mpt_put(b, i->x);
    nk_buf_putc(b, ' ');
    nk_mpt_put(b, top - i->height);
    nk_buf_putc(b, ' ');
    nk_mpt_put(b, i->x + i->width);
    nk_buf_putc(b, ' ');
    nk_mpt_put(b, top);
    nk_buf_putc(b, ']');
}

/* A look as an object of its own: what content.c drew, or nothing. */
static nk_err add_look(struct nk_pdf__paper *w, const struct nk_pdf__input *in,
                       bool empty, uint32_t *id)
{
    nk_str entries, resources;
    nk_buf b;
    nk_err rc;

    if ((rc = nk_pdf__resources(w, &in->look, &resources)) < 0)
        return rc;
    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    nk_mpt_put(&b, in->item->width);
    nk_buf_putc(&b, ' ');
    nk_mpt_put(&b, in->item->height);
    nk_buf_lit(&b, "]/Resources<<");
    if (!empty)
        nk_buf_puts(&b, resources);
    nk_buf_lit(&b, ">>\n");
    if ((rc = nk_buf_end(w->ctx, &b, &entries)) < 0)
        return rc;
    *id = nk_pdf__stream(w->file, entries, empty ? NK_EMPTY : in->look.content);
    return NK_OK;
}

static nk_err put_looks(struct form *f, const struct nk_pdf__input *in,
                        nk_buf *b)
{
    const nk_input *input = in->item->input;
    uint32_t on = 0, off = 0;
    nk_err rc = add_look(f->w, in, false, &on);

    if (rc == NK_OK && is_box(input))
        rc = add_look(f->w, in, true, &off);
    if (rc < 0)
        return rc;
    if (!is_box(input)) {
        put_ref(b, "/AP<</N", on);
        nk_buf_lit(b, ">>");
        return NK_OK;
    }
    nk_buf_lit(b, "/AS");
    put_name(b, input->on ? input->option : NK_STR("Off"));
    nk_buf_lit(b, "/MK<</CA(X)>>/AP<</N<<");
    put_name(b, input->option);
    put_ref(b, "", on);
    put_ref(b, "/Off", off);
    nk_buf_lit(b, ">>>>");
    return NK_OK;
}

static nk_err put_widget(struct form *f, uint32_t widget, nk_buf *b)
{
    struct nk_pdf__paper *w = f->w;
    const struct nk_pdf__input *in = &w->inputs[widget];

    nk_buf_lit(b, "/Type/Annot/Subtype/Widget/F 4");
    put_ref(b, "/P", w->sheets[in->page].id);
    nk_buf_printf(b, "/StructParent %u", w->pages->n + w->signs_n + widget);
    put_rect(w, in->item, b);
    put_look_font(w, b, in->item->size);
    return put_looks(f, in, b);
}

static nk_err set(struct form *f, uint32_t id, nk_buf *b)
{
    nk_str text;
    nk_err rc;

    nk_buf_putc(b, '\n');
    if ((rc = nk_buf_end(f->w->ctx, b, &text)) == NK_OK)
        nk_pdf__set(f->w->file, id, text);
    return rc;
}

/* The widgets of a field that has several, each an object below it. */
static nk_err write_kids(struct form *f, const struct field *x)
{
    uint32_t i;
    nk_buf b;
    nk_err rc = NK_OK;

    for (i = x->widget; i != NONE && rc == NK_OK; i = f->next[i]) {
        const struct nk_pdf__input *in = &f->w->inputs[i];

        nk_buf_init(&b, f->w->a);
        put_ref(&b, "/Parent", x->id);
        nk_buf_lit(&b, "/TU");
        nk_pdf__text(&b, in->item->input->label);
        if ((rc = put_widget(f, i, &b)) == NK_OK)
            rc = set(f, in->id, &b);
    }
    return rc;
}

static void put_kids(struct form *f, const struct field *x, nk_buf *b)
{
    uint32_t i;

    nk_buf_lit(b, "/Kids[");
    for (i = x->first; i != NONE; i = f->fields[i].next)
        put_ref(b, "", f->fields[i].id);
    for (i = x->widget; i != NONE; i = f->next[i])
        put_ref(b, "", f->w->inputs[i].id);
    nk_buf_putc(b, ']');
}

static nk_err write_field(struct form *f, const struct field *x)
{
    nk_buf b;
    nk_err rc = NK_OK;

    nk_buf_init(&b, f->w->a);
    put_field(f, x, &b);
    if (is_merged(x))
        rc = put_widget(f, x->widget, &b);
    else
        put_kids(f, x, &b);
    if (rc == NK_OK)
        rc = set(f, x->id, &b);
    return rc < 0 || is_merged(x) ? rc : write_kids(f, x);
}

/* ---- The form ---------------------------------------------------------- */

static nk_err set_annots(struct nk_pdf__paper *w)
{
    uint32_t *ids = NK_NEWN(w->a, w->inputs_n, uint32_t), page, i, n;

    if (!ids)
        return nk_nomem(w->ctx);
    for (page = 0; page < w->pages->n; page++) {
        for (i = n = 0; i < w->inputs_n; i++)
            if (w->inputs[i].page == page)
                ids[n++] = w->inputs[i].id;
        if (n)
            nk_pdf__set_annots(w->file, w->sheets[page].id, ids, n);
    }
    return NK_OK;
}

static nk_err write_form(struct form *f, uint32_t *id)
{
    struct nk_pdf__paper *w = f->w;
    uint32_t i;
    nk_buf b;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Fields[");
    for (i = f->first; i != NONE; i = f->fields[i].next)
        put_ref(&b, "", f->fields[i].id);
    nk_buf_printf(&b, "]/DR<</Font<</F%u %u 0 R>>>>",
                  (unsigned)w->pages->family, w->fonts[w->pages->family].id);
    put_look_font(w, &b, w->pages->size);
    *id = nk_pdf__object(w->file);
    return set(f, *id, &b);
}

void nk_pdf__number_inputs(struct nk_pdf__paper *w)
{
    uint32_t i;

    for (i = 0; i < w->inputs_n; i++) {
        w->inputs[i].id = nk_pdf__object(w->file);
        w->elements[w->inputs[i].item->tag].widget = w->inputs[i].id;
    }
}

nk_err nk_pdf__form(struct nk_pdf__paper *w, uint32_t *id)
{
    struct form f = { .w = w, .first = NONE };
    uint32_t i;
    nk_err rc = NK_OK;

    *id = 0;
    if (!w->inputs_n)
        return NK_OK;
    if (!(f.next = NK_NEWN(w->a, w->inputs_n, uint32_t)))
        return nk_nomem(w->ctx);
    for (i = 0; i < w->inputs_n && rc == NK_OK; i++)
        rc = place(&f, i);
    if (rc == NK_OK)
        number(&f);
    for (i = 0; i < f.n && rc == NK_OK; i++)
        rc = write_field(&f, &f.fields[i]);
    if (rc == NK_OK)
        rc = set_annots(w);
    return rc < 0 ? rc : write_form(&f, id);
}
