/*
 * Letter numbers: filling a register's pattern, token by token.
 */
#include "office/office_int.h"

static void put_class(nk_buf *b, const nk_number_parts *p, nk_str unit)
{
    (void)unit;
    nk_buf_puts(b, p->class);
}

static void put_seq(nk_buf *b, const nk_number_parts *p, nk_str unit)
{
    (void)unit;
    nk_buf_int(b, p->seq);
}

static void put_unit(nk_buf *b, const nk_number_parts *p, nk_str unit)
{
    (void)p;
    nk_buf_puts(b, unit);
}

static void put_year(nk_buf *b, const nk_number_parts *p, nk_str unit)
{
    (void)unit;
    nk_buf_int(b, p->date.year);
}

static void put_month(nk_buf *b, const nk_number_parts *p, nk_str unit)
{
    (void)unit;
    nk_buf_pad(b, p->date.month, 2);
}

static void put_roman(nk_buf *b, const nk_number_parts *p, nk_str unit)
{
    (void)unit;
    nk_date_put(b, p->date, NK_DATE_ROMAN);
}

static void put_security(nk_buf *b, const nk_number_parts *p, nk_str unit)
{
    (void)unit;
    nk_buf_puts(b, p->security);
}

static bool put_token(nk_buf *b, nk_str token, const nk_number_parts *p,
                      nk_str unit)
{
    static const struct token_row {
        nk_str name;
        void (*put)(nk_buf *, const nk_number_parts *, nk_str);
    } rows[] = {
        { NK_STR_INIT("class"), put_class },
        { NK_STR_INIT("seq"), put_seq },
        { NK_STR_INIT("unit"), put_unit },
        { NK_STR_INIT("year"), put_year },
        { NK_STR_INIT("month"), put_month },
        { NK_STR_INIT("month-roman"), put_roman },
        { NK_STR_INIT("security"), put_security },
    };
    uint64_t digits;
    size_t i;

    if (nk_str_starts(token, NK_STR("seq:")) &&
        nk_str_uint(nk_str_skip(token, 4), 9, &digits)) {
        nk_buf_pad(b, p->seq, (unsigned)digits);
        return true;
    }
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (nk_str_eq(rows[i].name, token)) {
            rows[i].put(b, p, unit);
            return true;
        }
    }
    return false;
}

/* Fill in a pattern; false: *bad is a token that is none. */
static bool fill(nk_buf *b, nk_str pattern, const nk_number_parts *parts,
                 nk_str unit, nk_str *bad)
{
    while (pattern.len) {
        size_t open = nk_str_find(pattern, '{'), close;

        nk_buf_puts(b, nk_str_head(pattern, open));
        pattern = nk_str_skip(pattern, open);
        if (!pattern.len)
            break;
        close = nk_str_find(pattern, '}');
        *bad = nk_str_skip(nk_str_head(pattern, close), 1);
        if (close == pattern.len || !put_token(b, *bad, parts, unit))
            return false;
        pattern = nk_str_skip(pattern, close + 1);
    }
    return true;
}

nk_err nk_office_number(nk_ctx *ctx, nk_arena *a, const nk_office *o,
                        nk_str reg, const nk_number_parts *parts, nk_str *out)
{
    nk_xml_node *numbering =
        nk_xml_child(nk_office_node(o), NK_STR("numbering"));
    nk_xml_node *r = numbering ? nk_xml_first(numbering) : NULL;
    nk_str bad;
    nk_buf b;

    while (r && !nk_str_eq(nk_xml_attr_or(r, NK_STR("id"), NK_EMPTY), reg))
        r = nk_xml_next(r);
    if (!r)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_REGISTER_NONE,
                       nk_xml_place(nk_office_node(o)), NK_ARGS(reg));
    nk_buf_init(&b, a);
    if (!fill(&b, nk_xml_attr_or(r, NK_STR("pattern"), NK_EMPTY), parts,
              nk_xml_attr_or(numbering, NK_STR("unit"), NK_EMPTY), &bad))
        return nk_fail(ctx, NK_E_INVALID, NK_M_REGISTER_PATTERN,
                       nk_xml_attr_place(r, NK_STR("pattern")), NK_ARGS(bad));
    return nk_buf_end(ctx, &b, out);
}

void nk_office__check_patterns(const nk_office *o, nk_problems *problems)
{
    const nk_number_parts parts = { .date = { 2000, 1, 1 } };
    nk_xml_node *r = nk_xml_child(nk_office_node(o), NK_STR("numbering"));
    nk_str bad;
    nk_buf b;

    for (r = r ? nk_xml_first(r) : NULL; r; r = nk_xml_next(r)) {
        nk_buf_init(&b, problems->arena);
        if (!fill(&b, nk_xml_attr_or(r, NK_STR("pattern"), NK_EMPTY), &parts,
                  NK_EMPTY, &bad))
            nk_problem_add(problems, NK_ERROR, NK_M_REGISTER_PATTERN,
                           nk_xml_attr_place(r, NK_STR("pattern")),
                           NK_ARGS(bad));
    }
}
