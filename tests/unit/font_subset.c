/*
 * Subsets: the same bytes for every paper, each character with the outline
 * and the width it has in the whole font.
 */
#include "../support/faces.h"

#include <hb-ot.h>
#include <hb.h>

static hb_font_t *open_font(nk_str bytes)
{
    hb_blob_t *blob = hb_blob_create(bytes.ptr, (unsigned)bytes.len,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);

    assert_true(hb_face_get_glyph_count(face) > 0);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

static const nk_base_font *base_of(nk_desk *d, nk_fonts *f, unsigned face)
{
    const nk_base_font *base = NULL;

    assert_int_equal(nk_fonts_base(&d->ctx, f, (nk_face)face, &base), NK_OK);
    return base;
}

/* The outlines' boxes and advances are those of the whole font. */
static void same_glyph(hb_font_t *a, hb_codepoint_t ga, hb_font_t *b,
                       hb_codepoint_t gb)
{
    hb_glyph_extents_t ea = { 0 }, eb = { 0 };

    assert_true(hb_font_get_glyph_extents(a, ga, &ea));
    assert_true(hb_font_get_glyph_extents(b, gb, &eb));
    assert_int_equal(ea.x_bearing, eb.x_bearing);
    assert_int_equal(ea.y_bearing, eb.y_bearing);
    assert_int_equal(ea.width, eb.width);
    assert_int_equal(ea.height, eb.height);
    assert_int_equal(hb_font_get_glyph_h_advance(a, ga),
                     hb_font_get_glyph_h_advance(b, gb));
}

static void base_fonts_have_what_they_say(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face, c;

    for (face = 0; face < NK_FACES; face++) {
        const nk_base_font *base = base_of(d, f, face);
        hb_font_t *whole = open_font(nk_face_file(d, (nk_face)face));
        hb_font_t *part = open_font(base->program);
        int upem = (int)hb_face_get_upem(hb_font_get_face(whole));

        for (c = 0; c < 256; c++) {
            uint32_t u = nk_fonts_base_char((uint8_t)c);
            hb_codepoint_t gw, gp;

            assert_int_equal(base->widths[c] != 0, u != 0);
            if (!u)
                continue;
            /* A soft hyphen is drawn as a hyphen. */
            u = u == 0xAD ? '-' : u;
            assert_true(hb_font_get_nominal_glyph(whole, u, &gw));
            assert_true(hb_font_get_nominal_glyph(part, u, &gp));
            same_glyph(whole, gw, part, gp);
            assert_int_equal(
                base->widths[c],
                (hb_font_get_glyph_h_advance(whole, gw) * 2000 + upem) /
                    (2 * upem));
        }
        assert_true(hb_face_get_glyph_count(hb_font_get_face(part)) < 300);
        assert_in_range(base->program.len, 5000, 45000);
        hb_font_destroy(part);
        hb_font_destroy(whole);
    }
    nk_fonts_close(f);
}

/* Whatever was set before, and in whatever order. */
static void base_fonts_are_the_same_for_every_paper(void **state)
{
    nk_desk *d = *state;
    nk_fonts *one = nk_faces_open(d), *two = nk_faces_open(d);
    const nk_word *word = NULL;
    unsigned face;

    for (face = NK_FACES; face-- > 0;) {
        nk_fonts_word(&d->ctx, two, (nk_face)face, NK_STR("A\u0218\u6F22"),
                      &word);
        base_of(d, two, face);
    }
    for (face = 0; face < NK_FACES; face++) {
        const nk_base_font *a = base_of(d, one, face);
        const nk_base_font *b = base_of(d, two, face);

        assert_true(nk_str_eq(a->program, b->program));
        assert_memory_equal(a->widths, b->widths, sizeof(a->widths));
        /* It is made once. */
        assert_ptr_equal(base_of(d, one, face)->program.ptr, a->program.ptr);
    }
    nk_fonts_close(one);
    nk_fonts_close(two);
}

static nk_str extra_of(nk_desk *d, nk_fonts *f, unsigned face,
                       const nk_extra_glyph *g, size_t n)
{
    nk_str program = NK_EMPTY;

    assert_int_equal(
        nk_fonts_extra(&d->ctx, &d->arena, f, (nk_face)face, g, n, &program),
        NK_OK);
    return program;
}

static void extra_fonts_hold_the_glyphs_of_a_paper(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    hb_font_t *whole = open_font(nk_face_file(d, NK_FACE_SERIF)), *part;
    nk_extra_glyph g[3] = { { 0 } };
    hb_glyph_extents_t box = { 0 };
    hb_codepoint_t glyph;
    nk_str program;
    size_t i;

    for (i = 0; i < 3; i++) {
        static const uint32_t chars[] = { 0x218, 0x16B, 0x17B };

        assert_true(hb_font_get_nominal_glyph(whole, chars[i], &glyph));
        g[i].glyph = (uint16_t)glyph;
    }
    program = extra_of(d, f, NK_FACE_SERIF, g, 3);
    part = open_font(program);
    /* Glyphs keep their ids; others are empty. */
    for (i = 0; i < 3; i++)
        same_glyph(whole, g[i].glyph, part, g[i].glyph);
    assert_true(hb_font_get_nominal_glyph(whole, 'B', &glyph));
    assert_true(!hb_font_get_glyph_extents(part, glyph, &box) ||
                (box.width == 0 && box.height == 0));
    assert_true(program.len < base_of(d, f, NK_FACE_SERIF)->program.len);
    hb_font_destroy(part);
    hb_font_destroy(whole);
    nk_fonts_close(f);
}

static void extra_fonts_depend_on_their_glyphs_alone(void **state)
{
    const nk_extra_glyph one[] = { { .glyph = 0x147 }, { .glyph = 0xF0 } };
    const nk_extra_glyph two[] = { { .glyph = 0xF0 }, { .glyph = 0x147 } };
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d), *other = nk_faces_open(d);
    nk_str a = extra_of(d, f, 0, one, 2), b;

    base_of(d, other, 0);
    b = extra_of(d, other, 0, two, 2);
    assert_true(nk_str_eq(a, b));
    assert_false(nk_str_eq(a, extra_of(d, f, 0, one, 1)));
    nk_fonts_close(f);
    nk_fonts_close(other);
}

static void a_face_that_is_not_there_has_no_subset(void **state)
{
    const nk_extra_glyph g = { .glyph = 5 };
    nk_desk *d = *state;
    const nk_base_font *base = NULL;
    nk_str program = NK_EMPTY;
    nk_fonts *f = NULL;

    assert_int_equal(nk_fonts_open(&d->ctx, NK_STR("no-such-folder"),
                                   NK_STR(NK_HYPHENS), &f),
                     NK_OK);
    assert_int_equal(nk_fonts_base(&d->ctx, f, 0, &base), NK_E_NOTFOUND);
    assert_int_equal(nk_fonts_extra(&d->ctx, &d->arena, f, 0, &g, 1, &program),
                     NK_E_NOTFOUND);
    assert_null(base);
    nk_fonts_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(base_fonts_have_what_they_say),
        NK_DESK_TEST(base_fonts_are_the_same_for_every_paper),
        NK_DESK_TEST(extra_fonts_hold_the_glyphs_of_a_paper),
        NK_DESK_TEST(extra_fonts_depend_on_their_glyphs_alone),
        NK_DESK_TEST(a_face_that_is_not_there_has_no_subset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
