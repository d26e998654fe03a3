/*
 * PDF text strings and dates, in and out. Inside the program text is UTF-8;
 * in a PDF it is PDFDocEncoding, UTF-16 or UTF-8, told apart by its first
 * bytes. What we write is ASCII where that suffices, else UTF-16.
 */
#include "cos/cos.h"

/* The character after a backslash in a text, and how long it was. */
static size_t unescape(nk_str s, nk_buf *b)
{
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    const char *p = memchr(from, s.ptr[0], sizeof(from) - 1);
    size_t n = 0;
    int c = 0;

    if (s.ptr[0] == '\n')
        return 1;
    if (s.ptr[0] == '\r')
        return s.len > 1 && s.ptr[1] == '\n' ? 2 : 1;
    for (; n < 3 && n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '7'; n++)
        c = c * 8 + (s.ptr[n] - '0');
    if (n == 0) {
        n = 1;
        c = p ? to[p - from] : s.ptr[0];
    }
    nk_buf_putc(b, (char)(c & 0xFF));
    return n;
}

static void put_text_bytes(nk_buf *b, nk_str s)
{
    while (s.len) {
        size_t n = 1;

        if (s.ptr[0] == '\\' && s.len > 1)
            n = 1 + unescape(nk_str_skip(s, 1), b);
        else
            nk_buf_putc(b, s.ptr[0]);
        s = nk_str_skip(s, n);
    }
}

static void put_hex_bytes(nk_buf *b, nk_str s)
{
    int high = -1;

    for (; s.len; s = nk_str_skip(s, 1)) {
        int d = nk_cos_hex_digit(s.ptr[0]);

        if (d < 0)
            continue;
        if (high >= 0)
            nk_buf_putc(b, (char)(high * 16 + d));
        high = high < 0 ? d : -1;
    }
    if (high >= 0)
        nk_buf_putc(b, (char)(high * 16));
}

#define REPLACEMENT 0xFFFDu

static uint32_t unit_at(nk_str s, size_t i)
{
    return i + 1 < s.len ? (uint32_t)(unsigned char)s.ptr[i] << 8 |
                               (unsigned char)s.ptr[i + 1]
                         : REPLACEMENT;
}

static void put_utf16(nk_buf *b, nk_str s)
{
    size_t i;

    for (i = 0; i < s.len; i += 2) {
        uint32_t c = unit_at(s, i);

        if (c >= 0xD800 && c < 0xDC00 && unit_at(s, i + 2) >= 0xDC00 &&
            unit_at(s, i + 2) < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (unit_at(s, i + 2) - 0xDC00);
            i += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            c = REPLACEMENT;
        }
        nk_utf8_put(b, c);
    }
}

/* PDFDocEncoding, which is Latin-1 but for 0x18..0x1F and 0x7F..0xA0. */
static void put_latin(nk_buf *b, nk_str s)
{
    for (; s.len; s = nk_str_skip(s, 1)) {
        uint32_t c = (unsigned char)s.ptr[0];
        bool same = c < 0x18 || (c >= 0x20 && c < 0x7F) || c > 0xA0;

        nk_utf8_put(b, same ? c : REPLACEMENT);
    }
}

/* A name without its slash, "#xx" as the byte it stands for. */
static void put_name_bytes(nk_buf *b, nk_str s)
{
    for (s = nk_str_skip(s, 1); s.len; s = nk_str_skip(s, 1)) {
        int high = s.len > 2 ? nk_cos_hex_digit(s.ptr[1]) : -1;
        int low = s.len > 2 ? nk_cos_hex_digit(s.ptr[2]) : -1;

        if (s.ptr[0] != '#' || high < 0 || low < 0) {
            nk_buf_putc(b, s.ptr[0]);
            continue;
        }
        nk_buf_putc(b, (char)(high * 16 + low));
        s = nk_str_skip(s, 2);
    }
}

nk_str nk_cos_text(nk_arena *a, const nk_cos_value *v)
{
    nk_str inside = v->kind == NK_COS_NAME ? v->raw : nk_cos_inside(v), bytes;
    nk_buf raw, b;
    size_t bad;

    nk_buf_init(&raw, a);
    nk_buf_reserve(&raw, inside.len);
    if (v->kind == NK_COS_HEX)
        put_hex_bytes(&raw, inside);
    else if (v->kind == NK_COS_NAME)
        put_name_bytes(&raw, inside);
    else
        put_text_bytes(&raw, inside);
    bytes = nk_buf_str(&raw);
    nk_buf_init(&b, a);
    nk_buf_reserve(&b, 1);
    if (v->kind == NK_COS_NAME && nk_utf8_check(bytes, &bad))
        nk_buf_puts(&b, bytes);
    else if (nk_str_starts(bytes, NK_STR("\xFE\xFF")))
        put_utf16(&b, nk_str_skip(bytes, 2));
    else if (nk_str_starts(bytes, NK_STR("\xEF\xBB\xBF")) &&
             nk_utf8_check(bytes, &bad))
        nk_buf_puts(&b, nk_str_skip(bytes, 3));
    else
        put_latin(&b, bytes);
    return raw.err < 0 || b.err < 0 ? NK_EMPTY : nk_buf_str(&b);
}

static bool is_plain_ascii(nk_str s)
{
    for (; s.len; s = nk_str_skip(s, 1))
        if (s.ptr[0] < ' ' || s.ptr[0] > '~')
            return false;
    return true;
}

static void put_unit(nk_buf *b, uint32_t u)
{
    unsigned char be[2] = { (unsigned char)(u >> 8), (unsigned char)u };

    nk_buf_hex(b, be, 2);
}

void nk_cos_put_text(nk_buf *b, nk_str utf8)
{
    if (is_plain_ascii(utf8)) {
        nk_buf_putc(b, '(');
        for (; utf8.len; utf8 = nk_str_skip(utf8, 1)) {
            if (memchr("()\\", utf8.ptr[0], 3))
                nk_buf_putc(b, '\\');
            nk_buf_putc(b, utf8.ptr[0]);
        }
        nk_buf_putc(b, ')');
        return;
    }
    nk_buf_lit(b, "<feff");
    while (utf8.len) {
        uint32_t c = nk_utf8_next(&utf8);

        if (c >= 0x10000) {
            put_unit(b, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put_unit(b, c);
    }
    nk_buf_putc(b, '>');
}

#define MS_A_DAY INT64_C(86400000)

void nk_cos_put_date(nk_buf *b, int64_t ms)
{
    int64_t days = ms / MS_A_DAY - (ms % MS_A_DAY < 0);
    int64_t secs = (ms - days * MS_A_DAY) / 1000;
    nk_date d = nk_date_from_days((int32_t)days);

    nk_buf_lit(b, "(D:");
    nk_buf_pad(b, (uint64_t)d.year, 4);
    nk_buf_pad(b, d.month, 2);
    nk_buf_pad(b, d.day, 2);
    nk_buf_pad(b, (uint64_t)(secs / 3600), 2);
    nk_buf_pad(b, (uint64_t)(secs / 60 % 60), 2);
    nk_buf_pad(b, (uint64_t)(secs % 60), 2);
    nk_buf_lit(b, "Z)");
}

static bool take_digits(nk_str *s, size_t n, int *out)
{
    uint64_t v;

    if (s->len < n || !nk_str_uint(nk_str_head(*s, n), 9999, &v))
        return false;
    *s = nk_str_skip(*s, n);
    *out = (int)v;
    return true;
}

/* "Z", "+07'00'" or nothing, which counts as UTC: minutes to the east. */
static bool take_zone(nk_str s, int *east)
{
    int h, m = 0, sign;

    *east = 0;
    if (s.len == 0 || s.ptr[0] == 'Z')
        return true;
    sign = s.ptr[0] == '-' ? -1 : 1;
    if (sign > 0 && s.ptr[0] != '+')
        return false;
    s = nk_str_skip(s, 1);
    if (!take_digits(&s, 2, &h))
        return false;
    if (s.len && s.ptr[0] == '\'')
        s = nk_str_skip(s, 1);
    if (s.len && !take_digits(&s, 2, &m))
        return false;
    *east = sign * (h * 60 + m);
    return h <= 14 && m <= 59;
}

bool nk_cos_date(nk_str s, int64_t *ms)
{
    int year, month, day, h, min, sec, east;
    nk_date d;

    if (!nk_str_starts(s, NK_STR("D:")))
        return false;
    s = nk_str_skip(s, 2);
    if (!take_digits(&s, 4, &year) || !take_digits(&s, 2, &month) ||
        !take_digits(&s, 2, &day) || !take_digits(&s, 2, &h) ||
        !take_digits(&s, 2, &min) || !take_digits(&s, 2, &sec))
        return false;
    d = (nk_date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
    if (!nk_date_is_day(d) || h > 23 || min > 59 || sec > 59 ||
        !take_zone(s, &east))
        return false;
    *ms = (((nk_date_days(d) * INT64_C(24) + h) * 60 + min - east) * 60 + sec) *
          1000;
    return true;
}
