/*
 * Pictures: PNG by libpng, guarded. The header is looked at before a pixel
 * is read; whatever comes in, 8-bit grey or RGB on white goes out.
 */
#include "pdf/pdf_int.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

struct reading {
    nk_str rest;
    nk_ctx *ctx;
    nk_str file;
    bool starved; /* libpng was refused memory */
    nk_err err;
    jmp_buf stop; /* libpng leaves through this, and nothing else does */
};

const struct nk_pdf__image *nk_pdf__find_image(const nk_pdf *p, nk_str name)
{
    const struct nk_pdf__image *i;

    for (i = p->images; i; i = i->next)
        if (nk_str_eq(i->name, name))
            break;
    return i;
}

static void on_fault(png_structp png, png_const_charp message)
{
    struct reading *r = png_get_error_ptr(png);

    r->err = r->starved ? nk_nomem(r->ctx)
                        : nk_fail(r->ctx, NK_E_INVALID, NK_M_IMAGE_BROKEN,
                                  NK_IN_FILE(r->file),
                                  NK_ARGS(r->file, nk_str_of(message)));
    longjmp(r->stop, 1);
}

static png_voidp take_memory(png_structp png, png_alloc_size_t n)
{
    struct reading *r = png_get_mem_ptr(png);
    void *p = malloc(n);

    r->starved = r->starved || !p;
    return p;
}

static void give_memory(png_structp png, png_voidp p)
{
    (void)png;
    free(p);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png, (void)message;
}

static void read_bytes(png_structp png, png_bytep out, size_t n)
{
    struct reading *r = png_get_io_ptr(png);

    if (n > r->rest.len)
        png_error(png, "file ends early");
    memcpy(out, r->rest.ptr, n);
    r->rest = nk_str_skip(r->rest, n);
}

/* Everything to 8 bits, grey or RGB, what is transparent onto white. */
static void convert(png_structp png, png_infop info)
{
    png_color_16 white = { .red = 255, .green = 255, .blue = 255, .gray = 255 };

    png_set_expand(png);
    png_set_scale_16(png);
    png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    png_set_strip_alpha(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

/* Runs between setjmp and longjmp: no variable here is used after a jump. */
static nk_err read_png(struct reading *r, nk_arena *a, png_structp png,
                       png_infop info, struct nk_pdf__image *img,
                       nk_str *pixels)
{
    png_bytep *rows, p;
    size_t row, y;

    png_set_read_fn(png, r, read_bytes);
    png_set_user_limits(png, NK_MAX_IMAGE_SIDE, NK_MAX_IMAGE_SIDE);
    png_set_chunk_malloc_max(png, NK_MAX_FILE);
    png_set_chunk_cache_max(png, 100);
    png_read_info(png, info);
    img->width = png_get_image_width(png, info);
    img->height = png_get_image_height(png, info);
    if ((uint64_t)img->width * img->height > NK_MAX_PIXELS)
        return nk_fail(r->ctx, NK_E_LIMIT, NK_M_IMAGE_TOO_LARGE,
                       NK_IN_FILE(r->file),
                       NK_ARGS(r->file, NK_NUM(NK_MAX_PIXELS)));
    convert(png, info);
    img->gray = !(png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR);
    row = png_get_rowbytes(png, info);
    p = nk_alloc_array(a, img->height, row);
    rows = NK_NEWN(a, img->height, png_bytep);
    if (!p || !rows)
        return nk_nomem(r->ctx);
    for (y = 0; y < img->height; y++)
        rows[y] = p + y * row;
    png_read_image(png, rows);
    png_read_end(png, NULL);
    *pixels = (nk_str){ (const char *)p, row * img->height };
    return NK_OK;
}

static nk_err decode(struct reading *r, nk_arena *a, struct nk_pdf__image *img,
                     nk_str *pixels)
{
    png_structp png =
        png_create_read_struct_2(PNG_LIBPNG_VER_STRING, r, on_fault, on_warning,
                                 r, take_memory, give_memory);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    nk_err rc;

    if (!info) {
        png_destroy_read_struct(&png, NULL, NULL);
        return nk_nomem(r->ctx);
    }
    if (setjmp(r->stop))
        rc = r->err;
    else
        rc = read_png(r, a, png, info, img, pixels);
    png_destroy_read_struct(&png, &info, NULL);
    return rc;
}

nk_err nk_pdf_add_image(nk_ctx *ctx, nk_pdf *p, nk_str name, nk_str png,
                        nk_str file)
{
    struct nk_pdf__image *img = NK_NEW(&p->arena, struct nk_pdf__image);
    struct reading *r = NK_NEW(&p->arena, struct reading);
    nk_arena scratch;
    nk_str pixels = NK_EMPTY;
    nk_err rc;

    if (!img || !r)
        return nk_nomem(ctx);
    r->rest = png;
    r->ctx = ctx;
    r->file = file;
    nk_arena_init(&scratch);
    rc = decode(r, &scratch, img, &pixels);
    if (rc == NK_OK)
        rc = nk_pdf__deflate(ctx, &p->arena, pixels, &img->pixels);
    nk_arena_release(&scratch);
    if (rc < 0)
        return rc;
    img->name = nk_str_copy(&p->arena, name);
    img->file = nk_str_copy(&p->arena, file);
    if (!img->name.ptr || !img->file.ptr)
        return nk_nomem(ctx);
    img->next = p->images; /* found before an older one of the name */
    p->images = img;
    return NK_OK;
}

bool nk_pdf_use_image(nk_pdf *p, nk_str name, nk_str file)
{
    struct nk_pdf__image **at = &p->images, *img;

    while (*at &&
           !(nk_str_eq((*at)->name, name) && nk_str_eq((*at)->file, file)))
        at = &(*at)->next;
    if (!(img = *at))
        return false;
    *at = img->next;
    img->next = p->images;
    p->images = img;
    return true;
}
