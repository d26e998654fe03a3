/*
 * A file from anywhere, given to the reader and the verifier of signed PDFs.
 * Nobody is trusted and the clock stands still, so that the same bytes always
 * take the same way.
 */
#include <stddef.h>
#include <stdint.h>

#include "sign/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    nk_str pdf = { (const char *)bytes, n };
    nk_sign_field *fields;
    nk_verification v;
    nk_arena a;
    nk_ctx ctx;
    size_t fields_n;

    nk_ctx_init(&ctx);
    nk_arena_init(&a);
    ctx.now = INT64_C(1795398300000);
    nk_sign_fields(&ctx, &a, pdf, &fields, &fields_n);
    if (nk_sign_verify(&ctx, &a, pdf, NULL, &v) == NK_OK &&
        v.verdict == NK_VERDICT_VALID)
        __builtin_trap(); /* nobody is trusted */
    nk_arena_release(&a);
    return 0;
}
