/*
 * From rows to values: texts that outlive their row, and days.
 */
#include "archive/archive_int.h"

int64_t nk_archive__date_to_int(nk_date d)
{
    return (int64_t)d.year * 10000 + d.month * 100 + d.day;
}

nk_date nk_archive__date_from_int(int64_t v)
{
    return (nk_date){ (int16_t)(v / 10000), (uint8_t)(v / 100 % 100),
                      (uint8_t)(v % 100) };
}

nk_err nk_archive__keep(nk_ctx *ctx, nk_arena *a, nk_str text, nk_str *out)
{
    *out = nk_str_copy(a, text);
    return out->ptr ? NK_OK : nk_nomem(ctx);
}
