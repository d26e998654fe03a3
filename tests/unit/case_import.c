/*
 * Cases from a table: each row a record as any other, checked as any other;
 * what is wrong is told by row.
 */
#include "../support/clerk.h"

/* Columns every record needs, and values for them. */
#define HEAD                                                                   \
    "officer,source,status,incident/place-kind,incident/domestic,"             \
    "incident/date,incident/precision,incident/form,kind,@opened"
#define ROW                                                                    \
    "Bakau Contoh,wa,terbuka,fasilitas-umum,non-kdrt,2026-11-19,pasti,psikis," \
    "kekerasan-psikis,2026-11-20T08:00:00+07:00"

static nk_err import(nk_clerk *k, const char *csv, const char *map, bool dry,
                     uint32_t *made)
{
    clerk_forget(k);
    return nk_case_import(&k->ctx, &k->arena, k->press, k->ar, nk_str_of(csv),
                          NK_STR("t.csv"), nk_str_of(map), NK_STR("t.map"),
                          CLERK_OFFICE, dry, &k->problems, made);
}

/* All of it is right. */
static uint32_t imported(nk_clerk *k, const char *csv)
{
    uint32_t made;

    assert_ok(k, import(k, csv, NULL, false, &made));
    if (k->problems.errors)
        assert_str(words_of(&k->problems), "");
    return made;
}

/* Does the record of this number have the element? */
static bool record_has(nk_clerk *k, const char *number, const char *element)
{
    nk_str xml = NK_EMPTY;

    assert_ok(k, nk_archive_case_get(&k->ctx, &k->arena, k->ar,
                                     nk_str_of(number), 0, &xml));
    return clerk_has(xml, element);
}

static uint64_t cases(nk_clerk *k)
{
    nk_archive_stats stats;

    assert_ok(k, nk_archive_stat(&k->ctx, k->ar, &stats));
    return stats.cases;
}

static void rows_become_cases(void **state)
{
    nk_clerk *k = *state;

    assert_int_equal(imported(k, HEAD ",victim/name,victim/sex\n" ROW
                                      ",Melati Contoh,P\n" ROW
                                      ",Mawar Contoh,P\n"),
                     2);
    assert_true(record_has(k, "KASUS-2026-0001", "<name>Melati Contoh</name>"));
    assert_true(record_has(k, "KASUS-2026-0002", "<name>Mawar Contoh</name>"));
    assert_true(record_has(k, "KASUS-2026-0001", "office=\"tanjungpinang\""));
    clerk_verify(k);
}

/* RFC 4180 and what spreadsheets make of it. */
static void ways_to_write_a_table(void **state)
{
    static const struct row {
        const char *csv, *element;
    } rows[] = {
        /* Quotes, a comma, two quotes for one, a line in a cell. */
        { HEAD ",victim/name,victim/sex,victim/address\r\n" ROW
               ",\"Melati \"\"Mel\"\", Contoh\",P,\"Jalan 1,\nRT 2\"\r\n",
          "Melati \"Mel\", Contoh" },
        { "\xEF\xBB\xBF" HEAD ",victim/name,victim/sex\n" ROW ",Mawar,P",
          "<name>Mawar</name>" }, /* a mark before, no line end after */
        { HEAD ", victim/name ,victim/sex\n\n,,,\n" ROW ", Kenanga ,P\n\n",
          "<name>Kenanga</name>" }, /* spaces, empty lines */
        { HEAD ",victim/name,victim/sex\n" ROW ",A & <B>,P\n",
          "<name>A &amp; &lt;B&gt;</name>" },
        /* Several columns of one field, in the order of the columns. */
        { HEAD ",victim/name,victim/sex,incident/form\n" ROW
               ",Cempaka,P,fisik\n",
          "<form>fisik</form>" },
    };
    nk_clerk *k = *state;
    char number[32];
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_int_equal(imported(k, rows[i].csv), 1);
        snprintf(number, sizeof(number), "KASUS-2026-%04u", (unsigned)i + 1);
        assert_true(record_has(k, number, rows[i].element));
    }
}

static void semicolons(void **state)
{
    nk_clerk *k = *state;
    nk_str csv = clerk_swap(
        k, NK_STR(HEAD ",victim/name,victim/sex\n" ROW ",Melati Contoh,P\n"),
        ",", ";");

    assert_int_equal(imported(k, csv.ptr), 1);
    assert_true(record_has(k, "KASUS-2026-0001", "Melati Contoh"));
}

static void windows_letters(void **state)
{
    nk_clerk *k = *state;

    assert_int_equal(imported(k, HEAD ",victim/name,victim/sex\n" ROW
                                      ",Ren\xE9 \x93"
                                      "Contoh\x94 \x81,P\n"),
                     1);
    assert_true(record_has(k, "KASUS-2026-0001", "René “Contoh” \uFFFD"));
    assert_true(clerk_has(words_of(&k->problems), "Windows-1252"));
}

/* With a map, columns may be called anything; the rest is not used. */
static void a_map_leads_columns(void **state)
{
    static const char map[] = "# peta\nvictim/name = Nama Korban\n"
                              "victim/sex=JK\n\nbaris tanpa arti\n";
    nk_clerk *k = *state;
    nk_buf whole;
    uint32_t made;
    nk_str rest = NK_STR(HEAD), name;

    nk_buf_init(&whole, &k->arena);
    nk_buf_puts(&whole, nk_str_of(map));
    while (nk_str_cut(&rest, ',', &name)) {
        nk_buf_puts(&whole, name);
        nk_buf_lit(&whole, " = ");
        nk_buf_puts(&whole, name);
        nk_buf_putc(&whole, '\n');
    }
    nk_buf_putc(&whole, '\0');
    assert_ok(k, import(k,
                        HEAD ",nama korban,jk,Catatan\n" ROW
                             ",Melati Contoh,P,abc\n",
                        whole.ptr, false, &made));
    assert_int_equal(made, 1);
    assert_said(&k->problems, "1:0 CSV_UNUSED\n");
    assert_true(record_has(k, "KASUS-2026-0001", "<name>Melati Contoh</name>"));
    assert_false(record_has(k, "KASUS-2026-0001", "abc"));
}

/* A number or office in the row is kept. */
static void what_a_row_says_of_itself(void **state)
{
    nk_clerk *k = *state;

    assert_int_equal(imported(k, HEAD
                              ",victim/name,victim/sex,@number,@office\n" ROW
                              ",Melati,P,PPA-7,sekadau\n" ROW ",Mawar,P,,\n"),
                     2);
    assert_true(record_has(k, "PPA-7", "office=\"sekadau\""));
    assert_true(record_has(k, "KASUS-2026-0001", "tanjungpinang"));
}

/* The right rows are stored; the others are told by row. */
static void rows_that_are_wrong(void **state)
{
    nk_clerk *k = *state;
    uint32_t made;

    assert_ok(k, import(k,
                        HEAD ",victim/name,victim/sex\n" ROW ",Melati,X\n" ROW
                             ",Mawar,P\n" ROW ",,\n" ROW ",A,P,1,2\n",
                        NULL, false, &made));
    assert_int_equal(made, 1);
    assert_int_equal(cases(k), 1);
    assert_true(record_has(k, "KASUS-2026-0001", "Mawar"));
    assert_said(&k->problems, "2:0 CHOICE_UNKNOWN\n"
                              "4:0 FIELD_REQUIRED\n"
                              "5:0 CSV_TOO_MANY\n");
}

static void nothing_is_kept_when_dry(void **state)
{
    nk_clerk *k = *state;
    uint32_t made;

    assert_ok(k, import(k, HEAD ",victim/name,victim/sex\n" ROW ",Melati,P\n",
                        NULL, true, &made));
    assert_int_equal(made, 1);
    assert_int_equal(cases(k), 0);
    assert_int_equal(
        imported(k, HEAD ",victim/name,victim/sex\n" ROW ",Melati,P\n"), 1);
    assert_true(record_has(k, "KASUS-2026-0001", "Melati"));
}

/* A column that leads nowhere: no row is read, so that none is stored
   without what stands in it. */
static void a_column_that_leads_nowhere(void **state)
{
    nk_clerk *k = *state;
    uint32_t made;

    assert_ok(k, import(k, HEAD ",victim/nama,victim/sex\n" ROW ",Melati,P\n",
                        NULL, false, &made));
    assert_int_equal(made, 0);
    assert_said(&k->problems, "1:0 CSV_PATH\n");
    assert_int_equal(cases(k), 0);
}

static void tables_that_are_none(void **state)
{
    nk_clerk *k = *state;
    uint32_t made;
    unsigned i;
    nk_buf b;

    assert_ok(k, import(k, "", NULL, false, &made));
    assert_int_equal(made, 0);
    assert_ok(k, import(k, HEAD, NULL, false, &made));
    assert_int_equal(made, 0);
    nk_buf_init(&b, &k->arena);
    for (i = 0; i < NK_MAX_CSV_COLUMNS; i++)
        nk_buf_lit(&b, "kind,");
    nk_buf_lit(&b, "kind\n");
    nk_buf_putc(&b, '\0');
    assert_fails(k, import(k, b.ptr, NULL, false, &made), NK_E_LIMIT,
                 "CSV_COLUMNS");
    assert_fails(k, import(k, HEAD "\n", "\xFF", false, &made), NK_E_SYNTAX,
                 "NOT_UTF8");
    assert_int_equal(cases(k), 0);
}

/* A quote too few or too many: nobody knows where the rows end, so that none
   is stored, and the row is named. */
static void quotes_that_do_not_fit(void **state)
{
    static const struct row {
        const char *rows, *message;
        uint32_t line;
    } rows[] = {
        { ROW ",Melati,P\n" ROW ",\"Mawar,P\n" ROW ",Kenanga,P\n",
          "CSV_QUOTE_OPEN", 3 },
        { ROW ",Melati,\"P", "CSV_QUOTE_OPEN", 2 },
        { ROW ",Melati,\"", "CSV_QUOTE_OPEN", 2 },
        { ROW ",Melati,P\n" ROW ",\"Mawar\" Contoh,P\n", "CSV_AFTER_QUOTE", 3 },
        { ROW ",\"Melati\"\"\"Contoh,P\n", "CSV_AFTER_QUOTE", 2 },
    };
    nk_clerk *k = *state;
    uint32_t made;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf csv;

        nk_buf_init(&csv, &k->arena);
        nk_buf_lit(&csv, HEAD ",victim/name,victim/sex\n");
        nk_buf_puts(&csv, nk_str_of(rows[i].rows));
        nk_buf_putc(&csv, '\0');
        assert_fails(k, import(k, csv.ptr, NULL, false, &made), NK_E_SYNTAX,
                     rows[i].message);
        assert_int_equal(k->ctx.fault.place.line, rows[i].line);
    }
    assert_int_equal(cases(k), 0);
    /* Blanks after a quote are no text. */
    assert_int_equal(imported(k, HEAD ",victim/name,victim/sex\n" ROW
                                      ",\"Melati\" ,\"P\"  \n"),
                     1);
}

/* A row beyond a bound is one wrong row, and no more. */
static void a_row_without_end(void **state)
{
    nk_clerk *k = *state;
    uint32_t made;
    unsigned i;
    nk_buf b;

    nk_buf_init(&b, &k->arena);
    nk_buf_lit(&b, HEAD ",victim/name,victim/sex\n" ROW ",Melati,P\n" ROW);
    for (i = 0; i < NK_MAX_CSV_COLUMNS; i++)
        nk_buf_lit(&b, ",x");
    nk_buf_lit(&b, "\n" ROW ",Mawar,P\n");
    nk_buf_putc(&b, '\0');
    assert_ok(k, import(k, b.ptr, NULL, false, &made));
    assert_int_equal(made, 2);
    assert_said(&k->problems, "3:0 CSV_TOO_MANY\n");
    assert_int_equal(cases(k), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(rows_become_cases),
        CLERK_TEST(ways_to_write_a_table),
        CLERK_TEST(semicolons),
        CLERK_TEST(windows_letters),
        CLERK_TEST(a_map_leads_columns),
        CLERK_TEST(what_a_row_says_of_itself),
        CLERK_TEST(rows_that_are_wrong),
        CLERK_TEST(nothing_is_kept_when_dry),
        CLERK_TEST(a_column_that_leads_nowhere),
        CLERK_TEST(tables_that_are_none),
        CLERK_TEST(quotes_that_do_not_fit),
        CLERK_TEST(a_row_without_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
