/*
 * What the scanner's files share: where it is in the paper, what it remembers
 * as the player will, and how steps are said.
 */
#ifndef NK_ARCHIVE_SCAN_H
#define NK_ARCHIVE_SCAN_H

#include "archive/code.h"

typedef struct nk_scanner {
    const nk_scan *how;
    const nk_str *res; /* the dictionary's */
    size_t res_n;
    nk_arena *a;
    nk_str paper;
    size_t at;   /* the byte looked at */
    size_t text; /* what is before `at` and not yet said begins here */
    nk_buf *code, *raw;
    /* As in the player. */
    nk_list said;    /* nk_str: what each HEX_RAW took */
    nk_list objects; /* nk_object: begun since the last table */
    uint32_t object, top;
    uint32_t mcid, k, ref;
    uint32_t xref, xref_before;
    int64_t y; /* of the line, thousandths */
    nk_refs refs;
    bool upper;
    /* What was looked for in vain is not looked for again and again. */
    size_t endstream; /* the next one at or after this place */
    size_t cells_end; /* rectangles up to here are no cells */
    unsigned tables_tried;
    nk_buf hex; /* a hex string's bytes, in turn */
} nk_scanner;

static inline nk_str nk_archive__rest(const nk_scanner *s)
{
    return nk_str_skip(s->paper, s->at);
}

/* Say the text that is due, and then the step, with what it needs. */
void nk_archive__say(nk_scanner *s, unsigned op);
void nk_archive__say_number(nk_scanner *s, unsigned op, uint64_t n);
void nk_archive__say_bytes(nk_scanner *s, unsigned op, nk_str bytes);
void nk_archive__say_raw(nk_scanner *s, unsigned op, nk_str bytes);

/* Do the bytes look random, and are they to be kept apart for it? */
bool nk_archive__is_chance(const nk_scanner *s, nk_str bytes);

/* Digits at the start of s as a number without leading zeros, below 10^9;
   how many there are, 0: it is none. */
size_t nk_archive__digits(nk_str s, uint32_t *n);

/* The pattern functions of other files, as scan.c describes them: a hex
   string after its "<"; rectangles after the line feed before them. */
size_t nk_archive__scan_hex(nk_scanner *s);
size_t nk_archive__scan_cells(nk_scanner *s);

#endif
