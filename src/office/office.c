/*
 * The profile: reading it, and saying which facts it lacks.
 */
#include "office/office_int.h"

#include <stdlib.h>

nk_err nk_office_open(nk_ctx *ctx, nk_xml_schema *schema, nk_str bytes,
                      nk_str file, nk_problems *problems, nk_office **out)
{
    nk_office *o = calloc(1, sizeof(*o));
    uint32_t errors = problems->errors;
    nk_err rc;

    if (!o)
        return nk_nomem(ctx);
    if ((rc = nk_xml_open(ctx, bytes, file, problems, &o->xml)) < 0)
        goto out;
    if (schema && (rc = nk_xml_check(ctx, o->xml, schema, problems)) < 0)
        goto out;
    if (problems->errors > errors) {
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_OFFICE_WRONG, NK_IN_FILE(file),
                     NK_ARGS(file, NK_NUM(problems->errors - errors)));
        goto out;
    }
    nk_xml_drop_ns(o->xml);
    *out = o;
    return NK_OK;
out:
    nk_office_close(o);
    return rc;
}

void nk_office_close(nk_office *o)
{
    if (!o)
        return;
    nk_xml_close(o->xml);
    nk_xml_close(o->procedure);
    free(o);
}

nk_xml_node *nk_office_node(const nk_office *o)
{
    return nk_xml_root(o->xml);
}

nk_str nk_office_id(const nk_office *o)
{
    return nk_xml_attr_or(nk_xml_root(o->xml), NK_STR("id"), NK_EMPTY);
}

nk_zone nk_office_zone(const nk_office *o)
{
    nk_zone zone = NK_ZONE_WIB;

    nk_zone_parse(nk_xml_attr_or(nk_xml_root(o->xml), NK_STR("zone"), NK_EMPTY),
                  &zone);
    return zone;
}

nk_str nk_office_text(const nk_office *o, nk_str name)
{
    nk_xml_node *e = nk_xml_child(nk_xml_root(o->xml), name);

    return e ? nk_str_trim(nk_xml_text(e)) : NK_EMPTY;
}

nk_str nk_office_page(const nk_office *o, nk_str name)
{
    static const struct page_default {
        nk_str name, value;
    } defaults[] = {
        { NK_STR_INIT("paper"), NK_STR_INIT("A4") },
        { NK_STR_INIT("font"), NK_STR_INIT("sans") },
        { NK_STR_INIT("size"), NK_STR_INIT("11pt") },
        { NK_STR_INIT("leading"), NK_STR_INIT("1.15") },
        { NK_STR_INIT("top"), NK_STR_INIT("20mm") },
        { NK_STR_INIT("right"), NK_STR_INIT("20mm") },
        { NK_STR_INIT("bottom"), NK_STR_INIT("25mm") },
        { NK_STR_INIT("left"), NK_STR_INIT("30mm") },
    };
    nk_xml_node *e = nk_xml_child(nk_xml_root(o->xml), NK_STR("page"));
    nk_str v;
    size_t i;

    if (e && nk_xml_attr(e, name, &v))
        return v;
    for (i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
        if (nk_str_eq(defaults[i].name, name))
            return defaults[i].value;
    return NK_EMPTY;
}

nk_xml_node *nk_office__find(const nk_office *o, nk_str element, nk_str attr,
                             nk_str value)
{
    nk_xml_node *e;

    for (e = nk_xml_first(nk_xml_root(o->xml)); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), element) &&
            nk_str_eq(nk_xml_attr_or(e, attr, NK_EMPTY), value))
            break;
    return e;
}

nk_xml_node *nk_office_institution(const nk_office *o, nk_str id)
{
    return nk_office__find(o, NK_STR("institution"), NK_STR("id"), id);
}

/* Identifiers on people and letterhead that look wrong. */
static void check_idents(const nk_office *o, nk_problems *problems)
{
    static const struct ident_row {
        nk_str name;
        nk_msg label;
        nk_ident (*check)(nk_str);
    } rows[] = {
        { NK_STR_INIT("postcode"), NK_T_OFFICE_POSTCODE, nk_postcode_check },
        { NK_STR_INIT("email"), NK_T_OFFICE_EMAIL, nk_email_check },
    };
    nk_xml_node *e;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        nk_ident what;

        e = nk_xml_child(nk_xml_root(o->xml), rows[i].name);
        what = e ? rows[i].check(nk_str_trim(nk_xml_text(e))) : NK_IDENT_OK;
        if (what != NK_IDENT_OK)
            nk_problem_add(problems, NK_WARNING, nk_ident_message(what),
                           nk_xml_place(e),
                           NK_ARGS(nk_msg_text(rows[i].label, NK_LANG_ID)));
    }
    for (e = nk_xml_first(nk_xml_root(o->xml)); e; e = nk_xml_next(e)) {
        nk_xml_node *nip = nk_xml_child(e, NK_STR("nip"));
        nk_ident what = nip ? nk_nip_check(nk_xml_text(nip)) : NK_IDENT_OK;

        if (what != NK_IDENT_OK)
            nk_problem_add(problems, NK_WARNING, nk_ident_message(what),
                           nk_xml_place(nip), NK_ARGS(NK_STR("NIP")));
    }
}

/* Delegations to or through people the profile does not have. */
static void check_people(const nk_office *o, nk_problems *problems)
{
    static const nk_str names[] = { NK_STR_INIT("to"), NK_STR_INIT("through") };
    nk_xml_node *e;
    nk_str id;
    size_t i;

    for (e = nk_xml_first(nk_xml_root(o->xml)); e; e = nk_xml_next(e))
        for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            if (nk_str_eq(nk_xml_name(e), NK_STR("delegation")) &&
                nk_xml_attr(e, names[i], &id) &&
                !nk_office__find(o, NK_STR("person"), NK_STR("id"), id))
                nk_problem_add(problems, NK_ERROR, NK_M_SIGNER_UNKNOWN,
                               nk_xml_attr_place(e, names[i]), NK_ARGS(id));
}

void nk_office_check(const nk_office *o, nk_problems *problems)
{
    static const struct fact {
        nk_str element;
        nk_msg label;
    } facts[] = {
        { NK_STR_INIT("address"), NK_T_OFFICE_ADDRESS },
        { NK_STR_INIT("postcode"), NK_T_OFFICE_POSTCODE },
        { NK_STR_INIT("phone"), NK_T_OFFICE_PHONE },
        { NK_STR_INIT("email"), NK_T_OFFICE_EMAIL },
        { NK_STR_INIT("arms"), NK_T_OFFICE_ARMS },
        { NK_STR_INIT("verification"), NK_T_OFFICE_VERIFICATION },
        { NK_STR_INIT("person"), NK_T_OFFICE_PERSON },
    };
    nk_xml_node *root = nk_xml_root(o->xml), *numbering;
    size_t i;

    for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        if (!nk_xml_child(root, facts[i].element))
            nk_problem_add(problems, NK_WARNING, NK_M_OFFICE_LACKS,
                           nk_xml_place(root),
                           NK_ARGS(nk_msg_text(facts[i].label, NK_LANG_ID),
                                   facts[i].element));
    nk_office__check_standard(o, problems);
    numbering = nk_xml_child(root, NK_STR("numbering"));
    if (numbering && !nk_xml_attr_or(numbering, NK_STR("unit"), NK_EMPTY).len)
        nk_problem_add(problems, NK_WARNING, NK_M_OFFICE_LACKS,
                       nk_xml_place(numbering),
                       NK_ARGS(nk_msg_text(NK_T_OFFICE_UNIT_CODE, NK_LANG_ID),
                               NK_STR("numbering/@unit")));
    check_idents(o, problems);
    check_people(o, problems);
    nk_office__check_patterns(o, problems);
}
