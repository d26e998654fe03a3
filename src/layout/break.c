/*
 * Breaking a paragraph into lines.
 *
 * Total fit looks at all ways to break a paragraph at once and takes the one
 * whose lines together are best: each feasible break is reached from the
 * earlier one that costs least (Knuth and Plass, "Breaking Paragraphs into
 * Lines", 1981). All in integers: ratios in 1/1000, badness 0 .. 10000.
 */
#include "layout/layout_int.h"

#define BAD          10000  /* the worst a line can be */
#define WORST        4600   /* the ratio that is so bad */
#define LOOSEST      100000 /* more makes no difference */
#define LINE_COST    10     /* of every line, so that fewer are better */
#define HYPHEN_COST  70     /* of ending with a hyphen */
#define TWO_HYPHENS  3000   /* more, on two lines in turn */
#define FITNESS_COST 1500   /* neighbours of very different tightness */
#define TIE_COST     900    /* of parting what is tied, in need */

#define TAB_GAP NK_MM(3) /* least width of a step to the next stop */

nk_mpt nk_layout__space(struct nk_layout__run *l,
                        const struct nk_layout__unit *u)
{
    return u->space ? nk_layout__em(l->faces[u->face].space, u->size) : 0;
}

nk_mpt nk_layout__unit_width(const struct nk_layout__unit *u, nk_mpt x)
{
    nk_mpt pitch = u->node->width, end;

    if (u->kind != NK_UNIT_FILL || pitch <= 0)
        return u->width;
    end = x + TAB_GAP + pitch - 1;
    return end - end % pitch - x;
}

/* A step to a stop: at the end of a line it takes no room. */
static bool is_step(const struct nk_layout__unit *u)
{
    return u->kind == NK_UNIT_FILL && u->node->width > 0;
}

/* Sums over the units before one: natural width, stretch. */
struct sums {
    int64_t width, stretch;
};

struct node {
    uint32_t unit; /* the line begins with it */
    int32_t prev;  /* index of the node before; -1: none */
    int64_t cost;
    uint8_t fitness; /* 0 tight .. 3 very loose */
    bool hyphen;
    bool active;
};

struct fitting {
    struct nk_layout__run *l;
    const struct nk_layout__unit *units;
    uint32_t n;
    const struct nk_layout__measure *m;
    int32_t tolerance;
    bool force;
    struct sums *sums;
    struct node *nodes;
    uint32_t nodes_n, first_active;
};

static nk_mpt stretch_of(struct nk_layout__run *l,
                         const struct nk_layout__unit *u)
{
    return nk_layout__space(l, u) / 2;
}

static nk_err sum_up(struct fitting *f)
{
    uint32_t i;

    f->sums = NK_NEWN(&f->l->scratch, (size_t)f->n + 1, struct sums);
    /* Each unit can be reached with four fitnesses. */
    f->nodes = NK_NEWN(&f->l->scratch, 4 * ((size_t)f->n + 1), struct node);
    if (!f->sums || !f->nodes)
        return nk_nomem(f->l->ctx);
    for (i = 0; i < f->n; i++) {
        const struct nk_layout__unit *u = &f->units[i];

        f->sums[i + 1].width =
            f->sums[i].width + u->width + nk_layout__space(f->l, u);
        f->sums[i + 1].stretch = f->sums[i].stretch + stretch_of(f->l, u);
    }
    return NK_OK;
}

/* Does a line end before unit i, and must it? */
static bool ends_at(const struct fitting *f, uint32_t i, bool *must)
{
    *must = i == f->n || f->units[i - 1].kind == NK_UNIT_BREAK;
    if (*must)
        return true;
    return f->units[i].may_break && (f->force || !f->units[i].tied);
}

/*
 * How the line from unit a to unit b fits, in 1/1000 of its stretch (> 0)
 * or shrink (< 0); below -1000 it is too long. Spaces shrink by a third.
 */
static int32_t ratio_of(const struct fitting *f, const struct node *a,
                        uint32_t b, bool must)
{
    const struct nk_layout__unit *u = &f->units[a->unit];
    nk_mpt target = a->prev < 0 ? f->m->first : f->m->rest;
    int64_t natural =
        f->sums[b].width - f->sums[a->unit].width - nk_layout__space(f->l, u);
    int64_t stretch =
        f->sums[b].stretch - f->sums[a->unit].stretch - stretch_of(f->l, u);
    int64_t r;

    natural += u->lead;
    if (b < f->n && f->units[b].soft)
        natural += f->units[b].hyphen;
    if (must && natural <= target)
        return 0; /* a last line is as long as it is */
    if (natural == target)
        return 0;
    if (natural < target) {
        if (stretch <= 0)
            return INT32_MAX;
        r = (target - natural) * 1000 / stretch;
    } else {
        if (stretch <= 0)
            return INT32_MIN;
        r = -(natural - target) * 1500 / stretch;
    }
    return r > INT32_MAX ? INT32_MAX : r < INT32_MIN ? INT32_MIN : (int32_t)r;
}

/* 100 times the cube of the ratio. */
static int32_t badness_of(int32_t r)
{
    int64_t a = r < 0 ? -(int64_t)r : r;

    if (a > WORST)
        return BAD;
    return (int32_t)(a * a * a / 10000000);
}

/* Of lines that are all as bad as can be the less loose is still better. */
static int32_t beyond(int32_t r)
{
    return r <= WORST ? 0 : (r < LOOSEST ? r : LOOSEST) - WORST;
}

static uint8_t fitness_of(int32_t r)
{
    return r < -500 ? 0 : r <= 500 ? 1 : r <= 1000 ? 2 : 3;
}

static int64_t cost_of(const struct fitting *f, const struct node *a,
                       uint32_t b, int32_t r, bool must)
{
    int64_t line = LINE_COST + badness_of(r) + beyond(r), cost;
    bool hyphen = !must && f->units[b].soft;
    uint8_t fitness = fitness_of(r);

    cost = line * line;
    if (hyphen)
        cost += HYPHEN_COST * HYPHEN_COST;
    if (hyphen && a->hyphen)
        cost += TWO_HYPHENS;
    if (fitness > a->fitness + 1 || a->fitness > fitness + 1)
        cost += FITNESS_COST;
    if (!must && f->units[b].tied)
        cost += TIE_COST * TIE_COST;
    return a->cost + cost;
}

/* The best way to unit b for each fitness. */
struct best {
    int64_t cost[4];
    int32_t from[4];
};

static void consider(const struct fitting *f, uint32_t k, uint32_t b, int32_t r,
                     bool must, struct best *best)
{
    int64_t cost = cost_of(f, &f->nodes[k], b, r, must);
    uint8_t fitness = fitness_of(r);

    if (best->from[fitness] < 0 || cost < best->cost[fitness]) {
        best->cost[fitness] = cost;
        best->from[fitness] = (int32_t)k;
    }
}

static bool none_found(const struct best *best)
{
    return best->from[0] < 0 && best->from[1] < 0 && best->from[2] < 0 &&
           best->from[3] < 0;
}

/* Look at the line from node k to unit b; true when k still has a future. */
static bool try_line(struct fitting *f, uint32_t k, uint32_t b, bool must,
                     bool last_hope, struct best *best)
{
    int32_t r = ratio_of(f, &f->nodes[k], b, must);

    if (r >= -1000 && badness_of(r) <= f->tolerance)
        consider(f, k, b, r, must, best);
    if (r >= -1000)
        return !must;
    /* With nothing else left, a forced paragraph takes a line too long. */
    if (f->force && last_hope && none_found(best))
        consider(f, k, b, -1000, must, best);
    return false;
}

static void try_break(struct fitting *f, uint32_t b, bool must)
{
    struct best best = { .from = { -1, -1, -1, -1 } };
    uint32_t k, end = f->nodes_n;
    bool left = false;
    uint8_t c;

    for (k = f->first_active; k < end; k++) {
        struct node *a = &f->nodes[k];

        if (!a->active || a->unit >= b)
            continue;
        a->active = try_line(f, k, b, must, !left && k + 1 == end, &best);
        left = left || a->active;
    }
    while (f->first_active < f->nodes_n && !f->nodes[f->first_active].active)
        f->first_active++;
    for (c = 0; c < 4; c++)
        if (best.from[c] >= 0)
            f->nodes[f->nodes_n++] = (struct node){
                b,   best.from[c], best.cost[c], c, !must && f->units[b].soft,
                true
            };
}

static nk_err lines_to(struct fitting *f, int32_t last,
                       struct nk_layout__line **lines, uint32_t *n)
{
    uint32_t count = 0, i;
    int32_t k;

    for (k = last; f->nodes[k].prev >= 0; k = f->nodes[k].prev)
        count++;
    *lines = NK_NEWN(&f->l->scratch, count, struct nk_layout__line);
    if (!*lines)
        return nk_nomem(f->l->ctx);
    for (k = last, i = count; i-- > 0; k = f->nodes[k].prev) {
        uint32_t to = f->nodes[k].unit;

        (*lines)[i] =
            (struct nk_layout__line){ f->nodes[f->nodes[k].prev].unit, to,
                                      to == f->n || f->units[to - 1].kind ==
                                                        NK_UNIT_BREAK };
    }
    *n = count;
    return NK_OK;
}

nk_err nk_layout__break_total(struct nk_layout__run *l,
                              const struct nk_layout__unit *units, uint32_t n,
                              const struct nk_layout__measure *m,
                              int32_t tolerance, bool force,
                              struct nk_layout__line **lines, uint32_t *lines_n)
{
    struct fitting f = { .l = l,
                         .units = units,
                         .n = n,
                         .m = m,
                         .tolerance = tolerance,
                         .force = force };
    int32_t best = -1;
    uint32_t i;
    nk_err rc;
    bool must;

    *lines_n = 0;
    if ((rc = sum_up(&f)) < 0)
        return rc;
    f.nodes[f.nodes_n++] = (struct node){ 0, -1, 0, 1, false, true };
    for (i = 1; i <= n; i++)
        if (ends_at(&f, i, &must))
            try_break(&f, i, must);
    for (i = f.first_active; i < f.nodes_n; i++)
        if (f.nodes[i].unit == n &&
            (best < 0 || f.nodes[i].cost < f.nodes[best].cost))
            best = (int32_t)i;
    return best < 0 ? NK_OK : lines_to(&f, best, lines, lines_n);
}

nk_mpt nk_layout__line_width(struct nk_layout__run *l,
                             const struct nk_layout__unit *units, uint32_t from,
                             uint32_t to, uint32_t n, uint32_t *spaces)
{
    nk_mpt width = 0;
    uint32_t i;

    *spaces = 0;
    if (to > from && is_step(&units[to - 1]))
        to--;
    for (i = from; i < to; i++) {
        if (i > from && units[i].space) {
            width += nk_layout__space(l, &units[i]);
            ++*spaces;
        }
        width += nk_layout__unit_width(&units[i], width);
        if (i == from)
            width += units[i].lead;
    }
    if (to < n && units[to].soft)
        width += units[to].hyphen;
    return width;
}

/* The last place in (from, to) where a line may end; `to` when none. */
static uint32_t last_break(const struct nk_layout__unit *units, uint32_t from,
                           uint32_t to, bool ties)
{
    uint32_t i;

    for (i = to; i > from + 1; i--)
        if (units[i - 1].may_break && (ties || !units[i - 1].tied))
            return i - 1;
    return to;
}

nk_err nk_layout__break_greedy(struct nk_layout__run *l,
                               const struct nk_layout__unit *units, uint32_t n,
                               const struct nk_layout__measure *m,
                               struct nk_layout__line **lines,
                               uint32_t *lines_n)
{
    struct nk_layout__line *list =
        NK_NEWN(&l->scratch, (size_t)n + 1, struct nk_layout__line);
    uint32_t from = 0, count = 0;

    if (!list)
        return nk_nomem(l->ctx);
    while (from < n) {
        nk_mpt room = count ? m->rest : m->first;
        uint32_t to = from, end;
        nk_mpt width = 0;

        while (to < n) {
            nk_mpt more = to > from ? nk_layout__space(l, &units[to]) : 0;

            more += nk_layout__unit_width(&units[to], width + more);
            if (to > from && width + more > room && !is_step(&units[to]))
                break;
            width += more;
            if (units[to++].kind == NK_UNIT_BREAK)
                break;
        }
        if (to < n && units[to - 1].kind != NK_UNIT_BREAK) {
            /* to is the unit that does not fit: may the line end there? */
            end = last_break(units, from, to + 1, false);
            if (end == to + 1)
                end = last_break(units, from, to + 1, true);
            if (end <= to)
                to = end;
        }
        list[count++] = (struct nk_layout__line){
            from, to, to == n || units[to - 1].kind == NK_UNIT_BREAK
        };
        from = to;
    }
    *lines = list;
    *lines_n = count;
    return NK_OK;
}
