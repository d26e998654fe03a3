/*
 * Case records into the archive, checked; and the numbers of new cases.
 */
#include "case/case_int.h"

#include <assert.h>

#define AUTO NK_STR("auto")

/* The number after the highest one of the year: "KASUS-2026-0001". */
static nk_err next_case(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int year,
                        nk_str *out)
{
    uint64_t last;
    nk_str prefix;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, a);
    nk_buf_lit(&b, "KASUS-");
    nk_buf_int(&b, year);
    nk_buf_putc(&b, '-');
    if ((rc = nk_buf_end(ctx, &b, &prefix)) < 0 ||
        (rc = nk_archive_case_last(ctx, ar, prefix, &last)) < 0)
        return rc;
    nk_buf_init(&b, a);
    nk_buf_puts(&b, prefix);
    nk_buf_pad(&b, last + 1, 4);
    return nk_buf_end(ctx, &b, out);
}

/* Skip white space off *s. */
static void skip_space(nk_str *s)
{
    while (s->len && nk_is_space(s->ptr[0]))
        *s = nk_str_skip(*s, 1);
}

/* What follows the name of the root element; xml is well-formed. */
static nk_str in_root_tag(nk_str xml)
{
    for (;;) {
        nk_str end = NK_STR("-->");

        xml = nk_str_skip(xml, nk_str_find(xml, '<'));
        if (nk_str_starts(xml, NK_STR("<?")))
            end = NK_STR("?>");
        else if (!nk_str_starts(xml, NK_STR("<!--")))
            break;
        xml = nk_str_skip(xml, nk_str_search(xml, end));
    }
    while (xml.len && !nk_is_space(xml.ptr[0]))
        xml = nk_str_skip(xml, 1);
    return xml;
}

/* The value of the root's attribute "number", as it stands in the text. */
static nk_str number_in(nk_str xml)
{
    nk_str rest = in_root_tag(xml), name, value;

    do {
        nk_str_cut(&rest, '=', &name);
        skip_space(&rest);
        assert(rest.len > 1); /* the schema requires a number */
        value = nk_str_skip(rest, 1);
        value = nk_str_head(value, nk_str_find(value, rest.ptr[0]));
        rest = nk_str_skip(rest, value.len + 2);
    } while (!nk_str_eq(nk_str_trim(name), NK_STR("number")));
    return value;
}

/* The record with another number: everything else byte for byte. */
static nk_err set_number(nk_ctx *ctx, nk_arena *a, nk_str xml, nk_str number,
                         nk_str *out)
{
    nk_str old = number_in(xml);
    size_t at = (size_t)(old.ptr - xml.ptr);
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_puts(&b, nk_str_head(xml, at));
    nk_buf_puts(&b, number);
    nk_buf_puts(&b, nk_str_skip(xml, at + old.len));
    return nk_buf_end(ctx, &b, out);
}

/* The day it is at the office when a case is opened. */
static nk_date opened_on(const nk_record *r, const nk_office *o)
{
    nk_zone zone = nk_office_zone(o);

    return nk_date_at(nk_record_opened(r, zone), zone);
}

static nk_err check_record(nk_ctx *ctx, nk_record *r, const nk_office *o,
                           nk_str file, bool allow_incomplete,
                           nk_problems *problems)
{
    uint32_t errors = problems->errors;
    nk_err rc;

    if ((rc = nk_record_derive(ctx, r, opened_on(r, o))) < 0)
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

    entry.opened = opened_on(r, o);
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
    if (rc == NK_OK)
        nk_log(ctx, NK_LOG_INFO, NK_STR("case"), NK_STR("stored"),
               NK_ARGS(NK_STR("number"), *number));
    return rc;
}
