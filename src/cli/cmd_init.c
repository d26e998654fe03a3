/*
 * naskah init: a new archive and what opens it.
 */
#include "cli/cli.h"

#include <stdio.h>

/* What will open it: the key file, the password, or either of them. */
struct opening {
    nk_unlock key, password; /* empty: not asked for */
    bool made;               /* the key file is new */
};

/* The key file of --key-file; a new one is not written yet. */
static nk_err choose_key(struct nk_cli *c, nk_str path, struct opening *o)
{
    if (nk_file_exists(path))
        return nk_file_read(&c->ctx, &c->secrets, path, NK_CLI_SECRET,
                            &o->key.key_file);
    o->made = true;
    return nk_archive_new_key_file(&c->ctx, &c->secrets, &o->key.key_file);
}

static nk_err choose(struct nk_cli *c, struct opening *o)
{
    nk_str path = c->options[NK_OPT_KEY_FILE];
    nk_err rc;

    *o = (struct opening){ 0 };
    if (path.ptr && (rc = choose_key(c, path, o)) < 0)
        return rc;
    if (path.ptr && !nk_given(c, NK_OPT_PASSWORD_FILE))
        return NK_OK;
    return nk_cli_new_password(c, &o->password.password);
}

static nk_err create(struct nk_cli *c, nk_str dir, const struct opening *o)
{
    const nk_unlock *first = o->key.key_file.ptr ? &o->key : &o->password;
    nk_err rc = nk_archive_create(&c->ctx, dir, first);

    if (rc < 0 || first == &o->password || !o->password.password.ptr)
        return rc;
    if ((rc = nk_archive_open(&c->ctx, dir, first, NK_ARCHIVE_WRITE, &c->ar)) <
        0)
        return rc;
    return nk_archive_add_unlock(&c->ctx, c->ar, &o->password);
}

/* The key is on the disk before anything needs it; without an archive it is
   taken away again. */
static nk_err make(struct nk_cli *c, nk_str dir, const struct opening *o)
{
    nk_str path = c->options[NK_OPT_KEY_FILE];
    const char *z = nk_str_z(&c->arena, path);
    nk_err rc;

    if (!z)
        return nk_nomem(&c->ctx);
    if (o->made &&
        (rc = nk_file_write(&c->ctx, path, o->key.key_file, true)) < 0)
        return rc;
    rc = create(c, dir, o);
    if (rc < 0 && o->made && !c->ar)
        remove(z);
    return rc;
}

nk_err nk_cmd_init(struct nk_cli *c)
{
    nk_str path = c->options[NK_OPT_KEY_FILE], dir;
    bool dry = nk_given(c, NK_OPT_DRY_RUN);
    struct opening o;
    nk_err rc;

    if ((rc = nk_cli_archive_dir(c, &dir)) < 0 || (rc = choose(c, &o)) < 0 ||
        (!dry && (rc = make(c, dir, &o)) < 0))
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        nk_json_put(c, "archive", dir);
        nk_json_put(c, "keyFile", path);
        nk_json_close(c, '}');
    }
    nk_say(c, dry ? NK_T_WOULD_INIT : NK_T_INIT_DONE, NK_ARGS(dir));
    if (path.ptr && !dry)
        nk_say(c, NK_T_INIT_KEY, NK_ARGS(path));
    return NK_OK;
}
