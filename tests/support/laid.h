/*
 * Laying a tree out, and looking at what came of it. In a header, since
 * programs that do not link the room must not need it.
 */
#ifndef NK_TESTS_LAID_H
#define NK_TESTS_LAID_H

#include "check.h"
#include "tree.h"

#include "layout/layout.h"

static inline nk_err nk_tree_try(nk_tree *t, nk_pages **out)
{
    return nk_layout_pages(&t->ctx, &t->arena, &t->doc, &t->metrics,
                           &t->problems, out);
}

static inline nk_pages *nk_tree_lay(nk_tree *t)
{
    nk_pages *pages = NULL;
    nk_err rc = nk_tree_try(t, &pages);
    nk_buf b;

    if (rc != NK_OK) {
        nk_buf_init(&b, &t->arena);
        nk_fault_put(&t->ctx, &b);
        print_error("%.*s\n", (int)b.len, b.ptr);
    }
    assert_int_equal(rc, NK_OK);
    return pages;
}

/* Page k, from 1. */
static inline const nk_page *nk_laid_page(const nk_pages *pages, uint32_t k)
{
    const nk_page *p = pages->first;

    assert_in_range(k, 1, pages->n);
    while (--k)
        p = p->next;
    return p;
}

/* The k-th item of that kind on a page, from 0; NULL: no such. */
static inline const nk_item *nk_laid_item(const nk_page *page,
                                          nk_item_kind kind, size_t k)
{
    const nk_item *i;

    for (i = page->first; i; i = i->next)
        if (i->kind == kind && k-- == 0)
            break;
    return i;
}

static inline size_t nk_laid_count(const nk_page *page, nk_item_kind kind)
{
    size_t n = 0;

    while (nk_laid_item(page, kind, n))
        n++;
    return n;
}

/*
 * A page's texts: a line for each baseline in turn, "|" between the items on
 * it, a hyphen where a word is cut.
 */
static inline nk_str nk_laid_lines(nk_tree *t, const nk_page *page)
{
    const nk_item *i, *before = NULL;
    nk_str out = NK_EMPTY;
    nk_buf b;

    nk_buf_init(&b, &t->arena);
    for (i = page->first; i; i = i->next) {
        bool soft = nk_str_ends(i->text, NK_STR("\xC2\xAD"));

        if (i->kind != NK_ITEM_TEXT)
            continue;
        if (before)
            nk_buf_putc(&b, before->y == i->y ? '|' : '\n');
        nk_buf_puts(&b, nk_str_head(i->text, i->text.len - (soft ? 2 : 0)));
        if (soft)
            nk_buf_putc(&b, '-');
        before = i;
    }
    assert_int_equal(nk_buf_end(&t->ctx, &b, &out), NK_OK);
    return out;
}

#define assert_lines(t, pages, k, want)                                        \
    assert_str(nk_laid_lines((t), nk_laid_page((pages), (k))), (want))

#endif
