/*
 * Forging for the tests of room sign: updates appended by hand to a signed
 * sheet, and what the verifier must say of them.
 */
#ifndef NK_TESTS_FORGING_H
#define NK_TESTS_FORGING_H

#include "signing.h"

#include "sign/sign_int.h"

/*
 * Objects of the signed sheet: 1 catalog, 2 pages, 3 info, 6 plan, 12 page,
 * 13 content, 19 "kepala" (signed), 20 "saksi-1", 21 blank look, 22 look,
 * 23 signature; the next free number is 24.
 */
#define KEPALA(rect, look, more)                                               \
    "<</Type/Annot/Subtype/Widget/FT/Sig/F 132/T(kepala)/TU"                   \
    "<FEFF004B006500700061006C0061>/Rect" rect                                 \
    "/P 12 0 R/StructParent 2/AP<</N " look ">>" more ">>"
#define SAKSI(rect, look, more)                                                \
    "<</Type/Annot/Subtype/Widget/FT/Sig/F 132/T(saksi-1)/TU(Saksi "           \
    "1)/Rect" rect "/P 12 0 R/StructParent 3/AP<</N " look ">>" more ">>"
#define RECT_1 "[72 96 122.5 168]"
#define RECT_2 "[132 96 182.5 168]"
#define SIGNATURE(range)                                                       \
    "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"           \
    "/ByteRange[" range "]/Contents<>>>"
#define STREAM "<</Length 9>>stream\n1 0 0 rg \nendstream"
#define LOOK                                                                   \
    "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>/Length 9>>"      \
    "stream\n1 0 0 rg \nendstream"
#define CATALOG(form, more)                                                    \
    "<</Type/Catalog/Pages 2 0 R" form more                                    \
    "/PieceInfo <</naskah <</Private 6 0 R>>>>>>"
#define FORM(fields) "/AcroForm<</Fields[" fields "]/SigFlags 3>>"

typedef struct nk_evil_object {
    unsigned num;
    const char *text;
} nk_evil_object;

#define NK_EVIL_OBJECTS 3

typedef struct nk_evil {
    const char *name;
    nk_evil_object objects[NK_EVIL_OBJECTS];
    const char *root;    /* NULL: as before */
    const char *trailer; /* more for the trailer */
    const char *table;   /* instead of the objects' table */
    const char *message;
} nk_evil;

/* The start of the newest trailer's entry, to be repeated. */
static inline const char *nk_test_newest(nk_desk *d, nk_str pdf,
                                         const char *key)
{
    nk_cos_value v;
    nk_cos_file f;

    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
    assert_ok(d, nk_cos_get(&d->ctx, &f.revisions[f.n - 1].trailer,
                            nk_str_of(key), &v));
    return nk_str_z(&d->arena, v.raw);
}

static inline nk_str nk_test_append(nk_desk *d, nk_str pdf, const nk_evil *e)
{
    size_t at[NK_EVIL_OBJECTS], xref, i, prev;
    nk_str out = NK_EMPTY;
    nk_cos_file f;
    nk_buf b;

    assert_ok(d, nk_cos_open(&d->ctx, &d->arena, pdf, &f));
    prev = f.revisions[f.n - 1].xref;
    nk_buf_init(&b, &d->arena);
    nk_buf_puts(&b, pdf);
    for (i = 0; i < NK_EVIL_OBJECTS && e->objects[i].num; i++) {
        at[i] = b.len;
        nk_buf_printf(&b, "%u 0 obj\n%s\nendobj\n", e->objects[i].num,
                      e->objects[i].text);
    }
    xref = b.len;
    nk_buf_printf(&b, "xref\n%s", e->table ? e->table : "");
    for (i = 0; !e->table && i < NK_EVIL_OBJECTS && e->objects[i].num; i++)
        nk_buf_printf(&b, "%u 1\n%010zu 00000 n \n", e->objects[i].num, at[i]);
    nk_buf_printf(&b, "trailer\n<</Root %s%s/Prev %zu",
                  e->root ? e->root : "1 0 R", e->trailer ? e->trailer : "",
                  prev);
    if (!e->trailer || !strstr(e->trailer, "/Size"))
        nk_buf_lit(&b, "/Size 30");
    if (!e->trailer || !strstr(e->trailer, "/Info"))
        nk_buf_lit(&b, "/Info 3 0 R");
    if (!e->trailer || !strstr(e->trailer, "/ID"))
        nk_buf_printf(&b, "/ID%s", nk_test_newest(d, pdf, "ID"));
    nk_buf_printf(&b, ">>\nstartxref\n%zu\n%%%%EOF\n", xref);
    assert_ok(d, nk_buf_end(&d->ctx, &b, &out));
    return out;
}

static inline void nk_test_refused(nk_desk *d, nk_str pdf, const char *name,
                                   const char *message)
{
    nk_verification v = nk_test_verify(d, pdf);
    nk_str why = nk_msg_name(v.why);

    if (v.why == NK_M_NONE && v.n)
        why = nk_msg_name(v.signatures[v.n - 1].why);
    if (v.verdict != NK_VERDICT_INVALID)
        fail_msg("%s: verdict %d", name, v.verdict);
    if (message && !nk_str_eq(why, nk_str_of(message)))
        fail_msg("%s: %.*s (%.*s)", name, (int)why.len, why.ptr,
                 (int)v.why_arg.len, v.why_arg.ptr);
}

static inline nk_str nk_test_good(nk_desk *d)
{
    nk_str pdf = nk_test_signed(d, "p256", 2);
    nk_verification v = nk_test_verify(d, pdf);

    assert_int_equal(v.verdict, NK_VERDICT_VALID);
    return pdf;
}

/* The numbers of /ByteRange and where its brackets are. */
typedef struct nk_test_range {
    size_t at, len; /* between the brackets */
    size_t from, to, rest;
} nk_test_range;

static inline nk_test_range nk_test_range_of(nk_str pdf)
{
    nk_test_range r;

    nk_test_gap(pdf, &r.from, &r.to);
    r.at = nk_test_rfind(pdf, "/ByteRange[") + 11;
    r.len = nk_str_find(nk_str_skip(pdf, r.at), ']');
    r.rest = pdf.len - r.to;
    return r;
}

#endif
