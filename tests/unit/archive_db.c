/*
 * One database file: that its settings hold, shown by what they do, and what
 * failures are called.
 */
#include "archive_store.h"

static nk_err run(nk_store *s, const char *sql)
{
    return nk_archive__db_run(&s->ctx, s->ar->data, nk_str_of(sql));
}

/* One number that a database tool reads from a file. */
static int pragma(nk_store *s, const char *name, const char *sql)
{
    sqlite3_stmt *st;
    sqlite3 *db;
    int v;

    assert_int_equal(sqlite3_open(store_path(s, name).ptr, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    v = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return v;
}

static void what_the_file_says(void **state)
{
    static const char *const names[] = { "naskah.db", "keys.db" };
    nk_store *s = *state;
    nk_str bytes;
    size_t i;

    store_shut(s);
    for (i = 0; i < 2; i++) {
        assert_int_equal(pragma(s, names[i], "PRAGMA page_size"), 16384);
        assert_int_equal(pragma(s, names[i], "PRAGMA user_version"),
                         NK_ARCHIVE_FORMAT);
        assert_int_equal(pragma(s, names[i], "PRAGMA application_id"),
                         0x4E41534B);
        assert_ok(nk_file_read(&s->ctx, &s->arena, store_path(s, names[i]),
                               NK_MAX_FILE, &bytes));
        /* Both versions 2: a write-ahead log. */
        assert_int_equal(bytes.ptr[18], 2);
        assert_int_equal(bytes.ptr[19], 2);
    }
}

static void a_writer_has_one_file_left(void **state)
{
    nk_store *s = *state;

    fill_store(s, 1, 1);
    assert_true(nk_file_exists(store_path(s, "naskah.db-wal")));
    store_shut(s);
    assert_false(nk_file_exists(store_path(s, "naskah.db-wal")));
    assert_false(nk_file_exists(store_path(s, "naskah.db-shm")));
    assert_false(nk_file_exists(store_path(s, "keys.db-wal")));
}

static void settings_hold(void **state)
{
    nk_store *s = *state;

    fill_store(s, 1, 1);
    /* defensive: the schema is not written by hand */
    assert_true(run(s, "PRAGMA writable_schema=ON;"
                       "DELETE FROM sqlite_schema") < 0);
    /* foreign keys, types */
    assert_int_equal(run(s, "INSERT INTO version VALUES(9,77,1,'','',0,0,0,0,"
                            "x'')"),
                     NK_E_TAMPERED);
    assert_msg(s, NK_M_ARCHIVE_BROKEN);
    assert_int_equal(run(s, "INSERT INTO book VALUES(9, 'x', 'tahun')"),
                     NK_E_TAMPERED);
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_int_equal(run(s, "DELETE FROM paper"), NK_E_IO);
    assert_msg(s, NK_M_ARCHIVE_READ_ONLY);
    assert_int_equal(store_verify(s, NULL), 0);
}

/* What is deleted is not left in the file. */
static void deleted_is_gone(void **state)
{
    nk_store *s = *state;
    nk_str bytes;

    assert_ok(run(s, "INSERT INTO book VALUES(1, 'penanda-hapus', 2026)"));
    assert_ok(run(s, "INSERT INTO book VALUES(2, 'penanda-tetap', 2026)"));
    assert_ok(run(s, "DELETE FROM book WHERE id = 1"));
    store_shut(s);
    assert_ok(nk_file_read(&s->ctx, &s->arena, store_path(s, "naskah.db"),
                           NK_MAX_FILE, &bytes));
    assert_true(nk_str_search(bytes, NK_STR("penanda-tetap")) < bytes.len);
    assert_int_equal(nk_str_search(bytes, NK_STR("penanda-hapus")), bytes.len);
}

static void statements(void **state)
{
    nk_store *s = *state;
    nk_query *q;
    bool more;
    size_t i;

    /* Each is right for one of the two files. */
    for (i = 0; i < NK_SQL_COUNT; i++) {
        assert_non_null(nk_archive__sql[i]);
        if (nk_archive__ask(&s->ctx, s->ar->data, (nk_sql)i, &q) < 0)
            assert_ok(nk_archive__ask(&s->ctx, s->ar->keys, (nk_sql)i, &q));
    }
    /* A parameter that is none is told when the statement runs. */
    assert_ok(nk_archive__ask(&s->ctx, s->ar->data, NK_SQL_CFG_GET, &q));
    nk_archive__give_int(q, 9, 1);
    assert_int_equal(nk_archive__next(&s->ctx, q, &more), NK_E_INTERNAL);
    assert_msg(s, NK_M_ARCHIVE_REFUSED);
    nk_archive__end(q);
    nk_archive__end(NULL);
    /* NULL is nothing of every kind. */
    assert_ok(nk_archive__ask(&s->ctx, s->ar->data, NK_SQL_VERSION_LAST, &q));
    nk_archive__give_int(q, 1, 5);
    assert_ok(nk_archive__next(&s->ctx, q, &more));
    assert_true(more);
    assert_int_equal(nk_archive__int(q, 0), 0);
    assert_int_equal(nk_archive__text(q, 0).len, 0);
    assert_int_equal(nk_archive__blob(q, 0).len, 0);
    nk_archive__end(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(what_the_file_says), STORE_TEST(a_writer_has_one_file_left),
        STORE_TEST(settings_hold),      STORE_TEST(deleted_is_gone),
        STORE_TEST(statements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
