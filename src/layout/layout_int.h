/*
 * What the files of layout share.
 *
 * A paper is laid out as a list of strips: full-width slices of a column, a
 * line of text or a row of a table, with the space above and what may not be
 * parted. Only then are strips put on pages.
 */
#ifndef NK_LAYOUT_INT_H
#define NK_LAYOUT_INT_H

#include "layout/layout.h"

struct nk_layout__strip {
    struct nk_layout__strip *next;
    nk_mpt gap; /* space above; none at the top of a page */
    nk_mpt height;
    nk_mpt placed;         /* where its top has come on a page */
    nk_item *first, *last; /* y from the strip's top, then from the page's */
    nk_item *top_rule;     /* drawn only where a page begins with this strip */
    nk_item *end_rule;     /* drawn only where a page ends with it */
    /* Lists of items, which are drawn where a page begins with this strip,
       ends with it, or goes on with it; y from its top. NULL: none. */
    struct nk_layout__strip *begins, *ends, *goes_on;
    const nk_node *node; /* the block it is of, for messages */
    bool keep;           /* the next strip stays on the same page */
    bool new_page;       /* begins a page */
    bool fill;           /* repeated to the end of its page */
    /* Rows to repeat where a page begins with this strip; NULL: none. */
    const struct nk_layout__strip *head;
    uint32_t head_n;
};

/* Where blocks put their strips. */
struct nk_layout__sink {
    struct nk_layout__strip *first, *last;
    nk_mpt pending; /* space the last block wants below it */
    nk_mpt right;   /* rightmost end of anything, from the column's left */
    bool new_page;  /* a page break is due */
};

/* The type in force. */
struct nk_layout__type {
    nk_mpt size;
    uint32_t leading; /* 1/1000 of the size */
    nk_face family;
    nk_align align;
    bool bold, italic;
};

struct nk_layout__column {
    nk_mpt x, width; /* x from the paper's left edge */
    nk_mpt gap;      /* below a paragraph that does not say */
    struct nk_layout__type type;
};

struct nk_layout__face {
    bool known;
    int32_t space, ascent, descent; /* 1/1000 em */
};

/* The symbols of the flowchart being laid out, in the order of its rows. */
struct nk_layout__symbols {
    struct nk_layout__symbol *first, *last;
    struct nk_layout__symbol *loose; /* the first that is in no row yet */
    uint32_t letters;                /* given to connectors so far */
};

/* A way that does not lead to the next row: a connector at each end. */
struct nk_layout__jump {
    struct nk_layout__jump *next;
    nk_item *from, *to;
    uint32_t from_page, to_page;
};

struct nk_layout__run {
    nk_ctx *ctx;
    nk_arena *a;
    nk_arena scratch; /* of one paragraph */
    const nk_doc *doc;
    const nk_metrics *m;
    nk_problems *problems;
    struct nk_layout__face faces[NK_FACES];
    nk_struct_tag *tags;
    uint32_t tags_n, tags_room;
    uint32_t tag;         /* the element new ones go into */
    uint32_t direct;      /* the next paragraph is this element's own content */
    bool artifact;        /* nothing now is content: furniture */
    bool measuring;       /* only sizes are wanted: no tags, no problems */
    bool probing;         /* ... and no heights: how wide is a block? */
    const nk_node *block; /* being laid out */
    struct nk_layout__symbols symbols;
    struct nk_layout__jump *jumps; /* of the whole paper */
    uint32_t page_no, page_count;  /* for furniture */
};

enum nk_layout__unit_kind {
    NK_UNIT_TEXT,
    NK_UNIT_CHECK,
    NK_UNIT_COMB,
    NK_UNIT_BLANK,
    NK_UNIT_FILL, /* to the next stop, or to the end of the line */
    NK_UNIT_BREAK /* ends the line */
};

/* A word, a syllable, or a box in a paragraph. */
struct nk_layout__unit {
    enum nk_layout__unit_kind kind;
    const nk_node *node;
    nk_str text;
    nk_face face;
    nk_mpt size;
    nk_mpt width;
    nk_mpt height;  /* of boxes; 0 for text */
    nk_mpt hyphen;  /* added to the line that ends before this unit */
    nk_mpt lead;    /* added to the line that begins with it */
    bool space;     /* a space before it */
    bool may_break; /* a line may begin with it */
    bool tied;      /* ... but only in need */
    bool soft;      /* breaking before it shows a hyphen */
    bool underline;
};

/* Units [from, to) on a line. */
struct nk_layout__line {
    uint32_t from, to;
    bool last; /* of the paragraph, or before a forced break */
};

/* ---- words.c: inline nodes to units ------------------------------------ */

/* The units of a paragraph's inline nodes, in the scratch arena. */
nk_err nk_layout__words(struct nk_layout__run *l, const nk_node *p,
                        const struct nk_layout__type *type, nk_mpt width,
                        struct nk_layout__unit **units, uint32_t *n);

/* The same with long words cut into syllables. */
nk_err nk_layout__syllables(struct nk_layout__run *l,
                            const struct nk_layout__unit *units, uint32_t n,
                            struct nk_layout__unit **out, uint32_t *out_n);

/* Width of one word; a missing character becomes a problem. */
nk_err nk_layout__measure(struct nk_layout__run *l, const nk_node *node,
                          nk_face face, nk_mpt size, nk_str text,
                          nk_mpt *width);

nk_err nk_layout__face(struct nk_layout__run *l, nk_face face,
                       const struct nk_layout__face **out);

/* 1/1000 em at a size. */
static inline nk_mpt nk_layout__em(int32_t units, nk_mpt size)
{
    int64_t v = (int64_t)units * size;

    return (nk_mpt)((v + (v < 0 ? -500 : 500)) / 1000);
}

/* A sum of lengths. What is longer than any paper stays so, and is found
   not to fit: sums of sums do not overflow either. */
static inline nk_mpt nk_layout__sum(int64_t a, int64_t b)
{
    const nk_mpt beyond = INT32_MAX / 4;

    return a + b < beyond ? (nk_mpt)(a + b) : beyond;
}

/* ---- break.c: units to lines ------------------------------------------- */

/* What a line is measured against: its first may be shorter. */
struct nk_layout__measure {
    nk_mpt first, rest;
};

/*
 * Total fit after Knuth and Plass. tolerance is the highest badness of a
 * line; with `force` ties give way and every paragraph finds its lines. *n
 * is 0 when none were found.
 */
nk_err nk_layout__break_total(struct nk_layout__run *l,
                              const struct nk_layout__unit *units, uint32_t n,
                              const struct nk_layout__measure *m,
                              int32_t tolerance, bool force,
                              struct nk_layout__line **lines,
                              uint32_t *lines_n);

/* As many units on each line as go. */
nk_err nk_layout__break_greedy(struct nk_layout__run *l,
                               const struct nk_layout__unit *units, uint32_t n,
                               const struct nk_layout__measure *m,
                               struct nk_layout__line **lines,
                               uint32_t *lines_n);

/* Natural width of a line without spaces at its ends. */
nk_mpt nk_layout__line_width(struct nk_layout__run *l,
                             const struct nk_layout__unit *units, uint32_t from,
                             uint32_t to, uint32_t n, uint32_t *spaces);

/* Width of the space before a unit; 0 when there is none. */
nk_mpt nk_layout__space(struct nk_layout__run *l,
                        const struct nk_layout__unit *u);

/* Width of a unit that begins `x` from the start of its line. */
nk_mpt nk_layout__unit_width(const struct nk_layout__unit *u, nk_mpt x);

/* ---- strips.c ---------------------------------------------------------- */

/* A new strip at the end of the sink with the space above that is due. */
struct nk_layout__strip *nk_layout__strip(struct nk_layout__run *l,
                                          struct nk_layout__sink *sink,
                                          nk_mpt before, nk_mpt height);

nk_item *nk_layout__item(struct nk_layout__run *l, struct nk_layout__strip *s,
                         nk_item_kind kind, nk_mpt x, nk_mpt y, nk_mpt width,
                         nk_mpt height);

/* Put an item before all others of a strip, or after them. */
void nk_layout__put_first(struct nk_layout__strip *s, nk_item *i);
void nk_layout__put_last(struct nk_layout__strip *s, nk_item *i);

/* Put the items of a sink's strips into one strip, from y down. */
void nk_layout__merge(struct nk_layout__strip *into,
                      const struct nk_layout__sink *from, nk_mpt y);

/* Height of all strips of a sink, gaps included but the first. */
nk_mpt nk_layout__sink_height(const struct nk_layout__sink *s);

/* A new structure element below the current one; NK_ARTIFACT in furniture. */
nk_err nk_layout__tag(struct nk_layout__run *l, nk_struct type, uint32_t *tag);

/* The type inside a block of that style. */
struct nk_layout__type nk_layout__type(const struct nk_layout__type *outer,
                                       const nk_style *style);

/* ---- blocks ------------------------------------------------------------ */

nk_err nk_layout__blocks(struct nk_layout__run *l, const nk_node *first,
                         const struct nk_layout__column *col,
                         struct nk_layout__sink *sink);
nk_err nk_layout__paragraph(struct nk_layout__run *l, const nk_node *p,
                            const struct nk_layout__column *col,
                            struct nk_layout__sink *sink);
/* Blocks that are one plain paragraph: its element would say nothing. */
bool nk_layout__is_one_paragraph(const nk_node *first);

nk_err nk_layout__lines(struct nk_layout__run *l, const nk_node *n,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink);

/* ---- input.c: places of a fillable form -------------------------------- */

/* The input of node n: at->tag is the element it stands in, baseline is from
   the upper edge of at. */
nk_err nk_layout__input(struct nk_layout__run *l, struct nk_layout__strip *s,
                        const struct nk_layout__type *type, const nk_node *n,
                        const nk_item *at, nk_mpt baseline);

/* NK_NODE_LINES with an input: one box instead of the lines. */
nk_err nk_layout__input_lines(struct nk_layout__run *l, const nk_node *n,
                              const struct nk_layout__column *col,
                              struct nk_layout__sink *sink);

nk_err nk_layout__table(struct nk_layout__run *l, const nk_node *node,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink);

/* ---- flow.c: the symbols of a table and the ways between them ---------- */

nk_err nk_layout__symbol(struct nk_layout__run *l, const nk_node *n,
                         const struct nk_layout__column *col,
                         struct nk_layout__sink *sink);
/* Were symbols laid out that are in no row yet? Those are in this one. */
bool nk_layout__symbols_loose(const struct nk_layout__run *l);
void nk_layout__symbols_on(struct nk_layout__run *l,
                           struct nk_layout__strip *strip);
/* Draw the ways between the symbols of a table whose rows are there. */
nk_err nk_layout__flow(struct nk_layout__run *l);
/* Give connectors whose other end is on another page the shape of such. */
void nk_layout__off_page(struct nk_layout__run *l, const nk_pages *pages);

/* Put strips on pages, with header and footer. */
nk_err nk_layout__paginate(struct nk_layout__run *l,
                           struct nk_layout__sink *body, nk_pages *pages);

/* The label of the field a node shows, for messages. */
nk_str nk_layout__label(struct nk_layout__run *l, const nk_node *n);

/*
 * Add a problem at a node; the field's label is the first argument. What is
 * measured twice or stands on every page is told once.
 */
void nk_layout__problem(struct nk_layout__run *l, nk_severity severity,
                        nk_msg msg, const nk_node *n, nk_str arg1, nk_str arg2);

/* A value does not fit its place: it is about so many characters too long. */
void nk_layout__overfull(struct nk_layout__run *l, const nk_node *n,
                         int64_t chars);

/* Room between the edge of a bordered cell or block and its content. */
#define NK_LAYOUT__PAD_X NK_MM(2)
#define NK_LAYOUT__PAD_Y NK_MM(1)
#define NK_LAYOUT__RULE  500            /* stroke of borders and lines */
#define NK_LAYOUT__BOX   NK_MM(5)       /* side of a comb box where it fits */
#define NK_LAYOUT__CHECK (NK_MM(7) / 2) /* side of a box to tick */

#endif
