/*
 * Kinds of values: each wrong form in a record is told by its own words, and
 * each right one is printed as papers print it.
 */
#include "../support/house.h"

#include "record/record_int.h"

/* Check a record that holds `inside`; its line is the second. */
static void check_inside(nk_house *h, const char *inside)
{
    nk_record *r;
    nk_buf b;

    house_forget(h);
    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b,
                  "<case xmlns='urn:naskah:case:1' number='K-1' office='x' "
                  "opened='2026-11-18T08:15:00+07:00'>\n%s\n</case>",
                  inside);
    if (nk_record_open(&h->ctx, h->model, nk_buf_str(&b), NK_STR("k.xml"),
                       &h->problems, &r) == NK_OK)
        nk_record_close(r);
}

/* A value inside an element of the victim. */
struct row {
    const char *element, *value, *said;
};

static void check_victims(nk_house *h, const struct row *rows, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, "<victim><%s>%s</%s></victim>", rows[i].element,
                      rows[i].value, rows[i].element);
        check_inside(h, nk_str_z(&h->arena, nk_buf_str(&b)));
        if (!nk_str_eq(said_of(&h->problems), nk_str_of(rows[i].said)))
            print_error("%s: %s\n", rows[i].element, rows[i].value);
        assert_said(&h->problems, rows[i].said);
    }
}

static void checks_forms(void **state)
{
    static const struct row rows[] = {
        { "birth-date", "1990-12-31", "" },
        { "birth-date", " 1990-12 ", "" },
        { "birth-date", "1990", "" },
        { "birth-date", "31-12-1990", "2:9 FIELD_PARTIAL_DATE\n" },
        { "birth-date", "1990-02-30", "2:9 FIELD_PARTIAL_DATE\n" },
        { "birth-date", "1990-12-31Z", "2:9 FIELD_PARTIAL_DATE\n" },
        { "birth-date", "1990Z", "2:9 FIELD_PARTIAL_DATE\n" },
        { "birth-date", "12026", "2:9 FIELD_PARTIAL_DATE\n" },
        { "birth-date", "-1990", "2:9 FIELD_PARTIAL_DATE\n" },
        { "birth-date", "", "2:9 FIELD_EMPTY\n" },
        { "birth-date", "<!-- x -->", "2:9 FIELD_EMPTY\n" },
        { "name", "Melati Contoh", "" },
        { "name", "", "2:9 FIELD_EMPTY\n" },
        { "name", " \n ", "2:9 FIELD_EMPTY\n" },
        { "sex", "P", "" },
        { "sex", " P ", "" },
        { "sex", "p", "2:9 CHOICE_UNKNOWN\n" },
        { "sex", "", "2:9 FIELD_EMPTY\n" },
        { "nik", "", "" }, /* not known yet */
        { "nik", "9901015708910001", "2:9 IDENT_TEST\n" },
        { "nik", "99010157089100O1", "2:9 IDENT_CHAR\n" },
        { "nik", "1111111111111111", "2:9 IDENT_PLACEHOLDER\n" },
        { "kk", "9901012305140001", "2:9 IDENT_TEST\n" },
        { "kk", "9901016305140001", "2:9 IDENT_DATE\n" },
        { "kk", "", "" },
        { "phone", "(0385) 41123", "" },
        { "phone", "8120", "2:9 IDENT_FORM\n" },
        { "rt-rw", "1/2", "" },
        { "rt-rw", "1", "2:9 IDENT_FORM\n" },
        { "label", "M.C.S.", "2:9 FIELD_COMPUTED\n" },
        { "is-child", "yes", "2:9 FIELD_COMPUTED\n" },
        { "is-child", "maybe", "2:9 FIELD_COMPUTED\n" },
        { "name", "<b>Melati</b>", "2:9 XML_STRAY_CHILD\n" },
    };

    check_victims(*state, rows, NK_COUNT(rows));
}

#define AID(amount)                                                            \
    "<recommendation id='a' to='police' institution='b'><aid><amount>" amount  \
    "</amount></aid></recommendation>"

static void checks_other_forms(void **state)
{
    static const struct {
        const char *inside, *said;
    } rows[] = {
        { "<incident><time>08:30:00</time></incident>", "" },
        { "<incident><time>24:00:00</time></incident>", "2:11 FIELD_TIME\n" },
        { "<incident><time>08:30</time></incident>", "2:11 FIELD_TIME\n" },
        { "<incident><time>08.30.00</time></incident>", "2:11 FIELD_TIME\n" },
        { "<incident><time>08:30:00Z</time></incident>", "2:11 FIELD_TIME\n" },
        { "<incident><time>08:30:00.5</time></incident>", "2:11 FIELD_TIME\n" },
        { "<complaint><children-affected>3</children-affected></complaint>",
          "" },
        { "<complaint><children-affected>+3</children-affected></complaint>",
          "2:12 FIELD_COUNT\n" },
        { "<complaint><children-affected>tiga</children-affected>"
          "</complaint>",
          "2:12 FIELD_COUNT\n" },
        { "<complaint><children-affected>1000000</children-affected>"
          "</complaint>",
          "2:12 XML_VALUE_FORM\n" },
        { AID("1850000"), "" },
        { AID("999999999999"), "" },
        { AID("1.850.000"), "2:57 FIELD_COUNT\n" },
        { AID("-5"), "2:57 FIELD_COUNT\n" },
        { AID("1000000000000"), "2:57 XML_VALUE_FORM\n" },
        { "<complaint><date>2026-11-23</date></complaint>", "" },
        { "<complaint><date>2026-11</date></complaint>", "2:12 FIELD_DATE\n" },
        { "<complaint><date>2026-11-31</date></complaint>",
          "2:12 FIELD_DATE\n" },
        { "<complaint><date>2026-11-23+07:00</date></complaint>",
          "2:12 FIELD_DATE\n" },
        { "<consent id='a' with='b'/>", "" },
        { "<consent id='A b' with='b'/>", "2:10 XML_VALUE_FORM\n" },
        { "<consent id='' with='b'/>", "2:10 FIELD_EMPTY\n" },
        { "<consent id='a' with='b' to='c'/>", "2:26 XML_ATTR_UNKNOWN\n" },
        { "<consent id='a'/>", "2:1 XML_ATTR_MISSING\n" },
        { "<referral id='a' to='nobody' institution='b'/>",
          "2:18 CHOICE_UNKNOWN\n" },
        { "<chronology><p x='1'>y</p></chronology>",
          "2:16 XML_ATTR_UNKNOWN\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        check_inside(h, rows[i].inside);
        if (!nk_str_eq(said_of(&h->problems), nk_str_of(rows[i].said)))
            print_error("%s\n", rows[i].inside);
        assert_said(&h->problems, rows[i].said);
    }
}

/* Characters nobody sees, raw or by number, in elements and attributes. */
static void refuses_hidden_characters(void **state)
{
    static const struct row rows[] = {
        { "name", "Melati\xE2\x80\xAE Contoh", "2:9 HIDDEN_CHAR\n" },
        { "name", "Melati&#x202E;", "2:9 HIDDEN_CHAR\n" },
        { "name", "Melati&#x200B;Contoh", "2:9 HIDDEN_CHAR\n" },
        { "name", "Melati&#xAD;Contoh", "2:9 HIDDEN_CHAR\n" },
        { "name", "Melati&#x85;", "2:9 HIDDEN_CHAR\n" },
        { "name", "Melati&#x7F;", "2:9 HIDDEN_CHAR\n" },
        { "name", "<!-- x -->Melati\xE2\x80\x8F<!-- x -->",
          "2:9 HIDDEN_CHAR\n" },
        { "name", "<![CDATA[Melati\xE2\x81\xA6]]>", "2:9 HIDDEN_CHAR\n" },
        { "name", "\xEF\xBB\xBFMelati", "2:9 HIDDEN_CHAR\n" },
        { "nik", "9901015708910001\xE2\x80\x8B", "2:9 HIDDEN_CHAR\n" },
        { "sex", "P\xE2\x80\x8E", "2:9 HIDDEN_CHAR\n" },
        /* Letters that run from right to left are letters. */
        { "name", "\xD7\xA9\xD7\xA8\xD7\x94", "" },
        { "name", "a\xCC\x81 \xC2\xA0 x", "" },
    };
    nk_house *h = *state;

    check_victims(h, rows, NK_COUNT(rows));
    check_inside(h, "<consent id='a&#x202E;' with='b'/>");
    assert_said(&h->problems, "2:10 HIDDEN_CHAR\n");
    check_inside(h, "<victim><name>a&#x202E;</name></victim>");
    assert_str(words_of(&h->problems),
               "Isian Nama lengkap memuat huruf tak terlihat U+202E.\n");
}

static void says_it_in_words(void **state)
{
    static const struct {
        const char *inside, *words, *cures;
    } rows[] = {
        { "<victim><name/></victim>", "Isian Nama lengkap kosong.\n",
          "Isi, atau hapus <name>.\n" },
        { "<victim><sex>x</sex></victim>",
          "Pilihan untuk Jenis kelamin tidak ada.\n",
          "Pilih salah satu: L, P.\n" },
        { "<victim><birth-date>x</birth-date></victim>",
          "Isian Tanggal lahir bukan tanggal yang ada.\n",
          "Tulis 2026-11-23, atau 2026-11 atau 2026 bila hanya itu yang "
          "diketahui.\n" },
        { "<victim><label>x</label></victim>",
          "Isian Inisial dihitung sendiri oleh naskah.\n",
          "Hapus isian ini.\n" },
        { "<victim><nik>1</nik></victim>", "Jumlah angka NIK tidak cocok.\n",
          "Hitung ulang angkanya.\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        check_inside(h, rows[i].inside);
        assert_str(words_of(&h->problems), rows[i].words);
        assert_str(cures_of(&h->problems), rows[i].cures);
    }
    assert_str(h->problems.first->place.field, "NIK");
    assert_str(h->problems.first->place.file, "k.xml");
}

/* As long as it may be, and one character more: of each kind of text. */
static void bounds_lengths(void **state)
{
    static const struct {
        const char *head, *tail;
        unsigned longest;
        const char *said;
    } rows[] = {
        { "<victim><name>", "</name></victim>", 200, "2:9 FIELD_LONG\n" },
        { "<victim><alias>", "</alias></victim>", 400, "2:9 FIELD_LONG\n" },
        { "<chronology><p>", "</p></chronology>", 20000, "2:13 FIELD_LONG\n" },
    };
    nk_house *h = *state;
    size_t i;
    unsigned k;

    for (i = 0; i < NK_COUNT(rows); i++) {
        for (k = 0; k < 2; k++) {
            unsigned n = rows[i].longest + k;
            nk_buf b;

            nk_buf_init(&b, &h->arena);
            nk_buf_puts(&b, nk_str_of(rows[i].head));
            while (n--)
                nk_buf_lit(&b, "\xC3\xA9");
            nk_buf_puts(&b, nk_str_of(rows[i].tail));
            check_inside(h, nk_str_z(&h->arena, nk_buf_str(&b)));
            assert_said(&h->problems, k ? rows[i].said : "");
        }
        assert_str(cures_of(&h->problems), "Singkatkan.\n");
    }
}

/* A NIK that says something else than the record is doubted, not refused. */
static void only_warns_of_doubts(void **state)
{
    static const struct {
        const char *inside, *said;
    } rows[] = {
        { "<nik>9901015708910001</nik><birth-date>1991-08-17</birth-date>"
          "<sex>P</sex>",
          "2:9 IDENT_TEST\n" },
        { "<nik>9901015708910001</nik><birth-date>1991-08-18</birth-date>"
          "<sex>P</sex>",
          "2:9 IDENT_OTHER_DATE\n" },
        { "<nik>9901015708910001</nik><birth-date>1991</birth-date>",
          "2:9 IDENT_TEST\n" },
        { "<nik>9901015708910001</nik><birth-date>1990</birth-date>",
          "2:9 IDENT_OTHER_DATE\n" },
        { "<nik>9901015708910001</nik><sex>L</sex>", "2:9 IDENT_OTHER_SEX\n" },
        { "<nik>3576015708910001</nik><birth-date>1991-08-17</birth-date>"
          "<sex>P</sex>",
          "" },
        { "<nik>9901012305140001</nik><kk>9901.0123.0514.0001</kk>",
          "2:9 IDENT_TEST\n2:36 IDENT_SAME\n" },
        { "<kk>9901012305990001</kk>", "2:9 IDENT_OLD\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, "<victim>%s</victim>", rows[i].inside);
        check_inside(h, nk_str_z(&h->arena, nk_buf_str(&b)));
        assert_said(&h->problems, rows[i].said);
        assert_int_equal(h->problems.errors, 0);
    }
}

static void prints_values(void **state)
{
    static const struct {
        const char *path, *value, *id, *en;
    } rows[] = {
        { "victim/name", "Ren\xC3\xA9", "Ren\xC3\xA9", "Ren\xC3\xA9" },
        { "victim/nik", "9901 0157.0891-0001", "9901015708910001",
          "9901015708910001" },
        { "victim/kk", "9901.0123.0514.0001", "9901012305140001",
          "9901012305140001" },
        { "victim/phone", "(0385) 41123", "(0385) 41123", "(0385) 41123" },
        { "victim/rt-rw", "1/2", "001/002", "001/002" },
        { "victim/birth-date", "1991-08-07", "7 Agustus 1991",
          "7 Agustus 1991" },
        { "victim/birth-date", "1991-08", "Agustus 1991", "Agustus 1991" },
        { "victim/birth-date", "1991", "1991", "1991" },
        { "victim/birth-date", "entah", "entah", "entah" },
        { "complaint/date", " 2026-11-23 ", "23 November 2026",
          "23 November 2026" },
        { "incident/time", "08:30:00", "08.30", "08.30" },
        { "incident/time", "pagi", "pagi", "pagi" },
        { "@opened", "2026-11-18T08:15:00+07:00",
          "18 November 2026 pukul 08.15", "18 November 2026 pukul 08.15" },
        { "@opened", "2026-11-18", "18 November 2026", "18 November 2026" },
        { "complaint/children-affected", "12500", "12.500", "12.500" },
        { "complaint/children-affected", "banyak", "banyak", "banyak" },
        { "recommendation/aid/amount", "1850000", "Rp1.850.000,00",
          "Rp1.850.000,00" },
        { "recommendation/aid/amount", "cukup", "cukup", "cukup" },
        { "victim/sex", "P", "Perempuan", "Female" },
        { "victim/sex", " P ", "Perempuan", "Female" },
        { "victim/sex", "x", "x", "x" },
        { "crisis/level", "1", "Tingkat 1: Darurat", "Level 1: emergency" },
        { "@office", "mojokerto", "mojokerto", "mojokerto" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_field *f =
            nk_field_find(nk_model_root(h->model), nk_str_of(rows[i].path));
        nk_buf id, en;

        assert_non_null(f);
        nk_buf_init(&id, &h->arena);
        nk_field_put(&id, f, nk_str_of(rows[i].value), NK_LANG_ID);
        assert_str(nk_buf_str(&id), rows[i].id);
        nk_buf_init(&en, &h->arena);
        nk_field_put(&en, f, nk_str_of(rows[i].value), NK_LANG_EN);
        assert_str(nk_buf_str(&en), rows[i].en);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_forms),
        cmocka_unit_test(checks_other_forms),
        cmocka_unit_test(refuses_hidden_characters),
        cmocka_unit_test(says_it_in_words),
        cmocka_unit_test(bounds_lengths),
        cmocka_unit_test(only_warns_of_doubts),
        cmocka_unit_test(prints_values),
    };

    return HOUSE_RUN(tests);
}
