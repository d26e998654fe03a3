/*
 * Computed fields: initials, age, and whether a child, as of a day.
 */
#include "../support/house.h"

#define CASE                                                                   \
    "<case xmlns='urn:naskah:case:1' number='K-1' office='x' "                 \
    "opened='2026-11-18T08:15:00'>"

/* Derive a victim of these fields as of that day. */
static nk_record *derived(nk_house *h, const char *inside, const char *on)
{
    nk_record *r;
    nk_date day;
    nk_buf b;

    house_forget(h);
    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b, CASE "<victim>%s</victim></case>", inside);
    assert_ok(h, nk_record_open(&h->ctx, h->model, nk_buf_str(&b),
                                NK_STR("k.xml"), &h->problems, &r));
    assert_true(nk_date_parse(nk_str_of(on), &day));
    assert_ok(h, nk_record_derive(&h->ctx, r, day));
    return r;
}

static void works_out_ages(void **state)
{
    static const struct {
        const char *birth, *on, *age, *child;
    } rows[] = {
        { "2008-11-23", "2026-11-22", "17 tahun", "yes" },
        { "2008-11-23", "2026-11-23", "18 tahun", "no" },
        { "2008-02-29", "2026-02-28", "17 tahun", "yes" },
        { "2008-02-29", "2026-03-01", "18 tahun", "no" },
        { "1966-05-10", "2026-05-10", "60 tahun", "no" },
        { "2026-11-23", "2026-11-23", "0 tahun", "yes" },
        { "1970", "2026-11-23", "sekitar 56 tahun", "no" },
        { "2010", "2026-11-23", "sekitar 16 tahun", "yes" },
        /* Born in December: not yet eighteen, whatever the day. */
        { "2008-12", "2026-11-23", "sekitar 17 tahun", "yes" },
        { "2008-11", "2026-11-23", "sekitar 18 tahun", "no" },
        { "2008-10", "2026-11-23", "sekitar 18 tahun", "no" },
        { "2026-11-24", "2026-11-23", "", "" }, /* not born yet */
        { "2026-12", "2026-11-23", "", "" },
        { "2027", "2026-11-23", "", "" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, "<birth-date> %s </birth-date>", rows[i].birth);
        r = derived(h, nk_str_z(&h->arena, nk_buf_str(&b)), rows[i].on);
        assert_str(nk_record_text(r, NK_STR("victim/age")), rows[i].age);
        assert_str(nk_record_text(r, NK_STR("victim/is-child")), rows[i].child);
        nk_record_close(r);
    }
}

static void works_out_initials(void **state)
{
    static const struct {
        const char *inside, *label;
    } rows[] = {
        { "<name>Melati Contoh Sari</name>", "M.C.S." },
        { "<name> Siti binti Contoh </name>", "S.C." },
        { "<name>Melati</name><alias>Bunga</alias>", "Bunga" },
        { "<alias>Bunga</alias>", "Bunga" },
        { "<nik>9901015708910001</nik>", "" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r = derived(h, rows[i].inside, "2026-11-23");

        assert_str(nk_record_text(r, NK_STR("victim/label")), rows[i].label);
        nk_record_close(r);
    }
}

/* Worked out anew for another day; never twice in the record. */
static void works_out_anew(void **state)
{
    nk_house *h = *state;
    nk_record *r =
        derived(h, "<name>Melati</name><birth-date>2008-11-23</birth-date>",
                "2026-11-22");
    nk_str out;

    assert_ok(h, nk_record_derive(&h->ctx, r, (nk_date){ 2026, 11, 23 }));
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_str(out, "case @number=K-1 @office=x @opened=2026-11-18T08:15:00\n"
                    "  victim\n"
                    "    name = Melati\n"
                    "    birth-date = 2008-11-23\n"
                    "    label = M.\n"
                    "    age = 18 tahun\n"
                    "    is-child = no\n");
    /* Before the birth nothing is known any more. */
    assert_ok(h, nk_record_derive(&h->ctx, r, (nk_date){ 2008, 1, 1 }));
    assert_str(nk_record_text(r, NK_STR("victim/age")), "");
    assert_str(nk_record_text(r, NK_STR("victim/label")), "M.");
    nk_record_close(r);
}

/* Every person of a case, and only persons. */
static void works_out_all_persons(void **state)
{
    nk_house *h = *state;
    nk_xml_node *e;
    nk_record *r;
    unsigned n = 0;

    house_forget(h);
    assert_ok(h,
              nk_record_open(&h->ctx, h->model,
                             NK_STR(CASE "<victim><name>A</name></victim>"
                                         "<guardian><name>B</name></guardian>"
                                         "<reporter><name>C</name></reporter>"
                                         "<companion><name>D</name></companion>"
                                         "<accused><name>E</name></accused>"
                                         "<witness><name>F</name></witness>"
                                         "<witness><name>G</name></witness>"
                                         "<agreement><service><name>H</name>"
                                         "</service></agreement></case>"),
                             NK_STR("k.xml"), &h->problems, &r));
    assert_ok(h, nk_record_derive(&h->ctx, r, HOUSE_TODAY));
    for (e = nk_xml_first(nk_xml_root(nk_record_xml(r))); e;
         e = nk_xml_next(e)) {
        nk_xml_node *label = nk_xml_child(e, NK_STR("label"));

        if (!label)
            continue;
        assert_str(nk_record_field(label)->computed, "initials");
        assert_int_equal(nk_xml_text(label).ptr[0], 'A' + (int)n++);
    }
    assert_int_equal(n, 7);
    nk_record_close(r);
}

/* Three days to the hour, over the ends of months; nothing from nothing. */
static void works_out_when_a_report_is_due(void **state)
{
    static const struct {
        const char *reported, *due;
    } rows[] = {
        { "2026-11-22T10:30:00+07:00", "2026-11-25T10:30:00+07:00" },
        { "2026-12-30T23:59:00+08:00", "2027-01-02T23:59:00+08:00" },
        { "2028-02-27T00:00:00", "2028-03-01T00:00:00" },
        { NULL, "" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_lit(&b, CASE "<police-report id='a' institution='b'>");
        if (rows[i].reported)
            nk_buf_printf(&b, "<reported>%s</reported>", rows[i].reported);
        nk_buf_lit(&b, "</police-report></case>");
        house_forget(h);
        assert_ok(h, nk_record_open(&h->ctx, h->model, nk_buf_str(&b),
                                    NK_STR("k.xml"), &h->problems, &r));
        assert_ok(h, nk_record_derive(&h->ctx, r, HOUSE_TODAY));
        assert_str(nk_record_text(r, NK_STR("police-report/due")), rows[i].due);
        nk_record_close(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_out_ages),
        cmocka_unit_test(works_out_initials),
        cmocka_unit_test(works_out_anew),
        cmocka_unit_test(works_out_all_persons),
        cmocka_unit_test(works_out_when_a_report_is_due),
    };

    return HOUSE_RUN(tests);
}
