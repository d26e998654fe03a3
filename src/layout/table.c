/*
 * Tables: columns get their widths, cells are laid out as little columns,
 * and each row becomes one strip. A row that may be split, or is too high
 * for a page, becomes a strip for each line of its cells.
 */
#include "layout/layout_int.h"

struct table {
    struct nk_layout__run *l;
    const nk_node *node;
    const struct nk_layout__column *col;
    struct nk_layout__type type;
    nk_mpt *edges; /* x of the left edge of each column, and of the end */
    size_t n;      /* columns */
    bool boxed;    /* lines around every cell */
    const struct nk_layout__strip *head; /* rows to repeat */
    uint32_t head_n;
    bool in_head; /* only head rows so far */
};

static nk_err widths(struct table *t)
{
    const nk_style *style = t->node->style;
    struct nk_layout__run *l = t->l;
    nk_mpt fixed = 0, left;
    uint32_t shares = 0;
    size_t i;

    t->n = t->node->columns_n;
    t->edges = NK_NEWN(l->a, t->n + 1, nk_mpt);
    if (!t->edges)
        return nk_nomem(l->ctx);
    for (i = 0; i < t->n; i++) {
        fixed += t->node->columns[i].width;
        shares += t->node->columns[i].share;
    }
    left = t->col->width - style->indent - style->right - fixed;
    if (left < 0)
        return nk_fail(l->ctx, NK_E_INVALID, NK_M_COLUMNS_TOO_WIDE, t->node->at,
                       NK_NOARGS);
    t->edges[0] = t->col->x + style->indent;
    for (i = 0; i < t->n; i++) {
        const nk_column *c = &t->node->columns[i];

        t->edges[i + 1] = t->edges[i] + c->width;
        if (c->share)
            t->edges[i + 1] += (nk_mpt)((int64_t)left * c->share / shares);
    }
    return NK_OK;
}

/* What a cell holds, laid out, with the room around it. */
struct cell {
    const nk_node *node;
    size_t from, to; /* columns */
    struct nk_layout__sink sink;
    nk_mpt height;
};

static nk_err lay_cell(struct table *t, struct cell *c)
{
    struct nk_layout__run *l = t->l;
    uint32_t outer = l->tag, tag;
    nk_mpt left = t->boxed ? NK_LAYOUT__PAD_X : 0, right = left;
    struct nk_layout__column col = { .type = t->type };
    nk_err rc;

    /* Without lines between them, cells keep a distance. */
    if (!t->boxed && c->to < t->n)
        right = NK_LAYOUT__PAD_X;
    col.type = nk_layout__type(&t->type, c->node->style);
    col.x = t->edges[c->from] + left;
    col.width = t->edges[c->to] - t->edges[c->from] - left - right;
    rc = nk_layout__tag(l, c->node->head ? NK_STRUCT_TH : NK_STRUCT_TD, &tag);
    if (rc < 0)
        return rc;
    if (tag != NK_ARTIFACT) {
        l->tags[tag].span = (uint32_t)(c->to - c->from);
        l->tags[tag].row_head = c->node->head && !t->in_head;
        l->tag = tag;
        if (nk_layout__is_one_paragraph(c->node->first))
            l->direct = tag;
    }
    rc = nk_layout__blocks(l, c->node->first, &col, &c->sink);
    l->direct = NK_ARTIFACT; /* an empty paragraph takes none */
    l->tag = outer;
    c->height = nk_layout__sink_height(&c->sink);
    return rc;
}

static nk_err lay_cells(struct table *t, const nk_node *row, struct cell *cells,
                        size_t *n)
{
    const nk_node *k;
    size_t at = 0;
    nk_err rc;

    *n = 0;
    for (k = row->first; k; k = k->next) {
        struct cell *c = &cells[*n];
        size_t from = at;

        at += k->span ? k->span : 1;
        if (at > t->n)
            return nk_fail(t->l->ctx, NK_E_INVALID, NK_M_TOO_MANY_CELLS, k->at,
                           NK_NOARGS);
        *c = (struct cell){ .node = k, .from = from, .to = at };
        if ((rc = lay_cell(t, c)) < 0)
            return rc;
        ++*n;
    }
    return NK_OK;
}

/* ---- Lines of the table ------------------------------------------------ */

static nk_err rule(struct table *t, struct nk_layout__strip *s, nk_mpt x,
                   nk_mpt y, nk_mpt width, nk_mpt height)
{
    return nk_layout__item(t->l, s, NK_ITEM_FILL, x, y, width, height)
               ? NK_OK
               : nk_nomem(t->l->ctx);
}

static bool has_sides(nk_border b)
{
    return b == NK_BORDER_ALL || b == NK_BORDER_BOX;
}

/* A line across the table, not yet in any strip. */
static nk_err loose_rule(struct table *t, nk_mpt y, nk_item **out)
{
    nk_mpt w = NK_LAYOUT__RULE, left = t->edges[0] - w / 2;
    struct nk_layout__strip none = { 0 };
    nk_err rc =
        rule(t, &none, left, y - w / 2, t->edges[t->n] - t->edges[0] + w, w);

    *out = none.first;
    return rc;
}

/* The lines above and below; some only where a page begins or ends. */
static nk_err add_edges(struct table *t, struct nk_layout__strip *s, bool below,
                        bool above)
{
    bool open = t->node->border == NK_BORDER_BOTTOM;
    nk_item *i = NULL;
    nk_err rc = NK_OK;

    if (below || !open)
        rc = loose_rule(t, s->height, &i);
    if (rc == NK_OK && below)
        nk_layout__put_last(s, i);
    else
        s->end_rule = i;
    if (rc < 0 || open)
        return rc;
    rc = loose_rule(t, 0, &i);
    if (rc == NK_OK && above)
        nk_layout__put_first(s, i);
    else
        s->top_rule = i;
    return rc;
}

/* The lines of a strip. */
static nk_err add_rules(struct table *t, struct nk_layout__strip *s,
                        const struct cell *cells, size_t n, bool below,
                        bool above)
{
    nk_border border = t->node->border;
    nk_mpt w = NK_LAYOUT__RULE;
    nk_err rc = NK_OK;
    size_t i;

    if (border == NK_BORDER_NONE)
        return NK_OK;
    if (has_sides(border)) {
        rc = rule(t, s, t->edges[0] - w / 2, 0, w, s->height);
        if (rc == NK_OK)
            rc = rule(t, s, t->edges[t->n] - w / 2, 0, w, s->height);
    }
    for (i = 0; border == NK_BORDER_ALL && i + 1 < n && rc == NK_OK; i++)
        rc = rule(t, s, t->edges[cells[i].to] - w / 2, 0, w, s->height);
    return rc < 0 ? rc : add_edges(t, s, below, above);
}

/* Is there a line below this row? */
static bool ruled_below(const struct table *t, bool last_row)
{
    nk_border b = t->node->border;

    return b == NK_BORDER_ALL || b == NK_BORDER_ROWS ||
           (last_row && b != NK_BORDER_NONE);
}

/* ---- Rows -------------------------------------------------------------- */

static nk_mpt inner_height(const nk_node *row, const struct cell *cells,
                           size_t n, nk_mpt pad)
{
    nk_mpt h = 0;
    size_t i;

    for (i = 0; i < n; i++)
        if (cells[i].height > h)
            h = cells[i].height;
    h += 2 * pad;
    return h > row->height ? h : row->height;
}

/* A cell that is itself the place to write in. */
static bool is_place(const nk_node *cell)
{
    const nk_node *p = cell->first;

    return p && p->kind == NK_NODE_P && p->first && p->first->bare;
}

/* Its input takes all of the row's height. */
static void fill_cell(const struct cell *c, nk_mpt y, nk_mpt height)
{
    const struct nk_layout__strip *s;
    nk_item *i;

    if (!is_place(c->node))
        return;
    for (s = c->sink.first; s; s = s->next)
        for (i = s->first; i; i = i->next)
            if (i->kind == NK_ITEM_INPUT) {
                i->y = NK_PT(1) - y;
                i->height = height - NK_PT(2);
            }
}

static nk_err whole_row(struct table *t, const nk_node *row, struct cell *cells,
                        size_t n, struct nk_layout__sink *sink, nk_mpt pad)
{
    bool first = !sink->last || t->in_head, last = row->next == NULL;
    struct nk_layout__strip *s = nk_layout__strip(
        t->l, sink, row->style->before, inner_height(row, cells, n, pad));
    size_t i;

    if (!s)
        return nk_nomem(t->l->ctx);
    for (i = 0; i < n; i++) {
        nk_mpt spare = s->height - cells[i].height, y = pad;

        if (cells[i].node->valign == NK_VALIGN_MIDDLE)
            y = spare / 2;
        else if (cells[i].node->valign == NK_VALIGN_BOTTOM)
            y = spare - pad;
        fill_cell(&cells[i], y, s->height);
        nk_layout__merge(s, &cells[i].sink, y);
    }
    nk_layout__symbols_on(t->l, s);
    s->keep = row->style->keep_next || t->in_head;
    s->fill = row->fill;
    return add_rules(t, s, cells, n, ruled_below(t, last),
                     first && row == t->node->first);
}

/* Height and gap of the lines that come next in the cells. */
struct slice {
    nk_mpt gap, height;
    bool more; /* lines follow these */
};

static struct slice measure_slice(struct nk_layout__strip *const *next,
                                  size_t n, bool first)
{
    struct slice s = { 0 };
    size_t i;

    for (i = 0; i < n; i++) {
        if (!next[i])
            continue;
        if (!first && next[i]->gap > s.gap)
            s.gap = next[i]->gap;
        if (next[i]->height > s.height)
            s.height = next[i]->height;
        s.more = s.more || next[i]->next;
    }
    return s;
}

/* Move the next line of each cell into a strip, and step on. */
static void fill_slice(struct nk_layout__strip *s,
                       struct nk_layout__strip **next, size_t n, nk_mpt y)
{
    size_t i;

    for (i = 0; i < n; i++) {
        struct nk_layout__strip *k = next[i];
        struct nk_layout__sink one = { .first = k, .last = k };

        if (!k)
            continue;
        next[i] = k->next;
        k->next = NULL;
        s->keep = s->keep || (k->keep && next[i]);
        nk_layout__merge(s, &one, y);
    }
}

/* One strip a line: the k-th lines of all cells beside each other. */
static nk_err split_row(struct table *t, const nk_node *row, struct cell *cells,
                        size_t n, struct nk_layout__sink *sink, nk_mpt pad)
{
    struct nk_layout__strip *next[NK_MAX_COLUMNS], *s;
    bool first = true;
    struct slice slice;
    size_t i;
    nk_err rc;

    for (i = 0; i < n; i++)
        next[i] = cells[i].sink.first;
    do {
        nk_mpt top = first ? pad : 0;

        slice = measure_slice(next, n, first);
        s = nk_layout__strip(t->l, sink, 0,
                             top + slice.gap + slice.height +
                                 (slice.more ? 0 : pad));
        if (!s)
            return nk_nomem(t->l->ctx);
        fill_slice(s, next, n, top + slice.gap);
        s->head = t->head;
        s->head_n = t->head_n;
        rc = add_rules(t, s, cells, n,
                       !slice.more && ruled_below(t, row->next == NULL),
                       first && row == t->node->first);
        if (rc < 0)
            return rc;
        first = false;
    } while (slice.more);
    return NK_OK;
}

/* More than this of a page is too much to keep in one piece. */
static nk_mpt split_height(const struct nk_layout__run *l)
{
    return (l->doc->height - l->doc->top - l->doc->bottom) / 2;
}

static nk_err lay_row(struct table *t, const nk_node *row,
                      struct nk_layout__sink *sink)
{
    struct nk_layout__run *l = t->l;
    struct cell cells[NK_MAX_COLUMNS];
    uint32_t outer = l->tag, tag;
    nk_mpt pad = t->boxed ? NK_LAYOUT__PAD_Y : 0;
    size_t n;
    nk_err rc;

    if ((rc = nk_layout__tag(l, NK_STRUCT_TR, &tag)) < 0)
        return rc;
    if (tag != NK_ARTIFACT)
        l->tag = tag;
    rc = lay_cells(t, row, cells, &n);
    l->tag = outer;
    if (rc < 0)
        return rc;
    if (!t->in_head && !nk_layout__symbols_loose(l) &&
        ((row->split && inner_height(row, cells, n, pad) > row->height) ||
         inner_height(row, cells, n, pad) > split_height(l)))
        return split_row(t, row, cells, n, sink, pad);
    if ((rc = whole_row(t, row, cells, n, sink, pad)) < 0)
        return rc;
    if (!t->in_head) {
        sink->last->head = t->head;
        sink->last->head_n = t->head_n;
    }
    return NK_OK;
}

static nk_err lay_rows(struct table *t, struct nk_layout__sink *rows)
{
    const nk_node *row;
    nk_err rc = NK_OK;

    for (row = t->node->first; row && rc == NK_OK; row = row->next) {
        if (t->in_head && !row->head) {
            t->in_head = false;
            t->head = rows->first;
        }
        rc = lay_row(t, row, rows);
        if (t->in_head)
            t->head_n++;
    }
    return rc;
}

/* Put the rows after what is in the sink already. */
static void append(struct nk_layout__sink *sink, struct nk_layout__sink *rows,
                   const nk_style *style, nk_mpt gap)
{
    rows->first->gap =
        style->before > sink->pending ? style->before : sink->pending;
    rows->first->new_page = sink->new_page;
    sink->new_page = false;
    if (sink->last)
        sink->last->next = rows->first;
    else
        sink->first = rows->first;
    sink->last = rows->last;
    sink->last->keep = sink->last->keep || style->keep_next;
    sink->pending = style->set & NK_SET_AFTER ? style->after : gap;
}

nk_err nk_layout__table(struct nk_layout__run *l, const nk_node *node,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink)
{
    struct table t = { .l = l, .node = node, .col = col, .in_head = true };
    const struct nk_layout__symbols around = l->symbols;
    struct nk_layout__sink rows = { 0 };
    uint32_t outer = l->tag, tag;
    nk_err rc;

    t.type = nk_layout__type(&col->type, node->style);
    if (!(node->style->set & NK_SET_ALIGN))
        t.type.align = NK_ALIGN_LEFT;
    t.boxed = node->border != NK_BORDER_NONE;
    if ((rc = widths(&t)) < 0 ||
        (rc = nk_layout__tag(l, NK_STRUCT_TABLE, &tag)) < 0)
        return rc;
    if (tag != NK_ARTIFACT)
        l->tag = tag;
    l->symbols = (struct nk_layout__symbols){ 0 };
    rc = lay_rows(&t, &rows);
    if (rc == NK_OK)
        rc = nk_layout__flow(l);
    l->symbols = around;
    l->tag = outer;
    if (rc < 0 || !rows.first)
        return rc;
    append(sink, &rows, node->style, col->gap);
    if (col->width > sink->right)
        sink->right = col->width;
    return NK_OK;
}
