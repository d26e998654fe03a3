/*
 * Shaped words: their widths against HarfBuzz with the whole font, and what
 * is drawn against what was measured.
 */
#include "../support/faces.h"

#include <hb-ot.h>
#include <hb.h>

#include <stdio.h>

static const nk_word *shape(nk_desk *d, nk_fonts *f, unsigned face,
                            const char *text)
{
    const nk_word *w = NULL;

    assert_int_equal(
        nk_fonts_word(&d->ctx, f, (nk_face)face, nk_str_of(text), &w), NK_OK);
    return w;
}

/* ---- HarfBuzz by itself ------------------------------------------------ */

struct whole {
    hb_blob_t *blob;
    hb_face_t *face;
    hb_font_t *font;
};

static struct whole open_whole(nk_str bytes)
{
    struct whole w;

    w.blob = hb_blob_create(bytes.ptr, (unsigned)bytes.len,
                            HB_MEMORY_MODE_READONLY, NULL, NULL);
    w.face = hb_face_create(w.blob, 0);
    w.font = hb_font_create(w.face);
    return w;
}

static void close_whole(struct whole *w)
{
    hb_font_destroy(w->font);
    hb_face_destroy(w->face);
    hb_blob_destroy(w->blob);
}

static int em(struct whole *w, int units)
{
    int upem = (int)hb_face_get_upem(w->face), twice = 2000 * units;

    return (twice + (twice < 0 ? -upem : upem)) / (2 * upem);
}

/* Sum of the advances, each rounded; kerning on, ligatures off. */
static int width_by_harfbuzz(struct whole *w, const char *text)
{
    static const hb_feature_t off[] = {
        { HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1 },
        { HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1 },
    };
    hb_buffer_t *b = hb_buffer_create();
    const hb_glyph_position_t *p;
    unsigned n, i;
    int sum = 0;

    hb_buffer_add_utf8(b, text, -1, 0, -1);
    hb_buffer_set_script(b, HB_SCRIPT_LATIN);
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_shape(w->font, b, off, 2);
    p = hb_buffer_get_glyph_positions(b, &n);
    for (i = 0; i < n; i++)
        sum += em(w, p[i].x_advance);
    hb_buffer_destroy(b);
    return sum;
}

/* ---- Reading what is drawn --------------------------------------------- */

/* The width a PDF reader moves on by, and the text it finds. */
struct drawn {
    int width;
    nk_buf text;
};

static int hex4(const char *p)
{
    unsigned v;

    assert_int_equal(sscanf(p, "%4x", &v), 1);
    return (int)v;
}

/* A number that stands between the strings of a TJ array moves back. */
static nk_str take_shift(nk_str s, char close, struct drawn *out)
{
    int by = 0;
    size_t n;

    n = nk_str_find(s, close);
    assert_true(n < s.len);
    assert_int_equal(sscanf(s.ptr, "%d", &by), 1);
    assert_int_not_equal(by, 0);
    out->width -= by;
    return nk_str_skip(s, n + 1);
}

static void read_base(nk_str s, const nk_base_font *base, struct drawn *out)
{
    while (s.len) {
        unsigned char c = (unsigned char)s.ptr[0];

        s = nk_str_skip(s, 1);
        if (c == ')') {
            s = take_shift(s, '(', out);
            continue;
        }
        if (c == '\\') {
            c = (unsigned char)s.ptr[0];
            assert_true(c == '(' || c == ')' || c == '\\');
            s = nk_str_skip(s, 1);
        }
        assert_int_not_equal(base->widths[c], 0);
        out->width += base->widths[c];
        nk_utf8_put(&out->text, nk_fonts_base_char(c));
    }
}

static void read_extra(const nk_segment *g, struct drawn *out)
{
    nk_str s = g->tj;
    uint32_t k = 0;

    while (s.len) {
        if (s.ptr[0] == '>') {
            s = take_shift(nk_str_skip(s, 1), '<', out);
            continue;
        }
        assert_true(k < g->glyphs_n);
        assert_int_equal(hex4(s.ptr), g->glyphs[k].glyph);
        out->width += g->glyphs[k].width;
        nk_buf_puts(&out->text, g->glyphs[k].text);
        s = nk_str_skip(s, 4);
        k++;
    }
    assert_int_equal(k, g->glyphs_n);
}

static struct drawn read_word(nk_desk *d, nk_fonts *f, unsigned face,
                              const nk_word *w)
{
    const nk_base_font *base = NULL;
    struct drawn out = { 0 };
    uint32_t i;

    nk_buf_init(&out.text, &d->arena);
    assert_int_equal(nk_fonts_base(&d->ctx, f, (nk_face)face, &base), NK_OK);
    for (i = 0; i < w->segments_n; i++) {
        if (w->segments[i].extra)
            read_extra(&w->segments[i], &out);
        else
            read_base(w->segments[i].tj, base, &out);
    }
    return out;
}

/* ---- Tests ------------------------------------------------------------- */

static const char *const words[] = {
    "a",
    "Kepala",
    "KABUPATEN",
    "PEMERINTAH",
    "AVATAR",
    "Tanggal",
    "Tugas-Tugas",
    "WAYang",
    "Yth.",
    "Y.",
    "9901015204",
    "400.2.3/12",
    "(IV/b)",
    "S.Sos.,",
    "\\(:",
    "bergerak,",
    "f-f",
    "filfla",
    "rqrcre",
    "T.A.V.",
    "kes\u00E9h",
    "\u201Ckata\u201D",
    "\u2013",
    "\u20AC5",
    "caf\u00E9.",
    "\u0218tef",
    "\u017Bywiec",
    "A\u0218V",
    "\u0112\u016B",
    "\u0100\u0101",
    "e\u0301",
    "n\u0303a",
    "S\u0327",
    "\u03A9hm",
    "\u0416\u0416",
};

static void words_are_as_wide_as_harfbuzz_says(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face;
    size_t i;

    for (face = 0; face < NK_FACES; face++) {
        struct whole w = open_whole(nk_face_file(d, (nk_face)face));

        for (i = 0; i < NK_COUNT(words); i++) {
            const nk_word *word = shape(d, f, face, words[i]);

            assert_int_equal(word->missing, 0);
            assert_int_equal(word->width, width_by_harfbuzz(&w, words[i]));
        }
        close_whole(&w);
    }
    nk_fonts_close(f);
}

static void kerning_draws_letters_together(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    const nk_word *w;

    assert_true(shape(d, f, 0, "AV")->width <
                shape(d, f, 0, "A")->width + shape(d, f, 0, "V")->width);
    w = shape(d, f, 0, "AVA");
    assert_int_equal(w->segments_n, 1);
    assert_str(w->segments[0].tj, "A)74(V)74(A");
    nk_fonts_close(f);
}

static void what_is_drawn_is_what_was_measured(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face;
    size_t i;

    for (face = 0; face < NK_FACES; face++) {
        for (i = 0; i < NK_COUNT(words); i++) {
            const nk_word *w = shape(d, f, face, words[i]);
            struct drawn got = read_word(d, f, face, w);

            assert_int_equal(got.width, w->width);
            /* Composed letters may come composed; all else as it was. */
            if (!strchr(words[i], '\xCC'))
                assert_str(nk_buf_str(&got.text), words[i]);
        }
    }
    nk_fonts_close(f);
}

static void every_character_of_the_base_font(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face, c;

    for (face = 0; face < NK_FACES; face++) {
        for (c = 0x21; c < 256; c++) {
            const nk_word *w;
            struct drawn got;
            nk_buf b;

            if (!nk_fonts_base_char((uint8_t)c) || c == 0xA0 || c == 0xAD)
                continue;
            nk_buf_init(&b, &d->arena);
            nk_utf8_put(&b, nk_fonts_base_char((uint8_t)c));
            nk_buf_putc(&b, '\0');
            w = shape(d, f, face, b.ptr);
            assert_int_equal(w->missing, 0);
            assert_int_equal(w->segments_n, 1);
            assert_false(w->segments[0].extra);
            got = read_word(d, f, face, w);
            assert_str(nk_buf_str(&got.text), b.ptr);
            assert_int_equal(got.width, w->width);
        }
    }
    nk_fonts_close(f);
}

/* Marks and letters become one letter where the font has it. */
static void marks_are_composed(void **state)
{
    static const struct {
        const char *apart, *composed;
    } rows[] = {
        { "e\u0301", "\u00E9" },
        { "n\u0303", "\u00F1" },
        { "S\u0327", "\u015E" },
        { "u\u0304", "\u016B" },
    };
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_word *a = shape(d, f, 0, rows[i].apart);
        const nk_word *b = shape(d, f, 0, rows[i].composed);

        assert_int_equal(a->missing, 0);
        assert_int_equal(a->width, b->width);
        assert_int_equal(a->segments_n, 1);
        assert_int_equal(a->segments[0].extra, b->segments[0].extra);
        assert_true(nk_str_eq(a->segments[0].tj, b->segments[0].tj));
    }
    nk_fonts_close(f);
}

/* Never a silent box: whatever has no glyph is named, marks too. */
static void what_the_face_lacks_is_named(void **state)
{
    static const struct {
        const char *text;
        uint32_t missing;
    } rows[] = {
        { "\u6F22", 0x6F22 },      { "a\u6F22b\u5B57", 0x6F22 },
        { "\U0001F600", 0x1F600 }, { "\u0628", 0x0628 },
        { "m\u030C", 0x030C },     { "a\u030C", 0x030C },
        { "x\u0361y", 0x0361 },    { "q\u0323\u0307", 0x0323 },
        { "\u01CE", 0x01CE },      { "abc", 0 },
        { "e\u0301", 0 },          { "", 0 },
    };
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face;
    size_t i;

    for (face = 0; face < NK_FACES; face++)
        for (i = 0; i < NK_COUNT(rows); i++)
            assert_int_equal(shape(d, f, face, rows[i].text)->missing,
                             rows[i].missing);
    nk_fonts_close(f);
}

static void an_extra_segment_knows_its_text(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    const nk_word *w = shape(d, f, 0, "A\u0218\u021AV");

    assert_int_equal(w->segments_n, 3);
    assert_str(w->segments[0].tj, "A");
    assert_true(w->segments[1].extra);
    assert_int_equal(w->segments[1].glyphs_n, 2);
    assert_str(w->segments[1].glyphs[0].text, "\u0218");
    assert_str(w->segments[1].glyphs[1].text, "\u021A");
    assert_true(w->segments[1].glyphs[1].width > 400);
    assert_false(w->segments[2].extra);
    nk_fonts_close(f);
}

static void a_soft_hyphen_shows_at_the_end(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face;

    for (face = 0; face < NK_FACES; face++) {
        const nk_word *w = shape(d, f, face, "ber\u00AD");
        struct drawn got = read_word(d, f, face, w);

        /* As wide as with a hyphen, kerning included, but it reads as one
           that is not part of the word. */
        assert_int_equal(w->width, shape(d, f, face, "ber-")->width);
        assert_int_equal(got.width, w->width);
        assert_str(nk_buf_str(&got.text), "ber\u00AD");
    }
    nk_fonts_close(f);
}

/* Doubled words are measured in two parts and drawn in one. */
static void nothing_is_kerned_after_a_hyphen(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face;
    char c;

    for (face = 0; face < NK_FACES; face++) {
        for (c = 'A'; c <= 'z'; c++) {
            char both[] = { 'a', '-', c, '\0' };

            if (!nk_is_alpha(c))
                continue;
            assert_int_equal(shape(d, f, face, both)->width,
                             shape(d, f, face, "a-")->width +
                                 shape(d, f, face, both + 2)->width);
        }
    }
    nk_fonts_close(f);
}

static void figures_are_of_one_width(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face;

    for (face = 0; face < NK_FACES; face++) {
        int32_t one = shape(d, f, face, "1")->width;

        char figure[] = "0";

        for (; *figure <= '9'; ++*figure)
            assert_int_equal(shape(d, f, face, figure)->width, one);
    }
    nk_fonts_close(f);
}

static void an_empty_word_is_nothing(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    const nk_word *w = shape(d, f, 0, "");

    assert_int_equal(w->width, 0);
    assert_int_equal(w->segments_n, 0);
    nk_fonts_close(f);
}

static void words_are_remembered(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    const nk_word *w = shape(d, f, 0, "Kepala");

    assert_ptr_equal(shape(d, f, 0, "Kepala"), w);
    /* Each face has its own. */
    assert_ptr_not_equal(shape(d, f, NK_FACE_BOLD, "Kepala"), w);
    assert_ptr_not_equal(shape(d, f, 0, "kepala"), w);
    nk_fonts_close(f);
}

/* More words than are remembered: each is right when it is asked for, and
   the memory does not grow on. */
static void the_memory_for_words_has_a_bound(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    int32_t one = shape(d, f, 0, "1")->width;
    uint32_t i;

    for (i = 0; i < 2 * NK_MAX_CACHED_WORDS + 10; i++) {
        char text[16];
        uint16_t after[4];
        size_t n;

        snprintf(text, sizeof(text), "%08u", (unsigned)i);
        assert_int_equal(shape(d, f, 0, text)->width, 8 * one);
        if (i % 1000 == 0) {
            assert_int_equal(nk_fonts_hyphens(&d->ctx, f, NK_STR("keterangan"),
                                              after, 4, &n),
                             NK_OK);
            assert_int_equal(n, 2);
        }
    }
    nk_fonts_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(words_are_as_wide_as_harfbuzz_says),
        NK_DESK_TEST(kerning_draws_letters_together),
        NK_DESK_TEST(what_is_drawn_is_what_was_measured),
        NK_DESK_TEST(every_character_of_the_base_font),
        NK_DESK_TEST(marks_are_composed),
        NK_DESK_TEST(what_the_face_lacks_is_named),
        NK_DESK_TEST(an_extra_segment_knows_its_text),
        NK_DESK_TEST(a_soft_hyphen_shows_at_the_end),
        NK_DESK_TEST(nothing_is_kerned_after_a_hyphen),
        NK_DESK_TEST(figures_are_of_one_width),
        NK_DESK_TEST(an_empty_word_is_nothing),
        NK_DESK_TEST(words_are_remembered),
        NK_DESK_TEST(the_memory_for_words_has_a_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
