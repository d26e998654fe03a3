/*
 * Packing with and without a dictionary: any bytes come back, our letters
 * become small, and packed bytes that were changed are refused.
 */
#include "archive_store.h"

static nk_packed pack(nk_store *s, nk_packer *p, nk_str paper)
{
    nk_packed out;

    assert_ok(nk_packer_pack(&s->ctx, &s->arena, p, paper, &out));
    assert_int_equal(out.size, paper.len);
    return out;
}

static bool unpack(nk_store *s, const nk_packed *packed, nk_str bytes,
                   nk_str *paper)
{
    const nk_dict *d;

    assert_ok(nk_archive__dict_get(&s->ctx, s->ar, packed->dict, &d));
    return nk_archive__unpack(&s->arena, s->ar->inflater, d, bytes,
                              (size_t)packed->size, paper);
}

static void comes_back(nk_store *s, nk_packer *p, nk_str paper)
{
    nk_packed packed = pack(s, p, paper);
    uint8_t sha[NK_SHA256_SIZE];
    nk_str again;

    assert_true(unpack(s, &packed, packed.bytes, &again));
    assert_true(nk_str_eq(again, paper));
    nk_sha256(paper, sha);
    assert_memory_equal(packed.sha256, sha, sizeof(sha));
    assert_true(packed.bytes.len <= paper.len + 1);
}

static void any_bytes(nk_store *s, nk_packer *p)
{
    uint64_t seed = 12;
    unsigned round;
    nk_buf b;

    comes_back(s, p, NK_EMPTY);
    comes_back(s, p, NK_STR("x"));
    nk_buf_init(&b, &s->arena);
    nk_buf_fill(&b, 'a', 300000);
    comes_back(s, p, nk_buf_str(&b));
    nk_rnd_fill(&seed, b.ptr, b.len);
    comes_back(s, p, nk_buf_str(&b));
    for (round = 0; round < 40; round++) {
        nk_fake l = { .world = 8, .serial = round, .kind = round % 4 };
        unsigned i;

        b.len = 0;
        nk_fake_put(&b, &l);
        for (i = 0; i < round; i++)
            b.ptr[nk_rnd_below(&seed, (uint32_t)b.len)] ^= 1;
        comes_back(s, p, nk_buf_str(&b));
    }
}

static void without_dictionary(void **state)
{
    nk_store *s = *state;
    nk_packer *p;

    assert_ok(nk_packer_open(&s->ctx, s->ar, 0, &p));
    any_bytes(s, p);
    nk_packer_close(p);
    nk_packer_close(NULL);
}

static void with_dictionary(void **state)
{
    nk_store *s = *state;
    nk_packer *p;
    int64_t dict;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    dict = add_dict(s);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(nk_packer_open(&s->ctx, s->ar, dict, &p));
    any_bytes(s, p);
    nk_packer_close(p);
}

/* Sizes that the archive's promise rests on (issue 2: 1.6 kB a letter). */
static void our_letters_are_small(void **state)
{
    nk_store *s = *state;
    nk_str samples[8];
    size_t packed = 0;
    int64_t dict;
    nk_packer *p;
    unsigned i;

    for (i = 0; i < 8; i++)
        samples[i] = letter_of(s, 1000000 + i);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_dict_add(&s->ctx, s->ar, NK_STR("delapan"), samples, 8,
                                  &dict));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(nk_packer_open(&s->ctx, s->ar, dict, &p));
    for (i = 0; i < 100; i++)
        packed += pack(s, p, letter_of(s, i)).bytes.len;
    nk_packer_close(p);
    assert_true(packed / 100 < 1100);
}

static void two_packers_agree(void **state)
{
    nk_store *s = *state;
    nk_str letter = letter_of(s, 4);
    nk_packer *p, *q;
    nk_packed x, y;
    int64_t dict;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    dict = add_dict(s);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(nk_packer_open(&s->ctx, s->ar, dict, &p));
    assert_ok(nk_packer_open(&s->ctx, s->ar, dict, &q));
    pack(s, p, letter_of(s, 5));
    x = pack(s, p, letter);
    y = pack(s, q, letter);
    assert_true(nk_str_eq(x.bytes, y.bytes));
    nk_packer_close(p);
    nk_packer_close(q);
}

/* Nothing reads outside; what comes out is refused or has the right size. */
static void changed_bytes(void **state)
{
    nk_store *s = *state;
    nk_str again;
    uint64_t seed = 6;
    nk_packer *p;
    nk_packed x;
    int64_t dict;
    unsigned round, refused = 0;
    char *bytes;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    dict = add_dict(s);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(nk_packer_open(&s->ctx, s->ar, dict, &p));
    x = pack(s, p, letter_of(s, 4));
    bytes = nk_alloc(&s->arena, x.bytes.len);
    for (round = 0; round < 3000; round++) {
        size_t n = x.bytes.len;

        memcpy(bytes, x.bytes.ptr, n);
        if (round % 4 == 0)
            n = nk_rnd_below(&seed, (uint32_t)n);
        else
            bytes[nk_rnd_below(&seed, (uint32_t)n)] ^=
                (char)(1 << nk_rnd_below(&seed, 8));
        if (!unpack(s, &x, (nk_str){ bytes, n }, &again))
            refused++;
        else
            assert_int_equal(again.len, x.size);
    }
    assert_true(refused > round / 4);
    assert_false(unpack(s, &x, NK_EMPTY, &again));
    assert_false(unpack(s, &x, NK_STR("\x02"), &again));
    x.size++;
    assert_false(unpack(s, &x, x.bytes, &again));
    nk_packer_close(p);
}

static void too_large(void **state)
{
    nk_store *s = *state;
    nk_packed out;
    nk_packer *p;

    assert_ok(nk_packer_open(&s->ctx, s->ar, 0, &p));
    assert_int_equal(nk_packer_pack(&s->ctx, &s->arena, p,
                                    (nk_str){ "", NK_MAX_PAPER + 1 }, &out),
                     NK_E_LIMIT);
    assert_msg(s, NK_M_PAPER_TOO_LARGE);
    nk_packer_close(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(without_dictionary),    STORE_TEST(with_dictionary),
        STORE_TEST(our_letters_are_small), STORE_TEST(two_packers_agree),
        STORE_TEST(changed_bytes),         STORE_TEST(too_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
