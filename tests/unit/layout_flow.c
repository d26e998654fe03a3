/*
 * Flowcharts: symbols in their cells, the way to the next row, and connectors
 * where there is no such way.
 */
#include "../support/laid.h"

#include "layout/layout_int.h"

#define WIDTH  NK_MM(9)
#define HEIGHT NK_MM(7)
#define RULE   NK_LAYOUT__RULE

/* A paper with a flow of three lanes: three of its rows go on a page. */
static nk_node *flow(nk_tree *t)
{
    nk_node *table;

    t->doc.width = NK_PT(300);
    table = nk_tree_table(t, t->body, 3);
    table->border = NK_BORDER_ALL;
    return table;
}

/* A row with the symbol of a step in a lane, from 0. `ways`: "Ya>3|Tidak>1"
   or ">2". */
static nk_node *step(nk_tree *t, nk_node *table, const char *place,
                     nk_symbol symbol, size_t lane, const char *ways)
{
    nk_node *row = nk_tree_add(t, table, NK_NODE_ROW), *cell, *s = NULL, *w;
    nk_str rest = nk_str_of(ways), way;
    size_t i;

    for (i = 0; i < 3; i++) {
        cell = nk_tree_add(t, row, NK_NODE_CELL);
        if (i == lane)
            s = nk_tree_add(t, cell, NK_NODE_SYMBOL);
    }
    s->text = nk_str_of(place);
    s->label = nk_str_of(place);
    s->symbol = symbol;
    while (rest.len && nk_str_cut(&rest, '|', &way)) {
        size_t at = nk_str_find(way, '>');

        w = nk_tree_add(t, s, NK_NODE_WAY);
        w->label = nk_str_head(way, at);
        w->text = nk_str_skip(way, at + 1);
    }
    return row;
}

/* Another who has part in the step of a row. */
static nk_node *with(nk_tree *t, nk_node *row, size_t lane)
{
    nk_node *cell = row->first, *s;

    while (lane--)
        cell = cell->next;
    s = nk_tree_add(t, cell, NK_NODE_SYMBOL);
    s->symbol = NK_SYMBOL_PROCESS;
    s->shared = true;
    return s;
}

/* The k-th of that shape on a page; NULL: no such. */
static const nk_item *shape(const nk_page *page, nk_shape kind, size_t k)
{
    const nk_item *i;

    for (i = page->first; i; i = i->next)
        if (i->kind == NK_ITEM_SHAPE && i->shape == kind && k-- == 0)
            break;
    return i;
}

static size_t shapes(const nk_page *page, nk_shape kind)
{
    size_t n = 0;

    while (shape(page, kind, n))
        n++;
    return n;
}

static nk_mpt middle(const nk_item *i)
{
    return i->x + i->width / 2;
}

/* Is there a line, from end to end of it? */
static bool is_line(const nk_page *page, nk_mpt x1, nk_mpt y1, nk_mpt x2,
                    nk_mpt y2)
{
    const nk_item *i;

    for (i = page->first; i; i = i->next)
        if (i->kind == NK_ITEM_FILL && i->x == x1 - RULE / 2 &&
            i->y == y1 - RULE / 2 && i->width == x2 - x1 + RULE &&
            i->height == y2 - y1 + RULE)
            return true;
    return false;
}

static void draws_each_step_in_its_lane(void **state)
{
    static const nk_shape kinds[] = { NK_SHAPE_CAPSULE, NK_SHAPE_BOX,
                                      NK_SHAPE_DIAMOND };
    nk_tree *t = *state;
    nk_node *f = flow(t);
    const nk_page *page;
    nk_pages *pages;
    uint32_t tag;
    size_t i;

    step(t, f, "1", NK_SYMBOL_START, 0, ">2");
    step(t, f, "2", NK_SYMBOL_PROCESS, 1, ">3");
    step(t, f, "3", NK_SYMBOL_DECISION, 2, "");
    pages = nk_tree_lay(t);
    assert_int_equal(pages->n, 1);
    page = pages->first;
    for (i = 0; i < 3; i++) {
        const nk_item *s = shape(page, kinds[i], 0);
        nk_mpt lane = (t->doc.width - 2 * NK_TREE_LEFT) / 3;

        assert_non_null(s);
        assert_int_equal(s->width, WIDTH);
        assert_int_equal(s->height, HEIGHT);
        assert_in_range(middle(s),
                        NK_TREE_LEFT + (nk_mpt)i * lane + lane / 2 - 2,
                        NK_TREE_LEFT + (nk_mpt)i * lane + lane / 2 + 2);
        /* It is read: a figure in a cell of its row. */
        tag = s->tag;
        assert_int_equal(pages->tags[tag].type, NK_STRUCT_FIGURE);
        assert_int_equal(pages->tags[tag].alt.ptr[0], '1' + (char)i);
        assert_int_equal(pages->tags[pages->tags[tag].parent].type,
                         NK_STRUCT_TD);
    }
    assert_int_equal(nk_laid_item(page, NK_ITEM_TEXT, 0)->tag,
                     shape(page, NK_SHAPE_CAPSULE, 0)->tag);
    assert_str(nk_laid_item(page, NK_ITEM_TEXT, 0)->text, "Mulai");
}

static void leads_to_the_next_row(void **state)
{
    nk_tree *t = *state;
    nk_node *f = flow(t);
    const nk_item *a, *b, *c, *head;
    const nk_page *page;
    nk_mpt turn;

    step(t, f, "1", NK_SYMBOL_START, 1, ">2");
    step(t, f, "2", NK_SYMBOL_PROCESS, 1, ">3");
    step(t, f, "3", NK_SYMBOL_END, 0, "");
    page = nk_tree_lay(t)->first;
    a = shape(page, NK_SHAPE_CAPSULE, 0);
    b = shape(page, NK_SHAPE_BOX, 0);
    c = shape(page, NK_SHAPE_CAPSULE, 1);
    assert_int_equal(shapes(page, NK_SHAPE_DOWN), 2);
    head = shape(page, NK_SHAPE_DOWN, 0);
    /* Straight down, and its point touches the symbol. */
    assert_int_equal(middle(head), middle(b));
    assert_int_equal(head->y + head->height, b->y);
    assert_int_equal(head->tag, NK_ARTIFACT);
    assert_true(
        is_line(page, middle(a), a->y + HEIGHT, middle(a), b->y - NK_MM(4)));
    /* Across to another lane, above all symbols of the row. */
    head = shape(page, NK_SHAPE_DOWN, 1);
    turn = c->y - NK_MM(4);
    assert_int_equal(middle(head), middle(c));
    assert_true(is_line(page, middle(b), b->y + HEIGHT, middle(b), turn));
    assert_true(is_line(page, middle(c), turn, middle(b), turn));
    assert_true(is_line(page, middle(c), turn, middle(c), head->y));
    assert_int_equal(shapes(page, NK_SHAPE_PENTAGON), 0);
    assert_int_equal(shapes(page, NK_SHAPE_CIRCLE), 0);
}

static void goes_on_over_a_page(void **state)
{
    nk_tree *t = *state;
    nk_node *f = flow(t);
    const nk_item *mark, *s;
    nk_pages *pages;

    step(t, f, "1", NK_SYMBOL_START, 0, ">2");
    step(t, f, "2", NK_SYMBOL_PROCESS, 0, ">3");
    step(t, f, "3", NK_SYMBOL_PROCESS, 0, ">4");
    step(t, f, "4", NK_SYMBOL_END, 2, "");
    pages = nk_tree_lay(t);
    assert_int_equal(pages->n, 2);
    /* Two arrows and a connector, which says where it leads. */
    assert_int_equal(shapes(pages->first, NK_SHAPE_DOWN), 2);
    assert_int_equal(shapes(pages->first, NK_SHAPE_PENTAGON), 1);
    mark = shape(pages->first, NK_SHAPE_PENTAGON, 0);
    s = shape(pages->first, NK_SHAPE_BOX, 1);
    assert_int_equal(middle(mark), middle(s));
    assert_true(mark->y > s->y + HEIGHT);
    assert_true(mark->y + mark->height <= NK_TREE_BOTTOM);
    assert_lines(t, pages, 1, "Mulai\n4");
    /* The same at the head of the next page, above the step it leads to. */
    mark = shape(pages->last, NK_SHAPE_PENTAGON, 0);
    s = shape(pages->last, NK_SHAPE_CAPSULE, 0);
    assert_int_equal(middle(mark), middle(s));
    assert_true(mark->y >= NK_TREE_TOP && mark->y + mark->height < s->y);
    assert_int_equal(shapes(pages->last, NK_SHAPE_DOWN), 1);
    assert_lines(t, pages, 2, "Selesai\n4");
}

static void jumps_by_connectors(void **state)
{
    nk_tree *t = *state;
    nk_node *f = flow(t);
    const nk_item *from, *to, *d, *b;
    nk_pages *pages;

    step(t, f, "1", NK_SYMBOL_START, 1, ">2");
    step(t, f, "2", NK_SYMBOL_PROCESS, 1, ">3");
    step(t, f, "3", NK_SYMBOL_DECISION, 1, "Ya>4|Ubah>2|Tidak>x");
    step(t, f, "4", NK_SYMBOL_END, 0, "");
    step(t, f, "x", NK_SYMBOL_END, 2, "");
    pages = nk_tree_lay(t);
    assert_int_equal(pages->n, 2);
    b = shape(pages->first, NK_SHAPE_BOX, 0);
    d = shape(pages->first, NK_SHAPE_DIAMOND, 0);
    /* Back to 2, on the same page: a circle at each end. */
    assert_int_equal(shapes(pages->first, NK_SHAPE_CIRCLE), 2);
    to = shape(pages->first, NK_SHAPE_CIRCLE, 0);
    from = shape(pages->first, NK_SHAPE_CIRCLE, 1);
    assert_true(to->x + to->width / 2 < b->x && to->y < b->y);
    assert_true(from->x > middle(d) && from->y > d->y);
    assert_int_equal(shape(pages->first, NK_SHAPE_RIGHT, 0)->x +
                         shape(pages->first, NK_SHAPE_RIGHT, 0)->width,
                     b->x);
    /* To x and on to 4, which are on the next: pentagons. */
    assert_int_equal(shapes(pages->first, NK_SHAPE_PENTAGON), 2);
    assert_int_equal(shapes(pages->last, NK_SHAPE_PENTAGON), 2);
    assert_int_equal(shapes(pages->last, NK_SHAPE_CIRCLE), 0);
    assert_lines(t, pages, 1, "Mulai\nA\nYa\nA\nUbah\nB\nTidak\n4");
    assert_lines(t, pages, 2, "Selesai\n4\nSelesai\nB");
}

static void joins_who_do_a_step_together(void **state)
{
    nk_tree *t = *state;
    nk_node *f = flow(t), *row;
    const nk_item *a, *b;
    const nk_page *page;

    row = step(t, f, "1", NK_SYMBOL_START, 0, ">2");
    with(t, row, 2);
    /* The way out to the left, since another is at the right. */
    row = step(t, f, "2", NK_SYMBOL_DECISION, 1, "Ya>3|Tidak>1");
    with(t, row, 2);
    step(t, f, "3", NK_SYMBOL_END, 1, "");
    page = nk_tree_lay(t)->first;
    a = shape(page, NK_SHAPE_CAPSULE, 0);
    b = shape(page, NK_SHAPE_BOX, 0);
    assert_true(is_line(page, a->x + WIDTH, a->y + HEIGHT / 2, b->x,
                        b->y + HEIGHT / 2));
    a = shape(page, NK_SHAPE_DIAMOND, 0);
    b = shape(page, NK_SHAPE_BOX, 1);
    assert_true(is_line(page, a->x + WIDTH, a->y + HEIGHT / 2, b->x,
                        b->y + HEIGHT / 2));
    assert_true(shape(page, NK_SHAPE_CIRCLE, 1)->x < a->x);
}

static void says_when_a_lane_is_too_narrow(void **state)
{
    nk_tree *t = *state;
    nk_node *f = flow(t);
    nk_pages *pages = NULL;

    t->doc.width = NK_PT(90);
    step(t, f, "1", NK_SYMBOL_START, 0, "");
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_int_equal(t->problems.listed, 1);
    assert_str(nk_msg_name(t->problems.first->msg), "PIECE_TOO_LARGE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(draws_each_step_in_its_lane),
        NK_TREE_TEST(leads_to_the_next_row),
        NK_TREE_TEST(goes_on_over_a_page),
        NK_TREE_TEST(jumps_by_connectors),
        NK_TREE_TEST(joins_who_do_a_step_together),
        NK_TREE_TEST(says_when_a_lane_is_too_narrow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
