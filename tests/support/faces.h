/*
 * The fonts of Debian's fonts-liberation and the patterns of hyphen-id, as
 * the program uses them, and their files for a second opinion.
 */
#ifndef NK_TESTS_FACES_H
#define NK_TESTS_FACES_H

#include "check.h"

#include "font/font.h"

#define NK_FONT_DIR "/usr/share/fonts/truetype/liberation"
#define NK_HYPHENS  "/usr/share/hyphen/hyph_id_ID.dic"

static const char *const nk_face_files[NK_FACES] = {
    [NK_FACE_SANS] = "LiberationSans-Regular",
    [NK_FACE_SANS | NK_FACE_BOLD] = "LiberationSans-Bold",
    [NK_FACE_SANS | NK_FACE_ITALIC] = "LiberationSans-Italic",
    [NK_FACE_SANS | NK_FACE_BOLD | NK_FACE_ITALIC] = "LiberationSans-"
                                                     "BoldItalic",
    [NK_FACE_SERIF] = "LiberationSerif-Regular",
    [NK_FACE_SERIF | NK_FACE_BOLD] = "LiberationSerif-Bold",
    [NK_FACE_SERIF | NK_FACE_ITALIC] = "LiberationSerif-Italic",
    [NK_FACE_SERIF | NK_FACE_BOLD | NK_FACE_ITALIC] = "LiberationSerif-"
                                                      "BoldItalic",
};

static inline nk_fonts *nk_faces_open(nk_desk *d)
{
    nk_fonts *f = NULL;

    assert_int_equal(
        nk_fonts_open(&d->ctx, NK_STR(NK_FONT_DIR), NK_STR(NK_HYPHENS), &f),
        NK_OK);
    return f;
}

/* The bytes of a face's file. */
static inline nk_str nk_face_file(nk_desk *d, nk_face face)
{
    nk_str bytes = NK_EMPTY;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_buf_printf(&b, NK_FONT_DIR "/%s.ttf", nk_face_files[face]);
    assert_int_equal(
        nk_file_read(&d->ctx, &d->arena, nk_buf_str(&b), NK_MAX_FILE, &bytes),
        NK_OK);
    return bytes;
}

#endif
