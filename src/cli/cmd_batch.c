/*
 * naskah batch: one template over many cases.
 */
#include "cli/cli.h"

#include <signal.h>
#include <unistd.h>

/* Set by the first Ctrl-C: stop after the rows at hand. */
static volatile sig_atomic_t stop_asked;

static void on_interrupt(int sig)
{
    stop_asked = 1;
    signal(sig, SIG_DFL); /* the second one stops now */
}

struct running {
    struct nk_cli *c;
    nk_start start;
};

static bool on_progress(void *data, uint32_t done, uint32_t failed,
                        uint32_t all)
{
    struct running *r = data;

    nk_cli_progress(r->c, done, failed, all, &r->start);
    return !stop_asked;
}

static void on_item(void *data, const nk_job_row *row)
{
    struct running *r = data;

    nk_cli_item(r->c, row);
}

static int64_t now_of(void *data)
{
    return nk_cli_now(data);
}

static void rows_json(struct nk_cli *c, const nk_job_row *rows, size_t n)
{
    size_t i;

    nk_json_key(c, "failures");
    nk_json_open(c, '[');
    for (i = 0; i < n; i++) {
        nk_json_open(c, '{');
        nk_json_put_int(c, "row", rows[i].row);
        nk_json_put(c, "case", rows[i].case_number);
        nk_json_put(c, "why", nk_msg_name(rows[i].why));
        nk_json_put(c, "field", rows[i].field);
        nk_json_close(c, '}');
    }
    nk_json_close(c, ']');
}

#define GAP NK_STR("\xE2\x80\xA6") /* an ellipsis */

/* Why a row failed. A job keeps no names: of a message's arguments only the
   field is there, and what else it speaks of is left out visibly. */
static nk_str reason(struct nk_cli *c, const nk_job_row *row)
{
    nk_buf b;

    nk_buf_init(&b, &c->arena);
    nk_msg_fill(&b, nk_msg_text(row->why, c->ctx.lang),
                NK_ARGS(row->field.len ? row->field : GAP, GAP, GAP, GAP));
    return nk_buf_str(&b);
}

static void rows_text(struct nk_cli *c, const nk_job_row *rows, size_t n,
                      nk_str template_id)
{
    bool has_gaps = false;
    size_t i;

    for (i = 0; i < n; i++) {
        nk_str why = reason(c, &rows[i]);

        nk_say(c, NK_T_BATCH_ROW,
               NK_ARGS(NK_NUM(rows[i].row), rows[i].case_number, why));
        has_gaps = has_gaps || nk_str_search(why, GAP) < why.len;
    }
    if (has_gaps)
        nk_say(c, NK_T_BATCH_WHOLE, NK_ARGS(template_id));
}

/* What became of a job: counts, and every row that failed. */
static nk_err report(struct nk_cli *c, nk_archive *ar, int64_t id)
{
    nk_job_row *rows;
    nk_job job;
    size_t n;
    nk_err rc;

    if ((rc = nk_archive_job_get(&c->ctx, &c->arena, ar, id, &job)) < 0 ||
        (rc = nk_archive_job_rows(&c->ctx, &c->arena, ar, id, NK_ROW_FAILED, 0,
                                  NK_MAX_RESULTS, &rows, &n)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put_int(c, "job", id);
        nk_json_put_int(c, "rows", job.rows);
        nk_json_put_int(c, "done", job.done);
        nk_json_put_int(c, "failed", job.failed);
        rows_json(c, rows, n);
        nk_json_close(c, '}');
    }
    nk_say(c, NK_T_BATCH_DONE,
           NK_ARGS(NK_NUM(id), NK_NUM(job.done), NK_NUM(job.rows),
                   NK_NUM(job.failed)));
    rows_text(c, rows, n, job.template_id);
    if (job.done + job.failed < job.rows) {
        nk_say(c, NK_T_BATCH_STOPPED, NK_ARGS(NK_NUM(id)));
        c->exit = stop_asked ? 130 : 3;
    } else if (job.failed) {
        c->exit = 3;
    }
    return NK_OK;
}

/* As many threads as the machine has cores, up to four. */
static nk_err choose_threads(struct nk_cli *c, unsigned *out)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    return nk_cli_number(c, NK_OPT_THREADS, NK_MAX_THREADS,
                         cores < 1   ? 1
                         : cores > 4 ? 4
                                     : (uint32_t)cores,
                         out);
}

/* The key is looked at before anything is begun. */
static nk_err open_key(struct nk_cli *c, nk_key **key)
{
    nk_err rc = nk_cli_key(c, key);

    if (rc < 0 || !*key || (rc = nk_key_check(&c->ctx, *key)) == NK_OK)
        return rc;
    nk_key_close(*key);
    return rc;
}

/* All that can be wrong before a job is begun: threads, folder, key. The key
   is the caller's to close. */
static nk_err prepare(struct nk_cli *c, nk_batch *b, nk_key **key)
{
    nk_err rc;

    *b = (nk_batch){ .paths = c->paths,
                     .progress = on_progress,
                     .item = on_item,
                     .now = now_of,
                     .folder = c->options[NK_OPT_OUTPUT] };
    if ((rc = choose_threads(c, &b->threads)) < 0 ||
        (b->folder.len && (rc = nk_dir_make(&c->ctx, b->folder, true)) < 0) ||
        (rc = open_key(c, key)) < 0)
        return rc;
    b->key = *key;
    return NK_OK;
}

static nk_err run_job(struct nk_cli *c, nk_archive *ar, const nk_job *job,
                      const nk_batch *prepared)
{
    struct running r = { c, { nk_cli_now(NULL), job->done + job->failed } };
    nk_batch b = *prepared;
    nk_err rc;

    b.job = job->id;
    b.data = &r;
    signal(SIGINT, on_interrupt);
    if ((rc = nk_batch_run(&c->ctx, ar, &b, &c->problems)) == NK_OK)
        return report(c, ar, job->id);
    nk_problem_add(&c->problems, NK_WARNING, NK_M_BATCH_BEGUN, NK_NOWHERE,
                   NK_ARGS(NK_NUM(job->id)));
    return rc;
}

/* The one of --case, which must be one of the office's. */
static nk_err choose_one(struct nk_cli *c, const nk_case_entry *list,
                         nk_str *cases, size_t *n)
{
    nk_str number = c->options[NK_OPT_CASE];
    size_t i;

    for (i = 0; i < *n && !nk_str_eq(list[i].number, number); i++)
        ;
    if (i == *n)
        return nk_fail(&c->ctx, NK_E_NOTFOUND, NK_M_NO_SUCH_CASE_OF, NK_NOWHERE,
                       NK_ARGS(number, c->options[NK_OPT_OFFICE]));
    cases[0] = list[i].number;
    *n = 1;
    return NK_OK;
}

/* The cases of an office, or the one of --case. */
static nk_err choose_cases(struct nk_cli *c, nk_archive *ar, nk_str **cases,
                           size_t *n)
{
    nk_case_entry *list;
    size_t i;
    nk_err rc;

    if ((rc = nk_archive_case_list(&c->ctx, &c->arena, ar,
                                   c->options[NK_OPT_OFFICE], &list, n)) < 0)
        return rc;
    if (*n == NK_MAX_RESULTS) /* there may be more than the list shows */
        return nk_fail(
            &c->ctx, NK_E_LIMIT, NK_M_BATCH_TOO_MANY, NK_NOWHERE,
            NK_ARGS(c->options[NK_OPT_OFFICE], NK_NUM(NK_MAX_RESULTS)));
    if (!(*cases = NK_NEWN(&c->arena, *n, nk_str)))
        return nk_nomem(&c->ctx);
    if (*n == 0)
        return nk_fail(&c->ctx, NK_E_NOTFOUND, NK_M_NO_CASES_OF, NK_NOWHERE,
                       NK_ARGS(c->options[NK_OPT_OFFICE]));
    if (nk_given(c, NK_OPT_CASE))
        return choose_one(c, list, *cases, n);
    for (i = 0; i < *n; i++)
        (*cases)[i] = list[i].number;
    return NK_OK;
}

static nk_err add_job(struct nk_cli *c, nk_archive *ar, const nk_str *cases,
                      size_t n, nk_job *job)
{
    nk_err rc;

    if ((rc = nk_archive_begin(&c->ctx, ar)) < 0)
        return rc;
    rc = nk_archive_job_add(&c->ctx, ar, job, cases, n);
    return nk_archive_end(&c->ctx, ar, rc, true);
}

nk_err nk_cmd_batch_run(struct nk_cli *c)
{
    nk_job job = { .template_id = c->args[0],
                   .office = c->options[NK_OPT_OFFICE],
                   .signer = c->options[NK_OPT_SIGNER] };
    nk_template *t;
    nk_archive *ar;
    nk_str *cases;
    nk_key *key;
    nk_press *d;
    nk_batch b;
    size_t n;
    nk_err rc;

    if (!nk_given(c, NK_OPT_OFFICE))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_OFFICE_NEEDED, NK_NOWHERE,
                       NK_NOARGS);
    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_press_template(&c->ctx, d, c->args[0], &c->problems, &t)) <
            0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_WRITE, &ar)) < 0 ||
        (rc = choose_cases(c, ar, &cases, &n)) < 0)
        return rc;
    if (nk_given(c, NK_OPT_DRY_RUN)) {
        if (c->json) {
            nk_json_open(c, '{');
            nk_json_put_int(c, "rows", (int64_t)n);
            nk_json_close(c, '}');
        }
        nk_say(c, NK_T_WOULD_BATCH, NK_ARGS(NK_NUM(n), t->title));
        return NK_OK;
    }
    if ((rc = prepare(c, &b, &key)) < 0)
        return rc;
    rc = add_job(c, ar, cases, n, &job);
    if (rc == NK_OK)
        rc = run_job(c, ar, &job, &b);
    nk_key_close(key);
    return rc;
}

static nk_err job_id(struct nk_cli *c, int64_t *out)
{
    uint64_t id;

    if (!nk_str_uint(c->args[0], INT64_MAX, &id))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_ID_NEEDED, NK_NOWHERE,
                       NK_ARGS(c->args[0]));
    *out = (int64_t)id;
    return NK_OK;
}

static nk_err retry(struct nk_cli *c, nk_archive *ar, int64_t id)
{
    uint32_t n;
    nk_err rc;

    if ((rc = nk_archive_begin(&c->ctx, ar)) < 0)
        return rc;
    rc = nk_archive_job_retry(&c->ctx, ar, id, &n);
    return nk_archive_end(&c->ctx, ar, rc, true);
}

nk_err nk_cmd_batch_resume(struct nk_cli *c)
{
    nk_archive *ar;
    nk_batch b;
    nk_key *key;
    nk_job job;
    int64_t id = 0;
    nk_err rc;

    if ((rc = job_id(c, &id)) < 0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_WRITE, &ar)) < 0 ||
        (rc = nk_archive_job_get(&c->ctx, &c->arena, ar, id, &job)) < 0)
        return rc;
    if (nk_given(c, NK_OPT_DRY_RUN))
        return report(c, ar, id);
    if ((rc = prepare(c, &b, &key)) < 0)
        return rc;
    if (nk_given(c, NK_OPT_RETRY) && (rc = retry(c, ar, id)) == NK_OK)
        rc = nk_archive_job_get(&c->ctx, &c->arena, ar, id, &job);
    if (rc == NK_OK)
        rc = run_job(c, ar, &job, &b);
    nk_key_close(key);
    return rc;
}

nk_err nk_cmd_batch_status(struct nk_cli *c)
{
    nk_archive *ar;
    nk_job *list;
    nk_table t;
    int64_t id = 0;
    size_t n, i;
    nk_err rc;

    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0)
        return rc;
    if (c->args_n)
        return (rc = job_id(c, &id)) < 0 ? rc : report(c, ar, id);
    if ((rc = nk_archive_job_list(&c->ctx, &c->arena, ar, &list, &n)) < 0)
        return rc;
    if (c->json)
        nk_json_open(c, '[');
    nk_table_init(&t, c, 4);
    for (i = 0; i < n; i++) {
        if (c->json) {
            nk_json_open(c, '{');
            nk_json_put_int(c, "job", list[i].id);
            nk_json_put(c, "template", list[i].template_id);
            nk_json_put_int(c, "rows", list[i].rows);
            nk_json_put_int(c, "done", list[i].done);
            nk_json_put_int(c, "failed", list[i].failed);
            nk_json_close(c, '}');
            continue;
        }
        nk_table_cell(&t, NK_NUM(list[i].id));
        nk_table_cell(&t, list[i].template_id);
        nk_table_cell(&t, NK_NUM(list[i].done));
        nk_table_cell(&t, NK_NUM(list[i].rows));
    }
    nk_table_put(&t);
    if (c->json)
        nk_json_close(c, ']');
    return NK_OK;
}
