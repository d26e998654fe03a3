/*
 * QR codes: what is drawn is read as a scanner would, and says what went in.
 */
#include "../support/check.h"
#include "../support/qr.h"

#include "pdf/pdf.h"

#include <stdio.h>
#include <string.h>

#define QUIET 4

static nk_str draw(nk_desk *d, const char *text, nk_mpt side)
{
    nk_str out = NK_EMPTY;

    assert_int_equal(nk_pdf_qr(&d->ctx, &d->arena, nk_str_of(text), side, &out),
                     NK_OK);
    return out;
}

/* The rectangles of the drawing, and how large a module is. */
static void read_drawing(nk_str s, nk_qr *qr, double *module)
{
    nk_str line;
    int x, y, w, rest = 0, k;
    double again;

    *qr = (nk_qr){ .side = 0 };
    assert_true(nk_str_cut(&s, '\n', &line));
    assert_int_equal(
        sscanf(line.ptr, "q 0 g %lf 0 0 %lf 0 0 cm", module, &again), 2);
    assert_true(*module == again);
    while (nk_str_cut(&s, '\n', &line) && !nk_str_eq(line, NK_STR("f Q"))) {
        assert_int_equal(sscanf(line.ptr, "%d %d %d 1 re", &x, &y, &w), 3);
        if (!qr->side) /* the first row is the upper one */
            qr->side = y - QUIET + 1;
        x -= QUIET;
        y = qr->side - 1 - (y - QUIET);
        assert_true(x >= 0 && y >= 0 && y < qr->side && w > 0);
        assert_true(x + w <= qr->side);
        for (k = 0; k < w; k++) {
            assert_false(qr->dark[y][x + k]); /* drawn once */
            qr->dark[y][x + k] = true;
        }
        /* Runs are whole: a light module or the edge follows. */
        assert_true(x == 0 || !qr->dark[y][x - 1]);
        rest = y;
    }
    assert_int_equal(rest, qr->side - 1);
    assert_str(line, "f Q");
    assert_int_equal(s.len, 0);
}

/* side 0: any. */
static void says(nk_desk *d, const char *text, int side)
{
    double module;
    nk_buf b;
    nk_qr qr;

    read_drawing(draw(d, text, NK_MM(22)), &qr, &module);
    if (side)
        assert_int_equal(qr.side, side);
    nk_buf_init(&b, &d->arena);
    if (!nk_qr_read(&qr, &b))
        fail_msg("this is no QR code: %s", text);
    assert_str(nk_buf_str(&b), text);
}

static void codes_say_what_went_in(void **state)
{
    nk_desk *d = *state;

    says(d, "NASKAH:ABCD2345WXYZ", 21);
    says(d, "https://contoh.go.id/periksa/ABCD2345WXYZ", 29);
    says(d, "x", 21);
    says(d, "dengan huruf lain: \u00E9\u00F1\u6F22", 25);
}

/* Every length from one version to the tenth. */
static void every_length(void **state)
{
    static const int most[] = {
        0, 14, 26, 42, 62, 84, 106, 122, 152, 180, 213
    };
    nk_desk *d = *state;
    char text[214];
    int n, i, version = 1;

    for (n = 1; n <= 213; n++) {
        for (i = 0; i < n; i++)
            text[i] = (char)('a' + (i * 7 + n) % 26);
        text[n] = '\0';
        if (n > most[version])
            version++;
        says(d, text, 17 + 4 * version);
        /* Digits and capitals take less room. */
        for (i = 0; i < n; i++)
            text[i] = (char)(' ' + (i * i / 9 + n * 11) % 95);
        says(d, text, 0);
        nk_arena_reset(&d->arena);
    }
    assert_int_equal(version, 10);
}

/* The square is filled but for the rounding, with the quiet zone in it. */
static void codes_fill_their_square(void **state)
{
    static const nk_mpt sides[] = { 62362, 70866, 56693, 33000 };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(sides); i++) {
        double module, whole;
        nk_qr qr;

        read_drawing(draw(d, "NASKAH:ABCD2345WXYZ", sides[i]), &qr, &module);
        whole = module * (qr.side + 2 * QUIET) * 1000;
        assert_true(whole <= sides[i] + 0.5);
        assert_true(whole > sides[i] - (qr.side + 2 * QUIET));
    }
}

static void same_text_same_drawing(void **state)
{
    nk_desk *d = *state;

    assert_true(
        nk_str_eq(draw(d, "NASKAH:A", 60000), draw(d, "NASKAH:A", 60000)));
    assert_false(
        nk_str_eq(draw(d, "NASKAH:A", 60000), draw(d, "NASKAH:B", 60000)));
}

static void too_long_a_text_is_refused(void **state)
{
    nk_desk *d = *state;
    nk_str out = NK_EMPTY, text;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_buf_fill(&b, 'a', 2332);
    text = nk_buf_str(&b);
    assert_int_equal(
        nk_pdf_qr(&d->ctx, &d->arena, nk_str_head(text, 2331), 60000, &out),
        NK_OK);
    out = NK_EMPTY;
    assert_int_equal(nk_pdf_qr(&d->ctx, &d->arena, text, 60000, &out),
                     NK_E_LIMIT);
    assert_str(nk_msg_name(d->ctx.fault.msg), "QR_TOO_LONG");
    assert_str(d->ctx.fault.args.v[0], "2332");
    assert_null(out.ptr);
}

/* The reader of the test sees a single wrong module. */
static void a_wrong_module_is_seen(void **state)
{
    nk_desk *d = *state;
    double module;
    nk_qr qr;
    int x, y;

    read_drawing(draw(d, "NASKAH:ABCD2345WXYZ", 62362), &qr, &module);
    for (y = 0; y < qr.side; y++)
        for (x = 0; x < qr.side; x++) {
            nk_buf b;

            qr.dark[y][x] = !qr.dark[y][x];
            nk_buf_init(&b, &d->arena);
            if (nk_qr_read(&qr, &b) && y * qr.side + x > 0) {
                /* Only the seven modules left over hold nothing. */
                assert_true(x < 2);
            }
            qr.dark[y][x] = !qr.dark[y][x];
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(codes_say_what_went_in),
        NK_DESK_TEST(every_length),
        NK_DESK_TEST(codes_fill_their_square),
        NK_DESK_TEST(same_text_same_drawing),
        NK_DESK_TEST(too_long_a_text_is_refused),
        NK_DESK_TEST(a_wrong_module_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
