/*
 * Reading: libxml2's SAX2 tree builder behind guards of our own.
 *
 * The guards sit in the SAX callbacks: a DOCTYPE stops the parser before
 * anything in it is looked at, and depth and count stop it while the tree is
 * small. An element's place is found by looking back from where the parser
 * stands at the end of its start tag: "<" cannot occur inside a tag. Comments
 * and processing instructions never reach the tree, so that a text has one
 * node whatever stood in its midst.
 */
#include "xml/xml_int.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemastypes.h>
#include <pthread.h>
#include <stdlib.h>

struct reading {
    nk_ctx *ctx;
    nk_xml *xml;
    nk_problems *problems;
    xmlParserCtxtPtr parser;
    uint32_t depth;
    size_t open[NK_MAX_XML_DEPTH]; /* offsets of the elements around */
    uint32_t told_line;            /* of the last fault told; 0: none yet */
    nk_err stopped;                /* why a guard stopped the parser */
    startElementNsSAX2Func start;
    endElementNsSAX2Func end;
};

static pthread_once_t started = PTHREAD_ONCE_INIT;

/* What libxml2 would say on standard error; we tell of it ourselves. */
static void say_nothing(void *data, const char *format, ...)
{
    (void)data, (void)format;
}

/* What libxml2 sets up at first use is not safe in two threads at once. */
static void start_library(void)
{
    xmlInitParser();
    xmlSchemaInitTypes();
    xmlSetGenericErrorFunc(NULL, say_nothing);
    xmlThrDefSetGenericErrorFunc(NULL, say_nothing);
}

void nk_xml__start(void)
{
    pthread_once(&started, start_library);
}

nk_place nk_xml__place_at(nk_xml *x, size_t offset)
{
    size_t i;

    if (offset > x->source.len)
        offset = x->source.len;
    if (offset < x->place_offset) {
        if (offset < x->place_line_start)
            x->place_line_start = x->place_line = 0;
        x->place_offset = x->place_line_start;
        x->place_column = 0;
    }
    for (i = x->place_offset; i < offset; i++) {
        if (x->source.ptr[i] == '\n') {
            x->place_line++;
            x->place_line_start = i + 1;
            x->place_column = 0;
        } else {
            x->place_column += ((unsigned char)x->source.ptr[i] & 0xC0) != 0x80;
        }
    }
    x->place_offset = offset;
    return (nk_place){ .file = x->file,
                       .line = x->place_line + 1,
                       .column = x->place_column + 1 };
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

/* Where the last `mark` before `at` begins; `at` when there is none. */
static size_t back_to(nk_str source, size_t at, const char *mark)
{
    size_t n = strlen(mark), i = at;

    while (i > 0)
        if (nk_str_starts(nk_str_skip(source, --i), (nk_str){ mark, n }))
            return i;
    return at;
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
    if (r->depth >= NK_MAX_XML_DEPTH) {
        stop(p, r, NK_M_XML_TOO_DEEP, nk_xml__place_at(r->xml, at - 1),
             NK_ARGS(NK_NUM(NK_MAX_XML_DEPTH)));
        return;
    }
    r->open[r->depth++] = at - 1;
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
                       nk_xml__place_at(r->xml, back_to(r->xml->source,
                                                        offset_of(p, r->xml),
                                                        "<!DOCTYPE")),
                       NK_NOARGS);
    r->stopped = NK_E_SYNTAX;
    xmlStopParser(p);
}

/* A fault libxml2 finds. */
struct fault {
    int code;
    nk_msg msg;
    const char *from; /* it begins with this, before where the parser stands;
                         NULL: there */
    bool shape;       /* upsets what follows: told only when it is the first */
};

static const struct fault unknown = { 0, NK_M_XML_SYNTAX, NULL, true };

static const struct fault *known_fault(int code)
{
    static const struct fault known[] = {
        { XML_ERR_DOCUMENT_EMPTY, NK_M_XML_EMPTY, NULL, true },
        { XML_ERR_DOCUMENT_END, NK_M_XML_AFTER_END, NULL, true },
        { XML_ERR_TAG_NAME_MISMATCH, NK_M_XML_MISMATCH, "<", true },
        { XML_ERR_TAG_NOT_FINISHED, NK_M_XML_UNFINISHED, NULL, true },
        { XML_ERR_GT_REQUIRED, NK_M_XML_GT_MISSING, NULL, true },
        { XML_ERR_LT_IN_ATTRIBUTE, NK_M_XML_LT_IN_ATTR, NULL, false },
        { XML_ERR_ATTRIBUTE_REDEFINED, NK_M_XML_ATTR_TWICE, "<", false },
        { XML_ERR_ATTRIBUTE_NOT_STARTED, NK_M_XML_ATTR_QUOTES, NULL, false },
        { XML_ERR_ATTRIBUTE_WITHOUT_VALUE, NK_M_XML_ATTR_QUOTES, NULL, false },
        { XML_ERR_SPACE_REQUIRED, NK_M_XML_SPACE, NULL, false },
        { XML_ERR_UNDECLARED_ENTITY, NK_M_XML_ENTITY, "&", false },
        { XML_ERR_ENTITYREF_SEMICOL_MISSING, NK_M_XML_AMPERSAND, "&", false },
        { XML_ERR_INVALID_DEC_CHARREF, NK_M_XML_AMPERSAND, "&", false },
        { XML_ERR_INVALID_HEX_CHARREF, NK_M_XML_AMPERSAND, "&", false },
        { XML_ERR_INVALID_CHAR, NK_M_XML_CHAR, NULL, false },
        { XML_ERR_HYPHEN_IN_COMMENT, NK_M_XML_HYPHENS, NULL, false },
        { XML_ERR_COMMENT_NOT_FINISHED, NK_M_XML_NOT_ENDED, "<!--", true },
        { XML_ERR_CDATA_NOT_FINISHED, NK_M_XML_NOT_ENDED, "<![CDATA[", true },
        { XML_ERR_PI_NOT_FINISHED, NK_M_XML_NOT_ENDED, "<?", true },
        { XML_ERR_RESERVED_XML_NAME, NK_M_XML_DECLARATION, "<?", false },
        { XML_NS_ERR_UNDEFINED_NAMESPACE, NK_M_XML_PREFIX, "<", false },
    };
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].code == code)
            return &known[i];
    return &unknown;
}

/* A name was wanted and is not there: what stands before the gap tells. */
static const struct fault *nameless(nk_str source, size_t at)
{
    static const struct fault less = { 0, NK_M_XML_LT_ALONE, "<", false };
    static const struct fault amp = { 0, NK_M_XML_AMPERSAND, "&", false };
    static const struct fault attr = { 0, NK_M_XML_ATTR_QUOTES, NULL, false };

    if (at > 0 && source.ptr[at - 1] == '<')
        return &less;
    return at > 0 && source.ptr[at - 1] == '&' ? &amp : &attr;
}

/* The name in the tag around `at`. */
static nk_str tag_name(nk_str source, size_t at)
{
    nk_str tag = nk_str_skip(source, back_to(source, at, "<"));
    size_t n = 0;

    while (tag.len && (tag.ptr[0] == '<' || tag.ptr[0] == '/'))
        tag = nk_str_skip(tag, 1);
    while (n < tag.len && !nk_is_space(tag.ptr[n]) && tag.ptr[n] != '<' &&
           tag.ptr[n] != '>')
        n++;
    return nk_str_head(tag, n);
}

static const struct fault *fault_of(int code, nk_str source, size_t at)
{
    if (code == XML_ERR_NAME_REQUIRED)
        return nameless(source, at);
    if (code == XML_ERR_SPACE_REQUIRED && at == source.len)
        code = XML_ERR_GT_REQUIRED;
    return known_fault(code);
}

static size_t start_of(const struct reading *r, const struct fault *f,
                       const xmlError *e, size_t at)
{
    nk_str text = nk_str_of(e->message);

    if (f->msg == NK_M_XML_UNFINISHED && r->depth)
        return r->open[r->depth - 1];
    /* A character written as a number, not as itself. */
    if (f->msg == NK_M_XML_CHAR &&
        nk_str_starts(text, NK_STR("xmlParseCharRef")))
        return back_to(r->xml->source, at, "&");
    return f->from ? back_to(r->xml->source, at, f->from) : at;
}

/* Tell of it, unless it follows from one told before: at most one a line. */
static void on_error(void *data, xmlErrorPtr e)
{
    struct reading *r = data;
    size_t at = offset_of(r->parser, r->xml);
    const struct fault *f = fault_of(e->code, r->xml->source, at);
    nk_str name = nk_str_of(e->str1);
    nk_place place;

    if (e->code == XML_ERR_NO_MEMORY)
        r->stopped = NK_E_NOMEM;
    if (r->stopped != NK_OK || e->level == XML_ERR_WARNING ||
        (f->shape && r->told_line))
        return;
    place = nk_xml__place_at(r->xml, start_of(r, f, e, at));
    if (place.line <= r->told_line)
        return;
    r->told_line = place.line;
    if (f->msg == NK_M_XML_GT_MISSING)
        name = tag_name(r->xml->source, at);
    nk_problem_add(
        r->problems, NK_ERROR, f->msg, place,
        NK_ARGS(nk_xml__message(e->message), name, nk_str_of(e->str2)));
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

static bool begins_value(nk_str s)
{
    while (s.len && nk_is_space(s.ptr[0]))
        s = nk_str_skip(s, 1);
    return s.len && (s.ptr[0] == '"' || s.ptr[0] == '\'');
}

/*
 * Has an element more attributes than we read? libxml2 compares each with
 * each other before it hands them over: 4 MiB of them take minutes. Counted
 * is what looks like a value between one "<" and the next.
 */
static bool is_too_wide(nk_str source, size_t *at)
{
    nk_str rest = source, part;
    size_t n = 0;

    while (nk_str_cut(&rest, '=', &part)) {
        if (nk_str_find(part, '<') < part.len)
            n = 0;
        if (begins_value(rest) && ++n > NK_MAX_XML_ATTRS) {
            *at = back_to(source, (size_t)(rest.ptr - source.ptr), "<");
            return true;
        }
    }
    return false;
}

static nk_err check_text(nk_ctx *ctx, nk_xml *x, nk_problems *problems)
{
    nk_err rc = NK_E_SYNTAX;
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
    if (!nk_utf8_check(x->source, &bad))
        nk_problem_add(problems, NK_ERROR, NK_M_NOT_UTF8,
                       nk_xml__place_at(x, bad), NK_NOARGS);
    else if ((bad = nk_str_find(x->source, '\0')) < x->source.len)
        /* libxml2 would take it for the end. */
        nk_problem_add(problems, NK_ERROR, NK_M_XML_CHAR,
                       nk_xml__place_at(x, bad), NK_NOARGS);
    else if (!says_utf8(x->source, &said))
        nk_problem_add(problems, NK_ERROR, NK_M_XML_ENCODING,
                       nk_xml__place_at(x, 0), NK_ARGS(said));
    else if (!is_too_wide(x->source, &bad))
        return NK_OK;
    else {
        nk_problem_add(problems, NK_ERROR, NK_M_XML_TOO_WIDE,
                       nk_xml__place_at(x, bad),
                       NK_ARGS(NK_NUM(NK_MAX_XML_ATTRS)));
        rc = NK_E_LIMIT;
    }
    return nk_fail(ctx, rc, NK_M_XML_BROKEN, NK_IN_FILE(x->file),
                   NK_ARGS(x->file));
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
        r->parser = p;
        p->sax->comment = NULL;
        p->sax->processingInstruction = NULL;
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
    nk_xml__start();
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
    nk_xml__start();
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
