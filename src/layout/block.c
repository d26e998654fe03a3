/*
 * Blocks: a row of the table below a kind of node.
 */
#include "layout/layout_int.h"

#define LIST_INDENT NK_MM(7) /* room for an item's label */
#define LABEL_GAP   NK_MM(2) /* at least, between label and item */

typedef nk_err (*lay_fn)(struct nk_layout__run *l, const nk_node *n,
                         const struct nk_layout__column *col,
                         struct nk_layout__sink *sink);

/* The strips from `first` on stay together. */
static void keep_all(struct nk_layout__strip *first)
{
    for (; first && first->next; first = first->next)
        first->keep = true;
}

/* The strip after `last`, or the first of all. */
static struct nk_layout__strip *after(const struct nk_layout__sink *sink,
                                      const struct nk_layout__strip *last)
{
    return last ? last->next : sink->first;
}

static nk_err lay_keep(struct nk_layout__run *l, const nk_node *n,
                       const struct nk_layout__column *col,
                       struct nk_layout__sink *sink)
{
    struct nk_layout__strip *last = sink->last;
    struct nk_layout__column inner = *col;
    nk_err rc;

    inner.type = nk_layout__type(&col->type, n->style);
    if (n->style->before > sink->pending)
        sink->pending = n->style->before;
    rc = nk_layout__blocks(l, n->first, &inner, sink);
    keep_all(after(sink, last));
    if (sink->last && sink->last != last)
        sink->last->keep = sink->last->keep || n->style->keep_next;
    return rc;
}

/* ---- Blocks of their own width ----------------------------------------- */

static bool is_framed(const nk_node *n)
{
    return n->border == NK_BORDER_BOX || n->border == NK_BORDER_ALL;
}

/* How wide the block is when nothing makes it wider than its content. */
static nk_err natural_width(struct nk_layout__run *l, const nk_node *n,
                            const struct nk_layout__column *col, nk_mpt *width)
{
    nk_mpt frame = is_framed(n) ? 2 * NK_LAYOUT__PAD_X : 0;
    struct nk_layout__column probe = *col;
    struct nk_layout__sink sink = { 0 };
    bool measuring = l->measuring, probing = l->probing;
    nk_err rc;

    l->measuring = l->probing = true;
    probe.type.align = NK_ALIGN_LEFT;
    probe.width -= frame;
    rc = nk_layout__blocks(l, n->first, &probe, &sink);
    l->measuring = measuring;
    l->probing = probing;
    *width = (sink.right < probe.width ? sink.right : probe.width) + frame;
    return rc;
}

static nk_err add_frame(struct nk_layout__run *l, struct nk_layout__strip *s,
                        const struct nk_layout__column *col)
{
    nk_item *i =
        nk_layout__item(l, s, NK_ITEM_FRAME, col->x, 0, col->width, s->height);

    if (!i)
        return nk_nomem(l->ctx);
    i->stroke = NK_LAYOUT__RULE;
    return NK_OK;
}

/* A framed block is one strip: a frame is not cut by a page end. */
static nk_err lay_framed(struct nk_layout__run *l, const nk_node *n,
                         const struct nk_layout__column *col,
                         struct nk_layout__sink *sink)
{
    struct nk_layout__column inner = *col;
    struct nk_layout__sink content = { 0 };
    struct nk_layout__strip *s;
    nk_err rc;

    inner.x += NK_LAYOUT__PAD_X;
    inner.width -= 2 * NK_LAYOUT__PAD_X;
    inner.gap = 0;
    if ((rc = nk_layout__blocks(l, n->first, &inner, &content)) < 0)
        return rc;
    s = nk_layout__strip(l, sink, n->style->before,
                         nk_layout__sink_height(&content) +
                             2 * NK_LAYOUT__PAD_Y);
    if (!s)
        return nk_nomem(l->ctx);
    nk_layout__merge(s, &content, NK_LAYOUT__PAD_Y);
    return add_frame(l, s, col);
}

/* Content that flows on; with a line below it when it has another border. */
static nk_err lay_open(struct nk_layout__run *l, const nk_node *n,
                       const struct nk_layout__column *col,
                       struct nk_layout__sink *sink)
{
    struct nk_layout__strip *last = sink->last, *s;
    nk_err rc;

    if (n->style->before > sink->pending)
        sink->pending = n->style->before;
    rc = nk_layout__blocks(l, n->first, col, sink);
    if (rc < 0 || n->border == NK_BORDER_NONE)
        return rc;
    if (sink->last && sink->last != last)
        sink->last->keep = true;
    sink->pending = 0;
    s = nk_layout__strip(l, sink, NK_LAYOUT__PAD_Y, NK_LAYOUT__RULE);
    if (!s || !nk_layout__item(l, s, NK_ITEM_FILL, col->x, 0, col->width,
                               NK_LAYOUT__RULE))
        return nk_nomem(l->ctx);
    return NK_OK;
}

static nk_err lay_block(struct nk_layout__run *l, const nk_node *n,
                        const struct nk_layout__column *outer,
                        struct nk_layout__sink *sink)
{
    struct nk_layout__column col = *outer;
    struct nk_layout__strip *last = sink->last;
    nk_mpt room;
    nk_err rc = NK_OK;

    col.type = nk_layout__type(&outer->type, n->style);
    col.x += n->style->indent;
    col.width -= n->style->indent + n->style->right + n->inset;
    room = col.width;
    if (n->fit)
        rc = natural_width(l, n, &col, &col.width);
    else if (n->width && n->width < room)
        col.width = n->width;
    if (rc < 0)
        return rc;
    if (n->place == NK_ALIGN_RIGHT)
        col.x += room - col.width;
    else if (n->place == NK_ALIGN_CENTER)
        col.x += (room - col.width) / 2;
    /* A probed block's width is all that is asked for: laying it out too
       would double the work at each level of such blocks. */
    if (!n->fit || !l->probing)
        rc = is_framed(n) ? lay_framed(l, n, &col, sink)
                          : lay_open(l, n, &col, sink);
    if (n->style->set & NK_SET_AFTER)
        sink->pending = n->style->after;
    if (sink->last && sink->last != last && n->style->keep_next)
        sink->last->keep = true;
    if (col.x + col.width - outer->x > sink->right)
        sink->right = col.x + col.width - outer->x;
    return rc;
}

/* ---- Lists ------------------------------------------------------------- */

static nk_face label_face(const struct nk_layout__type *type)
{
    return (nk_face)(type->family | (type->bold ? NK_FACE_BOLD : 0u));
}

/* How far items stand from the list's edge: the widest label has room. */
static nk_err label_room(struct nk_layout__run *l, const nk_node *list,
                         const struct nk_layout__type *type, nk_mpt *room)
{
    const nk_node *item;
    nk_mpt width;
    nk_err rc;

    *room = LIST_INDENT;
    for (item = list->first; item; item = item->next) {
        rc = nk_layout__measure(l, item, label_face(type), type->size,
                                item->label, &width);
        if (rc < 0)
            return rc;
        if (width + LABEL_GAP > *room)
            *room = width + LABEL_GAP;
    }
    return NK_OK;
}

static nk_err add_label(struct nk_layout__run *l, const nk_node *item,
                        const struct nk_layout__column *col, uint32_t tag,
                        struct nk_layout__strip *s, nk_mpt baseline)
{
    nk_face face = label_face(&col->type);
    nk_item *i = NK_NEW(l->a, nk_item);
    nk_err rc;

    if (!i)
        return nk_nomem(l->ctx);
    i->kind = NK_ITEM_TEXT;
    i->tag = tag;
    i->x = col->x;
    i->y = baseline;
    i->text = item->label;
    i->face = face;
    i->size = col->type.size;
    rc = nk_layout__measure(l, item, face, i->size, i->text, &i->width);
    /* A label is read before what it labels. */
    nk_layout__put_first(s, i);
    return rc;
}

/* The baseline of the first text in a strip. One without any, as of a
   picture, has the room of a line at least. */
static nk_mpt label_baseline(struct nk_layout__strip *s,
                             const struct nk_layout__type *type)
{
    nk_mpt line = nk_layout__em((int32_t)type->leading, type->size);
    const nk_item *i;

    for (i = s->first; i; i = i->next)
        if (i->kind == NK_ITEM_TEXT)
            return i->y;
    if (s->height < line)
        s->height = line;
    return type->size;
}

static nk_err lay_item(struct nk_layout__run *l, const nk_node *item,
                       const struct nk_layout__column *col, nk_mpt room,
                       struct nk_layout__sink *sink)
{
    struct nk_layout__column inner = *col;
    struct nk_layout__strip *last = sink->last, *first;
    uint32_t outer = l->tag, li, label, body;
    nk_err rc;

    inner.x += room;
    inner.width -= room;
    inner.type = nk_layout__type(&col->type, item->style);
    inner.gap = NK_PT(2);
    if ((rc = nk_layout__tag(l, NK_STRUCT_LI, &li)) < 0)
        return rc;
    l->tag = li != NK_ARTIFACT ? li : outer;
    if ((rc = nk_layout__tag(l, NK_STRUCT_LBL, &label)) < 0 ||
        (rc = nk_layout__tag(l, NK_STRUCT_LBODY, &body)) < 0)
        goto out;
    l->tag = body != NK_ARTIFACT ? body : outer;
    if (nk_layout__is_one_paragraph(item->first))
        l->direct = body;
    if ((rc = nk_layout__blocks(l, item->first, &inner, sink)) < 0)
        goto out;
    first = after(sink, last);
    if (!first) { /* an empty item is its label */
        first = nk_layout__strip(l, sink, 0, 0);
        if (!first) {
            rc = nk_nomem(l->ctx);
            goto out;
        }
    }
    rc = add_label(l, item, col, label, first,
                   label_baseline(first, &col->type));
out:
    l->direct = NK_ARTIFACT;
    l->tag = outer;
    return rc;
}

static nk_err lay_list(struct nk_layout__run *l, const nk_node *n,
                       const struct nk_layout__column *col,
                       struct nk_layout__sink *sink)
{
    struct nk_layout__column inner = *col;
    uint32_t outer = l->tag, tag;
    const nk_node *item;
    nk_mpt room;
    nk_err rc;

    inner.x += n->style->indent;
    inner.width -= n->style->indent + n->style->right;
    inner.type = nk_layout__type(&col->type, n->style);
    if (n->style->before > sink->pending)
        sink->pending = n->style->before;
    if ((rc = label_room(l, n, &inner.type, &room)) < 0 ||
        (rc = nk_layout__tag(l, NK_STRUCT_L, &tag)) < 0)
        return rc;
    l->tag = tag != NK_ARTIFACT ? tag : outer;
    if (tag != NK_ARTIFACT)
        l->tags[tag].numbered = !nk_str_eq(n->text, NK_STR("-"));
    for (item = n->first; item && rc == NK_OK; item = item->next)
        rc = lay_item(l, item, &inner, room, sink);
    l->tag = outer;
    sink->pending = n->style->set & NK_SET_AFTER ? n->style->after : col->gap;
    return rc;
}

/* ---- Small things ------------------------------------------------------ */

static nk_err lay_break(struct nk_layout__run *l, const nk_node *n,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink)
{
    (void)l, (void)n, (void)col;
    sink->new_page = true;
    return NK_OK;
}

static nk_err lay_space(struct nk_layout__run *l, const nk_node *n,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink)
{
    struct nk_layout__strip *s =
        nk_layout__strip(l, sink, 0, n->height > 0 ? n->height : 0);

    (void)col;
    if (!s)
        return nk_nomem(l->ctx);
    s->keep = true; /* room belongs to what follows it */
    return NK_OK;
}

static nk_err lay_rule(struct nk_layout__run *l, const nk_node *n,
                       const struct nk_layout__column *col,
                       struct nk_layout__sink *sink)
{
    struct nk_layout__strip *s =
        nk_layout__strip(l, sink, n->style->before, n->height);

    if (!s ||
        !nk_layout__item(l, s, NK_ITEM_FILL, col->x, 0, col->width, n->height))
        return nk_nomem(l->ctx);
    sink->pending = n->style->after;
    return NK_OK;
}

/* Width and height of a picture: given, or in proportion to the other. */
static nk_err image_size(struct nk_layout__run *l, const nk_node *n,
                         nk_mpt *width, nk_mpt *height)
{
    uint32_t w, h;
    nk_err rc = l->m->image(l->m->self, l->ctx, n->text, &w, &h);

    if (rc == NK_E_NOTFOUND)
        return nk_fail(l->ctx, rc, NK_M_IMAGE_NONE, n->at, NK_ARGS(n->text));
    if (rc < 0)
        return rc;
    *width = n->width;
    *height = n->height;
    if (!*width && !*height)
        *height = NK_MM(20);
    if (!*width)
        *width = nk_layout__sum(0, (int64_t)*height * w / (h ? h : 1));
    if (!*height)
        *height = nk_layout__sum(0, (int64_t)*width * h / (w ? w : 1));
    return NK_OK;
}

static nk_mpt placed(const struct nk_layout__column *col, nk_align align,
                     nk_mpt width)
{
    if (align == NK_ALIGN_RIGHT)
        return col->x + col->width - width;
    if (align == NK_ALIGN_CENTER)
        return col->x + (col->width - width) / 2;
    return col->x;
}

/* A strip with one figure or form field in it. */
static nk_err lay_object(struct nk_layout__run *l, const nk_node *n,
                         const struct nk_layout__column *col,
                         struct nk_layout__sink *sink, nk_item_kind kind,
                         nk_struct type, nk_mpt width, nk_mpt height)
{
    nk_align align =
        n->style->set & NK_SET_ALIGN ? n->style->align : NK_ALIGN_LEFT;
    nk_mpt x = placed(col, align, width);
    struct nk_layout__strip *s;
    nk_item *i;
    nk_err rc;

    s = nk_layout__strip(l, sink, n->style->before, height);
    if (!s || !(i = nk_layout__item(l, s, kind, x, 0, width, height)))
        return nk_nomem(l->ctx);
    i->text = n->text;
    /* A picture without words says nothing: it is an ornament. */
    if ((n->label.len || kind == NK_ITEM_SIGN) &&
        (rc = nk_layout__tag(l, type, &i->tag)) < 0)
        return rc;
    if (i->tag != NK_ARTIFACT)
        l->tags[i->tag].alt = n->label;
    if (x - col->x + width > sink->right)
        sink->right = x - col->x + width;
    sink->pending = n->style->after;
    return NK_OK;
}

static nk_err lay_image(struct nk_layout__run *l, const nk_node *n,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink)
{
    nk_mpt width = 0, height = 0;
    nk_err rc;

    if ((rc = image_size(l, n, &width, &height)) < 0)
        return rc;
    return lay_object(l, n, col, sink, NK_ITEM_IMAGE, NK_STRUCT_FIGURE, width,
                      height);
}

static nk_err lay_sign(struct nk_layout__run *l, const nk_node *n,
                       const struct nk_layout__column *col,
                       struct nk_layout__sink *sink)
{
    if (l->artifact)
        return nk_fail(l->ctx, NK_E_INVALID, NK_M_SIGN_IN_MARGIN, n->at,
                       NK_NOARGS);
    return lay_object(l, n, col, sink, NK_ITEM_SIGN, NK_STRUCT_FORM, n->width,
                      n->height);
}

static nk_err lay_lines(struct nk_layout__run *l, const nk_node *n,
                        const struct nk_layout__column *col,
                        struct nk_layout__sink *sink)
{
    return n->input ? nk_layout__input_lines(l, n, col, sink)
                    : nk_layout__lines(l, n, col, sink);
}

static const lay_fn layers[NK_NODE_KINDS] = {
    [NK_NODE_P] = nk_layout__paragraph, [NK_NODE_LIST] = lay_list,
    [NK_NODE_TABLE] = nk_layout__table, [NK_NODE_BLOCK] = lay_block,
    [NK_NODE_KEEP] = lay_keep,          [NK_NODE_BREAK] = lay_break,
    [NK_NODE_SPACE] = lay_space,        [NK_NODE_RULE] = lay_rule,
    [NK_NODE_LINES] = lay_lines,        [NK_NODE_IMAGE] = lay_image,
    [NK_NODE_SIGN] = lay_sign,          [NK_NODE_SYMBOL] = nk_layout__symbol,
};

nk_err nk_layout__blocks(struct nk_layout__run *l, const nk_node *first,
                         const struct nk_layout__column *col,
                         struct nk_layout__sink *sink)
{
    const nk_node *outer = l->block, *n;
    nk_err rc = NK_OK;

    if (first && col->width < 0) { /* indents have eaten it up */
        nk_layout__problem(l, NK_ERROR, NK_M_PIECE_TOO_LARGE, first, NK_EMPTY,
                           NK_EMPTY);
        return NK_OK;
    }
    for (n = first; n && rc == NK_OK; n = n->next) {
        if (!layers[n->kind])
            continue;
        l->block = n;
        rc = layers[n->kind](l, n, col, sink);
    }
    l->block = outer;
    return rc;
}
