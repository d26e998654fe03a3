/*
 * Dictionaries for the archive, of papers and of case records. For a paper:
 * the template's invented samples, made and signed as its real papers are, but
 * with zeros for the signature value. So the archive knows a paper's skeleton
 * without ever having held a person's data or a signature that proves anything.
 */
#include "case/case_int.h"

/* What decides how a paper's bytes look: all that its samples share. */
static nk_err dict_key(nk_ctx *ctx, nk_arena *a, const nk_template *t,
                       const nk_order *order, const nk_office *o,
                       const nk_key *key, nk_str *out)
{
    nk_key_info info = { 0 };
    nk_buf b;
    nk_err rc;

    if (key && (rc = nk_key_describe(ctx, a, key, &info)) < 0)
        return rc;
    nk_buf_init(&b, a);
    nk_buf_puts(&b, t->id);
    nk_buf_putc(&b, '/');
    nk_buf_puts(&b, t->version);
    nk_buf_putc(&b, '/');
    nk_buf_puts(&b, nk_office_id(o));
    nk_buf_putc(&b, '/');
    nk_buf_puts(&b, order->signer.len ? order->signer : NK_STR("-"));
    nk_buf_putc(&b, '/');
    nk_buf_puts(&b, key ? info.fingerprint
                    : order->signing == NK_SIGNING_ELECTRONIC
                        ? NK_STR("prepared")
                        : NK_STR("-"));
    return nk_buf_end(ctx, &b, out);
}

/* One sample as a paper of this office; NK_EMPTY when it cannot be made. */
static nk_err make_sample(nk_ctx *ctx, nk_arena *a, nk_press *d,
                          const nk_order *like, const nk_office *o,
                          const nk_key *key, nk_str record, nk_str file,
                          uint32_t seq, nk_str *out)
{
    nk_order order = *like;
    struct nk_case__number number = { .seq = seq };
    nk_problems problems;
    nk_template *t;
    nk_made made;
    nk_err rc;

    *out = NK_EMPTY;
    nk_problems_init(&problems, a);
    order.record = record;
    order.file = file;
    order.checked = false;
    order.about = NK_EMPTY;
    order.office = nk_office_id(o);
    if ((rc = nk_press_template(ctx, d, order.template_name, &problems, &t)) <
        0)
        return rc;
    if (t->reg.len) {
        rc = nk_case__number_text(ctx, a, t, o, order.date, &number);
        if (rc < 0)
            return rc;
        order.number = number.text;
    }
    rc = nk_make(ctx, a, d, &order, &problems, &made);
    if (rc == NK_OK && key)
        rc =
            nk_make_signed(ctx, a, o, key, made.pdf, NK_EMPTY, true, &made.pdf);
    if (rc == NK_OK)
        *out = made.pdf;
    /* A sample that does not suit this office costs space, not the paper. */
    return rc == NK_E_NOMEM ? rc : NK_OK;
}

static nk_err make_dict(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                        const nk_order *order, const nk_office *o,
                        const nk_key *key, const nk_template *t, nk_str name,
                        int64_t *id)
{
    nk_str *records, *files, *papers;
    size_t n, i, made = 0;
    nk_err rc;

    *id = 0;
    if ((rc = nk_press_samples(ctx, a, d, t->id, &records, &files, &n)) < 0)
        return rc == NK_E_NOTFOUND ? NK_OK : rc; /* a template by file name */
    if (!(papers = NK_NEWN(a, n, nk_str)))
        return nk_nomem(ctx);
    for (i = 0; i < n; i++) {
        if ((rc = make_sample(ctx, a, d, order, o, key, records[i], files[i],
                              (uint32_t)(12 + 117 * i), &papers[made])) < 0)
            return rc;
        made += papers[made].len != 0;
    }
    return made ? nk_archive_dict_add(ctx, ar, name, papers, made, id) : NK_OK;
}

nk_err nk_case__dict(nk_ctx *ctx, nk_press *d, nk_archive *ar,
                     const nk_order *order, const nk_office *o,
                     const nk_key *key, int64_t *id)
{
    nk_problems problems;
    nk_template *t;
    nk_arena a;
    nk_str name;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    *id = 0;
    rc = nk_press_template(ctx, d, order->template_name, &problems, &t);
    if (rc == NK_OK &&
        (rc = dict_key(ctx, &a, t, order, o, key, &name)) == NK_OK) {
        rc = nk_archive_dict_find(ctx, ar, name, id);
        if (rc == NK_E_NOTFOUND)
            rc = make_dict(ctx, &a, d, ar, order, o, key, t, name, id);
    } else if (rc == NK_E_NOTFOUND) {
        rc = NK_OK;
    }
    nk_arena_release(&a);
    return rc;
}

/* ---- Case records ------------------------------------------------------ */

#define MOST_RECORDS 24 /* samples in the dictionary of records */

static nk_err gather_records(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str *out,
                             size_t *n)
{
    nk_str *ids, *records, *files;
    size_t ids_n, some, i, k;
    nk_err rc;

    *n = 0;
    if ((rc = nk_press_templates(ctx, a, d, &ids, &ids_n)) < 0)
        return rc;
    for (i = 0; i < ids_n; i++) {
        if ((rc = nk_press_samples(ctx, a, d, ids[i], &records, &files,
                                   &some)) < 0)
            return rc;
        for (k = 0; k < some && *n < MOST_RECORDS; k++)
            out[(*n)++] = records[k];
    }
    return NK_OK;
}

nk_err nk_case__record_dict(nk_ctx *ctx, nk_press *d, nk_archive *ar)
{
    nk_str records[MOST_RECORDS];
    int64_t id;
    nk_arena a;
    size_t n;
    nk_err rc = nk_archive_dict_find(ctx, ar, NK_STR(NK_DICT_RECORD), &id);

    if (rc != NK_E_NOTFOUND)
        return rc;
    nk_arena_init(&a);
    rc = gather_records(ctx, &a, d, records, &n);
    if (rc == NK_OK && n)
        rc = nk_archive_dict_add(ctx, ar, NK_STR(NK_DICT_RECORD), records, n,
                                 &id);
    nk_arena_release(&a);
    return rc;
}
