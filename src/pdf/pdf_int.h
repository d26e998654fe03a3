/*
 * What the files of pdf share.
 */
#ifndef NK_PDF_INT_H
#define NK_PDF_INT_H

#include "pdf/file.h"
#include "pdf/pdf.h"

/* A face as papers embed it; made when first used. */
struct nk_pdf__face {
    bool made;
    nk_str program; /* deflated */
    size_t length;  /* of the program */
    nk_str widths;  /* the text of /Widths */
    const nk_face_info *info;
};

struct nk_pdf__image {
    struct nk_pdf__image *next;
    nk_str name, file;
    uint32_t width, height;
    bool gray;
    nk_str pixels; /* deflated */
};

struct nk_pdf {
    nk_arena arena;
    nk_fonts *fonts;
    struct nk_pdf__face faces[NK_FACES];
    struct nk_pdf__image *images;
    nk_str icc;     /* deflated */
    nk_str unicode; /* deflated ToUnicode of every base font */
    size_t icc_length;
};

/* The objects of one face in one paper. */
struct nk_pdf__font {
    uint32_t id;    /* of the base font; 0: not used */
    uint32_t extra; /* of the extra font */
    nk_extra_glyph *glyphs;
    size_t glyphs_n, glyphs_room;
};

/* Where a structure element's content stands, or an input among it. */
struct nk_pdf__mark {
    struct nk_pdf__mark *next;
    uint32_t page; /* index */
    uint32_t mcid;
    uint32_t input; /* index of an input's element; 0: content */
};

struct nk_pdf__element {
    uint32_t id;
    uint32_t first_child, next_sibling; /* indexes; 0: none */
    uint32_t last_child;
    struct nk_pdf__mark *first, *last;
    uint32_t texts; /* of it that are still to be drawn */
    /* Picture, place to sign or to fill in, for its box. */
    const nk_item *object;
    uint32_t object_page;
    uint32_t widget; /* object of a place to fill in; 0: none */
};

/* A page in the making. */
struct nk_pdf__sheet {
    uint32_t id;
    nk_str content;
    uint32_t marks;   /* marked-content sequences so far */
    uint32_t *owners; /* their elements' indexes, by MCID */
    uint32_t owners_room;
    uint32_t faces_base, faces_extra; /* bits: what its text needs */
    const struct nk_pdf__image *images[NK_MAX_PAGE_IMAGES];
    uint32_t images_n;
};

/* A place to fill in. */
struct nk_pdf__input {
    const nk_item *item;
    uint32_t page;
    uint32_t id;               /* of its widget */
    struct nk_pdf__sheet look; /* of its value, or of a box that is ticked */
};

struct nk_pdf__paper {
    nk_ctx *ctx;
    nk_arena *a;
    nk_pdf *pdf;
    const nk_pages *pages;
    const nk_pdf_words *words;
    struct nk_pdf__file *file;
    struct nk_pdf__font fonts[NK_FACES];
    struct nk_pdf__element *elements; /* by tag */
    struct nk_pdf__sheet *sheets;     /* by page */
    uint32_t *image_ids;              /* by order in pdf->images */
    const nk_item **signs;            /* places to sign, in reading order */
    uint32_t *sign_pages;
    uint32_t signs_n;
    struct nk_pdf__input *inputs; /* in reading order */
    uint32_t inputs_n;
    nk_err err;
};

/* ---- put.c: values ------------------------------------------------------ */

/* A text string object: PDFDocEncoding when ASCII, else UTF-16BE. */
void nk_pdf__text(nk_buf *b, nk_str s);

/* "D:20261123014500Z" in parentheses. */
void nk_pdf__date(nk_buf *b, int64_t ms);

/* zlib's deflate at its best; the result lives in `a`. */
nk_err nk_pdf__deflate(nk_ctx *ctx, nk_arena *a, nk_str bytes, nk_str *out);

/* ---- content.c: items to operators ------------------------------------- */

/* Write the content of every page into its sheet, and who owns each mark. */
nk_err nk_pdf__content(struct nk_pdf__paper *w);

/* ---- form.c ------------------------------------------------------------ */

/* Give every input's widget its number, before the tags that point there. */
void nk_pdf__number_inputs(struct nk_pdf__paper *w);

/* The fields of a fillable paper and its widgets; *id is 0 without any. */
nk_err nk_pdf__form(struct nk_pdf__paper *w, uint32_t *id);

/* ---- write.c ----------------------------------------------------------- */

/* The entries of a /Resources that what is drawn on a sheet needs. */
nk_err nk_pdf__resources(struct nk_pdf__paper *w, const struct nk_pdf__sheet *s,
                         nk_str *out);

/* ---- fonts.c ----------------------------------------------------------- */

/* Objects of all fonts the sheets use. */
nk_err nk_pdf__base_fonts(struct nk_pdf__paper *w);
nk_err nk_pdf__extra_fonts(struct nk_pdf__paper *w);

/* Note that an extra segment's glyphs are used. */
nk_err nk_pdf__note_glyphs(struct nk_pdf__paper *w, nk_face face,
                           const nk_segment *s);

/* ---- tags.c ------------------------------------------------------------ */

/* The structure tree; *root is its object. */
nk_err nk_pdf__tags(struct nk_pdf__paper *w, uint32_t *root);

/* ---- meta.c ------------------------------------------------------------ */

/* XMP packet, output intent and their entries for the catalog. */
nk_err nk_pdf__metadata(struct nk_pdf__paper *w, uint32_t *xmp);
nk_err nk_pdf__info(struct nk_pdf__paper *w, nk_str *entries);
nk_err nk_pdf__profile(nk_ctx *ctx, nk_pdf *p);

/* ---- image.c ----------------------------------------------------------- */

const struct nk_pdf__image *nk_pdf__find_image(const nk_pdf *p, nk_str name);

#endif
