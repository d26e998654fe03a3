/*
 * A store for one test: an archive in a temporary folder, open for writing,
 * with a few invented cases and letters put in when wanted.
 */
#ifndef NK_TESTS_ARCHIVE_STORE_H
#define NK_TESTS_ARCHIVE_STORE_H

#include "../support/check.h"
#include "../support/letters.h"
#include "../support/temp.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/archive_int.h"

typedef struct nk_store {
    nk_ctx ctx;
    nk_arena arena;
    char dir[NK_TEMP_SIZE];
    nk_unlock unlock;
    nk_archive *ar;
} nk_store;

#define assert_ok(call)     assert_int_equal((call), NK_OK)
#define assert_msg(s, want) assert_int_equal((s)->ctx.fault.msg, (want))

/* A random key file opens it: a password would cost time in every test. */
static inline int store_open(void **state)
{
    nk_store *s = calloc(1, sizeof(*s));

    if (!s || nk_temp_open(s->dir) < 0)
        return -1;
    nk_ctx_init(&s->ctx);
    s->ctx.now = INT64_C(1795000000000); /* November 2026 */
    nk_arena_init(&s->arena);
    *state = s;
    if (nk_crypto_init(&s->ctx) < 0 ||
        nk_archive_new_key_file(&s->ctx, &s->arena, &s->unlock.key_file) < 0 ||
        nk_archive_create(&s->ctx, nk_str_of(s->dir), &s->unlock) < 0)
        return -1;
    return nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock,
                           NK_ARCHIVE_WRITE, &s->ar) < 0
               ? -1
               : 0;
}

static inline int store_close(void **state)
{
    nk_store *s = *state;

    nk_archive_close(s->ar);
    nk_temp_remove(s->dir);
    nk_arena_release(&s->arena);
    free(s);
    return 0;
}

#define STORE_TEST(test)                                                       \
    cmocka_unit_test_setup_teardown((test), store_open, store_close)

static inline void store_shut(nk_store *s)
{
    nk_archive_close(s->ar);
    s->ar = NULL;
}

static inline nk_err store_reopen(nk_store *s, nk_archive_mode mode)
{
    store_shut(s);
    return nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock, mode,
                           &s->ar);
}

static inline nk_str case_name(nk_store *s, unsigned n)
{
    nk_buf b;

    nk_buf_init(&b, &s->arena);
    nk_buf_printf(&b, "KASUS-2026-%04u", n);
    return nk_buf_str(&b);
}

static inline nk_str case_xml(nk_store *s, unsigned n, nk_str name)
{
    nk_buf b;

    nk_buf_init(&b, &s->arena);
    nk_fake_case_put(&b, n, name);
    return nk_buf_str(&b);
}

static inline nk_case_entry case_entry(nk_store *s, unsigned n)
{
    return (nk_case_entry){ .number = case_name(s, n),
                            .office = nk_fake_office_name(n),
                            .status = NK_STR("terbuka"),
                            .opened = { 2026, 11, 23 } };
}

/* In the transaction that is open. */
static inline void put_case(nk_store *s, unsigned n)
{
    nk_case_entry e = case_entry(s, n);

    assert_ok(
        nk_archive_case_put(&s->ctx, s->ar, &e, case_xml(s, n, NK_EMPTY)));
}

static inline nk_str letter_of(nk_store *s, unsigned serial)
{
    nk_fake l = { .world = 3, .serial = serial, .seq = serial };
    nk_buf b;

    nk_buf_init(&b, &s->arena);
    nk_fake_put(&b, &l);
    return nk_buf_str(&b);
}

/* The dictionary of letter_of's letters, from three samples. */
static inline int64_t add_dict(nk_store *s)
{
    nk_str samples[3];
    int64_t id = 0;
    unsigned i;

    for (i = 0; i < 3; i++)
        samples[i] = letter_of(s, 1000000 + i);
    assert_ok(
        nk_archive_dict_add(&s->ctx, s->ar, NK_STR("surat"), samples, 3, &id));
    return id;
}

static inline nk_paper paper_of(nk_store *s, unsigned casefile)
{
    return (nk_paper){ .case_number = case_name(s, casefile),
                       .kind = NK_STR("surat-rujukan-kesehatan"),
                       .version = NK_STR("1.0"),
                       .office = nk_fake_office_name(casefile),
                       .title = NK_STR("Surat Rujukan"),
                       .date = { 2026, 11, 23 },
                       .signer = NK_STR("kepala") };
}

/* Give the paper the next number of register "keluar". */
static inline void take_number(nk_store *s, nk_paper *p)
{
    nk_buf b;

    p->reg = NK_STR("keluar");
    p->year = 2026;
    assert_ok(nk_archive_number_next(&s->ctx, s->ar, p->reg, p->year, &p->seq));
    nk_buf_init(&b, &s->arena);
    nk_buf_printf(&b, "465.3/%u/5.6.04/2026", (unsigned)p->seq);
    p->number = nk_buf_str(&b);
}

static inline nk_err file_bytes(nk_store *s, nk_str bytes, int64_t dict,
                                nk_paper *p)
{
    nk_packer *packer;
    nk_packed packed;
    nk_err rc;

    assert_ok(nk_packer_open(&s->ctx, s->ar, dict, &packer));
    assert_ok(nk_packer_pack(&s->ctx, &s->arena, packer, bytes, &packed));
    rc = nk_archive_paper_put(&s->ctx, s->ar, &packed, p);
    nk_packer_close(packer);
    return rc;
}

/* `papers` numbered letters spread over `cases` cases, all committed. */
static inline void fill_store(nk_store *s, unsigned cases, unsigned papers)
{
    int64_t dict;
    unsigned i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    dict = add_dict(s);
    for (i = 1; i <= cases; i++)
        put_case(s, i);
    for (i = 0; i < papers; i++) {
        nk_paper p = paper_of(s, 1 + i % cases);

        take_number(s, &p);
        assert_ok(file_bytes(s, letter_of(s, i), dict, &p));
    }
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
}

static inline nk_str store_path(nk_store *s, const char *name)
{
    return nk_path_join(&s->arena, nk_str_of(s->dir), nk_str_of(name));
}

/* What somebody with a database tool does to a file of a closed archive. */
static inline void store_sql(nk_store *s, const char *name, const char *sql)
{
    sqlite3 *db;
    char *why = NULL;

    assert_int_equal(sqlite3_open(store_path(s, name).ptr, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    sqlite3_close(db);
}

/* Examine; how many problems, the first of them in *first. */
static inline uint64_t store_verify(nk_store *s, nk_msg *first)
{
    nk_archive_check check;
    nk_problems p;

    nk_problems_init(&p, &s->arena);
    assert_ok(nk_archive_verify(&s->ctx, s->ar, &p, NULL, NULL, &check));
    assert_int_equal(check.damaged, p.errors);
    if (first)
        *first = p.first ? p.first->msg : NK_M_NONE;
    return check.damaged;
}

#endif
