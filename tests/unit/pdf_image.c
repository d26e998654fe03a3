/*
 * Pictures: every kind of PNG comes out as 8-bit grey or RGB on white, and
 * whatever is broken, cut, or too large is refused by name.
 */
#include "../support/faces.h"

#include "pdf/pdf_int.h"

#include <png.h>
#include <stdlib.h>
#include <zlib.h>

#define WIDTH  9
#define HEIGHT 5

struct fixture {
    nk_desk *desk;
    nk_fonts *fonts;
    nk_pdf *pdf;
};

static int open_fixture(void **state)
{
    static struct fixture f;
    void *desk;

    if (nk_desk_open(&desk) < 0)
        return -1;
    f.desk = desk;
    f.fonts = nk_faces_open(f.desk);
    assert_int_equal(nk_pdf_open(&f.desk->ctx, f.fonts, &f.pdf), NK_OK);
    *state = &f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    void *desk = f->desk;

    nk_pdf_close(f->pdf);
    nk_fonts_close(f->fonts);
    return nk_desk_close(&desk);
}

/* ---- Making PNGs ------------------------------------------------------- */

/* A kind of PNG. */
struct kind {
    int color, depth, interlace;
    bool clear; /* a colour or palette entry is transparent (tRNS) */
};

/* Sample c (0 1 2 colours or the grey, 3 alpha) of a pixel, 16 bits. */
static unsigned sample(int x, int y, int c)
{
    if (c == 3) /* wholly transparent, half, nearly, and not at all */
        return x % 4 == 0   ? 0
               : x % 4 == 1 ? 0x8080
               : x % 4 == 2 ? 0xFAFA
                            : 0xFFFF;
    return (unsigned)((x * 7001 + y * 13007 + c * 23003) & 0xFFFF);
}

static int channels_of(int color)
{
    return color == PNG_COLOR_TYPE_RGB          ? 3
           : color == PNG_COLOR_TYPE_RGB_ALPHA  ? 4
           : color == PNG_COLOR_TYPE_GRAY_ALPHA ? 2
                                                : 1;
}

/* The sample as it is stored, `depth` bits. */
static unsigned stored(const struct kind *k, int x, int y, int c)
{
    bool alpha =
        (k->color & PNG_COLOR_MASK_ALPHA) && c == channels_of(k->color) - 1;

    if (k->color == PNG_COLOR_TYPE_PALETTE)
        return (unsigned)(x + y) % (1u << (k->depth < 4 ? k->depth : 4));
    return sample(x, y, alpha ? 3 : c) >> (16 - k->depth);
}

static void put_row(const struct kind *k, int y, png_bytep row)
{
    int n = channels_of(k->color), x, c, bit = 0;

    memset(row, 0, WIDTH * 8);
    for (x = 0; x < WIDTH; x++) {
        for (c = 0; c < n; c++) {
            unsigned v = stored(k, x, y, c);

            if (k->depth == 16) {
                row[2 * (x * n + c)] = (png_byte)(v >> 8);
                row[2 * (x * n + c) + 1] = (png_byte)v;
            } else {
                row[bit / 8] |= (png_byte)(v << (8 - k->depth - bit % 8));
                bit += k->depth;
            }
        }
    }
}

static void to_buffer(png_structp png, png_bytep p, size_t n)
{
    nk_buf_putn(png_get_io_ptr(png), p, n);
}

static void flush(png_structp png)
{
    (void)png;
}

static void put_palette(const struct kind *k, png_structp png, png_infop info)
{
    png_byte alpha[16];
    png_color colors[16];
    int i, n = 1 << (k->depth < 4 ? k->depth : 4);

    for (i = 0; i < n; i++) {
        colors[i] = (png_color){ (png_byte)(i * 16), (png_byte)(255 - i * 3),
                                 (png_byte)(i * i) };
        alpha[i] = i == 1 ? 0 : 255;
    }
    png_set_PLTE(png, info, colors, n);
    if (k->clear)
        png_set_tRNS(png, info, alpha, n, NULL);
}

/* The colour of the pixel at 1,1 is transparent. */
static void put_clear_color(const struct kind *k, png_structp png,
                            png_infop info)
{
    png_color_16 clear = { .gray = (png_uint_16)stored(k, 1, 1, 0),
                           .red = (png_uint_16)stored(k, 1, 1, 0),
                           .green = (png_uint_16)stored(k, 1, 1, 1),
                           .blue = (png_uint_16)stored(k, 1, 1, 2) };

    png_set_tRNS(png, info, NULL, 0, &clear);
}

static nk_str make_png(nk_desk *d, const struct kind *k)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_byte rows[HEIGHT][WIDTH * 8];
    png_bytep list[HEIGHT];
    nk_buf b;
    int y;

    nk_buf_init(&b, &d->arena);
    png_set_write_fn(png, &b, to_buffer, flush);
    png_set_IHDR(png, info, WIDTH, HEIGHT, k->depth, k->color, k->interlace,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (k->color == PNG_COLOR_TYPE_PALETTE)
        put_palette(k, png, info);
    else if (k->clear)
        put_clear_color(k, png, info);
    for (y = 0; y < HEIGHT; y++) {
        put_row(k, y, rows[y]);
        list[y] = rows[y];
    }
    png_write_info(png, info);
    png_write_image(png, list);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return nk_buf_str(&b);
}

/* ---- What should come out ---------------------------------------------- */

static unsigned to_8(const struct kind *k, unsigned v)
{
    unsigned most = (1u << k->depth) - 1;

    return (v * 255 + most / 2) / most;
}

static unsigned on_white(unsigned v, unsigned alpha)
{
    return (v * alpha + 255 * (255 - alpha) + 127) / 255;
}

static unsigned wanted(const struct kind *k, int x, int y, int c)
{
    unsigned v = stored(k, x, y, c), alpha = 255;

    if (k->color == PNG_COLOR_TYPE_PALETTE) {
        const unsigned colors[] = { v * 16, 255 - v * 3, v * v };

        return k->clear && v == 1 ? 255 : colors[c];
    }
    if (k->clear && stored(k, 1, 1, 0) == stored(k, x, y, 0) &&
        (k->color != PNG_COLOR_TYPE_RGB ||
         (stored(k, 1, 1, 1) == stored(k, x, y, 1) &&
          stored(k, 1, 1, 2) == stored(k, x, y, 2))))
        return 255;
    if (k->color & PNG_COLOR_MASK_ALPHA)
        alpha = to_8(k, stored(k, x, y, channels_of(k->color) - 1));
    return on_white(to_8(k, v), alpha);
}

static void check_pixels(struct fixture *f, const struct kind *k)
{
    const struct nk_pdf__image *img = nk_pdf__find_image(f->pdf, NK_STR("uji"));
    unsigned char pixels[WIDTH * HEIGHT * 3 + 1];
    uLongf n = sizeof(pixels);
    int colors, x, y, c;

    assert_non_null(img);
    assert_int_equal(img->width, WIDTH);
    assert_int_equal(img->height, HEIGHT);
    assert_int_equal(img->gray, k->color == PNG_COLOR_TYPE_GRAY ||
                                    k->color == PNG_COLOR_TYPE_GRAY_ALPHA);
    colors = img->gray ? 1 : 3;
    assert_int_equal(
        uncompress(pixels, &n, (const Bytef *)img->pixels.ptr, img->pixels.len),
        Z_OK);
    assert_int_equal(n, WIDTH * HEIGHT * colors);
    for (y = 0; y < HEIGHT; y++)
        for (x = 0; x < WIDTH; x++)
            for (c = 0; c < colors; c++) {
                int got = pixels[(y * WIDTH + x) * colors + c];
                int want = (int)wanted(k, x, y, c);

                if (got < want - 1 || got > want + 1)
                    fail_msg("colour type %d, %d bits, way %d%d: pixel %d,%d "
                             "sample %d is %d, not %d",
                             k->color, k->depth, k->interlace, k->clear, x, y,
                             c, got, want);
            }
}

static nk_err add(struct fixture *f, nk_str png)
{
    return nk_pdf_add_image(&f->desk->ctx, f->pdf, NK_STR("uji"), png,
                            NK_STR("uji.png"));
}

static void every_kind_of_png(void **state)
{
    static const struct {
        int color, depths[6];
        bool may_be_clear;
    } colors[] = {
        { PNG_COLOR_TYPE_GRAY, { 1, 2, 4, 8, 16 }, true },
        { PNG_COLOR_TYPE_GRAY_ALPHA, { 8, 16 }, false },
        { PNG_COLOR_TYPE_RGB, { 8, 16 }, true },
        { PNG_COLOR_TYPE_RGB_ALPHA, { 8, 16 }, false },
        { PNG_COLOR_TYPE_PALETTE, { 1, 2, 4, 8 }, true },
    };
    struct fixture *f = *state;
    size_t i, k, way;

    for (i = 0; i < NK_COUNT(colors); i++)
        for (k = 0; colors[i].depths[k]; k++)
            for (way = 0; way < (colors[i].may_be_clear ? 4 : 2); way++) {
                const struct kind kind = { colors[i].color, colors[i].depths[k],
                                           way & 1 ? PNG_INTERLACE_ADAM7
                                                   : PNG_INTERLACE_NONE,
                                           way & 2 };

                assert_int_equal(add(f, make_png(f->desk, &kind)), NK_OK);
                check_pixels(f, &kind);
            }
}

static void the_latest_of_a_name_counts(void **state)
{
    static const struct kind one = { PNG_COLOR_TYPE_GRAY, 8, 0, false };
    static const struct kind two = { PNG_COLOR_TYPE_RGB, 8, 0, false };
    struct fixture *f = *state;
    nk_metrics m;
    uint32_t w = 0, h = 0;

    assert_int_equal(add(f, make_png(f->desk, &one)), NK_OK);
    assert_int_equal(add(f, make_png(f->desk, &two)), NK_OK);
    check_pixels(f, &two);
    nk_pdf_metrics(f->pdf, &m);
    assert_int_equal(m.image(m.self, &f->desk->ctx, NK_STR("uji"), &w, &h),
                     NK_OK);
    assert_int_equal(w, WIDTH);
    assert_int_equal(h, HEIGHT);
    assert_int_equal(m.image(m.self, &f->desk->ctx, NK_STR("lain"), &w, &h),
                     NK_E_NOTFOUND);
}

/* Pictures that take turns under a name are read once each. */
static void one_of_before_is_used_again(void **state)
{
    static const struct kind gray = { PNG_COLOR_TYPE_GRAY, 8, 0, false };
    static const struct kind color = { PNG_COLOR_TYPE_RGB, 8, 0, false };
    struct fixture *f = *state;
    nk_str name = NK_STR("uji"), other = NK_STR("lain.png");
    const struct nk_pdf__image *first;

    assert_false(nk_pdf_use_image(f->pdf, name, NK_STR("uji.png")));
    assert_int_equal(add(f, make_png(f->desk, &gray)), NK_OK);
    first = nk_pdf__find_image(f->pdf, name);
    assert_int_equal(nk_pdf_add_image(&f->desk->ctx, f->pdf, name,
                                      make_png(f->desk, &color), other),
                     NK_OK);
    assert_true(nk_pdf_use_image(f->pdf, name, NK_STR("uji.png")));
    assert_ptr_equal(nk_pdf__find_image(f->pdf, name), first);
    check_pixels(f, &gray);
    assert_true(nk_pdf_use_image(f->pdf, name, other));
    check_pixels(f, &color);
    assert_true(nk_pdf_use_image(f->pdf, name, other));
    check_pixels(f, &color);
    assert_false(nk_pdf_use_image(f->pdf, NK_STR("lambang"), other));
    assert_true(nk_pdf_use_image(f->pdf, name, NK_STR("uji.png")));
    check_pixels(f, &gray);
}

/* ---- What is refused --------------------------------------------------- */

static void refused(struct fixture *f, nk_str png, nk_err code,
                    const char *message)
{
    nk_err rc = add(f, png);

    if (rc != code)
        fail_msg("%d, not %d", rc, code);
    assert_str(nk_msg_name(f->desk->ctx.fault.msg), message);
    assert_str(f->desk->ctx.fault.place.file, "uji.png");
    assert_str(f->desk->ctx.fault.args.v[0], "uji.png");
    assert_null(nk_pdf__find_image(f->pdf, NK_STR("uji")));
}

static void what_is_no_png_is_refused(void **state)
{
    struct fixture *f = *state;

    refused(f, NK_STR(""), NK_E_INVALID, "IMAGE_BROKEN");
    refused(f, NK_STR("P6 1 1 255 abc"), NK_E_INVALID, "IMAGE_BROKEN");
    refused(f, NK_STR("\xFF\xD8\xFF\xE0\0\x10JFIF\0 a JPEG of four colours"),
            NK_E_INVALID, "IMAGE_BROKEN");
    refused(f, NK_STR("\x89PNG\r\n\x1A\n"), NK_E_INVALID, "IMAGE_BROKEN");
}

/* However far it goes, a file that is cut is refused and nothing is read
   beyond its end. */
static void a_cut_png_is_refused(void **state)
{
    static const struct kind kind = { PNG_COLOR_TYPE_RGB_ALPHA, 16, 1, false };
    struct fixture *f = *state;
    nk_str png = make_png(f->desk, &kind);
    size_t n;

    for (n = 0; n < png.len; n++) {
        /* A copy of its own, so that a sanitizer sees its end. */
        char *p = malloc(n + 1);

        assert_non_null(p);
        memcpy(p, png.ptr, n);
        refused(f, (nk_str){ p, n }, NK_E_INVALID, "IMAGE_BROKEN");
        free(p);
    }
}

/* Any byte changed: it is refused, or it is a picture all the same. */
static void a_damaged_png_does_no_harm(void **state)
{
    static const struct kind kind = { PNG_COLOR_TYPE_PALETTE, 4, 1, true };
    struct fixture *f = *state;
    nk_str png = make_png(f->desk, &kind);
    size_t i, bad = 0;

    for (i = 0; i < png.len; i++) {
        nk_str copy = nk_str_copy(&f->desk->arena, png);
        char *p = (char *)(uintptr_t)copy.ptr;
        nk_err rc;

        p[i] ^= 0x41;
        rc = add(f, copy);
        bad += rc == NK_E_INVALID;
        assert_true(rc == NK_OK || rc == NK_E_INVALID || rc == NK_E_LIMIT);
    }
    assert_true(bad > png.len / 2);
}

/* The header with another size, and its checksum made right again. */
static nk_str resized(nk_desk *d, uint32_t width, uint32_t height)
{
    static const struct kind kind = { PNG_COLOR_TYPE_RGB, 8, 0, false };
    nk_str png = nk_str_copy(&d->arena, make_png(d, &kind));
    unsigned char *p = (unsigned char *)(uintptr_t)png.ptr;
    const uint32_t v[] = { width, height };
    uint32_t sum;
    int i;

    for (i = 0; i < 8; i++)
        p[16 + i] = (unsigned char)(v[i / 4] >> (24 - 8 * (i % 4)));
    sum = (uint32_t)crc32(0, p + 12, 17);
    for (i = 0; i < 4; i++)
        p[29 + i] = (unsigned char)(sum >> (24 - 8 * i));
    return png;
}

/* A few bytes that claim to be millions of pixels. */
static void bombs_are_refused(void **state)
{
    struct fixture *f = *state;

    /* As many pixels as are allowed, but not there: cut. */
    refused(f, resized(f->desk, 4000, 4000), NK_E_INVALID, "IMAGE_BROKEN");
    refused(f, resized(f->desk, 4001, 4000), NK_E_LIMIT, "IMAGE_TOO_LARGE");
    assert_str(f->desk->ctx.fault.args.v[1], "16000000");
    refused(f, resized(f->desk, 8000, 8000), NK_E_LIMIT, "IMAGE_TOO_LARGE");
    refused(f, resized(f->desk, 8001, 1), NK_E_INVALID, "IMAGE_BROKEN");
    refused(f, resized(f->desk, 1, 0x7FFFFFFF), NK_E_INVALID, "IMAGE_BROKEN");
    refused(f, resized(f->desk, 0xFFFFFFFF, 0xFFFFFFFF), NK_E_INVALID,
            "IMAGE_BROKEN");
    refused(f, resized(f->desk, 0, 5), NK_E_INVALID, "IMAGE_BROKEN");
}

#define TEST(test)                                                             \
    cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest all[] = {
        TEST(every_kind_of_png),           TEST(the_latest_of_a_name_counts),
        TEST(one_of_before_is_used_again), TEST(what_is_no_png_is_refused),
        TEST(a_cut_png_is_refused),        TEST(a_damaged_png_does_no_harm),
        TEST(bombs_are_refused),
    };

    return cmocka_run_group_tests(all, NULL, NULL);
}
