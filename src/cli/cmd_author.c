/*
 * naskah template new, preview: beginning a template, and looking at it. A
 * template in the making lies in any folder, with its samples beside it.
 */
#include "cli/cli.h"

/* ---- A new one --------------------------------------------------------- */

/* What the schema calls an id. */
static bool is_id(nk_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (!nk_is_digit(s.ptr[i]) && !(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') &&
            !(s.ptr[i] == '-' && i > 0))
            return false;
    return s.len > 0 && s.len <= 60;
}

/* The template to begin with: one of --kind, or the starter. */
static nk_err model_file(struct nk_cli *c, nk_str *file)
{
    nk_str kind = c->options[NK_OPT_KIND], folder;
    nk_template *t;
    nk_press *d;
    nk_err rc;

    if (nk_press_is_file(kind)) {
        *file = kind;
        return NK_OK;
    }
    folder = nk_path_join(&c->arena, c->paths.data, NK_STR("templates"));
    if (!kind.len) {
        folder = nk_path_join(&c->arena, folder, NK_STR("starter"));
    } else if ((rc = nk_cli_press(c, &d)) < 0 ||
               (rc = nk_press_template(&c->ctx, d, kind, &c->problems, &t)) <
                   0) {
        return rc;
    } else {
        folder = nk_path_join(&c->arena, folder, NK_STR("documents"));
        folder = nk_path_join(&c->arena, folder, kind);
    }
    *file = nk_path_join(&c->arena, folder, NK_STR("template.xml"));
    return file->ptr ? NK_OK : nk_nomem(&c->ctx);
}

/* Put `value` in place of what the attribute ` name="..."` says within the
   tag that begins at `at`. */
static nk_err set_attribute(struct nk_cli *c, nk_str *xml, size_t at,
                            nk_str name, nk_str value)
{
    size_t from = at + nk_str_search(nk_str_skip(*xml, at), name) + name.len;
    nk_buf b;

    if (from >= xml->len)
        return NK_OK;
    nk_buf_init(&b, &c->arena);
    nk_buf_puts(&b, nk_str_head(*xml, from));
    nk_buf_puts(&b, value);
    from += nk_str_find(nk_str_skip(*xml, from), '"');
    nk_buf_puts(&b, nk_str_skip(*xml, from));
    return nk_buf_end(&c->ctx, &b, xml);
}

static nk_err write_new(struct nk_cli *c, nk_str folder, nk_str name,
                        nk_str bytes)
{
    nk_str path = nk_path_join(&c->arena, folder, name);

    if (!path.ptr)
        return nk_nomem(&c->ctx);
    if (nk_given(c, NK_OPT_DRY_RUN))
        return NK_OK;
    return nk_file_write(&c->ctx, path, bytes, false);
}

/* The template under its new name, its samples, into the folder. */
static nk_err write_all(struct nk_cli *c, nk_str model, nk_str folder)
{
    nk_str xml, *records, *files;
    nk_press *d;
    size_t n, i, root;
    nk_err rc;

    if ((rc = nk_file_read(&c->ctx, &c->arena, model, NK_MAX_XML, &xml)) < 0 ||
        (rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_press_samples(&c->ctx, &c->arena, d, model, &records, &files,
                               &n)) < 0)
        return rc;
    root = nk_str_search(xml, NK_STR("<template"));
    if ((rc = set_attribute(c, &xml, root, NK_STR(" id=\""), c->args[0])) < 0 ||
        (rc = set_attribute(c, &xml, root, NK_STR(" version=\""),
                            NK_STR("1"))) < 0)
        return rc;
    if (!nk_given(c, NK_OPT_DRY_RUN) &&
        (rc = nk_dir_make(&c->ctx, folder, false)) < 0)
        return rc;
    rc = write_new(c, folder, NK_STR("template.xml"), xml);
    for (i = 0; i < n && rc == NK_OK; i++)
        rc = write_new(c, folder, nk_path_base(files[i]), records[i]);
    return rc;
}

nk_err nk_cmd_template_new(struct nk_cli *c)
{
    nk_str folder = c->args[0], model;
    nk_err rc;

    if (!is_id(c->args[0]))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_TEMPLATE_ID, NK_NOWHERE,
                       NK_ARGS(c->args[0]));
    if (nk_given(c, NK_OPT_OUTPUT))
        folder = nk_path_join(&c->arena, c->options[NK_OPT_OUTPUT], c->args[0]);
    if (!folder.ptr)
        return nk_nomem(&c->ctx);
    if (nk_dir_exists(folder) || nk_file_exists(folder))
        return nk_fail(&c->ctx, NK_E_CONFLICT, NK_M_FOLDER_EXISTS, NK_NOWHERE,
                       NK_ARGS(folder));
    if ((rc = model_file(c, &model)) < 0 ||
        (rc = write_all(c, model, folder)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put(c, "folder", folder);
        nk_json_close(c, '}');
    }
    nk_say(c, NK_T_TEMPLATE_BEGUN, NK_ARGS(folder));
    return NK_OK;
}

/* ---- Looking at it ----------------------------------------------------- */

/* One paper in the folder of -o, "ID-terisi-2.pdf". */
static nk_err print_one(struct nk_cli *c, nk_press *d, const nk_order *o,
                        nk_str id, nk_str how, size_t number)
{
    nk_str folder = c->options[NK_OPT_OUTPUT], path;
    nk_made made = { 0 };
    nk_problems found;
    nk_buf b;
    nk_err rc;

    nk_problems_init(&found, &c->arena);
    rc = nk_make(&c->ctx, &c->arena, d, o, &found, &made);
    nk_cli_tell(c, &found);
    if (rc < 0)
        return rc;
    nk_buf_init(&b, &c->arena);
    nk_buf_puts(&b, folder);
    if (folder.len)
        nk_buf_putc(&b, '/');
    nk_buf_puts(&b, id);
    nk_buf_putc(&b, '-');
    nk_buf_puts(&b, how);
    if (number > 1)
        nk_buf_printf(&b, "-%zu", number);
    nk_buf_lit(&b, ".pdf");
    if ((rc = nk_buf_end(&c->ctx, &b, &path)) < 0 ||
        (rc = nk_file_write(&c->ctx, path, made.pdf, false)) < 0)
        return rc;
    if (c->json)
        nk_json_text(c, path);
    nk_say(c, NK_T_PREVIEWED, NK_ARGS(path, NK_NUM(made.pages)));
    return NK_OK;
}

/* The office of --office, or of the sample. */
static nk_err office_of(struct nk_cli *c, nk_press *d, nk_str record,
                        nk_str file, nk_str *out)
{
    nk_record *r = NULL;
    nk_problems found;
    nk_model *model;
    nk_err rc;

    *out = c->options[NK_OPT_OFFICE];
    if (out->len)
        return NK_OK;
    nk_problems_init(&found, &c->arena);
    if ((rc = nk_press_model(&c->ctx, d, &model)) < 0)
        return rc;
    rc = nk_record_open(&c->ctx, model, record, file, &found, &r);
    nk_cli_tell(c, &found);
    if (rc < 0)
        return rc;
    *out = nk_str_copy(&c->arena, nk_record_office(r));
    nk_record_close(r);
    return out->ptr ? NK_OK : nk_nomem(&c->ctx);
}

static nk_err print_all(struct nk_cli *c, nk_press *d, const nk_template *t,
                        const nk_str *records, const nk_str *files, size_t n)
{
    nk_order o = { .template_name = c->args[0] };
    size_t i;
    nk_err rc;

    if ((rc = office_of(c, d, records[0], files[0], &o.office)) < 0)
        return rc;
    o.mode = NK_MODE_BLANK;
    if ((rc = print_one(c, d, &o, t->id, NK_STR("blangko"), 1)) < 0)
        return rc;
    o.office = c->options[NK_OPT_OFFICE];
    for (i = 0; i < n; i++) {
        o.record = records[i];
        o.file = files[i];
        o.mode = NK_MODE_HALF;
        if ((rc = print_one(c, d, &o, t->id, NK_STR("setengah"), i + 1)) < 0)
            return rc;
        o.mode = NK_MODE_FILLED;
        if ((rc = print_one(c, d, &o, t->id, NK_STR("terisi"), i + 1)) < 0)
            return rc;
    }
    return NK_OK;
}

nk_err nk_cmd_template_preview(struct nk_cli *c)
{
    nk_str *records, *files;
    nk_template *t;
    nk_press *d;
    size_t n;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_press_template(&c->ctx, d, c->args[0], &c->problems, &t)) <
            0 ||
        (rc = nk_press_samples(&c->ctx, &c->arena, d, c->args[0], &records,
                               &files, &n)) < 0)
        return rc;
    if (n == 0)
        return nk_fail(&c->ctx, NK_E_NOTFOUND, NK_M_NO_SAMPLE, NK_NOWHERE,
                       NK_ARGS(t->id));
    if (nk_given(c, NK_OPT_OUTPUT) &&
        (rc = nk_dir_make(&c->ctx, c->options[NK_OPT_OUTPUT], false)) < 0)
        return rc;
    if (c->json)
        nk_json_open(c, '[');
    if ((rc = print_all(c, d, t, records, files, n)) < 0)
        return rc;
    if (c->json)
        nk_json_close(c, ']');
    return NK_OK;
}
