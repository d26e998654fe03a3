/*
 * Dictionaries in the archive: learned, stored, loaded. They are made of
 * invented papers, but real people sign those too: a dictionary and its
 * resources are sealed with the archive's own key. The hash of a dictionary
 * is part of what every paper packed with it is sealed to.
 */
#include "archive/archive_int.h"

#include <assert.h>
#include <stdlib.h>

/* The hash that binds a dictionary: all that unpacking depends on. */
static nk_err hash_dict(nk_ctx *ctx, nk_arena *a, nk_str key, nk_dict *d)
{
    uint8_t sha[NK_SHA256_SIZE];
    nk_aad all;
    nk_str bytes;
    nk_err rc;
    size_t i;

    nk_buf_init(&all.b, a);
    nk_archive__aad_text(&all, NK_STR("dictionary"));
    nk_archive__aad_text(&all, key);
    for (i = 0; i < d->res_n; i++) {
        nk_sha256(d->res[i], sha);
        nk_archive__aad_text(&all, nk_archive__bytes(sha, sizeof(sha)));
    }
    nk_archive__aad_text(&all, d->base);
    nk_archive__aad_text(&all, d->preset);
    if ((rc = nk_archive__aad_end(ctx, &all, &bytes)) == NK_OK)
        nk_sha256(bytes, d->sha256);
    return rc;
}

/* What a resource is sealed to. */
static nk_err res_aad(nk_ctx *ctx, nk_arena *a, const nk_archive *ar,
                      int64_t id, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, a, ar, NK_STR("resource"));
    nk_archive__aad_int(&d, id);
    return nk_archive__aad_end(ctx, &d, out);
}

/* What a dictionary is sealed to. */
static nk_err dict_aad(nk_ctx *ctx, nk_arena *a, const nk_archive *ar,
                       int64_t id, nk_str key, int64_t size, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, a, ar, NK_STR("dictionary"));
    nk_archive__aad_int(&d, id);
    nk_archive__aad_text(&d, key);
    nk_archive__aad_int(&d, size);
    return nk_archive__aad_end(ctx, &d, out);
}

/* The bytes of a resource in memory of `a`; *ok false: it was changed. */
static nk_err open_res(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                       nk_str sealed, nk_str *out, bool *ok)
{
    nk_str aad;
    nk_err rc = res_aad(ctx, a, ar, id, &aad);

    return rc < 0 ? rc
                  : nk_archive__unseal_own(ctx, a, ar, aad, sealed, out, ok);
}

/* The id that the next row of a table gets. */
static nk_err next_id(nk_ctx *ctx, nk_archive *ar, nk_sql last, int64_t *id)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, last, &q);

    if (rc < 0)
        return rc;
    rc = nk_archive__next(ctx, q, &more);
    *id = rc == NK_OK && more ? nk_archive__int(q, 0) + 1 : 1;
    nk_archive__end(q);
    return rc;
}

/* Look for a resource with these bytes; *id 0: there is none. */
static nk_err find_res(nk_ctx *ctx, nk_archive *ar, nk_str bytes, int64_t *id)
{
    nk_query *q;
    bool more, ok;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_RES_FIND, &q);

    *id = 0;
    if (rc < 0)
        return rc;
    nk_archive__give_int(q, 1, (int64_t)(bytes.len + NK_SEAL_EXTRA));
    while (*id == 0 && (rc = nk_archive__next(ctx, q, &more)) == NK_OK &&
           more) {
        nk_str found;

        rc = open_res(ctx, &ar->scratch, ar, nk_archive__int(q, 0),
                      nk_archive__blob(q, 1), &found, &ok);
        if (rc < 0)
            break;
        if (ok && nk_str_eq(found, bytes))
            *id = nk_archive__int(q, 0);
    }
    nk_archive__end(q);
    return rc;
}

/* The id of a resource, stored when it is new. */
static nk_err intern_res(nk_ctx *ctx, nk_archive *ar, nk_str bytes, int64_t *id)
{
    nk_query *q;
    nk_str aad, sealed;
    nk_err rc;

    if ((rc = find_res(ctx, ar, bytes, id)) < 0 || *id)
        return rc;
    if ((rc = next_id(ctx, ar, NK_SQL_RES_LAST, id)) < 0 ||
        (rc = res_aad(ctx, &ar->scratch, ar, *id, &aad)) < 0 ||
        (rc = nk_archive__seal_own(ctx, ar, aad, bytes, &sealed)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_RES_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, *id);
    nk_archive__give_blob(q, 2, sealed);
    return nk_archive__do(ctx, q);
}

/*
 * What the row's seal holds: number of resources, their ids, size of base,
 * base, preset; all of it deflated.
 */
static nk_err write_dict(nk_ctx *ctx, nk_archive *ar, const nk_dict *d,
                         size_t *size, nk_str *out)
{
    nk_arena *a = &ar->scratch;
    nk_err rc = NK_OK;
    nk_str plain;
    nk_buf b;
    size_t i;

    nk_buf_init(&b, a);
    nk_archive__varint_put(&b, d->res_n);
    for (i = 0; i < d->res_n && rc == NK_OK; i++) {
        int64_t id = 0;

        rc = intern_res(ctx, ar, d->res[i], &id);
        nk_archive__varint_put(&b, (uint64_t)id);
    }
    nk_archive__varint_put(&b, d->base.len);
    nk_buf_puts(&b, d->base);
    nk_buf_puts(&b, d->preset);
    if (rc < 0 || (rc = nk_buf_end(ctx, &b, &plain)) < 0)
        return rc;
    *size = plain.len;
    return nk_archive__deflate(ctx, a, plain, out);
}

static nk_err add_dict(nk_ctx *ctx, nk_archive *ar, nk_str key,
                       const nk_str *samples, size_t n, int64_t *id)
{
    nk_dict d = { 0 };
    size_t size = 0;
    nk_query *q;
    nk_str data, aad, sealed;
    nk_err rc;

    if ((rc = nk_archive__dict_learn(ctx, &ar->scratch, samples, n, &d)) < 0 ||
        (rc = write_dict(ctx, ar, &d, &size, &data)) < 0 ||
        (rc = next_id(ctx, ar, NK_SQL_DICT_LAST, id)) < 0 ||
        (rc = dict_aad(ctx, &ar->scratch, ar, *id, key, (int64_t)size, &aad)) <
            0 ||
        (rc = nk_archive__seal_own(ctx, ar, aad, data, &sealed)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_DICT_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, *id);
    nk_archive__give_text(q, 2, key);
    nk_archive__give_int(q, 3, (int64_t)size);
    nk_archive__give_blob(q, 4, sealed);
    return nk_archive__do(ctx, q);
}

nk_err nk_archive_dict_add(nk_ctx *ctx, nk_archive *ar, nk_str key,
                           const nk_str *samples, size_t n, int64_t *id)
{
    const nk_dict *stored;
    nk_err rc;

    assert(ar->in_tx && n > 0);
    rc = add_dict(ctx, ar, key, samples, n, id);
    nk_arena_reset(&ar->scratch);
    /* Read back, as everything that is stored. */
    return rc < 0 ? rc : nk_archive__dict_get(ctx, ar, *id, &stored);
}

nk_err nk_archive_dict_find(nk_ctx *ctx, nk_archive *ar, nk_str key,
                            int64_t *id)
{
    nk_query *q;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_DICT_FIND, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, key);
    rc = nk_archive__next(ctx, q, &more);
    if (rc == NK_OK && more)
        *id = nk_archive__int(q, 0);
    nk_archive__end(q);
    if (rc == NK_OK && !more)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_DICT_UNKNOWN, NK_NOWHERE,
                       NK_ARGS(key));
    return rc;
}

static nk_err broken(nk_ctx *ctx, int64_t id)
{
    return nk_fail(ctx, NK_E_TAMPERED, NK_M_DICT_BROKEN, NK_NOWHERE,
                   NK_ARGS(NK_NUM(id)));
}

static nk_err load_res(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                       nk_str *out, bool *ok)
{
    nk_query *q;
    bool more;
    nk_err rc;

    *ok = false;
    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_RES_GET, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, id);
    rc = nk_archive__next(ctx, q, &more);
    if (rc == NK_OK && more)
        rc = open_res(ctx, a, ar, id, nk_archive__blob(q, 0), out, ok);
    nk_archive__end(q);
    return rc;
}

/* Take the plain row apart. */
static nk_err parse_dict(nk_ctx *ctx, nk_arena *a, nk_archive *ar, nk_str plain,
                         nk_dict *d)
{
    uint64_t n, id;
    bool ok;
    nk_err rc;

    if (!nk_archive__varint(&plain, &n) || n > NK_MAX_DICT_RES)
        return broken(ctx, d->id);
    if (!(d->res = NK_NEWN(a, (size_t)n + 1, nk_str)))
        return nk_nomem(ctx);
    for (d->res_n = 0; d->res_n < n; d->res_n++) {
        if (!nk_archive__varint(&plain, &id) || id > INT64_MAX)
            return broken(ctx, d->id);
        rc = load_res(ctx, a, ar, (int64_t)id, &d->res[d->res_n], &ok);
        if (rc < 0)
            return rc;
        if (!ok)
            return broken(ctx, d->id);
    }
    if (!nk_archive__varint(&plain, &n) || n > plain.len)
        return broken(ctx, d->id);
    d->base = nk_str_head(plain, (size_t)n);
    d->preset = nk_str_skip(plain, (size_t)n);
    return NK_OK;
}

/* Unseal and inflate what the row of a dictionary holds. */
static nk_err open_dict(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                        nk_str key, int64_t size, nk_str sealed, nk_str *plain)
{
    nk_str aad, data;
    char *at;
    bool ok;
    nk_err rc;

    if (size < 0 || size > NK_MAX_DICT_BASE + 65536)
        return broken(ctx, id);
    if ((rc = dict_aad(ctx, a, ar, id, key, size, &aad)) < 0 ||
        (rc = nk_archive__unseal_own(ctx, a, ar, aad, sealed, &data, &ok)) < 0)
        return rc;
    if (!(at = nk_alloc(a, (size_t)size)))
        return nk_nomem(ctx);
    if (!ok ||
        !nk_archive__inflate(ar->inflater, data, NK_EMPTY, at, (size_t)size))
        return broken(ctx, id);
    *plain = nk_archive__bytes(at, (size_t)size);
    return NK_OK;
}

/* The row's bytes as they were before sealing, and its key. */
static nk_err read_dict(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                        nk_str *plain, nk_str *key)
{
    nk_query *q;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_DICT_GET, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, id);
    rc = nk_archive__next(ctx, q, &more);
    if (rc == NK_OK && !more)
        rc = broken(ctx, id);
    if (rc == NK_OK &&
        (rc = nk_archive__keep(ctx, a, nk_archive__text(q, 0), key)) == NK_OK)
        rc = open_dict(ctx, a, ar, id, *key, nk_archive__int(q, 1),
                       nk_archive__blob(q, 2), plain);
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive__dict_load(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                             int64_t id, nk_dict **out)
{
    nk_dict *d = NK_NEW(a, nk_dict);
    nk_str plain, key;
    nk_arena work;
    nk_err rc;

    if (!d)
        return nk_nomem(ctx);
    d->id = id;
    nk_arena_init(&work);
    if ((rc = read_dict(ctx, a, ar, id, &plain, &key)) == NK_OK &&
        (rc = parse_dict(ctx, a, ar, plain, d)) == NK_OK)
        rc = hash_dict(ctx, &work, key, d);
    nk_arena_release(&work);
    if (rc == NK_OK)
        *out = d;
    return rc;
}

nk_err nk_archive__dict_get(nk_ctx *ctx, nk_archive *ar, int64_t id,
                            const nk_dict **out)
{
    size_t i, oldest = 0;
    nk_arena *a;
    nk_err rc;

    *out = NULL;
    if (id == 0)
        return NK_OK;
    for (i = 0; i < NK_MAX_DICTS_OPEN; i++) {
        if (ar->cached[i].dict && ar->cached[i].dict->id == id) {
            ar->cached[i].used = ++ar->clock;
            *out = ar->cached[i].dict;
            return NK_OK;
        }
        if (ar->cached[i].used < ar->cached[oldest].used)
            oldest = i;
    }
    a = &ar->cached[oldest].arena;
    nk_arena_release(a);
    ar->cached[oldest].dict = NULL;
    ar->cached[oldest].used = 0;
    rc = nk_archive__dict_load(ctx, a, ar, id, &ar->cached[oldest].dict);
    if (rc < 0)
        return rc;
    ar->cached[oldest].used = ++ar->clock;
    *out = ar->cached[oldest].dict;
    return NK_OK;
}

void nk_archive__dicts_release(nk_archive *ar)
{
    size_t i;

    for (i = 0; i < NK_MAX_DICTS_OPEN; i++) {
        nk_arena_release(&ar->cached[i].arena);
        ar->cached[i].dict = NULL;
        ar->cached[i].used = 0;
    }
}

static nk_err resources_verify(nk_ctx *ctx, nk_archive *ar,
                               nk_problems *problems)
{
    nk_query *q;
    bool more, ok;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_RES_ALL, &q);

    if (rc < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        nk_str bytes;

        rc = open_res(ctx, &ar->scratch, ar, nk_archive__int(q, 0),
                      nk_archive__blob(q, 1), &bytes, &ok);
        nk_arena_reset(&ar->scratch);
        if (rc < 0)
            break;
        if (!ok)
            nk_problem_add(problems, NK_ERROR, NK_M_RESOURCE_BROKEN, NK_NOWHERE,
                           NK_ARGS(NK_NUM(nk_archive__int(q, 0))));
    }
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive__dicts_verify(nk_ctx *ctx, nk_archive *ar,
                                nk_problems *problems)
{
    nk_query *q;
    bool more;
    nk_err rc = resources_verify(ctx, ar, problems);

    if (rc < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_DICT_ALL, &q)) < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        nk_dict *d;

        rc = nk_archive__dict_load(ctx, &ar->scratch, ar, nk_archive__int(q, 0),
                                   &d);
        nk_arena_reset(&ar->scratch);
        if ((rc = nk_archive__note(ctx, problems, rc)) < 0)
            break;
    }
    nk_archive__end(q);
    return rc;
}
