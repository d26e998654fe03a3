/*
 * Unsigned papers for tests, written object by object in the manner of
 * libharu: "<<", one entry a line, ">>". Object numbers are given out in the
 * order of writing; those that are needed before are fixed by arithmetic.
 */
#include "paper.h"

#define MAX_OBJECTS 128u

enum {
    CATALOG = 1,
    PAGES,
    INFO,
    STRUCT_ROOT,
    PARENT_TREE,
    PLAN,
    DOCUMENT, /* structure element above all */
    TEXT_FIELD,
    FORM,
    FORM_FIELDS,
    METADATA,
    FIRST_FREE
};

struct writer {
    nk_buf *b;
    const nk_sheet *s;
    unsigned pages;
    size_t start; /* of the file in the buffer */
    size_t at[MAX_OBJECTS];
    unsigned last;
};

/* Objects that come once a page or once a field. */
static unsigned page_of(unsigned i)
{
    return FIRST_FREE + 5 * i;
}

static unsigned content_of(unsigned i)
{
    return page_of(i) + 1;
}

static unsigned annots_of(unsigned i)
{
    return page_of(i) + 2;
}

static unsigned link_of(unsigned i)
{
    return page_of(i) + 3;
}

static unsigned link_elem_of(unsigned i)
{
    return page_of(i) + 4;
}

static unsigned elem_of(const struct writer *w, unsigned i)
{
    return page_of(w->pages) + i;
}

static unsigned page_of_field(const struct writer *w, unsigned i)
{
    return w->pages - 1 - i % w->pages;
}

static void begin(struct writer *w, unsigned num)
{
    w->at[num] = w->b->len - w->start;
    if (num > w->last)
        w->last = num;
    nk_buf_printf(w->b, "%u 0 obj\n", num);
}

static void end(struct writer *w)
{
    nk_buf_lit(w->b, "\nendobj\n");
}

static void put_form_dict(struct writer *w)
{
    nk_buf_printf(w->b, "<<\n/DA (/Helv 0 Tf 0 g)\n/SigFlags 0\n/Fields ");
    if (w->s->form == NK_SHEET_INDIRECT)
        nk_buf_printf(w->b, "%u 0 R", FORM_FIELDS);
    else
        nk_buf_printf(w->b, "[ %u 0 R ]", TEXT_FIELD);
    nk_buf_lit(w->b, "\n>>");
}

static void put_catalog(struct writer *w)
{
    begin(w, CATALOG);
    nk_buf_printf(w->b,
                  "<<\n/Type /Catalog\n/Pages %u 0 R\n/Lang (id-ID)\n"
                  "/MarkInfo <<\n/Marked true\n>>\n/StructTreeRoot %u 0 R\n"
                  "/Metadata %u 0 R\n"
                  "/ViewerPreferences <<\n/DisplayDocTitle true\n>>\n",
                  PAGES, STRUCT_ROOT, METADATA);
    if (w->s->form == NK_SHEET_INDIRECT) {
        nk_buf_printf(w->b, "/AcroForm %u 0 R\n", FORM);
    } else if (w->s->form == NK_SHEET_DIRECT) {
        nk_buf_lit(w->b, "/AcroForm ");
        put_form_dict(w);
        nk_buf_putc(w->b, '\n');
    }
    if (!w->s->foreign)
        nk_buf_printf(w->b,
                      "/PieceInfo <</naskah <</LastModified "
                      "(D:20261123014500Z) /Private %u 0 R>>>>\n",
                      PLAN);
    nk_buf_lit(w->b, ">>");
    end(w);
}

static void put_form(struct writer *w)
{
    if (w->s->form == NK_SHEET_NONE)
        return;
    begin(w, TEXT_FIELD);
    nk_buf_printf(w->b,
                  "<<\n/Type /Annot\n/Subtype /Widget\n/FT /Tx\n/T (nama)\n"
                  "/TU (Nama)\n/F 4\n/Rect [ 72 700 272 720 ]\n/P %u 0 R\n>>",
                  page_of(0));
    end(w);
    if (w->s->form == NK_SHEET_DIRECT)
        return;
    begin(w, FORM);
    put_form_dict(w);
    end(w);
    begin(w, FORM_FIELDS);
    nk_buf_printf(w->b, "[ %u 0 R ]", TEXT_FIELD);
    end(w);
}

static void put_annots_array(struct writer *w, unsigned i)
{
    nk_buf_printf(w->b, "[ %u 0 R", link_of(i));
    if (i == 0 && w->s->form != NK_SHEET_NONE)
        nk_buf_printf(w->b, " %u 0 R", TEXT_FIELD);
    nk_buf_lit(w->b, " ]");
}

static void put_link(struct writer *w, unsigned i)
{
    begin(w, link_of(i));
    nk_buf_printf(w->b,
                  "<<\n/Type /Annot\n/Subtype /Link\n/F 4\n"
                  "/Rect [ 72 60 200 72 ]\n/Border [ 0 0 0 ]\n"
                  "/Contents (Halaman pertama)\n/Dest [ %u 0 R /Fit ]\n"
                  "/StructParent %u\n>>",
                  page_of(0), w->pages + i);
    end(w);
    begin(w, link_elem_of(i));
    nk_buf_printf(w->b,
                  "<<\n/Type /StructElem\n/S /Link\n/P %u 0 R\n/Pg %u 0 R\n"
                  "/K <<\n/Type /OBJR\n/Obj %u 0 R\n>>\n>>",
                  DOCUMENT, page_of(i), link_of(i));
    end(w);
    if (w->s->annots == NK_SHEET_INDIRECT) {
        begin(w, annots_of(i));
        put_annots_array(w, i);
        end(w);
    }
}

/* Bars in many places: every page has its share of the ballast. */
static void put_content(struct writer *w, unsigned i)
{
    size_t start, size, least = w->s->ballast / w->pages;
    size_t length_at;
    unsigned k = 0;
    char num[16];
    nk_str text;

    begin(w, content_of(i));
    nk_buf_lit(w->b, "<<\n/Length ");
    length_at = w->b->len;
    nk_buf_lit(w->b, "00000000\n>>\nstream\n");
    start = w->b->len;
    nk_buf_lit(w->b, "/Artifact BMC\n0.8 g\n");
    do {
        nk_buf_printf(w->b, "%u %u %u 1.5 re f\n", 72 + k * 37 % 400,
                      100 + k * 13 % 600, 20 + (k * 7 + i) % 60);
        k++;
    } while (w->b->err == NK_OK && w->b->len - start < least);
    nk_buf_lit(w->b, "EMC\n");
    size = w->b->len - start;
    nk_buf_lit(w->b, "endstream");
    end(w);
    text = nk_num((char[NK_NUM_SIZE]){ 0 }, (int64_t)size);
    memset(num, '0', sizeof(num));
    memcpy(num + 8 - text.len, text.ptr, text.len);
    if (w->b->err == NK_OK)
        memcpy(w->b->ptr + length_at, num, 8);
}

static void put_page(struct writer *w, unsigned i)
{
    begin(w, page_of(i));
    nk_buf_printf(w->b,
                  "<<\n/Type /Page\n/MediaBox [ 0 0 595.276 841.89 ]\n"
                  "/Resources <<\n>>\n/Parent %u 0 R\n/Contents %u 0 R\n"
                  "/StructParents %u\n",
                  PAGES, content_of(i), i);
    if (w->s->tabs)
        nk_buf_lit(w->b, "/Tabs /S\n");
    if (w->s->annots == NK_SHEET_INDIRECT) {
        nk_buf_printf(w->b, "/Annots %u 0 R\n", annots_of(i));
    } else if (w->s->annots == NK_SHEET_DIRECT) {
        nk_buf_lit(w->b, "/Annots ");
        put_annots_array(w, i);
        nk_buf_putc(w->b, '\n');
    }
    nk_buf_lit(w->b, ">>");
    end(w);
    if (w->s->annots != NK_SHEET_NONE)
        put_link(w, i);
    put_content(w, i);
}

static void put_tree(struct writer *w)
{
    unsigned i, key = w->pages;

    begin(w, STRUCT_ROOT);
    nk_buf_printf(w->b,
                  "<<\n/Type /StructTreeRoot\n/K %u 0 R\n/ParentTree %u 0 R\n"
                  "/ParentTreeNextKey %u\n>>",
                  DOCUMENT, PARENT_TREE, 2 * w->pages + w->s->fields);
    end(w);
    begin(w, DOCUMENT);
    nk_buf_printf(w->b, "<<\n/Type /StructElem\n/S /Document\n/P %u 0 R\n/K [",
                  STRUCT_ROOT);
    for (i = 0; w->s->annots != NK_SHEET_NONE && i < w->pages; i++)
        nk_buf_printf(w->b, " %u 0 R", link_elem_of(i));
    for (i = 0; i < w->s->fields; i++)
        nk_buf_printf(w->b, " %u 0 R", elem_of(w, i));
    nk_buf_lit(w->b, " ]\n>>");
    end(w);
    begin(w, PARENT_TREE);
    nk_buf_lit(w->b, "<<\n/Nums [");
    for (i = 0; i < w->pages; i++)
        nk_buf_printf(w->b, " %u [ ]", i);
    for (i = 0; i < w->pages; i++, key++)
        if (w->s->annots != NK_SHEET_NONE)
            nk_buf_printf(w->b, " %u %u 0 R", key, link_elem_of(i));
    for (i = 0; i < w->s->fields; i++, key++)
        nk_buf_printf(w->b, " %u %u 0 R", key, elem_of(w, i));
    nk_buf_lit(w->b, " ]\n>>");
    end(w);
    for (i = 0; i < w->s->fields; i++) {
        begin(w, elem_of(w, i));
        nk_buf_printf(w->b,
                      "<<\n/Type /StructElem\n/S /Form\n/P %u 0 R\n"
                      "/Pg %u 0 R\n/Alt (Tanda tangan)\n>>",
                      DOCUMENT, page_of(page_of_field(w, i)));
        end(w);
    }
}

static void put_plan(struct writer *w)
{
    unsigned i;

    begin(w, PLAN);
    nk_buf_lit(w->b, "<</Type/NaskahPaper/Template(surat-rujukan-kesehatan)"
                     "/Version(1)/Fields[");
    for (i = 0; i < w->s->fields; i++) {
        if (i == 0)
            nk_buf_lit(w->b, "<</T(kepala)/TU<FEFF004B006500700061006C0061>");
        else
            nk_buf_printf(w->b, "<</T(saksi-%u)/TU(Saksi %u)", i, i);
        nk_buf_printf(w->b,
                      "/Page %u 0 R/Rect[%u 96 %u.5 168]/Elem %u 0 R/Key %u>>",
                      page_of(page_of_field(w, i)), 72 + 60 * i, 122 + 60 * i,
                      elem_of(w, i), 2 * w->pages + i);
    }
    nk_buf_lit(w->b, "]>>");
    end(w);
}

static void put_rest(struct writer *w)
{
    static const char xmp[] =
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'/><?xpacket end='r'?>";
    unsigned i;

    begin(w, PAGES);
    nk_buf_lit(w->b, "<<\n/Type /Pages\n/Kids [");
    for (i = 0; i < w->pages; i++)
        nk_buf_printf(w->b, " %u 0 R", page_of(i));
    nk_buf_printf(w->b, " ]\n/Count %u\n>>", w->pages);
    end(w);
    begin(w, INFO);
    nk_buf_lit(w->b, "<<\n/Title (Surat contoh)\n/Producer (naskah)\n>>");
    end(w);
    begin(w, METADATA);
    nk_buf_printf(w->b,
                  "<<\n/Type /Metadata\n/Subtype /XML\n/Length %zu\n>>\n"
                  "stream\n%s\nendstream",
                  sizeof(xmp) - 1, xmp);
    end(w);
}

static void put_table(struct writer *w)
{
    size_t xref = w->b->len - w->start;
    unsigned i;

    nk_buf_printf(w->b, "xref\n0 %u\n0000000000 65535 f\r\n", w->last + 1);
    for (i = 1; i <= w->last; i++) {
        if (w->at[i])
            nk_buf_printf(w->b, "%010zu 00000 n\r\n", w->at[i]);
        else
            nk_buf_lit(w->b, "0000000000 00000 f\r\n");
    }
    nk_buf_printf(w->b,
                  "trailer\n<<\n/Root %u 0 R\n/Info %u 0 R\n/Size %u\n"
                  "/ID [<000102030405060708090a0b0c0d0e0f>"
                  "<000102030405060708090a0b0c0d0e0f>]\n>>\n"
                  "startxref\n%zu\n%%%%EOF%s",
                  CATALOG, INFO, w->last + 1, xref,
                  w->s->no_newline ? "" : "\n");
}

void nk_sheet_put(nk_buf *b, const nk_sheet *sheet)
{
    struct writer w = { .b = b, .s = sheet, .start = b->len };
    unsigned i;

    w.pages = sheet->pages ? sheet->pages : 1;
    nk_buf_lit(b, "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n");
    put_catalog(&w);
    put_form(&w);
    put_tree(&w);
    if (!sheet->foreign)
        put_plan(&w);
    for (i = 0; i < w.pages; i++)
        put_page(&w, i);
    put_rest(&w);
    put_table(&w);
}
