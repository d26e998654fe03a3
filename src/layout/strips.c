/*
 * Strips, items and structure elements: the small pieces blocks are made of.
 */
#include "layout/layout_int.h"

struct nk_layout__strip *nk_layout__strip(struct nk_layout__run *l,
                                          struct nk_layout__sink *sink,
                                          nk_mpt before, nk_mpt height)
{
    struct nk_layout__strip *s = NK_NEW(l->a, struct nk_layout__strip);

    if (!s)
        return NULL;
    s->gap = before > sink->pending ? before : sink->pending;
    s->height = height;
    s->new_page = sink->new_page;
    s->node = l->block;
    sink->pending = 0;
    sink->new_page = false;
    if (sink->last)
        sink->last->next = s;
    else
        sink->first = s;
    sink->last = s;
    return s;
}

void nk_layout__put_first(struct nk_layout__strip *s, nk_item *i)
{
    i->next = s->first;
    s->first = i;
    if (!s->last)
        s->last = i;
}

void nk_layout__put_last(struct nk_layout__strip *s, nk_item *i)
{
    if (s->last)
        s->last->next = i;
    else
        s->first = i;
    s->last = i;
}

nk_item *nk_layout__item(struct nk_layout__run *l, struct nk_layout__strip *s,
                         nk_item_kind kind, nk_mpt x, nk_mpt y, nk_mpt width,
                         nk_mpt height)
{
    nk_item *i = NK_NEW(l->a, nk_item);

    if (!i)
        return NULL;
    i->kind = kind;
    i->tag = NK_ARTIFACT;
    i->x = x;
    i->y = y;
    i->width = width;
    i->height = height;
    nk_layout__put_last(s, i);
    return i;
}

/* Move the items of a list to the end of a strip, y lower. */
static void append(struct nk_layout__strip *into, struct nk_layout__strip *list,
                   nk_mpt y)
{
    nk_item *i;

    for (i = list->first; i; i = i->next)
        i->y = nk_layout__sum(i->y, y);
    if (!list->first)
        return;
    if (into->last)
        into->last->next = list->first;
    else
        into->first = list->first;
    into->last = list->last;
}

void nk_layout__merge(struct nk_layout__strip *into,
                      const struct nk_layout__sink *from, nk_mpt y)
{
    struct nk_layout__strip *s;

    for (s = from->first; s; s = s->next) {
        if (s != from->first)
            y = nk_layout__sum(y, s->gap);
        append(into, s, y);
        if (s != from->first && s->goes_on)
            append(into, s->goes_on, y);
        y = nk_layout__sum(y, s->height);
    }
}

nk_mpt nk_layout__sink_height(const struct nk_layout__sink *sink)
{
    const struct nk_layout__strip *s;
    nk_mpt h = 0;

    for (s = sink->first; s; s = s->next)
        h = nk_layout__sum(h, s->height + (s == sink->first ? 0 : s->gap));
    return h;
}

nk_err nk_layout__tag(struct nk_layout__run *l, nk_struct type, uint32_t *tag)
{
    nk_struct_tag *more;

    *tag = NK_ARTIFACT;
    if (l->artifact || l->measuring)
        return NK_OK;
    if (l->tags_n == l->tags_room) {
        uint32_t room = l->tags_room ? 2 * l->tags_room : 128;

        more = nk_alloc_grow(l->a, l->tags, l->tags_n * sizeof(*more),
                             room * sizeof(*more));
        if (!more)
            return nk_nomem(l->ctx);
        l->tags = more;
        l->tags_room = room;
    }
    *tag = l->tags_n++;
    l->tags[*tag] =
        (nk_struct_tag){ .type = type, .parent = l->tag, .span = 1 };
    return NK_OK;
}

struct nk_layout__type nk_layout__type(const struct nk_layout__type *outer,
                                       const nk_style *style)
{
    struct nk_layout__type t = *outer;

    if (style->set & NK_SET_ALIGN)
        t.align = style->align;
    if (style->set & NK_SET_SIZE)
        t.size = style->size;
    if (style->set & NK_SET_LEADING)
        t.leading = style->leading;
    if (style->set & NK_SET_FAMILY)
        t.family = style->family;
    t.bold = t.bold || style->bold;
    t.italic = t.italic || style->italic;
    return t;
}

static bool is_same(const nk_problem *p, nk_msg msg, nk_place at, nk_args args)
{
    size_t i;

    for (i = 0; i < args.n; i++)
        if (!nk_str_eq(p->args.v[i], args.v[i]))
            return false;
    return p->msg == msg && nk_str_eq(p->place.file, at.file) &&
           p->place.line == at.line && p->place.column == at.column;
}

void nk_layout__problem(struct nk_layout__run *l, nk_severity severity,
                        nk_msg msg, const nk_node *n, nk_str arg1, nk_str arg2)
{
    nk_place at = n->at;
    const nk_problem *p;
    nk_args args;

    if (l->measuring)
        return;
    at.field = nk_layout__label(l, n);
    args = NK_ARGS(at.field, arg1, arg2);
    for (p = l->problems->first; p; p = p->next)
        if (is_same(p, msg, at, args))
            return;
    nk_problem_add(l->problems, severity, msg, at, args);
}

void nk_layout__overfull(struct nk_layout__run *l, const nk_node *n,
                         int64_t chars)
{
    nk_layout__problem(l, NK_ERROR, NK_M_BOX_OVERFULL, n, NK_NUM(chars),
                       NK_EMPTY);
}
