/*
 * A PDF file as a list of revisions, and the objects in them. Only classic
 * cross-reference tables are read, each from its "xref" forward to its
 * "%%EOF"; /Prev must lead strictly towards the front, so the chain ends and
 * the revisions follow one another without overlap. An object must lie in
 * the revision whose table lists it. Nothing is searched for or repaired.
 */
#include <stdio.h>

#include "cos/cos.h"

#define ENTRY     20u   /* bytes of one entry of a table */
#define READ_COST 1024u /* finding an object costs as much as reading these */

static nk_err not_read(nk_ctx *ctx, nk_str kind)
{
    return nk_fail(ctx, NK_E_SYNTAX, NK_M_SIGN_PDF_KIND, NK_NOWHERE,
                   NK_ARGS(kind));
}

static nk_err too_much(nk_ctx *ctx, nk_str what)
{
    return nk_fail(ctx, NK_E_LIMIT, NK_M_SIGN_PDF_LIMIT, NK_NOWHERE,
                   NK_ARGS(what));
}

static nk_err bad_object(nk_ctx *ctx, uint32_t num)
{
    char name[24];

    snprintf(name, sizeof(name), "%u 0 obj", (unsigned)num);
    return nk_cos_damaged(ctx, nk_str_of(name));
}

/* One entry of a table: "nnnnnnnnnn ggggg n" and a line end of two bytes. Of
   what is free the generation means nothing; MuPDF writes 65536. */
static bool read_entry(nk_str s, uint64_t *offset, uint64_t *gen, bool *used)
{
    if (s.len < ENTRY || s.ptr[10] != ' ' || s.ptr[16] != ' ' ||
        (s.ptr[17] != 'n' && s.ptr[17] != 'f'))
        return false;
    *used = s.ptr[17] == 'n';
    if (!nk_str_uint(nk_str_head(s, 10), UINT64_MAX, offset) ||
        !nk_str_uint((nk_str){ s.ptr + 11, 5 }, *used ? UINT16_MAX : 99999,
                     gen))
        return false;
    return (s.ptr[18] == ' ' && (s.ptr[19] == '\n' || s.ptr[19] == '\r')) ||
           (s.ptr[18] == '\r' && s.ptr[19] == '\n');
}

static bool read_range(nk_str bytes, nk_str *s, nk_cos_range *out)
{
    uint64_t first, count, i, offset, gen;
    bool used;

    if (!nk_cos_take_uint(s, NK_MAX_PDF_NUMBER, &first))
        return false;
    nk_cos_skip_space(s);
    if (!nk_cos_take_uint(s, NK_MAX_PDF_NUMBER - first + 1, &count))
        return false;
    nk_cos_skip_space(s);
    *out =
        (nk_cos_range){ (uint32_t)first, (uint32_t)count, bytes.len - s->len };
    for (i = 0; i < count; i++) {
        if (!read_entry(*s, &offset, &gen, &used))
            return false;
        *s = nk_str_skip(*s, ENTRY);
    }
    return true;
}

/* From "xref" to before "trailer". */
static nk_err read_table(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, nk_str *s,
                         nk_cos_revision *rev)
{
    if (!nk_cos_take_word(s, NK_STR("xref")))
        return nk_cos_damaged(ctx, NK_STR("xref"));
    for (;;) {
        size_t n = rev->ranges_n;
        nk_cos_range *grown;

        nk_cos_skip_space(s);
        if (nk_cos_take_word(s, NK_STR("trailer")))
            return NK_OK;
        if (f->ranges_n++ == NK_MAX_PDF_RANGES)
            return too_much(ctx, NK_STR("xref"));
        grown = nk_cos_room(a, rev->ranges, n, sizeof(*grown));
        if (!grown)
            return nk_nomem(ctx);
        rev->ranges = grown;
        if (!read_range(f->bytes, s, &grown[n]))
            return nk_cos_damaged(ctx, NK_STR("xref"));
        rev->ranges_n++;
    }
}

/* "startxref", the table's offset, "%%EOF" and a line end. */
static bool read_ending(nk_str bytes, nk_str *s, nk_cos_revision *rev)
{
    uint64_t at;

    nk_cos_skip_space(s);
    if (!nk_cos_take_word(s, NK_STR("startxref")))
        return false;
    nk_cos_skip_space(s);
    if (!nk_cos_take_uint(s, NK_MAX_PDF, &at) || at != rev->xref)
        return false;
    while (s->len && nk_is_space(s->ptr[0]))
        *s = nk_str_skip(*s, 1);
    if (!nk_str_starts(*s, NK_STR("%%EOF")))
        return false;
    *s = nk_str_skip(*s, 5);
    rev->eof = bytes.len - s->len;
    if (s->len && s->ptr[0] == '\r')
        *s = nk_str_skip(*s, 1);
    if (s->len && s->ptr[0] == '\n')
        *s = nk_str_skip(*s, 1);
    rev->end = bytes.len - s->len;
    return true;
}

/* The revision whose table stands at `at`. */
static nk_err read_revision(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t at,
                            nk_cos_revision *rev)
{
    nk_str s = nk_str_skip(f->bytes, at);
    nk_cos_value stream, encrypt;
    nk_err rc;

    *rev = (nk_cos_revision){ .xref = at };
    if (s.len && nk_is_digit(s.ptr[0]))
        return not_read(ctx, NK_STR("xref stream"));
    if ((rc = read_table(ctx, a, f, &s, rev)) < 0)
        return rc;
    if (!nk_cos_take(&s, &rev->trailer) || rev->trailer.kind != NK_COS_DICT)
        return nk_cos_damaged(ctx, NK_STR("trailer"));
    if (!read_ending(f->bytes, &s, rev))
        return nk_cos_damaged(ctx, NK_STR("startxref"));
    if ((rc = nk_cos_get(ctx, &rev->trailer, NK_STR("XRefStm"), &stream)) < 0 ||
        (rc = nk_cos_get(ctx, &rev->trailer, NK_STR("Encrypt"), &encrypt)) < 0)
        return rc;
    if (stream.kind != NK_COS_NONE)
        return not_read(ctx, NK_STR("xref stream"));
    if (encrypt.kind != NK_COS_NONE)
        return nk_fail(ctx, NK_E_SYNTAX, NK_M_SIGN_PDF_ENCRYPTED, NK_NOWHERE,
                       NK_NOARGS);
    return nk_cos_want(ctx, &rev->trailer, NK_STR("Root"), NK_COS_REF,
                       &rev->root);
}

/* Where the newest table stands, by the last "%%EOF" of the file. */
static bool find_last(nk_str bytes, size_t *xref)
{
    static const char mark[] = "startxref";
    size_t eof = bytes.len, at;
    nk_str s;
    uint64_t v;

    do {
        if (eof < 5)
            return false;
        eof--;
    } while (memcmp(bytes.ptr + eof - 4, "%%EOF", 5) != 0);
    eof++;
    for (at = eof; at > 0 && eof - at < 64; at--) {
        s = nk_str_skip(nk_str_head(bytes, eof), at - 1);
        if (nk_str_starts(s, nk_str_of(mark)))
            break;
    }
    if (at == 0 || eof - at >= 64)
        return false;
    s = nk_str_skip(s, sizeof(mark) - 1);
    nk_cos_skip_space(&s);
    if (!nk_cos_take_uint(&s, at - 1, &v))
        return false;
    *xref = (size_t)v;
    return true;
}

/* Follow /Prev from the newest table; the revisions come out newest first. */
static nk_err read_chain(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t at)
{
    for (;;) {
        nk_cos_revision *rev = &f->revisions[f->n];
        nk_cos_value prev;
        nk_err rc;

        if (f->n == NK_MAX_PDF_REVISIONS)
            return too_much(ctx, NK_STR("/Prev"));
        if ((rc = read_revision(ctx, a, f, at, rev)) < 0 ||
            (rc = nk_cos_get(ctx, &rev->trailer, NK_STR("Prev"), &prev)) < 0)
            return rc;
        if (f->n > 0) {
            if (rev->end > rev[-1].xref)
                return nk_cos_damaged(ctx, NK_STR("/Prev"));
            rev[-1].start = rev->end;
        }
        f->n++;
        if (prev.kind == NK_COS_NONE)
            return NK_OK;
        if (prev.kind != NK_COS_INT || prev.number < 0)
            return nk_cos_damaged(ctx, NK_STR("/Prev"));
        if ((uint64_t)prev.number >= at) {
            nk_str head = nk_str_head(f->bytes, at < 1024 ? at : 1024);

            if (nk_str_search(head, NK_STR("/Linearized")) < head.len)
                return not_read(ctx, NK_STR("linearized"));
            return nk_cos_damaged(ctx, NK_STR("/Prev"));
        }
        at = (size_t)prev.number;
    }
}

void *nk_cos_room(nk_arena *a, void *list, size_t n, size_t size)
{
    if (n & (n - 1))
        return list;
    return nk_alloc_grow(a, list, n * size, (n ? 2 * n : 1) * size);
}

nk_err nk_cos_open(nk_ctx *ctx, nk_arena *a, nk_str bytes, nk_cos_file *out)
{
    nk_cos_file f = { .bytes = bytes };
    size_t at, i;
    nk_err rc;

    if (!nk_str_starts(bytes, NK_STR("%PDF-")))
        return nk_fail(ctx, NK_E_SYNTAX, NK_M_SIGN_NOT_PDF, NK_NOWHERE,
                       NK_NOARGS);
    if (bytes.len > NK_MAX_PDF)
        return too_much(ctx, NK_STR("64 MiB"));
    if (!find_last(bytes, &at))
        return nk_cos_damaged(ctx, NK_STR("%%EOF"));
    f.revisions = NK_NEWN(a, NK_MAX_PDF_REVISIONS, nk_cos_revision);
    if (!f.revisions)
        return nk_nomem(ctx);
    if ((rc = read_chain(ctx, a, &f, at)) < 0)
        return rc;
    f.trailing = bytes.len - f.revisions[0].end;
    for (i = 0; i < f.n / 2; i++) {
        nk_cos_revision r = f.revisions[i];

        f.revisions[i] = f.revisions[f.n - 1 - i];
        f.revisions[f.n - 1 - i] = r;
    }
    *out = f;
    return NK_OK;
}

struct entry {
    size_t rev;
    uint64_t offset, generation;
    bool used;
};

/* The newest entry for `num` that revision `rev` knows. */
static bool find_entry(const nk_cos_file *f, size_t rev, uint32_t num,
                       struct entry *e)
{
    for (e->rev = rev + 1; e->rev-- > 0;) {
        const nk_cos_revision *r = &f->revisions[e->rev];
        size_t i;

        for (i = 0; i < r->ranges_n; i++) {
            const nk_cos_range *range = &r->ranges[i];

            if (num >= range->first && num - range->first < range->count)
                return read_entry(
                    nk_str_skip(f->bytes, range->at + (size_t)ENTRY *
                                                          (num - range->first)),
                    &e->offset, &e->generation, &e->used);
        }
    }
    return false;
}

bool nk_cos_in_use(const nk_cos_file *f, size_t rev, uint32_t num)
{
    struct entry e;

    return find_entry(f, rev, num, &e) && e.used;
}

/* "num gen obj" and the value; *end is the offset after it. */
static nk_err read_head(nk_ctx *ctx, nk_cos_file *f, size_t rev, size_t at,
                        nk_cos_object *o, size_t *end)
{
    const nk_cos_revision *r = &f->revisions[rev];
    size_t room = at < r->xref ? r->xref - at : 0;
    bool cut = room > NK_MAX_PDF_OBJECT;
    nk_str s = { f->bytes.ptr + at, cut ? NK_MAX_PDF_OBJECT : room };
    uint64_t num, gen;

    f->work += READ_COST;
    if (f->work > NK_MAX_PDF_WORK)
        return too_much(ctx, NK_STR("obj"));
    *o = (nk_cos_object){ .at = at };
    if (at < r->start || !nk_cos_take_uint(&s, NK_MAX_PDF_NUMBER, &num))
        return nk_cos_damaged(ctx, NK_STR("obj"));
    nk_cos_skip_space(&s);
    o->num = (uint32_t)num;
    if (!nk_cos_take_uint(&s, UINT16_MAX, &gen))
        return bad_object(ctx, o->num);
    o->generation = (uint16_t)gen;
    nk_cos_skip_space(&s);
    if (!nk_cos_take_word(&s, NK_STR("obj")))
        return bad_object(ctx, o->num);
    if (!nk_cos_take(&s, &o->value))
        return cut ? too_much(ctx, NK_STR("obj")) : bad_object(ctx, o->num);
    *end = (size_t)(s.ptr - f->bytes.ptr);
    f->work += *end - at;
    return NK_OK;
}

/* The head of the object that an entry and a REF agree on. */
static nk_err find_head(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                        const nk_cos_value *ref, nk_cos_object *o,
                        struct entry *e, size_t *end)
{
    uint32_t num = (uint32_t)ref->number;
    nk_err rc;

    if (!find_entry(f, rev, num, e) || !e->used ||
        e->generation != ref->generation || e->offset >= f->bytes.len)
        return bad_object(ctx, num);
    if ((rc = read_head(ctx, f, e->rev, (size_t)e->offset, o, end)) < 0)
        return rc;
    if (o->num != num || o->generation != ref->generation)
        return bad_object(ctx, num);
    return NK_OK;
}

/* /Length of a stream: a number or a reference to one. */
static nk_err stream_length(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                            const nk_cos_object *o, size_t *len)
{
    nk_cos_value v;
    nk_cos_object number;
    struct entry e;
    size_t end;
    nk_err rc;

    if ((rc = nk_cos_get(ctx, &o->value, NK_STR("Length"), &v)) < 0)
        return rc;
    if (v.kind == NK_COS_REF) {
        if ((rc = find_head(ctx, f, rev, &v, &number, &e, &end)) < 0)
            return rc;
        v = number.value;
    }
    if (v.kind != NK_COS_INT || v.number < 0)
        return bad_object(ctx, o->num);
    *len = (size_t)v.number;
    return NK_OK;
}

/* What follows the value in revision `home`: "endobj", or a stream first. */
static nk_err read_tail(nk_ctx *ctx, nk_cos_file *f, size_t rev, size_t home,
                        size_t end, nk_cos_object *o)
{
    nk_str s = nk_str_skip(nk_str_head(f->bytes, f->revisions[home].xref), end);
    size_t len = 0;
    nk_err rc;

    nk_cos_skip_space(&s);
    if (o->value.kind == NK_COS_DICT &&
        nk_cos_take_word(&s, NK_STR("stream"))) {
        o->is_stream = true;
        if (s.len && s.ptr[0] == '\r')
            s = nk_str_skip(s, 1);
        if (s.len == 0 || s.ptr[0] != '\n')
            return bad_object(ctx, o->num);
        s = nk_str_skip(s, 1);
        if ((rc = stream_length(ctx, f, rev, o, &len)) < 0)
            return rc;
        if (len > s.len)
            return bad_object(ctx, o->num);
        s = nk_str_skip(s, len);
        nk_cos_skip_space(&s);
        if (!nk_cos_take_word(&s, NK_STR("endstream")))
            return bad_object(ctx, o->num);
        nk_cos_skip_space(&s);
    }
    if (!nk_cos_take_word(&s, NK_STR("endobj")))
        return bad_object(ctx, o->num);
    o->end = (size_t)(s.ptr - f->bytes.ptr);
    return NK_OK;
}

nk_err nk_cos_read(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                   const nk_cos_value *ref, nk_cos_object *out)
{
    nk_cos_object o = { .num = 0 };
    struct entry e;
    size_t end = 0;
    nk_err rc;

    if ((rc = find_head(ctx, f, rev, ref, &o, &e, &end)) < 0 ||
        (rc = read_tail(ctx, f, rev, e.rev, end, &o)) < 0)
        return rc;
    *out = o;
    return NK_OK;
}

nk_err nk_cos_read_at(nk_ctx *ctx, nk_cos_file *f, size_t rev, size_t at,
                      nk_cos_object *out)
{
    struct entry e;
    size_t end = 0;
    nk_err rc;

    if ((rc = read_head(ctx, f, rev, at, out, &end)) < 0)
        return rc;
    if (!find_entry(f, rev, out->num, &e) || !e.used || e.rev != rev ||
        e.offset != at || e.generation != out->generation)
        return bad_object(ctx, out->num);
    return read_tail(ctx, f, rev, rev, end, out);
}

nk_err nk_cos_follow(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                     const nk_cos_value *dict, nk_str key, nk_cos_value *out)
{
    nk_cos_object o;
    nk_err rc;

    if ((rc = nk_cos_get(ctx, dict, key, out)) < 0 || out->kind != NK_COS_REF)
        return rc;
    if ((rc = nk_cos_read(ctx, f, rev, out, &o)) < 0)
        return rc;
    *out = o.value;
    return out->kind == NK_COS_REF ? nk_cos_damaged(ctx, key) : NK_OK;
}

nk_err nk_cos_catalog(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                      nk_cos_object *out)
{
    nk_err rc = nk_cos_read(ctx, f, rev, &f->revisions[rev].root, out);

    if (rc < 0)
        return rc;
    return out->value.kind == NK_COS_DICT && !out->is_stream
               ? NK_OK
               : nk_cos_damaged(ctx, NK_STR("/Root"));
}
