/*
 * The walker over document trees: every node entered and left, in order.
 */
#include "../support/check.h"

#include "doc/doc.h"

/* a(b(c) d(e f)) */
static nk_node nodes[6];

static void join(nk_node *parent, nk_node *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static nk_str walked(nk_desk *d, const nk_node *top)
{
    nk_walk_event ev;
    nk_walk w;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_walk_init(&w, top);
    while (nk_walk_next(&w, &ev))
        nk_buf_printf(&b, "%s%c%d ", ev.entering ? "" : "/",
                      "abcdef"[ev.node - nodes], (int)ev.depth);
    /* Once over it stays over. */
    assert_false(nk_walk_next(&w, &ev));
    return nk_buf_str(&b);
}

static void enters_and_leaves(void **state)
{
    memset(nodes, 0, sizeof(nodes));
    join(&nodes[0], &nodes[1]);
    join(&nodes[1], &nodes[2]);
    join(&nodes[0], &nodes[3]);
    join(&nodes[3], &nodes[4]);
    join(&nodes[3], &nodes[5]);
    assert_str(walked(*state, &nodes[0]),
               "a0 b1 c2 /c2 /b1 d1 e2 /e2 f2 /f2 /d1 /a0 ");
    /* What stands beside the top is not walked. */
    assert_str(walked(*state, &nodes[1]), "b0 c1 /c1 /b0 ");
    assert_str(walked(*state, &nodes[4]), "e0 /e0 ");
    assert_str(walked(*state, NULL), "");
}

static void goes_as_deep_as_papers_do(void **state)
{
    static nk_node chain[NK_MAX_DOC_DEPTH + 8];
    nk_walk_event ev;
    nk_walk w;
    size_t i, entered = 0;

    (void)state;
    for (i = 1; i < NK_COUNT(chain); i++)
        join(&chain[i - 1], &chain[i]);
    nk_walk_init(&w, chain);
    while (nk_walk_next(&w, &ev)) {
        assert_ptr_equal(ev.node, &chain[ev.depth]);
        entered += ev.entering;
    }
    assert_int_equal(entered, NK_COUNT(chain));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(enters_and_leaves),
        NK_DESK_TEST(goes_as_deep_as_papers_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
