/*
 * Lengths as people write them, in integers all the way.
 */
#include "base/paper.h"

#include "base/limits.h"

static const nk_paper_size papers[] = {
    { NK_STR_INIT("A4"), 595276, 841890 }, /* 210 x 297 mm */
    { NK_STR_INIT("F4"), 609449, 935433 }, /* 215 x 330 mm: folio */
    { NK_STR_INIT("A5"), 419528, 595276 }, /* 148 x 210 mm */
};

const nk_paper_size *nk_paper_find(nk_str name)
{
    size_t i;

    for (i = 0; i < sizeof(papers) / sizeof(papers[0]); i++)
        if (nk_str_eq(name, papers[i].name))
            return &papers[i];
    return NULL;
}

/* Thousandths of the unit: "1.5" is 1500. At most three decimals. */
static bool thousandths(nk_str s, int64_t *out)
{
    size_t dot = nk_str_find(s, '.');
    uint64_t whole, part = 0, scale = 1000;
    size_t i;

    if (!nk_str_uint(nk_str_head(s, dot), 99999, &whole))
        return false;
    if (dot < s.len) {
        nk_str d = nk_str_skip(s, dot + 1);

        if (d.len > 3 || !nk_str_uint(d, 999, &part))
            return false;
        for (i = 0; i < d.len; i++)
            scale /= 10;
        part *= scale;
    }
    *out = (int64_t)(whole * 1000 + part);
    return true;
}

bool nk_mpt_parse(nk_str s, nk_mpt *out)
{
    bool minus = nk_str_starts(s, NK_STR("-"));
    int64_t v;
    nk_str unit;

    if (minus)
        s = nk_str_skip(s, 1);
    if (s.len < 3)
        return false;
    unit = nk_str_skip(s, s.len - 2);
    if (!thousandths(nk_str_head(s, s.len - 2), &v))
        return false;
    if (nk_str_eq(unit, NK_STR("cm")))
        v *= 10;
    else if (!nk_str_eq(unit, NK_STR("mm")) && !nk_str_eq(unit, NK_STR("pt")))
        return false;
    if (!nk_str_eq(unit, NK_STR("pt")))
        v = (v * 360 + 63) / 127;
    if (v > NK_MAX_LENGTH)
        return false;
    *out = (nk_mpt)(minus ? -v : v);
    return true;
}

void nk_mpt_put(nk_buf *b, nk_mpt v)
{
    uint32_t u = v < 0 ? 0 - (uint32_t)v : (uint32_t)v, part = u % 1000;

    if (v < 0)
        nk_buf_putc(b, '-');
    nk_buf_int(b, u / 1000);
    if (!part)
        return;
    nk_buf_putc(b, '.');
    nk_buf_putc(b, (char)('0' + part / 100));
    if (part % 100)
        nk_buf_putc(b, (char)('0' + part / 10 % 10));
    if (part % 10)
        nk_buf_putc(b, (char)('0' + part % 10));
}
