/*
 * Identifiers: each check strips what people type between digits, then goes
 * through the rules in the order a clerk would want to hear of them.
 */
#include "base/ident.h"

#include <stdlib.h>

#include "base/utf8.h"

nk_msg nk_ident_message(nk_ident what)
{
    static const nk_msg messages[NK_IDENT_COUNT] = {
        [NK_IDENT_OK] = NK_M_NONE,
        [NK_IDENT_LENGTH] = NK_M_IDENT_LENGTH,
        [NK_IDENT_CHAR] = NK_M_IDENT_CHAR,
        [NK_IDENT_REGION] = NK_M_IDENT_REGION,
        [NK_IDENT_DATE] = NK_M_IDENT_DATE,
        [NK_IDENT_MONTH] = NK_M_IDENT_MONTH,
        [NK_IDENT_SEX] = NK_M_IDENT_SEX,
        [NK_IDENT_SERIAL] = NK_M_IDENT_SERIAL,
        [NK_IDENT_PLACEHOLDER] = NK_M_IDENT_PLACEHOLDER,
        [NK_IDENT_FORM] = NK_M_IDENT_FORM,
        [NK_IDENT_W_TEST] = NK_M_IDENT_TEST,
        [NK_IDENT_W_DATE] = NK_M_IDENT_OTHER_DATE,
        [NK_IDENT_W_SEX] = NK_M_IDENT_OTHER_SEX,
        [NK_IDENT_W_OLD] = NK_M_IDENT_OLD,
        [NK_IDENT_W_YOUNG] = NK_M_IDENT_YOUNG,
        [NK_IDENT_W_SAME] = NK_M_IDENT_SAME,
    };

    return messages[what];
}

/*
 * The digits of typed, which may be spaced by any of `fillers`. At most
 * room - 1 are kept; the number found is returned in *n.
 */
static nk_ident strip(nk_str typed, const char *fillers, char *out, size_t room,
                      size_t *n)
{
    size_t i;

    *n = 0;
    for (i = 0; i < typed.len; i++) {
        char c = typed.ptr[i];

        if (strchr(fillers, c) && c)
            continue;
        if (!nk_is_digit(c))
            return NK_IDENT_CHAR;
        if (*n + 1 < room)
            out[*n] = c;
        ++*n;
    }
    out[*n < room ? *n : room - 1] = '\0';
    return NK_IDENT_OK;
}

static int number_at(const char *digits, size_t at, size_t n)
{
    int v = 0;

    while (n--)
        v = v * 10 + (digits[at++] - '0');
    return v;
}

static nk_region region_of(const nk_regions *regions, const char *digits)
{
    return (nk_region)regions->province[number_at(digits, 0, 2)];
}

static bool is_placeholder(const char *digits)
{
    size_t i;

    if (strcmp(digits, "1234567890123456") == 0)
        return true;
    for (i = 1; digits[i]; i++)
        if (digits[i] != digits[0])
            return false;
    return true;
}

/* The whole day yy-m-d of the century, if there is one and not in future. */
static bool day_in(int century, int yy, int m, int d, nk_date today,
                   nk_date *out)
{
    *out = (nk_date){ (int16_t)(century + yy), (uint8_t)m, (uint8_t)d };
    return nk_date_is_day(*out) && nk_date_cmp(*out, today) <= 0;
}

/* birth differs from what is known of it, whole or partial. */
static bool differs(nk_date birth, nk_date known)
{
    return known.year && (known.year != birth.year ||
                          (known.month && known.month != birth.month) ||
                          (known.day && known.day != birth.day));
}

/* The date of day d with month and year from digit 8 on; the later century
   that fits, unless the earlier is what is known. */
static bool date_at(const char *digits, int d, nk_date known, nk_date today,
                    nk_date *out, bool *ambiguous)
{
    int m = number_at(digits, 8, 2), yy = number_at(digits, 10, 2);
    nk_date old, young;
    bool has_old = day_in(1900, yy, m, d, today, &old);
    bool has_young = day_in(2000, yy, m, d, today, &young);

    if (!has_old && !has_young)
        return false;
    *ambiguous = has_old && has_young && today.year - old.year <= 110;
    *out = has_young ? young : old;
    if (has_old && known.year && !differs(old, known))
        *out = old;
    if (known.year)
        *ambiguous = false;
    return true;
}

static nk_ident strip_16(nk_str typed, char digits[17])
{
    size_t n;
    nk_ident what = strip(typed, " .-", digits, 17, &n);

    if (what == NK_IDENT_OK && n != 16)
        return NK_IDENT_LENGTH;
    return what;
}

nk_ident nk_nik_check(nk_str typed, nk_date birth, char sex, nk_date today,
                      const nk_regions *regions, nk_nik *out)
{
    nk_ident what = strip_16(typed, out->digits);
    int d;

    if (what != NK_IDENT_OK)
        return what;
    if (is_placeholder(out->digits))
        return NK_IDENT_PLACEHOLDER;
    if (region_of(regions, out->digits) == NK_REGION_NONE)
        return NK_IDENT_REGION;
    d = number_at(out->digits, 6, 2);
    out->sex = d > 40 ? 'P' : 'L';
    if (!date_at(out->digits, d > 40 ? d - 40 : d, birth, today, &out->birth,
                 &out->ambiguous))
        return NK_IDENT_DATE;
    out->serial = (unsigned)number_at(out->digits, 12, 4);
    if (out->serial == 0)
        return NK_IDENT_SERIAL;
    if (differs(out->birth, birth))
        return NK_IDENT_W_DATE;
    if (sex && sex != out->sex)
        return NK_IDENT_W_SEX;
    return region_of(regions, out->digits) == NK_REGION_TEST ? NK_IDENT_W_TEST
                                                             : NK_IDENT_OK;
}

nk_ident nk_kk_check(nk_str typed, nk_str nik, nk_date today,
                     const nk_regions *regions, nk_date *recorded)
{
    char digits[17], of_person[17];
    nk_ident what = strip_16(typed, digits);
    bool ambiguous;

    if (what != NK_IDENT_OK)
        return what;
    if (is_placeholder(digits))
        return NK_IDENT_PLACEHOLDER;
    if (region_of(regions, digits) == NK_REGION_NONE)
        return NK_IDENT_REGION;
    if (!date_at(digits, number_at(digits, 6, 2), (nk_date){ 0 }, today,
                 recorded, &ambiguous))
        return NK_IDENT_DATE;
    if (number_at(digits, 12, 4) == 0)
        return NK_IDENT_SERIAL;
    if (strip_16(nik, of_person) == NK_IDENT_OK &&
        strcmp(digits, of_person) == 0)
        return NK_IDENT_W_SAME;
    if (recorded->year < 2006)
        return NK_IDENT_W_OLD;
    return region_of(regions, digits) == NK_REGION_TEST ? NK_IDENT_W_TEST
                                                        : NK_IDENT_OK;
}

nk_ident nk_nip_check(nk_str typed)
{
    char d[19];
    size_t n;
    nk_ident what = strip(typed, " .-", d, sizeof(d), &n);
    nk_date born;
    int month, year;

    if (what != NK_IDENT_OK)
        return what;
    if (n != 18)
        return NK_IDENT_LENGTH;
    born = (nk_date){ (int16_t)number_at(d, 0, 4), (uint8_t)number_at(d, 4, 2),
                      (uint8_t)number_at(d, 6, 2) };
    if (!nk_date_is_day(born))
        return NK_IDENT_DATE;
    year = number_at(d, 8, 4);
    month = number_at(d, 12, 2);
    if ((month < 1 || month > 12) && month != 21) /* 21: contract staff */
        return NK_IDENT_MONTH;
    if (d[14] != '1' && d[14] != '2')
        return NK_IDENT_SEX;
    return year - born.year < 15 ? NK_IDENT_W_YOUNG : NK_IDENT_OK;
}

nk_ident nk_phone_check(nk_str typed, char e164[20])
{
    char d[20];
    const char *rest;
    nk_ident what;
    bool plus;
    size_t n;

    typed = nk_str_trim(typed);
    plus = nk_str_starts(typed, NK_STR("+"));
    if (plus)
        typed = nk_str_skip(typed, 1);
    what = strip(typed, " ().-", d, sizeof(d), &n);
    if (what != NK_IDENT_OK)
        return what;
    if (n >= sizeof(d))
        return NK_IDENT_LENGTH;
    if (strncmp(d, "62", 2) == 0)
        rest = d + 2;
    else if (d[0] == '0' && !plus)
        rest = d + 1;
    else
        return NK_IDENT_FORM;
    n = strlen(rest);
    /* Mobile numbers begin with 8 and are longer than others. */
    if (rest[0] == '0' || n < (rest[0] == '8' ? 8 : 7) || n > 12)
        return NK_IDENT_LENGTH;
    memcpy(e164, "+62", 3);
    memcpy(e164 + 3, rest, n + 1);
    return NK_IDENT_OK;
}

nk_ident nk_email_check(nk_str typed)
{
    size_t at = nk_str_find(typed, '@'), i;
    nk_str domain;

    if (at == 0 || at == typed.len || typed.len > 254)
        return NK_IDENT_FORM;
    for (i = 0; i < typed.len; i++)
        if ((unsigned char)typed.ptr[i] <= ' ')
            return NK_IDENT_FORM;
    domain = nk_str_skip(typed, at + 1);
    if (nk_str_find(domain, '@') < domain.len ||
        nk_str_find(domain, '.') == domain.len || domain.ptr[0] == '.' ||
        domain.ptr[domain.len - 1] == '.')
        return NK_IDENT_FORM;
    return NK_IDENT_OK;
}

nk_ident nk_postcode_check(nk_str typed)
{
    char d[6];
    size_t n;
    nk_ident what = strip(typed, "", d, sizeof(d), &n);

    if (what == NK_IDENT_OK && n != 5)
        return NK_IDENT_LENGTH;
    return what;
}

static bool rt_rw(nk_str typed, uint64_t *rt, uint64_t *rw)
{
    nk_str a;

    return nk_str_cut(&typed, '/', &a) && nk_str_uint(a, 999, rt) &&
           nk_str_uint(typed, 999, rw);
}

nk_ident nk_rt_rw_check(nk_str typed)
{
    uint64_t rt, rw;

    return rt_rw(typed, &rt, &rw) ? NK_IDENT_OK : NK_IDENT_FORM;
}

nk_ident nk_classification_check(nk_str typed)
{
    size_t i;

    if (typed.len < 3 ||
        nk_str_find(typed, '.') != (typed.len > 3 ? 3 : typed.len))
        return NK_IDENT_FORM;
    for (i = 0; i < typed.len; i++)
        if (!nk_is_digit(typed.ptr[i]) &&
            (typed.ptr[i] != '.' || typed.ptr[i - 1] == '.' ||
             i + 1 == typed.len))
            return NK_IDENT_FORM;
    return NK_IDENT_OK;
}

void nk_groups_put(nk_buf *b, nk_str s, const char *sizes)
{
    size_t i, left = *sizes ? (size_t)(*sizes - '0') : 0;

    for (i = 0; i < s.len; i++) {
        if (!nk_is_digit(s.ptr[i]))
            continue;
        if (left == 0 && *sizes) {
            nk_buf_putc(b, ' ');
            if (sizes[1])
                sizes++;
            left = (size_t)(*sizes - '0');
        }
        nk_buf_putc(b, s.ptr[i]);
        if (left)
            left--;
    }
}

void nk_rt_rw_put(nk_buf *b, nk_str typed)
{
    uint64_t rt, rw;

    if (!rt_rw(typed, &rt, &rw)) {
        nk_buf_puts(b, typed);
        return;
    }
    nk_buf_pad(b, rt, 3);
    nk_buf_putc(b, '/');
    nk_buf_pad(b, rw, 3);
}

void nk_mask_put(nk_buf *b, nk_str s)
{
    size_t n = nk_utf8_count(s), i;

    for (i = 0; i < n; i++) {
        uint32_t c = nk_utf8_next(&s);

        nk_utf8_put(b, n > 8 && (i < 6 || i + 2 >= n) ? c : '*');
    }
}

void nk_initials_put(nk_buf *b, nk_str name)
{
    static const nk_str particles[] = { NK_STR_INIT("bin"),
                                        NK_STR_INIT("binti"),
                                        NK_STR_INIT("al") };
    nk_str part;
    int n = 0;
    size_t i;

    while (n < 3 && nk_str_word(&name, &part)) {
        bool skip = false;

        for (i = 0; i < sizeof(particles) / sizeof(particles[0]); i++)
            skip = skip || nk_str_eq_nocase(part, particles[i]);
        if (skip)
            continue;
        nk_utf8_put(b, nk_utf8_upper(nk_utf8_next(&part)));
        nk_buf_putc(b, '.');
        n++;
    }
}
