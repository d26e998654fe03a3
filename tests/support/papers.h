/*
 * Real papers from templates and records, through all rooms up to pdf. In a
 * header, since programs that do not link these rooms must not need them.
 */
#ifndef NK_TESTS_PAPERS_H
#define NK_TESTS_PAPERS_H

#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "maker.h"

#include "pdf/pdf.h"

#define NK_PAPERS_NOW INT64_C(1795398300000) /* 2026-11-23T01:45:00Z */

typedef struct nk_papers {
    nk_ctx ctx;
    nk_arena shared; /* what all papers need */
    nk_arena arena;  /* the paper at hand */
    nk_problems problems;
    nk_model *model;
    nk_xml_schema *template_schema, *office_schema, *procedure_schema;
    nk_fonts *fonts;
    nk_pdf *pdf;
    nk_metrics metrics;
    nk_template *templates[64];
    nk_office *offices[16];
    size_t templates_n, offices_n;
} nk_papers;

static inline void nk_papers_check(nk_papers *p, nk_err rc, const char *what)
{
    const nk_problem *q;
    nk_buf b;

    if (rc == NK_OK)
        return;
    nk_buf_init(&b, &p->arena);
    for (q = p->problems.first; q; q = q->next) {
        nk_place_put(&b, q->place);
        nk_msg_fill(&b, nk_msg_text(q->msg, NK_LANG_EN), q->args);
        nk_buf_putc(&b, '\n');
    }
    nk_fault_put(&p->ctx, &b);
    fail_msg("%s: %.*s", what, (int)b.len, b.ptr);
}

static inline nk_str nk_papers_file(nk_papers *p, nk_arena *a, const char *path)
{
    nk_str s = NK_EMPTY;

    nk_papers_check(
        p, nk_file_read(&p->ctx, a, nk_str_of(path), NK_MAX_FILE, &s), path);
    return s;
}

static inline nk_err nk_papers_part(void *data, nk_ctx *ctx, nk_arena *a,
                                    nk_str name, nk_str *bytes, nk_str *file)
{
    nk_buf b;
    nk_err rc;

    (void)data;
    nk_buf_init(&b, a);
    nk_buf_printf(&b, "templates/parts/%.*s.xml", (int)name.len, name.ptr);
    if ((rc = nk_buf_end(ctx, &b, file)) < 0)
        return rc;
    return nk_file_read(ctx, a, *file, NK_MAX_XML, bytes);
}

static inline void nk_papers_open(nk_papers *p)
{
    nk_model_files files;
    nk_str arms;

    *p = (nk_papers){ .model = NULL };
    nk_ctx_init(&p->ctx);
    p->ctx.now = NK_PAPERS_NOW;
    nk_arena_init(&p->shared);
    nk_arena_init(&p->arena);
    nk_problems_init(&p->problems, &p->arena);
    files.case_xsd = nk_papers_file(p, &p->shared, "schemas/case.xsd");
    files.policy = nk_papers_file(p, &p->shared, "schemas/policy.xml");
    nk_papers_check(p, nk_model_open(&p->ctx, &files, &p->model), "model");
    nk_papers_check(p,
                    nk_xml_schema_open(
                        &p->ctx,
                        nk_papers_file(p, &p->shared, "schemas/template.xsd"),
                        NK_STR("template.xsd"), &p->template_schema),
                    "template.xsd");
    nk_papers_check(
        p,
        nk_xml_schema_open(&p->ctx,
                           nk_papers_file(p, &p->shared, "schemas/office.xsd"),
                           NK_STR("office.xsd"), &p->office_schema),
        "office.xsd");
    nk_papers_check(p,
                    nk_xml_schema_open(
                        &p->ctx,
                        nk_papers_file(p, &p->shared, "schemas/procedure.xsd"),
                        NK_STR("procedure.xsd"), &p->procedure_schema),
                    "procedure.xsd");
    nk_papers_check(
        p,
        nk_fonts_open(&p->ctx, NK_STR("/usr/share/fonts/truetype/liberation"),
                      NK_STR("/usr/share/hyphen/hyph_id_ID.dic"), &p->fonts),
        "fonts");
    nk_papers_check(p, nk_pdf_open(&p->ctx, p->fonts, &p->pdf), "pdf");
    arms = nk_papers_file(p, &p->shared, "templates/parts/arms.png");
    nk_papers_check(p,
                    nk_pdf_add_image(&p->ctx, p->pdf, NK_STR("arms"), arms,
                                     NK_STR("arms.png")),
                    "arms");
    nk_pdf_metrics(p->pdf, &p->metrics);
}

static inline void nk_papers_close(nk_papers *p)
{
    while (p->templates_n)
        nk_template_close(p->templates[--p->templates_n]);
    while (p->offices_n)
        nk_office_close(p->offices[--p->offices_n]);
    nk_pdf_close(p->pdf);
    nk_fonts_close(p->fonts);
    nk_xml_schema_close(p->template_schema);
    nk_xml_schema_close(p->office_schema);
    nk_xml_schema_close(p->procedure_schema);
    nk_model_close(p->model);
    nk_arena_release(&p->arena);
    nk_arena_release(&p->shared);
}

/* Begin another paper: forget the one before. */
static inline void nk_papers_next(nk_papers *p)
{
    nk_arena_reset(&p->arena);
    nk_problems_init(&p->problems, &p->arena);
}

/* A template compiled from text; it lives as long as p. */
static inline nk_template *nk_papers_compile(nk_papers *p, nk_str xml,
                                             const char *file)
{
    nk_template_world world = { .model = p->model,
                                .schema = p->template_schema,
                                .office_schema = p->office_schema,
                                .procedure_schema = p->procedure_schema,
                                .parts = { nk_papers_part, NULL } };
    nk_template **t = &p->templates[p->templates_n];

    assert_true(p->templates_n < NK_COUNT(p->templates));
    nk_papers_check(p,
                    nk_template_open(&p->ctx, &world, xml, nk_str_of(file),
                                     &p->problems, t),
                    file);
    p->templates_n++;
    return *t;
}

/* One of templates/documents, by its id. */
static inline nk_template *nk_papers_template(nk_papers *p, const char *id)
{
    char path[256];
    size_t i;

    for (i = 0; i < p->templates_n; i++)
        if (nk_str_eq(p->templates[i]->id, nk_str_of(id)))
            return p->templates[i];
    snprintf(path, sizeof(path), "templates/documents/%s/template.xml", id);
    return nk_papers_compile(p, nk_papers_file(p, &p->arena, path), path);
}

static inline nk_office *nk_papers_office(nk_papers *p, nk_str id)
{
    nk_office **o = &p->offices[p->offices_n];
    char path[256];
    size_t i;

    for (i = 0; i < p->offices_n; i++)
        if (nk_str_eq(nk_office_id(p->offices[i]), id))
            return p->offices[i];
    assert_true(p->offices_n < NK_COUNT(p->offices));
    snprintf(path, sizeof(path), "templates/offices/%.*s/office.xml",
             (int)id.len, id.ptr);
    nk_papers_check(p,
                    nk_office_open(&p->ctx, p->office_schema,
                                   nk_papers_file(p, &p->arena, path),
                                   nk_str_of(path), &p->problems, o),
                    path);
    p->offices_n++;
    return *o;
}

/* A made-up record whose characters the fonts have. */
static inline nk_str nk_papers_random(nk_papers *p, nk_making how,
                                      uint64_t seed)
{
    nk_maker m = { .how = how, .seed = seed };
    nk_str rest, flower = NK_STR("\xF0\x9F\x8C\xBA");
    nk_buf b, out;
    size_t at;

    nk_buf_init(&b, &p->arena);
    maker_put(&m, &b, p->model);
    nk_buf_init(&out, &p->arena);
    for (rest = nk_buf_str(&b); rest.len;) {
        at = nk_str_search(rest, flower);
        nk_buf_puts(&out, nk_str_head(rest, at));
        if (at < rest.len)
            nk_buf_putc(&out, '*');
        rest = nk_str_skip(rest, at < rest.len ? at + flower.len : at);
    }
    return nk_buf_str(&out);
}

/* What is to be made. */
typedef struct nk_papers_order {
    nk_template *template;
    nk_str record;      /* XML; not read in a blank */
    const char *office; /* of a blank; else the record's */
    nk_mode mode;
    nk_signing signing;
    nk_str number;
} nk_papers_order;

/* Bind; a failure is the caller's to judge. */
static inline nk_err nk_papers_bind(nk_papers *p, const nk_papers_order *order,
                                    nk_doc **doc)
{
    nk_bind how = { .mode = order->mode,
                    .signing = order->signing,
                    .number = order->number,
                    .date = { 2026, 11, 23 } };
    nk_str office = nk_str_of(order->office);
    nk_record *record = NULL;
    nk_err rc;

    if (order->mode != NK_MODE_BLANK) {
        rc = nk_record_open(&p->ctx, p->model, order->record,
                            NK_STR("case.xml"), &p->problems, &record);
        if (rc < 0)
            return rc;
        if (!office.len)
            office = nk_record_office(record);
    }
    rc = nk_doc_bind(&p->ctx, &p->arena, order->template, record, p->model,
                     nk_papers_office(p, office), &how, &p->problems, doc);
    nk_record_close(record);
    return rc;
}

static inline nk_err nk_papers_lay(nk_papers *p, const nk_doc *doc,
                                   nk_pages **pages)
{
    return nk_layout_pages(&p->ctx, &p->arena, doc, &p->metrics, &p->problems,
                           pages);
}

static inline nk_str nk_papers_write(nk_papers *p, const nk_pages *pages)
{
    const nk_pdf_words words = { .subject = NK_STR("400.2.3/12/2026"),
                                 .id = NK_STR("naskah:uji:1"),
                                 .made = NK_PAPERS_NOW };
    nk_str pdf = NK_EMPTY;

    nk_papers_check(
        p, nk_pdf_write(&p->ctx, &p->arena, p->pdf, pages, &words, &pdf),
        "pdf");
    return pdf;
}

/* All the way; it must succeed. */
static inline nk_str nk_papers_make(nk_papers *p, const nk_papers_order *order)
{
    nk_pages *pages = NULL;
    nk_doc *doc = NULL;

    nk_papers_check(p, nk_papers_bind(p, order, &doc), "bind");
    nk_papers_check(p, nk_papers_lay(p, doc, &pages), "layout");
    return nk_papers_write(p, pages);
}

#endif
