/*
 * Subsets: the base font of a face, made once, and the extra font of a face
 * for one paper. Hints and layout tables are left out: text is shaped before
 * it is written.
 */
#include "font/font_int.h"

#include <hb-subset.h>

static void drop_tables(hb_subset_input_t *in)
{
    static const char *const tables[] = { "GSUB", "GPOS", "GDEF", "kern",
                                          "DSIG", "post", "name", "OS/2",
                                          "gasp", "FFTM", "hdmx", "VDMX",
                                          "LTSH", "PCLT", "JSTF" };
    hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    size_t i;

    for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
        hb_set_add(drop, HB_TAG(tables[i][0], tables[i][1], tables[i][2],
                                tables[i][3]));
}

/* A set that had no memory for all that was added would lack glyphs. */
static bool is_whole(hb_subset_input_t *in)
{
    return hb_set_allocation_successful(
               hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG)) &&
           hb_set_allocation_successful(hb_subset_input_unicode_set(in)) &&
           hb_set_allocation_successful(hb_subset_input_glyph_set(in));
}

static nk_err subset(nk_ctx *ctx, struct nk_font__face *x,
                     hb_subset_input_t *in, unsigned flags, hb_blob_t **out)
{
    hb_face_t *made;

    hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING |
                                      HB_SUBSET_FLAGS_NOTDEF_OUTLINE | flags);
    drop_tables(in);
    if (!is_whole(in))
        return nk_nomem(ctx);
    made = hb_subset_or_fail(x->face, in);
    if (!made)
        return nk_fail(ctx, NK_E_INTERNAL, NK_M_FONT_SUBSET, NK_NOWHERE,
                       NK_ARGS(x->info.name));
    *out = hb_face_reference_blob(made);
    hb_face_destroy(made);
    return hb_blob_get_length(*out) ? NK_OK : nk_nomem(ctx);
}

static nk_err make_base(nk_ctx *ctx, struct nk_font__face *x)
{
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    hb_set_t *chars;
    unsigned n;
    nk_err rc;
    int c;

    if (!in)
        return nk_nomem(ctx);
    chars = hb_subset_input_unicode_set(in);
    for (c = 0; c < NK_FONT__CODES; c++) {
        if (!x->glyphs[c])
            continue;
        hb_set_add(chars, nk_fonts_base_char((uint8_t)c));
        x->base.widths[c] = (int16_t)nk_font__em(
            x, hb_font_get_glyph_h_advance(x->font, x->glyphs[c]));
    }
    rc = subset(ctx, x, in, 0, &x->base_blob);
    hb_subset_input_destroy(in);
    if (rc < 0)
        return rc;
    x->base.program.ptr = hb_blob_get_data(x->base_blob, &n);
    x->base.program.len = n;
    return NK_OK;
}

nk_err nk_fonts_base(nk_ctx *ctx, nk_fonts *f, nk_face face,
                     const nk_base_font **out)
{
    struct nk_font__face *x;
    nk_err rc;

    if ((rc = nk_font__face(ctx, f, face, &x)) < 0)
        return rc;
    if (!x->base_blob && (rc = make_base(ctx, x)) < 0)
        return rc;
    *out = &x->base;
    return NK_OK;
}

nk_err nk_fonts_extra(nk_ctx *ctx, nk_arena *a, nk_fonts *f, nk_face face,
                      const nk_extra_glyph *glyphs, size_t n, nk_str *program)
{
    hb_subset_input_t *in;
    struct nk_font__face *x;
    hb_blob_t *blob = NULL;
    nk_str bytes;
    unsigned len;
    nk_err rc;
    size_t i;

    if ((rc = nk_font__face(ctx, f, face, &x)) < 0)
        return rc;
    if (!(in = hb_subset_input_create_or_fail()))
        return nk_nomem(ctx);
    for (i = 0; i < n; i++)
        hb_set_add(hb_subset_input_glyph_set(in), glyphs[i].glyph);
    rc = subset(ctx, x, in, HB_SUBSET_FLAGS_RETAIN_GIDS, &blob);
    hb_subset_input_destroy(in);
    if (rc < 0) {
        hb_blob_destroy(blob);
        return rc;
    }
    bytes.ptr = hb_blob_get_data(blob, &len);
    bytes.len = len;
    *program = nk_str_copy(a, bytes);
    hb_blob_destroy(blob);
    return program->ptr ? NK_OK : nk_nomem(ctx);
}
