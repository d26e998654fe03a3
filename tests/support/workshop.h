/*
 * A house with one office and one case, for fuzz targets and tests that bind
 * whatever template they are given. Nothing in it stops a test by itself.
 */
#ifndef NK_TESTS_WORKSHOP_H
#define NK_TESTS_WORKSHOP_H

#include "house.h"

#include "doc/doc.h"

typedef struct nk_workshop {
    nk_house house;
    nk_office *office;
    nk_str record; /* bytes of a case of that office */
} nk_workshop;

#define WORKSHOP_OFFICE "templates/offices/sekadau/office.xml"
#define WORKSHOP_CASE   "tests/cases/sekadau-tanpa-identitas.xml"

static inline nk_err workshop_enter(nk_workshop *w)
{
    nk_house *h = &w->house;
    nk_str bytes;
    nk_err rc;

    *w = (nk_workshop){ .office = NULL };
    if ((rc = house_enter(h)) < 0 ||
        (rc = house_load(&h->ctx, &h->arena, WORKSHOP_CASE, &w->record)) < 0 ||
        (rc = house_load(&h->ctx, &h->arena, WORKSHOP_OFFICE, &bytes)) < 0)
        return rc;
    return nk_office_open(&h->ctx, h->office_schema, bytes,
                          NK_STR(WORKSHOP_OFFICE), &h->problems, &w->office);
}

static inline void workshop_leave(nk_workshop *w)
{
    nk_office_close(w->office);
    house_leave(&w->house);
}

/* Bind, and write the paper down both ways. */
static inline nk_err workshop_bind(nk_workshop *w, nk_arena *a,
                                   const nk_template *t, nk_mode mode,
                                   nk_problems *problems, nk_str *dump,
                                   nk_str *text)
{
    const nk_bind how = { .mode = mode,
                          .signing = NK_SIGNING_ELECTRONIC,
                          .number = NK_STR("400.2.3/12/2026"),
                          .date = HOUSE_TODAY };
    nk_ctx *ctx = &w->house.ctx;
    nk_record *r;
    nk_doc *d;
    nk_err rc;

    if ((rc = nk_record_open_checked(ctx, w->house.model, w->record,
                                     NK_STR(WORKSHOP_CASE), &r)) < 0)
        return rc;
    rc = nk_doc_bind(ctx, a, t, r, w->house.model, w->office, &how, problems,
                     &d);
    nk_record_close(r);
    if (rc < 0 || (rc = nk_doc_dump(ctx, a, d, dump)) < 0)
        return rc;
    return nk_doc_text(ctx, a, d, text);
}

#endif
