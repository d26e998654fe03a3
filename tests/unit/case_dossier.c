/*
 * A case as a folder anybody can check: BagIt with every byte as it is in the
 * archive; whole or not there.
 */
#include "../support/clerk.h"

#include <sys/stat.h>
#include <unistd.h>

static nk_err export(nk_clerk *k, nk_str number, const char *folder, bool dry,
                     uint32_t *papers)
{
    return nk_dossier_export(&k->ctx, &k->arena, k->press, k->ar, number,
                             clerk_path(k, folder), dry, papers);
}

/* The case with two letters and one that replaces the second. */
static void fill(nk_clerk *k)
{
    nk_order order = { .template_name = CLERK_LETTER,
                       .signing = NK_SIGNING_ELECTRONIC };
    nk_paper paper;
    nk_made made;
    nk_str pdf;

    clerk_store(k, clerk_file(k, CLERK_RECORD));
    assert_ok(k, nk_issue(&k->ctx, &k->arena, k->press, k->ar, CLERK_CASE,
                          &order, k->key, &k->problems, &made, &paper));
    assert_ok(k, nk_issue(&k->ctx, &k->arena, k->press, k->ar, CLERK_CASE,
                          &order, NULL, &k->problems, &made, &paper));
    assert_ok(k, nk_countersign(&k->ctx, &k->arena, k->press, k->ar, paper.id,
                                NK_EMPTY, k->key, false, &k->problems, &paper,
                                &pdf));
}

/* Does the manifest give every file's own hash, and each file once? */
static void check_manifest(nk_clerk *k, nk_str folder, const char *manifest,
                           unsigned files)
{
    nk_str path = nk_path_join(&k->arena, folder, nk_str_of(manifest));
    nk_str rest = clerk_file(k, path.ptr), line;
    uint8_t hash[NK_SHA256_SIZE];
    unsigned n = 0;

    while (nk_str_cut(&rest, '\n', &line) && line.len) {
        nk_str name = nk_str_skip(line, 66);
        nk_buf hex;

        assert_true(
            nk_str_eq(nk_str_head(nk_str_skip(line, 64), 2), NK_STR("  ")));
        path = nk_path_join(&k->arena, folder, name);
        nk_sha256(clerk_file(k, path.ptr), hash);
        nk_buf_init(&hex, &k->arena);
        nk_buf_hex(&hex, hash, sizeof(hash));
        assert_true(nk_str_eq(nk_buf_str(&hex), nk_str_head(line, 64)));
        n++;
    }
    assert_int_equal(n, files);
}

static void a_bag_that_holds(void **state)
{
    nk_clerk *k = *state;
    nk_str folder = clerk_path(k, "berkas"), bytes, path, *names;
    uint32_t papers;
    size_t n;
    int64_t id;

    fill(k);
    assert_ok(k, export(k, CLERK_CASE, "berkas", false, &papers));
    assert_int_equal(papers, 3);
    check_manifest(k, folder, "manifest-sha256.txt", 5);
    check_manifest(k, folder, "tagmanifest-sha256.txt", 3);
    assert_ok(k, nk_dir_list(&k->ctx, &k->arena, folder, &names, &n));
    assert_int_equal(n, 5);
    for (id = 1; id <= 3; id++) {
        nk_buf name;

        nk_buf_init(&name, &k->arena);
        nk_buf_printf(&name, "data/papers/%04d-surat-rujukan-kesehatan.pdf",
                      (int)id);
        path = nk_path_join(&k->arena, folder, nk_buf_str(&name));
        assert_ok(k, nk_archive_paper_get(&k->ctx, &k->arena, k->ar, id, NULL,
                                          &bytes));
        assert_true(nk_str_eq(bytes, clerk_file(k, path.ptr)));
    }
    path = clerk_path(k, "berkas/data/record.xml");
    assert_true(
        nk_str_eq(clerk_file(k, path.ptr), clerk_file(k, CLERK_RECORD)));
}

static void says_what_is_in_it(void **state)
{
    nk_clerk *k = *state;
    nk_str text, code;
    uint32_t papers;

    fill(k);
    assert_ok(k, export(k, CLERK_CASE, "berkas", false, &papers));
    text = clerk_file(k, clerk_path(k, "berkas/data/README.txt").ptr);
    assert_ok(k,
              nk_archive_paper_get(&k->ctx, &k->arena, k->ar, 1, NULL, &code));
    assert_ok(k, nk_paper_code(&k->ctx, &k->arena, code, &code));
    assert_true(nk_str_search(text, code) < text.len);
    assert_true(clerk_has(text, "400.2.3/1/5.6.04/2026"));
    assert_true(nk_str_search(text, NK_STR("/1/5.6.04/")) <
                nk_str_search(text, NK_STR("/2/5.6.04/")));
    text = clerk_file(k, clerk_path(k, "berkas/bag-info.txt").ptr);
    assert_true(clerk_has(text, "External-Identifier: KASUS-2026-0042\n"));
    assert_true(clerk_has(text, "Bagging-Date: 2026-11-23\n"));
    assert_true(clerk_has(text, ".5\n")); /* files in Payload-Oxum */
}

static void a_case_without_papers(void **state)
{
    nk_clerk *k = *state;
    uint32_t papers;

    clerk_store(k, clerk_file(k, CLERK_RECORD));
    assert_ok(k, export(k, CLERK_CASE, "berkas", false, &papers));
    assert_int_equal(papers, 0);
    check_manifest(k, clerk_path(k, "berkas"), "manifest-sha256.txt", 2);
}

static void what_is_there_stays(void **state)
{
    nk_clerk *k = *state;
    nk_str own = clerk_path(k, "berkas/catatan");
    uint32_t papers;

    fill(k);
    assert_ok(k, nk_dir_make(&k->ctx, clerk_path(k, "berkas"), true));
    assert_ok(k, nk_file_write(&k->ctx, own, NK_STR("x"), true));
    assert_fails(k, export(k, CLERK_CASE, "berkas", false, &papers),
                 NK_E_CONFLICT, "FOLDER_EXISTS");
    assert_true(nk_file_exists(own));
}

/* An export that was killed does not stand in the way, and leaves nothing. */
static void after_a_kill(void **state)
{
    nk_clerk *k = *state;
    nk_str left = clerk_path(k, ".berkas.naskah-part/data/papers");
    uint32_t papers;

    fill(k);
    assert_ok(k, nk_dir_make(&k->ctx, left, true));
    assert_ok(k, nk_file_write(&k->ctx,
                               nk_path_join(&k->arena, left, NK_STR("9.pdf")),
                               NK_STR("x"), true));
    assert_ok(
        k, nk_file_write(&k->ctx,
                         nk_path_join(&k->arena, left, NK_STR(".9.pdf.4242-0")),
                         NK_STR("x"), true));
    assert_ok(k, export(k, CLERK_CASE, "berkas/", false, &papers));
    check_manifest(k, clerk_path(k, "berkas"), "manifest-sha256.txt", 5);
    assert_false(nk_file_exists(clerk_path(k, "berkas/data/papers/9.pdf")));
    assert_false(nk_file_exists(clerk_path(k, ".berkas.naskah-part")));
}

/* The bag's day is that of the office: past midnight in Tanjungpinang (WIB),
   past one o'clock in Manggarai Barat (WITA). */
static void the_day_at_the_office(void **state)
{
    nk_clerk *k = *state;
    uint32_t papers;

    clerk_store(k, clerk_file(k, "tests/cases/manggarai-barat-perdagangan-"
                                 "orang.xml"));
    k->ctx.now = INT64_C(1795364100000); /* 2026-11-22T16:15:00Z */
    assert_ok(k, export(k, NK_STR("KASUS-2026-0017"), "wita", false, &papers));
    assert_true(clerk_has(clerk_file(k, clerk_path(k, "wita/bag-info.txt").ptr),
                          "2026-11-23"));
}

static void nothing_half_stays(void **state)
{
    nk_clerk *k = *state;
    char path[2 * NK_TEMP_SIZE];
    uint32_t papers;

    fill(k);
    assert_fails(k, export(k, NK_STR("KASUS-1"), "berkas", false, &papers),
                 NK_E_NOTFOUND, "CASE_UNKNOWN");
    assert_ok(k, export(k, CLERK_CASE, "berkas", true, &papers));
    assert_int_equal(papers, 3);
    assert_false(nk_file_exists(clerk_path(k, "berkas")));
    assert_false(nk_file_exists(clerk_path(k, ".berkas.naskah-part")));
    /* The last step fails: onto a link that leads nowhere. */
    snprintf(path, sizeof(path), "%s/berkas", k->dir);
    assert_int_equal(symlink("tidak-ada", path), 0);
    assert_int_equal(export(k, CLERK_CASE, "berkas", false, &papers), NK_E_IO);
    assert_false(nk_file_exists(clerk_path(k, ".berkas.naskah-part")));
}

/* Only the owner may look in. */
static void for_the_owner_alone(void **state)
{
    static const char *const names[] = { "berkas", "berkas/data",
                                         "berkas/data/papers",
                                         "berkas/data/record.xml",
                                         "berkas/bagit.txt" };
    nk_clerk *k = *state;
    uint32_t papers;
    struct stat st;
    size_t i;

    fill(k);
    assert_ok(k, export(k, CLERK_CASE, "berkas", false, &papers));
    for (i = 0; i < NK_COUNT(names); i++) {
        assert_int_equal(stat(clerk_path(k, names[i]).ptr, &st), 0);
        assert_int_equal(st.st_mode & 077, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(a_bag_that_holds),      CLERK_TEST(says_what_is_in_it),
        CLERK_TEST(a_case_without_papers), CLERK_TEST(after_a_kill),
        CLERK_TEST(the_day_at_the_office), CLERK_TEST(what_is_there_stays),
        CLERK_TEST(nothing_half_stays),    CLERK_TEST(for_the_owner_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
