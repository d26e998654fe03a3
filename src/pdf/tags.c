/*
 * The structure tree (ISO 32000-1, 14.7 and 14.8): one object for each
 * element, and the ParentTree from marks and signature fields back to them.
 */
#include "pdf/pdf_int.h"

static bool has_text(const struct nk_pdf__element *e)
{
    const struct nk_pdf__mark *m = e->first;

    while (m && m->input)
        m = m->next;
    return m != NULL;
}

/* Inputs among words stand with them; where an element has no words of its
   own they are elements below it like any other, in their order. */
static void link_children(struct nk_pdf__paper *w)
{
    uint32_t i;

    for (i = 1; i < w->pages->tags_n; i++) {
        struct nk_pdf__element *p = &w->elements[w->pages->tags[i].parent];

        if (w->elements[i].widget && has_text(p))
            continue;
        if (p->last_child)
            w->elements[p->last_child].next_sibling = i;
        else
            p->first_child = i;
        p->last_child = i;
    }
    for (i = 0; i < w->pages->tags_n; i++)
        if (!has_text(&w->elements[i]))
            w->elements[i].first = NULL;
}

/* Scope and span of cells, numbering of lists, boxes of figures (14.8.5). */
static void put_attributes(struct nk_pdf__paper *w, nk_buf *b, uint32_t i)
{
    const nk_struct_tag *t = &w->pages->tags[i];
    const nk_item *o = w->elements[i].object;

    if (t->type == NK_STRUCT_TH) {
        nk_buf_lit(b, "/A<</O/Table/Scope/");
        nk_buf_puts(b, t->row_head ? NK_STR("Row") : NK_STR("Column"));
    } else if (t->type == NK_STRUCT_TD && t->span > 1) {
        nk_buf_lit(b, "/A<</O/Table");
    } else if (t->type == NK_STRUCT_L) {
        nk_buf_lit(b, "/A<</O/List/ListNumbering/");
        nk_buf_puts(b, t->numbered ? NK_STR("Decimal") : NK_STR("None"));
    } else if (t->type == NK_STRUCT_FIGURE && o) {
        nk_buf_lit(b, "/A<</O/Layout/BBox[");
        nk_mpt_put(b, o->x);
        nk_buf_putc(b, ' ');
        nk_mpt_put(b, w->pages->height - o->y - o->height);
        nk_buf_putc(b, ' ');
        nk_mpt_put(b, o->x + o->width);
        nk_buf_putc(b, ' ');
        nk_mpt_put(b, w->pages->height - o->y);
        nk_buf_putc(b, ']');
    } else {
        return;
    }
    if (t->span > 1) {
        nk_buf_lit(b, "/ColSpan ");
        nk_buf_int(b, t->span);
    }
    nk_buf_lit(b, ">>");
}

static void put_mark(struct nk_pdf__paper *w, nk_buf *b,
                     const struct nk_pdf__mark *m, uint32_t home)
{
    if (m->input) {
        nk_buf_printf(b, "%u 0 R", w->elements[m->input].id);
        return;
    }
    if (m->page == home) {
        nk_buf_int(b, m->mcid);
        return;
    }
    nk_buf_lit(b, "<</Type/MCR/Pg ");
    nk_buf_int(b, w->sheets[m->page].id);
    nk_buf_lit(b, " 0 R/MCID ");
    nk_buf_int(b, m->mcid);
    nk_buf_lit(b, ">>");
}

/* Kids: own content, inputs in it, or elements below; never both. */
static void put_kids(struct nk_pdf__paper *w, nk_buf *b,
                     const struct nk_pdf__element *e)
{
    bool many =
        e->first ? e->first->next != NULL
                 : e->first_child && w->elements[e->first_child].next_sibling;
    const struct nk_pdf__mark *m;
    uint32_t k;

    if (!e->first && !e->first_child)
        return;
    nk_buf_lit(b, "/K");
    nk_buf_putc(b, many ? '[' : ' ');
    for (m = e->first; m; m = m->next) {
        put_mark(w, b, m, e->first->page);
        if (m->next)
            nk_buf_putc(b, ' ');
    }
    for (k = e->first_child; k; k = w->elements[k].next_sibling) {
        nk_buf_int(b, w->elements[k].id);
        nk_buf_lit(b, " 0 R");
        if (w->elements[k].next_sibling)
            nk_buf_putc(b, ' ');
    }
    if (many)
        nk_buf_putc(b, ']');
}

static nk_err write_element(struct nk_pdf__paper *w, uint32_t i, uint32_t root)
{
    const struct nk_pdf__element *e = &w->elements[i];
    const nk_struct_tag *t = &w->pages->tags[i];
    nk_str text;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Type/StructElem/S/");
    nk_buf_puts(&b, nk_str_of(nk_struct_names[t->type]));
    nk_buf_lit(&b, "/P ");
    nk_buf_int(&b, i ? w->elements[t->parent].id : root);
    nk_buf_lit(&b, " 0 R");
    if (e->first || e->object) {
        nk_buf_lit(&b, "/Pg ");
        nk_buf_int(&b,
                   w->sheets[e->first ? e->first->page : e->object_page].id);
        nk_buf_lit(&b, " 0 R");
    }
    if (t->alt.len) {
        nk_buf_lit(&b, "/Alt");
        nk_pdf__text(&b, t->alt);
    }
    put_attributes(w, &b, i);
    put_kids(w, &b, e);
    if (e->widget)
        nk_buf_printf(&b, "/K<</Type/OBJR/Obj %u 0 R>>", e->widget);
    nk_buf_putc(&b, '\n');
    if ((rc = nk_buf_end(w->ctx, &b, &text)) < 0)
        return rc;
    nk_pdf__set(w->file, e->id, text);
    return NK_OK;
}

static nk_err write_parent_tree(struct nk_pdf__paper *w, uint32_t id)
{
    uint32_t page, k;
    nk_str text;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Nums[");
    for (page = 0; page < w->pages->n; page++) {
        const struct nk_pdf__sheet *s = &w->sheets[page];

        nk_buf_int(&b, page);
        nk_buf_putc(&b, '[');
        for (k = 0; k < s->marks; k++) {
            if (k)
                nk_buf_putc(&b, ' ');
            nk_buf_int(&b, w->elements[s->owners[k]].id);
            nk_buf_lit(&b, " 0 R");
        }
        nk_buf_lit(&b, "]\n");
    }
    for (k = 0; k < w->signs_n; k++) {
        nk_buf_int(&b, w->pages->n + k);
        nk_buf_putc(&b, ' ');
        nk_buf_int(&b, w->elements[w->signs[k]->tag].id);
        nk_buf_lit(&b, " 0 R\n");
    }
    for (k = 0; k < w->inputs_n; k++)
        nk_buf_printf(&b, "%u %u 0 R\n", w->pages->n + w->signs_n + k,
                      w->elements[w->inputs[k].item->tag].id);
    nk_buf_lit(&b, "]\n");
    if ((rc = nk_buf_end(w->ctx, &b, &text)) < 0)
        return rc;
    nk_pdf__set(w->file, id, text);
    return NK_OK;
}

nk_err nk_pdf__tags(struct nk_pdf__paper *w, uint32_t *root)
{
    uint32_t i, parents = nk_pdf__object(w->file);
    nk_str text;
    nk_buf b;
    nk_err rc;

    *root = nk_pdf__object(w->file);
    link_children(w);
    for (i = 0; i < w->pages->tags_n; i++)
        w->elements[i].id = nk_pdf__object(w->file);
    for (i = 0; i < w->pages->tags_n; i++)
        if ((rc = write_element(w, i, *root)) < 0)
            return rc;
    if ((rc = write_parent_tree(w, parents)) < 0)
        return rc;
    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Type/StructTreeRoot/K ");
    nk_buf_int(&b, w->elements[0].id);
    nk_buf_lit(&b, " 0 R/ParentTree ");
    nk_buf_int(&b, parents);
    nk_buf_lit(&b, " 0 R/ParentTreeNextKey ");
    nk_buf_int(&b, w->pages->n + w->signs_n + w->inputs_n);
    nk_buf_putc(&b, '\n');
    if ((rc = nk_buf_end(w->ctx, &b, &text)) < 0)
        return rc;
    nk_pdf__set(w->file, *root, text);
    return NK_OK;
}
