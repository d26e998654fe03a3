/*
 * naskah template, naskah office: what there is, and whether it is right.
 */
#include "cli/cli.h"

static void list_head(nk_table *t, struct nk_cli *c, nk_msg a, nk_msg b)
{
    nk_table_init(t, c, 2);
    if (c->plain || c->json)
        return;
    nk_table_cell(t, nk_msg_text(a, c->ctx.lang));
    nk_table_cell(t, nk_msg_text(b, c->ctx.lang));
}

static void list_row(nk_table *t, struct nk_cli *c, nk_str id, nk_str title)
{
    if (!c->json) {
        nk_table_cell(t, id);
        nk_table_cell(t, title);
        return;
    }
    nk_json_open(c, '{');
    nk_json_put(c, "id", id);
    nk_json_put(c, "title", title);
    nk_json_close(c, '}');
}

nk_err nk_cmd_template_list(struct nk_cli *c)
{
    nk_press *d;
    nk_str *ids;
    nk_table t;
    size_t n, i;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_press_templates(&c->ctx, &c->arena, d, &ids, &n)) < 0)
        return rc;
    if (c->json)
        nk_json_open(c, '[');
    list_head(&t, c, NK_T_TEMPLATE, NK_T_TITLE);
    for (i = 0; i < n; i++) {
        nk_template *tpl;

        if ((rc = nk_press_template(&c->ctx, d, ids[i], &c->problems, &tpl)) <
            0)
            return rc;
        list_row(&t, c, ids[i], tpl->title);
    }
    nk_table_put(&t);
    if (c->json)
        nk_json_close(c, ']');
    return NK_OK;
}

nk_err nk_cmd_office_list(struct nk_cli *c)
{
    nk_press *d;
    nk_str *ids;
    nk_table t;
    size_t n, i;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_press_offices(&c->ctx, &c->arena, d, &ids, &n)) < 0)
        return rc;
    if (c->json)
        nk_json_open(c, '[');
    list_head(&t, c, NK_T_OFFICE, NK_T_NAME);
    for (i = 0; i < n; i++) {
        nk_office *o;

        if ((rc = nk_press_office(&c->ctx, d, ids[i], &c->problems, &o)) < 0)
            return rc;
        list_row(&t, c, ids[i], nk_office_text(o, NK_STR("service")));
    }
    nk_table_put(&t);
    if (c->json)
        nk_json_close(c, ']');
    return NK_OK;
}

/* ---- Checking ---------------------------------------------------------- */

static bool is_same(const nk_problem *p, const nk_problem *q)
{
    size_t i;

    if (p->msg != q->msg || p->place.line != q->place.line ||
        p->place.column != q->place.column || p->args.n != q->args.n ||
        !nk_str_eq(p->place.file, q->place.file) ||
        !nk_str_eq(p->place.field, q->place.field))
        return false;
    for (i = 0; i < p->args.n; i++)
        if (!nk_str_eq(p->args.v[i], q->args.v[i]))
            return false;
    return true;
}

void nk_cli_tell(struct nk_cli *c, const nk_problems *found)
{
    const nk_problem *p, *q;

    for (p = found->first; p; p = p->next) {
        for (q = c->problems.first; q && !is_same(p, q); q = q->next)
            ;
        if (!q)
            nk_problem_add(&c->problems, p->severity, p->msg, p->place,
                           p->args);
    }
}

/* A template's sample, made in the way `mode` says; problems tell. */
static nk_err try_sample(struct nk_cli *c, nk_press *d, nk_str id, nk_str xml,
                         nk_str file, nk_mode mode, nk_str office)
{
    nk_order order = { .template_name = id,
                       .mode = mode,
                       .record = xml,
                       .file = file,
                       .office = office };
    nk_problems found;
    nk_arena a;
    nk_made made;
    nk_err rc;

    nk_arena_init(&a);
    nk_problems_init(&found, &a);
    rc = nk_make(&c->ctx, &a, d, &order, &found, &made);
    nk_cli_tell(c, &found);
    nk_arena_release(&a);
    return rc;
}

/*
 * A template against schema and compiler, then with each of its samples in
 * each way it can be printed.
 */
static nk_err check_template(struct nk_cli *c, nk_press *d, nk_str name)
{
    nk_str *records, *files, office = c->options[NK_OPT_OFFICE], *offices;
    nk_template *t;
    size_t n, i, offices_n;
    nk_err rc;

    if ((rc = nk_press_template(&c->ctx, d, name, &c->problems, &t)) < 0)
        return rc;
    if (nk_press_samples(&c->ctx, &c->arena, d, name, &records, &files, &n) <
            0 ||
        n == 0) {
        nk_problem_add(&c->problems, NK_WARNING, NK_M_NO_SAMPLE, NK_NOWHERE,
                       NK_ARGS(t->id));
        return NK_OK;
    }
    if (!office.len) {
        if ((rc = nk_press_offices(&c->ctx, &c->arena, d, &offices,
                                   &offices_n)) < 0)
            return rc;
        office = offices_n ? offices[0] : NK_EMPTY;
    }
    for (i = 0; i < n; i++)
        if ((rc = try_sample(c, d, name, records[i], files[i], NK_MODE_FILLED,
                             c->options[NK_OPT_OFFICE])) < 0 ||
            (rc = try_sample(c, d, name, records[i], files[i], NK_MODE_HALF,
                             c->options[NK_OPT_OFFICE])) < 0)
            return rc;
    return try_sample(c, d, name, NK_EMPTY, NK_EMPTY, NK_MODE_BLANK, office);
}

static nk_err check_office(struct nk_cli *c, nk_press *d, nk_str id)
{
    return nk_press_check_office(&c->ctx, d, id, &c->problems);
}

/*
 * Check each of the names, or all there are. Goes on after one that fails,
 * so that all mistakes are told.
 */
static nk_err check_each(struct nk_cli *c, nk_press *d, const nk_str *ids,
                         size_t n,
                         nk_err (*check)(struct nk_cli *, nk_press *, nk_str))
{
    const nk_fault *f = &c->ctx.fault;
    size_t i, good = 0;
    nk_err rc = NK_OK;

    for (i = 0; i < n; i++) {
        if ((rc = check(c, d, ids[i])) == NK_OK)
            good++;
        else if (rc == NK_E_NOMEM)
            return rc;
        else if (n > 1)
            nk_problem_add(&c->problems, NK_ERROR, f->msg, f->place, f->args);
    }
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put_int(c, "checked", (int64_t)n);
        nk_json_put_int(c, "good", (int64_t)good);
        nk_json_close(c, '}');
    }
    if (good == n)
        nk_say(c, NK_T_CHECKED, NK_ARGS(NK_NUM(n), NK_NUM(good)));
    if (n == 1 || good == n)
        return rc;
    return nk_fail(&c->ctx, NK_E_INVALID, NK_M_CHECK_FAILED, NK_NOWHERE,
                   NK_ARGS(NK_NUM(n - good), NK_NUM(n)));
}

nk_err nk_cmd_template_check(struct nk_cli *c)
{
    nk_str *ids = c->args;
    size_t n = c->args_n;
    nk_press *d;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0)
        return rc;
    if (n == 0 &&
        (rc = nk_press_templates(&c->ctx, &c->arena, d, &ids, &n)) < 0)
        return rc;
    return check_each(c, d, ids, n, check_template);
}

nk_err nk_cmd_office_check(struct nk_cli *c)
{
    nk_str *ids = c->args;
    size_t n = c->args_n;
    nk_press *d;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0)
        return rc;
    if (n == 0 && (rc = nk_press_offices(&c->ctx, &c->arena, d, &ids, &n)) < 0)
        return rc;
    return check_each(c, d, ids, n, check_office);
}
