/*
 * A clerk at work: the press of this tree, a new archive in a temporary
 * folder, the key of the head of office, and case records to change. In a
 * header, since programs that do not link these rooms must not need it.
 */
#ifndef NK_TESTS_CLERK_H
#define NK_TESTS_CLERK_H

#include <stdio.h>
#include <stdlib.h>

#include "said.h"
#include "temp.h"

#include "case/case.h"
#include "crypto/crypto.h"

#define CLERK_NOW    INT64_C(1795398300000) /* 2026-11-23T01:45:00Z */
#define CLERK_LETTER NK_STR("surat-rujukan-kesehatan")
#define CLERK_RECORD "tests/cases/tanjungpinang-diakritik.xml"
#define CLERK_CASE   NK_STR("KASUS-2026-0042")
#define CLERK_OFFICE NK_STR("tanjungpinang")

typedef struct nk_clerk {
    nk_ctx ctx;
    nk_arena arena;
    nk_problems problems;
    char dir[NK_TEMP_SIZE];
    nk_unlock unlock;
    nk_press *press;
    nk_archive *ar;
    nk_key *key; /* of Cendana Contoh, who heads the office */
} nk_clerk;

static const nk_press_paths clerk_paths = {
    .data = NK_STR_INIT("."),
    .fonts = NK_STR_INIT("/usr/share/fonts/truetype/liberation"),
    .hyphens = NK_STR_INIT("/usr/share/hyphen/hyph_id_ID.dic"),
};

/* Show what failed before the assertion does. */
static inline void clerk_ok(nk_clerk *k, nk_err rc, const char *file, int line)
{
    nk_buf b;
    nk_str said;

    if (rc == NK_OK)
        return;
    nk_buf_init(&b, &k->arena);
    nk_fault_put(&k->ctx, &b);
    said = words_of(&k->problems);
    print_error("%.*s\n%.*s", (int)b.len, b.len ? b.ptr : "", (int)said.len,
                said.len ? said.ptr : "");
    _fail(file, line);
}
#define assert_ok(k, call) clerk_ok((k), (call), __FILE__, __LINE__)

/* It fails with this code and message. */
#define assert_fails(k, call, code, message)                                   \
    do {                                                                       \
        assert_int_equal((call), (code));                                      \
        assert_fault(&(k)->ctx, message);                                      \
    } while (0)

static inline nk_str clerk_file(nk_clerk *k, const char *path)
{
    nk_str s = NK_EMPTY;

    assert_ok(
        k, nk_file_read(&k->ctx, &k->arena, nk_str_of(path), NK_MAX_FILE, &s));
    return s;
}

/* A path in the temporary folder. */
static inline nk_str clerk_path(nk_clerk *k, const char *name)
{
    return nk_path_join(&k->arena, nk_str_of(k->dir), nk_str_of(name));
}

static inline nk_key *clerk_key(nk_clerk *k, const char *name)
{
    nk_key *key = NULL;
    char path[200];

    snprintf(path, sizeof(path), "build/pki/%s.p12", name);
    assert_ok(k, nk_key_open_p12(&k->ctx, clerk_file(k, path), nk_str_of(path),
                                 NK_STR("rahasia-uji"), &key));
    return key;
}

/* Close the archive, if it is open, and open it. */
static inline void clerk_reopen(nk_clerk *k, nk_archive_mode mode)
{
    nk_archive_close(k->ar);
    k->ar = NULL;
    assert_ok(k, nk_archive_open(&k->ctx, clerk_path(k, "arsip"), &k->unlock,
                                 mode, &k->ar));
}

static inline int clerk_open(void **state)
{
    nk_clerk *k = calloc(1, sizeof(*k));

    if (!k)
        return -1;
    *state = k;
    nk_ctx_init(&k->ctx);
    k->ctx.now = CLERK_NOW;
    nk_arena_init(&k->arena);
    nk_problems_init(&k->problems, &k->arena);
    if (nk_crypto_init(&k->ctx) < 0 || nk_temp_open(k->dir) != 0 ||
        nk_archive_new_key_file(&k->ctx, &k->arena, &k->unlock.key_file) < 0 ||
        nk_archive_create(&k->ctx, clerk_path(k, "arsip"), &k->unlock) < 0 ||
        nk_press_open(&k->ctx, &clerk_paths, &k->press) < 0)
        return -1;
    clerk_reopen(k, NK_ARCHIVE_WRITE);
    k->key = clerk_key(k, "rsa2048");
    return 0;
}

static inline int clerk_close(void **state)
{
    nk_clerk *k = *state;

    nk_key_close(k->key);
    nk_archive_close(k->ar);
    nk_press_close(k->press);
    nk_arena_release(&k->arena);
    nk_temp_remove(k->dir);
    free(k);
    return 0;
}

#define CLERK_TEST(test)                                                       \
    cmocka_unit_test_setup_teardown(test, clerk_open, clerk_close)

/* Forget the problems found so far. */
static inline void clerk_forget(nk_clerk *k)
{
    nk_problems_init(&k->problems, &k->arena);
}

/* xml with every `what` as `with`; there must be one. */
static inline nk_str clerk_swap(nk_clerk *k, nk_str xml, const char *what,
                                const char *with)
{
    nk_str w = nk_str_of(what), out = NK_EMPTY;
    size_t at;
    nk_buf b;

    nk_buf_init(&b, &k->arena);
    assert_true(nk_str_search(xml, w) < xml.len);
    while ((at = nk_str_search(xml, w)) < xml.len) {
        nk_buf_puts(&b, nk_str_head(xml, at));
        nk_buf_puts(&b, nk_str_of(with));
        xml = nk_str_skip(xml, at + w.len);
    }
    nk_buf_puts(&b, xml);
    assert_ok(k, nk_buf_end(&k->ctx, &b, &out));
    return out;
}

static inline bool clerk_has(nk_str s, const char *what)
{
    return nk_str_search(s, nk_str_of(what)) < s.len;
}

/* The record of these tests, with another number: "auto", "KASUS-...". */
static inline nk_str clerk_record(nk_clerk *k, const char *number)
{
    return clerk_swap(k, clerk_file(k, CLERK_RECORD), "KASUS-2026-0042",
                      number);
}

/* Store a record in a transaction of its own. */
static inline nk_err clerk_try_store(nk_clerk *k, nk_str xml, bool incomplete,
                                     nk_str *number)
{
    nk_err rc;

    assert_ok(k, nk_archive_begin(&k->ctx, k->ar));
    rc = nk_case_store(&k->ctx, &k->arena, k->press, k->ar, xml,
                       NK_STR("kasus.xml"), incomplete, &k->problems, number);
    if (rc == NK_OK)
        assert_ok(k, nk_archive_commit(&k->ctx, k->ar));
    else
        nk_archive_rollback(k->ar);
    return rc;
}

static inline nk_str clerk_store(nk_clerk *k, nk_str xml)
{
    nk_str number = NK_EMPTY;

    assert_ok(k, clerk_try_store(k, xml, false, &number));
    return number;
}

/* The papers of a case, the newest first. */
static inline nk_paper *clerk_papers(nk_clerk *k, nk_str number, size_t *n)
{
    nk_paper_query q = { .case_number = number };
    nk_paper *list = NULL;

    assert_ok(k,
              nk_archive_paper_find(&k->ctx, &k->arena, k->ar, &q, &list, n));
    return list;
}

/* Every paper and record comes back whole, and the books have no gap. */
static inline void clerk_verify(nk_clerk *k)
{
    nk_archive_check check;

    clerk_forget(k);
    assert_ok(
        k, nk_archive_verify(&k->ctx, k->ar, &k->problems, NULL, NULL, &check));
    assert_said(&k->problems, "");
    assert_int_equal(check.damaged, 0);
}

#endif
