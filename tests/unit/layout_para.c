/*
 * Paragraphs on paper: where each line begins and ends, and what is drawn on
 * it. A typewriter of 5 pt a character writes in a column of 100 pt.
 */
#include "../support/laid.h"

#include "layout/layout_int.h"

#define CHAR NK_TREE_CHAR
#define LEFT NK_TREE_LEFT
#define BASE NK_TREE_BASE
#define LINE NK_TREE_LINE

static const nk_item *text_item(const nk_pages *pages, size_t k)
{
    const nk_item *i = nk_laid_item(pages->first, NK_ITEM_TEXT, k);

    assert_non_null(i);
    return i;
}

static void check_text(const nk_pages *pages, size_t k, const char *text,
                       nk_mpt x, nk_mpt y, nk_mpt width)
{
    const nk_item *i = text_item(pages, k);

    assert_str(i->text, text);
    assert_int_equal(i->x, x);
    assert_int_equal(i->y, y);
    assert_int_equal(i->width, width);
}

static void check_box(const nk_pages *pages, nk_item_kind kind, size_t k,
                      const nk_mpt want[4])
{
    const nk_item *i = nk_laid_item(pages->first, kind, k);

    assert_non_null(i);
    assert_int_equal(i->x, want[0]);
    assert_int_equal(i->y, want[1]);
    assert_int_equal(i->width, want[2]);
    assert_int_equal(i->height, want[3]);
    assert_int_equal(i->tag, NK_ARTIFACT);
}

#define BOX(...) ((const nk_mpt[4]){ __VA_ARGS__ })

static nk_node *aligned(nk_tree *t, nk_align align, const char *text)
{
    nk_node *p = nk_tree_p(t, t->body, text);

    nk_tree_style(t, p)->align = align;
    return p;
}

/* ---- Lines ------------------------------------------------------------- */

static void lines_stand_left(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    aligned(t, NK_ALIGN_LEFT, "aaaa bbbb cccc dddd eeee");
    pages = nk_tree_lay(t);
    check_text(pages, 0, "aaaa bbbb cccc dddd", LEFT, BASE, 19 * CHAR);
    check_text(pages, 1, "eeee", LEFT, BASE + LINE, 4 * CHAR);
    assert_int_equal(text_item(pages, 0)->space, 0);
    assert_int_equal(text_item(pages, 0)->size, 10000);
    assert_int_equal(text_item(pages, 0)->face, 0);
    assert_int_equal(pages->n, 1);
    assert_int_equal(pages->width, 120000);
    assert_int_equal(pages->height, 200000);
}

static void lines_stand_right(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    aligned(t, NK_ALIGN_RIGHT, "aaaa bbbb cccc dddd eeee");
    pages = nk_tree_lay(t);
    check_text(pages, 0, "aaaa bbbb cccc dddd", LEFT + CHAR, BASE, 19 * CHAR);
    check_text(pages, 1, "eeee", LEFT + 16 * CHAR, BASE + LINE, 4 * CHAR);
}

/* No more lines than needed, and those of about the same length. */
static void centred_lines_are_near_equal(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    aligned(t, NK_ALIGN_CENTER, "aaaa bbbb cccc dddd eeee");
    aligned(t, NK_ALIGN_CENTER, "ff");
    pages = nk_tree_lay(t);
    check_text(pages, 0, "aaaa bbbb cccc", LEFT + 3 * CHAR, BASE, 14 * CHAR);
    check_text(pages, 1, "dddd eeee", LEFT + 11 * CHAR / 2, BASE + LINE,
               9 * CHAR);
    check_text(pages, 2, "ff", LEFT + 9 * CHAR, BASE + 2 * LINE, 2 * CHAR);
}

/* What is left is shared by the spaces, less than 1/1000 pt for each. */
static void justified_lines_end_at_the_margin(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    aligned(t, NK_ALIGN_JUSTIFY,
            "aaaa bbbb cccc dddd aa bb cc dd ee fffff aaaaa aaaaa aaaaaa "
            "eeee");
    pages = nk_tree_lay(t);
    /* One character for three spaces: 1666 each, 2 are over. */
    check_text(pages, 0, "aaaa bbbb cccc dddd", LEFT, BASE, 20 * CHAR - 2);
    assert_int_equal(text_item(pages, 0)->space, 1666);
    check_text(pages, 1, "aa bb cc dd ee fffff", LEFT, BASE + LINE, 20 * CHAR);
    assert_int_equal(text_item(pages, 1)->space, 0);
    check_text(pages, 2, "aaaaa aaaaa aaaaaa", LEFT, BASE + 2 * LINE,
               20 * CHAR);
    assert_int_equal(text_item(pages, 2)->space, CHAR);
    check_text(pages, 3, "eeee", LEFT, BASE + 3 * LINE, 4 * CHAR);
}

static void justified_lines_may_shrink(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    /* 21 characters with four spaces; the last line too is shrunk. */
    aligned(t, NK_ALIGN_JUSTIFY, "aaaa bbb ccc dddd eee");
    pages = nk_tree_lay(t);
    check_text(pages, 0, "aaaa bbb ccc dddd eee", LEFT, BASE, 20 * CHAR);
    assert_int_equal(text_item(pages, 0)->space, -1250);
}

static void words_are_cut_only_where_it_helps(void **state)
{
    static const char *const words[] = { "ke-te-rang-an", NULL };
    nk_tree *t = *state;

    t->mono.words = words;
    aligned(t, NK_ALIGN_JUSTIFY, "aaaa bbbb cccc keterangan dddd");
    /* Ragged lines and centred ones are never cut. */
    aligned(t, NK_ALIGN_LEFT, "aaaa bbbb cccc keterangan dddd");
    aligned(t, NK_ALIGN_CENTER, "aaaa bbbb cccc keterangan dddd");
    assert_lines(t, nk_tree_lay(t), 1,
                 "aaaa bbbb cccc kete-\n"
                 "rangan dddd\n"
                 "aaaa bbbb cccc\n"
                 "keterangan dddd\n"
                 "aaaa bbbb cccc\n"
                 "keterangan dddd");
}

static void a_cut_word_ends_at_the_margin_too(void **state)
{
    static const char *const words[] = { "ber-gerak", NULL };
    nk_tree *t = *state;
    const nk_pages *pages;

    t->mono.words = words;
    memcpy(t->mono.kern, "rg", 2);
    t->mono.by = 40;
    aligned(t, NK_ALIGN_JUSTIFY, "aaaa aaaa aaaaa bergerak aaaa aaaaaa bbbb");
    pages = nk_tree_lay(t);
    check_text(pages, 0, "aaaa aaaa aaaaa ber\u00AD", LEFT, BASE, 20 * CHAR);
    /* "gerak" is set without the "r" that drew it closer. */
    check_text(pages, 1, "gerak aaaa aaaaaa", LEFT, BASE + LINE, 20 * CHAR);
    assert_int_equal(text_item(pages, 1)->space, 3 * CHAR / 2);
}

static void indents_narrow_the_lines(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_LEFT, "aa bb cc dd ee ff gg hh");
    nk_style *s = nk_tree_style(t, p);
    const nk_pages *pages;

    s->indent = 2 * CHAR;
    s->right = 3 * CHAR;
    s->first = 5 * CHAR;
    p = aligned(t, NK_ALIGN_RIGHT, "aa bb cc dd");
    s = nk_tree_style(t, p);
    s->indent = 12 * CHAR;
    s->first = -3 * CHAR;
    pages = nk_tree_lay(t);
    /* 15 characters, 10 of them in the first line. */
    check_text(pages, 0, "aa bb cc", LEFT + 7 * CHAR, BASE, 8 * CHAR);
    check_text(pages, 1, "dd ee ff gg hh", LEFT + 2 * CHAR, BASE + LINE,
               14 * CHAR);
    check_text(pages, 2, "aa bb cc dd", LEFT + 9 * CHAR, BASE + 2 * LINE,
               11 * CHAR);
}

/* Whoever reads the words aloud must know where one goes on. */
static void lines_know_whether_they_cut_a_word(void **state)
{
    static const char *const words[] = { "ke-te-rang-an", NULL };
    nk_tree *t = *state;
    const nk_pages *pages;
    nk_node *p;

    t->mono.words = words;
    aligned(t, NK_ALIGN_JUSTIFY, "aaaa bbbb cccc keterangan dddd");
    aligned(t, NK_ALIGN_LEFT, "aaaa bbbb cccc anak-anak");
    aligned(t, NK_ALIGN_LEFT, "abcdefghijklmnopqrstuvwxyz yz");
    p = aligned(t, NK_ALIGN_LEFT, "aa");
    nk_tree_add(t, p, NK_NODE_BR);
    nk_tree_words(t, p, "bb");
    pages = nk_tree_lay(t);
    assert_true(text_item(pages, 0)->cut);
    assert_false(text_item(pages, 1)->cut);
    assert_str(text_item(pages, 2)->text, "aaaa bbbb cccc anak-");
    assert_true(text_item(pages, 2)->cut);
    assert_str(text_item(pages, 4)->text, "abcdefghijklmnopqrst");
    assert_true(text_item(pages, 4)->cut);
    assert_false(text_item(pages, 5)->cut);
    assert_str(text_item(pages, 6)->text, "aa");
    assert_false(text_item(pages, 6)->cut);
}

/* An indent that leaves no room does not loop and loses nothing. */
static void no_room_is_one_character_wide(void **state)
{
    nk_tree *t = *state;

    nk_tree_style(t, aligned(t, NK_ALIGN_LEFT, "ab c"))->indent = 19 * CHAR;
    assert_lines(t, nk_tree_lay(t), 1, "a\nb\nc");
    assert_int_equal(t->problems.warnings, 1);
}

static void spaces_between_paragraphs(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_LEFT, "a");
    nk_style *s = nk_tree_style(t, p);
    const nk_pages *pages;

    s->before = 7000; /* none at the top of a page */
    s->after = 4000;
    p = aligned(t, NK_ALIGN_LEFT, "b");
    s = nk_tree_style(t, p);
    s->before = 9000; /* the larger of the two counts */
    s->set = 0;       /* then what the column says: 6 pt */
    p = aligned(t, NK_ALIGN_LEFT, "c");
    p = nk_tree_add(t, t->body, NK_NODE_P); /* an empty line */
    nk_tree_style(t, p)->set = NK_SET_AFTER;
    aligned(t, NK_ALIGN_LEFT, "d");
    pages = nk_tree_lay(t);
    assert_int_equal(text_item(pages, 0)->y, BASE);
    assert_int_equal(text_item(pages, 1)->y, BASE + LINE + 9000);
    assert_int_equal(text_item(pages, 2)->y, BASE + 2 * LINE + 15000);
    assert_int_equal(text_item(pages, 3)->y, BASE + 4 * LINE + 15000);
}

static void type_sets_the_height_of_lines(void **state)
{
    nk_tree *t = *state;
    nk_style *s = nk_tree_style(t, aligned(t, NK_ALIGN_LEFT, "aaaa"));
    const nk_pages *pages;

    s->set |= NK_SET_SIZE | NK_SET_LEADING | NK_SET_FAMILY;
    s->size = 20000;
    s->leading = 1500;
    s->family = NK_FACE_SERIF;
    s->bold = s->italic = true;
    aligned(t, NK_ALIGN_LEFT, "bbbb");
    pages = nk_tree_lay(t);
    /* 30 high, 20 of them type: 5 above it, then 16 to the baseline. */
    check_text(pages, 0, "aaaa", LEFT, NK_TREE_TOP + 21000, 40000);
    assert_int_equal(text_item(pages, 0)->face,
                     NK_FACE_SERIF | NK_FACE_BOLD | NK_FACE_ITALIC);
    check_text(pages, 1, "bbbb", LEFT, NK_TREE_TOP + 30000 + 9000, 20000);
}

static void lines_end_where_told(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_JUSTIFY, "aa bb ");

    nk_tree_add(t, p, NK_NODE_BR);
    nk_tree_add(t, p, NK_NODE_BR);
    nk_tree_words(t, p, " cc dd");
    assert_lines(t, nk_tree_lay(t), 1, "aa bb\ncc dd");
    /* The line between is there, and the one before is not stretched. */
    check_text(nk_tree_lay(t), 1, "cc dd", LEFT, BASE + 2 * LINE, 5 * CHAR);
    check_text(nk_tree_lay(t), 0, "aa bb", LEFT, BASE, 5 * CHAR);
}

/* ---- Runs -------------------------------------------------------------- */

static void faces_make_runs(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_JUSTIFY, "aaa bb ");
    const nk_pages *pages;

    nk_tree_words(t, p, "ccc dd")->bold = true;
    nk_tree_words(t, p, ", eee ffffff");
    pages = nk_tree_lay(t);
    /* The first line has 18 characters and four spaces: 2500 for each. */
    check_text(pages, 0, "aaa bb ", LEFT, BASE, 7 * CHAR + 5000);
    check_text(pages, 1, "ccc dd", LEFT + 7 * CHAR + 5000, BASE,
               6 * CHAR + 2500);
    check_text(pages, 2, ", eee", LEFT + 13 * CHAR + 7500, BASE,
               5 * CHAR + 2500);
    check_text(pages, 3, "ffffff", LEFT, BASE + LINE, 6 * CHAR);
    assert_int_equal(text_item(pages, 1)->face, NK_FACE_BOLD);
    assert_int_equal(text_item(pages, 2)->face, 0);
    assert_int_equal(text_item(pages, 2)->space, 2500);
    assert_int_equal(text_item(pages, 0)->tag, text_item(pages, 3)->tag);
}

static void underlines_words_not_the_space_after(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_LEFT, "a ");

    nk_tree_words(t, p, "bb cc")->underline = true;
    nk_tree_words(t, p, " dd");
    check_box(nk_tree_lay(t), NK_ITEM_FILL, 0,
              BOX(LEFT + 2 * CHAR, BASE + 1000, 5 * CHAR, 555));
}

/* ---- Boxes ------------------------------------------------------------- */

static void boxes_to_tick(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_LEFT, "a ");
    nk_mpt side = NK_LAYOUT__CHECK, top = BASE - 3600 - side / 2;
    const nk_pages *pages;

    nk_tree_add(t, p, NK_NODE_CHECK)->checked = true;
    nk_tree_words(t, p, " b ");
    nk_tree_add(t, p, NK_NODE_CHECK);
    pages = nk_tree_lay(t);
    check_box(pages, NK_ITEM_FRAME, 0, BOX(LEFT + 2 * CHAR, top, side, side));
    check_box(pages, NK_ITEM_FRAME, 1,
              BOX(LEFT + 5 * CHAR + side, top, side, side));
    assert_int_equal(nk_laid_count(pages->first, NK_ITEM_FRAME), 2);
    assert_lines(t, pages, 1, "a |X|b ");
    check_text(pages, 1, "X", LEFT + 2 * CHAR + (side - CHAR) / 2, BASE, CHAR);
    assert_int_equal(text_item(pages, 1)->face, NK_FACE_BOLD);
    assert_int_not_equal(text_item(pages, 1)->tag, NK_ARTIFACT);
}

static nk_node *comb(nk_tree *t, uint32_t boxes, const char *text)
{
    nk_node *p = nk_tree_add(t, t->body, NK_NODE_P);
    nk_node *n = nk_tree_add(t, p, NK_NODE_COMB);

    nk_tree_style(t, p)->set = NK_SET_AFTER;
    n->count = boxes;
    n->text = nk_str_of(text);
    n->field = &t->field;
    return n;
}

static void combs_hold_a_character_a_box(void **state)
{
    nk_tree *t = *state;
    nk_mpt side = NK_LAYOUT__BOX, height = side + NK_MM(1), base;
    const nk_pages *pages;
    size_t k;

    comb(t, 5, "4\u00E97");
    pages = nk_tree_lay(t);
    base = NK_TREE_TOP + (height - 10000) / 2 + 8000;
    assert_int_equal(nk_laid_count(pages->first, NK_ITEM_FRAME), 5);
    for (k = 0; k < 5; k++)
        check_box(
            pages, NK_ITEM_FRAME, k,
            BOX(LEFT + (nk_mpt)k * side, base - 3600 - side / 2, side, side));
    assert_lines(t, pages, 1, "4|\u00E9|7");
    check_text(pages, 2, "7", LEFT + 2 * side + (side - CHAR) / 2, base, CHAR);
}

static void a_comb_too_short_is_an_error(void **state)
{
    nk_tree *t = *state;
    nk_node *n = comb(t, 3, "12345");
    nk_pages *pages = NULL;

    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_null(pages);
    assert_str(nk_msg_name(t->ctx.fault.msg), "PAPER_OVERFULL");
    assert_str(t->ctx.fault.args.v[0], "Pola");
    assert_str(t->ctx.fault.args.v[1], "1");
    assert_problem(t, NK_ERROR, "BOX_OVERFULL", n->at.line);
    assert_str(t->problems.first->place.field, "Korban: NIK");
    assert_str(t->problems.first->args.v[0], "Korban: NIK");
    assert_str(t->problems.first->args.v[1], "2");
}

/* Sixteen boxes of 5 mm do not go into a column of 100 pt: narrower ones do,
   as long as a character still fits. */
static void a_comb_stays_in_its_column(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;
    nk_pages *none = NULL;
    const nk_item *last;
    nk_node *n;

    comb(t, 16, "9901015204980011");
    pages = nk_tree_lay(t);
    last = nk_laid_item(pages->first, NK_ITEM_FRAME, 15);
    assert_int_equal(last->width, 6250);
    assert_int_equal(last->height, NK_LAYOUT__BOX);
    assert_int_equal(last->x + last->width, NK_TREE_RIGHT);
    check_text(pages, 15, "1", last->x + 625, text_item(pages, 0)->y, CHAR);
    n = comb(t, 21, "9");
    assert_int_equal(nk_tree_try(t, &none), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "BOX_OVERFULL", n->at.line);
}

/* ---- Places to write --------------------------------------------------- */

static nk_node *blank(nk_tree *t, nk_node *p, nk_mpt width, const char *text)
{
    nk_node *n = nk_tree_add(t, p, NK_NODE_BLANK);

    n->width = width;
    n->text = nk_str_of(text);
    n->field = &t->field;
    return n;
}

static void blanks_are_lines_to_write_on(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_JUSTIFY, "aa ");
    nk_mpt pad = NK_MM(1);
    const nk_pages *pages;

    blank(t, p, 40000, "bbb  cc");
    nk_tree_words(t, p, " dd");
    pages = nk_tree_lay(t);
    check_box(pages, NK_ITEM_FILL, 0,
              BOX(LEFT + 3 * CHAR, BASE + 2000, 40000, NK_LAYOUT__RULE));
    check_text(pages, 1, "bbb cc", LEFT + 3 * CHAR + pad, BASE, 6 * CHAR);
    check_text(pages, 2, "dd", LEFT + 4 * CHAR + 40000, BASE, 2 * CHAR);
    assert_int_equal(text_item(pages, 2)->space, 0);
}

/* A long value is set smaller, to three quarters of the size. */
static void values_shrink_to_their_place(void **state)
{
    nk_tree *t = *state;
    nk_mpt room = 50000 - 2 * NK_MM(1);
    const nk_item *i;
    nk_pages *pages;
    nk_node *n;

    blank(t, nk_tree_add(t, t->body, NK_NODE_P), 50000, "aaaa bbbbb");
    pages = nk_tree_lay(t);
    i = text_item(pages, 0);
    assert_int_equal(i->size, (int64_t)10000 * room / (10 * CHAR) - 5);
    assert_in_range(i->width, room - 100, room);
    n = blank(t, nk_tree_add(t, t->body, NK_NODE_P), 50000, "aaaa bbbb ccc");
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "BOX_OVERFULL", n->at.line);
    assert_str(t->problems.first->place.field, "Korban: NIK");
    /* Of 65 pt three quarters are 48.75: two letters more than 44.33. */
    assert_str(t->problems.first->args.v[1], "2");
}

static void what_has_no_width_grows(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_LEFT, "aa ");
    const nk_pages *pages;

    blank(t, p, 0, "");
    nk_tree_words(t, p, " bb ");
    blank(t, p, 0, "c");
    p = aligned(t, NK_ALIGN_RIGHT, "dd");
    nk_tree_add(t, p, NK_NODE_FILL);
    nk_tree_words(t, p, ":");
    pages = nk_tree_lay(t);
    /* 20 characters less 7: 6.5 for each. */
    check_box(
        pages, NK_ITEM_FILL, 0,
        BOX(LEFT + 3 * CHAR, BASE + 2000, 13 * CHAR / 2, NK_LAYOUT__RULE));
    check_box(
        pages, NK_ITEM_FILL, 1,
        BOX(LEFT + 27 * CHAR / 2, BASE + 2000, 13 * CHAR / 2, NK_LAYOUT__RULE));
    check_text(pages, 4, ":", LEFT + 19 * CHAR, BASE + LINE, CHAR);
}

static void dotted_blanks_leave_room_for_a_hand(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_LEFT, "aa ");
    const nk_pages *pages;
    nk_mpt hand = NK_MM(7);

    blank(t, p, 60000, "")->dotted = true;
    nk_tree_words(t, p, " bb cc");
    aligned(t, NK_ALIGN_LEFT, "dd");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "aa |bb\ncc\ndd");
    assert_int_equal(nk_laid_count(pages->first, NK_ITEM_DOTS), 1);
    /* A line that is written on is at least 7 mm high. */
    assert_int_equal(text_item(pages, 2)->y - text_item(pages, 0)->y, hand);
    assert_int_equal(text_item(pages, 3)->y - text_item(pages, 2)->y, LINE);
    assert_int_equal(nk_laid_item(pages->first, NK_ITEM_DOTS, 0)->y,
                     text_item(pages, 0)->y);
}

/* Stops are counted from the line's beginning. */
static void stops_align_what_follows(void **state)
{
    nk_tree *t = *state;
    nk_node *p = aligned(t, NK_ALIGN_JUSTIFY, "a");
    nk_mpt stop = 6 * CHAR;
    const nk_pages *pages;

    nk_tree_style(t, p)->indent = CHAR;
    nk_tree_add(t, p, NK_NODE_FILL)->width = stop;
    nk_tree_words(t, p, "bbbbbb");
    nk_tree_add(t, p, NK_NODE_FILL)->width = stop;
    nk_tree_words(t, p, "c");
    nk_tree_add(t, p, NK_NODE_FILL)->width = stop;
    nk_tree_words(t, p, "d");
    pages = nk_tree_lay(t);
    assert_lines(t, pages, 1, "a|bbbbbb|c\nd");
    assert_int_equal(text_item(pages, 0)->x, LEFT + CHAR);
    assert_int_equal(text_item(pages, 1)->x, LEFT + CHAR + stop);
    /* 12 is taken: less than 3 mm from its end, so 18. */
    assert_int_equal(text_item(pages, 2)->x, LEFT + CHAR + 3 * stop);
    assert_int_equal(text_item(pages, 3)->x, LEFT + CHAR);
}

/* ---- Lines to write on ------------------------------------------------- */

static nk_node *lines(nk_tree *t, uint32_t count, const char *text)
{
    nk_node *n = nk_tree_add(t, t->body, NK_NODE_LINES);

    n->count = count;
    n->height = 20000;
    n->text = nk_str_of(text);
    n->field = &t->field;
    return n;
}

static void ruled_lines_hold_a_text(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;
    nk_mpt base = NK_TREE_TOP + 5000 + 8000, y;
    size_t k;

    lines(t, 3, "aaaa bbbb cccc dddd eeee ff");
    aligned(t, NK_ALIGN_LEFT, "gg");
    pages = nk_tree_lay(t);
    /* The lines are a millimetre wider than the text on both sides. */
    assert_lines(t, pages, 1, "aaaa bbbb cccc\ndddd eeee ff\ngg");
    for (k = 0; k < 3; k++) {
        y = base + (nk_mpt)k * 20000;
        check_box(pages, NK_ITEM_FILL, k,
                  BOX(LEFT, y + 2000, 100000, NK_LAYOUT__RULE));
    }
    check_text(pages, 1, "dddd eeee ff", LEFT + NK_MM(1), base + 20000,
               12 * CHAR);
    assert_int_equal(text_item(pages, 2)->y, BASE + 60000 + 6000);
}

static void ruled_lines_stay_empty_in_a_blank(void **state)
{
    nk_tree *t = *state;
    const nk_pages *pages;

    lines(t, 2, "");
    pages = nk_tree_lay(t);
    assert_int_equal(nk_laid_count(pages->first, NK_ITEM_FILL), 2);
    assert_int_equal(nk_laid_count(pages->first, NK_ITEM_TEXT), 0);
    assert_int_equal(pages->tags_n, 1); /* the document alone */
}

static void too_few_ruled_lines_are_an_error(void **state)
{
    nk_tree *t = *state;
    nk_node *n = lines(t, 1, "aaaa bbbb cccc dddd eeee");
    nk_pages *pages;

    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_problem(t, NK_ERROR, "BOX_OVERFULL", n->at.line);
    /* A line too many: about 18 characters. */
    assert_str(t->problems.first->args.v[1], "19");
}

static void all_that_does_not_fit_is_told(void **state)
{
    nk_tree *t = *state;
    nk_pages *pages;

    comb(t, 1, "12");
    lines(t, 1, "aaaa bbbb cccc dddd eeee");
    nk_tree_p(t, t->body, "#");
    t->mono.lacks = '#';
    assert_int_equal(nk_tree_try(t, &pages), NK_E_INVALID);
    assert_int_equal(t->problems.errors, 3);
    assert_str(t->ctx.fault.args.v[1], "3");
}

/* All words in one line would be longer than a length can be. */
static void a_paragraph_may_be_very_long(void **state)
{
    nk_tree *t = *state;
    nk_node *p;
    nk_buf b;
    int i;

    nk_buf_init(&b, &t->arena);
    for (i = 0; i < 95000; i++)
        nk_buf_lit(&b, "abcdefghi ");
    nk_buf_putc(&b, '\0');
    p = nk_tree_p(t, t->body, b.ptr);
    nk_tree_style(t, p)->align = NK_ALIGN_JUSTIFY;
    nk_tree_style(t, p)->set |= NK_SET_ALIGN;
    /* Two words a line, fifteen lines a page. */
    assert_int_equal(nk_tree_lay(t)->n, 95000 / 2 / 15 + 1);
    /* Boxes beside each other, with no space between. */
    p = nk_tree_add(t, t->body, NK_NODE_P);
    for (i = 0; i < 25000; i++)
        nk_tree_add(t, p, NK_NODE_COMB)->count = 7;
    assert_int_equal(nk_tree_lay(t)->n, 95000 / 2 / 15 + 1 + 2500);
}

static void faces_that_fail_stop_it(void **state)
{
    nk_tree *t = *state;
    nk_pages *pages = NULL;

    nk_tree_p(t, t->body, "a");
    t->mono.no_faces = true;
    assert_int_equal(nk_tree_try(t, &pages), NK_E_IO);
    assert_null(pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(lines_stand_left),
        NK_TREE_TEST(lines_stand_right),
        NK_TREE_TEST(centred_lines_are_near_equal),
        NK_TREE_TEST(justified_lines_end_at_the_margin),
        NK_TREE_TEST(justified_lines_may_shrink),
        NK_TREE_TEST(words_are_cut_only_where_it_helps),
        NK_TREE_TEST(a_cut_word_ends_at_the_margin_too),
        NK_TREE_TEST(indents_narrow_the_lines),
        NK_TREE_TEST(lines_know_whether_they_cut_a_word),
        NK_TREE_TEST(no_room_is_one_character_wide),
        NK_TREE_TEST(spaces_between_paragraphs),
        NK_TREE_TEST(type_sets_the_height_of_lines),
        NK_TREE_TEST(lines_end_where_told),
        NK_TREE_TEST(faces_make_runs),
        NK_TREE_TEST(underlines_words_not_the_space_after),
        NK_TREE_TEST(boxes_to_tick),
        NK_TREE_TEST(combs_hold_a_character_a_box),
        NK_TREE_TEST(a_comb_too_short_is_an_error),
        NK_TREE_TEST(a_comb_stays_in_its_column),
        NK_TREE_TEST(blanks_are_lines_to_write_on),
        NK_TREE_TEST(values_shrink_to_their_place),
        NK_TREE_TEST(what_has_no_width_grows),
        NK_TREE_TEST(dotted_blanks_leave_room_for_a_hand),
        NK_TREE_TEST(stops_align_what_follows),
        NK_TREE_TEST(ruled_lines_hold_a_text),
        NK_TREE_TEST(ruled_lines_stay_empty_in_a_blank),
        NK_TREE_TEST(too_few_ruled_lines_are_an_error),
        NK_TREE_TEST(all_that_does_not_fit_is_told),
        NK_TREE_TEST(a_paragraph_may_be_very_long),
        NK_TREE_TEST(faces_that_fail_stop_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
