/*
 * Counts allocations and lets one fail. The linker sends malloc here as
 * __wrap_malloc and gives the C library's own as __real_malloc; the names
 * are weak since programs linked without --wrap do not have them.
 */
#include "oom.h"

#include "check.h"

#include <errno.h>
#include <stdlib.h>

/* The names are the linker's. */
void *__real_malloc(size_t n) __attribute__((weak));
void *__real_calloc(size_t n, size_t size) __attribute__((weak));
void *__real_realloc(void *p, size_t n) __attribute__((weak));
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static unsigned long victim, asked;

/* Is this the one? */
static bool strikes(void)
{
    asked++;
    if (asked != victim)
        return false;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t n)
{
    return strikes() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return strikes() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return strikes() ? NULL : __real_realloc(p, n);
}

void nk_oom_arm(unsigned long nth)
{
    victim = nth;
    asked = 0;
}

unsigned long nk_oom_asked(void)
{
    return asked;
}

bool nk_oom_struck(void)
{
    return victim != 0 && asked >= victim;
}

unsigned long nk_oom_try_all(bool (*work)(void *data), void *data)
{
    unsigned long nth, failures = 0;
    bool good, struck;

    for (nth = 1;; nth++) {
        nk_oom_arm(nth);
        good = work(data);
        struck = nk_oom_struck();
        nk_oom_arm(0);
        if (!struck)
            break;
        failures++;
    }
    if (!good)
        fail_msg("it fails with all the memory it wants");
    if (failures == 0)
        fail_msg("nothing was allocated: is the program linked with --wrap?");
    return failures;
}
