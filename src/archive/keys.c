/*
 * The key file: who may open the archive, and each case's key.
 *
 * One random key (the KEK) wraps all others. Each slot holds the KEK wrapped
 * under a password's or a key file's own key, so that people come and go
 * without touching what is archived. Case keys are random, never derived:
 * what is forgotten of them cannot be made again.
 */
#include "archive/archive_int.h"

enum { SLOT_PASSWORD = 1, SLOT_KEY_FILE = 2 };

/* A key file is one line: this word, the key and its check, in hex. */
#define KEY_WORD   "naskah-kunci-1 "
#define KEY_CHECK  4 /* bytes of the key's hash */
#define KEY_DIGITS (2 * (NK_KEY_SIZE + KEY_CHECK))

struct slot {
    int64_t id, kind;
    nk_kdf_cost cost;
    uint8_t salt[NK_SALT_SIZE];
};

static nk_str text_of(const nk_secret *s)
{
    return nk_archive__bytes(nk_secret_bytes(s), NK_KEY_SIZE);
}

nk_err nk_archive_new_key_file(nk_ctx *ctx, nk_arena *a, nk_str *out)
{
    uint8_t key[NK_KEY_SIZE], hash[NK_SHA256_SIZE];
    nk_buf b;

    nk_random(key, sizeof(key));
    nk_sha256(nk_archive__bytes(key, sizeof(key)), hash);
    nk_buf_init(&b, a);
    nk_buf_lit(&b, KEY_WORD);
    nk_buf_hex(&b, key, sizeof(key));
    nk_buf_hex(&b, hash, KEY_CHECK);
    nk_buf_putc(&b, '\n');
    nk_wipe(key, sizeof(key));
    return nk_buf_end(ctx, &b, out);
}

/* Bytes of lower-case hex; false: it is something else. */
static bool from_hex(nk_str s, uint8_t *out)
{
    static const char digits[] = "0123456789abcdef";
    size_t i;

    for (i = 0; i + 1 < s.len; i += 2) {
        const char *hi = memchr(digits, s.ptr[i], 16);
        const char *lo = memchr(digits, s.ptr[i + 1], 16);

        if (!hi || !lo)
            return false;
        *out++ = (uint8_t)((hi - digits) << 4 | (lo - digits));
    }
    return true;
}

static nk_err key_of_file(nk_ctx *ctx, nk_str text, nk_secret **out)
{
    uint8_t key[NK_KEY_SIZE + KEY_CHECK], hash[NK_SHA256_SIZE];
    nk_err rc;

    text = nk_str_trim(text);
    if (!nk_str_starts(text, NK_STR(KEY_WORD)) ||
        text.len != sizeof(KEY_WORD) - 1 + KEY_DIGITS ||
        !from_hex(nk_str_skip(text, sizeof(KEY_WORD) - 1), key))
        return nk_fail(ctx, NK_E_DENIED, NK_M_KEY_FILE_DAMAGED, NK_NOWHERE,
                       NK_NOARGS);
    nk_sha256(nk_archive__bytes(key, NK_KEY_SIZE), hash);
    if (nk_same_bytes(hash, key + NK_KEY_SIZE, KEY_CHECK))
        rc = nk_secret_open_copy(ctx, key, out);
    else
        rc = nk_fail(ctx, NK_E_DENIED, NK_M_KEY_FILE_DAMAGED, NK_NOWHERE,
                     NK_NOARGS);
    nk_wipe(key, sizeof(key));
    return rc;
}

/* The key that a slot's KEK is wrapped under. */
static nk_err slot_key(nk_ctx *ctx, const struct slot *s,
                       const nk_unlock *unlock, nk_secret **out)
{
    if (s->kind == SLOT_KEY_FILE)
        return key_of_file(ctx, unlock->key_file, out);
    return nk_kdf(ctx, unlock->password, s->salt, s->cost, out);
}

static nk_err slot_aad(nk_ctx *ctx, const nk_archive *ar, nk_arena *a,
                       nk_str what, const struct slot *s, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, a, ar, what);
    nk_archive__aad_int(&d, s->id);
    nk_archive__aad_int(&d, s->kind);
    nk_archive__aad_int(&d, s->cost.passes);
    nk_archive__aad_int(&d, s->cost.memory_kib);
    nk_archive__aad_text(&d, nk_archive__bytes(s->salt, NK_SALT_SIZE));
    return nk_archive__aad_end(ctx, &d, out);
}

/*
 * A row's own seal, by the KEK: it holds nothing and binds the row, so that
 * whoever opens the archive sees a damaged slot of somebody else's.
 */
static nk_err row_seal(nk_ctx *ctx, nk_archive *ar, const struct slot *s,
                       nk_str wrapped, nk_str *bound)
{
    nk_str aad;
    nk_aad d;
    nk_err rc = slot_aad(ctx, ar, &ar->scratch, NK_STR("slot row"), s, &aad);

    if (rc < 0)
        return rc;
    nk_buf_init(&d.b, &ar->scratch);
    nk_archive__aad_text(&d, aad);
    nk_archive__aad_text(&d, wrapped);
    return nk_archive__aad_end(ctx, &d, bound);
}

static nk_err store_slot(nk_ctx *ctx, nk_archive *ar, const struct slot *s,
                         const nk_secret *key)
{
    uint8_t wrapped[NK_WRAPPED_SIZE], seal[NK_SEAL_EXTRA];
    nk_str aad, bound;
    nk_query *q;
    nk_err rc;

    if ((rc = slot_aad(ctx, ar, &ar->scratch, NK_STR("slot"), s, &aad)) < 0)
        return rc;
    nk_seal(key, aad, text_of(ar->kek), wrapped);
    if ((rc = row_seal(ctx, ar, s, nk_archive__bytes(wrapped, sizeof(wrapped)),
                       &bound)) < 0)
        return rc;
    nk_seal(ar->kek, bound, NK_EMPTY, seal);
    if ((rc = nk_archive__ask(ctx, ar->keys, NK_SQL_SLOT_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, s->id);
    nk_archive__give_int(q, 2, s->kind);
    nk_archive__give_int(q, 3, s->cost.passes);
    nk_archive__give_int(q, 4, s->cost.memory_kib);
    nk_archive__give_blob(q, 5, nk_archive__bytes(s->salt, NK_SALT_SIZE));
    nk_archive__give_blob(q, 6, nk_archive__bytes(wrapped, sizeof(wrapped)));
    nk_archive__give_blob(q, 7, nk_archive__bytes(seal, sizeof(seal)));
    return nk_archive__do(ctx, q);
}

static nk_err add_slot(nk_ctx *ctx, nk_archive *ar, int64_t id,
                       const nk_unlock *unlock)
{
    struct slot s = { .id = id, .kind = SLOT_PASSWORD };
    nk_secret *key = NULL;
    nk_err rc;

    if (unlock->key_file.ptr)
        s.kind = SLOT_KEY_FILE;
    else
        s.cost = NK_KDF_DEFAULT;
    nk_random(s.salt, sizeof(s.salt));
    if ((rc = slot_key(ctx, &s, unlock, &key)) < 0)
        return rc;
    rc = store_slot(ctx, ar, &s, key);
    nk_secret_close(key);
    return rc;
}

static nk_err own_aad(nk_ctx *ctx, nk_archive *ar, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, &ar->scratch, ar, NK_STR("own key"));
    return nk_archive__aad_end(ctx, &d, out);
}

nk_err nk_archive__keys_make(nk_ctx *ctx, nk_archive *ar,
                             const nk_unlock *unlock)
{
    uint8_t wrapped[NK_WRAPPED_SIZE];
    nk_query *q;
    nk_str aad;
    nk_err rc;

    if ((rc = nk_secret_open(ctx, &ar->kek)) < 0 ||
        (rc = nk_secret_open(ctx, &ar->own)) < 0 ||
        (rc = add_slot(ctx, ar, 1, unlock)) < 0 ||
        (rc = own_aad(ctx, ar, &aad)) < 0)
        return rc;
    nk_seal(ar->kek, aad, text_of(ar->own), wrapped);
    if ((rc = nk_archive__ask(ctx, ar->keys, NK_SQL_CFG_SET, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, NK_STR("own"));
    nk_archive__give_blob(q, 2, nk_archive__bytes(wrapped, sizeof(wrapped)));
    return nk_archive__do(ctx, q);
}

nk_err nk_archive_add_unlock(nk_ctx *ctx, nk_archive *ar,
                             const nk_unlock *unlock)
{
    nk_query *q;
    bool more;
    int64_t last = 0;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->keys, NK_SQL_SLOT_ALL, &q)) < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        last = nk_archive__int(q, 0);
    nk_archive__end(q);
    if (rc == NK_OK)
        rc = add_slot(ctx, ar, last + 1, unlock);
    nk_arena_reset(&ar->scratch);
    return rc;
}

/* The slot of a row; false: it has not the shape of one. */
static bool slot_from_row(nk_query *q, struct slot *s, nk_str *wrapped)
{
    nk_str salt = nk_archive__blob(q, 4);
    int64_t passes = nk_archive__int(q, 2), memory = nk_archive__int(q, 3);

    *wrapped = nk_archive__blob(q, 5);
    if (salt.len != NK_SALT_SIZE || wrapped->len != NK_WRAPPED_SIZE ||
        passes < 0 || passes > UINT32_MAX || memory < 0 || memory > UINT32_MAX)
        return false;
    s->id = nk_archive__int(q, 0);
    s->kind = nk_archive__int(q, 1);
    s->cost = (nk_kdf_cost){ (uint32_t)passes, (uint32_t)memory };
    memcpy(s->salt, salt.ptr, NK_SALT_SIZE);
    return true;
}

/* Does this slot open? *opened says; a slot out of shape just does not. */
static nk_err try_slot(nk_ctx *ctx, nk_archive *ar, nk_query *q,
                       const nk_unlock *unlock, bool *opened)
{
    int64_t kind = unlock->key_file.ptr ? SLOT_KEY_FILE : SLOT_PASSWORD;
    nk_secret *key = NULL;
    struct slot s;
    nk_str wrapped, aad;
    nk_err rc;

    if (!slot_from_row(q, &s, &wrapped) || s.kind != kind)
        return NK_OK;
    rc = slot_key(ctx, &s, unlock, &key);
    if (rc == NK_E_CRYPTO) /* its cost was changed: not this one */
        return NK_OK;
    if (rc < 0)
        return rc;
    rc = slot_aad(ctx, ar, &ar->scratch, NK_STR("slot"), &s, &aad);
    *opened = rc == NK_OK && nk_secret_unseal(key, aad, wrapped, ar->kek);
    nk_secret_close(key);
    return rc;
}

static nk_err open_kek(nk_ctx *ctx, nk_archive *ar, const nk_unlock *unlock)
{
    bool more, opened = false;
    nk_query *q;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->keys, NK_SQL_SLOT_ALL, &q)) < 0)
        return rc;
    while (!opened && (rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        if ((rc = try_slot(ctx, ar, q, unlock, &opened)) < 0)
            break;
    nk_archive__end(q);
    if (rc == NK_OK && !opened)
        return nk_fail(ctx, NK_E_DENIED, NK_M_WRONG_SECRET, NK_NOWHERE,
                       NK_NOARGS);
    return rc;
}

static nk_err open_own(nk_ctx *ctx, nk_archive *ar)
{
    nk_query *q;
    nk_str aad;
    bool more, ok = false;
    nk_err rc;

    if ((rc = own_aad(ctx, ar, &aad)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->keys, NK_SQL_CFG_GET, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, NK_STR("own"));
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        ok = nk_secret_unseal(ar->kek, aad, nk_archive__blob(q, 0), ar->own);
    nk_archive__end(q);
    if (rc == NK_OK && !ok)
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_ARCHIVE_BROKEN, NK_NOWHERE,
                       NK_ARGS(NK_STR("keys.db")));
    return rc;
}

nk_err nk_archive__keys_unlock(nk_ctx *ctx, nk_archive *ar,
                               const nk_unlock *unlock)
{
    nk_err rc;

    if ((rc = nk_secret_open(ctx, &ar->kek)) < 0 ||
        (rc = nk_secret_open(ctx, &ar->own)) < 0 ||
        (rc = nk_secret_open(ctx, &ar->case_key)) < 0 ||
        (rc = open_kek(ctx, ar, unlock)) < 0)
        return rc;
    return open_own(ctx, ar);
}

static nk_err key_aad(nk_ctx *ctx, nk_archive *ar, int64_t id, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, &ar->scratch, ar, NK_STR("case key"));
    nk_archive__aad_int(&d, id);
    return nk_archive__aad_end(ctx, &d, out);
}

/* The next key's id; ids of keys that are gone do not come back. */
static nk_err next_key_id(nk_ctx *ctx, nk_archive *ar, int64_t *id)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->keys, NK_SQL_KEY_LAST, &q);

    if (rc < 0)
        return rc;
    rc = nk_archive__next(ctx, q, &more);
    if (rc == NK_OK)
        *id = (more ? nk_archive__int(q, 0) : 0) + 1;
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive__key_new(nk_ctx *ctx, nk_archive *ar, int64_t *id)
{
    uint8_t wrapped[NK_WRAPPED_SIZE];
    nk_query *q;
    nk_str aad;
    nk_err rc;

    ar->case_key_id = 0;
    if (!ar->in_keys_tx) {
        if ((rc = nk_archive__ask(ctx, ar->keys, NK_SQL_BEGIN, &q)) < 0 ||
            (rc = nk_archive__do(ctx, q)) < 0)
            return rc;
        ar->in_keys_tx = true;
    }
    if ((rc = next_key_id(ctx, ar, id)) < 0 ||
        (rc = key_aad(ctx, ar, *id, &aad)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->keys, NK_SQL_KEY_ADD, &q)) < 0)
        return rc;
    nk_secret_renew(ar->case_key);
    nk_seal(ar->kek, aad, text_of(ar->case_key), wrapped);
    nk_archive__give_int(q, 1, *id);
    nk_archive__give_blob(q, 2, nk_archive__bytes(wrapped, sizeof(wrapped)));
    rc = nk_archive__do(ctx, q);
    if (rc == NK_OK)
        ar->case_key_id = *id;
    return rc;
}

nk_err nk_archive__key_load(nk_ctx *ctx, nk_archive *ar, int64_t id,
                            nk_str number)
{
    nk_query *q;
    nk_str aad;
    bool more, ok = false;
    nk_err rc;

    if (ar->case_key_id == id && id)
        return NK_OK;
    ar->case_key_id = 0;
    if ((rc = key_aad(ctx, ar, id, &aad)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->keys, NK_SQL_KEY_GET, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, id);
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        ok = nk_secret_unseal(ar->kek, aad, nk_archive__blob(q, 0),
                              ar->case_key);
    nk_archive__end(q);
    if (rc == NK_OK && !ok)
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_CASE_KEY_BROKEN, NK_NOWHERE,
                       NK_ARGS(number));
    if (rc == NK_OK)
        ar->case_key_id = id;
    return rc;
}

nk_err nk_archive__keys_verify(nk_ctx *ctx, nk_archive *ar,
                               nk_problems *problems)
{
    nk_str wrapped = NK_EMPTY, bound;
    struct slot s;
    nk_query *q;
    bool more;
    nk_err rc;

    if ((rc = nk_archive__ask(ctx, ar->keys, NK_SQL_SLOT_ALL, &q)) < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        bool ok = slot_from_row(q, &s, &wrapped);
        char none;

        if (ok && (rc = row_seal(ctx, ar, &s, wrapped, &bound)) < 0)
            break;
        if (!ok || !nk_unseal(ar->kek, bound, nk_archive__blob(q, 6), &none))
            nk_problem_add(problems, NK_ERROR, NK_M_SLOT_BROKEN, NK_NOWHERE,
                           NK_ARGS(NK_NUM(nk_archive__int(q, 0))));
        nk_arena_reset(&ar->scratch);
    }
    nk_archive__end(q);
    return rc;
}
