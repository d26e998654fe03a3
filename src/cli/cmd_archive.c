/*
 * naskah archive stats, archive verify; naskah dossier export.
 */
#include "cli/cli.h"

static void put_stats(struct nk_cli *c, const nk_archive_stats *s)
{
    const struct row {
        const char *key;
        nk_msg label;
        uint64_t value;
    } rows[] = {
        { "cases", NK_T_STAT_CASES, s->cases },
        { "versions", NK_T_STAT_VERSIONS, s->versions },
        { "papers", NK_T_STAT_PAPERS, s->papers },
        { "dictionaries", NK_T_STAT_DICTS, s->dicts },
        { "resources", NK_T_STAT_RESOURCES, s->resources },
        { "paperBytes", NK_T_STAT_PAPER_BYTES, s->paper_bytes },
        { "sealedBytes", NK_T_STAT_SEALED_BYTES, s->sealed_bytes },
        { "fileBytes", NK_T_STAT_FILE_BYTES, s->file_bytes },
    };
    nk_table t;
    size_t i;

    if (c->json)
        nk_json_open(c, '{');
    nk_table_init(&t, c, 2);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (c->json) {
            nk_json_put_int(c, rows[i].key, (int64_t)rows[i].value);
            continue;
        }
        nk_table_cell(&t, nk_msg_text(rows[i].label, c->ctx.lang));
        nk_table_cell(&t, NK_NUM(rows[i].value));
    }
    nk_table_put(&t);
    if (c->json)
        nk_json_close(c, '}');
}

nk_err nk_cmd_archive_stats(struct nk_cli *c)
{
    nk_archive_stats s;
    nk_archive *ar;
    nk_err rc;

    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0 ||
        (rc = nk_archive_stat(&c->ctx, ar, &s)) < 0)
        return rc;
    put_stats(c, &s);
    return NK_OK;
}

struct verifying {
    struct nk_cli *c;
    nk_start start;
};

static void on_progress(void *data, uint64_t done, uint64_t all)
{
    struct verifying *v = data;

    nk_cli_progress(v->c, done, 0, all, &v->start);
}

nk_err nk_cmd_archive_verify(struct nk_cli *c)
{
    struct verifying v = { c, { nk_cli_now(NULL), 0 } };
    nk_archive_check check;
    nk_archive *ar;
    nk_err rc;

    if ((rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0 ||
        (rc = nk_archive_verify(&c->ctx, ar, &c->problems, on_progress, &v,
                                &check)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put_int(c, "papers", (int64_t)check.papers);
        nk_json_put_int(c, "versions", (int64_t)check.versions);
        nk_json_put_int(c, "damaged", (int64_t)check.damaged);
        nk_json_close(c, '}');
    }
    nk_say(c, check.damaged ? NK_T_ARCHIVE_DAMAGED : NK_T_ARCHIVE_WHOLE,
           NK_ARGS(NK_NUM(check.papers), NK_NUM(check.versions),
                   NK_NUM(check.damaged)));
    c->exit = check.damaged || c->problems.errors ? 21 : 0;
    return NK_OK;
}

nk_err nk_cmd_dossier_export(struct nk_cli *c)
{
    nk_str folder = c->options[NK_OPT_OUTPUT];
    bool dry = nk_given(c, NK_OPT_DRY_RUN);
    nk_archive *ar;
    nk_press *d;
    uint32_t n;
    nk_err rc;

    if (!folder.ptr)
        folder = c->args[0];
    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_cli_archive(c, NK_ARCHIVE_READ, &ar)) < 0 ||
        (rc = nk_dossier_export(&c->ctx, &c->arena, d, ar, c->args[0], folder,
                                dry, &n)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put(c, "folder", folder);
        nk_json_put_int(c, "papers", n);
        nk_json_close(c, '}');
    }
    nk_say(c, dry ? NK_T_WOULD_DOSSIER : NK_T_DOSSIER_DONE,
           NK_ARGS(folder, NK_NUM(n)));
    return NK_OK;
}
