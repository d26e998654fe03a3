/*
 * naskah doc sign, doc verify.
 */
#include "cli/cli.h"

/* A file that is there goes before an id of the archive. */
static bool is_id(nk_str name, int64_t *id)
{
    uint64_t v;

    if (!nk_str_uint(name, INT64_MAX, &v) || nk_file_exists(name))
        return false;
    *id = (int64_t)v;
    return true;
}

static nk_err sign_file(struct nk_cli *c, const nk_key *key, nk_str *out)
{
    nk_office *o = NULL;
    nk_key_info info;
    nk_press *d;
    nk_str pdf;
    nk_err rc;

    if (nk_given(c, NK_OPT_OFFICE) &&
        ((rc = nk_cli_press(c, &d)) < 0 ||
         (rc = nk_press_office(&c->ctx, d, c->options[NK_OPT_OFFICE],
                               &c->problems, &o)) < 0))
        return rc;
    if ((rc = nk_file_read(&c->ctx, &c->arena, c->args[0], NK_MAX_PDF, &pdf)) <
            0 ||
        (rc = nk_key_describe(&c->ctx, &c->arena, key, &info)) < 0)
        return rc;
    if (!info.vouched)
        nk_problem_add(&c->problems, NK_WARNING, NK_M_KEY_UNCHECKED, NK_NOWHERE,
                       NK_NOARGS);
    return nk_make_signed(&c->ctx, &c->arena, o, key, pdf,
                          c->options[NK_OPT_FIELD], false, out);
}

static nk_err sign_filed(struct nk_cli *c, const nk_key *key, int64_t id,
                         nk_paper *paper, nk_str *out)
{
    nk_archive *ar;
    nk_press *d;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_WRITE, &ar)) < 0)
        return rc;
    return nk_countersign(
        &c->ctx, &c->arena, d, ar, id, c->options[NK_OPT_FIELD], key,
        nk_given(c, NK_OPT_DRY_RUN), &c->problems, paper, out);
}

static nk_err write_signed(struct nk_cli *c, const nk_paper *paper, nk_str pdf)
{
    bool dry = nk_given(c, NK_OPT_DRY_RUN);
    nk_str path = dry ? NK_EMPTY : c->options[NK_OPT_OUTPUT];
    nk_err rc;

    c->answered = nk_str_eq(path, NK_STR("-"));
    if (path.ptr && (rc = nk_file_write(&c->ctx, path, pdf, true)) < 0) {
        if (paper->id) /* it is filed: only its copy is missing */
            nk_problem_add(&c->problems, NK_WARNING, NK_M_FILED_NOT_WRITTEN,
                           NK_NOWHERE, NK_ARGS(NK_NUM(paper->id)));
        return rc;
    }
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put(c, "file", path);
        nk_json_put_int(c, "id", paper->id);
        nk_json_put_int(c, "replaces", paper->replaces);
        nk_json_close(c, '}');
    }
    if (dry)
        nk_say(c, NK_T_WOULD_SIGN, NK_NOARGS);
    if (dry || c->answered)
        return NK_OK;
    if (paper->id)
        nk_say(c, NK_T_COUNTERSIGNED,
               NK_ARGS(NK_NUM(paper->id), NK_NUM(paper->replaces)));
    if (path.ptr)
        nk_say(c, NK_T_SIGNED, NK_ARGS(path));
    return NK_OK;
}

nk_err nk_cmd_doc_sign(struct nk_cli *c)
{
    nk_paper paper = { 0 };
    nk_str pdf;
    int64_t id;
    bool filed = is_id(c->args[0], &id);
    nk_key *key;
    nk_err rc;

    if (!nk_given(c, NK_OPT_KEY) || (!filed && !nk_given(c, NK_OPT_OUTPUT)))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_SIGN_NEEDS, NK_NOWHERE,
                       NK_NOARGS);
    if ((rc = nk_cli_key(c, &key)) < 0)
        return rc;
    rc = filed ? sign_filed(c, key, id, &paper, &pdf) : sign_file(c, key, &pdf);
    nk_key_close(key);
    return rc < 0 ? rc : write_signed(c, &paper, pdf);
}

/* ---- Verifying --------------------------------------------------------- */

static nk_msg verdict_text(nk_verdict v)
{
    switch (v) {
    case NK_VERDICT_VALID:
        return NK_T_VALID;
    case NK_VERDICT_INVALID:
        return NK_T_INVALID;
    case NK_VERDICT_INDETERMINATE:
        return NK_T_INDETERMINATE;
    case NK_VERDICT_UNSIGNED:
        return NK_T_UNSIGNED;
    }
    return NK_T_INVALID;
}

static const char *verdict_name(nk_verdict v)
{
    static const char *const names[] = { "valid", "invalid", "indeterminate",
                                         "unsigned" };

    return names[v];
}

static nk_str filled(struct nk_cli *c, nk_msg msg, nk_str arg)
{
    nk_buf b;

    nk_buf_init(&b, &c->arena);
    nk_msg_fill(&b, nk_msg_text(msg, c->ctx.lang), NK_ARGS(arg));
    return nk_buf_str(&b);
}

static nk_str moment(struct nk_cli *c, int64_t ms)
{
    nk_buf b;

    nk_buf_init(&b, &c->arena);
    if (ms)
        nk_moment_put_utc(&b, ms);
    return nk_buf_str(&b);
}

static void signature_json(struct nk_cli *c, const nk_signature *s)
{
    nk_json_open(c, '{');
    nk_json_put(c, "field", s->field);
    nk_json_put(c, "signer", s->signer.holder);
    nk_json_put(c, "issuer", s->signer.issuer);
    nk_json_put(c, "serial", s->signer.serial);
    nk_json_put(c, "algorithm", s->signer.algorithm);
    nk_json_put(c, "claimed", moment(c, s->claimed));
    /* Whole is only what has the shape of the one level that is read. */
    nk_json_put(c, "level", s->whole ? NK_STR("B-B") : NK_EMPTY);
    nk_json_put_int(c, "revision", s->revision);
    nk_json_put_int(c, "covers", (int64_t)s->covers);
    nk_json_key(c, "whole");
    nk_json_bool(c, s->whole);
    nk_json_key(c, "trusted");
    nk_json_bool(c, s->trusted);
    nk_json_key(c, "last");
    nk_json_bool(c, s->last);
    nk_json_put(c, "verdict", nk_str_of(verdict_name(s->verdict)));
    nk_json_put(c, "why", s->why ? filled(c, s->why, s->why_arg) : NK_EMPTY);
    nk_json_close(c, '}');
}

static void verification_json(struct nk_cli *c, nk_str name,
                              const nk_verification *v, nk_str code)
{
    size_t i;

    nk_json_open(c, '{');
    nk_json_put(c, "file", name);
    nk_json_put(c, "verdict", nk_str_of(verdict_name(v->verdict)));
    nk_json_put(c, "why", v->why ? filled(c, v->why, v->why_arg) : NK_EMPTY);
    nk_json_put(c, "code", code);
    nk_json_key(c, "signatures");
    nk_json_open(c, '[');
    for (i = 0; i < v->n; i++)
        signature_json(c, &v->signatures[i]);
    nk_json_close(c, ']');
    nk_json_key(c, "free");
    nk_json_open(c, '[');
    for (i = 0; i < v->fields_n; i++)
        if (!v->fields[i].is_signed)
            nk_json_text(c, v->fields[i].name);
    nk_json_close(c, ']');
    nk_json_close(c, '}');
}

static void signature_text(struct nk_cli *c, const nk_signature *s)
{
    nk_say(c, NK_T_SIGNATURE_LINE,
           NK_ARGS(s->signer.holder, s->signer.issuer, moment(c, s->claimed),
                   s->field));
    nk_say(c, s->whole ? NK_T_WHOLE_YES : NK_T_WHOLE_NO, NK_NOARGS);
    nk_say(c, s->trusted ? NK_T_TRUSTED_YES : NK_T_TRUSTED_NO, NK_NOARGS);
    nk_say(c, s->last ? NK_T_LAST_YES : NK_T_LAST_NO, NK_NOARGS);
    if (s->why)
        nk_say(c, NK_T_WHY, NK_ARGS(filled(c, s->why, s->why_arg)));
}

static void verification_text(struct nk_cli *c, nk_str name,
                              const nk_verification *v, nk_str code)
{
    size_t i;

    nk_say(c, NK_T_VERDICT,
           NK_ARGS(name, nk_msg_text(verdict_text(v->verdict), c->ctx.lang)));
    if (v->why)
        nk_say(c, NK_T_WHY, NK_ARGS(filled(c, v->why, v->why_arg)));
    nk_say(c, NK_T_CODE, NK_ARGS(code));
    for (i = 0; i < v->n; i++)
        signature_text(c, &v->signatures[i]);
    for (i = 0; i < v->fields_n; i++)
        if (!v->fields[i].is_signed)
            nk_say(c, NK_T_FREE_PLACE,
                   NK_ARGS(v->fields[i].name, v->fields[i].label));
}

/* The bytes of an argument: a paper of the archive by its id, or a file. */
static nk_err find_bytes(struct nk_cli *c, nk_arena *a, nk_str name,
                         nk_str *pdf)
{
    nk_archive *ar;
    int64_t id;
    nk_err rc;

    if (!is_id(name, &id))
        return nk_file_read(&c->ctx, a, name, NK_MAX_PDF, pdf);
    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0)
        return rc;
    return nk_archive_paper_get(&c->ctx, a, ar, id, NULL, pdf);
}

static nk_err verify_one(struct nk_cli *c, const nk_trust *trust, nk_str name,
                         bool *good)
{
    nk_verification v;
    nk_str pdf, code;
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    if ((rc = find_bytes(c, &a, name, &pdf)) == NK_OK &&
        (rc = nk_sign_verify(&c->ctx, &a, pdf, trust, &v)) == NK_OK &&
        (rc = nk_paper_code(&c->ctx, &a, pdf, &code)) == NK_OK) {
        if (c->json)
            verification_json(c, name, &v, code);
        else
            verification_text(c, name, &v, code);
        *good = v.verdict == NK_VERDICT_VALID;
    }
    nk_arena_release(&a);
    return rc;
}

nk_err nk_cmd_doc_verify(struct nk_cli *c)
{
    nk_trust *trust;
    size_t i, bad = 0;
    nk_err rc;

    if ((rc = nk_cli_trust(c, &trust)) < 0)
        return rc;
    if (c->json)
        nk_json_open(c, '[');
    for (i = 0; i < c->args_n && rc == NK_OK; i++) {
        bool good = false;

        rc = verify_one(c, trust, c->args[i], &good);
        bad += !good;
    }
    if (c->json)
        nk_json_close(c, ']');
    nk_trust_close(trust);
    c->exit = bad ? 21 : 0;
    return rc;
}
