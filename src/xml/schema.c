/*
 * Checking a document against an XML Schema, and saying what libxml2 found
 * in words a clerk can act on: its messages are taken apart for the values
 * and the names of what was expected. A schema is compiled when something is
 * first checked: many are opened for what they say alone.
 */
#include "xml/xml_int.h"

#include <libxml/xmlschemas.h>
#include <stdlib.h>

#define SHOWN 40 /* characters of a value in a message */

struct nk_xml_schema {
    nk_xml *doc;         /* must outlive the schema, which points into it */
    xmlSchemaPtr schema; /* NULL: nothing has been checked yet */
};

struct checking {
    nk_problems *problems;
    const nk_problem *before; /* the last one there was; NULL: none */
    const nk_xml *xml;
    bool nomem;
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

static nk_err compile(nk_ctx *ctx, nk_xml_schema *s)
{
    xmlSchemaParserCtxtPtr p = xmlSchemaNewDocParserCtxt(s->doc->doc);
    struct compiling c = { ctx, nk_xml_place(nk_xml_root(s->doc)).file };

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
    rc = nk_xml_open(ctx, bytes, file, &problems, &s->doc);
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

/* What stands between `open` and `close`, after `mark`. */
static nk_str enclosed(nk_str s, nk_str mark, char open, char close)
{
    s = nk_str_skip(s, nk_str_search(s, mark));
    s = nk_str_skip(s, nk_str_find(s, open));
    if (s.len == 0)
        return NK_EMPTY;
    s = nk_str_skip(s, 1);
    return nk_str_trim(nk_str_head(s, nk_str_find(s, close)));
}

/* What is known of a breach. */
struct breach {
    nk_arena *a;
    nk_str text;    /* libxml2's words, without namespaces */
    nk_str element; /* its name */
    nk_str attr;    /* name of the attribute it is about; or empty */
    nk_str value;   /* of the attribute, else the element's text */
};

struct finding {
    nk_msg msg;
    nk_args args;
};

static bool says(const struct breach *b, nk_str words)
{
    return nk_str_search(b->text, words) < b->text.len;
}

static struct finding content_fault(const struct breach *b)
{
    /* "... Expected is one of ( a, b, c )." */
    nk_str list = enclosed(b->text, NK_STR("Expected is"), '(', ')');
    nk_msg msg = NK_M_XML_UNEXPECTED;

    if (says(b, NK_STR("Missing child")))
        msg = NK_M_XML_MISSING_CHILD;
    else if (says(b, NK_STR("Character content")))
        msg = NK_M_XML_STRAY_TEXT;
    else if (list.len == 0)
        msg = NK_M_XML_UNEXPECTED_END;
    return (struct finding){ msg, NK_ARGS(b->element, list) };
}

/* As much of a value as a message has room for. */
static nk_str shortened(const struct breach *b)
{
    nk_str all = nk_str_trim(b->value), rest = all;
    nk_buf out;
    int i;

    for (i = 0; i < SHOWN && rest.len; i++)
        nk_utf8_next(&rest);
    if (!rest.len)
        return all;
    nk_buf_init(&out, b->a);
    nk_buf_puts(&out, nk_str_head(all, all.len - rest.len));
    nk_buf_lit(&out, "...");
    return nk_buf_str(&out);
}

/* "a, b" out of "... of the set {'a', 'b'}." */
static nk_str choices(const struct breach *b)
{
    nk_str set = enclosed(b->text, NK_STR("of the set "), '{', '}');
    nk_buf out;
    size_t i;

    nk_buf_init(&out, b->a);
    for (i = 0; i < set.len; i++)
        if (set.ptr[i] != '\'')
            nk_buf_putc(&out, set.ptr[i]);
    return nk_buf_str(&out);
}

/* The number in "... maximum length of '400'." */
static nk_str bound(const struct breach *b)
{
    return enclosed(b->text, NK_STR("maximum length of "), '\'', '\'');
}

static struct finding explain(int code, const struct breach *b)
{
    nk_str what = b->attr.len ? b->attr : b->element;

    switch (code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        return content_fault(b);
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
        return (struct finding){ NK_M_XML_ATTR_UNKNOWN,
                                 NK_ARGS(b->attr, b->element) };
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
        return (struct finding){
            NK_M_XML_ATTR_MISSING,
            NK_ARGS(enclosed(b->text, NK_STR("The attribute "), '\'', '\''),
                    b->element)
        };
    case XML_SCHEMAV_CVC_TYPE_3_1_2:
        return (struct finding){ NK_M_XML_STRAY_CHILD, NK_ARGS(b->element) };
    case XML_SCHEMAV_CVC_ELT_1:
        return (struct finding){ says(b, NK_STR("wildcard"))
                                     ? NK_M_XML_UNEXPECTED_END
                                     : NK_M_XML_ROOT,
                                 NK_ARGS(b->element) };
    case XML_SCHEMAV_CVC_IDC:
        return (struct finding){
            says(b, NK_STR("No match")) ? NK_M_XML_NO_SUCH : NK_M_XML_TWICE,
            NK_ARGS(b->element,
                    enclosed(b->text, NK_STR("key-sequence "), '\'', '\''))
        };
    case XML_SCHEMAV_CVC_ENUMERATION_VALID:
        return (struct finding){ NK_M_XML_VALUE_CHOICE,
                                 NK_ARGS(what, shortened(b), choices(b)) };
    case XML_SCHEMAV_CVC_MINLENGTH_VALID:
        return (struct finding){ NK_M_XML_VALUE_EMPTY, NK_ARGS(what) };
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID:
        return (struct finding){ NK_M_XML_VALUE_LONG, NK_ARGS(what, bound(b)) };
    default:
        return (struct finding){ NK_M_XML_VALUE_FORM,
                                 NK_ARGS(what, shortened(b)) };
    }
}

/* What follows from a fault told already: a key whose attribute is missing,
   and no value where an element stands instead. */
static bool is_echo(const struct checking *c, int code, const struct breach *b,
                    const struct finding *f, nk_place at)
{
    const nk_problem *last = c->problems->last;

    if (code == XML_SCHEMAV_CVC_IDC)
        return says(b, NK_STR("Not all fields"));
    return f->msg == NK_M_XML_VALUE_EMPTY && last &&
           last->msg == NK_M_XML_STRAY_CHILD && last->place.line == at.line &&
           last->place.column == at.column;
}

/* libxml2 gives the element, and names the attribute in its words. */
static nk_str attribute_in(nk_str text)
{
    nk_str mark = NK_STR(", attribute '");
    size_t at = nk_str_search(text, mark),
           colon = nk_str_search(text, NK_STR(": "));

    if (at >= colon)
        return NK_EMPTY;
    text = nk_str_skip(text, at + mark.len);
    return nk_str_head(text, nk_str_find(text, '\''));
}

/* The element a breach is of: of some libxml2 says only name and line. */
static const nk_xml_node *element_of(const struct checking *c,
                                     const xmlError *e, nk_str text)
{
    const nk_xml_node *top = nk_xml_root(c->xml), *n = top;
    nk_str name = enclosed(text, NK_STR("Element "), '\'', '\'');

    if (e->node)
        return nk_xml__wrap(e->node);
    while (n) {
        if (nk_str_eq(nk_xml_name(n), name) &&
            nk_xml_place(n).line == (uint32_t)e->line)
            return n;
        if (nk_xml_first(n)) {
            n = nk_xml_first(n);
            continue;
        }
        while (n != top && !nk_xml_next(n))
            n = nk_xml_parent(n);
        n = n == top ? NULL : nk_xml_next(n);
    }
    return top;
}

static void on_breach(void *data, xmlErrorPtr e)
{
    struct checking *c = data;
    struct breach b = { .a = c->problems->arena };
    const nk_xml_node *n;
    struct finding f;
    nk_place at;
    char *copy;

    if (c->problems->listed == NK_MAX_PROBLEMS) {
        c->problems->errors++;
        return;
    }
    if (!(copy = nk_alloc(b.a, strlen(e->message) + 1))) {
        c->nomem = true;
        return;
    }
    memcpy(copy, e->message, strlen(e->message) + 1);
    b.text = nk_str_trim(without_ns(copy));
    n = element_of(c, e, b.text);
    b.element = nk_xml_name(n);
    b.attr = attribute_in(b.text);
    b.value = b.attr.len ? nk_xml_attr_or(n, b.attr, NK_EMPTY) : nk_xml_text(n);
    at = b.attr.len ? nk_xml_attr_place(n, b.attr) : nk_xml_place(n);
    f = explain(e->code, &b);
    if (!nk_error_is_at(c->problems, c->before, at) &&
        !is_echo(c, e->code, &b, &f, at))
        nk_problem_add(c->problems, NK_ERROR, f.msg, at, f.args);
}

nk_err nk_xml_check(nk_ctx *ctx, nk_xml *x, nk_xml_schema *s,
                    nk_problems *problems)
{
    struct checking c = { problems, problems->last, x, false };
    xmlSchemaValidCtxtPtr v;
    nk_err err;
    int rc;

    if (!s->schema && (err = compile(ctx, s)) < 0)
        return err;
    if (!(v = xmlSchemaNewValidCtxt(s->schema)))
        return nk_nomem(ctx);
    xmlSchemaSetValidStructuredErrors(v, on_breach, &c);
    rc = xmlSchemaValidateDoc(v, x->doc);
    xmlSchemaFreeValidCtxt(v);
    return rc < 0 || c.nomem ? nk_nomem(ctx) : NK_OK;
}
