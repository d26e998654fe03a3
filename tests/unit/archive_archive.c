/*
 * The folder: making, opening, one writer and many readers, what happens
 * together, and files that are no archive.
 */
#include "archive_store.h"

#include <sys/stat.h>
#include <unistd.h>

static nk_err open_as(nk_store *s, nk_archive_mode mode, nk_archive **ar)
{
    return nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock, mode, ar);
}

static void making(void **state)
{
    nk_store *s = *state;
    nk_str dir = store_path(s, "baru/arsip"), *names;
    struct stat st;
    size_t n, i;

    assert_int_equal(nk_archive_create(&s->ctx, nk_str_of(s->dir), &s->unlock),
                     NK_E_CONFLICT);
    store_shut(s);
    assert_int_equal(nk_archive_create(&s->ctx, nk_str_of(s->dir), &s->unlock),
                     NK_E_CONFLICT);
    assert_msg(s, NK_M_ARCHIVE_EXISTS);
    assert_int_equal(nk_msg_exit(NK_M_ARCHIVE_EXISTS), 24);
    assert_ok(nk_archive_create(&s->ctx, dir, &s->unlock));
    assert_ok(nk_dir_list(&s->ctx, &s->arena, dir, &names, &n));
    assert_int_equal(n, 3); /* keys.db, lock, naskah.db */
    for (i = 0; i < n; i++) {
        assert_int_equal(stat(nk_path_join(&s->arena, dir, names[i]).ptr, &st),
                         0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
    assert_int_equal(stat(dir.ptr, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    /* Keys without data are nobody's to overwrite. */
    unlink(store_path(s, "baru/arsip/naskah.db").ptr);
    assert_int_equal(nk_archive_create(&s->ctx, dir, &s->unlock),
                     NK_E_CONFLICT);
}

static void nothing_there(void **state)
{
    nk_store *s = *state;
    nk_archive *ar;

    assert_int_equal(nk_archive_open(&s->ctx, store_path(s, "tidak-ada"),
                                     &s->unlock, NK_ARCHIVE_WRITE, &ar),
                     NK_E_NOTFOUND);
    assert_msg(s, NK_M_ARCHIVE_NONE);
    assert_int_equal(nk_msg_exit(NK_M_ARCHIVE_NONE), 10);
}

static void one_writer_many_readers(void **state)
{
    nk_store *s = *state;
    nk_archive *other, *reader;
    nk_case_entry *list;
    nk_str got;
    size_t n;

    fill_store(s, 1, 1);
    assert_int_equal(open_as(s, NK_ARCHIVE_WRITE, &other), NK_E_CONFLICT);
    assert_msg(s, NK_M_ARCHIVE_LOCKED);
    assert_int_equal(nk_msg_exit(NK_M_ARCHIVE_LOCKED), 11);
    assert_ok(open_as(s, NK_ARCHIVE_READ, &reader));
    assert_ok(open_as(s, NK_ARCHIVE_READ, &other));
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 2);
    /* What is not committed, nobody else sees. */
    assert_ok(
        nk_archive_case_list(&s->ctx, &s->arena, reader, NK_EMPTY, &list, &n));
    assert_int_equal(n, 1);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(
        nk_archive_case_list(&s->ctx, &s->arena, reader, NK_EMPTY, &list, &n));
    assert_int_equal(n, 2);
    assert_ok(nk_archive_case_get(&s->ctx, &s->arena, other, case_name(s, 2), 0,
                                  &got));
    /* A reader does not write. */
    assert_int_equal(nk_archive_begin(&s->ctx, reader), NK_E_DENIED);
    assert_msg(s, NK_M_ARCHIVE_READ_ONLY);
    nk_archive_close(reader);
    nk_archive_close(other);
    store_shut(s);
    assert_ok(open_as(s, NK_ARCHIVE_WRITE, &s->ar));
}

/* A reader that stays behind does not keep the writer from closing well. */
static void reader_outlives_writer(void **state)
{
    nk_store *s = *state;
    nk_archive *reader;
    nk_str got;

    assert_ok(open_as(s, NK_ARCHIVE_READ, &reader));
    fill_store(s, 3, 9);
    store_shut(s);
    assert_ok(nk_archive_case_get(&s->ctx, &s->arena, reader, case_name(s, 3),
                                  0, &got));
    nk_archive_close(reader);
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_int_equal(store_verify(s, NULL), 0);
}

static void all_or_nothing(void **state)
{
    nk_store *s = *state;
    nk_archive_stats st;
    nk_paper p;

    fill_store(s, 1, 2);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 2);
    p = paper_of(s, 2);
    take_number(s, &p);
    assert_ok(file_bytes(s, NK_STR("%PDF"), 0, &p));
    assert_ok(nk_archive_number_void(&s->ctx, s->ar, p.reg, p.year, p.seq + 1,
                                     NK_STR("x")));
    store_shut(s); /* without commit */
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_ok(nk_archive_stat(&s->ctx, s->ar, &st));
    assert_int_equal(st.cases, 1);
    assert_int_equal(st.papers, 2);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    take_number(s, &p);
    assert_int_equal(p.seq, 3);
    assert_ok(nk_archive_commit(&s->ctx, s->ar)); /* of nothing */
    assert_int_equal(store_verify(s, NULL), 0);
}

static void stats(void **state)
{
    nk_store *s = *state;
    nk_archive_stats st;
    nk_str *names;
    uint64_t bytes = 0;
    size_t n, i;

    fill_store(s, 2, 4);
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_ok(nk_archive_stat(&s->ctx, s->ar, &st));
    assert_int_equal(st.cases, 2);
    assert_int_equal(st.versions, 2);
    assert_int_equal(st.papers, 4);
    assert_int_equal(st.dicts, 1);
    assert_int_equal(st.resources, 8);
    assert_true(st.paper_bytes > 4 * 50000);
    assert_in_range(st.sealed_bytes, 4 * 500, 4 * 2000);
    assert_ok(nk_dir_list(&s->ctx, &s->arena, nk_str_of(s->dir), &names, &n));
    for (i = 0; i < n; i++) {
        nk_str file;

        assert_ok(
            nk_file_read(&s->ctx, &s->arena,
                         nk_path_join(&s->arena, nk_str_of(s->dir), names[i]),
                         NK_MAX_FILE, &file));
        bytes += file.len;
    }
    assert_int_equal(st.file_bytes, bytes);
}

static void files_that_are_none(void **state)
{
    static const struct {
        const char *name, *sql;
        nk_err err;
        nk_msg msg;
    } table[] = {
        { "naskah.db", "PRAGMA user_version = 2", NK_E_INVALID,
          NK_M_ARCHIVE_NEWER },
        { "keys.db", "PRAGMA user_version = 2", NK_E_INVALID,
          NK_M_ARCHIVE_NEWER },
        { "naskah.db", "PRAGMA application_id = 1", NK_E_TAMPERED,
          NK_M_ARCHIVE_BROKEN },
        { "naskah.db", "DELETE FROM cfg WHERE k = 'id'", NK_E_TAMPERED,
          NK_M_ARCHIVE_BROKEN },
        { "naskah.db", "UPDATE cfg SET v = x'00' WHERE k = 'id'", NK_E_TAMPERED,
          NK_M_ARCHIVE_BROKEN },
        { "naskah.db", "DROP TABLE cfg", NK_E_TAMPERED, NK_M_ARCHIVE_BROKEN },
    };
    nk_store *s = *state;
    nk_str path, before;
    size_t i;

    fill_store(s, 1, 1);
    store_shut(s);
    for (i = 0; i < NK_COUNT(table); i++) {
        path = store_path(s, table[i].name);
        assert_ok(nk_file_read(&s->ctx, &s->arena, path, NK_MAX_FILE, &before));
        store_sql(s, table[i].name, table[i].sql);
        assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), table[i].err);
        assert_msg(s, table[i].msg);
        assert_int_equal(store_reopen(s, NK_ARCHIVE_WRITE), table[i].err);
        assert_ok(nk_file_write(&s->ctx, path, before, true));
    }
    path = store_path(s, "naskah.db");
    assert_ok(nk_file_read(&s->ctx, &s->arena, path, NK_MAX_FILE, &before));
    assert_ok(nk_file_write(&s->ctx, path, NK_STR("bukan arsip"), true));
    assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), NK_E_TAMPERED);
    assert_int_equal(nk_msg_exit(s->ctx.fault.msg), 21);
    assert_ok(nk_file_write(&s->ctx, path, NK_EMPTY, true));
    assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), NK_E_TAMPERED);
    assert_ok(nk_file_write(&s->ctx, path, nk_str_head(before, 30000), true));
    assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), NK_E_TAMPERED);
    assert_ok(nk_file_write(&s->ctx, path, before, true));
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
}

/* Folders are called many things. */
static void odd_names(void **state)
{
    static const char *const names[] = { "a b", "a?b=c",     "a%41",
                                         "a#b", "\xc3\xa9&", "a'b\"" };
    nk_store *s = *state;
    nk_archive *ar;
    size_t i;

    for (i = 0; i < NK_COUNT(names); i++) {
        nk_str dir = store_path(s, names[i]);

        assert_ok(nk_archive_create(&s->ctx, dir, &s->unlock));
        assert_ok(
            nk_archive_open(&s->ctx, dir, &s->unlock, NK_ARCHIVE_WRITE, &ar));
        nk_archive_close(ar);
        assert_true(
            nk_file_exists(nk_path_join(&s->arena, dir, NK_STR("naskah.db"))));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(making),
        STORE_TEST(nothing_there),
        STORE_TEST(one_writer_many_readers),
        STORE_TEST(reader_outlives_writer),
        STORE_TEST(all_or_nothing),
        STORE_TEST(stats),
        STORE_TEST(files_that_are_none),
        STORE_TEST(odd_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
