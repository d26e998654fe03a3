/*
 * Templates written in a test: a head that is always the same, a body, and
 * parts that lie in memory.
 */
#ifndef NK_TESTS_SHEET_H
#define NK_TESTS_SHEET_H

#include "house.h"

/* A part: what stands between <part> and </part>. */
typedef struct nk_sheet_part {
    const char *name, *inside;
} nk_sheet_part;

/* Body begins on line 4, a part's content on line 2. */
#define SHEET_HEAD                                                             \
    "<template xmlns='urn:naskah:template:1' id='x' version='3' lang='id' "    \
    "family='%s' to='%s' class='400.2'>\n<title>Judul</title>"                 \
    "<subject>Hal</subject>\n%s\n"
#define SHEET_PART "<part xmlns='urn:naskah:template:1' id='p'>\n"

/* nk_parts.load: data is an array that ends with a NULL name. A content that
   begins with "!" is the whole file but for it. */
static inline nk_err sheet_part(void *data, nk_ctx *ctx, nk_arena *a,
                                nk_str name, nk_str *bytes, nk_str *file)
{
    const nk_sheet_part *p = data;
    nk_buf b, f;
    nk_err rc;

    while (p && p->name && !nk_str_eq(name, nk_str_of(p->name)))
        p++;
    if (!p || !p->name)
        return NK_E_NOTFOUND;
    nk_buf_init(&f, a);
    nk_buf_puts(&f, name);
    nk_buf_lit(&f, ".xml");
    if ((rc = nk_buf_end(ctx, &f, file)) < 0)
        return rc;
    nk_buf_init(&b, a);
    if (p->inside[0] == '!')
        nk_buf_puts(&b, nk_str_of(p->inside + 1));
    else
        nk_buf_printf(&b, SHEET_PART "%s</part>", p->inside);
    return nk_buf_end(ctx, &b, bytes);
}

/* How a sheet differs from a form for the office. */
typedef struct nk_sheet_how {
    const char *family, *to; /* NULL: formulir, office */
    const char *head;        /* after title and subject: about, page */
    const nk_sheet_part *parts;
} nk_sheet_how;

/* Compile a template with that body; problems are in h->problems. */
static inline nk_err sheet_open(nk_house *h, const nk_sheet_how *how,
                                const char *body, nk_template **t)
{
    nk_template_world world = h->world;
    nk_sheet_how none = { 0 };
    nk_buf b;

    if (!how)
        how = &none;
    world.parts.load = sheet_part;
    world.parts.data = (void *)(uintptr_t)how->parts;
    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b, SHEET_HEAD, how->family ? how->family : "formulir",
                  how->to ? how->to : "office", how->head ? how->head : "");
    nk_buf_puts(&b, nk_str_of(body));
    nk_buf_lit(&b, "</template>");
    house_forget(h);
    *t = NULL;
    return nk_template_open(&h->ctx, &world, nk_buf_str(&b), NK_STR("t.xml"),
                            &h->problems, t);
}

#endif
