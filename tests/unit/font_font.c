/*
 * Faces: what they say of themselves, against a reading of the font files of
 * the test's own; and files that are not there or not fonts.
 */
#include "../support/faces.h"
#include "../support/temp.h"

#include "font/font_int.h"

#include <stdio.h>

/* ---- A reader of TrueType tables --------------------------------------- */

static unsigned u16(nk_str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.ptr;

    assert_true(at + 2 <= s.len);
    return (unsigned)(p[at] << 8 | p[at + 1]);
}

static int s16(nk_str s, size_t at)
{
    return (int16_t)u16(s, at);
}

static size_t u32(nk_str s, size_t at)
{
    return (size_t)u16(s, at) << 16 | u16(s, at + 2);
}

/* A table of the font; it must be there. */
static nk_str table_of(nk_str font, const char *name)
{
    unsigned n = u16(font, 4), i;

    for (i = 0; i < n; i++) {
        size_t at = 12 + 16 * (size_t)i;

        if (memcmp(font.ptr + at, name, 4) == 0)
            return nk_str_head(nk_str_skip(font, u32(font, at + 8)),
                               u32(font, at + 12));
    }
    fail_msg("no table %s", name);
    return NK_EMPTY;
}

/* Rounded to 1/1000 em, half away from zero. */
static int em(int units, int upem)
{
    int twice = 2 * 1000 * units, up = twice < 0 ? -upem : upem;

    return (twice + up) / (2 * upem);
}

/* ---- Tests ------------------------------------------------------------- */

static void faces_tell_what_their_files_say(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face, i;

    for (face = 0; face < NK_FACES; face++) {
        nk_str file = nk_face_file(d, (nk_face)face);
        nk_str head = table_of(file, "head"), os2 = table_of(file, "OS/2");
        nk_str hhea = table_of(file, "hhea"), post = table_of(file, "post");
        int upem = (int)u16(head, 18);
        const nk_face_info *info = NULL;
        nk_buf name;

        assert_int_equal(nk_fonts_info(&d->ctx, f, (nk_face)face, &info),
                         NK_OK);
        nk_buf_init(&name, &d->arena);
        nk_buf_puts(&name, nk_str_of(nk_face_files[face]));
        if (nk_str_ends(nk_buf_str(&name), NK_STR("-Regular")))
            name.len -= strlen("-Regular");
        assert_true(nk_str_eq(info->name, nk_buf_str(&name)));
        for (i = 0; i < 4; i++)
            assert_int_equal(info->bbox[i], em(s16(head, 36 + 2 * i), upem));
        assert_int_equal(info->ascent, em(s16(hhea, 4), upem));
        assert_int_equal(info->descent, em(s16(hhea, 6), upem));
        assert_int_equal(info->cap_height, em(s16(os2, 88), upem));
        assert_int_equal(info->italic_angle, s16(post, 4));
        assert_int_equal(info->italic_angle < 0, (face & NK_FACE_ITALIC) != 0);
        assert_true(info->flags & 32u); /* nonsymbolic */
        assert_int_equal((info->flags & 64u) != 0,
                         (face & NK_FACE_ITALIC) != 0);
        assert_int_equal((info->flags & 2u) != 0, (face & NK_FACE_SERIF) != 0);
        assert_int_equal(info->stem_v, face & NK_FACE_BOLD ? 140 : 80);
    }
    nk_fonts_close(f);
}

static void spaces_are_those_of_the_base_font(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    unsigned face;

    for (face = 0; face < NK_FACES; face++) {
        const nk_base_font *base = NULL;
        int32_t space = 0;

        assert_int_equal(nk_fonts_space(&d->ctx, f, (nk_face)face, &space),
                         NK_OK);
        assert_int_equal(nk_fonts_base(&d->ctx, f, (nk_face)face, &base),
                         NK_OK);
        assert_int_equal(space, base->widths[' ']);
        assert_in_range(space, 200, 400);
    }
    nk_fonts_close(f);
}

static void codes_are_windows_1252(void **state)
{
    static const struct {
        uint8_t code;
        uint32_t c;
    } rows[] = {
        { ' ', ' ' },     { 'A', 'A' },     { '~', '~' },     { 0x80, 0x20AC },
        { 0x85, 0x2026 }, { 0x91, 0x2018 }, { 0x96, 0x2013 }, { 0x9F, 0x178 },
        { 0xA0, 0xA0 },   { 0xAD, 0xAD },   { 0xE9, 0xE9 },   { 0xFF, 0xFF },
    };
    static const uint8_t unused[] = { 0x00, 0x1F, 0x7F, 0x81, 0x8D, 0x9D };
    size_t i;
    int c;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++)
        assert_int_equal(nk_fonts_base_char(rows[i].code), rows[i].c);
    for (i = 0; i < NK_COUNT(unused); i++)
        assert_int_equal(nk_fonts_base_char(unused[i]), 0);
    for (c = 0; c < 256; c++)
        if (nk_fonts_base_char((uint8_t)c))
            assert_int_equal(nk_font__code(nk_fonts_base_char((uint8_t)c)), c);
    assert_int_equal(nk_font__code(0), -1);
    assert_int_equal(nk_font__code(0x1F), -1);
    assert_int_equal(nk_font__code(0x7F), -1);
    assert_int_equal(nk_font__code(0x81), -1);
    assert_int_equal(nk_font__code(0x100), -1);
    assert_int_equal(nk_font__code(0x1F600), -1);
}

static void units_are_rounded(void **state)
{
    const struct nk_font__face x = { .upem = 2048 }, y = { .upem = 2000 };

    (void)state;
    assert_int_equal(nk_font__em(&x, 2048), 1000);
    assert_int_equal(nk_font__em(&x, 1), 0);
    assert_int_equal(nk_font__em(&x, 1139), 556);
    assert_int_equal(nk_font__em(&x, -1139), -556);
    /* Half goes away from zero. */
    assert_int_equal(nk_font__em(&y, 1), 1);
    assert_int_equal(nk_font__em(&y, -1), -1);
    assert_int_equal(nk_font__em(&y, 0), 0);
    assert_int_equal(nk_font__em(&y, 2147483647), 1073741824);
}

/* ---- Files that are no fonts ------------------------------------------- */

static void write_file(nk_desk *d, const char *dir, const char *name,
                       nk_str bytes)
{
    nk_str path = nk_path_join(&d->arena, nk_str_of(dir), nk_str_of(name));

    assert_int_equal(nk_file_write(&d->ctx, path, bytes, false), NK_OK);
}

static void refuses(nk_desk *d, const char *dir, nk_err code)
{
    nk_str path = nk_path_join(&d->arena, nk_str_of(dir),
                               NK_STR("LiberationSans-Bold.ttf"));
    const nk_face_info *info = NULL;
    const nk_word *word = NULL;
    nk_fonts *f = NULL;
    int32_t space = -7;
    int again;

    assert_int_equal(nk_fonts_open(&d->ctx, nk_str_of(dir), NK_STR("none"), &f),
                     NK_OK);
    /* Asking again gives the same answer and leaves nothing behind. */
    for (again = 0; again < 3; again++) {
        assert_int_equal(nk_fonts_info(&d->ctx, f, NK_FACE_BOLD, &info), code);
        assert_str(nk_msg_name(d->ctx.fault.msg), "FONT_NONE");
        assert_true(nk_str_eq(d->ctx.fault.args.v[0], path));
    }
    assert_null(info);
    assert_int_equal(nk_fonts_space(&d->ctx, f, NK_FACE_BOLD, &space), code);
    assert_int_equal(space, -7);
    assert_int_equal(
        nk_fonts_word(&d->ctx, f, NK_FACE_BOLD, NK_STR("a"), &word), code);
    assert_null(word);
    nk_fonts_close(f);
}

static void refuses_what_is_no_font(void **state)
{
    nk_desk *d = *state;
    nk_str font = nk_face_file(d, NK_FACE_BOLD);
    const char *name = "LiberationSans-Bold.ttf";
    char dir[NK_TEMP_SIZE];
    nk_buf big;

    assert_int_equal(nk_temp_open(dir), 0);
    refuses(d, dir, NK_E_NOTFOUND); /* not there */
    write_file(d, dir, name, NK_STR(""));
    refuses(d, dir, NK_E_NOTFOUND);
    write_file(d, dir, name, NK_STR("This is no font at all."));
    refuses(d, dir, NK_E_INVALID);
    write_file(d, dir, name, nk_str_head(font, 300)); /* its start only */
    refuses(d, dir, NK_E_INVALID);
    nk_buf_init(&big, &d->arena);
    nk_buf_puts(&big, font);
    nk_buf_fill(&big, '\0', NK_MAX_FONT_FILE + 1 - font.len);
    write_file(d, dir, name, nk_buf_str(&big));
    refuses(d, dir, NK_E_NOTFOUND);
    nk_temp_remove(dir);
}

/* A face that could not be read can be, once its file is there. */
static void finds_a_font_that_comes_later(void **state)
{
    nk_desk *d = *state;
    const nk_face_info *info = NULL;
    char dir[NK_TEMP_SIZE];
    nk_fonts *f = NULL;

    assert_int_equal(nk_temp_open(dir), 0);
    assert_int_equal(nk_fonts_open(&d->ctx, nk_str_of(dir), NK_STR(""), &f),
                     NK_OK);
    assert_int_equal(nk_fonts_info(&d->ctx, f, 0, &info), NK_E_NOTFOUND);
    write_file(d, dir, "LiberationSans-Regular.ttf", nk_face_file(d, 0));
    assert_int_equal(nk_fonts_info(&d->ctx, f, 0, &info), NK_OK);
    assert_str(info->name, "LiberationSans");
    nk_fonts_close(f);
    nk_temp_remove(dir);
}

static void closing_nothing_is_fine(void **state)
{
    nk_desk *d = *state;

    nk_fonts_close(NULL);
    nk_fonts_close(nk_faces_open(d));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(faces_tell_what_their_files_say),
        NK_DESK_TEST(spaces_are_those_of_the_base_font),
        NK_DESK_TEST(codes_are_windows_1252),
        NK_DESK_TEST(units_are_rounded),
        NK_DESK_TEST(refuses_what_is_no_font),
        NK_DESK_TEST(finds_a_font_that_comes_later),
        NK_DESK_TEST(closing_nothing_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
