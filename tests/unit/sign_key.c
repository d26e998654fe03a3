/*
 * Keys from PKCS#12 files: good ones of every kind, and what is wrong with
 * each of the others.
 */
#include "../support/signing.h"

static void opens_every_accepted_kind(void **state)
{
    static const struct {
        const char *name, *algorithm, *holder;
    } rows[] = {
        { "rsa2048", "RSA-2048", "Dra. Cendana Contoh, M.Si." },
        { "rsa3072", "RSA-3072", "Sungkai Contoh, S.H." },
        { "rsa4096", "RSA-4096", "Dra. Cendana Contoh, M.Si." },
        { "p256", "P-256", "Dra. Cendana Contoh, M.Si." },
        { "p384", "P-384", "Sungkai Contoh, S.H." },
        { "legacy", "RSA-2048", "Dra. Cendana Contoh, M.Si." },
        { "more", "RSA-2048", "Dra. Cendana Contoh, M.Si." },
        { "nochain", "P-256", "Dra. Cendana Contoh, M.Si." },
        { "selfsigned", "P-256", "Meranti Contoh" },
    };
    nk_desk *d = *state;
    nk_key_info info;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_key *key = nk_test_key(d, rows[i].name);

        assert_ok(d, nk_key_describe(&d->ctx, &d->arena, key, &info));
        assert_str(info.algorithm, rows[i].algorithm);
        assert_str(info.holder, rows[i].holder);
        assert_int_equal(info.fingerprint.len, 64);
        assert_true(info.serial.len >= 4);
        assert_ok(d, nk_key_check(&d->ctx, key));
        nk_key_close(key);
    }
}

static void describes_its_certificate(void **state)
{
    nk_desk *d = *state;
    nk_key *key = nk_test_key(d, "rsa2048");
    nk_key_info info;
    int64_t from, to;

    assert_ok(d, nk_key_describe(&d->ctx, &d->arena, key, &info));
    nk_key_close(key);
    assert_str(info.issuer, "CA Penerbit Contoh");
    assert_true(
        nk_moment_parse(NK_STR("2020-01-01T00:00Z"), NK_ZONE_WIB, &from));
    assert_true(
        nk_moment_parse(NK_STR("2049-12-31T23:59:59Z"), NK_ZONE_WIB, &to));
    assert_int_equal(info.not_before, from);
    assert_int_equal(info.not_after, to);
}

static void takes_a_password_in_utf8(void **state)
{
    nk_desk *d = *state;
    nk_str password = nk_test_pki(d, "password-utf8.txt");
    nk_key *key = NULL;

    assert_ok(d, nk_key_open_p12(&d->ctx, nk_test_pki(d, "utf8.p12"),
                                 NK_STR("utf8.p12"), password, &key));
    nk_key_close(key);
}

static void says_when_the_password_is_wrong(void **state)
{
    static const char *const names[] = { "rsa2048", "legacy", "utf8" };
    static const char *const wrong[] = { "", "rahasia", "rahasia-uji " };
    nk_desk *d = *state;
    nk_key *key = NULL;
    size_t i, k;

    for (i = 0; i < NK_COUNT(names); i++)
        for (k = 0; k < NK_COUNT(wrong); k++) {
            assert_fault(d, nk_test_key_open(d, names[i], wrong[k], &key),
                         NK_E_DENIED, "SIGN_KEY_PASSWORD");
            assert_null(key);
        }
}

static void refuses_what_cannot_serve(void **state)
{
    static const struct {
        const char *name, *message;
    } rows[] = {
        { "rsa1024", "SIGN_WEAK" },       { "p521", "SIGN_WEAK" },
        { "sha1", "SIGN_WEAK" },          { "mismatch", "SIGN_KEY_OTHER_CERT" },
        { "nocert", "SIGN_KEY_NO_CERT" }, { "nokey", "SIGN_KEY_NONE" },
    };
    nk_desk *d = *state;
    nk_key *key = NULL;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_fault(d, nk_test_key_open(d, rows[i].name, "rahasia-uji", &key),
                     NK_E_CRYPTO, rows[i].message);
        assert_null(key);
    }
}

static void refuses_what_is_no_key_file(void **state)
{
    nk_desk *d = *state;
    nk_str good = nk_test_pki(d, "p256.p12");
    nk_key *key = NULL;
    size_t n;

    for (n = 0; n < good.len; n += 1 + good.len / 40)
        assert_fault(d,
                     nk_key_open_p12(&d->ctx, nk_str_head(good, n),
                                     NK_STR("potong.p12"),
                                     NK_STR("rahasia-uji"), &key),
                     NK_E_CRYPTO, "SIGN_KEY_FILE");
    assert_fault(d,
                 nk_key_open_p12(&d->ctx, nk_test_pki(d, "ca.pem"),
                                 NK_STR("ca.pem"), NK_STR("x"), &key),
                 NK_E_CRYPTO, "SIGN_KEY_FILE");
    assert_str(d->ctx.fault.place.file, "ca.pem");
    assert_null(key);
}

/* A damaged file must fail or give the very key; it must not crash. */
static void survives_damage(void **state)
{
    nk_desk *d = *state;
    nk_str good = nk_str_copy(&d->arena, nk_test_pki(d, "p256.p12"));
    size_t at, failed = 0;

    for (at = 0; at < good.len; at += 1 + good.len / 60) {
        nk_str bad = nk_test_splice(d, good, at, 1, NK_STR("\x5A"));
        nk_key *key = NULL;

        if (nk_key_open_p12(&d->ctx, bad, NK_STR("rusak.p12"),
                            NK_STR("rahasia-uji"), &key) < 0)
            failed++;
        nk_key_close(key);
    }
    assert_true(failed > 50);
}

static void may_sign_only_in_its_time(void **state)
{
    static const struct {
        const char *name, *now, *message; /* NULL: fine */
    } rows[] = {
        { "p256", "2019-12-31T23:59:59Z", "SIGN_CERT_EARLY" },
        { "p256", "2020-01-01T00:00:00Z", NULL },
        { "p256", "2049-12-31T23:59:58Z", NULL },
        { "p256", "2049-12-31T23:59:59Z", "SIGN_CERT_EXPIRED" },
        { "expired", "2021-12-31T00:00:00Z", NULL },
        { "expired", "2026-11-23T00:00:00Z", "SIGN_CERT_EXPIRED" },
        { "early", "2026-11-23T00:00:00Z", "SIGN_CERT_EARLY" },
        { "early", "2046-01-01T00:00:00Z", NULL },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_key *key = nk_test_key(d, rows[i].name);
        nk_err rc;

        assert_true(
            nk_moment_parse(nk_str_of(rows[i].now), NK_ZONE_WIB, &d->ctx.now));
        rc = nk_key_check(&d->ctx, key);
        nk_key_close(key);
        assert_int_equal(rc, rows[i].message ? NK_E_CRYPTO : NK_OK);
        if (rows[i].message)
            assert_str(nk_msg_name(d->ctx.fault.msg), rows[i].message);
    }
}

static void names_the_day_it_expired(void **state)
{
    nk_desk *d = *state;
    nk_key *key = nk_test_key(d, "expired");
    nk_err rc = nk_key_check(&d->ctx, key);
    nk_buf b;

    nk_key_close(key);
    assert_int_equal(rc, NK_E_CRYPTO);
    nk_buf_init(&b, &d->arena);
    nk_fault_put(&d->ctx, &b);
    assert_str(nk_buf_str(&b),
               "Masa berlaku sertifikat habis pada 1 Januari 2022.");
}

static void may_sign_only_what_it_is_for(void **state)
{
    static const char *const names[] = { "wrongeku", "wrongusage" };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(names); i++) {
        nk_key *key = nk_test_key(d, names[i]);
        nk_err rc = nk_key_check(&d->ctx, key);

        nk_key_close(key);
        assert_int_equal(rc, NK_E_CRYPTO);
        assert_str(nk_msg_name(d->ctx.fault.msg), "SIGN_CERT_USAGE");
        assert_str(d->ctx.fault.args.v[0], "Jati Contoh");
    }
}

static void opens_trust_of_one_and_many(void **state)
{
    nk_desk *d = *state;
    nk_trust *trust = nk_test_trust(d, "ca.pem");
    nk_buf both;

    nk_trust_close(trust);
    nk_buf_init(&both, &d->arena);
    nk_buf_puts(&both, nk_test_pki(d, "ca.pem"));
    nk_buf_lit(&both, "komentar di antara dua sertifikat\n");
    nk_buf_puts(&both, nk_test_pki(d, "otherca.pem"));
    assert_ok(d, nk_trust_open(&d->ctx, nk_buf_str(&both), NK_STR("dua.pem"),
                               &trust));
    nk_trust_close(trust);
    nk_trust_close(NULL);
    nk_key_close(NULL);
}

static void refuses_trust_without_certificates(void **state)
{
    nk_desk *d = *state;
    nk_str pem = nk_test_pki(d, "ca.pem");
    nk_trust *trust = NULL;
    nk_str rows[5];
    size_t i;

    rows[0] = NK_EMPTY;
    rows[1] = NK_STR("bukan sertifikat");
    rows[2] = nk_test_pki(d, "p256.key");
    rows[3] = nk_test_splice(d, pem, 200, 4, NK_STR("!!!!"));
    rows[4] = nk_str_head(pem, pem.len / 2);
    for (i = 0; i < NK_COUNT(rows); i++)
        assert_fault(
            d, nk_trust_open(&d->ctx, rows[i], NK_STR("salah.pem"), &trust),
            NK_E_SYNTAX, "SIGN_TRUST_FILE");
    assert_null(trust);
}

/* A CA speaks for the keys it issued, at a time when they hold. */
static void knows_where_a_key_comes_from(void **state)
{
    static const struct row {
        const char *key, *message; /* NULL: it does */
    } rows[] = {
        { "rsa2048", NULL },
        { "p384", NULL },
        { "legacy", NULL },
        { "other", "SIGN_KEY_NOT_OF_CA" },
        { "selfsigned", "SIGN_KEY_NOT_OF_CA" },
        { "nochain", "SIGN_KEY_NOT_OF_CA" },
        { "expired", "SIGN_CERT_EXPIRED" },
        { "early", "SIGN_CERT_EARLY" },
    };
    nk_desk *d = *state;
    nk_trust *trust = NULL;
    nk_key_info info;
    size_t i;

    d->ctx.now = INT64_C(1795398300000);
    assert_ok(d, nk_trust_open(&d->ctx, nk_test_pki(d, "ca.pem"),
                               NK_STR("ca.pem"), &trust));
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_key *key = nk_test_key(d, rows[i].key);

        assert_ok(d, nk_key_describe(&d->ctx, &d->arena, key, &info));
        assert_false(info.vouched);
        if (rows[i].message)
            assert_fault(d, nk_key_vouch(&d->ctx, key, trust), NK_E_CRYPTO,
                         rows[i].message);
        else
            assert_ok(d, nk_key_vouch(&d->ctx, key, trust));
        assert_ok(d, nk_key_describe(&d->ctx, &d->arena, key, &info));
        assert_int_equal(info.vouched, !rows[i].message);
        nk_key_close(key);
    }
    nk_trust_close(trust);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(opens_every_accepted_kind),
        NK_DESK_TEST(describes_its_certificate),
        NK_DESK_TEST(takes_a_password_in_utf8),
        NK_DESK_TEST(says_when_the_password_is_wrong),
        NK_DESK_TEST(refuses_what_cannot_serve),
        NK_DESK_TEST(refuses_what_is_no_key_file),
        NK_DESK_TEST(survives_damage),
        NK_DESK_TEST(may_sign_only_in_its_time),
        NK_DESK_TEST(names_the_day_it_expired),
        NK_DESK_TEST(may_sign_only_what_it_is_for),
        NK_DESK_TEST(opens_trust_of_one_and_many),
        NK_DESK_TEST(refuses_trust_without_certificates),
        NK_DESK_TEST(knows_where_a_key_comes_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
