/*
 * Registers: numbers from 1 without gaps, each taken once, voids sealed; and
 * printed numbers as pattern and sequence.
 */
#include "archive_store.h"

static void patterns(void **state)
{
    static const struct {
        const char *number;
        uint32_t seq;
        const char *pattern;
    } table[] = {
        { "465.3/12/5.6.04/2024", 12, "465.3/{}/5.6.04/2024" },
        { "465.3/007/PPA", 7, "465.3/{3}/PPA" },
        { "7", 7, "{}" },
        { "B-1000000", 1000000, "B-{}" },
        { "3.3/3", 3, "{}.3/3" },
    };
    static const struct {
        const char *number;
        uint32_t seq;
    } not [] = {
        { "465.3/12/2024", 13 },
        { "", 1 },
        { "A{1}/1", 1 },
        { "A}/1", 1 },
        { "tanpa", 1 },
        { "1234567890123", 3 },
        { "0000000000000000000000000000000000000000000000000000000000000000000"
          "7",
          7 },
    };
    nk_store *s = *state;
    nk_str pattern;
    size_t i, from;

    for (i = 0; i < NK_COUNT(table); i++) {
        from = 0;
        assert_true(nk_archive__number_split(&s->arena,
                                             nk_str_of(table[i].number),
                                             table[i].seq, &from, &pattern));
        assert_str(pattern, table[i].pattern);
        assert_str(nk_archive__number_join(&s->arena, pattern, table[i].seq),
                   table[i].number);
    }
    for (i = 0; i < NK_COUNT(not ); i++) {
        from = 0;
        assert_false(nk_archive__number_split(&s->arena,
                                              nk_str_of(not [i].number),
                                              not [i].seq, &from, &pattern));
    }
    from = 1;
    assert_true(nk_archive__number_split(&s->arena, NK_STR("3.3/3"), 3, &from,
                                         &pattern));
    assert_str(pattern, "3.{}/3");
    assert_int_equal(from, 3);
    assert_str(nk_archive__number_join(&s->arena, NK_STR("a}b{"), 4), "a}b{");
    assert_str(nk_archive__number_join(&s->arena, NK_EMPTY, 4), "");
}

static uint32_t next(nk_store *s, const char *reg, uint32_t year)
{
    uint32_t seq = 0;

    assert_ok(
        nk_archive_number_next(&s->ctx, s->ar, nk_str_of(reg), year, &seq));
    return seq;
}

static void in_a_row(void **state)
{
    nk_store *s = *state;
    unsigned i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    for (i = 1; i < 6; i++) {
        nk_paper p = paper_of(s, 1);

        take_number(s, &p);
        assert_int_equal(p.seq, i);
        assert_ok(file_bytes(s, NK_STR("%PDF"), 0, &p));
    }
    assert_int_equal(next(s, "keluar", 2026), 6);
    assert_int_equal(next(s, "keluar", 2027), 1);
    assert_int_equal(next(s, "rujukan", 2026), 1);
    assert_ok(nk_archive_number_void(&s->ctx, s->ar, NK_STR("keluar"), 2026, 6,
                                     NK_STR("salah cetak")));
    assert_int_equal(next(s, "keluar", 2026), 7);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_int_equal(next(s, "keluar", 2026), 7);
    nk_archive_rollback(s->ar);
    assert_int_equal(store_verify(s, NULL), 0);
}

static void taken_and_skipped(void **state)
{
    nk_store *s = *state;
    nk_paper p = paper_of(s, 1);

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    take_number(s, &p);
    assert_ok(file_bytes(s, NK_STR("%PDF"), 0, &p));
    assert_int_equal(file_bytes(s, NK_STR("%PDF"), 0, &p), NK_E_CONFLICT);
    assert_msg(s, NK_M_NUMBER_TAKEN);
    assert_int_equal(nk_msg_exit(s->ctx.fault.msg), 24);
    p.seq = 3;
    assert_int_equal(file_bytes(s, NK_STR("%PDF"), 0, &p), NK_E_CONFLICT);
    assert_msg(s, NK_M_NUMBER_SKIPS);
    assert_int_equal(
        nk_archive_number_void(&s->ctx, s->ar, p.reg, p.year, 1, NK_STR("x")),
        NK_E_CONFLICT);
    assert_msg(s, NK_M_NUMBER_TAKEN);
    nk_archive_rollback(s->ar);
    /* What was rolled back was never taken. */
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_int_equal(next(s, "keluar", 2026), 1);
    nk_archive_rollback(s->ar);
}

static void voids_are_sealed(void **state)
{
    nk_store *s = *state;
    nk_msg first;
    nk_str db;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_number_void(&s->ctx, s->ar, NK_STR("keluar"), 2026, 1,
                                     NK_STR("alasan Melati Contoh")));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    store_shut(s);
    assert_ok(nk_file_read(&s->ctx, &s->arena, store_path(s, "naskah.db"),
                           NK_MAX_FILE, &db));
    assert_int_equal(nk_str_search(db, NK_STR("Melati")), db.len);
    store_sql(s, "naskah.db", "UPDATE void SET stored = stored + 1");
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_int_equal(store_verify(s, &first), 1);
    assert_int_equal(first, NK_M_VOID_BROKEN);
}

/* Numbers in which the sequence stands twice share the pattern of the others,
   and are found by what is printed. */
static void a_sequence_that_stands_twice(void **state)
{
    nk_store *s = *state;
    nk_paper_query q = { 0 };
    nk_paper p, *list;
    nk_query *rows;
    size_t n;
    bool more;
    unsigned i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    for (i = 1; i <= 6; i++) {
        nk_buf b;

        p = paper_of(s, 1);
        take_number(s, &p);
        nk_buf_init(&b, &s->arena);
        nk_buf_printf(&b, "3.4/%u/5.6", i);
        p.number = nk_buf_str(&b);
        assert_ok(file_bytes(s, NK_STR("x"), 0, &p));
    }
    assert_ok(
        nk_archive__ask(&s->ctx, s->ar->data, NK_SQL_BOOK_PATTERN, &rows));
    for (i = 1; i <= 6; i++) {
        nk_archive__give_int(rows, 1, 1);
        nk_archive__give_int(rows, 2, i);
        assert_ok(nk_archive__next(&s->ctx, rows, &more));
        assert_true(more);
        assert_str(nk_archive__text(rows, 0), "3.4/{}/5.6");
        nk_archive__end(rows);
        q.number =
            (nk_str[]){ NK_STR("3.4/1/5.6"), NK_STR("3.4/2/5.6"),
                        NK_STR("3.4/3/5.6"), NK_STR("3.4/4/5.6"),
                        NK_STR("3.4/5/5.6"), NK_STR("3.4/6/5.6") }[i - 1];
        assert_ok(
            nk_archive_paper_find(&s->ctx, &s->arena, s->ar, &q, &list, &n));
        assert_int_equal(n, 1);
        assert_int_equal(list[0].seq, i);
    }
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(patterns),         STORE_TEST(a_sequence_that_stands_twice),
        STORE_TEST(in_a_row),         STORE_TEST(taken_and_skipped),
        STORE_TEST(voids_are_sealed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
