/*
 * Papers bound from a template's body and what is inside a case, both
 * written in the test.
 */
#ifndef NK_TESTS_BOUND_H
#define NK_TESTS_BOUND_H

#include "sheet.h"

#include "doc/doc.h"

#define BOUND_CASE                                                             \
    "<case xmlns='urn:naskah:case:1' number='K-1' office='sekadau' opened='"
#define BOUND_OPENED "2026-11-18T08:15:00"

typedef struct nk_bound_how {
    nk_sheet_how sheet;
    const char *inside; /* of the case; NULL: nothing */
    const char *opened; /* NULL: 18 November 2026 */
    const char *office; /* NULL: sekadau */
    nk_mode mode;
    bool fillable;
    nk_signing signing;
    const char *number, *about, *signer;
} nk_bound_how;

typedef struct nk_bound {
    nk_template *t;
    nk_office *office;
    nk_record *record;
    nk_doc *doc; /* NULL: it could not be bound */
    nk_err rc;
} nk_bound;

static inline void bound_close(nk_bound *p)
{
    nk_record_close(p->record);
    nk_office_close(p->office);
    nk_template_close(p->t);
}

static inline nk_record *bound_record(nk_house *h, const char *opened,
                                      const char *inside)
{
    nk_record *r = NULL;
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, BOUND_CASE);
    nk_buf_puts(&b, nk_str_of(opened ? opened : BOUND_OPENED));
    nk_buf_lit(&b, "'>\n");
    nk_buf_puts(&b, nk_str_of(inside));
    nk_buf_lit(&b, "</case>");
    house_forget(h);
    assert_ok(h, nk_record_open(&h->ctx, h->model, nk_buf_str(&b),
                                NK_STR("k.xml"), &h->problems, &r));
    return r;
}

/* Template, office and record must be good; whether they bind is p->rc. */
static inline void bound_open(nk_house *h, const nk_bound_how *how,
                              const char *body, nk_bound *p)
{
    static const nk_bound_how none = { .inside = NULL };
    nk_bind bind;

    if (!how)
        how = &none;
    *p = (nk_bound){ .t = NULL };
    assert_ok(h, sheet_open(h, &how->sheet, body, &p->t));
    p->office = house_office(h, how->office ? how->office : "sekadau");
    p->record = bound_record(h, how->opened, how->inside);
    bind = (nk_bind){ .mode = how->mode,
                      .fillable = how->fillable,
                      .signing = how->signing,
                      .number = nk_str_of(how->number),
                      .date = HOUSE_TODAY,
                      .about = nk_str_of(how->about),
                      .signer = nk_str_of(how->signer) };
    house_forget(h);
    p->rc = nk_doc_bind(&h->ctx, &h->arena, p->t, p->record, h->model,
                        p->office, &bind, &h->problems, &p->doc);
    if (p->rc < 0)
        assert_null(p->doc);
}

/* The body of a paper that must be bound, as its dump shows it. */
static inline nk_str bound_tree(nk_house *h, const nk_bound_how *how,
                                const char *body)
{
    nk_str dump = NK_EMPTY;
    nk_bound p;
    size_t at;

    bound_open(h, how, body, &p);
    assert_ok(h, p.rc);
    assert_ok(h, nk_doc_dump(&h->ctx, &h->arena, p.doc, &dump));
    bound_close(&p);
    at = nk_str_search(dump, NK_STR("\nbody\n"));
    assert_true(at < dump.len);
    return nk_str_skip(dump, at + 6);
}

static inline nk_str bound_text(nk_house *h, const nk_bound_how *how,
                                const char *body)
{
    nk_str text = NK_EMPTY;
    nk_bound p;

    bound_open(h, how, body, &p);
    assert_ok(h, p.rc);
    assert_ok(h, nk_doc_text(&h->ctx, &h->arena, p.doc, &text));
    bound_close(&p);
    return text;
}

/* It must fail that way; problems are in h->problems. */
static inline void bound_fails(nk_house *h, const nk_bound_how *how,
                               const char *body, nk_err rc, const char *name)
{
    nk_bound p;

    bound_open(h, how, body, &p);
    bound_close(&p);
    if (p.rc != rc)
        print_error("%s\n", body);
    assert_int_equal(p.rc, rc);
    assert_fault(&h->ctx, name);
}

#endif
