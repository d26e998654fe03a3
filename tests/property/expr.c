/*
 * Random paths over random trees: walked by room xml itself or evaluated by
 * libxml2 they come to the same nodes, text and truth.
 *
 * Every tree has its seed from its number; NK_SEED=N tries that one alone.
 */
#include "../support/check.h"
#include "../support/bothways.h"

#include <stdio.h>
#include <stdlib.h>

#define TREES 300
#define PATHS 120 /* tried at each tree */
#define NODES 60  /* of a tree that expressions stand at, at most */

struct wood {
    nk_desk *d;
    nk_xpath_env *env;
    nk_xml *x;
    nk_xml_node *nodes[NODES];
    size_t n;
    uint64_t seed, state;
    unsigned found; /* paths that led to something */
};

/* 0 .. n - 1; xorshift64*. */
static unsigned pick(struct wood *w, unsigned n)
{
    w->state ^= w->state >> 12;
    w->state ^= w->state << 25;
    w->state ^= w->state >> 27;
    return (unsigned)((w->state * UINT64_C(2685821657736338717) >> 33) % n);
}

static const char *one_of(struct wood *w, const char *const *list, unsigned n)
{
    return list[pick(w, n)];
}

/* Few, so that paths find them; two are words of XPath. */
static const char *const names[] = { "a", "b", "a-1", "div", "text" };
static const char *const attrs[] = { "x", "y", "id" };

#define NAME(w) one_of((w), names, NK_COUNT(names))
#define ATTR(w) one_of((w), attrs, NK_COUNT(attrs))

/* ---- Trees ------------------------------------------------------------- */

static void put_text(struct wood *w, nk_buf *b)
{
    static const char *const texts[] = { "",          " ",
                                         "isi",       "1",
                                         "&lt;&amp;", "\xC3\xA9",
                                         "<!--c-->",  "<![CDATA[<a>]]>",
                                         "<?p i?>",   "\n  " };

    nk_buf_puts(b, nk_str_of(one_of(w, texts, NK_COUNT(texts))));
}

static void put_element(struct wood *w, nk_buf *b, unsigned depth)
{
    const char *name = NAME(w);
    unsigned children = depth < 7 ? pick(w, 5) : 0, i;

    nk_buf_printf(b, "<%s", name);
    for (i = 0; i < NK_COUNT(attrs); i++)
        if (pick(w, 3) == 0)
            nk_buf_printf(b, " %s='%u'", attrs[i], pick(w, 4));
    /* Elements of a namespace are not those of a plain name. */
    if (pick(w, 12) == 0)
        nk_buf_printf(b, " xmlns='%s'", pick(w, 2) ? "u" : "");
    nk_buf_putc(b, '>');
    put_text(w, b);
    for (i = 0; i < children; i++) {
        put_element(w, b, depth + 1);
        put_text(w, b);
    }
    nk_buf_printf(b, "</%s>", name);
}

static void gather(struct wood *w, nk_xml_node *e)
{
    for (; e && w->n < NODES; e = nk_xml_next(e)) {
        w->nodes[w->n++] = e;
        gather(w, nk_xml_first(e));
    }
}

static void set_nodes(struct wood *w, const char *name, size_t n)
{
    nk_xml_node *list[4];
    size_t i;

    for (i = 0; i < n; i++)
        list[i] = w->nodes[pick(w, (unsigned)w->n)];
    assert_int_equal(
        nk_xpath_set_nodes(&w->d->ctx, w->env, nk_str_of(name), list, n),
        NK_OK);
}

static void plant(struct wood *w)
{
    nk_problems problems;
    nk_buf b;

    nk_buf_init(&b, &w->d->arena);
    put_element(w, &b, 0);
    nk_problems_init(&problems, &w->d->arena);
    assert_int_equal(nk_xml_open(&w->d->ctx, nk_buf_str(&b), NK_STR("p.xml"),
                                 &problems, &w->x),
                     NK_OK);
    if (pick(w, 2))
        nk_xml_drop_ns(w->x);
    w->n = 0;
    gather(w, nk_xml_root(w->x));
    set_nodes(w, "one", 1);
    set_nodes(w, "some", 4);
    set_nodes(w, "none", 0);
    assert_int_equal(
        nk_xpath_set_text(&w->d->ctx, w->env, NK_STR("word"), NK_STR("kata")),
        NK_OK);
}

/* ---- Paths ------------------------------------------------------------- */

static const char *const starts[] = { "",       "",       "",
                                      "$one/",  "$one/",  "$some/",
                                      "$none/", "$word/", "$unknown/" };

/* What a plain path is not; mostly there is none of it. */
static const char *const strange[] = { "/",   "//",     ".", "..", "*",
                                       "[1]", "text()", "@", " ",  "[@x]" };

static nk_str path_of(struct wood *w)
{
    unsigned steps = pick(w, 5), i;
    nk_buf b;

    nk_buf_init(&b, &w->d->arena);
    nk_buf_puts(&b, nk_str_of(one_of(w, starts, NK_COUNT(starts))));
    for (i = 0; i < steps; i++) {
        if (i)
            nk_buf_putc(&b, '/');
        nk_buf_puts(&b, nk_str_of(NAME(w)));
        if (pick(w, 30) == 0)
            nk_buf_puts(&b, nk_str_of(one_of(w, strange, NK_COUNT(strange))));
    }
    if (pick(w, 4) == 0) {
        if (steps)
            nk_buf_putc(&b, '/');
        nk_buf_printf(&b, "@%s", ATTR(w));
    }
    /* A start by itself. */
    if (b.len > 1 && b.ptr[b.len - 1] == '/')
        b.len--;
    if (b.len == 0)
        nk_buf_putc(&b, '.');
    return nk_buf_str(&b);
}

static bool leads_somewhere(struct wood *w, nk_str path, nk_xml_node *at)
{
    nk_problems problems;
    bool yes = false;
    nk_xpath *x;

    nk_problems_init(&problems, &w->d->arena);
    assert_int_equal(nk_xpath_open(&w->d->ctx, path, NK_NOWHERE, &problems, &x),
                     NK_OK);
    if (x && nk_xpath_test(&w->d->ctx, w->env, x, at, NK_NOWHERE, &yes) < 0)
        yes = false;
    nk_xpath_close(x);
    return yes;
}

static void try_path(struct wood *w)
{
    nk_str path = path_of(w);
    nk_xml_node *at = w->nodes[pick(w, (unsigned)w->n)];
    const char *differ = bothways(&w->d->ctx, &w->d->arena, w->env, path, at);

    if (differ)
        fail_msg("seed %llu: %s of \"%.*s\" differ",
                 (unsigned long long)w->seed, differ, (int)path.len, path.ptr);
    w->found += leads_somewhere(w, path, at);
}

static unsigned try_tree(nk_desk *d, nk_xpath_env *env, uint64_t seed)
{
    struct wood w = { .d = d, .env = env, .seed = seed, .state = seed };
    int i;

    plant(&w);
    /* Bounded, the walk gives over to libxml2 on the way. */
    nk_xpath_env_bound(env, pick(&w, 2) ? NK_MAX_XML_NODES + 1000 : 0);
    for (i = 0; i < PATHS; i++)
        try_path(&w);
    nk_xml_close(w.x);
    nk_arena_reset(&d->arena);
    return w.found;
}

static void comes_to_the_same(void **state)
{
    const char *only = getenv("NK_SEED");
    nk_desk *d = *state;
    nk_xpath_env *env;
    unsigned found = 0;
    uint64_t seed;

    assert_int_equal(nk_xpath_env_open(&d->ctx, NULL, 0, NULL, &env), NK_OK);
    if (only) {
        try_tree(d, env, strtoull(only, NULL, 10));
    } else {
        for (seed = 1; seed <= TREES; seed++)
            found += try_tree(d, env, seed);
        /* Enough of them lead somewhere, and enough do not. */
        assert_in_range(found, TREES * PATHS / 10, TREES * PATHS * 9 / 10);
    }
    nk_xpath_env_close(env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(comes_to_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
