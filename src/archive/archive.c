/*
 * The archive as a folder: making it, opening it, one writer at a time, and
 * what happens together.
 *
 *   naskah.db  what is archived      keys.db  the keys of it
 *   lock       held by who writes
 *
 * Keys are committed before what is sealed with them. The counts of rows are
 * sealed in the same transaction as the rows: whoever deletes rows by SQL
 * cannot make the counts agree.
 */
#include "archive/archive_int.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define DATA_NAME "naskah.db"
#define KEYS_NAME "keys.db"
#define NEW       ".new" /* what is being made */

static const char schema[] =
#include "archive_schema.inc"
    ;

/* What stands in naskah.db and in keys.db of the schema. */
#define KEYS_MARK "-- keys.db"

#define STR_(x)    #x
#define STR(x)     STR_(x)
#define SET_FORMAT "PRAGMA user_version=" STR(NK_ARCHIVE_FORMAT)

static nk_str path_of(nk_archive *ar, const char *name)
{
    return nk_path_join(&ar->scratch, nk_str_of(ar->dir), nk_str_of(name));
}

static nk_err is_there(nk_ctx *ctx, nk_archive *ar, const char *name, bool *yes)
{
    nk_str path = path_of(ar, name);

    if (!path.ptr)
        return nk_nomem(ctx);
    *yes = nk_file_exists(path);
    return NK_OK;
}

/* Take the lock; it goes with the process, however that ends. */
static nk_err take_lock(nk_ctx *ctx, nk_archive *ar)
{
    nk_str path = path_of(ar, "lock");
    int e;

    if (!path.ptr)
        return nk_nomem(ctx);
    ar->lock = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (ar->lock < 0 && errno != EACCES && errno != EROFS)
        return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
    if (ar->lock < 0)
        return nk_fail(ctx, NK_E_IO, NK_M_ARCHIVE_READ_ONLY, NK_IN_FILE(path),
                       NK_ARGS(nk_str_of(ar->dir)));
    do
        e = flock(ar->lock, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    while (e == EINTR);
    if (e == EWOULDBLOCK)
        return nk_fail(ctx, NK_E_CONFLICT, NK_M_ARCHIVE_LOCKED, NK_NOWHERE,
                       NK_NOARGS);
    errno = e;
    return e ? nk_fail_errno(ctx, NK_M_FILE_WRITE, path) : NK_OK;
}

static nk_err new_archive(nk_ctx *ctx, nk_str dir, nk_archive_mode mode,
                          nk_archive **out)
{
    nk_archive *ar = calloc(1, sizeof(*ar));

    if (!ar)
        return nk_nomem(ctx);
    ar->lock = -1;
    ar->mode = mode;
    ar->dir = malloc(dir.len + 1);
    if (!ar->dir) {
        free(ar);
        return nk_nomem(ctx);
    }
    memcpy(ar->dir, dir.ptr, dir.len);
    ar->dir[dir.len] = '\0';
    *out = ar;
    return NK_OK;
}

static void close_both(nk_archive *ar)
{
    nk_archive__db_close(ar->data);
    nk_archive__db_close(ar->keys);
    ar->data = ar->keys = NULL;
}

void nk_archive_close(nk_archive *ar)
{
    if (!ar)
        return;
    nk_archive_rollback(ar);
    close_both(ar);
    nk_archive__dicts_release(ar);
    nk_packer_close(ar->packer);
    nk_archive__inflater_close(ar->inflater);
    nk_secret_close(ar->kek);
    nk_secret_close(ar->own);
    nk_secret_close(ar->case_key);
    nk_arena_release(&ar->scratch);
    if (ar->lock >= 0)
        close(ar->lock);
    free(ar->dir);
    free(ar);
}

/* ---- The sealed counts ------------------------------------------------- */

static nk_err counts_aad(nk_ctx *ctx, nk_archive *ar, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, &ar->scratch, ar, NK_STR("counts"));
    return nk_archive__aad_end(ctx, &d, out);
}

static nk_err set_cfg(nk_ctx *ctx, nk_db *db, nk_str key, nk_str value)
{
    nk_query *q;
    nk_err rc = nk_archive__ask(ctx, db, NK_SQL_CFG_SET, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_text(q, 1, key);
    nk_archive__give_blob(q, 2, value);
    return nk_archive__do(ctx, q);
}

static nk_err counts_store(nk_ctx *ctx, nk_archive *ar)
{
    nk_aad d;
    nk_str aad, plain, sealed;
    nk_err rc;

    nk_buf_init(&d.b, &ar->scratch);
    nk_archive__aad_int(&d, ar->counts.papers);
    nk_archive__aad_int(&d, ar->counts.versions);
    nk_archive__aad_int(&d, ar->counts.casefiles);
    nk_archive__aad_int(&d, ar->counts.voids);
    if ((rc = nk_archive__aad_end(ctx, &d, &plain)) < 0 ||
        (rc = counts_aad(ctx, ar, &aad)) < 0 ||
        (rc = nk_archive__seal_own(ctx, ar, aad, plain, &sealed)) < 0)
        return rc;
    return set_cfg(ctx, ar->data, NK_STR("counts"), sealed);
}

static int64_t take_int(const uint8_t *p)
{
    uint64_t v = 0;
    unsigned i;

    for (i = 8; i > 0; i--)
        v = v << 8 | p[i - 1];
    return (int64_t)v;
}

nk_err nk_archive__counts_load(nk_ctx *ctx, nk_archive *ar, nk_counts *out)
{
    uint8_t plain[32];
    nk_query *q;
    nk_str aad, sealed;
    bool more, ok = false;
    nk_err rc;

    if ((rc = counts_aad(ctx, ar, &aad)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_CFG_GET, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, NK_STR("counts"));
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        sealed = nk_archive__blob(q, 0);
        ok = sealed.len == sizeof(plain) + NK_SEAL_EXTRA &&
             nk_unseal(ar->own, aad, sealed, plain);
    }
    nk_archive__end(q);
    if (rc < 0)
        return rc;
    if (!ok)
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_COUNTS_BROKEN, NK_NOWHERE,
                       NK_NOARGS);
    *out = (nk_counts){ take_int(plain), take_int(plain + 8),
                        take_int(plain + 16), take_int(plain + 24) };
    return NK_OK;
}

nk_err nk_archive__settle(nk_ctx *ctx, const nk_archive *ar, nk_err rc)
{
    if (rc != NK_E_TAMPERED ||
        (!nk_archive__db_moved(ar->data) && !nk_archive__db_moved(ar->keys)))
        return rc;
    return nk_fail(ctx, NK_E_CONFLICT, NK_M_ARCHIVE_LOCKED, NK_NOWHERE,
                   NK_NOARGS);
}

/* ---- Making ------------------------------------------------------------ */

/* Make a database of `text` in the file `name`, empty and our own so far. */
static nk_err make_db(nk_ctx *ctx, nk_archive *ar, const char *name,
                      nk_str text, nk_db **out)
{
    nk_str path = path_of(ar, name);
    nk_query *q;
    nk_err rc;
    int fd;

    if (!path.ptr)
        return nk_nomem(ctx);
    fd = open(path.ptr, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
    close(fd);
    if ((rc = nk_archive__db_open(ctx, path, nk_str_of(name), NK_DB_NEW, out)) <
            0 ||
        (rc = nk_archive__ask(ctx, *out, NK_SQL_BEGIN, &q)) < 0 ||
        (rc = nk_archive__do(ctx, q)) < 0 ||
        (rc = nk_archive__db_run(ctx, *out, text)) < 0 ||
        (rc = nk_archive__db_run(ctx, *out, NK_STR(SET_FORMAT))) < 0)
        return rc;
    return set_cfg(ctx, *out, NK_STR("id"),
                   nk_archive__bytes(ar->id, sizeof(ar->id)));
}

static nk_err commit_db(nk_ctx *ctx, nk_db *db)
{
    nk_query *q;
    nk_err rc = nk_archive__ask(ctx, db, NK_SQL_COMMIT, &q);

    return rc < 0 ? rc : nk_archive__do(ctx, q);
}

static nk_err make_both(nk_ctx *ctx, nk_archive *ar, const nk_unlock *unlock)
{
    nk_str all = nk_str_of(schema);
    size_t mark = nk_str_search(all, NK_STR(KEYS_MARK));
    nk_err rc;

    nk_random(ar->id, sizeof(ar->id));
    if ((rc = make_db(ctx, ar, KEYS_NAME NEW, nk_str_skip(all, mark),
                      &ar->keys)) < 0 ||
        (rc = nk_archive__keys_make(ctx, ar, unlock)) < 0 ||
        (rc = commit_db(ctx, ar->keys)) < 0 ||
        (rc = make_db(ctx, ar, DATA_NAME NEW, nk_str_head(all, mark),
                      &ar->data)) < 0 ||
        (rc = counts_store(ctx, ar)) < 0)
        return rc;
    return commit_db(ctx, ar->data);
}

/* A file that was made gets its name, if all of it is in that one file. */
static nk_err name_file(nk_ctx *ctx, nk_archive *ar, const char *made,
                        const char *log, const char *name)
{
    nk_str from = path_of(ar, made), to = path_of(ar, name);
    bool left;
    nk_err rc = is_there(ctx, ar, log, &left);

    if (rc < 0)
        return rc;
    if (!to.ptr || !from.ptr)
        return nk_nomem(ctx);
    if (left) /* closing could not empty it */
        return nk_fail(ctx, NK_E_IO, NK_M_ARCHIVE_FULL, NK_IN_FILE(to),
                       NK_NOARGS);
    return rename(from.ptr, to.ptr) == 0
               ? NK_OK
               : nk_fail_errno(ctx, NK_M_FILE_WRITE, to);
}

/* Give both files their names: the data last, since it says "here I am". */
static nk_err name_both(nk_ctx *ctx, nk_archive *ar)
{
    nk_str dir = nk_str_of(ar->dir);
    nk_err rc;
    int fd;

    close_both(ar);
    if ((rc = name_file(ctx, ar, KEYS_NAME NEW, KEYS_NAME NEW "-wal",
                        KEYS_NAME)) < 0 ||
        (rc = name_file(ctx, ar, DATA_NAME NEW, DATA_NAME NEW "-wal",
                        DATA_NAME)) < 0)
        return rc;
    fd = open(ar->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        rc = nk_fail_errno(ctx, NK_M_FILE_WRITE, dir);
    if (fd >= 0)
        close(fd);
    return rc;
}

/*
 * Remove what an interrupted making left. As long as the data has not its
 * name, nothing was ever archived with those keys.
 */
static void remove_unfinished(nk_archive *ar)
{
    static const char *const left[] = {
        KEYS_NAME NEW,        KEYS_NAME NEW "-journal",
        KEYS_NAME NEW "-wal", KEYS_NAME NEW "-shm",
        DATA_NAME NEW,        DATA_NAME NEW "-journal",
        DATA_NAME NEW "-wal", DATA_NAME NEW "-shm"
    };
    nk_str keys = path_of(ar, KEYS_NAME), data = path_of(ar, DATA_NAME);
    nk_str made = path_of(ar, DATA_NAME NEW);
    size_t i;

    if (keys.ptr && data.ptr && made.ptr && nk_file_exists(made) &&
        !nk_file_exists(data))
        unlink(keys.ptr);
    for (i = 0; i < sizeof(left) / sizeof(*left); i++) {
        nk_str path = path_of(ar, left[i]);

        if (path.ptr)
            unlink(path.ptr);
    }
}

static nk_err make_archive(nk_ctx *ctx, nk_archive *ar, const nk_unlock *unlock)
{
    bool data, keys;
    nk_err rc;

    remove_unfinished(ar);
    if ((rc = is_there(ctx, ar, DATA_NAME, &data)) < 0 ||
        (rc = is_there(ctx, ar, KEYS_NAME, &keys)) < 0)
        return rc;
    if (data || keys)
        return nk_fail(ctx, NK_E_CONFLICT, NK_M_ARCHIVE_EXISTS, NK_NOWHERE,
                       NK_ARGS(nk_str_of(ar->dir)));
    if ((rc = make_both(ctx, ar, unlock)) == NK_OK)
        rc = name_both(ctx, ar);
    if (rc < 0) {
        close_both(ar);
        remove_unfinished(ar);
    }
    return rc;
}

nk_err nk_archive_create(nk_ctx *ctx, nk_str dir, const nk_unlock *unlock)
{
    nk_archive *ar;
    nk_err rc;

    assert(!unlock->password.ptr != !unlock->key_file.ptr);
    if ((rc = nk_crypto_init(ctx)) < 0 ||
        (rc = nk_dir_make(ctx, dir, true)) < 0 ||
        (rc = new_archive(ctx, dir, NK_ARCHIVE_WRITE, &ar)) < 0)
        return rc;
    if ((rc = take_lock(ctx, ar)) == NK_OK)
        rc = make_archive(ctx, ar, unlock);
    nk_archive_close(ar);
    return rc;
}

/* ---- Opening ----------------------------------------------------------- */

static nk_err open_db(nk_ctx *ctx, nk_archive *ar, const char *name,
                      nk_db **out, uint8_t id[NK_ARCHIVE_ID_SIZE])
{
    nk_db_mode mode = ar->mode == NK_ARCHIVE_READ ? NK_DB_READ : NK_DB_WRITE;
    nk_str path = path_of(ar, name), found;
    int64_t format;
    nk_query *q;
    bool more;
    nk_err rc;

    if (!path.ptr)
        return nk_nomem(ctx);
    if ((rc = nk_archive__db_open(ctx, path, nk_str_of(name), mode, out)) < 0 ||
        (rc = nk_archive__db_format(ctx, *out, &format)) < 0)
        return rc;
    if (format != NK_ARCHIVE_FORMAT)
        return nk_fail(ctx, NK_E_INVALID, NK_M_ARCHIVE_NEWER, NK_IN_FILE(path),
                       NK_ARGS(NK_NUM(format)));
    if ((rc = nk_archive__ask(ctx, *out, NK_SQL_CFG_GET, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, NK_STR("id"));
    rc = nk_archive__next(ctx, q, &more);
    found = rc == NK_OK && more ? nk_archive__blob(q, 0) : NK_EMPTY;
    if (found.len == NK_ARCHIVE_ID_SIZE)
        memcpy(id, found.ptr, NK_ARCHIVE_ID_SIZE);
    else if (rc == NK_OK)
        rc = nk_fail(ctx, NK_E_TAMPERED, NK_M_ARCHIVE_BROKEN, NK_IN_FILE(path),
                     NK_ARGS(nk_str_of(name)));
    nk_archive__end(q);
    return rc;
}

static nk_err open_both(nk_ctx *ctx, nk_archive *ar)
{
    uint8_t keys_id[NK_ARCHIVE_ID_SIZE];
    nk_str dir = nk_str_of(ar->dir);
    bool data, keys;
    nk_err rc;

    if ((rc = is_there(ctx, ar, DATA_NAME, &data)) < 0 ||
        (rc = is_there(ctx, ar, KEYS_NAME, &keys)) < 0)
        return rc;
    if (!data)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_ARCHIVE_NONE, NK_NOWHERE,
                       NK_ARGS(dir));
    if (!keys)
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_KEYS_MISSING, NK_NOWHERE,
                       NK_ARGS(dir));
    if (ar->mode == NK_ARCHIVE_WRITE && (rc = take_lock(ctx, ar)) < 0)
        return rc;
    if ((rc = open_db(ctx, ar, DATA_NAME, &ar->data, ar->id)) < 0 ||
        (rc = open_db(ctx, ar, KEYS_NAME, &ar->keys, keys_id)) < 0)
        return rc;
    if (memcmp(ar->id, keys_id, sizeof(keys_id)) != 0)
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_KEYS_OTHER, NK_NOWHERE,
                       NK_ARGS(dir));
    return NK_OK;
}

nk_err nk_archive_open(nk_ctx *ctx, nk_str dir, const nk_unlock *unlock,
                       nk_archive_mode mode, nk_archive **out)
{
    nk_archive *ar;
    nk_err rc;

    assert(!unlock->password.ptr != !unlock->key_file.ptr);
    if ((rc = nk_crypto_init(ctx)) < 0 ||
        (rc = new_archive(ctx, dir, mode, &ar)) < 0)
        return rc;
    if ((rc = open_both(ctx, ar)) < 0 ||
        (rc = nk_archive__keys_unlock(ctx, ar, unlock)) < 0 ||
        (rc = nk_archive__inflater_open(ctx, &ar->inflater)) < 0) {
        nk_archive_close(ar);
        return rc;
    }
    nk_arena_reset(&ar->scratch);
    *out = ar;
    return NK_OK;
}

/* ---- Transactions ------------------------------------------------------ */

nk_err nk_archive_begin(nk_ctx *ctx, nk_archive *ar)
{
    nk_query *q;
    nk_err rc;

    assert(!ar->in_tx);
    if (ar->mode != NK_ARCHIVE_WRITE)
        return nk_fail(ctx, NK_E_DENIED, NK_M_ARCHIVE_READ_ONLY, NK_NOWHERE,
                       NK_ARGS(nk_str_of(ar->dir)));
    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_BEGIN, &q)) < 0 ||
        (rc = nk_archive__do(ctx, q)) < 0)
        return rc;
    ar->in_tx = true;
    if ((rc = nk_archive__counts_load(ctx, ar, &ar->counts)) < 0) {
        nk_archive_rollback(ar);
        return rc;
    }
    ar->counts_before = ar->counts;
    ar->case_numbers.prefix[0] = '\0';
    nk_arena_reset(&ar->scratch);
    return NK_OK;
}

nk_err nk_archive_commit(nk_ctx *ctx, nk_archive *ar)
{
    nk_err rc;

    assert(ar->in_tx);
    if (memcmp(&ar->counts, &ar->counts_before, sizeof(ar->counts)) != 0 &&
        (rc = counts_store(ctx, ar)) < 0)
        return rc;
    nk_arena_reset(&ar->scratch);
    if (ar->in_keys_tx && (rc = commit_db(ctx, ar->keys)) < 0)
        return rc;
    ar->in_keys_tx = false;
    if ((rc = commit_db(ctx, ar->data)) < 0)
        return rc;
    ar->in_tx = false;
    return NK_OK;
}

void nk_archive_rollback(nk_archive *ar)
{
    if (ar->in_tx) {
        nk_archive__db_rollback(ar->data);
        /* What was learned has ids that may be given again. */
        nk_archive__dicts_release(ar);
        nk_packer_close(ar->packer);
        ar->packer = NULL;
    }
    if (ar->in_keys_tx)
        nk_archive__db_rollback(ar->keys);
    ar->in_tx = ar->in_keys_tx = false;
    ar->case_key_id = 0;
    nk_arena_reset(&ar->scratch);
}

nk_err nk_archive_end(nk_ctx *ctx, nk_archive *ar, nk_err rc, bool keep)
{
    if (rc == NK_OK && keep)
        rc = nk_archive_commit(ctx, ar);
    if (rc < 0 || !keep)
        nk_archive_rollback(ar);
    return rc;
}
