/*
 * Values and fields: words in letters, places to write in forms, and what is
 * missed when it is not known.
 */
#include "../support/bound.h"

#define FULL                                                                   \
    "<kind>kdrt</kind><kind>penelantaran</kind><officer>Petugas "              \
    "Contoh</officer><victim><name>Melati Contoh</name>"                       \
    "<nik>9901015012900001</nik><birth-date>1990-12-10</birth-date>"           \
    "<sex>P</sex><disability>netra</disability><disability>fisik</disability>" \
    "<phone>0812 0000 0001</phone></victim>"                                   \
    "<witness><birth-date>1960</birth-date></"                                 \
    "witness><incident><date>2026-05</date>"                                   \
    "<time>20:30:00</time><summary>Baris satu.\nBaris dua.</summary>"          \
    "</incident>"                                                              \
    "<complaint><children-affected>2</children-affected></complaint>"          \
    "<consent id='c-1' with='a'><given>2026-11-01</given></consent>"           \
    "<consent id='c-2' with='a'><given>2026-11-02</given></consent>"

#define TEXT(s) "  p\n    text \"" s "\"\n"

/* A body, and its tree filled, half-filled from an empty case, and blank. */
struct row {
    const char *body, *filled, *unknown, *blank;
};

#define DOTS "  p\n    blank width=85039 dotted\n"

static void check_rows(nk_house *h, const char *family, const struct row *rows,
                       size_t n)
{
    const nk_bound_how how[3] = {
        { .inside = FULL, .sheet = { .family = family } },
        { .mode = NK_MODE_HALF, .sheet = { .family = family } },
        { .mode = NK_MODE_BLANK,
          .inside = FULL,
          .sheet = { .family = family } },
    };
    size_t i, k;

    for (i = 0; i < n; i++) {
        const char *const want[3] = { rows[i].filled, rows[i].unknown,
                                      rows[i].blank };

        for (k = 0; k < 3; k++) {
            nk_str got = bound_tree(h, &how[k], rows[i].body);
            const char *tree = want[k] ? want[k] : want[1];

            if (!nk_str_eq(got, nk_str_of(tree)))
                print_error("%zu: %s\n", k, rows[i].body);
            assert_str(got, tree);
        }
    }
}

/* ---- In running text --------------------------------------------------- */

static void prints_values(void **state)
{
    static const struct row rows[] = {
        { "<p><value-of select='victim/name'/></p>", TEXT("Melati Contoh"),
          DOTS, NULL },
        { "<p><value-of select='victim/name' blank='10pt'/></p>",
          TEXT("Melati Contoh"), "  p\n    blank width=10000 dotted\n", NULL },
        { "<p><value-of select='victim/birth-date'/></p>",
          TEXT("10 Desember 1990"), DOTS, NULL },
        { "<p><value-of select='victim/birth-date' as='date-short'/></p>",
          TEXT("10-12-1990"), DOTS, NULL },
        { "<p><value-of select='incident/date'/></p>", TEXT("Mei 2026"), DOTS,
          NULL },
        { "<p><value-of select='victim/sex'/></p>", TEXT("Perempuan"), DOTS,
          NULL },
        /* Several are joined, each by its own form. */
        { "<p><value-of select='victim/disability'/></p>", TEXT("Netra, Fisik"),
          DOTS, NULL },
        { "<p><value-of select='kind' as='upper'/></p>",
          TEXT("KDRT, PENELANTARAN"), DOTS, NULL },
        { "<p><value-of select='@number'/></p>", TEXT("K-1"), TEXT("K-1"),
          DOTS },
        { "<p><value-of select='@opened'/></p>",
          TEXT("18 November 2026 pukul 08.15"),
          TEXT("18 November 2026 pukul 08.15"), DOTS },
        { "<p><value-of select=\"concat('a', 'b')\"/></p>", TEXT("ab"),
          TEXT("ab"), NULL },
        { "<p><value-of select='victim/nik' as='nik'/></p>",
          TEXT("9901 0150 1290 0001"), DOTS, NULL },
        { "<p><value-of select='complaint/children-affected' "
          "as='count-words'/></p>",
          TEXT("2 (dua)"), DOTS, NULL },
        { "<p><value-of select='number(victim/name)'/></p>", "", DOTS, NULL },
        { "<p><value-of select='victim/religion'/></p>", "", DOTS, NULL },
        { "<p><b><value-of select='victim/name'/></b></p>",
          "  p\n    text bold \"Melati Contoh\"\n",
          "  p\n    blank width=85039 bold dotted\n", NULL },
    };

    check_rows(*state, "korespondensi", rows, NK_COUNT(rows));
}

#define BOXED(day, month)                                                      \
    day "\xC2\xA0" month "\xC2\xA0"                                            \
        "2026; "

/* By the clocks of the office, whose day may be another. */
static void prints_moments(void **state)
{
    static const struct {
        const char *opened, *office, *text;
    } rows[] = {
        { "2026-11-22T20:30:00Z", "manggarai-barat",
          BOXED("23", "11") "23 November 2026 pukul 04.30; 23-11-2026; 04.30; "
                            "2026-11-23" },
        { "2026-11-22T20:30:00Z", "sekadau",
          BOXED("23", "11") "23 November 2026 pukul 03.30; 23-11-2026; 03.30; "
                            "2026-11-23" },
        { "2026-11-23T00:15:00+09:00", "sekadau",
          BOXED("22", "11") "22 November 2026 pukul 22.15; 22-11-2026; 22.15; "
                            "2026-11-22" },
        { "2026-12-31T23:30:00", "manggarai-barat",
          BOXED("31", "12") "31 Desember 2026 pukul 23.30; 31-12-2026; 23.30; "
                            "2026-12-31" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_bound_how how = { .opened = rows[i].opened,
                                   .office = rows[i].office };
        nk_str text =
            bound_text(h, &how,
                       "<p><field of='@opened' show='date'/>; "
                       "<value-of select='@opened'/>; <value-of "
                       "select='@opened' as='date-short'/>; <value-of "
                       "select='time(@opened)'/>; <value-of "
                       "select='substring(@opened, 1, 10)'/></p>");

        assert_str(nk_str_trim(text), rows[i].text);
    }
}

/* In a letter a field is words; in a form it is a place to write. */
static void prints_fields_as_words(void **state)
{
    static const struct row rows[] = {
        { "<p><field of='victim/name'/></p>", TEXT("Melati Contoh"), DOTS,
          NULL },
        { "<p><field of='victim/religion'/></p>", "", DOTS, NULL },
        { "<p><field of='victim/sex'/></p>", TEXT("Perempuan"), DOTS, NULL },
        { "<p><field of='victim/name' show='line'/></p>",
          "  p\n    blank \"Melati Contoh\"\n", "  p\n    blank\n", NULL },
    };

    check_rows(*state, "korespondensi", rows, NK_COUNT(rows));
}

#define BOXES(d, m, y)                                                         \
    "  p\n    comb count=2" d "\n    text \"\xC2\xA0\"\n    comb count=2" m    \
    "\n    text \"\xC2\xA0\"\n    comb count=4" y "\n"

static void prints_fields_as_places(void **state)
{
    static const struct row rows[] = {
        { "<p><field of='victim/name'/></p>",
          "  p\n    blank \"Melati Contoh\"\n", "  p\n    blank\n", NULL },
        { "<p><field of='victim/nik'/></p>",
          "  p\n    comb count=16 \"9901015012900001\"\n",
          "  p\n    comb count=16\n", NULL },
        { "<p><field of='victim/kk' boxes='20' show='comb'/></p>",
          "  p\n    comb count=20\n", "  p\n    comb count=20\n", NULL },
        { "<p><field of='victim/birth-date'/></p>",
          BOXES(" \"10\"", " \"12\"", " \"1990\""), BOXES("", "", ""), NULL },
        /* Of several the first. */
        { "<p><field of='consent/given'/></p>",
          BOXES(" \"01\"", " \"11\"", " \"2026\""), BOXES("", "", ""), NULL },
        /* What is not known of a date stays empty. */
        { "<p><field of='witness/birth-date'/></p>", BOXES("", "", " \"1960\""),
          BOXES("", "", ""), NULL },
        { "<p><field of='incident/date'/></p>",
          BOXES("", " \"05\"", " \"2026\""), BOXES("", "", ""), NULL },
        { "<p><field of='@opened' show='date'/></p>",
          BOXES(" \"18\"", " \"11\"", " \"2026\""),
          BOXES(" \"18\"", " \"11\"", " \"2026\""), BOXES("", "", "") },
        { "<p><field of='victim/sex'/></p>",
          "  p\n    check \"Laki-laki\" \"L\"\n"
          "    text \"\xC2\xA0Laki-laki\"\n    fill width=14173\n"
          "    check checked \"Perempuan\" \"P\"\n"
          "    text \"\xC2\xA0Perempuan\"\n",
          "  p\n    check \"Laki-laki\" \"L\"\n"
          "    text \"\xC2\xA0Laki-laki\"\n    fill width=14173\n"
          "    check \"Perempuan\" \"P\"\n"
          "    text \"\xC2\xA0Perempuan\"\n",
          NULL },
        { "<p><field of='reporter/sex' width='9pt'/></p>",
          "  p\n    check \"Laki-laki\" \"L\"\n"
          "    text \"\xC2\xA0Laki-laki\"\n    fill width=9000\n"
          "    check \"Perempuan\" \"P\"\n"
          "    text \"\xC2\xA0Perempuan\"\n",
          "  p\n    check \"Laki-laki\" \"L\"\n"
          "    text \"\xC2\xA0Laki-laki\"\n    fill width=9000\n"
          "    check \"Perempuan\" \"P\"\n"
          "    text \"\xC2\xA0Perempuan\"\n",
          NULL },
        { "<p><field of='incident/time'/></p>", "  p\n    blank \"20.30\"\n",
          "  p\n    blank\n", NULL },
        { "<p><field of='victim/phone'/></p>",
          "  p\n    blank \"0812 0000 0001\"\n", "  p\n    blank\n", NULL },
        { "<p><field of='victim/name' show='value'/></p>",
          TEXT("Melati Contoh"), DOTS, NULL },
        { "<p><field of='complaint/children-affected'/></p>",
          "  p\n    blank \"2\"\n", "  p\n    blank\n", NULL },
        /* Lines of their own, also when a paragraph holds nothing else. */
        { "<p><field of='incident/summary'/></p>",
          "  lines height=22677 count=3 \"Baris satu.\nBaris dua.\"\n",
          "  lines height=22677 count=3\n", NULL },
        { "<block><field of='incident/summary' lines='5' show='lines'/>"
          "</block>",
          "  block\n    lines height=22677 count=5 \"Baris satu.\nBaris "
          "dua.\"\n",
          "  block\n    lines height=22677 count=5\n", NULL },
        { "<p>a <field of='incident/summary'/></p>",
          "  p\n    text \"a \"\n    blank \"Baris satu.\nBaris dua.\"\n",
          "  p\n    text \"a \"\n    blank\n", NULL },
        /* What is no field has a line. */
        { "<p><field of=\"concat('a', 'b')\"/></p>", "  p\n    blank \"ab\"\n",
          "  p\n    blank \"ab\"\n", NULL },
    };

    check_rows(*state, "formulir", rows, NK_COUNT(rows));
}

/* Several choices may be ticked. */
static void ticks_what_is_chosen(void **state)
{
    const nk_bound_how how = { .inside = FULL };

    assert_str(
        bound_text(*state, &how, "<p><field of='victim/disability'/></p>"),
        "[ ]\xC2\xA0Tidak\xC2\xA0"
        "ada [x]\xC2\xA0"
        "Fisik [x]\xC2\xA0Netra [ ]\xC2\xA0Rungu/wicara "
        "[ ]\xC2\xA0Intelektual [ ]\xC2\xA0Mental [ ]\xC2\xA0Ganda\n");
}

/* ---- Rows -------------------------------------------------------------- */

#define ROW(label, cell)                                                       \
    "    row\n      cell head\n        p\n          text \"" label             \
    "\"\n          fill\n          text \":\"\n      cell\n" cell

static void makes_rows(void **state)
{
    static const struct row letter[] = {
        { "<fields><field of='victim/name'/></fields>",
          "  table\n" ROW("Nama lengkap",
                          "        p\n          text \"Melati Contoh\"\n"),
          "  table\n" ROW("Nama lengkap",
                          "        p\n          blank dotted\n"),
          NULL },
        { "<fields><field of='victim/name' label='Nama'/></fields>",
          "  table\n" ROW("Nama",
                          "        p\n          text \"Melati Contoh\"\n"),
          "  table\n" ROW("Nama", "        p\n          blank dotted\n"),
          NULL },
        /* A row without a value goes, unless it is to stay. */
        { "<fields><field of='victim/religion'/></fields>", "",
          "  table\n" ROW("Agama/kepercayaan",
                          "        p\n          blank dotted\n"),
          NULL },
        { "<fields><field of='victim/religion' empty='keep'/></fields>",
          "  table\n" ROW("Agama/kepercayaan",
                          "        p\n          blank dotted\n"),
          "  table\n" ROW("Agama/kepercayaan",
                          "        p\n          blank dotted\n"),
          NULL },
    };
    static const struct row form[] = {
        { "<fields><field of='victim/religion'/></fields>",
          "  table\n" ROW("Agama/kepercayaan", "        p\n          blank\n"),
          "  table\n" ROW("Agama/kepercayaan", "        p\n          blank\n"),
          NULL },
        { "<fields><field of='incident/summary' lines='2'/></fields>",
          "  table\n" ROW("Uraian singkat kejadian",
                          "        lines height=22677 count=2 \"Baris "
                          "satu.\nBaris dua.\"\n"),
          "  table\n" ROW("Uraian singkat kejadian",
                          "        lines height=22677 count=2\n"),
          NULL },
        { "<fields><field of='victim/nik'/></fields>",
          "  table\n" ROW("NIK", "        p\n          comb count=16 "
                                 "\"9901015012900001\"\n"),
          "  table\n" ROW("NIK", "        p\n          comb count=16\n"),
          NULL },
    };

    check_rows(*state, "korespondensi", letter, NK_COUNT(letter));
    check_rows(*state, "formulir", form, NK_COUNT(form));
}

/* ---- What is missed ---------------------------------------------------- */

#define HALF_A_VICTIM "<victim><sex>P</sex></victim>"

static void expect_missed(nk_house *h, const char *inside, const char *body,
                          const char *words)
{
    const nk_bound_how how = { .inside = inside };

    bound_fails(h, &how, body, NK_E_INVALID, "PAPER_LACKS");
    if (!nk_str_eq(words_of(&h->problems), nk_str_of(words)))
        print_error("%s\n", body);
    assert_str(words_of(&h->problems), words);
}

/* All of it at once, with labels, and where the record begins. */
static void misses_all_at_once(void **state)
{
    nk_house *h = *state;

    expect_missed(h, HALF_A_VICTIM "<incident><time>20:30:00</time></incident>",
                  "<p><value-of select='officer'/><field of='victim/name'/>"
                  "</p><fields><field of='incident/place-kind'/><row label='x'>"
                  "<value-of select='incident/form'/></row></fields>"
                  "<p><value-of select='victim/religion' needed='yes'/></p>",
                  "Isian Petugas penanggung jawab wajib diisi.\n"
                  "Isian Korban: Nama lengkap wajib diisi.\n"
                  "Isian Peristiwa: Kategori tempat kejadian wajib diisi.\n"
                  "Isian Peristiwa: Bentuk kekerasan wajib diisi.\n"
                  "Isian Korban: Agama/kepercayaan wajib diisi.\n");
    assert_said(&h->problems,
                "1:1 FIELD_REQUIRED\n1:1 FIELD_REQUIRED\n1:1 FIELD_REQUIRED\n"
                "1:1 FIELD_REQUIRED\n1:1 FIELD_REQUIRED\n");
    assert_str(h->problems.first->place.file, "k.xml");
    assert_str(h->problems.first->place.field, "Petugas penanggung jawab");
    assert_str(h->ctx.fault.args.v[0], "Judul");
    assert_str(h->ctx.fault.args.v[1], "5");
}

static void misses_what_is_needed(void **state)
{
    nk_house *h = *state;

    expect_missed(h, HALF_A_VICTIM,
                  "<p><value-of select='concat(victim/kk, victim/nik)' "
                  "needed='yes'/></p><fields><field of='victim/kk' "
                  "label='Nomor' needed='yes'/></fields>",
                  "Isian concat(victim/kk, victim/nik) wajib diisi.\nIsian "
                  "Korban: Nomor KK wajib diisi.\n");
}

/* Also by a field that a letter prints as words. */
static void misses_a_field_once(void **state)
{
    const nk_bound_how how = { .inside = HALF_A_VICTIM,
                               .sheet = { .family = "korespondensi" } };
    nk_house *h = *state;

    bound_fails(h, &how, "<p><field of='victim/name'/></p>", NK_E_INVALID,
                "PAPER_LACKS");
    assert_said(&h->problems, "1:1 FIELD_REQUIRED\n");
    assert_str(h->ctx.fault.args.v[1], "1");
}

/* Nothing is missed that is not asked for here, or cannot be known. */
static void misses_nothing_else(void **state)
{
    static const struct {
        const char *inside, *body, *to;
        nk_mode mode;
    } rows[] = {
        { HALF_A_VICTIM, "<p><value-of select='victim/name'/></p>", "office",
          NK_MODE_HALF },
        { HALF_A_VICTIM, "<p><value-of select='victim/name'/></p>", "office",
          NK_MODE_BLANK },
        { HALF_A_VICTIM, "<p><value-of select='victim/name' needed='no'/></p>",
          "office", NK_MODE_FILLED },
        { HALF_A_VICTIM, "<p><value-of select='victim/religion'/></p>",
          "office", NK_MODE_FILLED },
        /* No group, nothing in it. */
        { HALF_A_VICTIM, "<p><value-of select='guardian/name'/></p>", "office",
          NK_MODE_FILLED },
        { HALF_A_VICTIM,
          "<if test='guardian'><p><value-of select='officer'/></p></if>",
          "office", NK_MODE_FILLED },
        /* Known, but not to the recipient. */
        { "<victim><name>Melati</name><sex>P</sex></victim>",
          "<p><value-of select='victim/name'/><field of='victim/name'/></p>",
          "health-service", NK_MODE_FILLED },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_bound_how how = { .inside = rows[i].inside,
                                   .mode = rows[i].mode,
                                   .sheet = { .to = rows[i].to } };
        nk_house *h = *state;
        nk_str text = bound_text(h, &how, rows[i].body);

        assert_int_equal(h->problems.errors, 0);
        assert_true(nk_str_search(text, NK_STR("Melati")) == text.len);
    }
}

/* ---- Faults of expressions --------------------------------------------- */

static void says_where_an_expression_fails(void **state)
{
    nk_house *h = *state;
    const nk_bound_how how = { .inside = FULL };
    static const char *const bodies[] = {
        "<p>\n<value-of select='count(//*[count(//*[count(//*[count(//*[count("
        "//*[count(//*) > 0]) > 0]) > 0]) > 0]) > 0])'/></p>",
        "<p>\n<if test='count(//*[count(//*[count(//*[count(//*[count(//*["
        "count(//*) > 0]) > 0]) > 0]) > 0]) > 0])'>a</if></p>",
        "<p>\n<check test='count(//*[count(//*[count(//*[count(//*[count(//*["
        "count(//*) > 0]) > 0]) > 0]) > 0]) > 0])'/></p>",
        "<p>\n<choose><when test='count(//*[count(//*[count(//*[count(//*["
        "count(//*[count(//*) > 0]) > 0]) > 0]) > 0]) > 0])'>a</when></choose>"
        "</p>",
    };
    size_t i;

    for (i = 0; i < NK_COUNT(bodies); i++) {
        bound_fails(h, &how, bodies[i], NK_E_LIMIT, "XPATH_TOO_LONG");
        assert_str(h->ctx.fault.place.file, "t.xml");
        assert_int_equal(h->ctx.fault.place.line, 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_values),
        cmocka_unit_test(prints_moments),
        cmocka_unit_test(prints_fields_as_words),
        cmocka_unit_test(prints_fields_as_places),
        cmocka_unit_test(ticks_what_is_chosen),
        cmocka_unit_test(makes_rows),
        cmocka_unit_test(misses_all_at_once),
        cmocka_unit_test(misses_what_is_needed),
        cmocka_unit_test(misses_a_field_once),
        cmocka_unit_test(misses_nothing_else),
        cmocka_unit_test(says_where_an_expression_fails),
    };

    return HOUSE_RUN(tests);
}
