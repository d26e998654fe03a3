/*
 * Issuing: number, paper, signature and archive happen together or not at
 * all; a number is used once and none is left out.
 */
#include "../support/clerk.h"

static nk_order letter(void)
{
    return (nk_order){ .template_name = CLERK_LETTER };
}

static nk_err try_issue(nk_clerk *k, nk_str number, const nk_order *order,
                        const nk_key *key, nk_paper *paper, nk_made *made)
{
    clerk_forget(k);
    return nk_issue(&k->ctx, &k->arena, k->press, k->ar, number, order, key,
                    &k->problems, made, paper);
}

static nk_paper issue(nk_clerk *k, nk_str number, const nk_order *order,
                      const nk_key *key)
{
    nk_paper paper;
    nk_made made;

    assert_ok(k, try_issue(k, number, order, key, &paper, &made));
    return paper;
}

/* An archive with the case of these tests. */
static void store(nk_clerk *k)
{
    clerk_store(k, clerk_file(k, CLERK_RECORD));
}

static void files_what_it_made(void **state)
{
    nk_clerk *k = *state;
    nk_order order = letter();
    nk_paper paper, got;
    nk_made made;
    nk_str pdf;

    store(k);
    assert_ok(k, try_issue(k, CLERK_CASE, &order, k->key, &paper, &made));
    assert_str(paper.number, "400.2.3/1/5.6.04/2026");
    assert_str(made.signer, "cendana");
    assert_ok(k, nk_archive_paper_get(&k->ctx, &k->arena, k->ar, paper.id, &got,
                                      &pdf));
    assert_true(nk_str_eq(pdf, made.pdf));
    assert_str(got.kind, "surat-rujukan-kesehatan");
    assert_str(got.title, "Surat Rujukan Layanan Kesehatan");
    assert_str(got.case_number, "KASUS-2026-0042");
    assert_str(got.reg, "tanjungpinang/surat-keluar");
    assert_str(got.signer, "cendana");
    assert_int_equal(got.seq, 1);
    assert_int_equal(got.year, 2026);
    assert_int_equal(got.state, NK_PAPER_SIGNED);
    assert_true(clerk_has(pdf, "400.2.3/1/5.6.04/2026"));
    clerk_verify(k);
}

static void in_three_manners(void **state)
{
    nk_clerk *k = *state;
    nk_order order = letter();

    store(k);
    assert_int_equal(issue(k, CLERK_CASE, &order, NULL).state, NK_PAPER_WET);
    order.signing = NK_SIGNING_ELECTRONIC;
    assert_int_equal(issue(k, CLERK_CASE, &order, NULL).state,
                     NK_PAPER_PREPARED);
    order.signing = NK_SIGNING_WET; /* a key decides */
    assert_int_equal(issue(k, CLERK_CASE, &order, k->key).state,
                     NK_PAPER_SIGNED);
    clerk_verify(k);
}

/* Whatever fails takes no number and files nothing. */
static void a_failure_leaves_no_trace(void **state)
{
    static const struct row {
        const char *key, *signer, *about, *template_name, *fault;
        nk_err rc;
    } rows[] = {
        { "expired", "", "", "surat-rujukan-kesehatan", "SIGN_CERT_EXPIRED",
          NK_E_CRYPTO },
        { "early", "", "", "surat-rujukan-kesehatan", "SIGN_CERT_EARLY",
          NK_E_CRYPTO },
        { "p384", "", "", "surat-rujukan-kesehatan", "NOT_THE_HOLDER",
          NK_E_DENIED },
        { "rsa2048", "bakau", "", "surat-rujukan-kesehatan", "SIGNER_DENIED",
          NK_E_DENIED },
        { "rsa2048", "", "x", "surat-rujukan-kesehatan", "ABOUT_NONE",
          NK_E_NOTFOUND },
        { "rsa2048", "", "", "surat", "TEMPLATE_NONE", NK_E_NOTFOUND },
        { "rsa2048", "", "", "formulir-pengaduan", "NO_PLACE_TO_SIGN",
          NK_E_NOTFOUND },
    };
    nk_clerk *k = *state;
    nk_paper paper;
    nk_made made;
    size_t i, n;

    store(k);
    for (i = 0; i < NK_COUNT(rows); i++) {
        const struct row *r = &rows[i];
        nk_order order = { .template_name = nk_str_of(r->template_name),
                           .signer = nk_str_of(r->signer),
                           .about = nk_str_of(r->about) };
        nk_key *key = clerk_key(k, r->key);

        assert_fails(k, try_issue(k, CLERK_CASE, &order, key, &paper, &made),
                     r->rc, r->fault);
        nk_key_close(key);
    }
    clerk_papers(k, NK_EMPTY, &n);
    assert_int_equal(n, 0);
    {
        nk_order order = letter();

        assert_int_equal(issue(k, CLERK_CASE, &order, k->key).seq, 1);
    }
    assert_fails(k,
                 try_issue(k, NK_STR("KASUS-1999-0001"), &(nk_order){ 0 }, NULL,
                           &paper, &made),
                 NK_E_NOTFOUND, "CASE_UNKNOWN");
    clerk_verify(k);
}

/* A case that lacks what the letter needs, in between others. */
static void numbers_have_no_gap(void **state)
{
    nk_clerk *k = *state;
    nk_order order = letter();
    nk_str poor, number = NK_EMPTY;
    nk_paper paper;
    nk_made made;
    uint32_t i;

    store(k);
    poor = clerk_swap(k, clerk_record(k, "KASUS-2026-0043"),
                      "    <service>pemeriksaan kesehatan</service>\n", "");
    assert_ok(k, clerk_try_store(k, poor, true, &number));
    for (i = 1; i <= 4; i++) {
        assert_int_equal(issue(k, CLERK_CASE, &order, NULL).seq, i);
        assert_fails(k, try_issue(k, number, &order, NULL, &paper, &made),
                     NK_E_INVALID, "PAPER_LACKS");
        order.dry = true;
        assert_int_equal(issue(k, CLERK_CASE, &order, NULL).seq, i + 1);
        order.dry = false;
    }
    clerk_verify(k);
}

/* Each year begins at 1, by the day on the letter. */
static void a_book_a_year(void **state)
{
    static const struct row {
        nk_date date;
        const char *number;
    } rows[] = {
        { { 2026, 12, 31 }, "400.2.3/1/5.6.04/2026" },
        { { 2027, 1, 1 }, "400.2.3/1/5.6.04/2027" },
        { { 2027, 1, 2 }, "400.2.3/2/5.6.04/2027" },
        { { 2026, 12, 30 }, "400.2.3/2/5.6.04/2026" },
    };
    nk_clerk *k = *state;
    size_t i;

    store(k);
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_order order = letter();

        order.date = rows[i].date;
        assert_str(issue(k, CLERK_CASE, &order, NULL).number, rows[i].number);
    }
    clerk_verify(k);
}

/* Offices that share an archive do not share their books, nor do registers;
   a form takes no number at all. */
static void a_book_an_office_and_register(void **state)
{
    nk_clerk *k = *state;
    nk_order order = letter();
    nk_str other = clerk_store(
        k, clerk_file(k, "tests/cases/sekadau-tanpa-identitas.xml"));
    nk_paper paper;

    store(k);
    assert_int_equal(issue(k, CLERK_CASE, &order, NULL).seq, 1);
    paper = issue(k, other, &order, NULL);
    assert_int_equal(paper.seq, 1);
    assert_true(nk_str_starts(paper.reg, NK_STR("sekadau/")));
    order.template_name = NK_STR("naskah-kesepakatan-layanan");
    paper = issue(k, CLERK_CASE, &order, NULL);
    assert_int_equal(paper.seq, 1);
    assert_str(paper.reg, "tanjungpinang/kesepakatan");
    order.template_name = NK_STR("formulir-pengaduan");
    paper = issue(k, CLERK_CASE, &order, NULL);
    assert_str(paper.number, "");
    assert_str(paper.reg, "");
    assert_int_equal(paper.seq, 0);
    assert_int_equal(issue(k, CLERK_CASE, &order, NULL).id, paper.id + 1);
    clerk_verify(k);
}

/* Whoever acts for the head signs as such, with a certificate of their own. */
static void a_deputy_signs(void **state)
{
    nk_clerk *k = *state;
    nk_key *key = clerk_key(k, "p384");
    nk_order order = letter();
    nk_paper paper;
    nk_made made;

    store(k);
    order.signer = NK_STR("sungkai");
    paper = issue(k, CLERK_CASE, &order, key);
    assert_str(paper.signer, "sungkai");
    assert_fails(k, try_issue(k, CLERK_CASE, &order, k->key, &paper, &made),
                 NK_E_DENIED, "NOT_THE_HOLDER");
    order.date = (nk_date){ 2027, 1, 4 }; /* the delegation has ended */
    assert_fails(k, try_issue(k, CLERK_CASE, &order, key, &paper, &made),
                 NK_E_DENIED, "SIGNER_DENIED");
    nk_key_close(key);
    clerk_verify(k);
}

/* The paper is of the case's newest record, and of what was checked then. */
static void the_newest_record_counts(void **state)
{
    nk_clerk *k = *state;
    nk_order order = letter();
    nk_paper paper;
    nk_str pdf;

    store(k);
    clerk_store(k, clerk_swap(k, clerk_file(k, CLERK_RECORD),
                              "mengeluh sulit tidur", "merasa lebih tenang"));
    paper = issue(k, CLERK_CASE, &order, NULL);
    assert_ok(k, nk_archive_paper_get(&k->ctx, &k->arena, k->ar, paper.id, NULL,
                                      &pdf));
    assert_true(clerk_has(pdf, "tenang"));
    assert_false(clerk_has(pdf, "sulit"));
}

static void an_archive_to_read_from(void **state)
{
    nk_clerk *k = *state;
    nk_order order = letter();
    nk_paper paper;
    nk_made made;

    store(k);
    clerk_reopen(k, NK_ARCHIVE_READ);
    assert_fails(k, try_issue(k, CLERK_CASE, &order, NULL, &paper, &made),
                 NK_E_DENIED, "ARCHIVE_READ_ONLY");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(files_what_it_made),
        CLERK_TEST(in_three_manners),
        CLERK_TEST(a_failure_leaves_no_trace),
        CLERK_TEST(numbers_have_no_gap),
        CLERK_TEST(a_book_a_year),
        CLERK_TEST(a_book_an_office_and_register),
        CLERK_TEST(a_deputy_signs),
        CLERK_TEST(the_newest_record_counts),
        CLERK_TEST(an_archive_to_read_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
