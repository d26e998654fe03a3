/*
 * Failures and problems: describing a fault once, in a language chosen only
 * when it is shown.
 */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "base/utf8.h"

struct entry {
    const char *name;
    int code, exit;
    const char *text[2], *cure[2];
};

static const struct entry table[NK_M_COUNT] = {
#define MSG(name, code, exit, id, en, cure_id, cure_en)                        \
    [NK_M_##name] = { #name, code, exit, { id, en }, { cure_id, cure_en } },
#define TEXT(name, id, en)                                                     \
    [NK_T_##name] = { #name, 0, 0, { id, en }, { NULL, NULL } },
#include "base/msg.def"
#undef MSG
#undef TEXT
};

nk_str nk_msg_text(nk_msg msg, nk_lang lang)
{
    return nk_str_of(table[msg].text[lang]);
}

nk_str nk_msg_cure(nk_msg msg, nk_lang lang)
{
    return nk_str_of(table[msg].cure[lang]);
}

int nk_msg_code(nk_msg msg)
{
    return table[msg].code;
}

int nk_msg_exit(nk_msg msg)
{
    return table[msg].exit;
}

nk_str nk_msg_name(nk_msg msg)
{
    return nk_str_of(table[msg].name);
}

/* A name from a file or a certificate may try to write lines of its own, or
   to command the terminal. */
static void put_visible(nk_buf *b, nk_str s)
{
    size_t good;

    while (s.len) {
        nk_str part = s;

        part.len = nk_utf8_check(s, &good) ? s.len : good;
        s = nk_str_skip(s, part.len);
        while (part.len) {
            uint32_t c = nk_utf8_next(&part);

            nk_utf8_put(b, c < 0x80 && nk_is_space((char)c) ? ' '
                           : nk_utf8_is_hidden(c)           ? 0xFFFD
                                                            : c);
        }
        if (s.len) {
            nk_utf8_put(b, 0xFFFD);
            s = nk_str_skip(s, 1);
        }
    }
}

void nk_msg_fill(nk_buf *b, nk_str text, nk_args args)
{
    while (text.len) {
        size_t n = nk_str_find(text, '{');

        nk_buf_puts(b, nk_str_head(text, n));
        text = nk_str_skip(text, n);
        if (text.len >= 3 && nk_is_digit(text.ptr[1]) && text.ptr[2] == '}') {
            size_t k = (size_t)(text.ptr[1] - '0');

            if (k < args.n)
                put_visible(b, args.v[k]);
            text = nk_str_skip(text, 3);
        } else if (text.len) {
            nk_buf_putc(b, text.ptr[0]);
            text = nk_str_skip(text, 1);
        }
    }
}

void nk_place_put(nk_buf *b, nk_place place)
{
    if (place.file.len == 0)
        return;
    put_visible(b, place.file);
    if (place.line) {
        nk_buf_putc(b, ':');
        nk_buf_int(b, place.line);
        if (place.column) {
            nk_buf_putc(b, ':');
            nk_buf_int(b, place.column);
        }
    }
    nk_buf_lit(b, ": ");
}

void nk_ctx_init(nk_ctx *ctx)
{
    *ctx = (nk_ctx){ .log_level = NK_LOG_WARN };
}

/* As much of s as the fault has room for, cut at a character. */
static nk_str keep(nk_fault *f, nk_str s)
{
    size_t room = sizeof(f->text) - f->used, n = s.len < room ? s.len : room;
    char *at = f->text + f->used;

    while (n < s.len && n > 0 && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
        n--;
    if (n)
        memcpy(at, s.ptr, n);
    f->used += n;
    return (nk_str){ at, n };
}

void nk_fault_set(nk_ctx *ctx, nk_err err, nk_msg msg, nk_place place,
                  nk_args args)
{
    nk_fault *f = &ctx->fault;
    size_t i;

    f->err = err;
    f->msg = msg;
    f->used = 0;
    f->place = place;
    f->place.file = keep(f, place.file);
    f->place.field = keep(f, place.field);
    f->args.n = args.n;
    for (i = 0; i < args.n; i++)
        f->args.v[i] = keep(f, args.v[i]);
}

/* What clerks meet; anything else is told in the system's words. */
static const struct {
    int e;
    nk_err err;
    nk_msg msg;
} causes[] = {
    { ENOENT, NK_E_NOTFOUND, NK_M_FILE_NONE },
    { EACCES, NK_E_DENIED, NK_M_FILE_SHUT },
    { EPERM, NK_E_DENIED, NK_M_FILE_SHUT },
    { EROFS, NK_E_IO, NK_M_DISK_READ_ONLY },
    { ENOSPC, NK_E_IO, NK_M_DISK_FULL },
    { EDQUOT, NK_E_IO, NK_M_DISK_FULL },
    { EFBIG, NK_E_IO, NK_M_DISK_FULL },
    { EISDIR, NK_E_IO, NK_M_FILE_IS_FOLDER },
    { ENOTDIR, NK_E_IO, NK_M_FILE_NO_FOLDER },
};

nk_err nk_fail_errno(nk_ctx *ctx, nk_msg msg, nk_str file)
{
    int e = errno;
    size_t i;

    if (e == ENOMEM)
        return nk_nomem(ctx);
    for (i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
        if (causes[i].e == e)
            return nk_fail(ctx, causes[i].err, causes[i].msg, NK_IN_FILE(file),
                           NK_ARGS(file));
    return nk_fail(ctx, NK_E_IO, msg, NK_IN_FILE(file),
                   NK_ARGS(file, nk_str_of(strerror(e))));
}

void nk_fault_put(const nk_ctx *ctx, nk_buf *b)
{
    const nk_fault *f = &ctx->fault;

    nk_place_put(b, f->place);
    nk_msg_fill(b, nk_msg_text(f->msg, ctx->lang), f->args);
}

void nk_problems_init(nk_problems *p, nk_arena *a)
{
    *p = (nk_problems){ .arena = a };
}

/* Make q's slices its own. */
static bool copy_texts(nk_arena *a, nk_problem *q)
{
    size_t i;

    q->place.file = nk_str_copy(a, q->place.file);
    q->place.field = nk_str_copy(a, q->place.field);
    if (!q->place.file.ptr || !q->place.field.ptr)
        return false;
    for (i = 0; i < q->args.n; i++) {
        q->args.v[i] = nk_str_copy(a, q->args.v[i]);
        if (!q->args.v[i].ptr)
            return false;
    }
    return true;
}

void nk_problem_add(nk_problems *p, nk_severity severity, nk_msg msg,
                    nk_place place, nk_args args)
{
    nk_problem *q;

    if (severity == NK_ERROR)
        p->errors++;
    else
        p->warnings++;
    if (p->listed >= NK_MAX_PROBLEMS || !(q = NK_NEW(p->arena, nk_problem)))
        return;
    *q = (nk_problem){ NULL, severity, msg, place, args };
    if (!copy_texts(p->arena, q))
        return;
    if (p->last)
        p->last->next = q;
    else
        p->first = q;
    p->last = q;
    p->listed++;
}

static bool goes_before(const nk_problem *a, const nk_problem *b)
{
    int c = nk_str_cmp(a->place.file, b->place.file);

    if (c != 0)
        return c < 0;
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line;
    return a->place.column < b->place.column;
}

bool nk_error_is_at(const nk_problems *p, const nk_problem *last,
                    nk_place place)
{
    const nk_problem *q = last ? p->first : NULL;

    for (; q; q = q == last ? NULL : q->next)
        if (q->severity == NK_ERROR && q->place.line == place.line &&
            q->place.column == place.column &&
            nk_str_eq(q->place.file, place.file))
            return true;
    return false;
}

void nk_problems_sort(nk_problems *p)
{
    nk_problem *sorted = NULL, *q, *next;

    /* Insertion sort: the list is short and mostly in order. */
    for (q = p->first; q; q = next) {
        nk_problem **at = &sorted;

        next = q->next;
        while (*at && !goes_before(q, *at))
            at = &(*at)->next;
        q->next = *at;
        *at = q;
    }
    p->first = sorted;
    for (q = sorted; q; q = q->next)
        p->last = q;
}

void nk_log(nk_ctx *ctx, nk_log_level level, nk_str room, nk_str event,
            nk_args pairs)
{
    static const char *const names[] = { "error", "warn", "info", "debug" };
    char line[512];
    int n;
    size_t i;

    if (!ctx->log || level > ctx->log_level)
        return;
    n = snprintf(line, sizeof(line), "%s %.*s %.*s", names[level],
                 (int)room.len, room.ptr, (int)event.len, event.ptr);
    for (i = 0; i + 1 < pairs.n && n > 0 && (size_t)n < sizeof(line); i += 2)
        n += snprintf(line + n, sizeof(line) - (size_t)n, " %.*s=%.*s",
                      (int)pairs.v[i].len, pairs.v[i].ptr,
                      (int)pairs.v[i + 1].len, pairs.v[i + 1].ptr);
    if (n > 0)
        ctx->log(ctx->log_data, level, nk_str_of(line));
}
