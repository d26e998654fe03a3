/*
 * The door of html: the same paper as HTML, to read or to fill in.
 */
#ifndef NK_HTML_HTML_H
#define NK_HTML_HTML_H

#include "base/base.h"
#include "doc/doc.h"

typedef enum nk_html_mode {
    NK_HTML_READ, /* values as text */
    NK_HTML_ENTRY /* every field an input named by its path */
} nk_html_mode;

/*
 * A paper as a page to be opened by itself. Its body is one <article>:
 * headings, paragraphs, lists and tables in reading order. Every text leaves
 * escaped.
 */
nk_err nk_html_page(nk_ctx *ctx, nk_arena *a, const nk_doc *doc,
                    nk_html_mode mode, nk_str *out);

/* Append text, and text within a quoted attribute, escaped. */
void nk_html_text(nk_buf *b, nk_str s);
void nk_html_attr(nk_buf *b, nk_str s);

#endif
