/*
 * A PDF file in the making: numbered objects and what stands in them. The
 * only header of the room that file.c, and so libharu, stands behind.
 */
#ifndef NK_PDF_FILE_H
#define NK_PDF_FILE_H

#include "base/base.h"

struct nk_pdf__file;

/* Everything given is kept in `a` until the file is saved. */
nk_err nk_pdf__file_open(nk_ctx *ctx, nk_arena *a, struct nk_pdf__file **out);
void nk_pdf__file_close(struct nk_pdf__file *f);

/* The number of a new dictionary object, still empty; 0 when it failed. */
uint32_t nk_pdf__object(struct nk_pdf__file *f);

/* What stands between "<<" and ">>" of an object. */
void nk_pdf__set(struct nk_pdf__file *f, uint32_t id, nk_str entries);

/* A stream object: its dictionary's entries but /Length, and its bytes. */
uint32_t nk_pdf__stream(struct nk_pdf__file *f, nk_str entries, nk_str bytes);

/* A new page: its object's number. */
uint32_t nk_pdf__page(struct nk_pdf__file *f);

/* Size, key in the ParentTree, /Resources entries, and content. */
void nk_pdf__set_page(struct nk_pdf__file *f, uint32_t id, nk_mpt width,
                      nk_mpt height, uint32_t struct_parents, nk_str resources,
                      nk_str content);

/* The annotations of a page. */
void nk_pdf__set_annots(struct nk_pdf__file *f, uint32_t page,
                        const uint32_t *ids, uint32_t n);

/* Further entries of the catalog, the document information, the trailer. */
void nk_pdf__set_catalog(struct nk_pdf__file *f, nk_str entries);
void nk_pdf__set_info(struct nk_pdf__file *f, nk_str entries);
void nk_pdf__set_trailer(struct nk_pdf__file *f, nk_str entries);

/* The whole file, or the first failure of all that came before. */
nk_err nk_pdf__save(struct nk_pdf__file *f, nk_str *out);

#endif
