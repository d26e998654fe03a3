/*
 * A code without what the base says already. The residue is the code's own
 * bytes, with a mark where a stretch of the base belongs:
 *
 *   FF 00            the byte FF
 *   FF n d           n + 31 bytes of the base; d says where
 *
 * Where a stretch is expected is where the last one ended, moved on by the
 * bytes said since: a code that follows its base has d = 0 throughout. d is
 * the difference, twice its amount, less one when it is backward.
 */
#include "archive/code.h"

#define MARK      0xFF
#define LEAST     32u /* bytes of a stretch; shorter ones deflate says better */
#define HASH_BITS 14u
#define TRIES     8u   /* earlier places looked at */
#define ENOUGH    256u /* where expected, this long: look no further */

static uint32_t hash_of(const char *p)
{
    uint64_t v[2];

    memcpy(v, p, NK_GRAM);
    v[0] = (v[0] ^ v[1] >> 29) * UINT64_C(0x9E3779B97F4A7C15) + v[1];
    return (uint32_t)(v[0] * UINT64_C(0xD6E8FEB86659FD93) >> (64 - HASH_BITS));
}

nk_err nk_archive__index_base(nk_ctx *ctx, nk_arena *a, nk_str base,
                              nk_base_index *out)
{
    uint32_t *head = NK_NEWN(a, (size_t)1 << HASH_BITS, uint32_t);
    uint32_t *prev = NK_NEWN(a, base.len, uint32_t);
    size_t i;

    if (!head || !prev)
        return nk_nomem(ctx);
    for (i = 0; i + NK_GRAM <= base.len; i++) {
        uint32_t h = hash_of(base.ptr + i);

        prev[i] = head[h];
        head[h] = (uint32_t)i + 1;
    }
    *out = (nk_base_index){ base, head, prev };
    return NK_OK;
}

bool nk_archive__base_holds(const nk_base_index *x, nk_str bytes)
{
    uint32_t i = x->head[hash_of(bytes.ptr)];

    while (i && !nk_str_starts(nk_str_skip(x->base, i - 1), bytes))
        i = x->prev[i - 1];
    return i > 0;
}

static size_t common(nk_str a, nk_str b)
{
    size_t n = a.len < b.len ? a.len : b.len, i = 0;

    while (i + 8 <= n && memcmp(a.ptr + i, b.ptr + i, 8) == 0)
        i += 8;
    while (i < n && a.ptr[i] == b.ptr[i])
        i++;
    return i;
}

/* The longest stretch of the base at the start of `code`; the first tried
   is where it is expected. */
static size_t find_stretch(const nk_base_index *x, nk_str code, size_t expected,
                           size_t *where)
{
    size_t best = 0, n;
    uint32_t i, tries;

    if (x->base.len < LEAST)
        return 0;
    if (expected < x->base.len) {
        best = common(code, nk_str_skip(x->base, expected));
        *where = expected;
    }
    if (best >= ENOUGH || code.len < NK_GRAM)
        return best;
    i = x->head[hash_of(code.ptr)];
    for (tries = 0; i && tries < TRIES; tries++, i = x->prev[i - 1]) {
        n = common(code, nk_str_skip(x->base, i - 1));
        if (n > best) {
            best = n;
            *where = i - 1;
        }
    }
    return best;
}

static void put_stretch(nk_buf *b, size_t n, size_t where, size_t expected)
{
    uint64_t d = where >= expected ? 2 * (uint64_t)(where - expected)
                                   : 2 * (uint64_t)(expected - where) - 1;

    nk_buf_putc(b, (char)MARK);
    nk_archive__varint_put(b, n - LEAST + 1);
    nk_archive__varint_put(b, d);
}

static void put_plain(nk_buf *b, nk_str s)
{
    while (s.len) {
        size_t n = nk_str_find(s, (char)MARK);

        nk_buf_puts(b, nk_str_head(s, n));
        s = nk_str_skip(s, n);
        if (s.len) {
            nk_buf_putn(b, (const char[]){ (char)MARK, '\0' }, 2);
            s = nk_str_skip(s, 1);
        }
    }
}

void nk_archive__shrink(const nk_base_index *x, nk_str code, nk_buf *residue)
{
    size_t i = 0, said = 0, expected = 0, where = 0;

    while (i < code.len) {
        size_t n = find_stretch(x, nk_str_skip(code, i), expected, &where);

        if (n < LEAST) {
            i++;
            expected++;
            continue;
        }
        put_plain(residue, (nk_str){ code.ptr + said, i - said });
        put_stretch(residue, n, where, expected);
        i += n;
        said = i;
        expected = where + n;
    }
    put_plain(residue, nk_str_skip(code, said));
}

/* Where a stretch of n bytes begins, d away from `expected`. */
static bool find_start(nk_str base, size_t expected, uint64_t d, size_t n,
                       size_t *start)
{
    uint64_t away = (d + 1) / 2;

    if (n > base.len || away > SIZE_MAX / 4)
        return false;
    if (d % 2 && away > expected)
        return false;
    *start = d % 2 ? expected - (size_t)away : expected + (size_t)away;
    return *start <= base.len - n;
}

bool nk_archive__expand(nk_str base, nk_str residue, char *code, size_t size)
{
    size_t len = 0, expected = 0, start;

    while (residue.len) {
        nk_str mark = { memchr(residue.ptr, MARK, residue.len), 0 };
        size_t plain =
            mark.ptr ? (size_t)(mark.ptr - residue.ptr) : residue.len;
        uint64_t n, d;

        if (plain > size - len)
            return false;
        memcpy(code + len, residue.ptr, plain);
        len += plain;
        expected += plain;
        residue = nk_str_skip(residue, plain);
        if (residue.len == 0)
            break;
        residue = nk_str_skip(residue, 1);
        if (!nk_archive__varint(&residue, &n))
            return false;
        if (n == 0) {
            if (len == size)
                return false;
            code[len++] = (char)MARK;
            expected++;
            continue;
        }
        n += LEAST - 1;
        if (!nk_archive__varint(&residue, &d) || n > size - len ||
            !find_start(base, expected, d, (size_t)n, &start))
            return false;
        memcpy(code + len, base.ptr + start, (size_t)n);
        len += (size_t)n;
        expected = start + (size_t)n;
    }
    return len == size;
}
