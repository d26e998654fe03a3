/*
 * Values as people type them into a form, and back: dates with the day
 * first, times with a point, money with its points. What is right or wrong
 * with a value is field.c's matter.
 */
#include "record/record_int.h"

static void put_date(nk_buf *b, nk_str value)
{
    nk_date d;

    if (!nk_date_parse(value, &d)) {
        nk_buf_puts(b, value);
        return;
    }
    if (d.day) {
        nk_buf_pad(b, d.day, 2);
        nk_buf_putc(b, '-');
    }
    if (d.month) {
        nk_buf_pad(b, d.month, 2);
        nk_buf_putc(b, '-');
    }
    nk_buf_pad(b, (uint64_t)d.year, 4);
}

/* "08:30:00" or what follows "T" in a moment, as "08.30". */
static void put_time(nk_buf *b, nk_str value)
{
    nk_buf_puts(b, nk_str_head(value, 2));
    nk_buf_putc(b, '.');
    nk_buf_puts(b, nk_str_head(nk_str_skip(value, 3), 2));
}

static void put_moment(nk_buf *b, nk_typed part, nk_str value)
{
    int64_t ms;

    if (!nk_moment_parse(value, NK_ZONE_WIB, &ms)) {
        nk_buf_puts(b, value);
        return;
    }
    if (part != NK_TYPED_TIME)
        put_date(b, nk_str_head(value, 10));
    if (part == NK_TYPED_WHOLE)
        nk_buf_putc(b, ' ');
    if (part != NK_TYPED_DAY)
        put_time(b, nk_str_skip(value, 11));
}

void nk_field_put_typed(nk_buf *b, const nk_field *f, nk_typed part,
                        nk_str value)
{
    if (f->kind == NK_KIND_DATE || f->kind == NK_KIND_PARTIAL_DATE)
        put_date(b, value);
    else if (f->kind == NK_KIND_MOMENT)
        put_moment(b, part, value);
    else if (f->kind == NK_KIND_TIME && value.len >= 5)
        put_time(b, value);
    else
        nk_buf_puts(b, value);
}

/* ---- Reading ----------------------------------------------------------- */

static bool parts_number(char c)
{
    return c == '-' || c == '/' || c == '.' || c == ':' || nk_is_space(c);
}

/* Up to `room` numbers with something between; how many, 0: more, or none. */
static size_t take_numbers(nk_str s, uint64_t *v, size_t room)
{
    size_t n = 0;

    s = nk_str_trim(s);
    while (s.len) {
        size_t digits = 0;

        while (digits < s.len && nk_is_digit(s.ptr[digits]))
            digits++;
        if (n == room || !nk_str_uint(nk_str_head(s, digits), 9999, &v[n++]))
            return 0;
        s = nk_str_skip(s, digits);
        if (s.len && (!parts_number(s.ptr[0]) || s.len == 1))
            return 0;
        while (s.len && parts_number(s.ptr[0]))
            s = nk_str_skip(s, 1);
    }
    return n;
}

/* Day, month, year, or the other way round as records have it. */
static bool read_date(nk_str typed, bool partial, nk_date *d)
{
    uint64_t v[3] = { 0 };
    size_t n = take_numbers(typed, v, 3);

    *d = (nk_date){ 0 };
    if (n == 0 || (n < 3 && !partial))
        return false;
    if (v[0] > 31 && n == 3) {
        uint64_t year = v[0];

        v[0] = v[2];
        v[2] = year;
    }
    d->year = (int16_t)v[n - 1];
    if (n > 1 && v[n - 2] <= 12)
        d->month = (uint8_t)v[n - 2];
    if (n > 2 && v[0] <= 31)
        d->day = (uint8_t)v[0];
    if (d->year < 1000)
        return false; /* a year of two digits could be any century's */
    return n == 3 ? nk_date_is_day(*d) : n == 1 || d->month > 0;
}

static bool read_time(nk_str typed, uint64_t v[2])
{
    return take_numbers(typed, v, 2) == 2 && v[0] < 24 && v[1] < 60;
}

static void put_clock(nk_buf *b, const uint64_t v[2])
{
    nk_buf_pad(b, v[0], 2);
    nk_buf_putc(b, ':');
    nk_buf_pad(b, v[1], 2);
    nk_buf_lit(b, ":00");
}

static bool put_read_date(nk_buf *b, nk_str typed, bool partial)
{
    nk_date d;

    if (!read_date(typed, partial, &d))
        return false;
    nk_buf_pad(b, (uint64_t)d.year, 4);
    if (d.month) {
        nk_buf_putc(b, '-');
        nk_buf_pad(b, d.month, 2);
    }
    if (d.day) {
        nk_buf_putc(b, '-');
        nk_buf_pad(b, d.day, 2);
    }
    return true;
}

static bool put_read_time(nk_buf *b, nk_str typed)
{
    uint64_t v[2];

    if (!read_time(typed, v))
        return false;
    put_clock(b, v);
    return true;
}

/* Day and time with white space between; the time is midnight's when none
   is typed. */
static bool put_read_moment(nk_buf *b, nk_str typed)
{
    nk_str rest = nk_str_trim(typed), day;
    uint64_t v[2] = { 0 };
    nk_date d;

    if (!nk_str_cut(&rest, ' ', &day) || !read_date(day, false, &d) ||
        (nk_str_trim(rest).len && !read_time(rest, v)))
        return false;
    nk_date_put(b, d, NK_DATE_ISO);
    nk_buf_putc(b, 'T');
    put_clock(b, v);
    return true;
}

/* Digits without what people put between them, and "Rp" before. */
static void put_digits(nk_buf *b, nk_str typed)
{
    size_t i;

    if (typed.len > 2 && nk_str_eq_nocase(nk_str_head(typed, 2), NK_STR("Rp")))
        typed = nk_str_skip(typed, 2);
    if (nk_str_ends(typed, NK_STR(",00")))
        typed.len -= 3;
    for (i = 0; i < typed.len; i++)
        if (typed.ptr[i] != '.' && typed.ptr[i] != ' ')
            nk_buf_putc(b, typed.ptr[i]);
}

/* A value of the list, or one of its labels. */
static bool put_choice(nk_buf *b, const nk_field *f, nk_str typed)
{
    size_t i;

    for (i = 0; i < f->choices_n; i++) {
        const nk_choice *c = &f->choices[i];

        if (!nk_str_eq(c->value, typed) &&
            !nk_str_eq_nocase(c->label[NK_LANG_ID], typed) &&
            !nk_str_eq_nocase(c->label[NK_LANG_EN], typed))
            continue;
        nk_buf_puts(b, c->value);
        return true;
    }
    return false;
}

bool nk_field_read_typed(nk_buf *b, const nk_field *f, nk_typed part,
                         nk_str typed)
{
    typed = nk_str_trim(typed);
    switch (f->kind) {
    case NK_KIND_DATE:
    case NK_KIND_PARTIAL_DATE:
        return put_read_date(b, typed, f->kind == NK_KIND_PARTIAL_DATE);
    case NK_KIND_TIME:
        return put_read_time(b, typed);
    case NK_KIND_MOMENT:
        return part == NK_TYPED_DAY    ? put_read_date(b, typed, false)
               : part == NK_TYPED_TIME ? put_read_time(b, typed)
                                       : put_read_moment(b, typed);
    case NK_KIND_CHOICE:
        return put_choice(b, f, typed);
    case NK_KIND_NIK:
    case NK_KIND_KK:
    case NK_KIND_COUNT:
    case NK_KIND_MONEY:
        put_digits(b, typed);
        return true;
    case NK_KIND_GROUP:
    case NK_KIND_TEXT:
    case NK_KIND_LONG_TEXT:
    case NK_KIND_PERSON_NAME:
    case NK_KIND_PHONE:
    case NK_KIND_EMAIL:
    case NK_KIND_RT_RW:
    case NK_KIND_ID:
    case NK_KIND_CASE_NUMBER:
        break;
    }
    nk_buf_puts(b, typed);
    return true;
}

nk_str nk_field_several(const nk_field *f)
{
    return f->kind == NK_KIND_LONG_TEXT ? NK_STR("\n") : NK_STR("; ");
}
