/*
 * Walking, building and writing trees.
 */
#include "../support/said.h"

#include "xml/xml.h"

static nk_xml *read_it(nk_desk *d, nk_str bytes)
{
    nk_problems p;
    nk_xml *x;

    nk_problems_init(&p, &d->arena);
    if (nk_xml_open(&d->ctx, bytes, NK_STR("a.xml"), &p, &x) < 0)
        fail_msg("refused: %.*s", (int)bytes.len, bytes.ptr);
    return x;
}

static nk_str written(nk_desk *d, const nk_xml *x, nk_str ns)
{
    nk_str out;

    assert_int_equal(nk_xml_write(&d->ctx, &d->arena, x, ns, &out), NK_OK);
    return out;
}

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static void walks_elements(void **state)
{
    nk_desk *d = *state;
    nk_xml *x = read_it(d, NK_STR("<a>one<b/> two <!-- x --><c>d</c><?x?>"
                                  "<b n='2'/>\n</a>"));
    nk_xml_node *root = nk_xml_root(x), *b = nk_xml_first(root);
    nk_xml_node *c = nk_xml_next(b), *last = nk_xml_next(c);

    assert_str(nk_xml_name(root), "a");
    assert_null(nk_xml_parent(root));
    assert_null(nk_xml_next(root));
    assert_str(nk_xml_name(b), "b");
    assert_null(nk_xml_first(b));
    assert_str(nk_xml_name(c), "c");
    assert_ptr_equal(nk_xml_parent(c), root);
    assert_str(nk_xml_attr_or(last, NK_STR("n"), NK_EMPTY), "2");
    assert_null(nk_xml_next(last));
    assert_ptr_equal(nk_xml_child(root, NK_STR("b")), b);
    assert_ptr_equal(nk_xml_child(root, NK_STR("c")), c);
    assert_null(nk_xml_child(root, NK_STR("d")));
    nk_xml_close(x);
}

static void walks_parts(void **state)
{
    static const struct {
        bool is_text;
        const char *is;
    } want[] = { { true, "one" }, { false, "b" }, { true, " two " },
                 { false, "c" },  { false, "b" }, { true, "\n" } };
    nk_desk *d = *state;
    nk_xml *x = read_it(d, NK_STR("<a>one<b/> two <!-- x --><c>d</c><?x?>"
                                  "<b n='2'/>\n</a>"));
    nk_xml_node *n = nk_xml_first_part(nk_xml_root(x));
    size_t i;

    for (i = 0; i < NK_COUNT(want); i++, n = nk_xml_next_part(n)) {
        assert_non_null(n);
        assert_int_equal(nk_xml_is_text(n), want[i].is_text);
        assert_str(want[i].is_text ? nk_xml_text(n) : nk_xml_name(n),
                   want[i].is);
        assert_ptr_equal(nk_xml_parent(n), nk_xml_root(x));
        /* A text has the place of the element it is in. */
        if (nk_xml_is_text(n))
            assert_int_equal(nk_xml_place(n).column, 1);
    }
    assert_null(n);
    nk_xml_close(x);
}

static void reads_texts(void **state)
{
    nk_desk *d = *state;
    nk_xml *x =
        read_it(d, NK_STR("<a><b>Melati <i>Contoh</i> Sari</b><c>x</c><d/>"
                          "</a>"));
    nk_xml_node *b = nk_xml_first(nk_xml_root(x));
    nk_xml_node *c = nk_xml_next(b);

    assert_str(nk_xml_text(b), ""); /* more than one text */
    assert_str(nk_xml_all_text(&d->arena, b), "Melati Contoh Sari");
    assert_str(nk_xml_text(c), "x");
    assert_str(nk_xml_text(nk_xml_first_part(c)), "x");
    assert_str(nk_xml_all_text(&d->arena, c), "x");
    assert_str(nk_xml_all_text(&d->arena, nk_xml_next(c)), "");
    assert_str(nk_xml_all_text(&d->arena, nk_xml_root(x)),
               "Melati Contoh Sarix");
    nk_xml_close(x);
}

static void reads_attributes(void **state)
{
    static const char *const want[] = { "b=1", "c=", "e=x  y" };
    nk_desk *d = *state;
    nk_xml *x = read_it(d, NK_STR("<a b='1' xmlns:q='urn:q' q:b='2' c='' "
                                  "q:d='3' e='x\n\ty'/>"));
    nk_xml_node *a = nk_xml_root(x);
    nk_str name, v = NK_STR("before");
    size_t k;

    assert_true(nk_xml_attr(a, NK_STR("b"), &v));
    assert_str(v, "1");
    assert_true(nk_xml_attr(a, NK_STR("c"), &v));
    assert_str(v, "");
    assert_non_null(v.ptr);
    v = NK_STR("before");
    assert_false(nk_xml_attr(a, NK_STR("d"), &v));
    assert_false(nk_xml_attr_ns(a, NK_STR("urn:z"), NK_STR("b"), &v));
    assert_str(v, "before");
    assert_true(nk_xml_attr_ns(a, NK_STR("urn:q"), NK_STR("b"), &v));
    assert_str(v, "2");
    assert_str(nk_xml_attr_or(a, NK_STR("d"), NK_STR("else")), "else");
    for (k = 0; k < NK_COUNT(want); k++) {
        nk_buf b;

        assert_true(nk_xml_attr_at(a, k, &name, &v));
        nk_buf_init(&b, &d->arena);
        nk_buf_puts(&b, name);
        nk_buf_putc(&b, '=');
        nk_buf_puts(&b, v);
        assert_str(nk_buf_str(&b), want[k]);
    }
    assert_false(nk_xml_attr_at(a, k, &name, &v));
    nk_xml_close(x);
}

static void reads_escapes_in_attributes(void **state)
{
    static const struct {
        const char *xml, *value;
    } rows[] = {
        { "<a b='&lt;&gt;&amp;&quot;&apos;'/>", "<>&\"'" },
        { "<a b=\"it's &#65;&#x42;\"/>", "it's AB" },
        { "<a b='&#38;lt;'/>", "&lt;" },
        { "<a b='x&amp;amp;y&#10;z&#9;'/>", "x&amp;y\nz\t" },
        { "<a b='\xC3\xA9&#xE9;'/>", "\xC3\xA9\xC3\xA9" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_xml *x = read_it(*state, nk_str_of(rows[i].xml));

        assert_str(nk_xml_attr_or(nk_xml_root(x), NK_STR("b"), NK_EMPTY),
                   rows[i].value);
        nk_xml_close(x);
    }
}

static void knows_namespaces(void **state)
{
    nk_desk *d = *state;
    nk_xml *x = read_it(d, NK_STR("<a xmlns='urn:a' xmlns:q='urn:q'><b/>"
                                  "<q:b/><b xmlns=''/></a>"));
    nk_xml_node *e = nk_xml_first(nk_xml_root(x));

    assert_str(nk_xml_ns(nk_xml_root(x)), "urn:a");
    assert_str(nk_xml_ns(e), "urn:a");
    e = nk_xml_next(e);
    assert_str(nk_xml_ns(e), "urn:q");
    assert_str(nk_xml_name(e), "b");
    assert_str(nk_xml_ns(nk_xml_next(e)), "");
    nk_xml_drop_ns(x);
    assert_str(nk_xml_ns(nk_xml_root(x)), "");
    assert_str(nk_xml_ns(e), "");
    nk_xml_close(x);
}

static void keeps_marks(void **state)
{
    nk_desk *d = *state;
    nk_xml *x = read_it(d, NK_STR("<a><b/></a>"));
    nk_xml_node *b = nk_xml_first(nk_xml_root(x));

    assert_null(nk_xml_mark(b));
    nk_xml_set_mark(b, d);
    assert_ptr_equal(nk_xml_mark(b), d);
    assert_null(nk_xml_mark(nk_xml_root(x)));
    nk_xml_close(x);
}

static void builds(void **state)
{
    nk_desk *d = *state;
    nk_xml_node *e, *root;
    nk_str long_text;
    nk_place at;
    nk_buf b;
    nk_xml *x;

    nk_buf_init(&b, &d->arena);
    nk_buf_fill(&b, 'n', 1000);
    long_text = nk_buf_str(&b);
    assert_int_equal(nk_xml_new(&d->ctx, NK_STR("case"), &x), NK_OK);
    root = nk_xml_root(x);
    e = nk_xml_add(root, NK_STR("name"), NK_STR("A < B & \"C\"\r"));
    assert_true(nk_xml_set_attr(e, NK_STR("id"), NK_STR("x\"<>&\n\t")));
    assert_true(nk_xml_set_attr(e, NK_STR("gone"), NK_STR("x")));
    nk_xml_remove_attr(e, NK_STR("gone"));
    nk_xml_remove_attr(e, NK_STR("never"));
    at = nk_xml_place(e);
    assert_int_equal(at.line, 0);
    assert_str(at.file, "");
    assert_int_equal(nk_xml_attr_place(e, NK_STR("id")).line, 0);
    assert_non_null(nk_xml_add(e, NK_STR("inner"), NK_EMPTY));
    assert_str(nk_xml_text(e), "");
    nk_xml_remove(nk_xml_first(e));
    assert_str(nk_xml_text(e), "A < B & \"C\"\r");
    e = nk_xml_add(root, NK_STR("empty"), NK_EMPTY);
    assert_str(nk_xml_text(e), "");
    e = nk_xml_add(root, long_text, long_text);
    assert_true(nk_xml_set_attr(e, long_text, long_text));
    assert_true(nk_str_eq(nk_xml_name(e), long_text));
    assert_true(nk_str_eq(nk_xml_attr_or(e, long_text, NK_EMPTY), long_text));
    nk_xml_remove(e);
    assert_str(written(d, x, NK_STR("urn:c")),
               HEAD "<case xmlns=\"urn:c\">\n"
                    "  <name id=\"x&quot;&lt;&gt;&amp;&#10;&#9;\">"
                    "A &lt; B &amp; \"C\"&#13;</name>\n"
                    "  <empty/>\n"
                    "</case>\n");
    nk_xml_close(x);
}

/* What is written is read as what it was. */
static void writes_what_it_read(void **state)
{
    static const char *const same[] = {
        HEAD "<a/>\n",
        HEAD "<a>x</a>\n",
        HEAD "<a> x\ty\nz&#13; </a>\n",
        HEAD "<a> </a>\n",
        HEAD "<a b=\"1\" c=\"\">\n  <d>\n    <e>x</e>\n    <e/>\n  </d>\n"
             "  <f>y</f>\n</a>\n",
        HEAD "<a b=\"&#10;&#9;&#13; &quot;\">&lt;&amp;</a>\n",
        HEAD "<a>\n  <b>\n    <c>\n      <d/>\n    </c>\n  </b>\n</a>\n",
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(same); i++) {
        nk_xml *x = read_it(d, nk_str_of(same[i]));

        assert_str(written(d, x, NK_EMPTY), same[i]);
        nk_xml_close(x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(walks_elements),
        NK_DESK_TEST(walks_parts),
        NK_DESK_TEST(reads_texts),
        NK_DESK_TEST(reads_attributes),
        NK_DESK_TEST(reads_escapes_in_attributes),
        NK_DESK_TEST(knows_namespaces),
        NK_DESK_TEST(keeps_marks),
        NK_DESK_TEST(builds),
        NK_DESK_TEST(writes_what_it_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
