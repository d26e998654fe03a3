/*
 * A growing text in an arena. It keeps its first failure and ignores what is
 * appended later, so that one check at the end is enough.
 */
#ifndef NK_BASE_BUF_H
#define NK_BASE_BUF_H

#include <string.h>

#include "base/ctx.h"

typedef struct nk_buf {
    nk_arena *arena;
    char *ptr;
    size_t len, room;
    size_t limit; /* bytes; 0: none */
    nk_err err;   /* NK_E_NOMEM or NK_E_LIMIT */
} nk_buf;

/* Nothing else may be allocated from `a` cheaply while the buffer grows. */
void nk_buf_init(nk_buf *b, nk_arena *a);

void nk_buf__put(nk_buf *b, const void *bytes, size_t n); /* the long way */

static inline void nk_buf_putn(nk_buf *b, const void *bytes, size_t n)
{
    if (n && n <= b->room - b->len && !b->limit && b->err == 0) {
        memcpy(b->ptr + b->len, bytes, n);
        b->len += n;
    } else {
        nk_buf__put(b, bytes, n);
    }
}

static inline void nk_buf_putc(nk_buf *b, char c)
{
    nk_buf_putn(b, &c, 1);
}

void nk_buf_fill(nk_buf *b, char c, size_t n);
void nk_buf_int(nk_buf *b, int64_t v);
/* v with at least `digits` digits, zeros before. */
void nk_buf_pad(nk_buf *b, uint64_t v, unsigned digits);
/* Text of XML or HTML; in an attribute quotes, tabs and line ends, too, are
   written as references. */
void nk_buf_markup(nk_buf *b, nk_str s, bool in_attr);
void nk_buf_hex(nk_buf *b, const void *bytes, size_t n);
void nk_buf_printf(nk_buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static inline void nk_buf_puts(nk_buf *b, nk_str s)
{
    nk_buf_putn(b, s.ptr, s.len);
}

/* A string literal; saves the NK_STR where it is nothing but noise. */
#define nk_buf_lit(b, lit) nk_buf_putn((b), "" lit, sizeof(lit) - 1)

static inline nk_str nk_buf_str(const nk_buf *b)
{
    return (nk_str){ b->ptr, b->len };
}

/* Make room for n more bytes and return where they go; NULL when failed. */
char *nk_buf_reserve(nk_buf *b, size_t n);

/* The whole text, with a NUL after it, or the first failure. */
nk_err nk_buf_end(nk_ctx *ctx, nk_buf *b, nk_str *out);

#endif
