/*
 * The container of a signature as bytes: the shape it must have, and what is
 * refused of containers made or mended by others.
 */
#include "../support/signing.h"

#include <openssl/pem.h>

#include "sign/sign_int.h"

/* The DER of the last container in a file, without its padding. */
static nk_str container_of(nk_desk *d, nk_str pdf)
{
    const unsigned char *p;
    CMS_ContentInfo *ci;
    size_t from, to, i;
    char *bytes;

    nk_test_gap(pdf, &from, &to);
    bytes = nk_alloc(&d->arena, (to - from) / 2);
    assert_non_null(bytes);
    for (i = from + 1; i < to - 1; i++)
        bytes[(i - from - 1) / 2] = (char)(bytes[(i - from - 1) / 2] * 16 +
                                           nk_cos_hex_digit(pdf.ptr[i]));
    p = (unsigned char *)bytes;
    ci = d2i_CMS_ContentInfo(NULL, &p, (long)((to - from) / 2 - 1));
    assert_non_null(ci);
    CMS_ContentInfo_free(ci);
    return (nk_str){ bytes, (size_t)((const char *)p - bytes) };
}

/* A file whose container has these bytes and is padded with zeros. */
static nk_str with_container(nk_desk *d, nk_str pdf, nk_str der)
{
    size_t from, to;
    nk_buf hex;

    nk_test_gap(pdf, &from, &to);
    assert_true(2 * der.len <= to - from - 2);
    nk_buf_init(&hex, &d->arena);
    nk_buf_hex(&hex, der.ptr, der.len);
    nk_buf_fill(&hex, '0', to - from - 2 - hex.len);
    return nk_test_splice(d, pdf, from + 1, hex.len, nk_buf_str(&hex));
}

static void has_exactly_the_parts_of_pades(void **state)
{
    static const char *const keys[] = { "rsa2048", "p256", "p384" };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(keys); i++) {
        nk_str der = container_of(d, nk_test_signed(d, keys[i], 1));
        const unsigned char *p = (const unsigned char *)der.ptr;
        CMS_ContentInfo *ci = d2i_CMS_ContentInfo(NULL, &p, (long)der.len);
        CMS_SignerInfo *si =
            sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(ci), 0);
        STACK_OF(X509) *certs = CMS_get1_certs(ci);
        nk_sign_parts parts;

        assert_true(nk_sign__cms_parts(der, &parts));
        assert_int_equal(parts.unsigned_attrs.len, 0);
        assert_int_equal(CMS_signed_get_attr_count(si), 3);
        assert_true(CMS_signed_get_attr_by_NID(si, NID_pkcs9_contentType, -1) >=
                    0);
        assert_true(
            CMS_signed_get_attr_by_NID(si, NID_pkcs9_messageDigest, -1) >= 0);
        assert_true(CMS_signed_get_attr_by_NID(
                        si, NID_id_smime_aa_signingCertificateV2, -1) >= 0);
        assert_int_equal(
            CMS_signed_get_attr_by_NID(si, NID_pkcs9_signingTime, -1), -1);
        assert_int_equal(sk_X509_num(certs), 2);
        sk_X509_pop_free(certs, X509_free);
        CMS_ContentInfo_free(ci);
    }
}

/* DER: what OpenSSL writes of it again is the same. */
static void is_der(void **state)
{
    static const char *const keys[] = { "rsa2048", "p256", "p384" };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(keys); i++) {
        nk_str der = container_of(d, nk_test_signed(d, keys[i], 1));
        const unsigned char *p = (const unsigned char *)der.ptr;
        CMS_ContentInfo *ci = d2i_CMS_ContentInfo(NULL, &p, (long)der.len);
        unsigned char *again = NULL;
        int n = i2d_CMS_ContentInfo(ci, &again);

        assert_int_equal(n, der.len);
        assert_memory_equal(again, der.ptr, der.len);
        OPENSSL_free(again);
        CMS_ContentInfo_free(ci);
    }
}

/* Offset in `der` of the first `what`. */
static size_t at(nk_str der, nk_str what)
{
    size_t n = nk_str_search(der, what);

    assert_true(n < der.len);
    return n;
}

static void takes_only_one_shape_apart(void **state)
{
    nk_desk *d = *state;
    nk_str der = container_of(d, nk_test_signed(d, "rsa2048", 1));
    const nk_str version = NK_STR("\x02\x01\x01");
    struct {
        size_t at, len;
        nk_str with;
    } rows[8];
    nk_sign_parts parts;
    size_t i, n = 0;

    assert_true(nk_sign__cms_parts(der, &parts));
    rows[n].at = at(der, version); /* version 3 */
    rows[n].len = 3;
    rows[n++].with = NK_STR("\x02\x01\x03");
    rows[n].at = 0; /* SET for SEQUENCE */
    rows[n].len = 1;
    rows[n++].with = NK_STR("\x31");
    rows[n].at = 1; /* a length that runs over the end */
    rows[n].len = 3;
    rows[n++].with = NK_STR("\x82\xFF\xFF");
    rows[n].at = 1; /* a length of four bytes */
    rows[n].len = 1;
    rows[n++].with = NK_STR("\x84");
    rows[n].at = 1; /* an indefinite length */
    rows[n].len = 1;
    rows[n++].with = NK_STR("\x80");
    rows[n].at = 4; /* another content type */
    rows[n].len = 11;
    rows[n++].with = NK_STR("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01");
    rows[n].at = der.len; /* one byte more */
    rows[n].len = 0;
    rows[n++].with = NK_STR("\x00");
    rows[n].at = der.len - 1; /* one byte less */
    rows[n].len = 1;
    rows[n++].with = NK_EMPTY;
    for (i = 0; i < n; i++)
        if (nk_sign__cms_parts(
                nk_test_splice(d, der, rows[i].at, rows[i].len, rows[i].with),
                &parts))
            fail_msg("row %zu was taken apart", i);
    for (i = 0; i < der.len; i++) {
        char *exact = malloc(i ? i : 1);

        assert_non_null(exact);
        memcpy(exact, der.ptr, i);
        assert_false(nk_sign__cms_parts((nk_str){ exact, i }, &parts));
        free(exact);
    }
}

static void expect(nk_desk *d, nk_str pdf, nk_verdict verdict,
                   const char *message)
{
    nk_verification v = nk_test_verify(d, pdf);

    assert_str(nk_msg_name(v.why), "");
    assert_int_equal(v.n, 1);
    assert_str(nk_msg_name(v.signatures[0].why), message);
    assert_int_equal(v.signatures[0].verdict, verdict);
    assert_int_equal(v.verdict, verdict);
    assert_int_equal(v.signatures[0].trusted, verdict == NK_VERDICT_VALID);
}

/*
 * A file with `more` digits of room, to be signed by the openssl command:
 * /Contents made longer, and the two numbers that then differ.
 */
static nk_str with_room(nk_desk *d, size_t more)
{
    nk_str pdf = nk_test_sign_as(d, "rsa4096",
                                 nk_test_sheet(d, &(nk_sheet){ .fields = 1 }),
                                 &(nk_sign_request){ .rehearse = true });
    size_t from, to, xref, at;
    char text[64];
    nk_buf zeros;

    nk_buf_init(&zeros, &d->arena);
    nk_buf_fill(&zeros, '0', more);
    nk_test_gap(pdf, &from, &to);
    pdf = nk_test_splice(d, pdf, to - 1, 0, nk_buf_str(&zeros));
    xref = nk_test_rfind(pdf, "\nxref\n") + 1;
    at = nk_test_rfind(pdf, "startxref\n") + 10;
    snprintf(text, sizeof(text), "%zu\n%%%%EOF\n", xref);
    pdf = nk_test_splice(d, pdf, at, pdf.len - at, nk_str_of(text));
    at = nk_test_rfind(pdf, "/ByteRange[") + 11;
    snprintf(text, sizeof(text), "0 %zu %zu %-13zu", from, to + more,
             pdf.len - to - more);
    return nk_test_splice(d, pdf, at, strlen(text), nk_str_of(text));
}

static nk_str roomy(nk_desk *d)
{
    return with_room(d, 3000);
}

#define BY_P256                                                                \
    "-signer " NK_PKI "p256.pem -inkey " NK_PKI "p256.key -certfile " NK_PKI   \
    "issuing.pem "
#define BY_RSA                                                                 \
    "-signer " NK_PKI "rsa2048.pem -inkey " NK_PKI                             \
    "rsa2048.key -certfile " NK_PKI "issuing.pem "

static void accepts_containers_of_others(void **state)
{
    static const char *const rows[] = {
        "-cades -md sha256 " BY_P256,
        "-cades -md sha384 " BY_P256,
        "-cades -md sha512 " BY_RSA,
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect(d, nk_test_forge(d, roomy(d), rows[i]), NK_VERDICT_VALID, "");
}

/* BER: an indefinite length closed by two zeros, as NSS writes it. */
static void accepts_indefinite_lengths(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_forge(d, roomy(d), "-cades -md sha256 " BY_RSA);
    nk_str ber = container_of(d, pdf);

    assert_true(nk_str_starts(ber, NK_STR("\x30\x82")));
    ber = nk_test_splice(d, ber, ber.len, 0, NK_STR("\x00\x00"));
    ber = nk_test_splice(d, ber, 1, 3, NK_STR("\x80"));
    expect(d, with_container(d, pdf, ber), NK_VERDICT_VALID, "");
}

static const struct {
    const char *options;
    nk_verdict verdict;
    const char *message;
} others[] = {
    { "-md sha256 " BY_P256, NK_VERDICT_INVALID, "SIGN_CERT_BINDING" },
    { "-cades -md sha1 " BY_RSA, NK_VERDICT_INVALID, "SIGN_WEAK" },
    { "-cades -md sha224 " BY_RSA, NK_VERDICT_INVALID, "SIGN_WEAK" },
    { "-cades -md sha256 " BY_RSA "-keyopt rsa_padding_mode:pss",
      NK_VERDICT_INVALID, "SIGN_WEAK" },
    { "-cades -md sha256 -nodetach -in " NK_PKI "password.txt " BY_P256,
      NK_VERDICT_INVALID, "SIGN_DAMAGED" },
    { "-cades -md sha256 -nocerts " BY_P256, NK_VERDICT_INVALID,
      "SIGN_DAMAGED" },
    { "-cades -md sha256 -keyid " BY_P256, NK_VERDICT_INVALID, "SIGN_DAMAGED" },
    { "-md sha256 -noattr " BY_P256, NK_VERDICT_INVALID, "SIGN_DAMAGED" },
    { "-cades -md sha256 " BY_P256 "-signer " NK_PKI "p384.pem -inkey " NK_PKI
      "p384.key",
      NK_VERDICT_INVALID, "SIGN_DAMAGED" },
    { "-cades -md sha256 " BY_P256 "-certfile " NK_PKI "stranger.pem",
      NK_VERDICT_INDETERMINATE, "SIGN_CERT_EXTRA" },
    { "-cades -md sha256 -signer " NK_PKI "rsa1024.pem -inkey " NK_PKI
      "rsa1024.key -certfile " NK_PKI "issuing.pem",
      NK_VERDICT_INVALID, "SIGN_WEAK" },
    { "-cades -md sha256 -signer " NK_PKI "p521.pem -inkey " NK_PKI
      "p521.key -certfile " NK_PKI "issuing.pem",
      NK_VERDICT_INVALID, "SIGN_WEAK" },
    { "-cades -md sha256 -signer " NK_PKI "sha1.pem -inkey " NK_PKI
      "rsa2048.key -certfile " NK_PKI "issuing.pem",
      NK_VERDICT_INVALID, "SIGN_WEAK" },
    { "-cades -md sha256 -signer " NK_PKI "wrongeku.pem -inkey " NK_PKI
      "p256.key -certfile " NK_PKI "issuing.pem",
      NK_VERDICT_INVALID, "SIGN_CERT_USAGE" },
    { "-cades -md sha256 -signer " NK_PKI "wrongusage.pem -inkey " NK_PKI
      "p256.key -certfile " NK_PKI "issuing.pem",
      NK_VERDICT_INVALID, "SIGN_CERT_USAGE" },
    { "-cades -md sha256 -signer " NK_PKI "expired.pem -inkey " NK_PKI
      "p256.key -certfile " NK_PKI "issuing.pem",
      NK_VERDICT_INDETERMINATE, "SIGN_CERT_EXPIRED" },
    { "-cades -md sha256 -signer " NK_PKI "early.pem -inkey " NK_PKI
      "p256.key -certfile " NK_PKI "issuing.pem",
      NK_VERDICT_INVALID, "SIGN_CERT_EARLY" },
    { "-cades -md sha256 -signer " NK_PKI "other.pem -inkey " NK_PKI
      "p256.key -certfile " NK_PKI "otherca.pem",
      NK_VERDICT_INDETERMINATE, "SIGN_UNKNOWN_SIGNER" },
    { "-cades -md sha256 -signer " NK_PKI "selfsigned.pem -inkey " NK_PKI
      "p256.key",
      NK_VERDICT_INDETERMINATE, "SIGN_UNKNOWN_SIGNER" },
    { "-cades -md sha256 -signer " NK_PKI "p256.pem -inkey " NK_PKI "p256.key",
      NK_VERDICT_INDETERMINATE, "SIGN_UNKNOWN_SIGNER" },
};

static void judges_containers_of_others(void **state)
{
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(others); i++) {
        nk_str pdf = nk_test_forge(d, roomy(d), others[i].options);

        expect(d, pdf, others[i].verdict, others[i].message);
    }
}

/* Bytes nobody looks at are bytes somebody can use. */
static void refuses_hidden_bytes(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_forge(d, roomy(d), "-cades -md sha256 " BY_P256);
    nk_str der = container_of(d, pdf), two;
    size_t from, to;

    nk_test_gap(pdf, &from, &to);
    expect(d, nk_test_splice(d, pdf, to - 2, 1, NK_STR("1")),
           NK_VERDICT_INVALID, "SIGN_HIDDEN");
    expect(d, nk_test_splice(d, pdf, from + 1 + 2 * der.len, 1, NK_STR("1")),
           NK_VERDICT_INVALID, "SIGN_HIDDEN");
    expect(d, nk_test_splice(d, pdf, to - 2, 1, NK_STR(" ")),
           NK_VERDICT_INVALID, "SIGN_HIDDEN");
    two = nk_test_splice(d, der, der.len, 0, NK_STR("\x05"));
    expect(d, with_container(d, pdf, two), NK_VERDICT_INVALID, "SIGN_HIDDEN");
    expect(d, with_container(d, pdf, der), NK_VERDICT_VALID, "");
}

static void refuses_letters_of_both_cases(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_signed(d, "p256", 1);
    size_t from, to, i;
    nk_buf b;

    nk_test_gap(pdf, &from, &to);
    nk_buf_init(&b, &d->arena);
    for (i = from + 1; i < to - 1; i++)
        nk_buf_putc(&b, (char)(pdf.ptr[i] >= 'a' ? pdf.ptr[i] - 'a' + 'A'
                                                 : pdf.ptr[i]));
    expect(d, nk_test_splice(d, pdf, from + 1, b.len, nk_buf_str(&b)),
           NK_VERDICT_VALID, "");
    for (i = from + 1; pdf.ptr[i] < 'a'; i++)
        continue;
    expect(d,
           nk_test_splice(d, pdf, i, 1, (nk_str){ b.ptr + (i - from - 1), 1 }),
           NK_VERDICT_INVALID, "SIGN_HIDDEN");
}

/* What is added to a signature afterwards is not signed. */
static void leaves_unsigned_attributes_open(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_forge(d, roomy(d), "-cades -md sha256 " BY_P256);
    nk_str der = container_of(d, pdf);
    const unsigned char *p = (const unsigned char *)der.ptr;
    CMS_ContentInfo *ci = d2i_CMS_ContentInfo(NULL, &p, (long)der.len);
    unsigned char *out = NULL;
    int n;

    assert_int_equal(CMS_unsigned_add1_attr_by_txt(
                         sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(ci), 0),
                         "1.3.6.1.4.1.99999.2", V_ASN1_OCTET_STRING, "x", 1),
                     1);
    n = i2d_CMS_ContentInfo(ci, &out);
    assert_true(n > 0);
    expect(d, with_container(d, pdf, (nk_str){ (char *)out, (size_t)n }),
           NK_VERDICT_INDETERMINATE, "SIGN_KIND");
    OPENSSL_free(out);
    CMS_ContentInfo_free(ci);
}

/* An issuer's certificate that does not hold: nobody knows who signed. */
static void leaves_a_broken_chain_open(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_forge(d, roomy(d), "-cades -md sha256 " BY_P256);
    nk_str der = container_of(d, pdf), pem = nk_test_pki(d, "issuing.pem");
    BIO *bio = BIO_new_mem_buf(pem.ptr, (int)pem.len);
    X509 *cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    unsigned char *issuing = NULL;
    int n = i2d_X509(cert, &issuing);
    size_t end;

    assert_true(n > 20);
    end = at(der, (nk_str){ (char *)issuing, (size_t)n }) + (size_t)n;
    der = nk_test_splice(d, der, end - 9, 1,
                         der.ptr[end - 9] ? NK_STR("\x00") : NK_STR("\x01"));
    expect(d, with_container(d, pdf, der), NK_VERDICT_INDETERMINATE,
           "SIGN_CHAIN");
    OPENSSL_free(issuing);
    X509_free(cert);
    BIO_free(bio);
}

static void refuses_half_a_byte(void **state)
{
    nk_desk *d = *state;

    expect(d, with_room(d, 1), NK_VERDICT_INVALID, "SIGN_DAMAGED");
}

static void refuses_what_is_no_container(void **state)
{
    static const nk_str rows[] = {
        NK_STR_INIT("\x30\x00"),
        NK_STR_INIT("\x30\x03\x02\x01\x01"),
        NK_STR_INIT("\x30\x80\x00\x00"),
        NK_STR_INIT("\x00"),
        NK_STR_INIT("\xFF\xFF\xFF\xFF"),
        NK_STR_INIT("\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"),
    };
    nk_desk *d = *state;
    nk_str pdf = nk_test_signed(d, "p256", 1);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect(d, with_container(d, pdf, rows[i]), NK_VERDICT_INVALID,
               "SIGN_DAMAGED");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(has_exactly_the_parts_of_pades),
        NK_DESK_TEST(is_der),
        NK_DESK_TEST(takes_only_one_shape_apart),
        NK_DESK_TEST(accepts_containers_of_others),
        NK_DESK_TEST(accepts_indefinite_lengths),
        NK_DESK_TEST(judges_containers_of_others),
        NK_DESK_TEST(refuses_hidden_bytes),
        NK_DESK_TEST(refuses_letters_of_both_cases),
        NK_DESK_TEST(leaves_unsigned_attributes_open),
        NK_DESK_TEST(leaves_a_broken_chain_open),
        NK_DESK_TEST(refuses_half_a_byte),
        NK_DESK_TEST(refuses_what_is_no_container),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
