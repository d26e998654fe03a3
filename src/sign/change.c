/*
 * What may follow a signature: one update that signs one more place, and
 * nothing else. Its bytes must be three objects at most, each listed in its
 * table: the field, the signature, and what is seen of it. The field keeps
 * every entry but /V and /AP; the other two are new. Whatever else an update
 * brings is named and refused, also where no reader would look at it.
 */
#include <stdio.h>

#include "sign/sign_int.h"

static nk_err changed(nk_ctx *ctx, nk_str what)
{
    return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_CHANGED, NK_NOWHERE,
                   NK_ARGS(what));
}

/* Name an object by its number and, if it has one, its type. */
static nk_err changed_object(nk_ctx *ctx, const nk_cos_object *o)
{
    nk_cos_value type = { .kind = NK_COS_NONE };
    char name[64];
    nk_err rc;

    if (o->value.kind == NK_COS_DICT &&
        (rc = nk_cos_get(ctx, &o->value, NK_STR("Type"), &type)) < 0)
        return rc;
    snprintf(name, sizeof(name), "%u 0 obj %.*s", (unsigned)o->num,
             type.kind == NK_COS_NAME && type.raw.len < 32 ? (int)type.raw.len
                                                           : 0,
             type.raw.len ? type.raw.ptr : "");
    return changed(ctx, nk_str_trim(nk_str_of(name)));
}

/* The objects an update may bring; 0: none. */
struct allowed {
    uint32_t field, signature, look;
};

/* The place that was free before and is signed after; NULL: none. */
static nk_err find_signed(nk_ctx *ctx, const nk_sign_paper *before,
                          const nk_sign_paper *after, const nk_sign_slot **out)
{
    size_t i;

    *out = NULL;
    if (before->n != after->n)
        return changed(ctx, NK_STR("/AcroForm"));
    for (i = 0; i < after->n; i++) {
        const nk_sign_slot *old = &before->slots[i], *now = &after->slots[i];

        if (!nk_str_eq(old->field.raw, now->field.raw))
            return changed(ctx, now->name);
        if (nk_str_eq(old->value.raw, now->value.raw))
            continue;
        if (old->value.kind != NK_COS_NONE || *out)
            return changed(ctx, now->name);
        *out = now;
    }
    return NK_OK;
}

static bool may_change(const nk_cos_value *key)
{
    return nk_cos_name_is(key->raw, NK_STR("V")) ||
           nk_cos_name_is(key->raw, NK_STR("AP"));
}

/* The next entry that is not /V or /AP; false at the end. */
static bool next_fixed(nk_str *rest, nk_cos_value *k, nk_cos_value *v)
{
    while (nk_cos_take(rest, k) && nk_cos_take(rest, v))
        if (!may_change(k))
            return true;
    return false;
}

static bool same_field(const nk_cos_value *old, const nk_cos_value *now)
{
    nk_str a = nk_cos_inside(old), b = nk_cos_inside(now);
    nk_cos_value ka, va, kb, vb;
    bool more;

    do {
        more = next_fixed(&a, &ka, &va);
        if (more != next_fixed(&b, &kb, &vb))
            return false;
        if (more && (!nk_str_eq(ka.raw, kb.raw) || !nk_str_eq(va.raw, vb.raw)))
            return false;
    } while (more);
    return true;
}

/* What a signed field shows: a new object, or what was there before. */
static nk_err find_look(nk_ctx *ctx, const nk_cos_file *f, size_t rev,
                        const nk_cos_value *old, const nk_cos_value *now,
                        struct allowed *may)
{
    nk_cos_value was, is, normal, key;
    nk_str rest;
    nk_err rc;

    if ((rc = nk_cos_get(ctx, old, NK_STR("AP"), &was)) < 0 ||
        (rc = nk_cos_get(ctx, now, NK_STR("AP"), &is)) < 0)
        return rc;
    if (nk_str_eq(was.raw, is.raw))
        return NK_OK;
    if (is.kind != NK_COS_DICT)
        return changed(ctx, NK_STR("/AP"));
    rest = nk_cos_inside(&is);
    if (!nk_cos_take(&rest, &key) || !nk_cos_take(&rest, &normal) ||
        !nk_cos_name_is(key.raw, NK_STR("N")) || normal.kind != NK_COS_REF ||
        nk_cos_take(&rest, &key) ||
        nk_cos_in_use(f, rev - 1, (uint32_t)normal.number))
        return changed(ctx, NK_STR("/AP"));
    may->look = (uint32_t)normal.number;
    return NK_OK;
}

static nk_err check_field(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                          const nk_sign_slot *slot, struct allowed *may)
{
    nk_cos_object old, now;
    nk_err rc;

    if (slot->value.kind != NK_COS_REF ||
        nk_cos_in_use(f, rev - 1, (uint32_t)slot->value.number))
        return changed(ctx, slot->name);
    if ((rc = nk_cos_read(ctx, f, rev - 1, &slot->field, &old)) < 0 ||
        (rc = nk_cos_read(ctx, f, rev, &slot->field, &now)) < 0)
        return rc;
    if (now.is_stream || !same_field(&old.value, &now.value))
        return changed(ctx, slot->name);
    may->field = (uint32_t)slot->field.number;
    may->signature = (uint32_t)slot->value.number;
    return find_look(ctx, f, rev, &old.value, &now.value, may);
}

static size_t skip_white(const nk_cos_file *f, size_t at, size_t end)
{
    while (at < end && nk_is_space(f->bytes.ptr[at]))
        at++;
    return at;
}

/* Every object from the revision's start to its table, one after another. */
static nk_err check_objects(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                            const struct allowed *may, uint32_t *n)
{
    const nk_cos_revision *r = &f->revisions[rev];
    size_t at = skip_white(f, r->start, r->xref);
    nk_cos_object o;
    nk_err rc;

    for (*n = 0; at < r->xref; at = skip_white(f, o.end, r->xref)) {
        if ((rc = nk_cos_read_at(ctx, f, rev, at, &o)) < 0)
            return rc;
        if (o.num != may->field && o.num != may->signature &&
            o.num != may->look)
            return changed_object(ctx, &o);
        ++*n;
    }
    return NK_OK;
}

/* The table lists these n objects and at most the free object 0. */
static bool is_table_exact(const nk_cos_revision *r, uint32_t n)
{
    uint32_t listed = 0;
    size_t i;

    for (i = 0; i < r->ranges_n; i++) {
        listed += r->ranges[i].count;
        if (r->ranges[i].first == 0 && r->ranges[i].count > 0)
            listed--;
    }
    return listed == n;
}

static bool is_trailer_key(const nk_cos_value *key)
{
    static const nk_str keys[] = { NK_STR_INIT("Size"), NK_STR_INIT("Root"),
                                   NK_STR_INIT("Info"), NK_STR_INIT("ID"),
                                   NK_STR_INIT("Prev") };
    size_t i;

    for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (nk_cos_name_is(key->raw, keys[i]))
            return true;
    return false;
}

/* The trailer means the same document; only the second half of /ID moves. */
static nk_err check_trailer(nk_ctx *ctx, const nk_cos_value *old,
                            const nk_cos_value *now)
{
    static const nk_str same[] = { NK_STR_INIT("Root"), NK_STR_INIT("Info"),
                                   NK_STR_INIT("ID") };
    nk_str rest = nk_cos_inside(now);
    nk_cos_value k, v, a, b;
    size_t i;
    nk_err rc;

    while (nk_cos_take(&rest, &k) && nk_cos_take(&rest, &v))
        if (!is_trailer_key(&k))
            return changed(ctx, NK_STR("trailer"));
    if ((rc = nk_cos_want(ctx, old, NK_STR("Size"), NK_COS_INT, &a)) < 0 ||
        (rc = nk_cos_want(ctx, now, NK_STR("Size"), NK_COS_INT, &b)) < 0)
        return rc;
    if (b.number < a.number) /* objects beyond /Size do not exist */
        return changed(ctx, NK_STR("/Size"));
    for (i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        if ((rc = nk_cos_get(ctx, old, same[i], &a)) < 0 ||
            (rc = nk_cos_get(ctx, now, same[i], &b)) < 0)
            return rc;
        if (a.kind == NK_COS_ARRAY && b.kind == NK_COS_ARRAY) {
            nk_str in_a = nk_cos_inside(&a), in_b = nk_cos_inside(&b);

            if (!nk_cos_take(&in_a, &a) || !nk_cos_take(&in_b, &b))
                return changed(ctx, same[i]);
        }
        if (!nk_str_eq(a.raw, b.raw))
            return changed(ctx, same[i]);
    }
    return NK_OK;
}

nk_err nk_sign__change_check(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                             const nk_sign_paper *before,
                             const nk_sign_paper *after)
{
    const nk_cos_revision *r = &f->revisions[rev];
    struct allowed may = { 0, 0, 0 };
    const nk_sign_slot *slot;
    uint32_t n;
    nk_err rc;

    if ((rc = find_signed(ctx, before, after, &slot)) < 0 ||
        (slot && (rc = check_field(ctx, f, rev, slot, &may)) < 0) ||
        (rc = check_objects(ctx, f, rev, &may, &n)) < 0)
        return rc;
    if (!slot || !is_table_exact(r, n))
        return changed(ctx, NK_STR("xref"));
    return check_trailer(ctx, &r[-1].trailer, &r->trailer);
}
