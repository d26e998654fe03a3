/*
 * A paper as plain text: a line a paragraph, cells of a row on one line.
 */
#include "doc/doc.h"

/* Append s with white space collapsed; *gap says a space is due. */
static void put_words(nk_buf *b, nk_str s, bool *gap)
{
    size_t i;

    for (i = 0; i < s.len; i++) {
        if (nk_is_space(s.ptr[i])) {
            *gap = true;
            continue;
        }
        if (*gap && b->len && b->ptr[b->len - 1] != '\n')
            nk_buf_putc(b, ' ');
        *gap = false;
        nk_buf_putc(b, s.ptr[i]);
    }
}

static void end_line(nk_buf *b, bool *gap)
{
    if (b->len && b->ptr[b->len - 1] != '\n')
        nk_buf_putc(b, '\n');
    *gap = false;
}

static void enter(nk_buf *b, const nk_node *n, bool *gap)
{
    switch (n->kind) {
    case NK_NODE_TEXT:
        put_words(b, n->text, gap);
        break;
    case NK_NODE_COMB:
    case NK_NODE_BLANK:
        put_words(b, n->text.len ? n->text : NK_STR("____"), gap);
        break;
    case NK_NODE_LINES:
        end_line(b, gap);
        put_words(b, n->text.len ? n->text : NK_STR("____"), gap);
        end_line(b, gap);
        break;
    case NK_NODE_SYMBOL:
        *gap = true;
        put_words(b, n->label, gap);
        break;
    case NK_NODE_CHECK:
        *gap = true;
        put_words(b, n->checked ? NK_STR("[x]") : NK_STR("[ ]"), gap);
        break;
    case NK_NODE_FILL:
        *gap = true;
        break;
    case NK_NODE_ITEM:
        end_line(b, gap);
        put_words(b, n->label, gap);
        *gap = true;
        break;
    case NK_NODE_ROW:
    case NK_NODE_BR:
        end_line(b, gap);
        break;
    case NK_NODE_CELL:
        *gap = true;
        break;
    case NK_NODE_P:
    case NK_NODE_LIST:
    case NK_NODE_TABLE:
    case NK_NODE_BLOCK:
    case NK_NODE_KEEP:
    case NK_NODE_BREAK:
    case NK_NODE_SPACE:
    case NK_NODE_RULE:
    case NK_NODE_IMAGE:
    case NK_NODE_SIGN:
    case NK_NODE_WAY:
    case NK_NODE_PAGE_NO:
    case NK_NODE_PAGE_COUNT:
    case NK_NODE_KINDS:
        break;
    }
}

nk_err nk_doc_text(nk_ctx *ctx, nk_arena *a, const nk_doc *d, nk_str *out)
{
    unsigned cells = 0;
    bool gap = false;
    nk_walk_event ev;
    nk_walk w;
    nk_buf b;

    nk_buf_init(&b, a);
    nk_walk_init(&w, d->body);
    while (nk_walk_next(&w, &ev)) {
        nk_node_kind kind = ev.node->kind;
        unsigned step = ev.entering ? 1u : 0u - 1u;

        if (ev.entering)
            enter(&b, ev.node, &gap);
        if (kind == NK_NODE_CELL)
            cells += step;
        if (ev.entering)
            continue;
        if (kind == NK_NODE_P && !cells)
            end_line(&b, &gap);
        else if (kind == NK_NODE_P)
            gap = true;
        if (kind == NK_NODE_ROW || kind == NK_NODE_ITEM)
            end_line(&b, &gap);
    }
    end_line(&b, &gap);
    return nk_buf_end(ctx, &b, out);
}
