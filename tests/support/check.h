/*
 * What every test includes: cmocka with the headers it needs, base, and
 * comparing slices so that a failure shows both texts.
 */
#ifndef NK_TESTS_CHECK_H
#define NK_TESTS_CHECK_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "base/base.h"

/* The number of entries of an array. */
#define NK_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The slice holds exactly the bytes of the C string `want`. */
#define assert_str(got, want) nk_check_str((got), (want), __FILE__, __LINE__)

void nk_check_str(nk_str got, const char *want, const char *file, int line);

/*
 * A ctx and an arena, fresh for each test:
 * cmocka_unit_test_setup_teardown(test, nk_desk_open, nk_desk_close).
 */
typedef struct nk_desk {
    nk_ctx ctx;
    nk_arena arena;
} nk_desk;

int nk_desk_open(void **state);
int nk_desk_close(void **state);

#define NK_DESK_TEST(test)                                                     \
    cmocka_unit_test_setup_teardown(test, nk_desk_open, nk_desk_close)

#endif
