/*
 * The residue of a code: it comes back, it is small where the base says the
 * same, and what others wrote is refused without reading outside.
 */
#include "../support/check.h"
#include "../support/letters.h"

#include "archive/code.h"

/* The residue of a code; that it comes back is checked here. */
static nk_str shrink(nk_desk *d, nk_str base, nk_str code)
{
    nk_base_index x;
    nk_buf residue;
    char *out = nk_alloc(&d->arena, code.len + 1);

    assert_int_equal(nk_archive__index_base(&d->ctx, &d->arena, base, &x),
                     NK_OK);
    nk_buf_init(&residue, &d->arena);
    nk_archive__shrink(&x, code, &residue);
    assert_int_equal(residue.err, NK_OK);
    assert_true(nk_archive__expand(base, nk_buf_str(&residue), out, code.len));
    assert_memory_equal(out, code.ptr, code.len);
    return nk_buf_str(&residue);
}

static nk_str chance(nk_desk *d, uint64_t *seed, size_t n)
{
    char *p = nk_alloc(&d->arena, n);

    nk_rnd_fill(seed, p, n);
    return (nk_str){ p, n };
}

static void what_the_base_says(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 3;
    nk_str base = chance(d, &seed, 5000);
    nk_buf b;

    assert_int_equal(shrink(d, base, base).len, 4); /* FF, two of n, d = 0 */
    assert_int_equal(shrink(d, base, NK_EMPTY).len, 0);
    nk_buf_init(&b, &d->arena);
    nk_buf_putn(&b, base.ptr + 3000, 500);
    nk_buf_lit(&b, "lain");
    nk_buf_putn(&b, base.ptr + 3504, 500); /* in step: d is 0 again */
    nk_buf_putn(&b, base.ptr, 31);         /* too short */
    nk_buf_putn(&b, base.ptr + 100, 32);
    assert_in_range(shrink(d, base, nk_buf_str(&b)).len, 45, 60);
}

static void the_mark_itself(void **state)
{
    nk_desk *d = *state;
    nk_str residue = shrink(d, NK_EMPTY, NK_STR("a\xFF\xFFz"));

    assert_true(nk_str_eq(residue, NK_STR("a\xFF\0\xFF\0z")));
    residue = shrink(d, NK_STR("pendek"), NK_STR("pendek"));
    assert_true(nk_str_eq(residue, NK_STR("pendek")));
}

static void any_pair_comes_back(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 77;
    unsigned round;

    for (round = 0; round < 400; round++) {
        nk_str base = chance(d, &seed, nk_rnd_below(&seed, 3000)), code;
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        while (b.len < 2000) {
            uint32_t n = nk_rnd_below(&seed, 200);

            if (nk_rnd_below(&seed, 3) && base.len > n)
                nk_buf_putn(
                    &b, base.ptr + nk_rnd_below(&seed, (uint32_t)base.len - n),
                    n);
            else
                nk_buf_puts(&b, chance(d, &seed, n % 40));
        }
        code = nk_buf_str(&b);
        shrink(d, base, code);
        nk_arena_reset(&d->arena);
    }
}

static void foreign_residues(void **state)
{
    static const struct {
        nk_str residue;
        size_t size;
    } bad[] = {
        { NK_STR_INIT("abc"), 2 },           /* too long */
        { NK_STR_INIT("abc"), 4 },           /* too short */
        { NK_STR_INIT("\xFF"), 1 },          /* n is missing */
        { NK_STR_INIT("\xFF\x80"), 1 },      /* n is cut */
        { NK_STR_INIT("\xFF\0"), 0 },        /* no room */
        { NK_STR_INIT("\xFF\x01"), 32 },     /* d is missing */
        { NK_STR_INIT("\xFF\x01\x01"), 32 }, /* before the base */
        { NK_STR_INIT("\xFF\x01\x42"), 32 }, /* 33 of 64: ends outside */
        { NK_STR_INIT("\xFF\x01\x00"), 31 }, /* more than there is room */
        { NK_STR_INIT("\xFF\x22\x00"), 65 }, /* more than the base */
        { NK_STR_INIT("\xFF\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"), 32 },
        { NK_STR_INIT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x00"), 32 },
    };
    char base[64] = "", out[128];
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(bad); i++)
        assert_false(nk_archive__expand((nk_str){ base, 64 }, bad[i].residue,
                                        out, bad[i].size));
    assert_true(nk_archive__expand((nk_str){ base, 64 }, NK_STR("\xFF\x01\x40"),
                                   out, 32));
    assert_true(nk_archive__expand(NK_EMPTY, NK_EMPTY, out, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(what_the_base_says),
        NK_DESK_TEST(the_mark_itself),
        NK_DESK_TEST(any_pair_comes_back),
        cmocka_unit_test(foreign_residues),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
