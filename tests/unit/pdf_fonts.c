/*
 * Fonts in a file: what their dictionaries say, against the faces, and a
 * text for every code.
 */
#include "../support/pdf_draw.h"
#include "../support/press.h"

/* The font of that name on the first page. */
static nk_pdf_value font_of(nk_read *r, const char *name)
{
    size_t n;
    nk_pdf_value page = nk_read_object(r, nk_read_pages(r, &n)[0]).value;

    return nk_read_get(
        r, nk_read_get(r, nk_read_get(r, page, "Resources"), "Font"), name);
}

static nk_read print(nk_press *p)
{
    return nk_read_open(&p->t->ctx, &p->t->arena, nk_press_print(p));
}

/* A text in one face on a page of its own. */
static nk_read print_face(nk_press *p, unsigned face, const char *text)
{
    nk_style *s;
    nk_node *n;

    p->t->body->first = p->t->body->last = NULL;
    n = nk_tree_p(p->t, p->t->body, text);
    s = nk_tree_style(p->t, n);
    s->set |= NK_SET_FAMILY;
    s->family = face & NK_FACE_SERIF;
    s->bold = face & NK_FACE_BOLD;
    s->italic = face & NK_FACE_ITALIC;
    return print(p);
}

static void check_descriptor(nk_read *r, nk_pdf_value d,
                             const nk_face_info *info, uint32_t flags)
{
    nk_pdf_value *box;
    size_t n, i;

    assert_str(nk_read_get(r, d, "Type").raw, "/FontDescriptor");
    assert_int_equal(nk_read_int(r, d, "Flags"), flags);
    assert_int_equal(nk_read_int(r, d, "Ascent"), info->ascent);
    assert_int_equal(nk_read_int(r, d, "Descent"), info->descent);
    assert_int_equal(nk_read_int(r, d, "CapHeight"), info->cap_height);
    assert_int_equal(nk_read_int(r, d, "ItalicAngle"), info->italic_angle);
    assert_int_equal(nk_read_int(r, d, "StemV"), info->stem_v);
    box = nk_read_array(r, nk_read_get(r, d, "FontBBox"), &n);
    assert_int_equal(n, 4);
    for (i = 0; i < 4; i++)
        assert_int_equal(box[i].number, info->bbox[i]);
}

/* "NASKAH+LiberationSans". */
static void check_name(nk_pdf_value name, const char *tag, nk_str face)
{
    nk_str s = nk_str_skip(name.raw, 1);

    assert_true(nk_str_starts(s, nk_str_of(tag)));
    assert_true(nk_str_eq(nk_str_skip(s, 7), face));
}

static void base_fonts_describe_their_face(void **state)
{
    nk_press *p = *state;
    unsigned face, c;

    for (face = 0; face < NK_FACES; face++) {
        char name[] = { 'F', (char)('0' + face), '\0' };
        nk_read r = print_face(p, face, "Kepala");
        nk_pdf_value f = font_of(&r, name), d, *widths, file;
        const nk_base_font *base = NULL;
        const nk_face_info *info = NULL;
        size_t n;

        nk_fonts_base(&p->t->ctx, p->fonts, (nk_face)face, &base);
        nk_fonts_info(&p->t->ctx, p->fonts, (nk_face)face, &info);
        assert_str(nk_read_get(&r, f, "Type").raw, "/Font");
        assert_str(nk_read_get(&r, f, "Subtype").raw, "/TrueType");
        assert_str(nk_read_get(&r, f, "Encoding").raw, "/WinAnsiEncoding");
        check_name(nk_read_get(&r, f, "BaseFont"), "NASKAH+", info->name);
        d = nk_read_get(&r, f, "FontDescriptor");
        check_name(nk_read_get(&r, d, "FontName"), "NASKAH+", info->name);
        check_descriptor(&r, d, info, info->flags);
        widths = nk_read_array(&r, nk_read_get(&r, f, "Widths"), &n);
        assert_int_equal(nk_read_int(&r, f, "FirstChar"), 32);
        assert_int_equal(nk_read_int(&r, f, "LastChar"), 255);
        assert_int_equal(n, 224);
        for (c = 0; c < n; c++)
            assert_int_equal(widths[c].number, base->widths[32 + c]);
        file = nk_read_raw(&r, d, "FontFile2");
        assert_true(nk_str_eq(nk_read_inflated(&r, file), base->program));
        assert_int_equal(
            nk_read_int(&r, nk_read_object(&r, file).value, "Length1"),
            base->program.len);
    }
}

/* Faces share what tells their text. */
static void faces_share_their_cmap(void **state)
{
    nk_press *p = *state;
    nk_node *n = nk_tree_p(p->t, p->t->body, "a ");
    nk_read r;

    nk_tree_words(p->t, n, "b")->bold = true;
    r = print(p);
    assert_int_equal(nk_read_raw(&r, font_of(&r, "F0"), "ToUnicode").number,
                     nk_read_raw(&r, font_of(&r, "F1"), "ToUnicode").number);
}

/* The text that is shown is the text that went in. */
static void shows(nk_press *p, unsigned face, const char *text)
{
    nk_read r = print_face(p, face, text);
    const nk_shown *s;
    nk_buf all;
    size_t n;

    nk_buf_init(&all, &p->t->arena);
    for (s = nk_draw_page(&r, nk_read_pages(&r, &n)[0])->first; s; s = s->next)
        nk_buf_puts(&all, nk_buf_str(&s->text));
    assert_str(nk_buf_str(&all), text);
}

static void every_code_has_a_text(void **state)
{
    nk_press *p = *state;
    unsigned face, c;
    nk_buf b;

    nk_buf_init(&b, &p->t->arena);
    for (c = 0x21; c < 256; c++)
        if (nk_fonts_base_char((uint8_t)c) && c != 0xA0 && c != 0xAD)
            nk_utf8_put(&b, nk_fonts_base_char((uint8_t)c));
    nk_buf_putc(&b, '\0');
    for (face = 0; face < NK_FACES; face++)
        shows(p, face, b.ptr);
}

/* More than a hundred glyphs: a CMap's sections hold no more. */
static void extra_glyphs_have_a_text(void **state)
{
    static const uint32_t ranges[][2] = { { 0x100, 0x17F }, { 0x410, 0x44F } };
    nk_press *p = *state;
    nk_str cmap, section = NK_STR("beginbfchar");
    size_t k, at, sections = 0;
    nk_pdf_value f;
    uint32_t c;
    nk_read r;
    nk_buf b;

    nk_buf_init(&b, &p->t->arena);
    for (k = 0; k < 2; k++)
        for (c = ranges[k][0]; c <= ranges[k][1]; c++)
            nk_utf8_put(&b, c);
    nk_buf_putc(&b, '\0');
    shows(p, NK_FACE_SERIF, b.ptr);
    r = print_face(p, NK_FACE_SERIF, b.ptr);
    f = font_of(&r, "X4");
    cmap = nk_read_inflated(&r, nk_read_raw(&r, f, "ToUnicode"));
    while ((at = nk_str_search(cmap, section)) < cmap.len) {
        nk_str before = nk_str_trim(nk_str_head(cmap, at));
        uint64_t n = 0;

        while (nk_str_find(before, '\n') < before.len)
            before = nk_str_skip(before, nk_str_find(before, '\n') + 1);
        assert_true(nk_str_uint(before, 100, &n));
        sections++;
        cmap = nk_str_skip(cmap, at + section.len);
    }
    assert_int_equal(sections, 2);
}

static void extra_fonts_describe_their_glyphs(void **state)
{
    nk_press *p = *state;
    nk_read r = print_face(p, NK_FACE_BOLD, "\u0218tefan \u017B");
    nk_pdf_value f = font_of(&r, "X1"), cid, d, *list, info;
    const nk_face_info *face = NULL;
    nk_str name;
    size_t n, i;

    nk_fonts_info(&p->t->ctx, p->fonts, NK_FACE_BOLD, &face);
    assert_str(nk_read_get(&r, f, "Subtype").raw, "/Type0");
    assert_str(nk_read_get(&r, f, "Encoding").raw, "/Identity-H");
    name = nk_read_get(&r, f, "BaseFont").raw;
    for (i = 1; i <= 6; i++)
        assert_true(nk_is_upper(name.ptr[i]));
    assert_int_equal(name.ptr[7], '+');
    list = nk_read_array(&r, nk_read_get(&r, f, "DescendantFonts"), &n);
    assert_int_equal(n, 1);
    cid = nk_read_object(&r, list[0]).value;
    assert_str(nk_read_get(&r, cid, "Subtype").raw, "/CIDFontType2");
    assert_str(nk_read_get(&r, cid, "CIDToGIDMap").raw, "/Identity");
    assert_true(nk_str_eq(nk_read_get(&r, cid, "BaseFont").raw, name));
    info = nk_read_get(&r, cid, "CIDSystemInfo");
    assert_str(nk_read_text(&r, info, "Ordering"), "Identity");
    d = nk_read_get(&r, cid, "FontDescriptor");
    assert_true(nk_str_eq(nk_read_get(&r, d, "FontName").raw, name));
    /* Symbolic: its codes are glyphs, not characters. */
    check_descriptor(&r, d, face, (face->flags & ~32u) | 4u);
    nk_read_array(&r, nk_read_get(&r, cid, "W"), &n);
    assert_int_equal(n, 4); /* two glyphs, each with its width */
    assert_int_equal(nk_read_raw(&r, d, "CIDSet").kind, NK_COS_NONE);
}

/* Two subsets of one face have two names. */
static void extra_fonts_are_told_apart(void **state)
{
    nk_press *p = *state;
    nk_read one = print_face(p, 0, "\u0218"), two = print_face(p, 0, "\u017B");
    nk_read again = print_face(p, 0, "\u0218 \u0218");
    nk_str a = nk_read_get(&one, font_of(&one, "X0"), "BaseFont").raw;
    nk_str b = nk_read_get(&two, font_of(&two, "X0"), "BaseFont").raw;
    nk_str c = nk_read_get(&again, font_of(&again, "X0"), "BaseFont").raw;

    assert_false(nk_str_eq(a, b));
    assert_true(nk_str_eq(a, c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_PRESS_TEST(base_fonts_describe_their_face),
        NK_PRESS_TEST(faces_share_their_cmap),
        NK_PRESS_TEST(every_code_has_a_text),
        NK_PRESS_TEST(extra_glyphs_have_a_text),
        NK_PRESS_TEST(extra_fonts_describe_their_glyphs),
        NK_PRESS_TEST(extra_fonts_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
