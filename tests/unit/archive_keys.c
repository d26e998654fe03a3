/*
 * Who may open an archive: passwords and key files, wrong ones, damaged
 * ones, and rows that somebody changed.
 */
#include "archive_store.h"

static nk_err open_with(nk_store *s, nk_unlock unlock)
{
    nk_archive *ar;
    nk_err rc = nk_archive_open(&s->ctx, nk_str_of(s->dir), &unlock,
                                NK_ARCHIVE_READ, &ar);

    if (rc == NK_OK)
        nk_archive_close(ar);
    return rc;
}

static nk_unlock password(const char *text)
{
    return (nk_unlock){ .password = nk_str_of(text) };
}

static nk_unlock key_file(nk_str text)
{
    return (nk_unlock){ .key_file = text };
}

static void denied(nk_store *s, nk_unlock unlock, nk_msg why)
{
    assert_int_equal(open_with(s, unlock), NK_E_DENIED);
    assert_msg(s, why);
    assert_int_equal(nk_msg_exit(why), 12);
}

static void several_may_open(void **state)
{
    nk_store *s = *state;
    nk_unlock chief = password("kata sandi kepala");
    nk_str other;
    nk_unlock envelope;

    assert_ok(nk_archive_new_key_file(&s->ctx, &s->arena, &other));
    envelope = key_file(other);
    fill_store(s, 1, 1);
    assert_ok(nk_archive_add_unlock(&s->ctx, s->ar, &chief));
    assert_ok(nk_archive_add_unlock(&s->ctx, s->ar, &envelope));
    assert_int_equal(store_verify(s, NULL), 0);
    store_shut(s);
    assert_ok(open_with(s, s->unlock));
    assert_ok(open_with(s, chief));
    assert_ok(open_with(s, envelope));
    denied(s, password("kata sandi Kepala"), NK_M_WRONG_SECRET);
    denied(s, password(""), NK_M_WRONG_SECRET);
    /* Weaker costs do not open what stronger ones closed. */
    store_sql(s, "keys.db", "UPDATE slot SET passes = 1 WHERE kind = 1");
    denied(s, chief, NK_M_WRONG_SECRET);
    store_sql(s, "keys.db", "UPDATE slot SET memory = 8 WHERE kind = 1");
    denied(s, chief, NK_M_WRONG_SECRET);
    assert_ok(open_with(s, envelope));
}

static void by_password_from_the_start(void **state)
{
    nk_store *s = *state;
    nk_unlock first = password("rahasia-uji");
    nk_str dir = store_path(s, "lain/arsip");
    nk_archive *ar;

    assert_ok(nk_archive_create(&s->ctx, dir, &first));
    assert_ok(nk_archive_open(&s->ctx, dir, &first, NK_ARCHIVE_WRITE, &ar));
    nk_archive_close(ar);
    first = password("rahasia-uji ");
    assert_int_equal(
        nk_archive_open(&s->ctx, dir, &first, NK_ARCHIVE_WRITE, &ar),
        NK_E_DENIED);
}

static void key_files(void **state)
{
    nk_store *s = *state;
    nk_str text = s->unlock.key_file, other;
    char *bytes = nk_alloc(&s->arena, text.len + 8);
    size_t i;

    store_shut(s);
    assert_ok(nk_archive_new_key_file(&s->ctx, &s->arena, &other));
    assert_false(nk_str_eq(text, other));
    denied(s, key_file(other), NK_M_WRONG_SECRET);
    assert_ok(open_with(s, key_file(nk_str_trim(text))));
    for (i = 0; i < nk_str_trim(text).len; i++) {
        memcpy(bytes, text.ptr, text.len);
        bytes[i] ^= 1;
        assert_int_equal(open_with(s, key_file((nk_str){ bytes, text.len })),
                         NK_E_DENIED);
        assert_msg(s, NK_M_KEY_FILE_DAMAGED);
        assert_int_equal(open_with(s, key_file(nk_str_head(text, i))),
                         NK_E_DENIED);
        assert_msg(s, NK_M_KEY_FILE_DAMAGED);
    }
    assert_int_equal(nk_msg_exit(NK_M_KEY_FILE_DAMAGED), 12);
}

/* Slots of others are watched over by whoever opens the archive. */
static void changed_slots_are_seen(void **state)
{
    static const char *const changes[] = {
        "UPDATE slot SET passes = passes + 1 WHERE id = 2",
        "UPDATE slot SET memory = memory + 1 WHERE id = 2",
        "UPDATE slot SET kind = 1 WHERE id = 2",
        "UPDATE slot SET id = 3 WHERE id = 2",
        "UPDATE slot SET salt = randomblob(16) WHERE id = 2",
        "UPDATE slot SET salt = x'00' WHERE id = 2",
        "UPDATE slot SET wrapped = randomblob(72) WHERE id = 2",
        "UPDATE slot SET wrapped = x'' WHERE id = 2",
        "UPDATE slot SET seal = randomblob(40) WHERE id = 2",
    };
    nk_store *s = *state;
    nk_str other, keys, path = store_path(s, "keys.db");
    nk_unlock envelope;
    nk_msg first;
    size_t i;

    assert_ok(nk_archive_new_key_file(&s->ctx, &s->arena, &other));
    envelope = key_file(other);
    assert_ok(nk_archive_add_unlock(&s->ctx, s->ar, &envelope));
    store_shut(s);
    assert_ok(nk_file_read(&s->ctx, &s->arena, path, NK_MAX_FILE, &keys));
    for (i = 0; i < NK_COUNT(changes); i++) {
        store_sql(s, "keys.db", changes[i]);
        assert_ok(store_reopen(s, NK_ARCHIVE_READ));
        assert_int_equal(store_verify(s, &first), 1);
        assert_int_equal(first, NK_M_SLOT_BROKEN);
        store_shut(s);
        assert_ok(nk_file_write(&s->ctx, path, keys, true));
    }
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_int_equal(store_verify(s, NULL), 0);
}

static void missing_and_foreign_key_files(void **state)
{
    nk_store *s = *state;
    nk_str dir = store_path(s, "lain"), keys;

    fill_store(s, 2, 2);
    store_shut(s);
    assert_ok(nk_archive_create(&s->ctx, dir, &s->unlock));
    assert_ok(nk_file_read(&s->ctx, &s->arena, store_path(s, "lain/keys.db"),
                           NK_MAX_FILE, &keys));
    rename(store_path(s, "keys.db").ptr, store_path(s, "keys.sav").ptr);
    assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), NK_E_TAMPERED);
    assert_msg(s, NK_M_KEYS_MISSING);
    assert_ok(nk_file_write(&s->ctx, store_path(s, "keys.db"), keys, true));
    assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), NK_E_TAMPERED);
    assert_msg(s, NK_M_KEYS_OTHER);
    /* Nor with its id forged: the keys in it are bound to the other. */
    rename(store_path(s, "keys.sav").ptr, store_path(s, "keys.db").ptr);
    store_sql(s, "keys.db", "UPDATE cfg SET v = randomblob(16) WHERE k = 'id'");
    assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), NK_E_TAMPERED);
}

/* Case keys: gone, swapped, damaged; the cases are named. */
static void case_keys(void **state)
{
    static const struct {
        const char *change;
        uint64_t damaged;
    } table[] = {
        { "DELETE FROM casekey WHERE id = 2", 2 },
        { "UPDATE casekey SET wrapped = randomblob(72) WHERE id = 1", 2 },
        { "UPDATE casekey SET wrapped = (SELECT wrapped FROM casekey WHERE"
          " id = 2) WHERE id = 1",
          2 },
        { "UPDATE cfg SET v = randomblob(72) WHERE k = 'own'", 0 },
    };
    nk_store *s = *state;
    nk_str keys, path = store_path(s, "keys.db"), bytes;
    nk_msg first;
    size_t i;

    fill_store(s, 2, 2); /* one paper and one version a case */
    store_shut(s);
    assert_ok(nk_file_read(&s->ctx, &s->arena, path, NK_MAX_FILE, &keys));
    for (i = 0; i < NK_COUNT(table); i++) {
        store_sql(s, "keys.db", table[i].change);
        if (table[i].damaged == 0) {
            assert_int_equal(store_reopen(s, NK_ARCHIVE_READ), NK_E_TAMPERED);
            assert_msg(s, NK_M_ARCHIVE_BROKEN);
            continue;
        }
        assert_ok(store_reopen(s, NK_ARCHIVE_READ));
        assert_int_equal(store_verify(s, &first), table[i].damaged);
        assert_int_equal(first, NK_M_CASE_KEY_BROKEN);
        assert_int_equal(nk_archive_paper_get(&s->ctx, &s->arena, s->ar,
                                              i == 0 ? 2 : 1, NULL, &bytes),
                         NK_E_TAMPERED);
        assert_msg(s, NK_M_CASE_KEY_BROKEN);
        store_shut(s);
        assert_ok(nk_file_write(&s->ctx, path, keys, true));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(several_may_open),
        STORE_TEST(by_password_from_the_start),
        STORE_TEST(key_files),
        STORE_TEST(changed_slots_are_seen),
        STORE_TEST(missing_and_foreign_key_files),
        STORE_TEST(case_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
