/*
 * naskah help, naskah completion: told from the command table.
 */
#include "cli/cli.h"

static nk_str text(const struct nk_cli *c, nk_msg m)
{
    return nk_msg_text(m, c->ctx.lang);
}

static void put_option(struct nk_cli *c, nk_opt o)
{
    const nk_option *k = &nk_options[o];
    size_t from = c->out.len;

    nk_buf_lit(&c->out, "  ");
    if (k->letter) {
        nk_buf_putc(&c->out, '-');
        nk_buf_putc(&c->out, k->letter);
        nk_buf_lit(&c->out, ", ");
    }
    nk_buf_lit(&c->out, "--");
    nk_buf_puts(&c->out, nk_str_of(k->name));
    if (k->arg) {
        nk_buf_putc(&c->out, ' ');
        nk_buf_puts(&c->out, nk_str_of(k->arg));
    }
    if (c->out.len - from < 28)
        nk_buf_fill(&c->out, ' ', 28 - (c->out.len - from));
    nk_buf_lit(&c->out, "  ");
    nk_buf_puts(&c->out, text(c, k->help));
    nk_buf_putc(&c->out, '\n');
}

static void put_name(struct nk_cli *c, const nk_command *k)
{
    nk_buf_puts(&c->out, nk_str_of(k->noun));
    if (k->verb[0]) {
        nk_buf_putc(&c->out, ' ');
        nk_buf_puts(&c->out, nk_str_of(k->verb));
    }
}

static void put_example(struct nk_cli *c, nk_str example)
{
    nk_buf_puts(&c->out, text(c, NK_T_EXAMPLE));
    nk_buf_lit(&c->out, ": naskah ");
    nk_buf_puts(&c->out, example);
    nk_buf_lit(&c->out, "\n\n");
}

static void help_command(struct nk_cli *c, const nk_command *k)
{
    size_t i;

    put_example(c, nk_str_of(k->example));
    nk_buf_puts(&c->out, text(c, k->help));
    nk_buf_lit(&c->out, "\n\nnaskah ");
    put_name(c, k);
    nk_buf_putc(&c->out, ' ');
    nk_buf_puts(&c->out, nk_str_of(k->args));
    nk_buf_putc(&c->out, '\n');
    for (i = 0; i < NK_MAX_COMMAND_OPTIONS && k->options[i] != NK_OPT_COUNT;
         i++)
        put_option(c, k->options[i]);
    nk_buf_putc(&c->out, '\n');
    nk_buf_puts(&c->out, text(c, NK_T_HELP_GLOBAL));
    nk_buf_putc(&c->out, '\n');
}

static void help_all(struct nk_cli *c)
{
    size_t i;

    put_example(c, NK_STR("help doc fill"));
    nk_buf_puts(&c->out, text(c, NK_T_HELP_INTRO));
    nk_buf_lit(&c->out, "\n\n");
    for (i = 0; i < nk_commands_n; i++) {
        size_t from = c->out.len;

        nk_buf_lit(&c->out, "  ");
        put_name(c, &nk_commands[i]);
        if (c->out.len - from < 18)
            nk_buf_fill(&c->out, ' ', 18 - (c->out.len - from));
        nk_buf_puts(&c->out, text(c, nk_commands[i].help));
        nk_buf_putc(&c->out, '\n');
    }
    nk_buf_putc(&c->out, '\n');
    nk_buf_puts(&c->out, text(c, NK_T_HELP_TOPICS));
    nk_buf_putc(&c->out, '\n');
}

static void help_options(struct nk_cli *c)
{
    int o;

    for (o = 0; o < NK_OPT_ABOUT; o++)
        put_option(c, (nk_opt)o);
}

static bool help_topic(struct nk_cli *c, nk_str noun, nk_str verb)
{
    bool found = false;
    size_t i;

    if (nk_str_eq(noun, NK_STR("exit-codes"))) {
        nk_buf_puts(&c->out, text(c, NK_T_HELP_EXITS));
        return true;
    }
    if (nk_str_eq(noun, NK_STR("options"))) {
        help_options(c);
        return true;
    }
    for (i = 0; i < nk_commands_n; i++) {
        const nk_command *k = &nk_commands[i];

        if (!nk_str_eq(nk_str_of(k->noun), noun) ||
            (verb.len && !nk_str_eq(nk_str_of(k->verb), verb)))
            continue;
        if (found)
            nk_buf_lit(&c->out, "\n----\n\n");
        help_command(c, k);
        found = true;
    }
    return found;
}

/* With --json the same text is one string. */
static void as_json(struct nk_cli *c)
{
    nk_str s = nk_buf_str(&c->out);

    if (!c->json)
        return;
    nk_buf_init(&c->out, &c->arena);
    nk_json_text(c, s);
}

nk_err nk_cmd_help(struct nk_cli *c)
{
    if (c->command && nk_given(c, NK_OPT_HELP))
        help_command(c, c->command);
    else if (c->args_n == 0)
        help_all(c);
    else if (!help_topic(c, c->args[0], c->args_n > 1 ? c->args[1] : NK_EMPTY))
        return nk_fail(&c->ctx, NK_E_NOTFOUND, NK_M_NO_TOPIC, NK_NOWHERE,
                       NK_ARGS(c->args[0]));
    as_json(c);
    return NK_OK;
}

/* ---- Completion -------------------------------------------------------- */

static void put_nouns(struct nk_cli *c)
{
    size_t i;

    for (i = 0; i < nk_commands_n; i++) {
        if (i && strcmp(nk_commands[i].noun, nk_commands[i - 1].noun) == 0)
            continue;
        if (i)
            nk_buf_putc(&c->out, ' ');
        nk_buf_puts(&c->out, nk_str_of(nk_commands[i].noun));
    }
}

static void put_verbs(struct nk_cli *c, const char *noun)
{
    size_t i;

    for (i = 0; i < nk_commands_n; i++) {
        if (strcmp(nk_commands[i].noun, noun) != 0 || !nk_commands[i].verb[0])
            continue;
        nk_buf_puts(&c->out, nk_str_of(nk_commands[i].verb));
        nk_buf_putc(&c->out, ' ');
    }
}

static void put_options(struct nk_cli *c)
{
    int o;

    for (o = 0; o < NK_OPT_COUNT; o++) {
        nk_buf_lit(&c->out, "--");
        nk_buf_puts(&c->out, nk_str_of(nk_options[o].name));
        nk_buf_putc(&c->out, ' ');
    }
}

static void put_cases(struct nk_cli *c)
{
    size_t i;

    for (i = 0; i < nk_commands_n; i++) {
        if ((i && strcmp(nk_commands[i].noun, nk_commands[i - 1].noun) == 0) ||
            !nk_commands[i].verb[0])
            continue;
        nk_buf_lit(&c->out, "    ");
        nk_buf_puts(&c->out, nk_str_of(nk_commands[i].noun));
        nk_buf_lit(&c->out, ") words=\"");
        put_verbs(c, nk_commands[i].noun);
        nk_buf_lit(&c->out, "\" ;;\n");
    }
}

/* zsh runs the bash completion through its own bridge. */
static void complete_bash(struct nk_cli *c, bool zsh)
{
    if (zsh)
        nk_buf_lit(&c->out, "#compdef naskah\nautoload -U +X bashcompinit && "
                            "bashcompinit\n");
    nk_buf_lit(&c->out, "_naskah() {\n  local cur=${COMP_WORDS[COMP_CWORD]} "
                        "words=\"\"\n  case $COMP_CWORD in\n  1) words=\"");
    put_nouns(c);
    nk_buf_lit(&c->out, "\" ;;\n  2) case ${COMP_WORDS[1]} in\n");
    put_cases(c);
    nk_buf_lit(&c->out, "    esac ;;\n  esac\n  case $cur in\n"
                        "  -*) words=\"");
    put_options(c);
    nk_buf_lit(&c->out, "\" ;;\n  esac\n  COMPREPLY=( $(compgen -W \"$words\""
                        " -- \"$cur\") )\n  if [ -z \"$words\" ]; then "
                        "COMPREPLY=( $(compgen -f -- \"$cur\") ); fi\n}\n"
                        "complete -F _naskah naskah\n");
}

static void complete_fish(struct nk_cli *c)
{
    size_t i;
    int o;

    nk_buf_lit(&c->out, "complete -c naskah -n __fish_use_subcommand -f -a '");
    put_nouns(c);
    nk_buf_lit(&c->out, "'\n");
    for (i = 0; i < nk_commands_n; i++) {
        if (!nk_commands[i].verb[0])
            continue;
        nk_buf_printf(&c->out,
                      "complete -c naskah -n '__fish_seen_subcommand_from "
                      "%s' -f -a %s -d '",
                      nk_commands[i].noun, nk_commands[i].verb);
        nk_buf_puts(&c->out, text(c, nk_commands[i].help));
        nk_buf_lit(&c->out, "'\n");
    }
    for (o = 0; o < NK_OPT_COUNT; o++)
        nk_buf_printf(&c->out, "complete -c naskah -l %s%s\n",
                      nk_options[o].name, nk_options[o].arg ? " -r" : "");
}

nk_err nk_cmd_completion(struct nk_cli *c)
{
    nk_str shell = c->args[0];

    if (nk_str_eq(shell, NK_STR("fish")))
        complete_fish(c);
    else if (nk_str_eq(shell, NK_STR("bash")) ||
             nk_str_eq(shell, NK_STR("zsh")))
        complete_bash(c, nk_str_eq(shell, NK_STR("zsh")));
    else
        return nk_fail(&c->ctx, NK_E_INVALID, NK_M_NO_SHELL, NK_NOWHERE,
                       NK_ARGS(shell));
    as_json(c);
    return NK_OK;
}
