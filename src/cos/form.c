/*
 * The fields of a form and what was filled in (ISO 32000-1, 12.7), whoever
 * wrote the file. A field takes over from the groups it hangs below what it
 * does not say itself; its widgets say only where it stands.
 */
#include "cos/cos.h"

/* A field still to be read, with what it takes over. */
struct node {
    nk_cos_value ref;
    nk_str above; /* name of the group; empty: none */
    nk_cos_value type, flags, value, was;
};

struct walk {
    nk_ctx *ctx;
    nk_arena *a;
    nk_cos_file *f;
    size_t rev;
    struct node *nodes; /* in the order they were found; grows meanwhile */
    size_t nodes_n;
    nk_cos_field *fields;
    nk_cos_value *pages; /* /P of each field */
    size_t n;
};

#define LONGEST_NAME 1000 /* bytes: a path in a record, and to spare */
#define PUSH_BUTTON  (INT64_C(1) << 16)

static bool is_text(const nk_cos_value *v)
{
    return v->kind == NK_COS_TEXT || v->kind == NK_COS_HEX;
}

static nk_err too_many(nk_ctx *ctx)
{
    return nk_fail(ctx, NK_E_LIMIT, NK_M_SIGN_PDF_LIMIT, NK_NOWHERE,
                   NK_ARGS(NK_STR("/Fields")));
}

static nk_err push(struct walk *w, const struct node *node)
{
    struct node *grown;

    if (node->ref.kind != NK_COS_REF)
        return nk_cos_damaged(w->ctx, NK_STR("/Fields"));
    if (w->nodes_n == NK_MAX_PDF_FIELDS)
        return too_many(w->ctx);
    grown = nk_cos_room(w->a, w->nodes, w->nodes_n, sizeof(*grown));
    if (!grown)
        return nk_nomem(w->ctx);
    grown[w->nodes_n++] = *node;
    w->nodes = grown;
    return NK_OK;
}

static nk_err join(struct walk *w, nk_str above, const nk_cos_value *t,
                   nk_str *name)
{
    nk_str part = nk_cos_text(w->a, t);
    nk_buf b;

    if (!part.ptr)
        return nk_nomem(w->ctx);
    if (above.len + part.len > LONGEST_NAME)
        return nk_cos_damaged(w->ctx, NK_STR("/T"));
    nk_buf_init(&b, w->a);
    nk_buf_puts(&b, above);
    if (above.len)
        nk_buf_putc(&b, '.');
    nk_buf_puts(&b, part);
    return nk_buf_end(w->ctx, &b, name);
}

/* Take over or replace one entry. */
static nk_err inherit(struct walk *w, const nk_cos_value *dict, nk_str key,
                      nk_cos_value *v)
{
    nk_cos_value own;
    nk_err rc = nk_cos_follow(w->ctx, w->f, w->rev, dict, key, &own);

    if (rc == NK_OK && own.kind != NK_COS_NONE)
        *v = own;
    return rc;
}

static nk_err inherit_all(struct walk *w, const nk_cos_value *dict,
                          struct node *n)
{
    nk_err rc;

    if ((rc = inherit(w, dict, NK_STR("FT"), &n->type)) < 0 ||
        (rc = inherit(w, dict, NK_STR("Ff"), &n->flags)) < 0 ||
        (rc = inherit(w, dict, NK_STR("V"), &n->value)) < 0)
        return rc;
    return inherit(w, dict, NK_STR("DV"), &n->was);
}

/* Is the object a field of its own, or one more place of the field above? */
static nk_err is_field(struct walk *w, const nk_cos_value *ref, bool *yes)
{
    nk_cos_object o;
    nk_cos_value t;
    nk_err rc;

    *yes = false;
    if (ref->kind != NK_COS_REF)
        return nk_cos_damaged(w->ctx, NK_STR("/Kids"));
    if ((rc = nk_cos_read(w->ctx, w->f, w->rev, ref, &o)) < 0)
        return rc;
    if (o.value.kind != NK_COS_DICT)
        return nk_cos_damaged(w->ctx, NK_STR("/Kids"));
    rc = nk_cos_get(w->ctx, &o.value, NK_STR("T"), &t);
    *yes = is_text(&t);
    return rc;
}

/* Fields below join the queue; *fields is how many, *widget the first kid
   that is none. */
static nk_err visit_kids(struct walk *w, const nk_cos_value *kids,
                         const struct node *from, size_t *fields,
                         nk_cos_value *widget)
{
    nk_str rest = nk_cos_inside(kids);
    struct node node = *from;
    bool yes;
    nk_err rc;

    while (nk_cos_take(&rest, &node.ref)) {
        if ((rc = is_field(w, &node.ref, &yes)) < 0)
            return rc;
        if (!yes && widget->kind == NK_COS_NONE)
            *widget = node.ref;
        if (!yes)
            continue;
        if ((rc = push(w, &node)) < 0)
            return rc;
        ++*fields;
    }
    return NK_OK;
}

/* A text or a name as text; no value, or Off, is empty. */
static nk_err read_value(struct walk *w, const nk_cos_value *v, nk_str *out)
{
    *out = NK_STR("");
    if (v->kind == NK_COS_NONE ||
        (v->kind == NK_COS_NAME && nk_cos_name_is(v->raw, NK_STR("Off"))))
        return NK_OK;
    if (!is_text(v) && v->kind != NK_COS_NAME)
        return nk_cos_damaged(w->ctx, NK_STR("/V"));
    /* Many fields may take over one long value. */
    w->f->work += v->raw.len;
    if (w->f->work > NK_MAX_PDF_WORK)
        return too_many(w->ctx);
    *out = nk_cos_text(w->a, v);
    return out->ptr ? NK_OK : nk_nomem(w->ctx);
}

static nk_err read_label(struct walk *w, const nk_cos_value *dict, nk_str *out)
{
    nk_cos_value tu;
    nk_err rc = nk_cos_follow(w->ctx, w->f, w->rev, dict, NK_STR("TU"), &tu);

    *out = NK_STR("");
    if (rc < 0 || !is_text(&tu))
        return rc;
    *out = nk_cos_text(w->a, &tu);
    return out->ptr ? NK_OK : nk_nomem(w->ctx);
}

/* /P of the field, or of the first of its widgets. */
static nk_err read_place(struct walk *w, const nk_cos_value *dict,
                         const nk_cos_value *widget, nk_cos_value *page)
{
    nk_cos_object o;
    nk_err rc = nk_cos_get(w->ctx, dict, NK_STR("P"), page);

    if (rc < 0 || page->kind == NK_COS_REF || widget->kind == NK_COS_NONE)
        return rc;
    if ((rc = nk_cos_read(w->ctx, w->f, w->rev, widget, &o)) < 0)
        return rc;
    return nk_cos_get(w->ctx, &o.value, NK_STR("P"), page);
}

static bool is_wanted(const struct node *n)
{
    return n->type.kind == NK_COS_NAME &&
           !nk_cos_name_is(n->type.raw, NK_STR("Sig")) &&
           !(nk_cos_name_is(n->type.raw, NK_STR("Btn")) &&
             n->flags.kind == NK_COS_INT && n->flags.number & PUSH_BUTTON);
}

static nk_err add_field(struct walk *w, const nk_cos_value *dict,
                        const struct node *n, nk_str name,
                        const nk_cos_value *widget)
{
    nk_cos_field *fields, *x;
    nk_cos_value *pages;
    nk_err rc;

    if (!is_wanted(n))
        return NK_OK;
    fields = nk_cos_room(w->a, w->fields, w->n, sizeof(*fields));
    pages = nk_cos_room(w->a, w->pages, w->n, sizeof(*pages));
    if (!fields || !pages)
        return nk_nomem(w->ctx);
    w->fields = fields;
    w->pages = pages;
    x = &fields[w->n];
    *x = (nk_cos_field){ .name = name };
    x->is_box = nk_cos_name_is(n->type.raw, NK_STR("Btn"));
    if ((rc = read_value(w, &n->value, &x->value)) < 0 ||
        (rc = read_value(w, &n->was, &x->was)) < 0 ||
        (rc = read_label(w, dict, &x->label)) < 0 ||
        (rc = read_place(w, dict, widget, &pages[w->n])) < 0)
        return rc;
    w->n++;
    return NK_OK;
}

static nk_err visit(struct walk *w, struct node n)
{
    nk_cos_value t, kids, widget = { .kind = NK_COS_NONE };
    nk_cos_object o;
    size_t fields = 0;
    nk_err rc;

    if ((rc = nk_cos_read(w->ctx, w->f, w->rev, &n.ref, &o)) < 0)
        return rc;
    if (o.value.kind != NK_COS_DICT)
        return nk_cos_damaged(w->ctx, NK_STR("/Fields"));
    if ((rc = nk_cos_follow(w->ctx, w->f, w->rev, &o.value, NK_STR("T"), &t)) <
            0 ||
        (rc = nk_cos_follow(w->ctx, w->f, w->rev, &o.value, NK_STR("Kids"),
                            &kids)) < 0 ||
        (rc = inherit_all(w, &o.value, &n)) < 0)
        return rc;
    if (is_text(&t) && (rc = join(w, n.above, &t, &n.above)) < 0)
        return rc;
    if (kids.kind == NK_COS_ARRAY &&
        (rc = visit_kids(w, &kids, &n, &fields, &widget)) < 0)
        return rc;
    return fields ? NK_OK : add_field(w, &o.value, &n, n.above, &widget);
}

/* Page numbers instead of references. */
static nk_err number_pages(struct walk *w)
{
    nk_cos_pages pages;
    nk_cos_value ref;
    uint32_t page;
    size_t i, missing = w->n;
    nk_err rc = nk_cos_pages_init(w->ctx, &pages, w->f, w->rev);

    for (page = 1; rc == NK_OK && missing; page++) {
        rc = nk_cos_pages_next(w->ctx, &pages, &ref);
        if (rc < 0 || ref.kind == NK_COS_NONE)
            return rc;
        for (i = 0; i < w->n; i++) {
            if (w->fields[i].page || w->pages[i].kind != NK_COS_REF ||
                w->pages[i].number != ref.number)
                continue;
            w->fields[i].page = page;
            missing--;
        }
    }
    return rc;
}

static nk_err read_all(struct walk *w, const nk_cos_value *fields)
{
    struct node top = { .above = NK_EMPTY };
    nk_str rest = nk_cos_inside(fields);
    size_t i;
    nk_err rc = NK_OK;

    while (rc == NK_OK && nk_cos_take(&rest, &top.ref))
        rc = push(w, &top);
    for (i = 0; rc == NK_OK && i < w->nodes_n; i++)
        rc = visit(w, w->nodes[i]);
    return rc < 0 ? rc : number_pages(w);
}

nk_err nk_cos_form(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t rev,
                   nk_cos_field **out, size_t *n)
{
    struct walk w = { .ctx = ctx, .a = a, .f = f, .rev = rev };
    nk_cos_object catalog;
    nk_cos_value form, fields;
    nk_err rc;

    *out = NULL;
    *n = 0;
    if ((rc = nk_cos_catalog(ctx, f, rev, &catalog)) < 0 ||
        (rc = nk_cos_follow(ctx, f, rev, &catalog.value, NK_STR("AcroForm"),
                            &form)) < 0 ||
        form.kind == NK_COS_NONE)
        return rc;
    if (form.kind != NK_COS_DICT)
        return nk_cos_damaged(ctx, NK_STR("/AcroForm"));
    if ((rc = nk_cos_follow(ctx, f, rev, &form, NK_STR("Fields"), &fields)) < 0)
        return rc;
    if (fields.kind != NK_COS_ARRAY)
        return nk_cos_damaged(ctx, NK_STR("/Fields"));
    if ((rc = read_all(&w, &fields)) < 0)
        return rc;
    *out = w.fields;
    *n = w.n;
    return NK_OK;
}

nk_err nk_cos_private(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                      nk_cos_value *out)
{
    static const nk_str path[] = { NK_STR_INIT("PieceInfo"),
                                   NK_STR_INIT("naskah"),
                                   NK_STR_INIT("Private") };
    nk_cos_object catalog;
    size_t i;
    nk_err rc;

    if ((rc = nk_cos_catalog(ctx, f, rev, &catalog)) < 0)
        return rc;
    *out = catalog.value;
    for (i = 0; i < sizeof(path) / sizeof(path[0]); i++) {
        if ((rc = nk_cos_follow(ctx, f, rev, out, path[i], out)) < 0)
            return rc;
        if (out->kind != NK_COS_DICT) {
            out->kind = NK_COS_NONE;
            return NK_OK;
        }
    }
    return NK_OK;
}
