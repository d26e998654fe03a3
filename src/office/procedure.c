/*
 * An office's procedure: what the schema cannot say of it.
 */
#include "office/office_int.h"

static void add(nk_problems *problems, nk_msg msg, const nk_xml_node *e,
                nk_str arg)
{
    nk_problem_add(problems, NK_ERROR, msg, nk_xml_place(e), NK_ARGS(arg));
}

/* A time standard is a number of units, or what decides it. */
static void check_time(const nk_xml_node *e, nk_problems *problems)
{
    nk_str least, most, other;
    bool counted = nk_xml_attr(e, NK_STR("max"), &most);
    uint64_t a, b;

    if (counted == nk_xml_attr(e, NK_STR("until"), &other) ||
        counted != nk_xml_attr(e, NK_STR("unit"), &other) ||
        (nk_xml_attr(e, NK_STR("min"), &least) &&
         (!counted || !nk_str_uint(nk_str_trim(least), UINT32_MAX, &a) ||
          !nk_str_uint(nk_str_trim(most), UINT32_MAX, &b) || a > b)))
        add(problems, NK_M_PROCEDURE_TIME, e, NK_EMPTY);
}

static nk_str symbol_of(const nk_xml_node *step)
{
    return nk_xml_attr_or(step, NK_STR("symbol"), NK_EMPTY);
}

static size_t ways_out(const nk_xml_node *step)
{
    const nk_xml_node *e;
    size_t n = 0;

    for (e = nk_xml_first(step); e; e = nk_xml_next(e))
        n += nk_str_eq(nk_xml_name(e), NK_STR("when"));
    return n;
}

static void check_step(const nk_xml_node *e, nk_problems *problems)
{
    nk_str no = nk_xml_attr_or(e, NK_STR("no"), NK_EMPTY);
    bool decides = nk_str_eq(symbol_of(e), NK_STR("decision"));
    size_t ways = ways_out(e);
    nk_xml_node *time = nk_xml_child(e, NK_STR("time"));

    if (decides ? ways < 2 : ways > 0)
        add(problems, NK_M_PROCEDURE_DECISION, e, no);
    if (time)
        check_time(time, problems);
}

/* Does a way out of this step lead to an exit? */
static bool may_end(const nk_xml_node *step)
{
    const nk_xml_node *w, *e;

    for (w = nk_xml_first(step); w; w = nk_xml_next(w))
        for (e = nk_xml_next(step); e; e = nk_xml_next(e))
            if (nk_str_eq(nk_xml_name(w), NK_STR("when")) &&
                nk_str_eq(nk_xml_attr_or(w, NK_STR("go"), NK_EMPTY),
                          nk_xml_attr_or(e, NK_STR("no"), NK_EMPTY)))
                return true;
    return false;
}

/* From a start, through steps that are neither, to an end. */
static void check_flow(const nk_xml_node *flow, nk_problems *problems)
{
    const nk_xml_node *e, *first = NULL, *last = NULL;

    for (e = nk_xml_first(flow); e; e = nk_xml_next(e)) {
        if (!nk_str_eq(nk_xml_name(e), NK_STR("step")))
            continue;
        check_step(e, problems);
        first = first ? first : e;
        last = e;
    }
    if (first != last && !nk_str_eq(symbol_of(first), NK_STR("start")))
        add(problems, NK_M_PROCEDURE_START, first, NK_EMPTY);
    if (!nk_str_eq(symbol_of(last), NK_STR("end")) && !may_end(last))
        add(problems, NK_M_PROCEDURE_END, last, NK_EMPTY);
}

static void check_root(const nk_xml_node *root, nk_str office,
                       nk_problems *problems)
{
    const nk_xml_node *e;

    if (!nk_str_eq(nk_xml_attr_or(root, NK_STR("office"), NK_EMPTY), office))
        add(problems, NK_M_PROCEDURE_OFFICE, root, office);
    for (e = nk_xml_first(root); e; e = nk_xml_next(e)) {
        if (nk_str_eq(nk_xml_name(e), NK_STR("time")))
            check_time(e, problems);
        if (nk_str_eq(nk_xml_name(e), NK_STR("flow")))
            check_flow(e, problems);
    }
}

nk_err nk_procedure_open(nk_ctx *ctx, nk_xml_schema *schema, nk_str bytes,
                         nk_str file, nk_str office, nk_problems *problems,
                         nk_xml **out)
{
    uint32_t errors = problems->errors;
    nk_xml *x;
    nk_err rc = nk_xml_open(ctx, bytes, file, problems, &x);

    if (rc < 0)
        return rc;
    rc = nk_xml_check(ctx, x, schema, problems);
    if (rc == NK_OK && problems->errors == errors)
        check_root(nk_xml_root(x), office, problems);
    if (rc == NK_OK && problems->errors > errors)
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_OFFICE_WRONG, NK_IN_FILE(file),
                     NK_ARGS(file, NK_NUM(problems->errors - errors)));
    if (rc < 0) {
        nk_xml_close(x);
        return rc;
    }
    nk_xml_drop_ns(x);
    *out = x;
    return NK_OK;
}

nk_err nk_office_read_procedure(nk_ctx *ctx, nk_office *o,
                                nk_xml_schema *schema, nk_str bytes,
                                nk_str file, nk_problems *problems)
{
    nk_xml *x;
    nk_err rc = nk_procedure_open(ctx, schema, bytes, file, nk_office_id(o),
                                  problems, &x);

    if (rc < 0)
        return rc;
    nk_xml_close(o->procedure);
    o->procedure = x;
    return NK_OK;
}

nk_xml_node *nk_office_procedure(const nk_office *o)
{
    return o->procedure ? nk_xml_root(o->procedure) : NULL;
}

void nk_office__check_standard(const nk_office *o, nk_problems *problems)
{
    /* The components of a service standard (PermenPANRB 15/2014) that the
       schema lets be absent; the eighth is either of two. */
    static const nk_str parts[] = {
        NK_STR_INIT("requirement"),   NK_STR_INIT("product"),
        NK_STR_INIT("channel"),       NK_STR_INIT("legal-basis"),
        NK_STR_INIT("facility"),      NK_STR_INIT("headcount"),
        NK_STR_INIT("qualification"), NK_STR_INIT("supervision"),
        NK_STR_INIT("guarantee"),     NK_STR_INIT("safety"),
        NK_STR_INIT("evaluation"),
    };
    const nk_xml_node *root = nk_office_procedure(o);
    size_t i;

    for (i = 0; root && i < sizeof(parts) / sizeof(parts[0]); i++)
        if (!nk_xml_child(root, parts[i]) &&
            !(nk_str_eq(parts[i], NK_STR("facility")) &&
              nk_xml_child(root, NK_STR("equipment"))))
            nk_problem_add(problems, NK_WARNING, NK_M_PROCEDURE_LACKS,
                           nk_xml_place(root), NK_ARGS(parts[i]));
}
