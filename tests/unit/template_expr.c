/*
 * Expressions before there is a record: right ones pass, and every name that
 * leads nowhere is told.
 */
#include "../support/sheet.h"

/* What is said of <value-of select="..."/> in a body. */
static nk_str said_for(nk_house *h, const nk_sheet_how *how, const char *before,
                       const char *select, const char *after)
{
    nk_template *t;
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b, "%s<p><value-of select=\"%s\"/></p>%s", before, select,
                  after);
    nk_buf_putc(&b, '\0');
    if (sheet_open(h, how, b.ptr, &t) == NK_OK)
        nk_template_close(t);
    return words_of(&h->problems);
}

static void expect(nk_house *h, const char *select, const char *words)
{
    nk_str said = said_for(h, NULL, "", select, "");

    if (!nk_str_eq(said, nk_str_of(words)))
        print_error("%s\n", select);
    assert_str(said, words);
}

static void passes_what_is_right(void **state)
{
    static const char *const rows[] = {
        "victim",
        "victim/name",
        " victim / name ",
        "@number",
        "referral/@to",
        "./victim/name",
        ".",
        "..",
        "victim/../reporter/name",
        "victim/name/..",
        "/case/victim/name",
        "/case/@office",
        "/case[1]/victim",
        "/",
        "/*",
        "/ = ''",
        "*",
        "*/name",
        "@*",
        "victim/*",
        "//name",
        "//nama-apa-saja",
        "victim//apa-saja",
        "victim/name/text()",
        "victim/node()",
        "victim/text() = 'x'",
        "child::victim/child::name",
        "referral/attribute::to",
        "victim/following-sibling::reporter",
        "victim/ancestor::node()/apa-saja",
        "self::node()/apa-saja",
        "victim[name]",
        "victim[name = 'x']/nik",
        "victim[1]/name",
        "referral[@to = 'police'][service]/request[2]",
        "referral[position() = last()]/service",
        "consent[@with = 'x' and not(withdrawn)]/given",
        "victim[../reporter/name]/nik",
        "victim/name | reporter/name",
        "(victim | reporter)/apa-saja",
        "(victim/name)[1]",
        "victim and reporter or not(accused)",
        "victim/name = reporter/name",
        "victim/age * 2 - 1",
        "-complaint/children-affected",
        "--1",
        "- (victim/age + 1) div 2 mod 3",
        "1.5 + .5 > 2 and 1 &lt; 2 and 1 &lt;= 2 and 2 >= 1 and 1 != 2",
        "'it is' = &quot;'&quot;",
        "concat(victim/name, ' ', victim/nik, 'a', 'b', 'c', 'd', 'e')",
        "substring(victim/name, 1, 2)",
        "translate(victim/name, 'a', 'b')",
        "count(witness) &gt; 1",
        "string-length()",
        "sum(complaint/children-affected)",
        "date(complaint/date)",
        "age(victim/birth-date, complaint/date)",
        "upper(initials(victim/name))",
        "$office/name",
        "$office/@zone",
        "$office/verification/@url",
        "$office/person[@id = 'x']/title",
        "$procedure/flow[@id]/step[when/@go = '2']/does",
        "$procedure/flow/step/when[@implied]/@go",
        "$procedure/time[@unit = 'minute']/@max",
        "$procedure/flow/*/apa-saja",
        "$register/@from",
        "count($register/case[victim/sex = 'P'])",
        "$register/case/@number",
        "count($procedure/actor[@id = $procedure/flow/step/with/@actor])",
        "$letter/number",
        "$letter/mode = 'wet'",
        "$to/place",
        "$to/@kind",
        "$office",
        "$office[name]/city",
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect(h, rows[i], "");
}

static void tells_names_that_lead_nowhere(void **state)
{
    static const struct {
        const char *select, *words;
    } rows[] = {
        { "victim/nmae", "Isian nmae tidak ada; maksud Anda name?\n" },
        { "victm/name", "Isian victm tidak ada; maksud Anda victim?\n" },
        { "victim/xyzzy", "Isian xyzzy tidak ada di dalam victim.\n" },
        { "victim/name/first", "Isian first tidak ada di dalam name.\n" },
        { "case/victim", "Isian case tidak ada di dalam case.\n" },
        { "/victim", "Isian victim tidak ada di dalam /.\n" },
        { "/case/victm", "Isian victm tidak ada; maksud Anda victim?\n" },
        { "@nomor", "Isian @nomor tidak ada di dalam case.\n" },
        { "@numbr", "Isian @numbr tidak ada; maksud Anda number?\n" },
        { "number", "Isian number tidak ada; maksud Anda @number?\n" },
        { "victim/@name", "Isian @name tidak ada; maksud Anda name?\n" },
        { "victim/../reportr", "Isian reportr tidak ada; maksud Anda "
                               "reporter?\n" },
        { "child::victm", "Isian victm tidak ada; maksud Anda victim?\n" },
        { "referral/attribute::tu", "Isian @tu tidak ada; maksud Anda to?\n" },
        { "victim[nmae]", "Isian nmae tidak ada; maksud Anda name?\n" },
        { "victim[name]/nkk", "Isian nkk tidak ada; maksud Anda nik?\n" },
        { "(victim/nmae)[1]", "Isian nmae tidak ada; maksud Anda name?\n" },
        { "victim/name | reporter/nmae",
          "Isian nmae tidak ada; maksud Anda name?\n" },
        { "1 + 2 * -victim/agee", "Isian agee tidak ada; maksud Anda age?\n" },
        { "count(wittness)", "Isian wittness tidak ada; maksud Anda "
                             "witness?\n" },
        { "not(not(victim/nmae = 'x'))",
          "Isian nmae tidak ada; maksud Anda name?\n" },
        { "victim/nmae and victim/nkk",
          "Isian nmae tidak ada; maksud Anda name?\n"
          "Isian nkk tidak ada; maksud Anda nik?\n" },
        { "$office/adress", "Tidak ada adress di dalam $office.\n" },
        { "$office/@zona", "Tidak ada zona di dalam $office.\n" },
        { "$office/addressee", "Tidak ada addressee di dalam $office.\n" },
        { "$office/person/nama", "Tidak ada nama di dalam <person>.\n" },
        { "$office/name/title", "Tidak ada title di dalam <name>.\n" },
        { "$register/kasus", "Tidak ada kasus di dalam $register.\n" },
        { "$register/@case", "Tidak ada case di dalam $register.\n" },
        { "$register/case/victim/agee",
          "Isian agee tidak ada; maksud Anda age?\n" },
        { "$procedure/step", "Tidak ada step di dalam $procedure.\n" },
        { "$procedure/flow/stap", "Tidak ada stap di dalam <flow>.\n" },
        { "$procedure/flow/step[n = '1']", "Tidak ada n di dalam <step>.\n" },
        { "$procedure/flow/step/does/@by", "Tidak ada by di dalam <does>.\n" },
        { "$procedure/actor/@name", "Tidak ada name di dalam <actor>.\n" },
        { "$to/phone", "Tidak ada phone di dalam $to.\n" },
        { "$letter/nomor", "Tidak ada nomor di dalam $letter.\n" },
        { "$letter/@number", "Tidak ada number di dalam $letter.\n" },
        { "$signer/name", "Nama $signer tidak dikenal di sini.\n" },
        { "$victim", "Nama $victim tidak dikenal di sini.\n" },
        { "upperr('x')", "Fungsi upperr tidak dikenal; maksud Anda upper?\n" },
        { "kapital('x')", "Fungsi kapital tidak dikenal.\n" },
        { "namespace-uri()", "Fungsi namespace-uri tidak dikenal.\n" },
        { "document('x')", "Fungsi document tidak dikenal.\n" },
        { "upper()", "Jumlah isian fungsi upper tidak cocok.\n" },
        { "upper('x', 'y')", "Jumlah isian fungsi upper tidak cocok.\n" },
        { "age('x')", "Jumlah isian fungsi age tidak cocok.\n" },
        { "count()", "Jumlah isian fungsi count tidak cocok.\n" },
        { "concat('x')", "Jumlah isian fungsi concat tidak cocok.\n" },
        { "true(1)", "Jumlah isian fungsi true tidak cocok.\n" },
        { "upper(victim/nmae)", "Isian nmae tidak ada; maksud Anda name?\n" },
        { "victim[", "Ungkapan \"victim[\" salah tulis dekat \"\".\n" },
        { "victim name",
          "Ungkapan \"victim name\" salah tulis dekat \"name\".\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect(h, rows[i].select, rows[i].words);
}

static void knows_where_it_stands(void **state)
{
    static const nk_sheet_how about = {
        .head = "<about name='surat' select='referral'/>"
    };
    static const struct {
        const nk_sheet_how *how;
        const char *before, *select, *after, *words;
    } rows[] = {
        { NULL, "<for-each select='witness'>", "name", "</for-each>", "" },
        { NULL, "<for-each select='witness'>", "nmae", "</for-each>",
          "Isian nmae tidak ada; maksud Anda name?\n" },
        { NULL, "<for-each select='witness'>", "../victim/name", "</for-each>",
          "" },
        { NULL, "<for-each select='witness'>", "../name", "</for-each>",
          "Isian name tidak ada di dalam case.\n" },
        { NULL, "<for-each select='*'>", "apa-saja", "</for-each>", "" },
        { NULL, "<for-each select='referral'><for-each select='health/need'>",
          ".", "</for-each></for-each>", "" },
        { NULL, "<if test='victim'>", "victim/nik", "</if>", "" },
        { NULL, "<signer post='p'>", "$signer/nip", "</signer>", "" },
        { NULL, "<signer post='p'>", "$signer/nipp", "</signer>",
          "Tidak ada nipp di dalam $signer.\n" },
        { &about, "", "$surat/service", "", "" },
        { &about, "", "$surat/servis", "",
          "Isian servis tidak ada; maksud Anda service?\n" },
        { &about, "", "$surat/../victim/name", "", "" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str said = said_for(h, rows[i].how, rows[i].before, rows[i].select,
                               rows[i].after);

        if (!nk_str_eq(said, nk_str_of(rows[i].words)))
            print_error("%s%s\n", rows[i].before, rows[i].select);
        assert_str(said, rows[i].words);
    }
}

/* Where in the file, to the attribute; in other attributes too. */
static void says_where(void **state)
{
    nk_house *h = *state;
    nk_template *t;

    assert_int_equal(
        sheet_open(
            h, NULL,
            "<p>\n  <value-of as='upper'\n    select='victim/nmae'/></p>\n"
            "<if test='victm'/>\n<for-each select='wittness'/>\n"
            "<fields><field of='victim/nmae'/></fields>\n"
            "<p><check test='victim/nmae'/></p>",
            &t),
        NK_E_INVALID);
    assert_said(&h->problems, "6:5 PATH_MEANT\n"
                              "7:5 PATH_MEANT\n"
                              "8:11 PATH_MEANT\n"
                              "9:16 PATH_MEANT\n"
                              "10:11 PATH_MEANT\n");
    assert_str(h->problems.first->place.file, "t.xml");
    assert_fault(&h->ctx, "TEMPLATE_WRONG");
    assert_str(h->ctx.fault.args.v[1], "5");
}

/* A tree of the compiled template, to see which field an expression is of. */
static void finds_the_field(void **state)
{
    static const struct {
        const char *select, *field;
    } rows[] = {
        { "victim/name", "name" },
        { "victim[1]/name", "name" },
        { "/case/victim/nik", "nik" },
        { "referral/@to", "to" },
        { "victim", "victim" },
        { "victim/name | reporter/name", NULL },
        { "(victim/name)", NULL },
        { "concat(victim/name, '')", NULL },
        { "'x'", NULL },
        { "-victim/age", NULL },
        { "//name", NULL },
        { "victim/name/text()", NULL },
        { "$office/name", NULL },
        { "victim/name = 'x'", NULL },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_tpl *v;
        nk_template *t;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, "<p><value-of select=\"%s\"/></p>", rows[i].select);
        nk_buf_putc(&b, '\0');
        assert_ok(h, sheet_open(h, NULL, b.ptr, &t));
        v = t->body->first->first;
        assert_int_equal(v->tag, NK_TAG_VALUE);
        assert_non_null(v->select);
        if (rows[i].field)
            assert_str(v->field->name, rows[i].field);
        else
            assert_null(v->field);
        nk_template_close(t);
    }
}

/* Nested deeper than anybody writes: no crash, and libxml2's own words. */
static void survives_deep_nesting(void **state)
{
    nk_house *h = *state;
    nk_template *t;
    nk_buf b;
    int i;

    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, "<p><value-of select=\"");
    for (i = 0; i < 240; i++)
        nk_buf_putc(&b, '(');
    nk_buf_putc(&b, '1');
    for (i = 0; i < 240; i++)
        nk_buf_putc(&b, ')');
    nk_buf_lit(&b, "\"/></p>");
    nk_buf_putc(&b, '\0');
    assert_ok(h, sheet_open(h, NULL, b.ptr, &t));
    nk_template_close(t);
    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, "<p><value-of select=\"");
    for (i = 0; i < 160; i++)
        nk_buf_lit(&b, "x[");
    nk_buf_lit(&b, "\"/></p>");
    nk_buf_putc(&b, '\0');
    assert_int_equal(sheet_open(h, NULL, b.ptr, &t), NK_E_INVALID);
    assert_said(&h->problems, "4:14 XPATH_SYNTAX\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_what_is_right),
        cmocka_unit_test(tells_names_that_lead_nowhere),
        cmocka_unit_test(knows_where_it_stands),
        cmocka_unit_test(says_where),
        cmocka_unit_test(finds_the_field),
        cmocka_unit_test(survives_deep_nesting),
    };

    return HOUSE_RUN(tests);
}
