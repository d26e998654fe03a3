/*
 * The world around the program: clock, environment, configuration, keys and
 * the person at the keyboard. Only the cli looks at any of these.
 */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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
    nk_err rc = nk_file_read(&c->ctx, &c->secrets, file, NK_CLI_SECRET, &text);

    if (rc < 0)
        return rc;
    *out = nk_str_head(text, nk_str_find(text, '\n'));
    if (out->len && out->ptr[out->len - 1] == '\r')
        out->len--;
    return NK_OK;
}

/* The terminal while a password is typed: whatever ends the program gives it
   its echo back. */
static struct {
    int fd;
    struct termios usual;
} asked;

static void on_end(int sig)
{
    tcsetattr(asked.fd, TCSAFLUSH, &asked.usual);
    signal(sig, SIG_DFL);
    raise(sig);
}

/* A line typed without echo, its end included; the bytes, or -1. It is asked
   for once nothing shows. Stdio would keep a copy. */
static ssize_t read_unseen(int fd, nk_str question, char *line)
{
    static const int ends[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
    struct sigaction before[sizeof(ends) / sizeof(ends[0])], stop;
    struct sigaction end = { .sa_handler = on_end };
    struct sigaction none = { .sa_handler = SIG_IGN };
    struct termios quiet = asked.usual;
    ssize_t n;
    size_t i;

    asked.fd = fd;
    for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (sigaction(ends[i], &end, &before[i]) == 0 &&
            before[i].sa_handler == SIG_IGN)
            sigaction(ends[i], &none, NULL);
    sigaction(SIGTSTP, &none, &stop);
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(fd, TCSAFLUSH, &quiet);
    dprintf(fd, "%.*s: ", (int)question.len, question.ptr);
    do
        n = read(fd, line, NK_CLI_SECRET);
    while (n < 0 && errno == EINTR);
    tcsetattr(fd, TCSAFLUSH, &asked.usual);
    sigaction(SIGTSTP, &stop, NULL);
    for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        sigaction(ends[i], &before[i], NULL);
    return n;
}

static nk_err ask(struct nk_cli *c, nk_msg question, nk_str *out)
{
    nk_str q = nk_msg_text(question, c->ctx.lang);
    char *line = NK_NEWN(&c->secrets, NK_CLI_SECRET, char);
    int fd = nk_given(c, NK_OPT_NO_INPUT)
                 ? -1
                 : open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    ssize_t n = -1;

    if (fd >= 0 && line && tcgetattr(fd, &asked.usual) == 0) {
        n = read_unseen(fd, q, line);
        dprintf(fd, "\n");
    }
    if (fd >= 0)
        close(fd);
    if (!line)
        return nk_nomem(&c->ctx);
    if (n <= 0)
        return nk_fail(&c->ctx, NK_E_DENIED, NK_M_WOULD_ASK, NK_NOWHERE,
                       NK_ARGS(q));
    *out = (nk_str){ line, (size_t)n };
    out->len = nk_str_find(*out, '\n');
    return NK_OK;
}

void nk_cli_wipe(struct nk_cli *c)
{
    nk_arena_wipe(&c->secrets);
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
        return nk_file_read(&c->ctx, &c->secrets, file, NK_CLI_SECRET,
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
        if ((rc = unlock_with(c, &unlock)) == NK_OK)
            rc = nk_archive_open(&c->ctx, dir, &unlock, mode, &c->ar);
        nk_cli_wipe(c);
        if (rc < 0)
            return rc;
        nk_log(&c->ctx, NK_LOG_INFO, NK_STR("archive"), NK_STR("opened"),
               NK_NOARGS);
    }
    *out = c->ar;
    return NK_OK;
}

nk_err nk_cli_trust(struct nk_cli *c, nk_trust **out)
{
    nk_str file = c->options[NK_OPT_CA], pem;
    nk_err rc;

    *out = NULL;
    if (!file.ptr)
        file = c->config_ca;
    if (!file.ptr)
        return NK_OK;
    if ((rc = nk_file_read(&c->ctx, &c->arena, file, NK_MAX_XML, &pem)) < 0)
        return rc;
    return nk_trust_open(&c->ctx, pem, file, out);
}

/* Where there is a CA, the key's certificate must come from it. */
static nk_err check_origin(struct nk_cli *c, nk_key *key)
{
    nk_trust *trust;
    nk_err rc = nk_cli_trust(c, &trust);

    if (rc < 0 || !trust)
        return rc;
    rc = nk_key_vouch(&c->ctx, key, trust);
    nk_trust_close(trust);
    return rc;
}

nk_err nk_cli_key(struct nk_cli *c, nk_key **out)
{
    nk_str file = c->options[NK_OPT_KEY], bytes, password;
    nk_key *key = NULL;
    nk_err rc;

    if (!file.ptr) {
        *out = NULL;
        return NK_OK;
    }
    if ((rc = nk_file_read(&c->ctx, &c->arena, file, NK_MAX_FILE, &bytes)) ==
            NK_OK &&
        (rc = nk_cli_password(c, NK_OPT_KEY_PASSWORD_FILE, NK_T_SIGN_PASSWORD,
                              &password)) == NK_OK)
        rc = nk_key_open_p12(&c->ctx, bytes, file, password, &key);
    nk_cli_wipe(c);
    if (rc < 0)
        return rc;
    if ((rc = check_origin(c, key)) < 0) {
        nk_key_close(key);
        return rc;
    }
    nk_log(&c->ctx, NK_LOG_INFO, NK_STR("sign"), NK_STR("key-opened"),
           NK_NOARGS);
    *out = key;
    return NK_OK;
}
