/*
 * The inner door of the archive room: one database file and the statements
 * of sql.c. Nothing but db.c knows SQLite, so that another store can carry
 * the same sealed rows.
 */
#ifndef NK_ARCHIVE_DB_H
#define NK_ARCHIVE_DB_H

#include "archive/archive.h"

/* Every statement there is; sql.c has their texts. */
typedef enum nk_sql {
    NK_SQL_BEGIN,
    NK_SQL_BEGIN_READ,
    NK_SQL_COMMIT,
    NK_SQL_CFG_GET,
    NK_SQL_CFG_SET,
    NK_SQL_CHECK_STRUCTURE,
    NK_SQL_CHECK_LINKS,
    NK_SQL_SLOT_ADD,
    NK_SQL_SLOT_ALL,
    NK_SQL_KEY_ADD,
    NK_SQL_KEY_GET,
    NK_SQL_KEY_LAST,
    NK_SQL_RES_ADD,
    NK_SQL_RES_FIND,
    NK_SQL_RES_LAST,
    NK_SQL_RES_GET,
    NK_SQL_RES_ALL,
    NK_SQL_DICT_ADD,
    NK_SQL_DICT_LAST,
    NK_SQL_DICT_FIND,
    NK_SQL_DICT_GET,
    NK_SQL_DICT_ALL,
    NK_SQL_CASE_ADD,
    NK_SQL_CASE_FIND,
    NK_SQL_CASE_LIST,
    NK_SQL_CASE_LAST,
    NK_SQL_VERSION_ADD,
    NK_SQL_VERSION_GET,
    NK_SQL_VERSION_LAST,
    NK_SQL_VERSION_BY_ID,
    NK_SQL_BOOK_FIND,
    NK_SQL_BOOK_ADD,
    NK_SQL_BOOK_LAST,
    NK_SQL_BOOK_PATTERN,
    NK_SQL_BOOK_GAPS,
    NK_SQL_VOID_ADD,
    NK_SQL_VOID_ALL,
    NK_SQL_FORM_FIND,
    NK_SQL_FORM_ADD,
    NK_SQL_PAPER_ADD,
    NK_SQL_PAPER_REPLACED,
    NK_SQL_PAPER_WRONG,
    NK_SQL_PAPER_GET,
    NK_SQL_PAPER_BY_ID,
    NK_SQL_PAPER_BY_CASE,
    NK_SQL_PAPER_BY_NUMBER,
    NK_SQL_PAPER_BY_SEQ,
    NK_SQL_PAPER_BY_FORM,
    NK_SQL_JOB_ADD,
    NK_SQL_JOB_LIST,
    NK_SQL_JOB_ROW_ADD,
    NK_SQL_JOB_ROW_SET,
    NK_SQL_JOB_ROWS,
    NK_SQL_JOB_RETRY,
    NK_SQL_JOB_WRONG,
    NK_SQL_STAT,
    NK_SQL_COUNTS,
    NK_SQL_COUNT
} nk_sql;

extern const char *const nk_archive__sql[NK_SQL_COUNT];

typedef struct nk_db nk_db;
typedef struct nk_query nk_query;

typedef enum nk_db_mode {
    NK_DB_READ,
    NK_DB_WRITE,
    NK_DB_NEW /* an empty file becomes a database; then as WRITE */
} nk_db_mode;

/*
 * Open the file `path`; `name` is what messages call it. READ of a file in a
 * folder that may not be written takes it as it lies: what is read may be
 * neither old nor new when somebody else writes it.
 */
nk_err nk_archive__db_open(nk_ctx *ctx, nk_str path, nk_str name,
                           nk_db_mode mode, nk_db **out);
/* Was a file that is taken as it lies written since it was opened? */
bool nk_archive__db_moved(const nk_db *db);

/* What is not committed is gone; a writer leaves one file behind. */
void nk_archive__db_close(nk_db *db);

/* Run statements of fixed text. */
nk_err nk_archive__db_run(nk_ctx *ctx, nk_db *db, nk_str statements);

/* The format version in the file's header; 0: none yet. */
nk_err nk_archive__db_format(nk_ctx *ctx, nk_db *db, int64_t *format);

void nk_archive__db_rollback(nk_db *db);

/* The id given to the row that was added last. */
int64_t nk_archive__db_last_id(const nk_db *db);

/* Changes made by the latest statement. */
uint32_t nk_archive__db_changes(const nk_db *db);

/*
 * Ready a statement; parameters are given by number from 1 and must live
 * until it is ended. It must be ended before it is asked again. What goes
 * wrong on the way is told by next.
 */
nk_err nk_archive__ask(nk_ctx *ctx, nk_db *db, nk_sql what, nk_query **out);
void nk_archive__give_int(nk_query *q, int n, int64_t v);
void nk_archive__give_text(nk_query *q, int n, nk_str v);
void nk_archive__give_blob(nk_query *q, int n, nk_str v);

/* The next row; *more false: there is none. */
nk_err nk_archive__next(nk_ctx *ctx, nk_query *q, bool *more);

/* Run a statement that gives no rows, and end it. */
nk_err nk_archive__do(nk_ctx *ctx, nk_query *q);

/* Columns from 0. Text and blobs live until next or end. NULL is 0 or "". */
int64_t nk_archive__int(nk_query *q, int column);
nk_str nk_archive__text(nk_query *q, int column);
nk_str nk_archive__blob(nk_query *q, int column);

/* NULL is fine. */
void nk_archive__end(nk_query *q);

#endif
