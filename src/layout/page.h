/*
 * Pages: what layout makes and pdf draws. Positions are in 1/1000 pt from
 * the upper left corner of the page, y downwards.
 */
#ifndef NK_LAYOUT_PAGE_H
#define NK_LAYOUT_PAGE_H

#include "base/base.h"

/* Structure types of ISO 32000-1, 14.8.4, as far as papers use them. */
typedef enum nk_struct {
    NK_STRUCT_DOCUMENT,
    NK_STRUCT_P,
    NK_STRUCT_H1,
    NK_STRUCT_H2,
    NK_STRUCT_L,
    NK_STRUCT_LI,
    NK_STRUCT_LBL,
    NK_STRUCT_LBODY,
    NK_STRUCT_TABLE,
    NK_STRUCT_TR,
    NK_STRUCT_TH,
    NK_STRUCT_TD,
    NK_STRUCT_FIGURE,
    NK_STRUCT_FORM,
    NK_STRUCTS
} nk_struct;

extern const char *const nk_struct_names[NK_STRUCTS]; /* as PDF writes them */

/* A structure element; tags[0] is the document. */
typedef struct nk_struct_tag {
    nk_struct type;
    uint32_t parent; /* index; of the document 0 */
    nk_str alt;      /* of figures and forms */
    uint32_t span;   /* of cells: columns */
    bool row_head;   /* a TH that heads its row, not its column */
    bool numbered;   /* a list whose labels are numbers */
} nk_struct_tag;

/* Not part of the paper's content: page furniture, rules, boxes. */
#define NK_ARTIFACT 0u

typedef enum nk_item_kind {
    NK_ITEM_TEXT,  /* text from x along the baseline y */
    NK_ITEM_FILL,  /* a filled rectangle: rules and lines */
    NK_ITEM_FRAME, /* a rectangle drawn by its edges, `stroke` wide */
    NK_ITEM_DOTS,  /* a dotted line from x, `width` long, on baseline y */
    NK_ITEM_IMAGE, /* text: which */
    NK_ITEM_SHAPE, /* `shape`, drawn by its edge, `stroke` wide, or filled */
    NK_ITEM_SIGN,  /* a place for a signature; text: name, alt in its tag */
    NK_ITEM_INPUT  /* a place to fill in; input, look, face, size */
} nk_item_kind;

/* Symbols of a flowchart, in the rectangle of their item. */
typedef enum nk_shape {
    NK_SHAPE_BOX,
    NK_SHAPE_CAPSULE,
    NK_SHAPE_DIAMOND,
    NK_SHAPE_CIRCLE,
    NK_SHAPE_PENTAGON, /* its point is below */
    NK_SHAPE_DOWN,     /* heads of arrows: filled */
    NK_SHAPE_LEFT,
    NK_SHAPE_RIGHT,
    NK_SHAPES
} nk_shape;

extern const char *const nk_shape_names[NK_SHAPES];

typedef struct nk_item {
    struct nk_item *next;
    nk_item_kind kind;
    nk_shape shape;
    uint32_t tag; /* index into tags, or NK_ARTIFACT */
    nk_mpt x, y;  /* upper left corner; of text the baseline */
    nk_mpt width, height;
    nk_mpt stroke;
    nk_str text; /* words between single spaces */
    nk_face face;
    nk_mpt size;
    nk_mpt space; /* added to every space of the text; may be < 0 */
    bool cut;     /* its last word goes on in the next text of its tag */
    const nk_input *input;
    struct nk_item *look; /* texts that show an input's value, or its mark,
                             from the input's upper left corner */
} nk_item;

typedef struct nk_page {
    struct nk_page *next;
    nk_item *first, *last;
} nk_page;

typedef struct nk_pages {
    nk_mpt width, height; /* of every page */
    nk_page *first, *last;
    uint32_t n;
    nk_struct_tag *tags;
    uint32_t tags_n;
    nk_str title, author, lang, template_id, version;
    bool draft;
    bool fillable;
    nk_face family; /* of the paper's type */
    nk_mpt size;
} nk_pages;

#endif
