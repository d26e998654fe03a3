/*
 * Nothing personal in clear: a name that stands in a record, in a paper and
 * in a reason is looked for in every file of the folder, while the archive
 * is open, after it is closed, and after work was thrown away.
 */
#include "archive_store.h"

#include "../support/leak.h"

#define MARKER "Wijayakusumaningratpenanda"

/* Files of the folder that hold the text; `where` names the last. */
static unsigned files_with(nk_store *s, nk_str text, nk_str *where)
{
    nk_str *names, bytes;
    unsigned found = 0;
    size_t n, i;

    assert_ok(nk_dir_list(&s->ctx, &s->arena, nk_str_of(s->dir), &names, &n));
    assert_true(n >= 3);
    for (i = 0; i < n; i++) {
        assert_ok(nk_file_read(&s->ctx, &s->arena, store_path(s, names[i].ptr),
                               NK_MAX_FILE, &bytes));
        if (nk_str_search(bytes, text) < bytes.len) {
            found++;
            *where = names[i];
        }
    }
    return found;
}

static void is_nowhere(nk_store *s)
{
    static const char *const texts[] = { MARKER, "Wijayakusumaning", "0800-555",
                                         "<victim>" };
    nk_str where;
    size_t i;

    for (i = 0; i < NK_COUNT(texts); i++)
        if (files_with(s, nk_str_of(texts[i]), &where))
            fail_msg("%s in %s", texts[i], where.ptr);
    /* What may be seen is: so this test can see at all. */
    assert_true(files_with(s, NK_STR("KASUS-2026-0001"), &where) > 0);
}

static nk_str marked_letter(nk_store *s, unsigned serial)
{
    nk_fake l = { .world = 3, .serial = serial, .name = NK_STR(MARKER) };
    nk_buf b;

    nk_buf_init(&b, &s->arena);
    nk_fake_put(&b, &l);
    return nk_buf_str(&b);
}

/* One of everything with the name in it. */
static void put_marked(nk_store *s, int64_t dict, unsigned n)
{
    nk_case_entry e = case_entry(s, n);
    nk_str xml = case_xml(s, n, NK_STR(MARKER));
    nk_paper p = paper_of(s, n);
    uint32_t seq;

    assert_true(nk_str_search(xml, NK_STR(MARKER)) < xml.len);
    assert_ok(nk_archive_case_put(&s->ctx, s->ar, &e, xml));
    assert_ok(file_bytes(s, marked_letter(s, n), dict, &p));
    assert_ok(file_bytes(s, marked_letter(s, n), 0, &p));
    assert_ok(file_bytes(s, NK_STR("surat " MARKER), 0, &p));
    assert_ok(nk_archive_number_next(&s->ctx, s->ar, NK_STR("r"), 2026, &seq));
    assert_ok(nk_archive_number_void(&s->ctx, s->ar, NK_STR("r"), 2026, seq,
                                     NK_STR(MARKER " batal")));
}

static void the_marker_is_nowhere(void **state)
{
    nk_store *s = *state;
    nk_str got;
    int64_t dict;
    unsigned i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    dict = add_dict(s);
    put_marked(s, dict, 1);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    is_nowhere(s); /* in the log of the open archive, too */
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    for (i = 2; i < 60; i++) /* more than memory keeps */
        put_marked(s, dict, i);
    nk_archive_rollback(s->ar);
    is_nowhere(s);
    assert_ok(nk_archive_case_get(&s->ctx, &s->arena, s->ar, case_name(s, 1), 0,
                                  &got));
    assert_true(nk_str_search(got, NK_STR(MARKER)) < got.len);
    is_nowhere(s);
    store_shut(s);
    is_nowhere(s);
}

/* Failures name ids and numbers, not people. */
static void messages(void **state)
{
    nk_store *s = *state;
    nk_problems p;
    nk_problem *one;
    nk_archive_check check;
    nk_buf b;
    size_t i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    put_marked(s, 0, 1);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    store_shut(s);
    store_sql(s, "naskah.db",
              "UPDATE paper SET data = randomblob(9);"
              "UPDATE version SET data = randomblob(9);"
              "UPDATE void SET data = randomblob(9)");
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    nk_problems_init(&p, &s->arena);
    assert_ok(nk_archive_verify(&s->ctx, s->ar, &p, NULL, NULL, &check));
    assert_int_equal(check.damaged, 5);
    nk_buf_init(&b, &s->arena);
    for (one = p.first; one; one = one->next)
        for (i = 0; i < one->args.n; i++)
            nk_buf_puts(&b, one->args.v[i]);
    assert_int_equal(nk_str_search(nk_buf_str(&b), NK_STR("Wijaya")), b.len);
}

/* Who signs stands in every sample and in every certificate. */
static void names_of_signers(void **state)
{
    static const char *const texts[] = { "Cendana Contoh", "Penerbit", "/Type",
                                         MARKER };
    nk_store *s = *state;
    nk_str samples[3], where, shared;
    unsigned i, blobs;
    int64_t dict;

    for (i = 0; i < 3; i++)
        samples[i] = marked_letter(s, 1000000 + i);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(nk_archive_dict_add(&s->ctx, s->ar, NK_STR("surat"), samples, 3,
                                  &dict));
    put_case(s, 1);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    is_nowhere(s);
    store_shut(s);
    is_nowhere(s);
    shared = leak_shared(&s->arena, store_path(s, "naskah.db"), &blobs);
    assert_true(blobs > 5);
    for (i = 0; i < NK_COUNT(texts); i++) {
        assert_int_equal(nk_str_search(shared, nk_str_of(texts[i])),
                         shared.len);
        if (files_with(s, nk_str_of(texts[i]), &where))
            fail_msg("%s in %s", texts[i], where.ptr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(the_marker_is_nowhere),
        STORE_TEST(names_of_signers),
        STORE_TEST(messages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
