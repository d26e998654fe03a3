/*
 * Who signs: holders, acting ones and delegations by date, and the lines
 * above the name as domain/letters.md, section 7, prints them.
 */
#include "../support/house.h"

/*
 * The head until August; from September on an acting one, in November the
 * post is held again but its holder away. The secretary signs a.n. in the
 * second half of the year, and passed it on in October.
 */
static const char profile[] =
    "<office id='x'>\n"
    "<person id='old' post='head' until='2026-08-31'><name>Ulin Contoh</name>"
    "<before>Ir.</before><after>M.P.</after><title>Kepala Dinas</title>"
    "<rank>Pembina (IV/a)</rank><nip>196803091995031999</nip></person>\n"
    "<person id='new' post='head' from='2026-11-01'><name>Maja</name>"
    "<title>Kepala Dinas Baru</title></person>\n"
    "<person id='sec' post='secretary'><name>Rengas Contoh</name>"
    "<after>S.Sos.</after><title>Sekretaris</title></person>\n"
    "<person id='div' post='division'><name>Asam Contoh</name>"
    "<before>Drs.</before><title>Kepala Bidang</title></person>\n"
    "<person id='w1' post='worker'><name>Satu</name><title>Peksos Muda</title>"
    "</person>\n"
    "<person id='w2' post='worker'><name>Dua</name><title>Peksos Madya</title>"
    "</person>\n"
    "<person id='gone' post='worker' until='2026-01-31'><name>Tiga</name>"
    "<title>Peksos</title></person>\n"
    "<delegation post='head' to='sec' as='Plt.' from='2026-09-01' "
    "until='2026-10-31'/>\n"
    "<delegation post='head' to='div' as='Plh.' from='2026-11-10' "
    "until='2026-11-20'/>\n"
    "<delegation post='head' to='sec' as='a.n.' from='2026-07-01' "
    "until='2026-08-31'/>\n"
    "<delegation post='head' to='sec' as='a.n.' from='2026-11-01' "
    "until='2026-12-31'/>\n"
    "<delegation post='head' to='div' as='u.b.' through='sec' "
    "from='2026-08-01' until='2026-12-31'/>\n"
    "<delegation post='head' to='w1' as='u.b.' through='div' "
    "from='2026-01-01' until='2026-12-31'/>\n"
    "<delegation post='head' to='w2' as='u.b.' from='2026-01-01' "
    "until='2026-12-31'/>\n"
    "<delegation post='head' to='gone' as='a.n.' from='2026-01-01' "
    "until='2026-12-31'/>\n"
    "<delegation post='nobodys' to='sec' as='Plt.' from='2026-01-01' "
    "until='2026-12-31'/>\n"
    "<delegation post='secretary' to='nemo' as='a.n.' from='2026-01-01' "
    "until='2026-12-31'/>\n"
    "</office>";

static nk_office *opened(nk_house *h, const char *bytes)
{
    nk_office *o;

    house_forget(h);
    assert_ok(h, nk_office_open(&h->ctx, NULL, nk_str_of(bytes),
                                NK_STR("o.xml"), &h->problems, &o));
    return o;
}

static nk_err signer(nk_house *h, const nk_office *o, const char *post,
                     const char *person, const char *on, nk_signer *s)
{
    nk_date day;

    assert_true(nk_date_parse(nk_str_of(on), &day));
    return nk_office_signer(&h->ctx, &h->arena, o, nk_str_of(post),
                            nk_str_of(person), day, s);
}

/* The lines above the name, and the name: "a.n. Kepala / Sekretaris, / N". */
static nk_str block(nk_house *h, const nk_signer *s)
{
    nk_buf b;
    size_t i;

    nk_buf_init(&b, &h->arena);
    for (i = 0; i < s->lines_n; i++) {
        nk_buf_puts(&b, s->lines[i]);
        nk_buf_lit(&b, " / ");
    }
    nk_buf_puts(&b, s->name);
    return nk_buf_str(&b);
}

static void chooses_by_post_and_day(void **state)
{
    static const struct {
        const char *post, *person, *on, *block;
    } rows[] = {
        /* The holder, to the last day. */
        { "head", "", "2026-06-30", "Kepala Dinas, / Ir. Ulin Contoh, M.P." },
        { "head", "", "2026-08-31", "Kepala Dinas, / Ir. Ulin Contoh, M.P." },
        { "head", "old", "2026-08-31",
          "Kepala Dinas, / Ir. Ulin Contoh, M.P." },
        /* Vacant: the acting one, asked for or not. */
        { "head", "", "2026-09-01",
          "Plt. Kepala Dinas, / Rengas Contoh, S.Sos." },
        { "head", "", "2026-10-31",
          "Plt. Kepala Dinas, / Rengas Contoh, S.Sos." },
        { "head", "sec", "2026-10-31",
          "Plt. Kepala Dinas, / Rengas Contoh, S.Sos." },
        /* Held again, under its new title. */
        { "head", "", "2026-11-01", "Kepala Dinas Baru, / Maja" },
        { "head", "new", "2026-11-15", "Kepala Dinas Baru, / Maja" },
        /* Away for a time: the acting one, but not who is asked for. */
        { "head", "new", "2026-11-15", "Kepala Dinas Baru, / Maja" },
        { "head", "", "2026-11-15",
          "Plh. Kepala Dinas Baru, / Drs. Asam Contoh" },
        { "head", "div", "2026-11-15",
          "Plh. Kepala Dinas Baru, / Drs. Asam Contoh" },
        /* a.n. and u.b.: the delegator's line has no comma. */
        { "head", "sec", "2026-07-01",
          "a.n. Kepala Dinas / Sekretaris, / Rengas Contoh, S.Sos." },
        { "head", "sec", "2026-11-23",
          "a.n. Kepala Dinas Baru / Sekretaris, / Rengas Contoh, S.Sos." },
        { "head", "div", "2026-08-01",
          "a.n. Kepala Dinas / Sekretaris / u.b. / Kepala Bidang, / "
          "Drs. Asam Contoh" },
        { "head", "div", "2026-11-23",
          "a.n. Kepala Dinas Baru / Sekretaris / u.b. / Kepala Bidang, / "
          "Drs. Asam Contoh" },
        /* A post that several hold. */
        { "worker", "", "2026-11-23", "Peksos Muda, / Satu" },
        { "worker", "w1", "2026-11-23", "Peksos Muda, / Satu" },
        { "worker", "w2", "2026-11-23", "Peksos Madya, / Dua" },
        { "worker", "gone", "2026-01-31", "Peksos, / Tiga" },
    };
    nk_house *h = *state;
    nk_office *o = opened(h, profile);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_signer s;

        if (signer(h, o, rows[i].post, rows[i].person, rows[i].on, &s) < 0)
            fail_msg("%s %s %s is refused", rows[i].post, rows[i].person,
                     rows[i].on);
        assert_str(block(h, &s), rows[i].block);
    }
    nk_office_close(o);
}

static void refuses_others(void **state)
{
    static const struct {
        const char *post, *person, *on;
        nk_err rc;
        const char *msg, *first, *second;
    } rows[] = {
        { "head", "w9", "2026-06-30", NK_E_NOTFOUND, "SIGNER_UNKNOWN", "w9",
          NULL },
        { "head", "sec", "2026-06-30", NK_E_DENIED, "SIGNER_DENIED", "sec",
          "Kepala Dinas" },
        { "head", "new", "2026-06-30", NK_E_DENIED, "SIGNER_DENIED", "new",
          "Kepala Dinas" },
        { "head", "old", "2026-09-01", NK_E_DENIED, "SIGNER_DENIED", "old",
          "Kepala Dinas" },
        { "head", "div", "2026-07-31", NK_E_DENIED, "SIGNER_DENIED", "div",
          "Kepala Dinas" },
        /* u.b. of somebody who does not sign a.n. that day, or of nobody. */
        { "head", "div", "2026-09-15", NK_E_DENIED, "SIGNER_DENIED", "div",
          "Kepala Dinas" },
        { "head", "w1", "2026-11-23", NK_E_DENIED, "SIGNER_DENIED", "w1",
          "Kepala Dinas Baru" },
        { "head", "w2", "2026-11-23", NK_E_DENIED, "SIGNER_DENIED", "w2",
          "Kepala Dinas Baru" },
        /* The delegation holds, but its person has left. */
        { "head", "gone", "2026-11-23", NK_E_DENIED, "SIGNER_DENIED", "gone",
          "Kepala Dinas Baru" },
        { "worker", "gone", "2026-02-01", NK_E_DENIED, "SIGNER_DENIED", "gone",
          "Peksos Muda" },
        { "secretary", "nemo", "2026-11-23", NK_E_NOTFOUND, "SIGNER_UNKNOWN",
          "nemo", NULL },
        { "chair", "", "2026-11-23", NK_E_NOTFOUND, "SIGNER_NONE", "chair",
          NULL },
        /* Acting for a post whose title the profile does not know. */
        { "nobodys", "", "2026-11-23", NK_E_DENIED, "SIGNER_DENIED", "sec",
          "nobodys" },
    };
    nk_house *h = *state;
    nk_office *o = opened(h, profile);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_signer s;
        nk_err rc = signer(h, o, rows[i].post, rows[i].person, rows[i].on, &s);

        if (rc != rows[i].rc)
            fail_msg("%s %s %s: %d", rows[i].post, rows[i].person, rows[i].on,
                     rc);
        assert_fault(&h->ctx, rows[i].msg);
        assert_str(h->ctx.fault.args.v[0], rows[i].first);
        if (rows[i].second)
            assert_str(h->ctx.fault.args.v[1], rows[i].second);
    }
    nk_office_close(o);
}

static void describes_the_signer(void **state)
{
    nk_house *h = *state;
    nk_office *o = opened(h, profile);
    nk_signer s;

    assert_ok(h, signer(h, o, "head", "", "2026-06-30", &s));
    assert_str(s.person, "old");
    assert_str(s.title, "Kepala Dinas");
    assert_str(s.rank, "Pembina (IV/a)");
    assert_str(s.nip, "19680309 199503 1 999");
    assert_ok(h, signer(h, o, "worker", "w2", "2026-06-30", &s));
    assert_str(s.person, "w2");
    assert_str(s.rank, "");
    assert_str(s.nip, ""); /* no line "NIP. -" */
    nk_office_close(o);
}

/* A day that cannot be read never makes somebody's right longer. */
static void doubts_unreadable_days(void **state)
{
    static const char *const dates[] = {
        "from='2026-01-01' until='2026-12-31Z'",
        "from='2026-01-01Z' until='2026-12-31'",
        "from='' until='2026-12-31'",
        "from='2026-01-01' until='selamanya'",
    };
    nk_house *h = *state;
    nk_signer s;
    size_t i;

    for (i = 0; i < NK_COUNT(dates); i++) {
        nk_office *o;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b,
                      "<office id='x'><person id='a' post='p' %s><name>A"
                      "</name><title>T</title></person></office>",
                      dates[i]);
        nk_buf_putc(&b, '\0');
        o = opened(h, b.ptr);
        assert_int_equal(signer(h, o, "p", "", "2026-06-30", &s),
                         NK_E_NOTFOUND);
        nk_office_close(o);
    }
}

static void signs_for_the_five_offices(void **state)
{
    static const struct {
        const char *office, *person, *on, *block;
    } rows[] = {
        { "tanjungpinang", "", "2026-11-23",
          "Kepala Dinas Sosial, / Dra. Cendana Contoh, M.Si." },
        { "tanjungpinang", "sungkai", "2026-11-23",
          "a.n. Kepala Dinas Sosial / Kepala Bidang Rehabilitasi Sosial, / "
          "Sungkai Contoh, S.H." },
        { "sekadau", "", "2026-11-23",
          "Plt. Kepala Dinas Sosial, / Belian Contoh, S.I.P., M.Si." },
        { "sekadau", "", "2026-08-31",
          "Kepala Dinas Sosial, / Drs. Tengkawang Contoh" },
        { "barito-utara", "rengas", "2026-11-23",
          "Plh. Kepala Dinas Pengendalian Penduduk, Keluarga Berencana dan "
          "Pemberdayaan Perempuan dan Perlindungan Anak, / Rengas Contoh, "
          "S.Sos., M.Si." },
        { "manggarai-barat", "asam", "2026-11-23",
          "a.n. Kepala Dinas Pengendalian Penduduk dan Keluarga Berencana / "
          "Sekretaris / u.b. / Kepala Bidang Pemberdayaan Perempuan dan "
          "Perlindungan Anak, / Asam Contoh, S.H." },
        { "mojokerto", "", "2026-11-23",
          "Kepala Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak, "
          "/ Dr. Hj. Trembesi Contoh, S.Sos., S.H., M.Si." },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o = house_office(h, rows[i].office);
        nk_signer s;

        assert_ok(
            h, signer(h, o, "head-of-office", rows[i].person, rows[i].on, &s));
        assert_str(block(h, &s), rows[i].block);
        nk_office_close(o);
    }
}

/* The head and who acts for one, on their days; nobody in their name. */
static void knows_who_heads(void **state)
{
    static const struct {
        const char *office, *person;
        nk_date on;
        bool heads;
    } rows[] = {
        { "tanjungpinang", "cendana", { 2026, 11, 23 }, true },
        { "tanjungpinang", "sungkai", { 2026, 11, 23 }, false }, /* a.n. */
        { "tanjungpinang", "", { 2026, 11, 23 }, false },
        { "tanjungpinang", "nobody", { 2026, 11, 23 }, false },
        { "sekadau", "belian", { 2026, 11, 23 }, true }, /* Plt. */
        { "sekadau", "belian", { 2026, 8, 31 }, false },
        { "sekadau", "belian", { 2027, 3, 1 }, false },
        { "barito-utara", "rengas", { 2026, 11, 23 }, true }, /* Plh. */
        { "barito-utara", "rengas", { 2026, 12, 12 }, false },
        { "barito-utara", "gaharu", { 2026, 11, 23 }, true },   /* P2TP2A */
        { "manggarai-barat", "asam", { 2026, 11, 23 }, false }, /* u.b. */
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o = house_office(h, rows[i].office);

        if (nk_office_heads(o, nk_str_of(rows[i].person), rows[i].on) !=
            rows[i].heads)
            fail_msg("%s of %s", rows[i].person, rows[i].office);
        nk_office_close(o);
    }
}

static void knows_certificates(void **state)
{
#define PRINT_A                                                                \
    "00ff12ab34cd56ef7890a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566"
#define PRINT_B                                                                \
    "11ff12ab34cd56ef7890a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566"
    static const struct {
        const char *person, *name;
        bool is;
    } rows[] = {
        { "a", "Melati Contoh", true },
        { "a", "MELATI CONTOH", true },
        { "a", "Dra. Melati Contoh, M.Si.", true },
        { "a", "Melati Contohan", false },
        { "a", "Jamelati Contoh", false },
        { "a", "Contoh Melati", false },
        { "a", "Melati", false },
        { "a", "", false },
        { "z", "Melati Contoh", false },
        { "", "Melati Contoh", false },
        /* The whole name: no word more but titles. */
        { "a", "Siti Melati Contoh", false },
        { "a", "Melati Contoh Sari", false },
        { "a", "Dra. Siti Melati Contoh, M.Si.", false },
        { "a", "Melati Contoh, Siti", false },
        { "a", "Melati Contoha Melati Contoh", false },
        { "a", "Melati Contoh Melati Contoh", false },
        /* Titles: words with a dot, and those of the profile without one. */
        { "e", "Kenanga Contoh", true },
        { "e", "Hj KENANGA CONTOH SH MSi", true },
        { "e", "Hj. Kenanga Contoh, S.H., M.Si.", true },
        { "e", "Kenanga Contoh, SE", false },
        { "a", "Melati Contoh, SH", false },
        /* What parts words: anything but a letter. */
        { "a", "Dra.Melati Contoh,M.Si", true },
        { "a", "MELATI CONTOH S.SOS 196608211992032999", true },
        { "a", "(Melati Contoh)", true },
        { "a", "Melati  Contoh", false },
        { "a", "Melati-Contoh", false },
        { "a", "\xC3\x89melati Contoh", false },
        { "a", "Melati Contoh\xC3\xA9", false },
        { "c", "Ren\xC3\xA9 Contoh, S.H.", true },
        { "c", "REN\xC3\xA9 CONTOH", true },
        { "c", "REN\xC3\x89 CONTOH", true },
        { "c", "Rene Contoh", false },
        { "c", "Ren\xC3\xA9 Contoh \xFF", false },
        /* Nobody may be held for one who has no name in the profile. */
        { "d", "", false },
        { "d", "Melati Contoh", false },
    };
    nk_house *h = *state;
    nk_office *o = opened(
        h, "<office id='x'><person id='a' post='p'><name>Melati Contoh</name>"
           "</person><person id='b' post='p'><name>Dua</name><certificate>"
           "00:FF:12:AB:34:CD:56:EF:78:90:A1:B2:C3:D4:E5:F6:"
           "07:18:29:3A:4B:5C:6D:7E:8F:90:11:22:33:44:55:66</certificate>"
           "</person>"
           "<person id='c' post='p'><name>Ren\xC3\xA9 Contoh</name></person>"
           "<person id='d' post='p'/>"
           "<person id='e' post='p'><name>Kenanga Contoh</name>"
           "<before>Hj.</before><after>S.H., M.Si.</after></person></office>");
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        if (nk_office_holder(o, nk_str_of(rows[i].person),
                             nk_str_of(rows[i].name), NK_STR(PRINT_A)) !=
            (rows[i].is ? NK_PROOF_NAME : NK_PROOF_NONE))
            fail_msg("%s: %s", rows[i].person, rows[i].name);
    /* Where the profile gives the certificate, the name is not asked. */
    assert_int_equal(
        nk_office_holder(o, NK_STR("b"), NK_STR("Nama Lain"), NK_STR(PRINT_A)),
        NK_PROOF_CERTIFICATE);
    assert_int_equal(
        nk_office_holder(o, NK_STR("b"), NK_STR("Dua"), NK_STR(PRINT_B)),
        NK_PROOF_NONE);
    assert_int_equal(nk_office_holder(o, NK_STR("b"), NK_STR("Dua"), NK_EMPTY),
                     NK_PROOF_NONE);
    nk_office_close(o);
}

static void knows_posts(void **state)
{
    nk_house *h = *state;
    nk_office *o = opened(h, profile);

    assert_true(nk_office_has_post(o, NK_STR("head")));
    assert_true(nk_office_has_post(o, NK_STR("worker")));
    assert_false(nk_office_has_post(o, NK_STR("saksi")));
    assert_false(nk_office_has_post(o, NK_EMPTY));
    nk_office_close(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_by_post_and_day),
        cmocka_unit_test(refuses_others),
        cmocka_unit_test(describes_the_signer),
        cmocka_unit_test(doubts_unreadable_days),
        cmocka_unit_test(signs_for_the_five_offices),
        cmocka_unit_test(knows_who_heads),
        cmocka_unit_test(knows_certificates),
        cmocka_unit_test(knows_posts),
    };

    return HOUSE_RUN(tests);
}
