/*
 * A case as a folder anybody can check: a BagIt 1.0 bag (RFC 8493). Papers
 * lie in data/papers byte for byte as filed, the record in data/record.xml,
 * and data/README.txt says in plain words how to check them with tools every
 * Debian has. The folder is made under another name and renamed when whole.
 */
#include "case/case_int.h"

#include <stdio.h>

#include "crypto/crypto.h"

struct bag {
    nk_ctx *ctx;
    nk_arena *a;
    nk_archive *ar;
    nk_date date;
    nk_str folder;   /* where it is being made */
    nk_buf manifest; /* of payload files */
    nk_buf list;     /* of papers, for people */
    nk_str record;
    nk_paper *papers;
    size_t papers_n;
    uint64_t bytes, files;
};

static nk_err put_file(struct bag *g, nk_str name, nk_str bytes, nk_buf *sums)
{
    uint8_t hash[NK_SHA256_SIZE];
    nk_str path = nk_path_join(g->a, g->folder, name);
    nk_err rc;

    if (!path.ptr)
        return nk_nomem(g->ctx);
    if ((rc = nk_file_write(g->ctx, path, bytes, true)) < 0)
        return rc;
    nk_sha256(bytes, hash);
    nk_buf_hex(sums, hash, sizeof(hash));
    nk_buf_lit(sums, "  ");
    nk_buf_puts(sums, name);
    nk_buf_putc(sums, '\n');
    return NK_OK;
}

static nk_err put_payload(struct bag *g, nk_str name, nk_str bytes)
{
    g->bytes += bytes.len;
    g->files++;
    return put_file(g, name, bytes, &g->manifest);
}

/* data/papers/0007-surat-rujukan-kesehatan.pdf */
static nk_err paper_name(struct bag *g, const nk_paper *p, nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, g->a);
    nk_buf_lit(&b, "data/papers/");
    nk_buf_pad(&b, (uint64_t)p->id, 4);
    nk_buf_putc(&b, '-');
    nk_buf_puts(&b, nk_path_is_plain(p->kind) ? p->kind : NK_STR("paper"));
    nk_buf_lit(&b, ".pdf");
    return nk_buf_end(g->ctx, &b, out);
}

static nk_err add_paper(struct bag *g, const nk_paper *p)
{
    nk_str bytes, name, code;
    nk_err rc;

    if ((rc = nk_archive_paper_get(g->ctx, g->a, g->ar, p->id, NULL, &bytes)) <
            0 ||
        (rc = paper_name(g, p, &name)) < 0 ||
        (rc = nk_paper_code(g->ctx, g->a, bytes, &code)) < 0 ||
        (rc = put_payload(g, name, bytes)) < 0)
        return rc;
    nk_date_put(&g->list, p->date, NK_DATE_ISO);
    nk_buf_lit(&g->list, "  ");
    nk_buf_puts(&g->list, p->number.len ? p->number : NK_STR("-"));
    nk_buf_lit(&g->list, "  ");
    nk_buf_puts(&g->list, p->title);
    nk_buf_lit(&g->list, "  [");
    nk_buf_puts(&g->list, code);
    nk_buf_lit(&g->list, "]\n    ");
    nk_buf_puts(&g->list, name);
    nk_buf_putc(&g->list, '\n');
    return NK_OK;
}

/* The record of the case, and its papers with the newest first. */
static nk_err gather(struct bag *g, nk_str case_number)
{
    nk_paper_query q = { .case_number = case_number };
    nk_err rc;

    if ((rc = nk_archive_case_get(g->ctx, g->a, g->ar, case_number, 0,
                                  &g->record)) < 0)
        return rc;
    return nk_archive_paper_find(g->ctx, g->a, g->ar, &q, &g->papers,
                                 &g->papers_n);
}

static nk_err add_papers(struct bag *g)
{
    size_t i;
    nk_err rc;

    for (i = g->papers_n; i-- > 0;) /* oldest first, as they came to be */
        if ((rc = add_paper(g, &g->papers[i])) < 0)
            return rc;
    return NK_OK;
}

static nk_err add_readme(struct bag *g, nk_str case_number)
{
    nk_str text;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, g->a);
    nk_msg_fill(&b, nk_msg_text(NK_T_DOSSIER_README, NK_LANG_ID),
                NK_ARGS(case_number));
    nk_buf_puts(&b, nk_buf_str(&g->list));
    if (g->list.err < 0)
        return nk_nomem(g->ctx);
    if ((rc = nk_buf_end(g->ctx, &b, &text)) < 0)
        return rc;
    return put_payload(g, NK_STR("data/README.txt"), text);
}

static nk_err add_tags(struct bag *g, nk_str case_number)
{
    nk_str manifest, info, sums;
    nk_buf tags, b;
    nk_err rc;

    nk_buf_init(&tags, g->a);
    if ((rc = nk_buf_end(g->ctx, &g->manifest, &manifest)) < 0 ||
        (rc = put_file(g, NK_STR("manifest-sha256.txt"), manifest, &tags)) <
            0 ||
        (rc = put_file(g, NK_STR("bagit.txt"),
                       NK_STR("BagIt-Version: 1.0\n"
                              "Tag-File-Character-Encoding: UTF-8\n"),
                       &tags)) < 0)
        return rc;
    nk_buf_init(&b, g->a);
    nk_buf_lit(&b, "Bag-Software-Agent: naskah " NK_VERSION "\n"
                   "External-Identifier: ");
    nk_buf_puts(&b, case_number);
    nk_buf_lit(&b, "\nBagging-Date: ");
    nk_date_put(&b, g->date, NK_DATE_ISO);
    nk_buf_lit(&b, "\nPayload-Oxum: ");
    nk_buf_int(&b, (int64_t)g->bytes);
    nk_buf_putc(&b, '.');
    nk_buf_int(&b, (int64_t)g->files);
    nk_buf_putc(&b, '\n');
    if ((rc = nk_buf_end(g->ctx, &b, &info)) < 0 ||
        (rc = put_file(g, NK_STR("bag-info.txt"), info, &tags)) < 0 ||
        (rc = nk_buf_end(g->ctx, &tags, &sums)) < 0)
        return rc;
    nk_buf_init(&b, g->a);
    return put_file(g, NK_STR("tagmanifest-sha256.txt"), sums, &b);
}

static nk_err fill_bag(struct bag *g, nk_str case_number)
{
    nk_str folder = nk_path_join(g->a, g->folder, NK_STR("data/papers"));
    nk_err rc;

    if (!folder.ptr)
        return nk_nomem(g->ctx);
    if ((rc = nk_dir_make(g->ctx, folder, true)) < 0 ||
        (rc = add_papers(g)) < 0 ||
        (rc = put_payload(g, NK_STR("data/record.xml"), g->record)) < 0 ||
        (rc = add_readme(g, case_number)) < 0)
        return rc;
    return add_tags(g, case_number);
}

static nk_err check_free(nk_ctx *ctx, nk_str folder)
{
    return nk_file_exists(folder)
               ? nk_fail(ctx, NK_E_CONFLICT, NK_M_FOLDER_EXISTS, NK_NOWHERE,
                         NK_ARGS(folder))
               : NK_OK;
}

/* Take away what was made so far, now or by an export that was killed. */
static void undo(struct bag *g, nk_str folder)
{
    nk_str *names, path;
    nk_ctx ctx = *g->ctx; /* the failure that brought us here stays */
    size_t n, i;

    nk_dir_sweep(folder);
    if (nk_dir_list(&ctx, g->a, folder, &names, &n) < 0)
        return;
    for (i = 0; i < n; i++) {
        path = nk_path_join(g->a, folder, names[i]);
        if (path.ptr && nk_dir_exists(path))
            undo(g, path);
        else if (path.ptr)
            remove(path.ptr);
    }
    remove(folder.ptr);
}

/* Beside the folder, under a hidden name that people do not use: what lies
   there was left by an export that was killed. */
static nk_err choose_part(struct bag *g, nk_str folder)
{
    nk_buf name;
    nk_err rc;

    nk_buf_init(&name, g->a);
    nk_buf_putc(&name, '.');
    nk_buf_puts(&name, nk_path_base(folder));
    nk_buf_lit(&name, ".naskah-part");
    if ((rc = nk_buf_end(g->ctx, &name, &g->folder)) < 0)
        return rc;
    g->folder = nk_path_join(g->a, nk_path_dir(folder), g->folder);
    return g->folder.ptr ? NK_OK : nk_nomem(g->ctx);
}

/* The day it is at the office of the case; a dossier can be had, too, when
   the office's profile is no longer there. */
static nk_err find_date(struct bag *g, nk_press *d, nk_str case_number)
{
    nk_zone zone = NK_ZONE_WIB;
    nk_problems problems;
    nk_office *o;
    nk_err rc;

    nk_problems_init(&problems, g->a);
    rc = nk_case__office_of(g->ctx, d, g->record, case_number, &problems, &o);
    if (rc == NK_OK)
        zone = nk_office_zone(o);
    else if (!nk_case__is_of_row(rc))
        return rc;
    g->date = nk_date_at(g->ctx->now, zone);
    return NK_OK;
}

nk_err nk_dossier_export(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                         nk_str case_number, nk_str folder, bool dry,
                         uint32_t *papers)
{
    struct bag g = { .ctx = ctx, .a = a, .ar = ar };
    nk_err rc;

    while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
        folder.len--;
    if ((rc = check_free(ctx, folder)) < 0 ||
        (rc = choose_part(&g, folder)) < 0 ||
        (rc = gather(&g, case_number)) < 0 ||
        (rc = find_date(&g, d, case_number)) < 0)
        return rc;
    *papers = (uint32_t)g.papers_n;
    if (dry)
        return NK_OK;
    undo(&g, g.folder);
    nk_buf_init(&g.manifest, a);
    nk_buf_init(&g.list, a);
    if ((rc = fill_bag(&g, case_number)) < 0 ||
        (rc = nk_file_rename(ctx, g.folder, folder)) < 0)
        undo(&g, g.folder);
    return rc;
}
