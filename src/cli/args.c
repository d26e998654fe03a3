/*
 * The command line: options anywhere, long names for all, "--" ends them.
 * Nothing is guessed: a slip is answered with what was probably meant.
 */
#include "cli/cli.h"

#define GLOBAL_OPTIONS NK_OPT_ABOUT /* the first that is not for all */

static nk_err wrong(struct nk_cli *c, nk_msg msg, nk_str a, nk_str b)
{
    return nk_fail(&c->ctx, NK_E_INVALID, msg, NK_NOWHERE, NK_ARGS(a, b));
}

static bool allowed(const nk_command *cmd, nk_opt o)
{
    size_t i;

    if (o < GLOBAL_OPTIONS)
        return true;
    for (i = 0; cmd && i < NK_MAX_COMMAND_OPTIONS; i++) {
        if (cmd->options[i] == NK_OPT_COUNT)
            break;
        if (cmd->options[i] == o)
            return true;
    }
    return false;
}

static nk_opt find_option(nk_str name, char letter)
{
    int o;

    for (o = 0; o < NK_OPT_COUNT; o++)
        if (letter ? nk_options[o].letter == letter
                   : nk_str_eq(nk_str_of(nk_options[o].name), name))
            break;
    return (nk_opt)o;
}

/* `typed` is the option with its dashes. */
static nk_err unknown_option(struct nk_cli *c, nk_str typed)
{
    nk_str names[NK_OPT_COUNT], near;
    size_t dashes = nk_str_starts(typed, NK_STR("--")) ? 2 : 1;
    int o;

    for (o = 0; o < NK_OPT_COUNT; o++)
        names[o] = nk_str_of(nk_options[o].name);
    near = nk_str_nearest(nk_str_skip(typed, dashes), names, NK_OPT_COUNT);
    return wrong(c, near.len ? NK_M_OPTION_MEANT : NK_M_OPTION_UNKNOWN, typed,
                 near);
}

/* What an option may be set to: one of the words in small letters that its
   argument is called by ("id|en"), or anything ("FILE"). */
static bool may_be(const nk_option *k, nk_str value)
{
    nk_str words = nk_str_of(k->arg), word;
    bool any = nk_is_upper(words.ptr[0]);

    while (!any && nk_str_cut(&words, '|', &word))
        any = nk_str_eq(word, value);
    return any;
}

static nk_err set_option(struct nk_cli *c, nk_opt o, nk_str typed, nk_str value)
{
    const nk_option *k = &nk_options[o];

    if (!k->arg && value.ptr)
        return wrong(c, NK_M_OPTION_NO_VALUE, typed, NK_EMPTY);
    if (k->arg && !value.ptr)
        return wrong(c, NK_M_OPTION_VALUE, typed, nk_str_of(k->arg));
    if (k->arg && !may_be(k, value))
        return wrong(c, NK_M_OPTION_CHOICE, typed, nk_str_of(k->arg));
    c->options[o] = k->arg ? value : NK_STR("");
    return NK_OK;
}

/* An option at argv[*i]; its value may be the next argument. */
static nk_err read_option(struct nk_cli *c, int argc, char **argv, int *i)
{
    nk_str typed = nk_str_of(argv[*i]), value = NK_EMPTY;
    bool is_long = nk_str_starts(typed, NK_STR("--"));
    size_t end = is_long ? nk_str_find(typed, '=') : 2;
    nk_opt o;

    if (end < typed.len) {
        value = nk_str_skip(typed, end + (is_long ? 1 : 0));
        typed = nk_str_head(typed, end);
    }
    o = is_long ? find_option(nk_str_skip(typed, 2), 0)
                : find_option(NK_EMPTY, typed.ptr[1]);
    if (o == NK_OPT_COUNT)
        return unknown_option(c, typed);
    if (nk_options[o].arg && !value.ptr && *i + 1 < argc)
        value = nk_str_of(argv[++*i]);
    return set_option(c, o, typed, value);
}

static bool is_option(const char *arg)
{
    return arg[0] == '-' && arg[1] != '\0';
}

static nk_err split(struct nk_cli *c, int argc, char **argv)
{
    bool ended = false;
    size_t bad;
    nk_err rc;
    int i;

    c->args = NK_NEWN(&c->arena, (size_t)argc + 1, nk_str);
    if (!c->args)
        return nk_nomem(&c->ctx);
    for (i = 1; i < argc; i++) {
        if (!nk_utf8_check(nk_str_of(argv[i]), &bad))
            return wrong(c, NK_M_ARG_NOT_UTF8, NK_NUM(i), NK_EMPTY);
        if (!ended && strcmp(argv[i], "--") == 0) {
            ended = true;
        } else if (!ended && is_option(argv[i])) {
            if ((rc = read_option(c, argc, argv, &i)) < 0)
                return rc;
        } else {
            c->args[c->args_n++] = nk_str_of(argv[i]);
        }
    }
    return NK_OK;
}

/* ---- Commands ---------------------------------------------------------- */

static nk_err unknown_command(struct nk_cli *c, nk_str noun, nk_str verb)
{
    nk_str names[100], near;
    bool known = false;
    size_t i, n = 0;
    nk_buf typed;

    for (i = 0; i < nk_commands_n && n < 100; i++)
        if (nk_str_eq(nk_str_of(nk_commands[i].noun), noun))
            known = true;
    for (i = 0; i < nk_commands_n && n < 100; i++) {
        const nk_command *k = &nk_commands[i];

        if (!known)
            names[n++] = nk_str_of(k->noun);
        else if (nk_str_eq(nk_str_of(k->noun), noun))
            names[n++] = nk_str_of(k->verb);
    }
    near = nk_str_nearest(known ? verb : noun, names, n);
    if (known && !verb.len)
        return wrong(c, NK_M_VERB_MISSING, noun, NK_EMPTY);
    nk_buf_init(&typed, &c->arena);
    nk_buf_puts(&typed, noun);
    if (known) {
        nk_buf_putc(&typed, ' ');
        nk_buf_puts(&typed, verb);
    }
    return wrong(c, near.len ? NK_M_COMMAND_MEANT : NK_M_COMMAND_UNKNOWN,
                 nk_buf_str(&typed), near);
}

static nk_err find_command(struct nk_cli *c)
{
    nk_str noun = c->args[0];
    nk_str verb = c->args_n > 1 ? c->args[1] : NK_EMPTY;
    size_t i;

    for (i = 0; i < nk_commands_n; i++) {
        const nk_command *k = &nk_commands[i];
        bool bare = k->verb[0] == '\0';

        if (!nk_str_eq(nk_str_of(k->noun), noun) ||
            (!bare && !nk_str_eq(nk_str_of(k->verb), verb)))
            continue;
        c->command = k;
        c->args += bare ? 1 : 2;
        c->args_n -= bare ? 1 : 2;
        return NK_OK;
    }
    return unknown_command(c, noun, verb);
}

static nk_err check_options(struct nk_cli *c)
{
    int o;

    for (o = 0; o < NK_OPT_COUNT; o++)
        if (nk_given(c, (nk_opt)o) && !allowed(c->command, (nk_opt)o))
            return wrong(c, NK_M_OPTION_NOT_HERE, nk_str_of(nk_options[o].name),
                         NK_EMPTY);
    return NK_OK;
}

/* However wrong the line is: who asks for JSON gets JSON. */
static void look_for_json(struct nk_cli *c, int argc, char **argv)
{
    int i;

    for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            c->options[NK_OPT_JSON] = NK_STR("");
}

nk_err nk_cli_read(struct nk_cli *c, int argc, char **argv)
{
    nk_err rc;

    if ((rc = split(c, argc, argv)) < 0) {
        look_for_json(c, argc, argv);
        return rc;
    }
    if (nk_given(c, NK_OPT_VERSION) || c->args_n == 0)
        return NK_OK;
    if ((rc = find_command(c)) < 0)
        return rc;
    if (nk_given(c, NK_OPT_HELP))
        return NK_OK;
    if ((rc = check_options(c)) < 0)
        return rc;
    if (c->args_n > 0 && c->command->max_args == 0)
        return wrong(c, NK_M_ARGS_NONE, c->args[0],
                     nk_str_of(c->command->example));
    if (c->args_n < c->command->min_args || c->args_n > c->command->max_args)
        return wrong(c, NK_M_ARGS_COUNT, nk_str_of(c->command->args),
                     nk_str_of(c->command->example));
    return NK_OK;
}

nk_err nk_cli_number(struct nk_cli *c, nk_opt o, uint32_t max,
                     uint32_t otherwise, uint32_t *out)
{
    uint64_t v = otherwise;

    if (nk_given(c, o) && (!nk_str_uint(c->options[o], max, &v) || v == 0))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_OPTION_NUMBER, NK_NOWHERE,
                       NK_ARGS(nk_str_of(nk_options[o].name), NK_NUM(max)));
    *out = (uint32_t)v;
    return NK_OK;
}

nk_err nk_cli_date(struct nk_cli *c, nk_opt o, bool whole, nk_date *out)
{
    *out = (nk_date){ 0 };
    if (nk_given(c, o) && (!nk_date_parse(c->options[o], out) ||
                           (whole && !nk_date_is_day(*out))))
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_OPTION_DATE, NK_NOWHERE,
                       NK_ARGS(nk_str_of(nk_options[o].name)));
    return NK_OK;
}
