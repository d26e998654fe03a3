/*
 * Fonts in a paper (ISO 32000-1, 9.6 to 9.10): a face's base font is a
 * simple TrueType font with WinAnsiEncoding, so that content reads as text;
 * its extra font, where there is one, is a Type0 font of glyph ids.
 */
#include "pdf/pdf_int.h"

#define TAG        "NASKAH+" /* subset tag: the base is always the same */
#define FIRST_CODE 32
#define LAST_CODE  255

/* ---- ToUnicode --------------------------------------------------------- */

static void begin_cmap(nk_buf *b, const char *range)
{
    nk_buf_lit(b, "/CIDInit /ProcSet findresource begin\n"
                  "12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) "
                  "/Supplement 0>> def\n"
                  "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n");
    nk_buf_puts(b, nk_str_of(range));
    nk_buf_lit(b, "\nendcodespacerange\n");
}

static void end_cmap(nk_buf *b)
{
    nk_buf_lit(b, "endcmap\nCMapName currentdict /CMap defineresource pop\n"
                  "end\nend\n");
}

static void put_hex4(nk_buf *b, uint32_t v)
{
    unsigned char bytes[2] = { (unsigned char)(v >> 8), (unsigned char)v };

    nk_buf_hex(b, bytes, 2);
}

static void put_unicode(nk_buf *b, nk_str s)
{
    nk_buf_putc(b, '<');
    while (s.len) {
        uint32_t c = nk_utf8_next(&s);

        if (c >= 0x10000) {
            put_hex4(b, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put_hex4(b, c);
    }
    nk_buf_putc(b, '>');
}

/* Codes 0x80 .. 0x9F differ from Unicode; the rest runs along with it. */
static nk_err make_unicode(nk_ctx *ctx, nk_pdf *p)
{
    nk_str text;
    nk_buf b;
    unsigned c, n = 0;
    nk_err rc;

    if (p->unicode.len)
        return NK_OK;
    nk_buf_init(&b, &p->arena);
    begin_cmap(&b, "<00> <ff>");
    nk_buf_lit(&b, "2 beginbfrange\n<20> <7e> <0020>\n"
                   "<a0> <ff> <00a0>\nendbfrange\n");
    for (c = 0x80; c <= 0x9F; c++)
        n += nk_fonts_base_char((uint8_t)c) != 0;
    nk_buf_int(&b, n);
    nk_buf_lit(&b, " beginbfchar\n");
    for (c = 0x80; c <= 0x9F; c++) {
        uint32_t u = nk_fonts_base_char((uint8_t)c);
        unsigned char code = (unsigned char)c;

        if (!u)
            continue;
        nk_buf_putc(&b, '<');
        nk_buf_hex(&b, &code, 1);
        nk_buf_lit(&b, "> <");
        put_hex4(&b, u);
        nk_buf_lit(&b, ">\n");
    }
    nk_buf_lit(&b, "endbfchar\n");
    end_cmap(&b);
    if ((rc = nk_buf_end(ctx, &b, &text)) < 0)
        return rc;
    return nk_pdf__deflate(ctx, &p->arena, text, &p->unicode);
}

/* ---- Base fonts -------------------------------------------------------- */

static nk_err make_face(nk_ctx *ctx, nk_pdf *p, nk_face face)
{
    struct nk_pdf__face *x = &p->faces[face];
    const nk_base_font *base;
    nk_buf b;
    int c;
    nk_err rc;

    if (x->made)
        return NK_OK;
    if ((rc = nk_fonts_base(ctx, p->fonts, face, &base)) < 0 ||
        (rc = nk_fonts_info(ctx, p->fonts, face, &x->info)) < 0 ||
        (rc = nk_pdf__deflate(ctx, &p->arena, base->program, &x->program)) < 0)
        return rc;
    x->length = base->program.len;
    nk_buf_init(&b, &p->arena);
    for (c = FIRST_CODE; c <= LAST_CODE; c++) {
        if (c > FIRST_CODE)
            nk_buf_putc(&b, ' ');
        nk_buf_int(&b, base->widths[c]);
    }
    if ((rc = nk_buf_end(ctx, &b, &x->widths)) < 0)
        return rc;
    x->made = true;
    return NK_OK;
}

static void put_descriptor(nk_buf *b, const nk_face_info *i, const char *tag,
                           uint32_t flags, uint32_t program)
{
    nk_buf_lit(b, "/Type/FontDescriptor/FontName/");
    nk_buf_puts(b, nk_str_of(tag));
    nk_buf_puts(b, i->name);
    nk_buf_printf(b,
                  "/Flags %u/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d"
                  "/Descent %d/CapHeight %d/StemV %d/FontFile2 %u 0 R\n",
                  flags, i->bbox[0], i->bbox[1], i->bbox[2], i->bbox[3],
                  i->italic_angle, i->ascent, i->descent, i->cap_height,
                  i->stem_v, program);
}

static nk_str text_of(struct nk_pdf__paper *w, nk_buf *b)
{
    nk_str s = NK_EMPTY;

    if (w->err == NK_OK)
        w->err = nk_buf_end(w->ctx, b, &s);
    return s;
}

static uint32_t add_program(struct nk_pdf__paper *w, nk_str deflated,
                            size_t length)
{
    nk_buf b;

    nk_buf_init(&b, w->a);
    nk_buf_printf(&b, "/Filter/FlateDecode/Length1 %zu\n", length);
    return nk_pdf__stream(w->file, text_of(w, &b), deflated);
}

static uint32_t add_object(struct nk_pdf__paper *w, nk_buf *b)
{
    uint32_t id = nk_pdf__object(w->file);

    nk_pdf__set(w->file, id, text_of(w, b));
    return id;
}

static void write_base(struct nk_pdf__paper *w, nk_face face, uint32_t unicode)
{
    const struct nk_pdf__face *x = &w->pdf->faces[face];
    uint32_t program = add_program(w, x->program, x->length), descriptor;
    nk_buf b;

    nk_buf_init(&b, w->a);
    put_descriptor(&b, x->info, TAG, x->info->flags, program);
    descriptor = add_object(w, &b);
    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Type/Font/Subtype/TrueType/BaseFont/" TAG);
    nk_buf_puts(&b, x->info->name);
    nk_buf_printf(&b,
                  "/FirstChar %d/LastChar %d/Encoding/WinAnsiEncoding"
                  "/FontDescriptor %u 0 R/ToUnicode %u 0 R\n/Widths[",
                  FIRST_CODE, LAST_CODE, descriptor, unicode);
    nk_buf_puts(&b, x->widths);
    nk_buf_lit(&b, "]\n");
    w->fonts[face].id = add_object(w, &b);
}

nk_err nk_pdf__base_fonts(struct nk_pdf__paper *w)
{
    uint32_t used = 0, i, unicode;
    nk_face face;
    nk_err rc;

    for (i = 0; i < w->pages->n; i++)
        used |= w->sheets[i].faces_base;
    for (i = 0; i < w->inputs_n; i++)
        used |= w->inputs[i].look.faces_base;
    if (w->inputs_n)
        used |= 1u << w->pages->family; /* what is typed is set in it */
    if (!used)
        return NK_OK;
    if ((rc = make_unicode(w->ctx, w->pdf)) < 0)
        return rc;
    unicode = nk_pdf__stream(w->file, NK_STR("/Filter/FlateDecode\n"),
                             w->pdf->unicode);
    for (face = 0; face < NK_FACES; face++) {
        if (!(used >> face & 1))
            continue;
        if ((rc = make_face(w->ctx, w->pdf, face)) < 0)
            return rc;
        write_base(w, face, unicode);
    }
    return w->err;
}

/* ---- Extra fonts ------------------------------------------------------- */

nk_err nk_pdf__note_glyphs(struct nk_pdf__paper *w, nk_face face,
                           const nk_segment *s)
{
    struct nk_pdf__font *f = &w->fonts[face];
    uint32_t k;

    for (k = 0; k < s->glyphs_n; k++) {
        size_t i = f->glyphs_n;

        while (i > 0 && f->glyphs[i - 1].glyph > s->glyphs[k].glyph)
            i--;
        if (i > 0 && f->glyphs[i - 1].glyph == s->glyphs[k].glyph)
            continue;
        if (f->glyphs_n == f->glyphs_room) {
            size_t room = f->glyphs_room ? 2 * f->glyphs_room : 16;
            nk_extra_glyph *more =
                nk_alloc_grow(w->a, f->glyphs, f->glyphs_n * sizeof(*more),
                              room * sizeof(*more));

            if (!more)
                return nk_nomem(w->ctx);
            f->glyphs = more;
            f->glyphs_room = room;
        }
        memmove(f->glyphs + i + 1, f->glyphs + i,
                (f->glyphs_n - i) * sizeof(*f->glyphs));
        f->glyphs[i] = s->glyphs[k];
        f->glyphs[i].text = nk_str_copy(w->a, s->glyphs[k].text);
        f->glyphs_n++;
        if (!f->glyphs[i].text.ptr)
            return nk_nomem(w->ctx);
    }
    return NK_OK;
}

static uint32_t extra_unicode(struct nk_pdf__paper *w,
                              const struct nk_pdf__font *f)
{
    nk_str deflated = NK_EMPTY, text;
    nk_buf b;
    size_t i;

    nk_buf_init(&b, w->a);
    begin_cmap(&b, "<0000> <ffff>");
    for (i = 0; i < f->glyphs_n; i++) {
        if (i % 100 == 0) {
            if (i)
                nk_buf_lit(&b, "endbfchar\n");
            nk_buf_int(
                &b, (int64_t)(f->glyphs_n - i < 100 ? f->glyphs_n - i : 100));
            nk_buf_lit(&b, " beginbfchar\n");
        }
        nk_buf_putc(&b, '<');
        put_hex4(&b, f->glyphs[i].glyph);
        nk_buf_lit(&b, "> ");
        put_unicode(&b, f->glyphs[i].text);
        nk_buf_putc(&b, '\n');
    }
    nk_buf_lit(&b, "endbfchar\n");
    end_cmap(&b);
    text = text_of(w, &b);
    if (w->err == NK_OK)
        w->err = nk_pdf__deflate(w->ctx, w->a, text, &deflated);
    return nk_pdf__stream(w->file, NK_STR("/Filter/FlateDecode\n"), deflated);
}

/* A subset tag that differs for different glyphs (9.6.4). */
static void put_tag(char tag[8], const struct nk_pdf__font *f)
{
    uint32_t h = 2166136261u;
    size_t i;

    for (i = 0; i < f->glyphs_n; i++)
        h = (h ^ f->glyphs[i].glyph) * 16777619u;
    for (i = 0; i < 6; i++, h /= 26)
        tag[i] = (char)('A' + h % 26);
    memcpy(tag + 6, "+", 2);
}

static nk_err write_extra(struct nk_pdf__paper *w, nk_face face)
{
    struct nk_pdf__font *f = &w->fonts[face];
    const nk_face_info *info;
    uint32_t program, descriptor, cid, unicode;
    nk_str bytes, deflated;
    char tag[8];
    nk_buf b;
    size_t i;
    nk_err rc;

    if ((rc = nk_fonts_extra(w->ctx, w->a, w->pdf->fonts, face, f->glyphs,
                             f->glyphs_n, &bytes)) < 0 ||
        (rc = nk_fonts_info(w->ctx, w->pdf->fonts, face, &info)) < 0 ||
        (rc = nk_pdf__deflate(w->ctx, w->a, bytes, &deflated)) < 0)
        return rc;
    put_tag(tag, f);
    program = add_program(w, deflated, bytes.len);
    nk_buf_init(&b, w->a);
    /* Glyph ids are no character set: Symbolic (table 123). */
    put_descriptor(&b, info, tag, (info->flags & ~32u) | 4u, program);
    descriptor = add_object(w, &b);
    unicode = extra_unicode(w, f);
    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Type/Font/Subtype/CIDFontType2/BaseFont/");
    nk_buf_puts(&b, nk_str_of(tag));
    nk_buf_puts(&b, info->name);
    nk_buf_printf(&b,
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                  "/Supplement 0>>/CIDToGIDMap/Identity"
                  "/FontDescriptor %u 0 R/W[",
                  descriptor);
    for (i = 0; i < f->glyphs_n; i++)
        nk_buf_printf(&b, "%u[%d]", (unsigned)f->glyphs[i].glyph,
                      f->glyphs[i].width);
    nk_buf_lit(&b, "]\n");
    cid = add_object(w, &b);
    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Type/Font/Subtype/Type0/BaseFont/");
    nk_buf_puts(&b, nk_str_of(tag));
    nk_buf_puts(&b, info->name);
    nk_buf_printf(&b,
                  "/Encoding/Identity-H/DescendantFonts[%u 0 R]"
                  "/ToUnicode %u 0 R\n",
                  cid, unicode);
    f->extra = add_object(w, &b);
    return w->err;
}

nk_err nk_pdf__extra_fonts(struct nk_pdf__paper *w)
{
    nk_face face;
    nk_err rc;

    for (face = 0; face < NK_FACES; face++)
        if (w->fonts[face].glyphs_n && (rc = write_extra(w, face)) < 0)
            return rc;
    return NK_OK;
}
