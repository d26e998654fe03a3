/*
 * PDF text strings and dates, there and back.
 */
#include "../support/check.h"

#include "cos/cos.h"

static nk_str text_of(nk_desk *d, const char *raw, size_t n)
{
    nk_str s = { raw, n };
    nk_cos_value v;

    assert_true(nk_cos_take(&s, &v));
    return nk_cos_text(&d->arena, &v);
}

static void reads_every_encoding(void **state)
{
    static const struct {
        const char *raw, *want;
    } rows[] = {
        { "(kepala)", "kepala" },
        { "()", "" },
        { "<>", "" },
        { "(a\\(b\\)\\\\c)", "a(b)\\c" },
        { "(a(b)c)", "a(b)c" },
        { "(\\n\\r\\t\\b\\f\\q)", "\n\r\t\b\fq" },
        { "(\\101\\7\\0611)", "A\a11" },
        { "(a\\\nb\\\r\nc\\\rd)", "abcd" },
        { "(caf\xE9)", "café" },
        { "(\x80\x1F\xA0\xA1)", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD¡" },
        { "<6b6570616C61>", "kepala" },
        { "<6b6 57\n0616C6>", "kepal`" },
        { "<FEFF004B00E9>", "Ké" },
        { "<FEFFD83DDE00>", "\xF0\x9F\x98\x80" },
        { "<FEFFD83D0041>", "\xEF\xBF\xBD\x41" },
        { "<FEFFDE00>", "\xEF\xBF\xBD" },
        { "<FEFF004100>", "A\xEF\xBF\xBD" },
        { "(\\376\\377\\000A)", "A" },
        { "<EFBBBFC3A9>", "é" },
        { "<EFBBBFC3>", "ï»¿Ã" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        assert_str(text_of(d, rows[i].raw, strlen(rows[i].raw)), rows[i].want);
}

static void writes_what_it_reads(void **state)
{
    static const struct {
        const char *text, *raw;
    } rows[] = {
        { "Menyetujui", "(Menyetujui)" },
        { "", "()" },
        { "a(b)\\c", "(a\\(b\\)\\\\c)" },
        { "Ké", "<feff004b00e9>" },
        { "a\nb", "<feff0061000a0062>" },
        { "\xF0\x9F\x98\x80", "<feffd83dde00>" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        nk_cos_put_text(&b, nk_str_of(rows[i].text));
        assert_str(nk_buf_str(&b), rows[i].raw);
        assert_str(text_of(d, b.ptr, b.len), rows[i].text);
    }
}

static void writes_dates_in_utc(void **state)
{
    static const struct {
        const char *moment, *want;
    } rows[] = {
        { "2026-11-23T08:45:30+07:00", "(D:20261123014530Z)" },
        { "1970-01-01T00:00:00Z", "(D:19700101000000Z)" },
        { "1969-12-31T23:59:59Z", "(D:19691231235959Z)" },
        { "2028-02-29T23:00:01Z", "(D:20280229230001Z)" },
    };
    nk_desk *d = *state;
    int64_t ms, back;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        assert_true(
            nk_moment_parse(nk_str_of(rows[i].moment), NK_ZONE_WIB, &ms));
        nk_buf_init(&b, &d->arena);
        nk_cos_put_date(&b, ms);
        assert_str(nk_buf_str(&b), rows[i].want);
        assert_true(nk_cos_date(text_of(d, b.ptr, b.len), &back));
        assert_int_equal(back, ms);
    }
}

static void reads_dates_of_others(void **state)
{
    static const struct {
        const char *date, *moment; /* NULL: none */
    } rows[] = {
        { "D:20261123084530+07'00'", "2026-11-23T01:45:30Z" },
        { "D:20261123084530+07'00", "2026-11-23T01:45:30Z" },
        { "D:20261123084530+0700", "2026-11-23T01:45:30Z" },
        { "D:20261123084530+07", "2026-11-23T01:45:30Z" },
        { "D:20261122204530-05'00'", "2026-11-23T01:45:30Z" },
        { "D:20261123014530", "2026-11-23T01:45:30Z" },
        { "20261123014530", NULL },
        { "D:20261123", NULL },
        { "D:20261323014530Z", NULL },
        { "D:20260229014530Z", NULL },
        { "D:20261123244530Z", NULL },
        { "D:20261123016030Z", NULL },
        { "D:20261123014560Z", NULL },
        { "D:20261123014530+15'00'", NULL },
        { "D:20261123014530+07'60'", NULL },
        { "D:20261123014530x", NULL },
        { "D:2026112301453+Z", NULL },
        { "", NULL },
    };
    int64_t ms, want;
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        bool known = nk_cos_date(nk_str_of(rows[i].date), &ms);

        assert_int_equal(known, rows[i].moment != NULL);
        if (!known)
            continue;
        assert_true(
            nk_moment_parse(nk_str_of(rows[i].moment), NK_ZONE_WIB, &want));
        assert_int_equal(ms, want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(reads_every_encoding),
        NK_DESK_TEST(writes_what_it_reads),
        NK_DESK_TEST(writes_dates_in_utc),
        cmocka_unit_test(reads_dates_of_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
