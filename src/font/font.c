/*
 * Faces: opening font files and reading what a PDF says of them.
 */
#include "font/font_int.h"

#include <hb-ot.h>
#include <stdlib.h>

static const nk_str files[NK_FACES] = {
    [NK_FACE_SANS] = NK_STR_INIT("LiberationSans-Regular.ttf"),
    [NK_FACE_SANS | NK_FACE_BOLD] = NK_STR_INIT("LiberationSans-Bold.ttf"),
    [NK_FACE_SANS | NK_FACE_ITALIC] = NK_STR_INIT("LiberationSans-Italic.ttf"),
    [NK_FACE_SANS | NK_FACE_BOLD | NK_FACE_ITALIC] =
        NK_STR_INIT("LiberationSans-BoldItalic.ttf"),
    [NK_FACE_SERIF] = NK_STR_INIT("LiberationSerif-Regular.ttf"),
    [NK_FACE_SERIF | NK_FACE_BOLD] = NK_STR_INIT("LiberationSerif-Bold.ttf"),
    [NK_FACE_SERIF | NK_FACE_ITALIC] =
        NK_STR_INIT("LiberationSerif-Italic.ttf"),
    [NK_FACE_SERIF | NK_FACE_BOLD | NK_FACE_ITALIC] =
        NK_STR_INIT("LiberationSerif-BoldItalic.ttf"),
};

/* Windows-1252, codes 0x80 .. 0x9F; 0: unused. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

uint32_t nk_fonts_base_char(uint8_t code)
{
    if (code >= 0x80 && code <= 0x9F)
        return windows[code - 0x80];
    return code < 0x20 || code == 0x7F ? 0 : code;
}

int nk_font__code(uint32_t c)
{
    int i;

    if ((c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xFF))
        return (int)c;
    for (i = 0; i < 32; i++)
        if (c && windows[i] == c)
            return 0x80 + i;
    return -1;
}

int32_t nk_font__em(const struct nk_font__face *f, int32_t units)
{
    int64_t n = (int64_t)units * 2000, d = 2 * (int64_t)f->upem;

    /* Round half away from zero. */
    return (int32_t)((n + (n < 0 ? -(int64_t)f->upem : (int64_t)f->upem)) / d);
}

/* A big-endian 16-bit number of a table; 0 past its end. */
static int16_t table_int16(hb_face_t *face, hb_tag_t tag, unsigned at)
{
    hb_blob_t *t = hb_face_reference_table(face, tag);
    unsigned n;
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(t, &n);
    int16_t v = 0;

    if (at + 2 <= n)
        v = (int16_t)(p[at] << 8 | p[at + 1]);
    hb_blob_destroy(t);
    return v;
}

static nk_err read_info(nk_ctx *ctx, nk_fonts *f, struct nk_font__face *x,
                        nk_face face)
{
    static const hb_tag_t head = HB_TAG('h', 'e', 'a', 'd');
    static const hb_tag_t post = HB_TAG('p', 'o', 's', 't');
    char name[128];
    unsigned n = sizeof(name), i;
    hb_font_extents_t e;
    hb_position_t cap;

    hb_ot_name_get_utf8(x->face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
                        HB_LANGUAGE_INVALID, &n, name);
    x->info.name = nk_str_copy(&f->arena, nk_str_of(name));
    if (!x->info.name.ptr)
        return nk_nomem(ctx);
    hb_font_get_h_extents(x->font, &e);
    x->info.ascent = nk_font__em(x, e.ascender);
    x->info.descent = nk_font__em(x, e.descender);
    if (!hb_ot_metrics_get_position(x->font, HB_OT_METRICS_TAG_CAP_HEIGHT,
                                    &cap))
        cap = e.ascender * 3 / 4;
    x->info.cap_height = nk_font__em(x, cap);
    for (i = 0; i < 4; i++)
        x->info.bbox[i] =
            nk_font__em(x, table_int16(x->face, head, 36 + 2 * i));
    x->info.italic_angle = table_int16(x->face, post, 4);
    /* The usual estimate: stems of a bold face are near twice as wide. */
    x->info.stem_v = face & NK_FACE_BOLD ? 140 : 80;
    /* Table 123: Nonsymbolic; Serif and Italic where they hold. */
    x->info.flags = 32u | (face & NK_FACE_SERIF ? 2u : 0u) |
                    (face & NK_FACE_ITALIC ? 64u : 0u);
    return NK_OK;
}

/* Shut what is not to be used: it can be opened again. */
static void close_face(struct nk_font__face *x)
{
    hb_blob_destroy(x->base_blob);
    hb_font_destroy(x->font);
    hb_face_destroy(x->face);
    *x = (struct nk_font__face){ 0 };
}

static void read_glyphs(struct nk_font__face *x)
{
    hb_codepoint_t g;
    int c;

    for (c = 0; c < NK_FONT__CODES; c++) {
        uint32_t u = nk_fonts_base_char((uint8_t)c);

        if (u && hb_font_get_nominal_glyph(x->font, u, &g))
            x->glyphs[c] = g;
    }
    hb_font_get_nominal_glyph(x->font, '-', &x->glyphs[0xAD]);
    x->space =
        nk_font__em(x, hb_font_get_glyph_h_advance(x->font, x->glyphs[' ']));
}

static nk_err open_face(nk_ctx *ctx, nk_fonts *f, struct nk_font__face *x,
                        nk_face face)
{
    nk_str path = nk_path_join(&f->arena, f->dir, files[face]);
    hb_blob_t *b;

    if (!path.ptr)
        return nk_nomem(ctx);
    b = hb_blob_create_from_file(path.ptr);
    if (hb_blob_get_length(b) == 0 ||
        hb_blob_get_length(b) > NK_MAX_FONT_FILE) {
        hb_blob_destroy(b);
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_FONT_NONE, NK_NOWHERE,
                       NK_ARGS(path));
    }
    x->face = hb_face_create(b, 0);
    hb_blob_destroy(b);
    x->font = hb_font_create(x->face);
    x->upem = hb_face_get_upem(x->face);
    if (hb_face_get_glyph_count(x->face) == 0 || x->upem == 0)
        return nk_fail(ctx, NK_E_INVALID, NK_M_FONT_NONE, NK_NOWHERE,
                       NK_ARGS(path));
    read_glyphs(x);
    return read_info(ctx, f, x, face);
}

nk_err nk_font__face(nk_ctx *ctx, nk_fonts *f, nk_face face,
                     struct nk_font__face **out)
{
    struct nk_font__face *x = &f->faces[face];
    nk_err rc = NK_OK;

    if (!x->open && (rc = open_face(ctx, f, x, face)) < 0) {
        close_face(x);
        return rc;
    }
    x->open = true;
    *out = x;
    return NK_OK;
}

nk_err nk_fonts_info(nk_ctx *ctx, nk_fonts *f, nk_face face,
                     const nk_face_info **out)
{
    struct nk_font__face *x;
    nk_err rc = nk_font__face(ctx, f, face, &x);

    if (rc == NK_OK)
        *out = &x->info;
    return rc;
}

nk_err nk_fonts_space(nk_ctx *ctx, nk_fonts *f, nk_face face, int32_t *out)
{
    struct nk_font__face *x;
    nk_err rc = nk_font__face(ctx, f, face, &x);

    if (rc == NK_OK)
        *out = x->space;
    return rc;
}

nk_err nk_fonts_open(nk_ctx *ctx, nk_str dir, nk_str hyphens, nk_fonts **out)
{
    nk_fonts *f = calloc(1, sizeof(*f));

    if (!f)
        return nk_nomem(ctx);
    nk_arena_init(&f->arena);
    nk_arena_init(&f->words);
    nk_arena_init(&f->parts);
    f->dir = nk_str_copy(&f->arena, dir);
    f->hyphens = nk_str_copy(&f->arena, hyphens);
    f->buffer = hb_buffer_create();
    if (!f->dir.ptr || !f->hyphens.ptr ||
        !hb_buffer_allocation_successful(f->buffer)) {
        nk_fonts_close(f);
        return nk_nomem(ctx);
    }
    *out = f;
    return NK_OK;
}

void nk_fonts_close(nk_fonts *f)
{
    size_t i;

    if (!f)
        return;
    for (i = 0; i < NK_FACES; i++)
        close_face(&f->faces[i]);
    hb_buffer_destroy(f->buffer);
    nk_arena_release(&f->words);
    nk_arena_release(&f->parts);
    nk_arena_release(&f->arena);
    free(f);
}
