/*
 * The first update of a paper creates every planned field and hangs it into
 * the form, its page and the structure tree. A list to be made longer may be
 * missing, stand in its dictionary, or be an object of its own.
 */
#include "sign/sign_int.h"

/* The text of an array that may be there, with `more` at its end. */
static nk_err grown_array(nk_sign_writer *w, const nk_cos_value *array,
                          nk_str more, nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, w->a);
    if (array->kind == NK_COS_ARRAY)
        nk_buf_puts(&b, nk_str_head(array->raw, array->raw.len - 1));
    else
        nk_buf_putc(&b, '[');
    nk_buf_puts(&b, more);
    nk_buf_putc(&b, ']');
    return nk_buf_end(w->ctx, &b, out);
}

/*
 * Make the array under `key` longer: by an edit of the dictionary, or, when
 * the array is an object of its own, by rewriting that.
 */
static nk_err grow(nk_sign_writer *w, const nk_cos_value *dict, nk_str key,
                   nk_str more, nk_sign_edit *edits, size_t *n)
{
    nk_cos_value v;
    nk_cos_object o;
    nk_str text;
    nk_err rc;

    if ((rc = nk_cos_get(w->ctx, dict, key, &v)) < 0)
        return rc;
    if (v.kind != NK_COS_REF) {
        if (v.kind != NK_COS_ARRAY && v.kind != NK_COS_NONE)
            return nk_cos_damaged(w->ctx, key);
        edits[*n].key = key;
        return grown_array(w, &v, more, &edits[(*n)++].value);
    }
    if ((rc = nk_cos_read(w->ctx, w->f, w->rev, &v, &o)) < 0)
        return rc;
    if (o.value.kind != NK_COS_ARRAY)
        return nk_cos_damaged(w->ctx, key);
    if ((rc = grown_array(w, &o.value, more, &text)) < 0)
        return rc;
    nk_sign__begin(w, o.num, o.generation);
    nk_buf_puts(&w->b, text);
    nk_sign__end(w);
    return NK_OK;
}

/* References to the new fields on the page of `slot`, or to all of them. */
static nk_err list_fields(nk_sign_writer *w, const nk_sign_slot *slot,
                          nk_str *out)
{
    const nk_sign_paper *p = w->order->paper;
    nk_buf b;
    size_t i;

    nk_buf_init(&b, w->a);
    for (i = 0; i < p->n; i++)
        if (nk_sign__is_new(w, i) &&
            (!slot || p->slots[i].page.number == slot->page.number))
            nk_sign__put_ref(&b, w->fields[i]);
    return nk_buf_end(w->ctx, &b, out);
}

/* The entries of the form's dictionary that change. */
static nk_err form_edits(nk_sign_writer *w, const nk_cos_value *form,
                         nk_sign_edit edits[2], size_t *n)
{
    nk_str all;
    nk_err rc;

    if ((rc = list_fields(w, NULL, &all)) < 0)
        return rc;
    *n = 0;
    edits[(*n)++] = (nk_sign_edit){ NK_STR("SigFlags"), NK_STR(" 3") };
    return grow(w, form, NK_STR("Fields"), all, edits, n);
}

static nk_err put_form(nk_sign_writer *w)
{
    static const nk_cos_value none = { .kind = NK_COS_DICT,
                                       .raw = NK_STR_INIT("<<>>") };
    nk_cos_object catalog, o;
    nk_cos_value form;
    nk_sign_edit edits[2], entry = { .key = NK_STR("AcroForm") };
    size_t n;
    nk_buf text;
    nk_err rc;

    if ((rc = nk_cos_catalog(w->ctx, w->f, w->rev, &catalog)) < 0 ||
        (rc = nk_cos_get(w->ctx, &catalog.value, entry.key, &form)) < 0)
        return rc;
    if (form.kind == NK_COS_REF) {
        if ((rc = nk_sign__find_dict(w, &form, &o)) < 0 ||
            (rc = form_edits(w, &o.value, edits, &n)) < 0)
            return rc;
        nk_sign__rewrite(w, &o, edits, n);
        return NK_OK;
    }
    if (form.kind == NK_COS_NONE)
        form = none;
    if (form.kind != NK_COS_DICT)
        return nk_cos_damaged(w->ctx, entry.key);
    if ((rc = form_edits(w, &form, edits, &n)) < 0)
        return rc;
    nk_buf_init(&text, w->a);
    nk_sign__put_edited(&text, &form, edits, n);
    if ((rc = nk_buf_end(w->ctx, &text, &entry.value)) < 0)
        return rc;
    nk_sign__rewrite(w, &catalog, &entry, 1);
    return NK_OK;
}

/* A page gets its new widgets, and an order for the tab key. */
static nk_err put_page(nk_sign_writer *w, const nk_sign_slot *slot)
{
    nk_cos_object page;
    nk_cos_value type, tabs;
    nk_sign_edit edits[2];
    size_t n = 0;
    nk_str widgets;
    nk_err rc;

    if ((rc = nk_sign__find_dict(w, &slot->page, &page)) < 0 ||
        (rc = nk_cos_want(w->ctx, &page.value, NK_STR("Type"), NK_COS_NAME,
                          &type)) < 0 ||
        (rc = nk_cos_get(w->ctx, &page.value, NK_STR("Tabs"), &tabs)) < 0)
        return rc;
    if (!nk_cos_name_is(type.raw, NK_STR("Page")))
        return nk_cos_damaged(w->ctx, NK_STR("/Page"));
    if (tabs.kind == NK_COS_NONE)
        edits[n++] = (nk_sign_edit){ NK_STR("Tabs"), NK_STR("/S") };
    if ((rc = list_fields(w, slot, &widgets)) < 0 ||
        (rc = grow(w, &page.value, NK_STR("Annots"), widgets, edits, &n)) < 0)
        return rc;
    nk_sign__rewrite(w, &page, edits, n);
    return NK_OK;
}

/* A structure element learns which widget it stands for. */
static nk_err put_elem(nk_sign_writer *w, size_t i)
{
    const nk_sign_slot *slot = &w->order->paper->slots[i];
    nk_sign_edit entry = { .key = NK_STR("K") };
    nk_cos_object elem;
    nk_cos_value kids;
    nk_buf b;
    nk_err rc;

    if ((rc = nk_sign__find_dict(w, &slot->elem, &elem)) < 0 ||
        (rc = nk_cos_get(w->ctx, &elem.value, entry.key, &kids)) < 0)
        return rc;
    if (kids.kind != NK_COS_NONE)
        return nk_cos_damaged(w->ctx, NK_STR("/StructElem"));
    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "<</Type/OBJR/Obj");
    nk_sign__put_ref(&b, w->fields[i]);
    nk_buf_lit(&b, "/Pg ");
    nk_buf_puts(&b, slot->page.raw);
    nk_buf_lit(&b, ">>");
    if ((rc = nk_buf_end(w->ctx, &b, &entry.value)) < 0)
        return rc;
    nk_sign__rewrite(w, &elem, &entry, 1);
    return NK_OK;
}

static bool is_first_of_page(const nk_sign_writer *w, size_t i)
{
    const nk_sign_paper *p = w->order->paper;
    size_t k;

    for (k = 0; k < i; k++)
        if (nk_sign__is_new(w, k) &&
            p->slots[k].page.number == p->slots[i].page.number)
            return false;
    return true;
}

bool nk_sign__is_new(const nk_sign_writer *w, size_t slot)
{
    return w->order->paper->slots[slot].field.kind == NK_COS_NONE;
}

void nk_sign__put_new_field(nk_sign_writer *w, size_t i, uint32_t sig,
                            uint32_t look)
{
    const nk_sign_slot *slot = &w->order->paper->slots[i];

    nk_sign__begin(w, w->fields[i], 0);
    nk_buf_lit(&w->b, "<</Type/Annot/Subtype/Widget/FT/Sig/F 132/T");
    nk_buf_puts(&w->b, slot->t.raw);
    nk_buf_lit(&w->b, "/TU");
    nk_buf_puts(&w->b, slot->tu.raw);
    nk_buf_lit(&w->b, "/Rect");
    nk_buf_puts(&w->b, slot->rect.raw);
    nk_buf_lit(&w->b, "/P ");
    nk_buf_puts(&w->b, slot->page.raw);
    nk_buf_lit(&w->b, "/StructParent ");
    nk_buf_int(&w->b, slot->key.number);
    nk_buf_lit(&w->b, "/AP<</N");
    nk_sign__put_ref(&w->b, look);
    nk_buf_lit(&w->b, ">>");
    if (sig) {
        nk_buf_lit(&w->b, "/V");
        nk_sign__put_ref(&w->b, sig);
    }
    nk_buf_lit(&w->b, ">>");
    nk_sign__end(w);
}

nk_err nk_sign__hang(nk_sign_writer *w)
{
    const nk_sign_paper *p = w->order->paper;
    nk_err rc;
    size_t i;

    if ((rc = put_form(w)) < 0)
        return rc;
    for (i = 0; i < p->n; i++)
        if (nk_sign__is_new(w, i) && is_first_of_page(w, i) &&
            (rc = put_page(w, &p->slots[i])) < 0)
            return rc;
    for (i = 0; i < p->n; i++)
        if (nk_sign__is_new(w, i) && (rc = put_elem(w, i)) < 0)
            return rc;
    for (i = 0; i < p->n; i++)
        if (nk_sign__is_new(w, i) && i != w->order->slot)
            nk_sign__put_new_field(w, i, 0, w->blank);
    return NK_OK;
}
