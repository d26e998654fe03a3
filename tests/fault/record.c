/*
 * Records with every single allocation of ours failing: a model, a case and
 * all that is done with it, and a case full of mistakes. Each says that
 * memory is out or does what it should; nothing stays behind.
 */
#include "../support/house.h"
#include "../support/oom.h"

#define CASE_FILE "tests/cases/sekadau-pendampingan.xml"

/* What the work needs, read before anything fails. */
struct desk {
    nk_house *house;
    nk_model_files files;
    nk_str good, wrong;
};

static bool out_of_memory(const nk_ctx *ctx, nk_err rc)
{
    if (rc == NK_OK)
        return false;
    assert_int_equal(rc, NK_E_NOMEM);
    assert_int_equal(ctx->fault.msg, NK_M_NOMEM);
    return true;
}

static bool open_model(void *data)
{
    struct desk *d = data;
    nk_model *m = NULL;
    nk_ctx ctx;

    nk_ctx_init(&ctx);
    if (out_of_memory(&ctx, nk_model_open(&ctx, &d->files, &m))) {
        assert_null(m);
        return false;
    }
    assert_non_null(nk_field_find(nk_model_root(m), NK_STR("victim/nik")));
    nk_model_close(m);
    return true;
}

/* Everything that is done with a record on its way to a paper. */
static nk_err use_record(nk_ctx *ctx, nk_arena *a, nk_record *r,
                         nk_problems *problems)
{
    nk_str dump, bytes;
    nk_rights rights;
    nk_err rc;

    if ((rc = nk_record_derive(ctx, r, HOUSE_TODAY)) < 0 ||
        (rc = nk_record_check(ctx, r, problems)) < 0 ||
        (rc = nk_rights_of(ctx, r, NK_STR("police"), NK_STR("polres-contoh"),
                           HOUSE_TODAY, &rights)) < 0)
        return rc;
    nk_record_restrict(r, rights);
    if ((rc = nk_record_dump(ctx, a, r, &dump)) < 0 ||
        (rc = nk_xml_write(ctx, a, nk_record_xml(r),
                           NK_STR("urn:naskah:case:1"), &bytes)) < 0)
        return rc;
    assert_true(nk_str_starts(dump, NK_STR("case @number=")));
    assert_true(nk_str_ends(bytes, NK_STR("</case>\n")));
    return NK_OK;
}

static bool open_record(void *data)
{
    struct desk *d = data;
    nk_ctx *ctx = &d->house->ctx;
    nk_record *r = NULL;
    nk_problems problems;
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = nk_record_open(ctx, d->house->model, d->good, NK_STR(CASE_FILE),
                        &problems, &r);
    if (rc < 0)
        assert_null(r);
    else
        rc = use_record(ctx, &a, r, &problems);
    nk_record_close(r);
    nk_arena_release(&a);
    return !out_of_memory(ctx, rc);
}

static bool open_checked(void *data)
{
    struct desk *d = data;
    nk_ctx *ctx = &d->house->ctx;
    nk_record *r = NULL, *none = NULL;
    nk_err rc = nk_record_open_checked(ctx, d->house->model, d->good,
                                       NK_STR(CASE_FILE), &r);

    if (rc == NK_OK)
        rc = nk_record_new(ctx, d->house->model, &none);
    nk_record_close(r);
    nk_record_close(none);
    return !out_of_memory(ctx, rc);
}

/* All mistakes are counted, also those there is no memory to list; the schema
   may then find one once more. */
static bool open_wrong(void *data)
{
    struct desk *d = data;
    nk_ctx *ctx = &d->house->ctx;
    nk_record *r = NULL;
    nk_problems problems;
    nk_arena a;
    bool all;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = nk_record_open(ctx, d->house->model, d->wrong, NK_STR("salah.xml"),
                        &problems, &r);
    assert_null(r);
    if (rc != NK_E_INVALID)
        assert_true(out_of_memory(ctx, rc));
    else
        assert_in_range(problems.errors, 60, 61);
    all = rc == NK_E_INVALID && problems.listed == 60;
    nk_arena_release(&a);
    return all;
}

static void model_survives(void **state)
{
    assert_true(nk_oom_try_all(open_model, *state) >= 10);
}

static void record_survives(void **state)
{
    assert_true(nk_oom_try_all(open_record, *state) >= 4);
    assert_true(nk_oom_try_all(open_checked, *state) >= 4);
}

static void mistakes_survive(void **state)
{
    assert_true(nk_oom_try_all(open_wrong, *state) >= 4);
}

/* Sixty wrong days, each with a long name to tell of. */
static nk_str wrong_case(nk_house *h)
{
    nk_buf b;
    int i;

    nk_buf_init(&b, &h->arena);
    nk_buf_lit(&b, "<case xmlns='urn:naskah:case:1' number='K-1' office='x' "
                   "opened='2026-11-18T08:15:00'>\n");
    for (i = 0; i < 60; i++) {
        nk_buf_lit(&b, "<referral id='r");
        nk_buf_int(&b, i);
        nk_buf_lit(&b, "' to='police' institution='x'><reply-by>");
        nk_buf_fill(&b, 'x', 300);
        nk_buf_lit(&b, "</reply-by></referral>\n");
    }
    nk_buf_lit(&b, "</case>");
    assert_int_equal(b.err, NK_OK);
    return nk_buf_str(&b);
}

static int desk_open(void **state)
{
    static struct desk d;
    void *house;

    if (house_open(&house) < 0)
        return -1;
    d.house = house;
    d.files.case_xsd = house_file(d.house, "schemas/case.xsd");
    d.files.policy = house_file(d.house, "schemas/policy.xml");
    d.good = house_file(d.house, CASE_FILE);
    d.wrong = wrong_case(d.house);
    *state = &d;
    return 0;
}

static int desk_close(void **state)
{
    struct desk *d = *state;
    void *house = d->house;

    return house_close(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_survives),
        cmocka_unit_test(record_survives),
        cmocka_unit_test(mistakes_survive),
    };

    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
