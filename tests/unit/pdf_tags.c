/*
 * The structure tree: trees made on purpose, and every template there is in
 * every mode.
 */
#include "../support/papers.h"
#include "../support/pdf_struct.h"
#include "../support/press.h"

static nk_structure *structure_of(nk_press *p, nk_read *r)
{
    *r = nk_read_open(&p->t->ctx, &p->t->arena, nk_press_print(p));
    return nk_structure_check(r);
}

static void reads(nk_structure *s, const char *want)
{
    assert_str(nk_buf_str(&s->text), want);
}

static nk_pdf_value element(nk_read *r, const char *path)
{
    nk_pdf_value e = nk_read_get(r, nk_read_catalog(r), "StructTreeRoot"), k;
    nk_pdf_value *kids;
    size_t n;

    e = nk_read_get(r, e, "K");
    for (; *path; path++) {
        k = nk_read_raw(r, e, "K");
        if (k.kind == NK_COS_ARRAY) {
            kids = nk_read_array(r, k, &n);
            assert_true((size_t)(*path - '0') < n);
            k = kids[*path - '0'];
        }
        e = nk_read_object(r, k).value;
    }
    return e;
}

static void paragraphs_and_headings(void **state)
{
    nk_press *p = *state;
    nk_structure *s;
    nk_read r;

    nk_tree_p(p->t, p->t->body, "Judul")->role = NK_ROLE_H1;
    nk_tree_p(p->t, p->t->body, "Bagian")->role = NK_ROLE_H2;
    nk_tree_words(p->t, nk_tree_p(p->t, p->t->body, "satu "), "dua")->bold =
        true;
    s = structure_of(p, &r);
    reads(s, "Judul\nBagian\nsatu dua\n");
    assert_int_equal(s->elements, 4);
    assert_str(nk_read_get(&r, element(&r, "0"), "S").raw, "/H1");
    assert_str(nk_read_get(&r, element(&r, "1"), "S").raw, "/H2");
    assert_str(nk_read_get(&r, element(&r, "2"), "S").raw, "/P");
}

/* A paragraph over two pages has a mark on each. */
static void elements_go_over_pages(void **state)
{
    nk_press *p = *state;
    nk_pdf_value *kids;
    nk_structure *s;
    nk_node *n;
    nk_read r;
    size_t count;
    int i;

    nk_tree_add(p->t, p->t->body, NK_NODE_SPACE)->height = 700000;
    n = nk_tree_p(p->t, p->t->body, "satu");
    for (i = 0; i < 7; i++) {
        nk_tree_add(p->t, n, NK_NODE_BR);
        nk_tree_words(p->t, n, "dua");
    }
    s = structure_of(p, &r);
    assert_int_equal(s->pages_n, 2);
    reads(s, "satu dua dua dua dua dua dua dua\n");
    kids = nk_read_array(&r, nk_read_raw(&r, element(&r, "0"), "K"), &count);
    assert_int_equal(count, 2);
    assert_int_equal(kids[0].kind, NK_COS_INT);
    assert_str(nk_read_get(&r, kids[1], "Type").raw, "/MCR");
    assert_int_equal(nk_read_raw(&r, kids[1], "Pg").number, s->pages[1].number);
    assert_int_equal(nk_read_raw(&r, element(&r, "0"), "Pg").number,
                     s->pages[0].number);
}

static void lists_and_their_labels(void **state)
{
    nk_press *p = *state;
    nk_node *l = nk_tree_add(p->t, p->t->body, NK_NODE_LIST), *item;
    nk_structure *s;
    nk_read r;

    l->text = NK_STR("1");
    item = nk_tree_add(p->t, l, NK_NODE_ITEM);
    item->label = NK_STR("1.");
    nk_tree_p(p->t, item, "satu");
    item = nk_tree_add(p->t, l, NK_NODE_ITEM);
    item->label = NK_STR("2.");
    nk_tree_p(p->t, item, "dua");
    nk_tree_p(p->t, item, "tiga");
    s = structure_of(p, &r);
    reads(s, "1.\nsatu\n2.\ndua\ntiga\n");
    assert_str(
        nk_read_get(&r, nk_read_get(&r, element(&r, "0"), "A"), "ListNumbering")
            .raw,
        "/Decimal");
    l->text = NK_STR("-");
    structure_of(p, &r);
    assert_str(
        nk_read_get(&r, nk_read_get(&r, element(&r, "0"), "A"), "ListNumbering")
            .raw,
        "/None");
}

static void cells_and_their_scope(void **state)
{
    nk_press *p = *state;
    nk_node *table = nk_tree_table(p->t, p->t->body, 3), *row, *cell;
    nk_structure *s;
    nk_pdf_value a;
    nk_read r;

    row = nk_tree_add(p->t, table, NK_NODE_ROW);
    row->head = true;
    nk_tree_cell(p->t, row, "No.")->head = true;
    cell = nk_tree_cell(p->t, row, "Layanan");
    cell->head = true;
    cell->span = 2;
    row = nk_tree_add(p->t, table, NK_NODE_ROW);
    nk_tree_cell(p->t, row, "1")->head = true;
    nk_tree_cell(p->t, row, "Konseling")->span = 2;
    s = structure_of(p, &r);
    reads(s, "No.\nLayanan\n1\nKonseling\n");
    a = nk_read_get(&r, element(&r, "000"), "A");
    assert_str(nk_read_get(&r, a, "O").raw, "/Table");
    assert_str(nk_read_get(&r, a, "Scope").raw, "/Column");
    assert_int_equal(nk_read_raw(&r, a, "ColSpan").kind, NK_COS_NONE);
    a = nk_read_get(&r, element(&r, "001"), "A");
    assert_int_equal(nk_read_int(&r, a, "ColSpan"), 2);
    a = nk_read_get(&r, element(&r, "010"), "A");
    assert_str(nk_read_get(&r, a, "Scope").raw, "/Row");
    a = nk_read_get(&r, element(&r, "011"), "A");
    assert_str(nk_read_get(&r, a, "O").raw, "/Table");
    assert_int_equal(nk_read_int(&r, a, "ColSpan"), 2);
}

static void figures_and_forms(void **state)
{
    nk_press *p = *state;
    nk_pdf_value *box;
    nk_node *n;
    nk_read r;
    size_t count;

    n = nk_tree_add(p->t, p->t->body, NK_NODE_IMAGE);
    n->text = NK_STR("arms");
    n->label = NK_STR("Lambang d\u00E9sa");
    n->width = 30000;
    n->height = 40000;
    n = nk_tree_add(p->t, p->t->body, NK_NODE_SIGN);
    n->text = NK_STR("kepala");
    n->label = NK_STR("Tanda tangan");
    n->width = n->height = 60000;
    structure_of(p, &r);
    assert_str(nk_read_text(&r, element(&r, "0"), "Alt"), "Lambang d\u00E9sa");
    box = nk_read_array(
        &r, nk_read_get(&r, nk_read_get(&r, element(&r, "0"), "A"), "BBox"),
        &count);
    assert_int_equal(nk_draw_number(box[0]), NK_MM(20));
    assert_int_equal(nk_draw_number(box[1]), 841890 - NK_MM(20) - 40000);
    assert_int_equal(nk_draw_number(box[2]), NK_MM(20) + 30000);
    assert_int_equal(nk_draw_number(box[3]), 841890 - NK_MM(20));
    assert_str(nk_read_text(&r, element(&r, "1"), "Alt"), "Tanda tangan");
    /* Not signed yet: its content comes with the signature. */
    assert_int_equal(nk_read_raw(&r, element(&r, "1"), "K").kind, NK_COS_NONE);
    assert_int_equal(nk_read_raw(&r, element(&r, "1"), "Pg").kind, NK_COS_REF);
}

/* Header, footer and repeated heads are no content. */
static void furniture_has_no_element(void **state)
{
    nk_press *p = *state;
    nk_node *table, *row, *foot = nk_tree_furniture(p->t, 1);
    nk_structure *s;
    nk_read r;
    int i;

    nk_tree_p(p->t, foot, "kaki");
    p->t->doc.footer = foot;
    table = nk_tree_table(p->t, p->t->body, 1);
    row = nk_tree_add(p->t, table, NK_NODE_ROW);
    row->head = true;
    nk_tree_cell(p->t, row, "kepala")->head = true;
    for (i = 0; i < 60; i++)
        nk_tree_cell(p->t, nk_tree_add(p->t, table, NK_NODE_ROW), "isi");
    s = structure_of(p, &r);
    assert_int_equal(s->pages_n, 2);
    assert_true(nk_str_starts(nk_buf_str(&s->text), NK_STR("kepala\nisi\n")));
    assert_int_equal(s->text.len, strlen("kepala\n") + 60 * strlen("isi\n"));
}

/* ---- Real papers ------------------------------------------------------- */

static void check_paper(nk_papers *p, const nk_papers_order *order)
{
    nk_structure *s;
    nk_read r;

    r = nk_read_open(&p->ctx, &p->arena, nk_papers_make(p, order));
    s = nk_structure_check(&r);
    assert_true(s->elements > 20);
    assert_true(s->text.len > 300);
}

static void every_template_in_every_mode(void **state)
{
    static const char *const ids[] = { "formulir-pengaduan",
                                       "naskah-kesepakatan-layanan",
                                       "surat-pengantar-rujukan-krisis",
                                       "surat-rujukan-kesehatan" };
    static const nk_mode modes[] = { NK_MODE_FILLED, NK_MODE_HALF,
                                     NK_MODE_BLANK };
    static nk_papers p;
    size_t i, m, way;

    (void)state;
    nk_papers_open(&p);
    for (i = 0; i < NK_COUNT(ids); i++)
        for (m = 0; m < NK_COUNT(modes); m++)
            for (way = 0; way < 2; way++) {
                nk_papers_order order = {
                    .mode = modes[m],
                    .signing = way ? NK_SIGNING_ELECTRONIC : NK_SIGNING_WET,
                    .number = way ? NK_STR("1/2026") : NK_EMPTY,
                };
                char path[256];

                nk_papers_next(&p);
                order.template = nk_papers_template(&p, ids[i]);
                snprintf(path, sizeof(path),
                         "templates/documents/%s/sample.xml", ids[i]);
                order.record = nk_papers_file(&p, &p.arena, path);
                if (modes[m] == NK_MODE_BLANK)
                    order.office = "tanjungpinang";
                check_paper(&p, &order);
            }
    nk_papers_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_PRESS_TEST(paragraphs_and_headings),
        NK_PRESS_TEST(elements_go_over_pages),
        NK_PRESS_TEST(lists_and_their_labels),
        NK_PRESS_TEST(cells_and_their_scope),
        NK_PRESS_TEST(figures_and_forms),
        NK_PRESS_TEST(furniture_has_no_element),
        cmocka_unit_test(every_template_in_every_mode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
