/*
 * Base with every single allocation failing: what was there stays good, the
 * failure is reported as one of memory, and nothing half done is left.
 */
#include "../support/check.h"
#include "../support/oom.h"
#include "../support/temp.h"

#include <stdio.h>
#include <sys/stat.h>

static bool all_bytes(const unsigned char *p, size_t n, unsigned char c)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (p[i] != c)
            return false;
    return true;
}

/* Grow one object in place, by moving, and by its block growing. */
static bool grow_in_arena(void *data)
{
    static const size_t sizes[] = { 100, 1000, 40000, 100000, 400000 };
    size_t n = 10, i;
    nk_arena a;
    unsigned char *p;

    (void)data;
    nk_arena_init(&a);
    if ((p = nk_alloc(&a, n)) != NULL)
        memset(p, 9, n);
    for (i = 0; p && i < NK_COUNT(sizes); i++) {
        unsigned char *q = nk_alloc_grow(&a, p, n, sizes[i]);

        assert_true(all_bytes(q ? q : p, n, 9));
        if ((p = q) != NULL)
            memset(p, 9, n = sizes[i]);
    }
    nk_arena_release(&a);
    return p != NULL;
}

/* Jobs of several blocks, with a reset between them. */
static bool reset_arena(void *data)
{
    nk_arena a;
    bool good = true;
    int job, i;

    (void)data;
    nk_arena_init(&a);
    for (job = 0; job < 3; job++) {
        for (i = 0; i < 50; i++)
            good = nk_alloc_array(&a, 40, 100) != NULL && good;
        nk_arena_reset(&a);
        assert_true(a.total <= NK_ARENA_KEEP);
    }
    nk_arena_release(&a);
    return good;
}

static bool build_text(void *data)
{
    nk_ctx ctx;
    nk_arena a;
    nk_buf b;
    nk_str out = NK_STR("before");
    nk_err rc;
    int i;

    (void)data;
    nk_ctx_init(&ctx);
    nk_arena_init(&a);
    nk_buf_init(&b, &a);
    for (i = 0; i < 20000; i++) {
        nk_buf_printf(&b, "%d ", i);
        nk_buf_lit(&b, "lembar\n");
    }
    rc = nk_buf_end(&ctx, &b, &out);
    if (rc < 0) {
        assert_int_equal(rc, NK_E_NOMEM);
        assert_int_equal(ctx.fault.msg, NK_M_NOMEM);
        assert_str(out, "before");
        /* What came before the failure is whole, nothing came after it. */
        assert_true(b.len == 0 ||
                    nk_str_starts(nk_buf_str(&b), NK_STR("0 lembar\n1 lem")));
    } else {
        assert_true(nk_str_ends(out, NK_STR("19999 lembar\n")));
    }
    nk_arena_release(&a);
    return rc == NK_OK;
}

static bool list_problems(void *data)
{
    char text[5000];
    nk_str arg = { text, sizeof(text) };
    nk_place at = { .file = arg, .field = arg };
    nk_arena a;
    nk_problems p;
    nk_problem *q;
    uint32_t i, n = 0;

    (void)data;
    memset(text, 'x', sizeof(text));
    nk_arena_init(&a);
    nk_problems_init(&p, &a);
    for (i = 0; i < 30; i++)
        nk_problem_add(&p, NK_ERROR, NK_M_FILE_READ, at, NK_ARGS(arg, arg));
    assert_int_equal(p.errors, 30);
    for (q = p.first; q; q = q->next, n++) {
        assert_true(nk_str_eq(q->place.file, arg));
        assert_true(nk_str_eq(q->place.field, arg));
        assert_true(nk_str_eq(q->args.v[0], arg));
        assert_true(nk_str_eq(q->args.v[1], arg));
    }
    assert_int_equal(n, p.listed);
    nk_arena_release(&a);
    return n == 30;
}

/* Read a file, write it back longer, list the folder. */
static nk_err edit_in(nk_ctx *ctx, nk_arena *a, nk_str dir, size_t *n)
{
    nk_str path = nk_path_join(a, dir, NK_STR("a")), bytes, *names;
    nk_buf b;
    nk_err rc;

    if (!path.ptr)
        return nk_nomem(ctx);
    if ((rc = nk_file_read(ctx, a, path, NK_MAX_FILE, &bytes)) < 0)
        return rc;
    nk_buf_init(&b, a);
    nk_buf_puts(&b, bytes);
    nk_buf_fill(&b, 'b', 100000);
    if ((rc = nk_buf_end(ctx, &b, &bytes)) < 0)
        return rc;
    if ((rc = nk_dir_list(ctx, a, dir, &names, n)) < 0)
        return rc;
    return nk_file_write(ctx, path, bytes, false);
}

static bool edit_file(void *data)
{
    char path[NK_TEMP_SIZE + 2];
    struct stat st;
    nk_ctx ctx;
    nk_arena a;
    nk_err rc;
    size_t n = 0;

    snprintf(path, sizeof(path), "%s/a", (const char *)data);
    nk_ctx_init(&ctx);
    nk_arena_init(&a);
    assert_int_equal(nk_file_write(&ctx, nk_str_of(path), NK_STR("old"), false),
                     NK_OK);
    rc = edit_in(&ctx, &a, nk_str_of(data), &n);
    if (rc < 0) {
        assert_int_equal(rc, NK_E_NOMEM);
        assert_int_equal(ctx.fault.msg, NK_M_NOMEM);
    } else {
        assert_int_equal(n, 100);
    }
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, rc < 0 ? 3 : 100003);
    nk_arena_release(&a);
    return rc == NK_OK;
}

static void arena_survives(void **state)
{
    (void)state;
    /* Its first block, the move to one of its own, and each growth of it. */
    assert_int_equal(nk_oom_try_all(grow_in_arena, NULL), 4);
    assert_true(nk_oom_try_all(reset_arena, NULL) >= 5);
}

static void buffer_survives(void **state)
{
    (void)state;
    assert_true(nk_oom_try_all(build_text, NULL) >= 4);
}

static void problems_survive(void **state)
{
    (void)state;
    assert_true(nk_oom_try_all(list_problems, NULL) >= 9);
}

static void files_survive(void **state)
{
    char dir[NK_TEMP_SIZE], path[NK_TEMP_SIZE + 16];
    int i;

    (void)state;
    assert_int_equal(nk_temp_open(dir), 0);
    for (i = 0; i < 99; i++) {
        FILE *f;

        snprintf(path, sizeof(path), "%s/%d", dir, i);
        f = fopen(path, "w");
        assert_non_null(f);
        fclose(f);
    }
    assert_true(nk_oom_try_all(edit_file, dir) >= 3);
    nk_temp_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_survives),
        cmocka_unit_test(buffer_survives),
        cmocka_unit_test(problems_survive),
        cmocka_unit_test(files_survive),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
