/*
 * The structure tree of our papers, walked and checked (ISO 32000-1, 14.7
 * and 14.8; ISO 14289-1): every piece of marked content belongs to exactly
 * one element, the ParentTree says the same, and elements stand in those
 * they may stand in.
 */
#ifndef NK_TESTS_PDF_STRUCT_H
#define NK_TESTS_PDF_STRUCT_H

#include "pdf_draw.h"

#define NK_STRUCT_PAGES 64

typedef struct nk_structure {
    nk_read *r;
    nk_pdf_value *pages;
    size_t pages_n;
    nk_drawn *drawn[NK_STRUCT_PAGES];
    uint32_t *owners[NK_STRUCT_PAGES]; /* object number by MCID; 0: none */
    size_t elements;
    nk_buf text; /* of all elements in reading order, a line each */
} nk_structure;

static inline size_t nk_structure_page(const nk_structure *s, nk_pdf_value ref)
{
    size_t i;

    for (i = 0; i < s->pages_n; i++)
        if (s->pages[i].number == ref.number)
            return i;
    fail_msg("object %d is no page", (int)ref.number);
    return 0;
}

/* The texts shown under one MCID, joined. */
static inline void nk_structure_put_text(nk_structure *s, size_t page,
                                         int64_t mcid)
{
    const nk_shown *k;

    for (k = s->drawn[page]->first; k; k = k->next)
        if (k->mark == mcid)
            nk_buf_puts(&s->text, nk_buf_str(&k->text));
}

static inline void nk_structure_own(nk_structure *s, size_t page, int64_t mcid,
                                    uint32_t owner, nk_str type)
{
    assert_true(mcid >= 0 && mcid < (int64_t)s->drawn[page]->marks);
    if (s->owners[page][mcid])
        fail_msg("page %zu: mark %d has two owners", page, (int)mcid);
    s->owners[page][mcid] = owner;
    assert_true(nk_str_eq(s->drawn[page]->names[mcid], type));
    nk_structure_put_text(s, page, mcid);
}

/* May an element stand in that other? */
static inline bool nk_structure_fits(nk_str type, nk_str parent)
{
    static const char *const only_in[][2] = {
        { "Document", "" }, { "TR", "Table" }, { "TH", "TR" },
        { "TD", "TR" },     { "LI", "L" },     { "Lbl", "LI" },
        { "LBody", "LI" },
    };
    static const char *const holds_only[][2] = {
        { "Table", "TR" },     { "TR", "TH TD" }, { "L", "LI" },
        { "LI", "Lbl LBody" }, { "P", "" },       { "H1", "" },
        { "H2", "" },          { "Lbl", "" },     { "Figure", "" },
        { "Form", "" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(only_in); i++)
        if (nk_str_eq(type, nk_str_of(only_in[i][0])) &&
            !nk_str_eq(parent, nk_str_of(only_in[i][1])))
            return false;
    for (i = 0; i < NK_COUNT(holds_only); i++)
        if (nk_str_eq(parent, nk_str_of(holds_only[i][0])) &&
            !nk_draw_is(type, holds_only[i][1]))
            return false;
    return true;
}

/* What an element of its type must say of itself. */
static inline void nk_structure_attributes(nk_structure *s, nk_pdf_value e,
                                           nk_str type)
{
    nk_pdf_value a = nk_read_get(s->r, e, "A");
    size_t n;

    if (nk_str_eq(type, NK_STR("Figure"))) {
        assert_true(nk_read_text(s->r, e, "Alt").len > 0);
        nk_read_array(s->r, nk_read_get(s->r, a, "BBox"), &n);
        assert_int_equal(n, 4);
    } else if (nk_str_eq(type, NK_STR("TH"))) {
        assert_true(
            nk_draw_is(nk_read_get(s->r, a, "Scope").raw, "/Row /Column"));
    } else if (nk_str_eq(type, NK_STR("L"))) {
        assert_true(nk_draw_is(nk_read_get(s->r, a, "ListNumbering").raw,
                               "/Decimal /None"));
    } else if (nk_str_eq(type, NK_STR("Form"))) {
        assert_true(nk_read_text(s->r, e, "Alt").len > 0);
    }
}

static inline void nk_structure_element(nk_structure *s, nk_pdf_value ref,
                                        int64_t parent, nk_str parent_type);

/* A kid: a mark on the element's page, a mark elsewhere, or an element. */
static inline void nk_structure_kid(nk_structure *s, nk_pdf_value kid,
                                    nk_pdf_value ref, nk_pdf_value e,
                                    nk_str type)
{
    nk_pdf_value page;

    if (kid.kind == NK_COS_REF) {
        nk_structure_element(s, kid, ref.number, type);
        return;
    }
    page = nk_read_raw(s->r, kid.kind == NK_COS_DICT ? kid : e, "Pg");
    nk_structure_own(s, nk_structure_page(s, page),
                     kid.kind == NK_COS_DICT ? nk_read_int(s->r, kid, "MCID")
                                             : kid.number,
                     (uint32_t)ref.number, type);
}

static inline void nk_structure_element(nk_structure *s, nk_pdf_value ref,
                                        int64_t parent, nk_str parent_type)
{
    nk_pdf_value e = nk_read_object(s->r, ref).value, k, *kids;
    nk_str type = nk_str_skip(nk_read_get(s->r, e, "S").raw, 1);
    size_t n, i, before = s->text.len;

    s->elements++;
    assert_str(nk_read_get(s->r, e, "Type").raw, "/StructElem");
    assert_int_equal(nk_read_raw(s->r, e, "P").number, parent);
    if (!nk_structure_fits(type, parent_type))
        fail_msg("%.*s in %.*s", (int)type.len, type.ptr, (int)parent_type.len,
                 parent_type.ptr);
    nk_structure_attributes(s, e, type);
    k = nk_read_raw(s->r, e, "K");
    if (k.kind == NK_COS_ARRAY) {
        kids = nk_read_array(s->r, k, &n);
        assert_true(n > 1);
        for (i = 0; i < n; i++)
            nk_structure_kid(s, kids[i], ref, e, type);
    } else if (k.kind != NK_COS_NONE) {
        nk_structure_kid(s, k, ref, e, type);
    } else if (nk_draw_is(type, "Document Table TR L LI")) {
        fail_msg("an empty %.*s", (int)type.len, type.ptr);
    }
    if (s->text.len > before && s->text.ptr[s->text.len - 1] != '\n')
        nk_buf_putc(&s->text, '\n');
}

/* The way back: from marks and fields to their elements. */
static inline void nk_structure_parents(nk_structure *s, nk_pdf_value root)
{
    nk_pdf_value tree = nk_read_get(s->r, root, "ParentTree"), *nums, *list;
    int64_t last = -1, key;
    size_t n, i, m, k;

    nums = nk_read_array(s->r, nk_read_get(s->r, tree, "Nums"), &n);
    assert_int_equal(n % 2, 0);
    for (i = 0; i < n; i += 2) {
        key = nums[i].number;
        assert_true(key > last);
        last = key;
        if (key >= (int64_t)s->pages_n) {
            nk_pdf_value e = nk_read_object(s->r, nums[i + 1]).value;

            assert_str(nk_read_get(s->r, e, "S").raw, "/Form");
            continue;
        }
        assert_int_equal(nk_read_int(s->r,
                                     nk_read_object(s->r, s->pages[key]).value,
                                     "StructParents"),
                         key);
        list = nk_read_array(s->r, nums[i + 1], &m);
        assert_int_equal(m, s->drawn[key]->marks);
        for (k = 0; k < m; k++)
            assert_int_equal(list[k].number, s->owners[key][k]);
    }
    assert_int_equal(nk_read_int(s->r, root, "ParentTreeNextKey"), last + 1);
}

/* Check everything; pages of it are drawn on the way. */
static inline nk_structure *nk_structure_check(nk_read *r)
{
    nk_structure *s = NK_NEW(r->arena, nk_structure);
    nk_pdf_value root = nk_read_get(r, nk_read_catalog(r), "StructTreeRoot");
    nk_pdf_value ref = nk_read_raw(r, nk_read_catalog(r), "StructTreeRoot");
    size_t i, k;

    assert_non_null(s);
    s->r = r;
    nk_buf_init(&s->text, r->arena);
    s->pages = nk_read_pages(r, &s->pages_n);
    assert_true(s->pages_n <= NK_STRUCT_PAGES);
    for (i = 0; i < s->pages_n; i++) {
        s->drawn[i] = nk_draw_page(r, s->pages[i]);
        s->owners[i] = NK_NEWN(r->arena, s->drawn[i]->marks + 1, uint32_t);
        assert_non_null(s->owners[i]);
    }
    assert_str(nk_read_get(r, root, "Type").raw, "/StructTreeRoot");
    nk_structure_element(s, nk_read_raw(r, root, "K"), ref.number, NK_EMPTY);
    for (i = 0; i < s->pages_n; i++)
        for (k = 0; k < s->drawn[i]->marks; k++)
            if (!s->owners[i][k])
                fail_msg("page %zu: mark %zu has no owner", i, k);
    nk_structure_parents(s, root);
    return s;
}

#endif
