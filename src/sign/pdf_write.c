/*
 * Writing an incremental update: objects one after another, then the table
 * that lists them and the trailer. An object that is rewritten keeps every
 * other entry byte for byte: new entries are put before the closing
 * brackets, changed ones exchanged where they stand. What the objects are is
 * update.c's and hang.c's matter.
 */
#include <assert.h>
#include <stdlib.h>

#include "sign/sign_int.h"

static void put_entry(nk_buf *b, const nk_sign_edit *e)
{
    nk_buf_putc(b, '/');
    nk_buf_puts(b, e->key);
    nk_buf_puts(b, e->value);
}

static void put_row(nk_buf *b, const nk_sign_placed *p)
{
    nk_buf_pad(b, p->at, 10);
    nk_buf_putc(b, ' ');
    nk_buf_pad(b, p->generation, 5);
    nk_buf_puts(b, p->at ? NK_STR(" n \n") : NK_STR(" f \n"));
}

static int by_number(const void *a, const void *b)
{
    const nk_sign_placed *x = a, *y = b;

    return (x->num > y->num) - (x->num < y->num);
}

/* The first half of /ID stays, the second says that the file has changed. */
static nk_err put_id(nk_sign_writer *w)
{
    nk_cos_value id, first;
    nk_str rest;
    nk_err rc;

    if ((rc = nk_cos_want(w->ctx, &w->f->revisions[w->rev].trailer,
                          NK_STR("ID"), NK_COS_ARRAY, &id)) < 0)
        return rc;
    rest = nk_cos_inside(&id);
    if (!nk_cos_take(&rest, &first) ||
        (first.kind != NK_COS_HEX && first.kind != NK_COS_TEXT))
        return nk_cos_damaged(w->ctx, NK_STR("/ID"));
    nk_buf_lit(&w->b, "/ID[");
    nk_buf_puts(&w->b, first.raw);
    nk_buf_putc(&w->b, '<');
    nk_buf_hex(&w->b, w->order->id, sizeof(w->order->id));
    nk_buf_lit(&w->b, ">]");
    return NK_OK;
}

uint32_t nk_sign__new_number(nk_sign_writer *w)
{
    while (nk_cos_in_use(w->f, w->rev, w->next))
        w->next++;
    return w->next++;
}

void nk_sign__begin(nk_sign_writer *w, uint32_t num, uint16_t generation)
{
    assert(w->placed_n < w->placed_room);
    w->placed[w->placed_n++] = (nk_sign_placed){ num, generation, w->b.len };
    nk_buf_int(&w->b, num);
    nk_buf_putc(&w->b, ' ');
    nk_buf_int(&w->b, generation);
    nk_buf_lit(&w->b, " obj\n");
}

void nk_sign__end(nk_sign_writer *w)
{
    nk_buf_lit(&w->b, "\nendobj\n");
}

void nk_sign__put_ref(nk_buf *b, uint32_t num)
{
    nk_buf_putc(b, ' ');
    nk_buf_int(b, num);
    nk_buf_lit(b, " 0 R");
}

void nk_sign__put_edited(nk_buf *b, const nk_cos_value *dict,
                         const nk_sign_edit *edits, size_t n)
{
    nk_str rest = nk_cos_inside(dict), kept = dict->raw;
    bool done[NK_SIGN_EDITS] = { false };
    nk_cos_value k, v;
    size_t i;

    while (nk_cos_take(&rest, &k) && nk_cos_take(&rest, &v)) {
        for (i = 0; i < n && !nk_cos_name_is(k.raw, edits[i].key); i++)
            continue;
        if (i == n)
            continue;
        nk_buf_puts(b, nk_str_head(kept, (size_t)(v.raw.ptr - kept.ptr)));
        nk_buf_puts(b, edits[i].value);
        kept = nk_str_skip(kept, (size_t)(v.raw.ptr - kept.ptr) + v.raw.len);
        done[i] = true;
    }
    nk_buf_puts(b, nk_str_head(kept, kept.len - 2));
    for (i = 0; i < n; i++)
        if (!done[i])
            put_entry(b, &edits[i]);
    nk_buf_lit(b, ">>");
}

void nk_sign__rewrite(nk_sign_writer *w, const nk_cos_object *o,
                      const nk_sign_edit *edits, size_t n)
{
    if (n == 0)
        return;
    nk_sign__begin(w, o->num, o->generation);
    nk_sign__put_edited(&w->b, &o->value, edits, n);
    nk_sign__end(w);
}

nk_err nk_sign__find_dict(nk_sign_writer *w, const nk_cos_value *ref,
                          nk_cos_object *o)
{
    nk_err rc = nk_cos_read(w->ctx, w->f, w->rev, ref, o);

    if (rc < 0)
        return rc;
    return o->value.kind == NK_COS_DICT && !o->is_stream
               ? NK_OK
               : nk_cos_damaged(w->ctx, ref->raw);
}

nk_err nk_sign__put_table(nk_sign_writer *w)
{
    size_t i, n, k;

    qsort(w->placed, w->placed_n, sizeof(*w->placed), by_number);
    nk_buf_lit(&w->b, "xref\n");
    for (i = 0; i < w->placed_n; i += n) {
        for (n = 1; i + n < w->placed_n; n++)
            if (w->placed[i + n].num != w->placed[i].num + n)
                break;
        if (i + n < w->placed_n &&
            w->placed[i + n].num == w->placed[i + n - 1].num)
            return nk_cos_damaged(w->ctx, NK_STR("/Fields"));
        nk_buf_int(&w->b, w->placed[i].num);
        nk_buf_putc(&w->b, ' ');
        nk_buf_int(&w->b, (int64_t)n);
        nk_buf_putc(&w->b, '\n');
        for (k = i; k < i + n; k++)
            put_row(&w->b, &w->placed[k]);
    }
    return NK_OK;
}

nk_err nk_sign__put_trailer(nk_sign_writer *w, size_t xref)
{
    const nk_cos_revision *last = &w->f->revisions[w->rev];
    nk_cos_value info;
    nk_err rc;

    if ((rc = nk_cos_get(w->ctx, &last->trailer, NK_STR("Info"), &info)) < 0)
        return rc;
    nk_buf_lit(&w->b, "trailer\n<</Size ");
    nk_buf_int(&w->b, w->next);
    nk_buf_lit(&w->b, "/Root ");
    nk_buf_puts(&w->b, last->root.raw);
    if (info.kind == NK_COS_REF) {
        nk_buf_lit(&w->b, "/Info ");
        nk_buf_puts(&w->b, info.raw);
    }
    if ((rc = put_id(w)) < 0)
        return rc;
    nk_buf_lit(&w->b, "/Prev ");
    nk_buf_int(&w->b, (int64_t)last->xref);
    nk_buf_lit(&w->b, ">>\nstartxref\n");
    nk_buf_int(&w->b, (int64_t)xref);
    nk_buf_lit(&w->b, "\n%%EOF\n");
    return NK_OK;
}
