/*
 * The calendar, walked day by day beside a slow one of its own; then the
 * vectors of the domain's rules for words, ages, zones and times.
 */
#include "../support/check.h"

#include <stdio.h>

#define DAY_MS INT64_C(86400000)

static nk_date date(int y, int m, int d)
{
    return (nk_date){ (int16_t)y, (uint8_t)m, (uint8_t)d };
}

static nk_date parsed(const char *iso)
{
    nk_date d = { 0 };

    if (!nk_date_parse(nk_str_of(iso), &d))
        fail_msg("\"%s\" is a date", iso);
    return d;
}

/* The slow calendar: the length of a month from the rhyme. */
static int slow_month(int y, int m)
{
    if (m == 4 || m == 6 || m == 9 || m == 11)
        return 30;
    if (m != 2)
        return 31;
    if (y % 400 == 0)
        return 29;
    if (y % 100 == 0)
        return 28;
    return y % 4 == 0 ? 29 : 28;
}

/* Sakamoto's table: 0 is Sunday. */
static unsigned slow_weekday(int y, int m, int d)
{
    static const int t[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };

    if (m < 3)
        y--;
    return (unsigned)((y + y / 4 - y / 100 + y / 400 + t[m - 1] + d) % 7);
}

/* Every day from year `from` to `to`; the first of them is `days`. */
static void walk(int from, int to, int32_t days)
{
    int y, m, d;

    for (y = from; y <= to; y++) {
        for (m = 1; m <= 12; m++) {
            for (d = 1; d <= slow_month(y, m); d++, days++) {
                nk_date at = date(y, m, d);
                nk_date back = nk_date_from_days(days);

                if (!nk_date_is_day(at) || nk_date_days(at) != days ||
                    nk_date_cmp(at, back) != 0 ||
                    nk_date_weekday(at) != slow_weekday(y, m, d))
                    fail_msg("%04d-%02d-%02d", y, m, d);
            }
            if (nk_date_is_day(date(y, m, d)))
                fail_msg("%04d-%02d-%02d is no day", y, m, d);
        }
    }
}

static void knows_every_day(void **state)
{
    (void)state;
    assert_int_equal(nk_date_days(date(1970, 1, 1)), 0);
    assert_int_equal(nk_date_days(date(1900, 1, 1)), -25567);
    walk(1900, 2200, -25567);
    walk(1, 400, -719162);
    walk(9990, 9999, 2929245);
    assert_false(nk_date_is_day(date(0, 1, 1)));
    assert_false(nk_date_is_day(date(10000, 1, 1)));
    assert_false(nk_date_is_day(date(2026, 0, 1)));
    assert_false(nk_date_is_day(date(2026, 13, 1)));
    assert_false(nk_date_is_day(date(2026, 1, 0)));
    assert_false(nk_date_is_day(date(2026, 5, 0)));
}

static void reads_dates(void **state)
{
    static const struct {
        const char *text;
        int y, m, d;
    } rows[] = {
        { "2026-11-23", 2026, 11, 23 }, { "2026-11", 2026, 11, 0 },
        { "2026", 2026, 0, 0 },         { "2024-02-29", 2024, 2, 29 },
        { "2000-02-29", 2000, 2, 29 },  { "0001-01-01", 1, 1, 1 },
        { "9999-12-31", 9999, 12, 31 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_date d = parsed(rows[i].text);

        assert_int_equal(d.year, rows[i].y);
        assert_int_equal(d.month, rows[i].m);
        assert_int_equal(d.day, rows[i].d);
    }
}

static void refuses_what_is_no_date(void **state)
{
    static const char *const rows[] = {
        "",           "2026-02-29",  "1900-02-29", "2026-04-31", "2026-13-01",
        "2026-00-01", "2026-01-00",  "2026-01-32", "0000-01-01", "0000",
        "2026-1-1",   "26-01-01",    "2026-",      "2026-11-",   "2026-11-2",
        "2026-1",     "2026/11/23",  "20261123",   "23-11-2026", "2026-11-23 ",
        " 2026",      "2026-11-233", "-2026",      "+026",       "2026-11-23T",
        "20260-1-01",
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_date d = date(1, 2, 3);

        if (nk_date_parse(nk_str_of(rows[i]), &d) ||
            nk_date_cmp(d, date(1, 2, 3)) != 0)
            fail_msg("\"%s\" is no date", rows[i]);
    }
}

static void orders_dates(void **state)
{
    static const char *const order[] = { "2025",    "2025-12-31", "2026",
                                         "2026-01", "2026-01-01", "2026-01-02",
                                         "2026-02", "2026-12-01" };
    size_t i, k;

    (void)state;
    for (i = 0; i < NK_COUNT(order); i++) {
        for (k = 0; k < NK_COUNT(order); k++) {
            int c = nk_date_cmp(parsed(order[i]), parsed(order[k]));

            assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
        }
    }
}

static void counts_years_of_age(void **state)
{
    static const struct {
        const char *born, *on;
        int age;
    } rows[] = {
        { "2008-11-23", "2026-11-22", 17 }, { "2008-11-23", "2026-11-23", 18 },
        { "2008-02-29", "2026-02-28", 17 }, { "2008-02-29", "2026-03-01", 18 },
        { "2008-02-29", "2024-02-28", 15 }, { "2008-02-29", "2024-02-29", 16 },
        { "1966-05-10", "2026-05-10", 60 }, { "2026-05-10", "2026-05-10", 0 },
        { "2025-12-31", "2026-01-01", 0 },  { "1925-12-31", "2026-01-01", 100 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++)
        assert_int_equal(nk_date_age(parsed(rows[i].born), parsed(rows[i].on)),
                         rows[i].age);
}

static void knows_the_zones(void **state)
{
    static const char *const names[] = { "WIB", "WITA", "WIT" };
    static const char *const others[] = { "", "wib", "WIBA", "UTC", "WI" };
    nk_zone zone = NK_ZONE_WIB;
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(names); i++) {
        assert_true(nk_zone_parse(nk_str_of(names[i]), &zone));
        assert_int_equal(NK_ZONE_HOURS(zone), 7 + i);
    }
    for (i = 0; i < NK_COUNT(others); i++)
        assert_false(nk_zone_parse(nk_str_of(others[i]), &zone));
}

static void finds_the_day_of_a_moment(void **state)
{
    static const struct {
        const char *moment, *wib, *wita, *wit;
    } rows[] = {
        { "2026-12-31T16:59:59Z", "2026-12-31", "2027-01-01", "2027-01-01" },
        { "2026-12-31T17:00:00Z", "2027-01-01", "2027-01-01", "2027-01-01" },
        { "2026-12-31T15:00:00Z", "2026-12-31", "2026-12-31", "2027-01-01" },
        { "2026-12-31T14:59:59Z", "2026-12-31", "2026-12-31", "2026-12-31" },
        { "1969-12-31T16:59:59Z", "1969-12-31", "1970-01-01", "1970-01-01" },
        { "1945-08-16T17:00:00Z", "1945-08-17", "1945-08-17", "1945-08-17" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        int64_t ms = 0;

        assert_true(
            nk_moment_parse(nk_str_of(rows[i].moment), NK_ZONE_WIB, &ms));
        assert_int_equal(
            nk_date_cmp(nk_date_at(ms, NK_ZONE_WIB), parsed(rows[i].wib)), 0);
        assert_int_equal(
            nk_date_cmp(nk_date_at(ms, NK_ZONE_WITA), parsed(rows[i].wita)), 0);
        assert_int_equal(
            nk_date_cmp(nk_date_at(ms, NK_ZONE_WIT), parsed(rows[i].wit)), 0);
    }
    assert_int_equal(nk_date_cmp(nk_date_at(-7 * 3600000 - 1, NK_ZONE_WIB),
                                 parsed("1969-12-31")),
                     0);
}

static void reads_moments(void **state)
{
    static const struct {
        const char *text;
        nk_zone zone;
        int64_t ms;
    } rows[] = {
        { "1970-01-01T00:00:00Z", NK_ZONE_WIB, 0 },
        { "1970-01-01T07:00:00+07:00", NK_ZONE_WIT, 0 },
        { "1970-01-01T07:00", NK_ZONE_WIB, 0 },
        { "1970-01-01T09:00:00", NK_ZONE_WIT, 0 },
        { "1970-01-01T00:00:01Z", NK_ZONE_WIB, 1000 },
        { "1969-12-31T23:59:59Z", NK_ZONE_WIB, -1000 },
        { "1969-12-31T20:30-03:30", NK_ZONE_WIB, 0 },
        { "1970-01-01T14:00+14:00", NK_ZONE_WIB, 0 },
        { "2026-11-23T08:45:00+07:00", NK_ZONE_WIT, 1795398300000 },
        { "2026-11-23T01:45Z", NK_ZONE_WIT, 1795398300000 },
        { "2026-11-23T08:45", NK_ZONE_WIB, 1795398300000 },
        { "2026-11-23T09:45", NK_ZONE_WITA, 1795398300000 },
        { "2026-11-23T10:45:00", NK_ZONE_WIT, 1795398300000 },
        { "2026-11-23T23:59:59Z", NK_ZONE_WIB, 1795478399000 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        int64_t ms = 1;

        if (!nk_moment_parse(nk_str_of(rows[i].text), rows[i].zone, &ms) ||
            ms != rows[i].ms)
            fail_msg("\"%s\" gave %lld", rows[i].text, (long long)ms);
    }
}

static void refuses_what_is_no_moment(void **state)
{
    static const char *const rows[] = {
        "",
        "2026-11-23",
        "2026-11-23T",
        "2026-11-23T08",
        "2026-11-23T08:4",
        "2026-11-23 08:45",
        "2026-11-23T24:00",
        "2026-11-23T08:60",
        "2026-11-23T08:45:60",
        "2026-11-23T08:45:",
        "2026-11-23T08:45:1",
        "2026-11-23T08:45:00.5",
        "2026-11-23T08:45:00+7",
        "2026-11-23T08:45:00+0700",
        "2026-11-23T08:45:00+07:60",
        "2026-11-23T08:45:00+15:00",
        "2026-11-23T08:45:00+14:01",
        "2026-11-23T08:45:00+07:00 ",
        "2026-11-23T08:45:00z",
        "2026-11-23T08:45:00ZZ",
        "2026-11-23T08:45 WIB",
        "2026-02-29T08:45",
        "2026-11T08:45:00Z",
        "2026T08:45:00+07:00",
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        int64_t ms = 77;

        if (nk_moment_parse(nk_str_of(rows[i]), NK_ZONE_WIB, &ms) || ms != 77)
            fail_msg("\"%s\" is no moment", rows[i]);
    }
}

static void check_date(void **state, nk_date d, nk_date_form form,
                       const char *want)
{
    nk_desk *desk = *state;
    nk_buf b;

    nk_arena_reset(&desk->arena);
    nk_buf_init(&b, &desk->arena);
    nk_date_put(&b, d, form);
    assert_str(nk_buf_str(&b), want);
}

static void prints_days_and_words(void **state)
{
    static const struct {
        const char *iso, *day, *words;
    } rows[] = {
        { "2024-02-29", "Kamis, 29 Februari 2024",
          "hari Kamis tanggal dua puluh sembilan bulan Februari "
          "tahun dua ribu dua puluh empat" },
        { "2024-03-04", "Senin, 4 Maret 2024",
          "hari Senin tanggal empat bulan Maret "
          "tahun dua ribu dua puluh empat" },
        { "2000-02-29", "Selasa, 29 Februari 2000",
          "hari Selasa tanggal dua puluh sembilan bulan Februari "
          "tahun dua ribu" },
        { "2026-01-01", "Kamis, 1 Januari 2026",
          "hari Kamis tanggal satu bulan Januari "
          "tahun dua ribu dua puluh enam" },
        { "2026-11-23", "Senin, 23 November 2026",
          "hari Senin tanggal dua puluh tiga bulan November "
          "tahun dua ribu dua puluh enam" },
        { "2026-12-31", "Kamis, 31 Desember 2026",
          "hari Kamis tanggal tiga puluh satu bulan Desember "
          "tahun dua ribu dua puluh enam" },
        { "1945-08-17", "Jumat, 17 Agustus 1945",
          "hari Jumat tanggal tujuh belas bulan Agustus "
          "tahun seribu sembilan ratus empat puluh lima" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_date d = parsed(rows[i].iso);

        check_date(state, d, NK_DATE_ISO, rows[i].iso);
        check_date(state, d, NK_DATE_DAY, rows[i].day);
        check_date(state, d, NK_DATE_WORDS, rows[i].words);
        check_date(state, d, NK_DATE_LONG, strstr(rows[i].day, ", ") + 2);
    }
}

static void prints_every_form(void **state)
{
    static const struct {
        const char *iso, *want[NK_DATE_FORMS];
    } rows[] = {
        { "2026-03-04",
          { "4 Maret 2026", "Rabu, 4 Maret 2026", "04-03-2026", "2026-03-04",
            "hari Rabu tanggal empat bulan Maret "
            "tahun dua ribu dua puluh enam",
            "Maret 2026", "III", "2026" } },
        { "2026-11",
          { "November 2026", "November 2026", "November 2026", "November 2026",
            "November 2026", "November 2026", "XI", "2026" } },
        { "2026",
          { "2026", "2026", "2026", "2026", "2026", "2026", "2026", "2026" } },
    };
    size_t i;
    int f;

    for (i = 0; i < NK_COUNT(rows); i++)
        for (f = 0; f < NK_DATE_FORMS; f++)
            check_date(state, parsed(rows[i].iso), (nk_date_form)f,
                       rows[i].want[f]);
    for (f = 0; f < NK_DATE_FORMS; f++)
        check_date(state, (nk_date){ 0 }, (nk_date_form)f, "");
    check_date(state, date(7, 8, 9), NK_DATE_ISO, "0007-08-09");
}

static void names_months_and_days(void **state)
{
    static const char *const months[] = {
        "Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
        "Juli",    "Agustus",  "September", "Oktober", "November", "Desember",
    };
    static const char *const romans[] = { "I",  "II", "III", "IV",
                                          "V",  "VI", "VII", "VIII",
                                          "IX", "X",  "XI",  "XII" };
    static const char *const days[] = { "Minggu", "Senin", "Selasa", "Rabu",
                                        "Kamis",  "Jumat", "Sabtu" };
    char want[64];
    int i;

    for (i = 0; i < 12; i++) {
        snprintf(want, sizeof(want), "%s 2026", months[i]);
        check_date(state, date(2026, i + 1, 1), NK_DATE_MONTH, want);
        check_date(state, date(2026, i + 1, 1), NK_DATE_ROMAN, romans[i]);
    }
    for (i = 0; i < 7; i++) { /* 1 November 2026 is a Sunday */
        snprintf(want, sizeof(want), "%s, %d November 2026", days[i], i + 1);
        check_date(state, date(2026, 11, i + 1), NK_DATE_DAY, want);
    }
}

static void prints_times(void **state)
{
    static const struct {
        const char *moment;
        nk_zone zone;
        const char *local, *utc;
    } rows[] = {
        { "2026-11-23T08:30", NK_ZONE_WIB, "2026-11-23T08:30:00+07:00",
          "2026-11-23T01:30:00Z" },
        { "2026-11-23T14:05", NK_ZONE_WITA, "2026-11-23T14:05:00+08:00",
          "2026-11-23T06:05:00Z" },
        { "2026-12-23T15:30:59", NK_ZONE_WIB, "2026-12-23T15:30:59+07:00",
          "2026-12-23T08:30:59Z" },
        { "2027-01-01T00:00", NK_ZONE_WIT, "2027-01-01T00:00:00+09:00",
          "2026-12-31T15:00:00Z" },
        { "1945-08-17T10:00", NK_ZONE_WIT, "1945-08-17T10:00:00+09:00",
          "1945-08-17T01:00:00Z" },
        { "1970-01-01T06:59:59", NK_ZONE_WIB, "1970-01-01T06:59:59+07:00",
          "1969-12-31T23:59:59Z" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        int64_t ms = 0;
        nk_buf b;

        assert_true(
            nk_moment_parse(nk_str_of(rows[i].moment), rows[i].zone, &ms));
        nk_buf_init(&b, &d->arena);
        nk_moment_put(&b, ms, rows[i].zone);
        assert_str(nk_buf_str(&b), rows[i].local);
        nk_buf_init(&b, &d->arena);
        nk_moment_put_utc(&b, ms + 999);
        assert_str(nk_buf_str(&b), rows[i].utc);
    }
}

static void reads_back_moments_it_prints(void **state)
{
    nk_desk *d = *state;
    int64_t ms, step = 40 * DAY_MS + 12345678;

    /* 1900 to 2200, at ever other times of the day. */
    for (ms = -25567 * DAY_MS; ms < 84006 * DAY_MS; ms += step) {
        nk_zone zone = (nk_zone)(ms / 1000 & 1);
        int64_t back = 0;
        nk_buf b;

        nk_arena_reset(&d->arena);
        nk_buf_init(&b, &d->arena);
        nk_moment_put(&b, ms, zone);
        assert_true(nk_moment_parse(nk_buf_str(&b), NK_ZONE_WIT, &back));
        assert_true(back <= ms && ms < back + 1000);
        b.len = 0;
        nk_moment_put_utc(&b, ms);
        assert_true(nk_moment_parse(nk_buf_str(&b), NK_ZONE_WIT, &back));
        assert_true(back <= ms && ms < back + 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_every_day),
        cmocka_unit_test(reads_dates),
        cmocka_unit_test(refuses_what_is_no_date),
        cmocka_unit_test(orders_dates),
        cmocka_unit_test(counts_years_of_age),
        cmocka_unit_test(knows_the_zones),
        cmocka_unit_test(finds_the_day_of_a_moment),
        cmocka_unit_test(reads_moments),
        cmocka_unit_test(refuses_what_is_no_moment),
        NK_DESK_TEST(prints_days_and_words),
        NK_DESK_TEST(prints_every_form),
        NK_DESK_TEST(names_months_and_days),
        NK_DESK_TEST(prints_times),
        NK_DESK_TEST(reads_back_moments_it_prints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
