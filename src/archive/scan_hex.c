/*
 * Hex strings: what they hold may be chance, or DER with certificates and
 * values of chance in it. Digits are a quarter of a signed letter.
 */
#include "archive/scan.h"

#define HEX_LEAST 32u /* digits worth a look */
#define SAID_BACK 64u /* hex strings that may be said again */

/* Bytes of a hex string: chance, the same chance again, or plain. */
static void say_hex_value(nk_scanner *s, nk_str v)
{
    const nk_str *said = s->said.items;
    nk_str *kept;
    size_t i;

    for (i = s->said.n; i > 0 && i + SAID_BACK > s->said.n; i--)
        if (nk_str_eq(said[i - 1], v)) {
            nk_archive__say_number(s, NK_OP_HEX_AGAIN, s->said.n - i);
            return;
        }
    if (!nk_archive__is_chance(s, v)) {
        nk_archive__say_bytes(s, NK_OP_HEX_BYTES, v);
        return;
    }
    kept = nk_archive__list_add(&s->said);
    if (!kept || !(*kept = nk_str_copy(s->a, v)).ptr)
        s->code->err = NK_E_NOMEM;
    nk_archive__say_raw(s, NK_OP_HEX_RAW, v);
}

/* The resource that is `v`, as hex; false: none is. */
static bool say_hex_res(nk_scanner *s, nk_str v)
{
    size_t i;

    for (i = 0; i < s->res_n; i++)
        if (nk_str_eq(s->res[i], v)) {
            nk_archive__say_number(s, NK_OP_HEX_RES, i);
            return true;
        }
    if (s->how->found)
        s->how->found(s->how->data, v, false);
    return false;
}

/*
 * DER: step over the headers of what is constructed, into it; certificates
 * may be resources, and values may be chance.
 */
static void say_der(nk_scanner *s, nk_str der)
{
    size_t plain = 0, i = 0, head = 0, size;

    while ((size = nk_archive__der_size(nk_str_skip(der, i), &head)) > 0) {
        nk_str whole = { der.ptr + i, size }, v = nk_str_skip(whole, head);
        unsigned tag = (unsigned char)whole.ptr[0];
        bool is_res = tag == 0x30 && nk_archive__is_certificate(whole);
        size_t skip = is_res ? 0 : head;

        if (is_res || (!(tag & 0x20) && nk_archive__is_random(v))) {
            if (i + skip > plain)
                nk_archive__say_bytes(
                    s, NK_OP_HEX_BYTES,
                    (nk_str){ der.ptr + plain, i + skip - plain });
            plain = i + skip;
            if (!is_res)
                say_hex_value(s, v);
            else if (!say_hex_res(s, whole))
                is_res = false; /* look inside it */
            if (is_res || !(tag & 0x20))
                plain = i + size;
        }
        i += is_res || !(tag & 0x20) ? size : head;
    }
    if (plain < der.len)
        nk_archive__say_bytes(s, NK_OP_HEX_BYTES, nk_str_skip(der, plain));
}

/* Hex digits: value, and what they are. A table, since to ask of each
   whether it is a letter costs more than all the rest of scanning. */
enum { HEX = 0x10, HEX_LOWER = 0x20, HEX_UPPER = 0x40 };
#define LOW(v) (HEX | HEX_LOWER | (v))
#define UP(v)  (HEX | HEX_UPPER | (v))

static const uint8_t hex_digits[256] = {
    ['0'] = HEX | 0, ['1'] = HEX | 1, ['2'] = HEX | 2, ['3'] = HEX | 3,
    ['4'] = HEX | 4, ['5'] = HEX | 5, ['6'] = HEX | 6, ['7'] = HEX | 7,
    ['8'] = HEX | 8, ['9'] = HEX | 9, ['a'] = LOW(10), ['b'] = LOW(11),
    ['c'] = LOW(12), ['d'] = LOW(13), ['e'] = LOW(14), ['f'] = LOW(15),
    ['A'] = UP(10),  ['B'] = UP(11),  ['C'] = UP(12),  ['D'] = UP(13),
    ['E'] = UP(14),  ['F'] = UP(15)
};

/* The digits after "<" up to ">", as bytes in s->hex; how many digits. */
static size_t take_hex(nk_scanner *s, nk_str digits, bool *upper)
{
    const unsigned char *p = (const unsigned char *)digits.ptr;
    unsigned seen = 0;
    size_t n = 0, i;
    char *at;

    while (n < digits.len && hex_digits[p[n]])
        n++;
    s->hex.len = 0;
    if (n < HEX_LEAST || n % 2 || n == digits.len || p[n] != '>' ||
        !(at = nk_buf_reserve(&s->hex, n / 2)))
        return 0;
    for (i = 0; i < n; i += 2) {
        unsigned hi = hex_digits[p[i]], lo = hex_digits[p[i + 1]];

        seen |= hi | lo;
        *at++ = (char)(hi << 4 | (lo & 15));
    }
    s->hex.len = n / 2;
    *upper = seen & HEX_UPPER || (!(seen & HEX_LOWER) && s->upper);
    return (seen & HEX_LOWER) && *upper ? 0 : n;
}

/* The value without its padding: as much as its DER header says, or up to
   the last byte that is not zero. */
static nk_str without_padding(nk_str v, bool *is_der)
{
    size_t head, n = nk_archive__der_size(v, &head), end = v.len;

    while (end > n && v.ptr[end - 1] == '\0')
        end--;
    *is_der = n > 0 && end == n && (v.ptr[0] & 0x20);
    while (!*is_der && end > 0 && v.ptr[end - 1] == '\0')
        end--;
    return nk_str_head(v, end);
}

size_t nk_archive__scan_hex(nk_scanner *s)
{
    bool upper, is_der;
    size_t digits = take_hex(s, nk_str_skip(nk_archive__rest(s), 1), &upper);
    nk_str v;

    if (digits == 0)
        return 0;
    v = without_padding(nk_buf_str(&s->hex), &is_der);
    s->at++;
    if (upper != s->upper)
        nk_archive__say(s, upper ? NK_OP_UPPER : NK_OP_LOWER);
    s->upper = upper;
    if (is_der)
        say_der(s, v);
    else if (v.len)
        say_hex_value(s, v);
    if (digits > 2 * v.len)
        nk_archive__say_number(s, NK_OP_ZEROS, digits - 2 * v.len);
    return digits;
}
