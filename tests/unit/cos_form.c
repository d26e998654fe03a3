/*
 * Reading a form of any origin: names of groups, what is taken over from
 * them, what counts as a field, and forms that are wrong.
 */
#include "../support/check.h"

#include "cos/cos.h"

/* A PDF of these objects, from number 1 on; the first is the catalog. */
static nk_str file_of(nk_desk *d, const char *const *objects, size_t n)
{
    nk_str out = NK_EMPTY;
    size_t at[16], xref, i;
    nk_buf b;

    assert_true(n < NK_COUNT(at));
    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "%PDF-1.7\n");
    for (i = 0; i < n; i++) {
        at[i] = b.len;
        nk_buf_printf(&b, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    xref = b.len;
    nk_buf_printf(&b, "xref\n0 %zu\n0000000000 65536 f \n", n + 1);
    for (i = 0; i < n; i++)
        nk_buf_printf(&b, "%010zu 00000 n \n", at[i]);
    nk_buf_printf(&b,
                  "trailer\n<</Size %zu/Root 1 0 R>>\nstartxref\n%zu\n"
                  "%%%%EOF\n",
                  n + 1, xref);
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    return out;
}

static nk_err read(nk_desk *d, nk_str pdf, nk_cos_field **fields, size_t *n)
{
    nk_cos_file f;
    nk_err rc = nk_cos_open(&d->ctx, &d->arena, pdf, &f);

    assert_int_equal(rc, NK_OK);
    return nk_cos_form(&d->ctx, &d->arena, &f, f.n - 1, fields, n);
}

#define CATALOG "<</Pages 2 0 R/AcroForm<</Fields["
#define PAGES   "<</Kids[3 0 R 4 0 R]>>"

static void reads_every_kind(void **state)
{
    static const char *const objects[] = {
        CATALOG "5 0 R 6 0 R 10 0 R 11 0 R 12 0 R 13 0 R]>>>>",
        PAGES,
        "<<>>",
        "<<>>",
        "<</T(satu)/FT/Tx/P 4 0 R/TU(Isian satu)/V(isi)/DV<feff0031>>>",
        /* A group, that says what its fields are. */
        "<</T(grup)/FT/Btn/Kids[7 0 R 8 0 R]/V/Off>>",
        "<</T(a)/Parent 6 0 R/V/ya#20ya/DV/Off>>",
        "<</T(b)/Parent 6 0 R/Kids[9 0 R]>>",
        "<</Parent 8 0 R/P 3 0 R>>",
        "<</T(tanda)/FT/Sig/V<<>>>>",
        "<</T(tombol)/FT/Btn/Ff 65536>>",
        "<</T(tanpa jenis)>>",
        "<</T(pilih)/FT/Ch/V(x)/DV(x)>>",
    };
    static const struct {
        const char *name, *label, *value, *was;
        uint32_t page;
        bool is_box;
    } want[] = {
        { "satu", "Isian satu", "isi", "1", 2, false },
        { "pilih", "", "x", "x", 0, false },
        { "grup.a", "", "ya ya", "", 0, true },
        { "grup.b", "", "", "", 1, true },
    };
    nk_desk *d = *state;
    nk_cos_field *fields;
    size_t n, i;

    assert_int_equal(
        read(d, file_of(d, objects, NK_COUNT(objects)), &fields, &n), NK_OK);
    assert_int_equal(n, NK_COUNT(want));
    for (i = 0; i < n; i++) {
        assert_str(fields[i].name, want[i].name);
        assert_str(fields[i].label, want[i].label);
        assert_str(fields[i].value, want[i].value);
        assert_str(fields[i].was, want[i].was);
        assert_int_equal(fields[i].page, want[i].page);
        assert_int_equal(fields[i].is_box, want[i].is_box);
    }
}

static void finds_none_where_none_is(void **state)
{
    static const char *const objects[] = { "<</Pages 2 0 R>>", PAGES, "<<>>",
                                           "<<>>" };
    nk_desk *d = *state;
    nk_cos_field *fields;
    size_t n = 1;

    assert_int_equal(
        read(d, file_of(d, objects, NK_COUNT(objects)), &fields, &n), NK_OK);
    assert_int_equal(n, 0);
}

static void refuses_what_is_damaged(void **state)
{
    static const struct {
        const char *catalog, *field;
        nk_err rc;
    } rows[] = {
        { "<</Pages 2 0 R/AcroForm[]>>", "<<>>", NK_E_INVALID },
        { "<</Pages 2 0 R/AcroForm<</Fields 1>>>>", "<<>>", NK_E_INVALID },
        { CATALOG "1]>>>>", "<<>>", NK_E_INVALID },
        { CATALOG "9 0 R]>>>>", "<<>>", NK_E_INVALID },
        { CATALOG "5 0 R]>>>>", "[]", NK_E_INVALID },
        { CATALOG "5 0 R]>>>>", "<</T(a)/FT/Tx/V 1>>", NK_E_INVALID },
        { CATALOG "5 0 R]>>>>", "<</T(a)/FT/Tx/V[(a)]>>", NK_E_INVALID },
        { CATALOG "5 0 R]>>>>", "<</T(a)/FT/Tx/Kids[1]>>", NK_E_INVALID },
        { CATALOG "5 0 R]>>>>", "<</T(a)/T(b)/FT/Tx>>", NK_E_INVALID },
        /* A group that hangs below itself. */
        { CATALOG "5 0 R]>>>>", "<</T(a)/FT/Tx/Kids[5 0 R]>>", NK_E_INVALID },
        { CATALOG "5 0 R]>>>>", "<</T()/FT/Tx/Kids[5 0 R 5 0 R]>>",
          NK_E_LIMIT },
    };
    nk_desk *d = *state;
    nk_cos_field *fields;
    size_t n, i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const char *objects[] = { rows[i].catalog, PAGES, "<<>>", "<<>>",
                                  rows[i].field };
        nk_err rc =
            read(d, file_of(d, objects, NK_COUNT(objects)), &fields, &n);

        if (rc != rows[i].rc)
            print_error("%s %s\n", rows[i].catalog, rows[i].field);
        assert_int_equal(rc, rows[i].rc);
    }
}

static void finds_what_is_naskahs_own(void **state)
{
    static const struct {
        const char *catalog;
        bool found;
    } rows[] = {
        { "<</Pages 2 0 R>>", false },
        { "<</Pages 2 0 R/PieceInfo<<>>>>", false },
        { "<</Pages 2 0 R/PieceInfo<</lain<</Private<<>>>>>>>>", false },
        { "<</Pages 2 0 R/PieceInfo<</naskah<</Private 1>>>>>>", false },
        { "<</Pages 2 0 R/PieceInfo<</naskah<</Private 3 0 R>>>>>>", true },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const char *objects[] = { rows[i].catalog, PAGES, "<<>>", "<<>>" };
        nk_cos_value own;
        nk_cos_file f;

        assert_int_equal(nk_cos_open(&d->ctx, &d->arena,
                                     file_of(d, objects, NK_COUNT(objects)),
                                     &f),
                         NK_OK);
        assert_int_equal(nk_cos_private(&d->ctx, &f, 0, &own), NK_OK);
        assert_int_equal(own.kind == NK_COS_DICT, rows[i].found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(reads_every_kind),
        NK_DESK_TEST(finds_none_where_none_is),
        NK_DESK_TEST(refuses_what_is_damaged),
        NK_DESK_TEST(finds_what_is_naskahs_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
