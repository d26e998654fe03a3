/*
 * The packed form of a paper, and the packer that makes it. Deflate is kept
 * ready with the dictionary's dictionary already read: each paper begins with a
 * copy of that state, which is ten times as fast as reading it again.
 *
 *   00 | paper                                     stored as it is
 *   01 | n, raw | size of code | size of residue | deflated residue
 */
#define ZLIB_CONST
#include <zlib.h>

#include <stdlib.h>

#include "archive/archive_int.h"

enum { STORED = 0, CODED = 1 };

#define WINDOW      15    /* bits deflate looks back at most */
#define SHORT       4096u /* bytes of a residue that the ready state is for */
#define POOL_BLOCKS 10    /* five for a state, and as many for its copy */

/* Memory for deflate, taken once and used again for every copy. */
struct pool {
    nk_arena *arena;
    struct {
        void *at;
        size_t size;
        bool used;
    } block[POOL_BLOCKS];
};

struct nk_packer {
    nk_arena arena;   /* dictionary, index and pool */
    nk_arena scratch; /* of one paper */
    nk_dict *dict;    /* NULL: none */
    nk_base_index index;
    z_stream ready; /* has read the dictionary */
    struct pool pool;
    nk_inflater *inflater;
};

struct nk_inflater {
    z_stream z;
};

static void *pool_take(void *data, unsigned n, unsigned size)
{
    struct pool *p = data;
    size_t bytes = (size_t)n * size;
    unsigned i;

    for (i = 0; i < POOL_BLOCKS && p->block[i].at; i++)
        if (!p->block[i].used && p->block[i].size == bytes) {
            p->block[i].used = true;
            return p->block[i].at;
        }
    if (i == POOL_BLOCKS || !(p->block[i].at = nk_alloc(p->arena, bytes)))
        return NULL;
    p->block[i].size = bytes;
    p->block[i].used = true;
    return p->block[i].at;
}

static void pool_give(void *data, void *at)
{
    struct pool *p = data;
    unsigned i;

    for (i = 0; i < POOL_BLOCKS; i++)
        if (p->block[i].at == at)
            p->block[i].used = false;
}

static nk_str preset_of(const nk_packer *p)
{
    return p->dict ? p->dict->preset : NK_EMPTY;
}

static const Bytef *bytes_of(nk_str s)
{
    return (const Bytef *)s.ptr;
}

nk_err nk_archive__inflater_open(nk_ctx *ctx, nk_inflater **out)
{
    nk_inflater *f = calloc(1, sizeof(*f));

    if (!f || inflateInit2(&f->z, -WINDOW) != Z_OK) {
        free(f);
        return nk_nomem(ctx);
    }
    *out = f;
    return NK_OK;
}

void nk_archive__inflater_close(nk_inflater *f)
{
    if (!f)
        return;
    inflateEnd(&f->z);
    free(f);
}

bool nk_archive__inflate(nk_inflater *f, nk_str deflated, nk_str preset,
                         char *out, size_t size)
{
    z_stream *z = &f->z;
    char spare; /* zlib wants a place to write even for nothing */

    if (deflated.len > UINT32_MAX || size > UINT32_MAX ||
        inflateReset(z) != Z_OK)
        return false;
    if (preset.len &&
        inflateSetDictionary(z, bytes_of(preset), (uInt)preset.len) != Z_OK)
        return false;
    z->next_in = bytes_of(deflated);
    z->avail_in = (uInt)deflated.len;
    z->next_out = (Bytef *)(size ? out : &spare);
    z->avail_out = (uInt)size;
    return inflate(z, Z_FINISH) == Z_STREAM_END && z->avail_in == 0 &&
           z->avail_out == 0;
}

/* A size of the packed form, at most `max`. */
static bool take_size(nk_str *s, size_t max, size_t *n)
{
    uint64_t v;

    if (!nk_archive__varint(s, &v) || v > max)
        return false;
    *n = (size_t)v;
    return true;
}

static bool uncode(nk_arena *a, nk_inflater *f, const nk_dict *d, nk_str s,
                   char *out, size_t size)
{
    size_t most = 2 * size + 64, raw_n, code_n, residue_n;
    nk_str raw, preset = d ? d->preset : NK_EMPTY;
    char *code, *residue;

    if (!take_size(&s, s.len, &raw_n) || raw_n > s.len)
        return false;
    raw = nk_str_head(s, raw_n);
    s = nk_str_skip(s, raw_n);
    if (!take_size(&s, most, &code_n) ||
        !take_size(&s, 2 * code_n + 64, &residue_n))
        return false;
    code = nk_alloc(a, code_n);
    residue = nk_alloc(a, residue_n);
    return code && residue &&
           nk_archive__inflate(f, s, preset, residue, residue_n) &&
           nk_archive__expand(d ? d->base : NK_EMPTY,
                              (nk_str){ residue, residue_n }, code, code_n) &&
           nk_archive__play(a, d, (nk_str){ code, code_n }, raw, out, size);
}

bool nk_archive__unpack(nk_arena *a, nk_inflater *f, const nk_dict *d,
                        nk_str packed, size_t size, nk_str *paper)
{
    char *out;

    if (packed.len == 0 || size > NK_MAX_PAPER)
        return false;
    if (packed.ptr[0] == STORED) {
        *paper = nk_str_copy(a, nk_str_skip(packed, 1));
        return paper->ptr && paper->len == size;
    }
    if (packed.ptr[0] != CODED || !(out = nk_alloc(a, size + 1)) ||
        !uncode(a, f, d, nk_str_skip(packed, 1), out, size))
        return false;
    *paper = (nk_str){ out, size };
    return true;
}

/* Append `bytes` deflated by z, which is ready to begin. */
static bool deflate_all(z_stream *z, nk_str bytes, nk_buf *b)
{
    size_t room = deflateBound(z, (uLong)bytes.len);
    char *at = nk_buf_reserve(b, room);

    if (!at || room > UINT32_MAX)
        return false;
    z->next_in = bytes_of(bytes);
    z->avail_in = (uInt)bytes.len;
    z->next_out = (Bytef *)at;
    z->avail_out = (uInt)room;
    if (deflate(z, Z_FINISH) != Z_STREAM_END)
        return false;
    b->len += room - z->avail_out;
    return true;
}

nk_err nk_archive__deflate(nk_ctx *ctx, nk_arena *a, nk_str bytes, nk_str *out)
{
    z_stream z = { 0 };
    nk_buf b;
    bool ok;

    nk_buf_init(&b, a);
    if (deflateInit2(&z, 9, Z_DEFLATED, -WINDOW, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return nk_nomem(ctx);
    ok = deflate_all(&z, bytes, &b);
    deflateEnd(&z);
    return ok ? nk_buf_end(ctx, &b, out) : nk_nomem(ctx);
}

static bool set_preset(z_stream *z, nk_str preset)
{
    return preset.len == 0 ||
           deflateSetDictionary(z, bytes_of(preset), (uInt)preset.len) == Z_OK;
}

/* A long residue gets a state of its own, with the memory it deserves. */
static bool deflate_long(nk_packer *p, nk_str residue, nk_buf *b)
{
    z_stream z = { 0 };
    bool ok;

    if (deflateInit2(&z, 6, Z_DEFLATED, -WINDOW, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    ok = set_preset(&z, preset_of(p)) && deflate_all(&z, residue, b);
    deflateEnd(&z);
    return ok;
}

static bool deflate_residue(nk_packer *p, nk_str residue, nk_buf *b)
{
    z_stream z;
    bool ok;

    if (residue.len > SHORT)
        return deflate_long(p, residue, b);
    if (deflateCopy(&z, &p->ready) != Z_OK)
        return false;
    ok = deflate_all(&z, residue, b);
    deflateEnd(&z);
    return ok;
}

/* The coded form in b; what it cannot do it leaves as an error of b. */
static void put_coded(nk_packer *p, nk_str paper, nk_buf *b, bool *is_usual)
{
    nk_arena *a = &p->scratch;
    nk_scan how = { .dict = p->dict, .known = &p->index };
    nk_buf code, raw, residue;

    nk_buf_init(&code, a);
    nk_buf_init(&raw, a);
    nk_archive__scan(a, &how, paper, &code, &raw);
    nk_buf_init(&residue, a);
    nk_archive__shrink(&p->index, nk_buf_str(&code), &residue);
    nk_buf_putc(b, CODED);
    nk_archive__varint_put(b, raw.len);
    nk_buf_puts(b, nk_buf_str(&raw));
    nk_archive__varint_put(b, code.len);
    nk_archive__varint_put(b, residue.len);
    if (code.err < 0 || raw.err < 0 || residue.err < 0 ||
        !deflate_residue(p, nk_buf_str(&residue), b))
        b->err = NK_E_NOMEM;
    *is_usual = p->dict && residue.len <= SHORT;
}

static bool comes_back(nk_packer *p, nk_str packed, nk_str paper)
{
    nk_str again;

    return nk_archive__unpack(&p->scratch, p->inflater, p->dict, packed,
                              paper.len, &again) &&
           nk_str_eq(again, paper);
}

nk_err nk_packer_pack(nk_ctx *ctx, nk_arena *a, nk_packer *p, nk_str paper,
                      nk_packed *out)
{
    nk_packed done = { .size = paper.len };
    bool is_usual;
    nk_buf b;
    nk_err rc;

    if (paper.len > NK_MAX_PAPER)
        return nk_fail(ctx, NK_E_LIMIT, NK_M_PAPER_TOO_LARGE, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_PAPER)));
    nk_buf_init(&b, a);
    put_coded(p, paper, &b, &is_usual);
    /* One like the samples is proven when it is filed; others are tried here,
       where they can still be stored whole. */
    if (b.err == NK_OK &&
        (b.len > paper.len ||
         (!is_usual && !comes_back(p, nk_buf_str(&b), paper)))) {
        b.len = 0;
        nk_buf_putc(&b, STORED);
        nk_buf_puts(&b, paper);
    }
    nk_arena_reset(&p->scratch);
    if ((rc = nk_buf_end(ctx, &b, &done.bytes)) < 0)
        return rc;
    nk_sha256(paper, done.sha256);
    done.dict = p->dict ? p->dict->id : 0;
    *out = done;
    return NK_OK;
}

/* The state is as small as it may be: a copy of it is most of its cost. */
static nk_err make_ready(nk_ctx *ctx, nk_packer *p)
{
    nk_str preset = preset_of(p);
    z_stream *z = &p->ready;
    int window = 13;

    while (window < WINDOW && (1u << window) < preset.len + SHORT)
        window++;
    p->pool.arena = &p->arena;
    z->zalloc = pool_take;
    z->zfree = pool_give;
    z->opaque = &p->pool;
    if (deflateInit2(z, 6, Z_DEFLATED, -window, 5, Z_DEFAULT_STRATEGY) !=
            Z_OK ||
        !set_preset(z, preset))
        return nk_nomem(ctx);
    return nk_archive__index_base(
        ctx, &p->arena, p->dict ? p->dict->base : NK_EMPTY, &p->index);
}

nk_err nk_packer_open(nk_ctx *ctx, nk_archive *ar, int64_t dict,
                      nk_packer **out)
{
    nk_packer *p = calloc(1, sizeof(*p));
    nk_err rc;

    if (!p)
        return nk_nomem(ctx);
    if (dict &&
        (rc = nk_archive__dict_load(ctx, &p->arena, ar, dict, &p->dict)) < 0)
        goto fail;
    if ((rc = make_ready(ctx, p)) < 0 ||
        (rc = nk_archive__inflater_open(ctx, &p->inflater)) < 0)
        goto fail;
    *out = p;
    return NK_OK;
fail:
    nk_packer_close(p);
    return rc;
}

void nk_packer_close(nk_packer *p)
{
    if (!p)
        return;
    deflateEnd(&p->ready);
    nk_archive__inflater_close(p->inflater);
    nk_arena_release(&p->scratch);
    nk_arena_release(&p->arena);
    free(p);
}
