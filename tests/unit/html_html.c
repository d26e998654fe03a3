/*
 * Papers as HTML: every kind of node in its element, every text escaped,
 * each field one input, and real papers word for word in reading order.
 */
#include "../support/papers.h"
#include "../support/tree.h"

#include "html/html.h"

/* The paper itself, without the page around it. */
static nk_str article_of(nk_ctx *ctx, nk_arena *a, const nk_doc *doc,
                         nk_html_mode mode)
{
    const nk_str end = NK_STR("</article>\n");
    nk_str out = NK_EMPTY;

    assert_int_equal(nk_html_page(ctx, a, doc, mode, &out), NK_OK);
    out = nk_str_skip(out, nk_str_search(out, NK_STR("<article")));
    return nk_str_head(out, nk_str_search(out, end) + end.len);
}

static nk_str article(nk_tree *t, nk_html_mode mode)
{
    return article_of(&t->ctx, &t->arena, &t->doc, mode);
}

/* The article, where {x} in `want` stands for the names of field x. */
static void assert_article(nk_tree *t, nk_html_mode mode, const char *want)
{
    nk_str rest = nk_str_of(want), part;
    nk_buf b;

    nk_buf_init(&b, &t->arena);
    nk_buf_lit(&b, "<article lang=\"id\">\n");
    while (nk_str_cut(&rest, '{', &part)) {
        nk_buf_puts(&b, part);
        if (!nk_str_cut(&rest, '}', &part))
            break;
        nk_buf_lit(&b, " name=\"victim/");
        nk_buf_puts(&b, part);
        nk_buf_lit(&b, "\" aria-label=\"NIK &amp; &quot;lain&quot;\"");
    }
    nk_buf_lit(&b, "</article>\n");
    nk_buf_putc(&b, '\0');
    assert_str(article(t, mode), b.ptr);
}

/* A child of "Korban", named so. */
static nk_field *field(nk_tree *t, const char *name, nk_kind kind)
{
    nk_field *f = NK_NEW(&t->arena, nk_field);

    assert_non_null(f);
    t->group.name = NK_STR("victim");
    f->parent = &t->group;
    f->name = nk_str_of(name);
    f->label[NK_LANG_ID] = NK_STR("NIK & \"lain\"");
    f->kind = kind;
    return f;
}

static nk_node *place(nk_tree *t, nk_node *parent, nk_node_kind kind,
                      const nk_field *f, const char *text)
{
    nk_node *n = nk_tree_add(t, parent, kind);

    n->field = f;
    n->text = nk_str_of(text);
    return n;
}

/* ---- Escaping ---------------------------------------------------------- */

#define SPECIAL "<b>&amp;\"'>\xC3\xA9 {0}%s"

static void special_characters_are_escaped(void **state)
{
    nk_desk *d = *state;
    nk_str out = NK_EMPTY;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_html_text(&b, NK_STR(SPECIAL));
    nk_buf_putc(&b, '\n');
    nk_html_attr(&b, NK_STR(SPECIAL));
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    assert_str(out, "&lt;b&gt;&amp;amp;\"'&gt;\xC3\xA9 {0}%s\n"
                    "&lt;b&gt;&amp;amp;&quot;&#39;&gt;\xC3\xA9 {0}%s");
}

/* Wherever a text of a record or template can stand. */
static void nothing_leaves_unescaped(void **state)
{
    static const nk_html_mode modes[] = { NK_HTML_READ, NK_HTML_ENTRY };
    nk_tree *t = *state;
    nk_field *f = field(t, "a<b", NK_KIND_TEXT);
    nk_str out = NK_EMPTY;
    nk_node *p;
    size_t i;

    f->label[NK_LANG_ID] = NK_STR("<evil>");
    p = nk_tree_p(t, t->body, "<evil>");
    place(t, p, NK_NODE_BLANK, f, "<evil>");
    place(t, p, NK_NODE_COMB, f, "<evil>");
    place(t, p, NK_NODE_CHECK, f, "<evil>");
    place(t, t->body, NK_NODE_LINES, f, "</textarea><evil>");
    nk_tree_add(t, t->body, NK_NODE_SIGN)->label = NK_STR("<evil>");
    t->doc.title = NK_STR("</title><evil>");
    t->doc.lang = NK_STR("\"><evil>");
    for (i = 0; i < NK_COUNT(modes); i++) {
        assert_int_equal(
            nk_html_page(&t->ctx, &t->arena, &t->doc, modes[i], &out), NK_OK);
        assert_int_equal(nk_str_search(out, NK_STR("<evil")), out.len);
        assert_int_equal(nk_str_search(out, NK_STR("a<b")), out.len);
        assert_true(nk_str_search(out, NK_STR("&lt;evil&gt;")) < out.len);
        assert_true(nk_str_search(out, NK_STR("&lt;/title&gt;")) < out.len);
        assert_true(nk_str_search(out, NK_STR("lang=\"&quot;&gt;")) < out.len);
    }
}

/* ---- Elements ---------------------------------------------------------- */

static void words_have_their_elements(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "Judul"), *n;

    p->role = NK_ROLE_H1;
    nk_tree_p(t, t->body, "Anak judul")->role = NK_ROLE_H2;
    p = nk_tree_p(t, t->body, "a ");
    n = nk_tree_words(t, p, "b");
    n->bold = n->italic = n->underline = true;
    nk_tree_add(t, p, NK_NODE_BR);
    nk_tree_words(t, p, "c")->underline = true;
    nk_tree_add(t, p, NK_NODE_FILL);
    nk_tree_words(t, p, "d")->italic = true;
    assert_article(t, NK_HTML_READ,
                   "<h1>Judul</h1>\n<h2>Anak judul</h2>\n"
                   "<p>a <b><i><u>b</u></i></b><br><u>c</u> <i>d</i></p>\n");
}

static void lists_number_as_on_paper(void **state)
{
    static const char *const kinds[] = { "-", "1", "a", "I" };
    nk_tree *t = *state;
    nk_node *list, *item;
    size_t i;

    for (i = 0; i < NK_COUNT(kinds); i++) {
        list = nk_tree_add(t, t->body, NK_NODE_LIST);
        list->text = nk_str_of(kinds[i]);
        item = nk_tree_add(t, list, NK_NODE_ITEM);
        item->label = NK_STR("1.");
        nk_tree_p(t, item, "x");
    }
    assert_article(t, NK_HTML_READ,
                   "<ul><li><p>x</p>\n</li>\n</ul>\n"
                   "<ol><li><p>x</p>\n</li>\n</ol>\n"
                   "<ol type=\"a\"><li><p>x</p>\n</li>\n</ol>\n"
                   "<ol type=\"I\"><li><p>x</p>\n</li>\n</ol>\n");
}

static void tables_have_rows_and_heads(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 2);
    nk_node *row = nk_tree_add(t, table, NK_NODE_ROW), *cell;

    nk_tree_cell(t, row, "a")->head = true;
    nk_tree_cell(t, row, "b");
    row = nk_tree_add(t, table, NK_NODE_ROW);
    cell = nk_tree_cell(t, row, "c");
    cell->span = 2;
    assert_article(t, NK_HTML_READ,
                   "<table><tr><th><p>a</p>\n</th>\n<td><p>b</p>\n</td>\n"
                   "</tr>\n<tr><td colspan=\"2\"><p>c</p>\n</td>\n</tr>\n"
                   "</table>\n");
}

static void what_is_only_on_paper_is_left_out(void **state)
{
    nk_tree *t = *state;
    nk_node *block = nk_tree_add(t, t->body, NK_NODE_BLOCK), *n;

    nk_tree_add(t, block, NK_NODE_BREAK);
    nk_tree_add(t, block, NK_NODE_SPACE);
    nk_tree_add(t, block, NK_NODE_RULE);
    n = nk_tree_add(t, nk_tree_add(t, block, NK_NODE_KEEP), NK_NODE_IMAGE);
    n->text = NK_STR("arms");
    n->label = NK_STR("Lambang");
    n = nk_tree_add(t, block, NK_NODE_SIGN);
    n->text = NK_STR("kepala");
    n->label = NK_STR("Tempat tanda tangan");
    n = nk_tree_p(t, block, "");
    nk_tree_add(t, n, NK_NODE_PAGE_NO);
    nk_tree_add(t, n, NK_NODE_PAGE_COUNT);
    assert_article(t, NK_HTML_READ,
                   "<div><hr>\n<div></div>\n<p>[Tempat tanda tangan]</p>\n"
                   "<p></p>\n</div>\n");
}

/* ---- Places to write --------------------------------------------------- */

static void places_are_read_as_text(void **state)
{
    nk_tree *t = *state;
    nk_field *f = field(t, "nik", NK_KIND_NIK);
    nk_node *p = nk_tree_p(t, t->body, "");

    place(t, p, NK_NODE_COMB, f, "9901");
    place(t, p, NK_NODE_COMB, f, "");
    place(t, p, NK_NODE_BLANK, f, "Melati");
    place(t, p, NK_NODE_BLANK, f, "");
    place(t, p, NK_NODE_CHECK, f, "P")->checked = true;
    place(t, p, NK_NODE_CHECK, f, "L");
    place(t, t->body, NK_NODE_LINES, f, "Uraian");
    place(t, t->body, NK_NODE_LINES, f, "");
    assert_article(t, NK_HTML_READ,
                   "<p>9901\xE2\x80\xA6Melati\xE2\x80\xA6"
                   "\xE2\x98\x92\xE2\x98\x90</p>\n"
                   "<p>Uraian</p>\n<p>\xE2\x80\xA6</p>\n");
}

static void places_are_inputs(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "");
    nk_field *sex = field(t, "sex", NK_KIND_CHOICE);
    nk_field *many = field(t, "service", NK_KIND_CHOICE);
    nk_field *id = field(t, "id", NK_KIND_ID);

    id->is_attr = true;
    many->repeats = true;
    place(t, p, NK_NODE_BLANK, field(t, "name", NK_KIND_TEXT), "Melati");
    place(t, p, NK_NODE_BLANK, id, "");
    place(t, p, NK_NODE_CHECK, sex, "P")->checked = true;
    place(t, p, NK_NODE_CHECK, sex, "L");
    place(t, p, NK_NODE_CHECK, many, "x");
    place(t, t->body, NK_NODE_LINES, field(t, "story", NK_KIND_LONG_TEXT), "U")
        ->count = 4;
    assert_article(t, NK_HTML_ENTRY,
                   "<p><input{name} value=\"Melati\">"
                   "<input{@id} value=\"\">"
                   "<input type=\"radio\"{sex} value=\"P\" checked>"
                   "<input type=\"radio\"{sex} value=\"L\">"
                   "<input type=\"checkbox\"{service} value=\"x\"></p>\n"
                   "<p><textarea rows=\"4\"{story}>U</textarea></p>\n");
}

/* Places without a field belong to the paper, not to the record. */
static void places_of_nothing_stay_text(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "");

    place(t, p, NK_NODE_BLANK, NULL, "");
    place(t, p, NK_NODE_COMB, NULL, "12");
    place(t, p, NK_NODE_CHECK, NULL, "")->checked = true;
    place(t, t->body, NK_NODE_LINES, NULL, "");
    assert_article(t, NK_HTML_ENTRY,
                   "<p>\xE2\x80\xA6"
                   "12\xE2\x98\x92</p>\n<p>\xE2\x80\xA6</p>\n");
}

/* Three boxes in one paragraph are one date; two dates are two. */
static void boxes_of_a_date_are_one_input(void **state)
{
    nk_tree *t = *state;
    nk_field *born = field(t, "born", NK_KIND_DATE);
    nk_field *told = field(t, "told", NK_KIND_PARTIAL_DATE);
    nk_node *p = nk_tree_p(t, t->body, "");

    place(t, p, NK_NODE_COMB, born, "15");
    place(t, p, NK_NODE_COMB, born, "07");
    place(t, p, NK_NODE_COMB, born, "1995");
    place(t, p, NK_NODE_COMB, told, "");
    place(t, p, NK_NODE_COMB, told, "10");
    place(t, p, NK_NODE_COMB, told, "2026");
    assert_article(t, NK_HTML_ENTRY,
                   "<p><input{born} value=\"15-07-1995\">"
                   "<input{told} value=\"10-2026\"></p>\n");
}

/* A field that repeats has as many inputs as the paper has places. */
static void a_field_that_repeats_has_many_inputs(void **state)
{
    nk_tree *t = *state;
    nk_field *f = field(t, "duty", NK_KIND_TEXT);
    nk_node *p = nk_tree_p(t, t->body, "");

    place(t, p, NK_NODE_BLANK, f, "a");
    place(t, p, NK_NODE_BLANK, f, "b");
    place(t, nk_tree_p(t, t->body, ""), NK_NODE_COMB, f, "c");
    place(t, nk_tree_p(t, t->body, ""), NK_NODE_COMB, f, "d");
    assert_article(t, NK_HTML_ENTRY,
                   "<p><input{duty} value=\"a\"><input{duty} value=\"b\"></p>\n"
                   "<p><input{duty} value=\"c\"></p>\n"
                   "<p><input{duty} value=\"d\"></p>\n");
}

static void a_page_stands_by_itself(void **state)
{
    nk_tree *t = *state;
    nk_str out = NK_EMPTY;

    t->doc.title = NK_STR("Surat & lain");
    nk_tree_p(t, t->body, "a");
    assert_int_equal(
        nk_html_page(&t->ctx, &t->arena, &t->doc, NK_HTML_READ, &out), NK_OK);
    assert_str(out, "<!doctype html>\n<html lang=\"id\"><head>"
                    "<meta charset=\"utf-8\"><title>Surat &amp; lain</title>"
                    "</head><body>\n<article lang=\"id\">\n<p>a</p>\n"
                    "</article>\n</body></html>\n");
    assert_int_equal(
        nk_html_page(&t->ctx, &t->arena, &t->doc, NK_HTML_ENTRY, &out), NK_OK);
    assert_true(nk_str_search(out, NK_STR("<body>\n<form method=\"post\">\n"
                                          "<article")) < out.len);
    assert_true(nk_str_ends(out, NK_STR("</article>\n</form>\n"
                                        "</body></html>\n")));
}

/* ---- Real papers ------------------------------------------------------- */

/* The words of a tree in reading order, a blank between any two places. */
static nk_str words_of_tree(nk_papers *p, const nk_doc *doc)
{
    nk_walk_event ev;
    nk_walk w;
    nk_buf b;

    nk_buf_init(&b, &p->arena);
    nk_walk_init(&w, doc->body);
    while (nk_walk_next(&w, &ev)) {
        if (!ev.entering)
            continue;
        if (ev.node->kind == NK_NODE_SIGN)
            nk_buf_puts(&b, ev.node->label);
        else if (ev.node->kind != NK_NODE_CHECK &&
                 ev.node->kind != NK_NODE_LIST &&
                 ev.node->kind != NK_NODE_IMAGE)
            nk_buf_puts(&b, ev.node->text);
    }
    return nk_buf_str(&b);
}

/* The character an entity stands for; anything else is the end. */
static char entity(nk_str *rest)
{
    static const struct {
        const char *name;
        char c;
    } list[] = {
        { "&amp;", '&' },  { "&lt;", '<' },   { "&gt;", '>' },
        { "&quot;", '"' }, { "&#39;", '\'' },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(list); i++) {
        nk_str name = nk_str_of(list[i].name);

        if (nk_str_starts(*rest, name)) {
            *rest = nk_str_skip(*rest, name.len);
            return list[i].c;
        }
    }
    fail_msg("unknown entity: %.*s", (int)(rest->len < 10 ? rest->len : 10),
             rest->ptr);
    return 0;
}

/* Take a tag and keep account of what is open. */
static void take_tag(nk_str *rest, nk_str *open, size_t *depth)
{
    size_t end = nk_str_find(*rest, '>');
    nk_str tag = nk_str_head(nk_str_skip(*rest, 1), end - 1), name;
    bool closing = nk_str_starts(tag, NK_STR("/"));

    assert_true(end < rest->len);
    *rest = nk_str_skip(*rest, end + 1);
    assert_int_equal(nk_str_find(tag, '<'), tag.len);
    name = nk_str_skip(tag, closing);
    name = nk_str_head(name, nk_str_find(name, ' '));
    if (nk_str_eq(name, NK_STR("br")) || nk_str_eq(name, NK_STR("hr")))
        return;
    if (!closing) {
        assert_true(*depth < 64);
        open[(*depth)++] = name;
        return;
    }
    assert_true(*depth > 0);
    (*depth)--;
    assert_true(nk_str_eq(open[*depth], name));
}

/* What a reader sees of an article: it must be well-formed. */
static nk_str words_of_html(nk_papers *p, nk_str html)
{
    nk_str open[64];
    size_t depth = 0;
    nk_buf b;

    nk_buf_init(&b, &p->arena);
    while (html.len) {
        if (html.ptr[0] == '<') {
            take_tag(&html, open, &depth);
        } else if (html.ptr[0] == '&') {
            nk_buf_putc(&b, entity(&html));
        } else {
            nk_buf_putc(&b, html.ptr[0]);
            html = nk_str_skip(html, 1);
        }
    }
    assert_int_equal(depth, 0);
    return nk_buf_str(&b);
}

/* Text without white space and without what stands for an empty place. */
static nk_str letters_of(nk_papers *p, nk_str s)
{
    static const char *const signs[] = { "\xE2\x80\xA6", "\xE2\x98\x92",
                                         "\xE2\x98\x90", "[", "]" };
    size_t i;
    nk_buf b;

    nk_buf_init(&b, &p->arena);
    while (s.len) {
        for (i = 0; i < NK_COUNT(signs); i++)
            if (nk_str_starts(s, nk_str_of(signs[i])))
                break;
        if (i < NK_COUNT(signs)) {
            s = nk_str_skip(s, strlen(signs[i]));
            continue;
        }
        if (!nk_is_space(s.ptr[0]))
            nk_buf_putc(&b, s.ptr[0]);
        s = nk_str_skip(s, 1);
    }
    return nk_buf_str(&b);
}

static void compare(nk_papers *p, const nk_doc *doc)
{
    nk_str html = article_of(&p->ctx, &p->arena, doc, NK_HTML_READ), want, got;

    want = letters_of(p, words_of_tree(p, doc));
    got = letters_of(p, words_of_html(p, html));
    assert_true(want.len > 500);
    assert_str(got, nk_str_z(&p->arena, want));
}

/* Nothing runs, and nothing is fetched. */
static void check_harmless(nk_papers *p, const nk_doc *doc)
{
    static const char *const never[] = { "<script", "<style", "<link", "<img",
                                         " href=",  " src=",  " on",   "http" };
    nk_str html = NK_EMPTY;
    size_t i;

    assert_int_equal(
        nk_html_page(&p->ctx, &p->arena, doc, NK_HTML_ENTRY, &html), NK_OK);
    for (i = 0; i < NK_COUNT(never); i++)
        if (nk_str_search(html, nk_str_of(never[i])) < html.len)
            fail_msg("%s in the HTML of a paper", never[i]);
}

static void real_papers_are_read_word_for_word(void **state)
{
    static const struct {
        const char *id, *record;
    } papers[] = {
        { "formulir-pengaduan", "mojokerto-nama-panjang" },
        { "naskah-kesepakatan-layanan", "sekadau-pendampingan" },
        { "surat-pengantar-rujukan-krisis", "barito-utara-krisis-1" },
        { "surat-rujukan-kesehatan", "tanjungpinang-diakritik" },
    };
    static const nk_mode modes[] = { NK_MODE_FILLED, NK_MODE_HALF,
                                     NK_MODE_BLANK };
    nk_papers *p = malloc(sizeof(*p));
    char path[256];
    nk_doc *doc;
    size_t i, k;

    (void)state;
    assert_non_null(p);
    nk_papers_open(p);
    for (i = 0; i < NK_COUNT(papers); i++) {
        snprintf(path, sizeof(path), "tests/cases/%s.xml", papers[i].record);
        for (k = 0; k < NK_COUNT(modes); k++) {
            nk_papers_order order = { .mode = modes[k] };

            nk_papers_next(p);
            order.template = nk_papers_template(p, papers[i].id);
            order.record = nk_papers_file(p, &p->arena, path);
            order.office = modes[k] == NK_MODE_BLANK ? "sekadau" : NULL;
            nk_papers_check(p, nk_papers_bind(p, &order, &doc), papers[i].id);
            compare(p, doc);
            check_harmless(p, doc);
        }
    }
    nk_papers_close(p);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(special_characters_are_escaped),
        NK_TREE_TEST(nothing_leaves_unescaped),
        NK_TREE_TEST(words_have_their_elements),
        NK_TREE_TEST(lists_number_as_on_paper),
        NK_TREE_TEST(tables_have_rows_and_heads),
        NK_TREE_TEST(what_is_only_on_paper_is_left_out),
        NK_TREE_TEST(places_are_read_as_text),
        NK_TREE_TEST(places_are_inputs),
        NK_TREE_TEST(places_of_nothing_stay_text),
        NK_TREE_TEST(boxes_of_a_date_are_one_input),
        NK_TREE_TEST(a_field_that_repeats_has_many_inputs),
        NK_TREE_TEST(a_page_stands_by_itself),
        cmocka_unit_test(real_papers_are_read_word_for_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
