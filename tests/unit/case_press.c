/*
 * The press: templates, offices and samples by name, each loaded once.
 */
#include "../support/clerk.h"

static nk_err template_of(nk_clerk *k, const char *name, nk_template **t)
{
    clerk_forget(k);
    return nk_press_template(&k->ctx, k->press, nk_str_of(name), &k->problems,
                             t);
}

static void templates_by_id_and_file(void **state)
{
    nk_clerk *k = *state;
    nk_template *t, *again;

    assert_ok(k, template_of(k, "surat-rujukan-kesehatan", &t));
    assert_str(t->id, "surat-rujukan-kesehatan");
    assert_ok(k, template_of(k, "surat-rujukan-kesehatan", &again));
    assert_ptr_equal(t, again);
    assert_ok(k,
              template_of(
                  k, "templates/documents/surat-rujukan-kesehatan/template.xml",
                  &again));
    assert_ptr_not_equal(t, again);
    assert_str(again->id, "surat-rujukan-kesehatan");
}

static void templates_that_are_not_there(void **state)
{
    static const struct row {
        const char *name, *fault;
    } rows[] = {
        { "surat-rujukan-kesehata", "TEMPLATE_MEANT" },
        { "surat", "TEMPLATE_NONE" },
        { "", "TEMPLATE_NONE" },
        { "..", "TEMPLATE_NONE" },
        { "tidak-ada.xml", "FILE_NONE" },
        { "tidak/ada", "FILE_NONE" },
    };
    nk_clerk *k = *state;
    nk_template *t;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        t = (nk_template *)k;
        assert_fails(k, template_of(k, rows[i].name, &t), NK_E_NOTFOUND,
                     rows[i].fault);
        assert_ptr_equal(t, k); /* nothing came, nothing is written */
    }
}

static void a_template_with_mistakes(void **state)
{
    nk_clerk *k = *state;
    nk_str file = clerk_path(k, "salah.xml");
    nk_template *t;

    assert_ok(k, nk_file_write(&k->ctx, file, NK_STR("<template/>"), false));
    assert_fails(k, template_of(k, file.ptr, &t), NK_E_INVALID,
                 "TEMPLATE_WRONG");
    assert_true(k->problems.errors > 0);
    /* Mended, it is taken: what failed is not kept. */
    assert_ok(
        k, nk_file_write(&k->ctx, file,
                         clerk_file(k, "templates/documents/"
                                       "surat-rujukan-kesehatan/template.xml"),
                         false));
    assert_ok(k, template_of(k, file.ptr, &t));
}

static void offices(void **state)
{
    nk_clerk *k = *state;
    nk_office *o, *again;
    nk_str *ids;
    size_t n;

    assert_ok(k, nk_press_offices(&k->ctx, &k->arena, k->press, &ids, &n));
    assert_int_equal(n, 5);
    assert_str(ids[0], "barito-utara");
    assert_str(ids[4], "tanjungpinang");
    while (n-- > 0) {
        assert_ok(k,
                  nk_press_office(&k->ctx, k->press, ids[n], &k->problems, &o));
        assert_true(nk_str_eq(nk_office_id(o), ids[n]));
        assert_ok(k, nk_press_office(&k->ctx, k->press, ids[n], &k->problems,
                                     &again));
        assert_ptr_equal(o, again);
        assert_ok(
            k, nk_press_check_office(&k->ctx, k->press, ids[n], &k->problems));
    }
    assert_int_equal(k->problems.errors, 0);
    assert_true(k->problems.warnings > 0); /* facts they still lack */
    o = (nk_office *)k;
    assert_fails(
        k, nk_press_office(&k->ctx, k->press, NK_STR("x"), &k->problems, &o),
        NK_E_NOTFOUND, "OFFICE_NONE");
    assert_ptr_equal(o, k);
    assert_fails(k,
                 nk_press_check_office(&k->ctx, k->press, NK_STR("../offices"),
                                       &k->problems),
                 NK_E_NOTFOUND, "OFFICE_NONE");
}

static void samples(void **state)
{
    nk_clerk *k = *state;
    nk_str *ids, *records, *files;
    size_t n, i, some;

    assert_ok(k, nk_press_templates(&k->ctx, &k->arena, k->press, &ids, &n));
    assert_true(n >= 4);
    for (i = 0; i < n; i++) {
        assert_ok(k, nk_press_samples(&k->ctx, &k->arena, k->press, ids[i],
                                      &records, &files, &some));
        assert_true(some > 0);
        assert_true(clerk_has(records[0], "<case "));
        assert_true(clerk_has(files[0], "/sample.xml"));
        if (i > 0)
            assert_true(nk_str_cmp(ids[i - 1], ids[i]) < 0);
    }
    assert_int_equal(nk_press_samples(&k->ctx, &k->arena, k->press, NK_STR("x"),
                                      &records, &files, &some),
                     NK_E_NOTFOUND);
}

/* Without its data it says which file is not there. */
static void without_data(void **state)
{
    static const struct row {
        nk_press_paths paths;
        const char *fault;
    } rows[] = {
        { { NK_STR_INIT("/tidak-ada"),
            NK_STR_INIT("/usr/share/fonts/truetype/liberation"),
            NK_STR_INIT("/usr/share/hyphen/hyph_id_ID.dic") },
          "TEMPLATE_NONE" },
        { { NK_STR_INIT("."), NK_STR_INIT("/tidak-ada"),
            NK_STR_INIT("/usr/share/hyphen/hyph_id_ID.dic") },
          "FONT_NONE" },
    };
    nk_clerk *k = *state;
    nk_order order = { .template_name = CLERK_LETTER,
                       .record = clerk_file(k, CLERK_RECORD) };
    nk_press *d;
    nk_made made;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_ok(k, nk_press_open(&k->ctx, &rows[i].paths, &d));
        assert_true(
            nk_make(&k->ctx, &k->arena, d, &order, &k->problems, &made) < 0);
        if (i > 0)
            assert_fault(&k->ctx, rows[i].fault);
        else
            assert_int_equal(k->ctx.fault.err, NK_E_NOTFOUND);
        nk_press_close(d);
    }
    nk_press_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLERK_TEST(templates_by_id_and_file),
        CLERK_TEST(templates_that_are_not_there),
        CLERK_TEST(a_template_with_mistakes),
        CLERK_TEST(offices),
        CLERK_TEST(samples),
        CLERK_TEST(without_data),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
