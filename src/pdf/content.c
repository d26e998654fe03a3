/*
 * Items to content operators (ISO 32000-1, 8 and 9).
 *
 * On each page lines and boxes come first, in one artifact; then the text,
 * one marked-content sequence for each run of items of one structure
 * element, in reading order; header and footer are artifacts again.
 */
#include "pdf/pdf_int.h"

struct drawing {
    struct nk_pdf__paper *w;
    struct nk_pdf__sheet *sheet;
    uint32_t page;
    nk_mpt height; /* of the page: y goes up in PDF */
    nk_buf out;
    /* Text state within BT .. ET. */
    bool in_text;
    bool set; /* a font is set */
    nk_face face;
    bool extra;
    nk_mpt size, space, x, y;
    int32_t rise;
};

static void put_point(struct drawing *d, nk_mpt x, nk_mpt y)
{
    nk_mpt_put(&d->out, x);
    nk_buf_putc(&d->out, ' ');
    nk_mpt_put(&d->out, y);
}

static void put_op(struct drawing *d, const char *op)
{
    nk_buf_putc(&d->out, ' ');
    nk_buf_puts(&d->out, nk_str_of(op));
    nk_buf_putc(&d->out, '\n');
}

/* ---- Lines, boxes and pictures ----------------------------------------- */

static void draw_rect(struct drawing *d, const nk_item *i, const char *op)
{
    put_point(d, i->x, d->height - i->y - i->height);
    nk_buf_putc(&d->out, ' ');
    put_point(d, i->width, i->height);
    nk_buf_lit(&d->out, " re");
    put_op(d, op);
}

static void draw_dots(struct drawing *d, const nk_item *i)
{
    nk_mpt y = d->height - i->y;

    nk_buf_lit(&d->out, "q 1 J 0.6 w [0 2] 0 d ");
    put_point(d, i->x + 500, y);
    nk_buf_lit(&d->out, " m ");
    put_point(d, i->x + i->width - 500, y);
    nk_buf_lit(&d->out, " l S Q\n");
}

static nk_err draw_image(struct drawing *d, const nk_item *i)
{
    const struct nk_pdf__image *img = nk_pdf__find_image(d->w->pdf, i->text);
    uint32_t k = 0;

    if (!img)
        return nk_fail(d->w->ctx, NK_E_NOTFOUND, NK_M_IMAGE_NONE, NK_NOWHERE,
                       NK_ARGS(i->text));
    while (k < d->sheet->images_n && d->sheet->images[k] != img)
        k++;
    if (k == NK_MAX_PAGE_IMAGES)
        return nk_fail(d->w->ctx, NK_E_LIMIT, NK_M_TOO_MANY_IMAGES, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_PAGE_IMAGES)));
    if (k == d->sheet->images_n)
        d->sheet->images[d->sheet->images_n++] = img;
    nk_buf_lit(&d->out, "q ");
    nk_mpt_put(&d->out, i->width);
    nk_buf_lit(&d->out, " 0 0 ");
    nk_mpt_put(&d->out, i->height);
    nk_buf_putc(&d->out, ' ');
    put_point(d, i->x, d->height - i->y - i->height);
    nk_buf_lit(&d->out, " cm /I");
    nk_buf_int(&d->out, k);
    nk_buf_lit(&d->out, " Do Q\n");
    return NK_OK;
}

/* Of a shape: points in 1/1000 of its width and height, y downwards; a curve
   has three. */
struct stroke {
    char op; /* m, l, c; at the end h: drawn closed, or f: filled */
    int16_t p[6];
};

#define TO(op, x, y)                                                           \
    {                                                                          \
        (op),                                                                  \
        {                                                                      \
            (x), (y)                                                           \
        }                                                                      \
    }
#define CURVE(a, b, c, d, x, y)                                                \
    {                                                                          \
        'c',                                                                   \
        {                                                                      \
            (a), (b), (c), (d), (x), (y)                                       \
        }                                                                      \
    }
#define STROKES 7

/* A quarter of a circle is a curve of 0.5523 of its radius. */
static const struct stroke shapes[NK_SHAPES][STROKES] = {
    [NK_SHAPE_BOX] = { TO('m', 0, 0), TO('l', 1000, 0), TO('l', 1000, 1000),
                       TO('l', 0, 1000), TO('h', 0, 0) },
    /* The ends of a capsule are as wide as a quarter of it. */
    [NK_SHAPE_CAPSULE] = { TO('m', 250, 0), TO('l', 750, 0),
                           CURVE(1083, 0, 1083, 1000, 750, 1000),
                           TO('l', 250, 1000), CURVE(-83, 1000, -83, 0, 250, 0),
                           TO('h', 0, 0) },
    [NK_SHAPE_DIAMOND] = { TO('m', 500, 0), TO('l', 1000, 500),
                           TO('l', 500, 1000), TO('l', 0, 500), TO('h', 0, 0) },
    [NK_SHAPE_CIRCLE] = { TO('m', 500, 0), CURVE(776, 0, 1000, 224, 1000, 500),
                          CURVE(1000, 776, 776, 1000, 500, 1000),
                          CURVE(224, 1000, 0, 776, 0, 500),
                          CURVE(0, 224, 224, 0, 500, 0), TO('h', 0, 0) },
    [NK_SHAPE_PENTAGON] = { TO('m', 0, 0), TO('l', 1000, 0), TO('l', 1000, 600),
                            TO('l', 500, 1000), TO('l', 0, 600),
                            TO('h', 0, 0) },
    [NK_SHAPE_DOWN] = { TO('m', 0, 0), TO('l', 1000, 0), TO('l', 500, 1000),
                        TO('f', 0, 0) },
    [NK_SHAPE_LEFT] = { TO('m', 1000, 0), TO('l', 1000, 1000), TO('l', 0, 500),
                        TO('f', 0, 0) },
    [NK_SHAPE_RIGHT] = { TO('m', 0, 0), TO('l', 0, 1000), TO('l', 1000, 500),
                         TO('f', 0, 0) },
};

static nk_mpt part_of(nk_mpt length, int16_t thousandths)
{
    return (nk_mpt)((int64_t)length * thousandths / 1000);
}

static void draw_shape(struct drawing *d, const nk_item *i)
{
    const struct stroke *s;
    unsigned k;

    nk_mpt_put(&d->out, i->stroke);
    nk_buf_lit(&d->out, " w ");
    for (s = shapes[i->shape]; s->op != 'h' && s->op != 'f'; s++) {
        for (k = 0; k < (s->op == 'c' ? 6u : 2u); k += 2) {
            put_point(d, i->x + part_of(i->width, s->p[k]),
                      d->height - i->y - part_of(i->height, s->p[k + 1]));
            nk_buf_putc(&d->out, ' ');
        }
        nk_buf_putc(&d->out, s->op);
        nk_buf_putc(&d->out, ' ');
    }
    nk_buf_puts(&d->out, s->op == 'f' ? NK_STR("f\n") : NK_STR("s\n"));
}

/* A shape with a tag is content. */
static bool is_drawn_first(const nk_item *i)
{
    return i->kind == NK_ITEM_FILL || i->kind == NK_ITEM_FRAME ||
           i->kind == NK_ITEM_DOTS ||
           (i->kind == NK_ITEM_SHAPE && i->tag == NK_ARTIFACT);
}

static bool is_content(const nk_item *i)
{
    return i->kind == NK_ITEM_TEXT || i->kind == NK_ITEM_IMAGE ||
           i->kind == NK_ITEM_INPUT ||
           (i->kind == NK_ITEM_SHAPE && i->tag != NK_ARTIFACT);
}

static void draw_shapes(struct drawing *d, const nk_page *page)
{
    const nk_item *i;
    nk_mpt stroke = 0;
    bool any = false;

    for (i = page->first; i; i = i->next) {
        if (!is_drawn_first(i))
            continue;
        if (!any)
            nk_buf_lit(&d->out, "/Artifact BMC\n");
        any = true;
        if (i->kind == NK_ITEM_FRAME && i->stroke != stroke) {
            nk_mpt_put(&d->out, stroke = i->stroke);
            put_op(d, "w");
        }
        if (i->kind == NK_ITEM_FILL)
            draw_rect(d, i, "f");
        else if (i->kind == NK_ITEM_FRAME)
            draw_rect(d, i, "S");
        else if (i->kind == NK_ITEM_DOTS)
            draw_dots(d, i);
        else
            draw_shape(d, i);
        if (i->kind == NK_ITEM_SHAPE)
            stroke = i->stroke;
    }
    if (any)
        nk_buf_lit(&d->out, "EMC\n");
}

/* ---- Text -------------------------------------------------------------- */

static void set_font(struct drawing *d, nk_face face, bool extra, nk_mpt size)
{
    if (d->set && d->face == face && d->extra == extra && d->size == size)
        return;
    nk_buf_puts(&d->out, extra ? NK_STR("/X") : NK_STR("/F"));
    nk_buf_int(&d->out, face);
    nk_buf_putc(&d->out, ' ');
    nk_mpt_put(&d->out, size);
    nk_buf_lit(&d->out, " Tf ");
    d->set = true;
    d->face = face;
    d->extra = extra;
    d->size = size;
    if (extra)
        d->sheet->faces_extra |= 1u << face;
    else
        d->sheet->faces_base |= 1u << face;
}

static void set_rise(struct drawing *d, int32_t rise)
{
    if (d->rise == rise)
        return;
    nk_mpt_put(&d->out, (nk_mpt)((int64_t)rise * d->size / 1000));
    nk_buf_lit(&d->out, " Ts ");
    d->rise = rise;
}

static void begin_line(struct drawing *d, const nk_item *i)
{
    nk_mpt y = d->height - i->y;

    if (!d->in_text) {
        nk_buf_lit(&d->out, "BT ");
        d->in_text = true;
        d->x = d->y = 0;
    }
    if (i->space != d->space) {
        nk_mpt_put(&d->out, i->space);
        nk_buf_lit(&d->out, " Tw ");
        d->space = i->space;
    }
    put_point(d, i->x - d->x, y - d->y);
    nk_buf_lit(&d->out, " Td ");
    d->x = i->x;
    d->y = y;
}

/* The TJ array of a line in the making: one array a font. */
struct string {
    bool open;
    bool extra;
};

static void end_string(struct drawing *d, struct string *s)
{
    if (!s->open)
        return;
    nk_buf_puts(&d->out, s->extra ? NK_STR(">]TJ ") : NK_STR(")]TJ "));
    s->open = false;
}

static void begin_string(struct drawing *d, struct string *s, bool extra)
{
    nk_buf_puts(&d->out, extra ? NK_STR("[<") : NK_STR("[("));
    *s = (struct string){ true, extra };
}

static nk_err put_segment(struct drawing *d, struct string *s, const nk_item *i,
                          const nk_segment *g)
{
    nk_err rc;

    if (!s->open || s->extra != g->extra || d->rise != g->rise) {
        end_string(d, s);
        set_font(d, i->face, g->extra, i->size);
        set_rise(d, g->rise);
        begin_string(d, s, g->extra);
    }
    if (g->extra && (rc = nk_pdf__note_glyphs(d->w, i->face, g)) < 0)
        return rc;
    nk_buf_puts(&d->out, g->tj);
    return NK_OK;
}

static void put_space(struct drawing *d, struct string *s, const nk_item *i)
{
    if (!s->open || s->extra || d->rise) {
        end_string(d, s);
        set_font(d, i->face, false, i->size);
        set_rise(d, 0);
        begin_string(d, s, false);
    }
    nk_buf_putc(&d->out, ' ');
}

static const nk_item *next_text(const nk_item *i)
{
    while (i && (i->kind != NK_ITEM_TEXT || i->tag == NK_ARTIFACT))
        i = i->next;
    return i;
}

/*
 * Does more of the same element follow, parted from this by a gap, the end
 * of the line or of the page? Then a space says so to whoever reads the words
 * aloud; not where the line ends within a word.
 */
static bool parted(const struct drawing *d, const nk_item *i)
{
    const nk_item *next = next_text(i->next);

    if (i->tag == NK_ARTIFACT || --d->w->elements[i->tag].texts == 0 ||
        i->cut || nk_str_ends(i->text, NK_STR(" ")))
        return false;
    return !next || next->tag != i->tag || next->y != i->y ||
           next->x - (i->x + i->width) > i->size / 8;
}

static nk_err draw_text(struct drawing *d, const nk_item *i)
{
    struct string s = { 0 };
    nk_str rest = i->text, part;
    const nk_word *word;
    bool first = true;
    uint32_t k;
    nk_err rc;

    begin_line(d, i);
    while (nk_str_cut(&rest, ' ', &part)) {
        if (!first)
            put_space(d, &s, i);
        first = false;
        if (part.len == 0)
            continue;
        rc = nk_fonts_word(d->w->ctx, d->w->pdf->fonts, i->face, part, &word);
        for (k = 0; rc == NK_OK && k < word->segments_n; k++)
            rc = put_segment(d, &s, i, &word->segments[k]);
        if (rc < 0)
            return rc;
    }
    if (parted(d, i))
        put_space(d, &s, i);
    end_string(d, &s);
    set_rise(d, 0);
    return NK_OK;
}

static void end_text(struct drawing *d)
{
    if (d->in_text)
        nk_buf_lit(&d->out, "ET\n");
    d->in_text = false;
}

/* ---- Marked content ---------------------------------------------------- */

/* The next piece of an element's content. */
static nk_err add_mark(struct drawing *d, uint32_t tag, uint32_t mcid,
                       uint32_t input)
{
    struct nk_pdf__element *e = &d->w->elements[tag];
    struct nk_pdf__mark *m = NK_NEW(d->w->a, struct nk_pdf__mark);

    if (!m)
        return nk_nomem(d->w->ctx);
    *m = (struct nk_pdf__mark){ NULL, d->page, mcid, input };
    if (e->last)
        e->last->next = m;
    else
        e->first = m;
    e->last = m;
    return NK_OK;
}

static nk_err own_mark(struct drawing *d, uint32_t tag)
{
    struct nk_pdf__sheet *s = d->sheet;

    if (s->marks == s->owners_room) {
        uint32_t room = s->owners_room ? 2 * s->owners_room : 64;
        uint32_t *more = nk_alloc_grow(
            d->w->a, s->owners, s->marks * sizeof(*more), room * sizeof(*more));

        if (!more)
            return nk_nomem(d->w->ctx);
        s->owners = more;
        s->owners_room = room;
    }
    s->owners[s->marks] = tag;
    return add_mark(d, tag, s->marks++, 0);
}

/* An input is content of the element it stands in. */
static nk_err own_input(struct drawing *d, const nk_item *i)
{
    struct nk_pdf__element *e = &d->w->elements[i->tag];

    e->object = i;
    e->object_page = d->page;
    return add_mark(d, d->w->pages->tags[i->tag].parent, 0, i->tag);
}

static nk_err begin_mark(struct drawing *d, uint32_t tag)
{
    if (tag == NK_ARTIFACT) {
        nk_buf_lit(&d->out, "/Artifact BMC\n");
        return NK_OK;
    }
    nk_buf_putc(&d->out, '/');
    nk_buf_puts(&d->out,
                nk_str_of(nk_struct_names[d->w->pages->tags[tag].type]));
    nk_buf_lit(&d->out, "<</MCID ");
    nk_buf_int(&d->out, d->sheet->marks);
    nk_buf_lit(&d->out, ">>BDC\n");
    return own_mark(d, tag);
}

static nk_err draw_piece(struct drawing *d, const nk_item *i)
{
    if (i->kind == NK_ITEM_TEXT)
        return draw_text(d, i);
    end_text(d);
    if (i->tag != NK_ARTIFACT) {
        d->w->elements[i->tag].object = i;
        d->w->elements[i->tag].object_page = d->page;
    }
    if (i->kind == NK_ITEM_IMAGE)
        return draw_image(d, i);
    draw_shape(d, i);
    return NK_OK;
}

static nk_err draw_content(struct drawing *d, const nk_page *page)
{
    const nk_item *i;
    uint32_t tag = 0;
    bool open = false;
    nk_err rc = NK_OK;

    for (i = page->first; i && rc == NK_OK; i = i->next) {
        if (!is_content(i))
            continue;
        if (open && i->tag != tag) {
            end_text(d);
            nk_buf_lit(&d->out, "EMC\n");
            open = false;
        }
        if (i->kind == NK_ITEM_INPUT) {
            rc = own_input(d, i);
            continue;
        }
        if (!open) {
            rc = begin_mark(d, i->tag);
            tag = i->tag;
            open = true;
        }
        if (rc < 0)
            break;
        rc = draw_piece(d, i);
    }
    end_text(d);
    if (open)
        nk_buf_lit(&d->out, "EMC\n");
    return rc;
}

/* The word KONSEP across a page that has no number yet, behind all else. */
static nk_err draw_draft_mark(struct drawing *d)
{
    static const nk_str word = NK_STR_INIT("KONSEP");
    nk_item i = { .kind = NK_ITEM_TEXT,
                  .text = word,
                  .face = NK_FACE_BOLD,
                  .size = NK_PT(110) };
    nk_mpt width = d->w->pages->width, height = d->w->pages->height, w;
    const nk_word *shaped;
    nk_err rc;

    rc = nk_fonts_word(d->w->ctx, d->w->pdf->fonts, i.face, word, &shaped);
    if (rc < 0)
        return rc;
    w = (nk_mpt)((int64_t)shaped->width * i.size / 1000);
    nk_buf_lit(&d->out, "/Artifact BMC\nq 0.88 g 0.7071 0.7071 -0.7071 "
                        "0.7071 ");
    put_point(d, width / 2, height / 2);
    nk_buf_lit(&d->out, " cm\n");
    i.x = -w / 2;
    i.y = d->height + NK_PT(38);
    rc = draw_text(d, &i);
    end_text(d);
    nk_buf_lit(&d->out, "Q\nEMC\n");
    /* The state inside q .. Q is gone. */
    d->set = false;
    d->space = 0;
    return rc;
}

static nk_err draw_page(struct nk_pdf__paper *w, const nk_page *page,
                        uint32_t index)
{
    struct drawing d = { .w = w,
                         .sheet = &w->sheets[index],
                         .page = index,
                         .height = w->pages->height };
    nk_err rc = NK_OK;

    nk_buf_init(&d.out, w->a);
    if (w->pages->draft)
        rc = draw_draft_mark(&d);
    if (rc == NK_OK) {
        draw_shapes(&d, page);
        rc = draw_content(&d, page);
    }
    return rc < 0 ? rc : nk_buf_end(w->ctx, &d.out, &d.sheet->content);
}

/* Places to sign, for the plan in the catalog. */
static nk_err find_signs(struct nk_pdf__paper *w)
{
    const nk_page *page;
    const nk_item *i;
    uint32_t n = 0, index = 0;

    for (page = w->pages->first; page; page = page->next)
        for (i = page->first; i; i = i->next)
            n += i->kind == NK_ITEM_SIGN;
    w->signs = NK_NEWN(w->a, n, const nk_item *);
    w->sign_pages = NK_NEWN(w->a, n, uint32_t);
    if (!w->signs || !w->sign_pages)
        return nk_nomem(w->ctx);
    for (page = w->pages->first; page; page = page->next, index++) {
        for (i = page->first; i; i = i->next) {
            if (i->kind != NK_ITEM_SIGN)
                continue;
            w->elements[i->tag].object = i;
            w->elements[i->tag].object_page = index;
            w->sign_pages[w->signs_n] = index;
            w->signs[w->signs_n++] = i;
        }
    }
    return NK_OK;
}

/* What a place to fill in shows now, or a box once it is ticked. */
static nk_err draw_look(struct nk_pdf__paper *w, struct nk_pdf__input *in)
{
    bool text = in->item->input->kind != NK_INPUT_CHECK &&
                in->item->input->kind != NK_INPUT_RADIO;
    struct drawing d = {
        .w = w, .sheet = &in->look, .page = in->page, .height = in->item->height
    };
    const nk_item *i;
    nk_err rc = NK_OK;

    nk_buf_init(&d.out, w->a);
    if (text)
        nk_buf_lit(&d.out, "/Tx BMC\n");
    if (in->item->look) {
        nk_buf_lit(&d.out, "q 0 0 ");
        put_point(&d, in->item->width, in->item->height);
        nk_buf_lit(&d.out, " re W n\n");
        for (i = in->item->look; i && rc == NK_OK; i = i->next)
            rc = draw_text(&d, i);
        end_text(&d);
        nk_buf_lit(&d.out, "Q\n");
    }
    if (text)
        nk_buf_lit(&d.out, "EMC\n");
    return rc < 0 ? rc : nk_buf_end(w->ctx, &d.out, &in->look.content);
}

static nk_err find_inputs(struct nk_pdf__paper *w)
{
    const nk_page *page;
    const nk_item *i;
    uint32_t n = 0, index = 0;
    nk_err rc;

    for (page = w->pages->first; page; page = page->next)
        for (i = page->first; i; i = i->next)
            n += i->kind == NK_ITEM_INPUT;
    if (!(w->inputs = NK_NEWN(w->a, n, struct nk_pdf__input)))
        return nk_nomem(w->ctx);
    for (page = w->pages->first; page; page = page->next, index++)
        for (i = page->first; i; i = i->next) {
            struct nk_pdf__input *in = &w->inputs[w->inputs_n];

            if (i->kind != NK_ITEM_INPUT)
                continue;
            in->item = i;
            in->page = index;
            w->inputs_n++;
            if ((rc = draw_look(w, in)) < 0)
                return rc;
        }
    return NK_OK;
}

static void count_texts(struct nk_pdf__paper *w)
{
    const nk_page *page;
    const nk_item *i;

    for (page = w->pages->first; page; page = page->next)
        for (i = page->first; i; i = i->next)
            if (i->kind == NK_ITEM_TEXT)
                w->elements[i->tag].texts++;
}

nk_err nk_pdf__content(struct nk_pdf__paper *w)
{
    const nk_page *page;
    uint32_t index = 0;
    nk_err rc;

    count_texts(w);
    for (page = w->pages->first; page; page = page->next)
        if ((rc = draw_page(w, page, index++)) < 0)
            return rc;
    if ((rc = find_inputs(w)) < 0)
        return rc;
    return find_signs(w);
}
