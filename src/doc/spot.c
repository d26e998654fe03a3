/*
 * Where in the record an expression leads, told from its text alone: in a
 * blank nothing is there yet that could be looked at. Plain paths are
 * followed, through variables and loops; what else an expression does leads
 * nowhere that could be named.
 */
#include "doc/doc_int.h"

static bool is_name_char(char c)
{
    return nk_is_alpha(c) || nk_is_digit(c) || c == '-' || c == '_';
}

static nk_str take_name(nk_str *s)
{
    nk_str name = *s;
    size_t n = 0;

    while (n < s->len && is_name_char(s->ptr[n]))
        n++;
    *s = nk_str_skip(*s, n);
    return nk_str_head(name, n);
}

static bool take(nk_str *s, nk_str mark)
{
    if (!nk_str_starts(*s, mark))
        return false;
    *s = nk_str_skip(*s, mark.len);
    return true;
}

static nk_err join(struct nk_doc__binding *b, nk_str *path, nk_str mark,
                   nk_str part)
{
    nk_buf out;

    nk_buf_init(&out, b->a);
    nk_buf_puts(&out, *path);
    if (path->len)
        nk_buf_putc(&out, '.');
    nk_buf_puts(&out, mark);
    nk_buf_puts(&out, part);
    return nk_buf_end(b->ctx, &out, path);
}

nk_err nk_doc__spot_at(struct nk_doc__binding *b, size_t index,
                       struct nk_doc__spot *spot)
{
    if (!spot->field || !spot->open)
        return NK_OK;
    spot->open = spot->filtered = false;
    return join(b, &spot->path, NK_EMPTY,
                index == NK_DOC__NEW ? NK_STR("new") : NK_NUM(index));
}

static nk_err go_down(struct nk_doc__binding *b, nk_str name, bool attr,
                      struct nk_doc__spot *spot)
{
    const nk_field *f = spot->field->first;

    while (f && (f->is_attr != attr || !nk_str_eq(f->name, name)))
        f = f->next;
    if (spot->open)
        f = NULL;
    if (!(spot->field = f))
        return NK_OK;
    spot->open = f->repeats;
    return join(b, &spot->path, attr ? NK_STR("@") : NK_EMPTY, name);
}

/* The path of the group around: without its last name, and its index. */
static void go_up(struct nk_doc__spot *spot)
{
    nk_str p = spot->path;
    bool indexed = spot->field->repeats && !spot->open;
    unsigned parts = indexed ? 2 : 1;

    for (; parts && p.len; parts--)
        do
            p.len--;
        while (p.len && p.ptr[p.len] != '.');
    spot->path = p;
    spot->field = spot->field->parent;
    spot->open = false;
}

/* "[2]" is an index; any other condition leaves open which one it is. */
static nk_err take_condition(struct nk_doc__binding *b, nk_str *s,
                             struct nk_doc__spot *spot)
{
    unsigned depth = 0;
    uint64_t index;
    size_t n = 0;

    do {
        depth += s->ptr[n] == '[';
        depth -= s->ptr[n] == ']';
    } while (++n < s->len && depth);
    if (depth == 0 && spot->open &&
        nk_str_uint((nk_str){ s->ptr + 1, n - 2 }, NK_MAX_XML_NODES, &index) &&
        index > 0) {
        *s = nk_str_skip(*s, n);
        return nk_doc__spot_at(b, (size_t)index - 1, spot);
    }
    *s = nk_str_skip(*s, n);
    spot->filtered = true;
    return NK_OK;
}

static nk_err take_step(struct nk_doc__binding *b, nk_str *s,
                        struct nk_doc__spot *spot)
{
    bool attr;
    nk_str name;
    nk_err rc = NK_OK;

    if (take(s, NK_STR(".."))) {
        go_up(spot);
        return NK_OK;
    }
    if (take(s, NK_STR(".")))
        return NK_OK;
    attr = take(s, NK_STR("@"));
    name = take_name(s);
    if (!name.len)
        spot->field = NULL;
    else
        rc = go_down(b, name, attr, spot);
    while (rc == NK_OK && spot->field && nk_str_starts(*s, NK_STR("[")))
        rc = take_condition(b, s, spot);
    return rc;
}

/* $name at the front of a path. */
static void take_variable(const struct nk_doc__binding *b, nk_str *s,
                          struct nk_doc__spot *spot)
{
    nk_str name = take_name(s);
    const struct nk_doc__var *v = b->vars;

    while (v && !nk_str_eq(v->name, name))
        v = v->up;
    *spot = v ? v->spot : (struct nk_doc__spot){ 0 };
}

nk_err nk_doc__spot(struct nk_doc__binding *b, nk_str source,
                    struct nk_doc__spot *out)
{
    struct nk_doc__spot spot = b->here;
    nk_str s = nk_str_trim(source);
    bool more = true;
    nk_err rc = NK_OK;

    if (take(&s, NK_STR("$"))) {
        take_variable(b, &s, &spot);
        more = take(&s, NK_STR("/"));
    } else if (nk_str_starts(s, NK_STR("/"))) {
        spot.field = NULL;
    }
    while (more && spot.field && rc == NK_OK) {
        rc = take_step(b, &s, &spot);
        more = take(&s, NK_STR("/"));
    }
    if (s.len || !spot.field)
        spot = (struct nk_doc__spot){ 0 };
    *out = spot;
    return rc;
}

/* Which of its kind an element is, from 0. */
static size_t index_of(const nk_xml_node *e)
{
    const nk_xml_node *k = nk_xml_first(nk_xml_parent(e));
    size_t n = 0;

    for (; k != e; k = nk_xml_next(k))
        n += nk_str_eq(nk_xml_name(k), nk_xml_name(e));
    return n;
}

/* The index after the last of its kind. */
static size_t index_after(const nk_xml_node *e)
{
    const nk_xml_node *k = e;
    size_t n = index_of(e);

    for (; k; k = nk_xml_next(k))
        n += nk_str_eq(nk_xml_name(k), nk_xml_name(e));
    return n;
}

nk_err nk_doc__spot_nth(struct nk_doc__binding *b, nk_xml_node *const *nodes,
                        size_t n, size_t i, struct nk_doc__spot *spot)
{
    size_t index = i;

    if (!spot->field || !spot->open)
        return NK_OK;
    if (i < n)
        index = index_of(nodes[i]);
    else if (n)
        index = index_after(nodes[n - 1]) + (i - n);
    else if (spot->filtered && b->how->mode != NK_MODE_BLANK)
        spot->field = NULL;
    return nk_doc__spot_at(b, index, spot);
}
