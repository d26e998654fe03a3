/*
 * One SQLite file: settings, statements, and what a failure means. A
 * statement is compiled when it is first asked and kept. The one connection
 * that writes is also the only one that checkpoints: readers are told not
 * to, since SQLite before 3.51.3 can lose data when two connections do.
 */
#include "archive/db.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define STR_(x) #x
#define STR(x)  STR_(x)

/* Kept from any of our tables; "NASK". */
#define APPLICATION 1312904011

struct nk_query {
    nk_db *db;
    sqlite3_stmt *st;
    int bound; /* the first failure of binding */
};

/* What a file was like when it was opened to be taken as it lies. */
struct still {
    char *path; /* NULL: it is not */
    struct stat was;
};

struct nk_db {
    sqlite3 *sq;
    char name[64]; /* for messages */
    struct still still;
    nk_query query[NK_SQL_COUNT];
};

static const char settings[] = "PRAGMA trusted_schema=OFF;"
                               "PRAGMA cell_size_check=ON;"
                               "PRAGMA mmap_size=0;"
                               "PRAGMA temp_store=MEMORY;"
                               "PRAGMA cache_size=-8192;"
                               "PRAGMA foreign_keys=ON;";

static const char writer_settings[] = "PRAGMA journal_mode=WAL;"
                                      "PRAGMA synchronous=FULL;"
                                      "PRAGMA secure_delete=ON;"
                                      "PRAGMA wal_autocheckpoint=256;";

static const char new_settings[] =
    "PRAGMA page_size=16384;"
    "PRAGMA application_id=" STR(APPLICATION) ";";

static nk_str name_of(const nk_db *db)
{
    return nk_str_of(db->name);
}

static nk_err io_failed(nk_ctx *ctx, const nk_db *db, int code)
{
    int e = sqlite3_system_errno(db->sq);

    return nk_fail(ctx, NK_E_IO, NK_M_ARCHIVE_IO, NK_IN_FILE(name_of(db)),
                   NK_ARGS(name_of(db), nk_str_of(e && code != SQLITE_CANTOPEN
                                                      ? strerror(e)
                                                      : sqlite3_errstr(code))));
}

bool nk_archive__db_moved(const nk_db *db)
{
    const struct stat *was = &db->still.was;
    struct stat is;

    if (!db->still.path)
        return false;
    return stat(db->still.path, &is) != 0 || is.st_ino != was->st_ino ||
           is.st_size != was->st_size ||
           is.st_mtim.tv_sec != was->st_mtim.tv_sec ||
           is.st_mtim.tv_nsec != was->st_mtim.tv_nsec;
}

/* Describe what SQLite said. */
static nk_err failed(nk_ctx *ctx, const nk_db *db, int code)
{
    nk_place where = NK_IN_FILE(name_of(db));

    if (nk_archive__db_moved(db))
        code = SQLITE_BUSY;
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return nk_nomem(ctx);
    case SQLITE_FULL:
        return nk_fail(ctx, NK_E_IO, NK_M_ARCHIVE_FULL, where, NK_NOARGS);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return io_failed(ctx, db, code & 0xFF);
    case SQLITE_READONLY:
        return nk_fail(ctx, NK_E_IO, NK_M_ARCHIVE_READ_ONLY, where,
                       NK_ARGS(name_of(db)));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return nk_fail(ctx, NK_E_CONFLICT, NK_M_ARCHIVE_LOCKED, where,
                       NK_NOARGS);
    case SQLITE_ERROR: /* our statements are right: tables are not ours */
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT: /* we ask before we write: rows were added */
    case SQLITE_MISMATCH:
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_ARCHIVE_BROKEN, where,
                       NK_ARGS(name_of(db)));
    default:
        return nk_fail(ctx, NK_E_INTERNAL, NK_M_ARCHIVE_REFUSED, where,
                       NK_ARGS(name_of(db), nk_str_of(sqlite3_errstr(code))));
    }
}

/* A name for sqlite3_open_v2; a URI where the file is taken as it lies. */
static bool make_name(nk_str path, bool as_it_lies, char *out, size_t room)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t n = 0, i;

    n = (size_t)snprintf(out, room, "file:");
    for (i = 0; i < path.len && n + 32 < room; i++) {
        unsigned char c = (unsigned char)path.ptr[i];

        if (nk_is_alpha((char)c) || nk_is_digit((char)c) ||
            strchr("/._-~", c)) {
            out[n++] = (char)c;
        } else {
            out[n++] = '%';
            out[n++] = hex[c >> 4];
            out[n++] = hex[c & 15];
        }
    }
    out[n] = '\0';
    if (as_it_lies)
        snprintf(out + n, room - n, "?immutable=1");
    return i == path.len;
}

/*
 * May the folder of `path` not be written, and is there no log beside it?
 * Who may write it can begin to at any time: db_moved tells.
 */
static bool lies_still(nk_str path)
{
    char z[NK_MAX_PATH + 8];
    nk_str dir = nk_path_dir(path);

    snprintf(z, sizeof(z), "%.*s-wal", (int)path.len, path.ptr);
    if (access(z, F_OK) == 0)
        return false;
    snprintf(z, sizeof(z), "%.*s", (int)dir.len, dir.ptr);
    return access(z, W_OK) != 0;
}

/* Remember how the file lies, before a byte of it is read. */
static bool note_still(struct still *s, nk_str path)
{
    if (!(s->path = malloc(path.len + 1)))
        return false;
    memcpy(s->path, path.ptr, path.len);
    s->path[path.len] = '\0';
    return stat(s->path, &s->was) == 0;
}

static int configure(nk_db *db, nk_db_mode mode)
{
    int rc;

    sqlite3_extended_result_codes(db->sq, 1);
    sqlite3_busy_timeout(db->sq, 5000);
    if ((rc = sqlite3_db_config(db->sq, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL)) !=
            SQLITE_OK ||
        (rc = sqlite3_db_config(db->sq, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                                mode == NK_DB_READ, NULL)) != SQLITE_OK ||
        (rc = sqlite3_exec(db->sq, settings, NULL, NULL, NULL)) != SQLITE_OK)
        return rc;
    if (mode == NK_DB_NEW && (rc = sqlite3_exec(db->sq, new_settings, NULL,
                                                NULL, NULL)) != SQLITE_OK)
        return rc;
    return mode == NK_DB_READ
               ? SQLITE_OK
               : sqlite3_exec(db->sq, writer_settings, NULL, NULL, NULL);
}

nk_err nk_archive__db_open(nk_ctx *ctx, nk_str path, nk_str name,
                           nk_db_mode mode, nk_db **out)
{
    static const int flags =
        SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    nk_db *db = calloc(1, sizeof(*db));
    bool still = mode == NK_DB_READ && lies_still(path);
    char z[3 * NK_MAX_PATH + 64];
    nk_err err;
    int rc;

    if (!db)
        return nk_nomem(ctx);
    snprintf(db->name, sizeof(db->name), "%.*s", (int)name.len, name.ptr);
    if (!make_name(path, still, z, sizeof(z)) ||
        (still && !note_still(&db->still, path)))
        rc = SQLITE_CANTOPEN;
    else
        rc = sqlite3_open_v2(z, &db->sq,
                             flags |
                                 (mode == NK_DB_READ ? SQLITE_OPEN_READONLY
                                                     : SQLITE_OPEN_READWRITE),
                             NULL);
    if (rc == SQLITE_OK)
        rc = configure(db, mode);
    if (rc == SQLITE_OK) {
        *out = db;
        return NK_OK;
    }
    err = failed(ctx, db, rc);
    nk_archive__db_close(db);
    return err;
}

void nk_archive__db_close(nk_db *db)
{
    size_t i;

    if (!db)
        return;
    for (i = 0; i < NK_SQL_COUNT; i++)
        sqlite3_finalize(db->query[i].st);
    sqlite3_close(db->sq);
    free(db->still.path);
    free(db);
}

nk_err nk_archive__db_run(nk_ctx *ctx, nk_db *db, nk_str statements)
{
    const char *at = statements.ptr, *end = at + statements.len;

    while (at < end) {
        sqlite3_stmt *st = NULL;
        int rc = sqlite3_prepare_v2(db->sq, at, (int)(end - at), &st, &at);

        if (rc == SQLITE_OK && st) {
            while (sqlite3_step(st) == SQLITE_ROW)
                ;
            rc = sqlite3_finalize(st);
        }
        if (rc != SQLITE_OK)
            return failed(ctx, db, rc);
    }
    return NK_OK;
}

nk_err nk_archive__db_format(nk_ctx *ctx, nk_db *db, int64_t *format)
{
    static const char *const pragmas[] = { "PRAGMA application_id",
                                           "PRAGMA user_version" };
    int64_t value[2] = { 0, 0 };
    int i;

    for (i = 0; i < 2; i++) {
        sqlite3_stmt *st = NULL;
        int rc = sqlite3_prepare_v2(db->sq, pragmas[i], -1, &st, NULL);

        if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
            value[i] = sqlite3_column_int64(st, 0);
            rc = SQLITE_OK;
        }
        sqlite3_finalize(st);
        if (rc != SQLITE_OK)
            return failed(ctx, db, rc);
    }
    if (value[0] != APPLICATION)
        return failed(ctx, db, SQLITE_NOTADB);
    *format = value[1];
    return NK_OK;
}

void nk_archive__db_rollback(nk_db *db)
{
    size_t i;

    for (i = 0; i < NK_SQL_COUNT; i++)
        if (db->query[i].st)
            sqlite3_reset(db->query[i].st);
    if (!sqlite3_get_autocommit(db->sq))
        sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL, NULL);
}

int64_t nk_archive__db_last_id(const nk_db *db)
{
    return sqlite3_last_insert_rowid(db->sq);
}

uint32_t nk_archive__db_changes(const nk_db *db)
{
    return (uint32_t)sqlite3_changes(db->sq);
}

nk_err nk_archive__ask(nk_ctx *ctx, nk_db *db, nk_sql what, nk_query **out)
{
    nk_query *q = &db->query[what];

    q->db = db;
    q->bound = SQLITE_OK;
    if (!q->st) {
        int rc = sqlite3_prepare_v3(db->sq, nk_archive__sql[what], -1,
                                    SQLITE_PREPARE_PERSISTENT, &q->st, NULL);

        if (rc != SQLITE_OK)
            return failed(ctx, db, rc);
    }
    *out = q;
    return NK_OK;
}

static void note_bound(nk_query *q, int rc)
{
    if (q->bound == SQLITE_OK)
        q->bound = rc;
}

void nk_archive__give_int(nk_query *q, int n, int64_t v)
{
    note_bound(q, sqlite3_bind_int64(q->st, n, v));
}

void nk_archive__give_text(nk_query *q, int n, nk_str v)
{
    note_bound(q, sqlite3_bind_text64(q->st, n, v.len ? v.ptr : "", v.len,
                                      SQLITE_STATIC, SQLITE_UTF8));
}

void nk_archive__give_blob(nk_query *q, int n, nk_str v)
{
    note_bound(q, sqlite3_bind_blob64(q->st, n, v.len ? v.ptr : "", v.len,
                                      SQLITE_STATIC));
}

nk_err nk_archive__next(nk_ctx *ctx, nk_query *q, bool *more)
{
    int rc = q->bound;

    if (rc == SQLITE_OK)
        rc = sqlite3_step(q->st);
    if (rc == SQLITE_ROW || rc == SQLITE_DONE) {
        *more = rc == SQLITE_ROW;
        return NK_OK;
    }
    return failed(ctx, q->db, rc);
}

nk_err nk_archive__do(nk_ctx *ctx, nk_query *q)
{
    bool more;
    nk_err rc = nk_archive__next(ctx, q, &more);

    nk_archive__end(q);
    return rc;
}

int64_t nk_archive__int(nk_query *q, int column)
{
    return sqlite3_column_int64(q->st, column);
}

nk_str nk_archive__text(nk_query *q, int column)
{
    const char *p = (const char *)sqlite3_column_text(q->st, column);

    return (nk_str){ p, p ? (size_t)sqlite3_column_bytes(q->st, column) : 0 };
}

nk_str nk_archive__blob(nk_query *q, int column)
{
    const char *p = sqlite3_column_blob(q->st, column);

    return (nk_str){ p, p ? (size_t)sqlite3_column_bytes(q->st, column) : 0 };
}

void nk_archive__end(nk_query *q)
{
    if (!q)
        return;
    sqlite3_reset(q->st);
    sqlite3_clear_bindings(q->st);
}
