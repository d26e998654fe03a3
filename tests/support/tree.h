/*
 * Document trees written by hand, to be laid out by a typewriter.
 *
 * The paper is 120 x 200 pt with margins of 10 pt and type of 10 pt: a line
 * is 12 pt high, its column holds 20 characters of 5 pt, a page 15 lines.
 */
#ifndef NK_TESTS_TREE_H
#define NK_TESTS_TREE_H

#include "mono.h"

#include "doc/doc.h"

#define NK_TREE_CHAR   5000                 /* width of a character */
#define NK_TREE_LINE   12000                /* height of a line */
#define NK_TREE_LEFT   10000                /* left edge of the column */
#define NK_TREE_RIGHT  110000               /* and its right edge */
#define NK_TREE_TOP    10000                /* upper edge of the body */
#define NK_TREE_BOTTOM 190000               /* and its lower edge */
#define NK_TREE_BASE   (NK_TREE_TOP + 9000) /* baseline of the first line */

typedef struct nk_tree {
    nk_ctx ctx;
    nk_arena arena;
    nk_problems problems;
    nk_doc doc;
    nk_node *body;
    nk_mono mono;
    nk_metrics metrics;
    nk_field root, group, field; /* field is "Korban: NIK" */
    uint32_t nodes;              /* so far: the line a new one stands at */
} nk_tree;

/* For cmocka's setup and teardown. */
int nk_tree_open(void **state);
int nk_tree_close(void **state);

#define NK_TREE_TEST(test)                                                     \
    cmocka_unit_test_setup_teardown(test, nk_tree_open, nk_tree_close)

/* A node at the end of `parent`; it stands at line nodes of "pola.xml". */
nk_node *nk_tree_add(nk_tree *t, nk_node *parent, nk_node_kind kind);

/* The node's style, to be changed. */
nk_style *nk_tree_style(nk_tree *t, nk_node *n);

/* A text at the end of a paragraph. */
nk_node *nk_tree_words(nk_tree *t, nk_node *p, const char *text);

/* A paragraph with a text, flush left and without space below. */
nk_node *nk_tree_p(nk_tree *t, nk_node *parent, const char *text);

/* A header or footer, still empty, from page `from` on. */
nk_node *nk_tree_furniture(nk_tree *t, uint32_t from);

/* A table of n columns of one share each. */
nk_node *nk_tree_table(nk_tree *t, nk_node *parent, size_t n);

/* A cell of one paragraph at the end of a row. */
nk_node *nk_tree_cell(nk_tree *t, nk_node *row, const char *text);

/* The only problem there is. */
#define assert_problem(t, severity_, name, line_)                              \
    do {                                                                       \
        const nk_problem *p_ = (t)->problems.first;                            \
        assert_int_equal((t)->problems.listed, 1);                             \
        assert_int_equal(p_->severity, (severity_));                           \
        assert_str(nk_msg_name(p_->msg), (name));                              \
        assert_str(p_->place.file, "pola.xml");                                \
        assert_int_equal(p_->place.line, (line_));                             \
    } while (0)

#endif
