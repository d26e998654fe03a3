/*
 * The door of font: faces, shaped words, subsets, hyphenation.
 *
 * Text is shaped word by word and every word is remembered, so that what was
 * measured is what is drawn. Widths are whole thousandths of an em: the unit
 * of PDF, in which nothing is lost between measuring and drawing.
 *
 * A word is drawn with up to two fonts of its face. The base font holds the
 * characters of Windows-1252 and is the same for every paper; characters
 * beyond it come from an extra font that is made for one paper.
 */
#ifndef NK_FONT_FONT_H
#define NK_FONT_FONT_H

#include "base/base.h"

typedef struct nk_fonts nk_fonts; /* belongs to one thread */

/*
 * Faces are looked for in `dir` (Liberation's file names) when first used;
 * `hyphens` is the file of hyphenation patterns. Both are copied.
 */
nk_err nk_fonts_open(nk_ctx *ctx, nk_str dir, nk_str hyphens, nk_fonts **out);
void nk_fonts_close(nk_fonts *f);

/* A glyph of the extra font, and the characters it stands for. */
typedef struct nk_extra_glyph {
    uint16_t glyph;
    int16_t width; /* 1/1000 em */
    nk_str text;
} nk_extra_glyph;

/* Part of a word in one font. */
typedef struct nk_segment {
    bool extra;   /* of the extra font: glyph ids; else Windows-1252 */
    int16_t rise; /* 1/1000 em above the baseline */
    /* What goes between the first "(" and last ")" of a TJ array (base), or
       between "<" and ">" (extra): kerning stands inside, as ")74(". */
    nk_str tj;
    const nk_extra_glyph *glyphs; /* of an extra segment */
    uint32_t glyphs_n;
} nk_segment;

/* A shaped word; good until the next call of nk_fonts_word. */
typedef struct nk_word {
    int32_t width;    /* 1/1000 em */
    uint32_t missing; /* first character the face lacks; 0: none */
    const nk_segment *segments;
    uint32_t segments_n;
} nk_word;

/*
 * Shape a word: text without spaces. A soft hyphen (U+00AD) at its end is
 * drawn as a hyphen. Fails only for lack of memory or a face that cannot be
 * read.
 */
nk_err nk_fonts_word(nk_ctx *ctx, nk_fonts *f, nk_face face, nk_str text,
                     const nk_word **out);

/* Advance of the space, 1/1000 em. */
nk_err nk_fonts_space(nk_ctx *ctx, nk_fonts *f, nk_face face, int32_t *out);

/*
 * Where a word may be hyphenated: after[i] is the number of bytes before the
 * i-th break, rising. At most `room` are given.
 */
nk_err nk_fonts_hyphens(nk_ctx *ctx, nk_fonts *f, nk_str word, uint16_t *after,
                        size_t room, size_t *n);

/* What a PDF says of a face (ISO 32000-1 table 122); 1/1000 em. */
typedef struct nk_face_info {
    nk_str name; /* PostScript name, without subset tag */
    int32_t ascent, descent, cap_height, italic_angle, stem_v;
    int32_t bbox[4];
    uint32_t flags;
} nk_face_info;

nk_err nk_fonts_info(nk_ctx *ctx, nk_fonts *f, nk_face face,
                     const nk_face_info **out);

/* The base font of a face: its program and widths by code 0 .. 255. */
typedef struct nk_base_font {
    nk_str program;      /* TrueType, subset; lives as long as the fonts */
    int16_t widths[256]; /* 1/1000 em; 0: no such code */
} nk_base_font;

nk_err nk_fonts_base(nk_ctx *ctx, nk_fonts *f, nk_face face,
                     const nk_base_font **out);

/* The character of a code of the base font; 0: none. */
uint32_t nk_fonts_base_char(uint8_t code);

/* The extra font of a face for one paper: these glyphs, with their ids. */
nk_err nk_fonts_extra(nk_ctx *ctx, nk_arena *a, nk_fonts *f, nk_face face,
                      const nk_extra_glyph *glyphs, size_t n, nk_str *program);

#endif
