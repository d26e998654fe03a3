/*
 * Calendar arithmetic by the civil-from-days method: shift the year to start
 * in March, and leap days fall at its end.
 */
#include "base/date.h"

#include "base/number.h"

static const nk_str zones[] = { NK_STR_INIT("WIB"), NK_STR_INIT("WITA"),
                                NK_STR_INIT("WIT") };

static const nk_str weekdays[] = {
    NK_STR_INIT("Minggu"), NK_STR_INIT("Senin"), NK_STR_INIT("Selasa"),
    NK_STR_INIT("Rabu"),   NK_STR_INIT("Kamis"), NK_STR_INIT("Jumat"),
    NK_STR_INIT("Sabtu"),
};

static const nk_str months[] = {
    NK_STR_INIT(""),          NK_STR_INIT("Januari"), NK_STR_INIT("Februari"),
    NK_STR_INIT("Maret"),     NK_STR_INIT("April"),   NK_STR_INIT("Mei"),
    NK_STR_INIT("Juni"),      NK_STR_INIT("Juli"),    NK_STR_INIT("Agustus"),
    NK_STR_INIT("September"), NK_STR_INIT("Oktober"), NK_STR_INIT("November"),
    NK_STR_INIT("Desember"),
};

bool nk_zone_parse(nk_str s, nk_zone *out)
{
    int z;

    for (z = NK_ZONE_WIB; z <= NK_ZONE_WIT; z++) {
        if (nk_str_eq(s, zones[z])) {
            *out = (nk_zone)z;
            return true;
        }
    }
    return false;
}

static bool is_leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int days_in_month(int y, int m)
{
    static const int days[] = { 0,  31, 28, 31, 30, 31, 30,
                                31, 31, 30, 31, 30, 31 };

    return m == 2 && is_leap(y) ? 29 : days[m];
}

bool nk_date_is_day(nk_date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 &&
           d.day >= 1 && d.day <= days_in_month(d.year, d.month);
}

/* Exactly n digits off the front of *s. */
static bool digits(nk_str *s, size_t n, int *out)
{
    uint64_t v;

    if (s->len < n || !nk_str_uint(nk_str_head(*s, n), 9999, &v))
        return false;
    *out = (int)v;
    *s = nk_str_skip(*s, n);
    return true;
}

static bool one(nk_str *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c)
        return false;
    *s = nk_str_skip(*s, 1);
    return true;
}

bool nk_date_parse(nk_str s, nk_date *out)
{
    int y, m = 0, d = 0;

    if (!digits(&s, 4, &y) || y == 0)
        return false;
    if (s.len && (!one(&s, '-') || !digits(&s, 2, &m) || m < 1 || m > 12))
        return false;
    if (s.len && (!one(&s, '-') || !digits(&s, 2, &d) || d < 1 ||
                  d > days_in_month(y, m)))
        return false;
    if (s.len)
        return false;
    *out = (nk_date){ (int16_t)y, (uint8_t)m, (uint8_t)d };
    return true;
}

int32_t nk_date_days(nk_date d)
{
    int y = d.year - (d.month <= 2);
    int era = y / 400, yoe = y - era * 400;
    int doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

    return era * 146097 + doe - 719468;
}

nk_date nk_date_from_days(int32_t days)
{
    int z = days + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153, m = mp < 10 ? mp + 3 : mp - 9;

    return (nk_date){ (int16_t)(yoe + era * 400 + (m <= 2)), (uint8_t)m,
                      (uint8_t)(doy - (153 * mp + 2) / 5 + 1) };
}

unsigned nk_date_weekday(nk_date d)
{
    int w = (nk_date_days(d) + 4) % 7;

    return (unsigned)(w < 0 ? w + 7 : w);
}

int nk_date_cmp(nk_date a, nk_date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month != b.month)
        return a.month - b.month;
    return a.day - b.day;
}

int nk_date_age(nk_date birth, nk_date on)
{
    int age = on.year - birth.year;

    if (on.month < birth.month ||
        (on.month == birth.month && on.day < birth.day))
        age--;
    return age;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

nk_date nk_date_at(int64_t ms, nk_zone zone)
{
    int64_t local = ms + NK_ZONE_HOURS(zone) * INT64_C(3600000);

    return nk_date_from_days((int32_t)floor_div(local, 86400000));
}

/* The zone at the end of a moment: minutes east of UTC. */
static bool offset_parse(nk_str s, int *minutes)
{
    int sign, h, m;

    if (nk_str_eq(s, NK_STR("Z"))) {
        *minutes = 0;
        return true;
    }
    if (s.len != 6 || (s.ptr[0] != '+' && s.ptr[0] != '-'))
        return false;
    sign = s.ptr[0] == '-' ? -1 : 1;
    s = nk_str_skip(s, 1);
    if (!digits(&s, 2, &h) || !one(&s, ':') || !digits(&s, 2, &m) || m > 59 ||
        h * 60 + m > 14 * 60)
        return false;
    *minutes = sign * (h * 60 + m);
    return true;
}

bool nk_moment_parse(nk_str s, nk_zone zone, int64_t *ms)
{
    int h, min, sec = 0, east = NK_ZONE_HOURS(zone) * 60;
    nk_date d;

    if (s.len < 16 || !nk_date_parse(nk_str_head(s, 10), &d))
        return false;
    s = nk_str_skip(s, 10);
    if (!one(&s, 'T') || !digits(&s, 2, &h) || !one(&s, ':') ||
        !digits(&s, 2, &min) || h > 23 || min > 59)
        return false;
    if (one(&s, ':') && (!digits(&s, 2, &sec) || sec > 59))
        return false;
    if (s.len && !offset_parse(s, &east))
        return false;
    *ms = ((nk_date_days(d) * INT64_C(1440) + h * 60 + min - east) * 60 + sec) *
          1000;
    return true;
}

static void put_words(nk_buf *b, nk_date d)
{
    nk_buf_lit(b, "hari ");
    nk_buf_puts(b, weekdays[nk_date_weekday(d)]);
    nk_buf_lit(b, " tanggal ");
    nk_number_words(b, d.day);
    nk_buf_lit(b, " bulan ");
    nk_buf_puts(b, months[d.month]);
    nk_buf_lit(b, " tahun ");
    nk_number_words(b, d.year);
}

static void put_long(nk_buf *b, nk_date d)
{
    if (d.day) {
        nk_buf_int(b, d.day);
        nk_buf_putc(b, ' ');
    }
    if (d.month) {
        nk_buf_puts(b, months[d.month]);
        nk_buf_putc(b, ' ');
    }
    nk_buf_int(b, d.year);
}

static void put_numbers(nk_buf *b, nk_date d, bool iso)
{
    if (iso) {
        nk_buf_pad(b, (uint64_t)d.year, 4);
        nk_buf_putc(b, '-');
        nk_buf_pad(b, d.month, 2);
        nk_buf_putc(b, '-');
        nk_buf_pad(b, d.day, 2);
    } else {
        nk_buf_pad(b, d.day, 2);
        nk_buf_putc(b, '-');
        nk_buf_pad(b, d.month, 2);
        nk_buf_putc(b, '-');
        nk_buf_pad(b, (uint64_t)d.year, 4);
    }
}

void nk_date_put(nk_buf *b, nk_date d, nk_date_form form)
{
    if (!d.year)
        return;
    if (form == NK_DATE_YEAR)
        d.month = d.day = 0;
    if (form == NK_DATE_MONTH)
        d.day = 0;
    if (form == NK_DATE_ROMAN && d.month) {
        nk_roman_put(b, d.month);
        return;
    }
    if (!d.day) {
        put_long(b, d);
        return;
    }
    switch (form) {
    case NK_DATE_WORDS:
        put_words(b, d);
        return;
    case NK_DATE_SHORT:
    case NK_DATE_ISO:
        put_numbers(b, d, form == NK_DATE_ISO);
        return;
    case NK_DATE_DAY:
        nk_buf_puts(b, weekdays[nk_date_weekday(d)]);
        nk_buf_lit(b, ", ");
        break;
    case NK_DATE_LONG:
    case NK_DATE_MONTH:
    case NK_DATE_ROMAN:
    case NK_DATE_YEAR:
    case NK_DATE_FORMS:
        break;
    }
    put_long(b, d);
}

static void put_local(nk_buf *b, int64_t ms, int hours_east)
{
    int64_t sec = floor_div(ms, 1000) + hours_east * 3600;
    int64_t days = floor_div(sec, 86400), s = sec - days * 86400;

    put_numbers(b, nk_date_from_days((int32_t)days), true);
    nk_buf_putc(b, 'T');
    nk_buf_pad(b, (uint64_t)s / 3600, 2);
    nk_buf_putc(b, ':');
    nk_buf_pad(b, (uint64_t)s / 60 % 60, 2);
    nk_buf_putc(b, ':');
    nk_buf_pad(b, (uint64_t)s % 60, 2);
}

void nk_moment_put(nk_buf *b, int64_t ms, nk_zone zone)
{
    put_local(b, ms, NK_ZONE_HOURS(zone));
    nk_buf_putc(b, '+');
    nk_buf_pad(b, (uint64_t)NK_ZONE_HOURS(zone), 2);
    nk_buf_lit(b, ":00");
}

void nk_moment_put_utc(nk_buf *b, int64_t ms)
{
    put_local(b, ms, 0);
    nk_buf_putc(b, 'Z');
}
