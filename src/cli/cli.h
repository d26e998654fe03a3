/*
 * What the commands share: the command line as read, the world they run in,
 * and how they answer.
 */
#ifndef NK_CLI_CLI_H
#define NK_CLI_CLI_H

#include "naskah.h"

struct nk_cli;

/* Options: an index into the table, given by name on the command line. */
typedef enum nk_opt {
    /* For all commands */
    NK_OPT_ARCHIVE,
    NK_OPT_JSON,
    NK_OPT_PLAIN,
    NK_OPT_QUIET,
    NK_OPT_VERBOSE,
    NK_OPT_NO_INPUT,
    NK_OPT_YES,
    NK_OPT_DRY_RUN,
    NK_OPT_NO_COLOR,
    NK_OPT_PROGRESS,
    NK_OPT_LANG,
    NK_OPT_HELP,
    NK_OPT_VERSION,
    NK_OPT_PASSWORD_FILE,
    NK_OPT_KEY_FILE,
    /* For some */
    NK_OPT_ABOUT,
    NK_OPT_CA,
    NK_OPT_CASE,
    NK_OPT_DATE,
    NK_OPT_DUMP,
    NK_OPT_FIELD,
    NK_OPT_FROM,
    NK_OPT_HALF,
    NK_OPT_HTML,
    NK_OPT_INCOMPLETE,
    NK_OPT_ISSUE,
    NK_OPT_KEY,
    NK_OPT_KEY_PASSWORD_FILE,
    NK_OPT_KIND,
    NK_OPT_LIMIT,
    NK_OPT_MAP,
    NK_OPT_NUMBER,
    NK_OPT_OFFICE,
    NK_OPT_OUTPUT,
    NK_OPT_OVERRIDE,
    NK_OPT_RETRY,
    NK_OPT_SIGNER,
    NK_OPT_SIGNING,
    NK_OPT_THREADS,
    NK_OPT_TO,
    NK_OPT_COUNT
} nk_opt;

typedef struct nk_option {
    const char *name; /* without the dashes */
    char letter;      /* 0: none */
    const char *arg;  /* what its value is called; NULL: it has none */
    nk_msg help;
} nk_option;

extern const nk_option nk_options[NK_OPT_COUNT];

#define NK_MAX_COMMAND_OPTIONS 14

typedef struct nk_command {
    const char *noun, *verb; /* verb empty: the noun is the command */
    nk_err (*run)(struct nk_cli *c);
    const char *args; /* "TEMPLATE", "FILE..." */
    nk_msg help;
    const char *example; /* without "naskah" */
    size_t min_args, max_args;
    nk_opt options[NK_MAX_COMMAND_OPTIONS]; /* ended by NK_OPT_COUNT */
} nk_command;

extern const nk_command nk_commands[];
extern const size_t nk_commands_n;

struct nk_cli {
    nk_ctx ctx;
    nk_arena arena;
    nk_arena line;    /* of a line that is told at once */
    nk_arena secrets; /* passwords and key files; wiped at the end */
    nk_problems problems;
    const nk_command *command;
    nk_str options[NK_OPT_COUNT]; /* ptr NULL: not given */
    nk_str *args;
    size_t args_n;
    nk_press *press;
    nk_archive *ar;
    nk_str archive_dir;
    nk_press_paths paths;
    nk_str config_key_file, config_ca;
    bool json, plain, quiet, terminal; /* how to answer */
    nk_buf out;    /* the answer: text, or the value of "data" */
    bool answered; /* something went to standard output already */
    bool lines;    /* JSON lines went before the answer */
    int exit;      /* of a command that ends well, but not wholly */
};

static inline bool nk_given(const struct nk_cli *c, nk_opt o)
{
    return c->options[o].ptr != NULL;
}

/* ---- args.c ------------------------------------------------------------ */

/* Read the command line; what is wrong with it is a failure with exit 2. */
nk_err nk_cli_read(struct nk_cli *c, int argc, char **argv);

/* The number an option gives, or `otherwise`. */
nk_err nk_cli_number(struct nk_cli *c, nk_opt o, uint32_t max,
                     uint32_t otherwise, uint32_t *out);

/* The day an option gives, or with `whole` false a month or year; year 0 when
   it is not given. */
nk_err nk_cli_date(struct nk_cli *c, nk_opt o, bool whole, nk_date *out);

/* ---- world.c: what is around the program ------------------------------- */

/* Clock, language, configuration, where the data lies. */
nk_err nk_cli_world(struct nk_cli *c);

/* The clock: SOURCE_DATE_EPOCH, or the machine's. */
int64_t nk_cli_now(void *data);

/* The press, opened when first asked for. */
nk_err nk_cli_press(struct nk_cli *c, nk_press **out);

/* The archive, unlocked by key file or password; asks when it may. */
nk_err nk_cli_archive(struct nk_cli *c, nk_archive_mode mode, nk_archive **out);

#define NK_CLI_SECRET 4096 /* bytes of a password or key file at most */

/* A password for a new archive: long enough, and asked for twice. */
nk_err nk_cli_new_password(struct nk_cli *c, nk_str *out);

/* The signing key of --key; *out is NULL when none was given. It must come
   from the CA of --ca, or of the configuration, when there is one. */
nk_err nk_cli_key(struct nk_cli *c, nk_key **out);

/* The certificates of --ca, or of the configuration; *out is NULL when there
   are none. */
nk_err nk_cli_trust(struct nk_cli *c, nk_trust **out);

/* Overwrite every password and key that was read. */
void nk_cli_wipe(struct nk_cli *c);

/* A password from a file, or asked for without echo. */
nk_err nk_cli_password(struct nk_cli *c, nk_opt file, nk_msg question,
                       nk_str *out);

/* The folder of the archive, by option, environment, or configuration. */
nk_err nk_cli_archive_dir(struct nk_cli *c, nk_str *out);

/* ---- answer.c: output -------------------------------------------------- */

/* Show problems, then the failure; returns the exit status. */
int nk_cli_finish(struct nk_cli *c, nk_err rc);

/* Add problems to those that are shown. A sample is made in several ways,
   which find much the same: each is told once. */
void nk_cli_tell(struct nk_cli *c, const nk_problems *found);

/* A line of the answer with {0} .. filled in; not shown with --quiet. */
void nk_say(struct nk_cli *c, nk_msg text, nk_args args);

/* A text for -o, or as the answer; in JSON {"file"} or {"text"}. */
nk_err nk_cli_text(struct nk_cli *c, nk_str text);

/* JSON values, written into c->out; commas are set where they are due. */
void nk_json_open(struct nk_cli *c, char bracket);
void nk_json_close(struct nk_cli *c, char bracket);
void nk_json_key(struct nk_cli *c, const char *key);
void nk_json_text(struct nk_cli *c, nk_str s);
void nk_json_int(struct nk_cli *c, int64_t v);
void nk_json_bool(struct nk_cli *c, bool v);
void nk_json_put(struct nk_cli *c, const char *key, nk_str s);
void nk_json_put_int(struct nk_cli *c, const char *key, int64_t v);

/* Append s as a JSON string. */
void nk_json_quote(nk_buf *b, nk_str s);

#define NK_TABLE_COLUMNS 8 /* at most */

/* A table for people: rows of cells, columns as wide as they need. */
typedef struct nk_table {
    struct nk_cli *c;
    size_t columns, cells, room;
    nk_str *cell;
} nk_table;

void nk_table_init(nk_table *t, struct nk_cli *c, size_t columns);
void nk_table_cell(nk_table *t, nk_str s); /* copied */
void nk_table_put(nk_table *t);            /* into c->out */

/* How a long job began. */
typedef struct nk_start {
    int64_t at;      /* ms */
    uint64_t before; /* items that were done or had failed already */
} nk_start;

/* "86 dari 240 ...": progress on standard error, as --progress says. */
void nk_cli_progress(struct nk_cli *c, uint64_t done, uint64_t failed,
                     uint64_t all, const nk_start *start);

/* Are JSON lines to go before the answer? */
bool nk_cli_tells_lines(const struct nk_cli *c);

/* What became of a row, as such a line. */
void nk_cli_item(struct nk_cli *c, const nk_job_row *row);

/* A papers' table or JSON list, as doc list and archive search show it. */
void nk_cli_papers(struct nk_cli *c, const nk_paper *list, size_t n);

/* ---- The commands ------------------------------------------------------ */

nk_err nk_cmd_init(struct nk_cli *c);
nk_err nk_cmd_template_list(struct nk_cli *c);
nk_err nk_cmd_template_check(struct nk_cli *c);
nk_err nk_cmd_template_new(struct nk_cli *c);
nk_err nk_cmd_template_preview(struct nk_cli *c);
nk_err nk_cmd_template_diff(struct nk_cli *c);
nk_err nk_cmd_office_list(struct nk_cli *c);
nk_err nk_cmd_office_check(struct nk_cli *c);
nk_err nk_cmd_case_add(struct nk_cli *c);
nk_err nk_cmd_case_list(struct nk_cli *c);
nk_err nk_cmd_case_show(struct nk_cli *c);
nk_err nk_cmd_case_import(struct nk_cli *c);
nk_err nk_cmd_doc_fill(struct nk_cli *c);
nk_err nk_cmd_doc_blank(struct nk_cli *c);
nk_err nk_cmd_doc_register(struct nk_cli *c);
nk_err nk_cmd_doc_form(struct nk_cli *c);
nk_err nk_cmd_doc_text(struct nk_cli *c);
nk_err nk_cmd_doc_sign(struct nk_cli *c);
nk_err nk_cmd_doc_verify(struct nk_cli *c);
nk_err nk_cmd_doc_list(struct nk_cli *c);
nk_err nk_cmd_doc_show(struct nk_cli *c);
nk_err nk_cmd_batch_run(struct nk_cli *c);
nk_err nk_cmd_batch_resume(struct nk_cli *c);
nk_err nk_cmd_batch_status(struct nk_cli *c);
nk_err nk_cmd_archive_search(struct nk_cli *c);
nk_err nk_cmd_archive_stats(struct nk_cli *c);
nk_err nk_cmd_archive_verify(struct nk_cli *c);
nk_err nk_cmd_dossier_export(struct nk_cli *c);
nk_err nk_cmd_completion(struct nk_cli *c);
nk_err nk_cmd_help(struct nk_cli *c);

#endif
