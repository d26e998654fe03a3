/*
 * Office profiles: what they say, and what they lack.
 */
#include "../support/house.h"

static nk_err open_it(nk_house *h, nk_str bytes, nk_office **o)
{
    house_forget(h);
    *o = NULL;
    return nk_office_open(&h->ctx, h->office_schema, bytes, NK_STR("o.xml"),
                          &h->problems, o);
}

/* The facts of domain/procedures.md that every paper of an office carries. */
static void knows_the_five_offices(void **state)
{
    static const struct {
        const char *id, *name, *postcode, *phone, *city;
        nk_zone zone;
    } rows[] = {
        { "manggarai-barat",
          "Dinas Pengendalian Penduduk dan Keluarga Berencana", "86554",
          "(0385) 41123", "Labuan Bajo", NK_ZONE_WITA },
        { "barito-utara",
          "Dinas Pengendalian Penduduk, Keluarga Berencana dan Pemberdayaan "
          "Perempuan dan Perlindungan Anak",
          "73811", "051921280", "Muara Teweh", NK_ZONE_WIB },
        { "sekadau", "Dinas Sosial", "", "(0564) 2021694", "Sekadau",
          NK_ZONE_WIB },
        { "tanjungpinang", "Dinas Sosial", "", "", "Tanjungpinang",
          NK_ZONE_WIB },
        { "mojokerto",
          "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak", "61314",
          "0321-5289111", "Mojokerto", NK_ZONE_WIB },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o = house_office(h, rows[i].id);

        assert_said(&h->problems, "");
        assert_str(nk_office_id(o), rows[i].id);
        assert_str(nk_office_text(o, NK_STR("name")), rows[i].name);
        assert_str(nk_office_text(o, NK_STR("postcode")), rows[i].postcode);
        assert_str(nk_office_text(o, NK_STR("phone")), rows[i].phone);
        assert_str(nk_office_text(o, NK_STR("city")), rows[i].city);
        assert_int_equal(nk_office_zone(o), rows[i].zone);
        assert_str(nk_xml_ns(nk_office_node(o)), "");
        assert_non_null(nk_office_institution(o, NK_STR("rsud-contoh")));
        assert_null(nk_office_institution(o, NK_STR("rsud")));
        nk_office_close(o);
    }
    assert_int_equal(NK_COUNT(rows), NK_COUNT(house_offices));
}

/* A shelter's address stands in no profile. */
static void never_says_where_a_shelter_is(void **state)
{
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(house_offices); i++) {
        nk_office *o = house_office(h, house_offices[i]);
        nk_xml_node *e = nk_xml_first(nk_office_node(o));
        unsigned shelters = 0;

        for (; e; e = nk_xml_next(e)) {
            if (!nk_str_eq(nk_xml_attr_or(e, NK_STR("kind"), NK_EMPTY),
                           NK_STR("shelter")))
                continue;
            shelters++;
            assert_null(nk_xml_child(e, NK_STR("place")));
        }
        assert_true(shelters > 0);
        nk_office_close(o);
    }
}

static void says_what_the_five_lack(void **state)
{
    static const struct {
        const char *id, *lacks;
    } rows[] = {
        { "manggarai-barat", "pos-el|lambang daerah|alamat pemeriksaan surat|"
                             "kode unit untuk nomor surat|" },
        { "barito-utara", "pos-el|lambang daerah|alamat pemeriksaan surat|"
                          "kode unit untuk nomor surat|" },
        { "sekadau", "alamat|kode pos|lambang daerah|"
                     "alamat pemeriksaan surat|kode unit untuk nomor surat|" },
        { "tanjungpinang", "alamat|kode pos|telepon|pos-el|lambang daerah|"
                           "alamat pemeriksaan surat|" },
        { "mojokerto", "lambang daerah|alamat pemeriksaan surat|" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o = house_office(h, rows[i].id);
        const nk_problem *p;
        nk_buf b;

        nk_office_check(o, &h->problems);
        nk_buf_init(&b, &h->arena);
        for (p = h->problems.first; p; p = p->next) {
            assert_int_equal(p->msg, NK_M_OFFICE_LACKS);
            assert_int_equal(p->severity, NK_WARNING);
            assert_true(p->place.line > 0);
            nk_buf_puts(&b, p->args.v[0]);
            nk_buf_putc(&b, '|');
        }
        assert_str(nk_buf_str(&b), rows[i].lacks);
        nk_office_close(o);
    }
}

/* A profile with nothing but what there must be; `more` before </office>. */
#define PROFILE(page, numbering, more)                                         \
    "<office xmlns='urn:naskah:office:1' id='x' zone='WIT'>\n"                 \
    "<government>g</government><name>n</name><city>c</city>"                   \
    "<service>s</service>\n" page "\n" numbering "\n" more "\n</office>"
#define NUMBERING                                                              \
    "<numbering unit='7'><register id='r' pattern='{seq}'/></numbering>"
#define PERSON(id, nip)                                                        \
    "<person id='" id "' post='p'><name>N</name><title>T</title>" nip          \
    "</person>\n"

static nk_office *opened(nk_house *h, const char *profile)
{
    nk_office *o;

    assert_ok(h, open_it(h, nk_str_of(profile), &o));
    return o;
}

static void fills_in_the_page(void **state)
{
    static const struct {
        const char *name, *plain, *given;
    } rows[] = {
        { "paper", "A4", "F4" },     { "font", "sans", "serif" },
        { "size", "11pt", "12pt" },  { "leading", "1.15", "1.5" },
        { "top", "20mm", "1mm" },    { "right", "20mm", "2mm" },
        { "bottom", "25mm", "3mm" }, { "left", "30mm", "4mm" },
        { "nothing", "", "" },
    };
    nk_house *h = *state;
    nk_office *plain = opened(h, PROFILE("<page/>", NUMBERING, ""));
    nk_office *given = opened(
        h, PROFILE("<page paper='F4' font='serif' size='12pt' leading='1.5' "
                   "top='1mm' right='2mm' bottom='3mm' left='4mm'/>",
                   NUMBERING, ""));
    size_t i;

    assert_int_equal(nk_office_zone(plain), NK_ZONE_WIT);
    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_str(nk_office_page(plain, nk_str_of(rows[i].name)),
                   rows[i].plain);
        assert_str(nk_office_page(given, nk_str_of(rows[i].name)),
                   rows[i].given);
    }
    nk_office_close(plain);
    nk_office_close(given);
}

/* Every fact, when the profile gives none. */
static void misses_every_fact(void **state)
{
    nk_house *h = *state;
    nk_office *o = opened(
        h, PROFILE("<page/>",
                   "<numbering><register id='r' pattern='{seq}'/></numbering>",
                   ""));

    nk_office_check(o, &h->problems);
    assert_str(words_of(&h->problems),
               "Profil kantor belum memuat alamat.\n"
               "Profil kantor belum memuat kode pos.\n"
               "Profil kantor belum memuat telepon.\n"
               "Profil kantor belum memuat pos-el.\n"
               "Profil kantor belum memuat lambang daerah.\n"
               "Profil kantor belum memuat alamat pemeriksaan surat.\n"
               "Profil kantor belum memuat pejabat.\n"
               "Profil kantor belum memuat kode unit untuk nomor surat.\n");
    assert_str(cures_of(&h->problems), "Isi <address> bila sudah ada.\n"
                                       "Isi <postcode> bila sudah ada.\n"
                                       "Isi <phone> bila sudah ada.\n"
                                       "Isi <email> bila sudah ada.\n"
                                       "Isi <arms> bila sudah ada.\n"
                                       "Isi <verification> bila sudah ada.\n"
                                       "Isi <person> bila sudah ada.\n"
                                       "Isi <numbering/@unit> bila sudah "
                                       "ada.\n");
    assert_int_equal(h->problems.errors, 0);
    nk_office_close(o);
}

/* The problems beside missing facts. */
static nk_str other_faults(nk_house *h, const char *profile, nk_str *words)
{
    nk_office *o = opened(h, profile);
    nk_problems all = h->problems, others;
    const nk_problem *p;

    nk_problems_init(&all, &h->arena);
    nk_problems_init(&others, &h->arena);
    nk_office_check(o, &all);
    for (p = all.first; p; p = p->next)
        if (p->msg != NK_M_OFFICE_LACKS)
            nk_problem_add(&others, p->severity, p->msg, p->place, p->args);
    *words = words_of(&others);
    nk_office_close(o);
    return said_of(&others);
}

static void doubts_what_looks_wrong(void **state)
{
    static const char profile[] =
        "<office xmlns='urn:naskah:office:1' id='x' zone='WIT'>\n"
        "<government>g</government><name>n</name>\n"
        "<postcode>8655</postcode>\n"
        "<email>dinsos</email>\n"
        "<city>c</city><service>s</service><page/>\n" NUMBERING
        "\n" PERSON("a", "<nip>198505172010012999</nip>")
            PERSON("b", "<nip>198513172010012999</nip>") "</office>";
    nk_house *h = *state;
    nk_str words;

    assert_str(other_faults(h, profile, &words), "3:1 IDENT_LENGTH\n"
                                                 "4:1 IDENT_FORM\n"
                                                 "8:55 IDENT_DATE\n");
    assert_str(words, "Jumlah angka kode pos tidak cocok.\n"
                      "pos-el tidak tertulis dengan bentuk yang dikenal.\n"
                      "Tanggal di dalam NIP tidak ada di kalender.\n");
}

static void says_what_will_be_refused(void **state)
{
    static const char profile[] = PROFILE(
        "<page/>",
        "<numbering unit='7'><register id='r' pattern='{class}/{seq}'/>\n"
        "<register id='s' pattern='{class}/{sequence}'/>\n"
        "<register id='t' pattern='{class}/{seq'/></numbering>",
        PERSON("a",
               "") "<delegation post='p' to='a' as='a.n.' from='2026-01-01' "
                   "until='2026-12-31'/>\n"
                   "<delegation post='p' to='b' as='u.b.' through='c' "
                   "from='2026-01-01' "
                   "until='2026-12-31'/>");
    nk_house *h = *state;
    nk_str words;

    assert_str(other_faults(h, profile, &words), "9:22 SIGNER_UNKNOWN\n"
                                                 "9:39 SIGNER_UNKNOWN\n"
                                                 "5:18 REGISTER_PATTERN\n"
                                                 "6:18 REGISTER_PATTERN\n");
    assert_str(words, "Penanda tangan b tidak ada di profil kantor.\n"
                      "Penanda tangan c tidak ada di profil kantor.\n"
                      "Pola nomor memuat {sequence} yang tidak dikenal.\n"
                      "Pola nomor memuat {seq} yang tidak dikenal.\n");
}

static void refuses_wrong_profiles(void **state)
{
    static const struct {
        const char *profile;
        nk_err rc;
        const char *said;
    } rows[] = {
        { "<office", NK_E_SYNTAX, "1:8 XML_GT_MISSING\n" },
        { "<office/>", NK_E_INVALID, "1:1 XML_ROOT\n" },
        { PROFILE("<page/>", "", ""), NK_E_INVALID, "1:1 XML_MISSING_CHILD\n" },
        { PROFILE("<page top='-1mm'/>", NUMBERING, ""), NK_E_INVALID,
          "3:7 XML_VALUE_FORM\n" },
        { PROFILE("<page paper='A3'/>", NUMBERING, ""), NK_E_INVALID,
          "3:7 XML_VALUE_CHOICE\n" },
        { PROFILE("<page/>", "<numbering/>", ""), NK_E_INVALID,
          "4:1 XML_MISSING_CHILD\n" },
        { PROFILE("<page/>",
                  "<numbering><register id='r' pattern='1'/>"
                  "<register id='r' pattern='2'/></numbering>",
                  ""),
          NK_E_INVALID, "4:42 XML_TWICE\n" },
        { PROFILE("<page/>", NUMBERING,
                  "<delegation post='p' to='a' as='i.u.' from='2026-01-01' "
                  "until='2026-12-32'/>"),
          NK_E_INVALID, "5:29 XML_VALUE_CHOICE\n5:57 XML_VALUE_FORM\n" },
        { PROFILE("<page/>", NUMBERING, "<institution id='i' kind='k'/>"),
          NK_E_INVALID, "5:1 XML_MISSING_CHILD\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o;

        assert_int_equal(open_it(h, nk_str_of(rows[i].profile), &o),
                         rows[i].rc);
        assert_null(o);
        assert_said(&h->problems, rows[i].said);
    }
    assert_fault(&h->ctx, "OFFICE_WRONG");
}

/* Without a schema it was checked before: it is only read. */
static void opens_checked_profiles(void **state)
{
    nk_house *h = *state;
    nk_office *o;

    house_forget(h);
    assert_ok(h,
              nk_office_open(&h->ctx, NULL, NK_STR("<office id='y' zone='x'/>"),
                             NK_STR("o.xml"), &h->problems, &o));
    assert_str(nk_office_id(o), "y");
    assert_int_equal(nk_office_zone(o), NK_ZONE_WIB);
    assert_str(nk_office_text(o, NK_STR("name")), "");
    assert_str(nk_office_page(o, NK_STR("paper")), "A4");
    nk_office_close(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_five_offices),
        cmocka_unit_test(never_says_where_a_shelter_is),
        cmocka_unit_test(says_what_the_five_lack),
        cmocka_unit_test(fills_in_the_page),
        cmocka_unit_test(misses_every_fact),
        cmocka_unit_test(doubts_what_looks_wrong),
        cmocka_unit_test(says_what_will_be_refused),
        cmocka_unit_test(refuses_wrong_profiles),
        cmocka_unit_test(opens_checked_profiles),
    };

    return HOUSE_RUN(tests);
}
