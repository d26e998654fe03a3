/*
 * Many papers: rows are taken in groups, one transaction a group. Threads
 * make the papers of a group, each at a press of its own; the archive is
 * written by the caller's thread alone.
 *
 * Numbers are planned for a whole group before any paper is made. When a row
 * turns out impossible, it gives its number up and the rows after it are
 * made again with the numbers that are now theirs: no gap, no number twice.
 */
#include "case/case_int.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct row {
    nk_job_row entry;
    nk_str record;
    struct nk_case__number number;
    nk_paper paper;
    nk_packed packed;
    nk_str pdf;
    bool made; /* with this number */
    bool failed;
};

struct worker {
    pthread_t thread;
    nk_ctx ctx;
    nk_arena arena; /* of one paper while it is made */
    nk_arena keep;  /* of what a group's papers leave behind */
    nk_press *press;
    nk_packer *packer;
    struct batch *batch;
    bool unchecked; /* it signed, and no CA speaks for the key */
    nk_err rc;      /* a failure that is not the row's */
};

struct batch {
    nk_ctx *ctx;
    nk_archive *ar;
    const nk_batch *b;
    nk_job job;
    nk_order order; /* what all rows share */
    nk_template *t; /* at the first press */
    nk_office *office;
    int64_t dict;
    struct worker workers[NK_MAX_THREADS];
    unsigned threads;
    struct row *rows;
    size_t n;
    pthread_mutex_t lock;
    size_t next; /* row to be made; under the lock */
};

/* ---- Making one row ---------------------------------------------------- */

/* Why a row cannot be made: the first problem, or the failure itself. */
static nk_err set_reason(struct worker *w, struct row *r,
                         const nk_problems *problems)
{
    const nk_problem *p = problems->first;

    while (p && p->severity != NK_ERROR)
        p = p->next;
    r->failed = true;
    r->entry.state = NK_ROW_FAILED;
    r->entry.why = p ? p->msg : w->ctx.fault.msg;
    r->entry.field =
        nk_str_copy(&w->keep, p ? p->place.field : w->ctx.fault.place.field);
    return r->entry.field.ptr ? NK_OK : nk_nomem(&w->ctx);
}

/* Of a paper that is made, what filing it needs; the rest may go. */
static nk_err keep_paper(struct worker *w, struct row *r, nk_str pdf)
{
    nk_str *texts[] = { &r->paper.title, &r->paper.version, &r->paper.office,
                        &r->paper.signer, &r->pdf };
    size_t i;

    r->pdf = w->batch->b->folder.len ? pdf : NK_EMPTY;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (!(*texts[i] = nk_str_copy(&w->keep, *texts[i])).ptr)
            return nk_nomem(&w->ctx);
    return nk_packer_pack(&w->ctx, &w->keep, w->packer, pdf, &r->packed);
}

static nk_err make_row(struct worker *w, struct row *r, nk_problems *problems)
{
    const struct batch *b = w->batch;
    nk_order order = b->order;
    nk_template *t;
    nk_office *o;
    nk_made made;
    nk_err rc;

    order.record = r->record;
    order.file = r->entry.case_number;
    order.number = r->number.text;
    if ((rc = nk_press_template(&w->ctx, w->press, order.template_name,
                                problems, &t)) < 0 ||
        (rc = nk_press_office(&w->ctx, w->press, order.office, problems, &o)) <
            0 ||
        (rc = nk_make(&w->ctx, &w->arena, w->press, &order, problems, &made)) <
            0)
        return rc;
    if (b->b->key &&
        ((rc = nk_case__check_holder(&w->ctx, &w->arena, b->b->key, o,
                                     made.signer, made.signer_name,
                                     &w->unchecked)) < 0 ||
         (rc = nk_make_signed(&w->ctx, &w->arena, o, b->b->key, made.pdf,
                              NK_EMPTY, false, &made.pdf)) < 0))
        return rc;
    nk_case__describe(t, &made, &r->number, r->entry.case_number,
                      nk_case__state(b->b->key, order.signing), &r->paper);
    return keep_paper(w, r, made.pdf);
}

static struct row *take_row(struct batch *b)
{
    struct row *r = NULL;

    pthread_mutex_lock(&b->lock);
    while (b->next < b->n && !r) {
        struct row *k = &b->rows[b->next++];

        if (!k->made && !k->failed)
            r = k;
    }
    pthread_mutex_unlock(&b->lock);
    return r;
}

bool nk_case__is_of_row(nk_err rc)
{
    return rc == NK_E_INVALID || rc == NK_E_SYNTAX || rc == NK_E_NOTFOUND ||
           rc == NK_E_LIMIT || rc == NK_E_DENIED;
}

static void *work(void *data)
{
    struct worker *w = data;
    struct row *r;

    while ((r = take_row(w->batch)) != NULL) {
        nk_problems problems;
        nk_err rc;

        nk_arena_reset(&w->arena);
        nk_problems_init(&problems, &w->arena);
        rc = make_row(w, r, &problems);
        if (rc == NK_OK)
            r->made = true;
        else if (nk_case__is_of_row(rc))
            rc = set_reason(w, r, &problems);
        if (rc < 0) {
            w->rc = rc;
            break;
        }
    }
    return NULL;
}

static nk_err run_workers(struct batch *b)
{
    unsigned i, started = 0;

    b->next = 0;
    for (i = 1; i < b->threads; i++) {
        if (pthread_create(&b->workers[i].thread, NULL, work, &b->workers[i]) !=
            0)
            break; /* fewer threads do the same work */
        started = i;
    }
    work(&b->workers[0]);
    for (i = 1; i <= started; i++)
        pthread_join(b->workers[i].thread, NULL);
    for (i = 0; i <= started; i++) {
        const nk_fault *f = &b->workers[i].ctx.fault;

        if (b->workers[i].rc < 0)
            return nk_fail(b->ctx, f->err, f->msg, f->place, f->args);
    }
    return NK_OK;
}

/* ---- A group ----------------------------------------------------------- */

/* Give the rows that can be made their numbers, from `first` on. */
static nk_err plan_numbers(struct batch *b, nk_arena *a, uint32_t first)
{
    uint32_t seq = first;
    size_t i;
    nk_err rc;

    for (i = 0; i < b->n; i++) {
        struct row *r = &b->rows[i];

        if (r->failed)
            continue;
        if (!b->t->reg.len || (r->number.text.len && r->number.seq == seq)) {
            seq++;
            continue;
        }
        r->made = false;
        r->number.seq = seq++;
        rc = nk_case__number_text(b->ctx, a, b->t, b->office, b->order.date,
                                  &r->number);
        if (rc < 0)
            return rc;
    }
    return NK_OK;
}

static bool all_settled(const struct batch *b)
{
    size_t i;

    for (i = 0; i < b->n; i++)
        if (!b->rows[i].made && !b->rows[i].failed)
            return false;
    return true;
}

/* Make the group; rows that fail give their numbers to those after them. */
static nk_err make_group(struct batch *b, nk_arena *a)
{
    struct nk_case__number first;
    size_t i;
    nk_err rc;

    if ((rc = nk_case__next_number(b->ctx, a, b->ar, b->t, b->office,
                                   b->order.date, &first)) < 0)
        return rc;
    for (i = 0; i < b->n; i++)
        b->rows[i].number =
            (struct nk_case__number){ first.reg, first.year, 0, NK_EMPTY };
    do {
        if ((rc = plan_numbers(b, a, first.seq)) < 0 ||
            (rc = run_workers(b)) < 0 ||
            (rc = plan_numbers(b, a, first.seq)) < 0)
            return rc;
    } while (!all_settled(b));
    return NK_OK;
}

static nk_err file_group(struct batch *b)
{
    size_t i;
    nk_err rc;

    for (i = 0; i < b->n; i++) {
        struct row *r = &b->rows[i];

        if (!r->failed) {
            if ((rc = nk_archive_paper_put(b->ctx, b->ar, &r->packed,
                                           &r->paper)) < 0)
                return rc;
            r->entry.state = NK_ROW_DONE;
            r->entry.paper = r->paper.id;
        }
        if ((rc = nk_archive_job_row_set(b->ctx, b->ar, b->b->job, &r->entry)) <
            0)
            return rc;
    }
    return NK_OK;
}

/* The file of a row: its place in the job and its case. */
static nk_err file_name(struct batch *b, nk_arena *a, const nk_job_row *r,
                        nk_str *out)
{
    nk_buf name;
    nk_err rc;

    nk_buf_init(&name, a);
    nk_buf_pad(&name, r->row, 5);
    nk_buf_putc(&name, '-');
    nk_buf_puts(&name, r->case_number);
    nk_buf_lit(&name, ".pdf");
    if ((rc = nk_buf_end(b->ctx, &name, out)) < 0)
        return rc;
    *out = nk_path_join(a, b->b->folder, *out);
    return out->ptr ? NK_OK : nk_nomem(b->ctx);
}

static nk_err write_files(struct batch *b, nk_arena *a)
{
    nk_str path;
    size_t i;
    nk_err rc;

    for (i = 0; b->b->folder.len && i < b->n; i++) {
        struct row *r = &b->rows[i];

        if (r->failed)
            continue;
        if ((rc = file_name(b, a, &r->entry, &path)) < 0 ||
            (rc = nk_file_write(b->ctx, path, r->pdf, true)) < 0)
            return rc;
    }
    return NK_OK;
}

static nk_err load_group(struct batch *b, nk_arena *a, const nk_job_row *rows,
                         size_t n)
{
    size_t i;
    nk_err rc;

    b->rows = NK_NEWN(a, n, struct row);
    b->n = n;
    if (!b->rows)
        return nk_nomem(b->ctx);
    for (i = 0; i < n; i++) {
        struct row *r = &b->rows[i];

        r->entry = rows[i];
        rc = nk_archive_case_get(b->ctx, a, b->ar, rows[i].case_number, 0,
                                 &r->record);
        if (rc == NK_E_NOTFOUND) {
            r->failed = true;
            r->entry.state = NK_ROW_FAILED;
            r->entry.why = b->ctx->fault.msg;
        } else if (rc < 0) {
            return rc;
        }
    }
    return NK_OK;
}

static nk_err run_group(struct batch *b, nk_arena *a, const nk_job_row *rows,
                        size_t n)
{
    unsigned i;
    nk_err rc;

    if (b->b->now)
        b->ctx->now = b->b->now(b->b->data);
    for (i = 0; i < b->threads; i++) {
        b->workers[i].ctx.now = b->ctx->now;
        nk_arena_reset(&b->workers[i].keep);
    }
    b->order.date = nk_date_at(b->ctx->now, nk_office_zone(b->office));
    if ((rc = nk_archive_begin(b->ctx, b->ar)) < 0)
        return rc;
    if ((rc = load_group(b, a, rows, n)) == NK_OK &&
        (rc = make_group(b, a)) == NK_OK)
        rc = file_group(b);
    rc = nk_archive_end(b->ctx, b->ar, rc, true);
    /* Only what is filed is written out: a file never comes before it. */
    return rc < 0 ? rc : write_files(b, a);
}

/* ---- The job ----------------------------------------------------------- */

static nk_err settle_dict(struct batch *b)
{
    nk_err rc;

    if ((rc = nk_archive_begin(b->ctx, b->ar)) < 0)
        return rc;
    b->order.date = nk_date_at(b->ctx->now, nk_office_zone(b->office));
    rc = nk_case__dict(b->ctx, b->workers[0].press, b->ar, &b->order, b->office,
                       b->b->key, &b->dict);
    return nk_archive_end(b->ctx, b->ar, rc, true);
}

static nk_err open_workers(struct batch *b, nk_problems *problems)
{
    unsigned i;
    nk_err rc;

    for (i = 0; i < b->threads; i++) {
        struct worker *w = &b->workers[i];

        w->ctx = *b->ctx;
        w->batch = b;
        nk_arena_init(&w->arena);
        nk_arena_init(&w->keep);
        if ((rc = nk_press_open(b->ctx, &b->b->paths, &w->press)) < 0)
            return rc;
        if (i == 0 &&
            ((rc = nk_press_template(b->ctx, w->press, b->order.template_name,
                                     problems, &b->t)) < 0 ||
             (rc = nk_press_office(b->ctx, w->press, b->order.office, problems,
                                   &b->office)) < 0 ||
             (rc = settle_dict(b)) < 0))
            return rc;
        if ((rc = nk_packer_open(b->ctx, b->ar, b->dict, &w->packer)) < 0)
            return rc;
    }
    return NK_OK;
}

static void close_workers(struct batch *b)
{
    unsigned i;

    for (i = 0; i < b->threads; i++) {
        nk_packer_close(b->workers[i].packer);
        nk_press_close(b->workers[i].press);
        nk_arena_release(&b->workers[i].arena);
        nk_arena_release(&b->workers[i].keep);
    }
}

/* Files of rows done before that are not there: written from the archive. */
static nk_err restore_files(struct batch *b, nk_arena *a)
{
    nk_job_row *rows;
    uint32_t after = 0;
    size_t n, i;
    nk_err rc;

    if (!b->b->folder.len)
        return NK_OK;
    nk_dir_sweep(b->b->folder);
    do {
        nk_arena_reset(a);
        if ((rc = nk_archive_job_rows(b->ctx, a, b->ar, b->b->job, NK_ROW_DONE,
                                      after, NK_BATCH_ROWS, &rows, &n)) < 0)
            return rc;
        for (i = 0; i < n; i++) {
            nk_str path, bytes;

            after = rows[i].row;
            if ((rc = file_name(b, a, &rows[i], &path)) < 0)
                return rc;
            if (nk_file_exists(path))
                continue;
            if ((rc = nk_archive_paper_get(b->ctx, a, b->ar, rows[i].paper,
                                           NULL, &bytes)) < 0 ||
                (rc = nk_file_write(b->ctx, path, bytes, true)) < 0)
                return rc;
        }
    } while (n == NK_BATCH_ROWS);
    return NK_OK;
}

/* A job goes on as it was begun: signed in the file, or by hand. */
static nk_err check_manner(struct batch *b, nk_arena *a)
{
    nk_paper_query q = { .limit = 1 };
    nk_job_row *rows;
    nk_paper *paper;
    size_t n;
    nk_err rc;

    if ((rc = nk_archive_job_rows(b->ctx, a, b->ar, b->b->job, NK_ROW_DONE, 0,
                                  1, &rows, &n)) < 0 ||
        n == 0)
        return rc;
    q.id = rows[0].paper;
    if ((rc = nk_archive_paper_find(b->ctx, a, b->ar, &q, &paper, &n)) < 0 ||
        n == 0)
        return rc;
    if (paper->state == NK_PAPER_SIGNED && !b->b->key)
        return nk_fail(b->ctx, NK_E_INVALID, NK_M_BATCH_KEY_NEEDED, NK_NOWHERE,
                       NK_NOARGS);
    if (paper->state == NK_PAPER_WET && b->b->key)
        return nk_fail(b->ctx, NK_E_INVALID, NK_M_BATCH_WET, NK_NOWHERE,
                       NK_NOARGS);
    return NK_OK;
}

static nk_err run_rows(struct batch *b, nk_arena *a)
{
    bool go_on = true;
    nk_job_row *rows;
    size_t n, i;
    nk_err rc;

    for (;;) {
        nk_arena_reset(a);
        if ((rc = nk_archive_job_rows(b->ctx, a, b->ar, b->b->job,
                                      NK_ROW_WAITING, 0, NK_BATCH_ROWS, &rows,
                                      &n)) < 0)
            return rc;
        if (n == 0 || !go_on)
            return NK_OK;
        if ((rc = run_group(b, a, rows, n)) < 0)
            return rc;
        for (i = 0; i < n; i++) {
            if (b->rows[i].failed)
                b->job.failed++;
            else
                b->job.done++;
            if (b->b->item)
                b->b->item(b->b->data, &b->rows[i].entry);
        }
        nk_log(b->ctx, NK_LOG_INFO, NK_STR("case"), NK_STR("group"),
               NK_ARGS(NK_STR("job"), NK_NUM(b->job.id), NK_STR("rows"),
                       NK_NUM(n)));
        if (b->b->progress)
            go_on = b->b->progress(b->b->data, b->job.done, b->job.failed,
                                   b->job.rows);
    }
}

static bool is_unchecked(const struct batch *b)
{
    unsigned i;

    for (i = 0; i < b->threads; i++)
        if (b->workers[i].unchecked)
            return true;
    return false;
}

nk_err nk_batch_run(nk_ctx *ctx, nk_archive *ar, const nk_batch *batch,
                    nk_problems *problems)
{
    struct batch *b = calloc(1, sizeof(*b));
    nk_arena a, keep;
    nk_err rc;

    assert(batch->threads >= 1 && batch->threads <= NK_MAX_THREADS);
    if (!b)
        return nk_nomem(ctx);
    nk_arena_init(&a);
    nk_arena_init(&keep); /* the job's own words, for the whole run */
    b->ctx = ctx;
    b->ar = ar;
    b->b = batch;
    b->threads = batch->threads;
    pthread_mutex_init(&b->lock, NULL);
    if ((rc = nk_archive_job_get(ctx, &keep, ar, batch->job, &b->job)) < 0)
        goto out;
    b->order = (nk_order){ .template_name = b->job.template_id,
                           .office = b->job.office,
                           .signer = b->job.signer,
                           .checked = true,
                           .signing = batch->key ? NK_SIGNING_ELECTRONIC
                                                 : NK_SIGNING_WET };
    if ((rc = check_manner(b, &a)) == NK_OK &&
        (rc = open_workers(b, problems)) == NK_OK &&
        (rc = restore_files(b, &a)) == NK_OK)
        rc = run_rows(b, &a);
    nk_case__note_unchecked(problems, is_unchecked(b));
out:
    close_workers(b);
    pthread_mutex_destroy(&b->lock);
    nk_arena_release(&a);
    nk_arena_release(&keep);
    free(b);
    return rc;
}
