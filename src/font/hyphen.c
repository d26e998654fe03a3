/*
 * Where words are hyphenated: by patterns. Only words in small letters are
 * broken: a name, an abbreviation or a number never is. At least two letters
 * stand before a break and three after it. Where the patterns give a syllable
 * without a vowel they are mistaken, and neither of its ends is used.
 */
#include "font/font_int.h"

#define BEFORE 2
#define AFTER  3

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

static bool has_vowel(const char *s, size_t from, size_t to)
{
    while (from < to && !strchr("aeiou", s[from]))
        from++;
    return from < to;
}

/* Keep the breaks between syllables with vowels. */
static void drop_mistakes(struct nk_font__entry *e, uint16_t *after, size_t len)
{
    size_t n = 0, i;
    uint16_t before = 0;

    for (i = 0; i < e->after_n; i++) {
        uint16_t at = after[i];
        size_t next = i + 1 < e->after_n ? after[i + 1] : len;

        if (has_vowel(e->text, before, at) && has_vowel(e->text, at, next))
            after[n++] = at;
        before = at;
    }
    e->after_n = n;
}

static nk_err find_breaks(nk_ctx *ctx, nk_fonts *f, struct nk_font__entry *e,
                          size_t len)
{
    uint8_t values[NK_MAX_WORD + 1];
    uint16_t *after = NK_NEWN(&f->words, len, uint16_t);
    size_t i;
    nk_err rc;

    if (!after)
        return nk_nomem(ctx);
    if (!f->patterns && (rc = nk_font__patterns_load(ctx, &f->arena, f->hyphens,
                                                     &f->patterns)) < 0)
        return rc;
    nk_font__patterns_apply(f->patterns, nk_str_head(nk_font__text(e), len),
                            values);
    for (i = BEFORE; i + AFTER <= len; i++)
        if (values[i] & 1)
            after[e->after_n++] = (uint16_t)i;
    drop_mistakes(e, after, len);
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
