/*
 * The places to sign: those a paper plans, those its form has, and how the
 * two are matched.
 */
#include "../support/signing.h"

#include "sign/sign_int.h"

static void lists_what_is_planned(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 3, .pages = 2 });
    nk_sign_field *f = NULL;
    size_t n = 0;

    assert_ok(d, nk_sign_fields(&d->ctx, &d->arena, pdf, &f, &n));
    assert_int_equal(n, 3);
    assert_str(f[0].name, "kepala");
    assert_str(f[0].label, "Kepala");
    assert_int_equal(f[0].page, 2);
    assert_int_equal(f[0].x, 72000);
    assert_int_equal(f[0].y, 96000);
    assert_int_equal(f[0].width, 50500);
    assert_int_equal(f[0].height, 72000);
    assert_false(f[0].is_signed);
    assert_str(f[1].name, "saksi-1");
    assert_str(f[1].label, "Saksi 1");
    assert_int_equal(f[1].page, 1);
    assert_int_equal(f[2].page, 2);
}

static void says_which_are_signed(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 3 });
    nk_sign_field *f = NULL;
    size_t n = 0;

    pdf = nk_test_sign_as(d, "p256", pdf,
                          &(nk_sign_request){ .field = NK_STR("saksi-1") });
    assert_ok(d, nk_sign_fields(&d->ctx, &d->arena, pdf, &f, &n));
    assert_int_equal(n, 3);
    assert_false(f[0].is_signed);
    assert_true(f[1].is_signed);
    assert_false(f[2].is_signed);
}

static void lists_nothing_where_nothing_is(void **state)
{
    nk_desk *d = *state;
    nk_sign_field *f = NULL;
    size_t n = 9;

    assert_ok(d, nk_sign_fields(&d->ctx, &d->arena,
                                nk_test_sheet(d, &(nk_sheet){ .fields = 0 }),
                                &f, &n));
    assert_int_equal(n, 0);
    n = 9;
    assert_ok(d, nk_sign_fields(
                     &d->ctx, &d->arena,
                     nk_test_sheet(d, &(nk_sheet){ .foreign = true,
                                                   .form = NK_SHEET_DIRECT }),
                     &f, &n));
    assert_int_equal(n, 0);
}

static void reads_rectangles(void **state)
{
    static const struct {
        const char *rect;
        int32_t x, y, width, height;
    } rows[] = {
        { "[1 2 3 4]", 1000, 2000, 2000, 2000 },
        { "[3 4 1 2]", 1000, 2000, 2000, 2000 },
        { "[0 0 0 0]", 0, 0, 0, 0 },
        { "[-1.5 +2 .25 4.]", -1500, 2000, 1750, 2000 },
        { "[.1239 0 1 1]", 123, 0, 877, 1000 },
        { "[0 0 99999999999 1]", 0, 0, 999999999, 1000 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str text = nk_str_of(rows[i].rect);
        nk_cos_value rect;
        nk_sign_field f;

        assert_true(nk_cos_take(&text, &rect));
        nk_sign__box(&rect, &f);
        assert_int_equal(f.x, rows[i].x);
        assert_int_equal(f.y, rows[i].y);
        assert_int_equal(f.width, rows[i].width);
        assert_int_equal(f.height, rows[i].height);
    }
}

static void refuses_a_damaged_plan(void **state)
{
    static const struct {
        const char *what, *with, *message;
    } rows[] = {
        { "/Type/NaskahPaper", "/Type/NaskahPapeR", "SIGN_PLAN_DAMAGED" },
        { "/Fields[<<", "/FieldS[<<", "SIGN_PLAN_DAMAGED" },
        { "/T(saksi-1)", "/T/saksi-1 ", "SIGN_PLAN_DAMAGED" },
        { "/T(saksi-1)", "/T(kepala) ", "SIGN_PLAN_DAMAGED" },
        { "/TU(Saksi 1)", "/TU 12345678", "SIGN_PLAN_DAMAGED" },
        { "/Rect[132", "/Rect[1 2", "SIGN_PLAN_DAMAGED" },
        { "/Rect[132", "/Rect[/aa", "SIGN_PLAN_DAMAGED" },
        { "/Rect[132", "/Rekt[132", "SIGN_PLAN_DAMAGED" },
        { "/Elem", "/Elen", "SIGN_PLAN_DAMAGED" },
        { "/Key ", "/Key/", "SIGN_PLAN_DAMAGED" },
        { "/Page 12 0 R/Rect[132", "/Page(12 0R)/Rect[132",
          "SIGN_PLAN_DAMAGED" },
        { "/Private 6 0 R", "/Private 3 0 R", "SIGN_PLAN_DAMAGED" },
        { "/Private 6 0 R", "/Private 99 0R", "SIGN_PDF_DAMAGED" },
        { "/Private 6 0 R", "/Private (abc)", "SIGN_PLAN_DAMAGED" },
        { "/naskah <<", "/naskah [[", "SIGN_PDF_DAMAGED" },
    };
    nk_desk *d = *state;
    nk_str good = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    nk_sign_field *f = NULL;
    size_t i, n;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str pdf = nk_test_swap(d, good, rows[i].what, rows[i].with);

        if (nk_sign_fields(&d->ctx, &d->arena, pdf, &f, &n) != NK_E_INVALID)
            fail_msg("row %zu: %s", i, rows[i].with);
        assert_str(nk_msg_name(d->ctx.fault.msg), rows[i].message);
    }
}

/* What the first update made must be what the plan says. */
static void refuses_fields_outside_the_plan(void **state)
{
    static const struct {
        const char *what, *with;
    } rows[] = {
        { "/T(saksi-1)", "/T(saksi-9)" },
        { "/T(saksi-1)", "/T(kepala) " },
        { "/Rect[132 96 182.5 168]", "/Rect[132 96 182.5 169]" },
        { "/P 12 0 R/StructParent 3", "/P 13 0 R/StructParent 3" },
        { "/P 12 0 R/StructParent 3", "/Q 12 0 R/StructParent 3" },
    };
    nk_desk *d = *state;
    nk_str good = nk_test_signed(d, "p256", 2);
    nk_sign_field *f = NULL;
    size_t i, n;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str pdf = nk_test_swap(d, good, rows[i].what, rows[i].with);

        if (nk_sign_fields(&d->ctx, &d->arena, pdf, &f, &n) != NK_E_TAMPERED)
            fail_msg("row %zu: %s", i, rows[i].with);
        assert_str(nk_msg_name(d->ctx.fault.msg), "SIGN_FIELD_UNPLANNED");
    }
}

/* A whole foreign file around a form and its fields. */
static nk_str foreign(nk_desk *d, const char *catalog, const char *const *rest)
{
    size_t at[16], n = 0, i;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "%PDF-1.7\n");
    at[n++] = b.len;
    nk_buf_printf(&b, "1 0 obj\n<</Type/Catalog/Pages 2 0 R%s>>\nendobj\n",
                  catalog);
    for (; rest[n - 1]; n++) {
        at[n] = b.len;
        nk_buf_printf(&b, "%zu 0 obj\n%s\nendobj\n", n + 1, rest[n - 1]);
    }
    i = b.len;
    nk_buf_printf(&b, "xref\n1 %zu\n", n);
    for (size_t k = 0; k < n; k++)
        nk_buf_printf(&b, "%010zu 00000 n \n", at[k]);
    nk_buf_printf(&b,
                  "trailer\n<</Root 1 0 R/Size %zu>>\nstartxref\n%zu\n"
                  "%%%%EOF\n",
                  n + 1, i);
    return nk_buf_str(&b);
}

static void walks_foreign_forms(void **state)
{
    static const char *const rest[] = {
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 3>>",
        "<</Type/Page/Parent 2 0 R>>",
        "<</Type/Pages/Kids[5 0 R 6 0 R]/Count 2>>",
        "<</Type/Page/Parent 4 0 R>>",
        "<</Type/Page/Parent 4 0 R>>",
        "[8 0 R 9 0 R 12 0 R]",
        "<</T(judul)/FT/Tx>>",
        "<</T(bagian)/FT/Sig/Kids[10 0 R 11 0 R]>>",
        "<</T(satu)/P 6 0 R/Rect[0 0 1 1]>>",
        "<</Subtype/Widget/P 5 0 R>>",
        "<</T(dua)/FT/Sig/V 8 0 R>>",
        NULL,
    };
    nk_desk *d = *state;
    nk_sign_field *f = NULL;
    size_t n = 0;

    assert_ok(d, nk_sign_fields(&d->ctx, &d->arena,
                                foreign(d, "/AcroForm<</Fields 7 0 R>>", rest),
                                &f, &n));
    assert_int_equal(n, 3);
    assert_str(f[0].name, "bagian");
    assert_int_equal(f[0].page, 0);
    assert_str(f[1].name, "dua");
    assert_true(f[1].is_signed);
    assert_str(f[2].name, "bagian.satu");
    assert_int_equal(f[2].page, 3);
    assert_false(f[2].is_signed);
}

static void refuses_forms_that_never_end(void **state)
{
    static const char *const loop[] = {
        "<</Type/Pages/Kids[2 0 R]>>",
        "<</T(a)/FT/Sig/P 4 0 R/Kids[3 0 R]>>",
        "<</Type/Page>>",
        NULL,
    };
    static const char *const tree[] = {
        "<</Type/Pages/Kids[2 0 R]>>",
        "<</T(a)/FT/Sig/P 4 0 R>>",
        "<</Type/Page>>",
        NULL,
    };
    nk_desk *d = *state;
    nk_sign_field *f = NULL;
    size_t n;

    assert_fault(d,
                 nk_sign_fields(&d->ctx, &d->arena,
                                foreign(d, "/AcroForm<</Fields[3 0 R]>>", loop),
                                &f, &n),
                 NK_E_LIMIT, "SIGN_PDF_LIMIT");
    assert_fault(d,
                 nk_sign_fields(&d->ctx, &d->arena,
                                foreign(d, "/AcroForm<</Fields[3 0 R]>>", tree),
                                &f, &n),
                 NK_E_INVALID, "SIGN_PDF_DAMAGED");
}

static void refuses_broken_forms(void **state)
{
    static const char *const catalogs[] = {
        "/AcroForm[]",
        "/AcroForm<<>>",
        "/AcroForm<</Fields 3 0 R>>",
        "/AcroForm<</Fields[4]>>",
        "/AcroForm<</Fields[4 0 R]>>",
        "/AcroForm<</Fields[9 0 R]>>",
        "/AcroForm<</Fields[]/Fields[]>>",
        "/AcroForm<</Fields[]>>/AcroForm<</Fields[]>>",
        "/AcroForm<</Fields[5 0 R]>>",
    };
    static const char *const rest[] = {
        "<</Type/Pages/Kids[3 0 R]>>",
        "<</Type/Page>>",
        "(no dictionary)",
        "<</T(a)/FT/Sig/P 3 0 R/V 1/V 2>>",
        NULL,
    };
    nk_desk *d = *state;
    nk_sign_field *f = NULL;
    size_t i, n;

    for (i = 0; i < NK_COUNT(catalogs); i++)
        if (nk_sign_fields(&d->ctx, &d->arena, foreign(d, catalogs[i], rest),
                           &f, &n) != NK_E_INVALID)
            fail_msg("taken: %s", catalogs[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(lists_what_is_planned),
        NK_DESK_TEST(says_which_are_signed),
        NK_DESK_TEST(lists_nothing_where_nothing_is),
        cmocka_unit_test(reads_rectangles),
        NK_DESK_TEST(refuses_a_damaged_plan),
        NK_DESK_TEST(refuses_fields_outside_the_plan),
        NK_DESK_TEST(walks_foreign_forms),
        NK_DESK_TEST(refuses_forms_that_never_end),
        NK_DESK_TEST(refuses_broken_forms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
