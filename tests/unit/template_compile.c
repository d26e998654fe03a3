/*
 * Compiling: what stands where, parts and what they are given, all mistakes
 * in one run, and an end for templates that have none.
 */
#include "../support/sheet.h"

/* The tree of a body that must compile. */
static nk_str tree_with(nk_house *h, const nk_sheet_how *how, const char *body)
{
    nk_template *t;
    nk_str out;

    assert_ok(h, sheet_open(h, how, body, &t));
    assert_ok(h, nk_template_dump(&h->ctx, &h->arena, t, &out));
    nk_template_close(t);
    assert_true(nk_str_starts(out, NK_STR("template x\n  block\n")));
    return nk_str_skip(out, sizeof("template x\n  block\n") - 1);
}

static void expect_tree(nk_house *h, const char *body, const char *tree)
{
    assert_str(tree_with(h, NULL, body), tree);
}

/* What is wrong with a body. */
static void expect_said(nk_house *h, const nk_sheet_how *how, const char *body,
                        const char *said)
{
    nk_template *t;

    assert_int_equal(sheet_open(h, how, body, &t), NK_E_INVALID);
    assert_null(t);
    if (!nk_str_eq(said_of(&h->problems), nk_str_of(said)))
        print_error("%s\n", body);
    assert_said(&h->problems, said);
}

static const char every_element[] =
    "<p>a<b>b</b><i>c</i><u>d</u><br/><value-of select='victim/name'/>"
    "<field of='victim/nik'/><check/><blank/><page-number/><page-count/>"
    "</p><h1>e</h1><h2>f</h2><ul><li>g</li></ul><ol><li>h</li></ol>"
    "<table columns='*'><tr><th>i</th><td>j</td></tr></table>"
    "<block>k</block><keep-together><p>l</p></keep-together>"
    "<page-break/><space height='1pt'/><rule/><lines count='1'/>"
    "<img file='arms' alt='m'/><fields><field of='victim/kk'/>"
    "<row label='n'>o</row></fields><if test='victim'><p>p</p></if>"
    "<choose><when test='victim'><p>q</p></when><otherwise><p>r</p>"
    "</otherwise></choose><for-each select='witness'><p>s</p></for-each>"
    "<signer post='t'><sign width='1pt' height='1pt'/></signer>";

static const char every_element_tree[] = "    p\n"
                                         "      text \"a\"\n"
                                         "      b\n"
                                         "        text \"b\"\n"
                                         "      i\n"
                                         "        text \"c\"\n"
                                         "      u\n"
                                         "        text \"d\"\n"
                                         "      br\n"
                                         "      value field=name\n"
                                         "      field field=nik\n"
                                         "      check\n"
                                         "      blank\n"
                                         "      page-number\n"
                                         "      page-count\n"
                                         "    h1\n"
                                         "      text \"e\"\n"
                                         "    h2\n"
                                         "      text \"f\"\n"
                                         "    ul\n"
                                         "      li\n"
                                         "        p\n"
                                         "          text \"g\"\n"
                                         "    ol\n"
                                         "      li\n"
                                         "        p\n"
                                         "          text \"h\"\n"
                                         "    table\n"
                                         "      tr\n"
                                         "        th\n"
                                         "          p\n"
                                         "            text \"i\"\n"
                                         "        td\n"
                                         "          p\n"
                                         "            text \"j\"\n"
                                         "    block\n"
                                         "      p\n"
                                         "        text \"k\"\n"
                                         "    keep\n"
                                         "      p\n"
                                         "        text \"l\"\n"
                                         "    break\n"
                                         "    space height=1000\n"
                                         "    rule\n"
                                         "    lines\n"
                                         "    img \"arms\"\n"
                                         "    fields\n"
                                         "      field field=kk\n"
                                         "      row\n"
                                         "        text \"o\"\n"
                                         "    if field=victim\n"
                                         "      p\n"
                                         "        text \"p\"\n"
                                         "    choose\n"
                                         "      when field=victim\n"
                                         "        p\n"
                                         "          text \"q\"\n"
                                         "      otherwise\n"
                                         "        p\n"
                                         "          text \"r\"\n"
                                         "    for-each field=witness\n"
                                         "      p\n"
                                         "        text \"s\"\n"
                                         "    signer \"t\"\n"
                                         "      sign width=1000 height=1000\n";

static void knows_every_element(void **state)
{
    expect_tree(*state, every_element, every_element_tree);
}

/* Spaces between blocks are nothing; in a text they are spaces. */
static void settles_spaces(void **state)
{
    static const struct {
        const char *body, *tree;
    } rows[] = {
        { "<keep-together> <p>a</p> \n <p>b</p> </keep-together>",
          "    keep\n      p\n        text \"a\"\n      p\n"
          "        text \"b\"\n" },
        { "<p> <b>a</b> <b>b</b> </p>",
          "    p\n      text \"\"\n      b\n        text \"a\"\n"
          "      text \"\"\n      b\n        text \"b\"\n"
          "      text \"\"\n" },
        { "<p>a<!-- x -->b</p>", "    p\n      text \"ab\"\n" },
        { "<if test='victim'> <p>a</p> </if>",
          "    if field=victim\n      p\n        text \"a\"\n" },
        { "<p>a<if test='victim'> b</if></p>",
          "    p\n      text \"a\"\n      if field=victim\n"
          "        text \"b\"\n" },
        { "<choose> <when test='victim'> </when> </choose>",
          "    choose\n      when field=victim\n" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect_tree(*state, rows[i].body, rows[i].tree);
}

/* Words where blocks may stand become a paragraph, with all beside them. */
static void wraps_words(void **state)
{
    static const struct {
        const char *body, *tree;
    } rows[] = {
        { "<block>a <b>b</b> c</block>",
          "    block\n      p\n        text \"a\"\n        b\n"
          "          text \"b\"\n        text \"c\"\n" },
        { "<block>a<p>b</p>c</block>",
          "    block\n      p\n        text \"a\"\n      p\n"
          "        text \"b\"\n      p\n        text \"c\"\n" },
        { "<block> <p>b</p> </block>",
          "    block\n      p\n        text \"b\"\n" },
        { "<block>a<if test='victim'>b</if>c</block>",
          "    block\n      p\n        text \"a\"\n"
          "        if field=victim\n          text \"b\"\n"
          "        text \"c\"\n" },
        { "<block>a<if test='victim'><p>b</p></if>c</block>",
          "    block\n      p\n        text \"a\"\n"
          "      if field=victim\n        p\n          text \"b\"\n"
          "      p\n        text \"c\"\n" },
        /* A choice of words and blocks is blocks. */
        { "<block><if test='victim'>a<p>b</p></if></block>",
          "    block\n      if field=victim\n        p\n"
          "          text \"a\"\n        p\n          text \"b\"\n" },
        { "<block><if test='victim'>a<rule/></if>c</block>",
          "    block\n      if field=victim\n        p\n"
          "          text \"a\"\n        rule\n      p\n"
          "        text \"c\"\n" },
        { "<block><choose><when test='victim'>a</when><otherwise><p>b</p>"
          "</otherwise></choose></block>",
          "    block\n      choose\n        when field=victim\n          p\n"
          "            text \"a\"\n        otherwise\n          p\n"
          "            text \"b\"\n" },
        { "<ul><li>a<ul><li>b</li></ul></li></ul>",
          "    ul\n      li\n        p\n          text \"a\"\n        ul\n"
          "          li\n            p\n              text \"b\"\n" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect_tree(*state, rows[i].body, rows[i].tree);
}

static void refuses_what_may_not_stand(void **state)
{
    static const struct {
        const char *body, *said;
    } rows[] = {
        { "<nothing/>", "4:1 XML_UNEXPECTED\n" },
        { "<p><nothing/></p>", "4:4 XML_UNEXPECTED\n" },
        { "<block><nothing/></block>", "4:8 XML_UNEXPECTED_END\n" },
        { "<p><p/></p>", "4:4 XML_UNEXPECTED\n" },
        { "<li/>", "4:1 XML_UNEXPECTED\n" },
        { "<b>x</b>", "4:1 XML_UNEXPECTED\n" },
        { "<table columns='*'><td/></table>", "4:20 XML_UNEXPECTED\n" },
        { "<table columns='*'><tr><p/></tr></table>", "4:24 XML_UNEXPECTED\n" },
        { "<table columns='*'>x</table>", "4:1 XML_STRAY_TEXT\n" },
        { "<fields><p/></fields>", "4:9 XML_UNEXPECTED\n" },
        { "<ul><p/></ul>", "4:5 XML_UNEXPECTED\n" },
        { "<choose><p/></choose>", "4:9 XML_UNEXPECTED\n" },
        { "<choose/>", "4:1 XML_MISSING_CHILD\n" },
        { "<choose><otherwise/><when test='victim'/></choose>",
          "4:9 XML_UNEXPECTED\n" },
        { "<when test='victim'/>", "4:1 XML_UNEXPECTED\n" },
        { "<br>x</br>", "4:1 XML_UNEXPECTED\n" },
        { "<p><br>x</br></p>", "4:4 XML_STRAY_TEXT\n" },
        { "<keep-together>x</keep-together>", "4:1 XML_STRAY_TEXT\n" },
        { "<param name='a' is='word'/>", "4:1 XML_UNEXPECTED\n" },
        /* In a condition, or a part, what may stand around it. */
        { "<if test='victim'>x</if>", "4:1 XML_STRAY_TEXT\n" },
        { "<if test='victim'><li/></if>", "4:19 XML_UNEXPECTED\n" },
        { "<if test='victim'><b/></if>", "4:19 XML_UNEXPECTED\n" },
        { "<p><if test='victim'><p/></if></p>", "4:22 XML_UNEXPECTED\n" },
        { "<p><if test='victim'><table columns='*'/></if></p>",
          "4:22 XML_UNEXPECTED\n" },
        { "<ul><for-each select='witness'><p/></for-each></ul>",
          "4:32 XML_UNEXPECTED\n" },
        { "<table columns='*'><tr><if test='victim'>x</if></tr></table>",
          "4:24 XML_STRAY_TEXT\n" },
        { "<fields><if test='victim'><row label='a'><if test='victim'>"
          "<fields/></if></row></if></fields>",
          "4:60 XML_UNEXPECTED\n" },
        { "<p><if test='victim'><if test='victim'><if test='victim'><li/>"
          "</if></if></if></p>",
          "4:58 XML_UNEXPECTED\n" },
        { "<if test='victim'><when test='victim'/></if>",
          "4:19 XML_UNEXPECTED_END\n" },
        { "<include part='words'/>", "1:1 XML_STRAY_TEXT\n" },
        { "<p><include part='blocks'/></p>", "2:1 XML_UNEXPECTED\n" },
        { "<sign width='1pt' height='1pt'/>", "4:1 SIGN_ALONE\n" },
        { "<table columns='*'><tr><lane><td>x</td></lane></tr></table>",
          "4:24 LANE_ALONE\n" },
        { "<table columns='*'><tr><td span='lanes'>x</td></tr></table>",
          "4:24 LANE_ALONE\n" },
        { "<block><symbol/></block>", "4:8 LANE_ALONE\n" },
        { "<flow lanes='$procedure/actor' width='17mm' columns='* lanes'>"
          "<tr><td><symbol/></td></tr></flow>",
          "4:71 LANE_ALONE\n" },
        { "<flow lanes='$procedure/actor' width='17mm' columns='* lanes'>"
          "<tr><td span='lanes'>x</td><lane><td><value-of select='@id'/>"
          "<p><value-of select='@no'/></p></td></lane></tr></flow>",
          "4:137 FACT_NOT_IN\n" },
    };
    static const nk_sheet_part parts[] = { { "words", "words" },
                                           { "blocks", "<p>x</p>" },
                                           { NULL, NULL } };
    static const nk_sheet_how how = { .parts = parts };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect_said(h, &how, rows[i].body, rows[i].said);
    expect_said(h, NULL, "<p><if test='victim'><li/></if></p>",
                "4:22 XML_UNEXPECTED\n");
    assert_str(words_of(&h->problems),
               "Elemen li tidak boleh di sini; yang boleh: field, value-of, "
               "if, choose, for-each, include, b, i, u, br, check, blank, "
               "page-number, page-count\n");
}

static void tells_all_mistakes_in_one_run(void **state)
{
    static const nk_sheet_part parts[] = {
        { "a", "<param name='by' is='path'/>\n"
               "<p><value-of select='victim/nmae'/>\n"
               "<value-of select='$by/servis'/></p><p align='x'/>" },
        { NULL, NULL }
    };
    static const nk_sheet_how how = {
        .to = "polisi",
        .head = "<about name='office' select='referal'/><page top='-1mm' "
                "left='x'/>",
        .parts = parts
    };
    nk_house *h = *state;
    nk_template *t;

    assert_int_equal(
        sheet_open(h, &how,
                   "<p size='12'><value-of select='upperr(victim/nmae)'/></p>\n"
                   "<include part='a' by='referral'/>\n"
                   "<include part='a' by='referral'/>\n"
                   "<include part='b'/>\n"
                   "<if test='count('><li/></if>\n"
                   "<fields><field/></fields>\n"
                   "<table columns='*'><tr><p/></tr></table>",
                   &t),
        NK_E_INVALID);
    nk_problems_sort(&h->problems);
    assert_said(&h->problems, "3:14 PATH_MEANT\n" /* of the part, once */
                              "4:11 PATH_MEANT\n"
                              "4:39 XML_VALUE_CHOICE\n"
                              "1:88 RECIPIENT_UNKNOWN\n" /* of the template */
                              "3:8 VARIABLE_TAKEN\n"
                              "3:22 PATH_MEANT\n"
                              "3:46 LENGTH_NEGATIVE\n"
                              "3:57 XML_VALUE_FORM\n"
                              "4:4 XML_VALUE_FORM\n"
                              "4:24 PATH_MEANT\n"
                              "4:24 FUNCTION_MEANT\n"
                              "7:10 PART_NONE\n"
                              "8:5 XPATH_SYNTAX\n"
                              "8:19 XML_UNEXPECTED\n"
                              "9:9 XML_ATTR_MISSING\n"
                              "10:24 XML_UNEXPECTED\n");
    assert_fault(&h->ctx, "TEMPLATE_WRONG");
    assert_str(h->ctx.fault.args.v[0], "t.xml");
    assert_str(h->ctx.fault.args.v[1], "16");
}

/* ---- The head ------------------------------------------------------------ */

static void reads_the_head(void **state)
{
    static const char bytes[] =
        "<template xmlns='urn:naskah:template:1' id='surat-x' version='7' "
        "lang='id' family='korespondensi' to='police' register='surat-keluar' "
        "class='400.2.3' security='rahasia'>\n"
        "<title> Surat  Contoh </title><subject>Hal Contoh</subject>\n"
        "<about name='surat' select=\"referral[@to = 'police']\"/>\n"
        "<page paper='F4' turn='landscape' top='1pt' first-top='2pt' "
        "right='3pt' bottom='4pt' left='5pt' font='serif' size='10pt' "
        "leading='1.5'><header from='2'><p>atas</p></header>"
        "<footer><p>bawah</p></footer></page>\n<p/></template>";
    nk_house *h = *state;
    nk_template *t;

    house_forget(h);
    assert_ok(h, nk_template_open(&h->ctx, &h->world, nk_str_of(bytes),
                                  NK_STR("t.xml"), &h->problems, &t));
    assert_str(t->id, "surat-x");
    assert_str(t->version, "7");
    assert_str(t->lang, "id");
    assert_str(t->title, "Surat  Contoh");
    assert_str(t->subject, "Hal Contoh");
    assert_str(t->recipient, "police");
    assert_str(t->reg, "surat-keluar");
    assert_str(t->class, "400.2.3");
    assert_str(t->security, "rahasia");
    assert_int_equal(t->family, NK_FAMILY_LETTER);
    assert_str(t->about, "surat");
    assert_non_null(t->about_select);
    assert_int_equal(t->about_at.line, 3);
    assert_str(t->page.paper, "F4");
    assert_true(t->page.landscape);
    assert_int_equal(t->page.top, 1000);
    assert_int_equal(t->page.first_top, 2000);
    assert_int_equal(t->page.right, 3000);
    assert_int_equal(t->page.bottom, 4000);
    assert_int_equal(t->page.left, 5000);
    assert_int_equal(t->page.style.set,
                     NK_SET_FAMILY | NK_SET_SIZE | NK_SET_LEADING);
    assert_int_equal(t->page.style.leading, 1500);
    assert_str(t->page.header->first->first->text, "atas");
    assert_int_equal(t->page.header->count, 2);
    assert_str(t->page.footer->first->first->text, "bawah");
    assert_non_null(t->env);
    nk_template_close(t);
}

static void leaves_the_rest_to_the_office(void **state)
{
    nk_house *h = *state;
    nk_template *t;

    assert_ok(h, sheet_open(h, NULL, "<p/>", &t));
    assert_str(t->about, "");
    assert_null(t->about_select);
    assert_str(t->page.paper, "");
    assert_int_equal(t->page.top, -1);
    assert_int_equal(t->page.first_top, -1);
    assert_int_equal(t->page.left, -1);
    assert_int_equal(t->page.style.set, 0);
    assert_null(t->page.header);
    assert_null(t->page.footer);
    assert_int_equal(t->family, NK_FAMILY_FORM);
    nk_template_close(t);
}

static void refuses_wrong_heads(void **state)
{
    static const struct {
        const char *bytes, *said;
        nk_err rc;
    } rows[] = {
        { "", "0:0 XML_EMPTY\n", NK_E_SYNTAX },
        { "<template", "1:10 XML_GT_MISSING\n", NK_E_SYNTAX },
        { "<p/>", "1:1 XML_ROOT\n", NK_E_INVALID },
        { "<p xmlns='urn:naskah:template:1'/>", "1:1 XML_ROOT\n",
          NK_E_INVALID },
        { "<part xmlns='urn:naskah:template:1' id='x'/>", "1:1 XML_ROOT\n",
          NK_E_INVALID },
        { "<template xmlns='urn:naskah:template:1' id='X' version='1' "
          "lang='id' family='judul' to='office' class='4002' "
          "security='penting'><title/><p/></template>",
          "1:41 XML_VALUE_FORM\n1:110 XML_VALUE_CHOICE\n1:97 IDENT_FORM\n",
          NK_E_INVALID },
        { "<template xmlns='urn:naskah:template:1' id='x' version='1' "
          "lang='id' family='judul' to='about'><title>t</title><p/>"
          "</template>",
          "1:85 RECIPIENT_UNKNOWN\n", NK_E_INVALID },
        { "<template xmlns='urn:naskah:template:1' id='x' version='1' "
          "lang='id' family='judul' to='office'><p/></template>",
          "1:97 XML_UNEXPECTED\n", NK_E_INVALID },
        { "<template xmlns='urn:naskah:template:1' id='x' version='1' "
          "lang='id' family='judul' to='office'><title>t</title></template>",
          "1:1 XML_MISSING_CHILD\n", NK_E_INVALID },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_template *t = NULL;

        house_forget(h);
        assert_int_equal(nk_template_open(&h->ctx, &h->world,
                                          nk_str_of(rows[i].bytes),
                                          NK_STR("t.xml"), &h->problems, &t),
                         rows[i].rc);
        assert_null(t);
        assert_said(&h->problems, rows[i].said);
    }
}

/* ---- Parts --------------------------------------------------------------- */

static void gives_parts_what_they_want(void **state)
{
    static const nk_sheet_part parts[] = {
        { "a", "<param name='of' is='path'/><param name='by' is='word'/>"
               "<p><value-of select='$of/name'/><value-of select='$by'/></p>"
               "<include part='b' who='$of' post='$by'/>" },
        { "b", "<param name='who' is='path' field='victim'/>"
               "<param name='post' is='word'/>"
               "<signer post='$post'><p><value-of select='$who/nik'/>"
               "<value-of select='$signer/name'/></p></signer>" },
        { NULL, NULL }
    };
    static const nk_sheet_how how = { .parts = parts };

    assert_str(tree_with(*state, &how,
                         "<include part='a' of='victim' "
                         "by='head chair'/>"),
               "    include\n"
               "      p\n"
               "        value field=name\n"
               "        value\n"
               "      include\n"
               "        signer \"head chair\"\n"
               "          p\n"
               "            value field=nik\n"
               "            value\n");
}

/* A part sees what the include sees: node, variables, and place. */
static void lets_parts_see_around(void **state)
{
    static const nk_sheet_part parts[] = {
        { "p", "<p><value-of select='name'/><value-of select='$letter/date'/>"
               "</p>" },
        { "w", "kata <b>kata</b>" },
        { "r", "<tr><td>x</td></tr>" },
        { "f", "<field of='name'/>" },
        { "empty", "" },
        { NULL, NULL }
    };
    static const nk_sheet_how how = { .parts = parts };
    nk_house *h = *state;

    assert_str(tree_with(h, &how,
                         "<for-each select='witness'><include "
                         "part='p'/></for-each>"),
               "    for-each field=witness\n"
               "      include\n"
               "        p\n"
               "          value field=name\n"
               "          value\n");
    assert_str(tree_with(h, &how, "<p>a <include part='w'/></p>"),
               "    p\n"
               "      text \"a\"\n"
               "      include\n"
               "        text \"kata\"\n"
               "        b\n"
               "          text \"kata\"\n");
    assert_str(tree_with(h, &how, "<block>a <include part='w'/></block>"),
               "    block\n"
               "      p\n"
               "        text \"a\"\n"
               "        include\n"
               "          text \"kata\"\n"
               "          b\n"
               "            text \"kata\"\n");
    assert_str(
        tree_with(h, &how, "<table columns='*'><include part='r'/></table>"),
        "    table\n"
        "      include\n"
        "        tr\n"
        "          td\n"
        "            p\n"
        "              text \"x\"\n");
    assert_str(tree_with(h, &how,
                         "<for-each select='witness'><fields>"
                         "<include part='f'/></fields></for-each>"),
               "    for-each field=witness\n"
               "      fields\n"
               "        include\n"
               "          field field=name\n");
    assert_str(tree_with(h, &how, "<include part='empty'/>"), "    include\n");
}

static void says_what_is_wrong_with_parts(void **state)
{
    static const nk_sheet_part parts[] = {
        { "path", "<param name='of' is='path'/>"
                  "<p><value-of select='$of/name'/></p>" },
        { "word", "<param name='by' is='word'/><signer post='$by'/>" },
        { "field", "<param name='of' is='path' field='victm'/>" },
        { "own", "<param name='letter' is='path'/>" },
        { "broken", "!<part>" },
        { "root", "!<p xmlns='urn:naskah:template:1'/>" },
        { "other", "!<part xmlns='urn:other' id='x'><nothing/></part>" },
        { NULL, NULL }
    };
    static const struct {
        const char *body, *said;
    } rows[] = {
        { "<include part='path'/>", "4:1 PARAM_MISSING\n" },
        { "<include part='path' of='victim' by='x'/>", "4:34 PARAM_UNKNOWN\n" },
        { "<include part='path' of='victm'/>", "4:22 PATH_MEANT\n" },
        { "<include part='path' of='accused/nik'/>", "2:42 PATH_UNKNOWN\n" },
        { "<include part='path' of='('/>", "4:22 XPATH_SYNTAX\n" },
        { "<include part='word' by='$to'/>", "4:22 VARIABLE_UNKNOWN\n" },
        { "<include part='word' by=''/>", "2:37 ATTR_VALUE\n" },
        { "<include part='field' of='victim'/>", "2:28 PATH_UNKNOWN\n" },
        { "<include part='own' letter='victim'/>", "2:8 VARIABLE_TAKEN\n" },
        { "<include part='none'/>", "4:10 PART_NONE\n" },
        { "<include part='../parts/x'/>", "4:10 XML_VALUE_FORM\n" },
        { "<include/>", "4:1 XML_ATTR_MISSING\n" },
        { "<include part='root'/>", "1:1 XML_ROOT\n" },
        { "<include part='broken'/><include part='broken'/>",
          "1:1 XML_UNFINISHED\n" },
        { "<include part='other'/>", "1:1 XML_ROOT\n1:32 XML_UNEXPECTED\n" },
    };
    static const nk_sheet_how how = { .parts = parts };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        expect_said(h, &how, rows[i].body, rows[i].said);
    expect_said(h, &how, "<include part='path' of='accused/nik'/>",
                "2:42 PATH_UNKNOWN\n");
    assert_str(h->problems.first->place.file, "path.xml");
    expect_said(h, &how, "<include part='none'/>", "4:10 PART_NONE\n");
    assert_str(words_of(&h->problems),
               "Bagian none tidak ada di templates/parts.\n");
}

/* ---- Templates without end ----------------------------------------------- */

static void ends_parts_that_include_themselves(void **state)
{
    static const nk_sheet_part parts[] = {
        { "a", "<include part='a'/><include part='a'/><include part='a'/>" },
        { "b", "<include part='c'/>" },
        { "c", "<p/>\n<include part='b'/>" },
        { NULL, NULL }
    };
    static const nk_sheet_how how = { .parts = parts };
    nk_house *h = *state;

    expect_said(h, &how, "<include part='a'/>",
                "2:10 PART_LOOP\n2:29 PART_LOOP\n2:48 PART_LOOP\n");
    assert_str(h->problems.first->place.file, "a.xml");
    expect_said(h, &how, "<include part='b'/>", "3:10 PART_LOOP\n");
    assert_str(words_of(&h->problems), "Bagian b memuat dirinya sendiri.\n");
    assert_str(h->problems.first->place.file, "c.xml");
}

/* nk_parts.load: part N includes part N + 1 ten times over, without end. */
static nk_err endless_part(void *data, nk_ctx *ctx, nk_arena *a, nk_str name,
                           nk_str *bytes, nk_str *file)
{
    const unsigned *times = data;
    uint64_t n = 0;
    nk_buf b;
    unsigned i;

    assert_true(nk_str_uint(name, 1000, &n));
    nk_buf_init(&b, a);
    nk_buf_lit(&b, SHEET_PART);
    for (i = 0; i < *times; i++)
        nk_buf_printf(&b, "<include part='%u'/>", (unsigned)n + 1);
    nk_buf_lit(&b, "</part>");
    *file = NK_STR("n.xml");
    return nk_buf_end(ctx, &b, bytes);
}

static nk_err open_endless(nk_house *h, unsigned times)
{
    nk_template_world world = h->world;
    nk_template *t = NULL;
    nk_err rc;
    nk_buf b;

    world.parts.load = endless_part;
    world.parts.data = &times;
    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b, SHEET_HEAD "<include part='1'/></template>", "nota",
                  "office", "");
    house_forget(h);
    rc = nk_template_open(&h->ctx, &world, nk_buf_str(&b), NK_STR("t.xml"),
                          &h->problems, &t);
    assert_null(t);
    return rc;
}

static void ends_parts_without_end(void **state)
{
    nk_house *h = *state;

    assert_int_equal(open_endless(h, 1), NK_E_INVALID);
    assert_said(&h->problems, "2:10 PART_DEEP\n");
    assert_str(words_of(&h->problems),
               "Bagian bersarang lebih dari 8 tingkat.\n");
    /* Ten million includes, if they were all followed. */
    assert_int_equal(open_endless(h, 10), NK_E_LIMIT);
    assert_fault(&h->ctx, "TEMPLATE_TOO_LARGE");
}

static void bounds_size(void **state)
{
    nk_house *h = *state;
    nk_template *t;
    unsigned k;

    for (k = 0; k < 2; k++) {
        nk_buf b;
        unsigned i;

        nk_buf_init(&b, &h->arena);
        /* The body is one more. */
        for (i = 1; i < NK_MAX_TPL_NODES + k; i++)
            nk_buf_lit(&b, "<p/>");
        nk_buf_putc(&b, '\0');
        assert_int_equal(sheet_open(h, NULL, b.ptr, &t),
                         k ? NK_E_LIMIT : NK_OK);
        if (!k)
            nk_template_close(t);
    }
    assert_fault(&h->ctx, "TEMPLATE_TOO_LARGE");
}

/* ---- Those of the tree --------------------------------------------------- */

static void compiles_those_of_the_tree(void **state)
{
    nk_house *h = *state;
    nk_str *names, dir, path, bytes, tree;
    size_t n, i, found = 0;

    assert_ok(h, nk_dir_list(&h->ctx, &h->arena, NK_STR("templates/documents"),
                             &names, &n));
    for (i = 0; i < n; i++) {
        nk_template *t;

        dir = nk_path_join(&h->arena, NK_STR("templates/documents"), names[i]);
        path = nk_path_join(&h->arena, dir, NK_STR("template.xml"));
        if (!nk_file_exists(path))
            continue;
        house_forget(h);
        assert_ok(h,
                  nk_file_read(&h->ctx, &h->arena, path, NK_MAX_FILE, &bytes));
        assert_ok(h, nk_template_open(&h->ctx, &h->world, bytes, path,
                                      &h->problems, &t));
        assert_said(&h->problems, "");
        assert_true(nk_str_eq(t->id, names[i]));
        assert_ok(h, nk_template_dump(&h->ctx, &h->arena, t, &tree));
        assert_true(tree.len > 500);
        nk_template_close(t);
        found++;
    }
    assert_true(found >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_every_element),
        cmocka_unit_test(settles_spaces),
        cmocka_unit_test(wraps_words),
        cmocka_unit_test(refuses_what_may_not_stand),
        cmocka_unit_test(tells_all_mistakes_in_one_run),
        cmocka_unit_test(reads_the_head),
        cmocka_unit_test(leaves_the_rest_to_the_office),
        cmocka_unit_test(refuses_wrong_heads),
        cmocka_unit_test(gives_parts_what_they_want),
        cmocka_unit_test(lets_parts_see_around),
        cmocka_unit_test(says_what_is_wrong_with_parts),
        cmocka_unit_test(ends_parts_that_include_themselves),
        cmocka_unit_test(ends_parts_without_end),
        cmocka_unit_test(bounds_size),
        cmocka_unit_test(compiles_those_of_the_tree),
    };

    return HOUSE_RUN(tests);
}
