/*
 * Letters and the client's consent: a referral to a health service needs one
 * that holds, and says plainly when there is none; a letter of crisis goes
 * without, and then without the client's name.
 */
#include "../support/house.h"

#include "doc/doc.h"

#define HEALTH "templates/documents/surat-rujukan-kesehatan/template.xml"
#define CRISIS "templates/documents/surat-pengantar-rujukan-krisis/template.xml"

#define CASE_HEAD                                                              \
    "<case xmlns='urn:naskah:case:1' number='K-1' office='sekadau' "           \
    "opened='2026-11-18T08:15:00'>"                                            \
    "<victim><name>Melati Contoh</name><sex>P</sex></victim>"                  \
    "<crisis><level>1</level><need>Pertolongan</need>"                         \
    "<brought-by>Mentawa Contoh</brought-by></crisis>\n"
#define CASE_TAIL                                                              \
    "<referral id='k' to='health-service' institution='puskesmas-contoh'>"     \
    "<service>pemeriksaan</service><purpose>Perlu diperiksa.</purpose>"        \
    "<request>memeriksa.</request><officer>Mentawa Contoh</officer>"           \
    "<officer-phone>081200000133</officer-phone>"                              \
    "<health><need>pemeriksaan-umum</need></health></referral></case>"

/* On line 2, for the health service unless it says otherwise. */
#define CONSENT(with, rest)                                                    \
    "<consent id='s' with='" with "'><service>health-service</service>"        \
    "<item>identity</item><means>diantar</means>" rest "</consent>\n"
#define HERE  "puskesmas-contoh"
#define GIVEN "<given>2026-11-18</given><given-by>korban</given-by>"
#define UNTIL "<until>2027-01-18</until>"

struct made {
    nk_err rc;
    nk_str text; /* of the paper, when there is one */
};

static struct made make_how(nk_house *h, const char *template,
                            const char *consent, const nk_bind *how)
{
    nk_office *o = house_office(h, "sekadau");
    struct made m = { NK_OK, NK_EMPTY };
    nk_record *r = NULL;
    nk_template *t = NULL;
    nk_doc *d = NULL;
    nk_buf b;

    assert_ok(h, nk_template_open(&h->ctx, &h->world, house_file(h, template),
                                  nk_str_of(template), &h->problems, &t));
    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, CASE_HEAD);
    nk_buf_puts(&b, nk_str_of(consent));
    nk_buf_lit(&b, CASE_TAIL);
    assert_ok(h, nk_record_open(&h->ctx, h->model, nk_buf_str(&b),
                                NK_STR("k.xml"), &h->problems, &r));
    house_forget(h);
    m.rc = nk_doc_bind(&h->ctx, &h->arena, t, r, h->model, o, how, &h->problems,
                       &d);
    if (m.rc == NK_OK)
        assert_ok(h, nk_doc_text(&h->ctx, &h->arena, d, &m.text));
    nk_record_close(r);
    nk_template_close(t);
    nk_office_close(o);
    return m;
}

static const nk_bind plain = { .mode = NK_MODE_FILLED,
                               .number = NK_STR_INIT("400.2.3/1/2026"),
                               .date = { 2026, 11, 23 } };

static struct made make(nk_house *h, const char *template, const char *consent)
{
    return make_how(h, template, consent, &plain);
}

static bool names_her(struct made m)
{
    return nk_str_search(m.text, NK_STR("Melati Contoh")) < m.text.len;
}

static const char holds[] = CONSENT(HERE, GIVEN UNTIL);

/* None of these holds; where the problem is: at the consent, or the case. */
static const struct lacking {
    const char *consent, *at;
} lacking[] = {
    { "", "1:1" },
    { CONSENT(HERE, GIVEN), "2:1" }, /* without an end */
    { CONSENT(HERE, UNTIL), "2:1" },
    { CONSENT(HERE, GIVEN "<until>2026-11-22</until>"), "2:1" },
    { CONSENT(HERE, "<given>2026-11-24</given>" UNTIL), "2:1" },
    { CONSENT(HERE, GIVEN UNTIL "<withdrawn>2026-11-20</withdrawn>"), "2:1" },
    { CONSENT("rsud-contoh", GIVEN UNTIL), "1:1" },
};

#define LACKING (sizeof(lacking) / sizeof(lacking[0]))

static void a_consent_that_holds_is_named(void **state)
{
    nk_house *h = *state;
    struct made m = make(h, HEALTH, holds);

    assert_ok(h, m.rc);
    assert_true(names_her(m));
    assert_true(nk_str_search(m.text, NK_STR("18 November 2026")) < m.text.len);
}

static void its_last_day_counts(void **state)
{
    nk_house *h = *state;
    struct made m = make(h, HEALTH,
                         CONSENT(HERE, "<given>2026-11-23</given>"
                                       "<given-by>korban</given-by>"
                                       "<until>2026-11-23</until>"));

    assert_ok(h, m.rc);
    assert_true(names_her(m));
}

static void without_one_the_letter_says_so_once(void **state)
{
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < LACKING; i++) {
        struct made m = make(h, HEALTH, lacking[i].consent);
        nk_buf want;

        nk_buf_init(&want, &h->arena);
        nk_buf_printf(&want, "%s CONSENT_NONE\n", lacking[i].at);
        nk_buf_putc(&want, '\0');
        assert_int_equal(m.rc, NK_E_INVALID);
        assert_fault(&h->ctx, "PAPER_LACKS");
        assert_said(&h->problems, want.ptr);
        assert_str(words_of(&h->problems),
                   "Tidak ada persetujuan klien untuk Puskesmas Contoh yang "
                   "berlaku pada 23 November 2026.\n");
    }
}

/* With an override the letter goes out, names her, and tells no reason; the
   office's copy does. Of the consent that does not hold it says nothing. */
static void an_override_does_without(void **state)
{
    static const char why[] = "Klien tidak sadar dan dirawat";
    nk_house *h = *state;
    nk_bind how = plain;
    size_t i;

    how.override = true;
    for (i = 0; i < LACKING; i++) {
        struct made m = make_how(h, HEALTH, lacking[i].consent, &how), copy;
        nk_bind arsip = how;

        assert_ok(h, m.rc);
        assert_true(names_her(m));
        assert_int_equal(nk_str_search(m.text, NK_STR("Persetujuan klien")),
                         m.text.len);
        arsip.reason = nk_str_of(why);
        arsip.decided_by = NK_STR("Sonokeling Contoh");
        copy = make_how(h, HEALTH, lacking[i].consent, &arsip);
        assert_ok(h, copy.rc);
        assert_true(nk_str_search(copy.text, nk_str_of(why)) < copy.text.len);
        assert_true(nk_str_search(copy.text, NK_STR("Sonokeling Contoh")) <
                    copy.text.len);
        assert_true(nk_str_ends(copy.text, m.text));
    }
}

/* Help does not wait for a consent; the name does. */
static void a_letter_of_crisis_goes_without(void **state)
{
    nk_house *h = *state;
    struct made m = make(h, CRISIS, holds);
    size_t i;

    assert_ok(h, m.rc);
    assert_true(names_her(m));
    for (i = 0; i < LACKING; i++) {
        m = make(h, CRISIS, lacking[i].consent);
        assert_ok(h, m.rc);
        assert_false(names_her(m));
        assert_false(nk_str_search(m.text, NK_STR("Persetujuan")) < m.text.len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_consent_that_holds_is_named),
        cmocka_unit_test(its_last_day_counts),
        cmocka_unit_test(without_one_the_letter_says_so_once),
        cmocka_unit_test(an_override_does_without),
        cmocka_unit_test(a_letter_of_crisis_goes_without),
    };

    return HOUSE_RUN(tests);
}
