/*
 * Pages: strips are put one below the other; what must stay together goes to
 * the next page together. Header and footer are laid out for each page, once
 * their number is known.
 */
#include "layout/layout_int.h"

#define FURNITURE_GAP  NK_MM(4) /* between text and header or footer */
#define FURNITURE_EDGE NK_MM(8) /* least distance from the paper's edge */

struct paging {
    struct nk_layout__run *l;
    nk_pages *pages;
    nk_mpt top, bottom; /* of this page's body, from the upper edge */
    nk_mpt head, foot;  /* heights of header and footer */
    nk_mpt y;
    nk_page *page;
    const struct nk_layout__strip *last; /* placed; NULL: none yet */
};

static nk_mpt at_least(nk_mpt a, nk_mpt b)
{
    return a > b ? a : b;
}

/* Room for furniture is kept on the pages that have it. */
static bool has_furniture(const nk_node *n, uint32_t page)
{
    return n && page >= n->count;
}

static nk_mpt top_of(const struct paging *g, uint32_t page)
{
    const nk_doc *d = g->l->doc;
    nk_mpt top = page == 1 ? d->first_top : d->top;

    return has_furniture(d->header, page)
               ? at_least(top, FURNITURE_EDGE + g->head + FURNITURE_GAP)
               : top;
}

static nk_mpt bottom_of(const struct paging *g, uint32_t page)
{
    const nk_doc *d = g->l->doc;
    nk_mpt below = d->bottom;

    if (has_furniture(d->footer, page))
        below = at_least(below, FURNITURE_EDGE + g->foot + FURNITURE_GAP);
    return d->height - below;
}

/* Height for strips on this page and on the next, whichever is less. */
static nk_mpt room_of(const struct paging *g)
{
    uint32_t next = g->pages->n + 1;
    nk_mpt here = g->bottom - g->top;
    nk_mpt there = bottom_of(g, next) - top_of(g, next);

    return here < there ? here : there;
}

static nk_err new_page(struct paging *g)
{
    nk_page *p;

    if (g->pages->n == NK_MAX_PAGES)
        return nk_fail(g->l->ctx, NK_E_LIMIT, NK_M_TOO_MANY_PAGES, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_PAGES)));
    if (!(p = NK_NEW(g->l->a, nk_page)))
        return nk_nomem(g->l->ctx);
    if (g->pages->last)
        g->pages->last->next = p;
    else
        g->pages->first = p;
    g->pages->last = g->page = p;
    g->pages->n++;
    g->top = g->y = top_of(g, g->pages->n);
    g->bottom = bottom_of(g, g->pages->n);
    return NK_OK;
}

static void add_items(nk_page *p, nk_item *first, nk_item *last)
{
    if (!first)
        return;
    if (p->last)
        p->last->next = first;
    else
        p->first = first;
    p->last = last;
}

/* Nothing goes over the edge of the paper, or below `bottom`: where the body
   ends, or the footer. */
static void check_place(const struct paging *g,
                        const struct nk_layout__strip *s, nk_mpt bottom)
{
    bool fits = s->placed >= 0 && s->placed + s->height <= bottom;
    const nk_item *i;

    for (i = s->first; i; i = i->next)
        fits = fits && i->x >= 0 && i->x + i->width <= g->l->doc->width;
    if (!fits)
        nk_layout__problem(g->l, NK_ERROR, NK_M_PIECE_TOO_LARGE, s->node,
                           NK_EMPTY, NK_EMPTY);
}

static void place(struct paging *g, struct nk_layout__strip *s, nk_mpt gap)
{
    nk_item *i;

    g->y += gap;
    s->placed = g->y;
    check_place(g, s, g->bottom);
    for (i = s->first; i; i = i->next)
        i->y += g->y;
    add_items(g->page, s->first, s->last);
    g->y += s->height;
    g->last = s;
}

/* A copy of a row, of a head on a later page or to be written in, is no
   content: it was read before. */
static nk_err place_copy(struct paging *g, const struct nk_layout__strip *s)
{
    /* On its page the strip's items are followed by others. */
    const nk_item *end = s->last, *i;

    for (i = s->first; i; i = i == end ? NULL : i->next) {
        nk_item *c = NK_NEW(g->l->a, nk_item);

        if (!c)
            return nk_nomem(g->l->ctx);
        *c = *i;
        c->next = NULL;
        c->tag = NK_ARTIFACT;
        c->y += g->y - s->placed;
        add_items(g->page, c, c);
    }
    g->y = nk_layout__sum(g->y, s->height);
    return NK_OK;
}

/* What is drawn beside a strip because of where it stands on a page. */
static void add_beside(struct paging *g, const struct nk_layout__strip *s,
                       const struct nk_layout__strip *list)
{
    nk_item *i;

    if (!list)
        return;
    for (i = list->first; i; i = i->next)
        i->y += s->placed;
    add_items(g->page, list->first, list->last);
}

/* The line below a part of a table that goes on on the next page. */
static void end_page(struct paging *g)
{
    nk_item *i = g->last ? g->last->end_rule : NULL;

    if (g->last)
        add_beside(g, g->last, g->last->ends);
    if (!i)
        return;
    i->y += g->last->placed;
    add_items(g->page, i, i);
}

static nk_mpt head_height(const struct nk_layout__strip *s)
{
    const struct nk_layout__strip *h = s->head;
    nk_mpt height = 0;
    uint32_t i;

    for (i = 0; h && i < s->head_n; i++, h = h->next)
        height = nk_layout__sum(height, h->height);
    return height;
}

/* What a page begins with when its first strip is s. */
static nk_err begin_with(struct paging *g, struct nk_layout__strip *s)
{
    const struct nk_layout__strip *h = s->head;
    uint32_t i;
    nk_err rc;

    for (i = 0; h && i < s->head_n; i++, h = h->next)
        if ((rc = place_copy(g, h)) < 0)
            return rc;
    if (!s->head && s->top_rule)
        nk_layout__put_first(s, s->top_rule);
    return NK_OK;
}

/* Strips [first, end) that stay together; their height, the first's gap
   apart. */
static struct nk_layout__strip *chunk_end(struct nk_layout__strip *first,
                                          nk_mpt *height)
{
    struct nk_layout__strip *s = first;

    *height = s->height;
    while (s->keep && s->next && !s->next->new_page) {
        s = s->next;
        *height = nk_layout__sum(*height, s->gap + s->height);
    }
    return s->next;
}

/* What follows from where a strip was placed: on the page of the one before,
   or at the head of its own. */
static nk_err complete(struct paging *g, const struct nk_layout__strip *s,
                       bool goes_on)
{
    nk_err rc = NK_OK;

    add_beside(g, s, goes_on ? s->goes_on : s->begins);
    while (rc == NK_OK && s->fill && s->height > 0 &&
           g->y + s->height <= g->bottom)
        rc = place_copy(g, s);
    return rc;
}

static nk_err place_chunk(struct paging *g, struct nk_layout__strip *first,
                          struct nk_layout__strip *end, nk_mpt height)
{
    bool fits = height + head_height(first) <= room_of(g);
    struct nk_layout__strip *s, *next;
    nk_err rc;

    for (s = first; s != end; s = next) {
        nk_mpt need = s == first && fits ? height : s->height;
        nk_mpt gap = g->y == g->top ? 0 : s->gap;
        const nk_page *before = g->page;

        next = s->next;
        if (g->y > g->top && (g->y + gap + need > g->bottom || s->new_page)) {
            /* Within a chunk that fits, only its first strip may turn the
               page. */
            if (s == first || !fits || s->new_page) {
                end_page(g);
                if ((rc = new_page(g)) < 0 || (rc = begin_with(g, s)) < 0)
                    return rc;
                gap = 0;
            }
        }
        place(g, s, gap);
        if ((rc = complete(g, s, g->page == before)) < 0)
            return rc;
    }
    return NK_OK;
}

/* ---- Header and footer ------------------------------------------------- */

static struct nk_layout__column furniture_column(struct nk_layout__run *l)
{
    const nk_doc *d = l->doc;
    struct nk_layout__column col = {
        .x = d->left,
        .width = d->width - d->left - d->right,
        .gap = 0,
    };

    col.type.size = d->type.size;
    col.type.leading = d->type.leading;
    col.type.family = d->type.family;
    return col;
}

static nk_err lay_furniture(struct nk_layout__run *l, const nk_node *n,
                            uint32_t page, uint32_t count,
                            struct nk_layout__sink *sink)
{
    struct nk_layout__column col = furniture_column(l);
    nk_err rc;

    l->artifact = true;
    l->page_no = page;
    l->page_count = count;
    col.type = nk_layout__type(&col.type, n->style);
    rc = nk_layout__blocks(l, n->first, &col, sink);
    l->artifact = false;
    return rc;
}

static nk_err furniture_height(struct nk_layout__run *l, const nk_node *n,
                               nk_mpt *height)
{
    struct nk_layout__sink sink = { 0 };
    nk_err rc;

    *height = 0;
    if (!n)
        return NK_OK;
    l->measuring = true;
    rc = lay_furniture(l, n, 999, 999, &sink);
    l->measuring = false;
    *height = nk_layout__sink_height(&sink);
    return rc;
}

static nk_err add_furniture(struct paging *g, const nk_node *n, bool foot)
{
    uint32_t number = 0;
    nk_page *p;
    nk_err rc;

    for (p = g->pages->first; n && p; p = p->next) {
        struct nk_layout__sink sink = { 0 };
        struct nk_layout__strip all = { .node = n };
        nk_mpt top, bottom;

        if (!has_furniture(n, ++number))
            continue;
        if ((rc = lay_furniture(g->l, n, number, g->pages->n, &sink)) < 0)
            return rc;
        top = top_of(g, number);
        bottom = bottom_of(g, number);
        all.height = nk_layout__sink_height(&sink);
        all.placed =
            foot ? bottom + FURNITURE_GAP : top - FURNITURE_GAP - g->head;
        nk_layout__merge(&all, &sink, all.placed);
        check_place(g, &all,
                    foot           ? g->l->doc->height
                    : top < bottom ? top
                                   : bottom);
        add_items(p, all.first, all.last);
    }
    return NK_OK;
}

nk_err nk_layout__paginate(struct nk_layout__run *l,
                           struct nk_layout__sink *body, nk_pages *pages)
{
    struct paging g = { .l = l, .pages = pages };
    const nk_doc *d = l->doc;
    struct nk_layout__strip *s, *end;
    nk_mpt height;
    nk_err rc;

    if ((rc = furniture_height(l, d->header, &g.head)) < 0 ||
        (rc = furniture_height(l, d->footer, &g.foot)) < 0 ||
        (rc = new_page(&g)) < 0)
        return rc;
    for (s = body->first; s; s = end) {
        end = chunk_end(s, &height);
        if ((rc = place_chunk(&g, s, end, height)) < 0)
            return rc;
    }
    nk_layout__off_page(l, pages);
    if ((rc = add_furniture(&g, d->header, false)) < 0)
        return rc;
    return add_furniture(&g, d->footer, true);
}
