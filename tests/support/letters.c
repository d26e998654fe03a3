/*
 * Invented letters as PDF: the order and the habits of libharu (classic
 * table with CR LF, lengths as objects of their own), shared objects first,
 * page content raw, one structure element a paragraph.
 */
#include "letters_int.h"

#include <stdarg.h>
#include <stdio.h>

#define FACES 2

enum { CATALOG = 1, PAGES, INFO, FIRST_SHARED };

/* Objects of one paper whose numbers others must know. */
struct plan {
    unsigned font[FACES], intent, xmp, roots, parents, plan, seal, first_elem;
    unsigned elems, first_page;
};

void nk_fake_obj(nk_fake_pdf *p, unsigned n)
{
    if (n > p->top)
        p->top = n;
    p->off[n] = p->b->len - p->start;
    nk_buf_printf(p->b, "%u 0 obj\n", n);
}

void nk_fake_end(nk_fake_pdf *p)
{
    nk_buf_lit(p->b, "\nendobj\n");
}

void nk_fake_dict(nk_fake_pdf *p, unsigned n, const char *fmt, ...)
{
    char text[4096];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    nk_fake_obj(p, n);
    nk_buf_printf(p->b, "<<\n%s\n>>", text);
    nk_fake_end(p);
}

/* A stream, and its length as the next object, as libharu writes them. */
static void put_stream(nk_fake_pdf *p, unsigned n, const char *dict,
                       nk_str bytes)
{
    nk_fake_obj(p, n);
    nk_buf_printf(p->b, "<<\n%s\n/Length %u 0 R\n>>\nstream\r\n", dict, n + 1);
    nk_buf_puts(p->b, bytes);
    nk_buf_lit(p->b, "\nendstream");
    nk_fake_end(p);
    nk_fake_obj(p, n + 1);
    nk_buf_int(p->b, (int64_t)bytes.len);
    nk_fake_end(p);
}

/* A stream of bytes that look compressed, the same in all of a world. */
static void put_shared(nk_fake_pdf *p, const nk_fake *l, unsigned n,
                       const char *dict, size_t size)
{
    static unsigned char bytes[32768];
    uint64_t s = l->world * 1000 + n;

    nk_rnd_fill(&s, bytes, size);
    put_stream(p, n, dict, (nk_str){ (const char *)bytes, size });
}

/* Five objects and two lengths a face. */
static unsigned put_face(nk_fake_pdf *p, const nk_fake *l, unsigned n,
                         unsigned face)
{
    static const char *const names[] = { "LiberationSerif",
                                         "LiberationSerif-Bold" };
    static const unsigned sizes[] = { 14713, 13977 };
    unsigned i;

    nk_fake_dict(p, n,
                 "/Type /Font\n/Subtype /TrueType\n/BaseFont /NKAAAA+%s\n"
                 "/FirstChar 32\n/LastChar 255\n/FontDescriptor %u 0 R\n"
                 "/ToUnicode %u 0 R\n/Widths %u 0 R",
                 names[face], n + 1, n + 4, n + 6);
    nk_fake_dict(p, n + 1,
                 "/Type /FontDescriptor\n/FontName /NKAAAA+%s\n/Flags 34\n"
                 "/FontBBox [-177 -303 1082 981]\n/Ascent 891\n"
                 "/Descent -216\n/StemV 80\n/FontFile2 %u 0 R",
                 names[face], n + 2);
    put_shared(p, l, n + 2, "/Length1 31337\n/Filter /FlateDecode",
               sizes[face]);
    put_shared(p, l, n + 4, "/Filter /FlateDecode", 391);
    nk_fake_obj(p, n + 6);
    nk_buf_lit(p->b, "[");
    for (i = 32; i < 256; i++)
        nk_buf_printf(p->b, "%s%u", i % 16 ? " " : "\n",
                      250 + (i * 37 + face * 11) % 40 * 14);
    nk_buf_lit(p->b, "]");
    nk_fake_end(p);
    return n + 7;
}

static void put_xmp(nk_fake_pdf *p, const nk_fake *l, unsigned n,
                    const char *when)
{
    char text[2048];
    nk_str kind = nk_fake_kind_name(l->kind);
    int len = snprintf(
        text, sizeof(text),
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\""
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description "
        "rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfaid=\""
        "http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\""
        "http://www.aiim.org/pdfua/ns/id/\">\n<dc:title><rdf:Alt><rdf:li "
        "xml:lang=\"x-default\">%.*s</rdf:li></rdf:Alt></dc:title>\n"
        "<xmp:CreateDate>%s</xmp:CreateDate>\n<xmp:ModifyDate>%s"
        "</xmp:ModifyDate>\n<pdfaid:part>2</pdfaid:part>\n"
        "<pdfaid:conformance>A</pdfaid:conformance>\n<pdfuaid:part>1"
        "</pdfuaid:part>\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        "<?xpacket end=\"r\"?>",
        (int)kind.len, kind.ptr, when, when);

    put_stream(p, n, "/Type /Metadata\n/Subtype /XML",
               (nk_str){ text, (size_t)len });
}

/* When it was made: the second of the day differs from letter to letter. */
static void moment(const nk_fake *l, char pdf[32], char xmp[32])
{
    uint64_t s = l->serial ^ UINT64_C(0x74696d65);
    unsigned day = 1 + l->seq / 40 % 28, h = nk_rnd_below(&s, 10);
    unsigned m = nk_rnd_below(&s, 60), sec = nk_rnd_below(&s, 60);

    snprintf(pdf, 32, "D:202611%02u%02u%02u%02uZ", day, h, m, sec);
    snprintf(xmp, 32, "2026-11-%02uT%02u:%02u:%02uZ", day, h, m, sec);
}

static void plan_objects(const nk_fake_text *t, struct plan *o)
{
    unsigned n = FIRST_SHARED, i;

    for (i = 0; i < FACES; i++, n += 7)
        o->font[i] = n;
    o->intent = n;
    o->xmp = n + 3;
    o->roots = n + 5;
    o->parents = n + 6;
    o->plan = n + 7;
    o->seal = n + 8;
    o->first_elem = n + 9;
    o->elems = t->paras[0] + t->paras[1];
    o->first_page = o->first_elem + o->elems;
}

static void put_catalog(nk_fake_pdf *p, const nk_fake *l, const nk_fake_text *t,
                        const struct plan *o)
{
    char pdf[32], xmp[32], kids[32];

    moment(l, pdf, xmp);
    nk_fake_dict(p, CATALOG,
                 "/Type /Catalog\n/Pages 2 0 R\n/Lang (id)\n/MarkInfo "
                 "<</Marked true>>\n/StructTreeRoot %u 0 R\n/Metadata %u 0 "
                 "R\n/OutputIntents [%u 0 R]\n/PieceInfo <</naskah "
                 "<</LastModified (%s) /Private %u 0 R>>>>",
                 o->roots, o->xmp, o->intent + 2, pdf, o->plan);
    if (t->pages == 1)
        snprintf(kids, sizeof(kids), "%u 0 R", o->first_page);
    else
        snprintf(kids, sizeof(kids), "%u 0 R %u 0 R", o->first_page,
                 o->first_page + 3);
    nk_fake_dict(p, PAGES, "/Type /Pages\n/Count %u\n/Kids [%s]", t->pages,
                 kids);
    nk_fake_dict(p, INFO,
                 "/Producer (naskah)\n/Title (%s)\n/CreationDate (%s)\n"
                 "/ModDate (%s)",
                 nk_fake_kind_name(l->kind).ptr, pdf, pdf);
}

static void put_tree(nk_fake_pdf *p, const nk_fake_text *t,
                     const struct plan *o)
{
    unsigned i;

    nk_fake_dict(p, o->roots,
                 "/Type /StructTreeRoot\n/K %u 0 R\n/ParentTree %u 0 R\n"
                 "/ParentTreeNextKey 3",
                 o->first_elem, o->parents);
    nk_fake_obj(p, o->parents);
    nk_buf_lit(p->b, "<<\n/Nums [0 [");
    for (i = 0; i < o->elems; i++)
        nk_buf_printf(p->b, "%s%u 0 R", i == t->paras[0] ? "] 1 [" : " ",
                      o->first_elem + i);
    nk_buf_printf(p->b, "] 2 %u 0 R]\n>>", o->seal);
    nk_fake_end(p);
    nk_fake_dict(p, o->plan,
                 "/Type /NaskahPaper\n/Fields [<</T(kepala)/TU(Kepala "
                 "Dinas)/Page %u 0 R/Rect[300 90 480 170]/Elem %u 0 R/Key "
                 "2>>]",
                 o->first_page, o->seal);
    nk_fake_dict(p, o->seal,
                 "/Type /StructElem\n/S /Form\n/P %u 0 R\n/Pg %u 0 R\n/Alt "
                 "(Tanda tangan)",
                 o->roots, o->first_page);
    for (i = 0; i < o->elems; i++) {
        bool second = i >= t->paras[0];

        nk_fake_dict(p, o->first_elem + i,
                     "/Type /StructElem\n/S /%s\n/P %u 0 R\n/Pg %u 0 R\n/K "
                     "%u",
                     i == 0 ? "H1" : "P", o->roots,
                     o->first_page + (second ? 3u : 0u),
                     second ? i - t->paras[0] : i);
    }
}

static void put_pages(nk_fake_pdf *p, const nk_fake_text *t,
                      const struct plan *o)
{
    unsigned i, n = o->first_page;

    for (i = 0; i < t->pages; i++, n += 3) {
        nk_fake_dict(p, n,
                     "/Type /Page\n/Parent 2 0 R\n/MediaBox [0 0 595.28 "
                     "841.89]\n/Contents %u 0 R\n/Resources <</Font <</F1 "
                     "%u 0 R /F2 %u 0 R>>>>\n/StructParents %u\n"
                     "/Tabs /S",
                     n + 1, o->font[0], o->font[1], i);
        put_stream(p, n + 1, "", nk_buf_str(&t->content[i]));
    }
}

static void put_table(nk_fake_pdf *p, nk_str id)
{
    unsigned i;

    p->xref = p->b->len - p->start;
    nk_buf_printf(p->b, "xref\n0 %u\n0000000000 65535 f\r\n", p->top + 1);
    for (i = 1; i <= p->top; i++)
        nk_buf_printf(p->b, "%010zu 00000 n\r\n", p->off[i]);
    nk_buf_printf(p->b,
                  "trailer\n<<\n/Root 1 0 R\n/Info 3 0 R\n/Size %u\n/ID "
                  "[<%.*s> <%.*s>]\n>>\nstartxref\n%zu\n%%%%EOF\n",
                  p->top + 1, (int)id.len, id.ptr, (int)id.len, id.ptr,
                  p->xref);
}

void nk_fake_put(nk_buf *b, const nk_fake *l)
{
    nk_fake_pdf p = { .b = b, .start = b->len };
    struct plan o = { 0 };
    nk_fake_text t;
    char pdf[32], xmp[32];
    unsigned char id[16];
    uint64_t s = l->serial ^ UINT64_C(0x6964);
    nk_arena a;
    nk_buf hex;
    unsigned i;

    nk_arena_init(&a);
    nk_fake_write(&a, l, &t);
    plan_objects(&t, &o);
    moment(l, pdf, xmp);
    nk_buf_lit(b, "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n");
    put_catalog(&p, l, &t, &o);
    for (i = 0; i < FACES; i++)
        put_face(&p, l, o.font[i], i);
    put_shared(&p, l, o.intent, "/N 3\n/Filter /FlateDecode", 2576);
    nk_fake_dict(&p, o.intent + 2,
                 "/Type /OutputIntent\n/S /GTS_PDFA1\n"
                 "/OutputConditionIdentifier (sRGB)\n/DestOutputProfile %u "
                 "0 R",
                 o.intent);
    put_xmp(&p, l, o.xmp, xmp);
    put_tree(&p, &t, &o);
    put_pages(&p, &t, &o);
    nk_rnd_fill(&s, id, sizeof(id));
    nk_buf_init(&hex, &a);
    nk_buf_hex(&hex, id, sizeof(id));
    put_table(&p, nk_buf_str(&hex));
    nk_fake_sign(&p, l, o.seal, nk_buf_str(&hex));
    nk_arena_release(&a);
}
