/*
 * What scanning and playing a code share: both must foresee the same numbers
 * from what has gone by. Nothing here knows which of the two is at work.
 */
#include "archive/code.h"

#include <stdlib.h>

#define RANDOM_LEAST  NK_GRAM /* bytes; fewer are not worth a step */
#define RANDOM_SAMPLE 100u    /* bytes looked at */

void *nk_archive__list_add(nk_list *l)
{
    if (l->n == l->room) {
        size_t room = 2 * l->room + 16;
        void *more = nk_alloc_array(l->arena, room, l->size);

        if (!more)
            return NULL;
        if (l->n)
            memcpy(more, l->items, l->n * l->size);
        l->items = more;
        l->room = room;
    }
    return (char *)l->items + l->size * l->n++;
}

uint32_t nk_archive__refs_find(const nk_refs *r, uint32_t n)
{
    uint32_t i = 0;

    while (i < r->n && r->recent[i] != n)
        i++;
    return i;
}

void nk_archive__refs_note(nk_refs *r, uint32_t n, uint32_t i)
{
    if (i == r->n && r->n < NK_RECENT)
        r->n++;
    if (i == NK_RECENT)
        i--;
    memmove(r->recent + 1, r->recent, i * sizeof(*r->recent));
    r->recent[0] = n;
}

static int by_number(const void *a, const void *b)
{
    const nk_object *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

size_t nk_archive__objects_sort(nk_object *list, size_t n)
{
    size_t i, kept = 0;

    for (i = 1; i < n && list[i - 1].number < list[i].number;)
        i++;
    if (i >= n) /* as writers usually have them */
        return n;
    qsort(list, n, sizeof(*list), by_number);
    for (i = 0; i < n; i++) {
        if (kept && list[kept - 1].number == list[i].number)
            kept--;
        list[kept++] = list[i];
    }
    return kept;
}

/* Twenty bytes: offset, `kind`, line end. */
static void put_entry(nk_buf *b, uint32_t offset, const char *kind,
                      unsigned flags)
{
    static const char *const ends[] = { "\r\n", " \n", " \r", " \n" };
    char entry[20];
    unsigned i;

    for (i = 10; i > 0; offset /= 10)
        entry[--i] = (char)('0' + offset % 10);
    memcpy(entry + 10, kind, 8);
    memcpy(entry + 18, ends[NK_TABLE_END(flags) & 3], 2);
    nk_buf_putn(b, entry, sizeof(entry));
}

void nk_archive__table_put(nk_buf *b, const nk_object *list, size_t n,
                           unsigned flags)
{
    bool with_free = flags & NK_TABLE_FREE;
    size_t i = 0;

    while (i < n || with_free) {
        size_t first = with_free ? 0 : list[i].number, run = with_free;

        while (i + run - with_free < n &&
               list[i + run - with_free].number == first + run)
            run++;
        nk_buf_int(b, (int64_t)first);
        nk_buf_putc(b, ' ');
        nk_buf_int(b, (int64_t)run);
        nk_buf_putc(b, '\n');
        if (with_free)
            put_entry(b, 0, " 65535 f", flags);
        for (run -= with_free; run; run--)
            put_entry(b, list[i++].offset, " 00000 n", flags);
        with_free = false;
    }
}

/* The three corners that cameras look for, with the white around them. */
static bool in_finder(uint32_t x, uint32_t y, bool *dark)
{
    uint32_t far = x > y ? x : y, edge;

    if (x > 7 || y > 7)
        return false;
    edge = x == 0 || y == 0 || far == 6;
    *dark = far < 7 && (edge || (x > 1 && y > 1 && far < 5));
    return true;
}

/* Is the square one that every QR code of this size has, and is it dark?
   y counts from the bottom. */
static bool is_fixed(const nk_cells *c, uint32_t x, uint32_t y, bool *dark)
{
    uint32_t right = c->columns - 1 - x, top = c->rows - 1 - y;

    if (!(c->flags & NK_CELLS_QR))
        return false;
    if (in_finder(x, top, dark) || in_finder(right, top, dark) ||
        in_finder(x, y, dark))
        return true;
    *dark = (x + top) % 2 == 0;
    return x == 6 || top == 6;
}

static bool is_filled(const uint8_t *bits, size_t i)
{
    return bits[i / 8] >> (7 - i % 8) & 1;
}

static void fill(uint8_t *bits, size_t i)
{
    bits[i / 8] |= (uint8_t)(0x80 >> i % 8);
}

bool nk_archive__cells_split(const nk_cells *c, const uint8_t *all,
                             uint8_t *raw, size_t *n)
{
    size_t i = 0, k = 0;
    uint32_t x, y;
    bool dark;

    for (y = 0; y < c->rows; y++)
        for (x = 0; x < c->columns; x++, i++) {
            if (!is_fixed(c, x, y, &dark)) {
                if (is_filled(all, i))
                    fill(raw, k);
                k++;
            } else if (dark != is_filled(all, i)) {
                return false;
            }
        }
    *n = (k + 7) / 8;
    return true;
}

bool nk_archive__cells_join(const nk_cells *c, nk_str raw, uint8_t *all,
                            size_t *n)
{
    const uint8_t *bits = (const uint8_t *)raw.ptr;
    size_t i = 0, k = 0;
    uint32_t x, y;
    bool dark;

    for (y = 0; y < c->rows; y++)
        for (x = 0; x < c->columns; x++, i++) {
            if (!is_fixed(c, x, y, &dark)) {
                if (k / 8 >= raw.len)
                    return false;
                dark = is_filled(bits, k++);
            }
            if (dark)
                fill(all, i);
        }
    *n = (k + 7) / 8;
    return true;
}

static void put_rectangle(nk_buf *b, const uint32_t sides[4])
{
    char text[4 * (NK_DIGITS + 1) + 3], *at = text;
    unsigned i;

    for (i = 0; i < 4; i++) {
        at = nk_archive__write_digits(at, sides[i]);
        *at++ = ' ';
    }
    memcpy(at, "re\n", 3);
    nk_buf_putn(b, text, (size_t)(at - text) + 3);
}

void nk_archive__cells_put(nk_buf *b, const nk_cells *c, const uint8_t *all)
{
    uint32_t i, x, run;

    for (i = 0; i < c->rows; i++) {
        uint32_t y = c->flags & NK_CELLS_UP ? i : c->rows - 1 - i;

        for (x = run = 0; x <= c->columns; x++) {
            if (x < c->columns && is_filled(all, (size_t)y * c->columns + x)) {
                run++;
                continue;
            }
            if (run)
                put_rectangle(b, (const uint32_t[]){ (c->x + x - run) * c->unit,
                                                     (c->y + y) * c->unit,
                                                     run * c->unit, c->unit });
            run = 0;
        }
    }
}

void nk_archive__decimal_put(nk_buf *b, int64_t n)
{
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n, part = u % 1000;
    unsigned digits = 3;

    if (n < 0)
        nk_buf_putc(b, '-');
    nk_buf_int(b, (int64_t)(u / 1000));
    if (part == 0)
        return;
    for (; part % 10 == 0; part /= 10)
        digits--;
    nk_buf_putc(b, '.');
    nk_buf_pad(b, part, digits);
}

void nk_archive__signed_put(nk_buf *b, int64_t v)
{
    nk_archive__varint_put(b,
                           v < 0 ? 2 * (0 - (uint64_t)v) - 1 : 2 * (uint64_t)v);
}

bool nk_archive__signed(nk_str *s, int64_t *v)
{
    uint64_t u;

    if (!nk_archive__varint(s, &u))
        return false;
    *v = u % 2 ? -(int64_t)(u / 2) - 1 : (int64_t)(u / 2);
    return true;
}

void nk_archive__varint_put(nk_buf *b, uint64_t v)
{
    while (v >= 0x80) {
        nk_buf_putc(b, (char)(v | 0x80));
        v >>= 7;
    }
    nk_buf_putc(b, (char)v);
}

bool nk_archive__varint(nk_str *s, uint64_t *v)
{
    uint64_t x = 0;
    size_t i;

    for (i = 0; i < 9 && i < s->len; i++) {
        unsigned char c = (unsigned char)s->ptr[i];

        x |= (uint64_t)(c & 0x7F) << 7 * i;
        if (c < 0x80) {
            *s = nk_str_skip(*s, i + 1);
            *v = x;
            return true;
        }
    }
    return false;
}

bool nk_archive__move(int64_t *place, int64_t d)
{
    if (d > NK_MAX_PLACE || d < -NK_MAX_PLACE || *place + d > NK_MAX_PLACE ||
        *place + d < -NK_MAX_PLACE)
        return false;
    *place += d;
    return true;
}

bool nk_archive__is_random(nk_str bytes)
{
    bool seen[256] = { false };
    size_t n = bytes.len < RANDOM_SAMPLE ? bytes.len : RANDOM_SAMPLE;
    size_t from = (bytes.len - n) / 2, differ = 0, i;

    if (bytes.len < RANDOM_LEAST)
        return false;
    for (i = from; i < from + n; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];

        differ += !seen[c];
        seen[c] = true;
    }
    /* Chance gives 15 of 16, 83 of 100; text 11 and 30, DER 9 and 45. */
    return differ * 10 >= n * 7;
}

size_t nk_archive__der_size(nk_str der, size_t *head)
{
    const unsigned char *p = (const unsigned char *)der.ptr;
    size_t n, i, digits;

    if (der.len < 2)
        return 0;
    n = p[1];
    *head = 2;
    if (n >= 0x80) {
        digits = n & 0x7F;
        if (digits == 0 || digits > 4 || der.len < 2 + digits)
            return 0;
        for (n = 0, i = 0; i < digits; i++)
            n = n << 8 | p[2 + i];
        *head += digits;
    }
    return n <= der.len - *head ? *head + n : 0;
}

bool nk_archive__is_certificate(nk_str der)
{
    /* SEQUENCE { SEQUENCE, SEQUENCE, BIT STRING }, a few hundred bytes. */
    static const unsigned char inside[] = { 0x30, 0x30, 0x03 };
    size_t head, size = nk_archive__der_size(der, &head), i;
    nk_str rest;

    if (size < 256 || size != der.len || (unsigned char)der.ptr[0] != 0x30)
        return false;
    rest = nk_str_skip(der, head);
    for (i = 0; i < sizeof(inside); i++) {
        size = nk_archive__der_size(rest, &head);
        if (size == 0 || (unsigned char)rest.ptr[0] != inside[i])
            return false;
        rest = nk_str_skip(rest, size);
    }
    return rest.len == 0;
}
