/*
 * The places to sign as the caller sees them: page numbers instead of object
 * numbers, thousandths of a point instead of PDF numbers.
 */
#include "sign/sign_int.h"

/* Digits beyond this are dropped; a page ends at 14,400,000. */
#define MAX_MILLI 100000000

/* A PDF number in 1/1000 pt, further digits dropped. */
static int32_t milli(nk_str raw)
{
    bool negative = raw.ptr[0] == '-';
    int32_t v = 0, digits = -1; /* after the point; -1: before it */
    size_t i;

    for (i = 0; i < raw.len && digits < 3; i++) {
        char c = raw.ptr[i];

        if (c == '.')
            digits = 0;
        else if (nk_is_digit(c) && v < MAX_MILLI) {
            v = v * 10 + (c - '0');
            digits += digits >= 0;
        }
    }
    for (digits = digits < 0 ? 0 : digits; digits < 3; digits++)
        v = v < MAX_MILLI ? v * 10 : v;
    return negative ? -v : v;
}

/* Give every field the number of its page. */
static nk_err set_pages(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                        const nk_sign_paper *p, nk_sign_field *fields)
{
    nk_cos_pages w;
    nk_cos_value ref;
    uint32_t page;
    size_t i, missing = p->n;
    nk_err rc;

    if ((rc = nk_cos_pages_init(ctx, &w, f, rev)) < 0)
        return rc;
    for (page = 1; missing; page++) {
        if ((rc = nk_cos_pages_next(ctx, &w, &ref)) < 0 ||
            ref.kind == NK_COS_NONE)
            return rc;
        for (i = 0; i < p->n; i++) {
            if (p->slots[i].page.kind == NK_COS_REF &&
                p->slots[i].page.number == ref.number && !fields[i].page) {
                fields[i].page = page;
                missing--;
            }
        }
    }
    return NK_OK;
}

void nk_sign__box(const nk_cos_value *rect, nk_sign_field *out)
{
    int32_t c[4] = { 0 };
    nk_str rest = nk_cos_inside(rect);
    nk_cos_value n;
    size_t i;

    for (i = 0; i < 4 && nk_cos_take(&rest, &n); i++)
        c[i] = milli(n.raw);
    out->x = c[0] < c[2] ? c[0] : c[2];
    out->y = c[1] < c[3] ? c[1] : c[3];
    out->width = c[0] + c[2] - 2 * out->x;
    out->height = c[1] + c[3] - 2 * out->y;
}

nk_err nk_sign__paper_fields(nk_ctx *ctx, nk_arena *a, nk_cos_file *f,
                             size_t rev, const nk_sign_paper *p,
                             nk_sign_field **out)
{
    nk_sign_field *fields = NK_NEWN(a, p->n, nk_sign_field);
    size_t i;
    nk_err rc;

    if (!fields)
        return nk_nomem(ctx);
    for (i = 0; i < p->n; i++) {
        const nk_sign_slot *slot = &p->slots[i];

        fields[i].name = slot->name;
        fields[i].label = slot->label;
        fields[i].is_signed = slot->value.kind != NK_COS_NONE;
        if (slot->rect.kind == NK_COS_ARRAY)
            nk_sign__box(&slot->rect, &fields[i]);
    }
    if ((rc = set_pages(ctx, f, rev, p, fields)) < 0)
        return rc;
    *out = fields;
    return NK_OK;
}

nk_err nk_sign_fields(nk_ctx *ctx, nk_arena *a, nk_str pdf,
                      nk_sign_field **fields, size_t *n)
{
    nk_cos_file f;
    nk_sign_paper p;
    nk_err rc;

    if ((rc = nk_cos_open(ctx, a, pdf, &f)) < 0 ||
        (rc = nk_sign__paper_load(ctx, a, &f, f.n - 1, &p)) < 0 ||
        (rc = nk_sign__paper_fields(ctx, a, &f, f.n - 1, &p, fields)) < 0)
        return rc;
    *n = p.n;
    return NK_OK;
}
