/*
 * The arena: what it gives is aligned, cleared and nobody else's; growing
 * keeps the bytes; a reset gives back what a usual job does not need.
 */
#include "../support/check.h"

#include <stdalign.h>

static nk_arena *arena_of(void **state)
{
    return &((nk_desk *)*state)->arena;
}

static bool all_bytes(const unsigned char *p, size_t n, unsigned char c)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (p[i] != c)
            return false;
    return true;
}

static void gives_aligned_cleared_memory(void **state)
{
    nk_arena *a = arena_of(state);
    unsigned char *p[300];
    size_t i;

    for (i = 0; i < NK_COUNT(p); i++) {
        p[i] = nk_alloc(a, i);
        assert_non_null(p[i]);
        assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
        assert_true(all_bytes(p[i], i, 0));
        memset(p[i], (int)(i % 255 + 1), i);
    }
    for (i = 0; i < NK_COUNT(p); i++)
        assert_true(all_bytes(p[i], i, (unsigned char)(i % 255 + 1)));
}

static void clears_memory_used_before(void **state)
{
    nk_arena *a = arena_of(state);
    unsigned char *p = nk_alloc(a, 1000);

    memset(p, 0xAA, 1000);
    nk_arena_reset(a);
    p = nk_alloc(a, 1000);
    assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
    assert_true(all_bytes(p, 1000, 0));
}

static void counts_what_it_holds(void **state)
{
    nk_arena *a = arena_of(state);

    assert_int_equal(a->total, 0);
    nk_alloc(a, 1);
    assert_int_equal(a->total, NK_ARENA_BLOCK);
    nk_alloc(a, NK_ARENA_BLOCK - 16);
    assert_int_equal(a->total, NK_ARENA_BLOCK);
    nk_alloc(a, 16);
    assert_int_equal(a->total, 2 * NK_ARENA_BLOCK);
    nk_alloc(a, 5 * NK_ARENA_BLOCK);
    assert_int_equal(a->total, 7 * NK_ARENA_BLOCK);
    nk_arena_release(a);
    assert_int_equal(a->total, 0);
    assert_non_null(nk_alloc(a, 1));
}

static void refuses_sizes_that_overflow(void **state)
{
    nk_arena *a = arena_of(state);
    char *p = nk_alloc(a, 8);
    size_t total = a->total, n;

    for (n = 0; n <= 16; n++) {
        assert_null(nk_alloc(a, SIZE_MAX - n));
        assert_null(nk_alloc_grow(a, p, 8, SIZE_MAX - n));
    }
    assert_null(nk_alloc_array(a, SIZE_MAX / 2, 3));
    assert_null(nk_alloc_array(a, 3, SIZE_MAX / 2));
    assert_null(nk_alloc_array(a, (size_t)1 << 32, (size_t)1 << 32));
    assert_int_equal(a->total, total);
    assert_non_null(nk_alloc_array(a, 0, 0));
    assert_non_null(nk_alloc_array(a, 0, SIZE_MAX));
    assert_non_null(nk_alloc_array(a, 7, 9));
}

static void grows_the_newest_in_place(void **state)
{
    nk_arena *a = arena_of(state);
    unsigned char *first = nk_alloc(a, 100), *p = nk_alloc(a, 20), *next;

    memset(first, 1, 100);
    memset(p, 2, 20);
    assert_ptr_equal(nk_alloc_grow(a, p, 20, 20), p);
    assert_ptr_equal(nk_alloc_grow(a, p, 20, 5000), p);
    memset(p, 2, 5000);
    next = nk_alloc(a, 8);
    assert_true(next >= p + 5000);
    assert_true(all_bytes(first, 100, 1));
    assert_true(all_bytes(p, 5000, 2));
    assert_int_equal(a->total, NK_ARENA_BLOCK);

    /* To the very end of the block. */
    nk_arena_reset(a);
    p = nk_alloc(a, 32);
    assert_ptr_equal(nk_alloc_grow(a, p, 32, NK_ARENA_BLOCK), p);
    nk_arena_reset(a);
    nk_alloc(a, 64);
    p = nk_alloc(a, 32);
    assert_ptr_equal(nk_alloc_grow(a, p, 32, NK_ARENA_BLOCK - 64), p);
    assert_int_equal(a->total, NK_ARENA_BLOCK);
}

static void moves_what_it_cannot_grow(void **state)
{
    nk_arena *a = arena_of(state);
    unsigned char *p = nk_alloc(a, 100), *next = nk_alloc(a, 1), *q;

    memset(p, 3, 100);
    *next = 4;
    q = nk_alloc_grow(a, p, 100, 200);
    assert_ptr_not_equal(q, p);
    assert_true(all_bytes(q, 100, 3));
    memset(q, 5, 200);
    assert_true(all_bytes(p, 100, 3));
    assert_int_equal(*next, 4);

    /* The newest of a full block, with others before it in there. */
    p = nk_alloc_grow(a, q, 200, NK_ARENA_BLOCK);
    assert_ptr_not_equal(p, q);
    assert_true(all_bytes(p, 200, 5));
}

static void grows_a_block_with_its_only_guest(void **state)
{
    nk_arena *a = arena_of(state);
    size_t n = 3 * NK_ARENA_BLOCK, i;
    unsigned char *small = nk_alloc(a, 10), *p = nk_alloc(a, n);

    memset(small, 6, 10);
    memset(p, 7, n);
    for (i = 0; i < 8; i++) {
        p = nk_alloc_grow(a, p, n, n + 10000);
        assert_non_null(p);
        memset(p + n, 7, 10000);
        n += 10000;
    }
    assert_true(all_bytes(p, n, 7));
    assert_true(all_bytes(small, 10, 6));
    /* One block grew; no copy was left behind. */
    assert_int_equal(a->total, NK_ARENA_BLOCK + n);
    assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
}

static void grows_from_nothing(void **state)
{
    nk_arena *a = arena_of(state);

    assert_non_null(nk_alloc_grow(a, NULL, 0, 50));
    assert_non_null(nk_alloc_grow(a, NULL, 0, 2 * NK_ARENA_BLOCK));
}

static void job(nk_arena *a, size_t pieces)
{
    while (pieces-- > 0)
        assert_non_null(nk_alloc(a, 1000));
}

static void asks_once_for_equal_jobs(void **state)
{
    static const size_t pieces[] = { 1, 30, 100, 1000 };
    nk_arena *a = arena_of(state);
    size_t i, total;

    for (i = 0; i < NK_COUNT(pieces); i++) {
        job(a, pieces[i]);
        nk_arena_reset(a);
        total = a->total;
        assert_in_range(total, NK_ARENA_BLOCK, NK_ARENA_KEEP);
        job(a, pieces[i]);
        assert_int_equal(a->total, total);
        nk_arena_release(a);
    }
}

static void gives_back_what_is_large(void **state)
{
    nk_arena *a = arena_of(state);

    nk_arena_reset(a);
    assert_int_equal(a->total, 0);
    nk_alloc(a, 3 * NK_ARENA_KEEP);
    nk_alloc(a, 100);
    nk_arena_reset(a);
    assert_true(a->total <= NK_ARENA_KEEP);
    nk_alloc(a, 3 * NK_ARENA_KEEP);
    nk_arena_reset(a);
    nk_arena_reset(a);
    assert_true(a->total <= NK_ARENA_KEEP);
    assert_non_null(nk_alloc(a, 100));
}

static void copies_strings(void **state)
{
    nk_arena *a = arena_of(state);
    char text[] = "Melati";
    nk_str s = nk_str_copy(a, (nk_str){ text, 3 });

    text[0] = 'P';
    assert_str(s, "Mel");
    assert_string_equal(s.ptr, "Mel");
    s = nk_str_copy(a, NK_EMPTY);
    assert_int_equal(s.len, 0);
    assert_string_equal(s.ptr, "");
    assert_string_equal(nk_str_z(a, NK_STR("Mawar")), "Mawar");
}

static void keeps_the_nul_of_a_copy(void **state)
{
    nk_arena *a = arena_of(state);
    char text[64];
    size_t n;

    memset(text, 'x', sizeof(text));
    for (n = 0; n < sizeof(text); n++) {
        const char *z = nk_str_z(a, (nk_str){ text, n });

        memset(nk_alloc(a, 16), 'y', 16);
        assert_int_equal(strlen(z), n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(gives_aligned_cleared_memory),
        NK_DESK_TEST(clears_memory_used_before),
        NK_DESK_TEST(counts_what_it_holds),
        NK_DESK_TEST(refuses_sizes_that_overflow),
        NK_DESK_TEST(grows_the_newest_in_place),
        NK_DESK_TEST(moves_what_it_cannot_grow),
        NK_DESK_TEST(grows_a_block_with_its_only_guest),
        NK_DESK_TEST(grows_from_nothing),
        NK_DESK_TEST(asks_once_for_equal_jobs),
        NK_DESK_TEST(gives_back_what_is_large),
        NK_DESK_TEST(copies_strings),
        NK_DESK_TEST(keeps_the_nul_of_a_copy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
