/*
 * Lengths on paper and typefaces: the few words all rooms between a template
 * and a page share.
 */
#ifndef NK_BASE_PAPER_H
#define NK_BASE_PAPER_H

#include "base/buf.h"

/* 1/1000 point; +-2147 m. Never a floating point number. */
typedef int32_t nk_mpt;

#define NK_PT(n) ((nk_mpt)((n)*1000))
/* Millimetres, rounded: 1 mm is 360/127 pt. */
#define NK_MM(n) ((nk_mpt)(((int64_t)(n)*360000 + 63) / 127))

/* "12pt", "10mm", "1.5cm", "-3mm"; at most NK_MAX_LENGTH either way. */
bool nk_mpt_parse(nk_str s, nk_mpt *out);

/* As points, without needless zeros: "595.276", "-0.5", "12". */
void nk_mpt_put(nk_buf *b, nk_mpt v);

/* A face: family, bold, italic; used as an index. */
typedef uint8_t nk_face;

#define NK_FACE_BOLD   1u
#define NK_FACE_ITALIC 2u
#define NK_FACE_SANS   0u
#define NK_FACE_SERIF  4u
#define NK_FACES       8u

/* Paper sizes, portrait. */
typedef struct nk_paper_size {
    nk_str name;
    nk_mpt width, height;
} nk_paper_size;

/* By name ("A4", "F4"), or NULL. */
const nk_paper_size *nk_paper_find(nk_str name);

#endif
