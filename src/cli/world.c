/*
 * The world around the program: clock, environment, configuration, keys and
 * the person at the keyboard. Only the cli looks at any of these.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define CONFIG_SIZE 65536

int64_t nk_cli_now(void *data)
{
    nk_str epoch = nk_str_of(getenv("SOURCE_DATE_EPOCH"));
    struct timespec t;
    uint64_t s;

    (void)data;
    if (nk_str_uint(epoch, UINT32_MAX, &s))
        return (int64_t)s * 1000;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void choose_language(struct nk_cli *c)
{
    nk_str lang = c->options[NK_OPT_LANG];

    if (!lang.ptr) {
        lang = nk_str_of(getenv("LC_ALL"));
        if (!lang.len)
            lang = nk_str_of(getenv("LANG"));
    }
    c->ctx.lang = nk_str_starts(lang, NK_STR("en")) ? NK_LANG_EN : NK_LANG_ID;
}

/* ---- Configuration ----------------------------------------------------- */

/* name = value; first match wins, so nearer sources are read first. */
static void apply(struct nk_cli *c, nk_str name, nk_str value)
{
    struct setting {
        const char *name;
        nk_str *where;
    } settings[] = {
        { "archive", &c->archive_dir },      { "data", &c->paths.data },
        { "fonts", &c->paths.fonts },        { "hyphens", &c->paths.hyphens },
        { "key-file", &c->config_key_file }, { "ca", &c->config_ca },
    };
    size_t i;

    for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        if (nk_str_eq(name, nk_str_of(settings[i].name)) &&
            !settings[i].where->ptr && value.len)
            *settings[i].where = value;
}

static nk_err read_config(struct nk_cli *c, nk_str path)
{
    nk_str text, line, name;
    uint32_t number = 0;
    nk_err rc;

    if (!nk_file_exists(path))
        return NK_OK;
    if ((rc = nk_file_read(&c->ctx, &c->arena, path, CONFIG_SIZE, &text)) < 0)
        return rc;
    while (nk_str_cut(&text, '\n', &line)) {
        number++;
        line = nk_str_trim(line);
        if (!line.len || strchr("#;[", line.ptr[0]))
            continue;
        if (!nk_str_cut(&line, '=', &name) || !line.ptr)
            return nk_fail(&c->ctx, NK_E_INVALID, NK_M_CONFIG_LINE,
                           (nk_place){ .file = path, .line = number },
                           NK_NOARGS);
        apply(c, nk_str_trim(name), nk_str_trim(line));
    }
    return NK_OK;
}

static nk_err read_configs(struct nk_cli *c)
{
    nk_str home = nk_str_of(getenv("XDG_CONFIG_HOME"));
    nk_str path = NK_EMPTY;
    nk_err rc;

    if (home.len) {
        path = nk_path_join(&c->arena, home, NK_STR("naskah/config.ini"));
    } else if ((home = nk_str_of(getenv("HOME"))).len) {
        path =
            nk_path_join(&c->arena, home, NK_STR(".config/naskah/config.ini"));
    }
    if (path.len && (rc = read_config(c, path)) < 0)
        return rc;
    return read_config(c, NK_STR("/etc/naskah/naskah.ini"));
}

/* dir, when naskah's data lies there. */
static nk_str data_in(struct nk_cli *c, nk_str dir)
{
    nk_str mark = nk_path_join(&c->arena, dir, NK_STR("schemas/case.xsd"));

    return mark.ptr && nk_file_exists(mark) ? dir : NK_EMPTY;
}

/*
 * The program finds the data of the tree it was built in, TREE for
 * TREE/build/PROFILE/naskah, and what was installed with it, wherever that
 * was moved: PREFIX/share/naskah for PREFIX/bin/naskah.
 */
static void apply_own_data(struct nk_cli *c)
{
    char exe[NK_MAX_PATH];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    nk_str bin, share;

    if (n <= 0)
        return;
    bin = nk_path_dir(nk_str_copy(&c->arena, (nk_str){ exe, (size_t)n }));
    apply(c, NK_STR("data"), data_in(c, nk_path_dir(nk_path_dir(bin))));
    share = nk_path_join(&c->arena, nk_path_dir(bin), NK_STR("share/naskah"));
    apply(c, NK_STR("data"), data_in(c, share));
}

nk_err nk_cli_world(struct nk_cli *c)
{
    nk_err rc;

    c->ctx.now = nk_cli_now(NULL);
    choose_language(c);
    c->json = nk_given(c, NK_OPT_JSON);
    c->plain = nk_given(c, NK_OPT_PLAIN);
    c->quiet = nk_given(c, NK_OPT_QUIET);
    c->terminal = isatty(STDERR_FILENO) != 0;
    apply(c, NK_STR("archive"), c->options[NK_OPT_ARCHIVE]);
    apply(c, NK_STR("archive"), nk_str_of(getenv("NASKAH_ARCHIVE")));
    apply(c, NK_STR("data"), nk_str_of(getenv("NASKAH_DATA")));
    if ((rc = read_configs(c)) < 0)
        return rc;
    apply_own_data(c);
    apply(c, NK_STR("data"), NK_STR(NK_DATADIR));
    apply(c, NK_STR("fonts"), NK_STR("/usr/share/fonts/truetype/liberation"));
    apply(c, NK_STR("hyphens"), NK_STR("/usr/share/hyphen/hyph_id_ID.dic"));
    return nk_crypto_init(&c->ctx);
}

nk_err nk_cli_press(struct nk_cli *c, nk_press **out)
{
    nk_err rc = NK_OK;

    if (!c->press)
        rc = nk_press_open(&c->ctx, &c->paths, &c->press);
    *out = c->press;
    return rc;
}

/* ---- Passwords and keys ------------------------------------------------ */

/* The first line of a file, without its end. */
static nk_err password_from(struct nk_cli *c, nk_str file, nk_str *out)
{
    nk_str text;
    nk_err rc = nk_file_read(&c->ctx, &c->arena, file, NK_CLI_SECRET, &text);

    if (rc < 0)
        return rc;
    *out = nk_str_head(text, nk_str_find(text, '\n'));
    if (out->len && out->ptr[out->len - 1] == '\r')
        out->len--;
    return NK_OK;
}

static nk_err ask(struct nk_cli *c, nk_msg question, nk_str *out)
{
    FILE *tty = fopen("/dev/tty", "r+");
    struct termios old, quiet;
    nk_str q = nk_msg_text(question, c->ctx.lang);
    char line[1024];
    bool ok;

    if (nk_given(c, NK_OPT_NO_INPUT) || !tty ||
        tcgetattr(fileno(tty), &old) != 0) {
        if (tty)
            fclose(tty);
        return nk_fail(&c->ctx, NK_E_DENIED, NK_M_WOULD_ASK, NK_NOWHERE,
                       NK_ARGS(q));
    }
    quiet = old;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    fprintf(tty, "%.*s: ", (int)q.len, q.ptr);
    fflush(tty);
    tcsetattr(fileno(tty), TCSAFLUSH, &quiet);
    ok = fgets(line, sizeof(line), tty) != NULL;
    tcsetattr(fileno(tty), TCSAFLUSH, &old);
    fputc('\n', tty);
    fclose(tty);
    *out =
        nk_str_copy(&c->arena, nk_str_head(nk_str_of(line),
                                           nk_str_find(nk_str_of(line), '\n')));
    nk_wipe(line, sizeof(line));
    if (!ok)
        return nk_fail(&c->ctx, NK_E_DENIED, NK_M_WOULD_ASK, NK_NOWHERE,
                       NK_ARGS(q));
    return out->ptr ? NK_OK : nk_nomem(&c->ctx);
}

nk_err nk_cli_password(struct nk_cli *c, nk_opt file, nk_msg question,
                       nk_str *out)
{
    if (nk_given(c, file))
        return password_from(c, c->options[file], out);
    return ask(c, question, out);
}

nk_err nk_cli_new_password(struct nk_cli *c, nk_str *out)
{
    nk_str again;
    nk_err rc =
        nk_cli_password(c, NK_OPT_PASSWORD_FILE, NK_T_NEW_PASSWORD, out);

    if (rc < 0)
        return rc;
    if (nk_utf8_count(*out) < NK_MIN_PASSWORD)
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_PASSWORD_SHORT, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MIN_PASSWORD)));
    if (nk_given(c, NK_OPT_PASSWORD_FILE))
        return NK_OK;
    if ((rc = ask(c, NK_T_PASSWORD_AGAIN, &again)) < 0)
        return rc;
    if (!nk_str_eq(again, *out))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_PASSWORD_DIFFERS, NK_NOWHERE,
                       NK_NOARGS);
    return NK_OK;
}

/* What opens the archive: a key file, or else a password. */
static nk_err unlock_with(struct nk_cli *c, nk_unlock *out)
{
    nk_str file = c->options[NK_OPT_KEY_FILE];

    *out = (nk_unlock){ 0 };
    if (!file.ptr && !nk_given(c, NK_OPT_PASSWORD_FILE))
        file = c->config_key_file;
    if (file.ptr)
        return nk_file_read(&c->ctx, &c->arena, file, NK_CLI_SECRET,
                            &out->key_file);
    return nk_cli_password(c, NK_OPT_PASSWORD_FILE, NK_T_PASSWORD,
                           &out->password);
}

nk_err nk_cli_archive_dir(struct nk_cli *c, nk_str *out)
{
    if (!c->archive_dir.len)
        return nk_fail(&c->ctx, NK_E_NOTFOUND, NK_M_ARCHIVE_WHERE, NK_NOWHERE,
                       NK_NOARGS);
    *out = c->archive_dir;
    return NK_OK;
}

nk_err nk_cli_archive(struct nk_cli *c, nk_archive_mode mode, nk_archive **out)
{
    nk_unlock unlock;
    nk_str dir;
    nk_err rc;

    if (!c->ar) {
        if ((rc = nk_cli_archive_dir(c, &dir)) < 0)
            return rc;
        if (!nk_dir_exists(dir))
            return nk_fail(&c->ctx, NK_E_NOTFOUND, NK_M_ARCHIVE_NONE_AT,
                           NK_NOWHERE, NK_ARGS(dir));
        if ((rc = unlock_with(c, &unlock)) < 0 ||
            (rc = nk_archive_open(&c->ctx, dir, &unlock, mode, &c->ar)) < 0)
            return rc;
    }
    *out = c->ar;
    return NK_OK;
}

nk_err nk_cli_key(struct nk_cli *c, nk_key **out)
{
    nk_str file = c->options[NK_OPT_KEY], bytes, password;
    nk_err rc;

    *out = NULL;
    if (!file.ptr)
        return NK_OK;
    if ((rc = nk_file_read(&c->ctx, &c->arena, file, NK_MAX_FILE, &bytes)) <
            0 ||
        (rc = nk_cli_password(c, NK_OPT_KEY_PASSWORD_FILE, NK_T_SIGN_PASSWORD,
                              &password)) < 0)
        return rc;
    return nk_key_open_p12(&c->ctx, bytes, file, password, out);
}
