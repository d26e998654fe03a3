/*
 * Content streams, operator by operator: pages of a few items and exactly
 * what is written for them.
 */
#include "../support/faces.h"

#include "pdf/pdf_int.h"

static const nk_struct_tag tags[] = {
    { .type = NK_STRUCT_DOCUMENT }, { .type = NK_STRUCT_P },
    { .type = NK_STRUCT_H1 },       { .type = NK_STRUCT_FIGURE },
    { .type = NK_STRUCT_FORM },
};

/* A page 100 pt high, and what becomes of it. */
struct fixture {
    nk_desk *desk;
    nk_fonts *fonts;
    nk_pdf *pdf;
    nk_item items[16];
    size_t n;
    nk_page page, second;
    nk_pages pages;
    struct nk_pdf__paper w;
};

static int open_fixture(void **state)
{
    static struct fixture f;
    void *desk;

    if (nk_desk_open(&desk) < 0)
        return -1;
    f = (struct fixture){ .desk = desk };
    f.fonts = nk_faces_open(f.desk);
    assert_int_equal(nk_pdf_open(&f.desk->ctx, f.fonts, &f.pdf), NK_OK);
    f.pages = (nk_pages){ .width = 200000,
                          .height = 100000,
                          .first = &f.page,
                          .last = &f.page,
                          .n = 1,
                          .tags = (nk_struct_tag *)(uintptr_t)tags,
                          .tags_n = NK_COUNT(tags) };
    *state = &f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    void *desk = f->desk;

    nk_pdf_close(f->pdf);
    nk_fonts_close(f->fonts);
    return nk_desk_close(&desk);
}

static nk_item *add(struct fixture *f, nk_page *page, nk_item_kind kind,
                    uint32_t tag, nk_mpt x, nk_mpt y)
{
    nk_item *i = &f->items[f->n++];

    assert_true(f->n <= NK_COUNT(f->items));
    *i = (nk_item){ .kind = kind, .tag = tag, .x = x, .y = y, .size = 10000 };
    if (page->last)
        page->last->next = i;
    else
        page->first = i;
    page->last = i;
    return i;
}

static nk_item *text(struct fixture *f, uint32_t tag, nk_mpt x, nk_mpt y,
                     const char *s)
{
    nk_item *i = add(f, &f->page, NK_ITEM_TEXT, tag, x, y);

    i->text = nk_str_of(s);
    i->width = (nk_mpt)i->text.len * 5000;
    return i;
}

static nk_err draw(struct fixture *f)
{
    nk_arena *a = &f->desk->arena;

    f->w = (struct nk_pdf__paper){
        .ctx = &f->desk->ctx, .a = a, .pdf = f->pdf, .pages = &f->pages
    };
    f->w.elements = NK_NEWN(a, NK_COUNT(tags), struct nk_pdf__element);
    f->w.sheets = NK_NEWN(a, f->pages.n, struct nk_pdf__sheet);
    assert_non_null(f->w.elements);
    assert_non_null(f->w.sheets);
    return nk_pdf__content(&f->w);
}

static void writes(struct fixture *f, const char *want)
{
    assert_int_equal(draw(f), NK_OK);
    assert_str(f->w.sheets[0].content, want);
}

/* ---- Text -------------------------------------------------------------- */

static void lines_follow_each_other(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 10000, 20000, "Kepala Dinas");
    text(f, 1, 10500, 32250, "AVA");
    writes(f, "/P<</MCID 0>>BDC\n"
              "BT 10 80 Td /F0 10 Tf [(Kepala Dinas )]TJ "
              "0.5 -12.25 Td [(A)74(V)74(A)]TJ ET\n"
              "EMC\n");
    assert_int_equal(f->w.sheets[0].marks, 1);
    assert_int_equal(f->w.sheets[0].owners[0], 1);
    assert_int_equal(f->w.sheets[0].faces_base, 1u << 0);
    assert_int_equal(f->w.sheets[0].faces_extra, 0);
}

/* A space says that words are parted: at the end of a line, before a gap;
   not where a word is cut, nor before what touches. */
static void parted_texts_end_with_a_space(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 0, "ab\u00AD")->cut = true;
    text(f, 1, 0, 10000, "cd")->width = 10000;
    text(f, 1, 11250, 10000, "ef")->width = 10000; /* an eighth of 10 pt */
    text(f, 1, 22501, 10000, "gh");
    text(f, 2, 0, 30000, "ij");
    writes(f, "/P<</MCID 0>>BDC\n"
              "BT 0 100 Td /F0 10 Tf [(ab\xAD)]TJ 0 -10 Td [(cd)]TJ "
              "11.25 0 Td [(ef )]TJ 11.251 0 Td [(gh)]TJ ET\n"
              "EMC\n"
              "/H1<</MCID 1>>BDC\n"
              "BT 0 70 Td [(ij)]TJ ET\n"
              "EMC\n");
}

/* Once is enough. */
static void texts_may_end_with_a_space_already(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 10000, "Salinan ");
    text(f, 1, 90000, 10000, "dari");
    writes(f, "/P<</MCID 0>>BDC\n"
              "BT 0 90 Td /F0 10 Tf [(Salinan )]TJ 90 0 Td [(dari)]TJ ET\n"
              "EMC\n");
}

/* In a row that is cut, the lines of its cells come in turns. */
static void texts_may_come_in_turns(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 10000, "ab");
    text(f, 2, 50000, 10000, "ij");
    text(f, 1, 0, 20000, "cd");
    text(f, 2, 50000, 20000, "kl");
    writes(f, "/P<</MCID 0>>BDC\nBT 0 90 Td /F0 10 Tf [(ab )]TJ ET\nEMC\n"
              "/H1<</MCID 1>>BDC\nBT 50 90 Td [(ij )]TJ ET\nEMC\n"
              "/P<</MCID 2>>BDC\nBT 0 80 Td [(cd)]TJ ET\nEMC\n"
              "/H1<</MCID 3>>BDC\nBT 50 80 Td [(kl)]TJ ET\nEMC\n");
}

static void state_is_written_when_it_changes(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 10000, "a b")->space = 1500;
    text(f, 1, 50000, 10000, "c")->space = 1500;
    f->items[1].face = NK_FACE_BOLD;
    text(f, 1, 100000, 10000, "d")->face = NK_FACE_BOLD;
    f->items[2].size = 9500;
    text(f, 1, 150000, 10000, "e")->space = -20;
    writes(f, "/P<</MCID 0>>BDC\n"
              "BT 1.5 Tw 0 90 Td /F0 10 Tf [(a b )]TJ "
              "50 0 Td /F1 10 Tf [(c )]TJ "
              "0 Tw 50 0 Td /F1 9.5 Tf [(d )]TJ "
              "-0.02 Tw 50 0 Td /F0 10 Tf [(e)]TJ ET\n"
              "EMC\n");
    assert_int_equal(f->w.sheets[0].faces_base, 3u);
}

static void elements_alternate(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 10000, "a");
    text(f, 2, 0, 20000, "b");
    text(f, 1, 0, 30000, "c");
    text(f, NK_ARTIFACT, 0, 40000, "- 2 -");
    writes(f, "/P<</MCID 0>>BDC\nBT 0 90 Td /F0 10 Tf [(a )]TJ ET\nEMC\n"
              "/H1<</MCID 1>>BDC\nBT 0 80 Td [(b)]TJ ET\nEMC\n"
              "/P<</MCID 2>>BDC\nBT 0 70 Td [(c)]TJ ET\nEMC\n"
              "/Artifact BMC\nBT 0 60 Td [(- 2 -)]TJ ET\nEMC\n");
    assert_int_equal(f->w.sheets[0].marks, 3);
    assert_int_equal(f->w.elements[1].first->mcid, 0);
    assert_int_equal(f->w.elements[1].first->next->mcid, 2);
    assert_int_equal(f->w.elements[2].first->mcid, 1);
    assert_null(f->w.elements[2].first->next);
}

static void characters_beyond_windows_1252(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 10000, "A\u0218 \u0218B");
    writes(f, "/P<</MCID 0>>BDC\n"
              "BT 0 90 Td /F0 10 Tf [(A)]TJ /X0 10 Tf [<0147>]TJ "
              "/F0 10 Tf [( )]TJ /X0 10 Tf [<0147>]TJ /F0 10 Tf [(B)]TJ ET\n"
              "EMC\n");
    assert_int_equal(f->w.sheets[0].faces_extra, 1u);
    assert_int_equal(f->w.fonts[0].glyphs_n, 1);
    assert_int_equal(f->w.fonts[0].glyphs[0].glyph, 0x147);
    assert_str(f->w.fonts[0].glyphs[0].text, "\u0218");
}

static void brackets_are_escaped(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 10000, "(a\\b)");
    writes(f, "/P<</MCID 0>>BDC\n"
              "BT 0 90 Td /F0 10 Tf [(\\(a\\\\b\\))]TJ ET\n"
              "EMC\n");
}

static void glyphs_are_noted_once_and_in_order(void **state)
{
    struct fixture *f = *state;
    size_t i;

    text(f, 1, 0, 10000, "\u017B\u0218\u0104\u017B\u0100\u0218");
    assert_int_equal(draw(f), NK_OK);
    assert_int_equal(f->w.fonts[0].glyphs_n, 4);
    for (i = 1; i < 4; i++)
        assert_true(f->w.fonts[0].glyphs[i - 1].glyph <
                    f->w.fonts[0].glyphs[i].glyph);
    assert_int_equal(f->w.fonts[1].glyphs_n, 0);
}

/* ---- Shapes ------------------------------------------------------------ */

static nk_item *shape(struct fixture *f, nk_item_kind kind, nk_mpt x, nk_mpt y,
                      nk_mpt width, nk_mpt height)
{
    nk_item *i = add(f, &f->page, kind, NK_ARTIFACT, x, y);

    i->width = width;
    i->height = height;
    i->stroke = 500;
    return i;
}

static void shapes_come_first(void **state)
{
    struct fixture *f = *state;

    text(f, 1, 0, 10000, "a");
    shape(f, NK_ITEM_FILL, 10000, 20000, 50000, 750);
    shape(f, NK_ITEM_FRAME, 10000, 30000, 14000, 14250);
    shape(f, NK_ITEM_FRAME, 24000, 30000, 14000, 14250);
    shape(f, NK_ITEM_DOTS, 10000, 60000, 30000, 0);
    shape(f, NK_ITEM_FRAME, 0, 0, 1000, 1000)->stroke = 1000;
    writes(f, "/Artifact BMC\n"
              "10 79.25 50 0.75 re f\n"
              "0.5 w\n"
              "10 55.75 14 14.25 re S\n"
              "24 55.75 14 14.25 re S\n"
              "q 1 J 0.6 w [0 2] 0 d 10.5 40 m 39.5 40 l S Q\n"
              "1 w\n"
              "0 99 1 1 re S\n"
              "EMC\n"
              "/P<</MCID 0>>BDC\nBT 0 90 Td /F0 10 Tf [(a)]TJ ET\nEMC\n");
}

static void an_empty_page_is_empty(void **state)
{
    writes(*state, "");
}

/* ---- Pictures ---------------------------------------------------------- */

static void add_picture(struct fixture *f, const char *name)
{
    nk_str png = NK_EMPTY;

    assert_int_equal(nk_file_read(&f->desk->ctx, &f->desk->arena,
                                  NK_STR("templates/parts/arms.png"),
                                  NK_MAX_FILE, &png),
                     NK_OK);
    assert_int_equal(nk_pdf_add_image(&f->desk->ctx, f->pdf, nk_str_of(name),
                                      png, NK_STR("arms.png")),
                     NK_OK);
}

static nk_item *picture(struct fixture *f, const char *name, uint32_t tag)
{
    nk_item *i = shape(f, NK_ITEM_IMAGE, 10000, 20000, 30000, 40000);

    i->text = nk_str_of(name);
    i->tag = tag;
    return i;
}

static void pictures_are_figures(void **state)
{
    struct fixture *f = *state;
    const nk_item *i;

    add_picture(f, "arms");
    add_picture(f, "logo");
    text(f, 1, 0, 10000, "a");
    i = picture(f, "logo", 3);
    picture(f, "arms", NK_ARTIFACT);
    picture(f, "logo", NK_ARTIFACT);
    writes(f, "/P<</MCID 0>>BDC\nBT 0 90 Td /F0 10 Tf [(a)]TJ ET\nEMC\n"
              "/Figure<</MCID 1>>BDC\n"
              "q 30 0 0 40 10 40 cm /I0 Do Q\n"
              "EMC\n"
              "/Artifact BMC\n"
              "q 30 0 0 40 10 40 cm /I1 Do Q\n"
              "q 30 0 0 40 10 40 cm /I0 Do Q\n"
              "EMC\n");
    assert_int_equal(f->w.sheets[0].images_n, 2);
    assert_ptr_equal(f->w.elements[3].object, i);
    /* An ornament belongs to no element, and not to the document either. */
    assert_null(f->w.elements[0].object);
}

static void a_picture_that_went_away(void **state)
{
    struct fixture *f = *state;

    picture(f, "none", 3);
    assert_int_equal(draw(f), NK_E_NOTFOUND);
    assert_str(nk_msg_name(f->desk->ctx.fault.msg), "IMAGE_NONE");
    assert_str(f->desk->ctx.fault.args.v[0], "none");
}

static void a_page_holds_some_pictures(void **state)
{
    static const char names[][2] = {
        "a", "b", "c", "d", "e", "f", "g", "h", "i"
    };
    struct fixture *f = *state;
    size_t k;

    for (k = 0; k < NK_MAX_PAGE_IMAGES; k++) {
        add_picture(f, names[k]);
        picture(f, names[k], 3);
    }
    picture(f, names[0], 3); /* again: none more */
    assert_int_equal(draw(f), NK_OK);
    add_picture(f, names[k]);
    picture(f, names[k], 3);
    assert_int_equal(draw(f), NK_E_LIMIT);
    assert_str(nk_msg_name(f->desk->ctx.fault.msg), "TOO_MANY_IMAGES");
}

/* ---- Drafts and places to sign ----------------------------------------- */

static void drafts_are_marked(void **state)
{
    struct fixture *f = *state;
    static const char head[] = "/Artifact BMC\nq 0.88 g 0.7071 0.7071 -0.7071 "
                               "0.7071 100 50 cm\nBT ";
    static const char tail[] = "Q\nEMC\n/P<</MCID 0>>BDC\n"
                               "BT 0 90 Td /F0 10 Tf [(a)]TJ ET\nEMC\n";

    f->pages.draft = true;
    text(f, 1, 0, 10000, "a");
    assert_int_equal(draw(f), NK_OK);
    assert_true(nk_str_starts(f->w.sheets[0].content, nk_str_of(head)));
    assert_true(nk_str_ends(f->w.sheets[0].content, nk_str_of(tail)));
    assert_true(
        nk_str_search(f->w.sheets[0].content, NK_STR("-38 Td /F1 110 Tf [(K")) <
        f->w.sheets[0].content.len);
    assert_int_equal(f->w.sheets[0].faces_base, 3u);
}

static void places_to_sign_are_not_drawn(void **state)
{
    struct fixture *f = *state;
    nk_item *i = shape(f, NK_ITEM_SIGN, 10000, 20000, 60000, 30000);

    i->tag = 4;
    writes(f, "");
    assert_int_equal(f->w.signs_n, 1);
    assert_ptr_equal(f->w.signs[0], i);
    assert_int_equal(f->w.sign_pages[0], 0);
    assert_ptr_equal(f->w.elements[4].object, i);
}

/* Each page begins anew: marks from 0, fonts to be set again. */
static void pages_stand_alone(void **state)
{
    struct fixture *f = *state;
    nk_item *i;

    f->page.next = f->pages.last = &f->second;
    f->pages.n = 2;
    text(f, 1, 0, 10000, "a")->space = 100;
    i = add(f, &f->second, NK_ITEM_TEXT, 1, 0, 10000);
    i->text = NK_STR("b");
    writes(f, "/P<</MCID 0>>BDC\n"
              "BT 0.1 Tw 0 90 Td /F0 10 Tf [(a )]TJ ET\nEMC\n");
    assert_str(f->w.sheets[1].content,
               "/P<</MCID 0>>BDC\nBT 0 90 Td /F0 10 Tf [(b)]TJ ET\nEMC\n");
    assert_int_equal(f->w.elements[1].first->page, 0);
    assert_int_equal(f->w.elements[1].last->page, 1);
    assert_int_equal(f->w.elements[1].last->mcid, 0);
}

/* More sequences than there was room for at first. */
static void marks_have_no_bound(void **state)
{
    struct fixture *f = *state;
    nk_item *many = NK_NEWN(&f->desk->arena, 300, nk_item);
    uint32_t k;

    assert_non_null(many);
    for (k = 0; k < 300; k++) {
        many[k] = (nk_item){ .kind = NK_ITEM_TEXT,
                             .tag = 1 + k % 2,
                             .text = NK_STR("a"),
                             .size = 10000,
                             .next = k < 299 ? &many[k + 1] : NULL };
    }
    f->page.first = many;
    assert_int_equal(draw(f), NK_OK);
    assert_int_equal(f->w.sheets[0].marks, 300);
    for (k = 0; k < 300; k++)
        assert_int_equal(f->w.sheets[0].owners[k], 1 + k % 2);
}

#define TEST(test)                                                             \
    cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_follow_each_other),
        TEST(parted_texts_end_with_a_space),
        TEST(texts_may_end_with_a_space_already),
        TEST(texts_may_come_in_turns),
        TEST(state_is_written_when_it_changes),
        TEST(elements_alternate),
        TEST(characters_beyond_windows_1252),
        TEST(brackets_are_escaped),
        TEST(glyphs_are_noted_once_and_in_order),
        TEST(shapes_come_first),
        TEST(an_empty_page_is_empty),
        TEST(pictures_are_figures),
        TEST(a_picture_that_went_away),
        TEST(a_page_holds_some_pictures),
        TEST(drafts_are_marked),
        TEST(places_to_sign_are_not_drawn),
        TEST(pages_stand_alone),
        TEST(marks_have_no_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
