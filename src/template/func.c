/*
 * The functions of expressions. `as="date-words"` and `date-words(path)` are
 * the same row. Each takes texts and appends a text; a value it cannot read
 * is printed as it is, so that a paper never hides what was typed.
 */
#include "template/template.h"

/* Of a moment its day. */
static bool as_date(nk_buf *b, nk_str s, nk_date_form form)
{
    nk_str day = nk_str_trim(s);
    int64_t ms;
    nk_date d;

    if (day.len > 10 && nk_moment_parse(day, NK_ZONE_WIB, &ms))
        day.len = 10;
    if (nk_date_parse(day, &d))
        nk_date_put(b, d, form);
    else
        nk_buf_puts(b, s);
    return true;
}

#define DATE_FUNCTION(name, form)                                              \
    static bool name(void *data, const nk_str *v, size_t n, nk_buf *b)         \
    {                                                                          \
        (void)data, (void)n;                                                   \
        return as_date(b, v[0], form);                                         \
    }

DATE_FUNCTION(date_long, NK_DATE_LONG)
DATE_FUNCTION(date_day, NK_DATE_DAY)
DATE_FUNCTION(date_short, NK_DATE_SHORT)
DATE_FUNCTION(date_words, NK_DATE_WORDS)
DATE_FUNCTION(date_month, NK_DATE_MONTH)
DATE_FUNCTION(date_year, NK_DATE_YEAR)
DATE_FUNCTION(date_roman, NK_DATE_ROMAN)

/* Of a moment its time of day: "08.30". */
static bool time_of_day(void *data, const nk_str *v, size_t n, nk_buf *b)
{
    nk_str s = nk_str_trim(v[0]);
    int64_t ms;

    (void)data, (void)n;
    if (!nk_moment_parse(s, NK_ZONE_WIB, &ms)) {
        nk_buf_puts(b, v[0]);
        return true;
    }
    nk_buf_puts(b, nk_str_head(nk_str_skip(s, 11), 2));
    nk_buf_putc(b, '.');
    nk_buf_puts(b, nk_str_head(nk_str_skip(s, 14), 2));
    return true;
}

static bool as_number(nk_buf *b, nk_str s, void (*put)(nk_buf *, int64_t))
{
    int64_t n;

    if (nk_number_parse(nk_str_trim(s), &n))
        put(b, n);
    else
        nk_buf_puts(b, s);
    return true;
}

static void put_words(nk_buf *b, int64_t n)
{
    nk_number_words(b, n);
}

#define NUMBER_FUNCTION(name, put)                                             \
    static bool name(void *data, const nk_str *v, size_t n, nk_buf *b)         \
    {                                                                          \
        (void)data, (void)n;                                                   \
        return as_number(b, v[0], put);                                        \
    }

NUMBER_FUNCTION(words, put_words)
NUMBER_FUNCTION(count, nk_count_put)
NUMBER_FUNCTION(number, nk_number_put)
NUMBER_FUNCTION(rupiah, nk_rupiah_put)
NUMBER_FUNCTION(rupiah_words, nk_rupiah_put_words)

#define TEXT_FUNCTION(name, put)                                               \
    static bool name(void *data, const nk_str *v, size_t n, nk_buf *b)         \
    {                                                                          \
        (void)data, (void)n;                                                   \
        put(b, v[0]);                                                          \
        return true;                                                           \
    }

/* Sixteen digits in groups; anything else, as a passport, is left. */
static void put_nik(nk_buf *b, nk_str s)
{
    size_t digits = 0, i;

    for (i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        digits += nk_is_digit(c);
        if (!nk_is_digit(c) && !nk_is_space(c) && c != '.' && c != '-')
            break;
    }
    if (i == s.len && digits == 16)
        nk_groups_put(b, s, "4444");
    else
        nk_buf_puts(b, s);
}

static void put_nip(nk_buf *b, nk_str s)
{
    if (nk_nip_check(s) == NK_IDENT_OK)
        nk_groups_put(b, s, "8613");
    else
        nk_buf_puts(b, s);
}

TEXT_FUNCTION(initials, nk_initials_put)
TEXT_FUNCTION(mask, nk_mask_put)
TEXT_FUNCTION(upper, nk_utf8_put_upper)
TEXT_FUNCTION(nik, put_nik)
TEXT_FUNCTION(nip, put_nip)

/* age(birth, day): full years. */
static bool age(void *data, const nk_str *v, size_t n, nk_buf *b)
{
    nk_date birth, on;

    (void)data, (void)n;
    if (!nk_date_parse(nk_str_trim(v[0]), &birth) || !nk_date_is_day(birth) ||
        !nk_date_parse(nk_str_trim(v[1]), &on) || !nk_date_is_day(on) ||
        nk_date_cmp(on, birth) < 0)
        return true; /* not known: nothing */
    nk_buf_int(b, nk_date_age(birth, on));
    return true;
}

/* A count that names nobody: of one to four people "< 5". */
static bool few(void *data, const nk_str *v, size_t n, nk_buf *b)
{
    int64_t count;

    (void)data, (void)n;
    if (nk_number_parse(nk_str_trim(v[0]), &count) && count > 0 && count < 5)
        nk_buf_lit(b, "< 5");
    else
        as_number(b, v[0], nk_number_put);
    return true;
}

const nk_function nk_functions[] = {
    { "date", 1, 1, date_long },
    { "date-day", 1, 1, date_day },
    { "date-short", 1, 1, date_short },
    { "date-words", 1, 1, date_words },
    { "time", 1, 1, time_of_day },
    { "month", 1, 1, date_month },
    { "month-roman", 1, 1, date_roman },
    { "year", 1, 1, date_year },
    { "words", 1, 1, words },
    { "count-words", 1, 1, count },
    { "thousands", 1, 1, number },
    { "few", 1, 1, few },
    { "rupiah", 1, 1, rupiah },
    { "rupiah-words", 1, 1, rupiah_words },
    { "initials", 1, 1, initials },
    { "mask", 1, 1, mask },
    { "upper", 1, 1, upper },
    { "nik", 1, 1, nik },
    { "nip", 1, 1, nip },
    { "age", 2, 2, age },
};
const size_t nk_functions_n = sizeof(nk_functions) / sizeof(nk_functions[0]);

const nk_function *nk_function_find(nk_str name)
{
    size_t i;

    for (i = 0; i < nk_functions_n; i++)
        if (nk_str_eq(nk_str_of(nk_functions[i].name), name))
            return &nk_functions[i];
    return NULL;
}

const nk_str nk_letter_facts[NK_LETTER_FACTS] = {
    [NK_LETTER_NUMBER] = NK_STR_INIT("number"),
    [NK_LETTER_DATE] = NK_STR_INIT("date"),
    [NK_LETTER_PLACE] = NK_STR_INIT("place"),
    [NK_LETTER_SECURITY] = NK_STR_INIT("security"),
    [NK_LETTER_SUBJECT] = NK_STR_INIT("subject"),
    [NK_LETTER_TITLE] = NK_STR_INIT("title"),
    [NK_LETTER_FORM] = NK_STR_INIT("form"),
    [NK_LETTER_MODE] = NK_STR_INIT("mode"),
    [NK_LETTER_OVERRIDE] = NK_STR_INIT("override"),
    [NK_LETTER_REASON] = NK_STR_INIT("reason"),
    [NK_LETTER_DECIDED_BY] = NK_STR_INIT("decided-by"),
};

const nk_str nk_signer_facts[NK_SIGNER_FACTS] = {
    [NK_SIGNER_LINE] = NK_STR_INIT("line"),
    [NK_SIGNER_NAME] = NK_STR_INIT("name"),
    [NK_SIGNER_TITLE] = NK_STR_INIT("title"),
    [NK_SIGNER_RANK] = NK_STR_INIT("rank"),
    [NK_SIGNER_NIP] = NK_STR_INIT("nip"),
    [NK_SIGNER_MODE] = NK_STR_INIT("mode"),
};
