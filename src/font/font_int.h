/*
 * What the files of font share.
 */
#ifndef NK_FONT_INT_H
#define NK_FONT_INT_H

#include <hb.h>

#include "font/font.h"

#define NK_FONT__CODES 256

/* Something remembered of a word: its shape in a face, or its hyphens. */
struct nk_font__entry {
    struct nk_font__entry *next; /* in the same bucket */
    nk_str text;
    unsigned kind; /* a face, or NK_FONT__HYPHENS */
    bool known;    /* what follows has been worked out */
    nk_word word;
    const uint16_t *after; /* of hyphens */
    size_t after_n;
};

#define NK_FONT__HYPHENS NK_FACES

struct nk_font__face {
    bool open;
    hb_face_t *face;
    hb_font_t *font;
    uint32_t upem;
    int32_t space;
    nk_face_info info;
    /* By code of the base font: its glyph, 0: the face lacks it. */
    hb_codepoint_t glyphs[NK_FONT__CODES];
    nk_base_font base;
    hb_blob_t *base_blob;
};

struct nk_fonts {
    nk_arena arena; /* names, faces' descriptions */
    nk_str dir, hyphens;
    struct nk_font__face faces[NK_FACES];
    hb_buffer_t *buffer;
    struct _HyphenDict *dict;
    /* The word cache. */
    nk_arena words;
    struct nk_font__entry **buckets;
    size_t words_n;
};

/* The face, opened when it was not. */
nk_err nk_font__face(nk_ctx *ctx, nk_fonts *f, nk_face face,
                     struct nk_font__face **out);

/* What is remembered of a text; a new entry is not yet known. */
nk_err nk_font__entry(nk_ctx *ctx, nk_fonts *f, unsigned kind, nk_str text,
                      struct nk_font__entry **out);

/* Units of the font's design space in 1/1000 em, rounded. */
int32_t nk_font__em(const struct nk_font__face *f, int32_t units);

/* Code of a character in the base font, or -1. */
int nk_font__code(uint32_t c);

#endif
