/*
 * Expressions: compiled once, worked out at a node, with functions and
 * variables; what cannot be worked out, or not soon enough, is said.
 */
#include "../support/said.h"

#include "xml/xml.h"

/* An expression at work on a small document. */
struct bench {
    nk_desk *d;
    nk_xml *x;
    nk_xpath_env *env;
    int calls;
};

static const nk_place here = { .file = { "t.xml", 5 }, .line = 7, .column = 9 };

/* join(a), join(a, b), join(a, b, c): with "-" between. */
static bool join(void *data, const nk_str *args, size_t n, nk_buf *out)
{
    struct bench *b = data;
    size_t i;

    b->calls++;
    for (i = 0; i < n; i++) {
        if (i)
            nk_buf_putc(out, '-');
        nk_buf_puts(out, args[i]);
    }
    return true;
}

static bool refuse(void *data, const nk_str *args, size_t n, nk_buf *out)
{
    (void)data, (void)args, (void)n, (void)out;
    return false;
}

static const nk_xpath_fn functions[] = {
    { "join", 1, 3, join },
    { "refuse", 0, 1, refuse },
};

static int bench_open(void **state)
{
    static const char doc[] =
        "<a n='1'>\n<b>x</b><b>y</b>\n<c><b>z</b><d>12</d></c><e/></a>";
    struct bench *b = test_malloc(sizeof(*b));
    nk_problems p;
    void *d;

    if (nk_desk_open(&d) < 0)
        return -1;
    b->d = d;
    b->calls = 0;
    *state = b;
    nk_problems_init(&p, &b->d->arena);
    if (nk_xml_open(&b->d->ctx, nk_str_of(doc), NK_STR("a.xml"), &p, &b->x) <
            0 ||
        nk_xpath_env_open(&b->d->ctx, functions, NK_COUNT(functions), b,
                          &b->env) < 0)
        return -1;
    return 0;
}

static int bench_close(void **state)
{
    struct bench *b = *state;
    void *d = b->d;

    nk_xpath_env_close(b->env);
    nk_xml_close(b->x);
    test_free(b);
    return nk_desk_close(&d);
}

#define BENCH_TEST(test)                                                       \
    cmocka_unit_test_setup_teardown((test), bench_open, bench_close)

static nk_xpath *compiled(struct bench *b, nk_str text)
{
    nk_problems p;
    nk_xpath *x;

    nk_problems_init(&p, &b->d->arena);
    assert_int_equal(nk_xpath_open(&b->d->ctx, text, here, &p, &x), NK_OK);
    if (!x)
        fail_msg("\"%.*s\" is right", (int)text.len, text.ptr);
    assert_int_equal(p.errors, 0);
    return x;
}

static nk_err text_at(struct bench *b, const char *expression, nk_xml_node *at,
                      nk_str *out)
{
    nk_xpath *x = compiled(b, nk_str_of(expression));
    nk_err rc =
        nk_xpath_text(&b->d->ctx, &b->d->arena, b->env, x, at, here, out);

    nk_xpath_close(x);
    return rc;
}

static void gives_text(void **state)
{
    static const struct {
        const char *expression, *text;
    } rows[] = {
        { "b", "x" },
        { "b[2]", "y" },
        { "c/b", "z" },
        { "@n", "1" },
        { "none", "" },
        { "'word'", "word" },
        { "1 + 2", "3" },
        { "1 div 4", "0.25" },
        { "c/d * 2", "24" },
        { "b + 1", "" },   /* not a number */
        { "1 div 0", "" }, /* none either */
        { "-1 div 0", "" },
        { "string('NaN')", "NaN" },
        { "count(b)", "2" },
        { "b = 'y'", "true" },
        { "concat(b[1], '/', c/d)", "x/12" },
        { "normalize-space(' a  b ')", "a b" },
        { "join(b[1])", "x" },
        { "join(b[1], 2, true())", "x-2-true" },
        { "join(join('a', 'b'), c/d)", "a-b-12" },
        { "join('\xC3\xA9')", "\xC3\xA9" },
        { "substring('R\xC3\xA9n', 2, 1)", "\xC3\xA9" },
        { "join('')", "" },
    };
    struct bench *b = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str text = NK_EMPTY;

        if (text_at(b, rows[i].expression, nk_xml_root(b->x), &text) < 0)
            fail_msg("%s", rows[i].expression);
        assert_str(text, rows[i].text);
        assert_non_null(text.ptr);
    }
}

static void gives_elements_only(void **state)
{
    static const struct {
        const char *expression, *names;
    } rows[] = {
        { "*", "bbce" }, { "//b", "bbb" },       { "none", "" },
        { "c/*", "bd" }, { "b | c/d", "bbd" },   { ".", "a" },
        { "@n", "" },    { "b/text()", "" },     { "//node()", "abbcbde" },
        { "/", "" },     { "namespace::*", "" }, { "c/..", "a" },
    };
    struct bench *b = *state;
    size_t i, k;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_xpath *x = compiled(b, nk_str_of(rows[i].expression));
        nk_xml_node **nodes;
        nk_buf names;
        size_t n = 99;

        assert_int_equal(nk_xpath_nodes(&b->d->ctx, &b->d->arena, b->env, x,
                                        nk_xml_root(b->x), here, &nodes, &n),
                         NK_OK);
        nk_buf_init(&names, &b->d->arena);
        for (k = 0; k < n; k++)
            nk_buf_puts(&names, nk_xml_name(nodes[k]));
        assert_str(nk_buf_str(&names), rows[i].names);
        nk_xpath_close(x);
    }
}

static void gives_truth(void **state)
{
    static const struct {
        const char *expression;
        bool holds;
    } rows[] = {
        { "b", true },
        { "none", false },
        { "b = 'y'", true },
        { "b = 'q'", false },
        { "e", true },
        { "string(e)", false },
        { "count(b) > 1", true },
        { "not(none)", true },
        { "0", false },
        { "'x'", true },
        { "c[d > 12]", false },
        { "join('')", false },
    };
    struct bench *b = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_xpath *x = compiled(b, nk_str_of(rows[i].expression));
        bool holds = !rows[i].holds;

        assert_int_equal(nk_xpath_test(&b->d->ctx, b->env, x, nk_xml_root(b->x),
                                       here, &holds),
                         NK_OK);
        if (holds != rows[i].holds)
            fail_msg("%s", rows[i].expression);
        nk_xpath_close(x);
    }
}

static void knows_variables(void **state)
{
    struct bench *b = *state;
    nk_ctx *ctx = &b->d->ctx;
    nk_xml_node *nodes[2];
    nk_str text;

    nodes[0] = nk_xml_child(nk_xml_root(b->x), NK_STR("c"));
    nodes[1] = nk_xml_child(nk_xml_root(b->x), NK_STR("b"));
    assert_int_equal(nk_xpath_set_nodes(ctx, b->env, NK_STR("v"), nodes, 2),
                     NK_OK);
    assert_int_equal(text_at(b, "count($v)", nodes[1], &text), NK_OK);
    assert_str(text, "2");
    assert_int_equal(text_at(b, "$v/d", nodes[1], &text), NK_OK);
    assert_str(text, "12");
    assert_int_equal(nk_xpath_set_nodes(ctx, b->env, NK_STR("v"), NULL, 0),
                     NK_OK);
    assert_int_equal(text_at(b, "count($v)", nodes[1], &text), NK_OK);
    assert_str(text, "0");
    assert_int_equal(
        nk_xpath_set_text(ctx, b->env, NK_STR("v"), NK_STR("Melati & Mawar")),
        NK_OK);
    assert_int_equal(text_at(b, "join($v, '!')", nodes[1], &text), NK_OK);
    assert_str(text, "Melati & Mawar-!");
    assert_int_equal(b->calls, 1);
}

static void knows_position(void **state)
{
    struct bench *b = *state;
    nk_str text;

    nk_xpath_set_position(b->env, 3, 7);
    assert_int_equal(text_at(b, "concat(position(), ' of ', last())",
                             nk_xml_root(b->x), &text),
                     NK_OK);
    assert_str(text, "3 of 7");
    /* Predicates count for themselves and change nothing. */
    assert_int_equal(text_at(b, "concat(b[position() = 2], position())",
                             nk_xml_root(b->x), &text),
                     NK_OK);
    assert_str(text, "y3");
}

static void refuses_what_is_no_expression(void **state)
{
    static const struct {
        const char *expression, *words;
    } rows[] = {
        { "", "Ungkapan \"\" salah tulis dekat \"\".\n" },
        { "b[", "Ungkapan \"b[\" salah tulis dekat \"\".\n" },
        { "b]", "Ungkapan \"b]\" salah tulis dekat \"]\".\n" },
        { "a b", "Ungkapan \"a b\" salah tulis dekat \"b\".\n" },
        { "join('a'", "Ungkapan \"join('a'\" salah tulis dekat \"\".\n" },
        { "'a", "Ungkapan \"'a\" salah tulis dekat \"\".\n" },
        { "1 +", "Ungkapan \"1 +\" salah tulis dekat \"\".\n" },
    };
    struct bench *b = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_problems p;
        nk_xpath *x;

        nk_problems_init(&p, &b->d->arena);
        assert_int_equal(nk_xpath_open(&b->d->ctx,
                                       nk_str_of(rows[i].expression), here, &p,
                                       &x),
                         NK_OK);
        assert_null(x);
        assert_said(&p, "7:9 XPATH_SYNTAX\n");
        assert_str(words_of(&p), rows[i].words);
    }
}

static void fails_where_it_cannot(void **state)
{
    static const struct {
        const char *expression;
        nk_err rc;
        const char *msg, *arg;
    } rows[] = {
        { "refuse('a')", NK_E_INVALID, "XPATH_ARGUMENT", "refuse" },
        { "join()", NK_E_INVALID, "XPATH_ARITY", "join" },
        { "join(1, 2, 3, 4)", NK_E_INVALID, "XPATH_ARITY", "join" },
        { "$none", NK_E_INVALID, "XPATH_EVAL", "$none" },
        { "nosuch(1)", NK_E_INVALID, "XPATH_EVAL", "nosuch(1)" },
        { "q:b", NK_E_INVALID, "XPATH_EVAL", "q:b" },
        { "count(1)", NK_E_INVALID, "XPATH_ARGUMENT", "count(1)" },
        { "count()", NK_E_INVALID, "XPATH_ARITY", "count()" },
        { "concat('a')", NK_E_INVALID, "XPATH_ARITY", "concat('a')" },
    };
    struct bench *b = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str text = NK_STR("before");
        const nk_fault *f = &b->d->ctx.fault;

        assert_int_equal(
            text_at(b, rows[i].expression, nk_xml_root(b->x), &text),
            rows[i].rc);
        assert_str(text, "before");
        assert_fault(&b->d->ctx, rows[i].msg);
        assert_str(f->args.v[0], rows[i].arg);
        assert_str(f->place.file, "t.xml");
        assert_int_equal(f->place.line, 7);
        assert_int_equal(f->place.column, 9);
    }
}

static void wants_nodes_where_nodes_are_due(void **state)
{
    struct bench *b = *state;
    nk_xpath *x = compiled(b, NK_STR("count(b)"));
    nk_xml_node **nodes;
    size_t n;

    assert_int_equal(nk_xpath_nodes(&b->d->ctx, &b->d->arena, b->env, x,
                                    nk_xml_root(b->x), here, &nodes, &n),
                     NK_E_INVALID);
    assert_fault(&b->d->ctx, "XPATH_NOT_NODES");
    nk_xpath_close(x);
}

/* A document of n elements below its root. */
static nk_xml *wide(struct bench *b, int n)
{
    nk_problems p;
    nk_buf s;
    nk_xml *x;
    int i;

    nk_buf_init(&s, &b->d->arena);
    nk_buf_lit(&s, "<a>");
    for (i = 0; i < n; i++)
        nk_buf_lit(&s, "<b>x</b>");
    nk_buf_lit(&s, "</a>");
    nk_problems_init(&p, &b->d->arena);
    assert_int_equal(
        nk_xml_open(&b->d->ctx, nk_buf_str(&s), NK_STR("w.xml"), &p, &x),
        NK_OK);
    return x;
}

static void ends_what_never_ends(void **state)
{
    static const char *const rows[] = {
        "count(//*[//*[//*]])",
        "count(//*//*//*//*//*//*)",
        "count(*[. = ../*[. = ../*[. != ../*]]])",
        "count(*/../*/../*/../*/../*/../*)",
        "string(*[count(preceding-sibling::*[following-sibling::*]) > 1e9])",
    };
    struct bench *b = *state;
    nk_xml *x = wide(b, 20000);
    nk_str text;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_int_equal(text_at(b, rows[i], nk_xml_root(x), &text),
                         NK_E_LIMIT);
        assert_fault(&b->d->ctx, "XPATH_TOO_LONG");
        assert_int_equal(b->d->ctx.fault.place.line, 7);
    }
    /* The limit is of each evaluation, not of what came before. */
    assert_int_equal(text_at(b, "count(*)", nk_xml_root(x), &text), NK_OK);
    assert_str(text, "20000");
    nk_xml_close(x);
}

static void bounds_all_together(void **state)
{
    struct bench *b = *state;
    nk_xml *x = wide(b, 1000);
    nk_xml_node *root = nk_xml_root(x);
    nk_str text;
    int n = 0;

    nk_xpath_env_bound(b->env, 10000);
    while (n < 100 && text_at(b, "count(*)", root, &text) == NK_OK)
        n++;
    assert_true(n >= 5 && n <= 9);
    assert_fault(&b->d->ctx, "XPATH_NO_END");
    assert_int_equal(text_at(b, "'x'", root, &text), NK_E_LIMIT);
    nk_xpath_env_bound(b->env, 10000);
    assert_int_equal(text_at(b, "count(*)", root, &text), NK_OK);
    nk_xpath_env_bound(b->env, 0);
    for (n = 0; n < 100; n++)
        assert_int_equal(text_at(b, "count(*)", root, &text), NK_OK);
    /* One that is too long for itself says so, bound or not. */
    nk_xpath_env_bound(b->env, 10 * NK_MAX_XPATH_OPS);
    assert_int_equal(text_at(b, "count(//*[count(//*) > 0])", root, &text),
                     NK_E_LIMIT);
    assert_fault(&b->d->ctx, "XPATH_TOO_LONG");
    nk_xml_close(x);
}

/* A plain path over more nodes than steps are left leaves none. */
static void counts_the_steps_of_plain_paths(void **state)
{
    struct bench *b = *state;
    nk_xml_node *root, **nodes;
    nk_xpath *path;
    nk_problems p;
    nk_str text;
    nk_buf wide;
    nk_xml *x;
    size_t n;

    nk_buf_init(&wide, &b->d->arena);
    nk_buf_lit(&wide, "<r>");
    for (n = 1; n < NK_MAX_XML_NODES; n++)
        nk_buf_lit(&wide, " <a/>");
    nk_buf_lit(&wide, "</r>");
    nk_problems_init(&p, &b->d->arena);
    assert_int_equal(
        nk_xml_open(&b->d->ctx, nk_buf_str(&wide), NK_STR("w.xml"), &p, &x),
        NK_OK);
    root = nk_xml_root(x);
    assert_int_equal(
        nk_xpath_open(&b->d->ctx, NK_STR("a"), NK_NOWHERE, &p, &path), NK_OK);
    nk_xpath_env_bound(b->env, NK_MAX_XML_NODES + 1);
    assert_int_equal(nk_xpath_nodes(&b->d->ctx, &b->d->arena, b->env, path,
                                    root, NK_NOWHERE, &nodes, &n),
                     NK_OK);
    assert_int_equal(n, NK_MAX_XML_NODES - 1);
    assert_int_equal(text_at(b, "'x'", root, &text), NK_E_LIMIT);
    assert_fault(&b->d->ctx, "XPATH_NO_END");
    nk_xpath_close(path);
    nk_xml_close(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BENCH_TEST(gives_text),
        BENCH_TEST(gives_elements_only),
        BENCH_TEST(gives_truth),
        BENCH_TEST(knows_variables),
        BENCH_TEST(knows_position),
        BENCH_TEST(refuses_what_is_no_expression),
        BENCH_TEST(fails_where_it_cannot),
        BENCH_TEST(wants_nodes_where_nodes_are_due),
        BENCH_TEST(ends_what_never_ends),
        BENCH_TEST(bounds_all_together),
        BENCH_TEST(counts_the_steps_of_plain_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
