/*
 * Failures, problems and the message table.
 *
 * A failure stops the work: whoever finds it calls nk_fail once, and every
 * caller passes the code up untouched. A problem is a fault in somebody's
 * input: all of them are collected and shown together. Both name a message
 * of base/msg.def, which holds the words in Indonesian and English.
 */
#ifndef NK_BASE_ERR_H
#define NK_BASE_ERR_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"

typedef enum nk_err {
    NK_OK = 0,
    NK_E_NOMEM = -1,     /* memory is out */
    NK_E_LIMIT = -2,     /* a bound of base/limits.h was reached */
    NK_E_IO = -3,        /* the system refused a file operation */
    NK_E_SYNTAX = -4,    /* input that cannot be read as what it claims */
    NK_E_INVALID = -5,   /* readable input that breaks a rule */
    NK_E_NOTFOUND = -6,  /* nothing of that name */
    NK_E_CONFLICT = -7,  /* taken, busy, or changed by somebody else */
    NK_E_DENIED = -8,    /* no right to it, or the wrong secret */
    NK_E_TAMPERED = -9,  /* bytes are not those that were stored or signed */
    NK_E_CRYPTO = -10,   /* a key, certificate or cipher cannot be used */
    NK_E_INTERNAL = -11, /* our own mistake, found at run time */
} nk_err;

typedef enum nk_lang { NK_LANG_ID, NK_LANG_EN } nk_lang;

typedef enum nk_msg {
    NK_M_NONE,
#define MSG(name, code, exit, id, en, cure_id, cure_en) NK_M_##name,
#define TEXT(name, id, en)                              NK_T_##name,
#include "base/msg.def"
#undef MSG
#undef TEXT
    NK_M_COUNT
} nk_msg;

/* Where a fault is. Empty or 0: unknown. */
typedef struct nk_place {
    nk_str file;
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in characters */
    nk_str field;    /* the field's Indonesian label */
} nk_place;

#define NK_NOWHERE     ((nk_place){ 0 })
#define NK_IN_FILE(f)  ((nk_place){ .file = (f) })
#define NK_AT_FIELD(f) ((nk_place){ .field = (f) })

typedef struct nk_args {
    size_t n;
    nk_str v[NK_MAX_ARGS];
} nk_args;

#define NK_ARGS(...)                                                           \
    ((nk_args){ sizeof((nk_str[]){ __VA_ARGS__ }) / sizeof(nk_str),            \
                { __VA_ARGS__ } })
#define NK_NOARGS ((nk_args){ 0 })

#define NK_NUM_SIZE 24
/* v in decimal digits; the text stands in buf. */
nk_str nk_num(char buf[NK_NUM_SIZE], int64_t v);
/* A number as an argument; lives until the end of the enclosing block. */
#define NK_NUM(v) nk_num((char[NK_NUM_SIZE]){ 0 }, (int64_t)(v))

/* The latest failure, with copies of its place and arguments. */
typedef struct nk_fault {
    nk_err err;
    nk_msg msg;
    nk_place place;
    nk_args args;
    char text[NK_FAULT_TEXT]; /* what place and args point into */
    size_t used;
} nk_fault;

typedef enum nk_severity { NK_WARNING, NK_ERROR } nk_severity;

typedef struct nk_problem {
    struct nk_problem *next;
    nk_severity severity;
    nk_msg msg;
    nk_place place;
    nk_args args;
} nk_problem;

/* All faults found in one input, in the order found, then as sorted. */
typedef struct nk_problems {
    nk_arena *arena;
    nk_problem *first, *last;
    uint32_t errors, warnings; /* all that were found */
    uint32_t listed;           /* at most NK_MAX_PROBLEMS */
} nk_problems;

void nk_problems_init(nk_problems *p, nk_arena *a);

/*
 * Add one; place and arguments are copied. Past NK_MAX_PROBLEMS, and when
 * memory is out, it is counted but not listed.
 */
void nk_problem_add(nk_problems *p, nk_severity severity, nk_msg msg,
                    nk_place place, nk_args args);

/*
 * Is one of the errors up to `last` at that file, line and column? `last` is
 * one that was p->last at some time; NULL: there was none. Warnings do not
 * count: they hide no error.
 */
bool nk_error_is_at(const nk_problems *p, const nk_problem *last,
                    nk_place place);

/* By file, line and column; equal places keep their order. */
void nk_problems_sort(nk_problems *p);

/* The words of a message, with its {0} .. {3} not yet filled in. */
nk_str nk_msg_text(nk_msg msg, nk_lang lang);

/* What to do about it; empty when the text says it. */
nk_str nk_msg_cure(nk_msg msg, nk_lang lang);

/* The number shown as NSK-nnnn; 0 for plain texts. */
int nk_msg_code(nk_msg msg);

/* The exit status of a command that stops for this reason. */
int nk_msg_exit(nk_msg msg);

/* The name in msg.def, for dumps and tests. */
nk_str nk_msg_name(nk_msg msg);

struct nk_buf;

/* Append `text` with {0} .. {3} replaced by args, whose line ends become
   spaces and whose hidden characters and bytes that are not UTF-8 U+FFFD. */
void nk_msg_fill(struct nk_buf *b, nk_str text, nk_args args);

/* Append "file:line:column: " as far as known. */
void nk_place_put(struct nk_buf *b, nk_place place);

#endif
