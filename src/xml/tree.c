/*
 * Walking, building and writing trees.
 *
 * libxml2 keeps an attribute's text and an element's text as child nodes of
 * their own; everything here reads them in place.
 */
#include "xml/xml_int.h"

static xmlNodePtr element_from(xmlNodePtr n)
{
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->next;
    return n;
}

static xmlNodePtr part_from(xmlNodePtr n)
{
    while (n && n->type != XML_ELEMENT_NODE && n->type != XML_TEXT_NODE)
        n = n->next;
    return n;
}

nk_xml_node *nk_xml_root(const nk_xml *x)
{
    return nk_xml__wrap(xmlDocGetRootElement(x->doc));
}

nk_xml_node *nk_xml_first(const nk_xml_node *e)
{
    return nk_xml__wrap(element_from(nk_xml__node(e)->children));
}

nk_xml_node *nk_xml_next(const nk_xml_node *e)
{
    return nk_xml__wrap(element_from(nk_xml__node(e)->next));
}

nk_xml_node *nk_xml_parent(const nk_xml_node *n)
{
    xmlNodePtr p = nk_xml__node(n)->parent;

    return p && p->type == XML_ELEMENT_NODE ? nk_xml__wrap(p) : NULL;
}

nk_xml_node *nk_xml_first_part(const nk_xml_node *e)
{
    return nk_xml__wrap(part_from(nk_xml__node(e)->children));
}

nk_xml_node *nk_xml_next_part(const nk_xml_node *n)
{
    return nk_xml__wrap(part_from(nk_xml__node(n)->next));
}

bool nk_xml_is_text(const nk_xml_node *n)
{
    return nk_xml__node(n)->type == XML_TEXT_NODE;
}

nk_xml_node *nk_xml_child(const nk_xml_node *e, nk_str name)
{
    nk_xml_node *c;

    for (c = nk_xml_first(e); c; c = nk_xml_next(c))
        if (nk_str_eq(nk_xml_name(c), name))
            break;
    return c;
}

nk_str nk_xml_name(const nk_xml_node *e)
{
    return nk_xml__str(nk_xml__node(e)->name);
}

nk_str nk_xml_ns(const nk_xml_node *e)
{
    xmlNodePtr n = nk_xml__node(e);

    return n->ns ? nk_xml__str(n->ns->href) : NK_EMPTY;
}

/* Without entities of its own, an attribute has one text child or none. */
static nk_str attr_value(xmlAttrPtr a)
{
    return a->children ? nk_xml__str(a->children->content) : NK_STR("");
}

bool nk_xml_attr(const nk_xml_node *e, nk_str name, nk_str *value)
{
    return nk_xml_attr_ns(e, NK_EMPTY, name, value);
}

bool nk_xml_attr_ns(const nk_xml_node *e, nk_str ns, nk_str name, nk_str *value)
{
    xmlAttrPtr a;

    for (a = nk_xml__node(e)->properties; a; a = a->next) {
        nk_str of = a->ns ? nk_xml__str(a->ns->href) : NK_EMPTY;

        if (nk_str_eq(of, ns) && nk_str_eq(nk_xml__str(a->name), name)) {
            *value = attr_value(a);
            return true;
        }
    }
    return false;
}

nk_str nk_xml_attr_or(const nk_xml_node *e, nk_str name, nk_str otherwise)
{
    nk_str v;

    return nk_xml_attr(e, name, &v) ? v : otherwise;
}

bool nk_xml_attr_at(const nk_xml_node *e, size_t k, nk_str *name, nk_str *value)
{
    xmlAttrPtr a;

    for (a = nk_xml__node(e)->properties; a; a = a->next) {
        if (a->ns)
            continue;
        if (k-- == 0) {
            *name = nk_xml__str(a->name);
            *value = attr_value(a);
            return true;
        }
    }
    return false;
}

bool nk_xml_has_attr_ns(const nk_xml_node *e)
{
    xmlAttrPtr a;

    for (a = nk_xml__node(e)->properties; a; a = a->next)
        if (a->ns)
            return true;
    return false;
}

nk_str nk_xml_text(const nk_xml_node *n)
{
    xmlNodePtr x = nk_xml__node(n);

    if (x->type == XML_ELEMENT_NODE)
        x = x->children && !x->children->next ? x->children : NULL;
    return x && x->type == XML_TEXT_NODE ? nk_xml__str(x->content) : NK_EMPTY;
}

nk_str nk_xml_all_text(nk_arena *a, const nk_xml_node *n)
{
    xmlNodePtr top = nk_xml__node(n), x = top;
    nk_buf b;

    nk_buf_init(&b, a);
    while (x) {
        if (x->type == XML_TEXT_NODE)
            nk_buf_puts(&b, nk_xml__str(x->content));
        if (x->children) {
            x = x->children;
            continue;
        }
        while (x != top && !x->next)
            x = x->parent;
        x = x == top ? NULL : x->next;
    }
    nk_buf_putc(&b, '\0');
    return b.err < 0 ? NK_EMPTY : (nk_str){ b.ptr, b.len - 1 };
}

static nk_xml *document_of(const nk_xml_node *n)
{
    return nk_xml__node(n)->doc->_private;
}

nk_place nk_xml_place(const nk_xml_node *n)
{
    nk_xml *x = document_of(n);
    xmlNodePtr e = nk_xml__node(n);
    size_t at;

    while (e && e->type != XML_ELEMENT_NODE)
        e = e->parent;
    at = e ? (size_t)(uintptr_t)e->_private : 0;
    return at ? nk_xml__place_at(x, at - 1) : NK_IN_FILE(x->file);
}

nk_place nk_xml_attr_place(const nk_xml_node *e, nk_str name)
{
    nk_xml *x = document_of(e);
    size_t at = (size_t)(uintptr_t)nk_xml__node(e)->_private, i;
    nk_str tag;
    char quote = 0;

    if (!at)
        return nk_xml_place(e);
    tag = nk_str_skip(x->source, at);
    for (i = 0; i < tag.len && (quote || tag.ptr[i] != '>'); i++) {
        if (quote) {
            quote = tag.ptr[i] == quote ? 0 : quote;
        } else if (tag.ptr[i] == '"' || tag.ptr[i] == '\'') {
            quote = tag.ptr[i];
        } else if (nk_is_space(tag.ptr[i]) &&
                   nk_str_starts(nk_str_skip(tag, i + 1), name)) {
            nk_str rest = nk_str_skip(tag, i + 1 + name.len);

            if (rest.len && (rest.ptr[0] == '=' || nk_is_space(rest.ptr[0])))
                return nk_xml__place_at(x, at + i + 1);
        }
    }
    return nk_xml_place(e);
}

void *nk_xml_mark(const nk_xml_node *e)
{
    return nk_xml__node(e)->psvi;
}

void nk_xml_set_mark(nk_xml_node *e, void *mark)
{
    nk_xml__node(e)->psvi = mark;
}

/* A NUL-terminated copy in buf when it fits, else in the arena. */
static const xmlChar *to_xml(nk_arena *a, nk_str s, char *buf, size_t room)
{
    if (s.len >= room)
        return (const xmlChar *)nk_str_z(a, s);
    if (s.len)
        memcpy(buf, s.ptr, s.len);
    buf[s.len] = '\0';
    return (const xmlChar *)buf;
}

/* A new element, in no place yet. */
static xmlNodePtr new_element(xmlNodePtr near, nk_str name, nk_str text)
{
    nk_xml *x = near->doc->_private;
    xmlNodePtr e, t;
    char buf[128];
    const xmlChar *z = to_xml(&x->arena, name, buf, sizeof(buf));

    if (!z || !(e = xmlNewDocNode(near->doc, NULL, z, NULL)))
        return NULL;
    if (text.ptr) {
        t = xmlNewDocTextLen(near->doc, (const xmlChar *)text.ptr,
                             (int)text.len);
        if (!t || !xmlAddChild(e, t)) {
            xmlFreeNode(t);
            xmlFreeNode(e);
            return NULL;
        }
    }
    return e;
}

nk_xml_node *nk_xml_add(nk_xml_node *parent, nk_str name, nk_str text)
{
    xmlNodePtr e = new_element(nk_xml__node(parent), name, text);

    if (e && !xmlAddChild(nk_xml__node(parent), e)) {
        xmlFreeNode(e);
        return NULL;
    }
    return e ? nk_xml__wrap(e) : NULL;
}

nk_xml_node *nk_xml_add_before(nk_xml_node *next, nk_str name, nk_str text)
{
    xmlNodePtr e = new_element(nk_xml__node(next), name, text);

    if (e && !xmlAddPrevSibling(nk_xml__node(next), e)) {
        xmlFreeNode(e);
        return NULL;
    }
    return e ? nk_xml__wrap(e) : NULL;
}

bool nk_xml_set_attr(nk_xml_node *e, nk_str name, nk_str value)
{
    nk_xml *x = nk_xml__node(e)->doc->_private;
    char n[64], v[256];
    const xmlChar *zn = to_xml(&x->arena, name, n, sizeof(n));
    const xmlChar *zv = to_xml(&x->arena, value, v, sizeof(v));

    return zn && zv && xmlSetProp(nk_xml__node(e), zn, zv);
}

bool nk_xml_set_text(nk_xml_node *e, nk_str text)
{
    xmlNodePtr n = nk_xml__node(e);
    xmlNodePtr t = xmlNewTextLen((const xmlChar *)text.ptr, (int)text.len);

    if (!t)
        return false;
    xmlFreeNodeList(n->children);
    n->children = n->last = NULL;
    return xmlAddChild(n, t) != NULL;
}

void nk_xml_remove_attr(nk_xml_node *e, nk_str name)
{
    xmlAttrPtr a;

    for (a = nk_xml__node(e)->properties; a; a = a->next) {
        if (!a->ns && nk_str_eq(nk_xml__str(a->name), name)) {
            xmlRemoveProp(a);
            return;
        }
    }
}

void nk_xml_remove(nk_xml_node *e)
{
    xmlUnlinkNode(nk_xml__node(e));
    xmlFreeNode(nk_xml__node(e));
}

void nk_xml_drop_ns(nk_xml *x)
{
    xmlNodePtr n = xmlDocGetRootElement(x->doc), top = n;

    while (n) {
        if (n->type == XML_ELEMENT_NODE)
            n->ns = NULL;
        if (n->children) {
            n = n->children;
            continue;
        }
        while (n != top && !n->next)
            n = n->parent;
        n = n == top ? NULL : n->next;
    }
}

static void put_start(nk_buf *b, const nk_xml_node *e, size_t depth, nk_str ns)
{
    nk_str name, value;
    size_t k;

    nk_buf_fill(b, ' ', 2 * depth);
    nk_buf_putc(b, '<');
    nk_buf_puts(b, nk_xml_name(e));
    if (depth == 0 && ns.len) {
        nk_buf_lit(b, " xmlns=\"");
        nk_buf_markup(b, ns, true);
        nk_buf_putc(b, '"');
    }
    for (k = 0; nk_xml_attr_at(e, k, &name, &value); k++) {
        nk_buf_putc(b, ' ');
        nk_buf_puts(b, name);
        nk_buf_lit(b, "=\"");
        nk_buf_markup(b, value, true);
        nk_buf_putc(b, '"');
    }
}

static void put_end(nk_buf *b, const nk_xml_node *e)
{
    nk_buf_lit(b, "</");
    nk_buf_puts(b, nk_xml_name(e));
    nk_buf_lit(b, ">\n");
}

nk_err nk_xml_write(nk_ctx *ctx, nk_arena *a, const nk_xml *x, nk_str ns,
                    nk_str *out)
{
    const nk_xml_node *top = nk_xml_root(x), *e = top;
    size_t depth = 0;
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_lit(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    while (e) {
        const nk_xml_node *child = nk_xml_first(e);
        nk_str text = nk_xml_text(e);

        put_start(&b, e, depth, ns);
        if (child) {
            nk_buf_lit(&b, ">\n");
            e = child;
            depth++;
            continue;
        }
        if (text.len) {
            nk_buf_putc(&b, '>');
            nk_buf_markup(&b, text, false);
            put_end(&b, e);
        } else {
            nk_buf_lit(&b, "/>\n");
        }
        while (e != top && !nk_xml_next(e)) {
            e = nk_xml_parent(e);
            depth--;
            nk_buf_fill(&b, ' ', 2 * depth);
            put_end(&b, e);
        }
        e = e == top ? NULL : nk_xml_next(e);
    }
    return nk_buf_end(ctx, &b, out);
}
