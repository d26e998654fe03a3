/*
 * The door of doc: a paper as a tree, bound from template, record and office
 * (blank, half-filled or filled) for one recipient.
 *
 * The tree knows no template and no record any more: blocks of lines, words,
 * boxes and marks, in reading order. What the recipient may not see is not
 * in it.
 */
#ifndef NK_DOC_DOC_H
#define NK_DOC_DOC_H

#include "base/base.h"
#include "office/office.h"
#include "record/record.h"
#include "template/template.h"

typedef enum nk_node_kind {
    /* Blocks */
    NK_NODE_P,      /* inline nodes; role says paragraph or heading */
    NK_NODE_LIST,   /* items */
    NK_NODE_ITEM,   /* label, then blocks */
    NK_NODE_TABLE,  /* columns, border; rows */
    NK_NODE_ROW,    /* height, split, head; cells */
    NK_NODE_CELL,   /* span, valign, head; blocks */
    NK_NODE_BLOCK,  /* width or fit, place, inset, border; blocks */
    NK_NODE_KEEP,   /* blocks that stay on one page */
    NK_NODE_BREAK,  /* a new page */
    NK_NODE_SPACE,  /* height */
    NK_NODE_RULE,   /* height: thickness */
    NK_NODE_LINES,  /* count lines `height` apart, text written on them; fit:
                       as many more as it takes */
    NK_NODE_IMAGE,  /* text: which; label: alternative; width, height */
    NK_NODE_SIGN,   /* text: field name; label; width, height */
    NK_NODE_SYMBOL, /* of a flowchart, in a cell of its step's row; symbol,
                       shared, text: its place, label: alternative; ways */
    NK_NODE_WAY,    /* out of it; text: place it leads to, label: word */
    /* Inline */
    NK_NODE_TEXT, /* text; white space collapses */
    NK_NODE_BR,
    NK_NODE_CHECK, /* a box to tick; checked; text: value, label */
    NK_NODE_COMB,  /* count boxes, one character of text in each; with a
                      width all together are that wide */
    NK_NODE_BLANK, /* a line to write on, width 0: to the end; text on it */
    NK_NODE_FILL,  /* pushes what follows to the end of the line; with a
                      width to the next of stops that far apart */
    NK_NODE_PAGE_NO,
    NK_NODE_PAGE_COUNT,
    NK_NODE_KINDS
} nk_node_kind;

/* Steps of a flowchart (PermenPANRB 35/2012). */
typedef enum nk_symbol {
    NK_SYMBOL_START,
    NK_SYMBOL_PROCESS,
    NK_SYMBOL_DECISION,
    NK_SYMBOL_END,
    NK_SYMBOLS
} nk_symbol;

typedef enum nk_role { NK_ROLE_P, NK_ROLE_H1, NK_ROLE_H2 } nk_role;

typedef struct nk_node {
    nk_node_kind kind;
    struct nk_node *first, *last, *next;
    const nk_style *style; /* of blocks; never NULL */
    nk_place at;           /* in the template */
    const nk_field *field; /* shown here, or NULL */
    const nk_input *input; /* in a fillable form what to fill in, or NULL */
    nk_str text, label;
    nk_mpt width, height, inset;
    uint32_t count, span;
    const nk_column *columns;
    size_t columns_n;
    nk_border border;
    nk_valign valign;
    nk_align place;
    nk_role role;
    nk_symbol symbol;
    bool shared;                  /* a symbol of one who has part in the step */
    bool bold, italic, underline; /* of inline nodes */
    bool checked, head, fit, split;
    bool fill;   /* a row that is repeated to the end of its page */
    bool dotted; /* a blank of dots instead of a ruled line */
    bool bare;   /* a blank without any line: its cell is the place */
} nk_node;

typedef struct nk_doc {
    nk_str template_id, version, lang;
    nk_str title, author;
    nk_mpt width, height;            /* of the paper as it lies */
    nk_mpt top, right, bottom, left; /* margins */
    nk_mpt first_top;                /* margin above the first page */
    nk_style type;                   /* size, leading, family: all set */
    const nk_node *header, *footer;  /* NULL: none; count: first page */
    const nk_node *body;
    nk_family family;
    nk_str about;               /* id of the node it is about; may be empty */
    nk_str signer, signer_name; /* who signs first: id, name; may be empty */
    bool draft;                 /* no number yet: marked KONSEP on each page */
    bool fillable;
} nk_doc;

typedef enum nk_mode {
    NK_MODE_FILLED, /* everything needed must be known */
    NK_MODE_HALF,   /* what is known is printed, the rest is lines */
    NK_MODE_BLANK   /* nothing is known: to print and fill in by hand */
} nk_mode;

typedef enum nk_signing { NK_SIGNING_WET, NK_SIGNING_ELECTRONIC } nk_signing;

typedef struct nk_bind {
    nk_mode mode;
    bool fillable; /* places to write on become inputs; not when filled */
    nk_signing signing;
    nk_str number;     /* of the letter; empty: none yet */
    nk_date date;      /* of the paper */
    nk_str about;      /* id of the node the paper is about; empty: the first */
    nk_str signer;     /* person who signs for a post; empty: its holder */
    const nk_xml *reg; /* $register; NULL: nothing in it */
    bool override;     /* show what a consent would allow though none holds */
    nk_str reason;     /* of it, and by whom: on the office's copy alone */
    nk_str decided_by;
} nk_bind;

/*
 * Bind. The record is derived as of the paper's date and cut down to the
 * rights of the template's recipient: it is used up. record is ignored in
 * NK_MODE_BLANK (may be NULL).
 *
 * What is missing is added to `problems` (all of it) and the call fails with
 * NK_E_INVALID; also NK_E_NOTFOUND when there is nothing the paper could be
 * about, and what the office room says of signers.
 *
 * The tree points into template, office and model, and they must outlive it:
 * title, id, version and texts; words of the office; fields and their labels.
 * Of the record everything is copied.
 */
nk_err nk_doc_bind(nk_ctx *ctx, nk_arena *a, const nk_template *t,
                   nk_record *record, nk_model *model, const nk_office *office,
                   const nk_bind *how, nk_problems *problems, nk_doc **out);

/* One walker for all: depth first, each node entered, parents left again. */
typedef struct nk_walk {
    /* A row of <fields> adds some nodes below the deepest template. */
    const nk_node *stack[NK_MAX_DOC_DEPTH + 8];
    size_t depth;
    const nk_node *next;
} nk_walk;

typedef struct nk_walk_event {
    const nk_node *node;
    size_t depth;  /* from 0 */
    bool entering; /* false: leaving; every node entered is left */
} nk_walk_event;

void nk_walk_init(nk_walk *w, const nk_node *top);
bool nk_walk_next(nk_walk *w, nk_walk_event *ev);

/* The tree as text: one line a node. */
nk_err nk_doc_dump(nk_ctx *ctx, nk_arena *a, const nk_doc *d, nk_str *out);

/* The paper as plain text, a line a block, as a reader would read it. */
nk_err nk_doc_text(nk_ctx *ctx, nk_arena *a, const nk_doc *d, nk_str *out);

#endif
