/*
 * The fonts text is shown with (ISO 19005-2, 6.2.11; ISO 14289-1, 7.21),
 * code by code: its program is there, has a glyph for it, as wide as the
 * font says, and the code has a text.
 */
#include "conform.h"

#include <stdlib.h>

/* A TrueType program (ISO/IEC 14496-22), as far as rules need it. */
struct program {
    nk_str bytes, hmtx, cmap;
    unsigned em, metrics, glyphs;
};

static unsigned u16(nk_str s, size_t at)
{
    if (at + 2 > s.len)
        return 0;
    return (unsigned)(unsigned char)s.ptr[at] << 8 |
           (unsigned char)s.ptr[at + 1];
}

static size_t u32(nk_str s, size_t at)
{
    return (size_t)u16(s, at) << 16 | u16(s, at + 2);
}

static nk_str table(nk_str file, const char *tag)
{
    unsigned n = u16(file, 4), i;

    for (i = 0; i < n && 28 + 16u * i <= file.len; i++) {
        size_t row = 12 + 16u * i, at = u32(file, row + 8),
               length = u32(file, row + 12);

        if (memcmp(file.ptr + row, tag, 4) == 0 && at < file.len &&
            length <= file.len - at)
            return (nk_str){ file.ptr + at, length };
    }
    return NK_EMPTY;
}

/* The subtable of Windows' Unicode characters, format 4. */
static nk_str unicode_table(nk_str cmap)
{
    unsigned n = u16(cmap, 2), i;

    for (i = 0; i < n; i++) {
        size_t at = u32(cmap, 4 + 8u * i + 4);

        if (u16(cmap, 4 + 8u * i) == 3 && u16(cmap, 6 + 8u * i) == 1 &&
            at < cmap.len && u16(cmap, at) == 4)
            return nk_str_skip(cmap, at);
    }
    return NK_EMPTY;
}

static bool read_program(struct program *p, nk_str bytes)
{
    p->bytes = bytes;
    p->em = u16(table(bytes, "head"), 18);
    p->metrics = u16(table(bytes, "hhea"), 34);
    p->glyphs = u16(table(bytes, "maxp"), 4);
    p->hmtx = table(bytes, "hmtx");
    p->cmap = unicode_table(table(bytes, "cmap"));
    return p->em && p->metrics && p->glyphs && p->hmtx.len &&
           table(bytes, "glyf").len && table(bytes, "loca").len;
}

static unsigned glyph_of(const struct program *p, unsigned c)
{
    unsigned n = u16(p->cmap, 6) / 2, i;

    for (i = 0; i < n; i++) {
        size_t end = 14 + 2u * i, start = end + 2 * n + 2,
               delta = start + 2 * n, range = delta + 2 * n;
        unsigned offset, g;

        if (c > u16(p->cmap, end))
            continue;
        if (c < u16(p->cmap, start))
            return 0;
        offset = u16(p->cmap, range);
        if (offset == 0)
            return (c + u16(p->cmap, delta)) & 0xFFFF;
        g = u16(p->cmap, range + offset + 2 * (c - u16(p->cmap, start)));
        return g ? (g + u16(p->cmap, delta)) & 0xFFFF : 0;
    }
    return 0;
}

/* 1/1000 em, rounded. */
static int64_t advance(const struct program *p, unsigned glyph)
{
    size_t row = glyph < p->metrics ? glyph : p->metrics - 1;

    return ((int64_t)u16(p->hmtx, 4 * row) * 1000 + p->em / 2) / p->em;
}

/* ---- ToUnicode ----------------------------------------------------------- */

/* One UTF-16 unit a code, 0: it has no text. */
struct texts {
    uint16_t *first; /* 65536 */
    bool *bad;       /* one of its units means nothing */
};

static void set_text(struct texts *t, unsigned code, nk_str text, unsigned more)
{
    size_t i;

    if (code > 0xFFFF || text.len < 2 || text.len % 2)
        return;
    t->first[code] = (uint16_t)(u16(text, 0) + (text.len == 2 ? more : 0));
    for (i = 0; i < text.len; i += 2) {
        unsigned unit = u16(text, i) + (i + 2 == text.len ? more : 0);

        if (unit == 0 || unit == 0xFEFF || unit == 0xFFFE)
            t->bad[code] = true;
    }
}

static unsigned code_of(const cf_value *v)
{
    return v->text.len == 1 ? (unsigned char)v->text.ptr[0] : u16(v->text, 0);
}

static void set_range(struct texts *t, const cf_value *low,
                      const cf_value *high, const cf_value *to)
{
    unsigned code = code_of(low), k;
    const cf_value *v = to->first;

    for (k = 0; code + k <= code_of(high); k++) {
        if (to->kind != CF_ARRAY)
            set_text(t, code + k, to->text, k);
        else if (v)
            set_text(t, code + k, v->text, 0);
        v = v ? v->next : NULL;
    }
}

/* Rows between beginbf... and endbf... (ISO 32000-1, 9.10.3). */
static void read_texts(cf_judge *j, struct texts *t, nk_str cmap)
{
    cf_cursor c = { .j = j, .rest = cmap };
    const cf_value *v, *row[3];
    size_t n = 0, parts = 0;

    while ((v = cf_take(&c)) != NULL) {
        if (v->kind == CF_WORD) {
            parts = cf_is(v, "beginbfchar")    ? 2
                    : cf_is(v, "beginbfrange") ? 3
                                               : 0;
            n = 0;
            continue;
        }
        if (!parts)
            continue;
        row[n++] = v;
        if (n < parts)
            continue;
        n = 0;
        if (parts == 2)
            set_text(t, code_of(row[0]), row[1]->text, 0);
        else
            set_range(t, row[0], row[1], row[2]);
    }
}

/* ---- A font ----------------------------------------------------------------
 */

struct font {
    cf_judge *j;
    cf_font *f;
    uint32_t object;
    const cf_value *dict, *cid; /* cid: the same for a simple font */
    bool wide;
    struct program program;
    struct texts texts;
};

/* WinAnsiEncoding (ISO 32000-1, annex D). */
static unsigned win_ansi(unsigned code)
{
    static const uint16_t high[32] = {
        0x20AC, 0x2022, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x2022, 0x017D, 0x2022,
        0x2022, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x2022, 0x017E, 0x0178
    };

    return code >= 0x80 && code < 0xA0 ? high[code - 0x80] : code;
}

static int64_t wide_width(struct font *f, unsigned code)
{
    const cf_value *v = cf_get(f->j, f->cid, "W")->first, *w;

    for (; v && v->next; v = v->next->next) {
        int64_t from = cf_int(v, -1);

        if (v->next->kind != CF_ARRAY) {
            if (!v->next->next)
                break;
            if (code >= from && code <= cf_int(v->next, -1))
                return v->next->next->number;
            v = v->next;
            continue;
        }
        for (w = v->next->first; w; w = w->next, from++)
            if (from == code)
                return w->number;
    }
    return cf_get(f->j, f->cid, "DW")->number;
}

static int64_t width_of(struct font *f, unsigned code)
{
    const cf_value *v = cf_get(f->j, f->dict, "Widths")->first;
    int64_t at = cf_int(cf_get(f->j, f->dict, "FirstChar"), 0);

    if (f->wide)
        return wide_width(f, code);
    for (; v; v = v->next, at++)
        if (at == code)
            return v->number;
    return -1;
}

static void check_text(struct font *f, unsigned code)
{
    unsigned want = win_ansi(code), got = f->texts.first[code];

    if (!got || f->texts.bad[code])
        cf_tell(f->j, CF_UNICODE, f->object, "code %u has no text", code);
    /* Spaces and hyphens share their glyphs. */
    else if (!f->wide && got != want && code != 0xA0 && code != 0xAD)
        cf_tell(f->j, CF_UNICODE, f->object, "code %u is U+%04X", code, got);
}

static void check_code(struct font *f, unsigned code)
{
    unsigned glyph = f->wide ? code : glyph_of(&f->program, win_ansi(code));
    int64_t width = width_of(f, code);

    check_text(f, code);
    if (glyph == 0 || glyph >= f->program.glyphs) {
        cf_tell(f->j, CF_NOTDEF, f->object, "code %u has no glyph", code);
        return;
    }
    if (llabs(width - advance(&f->program, glyph) * CF_MILLION) > CF_MILLION)
        cf_tell(f->j, CF_WIDTH, f->object, "code %u: %lld, not %lld", code,
                (long long)(width / CF_MILLION),
                (long long)advance(&f->program, glyph));
}

static bool check_program(struct font *f)
{
    const cf_value *d = cf_get(f->j, f->cid, "FontDescriptor");
    cf_object *file = cf_object_of(f->j, cf_raw(d, "FontFile2"));

    if (!cf_is(cf_get(f->j, d, "Type"), "FontDescriptor") ||
        !nk_str_eq(cf_get(f->j, d, "FontName")->text,
                   cf_get(f->j, f->cid, "BaseFont")->text))
        cf_tell(f->j, CF_FONT_TYPE, f->object, "no FontDescriptor of it");
    if (!file || !read_program(&f->program, cf_data(f->j, file))) {
        cf_tell(f->j, CF_EMBEDDED, f->object, "no TrueType program");
        return false;
    }
    if (cf_int(cf_get(f->j, file->value, "Length1"), -1) !=
        (int64_t)f->program.bytes.len)
        cf_tell(f->j, CF_EMBEDDED, f->object, "Length1 is another");
    return true;
}

static void check_simple(struct font *f)
{
    int64_t first = cf_int(cf_get(f->j, f->dict, "FirstChar"), -1),
            last = cf_int(cf_get(f->j, f->dict, "LastChar"), -1),
            flags = cf_int(
                cf_get(f->j, cf_get(f->j, f->dict, "FontDescriptor"), "Flags"),
                0);

    if (!cf_is(cf_get(f->j, f->dict, "Encoding"), "WinAnsiEncoding") ||
        !f->program.cmap.len || (flags & 36) != 32)
        cf_tell(f->j, CF_ENCODING, f->object, "not WinAnsi and (3,1)");
    if (first < 0 || last < first ||
        cf_get(f->j, f->dict, "Widths")->n != (size_t)(last - first + 1))
        cf_tell(f->j, CF_FONT_TYPE, f->object, "Widths of another number");
}

static void check_composite(struct font *f)
{
    const cf_value *info = cf_get(f->j, f->cid, "CIDSystemInfo");

    if (!cf_is(cf_get(f->j, f->dict, "Encoding"), "Identity-H") ||
        !cf_is(cf_get(f->j, f->cid, "CIDToGIDMap"), "Identity") ||
        cf_get(f->j, info, "Registry")->kind != CF_STRING ||
        !nk_str_eq(cf_get(f->j, info, "Ordering")->text, NK_STR("Identity")))
        cf_tell(f->j, CF_CID, f->object, "codes are no glyphs");
    if (!nk_str_eq(cf_get(f->j, f->cid, "BaseFont")->text,
                   cf_get(f->j, f->dict, "BaseFont")->text))
        cf_tell(f->j, CF_CID, f->object, "another BaseFont");
}

static bool open_font(struct font *f)
{
    f->object = f->f->object->number;
    f->dict = f->cid = f->f->object->value;
    f->wide = cf_is(cf_get(f->j, f->dict, "Subtype"), "Type0");
    if (f->wide) {
        const cf_value *list = cf_get(f->j, f->dict, "DescendantFonts");

        f->cid = list->n == 1 ? cf_follow(f->j, list->first) : &cf_nothing;
    }
    f->texts.first = cf_need(NK_NEWN(&f->j->arena, 65536, uint16_t));
    f->texts.bad = cf_need(NK_NEWN(&f->j->arena, 65536, bool));
    if (cf_is(cf_get(f->j, f->dict, "Type"), "Font") &&
        cf_is(cf_get(f->j, f->cid, "Subtype"),
              f->wide ? "CIDFontType2" : "TrueType"))
        return true;
    cf_tell(f->j, CF_FONT_TYPE, f->object, "no TrueType font");
    return false;
}

void cf_check_fonts(cf_judge *j)
{
    cf_font *k;

    for (k = j->fonts; k; k = k->next) {
        struct font f = { .j = j, .f = k };
        cf_object *texts;
        unsigned code;

        if (!open_font(&f) || !check_program(&f))
            continue;
        if (f.wide)
            check_composite(&f);
        else
            check_simple(&f);
        texts = cf_object_of(j, cf_raw(f.dict, "ToUnicode"));
        read_texts(j, &f.texts, cf_data(j, texts));
        for (code = 0; code < 65536; code++)
            if (k->used[code / 8] >> code % 8 & 1)
                check_code(&f, code);
    }
}
