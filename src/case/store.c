/*
 * Case records into the archive, checked; and the numbers of new cases.
 */
#include "case/case_int.h"

#define AUTO NK_STR("auto")

/* The n of "KASUS-2026-0001" when it is of that form and year; else 0. */
static uint64_t case_seq(nk_str number, int year)
{
    nk_str head, y;
    uint64_t seq, of;

    if (!nk_str_cut(&number, '-', &head) || !nk_str_eq(head, NK_STR("KASUS")) ||
        !nk_str_cut(&number, '-', &y) || !nk_str_uint(y, 9999, &of) ||
        of != (uint64_t)year || !nk_str_uint(number, UINT32_MAX, &seq))
        return 0;
    return seq;
}

/* The number after the highest one of the year. */
static nk_err next_case(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int year,
                        nk_str *out)
{
    nk_case_entry *list;
    uint64_t highest = 0;
    size_t n, i;
    nk_buf b;
    nk_err rc;

    if ((rc = nk_archive_case_list(ctx, a, ar, NK_EMPTY, &list, &n)) < 0)
        return rc;
    for (i = 0; i < n; i++) {
        uint64_t seq = case_seq(list[i].number, year);

        if (seq > highest)
            highest = seq;
    }
    nk_buf_init(&b, a);
    nk_buf_lit(&b, "KASUS-");
    nk_buf_int(&b, year);
    nk_buf_putc(&b, '-');
    nk_buf_pad(&b, highest + 1, 4);
    return nk_buf_end(ctx, &b, out);
}

/* The record with number="auto" replaced: everything else byte for byte. */
static nk_err set_number(nk_ctx *ctx, nk_arena *a, nk_str xml, nk_str number,
                         nk_str *out)
{
    static const nk_str marks[] = { NK_STR_INIT("number=\"auto\""),
                                    NK_STR_INIT("number='auto'") };
    size_t i;
    nk_buf b;

    nk_buf_init(&b, a);
    for (i = 0; i < 2; i++) {
        size_t at = nk_str_search(xml, marks[i]);

        if (at == xml.len)
            continue;
        nk_buf_puts(&b, nk_str_head(xml, at));
        nk_buf_lit(&b, "number=\"");
        nk_buf_puts(&b, number);
        nk_buf_putc(&b, '"');
        nk_buf_puts(&b, nk_str_skip(xml, at + marks[i].len));
        return nk_buf_end(ctx, &b, out);
    }
    return nk_fail(ctx, NK_E_INVALID, NK_M_CASE_AUTO, NK_NOWHERE, NK_NOARGS);
}

static nk_err check_record(nk_ctx *ctx, nk_record *r, const nk_office *o,
                           nk_str file, bool allow_incomplete,
                           nk_problems *problems)
{
    uint32_t errors = problems->errors;
    nk_err rc;

    if ((rc = nk_record_derive(
             ctx, r, nk_date_at(nk_record_opened(r), nk_office_zone(o)))) < 0)
        return rc;
    if (allow_incomplete)
        return NK_OK;
    if ((rc = nk_record_check(ctx, r, problems)) < 0)
        return rc;
    if (problems->errors == errors)
        return NK_OK;
    return nk_fail(ctx, NK_E_INVALID, NK_M_CASE_INCOMPLETE, NK_IN_FILE(file),
                   NK_ARGS(NK_NUM(problems->errors - errors)));
}

static nk_err put(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                  nk_record *r, const nk_office *o, nk_str xml, nk_str *number)
{
    nk_case_entry entry = { .office = nk_record_office(r),
                            .status = nk_record_text(r, NK_STR("status")) };
    nk_err rc;

    entry.opened = nk_date_at(nk_record_opened(r), nk_office_zone(o));
    *number = nk_str_copy(a, nk_record_number(r));
    if (!number->ptr)
        return nk_nomem(ctx);
    if (nk_str_eq(*number, AUTO)) {
        if ((rc = next_case(ctx, a, ar, entry.opened.year, number)) < 0 ||
            (rc = set_number(ctx, a, xml, *number, &xml)) < 0)
            return rc;
    }
    entry.number = *number;
    if ((rc = nk_case__record_dict(ctx, d, ar)) < 0)
        return rc;
    return nk_archive_case_put(ctx, ar, &entry, xml);
}

nk_err nk_case_store(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                     nk_str xml, nk_str file, bool allow_incomplete,
                     nk_problems *problems, nk_str *number)
{
    nk_model *model;
    nk_office *o;
    nk_record *r;
    nk_err rc;

    if ((rc = nk_press_model(ctx, d, &model)) < 0 ||
        (rc = nk_record_open(ctx, model, xml, file, problems, &r)) < 0)
        return rc;
    if ((rc = nk_press_office(ctx, d, nk_record_office(r), problems, &o)) ==
            NK_OK &&
        (rc = check_record(ctx, r, o, file, allow_incomplete, problems)) ==
            NK_OK)
        rc = put(ctx, a, d, ar, r, o, xml, number);
    nk_record_close(r);
    return rc;
}
