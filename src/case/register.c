/*
 * A register: the cases of an office that were opened between two days, as
 * one document for templates to read as $register.
 *
 * Each case is derived and cut down to what the paper's recipient may see, as
 * if the paper were of it alone; and of what is left only those fields are
 * taken over that the template names. So a register of many thousand cases
 * fits into memory, and nothing is in it that its paper does not ask for.
 */
#include "case/case_int.h"

struct registering {
    nk_ctx *ctx;
    nk_arena scratch; /* of one case */
    nk_model *model;
    const nk_template *t;
    const nk_office *office;
    nk_date on;
    nk_xml *x;
};

static bool copy_attrs(const struct registering *r, const nk_xml_node *from,
                       const nk_field *f, nk_xml_node *to)
{
    const nk_field *a;
    nk_str value;

    for (a = f->first; a; a = a->next)
        if (a->is_attr && nk_template_names(r->t, a) &&
            nk_xml_attr(from, a->name, &value) &&
            !nk_xml_set_attr(to, a->name, value))
            return false;
    return true;
}

/* A record is no deeper than the schema, which is as deep as this goes. */
static bool copy_fields(struct registering *r, const nk_xml_node *from,
                        nk_xml_node *to)
{
    const nk_xml_node *e;

    for (e = nk_xml_first(from); e; e = nk_xml_next(e)) {
        const nk_field *f = nk_record_field(e);
        nk_str text = NK_EMPTY;
        nk_xml_node *copy;

        if (!f || !nk_template_names(r->t, f))
            continue;
        if (f->kind != NK_KIND_GROUP &&
            !(text = nk_xml_all_text(&r->scratch, e)).ptr)
            return false;
        if (!(copy = nk_xml_add(to, f->name, text)))
            return false;
        nk_xml_set_mark(copy, nk_xml_mark(e));
        if (!copy_attrs(r, e, f, copy) || !copy_fields(r, e, copy))
            return false;
    }
    return true;
}

static nk_err add_record(struct registering *r, nk_record *record)
{
    const nk_xml_node *root = nk_xml_root(nk_record_xml(record));
    nk_rights rights;
    nk_xml_node *e;
    nk_err rc;

    if ((rc = nk_record_set_zone(r->ctx, record, nk_office_zone(r->office))) <
            0 ||
        (rc = nk_record_derive(r->ctx, record, r->on)) < 0 ||
        (rc = nk_rights_of(r->ctx, record, r->t->recipient, NK_EMPTY, r->on,
                           &rights)) < 0)
        return rc;
    nk_record_restrict(record, rights);
    e = nk_xml_add(nk_xml_root(r->x), NK_STR("case"), (nk_str){ NULL, 0 });
    if (!e)
        return nk_nomem(r->ctx);
    nk_xml_set_mark(e, nk_xml_mark(root));
    return copy_attrs(r, root, nk_model_root(r->model), e) &&
                   copy_fields(r, root, e)
               ? NK_OK
               : nk_nomem(r->ctx);
}

static nk_err add_bytes(struct registering *r, nk_str xml, nk_str file)
{
    nk_record *record;
    nk_err rc = nk_record_open_checked(r->ctx, r->model, xml, file, &record);

    if (rc < 0)
        return rc;
    rc = add_record(r, record);
    nk_record_close(record);
    return rc;
}

static nk_err set_day(struct registering *r, nk_str name, nk_date day)
{
    nk_buf b;

    nk_buf_init(&b, &r->scratch);
    nk_date_put(&b, day, NK_DATE_ISO);
    return b.err < 0 || (day.year && !nk_xml_set_attr(nk_xml_root(r->x), name,
                                                      nk_buf_str(&b)))
               ? nk_nomem(r->ctx)
               : NK_OK;
}

static nk_err begin(struct registering *r, nk_date from, nk_date to)
{
    nk_err rc;

    nk_arena_init(&r->scratch);
    if ((rc = nk_xml_new(r->ctx, NK_STR("register"), &r->x)) < 0 ||
        (rc = set_day(r, NK_STR("from"), from)) < 0)
        return rc;
    return set_day(r, NK_STR("to"), to);
}

static nk_err end(struct registering *r, nk_err rc, nk_xml **out)
{
    nk_arena_release(&r->scratch);
    if (rc < 0)
        nk_xml_close(r->x);
    else
        *out = r->x;
    return rc;
}

nk_err nk_case__register_of_one(nk_ctx *ctx, nk_model *model,
                                const nk_template *t, const nk_office *office,
                                nk_str xml, nk_str file, nk_date on,
                                nk_xml **out)
{
    struct registering r = {
        .ctx = ctx, .model = model, .t = t, .office = office, .on = on
    };
    nk_err rc = begin(&r, (nk_date){ 0 }, (nk_date){ 0 });

    if (rc == NK_OK)
        rc = add_bytes(&r, xml, file);
    return end(&r, rc, out);
}

static bool is_between(nk_date day, nk_date from, nk_date to)
{
    return (!from.year || nk_date_cmp(day, from) >= 0) &&
           (!to.year || nk_date_cmp(day, to) <= 0);
}

static nk_err add_cases(struct registering *r, nk_archive *ar, nk_date from,
                        nk_date to)
{
    nk_case_entry *list;
    nk_arena index;
    nk_str xml;
    size_t n, i;
    nk_err rc;

    nk_arena_init(&index);
    rc = nk_archive_case_list(r->ctx, &index, ar, nk_office_id(r->office),
                              &list, &n);
    for (i = 0; rc == NK_OK && i < n; i++) {
        if (!is_between(list[i].opened, from, to))
            continue;
        nk_arena_reset(&r->scratch);
        rc = nk_archive_case_get(r->ctx, &r->scratch, ar, list[i].number, 0,
                                 &xml);
        if (rc == NK_OK)
            rc = add_bytes(r, xml, list[i].number);
    }
    nk_arena_release(&index);
    return rc;
}

nk_err nk_register_build(nk_ctx *ctx, nk_press *d, nk_archive *ar,
                         nk_str template_name, nk_str office, nk_date from,
                         nk_date to, nk_problems *problems, nk_xml **out)
{
    struct registering r = { .ctx = ctx };
    nk_template *t;
    nk_office *o;
    nk_err rc;

    if ((rc = nk_press_model(ctx, d, &r.model)) < 0 ||
        (rc = nk_press_template(ctx, d, template_name, problems, &t)) < 0 ||
        (rc = nk_press_office(ctx, d, office, problems, &o)) < 0)
        return rc;
    r.t = t;
    r.office = o;
    r.on = nk_date_at(ctx->now, nk_office_zone(o));
    rc = begin(&r, from, to);
    if (rc == NK_OK && t->wants_register)
        rc = add_cases(&r, ar, from, to);
    return end(&r, rc, out);
}
