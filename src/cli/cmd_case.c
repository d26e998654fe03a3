/*
 * naskah case: records into the archive and out of it.
 */
#include "cli/cli.h"

static nk_err add_file(struct nk_cli *c, nk_press *d, nk_archive *ar,
                       nk_str file, nk_str *number)
{
    nk_str xml;
    nk_err rc = nk_file_read(&c->ctx, &c->arena, file, NK_MAX_XML, &xml);

    if (rc < 0)
        return rc;
    return nk_case_store(&c->ctx, &c->arena, d, ar, xml, file,
                         nk_given(c, NK_OPT_INCOMPLETE), &c->problems, number);
}

/* All files in one transaction: all are stored, or none. */
static nk_err add_files(struct nk_cli *c, nk_press *d, nk_archive *ar,
                        nk_str *numbers)
{
    size_t i;
    nk_err rc;

    if ((rc = nk_archive_begin(&c->ctx, ar)) < 0)
        return rc;
    for (i = 0; i < c->args_n && rc == NK_OK; i++)
        rc = add_file(c, d, ar, c->args[i], &numbers[i]);
    return nk_archive_end(&c->ctx, ar, rc, !nk_given(c, NK_OPT_DRY_RUN));
}

nk_err nk_cmd_case_add(struct nk_cli *c)
{
    nk_msg said =
        nk_given(c, NK_OPT_DRY_RUN) ? NK_T_CASE_RIGHT : NK_T_CASE_ADDED;
    nk_str *numbers = NK_NEWN(&c->arena, c->args_n, nk_str);
    nk_archive *ar;
    nk_press *d;
    size_t i;
    nk_err rc;

    if (!numbers)
        return nk_nomem(&c->ctx);
    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_WRITE, &ar)) < 0 ||
        (rc = add_files(c, d, ar, numbers)) < 0)
        return rc;
    if (c->json)
        nk_json_open(c, '[');
    for (i = 0; i < c->args_n; i++) {
        if (c->json)
            nk_json_text(c, numbers[i]);
        nk_say(c, said, NK_ARGS(numbers[i]));
    }
    if (c->json)
        nk_json_close(c, ']');
    return NK_OK;
}

static nk_str date_text(struct nk_cli *c, nk_date d)
{
    nk_buf b;

    nk_buf_init(&b, &c->arena);
    nk_date_put(&b, d, NK_DATE_ISO);
    return nk_buf_str(&b);
}

static void case_json(struct nk_cli *c, const nk_case_entry *e)
{
    nk_json_open(c, '{');
    nk_json_put(c, "number", e->number);
    nk_json_put(c, "office", e->office);
    nk_json_put(c, "status", e->status);
    nk_json_put(c, "opened", date_text(c, e->opened));
    nk_json_put_int(c, "versions", e->versions);
    nk_json_put_int(c, "papers", e->papers);
    nk_json_close(c, '}');
}

static void case_row(nk_table *t, struct nk_cli *c, const nk_case_entry *e)
{
    nk_table_cell(t, e->number);
    nk_table_cell(t, e->office);
    nk_table_cell(t, date_text(c, e->opened));
    nk_table_cell(t, e->status);
    nk_table_cell(t, NK_NUM(e->papers));
}

nk_err nk_cmd_case_list(struct nk_cli *c)
{
    static const nk_msg heads[] = { NK_T_CASE, NK_T_OFFICE, NK_T_OPENED,
                                    NK_T_STATUS, NK_T_PAPERS };
    nk_case_entry *list;
    nk_archive *ar;
    nk_table t;
    size_t n, i;
    nk_err rc;

    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0 ||
        (rc = nk_archive_case_list(&c->ctx, &c->arena, ar,
                                   c->options[NK_OPT_OFFICE], &list, &n)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '[');
        for (i = 0; i < n; i++)
            case_json(c, &list[i]);
        nk_json_close(c, ']');
        return NK_OK;
    }
    if (n == 0) {
        nk_say(c, NK_T_NO_CASES, NK_NOARGS);
        return NK_OK;
    }
    nk_table_init(&t, c, 5);
    for (i = 0; i < 5 && !c->plain; i++)
        nk_table_cell(&t, nk_msg_text(heads[i], c->ctx.lang));
    for (i = 0; i < n; i++)
        case_row(&t, c, &list[i]);
    nk_table_put(&t);
    return NK_OK;
}

nk_err nk_cmd_case_show(struct nk_cli *c)
{
    nk_archive *ar;
    nk_str xml;
    nk_err rc;

    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0 ||
        (rc = nk_archive_case_get(&c->ctx, &c->arena, ar, c->args[0], 0,
                                  &xml)) < 0)
        return rc;
    return nk_cli_text(c, xml);
}

static nk_err import_form(struct nk_cli *c, nk_str pdf)
{
    const nk_filled filled = { .pdf = pdf,
                               .file = c->args[0],
                               .case_number = c->options[NK_OPT_CASE],
                               .allow_incomplete =
                                   nk_given(c, NK_OPT_INCOMPLETE),
                               .dry = nk_given(c, NK_OPT_DRY_RUN) };
    nk_archive *ar;
    uint32_t changed = 0;
    nk_str number = NK_EMPTY;
    nk_press *d;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_WRITE, &ar)) < 0 ||
        (rc = nk_case_import_form(&c->ctx, &c->arena, d, ar, &filled,
                                  &c->problems, &number, &changed)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put(c, "number", number);
        nk_json_put_int(c, "fields", changed);
        nk_json_close(c, '}');
    }
    nk_say(c, filled.dry ? NK_T_FORM_RIGHT : NK_T_FORM_IMPORTED,
           NK_ARGS(filled.file, number, NK_NUM(changed)));
    return NK_OK;
}

/* A table, or a form that was filled in: the file says which. */
nk_err nk_cmd_case_import(struct nk_cli *c)
{
    nk_str csv, map = NK_EMPTY, file = c->args[0];
    bool dry = nk_given(c, NK_OPT_DRY_RUN);
    nk_archive *ar;
    uint32_t made;
    nk_press *d;
    nk_err rc;

    if ((rc = nk_file_read(&c->ctx, &c->arena, file, NK_MAX_FILE, &csv)) < 0)
        return rc;
    if (nk_str_starts(csv, NK_STR("%PDF-")))
        return import_form(c, csv);
    if (nk_given(c, NK_OPT_MAP) &&
        (rc = nk_file_read(&c->ctx, &c->arena, c->options[NK_OPT_MAP],
                           NK_MAX_XML, &map)) < 0)
        return rc;
    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_WRITE, &ar)) < 0 ||
        (rc = nk_case_import(&c->ctx, &c->arena, d, ar, csv, file, map,
                             c->options[NK_OPT_MAP], c->options[NK_OPT_OFFICE],
                             dry, &c->problems, &made)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put_int(c, dry ? "right" : "imported", made);
        nk_json_put_int(c, "faults", c->problems.errors);
        nk_json_close(c, '}');
    }
    nk_say(c, dry ? NK_T_WOULD_IMPORT : NK_T_IMPORTED,
           NK_ARGS(NK_NUM(made), NK_NUM(c->problems.errors)));
    c->exit = c->problems.errors ? 3 : 0;
    return NK_OK;
}
