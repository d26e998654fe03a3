/*
 * A file from anywhere, given to the reader of forms.
 */
#include <stddef.h>
#include <stdint.h>

#include "cos/cos.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    nk_str pdf = { (const char *)bytes, n };
    nk_cos_field *fields;
    nk_cos_value own;
    nk_cos_file f;
    nk_arena a;
    nk_ctx ctx;
    size_t fields_n, i, bad;

    nk_ctx_init(&ctx);
    nk_arena_init(&a);
    if (nk_cos_open(&ctx, &a, pdf, &f) == NK_OK) {
        nk_cos_private(&ctx, &f, f.n - 1, &own);
        if (nk_cos_form(&ctx, &a, &f, f.n - 1, &fields, &fields_n) == NK_OK)
            for (i = 0; i < fields_n; i++)
                if (!nk_utf8_check(fields[i].value, &bad) ||
                    !nk_utf8_check(fields[i].name, &bad))
                    __builtin_trap(); /* what comes in is UTF-8 */
    }
    nk_arena_release(&a);
    return 0;
}
