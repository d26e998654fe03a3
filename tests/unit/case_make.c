/*
 * One paper: from record and template to PDF, without an archive.
 */
#include "../support/clerk.h"

static nk_order order_of(nk_str record)
{
    return (nk_order){ .template_name = CLERK_LETTER,
                       .record = record,
                       .file = NK_STR("kasus.xml") };
}

static nk_made make(nk_clerk *k, const nk_order *order)
{
    nk_made made;

    clerk_forget(k);
    assert_ok(
        k, nk_make(&k->ctx, &k->arena, k->press, order, &k->problems, &made));
    return made;
}

static nk_str dump(nk_clerk *k, const nk_order *order, const char *stage)
{
    nk_str text = NK_EMPTY;

    clerk_forget(k);
    assert_ok(k, nk_make_dump(&k->ctx, &k->arena, k->press, order,
                              nk_str_of(stage), &k->problems, &text));
    return text;
}

static void tells_what_it_made(void **state)
{
    nk_clerk *k = *state;
    nk_order order = order_of(clerk_file(k, CLERK_RECORD));
    nk_made made = make(k, &order);

    assert_true(nk_str_starts(made.pdf, NK_STR("%PDF-1.7")));
    assert_str(made.title, "Surat Rujukan Layanan Kesehatan");
    assert_str(made.office, "tanjungpinang");
    assert_str(made.version, "1");
    assert_str(made.signer, "cendana");
    assert_str(made.signer_name, "Dra. Cendana Contoh, M.Si.");
    assert_int_equal(made.pages, 1);
    assert_int_equal(nk_date_cmp(made.date, (nk_date){ 2026, 11, 23 }), 0);
}

/* The same order gives the same bytes, at another press too. */
static void same_order_same_bytes(void **state)
{
    nk_clerk *k = *state;
    nk_order order = order_of(clerk_file(k, CLERK_RECORD));
    nk_str first = make(k, &order).pdf;
    nk_press *other;
    nk_made made;

    assert_true(nk_str_eq(make(k, &order).pdf, first));
    assert_ok(k, nk_press_open(&k->ctx, &clerk_paths, &other));
    assert_ok(k,
              nk_make(&k->ctx, &k->arena, other, &order, &k->problems, &made));
    assert_true(nk_str_eq(made.pdf, first));
    nk_press_close(other);
    /* Another number, moment or day gives others. */
    order.number = NK_STR("400.2.3/1/5.6.04/2026");
    assert_false(nk_str_eq(make(k, &order).pdf, first));
    order.number = NK_EMPTY;
    k->ctx.now += 1000;
    assert_false(nk_str_eq(make(k, &order).pdf, first));
}

static void a_day_begins_in_the_office(void **state)
{
    nk_clerk *k = *state;
    nk_order order = order_of(clerk_file(k, CLERK_RECORD));

    k->ctx.now = INT64_C(1795366800000) - 1; /* 2026-11-23, 00.00 WIB */
    assert_int_equal(make(k, &order).date.day, 22);
    k->ctx.now++;
    assert_int_equal(make(k, &order).date.day, 23);
    order.date = (nk_date){ 2026, 12, 1 };
    assert_int_equal(make(k, &order).date.month, 12);
}

/* A blank knows nobody; half filled, what is known; filled, all of it. */
static void three_ways_to_print(void **state)
{
    nk_clerk *k = *state;
    nk_str record = clerk_file(k, CLERK_RECORD);
    nk_order order = order_of(record);
    nk_made made;

    assert_true(clerk_has(dump(k, &order, "doc"), "Renée Núñez"));
    order.record = clerk_swap(
        k, record, "    <service>pemeriksaan kesehatan</service>\n", "");
    clerk_forget(k);
    assert_fails(
        k, nk_make(&k->ctx, &k->arena, k->press, &order, &k->problems, &made),
        NK_E_INVALID, "PAPER_LACKS");
    assert_true(clerk_has(words_of(&k->problems), "wajib diisi"));
    order.mode = NK_MODE_HALF;
    assert_true(clerk_has(dump(k, &order, "doc"), "Renée Núñez"));
    order.mode = NK_MODE_BLANK;
    order.office = CLERK_OFFICE;
    order.record = NK_EMPTY;
    assert_false(clerk_has(dump(k, &order, "doc"), "Renée"));
    assert_false(clerk_has(dump(k, &order, "pages"), "KASUS-2026"));
    assert_true(nk_str_starts(make(k, &order).pdf, NK_STR("%PDF-1.7")));
    assert_str(dump(k, &order, "record"), "");
}

static void stages_as_text(void **state)
{
    nk_clerk *k = *state;
    nk_order order = order_of(clerk_file(k, CLERK_RECORD));

    assert_true(clerk_has(dump(k, &order, "record"), "victim"));
    assert_true(clerk_has(dump(k, &order, "pages"), "page 1\n"));
}

/* What a health service may not see is in no stage of its letter. */
static void a_recipient_sees_what_is_its(void **state)
{
    static const char *const secrets[] = {
        "Łukasz", "Citrawati", "Rekan kerja", "081200000103", "Suami",
    };
    nk_clerk *k = *state;
    nk_order order = order_of(clerk_file(k, CLERK_RECORD));
    nk_str doc = dump(k, &order, "doc"), pages = dump(k, &order, "pages");
    nk_made made = make(k, &order);
    size_t i;

    for (i = 0; i < NK_COUNT(secrets); i++) {
        assert_true(clerk_has(order.record, secrets[i]));
        assert_false(clerk_has(doc, secrets[i]));
        assert_false(clerk_has(pages, secrets[i]));
        assert_false(clerk_has(made.pdf, secrets[i]));
    }
}

/* The name goes out with a consent that holds on the letter's day. */
static void consent_opens_the_name(void **state)
{
    static const struct row {
        const char *what, *with;
        bool name;
    } rows[] = {
        { "<officer>", "<officer>", true },
        { "<until>2027-05-18", "<until>2026-11-23", true },
        { "<until>2027-05-18", "<until>2026-11-22", false },
        { "<given>2026-11-18", "<given>2026-11-23", true },
        { "<given>2026-11-18", "<given>2026-11-24", false },
        { "<item>identity</item>", "", false },
        { "with=\"puskesmas-contoh\"", "with=\"rsud-contoh\"", false },
    };
    nk_clerk *k = *state;
    nk_str record = clerk_file(k, CLERK_RECORD);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_order order =
            order_of(clerk_swap(k, record, rows[i].what, rows[i].with));

        order.mode = NK_MODE_HALF;
        assert_int_equal(clerk_has(dump(k, &order, "doc"), "Renée Núñez"),
                         rows[i].name);
    }
}

static void what_cannot_be_made(void **state)
{
    nk_clerk *k = *state;
    nk_str record = clerk_file(k, CLERK_RECORD);
    const struct row {
        nk_order order;
        nk_err rc;
        const char *fault;
    } rows[] = {
        { { .template_name = NK_STR("surat-rujukan-kesehata") },
          NK_E_NOTFOUND,
          "TEMPLATE_MEANT" },
        { { .template_name = NK_STR("x") }, NK_E_NOTFOUND, "TEMPLATE_NONE" },
        { { .template_name = NK_STR("../x") }, NK_E_NOTFOUND, "FILE_NONE" },
        { { .template_name = CLERK_LETTER, .office = NK_STR("x") },
          NK_E_NOTFOUND,
          "OFFICE_NONE" },
        { { .template_name = CLERK_LETTER, .office = NK_STR("../sekadau") },
          NK_E_NOTFOUND,
          "OFFICE_NONE" },
        { { .template_name = CLERK_LETTER, .about = NK_STR("x") },
          NK_E_NOTFOUND,
          "ABOUT_NONE" },
        { { .template_name = CLERK_LETTER, .signer = NK_STR("x") },
          NK_E_NOTFOUND,
          "SIGNER_UNKNOWN" },
        { { .template_name = CLERK_LETTER, .signer = NK_STR("bakau") },
          NK_E_DENIED,
          "SIGNER_DENIED" },
        { { .template_name = CLERK_LETTER, .mode = NK_MODE_BLANK },
          NK_E_NOTFOUND,
          "OFFICE_NONE" },
    };
    nk_made made;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_order order = rows[i].order;

        order.record = record;
        assert_fails(
            k,
            nk_make(&k->ctx, &k->arena, k->press, &order, &k->problems, &made),
            rows[i].rc, rows[i].fault);
        assert_int_equal(made.pdf.len, 0);
    }
    /* Nothing of it stays behind. */
    {
        nk_order order = order_of(record);

        assert_int_equal(make(k, &order).pages, 1);
    }
}

/* ---- Signing ----------------------------------------------------------- */

static void the_code_is_of_the_unsigned_paper(void **state)
{
    nk_clerk *k = *state;
    nk_order order = order_of(clerk_file(k, CLERK_RECORD));
    nk_str plain, sealed, code, again;
    unsigned i;

    order.signing = NK_SIGNING_ELECTRONIC;
    plain = make(k, &order).pdf;
    assert_ok(k, nk_paper_code(&k->ctx, &k->arena, plain, &code));
    assert_int_equal(code.len, 14);
    for (i = 0; i < 14; i++)
        assert_true(i % 5 == 4
                        ? code.ptr[i] == '-'
                        : nk_is_upper(code.ptr[i]) ||
                              (code.ptr[i] >= '2' && code.ptr[i] <= '7'));
    assert_ok(k, nk_make_signed(&k->ctx, &k->arena, NULL, k->key, plain,
                                NK_EMPTY, false, &sealed));
    assert_true(nk_str_starts(sealed, plain));
    assert_ok(k, nk_paper_code(&k->ctx, &k->arena, sealed, &again));
    assert_true(nk_str_eq(code, again));
    order.date = (nk_date){ 2026, 11, 24 };
    assert_ok(k,
              nk_paper_code(&k->ctx, &k->arena, make(k, &order).pdf, &again));
    assert_false(nk_str_eq(code, again));
    /* Any bytes have one. */
    assert_ok(k, nk_paper_code(&k->ctx, &k->arena, NK_EMPTY, &again));
    assert_str(again, "4OYM-IQUY-7QOB");
}

static void places_to_sign(void **state)
{
    nk_clerk *k = *state;
    nk_order order = order_of(clerk_file(k, CLERK_RECORD));
    nk_str wet = make(k, &order).pdf, plain, sealed;

    order.signing = NK_SIGNING_ELECTRONIC;
    plain = make(k, &order).pdf;
    assert_fails(k,
                 nk_make_signed(&k->ctx, &k->arena, NULL, k->key, wet, NK_EMPTY,
                                false, &sealed),
                 NK_E_NOTFOUND, "NO_PLACE_TO_SIGN");
    assert_fails(k,
                 nk_make_signed(&k->ctx, &k->arena, NULL, k->key, plain,
                                NK_STR("saksi"), false, &sealed),
                 NK_E_NOTFOUND, "NO_PLACE_NAMED");
    assert_ok(k, nk_make_signed(&k->ctx, &k->arena, NULL, k->key, plain,
                                NK_STR("head-of-office"), false, &sealed));
    assert_fails(k,
                 nk_make_signed(&k->ctx, &k->arena, NULL, k->key, sealed,
                                NK_EMPTY, false, &sealed),
                 NK_E_NOTFOUND, "NO_PLACE_TO_SIGN");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(tells_what_it_made),
        CLERK_TEST(same_order_same_bytes),
        CLERK_TEST(a_day_begins_in_the_office),
        CLERK_TEST(three_ways_to_print),
        CLERK_TEST(stages_as_text),
        CLERK_TEST(a_recipient_sees_what_is_its),
        CLERK_TEST(consent_opens_the_name),
        CLERK_TEST(what_cannot_be_made),
        CLERK_TEST(the_code_is_of_the_unsigned_paper),
        CLERK_TEST(places_to_sign),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
