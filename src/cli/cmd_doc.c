/*
 * naskah doc fill, blank, register, text: making papers.
 */
#include "cli/cli.h"

/* The record of --case: a file, or a case of the archive. */
static nk_err find_record(struct nk_cli *c, nk_order *o)
{
    nk_str name = c->options[NK_OPT_CASE];
    nk_archive *ar;
    nk_err rc;

    if (!name.len)
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_CASE_NEEDED, NK_NOWHERE,
                       NK_NOARGS);
    o->file = name;
    if (nk_press_is_file(name))
        return nk_file_read(&c->ctx, &c->arena, name, NK_MAX_XML, &o->record);
    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0)
        return rc;
    o->checked = true;
    return nk_archive_case_get(&c->ctx, &c->arena, ar, name, 0, &o->record);
}

static nk_err read_order(struct nk_cli *c, nk_order *o)
{
    *o = (nk_order){ .template_name = c->args[0],
                     .office = c->options[NK_OPT_OFFICE],
                     .about = c->options[NK_OPT_ABOUT],
                     .signer = c->options[NK_OPT_SIGNER],
                     .override = c->options[NK_OPT_OVERRIDE],
                     .dry = nk_given(c, NK_OPT_DRY_RUN) };
    if (nk_given(c, NK_OPT_HALF))
        o->mode = NK_MODE_HALF;
    if (nk_str_eq(c->options[NK_OPT_SIGNING], NK_STR("electronic")))
        o->signing = NK_SIGNING_ELECTRONIC;
    else if (nk_given(c, NK_OPT_SIGNING) &&
             (nk_given(c, NK_OPT_KEY) ||
              !nk_str_eq(c->options[NK_OPT_SIGNING], NK_STR("wet"))))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_SIGNING_WRONG, NK_NOWHERE,
                       NK_ARGS(c->options[NK_OPT_SIGNING]));
    return nk_cli_date(c, NK_OPT_DATE, true, &o->date);
}

/* Letters a file name may hold; the rest becomes a hyphen. */
static void put_plain(nk_buf *b, nk_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        nk_buf_putc(b, nk_is_alpha(s.ptr[i]) || nk_is_digit(s.ptr[i]) ||
                               s.ptr[i] == '.'
                           ? s.ptr[i]
                           : '-');
}

/* The file of -o, or "CASE-TEMPLATE.pdf" here. */
static nk_err output_name(struct nk_cli *c, nk_str about, nk_str *out)
{
    nk_buf b;

    if (nk_given(c, NK_OPT_OUTPUT)) {
        *out = c->options[NK_OPT_OUTPUT];
        return NK_OK;
    }
    nk_buf_init(&b, &c->arena);
    put_plain(&b, nk_path_base(about));
    nk_buf_putc(&b, '-');
    put_plain(&b, nk_path_base(c->args[0]));
    nk_buf_lit(&b, ".pdf");
    return nk_buf_end(&c->ctx, &b, out);
}

static nk_err write_paper(struct nk_cli *c, const nk_made *made, nk_str about)
{
    bool dry = nk_given(c, NK_OPT_DRY_RUN);
    nk_str path, code;
    nk_err rc;

    if ((rc = output_name(c, about, &path)) < 0 ||
        (rc = nk_paper_code(&c->ctx, &c->arena, made->pdf, &code)) < 0)
        return rc;
    if (dry)
        nk_say(c, NK_T_WOULD_WRITE, NK_ARGS(path, NK_NUM(made->pages)));
    c->answered = !dry && nk_str_eq(path, NK_STR("-"));
    if (!dry && (rc = nk_file_write(&c->ctx, path, made->pdf, true)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put(c, "file", dry ? NK_EMPTY : path);
        nk_json_put(c, "title", made->title);
        nk_json_put_int(c, "pages", made->pages);
        nk_json_put(c, "code", code);
        nk_json_close(c, '}');
    }
    if (!dry && !c->answered)
        nk_say(c, NK_T_WRITTEN,
               NK_ARGS(path, made->title, NK_NUM(made->pages), code));
    return NK_OK;
}

static nk_err dump(struct nk_cli *c, nk_press *d, const nk_order *o)
{
    nk_str text = NK_EMPTY;
    nk_err rc = nk_make_dump(&c->ctx, &c->arena, d, o, c->options[NK_OPT_DUMP],
                             &c->problems, &text);

    return rc < 0 ? rc : nk_cli_text(c, text);
}

static nk_err fill(struct nk_cli *c, nk_press *d, const nk_order *o,
                   nk_str about)
{
    nk_made made = { 0 };
    nk_err rc;

    if (nk_given(c, NK_OPT_DUMP))
        return dump(c, d, o);
    rc = nk_make(&c->ctx, &c->arena, d, o, &c->problems, &made);
    return rc < 0 ? rc : write_paper(c, &made, about);
}

/* ---- Issuing ----------------------------------------------------------- */

static nk_err issued_json(struct nk_cli *c, const nk_paper *p,
                          const nk_made *made, nk_str path)
{
    nk_str code;
    nk_err rc = nk_paper_code(&c->ctx, &c->arena, made->pdf, &code);

    if (rc < 0)
        return rc;
    nk_json_open(c, '{');
    nk_json_put_int(c, "id", p->id);
    nk_json_put(c, "number", p->number);
    nk_json_put(c, "signer", p->signer);
    nk_json_put(c, "signerName", made->signer_name);
    nk_json_put(c, "file", path);
    nk_json_put(c, "title", made->title);
    nk_json_put_int(c, "pages", made->pages);
    nk_json_put(c, "code", code);
    if (made->copy)
        nk_json_put_int(c, "officeCopy", made->copy);
    nk_json_close(c, '}');
    return NK_OK;
}

static void say_issued(struct nk_cli *c, const nk_paper *p, const nk_made *made,
                       nk_str path)
{
    nk_say(c, NK_T_ISSUED,
           NK_ARGS(path, made->title, p->number.len ? p->number : NK_STR("-"),
                   NK_NUM(p->id)));
    if (made->copy)
        nk_say(c, NK_T_COPY_FILED, NK_ARGS(NK_NUM(made->copy)));
}

static nk_err issue(struct nk_cli *c, nk_press *d, const nk_order *o)
{
    nk_archive *ar;
    nk_paper paper = { 0 };
    nk_made made = { 0 };
    nk_key *key;
    nk_str path;
    nk_err rc;

    if (nk_press_is_file(c->options[NK_OPT_CASE]))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_ISSUE_FROM_FILE, NK_NOWHERE,
                       NK_ARGS(c->options[NK_OPT_CASE]));
    if ((rc = output_name(c, c->options[NK_OPT_CASE], &path)) < 0 ||
        (rc = nk_cli_key(c, &key)) < 0)
        return rc;
    if ((rc = nk_cli_archive(c, NK_ARCHIVE_WRITE, &ar)) == NK_OK)
        rc = nk_issue(&c->ctx, &c->arena, d, ar, c->options[NK_OPT_CASE], o,
                      key, &c->problems, &made, &paper);
    nk_key_close(key);
    if (rc < 0)
        return rc;
    if (o->dry) {
        if (c->json && (rc = issued_json(c, &paper, &made, NK_EMPTY)) < 0)
            return rc;
        nk_say(c, NK_T_WOULD_ISSUE, NK_ARGS(made.title, paper.number));
        return NK_OK;
    }
    c->answered = nk_str_eq(path, NK_STR("-"));
    if ((rc = nk_file_write(&c->ctx, path, made.pdf, true)) < 0) {
        /* The paper is filed: only its copy is missing. */
        nk_problem_add(&c->problems, NK_WARNING, NK_M_FILED_NOT_WRITTEN,
                       NK_NOWHERE, NK_ARGS(NK_NUM(paper.id)));
        return rc;
    }
    if (c->json && (rc = issued_json(c, &paper, &made, path)) < 0)
        return rc;
    if (!c->answered)
        say_issued(c, &paper, &made, path);
    return NK_OK;
}

nk_err nk_cmd_doc_fill(struct nk_cli *c)
{
    nk_order o;
    nk_press *d;
    nk_err rc;

    if ((rc = read_order(c, &o)) < 0 || (rc = nk_cli_press(c, &d)) < 0)
        return rc;
    if (!nk_given(c, NK_OPT_ISSUE)) {
        if (nk_given(c, NK_OPT_KEY))
            return nk_fail(&c->ctx, NK_E_INVALID, NK_M_KEY_NEEDS_ISSUE,
                           NK_NOWHERE, NK_NOARGS);
        if (nk_given(c, NK_OPT_OVERRIDE))
            return nk_fail(&c->ctx, NK_E_INVALID, NK_M_OVERRIDE_NEEDS_ISSUE,
                           NK_NOWHERE, NK_NOARGS);
        if ((rc = find_record(c, &o)) < 0)
            return rc;
        return fill(c, d, &o, o.file);
    }
    if (!nk_given(c, NK_OPT_CASE))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_CASE_NEEDED, NK_NOWHERE,
                       NK_NOARGS);
    if (nk_given(c, NK_OPT_HALF) || nk_given(c, NK_OPT_DUMP))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_ISSUE_WHOLE, NK_NOWHERE,
                       NK_NOARGS);
    return issue(c, d, &o);
}

nk_err nk_cmd_doc_blank(struct nk_cli *c)
{
    nk_order o = { .template_name = c->args[0],
                   .office = c->options[NK_OPT_OFFICE],
                   .mode = NK_MODE_BLANK };
    nk_press *d;
    nk_err rc;

    if (!nk_given(c, NK_OPT_OFFICE))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_OFFICE_NEEDED, NK_NOWHERE,
                       NK_NOARGS);
    if ((rc = nk_cli_press(c, &d)) < 0)
        return rc;
    return fill(c, d, &o, o.office);
}

/* A paper of an office's cases; of none when no archive is needed. */
nk_err nk_cmd_doc_register(struct nk_cli *c)
{
    nk_archive *ar = NULL;
    nk_date from, to;
    nk_template *t;
    nk_xml *reg;
    nk_order o;
    nk_press *d;
    nk_err rc;

    if (!nk_given(c, NK_OPT_OFFICE))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_OFFICE_NEEDED, NK_NOWHERE,
                       NK_NOARGS);
    if ((rc = read_order(c, &o)) < 0 ||
        (rc = nk_cli_date(c, NK_OPT_FROM, true, &from)) < 0 ||
        (rc = nk_cli_date(c, NK_OPT_TO, true, &to)) < 0 ||
        (rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_press_template(&c->ctx, d, o.template_name, &c->problems,
                                &t)) < 0)
        return rc;
    if (t->wants_register && (rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0)
        return rc;
    rc = nk_register_build(&c->ctx, d, ar, o.template_name, o.office, from, to,
                           &c->problems, &reg);
    if (rc < 0)
        return rc;
    o.reg = reg;
    rc = fill(c, d, &o, o.office);
    nk_xml_close(reg);
    return rc;
}

/* Without a case nothing is known yet but the office. */
nk_err nk_cmd_doc_form(struct nk_cli *c)
{
    bool blank = !nk_given(c, NK_OPT_CASE);
    nk_order o;
    nk_press *d;
    nk_err rc;

    if ((rc = read_order(c, &o)) < 0)
        return rc;
    if (blank && !nk_given(c, NK_OPT_OFFICE))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_OFFICE_NEEDED, NK_NOWHERE,
                       NK_NOARGS);
    o.mode = blank ? NK_MODE_BLANK : NK_MODE_HALF;
    o.fillable = true;
    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (!blank && (rc = find_record(c, &o)) < 0))
        return rc;
    return fill(c, d, &o, blank ? o.office : o.file);
}

nk_err nk_cmd_doc_text(struct nk_cli *c)
{
    const nk_doc *doc;
    nk_order o;
    nk_press *d;
    nk_str text;
    nk_err rc;

    if ((rc = read_order(c, &o)) < 0 || (rc = nk_cli_press(c, &d)) < 0)
        return rc;
    if (!nk_given(c, NK_OPT_CASE) && nk_given(c, NK_OPT_OFFICE))
        o.mode = NK_MODE_BLANK;
    else if ((rc = find_record(c, &o)) < 0)
        return rc;
    if ((rc = nk_make_doc(&c->ctx, &c->arena, d, &o, &c->problems, &doc)) < 0)
        return rc;
    rc = nk_given(c, NK_OPT_HTML)
             ? nk_html_page(&c->ctx, &c->arena, doc, NK_HTML_READ, &text)
             : nk_doc_text(&c->ctx, &c->arena, doc, &text);
    if (rc < 0)
        return rc;
    return nk_cli_text(c, text);
}
