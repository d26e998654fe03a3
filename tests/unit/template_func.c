/*
 * The functions of expressions: the vectors of domain/rules.md, and what they
 * cannot read, which they print as it is.
 */
#include "../support/house.h"

static void prints_vectors(void **state)
{
    static const struct {
        const char *name, *in, *out;
    } rows[] = {
        { "date", "2026-11-23", "23 November 2026" },
        { "date", " 2024-03-04 ", "4 Maret 2024" },
        { "date", "2026-11", "November 2026" },
        { "date", "2026", "2026" },
        { "date", "2026-11-18T08:15:00+07:00", "18 November 2026" },
        { "date-day", "2024-02-29", "Kamis, 29 Februari 2024" },
        { "date-day", "2026-01-01", "Kamis, 1 Januari 2026" },
        { "date-day", "1945-08-17", "Jumat, 17 Agustus 1945" },
        { "date-short", "2026-11-23", "23-11-2026" },
        { "date-words", "2026-11-23",
          "hari Senin tanggal dua puluh tiga bulan November tahun dua ribu dua "
          "puluh enam" },
        { "date-words", "2000-02-29",
          "hari Selasa tanggal dua puluh sembilan bulan Februari tahun dua "
          "ribu" },
        { "time", " 2026-11-18T08:15:00+07:00 ", "08.15" },
        { "time", "2026-11-18T23:59", "23.59" },
        { "month", "2026-11-23", "November 2026" },
        { "month-roman", "2026-11-23", "XI" },
        { "year", "2026-11-23", "2026" },
        { "words", "0", "nol" },
        { "words", "11", "sebelas" },
        { "words", "1001000", "satu juta seribu" },
        { "words", "21000", "dua puluh satu ribu" },
        { "words", "-5", "minus lima" },
        { "words", "1000000000000000", "1000000000000000" },
        { "count-words", "2", "2 (dua)" },
        { "count-words", " 1 ", "1 (satu)" },
        { "thousands", "1250000", "1.250.000" },
        { "few", "0", "0" },
        { "few", "1", "< 5" },
        { "few", "4", "< 5" },
        { "few", "5", "5" },
        { "few", "1250", "1.250" },
        { "few", "banyak", "banyak" },
        { "rupiah", "1250000", "Rp1.250.000,00" },
        { "rupiah", "0", "Rp0,00" },
        { "rupiah-words", "1250000",
          "Rp1.250.000,00 (satu juta dua ratus lima puluh ribu rupiah)" },
        { "initials", "Melati Contoh Sari", "M.C.S." },
        { "initials", "Siti binti Contoh", "S.C." },
        { "mask", "9901015708910001", "990101********01" },
        { "upper", "Kota \xC3\xA9", "KOTA \xC3\x89" },
        { "nik", "9901015708910001", "9901 0157 0891 0001" },
        { "nik", "99.01.01.570891.0001", "9901 0157 0891 0001" },
        { "nip", "197001011995012999", "19700101 199501 2 999" },
        { "nip", "belum ada", "belum ada" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_function *f = nk_function_find(nk_str_of(rows[i].name));
        nk_str arg = nk_str_of(rows[i].in);
        nk_buf b;

        assert_non_null(f);
        nk_buf_init(&b, &d->arena);
        assert_true(f->call(NULL, &arg, 1, &b));
        assert_str(nk_buf_str(&b), rows[i].out);
    }
}

/* A paper never hides what was typed. */
static void prints_the_rest_as_it_is(void **state)
{
    static const char *const texts[] = {
        "entah",       "sekitar Mei", "2026-02-30", "2026-11-23 sampai besok",
        "12a",         "1.250",       "A1234567",   "nomor 7",
        "2026-11-23x",
    };
    nk_desk *d = *state;
    size_t i, k;

    for (k = 0; k < nk_functions_n; k++) {
        const nk_function *f = &nk_functions[k];
        nk_str name = nk_str_of(f->name);

        if (f->max_args != 1 || nk_str_eq(name, NK_STR("initials")) ||
            nk_str_eq(name, NK_STR("mask")) || nk_str_eq(name, NK_STR("upper")))
            continue;
        for (i = 0; i < NK_COUNT(texts); i++) {
            nk_str arg = nk_str_of(texts[i]);
            nk_buf b;

            nk_buf_init(&b, &d->arena);
            assert_true(f->call(NULL, &arg, 1, &b));
            if (!nk_str_eq(nk_buf_str(&b), arg))
                fail_msg("%s(%s) is \"%.*s\"", f->name, texts[i], (int)b.len,
                         b.ptr);
        }
    }
}

static void says_nothing_of_nothing(void **state)
{
    nk_desk *d = *state;
    size_t k;

    for (k = 0; k < nk_functions_n; k++) {
        nk_str args[2] = { NK_STR_INIT(""), NK_STR_INIT("") };
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        assert_true(
            nk_functions[k].call(NULL, args, nk_functions[k].max_args, &b));
        assert_str(nk_buf_str(&b), "");
    }
}

static void works_out_ages(void **state)
{
    static const struct {
        const char *born, *on, *age;
    } rows[] = {
        { "2008-11-23", "2026-11-22", "17" },
        { "2008-11-23", "2026-11-23", "18" },
        { "2008-02-29", "2026-02-28", "17" },
        { "2008-02-29", "2026-03-01", "18" },
        { "1966-05-10", "2026-05-10", "60" },
        { " 2008-11-23 ", " 2026-11-23 ", "18" },
        { "2026-11-24", "2026-11-23", "" },
        { "2008-11", "2026-11-23", "" },
        { "2008-11-23", "2026", "" },
        { "entah", "2026-11-23", "" },
        { "", "", "" },
    };
    nk_desk *d = *state;
    const nk_function *f = nk_function_find(NK_STR("age"));
    size_t i;

    assert_int_equal(f->min_args, 2);
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str args[2] = { nk_str_of(rows[i].born), nk_str_of(rows[i].on) };
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        assert_true(f->call(NULL, args, 2, &b));
        assert_str(nk_buf_str(&b), rows[i].age);
    }
}

static void has_a_name_for_each(void **state)
{
    size_t i, k;

    (void)state;
    for (i = 0; i < nk_functions_n; i++) {
        const nk_function *f = &nk_functions[i];

        assert_ptr_equal(nk_function_find(nk_str_of(f->name)), f);
        assert_true(f->min_args >= 1 && f->max_args <= NK_MAX_XPATH_ARGS);
        for (k = 0; k < i; k++)
            assert_string_not_equal(f->name, nk_functions[k].name);
    }
    assert_null(nk_function_find(NK_STR("tanggal")));
    assert_null(nk_function_find(NK_EMPTY));
    for (i = 0; i < NK_LETTER_FACTS; i++)
        assert_true(nk_letter_facts[i].len > 0);
    for (i = 0; i < NK_SIGNER_FACTS; i++)
        assert_true(nk_signer_facts[i].len > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(prints_vectors),
        NK_DESK_TEST(prints_the_rest_as_it_is),
        NK_DESK_TEST(says_nothing_of_nothing),
        NK_DESK_TEST(works_out_ages),
        cmocka_unit_test(has_a_name_for_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
