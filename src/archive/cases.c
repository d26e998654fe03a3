/*
 * Case records: every version stays, each sealed under its case's key. What
 * lists show of a case is what its newest version says, so that no row is
 * ever changed.
 */
#include "archive/archive_int.h"

#include <assert.h>

#define CASE_DIGITS 9 /* as NK_SQL_CASE_LAST counts */

/* A version as its row has it. */
struct version {
    nk_case_entry entry; /* versions: which one this is */
    nk_casefile file;
    int64_t id, dict;
    uint64_t size;
    nk_str data;
};

nk_err nk_archive__case_find(nk_ctx *ctx, nk_archive *ar, nk_str number,
                             nk_casefile *out)
{
    nk_query *q;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_CASE_FIND, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, number);
    rc = nk_archive__next(ctx, q, &more);
    if (rc == NK_OK && more)
        *out = (nk_casefile){ nk_archive__int(q, 0), nk_archive__int(q, 1) };
    nk_archive__end(q);
    if (rc == NK_OK && !more)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_CASE_UNKNOWN, NK_NOWHERE,
                       NK_ARGS(number));
    return rc;
}

static nk_err add_case(nk_ctx *ctx, nk_archive *ar, nk_str number,
                       nk_casefile *out)
{
    nk_query *q;
    nk_err rc;

    out->id = ar->counts.casefiles + 1;
    if ((rc = nk_archive__key_new(ctx, ar, &out->key)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_CASE_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, out->id);
    nk_archive__give_text(q, 2, number);
    nk_archive__give_int(q, 3, out->key);
    if ((rc = nk_archive__do(ctx, q)) == NK_OK)
        ar->counts.casefiles++;
    return rc;
}

/* The case of a number with its key at hand, made when it is new. */
static nk_err open_case(nk_ctx *ctx, nk_archive *ar, nk_str number,
                        nk_casefile *out)
{
    nk_err rc = nk_archive__case_find(ctx, ar, number, out);

    if (rc == NK_E_NOTFOUND)
        return add_case(ctx, ar, number, out);
    return rc < 0 ? rc : nk_archive__key_load(ctx, ar, out->key, number);
}

/* What a version is sealed to: all of its row, and the dictionary. */
static nk_err version_aad(nk_ctx *ctx, nk_archive *ar, nk_arena *a,
                          const struct version *v, nk_str *out)
{
    const nk_dict *dict;
    nk_aad d;
    nk_err rc = nk_archive__dict_get(ctx, ar, v->dict, &dict);

    if (rc < 0)
        return rc;
    nk_archive__aad_init(&d, a, ar, NK_STR("version"));
    nk_archive__aad_int(&d, v->id);
    nk_archive__aad_int(&d, v->file.id);
    nk_archive__aad_text(&d, v->entry.number);
    nk_archive__aad_int(&d, v->entry.versions);
    nk_archive__aad_text(&d, v->entry.office);
    nk_archive__aad_text(&d, v->entry.status);
    nk_archive__aad_int(&d, nk_archive__date_to_int(v->entry.opened));
    nk_archive__aad_int(&d, v->entry.changed);
    nk_archive__aad_int(&d, (int64_t)v->size);
    nk_archive__aad_text(
        &d, dict ? nk_archive__bytes(dict->sha256, NK_SHA256_SIZE) : NK_EMPTY);
    return nk_archive__aad_end(ctx, &d, out);
}

static nk_err last_version(nk_ctx *ctx, nk_archive *ar, int64_t casefile,
                           int64_t *n)
{
    nk_query *q;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_VERSION_LAST, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, casefile);
    rc = nk_archive__next(ctx, q, &more);
    *n = rc == NK_OK && more ? nk_archive__int(q, 0) : 0;
    nk_archive__end(q);
    return rc;
}

/* Ready ar->packer with the dictionary for records, if there is one. */
static nk_err ready_packer(nk_ctx *ctx, nk_archive *ar)
{
    int64_t dict = 0;
    nk_err rc;

    rc = nk_archive_dict_find(ctx, ar, NK_STR(NK_DICT_RECORD), &dict);
    if (rc < 0 && rc != NK_E_NOTFOUND)
        return rc;
    if (ar->packer && ar->packer_dict == dict)
        return NK_OK;
    nk_packer_close(ar->packer);
    ar->packer = NULL;
    ar->packer_dict = dict;
    return nk_packer_open(ctx, ar, dict, &ar->packer);
}

static nk_err store_version(nk_ctx *ctx, nk_archive *ar,
                            const struct version *v)
{
    nk_query *q;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_VERSION_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, v->id);
    nk_archive__give_int(q, 2, v->file.id);
    nk_archive__give_int(q, 3, v->entry.versions);
    nk_archive__give_text(q, 4, v->entry.office);
    nk_archive__give_text(q, 5, v->entry.status);
    nk_archive__give_int(q, 6, nk_archive__date_to_int(v->entry.opened));
    nk_archive__give_int(q, 7, v->entry.changed);
    nk_archive__give_int(q, 8, v->dict);
    nk_archive__give_int(q, 9, (int64_t)v->size);
    nk_archive__give_blob(q, 10, v->data);
    if ((rc = nk_archive__do(ctx, q)) == NK_OK)
        ar->counts.versions++;
    return rc;
}

/* Columns: id, n, office, status, opened, changed, dict, size, data, case
   id, case number, case key. */
static nk_err version_from_row(nk_ctx *ctx, nk_arena *a, nk_query *q,
                               struct version *v)
{
    nk_err rc;

    v->id = nk_archive__int(q, 0);
    v->entry.versions = (uint32_t)nk_archive__int(q, 1);
    v->entry.opened = nk_archive__date_from_int(nk_archive__int(q, 4));
    v->entry.changed = nk_archive__int(q, 5);
    v->dict = nk_archive__int(q, 6);
    v->size = (uint64_t)nk_archive__int(q, 7);
    v->file.id = nk_archive__int(q, 9);
    v->file.key = nk_archive__int(q, 11);
    if ((rc = nk_archive__keep(ctx, a, nk_archive__text(q, 2),
                               &v->entry.office)) < 0 ||
        (rc = nk_archive__keep(ctx, a, nk_archive__text(q, 3),
                               &v->entry.status)) < 0 ||
        (rc = nk_archive__keep(ctx, a, nk_archive__blob(q, 8), &v->data)) < 0)
        return rc;
    return nk_archive__keep(ctx, a, nk_archive__text(q, 10), &v->entry.number);
}

/* One version by `what`, whose parameters are a and b. */
static nk_err find_version(nk_ctx *ctx, nk_archive *ar, nk_sql what, int64_t a,
                           int64_t b, struct version *v, bool *found)
{
    nk_query *q;
    nk_err rc = nk_archive__ask(ctx, ar->data, what, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_int(q, 1, a);
    if (what == NK_SQL_VERSION_GET)
        nk_archive__give_int(q, 2, b);
    rc = nk_archive__next(ctx, q, found);
    if (rc == NK_OK && *found)
        rc = version_from_row(ctx, &ar->scratch, q, v);
    nk_archive__end(q);
    return rc;
}

static nk_err broken(nk_ctx *ctx, const struct version *v)
{
    return nk_fail(ctx, NK_E_TAMPERED, NK_M_RECORD_BROKEN, NK_NOWHERE,
                   NK_ARGS(v->entry.number, NK_NUM(v->entry.versions)));
}

/* The record of a version, in memory of `a`. */
static nk_err open_version(nk_ctx *ctx, nk_archive *ar, nk_arena *a,
                           const struct version *v, nk_str *xml)
{
    uint8_t sha256[NK_SHA256_SIZE];
    const nk_dict *dict;
    nk_str aad;
    nk_err rc;

    if ((rc = nk_archive__key_load(ctx, ar, v->file.key, v->entry.number)) <
            0 ||
        (rc = version_aad(ctx, ar, &ar->scratch, v, &aad)) < 0 ||
        (rc = nk_archive__dict_get(ctx, ar, v->dict, &dict)) < 0)
        return rc;
    if (!nk_archive__unseal_packed(ar, a, aad, v->data, dict, v->size, sha256,
                                   xml))
        return nk_archive__is_starved(ar, a) ? nk_nomem(ctx) : broken(ctx, v);
    return NK_OK;
}

/* What was stored comes back, and is what was given. */
static nk_err read_back(nk_ctx *ctx, nk_archive *ar, int64_t id, nk_str xml)
{
    struct version v = { 0 };
    nk_str again;
    bool found;
    nk_err rc = find_version(ctx, ar, NK_SQL_VERSION_BY_ID, id, 0, &v, &found);

    if (rc < 0)
        return rc;
    if (!found)
        return broken(ctx, &v);
    if ((rc = open_version(ctx, ar, &ar->scratch, &v, &again)) < 0)
        return rc;
    return nk_str_eq(again, xml) ? NK_OK : broken(ctx, &v);
}

static nk_err put_version(nk_ctx *ctx, nk_archive *ar,
                          const nk_case_entry *entry, nk_str xml)
{
    struct version v = { .entry = *entry };
    nk_packed packed;
    int64_t last;
    nk_str aad;
    nk_err rc;

    if ((rc = open_case(ctx, ar, entry->number, &v.file)) < 0 ||
        (rc = last_version(ctx, ar, v.file.id, &last)) < 0 ||
        (rc = ready_packer(ctx, ar)) < 0 ||
        (rc = nk_packer_pack(ctx, &ar->scratch, ar->packer, xml, &packed)) < 0)
        return rc;
    v.id = ar->counts.versions + 1;
    v.entry.versions = (uint32_t)last + 1;
    v.entry.changed = ctx->now;
    v.dict = packed.dict;
    v.size = packed.size;
    if ((rc = version_aad(ctx, ar, &ar->scratch, &v, &aad)) < 0 ||
        (rc = nk_archive__seal_packed(ctx, &ar->scratch, ar->case_key, aad,
                                      &packed, &v.data)) < 0 ||
        (rc = store_version(ctx, ar, &v)) < 0)
        return rc;
    return read_back(ctx, ar, v.id, xml);
}

/* The digits after the prefix at hand; 0: it is not of that form. */
static uint64_t number_after(const nk_archive *ar, nk_str number)
{
    nk_str prefix = nk_str_of(ar->case_numbers.prefix);
    uint64_t n;

    return prefix.len && nk_str_starts(number, prefix) &&
                   number.len <= prefix.len + CASE_DIGITS &&
                   nk_str_uint(nk_str_skip(number, prefix.len), UINT32_MAX, &n)
               ? n
               : 0;
}

static nk_err find_last(nk_ctx *ctx, nk_archive *ar, nk_str prefix)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_CASE_LAST, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_text(q, 1, prefix);
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        ar->case_numbers.last = (uint64_t)nk_archive__int(q, 0);
        memcpy(ar->case_numbers.prefix, prefix.ptr, prefix.len);
        ar->case_numbers.prefix[prefix.len] = '\0';
    }
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive_case_last(nk_ctx *ctx, nk_archive *ar, nk_str prefix,
                            uint64_t *last)
{
    nk_err rc = NK_OK;

    assert(ar->in_tx && prefix.len && prefix.len < NK_CASE_PREFIX_SIZE);
    if (!nk_str_eq(prefix, nk_str_of(ar->case_numbers.prefix)))
        rc = find_last(ctx, ar, prefix);
    *last = ar->case_numbers.last;
    return rc;
}

nk_err nk_archive_case_put(nk_ctx *ctx, nk_archive *ar,
                           const nk_case_entry *entry, nk_str xml)
{
    nk_err rc;

    assert(ar->in_tx && entry->number.len > 0);
    rc = put_version(ctx, ar, entry, xml);
    if (rc == NK_OK && number_after(ar, entry->number) > ar->case_numbers.last)
        ar->case_numbers.last = number_after(ar, entry->number);
    nk_arena_reset(&ar->scratch);
    return rc;
}

static nk_err get_version(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                          nk_str number, uint32_t n, nk_str *xml)
{
    struct version v = { 0 };
    nk_casefile file = { 0 };
    int64_t which = n;
    bool found;
    nk_err rc;

    if ((rc = nk_archive__case_find(ctx, ar, number, &file)) < 0 ||
        (n == 0 && (rc = last_version(ctx, ar, file.id, &which)) < 0) ||
        (rc = find_version(ctx, ar, NK_SQL_VERSION_GET, file.id, which, &v,
                           &found)) < 0)
        return rc;
    if (!found)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_VERSION_UNKNOWN, NK_NOWHERE,
                       NK_ARGS(number, NK_NUM(which)));
    return open_version(ctx, ar, a, &v, xml);
}

nk_err nk_archive_case_get(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                           nk_str number, uint32_t version, nk_str *xml)
{
    nk_err rc = get_version(ctx, a, ar, number, version, xml);

    nk_arena_reset(&ar->scratch);
    return nk_archive__settle(ctx, ar, rc);
}

/* Columns: number, office, status, opened, changed, versions, papers. */
static nk_err entry_from_row(nk_ctx *ctx, nk_arena *a, nk_query *q,
                             nk_case_entry *e)
{
    nk_err rc;

    e->opened = nk_archive__date_from_int(nk_archive__int(q, 3));
    e->changed = nk_archive__int(q, 4);
    e->versions = (uint32_t)nk_archive__int(q, 5);
    e->papers = (uint32_t)nk_archive__int(q, 6);
    if ((rc = nk_archive__keep(ctx, a, nk_archive__text(q, 0), &e->number)) <
            0 ||
        (rc = nk_archive__keep(ctx, a, nk_archive__text(q, 1), &e->office)) < 0)
        return rc;
    return nk_archive__keep(ctx, a, nk_archive__text(q, 2), &e->status);
}

nk_err nk_archive_case_list(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                            nk_str office, nk_case_entry **list, size_t *n)
{
    nk_list l = NK_LIST(a, nk_case_entry);
    nk_query *q;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_CASE_LIST, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, office);
    nk_archive__give_int(q, 2, NK_MAX_RESULTS);
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        nk_case_entry *e = nk_archive__list_add(&l);

        rc = e ? entry_from_row(ctx, a, q, e) : nk_nomem(ctx);
        if (rc < 0)
            break;
    }
    nk_archive__end(q);
    if (rc == NK_OK) {
        *list = l.items;
        *n = l.n;
    }
    return rc;
}

/* Version `id` comes back; that there is none is no failure. */
static nk_err check_version(nk_ctx *ctx, nk_archive *ar, int64_t id,
                            bool *missing)
{
    struct version v = { 0 };
    nk_str xml;
    bool found = false;
    nk_err rc = find_version(ctx, ar, NK_SQL_VERSION_BY_ID, id, 0, &v, &found);

    *missing = rc == NK_OK && !found;
    if (rc == NK_OK && found)
        rc = open_version(ctx, ar, &ar->scratch, &v, &xml);
    nk_arena_reset(&ar->scratch);
    return rc;
}

nk_err nk_archive__version_verify(nk_ctx *ctx, nk_archive *ar, int64_t id,
                                  nk_problems *problems)
{
    bool missing;
    nk_err rc = check_version(ctx, ar, id, &missing);

    if (missing)
        nk_problem_add(problems, NK_ERROR, NK_M_VERSION_MISSING, NK_NOWHERE,
                       NK_ARGS(NK_NUM(id)));
    return nk_archive__note(ctx, problems, rc);
}
