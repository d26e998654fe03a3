/*
 * Case records into the archive: what is wrong keeps them out, and no number
 * is given twice.
 */
#include "../support/clerk.h"

static void comes_back_as_given(void **state)
{
    nk_clerk *k = *state;
    nk_str xml = clerk_file(k, CLERK_RECORD), got;
    nk_case_entry *list;
    size_t n;

    assert_str(clerk_store(k, xml), "KASUS-2026-0042");
    assert_ok(
        k, nk_archive_case_get(&k->ctx, &k->arena, k->ar, CLERK_CASE, 0, &got));
    assert_true(nk_str_eq(got, xml));
    assert_ok(k, nk_archive_case_list(&k->ctx, &k->arena, k->ar, NK_EMPTY,
                                      &list, &n));
    assert_int_equal(n, 1);
    assert_str(list[0].office, "tanjungpinang");
    assert_str(list[0].status, "terbuka");
    assert_int_equal(nk_date_cmp(list[0].opened, (nk_date){ 2026, 11, 17 }), 0);
    clerk_verify(k);
}

static void a_number_once_more_is_a_version(void **state)
{
    nk_clerk *k = *state;
    nk_str xml = clerk_file(k, CLERK_RECORD), got;

    clerk_store(k, xml);
    clerk_store(k, clerk_swap(k, xml, "<status>terbuka", "<status>selesai"));
    assert_ok(
        k, nk_archive_case_get(&k->ctx, &k->arena, k->ar, CLERK_CASE, 1, &got));
    assert_true(nk_str_eq(got, xml));
    assert_ok(
        k, nk_archive_case_get(&k->ctx, &k->arena, k->ar, CLERK_CASE, 0, &got));
    assert_true(clerk_has(got, "<status>selesai"));
}

static void auto_takes_the_next(void **state)
{
    nk_clerk *k = *state;
    nk_str xml = clerk_record(k, "auto"), got;

    assert_str(clerk_store(k, xml), "KASUS-2026-0001");
    assert_str(clerk_store(k, xml), "KASUS-2026-0002");
    clerk_store(k, clerk_record(k, "KASUS-2026-0042"));
    assert_str(clerk_store(k, xml), "KASUS-2026-0043");
    /* Only the number differs. */
    assert_ok(k, nk_archive_case_get(&k->ctx, &k->arena, k->ar,
                                     NK_STR("KASUS-2026-0043"), 0, &got));
    assert_true(nk_str_eq(got, clerk_record(k, "KASUS-2026-0043")));
    clerk_verify(k);
}

static void auto_counts_within_a_transaction(void **state)
{
    nk_clerk *k = *state;
    nk_str xml = clerk_record(k, "auto"), number;
    char want[32];
    unsigned i;

    assert_ok(k, nk_archive_begin(&k->ctx, k->ar));
    for (i = 1; i <= 12; i++) {
        assert_ok(k, nk_case_store(&k->ctx, &k->arena, k->press, k->ar, xml,
                                   NK_EMPTY, false, &k->problems, &number));
        snprintf(want, sizeof(want), "KASUS-2026-%04u", i);
        assert_str(number, want);
    }
    nk_archive_rollback(k->ar);
    /* What was undone is free again. */
    assert_str(clerk_store(k, xml), "KASUS-2026-0001");
    clerk_reopen(k, NK_ARCHIVE_WRITE);
    assert_str(clerk_store(k, xml), "KASUS-2026-0002");
}

static void auto_by_year_and_form(void **state)
{
    static const struct row {
        const char *there, *next;
    } rows[] = {
        { "KASUS-2025-0777", "KASUS-2026-0001" }, /* another year's */
        { "KASUS-2026-abc", "KASUS-2026-0002" },  /* not of the form */
        { "KASUS-2026-5-6", "KASUS-2026-0003" },
        { "PPA-2026-0900", "KASUS-2026-0004" },
        { "KASUS-20260900", "KASUS-2026-0005" },
        { "KASUS-2026-9999", "KASUS-2026-10000" }, /* a digit more */
        { "KASUS-2026-0500", "KASUS-2026-10001" }, /* below the highest */
        { "KASUS-2026-000010009", "KASUS-2026-10010" },
        { "KASUS-2026-99999999999999999999", "KASUS-2026-10011" },
    };
    nk_clerk *k = *state;
    nk_str xml = clerk_record(k, "auto");
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        clerk_store(k, clerk_record(k, rows[i].there));
        assert_str(clerk_store(k, xml), rows[i].next);
    }
    xml = clerk_swap(k, xml, "opened=\"2026-11-17", "opened=\"2027-01-01");
    assert_str(clerk_store(k, xml), "KASUS-2027-0001");
    /* In the office it is New Year already. */
    xml = clerk_swap(k, xml, "opened=\"2027-01-01T10:05:00+07:00",
                     "opened=\"2027-12-31T20:00:00Z");
    assert_str(clerk_store(k, xml), "KASUS-2028-0001");
    /* By its own clocks, an hour before those of Jakarta, it is not yet. */
    xml = clerk_swap(k, xml, "office=\"tanjungpinang\"",
                     "office=\"manggarai-barat\"");
    xml = clerk_swap(k, xml, "opened=\"2027-12-31T20:00:00Z",
                     "opened=\"2028-12-31T23:30:00");
    assert_str(clerk_store(k, xml), "KASUS-2028-0002");
}

/* The number is set where it stands, whatever looks like it elsewhere. */
static void auto_is_set_in_the_root(void **state)
{
    static const char *const starts[] = {
        ("<!-- number=\"auto\" takes the next --><?x number=\"auto\"?>\n"
         "<case xmlns=\"urn:naskah:case:1\" number=\"auto\" "),
        "<case xmlns=\"urn:naskah:case:1\"\n  number = 'auto'\t",
        "<case xmlns=\"urn:naskah:case:1\" number=\"&#97;uto\" ",
    };
    nk_clerk *k = *state;
    nk_str number = NK_EMPTY, got;
    nk_model *model;
    nk_record *r;
    size_t i;
    nk_buf xml;

    assert_ok(k, nk_press_model(&k->ctx, k->press, &model));
    for (i = 0; i < NK_COUNT(starts); i++) {
        nk_buf_init(&xml, &k->arena);
        nk_buf_puts(&xml, nk_str_of(starts[i]));
        nk_buf_lit(&xml, "office=\"tanjungpinang\" opened=\"2026-11-17T10:05:00"
                         "+07:00\"><officer>number=\"auto\"</officer></case>");
        assert_ok(k, clerk_try_store(k, nk_buf_str(&xml), true, &number));
        assert_ok(
            k, nk_archive_case_get(&k->ctx, &k->arena, k->ar, number, 0, &got));
        assert_ok(k, nk_record_open_checked(&k->ctx, model, got, number, &r));
        assert_true(nk_str_eq(nk_record_number(r), number));
        assert_str(nk_record_text(r, NK_STR("officer")), "number=\"auto\"");
        nk_record_close(r);
    }
    assert_str(number, "KASUS-2026-0003");
}

static void what_is_wrong_stays_out(void **state)
{
    static const struct row {
        const char *what, *with, *fault;
        nk_err rc;
    } rows[] = {
        { "</victim>", "", "XML_BROKEN", NK_E_SYNTAX },
        { "<kind>", "<knid>", "XML_BROKEN", NK_E_SYNTAX },
        { "<sex>P", "<sex>X", "RECORD_WRONG", NK_E_INVALID },
        { "<name>Renée Núñez Śarmilā Contoh</name>", "", "CASE_INCOMPLETE",
          NK_E_INVALID },
        { "\"tanjungpinang\"", "\"tidak-ada\"", "OFFICE_NONE", NK_E_NOTFOUND },
        { "KASUS-2026-0042", "../x", "RECORD_WRONG", NK_E_INVALID },
    };
    nk_clerk *k = *state;
    nk_str xml = clerk_file(k, CLERK_RECORD), number;
    nk_archive_stats stats;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        assert_fails(
            k,
            clerk_try_store(k, clerk_swap(k, xml, rows[i].what, rows[i].with),
                            false, &number),
            rows[i].rc, rows[i].fault);
    assert_ok(k, nk_archive_stat(&k->ctx, k->ar, &stats));
    assert_int_equal(stats.cases, 0);
}

/* All that lacks is listed, each with line and label; --incomplete lets it
   pass. */
static void incomplete_may_be_stored(void **state)
{
    nk_clerk *k = *state;
    nk_str xml = clerk_file(k, CLERK_RECORD), number;

    xml = clerk_swap(k, xml, "<name>", "<alias>");
    xml = clerk_swap(k, xml, "</name>", "</alias>");
    assert_int_equal(clerk_try_store(k, xml, false, &number), NK_E_INVALID);
    clerk_forget(k);
    xml = clerk_file(k, CLERK_RECORD);
    xml = clerk_swap(k, xml, "    <given>2026-11-18</given>\n", "");
    xml = clerk_swap(k, xml, "<officer>Bakau Contoh, A.Md.</officer>", "");
    assert_int_equal(clerk_try_store(k, xml, false, &number), NK_E_INVALID);
    assert_int_equal(k->problems.errors, 3);
    assert_true(clerk_has(words_of(&k->problems), "Petugas"));
    assert_true(clerk_has(words_of(&k->problems), "Tanggal persetujuan"));
    assert_ok(k, clerk_try_store(k, xml, true, &number));
    assert_str(number, "KASUS-2026-0042");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(comes_back_as_given),
        CLERK_TEST(a_number_once_more_is_a_version),
        CLERK_TEST(auto_takes_the_next),
        CLERK_TEST(auto_counts_within_a_transaction),
        CLERK_TEST(auto_by_year_and_form),
        CLERK_TEST(auto_is_set_in_the_root),
        CLERK_TEST(what_is_wrong_stays_out),
        CLERK_TEST(incomplete_may_be_stored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
