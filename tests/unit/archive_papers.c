/*
 * Papers: filed and got back byte for byte, with all that lies in clear; what
 * may not be filed; what is read back.
 */
#include "archive_store.h"

static nk_paper get(nk_store *s, int64_t id, nk_str want)
{
    uint8_t sha[NK_SHA256_SIZE];
    nk_paper p;
    nk_str bytes;

    assert_ok(nk_archive_paper_get(&s->ctx, &s->arena, s->ar, id, &p, &bytes));
    assert_true(nk_str_eq(bytes, want));
    nk_sha256(want, sha);
    assert_memory_equal(p.sha256, sha, sizeof(sha));
    return p;
}

static void all_that_lies_in_clear(void **state)
{
    nk_store *s = *state;
    nk_str letter = letter_of(s, 8);
    nk_paper p, got;
    int64_t dict;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    dict = add_dict(s);
    put_case(s, 3);
    p = paper_of(s, 3);
    take_number(s, &p);
    assert_ok(file_bytes(s, letter, dict, &p));
    assert_int_equal(p.id, 1);
    assert_int_equal(p.stored, s->ctx.now);
    assert_int_equal(p.size, letter.len);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    got = get(s, 1, letter);
    assert_str(got.case_number, "KASUS-2026-0003");
    assert_str(got.kind, "surat-rujukan-kesehatan");
    assert_str(got.version, "1.0");
    assert_str(got.office, "tanjungpinang");
    assert_str(got.title, "Surat Rujukan");
    assert_str(got.reg, "keluar");
    assert_int_equal(got.year, 2026);
    assert_int_equal(got.seq, 1);
    assert_str(got.number, "465.3/1/5.6.04/2026");
    assert_int_equal(nk_date_cmp(got.date, p.date), 0);
    assert_str(got.signer, "kepala");
    assert_int_equal(got.state, NK_PAPER_SIGNED);
    assert_int_equal(got.stored, p.stored);
    assert_int_equal(got.replaces, 0);
    assert_int_equal(got.size, letter.len);
}

/* Papers that are not ours, with numbers that are not ours. */
static void foreign_papers(void **state)
{
    static const char *const numbers[] = { "VER/12/XI/2026", "", "{}", "12" };
    nk_store *s = *state;
    uint64_t seed = 2;
    nk_str bytes[4];
    size_t i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    for (i = 0; i < 4; i++) {
        nk_paper p = paper_of(s, 1);
        char *at = nk_alloc(&s->arena, 5000 * i + 1);

        nk_rnd_fill(&seed, at, 5000 * i);
        bytes[i] = (nk_str){ at, 5000 * i };
        p.number = nk_str_of(numbers[i]);
        p.state = NK_PAPER_RECEIVED;
        p.signer = NK_EMPTY;
        p.date = (nk_date){ 2026, 11, 0 };
        p.year = 1999; /* without a register it means nothing */
        assert_ok(file_bytes(s, bytes[i], 0, &p));
    }
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    for (i = 0; i < 4; i++) {
        nk_paper p = get(s, (int64_t)i + 1, bytes[i]);

        assert_str(p.number, numbers[i]);
        assert_int_equal(p.reg.len, 0);
        assert_int_equal(p.year, 0);
        assert_int_equal(p.date.day, 0);
        assert_int_equal(p.date.month, 11);
        assert_int_equal(p.state, NK_PAPER_RECEIVED);
    }
}

static void a_paper_replaces_another(void **state)
{
    nk_store *s = *state;
    nk_paper p;

    fill_store(s, 1, 1);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    p = paper_of(s, 1);
    p.replaces = 2;
    assert_int_equal(file_bytes(s, NK_STR("x"), 0, &p), NK_E_NOTFOUND);
    assert_msg(s, NK_M_PAPER_UNKNOWN);
    p.replaces = 1;
    assert_ok(file_bytes(s, NK_STR("x"), 0, &p));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_int_equal(get(s, 2, NK_STR("x")).replaces, 1);
}

/* Once, by one of the same case; what replaced it can be replaced. */
static void what_cannot_be_replaced(void **state)
{
    nk_store *s = *state;
    nk_paper p;

    fill_store(s, 2, 2); /* a paper in each case */
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    p = paper_of(s, 1);
    p.replaces = 2;
    assert_int_equal(file_bytes(s, NK_STR("x"), 0, &p), NK_E_CONFLICT);
    assert_msg(s, NK_M_PAPER_OTHER_CASE);
    p.replaces = 1;
    assert_ok(file_bytes(s, NK_STR("x"), 0, &p));
    assert_int_equal(p.id, 3);
    p.replaces = 1;
    assert_int_equal(file_bytes(s, NK_STR("y"), 0, &p), NK_E_CONFLICT);
    assert_msg(s, NK_M_PAPER_REPLACED);
    assert_str(s->ctx.fault.args.v[1], "3");
    assert_int_equal(
        nk_archive_paper_replaceable(&s->ctx, s->ar, 1, p.case_number),
        NK_E_CONFLICT);
    assert_ok(nk_archive_paper_replaceable(&s->ctx, s->ar, 3, p.case_number));
    p.replaces = 3;
    assert_ok(file_bytes(s, NK_STR("y"), 0, &p));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_int_equal(get(s, 4, NK_STR("y")).replaces, 3);
    assert_int_equal(store_verify(s, NULL), 0);
}

static void unknown(void **state)
{
    nk_store *s = *state;
    nk_paper p = paper_of(s, 5);
    nk_str bytes;

    assert_int_equal(
        nk_archive_paper_get(&s->ctx, &s->arena, s->ar, 1, NULL, &bytes),
        NK_E_NOTFOUND);
    assert_msg(s, NK_M_PAPER_UNKNOWN);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_int_equal(file_bytes(s, NK_STR("x"), 0, &p), NK_E_NOTFOUND);
    assert_msg(s, NK_M_CASE_UNKNOWN);
    nk_archive_rollback(s->ar);
}

/* A packer that is wrong, however it came to that: nothing is filed. */
static void what_does_not_come_back_is_refused(void **state)
{
    nk_store *s = *state;
    nk_archive_stats stats;
    nk_packer *packer;
    nk_packed x, wrong;
    nk_paper p;
    int64_t dict;
    unsigned i;

    fill_store(s, 1, 0);
    assert_ok(nk_archive_dict_find(&s->ctx, s->ar, NK_STR("surat"), &dict));
    assert_ok(nk_packer_open(&s->ctx, s->ar, dict, &packer));
    assert_ok(nk_packer_pack(&s->ctx, &s->arena, packer, letter_of(s, 3), &x));
    nk_packer_close(packer);
    for (i = 0; i < 5; i++) {
        char *bytes = nk_alloc(&s->arena, x.bytes.len);

        memcpy(bytes, x.bytes.ptr, x.bytes.len);
        wrong = x;
        wrong.bytes.ptr = bytes;
        if (i == 0)
            bytes[x.bytes.len / 2] ^= 4;
        else if (i == 1)
            wrong.sha256[31] ^= 1;
        else if (i == 2)
            wrong.size++;
        else if (i == 3)
            wrong.dict = 0;
        else
            wrong.bytes.len--;
        assert_ok(nk_archive_begin(&s->ctx, s->ar));
        p = paper_of(s, 1);
        take_number(s, &p);
        assert_int_equal(nk_archive_paper_put(&s->ctx, s->ar, &wrong, &p),
                         NK_E_TAMPERED);
        assert_msg(s, NK_M_PAPER_BROKEN);
        nk_archive_rollback(s->ar);
    }
    wrong = x;
    wrong.dict = 99;
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    p = paper_of(s, 1);
    assert_int_equal(nk_archive_paper_put(&s->ctx, s->ar, &wrong, &p),
                     NK_E_TAMPERED);
    assert_msg(s, NK_M_DICT_BROKEN);
    nk_archive_rollback(s->ar);
    assert_ok(nk_archive_stat(&s->ctx, s->ar, &stats));
    assert_int_equal(stats.papers, 0);
    assert_int_equal(store_verify(s, NULL), 0);
}

/* More dictionaries than are kept loaded. */
static void many_dictionaries(void **state)
{
    nk_store *s = *state;
    nk_str texts[3 * (NK_MAX_DICTS_OPEN + 4)], key;
    unsigned round, i, n = NK_MAX_DICTS_OPEN + 4;
    int64_t dict;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    for (i = 0; i < n; i++) {
        nk_str samples[2] = { case_xml(s, i, NK_EMPTY),
                              case_xml(s, i + 1, NK_EMPTY) };

        key = case_name(s, i);
        assert_ok(nk_archive_dict_add(&s->ctx, s->ar, key, samples, 2, &dict));
    }
    for (round = 0; round < 3; round++)
        for (i = 0; i < n; i++) {
            nk_paper p = paper_of(s, 1);

            assert_ok(
                nk_archive_dict_find(&s->ctx, s->ar, case_name(s, i), &dict));
            texts[round * n + i] = case_xml(s, 500 + i, NK_EMPTY);
            assert_ok(file_bytes(s, texts[round * n + i], dict, &p));
        }
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    for (i = 0; i < 3 * n; i++)
        get(s, (int64_t)i + 1, texts[i]);
    assert_int_equal(
        nk_archive_dict_find(&s->ctx, s->ar, NK_STR("tidak ada"), &dict),
        NK_E_NOTFOUND);
    assert_msg(s, NK_M_DICT_UNKNOWN);
}

static void large_papers(void **state)
{
    nk_store *s = *state;
    size_t n = 3000000, i;
    char *bytes = nk_alloc(&s->arena, n);
    uint64_t seed = 4;
    nk_paper p;

    nk_rnd_fill(&seed, bytes, n / 2);
    for (i = n / 2; i < n; i++)
        bytes[i] = "teks biasa 12 0 R <41>\n"[i % 23];
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    p = paper_of(s, 1);
    assert_ok(file_bytes(s, (nk_str){ bytes, n }, 0, &p));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    get(s, 1, (nk_str){ bytes, n });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(all_that_lies_in_clear),
        STORE_TEST(foreign_papers),
        STORE_TEST(a_paper_replaces_another),
        STORE_TEST(what_cannot_be_replaced),
        STORE_TEST(unknown),
        STORE_TEST(what_does_not_come_back_is_refused),
        STORE_TEST(many_dictionaries),
        STORE_TEST(large_papers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
