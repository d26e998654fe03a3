/*
 * Makes case records from the field model: full ones, the longest there may
 * be, ones whose every text says which field it is of, and random ones. Same
 * seed, same record. All people in them are invented; identity numbers begin
 * with 99, which is nobody's region.
 */
#ifndef NK_TESTS_MAKER_H
#define NK_TESTS_MAKER_H

#include "record/record.h"

typedef enum nk_making {
    MAKE_FULL,    /* every field once, with a short value */
    MAKE_LONGEST, /* every field once, as long as it may be */
    MAKE_MARKED,  /* every text is "tanda." and the path of its field */
    MAKE_RANDOM   /* any fields, any number of them, any values */
} nk_making;

typedef struct nk_maker {
    nk_making how;
    uint64_t seed;           /* not 0 */
    const nk_field *without; /* left out; NULL: nothing */
    unsigned made;           /* values so far: numbers differ by it */
} nk_maker;

/* 0 .. n - 1; xorshift64*. */
static inline unsigned maker_pick(nk_maker *m, unsigned n)
{
    m->seed ^= m->seed >> 12;
    m->seed ^= m->seed << 25;
    m->seed ^= m->seed >> 27;
    return (unsigned)((m->seed * UINT64_C(2685821657736338717) >> 33) % n);
}

static inline void maker_escaped(nk_buf *b, nk_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++) {
        if (s.ptr[i] == '&')
            nk_buf_lit(b, "&amp;");
        else if (s.ptr[i] == '<')
            nk_buf_lit(b, "&lt;");
        else if (s.ptr[i] == '>')
            nk_buf_lit(b, "&gt;");
        else
            nk_buf_putc(b, s.ptr[i]);
    }
}

static inline void maker_path(nk_buf *b, const nk_field *f)
{
    if (f->parent && f->parent->parent) {
        maker_path(b, f->parent);
        nk_buf_putc(b, '.');
    }
    nk_buf_puts(b, f->name);
}

/* Words with all that may stand in a record, to `longest` characters. */
static inline void maker_words(nk_maker *m, nk_buf *b, uint32_t longest)
{
    static const char *const words[] = {
        "Melati",
        "Contoh",
        "binti",
        "S.Sos.,",
        "R\xC3\xA9n\xC3\xA9"
        "e",
        "5 < 6",
        "& Co.",
        "\"q\"",
        "\xC5\x9A"
        "armil\xC4\x81",
        "nomor 7",
        "it's",
        "]]>",
        "<b>tebal</b>",
        "a\xCC\x81",
        "\xF0\x9F\x8C\xBA",
        "{0}",
        "%s",
        "&amp;",
        "-- ",
        "12.500,00",
    };
    uint32_t left = maker_pick(m, longest < 300 ? longest : 300);

    for (;;) {
        nk_str w =
            nk_str_of(words[maker_pick(m, sizeof(words) / sizeof(words[0]))]);

        if (nk_utf8_count(w) + 1 > left)
            break;
        maker_escaped(b, w);
        nk_buf_putc(b, ' ');
        left -= (uint32_t)nk_utf8_count(w) + 1;
    }
    nk_buf_putc(b, 'x');
}

static inline void maker_text(nk_maker *m, nk_buf *b, const nk_field *f)
{
    switch (m->how) {
    case MAKE_FULL:
        nk_buf_printf(b, "Contoh %u", m->made);
        break;
    case MAKE_LONGEST:
        nk_buf_lit(b, "\xC3\xA9");
        nk_buf_fill(b, 'm', f->longest - 1);
        break;
    case MAKE_MARKED:
        nk_buf_lit(b, "tanda.");
        maker_path(b, f);
        break;
    case MAKE_RANDOM:
        maker_words(m, b, f->longest);
        break;
    }
}

static inline nk_date maker_day(nk_maker *m)
{
    return nk_date_from_days(m->how == MAKE_RANDOM
                                 ? -20000 + (int32_t)maker_pick(m, 40000)
                                 : 10000 + (int32_t)m->made);
}

static inline void maker_date(nk_maker *m, nk_buf *b, bool partial)
{
    nk_date d = maker_day(m);
    unsigned what = m->how == MAKE_RANDOM && partial ? maker_pick(m, 3) : 2;

    nk_buf_pad(b, (uint64_t)d.year, 4);
    if (what > 0)
        nk_buf_printf(b, "-%02u", (unsigned)d.month);
    if (what > 1)
        nk_buf_printf(b, "-%02u", (unsigned)d.day);
}

/* Sixteen digits with a day in them; now and then with gaps. */
static inline void maker_number(nk_maker *m, nk_buf *b, unsigned extra)
{
    nk_date d = maker_day(m);
    const char *gap = m->how == MAKE_RANDOM && maker_pick(m, 2) ? "." : "";

    nk_buf_printf(b, "990101%s%02u%02u%02u%s%04u", gap, d.day + extra,
                  (unsigned)d.month, (unsigned)(d.year % 100), gap,
                  1 + m->made % 9999);
}

static inline void maker_choice(nk_maker *m, nk_buf *b, const nk_field *f)
{
    size_t i = m->how == MAKE_RANDOM ? maker_pick(m, (unsigned)f->choices_n)
                                     : m->made % f->choices_n;

    nk_buf_puts(b, f->choices[i].value);
}

static inline void maker_value(nk_maker *m, nk_buf *b, const nk_field *f)
{
    m->made++;
    switch (f->kind) {
    case NK_KIND_GROUP:
        break;
    case NK_KIND_TEXT:
    case NK_KIND_LONG_TEXT:
    case NK_KIND_PERSON_NAME:
        maker_text(m, b, f);
        break;
    case NK_KIND_NIK:
        maker_number(m, b, maker_pick(m, 2) ? 40 : 0);
        break;
    case NK_KIND_KK:
        maker_number(m, b, 0);
        break;
    case NK_KIND_PHONE:
        nk_buf_printf(b, "0812 0000 %04u", m->made % 10000);
        break;
    case NK_KIND_EMAIL:
        nk_buf_printf(b, "contoh%u@contoh.example", m->made);
        break;
    case NK_KIND_RT_RW:
        nk_buf_printf(b, "%u/%u", m->made % 100, m->made % 7);
        break;
    case NK_KIND_DATE:
        maker_date(m, b, false);
        break;
    case NK_KIND_PARTIAL_DATE:
        maker_date(m, b, true);
        break;
    case NK_KIND_TIME:
        nk_buf_printf(b, "%02u:%02u:00", m->made % 24, m->made % 60);
        break;
    case NK_KIND_MOMENT:
        maker_date(m, b, false);
        nk_buf_printf(b, "T%02u:30:00+07:00", m->made % 24);
        break;
    case NK_KIND_COUNT:
    case NK_KIND_MONEY:
        nk_buf_int(b, maker_pick(m, 1000000));
        break;
    case NK_KIND_ID:
    case NK_KIND_CASE_NUMBER:
        nk_buf_printf(b, "kode-%u", m->made);
        break;
    case NK_KIND_CHOICE:
        maker_choice(m, b, f);
        break;
    }
}

/* How often a field is there; nothing may be there more than twice. */
static inline unsigned maker_times(nk_maker *m, const nk_field *f)
{
    if (f == m->without || f->computed.len)
        return 0;
    if (m->how != MAKE_RANDOM)
        return 1;
    return maker_pick(m, f->repeats ? 3 : 2);
}

static inline void maker_element(nk_maker *m, nk_buf *b, const nk_field *f,
                                 size_t depth)
{
    const nk_field *c;

    nk_buf_fill(b, ' ', 2 * depth);
    nk_buf_putc(b, '<');
    nk_buf_puts(b, f->name);
    if (!f->parent)
        nk_buf_lit(b, " xmlns=\"urn:naskah:case:1\"");
    for (c = f->first; c; c = c->next) {
        if (!c->is_attr)
            continue;
        nk_buf_putc(b, ' ');
        nk_buf_puts(b, c->name);
        nk_buf_lit(b, "=\"");
        maker_value(m, b, c);
        nk_buf_putc(b, '"');
    }
    nk_buf_putc(b, '>');
    if (f->kind != NK_KIND_GROUP) {
        maker_value(m, b, f);
    } else {
        nk_buf_putc(b, '\n');
        for (c = f->first; c; c = c->next) {
            unsigned n = c->is_attr ? 0 : maker_times(m, c);

            while (n--)
                maker_element(m, b, c, depth + 1);
        }
        nk_buf_fill(b, ' ', 2 * depth);
    }
    nk_buf_lit(b, "</");
    nk_buf_puts(b, f->name);
    nk_buf_lit(b, ">\n");
}

/* A whole record, as XML. */
static inline void maker_put(nk_maker *m, nk_buf *b, const nk_model *model)
{
    nk_buf_lit(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    maker_element(m, b, nk_model_root(model), 0);
}

#endif
