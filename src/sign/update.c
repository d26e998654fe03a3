/*
 * What signing one place appends to a paper: the field, what is seen of it,
 * and the signature dictionary with room for the container; before the first
 * signature also every field that is planned (hang.c). Later signatures
 * touch nothing but the one field they fill.
 */
#include <assert.h>
#include <stdio.h>

#include "sign/sign_int.h"

/* "0 nnn nnn nnn" in /ByteRange, for files up to NK_MAX_PDF. */
#define BYTE_RANGE_ROOM 28

static nk_err appearance_entry(nk_sign_writer *w, uint32_t num, nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "<</N");
    nk_sign__put_ref(&b, num);
    nk_buf_lit(&b, ">>");
    return nk_buf_end(w->ctx, &b, out);
}

static nk_err value_entry(nk_sign_writer *w, uint32_t num, nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, w->a);
    nk_sign__put_ref(&b, num);
    return nk_buf_end(w->ctx, &b, out);
}

/* A field that an earlier update made: it gets a value and a look. */
static nk_err put_filled_field(nk_sign_writer *w, const nk_sign_slot *slot,
                               uint32_t sig, uint32_t look)
{
    nk_sign_edit edits[2] = { { .key = NK_STR("V") }, { .key = NK_STR("AP") } };
    nk_cos_object field;
    nk_err rc;

    if ((rc = nk_sign__find_dict(w, &slot->field, &field)) < 0 ||
        (rc = value_entry(w, sig, &edits[0].value)) < 0)
        return rc;
    if (look && (rc = appearance_entry(w, look, &edits[1].value)) < 0)
        return rc;
    nk_sign__rewrite(w, &field, edits, look ? 2 : 1);
    return NK_OK;
}

/* What is seen in the rectangle of a field. */
static void put_look(nk_sign_writer *w, uint32_t num, int32_t width,
                     int32_t height, nk_str content)
{
    nk_sign__begin(w, num, 0);
    nk_buf_lit(&w->b, "<</Type/XObject/Subtype/Form/BBox[0 0 ");
    nk_mpt_put(&w->b, width);
    nk_buf_putc(&w->b, ' ');
    nk_mpt_put(&w->b, height);
    nk_buf_lit(&w->b, "]/Resources<<>>/Length ");
    nk_buf_int(&w->b, (int64_t)content.len);
    nk_buf_lit(&w->b, ">>\nstream\n");
    nk_buf_puts(&w->b, content);
    nk_buf_lit(&w->b, "\nendstream");
    nk_sign__end(w);
}

static void put_signature(nk_sign_writer *w, uint32_t num)
{
    const nk_sign_request *r = w->order->request;

    nk_sign__begin(w, num, 0);
    nk_buf_lit(&w->b, "<</Type/Sig/Filter/Adobe.PPKLite"
                      "/SubFilter/ETSI.CAdES.detached/M");
    nk_cos_put_date(&w->b, w->ctx->now);
    if (r->reason.len) {
        nk_buf_lit(&w->b, "/Reason");
        nk_cos_put_text(&w->b, r->reason);
    }
    if (r->location.len) {
        nk_buf_lit(&w->b, "/Location");
        nk_cos_put_text(&w->b, r->location);
    }
    nk_buf_lit(&w->b, "/ByteRange[");
    w->byte_range = w->b.len;
    nk_buf_fill(&w->b, ' ', BYTE_RANGE_ROOM);
    nk_buf_lit(&w->b, "]/Contents");
    w->hex = w->b.len;
    nk_buf_putc(&w->b, '<');
    nk_buf_fill(&w->b, '0', 2 * w->order->room);
    nk_buf_putc(&w->b, '>');
    w->hex_end = w->b.len;
    nk_buf_lit(&w->b, ">>");
    nk_sign__end(w);
}

/* Numbers for new objects: fields in the order planned, then the blank. */
static nk_err number_fields(nk_sign_writer *w, bool *any_new)
{
    const nk_sign_order *o = w->order;
    size_t i;

    if (!(w->fields = NK_NEWN(w->a, o->paper->n, uint32_t)))
        return nk_nomem(w->ctx);
    for (i = 0; i < o->paper->n; i++) {
        if (!nk_sign__is_new(w, i))
            continue;
        *any_new = true;
        w->fields[i] = nk_sign__new_number(w);
        if (i != o->slot || o->look.len == 0)
            w->blank = UINT32_MAX;
    }
    if (w->blank)
        w->blank = nk_sign__new_number(w);
    return NK_OK;
}

static nk_err put_objects(nk_sign_writer *w)
{
    const nk_sign_order *o = w->order;
    const nk_sign_slot *slot = &o->paper->slots[o->slot];
    bool any_new = false;
    uint32_t look = 0, sig;
    nk_sign_field box;
    nk_err rc;

    if ((rc = number_fields(w, &any_new)) < 0)
        return rc;
    if (any_new && (rc = nk_sign__hang(w)) < 0)
        return rc;
    if (w->blank)
        put_look(w, w->blank, 1000, 1000, NK_EMPTY);
    if (o->look.len) {
        nk_sign__box(&slot->rect, &box);
        look = nk_sign__new_number(w);
        put_look(w, look, box.width, box.height, o->look);
    }
    sig = nk_sign__new_number(w);
    if (nk_sign__is_new(w, o->slot))
        nk_sign__put_new_field(w, o->slot, sig, look ? look : w->blank);
    else if ((rc = put_filled_field(w, slot, sig, look)) < 0)
        return rc;
    put_signature(w, sig);
    return NK_OK;
}

static nk_err writer_init(nk_sign_writer *w)
{
    const nk_sign_order *o = w->order;
    nk_str pdf = w->f->bytes;
    nk_cos_value size;
    nk_err rc;

    if ((rc = nk_cos_want(w->ctx, &w->f->revisions[w->rev].trailer,
                          NK_STR("Size"), NK_COS_INT, &size)) < 0)
        return rc;
    if (size.number < 1 ||
        size.number > NK_MAX_PDF_NUMBER - 3 * NK_MAX_PDF_FIELDS)
        return nk_cos_damaged(w->ctx, NK_STR("/Size"));
    w->next = (uint32_t)size.number;
    /* For a slot: field, page, its array, element. Once: object 0, form, its
       array, blank, look, signature. */
    w->placed_room = 4 * o->paper->n + 6;
    w->placed = NK_NEWN(w->a, w->placed_room, nk_sign_placed);
    if (!w->placed)
        return nk_nomem(w->ctx);
    w->placed[w->placed_n++] = (nk_sign_placed){ 0, 65535, 0 };
    nk_buf_init(&w->b, w->a);
    w->b.limit = NK_MAX_PDF;
    nk_buf_reserve(&w->b, pdf.len + o->look.len + 2 * o->room + 8192);
    nk_buf_puts(&w->b, pdf);
    if (pdf.ptr[pdf.len - 1] != '\n' && pdf.ptr[pdf.len - 1] != '\r')
        nk_buf_putc(&w->b, '\n');
    return NK_OK;
}

static void fill_byte_range(nk_sign_writer *w)
{
    char text[64];
    int n = snprintf(text, sizeof(text), "0 %zu %zu %zu", w->hex, w->hex_end,
                     w->b.len - w->hex_end);

    assert(n > 0 && n <= BYTE_RANGE_ROOM);
    memcpy(w->b.ptr + w->byte_range, text, (size_t)n);
}

nk_err nk_sign__update(nk_ctx *ctx, nk_arena *a, const nk_sign_order *order,
                       nk_sign_update *out)
{
    nk_sign_writer w = { .ctx = ctx, .a = a, .order = order, .f = order->f };
    nk_str whole;
    size_t xref;
    nk_err rc;

    w.rev = w.f->n - 1;
    if ((rc = writer_init(&w)) < 0 || (rc = put_objects(&w)) < 0)
        return rc;
    xref = w.b.len;
    if ((rc = nk_sign__put_table(&w)) < 0 ||
        (rc = nk_sign__put_trailer(&w, xref)) < 0 ||
        (rc = nk_buf_end(ctx, &w.b, &whole)) < 0)
        return rc;
    fill_byte_range(&w);
    *out = (nk_sign_update){ w.b.ptr, w.b.len, w.hex, w.hex_end };
    return NK_OK;
}
