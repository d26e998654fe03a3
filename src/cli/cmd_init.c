/*
 * naskah init: a new archive and what opens it.
 */
#include "cli/cli.h"

/* The key file of --key-file: made when it is not there yet. */
static nk_err key_file(struct nk_cli *c, nk_str path, nk_str *out)
{
    nk_err rc;

    if (nk_file_exists(path))
        return nk_file_read(&c->ctx, &c->arena, path, 4096, out);
    if ((rc = nk_archive_new_key_file(&c->ctx, &c->arena, out)) < 0)
        return rc;
    return nk_file_write(&c->ctx, path, *out, true);
}

/* With a key file and a password, either opens the archive. */
static nk_err add_password(struct nk_cli *c, nk_str dir, const nk_unlock *first)
{
    nk_unlock second = { 0 };
    nk_err rc;

    if ((rc = nk_archive_open(&c->ctx, dir, first, NK_ARCHIVE_WRITE, &c->ar)) <
            0 ||
        (rc = nk_cli_password(c, NK_OPT_PASSWORD_FILE, NK_T_NEW_PASSWORD,
                              &second.password)) < 0)
        return rc;
    return nk_archive_add_unlock(&c->ctx, c->ar, &second);
}

nk_err nk_cmd_init(struct nk_cli *c)
{
    nk_str path = c->options[NK_OPT_KEY_FILE], dir;
    nk_unlock unlock = { 0 };
    nk_err rc;

    if ((rc = nk_cli_archive_dir(c, &dir)) < 0)
        return rc;
    rc = path.ptr ? key_file(c, path, &unlock.key_file)
                  : nk_cli_unlock(c, true, &unlock);
    if (rc < 0)
        return rc;
    if (nk_given(c, NK_OPT_DRY_RUN)) {
        nk_say(c, NK_T_WOULD_INIT, NK_ARGS(dir));
        return NK_OK;
    }
    if ((rc = nk_archive_create(&c->ctx, dir, &unlock)) < 0)
        return rc;
    if (path.ptr && nk_given(c, NK_OPT_PASSWORD_FILE) &&
        (rc = add_password(c, dir, &unlock)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put(c, "archive", dir);
        nk_json_close(c, '}');
    }
    nk_say(c, NK_T_INIT_DONE, NK_ARGS(dir));
    if (path.ptr)
        nk_say(c, NK_T_INIT_KEY, NK_ARGS(path));
    return NK_OK;
}
