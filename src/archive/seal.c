/*
 * What every sealed row has in common: what the seal binds, and a packed
 * paper or record inside it, with its hash before it.
 */
#include "archive/archive_int.h"

static void put_low_first(nk_buf *b, uint64_t v, unsigned bytes)
{
    while (bytes--) {
        nk_buf_putc(b, (char)(v & 0xFF));
        v >>= 8;
    }
}

void nk_archive__aad_init(nk_aad *d, nk_arena *a, const nk_archive *ar,
                          nk_str what)
{
    nk_buf_init(&d->b, a);
    nk_archive__aad_text(d, what);
    nk_buf_putn(&d->b, ar->id, sizeof(ar->id));
}

void nk_archive__aad_text(nk_aad *d, nk_str v)
{
    put_low_first(&d->b, v.len, 4);
    nk_buf_puts(&d->b, v);
}

void nk_archive__aad_int(nk_aad *d, int64_t v)
{
    put_low_first(&d->b, (uint64_t)v, 8);
}

nk_err nk_archive__aad_end(nk_ctx *ctx, nk_aad *d, nk_str *out)
{
    return nk_buf_end(ctx, &d->b, out);
}

nk_err nk_archive__seal_own(nk_ctx *ctx, nk_archive *ar, nk_str aad,
                            nk_str plain, nk_str *out)
{
    char *sealed = nk_alloc(&ar->scratch, plain.len + NK_SEAL_EXTRA);

    if (!sealed)
        return nk_nomem(ctx);
    nk_seal(ar->own, aad, plain, sealed);
    *out = nk_archive__bytes(sealed, plain.len + NK_SEAL_EXTRA);
    return NK_OK;
}

nk_err nk_archive__unseal_own(nk_ctx *ctx, nk_arena *a, const nk_archive *ar,
                              nk_str aad, nk_str sealed, nk_str *out, bool *ok)
{
    char *plain;

    *ok = false;
    if (sealed.len < NK_SEAL_EXTRA)
        return NK_OK;
    if (!(plain = nk_alloc(a, sealed.len - NK_SEAL_EXTRA)))
        return nk_nomem(ctx);
    *ok = nk_unseal(ar->own, aad, sealed, plain);
    *out = nk_archive__bytes(plain, sealed.len - NK_SEAL_EXTRA);
    return NK_OK;
}

nk_err nk_archive__seal_packed(nk_ctx *ctx, nk_arena *a, const nk_secret *key,
                               nk_str aad, const nk_packed *packed, nk_str *out)
{
    size_t n = NK_SHA256_SIZE + packed->bytes.len;
    char *plain = nk_alloc(a, n), *sealed = nk_alloc(a, n + NK_SEAL_EXTRA);

    if (!plain || !sealed)
        return nk_nomem(ctx);
    memcpy(plain, packed->sha256, NK_SHA256_SIZE);
    memcpy(plain + NK_SHA256_SIZE, packed->bytes.ptr, packed->bytes.len);
    nk_seal(key, aad, nk_archive__bytes(plain, n), sealed);
    *out = nk_archive__bytes(sealed, n + NK_SEAL_EXTRA);
    return NK_OK;
}

bool nk_archive__unseal_packed(nk_archive *ar, nk_arena *a, nk_str aad,
                               nk_str sealed, const nk_dict *dict,
                               uint64_t size, uint8_t sha256[NK_SHA256_SIZE],
                               nk_str *bytes)
{
    uint8_t hash[NK_SHA256_SIZE];
    size_t n = sealed.len - NK_SEAL_EXTRA;
    char *plain;

    if (sealed.len < NK_SEAL_EXTRA + NK_SHA256_SIZE || size > NK_MAX_PAPER ||
        !(plain = nk_alloc(&ar->scratch, n)) ||
        !nk_unseal(ar->case_key, aad, sealed, plain) ||
        !nk_archive__unpack(
            a, ar->inflater, dict,
            nk_archive__bytes(plain + NK_SHA256_SIZE, n - NK_SHA256_SIZE),
            (size_t)size, bytes))
        return false;
    nk_sha256(*bytes, hash);
    memcpy(sha256, plain, NK_SHA256_SIZE);
    return memcmp(hash, plain, NK_SHA256_SIZE) == 0;
}
