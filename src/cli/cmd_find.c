/*
 * naskah doc list, doc show, archive search: papers of the archive.
 */
#include "cli/cli.h"

static nk_str date_text(struct nk_cli *c, nk_date d)
{
    nk_buf b;

    nk_buf_init(&b, &c->arena);
    nk_date_put(&b, d, NK_DATE_ISO);
    return nk_buf_str(&b);
}

static nk_msg state_text(nk_paper_state s)
{
    switch (s) {
    case NK_PAPER_SIGNED:
        return NK_T_STATE_SIGNED;
    case NK_PAPER_WET:
        return NK_T_STATE_WET;
    case NK_PAPER_RECEIVED:
        return NK_T_STATE_RECEIVED;
    case NK_PAPER_PREPARED:
        return NK_T_STATE_PREPARED;
    }
    return NK_T_STATE_SIGNED;
}

static const char *state_name(nk_paper_state s)
{
    static const char *const names[] = { "signed", "wet", "received",
                                         "prepared" };

    return names[s];
}

static void paper_json(struct nk_cli *c, const nk_paper *p)
{
    nk_json_open(c, '{');
    nk_json_put_int(c, "id", p->id);
    nk_json_put(c, "case", p->case_number);
    nk_json_put(c, "kind", p->kind);
    nk_json_put(c, "title", p->title);
    nk_json_put(c, "number", p->number);
    nk_json_put(c, "date", date_text(c, p->date));
    nk_json_put(c, "office", p->office);
    nk_json_put(c, "signer", p->signer);
    nk_json_put(c, "state", nk_str_of(state_name(p->state)));
    nk_json_put_int(c, "replaces", p->replaces);
    nk_json_put_int(c, "size", (int64_t)p->size);
    nk_json_close(c, '}');
}

void nk_cli_papers(struct nk_cli *c, const nk_paper *list, size_t n)
{
    static const nk_msg heads[] = { NK_T_ID,    NK_T_DATE, NK_T_NUMBER,
                                    NK_T_TITLE, NK_T_CASE, NK_T_STATE };
    nk_table t;
    size_t i;

    if (c->json) {
        nk_json_open(c, '[');
        for (i = 0; i < n; i++)
            paper_json(c, &list[i]);
        nk_json_close(c, ']');
        return;
    }
    if (n == 0) {
        nk_say(c, NK_T_NO_PAPERS, NK_NOARGS);
        return;
    }
    nk_table_init(&t, c, 6);
    for (i = 0; i < 6 && !c->plain; i++)
        nk_table_cell(&t, nk_msg_text(heads[i], c->ctx.lang));
    for (i = 0; i < n; i++) {
        nk_table_cell(&t, NK_NUM(list[i].id));
        nk_table_cell(&t, date_text(c, list[i].date));
        nk_table_cell(&t, list[i].number.len ? list[i].number : NK_STR("-"));
        nk_table_cell(&t, list[i].title);
        nk_table_cell(&t, list[i].case_number);
        nk_table_cell(&t, nk_msg_text(state_text(list[i].state), c->ctx.lang));
    }
    nk_table_put(&t);
}

static nk_err search(struct nk_cli *c, nk_paper_query *q)
{
    nk_archive *ar;
    nk_paper *list;
    size_t n;
    nk_err rc;

    if ((rc = nk_cli_number(c, NK_OPT_LIMIT, NK_MAX_RESULTS, 1000, &q->limit)) <
            0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0 ||
        (rc = nk_archive_paper_find(&c->ctx, &c->arena, ar, q, &list, &n)) < 0)
        return rc;
    nk_cli_papers(c, list, n);
    return NK_OK;
}

nk_err nk_cmd_doc_list(struct nk_cli *c)
{
    nk_paper_query q = { .case_number = c->options[NK_OPT_CASE] };

    return search(c, &q);
}

nk_err nk_cmd_archive_search(struct nk_cli *c)
{
    nk_paper_query q = { .case_number = c->options[NK_OPT_CASE],
                         .number = c->options[NK_OPT_NUMBER],
                         .kind = c->options[NK_OPT_KIND],
                         .office = c->options[NK_OPT_OFFICE],
                         .signer = c->options[NK_OPT_SIGNER] };
    nk_err rc;

    if ((rc = nk_cli_date(c, NK_OPT_FROM, false, &q.from)) < 0 ||
        (rc = nk_cli_date(c, NK_OPT_TO, false, &q.to)) < 0)
        return rc;
    return search(c, &q);
}

nk_err nk_cmd_doc_show(struct nk_cli *c)
{
    nk_str bytes;
    nk_archive *ar;
    nk_paper paper;
    uint64_t id;
    nk_err rc;

    if (!nk_str_uint(c->args[0], INT64_MAX, &id))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_ID_NEEDED, NK_NOWHERE,
                       NK_ARGS(c->args[0]));
    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0 ||
        (rc = nk_archive_paper_get(&c->ctx, &c->arena, ar, (int64_t)id, &paper,
                                   &bytes)) < 0)
        return rc;
    if (nk_given(c, NK_OPT_OUTPUT) && !nk_given(c, NK_OPT_DRY_RUN)) {
        c->answered = nk_str_eq(c->options[NK_OPT_OUTPUT], NK_STR("-"));
        if ((rc = nk_file_write(&c->ctx, c->options[NK_OPT_OUTPUT], bytes,
                                true)) < 0)
            return rc;
    }
    if (c->json)
        paper_json(c, &paper);
    else if (!c->answered)
        nk_cli_papers(c, &paper, 1);
    return NK_OK;
}
