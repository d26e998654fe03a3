/*
 * Places in a record by name, and changing what stands there: what a filled
 * form brings home. The record stays in the order of the schema; whether it
 * is right is for nk_record_open to say, once all is in place.
 */
#include "record/record_int.h"

#define NEW NK_STR("new")

/* ---- Names to places --------------------------------------------------- */

static bool is_element_of(const nk_xml_node *e, const nk_field *f)
{
    return nk_str_eq(nk_xml_name(e), f->name);
}

static size_t count(const nk_xml_node *group, const nk_field *f)
{
    const nk_xml_node *e = group ? nk_xml_first(group) : NULL;
    size_t n = 0;

    for (; e; e = nk_xml_next(e))
        n += is_element_of(e, f);
    return n;
}

static nk_xml_node *nth(const nk_xml_node *group, const nk_field *f, size_t i)
{
    nk_xml_node *e = group ? nk_xml_first(group) : NULL;

    for (; e; e = nk_xml_next(e))
        if (is_element_of(e, f) && i-- == 0)
            return e;
    return NULL;
}

/* The element `steps` lead to from the root, as far as it is there. */
static nk_xml_node *walk(const nk_record *r, const nk_spot *s, size_t steps)
{
    nk_xml_node *e = nk_xml_root(r->xml);
    size_t i;

    for (i = 0; i < steps && e; i++) {
        size_t index = s->steps[i].index;

        if (s->steps[i].field->is_attr)
            return e;
        e = nth(e, s->steps[i].field, index == NK_NO_INDEX ? 0 : index);
    }
    return e;
}

static bool take_index(const nk_record *r, nk_str part, nk_spot *s)
{
    struct nk_spot_step *last = &s->steps[s->n - 1];
    uint64_t v;

    if (!last->field->repeats || last->index != NK_NO_INDEX)
        return false;
    if (nk_str_eq(part, NEW))
        last->index = count(walk(r, s, s->n - 1), last->field);
    else if (nk_str_uint(part, NK_MAX_SPOT_INDEX, &v))
        last->index = (size_t)v;
    else
        return false;
    return true;
}

/* What may follow a field's own name: a part or an option, and then no
   more. */
static bool take_ending(nk_str part, nk_spot *s)
{
    const nk_field *f = s->field;

    if (f->kind == NK_KIND_MOMENT && s->part == NK_TYPED_WHOLE) {
        s->part = nk_str_eq(part, NK_STR("date"))   ? NK_TYPED_DAY
                  : nk_str_eq(part, NK_STR("time")) ? NK_TYPED_TIME
                                                    : NK_TYPED_WHOLE;
        return s->part != NK_TYPED_WHOLE;
    }
    if (!f->repeats || s->option.len || !nk_field_choice(f, part))
        return false;
    s->option = part;
    return true;
}

bool nk_spot_parse(const nk_record *r, nk_str name, nk_spot *out)
{
    const nk_field *f;
    nk_spot s = { .field = r->model->root };
    nk_str part;

    while (nk_str_cut(&name, '.', &part)) {
        if (s.n && take_index(r, part, &s))
            continue;
        if (s.field->kind != NK_KIND_GROUP) {
            if (!take_ending(part, &s))
                return false;
            continue;
        }
        /* A group that repeats is only led through by an index. */
        if (s.n && s.field->repeats && s.steps[s.n - 1].index == NK_NO_INDEX)
            return false;
        if (!(f = nk_field_child(s.field, part)) || s.n == NK_MAX_XML_DEPTH)
            return false;
        s.steps[s.n++] = (struct nk_spot_step){ f, NK_NO_INDEX };
        s.field = f;
    }
    if (s.field->kind == NK_KIND_GROUP || s.field->computed.len)
        return false;
    *out = s;
    return true;
}

nk_xml_node *nk_spot_element(const nk_record *r, const nk_spot *s)
{
    return walk(r, s, s->n);
}

/* ---- Reading ----------------------------------------------------------- */

/* Do all of the field's elements stand for one place? */
static bool is_joined(const nk_spot *s)
{
    return s->field->repeats && s->steps[s->n - 1].index == NK_NO_INDEX;
}

static nk_err joined(nk_ctx *ctx, nk_arena *a, const nk_xml_node *group,
                     const nk_spot *s, nk_str *out)
{
    const nk_xml_node *e;
    nk_buf b;
    size_t i;

    nk_buf_init(&b, a);
    for (i = 0; (e = nth(group, s->field, i)) != NULL; i++) {
        nk_str text = nk_str_trim(nk_xml_text(e));

        if (s->option.len && !nk_str_eq(text, s->option))
            continue;
        if (b.len)
            nk_buf_puts(&b, nk_field_several(s->field));
        nk_field_put_typed(&b, s->field, s->part, text);
    }
    return nk_buf_end(ctx, &b, out);
}

nk_err nk_spot_typed(nk_ctx *ctx, nk_arena *a, const nk_record *r,
                     const nk_spot *s, nk_str *out)
{
    const nk_xml_node *e = walk(r, s, s->n);
    nk_str text;
    nk_buf b;

    *out = NK_STR("");
    if (!e)
        return NK_OK;
    if (is_joined(s))
        return joined(ctx, a, walk(r, s, s->n - 1), s, out);
    text = s->field->is_attr ? nk_xml_attr_or(e, s->field->name, NK_STR(""))
                             : nk_xml_text(e);
    nk_buf_init(&b, a);
    nk_field_put_typed(&b, s->field, s->part, nk_str_trim(text));
    return nk_buf_end(ctx, &b, out);
}

/* ---- Changing ---------------------------------------------------------- */

/* Does the schema put `a` behind `b` in their group? */
static bool is_after(const nk_field *group, nk_str a, nk_str b)
{
    const nk_field *f;

    for (f = group->first; f; f = f->next) {
        if (!f->is_attr && nk_str_eq(f->name, a))
            return false;
        if (!f->is_attr && nk_str_eq(f->name, b))
            return true;
    }
    return false;
}

/* A new element behind all that come before it by the schema. */
static nk_xml_node *add(nk_xml_node *group, const nk_field *f, nk_str text)
{
    nk_xml_node *e = nk_xml_first(group);

    while (e && !is_after(f->parent, nk_xml_name(e), f->name))
        e = nk_xml_next(e);
    return e ? nk_xml_add_before(e, f->name, text)
             : nk_xml_add(group, f->name, text);
}

/* The element of the first `steps`, made with all that leads to it. */
static nk_err reach(nk_ctx *ctx, nk_record *r, const nk_spot *s, size_t steps,
                    nk_xml_node **out)
{
    nk_xml_node *e = nk_xml_root(r->xml), *next;
    size_t i;

    for (i = 0; i < steps; i++, e = next) {
        const nk_field *f = s->steps[i].field;
        size_t index = s->steps[i].index == NK_NO_INDEX ? 0 : s->steps[i].index;

        if (f->is_attr)
            break;
        while (!(next = nth(e, f, index)))
            if (!add(e, f, NK_EMPTY))
                return nk_nomem(ctx);
    }
    *out = e;
    return NK_OK;
}

static nk_err set_text(nk_ctx *ctx, nk_record *r, const nk_spot *s, nk_str raw)
{
    nk_xml_node *e;
    nk_err rc;

    if (!raw.len) {
        if (!(e = walk(r, s, s->n)))
            return NK_OK;
        if (s->field->is_attr)
            nk_xml_remove_attr(e, s->field->name);
        else if (s->steps[s->n - 1].index == NK_NO_INDEX)
            nk_xml_remove(e);
        else if (!nk_xml_set_text(e, NK_STR("")))
            return nk_nomem(ctx); /* tidied away: others keep their index */
        return NK_OK;
    }
    if ((rc = reach(ctx, r, s, s->n, &e)) < 0)
        return rc;
    return (s->field->is_attr ? nk_xml_set_attr(e, s->field->name, raw)
                              : nk_xml_set_text(e, raw))
               ? NK_OK
               : nk_nomem(ctx);
}

static void remove_all(nk_xml_node *group, const nk_field *f)
{
    nk_xml_node *e;

    while (group && (e = nth(group, f, 0)) != NULL)
        nk_xml_remove(e);
}

static nk_err set_option(nk_ctx *ctx, nk_record *r, const nk_spot *s, bool on)
{
    nk_xml_node *group, *e;
    size_t i;
    nk_err rc;

    if ((rc = reach(ctx, r, s, s->n - 1, &group)) < 0)
        return rc;
    for (i = 0; (e = nth(group, s->field, i)) != NULL; i++)
        if (nk_str_eq(nk_str_trim(nk_xml_text(e)), s->option))
            break;
    if (e && !on)
        nk_xml_remove(e);
    else if (!e && on && !add(group, s->field, s->option))
        return nk_nomem(ctx);
    return NK_OK;
}

/* Several values typed together. */
static nk_err set_several(nk_ctx *ctx, nk_arena *a, nk_record *r,
                          const nk_spot *s, nk_str typed, bool *fits)
{
    char mark = nk_field_several(s->field).ptr[0];
    nk_str rest = typed, part, raw;
    nk_xml_node *group;
    nk_buf b;
    nk_err rc;

    while (*fits && nk_str_cut(&rest, mark, &part)) {
        nk_buf_init(&b, a);
        *fits = !nk_str_trim(part).len ||
                nk_field_read_typed(&b, s->field, s->part, part);
    }
    if (!*fits || (rc = reach(ctx, r, s, s->n - 1, &group)) < 0)
        return *fits ? rc : NK_OK;
    remove_all(group, s->field);
    for (rest = typed; nk_str_cut(&rest, mark, &part);) {
        nk_buf_init(&b, a);
        if (!nk_str_trim(part).len)
            continue;
        nk_field_read_typed(&b, s->field, s->part, part);
        if ((rc = nk_buf_end(ctx, &b, &raw)) < 0)
            return rc;
        if (!add(group, s->field, raw))
            return nk_nomem(ctx);
    }
    return NK_OK;
}

/* The other part of a moment stays; without a day there is no moment. */
static bool put_moment(nk_buf *b, const nk_spot *s, nk_str old, nk_str part)
{
    int64_t ms;
    bool known = old.len && nk_moment_parse(old, NK_ZONE_WIB, &ms);

    if (s->part == NK_TYPED_DAY) {
        nk_buf_puts(b, part);
        nk_buf_puts(b, known ? nk_str_skip(old, 10) : NK_STR("T00:00:00"));
        return true;
    }
    if (!known)
        return false;
    nk_buf_puts(b, nk_str_head(old, 11));
    nk_buf_puts(b, part);
    nk_buf_puts(b,
                nk_str_skip(old, old.len > 16 && old.ptr[16] == ':' ? 19 : 16));
    return true;
}

static nk_err set_one(nk_ctx *ctx, nk_arena *a, nk_record *r, const nk_spot *s,
                      nk_str typed, bool *fits)
{
    const nk_xml_node *e = walk(r, s, s->n);
    nk_str raw = NK_STR(""), old = NK_EMPTY;
    nk_buf b, whole;
    nk_err rc;

    nk_buf_init(&b, a);
    if (typed.len && !nk_field_read_typed(&b, s->field, s->part, typed)) {
        *fits = false;
        return NK_OK;
    }
    if ((rc = nk_buf_end(ctx, &b, &raw)) < 0)
        return rc;
    if (e)
        old = nk_str_trim(s->field->is_attr
                              ? nk_xml_attr_or(e, s->field->name, NK_EMPTY)
                              : nk_xml_text(e));
    if (s->part != NK_TYPED_WHOLE && typed.len) {
        nk_buf_init(&whole, a);
        if (!(*fits = put_moment(&whole, s, old, raw)))
            return NK_OK;
        if ((rc = nk_buf_end(ctx, &whole, &raw)) < 0)
            return rc;
    } else if (s->part == NK_TYPED_TIME) {
        return NK_OK; /* the day stays, and with it a time */
    }
    return set_text(ctx, r, s, raw);
}

nk_err nk_spot_put(nk_ctx *ctx, nk_arena *a, nk_record *r, const nk_spot *s,
                   nk_str typed, bool *fits)
{
    *fits = true;
    if (s->option.len)
        return set_option(ctx, r, s, typed.len > 0);
    if (is_joined(s))
        return set_several(ctx, a, r, s, typed, fits);
    return set_one(ctx, a, r, s, typed, fits);
}

/* ---- Tidying ----------------------------------------------------------- */

static bool is_empty(const nk_xml_node *e)
{
    nk_str name, value;

    return !nk_xml_first(e) && !nk_str_trim(nk_xml_text(e)).len &&
           !nk_xml_attr_at(e, 0, &name, &value);
}

static bool id_is_taken(const nk_xml_node *group, const nk_field *f, nk_str id)
{
    const nk_xml_node *e = nk_xml_first(group);

    for (; e; e = nk_xml_next(e))
        if (is_element_of(e, f) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("id"), NK_EMPTY), id))
            return true;
    return false;
}

/* "referral-2", or the next number that is free. */
static nk_err give_id(nk_ctx *ctx, nk_arena *a, nk_xml_node *e,
                      const nk_field *f)
{
    const nk_xml_node *group = nk_xml_parent(e);
    size_t k = count(group, f);
    nk_str id;
    nk_buf b;
    nk_err rc;

    do {
        nk_buf_init(&b, a);
        nk_buf_puts(&b, f->name);
        nk_buf_putc(&b, '-');
        nk_buf_int(&b, (int64_t)k++);
        if ((rc = nk_buf_end(ctx, &b, &id)) < 0)
            return rc;
    } while (id_is_taken(group, f, id));
    return nk_xml_set_attr(e, NK_STR("id"), id) ? NK_OK : nk_nomem(ctx);
}

static nk_err tidy(nk_ctx *ctx, nk_arena *a, nk_xml_node *group,
                   const nk_field *gf)
{
    nk_xml_node *e = nk_xml_first(group), *next;
    const nk_field *f;
    nk_str id;
    nk_err rc;

    for (; e; e = next) {
        next = nk_xml_next(e);
        if (!(f = nk_field_child(gf, nk_xml_name(e))))
            continue;
        if (f->kind == NK_KIND_GROUP && (rc = tidy(ctx, a, e, f)) < 0)
            return rc;
        if (is_empty(e))
            nk_xml_remove(e);
        else if (f->repeats && nk_field_child(f, NK_STR("@id")) &&
                 !nk_xml_attr(e, NK_STR("id"), &id) &&
                 (rc = give_id(ctx, a, e, f)) < 0)
            return rc;
    }
    return NK_OK;
}

nk_err nk_record_tidy(nk_ctx *ctx, nk_arena *a, nk_record *r)
{
    return tidy(ctx, a, nk_xml_root(r->xml), r->model->root);
}
