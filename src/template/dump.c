/*
 * A compiled template as text, one line a node.
 */
#include "template/template.h"

static const char *const names[NK_TAG_COUNT] = {
    [NK_TAG_TEXT] = "text",
    [NK_TAG_P] = "p",
    [NK_TAG_H1] = "h1",
    [NK_TAG_H2] = "h2",
    [NK_TAG_UL] = "ul",
    [NK_TAG_OL] = "ol",
    [NK_TAG_LI] = "li",
    [NK_TAG_TABLE] = "table",
    [NK_TAG_TR] = "tr",
    [NK_TAG_TH] = "th",
    [NK_TAG_TD] = "td",
    [NK_TAG_FLOW] = "flow",
    [NK_TAG_LANE] = "lane",
    [NK_TAG_SYMBOL] = "symbol",
    [NK_TAG_BLOCK] = "block",
    [NK_TAG_KEEP] = "keep",
    [NK_TAG_BREAK] = "break",
    [NK_TAG_SPACE] = "space",
    [NK_TAG_RULE] = "rule",
    [NK_TAG_LINES] = "lines",
    [NK_TAG_IMG] = "img",
    [NK_TAG_SIGN] = "sign",
    [NK_TAG_FIELDS] = "fields",
    [NK_TAG_FIELD] = "field",
    [NK_TAG_ROW] = "row",
    [NK_TAG_VALUE] = "value",
    [NK_TAG_IF] = "if",
    [NK_TAG_CHOOSE] = "choose",
    [NK_TAG_WHEN] = "when",
    [NK_TAG_OTHERWISE] = "otherwise",
    [NK_TAG_FOREACH] = "for-each",
    [NK_TAG_INCLUDE] = "include",
    [NK_TAG_SIGNER] = "signer",
    [NK_TAG_B] = "b",
    [NK_TAG_I] = "i",
    [NK_TAG_U] = "u",
    [NK_TAG_BR] = "br",
    [NK_TAG_CHECK] = "check",
    [NK_TAG_BLANK] = "blank",
    [NK_TAG_PAGE_NO] = "page-number",
    [NK_TAG_PAGE_COUNT] = "page-count",
};

static void put_node(nk_buf *b, const nk_tpl *n, unsigned depth)
{
    const nk_tpl *k;

    nk_buf_fill(b, ' ', 2 * (size_t)depth);
    nk_buf_puts(b, nk_str_of(names[n->tag]));
    if (n->field) {
        nk_buf_lit(b, " field=");
        nk_buf_puts(b, n->field->name);
    }
    if (n->width) {
        nk_buf_lit(b, " width=");
        nk_buf_int(b, n->width);
    }
    if (n->height) {
        nk_buf_lit(b, " height=");
        nk_buf_int(b, n->height);
    }
    if (n->text.len) {
        nk_buf_lit(b, " \"");
        nk_buf_puts(b, nk_str_trim(n->text));
        nk_buf_putc(b, '"');
    }
    nk_buf_putc(b, '\n');
    for (k = n->first; k; k = k->next)
        put_node(b, k, depth + 1);
}

nk_err nk_template_dump(nk_ctx *ctx, nk_arena *a, const nk_template *t,
                        nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_lit(&b, "template ");
    nk_buf_puts(&b, t->id);
    nk_buf_putc(&b, '\n');
    if (t->page.header)
        put_node(&b, t->page.header, 1);
    if (t->page.footer)
        put_node(&b, t->page.footer, 1);
    put_node(&b, t->body, 1);
    return nk_buf_end(ctx, &b, out);
}
