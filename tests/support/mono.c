/*
 * The typewriter.
 */
#include "mono.h"

static int32_t kerning(const nk_mono *m, nk_str text)
{
    int32_t sum = 0;
    size_t i;

    for (i = 0; m->by && i + 1 < text.len; i++)
        if (text.ptr[i] == m->kern[0] && text.ptr[i + 1] == m->kern[1])
            sum += m->by;
    return sum;
}

static nk_err word(void *self, nk_ctx *ctx, nk_face face, nk_str text,
                   int32_t *width, uint32_t *missing)
{
    nk_mono *m = self;
    nk_str rest = text;

    (void)face;
    if (++m->calls == m->fail)
        return nk_fail(ctx, NK_E_IO, NK_M_FILE_READ, NK_NOWHERE, NK_NOARGS);
    *width = -kerning(m, text);
    *missing = 0;
    while (rest.len) {
        uint32_t c = nk_utf8_next(&rest);

        if (c == m->lacks && !*missing)
            *missing = c;
        *width += NK_MONO_CHAR;
    }
    return NK_OK;
}

static nk_err face(void *self, nk_ctx *ctx, nk_face f, int32_t *space,
                   int32_t *ascent, int32_t *descent)
{
    const nk_mono *m = self;

    (void)f;
    if (m->no_faces)
        return nk_fail(ctx, NK_E_IO, NK_M_FILE_READ, NK_NOWHERE, NK_NOARGS);
    *space = NK_MONO_CHAR;
    *ascent = 800;
    *descent = -200;
    return NK_OK;
}

/* Is `marked` without its hyphens the word? */
static bool is_word(const char *marked, nk_str w)
{
    size_t i = 0;

    for (; *marked; marked++) {
        if (*marked == '-')
            continue;
        if (i == w.len || w.ptr[i++] != *marked)
            return false;
    }
    return i == w.len;
}

static nk_err hyphens(void *self, nk_ctx *ctx, nk_str text, uint16_t *after,
                      size_t room, size_t *n)
{
    const nk_mono *m = self;
    const char *const *k, *p;
    uint16_t at = 0;

    (void)ctx;
    *n = 0;
    for (k = m->words; k && *k && !is_word(*k, text); k++)
        ;
    for (p = k ? *k : NULL; p && *p && *n < room; p++) {
        if (*p == '-')
            after[(*n)++] = at;
        else
            at++;
    }
    return NK_OK;
}

static nk_err image(void *self, nk_ctx *ctx, nk_str name, uint32_t *width,
                    uint32_t *height)
{
    (void)self;
    if (!nk_str_eq(name, NK_STR("arms")))
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_IMAGE_NONE, NK_NOWHERE,
                       NK_ARGS(name));
    *width = 100;
    *height = 200;
    return NK_OK;
}

void nk_mono_metrics(nk_mono *m, nk_metrics *out)
{
    *out = (nk_metrics){ m, word, face, hyphens, image };
}
