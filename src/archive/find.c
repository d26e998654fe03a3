/*
 * Finding papers by what lies in clear. The narrowest thing that is given
 * chooses the statement (id, case, number, or the form: kind, office and
 * signer); what else is given is compared here, row by row.
 */
#include "archive/archive_int.h"

#include <stdlib.h>

struct search {
    nk_ctx *ctx;
    nk_arena *a;
    const nk_paper_query *q;
    int64_t from, to; /* days as numbers; to: the last moment */
    nk_list found;
    size_t enough; /* rows that are needed with those skipped */
};

/* The latest day that a date which may be a month or a year can mean. */
static int64_t latest(nk_date d)
{
    if (d.year == 0)
        return INT64_MAX;
    if (d.month == 0)
        return (int64_t)d.year * 10000 + 9999;
    if (d.day == 0)
        return (int64_t)d.year * 10000 + d.month * 100 + 99;
    return nk_archive__date_to_int(d);
}

static bool is_wanted(nk_str want, nk_str have)
{
    return want.len == 0 || nk_str_eq(want, have);
}

static bool matches(const struct search *s, const nk_paper *p)
{
    const nk_paper_query *q = s->q;
    int64_t date = nk_archive__date_to_int(p->date);

    return (q->id == 0 || q->id == p->id) && date >= s->from && date <= s->to &&
           is_wanted(q->case_number, p->case_number) &&
           is_wanted(q->number, p->number) && is_wanted(q->kind, p->kind) &&
           is_wanted(q->office, p->office) && is_wanted(q->signer, p->signer);
}

/* Take the rows of a statement that is ready, and end it. */
static nk_err take_rows(struct search *s, nk_query *rows)
{
    nk_err rc = NK_OK;
    bool more;

    while (s->found.n < s->enough &&
           (rc = nk_archive__next(s->ctx, rows, &more)) == NK_OK && more) {
        nk_paper p, *kept;

        if ((rc = nk_archive__paper_read(s->ctx, s->a, rows, &p)) < 0)
            break;
        if (!matches(s, &p))
            continue;
        if (!(kept = nk_archive__list_add(&s->found))) {
            rc = nk_nomem(s->ctx);
            break;
        }
        *kept = p;
    }
    nk_archive__end(rows);
    return rc;
}

static nk_err by_id(struct search *s, nk_archive *ar)
{
    nk_query *rows;
    nk_err rc = nk_archive__ask(s->ctx, ar->data, NK_SQL_PAPER_BY_ID, &rows);

    if (rc < 0)
        return rc;
    nk_archive__give_int(rows, 1, s->q->id);
    return take_rows(s, rows);
}

static nk_err by_case(struct search *s, nk_archive *ar)
{
    nk_query *rows;
    nk_err rc = nk_archive__ask(s->ctx, ar->data, NK_SQL_PAPER_BY_CASE, &rows);

    if (rc < 0)
        return rc;
    nk_archive__give_text(rows, 1, s->q->case_number);
    return take_rows(s, rows);
}

/* Papers whose number is `pattern` with seq in it. */
static nk_err by_seq(struct search *s, nk_archive *ar, nk_str pattern,
                     uint32_t seq)
{
    nk_query *rows;
    nk_err rc = nk_archive__ask(s->ctx, ar->data, NK_SQL_PAPER_BY_SEQ, &rows);

    if (rc < 0)
        return rc;
    nk_archive__give_text(rows, 1, pattern);
    nk_archive__give_int(rows, 2, seq);
    return take_rows(s, rows);
}

static int by_date(const void *a, const void *b)
{
    const nk_paper *x = a, *y = b;
    int64_t dx = nk_archive__date_to_int(x->date);
    int64_t dy = nk_archive__date_to_int(y->date);

    if (dx != dy)
        return dx > dy ? -1 : 1;
    return (x->id < y->id) - (x->id > y->id);
}

/* Newest first, each once: two of the numbers may be the same. */
static void sort_found(nk_list *found)
{
    nk_paper *p = found->items;
    size_t i, kept = 0;

    if (found->n)
        qsort(p, found->n, sizeof(*p), by_date);
    for (i = 0; i < found->n; i++)
        if (kept == 0 || p[kept - 1].id != p[i].id)
            p[kept++] = p[i];
    found->n = kept;
}

/*
 * Any of the numbers within a printed number may be its sequence: each is
 * tried. A number without register stands in its row as printed.
 */
static nk_err by_number(struct search *s, nk_archive *ar)
{
    nk_str number = s->q->number, rest = number, pattern;
    nk_query *rows;
    nk_err rc;

    if ((rc = nk_archive__ask(s->ctx, ar->data, NK_SQL_PAPER_BY_NUMBER,
                              &rows)) < 0)
        return rc;
    nk_archive__give_text(rows, 1, s->q->number);
    rc = take_rows(s, rows);
    while (rc == NK_OK && rest.len) {
        size_t n = 0, from = number.len - rest.len;
        uint64_t seq;

        while (n < rest.len && nk_is_digit(rest.ptr[n]))
            n++;
        if (n && nk_str_uint(nk_str_head(rest, n), UINT32_MAX, &seq) &&
            nk_archive__number_split(s->a, number, (uint32_t)seq, &from,
                                     &pattern))
            rc = by_seq(s, ar, pattern, (uint32_t)seq);
        rest = nk_str_skip(rest, n ? n : 1);
    }
    if (rc == NK_OK && s->a->starved) /* a number could not be tried */
        rc = nk_nomem(s->ctx);
    sort_found(&s->found);
    return rc;
}

static nk_err by_form(struct search *s, nk_archive *ar)
{
    nk_query *rows;
    nk_err rc = nk_archive__ask(s->ctx, ar->data, NK_SQL_PAPER_BY_FORM, &rows);

    if (rc < 0)
        return rc;
    nk_archive__give_text(rows, 1, s->q->kind);
    nk_archive__give_text(rows, 2, s->q->office);
    nk_archive__give_text(rows, 3, s->q->signer);
    nk_archive__give_int(rows, 4, s->from);
    nk_archive__give_int(rows, 5, s->to);
    nk_archive__give_int(rows, 6, (int64_t)s->enough);
    return take_rows(s, rows);
}

nk_err nk_archive_paper_find(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                             const nk_paper_query *q, nk_paper **list,
                             size_t *n)
{
    struct search s = {
        .ctx = ctx, .a = a, .q = q, .found = NK_LIST(a, nk_paper)
    };
    uint32_t limit =
        q->limit && q->limit < NK_MAX_RESULTS ? q->limit : NK_MAX_RESULTS;
    nk_err rc;

    s.from = nk_archive__date_to_int(q->from);
    s.to = latest(q->to);
    s.enough = (size_t)q->offset + limit;
    if (q->id)
        rc = by_id(&s, ar);
    else if (q->number.len)
        rc = by_number(&s, ar);
    else if (q->case_number.len)
        rc = by_case(&s, ar);
    else
        rc = by_form(&s, ar);
    if (rc < 0)
        return rc;
    *n = s.found.n > q->offset ? s.found.n - q->offset : 0;
    *list = *n ? (nk_paper *)s.found.items + q->offset : NULL;
    return NK_OK;
}
