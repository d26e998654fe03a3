/*
 * Playing codes that nobody of ours wrote: each is refused, or makes exactly
 * the size that was asked.
 */
#include "../support/check.h"
#include "../support/letters.h"

#include "archive/code.h"

static bool play(nk_desk *d, nk_str code, nk_str raw, size_t size)
{
    nk_dict dict = { .res_n = 1, .res = &NK_STR("sumber") };
    char *out = nk_alloc(&d->arena, size + 1);

    return nk_archive__play(&d->arena, &dict, code, raw, out, size);
}

static void refused(void **state)
{
    static const struct {
        nk_str code, raw;
        size_t size;
    } bad[] = {
        { NK_STR_INIT("abc"), { NULL, 0 }, 2 },
        { NK_STR_INIT("abc"), { NULL, 0 }, 4 },
        { NK_STR_INIT("abc"), NK_STR_INIT("sisa"), 3 },
        { NK_STR_INIT("\x80"), { NULL, 0 }, 1 },
        { NK_STR_INIT("\x80\x05xy"), { NULL, 0 }, 5 },
        { NK_STR_INIT("\x81\x02"), NK_STR_INIT("x"), 2 },
        { NK_STR_INIT("\x82\x01"), { NULL, 0 }, 6 },
        { NK_STR_INIT("\x82\x00"), { NULL, 0 }, 5 },
        { NK_STR_INIT("\x83\x02xy"), { NULL, 0 }, 3 },
        { NK_STR_INIT("\x84\x02"), NK_STR_INIT("x"), 4 },
        { NK_STR_INIT("\x85\x01"), { NULL, 0 }, 12 },
        { NK_STR_INIT("\x86\x00"), { NULL, 0 }, 2 },
        { NK_STR_INIT("\x84\x01\x86\x01"), NK_STR_INIT("x"), 4 },
        { NK_STR_INIT("\x89\x05"), { NULL, 0 }, 4 },
        { NK_STR_INIT("\x89\xFF\xFF\xFF\xFF\xFF\x7F"), { NULL, 0 }, 4 },
        { NK_STR_INIT("\x8A"), { NULL, 0 }, 4 },
        { NK_STR_INIT("\x8B"), { NULL, 0 }, 4 },
        { NK_STR_INIT("\x8B\x08"), { NULL, 0 }, 0 },
        { NK_STR_INIT("\x91\x8B\x00"), { NULL, 0 }, 20 },
        { NK_STR_INIT("\x8C"), { NULL, 0 }, 0 },
        { NK_STR_INIT("\x8F\0\1\0\0\x08\x02"), NK_STR_INIT("\xFF"), 20 },
        { NK_STR_INIT("\x8F\0\1\0\0\xE9\x07\1"), NK_STR_INIT("\xFF"), 20 },
        { NK_STR_INIT("\x8F\0\1\0\0\x08\x01"), NK_STR_INIT("\xFF"), 10 },
        { NK_STR_INIT("\x8F\2\1\0\0\x15\x15"), NK_STR_INIT("\xFF"), 10 },
        { NK_STR_INIT("\x98"), { NULL, 0 }, 1 },
        { NK_STR_INIT("\x98\xFE\xFF\xFF\xFF\xFF\xFF\xFF\x7F"), { NULL, 0 }, 9 },
        { NK_STR_INIT("\x99\x02"), { NULL, 0 }, 4 },
        { NK_STR_INIT("\x90\x80\x80\x80\x04"), { NULL, 0 }, 14 },
        { NK_STR_INIT("\x9F"), { NULL, 0 }, 4 },
        { NK_STR_INIT("\xB0"), { NULL, 0 }, 5 },
        { NK_STR_INIT("\xD0"), { NULL, 0 }, 0 },
        { NK_STR_INIT("\xFF"), { NULL, 0 }, 0 },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(bad); i++)
        if (play(d, bad[i].code, bad[i].raw, bad[i].size))
            fail_msg("code %zu was played", i);
}

static void accepted(void **state)
{
    nk_desk *d = *state;

    assert_true(play(d, NK_EMPTY, NK_EMPTY, 0));
    assert_true(play(d, NK_STR("\x82\0\x85\0"), NK_EMPTY, 18));
    assert_true(play(d, NK_STR("\x88\x84\x01\x86\0"), NK_STR("\xAB"), 4));
    /* Objects numbered backward wrap and are only text. */
    assert_true(play(d, NK_STR("\xA0"), NK_EMPTY, 14));
    assert_true(play(d, NK_STR("\x8F\0\1\0\0\x08\x01"), NK_STR("\xFF"), 11));
    assert_true(play(d, NK_STR("\x98\x02\x99\x01\x98\x00"), NK_EMPTY, 12));
    assert_true(play(d, NK_STR("\x9F"), NK_EMPTY, 5));
}

/* Codes of any bytes, most of them steps: never outside, always in time. */
static void any_bytes(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 4;
    unsigned round, played = 0;

    for (round = 0; round < 20000; round++) {
        uint8_t code[64], raw[64];
        size_t n = nk_rnd_below(&seed, sizeof(code)), i, size;

        nk_rnd_fill(&seed, code, sizeof(code));
        nk_rnd_fill(&seed, raw, sizeof(raw));
        for (i = 0; i < n; i++)
            if (code[i] % 3)
                code[i] = (uint8_t)(code[i] % 2 ? 0x80 + code[i] % 0x50
                                                : code[i] % 8);
        size = nk_rnd_below(&seed, 300);
        played += play(d, (nk_str){ (char *)code, n },
                       (nk_str){ (char *)raw, nk_rnd_below(&seed, 3) }, size);
        nk_arena_reset(&d->arena);
    }
    assert_true(played < round);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(refused),
        NK_DESK_TEST(accepted),
        NK_DESK_TEST(any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
