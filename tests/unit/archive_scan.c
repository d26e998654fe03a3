/*
 * Saying papers in steps and playing them back: any bytes come back, and
 * what a step is for is said by that step.
 */
#include "../support/check.h"
#include "../support/letters.h"

#include "archive/code.h"

/* The code and raw part of a text; that it comes back is checked here. */
static nk_str scan(nk_desk *d, const nk_scan *how, nk_str text, nk_str *raw)
{
    static const nk_scan usual = { 0 };
    nk_buf code, chance;
    char *out = nk_alloc(&d->arena, text.len + 1);

    nk_buf_init(&code, &d->arena);
    nk_buf_init(&chance, &d->arena);
    how = how ? how : &usual;
    nk_archive__scan(&d->arena, how, text, &code, &chance);
    assert_int_equal(code.err, NK_OK);
    assert_true(nk_archive__play(&d->arena, how->dict, nk_buf_str(&code),
                                 nk_buf_str(&chance), out, text.len));
    assert_memory_equal(out, text.ptr, text.len);
    if (raw)
        *raw = nk_buf_str(&chance);
    return nk_buf_str(&code);
}

static nk_str from(nk_desk *d, const char *text)
{
    return scan(d, NULL, nk_str_of(text), NULL);
}

/* Is the code exactly the bytes of a literal, which may hold NUL? */
#define assert_code(got, lit)                                                  \
    assert_true(nk_str_eq((got), (nk_str){ lit, sizeof(lit) - 1 }))

static void plain_text(void **state)
{
    nk_desk *d = *state;

    assert_str(from(d, "Yth. Direktur RSUD"), "Yth. Direktur RSUD");
    assert_str(from(d, ""), "");
    assert_str(from(d, "12 0 X 0012 0 R <abc> /K x /Size 5"),
               "12 0 X 0012 0 R <abc> /K x /Size 5");
    assert_str(from(d, "Tanjung \xc3\xa9"), "Tanjung \x80\x02\xc3\xa9");
}

static void objects_and_references(void **state)
{
    nk_desk *d = *state;

    assert_str(from(d, "1 0 obj 2 0 obj 9 0 obj 10 0 obj"),
               "\x91 \x91 \x90\x09 \x91");
    /* 7: seven more; 8: the next; 7: second of the recent; 300 */
    assert_str(from(d, "7 0 R 8 0 R 7 0 R 300 0 R 300 0 R"),
               "\x9F \x97 \xB1 \x96\xAC\x02 \xB0");
    /* two and seven more than the last */
    assert_str(from(d, "7 0 R 9 0 R 16 0 R"), "\x9F \x9A \x9F");
    /* near object 50: 52 is d = 10, 45 is d = 3 */
    assert_str(from(d, "50 0 obj 52 0 R 45 0 R"), "\x90\x32 \xAA \xA3");
    assert_str(from(d, "99999999 0 R"), "99999999 0 R");
    assert_str(from(d, "8388608 0 obj"), "8388608 0 obj");
}

static void counted_marks(void **state)
{
    nk_desk *d = *state;

    assert_code(from(d, "/MCID 0/MCID 1/MCID 5/K 1/K 2/K [3]"),
                "\x92\0\x93\x92\x05\x95\x95/K [3]");
}

static void hex_strings(void **state)
{
    nk_desk *d = *state;
    nk_str raw;

    assert_code(scan(d, NULL,
                     NK_STR("<0123456789abcdeffedcba9876543210>"
                            "<0123456789abcdeffedcba9876543210>"),
                     &raw),
                "<\x84\x10><\x86\0>");
    assert_int_equal(raw.len, 16);
    /* upper case, then lower again; plain bytes; zeros */
    assert_str(from(d, "<41424344414243444142434441424344AA>"),
               "<\x88\x83\x11"
               "ABCDABCDABCDABCD\xAA>");
    assert_str(from(d, "<4142434441424344414243444142434400000000>"),
               "<\x83\x10"
               "ABCDABCDABCDABCD\x89\x08>");
    assert_str(from(d, "<0123456789abcdef>"), "<0123456789abcdef>");
    assert_str(from(d, "<0123456789abcdefFEDCBA9876543210>"),
               "<0123456789abcdefFEDCBA9876543210>");
    assert_str(from(d, "<0123456789abcdeffedcba98765432100>"),
               "<0123456789abcdeffedcba98765432100>");
}

/* A PDF of two revisions as classic writers make them. */
static nk_str two_revisions(nk_desk *d, const char *end)
{
    nk_buf b;
    size_t at[4], xref;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "%PDF-1.7\n");
    at[1] = b.len;
    nk_buf_lit(&b, "1 0 obj\n<</Pages 2 0 R>>\nendobj\n");
    at[2] = b.len;
    nk_buf_lit(&b, "2 0 obj\n<</Kids[]>>\nendobj\n");
    xref = b.len;
    nk_buf_printf(&b,
                  "xref\n0 3\n0000000000 65535 f%s%010zu 00000 n%s%010zu "
                  "00000 n%strailer\n<</Size 3>>\nstartxref\n%zu\n%%%%EOF\n",
                  end, at[1], end, at[2], end, xref);
    at[3] = b.len;
    nk_buf_lit(&b, "3 0 obj\n<<>>\nendobj\n");
    at[1] = b.len;
    nk_buf_lit(&b, "1 0 obj\n<</Pages 2 0 R>>\nendobj\n");
    nk_buf_printf(&b,
                  "xref\n1 1\n%010zu 00000 n%s3 1\n%010zu 00000 n%strailer\n"
                  "<</Size 4/Prev %zu>>\nstartxref\n%zu\n%%%%EOF\n",
                  at[1], end, at[3], end, xref, b.len);
    return nk_buf_str(&b);
}

static void tables_are_foreseen(void **state)
{
    static const char *const ends[] = { "\r\n", " \n", " \r" };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(ends); i++) {
        nk_str code = scan(d, NULL, two_revisions(d, ends[i]), NULL);

        /* No offset is left in the code. */
        assert_int_equal(nk_str_search(code, NK_STR("0000")), code.len);
        assert_true(nk_str_search(code, NK_STR("startxref\n\x8c\n")) <
                    code.len);
        assert_true(nk_str_search(code, NK_STR("/Size \x8e/Prev \x8d>>")) <
                    code.len);
    }
}

static void wrong_tables_stay(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = two_revisions(d, "\r\n"), code;
    char *at = nk_alloc(&d->arena, pdf.len);

    memcpy(at, pdf.ptr, pdf.len);
    pdf.ptr = at;
    at += nk_str_search(pdf, NK_STR("0000000009"));
    at[9] = '8'; /* the first object does not begin there */
    code = scan(d, NULL, pdf, NULL);
    assert_true(nk_str_search(code, NK_STR("0000000008 00000 n\r\n")) <
                code.len);
}

static void places(void **state)
{
    nk_desk *d = *state;

    /* 700.5 from 0; 12.65 down, twice; then back to the first line */
    assert_code(from(d, "BT 72 700.5 Td (a)Tj 0 -12.65 Td (b)Tj ET\n"
                        "BT 1.5 Tw 72 675.2 Td ET BT 9 700.5 Td"),
                "BT 72 \x98\xA8\xC1\x55 Td (a)Tj 0 \x99\xD3\xC5\x01 Td "
                "(b)Tj ET\nBT 1.5 Tw 72 \x98\xD3\xC5\x01 Td ET BT 9 "
                "\x98\xA8\x8B\x03 Td");
    assert_str(from(d, "1 -0 Td 1 00.5 Td 1 .5 Td 1 5. Td 1 1.2345 Td "
                       "x-1 Td 1 5-3 Td 1 99999999999999 Td"),
               "1 -0 Td 1 00.5 Td 1 .5 Td 1 5. Td 1 1.2345 Td "
               "x-1 Td 1 5-3 Td 1 99999999999999 Td");
}

static void squares(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 1;
    nk_buf b;
    nk_str raw, code;
    unsigned x, y;

    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "q\n");
    for (y = 0; y < 21; y++)
        for (x = 0; x < 21; x += 3)
            if (nk_rnd_below(&seed, 2) || x == 0)
                nk_buf_printf(&b, "%u %u 10 5 re\n", 5 * x, 100 - 5 * y);
    nk_buf_lit(&b, "f Q\n");
    code = scan(d, NULL, nk_buf_str(&b), &raw);
    assert_true(code.len < 24);
    assert_int_equal(raw.len, (20 * 21 + 7) / 8);
    /* In another order they are no cells, but still themselves. */
    b.len = 0;
    for (x = 20; x > 0; x--)
        nk_buf_printf(&b, "%u 0 1 1 re\n", 2 * x);
    scan(d, NULL, nk_buf_str(&b), &raw);
    assert_int_equal(raw.len, 0);
    /* Numbers that would overflow or divide by zero. */
    b.len = 0;
    for (x = 0; x < 20; x++)
        nk_buf_printf(&b, "999999999 %u 0 0 re\n", x);
    for (x = 0; x < 20; x++)
        nk_buf_printf(&b, "999999999 999999999 999999999 1 re\n");
    scan(d, NULL, nk_buf_str(&b), NULL);
}

static void streams(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 2;
    uint8_t font[3000];
    nk_dict dict = { .res_n = 1 };
    nk_scan how = { .dict = &dict };
    nk_buf b;
    nk_str raw, code;

    nk_rnd_fill(&seed, font, sizeof(font));
    dict.res = &(nk_str){ (const char *)font, sizeof(font) };
    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "1 0 obj\n<<>>\nstream\r\n");
    nk_buf_putn(&b, font, sizeof(font));
    nk_buf_lit(&b, "\nendstream\nendobj\n");
    code = scan(d, &how, nk_buf_str(&b), &raw);
    assert_code(code, "\x91\n<<>>\nstream\r\n\x82\0\nendstream\nendobj\n");
    assert_int_equal(raw.len, 0);
    code = scan(d, NULL, nk_buf_str(&b), &raw);
    assert_code(code,
                "\x91\n<<>>\nstream\r\n\x81\xb8\x17\nendstream\nendobj\n");
    assert_int_equal(raw.len, sizeof(font));
}

/* What is found while scanning. */
struct findings {
    unsigned streams, certificates;
};

static void note(void *data, nk_str bytes, bool is_stream)
{
    struct findings *f = data;

    assert_true(bytes.len > 0);
    if (is_stream)
        f->streams++;
    else
        f->certificates++;
}

static void a_letter(void **state)
{
    nk_desk *d = *state;
    struct findings f = { 0 };
    nk_scan how = { .found = note, .data = &f };
    nk_fake l = { .world = 1, .serial = 5, .seq = 17 };
    nk_str raw, code;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_fake_put(&b, &l);
    code = scan(d, &how, nk_buf_str(&b), &raw);
    assert_int_equal(f.streams, 5); /* two faces, their maps, a profile */
    assert_int_equal(f.certificates, 3);
    /* Signature value, digest, /ID once, QR, and what is in certificates. */
    assert_true(raw.len > b.len / 2);
    assert_true(code.len < 20000);
    how.plain = true;
    scan(d, &how, nk_buf_str(&b), &raw);
}

/* Certificates with more zeros behind them, and values that end in zeros. */
static void padding(void **state)
{
    nk_desk *d = *state;
    uint8_t der[64] = { 0x30, 0x2A, 0x04, 0x28 };
    uint64_t seed = 9;
    nk_str raw;
    nk_buf b;

    nk_rnd_fill(&seed, der + 4, 40);
    der[43] = der[42] = 0; /* still part of the value */
    nk_buf_init(&b, &d->arena);
    nk_buf_putc(&b, '<');
    nk_buf_hex(&b, der, sizeof(der));
    nk_buf_putc(&b, '>');
    scan(d, NULL, nk_buf_str(&b), &raw);
    assert_int_equal(raw.len, 40);
    memset(der, 0, sizeof(der));
    b.len = 1;
    nk_buf_hex(&b, der, sizeof(der));
    nk_buf_putc(&b, '>');
    assert_code(scan(d, NULL, nk_buf_str(&b), &raw), "<\x89\x80\x01>");
}

/* Letters cut, doubled, with bytes changed and swapped; and chance. */
static void anything_comes_back(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 20261123;
    unsigned round;

    for (round = 0; round < 120; round++) {
        nk_fake l = {
            .world = 1, .serial = round, .kind = round % 4, .ecdsa = round % 2
        };
        size_t n, i;
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        nk_fake_put(&b, &l);
        n = nk_rnd_below(&seed, (uint32_t)b.len);
        if (round % 3 == 0) { /* begin or end anywhere */
            memmove(b.ptr, b.ptr + n, b.len - n);
            b.len -= n;
        } else if (round % 3 == 1) {
            nk_buf_putn(&b, b.ptr, n);
        }
        for (i = 0; i < round && b.len; i++)
            b.ptr[nk_rnd_below(&seed, (uint32_t)b.len)] =
                (char)nk_rnd_below(&seed, 256);
        scan(d, NULL, nk_buf_str(&b), NULL);
        b.len = nk_rnd_below(&seed, 3000);
        nk_rnd_fill(&seed, b.ptr, b.len);
        for (i = 0; i < b.len; i++) /* mostly what patterns are made of */
            if (round % 2)
                b.ptr[i] = "0123456789<>/K RMCIDobjxrefstream\n re"
                    [(unsigned char)b.ptr[i] % 37];
        scan(d, NULL, nk_buf_str(&b), NULL);
        nk_arena_reset(&d->arena);
    }
}

/* What would take hours if it were looked for again at every place. */
static void papers_made_to_be_slow(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 3;
    unsigned i, k;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    for (i = 0; i < 40000; i++) /* streams without end */
        for (nk_buf_lit(&b, "\nstream\n"), k = 0; k < 64; k++)
            nk_buf_putc(&b, (char)(nk_rnd_below(&seed, 4) * 64 + k));
    scan(d, NULL, nk_buf_str(&b), NULL);
    b.len = 0;
    for (i = 0; i < 100000; i++) /* squares that are not joined */
        nk_buf_printf(&b, "%u %u 1 1 re\n", i % 1000, 99 - i / 1000 % 100);
    scan(d, NULL, nk_buf_str(&b), NULL);
    b.len = 0;
    for (i = 0; i < 30000; i++) { /* chance in hex, each another */
        uint8_t v[16];

        nk_rnd_fill(&seed, v, sizeof(v));
        nk_buf_putc(&b, '<');
        nk_buf_hex(&b, v, sizeof(v));
        nk_buf_putc(&b, '>');
    }
    for (i = 0; i < 100000; i++) /* tables of what is not there */
        nk_buf_printf(&b, "%u 0 obj\nxref\n0 1\n", i);
    scan(d, NULL, nk_buf_str(&b), NULL);
    b.len = 0;
    nk_buf_fill(&b, '1', 1000000);
    for (i = 0; i < 100000; i++)
        nk_buf_lit(&b, " 0 R 0 obj");
    scan(d, NULL, nk_buf_str(&b), NULL);
}

/* A number that belongs to a reference is no count. */
static void references_after_marks(void **state)
{
    nk_desk *d = *state;

    assert_code(from(d, "/K 9 0 R/K 9 0 X"), "/K \x96\x09\x94\x09 0 X");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(plain_text),
        NK_DESK_TEST(objects_and_references),
        NK_DESK_TEST(counted_marks),
        NK_DESK_TEST(hex_strings),
        NK_DESK_TEST(tables_are_foreseen),
        NK_DESK_TEST(wrong_tables_stay),
        NK_DESK_TEST(places),
        NK_DESK_TEST(squares),
        NK_DESK_TEST(streams),
        NK_DESK_TEST(a_letter),
        NK_DESK_TEST(padding),
        NK_DESK_TEST(anything_comes_back),
        NK_DESK_TEST(papers_made_to_be_slow),
        NK_DESK_TEST(references_after_marks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
