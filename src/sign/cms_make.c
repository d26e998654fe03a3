/*
 * Making the container of a signature. OpenSSL assembles it once for a key,
 * with certificates and attributes in their places and holes for the two
 * things that differ from paper to paper: the digest and the signature
 * value. Such a mould is copied and its holes filled, which costs next to
 * nothing; a value of unusual length gets a mould of its own.
 *
 * CMS_final cannot be used: it always adds a signing-time, which PAdES
 * forbids (EN 319 142-1, 6.3).
 */
#include <assert.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "sign/sign_int.h"

#define DIGEST 32u /* bytes of SHA-256 */

/* Stands in for the digest until the mould is used. */
static const unsigned char mark[DIGEST] = "naskah: here the digest goes...";

static nk_err add_signer(nk_ctx *ctx, const nk_key *key, CMS_ContentInfo *cms,
                         size_t value_len)
{
    CMS_SignerInfo *si =
        CMS_add1_signer(cms, key->cert, key->pkey, key->md,
                        CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES);
    unsigned char *zeros = OPENSSL_zalloc(value_len);

    if (!zeros || !si ||
        !CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                     OBJ_nid2obj(NID_pkcs7_data), -1) ||
        !CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest,
                                     V_ASN1_OCTET_STRING, mark, DIGEST)) {
        OPENSSL_free(zeros);
        return nk_sign__crypto_failed(ctx);
    }
    ASN1_STRING_set0(CMS_SignerInfo_get0_signature(si), zeros, (int)value_len);
    return NK_OK;
}

/* Where the holes are in a container that has just been made. */
static nk_err find_holes(nk_ctx *ctx, nk_sign_mould *m)
{
    nk_str what = { (const char *)mark, DIGEST };
    nk_sign_parts parts;

    if (!nk_sign__cms_parts(m->der, &parts))
        return nk_sign__crypto_failed(ctx);
    m->attrs = (size_t)(parts.attrs.ptr - m->der.ptr);
    m->attrs_len = parts.attrs.len;
    m->digest = m->attrs + nk_str_search(parts.attrs, what);
    return NK_OK;
}

static nk_err make_mould(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                         size_t value_len, nk_sign_mould *out)
{
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, key->chain, NULL,
                                    CMS_DETACHED | CMS_BINARY | CMS_PARTIAL);
    unsigned char *der = NULL;
    int len;
    nk_err rc;

    if (!cms) {
        rc = nk_sign__crypto_failed(ctx);
        goto out;
    }
    if ((rc = add_signer(ctx, key, cms, value_len)) < 0)
        goto out;
    if ((len = i2d_CMS_ContentInfo(cms, &der)) < 0) {
        rc = nk_sign__crypto_failed(ctx);
        goto out;
    }
    out->value_len = value_len;
    out->der = nk_str_copy(a, (nk_str){ (const char *)der, (size_t)len });
    rc = out->der.ptr ? find_holes(ctx, out) : nk_nomem(ctx);
out:
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    return rc;
}

nk_err nk_sign__moulds_init(nk_ctx *ctx, nk_key *key)
{
    size_t want = EVP_PKEY_is_a(key->pkey, "RSA") ? 1 : NK_SIGN_MOULDS;
    nk_err rc;

    for (; key->moulds_n < want; key->moulds_n++)
        if ((rc = make_mould(ctx, &key->arena, key,
                             key->value_max - key->moulds_n,
                             &key->moulds[key->moulds_n])) < 0)
            return rc;
    return NK_OK;
}

size_t nk_sign__cms_max(const nk_key *key)
{
    return key->moulds[0].der.len;
}

/* The mould for values of `len` bytes: a ready one, or *own, made now. */
static nk_err pick_mould(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                         size_t len, nk_sign_mould *own,
                         const nk_sign_mould **out)
{
    size_t less = key->value_max - len;

    *out = less < key->moulds_n ? &key->moulds[less] : own;
    return *out == own ? make_mould(ctx, a, key, len, own) : NK_OK;
}

/* What is signed: the attributes as a SET, with the digest in place. */
static nk_err sign_attrs(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                         const unsigned char digest[DIGEST],
                         unsigned char *value, size_t *len)
{
    const nk_sign_mould *m = &key->moulds[0];
    char *data = nk_alloc(a, m->attrs_len);

    if (!data)
        return nk_nomem(ctx);
    memcpy(data, m->der.ptr + m->attrs, m->attrs_len);
    memcpy(data + (m->digest - m->attrs), digest, DIGEST);
    data[0] = 0x31; /* SET OF instead of [0] (RFC 5652, 5.4) */
    return key->sign(ctx, key, (nk_str){ data, m->attrs_len }, value, len);
}

nk_err nk_sign__cms_make(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                         const unsigned char digest[DIGEST], bool rehearse,
                         nk_str *out)
{
    const nk_sign_mould *m;
    nk_sign_mould own = { .value_len = 0 };
    unsigned char *value = nk_alloc(a, key->value_max);
    size_t len = key->value_max;
    char *der;
    nk_err rc;

    if (!value)
        return nk_nomem(ctx);
    if (!rehearse && (rc = sign_attrs(ctx, a, key, digest, value, &len)) < 0)
        return rc;
    if ((rc = pick_mould(ctx, a, key, len, &own, &m)) < 0)
        return rc;
    if (!(der = nk_alloc(a, m->der.len)))
        return nk_nomem(ctx);
    assert(m->der.ptr);
    memcpy(der, m->der.ptr, m->der.len);
    memcpy(der + m->digest, digest, DIGEST);
    memcpy(der + m->der.len - len, value, len);
    *out = (nk_str){ der, m->der.len };
    return NK_OK;
}
