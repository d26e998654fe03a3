/*
 * A document tree as HTML. Blocks become the elements of their names; a
 * place to write becomes its value, or an input in an entry form. A field
 * appears as one input even where paper has several boxes for it.
 */
#include "html/html.h"

struct writing {
    nk_buf out;
    nk_html_mode mode;
    const nk_field *boxed; /* whose boxes the latest input of this block has */
};

void nk_html_text(nk_buf *b, nk_str s)
{
    nk_buf_markup(b, s, false);
}

void nk_html_attr(nk_buf *b, nk_str s)
{
    nk_buf_markup(b, s, true);
}

/* ---- Inputs ------------------------------------------------------------ */

static void put_path(nk_buf *b, const nk_field *f)
{
    const nk_field *up[NK_MAX_XML_DEPTH];
    size_t n = 0;

    for (; f && f->parent && n < NK_MAX_XML_DEPTH; f = f->parent)
        up[n++] = f;
    while (n--) {
        if (up[n]->is_attr)
            nk_buf_putc(b, '@');
        nk_html_attr(b, up[n]->name);
        if (n)
            nk_buf_putc(b, '/');
    }
}

static void put_names(struct writing *w, const nk_node *n)
{
    nk_buf_lit(&w->out, " name=\"");
    put_path(&w->out, n->field);
    nk_buf_lit(&w->out, "\" aria-label=\"");
    nk_html_attr(&w->out, n->field->label[NK_LANG_ID]);
    nk_buf_putc(&w->out, '"');
}

/* What stands in all boxes of a field: day, month and year are one date. */
static void put_boxes(nk_buf *b, const nk_node *n)
{
    const nk_field *f = n->field;
    bool more = false;

    for (; n; n = n->next) {
        if (n->kind != NK_NODE_COMB || n->field != f || !n->text.len)
            continue;
        if (more)
            nk_buf_putc(b, '-');
        nk_html_attr(b, n->text);
        more = true;
    }
}

static void put_input(struct writing *w, const nk_node *n)
{
    bool boxes = n->kind == NK_NODE_COMB;

    if (boxes && w->boxed == n->field)
        return;
    w->boxed = boxes ? n->field : NULL;
    nk_buf_lit(&w->out, "<input");
    put_names(w, n);
    nk_buf_lit(&w->out, " value=\"");
    if (boxes)
        put_boxes(&w->out, n);
    else
        nk_html_attr(&w->out, n->text);
    nk_buf_lit(&w->out, "\">");
}

static void put_textarea(struct writing *w, const nk_node *n)
{
    nk_buf_lit(&w->out, "<textarea rows=\"");
    nk_buf_int(&w->out, n->count);
    nk_buf_putc(&w->out, '"');
    put_names(w, n);
    nk_buf_putc(&w->out, '>');
    nk_html_text(&w->out, n->text);
    nk_buf_lit(&w->out, "</textarea>");
}

static void put_tick(struct writing *w, const nk_node *n)
{
    bool entry = w->mode == NK_HTML_ENTRY && n->field;

    if (!entry) {
        nk_buf_puts(&w->out, n->checked ? NK_STR("\xE2\x98\x92")
                                        : NK_STR("\xE2\x98\x90"));
        return;
    }
    nk_buf_puts(&w->out, n->field->repeats ? NK_STR("<input type=\"checkbox\"")
                                           : NK_STR("<input type=\"radio\""));
    put_names(w, n);
    nk_buf_lit(&w->out, " value=\"");
    nk_html_attr(&w->out, n->text);
    nk_buf_putc(&w->out, '"');
    if (n->checked)
        nk_buf_lit(&w->out, " checked");
    nk_buf_putc(&w->out, '>');
}

/* ---- Elements ---------------------------------------------------------- */

static const char *element_of(const nk_node *n)
{
    static const char *const roles[] = { "p", "h1", "h2" };

    switch (n->kind) {
    case NK_NODE_P:
        return roles[n->role];
    case NK_NODE_LIST:
        return nk_str_eq(n->text, NK_STR("-")) ? "ul" : "ol";
    case NK_NODE_ITEM:
        return "li";
    case NK_NODE_TABLE:
        return "table";
    case NK_NODE_ROW:
        return "tr";
    case NK_NODE_CELL:
        return n->head ? "th" : "td";
    case NK_NODE_BLOCK:
    case NK_NODE_KEEP:
        return "div";
    case NK_NODE_BREAK:
    case NK_NODE_SPACE:
    case NK_NODE_RULE:
    case NK_NODE_LINES:
    case NK_NODE_IMAGE:
    case NK_NODE_SIGN:
    case NK_NODE_SYMBOL:
    case NK_NODE_WAY:
    case NK_NODE_TEXT:
    case NK_NODE_BR:
    case NK_NODE_CHECK:
    case NK_NODE_COMB:
    case NK_NODE_BLANK:
    case NK_NODE_FILL:
    case NK_NODE_PAGE_NO:
    case NK_NODE_PAGE_COUNT:
    case NK_NODE_KINDS:
        break;
    }
    return NULL;
}

static void put_text(struct writing *w, const nk_node *n)
{
    if (n->bold)
        nk_buf_lit(&w->out, "<b>");
    if (n->italic)
        nk_buf_lit(&w->out, "<i>");
    if (n->underline)
        nk_buf_lit(&w->out, "<u>");
    nk_html_text(&w->out, n->text);
    if (n->underline)
        nk_buf_lit(&w->out, "</u>");
    if (n->italic)
        nk_buf_lit(&w->out, "</i>");
    if (n->bold)
        nk_buf_lit(&w->out, "</b>");
}

static void put_place(struct writing *w, const nk_node *n)
{
    bool entry = w->mode == NK_HTML_ENTRY && n->field;

    if (entry && n->kind == NK_NODE_LINES)
        put_textarea(w, n);
    else if (entry)
        put_input(w, n);
    else
        nk_html_text(&w->out, n->text.len ? n->text : NK_STR("\xE2\x80\xA6"));
}

/* What has no elements inside. */
static void put_leaf(struct writing *w, const nk_node *n)
{
    switch (n->kind) {
    case NK_NODE_TEXT:
        put_text(w, n);
        break;
    case NK_NODE_BR:
        nk_buf_lit(&w->out, "<br>");
        break;
    case NK_NODE_RULE:
        nk_buf_lit(&w->out, "<hr>\n");
        break;
    case NK_NODE_CHECK:
        put_tick(w, n);
        break;
    case NK_NODE_COMB:
    case NK_NODE_BLANK:
        put_place(w, n);
        break;
    case NK_NODE_LINES:
        nk_buf_lit(&w->out, "<p>");
        put_place(w, n);
        nk_buf_lit(&w->out, "</p>\n");
        break;
    case NK_NODE_FILL:
        nk_buf_putc(&w->out, ' ');
        break;
    case NK_NODE_SIGN:
        nk_buf_lit(&w->out, "<p>[");
        nk_html_text(&w->out, n->label);
        nk_buf_lit(&w->out, "]</p>\n");
        break;
    case NK_NODE_SYMBOL:
        nk_html_text(&w->out, n->label);
        break;
    case NK_NODE_WAY:
    case NK_NODE_IMAGE: /* arms say nothing that the text does not */
    case NK_NODE_BREAK:
    case NK_NODE_SPACE:
    case NK_NODE_PAGE_NO:
    case NK_NODE_PAGE_COUNT:
    case NK_NODE_P:
    case NK_NODE_LIST:
    case NK_NODE_ITEM:
    case NK_NODE_TABLE:
    case NK_NODE_ROW:
    case NK_NODE_CELL:
    case NK_NODE_BLOCK:
    case NK_NODE_KEEP:
    case NK_NODE_KINDS:
        break;
    }
}

static void put_start(struct writing *w, const nk_node *n, const char *name)
{
    nk_buf_putc(&w->out, '<');
    nk_buf_puts(&w->out, nk_str_of(name));
    if (n->kind == NK_NODE_CELL && n->span > 1) {
        nk_buf_lit(&w->out, " colspan=\"");
        nk_buf_int(&w->out, n->span);
        nk_buf_putc(&w->out, '"');
    }
    if (n->kind == NK_NODE_LIST && nk_is_alpha(n->text.ptr[0])) {
        nk_buf_lit(&w->out, " type=\"");
        nk_html_attr(&w->out, n->text);
        nk_buf_putc(&w->out, '"');
    }
    nk_buf_putc(&w->out, '>');
}

static void put_article(struct writing *w, const nk_doc *doc)
{
    nk_walk walk;
    nk_walk_event ev;

    nk_buf_lit(&w->out, "<article lang=\"");
    nk_html_attr(&w->out, doc->lang);
    nk_buf_lit(&w->out, "\">\n");
    nk_walk_init(&walk, doc->body);
    while (nk_walk_next(&walk, &ev)) {
        const char *name = ev.node == doc->body ? NULL : element_of(ev.node);

        if (name && ev.entering) {
            w->boxed = NULL;
            put_start(w, ev.node, name);
        } else if (name) {
            nk_buf_lit(&w->out, "</");
            nk_buf_puts(&w->out, nk_str_of(name));
            nk_buf_lit(&w->out, ">\n");
        } else if (ev.entering) {
            put_leaf(w, ev.node);
        }
    }
    nk_buf_lit(&w->out, "</article>\n");
}

nk_err nk_html_page(nk_ctx *ctx, nk_arena *a, const nk_doc *doc,
                    nk_html_mode mode, nk_str *out)
{
    struct writing w = { .mode = mode };

    nk_buf_init(&w.out, a);
    nk_buf_lit(&w.out, "<!doctype html>\n<html lang=\"");
    nk_html_attr(&w.out, doc->lang);
    nk_buf_lit(&w.out, "\"><head><meta charset=\"utf-8\"><title>");
    nk_html_text(&w.out, doc->title);
    nk_buf_lit(&w.out, "</title></head><body>\n");
    if (mode == NK_HTML_ENTRY)
        nk_buf_lit(&w.out, "<form method=\"post\">\n");
    put_article(&w, doc);
    if (mode == NK_HTML_ENTRY)
        nk_buf_lit(&w.out, "</form>\n");
    nk_buf_lit(&w.out, "</body></html>\n");
    return nk_buf_end(ctx, &w.out, out);
}
