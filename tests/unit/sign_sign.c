/*
 * Signing: what is appended to a paper, and which papers are refused. What
 * other programs think of the result is sign_tools.c's matter.
 */
#include <pthread.h>

#include "../support/signing.h"

static const char *const all_keys[] = { "rsa2048", "rsa3072", "rsa4096", "p256",
                                        "p384" };

static void assert_valid(nk_desk *d, nk_str pdf, size_t n)
{
    nk_verification v = nk_test_verify(d, pdf);
    size_t i;

    assert_str(nk_msg_name(v.why), "");
    assert_int_equal(v.n, n);
    assert_int_equal(v.size, pdf.len);
    for (i = 0; i < v.n; i++) {
        assert_str(nk_msg_name(v.signatures[i].why), "");
        assert_true(v.signatures[i].whole && v.signatures[i].trusted);
        assert_int_equal(v.signatures[i].revision, i + 2);
        assert_int_equal(v.signatures[i].last, i + 1 == n);
    }
    assert_int_equal(v.verdict, NK_VERDICT_VALID);
}

static void signs_with_every_kind_of_key(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 1 });
    size_t i;

    for (i = 0; i < NK_COUNT(all_keys); i++) {
        nk_str out = nk_test_sign(d, all_keys[i], pdf);

        assert_valid(d, out, 1);
        assert_true(nk_str_starts(out, pdf));
    }
}

static void signs_papers_of_every_shape(void **state)
{
    nk_desk *d = *state;
    unsigned annots, form, rest;

    for (annots = NK_SHEET_NONE; annots <= NK_SHEET_INDIRECT; annots++)
        for (form = NK_SHEET_NONE; form <= NK_SHEET_INDIRECT; form++)
            for (rest = 0; rest < 4; rest++) {
                nk_sheet sheet = { .pages = 1 + rest,
                                   .fields = 3,
                                   .annots = (nk_sheet_list)annots,
                                   .form = (nk_sheet_list)form,
                                   .tabs = rest % 2,
                                   .no_newline = rest > 1 };
                nk_str pdf = nk_test_sheet(d, &sheet), out;

                out = nk_test_sign(d, "p256", pdf);
                assert_true(nk_str_starts(out, pdf));
                out = nk_test_sign(d, "p384", out);
                out = nk_test_sign(d, "rsa2048", out);
                assert_valid(d, out, 3);
            }
}

static void leaves_each_signed_revision_as_a_prefix(void **state)
{
    nk_desk *d = *state;
    nk_str step[4];
    size_t i;

    step[0] = nk_test_sheet(d, &(nk_sheet){ .fields = 3 });
    for (i = 1; i < 4; i++) {
        step[i] = nk_test_sign(d, all_keys[i], step[i - 1]);
        assert_true(nk_str_starts(step[i], step[i - 1]));
        assert_valid(d, step[i], i);
    }
}

static void fills_the_field_that_is_asked_for(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 3 });
    nk_verification v;

    pdf = nk_test_sign_as(d, "p256", pdf,
                          &(nk_sign_request){ .field = NK_STR("saksi-2") });
    pdf = nk_test_sign_as(d, "p384", pdf,
                          &(nk_sign_request){ .rehearse = false });
    v = nk_test_verify(d, pdf);
    assert_int_equal(v.verdict, NK_VERDICT_VALID);
    assert_str(v.signatures[0].field, "saksi-2");
    assert_str(v.signatures[0].label, "Saksi 2");
    assert_str(v.signatures[1].field, "kepala");
    assert_str(v.signatures[1].label, "Kepala");
    assert_int_equal(v.fields_n, 3);
    assert_true(v.fields[0].is_signed);
    assert_false(v.fields[1].is_signed);
}

/* Rewriting touches what it must and keeps the rest to the byte. */
static void rewrites_no_more_than_needed(void **state)
{
    nk_desk *d = *state;
    nk_sheet sheet = { .fields = 2, .annots = NK_SHEET_DIRECT, .tabs = true };
    nk_str pdf = nk_test_sheet(d, &sheet);
    nk_str one = nk_test_sign(d, "p256", pdf);
    nk_str two = nk_test_sign(d, "p256", one);
    nk_str first = nk_str_skip(one, pdf.len), second;

    assert_true(nk_str_search(first, NK_STR("/Type /Page\n/MediaBox [ 0 0 "
                                            "595.276 841.89 ]\n/Resources "
                                            "<<\n>>\n")) < first.len);
    assert_true(nk_str_search(first, NK_STR("/Annots [ 15 0 R  19 0 R 20 0 R]"
                                            "\n>>")) < first.len);
    assert_int_equal(nk_str_search(first, NK_STR("/Tabs/S")), first.len);
    assert_true(nk_str_search(first, NK_STR("/DisplayDocTitle true\n>>\n"
                                            "/PieceInfo <</naskah ")) <
                first.len);
    assert_int_equal(nk_str_search(first, NK_STR("/ParentTree")), first.len);
    second = nk_str_skip(two, one.len);
    assert_int_equal(nk_str_search(second, NK_STR("/Catalog")), second.len);
    assert_int_equal(nk_str_search(second, NK_STR("/Page\n")), second.len);
    assert_int_equal(nk_str_search(second, NK_STR("StructElem")), second.len);
    assert_true(nk_str_search(second, NK_STR("/T(saksi-1)")) < second.len);
    assert_int_equal(nk_str_search(second, NK_STR("/T(kepala)")), second.len);
}

static void writes_the_signature_dictionary(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sign_as(
        d, "p256", nk_test_sheet(d, &(nk_sheet){ .fields = 1 }),
        &(nk_sign_request){ .reason = NK_STR("Menyetujui (asli)"),
                            .location = NK_STR("Añasco") });
    nk_str dict = nk_str_skip(pdf, nk_test_rfind(pdf, "<</Type/Sig/"));

    assert_true(nk_str_starts(
        dict, NK_STR("<</Type/Sig/Filter/Adobe.PPKLite"
                     "/SubFilter/ETSI.CAdES.detached/M(D:20261123014500Z)"
                     "/Reason(Menyetujui \\(asli\\))"
                     "/Location<feff004100f1006100730063006f>/ByteRange[0 ")));
}

static void draws_nothing_without_a_look(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    nk_str out = nk_test_sign_as(d, "p256", pdf,
                                 &(nk_sign_request){ .rehearse = false });
    nk_str update = nk_str_skip(out, pdf.len);

    assert_int_equal(nk_test_rfind(update, "/Subtype/Form"),
                     nk_str_search(update, NK_STR("/Subtype/Form")));
    assert_int_equal(nk_str_search(update, NK_STR("/Reason")), update.len);
    assert_int_equal(nk_str_search(update, NK_STR("/Location")), update.len);
    assert_valid(d, out, 1);
    out = nk_test_sign_as(d, "p384", out,
                          &(nk_sign_request){ .rehearse = false });
    assert_valid(d, out, 2);
}

static void repeats_itself_to_the_byte(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    nk_str a = nk_test_sign(d, "rsa2048", pdf);
    nk_str b = nk_test_sign(d, "rsa2048", pdf);

    assert_true(nk_str_eq(a, b));
    assert_true(nk_str_eq(nk_test_sign(d, "rsa3072", a),
                          nk_test_sign(d, "rsa3072", b)));
}

/* What one thread works with: its own ctx and arena, the common key. */
struct worker {
    nk_ctx ctx;
    nk_arena arena;
    const nk_key *key;
    nk_str pdf, want;
    size_t same;
};

#define ROUNDS 50u

static void *work(void *data)
{
    const nk_sign_request request = { .reason = NK_STR("Menyetujui") };
    struct worker *w = data;
    nk_str out;
    size_t i;

    for (i = 0; i < ROUNDS; i++) {
        nk_arena_reset(&w->arena);
        if (nk_sign_pdf(&w->ctx, &w->arena, w->key, w->pdf, &request, &out) ==
            NK_OK)
            w->same += nk_str_eq(out, w->want);
    }
    return NULL;
}

static void signs_in_threads_with_one_key(void **state)
{
    nk_desk *d = *state;
    nk_key *key = nk_test_key(d, "rsa2048");
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    nk_str want =
        nk_test_sign_as(d, "rsa2048", pdf,
                        &(nk_sign_request){ .reason = NK_STR("Menyetujui") });
    struct worker workers[3];
    pthread_t threads[3];
    size_t i;

    for (i = 0; i < NK_COUNT(workers); i++) {
        workers[i] = (struct worker){ .key = key, .pdf = pdf, .want = want };
        nk_ctx_init(&workers[i].ctx);
        nk_arena_init(&workers[i].arena);
        workers[i].ctx.now = NK_CLOCK;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]),
                         0);
    }
    for (i = 0; i < NK_COUNT(workers); i++) {
        pthread_join(threads[i], NULL);
        nk_arena_release(&workers[i].arena);
        assert_int_equal(workers[i].same, ROUNDS);
    }
    nk_key_close(key);
}

static void rehearses_in_the_same_shape(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    size_t i;

    for (i = 0; i < NK_COUNT(all_keys); i++) {
        nk_sign_request request = { .draw = nk_test_draw };
        nk_str real = nk_test_sign_as(d, all_keys[i], pdf, &request), shape;
        nk_verification v;
        size_t from, to;

        request.rehearse = true;
        shape = nk_test_sign_as(d, all_keys[i], pdf, &request);
        nk_test_gap(real, &from, &to);
        assert_int_equal(shape.len, real.len);
        assert_memory_equal(shape.ptr, real.ptr, from);
        assert_memory_equal(shape.ptr + to, real.ptr + to, real.len - to);
        v = nk_test_verify(d, shape);
        assert_int_equal(v.verdict, NK_VERDICT_INVALID);
        assert_str(nk_msg_name(v.signatures[0].why), "SIGN_VALUE");
        assert_false(v.signatures[0].whole);
    }
}

/* Room for the container: what it takes, and what ECDSA may need more. */
static void reserves_no_more_than_needed(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 1 });
    size_t i, k, from, to;

    for (i = 0; i < NK_COUNT(all_keys); i++) {
        size_t least = 9999;

        for (k = 0; k < 20; k++) {
            nk_str out = nk_test_sign(d, all_keys[i], pdf);
            size_t zeros = 0;

            nk_test_gap(out, &from, &to);
            while (out.ptr[to - 2 - zeros] == '0')
                zeros++;
            least = zeros < least ? zeros : least;
        }
        assert_true(least <= 3);
        assert_true(to - from < 6500);
    }
}

/* Values of every length fit: some are shorter than the ready moulds. */
static void signs_with_ecdsa_of_any_length(void **state)
{
    nk_desk *d = *state;
    nk_key *key = nk_test_key(d, "p256");
    nk_trust *trust = nk_test_trust(d, "ca.pem");
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 1 });
    const nk_sign_request request = { .rehearse = false };
    size_t shorter = 0, i, from, to;
    nk_arena a;

    nk_arena_init(&a);
    for (i = 0; shorter < 3 && i < 4000; i++) {
        nk_verification v;
        nk_str out;
        size_t zeros = 0;

        nk_arena_reset(&a);
        assert_ok(d, nk_sign_pdf(&d->ctx, &a, key, pdf, &request, &out));
        nk_test_gap(out, &from, &to);
        while (out.ptr[to - 2 - zeros] == '0')
            zeros++;
        if (zeros < 6)
            continue;
        shorter++;
        assert_ok(d, nk_sign_verify(&d->ctx, &a, out, trust, &v));
        assert_int_equal(v.verdict, NK_VERDICT_VALID);
    }
    nk_arena_release(&a);
    nk_trust_close(trust);
    nk_key_close(key);
    assert_int_equal(shorter, 3);
}

static void embeds_only_the_chain(void **state)
{
    static const struct {
        const char *name, *same_as;
    } rows[] = {
        { "more", "rsa2048" },   /* root, itself and strangers in the file */
        { "legacy", "rsa2048" }, /* old encryption */
    };
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 1 });
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        assert_true(nk_str_eq(nk_test_sign(d, rows[i].name, pdf),
                              nk_test_sign(d, rows[i].same_as, pdf)));
}

static nk_err try_sign(nk_desk *d, const char *key_name, nk_str pdf,
                       const char *field)
{
    nk_sign_request request = { .field = nk_str_of(field) };
    nk_key *key = nk_test_key(d, key_name);
    nk_str out = NK_EMPTY;
    nk_err rc = nk_sign_pdf(&d->ctx, &d->arena, key, pdf, &request, &out);

    nk_key_close(key);
    assert_null(out.ptr);
    return rc;
}

static void refuses_keys_that_may_not_sign(void **state)
{
    static const struct {
        const char *name, *message;
    } rows[] = {
        { "expired", "SIGN_CERT_EXPIRED" },
        { "early", "SIGN_CERT_EARLY" },
        { "wrongeku", "SIGN_CERT_USAGE" },
        { "wrongusage", "SIGN_CERT_USAGE" },
    };
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 1 });
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        assert_fault(d, try_sign(d, rows[i].name, pdf, ""), NK_E_CRYPTO,
                     rows[i].message);
}

static void refuses_fields_that_are_not_free(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    nk_str one = nk_test_sign(d, "p256", pdf);
    nk_str two = nk_test_sign(d, "p384", one);

    assert_fault(d, try_sign(d, "p256", pdf, "bupati"), NK_E_NOTFOUND,
                 "NO_PLACE_NAMED");
    assert_fault(d, try_sign(d, "p256", one, "kepala"), NK_E_CONFLICT,
                 "SIGN_FIELD_TAKEN");
    assert_fault(d, try_sign(d, "p256", two, ""), NK_E_NOTFOUND,
                 "NO_PLACE_TO_SIGN");
    assert_fault(
        d,
        try_sign(d, "p256", nk_test_sheet(d, &(nk_sheet){ .fields = 0 }), ""),
        NK_E_NOTFOUND, "NO_PLACE_TO_SIGN");
}

static void refuses_papers_that_are_not_whole(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    nk_str one = nk_test_sign(d, "p256", pdf);
    size_t end = nk_test_rfind(pdf, ">>\nstartxref");

    assert_fault(d,
                 try_sign(d, "p256",
                          nk_test_sheet(d, &(nk_sheet){ .foreign = true }), ""),
                 NK_E_INVALID, "SIGN_FOREIGN");
    assert_fault(
        d,
        try_sign(d, "p256",
                 nk_test_splice(d, pdf, end, 0, NK_STR("/Encrypt 9 0 R")), ""),
        NK_E_SYNTAX, "SIGN_PDF_ENCRYPTED");
    assert_fault(d, try_sign(d, "p256", NK_STR("surat"), ""), NK_E_SYNTAX,
                 "SIGN_NOT_PDF");
    assert_fault(d,
                 try_sign(d, "p256",
                          nk_test_splice(d, pdf, pdf.len, 0, NK_STR("ekor")),
                          ""),
                 NK_E_INVALID, "SIGN_PDF_TRAILING");
    assert_fault(d, try_sign(d, "p256", nk_str_head(one, one.len - 4), ""),
                 NK_E_INVALID, "SIGN_PDF_TRAILING");
    assert_fault(
        d, try_sign(d, "p256", nk_test_swap(d, one, "0.8 g", "0.9 g"), ""),
        NK_E_TAMPERED, "SIGN_EARLIER_BROKEN");
    assert_str(d->ctx.fault.args.v[0],
               "Isi surat berubah setelah ditandatangani.");
}

static void refuses_papers_changed_before_signing(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_sheet(d, &(nk_sheet){ .fields = 1 }), out;
    char update[512];
    uint64_t prev;

    assert_true(
        nk_str_uint(nk_str_trim(nk_str_head(
                        nk_str_skip(pdf, nk_test_rfind(pdf, "startxref") + 9),
                        pdf.len - nk_test_rfind(pdf, "startxref") - 9 - 7)),
                    pdf.len, &prev));
    snprintf(update, sizeof(update),
             "3 0 obj\n<</Title(Lain)>>\nendobj\nxref\n3 1\n%010zu 00000 n \n"
             "trailer\n<</Size 40/Root 1 0 R/Prev %zu>>\nstartxref\n%zu\n"
             "%%%%EOF\n",
             pdf.len, (size_t)prev, pdf.len + 32);
    out = nk_test_splice(d, pdf, pdf.len, 0, nk_str_of(update));
    assert_fault(d, try_sign(d, "p256", out, ""), NK_E_INVALID,
                 "SIGN_PAPER_CHANGED");
}

static void refuses_plans_that_lead_astray(void **state)
{
    static const struct {
        const char *what, *with;
    } rows[] = {
        { "/Page 12 0 R/Rect[132", "/Page 11 0 R/Rect[132" }, /* none */
        { "/Page 12 0 R/Rect[132", "/Page 13 0 R/Rect[132" }, /* a stream */
        { "/Page 12 0 R/Rect[132", "/Page  2 0 R/Rect[132" }, /* the tree */
        { "/Elem 18 0 R/Key 3", "/Elem 17 0 R/Key 3" },       /* one for two */
        { "/Elem 18 0 R/Key 3", "/Elem  7 0 R/Key 3" },       /* has kids */
        { "/Elem 18 0 R/Key 3", "/Elem 99 0 R/Key 3" },
        { "/ID [", "/IE [" },
        { "/ID [<", "/ID <<" },
        { "/Size ", "/Sise " },
        { "/Size ", "/Size-" },
    };
    nk_desk *d = *state;
    nk_str good = nk_test_sheet(d, &(nk_sheet){ .fields = 2 });
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        if (try_sign(d, "p256",
                     nk_test_swap(d, good, rows[i].what, rows[i].with),
                     "") != NK_E_INVALID)
            fail_msg("signed: %s", rows[i].with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(signs_with_every_kind_of_key),
        NK_DESK_TEST(signs_papers_of_every_shape),
        NK_DESK_TEST(leaves_each_signed_revision_as_a_prefix),
        NK_DESK_TEST(fills_the_field_that_is_asked_for),
        NK_DESK_TEST(rewrites_no_more_than_needed),
        NK_DESK_TEST(writes_the_signature_dictionary),
        NK_DESK_TEST(draws_nothing_without_a_look),
        NK_DESK_TEST(repeats_itself_to_the_byte),
        NK_DESK_TEST(signs_in_threads_with_one_key),
        NK_DESK_TEST(rehearses_in_the_same_shape),
        NK_DESK_TEST(reserves_no_more_than_needed),
        NK_DESK_TEST(signs_with_ecdsa_of_any_length),
        NK_DESK_TEST(embeds_only_the_chain),
        NK_DESK_TEST(refuses_keys_that_may_not_sign),
        NK_DESK_TEST(refuses_fields_that_are_not_free),
        NK_DESK_TEST(refuses_papers_that_are_not_whole),
        NK_DESK_TEST(refuses_papers_changed_before_signing),
        NK_DESK_TEST(refuses_plans_that_lead_astray),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
