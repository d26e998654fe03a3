/*
 * Invented signed letters and case records, for sizes and speeds and for the
 * archive's tests: PDF as libharu and our signer write it, with nobody in it.
 * The same letter gives the same bytes.
 */
#ifndef NK_TESTS_LETTERS_H
#define NK_TESTS_LETTERS_H

#include "base/base.h"

typedef struct nk_fake {
    uint64_t world;  /* seed of what is shared: fonts, profile, certificates */
    unsigned kind;   /* template, 0 .. NK_FAKE_KINDS - 1 */
    unsigned office; /* 0 .. NK_FAKE_OFFICES - 1 */
    uint64_t serial; /* seed of what is this letter's own */
    uint32_t seq;    /* number in the register */
    bool ecdsa;      /* P-256 instead of RSA-2048 */
    bool rehearse;   /* zeros for the signature value */
    nk_str name;     /* of the person; empty: an invented one */
} nk_fake;

#define NK_FAKE_KINDS   4u
#define NK_FAKE_OFFICES 5u

/* Append the whole signed PDF. */
void nk_fake_put(nk_buf *b, const nk_fake *l);

/* Append a case record in XML for the person of `serial`. */
void nk_fake_case_put(nk_buf *b, uint64_t serial, nk_str name);

/* Append the number as printed on the letter. */
void nk_fake_number_put(nk_buf *b, const nk_fake *l);

nk_str nk_fake_kind_name(unsigned kind);
nk_str nk_fake_office_name(unsigned office);

/* A generator of numbers that is the same everywhere (splitmix64). */
uint64_t nk_rnd(uint64_t *state);
/* 0 .. n-1 */
uint32_t nk_rnd_below(uint64_t *state, uint32_t n);
void nk_rnd_fill(uint64_t *state, void *out, size_t n);

#endif
