/*
 * Who may see what: every recipient of the policy against every topic, with
 * and without consent, on the days around it; and what is left of a record.
 */
#include "../support/house.h"
#include "../support/maker.h"

#include "record/record_int.h"

#define CASE                                                                   \
    "<case xmlns='urn:naskah:case:1' number='K-1' office='x' "                 \
    "opened='2026-11-18T08:15:00'>"

static nk_record *opened(nk_house *h, nk_str bytes)
{
    nk_record *r;

    house_forget(h);
    assert_ok(h, nk_record_open(&h->ctx, h->model, bytes, NK_STR("k.xml"),
                                &h->problems, &r));
    return r;
}

/* The topics of rights by name, in the order of the policy's. */
static nk_str topics_of(nk_house *h, nk_rights rights)
{
    static const char *const order[] = {
        "identity",   "contact",    "condition", "facts",
        "chronology", "assessment", "shelter",   "violence",
        "reporter",   "accused",    "crisis",
    };
    nk_buf b;
    size_t i;

    nk_buf_init(&b, &h->arena);
    assert_true((size_t)h->model->topics_n == NK_COUNT(order));
    for (i = 0; i < NK_COUNT(order); i++) {
        int t = nk_record__topic(h->model, nk_str_of(order[i]));

        assert_true(t >= 0);
        if (rights.topics >> t & 1) {
            if (b.len)
                nk_buf_putc(&b, ' ');
            nk_buf_puts(&b, nk_str_of(order[i]));
        }
    }
    return nk_buf_str(&b);
}

/* The matrix of documents.md, without any consent and with all of them. */
static const struct row {
    const char *recipient;
    nk_class sees;
    const char *always, *consented;
} policy[] = {
    { "office", NK_CLASS_SECRET,
      "identity contact condition facts chronology assessment shelter violence "
      "reporter accused crisis",
      NULL },
    { "client", NK_CLASS_SECRET,
      "identity contact condition facts chronology assessment violence "
      "reporter crisis",
      NULL },
    { "health-service", NK_CLASS_LIMITED, "condition crisis",
      "identity contact condition facts assessment violence crisis" },
    { "psychologist", NK_CLASS_LIMITED, "condition violence crisis",
      "identity contact condition facts chronology assessment violence "
      "crisis" },
    { "legal-aid", NK_CLASS_LIMITED, "violence",
      "identity contact condition facts chronology assessment violence" },
    { "police", NK_CLASS_LIMITED, "condition facts violence crisis",
      "identity contact condition facts chronology violence crisis" },
    { "shelter", NK_CLASS_LIMITED, "condition crisis",
      "identity contact condition facts assessment violence crisis" },
    { "social-service", NK_CLASS_LIMITED, "condition",
      "identity contact condition facts assessment violence" },
    { "health-insurance", NK_CLASS_LIMITED, "", "identity" },
    { "economic-aid", NK_CLASS_LIMITED, "", "identity" },
    { "home-region", NK_CLASS_LIMITED, "",
      "identity contact condition facts assessment violence" },
    { "police-by-law", NK_CLASS_LIMITED,
      "identity contact condition facts violence accused", NULL },
    { "staff", NK_CLASS_LIMITED, "", NULL },
    { "public", NK_CLASS_PUBLIC, "", NULL },
};

/* A case with consents of that inside for every recipient there may be. */
static nk_record *with_consents(nk_house *h, const char *inside)
{
    const nk_field *f =
        nk_field_find(nk_model_root(h->model), NK_STR("consent/service"));
    nk_buf b;
    size_t i;

    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, CASE);
    for (i = 0; i < f->choices_n; i++)
        nk_buf_printf(&b,
                      "<consent id='c-%zu' with='inst'><service>%.*s</service>"
                      "%s</consent>",
                      i, (int)f->choices[i].value.len, f->choices[i].value.ptr,
                      inside);
    nk_buf_lit(&b, "</case>");
    return opened(h, nk_buf_str(&b));
}

#define ALL_ITEMS                                                              \
    "<item>identity</item><item>contact</item><item>condition</item>"          \
    "<item>facts</item><item>chronology</item><item>assessment</item>"         \
    "<item>violence</item>"
#define VALID "<given>2026-11-01</given><until>2026-12-31</until>"

static void follows_the_policy(void **state)
{
    nk_house *h = *state;
    nk_record *none = opened(h, NK_STR(CASE "</case>"));
    nk_record *all = with_consents(h, ALL_ITEMS VALID);
    nk_rights rights;
    size_t i;

    assert_int_equal(h->model->recipients_n, NK_COUNT(policy));
    for (i = 0; i < NK_COUNT(policy); i++) {
        nk_str who = nk_str_of(policy[i].recipient);

        assert_ok(h, nk_rights_of(&h->ctx, none, who, NK_STR("inst"),
                                  HOUSE_TODAY, &rights));
        assert_int_equal(rights.sees, policy[i].sees);
        assert_str(topics_of(h, rights), policy[i].always);
        assert_ok(h, nk_rights_of(&h->ctx, all, who, NK_STR("inst"),
                                  HOUSE_TODAY, &rights));
        assert_int_equal(rights.sees, policy[i].sees);
        assert_str(topics_of(h, rights), policy[i].consented
                                             ? policy[i].consented
                                             : policy[i].always);
        /* Another institution of the same kind was not consented to. */
        assert_ok(h, nk_rights_of(&h->ctx, all, who, NK_STR("other"),
                                  HOUSE_TODAY, &rights));
        assert_str(topics_of(h, rights), policy[i].always);
        assert_ok(
            h, nk_rights_of(&h->ctx, all, who, NK_EMPTY, HOUSE_TODAY, &rights));
        assert_str(topics_of(h, rights), policy[i].always);
    }
    nk_record_close(none);
    nk_record_close(all);
}

static void refuses_unknown_recipients(void **state)
{
    static const char *const rows[] = { "", "polisi", "Police", "polic" };
    nk_house *h = *state;
    nk_record *r = opened(h, NK_STR(CASE "</case>"));
    nk_rights rights;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_int_equal(nk_rights_of(&h->ctx, r, nk_str_of(rows[i]),
                                      NK_STR("inst"), HOUSE_TODAY, &rights),
                         NK_E_NOTFOUND);
        assert_fault(&h->ctx, "RECIPIENT_UNKNOWN");
        assert_str(h->ctx.fault.args.v[0], rows[i]);
    }
    nk_record_close(r);
}

/* A consent opens what it names, on the days it holds, and nothing else. */
static void weighs_each_consent(void **state)
{
    static const struct {
        const char *consents, *topics;
    } rows[] = {
        { "<service>police</service><item>identity</item>" VALID,
          "identity condition facts violence crisis" },
        { "<service>police</service><item>chronology</item>" VALID,
          "condition facts chronology violence crisis" },
        { "<service>police</service>" VALID, NULL },
        { "<service>police</service><item>identity</item>", NULL },
        { "<service>police</service><item>identity</item>"
          "<given>2026-11-01</given>",
          NULL },
        { "<service>police</service><item>identity</item>"
          "<until>2026-12-31</until>",
          NULL },
        { "<service>shelter</service><item>identity</item>" VALID, NULL },
        { "<item>identity</item>" VALID, NULL },
        /* From its day on, to its last day, both included. */
        { "<service>police</service><item>identity</item>"
          "<given>2026-11-23</given><until>2026-11-23</until>",
          "identity condition facts violence crisis" },
        { "<service>police</service><item>identity</item>"
          "<given>2026-11-24</given><until>2026-12-31</until>",
          NULL },
        { "<service>police</service><item>identity</item>"
          "<given>2026-11-01</given><until>2026-11-22</until>",
          NULL },
        /* Withdrawn: from that day on. */
        { "<service>police</service><item>identity</item>" VALID
          "<withdrawn>2026-11-23</withdrawn>",
          NULL },
        { "<service>police</service><item>identity</item>" VALID
          "<withdrawn>2026-11-20</withdrawn>",
          NULL },
        { "<service>police</service><item>identity</item>" VALID
          "<withdrawn>2026-11-24</withdrawn>",
          "identity condition facts violence crisis" },
    };
    nk_house *h = *state;
    nk_rights rights;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b,
                      CASE "<consent id='c' with='inst'>%s</consent></case>",
                      rows[i].consents);
        r = opened(h, nk_buf_str(&b));
        assert_ok(h, nk_rights_of(&h->ctx, r, NK_STR("police"), NK_STR("inst"),
                                  HOUSE_TODAY, &rights));
        if (!nk_str_eq(topics_of(h, rights),
                       nk_str_of(rows[i].topics
                                     ? rows[i].topics
                                     : "condition facts violence crisis")))
            print_error("%s\n", rows[i].consents);
        assert_str(topics_of(h, rights),
                   rows[i].topics ? rows[i].topics
                                  : "condition facts violence crisis");
        nk_record_close(r);
    }
}

/* In bytes nobody checked, a withdrawal that cannot be read is one. */
static void doubts_in_favour_of_the_client(void **state)
{
    static const struct {
        const char *dates;
        bool holds;
    } rows[] = {
        { VALID, true },
        { VALID "<withdrawn/>", true },
        { VALID "<withdrawn> </withdrawn>", true },
        { VALID "<withdrawn>2026-11-20Z</withdrawn>", false },
        { VALID "<withdrawn>2027-01-01Z</withdrawn>", false },
        { VALID "<withdrawn>kemarin</withdrawn>", false },
        { VALID "<withdrawn>2026</withdrawn>", false },
        { VALID "<withdrawn><b/></withdrawn>", false },
        { "<given>2026-11-01Z</given><until>2026-12-31</until>", false },
        { "<given>2026-11-01</given><until>2026-12-31Z</until>", false },
        { "<given>2026-11-01</given><until>kapan saja</until>", false },
        { "<given>2026-11-01</given><until>2026</until>", false },
    };
    nk_house *h = *state;
    nk_rights rights;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_record *r;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b,
                      CASE "<consent id='c' with='inst'><service>economic-aid"
                           "</service><item>identity</item>%s</consent></case>",
                      rows[i].dates);
        assert_ok(h, nk_record_open_checked(&h->ctx, h->model, nk_buf_str(&b),
                                            NK_STR("k.xml"), &r));
        assert_ok(h, nk_rights_of(&h->ctx, r, NK_STR("economic-aid"),
                                  NK_STR("inst"), HOUSE_TODAY, &rights));
        if ((rights.topics != 0) != rows[i].holds)
            fail_msg("%s", rows[i].dates);
        nk_record_close(r);
    }
}

/* Several consents open what they open together. */
static void adds_consents(void **state)
{
    nk_house *h = *state;
    nk_record *r = opened(
        h, NK_STR(CASE "<consent id='a' with='inst'><service>shelter</service>"
                       "<item>identity</item>" VALID "</consent>"
                       "<consent id='b' with='inst'><service>shelter</service>"
                       "<item>facts</item>" VALID "</consent>"
                       "<consent id='c' with='inst'><service>shelter</service>"
                       "<item>contact</item>" VALID
                       "<withdrawn>2026-11-02</withdrawn></consent></case>"));
    nk_rights rights;

    assert_ok(h, nk_rights_of(&h->ctx, r, NK_STR("shelter"), NK_STR("inst"),
                              HOUSE_TODAY, &rights));
    assert_str(topics_of(h, rights), "identity condition facts crisis");
    nk_record_close(r);
}

/* ---- What is left ------------------------------------------------------ */

/* May somebody of these rights see the field, by the words of the schema? */
static bool may_see(nk_rights rights, const nk_field *f)
{
    const nk_field *g;

    for (g = f->parent; g; g = g->parent)
        if (g->whole && !(rights.topics >> g->topic & 1))
            return false;
    return f->class == NK_CLASS_SECRET ? rights.topics >> f->topic & 1
                                       : f->class <= rights.sees;
}

/* Count values left that may not be seen, and those gone that may. */
static void compare(const nk_field *group, nk_xml_node *e, nk_rights rights,
                    unsigned *seen)
{
    const nk_field *f;
    nk_str v;

    for (f = group->first; f; f = f->next) {
        nk_xml_node *c = e && !f->is_attr ? nk_xml_child(e, f->name) : NULL;
        bool there = f->is_attr ? e && nk_xml_attr(e, f->name, &v) : c != NULL;

        /* What a consent covers is for the test below. */
        if (f->computed.len || nk_str_eq(f->name, NK_STR("item")))
            continue;
        if (f->kind == NK_KIND_GROUP) {
            compare(f, c, rights, seen);
            continue;
        }
        /* The name of a group that is gone goes with it. */
        if (there != may_see(rights, f) && !(f->is_attr && !e))
            fail_msg("%.*s/%.*s is %s", (int)group->name.len, group->name.ptr,
                     (int)f->name.len, f->name.ptr, there ? "there" : "gone");
        *seen += there;
    }
}

static void leaves_what_may_be_seen(void **state)
{
    nk_house *h = *state;
    unsigned least = UINT32_MAX, most = 0;
    size_t i, k;

    for (i = 0; i < NK_COUNT(policy); i++) {
        for (k = 0; k < 2; k++) {
            nk_maker m = { .how = MAKE_MARKED, .seed = 1 };
            unsigned seen = 0;
            nk_rights rights;
            nk_record *r, *all;
            nk_buf b;

            all = with_consents(h, k ? ALL_ITEMS VALID : "");
            assert_ok(h,
                      nk_rights_of(&h->ctx, all, nk_str_of(policy[i].recipient),
                                   NK_STR("inst"), HOUSE_TODAY, &rights));
            nk_record_close(all);
            nk_buf_init(&b, &h->arena);
            maker_put(&m, &b, h->model);
            r = opened(h, nk_buf_str(&b));
            nk_record_restrict(r, rights);
            compare(nk_model_root(h->model), nk_xml_root(nk_record_xml(r)),
                    rights, &seen);
            least = seen < least ? seen : least;
            most = seen > most ? seen : most;
            nk_record_close(r);
        }
    }
    assert_int_equal(least, 0); /* of the public */
    assert_true(most > 200);
}

/* Of a consent stays what the paper may tell of it, and nothing more. */
static void tells_of_a_consent_what_it_may(void **state)
{
    nk_house *h = *state;
    nk_record *r = opened(
        h, NK_STR(CASE "<consent id='a' with='b'>"
                       "<service>economic-aid</service><item>contact</item>"
                       "<item>identity</item><item>chronology</item>"
                       "<given>2026-11-01</given><until>2026-12-31</until>"
                       "</consent></case>"));
    nk_rights rights;
    nk_str out;

    assert_ok(h, nk_rights_of(&h->ctx, r, NK_STR("economic-aid"), NK_STR("b"),
                              HOUSE_TODAY, &rights));
    nk_record_restrict(r, rights);
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_true(nk_str_search(out, NK_STR("item = identity")) < out.len);
    assert_int_equal(nk_str_search(out, NK_STR("contact")), out.len);
    assert_int_equal(nk_str_search(out, NK_STR("chronology")), out.len);
    nk_record_close(r);
}

/* Not even that there is one. */
static void tells_nothing_of_an_emptied_consent(void **state)
{
    nk_house *h = *state;
    nk_record *r = opened(h, NK_STR(CASE "<consent id='a' with='b'>"
                                         "<item>chronology</item></consent>"
                                         "</case>"));
    nk_str out;

    nk_record_restrict(r, (nk_rights){ NK_CLASS_LIMITED, 0 });
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_int_equal(nk_str_search(out, NK_STR("consent")), out.len);
    nk_record_close(r);
}

/* What the program itself must know stays known. */
static void keeps_its_name(void **state)
{
    nk_house *h = *state;
    nk_record *r =
        opened(h, NK_STR(CASE "<victim><name>x</name></victim>"
                              "<referral id='a' to='police' institution='b'>"
                              "<copy>c</copy></referral></case>"));
    nk_str out;

    nk_record_restrict(r, (nk_rights){ NK_CLASS_PUBLIC, 0 });
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_str(out, "case\n");
    assert_str(nk_record_number(r), "K-1");
    assert_str(nk_record_office(r), "x");
    assert_int_equal(nk_record_opened(r, NK_ZONE_WIB), INT64_C(1794964500000));
    nk_record_close(r);
}

/* An element that is no field of the model is nobody's to see. */
static void removes_what_it_does_not_know(void **state)
{
    nk_house *h = *state;
    nk_record *r;
    nk_str out;

    assert_ok(h, nk_record_open_checked(
                     &h->ctx, h->model,
                     NK_STR(CASE "<victim><name>x</name><secret>y</secret>"
                                 "</victim><other><name>z</name></other>"
                                 "</case>"),
                     NK_STR("k.xml"), &r));
    nk_record_restrict(r, (nk_rights){ NK_CLASS_SECRET, UINT32_MAX });
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_str(out, "case @number=K-1 @office=x @opened=2026-11-18T08:15:00\n"
                    "  victim\n"
                    "    name = x\n");
    nk_record_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_policy),
        cmocka_unit_test(refuses_unknown_recipients),
        cmocka_unit_test(weighs_each_consent),
        cmocka_unit_test(doubts_in_favour_of_the_client),
        cmocka_unit_test(adds_consents),
        cmocka_unit_test(leaves_what_may_be_seen),
        cmocka_unit_test(tells_of_a_consent_what_it_may),
        cmocka_unit_test(tells_nothing_of_an_emptied_consent),
        cmocka_unit_test(keeps_its_name),
        cmocka_unit_test(removes_what_it_does_not_know),
    };

    return HOUSE_RUN(tests);
}
