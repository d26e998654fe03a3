/*
 * Dumps of papers: every kind of node has its line, with all that is set.
 */
#include "../support/check.h"

#include "doc/doc.h"

static nk_node *add(nk_desk *d, nk_node *parent, nk_node_kind kind)
{
    static const nk_style plain = { 0 };
    nk_node *n = NK_NEW(&d->arena, nk_node);

    assert_non_null(n);
    n->kind = kind;
    n->style = &plain;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
    return n;
}

static nk_str dumped(nk_desk *d, const nk_doc *doc)
{
    nk_str out = NK_EMPTY;

    assert_int_equal(nk_doc_dump(&d->ctx, &d->arena, doc, &out), NK_OK);
    return out;
}

static void names_every_kind(void **state)
{
    nk_desk *d = *state;
    nk_node top = { .kind = NK_NODE_BLOCK };
    nk_doc doc = { .template_id = NK_STR("x"),
                   .version = NK_STR("1"),
                   .body = &top };
    nk_node_kind kind;

    for (kind = NK_NODE_P; kind < NK_NODE_KINDS; kind++)
        add(d, &top, kind);
    add(d, &top, NK_NODE_P)->role = NK_ROLE_H1;
    add(d, &top, NK_NODE_P)->role = NK_ROLE_H2;
    assert_str(dumped(d, &doc),
               "doc x v1\npage 0 x 0 margins 0 0 0 0 size 0 leading 0\nbody\n"
               "  p\n  list\n  item\n  table\n  row\n  cell\n  block\n  keep\n"
               "  break\n  space\n  rule\n  lines\n  image\n  sign\n  symbol\n"
               "  way\n  text\n"
               "  br\n  check\n  comb\n  blank\n  fill\n  page-no\n"
               "  page-count\n  h1\n  h2\n");
}

static void shows_all_that_is_set(void **state)
{
    nk_desk *d = *state;
    nk_node top = { .kind = NK_NODE_BLOCK }, head = top, foot = top, *n;
    nk_doc doc = { .template_id = NK_STR("surat"),
                   .version = NK_STR("2"),
                   .draft = true,
                   .width = 1,
                   .height = 2,
                   .top = 3,
                   .right = 4,
                   .bottom = 5,
                   .left = 6,
                   .type = { .size = 7, .leading = 8 },
                   .header = &head,
                   .body = &top,
                   .footer = &foot };

    n = add(d, &top, NK_NODE_CELL);
    n->width = 10;
    n->height = 20;
    n->count = 3;
    n->span = 4;
    n->border = NK_BORDER_ROWS;
    n->bold = n->italic = n->underline = true;
    n->checked = n->dotted = n->head = true;
    n->label = NK_STR("label");
    n->text = NK_STR("isi");
    add(d, n, NK_NODE_TEXT)->span = 1;
    add(d, &head, NK_NODE_BR);
    add(d, &foot, NK_NODE_PAGE_NO);
    assert_str(dumped(d, &doc),
               "doc surat v2 draft\n"
               "page 1 x 2 margins 3 4 5 6 size 7 leading 8\n"
               "header\n  br\nbody\n"
               "  cell width=10 height=20 count=3 span=4 border=3 bold italic "
               "underline checked dotted head \"label\" \"isi\"\n    text\n"
               "footer\n  page-no\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(names_every_kind),
        NK_DESK_TEST(shows_all_that_is_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
