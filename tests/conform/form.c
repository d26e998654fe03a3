/*
 * Annotations, fields and signatures (ISO 19005-2, 6.3 and 6.4; ISO 14289-1,
 * 7.18).
 */
#include "conform.h"

#define FLAGS_NEEDED  4     /* Print */
#define FLAGS_REFUSED 0x123 /* Invisible, Hidden, NoView, ToggleNoView */

/* ---- Signatures ------------------------------------------------------------
 */

/* The length of a DER value with its head; 0: it is none. */
static size_t der_length(nk_str s)
{
    size_t n = 0, bytes, i;

    if (s.len < 2 || s.ptr[0] != 0x30)
        return 0;
    bytes = (unsigned char)s.ptr[1];
    if (bytes < 0x80)
        return bytes + 2;
    bytes -= 0x80;
    if (bytes == 0 || bytes > 4 || s.len < 2 + bytes)
        return 0;
    for (i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)s.ptr[2 + i];
    return n + 2 + bytes;
}

/* All of the file, or of a revision of it, but the container. */
static void check_range(cf_judge *j, const cf_value *range, uint32_t object)
{
    int64_t at[4] = { 0 }, end;
    const cf_value *v = range->first;
    nk_str rest;
    size_t i;

    for (i = 0; i < 4 && v; i++, v = v->next)
        at[i] = cf_int(v, -1);
    end = at[2] + at[3];
    if (range->n != 4 || at[0] != 0 || at[1] <= 0 || at[2] <= at[1] ||
        end > (int64_t)j->bytes.len) {
        cf_tell(j, CF_SIGNATURE, object, "a broken ByteRange");
        return;
    }
    rest = nk_str_head(j->bytes, (size_t)end);
    if (j->bytes.ptr[at[1]] != '<' || j->bytes.ptr[at[2] - 1] != '>')
        cf_tell(j, CF_SIGNATURE, object, "something else is left out");
    if (!nk_str_ends(rest, NK_STR("%%EOF\n")) &&
        !nk_str_ends(rest, NK_STR("%%EOF")))
        cf_tell(j, CF_SIGNATURE, object, "ends before its revision");
}

static void check_signature(cf_judge *j, const cf_value *ref)
{
    const cf_value *v = cf_follow(j, ref);
    const cf_value *contents = cf_get(j, v, "Contents");
    uint32_t object = ref->kind == CF_REF ? (uint32_t)ref->number : 0;
    size_t length;

    if (v->kind == CF_NONE)
        return;
    check_range(j, cf_get(j, v, "ByteRange"), object);
    length = contents->kind == CF_STRING ? der_length(contents->text) : 0;
    if (length == 0 || length > contents->text.len)
        cf_tell(j, CF_SIGNATURE, object, "no DER container");
}

/* ---- Annotations ------------------------------------------------------------
 */

static void check_appearance(cf_judge *j, const cf_object *o)
{
    const cf_value *ap = cf_get(j, o->value, "AP"), *n = cf_get(j, ap, "N");
    bool button = cf_is(cf_get(j, o->value, "FT"), "Btn");
    const cf_object *stream = cf_object_of(j, cf_raw(ap, "N"));

    if (ap->n != 1 || n->kind != CF_DICT)
        cf_tell(j, CF_APPEARANCE, o->number, "no N, or more than N");
    else if (button == (stream && stream->is_stream))
        cf_tell(j, CF_APPEARANCE, o->number, "N is of the wrong kind");
}

/* The element that the ParentTree has for it is a Form with it inside. */
static void check_element(cf_judge *j, const cf_object *o)
{
    const cf_value *tree =
        cf_get(j, cf_get(j, j->catalog, "StructTreeRoot"), "ParentTree");
    const cf_value *v = cf_get(j, tree, "Nums")->first, *e = &cf_nothing;
    int64_t key = cf_int(cf_get(j, o->value, "StructParent"), -1);

    for (; v && v->next; v = v->next->next)
        if (cf_int(v, -1) == key)
            e = cf_follow(j, v->next);
    if (!cf_is(cf_get(j, e, "S"), "Form"))
        cf_tell(j, CF_WIDGET, o->number, "stands in no Form");
    else if (cf_raw(cf_get(j, e, "K"), "Obj")->number != (int64_t)o->number)
        cf_tell(j, CF_WIDGET, o->number, "its Form has another");
}

static void check_widget(cf_judge *j, const cf_object *o)
{
    const cf_value *parent = cf_get(j, o->value, "Parent");

    if (cf_get(j, o->value, "TU")->text.len == 0 &&
        cf_get(j, parent, "TU")->text.len == 0)
        cf_tell(j, CF_TOOLTIP, o->number, "no TU");
    if (cf_is(cf_get(j, o->value, "FT"), "Sig"))
        check_signature(j, cf_raw(o->value, "V"));
    check_appearance(j, o);
    check_element(j, o);
}

static void check_annotation(cf_judge *j, const cf_object *o)
{
    const cf_value *kind = cf_get(j, o->value, "Subtype");
    int64_t flags = cf_int(cf_get(j, o->value, "F"), 0);

    if (!(flags & FLAGS_NEEDED) || flags & FLAGS_REFUSED)
        cf_tell(j, CF_FLAGS, o->number, "F %d", (int)flags);
    if (cf_is(kind, "Widget"))
        check_widget(j, o);
    else if (!cf_is(kind, "Link"))
        cf_tell(j, CF_ANNOTATION, o->number, "/%.*s", (int)kind->text.len,
                kind->text.ptr);
}

static void check_page(cf_judge *j, const cf_object *page)
{
    const cf_value *v = cf_get(j, page->value, "Annots")->first;

    if (v && !cf_is(cf_get(j, page->value, "Tabs"), "S"))
        cf_tell(j, CF_TABS, page->number, "no Tabs S");
    for (; v; v = v->next) {
        const cf_object *o = cf_object_of(j, v);

        if (o)
            check_annotation(j, o);
        else
            cf_tell(j, CF_ANNOTATION, page->number, "no object");
    }
}

static void check_field(cf_judge *j, const cf_value *ref, unsigned depth)
{
    const cf_object *o = cf_object_of(j, ref);
    const cf_value *kid;

    if (!o || depth > 8) {
        cf_tell(j, CF_FIELD, 0, "a field cannot be found");
        return;
    }
    if (depth == 0 && cf_get(j, o->value, "T")->kind != CF_STRING)
        cf_tell(j, CF_FIELD, o->number, "a field without a name");
    for (kid = cf_get(j, o->value, "Kids")->first; kid; kid = kid->next)
        check_field(j, kid, depth + 1);
}

void cf_check_forms(cf_judge *j)
{
    const cf_value *form = cf_get(j, j->catalog, "AcroForm");
    const cf_value *v = cf_get(j, form, "Fields")->first;
    size_t i;

    if (cf_true(cf_get(j, form, "NeedAppearances")))
        cf_tell(j, CF_FIELD, 0, "NeedAppearances");
    for (; v; v = v->next)
        check_field(j, v, 0);
    for (i = 0; i < j->pages_n; i++)
        check_page(j, j->pages[i].object);
}
