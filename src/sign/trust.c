/*
 * Who signed: the certificates whose word is taken, and the chain from a
 * signer up to one of them at ctx->now. A trusted certificate need not be a
 * root. Every certificate that came with the signature must be on that way,
 * so that nothing can be hidden among them.
 */
#include <openssl/err.h>
#include <openssl/pem.h>

#include "sign/sign_int.h"

#define AUTH_LEVEL 2 /* no RSA under 2048 bits and no SHA-1 in the chain */

struct nk_trust {
    nk_arena arena; /* holds the struct itself */
    X509_STORE *store;
};

static nk_err bad_file(nk_ctx *ctx, nk_str file)
{
    if (nk_sign__memory_is_out())
        return nk_nomem(ctx);
    return nk_fail(ctx, NK_E_SYNTAX, NK_M_SIGN_TRUST_FILE, NK_IN_FILE(file),
                   NK_ARGS(file));
}

/* Every certificate of a PEM file goes to the store. */
static nk_err read_pem(nk_ctx *ctx, nk_str pem, nk_str file, X509_STORE *store)
{
    BIO *bio = BIO_new_mem_buf(pem.ptr, (int)pem.len);
    X509 *cert;
    size_t n = 0;
    nk_err rc = NK_OK;

    if (!bio)
        return nk_nomem(ctx);
    while (rc == NK_OK && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
        if (!X509_STORE_add_cert(store, cert))
            rc = nk_sign__crypto_failed(ctx);
        X509_free(cert);
        n++;
    }
    if (rc == NK_OK && (n == 0 || ERR_GET_REASON(ERR_peek_last_error()) !=
                                      PEM_R_NO_START_LINE))
        rc = bad_file(ctx, file);
    ERR_clear_error();
    BIO_free(bio);
    return rc;
}

nk_err nk_trust_open(nk_ctx *ctx, nk_str pem, nk_str file, nk_trust **out)
{
    nk_arena a;
    nk_trust *t;
    nk_err rc;

    if (pem.len == 0 || pem.len > NK_MAX_FILE)
        return bad_file(ctx, file);
    nk_arena_init(&a);
    if (!(t = NK_NEW(&a, nk_trust)))
        return nk_nomem(ctx);
    t->arena = a;
    t->store = X509_STORE_new();
    rc = t->store ? read_pem(ctx, pem, file, t->store) : nk_nomem(ctx);
    if (rc < 0)
        nk_trust_close(t);
    else
        *out = t;
    return rc;
}

void nk_trust_close(nk_trust *trust)
{
    nk_arena a;

    if (!trust)
        return;
    X509_STORE_free(trust->store);
    a = trust->arena;
    nk_arena_release(&a);
}

static nk_err unknown(nk_ctx *ctx, nk_arena *a, X509 *signer)
{
    nk_key_info info;
    nk_err rc = nk_sign__describe(ctx, a, signer, &info);

    if (rc < 0)
        return rc;
    return nk_fail(ctx, NK_E_CRYPTO, NK_M_SIGN_UNKNOWN_SIGNER, NK_NOWHERE,
                   NK_ARGS(info.holder));
}

/* What OpenSSL found wrong with a chain, in our words. */
static nk_err chain_fault(nk_ctx *ctx, nk_arena *a, X509_STORE_CTX *c)
{
    int e = X509_STORE_CTX_get_error(c);
    X509 *cert = X509_STORE_CTX_get_current_cert(c);
    nk_err rc;

    if (nk_sign__memory_is_out())
        return nk_nomem(ctx);
    switch (e) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return unknown(ctx, a, X509_STORE_CTX_get0_cert(c));
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        if ((rc = nk_sign__check_time(ctx, a, cert)) < 0)
            return rc;
        break;
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return nk_fail(
            ctx, NK_E_CRYPTO, NK_M_SIGN_WEAK, NK_NOWHERE,
            NK_ARGS(nk_str_of(OBJ_nid2sn(X509_get_signature_nid(cert)))));
    }
    return nk_fail(ctx, NK_E_CRYPTO, NK_M_SIGN_CHAIN, NK_NOWHERE,
                   NK_ARGS(nk_str_of(X509_verify_cert_error_string(e))));
}

static bool is_anchor(X509_STORE *store, X509 *cert)
{
    const STACK_OF(X509_OBJECT) *all = X509_STORE_get0_objects(store);
    int i;

    for (i = 0; i < sk_X509_OBJECT_num(all); i++) {
        X509 *x = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(all, i));

        if (x && X509_cmp(x, cert) == 0)
            return true;
    }
    return false;
}

/*
 * Is the certificate on the way from the signer to the first trusted one?
 * Above that OpenSSL may go on with certificates it did not check.
 */
static bool is_on_path(X509_STORE *store, const STACK_OF(X509) * chain,
                       X509 *cert)
{
    int i;

    for (i = 0; i < sk_X509_num(chain); i++) {
        X509 *x = sk_X509_value(chain, i);

        if (X509_cmp(x, cert) == 0)
            return true;
        if (is_anchor(store, x))
            return false;
    }
    return false;
}

static bool is_chain_good(const nk_ctx *ctx, X509_STORE_CTX *s)
{
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(s);

    X509_VERIFY_PARAM_set_auth_level(param, AUTH_LEVEL);
    X509_VERIFY_PARAM_set_depth(param, (int)NK_MAX_CHAIN);
    X509_VERIFY_PARAM_set_time(param, (time_t)(ctx->now / 1000));
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
    return X509_verify_cert(s) > 0;
}

static nk_err check_chain(nk_ctx *ctx, nk_arena *a, const nk_trust *trust,
                          const nk_sign_cms *c, X509_STORE_CTX *s)
{
    const STACK_OF(X509) * chain;
    int i;

    if (!is_chain_good(ctx, s))
        return chain_fault(ctx, a, s);
    chain = X509_STORE_CTX_get0_chain(s);
    for (i = 0; i < sk_X509_num(c->certs); i++)
        if (!is_on_path(trust->store, chain, sk_X509_value(c->certs, i)))
            return nk_fail(ctx, NK_E_CRYPTO, NK_M_SIGN_CERT_EXTRA, NK_NOWHERE,
                           NK_NOARGS);
    return NK_OK;
}

nk_err nk_sign__trust_check(nk_ctx *ctx, nk_arena *a, const nk_trust *trust,
                            const nk_sign_cms *c)
{
    X509 *signer = sk_X509_value(c->certs, 0);
    X509_STORE_CTX *s;
    nk_err rc;

    if ((rc = nk_sign__check_strength(ctx, a, signer)) < 0 ||
        (rc = nk_sign__check_usage(ctx, a, signer)) < 0)
        return rc;
    if (!trust)
        return unknown(ctx, a, signer);
    s = X509_STORE_CTX_new();
    if (!s || !X509_STORE_CTX_init(s, trust->store, signer, c->certs))
        rc = nk_sign__crypto_failed(ctx);
    else
        rc = check_chain(ctx, a, trust, c, s);
    X509_STORE_CTX_free(s);
    ERR_clear_error();
    return rc;
}

/* A key nobody of `trust` speaks for, or does so no longer. */
static nk_err not_of_ca(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                        X509_STORE_CTX *s)
{
    int e = X509_STORE_CTX_get_error(s);
    nk_key_info info;
    nk_err rc;

    if (nk_sign__memory_is_out())
        return nk_nomem(ctx);
    if ((e == X509_V_ERR_CERT_HAS_EXPIRED ||
         e == X509_V_ERR_CERT_NOT_YET_VALID) &&
        (rc = nk_sign__check_time(ctx, a, X509_STORE_CTX_get_current_cert(s))) <
            0)
        return rc;
    if ((rc = nk_sign__describe(ctx, a, key->cert, &info)) < 0)
        return rc;
    return nk_fail(ctx, NK_E_CRYPTO, NK_M_SIGN_KEY_NOT_OF_CA, NK_NOWHERE,
                   NK_ARGS(info.holder));
}

nk_err nk_key_vouch(nk_ctx *ctx, nk_key *key, const nk_trust *trust)
{
    X509_STORE_CTX *s = X509_STORE_CTX_new();
    nk_err rc = NK_OK;
    nk_arena a;

    nk_arena_init(&a);
    if (!s || !X509_STORE_CTX_init(s, trust->store, key->cert, key->chain))
        rc = nk_sign__crypto_failed(ctx);
    else if (!is_chain_good(ctx, s))
        rc = not_of_ca(ctx, &a, key, s);
    key->vouched = rc == NK_OK;
    X509_STORE_CTX_free(s);
    ERR_clear_error();
    nk_arena_release(&a);
    return rc;
}
