/*
 * Pages as text: every kind of item and everything told of an element.
 */
#include "../support/laid.h"

static nk_str dump(nk_tree *t, const nk_pages *p)
{
    nk_str out = NK_EMPTY;

    assert_int_equal(nk_pages_dump(&t->ctx, &t->arena, p, &out), NK_OK);
    return out;
}

static void tells_everything(void **state)
{
    nk_struct_tag tags[] = {
        { .type = NK_STRUCT_DOCUMENT },
        { .type = NK_STRUCT_TH, .span = 2, .row_head = true },
        { .type = NK_STRUCT_FIGURE, .parent = 1, .alt = NK_STR_INIT("\"x\"") },
        { .type = NK_STRUCT_FORM, .parent = 0, .span = 1 },
    };
    nk_item items[] = {
        { .kind = NK_ITEM_TEXT,
          .tag = 1,
          .x = 1,
          .y = -2,
          .width = 3,
          .text = NK_STR_INIT("a b"),
          .face = 5,
          .size = 11000,
          .space = -7,
          .cut = true },
        { .kind = NK_ITEM_TEXT, .face = 0, .size = 1 },
        { .kind = NK_ITEM_FILL, .width = 4, .height = 5 },
        { .kind = NK_ITEM_FRAME, .width = 6, .height = 7 },
        { .kind = NK_ITEM_DOTS, .x = 8 },
        { .kind = NK_ITEM_IMAGE, .tag = 2, .text = NK_STR_INIT("arms") },
        { .kind = NK_ITEM_SIGN, .tag = 3, .text = NK_STR_INIT("kepala") },
    };
    nk_page two = { .first = &items[5] }, one = { &two, &items[0], NULL };
    nk_pages p = { .width = 595276,
                   .height = 841890,
                   .first = &one,
                   .n = 2,
                   .tags = tags,
                   .tags_n = 4,
                   .draft = true };
    size_t i;

    for (i = 0; i + 1 < NK_COUNT(items); i++)
        items[i].next = i == 4 ? NULL : &items[i + 1];
    assert_str(dump(*state, &p),
               "pages 2 of 595276 x 841890 draft\n"
               "tag 0 Document in 0\n"
               "tag 1 TH in 0 row-head span=2\n"
               "tag 2 Figure in 1 \"\"x\"\"\n"
               "tag 3 Form in 0\n"
               "page 1\n"
               "  text 1,-2 3x0 face=5 size=11000 space=-7 cut"
               " tag=1 \"a b\"\n"
               "  text 0,0 0x0 face=0 size=1\n"
               "  fill 0,0 4x5\n"
               "  frame 0,0 6x7\n"
               "  dots 8,0 0x0\n"
               "page 2\n"
               "  image 0,0 0x0 tag=2 \"arms\"\n"
               "  sign 0,0 0x0 tag=3 \"kepala\"\n");
    p.draft = false;
    assert_true(nk_str_starts(dump(*state, &p),
                              NK_STR("pages 2 of 595276 x 841890\n")));
}

/* The name of every structure type, in the order of page.h. */
static void names_every_element(void **state)
{
    static const char *const names[NK_STRUCTS] = {
        "Document", "P",     "H1", "H2", "L",  "LI",     "Lbl",
        "LBody",    "Table", "TR", "TH", "TD", "Figure", "Form",
    };
    nk_struct_tag tags[NK_STRUCTS];
    nk_pages p = { .tags = tags, .tags_n = NK_STRUCTS };
    nk_str rest, line, word;
    size_t i;

    for (i = 0; i < NK_STRUCTS; i++)
        tags[i] = (nk_struct_tag){ .type = (nk_struct)i };
    rest = dump(*state, &p);
    nk_str_cut(&rest, '\n', &line);
    for (i = 0; i < NK_STRUCTS; i++) {
        assert_true(nk_str_cut(&rest, '\n', &line));
        nk_str_word(&line, &word);
        nk_str_word(&line, &word);
        nk_str_word(&line, &word);
        assert_str(word, names[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(tells_everything),
        NK_TREE_TEST(names_every_element),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
