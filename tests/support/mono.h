/*
 * A typewriter: metrics for layout in which every character is half its size
 * wide, so that a test can work out each line by hand. Kerning, hyphens and
 * lacking characters are there only where a test asks for them.
 */
#ifndef NK_TESTS_MONO_H
#define NK_TESTS_MONO_H

#include "layout/layout.h"

#define NK_MONO_CHAR 500 /* 1/1000 em: of every character and the space */

typedef struct nk_mono {
    uint32_t lacks; /* a character the face has not; 0: none */
    /* Words as "ke-te-rang-an", which may be broken there; ends with NULL. */
    const char *const *words;
    char kern[2];       /* these two beside each other */
    int32_t by;         /* ... stand closer by that much, 1/1000 em */
    bool no_faces;      /* asking for a face fails with NK_E_IO */
    unsigned long fail; /* this call for a word fails with NK_E_IO; 0: none */
    unsigned long calls;
} nk_mono;

/* The picture "arms" is 100 wide and 200 high; there is no other. */
void nk_mono_metrics(nk_mono *m, nk_metrics *out);

#endif
