/*
 * Binding: what becomes of each element of a template in the three modes,
 * what variables stand for, and an end for papers that have none.
 */
#include "../support/bound.h"

#include "doc/doc_int.h"

#define PEOPLE                                                                 \
    "<victim><name>Melati Contoh</name><sex>P</sex></victim>"                  \
    "<witness><name>Satu Contoh</name><alias>A</alias></witness>"              \
    "<witness><name>Dua Contoh</name><alias>B</alias></witness>"

static void expect(nk_house *h, nk_mode mode, const char *body,
                   const char *tree)
{
    const nk_bound_how how = { .inside = PEOPLE, .mode = mode };
    nk_str got = bound_tree(h, &how, body);

    if (!nk_str_eq(got, nk_str_of(tree)))
        print_error("%d: %s\n", (int)mode, body);
    assert_str(got, tree);
}

/* ---- Elements ---------------------------------------------------------- */

static const struct row {
    const char *body, *tree;
} elements[] = {
    { "<p>a<b>b<i>c<u>d</u></i>e</b>f<br/><u>g</u></p>",
      "  p\n    text \"a\"\n    text bold \"b\"\n    text bold italic \"c\"\n"
      "    text bold italic underline \"d\"\n    text bold \"e\"\n"
      "    text \"f\"\n    br\n    text underline \"g\"\n" },
    { "<h1>a</h1><h2>b</h2>", "  h1\n    text \"a\"\n  h2\n    text \"b\"\n" },
    { "<p/><p><b/></p><p> </p><p><if test='accused' blank='hide'>a</if></p>",
      "  p\n  p\n    text \" \"\n" },
    { "<ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul>",
      "  list count=2 \"-\"\n"
      "    item \"-\"\n      p\n        text \"a\"\n"
      "    item \"-\"\n      p\n        text \"b\"\n"
      "      list count=1 \"1\"\n        item \"1.\"\n          p\n"
      "            text \"c\"\n" },
    { "<ol number='a'><li>a</li></ol><ol number='I'><li>b</li><li>c</li></ol>",
      "  list count=1 \"a\"\n    item \"a.\"\n      p\n        text \"a\"\n"
      "  list count=2 \"I\"\n    item \"I.\"\n      p\n        text \"b\"\n"
      "    item \"II.\"\n      p\n        text \"c\"\n" },
    /* What goes leaves what was before it, and what comes after. */
    { "<p>a</p><p><b/></p><p>b</p><ol><if test='accused' blank='hide'>"
      "<li>c</li></if></ol><p><i/></p><p>d</p>",
      "  p\n    text \"a\"\n  p\n    text \"b\"\n  p\n    text \"d\"\n" },
    { "<ol><if test='accused' blank='hide'><li>a</li></if></ol>"
      "<table columns='*'><if test='accused' blank='hide'><tr><td/></tr></if>"
      "</table><fields><if test='accused' blank='hide'><row label='a'/></if>"
      "</fields>",
      "" },
    { "<table columns='1pt *' border='box'><tr><th>a</th><th>b</th></tr>"
      "<tr><th span='2'>c</th></tr><tr><th>d</th><td/></tr>"
      "<tr><td/><th/></tr></table>",
      "  table border=2\n"
      "    row head\n      cell bold head\n        p bold\n"
      "          text bold \"a\"\n      cell bold head\n        p bold\n"
      "          text bold \"b\"\n"
      "    row head\n      cell span=2 bold head\n        p bold\n"
      "          text bold \"c\"\n"
      "    row\n      cell bold head\n        p bold\n"
      "          text bold \"d\"\n      cell\n"
      "    row\n      cell\n      cell bold head\n" },
    { "<block width='10pt'>a</block><keep-together><p>b</p></keep-together>",
      "  block width=10000\n    p\n      text \"a\"\n"
      "  keep\n    p\n      text \"b\"\n" },
    { "<page-break/><space height='2pt'/><rule/><rule thickness='2pt'/>"
      "<lines count='3'/><lines count='1' height='9pt'/>",
      "  break\n  space height=2000\n  rule height=750\n  rule height=2000\n"
      "  lines height=22677 count=3\n  lines height=9000 count=1\n" },
    { "<img file='arms' alt='a' width='20mm' height='25mm'/>"
      "<img file='x' alt='b'/>",
      "  image width=56693 height=70866 \"a\" \"arms\"\n"
      "  image \"b\" \"x\"\n" },
    { "<p><blank/><blank width='10pt'/></p>",
      "  p\n    blank\n    blank width=10000\n" },
    { "<fields labels='30pt'><row label='a'>b</row><row label='c'/></fields>",
      "  table\n"
      "    row\n      cell head\n        p\n          text \"a\"\n"
      "          fill\n          text \":\"\n      cell\n        p\n"
      "          text \"b\"\n"
      "    row\n      cell head\n        p\n          text \"c\"\n"
      "          fill\n          text \":\"\n      cell\n        p\n" },
};

static void binds_each_element(void **state)
{
    size_t i, mode;

    for (mode = NK_MODE_FILLED; mode <= NK_MODE_BLANK; mode++)
        for (i = 0; i < NK_COUNT(elements); i++)
            expect(*state, (nk_mode)mode, elements[i].body, elements[i].tree);
}

/* What a dump does not show: columns, and cells that span only themselves. */
static void shapes_tables(void **state)
{
    nk_house *h = *state;
    const nk_node *n;
    nk_bound p;

    bound_open(h, NULL,
               "<table columns='9pt 2*'><tr><td/><td span='1'/></tr></table>"
               "<fields><row label='a'/></fields>"
               "<fields labels='30pt'><row label='a'/></fields>",
               &p);
    assert_ok(h, p.rc);
    n = p.doc->body->first;
    assert_int_equal(n->columns_n, 2);
    assert_int_equal(n->columns[0].width, 9000);
    assert_int_equal(n->columns[1].share, 2);
    assert_int_equal(n->first->first->span, 1);
    assert_int_equal(n->first->last->span, 1);
    n = n->next;
    assert_int_equal(n->columns_n, 2);
    assert_int_equal(n->columns[0].width, NK_MM(45));
    assert_int_equal(n->columns[1].share, 1);
    n = n->next;
    assert_int_equal(n->columns[0].width, 30000);
    bound_close(&p);
}

static void labels_many_items(void **state)
{
    nk_house *h = *state;
    nk_str text;
    nk_buf b;
    int i;

    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, "<ol number='a'>");
    for (i = 0; i < 703; i++)
        nk_buf_lit(&b, "<li>x</li>");
    nk_buf_lit(&b, "</ol><ol number='I'>");
    for (i = 0; i < 14; i++)
        nk_buf_lit(&b, "<li>y</li>");
    nk_buf_lit(&b, "</ol>");
    nk_buf_putc(&b, '\0');
    text = bound_text(h, NULL, b.ptr);
    assert_true(nk_str_starts(text, NK_STR("a. x\nb. x\n")));
    assert_true(nk_str_search(text, NK_STR("\nz. x\naa. x\n")) < text.len);
    assert_true(nk_str_search(text, NK_STR("\naz. x\nba. x\nbb. x\n")) <
                text.len);
    assert_true(nk_str_search(text, NK_STR("\nzz. x\naaa. x\nI. y\n")) <
                text.len);
    assert_true(nk_str_ends(text, NK_STR("\nXII. y\nXIII. y\nXIV. y\n")));
}

/* ---- Choosing and repeating -------------------------------------------- */

static const struct mode_row {
    const char *body, *text[3]; /* filled, half, blank */
} choices[] = {
    /* In a blank nothing is known: `blank` says what is printed. */
    { "<if test='victim'><p>a</p></if>", { "a\n", "a\n", "a\n" } },
    { "<if test='accused'><p>a</p></if>", { "", "", "a\n" } },
    { "<if test='victim' blank='hide'><p>a</p></if>", { "a\n", "a\n", "" } },
    { "<if test='accused' blank='show'><p>a</p></if>", { "", "", "a\n" } },
    { "<if test='victim' blank='test'><p>a</p></if>", { "a\n", "a\n", "" } },
    { "<if test=\"$letter/mode = 'wet'\" blank='test'><p>a</p></if>",
      { "", "a\n", "a\n" } },
    { "<choose><when test='accused'><p>a</p></when><when test='victim'>"
      "<p>b</p></when><otherwise><p>c</p></otherwise></choose>",
      { "b\n", "b\n", "a\n" } },
    { "<choose><when test='accused' blank='hide'><p>a</p></when>"
      "<otherwise><p>c</p></otherwise></choose>",
      { "c\n", "c\n", "c\n" } },
    { "<choose><when test='accused' blank='hide'><p>a</p></when></choose>",
      { "", "", "" } },
    { "<p><check test='victim'/>a <check test='accused'/>b <check/>c</p>",
      { "[x]a [ ]b [ ]c\n", "[x]a [ ]b [ ]c\n", "[ ]a [ ]b [ ]c\n" } },
    { "<p><check test=\"$letter/mode\"/>a</p>",
      { "[x]a\n", "[x]a\n", "[ ]a\n" } },
    { "<for-each select='witness' blank='3'><p><value-of "
      "select='position()'/> dari <value-of select='last()'/>: <value-of "
      "select='name'/></p></for-each>",
      { "1 dari 2: Satu Contoh\n2 dari 2: Dua Contoh\n",
        "1 dari 2: Satu Contoh\n2 dari 2: Dua Contoh\n",
        "1 dari 3: ____\n2 dari 3: ____\n3 dari 3: ____\n" } },
    { "<for-each select='accused' blank='2'><p>a <value-of select='name'/></p>"
      "</for-each>",
      { "", "a ____\na ____\n", "a ____\na ____\n" } },
    { "<for-each select='witness'><p>a</p></for-each>",
      { "a\na\n", "a\na\n", "" } },
    { "<p><for-each select='$office/person' blank='test'>a</for-each></p>",
      { "aaaaaa\n", "aaaaaa\n", "aaaaaa\n" } },
    /* A loop within a loop does not take the place of the one around. */
    { "<for-each select='witness' blank='2'><p><for-each select='../victim' "
      "blank='1'>x</for-each> <value-of select='position()'/>/<value-of "
      "select='last()'/></p></for-each><p><value-of select='position()'/></p>",
      { "x 1/2\nx 2/2\n1\n", "x 1/2\nx 2/2\n1\n", "x 1/2\nx 2/2\n1\n" } },
    { "<for-each select='victim/name' blank='1'><p><value-of select='.'/>, "
      "<value-of select='../sex'/></p></for-each>",
      { "Melati Contoh, Perempuan\n", "Melati Contoh, Perempuan\n",
        "____, ____\n" } },
};

static void chooses_and_repeats(void **state)
{
    nk_house *h = *state;
    size_t i, mode;

    for (mode = 0; mode < 3; mode++) {
        const nk_bound_how how = { .inside = PEOPLE,
                                   .mode = (nk_mode)mode,
                                   .signing = NK_SIGNING_ELECTRONIC };

        for (i = 0; i < NK_COUNT(choices); i++) {
            nk_str got = bound_text(h, &how, choices[i].body);

            if (!nk_str_eq(got, nk_str_of(choices[i].text[mode])))
                print_error("%d: %s\n", (int)mode, choices[i].body);
            assert_str(got, choices[i].text[mode]);
        }
    }
}

/* ---- Parts ------------------------------------------------------------- */

static const nk_sheet_part parts[] = {
    { "nama", "<param name='a' is='path'/><p>[<value-of select='$a/name'/>]"
              "</p>" },
    { "dua", "<param name='a' is='path' field='witness'/><param name='b' "
             "is='path' field='witness'/><p><value-of select='$a/alias'/>"
             "<value-of select='$b/alias'/></p><if test=\"$a/alias = 'A'\">"
             "<include part='dua-lagi' a='$b' b='$a'/></if><p>"
             "<value-of select='$a/alias'/><value-of select='$b/alias'/></p>" },
    { "dua-lagi", "<param name='a' is='path' field='witness'/><param name='b' "
                  "is='path' field='witness'/><p>(<value-of select='$a/alias'/>"
                  "<value-of select='$b/alias'/>)</p>" },
    { "kata", "<param name='k' is='word'/><p><value-of select='$k'/></p>"
              "<include part='kata-lagi' k='dalam'/>"
              "<p><value-of select='$k'/></p>" },
    { "kata-lagi",
      "<param name='k' is='word'/><p><value-of select='$k'/></p>" },
    { NULL, NULL },
};

static void gives_parts_their_names(void **state)
{
    static const struct row rows[] = {
        { "<include part='nama' a='victim'/>", "[Melati Contoh]\n" },
        { "<include part='nama' a='accused'/>", "[]\n" },
        { "<for-each select='witness'><include part='nama' a='.'/>"
          "</for-each>",
          "[Satu Contoh]\n[Dua Contoh]\n" },
        { "<include part='kata' k='luar'/>", "luar\ndalam\nluar\n" },
        /* Names change places, and stand again for what they did. */
        { "<include part='dua' a='witness[1]' b='witness[2]'/>",
          "AB\n(BA)\nAB\n" },
    };
    const nk_bound_how how = { .inside = PEOPLE, .sheet = { .parts = parts } };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        assert_str(bound_text(*state, &how, rows[i].body), rows[i].tree);
}

/* ---- Signing ----------------------------------------------------------- */

#define SIGN(post)                                                             \
    "<signer post='" post "'><p><value-of select='$signer/name'/></p>"         \
    "<sign width='9pt' height='5pt'/></signer>"

static void makes_places_to_sign(void **state)
{
    nk_house *h = *state;
    nk_bound_how how = { .inside = PEOPLE, .signing = NK_SIGNING_ELECTRONIC };

    assert_str(bound_tree(h, &how, SIGN("secretary") SIGN("companion")),
               "  p\n    text \"Belian Contoh, S.I.P., M.Si.\"\n"
               "  sign width=9000 height=5000 \"Tanda tangan Sekretaris\" "
               "\"secretary\"\n"
               "  p\n    text \"Mentawa Contoh, S.Psi.\"\n"
               "  sign width=9000 height=5000 \"Tanda tangan Pendamping "
               "Korban\" \"companion\"\n");
    /* Who signs within another's block does not sign for them. */
    assert_str(bound_tree(h, &how,
                          "<signer post='secretary'><signer post='companion'>"
                          "<sign width='1pt' height='2pt'/></signer>"
                          "<sign width='3pt' height='4pt'/></signer>"),
               "  sign width=1000 height=2000 \"Tanda tangan Pendamping "
               "Korban\" \"companion\"\n"
               "  sign width=3000 height=4000 \"Tanda tangan Sekretaris\" "
               "\"secretary\"\n");
    /* By hand there is only room. */
    how.signing = NK_SIGNING_WET;
    assert_str(bound_tree(h, &how, SIGN("secretary")),
               "  p\n    text \"Belian Contoh, S.I.P., M.Si.\"\n"
               "  space width=9000 height=5000\n");
    /* What is completed by hand is signed by hand. */
    how.signing = NK_SIGNING_ELECTRONIC;
    how.mode = NK_MODE_HALF;
    assert_str(bound_tree(h, &how, SIGN("secretary")),
               "  p\n    text \"Belian Contoh, S.I.P., M.Si.\"\n"
               "  space width=9000 height=5000\n");
}

static void refuses_places_that_are_wrong(void **state)
{
    nk_house *h = *state;
    nk_bound_how how = { .signing = NK_SIGNING_ELECTRONIC };

    bound_fails(h, &how, SIGN("secretary") SIGN("secretary"), NK_E_INVALID,
                "SIGN_TWICE");
    assert_int_equal(h->ctx.fault.place.line, 4);
    how.signing = NK_SIGNING_WET;
    assert_str(bound_text(h, &how, SIGN("secretary") SIGN("secretary")),
               "Belian Contoh, S.I.P., M.Si.\nBelian Contoh, S.I.P., M.Si.\n");
    bound_fails(h, &how, "<p><page-number/></p>", NK_E_INVALID,
                "PAGE_NO_PLACE");
    bound_fails(h, &how, "<p>\n<page-count/></p>", NK_E_INVALID,
                "PAGE_NO_PLACE");
    assert_str(h->ctx.fault.place.file, "t.xml");
    assert_int_equal(h->ctx.fault.place.line, 5);
    bound_fails(h, &how, SIGN("psychologist"), NK_E_NOTFOUND, "SIGNER_NONE");
    /* A blank may be printed before anybody holds the post. */
    how.mode = NK_MODE_BLANK;
    assert_str(bound_text(h, &how, SIGN("psychologist")), "____\n");
}

/* ---- Ends -------------------------------------------------------------- */

static const char *referral_of(nk_house *h, int requests)
{
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, "<referral id='r-1' to='police' institution='x'>");
    while (requests--)
        nk_buf_lit(&b, "<request>a</request>");
    nk_buf_lit(&b, "</referral>");
    nk_buf_putc(&b, '\0');
    return b.ptr;
}

static void ends_what_never_ends(void **state)
{
    nk_house *h = *state;
    const nk_bound_how how = { .inside = PEOPLE };
    const nk_bound_how blank = { .mode = NK_MODE_BLANK };
    const nk_bound_how plain = {
        .inside = referral_of(h, 30),
        .sheet = { .head = "<about name='r' select='referral'/>" },
    };

    bound_fails(h, &how,
                "<for-each select='//*'><for-each select='//*'><for-each "
                "select='//*'><for-each select='//*'><for-each select='//*'>"
                "<for-each select='//*'><if test='count(//*) &lt; 0'><p/></if>"
                "</for-each></for-each></for-each></for-each></for-each>"
                "</for-each>",
                NK_E_LIMIT, "XPATH_NO_END");
    /* Plain paths are counted too. */
    bound_fails(h, &plain,
                "<for-each select='$r/request'><for-each select='$r/request'>"
                "<for-each select='$r/request'><for-each select='$r/request'>"
                "<if test='$r/health'><p/></if>"
                "</for-each></for-each></for-each></for-each>",
                NK_E_LIMIT, "XPATH_NO_END");
    /* A blank asks nothing; loops may make nothing. */
    bound_fails(h, &blank,
                "<for-each select='//*' blank='99'><for-each select='//*' "
                "blank='99'><for-each select='//*' blank='99'><for-each "
                "select='//*' blank='99'/></for-each></for-each></for-each>",
                NK_E_LIMIT, "XPATH_NO_END");
    bound_fails(h, &blank,
                "<p><for-each select='//*' blank='99'><for-each select='//*' "
                "blank='99'><for-each select='//*' blank='99'><b/><b/><b/>"
                "<b/><b/><b/><b/><b/><b/><b/><b/><b/></for-each></for-each>"
                "</for-each></p>",
                NK_E_LIMIT, "XPATH_NO_END");
    /* The next paper begins anew. */
    assert_str(bound_text(h, &how, "<p><value-of select='count(//*)'/></p>"),
               "13\n");
    bound_fails(h, &how,
                "<p><value-of select='count(//*[count(//*[count(//*[count(//*["
                "count(//*[count(//*) > 0]) > 0]) > 0]) > 0]) > 0])'/></p>",
                NK_E_LIMIT, "XPATH_TOO_LONG");
}

/* Blocks in each other with something in the innermost. */
static const char *nested(nk_house *h, int blocks, const char *inside)
{
    nk_buf b;
    int i;

    nk_buf_init(&b, &h->arena);
    for (i = 0; i < blocks; i++)
        nk_buf_lit(&b, "<block>");
    nk_buf_puts(&b, nk_str_of(inside));
    for (i = 0; i < blocks; i++)
        nk_buf_lit(&b, "</block>");
    nk_buf_putc(&b, '\0');
    assert_int_equal(b.err, NK_OK);
    return b.ptr;
}

static void bounds_depth(void **state)
{
    nk_house *h = *state;
    nk_sheet_part deep[] = { { "satu", NULL },
                             { "dua", NULL },
                             { NULL, NULL } };
    nk_bound_how how = { .inside = PEOPLE, .sheet = { .parts = deep } };
    const char *body = nested(h, 50, "<include part='satu'/>");
    const char *fields = "<fields><field of='victim/sex'/></fields>";
    nk_str text;

    /* Body, 50 blocks, the include, 47 blocks, and the fields: 100. */
    deep[0].inside = nested(h, 47, fields);
    text = bound_text(h, &how, body);
    assert_str(text, "Jenis kelamin : [ ]\xC2\xA0Laki-laki "
                     "[x]\xC2\xA0Perempuan\n");
    deep[0].inside = nested(h, 48, fields);
    bound_fails(h, &how, body, NK_E_LIMIT, "XML_TOO_DEEP");
    assert_str(h->ctx.fault.place.file, "satu.xml");
    assert_str(h->ctx.fault.args.v[0], "100");
}

/* Two million nodes take half a gigabyte: begin shortly before the end. */
static void bounds_number_of_nodes(void **state)
{
    nk_house *h = *state;
    struct nk_doc__binding b = { .ctx = &h->ctx, .a = &h->arena };
    nk_bind how = { .mode = NK_MODE_FILLED };
    nk_node top = { .kind = NK_NODE_BLOCK };
    nk_template *t;
    uint32_t left;

    assert_ok(h, sheet_open(h, NULL,
                            "<p>a</p><ul><li>b</li></ul><page-break/>"
                            "<img file='a' alt='b'/><fields><row label='c'>d"
                            "</row></fields><p><check/></p>",
                            &t));
    b.office = house_office(h, "sekadau");
    b.t = t;
    b.how = &how;
    for (left = 0; left < 20; left++) {
        b.nodes = NK_MAX_DOC_NODES - left;
        b.depth = 0;
        top.first = top.last = NULL;
        assert_int_equal(nk_doc__bind_children(&b, t->body->first, &top),
                         NK_E_LIMIT);
        assert_fault(&h->ctx, "PAPER_TOO_LONG");
        assert_str(h->ctx.fault.args.v[0], "2000000");
    }
    b.nodes = NK_MAX_DOC_NODES - 20;
    top.first = top.last = NULL;
    b.depth = 0;
    assert_ok(h, nk_doc__bind_children(&b, t->body->first, &top));
    assert_int_equal(b.nodes, NK_MAX_DOC_NODES);
    nk_office_close((nk_office *)(uintptr_t)b.office);
    nk_template_close(t);
}

/* An office says in words what its arms show, not what other pictures do. */
static void describes_the_arms(void **state)
{
    static const char bytes[] =
        "<office xmlns='urn:naskah:office:1' id='x' zone='WIB' region='61.09'>"
        "<government>G</government><name>N</name><city>C</city>"
        "<service>S</service><arms file='a.png' alt='Lambang C'/></office>";
    nk_house *h = *state;
    const nk_bind how = { .mode = NK_MODE_BLANK, .date = HOUSE_TODAY };
    nk_office *o = NULL;
    nk_template *t;
    nk_doc *d = NULL;
    nk_str dump;

    assert_ok(h, sheet_open(h, NULL,
                            "<img file='arms' alt='a'/><img file='b' alt='c'/>",
                            &t));
    assert_ok(h, nk_office_open(&h->ctx, NULL, nk_str_of(bytes),
                                NK_STR("o.xml"), &h->problems, &o));
    assert_ok(h, nk_doc_bind(&h->ctx, &h->arena, t, NULL, h->model, o, &how,
                             &h->problems, &d));
    assert_ok(h, nk_doc_dump(&h->ctx, &h->arena, d, &dump));
    assert_true(nk_str_ends(dump, NK_STR("body\n  image \"Lambang C\" "
                                         "\"arms\"\n  image \"c\" \"b\"\n")));
    nk_office_close(o);
    nk_template_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binds_each_element),
        cmocka_unit_test(shapes_tables),
        cmocka_unit_test(labels_many_items),
        cmocka_unit_test(describes_the_arms),
        cmocka_unit_test(chooses_and_repeats),
        cmocka_unit_test(gives_parts_their_names),
        cmocka_unit_test(makes_places_to_sign),
        cmocka_unit_test(refuses_places_that_are_wrong),
        cmocka_unit_test(ends_what_never_ends),
        cmocka_unit_test(bounds_depth),
        cmocka_unit_test(bounds_number_of_nodes),
    };

    return HOUSE_RUN(tests);
}
