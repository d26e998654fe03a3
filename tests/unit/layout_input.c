/*
 * Places of a fillable form on a page: where the box lies, what it shows, and
 * the element it has.
 */
#include "../support/laid.h"

static nk_input *give(nk_tree *t, nk_node *n, nk_input_kind kind,
                      const char *value)
{
    nk_input *in = NK_NEW(&t->arena, nk_input);

    assert_non_null(in);
    *in = (nk_input){ .kind = kind,
                      .name = NK_STR("victim.name"),
                      .label = NK_STR("Korban: Nama"),
                      .value = nk_str_of(value) };
    n->input = in;
    return in;
}

static const nk_item *only_input(nk_tree *t, nk_pages **pages)
{
    const nk_page *page;

    *pages = nk_tree_lay(t);
    page = nk_laid_page(*pages, 1);
    assert_int_equal(nk_laid_count(page, NK_ITEM_INPUT), 1);
    return nk_laid_item(page, NK_ITEM_INPUT, 0);
}

static void a_line_takes_the_rest(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "nama ");
    nk_pages *pages;
    const nk_item *i;

    give(t, nk_tree_add(t, p, NK_NODE_BLANK), NK_INPUT_LINE, "Melati");
    i = only_input(t, &pages);
    assert_int_equal(i->x, NK_TREE_LEFT + 5 * NK_TREE_CHAR);
    assert_int_equal(i->width, 15 * NK_TREE_CHAR);
    assert_int_equal(i->y + i->height - NK_TREE_BASE, 3500);
    assert_str(i->look->text, "Melati");
    assert_int_equal(i->look->size, 10000);
    assert_int_equal(pages->tags[i->tag].type, NK_STRUCT_FORM);
    assert_str(pages->tags[i->tag].alt, "Korban: Nama");
    /* Its value is no text of the page. */
    assert_int_equal(nk_laid_count(nk_laid_page(pages, 1), NK_ITEM_TEXT), 1);
}

static void a_long_value_is_set_smaller(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "");
    nk_pages *pages;
    const nk_item *i;

    give(t, nk_tree_add(t, p, NK_NODE_BLANK), NK_INPUT_LINE,
         "dua puluh dua huruf x");
    i = only_input(t, &pages);
    assert_in_range(i->look->size, 7500, 9500);
    assert_int_equal(t->problems.errors, 0);
    give(t, p->last, NK_INPUT_LINE,
         "jauh lebih panjang dari yang dapat dimuat di satu baris mana pun");
    i = only_input(t, &pages);
    assert_int_equal(i->look->size, 7500);
    assert_int_equal(t->problems.errors, 0);
}

static void a_comb_has_a_character_a_box(void **state)
{
    nk_tree *t = *state;
    nk_node *n = nk_tree_add(t, nk_tree_p(t, t->body, ""), NK_NODE_COMB);
    const nk_item *i, *c;
    nk_pages *pages;
    int k = 0;

    n->count = 4;
    give(t, n, NK_INPUT_COMB, "12\xC3\xA9")->longest = 4;
    i = only_input(t, &pages);
    assert_int_equal(nk_laid_count(nk_laid_page(pages, 1), NK_ITEM_FRAME), 4);
    for (c = i->look; c; c = c->next, k++) {
        nk_mpt side = i->width / 4;

        assert_true(c->x > k * side && c->x < (k + 1) * side);
    }
    assert_int_equal(k, 3);
}

static void a_box_has_its_mark(void **state)
{
    nk_tree *t = *state;
    nk_node *n = nk_tree_add(t, nk_tree_p(t, t->body, ""), NK_NODE_CHECK);
    nk_pages *pages;
    const nk_item *i;

    give(t, n, NK_INPUT_CHECK, "")->option = NK_STR("ya");
    i = only_input(t, &pages);
    assert_str(i->look->text, "X");
    assert_int_equal(i->width, i->height);
}

/* One box instead of the lines, on one page; a long value set smaller. */
static void lines_are_one_box(void **state)
{
    nk_tree *t = *state;
    nk_node *n = nk_tree_add(t, t->body, NK_NODE_LINES);
    const nk_item *i, *line;
    nk_pages *pages;
    int lines = 0;

    n->count = 5;
    n->height = 10000;
    give(t, n, NK_INPUT_LINES, "satu\ndua puluh huruf dan lebih\nlima enam");
    i = only_input(t, &pages);
    assert_int_equal(i->height, 50000 - NK_MM(1));
    assert_int_equal(nk_laid_count(nk_laid_page(pages, 1), NK_ITEM_FRAME), 1);
    assert_int_equal(nk_laid_count(nk_laid_page(pages, 1), NK_ITEM_FILL), 0);
    for (line = i->look; line; line = line->next, lines++)
        assert_true(line->y < i->height);
    assert_int_equal(lines, 4);
    assert_str(i->look->text, "satu");
    assert_str(i->look->next->text, "dua puluh huruf dan");
}

/* A cell that is the place takes all its row has. */
static void a_cell_is_filled(void **state)
{
    static const nk_column columns[] = { { .share = 1 }, { .share = 1 } };
    nk_tree *t = *state;
    nk_node *table = nk_tree_add(t, t->body, NK_NODE_TABLE), *row, *cell, *n;
    nk_pages *pages;
    const nk_item *i;

    table->columns = columns;
    table->columns_n = 2;
    row = nk_tree_add(t, table, NK_NODE_ROW);
    row->height = 40000;
    cell = nk_tree_add(t, row, NK_NODE_CELL);
    nk_tree_p(t, cell, "satu");
    cell = nk_tree_add(t, row, NK_NODE_CELL);
    cell->valign = NK_VALIGN_BOTTOM;
    n = nk_tree_add(t, nk_tree_add(t, cell, NK_NODE_P), NK_NODE_BLANK);
    n->bare = true;
    give(t, n, NK_INPUT_LINES, "");
    i = only_input(t, &pages);
    assert_int_equal(i->y, NK_TREE_TOP + 1000);
    assert_int_equal(i->height, 38000);
    assert_int_equal(nk_laid_count(nk_laid_page(pages, 1), NK_ITEM_FILL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(a_line_takes_the_rest),
        NK_TREE_TEST(a_long_value_is_set_smaller),
        NK_TREE_TEST(a_comb_has_a_character_a_box),
        NK_TREE_TEST(a_box_has_its_mark),
        NK_TREE_TEST(lines_are_one_box),
        NK_TREE_TEST(a_cell_is_filled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
