/*
 * PDF values: where each ends, what is malformed, and looking into
 * dictionaries. Every text is also read cut short, in memory that ends
 * there, so that the sanitizers see a step too far.
 */
#include "../support/check.h"

#include <stdlib.h>

#include "cos/cos.h"

/* The text in memory of exactly its size. */
struct exact {
    char *ptr;
    nk_str s;
};

static struct exact exact_of(nk_str text, size_t n)
{
    struct exact e = { malloc(n ? n : 1), NK_EMPTY };

    assert_non_null(e.ptr);
    memcpy(e.ptr, text.ptr, n);
    e.s = (nk_str){ e.ptr, n };
    return e;
}

static void takes_one_value(void **state)
{
    static const struct {
        const char *text;
        nk_cos_kind kind;
        const char *raw, *rest;
    } rows[] = {
        { "12 ", NK_COS_INT, "12", " " },
        { "-7]", NK_COS_INT, "-7", "]" },
        { "+7", NK_COS_INT, "+7", "" },
        { "0000000012/", NK_COS_INT, "0000000012", "/" },
        { "12345678901 ", NK_COS_REAL, "12345678901", " " },
        { ".5 ", NK_COS_REAL, ".5", " " },
        { "-12.25/X", NK_COS_REAL, "-12.25", "/X" },
        { "4.", NK_COS_REAL, "4.", "" },
        { " \t\r\n\f/Name#20x(", NK_COS_NAME, "/Name#20x", "(" },
        { "/ 1", NK_COS_NAME, "/", " 1" },
        { "true]", NK_COS_BOOL, "true", "]" },
        { "false", NK_COS_BOOL, "false", "" },
        { "null/", NK_COS_NONE, "null", "/" },
        { "(a(b)\\)c) d", NK_COS_TEXT, "(a(b)\\)c)", " d" },
        { "()", NK_COS_TEXT, "()", "" },
        { "<0a F>x", NK_COS_HEX, "<0a F>", "x" },
        { "<>", NK_COS_HEX, "<>", "" },
        { "12 0 R/", NK_COS_REF, "12 0 R", "/" },
        { "12 %c\n 65535\nR", NK_COS_REF, "12 %c\n 65535\nR", "" },
        { "12 0 RR", NK_COS_INT, "12", " 0 RR" },
        { "12 65536 R", NK_COS_INT, "12", " 65536 R" },
        { "-1 0 R", NK_COS_INT, "-1", " 0 R" },
        { "8388608 0 R", NK_COS_INT, "8388608", " 0 R" },
        { "8388607 0 R", NK_COS_REF, "8388607 0 R", "" },
        { "[1 [2]/A(])]]", NK_COS_ARRAY, "[1 [2]/A(])]", "]" },
        { "[]", NK_COS_ARRAY, "[]", "" },
        { "<</A 1/B<</C[<</D<aa>>>]>>>>>>", NK_COS_DICT,
          "<</A 1/B<</C[<</D<aa>>>]>>>>", ">>" },
        { "<<>>", NK_COS_DICT, "<<>>", "" },
        { "<</A/B/C 1 0 R/D null>>", NK_COS_DICT, "<</A/B/C 1 0 R/D null>>",
          "" },
        { "% comment\n<<%x>>\n/A%>>\n1>>", NK_COS_DICT, "<<%x>>\n/A%>>\n1>>",
          "" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str text = nk_str_of(rows[i].text);
        struct exact e = exact_of(text, text.len);
        nk_cos_value v;

        assert_true(nk_cos_take(&e.s, &v));
        assert_int_equal(v.kind, rows[i].kind);
        assert_str(v.raw, rows[i].raw);
        assert_str(e.s, rows[i].rest);
        free(e.ptr);
    }
}

static void reads_numbers(void **state)
{
    static const struct {
        const char *text;
        int64_t number;
        unsigned generation;
    } rows[] = {
        { "0", 0, 0 },       { "-12", -12, 0 },
        { "+12", 12, 0 },    { "9999999999", 9999999999, 0 },
        { "77 0 R", 77, 0 }, { "77 3 R", 77, 3 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str s = nk_str_of(rows[i].text);
        nk_cos_value v;

        assert_true(nk_cos_take(&s, &v));
        assert_int_equal(v.number, rows[i].number);
        if (v.kind == NK_COS_REF)
            assert_int_equal(v.generation, rows[i].generation);
    }
}

static void refuses_malformed(void **state)
{
    static const char *const rows[] = {
        "",          " ",          "% only a comment",
        "-",         "+",          ".",
        "1.2.3",     "12a",        "--1",
        "nul",       "nullx",      "truely",
        "R",         "}",          ")",
        "(",         "(a",         "(a\\)",
        "(a(b)",     "<",          "<0",
        "<0g>",      "<(>",        "[",
        "[1",        "[1>>",       "]",
        ">>",        ">",          "<<",
        "<</A",      "<</A>>",     "<</A 1",
        "<</A 1]",   "<<1 2>>",    "<</A 1 2>>",
        "<<(A) 1>>", "<<[] 1>>",   "<</A<<>>",
        "[<<]>>",    "<</A 1/B>>", "<</A[1 2>>",
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str text = nk_str_of(rows[i]);
        struct exact e = exact_of(text, text.len);
        nk_cos_value v;

        if (nk_cos_take(&e.s, &v))
            fail_msg("taken: %s", rows[i]);
        free(e.ptr);
    }
}

static void stops_at_the_end_of_memory(void **state)
{
    const nk_str text = NK_STR(
        "<</A[1 -2.5 3 0 R(x\\)(y))<0aF>]%c\n/B<</C/D#41/E true/F null>>>>");
    size_t n;

    (void)state;
    for (n = 0; n < text.len; n++) {
        struct exact e = exact_of(text, n);
        nk_cos_value v;

        assert_false(nk_cos_take(&e.s, &v));
        free(e.ptr);
    }
}

static void bounds_the_depth(void **state)
{
    nk_desk *d = *state;
    size_t depth;

    for (depth = 1; depth < 3 * NK_MAX_PDF_DEPTH; depth++) {
        nk_cos_value v;
        nk_buf b;
        nk_str s;

        nk_buf_init(&b, &d->arena);
        nk_buf_fill(&b, '[', depth);
        nk_buf_fill(&b, ']', depth);
        s = nk_buf_str(&b);
        assert_int_equal(nk_cos_take(&s, &v), depth <= NK_MAX_PDF_DEPTH);
    }
}

static void compares_names(void **state)
{
    static const struct {
        const char *raw, *plain;
        bool same;
    } rows[] = {
        { "/V", "V", true },
        { "/V", "VV", false },
        { "/VV", "V", false },
        { "/#56", "V", true },
        { "/#5", "#5", true },
        { "/#5g", "#5g", true },
        { "/By#74eRange", "ByteRange", true },
        { "/", "", true },
        { "/v", "V", false },
        { "/#561", "V", false },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++)
        assert_int_equal(
            nk_cos_name_is(nk_str_of(rows[i].raw), nk_str_of(rows[i].plain)),
            rows[i].same);
}

static void looks_into_dictionaries(void **state)
{
    nk_desk *d = *state;
    nk_str s = NK_STR("<</A 1/B<</A 2>>/C null/#44(x)/E/F/F[/A 3]>>");
    nk_cos_value dict, v;

    assert_true(nk_cos_take(&s, &dict));
    assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("A"), &v), NK_OK);
    assert_str(v.raw, "1");
    assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("B"), &v), NK_OK);
    assert_str(v.raw, "<</A 2>>");
    assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("C"), &v), NK_OK);
    assert_int_equal(v.kind, NK_COS_NONE);
    assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("D"), &v), NK_OK);
    assert_str(v.raw, "(x)");
    assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("F"), &v), NK_OK);
    assert_int_equal(v.kind, NK_COS_ARRAY);
    assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("X"), &v), NK_OK);
    assert_int_equal(v.kind, NK_COS_NONE);
    assert_int_equal(nk_cos_want(&d->ctx, &dict, NK_STR("A"), NK_COS_INT, &v),
                     NK_OK);
    assert_int_equal(nk_cos_want(&d->ctx, &dict, NK_STR("A"), NK_COS_NAME, &v),
                     NK_E_INVALID);
    assert_int_equal(nk_cos_want(&d->ctx, &dict, NK_STR("X"), NK_COS_INT, &v),
                     NK_E_INVALID);
}

static void refuses_a_key_that_is_there_twice(void **state)
{
    static const char *const rows[] = { "<</V 1/V 2>>", "<</V 1/A 3/#56 1>>",
                                        "<</V null/V 1>>" };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str s = nk_str_of(rows[i]);
        nk_cos_value dict, v;

        assert_true(nk_cos_take(&s, &dict));
        assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("V"), &v),
                         NK_E_INVALID);
        assert_str(nk_msg_name(d->ctx.fault.msg), "SIGN_PDF_DAMAGED");
        assert_int_equal(nk_cos_get(&d->ctx, &dict, NK_STR("W"), &v), NK_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_one_value),
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(refuses_malformed),
        cmocka_unit_test(stops_at_the_end_of_memory),
        NK_DESK_TEST(bounds_the_depth),
        cmocka_unit_test(compares_names),
        NK_DESK_TEST(looks_into_dictionaries),
        NK_DESK_TEST(refuses_a_key_that_is_there_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
