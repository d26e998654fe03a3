/*
 * The drawing of a flowchart in the cells of a table: five symbols
 * (PermenPANRB 35/2012) and the ways between them.
 *
 * The one idea to know: the rows of the table have been laid out, and only
 * here is the way drawn from each step to the one in the next row, before it
 * is known which rows end a page. So it is drawn twice: as an arrow, which is
 * shown where the page goes on, and as a pair of connectors, which are shown
 * where it does not. A way to any other row is a pair of connectors always,
 * with the same letter at both ends; pages being known, it gets the shape
 * that says whether its other end is on this page.
 */
#include "layout/layout_int.h"

#define SYMBOL_WIDTH  NK_MM(9)
#define SYMBOL_HEIGHT NK_MM(7)
#define ZONE          (NK_MM(9) / 2) /* above and below a symbol, for ways */
#define ROUTE         NK_MM(4) /* where an arrow turns, above its symbol */
#define HEAD          (NK_MM(6) / 5)  /* side of an arrow's head */
#define MARK          (NK_MM(18) / 5) /* side of a connector */
#define ASIDE         (NK_MM(23) / 4) /* its middle from that of the symbol */
#define DOWN          (NK_MM(9) / 2)
#define STUB          (NK_MM(4) / 5) /* from a symbol to a connector below */
#define LINE          NK_LAYOUT__RULE
#define WORD_SIZE     NK_PT(6)

/* Where a way leaves a symbol or comes in. */
enum side { RIGHT, LEFT, BELOW, SIDES };

struct nk_layout__symbol {
    struct nk_layout__symbol *next;
    const nk_node *node;
    nk_item *item;
    struct nk_layout__strip *strip; /* its row */
    nk_str letter;                  /* of ways that lead here from afar */
    nk_item *mark;                  /* the connector they end in */
    bool taken[SIDES];
    bool beside[SIDES]; /* somebody who has part in the step is there */
};

static nk_mpt middle(const struct nk_layout__symbol *s)
{
    return s->item->x + s->item->width / 2;
}

static nk_mpt centre(const struct nk_layout__symbol *s)
{
    return s->item->y + s->item->height / 2;
}

static nk_mpt foot(const struct nk_layout__symbol *s)
{
    return s->item->y + s->item->height;
}

/* ---- Pieces ------------------------------------------------------------ */

static nk_err shape(struct nk_layout__run *l, struct nk_layout__strip *in,
                    nk_shape kind, nk_mpt x, nk_mpt y, nk_mpt width,
                    nk_mpt height, nk_item **out)
{
    nk_item *i = nk_layout__item(l, in, NK_ITEM_SHAPE, x, y, width, height);

    if (!i)
        return nk_nomem(l->ctx);
    i->shape = kind;
    i->stroke = NK_LAYOUT__RULE;
    if (out)
        *out = i;
    return NK_OK;
}

/* A line between two points, one above or beside the other. */
static nk_err line(struct nk_layout__run *l, struct nk_layout__strip *in,
                   nk_mpt x1, nk_mpt y1, nk_mpt x2, nk_mpt y2)
{
    nk_mpt x = x1 < x2 ? x1 : x2, y = y1 < y2 ? y1 : y2;
    nk_mpt w = x1 < x2 ? x2 - x1 : x1 - x2, h = y1 < y2 ? y2 - y1 : y1 - y2;

    return nk_layout__item(l, in, NK_ITEM_FILL, x - LINE / 2, y - LINE / 2,
                           w + LINE, h + LINE)
               ? NK_OK
               : nk_nomem(l->ctx);
}

/* Downwards to a point, with a head. */
static nk_err arrow_down(struct nk_layout__run *l, struct nk_layout__strip *in,
                         nk_mpt x, nk_mpt from, nk_mpt to)
{
    nk_err rc = line(l, in, x, from, x, to - HEAD);

    return rc < 0 ? rc
                  : shape(l, in, NK_SHAPE_DOWN, x - HEAD / 2, to - HEAD, HEAD,
                          HEAD, NULL);
}

/* A word in the drawing: from x on, to x (align right) or around it. */
static nk_err word(struct nk_layout__run *l, struct nk_layout__strip *in,
                   const struct nk_layout__symbol *s, nk_str text,
                   nk_align align, nk_mpt x, nk_mpt baseline, uint32_t tag)
{
    nk_face face = (nk_face)l->doc->type.family;
    nk_mpt width;
    nk_item *i;
    nk_err rc = nk_layout__measure(l, s->node, face, WORD_SIZE, text, &width);

    if (rc < 0)
        return rc;
    if (align == NK_ALIGN_RIGHT)
        x -= width;
    if (align == NK_ALIGN_CENTER)
        x -= width / 2;
    if (!(i = nk_layout__item(l, in, NK_ITEM_TEXT, x, baseline, width, 0)))
        return nk_nomem(l->ctx);
    i->text = text;
    i->face = face;
    i->size = WORD_SIZE;
    i->tag = tag;
    return NK_OK;
}

/* A connector with a label, its middle at (x, y). */
static nk_err connector(struct nk_layout__run *l, struct nk_layout__strip *in,
                        const struct nk_layout__symbol *s, nk_shape kind,
                        nk_str label, nk_mpt x, nk_mpt y, nk_item **out)
{
    nk_err rc = shape(l, in, kind, x - MARK / 2, y - MARK / 2, MARK, MARK, out);

    return rc < 0 ? rc
                  : word(l, in, s, label, NK_ALIGN_CENTER, x, y + WORD_SIZE / 3,
                         NK_ARTIFACT);
}

/* ---- Symbols ----------------------------------------------------------- */

static nk_err add_symbol(struct nk_layout__run *l, const nk_node *n,
                         nk_item *item)
{
    struct nk_layout__symbol *s = NK_NEW(l->a, struct nk_layout__symbol);

    if (!s)
        return nk_nomem(l->ctx);
    s->node = n;
    s->item = item;
    if (l->symbols.last)
        l->symbols.last->next = s;
    else
        l->symbols.first = s;
    l->symbols.last = s;
    if (!l->symbols.loose)
        l->symbols.loose = s;
    return NK_OK;
}

nk_err nk_layout__symbol(struct nk_layout__run *l, const nk_node *n,
                         const struct nk_layout__column *col,
                         struct nk_layout__sink *sink)
{
    static const nk_shape shapes[NK_SYMBOLS] = {
        [NK_SYMBOL_START] = NK_SHAPE_CAPSULE,
        [NK_SYMBOL_PROCESS] = NK_SHAPE_BOX,
        [NK_SYMBOL_DECISION] = NK_SHAPE_DIAMOND,
        [NK_SYMBOL_END] = NK_SHAPE_CAPSULE,
    };
    struct nk_layout__symbol own = { .node = n };
    struct nk_layout__strip *s =
        nk_layout__strip(l, sink, n->style->before, SYMBOL_HEIGHT + 2 * ZONE);
    nk_mpt x = col->x + (col->width - SYMBOL_WIDTH) / 2;
    nk_err rc;

    if (!s)
        return nk_nomem(l->ctx);
    if (SYMBOL_WIDTH > col->width)
        nk_layout__problem(l, NK_ERROR, NK_M_PIECE_TOO_LARGE, n, NK_EMPTY,
                           NK_EMPTY);
    if ((rc = shape(l, s, shapes[n->symbol], x, ZONE, SYMBOL_WIDTH,
                    SYMBOL_HEIGHT, &own.item)) < 0 ||
        (rc = nk_layout__tag(l, NK_STRUCT_FIGURE, &own.item->tag)) < 0)
        return rc;
    if (own.item->tag != NK_ARTIFACT)
        l->tags[own.item->tag].alt = n->label;
    if (SYMBOL_WIDTH > sink->right)
        sink->right = SYMBOL_WIDTH;
    if (shapes[n->symbol] == NK_SHAPE_CAPSULE &&
        (rc = word(l, s, &own,
                   nk_msg_text(n->symbol == NK_SYMBOL_START ? NK_T_FLOW_START
                                                            : NK_T_FLOW_END,
                               NK_LANG_ID),
                   NK_ALIGN_CENTER, middle(&own), centre(&own) + WORD_SIZE / 3,
                   own.item->tag)) < 0)
        return rc;
    return l->measuring ? NK_OK : add_symbol(l, n, own.item);
}

bool nk_layout__symbols_loose(const struct nk_layout__run *l)
{
    return l->symbols.loose != NULL;
}

void nk_layout__symbols_on(struct nk_layout__run *l,
                           struct nk_layout__strip *strip)
{
    struct nk_layout__symbol *s, *own = NULL;

    for (s = l->symbols.loose; s; s = s->next) {
        s->strip = strip;
        own = s->node->shared ? own : s;
    }
    for (s = l->symbols.loose; own && s; s = s->next)
        if (s != own)
            own->beside[s->item->x < own->item->x ? LEFT : RIGHT] = true;
    l->symbols.loose = NULL;
}

/* The symbol of the step at that place; NULL: the flow has none. */
static struct nk_layout__symbol *at_place(const struct nk_layout__run *l,
                                          nk_str place)
{
    struct nk_layout__symbol *s = l->symbols.first;

    while (s && (s->node->shared || !nk_str_eq(s->node->text, place)))
        s = s->next;
    return s;
}

/* ---- To the next row --------------------------------------------------- */

/* Items that are shown where pages go on, or end, in a list of their own. */
static struct nk_layout__strip *loose(struct nk_layout__run *l,
                                      struct nk_layout__strip **list)
{
    if (!*list)
        *list = NK_NEW(l->a, struct nk_layout__strip);
    return *list;
}

static nk_err letter_of(struct nk_layout__run *l, struct nk_layout__symbol *s)
{
    nk_buf low, up;

    if (s->letter.len)
        return NK_OK;
    nk_buf_init(&low, l->a);
    nk_letters_put(&low, ++l->symbols.letters);
    nk_buf_init(&up, l->a);
    nk_utf8_put_upper(&up, nk_buf_str(&low));
    return nk_buf_end(l->ctx, &up, &s->letter);
}

/* What is written on connectors between pages: the number of the step. */
static nk_err label_of(struct nk_layout__run *l, struct nk_layout__symbol *to,
                       nk_str *label)
{
    nk_err rc = NK_OK;

    *label = to->node->text;
    if (to->node->text.len > 3) {
        rc = letter_of(l, to);
        *label = to->letter;
    }
    return rc;
}

static nk_err arrow(struct nk_layout__run *l, const struct nk_layout__symbol *a,
                    const struct nk_layout__symbol *b)
{
    struct nk_layout__strip *in = loose(l, &b->strip->goes_on);
    nk_mpt turn = b->item->y - ROUTE;
    nk_err rc;

    if (!in)
        return nk_nomem(l->ctx);
    if ((rc = line(l, in, middle(a), foot(a) - a->strip->height, middle(a),
                   turn)) < 0 ||
        (rc = line(l, in, middle(a), turn, middle(b), turn)) < 0)
        return rc;
    return arrow_down(l, in, middle(b), turn, b->item->y);
}

static nk_err over_page(struct nk_layout__run *l,
                        const struct nk_layout__symbol *a,
                        struct nk_layout__symbol *b)
{
    struct nk_layout__strip *ends = loose(l, &a->strip->ends);
    struct nk_layout__strip *begins = loose(l, &b->strip->begins);
    nk_mpt top = foot(a) + STUB, head = b->item->y - HEAD - STUB / 2;
    nk_str label;
    nk_err rc;

    if (!ends || !begins)
        return nk_nomem(l->ctx);
    if ((rc = label_of(l, b, &label)) < 0 ||
        (rc = line(l, ends, middle(a), foot(a), middle(a), top)) < 0 ||
        (rc = connector(l, ends, a, NK_SHAPE_PENTAGON, label, middle(a),
                        top + MARK / 2, NULL)) < 0 ||
        (rc = connector(l, begins, b, NK_SHAPE_PENTAGON, label, middle(b),
                        head - MARK / 2, NULL)) < 0)
        return rc;
    return arrow_down(l, begins, middle(b), head, b->item->y);
}

static nk_err lead_on(struct nk_layout__run *l, struct nk_layout__symbol *a,
                      struct nk_layout__symbol *b, nk_str label)
{
    nk_err rc;

    a->taken[BELOW] = true;
    if ((rc = arrow(l, a, b)) < 0 || (rc = over_page(l, a, b)) < 0)
        return rc;
    /* Beside the point of a diamond, above what may stand below it. */
    return label.len
               ? word(l, a->strip, a, label, NK_ALIGN_LEFT,
                      middle(a) + 2 * STUB, foot(a) + STUB / 2, NK_ARTIFACT)
               : NK_OK;
}

/* ---- To any other row -------------------------------------------------- */

/* The side a way afar leaves by; rather none where somebody has part. */
static enum side free_side(const struct nk_layout__symbol *s)
{
    static const enum side order[] = { RIGHT, LEFT };
    size_t i;

    for (i = 0; i < 2; i++)
        if (!s->taken[order[i]] && !s->beside[order[i]])
            return order[i];
    if (!s->taken[BELOW])
        return BELOW;
    return s->taken[RIGHT] ? LEFT : RIGHT;
}

static nk_err leave(struct nk_layout__run *l, struct nk_layout__symbol *s,
                    nk_str letter, nk_str label, nk_item **mark)
{
    enum side side = free_side(s);
    nk_mpt sign = side == LEFT ? -1 : 1, edge = SYMBOL_WIDTH / 2;
    nk_mpt x = middle(s) + sign * ASIDE, y = centre(s) + DOWN;
    nk_err rc;

    s->taken[side] = true;
    if (side == BELOW) {
        x = middle(s);
        y = foot(s) + STUB + MARK / 2;
        rc = line(l, s->strip, x, foot(s), x, y - MARK / 2);
    } else {
        rc =
            line(l, s->strip, middle(s) + sign * edge, centre(s), x, centre(s));
        if (rc == NK_OK)
            rc = arrow_down(l, s->strip, x, centre(s), y - MARK / 2);
    }
    if (rc < 0 || (rc = connector(l, s->strip, s, NK_SHAPE_CIRCLE, letter, x, y,
                                  mark)) < 0)
        return rc;
    if (!label.len)
        return NK_OK;
    if (side == BELOW)
        return word(l, s->strip, s, label, NK_ALIGN_LEFT, x + MARK / 2 + STUB,
                    y, NK_ARTIFACT);
    return word(l, s->strip, s, label,
                side == LEFT ? NK_ALIGN_RIGHT : NK_ALIGN_LEFT,
                middle(s) + sign * NK_MM(3), centre(s) - HEAD, NK_ARTIFACT);
}

/* The connector at the end of all ways from afar, drawn once. */
static nk_err arrive(struct nk_layout__run *l, struct nk_layout__symbol *s)
{
    bool left = !s->beside[LEFT] || s->beside[RIGHT];
    nk_mpt sign = left ? -1 : 1, edge = middle(s) + sign * SYMBOL_WIDTH / 2;
    nk_mpt x = middle(s) + sign * ASIDE, y = centre(s) - DOWN;
    nk_err rc;

    if (s->mark)
        return NK_OK;
    if ((rc = connector(l, s->strip, s, NK_SHAPE_CIRCLE, s->letter, x, y,
                        &s->mark)) < 0 ||
        (rc = line(l, s->strip, x, y + MARK / 2, x, centre(s))) < 0 ||
        (rc = line(l, s->strip, x, centre(s), edge + sign * HEAD, centre(s))) <
            0)
        return rc;
    s->taken[left ? LEFT : RIGHT] = true;
    return shape(l, s->strip, left ? NK_SHAPE_RIGHT : NK_SHAPE_LEFT,
                 left ? edge - HEAD : edge, centre(s) - HEAD / 2, HEAD, HEAD,
                 NULL);
}

static nk_err jump(struct nk_layout__run *l, struct nk_layout__symbol *a,
                   struct nk_layout__symbol *b, nk_str label)
{
    struct nk_layout__jump *j = NK_NEW(l->a, struct nk_layout__jump);
    nk_err rc;

    if (!j)
        return nk_nomem(l->ctx);
    if ((rc = letter_of(l, b)) < 0 || (rc = arrive(l, b)) < 0 ||
        (rc = leave(l, a, b->letter, label, &j->from)) < 0)
        return rc;
    j->to = b->mark;
    j->next = l->jumps;
    l->jumps = j;
    return NK_OK;
}

/* ---- All of it --------------------------------------------------------- */

static bool follows(const struct nk_layout__symbol *a,
                    const struct nk_layout__symbol *b)
{
    return a->strip->next == b->strip;
}

/* The ways out of a step: first the one to the next row, then those afar. */
static nk_err draw_ways(struct nk_layout__run *l, struct nk_layout__symbol *s,
                        bool afar)
{
    struct nk_layout__symbol *to;
    const nk_node *way;
    nk_err rc = NK_OK;

    for (way = s->node->first; way && rc == NK_OK; way = way->next) {
        bool on;

        if (!(to = at_place(l, way->text)))
            continue;
        on = follows(s, to);
        if (on && !afar)
            rc = lead_on(l, s, to, way->label);
        else if (!on && afar)
            rc = jump(l, s, to, way->label);
    }
    return rc;
}

/* A line between those who do a step together. */
static nk_err join(struct nk_layout__run *l, const struct nk_layout__symbol *s)
{
    const struct nk_layout__symbol *n = s->next;

    if (!n || n->strip != s->strip || (s->taken[RIGHT] && !s->node->shared) ||
        (n->taken[LEFT] && !n->node->shared))
        return NK_OK;
    return line(l, s->strip, s->item->x + s->item->width, centre(s), n->item->x,
                centre(n));
}

nk_err nk_layout__flow(struct nk_layout__run *l)
{
    struct nk_layout__symbol *s;
    nk_err rc = NK_OK;

    for (s = l->symbols.first; s && rc == NK_OK; s = s->next)
        rc = draw_ways(l, s, false);
    for (s = l->symbols.first; s && rc == NK_OK; s = s->next)
        rc = draw_ways(l, s, true);
    for (s = l->symbols.first; s && rc == NK_OK; s = s->next)
        rc = join(l, s);
    return rc;
}

/* Note the page of a connector. */
static void found_on(struct nk_layout__run *l, const nk_item *i, uint32_t page)
{
    struct nk_layout__jump *j;

    for (j = l->jumps; j; j = j->next) {
        if (j->from == i)
            j->from_page = page;
        if (j->to == i)
            j->to_page = page;
    }
}

void nk_layout__off_page(struct nk_layout__run *l, const nk_pages *pages)
{
    struct nk_layout__jump *j;
    const nk_page *p;
    const nk_item *i;
    uint32_t n = 0;

    if (!l->jumps)
        return;
    for (p = pages->first; p; p = p->next, n++)
        for (i = p->first; i; i = i->next)
            if (i->kind == NK_ITEM_SHAPE && i->shape == NK_SHAPE_CIRCLE)
                found_on(l, i, n);
    for (j = l->jumps; j; j = j->next)
        if (j->from_page != j->to_page)
            j->from->shape = j->to->shape = NK_SHAPE_PENTAGON;
}
