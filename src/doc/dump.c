/*
 * A bound paper as text: for golden files, one line a node.
 */
#include "doc/doc.h"

static const char *const kinds[NK_NODE_KINDS] = {
    [NK_NODE_P] = "p",
    [NK_NODE_LIST] = "list",
    [NK_NODE_ITEM] = "item",
    [NK_NODE_TABLE] = "table",
    [NK_NODE_ROW] = "row",
    [NK_NODE_CELL] = "cell",
    [NK_NODE_BLOCK] = "block",
    [NK_NODE_KEEP] = "keep",
    [NK_NODE_BREAK] = "break",
    [NK_NODE_SPACE] = "space",
    [NK_NODE_RULE] = "rule",
    [NK_NODE_LINES] = "lines",
    [NK_NODE_IMAGE] = "image",
    [NK_NODE_SIGN] = "sign",
    [NK_NODE_SYMBOL] = "symbol",
    [NK_NODE_WAY] = "way",
    [NK_NODE_TEXT] = "text",
    [NK_NODE_BR] = "br",
    [NK_NODE_CHECK] = "check",
    [NK_NODE_COMB] = "comb",
    [NK_NODE_BLANK] = "blank",
    [NK_NODE_FILL] = "fill",
    [NK_NODE_PAGE_NO] = "page-no",
    [NK_NODE_PAGE_COUNT] = "page-count",
};

static void put_number(nk_buf *b, const char *name, int64_t v)
{
    if (!v)
        return;
    nk_buf_putc(b, ' ');
    nk_buf_puts(b, nk_str_of(name));
    nk_buf_putc(b, '=');
    nk_buf_int(b, v);
}

static void put_flag(nk_buf *b, const char *name, bool on)
{
    if (on) {
        nk_buf_putc(b, ' ');
        nk_buf_puts(b, nk_str_of(name));
    }
}

static void put_text(nk_buf *b, nk_str s)
{
    nk_buf_lit(b, " \"");
    nk_buf_puts(b, s);
    nk_buf_putc(b, '"');
}

static void put_input(nk_buf *b, const nk_input *in)
{
    static const char *const inputs[] = { "line",  "lines", "comb",
                                          "check", "radio", "choice" };

    nk_buf_printf(b, " input=%s:", inputs[in->kind]);
    nk_buf_puts(b, in->name);
    put_number(b, "longest", in->longest);
    put_flag(b, "required", in->required);
    put_text(b, in->label);
    if (in->value.len)
        put_text(b, in->value);
    if (in->option.len)
        put_text(b, in->option);
}

static void put_node(nk_buf *b, const nk_node *n, size_t depth)
{
    static const char *const roles[] = { NULL, "h1", "h2" };

    nk_buf_fill(b, ' ', 2 * depth);
    nk_buf_puts(b, nk_str_of(n->kind == NK_NODE_P && roles[n->role]
                                 ? roles[n->role]
                                 : kinds[n->kind]));
    put_number(b, "width", n->width);
    put_number(b, "height", n->height);
    put_number(b, "count", n->count);
    put_number(b, "span", n->span > 1 ? n->span : 0);
    put_number(b, "border", n->border);
    put_number(b, "symbol", n->symbol);
    put_flag(b, "shared", n->shared);
    put_flag(b, "bold", n->bold);
    put_flag(b, "italic", n->italic);
    put_flag(b, "underline", n->underline);
    put_flag(b, "checked", n->checked);
    put_flag(b, "dotted", n->dotted);
    put_flag(b, "head", n->head);
    put_flag(b, "fill", n->fill);
    put_flag(b, "bare", n->bare);
    if (n->input)
        put_input(b, n->input);
    if (n->label.len)
        put_text(b, n->label);
    if (n->text.len)
        put_text(b, n->text);
    nk_buf_putc(b, '\n');
}

static void put_tree(nk_buf *b, const char *name, const nk_node *top)
{
    nk_walk w;
    nk_walk_event ev;

    if (!top)
        return;
    nk_buf_puts(b, nk_str_of(name));
    nk_buf_putc(b, '\n');
    nk_walk_init(&w, top);
    while (nk_walk_next(&w, &ev))
        if (ev.entering && ev.node != top)
            put_node(b, ev.node, ev.depth);
}

nk_err nk_doc_dump(nk_ctx *ctx, nk_arena *a, const nk_doc *d, nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_printf(&b, "doc %.*s v%.*s%s\n", (int)d->template_id.len,
                  d->template_id.ptr, (int)d->version.len, d->version.ptr,
                  d->draft ? " draft" : "");
    nk_buf_printf(&b, "page %d x %d margins %d %d %d %d size %d leading %u\n",
                  d->width, d->height, d->top, d->right, d->bottom, d->left,
                  d->type.size, d->type.leading);
    put_tree(&b, "header", d->header);
    put_tree(&b, "body", d->body);
    put_tree(&b, "footer", d->footer);
    return nk_buf_end(ctx, &b, out);
}
