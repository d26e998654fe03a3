/*
 * Case records: every version comes back; lists show the newest; keys are
 * the case's own.
 */
#include "archive_store.h"

static void versions_stay(void **state)
{
    nk_store *s = *state;
    nk_case_entry e = case_entry(s, 1), *list;
    nk_str xml[3], got;
    unsigned i;
    size_t n;

    for (i = 0; i < 3; i++) {
        xml[i] = case_xml(s, 10 + i, NK_EMPTY);
        s->ctx.now += 1000;
        e.status = i < 2 ? NK_STR("terbuka") : NK_STR("selesai");
        assert_ok(nk_archive_begin(&s->ctx, s->ar));
        assert_ok(nk_archive_case_put(&s->ctx, s->ar, &e, xml[i]));
        assert_ok(nk_archive_commit(&s->ctx, s->ar));
    }
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    for (i = 0; i < 3; i++) {
        assert_ok(nk_archive_case_get(&s->ctx, &s->arena, s->ar, e.number,
                                      i + 1, &got));
        assert_true(nk_str_eq(got, xml[i]));
    }
    assert_ok(
        nk_archive_case_get(&s->ctx, &s->arena, s->ar, e.number, 0, &got));
    assert_true(nk_str_eq(got, xml[2]));
    assert_int_equal(
        nk_archive_case_get(&s->ctx, &s->arena, s->ar, e.number, 4, &got),
        NK_E_NOTFOUND);
    assert_msg(s, NK_M_VERSION_UNKNOWN);
    assert_ok(
        nk_archive_case_list(&s->ctx, &s->arena, s->ar, NK_EMPTY, &list, &n));
    assert_int_equal(n, 1);
    assert_str(list[0].number, "KASUS-2026-0001");
    assert_str(list[0].status, "selesai");
    assert_int_equal(list[0].versions, 3);
    assert_int_equal(list[0].papers, 0);
    assert_int_equal(list[0].changed, s->ctx.now);
    assert_int_equal(nk_date_cmp(list[0].opened, e.opened), 0);
}

/* The highest of a prefix, counted on as cases are put, undone with them. */
static void last_number(void **state)
{
    nk_store *s = *state;
    uint64_t last;
    unsigned i;

    for (i = 0; i < 2; i++) {
        assert_ok(nk_archive_begin(&s->ctx, s->ar));
        assert_ok(
            nk_archive_case_last(&s->ctx, s->ar, NK_STR("KASUS-2026-"), &last));
        assert_int_equal(last, i ? 9 : 0);
        put_case(s, 9);
        put_case(s, 4);
        assert_ok(
            nk_archive_case_last(&s->ctx, s->ar, NK_STR("KASUS-2026-"), &last));
        assert_int_equal(last, 9);
        assert_ok(nk_archive_case_last(&s->ctx, s->ar, NK_STR("PPA-"), &last));
        assert_int_equal(last, 0);
        assert_ok(nk_archive_commit(&s->ctx, s->ar));
    }
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 12);
    nk_archive_rollback(s->ar);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(
        nk_archive_case_last(&s->ctx, s->ar, NK_STR("KASUS-2026-"), &last));
    assert_int_equal(last, 9);
    nk_archive_rollback(s->ar);
}

static void lists(void **state)
{
    static const unsigned order[] = { 3, 1, 7, 2, 6 };
    nk_store *s = *state;
    nk_case_entry *list;
    size_t n;
    unsigned i;

    assert_ok(
        nk_archive_case_list(&s->ctx, &s->arena, s->ar, NK_EMPTY, &list, &n));
    assert_int_equal(n, 0);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    for (i = 0; i < NK_COUNT(order); i++)
        put_case(s, order[i]);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(
        nk_archive_case_list(&s->ctx, &s->arena, s->ar, NK_EMPTY, &list, &n));
    assert_int_equal(n, 5);
    assert_str(list[0].number, "KASUS-2026-0001");
    assert_str(list[4].number, "KASUS-2026-0007");
    assert_ok(nk_archive_case_list(&s->ctx, &s->arena, s->ar,
                                   nk_fake_office_name(1), &list, &n));
    assert_int_equal(n, 2); /* 1 and 6: there are five offices */
    assert_str(list[1].number, "KASUS-2026-0006");
    assert_str(list[1].office, "barito-utara");
}

static void unknown(void **state)
{
    nk_store *s = *state;
    nk_str got;

    assert_int_equal(nk_archive_case_get(&s->ctx, &s->arena, s->ar,
                                         NK_STR("KASUS-X"), 0, &got),
                     NK_E_NOTFOUND);
    assert_msg(s, NK_M_CASE_UNKNOWN);
    assert_int_equal(nk_msg_exit(s->ctx.fault.msg), 22);
}

static void rolled_back(void **state)
{
    nk_store *s = *state;
    nk_str got;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    nk_archive_rollback(s->ar);
    assert_int_equal(nk_archive_case_get(&s->ctx, &s->arena, s->ar,
                                         case_name(s, 1), 0, &got),
                     NK_E_NOTFOUND);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(nk_archive_case_get(&s->ctx, &s->arena, s->ar, case_name(s, 1), 0,
                                  &got));
    assert_int_equal(store_verify(s, NULL), 0);
}

/* Records learn from invented ones; those stored before stay readable. */
static void with_dictionary(void **state)
{
    nk_store *s = *state;
    nk_archive_stats before, after;
    nk_str samples[4], got;
    int64_t id;
    unsigned i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    for (i = 0; i < 4; i++)
        samples[i] = case_xml(s, 900 + i, NK_EMPTY);
    assert_ok(nk_archive_dict_add(&s->ctx, s->ar, NK_STR(NK_DICT_RECORD),
                                  samples, 4, &id));
    for (i = 2; i < 12; i++)
        put_case(s, i);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    for (i = 1; i < 12; i++) {
        assert_ok(nk_archive_case_get(&s->ctx, &s->arena, s->ar,
                                      case_name(s, i), 0, &got));
        assert_true(nk_str_eq(got, case_xml(s, i, NK_EMPTY)));
    }
    assert_ok(nk_archive_stat(&s->ctx, s->ar, &before));
    assert_int_equal(before.cases, 11);
    assert_int_equal(before.versions, 11);
    assert_int_equal(before.dicts, 1);
    /* A dictionary that is rolled back is forgotten with its id. */
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_dict_add(&s->ctx, s->ar, NK_STR(NK_DICT_RECORD),
                                  samples, 2, &id));
    put_case(s, 50);
    nk_archive_rollback(s->ar);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_dict_add(&s->ctx, s->ar, NK_STR(NK_DICT_RECORD),
                                  samples + 1, 3, &id));
    put_case(s, 50);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(nk_archive_case_get(&s->ctx, &s->arena, s->ar, case_name(s, 50),
                                  0, &got));
    assert_ok(nk_archive_stat(&s->ctx, s->ar, &after));
    assert_int_equal(after.dicts, 2);
    assert_int_equal(store_verify(s, NULL), 0);
}

/* The same text for two cases: two keys, nothing in common. */
static void keys_are_apart(void **state)
{
    nk_store *s = *state;
    nk_msg first;
    unsigned i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    for (i = 1; i < 3; i++) {
        nk_case_entry e = case_entry(s, i);

        assert_ok(nk_archive_case_put(&s->ctx, s->ar, &e, NK_STR("<case/>")));
    }
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    store_shut(s);
    store_sql(s, "naskah.db", "UPDATE casefile SET key = 3 - key");
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_int_equal(store_verify(s, &first), 2);
    assert_int_equal(first, NK_M_RECORD_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(versions_stay),  STORE_TEST(lists),
        STORE_TEST(last_number),    STORE_TEST(unknown),
        STORE_TEST(rolled_back),    STORE_TEST(with_dictionary),
        STORE_TEST(keys_are_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
