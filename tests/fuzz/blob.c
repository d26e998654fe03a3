/*
 * The packed form of papers, from both sides. The first byte says whether
 * there is a dictionary (bit 0) and what the rest is (bits 1 and 2):
 *
 *   0  what a sealed blob holds    1  a code, after raw and its size
 *   2  a residue                   3  a paper: it must come back
 *
 * The next two bytes are the size that is asked for.
 */
#include "archive/code.h"

#include <stdlib.h>

#define RES_ONE "sumber bersama yang pertama, cukup panjang untuk dipakai"
#define BASE    "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\nxref\n0 2\n"

static nk_inflater *inflater;
static nk_arena arena;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void play(const nk_dict *d, nk_str s, size_t size)
{
    char *out = nk_alloc(&arena, size + 1);
    size_t raw = s.len ? (unsigned char)s.ptr[0] : 0;

    if (!out || raw >= s.len)
        return;
    nk_archive__play(&arena, d, nk_str_skip(s, 1 + raw),
                     (nk_str){ s.ptr + 1, raw }, out, size);
}

static void expand(const nk_dict *d, nk_str s, size_t size)
{
    char *code = nk_alloc(&arena, size + 1);

    if (code)
        nk_archive__expand(d ? d->base : NK_EMPTY, s, code, size);
}

static void there_and_back(const nk_dict *d, nk_str paper)
{
    nk_base_index known;
    const nk_scan how = { .dict = d, .known = d ? &known : NULL };
    char *again = nk_alloc(&arena, paper.len + 1);
    nk_buf code, raw;
    nk_ctx ctx;

    nk_ctx_init(&ctx);
    if (d && nk_archive__index_base(&ctx, &arena, d->base, &known) < 0)
        return;
    nk_buf_init(&code, &arena);
    nk_buf_init(&raw, &arena);
    nk_archive__scan(&arena, &how, paper, &code, &raw);
    if (!again || code.err < 0 || raw.err < 0)
        return;
    if (code.len > 2 * paper.len + 64 ||
        !nk_archive__play(&arena, d, nk_buf_str(&code), nk_buf_str(&raw), again,
                          paper.len) ||
        !nk_str_eq(paper, (nk_str){ again, paper.len }))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static nk_str res[] = { NK_STR_INIT(RES_ONE), NK_STR_INIT("") };
    static const nk_dict dict = { .id = 1,
                                  .res = res,
                                  .res_n = 2,
                                  .base = NK_STR_INIT(BASE),
                                  .preset = NK_STR_INIT("endobj\nstream") };
    const nk_dict *d = n && bytes[0] & 1 ? &dict : NULL;
    nk_str paper, rest;
    nk_ctx ctx;
    size_t size;

    nk_ctx_init(&ctx);
    if (n < 3 || (!inflater && nk_archive__inflater_open(&ctx, &inflater) < 0))
        return 0;
    rest = (nk_str){ (const char *)bytes + 3, n - 3 };
    size = (size_t)bytes[1] << 8 | bytes[2];
    switch (bytes[0] >> 1 & 3) {
    case 0:
        nk_archive__unpack(&arena, inflater, d, rest, size, &paper);
        break;
    case 1:
        play(d, rest, size);
        break;
    case 2:
        expand(d, rest, size);
        break;
    default:
        there_and_back(d, rest);
        break;
    }
    nk_arena_reset(&arena);
    return 0;
}
