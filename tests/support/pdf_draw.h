/*
 * What a page of our papers shows: its content stream carried out as a
 * viewer would, with the fonts of the file. Every operator must be one that
 * our papers use, and nothing may be drawn outside marked content.
 */
#ifndef NK_TESTS_PDF_DRAW_H
#define NK_TESTS_PDF_DRAW_H

#include <stdio.h>
#include <stdlib.h>

#include "pdf_read.h"

#define NK_SHOWN_ARTIFACT (-1)

/* What was shown from one place on: a line, or part of one. */
typedef struct nk_shown {
    struct nk_shown *next;
    nk_buf text;  /* as /ToUnicode tells */
    int32_t x, y; /* 1/1000 pt from the lower left corner */
    int64_t end;  /* x after the last word, 1/1000000 pt */
    int32_t mark; /* MCID or NK_SHOWN_ARTIFACT */
    nk_mpt size, word_space;
    uint32_t spaces; /* between words */
    bool turned;     /* drawn askew */
} nk_shown;

typedef struct nk_drawn_box {
    int32_t box[4]; /* x, y, width, height, 1/1000 pt */
    char what;      /* f filled, S framed, D picture, d dotted line */
    int32_t mark;
} nk_drawn_box;

typedef struct nk_drawn {
    nk_shown *first, *last;
    nk_drawn_box boxes[4096];
    size_t boxes_n;
    uint32_t marks;     /* MCIDs in turn: 0 .. marks - 1 */
    nk_str names[8192]; /* the structure type at each of them */
} nk_drawn;

/* A font of the page. */
struct nk_draw_font {
    nk_str name;
    bool wide; /* codes of two bytes */
    nk_pdf_value widths, unicode_ref;
    nk_str unicode; /* the CMap */
    int first;
};

struct nk_draw {
    nk_read *r;
    nk_pdf_value page;
    nk_drawn *out;
    nk_pdf_value args[16];
    size_t n;
    struct nk_draw_font fonts[16], *font;
    size_t fonts_n;
    int32_t mark; /* -2: outside marked content */
    int32_t x, y; /* where the line begins */
    int64_t pen;
    nk_mpt size, word_space;
    bool in_text, turned, dotted;
    int32_t box[4], matrix[6];
    struct nk_draw_state {
        struct nk_draw_font *font;
        nk_mpt size, word_space;
    } saved[4];
    unsigned depth; /* of q */
};

/* "12.5" as 12500; at most three decimals. */
static inline int32_t nk_draw_number(nk_pdf_value v)
{
    int32_t sign = v.raw.ptr[0] == '-' ? -1 : 1, out = 0;
    size_t i = sign < 0, point = nk_str_find(v.raw, '.'), k;

    assert_true(v.kind == NK_COS_INT || v.kind == NK_COS_REAL);
    for (; i < point; i++)
        out = out * 10 + (v.raw.ptr[i] - '0');
    assert_true(v.raw.len <= point + 4);
    for (k = 1; k <= 3; k++)
        out =
            out * 10 + (point + k < v.raw.len ? v.raw.ptr[point + k] - '0' : 0);
    return sign * out;
}

static inline int32_t nk_draw_arg(const struct nk_draw *d, size_t k)
{
    assert_true(k < d->n);
    return nk_draw_number(d->args[k]);
}

/* ---- Fonts ------------------------------------------------------------- */

static inline void nk_draw_load_font(struct nk_draw *d, nk_str name)
{
    struct nk_draw_font *f = &d->fonts[d->fonts_n++];
    nk_pdf_value fonts =
        nk_read_get(d->r, nk_read_get(d->r, d->page, "Resources"), "Font");
    nk_pdf_value dict, kid;
    size_t n;

    assert_true(d->fonts_n <= NK_COUNT(d->fonts));
    dict = nk_read_get(d->r, fonts, nk_str_z(d->r->arena, name));
    f->name = name;
    f->unicode = nk_read_inflated(d->r, nk_read_raw(d->r, dict, "ToUnicode"));
    f->wide =
        nk_str_eq(nk_read_get(d->r, dict, "Subtype").raw, NK_STR("/Type0"));
    if (f->wide) {
        kid = nk_read_array(d->r, nk_read_get(d->r, dict, "DescendantFonts"),
                            &n)[0];
        f->widths = nk_read_get(d->r, nk_read_object(d->r, kid).value, "W");
    } else {
        f->widths = nk_read_get(d->r, dict, "Widths");
        f->first = (int)nk_read_int(d->r, dict, "FirstChar");
    }
}

static inline void nk_draw_choose_font(struct nk_draw *d, nk_str name)
{
    size_t i;

    for (i = 0; i < d->fonts_n; i++)
        if (nk_str_eq(d->fonts[i].name, name))
            break;
    if (i == d->fonts_n)
        nk_draw_load_font(d, name);
    d->font = &d->fonts[i];
}

/* 1/1000 em. */
static inline int64_t nk_draw_width(const struct nk_draw *d, unsigned code)
{
    const struct nk_draw_font *f = d->font;
    nk_str rest = nk_cos_inside(&f->widths);
    nk_pdf_value v, w;
    int at = f->first;

    while (nk_cos_take(&rest, &v)) {
        if (!f->wide && at++ == (int)code)
            return v.number;
        if (f->wide && nk_cos_take(&rest, &w) && v.number == (int)code)
            return nk_read_value(nk_cos_inside(&w)).number;
    }
    fail_msg("code %u has no width", code);
    return 0;
}

/* Append what a string of hexadecimal UTF-16 says, `more` further on. */
static inline void nk_draw_put_utf16(nk_buf *b, nk_str hex, unsigned more)
{
    uint32_t high = 0;

    for (; hex.len >= 4; hex = nk_str_skip(hex, 4)) {
        char four[5] = { 0 };
        uint32_t c;

        memcpy(four, hex.ptr, 4);
        c = (uint32_t)strtoul(four, NULL, 16) + more;
        if (c >= 0xD800 && c < 0xDC00) {
            high = c;
            continue;
        }
        if (high)
            c = 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00);
        high = 0;
        nk_utf8_put(b, c);
    }
    assert_int_equal(hex.len, 0);
}

static inline unsigned nk_draw_code(nk_pdf_value hex)
{
    char text[8] = { 0 };

    assert_int_equal(hex.kind, NK_COS_HEX);
    assert_true(hex.raw.len - 2 < sizeof(text));
    memcpy(text, hex.raw.ptr + 1, hex.raw.len - 2);
    return (unsigned)strtoul(text, NULL, 16);
}

/* The text of a code; it must have one. */
static inline void nk_draw_put_text(struct nk_draw *d, unsigned code, nk_buf *b)
{
    static const struct {
        const char *begin;
        size_t parts;
    } kinds[] = { { "beginbfchar", 2 }, { "beginbfrange", 3 } };
    size_t k, at;

    for (k = 0; k < 2; k++) {
        nk_str rest = d->font->unicode, begin = nk_str_of(kinds[k].begin);

        while ((at = nk_str_search(rest, begin)) < rest.len) {
            nk_pdf_value v[3];

            rest = nk_str_skip(rest, at + begin.len);
            while (nk_cos_take(&rest, &v[0]) && v[0].kind == NK_COS_HEX) {
                unsigned low = nk_draw_code(v[0]), high = low;
                nk_str text;

                assert_true(nk_cos_take(&rest, &v[1]));
                if (kinds[k].parts == 3) {
                    assert_true(nk_cos_take(&rest, &v[2]));
                    high = nk_draw_code(v[1]);
                }
                if (code < low || code > high)
                    continue;
                text = v[kinds[k].parts - 1].raw;
                nk_draw_put_utf16(
                    b, nk_str_head(nk_str_skip(text, 1), text.len - 2),
                    code - low);
                return;
            }
        }
    }
    fail_msg("code %u has no text", code);
}

/* ---- Showing ----------------------------------------------------------- */

static inline void nk_draw_show_code(struct nk_draw *d, unsigned code)
{
    nk_shown *s = d->out->last;
    bool space = !d->font->wide && code == 32;

    assert_true(d->in_text && s);
    assert_int_not_equal(d->mark, -2);
    d->pen += nk_draw_width(d, code) * d->size;
    if (space)
        d->pen += (int64_t)d->word_space * 1000;
    else if (s->text.len && s->text.ptr[s->text.len - 1] == ' ')
        s->spaces++;
    nk_draw_put_text(d, code, &s->text);
    if (!space)
        s->end = d->pen;
    s->size = d->size;
}

static inline void nk_draw_show(struct nk_draw *d, nk_pdf_value v)
{
    nk_str s = nk_str_head(nk_str_skip(v.raw, 1), v.raw.len - 2);
    char hex[5] = { 0 };

    if (v.kind == NK_COS_INT) {
        d->pen -= v.number * d->size;
        return;
    }
    assert_int_equal(v.kind, d->font->wide ? NK_COS_HEX : NK_COS_TEXT);
    while (s.len) {
        size_t n = d->font->wide ? 4 : s.ptr[0] == '\\' ? 2 : 1;

        assert_true(n <= s.len);
        if (d->font->wide) {
            memcpy(hex, s.ptr, 4);
            nk_draw_show_code(d, (unsigned)strtoul(hex, NULL, 16));
        } else {
            nk_draw_show_code(d, (unsigned char)s.ptr[n - 1]);
        }
        s = nk_str_skip(s, n);
    }
}

static inline void nk_draw_line(struct nk_draw *d)
{
    nk_shown *s = NK_NEW(d->r->arena, nk_shown);

    assert_non_null(s);
    d->x += nk_draw_arg(d, 0);
    d->y += nk_draw_arg(d, 1);
    d->pen = (int64_t)d->x * 1000;
    s->x = d->x;
    s->y = d->y;
    s->end = d->pen;
    s->mark = d->mark;
    s->word_space = d->word_space;
    s->turned = d->turned;
    nk_buf_init(&s->text, d->r->arena);
    if (d->out->last)
        d->out->last->next = s;
    else
        d->out->first = s;
    d->out->last = s;
}

static inline void nk_draw_box(struct nk_draw *d, char what, const int32_t *box)
{
    nk_drawn_box *b = &d->out->boxes[d->out->boxes_n++];

    assert_true(d->out->boxes_n <= NK_COUNT(d->out->boxes));
    assert_int_not_equal(d->mark, -2);
    memcpy(b->box, box, sizeof(b->box));
    b->what = what;
    b->mark = d->mark;
}

static inline void nk_draw_mark(struct nk_draw *d, nk_str op)
{
    nk_str name = nk_str_skip(d->args[0].raw, 1);

    if (nk_str_eq(op, NK_STR("EMC"))) {
        assert_int_not_equal(d->mark, -2);
        d->mark = -2;
        return;
    }
    assert_int_equal(d->mark, -2);
    if (nk_str_eq(op, NK_STR("BMC"))) {
        assert_str(name, "Artifact");
        d->mark = NK_SHOWN_ARTIFACT;
        return;
    }
    d->mark = (int32_t)nk_read_int(d->r, d->args[1], "MCID");
    assert_int_equal(d->mark, d->out->marks);
    assert_true(d->out->marks < NK_COUNT(d->out->names));
    d->out->names[d->out->marks++] = name;
}

/* ---- Operators --------------------------------------------------------- */

static inline bool nk_draw_is(nk_str op, const char *list)
{
    nk_str rest = nk_str_of(list), word;

    while (nk_str_word(&rest, &word))
        if (nk_str_eq(word, op))
            return true;
    return false;
}

static inline void nk_draw_text_op(struct nk_draw *d, nk_str op)
{
    nk_pdf_value *parts;
    size_t n, i;

    if (nk_str_eq(op, NK_STR("BT"))) {
        assert_false(d->in_text);
        d->in_text = true;
        d->x = d->y = 0;
    } else if (nk_str_eq(op, NK_STR("ET"))) {
        assert_true(d->in_text);
        d->in_text = false;
    } else if (nk_str_eq(op, NK_STR("Tf"))) {
        nk_draw_choose_font(d, nk_str_skip(d->args[0].raw, 1));
        d->size = nk_draw_arg(d, 1);
    } else if (nk_str_eq(op, NK_STR("Tw"))) {
        d->word_space = nk_draw_arg(d, 0);
    } else if (nk_str_eq(op, NK_STR("Td"))) {
        nk_draw_line(d);
    } else {
        parts = nk_read_array(d->r, d->args[0], &n);
        for (i = 0; i < n; i++)
            nk_draw_show(d, parts[i]);
    }
}

static inline void nk_draw_state_op(struct nk_draw *d, bool save)
{
    struct nk_draw_state *s;

    if (save) {
        assert_true(d->depth < NK_COUNT(d->saved));
        s = &d->saved[d->depth++];
        *s = (struct nk_draw_state){ d->font, d->size, d->word_space };
        return;
    }
    assert_true(d->depth > 0);
    s = &d->saved[--d->depth];
    d->font = s->font;
    d->size = s->size;
    d->word_space = s->word_space;
    d->turned = false;
}

static inline void nk_draw_shape_op(struct nk_draw *d, nk_str op)
{
    size_t i;

    if (nk_draw_is(op, "re m l")) {
        for (i = 0; i < d->n; i++)
            d->box[i + (op.ptr[0] == 'l' ? 2 : 0)] = nk_draw_arg(d, i);
        d->dotted = op.ptr[0] == 'l';
    } else if (nk_str_eq(op, NK_STR("cm"))) {
        d->turned = !nk_str_eq(d->args[1].raw, NK_STR("0"));
        for (i = 0; i < 6 && !d->turned; i++)
            d->matrix[i] = nk_draw_arg(d, i);
    } else if (nk_draw_is(op, "f S")) {
        nk_draw_box(d, d->dotted ? 'd' : op.ptr[0], d->box);
    } else if (nk_str_eq(op, NK_STR("Do"))) {
        const int32_t at[4] = { d->matrix[4], d->matrix[5], d->matrix[0],
                                d->matrix[3] };

        nk_draw_box(d, 'D', at);
    } else if (nk_draw_is(op, "q Q")) {
        nk_draw_state_op(d, op.ptr[0] == 'q');
    }
}

static inline void nk_draw_op(struct nk_draw *d, nk_str op)
{
    if (nk_draw_is(op, "BMC BDC EMC"))
        nk_draw_mark(d, op);
    else if (nk_draw_is(op, "BT ET Tf Tw Td TJ"))
        nk_draw_text_op(d, op);
    else if (nk_draw_is(op, "q Q cm re m l f S Do w d J g"))
        nk_draw_shape_op(d, op);
    else
        fail_msg("operator %.*s", (int)op.len, op.ptr);
    d->n = 0;
}

/* Carry a page out. */
static inline nk_drawn *nk_draw_page(nk_read *r, nk_pdf_value page)
{
    nk_drawn *out = NK_NEW(r->arena, nk_drawn);
    struct nk_draw d = { .r = r, .out = out, .mark = -2 };
    nk_str s;

    assert_non_null(out);
    d.page = nk_read_object(r, page).value;
    s = nk_read_inflated(r, nk_read_raw(r, d.page, "Contents"));
    for (nk_cos_skip_space(&s); s.len; nk_cos_skip_space(&s)) {
        nk_str op = s;

        assert_true(d.n < NK_COUNT(d.args));
        if (nk_cos_take(&s, &d.args[d.n])) {
            d.n++;
            continue;
        }
        s = op;
        while (s.len && nk_is_alpha(s.ptr[0]))
            s = nk_str_skip(s, 1);
        op.len -= s.len;
        assert_true(op.len > 0);
        nk_draw_op(&d, op);
    }
    assert_int_equal(d.mark, -2);
    assert_int_equal(d.depth, 0);
    assert_false(d.in_text);
    assert_int_equal(d.n, 0);
    return out;
}

#endif
