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
    uint32_t hash;
    uint8_t kind; /* a face, or NK_FONT__HYPHENS */
    bool known;   /* what follows has been worked out */
    nk_word word;
    const uint16_t *after; /* of hyphens */
    size_t after_n;
    size_t len;
    char text[];
};

static inline nk_str nk_font__text(const struct nk_font__entry *e)
{
    return (nk_str){ e->text, e->len };
}

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
    const struct nk_font__patterns *patterns; /* NULL: not read yet */
    /* The word cache. */
    nk_arena words;
    nk_arena parts; /* of the word being shaped */
    struct nk_font__entry **buckets;
    size_t words_n;
};

/* The face, opened when it was not. */
nk_err nk_font__face(nk_ctx *ctx, nk_fonts *f, nk_face face,
                     struct nk_font__face **out);

/* What is remembered of a text; a new entry is not yet known. */
nk_err nk_font__entry(nk_ctx *ctx, nk_fonts *f, unsigned kind, nk_str text,
                      struct nk_font__entry **out);

/* Patterns of a file; they live as long as a. */
nk_err nk_font__patterns_load(nk_ctx *ctx, nk_arena *a, nk_str path,
                              const struct nk_font__patterns **out);

/*
 * values[i] for i = 0 .. word.len: odd where the word may be cut before its
 * letter i. The word is of a to z, at most NK_MAX_WORD long.
 */
void nk_font__patterns_apply(const struct nk_font__patterns *p, nk_str word,
                             uint8_t *values);

/* Units of the font's design space in 1/1000 em, rounded. */
int32_t nk_font__em(const struct nk_font__face *f, int32_t units);

/* Code of a character in the base font, or -1. */
int nk_font__code(uint32_t c);

#endif
