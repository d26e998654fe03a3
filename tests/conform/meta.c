/*
 * What a file says of itself: catalog, XMP packet, document information,
 * output intent (ISO 19005-2, 6.2.3, 6.6, 6.7.2; ISO 14289-1, 5 and 7.1).
 */
#include "conform.h"

#include <libxml/parser.h>

#define NS_RDF     "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define NS_DC      "http://purl.org/dc/elements/1.1/"
#define NS_XMP     "http://ns.adobe.com/xap/1.0/"
#define NS_PDF     "http://ns.adobe.com/pdf/1.3/"
#define NS_PDFA    "http://www.aiim.org/pdfa/ns/id/"
#define NS_PDFUA   "http://www.aiim.org/pdfua/ns/id/"
#define NS_EXT     "http://www.aiim.org/pdfa/ns/extension/"
#define NS_SCHEMA  "http://www.aiim.org/pdfa/ns/schema#"
#define NS_XPACKET "W5M0MpCehiHzreSzNTczkc9d"

/* ---- Catalog ------------------------------------------------------------ */

static void check_catalog(cf_judge *j)
{
    const cf_value *mark = cf_get(j, j->catalog, "MarkInfo");
    const cf_value *prefs = cf_get(j, j->catalog, "ViewerPreferences");
    const cf_value *lang = cf_get(j, j->catalog, "Lang");

    if (!cf_true(cf_get(j, mark, "Marked")))
        cf_tell(j, CF_MARKED, 0, "not Marked");
    if (cf_true(cf_get(j, mark, "Suspects")))
        cf_tell(j, CF_MARKED, 0, "Suspects");
    if (!cf_true(cf_get(j, prefs, "DisplayDocTitle")))
        cf_tell(j, CF_TITLE, 0, "no DisplayDocTitle");
    if (lang->kind != CF_STRING || lang->text.len < 2)
        cf_tell(j, CF_LANGUAGE, 0, "no Lang");
    if (cf_get(j, j->catalog, "Version")->kind != CF_NONE)
        cf_tell(j, CF_HEADER, 0, "another version in the catalog");
}

/* ---- Output intent ------------------------------------------------------ */

/* An ICC profile of RGB for an output device or a display (ICC.1, 7.2). */
static void check_profile(cf_judge *j, cf_object *o)
{
    nk_str icc = cf_data(j, o);
    uint32_t size;

    if (icc.len < 128) {
        cf_tell(j, CF_INTENT, o ? o->number : 0, "no profile");
        return;
    }
    size = (uint32_t)(unsigned char)icc.ptr[0] << 24 |
           (uint32_t)(unsigned char)icc.ptr[1] << 16 |
           (uint32_t)(unsigned char)icc.ptr[2] << 8 | (unsigned char)icc.ptr[3];
    if (size != icc.len || memcmp(icc.ptr + 36, "acsp", 4) != 0)
        cf_tell(j, CF_INTENT, o->number, "no ICC profile");
    if (icc.ptr[8] > 4 || memcmp(icc.ptr + 16, "RGB ", 4) != 0 ||
        cf_int(cf_get(j, o->value, "N"), 0) != 3)
        cf_tell(j, CF_INTENT, o->number, "no profile of RGB");
    if (memcmp(icc.ptr + 12, "prtr", 4) != 0 &&
        memcmp(icc.ptr + 12, "mntr", 4) != 0)
        cf_tell(j, CF_INTENT, o->number, "no output or display profile");
}

static void check_intents(cf_judge *j)
{
    const cf_value *list = cf_get(j, j->catalog, "OutputIntents"), *v;
    unsigned found = 0;

    for (v = list->first; v; v = v->next) {
        const cf_value *intent = cf_follow(j, v);

        if (!cf_is(cf_get(j, intent, "S"), "GTS_PDFA1"))
            continue;
        found++;
        if (cf_get(j, intent, "OutputConditionIdentifier")->kind != CF_STRING)
            cf_tell(j, CF_INTENT, 0, "no OutputConditionIdentifier");
        check_profile(j, cf_object_of(j, cf_raw(intent, "DestOutputProfile")));
    }
    if (found != 1)
        cf_tell(j, CF_INTENT, 0, "%u intents of PDF/A", found);
}

/* ---- XMP ---------------------------------------------------------------- */

static bool is_element(const xmlNode *n, const char *ns, const char *name)
{
    return n->type == XML_ELEMENT_NODE && n->ns &&
           strcmp((const char *)n->ns->href, ns) == 0 &&
           strcmp((const char *)n->name, name) == 0;
}

/* The next element in document order. */
static xmlNode *after(xmlNode *n)
{
    if (n->children)
        return n->children;
    while (n && !n->next)
        n = n->parent;
    return n ? n->next : NULL;
}

/* How many elements of that name there are; the last of them in *out. */
static unsigned find(xmlDoc *doc, const char *ns, const char *name,
                     xmlNode **out)
{
    xmlNode *n = xmlDocGetRootElement(doc);
    unsigned found = 0;

    for (*out = NULL; n; n = after(n)) {
        if (!is_element(n, ns, name))
            continue;
        *out = n;
        found++;
    }
    return found;
}

/* A property's text, or that of its only rdf:li. */
static nk_str property(cf_judge *j, xmlDoc *doc, const char *ns,
                       const char *name)
{
    nk_str out = NK_EMPTY;
    xmlChar *text;
    xmlNode *n;

    if (find(doc, ns, name, &n) != 1)
        return NK_EMPTY;
    text = xmlNodeGetContent(n);
    out = nk_str_copy(&j->arena,
                      nk_str_trim(nk_str_of((const char *)cf_need(text))));
    xmlFree(text);
    return out;
}

static void check_ids(cf_judge *j, xmlDoc *doc)
{
    if (!nk_str_eq(property(j, doc, NS_PDFA, "part"), NK_STR("2")) ||
        !nk_str_eq(property(j, doc, NS_PDFA, "conformance"), NK_STR("A")))
        cf_tell(j, CF_PDFA, 0, "not part 2, conformance A");
    if (!nk_str_eq(property(j, doc, NS_PDFUA, "part"), NK_STR("1")))
        cf_tell(j, CF_PDFUA, 0, "not part 1");
    if (property(j, doc, NS_DC, "title").len == 0)
        cf_tell(j, CF_TITLE, 0, "no dc:title");
}

/*
 * Properties outside the schemas that PDF/A knows need a description. It
 * stands in an rdf:Description before or after: PDFBox wants one of its own.
 */
static void check_extension(cf_judge *j, xmlDoc *doc)
{
    nk_str uri = property(j, doc, NS_SCHEMA, "namespaceURI");
    xmlNode *n;

    if (find(doc, NS_EXT, "schemas", &n) != 1 ||
        !nk_str_eq(uri, NK_STR(NS_PDFUA)))
        cf_tell(j, CF_EXTENSION, 0, "pdfuaid is not described");
    else if (find(doc, NS_RDF, "Description", &n) < 2)
        cf_tell(j, CF_EXTENSION, 0, "the description does not stand alone");
    for (n = xmlDocGetRootElement(doc); n; n = after(n)) {
        static const char *const known[] = { NS_DC,   NS_XMP,   NS_PDF,
                                             NS_PDFA, NS_PDFUA, NS_EXT };
        const char *ns = n->ns ? (const char *)n->ns->href : "";
        size_t i, n_known = sizeof(known) / sizeof(known[0]);

        if (n->type != XML_ELEMENT_NODE ||
            !is_element(n->parent, NS_RDF, "Description"))
            continue;
        for (i = 0; i < n_known && strcmp(known[i], ns) != 0; i++)
            continue;
        if (i == n_known)
            cf_tell(j, CF_EXTENSION, 0, "%s is foreign", n->name);
    }
}

/* "D:20261123014500Z" as "2026-11-23T01:45:00Z". */
static nk_str pdf_date(cf_judge *j, nk_str s)
{
    static const char form[] = "xxxx-xx-xxTxx:xx:xxZ";
    nk_buf b;
    size_t i, k = 2;

    nk_buf_init(&b, &j->arena);
    if (s.len != 17 || !nk_str_starts(s, NK_STR("D:")))
        return NK_EMPTY;
    for (i = 0; form[i]; i++)
        nk_buf_putc(&b, form[i] == 'x' ? s.ptr[k++] : form[i]);
    return nk_buf_str(&b);
}

static void check_info(cf_judge *j, xmlDoc *doc)
{
    static const struct {
        const char *key, *ns, *name;
        bool date;
    } pairs[] = {
        { "Title", NS_DC, "title", false },
        { "Author", NS_DC, "creator", false },
        { "Subject", NS_DC, "description", false },
        { "Keywords", NS_PDF, "Keywords", false },
        { "Creator", NS_XMP, "CreatorTool", false },
        { "Producer", NS_PDF, "Producer", false },
        { "CreationDate", NS_XMP, "CreateDate", true },
        { "ModDate", NS_XMP, "ModifyDate", true },
    };
    const cf_value *info = cf_get(j, j->trailer, "Info");
    size_t i;

    for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        nk_str a = cf_utf8(j, cf_get(j, info, pairs[i].key));
        nk_str b = property(j, doc, pairs[i].ns, pairs[i].name);

        if (pairs[i].date)
            a = pdf_date(j, a);
        if (!nk_str_eq(a, b))
            cf_tell(j, CF_INFO, 0, "%s: %.*s, but %.*s", pairs[i].key,
                    (int)a.len, a.ptr, (int)b.len, b.ptr);
    }
}

/* The packet's own frame (XMP, part 1, 7.3). */
static bool is_packet(nk_str x)
{
    size_t end = nk_str_find(x, '>');
    nk_str head = nk_str_head(x, end);

    return nk_str_starts(x, NK_STR("<?xpacket begin=")) &&
           nk_str_search(head, NK_STR(NS_XPACKET)) < head.len &&
           nk_str_search(head, NK_STR("bytes=")) == head.len &&
           nk_str_search(head, NK_STR("encoding=")) == head.len &&
           (nk_str_ends(x, NK_STR("<?xpacket end=\"r\"?>")) ||
            nk_str_ends(x, NK_STR("<?xpacket end=\"w\"?>")));
}

static void check_xmp(cf_judge *j)
{
    cf_object *o = cf_object_of(j, cf_raw(j->catalog, "Metadata"));
    nk_str x = cf_data(j, o);
    xmlDoc *doc;

    if (!x.len || !cf_is(cf_get(j, o->value, "Type"), "Metadata") ||
        !cf_is(cf_get(j, o->value, "Subtype"), "XML")) {
        cf_tell(j, CF_METADATA, 0, "there is none");
        return;
    }
    if (cf_raw(o->value, "Filter")->kind != CF_NONE)
        cf_tell(j, CF_METADATA, o->number, "is compressed");
    if (!is_packet(x))
        cf_tell(j, CF_METADATA, o->number, "no packet");
    doc = xmlReadMemory(x.ptr, (int)x.len, "xmp", NULL,
                        XML_PARSE_NONET | XML_PARSE_NOERROR |
                            XML_PARSE_NOWARNING);
    if (!doc) {
        cf_tell(j, CF_METADATA, o->number, "is not well-formed");
        return;
    }
    check_ids(j, doc);
    check_extension(j, doc);
    check_info(j, doc);
    xmlFreeDoc(doc);
}

void cf_check_meta(cf_judge *j)
{
    check_catalog(j);
    check_intents(j);
    check_xmp(j);
}
