/*
 * How blocks look: what a template says with attributes. Shared by template,
 * doc and layout.
 */
#ifndef NK_TEMPLATE_STYLE_H
#define NK_TEMPLATE_STYLE_H

#include "base/base.h"

typedef enum nk_align {
    NK_ALIGN_LEFT,
    NK_ALIGN_CENTER,
    NK_ALIGN_RIGHT,
    NK_ALIGN_JUSTIFY
} nk_align;

typedef enum nk_valign {
    NK_VALIGN_TOP,
    NK_VALIGN_MIDDLE,
    NK_VALIGN_BOTTOM
} nk_valign;

typedef enum nk_border {
    NK_BORDER_NONE,
    NK_BORDER_ALL,   /* around every cell */
    NK_BORDER_BOX,   /* around the whole */
    NK_BORDER_ROWS,  /* below every row */
    NK_BORDER_BOTTOM /* below the whole */
} nk_border;

/* Which members of a style a template has set; the others are inherited
   (align, size, leading, family, bold) or none. */
enum {
    NK_SET_ALIGN = 1u << 0,
    NK_SET_SIZE = 1u << 1,
    NK_SET_LEADING = 1u << 2,
    NK_SET_FAMILY = 1u << 3,
    NK_SET_BEFORE = 1u << 4,
    NK_SET_AFTER = 1u << 5
};

typedef struct nk_style {
    uint32_t set; /* NK_SET_... */
    nk_align align;
    nk_mpt size;          /* of the type */
    uint32_t leading;     /* line distance in 1/1000 of the size */
    nk_face family;       /* NK_FACE_SANS or NK_FACE_SERIF */
    nk_mpt before, after; /* space above and below */
    nk_mpt indent, right; /* from the left and right of the column */
    nk_mpt first;         /* of the first line, beyond indent; may be < 0 */
    bool bold, italic;
    bool keep_next; /* no page break between this and what follows */
} nk_style;

/* The share that stands, in a template, for a column of each lane. */
#define NK_SHARE_LANES UINT32_MAX

/* A column of a table: a width, or a share of what is left. */
typedef struct nk_column {
    nk_mpt width;   /* 0: by share */
    uint32_t share; /* 0: by width */
} nk_column;

#endif
