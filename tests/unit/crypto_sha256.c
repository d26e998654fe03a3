/*
 * SHA-256: the published examples (FIPS 180-4), and the processor's way
 * against the portable one at every length around the block.
 */
#include "../support/check.h"

#include "crypto/crypto_int.h"

static void known(nk_str text, const char *hex)
{
    uint8_t h[NK_SHA256_SIZE];
    nk_arena a;
    nk_buf b;

    nk_arena_init(&a);
    nk_buf_init(&b, &a);
    nk_sha256(text, h);
    nk_buf_hex(&b, h, sizeof(h));
    assert_str(nk_buf_str(&b), hex);
    b.len = 0;
    nk_crypto__sha256_plain(text, h);
    nk_buf_hex(&b, h, sizeof(h));
    assert_str(nk_buf_str(&b), hex);
    nk_arena_release(&a);
}

static void published(void **state)
{
    (void)state;
    known(NK_STR("abc"), "ba7816bf8f01cfea414140de5dae2223"
                         "b00361a396177a9cb410ff61f20015ad");
    known(NK_EMPTY, "e3b0c44298fc1c149afbf4c8996fb924"
                    "27ae41e4649b934ca495991b7852b855");
    known(NK_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmno"
                 "mnopnopq"),
          "248d6a61d20638b8e5c026930c3e6039"
          "a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million(void **state)
{
    nk_desk *d = *state;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_buf_fill(&b, 'a', 1000000);
    known(nk_buf_str(&b), "cdc76e5c9914fb9281a1c7e284d73e67"
                          "f1809a48a497200e046d39ccc7112cd0");
}

static void every_length(void **state)
{
    uint8_t text[600], fast[NK_SHA256_SIZE], plain[NK_SHA256_SIZE];
    size_t i, from;

    (void)state;
    for (i = 0; i < sizeof(text); i++)
        text[i] = (uint8_t)(i * 167 + i / 7);
    for (i = 0; i <= 560; i++)
        for (from = 0; from < 3; from++) {
            nk_str s = { (const char *)text + from * 13, i };

            nk_sha256(s, fast);
            nk_crypto__sha256_plain(s, plain);
            assert_memory_equal(fast, plain, NK_SHA256_SIZE);
        }
}

static int start(void **state)
{
    nk_ctx ctx;

    (void)state;
    nk_ctx_init(&ctx);
    return nk_crypto_init(&ctx) == NK_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        NK_DESK_TEST(a_million),
        cmocka_unit_test(every_length),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
