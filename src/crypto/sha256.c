/*
 * SHA-256. libsodium's is portable C at 200 MB/s, which would be most of the
 * time of reading a paper; so whole blocks go through the SHA instructions
 * where the processor has them. They work on libsodium's own public state:
 * its code pads and finishes, and hashes everything elsewhere.
 */
#include <sodium.h>

#include "crypto/crypto_int.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

static bool has_sha;

void nk_crypto__sha256_init(void)
{
    unsigned a, b, c, d, b7;

    if (!__get_cpuid_count(7, 0, &a, &b7, &c, &d) ||
        !__get_cpuid(1, &a, &b, &c, &d))
        return;
    has_sha = (b7 >> 29 & 1) && (c >> 9 & 1) && (c >> 19 & 1);
}

/* Four rounds on the message words w. */
WITH_SHA static inline void four_rounds(__m128i *abef, __m128i *cdgh, __m128i w,
                                        unsigned round)
{
    const __m128i *k = (const __m128i *)(const void *)&round_constants[round];
    __m128i wk = _mm_add_epi32(w, _mm_loadu_si128(k));

    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, wk);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(wk, 0x0E));
}

/* The next four message words from the sixteen before. */
WITH_SHA static inline __m128i next_words(__m128i w0, __m128i w1, __m128i w2,
                                          __m128i w3)
{
    __m128i t =
        _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));

    return _mm_sha256msg2_epu32(t, w3);
}

WITH_SHA static void hash_blocks(uint32_t state[8], const uint8_t *p, size_t n)
{
    const __m128i swap =
        _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i dcba = _mm_loadu_si128((const __m128i *)(void *)&state[0]);
    __m128i hgfe = _mm_loadu_si128((const __m128i *)(void *)&state[4]);
    /* The instructions want the eight words as ABEF and CDGH. */
    __m128i cdab = _mm_shuffle_epi32(dcba, 0xB1);
    __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1B);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);

    for (; n; n--, p += 64) {
        __m128i abef_before = abef, cdgh_before = cdgh, w[4], feba, dchg;
        unsigned i;

        for (i = 0; i < 4; i++) {
            const __m128i *m = (const __m128i *)(const void *)(p + 16 * i);

            w[i] = _mm_shuffle_epi8(_mm_loadu_si128(m), swap);
            four_rounds(&abef, &cdgh, w[i], 4 * i);
        }
        for (i = 4; i < 16; i += 4) {
            w[0] = next_words(w[0], w[1], w[2], w[3]);
            four_rounds(&abef, &cdgh, w[0], 4 * i);
            w[1] = next_words(w[1], w[2], w[3], w[0]);
            four_rounds(&abef, &cdgh, w[1], 4 * i + 4);
            w[2] = next_words(w[2], w[3], w[0], w[1]);
            four_rounds(&abef, &cdgh, w[2], 4 * i + 8);
            w[3] = next_words(w[3], w[0], w[1], w[2]);
            four_rounds(&abef, &cdgh, w[3], 4 * i + 12);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
        if (n > 1)
            continue;
        feba = _mm_shuffle_epi32(abef, 0x1B);
        dchg = _mm_shuffle_epi32(cdgh, 0xB1);
        _mm_storeu_si128((__m128i *)(void *)&state[0],
                         _mm_blend_epi16(feba, dchg, 0xF0));
        _mm_storeu_si128((__m128i *)(void *)&state[4],
                         _mm_alignr_epi8(dchg, feba, 8));
    }
}

#else

void nk_crypto__sha256_init(void)
{
}

#endif

void nk_crypto__sha256_plain(nk_str bytes, uint8_t out[NK_SHA256_SIZE])
{
    crypto_hash_sha256(out, (const uint8_t *)bytes.ptr, bytes.len);
}

void nk_sha256(nk_str bytes, uint8_t out[NK_SHA256_SIZE])
{
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
#if defined(__x86_64__)
    if (has_sha && bytes.len >= 64) {
        size_t whole = bytes.len / 64;

        hash_blocks(state.state, (const uint8_t *)bytes.ptr, whole);
        state.count = (uint64_t)whole * 512;
        bytes = nk_str_skip(bytes, whole * 64);
    }
#endif
    crypto_hash_sha256_update(&state, (const uint8_t *)bytes.ptr, bytes.len);
    crypto_hash_sha256_final(&state, out);
}
