/*
 * The parts that scanning and playing share: numbers, references, tables,
 * cells, and what looks like chance.
 */
#include "../support/check.h"
#include "../support/letters.h"

#include "archive/code.h"

static void numbers(void **state)
{
    static const uint64_t values[] = { 0,     1,     127,        128,
                                       16383, 16384, UINT32_MAX, INT64_MAX };
    nk_desk *d = *state;
    nk_buf b;
    nk_str s;
    uint64_t v;
    size_t i;

    nk_buf_init(&b, &d->arena);
    for (i = 0; i < NK_COUNT(values); i++)
        nk_archive__varint_put(&b, values[i]);
    s = nk_buf_str(&b);
    for (i = 0; i < NK_COUNT(values); i++) {
        assert_true(nk_archive__varint(&s, &v));
        assert_true(v == values[i]);
    }
    assert_int_equal(s.len, 0);
    assert_false(nk_archive__varint(&s, &v));
    s = NK_STR("\x80\x80");
    assert_false(nk_archive__varint(&s, &v));
    s = NK_STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01");
    assert_false(nk_archive__varint(&s, &v));
}

static void note_ref(nk_refs *r, uint32_t n)
{
    nk_archive__refs_note(r, n, nk_archive__refs_find(r, n));
}

static void recent_references(void **state)
{
    nk_refs r = { { 0 }, 0 };
    uint32_t i;

    (void)state;
    assert_int_equal(nk_archive__refs_find(&r, 5), 0);
    note_ref(&r, 5);
    note_ref(&r, 6);
    note_ref(&r, 5);
    assert_int_equal(r.n, 2);
    assert_int_equal(nk_archive__refs_find(&r, 5), 0);
    assert_int_equal(nk_archive__refs_find(&r, 6), 1);
    for (i = 100; i < 100 + 2 * NK_RECENT; i++)
        note_ref(&r, i);
    assert_int_equal(r.n, NK_RECENT);
    assert_int_equal(r.recent[0], 99 + 2 * NK_RECENT);
    assert_int_equal(nk_archive__refs_find(&r, 6), NK_RECENT);
}

static void sorting_objects(void **state)
{
    nk_object list[] = { { 7, 10 }, { 3, 20 }, { 7, 30 }, { 1, 40 }, { 3, 5 } };
    size_t n = nk_archive__objects_sort(list, NK_COUNT(list));

    (void)state;
    assert_int_equal(n, 3);
    assert_int_equal(list[0].number, 1);
    assert_int_equal(list[1].offset, 20);
    assert_int_equal(list[2].offset, 30);
    assert_int_equal(nk_archive__objects_sort(NULL, 0), 0);
}

static void tables(void **state)
{
    static const nk_object list[] = { { 1, 15 }, { 2, 99 }, { 5, 1234567 } };
    nk_desk *d = *state;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_archive__table_put(&b, list, 3, NK_TABLE_FREE);
    assert_str(nk_buf_str(&b), "0 3\n0000000000 65535 f\r\n"
                               "0000000015 00000 n\r\n"
                               "0000000099 00000 n\r\n"
                               "5 1\n0001234567 00000 n\r\n");
    b.len = 0;
    nk_archive__table_put(&b, list, 2, 1 << 1);
    assert_str(nk_buf_str(&b), "1 2\n0000000015 00000 n \n"
                               "0000000099 00000 n \n");
    b.len = 0;
    nk_archive__table_put(&b, list + 2, 1, NK_TABLE_FREE | 2 << 1);
    assert_str(nk_buf_str(&b), "0 1\n0000000000 65535 f \r"
                               "5 1\n0001234567 00000 n \r");
    b.len = 0;
    nk_archive__table_put(&b, NULL, 0, 0);
    assert_int_equal(b.len, 0);
}

static void cells(void **state)
{
    /* ##.#  and  ...# : 1101 0001 */
    static const uint8_t bits[] = { 0xD1 };
    nk_desk *d = *state;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_archive__cells_put(&b, &(nk_cells){ NK_CELLS_UP, 1, 0, 0, 4, 2 }, bits);
    assert_str(nk_buf_str(&b), "0 0 2 1 re\n3 0 1 1 re\n3 1 1 1 re\n");
    b.len = 0;
    nk_archive__cells_put(&b, &(nk_cells){ 0, 12, 1, 2, 4, 2 }, bits);
    assert_str(nk_buf_str(&b),
               "48 36 12 12 re\n12 24 24 12 re\n48 24 12 12 re\n");
    b.len = 0;
    nk_archive__cells_put(&b, &(nk_cells){ 0, 1, 0, 0, 0, 0 }, bits);
    assert_int_equal(b.len, 0);
}

/* A QR code of the smallest size: what all of them have is not said. */
static void qr_codes(void **state)
{
    static const char *const rows[] = {
        "#######..#.##.#######", "#.....#.#.##..#.....#",
        "#.###.#.##..#.#.###.#", "#.###.#..#.##.#.###.#",
        "#.###.#.####..#.###.#", "#.....#....#..#.....#",
        "#######.#.#.#.#######", "........##.##........",
        "#.##.##.##....##..#.#", ".#.#.#..#.#####..####",
        "#.#.#.####...#.#.#.#.", "..#.#..#..##..##.##.#",
        "##.#..#.#.#.#...#.#..", "........#..#.#...##.#",
        "#######.##.###.##.#..", "#.....#..#..#..##.##.",
        "#.###.#.#.###.####..#", "#.###.#.##.##.##.#.#.",
        "#.###.#...#.#.#..#..#", "#.....#.#.##...#####.",
        "#######.#..##.#..##.#",
    };
    nk_cells c = { NK_CELLS_QR, 1, 4, 4, 21, 21 };
    uint8_t all[56] = { 0 }, raw[56] = { 0 }, again[56] = { 0 };
    size_t n, x, y, used;

    (void)state;
    for (y = 0; y < 21; y++)
        for (x = 0; x < 21; x++)
            if (rows[20 - y][x] == '#')
                all[(21 * y + x) / 8] |= (uint8_t)(0x80 >> (21 * y + x) % 8);
    assert_true(nk_archive__cells_split(&c, all, raw, &n));
    /* 441 squares less three corners and twice five of the timing. */
    assert_int_equal(n, (441 - 3 * 64 - 2 * 5 + 7) / 8);
    assert_true(
        nk_archive__cells_join(&c, (nk_str){ (char *)raw, n }, again, &used));
    assert_int_equal(used, n);
    assert_memory_equal(again, all, sizeof(all));
    assert_false(nk_archive__cells_join(&c, (nk_str){ (char *)raw, n - 1 },
                                        again, &used));
    all[0] ^= 0x80; /* a corner is not as it should be */
    assert_false(nk_archive__cells_split(&c, all, raw, &n));
    c.flags = 0;
    memset(raw, 0, sizeof(raw));
    assert_true(nk_archive__cells_split(&c, all, raw, &n));
    assert_int_equal(n, 56);
    assert_memory_equal(raw, all, sizeof(all));
}

static void decimals(void **state)
{
    static const struct {
        int64_t n;
        const char *text;
    } table[] = { { 0, "0" },          { 12650, "12.65" }, { -12650, "-12.65" },
                  { 500, "0.5" },      { -5, "-0.005" },   { 7000, "7" },
                  { 841890, "841.89" } };
    nk_desk *d = *state;
    int64_t v, place = 0;
    nk_buf b;
    nk_str s;
    size_t i;

    nk_buf_init(&b, &d->arena);
    for (i = 0; i < NK_COUNT(table); i++) {
        b.len = 0;
        nk_archive__decimal_put(&b, table[i].n);
        assert_str(nk_buf_str(&b), table[i].text);
        b.len = 0;
        nk_archive__signed_put(&b, table[i].n);
        s = nk_buf_str(&b);
        assert_true(nk_archive__signed(&s, &v));
        assert_true(v == table[i].n);
    }
    assert_true(nk_archive__move(&place, NK_MAX_PLACE));
    assert_false(nk_archive__move(&place, 1));
    assert_false(nk_archive__move(&place, INT64_MIN + 1));
    assert_true(nk_archive__move(&place, -NK_MAX_PLACE));
    assert_true(place == 0);
}

static void chance(void **state)
{
    uint8_t bytes[4096];
    uint64_t seed = 5;
    size_t n;

    (void)state;
    for (n = 16; n <= sizeof(bytes); n *= 2) {
        nk_rnd_fill(&seed, bytes, n);
        assert_true(nk_archive__is_random((nk_str){ (char *)bytes, n }));
    }
    assert_false(nk_archive__is_random((nk_str){ (char *)bytes, 15 }));
    assert_false(nk_archive__is_random(
        NK_STR("Bersama ini kami merujuk penerima layanan tersebut")));
    for (n = 0; n < 400; n++) /* glyph numbers, two bytes each */
        bytes[n] = (uint8_t)(n % 2 ? 3 + n * 7 % 80 : 0);
    assert_false(nk_archive__is_random((nk_str){ (char *)bytes, 400 }));
    memset(bytes, 0, sizeof(bytes));
    assert_false(nk_archive__is_random((nk_str){ (char *)bytes, 256 }));
}

static void der(void **state)
{
    char cert[300] = "\x30\x82\x01\x28\x30\x82\x01\x00";
    size_t head = 0;

    (void)state;
    assert_int_equal(nk_archive__der_size(NK_STR("\x04\x02yz"), &head), 4);
    assert_int_equal(head, 2);
    assert_int_equal(nk_archive__der_size(NK_STR("\x04\x02y"), &head), 0);
    assert_int_equal(nk_archive__der_size(NK_STR("\x04\x80yz"), &head), 0);
    assert_int_equal(nk_archive__der_size(NK_STR("\x04\x85zzzzz"), &head), 0);
    assert_int_equal(nk_archive__der_size(NK_STR("\x04"), &head), 0);
    assert_int_equal(nk_archive__der_size(NK_EMPTY, &head), 0);
    /* 30 (256 bytes), 30 (2), 03 (30): 4 + 260 + 4 + 32 = 300 */
    cert[4 + 260] = 0x30;
    cert[4 + 261] = 2;
    cert[4 + 264] = 3;
    cert[4 + 265] = 30;
    assert_int_equal(nk_archive__der_size((nk_str){ cert, 300 }, &head), 300);
    assert_true(nk_archive__is_certificate((nk_str){ cert, 300 }));
    cert[4 + 264] = 4;
    assert_false(nk_archive__is_certificate((nk_str){ cert, 300 }));
    assert_false(nk_archive__is_certificate((nk_str){ cert, 299 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(numbers),
        cmocka_unit_test(recent_references),
        cmocka_unit_test(sorting_objects),
        NK_DESK_TEST(tables),
        NK_DESK_TEST(cells),
        cmocka_unit_test(qr_codes),
        NK_DESK_TEST(decimals),
        cmocka_unit_test(chance),
        cmocka_unit_test(der),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
