/*
 * The structure tree (ISO 32000-1, 14.7 and 14.8; ISO 19005-2, 6.7; ISO
 * 14289-1, 7): who stands in whom, what each must say of itself, and that
 * marks, fields and elements find each other both ways.
 */
#include "conform.h"

#include <stdlib.h>

#define MAX_DEPTH 64u

/* The standard types our papers may use (14.8.4), and where. */
static const struct type {
    const char *name;
    const char *in;    /* the only types it may stand in; NULL: any group */
    const char *holds; /* the only types it may hold; NULL: any, "": none */
} types[] = {
    { "Document", "", NULL },
    { "Part", NULL, NULL },
    { "Sect", NULL, NULL },
    { "Div", NULL, NULL },
    { "P", NULL, "" },
    { "H1", NULL, "" },
    { "H2", NULL, "" },
    { "H3", NULL, "" },
    { "H4", NULL, "" },
    { "H5", NULL, "" },
    { "H6", NULL, "" },
    { "L", NULL, "LI Caption L" },
    { "LI", "L", "Lbl LBody" },
    { "Lbl", "LI", "" },
    { "LBody", "LI", NULL },
    { "Table", NULL, "TR THead TBody TFoot" },
    { "THead", "Table", "TR" },
    { "TBody", "Table", "TR" },
    { "TFoot", "Table", "TR" },
    { "TR", "Table THead TBody TFoot", "TH TD" },
    { "TH", "TR", NULL },
    { "TD", "TR", NULL },
    { "Figure", NULL, "" },
    { "Form", NULL, "" },
    { "Caption", "L Table", NULL },
    { "Span", NULL, "" },
};

struct walk {
    cf_judge *j;
    const cf_value *roles;
    int64_t level; /* of the last heading */
};

static bool is_in(nk_str name, const char *list)
{
    nk_str rest = nk_str_of(list), word;

    while (nk_str_word(&rest, &word))
        if (nk_str_eq(word, name))
            return true;
    return false;
}

static const struct type *type_of(nk_str name)
{
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (nk_str_eq(name, nk_str_of(types[i].name)))
            return &types[i];
    return NULL;
}

/* ---- What an element says of itself ---------------------------------------
 */

/* An attribute of an owner; /A is one dictionary or an array of them. */
static const cf_value *attribute(cf_judge *j, const cf_value *e,
                                 const char *owner, const char *key)
{
    const cf_value *a = cf_get(j, e, "A"), *v;

    if (a->kind == CF_DICT && cf_is(cf_get(j, a, "O"), owner))
        return cf_get(j, a, key);
    for (v = a->kind == CF_ARRAY ? a->first : NULL; v; v = v->next)
        if (cf_is(cf_get(j, cf_follow(j, v), "O"), owner))
            return cf_get(j, cf_follow(j, v), key);
    return &cf_nothing;
}

static void check_figure(cf_judge *j, const cf_object *o)
{
    if (cf_get(j, o->value, "Alt")->text.len == 0 &&
        cf_get(j, o->value, "ActualText")->text.len == 0)
        cf_tell(j, CF_FIGURE, o->number, "no Alt");
    if (attribute(j, o->value, "Layout", "BBox")->n != 4)
        cf_tell(j, CF_FIGURE, o->number, "no BBox");
}

/* A level may rise by one only; the first is H1. */
static void check_heading(struct walk *w, const cf_object *o, nk_str type)
{
    int64_t level;

    if (type.len != 2 || type.ptr[0] != 'H' || !nk_is_digit(type.ptr[1]))
        return;
    level = type.ptr[1] - '0';
    if (level > w->level + 1)
        cf_tell(w->j, CF_HEADING, o->number, "H%d after H%d", (int)level,
                (int)w->level);
    w->level = level;
}

static int64_t width_of_row(cf_judge *j, const cf_value *row)
{
    const cf_value *k = cf_raw(row, "K"), *cell;
    int64_t n = 0;

    for (cell = k->kind == CF_ARRAY ? k->first : k; cell; cell = cell->next) {
        n += cf_int(attribute(j, cf_follow(j, cell), "Table", "ColSpan"), 1);
        if (k->kind != CF_ARRAY)
            break;
    }
    return n;
}

static void check_columns(cf_judge *j, const cf_object *o)
{
    const cf_value *k = cf_raw(o->value, "K"), *row;
    int64_t n = 0, first = 0;

    for (row = k->kind == CF_ARRAY ? k->first : k; row; row = row->next) {
        n = width_of_row(j, cf_follow(j, row));
        if (first == 0)
            first = n;
        if (n != first)
            cf_tell(j, CF_COLUMNS, o->number, "%d columns, then %d", (int)first,
                    (int)n);
        if (k->kind != CF_ARRAY)
            break;
    }
}

/* Labels need to know what they are (14.8.5.5). */
static void check_list(cf_judge *j, const cf_object *o)
{
    const cf_value *kind = attribute(j, o->value, "List", "ListNumbering");

    if (!is_in(kind->text, "Decimal UpperRoman LowerRoman UpperAlpha "
                           "LowerAlpha Disc Circle Square None"))
        cf_tell(j, CF_LIST, o->number, "no ListNumbering");
}

static void check_self(struct walk *w, const cf_object *o, nk_str type)
{
    cf_judge *j = w->j;

    check_heading(w, o, type);
    if (is_in(type, "Figure"))
        check_figure(j, o);
    else if (is_in(type, "Table"))
        check_columns(j, o);
    else if (is_in(type, "L"))
        check_list(j, o);
    else if (is_in(type, "TH") &&
             !is_in(attribute(j, o->value, "Table", "Scope")->text,
                    "Row Column Both"))
        cf_tell(j, CF_SCOPE, o->number, "no Scope");
    else if (is_in(type, "Form") && cf_get(j, o->value, "Alt")->text.len == 0)
        cf_tell(j, CF_TOOLTIP, o->number, "a Form without Alt");
}

/* ---- Who stands in whom ----------------------------------------------------
 */

static void check_place(struct walk *w, const cf_object *o, nk_str type,
                        nk_str parent)
{
    const struct type *t = type_of(type), *p = type_of(parent);

    if (!t) {
        cf_tell(w->j, CF_ROLE, o->number, "/%.*s", (int)type.len, type.ptr);
        return;
    }
    if (cf_get(w->j, w->roles, t->name)->kind != CF_NONE)
        cf_tell(w->j, CF_ROLE, o->number, "%s is mapped", t->name);
    if ((t->in && !is_in(parent, t->in) && (*t->in || parent.len)) ||
        (p && p->holds && !is_in(type, p->holds)))
        cf_tell(w->j, CF_STRUCTURE, o->number, "%s in %.*s", t->name,
                (int)parent.len, parent.ptr);
}

static cf_page *page_of(cf_judge *j, const cf_value *ref)
{
    const cf_object *o = cf_object_of(j, ref);
    size_t i;

    for (i = 0; o && i < j->pages_n; i++)
        if (j->pages[i].object == o)
            return &j->pages[i];
    return NULL;
}

/* A mark belongs to one element, and is called as that is. */
static void own_mark(struct walk *w, const cf_object *o, const cf_value *pg,
                     int64_t mcid, nk_str type)
{
    cf_page *p = page_of(w->j, pg);

    if (!p || mcid < 0 || (size_t)mcid >= p->marks_n ||
        !p->marks[mcid].name.ptr) {
        cf_tell(w->j, CF_MCID, o->number, "MCID %d is not drawn", (int)mcid);
        return;
    }
    if (p->marks[mcid].owner)
        cf_tell(w->j, CF_MCID, o->number, "MCID %d belongs to %u too",
                (int)mcid, (unsigned)p->marks[mcid].owner);
    p->marks[mcid].owner = o->number;
    if (!nk_str_eq(p->marks[mcid].name, type))
        cf_tell(w->j, CF_MCID, o->number, "MCID %d is a %.*s", (int)mcid,
                (int)p->marks[mcid].name.len, p->marks[mcid].name.ptr);
}

static void check_element(struct walk *w, const cf_value *ref,
                          const cf_value *parent, nk_str parent_type,
                          unsigned depth);

/* A mark, a mark on another page, a field, or an element. */
static void check_kid(struct walk *w, const cf_object *o, const cf_value *ref,
                      const cf_value *kid, unsigned depth)
{
    nk_str type = cf_get(w->j, o->value, "S")->text;

    if (kid->kind == CF_REF) {
        check_element(w, kid, ref, type, depth + 1);
    } else if (kid->kind == CF_NUMBER) {
        own_mark(w, o, cf_raw(o->value, "Pg"), cf_int(kid, -1), type);
    } else if (cf_is(cf_get(w->j, kid, "Type"), "MCR")) {
        own_mark(w, o, cf_raw(kid, "Pg"), cf_int(cf_raw(kid, "MCID"), -1),
                 type);
    } else if (!cf_is(cf_get(w->j, kid, "Type"), "OBJR") ||
               !cf_object_of(w->j, cf_raw(kid, "Obj"))) {
        cf_tell(w->j, CF_TREE, o->number, "a kid that is nothing");
    }
}

static void check_element(struct walk *w, const cf_value *ref,
                          const cf_value *parent, nk_str parent_type,
                          unsigned depth)
{
    cf_object *o = cf_object_of(w->j, ref);
    const cf_value *k;

    if (!o || o->seen || depth > MAX_DEPTH) {
        cf_tell(w->j, CF_TREE, o ? o->number : 0, "not an element of its own");
        return;
    }
    o->seen = true;
    if (!cf_is(cf_get(w->j, o->value, "Type"), "StructElem"))
        cf_tell(w->j, CF_TREE, o->number, "no StructElem");
    if (cf_raw(o->value, "P")->number != parent->number)
        cf_tell(w->j, CF_TREE, o->number, "another parent");
    check_place(w, o, cf_get(w->j, o->value, "S")->text, parent_type);
    check_self(w, o, cf_get(w->j, o->value, "S")->text);
    k = cf_raw(o->value, "K");
    if (k->kind == CF_ARRAY)
        for (k = k->first; k; k = k->next)
            check_kid(w, o, ref, k, depth);
    else if (k->kind != CF_NONE)
        check_kid(w, o, ref, k, depth);
}

/* ---- The way back ----------------------------------------------------------
 */

static const cf_value *parents_of(cf_judge *j, const cf_value *tree,
                                  int64_t key)
{
    const cf_value *v = cf_get(j, tree, "Nums")->first;

    for (; v && v->next; v = v->next->next)
        if (cf_int(v, -1) == key)
            return cf_follow(j, v->next);
    return &cf_nothing;
}

static void check_page(cf_judge *j, const cf_value *tree, cf_page *p)
{
    int64_t key = cf_int(cf_get(j, p->object->value, "StructParents"), -1);
    const cf_value *list = parents_of(j, tree, key), *v = list->first;
    size_t i;

    for (i = 0; i < p->marks_n; i++, v = v ? v->next : NULL) {
        if (!p->marks[i].name.ptr)
            continue;
        if (!p->marks[i].owner)
            cf_tell(j, CF_MCID, p->object->number, "MCID %zu has no element",
                    i);
        if (!v || v->number != (int64_t)p->marks[i].owner)
            cf_tell(j, CF_MCID, p->object->number,
                    "the ParentTree has another element for MCID %zu", i);
    }
    if (p->marks_n && list->n != p->marks_n)
        cf_tell(j, CF_MCID, p->object->number, "%zu marks, %zu parents",
                p->marks_n, list->n);
}

void cf_check_tags(cf_judge *j)
{
    const cf_value *ref = cf_raw(j->catalog, "StructTreeRoot");
    const cf_value *root = cf_follow(j, ref), *tree;
    struct walk w = { .j = j };
    size_t i;

    if (!cf_is(cf_get(j, root, "Type"), "StructTreeRoot")) {
        cf_tell(j, CF_TREE, 0, "there is none");
        return;
    }
    w.roles = cf_get(j, root, "RoleMap");
    check_element(&w, cf_raw(root, "K"), ref, NK_EMPTY, 0);
    tree = cf_get(j, root, "ParentTree");
    for (i = 0; i < j->pages_n; i++)
        check_page(j, tree, &j->pages[i]);
}
