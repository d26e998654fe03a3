/*
 * Tables: widths, lines around cells, rows over pages, repeated heads.
 */
#include "../support/laid.h"

#include "layout/layout_int.h"

#define CHAR  NK_TREE_CHAR
#define LEFT  NK_TREE_LEFT
#define RIGHT NK_TREE_RIGHT
#define TOP   NK_TREE_TOP
#define BASE  NK_TREE_BASE
#define LINE  NK_TREE_LINE
#define PAD_X NK_LAYOUT__PAD_X
#define PAD_Y NK_LAYOUT__PAD_Y
#define RULE  NK_LAYOUT__RULE

static nk_node *add_row(nk_tree *t, nk_node *table)
{
    return nk_tree_add(t, table, NK_NODE_ROW);
}

/* A row of cells, their texts between "|". */
static nk_node *row_of(nk_tree *t, nk_node *table, const char *texts)
{
    nk_node *row = add_row(t, table);
    nk_str rest = nk_str_of(texts), text;

    while (nk_str_cut(&rest, '|', &text))
        nk_tree_cell(t, row, nk_str_z(&t->arena, text));
    return row;
}

static nk_node *head_of(nk_tree *t, nk_node *table, const char *texts)
{
    nk_node *row = row_of(t, table, texts), *cell;

    row->head = true;
    for (cell = row->first; cell; cell = cell->next)
        cell->head = true;
    return row;
}

static const nk_item *item(const nk_page *page, nk_item_kind kind, size_t k)
{
    const nk_item *i = nk_laid_item(page, kind, k);

    assert_non_null(i);
    return i;
}

static void check_rule(const nk_page *page, size_t k, nk_mpt x, nk_mpt y,
                       nk_mpt width, nk_mpt height)
{
    const nk_item *i = item(page, NK_ITEM_FILL, k);

    assert_int_equal(i->x, x);
    assert_int_equal(i->y, y);
    assert_int_equal(i->width, width);
    assert_int_equal(i->height, height);
    assert_int_equal(i->tag, NK_ARTIFACT);
}

static size_t rules_on(const nk_page *page)
{
    return nk_laid_count(page, NK_ITEM_FILL);
}

static void fails_with(nk_tree *t, const char *name, uint32_t line)
{
    nk_pages *pages = NULL;

    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_null(pages);
    assert_str(nk_msg_name(t->ctx.fault.msg), name);
    assert_int_equal(t->ctx.fault.place.line, line);
}

/* ---- Columns ----------------------------------------------------------- */

static void columns_share_what_is_left(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 3);
    nk_column columns[3] = { { 20000, 0 }, { 0, 1 }, { 0, 3 } };
    nk_style *s = nk_tree_style(t, table);
    const nk_pages *pages;
    nk_node *b;

    table->columns = columns;
    s->indent = 2 * CHAR;
    s->right = 2 * CHAR;
    row_of(t, table, "a|b|c");
    pages = nk_tree_lay(t);
    /* Of 80 pt 20 are fixed, 15 and 45 shared. */
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 0)->x, LEFT + 10000);
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 1)->x, LEFT + 30000);
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 2)->x, LEFT + 45000);
    columns[0].width = 80001;
    fails_with(t, "COLUMNS_TOO_WIDE", table->at.line);
    /* Less than nothing is left: an error where there are words. */
    columns[0].width = 80000;
    fails_with(t, "PAPER_OVERFULL", 0);
    assert_int_equal(t->problems.errors, 1); /* of b and the room beside it */
    assert_str(nk_msg_name(t->problems.first->msg), "PIECE_TOO_LARGE");
    b = table->first->first->next;
    assert_int_equal(t->problems.first->place.line, b->first->at.line);
    b->first = NULL;
    nk_tree_lay(t);
}

/* Without lines between them, cells keep 2 mm apart; text is ragged. */
static void cells_keep_a_distance(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 2);
    nk_node *row = add_row(t, table), *cell;
    const nk_pages *pages;

    /* 44.33 pt are eight characters. */
    cell = nk_tree_cell(t, row, "aaa bbbb cc");
    nk_tree_style(t, cell->first)->set = NK_SET_AFTER;
    nk_tree_cell(t, row, "dddd eeeee ff");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "aaa bbbb\ncc\ndddd eeeee\nff");
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 0)->space, 0);
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 2)->x, LEFT + 50000);
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 2)->y, BASE);
    assert_int_equal(rules_on(pages->first), 0);
}

static void cells_span_columns(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 4);
    nk_node *row = add_row(t, table);
    const nk_pages *pages;

    table->border = NK_BORDER_ALL;
    nk_tree_cell(t, row, "a");
    nk_tree_cell(t, row, "b")->span = 2;
    nk_tree_cell(t, row, "c");
    pages = nk_tree_lay(t);
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 1)->x,
                     LEFT + 25000 + PAD_X);
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 2)->x,
                     LEFT + 75000 + PAD_X);
    /* Sides, two between cells, above and below: none through the span. */
    assert_int_equal(rules_on(pages->first), 6);
    assert_int_equal(pages->tags[4].span, 2);
    assert_int_equal(pages->tags[5].span, 1);
}

static void cells_beyond_the_columns_are_an_error(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 2);
    nk_node *row = row_of(t, table, "a|b");

    nk_tree_lay(t);
    row->last->span = 2;
    fails_with(t, "TOO_MANY_CELLS", row->last->at.line);
    row->last->span = 1;
    fails_with(t, "TOO_MANY_CELLS", nk_tree_cell(t, row, "c")->at.line);
}

/* ---- Lines ------------------------------------------------------------- */

static const nk_pages *bordered(nk_tree *t, nk_border border)
{
    nk_node *table = nk_tree_table(t, t->body, 2);

    table->border = border;
    row_of(t, table, "a|b");
    row_of(t, table, "c|d");
    return nk_tree_lay(t);
}

static void lines_around_every_cell(void **state)
{
    const nk_pages *pages = bordered(*state, NK_BORDER_ALL);
    nk_mpt h = LINE + 2 * PAD_Y, half = RULE / 2;
    const nk_page *p = pages->first;

    assert_int_equal(rules_on(p), 9);
    check_rule(p, 0, LEFT - half, TOP - half, 100000 + RULE, RULE);
    check_rule(p, 1, LEFT - half, TOP, RULE, h);
    check_rule(p, 2, RIGHT - half, TOP, RULE, h);
    check_rule(p, 3, LEFT + 50000 - half, TOP, RULE, h);
    check_rule(p, 4, LEFT - half, TOP + h - half, 100000 + RULE, RULE);
    check_rule(p, 5, LEFT - half, TOP + h, RULE, h);
    check_rule(p, 8, LEFT - half, TOP + 2 * h - half, 100000 + RULE, RULE);
    assert_int_equal(item(p, NK_ITEM_TEXT, 0)->x, LEFT + PAD_X);
    assert_int_equal(item(p, NK_ITEM_TEXT, 0)->y, BASE + PAD_Y);
    assert_int_equal(item(p, NK_ITEM_TEXT, 3)->y, BASE + h + PAD_Y);
}

static void lines_around_the_whole(void **state)
{
    const nk_page *p = bordered(*state, NK_BORDER_BOX)->first;
    nk_mpt h = LINE + 2 * PAD_Y, half = RULE / 2;

    assert_int_equal(rules_on(p), 6);
    check_rule(p, 0, LEFT - half, TOP - half, 100000 + RULE, RULE);
    check_rule(p, 3, LEFT - half, TOP + h, RULE, h);
    check_rule(p, 5, LEFT - half, TOP + 2 * h - half, 100000 + RULE, RULE);
}

static void lines_between_rows(void **state)
{
    const nk_page *p = bordered(*state, NK_BORDER_ROWS)->first;
    nk_mpt h = LINE + 2 * PAD_Y, half = RULE / 2;

    assert_int_equal(rules_on(p), 3);
    check_rule(p, 0, LEFT - half, TOP - half, 100000 + RULE, RULE);
    check_rule(p, 1, LEFT - half, TOP + h - half, 100000 + RULE, RULE);
    check_rule(p, 2, LEFT - half, TOP + 2 * h - half, 100000 + RULE, RULE);
}

static void a_line_below_all(void **state)
{
    const nk_page *p = bordered(*state, NK_BORDER_BOTTOM)->first;
    nk_mpt h = LINE + 2 * PAD_Y;

    assert_int_equal(rules_on(p), 1);
    check_rule(p, 0, LEFT - RULE / 2, TOP + 2 * h - RULE / 2, 100000 + RULE,
               RULE);
}

/* ---- Rows -------------------------------------------------------------- */

static void cells_stand_high_or_low(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 3);
    nk_node *row = row_of(t, table, "a|b|c");
    const nk_page *p;

    row->height = 40000;
    row->first->next->valign = NK_VALIGN_MIDDLE;
    row->last->valign = NK_VALIGN_BOTTOM;
    nk_tree_style(t, row_of(t, table, "d"))->before = 5000;
    nk_tree_style(t, table)->before = 7000; /* not at the top of a page */
    nk_tree_style(t, table)->after = 4000;
    nk_tree_p(t, t->body, "e");
    p = nk_tree_lay(t)->first;
    assert_int_equal(item(p, NK_ITEM_TEXT, 0)->y, BASE);
    assert_int_equal(item(p, NK_ITEM_TEXT, 1)->y, BASE + 14000);
    assert_int_equal(item(p, NK_ITEM_TEXT, 2)->y, BASE + 28000);
    assert_int_equal(item(p, NK_ITEM_TEXT, 3)->y, BASE + 45000);
    assert_int_equal(item(p, NK_ITEM_TEXT, 4)->y, BASE + 61000);
}

static void rows_are_as_high_as_their_cells(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 2);
    nk_node *row = row_of(t, table, "a|b");
    const nk_page *p;

    table->border = NK_BORDER_ALL;
    nk_tree_p(t, row->last, "c");
    row->height = LINE; /* less than two lines: of no effect */
    row_of(t, table, "d|e");
    p = nk_tree_lay(t)->first;
    assert_int_equal(item(p, NK_ITEM_TEXT, 3)->y, BASE + 2 * LINE + 3 * PAD_Y);
}

static void elements_of_tables(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 2);
    nk_node *row;
    const nk_pages *p;

    head_of(t, table, "a|b");
    row = row_of(t, table, "c|d");
    row->first->head = true; /* the head of its row */
    nk_tree_p(t, row->last, "e");
    p = nk_tree_lay(t);
    /* 0 Document 1 Table 2 TR 3 TH 4 TH 5 TR 6 TH 7 TD 8 P 9 P */
    assert_int_equal(p->tags_n, 10);
    assert_int_equal(p->tags[1].type, NK_STRUCT_TABLE);
    assert_int_equal(p->tags[5].type, NK_STRUCT_TR);
    assert_int_equal(p->tags[5].parent, 1);
    assert_int_equal(p->tags[4].type, NK_STRUCT_TH);
    assert_false(p->tags[4].row_head);
    assert_int_equal(p->tags[6].type, NK_STRUCT_TH);
    assert_true(p->tags[6].row_head);
    assert_int_equal(p->tags[6].parent, 5);
    assert_int_equal(p->tags[7].type, NK_STRUCT_TD);
    assert_int_equal(p->tags[9].type, NK_STRUCT_P);
    assert_int_equal(p->tags[9].parent, 7);
    /* One paragraph in a cell is the cell's own content. */
    assert_int_equal(item(p->first, NK_ITEM_TEXT, 2)->tag, 6);
    assert_int_equal(item(p->first, NK_ITEM_TEXT, 3)->tag, 8);
}

static void tables_stand_in_cells(void **state)
{
    nk_tree *t = *state;
    nk_node *outer = nk_tree_table(t, t->body, 2);
    nk_node *row = row_of(t, outer, "a");
    nk_node *cell = nk_tree_add(t, row, NK_NODE_CELL);
    const nk_pages *p;

    row_of(t, nk_tree_table(t, cell, 2), "b|c");
    p = nk_tree_lay(t);
    assert_lines(t, p, 1, "a|b|c");
    assert_int_equal(item(p->first, NK_ITEM_TEXT, 2)->x, LEFT + 75000);
}

static void an_empty_table_is_nothing(void **state)
{
    nk_tree *t = *state;
    const nk_pages *p;

    nk_tree_table(t, t->body, 2);
    nk_tree_p(t, t->body, "a");
    p = nk_tree_lay(t);
    assert_int_equal(item(p->first, NK_ITEM_TEXT, 0)->y, BASE);
}

/* ---- Over pages -------------------------------------------------------- */

static void heads_are_repeated(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 1);
    const nk_pages *pages;
    const nk_page *p;
    int i;

    table->border = NK_BORDER_ROWS;
    head_of(t, table, "Nama");
    head_of(t, table, "(1)");
    for (i = 0; i < 17; i++)
        row_of(t, table, "x");
    pages = nk_tree_lay(t);
    /* A row is 17.67 pt high: ten go on a page, two of them heads. */
    assert_int_equal(pages->n, 3);
    assert_lines(t, pages, 1, "Nama\n(1)\nx\nx\nx\nx\nx\nx\nx\nx");
    assert_lines(t, pages, 2, "Nama\n(1)\nx\nx\nx\nx\nx\nx\nx\nx");
    assert_lines(t, pages, 3, "Nama\n(1)\nx");
    p = nk_laid_page(pages, 2);
    /* What was read before is no content, and stands where it stood. */
    assert_int_equal(item(p, NK_ITEM_TEXT, 0)->tag, NK_ARTIFACT);
    assert_int_equal(item(p, NK_ITEM_TEXT, 0)->y, BASE + PAD_Y);
    assert_int_equal(item(p, NK_ITEM_TEXT, 1)->y,
                     item(pages->first, NK_ITEM_TEXT, 1)->y);
    assert_int_not_equal(item(p, NK_ITEM_TEXT, 2)->tag, NK_ARTIFACT);
    /* Below each of ten rows, and above the first. */
    assert_int_equal(rules_on(p), 11);
    assert_int_equal(rules_on(nk_laid_page(pages, 3)), 4);
}

static void a_head_never_stands_alone(void **state)
{
    nk_tree *t = *state;
    nk_node *table;
    int i;

    for (i = 0; i < 14; i++)
        nk_tree_p(t, t->body, "x");
    table = nk_tree_table(t, t->body, 1);
    head_of(t, table, "Nama");
    row_of(t, table, "y");
    assert_lines(t, nk_tree_lay(t), 2, "Nama\ny");
}

/* A table without a head is closed by a line where a page begins. */
/* A page has room for 180 pt: too little for head and row together. */
static void a_repeated_head_takes_its_room(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 1), *row, *block, *space;
    nk_pages *pages = NULL;

    row = head_of(t, table, "h");
    nk_tree_add(t, row->first, NK_NODE_SPACE)->height = 60000 - LINE;
    row = add_row(t, table);
    block = nk_tree_add(t, nk_tree_add(t, row, NK_NODE_CELL), NK_NODE_BLOCK);
    block->border = NK_BORDER_BOX;
    space = nk_tree_add(t, block, NK_NODE_SPACE);
    space->height = 120000 - 2 * PAD_Y;
    assert_int_equal(nk_tree_lay(t)->n, 1);
    nk_tree_p(t, t->body, "x");
    assert_lines(t, nk_tree_lay(t), 2, "x");
    space->height++;
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "PIECE_TOO_LARGE", table->at.line);
}

static void a_line_where_the_page_begins(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 1);
    const nk_page *p;
    int i;

    table->border = NK_BORDER_ROWS;
    for (i = 0; i < 11; i++)
        row_of(t, table, "x");
    p = nk_laid_page(nk_tree_lay(t), 2);
    assert_int_equal(rules_on(p), 2);
    check_rule(p, 0, LEFT - RULE / 2, TOP - RULE / 2, 100000 + RULE, RULE);
}

/* A cell of n paragraphs "1", "2", ... */
static void stack(nk_tree *t, nk_node *row, const char *digits)
{
    nk_node *cell = nk_tree_add(t, row, NK_NODE_CELL);

    for (; *digits; digits++) {
        const nk_str digit = { digits, 1 };

        nk_tree_p(t, cell, nk_str_z(&t->arena, digit));
    }
}

static void rows_go_to_the_next_page_whole(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 1);
    nk_node *row;
    const nk_pages *p;

    stack(t, add_row(t, table), "1234567");
    stack(t, add_row(t, table), "1234567");
    row = add_row(t, table);
    stack(t, row, "123");
    p = nk_tree_lay(t);
    assert_lines(t, p, 2, "1\n2\n3");
    row->split = true;
    p = nk_tree_lay(t);
    assert_lines(t, p, 2, "2\n3");
}

/* A split row whose first line shows nothing loses nothing before it. */
static void rows_may_begin_with_nothing(void **state)
{
    nk_tree *t = *state;
    nk_node *table, *row, *cell;
    const nk_pages *p;

    nk_tree_p(t, t->body, "before");
    table = nk_tree_table(t, t->body, 1);
    table->border = NK_BORDER_ROWS;
    row = add_row(t, table);
    row->split = true;
    cell = nk_tree_add(t, row, NK_NODE_CELL);
    nk_tree_add(t, cell, NK_NODE_P);
    nk_tree_p(t, cell, "a");
    p = nk_tree_lay(t);
    assert_lines(t, p, 1, "before\na");
    assert_int_equal(rules_on(p->first), 2);
}

/* More than half a page is too much to keep in one piece. */
static void high_rows_are_split(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 2);
    nk_node *row;
    const nk_pages *p;
    int i;

    table->border = NK_BORDER_ALL;
    head_of(t, table, "H|I");
    for (i = 0; i < 4; i++)
        row_of(t, table, "x|y");
    row = add_row(t, table);
    stack(t, row, "abc");
    stack(t, row, "12345678");
    p = nk_tree_lay(t);
    assert_lines(t, p, 1, "H|I\nx|y\nx|y\nx|y\nx|y\na|1\nb|2\nc|3\n4\n5\n6\n7");
    assert_lines(t, p, 2, "H|I\n8");
    /* Eight slices: sides and the line between cells go through all; below
       is only the last one ruled. */
    assert_int_equal(rules_on(nk_laid_page(p, 2)), 1 + 4 + 4);
    /* Where the page ends the box is closed. */
    assert_int_equal(rules_on(nk_laid_page(p, 1)), 5 + 4 * 4 + 7 * 3 + 1);
}

/* A box around all rows is one on each page. */
static void boxes_are_closed_on_each_page(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 1);
    const nk_pages *pages;
    const nk_item *i;
    int k;

    table->border = NK_BORDER_BOX;
    for (k = 0; k < 12; k++)
        row_of(t, table, "x");
    pages = nk_tree_lay(t);
    /* A row is 17.67 pt high: ten go on a page. */
    assert_lines(t, pages, 2, "x\nx");
    assert_int_equal(rules_on(nk_laid_page(pages, 1)), 10 * 2 + 2);
    assert_int_equal(rules_on(nk_laid_page(pages, 2)), 2 * 2 + 2);
    i = nk_laid_page(pages, 1)->last;
    assert_int_equal(i->kind, NK_ITEM_FILL);
    assert_int_equal(i->y, 10000 + 10 * (12000 + 2 * PAD_Y) - 250);
    assert_int_equal(i->width, 100000 + NK_LAYOUT__RULE);
}

/* No line of a paragraph is left alone in a split row either. */
static void split_rows_leave_no_line_alone(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 1);
    nk_node *row;
    const nk_pages *p;
    int i;

    for (i = 0; i < 12; i++)
        row_of(t, table, "x");
    row = row_of(t, table, "aaaaaaaaaaa bbbbbbbbbbb ccccccccccc ddddddddddd");
    row->split = true;
    p = nk_tree_lay(t);
    assert_lines(t, p, 2, "ccccccccccc\nddddddddddd");
    row_of(t, table, "y");
    row->split = false;
    nk_tree_style(t, row)->keep_next = true;
    p = nk_tree_lay(t);
    assert_lines(t, p, 2,
                 "aaaaaaaaaaa\nbbbbbbbbbbb\nccccccccccc\nddddddddddd\ny");
}

static void tables_may_stay_with_the_next(void **state)
{
    nk_tree *t = *state;
    nk_node *table;
    int i;

    for (i = 0; i < 13; i++)
        nk_tree_p(t, t->body, "x");
    table = nk_tree_table(t, t->body, 1);
    row_of(t, table, "a");
    row_of(t, table, "b");
    nk_tree_style(t, table)->keep_next = true;
    nk_tree_p(t, t->body, "c");
    assert_lines(t, nk_tree_lay(t), 2, "b\nc");
}

static void a_table_may_begin_a_page(void **state)
{
    nk_tree *t = *state;
    const nk_pages *p;

    nk_tree_p(t, t->body, "a");
    nk_tree_add(t, t->body, NK_NODE_BREAK);
    row_of(t, nk_tree_table(t, t->body, 1), "b");
    nk_tree_p(t, t->body, "c");
    p = nk_tree_lay(t);
    assert_int_equal(p->n, 2);
    assert_lines(t, p, 2, "b\nc");
}

/* As often as it goes; its copies are to be written in, not read. */
static void a_row_fills_its_page(void **state)
{
    nk_tree *t = *state;
    nk_node *table = nk_tree_table(t, t->body, 2);
    nk_pages *pages;
    nk_node *row;

    head_of(t, table, "a|b");
    row = row_of(t, table, "x|y");
    row->fill = true;
    pages = nk_tree_lay(t);
    assert_int_equal(pages->n, 1);
    assert_lines(t, pages, 1,
                 "a|b\nx|y\nx|y\nx|y\nx|y\nx|y\nx|y\nx|y\nx|y\nx|y\nx|y\nx|y"
                 "\nx|y\nx|y\nx|y");
    assert_true(item(pages->first, NK_ITEM_TEXT, 2)->tag != NK_ARTIFACT);
    assert_int_equal(item(pages->first, NK_ITEM_TEXT, 4)->tag, NK_ARTIFACT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(columns_share_what_is_left),
        NK_TREE_TEST(cells_keep_a_distance),
        NK_TREE_TEST(cells_span_columns),
        NK_TREE_TEST(cells_beyond_the_columns_are_an_error),
        NK_TREE_TEST(lines_around_every_cell),
        NK_TREE_TEST(lines_around_the_whole),
        NK_TREE_TEST(lines_between_rows),
        NK_TREE_TEST(a_line_below_all),
        NK_TREE_TEST(cells_stand_high_or_low),
        NK_TREE_TEST(rows_are_as_high_as_their_cells),
        NK_TREE_TEST(elements_of_tables),
        NK_TREE_TEST(tables_stand_in_cells),
        NK_TREE_TEST(an_empty_table_is_nothing),
        NK_TREE_TEST(heads_are_repeated),
        NK_TREE_TEST(a_head_never_stands_alone),
        NK_TREE_TEST(a_repeated_head_takes_its_room),
        NK_TREE_TEST(a_line_where_the_page_begins),
        NK_TREE_TEST(rows_go_to_the_next_page_whole),
        NK_TREE_TEST(rows_may_begin_with_nothing),
        NK_TREE_TEST(high_rows_are_split),
        NK_TREE_TEST(boxes_are_closed_on_each_page),
        NK_TREE_TEST(split_rows_leave_no_line_alone),
        NK_TREE_TEST(tables_may_stay_with_the_next),
        NK_TREE_TEST(a_table_may_begin_a_page),
        NK_TREE_TEST(a_row_fills_its_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
