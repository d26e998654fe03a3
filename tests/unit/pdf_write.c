/*
 * The file as a whole: pages, catalog, trailer, the plan of signatures, and
 * the same bytes each time.
 */
#include "../support/pdf_draw.h"
#include "../support/press.h"

#include "pdf/pdf_int.h"

/* What layout asks of fonts is what fonts say. */
static void metrics_are_those_of_the_fonts(void **state)
{
    nk_press *p = *state;
    const nk_metrics *m = &p->t->metrics;
    const nk_face_info *info = NULL;
    int32_t width = 0, space = 0, ascent = 0, descent = 0, want = 0;
    const nk_word *word = NULL;
    uint32_t missing = 7;
    uint16_t after[4];
    size_t n = 0;

    assert_int_equal(m->word(m->self, &p->t->ctx, NK_FACE_BOLD,
                             NK_STR("AV\u6F22"), &width, &missing),
                     NK_OK);
    assert_int_equal(nk_fonts_word(&p->t->ctx, p->fonts, NK_FACE_BOLD,
                                   NK_STR("AV\u6F22"), &word),
                     NK_OK);
    assert_int_equal(width, word->width);
    assert_int_equal(missing, 0x6F22);
    assert_int_equal(
        m->face(m->self, &p->t->ctx, NK_FACE_SERIF, &space, &ascent, &descent),
        NK_OK);
    assert_int_equal(nk_fonts_info(&p->t->ctx, p->fonts, NK_FACE_SERIF, &info),
                     NK_OK);
    assert_int_equal(nk_fonts_space(&p->t->ctx, p->fonts, NK_FACE_SERIF, &want),
                     NK_OK);
    assert_int_equal(space, want);
    assert_int_equal(ascent, info->ascent);
    assert_int_equal(descent, info->descent);
    assert_int_equal(
        m->hyphens(m->self, &p->t->ctx, NK_STR("keterangan"), after, 4, &n),
        NK_OK);
    assert_int_equal(n, 2);
}

/* ---- A file ------------------------------------------------------------ */

static nk_read print(nk_press *p)
{
    return nk_read_open(&p->t->ctx, &p->t->arena, nk_press_print(p));
}

static void files_begin_and_end_as_they_must(void **state)
{
    nk_press *p = *state;
    nk_str pdf;
    nk_read r;
    size_t n;

    nk_tree_p(p->t, p->t->body, "a");
    pdf = nk_press_print(p);
    assert_true(nk_str_starts(pdf, NK_STR("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")));
    assert_true(nk_str_ends(pdf, NK_STR("%%EOF\n")));
    r = nk_read_open(&p->t->ctx, &p->t->arena, pdf);
    assert_int_equal(r.file.n, 1);
    assert_int_equal(r.file.trailing, 0);
    nk_read_pages(&r, &n);
    assert_int_equal(n, 1);
}

static void pages_say_what_they_are(void **state)
{
    nk_press *p = *state;
    nk_pdf_value *pages, page, box, *sides;
    nk_read r;
    size_t n, k;

    p->t->doc.width = 609449;
    p->t->doc.height = 935433; /* F4 */
    for (k = 0; k < 3; k++) {
        nk_tree_p(p->t, p->t->body, "a");
        nk_tree_add(p->t, p->t->body, NK_NODE_BREAK);
    }
    r = print(p);
    pages = nk_read_pages(&r, &n);
    assert_int_equal(n, 3);
    for (k = 0; k < 3; k++) {
        page = nk_read_object(&r, pages[k]).value;
        box = nk_read_get(&r, page, "MediaBox");
        sides = nk_read_array(&r, box, &n);
        assert_int_equal(n, 4);
        assert_int_equal(nk_draw_number(sides[0]), 0);
        assert_int_equal(nk_draw_number(sides[1]), 0);
        /* libharu writes five digits after the point of a float. */
        assert_true(nk_str_starts(sides[2].raw, NK_STR("609.4")));
        assert_true(nk_str_starts(sides[3].raw, NK_STR("935.4")));
        assert_int_equal(nk_read_int(&r, page, "StructParents"), k);
        assert_str(nk_read_get(&r, page, "Tabs").raw, "/S");
        assert_int_equal(nk_read_raw(&r, page, "Group").kind, NK_COS_NONE);
        assert_int_equal(nk_read_raw(&r, page, "Annots").kind, NK_COS_NONE);
    }
}

/* Long papers have a tree of pages, not one long list. */
static void many_pages_in_a_tree(void **state)
{
    nk_press *p = *state;
    nk_pdf_value root;
    nk_read r;
    size_t n, k;

    for (k = 0; k < 205; k++) {
        nk_tree_p(p->t, p->t->body, "a");
        nk_tree_add(p->t, p->t->body, NK_NODE_BREAK);
    }
    r = print(p);
    root = nk_read_get(&r, nk_read_catalog(&r), "Pages");
    nk_read_array(&r, nk_read_get(&r, root, "Kids"), &n);
    assert_int_equal(n, 3);
    nk_read_pages(&r, &n);
    assert_int_equal(n, 205);
}

static void the_catalog_tells_the_rest(void **state)
{
    nk_press *p = *state;
    nk_pdf_value c, intent, *list;
    nk_read r;
    size_t n;

    nk_tree_p(p->t, p->t->body, "a");
    r = print(p);
    c = nk_read_catalog(&r);
    assert_str(nk_read_get(&r, c, "Type").raw, "/Catalog");
    assert_str(nk_read_text(&r, c, "Lang"), "id");
    assert_str(nk_read_get(&r, nk_read_get(&r, c, "MarkInfo"), "Marked").raw,
               "true");
    assert_str(nk_read_get(&r, nk_read_get(&r, c, "ViewerPreferences"),
                           "DisplayDocTitle")
                   .raw,
               "true");
    list = nk_read_array(&r, nk_read_get(&r, c, "OutputIntents"), &n);
    assert_int_equal(n, 1);
    intent = list[0];
    assert_str(nk_read_get(&r, intent, "S").raw, "/GTS_PDFA1");
    assert_str(nk_read_text(&r, intent, "OutputConditionIdentifier"), "sRGB");
    /* Nothing that acts, nothing hidden. */
    assert_int_equal(nk_read_raw(&r, c, "OpenAction").kind, NK_COS_NONE);
    assert_int_equal(nk_read_raw(&r, c, "Names").kind, NK_COS_NONE);
    assert_int_equal(nk_read_raw(&r, c, "AcroForm").kind, NK_COS_NONE);
    assert_int_equal(nk_read_raw(&r, c, "OCProperties").kind, NK_COS_NONE);
}

static void the_trailer_names_the_paper(void **state)
{
    nk_press *p = *state;
    nk_pdf_value *id;
    nk_read r;
    size_t n;

    nk_tree_p(p->t, p->t->body, "a");
    r = print(p);
    id = nk_read_array(&r, nk_read_get(&r, nk_read_trailer(&r), "ID"), &n);
    assert_int_equal(n, 2);
    assert_str(id[0].raw, "(naskah:uji:1)");
    assert_str(id[1].raw, "(naskah:uji:1)");
    assert_int_equal(nk_read_raw(&r, nk_read_trailer(&r), "Encrypt").kind,
                     NK_COS_NONE);
}

static void pictures_are_shared(void **state)
{
    nk_press *p = *state;
    nk_pdf_value *pages, x, first = { 0 };
    nk_node *n;
    size_t count, k;
    nk_read r;
    nk_str pixels;

    for (k = 0; k < 2; k++) {
        n = nk_tree_add(p->t, p->t->body, NK_NODE_IMAGE);
        n->text = NK_STR("arms");
        n->label = NK_STR("Lambang");
        nk_tree_add(p->t, p->t->body, NK_NODE_BREAK);
    }
    r = print(p);
    pages = nk_read_pages(&r, &count);
    for (k = 0; k < count; k++) {
        x = nk_read_raw(
            &r,
            nk_read_get(&r,
                        nk_read_get(&r, nk_read_object(&r, pages[k]).value,
                                    "Resources"),
                        "XObject"),
            "I0");
        assert_true(k == 0 || x.number == first.number);
        first = x;
    }
    x = nk_read_object(&r, first).value;
    pixels = nk_read_inflated(&r, first);
    assert_str(nk_read_get(&r, x, "Subtype").raw, "/Image");
    assert_int_equal(nk_read_int(&r, x, "BitsPerComponent"), 8);
    assert_int_equal(nk_read_raw(&r, x, "SMask").kind, NK_COS_NONE);
    assert_int_equal(nk_read_int(&r, x, "Width") * nk_read_int(&r, x, "Height"),
                     pixels.len);
    assert_str(nk_read_get(&r, x, "ColorSpace").raw, "/DeviceGray");
}

/* Pictures and fonts that no page uses are not in the file. */
static void what_is_not_used_is_not_there(void **state)
{
    nk_press *p = *state;
    nk_str pdf;

    nk_tree_p(p->t, p->t->body, "a");
    pdf = nk_press_print(p);
    assert_int_equal(nk_str_search(pdf, NK_STR("/Image")), pdf.len);
    assert_int_equal(nk_str_search(pdf, NK_STR("-Bold")), pdf.len);
    assert_int_equal(nk_str_search(pdf, NK_STR("Serif")), pdf.len);
    assert_int_equal(nk_str_search(pdf, NK_STR("/Type0")), pdf.len);
}

/* Streams of content stay raw, and shared objects come first. */
static void papers_of_a_kind_are_alike(void **state)
{
    nk_press *p = *state;
    nk_str one, two;
    nk_node *n;
    size_t same = 0;

    n = nk_tree_p(p->t, p->t->body, "Melati Contoh");
    one = nk_press_print(p);
    n->first->text = NK_STR("Jati Contoh");
    two = nk_press_print(p);
    while (same < one.len && same < two.len && one.ptr[same] == two.ptr[same])
        same++;
    /* Profile and font, which are most of the file, are the same bytes. */
    assert_true(same > 10000);
    assert_true(nk_str_search(one, NK_STR("[(Melati Contoh)]TJ")) < one.len);
    assert_true(nk_str_search(two, NK_STR("[(Jati Contoh)]TJ")) < two.len);
}

static void same_pages_same_bytes(void **state)
{
    nk_press *p = *state;
    nk_fonts *fonts;
    nk_str one, two;
    nk_pdf *fresh;

    nk_tree_p(p->t, p->t->body, "Kepala \u0218 Dinas AVA");
    one = nk_press_print(p);
    two = nk_press_print(p);
    assert_true(nk_str_eq(one, two));
    /* And with other fonts, opened anew. */
    assert_int_equal(nk_fonts_open(&p->t->ctx, NK_STR(NK_FONT_DIR),
                                   NK_STR(NK_HYPHENS), &fonts),
                     NK_OK);
    assert_int_equal(nk_pdf_open(&p->t->ctx, fonts, &fresh), NK_OK);
    assert_int_equal(nk_pdf_write(&p->t->ctx, &p->t->arena, fresh,
                                  nk_tree_lay(p->t), &p->words, &two),
                     NK_OK);
    assert_true(nk_str_eq(one, two));
    nk_pdf_close(fresh);
    nk_fonts_close(fonts);
}

/* Places to sign, as docs/signature.md says the sign room reads them. */
static void places_to_sign_are_planned(void **state)
{
    nk_press *p = *state;
    nk_pdf_value plan, *fields, *rect, *pages;
    nk_node *n;
    nk_read r;
    size_t count;

    nk_tree_p(p->t, p->t->body, "a");
    nk_tree_add(p->t, p->t->body, NK_NODE_BREAK);
    n = nk_tree_add(p->t, p->t->body, NK_NODE_SIGN);
    n->text = NK_STR("kepala");
    n->label = NK_STR("Tanda tangan Kepala Dinas");
    n->width = n->height = 62362;
    r = print(p);
    plan = nk_read_get(
        &r,
        nk_read_get(&r, nk_read_get(&r, nk_read_catalog(&r), "PieceInfo"),
                    "naskah"),
        "Private");
    assert_str(nk_read_text(&r, plan, "Template"), "pola");
    assert_str(nk_read_text(&r, plan, "Version"), "1");
    fields = nk_read_array(&r, nk_read_get(&r, plan, "Fields"), &count);
    assert_int_equal(count, 1);
    assert_str(nk_read_text(&r, fields[0], "T"), "kepala");
    assert_str(nk_read_text(&r, fields[0], "TU"), "Tanda tangan Kepala Dinas");
    rect = nk_read_array(&r, nk_read_get(&r, fields[0], "Rect"), &count);
    assert_int_equal(count, 4);
    assert_int_equal(nk_draw_number(rect[0]), NK_MM(20));
    assert_int_equal(nk_draw_number(rect[1]), 841890 - NK_MM(20) - 62362);
    assert_int_equal(nk_draw_number(rect[2]), NK_MM(20) + 62362);
    assert_int_equal(nk_draw_number(rect[3]), 841890 - NK_MM(20));
    pages = nk_read_pages(&r, &count);
    assert_int_equal(nk_read_raw(&r, fields[0], "Page").number,
                     pages[1].number);
    assert_int_equal(nk_read_int(&r, fields[0], "Key"), 2);
    assert_str(nk_read_get(&r, nk_read_get(&r, fields[0], "Elem"), "S").raw,
               "/Form");
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    nk_pdf_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_PRESS_TEST(metrics_are_those_of_the_fonts),
        NK_PRESS_TEST(files_begin_and_end_as_they_must),
        NK_PRESS_TEST(pages_say_what_they_are),
        NK_PRESS_TEST(many_pages_in_a_tree),
        NK_PRESS_TEST(the_catalog_tells_the_rest),
        NK_PRESS_TEST(the_trailer_names_the_paper),
        NK_PRESS_TEST(pictures_are_shared),
        NK_PRESS_TEST(what_is_not_used_is_not_there),
        NK_PRESS_TEST(papers_of_a_kind_are_alike),
        NK_PRESS_TEST(same_pages_same_bytes),
        NK_PRESS_TEST(places_to_sign_are_planned),
        NK_PRESS_TEST(closing_nothing_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
