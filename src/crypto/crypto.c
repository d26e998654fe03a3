/*
 * Seals, secrets and key derivation by libsodium. Keys live in memory that
 * is locked, guarded and left out of core dumps.
 */
#include <sodium.h>

#include "crypto/crypto_int.h"

#define NONCE       crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG         crypto_aead_xchacha20poly1305_ietf_ABYTES
#define MIN_KDF_KIB 19456u /* 19 MiB: the least that is advised today */

struct nk_secret {
    uint8_t bytes[NK_KEY_SIZE];
};

_Static_assert(NONCE + TAG == NK_SEAL_EXTRA, "size of a seal");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == NK_KEY_SIZE,
               "size of a key");
_Static_assert(crypto_pwhash_argon2id_SALTBYTES == NK_SALT_SIZE,
               "size of a salt");

nk_err nk_crypto_init(nk_ctx *ctx)
{
    if (sodium_init() < 0)
        return nk_fail(ctx, NK_E_CRYPTO, NK_M_CRYPTO_START, NK_NOWHERE,
                       NK_NOARGS);
    nk_crypto__sha256_init();
    return NK_OK;
}

static nk_err new_secret(nk_ctx *ctx, nk_secret **out)
{
    nk_secret *s = sodium_malloc(sizeof(*s));

    if (!s)
        return nk_nomem(ctx);
    *out = s;
    return NK_OK;
}

nk_err nk_secret_open(nk_ctx *ctx, nk_secret **out)
{
    nk_err rc = new_secret(ctx, out);

    if (rc == NK_OK)
        nk_secret_renew(*out);
    return rc;
}

nk_err nk_secret_open_copy(nk_ctx *ctx, const uint8_t bytes[NK_KEY_SIZE],
                           nk_secret **out)
{
    nk_err rc = new_secret(ctx, out);

    if (rc == NK_OK)
        memcpy((*out)->bytes, bytes, NK_KEY_SIZE);
    return rc;
}

void nk_secret_close(nk_secret *s)
{
    sodium_free(s);
}

const uint8_t *nk_secret_bytes(const nk_secret *s)
{
    return s->bytes;
}

void nk_secret_renew(nk_secret *s)
{
    randombytes_buf(s->bytes, NK_KEY_SIZE);
}

void nk_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

void nk_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

bool nk_same_bytes(const void *a, const void *b, size_t n)
{
    return sodium_memcmp(a, b, n) == 0;
}

void nk_seal(const nk_secret *key, nk_str aad, nk_str plain, void *out)
{
    uint8_t *p = out;

    randombytes_buf(p, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        p + NONCE, NULL, (const uint8_t *)plain.ptr, plain.len,
        (const uint8_t *)aad.ptr, aad.len, NULL, p, key->bytes);
}

bool nk_unseal(const nk_secret *key, nk_str aad, nk_str sealed, void *out)
{
    const uint8_t *p = (const uint8_t *)sealed.ptr;

    if (sealed.len < NK_SEAL_EXTRA)
        return false;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
               out, NULL, NULL, p + NONCE, sealed.len - NONCE,
               (const uint8_t *)aad.ptr, aad.len, p, key->bytes) == 0;
}

bool nk_secret_unseal(const nk_secret *key, nk_str aad, nk_str sealed,
                      nk_secret *into)
{
    if (sealed.len == NK_KEY_SIZE + NK_SEAL_EXTRA &&
        nk_unseal(key, aad, sealed, into->bytes))
        return true;
    nk_wipe(into->bytes, NK_KEY_SIZE);
    return false;
}

nk_err nk_kdf(nk_ctx *ctx, nk_str password, const uint8_t salt[NK_SALT_SIZE],
              nk_kdf_cost cost, nk_secret **out)
{
    nk_secret *s = NULL;
    nk_err rc;

    if (cost.passes < 1 || cost.passes > NK_MAX_KDF_PASSES ||
        cost.memory_kib < MIN_KDF_KIB || cost.memory_kib > NK_MAX_KDF_KIB)
        return nk_fail(ctx, NK_E_CRYPTO, NK_M_KDF_COST, NK_NOWHERE,
                       NK_ARGS(NK_NUM(cost.passes), NK_NUM(cost.memory_kib)));
    if ((rc = new_secret(ctx, &s)) < 0)
        return rc;
    if (crypto_pwhash_argon2id(s->bytes, NK_KEY_SIZE, password.ptr,
                               password.len, salt, cost.passes,
                               (size_t)cost.memory_kib * 1024,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
        nk_secret_close(s);
        return nk_nomem(ctx);
    }
    *out = s;
    return NK_OK;
}
