/*
 * What a seal binds: no two lists of fields give the same bytes; and days as
 * numbers.
 */
#include "archive_store.h"

static nk_str bound(nk_store *s, const nk_str *texts, size_t n, int64_t v)
{
    nk_aad d;
    nk_str out;
    size_t i;

    nk_archive__aad_init(&d, &s->arena, s->ar, NK_STR("uji"));
    for (i = 0; i < n; i++)
        nk_archive__aad_text(&d, texts[i]);
    nk_archive__aad_int(&d, v);
    assert_ok(nk_archive__aad_end(&s->ctx, &d, &out));
    return out;
}

static void fields_do_not_run_together(void **state)
{
    static const nk_str a[] = { NK_STR_INIT("ab"), NK_STR_INIT("c") };
    static const nk_str b[] = { NK_STR_INIT("a"), NK_STR_INIT("bc") };
    static const nk_str c[] = { NK_STR_INIT("abc"), NK_STR_INIT("") };
    nk_store *s = *state;
    nk_str x = bound(s, a, 2, 1);

    assert_false(nk_str_eq(x, bound(s, b, 2, 1)));
    assert_false(nk_str_eq(x, bound(s, c, 2, 1)));
    assert_false(nk_str_eq(x, bound(s, c, 1, 1)));
    assert_false(nk_str_eq(x, bound(s, a, 2, 2)));
    assert_true(nk_str_eq(x, bound(s, a, 2, 1)));
    /* As FORMAT.md says: length and bytes, eight bytes lowest first. */
    assert_int_equal(x.len, 4 + 3 + 16 + 4 + 2 + 4 + 1 + 8);
    assert_memory_equal(x.ptr, "\3\0\0\0uji", 7);
    assert_memory_equal(x.ptr + 23, "\2\0\0\0ab\1\0\0\0c\1\0\0\0\0\0\0\0", 19);
}

static void packed_papers(void **state)
{
    nk_store *s = *state;
    nk_packed p = { .bytes = NK_STR("\0isi surat"), .size = 9 };
    uint8_t sha[NK_SHA256_SIZE];
    nk_str sealed, bytes;

    nk_sha256(NK_STR("isi surat"), p.sha256);
    assert_ok(nk_archive__seal_packed(&s->ctx, &s->arena, s->ar->case_key,
                                      NK_STR("aad"), &p, &sealed));
    assert_true(nk_archive__unseal_packed(s->ar, &s->arena, NK_STR("aad"),
                                          sealed, NULL, 9, sha, &bytes));
    assert_str(bytes, "isi surat");
    assert_memory_equal(sha, p.sha256, sizeof(sha));
    assert_false(nk_archive__unseal_packed(s->ar, &s->arena, NK_STR("add"),
                                           sealed, NULL, 9, sha, &bytes));
    assert_false(nk_archive__unseal_packed(s->ar, &s->arena, NK_STR("aad"),
                                           sealed, NULL, 8, sha, &bytes));
    assert_false(nk_archive__unseal_packed(s->ar, &s->arena, NK_STR("aad"),
                                           nk_str_head(sealed, 71), NULL, 9,
                                           sha, &bytes));
    p.sha256[0] ^= 1;
    assert_ok(nk_archive__seal_packed(&s->ctx, &s->arena, s->ar->case_key,
                                      NK_STR("aad"), &p, &sealed));
    assert_false(nk_archive__unseal_packed(s->ar, &s->arena, NK_STR("aad"),
                                           sealed, NULL, 9, sha, &bytes));
}

static void days(void **state)
{
    static const nk_date table[] = {
        { 2026, 11, 23 }, { 2026, 11, 0 },  { 2026, 0, 0 },
        { 0, 0, 0 },      { 9999, 12, 31 }, { 1, 1, 1 },
    };
    size_t i;

    (void)state;
    assert_int_equal(nk_archive__date_to_int(table[0]), 20261123);
    for (i = 0; i < NK_COUNT(table); i++) {
        nk_date d =
            nk_archive__date_from_int(nk_archive__date_to_int(table[i]));

        assert_int_equal(d.year, table[i].year);
        assert_int_equal(d.month, table[i].month);
        assert_int_equal(d.day, table[i].day);
    }
}

static void lists(void **state)
{
    nk_store *s = *state;
    nk_list l = NK_LIST(&s->arena, int64_t);
    int64_t i;

    for (i = 0; i < 1000; i++)
        *(int64_t *)nk_archive__list_add(&l) = i;
    assert_int_equal(l.n, 1000);
    for (i = 0; i < 1000; i++)
        assert_int_equal(((int64_t *)l.items)[i], i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(fields_do_not_run_together),
        STORE_TEST(packed_papers),
        cmocka_unit_test(days),
        STORE_TEST(lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
