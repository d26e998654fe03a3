/*
 * Trees printed with the real fonts: for cmocka's setup and teardown, a tree
 * with a press beside it. In a header, as programs that do not link these
 * rooms must not need it.
 */
#ifndef NK_TESTS_PRESS_H
#define NK_TESTS_PRESS_H

#include "faces.h"
#include "laid.h"

#include "pdf/pdf.h"

#define NK_PRESS_NOW INT64_C(1795398300000) /* 2026-11-23T01:45:00Z */

typedef struct nk_press {
    nk_tree *t;
    nk_fonts *fonts;
    nk_pdf *pdf;
    nk_pdf_words words;
} nk_press;

static inline int nk_press_open(void **state)
{
    static nk_press p;
    nk_str arms = NK_EMPTY;
    void *tree;

    if (nk_tree_open(&tree) < 0)
        return -1;
    p = (nk_press){ .t = tree,
                    .words = { .subject = NK_STR("400.2.3/12/2026"),
                               .id = NK_STR("naskah:uji:1"),
                               .made = NK_PRESS_NOW } };
    assert_int_equal(nk_fonts_open(&p.t->ctx, NK_STR(NK_FONT_DIR),
                                   NK_STR(NK_HYPHENS), &p.fonts),
                     NK_OK);
    assert_int_equal(nk_pdf_open(&p.t->ctx, p.fonts, &p.pdf), NK_OK);
    assert_int_equal(nk_file_read(&p.t->ctx, &p.t->arena,
                                  NK_STR("templates/parts/arms.png"),
                                  NK_MAX_FILE, &arms),
                     NK_OK);
    assert_int_equal(nk_pdf_add_image(&p.t->ctx, p.pdf, NK_STR("arms"), arms,
                                      NK_STR("arms.png")),
                     NK_OK);
    nk_pdf_metrics(p.pdf, &p.t->metrics);
    p.t->doc.width = 595276;
    p.t->doc.height = 841890;
    p.t->doc.left = p.t->doc.right = p.t->doc.top = NK_MM(20);
    p.t->doc.first_top = p.t->doc.bottom = NK_MM(20);
    p.t->doc.type.size = 11000;
    *state = &p;
    return 0;
}

static inline int nk_press_close(void **state)
{
    nk_press *p = *state;
    void *tree = p->t;

    nk_pdf_close(p->pdf);
    nk_fonts_close(p->fonts);
    return nk_tree_close(&tree);
}

#define NK_PRESS_TEST(test)                                                    \
    cmocka_unit_test_setup_teardown(test, nk_press_open, nk_press_close)

static inline nk_str nk_press_write(nk_press *p, const nk_pages *pages)
{
    nk_str pdf = NK_EMPTY;

    assert_int_equal(
        nk_pdf_write(&p->t->ctx, &p->t->arena, p->pdf, pages, &p->words, &pdf),
        NK_OK);
    return pdf;
}

/* The tree on paper. */
static inline nk_str nk_press_print(nk_press *p)
{
    return nk_press_write(p, nk_tree_lay(p->t));
}

#endif
