/*
 * Reading: libxml2's SAX2 tree builder behind guards of our own.
 *
 * The guards sit in the SAX callbacks: a DOCTYPE stops the parser before
 * anything in it is looked at, and depth and count stop it while the tree is
 * small. An element's place is found by looking back from where the parser
 * stands at the end of its start tag: "<" cannot occur inside a tag.
 */
#include "xml/xml_int.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>

struct reading {
    nk_ctx *ctx;
    nk_xml *xml;
    nk_problems *problems;
    uint32_t depth;
    nk_err stopped; /* why a guard stopped the parser */
    startElementNsSAX2Func start;
    endElementNsSAX2Func end;
};

nk_place nk_xml__place_at(nk_xml *x, size_t offset)
{
    nk_place at = { .file = x->file };
    size_t i;

    if (offset > x->source.len)
        offset = x->source.len;
    if (offset < x->place_offset)
        x->place_offset = x->place_line_start = x->place_line = 0;
    for (i = x->place_offset; i < offset; i++) {
        if (x->source.ptr[i] == '\n') {
            x->place_line++;
            x->place_line_start = i + 1;
        }
    }
    x->place_offset = offset;
    at.line = x->place_line + 1;
    at.column =
        (uint32_t)nk_utf8_count((nk_str){ x->source.ptr + x->place_line_start,
                                          offset - x->place_line_start }) +
        1;
    return at;
}

nk_str nk_xml__message(const char *text)
{
    return nk_str_trim(nk_str_of(text));
}

static void stop(xmlParserCtxtPtr p, struct reading *r, nk_msg msg, nk_place at,
                 nk_args args)
{
    if (r->stopped == NK_OK) {
        r->stopped = NK_E_LIMIT;
        nk_problem_add(r->problems, NK_ERROR, msg, at, args);
    }
    xmlStopParser(p);
}

static size_t offset_of(xmlParserCtxtPtr p, const nk_xml *x)
{
    long at = xmlByteConsumed(p);

    return at < 0 || (size_t)at > x->source.len ? x->source.len : (size_t)at;
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri, int n_ns, const xmlChar **ns,
                     int n_attrs, int n_defaulted, const xmlChar **attrs)
{
    xmlParserCtxtPtr p = data;
    struct reading *r = p->_private;
    size_t at = offset_of(p, r->xml);

    while (at > 0 && r->xml->source.ptr[at - 1] != '<')
        at--;
    if (++r->depth > NK_MAX_XML_DEPTH) {
        stop(p, r, NK_M_XML_TOO_DEEP, nk_xml__place_at(r->xml, at - 1),
             NK_ARGS(NK_NUM(NK_MAX_XML_DEPTH)));
        return;
    }
    if (++r->xml->nodes > NK_MAX_XML_NODES) {
        stop(p, r, NK_M_XML_TOO_MANY, nk_xml__place_at(r->xml, at - 1),
             NK_ARGS(NK_NUM(NK_MAX_XML_NODES)));
        return;
    }
    r->start(data, name, prefix, uri, n_ns, ns, n_attrs, n_defaulted, attrs);
    if (p->node)
        p->node->_private = (void *)(uintptr_t)at;
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *uri)
{
    xmlParserCtxtPtr p = data;
    struct reading *r = p->_private;

    r->depth--;
    r->end(data, name, prefix, uri);
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *id,
                       const xmlChar *uri)
{
    xmlParserCtxtPtr p = data;
    struct reading *r = p->_private;

    (void)name, (void)id, (void)uri;
    if (r->stopped == NK_OK)
        nk_problem_add(r->problems, NK_ERROR, NK_M_XML_DOCTYPE,
                       nk_xml__place_at(r->xml, offset_of(p, r->xml)),
                       NK_NOARGS);
    r->stopped = NK_E_SYNTAX;
    xmlStopParser(p);
}

static nk_msg message_of(int code)
{
    static const struct known {
        int code;
        nk_msg msg;
    } known[] = {
        { XML_ERR_DOCUMENT_EMPTY, NK_M_XML_EMPTY },
        { XML_ERR_DOCUMENT_END, NK_M_XML_AFTER_END },
        { XML_ERR_TAG_NAME_MISMATCH, NK_M_XML_MISMATCH },
        { XML_ERR_TAG_NOT_FINISHED, NK_M_XML_UNFINISHED },
        { XML_ERR_GT_REQUIRED, NK_M_XML_GT_MISSING },
        { XML_ERR_LT_REQUIRED, NK_M_XML_LT_MISSING },
        { XML_ERR_LT_IN_ATTRIBUTE, NK_M_XML_LT_IN_ATTR },
        { XML_ERR_ATTRIBUTE_REDEFINED, NK_M_XML_ATTR_TWICE },
        { XML_ERR_ATTRIBUTE_NOT_STARTED, NK_M_XML_ATTR_QUOTES },
        { XML_ERR_ATTRIBUTE_WITHOUT_VALUE, NK_M_XML_ATTR_QUOTES },
        { XML_ERR_UNDECLARED_ENTITY, NK_M_XML_ENTITY },
        { XML_WAR_UNDECLARED_ENTITY, NK_M_XML_ENTITY },
        { XML_ERR_ENTITYREF_SEMICOL_MISSING, NK_M_XML_AMPERSAND },
        { XML_ERR_NAME_REQUIRED, NK_M_XML_AMPERSAND },
        { XML_ERR_INVALID_CHAR, NK_M_XML_CHAR },
        { XML_ERR_INVALID_CHARREF, NK_M_XML_CHAR },
        { XML_NS_ERR_UNDEFINED_NAMESPACE, NK_M_XML_PREFIX },
    };
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].code == code)
            return known[i].msg;
    return NK_M_XML_SYNTAX;
}

static void on_error(void *data, xmlErrorPtr e)
{
    struct reading *r = data;
    nk_place at = { .file = r->xml->file };

    if (r->stopped != NK_OK)
        return;
    at.line = e->line > 0 ? (uint32_t)e->line : 0;
    at.column = e->int2 > 0 ? (uint32_t)e->int2 : 0;
    nk_problem_add(r->problems, NK_ERROR, message_of(e->code), at,
                   NK_ARGS(nk_xml__message(e->message), nk_str_of(e->str1),
                           nk_str_of(e->str2)));
}

/* True unless the XML declaration names another encoding than UTF-8. */
static bool says_utf8(nk_str s, nk_str *said)
{
    size_t at;

    if (!nk_str_starts(s, NK_STR("<?xml")))
        return true;
    s = nk_str_head(s, nk_str_search(s, NK_STR("?>")));
    at = nk_str_search(s, NK_STR("encoding"));
    if (at == s.len)
        return true;
    s = nk_str_skip(s, at);
    at = 0;
    while (at < s.len && s.ptr[at] != '"' && s.ptr[at] != '\'')
        at++;
    if (at == s.len)
        return true; /* broken: the parser says so */
    *said = nk_str_skip(s, at + 1);
    said->len = nk_str_find(*said, s.ptr[at]);
    return nk_str_eq_nocase(*said, NK_STR("UTF-8"));
}

static nk_err check_text(nk_ctx *ctx, nk_xml *x, nk_problems *problems)
{
    nk_str said;
    size_t bad;

    if (x->source.len > NK_MAX_XML) {
        nk_problem_add(problems, NK_ERROR, NK_M_FILE_TOO_LARGE,
                       NK_IN_FILE(x->file),
                       NK_ARGS(x->file, NK_NUM(NK_MAX_XML)));
        return nk_fail(ctx, NK_E_LIMIT, NK_M_FILE_TOO_LARGE,
                       NK_IN_FILE(x->file),
                       NK_ARGS(x->file, NK_NUM(NK_MAX_XML)));
    }
    if (!nk_utf8_check(x->source, &bad)) {
        nk_problem_add(problems, NK_ERROR, NK_M_NOT_UTF8,
                       nk_xml__place_at(x, bad), NK_NOARGS);
        return nk_fail(ctx, NK_E_SYNTAX, NK_M_XML_BROKEN, NK_IN_FILE(x->file),
                       NK_ARGS(x->file));
    }
    if (!says_utf8(x->source, &said)) {
        nk_problem_add(problems, NK_ERROR, NK_M_XML_ENCODING,
                       nk_xml__place_at(x, 0), NK_ARGS(said));
        return nk_fail(ctx, NK_E_SYNTAX, NK_M_XML_BROKEN, NK_IN_FILE(x->file),
                       NK_ARGS(x->file));
    }
    return NK_OK;
}

static nk_err parse(struct reading *r)
{
    nk_xml *x = r->xml;
    uint32_t errors = r->problems->errors;
    xmlParserCtxtPtr p =
        xmlCreateMemoryParserCtxt(x->source.ptr, (int)x->source.len);

    if (!p && x->source.len > 0)
        return nk_nomem(r->ctx);
    if (p) {
        xmlCtxtUseOptions(p, XML_PARSE_NONET | XML_PARSE_NOCDATA |
                                 XML_PARSE_BIG_LINES);
        p->_private = r;
        r->start = p->sax->startElementNs;
        r->end = p->sax->endElementNs;
        p->sax->startElementNs = on_start;
        p->sax->endElementNs = on_end;
        p->sax->internalSubset = on_doctype;
        p->userData = p;
        xmlSetStructuredErrorFunc(r, on_error);
        xmlParseDocument(p);
        xmlSetStructuredErrorFunc(NULL, NULL);
        x->doc = p->myDoc;
        p->myDoc = NULL;
        if (p->errNo == XML_ERR_NO_MEMORY)
            r->stopped = NK_E_NOMEM;
        xmlFreeParserCtxt(p);
    } else {
        nk_problem_add(r->problems, NK_ERROR, NK_M_XML_EMPTY,
                       NK_IN_FILE(x->file), NK_NOARGS);
    }
    if (r->stopped == NK_E_NOMEM)
        return nk_nomem(r->ctx);
    if (r->stopped != NK_OK || r->problems->errors > errors || !x->doc)
        return nk_fail(r->ctx, r->stopped ? r->stopped : NK_E_SYNTAX,
                       NK_M_XML_BROKEN, NK_IN_FILE(x->file), NK_ARGS(x->file));
    x->doc->_private = x;
    return NK_OK;
}

nk_err nk_xml_open(nk_ctx *ctx, nk_str bytes, nk_str file,
                   nk_problems *problems, nk_xml **out)
{
    struct reading r = { .ctx = ctx, .problems = problems };
    nk_xml *x = calloc(1, sizeof(*x));
    nk_err rc;

    if (!x)
        return nk_nomem(ctx);
    nk_arena_init(&x->arena);
    if (bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0)
        bytes = nk_str_skip(bytes, 3);
    x->source = nk_str_copy(&x->arena, bytes);
    x->file = nk_str_copy(&x->arena, file);
    if (!x->source.ptr || !x->file.ptr) {
        rc = nk_nomem(ctx);
        goto out;
    }
    r.xml = x;
    if ((rc = check_text(ctx, x, problems)) < 0 || (rc = parse(&r)) < 0)
        goto out;
    *out = x;
    return NK_OK;
out:
    nk_xml_close(x);
    return rc;
}

nk_err nk_xml_new(nk_ctx *ctx, nk_str root, nk_xml **out)
{
    nk_xml *x = calloc(1, sizeof(*x));
    xmlNodePtr e;

    if (!x)
        return nk_nomem(ctx);
    nk_arena_init(&x->arena);
    x->doc = xmlNewDoc((const xmlChar *)"1.0");
    if (!x->doc)
        goto nomem;
    x->doc->_private = x;
    e = xmlNewDocNode(x->doc, NULL, (const xmlChar *)nk_str_z(&x->arena, root),
                      NULL);
    if (!e)
        goto nomem;
    xmlDocSetRootElement(x->doc, e);
    *out = x;
    return NK_OK;
nomem:
    nk_xml_close(x);
    return nk_nomem(ctx);
}

void nk_xml_close(nk_xml *x)
{
    if (!x)
        return;
    if (x->doc)
        xmlFreeDoc(x->doc);
    nk_arena_release(&x->arena);
    free(x);
}
