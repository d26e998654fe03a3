/*
 * Memory fails while an archive is read: that is said, and never taken for
 * damage. Whoever cried tampering where memory was short would not be
 * believed when it is true.
 */
#include "../support/oom.h"
#include "../unit/archive_store.h"

/* A failure that is none of memory ends the test. */
static bool went_well(nk_store *s, nk_err rc)
{
    if (rc != NK_OK && rc != NK_E_NOMEM)
        fail_msg("%s", nk_msg_name(s->ctx.fault.msg).ptr);
    return rc == NK_OK;
}

static bool read_one(void *data)
{
    nk_store *s = data;
    nk_paper_query q = { .number = NK_STR("465.3/1/5.6.04/2026") };
    nk_archive *ar = NULL;
    nk_paper paper, *list;
    nk_str bytes;
    nk_arena a;
    size_t n;
    nk_err rc;

    nk_arena_init(&a);
    rc = nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock,
                         NK_ARCHIVE_READ, &ar);
    if (rc == NK_OK &&
        (rc = nk_archive_paper_get(&s->ctx, &a, ar, 1, &paper, &bytes)) ==
            NK_OK &&
        (rc = nk_archive_case_get(&s->ctx, &a, ar, NK_STR("KASUS-2026-0001"), 0,
                                  &bytes)) == NK_OK &&
        (rc = nk_archive_paper_find(&s->ctx, &a, ar, &q, &list, &n)) == NK_OK)
        assert_int_equal(n, 1);
    nk_archive_close(ar);
    nk_arena_release(&a);
    return went_well(s, rc);
}

static bool examine(void *data)
{
    nk_store *s = data;
    nk_archive *ar = NULL;
    nk_archive_check check;
    nk_problems problems;
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock,
                         NK_ARCHIVE_READ, &ar);
    if (rc == NK_OK)
        rc = nk_archive_verify(&s->ctx, ar, &problems, NULL, NULL, &check);
    assert_int_equal(problems.errors, 0);
    nk_archive_close(ar);
    nk_arena_release(&a);
    return went_well(s, rc);
}

/* A case, a paper large enough for blocks of its own, and a void. */
static void fill(nk_store *s)
{
    char *large = nk_alloc(&s->arena, 300000);
    nk_paper p = paper_of(s, 1);
    uint64_t seed = 7;

    nk_rnd_fill(&seed, large, 300000);
    fill_store(s, 1, 1);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(file_bytes(s, (nk_str){ large, 300000 }, 0, &p));
    assert_ok(nk_archive_number_void(&s->ctx, s->ar, NK_STR("keluar"), 2026, 2,
                                     (nk_str){ large, 200000 }));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    store_shut(s);
}

static void reading_survives(void **state)
{
    fill(*state);
    assert_true(nk_oom_try_all(read_one, *state) >= 8);
}

static void examining_survives(void **state)
{
    fill(*state);
    assert_true(nk_oom_try_all(examine, *state) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(reading_survives),
        STORE_TEST(examining_survives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
