/*
 * The door of layout: from a document tree to pages. Integers only; widths
 * come through a table of functions, so that layout knows no font.
 */
#ifndef NK_LAYOUT_LAYOUT_H
#define NK_LAYOUT_LAYOUT_H

#include "base/base.h"
#include "doc/doc.h"
#include "layout/page.h"

/* What layout asks of fonts and pictures; `self` is handed back. */
typedef struct nk_metrics {
    void *self;
    /* Width of a word in 1/1000 em; *missing is a character the face lacks,
       or 0. */
    nk_err (*word)(void *self, nk_ctx *ctx, nk_face face, nk_str text,
                   int32_t *width, uint32_t *missing);
    /* Width of the space, and ascent and descent, in 1/1000 em. */
    nk_err (*face)(void *self, nk_ctx *ctx, nk_face face, int32_t *space,
                   int32_t *ascent, int32_t *descent);
    /* Bytes before each place a word may be hyphenated. */
    nk_err (*hyphens)(void *self, nk_ctx *ctx, nk_str word, uint16_t *after,
                      size_t room, size_t *n);
    /* Natural size of a picture in any unit; NK_E_NOTFOUND: none. */
    nk_err (*image)(void *self, nk_ctx *ctx, nk_str name, uint32_t *width,
                    uint32_t *height);
} nk_metrics;

/*
 * Lay a paper out. A value too long for its place and a character the font
 * lacks are added to `problems` as errors, all of them, and the call fails
 * with NK_E_INVALID; a word wider than its column is broken at the edge and
 * only warned of. NK_E_LIMIT: more than NK_MAX_PAGES. Same doc and metrics,
 * same pages. The pages point into doc and live as long as it and `a`.
 */
nk_err nk_layout_pages(nk_ctx *ctx, nk_arena *a, const nk_doc *doc,
                       const nk_metrics *m, nk_problems *problems,
                       nk_pages **out);

/* Pages as text: one line an item. */
nk_err nk_pages_dump(nk_ctx *ctx, nk_arena *a, const nk_pages *p, nk_str *out);

#endif
