/*
 * Examining an archive that somebody changed with a database tool, or that a
 * disk changed bit by bit. Each change must be seen, by an id where it
 * strikes one row; those that cannot be seen yet are listed as such.
 */
#include "archive_store.h"

#define CASES  3u
#define PAPERS 9u

struct change {
    const char *what;
    const char *sql;
    nk_msg first; /* the first problem; NK_M_NONE: cannot be seen yet */
};

static const struct change changes[] = {
    { "two papers' bytes swapped",
      "UPDATE paper SET data = (SELECT data FROM paper x WHERE x.id ="
      " 3 - paper.id) WHERE id IN (1, 2)",
      NK_M_PAPER_BROKEN },
    { "a paper moved to another case",
      "UPDATE paper SET casefile = 2 WHERE id = 1", NK_M_PAPER_BROKEN },
    { "moved with its case's key",
      "UPDATE casefile SET key = 1 WHERE id = 2;"
      "UPDATE paper SET casefile = 2 WHERE id = 1",
      NK_M_RECORD_BROKEN },
    { "a paper's sequence", "UPDATE paper SET seq = 100 WHERE id = 9",
      NK_M_NUMBERS_GAP },
    { "two papers' sequences",
      "UPDATE paper SET seq = -1 WHERE id = 1;"
      "UPDATE paper SET seq = 1 WHERE id = 2;"
      "UPDATE paper SET seq = 2 WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "a printed number", "UPDATE paper SET number = 'X' WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "a register's name", "UPDATE book SET reg = 'masuk'", NK_M_VOID_BROKEN },
    { "a register's year", "UPDATE book SET year = 2025", NK_M_VOID_BROKEN },
    { "a date", "UPDATE paper SET date = date - 1 WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "when it was stored", "UPDATE paper SET stored = stored - 1 WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "what it replaces", "UPDATE paper SET replaces = 1 WHERE id = 4",
      NK_M_PAPER_BROKEN },
    { "one of another case replaced",
      "UPDATE paper SET replaces = 1 WHERE id = 2", NK_M_REPLACES_BROKEN },
    { "a later one replaced", "UPDATE paper SET replaces = 4 WHERE id = 1",
      NK_M_REPLACES_BROKEN },
    { "one replaced twice",
      "DROP INDEX paper_replaces;"
      "UPDATE paper SET replaces = 1 WHERE id IN (4, 7)",
      NK_M_REPLACES_BROKEN },
    { "a size", "UPDATE paper SET size = size + 1 WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "a huge size", "UPDATE paper SET size = 1 << 60 WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "the signer", "UPDATE form SET signer = 'sekretaris' WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "the kind", "UPDATE form SET kind = 'x' WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "the template's version", "UPDATE form SET version = '2' WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "the title", "UPDATE form SET title = 'x' WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "the office", "UPDATE form SET office = 'x' WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "the state", "UPDATE form SET state = 1 WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "the pattern of the number",
      "UPDATE form SET number = '999/{}' WHERE id = 1", NK_M_PAPER_BROKEN },
    { "the dictionary's id", "UPDATE form SET dict = 0 WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "one bit of a paper",
      "UPDATE paper SET data = CAST(substr(data, 1, 100) || x'00' ||"
      " substr(data, 102) AS BLOB) WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "a paper cut short",
      "UPDATE paper SET data = substr(data, 1, 60) WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "a paper emptied", "UPDATE paper SET data = x'' WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "a paper deleted", "DELETE FROM paper WHERE id = 5", NK_M_NUMBERS_GAP },
    { "the last paper deleted", "DELETE FROM paper WHERE id = 9",
      NK_M_NUMBERS_GAP },
    { "all papers deleted", "DELETE FROM paper", NK_M_NUMBERS_GAP },
    { "the last paper and what came after it deleted",
      "DELETE FROM paper WHERE id = 9; DELETE FROM void", NK_M_COUNT_DIFFERS },
    { "a paper doubled",
      "INSERT INTO paper SELECT 10, casefile, form, NULL, NULL, NULL, date,"
      " stored, replaces, size, data FROM paper WHERE id = 1",
      NK_M_COUNT_DIFFERS },
    { "a paper exchanged for a double of another",
      "DELETE FROM paper WHERE id = 9;"
      "INSERT INTO paper SELECT 9, casefile, form, book, 9, NULL, date,"
      " stored, replaces, size, data FROM paper WHERE id = 1",
      NK_M_PAPER_BROKEN },
    { "a paper given another id", "UPDATE paper SET id = 50 WHERE id = 9",
      NK_M_COUNT_DIFFERS },
    { "a case's number", "UPDATE casefile SET number = 'K' WHERE id = 1",
      NK_M_RECORD_BROKEN },
    { "a case and all of it deleted",
      "DELETE FROM paper WHERE casefile = 3;"
      "DELETE FROM version WHERE casefile = 3;"
      "DELETE FROM casefile WHERE id = 3",
      NK_M_NUMBERS_GAP },
    { "a record's newest version deleted", "DELETE FROM version WHERE id = 4",
      NK_M_COUNT_DIFFERS },
    { "a record's older version deleted", "DELETE FROM version WHERE id = 1",
      NK_M_COUNT_DIFFERS },
    { "an older version put in place of the newest",
      "UPDATE version SET data = (SELECT data FROM version WHERE id = 1),"
      " size = (SELECT size FROM version WHERE id = 1) WHERE id = 4",
      NK_M_RECORD_BROKEN },
    { "a record's status", "UPDATE version SET status = 'x' WHERE id = 1",
      NK_M_RECORD_BROKEN },
    { "a record's office", "UPDATE version SET office = 'x' WHERE id = 1",
      NK_M_RECORD_BROKEN },
    { "a record's day", "UPDATE version SET opened = opened + 1 WHERE id = 1",
      NK_M_RECORD_BROKEN },
    { "when a record was stored", "UPDATE version SET changed = 0 WHERE id = 1",
      NK_M_RECORD_BROKEN },
    { "a version's number", "UPDATE version SET n = 7 WHERE id = 4",
      NK_M_RECORD_BROKEN },
    { "a version moved to another case",
      "UPDATE version SET casefile = 2, n = 2 WHERE id = 4",
      NK_M_RECORD_BROKEN },
    { "a void deleted", "DELETE FROM void", NK_M_COUNT_DIFFERS },
    { "a void's reason", "UPDATE void SET data = randomblob(60)",
      NK_M_VOID_BROKEN },
    { "a void's day", "UPDATE void SET stored = 5", NK_M_VOID_BROKEN },
    { "the counts", "UPDATE cfg SET v = randomblob(72) WHERE k = 'counts'",
      NK_M_COUNTS_BROKEN },
    { "no counts", "DELETE FROM cfg WHERE k = 'counts'", NK_M_COUNTS_BROKEN },
    { "a font", "UPDATE res SET data = x'00' WHERE id = 1",
      NK_M_RESOURCE_BROKEN },
    { "a font, one bit of it",
      "UPDATE res SET data = CAST(substr(data, 1, 100) || x'00' ||"
      " substr(data, 102) AS BLOB) WHERE id = 1",
      NK_M_RESOURCE_BROKEN },
    { "a font exchanged for another",
      "UPDATE res SET data = (SELECT data FROM res WHERE id = 2) WHERE id = 1",
      NK_M_RESOURCE_BROKEN },
    { "a font doubled", "INSERT INTO res SELECT 90, data FROM res WHERE id = 1",
      NK_M_RESOURCE_BROKEN },
    { "a font deleted", "DELETE FROM res WHERE id = 1", NK_M_DICT_BROKEN },
    { "a dictionary", "UPDATE dict SET data = randomblob(3000)",
      NK_M_DICT_BROKEN },
    { "a dictionary's key", "UPDATE dict SET key = 'lain'", NK_M_DICT_BROKEN },
    { "a dictionary doubled",
      "INSERT INTO dict SELECT 90, key, size, data FROM dict WHERE id = 1",
      NK_M_DICT_BROKEN },
    { "a dictionary's size", "UPDATE dict SET size = size - 1",
      NK_M_DICT_BROKEN },
    { "a dictionary deleted", "DELETE FROM dict", NK_M_DICT_BROKEN },
    { "a shared row deleted", "DELETE FROM form WHERE id = 1",
      NK_M_STRUCTURE_BROKEN },
    { "an index dropped", "DROP INDEX paper_seq", NK_M_NONE },
    { "a shared row that no paper has",
      "INSERT INTO form SELECT 90, 'x', version, office, title, signer, number,"
      " state, dict FROM form WHERE id = 1",
      NK_M_NONE },
};

/* Three cases, the first with two versions; nine papers; a voided number. */
static void fill(nk_store *s)
{
    fill_store(s, CASES, PAPERS);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 1);
    assert_ok(nk_archive_number_void(&s->ctx, s->ar, NK_STR("keluar"), 2026,
                                     PAPERS + 1, NK_STR("salah cetak")));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_int_equal(store_verify(s, NULL), 0);
    store_shut(s);
}

static void changed_by_hand(void **state)
{
    nk_store *s = *state;
    nk_str before, path = store_path(s, "naskah.db");
    size_t i;

    fill(s);
    assert_ok(nk_file_read(&s->ctx, &s->arena, path, NK_MAX_FILE, &before));
    for (i = 0; i < NK_COUNT(changes); i++) {
        const struct change *c = &changes[i];
        nk_msg first = NK_M_NONE;
        uint64_t damaged;

        store_sql(s, "naskah.db", c->sql);
        assert_ok(store_reopen(s, NK_ARCHIVE_READ));
        damaged = store_verify(s, &first);
        if (first != c->first)
            fail_msg("%s: %s", c->what, nk_msg_name(first).ptr);
        assert_true((damaged > 0) == (c->first != NK_M_NONE));
        store_shut(s);
        assert_ok(nk_file_write(&s->ctx, path, before, true));
    }
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_int_equal(store_verify(s, NULL), 0);
}

/* What was put before is as good as new: only a witness outside sees it. */
static void rolled_back_as_a_whole(void **state)
{
    nk_store *s = *state;
    nk_str before, path = store_path(s, "naskah.db");

    fill(s);
    assert_ok(nk_file_read(&s->ctx, &s->arena, path, NK_MAX_FILE, &before));
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 2);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    store_shut(s);
    assert_ok(nk_file_write(&s->ctx, path, before, true));
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_int_equal(store_verify(s, NULL), 0);
    /* But an older row among newer ones is not: the counts are newer. */
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 2);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    store_shut(s);
    store_sql(s, "naskah.db",
              "DELETE FROM version WHERE id = (SELECT max(id) FROM version)");
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_true(store_verify(s, NULL) > 0);
}

/* Work goes on after damage, and does not heal it over. */
static void damage_stays_seen(void **state)
{
    nk_store *s = *state;
    nk_msg first;

    fill(s);
    store_sql(s, "naskah.db", "DELETE FROM paper WHERE id = 9");
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_case(s, 7);
    assert_ok(file_bytes(s, NK_STR("x"), 0,
                         &(nk_paper){ .case_number = case_name(s, 7) }));
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    assert_true(store_verify(s, &first) > 0);
    assert_int_equal(first, NK_M_NUMBERS_GAP);
}

/* Where progress has been told. */
struct told {
    uint64_t calls, done, all;
};

static void tell(void *data, uint64_t done, uint64_t all)
{
    struct told *t = data;

    assert_true(done > t->done && done <= all);
    t->calls++;
    t->done = done;
    t->all = all;
}

static void progress(void **state)
{
    nk_store *s = *state;
    nk_archive_check check;
    struct told t = { 0, 0, 0 };
    nk_problems p;
    unsigned i;

    fill(s);
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    for (i = 0; i < 100; i++)
        put_case(s, i);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    nk_problems_init(&p, &s->arena);
    assert_ok(nk_archive_verify(&s->ctx, s->ar, &p, tell, &t, &check));
    assert_int_equal(check.papers, PAPERS);
    assert_int_equal(check.versions, CASES + 1 + 100);
    assert_true(t.calls > 1);
    assert_int_equal(t.done, t.all);
    assert_int_equal(t.all, check.papers + check.versions);
}

/* One bit of a file changed: is it seen when opening or examining? */
static bool is_seen(nk_store *s, const char *name, nk_str good, size_t bit)
{
    char *bytes = nk_alloc(&s->arena, good.len);
    nk_archive_check check;
    nk_problems p;
    bool seen = true;

    memcpy(bytes, good.ptr, good.len);
    bytes[bit / 8] ^= (char)(1 << bit % 8);
    assert_ok(nk_file_write(&s->ctx, store_path(s, name),
                            (nk_str){ bytes, good.len }, true));
    if (store_reopen(s, NK_ARCHIVE_READ) == NK_OK) {
        nk_problems_init(&p, &s->arena);
        seen = nk_archive_verify(&s->ctx, s->ar, &p, NULL, NULL, &check) < 0 ||
               check.damaged > 0;
    }
    store_shut(s);
    return seen;
}

/*
 * Bits at random places of a file. Those that stay unseen must be in bytes
 * that nothing reads: the archive gives all it held.
 */
static void flip_bits(nk_store *s, const char *name, unsigned rounds)
{
    uint64_t seed = 600;
    unsigned i, seen = 0;
    nk_arena kept;
    nk_str good;

    assert_ok(nk_file_read(&s->ctx, &s->arena, store_path(s, name), NK_MAX_FILE,
                           &good));
    kept = s->arena;
    for (i = 0; i < rounds; i++) {
        nk_str bytes;
        unsigned id;
        size_t bit;

        do /* most of a small file is empty: strike what is not */
            bit = nk_rnd_below(&seed, (uint32_t)(8 * good.len));
        while (good.ptr[bit / 8] == '\0');
        nk_arena_init(&s->arena); /* of this round */
        if (is_seen(s, name, good, bit)) {
            seen++;
        } else {
            assert_ok(store_reopen(s, NK_ARCHIVE_READ));
            for (id = 1; id <= PAPERS; id++) {
                assert_ok(nk_archive_paper_get(&s->ctx, &s->arena, s->ar, id,
                                               NULL, &bytes));
                assert_true(nk_str_eq(bytes, letter_of(s, id - 1)));
            }
            store_shut(s);
        }
        nk_arena_release(&s->arena);
    }
    s->arena = kept;
    assert_ok(nk_file_write(&s->ctx, store_path(s, name), good, true));
    print_message("# %s: %u of %u flipped bits seen, no other mattered\n", name,
                  seen, rounds);
    assert_true(seen > 0);
}

static void flipped_bits(void **state)
{
    nk_store *s = *state;

    fill(s);
    flip_bits(s, "naskah.db", 250);
    flip_bits(s, "keys.db", 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(changed_by_hand),   STORE_TEST(rolled_back_as_a_whole),
        STORE_TEST(damage_stays_seen), STORE_TEST(progress),
        STORE_TEST(flipped_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
