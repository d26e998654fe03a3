/*
 * Batch jobs: which cases get a letter, and what became of each. Rows hold a
 * message's code and a field's label, never what stands in a field.
 */
#include "archive/archive_int.h"

#include <assert.h>

/* The message of a code that a row keeps; codes stay, numbers may not. */
static nk_msg message_of(int64_t code)
{
    int m;

    for (m = NK_M_NONE + 1; m < NK_M_COUNT; m++)
        if (code && nk_msg_code((nk_msg)m) == code)
            return (nk_msg)m;
    return NK_M_NONE;
}

static nk_err add_row(nk_ctx *ctx, nk_archive *ar, int64_t job, size_t n,
                      nk_str number)
{
    nk_casefile file;
    nk_query *q;
    nk_err rc;

    if ((rc = nk_archive__case_find(ctx, ar, number, &file)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_JOB_ROW_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, job);
    nk_archive__give_int(q, 2, (int64_t)n);
    nk_archive__give_int(q, 3, file.id);
    return nk_archive__do(ctx, q);
}

nk_err nk_archive_job_add(nk_ctx *ctx, nk_archive *ar, nk_job *job,
                          const nk_str *cases, size_t n)
{
    nk_query *q;
    nk_err rc;
    size_t i;

    assert(ar->in_tx);
    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_JOB_ADD, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, job->template_id);
    nk_archive__give_text(q, 2, job->office);
    nk_archive__give_text(q, 3, job->signer);
    nk_archive__give_int(q, 4, ctx->now);
    if ((rc = nk_archive__do(ctx, q)) < 0)
        return rc;
    job->id = nk_archive__db_last_id(ar->data);
    job->created = ctx->now;
    job->rows = (uint32_t)n;
    job->done = job->failed = 0;
    for (i = 0; i < n && rc == NK_OK; i++)
        rc = add_row(ctx, ar, job->id, i + 1, cases[i]);
    return rc;
}

/* Columns: id, template, office, signer, created, rows, done, failed. */
static nk_err job_from_row(nk_ctx *ctx, nk_arena *a, nk_query *q, nk_job *job)
{
    nk_err rc;

    job->id = nk_archive__int(q, 0);
    job->created = nk_archive__int(q, 4);
    job->rows = (uint32_t)nk_archive__int(q, 5);
    job->done = (uint32_t)nk_archive__int(q, 6);
    job->failed = (uint32_t)nk_archive__int(q, 7);
    if ((rc = nk_archive__keep(ctx, a, nk_archive__text(q, 1),
                               &job->template_id)) < 0 ||
        (rc = nk_archive__keep(ctx, a, nk_archive__text(q, 2), &job->office)) <
            0)
        return rc;
    return nk_archive__keep(ctx, a, nk_archive__text(q, 3), &job->signer);
}

/* All jobs, or the one of `id`. */
static nk_err list_jobs(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                        nk_list *l)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_JOB_LIST, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_int(q, 1, id);
    nk_archive__give_int(q, 2, NK_MAX_RESULTS);
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        nk_job *job = nk_archive__list_add(l);

        rc = job ? job_from_row(ctx, a, q, job) : nk_nomem(ctx);
        if (rc < 0)
            break;
    }
    nk_archive__end(q);
    return rc;
}

static nk_err no_job(nk_ctx *ctx, int64_t id)
{
    return nk_fail(ctx, NK_E_NOTFOUND, NK_M_JOB_UNKNOWN, NK_NOWHERE,
                   NK_ARGS(NK_NUM(id)));
}

nk_err nk_archive_job_get(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                          nk_job *out)
{
    nk_list l = NK_LIST(a, nk_job);
    nk_err rc = id ? list_jobs(ctx, a, ar, id, &l) : NK_OK;

    if (rc < 0)
        return rc;
    if (l.n == 0)
        return no_job(ctx, id);
    *out = *(nk_job *)l.items;
    return NK_OK;
}

nk_err nk_archive_job_list(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                           nk_job **list, size_t *n)
{
    nk_list l = NK_LIST(a, nk_job);
    nk_err rc = list_jobs(ctx, a, ar, 0, &l);

    if (rc < 0)
        return rc;
    *list = l.items;
    *n = l.n;
    return NK_OK;
}

/* Columns: n, case number, state, paper, why, field. */
static nk_err row_from_row(nk_ctx *ctx, nk_arena *a, nk_query *q, nk_job_row *r)
{
    nk_err rc;

    r->row = (uint32_t)nk_archive__int(q, 0);
    r->state = (nk_row_state)nk_archive__int(q, 2);
    r->paper = nk_archive__int(q, 3);
    r->why = message_of(nk_archive__int(q, 4));
    if ((rc = nk_archive__keep(ctx, a, nk_archive__text(q, 1),
                               &r->case_number)) < 0)
        return rc;
    return nk_archive__keep(ctx, a, nk_archive__text(q, 5), &r->field);
}

nk_err nk_archive_job_rows(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                           int64_t job, int state, uint32_t after, uint32_t max,
                           nk_job_row **rows, size_t *n)
{
    nk_list l = NK_LIST(a, nk_job_row);
    nk_query *q;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_JOB_ROWS, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, job);
    nk_archive__give_int(q, 2, state);
    nk_archive__give_int(q, 3, after);
    nk_archive__give_int(q, 4, max);
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        nk_job_row *r = nk_archive__list_add(&l);

        rc = r ? row_from_row(ctx, a, q, r) : nk_nomem(ctx);
        if (rc < 0)
            break;
    }
    nk_archive__end(q);
    if (rc < 0)
        return rc;
    *rows = l.items;
    *n = l.n;
    return NK_OK;
}

nk_err nk_archive_job_row_set(nk_ctx *ctx, nk_archive *ar, int64_t job,
                              const nk_job_row *row)
{
    nk_query *q;
    nk_err rc;

    assert(ar->in_tx);
    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_JOB_ROW_SET, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, job);
    nk_archive__give_int(q, 2, row->row);
    nk_archive__give_int(q, 3, row->state);
    if (row->paper)
        nk_archive__give_int(q, 4, row->paper);
    nk_archive__give_int(q, 5, nk_msg_code(row->why));
    nk_archive__give_text(q, 6, row->field);
    if ((rc = nk_archive__do(ctx, q)) < 0)
        return rc;
    return nk_archive__db_changes(ar->data) == 1 ? NK_OK : no_job(ctx, job);
}

nk_err nk_archive_job_retry(nk_ctx *ctx, nk_archive *ar, int64_t job,
                            uint32_t *n)
{
    nk_query *q;
    nk_err rc;

    assert(ar->in_tx);
    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_JOB_RETRY, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, job);
    if ((rc = nk_archive__do(ctx, q)) == NK_OK)
        *n = nk_archive__db_changes(ar->data);
    return rc;
}
