/*
 * Numbers and money as Indonesian papers print them: words (terbilang),
 * thousands with a full stop, decimals with a comma, rupiah without cents.
 */
#ifndef NK_BASE_NUMBER_H
#define NK_BASE_NUMBER_H

#include "base/buf.h"

#define NK_NUMBER_MAX INT64_C(999999999999999) /* the last one with words */

/*
 * "dua puluh tiga"; -5 is "minus lima". Beyond +-NK_NUMBER_MAX it prints
 * digits and returns false.
 */
bool nk_number_words(nk_buf *b, int64_t n);

/* 1.250.000 */
void nk_number_put(nk_buf *b, int64_t n);

/* Rp1.250.000,00 */
void nk_rupiah_put(nk_buf *b, int64_t rupiah);

/* Rp1.250.000,00 (satu juta dua ratus lima puluh ribu rupiah) */
void nk_rupiah_put_words(nk_buf *b, int64_t rupiah);

/* "2 (dua)": a count as letters write it; the thing counted follows. */
void nk_count_put(nk_buf *b, int64_t n);

/* Labels of lists, n from 1: "a" to "z", then "aa", "ab"; and "I", "II",
   "III" up to 3999, then digits. */
void nk_letters_put(nk_buf *b, uint32_t n);
void nk_roman_put(nk_buf *b, uint32_t n);

/* A whole number, with an optional minus, that fills the slice. */
bool nk_number_parse(nk_str s, int64_t *out);

#endif
