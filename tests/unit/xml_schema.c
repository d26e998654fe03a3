/*
 * Checking against a schema: every kind of breach has words, an exact place,
 * and none is told where somebody else has spoken.
 */
#include "../support/said.h"

#include "xml/xml.h"

#define XSD                                                                    \
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' "                  \
    "xmlns='urn:naskah:x:1' targetNamespace='urn:naskah:x:1' "                 \
    "xmlns:x='urn:naskah:x:1' "                                                \
    "elementFormDefault='qualified'>"                                          \
    "<xs:element name='a'><xs:complexType><xs:sequence>"                       \
    "<xs:element name='sex' minOccurs='0'><xs:simpleType>"                     \
    "<xs:restriction base='xs:token'><xs:enumeration value='L'/>"              \
    "<xs:enumeration value='P'/></xs:restriction></xs:simpleType>"             \
    "</xs:element>"                                                            \
    "<xs:element name='name' minOccurs='0'><xs:simpleType>"                    \
    "<xs:restriction base='xs:string'><xs:minLength value='1'/>"               \
    "<xs:maxLength value='5'/></xs:restriction></xs:simpleType></xs:element>"  \
    "<xs:element name='date' type='xs:date' minOccurs='0'/>"                   \
    "<xs:element name='br' minOccurs='0'><xs:complexType/></xs:element>"       \
    "<xs:element name='box' minOccurs='0' maxOccurs='9'><xs:complexType>"      \
    "<xs:sequence><xs:element name='in'/></xs:sequence>"                       \
    "<xs:attribute name='w' type='xs:positiveInteger' use='required'/>"        \
    "<xs:attribute name='h' type='xs:positiveInteger' use='required'/>"        \
    "<xs:attribute name='to'/>"                                                \
    "</xs:complexType></xs:element>"                                           \
    "<xs:element name='id' minOccurs='0' maxOccurs='9'><xs:complexType>"       \
    "<xs:attribute name='is'/></xs:complexType></xs:element>"                  \
    "</xs:sequence></xs:complexType>"                                          \
    "<xs:key name='k'><xs:selector xpath='*'/><xs:field xpath='@is'/>"         \
    "</xs:key><xs:keyref name='r' refer='x:k'><xs:selector xpath='x:box'/>"    \
    "<xs:field xpath='@to'/></xs:keyref></xs:element></xs:schema>"

static nk_xml_schema *open_schema(nk_desk *d)
{
    nk_xml_schema *s;

    if (nk_xml_schema_open(&d->ctx, NK_STR(XSD), NK_STR("x.xsd"), &s) < 0)
        fail_msg("the schema is right");
    return s;
}

static nk_xml *read_it(nk_desk *d, nk_str bytes)
{
    nk_problems p;
    nk_xml *x;

    nk_problems_init(&p, &d->arena);
    if (nk_xml_open(&d->ctx, bytes, NK_STR("a.xml"), &p, &x) < 0)
        fail_msg("refused: %.*s", (int)bytes.len, bytes.ptr);
    return x;
}

static void accepts_what_fits(void **state)
{
    nk_desk *d = *state;
    nk_xml_schema *s = open_schema(d);
    nk_xml *x = read_it(
        d, NK_STR("<?x?><a xmlns='urn:naskah:x:1'><!-- x --><sex> P </sex>"
                  "<name>abcde</name><box h='1' w='2'><in/></box>"
                  "<id is='1'/><id is='2'/></a>"));
    nk_problems p;

    nk_problems_init(&p, &d->arena);
    assert_int_equal(nk_xml_check(&d->ctx, x, s, &p), NK_OK);
    assert_said(&p, "");
    nk_xml_close(x);
    nk_xml_schema_close(s);
}

static const struct row {
    const char *inside, *said, *words, *cures;
} breaches[] = {
    { "<sex>x</sex>", "2:1 XML_VALUE_CHOICE\n",
      "Pilihan \"x\" tidak ada untuk sex.\n", "Pilih salah satu: L, P.\n" },
    { "<sex/>", "2:1 XML_VALUE_CHOICE\n", "Pilihan \"\" tidak ada untuk sex.\n",
      NULL },
    { "<name/>", "2:1 XML_VALUE_EMPTY\n", "name kosong.\n", NULL },
    { "<name>abcdef</name>", "2:1 XML_VALUE_LONG\n",
      "Isi name lebih panjang dari 5 huruf.\n", NULL },
    { "<date>23-11-2026</date>", "2:1 XML_VALUE_FORM\n",
      "date tidak boleh berisi \"23-11-2026\".\n", NULL },
    { "<date>it's 'of the set {x}' Missing child</date>",
      "2:1 XML_VALUE_FORM\n",
      "date tidak boleh berisi \"it's 'of the set {x}' Missing child\".\n",
      NULL },
    { "<date>\xC3\xA9"
      "23456789012345678901234567890123456789\xC3\xA9\xC3\xA9</date>",
      "2:1 XML_VALUE_FORM\n",
      "date tidak boleh berisi \"\xC3\xA9"
      "23456789012345678901234567890123456789\xC3\xA9...\".\n",
      NULL },
    { "<box w='0' h='x'><in/></box>",
      "2:6 XML_VALUE_FORM\n2:12 XML_VALUE_FORM\n",
      "w tidak boleh berisi \"0\".\nh tidak boleh berisi \"x\".\n", NULL },
    { "<box><in/></box>", "2:1 XML_ATTR_MISSING\n2:1 XML_ATTR_MISSING\n",
      "Elemen box memerlukan atribut w.\n"
      "Elemen box memerlukan atribut h.\n",
      NULL },
    { "<box w='1' h='1' d='1'><in/></box>", "2:18 XML_ATTR_UNKNOWN\n",
      "Atribut d tidak dikenal pada elemen box.\n", NULL },
    { "<box w='1' h='1'/>", "2:1 XML_MISSING_CHILD\n",
      "Elemen box belum lengkap; kurang: in\n", NULL },
    { "<box w='1' h='1'><in/>x</box>", "2:1 XML_STRAY_TEXT\n",
      "Elemen box tidak boleh berisi tulisan.\n", NULL },
    { "<box w='1' h='1'><in/><in/></box>", "2:23 XML_UNEXPECTED_END\n",
      "Elemen in tidak boleh di sini.\n", NULL },
    { "<name>x</name>\n<sex>L</sex>", "3:1 XML_UNEXPECTED\n",
      "Elemen sex tidak boleh di sini; yang boleh: date, br, box, id\n", NULL },
    { "<sex><b/></sex>", "2:1 XML_STRAY_CHILD\n2:1 XML_VALUE_CHOICE\n", NULL,
      NULL },
    { "<name><b/></name>", "2:1 XML_STRAY_CHILD\n",
      "Elemen name hanya boleh berisi tulisan.\n", NULL },
    { "<br>x</br>", "2:1 XML_STRAY_TEXT\n",
      "Elemen br tidak boleh berisi tulisan.\n", NULL },
    { "<br><b/></br>", "2:1 XML_UNEXPECTED_END\n", NULL, NULL },
    { "<id is='1'/><id is='1'/>", "2:13 XML_TWICE\n",
      "Elemen id memakai nama 1, yang sudah dipakai.\n", NULL },
    { "<box w='1' h='1'><in/></box>\n<box w='1' h='1'><x/></box>",
      "3:18 XML_UNEXPECTED\n", "Elemen x tidak boleh di sini; yang boleh: in\n",
      NULL },
    { "<box w='1' h='1' to='7'><in/></box><id is='1'/>", "2:1 XML_NO_SUCH\n",
      "Elemen box menyebut 7, yang tidak ada.\n", NULL },
    { "<box w='1' h='1' to='1'><in/></box><id is='1'/>", "", "", NULL },
    { "<q:sex xmlns:q='urn:q'>L</q:sex>", "2:1 XML_UNEXPECTED\n", NULL, NULL },
};

static void says_each_breach_in_words(void **state)
{
    nk_desk *d = *state;
    nk_xml_schema *s = open_schema(d);
    size_t i;

    for (i = 0; i < NK_COUNT(breaches); i++) {
        nk_problems p;
        nk_buf b;
        nk_xml *x;

        nk_buf_init(&b, &d->arena);
        nk_buf_printf(&b, "<a xmlns='urn:naskah:x:1'>\n%s</a>",
                      breaches[i].inside);
        x = read_it(d, nk_buf_str(&b));
        nk_problems_init(&p, &d->arena);
        assert_int_equal(nk_xml_check(&d->ctx, x, s, &p), NK_OK);
        assert_said(&p, breaches[i].said);
        if (breaches[i].words)
            assert_str(words_of(&p), breaches[i].words);
        if (breaches[i].cures)
            assert_str(cures_of(&p), breaches[i].cures);
        nk_xml_close(x);
    }
    nk_xml_schema_close(s);
}

static void refuses_another_root(void **state)
{
    static const char *const rows[] = { "<a/>", "<b xmlns='urn:naskah:x:1'/>",
                                        "<a xmlns='urn:naskah:x:2'/>" };
    nk_desk *d = *state;
    nk_xml_schema *s = open_schema(d);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_xml *x = read_it(d, nk_str_of(rows[i]));
        nk_problems p;

        nk_problems_init(&p, &d->arena);
        assert_int_equal(nk_xml_check(&d->ctx, x, s, &p), NK_OK);
        assert_said(&p, "1:1 XML_ROOT\n");
        nk_xml_close(x);
    }
    nk_xml_schema_close(s);
}

static void is_silent_where_others_spoke(void **state)
{
    nk_desk *d = *state;
    nk_xml_schema *s = open_schema(d);
    nk_xml *x = read_it(d, NK_STR("<a xmlns='urn:naskah:x:1'>\n<sex>x</sex>\n"
                                  "<box w='x' h='x'/></a>"));
    nk_place at = { .file = NK_STR("a.xml"), .line = 2, .column = 1 };
    nk_problems p;

    nk_problems_init(&p, &d->arena);
    nk_problem_add(&p, NK_ERROR, NK_M_NOMEM, at, NK_NOARGS);
    at.line = 3;
    at.column = 6; /* of the attribute w */
    nk_problem_add(&p, NK_ERROR, NK_M_NOMEM, at, NK_NOARGS);
    at.column = 1; /* a warning hides nothing */
    nk_problem_add(&p, NK_WARNING, NK_M_NOMEM, at, NK_NOARGS);
    at.column = 12;
    at.file = NK_STR("b.xml");
    nk_problem_add(&p, NK_ERROR, NK_M_NOMEM, at, NK_NOARGS);
    assert_int_equal(nk_xml_check(&d->ctx, x, s, &p), NK_OK);
    assert_said(&p, "2:1 NOMEM\n3:6 NOMEM\n3:1 NOMEM\n3:12 NOMEM\n"
                    "3:12 XML_VALUE_FORM\n3:1 XML_MISSING_CHILD\n");
    assert_int_equal(p.errors, 5);
    nk_xml_close(x);
    nk_xml_schema_close(s);
}

/* More breaches than are listed are counted all the same. */
static void counts_breaches_without_end(void **state)
{
    nk_desk *d = *state;
    nk_xml_schema *s;
    nk_problems p;
    nk_xml *x;
    nk_buf b;
    int i;

    assert_int_equal(
        nk_xml_schema_open(
            &d->ctx,
            NK_STR("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
                   "<xs:element name='a'><xs:complexType><xs:sequence>"
                   "<xs:element name='n' type='xs:date' maxOccurs='unbounded'"
                   "/></xs:sequence></xs:complexType></xs:element>"
                   "</xs:schema>"),
            NK_STR("y.xsd"), &s),
        NK_OK);
    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "<a>");
    for (i = 0; i < 50000; i++)
        nk_buf_lit(&b, "<n>x</n>");
    nk_buf_lit(&b, "</a>");
    x = read_it(d, nk_buf_str(&b));
    nk_problems_init(&p, &d->arena);
    assert_int_equal(nk_xml_check(&d->ctx, x, s, &p), NK_OK);
    assert_int_equal(p.errors, 50000);
    assert_int_equal(p.listed, NK_MAX_PROBLEMS);
    assert_int_equal(p.last->place.column, 4 + 8 * (NK_MAX_PROBLEMS - 1));
    nk_xml_close(x);
    nk_xml_schema_close(s);
}

static void refuses_a_broken_schema(void **state)
{
    nk_desk *d = *state;
    nk_xml_schema *s = NULL;

    assert_int_equal(
        nk_xml_schema_open(&d->ctx, NK_STR("<xs:schema"), NK_STR("x.xsd"), &s),
        NK_E_SYNTAX);
    assert_null(s);
    assert_fault(&d->ctx, "XML_BROKEN");
    assert_str(d->ctx.fault.place.file, "x.xsd");
}

/* It is found out when something is checked, each time. */
static void checks_with_no_wrong_schema(void **state)
{
    static const char *const rows[] = {
        "<a/>",
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n"
        "<xs:element name='a' type='none'/></xs:schema>",
    };
    nk_desk *d = *state;
    nk_xml *x = read_it(d, NK_STR("<a/>"));
    nk_problems p;
    size_t i;

    nk_problems_init(&p, &d->arena);
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_xml_schema *s;
        int again;

        assert_int_equal(nk_xml_schema_open(&d->ctx, nk_str_of(rows[i]),
                                            NK_STR("x.xsd"), &s),
                         NK_OK);
        for (again = 0; again < 2; again++) {
            assert_int_equal(nk_xml_check(&d->ctx, x, s, &p), NK_E_INTERNAL);
            assert_fault(&d->ctx, "SCHEMA_WRONG");
            assert_str(d->ctx.fault.place.file, "x.xsd");
        }
        nk_xml_schema_close(s);
    }
    assert_int_equal(d->ctx.fault.place.line, 2);
    assert_int_equal(p.errors, 0);
    nk_xml_close(x);
}

static void gives_its_document(void **state)
{
    nk_desk *d = *state;
    nk_xml_schema *s = open_schema(d);
    const nk_xml *x = nk_xml_schema_doc(s);

    assert_str(nk_xml_name(nk_xml_root(x)), "schema");
    assert_str(
        nk_xml_attr_or(nk_xml_first(nk_xml_root(x)), NK_STR("name"), NK_EMPTY),
        "a");
    nk_xml_schema_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(accepts_what_fits),
        NK_DESK_TEST(says_each_breach_in_words),
        NK_DESK_TEST(refuses_another_root),
        NK_DESK_TEST(is_silent_where_others_spoke),
        NK_DESK_TEST(counts_breaches_without_end),
        NK_DESK_TEST(refuses_a_broken_schema),
        NK_DESK_TEST(checks_with_no_wrong_schema),
        NK_DESK_TEST(gives_its_document),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
