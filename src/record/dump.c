/*
 * A record as text: one line an element, for golden files and for people.
 */
#include "record/record_int.h"

static void put_line(nk_buf *b, const nk_xml_node *e, unsigned depth)
{
    nk_str name, value, text = nk_str_trim(nk_xml_text(e));
    size_t k;

    nk_buf_fill(b, ' ', 2 * (size_t)depth);
    nk_buf_puts(b, nk_xml_name(e));
    for (k = 0; nk_xml_attr_at(e, k, &name, &value); k++) {
        nk_buf_lit(b, " @");
        nk_buf_puts(b, name);
        nk_buf_putc(b, '=');
        nk_buf_puts(b, value);
    }
    if (text.len && !nk_xml_first(e)) {
        nk_buf_lit(b, " = ");
        nk_buf_puts(b, text);
    }
    nk_buf_putc(b, '\n');
}

nk_err nk_record_dump(nk_ctx *ctx, nk_arena *a, const nk_record *r, nk_str *out)
{
    const nk_xml_node *top = nk_xml_root(r->xml), *e = top;
    unsigned depth = 0;
    nk_buf b;

    nk_buf_init(&b, a);
    while (e) {
        put_line(&b, e, depth);
        if (nk_xml_first(e)) {
            e = nk_xml_first(e);
            depth++;
            continue;
        }
        while (e != top && !nk_xml_next(e)) {
            e = nk_xml_parent(e);
            depth--;
        }
        e = e == top ? NULL : nk_xml_next(e);
    }
    return nk_buf_end(ctx, &b, out);
}
