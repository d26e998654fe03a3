/*
 * Dictionaries: one for all papers that look alike, made of invented samples
 * only and sealed: neither a case nor who signs lies in the archive in clear.
 */
#include "../support/clerk.h"
#include "../support/leak.h"

static nk_paper issue(nk_clerk *k, nk_str template_name, nk_str number,
                      const nk_key *key, nk_signing signing)
{
    nk_order order = { .template_name = template_name, .signing = signing };
    nk_paper paper;
    nk_made made;

    assert_ok(k, nk_issue(&k->ctx, &k->arena, k->press, k->ar, number, &order,
                          key, &k->problems, &made, &paper));
    return paper;
}

static uint64_t dicts(nk_clerk *k)
{
    nk_archive_stats stats;

    assert_ok(k, nk_archive_stat(&k->ctx, k->ar, &stats));
    return stats.dicts;
}

static void one_for_what_looks_alike(void **state)
{
    nk_clerk *k = *state;
    nk_str sekadau = clerk_store(
        k, clerk_file(k, "tests/cases/sekadau-tanpa-identitas.xml"));

    clerk_store(k, clerk_file(k, CLERK_RECORD));
    assert_int_equal(dicts(k), 1); /* of case records */
    issue(k, CLERK_LETTER, CLERK_CASE, k->key, NK_SIGNING_WET);
    assert_int_equal(dicts(k), 2);
    issue(k, CLERK_LETTER, CLERK_CASE, k->key, NK_SIGNING_WET);
    assert_int_equal(dicts(k), 2);
    /* Without a signature, with empty places, of another office, template. */
    issue(k, CLERK_LETTER, CLERK_CASE, NULL, NK_SIGNING_WET);
    assert_int_equal(dicts(k), 3);
    issue(k, CLERK_LETTER, CLERK_CASE, NULL, NK_SIGNING_ELECTRONIC);
    assert_int_equal(dicts(k), 4);
    issue(k, CLERK_LETTER, sekadau, NULL, NK_SIGNING_WET);
    assert_int_equal(dicts(k), 5);
    issue(k, NK_STR("formulir-pengaduan"), sekadau, NULL, NK_SIGNING_WET);
    assert_int_equal(dicts(k), 6);
    /* And after the archive was closed. */
    clerk_reopen(k, NK_ARCHIVE_WRITE);
    issue(k, CLERK_LETTER, CLERK_CASE, NULL, NK_SIGNING_WET);
    clerk_store(k, clerk_file(k, CLERK_RECORD));
    assert_int_equal(dicts(k), 6);
    clerk_verify(k);
}

/* Letters cost a small part of their size, the first one too (a name in
   letters of its own brings a font of its own). */
static void letters_are_small(void **state)
{
    nk_clerk *k = *state;
    nk_archive_stats stats;
    int i;

    clerk_store(k, clerk_swap(k, clerk_file(k, CLERK_RECORD),
                              "Renée Núñez Śarmilā", "Melati"));
    for (i = 0; i < 4; i++)
        issue(k, CLERK_LETTER, CLERK_CASE, k->key, NK_SIGNING_WET);
    assert_ok(k, nk_archive_stat(&k->ctx, k->ar, &stats));
    assert_true(stats.paper_bytes > 4 * 40000);
    assert_true(stats.sealed_bytes < 4 * 2000);
}

/* What is there in clear came from samples: no word of the case. */
static void nothing_of_a_case_in_clear(void **state)
{
    static const char *const words[] = { "Citrawati", "Śarmilā",
                                         "9901015507950102", "sulit tidur" };
    static const char *const files[] = { "arsip/naskah.db", "arsip/keys.db",
                                         "arsip/naskah.db-wal" };
    nk_clerk *k = *state;
    size_t i, w;

    clerk_store(k, clerk_file(k, CLERK_RECORD));
    issue(k, CLERK_LETTER, CLERK_CASE, k->key, NK_SIGNING_WET);
    for (i = 0; i < NK_COUNT(files); i++) {
        nk_str bytes = clerk_file(k, clerk_path(k, files[i]).ptr);

        for (w = 0; w < NK_COUNT(words); w++)
            assert_false(clerk_has(bytes, words[w]));
    }
}

/* The next text between `open` and `close` of *rest; false: none. */
static bool next_between(nk_str *rest, const char *open, const char *close,
                         nk_str *out)
{
    size_t at = nk_str_search(*rest, nk_str_of(open)), n;

    if (at == rest->len)
        return false;
    *rest = nk_str_skip(*rest, at + strlen(open));
    n = nk_str_search(*rest, nk_str_of(close));
    *out = nk_str_head(*rest, n);
    return true;
}

static void is_nowhere(const nk_str *files, size_t n, nk_str name)
{
    size_t i;

    assert_true(name.len > 0);
    for (i = 0; i < n; i++)
        if (nk_str_search(files[i], name) < files[i].len)
            fail_msg("%.*s in part %zu", (int)name.len, name.ptr, i);
}

/* Who is in the profile or in a certificate signs every sample, too. */
static void nobody_of_the_office_in_clear(void **state)
{
    nk_clerk *k = *state;
    nk_str profile =
        clerk_file(k, "templates/offices/tanjungpinang/office.xml");
    nk_str files[3], name;
    nk_key_info info;
    unsigned blobs, names = 0;

    clerk_store(k, clerk_file(k, CLERK_RECORD));
    issue(k, CLERK_LETTER, CLERK_CASE, k->key, NK_SIGNING_WET);
    assert_ok(k, nk_key_describe(&k->ctx, &k->arena, k->key, &info));
    nk_archive_close(k->ar);
    k->ar = NULL;
    files[0] = clerk_file(k, clerk_path(k, "arsip/naskah.db").ptr);
    files[1] = clerk_file(k, clerk_path(k, "arsip/keys.db").ptr);
    files[2] = leak_shared(&k->arena, clerk_path(k, "arsip/naskah.db"), &blobs);
    assert_true(blobs > 5);
    while (next_between(&profile, "<name>", "</name>", &name)) {
        is_nowhere(files, 3, name);
        names++;
    }
    assert_true(names > 5);
    is_nowhere(files, 3, info.holder);
    is_nowhere(files, 3, info.issuer);
}

/* A template by file has no samples; its papers are filed all the same, and
   signed when the template is gone. */
static void a_template_without_samples(void **state)
{
    nk_clerk *k = *state;
    nk_str file = clerk_path(k, "sendiri.xml"), xml, pdf;
    nk_paper paper;

    clerk_store(k, clerk_file(k, CLERK_RECORD));
    xml = clerk_file(
        k, "templates/documents/surat-rujukan-kesehatan/template.xml");
    xml =
        clerk_swap(k, xml, "id=\"surat-rujukan-kesehatan\"", "id=\"sendiri\"");
    assert_ok(k, nk_file_write(&k->ctx, file, xml, false));
    paper = issue(k, file, CLERK_CASE, NULL, NK_SIGNING_ELECTRONIC);
    assert_str(paper.kind, "sendiri");
    assert_int_equal(dicts(k), 1);
    assert_int_equal(remove(file.ptr), 0);
    assert_ok(k, nk_countersign(&k->ctx, &k->arena, k->press, k->ar, paper.id,
                                NK_EMPTY, k->key, false, &k->problems, &paper,
                                &pdf));
    assert_int_equal(dicts(k), 1);
    clerk_verify(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(one_for_what_looks_alike),
        CLERK_TEST(letters_are_small),
        CLERK_TEST(nothing_of_a_case_in_clear),
        CLERK_TEST(nobody_of_the_office_in_clear),
        CLERK_TEST(a_template_without_samples),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
