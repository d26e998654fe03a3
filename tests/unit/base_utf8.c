/*
 * UTF-8, held against a slow check that shares no thought with it: it knows
 * the well-formed sequences only as the set of what encoding every character
 * gives, and it encodes by division.
 */
#include "../support/check.h"

#include <locale.h>
#include <stdlib.h>
#include <wctype.h>

#define LAST_CHARACTER 0x10FFFFu

/* Encode c by arithmetic; returns the number of bytes. */
static unsigned slow_encode(uint32_t c, unsigned char out[4])
{
    unsigned n = c < 128 ? 1 : c < 2048 ? 2 : c < 65536 ? 3 : 4, i;
    static const unsigned char lead[] = { 0, 0, 192, 224, 240 };

    for (i = n - 1; i > 0; i--) {
        out[i] = (unsigned char)(128 + c % 64);
        c /= 64;
    }
    out[0] = (unsigned char)(lead[n] + c);
    return n;
}

static bool is_character(uint32_t c)
{
    return c <= LAST_CHARACTER && (c < 55296 || c > 57343);
}

/* What is well-formed: sequences of 1, 2, 3 bytes by their value. */
struct wellformed {
    bool one[256], two[65536];
    unsigned char three[1 << 24];
};

static int learn(void **state)
{
    struct wellformed *w = calloc(1, sizeof(*w));
    unsigned char s[4];
    uint32_t c;

    if (!w)
        return -1;
    for (c = 0; c < 65536; c++) {
        if (!is_character(c))
            continue;
        switch (slow_encode(c, s)) {
        case 1:
            w->one[s[0]] = true;
            break;
        case 2:
            w->two[s[0] << 8 | s[1]] = true;
            break;
        case 3:
            w->three[s[0] << 16 | s[1] << 8 | s[2]] = 1;
            break;
        }
    }
    *state = w;
    return 0;
}

static int forget(void **state)
{
    free(*state);
    return 0;
}

/* Bytes of the longest beginning of s, up to 3 bytes, that is well-formed. */
static size_t slow_good(const struct wellformed *w, const unsigned char *s,
                        size_t n)
{
    size_t i = 0;

    while (i < n) {
        if (w->one[s[i]])
            i++;
        else if (n - i >= 2 && w->two[s[i] << 8 | s[i + 1]])
            i += 2;
        else if (n - i >= 3 && w->three[s[i] << 16 | s[i + 1] << 8 | s[i + 2]])
            i += 3;
        else
            break;
    }
    return i;
}

/* Compare on one sequence; quick, since it runs millions of times. */
static void compare(const struct wellformed *w, const unsigned char *s,
                    size_t n)
{
    size_t bad = n, good = slow_good(w, s, n);
    bool fine = nk_utf8_check((nk_str){ (const char *)s, n }, &bad);

    if (fine == (good == n) && bad == good)
        return;
    fail_msg("%02X %02X %02X (%zu): bad at %zu, not %zu", s[0], s[1], s[2], n,
             bad, good);
}

static void checks_every_short_sequence(void **state)
{
    const struct wellformed *w = *state;
    uint32_t v;

    for (v = 0; v < 1u << 24; v++) {
        const unsigned char s[3] = { (unsigned char)(v >> 16),
                                     (unsigned char)(v >> 8),
                                     (unsigned char)v };

        compare(w, s, 3);
        if (s[2] == 0)
            compare(w, s, 2);
        if (s[1] == 0 && s[2] == 0)
            compare(w, s, 1);
    }
}

static void checks_four_bytes(void **state)
{
    static const unsigned char edge[] = { 0x00, 0x7F, 0x80, 0x8F,
                                          0x90, 0xBF, 0xC0, 0xFF };
    unsigned a, b, c, d;
    size_t wrong = 0;

    (void)state;
    for (a = 0xF0; a < 0x100; a++) {
        for (b = 0; b < 0x100; b++) {
            for (c = 0; c < NK_COUNT(edge); c++) {
                for (d = 0; d < NK_COUNT(edge); d++) {
                    const unsigned char s[4] = { (unsigned char)a,
                                                 (unsigned char)b, edge[c],
                                                 edge[d] };
                    /* Written out: characters 65536 to 1114111. */
                    long v = (a - 240L) * 262144 + (b - 128L) * 4096;
                    bool want = b / 64 == 2 && s[2] / 64 == 2 &&
                                s[3] / 64 == 2 && v >= 65536 && v < 1114112;
                    size_t bad = 99;
                    bool got =
                        nk_utf8_check((nk_str){ (const char *)s, 4 }, &bad);

                    wrong += got != want || (!got && bad != 0);
                }
            }
        }
    }
    assert_int_equal(wrong, 0);
}

static void refuses_what_is_cut_off(void **state)
{
    static const char text[] = "a\xF0\x9F\x8C\xBA";
    size_t n, bad;

    (void)state;
    for (n = 0; n < sizeof(text); n++) {
        bool whole = n < 2 || n == 5;

        bad = 99;
        assert_int_equal(nk_utf8_check((nk_str){ text, n }, &bad), whole);
        assert_int_equal(bad, whole ? 99 : 1);
    }
    assert_true(nk_utf8_check(NK_EMPTY, &bad));
}

static void reads_back_every_character(void **state)
{
    nk_desk *d = *state;
    nk_buf b;
    uint32_t c;

    nk_buf_init(&b, &d->arena);
    for (c = 0; c <= LAST_CHARACTER; c++) {
        unsigned char want[4];
        unsigned n;
        nk_str s;

        if (!is_character(c))
            continue;
        n = slow_encode(c, want);
        b.len = 0;
        nk_utf8_put(&b, c);
        s = nk_buf_str(&b);
        if (s.len != n || memcmp(s.ptr, want, n) != 0)
            fail_msg("U+%04X is written wrongly", (unsigned)c);
        if (nk_utf8_next(&s) != c || s.len != 0)
            fail_msg("U+%04X is read wrongly", (unsigned)c);
    }
}

static void counts_characters(void **state)
{
    static const struct {
        const char *text;
        size_t n;
    } rows[] = {
        { "", 0 },
        { "Melati", 6 },
        { "Jos\xC3\xA9", 4 },
        { "\xE2\x80\xA6\xF0\x9F\x8C\xBA.", 3 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str s = nk_str_of(rows[i].text);
        size_t n = 0;

        assert_int_equal(nk_utf8_count(s), rows[i].n);
        for (; s.len; n++)
            nk_utf8_next(&s);
        assert_int_equal(n, rows[i].n);
    }
}

/* The C library knows capitals too, in a locale that has letters. */
static void capitalises_latin_letters(void **state)
{
    wint_t c;

    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    for (c = 0; c < 0x180; c++)
        if (c != 0xB5 && nk_utf8_upper((uint32_t)c) != towupper(c))
            fail_msg("capital of U+%04X", (unsigned)c);
    setlocale(LC_CTYPE, "C");
    /* No Latin letters, and none with a capital of one character. */
    assert_int_equal(nk_utf8_upper(0xB5), 0xB5);
    assert_int_equal(nk_utf8_upper(0xDF), 0xDF);
    assert_int_equal(nk_utf8_upper(0x3B1), 0x3B1);
    assert_int_equal(nk_utf8_upper(0x1F33A), 0x1F33A);
}

static void capitalises_text(void **state)
{
    nk_desk *d = *state;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_utf8_put_upper(&b, NK_STR("Jos\xC3\xA9 d'\xC5\x93uvre 9 \xC3\xBF"));
    assert_str(nk_buf_str(&b), "JOS\xC3\x89 D'\xC5\x92UVRE 9 \xC5\xB8");
}

static void knows_what_hides(void **state)
{
    static const uint32_t hidden[] = {
        0x00,   0x08,   0x0B,   0x0C,    0x0E,     0x1F,    0x7F,
        0x80,   0x9F,   0xAD,   0x61C,   0x180E,   0x200B,  0x200F,
        0x2028, 0x202E, 0x2066, 0x2069,  0xFE0F,   0xFEFF,  0xFDD0,
        0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0xE0001,
    };
    static const uint32_t seen[] = {
        0x09,   0x0A,   0x0D,   0x20,   0x7E,    0xA0,
        0xE9,   0x2010, 0x2026, 0x202F, 0x205F,  0x2070,
        0xFDCF, 0xFDF0, 0xFFFC, 0xFFFD, 0x10000, 0x1F33A,
    };
    size_t i;

    (void)state;
    for (i = 0; i < NK_COUNT(hidden); i++)
        if (!nk_utf8_is_hidden(hidden[i]))
            fail_msg("U+%04X hides", (unsigned)hidden[i]);
    for (i = 0; i < NK_COUNT(seen); i++)
        if (nk_utf8_is_hidden(seen[i]))
            fail_msg("U+%04X can be seen", (unsigned)seen[i]);
}

static void names_characters(void **state)
{
    char name[12];

    (void)state;
    assert_str(nk_utf8_name(name, 0x9), "U+0009");
    assert_str(nk_utf8_name(name, 0xE9), "U+00E9");
    assert_str(nk_utf8_name(name, 0x1F33A), "U+1F33A");
    assert_str(nk_utf8_name(name, 0x10FFFF), "U+10FFFF");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(checks_every_short_sequence, learn,
                                        forget),
        cmocka_unit_test(checks_four_bytes),
        cmocka_unit_test(refuses_what_is_cut_off),
        NK_DESK_TEST(reads_back_every_character),
        cmocka_unit_test(counts_characters),
        cmocka_unit_test(capitalises_latin_letters),
        NK_DESK_TEST(capitalises_text),
        cmocka_unit_test(knows_what_hides),
        cmocka_unit_test(names_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
