/*
 * Allocations that fail when a test says so.
 *
 * Works in programs linked with
 *     -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
 * and there for every call from our own objects; what a shared library
 * allocates for itself goes its own way. In other programs this is never
 * called.
 */
#ifndef NK_TESTS_OOM_H
#define NK_TESTS_OOM_H

#include <stdbool.h>

/* Let the nth allocation from now fail (from 1), and only that; 0: none. */
void nk_oom_arm(unsigned long nth);

/* Allocations asked for since then. */
unsigned long nk_oom_asked(void);

/* Did one fail since then? */
bool nk_oom_struck(void);

/*
 * Run work(data) with its 1st, 2nd, 3rd ... allocation failing until none
 * does. Where one fails, work must return false, unless it can do without;
 * where none fails it must return true. Fails the test otherwise, and when
 * nothing was allocated at all. Returns how many failures were survived.
 */
unsigned long nk_oom_try_all(bool (*work)(void *data), void *data);

#endif
