/*
 * Growing text: doubling in the arena, one sticky failure.
 */
#include "base/buf.h"

#include <assert.h>
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
    if (b->ptr && n <= b->room - b->len)
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

void nk_buf__put(nk_buf *b, const void *bytes, size_t n)
{
    char *p;

    if (n == 0 || !(p = nk_buf_reserve(b, n)))
        return;
    memcpy(p, bytes, n);
    b->len += n;
}

void nk_buf_fill(nk_buf *b, char c, size_t n)
{
    char *p;

    if (n == 0 || !(p = nk_buf_reserve(b, n)))
        return;
    memset(p, c, n);
    b->len += n;
}

/* The digits of u, written backwards from `end`; where they begin. */
static char *digits_before(char *end, uint64_t u)
{
    do {
        *--end = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    return end;
}

nk_str nk_num(char buf[NK_NUM_SIZE], int64_t v)
{
    char *end = buf + NK_NUM_SIZE - 1;
    char *p = digits_before(end, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);

    *end = '\0';
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
    char num[NK_NUM_SIZE], *end = num + sizeof(num);
    char *p = digits_before(end, v);
    size_t n = (size_t)(end - p);

    if (n < digits)
        nk_buf_fill(b, '0', digits - n);
    nk_buf_putn(b, p, n);
}

/* The reference for c; NULL: it stands for itself. A reader would turn a bare
   carriage return into a line end, and in an attribute that into a space. */
static const char *reference(char c, bool in_attr)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return in_attr ? "&quot;" : NULL;
    case '\'':
        return in_attr ? "&#39;" : NULL;
    case '\n':
        return in_attr ? "&#10;" : NULL;
    case '\t':
        return in_attr ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

void nk_buf_markup(nk_buf *b, nk_str s, bool in_attr)
{
    size_t from = 0, i;

    for (i = 0; i < s.len; i++) {
        const char *ref = reference(s.ptr[i], in_attr);

        if (!ref)
            continue;
        nk_buf_putn(b, s.ptr + from, i - from);
        nk_buf_puts(b, nk_str_of(ref));
        from = i + 1;
    }
    if (from < s.len)
        nk_buf_putn(b, s.ptr + from, s.len - from);
}

void nk_buf_hex(nk_buf *b, const void *bytes, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    const unsigned char *s = bytes;
    char *p = nk_buf_reserve(b, n <= SIZE_MAX / 2 ? 2 * n : SIZE_MAX);
    size_t i;

    if (!p)
        return;
    for (i = 0; i < n; i++) {
        p[2 * i] = digit[s[i] >> 4];
        p[2 * i + 1] = digit[s[i] & 15];
    }
    b->len += 2 * n;
}

/* Room for n bytes of content and a NUL, which is none. */
static char *reserve_z(nk_buf *b, size_t n)
{
    size_t limit = b->limit;
    char *p = nk_buf_reserve(b, n);

    if (p) {
        b->limit = 0;
        p = nk_buf_reserve(b, n + 1);
        b->limit = limit;
    }
    return p;
}

void nk_buf_printf(nk_buf *b, const char *fmt, ...)
{
    size_t room = b->limit || b->err < 0 ? 0 : b->room - b->len;
    va_list ap;
    char *p;
    int n;

    /* Where there is room, once is enough. */
    va_start(ap, fmt);
    n = vsnprintf(room ? b->ptr + b->len : NULL, room, fmt, ap);
    va_end(ap);
    assert(n >= 0); /* fmt is ours, and nothing printed is that long */
    if ((size_t)n < room) {
        b->len += (size_t)n;
        return;
    }
    if (!(p = reserve_z(b, (size_t)n)))
        return;
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

nk_err nk_buf_end(nk_ctx *ctx, nk_buf *b, nk_str *out)
{
    char *p = reserve_z(b, 0);

    if (b->err == NK_E_LIMIT)
        return nk_fail(ctx, NK_E_LIMIT, NK_M_TOO_LONG, NK_NOWHERE,
                       NK_ARGS(NK_NUM(b->limit)));
    if (!p)
        return nk_nomem(ctx);
    *p = '\0';
    *out = nk_buf_str(b);
    return NK_OK;
}
