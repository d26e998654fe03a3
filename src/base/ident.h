/*
 * Identifiers of people and papers: what is wrong with one, what it says,
 * and how it is printed. Rules and vectors: NIK and KK by PP 40/2019, NIP by
 * the civil service's form, telephone numbers by the national plan.
 */
#ifndef NK_BASE_IDENT_H
#define NK_BASE_IDENT_H

#include "base/date.h"

/* What a check found. Warnings let the value stand. */
typedef enum nk_ident {
    NK_IDENT_OK,
    NK_IDENT_LENGTH,                     /* wrong number of digits */
    NK_IDENT_CHAR,                       /* something that is no digit */
    NK_IDENT_REGION,                     /* no such province */
    NK_IDENT_DATE,                       /* its date does not exist */
    NK_IDENT_MONTH,                      /* NIP: month of appointment */
    NK_IDENT_SEX,                        /* NIP: neither 1 nor 2 */
    NK_IDENT_SERIAL,                     /* serial 0000 */
    NK_IDENT_PLACEHOLDER,                /* typed to fill the box */
    NK_IDENT_FORM,                       /* not of the form at all */
    NK_IDENT_WARNINGS,                   /* from here on warnings */
    NK_IDENT_W_TEST = NK_IDENT_WARNINGS, /* a test region: nobody's */
    NK_IDENT_W_DATE,                     /* another birth date than given */
    NK_IDENT_W_SEX,                      /* another sex than given */
    NK_IDENT_W_OLD,                      /* KK recorded before 2006 */
    NK_IDENT_W_YOUNG, /* NIP: appointed before the age of 15 */
    NK_IDENT_W_SAME,  /* KK: the NIK of the same person */
    NK_IDENT_COUNT
} nk_ident;

/* The message that explains it to a clerk; NK_M_NONE for OK. */
nk_msg nk_ident_message(nk_ident what);

/* Which two-digit province codes exist; loaded from data, not known here. */
typedef enum nk_region {
    NK_REGION_NONE,
    NK_REGION_REAL,
    NK_REGION_TEST
} nk_region;
typedef struct nk_regions {
    uint8_t province[100]; /* nk_region by code */
} nk_regions;

/* What a NIK says by itself. */
typedef struct nk_nik {
    char digits[17]; /* NUL-terminated */
    char sex;        /* 'L' or 'P' */
    nk_date birth;
    bool ambiguous; /* the other century is possible as well */
    unsigned serial;
} nk_nik;

/*
 * Spaces, dots and hyphens are dropped. birth (year 0: unknown) and sex ('L',
 * 'P', 0: unknown) are what else is known; `today` bounds the century.
 */
nk_ident nk_nik_check(nk_str typed, nk_date birth, char sex, nk_date today,
                      const nk_regions *regions, nk_nik *out);

/*
 * Family card: date of recording, no +40; `today` as above. nik is the one of
 * the same person as typed; empty: not known.
 */
nk_ident nk_kk_check(nk_str typed, nk_str nik, nk_date today,
                     const nk_regions *regions, nk_date *recorded);

/* NIP of 18 digits, or the NI of contract civil servants. */
nk_ident nk_nip_check(nk_str typed);

/* Indonesian telephone number; *e164 gets "+62..." in out. */
nk_ident nk_phone_check(nk_str typed, char e164[20]);

nk_ident nk_email_check(nk_str typed);
nk_ident nk_postcode_check(nk_str typed);
nk_ident nk_rt_rw_check(nk_str typed);
nk_ident nk_classification_check(nk_str typed);

/* The digits of s in groups: nk_groups_put(b, s, "8613") for a NIP. */
void nk_groups_put(nk_buf *b, nk_str s, const char *sizes);

/* "1/2" as "001/002". */
void nk_rt_rw_put(nk_buf *b, nk_str typed);

/* The first 6 and last 2 characters, "*" for the rest. */
void nk_mask_put(nk_buf *b, nk_str s);

/* "M.C.S.": first letters of at most three parts, bin/binti/al left out. */
void nk_initials_put(nk_buf *b, nk_str name);

#endif
