/*
 * Filled squares of a grid, as QR codes are drawn: hundreds of rectangles
 * that are one bit a square.
 */
#include "archive/scan.h"

#define CELLS_LEAST 16u /* rectangles worth a step */

/* A rectangle of a paper: x, y, width, height. */
struct rectangle {
    uint32_t x, y, w, h;
};

/* "x y w h re" and a line feed; returns its size. */
static size_t take_rectangle(nk_str line, struct rectangle *r)
{
    uint32_t *const fields[4] = { &r->x, &r->y, &r->w, &r->h };
    nk_str s = line;
    unsigned i;

    for (i = 0; i < 4; i++) {
        size_t n = nk_archive__digits(s, fields[i]);

        if (n == 0 || n >= s.len || s.ptr[n] != ' ')
            return 0;
        s = nk_str_skip(s, n + 1);
    }
    return nk_str_starts(s, NK_STR("re\n")) ? line.len - s.len + 3 : 0;
}

/* A run of rectangles, in units of the first one's height. */
struct run {
    nk_list list;
    size_t size; /* bytes of the paper */
    uint32_t unit;
};

static bool in_units(struct rectangle *r, uint32_t u)
{
    if (r->h != u || r->x % u || r->y % u || r->w % u)
        return false;
    *r = (struct rectangle){ r->x / u, r->y / u, r->w / u, 1 };
    return r->w > 0 && r->x <= NK_MAX_UNIT && r->y <= NK_MAX_UNIT &&
           r->w <= NK_MAX_CELLS;
}

static bool add_rectangle(struct run *run, struct rectangle r)
{
    struct rectangle *kept;

    if (run->list.n == 0)
        run->unit = r.h;
    if (run->unit == 0 || run->unit > NK_MAX_UNIT || !in_units(&r, run->unit) ||
        !(kept = nk_archive__list_add(&run->list)))
        return false;
    *kept = r;
    return true;
}

/* The grid that holds them all; false: it would be too large. */
static bool measure(const struct run *run, nk_cells *c)
{
    const struct rectangle *r = run->list.items, *last = r + run->list.n - 1;
    uint32_t right = 0, top = 0;

    *c = (nk_cells){ .unit = run->unit, .x = r->x, .y = r->y };
    c->flags = last->y > r->y ? NK_CELLS_UP : 0;
    for (; r <= last; r++) {
        c->x = r->x < c->x ? r->x : c->x;
        c->y = r->y < c->y ? r->y : c->y;
        right = r->x + r->w > right ? r->x + r->w : right;
        top = r->y + 1 > top ? r->y + 1 : top;
    }
    c->columns = right - c->x;
    c->rows = top - c->y;
    if (c->columns == c->rows && c->rows >= 21 && c->rows % 4 == 1)
        c->flags |= NK_CELLS_QR;
    return c->columns <= NK_MAX_CELLS && c->rows <= NK_MAX_CELLS;
}

static void draw(const struct run *run, const nk_cells *c, uint8_t *all)
{
    const struct rectangle *r = run->list.items;
    size_t i;
    uint32_t x;

    for (i = 0; i < run->list.n; i++, r++) {
        size_t bit = (size_t)(r->y - c->y) * c->columns + r->x - c->x;

        for (x = 0; x < r->w; x++, bit++)
            all[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
    }
}

static void say_cells(nk_scanner *s, const nk_cells *c, nk_str raw)
{
    const uint32_t fields[NK_CELLS_FIELDS] = { c->flags, c->unit,    c->x,
                                               c->y,     c->columns, c->rows };
    size_t i;

    nk_archive__say(s, NK_OP_CELLS);
    for (i = 0; i < NK_CELLS_FIELDS; i++)
        nk_archive__varint_put(s->code, fields[i]);
    nk_buf_puts(s->raw, raw);
}

/* Do the cells, played, make exactly the rectangles that `text` begins with?
   Their bits that are said are in *raw. */
static bool are_cells(nk_scanner *s, const struct run *run, nk_str text,
                      nk_cells *c, nk_str *raw)
{
    uint8_t *all, *bits;
    size_t n;
    nk_buf again;

    if (!measure(run, c))
        return false;
    n = ((size_t)c->columns * c->rows + 7) / 8;
    all = nk_alloc(s->a, n);
    bits = nk_alloc(s->a, 2 * n);
    if (!all || !bits)
        return false;
    draw(run, c, all);
    nk_buf_init(&again, s->a);
    nk_archive__cells_put(&again, c, all);
    if (!nk_str_eq(nk_buf_str(&again), nk_str_head(text, run->size)))
        return false;
    if (!nk_archive__cells_split(c, all, bits, &n)) {
        bits += n; /* that part is clear yet */
        c->flags &= ~NK_CELLS_QR;
        nk_archive__cells_split(c, all, bits, &n);
    }
    *raw = (nk_str){ (const char *)bits, n };
    return true;
}

size_t nk_archive__scan_cells(nk_scanner *s)
{
    nk_str text = nk_str_skip(nk_archive__rest(s), 1), rest = text, raw;
    struct run run = { .list = NK_LIST(s->a, struct rectangle) };
    struct rectangle r;
    nk_cells c;
    size_t n;

    while ((n = take_rectangle(rest, &r)) > 0 && add_rectangle(&run, r)) {
        run.size += n;
        rest = nk_str_skip(rest, n);
    }
    s->cells_end = s->at + run.size;
    if (run.list.n < CELLS_LEAST || !are_cells(s, &run, text, &c, &raw))
        return 0;
    s->at++;
    say_cells(s, &c, raw);
    return run.size;
}
