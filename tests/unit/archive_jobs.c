/*
 * Batch jobs: rows keep their order, what became of each, and the reason by
 * code; failed rows can wait again.
 */
#include "archive_store.h"

static int64_t add_job(nk_store *s, unsigned rows)
{
    nk_job job = { .template_id = NK_STR("surat-rujukan-kesehatan"),
                   .office = NK_STR("sekadau"),
                   .signer = NK_STR("kepala") };
    nk_str cases[20];
    unsigned i;

    for (i = 0; i < rows; i++)
        cases[i] = case_name(s, rows - i);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_job_add(&s->ctx, s->ar, &job, cases, rows));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    return job.id;
}

static void set_row(nk_store *s, int64_t job, nk_job_row row)
{
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_job_row_set(&s->ctx, s->ar, job, &row));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
}

static void rows_and_states(void **state)
{
    nk_store *s = *state;
    nk_job_row *rows;
    nk_job job, *jobs;
    int64_t id;
    uint32_t retried;
    size_t n;

    fill_store(s, 5, 5);
    id = add_job(s, 5);
    set_row(s, id, (nk_job_row){ .row = 1, .state = NK_ROW_DONE, .paper = 5 });
    set_row(s, id,
            (nk_job_row){ .row = 2,
                          .state = NK_ROW_FAILED,
                          .why = NK_M_PAPER_TOO_LARGE,
                          .field = NK_STR("Alamat") });
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_ok(nk_archive_job_get(&s->ctx, &s->arena, s->ar, id, &job));
    assert_str(job.template_id, "surat-rujukan-kesehatan");
    assert_str(job.office, "sekadau");
    assert_str(job.signer, "kepala");
    assert_int_equal(job.rows, 5);
    assert_int_equal(job.done, 1);
    assert_int_equal(job.failed, 1);
    assert_ok(nk_archive_job_rows(&s->ctx, &s->arena, s->ar, id, -1, 0, 100,
                                  &rows, &n));
    assert_int_equal(n, 5);
    assert_str(rows[0].case_number, "KASUS-2026-0005");
    assert_int_equal(rows[0].paper, 5);
    assert_int_equal(rows[1].why, NK_M_PAPER_TOO_LARGE);
    assert_str(rows[1].field, "Alamat");
    assert_int_equal(rows[2].state, NK_ROW_WAITING);
    assert_int_equal(rows[2].why, NK_M_NONE);
    assert_ok(nk_archive_job_rows(&s->ctx, &s->arena, s->ar, id, NK_ROW_WAITING,
                                  3, 1, &rows, &n));
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].row, 4);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_job_retry(&s->ctx, s->ar, id, &retried));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_int_equal(retried, 1);
    assert_ok(nk_archive_job_get(&s->ctx, &s->arena, s->ar, id, &job));
    assert_int_equal(job.failed, 0);
    add_job(s, 2);
    assert_ok(nk_archive_job_list(&s->ctx, &s->arena, s->ar, &jobs, &n));
    assert_int_equal(n, 2);
    assert_int_equal(jobs[0].rows, 2); /* the newest first */
    assert_int_equal(store_verify(s, NULL), 0);
}

static void unknown(void **state)
{
    nk_store *s = *state;
    nk_job_row row = { .row = 9 };
    nk_str name = NK_STR("KASUS-TIDAK-ADA");
    nk_job job = { 0 };
    nk_job_row *rows;
    int64_t id;
    size_t n;

    assert_int_equal(nk_archive_job_get(&s->ctx, &s->arena, s->ar, 1, &job),
                     NK_E_NOTFOUND);
    assert_int_equal(nk_archive_job_get(&s->ctx, &s->arena, s->ar, 0, &job),
                     NK_E_NOTFOUND);
    assert_msg(s, NK_M_JOB_UNKNOWN);
    assert_ok(
        nk_archive_job_rows(&s->ctx, &s->arena, s->ar, 1, -1, 0, 5, &rows, &n));
    assert_int_equal(n, 0);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_int_equal(nk_archive_job_add(&s->ctx, s->ar, &job, &name, 1),
                     NK_E_NOTFOUND);
    assert_msg(s, NK_M_CASE_UNKNOWN);
    nk_archive_rollback(s->ar);
    fill_store(s, 2, 0);
    id = add_job(s, 2);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_int_equal(nk_archive_job_row_set(&s->ctx, s->ar, id, &row),
                     NK_E_NOTFOUND);
    nk_archive_rollback(s->ar);
}

/* A row that claims another case's paper, or one that is not there. */
static void wrong_rows_are_seen(void **state)
{
    nk_store *s = *state;
    nk_msg first;
    int64_t id;

    fill_store(s, 2, 2);
    id = add_job(s, 2);
    set_row(s, id, (nk_job_row){ .row = 1, .state = NK_ROW_DONE, .paper = 1 });
    set_row(s, id, (nk_job_row){ .row = 2, .state = NK_ROW_DONE });
    assert_int_equal(store_verify(s, &first), 2);
    assert_int_equal(first, NK_M_JOB_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(rows_and_states),
        STORE_TEST(unknown),
        STORE_TEST(wrong_rows_are_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
