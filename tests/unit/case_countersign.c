/*
 * Signing what is filed: the number stays, the paper before is kept, and only
 * who holds the post may sign for it.
 */
#include "../support/clerk.h"

/* A paper issued with its places to sign still empty. */
static nk_paper prepare(nk_clerk *k, nk_str template_name)
{
    nk_order order = { .template_name = template_name,
                       .signing = NK_SIGNING_ELECTRONIC };
    nk_paper paper;
    nk_made made;

    clerk_store(k, clerk_file(k, CLERK_RECORD));
    assert_ok(k, nk_issue(&k->ctx, &k->arena, k->press, k->ar, CLERK_CASE,
                          &order, NULL, &k->problems, &made, &paper));
    assert_int_equal(paper.state, NK_PAPER_PREPARED);
    return paper;
}

static nk_err sign(nk_clerk *k, int64_t id, const char *field,
                   const nk_key *key, bool dry, nk_paper *paper)
{
    nk_str pdf;

    return nk_countersign(&k->ctx, &k->arena, k->press, k->ar, id,
                          nk_str_of(field), key, dry, &k->problems, paper,
                          &pdf);
}

static nk_verification verify(nk_clerk *k, int64_t id)
{
    nk_verification v;
    nk_trust *trust;
    nk_str pdf;

    assert_ok(k, nk_trust_open(&k->ctx, clerk_file(k, "build/pki/ca.pem"),
                               NK_STR("ca.pem"), &trust));
    assert_ok(k,
              nk_archive_paper_get(&k->ctx, &k->arena, k->ar, id, NULL, &pdf));
    assert_ok(k, nk_sign_verify(&k->ctx, &k->arena, pdf, trust, &v));
    nk_trust_close(trust);
    return v;
}

static void a_prepared_letter_is_signed(void **state)
{
    nk_clerk *k = *state;
    nk_paper before = prepare(k, CLERK_LETTER), after, kept;
    nk_str first, second;

    assert_ok(k, sign(k, before.id, "", k->key, false, &after));
    assert_int_equal(after.replaces, before.id);
    assert_int_equal(after.state, NK_PAPER_SIGNED);
    assert_str(after.number, "400.2.3/1/5.6.04/2026");
    assert_ok(k, nk_archive_paper_get(&k->ctx, &k->arena, k->ar, before.id,
                                      &kept, &first));
    assert_ok(k, nk_archive_paper_get(&k->ctx, &k->arena, k->ar, after.id, NULL,
                                      &second));
    assert_int_equal(kept.state, NK_PAPER_PREPARED);
    assert_true(nk_str_starts(second, first));
    assert_int_equal(verify(k, after.id).verdict, NK_VERDICT_VALID);
    assert_int_equal(verify(k, before.id).verdict, NK_VERDICT_UNSIGNED);
    clerk_verify(k);
}

/* The number of a paper signed twice is not one that is taken twice. */
static void the_next_letter_takes_the_next_number(void **state)
{
    nk_clerk *k = *state;
    nk_order order = { .template_name = CLERK_LETTER };
    nk_paper paper = prepare(k, CLERK_LETTER);
    nk_made made;

    assert_ok(k, sign(k, paper.id, "", k->key, false, &paper));
    assert_ok(k, nk_issue(&k->ctx, &k->arena, k->press, k->ar, CLERK_CASE,
                          &order, NULL, &k->problems, &made, &paper));
    assert_str(paper.number, "400.2.3/2/5.6.04/2026");
    clerk_verify(k);
}

static void a_rehearsal_files_nothing(void **state)
{
    nk_clerk *k = *state;
    nk_paper before = prepare(k, CLERK_LETTER), after;
    size_t n;

    assert_ok(k, sign(k, before.id, "", k->key, true, &after));
    clerk_papers(k, CLERK_CASE, &n);
    assert_int_equal(n, 1);
    assert_ok(k, sign(k, before.id, "", k->key, false, &after));
    clerk_papers(k, CLERK_CASE, &n);
    assert_int_equal(n, 2);
}

static void who_may_not_sign(void **state)
{
    nk_clerk *k = *state;
    nk_paper before = prepare(k, CLERK_LETTER), after;
    nk_key *deputy = clerk_key(k, "p384"), *old = clerk_key(k, "expired");
    size_t n;

    assert_fails(k, sign(k, before.id, "", deputy, false, &after), NK_E_DENIED,
                 "NOT_THE_HOLDER");
    assert_fails(k, sign(k, before.id, "", old, false, &after), NK_E_CRYPTO,
                 "SIGN_CERT_EXPIRED");
    assert_fails(k, sign(k, before.id, "saksi", k->key, false, &after),
                 NK_E_NOTFOUND, "NO_PLACE_NAMED");
    assert_fails(k, sign(k, 77, "", k->key, false, &after), NK_E_NOTFOUND,
                 "PAPER_UNKNOWN");
    clerk_papers(k, CLERK_CASE, &n);
    assert_int_equal(n, 1);
    assert_ok(k, sign(k, before.id, "", k->key, false, &after));
    assert_fails(k, sign(k, after.id, "", k->key, false, &after), NK_E_NOTFOUND,
                 "NO_PLACE_TO_SIGN");
    nk_key_close(deputy);
    nk_key_close(old);
    clerk_verify(k);
}

/* Two posts of the office: each signs in its own place, with its own
   certificate, and what the first has signed stays valid. */
static void two_sign_one_paper(void **state)
{
    static const char two_places[] =
        "<template xmlns=\"urn:naskah:template:1\" id=\"berdua\" version=\"1\""
        " lang=\"id\" family=\"korespondensi\" to=\"client\""
        " register=\"surat-keluar\" class=\"400.2.3\"><title>Berdua</title>"
        "<p>Isi.</p>"
        "<signer post=\"head-of-office\">"
        "<sign width=\"22mm\" height=\"22mm\"/></signer>"
        "<signer post=\"division-head\">"
        "<sign width=\"22mm\" height=\"22mm\"/></signer>"
        "</template>";
    nk_clerk *k = *state;
    nk_str file = clerk_path(k, "berdua.xml");
    nk_key *deputy = clerk_key(k, "p384");
    nk_paper paper, next;

    assert_ok(k, nk_file_write(&k->ctx, file, nk_str_of(two_places), false));
    paper = prepare(k, file);
    assert_int_equal(verify(k, paper.id).fields_n, 2);
    /* Each may sign for the own post only. */
    assert_fails(k, sign(k, paper.id, "head-of-office", deputy, false, &next),
                 NK_E_DENIED, "NOT_THE_HOLDER");
    assert_fails(k, sign(k, paper.id, "division-head", k->key, false, &next),
                 NK_E_DENIED, "NOT_THE_HOLDER");
    assert_ok(k, sign(k, paper.id, "division-head", deputy, false, &paper));
    assert_ok(k, sign(k, paper.id, "", k->key, false, &next));
    assert_int_equal(next.replaces, paper.id);
    assert_str(next.number, "400.2.3/1/5.6.04/2026");
    assert_int_equal(verify(k, next.id).n, 2);
    assert_int_equal(verify(k, next.id).verdict, NK_VERDICT_VALID);
    nk_key_close(deputy);
    clerk_verify(k);
}

/* What is replaced is not signed again: the papers of a case are one row. */
static void a_paper_that_is_replaced(void **state)
{
    nk_clerk *k = *state;
    nk_paper before = prepare(k, CLERK_LETTER), after;

    assert_ok(k, sign(k, before.id, "", k->key, false, &after));
    assert_int_equal(sign(k, before.id, "", k->key, false, &after),
                     NK_E_CONFLICT);
    assert_true(clerk_has(k->ctx.fault.args.v[1], "2"));
    clerk_verify(k);
}

/* A press whose office is the one of this tree with other words in it. */
static nk_press *press_with(nk_clerk *k, const char *what, const char *with)
{
    static const char office[] = "templates/offices/tanjungpinang/office.xml";
    char command[3 * NK_TEMP_SIZE];
    nk_press_paths paths = clerk_paths;
    nk_press *d;

    snprintf(command, sizeof(command), "cp -r schemas templates %s", k->dir);
    assert_int_equal(system(command), 0);
    assert_ok(k, nk_file_write(&k->ctx, clerk_path(k, office),
                               clerk_swap(k, clerk_file(k, office), what, with),
                               false));
    paths.data = nk_str_of(k->dir);
    assert_ok(k, nk_press_open(&k->ctx, &paths, &d));
    return d;
}

static nk_err sign_at(nk_clerk *k, nk_press *d, int64_t id, const nk_key *key)
{
    nk_paper paper;
    nk_str pdf;

    return nk_countersign(&k->ctx, &k->arena, d, k->ar, id, NK_EMPTY, key,
                          false, &k->problems, &paper, &pdf);
}

/* Between the paper's day and that of signing the head went: neither the one
   named there nor anybody else may sign in that place. */
static void who_may_not_sign_any_longer(void **state)
{
    static const char *const ends[] = { "2026-11-23", "2026-11-01" };
    nk_clerk *k = *state;
    nk_paper before = prepare(k, CLERK_LETTER);
    nk_key *deputy = clerk_key(k, "p384"), *other = clerk_key(k, "other");
    size_t i, n;

    k->ctx.now += INT64_C(86400000);
    for (i = 0; i < NK_COUNT(ends); i++) {
        char with[100];
        nk_press *d;

        snprintf(with, sizeof(with),
                 "id=\"cendana\" post=\"head-of-office\" until=\"%s\">",
                 ends[i]);
        d = press_with(k, "id=\"cendana\" post=\"head-of-office\">", with);
        assert_true(sign_at(k, d, before.id, k->key) < 0);
        assert_true(sign_at(k, d, before.id, deputy) < 0);
        assert_true(sign_at(k, d, before.id, other) < 0);
        nk_press_close(d);
    }
    clerk_papers(k, CLERK_CASE, &n);
    assert_int_equal(n, 1);
    nk_key_close(deputy);
    nk_key_close(other);
}

/* What says whose key it is: a CA, the profile, or but the name in it. */
static void who_speaks_for_a_key(void **state)
{
    nk_clerk *k = *state;
    nk_paper before = prepare(k, CLERK_LETTER), after;
    nk_trust *trust;
    nk_key_info info;
    nk_press *d;
    nk_buf with;

    clerk_forget(k);
    assert_ok(k, sign(k, before.id, "", k->key, true, &after));
    assert_said(&k->problems, "0:0 KEY_UNCHECKED\n");
    assert_ok(k, nk_key_describe(&k->ctx, &k->arena, k->key, &info));
    nk_buf_init(&with, &k->arena);
    nk_buf_lit(&with, "<certificate>");
    nk_buf_puts(&with, info.fingerprint);
    nk_buf_lit(&with, "</certificate></person><person id=\"sungkai\"");
    nk_buf_putc(&with, '\0');
    d = press_with(k, "</person>\n  <person id=\"sungkai\"", with.ptr);
    clerk_forget(k);
    assert_ok(k, sign_at(k, d, before.id, k->key));
    assert_said(&k->problems, "");
    nk_press_close(d);
    /* Another certificate of the same name is not that one. */
    before = prepare(k, CLERK_LETTER);
    with.ptr[13] = with.ptr[13] == '0' ? '1' : '0';
    d = press_with(k, "</person>\n  <person id=\"sungkai\"", with.ptr);
    assert_fails(k, sign_at(k, d, before.id, k->key), NK_E_DENIED,
                 "NOT_THE_HOLDER");
    nk_press_close(d);
    assert_ok(k, nk_trust_open(&k->ctx, clerk_file(k, "build/pki/ca.pem"),
                               NK_STR("ca.pem"), &trust));
    assert_ok(k, nk_key_vouch(&k->ctx, k->key, trust));
    nk_trust_close(trust);
    clerk_forget(k);
    assert_ok(k, sign(k, before.id, "", k->key, true, &after));
    assert_said(&k->problems, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(a_prepared_letter_is_signed),
        CLERK_TEST(the_next_letter_takes_the_next_number),
        CLERK_TEST(a_rehearsal_files_nothing),
        CLERK_TEST(who_may_not_sign),
        CLERK_TEST(two_sign_one_paper),
        CLERK_TEST(a_paper_that_is_replaced),
        CLERK_TEST(who_may_not_sign_any_longer),
        CLERK_TEST(who_speaks_for_a_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
