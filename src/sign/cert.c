/*
 * Certificates: what they say, and whether they may sign a paper. The rules
 * for a signer's certificate stand here once and serve both for signing and
 * for verifying; the chain above it is trust.c's matter.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "sign/sign_int.h"

#define RSA_MIN      2048
#define RSA_MAX      4096
#define MIN_STRENGTH 112 /* bits; SHA-1 has fewer, SHA-256 has 128 */

bool nk_sign__memory_is_out(void)
{
    bool out = false;
    unsigned long e;

    while ((e = ERR_get_error()))
        out |= ERR_GET_REASON(e) == ERR_R_MALLOC_FAILURE;
    return out;
}

nk_err nk_sign__crypto_failed(nk_ctx *ctx)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());

    if (nk_sign__memory_is_out())
        return nk_nomem(ctx);
    return nk_fail(ctx, NK_E_CRYPTO, NK_M_SIGN_CRYPTO, NK_NOWHERE,
                   NK_ARGS(nk_str_of(reason ? reason : "?")));
}

static int64_t moment_of(const ASN1_TIME *t)
{
    struct tm tm;
    nk_date d;

    if (!ASN1_TIME_to_tm(t, &tm))
        return 0;
    d = (nk_date){ (int16_t)(tm.tm_year + 1900), (uint8_t)(tm.tm_mon + 1),
                   (uint8_t)tm.tm_mday };
    return (((nk_date_days(d) * INT64_C(24) + tm.tm_hour) * 60 + tm.tm_min) *
                60 +
            tm.tm_sec) *
           1000;
}

/* The common name, else the organization, else nothing. */
static nk_str name_of(nk_arena *a, const X509_NAME *name)
{
    static const int parts[] = { NID_commonName, NID_organizationName };
    unsigned char *utf8;
    nk_str s = { "", 0 };
    size_t i;
    int at, n;

    for (i = 0; i < 2 && s.len == 0; i++) {
        at = X509_NAME_get_index_by_NID(name, parts[i], -1);
        if (at < 0)
            continue;
        n = ASN1_STRING_to_UTF8(
            &utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        if (n < 0)
            continue;
        s = nk_str_copy(a, (nk_str){ (const char *)utf8, (size_t)n });
        OPENSSL_free(utf8);
    }
    return s;
}

static bool is_curve(EVP_PKEY *key, const char *group)
{
    char name[32];

    return EVP_PKEY_get_group_name(key, name, sizeof(name), NULL) == 1 &&
           strcmp(name, group) == 0;
}

static void put_algorithm(nk_buf *b, EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA")) {
        nk_buf_lit(b, "RSA-");
        nk_buf_int(b, EVP_PKEY_get_bits(key));
    } else if (is_curve(key, SN_X9_62_prime256v1)) {
        nk_buf_lit(b, "P-256");
    } else if (is_curve(key, SN_secp384r1)) {
        nk_buf_lit(b, "P-384");
    } else {
        nk_buf_puts(b, nk_str_of(EVP_PKEY_get0_type_name(key)));
        nk_buf_putc(b, '-');
        nk_buf_int(b, EVP_PKEY_get_bits(key));
    }
}

nk_err nk_sign__describe(nk_ctx *ctx, nk_arena *a, X509 *cert, nk_key_info *out)
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(cert);
    EVP_PKEY *key = X509_get0_pubkey(cert);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned n;
    nk_key_info k;
    nk_buf hex, algorithm, print;

    if (!key || !X509_digest(cert, EVP_sha256(), hash, &n))
        return nk_sign__crypto_failed(ctx);
    nk_buf_init(&hex, a);
    nk_buf_hex(&hex, ASN1_STRING_get0_data(serial),
               (size_t)ASN1_STRING_length(serial));
    nk_buf_init(&print, a);
    nk_buf_hex(&print, hash, n);
    nk_buf_init(&algorithm, a);
    put_algorithm(&algorithm, key);
    k.holder = name_of(a, X509_get_subject_name(cert));
    k.issuer = name_of(a, X509_get_issuer_name(cert));
    k.serial = nk_buf_str(&hex);
    k.fingerprint = nk_buf_str(&print);
    k.algorithm = nk_buf_str(&algorithm);
    k.vouched = false;
    k.not_before = moment_of(X509_get0_notBefore(cert));
    k.not_after = moment_of(X509_get0_notAfter(cert));
    if (!k.holder.ptr || !k.issuer.ptr || hex.err < 0 || print.err < 0 ||
        algorithm.err < 0)
        return nk_nomem(ctx);
    *out = k;
    return NK_OK;
}

static bool is_strong_key(EVP_PKEY *key)
{
    int bits = EVP_PKEY_get_bits(key);

    if (EVP_PKEY_is_a(key, "RSA"))
        return bits >= RSA_MIN && bits <= RSA_MAX;
    return is_curve(key, SN_X9_62_prime256v1) || is_curve(key, SN_secp384r1);
}

nk_err nk_sign__check_strength(nk_ctx *ctx, nk_arena *a, X509 *cert)
{
    EVP_PKEY *key = X509_get0_pubkey(cert);
    int strength;
    nk_buf b;

    nk_buf_init(&b, a);
    if (!key || !X509_get_signature_info(cert, NULL, NULL, &strength, NULL))
        return nk_sign__crypto_failed(ctx);
    if (!is_strong_key(key))
        put_algorithm(&b, key);
    else if (strength < MIN_STRENGTH)
        nk_buf_puts(&b, nk_str_of(OBJ_nid2sn(X509_get_signature_nid(cert))));
    else
        return NK_OK;
    return nk_fail(ctx, NK_E_CRYPTO, NK_M_SIGN_WEAK, NK_NOWHERE,
                   NK_ARGS(nk_buf_str(&b)));
}

/* Extended purposes that cover a signature on a document. */
static const char *const purposes[] = {
    "1.3.6.1.5.5.7.3.4",       /* e-mail protection */
    "1.3.6.1.5.5.7.3.36",      /* document signing, RFC 9336 */
    "1.3.6.1.4.1.311.10.3.12", /* Microsoft document signing */
    "1.2.840.113583.1.1.5",    /* Adobe authentic documents */
    "2.5.29.37.0",             /* any */
};

static bool is_for_documents(const EXTENDED_KEY_USAGE *usage)
{
    char oid[64];
    size_t k;
    int i;

    for (i = 0; i < sk_ASN1_OBJECT_num(usage); i++) {
        OBJ_obj2txt(oid, sizeof(oid), sk_ASN1_OBJECT_value(usage, i), 1);
        for (k = 0; k < sizeof(purposes) / sizeof(purposes[0]); k++)
            if (strcmp(oid, purposes[k]) == 0)
                return true;
    }
    return false;
}

nk_err nk_sign__check_usage(nk_ctx *ctx, nk_arena *a, X509 *cert)
{
    uint32_t usage = X509_get_key_usage(cert); /* all ones when absent */
    int state;
    EXTENDED_KEY_USAGE *extended =
        X509_get_ext_d2i(cert, NID_ext_key_usage, &state, NULL);
    bool good = (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) &&
                (extended ? is_for_documents(extended) : state == -1);

    sk_ASN1_OBJECT_pop_free(extended, ASN1_OBJECT_free);
    if (good)
        return NK_OK;
    return nk_fail(ctx, NK_E_CRYPTO, NK_M_SIGN_CERT_USAGE, NK_NOWHERE,
                   NK_ARGS(name_of(a, X509_get_subject_name(cert))));
}

nk_err nk_sign__check_time(nk_ctx *ctx, nk_arena *a, X509 *cert)
{
    int64_t from = moment_of(X509_get0_notBefore(cert));
    int64_t to = moment_of(X509_get0_notAfter(cert));
    bool early = ctx->now < from;
    nk_buf b;

    if (!early && ctx->now < to) /* OpenSSL counts the last second out too */
        return NK_OK;
    nk_buf_init(&b, a);
    nk_date_put(&b, nk_date_at(early ? from : to, NK_ZONE_WIB), NK_DATE_LONG);
    return nk_fail(ctx, NK_E_CRYPTO,
                   early ? NK_M_SIGN_CERT_EARLY : NK_M_SIGN_CERT_EXPIRED,
                   NK_NOWHERE, NK_ARGS(nk_buf_str(&b)));
}
