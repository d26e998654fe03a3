/*
 * PDF files: revisions and objects of good ones, and every way in which the
 * chain of tables can be wrong.
 */
#include "../support/signing.h"

#include "cos/cos.h"

static nk_str sheet(nk_desk *d)
{
    return nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
}

/* Append text, a table of `entries` and a trailer; %% of text is the file. */
static nk_str append(nk_desk *d, nk_str pdf, const char *objects,
                     const char *table, const char *trailer)
{
    nk_str out = NK_EMPTY;
    size_t xref;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_buf_puts(&b, pdf);
    nk_buf_puts(&b, nk_str_of(objects));
    xref = b.len;
    nk_buf_printf(&b, "xref\n%strailer\n<<%s>>\nstartxref\n%zu\n%%%%EOF\n",
                  table, trailer, xref);
    assert_ok(d, nk_buf_end(&d->ctx, &b, &out));
    return out;
}

/* The offset after the last "startxref". */
static size_t startxref(nk_str pdf)
{
    uint64_t at;
    nk_str s = nk_str_skip(pdf, nk_test_rfind(pdf, "startxref") + 10);

    assert_true(nk_cos_take_uint(&s, NK_MAX_PDF, &at));
    return (size_t)at;
}

static void finds_the_only_revision(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = sheet(d);
    nk_cos_file f;
    nk_cos_object o;

    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
    assert_int_equal(f.n, 1);
    assert_int_equal(f.trailing, 0);
    assert_int_equal(f.revisions[0].start, 0);
    assert_int_equal(f.revisions[0].xref, startxref(pdf));
    assert_int_equal(f.revisions[0].eof, pdf.len - 1);
    assert_int_equal(f.revisions[0].end, pdf.len);
    assert_ok(d, nk_cos_catalog(&d->ctx, &f, 0, &o));
    assert_int_equal(o.num, 1);
    assert_true(nk_cos_in_use(&f, 0, 1));
    assert_false(nk_cos_in_use(&f, 0, 0));
    assert_false(nk_cos_in_use(&f, 0, 8)); /* free in this sheet */
    assert_false(nk_cos_in_use(&f, 0, 5000));
}

static void finds_later_revisions(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_signed(d, "p256", 2);
    nk_str twice = nk_test_sign(d, "p384", pdf);
    nk_cos_file f;
    size_t i;

    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, twice, &f));
    assert_int_equal(f.n, 3);
    for (i = 1; i < 3; i++)
        assert_int_equal(f.revisions[i].start, f.revisions[i - 1].end);
    assert_int_equal(f.revisions[1].end, pdf.len);
    assert_int_equal(f.revisions[2].end, twice.len);
}

static void takes_the_newest_object(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = sheet(d);
    size_t at = pdf.len, prev = startxref(pdf);
    char table[64], trailer[64];
    nk_cos_value info = { .kind = NK_COS_REF, .number = 3 };
    nk_cos_object o;
    nk_cos_file f;

    snprintf(table, sizeof(table), "3 1\n%010zu 00000 n \n", at);
    snprintf(trailer, sizeof(trailer), "/Size 40/Root 1 0 R/Prev %zu", prev);
    pdf = append(d, pdf, "3 0 obj\n(baru)\nendobj\n", table, trailer);
    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
    assert_int_equal(f.n, 2);
    assert_ok(d, nk_cos_read(&d->ctx, &f, 1, &info, &o));
    assert_str(o.value.raw, "(baru)");
    assert_int_equal(o.at, at);
    assert_ok(d, nk_cos_read(&d->ctx, &f, 0, &info, &o));
    assert_int_equal(o.value.kind, NK_COS_DICT);
    info.generation = 1;
    assert_fault(d, nk_cos_read(&d->ctx, &f, 1, &info, &o), NK_E_INVALID,
                 "SIGN_PDF_DAMAGED");
}

static void accepts_every_line_end(void **state)
{
    static const char *const ends[] = { "", "\n", "\r", "\r\n" };
    nk_desk *d = *state;
    nk_str bare = nk_test_sheet(d, &(nk_sheet){ .no_newline = true });
    nk_cos_file f;
    size_t i;

    for (i = 0; i < NK_COUNT(ends); i++) {
        nk_str pdf = nk_test_splice(d, bare, bare.len, 0, nk_str_of(ends[i]));

        assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
        assert_int_equal(f.trailing, 0);
        assert_int_equal(f.revisions[0].eof, bare.len);
        assert_int_equal(f.revisions[0].end, pdf.len);
    }
}

static void counts_what_follows(void **state)
{
    static const char *const tails[] = { "\n", " ", "%x", "%%EO", "12 0 obj" };
    nk_desk *d = *state;
    nk_str good = sheet(d);
    nk_cos_file f;
    size_t i;

    for (i = 0; i < NK_COUNT(tails); i++) {
        nk_str pdf = nk_test_splice(d, good, good.len, 0, nk_str_of(tails[i]));

        assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
        assert_int_equal(f.trailing, strlen(tails[i]));
    }
}

/* A pointer back to an older table does not make the tail part of it. */
static void counts_what_an_old_table_leaves_out(void **state)
{
    nk_desk *d = *state;
    nk_str good = sheet(d);
    char tail[64];
    nk_str pdf;
    nk_cos_file f;

    snprintf(tail, sizeof(tail),
             "9 0 obj\n1\nendobj\nstartxref\n%zu\n%%%%EOF\n", startxref(good));
    pdf = nk_test_splice(d, good, good.len, 0, nk_str_of(tail));
    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
    assert_int_equal(f.n, 1);
    assert_int_equal(f.trailing, strlen(tail));
}

static void refuses_what_is_not_read(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = sheet(d);
    size_t at = startxref(pdf), end = nk_test_rfind(pdf, ">>\nstartxref");
    char first[64];
    nk_cos_file f;

    assert_fault(d, nk_cos_open(&d->ctx, &d->arena, NK_STR("%PS-1"), &f),
                 NK_E_SYNTAX, "SIGN_NOT_PDF");
    assert_fault(d, nk_cos_open(&d->ctx, &d->arena, NK_EMPTY, &f), NK_E_SYNTAX,
                 "SIGN_NOT_PDF");
    assert_fault(d,
                 nk_cos_open(&d->ctx, &d->arena,
                             nk_test_splice(d, pdf, at, 4, NK_STR("9 0 obj")),
                             &f),
                 NK_E_SYNTAX, "SIGN_PDF_KIND");
    assert_fault(
        d,
        nk_cos_open(&d->ctx, &d->arena,
                    nk_test_splice(d, pdf, end, 0, NK_STR("/XRefStm 12")), &f),
        NK_E_SYNTAX, "SIGN_PDF_KIND");
    assert_fault(
        d,
        nk_cos_open(&d->ctx, &d->arena,
                    nk_test_splice(d, pdf, end, 0, NK_STR("/Encrypt 9 0 R")),
                    &f),
        NK_E_SYNTAX, "SIGN_PDF_ENCRYPTED");
    snprintf(first, sizeof(first), "/Prev %zu", at + 1);
    pdf = nk_test_splice(d, pdf, end, 0, nk_str_of(first));
    assert_fault(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f), NK_E_INVALID,
                 "SIGN_PDF_DAMAGED");
    pdf = nk_test_splice(d, pdf, 9, 5, NK_STR("%/Linearized 1\n"));
    snprintf(first, sizeof(first), "%zu\n%%%%EOF\n", at + 10);
    pdf = nk_test_splice(d, pdf, nk_test_rfind(pdf, "startxref") + 10,
                         pdf.len - nk_test_rfind(pdf, "startxref") - 10,
                         nk_str_of(first));
    snprintf(first, sizeof(first), "/Prev %zu", at + 99);
    pdf = nk_test_splice(d, pdf, nk_test_rfind(pdf, "/Prev"),
                         6 + (at > 9999 ? 5u : 4u), nk_str_of(first));
    assert_fault(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f), NK_E_SYNTAX,
                 "SIGN_PDF_KIND");
}

static void refuses_damaged_structure(void **state)
{
    /* Each `what`, once in the file's tail, becomes `with`. */
    static const struct {
        const char *what, *with;
    } rows[] = {
        { "%%EOF", "%%EOX" },
        { "startxref", "startxreg" },
        { "startxref\n", "startxref\n1" },
        { "startxref\n", "startxref\n99999999999" },
        { "startxref\n", "startxref\n-" },
        { "trailer\n<<", "trailer\n<" },
        { "trailer\n<<", "trailer\n[" },
        { "trailer\n<<", "trailed\n<<" },
        { "/Root", "/Toor" },
        { "/Root 1 0 R", "/Root 1" },
        { "/Root 1 0 R", "/Root 1 0 R/Root 2 0 R" },
        { "/Size", "/Prev 4/Size" },
        { "/Size", "/Prev (x)/Size" },
        { "/Size", "/Prev -5/Size" },
        { "/Size", "/Prev 99999999/Size" },
        { "xref\n0 ", "xreg\n0 " },
        { "xref\n0 ", "xref\n1" },
        { "xref\n0 ", "xref\n0 9" },
        { "xref\n0 ", "xref\n9999999 " },
        { " 65535 f\r\n", " 65535 f\n" },
        { " 65535 f\r\n", " 65535 x\r\n" },
        { " 65535 f\r\n", " 6553x f\r\n" },
        { " 65535 f\r\n", " 65536 n\r\n" },
        { " 65535 f\r\n", "x65535 f\r\n" },
        { " 65535 f\r\n", " 65535xf\r\n" },
    };
    nk_desk *d = *state;
    nk_str good = sheet(d);
    nk_cos_file f;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        size_t at = nk_test_rfind(good, rows[i].what);
        nk_str pdf = nk_test_splice(d, good, at, strlen(rows[i].what),
                                    nk_str_of(rows[i].with));

        if (nk_cos_open(&d->ctx, &d->arena, pdf, &f) != NK_E_INVALID)
            fail_msg("row %zu: %s", i, rows[i].with);
        assert_str(nk_msg_name(d->ctx.fault.msg), "SIGN_PDF_DAMAGED");
    }
}

static void refuses_damaged_objects(void **state)
{
    static const struct {
        const char *what, *with;
    } rows[] = {
        { "4 0 obj", "4 0 obi" },         { "4 0 obj", "5 0 obj" },
        { "4 0 obj", "4 1 obj" },         { "4 0 obj", "x 0 obj" },
        { "4 0 obj\n<<", "4 0 obj\n<[" },
    };
    nk_desk *d = *state;
    nk_str good = sheet(d);
    const nk_cos_value root = { .kind = NK_COS_REF, .number = 4 };
    nk_cos_object o;
    nk_cos_file f;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str pdf = nk_test_swap(d, good, rows[i].what, rows[i].with);

        assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
        assert_fault(d, nk_cos_read(&d->ctx, &f, 0, &root, &o), NK_E_INVALID,
                     "SIGN_PDF_DAMAGED");
    }
}

static void reads_streams_by_their_length(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } rows[] = {
        { "<</Length 3>>stream\nabc\nendstream\nendobj", true },
        { "<</Length 3>>\nstream\r\nabcendstream endobj", true },
        { "<</Length 4 0 R>>stream\n<<>>\nendstream\nendobj", false },
        { "<</Length 3>>stream\rabc\nendstream\nendobj", false },
        { "<</Length 3>>stream abc\nendstream\nendobj", false },
        { "<</Length 4>>stream\nabcdendstrea\nendobj", false },
        { "<</Length 99999999>>stream\nabc\nendstream\nendobj", false },
        { "<</Length -3>>stream\nabc\nendstream\nendobj", false },
        { "<</Length 3 0 R>>stream\nabc\nendstream\nendobj", false },
        { "<<>>stream\nabc\nendstream\nendobj", false },
        { "<</Length 3>>stream\nabc\nendstream\nend", false },
        { "[]stream\nabc\nendstream\nendobj", false },
    };
    nk_desk *d = *state;
    nk_str base = sheet(d);
    const nk_cos_value three = { .kind = NK_COS_REF, .number = 3 };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        char object[128], table[64], trailer[64];
        nk_cos_object o;
        nk_cos_file f;
        nk_str pdf;

        snprintf(object, sizeof(object), "3 0 obj\n%s\n", rows[i].text);
        snprintf(table, sizeof(table), "3 1\n%010zu 00000 n \n", base.len);
        snprintf(trailer, sizeof(trailer), "/Root 1 0 R/Prev %zu",
                 startxref(base));
        pdf = append(d, base, object, table, trailer);
        assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
        if ((nk_cos_read(&d->ctx, &f, 1, &three, &o) == NK_OK) != rows[i].good)
            fail_msg("row %zu: %s", i, rows[i].text);
        if (rows[i].good)
            assert_true(o.is_stream);
    }
}

/* An object belongs to the revision that lists it, and lies there. */
static void keeps_revisions_apart(void **state)
{
    nk_desk *d = *state;
    nk_str base = sheet(d), pdf;
    char table[64], trailer[64];
    const nk_cos_value info = { .kind = NK_COS_REF, .number = 3 };
    size_t rows[3], i;
    nk_cos_object o;
    nk_cos_file f;

    rows[0] = nk_str_search(base, NK_STR("3 0 obj")); /* the old one */
    rows[1] = base.len + 23;                          /* the table itself */
    rows[2] = 99999999;
    for (i = 0; i < NK_COUNT(rows); i++) {
        snprintf(table, sizeof(table), "3 1\n%010zu 00000 n \n", rows[i]);
        snprintf(trailer, sizeof(trailer), "/Root 1 0 R/Prev %zu",
                 startxref(base));
        pdf = append(d, base, "3 0 obj\n(baru)\nendobj\n", table, trailer);
        assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
        assert_fault(d, nk_cos_read(&d->ctx, &f, 1, &info, &o), NK_E_INVALID,
                     "SIGN_PDF_DAMAGED");
    }
}

static void bounds_revisions_and_ranges(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = sheet(d);
    char trailer[64];
    nk_cos_file f;
    nk_buf many;
    size_t i;

    for (i = 1; i < NK_MAX_PDF_REVISIONS; i++) {
        snprintf(trailer, sizeof(trailer), "/Root 1 0 R/Prev %zu",
                 startxref(pdf));
        pdf = append(d, pdf, "", "0 0\n", trailer);
    }
    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
    assert_int_equal(f.n, NK_MAX_PDF_REVISIONS);
    snprintf(trailer, sizeof(trailer), "/Root 1 0 R/Prev %zu", startxref(pdf));
    pdf = append(d, pdf, "", "0 0\n", trailer);
    assert_fault(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f), NK_E_LIMIT,
                 "SIGN_PDF_LIMIT");

    nk_buf_init(&many, &d->arena);
    for (i = 0; i <= NK_MAX_PDF_RANGES; i++)
        nk_buf_lit(&many, "0 0\n");
    nk_buf_putc(&many, '\0');
    pdf = append(d, NK_STR("%PDF-1.7\n"), "", many.ptr, "/Root 1 0 R");
    assert_fault(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f), NK_E_LIMIT,
                 "SIGN_PDF_LIMIT");
}

static void bounds_objects_and_work(void **state)
{
    nk_desk *d = *state;
    nk_str base = sheet(d), pdf;
    char table[64], trailer[64];
    const nk_cos_value three = { .kind = NK_COS_REF, .number = 3 };
    nk_cos_object o;
    nk_cos_file f;
    nk_buf big;
    size_t i;
    nk_err rc = NK_OK;

    nk_buf_init(&big, &d->arena);
    nk_buf_lit(&big, "3 0 obj\n(");
    nk_buf_fill(&big, 'x', NK_MAX_PDF_OBJECT);
    nk_buf_lit(&big, ")\nendobj\n");
    nk_buf_putc(&big, '\0');
    snprintf(table, sizeof(table), "3 1\n%010zu 00000 n \n", base.len);
    snprintf(trailer, sizeof(trailer), "/Root 1 0 R/Prev %zu", startxref(base));
    pdf = append(d, base, big.ptr, table, trailer);
    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
    assert_fault(d, nk_cos_read(&d->ctx, &f, 1, &three, &o), NK_E_LIMIT,
                 "SIGN_PDF_LIMIT");

    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, base, &f));
    for (i = 0; rc == NK_OK && i < NK_MAX_PDF_WORK / 1024 + 1; i++)
        rc = nk_cos_read(&d->ctx, &f, 0, &three, &o);
    assert_int_equal(rc, NK_E_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(finds_the_only_revision),
        NK_DESK_TEST(finds_later_revisions),
        NK_DESK_TEST(takes_the_newest_object),
        NK_DESK_TEST(accepts_every_line_end),
        NK_DESK_TEST(counts_what_follows),
        NK_DESK_TEST(counts_what_an_old_table_leaves_out),
        NK_DESK_TEST(refuses_what_is_not_read),
        NK_DESK_TEST(refuses_damaged_structure),
        NK_DESK_TEST(refuses_damaged_objects),
        NK_DESK_TEST(reads_streams_by_their_length),
        NK_DESK_TEST(keeps_revisions_apart),
        NK_DESK_TEST(bounds_revisions_and_ranges),
        NK_DESK_TEST(bounds_objects_and_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
