/*
 * Numbers and money: the vectors of the domain's rules, then the edges of
 * the types, then the whole range read back by a slow parser of words.
 */
#include "../support/check.h"

typedef void put_fn(nk_buf *b, int64_t n);

static void check_put(void **state, put_fn *put, int64_t n, const char *want)
{
    nk_desk *d = *state;
    nk_buf b;

    nk_arena_reset(&d->arena);
    nk_buf_init(&b, &d->arena);
    put(&b, n);
    assert_str(nk_buf_str(&b), want);
}

static void put_words(nk_buf *b, int64_t n)
{
    assert_true(nk_number_words(b, n));
}

static void says_numbers(void **state)
{
    static const struct {
        int64_t n;
        const char *words;
    } rows[] = {
        { 0, "nol" },
        { 1, "satu" },
        { 2, "dua" },
        { 3, "tiga" },
        { 4, "empat" },
        { 5, "lima" },
        { 6, "enam" },
        { 7, "tujuh" },
        { 8, "delapan" },
        { 9, "sembilan" },
        { 10, "sepuluh" },
        { 11, "sebelas" },
        { 12, "dua belas" },
        { 19, "sembilan belas" },
        { 20, "dua puluh" },
        { 21, "dua puluh satu" },
        { 99, "sembilan puluh sembilan" },
        { 100, "seratus" },
        { 101, "seratus satu" },
        { 110, "seratus sepuluh" },
        { 111, "seratus sebelas" },
        { 199, "seratus sembilan puluh sembilan" },
        { 200, "dua ratus" },
        { 999, "sembilan ratus sembilan puluh sembilan" },
        { 1000, "seribu" },
        { 1001, "seribu satu" },
        { 1011, "seribu sebelas" },
        { 1100, "seribu seratus" },
        { 1999, "seribu sembilan ratus sembilan puluh sembilan" },
        { 2026, "dua ribu dua puluh enam" },
        { 10000, "sepuluh ribu" },
        { 11000, "sebelas ribu" },
        { 21000, "dua puluh satu ribu" },
        { 100000, "seratus ribu" },
        { 101000, "seratus satu ribu" },
        { 111111, "seratus sebelas ribu seratus sebelas" },
        { 1000000, "satu juta" },
        { 1001000, "satu juta seribu" },
        { 1100000, "satu juta seratus ribu" },
        { 1500000, "satu juta lima ratus ribu" },
        { 2000001, "dua juta satu" },
        { 1250750000, "satu miliar dua ratus lima puluh juta "
                      "tujuh ratus lima puluh ribu" },
        { 1000000000000, "satu triliun" },
        { 999999999999999, "sembilan ratus sembilan puluh sembilan triliun "
                           "sembilan ratus sembilan puluh sembilan miliar "
                           "sembilan ratus sembilan puluh sembilan juta "
                           "sembilan ratus sembilan puluh sembilan ribu "
                           "sembilan ratus sembilan puluh sembilan" },
        { -5, "minus lima" },
        { -1000, "minus seribu" },
        { -999000000000000,
          "minus sembilan ratus sembilan puluh sembilan triliun" },
        { -999999999999999,
          "minus sembilan ratus sembilan puluh sembilan triliun "
          "sembilan ratus sembilan puluh sembilan miliar "
          "sembilan ratus sembilan puluh sembilan juta "
          "sembilan ratus sembilan puluh sembilan ribu "
          "sembilan ratus sembilan puluh sembilan" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        check_put(state, put_words, rows[i].n, rows[i].words);
}

static void says_no_number_out_of_range(void **state)
{
    static const struct {
        int64_t n;
        const char *digits;
    } rows[] = {
        { 1000000000000000, "1000000000000000" },
        { -1000000000000000, "-1000000000000000" },
        { INT64_MAX, "9223372036854775807" },
        { INT64_MIN, "-9223372036854775808" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        assert_false(nk_number_words(&b, rows[i].n));
        assert_str(nk_buf_str(&b), rows[i].digits);
    }
}

/* The value of one word, or 0; a scale closes what was said before it. */
struct word {
    const char *text;
    int64_t value;
};

static const struct word units[] = {
    { "satu", 1 },      { "dua", 2 },      { "tiga", 3 },
    { "empat", 4 },     { "lima", 5 },     { "enam", 6 },
    { "tujuh", 7 },     { "delapan", 8 },  { "sembilan", 9 },
    { "sepuluh", 10 },  { "sebelas", 11 }, { "seratus", 100 },
    { "seribu", 1000 },
};

static const struct word scales[] = {
    { "ribu", 1000 },
    { "juta", 1000000 },
    { "miliar", 1000000000 },
    { "triliun", 1000000000000 },
};

static int64_t value_of(const struct word *list, size_t n, nk_str word)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (nk_str_eq(word, nk_str_of(list[i].text)))
            return list[i].value;
    return 0;
}

/* Words back to a number: group is what stands since the last scale. */
static int64_t read_words(nk_str s)
{
    int64_t all = 0, group = 0, last = 0, v;
    nk_str word;

    while (nk_str_word(&s, &word)) {
        if ((v = value_of(units, NK_COUNT(units), word)) > 0) {
            group += v;
            last = v;
        } else if ((v = value_of(scales, NK_COUNT(scales), word)) > 0) {
            all += group * v;
            group = 0;
        } else if (nk_str_eq(word, NK_STR("belas"))) {
            group += 10;
        } else if (nk_str_eq(word, NK_STR("puluh"))) {
            group += last * 9;
        } else if (nk_str_eq(word, NK_STR("ratus"))) {
            group += last * 99;
        } else {
            return -1;
        }
    }
    return all + group;
}

static void says_what_can_be_read_back(void **state)
{
    nk_desk *d = *state;
    int64_t n, step = 1;

    for (n = 1; n <= NK_NUMBER_MAX; n += step) {
        nk_buf b;

        nk_arena_reset(&d->arena);
        nk_buf_init(&b, &d->arena);
        nk_number_words(&b, n);
        if (read_words(nk_buf_str(&b)) != n ||
            nk_str_search(nk_buf_str(&b), NK_STR("  ")) < b.len ||
            nk_is_space(b.ptr[0]) || nk_is_space(b.ptr[b.len - 1]))
            fail_msg("%lld: \"%.*s\"", (long long)n, (int)b.len, b.ptr);
        if (n > 20000) /* all small ones, then ever larger steps */
            step = n / 1000 + 7;
    }
}

static void puts_thousands_apart(void **state)
{
    static const struct {
        int64_t n;
        const char *want;
    } rows[] = {
        { 0, "0" },
        { 12, "12" },
        { 999, "999" },
        { 1000, "1.000" },
        { 12345, "12.345" },
        { 123456, "123.456" },
        { 1250000, "1.250.000" },
        { -5, "-5" },
        { -123456, "-123.456" },
        { -1250000, "-1.250.000" },
        { INT64_MAX, "9.223.372.036.854.775.807" },
        { INT64_MIN, "-9.223.372.036.854.775.808" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        check_put(state, nk_number_put, rows[i].n, rows[i].want);
}

static void prints_money(void **state)
{
    static const struct {
        int64_t n;
        const char *plain, *words;
    } rows[] = {
        { 0, "Rp0,00", "Rp0,00 (nol rupiah)" },
        { 1250000, "Rp1.250.000,00",
          "Rp1.250.000,00 (satu juta dua ratus lima puluh ribu rupiah)" },
        { -1000, "-Rp1.000,00", "-Rp1.000,00 (minus seribu rupiah)" },
        { INT64_MIN, "-Rp9.223.372.036.854.775.808,00",
          "-Rp9.223.372.036.854.775.808,00 (-9223372036854775808 rupiah)" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        check_put(state, nk_rupiah_put, rows[i].n, rows[i].plain);
        check_put(state, nk_rupiah_put_words, rows[i].n, rows[i].words);
    }
}

static void prints_counts(void **state)
{
    check_put(state, nk_count_put, 1, "1 (satu)");
    check_put(state, nk_count_put, 2, "2 (dua)");
    check_put(state, nk_count_put, 1000, "1.000 (seribu)");
}

static void reads_whole_numbers(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        { "0", true, 0 },
        { "-0", true, 0 },
        { "42", true, 42 },
        { "-42", true, -42 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775807", true, -INT64_MAX },
        { "9223372036854775808", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "--1", false, 0 },
        { "+1", false, 0 },
        { " 1", false, 0 },
        { "1.000", false, 0 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        int64_t v = 77;
        bool good = nk_number_parse(nk_str_of(rows[i].text), &v);

        assert_int_equal(good, rows[i].good);
        assert_true(v == (good ? rows[i].value : 77));
    }
}

static void put_letters(nk_buf *b, int64_t n)
{
    nk_letters_put(b, (uint32_t)n);
}

static void put_roman(nk_buf *b, int64_t n)
{
    nk_roman_put(b, (uint32_t)n);
}

static void labels_lists(void **state)
{
    static const struct {
        uint32_t n;
        const char *letters, *roman;
    } rows[] = {
        { 1, "a", "I" },
        { 4, "d", "IV" },
        { 9, "i", "IX" },
        { 14, "n", "XIV" },
        { 26, "z", "XXVI" },
        { 27, "aa", "XXVII" },
        { 49, "aw", "XLIX" },
        { 52, "az", "LII" },
        { 53, "ba", "LIII" },
        { 400, "oj", "CD" },
        { 702, "zz", "DCCII" },
        { 703, "aaa", "DCCIII" },
        { 944, "ajh", "CMXLIV" },
        { 3600, "ehl", "MMMDC" },
        { 3999, "ewu", "MMMCMXCIX" },
        { 4000, "ewv", "4000" },
        { UINT32_MAX, "mwlqkwu", "4294967295" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        check_put(state, put_letters, rows[i].n, rows[i].letters);
        check_put(state, put_roman, rows[i].n, rows[i].roman);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(says_numbers),
        NK_DESK_TEST(says_no_number_out_of_range),
        NK_DESK_TEST(says_what_can_be_read_back),
        NK_DESK_TEST(puts_thousands_apart),
        NK_DESK_TEST(prints_money),
        NK_DESK_TEST(prints_counts),
        NK_DESK_TEST(labels_lists),
        cmocka_unit_test(reads_whole_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
