/*
 * Keys from PKCS#12 files. Old exports are encrypted with RC2 or 3DES, which
 * only OpenSSL's legacy provider knows; it is loaded into a library context
 * of its own, for reading such a file and for nothing else.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include "sign/sign_int.h"

/* What was found in a file. */
struct content {
    EVP_PKEY *key;
    X509 *cert;
    STACK_OF(X509) * others;
};

static void content_free(struct content *c)
{
    EVP_PKEY_free(c->key);
    X509_free(c->cert);
    sk_X509_pop_free(c->others, X509_free);
    *c = (struct content){ NULL, NULL, NULL };
}

enum outcome { DONE, UNREADABLE, WRONG_PASSWORD, NO_MEMORY };

static enum outcome parse(OSSL_LIB_CTX *lib, nk_str bytes, const char *password,
                          struct content *c)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    PKCS12 *p12 = PKCS12_init_ex(NID_pkcs7_data, lib, NULL);
    enum outcome got = DONE;

    ERR_clear_error();
    if (!p12 || bytes.len > INT32_MAX ||
        !d2i_PKCS12(&p12, &p, (long)bytes.len)) {
        got = UNREADABLE;
    } else if (!PKCS12_parse(p12, password, &c->key, &c->cert, &c->others)) {
        unsigned long e = ERR_peek_last_error();

        got = ERR_GET_LIB(e) == ERR_LIB_PKCS12 &&
                      ERR_GET_REASON(e) == PKCS12_R_MAC_VERIFY_FAILURE
                  ? WRONG_PASSWORD
                  : UNREADABLE;
    }
    if (nk_sign__memory_is_out() && got != DONE)
        got = NO_MEMORY;
    PKCS12_free(p12);
    return got;
}

/* Take the key out of the library context that it was read with. */
static bool move_key(struct content *c)
{
    unsigned char *der = NULL;
    const unsigned char *p;
    EVP_PKEY *moved = NULL;
    int len = c->key ? i2d_PrivateKey(c->key, &der) : -1;

    if (len > 0) {
        p = der;
        moved = d2i_AutoPrivateKey(NULL, &p, len);
        OPENSSL_clear_free(der, (size_t)len);
    }
    EVP_PKEY_free(c->key);
    c->key = moved;
    return moved != NULL;
}

static X509 *move_cert(X509 *cert)
{
    unsigned char *der = NULL;
    const unsigned char *p;
    X509 *moved = NULL;
    int len = i2d_X509(cert, &der);

    if (len > 0) {
        p = der;
        moved = d2i_X509(NULL, &p, len);
    }
    OPENSSL_free(der);
    X509_free(cert);
    return moved;
}

static bool move_certs(struct content *c)
{
    int i;

    if (c->cert && !(c->cert = move_cert(c->cert)))
        return false;
    for (i = 0; i < sk_X509_num(c->others); i++) {
        X509 *moved = move_cert(sk_X509_value(c->others, i));

        sk_X509_set(c->others, i, moved);
        if (!moved)
            return false;
    }
    return true;
}

static enum outcome parse_legacy(nk_str bytes, const char *password,
                                 struct content *c)
{
    OSSL_LIB_CTX *lib = OSSL_LIB_CTX_new();
    OSSL_PROVIDER *usual = OSSL_PROVIDER_load(lib, "default");
    OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(lib, "legacy");
    enum outcome got = UNREADABLE;

    if (lib && usual && legacy)
        got = parse(lib, bytes, password, c);
    if (got == DONE && ((c->key && !move_key(c)) || !move_certs(c)))
        got = UNREADABLE;
    if (got != DONE)
        content_free(c);
    if (legacy)
        OSSL_PROVIDER_unload(legacy);
    if (usual)
        OSSL_PROVIDER_unload(usual);
    OSSL_LIB_CTX_free(lib);
    ERR_clear_error();
    return got;
}

static nk_err file_fault(nk_ctx *ctx, nk_err err, nk_msg msg, nk_str file)
{
    return nk_fail(ctx, err, msg, NK_IN_FILE(file), NK_ARGS(file));
}

static nk_err read_file(nk_ctx *ctx, nk_str bytes, nk_str file, nk_str password,
                        struct content *c)
{
    char *z = OPENSSL_strndup(password.len ? password.ptr : "", password.len);
    enum outcome got;

    if (!z)
        return nk_nomem(ctx);
    got = parse(NULL, bytes, z, c);
    if (got == UNREADABLE) {
        content_free(c);
        got = parse_legacy(bytes, z, c);
    }
    OPENSSL_clear_free(z, password.len + 1);
    switch (got) {
    case DONE:
        break;
    case NO_MEMORY:
        return nk_nomem(ctx);
    case UNREADABLE:
        return file_fault(ctx, NK_E_CRYPTO, NK_M_SIGN_KEY_FILE, file);
    case WRONG_PASSWORD:
        return file_fault(ctx, NK_E_DENIED, NK_M_SIGN_KEY_PASSWORD, file);
    }
    if (!c->key)
        return file_fault(ctx, NK_E_CRYPTO, NK_M_SIGN_KEY_NONE, file);
    if (!c->cert)
        return file_fault(ctx, NK_E_CRYPTO,
                          sk_X509_num(c->others) > 0 ? NK_M_SIGN_KEY_OTHER_CERT
                                                     : NK_M_SIGN_KEY_NO_CERT,
                          file);
    return NK_OK;
}

static bool is_self_signed(X509 *cert)
{
    return X509_self_signed(cert, 0) == 1;
}

/*
 * From the signer's issuer upwards. A root is left out: whoever verifies
 * has it, or does not believe it because it came along.
 */
static bool build_chain(const STACK_OF(X509) * others, X509 *signer,
                        STACK_OF(X509) * chain)
{
    X509 *at = signer;
    int i = 0;

    while (!is_self_signed(at) && sk_X509_num(chain) < (int)NK_MAX_CHAIN &&
           i < sk_X509_num(others)) {
        X509 *next = sk_X509_value(others, i++);

        if (is_self_signed(next) || X509_check_issued(next, at) != X509_V_OK)
            continue;
        if (!X509_add_cert(chain, next, X509_ADD_FLAG_UP_REF))
            return false;
        at = next;
        i = 0;
    }
    ERR_clear_error();
    return true;
}

static nk_err sign_with_pkey(nk_ctx *ctx, const nk_key *key, nk_str data,
                             unsigned char *value, size_t *len)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    nk_err rc = NK_OK;

    if (!md || EVP_DigestSignInit(md, NULL, key->md, NULL, key->pkey) <= 0 ||
        EVP_DigestSign(md, value, len, (const unsigned char *)data.ptr,
                       data.len) <= 0)
        rc = nk_sign__crypto_failed(ctx);
    EVP_MD_CTX_free(md);
    return rc;
}

/* Take over what was read; *c keeps what is not needed. */
static nk_err key_init(nk_ctx *ctx, nk_key *key, struct content *c)
{
    nk_err rc;

    key->pkey = c->key;
    key->cert = c->cert;
    c->key = NULL;
    c->cert = NULL;
    key->sign = sign_with_pkey;
    key->value_max = (size_t)EVP_PKEY_get_size(key->pkey);
    key->chain = sk_X509_new_null();
    key->md = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (!key->chain || !key->md ||
        !build_chain(c->others, key->cert, key->chain))
        return nk_sign__crypto_failed(ctx);
    if ((rc = nk_sign__check_strength(ctx, &key->arena, key->cert)) < 0)
        return rc;
    return nk_sign__moulds_init(ctx, key);
}

nk_err nk_key_open_p12(nk_ctx *ctx, nk_str bytes, nk_str file, nk_str password,
                       nk_key **out)
{
    struct content c = { NULL, NULL, NULL };
    nk_arena a;
    nk_key *key;
    nk_err rc;

    nk_arena_init(&a);
    if (!(key = NK_NEW(&a, nk_key)))
        return nk_nomem(ctx);
    key->arena = a;
    if ((rc = read_file(ctx, bytes, file, password, &c)) == NK_OK)
        rc = key_init(ctx, key, &c);
    content_free(&c);
    if (rc < 0)
        nk_key_close(key);
    else
        *out = key;
    return rc;
}

void nk_key_close(nk_key *key)
{
    nk_arena a;

    if (!key)
        return;
    EVP_PKEY_free(key->pkey);
    X509_free(key->cert);
    sk_X509_pop_free(key->chain, X509_free);
    EVP_MD_free(key->md);
    a = key->arena;
    nk_arena_release(&a);
}

nk_err nk_key_describe(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                       nk_key_info *out)
{
    nk_err rc = nk_sign__describe(ctx, a, key->cert, out);

    if (rc == NK_OK)
        out->vouched = key->vouched;
    return rc;
}

nk_err nk_key_check(nk_ctx *ctx, const nk_key *key)
{
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    if ((rc = nk_sign__check_usage(ctx, &a, key->cert)) == NK_OK)
        rc = nk_sign__check_time(ctx, &a, key->cert);
    nk_arena_release(&a);
    return rc;
}
