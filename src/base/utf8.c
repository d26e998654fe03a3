/*
 * UTF-8 by the well-formedness table of the Unicode Standard (table 3-7).
 */
#include "base/utf8.h"

#include <stdio.h>

/* Length of the sequence that starts with byte c; 0 when none does. */
static unsigned sequence_length(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if (c >= 0xC2 && c <= 0xDF)
        return 2;
    if (c >= 0xE0 && c <= 0xEF)
        return 3;
    if (c >= 0xF0 && c <= 0xF4)
        return 4;
    return 0;
}

/* The second byte has a narrower range after some first bytes. */
static bool second_is_right(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

bool nk_utf8_check(nk_str s, size_t *bad)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t i = 0;

    while (i < s.len) {
        unsigned n, k;

        if (p[i] < 0x80) {
            i++;
            continue;
        }
        n = sequence_length(p[i]);
        if (n == 0 || n > s.len - i || !second_is_right(p[i], p[i + 1]))
            goto bad;
        for (k = 2; k < n; k++)
            if ((p[i + k] & 0xC0) != 0x80)
                goto bad;
        i += n;
    }
    return true;
bad:
    *bad = i;
    return false;
}

uint32_t nk_utf8_next(nk_str *s)
{
    const unsigned char *p = (const unsigned char *)s->ptr;
    unsigned n = sequence_length(p[0]), k;
    uint32_t c = p[0];

    if (n > 1)
        c &= 0x7Fu >> n;
    for (k = 1; k < n && k < s->len; k++)
        c = c << 6 | (p[k] & 0x3Fu);
    *s = nk_str_skip(*s, k);
    return c;
}

size_t nk_utf8_count(nk_str s)
{
    size_t i, n = 0;

    for (i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

void nk_utf8_put(nk_buf *b, uint32_t c)
{
    if (c < 0x80) {
        nk_buf_putc(b, (char)c);
    } else if (c < 0x800) {
        nk_buf_putc(b, (char)(0xC0 | c >> 6));
        nk_buf_putc(b, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        nk_buf_putc(b, (char)(0xE0 | c >> 12));
        nk_buf_putc(b, (char)(0x80 | (c >> 6 & 0x3F)));
        nk_buf_putc(b, (char)(0x80 | (c & 0x3F)));
    } else {
        nk_buf_putc(b, (char)(0xF0 | c >> 18));
        nk_buf_putc(b, (char)(0x80 | (c >> 12 & 0x3F)));
        nk_buf_putc(b, (char)(0x80 | (c >> 6 & 0x3F)));
        nk_buf_putc(b, (char)(0x80 | (c & 0x3F)));
    }
}

uint32_t nk_utf8_upper(uint32_t c)
{
    /* Small letters from .. to, each `step` apart; how far up they go. */
    static const struct range {
        uint16_t from, to, step;
        int16_t up;
    } small[] = {
        { 'a', 'z', 1, -32 },
        { 0xE0, 0xF6, 1, -32 },
        { 0xF8, 0xFE, 1, -32 },
        { 0xFF, 0xFF, 1, 0x178 - 0xFF },
        { 0x101, 0x12F, 2, -1 },
        { 0x131, 0x131, 1, 'I' - 0x131 },
        { 0x133, 0x137, 2, -1 },
        { 0x13A, 0x148, 2, -1 },
        { 0x14B, 0x177, 2, -1 },
        { 0x17A, 0x17E, 2, -1 },
        { 0x17F, 0x17F, 1, 'S' - 0x17F },
    };
    size_t i;

    for (i = 0; i < sizeof(small) / sizeof(small[0]); i++)
        if (c >= small[i].from && c <= small[i].to &&
            (c - small[i].from) % small[i].step == 0)
            return (uint32_t)((int32_t)c + small[i].up);
    return c;
}

void nk_utf8_put_upper(nk_buf *b, nk_str s)
{
    while (s.len)
        nk_utf8_put(b, nk_utf8_upper(nk_utf8_next(&s)));
}

bool nk_utf8_is_hidden(uint32_t c)
{
    static const struct range {
        uint32_t from, to;
    } hidden[] = {
        { 0x00, 0x08 },     { 0x0B, 0x0C },       { 0x0E, 0x1F },
        { 0x7F, 0x9F },     { 0xAD, 0xAD },       { 0x61C, 0x61C },
        { 0x180E, 0x180E }, { 0x200B, 0x200F },   { 0x2028, 0x202E },
        { 0x2060, 0x206F }, { 0xFE00, 0xFE0F },   { 0xFEFF, 0xFEFF },
        { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE01EF },
    };
    size_t i;

    for (i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
        if (c >= hidden[i].from && c <= hidden[i].to)
            return true;
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

nk_str nk_utf8_name(char buf[12], uint32_t c)
{
    snprintf(buf, 12, "U+%04X", (unsigned)(c & 0x1FFFFF));
    return nk_str_of(buf);
}
