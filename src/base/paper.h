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

/* What a place to write on is in a fillable form. */
typedef enum nk_input_kind {
    NK_INPUT_LINE,  /* one line of text */
    NK_INPUT_LINES, /* text of several lines */
    NK_INPUT_COMB,  /* `longest` characters, a box each */
    NK_INPUT_CHECK, /* a box to tick, which says `option` */
    NK_INPUT_RADIO, /* the same, of boxes of which one is ticked */
    NK_INPUT_CHOICE /* one of `options` */
} nk_input_kind;

typedef struct nk_input_option {
    nk_str value, label;
} nk_input_option;

typedef struct nk_input {
    nk_input_kind kind;
    nk_str name;   /* path into the record: "witness.0.name" */
    nk_str title;  /* of the field, for people */
    nk_str label;  /* the same; of a box with the option's words */
    nk_str value;  /* known already, as somebody would type it */
    nk_str option; /* value of a box */
    bool on;       /* a box: ticked */
    bool required;
    uint32_t longest; /* characters; 0: no bound */
    const nk_input_option *options;
    size_t options_n;
} nk_input;

/* Paper sizes, portrait. */
typedef struct nk_paper_size {
    nk_str name;
    nk_mpt width, height;
} nk_paper_size;

/* By name ("A4", "F4"), or NULL. */
const nk_paper_size *nk_paper_find(nk_str name);

#endif
