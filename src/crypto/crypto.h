/*
 * The door of crypto: sealing, hashing, key derivation, random bytes, and
 * memory for secrets. libsodium lives behind it.
 *
 * Sealing and unsealing take no ctx: only the caller knows what it means
 * that a seal does not fit (a wrong password, a damaged paper), so the
 * caller describes it.
 */
#ifndef NK_CRYPTO_CRYPTO_H
#define NK_CRYPTO_CRYPTO_H

#include "base/base.h"

#define NK_KEY_SIZE    32 /* bytes of every symmetric key */
#define NK_SHA256_SIZE 32
#define NK_SALT_SIZE   16
#define NK_SEAL_EXTRA  40 /* bytes a seal adds: nonce 24, tag 16 */

/* Must have succeeded once before anything else here is called. */
nk_err nk_crypto_init(nk_ctx *ctx);

/* A key in locked memory that is wiped when closed. */
typedef struct nk_secret nk_secret;

nk_err nk_secret_open(nk_ctx *ctx, nk_secret **out); /* random */
nk_err nk_secret_open_copy(nk_ctx *ctx, const uint8_t bytes[NK_KEY_SIZE],
                           nk_secret **out);
void nk_secret_close(nk_secret *s); /* NULL is fine */
const uint8_t *nk_secret_bytes(const nk_secret *s);

/* Fill with new random bytes: cheaper than to open another one. */
void nk_secret_renew(nk_secret *s);

void nk_random(void *out, size_t n);

/* Overwrite n bytes in a way the compiler keeps. */
void nk_wipe(void *p, size_t n);

void nk_sha256(nk_str bytes, uint8_t out[NK_SHA256_SIZE]);

/* Equal in constant time. */
bool nk_same_bytes(const void *a, const void *b, size_t n);

/*
 * XChaCha20-Poly1305 with a random nonce before the text:
 * nonce (24) | ciphertext | tag (16). `aad` is bound but not contained.
 * `out` has room for plain.len + NK_SEAL_EXTRA bytes.
 */
void nk_seal(const nk_secret *key, nk_str aad, nk_str plain, void *out);

/*
 * The other way: `out` has room for sealed.len - NK_SEAL_EXTRA bytes (none
 * when that is negative). False when the key, aad or any byte differs; out
 * then holds nothing of use.
 */
bool nk_unseal(const nk_secret *key, nk_str aad, nk_str sealed, void *out);

/* Unseal a key straight into locked memory; on false `into` is wiped. */
bool nk_secret_unseal(const nk_secret *key, nk_str aad, nk_str sealed,
                      nk_secret *into);

/* Cost of Argon2id, stored beside what it protects. */
typedef struct nk_kdf_cost {
    uint32_t passes;
    uint32_t memory_kib;
} nk_kdf_cost;

#define NK_KDF_DEFAULT ((nk_kdf_cost){ 2, 65536 })

/*
 * Argon2id (version 1.3, one lane). Fails with NK_E_CRYPTO when cost is below
 * what is safe (1 pass, 19 MiB) or above NK_MAX_KDF_KIB or NK_MAX_KDF_PASSES,
 * with NK_E_NOMEM when that memory is not to be had.
 */
nk_err nk_kdf(nk_ctx *ctx, nk_str password, const uint8_t salt[NK_SALT_SIZE],
              nk_kdf_cost cost, nk_secret **out);

#endif
