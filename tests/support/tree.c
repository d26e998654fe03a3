/*
 * Document trees written by hand. Memory that is out ends the test.
 */
#include "tree.h"

#include "check.h"

#include <stdlib.h>

int nk_tree_open(void **state)
{
    nk_tree *t = calloc(1, sizeof(*t));

    if (!t)
        return -1;
    nk_ctx_init(&t->ctx);
    nk_arena_init(&t->arena);
    nk_problems_init(&t->problems, &t->arena);
    nk_mono_metrics(&t->mono, &t->metrics);
    t->doc = (nk_doc){ .template_id = NK_STR("pola"),
                       .version = NK_STR("1"),
                       .lang = NK_STR("id"),
                       .title = NK_STR("Pola"),
                       .author = NK_STR("Dinas Contoh"),
                       .width = 120000,
                       .height = 200000,
                       .top = NK_TREE_TOP,
                       .first_top = NK_TREE_TOP,
                       .right = 10000,
                       .bottom = 10000,
                       .left = NK_TREE_LEFT,
                       .type = { .size = 10000, .leading = 1200 } };
    t->doc.body = t->body = nk_tree_furniture(t, 0);
    t->group.label[NK_LANG_ID] = NK_STR("Korban");
    t->group.parent = &t->root;
    t->field.parent = &t->group;
    t->field.label[NK_LANG_ID] = NK_STR("NIK");
    *state = t;
    return 0;
}

int nk_tree_close(void **state)
{
    nk_tree *t = *state;

    nk_arena_release(&t->arena);
    free(t);
    return 0;
}

static nk_node *new_node(nk_tree *t, nk_node_kind kind)
{
    static const nk_style plain = { 0 };
    nk_node *n = NK_NEW(&t->arena, nk_node);

    assert_non_null(n);
    n->kind = kind;
    n->style = &plain;
    n->span = 1;
    n->at = (nk_place){ .file = NK_STR("pola.xml"), .line = ++t->nodes };
    return n;
}

nk_node *nk_tree_add(nk_tree *t, nk_node *parent, nk_node_kind kind)
{
    nk_node *n = new_node(t, kind);

    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
    return n;
}

nk_style *nk_tree_style(nk_tree *t, nk_node *n)
{
    nk_style *s = NK_NEW(&t->arena, nk_style);

    assert_non_null(s);
    *s = *n->style;
    n->style = s;
    return s;
}

nk_node *nk_tree_words(nk_tree *t, nk_node *p, const char *text)
{
    nk_node *n = nk_tree_add(t, p, NK_NODE_TEXT);

    n->text = nk_str_of(text);
    return n;
}

nk_node *nk_tree_p(nk_tree *t, nk_node *parent, const char *text)
{
    nk_node *p = nk_tree_add(t, parent, NK_NODE_P);
    nk_style *s = nk_tree_style(t, p);

    s->set = NK_SET_ALIGN | NK_SET_AFTER;
    nk_tree_words(t, p, text);
    return p;
}

nk_node *nk_tree_furniture(nk_tree *t, uint32_t from)
{
    nk_node *n = new_node(t, NK_NODE_BLOCK);

    n->count = from;
    return n;
}

nk_node *nk_tree_table(nk_tree *t, nk_node *parent, size_t n)
{
    nk_node *table = nk_tree_add(t, parent, NK_NODE_TABLE);
    nk_column *columns = NK_NEWN(&t->arena, n, nk_column);
    size_t i;

    assert_non_null(columns);
    for (i = 0; i < n; i++)
        columns[i].share = 1;
    table->columns = columns;
    table->columns_n = n;
    nk_tree_style(t, table)->set = NK_SET_AFTER;
    return table;
}

nk_node *nk_tree_cell(nk_tree *t, nk_node *row, const char *text)
{
    nk_node *cell = nk_tree_add(t, row, NK_NODE_CELL);

    nk_tree_p(t, cell, text);
    return cell;
}
