/*
 * Words for numbers follow the thousands groups: each group of three digits
 * is spoken alike, only "seribu" is a word of its own.
 */
#include "base/number.h"

static void put_below_hundred(nk_buf *b, unsigned n)
{
    static const char *const units[] = {
        "",     "satu",  "dua",     "tiga",     "empat",   "lima",
        "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
    };

    if (n < 12) {
        nk_buf_puts(b, nk_str_of(units[n]));
    } else if (n < 20) {
        nk_buf_puts(b, nk_str_of(units[n - 10]));
        nk_buf_lit(b, " belas");
    } else {
        nk_buf_puts(b, nk_str_of(units[n / 10]));
        nk_buf_lit(b, " puluh");
        if (n % 10) {
            nk_buf_putc(b, ' ');
            nk_buf_puts(b, nk_str_of(units[n % 10]));
        }
    }
}

static void put_group(nk_buf *b, unsigned n)
{
    unsigned hundreds = n / 100;

    if (hundreds == 1) {
        nk_buf_lit(b, "seratus");
    } else if (hundreds) {
        put_below_hundred(b, hundreds);
        nk_buf_lit(b, " ratus");
    }
    if (hundreds && n % 100)
        nk_buf_putc(b, ' ');
    if (n % 100)
        put_below_hundred(b, n % 100);
}

bool nk_number_words(nk_buf *b, int64_t n)
{
    static const struct scale {
        int64_t value;
        const char *name;
    } scales[] = {
        { INT64_C(1000000000000), " triliun" },
        { 1000000000, " miliar" },
        { 1000000, " juta" },
        { 1000, " ribu" },
        { 1, "" },
    };
    bool first = true;
    size_t i;

    if (n > NK_NUMBER_MAX || n < -NK_NUMBER_MAX) {
        nk_buf_int(b, n);
        return false;
    }
    if (n < 0) {
        nk_buf_lit(b, "minus ");
        n = -n;
    }
    if (n == 0)
        nk_buf_lit(b, "nol");
    for (i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
        unsigned group = (unsigned)(n / scales[i].value % 1000);

        if (group == 0)
            continue;
        if (!first)
            nk_buf_putc(b, ' ');
        first = false;
        if (group == 1 && scales[i].value == 1000) {
            nk_buf_lit(b, "seribu");
        } else {
            put_group(b, group);
            nk_buf_puts(b, nk_str_of(scales[i].name));
        }
    }
    return true;
}

/* A minus if there is one, `before`, then the digits in groups of three. */
static void put_grouped(nk_buf *b, int64_t n, nk_str before)
{
    char num[NK_NUM_SIZE];
    nk_str s = nk_num(num, n);
    size_t i;

    if (n < 0) {
        nk_buf_putc(b, '-');
        s = nk_str_skip(s, 1);
    }
    nk_buf_puts(b, before);
    for (i = 0; i < s.len; i++) {
        if (i && (s.len - i) % 3 == 0)
            nk_buf_putc(b, '.');
        nk_buf_putc(b, s.ptr[i]);
    }
}

void nk_number_put(nk_buf *b, int64_t n)
{
    put_grouped(b, n, NK_EMPTY);
}

void nk_rupiah_put(nk_buf *b, int64_t rupiah)
{
    put_grouped(b, rupiah, NK_STR("Rp"));
    nk_buf_lit(b, ",00");
}

void nk_rupiah_put_words(nk_buf *b, int64_t rupiah)
{
    nk_rupiah_put(b, rupiah);
    nk_buf_lit(b, " (");
    nk_number_words(b, rupiah);
    nk_buf_lit(b, " rupiah)");
}

void nk_count_put(nk_buf *b, int64_t n)
{
    nk_number_put(b, n);
    nk_buf_lit(b, " (");
    nk_number_words(b, n);
    nk_buf_putc(b, ')');
}

void nk_letters_put(nk_buf *b, uint32_t n)
{
    char letters[8]; /* 26^7 is more than there are */
    size_t at = sizeof(letters);

    for (; n; n = (n - 1) / 26)
        letters[--at] = (char)('a' + (n - 1) % 26);
    nk_buf_puts(b, (nk_str){ letters + at, sizeof(letters) - at });
}

void nk_roman_put(nk_buf *b, uint32_t n)
{
    static const struct numeral {
        uint32_t value;
        const char *name;
    } numerals[] = {
        { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" },
        { 90, "XC" },  { 50, "L" },   { 40, "XL" }, { 10, "X" },   { 9, "IX" },
        { 5, "V" },    { 4, "IV" },   { 1, "I" },
    };
    size_t i;

    if (n == 0 || n > 3999) {
        nk_buf_int(b, n);
        return;
    }
    for (i = 0; n; i++)
        for (; n >= numerals[i].value; n -= numerals[i].value)
            nk_buf_puts(b, nk_str_of(numerals[i].name));
}

bool nk_number_parse(nk_str s, int64_t *out)
{
    bool minus = s.len && s.ptr[0] == '-';
    uint64_t v;

    if (minus)
        s = nk_str_skip(s, 1);
    if (!nk_str_uint(s, INT64_MAX, &v))
        return false;
    *out = minus ? -(int64_t)v : (int64_t)v;
    return true;
}
