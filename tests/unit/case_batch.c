/*
 * Many papers: every row once, numbers without a gap whatever fails, the same
 * by any number of threads, and going on after any stop.
 */
#include "../support/clerk.h"

#define POOR "    <service>pemeriksaan kesehatan</service>\n"

/* n cases of the office and a job for them; every third cannot be made when
   `some_poor`. */
static int64_t add_job(nk_clerk *k, uint32_t n, bool some_poor)
{
    nk_job job = { .template_id = CLERK_LETTER, .office = CLERK_OFFICE };
    nk_str *cases = NK_NEWN(&k->arena, n, nk_str);
    uint32_t i;

    assert_ok(k, nk_archive_begin(&k->ctx, k->ar));
    for (i = 0; i < n; i++) {
        nk_str xml = clerk_record(k, "auto");

        if (some_poor && i % 3 == 1)
            xml = clerk_swap(k, xml, POOR, "");
        assert_ok(k, nk_case_store(&k->ctx, &k->arena, k->press, k->ar, xml,
                                   NK_EMPTY, true, &k->problems, &cases[i]));
    }
    assert_ok(k, nk_archive_job_add(&k->ctx, k->ar, &job, cases, n));
    assert_ok(k, nk_archive_commit(&k->ctx, k->ar));
    return job.id;
}

static nk_err run(nk_clerk *k, int64_t job, const nk_key *key, unsigned threads,
                  nk_str folder)
{
    nk_batch b = { .job = job,
                   .key = key,
                   .threads = threads,
                   .folder = folder,
                   .paths = clerk_paths };

    return nk_batch_run(&k->ctx, k->ar, &b, &k->problems);
}

static nk_job job_of(nk_clerk *k, int64_t id)
{
    nk_job job;

    assert_ok(k, nk_archive_job_get(&k->ctx, &k->arena, k->ar, id, &job));
    return job;
}

static nk_job_row *rows_of(nk_clerk *k, int64_t id, int state, size_t *n)
{
    nk_job_row *rows = NULL;

    assert_ok(k, nk_archive_job_rows(&k->ctx, &k->arena, k->ar, id, state, 0,
                                     1000, &rows, n));
    return rows;
}

/* Rows that are done have the numbers from `first` on, in their order. */
static void check_numbers(nk_clerk *k, int64_t id, uint32_t first)
{
    size_t n, i;
    nk_job_row *rows = rows_of(k, id, NK_ROW_DONE, &n);

    for (i = 0; i < n; i++) {
        nk_paper_query q = { .id = rows[i].paper };
        nk_paper *paper;
        size_t found;

        assert_ok(k, nk_archive_paper_find(&k->ctx, &k->arena, k->ar, &q,
                                           &paper, &found));
        assert_int_equal(found, 1);
        assert_int_equal(paper->seq, first + i);
        assert_true(nk_str_eq(paper->case_number, rows[i].case_number));
    }
}

static void every_row_once(void **state)
{
    nk_clerk *k = *state;
    int64_t id = add_job(k, 7, false);

    assert_ok(k, run(k, id, k->key, 1, NK_EMPTY));
    assert_int_equal(job_of(k, id).done, 7);
    check_numbers(k, id, 1);
    /* Nothing is left to be done. */
    assert_ok(k, run(k, id, k->key, 1, NK_EMPTY));
    check_numbers(k, id, 1);
    clerk_verify(k);
}

/* What cannot be made takes no number, and says why without a name. */
static void rows_that_fail(void **state)
{
    nk_clerk *k = *state;
    int64_t id = add_job(k, 8, true);
    nk_job_row *rows;
    size_t n, i;

    assert_ok(k, run(k, id, k->key, 2, NK_EMPTY));
    assert_int_equal(job_of(k, id).done, 5);
    assert_int_equal(job_of(k, id).failed, 3);
    check_numbers(k, id, 1);
    rows = rows_of(k, id, NK_ROW_FAILED, &n);
    assert_int_equal(n, 3);
    for (i = 0; i < n; i++) {
        assert_int_equal(rows[i].row, 3 * i + 2);
        assert_str(nk_msg_name(rows[i].why), "FIELD_REQUIRED");
        assert_str(rows[i].field, "Rujukan: Layanan yang diminta");
    }
    clerk_verify(k);
}

static void failed_rows_again(void **state)
{
    nk_clerk *k = *state;
    int64_t id = add_job(k, 3, true);
    uint32_t n = 0;

    assert_ok(k, run(k, id, k->key, 1, NK_EMPTY));
    assert_int_equal(job_of(k, id).failed, 1);
    clerk_store(k, clerk_record(k, "KASUS-2026-0002"));
    assert_ok(k, nk_archive_begin(&k->ctx, k->ar));
    assert_ok(k, nk_archive_job_retry(&k->ctx, k->ar, id, &n));
    assert_ok(k, nk_archive_commit(&k->ctx, k->ar));
    assert_int_equal(n, 1);
    assert_ok(k, run(k, id, k->key, 1, NK_EMPTY));
    assert_int_equal(job_of(k, id).failed, 0);
    assert_int_equal(job_of(k, id).done, 3);
    clerk_verify(k);
}

/* One thread or three: the same papers, byte for byte. */
static void by_any_number_of_threads(void **state)
{
    nk_clerk *k = *state;
    nk_str folder[2] = { clerk_path(k, "satu"), clerk_path(k, "tiga") };
    nk_str *names[2];
    size_t n[2], i;

    for (i = 0; i < 2; i++) {
        void *other;

        assert_int_equal(clerk_open(&other), 0);
        assert_ok(other, nk_dir_make(&k->ctx, folder[i], true));
        assert_ok(other, run(other, add_job(other, 10, true), k->key, i ? 3 : 1,
                             folder[i]));
        clerk_close(&other);
        assert_ok(k,
                  nk_dir_list(&k->ctx, &k->arena, folder[i], &names[i], &n[i]));
    }
    assert_int_equal(n[0], 7);
    assert_int_equal(n[1], 7);
    for (i = 0; i < n[0]; i++) {
        nk_str a = nk_path_join(&k->arena, folder[0], names[0][i]);
        nk_str b = nk_path_join(&k->arena, folder[1], names[1][i]);

        assert_true(nk_str_eq(names[0][i], names[1][i]));
        assert_true(nk_str_eq(clerk_file(k, a.ptr), clerk_file(k, b.ptr)));
    }
    assert_str(names[0][1], "00003-KASUS-2026-0003.pdf");
}

/* ---- Stopping and going on --------------------------------------------- */

struct stopping {
    unsigned commits, stop_after;
    uint32_t done;
};

static bool on_progress(void *data, uint32_t done, uint32_t failed,
                        uint32_t all)
{
    struct stopping *s = data;

    assert_true(done + failed <= all);
    assert_true(done > s->done);
    s->done = done;
    return ++s->commits < s->stop_after;
}

static int64_t clock_of(void *data)
{
    (void)data;
    return CLERK_NOW + 86400000;
}

static void stops_when_told(void **state)
{
    nk_clerk *k = *state;
    int64_t id = add_job(k, 2 * NK_BATCH_ROWS + 5, false);
    struct stopping s = { .stop_after = 1 };
    nk_batch b = { .job = id,
                   .threads = 2,
                   .paths = clerk_paths,
                   .progress = on_progress,
                   .now = clock_of,
                   .data = &s };
    size_t n;

    assert_ok(k, nk_batch_run(&k->ctx, k->ar, &b, &k->problems));
    assert_int_equal(job_of(k, id).done, NK_BATCH_ROWS);
    rows_of(k, id, NK_ROW_WAITING, &n);
    assert_int_equal(n, NK_BATCH_ROWS + 5);
    s = (struct stopping){ .stop_after = 100, .done = NK_BATCH_ROWS };
    assert_ok(k, nk_batch_run(&k->ctx, k->ar, &b, &k->problems));
    assert_int_equal(s.commits, 2);
    assert_int_equal(job_of(k, id).done, 2 * NK_BATCH_ROWS + 5);
    check_numbers(k, id, 1);
    assert_int_equal(clerk_papers(k, NK_STR("KASUS-2026-0001"), &n)->date.day,
                     24);
    clerk_verify(k);
}

/* Copies that are missing, or half there, come from the archive. */
static void copies_are_restored(void **state)
{
    nk_clerk *k = *state;
    nk_str folder = clerk_path(k, "hasil"), was, half;
    int64_t id = add_job(k, 3, false);
    char path[2 * NK_TEMP_SIZE];

    assert_ok(k, nk_dir_make(&k->ctx, folder, true));
    assert_ok(k, run(k, id, k->key, 1, folder));
    snprintf(path, sizeof(path), "%s/00002-KASUS-2026-0002.pdf", folder.ptr);
    was = clerk_file(k, path);
    assert_int_equal(remove(path), 0);
    half = clerk_path(k, "hasil/.00002-KASUS-2026-0002.pdf.4242-0");
    assert_ok(k, nk_file_write(&k->ctx, half, nk_str_head(was, 99), true));
    assert_ok(k, run(k, id, k->key, 1, folder));
    assert_true(nk_str_eq(clerk_file(k, path), was));
    assert_false(nk_file_exists(half));
}

/* A folder that cannot be written: filed is filed, and the next run writes. */
static void a_folder_that_is_gone(void **state)
{
    nk_clerk *k = *state;
    nk_str folder = clerk_path(k, "hasil");
    int64_t id = add_job(k, 2, false);

    assert_fails(k, run(k, id, k->key, 1, folder), NK_E_NOTFOUND,
                 "FOLDER_NONE");
    assert_int_equal(job_of(k, id).done, 2);
    assert_ok(k, nk_dir_make(&k->ctx, folder, true));
    assert_ok(k, run(k, id, k->key, 1, folder));
    assert_true(
        nk_file_exists(clerk_path(k, "hasil/00001-KASUS-2026-0001.pdf")));
    check_numbers(k, id, 1);
    clerk_verify(k);
}

/* As it was begun: signed in the file, or by hand. */
static void goes_on_as_it_was_begun(void **state)
{
    nk_clerk *k = *state;
    int64_t wet = add_job(k, 1, false), sealed = add_job(k, 1, false);

    assert_ok(k, run(k, wet, NULL, 1, NK_EMPTY));
    assert_ok(k, run(k, sealed, k->key, 1, NK_EMPTY));
    assert_fails(k, run(k, wet, k->key, 1, NK_EMPTY), NK_E_INVALID,
                 "BATCH_WET");
    assert_fails(k, run(k, sealed, NULL, 1, NK_EMPTY), NK_E_INVALID,
                 "BATCH_KEY_NEEDED");
}

/* The wrong key makes every row fail, and takes no number. */
static void the_key_of_another(void **state)
{
    nk_clerk *k = *state;
    nk_key *key = clerk_key(k, "p384");
    int64_t id = add_job(k, 3, false);
    nk_job_row *rows;
    size_t n;

    assert_ok(k, run(k, id, key, 2, NK_EMPTY));
    nk_key_close(key);
    assert_int_equal(job_of(k, id).failed, 3);
    rows = rows_of(k, id, NK_ROW_FAILED, &n);
    assert_str(nk_msg_name(rows[0].why), "NOT_THE_HOLDER");
    assert_ok(k, run(k, add_job(k, 2, false), k->key, 1, NK_EMPTY));
    check_numbers(k, id + 1, 1);
    clerk_verify(k);
}

static void no_such_job(void **state)
{
    nk_clerk *k = *state;

    assert_fails(k, run(k, 99, NULL, 1, NK_EMPTY), NK_E_NOTFOUND,
                 "JOB_UNKNOWN");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(every_row_once),        CLERK_TEST(rows_that_fail),
        CLERK_TEST(failed_rows_again),     CLERK_TEST(by_any_number_of_threads),
        CLERK_TEST(stops_when_told),       CLERK_TEST(copies_are_restored),
        CLERK_TEST(a_folder_that_is_gone), CLERK_TEST(goes_on_as_it_was_begun),
        CLERK_TEST(the_key_of_another),    CLERK_TEST(no_such_job),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
