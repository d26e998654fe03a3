/*
 * Many cases of people who do not exist, for benchmarks and long runs.
 */
#ifndef NK_TESTS_INVENT_H
#define NK_TESTS_INVENT_H

#include "base/base.h"

/*
 * The i-th invented case: `form` with each @mark@ replaced. The same i gives
 * the same case. ptr NULL when memory is out.
 */
nk_str nk_invent_case(nk_arena *a, nk_str form, uint32_t i);

#endif
