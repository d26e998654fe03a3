/*
 * Pages as text: one line an item, for golden files.
 */
#include "layout/layout.h"

const char *const nk_struct_names[NK_STRUCTS] = {
    [NK_STRUCT_DOCUMENT] = "Document",
    [NK_STRUCT_P] = "P",
    [NK_STRUCT_H1] = "H1",
    [NK_STRUCT_H2] = "H2",
    [NK_STRUCT_L] = "L",
    [NK_STRUCT_LI] = "LI",
    [NK_STRUCT_LBL] = "Lbl",
    [NK_STRUCT_LBODY] = "LBody",
    [NK_STRUCT_TABLE] = "Table",
    [NK_STRUCT_TR] = "TR",
    [NK_STRUCT_TH] = "TH",
    [NK_STRUCT_TD] = "TD",
    [NK_STRUCT_FIGURE] = "Figure",
    [NK_STRUCT_FORM] = "Form",
};

const char *const nk_shape_names[NK_SHAPES] = {
    [NK_SHAPE_BOX] = "box",           [NK_SHAPE_CAPSULE] = "capsule",
    [NK_SHAPE_DIAMOND] = "diamond",   [NK_SHAPE_CIRCLE] = "circle",
    [NK_SHAPE_PENTAGON] = "pentagon", [NK_SHAPE_DOWN] = "down",
    [NK_SHAPE_LEFT] = "left",         [NK_SHAPE_RIGHT] = "right",
};

static void put_item(nk_buf *b, const nk_item *i)
{
    static const char *const kinds[] = { "text",  "fill",  "frame", "dots",
                                         "image", "shape", "sign",  "input" };
    const char *name =
        i->kind == NK_ITEM_SHAPE ? nk_shape_names[i->shape] : kinds[i->kind];

    nk_buf_printf(b, "  %s %d,%d %dx%d", name, i->x, i->y, i->width, i->height);
    if (i->kind == NK_ITEM_TEXT) {
        nk_buf_printf(b, " face=%u size=%d", (unsigned)i->face, i->size);
        if (i->space)
            nk_buf_printf(b, " space=%d", i->space);
        if (i->cut)
            nk_buf_lit(b, " cut");
    }
    if (i->tag != NK_ARTIFACT)
        nk_buf_printf(b, " tag=%u", i->tag);
    if (i->input) {
        nk_buf_printf(b, " face=%u size=%d ", (unsigned)i->face, i->size);
        nk_buf_puts(b, i->input->name);
    }
    if (i->text.len) {
        nk_buf_lit(b, " \"");
        nk_buf_puts(b, i->text);
        nk_buf_putc(b, '"');
    }
    nk_buf_putc(b, '\n');
    for (i = i->look; i; i = i->next) {
        nk_buf_printf(b, "    look %d,%d size=%d \"", i->x, i->y, i->size);
        nk_buf_puts(b, i->text);
        nk_buf_lit(b, "\"\n");
    }
}

nk_err nk_pages_dump(nk_ctx *ctx, nk_arena *a, const nk_pages *p, nk_str *out)
{
    const nk_page *page;
    const nk_item *i;
    uint32_t n = 0, t;
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_printf(&b, "pages %u of %d x %d%s\n", p->n, p->width, p->height,
                  p->draft ? " draft" : "");
    for (t = 0; t < p->tags_n; t++) {
        const nk_struct_tag *tag = &p->tags[t];

        nk_buf_printf(&b, "tag %u %s in %u%s", t, nk_struct_names[tag->type],
                      tag->parent, tag->row_head ? " row-head" : "");
        if (tag->span > 1)
            nk_buf_printf(&b, " span=%u", tag->span);
        if (tag->alt.len) {
            nk_buf_lit(&b, " \"");
            nk_buf_puts(&b, tag->alt);
            nk_buf_putc(&b, '"');
        }
        nk_buf_putc(&b, '\n');
    }
    for (page = p->first; page; page = page->next) {
        nk_buf_printf(&b, "page %u\n", ++n);
        for (i = page->first; i; i = i->next)
            put_item(&b, i);
    }
    return nk_buf_end(ctx, &b, out);
}
