/*
 * What the files of xml share: the handles' insides.
 */
#ifndef NK_XML_INT_H
#define NK_XML_INT_H

#include <libxml/tree.h>

#include "xml/xml.h"

struct nk_xml {
    xmlDocPtr doc;
    nk_arena arena; /* source and file name */
    nk_str source;
    nk_str file;
    uint32_t nodes; /* elements read so far */
    /* The last place looked up; the next is mostly not far behind it. */
    size_t place_offset, place_line_start;
    uint32_t place_line, place_column; /* from 0 */
};

/*
 * An nk_xml_node is an xmlNode. Its _private holds the offset of its "<" in
 * the source plus one (0: made by program), its psvi the caller's mark.
 */
static inline xmlNodePtr nk_xml__node(const nk_xml_node *n)
{
    union {
        const nk_xml_node *in;
        xmlNodePtr out;
    } u = { .in = n };

    return u.out;
}

static inline nk_xml_node *nk_xml__wrap(xmlNodePtr n)
{
    union {
        xmlNodePtr in;
        nk_xml_node *out;
    } u = { .in = n };

    return u.out;
}

static inline nk_str nk_xml__str(const xmlChar *s)
{
    return nk_str_of((const char *)s);
}

/* The place of an offset in the source. */
nk_place nk_xml__place_at(nk_xml *x, size_t offset);

/* Before anything else of libxml2 is called; cheap after the first time. */
void nk_xml__start(void);

/* A libxml2 message without its line end. */
nk_str nk_xml__message(const char *text);

#endif
