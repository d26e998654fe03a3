/*
 * Blocks: lists, blocks of their own width, pictures, places to sign, and
 * the structure elements they make.
 */
#include "../support/laid.h"

#include "layout/layout_int.h"

#define CHAR  NK_TREE_CHAR
#define LEFT  NK_TREE_LEFT
#define RIGHT NK_TREE_RIGHT
#define TOP   NK_TREE_TOP
#define BASE  NK_TREE_BASE
#define LINE  NK_TREE_LINE

static const nk_item *item(const nk_pages *pages, nk_item_kind kind, size_t k)
{
    const nk_item *i = nk_laid_item(pages->first, kind, k);

    assert_non_null(i);
    return i;
}

static void check_item(const nk_item *i, nk_mpt x, nk_mpt y, nk_mpt width,
                       nk_mpt height)
{
    assert_int_equal(i->x, x);
    assert_int_equal(i->y, y);
    assert_int_equal(i->width, width);
    assert_int_equal(i->height, height);
}

/* The structure elements as "0 Document(1 P 2 L(3 LI))". */
static void put_tags(nk_buf *b, const nk_pages *p, uint32_t parent)
{
    static const char *const names[] = {
        "Document", "P",     "H1", "H2", "L",  "LI",     "Lbl",
        "LBody",    "Table", "TR", "TH", "TD", "Figure", "Form",
    };
    bool first = true;
    uint32_t i;

    for (i = 1; i < p->tags_n; i++) {
        if (p->tags[i].parent != parent)
            continue;
        nk_buf_puts(b, first ? NK_STR("(") : NK_STR(" "));
        first = false;
        nk_buf_puts(b, nk_str_of(names[p->tags[i].type]));
        put_tags(b, p, i);
    }
    if (!first)
        nk_buf_putc(b, ')');
}

static nk_str tags(nk_tree *t, const nk_pages *p)
{
    nk_str out = NK_EMPTY;
    nk_buf b;

    nk_buf_init(&b, &t->arena);
    put_tags(&b, p, 0);
    assert_int_equal(nk_buf_end(&t->ctx, &b, &out), NK_OK);
    assert_int_equal(p->tags[0].type, NK_STRUCT_DOCUMENT);
    return out;
}

static void fails_with(nk_tree *t, nk_err code, const char *name, uint32_t line)
{
    nk_pages *pages = NULL;

    assert_int_equal(nk_tree_try(t, &pages), code);
    assert_null(pages);
    assert_str(nk_msg_name(t->ctx.fault.msg), name);
    assert_int_equal(t->ctx.fault.place.line, line);
}

static void does_not_fit(nk_tree *t, const nk_node *n)
{
    nk_pages *pages = NULL;

    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "PIECE_TOO_LARGE", n->at.line);
}

/* ---- Lists ------------------------------------------------------------- */

static nk_node *list(nk_tree *t, nk_node *parent, const char *kind)
{
    nk_node *n = nk_tree_add(t, parent, NK_NODE_LIST);

    n->text = nk_str_of(kind);
    return n;
}

static nk_node *add_item(nk_tree *t, nk_node *l, const char *label,
                         const char *text)
{
    nk_node *n = nk_tree_add(t, l, NK_NODE_ITEM);
    nk_node *p;

    n->label = nk_str_of(label);
    if (text) {
        p = nk_tree_p(t, n, text);
        nk_tree_style(t, p)->set = NK_SET_ALIGN;
    }
    return n;
}

static void items_stand_beside_their_labels(void **state)
{
    nk_tree *t = *state;
    nk_node *l = list(t, t->body, "1");
    const nk_pages *pages;
    nk_mpt room = NK_MM(7);

    add_item(t, l, "1.", "aaa bbb ccc ddd eee");
    add_item(t, l, "2.", "fff");
    nk_tree_p(t, t->body, "ggg");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "1.|aaa bbb ccc ddd\neee\n2.|fff\nggg");
    check_item(item(pages, NK_ITEM_TEXT, 0), LEFT, BASE, 2 * CHAR, 0);
    check_item(item(pages, NK_ITEM_TEXT, 1), LEFT + room, BASE, 15 * CHAR, 0);
    check_item(item(pages, NK_ITEM_TEXT, 2), LEFT + room, BASE + LINE, 3 * CHAR,
               0);
    /* 2 pt between items, 6 pt after the list. */
    check_item(item(pages, NK_ITEM_TEXT, 3), LEFT, BASE + 2 * LINE + 2000,
               2 * CHAR, 0);
    check_item(item(pages, NK_ITEM_TEXT, 5), LEFT, BASE + 3 * LINE + 8000,
               3 * CHAR, 0);
    assert_str(tags(t, pages), "(L(LI(Lbl LBody) LI(Lbl LBody)) P)");
    assert_int_equal(item(pages, NK_ITEM_TEXT, 0)->tag, 3);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 2)->tag, 4);
    assert_true(pages->tags[1].numbered);
}

static void lists_have_a_style(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;
    nk_style *s;
    nk_node *l;

    nk_tree_p(t, t->body, "x");
    l = list(t, t->body, "-");
    s = nk_tree_style(t, l);
    s->set = NK_SET_AFTER | NK_SET_ALIGN;
    s->align = NK_ALIGN_LEFT;
    s->indent = 2 * CHAR;
    s->right = CHAR;
    s->before = 8000;
    s->after = 1000;
    s->bold = true;
    add_item(t, l, "-", "aaa bbb ccc ddd eee");
    nk_tree_p(t, t->body, "y");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "x\n-|aaa bbb ccc\nddd eee\ny");
    check_item(item(pages, NK_ITEM_TEXT, 1), LEFT + 2 * CHAR,
               BASE + LINE + 8000, CHAR, 0);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 1)->face, NK_FACE_BOLD);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 4)->y, BASE + 3 * LINE + 9000);
    assert_false(pages->tags[2].numbered);
}

/* "XVIII." is wider than 7 mm: no label runs into its item. */
static void wide_labels_have_room(void **state)
{
    nk_tree *t = *state;
    nk_node *l = list(t, t->body, "I");
    const nk_pages *pages;
    nk_mpt room = 6 * CHAR + NK_MM(2);

    add_item(t, l, "I.", "aa");
    add_item(t, l, "XVIII.", "bb");
    pages = nk_tree_lay(t);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 1)->x, LEFT + room);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 3)->x, LEFT + room);
}

static void lists_stand_in_lists(void **state)
{
    nk_tree *t = *state;
    nk_node *l = list(t, t->body, "1"), *n = add_item(t, l, "1.", "aa");
    const nk_pages *pages;

    add_item(t, list(t, n, "a"), "a.", "bb");
    add_item(t, l, "2.", NULL); /* an empty item is its label */
    add_item(t, l, "3.", "cc");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "1.|aa\na.|bb\n2.\n3.|cc");
    assert_int_equal(item(pages, NK_ITEM_TEXT, 3)->x, LEFT + 2 * NK_MM(7));
    assert_str(tags(t, pages), "(L(LI(Lbl LBody(P L(LI(Lbl LBody))))"
                               " LI(Lbl LBody) LI(Lbl LBody)))");
}

static void an_item_may_begin_with_anything(void **state)
{
    nk_tree *t = *state;
    nk_node *l = list(t, t->body, "1"), *n = add_item(t, l, "1.", NULL);
    nk_node *row;
    const nk_pages *pages;

    row = nk_tree_add(t, nk_tree_table(t, n, 1), NK_NODE_ROW);
    nk_tree_cell(t, row, "aa");
    n = add_item(t, l, "2.", NULL);
    nk_tree_add(t, n, NK_NODE_SPACE)->height = 20000;
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "1.|aa\n2.");
    /* Where there is no text, a label stands near the top. */
    assert_int_equal(item(pages, NK_ITEM_TEXT, 2)->y, TOP + LINE + 10000);
}

/* ---- Blocks of their own width ----------------------------------------- */

static nk_node *block(nk_tree *t, nk_node *parent)
{
    return nk_tree_add(t, parent, NK_NODE_BLOCK);
}

/* What is lower than a line does not pull the next label up. */
static void labels_have_the_room_of_a_line(void **state)
{
    nk_tree *t = *state;
    nk_node *list = nk_tree_add(t, t->body, NK_NODE_LIST), *n;
    const nk_pages *pages;

    list->text = NK_STR("1");
    n = nk_tree_add(t, list, NK_NODE_ITEM);
    n->label = NK_STR("1.");
    n = nk_tree_add(t, n, NK_NODE_RULE);
    n->height = 750;
    n = nk_tree_add(t, list, NK_NODE_ITEM);
    n->label = NK_STR("2.");
    n = nk_tree_add(t, list, NK_NODE_ITEM);
    n->label = NK_STR("3.");
    nk_tree_p(t, n, "a");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "1.\n2.\n3.|a");
    assert_int_equal(item(pages, NK_ITEM_TEXT, 1)->y -
                         item(pages, NK_ITEM_TEXT, 0)->y,
                     LINE);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 2)->y -
                         item(pages, NK_ITEM_TEXT, 1)->y,
                     LINE - 1000); /* its baseline is in the line's middle */
}

static void blocks_narrow_their_column(void **state)
{
    nk_tree *t = *state;
    nk_node *b = block(t, t->body);
    nk_style *s = nk_tree_style(t, b);
    const nk_pages *pages;

    s->indent = 2 * CHAR;
    s->right = 3 * CHAR;
    s->set = NK_SET_AFTER | NK_SET_SIZE;
    s->size = 8000;
    s->before = 5000;
    s->after = 7000;
    b->inset = 5 * CHAR;
    nk_tree_p(t, b, "aaaa bbbb cccc");
    nk_tree_p(t, t->body, "dd");
    pages = nk_tree_lay(t);
    /* 50 pt: 12 characters of 4 pt. */
    assert_lines(t, pages, 1, "aaaa bbbb\ncccc\ndd");
    check_item(item(pages, NK_ITEM_TEXT, 0), LEFT + 2 * CHAR, TOP + 7200,
               9 * 4000, 0);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 2)->y,
                     TOP + 2 * 9600 + 7000 + 9000);
    /* Blocks are no structure of their own. */
    assert_str(tags(t, pages), "(P P)");
}

static void blocks_are_placed(void **state)
{
    nk_tree *t = *state;
    nk_node *b = block(t, t->body);
    const nk_pages *pages;

    b->width = 8 * CHAR;
    b->place = NK_ALIGN_RIGHT;
    b->inset = CHAR;
    nk_tree_p(t, b, "aaaa bbbb");
    b = block(t, t->body);
    b->width = 9 * CHAR;
    b->place = NK_ALIGN_CENTER;
    nk_tree_p(t, b, "cc");
    b = block(t, t->body);
    b->width = 90 * CHAR; /* no wider than there is room */
    nk_tree_style(t, nk_tree_p(t, b, "dd"))->align = NK_ALIGN_RIGHT;
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "aaaa\nbbbb\ncc\ndd");
    assert_int_equal(item(pages, NK_ITEM_TEXT, 0)->x, LEFT + 11 * CHAR);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 2)->x, LEFT + 11 * CHAR / 2);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 3)->x, RIGHT - 2 * CHAR);
}

/* As wide as the longest line, whatever its lines are aligned to. */
static void blocks_fit_their_lines(void **state)
{
    nk_tree *t = *state;
    nk_node *b = block(t, t->body);
    const nk_pages *pages;

    b->fit = true;
    b->place = NK_ALIGN_RIGHT;
    nk_tree_p(t, b, "Kepala,");
    nk_tree_style(t, nk_tree_p(t, b, "aaa"))->align = NK_ALIGN_CENTER;
    nk_tree_style(t, nk_tree_p(t, b, "bb"))->align = NK_ALIGN_RIGHT;
    pages = nk_tree_lay(t);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 0)->x, RIGHT - 7 * CHAR);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 1)->x, RIGHT - 5 * CHAR);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 2)->x, RIGHT - 2 * CHAR);
    /* Trying out how wide it is leaves no traces. */
    assert_int_equal(pages->tags_n, 4);
    assert_int_equal(nk_laid_count(pages->first, NK_ITEM_TEXT), 3);
}

static void a_trial_tells_no_problems(void **state)
{
    nk_tree *t = *state;
    nk_node *b = block(t, t->body);
    nk_pages *pages;
    nk_node *p;

    b->fit = true;
    p = nk_tree_p(t, b, "a#");
    t->mono.lacks = '#';
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "CHAR_MISSING", p->first->at.line);
}

static void frames_stand_around_blocks(void **state)
{
    nk_tree *t = *state;
    nk_node *b = block(t, t->body);
    nk_mpt px = NK_LAYOUT__PAD_X, py = NK_LAYOUT__PAD_Y;
    const nk_pages *pages;

    b->border = NK_BORDER_BOX;
    b->width = 10 * CHAR;
    nk_tree_p(t, b, "aaaa bbbb");
    nk_tree_p(t, t->body, "cc");
    pages = nk_tree_lay(t);
    check_item(item(pages, NK_ITEM_FRAME, 0), LEFT, TOP, 10 * CHAR,
               2 * LINE + 2 * py);
    assert_int_equal(item(pages, NK_ITEM_FRAME, 0)->stroke, NK_LAYOUT__RULE);
    check_item(item(pages, NK_ITEM_TEXT, 0), LEFT + px, BASE + py, 4 * CHAR, 0);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 2)->y, BASE + 2 * LINE + 2 * py);
}

/* The frame has its room beside the longest line, not from it. */
static void a_frame_fits_its_lines(void **state)
{
    nk_tree *t = *state;
    nk_node *b = block(t, t->body);
    nk_mpt px = NK_LAYOUT__PAD_X, py = NK_LAYOUT__PAD_Y;
    const nk_pages *pages;

    b->border = NK_BORDER_BOX;
    b->fit = true;
    b->place = NK_ALIGN_RIGHT;
    nk_tree_p(t, b, "aaa bbb");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "aaa bbb");
    check_item(item(pages, NK_ITEM_FRAME, 0), RIGHT - 7 * CHAR - 2 * px, TOP,
               7 * CHAR + 2 * px, LINE + 2 * py);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 0)->x, RIGHT - 7 * CHAR - px);
}

/* A line below a block: after its last line of text and never without it. */
static void a_line_stands_below_a_block(void **state)
{
    nk_tree *t = *state;
    nk_mpt py = NK_LAYOUT__PAD_Y;
    const nk_pages *pages;
    nk_node *b;
    int i;

    b = block(t, t->body);
    b->border = NK_BORDER_BOTTOM;
    b->width = 10 * CHAR;
    nk_tree_p(t, b, "aa");
    for (i = 0; i < 12; i++)
        nk_tree_p(t, t->body, "b");
    b = block(t, t->body);
    b->border = NK_BORDER_ROWS;
    nk_tree_style(t, nk_tree_p(t, b, "cc"))->before = LINE / 2;
    pages = nk_tree_lay(t);
    assert_int_equal(nk_laid_count(pages->first, NK_ITEM_FILL), 1);
    check_item(item(pages, NK_ITEM_FILL, 0), LEFT, TOP + LINE + py, 10 * CHAR,
               NK_LAYOUT__RULE);
    assert_lines(t, pages, 2, "cc");
    check_item(nk_laid_item(nk_laid_page(pages, 2), NK_ITEM_FILL, 0), LEFT,
               TOP + LINE + py, RIGHT - LEFT, NK_LAYOUT__RULE);
}

/* The work must not double at each level. */
static void blocks_that_fit_stand_in_such(void **state)
{
    nk_tree *t = *state;
    nk_node *block = t->body;
    const nk_pages *pages;
    int i;

    for (i = 0; i < 60; i++) {
        block = nk_tree_add(t, block, NK_NODE_BLOCK);
        block->fit = true;
        block->place = NK_ALIGN_RIGHT;
    }
    nk_tree_p(t, block, "aaaa");
    t->mono.calls = 0;
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "aaaa");
    assert_int_equal(item(pages, NK_ITEM_TEXT, 0)->x, RIGHT - 4 * CHAR);
    assert_in_range(t->mono.calls, 1, 60 * 61);
}

static void a_frame_is_never_cut(void **state)
{
    nk_tree *t = *state;
    nk_node *b;
    int i;

    for (i = 0; i < 10; i++)
        nk_tree_p(t, t->body, "a");
    b = block(t, t->body);
    b->border = NK_BORDER_ALL;
    for (i = 0; i < 6; i++)
        nk_tree_p(t, b, "b");
    assert_lines(t, nk_tree_lay(t), 2, "b\nb\nb\nb\nb\nb");
    /* One that is higher than any page is an error, not a page overrun. */
    for (i = 0; i < 10; i++)
        nk_tree_p(t, b, "c");
    does_not_fit(t, b);
}

static void nothing_leaves_the_paper(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "a");
    nk_node *n;

    nk_tree_style(t, p)->indent = -LEFT; /* to the very edge */
    nk_tree_lay(t);
    nk_tree_style(t, p)->indent = -LEFT - 1;
    does_not_fit(t, p);
    nk_tree_style(t, p)->indent = 0;
    n = nk_tree_add(t, t->body, NK_NODE_IMAGE);
    n->text = NK_STR("arms");
    n->width = RIGHT + 1;
    n->height = 1000;
    nk_problems_init(&t->problems, &t->arena);
    does_not_fit(t, n);
    n->width = RIGHT;
    nk_problems_init(&t->problems, &t->arena);
    nk_tree_lay(t);
}

static void nothing_in_the_margins_leaves_the_paper(void **state)
{
    nk_tree *t = *state;
    nk_node *foot = nk_tree_furniture(t, 1);

    nk_tree_p(t, t->body, "a");
    t->doc.footer = foot;
    nk_tree_style(t, nk_tree_p(t, foot, "b"))->indent = -LEFT - 1;
    does_not_fit(t, foot);
}

/* ---- Small things ------------------------------------------------------ */

static void spaces_and_rules(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;
    nk_style *s;
    nk_node *n;

    nk_tree_p(t, t->body, "a");
    nk_tree_add(t, t->body, NK_NODE_SPACE)->height = 20000;
    n = nk_tree_add(t, t->body, NK_NODE_RULE);
    n->height = 750;
    s = nk_tree_style(t, n);
    s->before = 2000;
    s->after = 3000;
    nk_tree_p(t, t->body, "b");
    pages = nk_tree_lay(t);
    check_item(item(pages, NK_ITEM_FILL, 0), LEFT, TOP + LINE + 22000, 100000,
               750);
    assert_int_equal(item(pages, NK_ITEM_TEXT, 1)->y, BASE + LINE + 25750);
    assert_str(tags(t, pages), "(P P)");
}

static nk_node *picture(nk_tree *t, nk_mpt width, nk_mpt height, nk_align align)
{
    nk_node *n = nk_tree_add(t, t->body, NK_NODE_IMAGE);
    nk_style *s = nk_tree_style(t, n);

    n->text = NK_STR("arms");
    n->label = NK_STR("Lambang");
    n->width = width;
    n->height = height;
    s->set = align != NK_ALIGN_LEFT ? NK_SET_ALIGN : 0;
    s->align = align;
    return n;
}

/* The picture is twice as high as wide. */
static void pictures_keep_their_proportions(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;
    nk_mpt h = NK_MM(20);

    picture(t, 0, 0, NK_ALIGN_LEFT);
    picture(t, 0, 30000, NK_ALIGN_CENTER);
    picture(t, 10000, 0, NK_ALIGN_RIGHT);
    picture(t, 20000, 5000, NK_ALIGN_LEFT);
    pages = nk_tree_lay(t);
    check_item(item(pages, NK_ITEM_IMAGE, 0), LEFT, TOP, h / 2, h);
    check_item(item(pages, NK_ITEM_IMAGE, 1), LEFT + 42500, TOP + h, 15000,
               30000);
    check_item(item(pages, NK_ITEM_IMAGE, 2), RIGHT - 10000, TOP + h + 30000,
               10000, 20000);
    check_item(item(pages, NK_ITEM_IMAGE, 3), LEFT, TOP + h + 50000, 20000,
               5000);
    assert_str(tags(t, pages), "(Figure Figure Figure Figure)");
    assert_str(pages->tags[2].alt, "Lambang");
    assert_str(item(pages, NK_ITEM_IMAGE, 0)->text, "arms");
    assert_int_equal(item(pages, NK_ITEM_IMAGE, 1)->tag, 2);
}

static void a_picture_without_words_is_an_ornament(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    picture(t, 0, 0, NK_ALIGN_LEFT)->label = NK_EMPTY;
    pages = nk_tree_lay(t);
    assert_str(tags(t, pages), "");
    assert_int_equal(item(pages, NK_ITEM_IMAGE, 0)->tag, NK_ARTIFACT);
}

static void a_picture_that_is_not_there(void **state)
{
    nk_tree *t = *state;
    nk_node *n = picture(t, 0, 0, NK_ALIGN_LEFT);

    n->text = NK_STR("logo");
    fails_with(t, NK_E_NOTFOUND, "IMAGE_NONE", n->at.line);
    assert_str(t->ctx.fault.args.v[0], "logo");
}

static nk_node *sign(nk_tree *t, nk_node *parent)
{
    nk_node *n = nk_tree_add(t, parent, NK_NODE_SIGN);

    n->text = NK_STR("kepala");
    n->label = NK_STR("Tanda tangan Kepala");
    n->width = 40000;
    n->height = 30000;
    return n;
}

static void places_to_sign(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    sign(t, t->body);
    pages = nk_tree_lay(t);
    check_item(item(pages, NK_ITEM_SIGN, 0), LEFT, TOP, 40000, 30000);
    assert_str(item(pages, NK_ITEM_SIGN, 0)->text, "kepala");
    assert_str(tags(t, pages), "(Form)");
    assert_str(pages->tags[1].alt, "Tanda tangan Kepala");
}

static void nobody_signs_in_the_margins(void **state)
{
    nk_tree *t = *state;
    nk_node *head = nk_tree_furniture(t, 1);

    nk_tree_p(t, t->body, "a");
    t->doc.header = head;
    fails_with(t, NK_E_INVALID, "SIGN_IN_MARGIN", sign(t, head)->at.line);
}

static void headings_have_their_element(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    nk_tree_p(t, t->body, "a")->role = NK_ROLE_H1;
    nk_tree_p(t, t->body, "b")->role = NK_ROLE_H2;
    nk_tree_add(t, t->body, NK_NODE_P); /* nothing to read: no element */
    pages = nk_tree_lay(t);
    assert_str(tags(t, pages), "(H1 H2)");
    assert_str(pages->title, "Pola");
    assert_str(pages->author, "Dinas Contoh");
    assert_str(pages->lang, "id");
    assert_str(pages->template_id, "pola");
    assert_str(pages->version, "1");
    assert_false(pages->draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(items_stand_beside_their_labels),
        NK_TREE_TEST(lists_have_a_style),
        NK_TREE_TEST(wide_labels_have_room),
        NK_TREE_TEST(lists_stand_in_lists),
        NK_TREE_TEST(an_item_may_begin_with_anything),
        NK_TREE_TEST(labels_have_the_room_of_a_line),
        NK_TREE_TEST(blocks_narrow_their_column),
        NK_TREE_TEST(blocks_are_placed),
        NK_TREE_TEST(blocks_fit_their_lines),
        NK_TREE_TEST(a_trial_tells_no_problems),
        NK_TREE_TEST(frames_stand_around_blocks),
        NK_TREE_TEST(a_frame_fits_its_lines),
        NK_TREE_TEST(a_line_stands_below_a_block),
        NK_TREE_TEST(blocks_that_fit_stand_in_such),
        NK_TREE_TEST(a_frame_is_never_cut),
        NK_TREE_TEST(nothing_leaves_the_paper),
        NK_TREE_TEST(nothing_in_the_margins_leaves_the_paper),
        NK_TREE_TEST(spaces_and_rules),
        NK_TREE_TEST(pictures_keep_their_proportions),
        NK_TREE_TEST(a_picture_without_words_is_an_ornament),
        NK_TREE_TEST(a_picture_that_is_not_there),
        NK_TREE_TEST(places_to_sign),
        NK_TREE_TEST(nobody_signs_in_the_margins),
        NK_TREE_TEST(headings_have_their_element),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
