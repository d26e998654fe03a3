/*
 * What the files of crypto share.
 */
#ifndef NK_CRYPTO_CRYPTO_INT_H
#define NK_CRYPTO_CRYPTO_INT_H

#include "crypto/crypto.h"

/* Find out whether the processor can hash; called once, by init. */
void nk_crypto__sha256_init(void);

/* SHA-256 without the processor's help, for tests to compare with. */
void nk_crypto__sha256_plain(nk_str bytes, uint8_t out[NK_SHA256_SIZE]);

#endif
