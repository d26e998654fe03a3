/*
 * A tiny writer of unsigned papers, as docs/signature.md says the room pdf
 * makes them: tagged pages of grey bars, a plan of signatures, one classic
 * cross-reference table. Same sheet, same bytes.
 */
#ifndef NK_TESTS_PAPER_H
#define NK_TESTS_PAPER_H

#include "base/base.h"

#define NK_SHEET_PAGES  8u
#define NK_SHEET_FIELDS 8u

/* How a list stands in the dictionary it belongs to. */
typedef enum nk_sheet_list {
    NK_SHEET_NONE,    /* not at all */
    NK_SHEET_DIRECT,  /* as a direct object */
    NK_SHEET_INDIRECT /* by reference */
} nk_sheet_list;

typedef struct nk_sheet {
    unsigned pages;       /* 0: one */
    unsigned fields;      /* signatures planned, spread over the pages */
    size_t ballast;       /* bytes of page content at least */
    nk_sheet_list annots; /* a link on every page */
    nk_sheet_list form;   /* a text field on the first page */
    bool tabs;            /* pages have /Tabs already */
    bool foreign;         /* without the plan */
    bool no_newline;      /* end right after "%%EOF" */
} nk_sheet;

/* Fields are called "kepala", "saksi-1", "saksi-2", ... */
void nk_sheet_put(nk_buf *b, const nk_sheet *sheet);

#endif
