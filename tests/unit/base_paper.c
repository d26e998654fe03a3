/*
 * Lengths and paper sizes: in integers, rounded to the nearest 1/1000 pt.
 */
#include "../support/check.h"

static void reads_lengths(void **state)
{
    static const struct {
        const char *text;
        nk_mpt mpt;
    } rows[] = {
        { "12pt", 12000 },       { "0pt", 0 },
        { "0.001pt", 1 },        { "1.5pt", 1500 },
        { "1.25pt", 1250 },      { "1.125pt", 1125 },
        { "-3pt", -3000 },       { "-0pt", 0 },
        { "1mm", 2835 },         { "10mm", 28346 },
        { "25.4mm", 72000 },     { "2.54cm", 72000 },
        { "-25.4mm", -72000 },   { "210mm", 595276 },
        { "297mm", 841890 },     { "215mm", 609449 },
        { "330mm", 935433 },     { "0.1mm", 283 },
        { "14400pt", 14400000 }, { "-14400pt", -14400000 },
        { "5080mm", 14400000 },  { "508cm", 14400000 },
        { "007pt", 7000 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_mpt v = 77;

        if (!nk_mpt_parse(nk_str_of(rows[i].text), &v) || v != rows[i].mpt)
            fail_msg("%s: %d, not %d", rows[i].text, v, rows[i].mpt);
    }
}

static void refuses_what_is_no_length(void **state)
{
    static const char *const rows[] = {
        "",
        "pt",
        "12",
        "12 pt",
        "12em",
        "12PT",
        ".5pt",
        "5.pt",
        "1.2345mm",
        "1,5mm",
        "+1pt",
        "--1pt",
        "- 1pt",
        " 1pt",
        "1pt ",
        "1e3pt",
        "14400.001pt",
        "-14400.001pt",
        "5080.001mm",
        "99999pt",
        "100000pt",
        "999999999999999999999pt",
        "1.5.5pt",
        "apt",
        "1in",
        "-pt",
        "mm",
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_mpt v = 77;

        if (nk_mpt_parse(nk_str_of(rows[i]), &v) || v != 77)
            fail_msg("\"%s\" is no length", rows[i]);
    }
}

static void agrees_with_its_macros(void **state)
{
    nk_mpt v;
    char text[16];
    int mm;

    (void)state;
    for (mm = 0; mm <= 5000; mm += 7) {
        nk_str s = NK_NUM(mm);

        memcpy(text, s.ptr, s.len);
        memcpy(text + s.len, "mm", 3);
        assert_true(nk_mpt_parse(nk_str_of(text), &v));
        assert_int_equal(v, NK_MM(mm));
    }
    assert_int_equal(NK_PT(72), 72000);
}

static void knows_papers(void **state)
{
    static const struct {
        const char *name, *width, *height;
    } rows[] = { { "A4", "210mm", "297mm" },
                 { "F4", "215mm", "330mm" },
                 { "A5", "148mm", "210mm" } };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_paper_size *p = nk_paper_find(nk_str_of(rows[i].name));
        nk_mpt width, height;

        assert_non_null(p);
        assert_str(p->name, rows[i].name);
        assert_true(nk_mpt_parse(nk_str_of(rows[i].width), &width));
        assert_true(nk_mpt_parse(nk_str_of(rows[i].height), &height));
        assert_int_equal(p->width, width);
        assert_int_equal(p->height, height);
    }
    assert_null(nk_paper_find(NK_STR("a4")));
    assert_null(nk_paper_find(NK_STR("A3")));
    assert_null(nk_paper_find(NK_EMPTY));
}

static void lengths_are_short(void **state)
{
    static const struct {
        nk_mpt mpt;
        const char *text;
    } rows[] = {
        { 0, "0" },
        { 1, "0.001" },
        { -1, "-0.001" },
        { 10, "0.01" },
        { 100, "0.1" },
        { 110, "0.11" },
        { 101, "0.101" },
        { 1000, "1" },
        { -12500, "-12.5" },
        { 595276, "595.276" },
        { INT32_MAX, "2147483.647" },
        { INT32_MIN, "-2147483.648" },
    };
    size_t i;
    nk_arena a;

    (void)state;
    nk_arena_init(&a);
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &a);
        nk_mpt_put(&b, rows[i].mpt);
        assert_str(nk_buf_str(&b), rows[i].text);
    }
    nk_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_lengths),
        cmocka_unit_test(refuses_what_is_no_length),
        cmocka_unit_test(agrees_with_its_macros),
        cmocka_unit_test(knows_papers),
        cmocka_unit_test(lengths_are_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
