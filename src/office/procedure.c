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

static void check_step(const nk_xml_node *e, nk_problems *problems)
{
    nk_str symbol = nk_xml_attr_or(e, NK_STR("symbol"), NK_EMPTY);
    nk_str no = nk_xml_attr_or(e, NK_STR("no"), NK_EMPTY);
    bool decides = nk_xml_child(e, NK_STR("when")) != NULL;
    nk_xml_node *time = nk_xml_child(e, NK_STR("time"));

    if (decides != nk_str_eq(symbol, NK_STR("decision")))
        add(problems, NK_M_PROCEDURE_DECISION, e, no);
    if (time)
        check_time(time, problems);
}

nk_err nk_procedure_check(nk_ctx *ctx, nk_xml_schema *schema, nk_str bytes,
                          nk_str file, nk_str office, nk_problems *problems)
{
    const nk_xml_node *root, *e, *last = NULL;
    uint32_t errors = problems->errors;
    nk_xml *x;
    nk_err rc = nk_xml_open(ctx, bytes, file, problems, &x);

    if (rc < 0)
        return rc;
    rc = nk_xml_check(ctx, x, schema, problems);
    root = nk_xml_root(x);
    if (rc == NK_OK && problems->errors == errors) {
        if (!nk_str_eq(nk_xml_attr_or(root, NK_STR("office"), NK_EMPTY),
                       office))
            add(problems, NK_M_PROCEDURE_OFFICE, root, office);
        check_time(nk_xml_child(root, NK_STR("time")), problems);
        for (e = nk_xml_first(root); e; e = nk_xml_next(e))
            if (nk_str_eq(nk_xml_name(e), NK_STR("step"))) {
                check_step(e, problems);
                last = e;
            }
        if (!nk_str_eq(nk_xml_attr_or(last, NK_STR("symbol"), NK_EMPTY),
                       NK_STR("end")))
            add(problems, NK_M_PROCEDURE_END, last, NK_EMPTY);
    }
    if (rc == NK_OK && problems->errors > errors)
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_OFFICE_WRONG, NK_IN_FILE(file),
                     NK_ARGS(file, NK_NUM(problems->errors - errors)));
    nk_xml_close(x);
    return rc;
}
