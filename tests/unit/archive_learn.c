/*
 * What becomes shared: what all samples have byte for byte, and certificates;
 * never what only one of them has.
 */
#include "../support/check.h"
#include "../support/letters.h"

#include "archive/code.h"

static void make_samples(nk_desk *d, nk_str *samples, size_t n, uint64_t serial)
{
    size_t i;

    for (i = 0; i < n; i++) {
        nk_fake l = { .world = 2, .serial = serial + i, .rehearse = true };
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        nk_fake_put(&b, &l);
        samples[i] = nk_buf_str(&b);
    }
}

static nk_dict learn(nk_desk *d, const nk_str *samples, size_t n)
{
    nk_dict out = { 0 };

    assert_int_equal(
        nk_archive__dict_learn(&d->ctx, &d->arena, samples, n, &out), NK_OK);
    return out;
}

static void what_is_shared(void **state)
{
    nk_desk *d = *state;
    nk_str samples[4];
    nk_dict dict;
    size_t i, certificates = 0;

    make_samples(d, samples, 4, 50);
    dict = learn(d, samples, 4);
    /* Two faces, their maps (of which no two are alike), a profile, a chain. */
    assert_int_equal(dict.res_n, 8);
    for (i = 0; i < dict.res_n; i++) {
        if (nk_archive__is_certificate(dict.res[i]))
            certificates++;
        else
            assert_true(nk_str_search(samples[3], dict.res[i]) <
                        samples[3].len);
    }
    assert_int_equal(certificates, 3);
    assert_in_range(dict.base.len, 5000, 20000);
    assert_in_range(dict.preset.len, 500, 32768);
}

/* A picture that only one sample has stays out of the resources. */
static void what_one_has_is_not_shared(void **state)
{
    nk_desk *d = *state;
    uint8_t picture[500];
    uint64_t seed = 1;
    nk_str samples[3];
    nk_dict dict;
    nk_buf b;
    size_t i;

    make_samples(d, samples, 3, 50);
    nk_rnd_fill(&seed, picture, sizeof(picture));
    nk_buf_init(&b, &d->arena);
    nk_buf_lit(&b, "%PDF-1.7\n1 0 obj\n<<>>\nstream\n");
    nk_buf_putn(&b, picture, sizeof(picture));
    nk_buf_lit(&b, "\nendstream\nendobj\n");
    nk_buf_puts(&b, samples[0]);
    samples[0] = nk_buf_str(&b);
    dict = learn(d, samples, 3);
    assert_int_equal(dict.res_n, 8);
    for (i = 0; i < dict.res_n; i++)
        assert_int_not_equal(dict.res[i].len, sizeof(picture));
    assert_int_equal(
        nk_str_search(dict.base,
                      nk_str_head((nk_str){ (char *)picture, 500 }, 16)),
        dict.base.len);
}

static void the_same_again(void **state)
{
    nk_desk *d = *state;
    nk_str samples[3];
    nk_dict x, y;

    make_samples(d, samples, 3, 9);
    x = learn(d, samples, 3);
    y = learn(d, samples, 3);
    assert_true(nk_str_eq(x.base, y.base));
    assert_true(nk_str_eq(x.preset, y.preset));
    assert_int_equal(x.res_n, y.res_n);
}

static void few_and_foreign_samples(void **state)
{
    static const nk_str texts[] = { NK_STR_INIT("<case><name>A</name></case>"),
                                    NK_STR_INIT(""), NK_STR_INIT("zzz") };
    nk_desk *d = *state;
    nk_dict dict = learn(d, texts, 3);
    nk_str one;

    assert_str(dict.base, "<case><name>A</name></case>");
    assert_int_equal(dict.res_n, 0);
    dict = learn(d, texts + 1, 1);
    assert_int_equal(dict.base.len, 0);
    make_samples(d, &one, 1, 3);
    dict = learn(d, &one, 1);
    assert_true(nk_str_eq(dict.preset, dict.base));
    assert_int_equal(dict.res_n, 8);
}

/* More than deflate can look back, and than a base may have. */
static void large_samples(void **state)
{
    nk_desk *d = *state;
    uint64_t seed = 8;
    nk_str samples[3];
    nk_dict dict;
    size_t i, k;

    for (i = 0; i < 3; i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        for (k = 0; k < NK_MAX_DICT_BASE + 1000; k++)
            nk_buf_putc(&b, (char)('a' + nk_rnd_below(&seed, 20)));
        samples[i] = nk_buf_str(&b);
    }
    dict = learn(d, samples, 3);
    assert_int_equal(dict.base.len, NK_MAX_DICT_BASE);
    assert_int_equal(dict.preset.len, 32768);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(what_is_shared), NK_DESK_TEST(what_one_has_is_not_shared),
        NK_DESK_TEST(the_same_again), NK_DESK_TEST(few_and_foreign_samples),
        NK_DESK_TEST(large_samples),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
