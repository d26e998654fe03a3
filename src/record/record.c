/*
 * Case records: reading, knowing which field each element is of, computed
 * fields, and what a complete record lacks.
 *
 * Faults are looked for twice: first by the field model, which knows labels
 * and gives a clerk the better words, then by the schema for all that is left,
 * unless it is plain that nothing is.
 */
#include "record/record_int.h"

#include <stdlib.h>

struct walking {
    nk_ctx *ctx;
    nk_record *r;
    nk_problems *problems; /* NULL: only find the fields */
    struct nk_record__around around;
};

static void report_unknown(struct walking *w, const nk_xml_node *e,
                           const nk_field *parent)
{
    nk_str names[NK_MAX_SIBLINGS], near;
    const nk_field *c;
    size_t n = 0;

    for (c = parent->first; c && n < NK_MAX_SIBLINGS; c = c->next)
        if (!c->is_attr)
            names[n++] = c->name;
    near = nk_str_nearest(nk_xml_name(e), names, n);
    nk_problem_add(w->problems, NK_ERROR,
                   near.len ? NK_M_FIELD_MEANT : NK_M_FIELD_UNKNOWN,
                   nk_xml_place(e),
                   NK_ARGS(nk_xml_name(e), parent->label[NK_LANG_ID], near));
}

/* Values of attributes, and those that are no field. */
static void check_attrs(struct walking *w, nk_xml_node *e, const nk_field *f)
{
    nk_str name, value;
    size_t k;

    for (k = 0; nk_xml_attr_at(e, k, &name, &value); k++) {
        const nk_field *a;

        for (a = f->first; a; a = a->next)
            if (a->is_attr && nk_str_eq(a->name, name))
                break;
        if (!a) /* also of an element that is no group */
            nk_problem_add(w->problems, NK_ERROR, NK_M_XML_ATTR_UNKNOWN,
                           nk_xml_attr_place(e, name),
                           NK_ARGS(name, nk_xml_name(e)));
        else
            nk_record__check_value(a, value, nk_xml_attr_place(e, name),
                                   &w->around, w->problems);
    }
}

static void check_element(struct walking *w, nk_xml_node *e, const nk_field *f)
{
    if (!w->problems)
        return;
    check_attrs(w, e, f);
    if (f->computed.len) {
        nk_place at = nk_xml_place(e);

        at.field = f->label[NK_LANG_ID];
        nk_problem_add(w->problems, NK_ERROR, NK_M_FIELD_COMPUTED, at,
                       NK_ARGS(f->label[NK_LANG_ID]));
        return;
    }
    if (f->kind == NK_KIND_GROUP || nk_xml_first(e))
        return;
    w->around.group = nk_xml_parent(e);
    nk_record__check_value(f, nk_xml_text(e), nk_xml_place(e), &w->around,
                           w->problems);
}

/* Give every element below `e` its field, depth first. */
static void find_fields(struct walking *w, nk_xml_node *e,
                        const nk_field *parent)
{
    nk_xml_node *c;

    for (c = nk_xml_first(e); c; c = nk_xml_next(c)) {
        const nk_field *f = nk_field_child(parent, nk_xml_name(c));
        union {
            const nk_field *in;
            void *out;
        } mark = { .in = f };

        if (!f) {
            if (w->problems)
                report_unknown(w, c, parent);
            continue;
        }
        nk_xml_set_mark(c, mark.out);
        check_element(w, c, f);
        if (f->kind == NK_KIND_GROUP)
            find_fields(w, c, f);
    }
}

static void mark_root(nk_record *r)
{
    union {
        const nk_field *in;
        void *out;
    } mark = { .in = r->model->root };

    nk_xml_set_mark(nk_xml_root(r->xml), mark.out);
}

static nk_err check_all(nk_ctx *ctx, nk_record *r, nk_problems *problems)
{
    struct walking w = { .ctx = ctx, .r = r, .problems = problems };
    nk_xml_node *root = nk_xml_root(r->xml);
    uint32_t errors = problems->errors;
    nk_err rc;

    w.around.today = nk_date_at(ctx->now, NK_ZONE_WIB);
    w.around.regions = &r->model->regions;
    mark_root(r);
    if (nk_str_eq(nk_xml_ns(root), NK_RECORD__NS)) {
        check_attrs(&w, root, r->model->root);
        find_fields(&w, root, r->model->root);
    }
    if ((problems->errors > errors || !nk_record__is_plain(r)) &&
        (rc = nk_xml_check(ctx, r->xml, r->model->schema, problems)) < 0)
        return rc;
    if (problems->errors > errors) {
        nk_place at = nk_xml_place(root);

        return nk_fail(ctx, NK_E_INVALID, NK_M_RECORD_WRONG,
                       NK_IN_FILE(at.file),
                       NK_ARGS(at.file, NK_NUM(problems->errors - errors)));
    }
    return NK_OK;
}

static nk_err new_record(nk_ctx *ctx, nk_model *m, nk_record **out)
{
    if (!(*out = calloc(1, sizeof(nk_record))))
        return nk_nomem(ctx);
    (*out)->model = m;
    return NK_OK;
}

/* What the program asks of a record that may be cut down by then. */
static void keep_facts(nk_record *r)
{
    static const nk_str names[] = { NK_STR_INIT("number"),
                                    NK_STR_INIT("office"),
                                    NK_STR_INIT("opened") };
    char *const to[] = { r->number, r->office, r->opened };
    nk_str v;
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        v = nk_xml_attr_or(nk_xml_root(r->xml), names[i], NK_EMPTY);
        if (v.len > NK_RECORD_WORD)
            v.len = NK_RECORD_WORD;
        if (v.len)
            memcpy(to[i], v.ptr, v.len);
    }
}

/* Write a moment, the element e or its attribute f, as the clocks of that
   zone show it. */
static nk_err set_clock(nk_ctx *ctx, nk_xml_node *e, const nk_field *f,
                        nk_zone zone)
{
    nk_str v = f->is_attr ? nk_xml_attr_or(e, f->name, NK_EMPTY)
                          : nk_str_trim(nk_xml_text(e));
    nk_err rc = NK_OK;
    nk_arena a;
    int64_t ms;
    nk_buf b;

    if (!nk_moment_parse(v, zone, &ms))
        return NK_OK; /* none, or what a checked record does not hold */
    nk_arena_init(&a);
    nk_buf_init(&b, &a);
    nk_moment_put(&b, ms, zone);
    if (b.err < 0 || !(f->is_attr ? nk_xml_set_attr(e, f->name, nk_buf_str(&b))
                                  : nk_xml_set_text(e, nk_buf_str(&b))))
        rc = nk_nomem(ctx);
    nk_arena_release(&a);
    return rc;
}

static nk_err set_clocks(nk_ctx *ctx, nk_xml_node *e, nk_zone zone)
{
    const nk_field *f = nk_xml_mark(e), *c;
    nk_err rc = NK_OK;
    nk_xml_node *k;

    if (f && f->kind == NK_KIND_MOMENT)
        return set_clock(ctx, e, f, zone);
    for (c = f ? f->first : NULL; c && rc == NK_OK; c = c->next)
        if (c->is_attr && c->kind == NK_KIND_MOMENT)
            rc = set_clock(ctx, e, c, zone);
    for (k = nk_xml_first(e); k && rc == NK_OK; k = nk_xml_next(k))
        rc = set_clocks(ctx, k, zone);
    return rc;
}

nk_err nk_record_open(nk_ctx *ctx, nk_model *m, nk_str bytes, nk_str file,
                      nk_problems *problems, nk_record **out)
{
    nk_record *r;
    nk_err rc;

    if ((rc = new_record(ctx, m, &r)) < 0)
        return rc;
    if ((rc = nk_xml_open(ctx, bytes, file, problems, &r->xml)) < 0 ||
        (rc = check_all(ctx, r, problems)) < 0) {
        nk_record_close(r);
        return rc;
    }
    nk_xml_drop_ns(r->xml);
    keep_facts(r);
    *out = r;
    return NK_OK;
}

nk_err nk_record_open_checked(nk_ctx *ctx, nk_model *m, nk_str bytes,
                              nk_str file, nk_record **out)
{
    struct walking w = { .ctx = ctx };
    nk_problems problems;
    nk_arena a;
    nk_record *r;
    nk_err rc;

    if ((rc = new_record(ctx, m, &r)) < 0)
        return rc;
    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    rc = nk_xml_open(ctx, bytes, file, &problems, &r->xml);
    nk_arena_release(&a);
    if (rc < 0) {
        nk_record_close(r);
        return rc;
    }
    mark_root(r);
    find_fields(&w, nk_xml_root(r->xml), m->root);
    nk_xml_drop_ns(r->xml);
    keep_facts(r);
    *out = r;
    return NK_OK;
}

nk_err nk_record_new(nk_ctx *ctx, nk_model *m, nk_record **out)
{
    nk_record *r;
    nk_err rc;

    if ((rc = new_record(ctx, m, &r)) < 0)
        return rc;
    if ((rc = nk_xml_new(ctx, m->root->name, &r->xml)) < 0) {
        nk_record_close(r);
        return rc;
    }
    mark_root(r);
    *out = r;
    return NK_OK;
}

void nk_record_close(nk_record *r)
{
    if (!r)
        return;
    nk_xml_close(r->xml);
    free(r);
}

nk_xml *nk_record_xml(nk_record *r)
{
    return r->xml;
}

nk_str nk_record_number(const nk_record *r)
{
    return nk_str_of(r->number);
}

nk_str nk_record_office(const nk_record *r)
{
    return nk_str_of(r->office);
}

int64_t nk_record_opened(const nk_record *r, nk_zone zone)
{
    int64_t ms = 0;

    nk_moment_parse(nk_str_of(r->opened), zone, &ms);
    return ms;
}

nk_err nk_record_set_zone(nk_ctx *ctx, nk_record *r, nk_zone zone)
{
    return set_clocks(ctx, nk_xml_root(r->xml), zone);
}

const nk_field *nk_record_field(const nk_xml_node *e)
{
    return nk_xml_mark(e);
}

nk_str nk_record_text(const nk_record *r, nk_str path)
{
    nk_xml_node *e = nk_xml_root(r->xml);
    nk_str step;

    while (e && nk_str_cut(&path, '/', &step))
        e = nk_xml_child(e, step);
    return e ? nk_str_trim(nk_xml_text(e)) : NK_EMPTY;
}

/* ---- Computed fields --------------------------------------------------- */

static nk_err derive_group(nk_ctx *ctx, nk_arena *a, nk_xml_node *group,
                           nk_date on)
{
    const nk_field *f = nk_record_field(group), *c;
    nk_xml_node *e;

    for (c = f ? f->first : NULL; c; c = c->next) {
        union {
            const nk_field *in;
            void *out;
        } mark = { .in = c };
        nk_buf b;

        if (!c->computed.len)
            continue;
        if ((e = nk_xml_child(group, c->name)) != NULL)
            nk_xml_remove(e);
        nk_buf_init(&b, a);
        if (!nk_record__compute(c->computed, group, on, &b))
            continue;
        if (b.err < 0 || !(e = nk_xml_add(group, c->name, nk_buf_str(&b))))
            return nk_nomem(ctx);
        nk_xml_set_mark(e, mark.out);
    }
    return NK_OK;
}

nk_err nk_record_derive(nk_ctx *ctx, nk_record *r, nk_date on)
{
    nk_xml_node *root = nk_xml_root(r->xml), *e;
    nk_arena a;
    nk_err rc = NK_OK;

    nk_arena_init(&a);
    /* Computed fields are of groups that stand below the case. */
    for (e = nk_xml_first(root); e && rc == NK_OK; e = nk_xml_next(e))
        rc = derive_group(ctx, &a, e, on);
    nk_arena_release(&a);
    return rc;
}

/* ---- What is missing --------------------------------------------------- */

static bool has_value(const nk_xml_node *group, const nk_field *f)
{
    const nk_xml_node *e;

    for (e = nk_xml_first(group); e; e = nk_xml_next(e))
        if (nk_record_field(e) == f &&
            (nk_xml_first(e) || nk_str_trim(nk_xml_text(e)).len))
            return true;
    return false;
}

static nk_err check_group(nk_ctx *ctx, nk_record *r, nk_xml_node *group,
                          nk_problems *problems)
{
    const nk_field *f = nk_record_field(group), *c;
    nk_err rc;

    for (c = f->first; c; c = c->next) {
        nk_place at = nk_xml_place(group);
        bool needed = c->required;

        if (c->is_attr || (!needed && !c->needed) || has_value(group, c))
            continue;
        if (c->needed && (rc = nk_xpath_test(ctx, r->model->env, c->needed,
                                             group, at, &needed)) < 0)
            return rc;
        if (!needed)
            continue;
        at.field = nk_field_label(problems->arena, c, NK_LANG_ID);
        nk_problem_add(problems, NK_ERROR, NK_M_FIELD_REQUIRED, at,
                       NK_ARGS(at.field, c->name));
    }
    return NK_OK;
}

nk_err nk_record_check(nk_ctx *ctx, nk_record *r, nk_problems *problems)
{
    nk_xml_node *top = nk_xml_root(r->xml), *e = top;
    nk_err rc;

    while (e) {
        const nk_field *f = nk_record_field(e);

        if (f && f->kind == NK_KIND_GROUP &&
            (rc = check_group(ctx, r, e, problems)) < 0)
            return rc;
        if (nk_xml_first(e)) {
            e = nk_xml_first(e);
            continue;
        }
        while (e != top && !nk_xml_next(e))
            e = nk_xml_parent(e);
        e = e == top ? NULL : nk_xml_next(e);
    }
    return NK_OK;
}
