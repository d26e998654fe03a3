/*
 * Examining the whole archive. Every row that is sealed is opened, rebuilt
 * and hashed; the sealed counts say how many there must be. Damage is
 * collected, never the end of the examination.
 */
#include "archive/archive_int.h"

#include <assert.h>
#include <sys/stat.h>

#define STEP 64u /* rows between two words of progress */

struct examination {
    nk_archive *ar;
    nk_problems *problems;
    void (*progress)(void *data, uint64_t done, uint64_t all);
    void *data;
    nk_archive_check *out;
};

nk_err nk_archive__note(nk_ctx *ctx, nk_problems *problems, nk_err rc)
{
    if (rc != NK_E_TAMPERED && rc != NK_E_CRYPTO)
        return rc;
    nk_problem_add(problems, NK_ERROR, ctx->fault.msg, ctx->fault.place,
                   ctx->fault.args);
    return NK_OK;
}

/* Rows of `what` are each a fault: one text, "ok" being none. */
static nk_err structure_verify(nk_ctx *ctx, struct examination *x, nk_db *db,
                               nk_sql what)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, db, what, &q);

    if (rc < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        nk_str text = nk_archive__text(q, 0);

        if (!nk_str_eq(text, NK_STR("ok")))
            nk_problem_add(x->problems, NK_ERROR, NK_M_STRUCTURE_BROKEN,
                           NK_NOWHERE, NK_ARGS(text));
    }
    nk_archive__end(q);
    return rc;
}

/* As many rows as there are, and the highest id of papers and versions. */
struct found {
    nk_counts rows;
    int64_t last_paper, last_version;
};

static nk_err count_rows(nk_ctx *ctx, nk_archive *ar, struct found *f)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_COUNTS, &q);

    if (rc < 0)
        return rc;
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        f->rows.papers = nk_archive__int(q, 0);
        f->rows.versions = nk_archive__int(q, 1);
        f->rows.casefiles = nk_archive__int(q, 2);
        f->rows.voids = nk_archive__int(q, 3);
        f->last_paper = nk_archive__int(q, 4);
        f->last_version = nk_archive__int(q, 5);
    }
    nk_archive__end(q);
    return rc;
}

static void compare_count(struct examination *x, nk_str what, int64_t sealed,
                          int64_t found)
{
    if (sealed != found)
        nk_problem_add(x->problems, NK_ERROR, NK_M_COUNT_DIFFERS, NK_NOWHERE,
                       NK_ARGS(what, NK_NUM(sealed), NK_NUM(found)));
}

/* How many rows to look for: as sealed; without that, as there are. */
static nk_err counts_verify(nk_ctx *ctx, struct examination *x,
                            nk_counts *sealed)
{
    struct found f = { 0 };
    nk_err rc;

    if ((rc = nk_archive__note(ctx, x->problems, count_rows(ctx, x->ar, &f))) <
        0)
        return rc;
    rc = nk_archive__counts_load(ctx, x->ar, sealed);
    if (rc < 0) {
        *sealed = f.rows;
        return nk_archive__note(ctx, x->problems, rc);
    }
    compare_count(x, NK_STR("paper"), sealed->papers, f.rows.papers);
    compare_count(x, NK_STR("version"), sealed->versions, f.rows.versions);
    compare_count(x, NK_STR("casefile"), sealed->casefiles, f.rows.casefiles);
    compare_count(x, NK_STR("void"), sealed->voids, f.rows.voids);
    /* As many as there should be, but others: their ids run on. */
    if (f.last_paper > sealed->papers)
        compare_count(x, NK_STR("paper"), sealed->papers, f.last_paper);
    if (f.last_version > sealed->versions)
        compare_count(x, NK_STR("version"), sealed->versions, f.last_version);
    return NK_OK;
}

/* Rows of `what` are each a fault: two numbers, of which `msg` speaks. */
static nk_err rows_verify(nk_ctx *ctx, struct examination *x, nk_sql what,
                          nk_msg msg)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, x->ar->data, what, &q);

    if (rc < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        nk_problem_add(x->problems, NK_ERROR, msg, NK_NOWHERE,
                       NK_ARGS(NK_NUM(nk_archive__int(q, 0)),
                               NK_NUM(nk_archive__int(q, 1))));
    nk_archive__end(q);
    return rc;
}

static nk_err jobs(nk_ctx *ctx, struct examination *x)
{
    return rows_verify(ctx, x, NK_SQL_JOB_WRONG, NK_M_JOB_BROKEN);
}

static nk_err replaced(nk_ctx *ctx, struct examination *x)
{
    return rows_verify(ctx, x, NK_SQL_PAPER_WRONG, NK_M_REPLACES_BROKEN);
}

static nk_err data_structure(nk_ctx *ctx, struct examination *x)
{
    return structure_verify(ctx, x, x->ar->data, NK_SQL_CHECK_STRUCTURE);
}

static nk_err data_links(nk_ctx *ctx, struct examination *x)
{
    return structure_verify(ctx, x, x->ar->data, NK_SQL_CHECK_LINKS);
}

static nk_err keys_structure(nk_ctx *ctx, struct examination *x)
{
    return structure_verify(ctx, x, x->ar->keys, NK_SQL_CHECK_STRUCTURE);
}

static nk_err slots(nk_ctx *ctx, struct examination *x)
{
    return nk_archive__keys_verify(ctx, x->ar, x->problems);
}

static nk_err shared_parts(nk_ctx *ctx, struct examination *x)
{
    return nk_archive__dicts_verify(ctx, x->ar, x->problems);
}

static nk_err numbers(nk_ctx *ctx, struct examination *x)
{
    return nk_archive__numbers_verify(ctx, x->ar, x->problems);
}

/* What there is little of; damage in one does not spare us the next. */
static nk_err (*const frame[])(nk_ctx *, struct examination *) = {
    data_structure, data_links, keys_structure, slots,
    shared_parts,   numbers,    jobs,           replaced,
};

static void report_progress(const struct examination *x, uint64_t all)
{
    uint64_t done = x->out->papers + x->out->versions;

    if (x->progress && (done % STEP == 0 || done == all))
        x->progress(x->data, done, all);
}

static nk_err verify_rows(nk_ctx *ctx, struct examination *x,
                          const nk_counts *counts)
{
    uint64_t all = (uint64_t)(counts->papers + counts->versions);
    int64_t id;
    nk_err rc;

    for (id = 1; id <= counts->versions; id++) {
        if ((rc = nk_archive__version_verify(ctx, x->ar, id, x->problems)) < 0)
            return rc;
        x->out->versions++;
        report_progress(x, all);
    }
    for (id = 1; id <= counts->papers; id++) {
        if ((rc = nk_archive__paper_verify(ctx, x->ar, id, x->problems)) < 0)
            return rc;
        x->out->papers++;
        report_progress(x, all);
    }
    return NK_OK;
}

static nk_err verify_all(nk_ctx *ctx, struct examination *x)
{
    nk_counts counts = { 0 };
    size_t i;
    nk_err rc;

    for (i = 0; i < sizeof(frame) / sizeof(*frame); i++)
        if ((rc = nk_archive__note(ctx, x->problems, frame[i](ctx, x))) < 0)
            return rc;
    if ((rc = counts_verify(ctx, x, &counts)) < 0)
        return rc;
    return verify_rows(ctx, x, &counts);
}

/* Damage is none when it was somebody else's writing: take it back. */
static void take_back(nk_problems *problems, const nk_problems *before)
{
    *problems = *before;
    if (problems->last)
        problems->last->next = NULL;
}

nk_err nk_archive_verify(nk_ctx *ctx, nk_archive *ar, nk_problems *problems,
                         void (*progress)(void *data, uint64_t done,
                                          uint64_t all),
                         void *data, nk_archive_check *out)
{
    struct examination x = { ar, problems, progress, data, out };
    const nk_problems before = *problems;
    nk_query *q;
    nk_err rc;

    assert(!ar->in_tx);
    *out = (nk_archive_check){ 0 };
    nk_archive__dicts_release(ar); /* what is on the disk counts */
    /* One view of the rows, whoever writes meanwhile. */
    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_BEGIN_READ, &q)) < 0 ||
        (rc = nk_archive__do(ctx, q)) < 0)
        return rc;
    rc = verify_all(ctx, &x);
    nk_archive__db_rollback(ar->data);
    nk_arena_reset(&ar->scratch);
    ar->case_key_id = 0;
    out->damaged = problems->errors - before.errors;
    if (rc == NK_OK && out->damaged &&
        nk_archive__settle(ctx, ar, NK_E_TAMPERED) != NK_E_TAMPERED)
        rc = NK_E_CONFLICT;
    if (rc == NK_E_CONFLICT)
        take_back(problems, &before);
    return rc;
}

/* The bytes that all files of the folder have. */
static uint64_t folder_bytes(nk_archive *ar, const nk_str *names, size_t n)
{
    uint64_t sum = 0;
    struct stat st;
    size_t i;

    for (i = 0; i < n; i++) {
        nk_str path = nk_path_join(&ar->scratch, nk_str_of(ar->dir), names[i]);

        if (path.ptr && stat(path.ptr, &st) == 0)
            sum += (uint64_t)st.st_size;
    }
    return sum;
}

nk_err nk_archive_stat(nk_ctx *ctx, nk_archive *ar, nk_archive_stats *out)
{
    nk_str *names;
    nk_query *q;
    size_t n;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_STAT, &q)) < 0)
        return rc;
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        *out = (nk_archive_stats){
            .cases = (uint64_t)nk_archive__int(q, 0),
            .versions = (uint64_t)nk_archive__int(q, 1),
            .papers = (uint64_t)nk_archive__int(q, 2),
            .dicts = (uint64_t)nk_archive__int(q, 3),
            .resources = (uint64_t)nk_archive__int(q, 4),
            .paper_bytes = (uint64_t)nk_archive__int(q, 5),
            .sealed_bytes = (uint64_t)nk_archive__int(q, 6),
        };
    nk_archive__end(q);
    if (rc == NK_OK && (rc = nk_dir_list(ctx, &ar->scratch, nk_str_of(ar->dir),
                                         &names, &n)) == NK_OK)
        out->file_bytes = folder_bytes(ar, names, n);
    nk_arena_reset(&ar->scratch);
    return rc;
}
