/*
 * What was found wrong, as text: so that one comparison shows all of it.
 */
#ifndef NK_TESTS_SAID_H
#define NK_TESTS_SAID_H

#include "check.h"

/* "2:3 XML_MISMATCH\n": place and name of each problem, in the order found. */
static inline nk_str said_of(const nk_problems *p)
{
    const nk_problem *q;
    nk_buf b;

    nk_buf_init(&b, p->arena);
    for (q = p->first; q; q = q->next) {
        nk_buf_printf(&b, "%u:%u ", (unsigned)q->place.line,
                      (unsigned)q->place.column);
        nk_buf_puts(&b, nk_msg_name(q->msg));
        nk_buf_putc(&b, '\n');
    }
    return nk_buf_str(&b);
}

/* The Indonesian words of each problem, a line each. */
static inline nk_str words_of(const nk_problems *p)
{
    const nk_problem *q;
    nk_buf b;

    nk_buf_init(&b, p->arena);
    for (q = p->first; q; q = q->next) {
        nk_msg_fill(&b, nk_msg_text(q->msg, NK_LANG_ID), q->args);
        nk_buf_putc(&b, '\n');
    }
    return nk_buf_str(&b);
}

/* The same for the cures. */
static inline nk_str cures_of(const nk_problems *p)
{
    const nk_problem *q;
    nk_buf b;

    nk_buf_init(&b, p->arena);
    for (q = p->first; q; q = q->next) {
        nk_msg_fill(&b, nk_msg_cure(q->msg, NK_LANG_ID), q->args);
        nk_buf_putc(&b, '\n');
    }
    return nk_buf_str(&b);
}

#define assert_said(p, want) assert_str(said_of(p), (want))

/* The latest failure has this message. */
#define assert_fault(ctx, name)                                                \
    assert_str(nk_msg_name((ctx)->fault.msg), (name))

#endif
