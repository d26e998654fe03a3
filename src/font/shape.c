/*
 * Shaping words, and the cache of shaped words.
 *
 * HarfBuzz gives glyphs with advances; ligatures are off, so each glyph is
 * one character, and a letter with a combining mark comes composed where the
 * font can. The glyphs become pieces of a TJ array: advances that differ
 * from the font's own are written between the strings.
 */
#include "font/font_int.h"

#define BUCKETS 16384u /* a power of two; some words a bucket when full */

struct shaping {
    nk_fonts *f;
    struct nk_font__face *x;
    nk_word *word;
    nk_segment *segments;
    nk_buf tj;
    nk_extra_glyph *glyphs; /* room for all glyphs of the word */
    uint32_t glyphs_n;
    int32_t pending; /* adjustment due before the next glyph, 1/1000 em */
};

/* The n < 8 bytes at p as one number; with n it is unlike any other's. */
static uint64_t few_bytes(const char *p, size_t n)
{
    uint32_t first, last;

    if (n >= 4) {
        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        return (uint64_t)first << 32 | last;
    }
    return n ? (uint64_t)(unsigned char)p[0] << 16 |
                   (uint64_t)(unsigned char)p[n / 2] << 8 |
                   (unsigned char)p[n - 1]
             : 0;
}

static uint64_t mix(uint64_t h, uint64_t part)
{
    h = (h ^ part) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio */
    return h ^ h >> 32;
}

static uint32_t hash(unsigned kind, nk_str s)
{
    uint64_t h = s.len * 8 + kind, part;

    for (; s.len >= 8; s = nk_str_skip(s, 8)) {
        memcpy(&part, s.ptr, 8);
        h = mix(h, part);
    }
    return (uint32_t)mix(h, few_bytes(s.ptr, s.len));
}

static void end_segment(struct shaping *s)
{
    if (s->segments && s->word->segments_n)
        s->segments[s->word->segments_n - 1].tj = nk_buf_str(&s->tj);
}

/* The segment the next glyph goes to: the last, or a new one. */
static void choose_segment(struct shaping *s, bool extra, int32_t rise)
{
    nk_segment *last =
        s->word->segments_n ? &s->segments[s->word->segments_n - 1] : NULL;

    if (last && last->extra == extra && last->rise == rise)
        return;
    end_segment(s);
    nk_buf_init(&s->tj, &s->f->words);
    last = &s->segments[s->word->segments_n++];
    last->extra = extra;
    last->rise = (int16_t)rise;
    last->glyphs = s->glyphs + s->glyphs_n;
}

/* Write the adjustment that is due: positive moves left. */
static void put_pending(struct shaping *s, bool extra)
{
    if (s->pending == 0)
        return;
    nk_buf_putc(&s->tj, extra ? '>' : ')');
    nk_buf_int(&s->tj, s->pending);
    nk_buf_putc(&s->tj, extra ? '<' : '(');
    s->pending = 0;
}

static void put_code(nk_buf *b, unsigned char code)
{
    if (code == '(' || code == ')' || code == '\\')
        nk_buf_putc(b, '\\');
    nk_buf_putc(b, (char)code);
}

/* A glyph of the extra font: its id, and what it stands for. */
static void put_extra(struct shaping *s, hb_codepoint_t glyph, int32_t width,
                      nk_str text)
{
    unsigned char id[2] = { (unsigned char)(glyph >> 8), (unsigned char)glyph };

    nk_buf_hex(&s->tj, id, 2);
    s->glyphs[s->glyphs_n++] =
        (nk_extra_glyph){ (uint16_t)glyph, (int16_t)width, text };
    s->segments[s->word->segments_n - 1].glyphs_n++;
}

static void put_glyph(struct shaping *s, const hb_glyph_info_t *g,
                      const hb_glyph_position_t *p, bool soft, nk_str text)
{
    int code = soft ? 0xAD : -1, c;
    int32_t natural = nk_font__em(
        s->x, hb_font_get_glyph_h_advance(s->x->font, g->codepoint));
    int32_t advance = nk_font__em(s->x, p->x_advance);
    int32_t shift = nk_font__em(s->x, p->x_offset);
    int32_t rise = nk_font__em(s->x, p->y_offset);

    for (c = 0x20; c < NK_FONT__CODES && code < 0; c++)
        if (c != 0xAD && s->x->glyphs[c] == g->codepoint)
            code = c;
    choose_segment(s, code < 0, rise);
    s->pending -= shift;
    put_pending(s, code < 0);
    if (code >= 0)
        put_code(&s->tj, (unsigned char)code);
    else
        put_extra(s, g->codepoint, natural, text);
    s->pending = natural - advance + shift;
    s->word->width += advance;
}

/* The characters glyph i stands for: from its cluster to the next one. */
static nk_str cluster_text(nk_str text, const hb_glyph_info_t *g, unsigned n,
                           unsigned i)
{
    size_t from = g[i].cluster < text.len ? g[i].cluster : text.len, to;
    unsigned k = i + 1;

    while (k < n && g[k].cluster == g[i].cluster)
        k++;
    to = k < n && g[k].cluster < text.len ? g[k].cluster : text.len;
    if (i > 0 && g[i - 1].cluster == g[i].cluster)
        to = from; /* the first glyph of a cluster speaks for it */
    return nk_str_head(nk_str_skip(text, from), to - from);
}

/* A character of a cluster without a glyph: the one the face lacks. */
static uint32_t lacking(const struct nk_font__face *x, nk_str cluster)
{
    nk_str s = cluster;
    hb_codepoint_t g;

    while (s.len) {
        uint32_t c = nk_utf8_next(&s);

        if (!hb_font_get_nominal_glyph(x->font, c, &g))
            return c;
    }
    return cluster.len ? nk_utf8_next(&cluster) : 0;
}

/* Any glyph of a cluster may be the one that is not there: a mark too. */
static uint32_t find_missing(const struct nk_font__face *x, nk_str text,
                             const hb_glyph_info_t *g, unsigned n)
{
    unsigned i, first = 0;

    for (i = 0; i < n; i++) {
        if (g[i].cluster != g[first].cluster)
            first = i;
        if (g[i].codepoint == 0)
            return lacking(x, cluster_text(text, g, n, first));
    }
    return 0;
}

/* Into the cache goes what was used of the parts: most words are one segment
   without an extra glyph. */
static bool keep_parts(struct shaping *s)
{
    nk_segment *segments =
        NK_NEWN(&s->f->words, s->word->segments_n, nk_segment);
    nk_extra_glyph *glyphs = NK_NEWN(&s->f->words, s->glyphs_n, nk_extra_glyph);
    uint32_t i;

    if (!segments || !glyphs)
        return false;
    for (i = 0; i < s->glyphs_n; i++)
        glyphs[i] = s->glyphs[i];
    for (i = 0; i < s->word->segments_n; i++) {
        segments[i] = s->segments[i];
        segments[i].glyphs = glyphs + (s->segments[i].glyphs - s->glyphs);
    }
    s->word->segments = segments;
    return true;
}

static nk_err shape(nk_ctx *ctx, struct shaping *s, nk_str text)
{
    static const hb_feature_t features[] = {
        { HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1 },
        { HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1 },
    };
    bool soft = nk_str_ends(text, NK_STR("\xC2\xAD"));
    nk_str shown = nk_str_head(text, text.len - (soft ? 2 : 0));
    const hb_glyph_position_t *p;
    const hb_glyph_info_t *g;
    hb_bool_t shaped;
    unsigned n, i;

    *s->word = (nk_word){ 0 };
    nk_arena_reset(&s->f->parts);
    hb_buffer_clear_contents(s->f->buffer);
    hb_buffer_add_utf8(s->f->buffer, shown.ptr, (int)shown.len, 0,
                       (int)shown.len);
    if (soft)
        hb_buffer_add(s->f->buffer, '-', (unsigned)shown.len);
    hb_buffer_set_content_type(s->f->buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_guess_segment_properties(s->f->buffer);
    hb_buffer_set_direction(s->f->buffer, HB_DIRECTION_LTR);
    shaped = hb_shape_full(s->x->font, s->f->buffer, features, 2, NULL);
    g = hb_buffer_get_glyph_infos(s->f->buffer, &n);
    p = hb_buffer_get_glyph_positions(s->f->buffer, NULL);
    if (!shaped || !hb_buffer_allocation_successful(s->f->buffer) ||
        !(s->segments = NK_NEWN(&s->f->parts, n + 1, nk_segment)) ||
        !(s->glyphs = NK_NEWN(&s->f->parts, n + 1, nk_extra_glyph)))
        return nk_nomem(ctx);
    s->word->missing = find_missing(s->x, shown, g, n);
    nk_buf_init(&s->tj, &s->f->words);
    for (i = 0; i < n && s->tj.err == NK_OK; i++)
        put_glyph(s, &g[i], &p[i], soft && i + 1 == n,
                  cluster_text(shown, g, n, i));
    if (s->word->segments_n)
        put_pending(s, s->segments[s->word->segments_n - 1].extra);
    end_segment(s);
    return s->tj.err < 0 || !keep_parts(s) ? nk_nomem(ctx) : NK_OK;
}

/* An empty cache, at the start and when it has grown too large. */
static nk_err renew_cache(nk_ctx *ctx, nk_fonts *f)
{
    if (f->buckets && f->words_n < NK_MAX_CACHED_WORDS)
        return NK_OK;
    nk_arena_reset(&f->words);
    f->words_n = 0;
    f->buckets = NK_NEWN(&f->words, BUCKETS, struct nk_font__entry *);
    return f->buckets ? NK_OK : nk_nomem(ctx);
}

nk_err nk_font__entry(nk_ctx *ctx, nk_fonts *f, unsigned kind, nk_str text,
                      struct nk_font__entry **out)
{
    struct nk_font__entry *e, **bucket;
    uint32_t h = hash(kind, text);
    nk_err rc;

    if ((rc = renew_cache(ctx, f)) < 0)
        return rc;
    bucket = &f->buckets[h & (BUCKETS - 1)];
    for (e = *bucket; e; e = e->next)
        if (e->hash == h && e->kind == kind &&
            nk_str_eq(nk_font__text(e), text))
            break;
    if (!e) {
        if (!(e = nk_alloc(&f->words, sizeof(*e) + text.len)))
            return nk_nomem(ctx);
        *e = (struct nk_font__entry){ .hash = h, .kind = (uint8_t)kind };
        e->len = text.len;
        if (text.len)
            memcpy(e->text, text.ptr, text.len);
        e->next = *bucket;
        *bucket = e;
        f->words_n++;
    }
    *out = e;
    return NK_OK;
}

/* Work out what is not known yet of an entry. */
static nk_err learn(nk_ctx *ctx, nk_fonts *f, nk_face face,
                    struct nk_font__entry *e)
{
    struct shaping s = { .f = f, .word = &e->word };
    nk_err rc;

    if ((rc = nk_font__face(ctx, f, face, &s.x)) < 0 ||
        (rc = shape(ctx, &s, nk_font__text(e))) < 0)
        return rc;
    e->known = true;
    return NK_OK;
}

nk_err nk_fonts_word(nk_ctx *ctx, nk_fonts *f, nk_face face, nk_str text,
                     const nk_word **out)
{
    struct nk_font__entry *e;
    nk_err rc;

    if ((rc = nk_font__entry(ctx, f, face, text, &e)) < 0 ||
        (!e->known && (rc = learn(ctx, f, face, e)) < 0))
        return rc;
    *out = &e->word;
    return NK_OK;
}
