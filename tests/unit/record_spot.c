/*
 * Places in a record by the names of a form's fields: which names lead
 * somewhere, and that what is put there stands in the schema's order and
 * nowhere else.
 */
#include "../support/bound.h"

#include "record/record_int.h"

#define CASE                                                                   \
    "<kind>kdrt</kind><victim><name>Melati Contoh</name>"                      \
    "<disability>netra</disability></victim>"                                  \
    "<witness><name>Satu Contoh</name></witness>"                              \
    "<witness><name>Dua Contoh</name></witness>"

static void only_follows_names_that_lead_somewhere(void **state)
{
    static const char *const good[] = {
        "@number",
        "victim.name",
        "witness.0.name",
        "witness.7.name",
        "witness.new.name",
        "victim.disability",
        "victim.disability.fisik",
        "victim.disability.0",
        "@opened.date",
        "@opened.time",
    };
    static const char *const bad[] = {
        "",
        "victim",
        "victim.nama",
        "victim.name.x",
        "victim.0.name",
        "witness.name",
        "witness.x.name",
        "witness.-1.name",
        "witness.1001.name",
        "witness.0.0.name",
        "victim.age",
        "victim.sex.P",
        "victim.disability.terbang",
        "victim.disability.fisik.fisik",
        "@opened.hour",
        "@opened.date.date",
        "victim.",
        ".victim.name",
    };
    nk_house *h = *state;
    nk_record *r = bound_record(h, NULL, CASE);
    nk_spot s;
    size_t i;

    for (i = 0; i < NK_COUNT(good); i++)
        if (!nk_spot_parse(r, nk_str_of(good[i]), &s))
            fail_msg("%s leads nowhere", good[i]);
    for (i = 0; i < NK_COUNT(bad); i++)
        if (nk_spot_parse(r, nk_str_of(bad[i]), &s))
            fail_msg("%s leads somewhere", bad[i]);
    nk_record_close(r);
}

static nk_str put(nk_house *h, nk_record *r, const char *name,
                  const char *typed, bool *fits)
{
    nk_str now = NK_EMPTY;
    nk_spot s;

    assert_true(nk_spot_parse(r, nk_str_of(name), &s));
    assert_ok(h,
              nk_spot_put(&h->ctx, &h->arena, r, &s, nk_str_of(typed), fits));
    assert_ok(h, nk_spot_typed(&h->ctx, &h->arena, r, &s, &now));
    return now;
}

static void puts_what_was_typed(void **state)
{
    static const struct {
        const char *name, *typed, *now;
        bool fits;
    } rows[] = {
        { "victim.name", "Mawar Contoh", "Mawar Contoh", true },
        { "victim.name", "", "", true },
        { "victim.sex", "Perempuan", "P", true },
        { "victim.sex", "?", "P", false },
        { "victim.birth-date", "31-12-1990", "31-12-1990", true },
        { "victim.birth-date", "31-13-1990", "31-12-1990", false },
        { "victim.disability", "Fisik; Netra;", "fisik; netra", true },
        { "victim.disability", "Fisik; ?", "fisik; netra", false },
        { "victim.disability.mental", "mental", "mental", true },
        { "victim.disability.fisik", "", "", true },
        { "witness.1.name", "Tiga Contoh", "Tiga Contoh", true },
        { "witness.new.name", "Empat Contoh", "Empat Contoh", true },
        { "@opened.date", "19-11-2026", "19-11-2026", true },
        { "@opened.time", "9.05", "09.05", true },
        { "incident.summary", "Satu\nDua", "Satu\nDua", true },
        { "complaint.place", "Sekadau", "Sekadau", true },
    };
    nk_house *h = *state;
    nk_record *r = bound_record(h, NULL, CASE);
    nk_str dump;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        bool fits;
        nk_str now = put(h, r, rows[i].name, rows[i].typed, &fits);

        if (fits != rows[i].fits)
            print_error("%s\n", rows[i].name);
        assert_int_equal(fits, rows[i].fits);
        assert_str(now, rows[i].now);
    }
    assert_ok(h, nk_record_tidy(&h->ctx, &h->arena, r));
    assert_ok(
        h, nk_xml_write(&h->ctx, &h->arena, nk_record_xml(r), NK_EMPTY, &dump));
    assert_str(dump, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<case number=\"K-1\" office=\"sekadau\" "
                     "opened=\"2026-11-19T09:05:00\">\n"
                     "  <kind>kdrt</kind>\n"
                     "  <victim>\n"
                     "    <birth-date>1990-12-31</birth-date>\n"
                     "    <sex>P</sex>\n"
                     "    <disability>netra</disability>\n"
                     "    <disability>mental</disability>\n"
                     "  </victim>\n"
                     "  <witness>\n"
                     "    <name>Satu Contoh</name>\n"
                     "  </witness>\n"
                     "  <witness>\n"
                     "    <name>Tiga Contoh</name>\n"
                     "  </witness>\n"
                     "  <witness>\n"
                     "    <name>Empat Contoh</name>\n"
                     "  </witness>\n"
                     "  <incident>\n"
                     "    <summary>Satu\nDua</summary>\n"
                     "  </incident>\n"
                     "  <complaint>\n"
                     "    <place>Sekadau</place>\n"
                     "  </complaint>\n"
                     "</case>\n");
    nk_record_close(r);
}

static void tidies_what_stayed_empty(void **state)
{
    nk_house *h = *state;
    nk_record *r = bound_record(
        h, NULL,
        "<consent id='consent-2' with='a'><given>2026-11-01</given>"
        "</consent>");
    nk_str dump;
    bool fits;

    put(h, r, "witness.2.name", "Tiga Contoh", &fits);
    put(h, r, "witness.0.name", "Satu Contoh", &fits);
    put(h, r, "consent.new.given", "2-11-2026", &fits);
    put(h, r, "guardian.name", "Wali", &fits);
    put(h, r, "guardian.name", "", &fits);
    assert_ok(h, nk_record_tidy(&h->ctx, &h->arena, r));
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &dump));
    assert_int_equal(nk_str_search(dump, NK_STR("guardian")), dump.len);
    assert_true(nk_str_search(dump, NK_STR("Satu Contoh")) <
                nk_str_search(dump, NK_STR("Tiga Contoh")));
    assert_true(nk_str_search(dump, NK_STR("@id=consent-3")) < dump.len);
    dump = nk_str_skip(dump, nk_str_search(dump, NK_STR("witness")) + 1);
    dump = nk_str_skip(dump, nk_str_search(dump, NK_STR("witness")) + 1);
    assert_int_equal(nk_str_search(dump, NK_STR("witness")), dump.len);
    nk_record_close(r);
}

static void needs_a_day_for_a_time(void **state)
{
    nk_house *h = *state;
    nk_record *r = bound_record(h, NULL, CASE);
    bool fits;

    put(h, r, "assessment.at.time", "08.15", &fits);
    assert_false(fits);
    put(h, r, "assessment.at.date", "19-11-2026", &fits);
    assert_true(fits);
    assert_str(put(h, r, "assessment.at.time", "08.15", &fits), "08.15");
    assert_str(nk_record_text(r, NK_STR("assessment/at")),
               "2026-11-19T08:15:00");
    nk_record_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_follows_names_that_lead_somewhere),
        cmocka_unit_test(puts_what_was_typed),
        cmocka_unit_test(tidies_what_stayed_empty),
        cmocka_unit_test(needs_a_day_for_a_time),
    };

    return HOUSE_RUN(tests);
}
