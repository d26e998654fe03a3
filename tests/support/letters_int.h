/*
 * What the files of the letter generator share.
 */
#ifndef NK_TESTS_LETTERS_INT_H
#define NK_TESTS_LETTERS_INT_H

#include "letters.h"

#define NK_FAKE_MAX_OBJECTS 400u

/* A PDF being written: where each object begins. */
typedef struct nk_fake_pdf {
    nk_buf *b;
    size_t start; /* of the PDF in b */
    size_t off[NK_FAKE_MAX_OBJECTS];
    unsigned top; /* highest number given so far */
    size_t xref;  /* offset of the newest table */
} nk_fake_pdf;

void nk_fake_obj(nk_fake_pdf *p, unsigned n);
void nk_fake_end(nk_fake_pdf *p);

/* A dictionary object whose inside is `dict`. */
void nk_fake_dict(nk_fake_pdf *p, unsigned n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* What the page says: lines, marked paragraphs, and how many there are. */
typedef struct nk_fake_text {
    nk_buf content[2]; /* operators of each page */
    unsigned pages;
    unsigned paras[2]; /* marked paragraphs of each page */
    int y;             /* where the next line goes, 1/100 pt */
} nk_fake_text;

void nk_fake_write(nk_arena *a, const nk_fake *l, nk_fake_text *t);

/* Who the letter is about. */
void nk_fake_person(nk_buf *b, const nk_fake *l);

/*
 * Append the signature's update: field, appearance, CMS. `catalog`, `page`
 * and `elem` are the objects it rewrites.
 */
void nk_fake_sign(nk_fake_pdf *p, const nk_fake *l, unsigned elem, nk_str id);

#endif
