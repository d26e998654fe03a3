/*
 * Registers and their numbers: a book is one register's one year, its
 * numbers run from 1 without gaps, and each is taken once: by a paper, or
 * voided with a sealed reason. A printed number is kept as a pattern that
 * thousands of papers share, and its sequence.
 */
#include "archive/archive_int.h"

#include <assert.h>

static nk_err find_book(nk_ctx *ctx, nk_archive *ar, nk_str reg, uint32_t year,
                        int64_t *book)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_BOOK_FIND, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_text(q, 1, reg);
    nk_archive__give_int(q, 2, year);
    rc = nk_archive__next(ctx, q, &more);
    *book = rc == NK_OK && more ? nk_archive__int(q, 0) : 0;
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive__book(nk_ctx *ctx, nk_archive *ar, nk_str reg, uint32_t year,
                        int64_t *book)
{
    nk_query *q;
    nk_err rc = find_book(ctx, ar, reg, year, book);

    if (rc < 0 || *book)
        return rc;
    if ((rc = nk_archive__ask(ctx, ar->data, NK_SQL_BOOK_ADD, &q)) < 0)
        return rc;
    nk_archive__give_text(q, 1, reg);
    nk_archive__give_int(q, 2, year);
    if ((rc = nk_archive__do(ctx, q)) == NK_OK)
        *book = nk_archive__db_last_id(ar->data);
    return rc;
}

/* The highest number taken in a book; 0: none. */
static nk_err last_number(nk_ctx *ctx, nk_archive *ar, int64_t book,
                          int64_t *seq)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_BOOK_LAST, &q);

    if (rc < 0)
        return rc;
    nk_archive__give_int(q, 1, book);
    rc = nk_archive__next(ctx, q, &more);
    *seq = rc == NK_OK && more ? nk_archive__int(q, 0) : 0;
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive_number_next(nk_ctx *ctx, nk_archive *ar, nk_str reg,
                              uint32_t year, uint32_t *seq)
{
    int64_t book, last = 0;
    nk_err rc;

    assert(ar->in_tx);
    if ((rc = find_book(ctx, ar, reg, year, &book)) < 0 ||
        (book && (rc = last_number(ctx, ar, book, &last)) < 0))
        return rc;
    *seq = (uint32_t)last + 1;
    return NK_OK;
}

nk_err nk_archive__number_check(nk_ctx *ctx, nk_archive *ar, int64_t book,
                                nk_str reg, uint32_t year, uint32_t seq)
{
    int64_t last;
    nk_err rc = last_number(ctx, ar, book, &last);

    if (rc < 0 || seq == last + 1)
        return rc;
    return nk_fail(
        ctx, NK_E_CONFLICT, seq <= last ? NK_M_NUMBER_TAKEN : NK_M_NUMBER_SKIPS,
        NK_NOWHERE, NK_ARGS(NK_NUM(seq), reg, NK_NUM(year), NK_NUM(last + 1)));
}

/* What a voided number's reason is sealed to. */
static nk_err void_aad(nk_ctx *ctx, nk_archive *ar, nk_str reg, int64_t year,
                       int64_t seq, int64_t stored, nk_str *out)
{
    nk_aad d;

    nk_archive__aad_init(&d, &ar->scratch, ar, NK_STR("void"));
    nk_archive__aad_text(&d, reg);
    nk_archive__aad_int(&d, year);
    nk_archive__aad_int(&d, seq);
    nk_archive__aad_int(&d, stored);
    return nk_archive__aad_end(ctx, &d, out);
}

static nk_err void_number(nk_ctx *ctx, nk_archive *ar, nk_str reg,
                          uint32_t year, uint32_t seq, nk_str reason)
{
    int64_t book;
    nk_query *q;
    nk_str aad, sealed;
    nk_err rc;

    if ((rc = nk_archive__book(ctx, ar, reg, year, &book)) < 0 ||
        (rc = nk_archive__number_check(ctx, ar, book, reg, year, seq)) < 0 ||
        (rc = void_aad(ctx, ar, reg, year, seq, ctx->now, &aad)) < 0 ||
        (rc = nk_archive__seal_own(ctx, ar, aad, reason, &sealed)) < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_VOID_ADD, &q)) < 0)
        return rc;
    nk_archive__give_int(q, 1, book);
    nk_archive__give_int(q, 2, seq);
    nk_archive__give_int(q, 3, ctx->now);
    nk_archive__give_blob(q, 4, sealed);
    if ((rc = nk_archive__do(ctx, q)) == NK_OK)
        ar->counts.voids++;
    return rc;
}

nk_err nk_archive_number_void(nk_ctx *ctx, nk_archive *ar, nk_str reg,
                              uint32_t year, uint32_t seq, nk_str reason)
{
    nk_err rc;

    assert(ar->in_tx);
    rc = void_number(ctx, ar, reg, year, seq, reason);
    nk_arena_reset(&ar->scratch);
    return rc;
}

nk_str nk_archive__number_join(nk_arena *a, nk_str pattern, uint32_t seq)
{
    size_t open = nk_str_find(pattern, '{'), close = nk_str_find(pattern, '}');
    uint64_t digits = 1;
    nk_buf b;

    nk_buf_init(&b, a);
    if (close < open + 1 || close == pattern.len)
        return pattern;
    nk_str_uint((nk_str){ pattern.ptr + open + 1, close - open - 1 }, 64,
                &digits);
    nk_buf_puts(&b, nk_str_head(pattern, open));
    nk_buf_pad(&b, seq, (unsigned)digits);
    nk_buf_puts(&b, nk_str_skip(pattern, close + 1));
    return b.err == NK_OK ? nk_buf_str(&b) : NK_EMPTY;
}

bool nk_archive__number_split(nk_arena *a, nk_str number, uint32_t seq,
                              size_t *from, nk_str *pattern)
{
    size_t i = *from, end = i;
    nk_buf b;

    nk_buf_init(&b, a);
    for (; i < number.len; i = end) {
        uint64_t v;
        nk_str run;

        for (end = i; end < number.len && nk_is_digit(number.ptr[end]);)
            end++;
        run = (nk_str){ number.ptr + i, end - i };
        if (run.len && nk_str_uint(run, UINT32_MAX, &v) && v == seq)
            break;
        if (run.len == 0)
            end++;
    }
    if (i >= number.len)
        return false;
    *from = end;
    nk_buf_puts(&b, nk_str_head(number, i));
    nk_buf_putc(&b, '{');
    if (number.ptr[i] == '0')
        nk_buf_int(&b, (int64_t)(end - i));
    nk_buf_putc(&b, '}');
    nk_buf_puts(&b, nk_str_skip(number, end));
    *pattern = nk_buf_str(&b);
    return b.err == NK_OK &&
           nk_str_eq(nk_archive__number_join(a, *pattern, seq), number);
}

/* The pattern of the number before `seq` in its book; empty: it has none. */
static nk_err pattern_before(nk_ctx *ctx, nk_archive *ar, int64_t book,
                             uint32_t seq, nk_str *pattern)
{
    nk_query *q;
    bool more;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_BOOK_PATTERN, &q);

    *pattern = NK_EMPTY;
    if (rc < 0)
        return rc;
    nk_archive__give_int(q, 1, book);
    nk_archive__give_int(q, 2, (int64_t)seq - 1);
    if ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        rc = nk_archive__keep(ctx, &ar->scratch, nk_archive__text(q, 0),
                              pattern);
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive__number_place(nk_ctx *ctx, nk_archive *ar, int64_t book,
                                nk_str number, uint32_t seq, nk_str *pattern)
{
    nk_arena *a = &ar->scratch;
    nk_str other;
    size_t from = 0;
    nk_err rc;

    *pattern = NK_EMPTY;
    if (!nk_archive__number_split(a, number, seq, &from, pattern)) {
        *pattern = NK_EMPTY;
        return NK_OK;
    }
    if (!nk_archive__number_split(a, number, seq, &from, &other))
        return NK_OK;
    if ((rc = pattern_before(ctx, ar, book, seq, &other)) < 0)
        return rc;
    if (other.len && nk_str_eq(nk_archive__number_join(a, other, seq), number))
        *pattern = other;
    return NK_OK;
}

/* Every voided number's reason is as it was sealed. */
static nk_err voids_verify(nk_ctx *ctx, nk_archive *ar, nk_problems *problems)
{
    nk_query *q;
    bool more, ok;
    nk_err rc = nk_archive__ask(ctx, ar->data, NK_SQL_VOID_ALL, &q);

    if (rc < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more) {
        nk_str reg = nk_archive__text(q, 0), aad, reason;

        if ((rc = void_aad(ctx, ar, reg, nk_archive__int(q, 1),
                           nk_archive__int(q, 2), nk_archive__int(q, 3),
                           &aad)) < 0 ||
            (rc = nk_archive__unseal_own(ctx, &ar->scratch, ar, aad,
                                         nk_archive__blob(q, 4), &reason,
                                         &ok)) < 0)
            break;
        if (!ok)
            nk_problem_add(problems, NK_ERROR, NK_M_VOID_BROKEN, NK_NOWHERE,
                           NK_ARGS(NK_NUM(nk_archive__int(q, 2)), reg,
                                   NK_NUM(nk_archive__int(q, 1))));
        nk_arena_reset(&ar->scratch);
    }
    nk_archive__end(q);
    return rc;
}

nk_err nk_archive__numbers_verify(nk_ctx *ctx, nk_archive *ar,
                                  nk_problems *problems)
{
    nk_query *q;
    bool more;
    nk_err rc = voids_verify(ctx, ar, problems);

    if (rc < 0 ||
        (rc = nk_archive__ask(ctx, ar->data, NK_SQL_BOOK_GAPS, &q)) < 0)
        return rc;
    while ((rc = nk_archive__next(ctx, q, &more)) == NK_OK && more)
        nk_problem_add(problems, NK_ERROR, NK_M_NUMBERS_GAP, NK_NOWHERE,
                       NK_ARGS(nk_archive__text(q, 0),
                               NK_NUM(nk_archive__int(q, 1)),
                               NK_NUM(nk_archive__int(q, 2)),
                               NK_NUM(nk_archive__int(q, 3))));
    nk_archive__end(q);
    return rc;
}
