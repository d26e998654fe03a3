/*
 * Layout from top to bottom: blocks become strips, strips go on pages.
 */
#include "layout/layout_int.h"

static struct nk_layout__column body_column(const nk_doc *d)
{
    struct nk_layout__column col = {
        .x = d->left,
        .width = d->width - d->left - d->right,
        .gap = NK_PT(6),
        .type = { .size = d->type.size,
                  .leading = d->type.leading,
                  .family = d->type.family,
                  .align = NK_ALIGN_JUSTIFY },
    };

    return col;
}

static nk_err lay_out(struct nk_layout__run *l, nk_pages *pages)
{
    struct nk_layout__column col = body_column(l->doc);
    struct nk_layout__sink body = { 0 };
    uint32_t document;
    nk_err rc;

    /* The document is tag 0, which is also what artifacts carry. */
    if ((rc = nk_layout__tag(l, NK_STRUCT_DOCUMENT, &document)) < 0 ||
        (rc = nk_layout__blocks(l, l->doc->body->first, &col, &body)) < 0)
        return rc;
    return nk_layout__paginate(l, &body, pages);
}

nk_err nk_layout_pages(nk_ctx *ctx, nk_arena *a, const nk_doc *doc,
                       const nk_metrics *m, nk_problems *problems,
                       nk_pages **out)
{
    struct nk_layout__run l = {
        .ctx = ctx, .a = a, .doc = doc, .m = m, .problems = problems
    };
    nk_pages *pages = NK_NEW(a, nk_pages);
    uint32_t errors = problems->errors;
    nk_err rc;

    if (!pages)
        return nk_nomem(ctx);
    nk_arena_init(&l.scratch);
    rc = lay_out(&l, pages);
    nk_arena_release(&l.scratch);
    if (rc < 0)
        return rc;
    if (problems->errors > errors)
        return nk_fail(ctx, NK_E_INVALID, NK_M_PAPER_OVERFULL, NK_NOWHERE,
                       NK_ARGS(doc->title, NK_NUM(problems->errors - errors)));
    pages->width = doc->width;
    pages->height = doc->height;
    pages->tags = l.tags;
    pages->tags_n = l.tags_n;
    pages->title = doc->title;
    pages->author = doc->author;
    pages->lang = doc->lang;
    pages->template_id = doc->template_id;
    pages->version = doc->version;
    pages->draft = doc->draft;
    pages->fillable = doc->fillable;
    pages->family = doc->type.family;
    pages->size = doc->type.size;
    *out = pages;
    return NK_OK;
}
