/*
 * libharu as the writer of objects: it numbers them, keeps the page tree,
 * and writes objects, cross-reference table and trailer. What stands in the
 * objects is ours: each dictionary gets its entries as ready text through
 * its write function. Fonts, text, pictures and metadata of libharu are not
 * used, and it never sees a foreign file.
 */
#include "pdf/file.h"

#include <assert.h>
#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <hpdf_utils.h>
#include <stdlib.h>

/* The struct layouts relied on here are those of 2.3.0. */
#if HPDF_MAJOR_VERSION != 2 || HPDF_MINOR_VERSION != 3
#error "naskah is written for libharu 2.3"
#endif

#define PAGES_PER_NODE 100 /* of the page tree; long papers stay shallow */
#define NO_POOL        0   /* libharu's own is aligned to 4 bytes only */
#define ID_MASK        0x00FFFFFFu /* of an object's number in libharu */

struct nk_pdf__file {
    nk_ctx *ctx;
    nk_arena *arena;
    HPDF_Doc doc;
    nk_err err; /* the first failure */
    nk_buf out;
};

/*
 * Where libharu takes memory from: the arena of the file being written, all
 * of whose objects go away with it. libharu hands its allocator no data, so
 * the thread keeps it; a thread writes one file at a time.
 */
static _Thread_local nk_arena *memory;

static void *take_memory(HPDF_UINT n)
{
    return nk_alloc(memory, n);
}

static void leave_memory(void *p)
{
    (void)p;
}

static void failed(struct nk_pdf__file *f)
{
    if (f->err == NK_OK)
        f->err = nk_nomem(f->ctx);
}

/* Errors are read from return values; libharu keeps the first one. */
static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)error, (void)detail;
    failed(data);
}

static HPDF_STATUS write_raw(HPDF_Dict d, HPDF_Stream s)
{
    const nk_str *raw = d->attr;

    if (!raw || raw->len == 0)
        return HPDF_OK;
    return HPDF_Stream_Write(s, (const HPDF_BYTE *)raw->ptr,
                             (HPDF_UINT)raw->len);
}

/* Give a dictionary its text; it may have none of its own attributes. */
static void set_raw(struct nk_pdf__file *f, HPDF_Dict d, nk_str entries)
{
    nk_str *raw = NK_NEW(f->arena, nk_str);

    if (!raw || !d) {
        failed(f);
        return;
    }
    *raw = entries;
    d->attr = raw;
    d->write_fn = write_raw;
}

static HPDF_Dict dict_of(struct nk_pdf__file *f, uint32_t id)
{
    HPDF_XrefEntry e = id ? HPDF_Xref_GetEntry(f->doc->xref, id) : NULL;

    return e ? e->obj : NULL;
}

static uint32_t id_of(const void *object)
{
    const HPDF_Obj_Header *h = object;

    return h ? h->obj_id & ID_MASK : 0;
}

nk_err nk_pdf__file_open(nk_ctx *ctx, nk_arena *a, struct nk_pdf__file **out)
{
    struct nk_pdf__file *f = NK_NEW(a, struct nk_pdf__file);

    if (!f)
        return nk_nomem(ctx);
    f->ctx = ctx;
    f->arena = a;
    assert(!memory);
    memory = a;
    f->doc = HPDF_NewEx(on_error, take_memory, leave_memory, NO_POOL, f);
    if (!f->doc) {
        memory = NULL;
        return nk_nomem(ctx);
    }
    *out = f;
    return NK_OK;
}

void nk_pdf__file_close(struct nk_pdf__file *f)
{
    if (f)
        memory = NULL;
}

uint32_t nk_pdf__object(struct nk_pdf__file *f)
{
    HPDF_Dict d = HPDF_Dict_New(f->doc->mmgr);

    if (!d || HPDF_Xref_Add(f->doc->xref, d) != HPDF_OK) {
        failed(f);
        return 0;
    }
    return id_of(d);
}

void nk_pdf__set(struct nk_pdf__file *f, uint32_t id, nk_str entries)
{
    set_raw(f, dict_of(f, id), entries);
}

/*
 * A stream's bytes are read where they lie: libharu's own memory stream
 * would copy them twice, byte by byte.
 */
struct lying {
    nk_str bytes;
    size_t at;
};

static HPDF_STATUS read_lying(HPDF_Stream s, HPDF_BYTE *p, HPDF_UINT32 *n)
{
    struct lying *l = s->attr;
    size_t left = l->bytes.len - l->at, want = *n;

    if (left < want)
        want = left;
    if (want)
        memcpy(p, l->bytes.ptr + l->at, want);
    l->at += want;
    if (want == *n)
        return HPDF_OK;
    *n = (HPDF_UINT32)want;
    return HPDF_STREAM_EOF;
}

static HPDF_STATUS seek_lying(HPDF_Stream s, HPDF_INT pos, HPDF_WhenceMode m)
{
    struct lying *l = s->attr;

    if (m != HPDF_SEEK_SET || pos < 0 || (size_t)pos > l->bytes.len)
        return HPDF_INVALID_PARAMETER;
    l->at = (size_t)pos;
    return HPDF_OK;
}

static HPDF_INT32 tell_lying(HPDF_Stream s)
{
    const struct lying *l = s->attr;

    return (HPDF_INT32)l->at;
}

static HPDF_UINT32 size_lying(HPDF_Stream s)
{
    const struct lying *l = s->attr;

    return (HPDF_UINT32)l->bytes.len;
}

static void fill(struct nk_pdf__file *f, HPDF_Dict d, nk_str bytes)
{
    struct lying *l = NK_NEW(f->arena, struct lying);
    HPDF_Stream s;

    if (!d || !l) {
        failed(f);
        return;
    }
    l->bytes = bytes;
    s = HPDF_CallbackReader_New(f->doc->mmgr, read_lying, seek_lying,
                                tell_lying, size_lying, l);
    if (!s) {
        failed(f);
        return;
    }
    HPDF_Stream_Free(d->stream);
    d->stream = s;
}

uint32_t nk_pdf__stream(struct nk_pdf__file *f, nk_str entries, nk_str bytes)
{
    HPDF_Dict d = HPDF_DictStream_New(f->doc->mmgr, f->doc->xref);

    set_raw(f, d, entries);
    fill(f, d, bytes);
    return id_of(d);
}

uint32_t nk_pdf__page(struct nk_pdf__file *f)
{
    if (!f->doc->cur_page &&
        HPDF_SetPagesConfiguration(f->doc, PAGES_PER_NODE) != HPDF_OK)
        failed(f);
    return id_of(HPDF_AddPage(f->doc));
}

/* A dictionary inside another. */
static void add_inner(struct nk_pdf__file *f, HPDF_Dict d, const char *key,
                      nk_str entries)
{
    HPDF_Dict inner = HPDF_Dict_New(f->doc->mmgr);

    set_raw(f, inner, entries);
    if (HPDF_Dict_Add(d, key, inner) != HPDF_OK)
        failed(f);
}

void nk_pdf__set_page(struct nk_pdf__file *f, uint32_t id, nk_mpt width,
                      nk_mpt height, uint32_t struct_parents, nk_str resources,
                      nk_str content)
{
    HPDF_Dict page = dict_of(f, id);
    HPDF_PageAttr attr = page ? page->attr : NULL;

    if (!attr) {
        failed(f);
        return;
    }
    HPDF_Page_SetWidth(page, (HPDF_REAL)width / 1000);
    HPDF_Page_SetHeight(page, (HPDF_REAL)height / 1000);
    if (HPDF_Dict_RemoveElement(page, "Resources") != HPDF_OK ||
        HPDF_Dict_AddNumber(page, "StructParents",
                            (HPDF_INT32)struct_parents) != HPDF_OK ||
        HPDF_Dict_AddName(page, "Tabs", "S") != HPDF_OK)
        failed(f);
    add_inner(f, page, "Resources", resources);
    fill(f, attr->contents, content);
    attr->stream = attr->contents->stream;
}

void nk_pdf__set_annots(struct nk_pdf__file *f, uint32_t page,
                        const uint32_t *ids, uint32_t n)
{
    HPDF_Dict d = dict_of(f, page);
    HPDF_Array list = HPDF_Array_New(f->doc->mmgr);
    uint32_t i;

    if (!d || !list || HPDF_Dict_Add(d, "Annots", list) != HPDF_OK) {
        failed(f);
        return;
    }
    for (i = 0; i < n; i++)
        if (HPDF_Array_Add(list, dict_of(f, ids[i])) != HPDF_OK)
            failed(f);
}

void nk_pdf__set_catalog(struct nk_pdf__file *f, nk_str entries)
{
    set_raw(f, f->doc->catalog, entries);
}

void nk_pdf__set_info(struct nk_pdf__file *f, nk_str entries)
{
    HPDF_Dict_RemoveElement(f->doc->info, "Producer");
    set_raw(f, f->doc->info, entries);
}

void nk_pdf__set_trailer(struct nk_pdf__file *f, nk_str entries)
{
    set_raw(f, f->doc->trailer, entries);
}

static HPDF_STATUS to_buffer(HPDF_Stream s, const HPDF_BYTE *p, HPDF_UINT n)
{
    struct nk_pdf__file *f = s->attr;

    nk_buf_putn(&f->out, p, n);
    return f->out.err < 0 ? HPDF_FAILD_TO_ALLOC_MEM : HPDF_OK;
}

nk_err nk_pdf__save(struct nk_pdf__file *f, nk_str *out)
{
    HPDF_Stream s;

    if (f->err < 0)
        return f->err;
    nk_buf_init(&f->out, f->arena);
    s = HPDF_CallbackWriter_New(f->doc->mmgr, to_buffer, f);
    if (!s)
        return nk_nomem(f->ctx);
    if (HPDF_Stream_WriteStr(s, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") != HPDF_OK ||
        HPDF_Dict_Add(f->doc->trailer, "Root", f->doc->catalog) != HPDF_OK ||
        HPDF_Dict_Add(f->doc->trailer, "Info", f->doc->info) != HPDF_OK ||
        HPDF_Xref_WriteToStream(f->doc->xref, s, NULL) != HPDF_OK)
        failed(f);
    HPDF_Stream_Free(s);
    if (f->err < 0)
        return f->err;
    if (f->out.len > NK_MAX_PDF)
        return nk_fail(f->ctx, NK_E_LIMIT, NK_M_TOO_LONG, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_PDF)));
    return nk_buf_end(f->ctx, &f->out, out);
}
