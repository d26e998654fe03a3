/*
 * The places to sign. A paper of naskah carries its plan: a private
 * dictionary under the catalog's /PieceInfo lists every signature field
 * before any exists. The form fields of a revision are matched to the plan
 * by name, page and rectangle; a signature field outside the plan is a
 * fault. A foreign PDF has no plan, and its places are its signature fields.
 */
#include "sign/sign_int.h"

static nk_err bad_plan(nk_ctx *ctx, nk_str what)
{
    return nk_fail(ctx, NK_E_INVALID, NK_M_SIGN_PLAN_DAMAGED, NK_NOWHERE,
                   NK_ARGS(what));
}

/* /PieceInfo /naskah /Private of the catalog; NONE in a foreign PDF. */
static nk_err find_plan(nk_ctx *ctx, nk_cos_file *f, nk_cos_value *plan)
{
    static const nk_str path[] = { NK_STR_INIT("PieceInfo"),
                                   NK_STR_INIT("naskah"),
                                   NK_STR_INIT("Private") };
    nk_cos_object catalog;
    size_t i;
    nk_err rc;

    if ((rc = nk_cos_catalog(ctx, f, 0, &catalog)) < 0)
        return rc;
    *plan = catalog.value;
    for (i = 0; i < sizeof(path) / sizeof(path[0]); i++) {
        if ((rc = nk_cos_follow(ctx, f, 0, plan, path[i], plan)) < 0)
            return rc;
        if (plan->kind == NK_COS_NONE && i < 2)
            return NK_OK;
        if (plan->kind != NK_COS_DICT)
            return bad_plan(ctx, path[i]);
    }
    return NK_OK;
}

static bool is_text(const nk_cos_value *v)
{
    return v->kind == NK_COS_TEXT || v->kind == NK_COS_HEX;
}

static bool is_rect(const nk_cos_value *v)
{
    nk_cos_value n;
    nk_str rest;
    size_t i;

    if (v->kind != NK_COS_ARRAY)
        return false;
    rest = nk_cos_inside(v);
    for (i = 0; nk_cos_take(&rest, &n); i++)
        if (n.kind != NK_COS_INT && n.kind != NK_COS_REAL)
            return false;
    return i == 4;
}

/* The texts of a slot whose other members are set. */
static nk_err read_texts(nk_ctx *ctx, nk_arena *a, nk_sign_slot *slot)
{
    slot->name = nk_cos_text(a, &slot->t);
    slot->label = is_text(&slot->tu) ? nk_cos_text(a, &slot->tu) : slot->name;
    return slot->name.ptr && slot->label.ptr ? NK_OK : nk_nomem(ctx);
}

/* One dictionary of the plan. */
static nk_err read_planned(nk_ctx *ctx, nk_arena *a, const nk_cos_value *d,
                           nk_sign_slot *slot)
{
    nk_err rc;

    if ((rc = nk_cos_get(ctx, d, NK_STR("T"), &slot->t)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("TU"), &slot->tu)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("Rect"), &slot->rect)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("Page"), &slot->page)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("Elem"), &slot->elem)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("Key"), &slot->key)) < 0)
        return rc;
    if (!is_text(&slot->t))
        return bad_plan(ctx, NK_STR("/T"));
    if (!is_text(&slot->tu))
        return bad_plan(ctx, NK_STR("/TU"));
    if (!is_rect(&slot->rect))
        return bad_plan(ctx, NK_STR("/Rect"));
    if (slot->page.kind != NK_COS_REF)
        return bad_plan(ctx, NK_STR("/Page"));
    if (slot->elem.kind != NK_COS_REF)
        return bad_plan(ctx, NK_STR("/Elem"));
    if (slot->key.kind != NK_COS_INT || slot->key.number < 0)
        return bad_plan(ctx, NK_STR("/Key"));
    return read_texts(ctx, a, slot);
}

static nk_sign_slot *find_slot(const nk_sign_paper *p, nk_str name)
{
    size_t i;

    for (i = 0; i < p->n; i++)
        if (nk_str_eq(p->slots[i].name, name))
            return &p->slots[i];
    return NULL;
}

static nk_err add_slot(nk_ctx *ctx, nk_arena *a, nk_sign_paper *p,
                       const nk_sign_slot *slot)
{
    nk_sign_slot *grown;

    if (p->n == NK_MAX_PDF_FIELDS)
        return nk_fail(ctx, NK_E_LIMIT, NK_M_SIGN_PDF_LIMIT, NK_NOWHERE,
                       NK_ARGS(NK_STR("/Fields")));
    grown = nk_cos_room(a, p->slots, p->n, sizeof(*grown));
    if (!grown)
        return nk_nomem(ctx);
    grown[p->n++] = *slot;
    p->slots = grown;
    return NK_OK;
}

static nk_err read_plan(nk_ctx *ctx, nk_arena *a, const nk_cos_value *plan,
                        nk_sign_paper *p)
{
    nk_cos_value type, fields, d;
    nk_str rest;
    nk_err rc;

    if ((rc = nk_cos_get(ctx, plan, NK_STR("Type"), &type)) < 0 ||
        (rc = nk_cos_get(ctx, plan, NK_STR("Fields"), &fields)) < 0)
        return rc;
    if (type.kind != NK_COS_NAME ||
        !nk_cos_name_is(type.raw, NK_STR("NaskahPaper")))
        return bad_plan(ctx, NK_STR("/Type"));
    if (fields.kind != NK_COS_ARRAY)
        return bad_plan(ctx, NK_STR("/Fields"));
    for (rest = nk_cos_inside(&fields); nk_cos_take(&rest, &d);) {
        nk_sign_slot slot = { .name = NK_EMPTY };

        if (d.kind != NK_COS_DICT)
            return bad_plan(ctx, NK_STR("/Fields"));
        if ((rc = read_planned(ctx, a, &d, &slot)) < 0)
            return rc;
        if (find_slot(p, slot.name))
            return bad_plan(ctx, slot.name);
        if ((rc = add_slot(ctx, a, p, &slot)) < 0)
            return rc;
    }
    return NK_OK;
}

/* A form field on the way: its name and kind may come from above. */
struct node {
    nk_cos_value ref;
    nk_str above; /* name of the parent; empty: none */
    bool is_sig;  /* the parent's /FT is /Sig */
};

struct form {
    struct node *nodes;
    size_t n;
};

static nk_err push_all(nk_ctx *ctx, nk_arena *a, struct form *form,
                       const nk_cos_value *refs, nk_str above, bool is_sig)
{
    nk_str rest = nk_cos_inside(refs);
    nk_cos_value ref;

    while (nk_cos_take(&rest, &ref)) {
        struct node *grown;

        if (ref.kind != NK_COS_REF)
            return nk_cos_damaged(ctx, NK_STR("/Fields"));
        if (form->n == NK_MAX_PDF_FIELDS)
            return nk_fail(ctx, NK_E_LIMIT, NK_M_SIGN_PDF_LIMIT, NK_NOWHERE,
                           NK_ARGS(NK_STR("/Fields")));
        grown = nk_cos_room(a, form->nodes, form->n, sizeof(*grown));
        if (!grown)
            return nk_nomem(ctx);
        grown[form->n++] = (struct node){ ref, above, is_sig };
        form->nodes = grown;
    }
    return NK_OK;
}

/* The whole name of a field, in *name; false when memory is out. */
static bool join_name(nk_arena *a, nk_str above, nk_str *name)
{
    nk_buf b;

    if (above.len == 0)
        return true;
    nk_buf_init(&b, a);
    nk_buf_puts(&b, above);
    nk_buf_putc(&b, '.');
    nk_buf_puts(&b, *name);
    *name = nk_buf_str(&b);
    return b.err == NK_OK;
}

/* Put a signature field of the form where it belongs. */
static nk_err match(nk_ctx *ctx, nk_arena *a, nk_sign_paper *p,
                    const nk_sign_slot *found)
{
    nk_sign_slot *slot;

    if (!p->is_ours)
        return add_slot(ctx, a, p, found);
    slot = find_slot(p, found->name);
    if (!slot || slot->field.kind != NK_COS_NONE ||
        found->page.kind != NK_COS_REF ||
        found->page.number != slot->page.number ||
        !nk_str_eq(found->rect.raw, slot->rect.raw))
        return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_FIELD_UNPLANNED,
                       NK_NOWHERE, NK_ARGS(found->name));
    slot->field = found->field;
    slot->value = found->value;
    return NK_OK;
}

/* What a form field's dictionary says of itself. */
static nk_err read_field(nk_ctx *ctx, const nk_cos_value *d, nk_sign_slot *slot,
                         nk_cos_value *type)
{
    nk_err rc;

    if ((rc = nk_cos_get(ctx, d, NK_STR("FT"), type)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("T"), &slot->t)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("TU"), &slot->tu)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("Rect"), &slot->rect)) < 0 ||
        (rc = nk_cos_get(ctx, d, NK_STR("P"), &slot->page)) < 0)
        return rc;
    return nk_cos_get(ctx, d, NK_STR("V"), &slot->value);
}

/* One node of the form: its kids join the queue, a signature is matched. */
static nk_err visit(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t rev,
                    struct form *form, const struct node *node,
                    nk_sign_paper *p)
{
    nk_sign_slot slot = { .field = node->ref };
    nk_cos_value type, kids;
    nk_cos_object o;
    bool is_sig = node->is_sig;
    nk_err rc;

    if ((rc = nk_cos_read(ctx, f, rev, &node->ref, &o)) < 0)
        return rc;
    if (o.value.kind != NK_COS_DICT)
        return nk_cos_damaged(ctx, NK_STR("/Fields"));
    if ((rc = read_field(ctx, &o.value, &slot, &type)) < 0 ||
        (rc = nk_cos_follow(ctx, f, rev, &o.value, NK_STR("Kids"), &kids)) < 0)
        return rc;
    if (!is_text(&slot.t))
        return NK_OK; /* a widget of the field above */
    if (type.kind == NK_COS_NAME)
        is_sig = nk_cos_name_is(type.raw, NK_STR("Sig"));
    if ((rc = read_texts(ctx, a, &slot)) < 0)
        return rc;
    if (!join_name(a, node->above, &slot.name))
        return nk_nomem(ctx);
    if (kids.kind == NK_COS_ARRAY &&
        (rc = push_all(ctx, a, form, &kids, slot.name, is_sig)) < 0)
        return rc;
    return is_sig ? match(ctx, a, p, &slot) : NK_OK;
}

/* Walk the form of a revision, parents before their kids. */
static nk_err read_form(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t rev,
                        nk_sign_paper *p)
{
    struct form form = { NULL, 0 };
    nk_cos_object catalog;
    nk_cos_value acro, fields;
    size_t i;
    nk_err rc;

    if ((rc = nk_cos_catalog(ctx, f, rev, &catalog)) < 0 ||
        (rc = nk_cos_follow(ctx, f, rev, &catalog.value, NK_STR("AcroForm"),
                            &acro)) < 0)
        return rc;
    if (acro.kind == NK_COS_NONE)
        return NK_OK;
    if (acro.kind != NK_COS_DICT)
        return nk_cos_damaged(ctx, NK_STR("/AcroForm"));
    if ((rc = nk_cos_follow(ctx, f, rev, &acro, NK_STR("Fields"), &fields)) < 0)
        return rc;
    if (fields.kind != NK_COS_ARRAY)
        return nk_cos_damaged(ctx, NK_STR("/Fields"));
    rc = push_all(ctx, a, &form, &fields, NK_EMPTY, false);
    for (i = 0; rc == NK_OK && i < form.n; i++) {
        struct node node = form.nodes[i]; /* the queue may move */

        rc = visit(ctx, a, f, rev, &form, &node, p);
    }
    return rc;
}

nk_err nk_sign__paper_load(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t rev,
                           nk_sign_paper *out)
{
    nk_sign_paper p = { .is_ours = false };
    nk_cos_value plan;
    nk_err rc;

    if ((rc = find_plan(ctx, f, &plan)) < 0)
        return rc;
    if (plan.kind == NK_COS_DICT) {
        p.is_ours = true;
        if ((rc = read_plan(ctx, a, &plan, &p)) < 0)
            return rc;
    }
    if ((rc = read_form(ctx, a, f, rev, &p)) < 0)
        return rc;
    *out = p;
    return NK_OK;
}
