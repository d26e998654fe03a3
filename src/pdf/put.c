/*
 * Values as PDF writes them: texts, dates, deflated streams. Where they stand
 * is for others to know.
 */
#include "pdf/pdf_int.h"

#include <zlib.h>

static bool is_ascii(nk_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || (unsigned char)s.ptr[i] > 0x7E)
            return false;
    return true;
}

static void put_utf16(nk_buf *b, uint32_t c)
{
    unsigned char p[2] = { (unsigned char)(c >> 8), (unsigned char)c };

    nk_buf_hex(b, p, 2);
}

void nk_pdf__text(nk_buf *b, nk_str s)
{
    size_t i;

    if (is_ascii(s)) {
        nk_buf_putc(b, '(');
        for (i = 0; i < s.len; i++) {
            if (strchr("()\\", s.ptr[i]))
                nk_buf_putc(b, '\\');
            nk_buf_putc(b, s.ptr[i]);
        }
        nk_buf_putc(b, ')');
        return;
    }
    nk_buf_lit(b, "<feff");
    while (s.len) {
        uint32_t c = nk_utf8_next(&s);

        if (c >= 0x10000) {
            put_utf16(b, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put_utf16(b, c);
    }
    nk_buf_putc(b, '>');
}

void nk_pdf__date(nk_buf *b, int64_t ms)
{
    size_t from = b->len, i, to;

    /* "2026-11-23T01:45:00Z" without its marks. */
    nk_buf_lit(b, "(D:");
    to = b->len;
    nk_moment_put_utc(b, ms);
    if (b->err < 0)
        return;
    for (i = to; i < b->len; i++)
        if (nk_is_digit(b->ptr[i]) || b->ptr[i] == 'Z')
            b->ptr[to++] = b->ptr[i];
    b->len = to > from ? to : b->len;
    nk_buf_putc(b, ')');
}

/* Level 9 takes six times as long on a picture and saves a tenth of it. */
nk_err nk_pdf__deflate(nk_ctx *ctx, nk_arena *a, nk_str bytes, nk_str *out)
{
    uLongf n = compressBound((uLong)bytes.len);
    char *p = nk_alloc(a, n);

    if (!p || compress2((Bytef *)p, &n, (const Bytef *)bytes.ptr,
                        (uLong)bytes.len, 7) != Z_OK)
        return nk_nomem(ctx);
    *out = (nk_str){ p, n };
    return NK_OK;
}
