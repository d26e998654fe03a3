/*
 * Pages: where they end, what stays together, header and footer. A page has
 * room for 15 lines.
 */
#include "../support/laid.h"

#define CHAR NK_TREE_CHAR
#define LEFT NK_TREE_LEFT
#define TOP  NK_TREE_TOP
#define BASE NK_TREE_BASE
#define LINE NK_TREE_LINE
#define EDGE NK_MM(8) /* furniture from the paper's edge */
#define GAP  NK_MM(4) /* and from the text */

static void fill(nk_tree *t, nk_node *parent, int lines)
{
    while (lines--)
        nk_tree_p(t, parent, "x");
}

/* How many texts stand on a page. */
static size_t count(const nk_pages *pages, uint32_t page)
{
    return nk_laid_count(nk_laid_page(pages, page), NK_ITEM_TEXT);
}

static const nk_item *text(const nk_pages *pages, uint32_t page, size_t k)
{
    const nk_item *i = nk_laid_item(nk_laid_page(pages, page), NK_ITEM_TEXT, k);

    assert_non_null(i);
    return i;
}

/* A paragraph of n lines, "1" to "n". */
static nk_node *lines(nk_tree *t, nk_node *parent, int n)
{
    nk_node *p = nk_tree_p(t, parent, "1");
    char digit[2] = "2";

    for (; *digit < '1' + n; ++*digit) {
        nk_tree_add(t, p, NK_NODE_BR);
        nk_tree_words(t, p, nk_str_z(&t->arena, (nk_str){ digit, 1 }));
    }
    return p;
}

/* ---- Where pages end --------------------------------------------------- */

static void pages_are_filled(void **state)
{
    nk_tree *t = *state;
    const nk_pages *p;

    fill(t, t->body, 31);
    p = nk_tree_lay(t);
    assert_int_equal(p->n, 3);
    assert_int_equal(count(p, 1), 15);
    assert_int_equal(count(p, 2), 15);
    assert_int_equal(count(p, 3), 1);
    assert_int_equal(text(p, 1, 14)->y, BASE + 14 * LINE);
    assert_int_equal(text(p, 2, 0)->y, BASE);
    assert_ptr_equal(nk_laid_page(p, 3), p->last);
}

static void an_empty_paper_has_a_page(void **state)
{
    const nk_pages *p = nk_tree_lay(*state);

    assert_int_equal(p->n, 1);
    assert_null(p->first->first);
}

static void pages_break_where_told(void **state)
{
    nk_tree *t = *state;

    nk_tree_add(t, t->body, NK_NODE_BREAK); /* before anything: none */
    nk_tree_p(t, t->body, "a");
    nk_tree_add(t, t->body, NK_NODE_BREAK);
    nk_tree_add(t, t->body, NK_NODE_BREAK); /* twice is once */
    nk_tree_p(t, t->body, "b");
    nk_tree_add(t, t->body, NK_NODE_BREAK); /* after all: none */
    assert_lines(t, nk_tree_lay(t), 1, "a");
    assert_lines(t, nk_tree_lay(t), 2, "b");
    assert_int_equal(nk_tree_lay(t)->n, 2);
}

static void space_above_goes_at_the_top(void **state)
{
    nk_tree *t = *state;
    nk_style *s;
    const nk_pages *p;

    fill(t, t->body, 14);
    s = nk_tree_style(t, nk_tree_p(t, t->body, "y"));
    s->before = 1;
    p = nk_tree_lay(t);
    assert_lines(t, p, 2, "y");
    assert_int_equal(text(p, 2, 0)->y, BASE);
    s->before = 0;
    assert_int_equal(nk_tree_lay(t)->n, 1);
}

static void the_first_page_may_begin_elsewhere(void **state)
{
    nk_tree *t = *state;
    const nk_pages *p;

    t->doc.first_top = TOP + 2 * LINE;
    fill(t, t->body, 14);
    p = nk_tree_lay(t);
    assert_int_equal(count(p, 1), 13);
    assert_int_equal(text(p, 1, 0)->y, BASE + 2 * LINE);
    assert_int_equal(text(p, 2, 0)->y, BASE);
}

static void a_paper_has_a_bound(void **state)
{
    nk_tree *t = *state;
    nk_pages *p = NULL;
    uint32_t i;

    for (i = 0; i < NK_MAX_PAGES; i++) {
        nk_tree_p(t, t->body, "x");
        nk_tree_add(t, t->body, NK_NODE_BREAK);
    }
    assert_int_equal(nk_tree_lay(t)->n, NK_MAX_PAGES);
    nk_tree_p(t, t->body, "x");
    assert_int_equal(nk_tree_try(t, &p), NK_E_LIMIT);
    assert_str(nk_msg_name(t->ctx.fault.msg), "TOO_MANY_PAGES");
    assert_str(t->ctx.fault.args.v[0], "20000");
}

/* ---- What stays together ----------------------------------------------- */

static void no_line_stands_alone(void **state)
{
    static const struct {
        int before, lines;
        const char *second; /* what goes to the second page */
    } rows[] = {
        { 13, 2, NULL },   { 14, 2, "1\n2" },       { 13, 3, "1\n2\n3" },
        { 12, 3, NULL },   { 12, 4, "3\n4" },       { 13, 4, "3\n4" },
        { 11, 4, NULL },   { 14, 4, "1\n2\n3\n4" }, { 11, 5, "4\n5" },
        { 12, 5, "4\n5" }, { 13, 5, "3\n4\n5" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_pages *p;
        void *tree;
        nk_tree *t;

        assert_int_equal(nk_tree_open(&tree), 0);
        t = tree;
        fill(t, t->body, rows[i].before);
        lines(t, t->body, rows[i].lines);
        p = nk_tree_lay(t);
        if (rows[i].second)
            assert_lines(t, p, 2, rows[i].second);
        else
            assert_int_equal(p->n, 1);
        nk_tree_close(&tree);
    }
}

static void headings_stay_with_what_they_head(void **state)
{
    nk_tree *t = *state;
    nk_node *n;

    fill(t, t->body, 13);
    n = nk_tree_p(t, t->body, "h");
    n->role = NK_ROLE_H1;
    nk_tree_style(t, n)->keep_next = true;
    lines(t, t->body, 4);
    /* The heading and two lines need three; there is room for two. */
    assert_lines(t, nk_tree_lay(t), 2, "h\n1\n2\n3\n4");
}

static void what_is_kept_goes_as_a_whole(void **state)
{
    nk_tree *t = *state;
    nk_node *keep;
    nk_style *s;

    fill(t, t->body, 10);
    keep = nk_tree_add(t, t->body, NK_NODE_KEEP);
    s = nk_tree_style(t, keep);
    s->set = NK_SET_ALIGN;
    s->before = LINE;
    nk_tree_p(t, keep, "a");
    fill(t, keep, 3);
    assert_int_equal(nk_tree_lay(t)->n, 1);
    nk_tree_p(t, keep, "b");
    assert_lines(t, nk_tree_lay(t), 2, "a\nx\nx\nx\nb");
}

static void what_is_kept_may_stay_with_the_next(void **state)
{
    nk_tree *t = *state;
    nk_node *keep;

    fill(t, t->body, 12);
    keep = nk_tree_add(t, t->body, NK_NODE_KEEP);
    nk_tree_p(t, keep, "a");
    nk_tree_p(t, keep, "b");
    nk_tree_style(t, keep)->keep_next = true;
    nk_tree_p(t, t->body, "c");
    nk_tree_p(t, t->body, "d");
    assert_lines(t, nk_tree_lay(t), 2, "d");
    nk_tree_add(t, keep, NK_NODE_SPACE)->height = 1;
    /* A thousandth too much, and all three go. */
    assert_lines(t, nk_tree_lay(t), 2, "a\nb\nc\nd");
}

/* What cannot be kept on any page flows over as many as it takes. */
static void more_than_a_page_cannot_be_kept(void **state)
{
    nk_tree *t = *state;
    nk_node *keep;
    const nk_pages *p;

    fill(t, t->body, 5);
    keep = nk_tree_add(t, t->body, NK_NODE_KEEP);
    fill(t, keep, 16);
    p = nk_tree_lay(t);
    assert_int_equal(p->n, 2);
    assert_int_equal(count(p, 1), 15);
    assert_int_equal(count(p, 2), 6);
    /* With one line less it fits a page, and is kept. */
    keep->first = keep->first->next;
    p = nk_tree_lay(t);
    assert_int_equal(count(p, 1), 5);
    assert_int_equal(count(p, 2), 15);
}

/* Sums of lengths are larger than a length can be. */
static void much_can_not_be_kept_either(void **state)
{
    nk_tree *t = *state;
    nk_node *keep = nk_tree_add(t, t->body, NK_NODE_KEEP), *p;
    const nk_pages *pages;

    fill(t, keep, 20000);
    for (p = keep->first; p; p = p->next)
        nk_tree_style(t, p)->after = NK_TREE_BOTTOM - TOP - LINE;
    for (p = keep->first; p; p = p->next)
        nk_tree_style(t, p)->set |= NK_SET_AFTER;
    pages = nk_tree_lay(t);
    assert_int_equal(pages->n, 20000);
    assert_int_equal(text(pages, 20000, 0)->y, BASE);
}

static void what_is_much_too_high_is_an_error(void **state)
{
    static const nk_border borders[] = { NK_BORDER_BOX, NK_BORDER_ALL };
    nk_tree *t = *state;
    nk_node *outer = nk_tree_add(t, t->body, NK_NODE_BLOCK), *inner;
    nk_pages *pages = NULL;
    size_t i;

    inner = nk_tree_add(t, outer, NK_NODE_BLOCK);
    outer->border = inner->border = NK_BORDER_BOX;
    for (i = 0; i < 400; i++) {
        nk_tree_add(t, inner, NK_NODE_SPACE)->height = NK_MAX_LENGTH;
        nk_tree_add(t, outer, NK_NODE_SPACE)->height = NK_MAX_LENGTH;
        nk_tree_p(t, inner, "x");
    }
    for (i = 0; i < NK_COUNT(borders); i++) {
        outer->border = borders[i];
        nk_problems_init(&t->problems, &t->arena);
        assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
        assert_problem(t, NK_ERROR, "PIECE_TOO_LARGE", outer->at.line);
    }
}

/* A page break told wins over what is kept. */
static void a_break_parts_what_is_kept(void **state)
{
    nk_tree *t = *state;
    nk_node *keep = nk_tree_add(t, t->body, NK_NODE_KEEP);

    nk_tree_p(t, keep, "a");
    nk_tree_p(t, keep, "b");
    nk_tree_add(t, keep, NK_NODE_BREAK);
    nk_tree_p(t, keep, "c");
    assert_lines(t, nk_tree_lay(t), 1, "a\nb");
    assert_lines(t, nk_tree_lay(t), 2, "c");
}

/* As the part `closing` is built: thanks, signature and copies in one. */
static void a_signature_is_never_alone(void **state)
{
    int before;

    (void)state;
    for (before = 0; before < 31; before++) {
        nk_node *keep, *block;
        const nk_page *page;
        nk_str seen;
        void *tree;
        nk_tree *t;

        assert_int_equal(nk_tree_open(&tree), 0);
        t = tree;
        fill(t, t->body, before);
        keep = nk_tree_add(t, t->body, NK_NODE_KEEP);
        nk_tree_p(t, keep, "Terima kasih.");
        block = nk_tree_add(t, keep, NK_NODE_BLOCK);
        block->fit = true;
        block->place = NK_ALIGN_RIGHT;
        nk_tree_p(t, block, "Kepala Dinas,");
        nk_tree_add(t, block, NK_NODE_SPACE)->height = 4 * LINE;
        nk_tree_p(t, block, "Contoh");
        page = nk_tree_lay(t)->last;
        seen = nk_laid_lines(t, page);
        assert_true(
            nk_str_ends(seen, NK_STR("Terima kasih.\nKepala Dinas,\nContoh")));
        nk_tree_close(&tree);
    }
}

static void space_belongs_to_what_follows(void **state)
{
    nk_tree *t = *state;
    const nk_pages *p;
    nk_node *space;

    fill(t, t->body, 13);
    space = nk_tree_add(t, t->body, NK_NODE_SPACE);
    space->height = LINE;
    nk_tree_p(t, t->body, "a");
    assert_int_equal(nk_tree_lay(t)->n, 1);
    space->height++;
    p = nk_tree_lay(t);
    assert_int_equal(count(p, 1), 13);
    assert_int_equal(text(p, 2, 0)->y, BASE + LINE + 1);
    space->height = -LINE; /* no space is less than none */
    assert_int_equal(text(nk_tree_lay(t), 1, 13)->y, BASE + 13 * LINE);
}

/* ---- Header and footer ------------------------------------------------- */

static nk_node *numbered(nk_tree *t, uint32_t from)
{
    nk_node *n = nk_tree_furniture(t, from), *p = nk_tree_p(t, n, "- ");

    nk_tree_add(t, p, NK_NODE_PAGE_NO);
    nk_tree_words(t, p, " dari ");
    nk_tree_add(t, p, NK_NODE_PAGE_COUNT);
    nk_tree_words(t, p, " -");
    return n;
}

static void furniture_has_its_room(void **state)
{
    nk_tree *t = *state;
    nk_mpt top = EDGE + LINE + GAP;
    const nk_pages *p;

    t->doc.header = numbered(t, 1);
    t->doc.footer = numbered(t, 1);
    fill(t, t->body, 9);
    p = nk_tree_lay(t);
    /* 200 pt less 46.016 above and below: eight lines. */
    assert_int_equal(p->n, 2);
    assert_int_equal(text(p, 1, 0)->y, top + 9000);
    assert_lines(t, p, 1, "x\nx\nx\nx\nx\nx\nx\nx\n- 1 dari 2 -\n- 1 dari 2 -");
    assert_lines(t, p, 2, "x\n- 2 dari 2 -\n- 2 dari 2 -");
    assert_int_equal(text(p, 2, 1)->y, EDGE + 9000);
    assert_int_equal(text(p, 2, 2)->y, 200000 - EDGE - LINE + 9000);
    assert_int_equal(text(p, 2, 1)->x, LEFT);
    assert_int_equal(text(p, 2, 1)->tag, NK_ARTIFACT);
    assert_int_equal(text(p, 2, 2)->tag, NK_ARTIFACT);
    assert_int_equal(p->tags_n, 10);
}

/* Where the margin is wide enough, it stays. */
static void furniture_stands_by_the_text(void **state)
{
    nk_tree *t = *state;
    const nk_pages *p;

    t->doc.top = t->doc.first_top = t->doc.bottom = 60000;
    t->doc.header = numbered(t, 1);
    t->doc.footer = numbered(t, 1);
    nk_tree_p(t, t->body, "x");
    p = nk_tree_lay(t);
    assert_int_equal(text(p, 1, 0)->y, 60000 + 9000);
    assert_int_equal(text(p, 1, 1)->y, 60000 - GAP - LINE + 9000);
    assert_int_equal(text(p, 1, 2)->y, 200000 - 60000 + GAP + 9000);
}

static void furniture_may_begin_later(void **state)
{
    nk_tree *t = *state;
    const nk_pages *p;

    t->doc.header = numbered(t, 2);
    t->doc.footer = numbered(t, 3);
    fill(t, t->body, 15 + 11 + 1);
    p = nk_tree_lay(t);
    assert_int_equal(p->n, 3);
    /* A page without them has all its room. */
    assert_int_equal(count(p, 1), 15);
    assert_int_equal(text(p, 1, 0)->y, BASE);
    assert_int_equal(count(p, 2), 11 + 1);
    assert_lines(t, p, 3, "x\n- 3 dari 3 -\n- 3 dari 3 -");
}

/* What is kept is measured against pages that have furniture. */
static void what_is_kept_knows_the_next_page(void **state)
{
    nk_tree *t = *state;
    nk_node *keep;
    const nk_pages *p;

    t->doc.header = numbered(t, 2);
    fill(t, t->body, 5);
    keep = nk_tree_add(t, t->body, NK_NODE_KEEP);
    fill(t, keep, 12); /* page 2 has room for eleven */
    p = nk_tree_lay(t);
    assert_int_equal(p->n, 2);
    assert_int_equal(count(p, 1), 15);
    assert_int_equal(count(p, 2), 2 + 1);
}

static void furniture_has_a_style(void **state)
{
    nk_tree *t = *state;
    nk_node *foot = nk_tree_furniture(t, 1), *p;
    nk_style *s = nk_tree_style(t, foot);
    const nk_pages *pages;

    s->set = NK_SET_SIZE | NK_SET_ALIGN;
    s->size = 8000;
    s->align = NK_ALIGN_CENTER;
    t->doc.footer = foot;
    p = nk_tree_add(t, foot, NK_NODE_P);
    nk_tree_words(t, p, "kaki");
    nk_tree_p(t, t->body, "x");
    pages = nk_tree_lay(t);
    assert_int_equal(text(pages, 1, 1)->size, 8000);
    assert_int_equal(text(pages, 1, 1)->x, LEFT + 50000 - 8000);
}

/* A fault in a header is told once, however many pages there are. */
static void a_fault_in_furniture_is_told_once(void **state)
{
    nk_tree *t = *state;
    nk_node *head = nk_tree_furniture(t, 1), *p = nk_tree_p(t, head, "a#");
    nk_pages *pages;

    t->mono.lacks = '#';
    t->doc.header = head;
    fill(t, t->body, 100);
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "CHAR_MISSING", p->first->at.line);
}

static void furniture_without_room_for_text_is_an_error(void **state)
{
    nk_tree *t = *state;
    nk_node *head = nk_tree_furniture(t, 1), *p;
    nk_pages *pages;

    fill(t, head, 12);
    t->doc.header = head;
    p = nk_tree_p(t, t->body, "x");
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "PIECE_TOO_LARGE", p->at.line);
}

/* Also on a page that has no text. */
static void furniture_higher_than_the_paper_is_an_error(void **state)
{
    nk_tree *t = *state;
    nk_node *foot = nk_tree_furniture(t, 1);
    nk_pages *pages = NULL;

    t->doc.footer = foot;
    nk_tree_add(t, foot, NK_NODE_SPACE)->height = t->doc.height - EDGE;
    assert_int_equal(nk_tree_lay(t)->n, 1);
    foot->first->height++;
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "PIECE_TOO_LARGE", foot->at.line);
    nk_problems_init(&t->problems, &t->arena);
    t->doc.footer = NULL;
    t->doc.header = foot;
    foot->first->height = NK_MAX_LENGTH;
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "PIECE_TOO_LARGE", foot->at.line);
}

/* ---- Papers ------------------------------------------------------------ */

static void papers_of_every_size(void **state)
{
    static const char *const names[] = { "A4", "F4", "A5" };
    nk_tree *t = *state;
    size_t i;

    nk_tree_style(t, nk_tree_p(t, t->body, "x"))->align = NK_ALIGN_RIGHT;
    t->doc.footer = numbered(t, 1);
    for (i = 0; i < 2 * NK_COUNT(names); i++) {
        const nk_paper_size *size = nk_paper_find(nk_str_of(names[i / 2]));
        bool turned = i % 2;
        const nk_pages *p;

        t->doc.width = turned ? size->height : size->width;
        t->doc.height = turned ? size->width : size->height;
        t->doc.left = NK_MM(30);
        t->doc.right = NK_MM(20);
        p = nk_tree_lay(t);
        assert_int_equal(p->width, t->doc.width);
        assert_int_equal(p->height, t->doc.height);
        assert_int_equal(text(p, 1, 0)->x + CHAR, t->doc.width - NK_MM(20));
        assert_int_equal(text(p, 1, 1)->x, NK_MM(30));
        assert_int_equal(text(p, 1, 1)->y, t->doc.height - EDGE - LINE + 9000);
    }
}

static void same_doc_same_pages(void **state)
{
    nk_tree *t = *state;
    nk_str one = NK_EMPTY, two = NK_EMPTY;

    t->doc.header = numbered(t, 1);
    fill(t, t->body, 20);
    lines(t, t->body, 7);
    assert_int_equal(nk_pages_dump(&t->ctx, &t->arena, nk_tree_lay(t), &one),
                     NK_OK);
    assert_int_equal(nk_pages_dump(&t->ctx, &t->arena, nk_tree_lay(t), &two),
                     NK_OK);
    assert_true(one.len > 500);
    assert_true(nk_str_eq(one, two));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(pages_are_filled),
        NK_TREE_TEST(an_empty_paper_has_a_page),
        NK_TREE_TEST(pages_break_where_told),
        NK_TREE_TEST(space_above_goes_at_the_top),
        NK_TREE_TEST(the_first_page_may_begin_elsewhere),
        NK_TREE_TEST(a_paper_has_a_bound),
        NK_TREE_TEST(no_line_stands_alone),
        NK_TREE_TEST(headings_stay_with_what_they_head),
        NK_TREE_TEST(what_is_kept_goes_as_a_whole),
        NK_TREE_TEST(what_is_kept_may_stay_with_the_next),
        NK_TREE_TEST(more_than_a_page_cannot_be_kept),
        NK_TREE_TEST(much_can_not_be_kept_either),
        NK_TREE_TEST(what_is_much_too_high_is_an_error),
        NK_TREE_TEST(a_break_parts_what_is_kept),
        NK_TREE_TEST(a_signature_is_never_alone),
        NK_TREE_TEST(space_belongs_to_what_follows),
        NK_TREE_TEST(furniture_has_its_room),
        NK_TREE_TEST(furniture_stands_by_the_text),
        NK_TREE_TEST(furniture_may_begin_later),
        NK_TREE_TEST(what_is_kept_knows_the_next_page),
        NK_TREE_TEST(furniture_has_a_style),
        NK_TREE_TEST(a_fault_in_furniture_is_told_once),
        NK_TREE_TEST(furniture_without_room_for_text_is_an_error),
        NK_TREE_TEST(furniture_higher_than_the_paper_is_an_error),
        NK_TREE_TEST(papers_of_every_size),
        NK_TREE_TEST(same_doc_same_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
