/*
 * Seals, secrets and key derivation: known answers (XChaCha20-Poly1305 of
 * draft-irtf-cfrg-xchacha-03, A.3.1; Argon2id computed by the reference
 * implementation), and that nothing wrong is ever accepted.
 */
#include "../support/check.h"

#include "crypto/crypto.h"

static size_t from_hex(const char *hex, uint8_t *out)
{
    size_t n = 0;

    for (; hex[0] && hex[1]; hex += 2, n++) {
        int hi = hex[0] <= '9' ? hex[0] - '0' : hex[0] - 'a' + 10;
        int lo = hex[1] <= '9' ? hex[1] - '0' : hex[1] - 'a' + 10;

        out[n] = (uint8_t)(hi << 4 | lo);
    }
    return n;
}

static const char draft_text[] =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one "
    "tip for the future, sunscreen would be it.";
static const char draft_key[] = "808182838485868788898a8b8c8d8e8f"
                                "909192939495969798999a9b9c9d9e9f";
static const char draft_aad[] = "50515253c0c1c2c3c4c5c6c7";
static const char draft_sealed[] =
    "404142434445464748494a4b4c4d4e4f5051525354555657"
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
    "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
    "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
    "21f9664c97637da9768812f615c68b13b52e"
    "c0875924c1c7987947deafd8780acf49";

static void known_seal(void **state)
{
    nk_desk *d = *state;
    uint8_t key[32], aad[12], sealed[256], out[256];
    nk_str text = { (const char *)sealed, from_hex(draft_sealed, sealed) };
    nk_str bound = { (const char *)aad, from_hex(draft_aad, aad) };
    nk_secret *s;

    from_hex(draft_key, key);
    assert_int_equal(nk_secret_open_copy(&d->ctx, key, &s), NK_OK);
    assert_true(nk_unseal(s, bound, text, out));
    assert_memory_equal(out, draft_text, sizeof(draft_text) - 1);
    nk_secret_close(s);
}

static void there_and_back(void **state)
{
    nk_desk *d = *state;
    uint8_t plain[300], sealed[340], again[340], out[300];
    nk_secret *s;
    size_t n;

    nk_random(plain, sizeof(plain));
    assert_int_equal(nk_secret_open(&d->ctx, &s), NK_OK);
    for (n = 0; n <= sizeof(plain); n += 25) {
        nk_str text = { (const char *)plain, n };
        nk_str box = { (const char *)sealed, n + NK_SEAL_EXTRA };

        nk_seal(s, NK_STR("aad"), text, sealed);
        nk_seal(s, NK_STR("aad"), text, again);
        assert_memory_not_equal(sealed, again, box.len);
        assert_true(nk_unseal(s, NK_STR("aad"), box, out));
        assert_memory_equal(out, plain, n);
    }
    nk_secret_close(s);
}

static void any_change_is_seen(void **state)
{
    nk_desk *d = *state;
    uint8_t sealed[20 + NK_SEAL_EXTRA], out[20];
    nk_str box = { (const char *)sealed, sizeof(sealed) };
    nk_secret *s, *other;
    size_t bit;

    assert_int_equal(nk_secret_open(&d->ctx, &s), NK_OK);
    assert_int_equal(nk_secret_open(&d->ctx, &other), NK_OK);
    nk_seal(s, NK_STR("row 1"), NK_STR("twenty bytes of text"), sealed);
    for (bit = 0; bit < 8 * sizeof(sealed); bit++) {
        sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(nk_unseal(s, NK_STR("row 1"), box, out));
        sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_false(nk_unseal(s, NK_STR("row 2"), box, out));
    assert_false(nk_unseal(s, NK_EMPTY, box, out));
    assert_false(nk_unseal(other, NK_STR("row 1"), box, out));
    assert_false(nk_unseal(s, NK_STR("row 1"), nk_str_head(box, 59), out));
    assert_false(nk_unseal(s, NK_STR("row 1"), nk_str_head(box, 39), out));
    assert_false(nk_unseal(s, NK_STR("row 1"), NK_EMPTY, out));
    assert_true(nk_unseal(s, NK_STR("row 1"), box, out));
    nk_secret_close(s);
    nk_secret_close(other);
}

static void sealed_keys(void **state)
{
    nk_desk *d = *state;
    static const uint8_t zeros[NK_KEY_SIZE];
    uint8_t sealed[NK_KEY_SIZE + NK_SEAL_EXTRA];
    nk_str box = { (const char *)sealed, sizeof(sealed) };
    nk_secret *kek, *key, *back;

    assert_int_equal(nk_secret_open(&d->ctx, &kek), NK_OK);
    assert_int_equal(nk_secret_open(&d->ctx, &key), NK_OK);
    assert_int_equal(nk_secret_open(&d->ctx, &back), NK_OK);
    assert_memory_not_equal(nk_secret_bytes(key), nk_secret_bytes(back), 32);
    nk_seal(kek, NK_STR("key 7"),
            (nk_str){ (const char *)nk_secret_bytes(key), NK_KEY_SIZE },
            sealed);
    assert_true(nk_secret_unseal(kek, NK_STR("key 7"), box, back));
    assert_memory_equal(nk_secret_bytes(key), nk_secret_bytes(back), 32);
    assert_false(nk_secret_unseal(kek, NK_STR("key 8"), box, back));
    assert_memory_equal(nk_secret_bytes(back), zeros, 32);
    assert_false(
        nk_secret_unseal(kek, NK_STR("key 7"), nk_str_head(box, 71), back));
    nk_secret_renew(back);
    assert_memory_not_equal(nk_secret_bytes(back), zeros, 32);
    nk_secret_close(kek);
    nk_secret_close(key);
    nk_secret_close(back);
    nk_secret_close(NULL);
}

static void known_kdf(void **state)
{
    nk_desk *d = *state;
    static const struct {
        const char *password, *salt;
        nk_kdf_cost cost;
        const char *key;
    } table[] = {
        { "password",
          "736f6d6573616c74736f6d6573616c74",
          { 2, 65536 },
          "fc33b78139231d34b71626bd6245c1d7"
          "2efa190ad605c3d8166a72adcedfa2c2" },
        { "password",
          "736f6d6573616c74736f6d6573616c74",
          { 1, 19456 },
          "8553f186b1c42789d851ce762573e646"
          "100f10e586a68b3f7b46e0ac9bd7eedb" },
        { "rahasia uji \xc3\xa9",
          "000102030405060708090a0b0c0d0e0f",
          { 3, 32768 },
          "aaf8f35531e6ee038cc2911e4b09d5cf"
          "c970e6603722b3ca84e1541ff4186e15" },
        { "",
          "00000000000000000000000000000000",
          { 1, 19456 },
          "a9e5f7ffa092897d051f3ae29512a288"
          "f1f7344a001c9e64f67520f13adb336e" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(table); i++) {
        uint8_t salt[NK_SALT_SIZE], want[NK_KEY_SIZE];
        nk_secret *s;

        from_hex(table[i].salt, salt);
        from_hex(table[i].key, want);
        assert_int_equal(nk_kdf(&d->ctx, nk_str_of(table[i].password), salt,
                                table[i].cost, &s),
                         NK_OK);
        assert_memory_equal(nk_secret_bytes(s), want, NK_KEY_SIZE);
        nk_secret_close(s);
    }
}

static void weak_or_huge_costs(void **state)
{
    nk_desk *d = *state;
    static const nk_kdf_cost table[] = { { 0, 65536 },
                                         { 1, 19455 },
                                         { 2, 8 },
                                         { NK_MAX_KDF_PASSES + 1, 65536 },
                                         { 2, NK_MAX_KDF_KIB + 1 } };
    static const uint8_t salt[NK_SALT_SIZE];
    nk_secret *s = NULL;
    size_t i;

    for (i = 0; i < NK_COUNT(table); i++) {
        assert_int_equal(
            nk_kdf(&d->ctx, NK_STR("kata sandi"), salt, table[i], &s),
            NK_E_CRYPTO);
        assert_int_equal(d->ctx.fault.msg, NK_M_KDF_COST);
        assert_null(s);
    }
}

static void wiping_and_comparing(void **state)
{
    uint8_t a[8] = "tulisan", b[8] = "tulisan";

    (void)state;
    assert_true(nk_same_bytes(a, b, 8));
    b[7] = 1;
    assert_false(nk_same_bytes(a, b, 8));
    nk_wipe(a, sizeof(a));
    assert_memory_equal(a, "\0\0\0\0\0\0\0\0", 8);
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
        NK_DESK_TEST(known_seal),
        NK_DESK_TEST(there_and_back),
        NK_DESK_TEST(any_change_is_seen),
        NK_DESK_TEST(sealed_keys),
        NK_DESK_TEST(known_kdf),
        NK_DESK_TEST(weak_or_huge_costs),
        cmocka_unit_test(wiping_and_comparing),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
