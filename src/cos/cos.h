/*
 * The door of cos: reading PDF files of any origin, as objects (ISO 32000-1,
 * 7). Values are slices of the file and are walked again when somebody asks;
 * an object is found as the cross-reference table of a revision says, and
 * nothing is searched for or repaired.
 */
#ifndef NK_COS_COS_H
#define NK_COS_COS_H

#include "base/base.h"

/* ---- Values: lex.c ----------------------------------------------------- */

typedef enum nk_cos_kind {
    NK_COS_NONE, /* absent, or null, which means the same */
    NK_COS_BOOL,
    NK_COS_INT,
    NK_COS_REAL,
    NK_COS_NAME,
    NK_COS_TEXT, /* (...) */
    NK_COS_HEX,  /* <...> */
    NK_COS_ARRAY,
    NK_COS_DICT,
    NK_COS_REF
} nk_cos_kind;

/* A value where it stands: a slice of the file, known to be well-formed. */
typedef struct nk_cos_value {
    nk_cos_kind kind;
    nk_str raw;          /* as written, with its delimiters */
    int64_t number;      /* of an INT; the object number of a REF */
    uint16_t generation; /* of a REF */
} nk_cos_value;

/* Skip white space and comments. */
void nk_cos_skip_space(nk_str *s);

/* Take a word, such as "endobj", that stands at the front of *s. */
bool nk_cos_take_word(nk_str *s, nk_str word);

/* Take digits only, at most `max`. */
bool nk_cos_take_uint(nk_str *s, uint64_t max, uint64_t *out);

/*
 * Take one whole value off *s, after white space. False when there is none,
 * it is malformed, or deeper than NK_MAX_PDF_DEPTH.
 */
bool nk_cos_take(nk_str *s, nk_cos_value *out);

/* What stands between the brackets of an array or a dictionary. */
nk_str nk_cos_inside(const nk_cos_value *v);

/* 0 .. 15, or -1. */
int nk_cos_hex_digit(char c);

/* Does a name, written with its "/", say `plain`? #xx is understood. */
bool nk_cos_name_is(nk_str raw, nk_str plain);

/*
 * The value of `key`, NONE when absent. Fails when the key is there twice:
 * readers differ on which one counts.
 */
nk_err nk_cos_get(nk_ctx *ctx, const nk_cos_value *dict, nk_str key,
                  nk_cos_value *out);

/* As nk_cos_get, but fails unless the value is of that kind. */
nk_err nk_cos_want(nk_ctx *ctx, const nk_cos_value *dict, nk_str key,
                   nk_cos_kind kind, nk_cos_value *out);

/* The structure of the PDF is broken at `what`. */
nk_err nk_cos_damaged(nk_ctx *ctx, nk_str what);

/* ---- Text and dates: text.c -------------------------------------------- */

/* TEXT, HEX or NAME as UTF-8; NK_EMPTY with ptr NULL when memory is out. */
nk_str nk_cos_text(nk_arena *a, const nk_cos_value *v);

/* Append UTF-8 as a PDF text string. */
void nk_cos_put_text(nk_buf *b, nk_str utf8);

/* Append a moment as a PDF date, and back. */
void nk_cos_put_date(nk_buf *b, int64_t ms);
bool nk_cos_date(nk_str s, int64_t *ms);

/* ---- Files: file.c ----------------------------------------------------- */

/* One subsection of a cross-reference table. */
typedef struct nk_cos_range {
    uint32_t first, count; /* object numbers */
    size_t at;             /* offset of the first 20-byte entry */
} nk_cos_range;

/* What one writing of the file added: objects, a table, a trailer. */
typedef struct nk_cos_revision {
    size_t start; /* offset after the revision before */
    size_t xref;  /* offset of its table */
    size_t eof;   /* offset after "%%EOF" */
    size_t end;   /* the same after the line end */
    nk_cos_range *ranges;
    size_t ranges_n;
    nk_cos_value trailer;
    nk_cos_value root;
} nk_cos_revision;

typedef struct nk_cos_file {
    nk_str bytes;
    nk_cos_revision *revisions; /* oldest first, at least one */
    size_t n;
    size_t ranges_n; /* of all revisions */
    size_t trailing; /* bytes after the last revision */
    size_t work;     /* bytes read so far, at most NK_MAX_PDF_WORK */
} nk_cos_file;

typedef struct nk_cos_object {
    uint32_t num;
    uint16_t generation;
    size_t at, end; /* from "num 0 obj" to after "endobj" */
    nk_cos_value value;
    bool is_stream;
} nk_cos_object;

/*
 * Room for one more in a list of n elements of `size` bytes, which doubles
 * whenever n is a power of two; NULL when memory is out.
 */
void *nk_cos_room(nk_arena *a, void *list, size_t n, size_t size);

/*
 * Find the revisions of a PDF with classic cross-reference tables. Fails
 * with NK_E_SYNTAX for what is no PDF or of a kind not read yet, NK_E_INVALID
 * for a damaged one, NK_E_LIMIT beyond the bounds.
 */
nk_err nk_cos_open(nk_ctx *ctx, nk_arena *a, nk_str bytes, nk_cos_file *out);

/* The object a REF means in revision `rev` (from 0). */
nk_err nk_cos_read(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                   const nk_cos_value *ref, nk_cos_object *out);

/* Is object `num` in use in revision `rev`? */
bool nk_cos_in_use(const nk_cos_file *f, size_t rev, uint32_t num);

/* nk_cos_get, and what the value refers to if it is a REF. */
nk_err nk_cos_follow(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                     const nk_cos_value *dict, nk_str key, nk_cos_value *out);

/* The document catalog of revision `rev`. */
nk_err nk_cos_catalog(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                      nk_cos_object *out);

/*
 * Read the object that stands at `at` in revision `rev`; fails unless the
 * table of that very revision says so too.
 */
nk_err nk_cos_read_at(nk_ctx *ctx, nk_cos_file *f, size_t rev, size_t at,
                      nk_cos_object *out);

/* ---- Pages: pages.c ---------------------------------------------------- */

typedef struct nk_cos_pages {
    nk_cos_file *f;
    size_t rev;
    nk_str rest[NK_MAX_PDF_DEPTH]; /* kids not yet seen, by level */
    size_t depth;
} nk_cos_pages;

nk_err nk_cos_pages_init(nk_ctx *ctx, nk_cos_pages *w, nk_cos_file *f,
                         size_t rev);

/* The next page's reference; NONE behind the last. */
nk_err nk_cos_pages_next(nk_ctx *ctx, nk_cos_pages *w, nk_cos_value *page);

/* ---- Forms: form.c ----------------------------------------------------- */

typedef struct nk_cos_field {
    nk_str name;  /* whole: "victim.name" */
    nk_str label; /* /TU; empty: none */
    nk_str value; /* /V: a text, or the state of a box; empty: none, or Off */
    nk_str was;   /* /DV: what it was before somebody filled it in */
    bool is_box;
    uint32_t page; /* of its first place, from 1; 0: not known */
} nk_cos_field;

/*
 * The form fields of revision `rev`, signatures and buttons that are pushed
 * left out, in the order of the form; groups are part of names. All text is
 * UTF-8.
 */
nk_err nk_cos_form(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t rev,
                   nk_cos_field **out, size_t *n);

/* What naskah keeps in a paper for itself: the private part of the catalog's
   /PieceInfo; NONE in a PDF of another's. */
nk_err nk_cos_private(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                      nk_cos_value *out);

#endif
