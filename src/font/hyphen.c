/*
 * Hyphenation by patterns (libhyphen). Only words in small letters are
 * broken: a name, an abbreviation or a number never is. At least two letters
 * stand before a break and three after it.
 */
#include "font/font_int.h"

#include <hyphen.h>
#include <stdlib.h>

#define BEFORE 2
#define AFTER  3

static nk_err load(nk_ctx *ctx, nk_fonts *f)
{
    if (f->dict)
        return NK_OK;
    f->dict = hnj_hyphen_load(f->hyphens.ptr);
    if (!f->dict)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_HYPHENS_NONE, NK_NOWHERE,
                       NK_ARGS(f->hyphens));
    return NK_OK;
}

/* The letters a..z at the start of the word; anything else ends them. */
static size_t letters(nk_str word)
{
    size_t n = 0;

    while (n < word.len && word.ptr[n] >= 'a' && word.ptr[n] <= 'z')
        n++;
    return n;
}

/* After the letters only closing marks may stand. */
static bool only_marks(nk_str rest)
{
    size_t i;

    for (i = 0; i < rest.len; i++)
        if (!strchr(".,;:!?)\"'", rest.ptr[i]))
            return false;
    return true;
}

static nk_err find_breaks(nk_ctx *ctx, nk_fonts *f, struct nk_font__entry *e,
                          size_t len)
{
    char marks[NK_MAX_WORD + 8], **rep = NULL;
    int *pos = NULL, *cut = NULL;
    uint16_t *after = NK_NEWN(&f->words, len, uint16_t);
    size_t i;
    nk_err rc;

    if (!after)
        return nk_nomem(ctx);
    if ((rc = load(ctx, f)) < 0)
        return rc;
    if (hnj_hyphen_hyphenate3(f->dict, e->text.ptr, (int)len, marks, NULL, &rep,
                              &pos, &cut, BEFORE, AFTER, BEFORE, AFTER) != 0)
        return nk_nomem(ctx);
    for (i = BEFORE - 1; i + AFTER < len; i++)
        if ((marks[i] & 1) && !(rep && rep[i]))
            after[e->after_n++] = (uint16_t)(i + 1);
    for (i = 0; rep && i < len; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
    e->after = after;
    return NK_OK;
}

nk_err nk_fonts_hyphens(nk_ctx *ctx, nk_fonts *f, nk_str word, uint16_t *after,
                        size_t room, size_t *n)
{
    struct nk_font__entry *e;
    size_t len = letters(word);
    nk_err rc;

    *n = 0;
    if (len < BEFORE + AFTER || len > NK_MAX_WORD ||
        !only_marks(nk_str_skip(word, len)))
        return NK_OK;
    if ((rc = nk_font__entry(ctx, f, NK_FONT__HYPHENS, word, &e)) < 0)
        return rc;
    if (!e->known && (rc = find_breaks(ctx, f, e, len)) < 0)
        return rc;
    e->known = true;
    *n = e->after_n < room ? e->after_n : room;
    if (*n)
        memcpy(after, e->after, *n * sizeof(*after));
    return NK_OK;
}
