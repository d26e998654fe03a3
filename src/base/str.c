/*
 * Slices: comparing, cutting, and guessing what somebody meant to type.
 */
#include "base/str.h"

#include "base/limits.h"

nk_str nk_str_of(const char *z)
{
    return (nk_str){ z, z ? strlen(z) : 0 };
}

int nk_str_cmp(nk_str a, nk_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

    if (c != 0)
        return c;
    return (a.len > b.len) - (a.len < b.len);
}

bool nk_str_starts(nk_str s, nk_str head)
{
    return s.len >= head.len && nk_str_eq(nk_str_head(s, head.len), head);
}

bool nk_str_ends(nk_str s, nk_str tail)
{
    return s.len >= tail.len &&
           nk_str_eq(nk_str_skip(s, s.len - tail.len), tail);
}

nk_str nk_str_trim(nk_str s)
{
    while (s.len && nk_is_space(s.ptr[0]))
        s = nk_str_skip(s, 1);
    while (s.len && nk_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

size_t nk_str_find(nk_str s, char c)
{
    const char *p = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return p ? (size_t)(p - s.ptr) : s.len;
}

size_t nk_str_search(nk_str s, nk_str what)
{
    size_t i;

    if (what.len == 0)
        return 0;
    for (i = 0; i + what.len <= s.len; i++) {
        i += nk_str_find(nk_str_skip(s, i), what.ptr[0]);
        if (i + what.len > s.len)
            break;
        if (memcmp(s.ptr + i, what.ptr, what.len) == 0)
            return i;
    }
    return s.len;
}

bool nk_str_cut(nk_str *rest, char sep, nk_str *part)
{
    size_t n;

    if (!rest->ptr)
        return false;
    n = nk_str_find(*rest, sep);
    *part = nk_str_head(*rest, n);
    if (n == rest->len)
        *rest = NK_EMPTY;
    else
        *rest = nk_str_skip(*rest, n + 1);
    return true;
}

bool nk_str_word(nk_str *rest, nk_str *word)
{
    size_t n = 0;

    while (rest->len && nk_is_space(rest->ptr[0]))
        *rest = nk_str_skip(*rest, 1);
    if (rest->len == 0)
        return false;
    while (n < rest->len && !nk_is_space(rest->ptr[n]))
        n++;
    *word = nk_str_head(*rest, n);
    *rest = nk_str_skip(*rest, n);
    return true;
}

bool nk_str_uint(nk_str s, uint64_t max, uint64_t *out)
{
    uint64_t v = 0;
    size_t i;

    if (s.len == 0)
        return false;
    for (i = 0; i < s.len; i++) {
        uint64_t d = (uint64_t)(unsigned char)s.ptr[i] - '0';

        if (!nk_is_digit(s.ptr[i]) || v > (max - d) / 10 || d > max)
            return false;
        v = v * 10 + d;
    }
    *out = v;
    return true;
}

bool nk_str_eq_nocase(nk_str a, nk_str b)
{
    size_t i;

    if (a.len != b.len)
        return false;
    for (i = 0; i < a.len; i++)
        if (nk_lower(a.ptr[i]) != nk_lower(b.ptr[i]))
            return false;
    return true;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;

    return m < c ? m : c;
}

static bool same_letter(nk_str a, size_t i, nk_str b, size_t j)
{
    return nk_lower(a.ptr[i]) == nk_lower(b.ptr[j]);
}

/* Optimal string alignment distance; both at most NK_MAX_TYPO bytes. */
static unsigned edits(nk_str a, nk_str b)
{
    unsigned d[NK_MAX_TYPO + 1][NK_MAX_TYPO + 1];
    size_t i, j;

    for (i = 0; i <= a.len; i++)
        d[i][0] = (unsigned)i;
    for (j = 0; j <= b.len; j++)
        d[0][j] = (unsigned)j;
    for (i = 1; i <= a.len; i++) {
        for (j = 1; j <= b.len; j++) {
            bool same = same_letter(a, i - 1, b, j - 1);

            d[i][j] = min3(d[i - 1][j] + 1, d[i][j - 1] + 1,
                           d[i - 1][j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && same_letter(a, i - 1, b, j - 2) &&
                same_letter(a, i - 2, b, j - 1) &&
                d[i - 2][j - 2] + 1 < d[i][j])
                d[i][j] = d[i - 2][j - 2] + 1;
        }
    }
    return d[a.len][b.len];
}

nk_str nk_str_nearest(nk_str typed, const nk_str *names, size_t n)
{
    nk_str best = NK_EMPTY;
    unsigned least = 3;
    size_t i;

    if (typed.len > NK_MAX_TYPO)
        return best;
    for (i = 0; i < n; i++) {
        unsigned d;

        if (names[i].len > NK_MAX_TYPO)
            continue;
        d = edits(typed, names[i]);
        if (d < least && d < names[i].len) {
            least = d;
            best = names[i];
        }
    }
    return best;
}
