/*
 * One expression evaluated twice: as it stands, where a plain path is walked
 * by room xml itself, and in brackets, which only libxml2 reads. Both must
 * come to the same. In a header, since programs that do not link the room
 * must not need it.
 */
#ifndef NK_TESTS_BOTHWAYS_H
#define NK_TESTS_BOTHWAYS_H

#include "xml/xml.h"

/* What an evaluation came to. */
typedef struct bothways_result {
    nk_err nodes_rc, text_rc, test_rc;
    nk_xml_node **nodes;
    size_t n;
    nk_str text;
    bool test;
} bothways_result;

static inline void bothways_run(nk_ctx *ctx, nk_arena *a, nk_xpath_env *env,
                                const nk_xpath *x, nk_xml_node *node,
                                bothways_result *r)
{
    *r = (bothways_result){ 0 };
    r->nodes_rc =
        nk_xpath_nodes(ctx, a, env, x, node, NK_NOWHERE, &r->nodes, &r->n);
    r->text_rc = nk_xpath_text(ctx, a, env, x, node, NK_NOWHERE, &r->text);
    r->test_rc = nk_xpath_test(ctx, env, x, node, NK_NOWHERE, &r->test);
}

/* Brackets cost a step or two, so a limit may be reached by one alone. */
static inline bool bothways_limited(const bothways_result *r)
{
    return r->nodes_rc == NK_E_LIMIT || r->text_rc == NK_E_LIMIT ||
           r->test_rc == NK_E_LIMIT;
}

/* In what two results differ; NULL: in nothing. */
static inline const char *bothways_differ(const bothways_result *p,
                                          const bothways_result *q)
{
    size_t i;

    if (bothways_limited(p) || bothways_limited(q))
        return NULL;
    if (p->nodes_rc != q->nodes_rc || p->text_rc != q->text_rc ||
        p->test_rc != q->test_rc)
        return "failures";
    if (p->n != q->n)
        return "the number of nodes";
    for (i = 0; i < p->n; i++)
        if (p->nodes[i] != q->nodes[i])
            return "nodes";
    if (!nk_str_eq(p->text, q->text))
        return "text";
    return p->test != q->test ? "test" : NULL;
}

/*
 * Evaluate `text` at a node both ways. NULL when they come to the same, or
 * when it is no expression; else in what they differ.
 */
static inline const char *bothways(nk_ctx *ctx, nk_arena *a, nk_xpath_env *env,
                                   nk_str text, nk_xml_node *node)
{
    nk_xpath *x = NULL, *y = NULL;
    const char *differ = NULL;
    bothways_result p, q;
    nk_problems problems;
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_putc(&b, '(');
    nk_buf_puts(&b, text);
    nk_buf_putc(&b, ')');
    nk_problems_init(&problems, a);
    if (b.err == NK_OK &&
        nk_xpath_open(ctx, text, NK_NOWHERE, &problems, &x) == NK_OK &&
        nk_xpath_open(ctx, nk_buf_str(&b), NK_NOWHERE, &problems, &y) ==
            NK_OK &&
        x && y) {
        bothways_run(ctx, a, env, x, node, &p);
        bothways_run(ctx, a, env, y, node, &q);
        differ = bothways_differ(&p, &q);
    }
    nk_xpath_close(x);
    nk_xpath_close(y);
    return differ;
}

#endif
