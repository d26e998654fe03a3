/*
 * Reading XML: what is accepted comes in as it stands, and everything the
 * door promises to refuse is refused, once, at its exact place.
 */
#include "../support/said.h"

#include <libxml/parser.h>

#include "xml/xml.h"

static nk_err open_it(nk_desk *d, nk_str bytes, nk_problems *p, nk_xml **x)
{
    nk_problems_init(p, &d->arena);
    *x = NULL;
    return nk_xml_open(&d->ctx, bytes, NK_STR("a.xml"), p, x);
}

/* The text of the root of a document that must be read. */
static nk_str text_in(nk_desk *d, nk_str bytes)
{
    nk_problems p;
    nk_str text;
    nk_xml *x;

    if (open_it(d, bytes, &p, &x) < 0)
        fail_msg("refused: %.*s", (int)bytes.len, bytes.ptr);
    assert_int_equal(p.errors + p.warnings, 0);
    text = nk_str_copy(&d->arena, nk_xml_text(nk_xml_root(x)));
    nk_xml_close(x);
    return text;
}

static void reads_text(void **state)
{
    static const struct {
        const char *xml, *text;
    } rows[] = {
        { "<a/>", "" },
        { "<a></a>", "" },
        { "<a> x\ty\nz </a>", " x\ty\nz " },
        { "<a>1 &lt; 2 &amp; 3 &gt; 2 &quot;&apos;</a>", "1 < 2 & 3 > 2 \"'" },
        { "<a>&#77;e&#x6C;ati</a>", "Melati" },
        { "<a>a\r\nb\rc</a>", "a\nb\nc" },
        { "<a><![CDATA[<b> & </b>]]></a>", "<b> & </b>" },
        { "<a>x<![CDATA[y]]>z</a>", "xyz" },
        { "<a><!-- before -->Melati <!-- midst -->Contoh</a>",
          "Melati Contoh" },
        { "<a>Melati<?word here?> Contoh<?word?></a>", "Melati Contoh" },
        { "<?xml version=\"1.0\"?><a>x</a>", "x" },
        { "<?xml version='1.0' encoding='utf-8' standalone='yes'?><a>x</a>",
          "x" },
        { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a -->\n<a>x</a>\n"
          "<!-- b -->\n",
          "x" },
        { "\xEF\xBB\xBF<a>Ren\xC3\xA9"
          "e</a>",
          "Ren\xC3\xA9"
          "e" },
        { "<a>\xF0\x9F\x8C\xBA</a>", "\xF0\x9F\x8C\xBA" },
        { "<a>%x; ]] ></a>", "%x; ]] >" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        assert_str(text_in(*state, nk_str_of(rows[i].xml)), rows[i].text);
}

/* XML, and "line:column MESSAGE" for each problem. */
struct refusal {
    nk_str xml;
    const char *said;
};

#define ROW(xml, said)                                                         \
    {                                                                          \
        NK_STR_INIT(xml), said                                                 \
    }

static void refuses_each(nk_desk *d, const struct refusal *rows, size_t n)
{
    nk_problems p;
    nk_xml *x;
    size_t i;

    for (i = 0; i < n; i++) {
        nk_err rc = open_it(d, rows[i].xml, &p, &x);

        if (rc != NK_E_SYNTAX || x)
            fail_msg("%d for %.*s", rc, (int)rows[i].xml.len, rows[i].xml.ptr);
        assert_said(&p, rows[i].said);
        assert_fault(&d->ctx, "XML_BROKEN");
        assert_str(d->ctx.fault.place.file, "a.xml");
    }
}

static void refuses_broken_structure(void **state)
{
    static const struct refusal rows[] = {
        ROW("", "0:0 XML_EMPTY\n"),
        ROW("  \n ", "2:2 XML_EMPTY\n"),
        ROW("Melati", "1:1 XML_EMPTY\n"),
        ROW("<a>\n  <b>\n", "2:3 XML_UNFINISHED\n"),
        ROW("<a>\n  <b></c>\n</a>", "2:6 XML_MISMATCH\n"),
        ROW("<a>\n  \xC3\xA9\xC3\xA9<b></a>", "2:8 XML_MISMATCH\n"),
        ROW("<a/>\n <b/>", "2:2 XML_AFTER_END\n"),
        ROW("<a/> x", "1:6 XML_AFTER_END\n"),
        ROW("<a", "1:3 XML_GT_MISSING\n"),
        ROW("<a></a", "1:7 XML_GT_MISSING\n"),
        ROW("<a><!-- x", "1:4 XML_NOT_ENDED\n"),
        ROW("<a>\n<![CDATA[x</a>", "2:1 XML_NOT_ENDED\n"),
        ROW("<a><?x y</a>", "1:4 XML_NOT_ENDED\n"),
        ROW("\n<?xml version='1.0'?><a/>", "2:1 XML_DECLARATION\n"),
        ROW("<a><!-- x -- y --></a>", "1:11 XML_HYPHENS\n"),
        ROW("<a>]]></a>", "1:4 XML_SYNTAX\n"),
    };

    refuses_each(*state, rows, NK_COUNT(rows));
}

static void refuses_broken_words(void **state)
{
    static const struct refusal rows[] = {
        ROW("<a>umur < 18</a>", "1:9 XML_LT_ALONE\n"),
        ROW("<a>x<1/></a>", "1:5 XML_LT_ALONE\n"),
        ROW("<a>ayah & ibu</a>", "1:9 XML_AMPERSAND\n"),
        ROW("<a>x &copy y</a>", "1:6 XML_AMPERSAND\n"),
        ROW("<a>&#xZ;</a>", "1:4 XML_AMPERSAND\n"),
        ROW("<a>&#z;</a>", "1:4 XML_AMPERSAND\n"),
        ROW("<a>&copy;</a>", "1:4 XML_ENTITY\n"),
        ROW("<a b='&copy;'/>", "1:7 XML_ENTITY\n"),
        ROW("<a b=c/>", "1:6 XML_ATTR_QUOTES\n"),
        ROW("<a b/>", "1:5 XML_ATTR_QUOTES\n"),
        ROW("<a>\n<b c='1' c='2'/></a>", "2:1 XML_ATTR_TWICE\n"),
        ROW("<a b='1<2'/>", "1:8 XML_LT_IN_ATTR\n"),
        ROW("<a b='1'c='2'/>", "1:9 XML_SPACE\n"),
        ROW("<a>\n<x:b/></a>", "2:1 XML_PREFIX\n"),
        ROW("<a x:b='1'/>", "1:1 XML_PREFIX\n"),
    };

    refuses_each(*state, rows, NK_COUNT(rows));
}

static void refuses_bytes_that_are_no_text(void **state)
{
    static const struct refusal rows[] = {
        ROW("<a>\n x\x80y</a>", "2:3 NOT_UTF8\n"),
        ROW("<a>caf\xE9</a>", "1:7 NOT_UTF8\n"),
        ROW("<a>\xC0\xAF</a>", "1:4 NOT_UTF8\n"),     /* overlong "/" */
        ROW("<a>\xED\xA0\x80</a>", "1:4 NOT_UTF8\n"), /* half a pair */
        ROW("\xFF\xFE<\0a\0/\0>\0", "1:1 NOT_UTF8\n"),
        ROW("<\0a\0/\0>\0", "1:2 XML_CHAR\n"), /* UTF-16, unmarked */
        ROW("\0\0\0<\0\0\0a", "1:1 XML_CHAR\n"),
        ROW("<a>x\0y</a>", "1:5 XML_CHAR\n"),
        ROW("<a/>\0", "1:5 XML_CHAR\n"),
        ROW("<a/>\0<b/>", "1:5 XML_CHAR\n"),
        ROW("<a>\n\x01</a>", "2:1 XML_CHAR\n"),
        ROW("<a b='\x1B'/>", "1:7 XML_CHAR\n"),
        ROW("<a>\xEF\xBF\xBE</a>", "1:4 XML_CHAR\n"),
        ROW("<a>x&#1;</a>", "1:5 XML_CHAR\n"),
        ROW("<a>x&#x0;</a>", "1:5 XML_CHAR\n"),
        ROW("<a>x&#xD800;</a>", "1:5 XML_CHAR\n"),
        ROW("<a>x&#99999999999;</a>", "1:5 XML_CHAR\n"),
        ROW("<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
            "1:1 XML_ENCODING\n"),
        ROW("<?xml version='1.0' encoding=\"UTF-16\"?><a/>",
            "1:1 XML_ENCODING\n"),
    };

    refuses_each(*state, rows, NK_COUNT(rows));
}

/* One that loads nothing, and says so. */
static bool asked_for_a_file;

static xmlParserInputPtr no_file(const char *url, const char *id,
                                 xmlParserCtxtPtr p)
{
    (void)url, (void)id, (void)p;
    asked_for_a_file = true;
    return NULL;
}

static void refuses_every_doctype(void **state)
{
    static const struct refusal rows[] = {
        ROW("<!DOCTYPE a><a/>", "1:1 XML_DOCTYPE\n"),
        ROW("<?xml version='1.0'?>\n <!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "2:2 XML_DOCTYPE\n"),
        ROW("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "1:1 XML_DOCTYPE\n"),
        ROW("<!DOCTYPE a PUBLIC '-//x' 'http://127.0.0.1:9/x.dtd'><a/>",
            "1:1 XML_DOCTYPE\n"),
        ROW("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            "<a>&x;</a>",
            "1:1 XML_DOCTYPE\n"),
        ROW("<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>"
            "<a/>",
            "1:1 XML_DOCTYPE\n"),
        /* After a fault libxml2 no longer calls anybody. */
        ROW("<?xml bogus?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "1:7 XML_SYNTAX\n"),
        ROW("<a><!DOCTYPE a></a>", "1:4 XML_LT_ALONE\n"),
    };
    xmlExternalEntityLoader loader = xmlGetExternalEntityLoader();

    asked_for_a_file = false;
    xmlSetExternalEntityLoader(no_file);
    refuses_each(*state, rows, NK_COUNT(rows));
    xmlSetExternalEntityLoader(loader);
    assert_false(asked_for_a_file);
}

/* A billion laughs: refused before the first of them is looked at. */
static void refuses_an_entity_bomb(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_xml *x;
    nk_buf b;
    int i;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "<!DOCTYPE a [<!ENTITY e0 \"ha\">\n");
    for (i = 1; i < 60; i++)
        nk_buf_printf(&b, "<!ENTITY e%d \"&e%d;&e%d;\">\n", i, i - 1, i - 1);
    nk_buf_lit(&b, "]><a>&e59;</a>");
    assert_int_equal(open_it(d, nk_buf_str(&b), &p, &x), NK_E_SYNTAX);
    assert_said(&p, "1:1 XML_DOCTYPE\n");
}

/* Faults on lines of their own are told in one run; what follows from a
   fault is not. */
static void tells_each_fault_once(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_xml *x;

    assert_int_equal(open_it(d,
                             NK_STR("<a>\n"
                                    "  <b>ayah & ibu & anak</b>\n"
                                    "  <b>umur < 18</b>\n"
                                    "  <b>&copy;</b>\n"
                                    "  <b>\n"
                                    "  <b c=1>x</b>\n"
                                    "</a>\n"),
                             &p, &x),
                     NK_E_SYNTAX);
    assert_said(&p, "2:11 XML_AMPERSAND\n"
                    "3:11 XML_LT_ALONE\n"
                    "4:6 XML_ENTITY\n"
                    "6:8 XML_ATTR_QUOTES\n");
}

static void says_it_in_words(void **state)
{
    static const struct {
        const char *xml, *words;
    } rows[] = {
        { "<a><b></c></a>", "Penutup tidak cocok: b dibuka, c ditutup.\n" },
        { "<a><b>", "Elemen b tidak ditutup.\n" },
        { "<ab></ab", "Tanda > belum ada di akhir elemen ab.\n" },
        { "<ab c='1'", "Tanda > belum ada di akhir elemen ab.\n" },
        { "<a b='1' b='2'/>", "Atribut b ditulis dua kali.\n" },
        { "<a>&copy;</a>", "Entitas &copy; tidak dikenal.\n" },
        { "<x:a/>", "Awalan x tidak dikenal.\n" },
        { "<?xml version='1.0' encoding='latin1'?><a/>",
          "Berkas menyebut pengodean latin1.\n" },
    };
    nk_desk *d = *state;
    nk_problems p;
    nk_xml *x;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_int_equal(open_it(d, nk_str_of(rows[i].xml), &p, &x),
                         NK_E_SYNTAX);
        assert_str(words_of(&p), rows[i].words);
    }
}

/* n times "<a>", then as often "</a>". */
static nk_str nested(nk_desk *d, unsigned n)
{
    nk_buf b;
    unsigned i;

    nk_buf_init(&b, &d->arena);
    for (i = 0; i < n; i++)
        nk_buf_lit(&b, "<a>");
    for (i = 0; i < n; i++)
        nk_buf_lit(&b, "</a>");
    return nk_buf_str(&b);
}

static void bounds_depth(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_xml *x;

    assert_int_equal(open_it(d, nested(d, NK_MAX_XML_DEPTH), &p, &x), NK_OK);
    nk_xml_close(x);
    assert_int_equal(open_it(d, nested(d, NK_MAX_XML_DEPTH + 1), &p, &x),
                     NK_E_LIMIT);
    assert_said(&p, "1:193 XML_TOO_DEEP\n");
    assert_str(words_of(&p), "Elemen bersarang lebih dari 64 tingkat.\n");
    assert_int_equal(open_it(d, nested(d, 500000), &p, &x), NK_E_LIMIT);
    assert_said(&p, "1:193 XML_TOO_DEEP\n");
}

static nk_str siblings(nk_desk *d, unsigned n)
{
    nk_buf b;
    unsigned i;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "<a>\n");
    for (i = 1; i < n; i++)
        nk_buf_lit(&b, "<a/>\n");
    nk_buf_lit(&b, "</a>");
    return nk_buf_str(&b);
}

static void bounds_number_of_elements(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_xml *x;

    assert_int_equal(open_it(d, siblings(d, NK_MAX_XML_NODES), &p, &x), NK_OK);
    nk_xml_close(x);
    assert_int_equal(open_it(d, siblings(d, NK_MAX_XML_NODES + 1), &p, &x),
                     NK_E_LIMIT);
    assert_said(&p, "200001:1 XML_TOO_MANY\n");
}

static nk_str wide(nk_desk *d, unsigned n, const char *name, const char *value)
{
    nk_buf b;
    unsigned i;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "<a>\n= =''<b");
    for (i = 0; i < n; i++)
        nk_buf_printf(&b, " %s%u%s", name, i, value);
    nk_buf_lit(&b, ">='a'</b><b a='1'/></a>");
    return nk_buf_str(&b);
}

/* Two of them would take libxml2 minutes. */
static void bounds_number_of_attributes(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_xml *x;

    assert_int_equal(
        open_it(d, wide(d, NK_MAX_XML_ATTRS - 1, "a", "=''"), &p, &x), NK_OK);
    nk_xml_close(x);
    assert_int_equal(open_it(d, wide(d, 380000, "a", "=''"), &p, &x),
                     NK_E_LIMIT);
    assert_said(&p, "2:6 XML_TOO_WIDE\n");
    assert_str(words_of(&p), "Elemen ini memuat lebih dari 256 atribut.\n");
    assert_int_equal(
        open_it(d, wide(d, 150000, "xmlns:a", " =\n \"u\""), &p, &x),
        NK_E_LIMIT);
    assert_said(&p, "2:6 XML_TOO_WIDE\n");
    /* A text may have as many signs as it likes. */
    assert_int_equal(open_it(d, wide(d, 0, "", ""), &p, &x), NK_OK);
    nk_xml_close(x);
}

static void bounds_size(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_xml *x;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "<a>");
    nk_buf_fill(&b, 'x', NK_MAX_XML - 7);
    nk_buf_lit(&b, "</a>");
    assert_int_equal(b.len, NK_MAX_XML);
    assert_int_equal(open_it(d, nk_buf_str(&b), &p, &x), NK_OK);
    assert_int_equal(nk_xml_text(nk_xml_root(x)).len, NK_MAX_XML - 7);
    nk_xml_close(x);
    nk_buf_putc(&b, '\n');
    assert_int_equal(open_it(d, nk_buf_str(&b), &p, &x), NK_E_LIMIT);
    assert_said(&p, "0:0 FILE_TOO_LARGE\n");
    assert_fault(&d->ctx, "FILE_TOO_LARGE");
}

/* A place is found from the last one looked up: in any order it is right. */
static void knows_places_in_any_order(void **state)
{
    static const struct {
        const char *name;
        uint32_t line, column;
    } rows[] = { { "a", 1, 1 }, { "b", 2, 3 }, { "c", 2, 14 },
                 { "d", 3, 1 }, { "e", 4, 2 }, { "f", 4, 6 } };
    nk_desk *d = *state;
    nk_xml_node *nodes[NK_COUNT(rows)], *e;
    nk_problems p;
    nk_xml *x;
    size_t i, k;

    assert_int_equal(
        open_it(d,
                NK_STR("<a>\n  <b>\xC3\xA9\xF0\x9F\x8C\xBA</b>  <c\n  y='>'\n"
                       "/>\n<d z=''\n\n><e/></d>\n<f/></a>"),
                &p, &x),
        NK_OK);
    nk_xml_close(x);
    assert_int_equal(open_it(d,
                             NK_STR("<a>\n  <b>\xC3\xA9\xF0\x9F\x8C\xBA\x20</b>"
                                    "<c/>\n<d>\n\xC3\xA9<e/><f/></d></a>"),
                             &p, &x),
                     NK_OK);
    nodes[0] = nk_xml_root(x);
    nodes[1] = nk_xml_first(nodes[0]);
    nodes[2] = nk_xml_next(nodes[1]);
    nodes[3] = nk_xml_next(nodes[2]);
    nodes[4] = nk_xml_first(nodes[3]);
    nodes[5] = nk_xml_next(nodes[4]);
    for (i = 0; i < 500; i++) {
        nk_place at;

        k = i * i * 7 % NK_COUNT(rows);
        e = nodes[i % 2 ? k : NK_COUNT(rows) - 1 - k];
        k = i % 2 ? k : NK_COUNT(rows) - 1 - k;
        assert_str(nk_xml_name(e), rows[k].name);
        at = nk_xml_place(e);
        assert_str(at.file, "a.xml");
        assert_int_equal(at.line, rows[k].line);
        assert_int_equal(at.column, rows[k].column);
    }
    nk_xml_close(x);
}

static void knows_places_of_attributes(void **state)
{
    static const struct {
        const char *name;
        uint32_t line, column;
    } rows[] = {
        { "b", 2, 4 },    { "bb", 2, 10 }, { "c", 3, 2 },
        { "none", 2, 1 }, { "x", 2, 1 },   { "d", 3, 14 },
    };
    nk_desk *d = *state;
    nk_problems p;
    nk_xml_node *e;
    nk_xml *x;
    size_t i;

    assert_int_equal(open_it(d,
                             NK_STR("<r xmlns:q='u'>\n<e b='1' bb=\" b='\"\n"
                                    " c = 'x > y'\td='' q:x=''/></r>"),
                             &p, &x),
                     NK_OK);
    e = nk_xml_first(nk_xml_root(x));
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_place at = nk_xml_attr_place(e, nk_str_of(rows[i].name));

        assert_int_equal(at.line, rows[i].line);
        assert_int_equal(at.column, rows[i].column);
    }
    nk_xml_close(x);
}

/* Every element of one long line: from the start each time it would never
   end. */
static void finds_places_on_one_long_line(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_xml_node *e;
    uint32_t column = 4;
    nk_xml *x;
    nk_buf b;
    int i;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "<a>");
    for (i = 0; i < 199000; i++)
        nk_buf_lit(&b, "<b>\xC3\xA9</b>");
    nk_buf_lit(&b, "</a>");
    assert_int_equal(open_it(d, nk_buf_str(&b), &p, &x), NK_OK);
    for (e = nk_xml_first(nk_xml_root(x)); e; e = nk_xml_next(e)) {
        nk_place at = nk_xml_place(e);

        if (at.line != 1 || at.column != column)
            fail_msg("%u, not %u", at.column, column);
        column += 8;
    }
    nk_xml_close(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(reads_text),
        NK_DESK_TEST(refuses_broken_structure),
        NK_DESK_TEST(refuses_broken_words),
        NK_DESK_TEST(refuses_bytes_that_are_no_text),
        NK_DESK_TEST(refuses_every_doctype),
        NK_DESK_TEST(refuses_an_entity_bomb),
        NK_DESK_TEST(tells_each_fault_once),
        NK_DESK_TEST(says_it_in_words),
        NK_DESK_TEST(bounds_depth),
        NK_DESK_TEST(bounds_number_of_elements),
        NK_DESK_TEST(bounds_number_of_attributes),
        NK_DESK_TEST(bounds_size),
        NK_DESK_TEST(knows_places_in_any_order),
        NK_DESK_TEST(knows_places_of_attributes),
        NK_DESK_TEST(finds_places_on_one_long_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
