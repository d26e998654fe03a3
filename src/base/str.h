/*
 * Text as a slice: a pointer and a length, passed by value.
 *
 * A slice never owns its bytes and need not end in NUL. Text inside the
 * program is UTF-8, checked once on its way in (nk_utf8_check).
 */
#ifndef NK_BASE_STR_H
#define NK_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct nk_str {
    const char *ptr;
    size_t len; /* bytes */
} nk_str;

/* A slice of a string literal. */
#define NK_STR(lit)                                                            \
    (nk_str)                                                                   \
    {                                                                          \
        "" lit, sizeof(lit) - 1                                                \
    }
/* The same where a constant is needed: in static tables. */
#define NK_STR_INIT(lit)                                                       \
    {                                                                          \
        "" lit, sizeof(lit) - 1                                                \
    }
#define NK_EMPTY                                                               \
    (nk_str)                                                                   \
    {                                                                          \
        NULL, 0                                                                \
    }

/* A slice of a NUL-terminated string; NULL gives the empty slice. */
nk_str nk_str_of(const char *z);

static inline bool nk_str_eq(nk_str a, nk_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Byte order; <0, 0, >0 as memcmp. */
int nk_str_cmp(nk_str a, nk_str b);

bool nk_str_starts(nk_str s, nk_str head);
bool nk_str_ends(nk_str s, nk_str tail);

/* Without leading and trailing ASCII white space. */
nk_str nk_str_trim(nk_str s);

/* s without its first n bytes; n <= s.len. */
static inline nk_str nk_str_skip(nk_str s, size_t n)
{
    /* NULL + 0 is undefined. */
    return (nk_str){ n ? s.ptr + n : s.ptr, s.len - n };
}

static inline nk_str nk_str_head(nk_str s, size_t n)
{
    return (nk_str){ s.ptr, n };
}

/* Index of the first byte c, or s.len. */
size_t nk_str_find(nk_str s, char c);

/* Index of the first occurrence of `what`, or s.len. */
size_t nk_str_search(nk_str s, nk_str what);

/*
 * Take what stands before the next byte `sep` off *rest; the separator goes
 * too. Returns false when *rest was already at its end (ptr NULL).
 */
bool nk_str_cut(nk_str *rest, char sep, nk_str *part);

/* As nk_str_cut, separated by runs of ASCII white space; no empty parts. */
bool nk_str_word(nk_str *rest, nk_str *word);

/* A decimal number that fills the whole slice, in 0 .. max. */
bool nk_str_uint(nk_str s, uint64_t max, uint64_t *out);

static inline bool nk_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
static inline bool nk_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool nk_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool nk_is_alpha(char c)
{
    return nk_is_upper(c) || (c >= 'a' && c <= 'z');
}
static inline char nk_lower(char c)
{
    return nk_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

/* Equal but for the case of ASCII letters. */
bool nk_str_eq_nocase(nk_str a, nk_str b);

/*
 * The entry of names[0 .. n-1] nearest to `typed`, or NK_EMPTY when none is
 * within two edits (insert, drop, change, swap). For "did you mean".
 */
nk_str nk_str_nearest(nk_str typed, const nk_str *names, size_t n);

#endif
