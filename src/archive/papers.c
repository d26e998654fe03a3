/*
 * Papers: filing them and getting them back, byte for byte. What papers of
 * one kind have in common is one row of `form`, so that a paper's own row
 * is little more than its sealed bytes; the seal binds both.
 */
#include "archive/archive_int.h"

#include <assert.h>

/* A paper as its rows have it. */
struct row {
    nk_paper paper;
    int64_t dict;
    int64_t key; /* of its case */
    nk_str data;
};

nk_err nk_archive__paper_read(nk_ctx *ctx, nk_arena *a, nk_query *q,
                              nk_paper *p)
{
    nk_str *const texts[] = {
        &p->case_number, &p->kind, &p->version, &p->office, &p->title,
        &p->signer,      NULL,     NULL,        &p->reg
    };
    nk_str label, pattern;
    nk_err rc;
    int i;

    *p = (nk_paper){ .id = nk_archive__int(q, 0) };
    for (i = 0; i < 9; i++)
        if (texts[i] && (rc = nk_archive__keep(
                             ctx, a, nk_archive__text(q, 1 + i), texts[i])) < 0)
            return rc;
    p->state = (nk_paper_state)nk_archive__int(q, 8);
    p->year = (uint32_t)nk_archive__int(q, 10);
    p->seq = (uint32_t)nk_archive__int(q, 11);
    p->date = nk_archive__date_from_int(nk_archive__int(q, 13));
    p->stored = nk_archive__int(q, 14);
    p->replaces = nk_archive__int(q, 15);
    p->size = (uint64_t)nk_archive__int(q, 16);
    label = nk_archive__text(q, 12);
    if (label.len)
        return nk_archive__keep(ctx, a, label, &p->number);
    if ((rc = nk_archive__keep(ctx, a, nk_archive__text(q, 7), &pattern)) < 0)
        return rc;
    p->number = nk_archive__number_join(a, pattern, p->seq);
    return p->number.ptr ? NK_OK : nk_nomem(ctx);
}

/* What a paper is sealed to: all of its rows, and the dictionary. */
static nk_err paper_aad(nk_ctx *ctx, nk_archive *ar, const nk_paper *p,
                        const nk_dict *dict, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, &ar->scratch, ar, NK_STR("paper"));
    nk_archive__aad_int(&d, p->id);
    nk_archive__aad_text(&d, p->case_number);
    nk_archive__aad_text(&d, p->kind);
    nk_archive__aad_text(&d, p->version);
    nk_archive__aad_text(&d, p->office);
    nk_archive__aad_text(&d, p->title);
    nk_archive__aad_text(&d, p->reg);
    nk_archive__aad_int(&d, p->year);
    nk_archive__aad_int(&d, p->seq);
    nk_archive__aad_text(&d, p->number);
    nk_archive__aad_int(&d, nk_archive__date_to_int(p->date));
    nk_archive__aad_text(&d, p->signer);
    nk_archive__aad_int(&d, p->state);
    nk_archive__aad_int(&d, p->stored);
    nk_archive__aad_int(&d, p->replaces);
    nk_archive__aad_int(&d, (int64_t)p->size);
    nk_archive__aad_text(
        &d, dict ? nk_archive__bytes(dict->sha256, NK_SHA256_SIZE) : NK_EMPTY);
    return nk_archive__aad_end(ctx, &d, out);
}

/* The row of paper `id`; everything in it is in memory of the scratch. */
static nk_err find_row(nk_ctx *ctx, nk_archive *ar, int64_t id, struct row *row,
                       bool *found)
{
    nk_query *q;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_PAPER_GET, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_int(q, 1, id);
    rc = nk_archive__next(ctx, q, found);
    if (rc == NK_OK && *found &&
        (rc = nk_archive__paper_read(ctx, &ar->scratch, q, &row->paper)) ==
            NK_OK) {
        row->dict = nk_archive__int(q, 17);
        row->key = nk_archive__int(q, 18);
        rc = nk_archive__keep(ctx, &ar->scratch, nk_archive__blob(q, 19),
                              &row->data);
    }
    nk_archive__end(q);
    return rc;
}

static nk_err broken(nk_ctx *ctx, const nk_paper *p)
{
    return nk_fail(ctx, NK_E_TAMPERED, NK_M_PAPER_BROKEN, NK_NOWHERE,
                   NK_ARGS(NK_NUM(p->id), p->case_number));
}

/* The bytes of a row, in memory of `a`; fills in row->paper.sha256. */
static nk_err open_row(nk_ctx *ctx, nk_archive *ar, nk_arena *a,
                       struct row *row, nk_str *bytes)
{
    const nk_dict *dict;
    nk_str aad;
    nk_err rc;

    if ((rc = nk_archive__key_load(ctx, ar, row->key, row->paper.case_number)) <
            0 ||
        (rc = nk_archive__dict_get(ctx, ar, row->dict, &dict)) < 0 ||
        (rc = paper_aad(ctx, ar, &row->paper, dict, &aad)) < 0)
        return rc;
    if (!nk_archive__unseal_packed(ar, a, aad, row->data, dict, row->paper.size,
                                   row->paper.sha256, bytes))
        return nk_archive__is_starved(ar, a) ? nk_nomem(ctx)
                                             : broken(ctx, &row->paper);
    return NK_OK;
}

/* ---- Filing ------------------------------------------------------------ */

static void give_form(nk_query *q, const nk_paper *p, nk_str pattern,
                      int64_t dict)
{
    nk_archive__give_text(q, 1, p->kind);
    nk_archive__give_text(q, 2, p->version);
    nk_archive__give_text(q, 3, p->office);
    nk_archive__give_text(q, 4, p->title);
    nk_archive__give_text(q, 5, p->signer);
    nk_archive__give_text(q, 6, pattern);
    nk_archive__give_int(q, 7, p->state);
    nk_archive__give_int(q, 8, dict);
}

static nk_err intern_form(nk_ctx *ctx, nk_archive *ar, const nk_paper *p,
                          nk_str pattern, int64_t dict, int64_t *form)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_FORM_FIND, &q);

    if (rc < 0)
        return rc;
    give_form(q, p, pattern, dict);
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        *form = nk_archive__int(q, 0);
    nk_archive__end(q);
    if (rc < 0 || more ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_FORM_ADD, &q)) < 0)
        return rc;
    give_form(q, p, pattern, dict);
    rc = nk_archive__do(ctx, q);
    *form = nk_archive__db_last_id(ar->data);
    return rc;
}

nk_err nk_archive_paper_replaceable(nk_ctx *ctx, nk_archive *ar, int64_t id,
                                    nk_str case_number)
{
    nk_query *q;
    int64_t by;
    bool more;
    nk_str of;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_PAPER_REPLACED, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_int(q, 1, id);
    rc = nk_archive__next(ctx, q, &more);
    if (rc == NK_OK && !more) {
        rc = nk_fail(ctx, NK_E_NOTFOUND, NK_M_PAPER_UNKNOWN, NK_NOWHERE,
                     NK_ARGS(NK_NUM(id)));
    } else if (rc == NK_OK) {
        of = nk_archive__text(q, 0);
        by = nk_archive__int(q, 1);
        if (!nk_str_eq(of, case_number))
            rc = nk_fail(ctx, NK_E_CONFLICT, NK_M_PAPER_OTHER_CASE, NK_NOWHERE,
                         NK_ARGS(NK_NUM(id), of, case_number));
        else if (by)
            rc = nk_fail(ctx, NK_E_CONFLICT, NK_M_PAPER_REPLACED, NK_NOWHERE,
                         NK_ARGS(NK_NUM(id), NK_NUM(by)));
    }
    nk_archive__end(q);
    return rc;
}

/* Where the number goes: its book, and the pattern or else the label. */
static nk_err place_number(nk_ctx *ctx, nk_archive *ar, const nk_paper *p,
                           int64_t *book, nk_str *pattern, nk_str *label)
{
    nk_err rc;

    *book = 0;
    *pattern = NK_EMPTY;
    *label = p->number;
    if (p->reg.len == 0)
        return NK_OK;
    if ((rc = nk_archive__book(ctx, ar, p->reg, p->year, book)) < 0 ||
        (rc = nk_archive__number_check(ctx, ar, *book, p->reg, p->year,
                                       p->seq)) < 0 ||
        (rc = nk_archive__number_place(ctx, ar, *book, p->number, p->seq,
                                       pattern)) < 0)
        return rc;
    if (pattern->len)
        *label = NK_EMPTY;
    return NK_OK;
}

static nk_err store_row(nk_ctx *ctx, nk_archive *ar, const nk_paper *p,
                        int64_t casefile, int64_t dict, nk_str data)
{
    int64_t book, form = 0;
    nk_str pattern, label;
    nk_query *q;
    nk_err rc;

    if ((rc = place_number(ctx, ar, p, &book, &pattern, &label)) < 0 ||
        (rc = intern_form(ctx, ar, p, pattern, dict, &form)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_PAPER_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, p->id);
    nk_archive__give_int(q, 2, casefile);
    nk_archive__give_int(q, 3, form);
    if (book) {
        nk_archive__give_int(q, 4, book);
        nk_archive__give_int(q, 5, p->seq);
    }
    if (label.len)
        nk_archive__give_text(q, 6, label);
    nk_archive__give_int(q, 7, nk_archive__date_to_int(p->date));
    nk_archive__give_int(q, 8, p->stored);
    if (p->replaces)
        nk_archive__give_int(q, 9, p->replaces);
    nk_archive__give_int(q, 10, (int64_t)p->size);
    nk_archive__give_blob(q, 11, data);
    if ((rc = nk_archive__do(ctx, q)) == NK_OK)
        ar->counts.papers++;
    return rc;
}

/* What was stored comes back, and is what was packed. */
static nk_err read_back(nk_ctx *ctx, nk_archive *ar, const nk_packed *packed,
                        int64_t id)
{
    struct row row = { 0 };
    nk_str bytes;
    bool found;
    nk_err rc;

    if ((rc = find_row(ctx, ar, id, &row, &found)) < 0)
        return rc;
    if (!found)
        return broken(ctx, &row.paper);
    if ((rc = open_row(ctx, ar, &ar->scratch, &row, &bytes)) < 0)
        return rc;
    return memcmp(row.paper.sha256, packed->sha256, NK_SHA256_SIZE) == 0
               ? NK_OK
               : broken(ctx, &row.paper);
}

static nk_err put_paper(nk_ctx *ctx, nk_archive *ar, const nk_packed *packed,
                        nk_paper *p)
{
    nk_casefile file;
    const nk_dict *dict;
    nk_str aad, data;
    nk_err rc;

    if ((rc = nk_archive__case_find(ctx, ar, p->case_number, &file)) < 0 ||
        (rc = nk_archive__key_load(ctx, ar, file.key, p->case_number)) < 0 ||
        (p->replaces && (rc = nk_archive_paper_replaceable(
                             ctx, ar, p->replaces, p->case_number)) < 0) ||
        (rc = nk_archive__dict_get(ctx, ar, packed->dict, &dict)) < 0)
        return rc;
    if (p->reg.len == 0) /* without a register there is no sequence */
        p->year = p->seq = 0;
    p->id = ar->counts.papers + 1;
    p->stored = ctx->now;
    p->size = packed->size;
    memcpy(p->sha256, packed->sha256, NK_SHA256_SIZE);
    if ((rc = paper_aad(ctx, ar, p, dict, &aad)) < 0 ||
        (rc = nk_archive__seal_packed(ctx, &ar->scratch, ar->case_key, aad,
                                      packed, &data)) < 0 ||
        (rc = store_row(ctx, ar, p, file.id, packed->dict, data)) < 0)
        return rc;
    return read_back(ctx, ar, packed, p->id);
}

nk_err nk_archive_paper_put(nk_ctx *ctx, nk_archive *ar,
                            const nk_packed *packed, nk_paper *paper)
{
    nk_err rc;

    assert(ar->in_tx);
    rc = put_paper(ctx, ar, packed, paper);
    nk_arena_reset(&ar->scratch);
    return rc;
}

/* ---- Getting ----------------------------------------------------------- */

static nk_err keep_paper(nk_ctx *ctx, nk_arena *a, const nk_paper *from,
                         nk_paper *to)
{
    nk_str *texts[8];
    size_t i;

    *to = *from;
    texts[0] = &to->case_number;
    texts[1] = &to->kind;
    texts[2] = &to->version;
    texts[3] = &to->office;
    texts[4] = &to->title;
    texts[5] = &to->reg;
    texts[6] = &to->number;
    texts[7] = &to->signer;
    for (i = 0; i < 8; i++) {
        nk_err rc = nk_archive__keep(ctx, a, *texts[i], texts[i]);

        if (rc < 0)
            return rc;
    }
    return NK_OK;
}

static nk_err get_paper(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                        struct row *row, nk_str *bytes)
{
    bool found;
    nk_err rc = find_row(ctx, ar, id, row, &found);

    if (rc < 0)
        return rc;
    if (!found)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_PAPER_UNKNOWN, NK_NOWHERE,
                       NK_ARGS(NK_NUM(id)));
    return open_row(ctx, ar, a, row, bytes);
}

nk_err nk_archive_paper_get(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                            int64_t id, nk_paper *paper, nk_str *bytes)
{
    struct row row = { 0 };
    nk_err rc = get_paper(ctx, a, ar, id, &row, bytes);

    if (rc == NK_OK && paper)
        rc = keep_paper(ctx, a, &row.paper, paper);
    nk_arena_reset(&ar->scratch);
    return nk_archive__settle(ctx, ar, rc);
}

/* Paper `id` comes back; that there is none is no failure. */
static nk_err check_paper(nk_ctx *ctx, nk_archive *ar, int64_t id,
                          bool *missing)
{
    struct row row = { 0 };
    nk_str bytes;
    bool found = false;
    nk_err rc = find_row(ctx, ar, id, &row, &found);

    *missing = rc == NK_OK && !found;
    if (rc == NK_OK && found)
        rc = open_row(ctx, ar, &ar->scratch, &row, &bytes);
    nk_arena_reset(&ar->scratch);
    return rc;
}

nk_err nk_archive__paper_verify(nk_ctx *ctx, nk_archive *ar, int64_t id,
                                nk_problems *problems)
{
    bool missing;
    nk_err rc = check_paper(ctx, ar, id, &missing);

    if (missing)
        nk_problem_add(problems, NK_ERROR, NK_M_PAPER_MISSING, NK_NOWHERE,
                       NK_ARGS(NK_NUM(id)));
    return nk_archive__note(ctx, problems, rc);
}
