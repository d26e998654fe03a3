/*
 * How a paper becomes small: inside the archive room, without the database.
 *
 *   paper --scan--> code + raw --shrink--> residue + raw --deflate--> packed
 *
 * The code is the paper said in steps: plain text, shared resources, numbers
 * that can be foreseen (object numbers, offsets), and bytes that look random
 * and are kept apart in `raw`, where no Huffman code makes them longer. The
 * residue is the code without what a dictionary's base says already. The other
 * way round is inflate, expand, play. archive/FORMAT.md says it in full.
 */
#ifndef NK_ARCHIVE_CODE_H
#define NK_ARCHIVE_CODE_H

#include "archive/archive.h"
#include "crypto/crypto.h"

/* A list that grows in an arena. */
typedef struct nk_list {
    nk_arena *arena;
    void *items;
    size_t n, room, size; /* size: of one item */
} nk_list;

#define NK_LIST(a, type) ((nk_list){ .arena = (a), .size = sizeof(type) })

/* One more item, cleared; NULL when memory is out. */
void *nk_archive__list_add(nk_list *l);

/* The steps of a code. Bytes below 0x80 stand for themselves. */
enum {
    NK_OP_BYTES = 0x80,    /* n, n bytes: these bytes */
    NK_OP_RAW,             /* n: the next n bytes of raw */
    NK_OP_RES,             /* i: resource i */
    NK_OP_HEX_BYTES,       /* n, n bytes: these, as hex digits */
    NK_OP_HEX_RAW,         /* n: the next n bytes of raw, as hex digits */
    NK_OP_HEX_RES,         /* i: resource i, as hex digits */
    NK_OP_HEX_AGAIN,       /* i: what the i-th latest HEX_RAW said */
    NK_OP_LOWER,           /* hex digits are abcdef from here on, as at first */
    NK_OP_UPPER,           /* hex digits are ABCDEF from here on */
    NK_OP_ZEROS,           /* n: n characters "0" */
    NK_OP_XREF,            /* "xref" and a line feed; its offset is noted */
    NK_OP_TABLE,           /* flags: cross-reference entries of all objects
                              begun since the last table */
    NK_OP_XREF_AT,         /* the offset of the last XREF, in decimal */
    NK_OP_XREF_BEFORE,     /* the offset of the one before */
    NK_OP_SIZE,            /* one more than the highest object number so far */
    NK_OP_CELLS,           /* flags, unit, x, y, columns, rows: filled
                              squares, a bit each in raw */
    NK_OP_OBJ,             /* n: "n 0 obj" */
    NK_OP_OBJ_NEXT,        /* the same, one more than the last */
    NK_OP_MCID,            /* n: "/MCID n" */
    NK_OP_MCID_NEXT,       /* the same, one more than the last */
    NK_OP_K,               /* n: "/K n" */
    NK_OP_K_NEXT,          /* the same, one more than the last */
    NK_OP_REF,             /* n: "n 0 R" */
    NK_OP_REF_NEXT,        /* the same, one more than the last reference */
    NK_OP_Y,               /* d: a line's place, d from the last, which it
                              then is; thousandths, signed */
    NK_OP_Y_BY,            /* d: the number d; the place moves by it */
    NK_OP_END,             /* no step: one past the last of these */
    NK_OP_REF_SKIP = 0x9A, /* + d: "n 0 R", n being the last one + d + 2 */
    NK_OP_REF_NEAR = 0xA0, /* + d: "n 0 R", n being the object begun last,
                              + d - 8 */
    NK_OP_REF_RECENT = 0xB0, /* + i: the same, n being the i-th of the
                                references made last, the newest first */
};

#define NK_SKIP   6u  /* values of d */
#define NK_NEAR   16u /* values of d */
#define NK_RECENT 8u  /* values of i */

/* Flags of NK_OP_TABLE and NK_OP_CELLS. */
#define NK_TABLE_FREE 1u /* object 0 is listed, as free */
/* How its lines end: 0 CR LF, 1 space LF, 2 space CR. */
#define NK_TABLE_END(flags) ((flags) >> 1)
#define NK_CELLS_UP         1u /* the lowest row comes first */
#define NK_CELLS_QR         2u /* a QR code: fixed patterns are not in raw */

#define NK_MAX_OBJECT 8388607u /* highest object number of a PDF */

/* An object and where it begins. */
typedef struct nk_object {
    uint32_t number, offset;
} nk_object;

/* What both sides remember of the references made so far. */
typedef struct nk_refs {
    uint32_t recent[NK_RECENT]; /* the newest first; each number once */
    uint32_t n;                 /* used of recent */
} nk_refs;

/* Where n stands in r->recent; r->n: nowhere. */
uint32_t nk_archive__refs_find(const nk_refs *r, uint32_t n);

/* The reference n was made, found at i: it becomes the newest. */
void nk_archive__refs_note(nk_refs *r, uint32_t n, uint32_t i);

/*
 * Sort objects by number, each once at its latest offset; returns how many
 * are left.
 */
size_t nk_archive__objects_sort(nk_object *list, size_t n);

/* Append the table that NK_OP_TABLE with `flags` stands for. */
void nk_archive__table_put(nk_buf *b, const nk_object *list, size_t n,
                           unsigned flags);

/* Squares of a grid, as NK_OP_CELLS says them. */
typedef struct nk_cells {
    uint32_t flags, unit, x, y, columns, rows;
} nk_cells;

#define NK_CELLS_FIELDS 6
#define NK_MAX_CELLS    1000u  /* columns, rows */
#define NK_MAX_UNIT     10000u /* of unit, x and y */

/*
 * All squares, a bit each, row after row from y = 0, to what is said of them
 * in raw, and back. `split` is false when they are no QR code though flagged
 * as one. Both return in *n how many bytes of raw there are.
 */
bool nk_archive__cells_split(const nk_cells *c, const uint8_t *all,
                             uint8_t *raw, size_t *n);
bool nk_archive__cells_join(const nk_cells *c, nk_str raw, uint8_t *all,
                            size_t *n);

/* Append the rectangles of all squares. */
void nk_archive__cells_put(nk_buf *b, const nk_cells *c, const uint8_t *all);

/*
 * Write n in decimal to `at`; returns where it ends, at most NK_DIGITS on.
 * (nk_num takes any number; this is for the thousands of small ones.)
 */
#define NK_DIGITS 10

static inline char *nk_archive__write_digits(char *at, uint32_t n)
{
    char digits[NK_DIGITS];
    unsigned i = NK_DIGITS;

    do
        digits[--i] = (char)('0' + n % 10);
    while (n /= 10);
    while (i < NK_DIGITS)
        *at++ = digits[i++];
    return at;
}

/* Append n thousandths: "-12.65". */
void nk_archive__decimal_put(nk_buf *b, int64_t n);

/*
 * What papers of one kind share. Never changed once loaded, so that threads
 * may use one together.
 */
typedef struct nk_dict {
    int64_t id;
    uint8_t sha256[NK_SHA256_SIZE]; /* of key, resources, base, preset */
    nk_str *res;
    size_t res_n;
    nk_str base;   /* the code of one paper */
    nk_str preset; /* residues of others: deflate's dictionary */
} nk_dict;

/* Numbers as seven bits a byte, the lowest first. */
void nk_archive__varint_put(nk_buf *b, uint64_t v);
/* Take one off *s; false at its end or beyond 63 bits. */
bool nk_archive__varint(nk_str *s, uint64_t *v);

/* Signed ones: twice the amount, less one when negative. */
void nk_archive__signed_put(nk_buf *b, int64_t v);
bool nk_archive__signed(nk_str *s, int64_t *v);

#define NK_MAX_PLACE INT64_C(1000000000000) /* thousandths */

/* Move a place by d; false, and nothing moves, when that is out of bounds. */
bool nk_archive__move(int64_t *place, int64_t d);

/*
 * Do these bytes look like chance (compressed, encrypted, a signature)? The
 * middle hundred are asked how many of them differ.
 */
bool nk_archive__is_random(nk_str bytes);

/*
 * The DER element at the start of `der`: its size with its header, of which
 * *head bytes; 0 when it is none or does not end within `der`.
 */
size_t nk_archive__der_size(nk_str der, size_t *head);

/* Has the element `der`, whole, the shape of an X.509 certificate? */
bool nk_archive__is_certificate(nk_str der);

#define NK_GRAM 16u /* bytes hashed */

/* An index of a base, for finding what a code shares with it. */
typedef struct nk_base_index {
    nk_str base;
    uint32_t *head; /* by hash: 1 + latest position */
    uint32_t *prev; /* by position: 1 + the one before of that hash */
} nk_base_index;

nk_err nk_archive__index_base(nk_ctx *ctx, nk_arena *a, nk_str base,
                              nk_base_index *out);
/* Do these bytes, at least NK_GRAM of them, stand in the base? */
bool nk_archive__base_holds(const nk_base_index *x, nk_str bytes);
/* How a paper is scanned. */
typedef struct nk_scan {
    const nk_dict *dict; /* NULL: none */
    /* NULL, or bytes that look random but stand in here are said plainly, so
       that the base can say them. */
    const nk_base_index *known;
    bool plain; /* and so are all others */
    /* NULL, or told of each stream that is no text and each certificate
       that is no resource yet. */
    void (*found)(void *data, nk_str bytes, bool is_stream);
    void *data;
} nk_scan;

/* Say the paper in steps; what is looked up meanwhile is memory of `a`. */
void nk_archive__scan(nk_arena *a, const nk_scan *how, nk_str paper,
                      nk_buf *code, nk_buf *raw);

/*
 * Play the steps into out, which has room for exactly `size` bytes. False
 * when they do not make exactly that; memory comes from `a`.
 */
bool nk_archive__play(nk_arena *a, const nk_dict *d, nk_str code, nk_str raw,
                      char *out, size_t size);

void nk_archive__shrink(const nk_base_index *x, nk_str code, nk_buf *residue);
/* False unless the residue makes exactly `size` bytes. */
bool nk_archive__expand(nk_str base, nk_str residue, char *code, size_t size);

/* Inflating, again and again in the same memory. */
typedef struct nk_inflater nk_inflater;

nk_err nk_archive__inflater_open(nk_ctx *ctx, nk_inflater **out);
void nk_archive__inflater_close(nk_inflater *f);

/*
 * Make the paper of `size` bytes out of what was packed with d (NULL:
 * none), in memory of `a`. False when it does not make exactly that.
 */
bool nk_archive__unpack(nk_arena *a, nk_inflater *f, const nk_dict *d,
                        nk_str packed, size_t size, nk_str *paper);

/* Raw deflate without a dictionary, and back to exactly `size` bytes. */
nk_err nk_archive__deflate(nk_ctx *ctx, nk_arena *a, nk_str bytes, nk_str *out);
bool nk_archive__inflate(nk_inflater *f, nk_str deflated, nk_str preset,
                         char *out, size_t size);

/*
 * Fill in d->res, base and preset from papers of invented data, in memory of
 * `a`. Same samples in the same order, same result.
 */
nk_err nk_archive__dict_learn(nk_ctx *ctx, nk_arena *a, const nk_str *samples,
                              size_t n, nk_dict *d);

#endif
