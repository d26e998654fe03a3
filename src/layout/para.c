/*
 * Paragraphs: units broken into lines, lines set as items.
 *
 * Justified text is broken by total fit, first without hyphens, then with,
 * then at any price; ragged text and lines with places to write on are
 * filled as far as they go, and centred lines are made equally long.
 */
#include "layout/layout_int.h"

#define NO_HYPHENS 200 /* badness a line may have before words are cut */
#define HYPHENS    1500

#define HAND     NK_MM(7) /* from a dotted line to the next */
#define PAD      NK_MM(1) /* before and after what stands on a line */
#define ROUNDING 5 /* 1/1000 pt of size, for what many words round up to */

struct setting {
    struct nk_layout__run *l;
    const struct nk_layout__type *type;
    const struct nk_layout__unit *units;
    uint32_t n;
    struct nk_layout__strip *strip;
    nk_mpt x, baseline;
    nk_mpt start; /* x where the line begins */
    nk_mpt space; /* added to each space */
    nk_mpt grow;  /* width of what fills the line */
    bool cut;     /* the line ends within a word */
    uint32_t tag;
    /* The text run being gathered. */
    nk_buf text;
    nk_mpt run_x, run_width;
    nk_mpt run_words;                  /* its width up to the last word's end */
    const struct nk_layout__unit *run; /* its first unit; NULL: none */
};

static nk_err nomem(const struct setting *s)
{
    return nk_nomem(s->l->ctx);
}

/* ---- Pieces of a line -------------------------------------------------- */

static nk_err add_text(struct setting *s, nk_str text, nk_face face,
                       nk_mpt size, nk_mpt x, nk_mpt width)
{
    nk_item *i =
        nk_layout__item(s->l, s->strip, NK_ITEM_TEXT, x, s->baseline, width, 0);

    if (!i || !text.ptr)
        return nomem(s);
    i->text = text;
    i->face = face;
    i->size = size;
    i->tag = s->tag;
    i->space = s->space;
    i->cut = s->cut;
    return NK_OK;
}

static nk_err add_rule(struct setting *s, nk_item_kind kind, nk_mpt x, nk_mpt y,
                       nk_mpt width, nk_mpt height)
{
    nk_item *i = nk_layout__item(s->l, s->strip, kind, x, y, width, height);

    if (!i)
        return nomem(s);
    i->stroke = NK_LAYOUT__RULE;
    return NK_OK;
}

static nk_err end_run(struct setting *s)
{
    const struct nk_layout__unit *u = s->run;
    nk_err rc;

    if (!u)
        return NK_OK;
    s->run = NULL;
    if (s->text.err < 0)
        return nomem(s);
    rc = add_text(s, nk_buf_str(&s->text), u->face, u->size, s->run_x,
                  s->run_width);
    if (rc == NK_OK && u->underline)
        rc = add_rule(s, NK_ITEM_FILL, s->run_x, s->baseline + u->size / 10,
                      s->run_words, u->size / 18);
    return rc;
}

static bool joins(const struct nk_layout__unit *run,
                  const struct nk_layout__unit *u)
{
    return run && run->face == u->face && run->size == u->size &&
           run->underline == u->underline;
}

/* The space before a unit goes into the run it follows. */
static void set_space(struct setting *s, const struct nk_layout__unit *u)
{
    nk_mpt width = nk_layout__space(s->l, u) + s->space;

    if (s->run) {
        nk_buf_putc(&s->text, ' ');
        s->run_width += width;
    }
    s->x += width;
}

static nk_err set_word(struct setting *s, const struct nk_layout__unit *u)
{
    nk_mpt width = u->width + (s->x == s->start ? u->lead : 0);
    nk_err rc;

    if (!joins(s->run, u)) {
        if ((rc = end_run(s)) < 0)
            return rc;
        nk_buf_init(&s->text, s->l->a);
        s->run = u;
        s->run_x = s->x;
        s->run_width = 0;
    }
    nk_buf_puts(&s->text, u->text);
    s->run_width += width;
    s->run_words = s->run_width;
    s->x += width;
    return NK_OK;
}

/* Upper edge of a box of that height, in the middle of the capitals. */
static nk_mpt box_top(const struct setting *s, nk_mpt height)
{
    return s->baseline - s->type->size * 36 / 100 - height / 2;
}

/* A place of a fillable form, `above` the baseline and `below` it. */
static nk_err set_input(struct setting *s, const struct nk_layout__unit *u,
                        nk_mpt width, nk_mpt above, nk_mpt below)
{
    const nk_item at = { .x = s->x,
                         .y = s->baseline - above,
                         .width = width,
                         .height = above + below,
                         .tag = s->tag };

    s->x += width;
    return nk_layout__input(s->l, s->strip, s->type, u->node, &at, above);
}

static nk_err set_check(struct setting *s, const struct nk_layout__unit *u)
{
    nk_mpt side = NK_LAYOUT__CHECK, mark;
    nk_face face = (nk_face)(s->type->family | NK_FACE_BOLD);
    nk_mpt above = s->baseline - box_top(s, side);
    nk_err rc = add_rule(s, NK_ITEM_FRAME, s->x, box_top(s, side), side, side);

    if (rc == NK_OK && u->node->input)
        return set_input(s, u, side, above, side - above);
    if (rc == NK_OK && u->node->checked) {
        rc = nk_layout__measure(s->l, u->node, face, s->type->size, NK_STR("X"),
                                &mark);
        if (rc == NK_OK)
            rc = add_text(s, NK_STR("X"), face, s->type->size,
                          s->x + (side - mark) / 2, mark);
    }
    s->x += side;
    return rc;
}

/* The first character of *rest in the middle of a box that wide. */
static nk_err set_boxed(struct setting *s, const struct nk_layout__unit *u,
                        nk_mpt side, nk_str *rest)
{
    nk_str c = *rest;
    nk_mpt width;
    nk_err rc;

    nk_utf8_next(rest);
    c.len -= rest->len;
    rc = nk_layout__measure(s->l, u->node, u->face, u->size, c, &width);
    if (rc < 0)
        return rc;
    if (width > side)
        nk_layout__overfull(s->l, u->node, 1);
    return add_text(s, c, u->face, u->size, s->x + (side - width) / 2, width);
}

/* One character in each box, until the text ends. In a column too narrow
   for them the boxes are narrower. */
static nk_err set_comb(struct setting *s, const struct nk_layout__unit *u)
{
    nk_mpt side = u->width / (nk_mpt)u->node->count;
    nk_mpt height = NK_LAYOUT__BOX, left = s->x;
    nk_str rest = u->node->input ? NK_EMPTY : u->text;
    size_t n = nk_utf8_count(rest);
    uint32_t i;
    nk_err rc;

    if (n > u->node->count)
        nk_layout__overfull(s->l, u->node, (int64_t)n - u->node->count);
    for (i = 0; i < u->node->count; i++) {
        rc = add_rule(s, NK_ITEM_FRAME, s->x, box_top(s, height), side, height);
        if (rc == NK_OK && rest.len)
            rc = set_boxed(s, u, side, &rest);
        if (rc < 0)
            return rc;
        s->x += side;
    }
    if (!u->node->input)
        return NK_OK;
    s->x = left;
    left = s->baseline - box_top(s, height);
    return set_input(s, u, side * (nk_mpt)u->node->count, left, height - left);
}

/* Words of a text between single spaces, and the width they take. */
static nk_err plain_text(struct setting *s, const struct nk_layout__unit *u,
                         nk_str *out, nk_mpt *width)
{
    nk_str rest = u->text, word;
    nk_mpt space = nk_layout__em(s->l->faces[u->face].space, u->size), w;
    nk_buf b;
    nk_err rc;

    *width = 0;
    nk_buf_init(&b, s->l->a);
    while (nk_str_word(&rest, &word)) {
        if (b.len) {
            nk_buf_putc(&b, ' ');
            *width = nk_layout__sum(*width, space);
        }
        nk_buf_puts(&b, word);
        if ((rc = nk_layout__measure(s->l, u->node, u->face, u->size, word,
                                     &w)) < 0)
            return rc;
        *width = nk_layout__sum(*width, w);
    }
    *out = nk_buf_str(&b);
    return b.err < 0 ? nomem(s) : NK_OK;
}

/* A letter is about half its size wide. */
static int64_t letters_in(int64_t width, nk_mpt size)
{
    return width / (size / 2) + 1;
}

/* The text of a place `room` wide; a long one is set smaller, to 3/4. */
static nk_err fitted_text(struct setting *s, const struct nk_layout__unit *u,
                          nk_mpt room, nk_item *out)
{
    struct nk_layout__unit small = *u;
    nk_err rc = plain_text(s, u, &out->text, &out->width);

    out->size = u->size;
    if (rc < 0 || out->width <= room)
        return rc;
    small.size = (nk_mpt)((int64_t)u->size * room / out->width) - ROUNDING;
    if (small.size < u->size * 3 / 4) {
        nk_layout__overfull(
            s->l, u->node,
            letters_in(out->width - (int64_t)room * 4 / 3, u->size));
        return NK_OK;
    }
    out->size = small.size;
    return plain_text(s, &small, &out->text, &out->width);
}

static nk_err set_blank(struct setting *s, const struct nk_layout__unit *u)
{
    nk_mpt width = u->node->width ? u->width : s->grow;
    nk_mpt line = s->baseline + s->type->size / 5;
    nk_item on = { 0 };
    nk_err rc = NK_OK;

    if (!u->node->bare)
        rc =
            u->node->dotted
                ? add_rule(s, NK_ITEM_DOTS, s->x, s->baseline, width, 0)
                : add_rule(s, NK_ITEM_FILL, s->x, line, width, NK_LAYOUT__RULE);
    if (rc == NK_OK && u->node->input)
        return set_input(s, u, width, s->type->size * 115 / 100,
                         s->type->size * 35 / 100);
    if (rc == NK_OK && u->text.len) {
        if ((rc = fitted_text(s, u, width - 2 * PAD, &on)) < 0)
            return rc;
        s->space = 0;
        rc = add_text(s, on.text, u->face, on.size, s->x + PAD, on.width);
    }
    s->x += width;
    return rc;
}

static nk_err set_unit(struct setting *s, const struct nk_layout__unit *u)
{
    nk_err rc;

    if (u->kind == NK_UNIT_TEXT)
        return set_word(s, u);
    if ((rc = end_run(s)) < 0)
        return rc;
    switch (u->kind) {
    case NK_UNIT_CHECK:
        return set_check(s, u);
    case NK_UNIT_COMB:
        return set_comb(s, u);
    case NK_UNIT_BLANK:
        return set_blank(s, u);
    case NK_UNIT_FILL:
        s->x += u->node->width ? nk_layout__unit_width(u, s->x - s->start)
                               : s->grow;
        break;
    case NK_UNIT_BREAK:
    case NK_UNIT_TEXT:
        break;
    }
    return NK_OK;
}

/* ---- Lines ------------------------------------------------------------- */

static bool grows(const struct nk_layout__unit *u)
{
    return (u->kind == NK_UNIT_FILL || u->kind == NK_UNIT_BLANK) &&
           u->node->width == 0;
}

/* Share out what is left of a line: to what grows, before it, or to its
   spaces. */
static void share_out(struct setting *s, const struct nk_layout__line *line,
                      nk_mpt left, uint32_t spaces)
{
    uint32_t growing = 0, i;

    s->space = s->grow = 0;
    if (s->l->measuring)
        left = 0; /* as wide as the words, wherever they will stand */
    for (i = line->from; i < line->to; i++)
        growing += grows(&s->units[i]);
    if (growing)
        s->grow = left > 0 ? left / (nk_mpt)growing : 0;
    else if (s->type->align == NK_ALIGN_CENTER)
        s->x += left / 2;
    else if (s->type->align == NK_ALIGN_RIGHT)
        s->x += left;
    else if (s->type->align == NK_ALIGN_JUSTIFY && spaces &&
             (!line->last || left < 0))
        s->space = left / (nk_mpt)spaces;
}

static nk_err set_line(struct setting *s, const struct nk_layout__line *line,
                       nk_mpt width)
{
    uint32_t spaces, i;
    nk_mpt left = width - nk_layout__line_width(s->l, s->units, line->from,
                                                line->to, s->n, &spaces);
    nk_err rc = NK_OK;

    s->run = NULL;
    s->cut = false;
    share_out(s, line, left, spaces);
    s->start = s->x;
    for (i = line->from; i < line->to && rc == NK_OK; i++) {
        if (i > line->from && s->units[i].space)
            set_space(s, &s->units[i]);
        rc = set_unit(s, &s->units[i]);
    }
    s->cut = s->run && !line->last && !s->units[line->to].space &&
             s->units[line->to].kind == NK_UNIT_TEXT;
    if (s->cut && s->units[line->to].soft) {
        nk_buf_lit(&s->text, "\xC2\xAD");
        s->run_width += s->units[line->to].hyphen;
        s->x += s->units[line->to].hyphen;
    }
    return rc < 0 ? rc : end_run(s);
}

static nk_mpt line_height(const struct setting *s,
                          const struct nk_layout__line *line)
{
    nk_mpt h = nk_layout__em((int32_t)s->type->leading, s->type->size);
    uint32_t i;

    for (i = line->from; i < line->to; i++)
        if (s->units[i].height > h)
            h = s->units[i].height;
    return h;
}

/* What a line with a place to write by hand keeps free below it. */
static nk_mpt hand_room(const struct setting *s,
                        const struct nk_layout__line *line, nk_mpt height)
{
    uint32_t i;

    for (i = line->from; height < HAND && i < line->to; i++)
        if (s->units[i].kind == NK_UNIT_BLANK && s->units[i].node->dotted)
            return HAND - height;
    return 0;
}

static nk_err baseline_in(struct setting *s, nk_mpt height)
{
    const struct nk_layout__face *f;
    nk_face face =
        (nk_face)(s->type->family | (s->type->bold ? NK_FACE_BOLD : 0u));
    nk_err rc = nk_layout__face(s->l, face, &f);
    nk_mpt up, down;

    if (rc < 0)
        return rc;
    up = nk_layout__em(f->ascent, s->type->size);
    down = nk_layout__em(-f->descent, s->type->size);
    s->baseline = (height - up - down) / 2 + up;
    return NK_OK;
}

/* Know every face there is before widths of spaces are asked for. */
static nk_err know_faces(struct nk_layout__run *l,
                         const struct nk_layout__unit *units, uint32_t n)
{
    const struct nk_layout__face *f;
    uint32_t i;
    nk_err rc;

    for (i = 0; i < n; i++)
        if (!l->faces[units[i].face].known &&
            (rc = nk_layout__face(l, units[i].face, &f)) < 0)
            return rc;
    return NK_OK;
}

/* The narrowest measure that takes no more lines. */
static nk_err break_centered(struct nk_layout__run *l,
                             const struct nk_layout__unit *units, uint32_t n,
                             const struct nk_layout__measure *m,
                             struct nk_layout__line **lines, uint32_t *lines_n)
{
    nk_mpt low = 0, high = m->rest;
    nk_err rc = nk_layout__break_greedy(l, units, n, m, lines, lines_n);
    uint32_t least = *lines_n;

    if (rc < 0 || least == 1)
        return rc;
    while (high - low > NK_PT(1)) {
        nk_mpt mid = low + (high - low) / 2;
        struct nk_layout__measure try = { m->first - m->rest + mid, mid };

        rc = nk_layout__break_greedy(l, units, n, &try, lines, lines_n);
        if (rc < 0)
            return rc;
        if (*lines_n > least)
            low = mid;
        else
            high = mid;
    }
    return nk_layout__break_greedy(
        l, units, n,
        &(struct nk_layout__measure){ m->first - m->rest + high, high }, lines,
        lines_n);
}

static nk_err break_lines(struct nk_layout__run *l, nk_align align,
                          struct nk_layout__unit **units, uint32_t *n,
                          const struct nk_layout__measure *m,
                          struct nk_layout__line **lines, uint32_t *lines_n)
{
    struct nk_layout__unit *cut;
    uint32_t cut_n;
    nk_err rc;

    if (align == NK_ALIGN_CENTER)
        return break_centered(l, *units, *n, m, lines, lines_n);
    if (align != NK_ALIGN_JUSTIFY)
        return nk_layout__break_greedy(l, *units, *n, m, lines, lines_n);
    rc = nk_layout__break_total(l, *units, *n, m, NO_HYPHENS, false, lines,
                                lines_n);
    if (rc < 0 || *lines_n)
        return rc;
    if ((rc = nk_layout__syllables(l, *units, *n, &cut, &cut_n)) < 0)
        return rc;
    *units = cut;
    *n = cut_n;
    rc = nk_layout__break_total(l, cut, cut_n, m, HYPHENS, false, lines,
                                lines_n);
    if (rc < 0 || *lines_n)
        return rc;
    return nk_layout__break_total(l, cut, cut_n, m, 10000, true, lines,
                                  lines_n);
}

/* No single line of a paragraph stands alone at the edge of a page. */
static bool stays_with_next(uint32_t i, uint32_t n, bool keep_next)
{
    if (i + 1 == n)
        return keep_next;
    return i == 0 || i + 2 == n;
}

static void reach(struct nk_layout__sink *sink, nk_mpt right)
{
    if (right > sink->right)
        sink->right = right;
}

static nk_err set_lines(struct setting *s, const nk_style *style,
                        const struct nk_layout__column *col,
                        const struct nk_layout__measure *m,
                        const struct nk_layout__line *lines, uint32_t n,
                        struct nk_layout__sink *sink)
{
    nk_mpt left = col->x + style->indent;
    uint32_t i;
    nk_err rc;

    for (i = 0; i < n; i++) {
        nk_mpt height = line_height(s, &lines[i]);
        nk_mpt before = i ? 0 : style->before;

        s->strip = nk_layout__strip(s->l, sink, before,
                                    height + hand_room(s, &lines[i], height));
        if (!s->strip)
            return nomem(s);
        s->strip->keep = stays_with_next(i, n, style->keep_next);
        s->x = left + (i ? 0 : style->first);
        if ((rc = baseline_in(s, height)) < 0 ||
            (rc = set_line(s, &lines[i], i ? m->rest : m->first)) < 0)
            return rc;
        reach(sink, s->x - col->x);
    }
    sink->pending = style->set & NK_SET_AFTER ? style->after : col->gap;
    return NK_OK;
}

static const nk_struct structs[] = { [NK_ROLE_P] = NK_STRUCT_P,
                                     [NK_ROLE_H1] = NK_STRUCT_H1,
                                     [NK_ROLE_H2] = NK_STRUCT_H2 };

/* A cell or item that is one paragraph needs no element for it. */
static nk_err paragraph_tag(struct nk_layout__run *l, const nk_node *p,
                            uint32_t *tag)
{
    *tag = l->direct;
    l->direct = NK_ARTIFACT;
    return *tag != NK_ARTIFACT ? NK_OK
                               : nk_layout__tag(l, structs[p->role], tag);
}

/* Places to write on and stops would not stand still in justified lines. */
static bool is_ragged(const struct nk_layout__unit *units, uint32_t n)
{
    uint32_t i;

    for (i = 0; i < n; i++)
        if (units[i].kind == NK_UNIT_BLANK || units[i].kind == NK_UNIT_FILL)
            return true;
    return false;
}

bool nk_layout__is_one_paragraph(const nk_node *first)
{
    return first && !first->next && first->kind == NK_NODE_P &&
           first->role == NK_ROLE_P;
}

nk_err nk_layout__paragraph(struct nk_layout__run *l, const nk_node *p,
                            const struct nk_layout__column *col,
                            struct nk_layout__sink *sink)
{
    struct nk_layout__type type = nk_layout__type(&col->type, p->style);
    nk_mpt width = col->width - p->style->indent - p->style->right;
    struct nk_layout__measure m = { width - p->style->first, width };
    struct setting s = { .l = l, .type = &type };
    struct nk_layout__line *lines = NULL;
    struct nk_layout__unit *units;
    uint32_t n, lines_n = 0;
    nk_err rc;

    if (width < NK_PT(1))
        m.rest = m.first = width = NK_PT(1);
    if ((rc = nk_layout__words(l, p, &type, m.first < width ? m.first : width,
                               &units, &n)) < 0 ||
        (rc = know_faces(l, units, n)) < 0)
        goto out;
    if (n == 0) { /* an empty line */
        static const struct nk_layout__line none = { 0, 0, true };

        rc = set_lines(&s, p->style, col, &m, &none, 1, sink);
        goto out;
    }
    if (type.align == NK_ALIGN_JUSTIFY && is_ragged(units, n))
        type.align = NK_ALIGN_LEFT;
    if ((rc = break_lines(l, type.align, &units, &n, &m, &lines, &lines_n)) <
            0 ||
        (rc = paragraph_tag(l, p, &s.tag)) < 0)
        goto out;
    s.units = units;
    s.n = n;
    rc = set_lines(&s, p->style, col, &m, lines, lines_n, sink);
out:
    nk_arena_reset(&l->scratch);
    return rc;
}

/* ---- Ruled lines to write on ------------------------------------------- */

static uint32_t lines_to_rule(const nk_node *node, uint32_t written)
{
    return node->fit && written > node->count ? written : node->count;
}

nk_err nk_layout__lines(struct nk_layout__run *l, const nk_node *node,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink)
{
    struct nk_layout__type type = nk_layout__type(&col->type, node->style);
    nk_mpt width = col->width - 2 * PAD;
    struct nk_layout__measure m = { width, width };
    nk_node text = { .kind = NK_NODE_TEXT,
                     .text = node->text,
                     .field = node->field,
                     .at = node->at,
                     .style = node->style };
    const nk_node p = { .kind = NK_NODE_P, .first = &text };
    struct setting s = { .l = l, .type = &type };
    struct nk_layout__line *lines = NULL;
    struct nk_layout__unit *units;
    uint32_t n, lines_n = 0, count, i;
    nk_err rc;

    type.align = NK_ALIGN_LEFT;
    if ((rc = nk_layout__words(l, &p, &type, width, &units, &n)) < 0 ||
        (rc = know_faces(l, units, n)) < 0 ||
        (rc = nk_layout__break_greedy(l, units, n, &m, &lines, &lines_n)) < 0 ||
        (n && (rc = nk_layout__tag(l, NK_STRUCT_P, &s.tag)) < 0))
        goto out;
    s.units = units;
    s.n = n;
    count = lines_to_rule(node, lines_n);
    if (lines_n > count)
        nk_layout__overfull(
            l, node, letters_in((int64_t)(lines_n - count) * width, type.size));
    for (i = 0; i < count; i++) {
        s.strip = nk_layout__strip(l, sink, i ? 0 : node->style->before,
                                   node->height);
        if (!s.strip) {
            rc = nomem(&s);
            goto out;
        }
        s.strip->keep = stays_with_next(i, count, false);
        s.x = col->x + PAD;
        /* As a single line to write on does: label and line stay level. */
        if ((rc = baseline_in(&s, node->height)) < 0 ||
            (rc = add_rule(&s, NK_ITEM_FILL, col->x, s.baseline + type.size / 5,
                           col->width, NK_LAYOUT__RULE)) < 0 ||
            (i < lines_n && (rc = set_line(&s, &lines[i], width)) < 0))
            goto out;
    }
    reach(sink, col->width);
    sink->pending =
        node->style->set & NK_SET_AFTER ? node->style->after : col->gap;
out:
    nk_arena_reset(&l->scratch);
    return rc;
}
