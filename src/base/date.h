/*
 * Days, moments and their Indonesian words. A date is a calendar day without
 * a zone; a moment is UTC milliseconds and becomes a day in an office's zone.
 */
#ifndef NK_BASE_DATE_H
#define NK_BASE_DATE_H

#include "base/buf.h"

/* A day; day 0: only the month is known; month 0: only the year. */
typedef struct nk_date {
    int16_t year; /* 1 .. 9999; 0: no date */
    uint8_t month, day;
} nk_date;

/* Time zones of Indonesia; they have no summer time. */
typedef enum nk_zone { NK_ZONE_WIB, NK_ZONE_WITA, NK_ZONE_WIT } nk_zone;

#define NK_ZONE_HOURS(zone) (7 + (int)(zone))

bool nk_zone_parse(nk_str s, nk_zone *out);

/* True for a whole day that exists in the Gregorian calendar. */
bool nk_date_is_day(nk_date d);

/* "2026-11-23", "2026-11" or "2026"; nothing else. */
bool nk_date_parse(nk_str s, nk_date *out);

/* Days since 1970-01-01 of a whole day, and back. */
int32_t nk_date_days(nk_date d);
nk_date nk_date_from_days(int32_t days);

/* 0 Sunday .. 6 Saturday, of a whole day. */
unsigned nk_date_weekday(nk_date d);

/* <0, 0, >0: before, the same, after. */
int nk_date_cmp(nk_date a, nk_date b);

/*
 * Full years from birth to `on`, both whole days, on not before birth.
 * 29 February counts as reached on 1 March.
 */
int nk_date_age(nk_date birth, nk_date on);

/* The day of a moment in a zone. */
nk_date nk_date_at(int64_t ms, nk_zone zone);

/*
 * "2026-11-23T08:45:00+07:00", seconds and zone optional ("Z" too); without
 * a zone `zone` holds.
 */
bool nk_moment_parse(nk_str s, nk_zone zone, int64_t *ms);

/* How a date can be printed. */
typedef enum nk_date_form {
    NK_DATE_LONG,  /* 23 November 2026; November 2026; 2026 */
    NK_DATE_DAY,   /* Senin, 23 November 2026 */
    NK_DATE_SHORT, /* 23-11-2026 */
    NK_DATE_ISO,   /* 2026-11-23 */
    NK_DATE_WORDS, /* hari Senin tanggal dua puluh tiga bulan ... */
    NK_DATE_MONTH, /* November 2026 */
    NK_DATE_ROMAN, /* XI: the month */
    NK_DATE_YEAR,  /* 2026 */
    NK_DATE_FORMS
} nk_date_form;

/*
 * Forms that need more than is known print what is known, as LONG does; no
 * date prints nothing.
 */
void nk_date_put(nk_buf *b, nk_date d, nk_date_form form);

/* "2026-11-23T08:45:00+07:00" */
void nk_moment_put(nk_buf *b, int64_t ms, nk_zone zone);

/* "2026-11-23T01:45:00Z" */
void nk_moment_put_utc(nk_buf *b, int64_t ms);

#endif
