/*
 * Checking the container of a signature: that it has the one shape we know,
 * that its algorithms are on the list, and that the signer it names made it
 * for this digest. Whose word the signer's certificate has is trust.c's.
 */
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>

#include "sign/sign_int.h"

static nk_err tampered(nk_ctx *ctx, nk_msg msg)
{
    if (nk_sign__memory_is_out())
        return nk_nomem(ctx);
    return nk_fail(ctx, NK_E_TAMPERED, msg, NK_NOWHERE, NK_NOARGS);
}

static nk_err damaged(nk_ctx *ctx, nk_str what)
{
    if (nk_sign__memory_is_out())
        return nk_nomem(ctx);
    return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_DAMAGED, NK_NOWHERE,
                   NK_ARGS(what));
}

/* An AlgorithmIdentifier that is accepted, to the byte, and its hash. */
struct algorithm {
    nk_str der;
    const char *hash;
};

#define SHA2(n) "\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02" n
#define RSA(n)  "\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01" n "\x05"
#define EC(n)   "\x30\x0A\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03" n
#define ZERO    "\x00"

/* The parameters may be absent or NULL (RFC 5754, 2). */
static const struct algorithm digests[] = {
    { NK_STR_INIT("\x30\x0B" SHA2("\x01")), "SHA256" },
    { NK_STR_INIT("\x30\x0B" SHA2("\x02")), "SHA384" },
    { NK_STR_INIT("\x30\x0B" SHA2("\x03")), "SHA512" },
    { NK_STR_INIT("\x30\x0D" SHA2("\x01") "\x05" ZERO), "SHA256" },
    { NK_STR_INIT("\x30\x0D" SHA2("\x02") "\x05" ZERO), "SHA384" },
    { NK_STR_INIT("\x30\x0D" SHA2("\x03") "\x05" ZERO), "SHA512" },
};

static const struct algorithm signatures[] = {
    { NK_STR_INIT(RSA("\x01") ZERO), NULL }, /* whatever the digest is */
    { NK_STR_INIT(RSA("\x0B") ZERO), "SHA256" },
    { NK_STR_INIT(RSA("\x0C") ZERO), "SHA384" },
    { NK_STR_INIT(RSA("\x0D") ZERO), "SHA512" },
    { NK_STR_INIT(EC("\x02")), "SHA256" },
    { NK_STR_INIT(EC("\x03")), "SHA384" },
    { NK_STR_INIT(EC("\x04")), "SHA512" },
};

static const struct algorithm *find(const struct algorithm *list, size_t n,
                                    nk_str der)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (nk_str_eq(list[i].der, der))
            return &list[i];
    return NULL;
}

static nk_err check_algorithms(nk_ctx *ctx, const nk_sign_parts *p,
                               nk_sign_cms *c)
{
    size_t n = sizeof(digests) / sizeof(digests[0]);
    const struct algorithm *outer = find(digests, n, p->digest_algs);
    const struct algorithm *inner = find(digests, n, p->digest_alg);
    const struct algorithm *sig = find(
        signatures, sizeof(signatures) / sizeof(signatures[0]), p->sig_alg);

    if (!outer || !inner || !sig || strcmp(outer->hash, inner->hash) != 0 ||
        (sig->hash && strcmp(sig->hash, inner->hash) != 0)) {
        X509_ALGOR *alg;
        const ASN1_OBJECT *oid;

        CMS_SignerInfo_get0_algs(c->si, NULL, NULL, &alg, NULL);
        X509_ALGOR_get0(&oid, NULL, NULL, alg);
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_WEAK, NK_NOWHERE,
                       NK_ARGS(nk_str_of(OBJ_nid2sn(OBJ_obj2nid(oid)))));
    }
    c->md = EVP_get_digestbyname(inner->hash);
    return c->md ? NK_OK : nk_sign__crypto_failed(ctx);
}

/* Put the certificate that the SignerInfo names in front. */
static nk_err find_signer(nk_ctx *ctx, nk_sign_cms *c)
{
    X509 *signer = NULL;
    int i;

    if (!(c->certs = CMS_get1_certs(c->ci)))
        return damaged(ctx, NK_STR("certificates"));
    for (i = 0; !signer && i < sk_X509_num(c->certs); i++)
        if (CMS_SignerInfo_cert_cmp(c->si, sk_X509_value(c->certs, i)) == 0)
            signer = sk_X509_delete(c->certs, i);
    if (!signer)
        return damaged(ctx, NK_STR("certificates"));
    if (!sk_X509_unshift(c->certs, signer)) {
        X509_free(signer);
        return nk_nomem(ctx);
    }
    CMS_SignerInfo_set1_signer_cert(c->si, signer);
    return NK_OK;
}

/* The DER to take apart: other signers may write indefinite lengths. */
static nk_err der_of(nk_ctx *ctx, nk_arena *a, nk_sign_cms *c, nk_str *der)
{
    unsigned char *again = NULL;
    int len;

    if ((unsigned char)der->ptr[1] != 0x80)
        return NK_OK;
    if ((len = i2d_CMS_ContentInfo(c->ci, &again)) < 0)
        return damaged(ctx, NK_STR("CMS"));
    *der = nk_str_copy(a, (nk_str){ (const char *)again, (size_t)len });
    OPENSSL_free(again);
    return der->ptr ? NK_OK : nk_nomem(ctx);
}

static bool only_zeros(nk_str s)
{
    for (; s.len; s = nk_str_skip(s, 1))
        if (s.ptr[0] != '\0')
            return false;
    return true;
}

nk_err nk_sign__cms_open(nk_ctx *ctx, nk_arena *a, nk_str bytes,
                         nk_sign_cms *out)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    nk_sign_parts parts;
    nk_str der;
    nk_err rc;

    *out = (nk_sign_cms){ .ci = NULL };
    if (!(out->ci = d2i_CMS_ContentInfo(NULL, &p, (long)bytes.len)))
        return damaged(ctx, NK_STR("CMS"));
    der = nk_str_head(bytes, (size_t)((const char *)p - bytes.ptr));
    if (!only_zeros(nk_str_skip(bytes, der.len)))
        return tampered(ctx, NK_M_SIGN_HIDDEN);
    if ((rc = der_of(ctx, a, out, &der)) < 0)
        return rc;
    if (!nk_sign__cms_parts(der, &parts))
        return damaged(ctx, NK_STR("SignedData"));
    out->si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(out->ci), 0);
    if ((rc = check_algorithms(ctx, &parts, out)) < 0)
        return rc;
    if (parts.unsigned_attrs.len)
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_KIND, NK_NOWHERE,
                       NK_ARGS(NK_STR("unsignedAttrs")));
    return find_signer(ctx, out);
}

void nk_sign__cms_close(nk_sign_cms *c)
{
    sk_X509_pop_free(c->certs, X509_free);
    CMS_ContentInfo_free(c->ci);
    ERR_clear_error();
}

/* The only value of a signed attribute that may be there only once. */
static void *attribute(const nk_sign_cms *c, int nid, int type)
{
    return CMS_signed_get0_data_by_OBJ(c->si, OBJ_nid2obj(nid), -3, type);
}

/* signing-certificate-v2 (RFC 5035) must name the signer's certificate. */
static bool is_bound(const nk_sign_cms *c)
{
    const ASN1_STRING *der =
        attribute(c, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
    const unsigned char *p;
    ESS_SIGNING_CERT_V2 *names;
    bool bound;

    if (!der)
        return false;
    p = ASN1_STRING_get0_data(der);
    names = d2i_ESS_SIGNING_CERT_V2(NULL, &p, ASN1_STRING_length(der));
    bound = names && OSSL_ESS_check_signing_certs(NULL, names, c->certs, 1) > 0;
    ESS_SIGNING_CERT_V2_free(names);
    return bound;
}

nk_err nk_sign__cms_verify(nk_ctx *ctx, const nk_sign_cms *c,
                           const unsigned char *digest, size_t len)
{
    const ASN1_OBJECT *type =
        attribute(c, NID_pkcs9_contentType, V_ASN1_OBJECT);
    const ASN1_STRING *signed_digest =
        attribute(c, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);

    if (!type || OBJ_obj2nid(type) != NID_pkcs7_data)
        return damaged(ctx, NK_STR("contentType"));
    if (!signed_digest)
        return damaged(ctx, NK_STR("messageDigest"));
    if ((size_t)ASN1_STRING_length(signed_digest) != len ||
        memcmp(ASN1_STRING_get0_data(signed_digest), digest, len) != 0)
        return tampered(ctx, NK_M_SIGN_DIGEST);
    if (CMS_SignerInfo_verify(c->si) <= 0)
        return tampered(ctx, NK_M_SIGN_VALUE);
    return is_bound(c) ? NK_OK : tampered(ctx, NK_M_SIGN_CERT_BINDING);
}
