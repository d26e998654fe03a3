/*
 * Pages in their order: a walk through the page tree, no deeper than a value
 * may be.
 */
#include "cos/cos.h"

static nk_err enter(nk_ctx *ctx, nk_cos_pages *w, const nk_cos_value *ref,
                    bool *is_page)
{
    nk_cos_object o;
    nk_cos_value kids;
    nk_err rc;

    if ((rc = nk_cos_read(ctx, w->f, w->rev, ref, &o)) < 0)
        return rc;
    if (o.value.kind != NK_COS_DICT)
        return nk_cos_damaged(ctx, NK_STR("/Pages"));
    if ((rc = nk_cos_follow(ctx, w->f, w->rev, &o.value, NK_STR("Kids"),
                            &kids)) < 0)
        return rc;
    *is_page = kids.kind != NK_COS_ARRAY;
    if (*is_page)
        return NK_OK;
    if (w->depth == NK_MAX_PDF_DEPTH)
        return nk_cos_damaged(ctx, NK_STR("/Pages"));
    w->rest[w->depth++] = nk_cos_inside(&kids);
    return NK_OK;
}

nk_err nk_cos_pages_init(nk_ctx *ctx, nk_cos_pages *w, nk_cos_file *f,
                         size_t rev)
{
    nk_cos_object catalog;
    nk_cos_value ref;
    bool is_page;
    nk_err rc;

    w->f = f;
    w->rev = rev;
    w->depth = 0;
    if ((rc = nk_cos_catalog(ctx, f, rev, &catalog)) < 0 ||
        (rc = nk_cos_want(ctx, &catalog.value, NK_STR("Pages"), NK_COS_REF,
                          &ref)) < 0)
        return rc;
    return enter(ctx, w, &ref, &is_page);
}

nk_err nk_cos_pages_next(nk_ctx *ctx, nk_cos_pages *w, nk_cos_value *page)
{
    bool is_page = false;
    nk_err rc;

    while (w->depth) {
        if (!nk_cos_take(&w->rest[w->depth - 1], page)) {
            w->depth--;
            continue;
        }
        if (page->kind != NK_COS_REF)
            return nk_cos_damaged(ctx, NK_STR("/Kids"));
        if ((rc = enter(ctx, w, page, &is_page)) < 0 || is_page)
            return rc;
    }
    page->kind = NK_COS_NONE;
    return NK_OK;
}
