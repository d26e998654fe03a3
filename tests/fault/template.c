/*
 * Templates with every single allocation of ours failing: compiled with
 * their parts, bound in every mode, written down; an office beside them; and
 * a template full of mistakes. Each says that memory is out or does what it
 * should; nothing stays behind.
 */
#include "../support/oom.h"
#include "../support/sheet.h"
#include "../support/workshop.h"

#define LETTER "templates/documents/surat-rujukan-kesehatan/template.xml"
#define FORM   "templates/documents/formulir-pengaduan/template.xml"
#define SAMPLE "templates/documents/formulir-pengaduan/sample.xml"

/* What the work needs, read before anything fails. */
struct desk {
    nk_workshop shop;
    nk_str letter, form, wrong, office;
    nk_template *template;
    nk_mode mode;
};

static bool out_of_memory(const nk_ctx *ctx, nk_err rc)
{
    if (rc == NK_OK)
        return false;
    assert_int_equal(rc, NK_E_NOMEM);
    assert_int_equal(ctx->fault.msg, NK_M_NOMEM);
    return true;
}

/* Compile and write down. */
static bool compile(struct desk *d, nk_str bytes, const char *file)
{
    nk_house *h = &d->shop.house;
    nk_template *t = NULL;
    nk_problems problems;
    nk_str tree;
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = nk_template_open(&h->ctx, &h->world, bytes, nk_str_of(file), &problems,
                          &t);
    if (rc < 0)
        assert_null(t);
    else
        rc = nk_template_dump(&h->ctx, &a, t, &tree);
    assert_int_equal(problems.errors, 0);
    nk_template_close(t);
    nk_arena_release(&a);
    return !out_of_memory(&h->ctx, rc);
}

static bool compile_letter(void *data)
{
    struct desk *d = data;

    return compile(d, d->letter, LETTER);
}

static bool compile_form(void *data)
{
    struct desk *d = data;

    return compile(d, d->form, FORM);
}

/* All mistakes are counted, also those there is no memory to list. */
static bool compile_wrong(void *data)
{
    struct desk *d = data;
    nk_house *h = &d->shop.house;
    nk_template *t = NULL;
    nk_problems problems;
    nk_arena a;
    bool all;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = nk_template_open(&h->ctx, &h->world, d->wrong, NK_STR("t.xml"),
                          &problems, &t);
    assert_null(t);
    if (rc != NK_E_INVALID)
        assert_true(out_of_memory(&h->ctx, rc));
    all = rc == NK_E_INVALID && problems.listed == 80;
    nk_arena_release(&a);
    return all;
}

static bool bind(void *data)
{
    struct desk *d = data;
    nk_problems problems;
    nk_str dump, text;
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = workshop_bind(&d->shop, &a, d->template, d->mode, &problems, &dump,
                       &text);
    if (rc == NK_OK)
        assert_true(dump.len > 1000 && text.len > 500);
    assert_int_equal(problems.errors, 0);
    nk_arena_release(&a);
    return !out_of_memory(&d->shop.house.ctx, rc);
}

static nk_err ask_office(nk_ctx *ctx, nk_arena *a, const nk_office *o)
{
    const nk_number_parts parts = { .class = NK_STR("400.2.3"),
                                    .seq = 12,
                                    .date = HOUSE_TODAY };
    nk_str number;
    nk_signer s;
    nk_err rc = nk_office_signer(ctx, a, o, NK_STR("head-of-office"), NK_EMPTY,
                                 HOUSE_TODAY, &s);

    if (rc < 0 || (rc = nk_office_number(ctx, a, o, NK_STR("surat-keluar"),
                                         &parts, &number)) < 0)
        return rc;
    assert_str(s.person, "belian");
    assert_str(number, "400.2.3/12/2026");
    return NK_OK;
}

static bool open_office(void *data)
{
    struct desk *d = data;
    nk_house *h = &d->shop.house;
    nk_office *o = NULL;
    nk_problems problems;
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = nk_office_open(&h->ctx, h->office_schema, d->office,
                        NK_STR(WORKSHOP_OFFICE), &problems, &o);
    if (rc == NK_OK)
        rc = ask_office(&h->ctx, &a, o);
    nk_office_close(o);
    nk_arena_release(&a);
    return !out_of_memory(&h->ctx, rc);
}

static void compiling_survives(void **state)
{
    assert_true(nk_oom_try_all(compile_letter, *state) >= 100);
    assert_true(nk_oom_try_all(compile_form, *state) >= 100);
}

static void mistakes_survive(void **state)
{
    assert_true(nk_oom_try_all(compile_wrong, *state) >= 4);
}

static void binding_survives(void **state)
{
    struct desk *d = *state;
    const nk_str sources[] = { d->letter, d->form };
    nk_house *h = &d->shop.house;
    size_t i;

    for (i = 0; i < NK_COUNT(sources); i++) {
        house_forget(h);
        assert_ok(h, nk_template_open(&h->ctx, &h->world, sources[i],
                                      NK_STR("t.xml"), &h->problems,
                                      &d->template));
        for (d->mode = NK_MODE_FILLED; d->mode <= NK_MODE_BLANK; d->mode++)
            assert_true(nk_oom_try_all(bind, d) >= 8);
        nk_template_close(d->template);
    }
}

static void office_survives(void **state)
{
    assert_true(nk_oom_try_all(open_office, *state) >= 4);
}

/* Forty paragraphs with two mistakes each. */
static nk_str wrong_template(nk_house *h)
{
    nk_buf b;
    int i;

    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b, SHEET_HEAD, "formulir", "office", "");
    for (i = 0; i < 40; i++)
        nk_buf_lit(&b, "<p><value-of select='victim/namma'/>\n<value-of "
                       "select='$salah'/></p>\n");
    nk_buf_lit(&b, "</template>");
    assert_int_equal(b.err, NK_OK);
    return nk_buf_str(&b);
}

static int desk_open(void **state)
{
    static struct desk d;
    nk_house *h = &d.shop.house;

    if (workshop_enter(&d.shop) < 0)
        return -1;
    d.letter = house_file(h, LETTER);
    d.form = house_file(h, FORM);
    d.office = house_file(h, WORKSHOP_OFFICE);
    d.shop.record = house_file(h, SAMPLE);
    d.wrong = wrong_template(h);
    *state = &d;
    return 0;
}

static int desk_close(void **state)
{
    struct desk *d = *state;

    workshop_leave(&d->shop);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiling_survives),
        cmocka_unit_test(mistakes_survive),
        cmocka_unit_test(binding_survives),
        cmocka_unit_test(office_survives),
    };

    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
