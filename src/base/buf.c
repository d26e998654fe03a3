/*
 * Growing text: doubling in the arena, one sticky failure.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

void nk_buf_init(nk_buf *b, nk_arena *a)
{
    *b = (nk_buf){ .arena = a };
}

char *nk_buf_reserve(nk_buf *b, size_t n)
{
    size_t room = b->room ? b->room : 256;
    char *p;

    if (b->err < 0)
        return NULL;
    if (b->limit && n > b->limit - b->len) {
        b->err = NK_E_LIMIT;
        return NULL;
    }
    if (n <= b->room - b->len)
        return b->ptr + b->len;
    if (n > SIZE_MAX / 4 - b->len) {
        b->err = NK_E_NOMEM;
        return NULL;
    }
    while (room < b->len + n)
        room *= 2;
    if (!(p = nk_alloc_grow(b->arena, b->ptr, b->room, room))) {
        b->err = NK_E_NOMEM;
        return NULL;
    }
    b->ptr = p;
    b->room = room;
    return p + b->len;
}

void nk_buf_putn(nk_buf *b, const void *bytes, size_t n)
{
    char *p;

    if (n == 0 || !(p = nk_buf_reserve(b, n)))
        return;
    memcpy(p, bytes, n);
    b->len += n;
}

void nk_buf_putc(nk_buf *b, char c)
{
    if (b->len < b->room && b->err == NK_OK && !b->limit)
        b->ptr[b->len++] = c;
    else
        nk_buf_putn(b, &c, 1);
}

void nk_buf_fill(nk_buf *b, char c, size_t n)
{
    char *p;

    if (n == 0 || !(p = nk_buf_reserve(b, n)))
        return;
    memset(p, c, n);
    b->len += n;
}

nk_str nk_num(char buf[NK_NUM_SIZE], int64_t v)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    char *end = buf + NK_NUM_SIZE, *p = end;

    do {
        *--p = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v < 0)
        *--p = '-';
    return (nk_str){ p, (size_t)(end - p) };
}

void nk_buf_int(nk_buf *b, int64_t v)
{
    char num[NK_NUM_SIZE];

    nk_buf_puts(b, nk_num(num, v));
}

void nk_buf_pad(nk_buf *b, uint64_t v, unsigned digits)
{
    char num[NK_NUM_SIZE];
    nk_str s = nk_num(num, (int64_t)v);

    if (s.len < digits)
        nk_buf_fill(b, '0', digits - s.len);
    nk_buf_puts(b, s);
}

void nk_buf_hex(nk_buf *b, const void *bytes, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    const unsigned char *s = bytes;
    char *p = n <= SIZE_MAX / 8 ? nk_buf_reserve(b, 2 * n) : NULL;
    size_t i;

    if (!p)
        return;
    for (i = 0; i < n; i++) {
        p[2 * i] = digit[s[i] >> 4];
        p[2 * i + 1] = digit[s[i] & 15];
    }
    b->len += 2 * n;
}

void nk_buf_printf(nk_buf *b, const char *fmt, ...)
{
    va_list ap;
    char *p;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0 || !(p = nk_buf_reserve(b, (size_t)n + 1)))
        return;
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

nk_err nk_buf_end(nk_ctx *ctx, nk_buf *b, nk_str *out)
{
    size_t limit = b->limit;

    b->limit = 0; /* the NUL is not content */
    nk_buf_putc(b, '\0');
    b->limit = limit;
    if (b->err == NK_E_LIMIT)
        return nk_fail(ctx, NK_E_LIMIT, NK_M_TOO_LONG, NK_NOWHERE,
                       NK_ARGS(NK_NUM(b->limit)));
    if (b->err < 0)
        return nk_nomem(ctx);
    b->len--;
    *out = nk_buf_str(b);
    return NK_OK;
}
