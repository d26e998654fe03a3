/*
 * The door of pdf: from pages to the bytes of a PDF file.
 *
 * Every paper is PDF/A-2a and PDF/UA-1 by construction (ISO 19005-2, ISO
 * 14289-1): tagged, with embedded fonts, metadata and output intent. Content
 * streams are left uncompressed and shared objects come first, so that the
 * archive finds papers of one kind alike. Same pages and words, same bytes.
 */
#ifndef NK_PDF_PDF_H
#define NK_PDF_PDF_H

#include "base/base.h"
#include "font/font.h"
#include "layout/layout.h"
#include "layout/page.h"

/* What papers share: fonts, colour profile, pictures. One thread each. */
typedef struct nk_pdf nk_pdf;

/* The fonts must outlive it. */
nk_err nk_pdf_open(nk_ctx *ctx, nk_fonts *fonts, nk_pdf **out);
void nk_pdf_close(nk_pdf *p);

/*
 * Let papers use a picture under a name: a PNG of at most NK_MAX_PIXELS
 * pixels. Transparent parts become white. Fails with NK_E_INVALID for
 * anything else, naming `file`. The same name again replaces the picture.
 */
nk_err nk_pdf_add_image(nk_ctx *ctx, nk_pdf *p, nk_str name, nk_str png,
                        nk_str file);

/* Let `name` mean the picture again that was added from `file`; false: none
   was. */
bool nk_pdf_use_image(nk_pdf *p, nk_str name, nk_str file);

/* Fonts and pictures as layout asks for them; lives as long as p. */
void nk_pdf_metrics(nk_pdf *p, nk_metrics *out);

/* What the file says of itself beside its pages. */
typedef struct nk_pdf_words {
    nk_str subject; /* what the paper is about, without any name */
    nk_str id;      /* unlike that of any other paper; printable ASCII */
    int64_t made;   /* ms */
    /* Of a form to fill in: the office's id, the number of the case it was
       begun for, and the id of what it is about; empty: none. */
    nk_str office, record, about;
} nk_pdf_words;

/*
 * Write a paper. Places to sign are planned for the sign room in the private
 * part of the catalog's /PieceInfo (docs/signature.md).
 */
nk_err nk_pdf_write(nk_ctx *ctx, nk_arena *a, nk_pdf *p, const nk_pages *pages,
                    const nk_pdf_words *words, nk_str *out);

/*
 * A QR code (ISO/IEC 18004, level M) as content operators: filled
 * rectangles in a square of that side with its origin lower left, four
 * modules of quiet zone included.
 */
nk_err nk_pdf_qr(nk_ctx *ctx, nk_arena *a, nk_str text, nk_mpt side,
                 nk_str *out);

#endif
