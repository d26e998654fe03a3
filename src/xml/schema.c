/*
 * Checking a document against an XML Schema, and saying what libxml2 found
 * in words a clerk can act on: its messages are taken apart for the values
 * and the names of what was expected.
 */
#include "xml/xml_int.h"

#include <libxml/xmlschemas.h>
#include <stdlib.h>

struct nk_xml_schema {
    nk_xml *doc; /* must outlive the schema, which points into it */
    xmlSchemaPtr schema;
};

struct checking {
    nk_problems *problems;
    const nk_xml *xml;
};

struct compiling {
    nk_ctx *ctx;
    nk_str file;
};

static void on_schema_fault(void *data, xmlErrorPtr e)
{
    struct compiling *c = data;
    nk_place at = { .file = c->file, .line = (uint32_t)e->line };

    if (c->ctx->fault.msg != NK_M_SCHEMA_WRONG)
        nk_fail(c->ctx, NK_E_INTERNAL, NK_M_SCHEMA_WRONG, at,
                NK_ARGS(nk_xml__message(e->message)));
}

static nk_err compile(nk_ctx *ctx, nk_xml_schema *s, nk_str file)
{
    xmlSchemaParserCtxtPtr p = xmlSchemaNewDocParserCtxt(s->doc->doc);
    struct compiling c = { ctx, file };

    if (!p)
        return nk_nomem(ctx);
    ctx->fault.msg = NK_M_NONE;
    xmlSchemaSetParserStructuredErrors(p, on_schema_fault, &c);
    s->schema = xmlSchemaParse(p);
    xmlSchemaFreeParserCtxt(p);
    if (s->schema)
        return NK_OK;
    return ctx->fault.msg == NK_M_SCHEMA_WRONG ? NK_E_INTERNAL : nk_nomem(ctx);
}

nk_err nk_xml_schema_open(nk_ctx *ctx, nk_str bytes, nk_str file,
                          nk_xml_schema **out)
{
    nk_xml_schema *s = calloc(1, sizeof(*s));
    nk_problems problems;
    nk_arena a;
    nk_err rc;

    if (!s)
        return nk_nomem(ctx);
    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    if ((rc = nk_xml_open(ctx, bytes, file, &problems, &s->doc)) == NK_OK)
        rc = compile(ctx, s, file);
    nk_arena_release(&a);
    if (rc < 0) {
        nk_xml_schema_close(s);
        return rc;
    }
    *out = s;
    return NK_OK;
}

void nk_xml_schema_close(nk_xml_schema *s)
{
    if (!s)
        return;
    xmlSchemaFree(s->schema);
    nk_xml_close(s->doc);
    free(s);
}

const nk_xml *nk_xml_schema_doc(const nk_xml_schema *s)
{
    return s->doc;
}

/* Drop the "{namespace}" before names, in place; returns the new text. */
static nk_str without_ns(char *text)
{
    char *from = text, *to = text;

    while (*from) {
        if (strncmp(from, "{urn:", 5) == 0) {
            while (*from && *from != '}')
                from++;
            if (*from)
                from++;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
    return nk_str_of(text);
}

/* The first thing in single quotes, after skipping `skip` of them. */
static nk_str quoted(nk_str s, unsigned skip)
{
    for (;;) {
        size_t at = nk_str_find(s, '\'');
        nk_str q;

        if (at == s.len)
            return NK_EMPTY;
        s = nk_str_skip(s, at + 1);
        q = nk_str_head(s, nk_str_find(s, '\''));
        if (q.len == s.len)
            return NK_EMPTY;
        if (skip-- == 0)
            return q;
        s = nk_str_skip(s, q.len + 1);
    }
}

/* "a, b, c" out of "... Expected is one of ( a, b, c )." */
static nk_str expected(nk_str s)
{
    nk_str mark = NK_STR("Expected is");
    size_t at = nk_str_search(s, mark);

    if (at == s.len)
        return NK_EMPTY;
    s = nk_str_skip(s, at + nk_str_find(nk_str_skip(s, at), '('));
    if (s.len == 0)
        return NK_EMPTY;
    s = nk_str_skip(s, 1);
    return nk_str_trim(nk_str_head(s, nk_str_find(s, ')')));
}

struct finding {
    nk_msg msg;
    nk_str arg[2];
};

static struct finding content_fault(nk_str text, nk_str element)
{
    struct finding f = { NK_M_XML_UNEXPECTED, { element, expected(text) } };

    if (nk_str_search(text, NK_STR("Missing child")) < text.len)
        f.msg = NK_M_XML_MISSING_CHILD;
    else if (nk_str_search(text, NK_STR("Character content")) < text.len)
        f.msg = NK_M_XML_STRAY_TEXT;
    else if (f.arg[1].len == 0)
        f.msg = NK_M_XML_UNEXPECTED_END;
    return f;
}

static struct finding explain(int code, nk_str text, nk_str element)
{
    switch (code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        return content_fault(text, element);
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
        return (struct finding){ NK_M_XML_ATTR_UNKNOWN,
                                 { quoted(text, 1), element } };
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
        return (struct finding){ NK_M_XML_ATTR_MISSING,
                                 { quoted(text, 1), element } };
    case XML_SCHEMAV_CVC_ELT_1:
        return (struct finding){ NK_M_XML_ROOT, { element, NK_EMPTY } };
    case XML_SCHEMAV_CVC_IDC:
        return (struct finding){ NK_M_XML_TWICE, { element, NK_EMPTY } };
    default:
        return (struct finding){ NK_M_XML_VALUE, { element, text } };
    }
}

static bool has_problem_at(const nk_problems *p, nk_place at)
{
    const nk_problem *q;

    for (q = p->first; q; q = q->next)
        if (q->place.line == at.line && q->place.column == at.column &&
            nk_str_eq(q->place.file, at.file))
            return true;
    return false;
}

static void on_breach(void *data, xmlErrorPtr e)
{
    struct checking *c = data;
    xmlNodePtr n = e->node;
    nk_str element, text;
    struct finding f;
    nk_place at;
    char *copy;

    if (n && n->type == XML_ATTRIBUTE_NODE)
        n = n->parent;
    at = n ? nk_xml_place(nk_xml__wrap(n)) : NK_IN_FILE(c->xml->file);
    if (has_problem_at(c->problems, at))
        return;
    copy = nk_alloc(c->problems->arena, strlen(e->message) + 1);
    if (!copy) {
        nk_problem_add(c->problems, NK_ERROR, NK_M_XML_VALUE, at, NK_NOARGS);
        return;
    }
    strcpy(copy, e->message);
    text = nk_str_trim(without_ns(copy));
    element = n ? nk_xml__str(n->name) : NK_EMPTY;
    f = explain(e->code, text, element);
    nk_problem_add(c->problems, NK_ERROR, f.msg, at,
                   NK_ARGS(f.arg[0], f.arg[1]));
}

nk_err nk_xml_check(nk_ctx *ctx, nk_xml *x, nk_xml_schema *s,
                    nk_problems *problems)
{
    struct checking c = { problems, x };
    xmlSchemaValidCtxtPtr v = xmlSchemaNewValidCtxt(s->schema);
    int rc;

    if (!v)
        return nk_nomem(ctx);
    xmlSchemaSetValidStructuredErrors(v, on_breach, &c);
    rc = xmlSchemaValidateDoc(v, x->doc);
    xmlSchemaFreeValidCtxt(v);
    return rc < 0 ? nk_nomem(ctx) : NK_OK;
}
