/*
 * Numbers of letters: every token, the patterns of domain/letters.md, and
 * what the five offices write.
 */
#include "../support/house.h"

static nk_office *with_pattern(nk_house *h, const char *pattern)
{
    nk_office *o;
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b,
                  "<office id='x'>\n<numbering unit='5.6.04'>"
                  "<register id='other' pattern='other'/>"
                  "<register id='r' pattern='%s'/></numbering></office>",
                  pattern);
    house_forget(h);
    assert_ok(h, nk_office_open(&h->ctx, NULL, nk_buf_str(&b), NK_STR("o.xml"),
                                &h->problems, &o));
    return o;
}

static const nk_number_parts parts = { .class = NK_STR_INIT("465.3"),
                                       .security = NK_STR_INIT("R"),
                                       .seq = 12,
                                       .date = { 2024, 2, 29 } };

static void fills_in_patterns(void **state)
{
    static const struct {
        const char *pattern, *number;
    } rows[] = {
        { "{class}/{seq}/{unit}/{year}", "465.3/12/5.6.04/2024" },
        { "{security}-{seq}/PAN-RB/D-IV/{class}/{month}/{year}",
          "R-12/PAN-RB/D-IV/465.3/02/2024" },
        { "{seq}/D-IV/KKA/{month}/{year}", "12/D-IV/KKA/02/2024" },
        { "{seq}/P2TP2A/{month-roman}/{year}", "12/P2TP2A/II/2024" },
        { "{seq:4}", "0012" },
        { "{seq:1}", "12" },
        { "{seq:9}", "000000012" },
        { "{seq}{seq}", "1212" },
        { "tanpa token", "tanpa token" },
        { "}{seq}", "}12" },
        { "", "" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o = with_pattern(h, rows[i].pattern);
        nk_str number;

        assert_ok(h, nk_office_number(&h->ctx, &h->arena, o, NK_STR("r"),
                                      &parts, &number));
        assert_str(number, rows[i].number);
        nk_office_close(o);
    }
}

static void refuses_unknown_tokens(void **state)
{
    static const struct {
        const char *pattern, *token;
    } rows[] = {
        { "{klas}/{seq}", "klas" }, { "{seq:}", "seq:" },
        { "{seq:10}", "seq:10" },   { "{seq:x}", "seq:x" },
        { "{Seq}", "Seq" },         { "{}", "" },
        { "{seq", "seq" },          { "{seq}/{", "" },
        { "{{seq}}", "{seq" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o = with_pattern(h, rows[i].pattern);
        nk_str number = NK_STR("before");

        assert_int_equal(nk_office_number(&h->ctx, &h->arena, o, NK_STR("r"),
                                          &parts, &number),
                         NK_E_INVALID);
        assert_fault(&h->ctx, "REGISTER_PATTERN");
        assert_str(h->ctx.fault.args.v[0], rows[i].token);
        assert_int_equal(h->ctx.fault.place.line, 2);
        assert_int_equal(h->ctx.fault.place.column, 81);
        assert_str(number, "before");
        nk_office_close(o);
    }
}

static void refuses_unknown_registers(void **state)
{
    nk_house *h = *state;
    nk_office *o = with_pattern(h, "{seq}");
    nk_str number;

    assert_int_equal(
        nk_office_number(&h->ctx, &h->arena, o, NK_STR("q"), &parts, &number),
        NK_E_NOTFOUND);
    assert_fault(&h->ctx, "REGISTER_NONE");
    assert_str(h->ctx.fault.args.v[0], "q");
    nk_office_close(o);
    house_forget(h);
    assert_ok(h, nk_office_open(&h->ctx, NULL, NK_STR("<office id='x'/>"),
                                NK_STR("o.xml"), &h->problems, &o));
    assert_int_equal(
        nk_office_number(&h->ctx, &h->arena, o, NK_STR("r"), &parts, &number),
        NK_E_NOTFOUND);
    nk_office_close(o);
}

/* The published numbers of two offices, and the forms of the others. */
static void numbers_as_the_offices_do(void **state)
{
    static const struct {
        const char *office, *reg, *class;
        unsigned seq;
        nk_date date;
        const char *number;
    } rows[] = {
        { "tanjungpinang",
          "surat-keluar",
          "465.3",
          12,
          { 2024, 3, 4 },
          "465.3/12/5.6.04/2024" },
        { "mojokerto",
          "surat-keluar",
          "188.4",
          27,
          { 2024, 1, 2 },
          "188.4/27/417.504.1/2024" },
        { "mojokerto",
          "kesepakatan",
          "400.2.3",
          1,
          { 2026, 11, 23 },
          "400.2.3/KSP-1/417.504.1/2026" },
        { "manggarai-barat",
          "surat-keluar",
          "400.2.3",
          104,
          { 2026, 11, 23 },
          "400.2.3/104/XI/2026" },
        { "barito-utara",
          "surat-keluar",
          "400.2.3",
          9,
          { 2026, 11, 23 },
          "400.2.3/9/2026" },
        { "sekadau",
          "surat-keluar",
          "400.2.3",
          10,
          { 2026, 11, 23 },
          "400.2.3/10/2026" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_office *o = house_office(h, rows[i].office);
        nk_number_parts p = { .class = nk_str_of(rows[i].class),
                              .seq = rows[i].seq,
                              .date = rows[i].date };
        nk_str number;

        assert_ok(h, nk_office_number(&h->ctx, &h->arena, o,
                                      nk_str_of(rows[i].reg), &p, &number));
        assert_str(number, rows[i].number);
        nk_office_close(o);
    }
}

/* Two registers of an office never give the same number. */
static void keeps_registers_apart(void **state)
{
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(house_offices); i++) {
        nk_office *o = house_office(h, house_offices[i]);
        nk_xml_node *r =
            nk_xml_first(nk_xml_child(nk_office_node(o), NK_STR("numbering")));
        nk_str seen[20], number;
        size_t n = 0, k;

        for (; r; r = nk_xml_next(r)) {
            assert_ok(
                h, nk_office_number(&h->ctx, &h->arena, o,
                                    nk_xml_attr_or(r, NK_STR("id"), NK_EMPTY),
                                    &parts, &number));
            for (k = 0; k < n; k++)
                assert_false(nk_str_eq(number, seen[k]));
            seen[n++] = number;
        }
        assert_true(n >= 2);
        nk_office_close(o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_in_patterns),
        cmocka_unit_test(refuses_unknown_tokens),
        cmocka_unit_test(refuses_unknown_registers),
        cmocka_unit_test(numbers_as_the_offices_do),
        cmocka_unit_test(keeps_registers_apart),
    };

    return HOUSE_RUN(tests);
}
