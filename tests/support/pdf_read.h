/*
 * Reading our own papers back: objects by the reader of room sign, streams
 * inflated by zlib. Whatever is not as it should be ends the test. In a
 * header, since programs that do not link the room must not need it.
 */
#ifndef NK_TESTS_PDF_READ_H
#define NK_TESTS_PDF_READ_H

#include <zlib.h>

#include "check.h"

#include "cos/cos.h"

typedef struct nk_read {
    nk_ctx *ctx;
    nk_arena *arena;
    nk_str bytes;
    nk_cos_file file;
} nk_read;

typedef nk_cos_value nk_pdf_value;

static inline nk_read nk_read_open(nk_ctx *ctx, nk_arena *a, nk_str pdf)
{
    nk_read r = { .ctx = ctx, .arena = a, .bytes = pdf };

    assert_int_equal(nk_cos_open(ctx, a, pdf, &r.file), NK_OK);
    return r;
}

static inline nk_pdf_value nk_read_value(nk_str text)
{
    nk_pdf_value v;

    if (!nk_cos_take(&text, &v))
        fail_msg("no PDF value: %.*s", (int)text.len, text.ptr);
    return v;
}

static inline nk_cos_object nk_read_object(nk_read *r, nk_pdf_value ref)
{
    nk_cos_object o = { 0 };

    assert_int_equal(ref.kind, NK_COS_REF);
    if (nk_cos_read(r->ctx, &r->file, r->file.n - 1, &ref, &o) != NK_OK)
        fail_msg("object %d cannot be read", (int)ref.number);
    return o;
}

/* As it stands in a dictionary; NONE when it does not. */
static inline nk_pdf_value nk_read_raw(nk_read *r, nk_pdf_value dict,
                                       const char *key)
{
    nk_pdf_value v;

    assert_int_equal(dict.kind, NK_COS_DICT);
    assert_int_equal(nk_cos_get(r->ctx, &dict, nk_str_of(key), &v), NK_OK);
    return v;
}

/* The same, or what it refers to. */
static inline nk_pdf_value nk_read_get(nk_read *r, nk_pdf_value dict,
                                       const char *key)
{
    nk_pdf_value v = nk_read_raw(r, dict, key);

    return v.kind == NK_COS_REF ? nk_read_object(r, v).value : v;
}

static inline int64_t nk_read_int(nk_read *r, nk_pdf_value dict,
                                  const char *key)
{
    nk_pdf_value v = nk_read_get(r, dict, key);

    if (v.kind != NK_COS_INT)
        fail_msg("/%s is no number", key);
    return v.number;
}

/* A text string as UTF-8. */
static inline nk_str nk_read_text(nk_read *r, nk_pdf_value dict,
                                  const char *key)
{
    nk_pdf_value v = nk_read_get(r, dict, key);

    if (v.kind != NK_COS_TEXT && v.kind != NK_COS_HEX)
        fail_msg("/%s is no text", key);
    return nk_cos_text(r->arena, &v);
}

/* The values of an array; *n of them. */
static inline nk_pdf_value *nk_read_array(nk_read *r, nk_pdf_value v, size_t *n)
{
    nk_pdf_value *out, one;
    nk_str rest;
    size_t room = 0;

    assert_int_equal(v.kind, NK_COS_ARRAY);
    for (rest = nk_cos_inside(&v); nk_cos_take(&rest, &one);)
        room++;
    out = NK_NEWN(r->arena, room, nk_pdf_value);
    assert_non_null(out);
    *n = 0;
    for (rest = nk_cos_inside(&v); nk_cos_take(&rest, &one);)
        out[(*n)++] = one;
    return out;
}

static inline nk_pdf_value nk_read_catalog(nk_read *r)
{
    nk_cos_object o = { 0 };

    assert_int_equal(nk_cos_catalog(r->ctx, &r->file, r->file.n - 1, &o),
                     NK_OK);
    return o.value;
}

static inline nk_pdf_value nk_read_trailer(nk_read *r)
{
    return r->file.revisions[r->file.n - 1].trailer;
}

/* ---- Streams ----------------------------------------------------------- */

/* The bytes of a stream as they lie in the file. */
static inline nk_str nk_read_stream(nk_read *r, nk_pdf_value ref)
{
    nk_cos_object o = nk_read_object(r, ref);
    size_t at = (size_t)(o.value.raw.ptr - r->bytes.ptr) + o.value.raw.len;
    nk_str s = nk_str_skip(r->bytes, at);

    assert_true(o.is_stream);
    nk_cos_skip_space(&s);
    assert_true(nk_cos_take_word(&s, NK_STR("stream")));
    s = nk_str_skip(s, s.ptr[0] == '\r' ? 2 : 1);
    return nk_str_head(s, (size_t)nk_read_int(r, o.value, "Length"));
}

/* The same inflated, where its filter says so. */
static inline nk_str nk_read_inflated(nk_read *r, nk_pdf_value ref)
{
    nk_str in = nk_read_stream(r, ref);
    nk_pdf_value filter =
        nk_read_get(r, nk_read_object(r, ref).value, "Filter");
    z_stream z = { 0 };
    nk_buf out;
    int rc;

    if (filter.kind == NK_COS_NONE)
        return in;
    assert_true(nk_str_eq(filter.raw, NK_STR("/FlateDecode")));
    nk_buf_init(&out, r->arena);
    assert_int_equal(inflateInit(&z), Z_OK);
    /* zlib does not write to its input. */
    z.next_in = (Bytef *)(uintptr_t)in.ptr;
    z.avail_in = (uInt)in.len;
    do {
        unsigned char part[8192];

        z.next_out = part;
        z.avail_out = sizeof(part);
        rc = inflate(&z, Z_NO_FLUSH);
        nk_buf_putn(&out, part, sizeof(part) - z.avail_out);
    } while (rc == Z_OK);
    inflateEnd(&z);
    assert_int_equal(rc, Z_STREAM_END);
    assert_int_equal(z.avail_in, 0);
    return nk_buf_str(&out);
}

/* ---- Pages ------------------------------------------------------------- */

static inline void nk_read_pages_below(nk_read *r, nk_pdf_value node,
                                       nk_pdf_value *pages, size_t room,
                                       size_t *n)
{
    nk_cos_object o = nk_read_object(r, node);
    nk_pdf_value *kids;
    size_t kids_n, i, before = *n;

    if (nk_str_eq(nk_read_get(r, o.value, "Type").raw, NK_STR("/Page"))) {
        assert_true(*n < room);
        pages[(*n)++] = node;
        return;
    }
    kids = nk_read_array(r, nk_read_get(r, o.value, "Kids"), &kids_n);
    for (i = 0; i < kids_n; i++)
        nk_read_pages_below(r, kids[i], pages, room, n);
    assert_int_equal(nk_read_int(r, o.value, "Count"), *n - before);
}

/* References to all pages in order. */
static inline nk_pdf_value *nk_read_pages(nk_read *r, size_t *n)
{
    nk_pdf_value root = nk_read_raw(r, nk_read_catalog(r), "Pages");
    size_t room =
        (size_t)nk_read_int(r, nk_read_object(r, root).value, "Count");
    nk_pdf_value *pages = NK_NEWN(r->arena, room, nk_pdf_value);

    assert_non_null(pages);
    *n = 0;
    nk_read_pages_below(r, root, pages, room, n);
    assert_int_equal(*n, room);
    return pages;
}

#endif
