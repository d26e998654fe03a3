/*
 * Answers: data on standard output, messages on standard error; for people
 * in their language, or as one JSON object.
 */
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

static void write_out(FILE *f, nk_str s)
{
    if (s.len)
        fwrite(s.ptr, 1, s.len, f);
}

/* ---- JSON -------------------------------------------------------------- */

/* Part of a JSON string, all of it UTF-8. */
static void put_json_chars(nk_buf *b, nk_str s)
{
    static const char hex[] = "0123456789abcdef";
    size_t i;

    for (i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c == '"' || c == '\\') {
            nk_buf_putc(b, '\\');
            nk_buf_putc(b, (char)c);
        } else if (c == '\n') {
            nk_buf_lit(b, "\\n");
        } else if (c < 0x20) {
            nk_buf_lit(b, "\\u00");
            nk_buf_putc(b, hex[c >> 4]);
            nk_buf_putc(b, hex[c & 15]);
        } else {
            nk_buf_putc(b, (char)c);
        }
    }
}

void nk_json_quote(nk_buf *b, nk_str s)
{
    size_t bad;

    nk_buf_putc(b, '"');
    while (!nk_utf8_check(s, &bad)) { /* bytes of a file name, say */
        put_json_chars(b, nk_str_head(s, bad));
        nk_buf_lit(b, "\\ufffd");
        s = nk_str_skip(s, bad + 1);
    }
    put_json_chars(b, s);
    nk_buf_putc(b, '"');
}

/* A comma between values, none after a bracket, a colon or at the start. */
static void separate(nk_buf *b)
{
    char last = b->len ? b->ptr[b->len - 1] : '[';

    if (!strchr("[{:", last))
        nk_buf_putc(b, ',');
}

void nk_json_open(struct nk_cli *c, char bracket)
{
    separate(&c->out);
    nk_buf_putc(&c->out, bracket);
}

void nk_json_close(struct nk_cli *c, char bracket)
{
    nk_buf_putc(&c->out, bracket);
}

void nk_json_key(struct nk_cli *c, const char *key)
{
    separate(&c->out);
    nk_json_quote(&c->out, nk_str_of(key));
    nk_buf_putc(&c->out, ':');
}

void nk_json_text(struct nk_cli *c, nk_str s)
{
    separate(&c->out);
    nk_json_quote(&c->out, s);
}

void nk_json_int(struct nk_cli *c, int64_t v)
{
    separate(&c->out);
    nk_buf_int(&c->out, v);
}

void nk_json_bool(struct nk_cli *c, bool v)
{
    separate(&c->out);
    nk_buf_puts(&c->out, v ? NK_STR("true") : NK_STR("false"));
}

void nk_json_put(struct nk_cli *c, const char *key, nk_str s)
{
    nk_json_key(c, key);
    nk_json_text(c, s);
}

void nk_json_put_int(struct nk_cli *c, const char *key, int64_t v)
{
    nk_json_key(c, key);
    nk_json_int(c, v);
}

/* ---- For people -------------------------------------------------------- */

void nk_say(struct nk_cli *c, nk_msg text, nk_args args)
{
    if (c->json || c->quiet)
        return;
    nk_msg_fill(&c->out, nk_msg_text(text, c->ctx.lang), args);
    nk_buf_putc(&c->out, '\n');
}

nk_err nk_cli_text(struct nk_cli *c, nk_str text)
{
    bool dry = nk_given(c, NK_OPT_DRY_RUN);
    nk_str path = c->options[NK_OPT_OUTPUT];
    nk_err rc;

    c->answered = !dry && nk_str_eq(path, NK_STR("-"));
    if (path.ptr && !dry && (rc = nk_file_write(&c->ctx, path, text, true)) < 0)
        return rc;
    if (c->json) {
        nk_json_open(c, '{');
        if (path.ptr)
            nk_json_put(c, "file", path);
        else
            nk_json_put(c, "text", text);
        nk_json_close(c, '}');
    } else if (!path.ptr) {
        nk_buf_puts(&c->out, text);
    }
    return NK_OK;
}

void nk_table_init(nk_table *t, struct nk_cli *c, size_t columns)
{
    *t = (nk_table){ .c = c, .columns = columns };
}

void nk_table_cell(nk_table *t, nk_str s)
{
    if (t->cells == t->room) {
        size_t room = t->room ? 2 * t->room : 64;
        nk_str *more =
            nk_alloc_grow(&t->c->arena, t->cell, t->cells * sizeof(*more),
                          room * sizeof(*more));

        if (!more) {
            t->c->out.err = NK_E_NOMEM;
            return;
        }
        t->cell = more;
        t->room = room;
    }
    t->cell[t->cells++] = nk_str_copy(&t->c->arena, s);
}

static void measure(const nk_table *t, size_t widths[NK_TABLE_COLUMNS])
{
    size_t i;

    memset(widths, 0, NK_TABLE_COLUMNS * sizeof(*widths));
    for (i = 0; i < t->cells; i++) {
        size_t *w = &widths[i % t->columns], n = nk_utf8_count(t->cell[i]);

        if (n > *w)
            *w = n;
    }
}

void nk_table_put(nk_table *t)
{
    size_t widths[NK_TABLE_COLUMNS], i, column;
    nk_buf *b = &t->c->out;

    measure(t, widths);
    for (i = 0; i < t->cells; i++) {
        column = i % t->columns;
        nk_buf_puts(b, t->cell[i]);
        if (column + 1 == t->columns)
            nk_buf_putc(b, '\n');
        else if (t->c->plain)
            nk_buf_putc(b, '\t');
        else
            nk_buf_fill(b, ' ', widths[column] + 2 - nk_utf8_count(t->cell[i]));
    }
}

/* ---- Problems and failures --------------------------------------------- */

static void put_problem(struct nk_cli *c, nk_buf *b, const nk_problem *p)
{
    nk_str cure = nk_msg_cure(p->msg, c->ctx.lang);

    nk_place_put(b, p->place);
    if (p->severity == NK_WARNING)
        nk_buf_puts(b, nk_msg_text(NK_T_WARNING, c->ctx.lang));
    nk_msg_fill(b, nk_msg_text(p->msg, c->ctx.lang), p->args);
    nk_buf_putc(b, '\n');
    if (!cure.len)
        return;
    nk_buf_lit(b, "    ");
    nk_msg_fill(b, cure, p->args);
    nk_buf_putc(b, '\n');
}

static void show_problems(struct nk_cli *c)
{
    const nk_problem *p;
    uint32_t all = c->problems.errors + c->problems.warnings;
    nk_buf b;

    nk_problems_sort(&c->problems);
    nk_buf_init(&b, &c->arena);
    for (p = c->problems.first; p; p = p->next)
        if (p->severity == NK_ERROR || !c->quiet)
            put_problem(c, &b, p);
    if (all > c->problems.listed) {
        nk_msg_fill(&b, nk_msg_text(NK_T_MORE_PROBLEMS, c->ctx.lang),
                    NK_ARGS(NK_NUM(all - c->problems.listed)));
        nk_buf_putc(&b, '\n');
    }
    write_out(stderr, nk_buf_str(&b));
}

/* The first line of an error: what kind of thing went wrong. */
static nk_msg kind_of_exit(int exit)
{
    static const struct kind {
        int exit;
        nk_msg text;
    } kinds[] = {
        { 2, NK_T_EXIT_USAGE },      { 10, NK_T_EXIT_NO_ARCHIVE },
        { 11, NK_T_EXIT_BUSY },      { 12, NK_T_EXIT_PASSWORD },
        { 20, NK_T_EXIT_INPUT },     { 21, NK_T_EXIT_INTEGRITY },
        { 22, NK_T_EXIT_NOT_FOUND }, { 23, NK_T_EXIT_DENIED },
        { 24, NK_T_EXIT_CONFLICT },  { 25, NK_T_EXIT_ASK },
        { 26, NK_T_EXIT_IO },
    };
    size_t i;

    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i].exit == exit)
            return kinds[i].text;
    return NK_T_EXIT_OTHER;
}

static void put_see_help(struct nk_cli *c, nk_buf *b)
{
    nk_buf_puts(b, nk_msg_text(NK_T_NEXT_USAGE, c->ctx.lang));
    if (!c->command)
        return;
    nk_buf_printf(b, " %s %s", c->command->noun, c->command->verb);
    while (b->len && b->ptr[b->len - 1] == ' ')
        b->len--;
}

/* What to do next: the message's own cure, or what always helps. */
static void put_next(struct nk_cli *c, nk_buf *b)
{
    const nk_fault *f = &c->ctx.fault;
    nk_str cure = nk_msg_cure(f->msg, c->ctx.lang);
    int exit = nk_msg_exit(f->msg);

    if (cure.len)
        nk_msg_fill(b, cure, f->args);
    else if (exit == 2)
        put_see_help(c, b);
    else
        nk_buf_puts(b, nk_msg_text(exit == 20 ? NK_T_NEXT_INPUT : NK_T_NEXT_ASK,
                                   c->ctx.lang));
}

static void show_failure(struct nk_cli *c)
{
    const nk_fault *f = &c->ctx.fault;
    nk_buf b;

    nk_buf_init(&b, &c->arena);
    nk_msg_fill(&b, nk_msg_text(NK_T_FAULT, c->ctx.lang),
                NK_ARGS(NK_NUM(nk_msg_code(f->msg))));
    nk_buf_puts(&b,
                nk_msg_text(kind_of_exit(nk_msg_exit(f->msg)), c->ctx.lang));
    nk_buf_putc(&b, '\n');
    nk_fault_put(&c->ctx, &b);
    nk_buf_putc(&b, '\n');
    put_next(c, &b);
    nk_buf_putc(&b, '\n');
    write_out(stderr, nk_buf_str(&b));
}

static void put_json_problems(struct nk_cli *c, nk_buf *b)
{
    const nk_problem *p;

    nk_problems_sort(&c->problems);
    nk_buf_lit(b, ",\"problems\":[");
    for (p = c->problems.first; p; p = p->next) {
        nk_buf text;

        nk_buf_init(&text, &c->arena);
        nk_msg_fill(&text, nk_msg_text(p->msg, c->ctx.lang), p->args);
        nk_buf_printf(b,
                      "%s{\"code\":\"NSK-%d\",\"severity\":\"%s\",\"line\":%u,"
                      "\"column\":%u,\"file\":",
                      p == c->problems.first ? "" : ",", nk_msg_code(p->msg),
                      p->severity == NK_ERROR ? "error" : "warning",
                      p->place.line, p->place.column);
        nk_json_quote(b, p->place.file);
        nk_buf_lit(b, ",\"field\":");
        nk_json_quote(b, p->place.field);
        nk_buf_lit(b, ",\"message\":");
        nk_json_quote(b, nk_buf_str(&text));
        nk_buf_putc(b, '}');
    }
    nk_buf_putc(b, ']');
}

static void put_json_error(struct nk_cli *c, nk_buf *b)
{
    const nk_fault *f = &c->ctx.fault;
    nk_buf text, hint;

    nk_buf_init(&text, &c->arena);
    nk_fault_put(&c->ctx, &text);
    nk_buf_init(&hint, &c->arena);
    put_next(c, &hint);
    nk_buf_printf(b, "\"error\":{\"code\":\"NSK-%d\",\"exit\":%d,\"message\":",
                  nk_msg_code(f->msg), nk_msg_exit(f->msg));
    nk_json_quote(b, nk_buf_str(&text));
    nk_buf_lit(b, ",\"hint\":");
    nk_json_quote(b, nk_buf_str(&hint));
    nk_buf_putc(b, '}');
}

static void show_json(struct nk_cli *c, nk_err rc)
{
    nk_buf b;

    nk_buf_init(&b, &c->arena);
    nk_buf_lit(&b, "{\"v\":1,");
    if (c->lines)
        nk_buf_lit(&b, "\"type\":\"summary\",");
    nk_buf_puts(&b, rc < 0 ? NK_STR("\"ok\":false,") : NK_STR("\"ok\":true,"));
    if (rc < 0) {
        put_json_error(c, &b);
    } else {
        nk_buf_lit(&b, "\"data\":");
        nk_buf_puts(&b, c->out.len ? nk_buf_str(&c->out) : NK_STR("null"));
    }
    put_json_problems(c, &b);
    nk_buf_lit(&b, "}\n");
    write_out(c->answered ? stderr : stdout, nk_buf_str(&b));
}

int nk_cli_finish(struct nk_cli *c, nk_err rc)
{
    if (rc == NK_OK && c->out.err < 0)
        rc = nk_nomem(&c->ctx);
    if (c->json) {
        show_json(c, rc);
    } else {
        write_out(stdout, nk_buf_str(&c->out));
        fflush(stdout);
        show_problems(c);
        if (rc < 0)
            show_failure(c);
    }
    if (fflush(stdout) != 0 || ferror(stdout))
        return 26;
    if (rc == NK_OK)
        return c->exit;
    return nk_msg_exit(c->ctx.fault.msg) ? nk_msg_exit(c->ctx.fault.msg) : 1;
}

/* ---- Progress ---------------------------------------------------------- */

static void json_progress(uint64_t done, uint64_t failed, uint64_t all,
                          int64_t ms)
{
    printf("{\"type\":\"progress\",\"done\":%llu,\"failed\":%llu,"
           "\"all\":%llu,\"ms\":%lld}\n",
           (unsigned long long)done, (unsigned long long)failed,
           (unsigned long long)all, (long long)ms);
    fflush(stdout);
}

bool nk_cli_tells_lines(const struct nk_cli *c)
{
    return nk_str_eq(c->options[NK_OPT_PROGRESS], NK_STR("json"));
}

void nk_cli_item(struct nk_cli *c, const nk_job_row *row)
{
    nk_buf b;

    if (!nk_cli_tells_lines(c))
        return;
    c->lines = true;
    nk_buf_init(&b, &c->line);
    nk_buf_printf(&b, "{\"type\":\"item\",\"row\":%u,\"case\":", row->row);
    nk_json_quote(&b, row->case_number);
    nk_buf_printf(&b, ",\"id\":%lld,\"why\":", (long long)row->paper);
    nk_json_quote(&b, row->why ? nk_msg_name(row->why) : NK_EMPTY);
    nk_buf_lit(&b, ",\"field\":");
    nk_json_quote(&b, row->field);
    nk_buf_lit(&b, "}\n");
    write_out(stdout, nk_buf_str(&b));
    nk_arena_reset(&c->line);
}

void nk_cli_progress(struct nk_cli *c, uint64_t done, uint64_t failed,
                     uint64_t all, const nk_start *start)
{
    nk_str how = c->options[NK_OPT_PROGRESS];
    int64_t ms = nk_cli_now(NULL) - start->at;
    uint64_t rate, left;
    nk_buf b;

    if (nk_cli_tells_lines(c)) {
        c->lines = true;
        json_progress(done, failed, all, ms);
        return;
    }
    if (!c->terminal || c->quiet || c->json ||
        nk_str_eq(how, NK_STR("never")) || (ms < 1000 && done < all))
        return;
    rate = ms > 0 ? (done + failed - start->before) * 1000 / (uint64_t)ms : 0;
    left = rate ? (all - done - failed) / rate : 0;
    nk_buf_init(&b, &c->line);
    nk_buf_putc(&b, '\r');
    nk_msg_fill(
        &b, nk_msg_text(NK_T_PROGRESS, c->ctx.lang),
        NK_ARGS(NK_NUM(done), NK_NUM(all), NK_NUM(failed), NK_NUM(rate)));
    nk_msg_fill(&b, nk_msg_text(NK_T_TIME_LEFT, c->ctx.lang),
                NK_ARGS(NK_NUM(left)));
    nk_buf_puts(&b, done + failed == all ? NK_STR("   \n") : NK_STR("   "));
    write_out(stderr, nk_buf_str(&b));
    nk_arena_reset(&c->line);
}
