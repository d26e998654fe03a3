/*
 * What every job carries: language, clock, log, and its latest failure.
 *
 * The library never prints, exits, or reads clock or environment itself:
 * what it needs of the world is in here. One ctx belongs to one thread.
 */
#ifndef NK_BASE_CTX_H
#define NK_BASE_CTX_H

#include "base/err.h"

typedef enum nk_log_level {
    NK_LOG_ERROR,
    NK_LOG_WARN,
    NK_LOG_INFO,
    NK_LOG_DEBUG
} nk_log_level;

typedef struct nk_ctx {
    nk_lang lang;
    int64_t now; /* milliseconds since 1970-01-01 UTC */
    nk_log_level log_level;
    /* Takes one line without its end; NULL: no log. Never holds names. */
    void (*log)(void *data, nk_log_level level, nk_str line);
    void *log_data;
    nk_fault fault;
} nk_ctx;

void nk_ctx_init(nk_ctx *ctx);

/* Describe a failure in ctx->fault, copying place and args. */
void nk_fault_set(nk_ctx *ctx, nk_err err, nk_msg msg, nk_place place,
                  nk_args args);

/* The same, and hand err up. In the header so that whoever reads a caller,
   compiler or analyser, sees that it fails. */
static inline nk_err nk_fail(nk_ctx *ctx, nk_err err, nk_msg msg,
                             nk_place place, nk_args args)
{
    nk_fault_set(ctx, err, msg, place, args);
    return err;
}

/* Memory is out. */
static inline nk_err nk_nomem(nk_ctx *ctx)
{
    return nk_fail(ctx, NK_E_NOMEM, NK_M_NOMEM, NK_NOWHERE, NK_NOARGS);
}

/*
 * A system call on `file` failed: errno's own message, or where it has none
 * `msg` with the file and the system's words.
 */
nk_err nk_fail_errno(nk_ctx *ctx, nk_msg msg, nk_str file);

/* Append the latest failure: "file:line:column: text". */
void nk_fault_put(const nk_ctx *ctx, struct nk_buf *b);

/*
 * One log line "level room event key=value ...", where pairs is a list of
 * key, value, key, value. Values are ids, counts and times, never names.
 */
void nk_log(nk_ctx *ctx, nk_log_level level, nk_str room, nk_str event,
            nk_args pairs);

#endif
