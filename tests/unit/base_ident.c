/*
 * Identifiers: the vectors of the domain's rules, and what a number says of
 * its holder beside them. All numbers begin with 99, which is nobody's
 * region, but where another is needed.
 */
#include "../support/check.h"

static const nk_date today = { 2026, 11, 23 };

/* Every province in use; 99 counts as one, as in a training office. */
static nk_regions regions_with(nk_region training)
{
    static const uint8_t codes[] = { 11, 12, 13, 14, 15, 16, 17, 18, 19, 21,
                                     31, 32, 33, 34, 35, 36, 51, 52, 53, 61,
                                     62, 63, 64, 65, 71, 72, 73, 74, 75, 76,
                                     81, 82, 91, 92, 93, 94, 95, 96, 97 };
    nk_regions r = { { 0 } };
    size_t i;

    for (i = 0; i < NK_COUNT(codes); i++)
        r.province[codes[i]] = NK_REGION_REAL;
    r.province[99] = (uint8_t)training;
    return r;
}

static nk_date date(const char *iso)
{
    nk_date d = { 0 };

    if (*iso && !nk_date_parse(nk_str_of(iso), &d))
        fail_msg("\"%s\" is a date", iso);
    return d;
}

static void checks_nik(void **state)
{
    static const struct {
        const char *typed, *birth;
        char sex;
        nk_ident what;
    } rows[] = {
        { "9901015708910001", "1991-08-17", 'P', NK_IDENT_OK },
        { "9901011708910002", "1991-08-17", 'L', NK_IDENT_OK },
        { "99.01.01.570891.0001", "", 0, NK_IDENT_OK },
        { "9901 0157 0891 0001", "", 0, NK_IDENT_OK },
        { "9901-0157-0891-0001", "", 0, NK_IDENT_OK },
        { "9901017112000003", "2000-12-31", 'P', NK_IDENT_OK },
        { "9901014101260004", "", 0, NK_IDENT_OK },
        { "9901012902000005", "", 0, NK_IDENT_OK },
        { "9901012902010006", "", 0, NK_IDENT_DATE },
        { "9901013113900007", "", 0, NK_IDENT_DATE },
        { "9901017208910008", "", 0, NK_IDENT_DATE },
        { "9901010008910009", "", 0, NK_IDENT_DATE },
        { "9901014008910010", "", 0, NK_IDENT_DATE },
        { "9901015700910010", "", 0, NK_IDENT_DATE },
        { "9901015708910000", "", 0, NK_IDENT_SERIAL },
        { "990101570891001", "", 0, NK_IDENT_LENGTH },
        { "99010157089100011", "", 0, NK_IDENT_LENGTH },
        { "", "", 0, NK_IDENT_LENGTH },
        { "99010157089100O1", "", 0, NK_IDENT_CHAR },
        { "9901015708910001\xC2\xA0", "", 0, NK_IDENT_CHAR },
        { "0001015708910001", "", 0, NK_IDENT_REGION },
        { "9801015708910001", "", 0, NK_IDENT_REGION },
        { "9901015708910001", "1991-08-18", 'P', NK_IDENT_W_DATE },
        { "9901015708910001", "1991-08-17", 'L', NK_IDENT_W_SEX },
        { "9901015708910001", "1991-08-18", 'L', NK_IDENT_W_DATE },
        { "1111111111111111", "", 0, NK_IDENT_PLACEHOLDER },
        { "9999999999999999", "", 0, NK_IDENT_PLACEHOLDER },
        { "1234567890123456", "", 0, NK_IDENT_PLACEHOLDER },
        /* What is known in part agrees in part. */
        { "9901015708910001", "1991", 0, NK_IDENT_OK },
        { "9901015708910001", "1991-08", 0, NK_IDENT_OK },
        { "9901015708910001", "1991-09", 0, NK_IDENT_W_DATE },
        { "9901015708910001", "1990", 0, NK_IDENT_W_DATE },
        { "9901014101260004", "1926", 0, NK_IDENT_OK },
        { "9901014101260004", "1926-01-01", 0, NK_IDENT_OK },
        { "9901014101260004", "2026", 0, NK_IDENT_OK },
        { "9901014101260004", "1926-02", 0, NK_IDENT_W_DATE },
        /* A day that is yet to come is of the last century. */
        { "9901016411260004", "1926-11-24", 'P', NK_IDENT_OK },
        { "9901016311260004", "2026-11-23", 'P', NK_IDENT_OK },
    };
    const nk_regions regions = regions_with(NK_REGION_REAL);
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_nik nik;
        nk_ident what =
            nk_nik_check(nk_str_of(rows[i].typed), date(rows[i].birth),
                         rows[i].sex, today, &regions, &nik);

        if (what != rows[i].what)
            fail_msg("%s: %d, not %d", rows[i].typed, what, rows[i].what);
    }
}

static void reads_nik(void **state)
{
    static const struct {
        const char *typed, *known, *birth;
        char sex;
        bool ambiguous;
        unsigned serial;
    } rows[] = {
        { "9901015708910001", "1991-08-17", "1991-08-17", 'P', false, 1 },
        { "9901011708910002", "", "1991-08-17", 'L', false, 2 },
        { "99.01.01.570891.0001", "", "1991-08-17", 'P', false, 1 },
        { "9901017112000003", "", "2000-12-31", 'P', false, 3 },
        { "9901014101260004", "", "2026-01-01", 'P', true, 4 },
        { "9901014101260004", "1926", "1926-01-01", 'P', false, 4 },
        { "9901014101260004", "2026", "2026-01-01", 'P', false, 4 },
        { "9901012902009999", "", "2000-02-29", 'L', false, 9999 },
        { "9901012311260005", "", "2026-11-23", 'L', true, 5 },
        { "9901012411260005", "", "1926-11-24", 'L', false, 5 },
        /* Nobody lives 111 years; born in 1915 is 111 in 2026. */
        { "9901010101150006", "", "2015-01-01", 'L', false, 6 },
        { "9901010101160006", "", "2016-01-01", 'L', true, 6 },
    };
    const nk_regions regions = regions_with(NK_REGION_REAL);
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_nik nik;

        assert_int_equal(nk_nik_check(nk_str_of(rows[i].typed),
                                      date(rows[i].known), 0, today, &regions,
                                      &nik),
                         NK_IDENT_OK);
        assert_int_equal(nk_date_cmp(nik.birth, date(rows[i].birth)), 0);
        assert_int_equal(nik.sex, rows[i].sex);
        assert_int_equal(nik.ambiguous, rows[i].ambiguous);
        assert_int_equal(nik.serial, rows[i].serial);
        assert_int_equal(strlen(nik.digits), 16);
    }
}

/* A training number is told, unless there is something worse to tell. */
static void tells_training_numbers(void **state)
{
    const nk_regions regions = regions_with(NK_REGION_TEST);
    nk_nik nik;
    nk_date d;

    (void)state;
    assert_int_equal(nk_nik_check(NK_STR("9901015708910001"), date(""), 0,
                                  today, &regions, &nik),
                     NK_IDENT_W_TEST);
    assert_int_equal(nk_nik_check(NK_STR("9901015708910001"),
                                  date("1991-08-18"), 0, today, &regions, &nik),
                     NK_IDENT_W_DATE);
    assert_int_equal(nk_nik_check(NK_STR("3576015708910001"), date(""), 0,
                                  today, &regions, &nik),
                     NK_IDENT_OK);
    assert_int_equal(
        nk_kk_check(NK_STR("9901012305140001"), NK_EMPTY, today, &regions, &d),
        NK_IDENT_W_TEST);
    assert_true(NK_IDENT_W_TEST >= NK_IDENT_WARNINGS);
    assert_true(NK_IDENT_FORM < NK_IDENT_WARNINGS);
}

static void checks_kk(void **state)
{
    static const struct {
        const char *typed, *nik, *recorded;
        nk_ident what;
    } rows[] = {
        { "9901012305140001", "", "2014-05-23", NK_IDENT_OK },
        { "9901 0123 0514 0001", "", "2014-05-23", NK_IDENT_OK },
        { "9901012311260001", "", "2026-11-23", NK_IDENT_OK },
        { "9901016305140001", "", NULL, NK_IDENT_DATE },
        { "9901012305990001", "", "1999-05-23", NK_IDENT_W_OLD },
        /* Tomorrow can only be the year 1926. */
        { "9901012411260001", "", "1926-11-24", NK_IDENT_W_OLD },
        { "9901013112050001", "", "2005-12-31", NK_IDENT_W_OLD },
        { "9901010101060001", "", "2006-01-01", NK_IDENT_OK },
        { "9901012305140000", "", NULL, NK_IDENT_SERIAL },
        { "990101230514000", "", NULL, NK_IDENT_LENGTH },
        { "990101230514000x", "", NULL, NK_IDENT_CHAR },
        { "8801012305140001", "", NULL, NK_IDENT_REGION },
        { "2222222222222222", "", NULL, NK_IDENT_PLACEHOLDER },
        { "9901012305140001", "9901.0123.0514.0001", NULL, NK_IDENT_W_SAME },
        { "9901012305140001", "9901012305140002", NULL, NK_IDENT_OK },
        { "9901012305140001", "990101230514", NULL, NK_IDENT_OK },
    };
    const nk_regions regions = regions_with(NK_REGION_REAL);
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_date d = { 0 };
        nk_ident what =
            nk_kk_check(nk_str_of(rows[i].typed), nk_str_of(rows[i].nik), today,
                        &regions, &d);

        if (what != rows[i].what)
            fail_msg("%s: %d, not %d", rows[i].typed, what, rows[i].what);
        if (rows[i].recorded)
            assert_int_equal(nk_date_cmp(d, date(rows[i].recorded)), 0);
    }
}

/* Rows of a check that takes nothing but the text. */
struct simple {
    const char *typed;
    nk_ident what;
};

static void check_all(nk_ident (*check)(nk_str), const struct simple *rows,
                      size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        nk_ident what = check(nk_str_of(rows[i].typed));

        if (what != rows[i].what)
            fail_msg("\"%s\": %d, not %d", rows[i].typed, what, rows[i].what);
    }
}

static void checks_nip(void **state)
{
    static const struct simple rows[] = {
        { "198505172010012999", NK_IDENT_OK },
        { "19850517 201001 2 999", NK_IDENT_OK },
        { "19850517.201001.1.999", NK_IDENT_OK },
        { "198513172010012999", NK_IDENT_DATE },
        { "198502302010012999", NK_IDENT_DATE },
        { "198505172010132999", NK_IDENT_MONTH },
        { "198505172010002999", NK_IDENT_MONTH },
        { "198505172010212999", NK_IDENT_OK }, /* contract staff */
        { "198505172000012999", NK_IDENT_OK },
        { "198505171999012999", NK_IDENT_W_YOUNG },
        { "198505171980012999", NK_IDENT_W_YOUNG },
        { "198505172010013999", NK_IDENT_SEX },
        { "198505172010010999", NK_IDENT_SEX },
        { "19850517201001299", NK_IDENT_LENGTH },
        { "1985051720100129999", NK_IDENT_LENGTH },
        { "", NK_IDENT_LENGTH },
        { "19850517201001299X", NK_IDENT_CHAR },
    };

    (void)state;
    check_all(nk_nip_check, rows, NK_COUNT(rows));
}

static void checks_phone(void **state)
{
    static const struct {
        const char *typed, *e164;
        nk_ident what;
    } rows[] = {
        { "081200000099", "+6281200000099", NK_IDENT_OK },
        { "(0385) 41123", "+6238541123", NK_IDENT_OK },
        { "62812-0000-0099", "+6281200000099", NK_IDENT_OK },
        { "+62 812 0000 0099", "+6281200000099", NK_IDENT_OK },
        { " 0321-5289111 ", "+623215289111", NK_IDENT_OK },
        { "0812345678", "+62812345678", NK_IDENT_OK },
        { "081234567", "+6281234567", NK_IDENT_OK },
        { "08123456", NULL, NK_IDENT_LENGTH },
        { "0812345678901", "+62812345678901", NK_IDENT_OK },
        { "08123456789012", NULL, NK_IDENT_LENGTH },
        { "02112345", "+622112345", NK_IDENT_OK },
        { "0211234", NULL, NK_IDENT_LENGTH },
        { "8120", NULL, NK_IDENT_FORM },
        { "", NULL, NK_IDENT_FORM },
        { "+0812 0000 0099", NULL, NK_IDENT_FORM },
        { "+1 555 010 0099", NULL, NK_IDENT_FORM },
        { "0012345678", NULL, NK_IDENT_LENGTH },
        { "62081200000099", NULL, NK_IDENT_LENGTH },
        { "0812 dua", NULL, NK_IDENT_CHAR },
        { "081200000099+", NULL, NK_IDENT_CHAR },
        { "08120000009900000000000000000000", NULL, NK_IDENT_LENGTH },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        char e164[20] = "before";
        nk_ident what = nk_phone_check(nk_str_of(rows[i].typed), e164);

        if (what != rows[i].what)
            fail_msg("\"%s\": %d, not %d", rows[i].typed, what, rows[i].what);
        assert_string_equal(e164, rows[i].e164 ? rows[i].e164 : "before");
    }
}

static void checks_other_identifiers(void **state)
{
    static const struct simple emails[] = {
        { "dinsos@contoh.example", NK_IDENT_OK },
        { "a@b.c", NK_IDENT_OK },
        { "dinsos", NK_IDENT_FORM },
        { "@contoh.example", NK_IDENT_FORM },
        { "dinsos@", NK_IDENT_FORM },
        { "dinsos@contoh", NK_IDENT_FORM },
        { "dinsos@@contoh.example", NK_IDENT_FORM },
        { "dinsos@x@contoh.example", NK_IDENT_FORM },
        { "dinsos@.example", NK_IDENT_FORM },
        { "dinsos@contoh.", NK_IDENT_FORM },
        { "din sos@contoh.example", NK_IDENT_FORM },
        { "dinsos@contoh.example\n", NK_IDENT_FORM },
        { "", NK_IDENT_FORM },
    };
    static const struct simple postcodes[] = {
        { "86554", NK_IDENT_OK },      { "8655", NK_IDENT_LENGTH },
        { "865544", NK_IDENT_LENGTH }, { "8655A", NK_IDENT_CHAR },
        { "86 554", NK_IDENT_CHAR },   { "", NK_IDENT_LENGTH },
    };
    static const struct simple rt_rws[] = {
        { "1/2", NK_IDENT_OK },     { "001/002", NK_IDENT_OK },
        { "999/999", NK_IDENT_OK }, { "1000/1", NK_IDENT_FORM },
        { "1", NK_IDENT_FORM },     { "/2", NK_IDENT_FORM },
        { "1/", NK_IDENT_FORM },    { "1/2/3", NK_IDENT_FORM },
        { "a/b", NK_IDENT_FORM },   { "1 / 2", NK_IDENT_FORM },
    };
    static const struct simple classes[] = {
        { "400.2.3.2", NK_IDENT_OK }, { "465.3", NK_IDENT_OK },
        { "400", NK_IDENT_OK },       { "188.4", NK_IDENT_OK },
        { "4002", NK_IDENT_FORM },    { "40", NK_IDENT_FORM },
        { "40.2", NK_IDENT_FORM },    { "400.", NK_IDENT_FORM },
        { "400..2", NK_IDENT_FORM },  { "400.2a", NK_IDENT_FORM },
        { ".400", NK_IDENT_FORM },    { "", NK_IDENT_FORM },
    };
    nk_desk *d = *state;
    nk_buf b;

    check_all(nk_email_check, emails, NK_COUNT(emails));
    check_all(nk_postcode_check, postcodes, NK_COUNT(postcodes));
    check_all(nk_rt_rw_check, rt_rws, NK_COUNT(rt_rws));
    check_all(nk_classification_check, classes, NK_COUNT(classes));
    nk_buf_init(&b, &d->arena); /* the longest there may be, and one more */
    nk_buf_fill(&b, 'x', 246);
    nk_buf_lit(&b, "@x.y.zzz");
    assert_int_equal(nk_email_check(nk_buf_str(&b)), NK_IDENT_OK);
    nk_buf_putc(&b, 'z');
    assert_int_equal(nk_email_check(nk_buf_str(&b)), NK_IDENT_FORM);
}

/* What a text is printed as, by a function that appends. */
struct printed {
    const char *typed, *print;
};

static void print_all(nk_desk *d, void (*put)(nk_buf *, nk_str),
                      const struct printed *rows, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        put(&b, nk_str_of(rows[i].typed));
        assert_str(nk_buf_str(&b), rows[i].print);
    }
}

static void prints_groups(void **state)
{
    static const struct {
        const char *digits, *sizes, *print;
    } rows[] = {
        { "198505172010012999", "8613", "19850517 201001 2 999" },
        { "9901015708910001", "4444", "9901 0157 0891 0001" },
        { "9901.0157-0891 0001", "4444", "9901 0157 0891 0001" },
        { "9901015708910001", "", "9901015708910001" },
        { "1234567", "3", "123 456 7" },
        { "12", "4444", "12" },
        { "", "4444", "" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        nk_groups_put(&b, nk_str_of(rows[i].digits), rows[i].sizes);
        assert_str(nk_buf_str(&b), rows[i].print);
    }
}

static void prints_other_forms(void **state)
{
    static const struct printed rt_rws[] = {
        { "1/2", "001/002" },
        { "012/345", "012/345" },
        { "dusun", "dusun" },
        { "1/2/3", "1/2/3" },
    };
    static const struct printed masks[] = {
        { "9901015708910001", "990101********01" },
        { "123456789", "123456*89" },
        { "12345678", "********" },
        { "", "" },
        { "R\xC3\xA9n\xC3\xA9"
          "e Contoh",
          "R\xC3\xA9n\xC3\xA9"
          "e ****oh" },
    };
    static const struct printed initials[] = {
        { "Melati Contoh Sari", "M.C.S." },
        { "Mawar", "M." },
        { "Siti binti Contoh", "S.C." },
        { "Ahmad Bin Contoh Al Sari", "A.C.S." },
        { "Raden Ajeng Cempaka Wangi", "R.A.C." },
        { "  melati\t contoh ", "M.C." },
        { "\xC5\x9A"
          "armil\xC4\x81 \xC3\xA9mile",
          "\xC5\x9A.\xC3\x89." },
        { "bin", "" },
        { "", "" },
    };
    nk_desk *d = *state;

    print_all(d, nk_rt_rw_put, rt_rws, NK_COUNT(rt_rws));
    print_all(d, nk_mask_put, masks, NK_COUNT(masks));
    print_all(d, nk_initials_put, initials, NK_COUNT(initials));
}

/* Every finding but OK has words, and only warnings let a command go on. */
static void has_words_for_each(void **state)
{
    int what, other;

    (void)state;
    assert_int_equal(nk_ident_message(NK_IDENT_OK), NK_M_NONE);
    for (what = NK_IDENT_OK + 1; what < NK_IDENT_COUNT; what++) {
        nk_msg msg = nk_ident_message((nk_ident)what);

        if (msg == NK_M_NONE)
            fail_msg("no words for %d", what);
        assert_int_equal(nk_msg_exit(msg), what < NK_IDENT_WARNINGS ? 20 : 0);
        for (other = NK_IDENT_OK; other < what; other++)
            assert_int_not_equal(nk_ident_message((nk_ident)other), msg);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_nik),
        cmocka_unit_test(reads_nik),
        cmocka_unit_test(tells_training_numbers),
        cmocka_unit_test(checks_kk),
        cmocka_unit_test(checks_nip),
        cmocka_unit_test(checks_phone),
        NK_DESK_TEST(checks_other_identifiers),
        NK_DESK_TEST(prints_groups),
        NK_DESK_TEST(prints_other_forms),
        cmocka_unit_test(has_words_for_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
