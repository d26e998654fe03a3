/*
 * The verifier's three answers on papers nobody tampered with: is it whole,
 * who signed, what came after; at other times and with other trust.
 */
#include "../support/signing.h"

static nk_verification verify_with(nk_desk *d, nk_str pdf, const char *pem)
{
    nk_trust *trust = pem ? nk_test_trust(d, pem) : NULL;
    nk_verification v;
    nk_err rc = nk_sign_verify(&d->ctx, &d->arena, pdf, trust, &v);

    nk_trust_close(trust);
    assert_ok(d, rc);
    return v;
}

static void tells_all_it_knows(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_signed(d, "rsa2048", 2);
    nk_verification v = nk_test_verify(d, pdf);
    const nk_signature *s = v.signatures;

    assert_int_equal(v.verdict, NK_VERDICT_VALID);
    assert_int_equal(v.why, NK_M_NONE);
    assert_int_equal(v.size, pdf.len);
    assert_int_equal(v.n, 1);
    assert_int_equal(v.fields_n, 2);
    assert_int_equal(v.fields[0].page, 1);
    assert_str(s->field, "kepala");
    assert_str(s->label, "Kepala");
    assert_str(s->signer.holder, "Dra. Cendana Contoh, M.Si.");
    assert_str(s->signer.issuer, "CA Penerbit Contoh");
    assert_str(s->signer.algorithm, "RSA-2048");
    assert_int_equal(s->claimed, NK_CLOCK);
    assert_int_equal(s->revision, 2);
    assert_int_equal(s->covers, pdf.len);
    assert_true(s->whole && s->trusted && s->last && !s->closes);
    assert_int_equal(s->verdict, NK_VERDICT_VALID);
    assert_int_equal(d->ctx.fault.err, NK_OK);
}

static void tells_each_signer(void **state)
{
    nk_desk *d = *state;
    nk_str one = nk_test_signed(d, "p256", 2);
    nk_str two = nk_test_sign(d, "p384", one);
    nk_verification v = nk_test_verify(d, two);

    assert_int_equal(v.verdict, NK_VERDICT_VALID);
    assert_int_equal(v.n, 2);
    assert_str(v.signatures[0].signer.algorithm, "P-256");
    assert_int_equal(v.signatures[0].covers, one.len);
    assert_false(v.signatures[0].last);
    assert_str(v.signatures[1].signer.algorithm, "P-384");
    assert_str(v.signatures[1].signer.holder, "Sungkai Contoh, S.H.");
    assert_int_equal(v.signatures[1].covers, two.len);
    assert_true(v.signatures[1].last);
}

static void calls_an_unsigned_paper_unsigned(void **state)
{
    nk_desk *d = *state;
    nk_verification v = nk_test_verify(
        d, nk_test_sheet(d, &(nk_sheet){ .fields = 2, .pages = 2 }));

    assert_int_equal(v.verdict, NK_VERDICT_UNSIGNED);
    assert_int_equal(v.why, NK_M_NONE);
    assert_int_equal(v.n, 0);
    assert_int_equal(v.fields_n, 2);
}

static void judges_by_whom_it_trusts(void **state)
{
    static const struct {
        const char *key, *trust;
        nk_verdict verdict;
        const char *why;
    } rows[] = {
        { "p256", "ca.pem", NK_VERDICT_VALID, "" },
        { "p256", "issuing.pem", NK_VERDICT_VALID, "" },
        { "p256", "p256.pem", NK_VERDICT_INDETERMINATE, "SIGN_CERT_EXTRA" },
        { "nochain", "p256.pem", NK_VERDICT_VALID, "" },
        { "nochain", "issuing.pem", NK_VERDICT_VALID, "" },
        { "nochain", "ca.pem", NK_VERDICT_INDETERMINATE,
          "SIGN_UNKNOWN_SIGNER" },
        { "p256", NULL, NK_VERDICT_INDETERMINATE, "SIGN_UNKNOWN_SIGNER" },
        { "p256", "otherca.pem", NK_VERDICT_INDETERMINATE,
          "SIGN_UNKNOWN_SIGNER" },
        { "other", "ca.pem", NK_VERDICT_INDETERMINATE, "SIGN_UNKNOWN_SIGNER" },
        { "other", "otherca.pem", NK_VERDICT_VALID, "" },
        { "selfsigned", "ca.pem", NK_VERDICT_INDETERMINATE,
          "SIGN_UNKNOWN_SIGNER" },
        { "selfsigned", "selfsigned.pem", NK_VERDICT_VALID, "" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_verification v =
            verify_with(d, nk_test_signed(d, rows[i].key, 1), rows[i].trust);

        if (v.verdict != rows[i].verdict)
            fail_msg("row %zu: verdict %d", i, v.verdict);
        assert_int_equal(v.n, 1);
        assert_str(nk_msg_name(v.signatures[0].why), rows[i].why);
        assert_true(v.signatures[0].whole);
        assert_int_equal(v.signatures[0].trusted,
                         rows[i].verdict == NK_VERDICT_VALID);
        assert_int_equal(v.signatures[0].verdict, rows[i].verdict);
    }
}

static void judges_by_the_clock(void **state)
{
    static const struct {
        const char *now;
        nk_verdict verdict;
        const char *why, *arg;
    } rows[] = {
        { "2049-12-31T23:59:58Z", NK_VERDICT_VALID, "", "" },
        { "2049-12-31T23:59:59Z", NK_VERDICT_INDETERMINATE, "SIGN_CERT_EXPIRED",
          "1 Januari 2050" },
        { "2019-12-31T23:59:59Z", NK_VERDICT_INVALID, "SIGN_CERT_EARLY",
          "1 Januari 2020" },
    };
    nk_desk *d = *state;
    nk_str pdf = nk_test_signed(d, "p256", 1);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_verification v;

        assert_true(
            nk_moment_parse(nk_str_of(rows[i].now), NK_ZONE_WIB, &d->ctx.now));
        v = nk_test_verify(d, pdf);
        assert_int_equal(v.verdict, rows[i].verdict);
        assert_str(nk_msg_name(v.signatures[0].why), rows[i].why);
        assert_str(v.signatures[0].why_arg, rows[i].arg);
        assert_true(v.signatures[0].whole);
    }
}

/* The file is as good as its worst signature. */
static void concludes_from_the_worst(void **state)
{
    nk_desk *d = *state;
    nk_str known = nk_test_signed(d, "p256", 2);
    nk_str stranger = nk_test_signed(d, "other", 2);
    nk_verification v;

    v = nk_test_verify(d, nk_test_sign(d, "other", known));
    assert_int_equal(v.verdict, NK_VERDICT_INDETERMINATE);
    assert_int_equal(v.signatures[0].verdict, NK_VERDICT_VALID);
    assert_int_equal(v.signatures[1].verdict, NK_VERDICT_INDETERMINATE);
    v = nk_test_verify(d, nk_test_sign(d, "p384", stranger));
    assert_int_equal(v.verdict, NK_VERDICT_INDETERMINATE);
    assert_int_equal(v.signatures[0].verdict, NK_VERDICT_INDETERMINATE);
    assert_int_equal(v.signatures[1].verdict, NK_VERDICT_VALID);
    v = nk_test_verify(d, nk_test_swap(d, nk_test_sign(d, "p384", stranger),
                                       "0.8 g", "0.7 g"));
    assert_int_equal(v.verdict, NK_VERDICT_INVALID);
}

static void leaves_other_kinds_open(void **state)
{
    static const struct {
        const char *kind;
        nk_verdict verdict;
        const char *why;
    } rows[] = {
        { "/SubFilter/adbe.pkcs7.detached", NK_VERDICT_INDETERMINATE,
          "SIGN_KIND" },
        { "/SubFilter/ETSI.RFC3161       ", NK_VERDICT_INDETERMINATE,
          "SIGN_KIND" },
        { "/SubFilter/adbe.pkcs7.sha1    ", NK_VERDICT_INVALID,
          "SIGN_DAMAGED" },
        { "/SubFilter/ETSI.CAdES.detacheD", NK_VERDICT_INVALID,
          "SIGN_DAMAGED" },
        { "/SubFilter(ETSI.CAdES.detache)", NK_VERDICT_INVALID,
          "SIGN_DAMAGED" },
    };
    nk_desk *d = *state;
    nk_str pdf = nk_test_signed(d, "p256", 1);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_verification v = nk_test_verify(
            d, nk_test_swap(d, pdf, "/SubFilter/ETSI.CAdES.detached",
                            rows[i].kind));

        assert_int_equal(v.verdict, rows[i].verdict);
        assert_str(nk_msg_name(v.signatures[0].why), rows[i].why);
        assert_false(v.signatures[0].whole);
    }
}

/* A claimed time is shown as written, or not at all. */
static void reads_the_claimed_time(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_signed(d, "p256", 1);
    nk_verification v;

    v = nk_test_verify(
        d, nk_test_swap(d, pdf, "(D:20261123014500Z)", "(D:20271123014500Z)"));
    assert_int_equal(v.verdict, NK_VERDICT_INVALID);
    assert_int_equal(v.signatures[0].claimed,
                     NK_CLOCK + INT64_C(365) * 86400000);
    v = nk_test_verify(
        d, nk_test_swap(d, pdf, "(D:20261123014500Z)", "(D:20269923014500Z)"));
    assert_int_equal(v.signatures[0].claimed, 0);
    v = nk_test_verify(d, nk_test_swap(d, pdf, "/M(D:", "/m(D:"));
    assert_int_equal(v.signatures[0].claimed, 0);
}

static void fails_for_what_it_cannot_read(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 1 });
    nk_verification v = { .n = 77 };
    nk_buf deep;

    assert_fault(d,
                 nk_sign_verify(&d->ctx, &d->arena, NK_STR("surat"), NULL, &v),
                 NK_E_SYNTAX, "SIGN_NOT_PDF");
    assert_fault(d, nk_sign_verify(&d->ctx, &d->arena, NK_EMPTY, NULL, &v),
                 NK_E_SYNTAX, "SIGN_NOT_PDF");
    assert_fault(d,
                 nk_sign_verify(
                     &d->ctx, &d->arena,
                     nk_test_splice(d, pdf, nk_test_rfind(pdf, ">>\nstartxref"),
                                    0, NK_STR("/Encrypt 9 0 R")),
                     NULL, &v),
                 NK_E_SYNTAX, "SIGN_PDF_ENCRYPTED");
    nk_buf_init(&deep, &d->arena);
    nk_buf_lit(&deep, "%PDF-");
    nk_buf_fill(&deep, ' ', NK_MAX_PDF);
    assert_fault(
        d, nk_sign_verify(&d->ctx, &d->arena, nk_buf_str(&deep), NULL, &v),
        NK_E_LIMIT, "SIGN_PDF_LIMIT");
    assert_int_equal(v.n, 77); /* not touched by a failure */
}

/* Damage is an answer, not a failure. */
static void finds_damage(void **state)
{
    nk_desk *d = *state;
    nk_verification v = nk_test_verify(d, NK_STR("%PDF-1.7\nnothing else"));

    assert_int_equal(v.verdict, NK_VERDICT_INVALID);
    assert_str(nk_msg_name(v.why), "SIGN_PDF_DAMAGED");
    assert_str(v.why_arg, "%%EOF");
    assert_int_equal(v.size, 21);
    assert_int_equal(v.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(tells_all_it_knows),
        NK_DESK_TEST(tells_each_signer),
        NK_DESK_TEST(calls_an_unsigned_paper_unsigned),
        NK_DESK_TEST(judges_by_whom_it_trusts),
        NK_DESK_TEST(judges_by_the_clock),
        NK_DESK_TEST(concludes_from_the_worst),
        NK_DESK_TEST(leaves_other_kinds_open),
        NK_DESK_TEST(reads_the_claimed_time),
        NK_DESK_TEST(fails_for_what_it_cannot_read),
        NK_DESK_TEST(finds_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
