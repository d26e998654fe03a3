/*
 * Slices: comparing, cutting, numbers, and the guess at what was meant.
 */
#include "../support/check.h"

static void compares_by_bytes(void **state)
{
    static const struct {
        const char *a, *b;
        int sign;
    } rows[] = {
        { "", "", 0 },     { "a", "a", 0 },
        { "a", "b", -1 },  { "b", "a", 1 },
        { "a", "ab", -1 }, { "ab", "a", 1 },
        { "", "a", -1 },   { "a", "", 1 },
        { "Z", "a", -1 },  { "a\x7F", "a\xC3", -1 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str a = nk_str_of(rows[i].a), b = nk_str_of(rows[i].b);
        int c = nk_str_cmp(a, b);

        assert_int_equal((c > 0) - (c < 0), rows[i].sign);
        assert_int_equal(nk_str_eq(a, b), rows[i].sign == 0);
    }
    assert_true(nk_str_eq(NK_EMPTY, NK_STR("")));
    assert_int_equal(nk_str_cmp(NK_EMPTY, NK_STR("")), 0);
    /* A NUL is a byte like any other. */
    assert_false(nk_str_eq(NK_STR("a\0b"), NK_STR("a\0c")));
    assert_true(nk_str_cmp(NK_STR("a\0b"), NK_STR("a\0c")) < 0);
}

static void wraps_c_strings(void **state)
{
    nk_str nul = NK_STR("a\0b");

    (void)state;
    assert_null(nk_str_of(NULL).ptr);
    assert_int_equal(nk_str_of(NULL).len, 0);
    assert_int_equal(nk_str_of("abc").len, 3);
    assert_int_equal(nul.len, 3);
}

static void knows_heads_and_tails(void **state)
{
    nk_str s = NK_STR("surat.pdf");

    (void)state;
    assert_true(nk_str_starts(s, NK_STR("surat")));
    assert_true(nk_str_starts(s, s));
    assert_true(nk_str_starts(s, NK_EMPTY));
    assert_false(nk_str_starts(s, NK_STR("surat.pdf2")));
    assert_false(nk_str_starts(s, NK_STR("Surat")));
    assert_true(nk_str_ends(s, NK_STR(".pdf")));
    assert_true(nk_str_ends(s, s));
    assert_true(nk_str_ends(NK_EMPTY, NK_EMPTY));
    assert_false(nk_str_ends(s, NK_STR(".xml")));
    assert_false(nk_str_ends(NK_STR("df"), NK_STR("pdf")));
    assert_str(nk_str_skip(s, 5), ".pdf");
    assert_str(nk_str_head(s, 5), "surat");
    assert_null(nk_str_skip(NK_EMPTY, 0).ptr);
}

static void trims_white_space(void **state)
{
    (void)state;
    assert_str(nk_str_trim(NK_STR(" \t\r\n a b \n")), "a b");
    assert_str(nk_str_trim(NK_STR("a")), "a");
    assert_int_equal(nk_str_trim(NK_STR(" \t ")).len, 0);
    assert_int_equal(nk_str_trim(NK_EMPTY).len, 0);
    /* A no-break space is text. */
    assert_str(nk_str_trim(NK_STR(" \xC2\xA0 ")), "\xC2\xA0");
}

static void finds_bytes_and_texts(void **state)
{
    static const struct {
        const char *in, *what;
        size_t at;
    } rows[] = {
        { "abcabc", "abc", 0 },  { "abcabc", "bca", 1 }, { "aaab", "aab", 1 },
        { "ababac", "abac", 2 }, { "abc", "abcd", 3 },   { "abc", "x", 3 },
        { "abc", "", 0 },        { "", "", 0 },          { "", "a", 0 },
        { "xxa", "ab", 3 },      { "abc", "c", 2 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++)
        assert_int_equal(
            nk_str_search(nk_str_of(rows[i].in), nk_str_of(rows[i].what)),
            rows[i].at);
    assert_int_equal(nk_str_find(NK_STR("abcb"), 'b'), 1);
    assert_int_equal(nk_str_find(NK_STR("abc"), 'x'), 3);
    assert_int_equal(nk_str_find(NK_STR("ab\0c"), '\0'), 2);
    assert_int_equal(nk_str_find(NK_EMPTY, 'x'), 0);
}

static void cuts_at_separators(void **state)
{
    static const char *const want[] = { "a", "", "bc", "" };
    nk_str rest = NK_STR("a,,bc,"), part;
    size_t n;

    (void)state;
    for (n = 0; nk_str_cut(&rest, ',', &part); n++) {
        assert_true(n < NK_COUNT(want));
        assert_str(part, want[n]);
    }
    assert_int_equal(n, NK_COUNT(want));
    assert_false(nk_str_cut(&rest, ',', &part));
    rest = NK_STR("");
    assert_true(nk_str_cut(&rest, ',', &part));
    assert_int_equal(part.len, 0);
    assert_false(nk_str_cut(&rest, ',', &part));
}

static void cuts_words(void **state)
{
    static const char *const want[] = { "satu", "2", "tiga" };
    nk_str rest = NK_STR("  satu\t2 \n tiga "), word;
    size_t n;

    (void)state;
    for (n = 0; nk_str_word(&rest, &word); n++) {
        assert_true(n < NK_COUNT(want));
        assert_str(word, want[n]);
    }
    assert_int_equal(n, NK_COUNT(want));
    rest = NK_EMPTY;
    assert_false(nk_str_word(&rest, &word));
}

static void reads_bounded_numbers(void **state)
{
    static const struct {
        const char *text;
        uint64_t max, value;
        bool good;
    } rows[] = {
        { "0", 0, 0, true },
        { "1", 0, 0, false },
        { "255", 255, 255, true },
        { "256", 255, 0, false },
        { "260", 255, 0, false },
        { "9", 5, 0, false },
        { "000255", 255, 255, true },
        { "18446744073709551615", UINT64_MAX, UINT64_MAX, true },
        { "18446744073709551616", UINT64_MAX, 0, false },
        { "99999999999999999999", UINT64_MAX, 0, false },
        { "", 9, 0, false },
        { " 1", 9, 0, false },
        { "1 ", 9, 0, false },
        { "+1", 9, 0, false },
        { "-1", 9, 0, false },
        { "1a", UINT64_MAX, 0, false },
        { "0x1", UINT64_MAX, 0, false },
        { "\xC2\xB2", 9, 0, false },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        uint64_t v = 77;
        bool good = nk_str_uint(nk_str_of(rows[i].text), rows[i].max, &v);

        assert_int_equal(good, rows[i].good);
        assert_int_equal(v, good ? rows[i].value : 77);
    }
}

static void ignores_case_of_ascii(void **state)
{
    (void)state;
    assert_true(nk_str_eq_nocase(NK_STR("WITA-9z"), NK_STR("wita-9Z")));
    assert_true(nk_str_eq_nocase(NK_EMPTY, NK_STR("")));
    assert_false(nk_str_eq_nocase(NK_STR("ab"), NK_STR("abc")));
    assert_false(nk_str_eq_nocase(NK_STR("@"), NK_STR("`")));
    assert_false(nk_str_eq_nocase(NK_STR("["), NK_STR("{")));
    assert_false(nk_str_eq_nocase(NK_STR("\xC3\x89"), NK_STR("\xC3\xA9")));
}

static void guesses_what_was_meant(void **state)
{
    static const nk_str names[] = {
        NK_STR_INIT("archive"),
        NK_STR_INIT("template"),
        NK_STR_INIT("case"),
        NK_STR_INIT("doc"),
    };
    static const struct {
        const char *typed, *meant;
    } rows[] = {
        { "archive", "archive" },
        { "archiv", "archive" },
        { "archieve", "archive" },
        { "rachive", "archive" },
        { "ARHCIVE", "archive" },
        { "templte", "template" },
        { "tmplte", "template" },
        { "cas", "case" },
        { "cade", "case" },
        { "dco", "doc" },
        { "xyz", "" },
        { "", "" },
        { "arch", "" },
        { "arqqive", "archive" },
        { "qqqhive", "" },
        { "archiveqq", "archive" },
        { "archiveqqq", "" },
        { "qqarchive", "archive" },
        { "qqqarchive", "" },
        { "archi", "archive" },
        { "chive", "archive" },
        { "rahcive", "archive" },
        { "rahcvie", "" },
        { "qarhcive", "archive" },
        { "qarhciv", "" },
        { "tmlte", "" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++)
        assert_str(
            nk_str_nearest(nk_str_of(rows[i].typed), names, NK_COUNT(names)),
            rows[i].meant);
}

static void guesses_the_nearest_of_two(void **state)
{
    static const nk_str swap[] = { NK_STR_INIT("abxy"), NK_STR_INIT("bacd") };
    char line[NK_MAX_TYPO + 1];
    nk_str name = { line, NK_MAX_TYPO }, pair = NK_STR("ab");

    (void)state;
    /* A swap is one edit whatever the case, and one is nearer than two. */
    assert_str(nk_str_nearest(NK_STR("abcd"), swap, 2), "bacd");
    assert_str(nk_str_nearest(NK_STR("aBcd"), swap, 2), "bacd");
    /* A guess has something in common with what was typed. */
    assert_int_equal(nk_str_nearest(NK_STR("xy"), &pair, 1).len, 0);
    assert_str(nk_str_nearest(NK_STR("xb"), &pair, 1), "ab");
    memset(line, 'a', sizeof(line));
    assert_true(nk_str_eq(nk_str_nearest(name, &name, 1), name));
    assert_int_equal(
        nk_str_nearest((nk_str){ line, sizeof(line) }, &name, 1).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_by_bytes),
        cmocka_unit_test(wraps_c_strings),
        cmocka_unit_test(knows_heads_and_tails),
        cmocka_unit_test(trims_white_space),
        cmocka_unit_test(finds_bytes_and_texts),
        cmocka_unit_test(cuts_at_separators),
        cmocka_unit_test(cuts_words),
        cmocka_unit_test(reads_bounded_numbers),
        cmocka_unit_test(ignores_case_of_ascii),
        cmocka_unit_test(guesses_what_was_meant),
        cmocka_unit_test(guesses_the_nearest_of_two),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
