/*
 * Case records: reading, what they say, and what a complete one lacks.
 */
#include "../support/house.h"
#include "../support/maker.h"

#include "record/record_int.h"

#define CASE                                                                   \
    "<case xmlns='urn:naskah:case:1' number='K-1' office='mojokerto' "         \
    "opened='2026-11-18T08:15:00+07:00'>"

static nk_err open_it(nk_house *h, nk_str bytes, nk_record **r)
{
    house_forget(h);
    *r = NULL;
    return nk_record_open(&h->ctx, h->model, bytes, NK_STR("k.xml"),
                          &h->problems, r);
}

static nk_record *opened(nk_house *h, nk_str bytes)
{
    nk_record *r;

    assert_ok(h, open_it(h, bytes, &r));
    return r;
}

static nk_str made(nk_house *h, nk_maker *m)
{
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    maker_put(m, &b, h->model);
    return nk_buf_str(&b);
}

/* What a complete record lacks, as of HOUSE_TODAY. */
static void check_complete(nk_house *h, nk_record *r)
{
    house_forget(h);
    assert_ok(h, nk_record_derive(&h->ctx, r, HOUSE_TODAY));
    assert_ok(h, nk_record_check(&h->ctx, r, &h->problems));
}

/* ---- The cases of the tree --------------------------------------------- */

static void check_case_file(nk_house *h, nk_str path)
{
    nk_str bytes;
    nk_problem *p;
    nk_record *r;

    assert_ok(h, nk_file_read(&h->ctx, &h->arena, path, NK_MAX_FILE, &bytes));
    r = opened(h, bytes);
    for (p = h->problems.first; p; p = p->next)
        assert_int_equal(p->msg, NK_M_IDENT_TEST); /* invented people */
    assert_true(nk_record_number(r).len && nk_record_office(r).len);
    assert_int_equal(
        nk_date_at(nk_record_opened(r, NK_ZONE_WIB), NK_ZONE_WIB).year, 2026);
    check_complete(h, r);
    assert_said(&h->problems, "");
    nk_record_close(r);
}

static void reads_every_case(void **state)
{
    nk_house *h = *state;
    nk_str *names, path;
    size_t n, i;

    assert_ok(
        h, nk_dir_list(&h->ctx, &h->arena, NK_STR("tests/cases"), &names, &n));
    assert_true(n >= 11);
    for (i = 0; i < n; i++)
        check_case_file(
            h, nk_path_join(&h->arena, NK_STR("tests/cases"), names[i]));
    assert_ok(h, nk_dir_list(&h->ctx, &h->arena, NK_STR("templates/documents"),
                             &names, &n));
    assert_true(n >= 4);
    for (i = 0; i < n; i++) {
        path = nk_path_join(&h->arena, NK_STR("templates/documents"), names[i]);
        check_case_file(h, nk_path_join(&h->arena, path, NK_STR("sample.xml")));
    }
}

/* ---- Reading ----------------------------------------------------------- */

static void says_what_it_is(void **state)
{
    nk_house *h = *state;
    nk_record *r = opened(
        h, NK_STR(CASE "<victim><name> Melati Contoh </name><alias>M</alias>"
                       "</victim><chronology><p>a</p><p>b</p></chronology>"
                       "</case>"));
    nk_xml_node *root = nk_xml_root(nk_record_xml(r));

    assert_str(nk_record_number(r), "K-1");
    assert_str(nk_record_office(r), "mojokerto");
    assert_int_equal(nk_record_opened(r, NK_ZONE_WIB), INT64_C(1794964500000));
    assert_str(nk_record_text(r, NK_STR("victim/name")), "Melati Contoh");
    assert_str(nk_record_text(r, NK_STR("chronology/p")), "a");
    assert_str(nk_record_text(r, NK_STR("victim/nik")), "");
    assert_str(nk_record_text(r, NK_STR("reporter/name")), "");
    assert_ptr_equal(nk_record_field(root), nk_model_root(h->model));
    assert_str(nk_record_field(nk_xml_first(nk_xml_first(root)))->name, "name");
    assert_str(nk_xml_ns(root), "");
    nk_record_close(r);
}

static void refuses_unknown_fields(void **state)
{
    static const struct {
        const char *inside, *said, *words;
    } rows[] = {
        { "<victim><nmae>x</nmae></victim>", "2:9 FIELD_MEANT\n",
          "Isian nmae tidak dikenal; maksud Anda name?\n" },
        { "<victim><xyzzy>x</xyzzy></victim>", "2:9 FIELD_UNKNOWN\n",
          "Isian xyzzy tidak dikenal di dalam Korban.\n" },
        { "<victm/>", "2:1 FIELD_MEANT\n",
          "Isian victm tidak dikenal; maksud Anda victim?\n" },
        { "<number>x</number>", "2:1 FIELD_UNKNOWN\n",
          "Isian number tidak dikenal di dalam Kasus.\n" },
        { "<victim><nmae/><nkk/></victim>",
          "2:9 FIELD_MEANT\n2:16 FIELD_MEANT\n", NULL },
        { "<q:victim xmlns:q='urn:q'/>", "2:1 XML_UNEXPECTED\n", NULL },
        { "words<victim/>", "1:1 XML_STRAY_TEXT\n", NULL },
        { "<victim/><victim/>", "2:10 XML_UNEXPECTED\n", NULL },
        { "<victim><nik></nik><name>x</name></victim>", "2:20 XML_UNEXPECTED\n",
          NULL },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, CASE "\n%s</case>", rows[i].inside);
        assert_int_equal(open_it(h, nk_buf_str(&b), &r), NK_E_INVALID);
        assert_null(r);
        assert_said(&h->problems, rows[i].said);
        if (rows[i].words)
            assert_str(words_of(&h->problems), rows[i].words);
        assert_fault(&h->ctx, "RECORD_WRONG");
        assert_str(h->ctx.fault.args.v[0], "k.xml");
    }
}

static void refuses_another_root(void **state)
{
    static const struct {
        const char *xml, *said;
        nk_err rc;
    } rows[] = {
        { "<case number='K-1'/>", "1:1 XML_ROOT\n", NK_E_INVALID },
        { "<case xmlns='urn:naskah:case:2'><victim><nmae/></victim></case>",
          "1:1 XML_ROOT\n", NK_E_INVALID },
        { "<kasus xmlns='urn:naskah:case:1'/>", "1:1 XML_ROOT\n",
          NK_E_INVALID },
        { "<victim xmlns='urn:naskah:case:1'><name>x</name></victim>", NULL,
          NK_E_INVALID },
        { "<case", "1:6 XML_GT_MISSING\n", NK_E_SYNTAX },
        { "", "0:0 XML_EMPTY\n", NK_E_SYNTAX },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;

        assert_int_equal(open_it(h, nk_str_of(rows[i].xml), &r), rows[i].rc);
        assert_null(r);
        assert_true(h->problems.errors > 0);
        if (rows[i].said)
            assert_said(&h->problems, rows[i].said);
    }
}

/* The schema's own attributes lead nowhere and are not taken over. */
static void ignores_schema_hints(void **state)
{
    nk_house *h = *state;
    nk_str out;
    nk_record *r = opened(
        h, NK_STR("<case xmlns='urn:naskah:case:1' number='K-1' office='x' "
                  "opened='2026-11-18T08:15:00' "
                  "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                  "xsi:schemaLocation='urn:naskah:case:1 file:///none.xsd'/>"));

    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_str(out, "case @number=K-1 @office=x @opened=2026-11-18T08:15:00\n");
    nk_record_close(r);
}

/* Many faults, on one line: all are counted, and soon. */
static void counts_faults_without_end(void **state)
{
    nk_house *h = *state;
    nk_record *r;
    nk_buf b;
    int i;

    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, CASE);
    for (i = 0; i < 190000; i++)
        nk_buf_lit(&b, "<xyzzy/>");
    nk_buf_lit(&b, "</case>");
    assert_int_equal(open_it(h, nk_buf_str(&b), &r), NK_E_INVALID);
    /* The schema stops at the first of them. */
    assert_in_range(h->problems.errors, 190000, 190001);
    assert_int_equal(h->problems.listed, NK_MAX_PROBLEMS);
}

static void accepts_the_longest(void **state)
{
    nk_house *h = *state;
    nk_maker m = { .how = MAKE_LONGEST, .seed = 1 };
    nk_record *r = opened(h, made(h, &m));

    assert_int_equal(h->problems.errors, 0);
    assert_int_equal(nk_record_text(r, NK_STR("victim/name")).len, 201);
    assert_int_equal(nk_record_text(r, NK_STR("chronology/p")).len, 20001);
    nk_record_close(r);
}

static void opens_checked_bytes(void **state)
{
    nk_house *h = *state;
    nk_record *r;

    assert_ok(h, nk_record_open_checked(
                     &h->ctx, h->model,
                     NK_STR(CASE "<victim><name>x</name><xyzzy/></victim>"
                                 "</case>"),
                     NK_STR("k.xml"), &r));
    assert_str(nk_record_number(r), "K-1");
    assert_str(nk_record_text(r, NK_STR("victim/name")), "x");
    assert_null(nk_record_field(nk_xml_next(
        nk_xml_first(nk_xml_first(nk_xml_root(nk_record_xml(r)))))));
    nk_record_close(r);
    assert_int_equal(nk_record_open_checked(&h->ctx, h->model, NK_STR("<case"),
                                            NK_STR("k.xml"), &r),
                     NK_E_SYNTAX);
    assert_fault(&h->ctx, "XML_BROKEN");
}

/* The same moment, by the clocks of one zone and of another. */
static void reads_moments(void **state)
{
    static const struct {
        const char *opened;
        nk_zone zone;
        int64_t ms;
        const char *clock;
    } rows[] = {
        { "2026-11-18T08:15:00+07:00", NK_ZONE_WIB, INT64_C(1794964500000),
          "2026-11-18T08:15:00+07:00" },
        { "2026-11-18T01:15:00Z", NK_ZONE_WIT, INT64_C(1794964500000),
          "2026-11-18T10:15:00+09:00" },
        { "2026-11-18T08:15:00", NK_ZONE_WIB, INT64_C(1794964500000),
          "2026-11-18T08:15:00+07:00" },
        { "2026-11-18T08:15:00", NK_ZONE_WITA, INT64_C(1794960900000),
          "2026-11-18T08:15:00+08:00" },
        { "2026-11-17T22:15:00-03:00", NK_ZONE_WITA, INT64_C(1794964500000),
          "2026-11-18T09:15:00+08:00" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b,
                      "<case xmlns='urn:naskah:case:1' number='K-1' "
                      "office='mojokerto' opened='%s'><crisis><at>%s</at>"
                      "</crisis></case>",
                      rows[i].opened, rows[i].opened);
        r = opened(h, nk_buf_str(&b));
        assert_true(nk_record_opened(r, rows[i].zone) == rows[i].ms);
        assert_ok(h, nk_record_set_zone(&h->ctx, r, rows[i].zone));
        assert_str(nk_xml_attr_or(nk_xml_root(nk_record_xml(r)),
                                  NK_STR("opened"), NK_EMPTY),
                   rows[i].clock);
        assert_str(nk_record_text(r, NK_STR("crisis/at")), rows[i].clock);
        assert_true(nk_record_opened(r, rows[i].zone) == rows[i].ms);
        nk_record_close(r);
    }
}

static void begins_empty(void **state)
{
    nk_house *h = *state;
    nk_record *r;

    assert_ok(h, nk_record_new(&h->ctx, h->model, &r));
    assert_str(nk_record_number(r), "");
    assert_str(nk_record_office(r), "");
    assert_int_equal(nk_record_opened(r, NK_ZONE_WIB), 0);
    assert_ok(h, nk_record_set_zone(&h->ctx, r, NK_ZONE_WIB));
    assert_str(nk_record_text(r, NK_STR("victim/name")), "");
    check_complete(h, r);
    assert_str(words_of(&h->problems), "Isian Jenis kasus wajib diisi.\n"
                                       "Isian Cara masuk wajib diisi.\n"
                                       "Isian Petugas penanggung jawab wajib "
                                       "diisi.\n"
                                       "Isian Status wajib diisi.\n"
                                       "Isian Korban wajib diisi.\n");
    nk_record_close(r);
}

/* ---- What a complete record lacks --------------------------------------- */

/* The line on which the group of that field begins, in what was made. */
static uint32_t line_of_group(nk_record *r, const nk_field *group)
{
    nk_xml_node *top = nk_xml_root(nk_record_xml(r)), *e = top;

    while (nk_record_field(e) != group) {
        if (nk_xml_first(e)) {
            e = nk_xml_first(e);
            continue;
        }
        while (e != top && !nk_xml_next(e))
            e = nk_xml_parent(e);
        if (e == top)
            fail_msg("there is no %.*s", (int)group->name.len, group->name.ptr);
        e = nk_xml_next(e);
    }
    return nk_xml_place(e).line;
}

/* Without field f exactly f is missed: at its group, by its whole label. */
static void miss_one(nk_house *h, const nk_field *f)
{
    nk_maker m = { .how = MAKE_FULL, .seed = 1, .without = f };
    nk_record *r = opened(h, made(h, &m));
    nk_problem *p;

    check_complete(h, r);
    p = h->problems.first;
    if (h->problems.errors != 1 || h->problems.warnings)
        fail_msg("without %.*s:\n%.*s", (int)f->name.len, f->name.ptr,
                 (int)said_of(&h->problems).len, said_of(&h->problems).ptr);
    assert_int_equal(p->msg, NK_M_FIELD_REQUIRED);
    assert_int_equal(p->severity, NK_ERROR);
    assert_int_equal(p->place.line, line_of_group(r, f->parent));
    assert_str(p->place.file, "k.xml");
    assert_true(
        nk_str_eq(p->place.field, nk_field_label(&h->arena, f, NK_LANG_ID)));
    assert_true(nk_str_eq(p->args.v[0], p->place.field));
    assert_true(nk_str_eq(p->args.v[1], f->name));
    nk_record_close(r);
}

/* Every required field there is, one by one. */
static void misses_each_required_field(void **state)
{
    nk_house *h = *state;
    const nk_field *f = nk_model_root(h->model)->first;
    unsigned n = 0, conditions = 0;
    nk_maker m = { .how = MAKE_FULL, .seed = 1 };
    nk_record *r = opened(h, made(h, &m));

    check_complete(h, r);
    assert_said(&h->problems, "");
    nk_record_close(r);
    while (f) {
        if (f->required && ++n)
            miss_one(h, f);
        conditions += f->needed != NULL;
        if (f->first) {
            f = f->first;
            continue;
        }
        while (f && !f->next)
            f = f->parent;
        f = f ? f->next : NULL;
    }
    assert_true(n > 40);
    /* Those are below, one by one: a new one wants a test. */
    assert_int_equal(conditions, 8);
}

static void misses_fields_on_condition(void **state)
{
    static const struct {
        const char *inside, *missed;
    } rows[] = {
        { "<victim><birth-date>2013-08-25</birth-date></victim>", "Wali\n" },
        { "<victim><birth-date>2008-11-24</birth-date></victim>", "Wali\n" },
        { "<victim><birth-date>2008-11-23</birth-date></victim>", "" },
        { "<victim><birth-date>2013-08-25</birth-date></victim>"
          "<guardian><name>x</name></guardian>",
          "" },
        { "<victim/>", "" },
        { "<guardian><name>Cemara</name></guardian>"
          "<accused><name>Cemara</name></accused>",
          "Wali: Alasan wali tidak menandatangani\n" },
        { "<guardian><nik>9901015708910001</nik></guardian>"
          "<accused><nik>9901015708910001</nik></accused>",
          "Wali: Alasan wali tidak menandatangani\n" },
        { "<guardian><name>Cemara</name><not-signing>x</not-signing>"
          "</guardian><accused><name>Cemara</name></accused>",
          "" },
        { "<guardian><name>Cemara</name></guardian>"
          "<accused><name>Jati</name></accused>",
          "" },
        { "<incident><date>2026-11</date></incident>",
          "Peristiwa: Ketelitian tanggal\n" },
        { "<incident><date>2026-11</date><precision>pasti</precision>"
          "</incident>",
          "" },
        { "<complaint><filled-by>petugas</filled-by></complaint>",
          "Pengaduan: Alasan diisi petugas\n" },
        { "<complaint><filled-by>korban</filled-by></complaint>", "" },
        { "<complaint><filled-by>petugas</filled-by>"
          "<filled-reason>x</filled-reason></complaint>",
          "" },
        { "<recommendation id='a' to='police' institution='b'/>",
          "Rekomendasi: Berlaku sampai\n" },
        { "<recommendation id='a' to='police' institution='b'><aid/>"
          "</recommendation>",
          "" },
        { "<chronology/>", "Kronologi: Kronologi kejadian\n" },
        { "<chronology><entry><what>x</what></entry></chronology>", "" },
        { "<victim><birth-date>2008-11-24</birth-date></victim>"
          "<guardian><name>x</name></guardian><data-consent/>",
          "Persetujuan layanan dan data: Pendapat anak\n" },
        { "<victim><birth-date>2008-11-23</birth-date></victim>"
          "<data-consent/>",
          "" },
        { "<monitoring id='satu'><safe>belum</safe></monitoring>",
          "Pemantauan: Pemantauan berikut\n" },
        { "<monitoring id='satu'><safe>ya</safe></monitoring>", "" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_problem *p;
        nk_record *r;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, CASE "%s</case>", rows[i].inside);
        r = opened(h, nk_buf_str(&b));
        check_complete(h, r);
        nk_buf_init(&b, &h->arena);
        for (p = h->problems.first; p; p = p->next) {
            nk_str name = p->args.v[1];

            /* Fields missing without a condition are for the test above. */
            if (nk_str_eq(name, NK_STR("guardian")) ||
                nk_str_eq(name, NK_STR("not-signing")) ||
                nk_str_eq(name, NK_STR("precision")) ||
                nk_str_eq(name, NK_STR("filled-reason")) ||
                nk_str_eq(name, NK_STR("p")) ||
                nk_str_eq(name, NK_STR("valid-until")) ||
                nk_str_eq(name, NK_STR("child-view")) ||
                nk_str_eq(name, NK_STR("next"))) {
                nk_buf_puts(&b, p->place.field);
                nk_buf_putc(&b, '\n');
            }
        }
        if (!nk_str_eq(nk_buf_str(&b), nk_str_of(rows[i].missed)))
            print_error("%s\n", rows[i].inside);
        assert_str(nk_buf_str(&b), rows[i].missed);
        nk_record_close(r);
    }
}

/* All of them at once, each at the group that lacks it. */
static void misses_all_at_once(void **state)
{
    nk_house *h = *state;
    nk_record *r = opened(h, NK_STR("<case xmlns='urn:naskah:case:1' "
                                    "number='K-1' office='x' "
                                    "opened='2026-11-18T08:15:00'>\n"
                                    "  <kind>kdrt</kind>\n"
                                    "  <victim>\n"
                                    "    <nik></nik>\n"
                                    "  </victim>\n"
                                    "  <witness><name>x</name></witness>\n"
                                    "  <witness/>\n"
                                    "  <crisis/>\n"
                                    "  <agreement>\n"
                                    "    <service><when>x</when></service>\n"
                                    "  </agreement>\n"
                                    "</case>"));

    check_complete(h, r);
    assert_said(&h->problems, "1:1 FIELD_REQUIRED\n" /* source */
                              "1:1 FIELD_REQUIRED\n" /* officer */
                              "1:1 FIELD_REQUIRED\n" /* status */
                              "3:3 FIELD_REQUIRED\n" /* name */
                              "7:3 FIELD_REQUIRED\n"
                              "8:3 FIELD_REQUIRED\n" /* level, need, by */
                              "8:3 FIELD_REQUIRED\n"
                              "8:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n" /* of the agreement */
                              "9:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n"
                              "9:3 FIELD_REQUIRED\n"
                              "10:5 FIELD_REQUIRED\n");
    assert_str(h->problems.last->place.field,
               "Kesepakatan layanan: Layanan yang disepakati: Layanan");
    assert_true(nk_str_starts(words_of(&h->problems),
                              NK_STR("Isian Cara masuk wajib diisi.\n")));
    assert_true(nk_str_starts(cures_of(&h->problems),
                              NK_STR("Tambahkan <source>...</source>.\n")));
    nk_record_close(r);
}

/* A doubtful NIK does not hide that there is one too many. */
static void tells_errors_beside_warnings(void **state)
{
    nk_house *h = *state;
    nk_record *r;

    assert_int_equal(open_it(h,
                             NK_STR(CASE "<victim><nik>9901015204900001</nik>"
                                         "<nik>9901015204900001</nik>"
                                         "</victim></case>"),
                             &r),
                     NK_E_INVALID);
    assert_said(&h->problems, "1:108 IDENT_TEST\n1:135 IDENT_TEST\n"
                              "1:135 XML_UNEXPECTED\n");
}

/* What is plainly right needs no schema: one that cannot be compiled shows
   when it was asked. */
static void asks_the_schema_in_doubt_only(void **state)
{
    static const struct {
        const char *record;
        bool doubt;
    } rows[] = {
        { CASE "<victim><name>Melati Contoh</name></victim></case>", false },
        { CASE "<kind>kdrt</kind><!-- dan -->\n<kind>lainnya</kind></case>",
          false },
        { CASE "<victim><nik/></victim></case>", false },
        { CASE "<victim><name>Melati</name></victim><kind>kdrt</kind></case>",
          true },
        { CASE "<victim/><victim/></case>", true },
        { CASE "<victim>Melati</victim></case>", true },
        { CASE "<victim><name>Melati<b/></name></victim></case>", true },
        { CASE "<victim xmlns='urn:x'/></case>", true },
        { CASE "<victim x:a='1' xmlns:x='urn:x'/></case>", true },
        { CASE "<referral/></case>", true },
        { CASE "<complaint><children-affected>1000000</children-affected>"
               "</complaint></case>",
          true },
        { "<case xmlns='urn:naskah:case:1' number='-1' office='mojokerto' "
          "opened='2026-11-18T08:15:00+07:00'/>",
          true },
        { "<case xmlns='urn:naskah:case:1' number='K-1' office='Mojokerto' "
          "opened='2026-11-18T08:15:00+07:00'/>",
          true },
        { "<case xmlns='urn:naskah:case:1' number='K-1' "
          "opened='2026-11-18T08:15:00+07:00'/>",
          true },
    };
    nk_house *h = *state;
    nk_model_files files;
    nk_model *whole = h->model;
    nk_buf xsd;
    size_t i, end;

    assert_ok(
        h, house_load(&h->ctx, &h->arena, "schemas/case.xsd", &files.case_xsd));
    assert_ok(
        h, house_load(&h->ctx, &h->arena, "schemas/policy.xml", &files.policy));
    end = nk_str_search(files.case_xsd, NK_STR("</xs:schema>"));
    nk_buf_init(&xsd, &h->arena);
    nk_buf_puts(&xsd, nk_str_head(files.case_xsd, end));
    nk_buf_lit(&xsd, "<xs:element name='x' type='none'/></xs:schema>");
    files.case_xsd = nk_buf_str(&xsd);
    assert_ok(h, nk_model_open(&h->ctx, &files, &h->model));
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;
        nk_err rc = open_it(h, nk_str_of(rows[i].record), &r);

        if (rc != (rows[i].doubt ? NK_E_INTERNAL : NK_OK))
            fail_msg("row %zu", i);
        nk_record_close(r);
    }
    nk_model_close(h->model);
    h->model = whole;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_case),
        cmocka_unit_test(asks_the_schema_in_doubt_only),
        cmocka_unit_test(tells_errors_beside_warnings),
        cmocka_unit_test(says_what_it_is),
        cmocka_unit_test(refuses_unknown_fields),
        cmocka_unit_test(refuses_another_root),
        cmocka_unit_test(ignores_schema_hints),
        cmocka_unit_test(counts_faults_without_end),
        cmocka_unit_test(accepts_the_longest),
        cmocka_unit_test(opens_checked_bytes),
        cmocka_unit_test(reads_moments),
        cmocka_unit_test(begins_empty),
        cmocka_unit_test(misses_each_required_field),
        cmocka_unit_test(misses_fields_on_condition),
        cmocka_unit_test(misses_all_at_once),
    };

    return HOUSE_RUN(tests);
}
