/*
 * naskah: read the command line, run the command, answer.
 */
#include "cli/cli.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Log lines go to standard error; they hold no names. */
static void on_log(void *data, nk_log_level level, nk_str line)
{
    (void)data, (void)level;
    fprintf(stderr, "%.*s\n", (int)line.len, line.ptr);
}

/* Keys and records must not lie about in a core file, nor be read by other
   processes of the same user. */
static void forbid_cores(void)
{
    const struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

static nk_err run(struct nk_cli *c, int argc, char **argv)
{
    nk_err rc;

    if (nk_cli_read(c, argc, argv) < 0) {
        /* Answer in the language and form that were asked for. */
        nk_fault fault = c->ctx.fault;

        nk_cli_world(c);
        return nk_fail(&c->ctx, fault.err, fault.msg, fault.place, fault.args);
    }
    if ((rc = nk_cli_world(c)) < 0)
        return rc;
    if (nk_given(c, NK_OPT_VERSION)) {
        if (c->json)
            nk_json_text(c, NK_STR(NK_VERSION));
        else
            nk_buf_lit(&c->out, "naskah " NK_VERSION "\n");
        return NK_OK;
    }
    if (nk_given(c, NK_OPT_VERBOSE)) {
        c->ctx.log = on_log;
        c->ctx.log_level = NK_LOG_INFO;
    }
    if (!c->command || nk_given(c, NK_OPT_HELP))
        return nk_cmd_help(c);
    return c->command->run(c);
}

int main(int argc, char **argv)
{
    static struct nk_cli c;
    nk_err rc;
    int status;

    forbid_cores();
    nk_ctx_init(&c.ctx);
    nk_arena_init(&c.arena);
    nk_arena_init(&c.line);
    nk_arena_init(&c.secrets);
    nk_problems_init(&c.problems, &c.arena);
    nk_buf_init(&c.out, &c.arena);
    rc = run(&c, argc, argv);
    nk_cli_wipe(&c);
    status = nk_cli_finish(&c, rc);
    nk_archive_close(c.ar);
    nk_press_close(c.press);
    nk_arena_release(&c.line);
    nk_arena_release(&c.arena);
    return status;
}
