/*
 * Metadata: the XMP packet and the document information, which must agree
 * (ISO 19005-2, 6.6), and the output intent's colour profile.
 */
#include "pdf/pdf_int.h"

#define PRODUCER "naskah " NK_VERSION " (libharu 2.3)"

/* <rdf:Alt> of one text in the default language, or <rdf:Seq> of one. */
static void put_property(nk_buf *b, const char *name, const char *kind,
                         nk_str value)
{
    bool alt = strcmp(kind, "Alt") == 0;

    if (!value.len)
        return;
    nk_buf_printf(b, "<%s><rdf:%s><rdf:li%s>", name, kind,
                  alt ? " xml:lang=\"x-default\"" : "");
    nk_buf_markup(b, value, false);
    nk_buf_printf(b, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

/*
 * PDF/A knows no property of PDF/UA unless the packet describes it; in an
 * rdf:Description of its own, since PDFBox looks for it nowhere else.
 */
static void put_extension(nk_buf *b)
{
    nk_buf_lit(
        b,
        "</rdf:Description>\n<rdf:Description rdf:about=\"\"\n"
        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
        "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
        "</pdfaSchema:namespaceURI>\n"
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
        "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
        "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaProperty:category>internal</pdfaProperty:category>\n"
        "<pdfaProperty:description>PDF/UA version identifier"
        "</pdfaProperty:description>\n"
        "<pdfaProperty:name>part</pdfaProperty:name>\n"
        "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
        "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n");
}

static void put_packet(nk_buf *b, struct nk_pdf__paper *w)
{
    nk_buf_lit(b, "<?xpacket begin=\"\xEF\xBB\xBF\" "
                  "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf="
                  "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "<rdf:Description rdf:about=\"\"\n"
                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                  " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                  " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
                  " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                  "<pdfaid:part>2</pdfaid:part>"
                  "<pdfaid:conformance>A</pdfaid:conformance>"
                  "<pdfuaid:part>1</pdfuaid:part>\n");
    put_property(b, "dc:title", "Alt", w->pages->title);
    put_property(b, "dc:creator", "Seq", w->pages->author);
    put_property(b, "dc:description", "Alt", w->words->subject);
    nk_buf_lit(b, "<xmp:CreateDate>");
    nk_moment_put_utc(b, w->words->made);
    nk_buf_lit(b, "</xmp:CreateDate><xmp:ModifyDate>");
    nk_moment_put_utc(b, w->words->made);
    nk_buf_lit(b, "</xmp:ModifyDate><xmp:CreatorTool>naskah</xmp:CreatorTool>"
                  "<pdf:Producer>" PRODUCER "</pdf:Producer>\n");
    put_extension(b);
    nk_buf_lit(b, "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
                  "<?xpacket end=\"r\"?>");
}

nk_err nk_pdf__metadata(struct nk_pdf__paper *w, uint32_t *xmp)
{
    nk_str packet;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, w->a);
    put_packet(&b, w);
    if ((rc = nk_buf_end(w->ctx, &b, &packet)) < 0)
        return rc;
    *xmp =
        nk_pdf__stream(w->file, NK_STR("/Type/Metadata/Subtype/XML\n"), packet);
    return NK_OK;
}

nk_err nk_pdf__info(struct nk_pdf__paper *w, nk_str *entries)
{
    nk_buf b;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Title");
    nk_pdf__text(&b, w->pages->title);
    nk_buf_lit(&b, "/Author");
    nk_pdf__text(&b, w->pages->author);
    if (w->words->subject.len) {
        nk_buf_lit(&b, "/Subject");
        nk_pdf__text(&b, w->words->subject);
    }
    nk_buf_lit(&b, "/Creator(naskah)/Producer(naskah " NK_VERSION
                   " \\(libharu 2.3\\))\n/CreationDate");
    nk_pdf__date(&b, w->words->made);
    nk_buf_lit(&b, "/ModDate");
    nk_pdf__date(&b, w->words->made);
    nk_buf_putc(&b, '\n');
    return nk_buf_end(w->ctx, &b, entries);
}

/* ---- sRGB -------------------------------------------------------------- */

/* A profile of ICC.1:2004-10 (version 4.2): matrix and one curve. */
static void put32(nk_buf *b, uint32_t v)
{
    unsigned char p[4] = { (unsigned char)(v >> 24), (unsigned char)(v >> 16),
                           (unsigned char)(v >> 8), (unsigned char)v };

    nk_buf_putn(b, p, 4);
}

static void put_xyz(nk_buf *b, const uint32_t v[3])
{
    size_t i;

    nk_buf_lit(b, "XYZ \0\0\0\0");
    for (i = 0; i < 3; i++)
        put32(b, v[i]);
}

/* multiLocalizedUnicode of one ASCII text, padded to four bytes. */
static void put_mluc(nk_buf *b, const char *s)
{
    size_t n = strlen(s), i;

    nk_buf_lit(b, "mluc\0\0\0\0");
    put32(b, 1);
    put32(b, 12);
    nk_buf_lit(b, "enUS");
    put32(b, (uint32_t)(2 * n));
    put32(b, 28);
    for (i = 0; i < n; i++) {
        nk_buf_putc(b, '\0');
        nk_buf_putc(b, s[i]);
    }
    while (b->len % 4)
        nk_buf_putc(b, '\0');
}

/* s15Fixed16 numbers; colorants adapted to D50. */
static const uint32_t white[3] = { 0xF6D6, 0x10000, 0xD32D };
static const uint32_t red[3] = { 0x6FA2, 0x38F5, 0x0390 };
static const uint32_t green[3] = { 0x6299, 0xB785, 0x18DA };
static const uint32_t blue[3] = { 0x24A0, 0x0F84, 0xB6CF };
static const uint32_t adapt[9] = { 0x10C42,    0x05DE, 0xFFFFF325,
                                   0x0793,     0xFD90, 0xFFFFFBA1,
                                   0xFFFFFDA2, 0x03DC, 0xC06E };
static const uint32_t curve[5] = { 0x26666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B };

enum icc_part { DESC, CPRT, WTPT, CHAD, RXYZ, GXYZ, BXYZ, CURVE, PARTS };

static void put_part(nk_buf *b, enum icc_part part)
{
    size_t i;

    switch (part) {
    case DESC:
        put_mluc(b, "sRGB");
        break;
    case CPRT:
        put_mluc(b, "No copyright");
        break;
    case WTPT:
        put_xyz(b, white);
        break;
    case CHAD:
        nk_buf_lit(b, "sf32\0\0\0\0");
        for (i = 0; i < 9; i++)
            put32(b, adapt[i]);
        break;
    case RXYZ:
        put_xyz(b, red);
        break;
    case GXYZ:
        put_xyz(b, green);
        break;
    case BXYZ:
        put_xyz(b, blue);
        break;
    case CURVE:
        nk_buf_lit(b, "para\0\0\0\0\0\3\0\0");
        for (i = 0; i < 5; i++)
            put32(b, curve[i]);
        break;
    case PARTS:
        break;
    }
}

static void put_icc_header(nk_buf *b, uint32_t size)
{
    size_t i;

    put32(b, size);
    nk_buf_lit(b, "\0\0\0\0\4\x20\0\0mntrRGB XYZ ");
    nk_buf_lit(b, "\7\xEA\0\1\0\1\0\0\0\0\0\0acsp"); /* 2026-01-01 */
    nk_buf_fill(b, '\0', 28); /* platform, flags, device, intent */
    for (i = 0; i < 3; i++)
        put32(b, white[i]);
    nk_buf_fill(b, '\0', 48); /* creator, id, reserved */
}

nk_err nk_pdf__profile(nk_ctx *ctx, nk_pdf *p)
{
    static const struct icc_tag {
        const char *name;
        enum icc_part part;
    } tags[] = { { "desc", DESC }, { "cprt", CPRT },  { "wtpt", WTPT },
                 { "chad", CHAD }, { "rXYZ", RXYZ },  { "gXYZ", GXYZ },
                 { "bXYZ", BXYZ }, { "rTRC", CURVE }, { "gTRC", CURVE },
                 { "bTRC", CURVE } };
    const size_t n = sizeof(tags) / sizeof(tags[0]);
    size_t at[PARTS], length[PARTS], i;
    nk_buf body, all;
    nk_str bytes;
    nk_err rc;

    nk_buf_init(&body, &p->arena);
    for (i = 0; i < PARTS; i++) {
        at[i] = body.len;
        put_part(&body, (enum icc_part)i);
        length[i] = body.len - at[i];
    }
    nk_buf_init(&all, &p->arena);
    put_icc_header(&all, (uint32_t)(128 + 4 + 12 * n + body.len));
    put32(&all, (uint32_t)n);
    for (i = 0; i < n; i++) {
        nk_buf_puts(&all, nk_str_of(tags[i].name));
        put32(&all, (uint32_t)(128 + 4 + 12 * n + at[tags[i].part]));
        put32(&all, (uint32_t)length[tags[i].part]);
    }
    nk_buf_puts(&all, nk_buf_str(&body));
    if (body.err < 0)
        return nk_nomem(ctx);
    if ((rc = nk_buf_end(ctx, &all, &bytes)) < 0)
        return rc;
    p->icc_length = bytes.len;
    return nk_pdf__deflate(ctx, &p->arena, bytes, &p->icc);
}
