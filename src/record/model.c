/*
 * The field model: schemas/case.xsd read as data. Element declarations
 * become fields, complex types their groups, enumerations their choices; the
 * annotations of namespace urn:naskah:schema:1 say the rest.
 *
 * The schema is part of the program: what is wrong in it is our mistake and
 * fails with NK_E_INTERNAL.
 */
#include "record/record_int.h"

#include <stdlib.h>

#define XS NK_STR("http://www.w3.org/2001/XMLSchema")
#define NS NK_STR("urn:naskah:schema:1")

/* A named definition at the top of the schema: "complexType", "group"... */
struct definition {
    nk_str kind, name;
    const nk_xml_node *e;
};

struct building {
    nk_ctx *ctx;
    nk_model *m;
    nk_problems problems;
    const nk_xml_node *root;   /* xs:schema */
    struct definition *byname; /* in order of by_name */
    size_t byname_n;
    size_t room; /* of m->conditions */
    unsigned depth;
};

static nk_err wrong(struct building *b, const nk_xml_node *at, nk_str what)
{
    return nk_fail(b->ctx, NK_E_INTERNAL, NK_M_SCHEMA_WRONG, nk_xml_place(at),
                   NK_ARGS(what));
}

static nk_str note(const nk_xml_node *e, nk_str name)
{
    nk_str v;

    return nk_xml_attr_ns(e, NS, name, &v) ? v : NK_EMPTY;
}

static int by_name(const void *x, const void *y)
{
    const struct definition *p = x, *q = y;
    int c = nk_str_cmp(p->name, q->name);

    return c ? c : nk_str_cmp(p->kind, q->kind);
}

static nk_err list_definitions(struct building *b)
{
    const nk_xml_node *e;
    size_t n = 0;

    for (e = nk_xml_first(b->root); e; e = nk_xml_next(e))
        n++;
    if (!(b->byname = NK_NEWN(&b->m->arena, n, struct definition)))
        return nk_nomem(b->ctx);
    for (e = nk_xml_first(b->root); e; e = nk_xml_next(e))
        b->byname[b->byname_n++] = (struct definition){
            nk_xml_name(e), nk_xml_attr_or(e, NK_STR("name"), NK_EMPTY), e
        };
    qsort(b->byname, n, sizeof(*b->byname), by_name);
    return NK_OK;
}

static const nk_xml_node *definition(const struct building *b, nk_str kind,
                                     nk_str name)
{
    const struct definition key = { .kind = kind, .name = name }, *found;

    found = bsearch(&key, b->byname, b->byname_n, sizeof(key), by_name);
    return found ? found->e : NULL;
}

static nk_class class_of(nk_str s)
{
    static const nk_str names[] = { NK_STR_INIT("public"),
                                    NK_STR_INIT("internal"),
                                    NK_STR_INIT("limited"),
                                    NK_STR_INIT("secret") };
    int c;

    for (c = NK_CLASS_PUBLIC; c < NK_CLASS_SECRET; c++)
        if (nk_str_eq(s, names[c]))
            break;
    return (nk_class)c; /* in doubt: secret */
}

int nk_record__topic(const nk_model *m, nk_str name)
{
    int t;

    for (t = 0; t < m->topics_n; t++)
        if (nk_str_eq(m->topics[t], name))
            return t;
    return -1;
}

static nk_err add_topic(struct building *b, const nk_xml_node *e, nk_str name,
                        int *topic)
{
    nk_model *m = b->m;

    *topic = nk_record__topic(m, name);
    if (*topic >= 0)
        return NK_OK;
    if (m->topics_n == NK_MAX_TOPICS)
        return wrong(b, e, name);
    *topic = m->topics_n;
    m->topics[m->topics_n++] = name;
    return NK_OK;
}

static nk_err add_condition(struct building *b, const nk_xml_node *e,
                            nk_str text, const nk_xpath **out)
{
    nk_model *m = b->m;
    nk_xpath *x;
    nk_err rc;

    if (m->conditions_n == b->room) {
        size_t room = b->room ? 2 * b->room : 16;
        nk_xpath **more = NK_NEWN(&m->arena, room, nk_xpath *);

        if (!more)
            return nk_nomem(b->ctx);
        if (m->conditions_n)
            memcpy(more, m->conditions, m->conditions_n * sizeof(*more));
        m->conditions = more;
        b->room = room;
    }
    rc = nk_xpath_open(b->ctx, text, nk_xml_place(e), &b->problems, &x);
    if (rc < 0)
        return rc;
    if (!x)
        return wrong(b, e, text);
    m->conditions[m->conditions_n++] = x;
    *out = x;
    return NK_OK;
}

static nk_err read_choices(struct building *b, const nk_xml_node *type,
                           nk_field *f)
{
    const nk_xml_node *r = nk_xml_child(type, NK_STR("restriction")), *e;
    nk_choice *list;
    size_t n = 0;

    for (e = r ? nk_xml_first(r) : NULL; e; e = nk_xml_next(e))
        n += nk_str_eq(nk_xml_name(e), NK_STR("enumeration"));
    if (n == 0)
        return NK_OK;
    if (!(list = NK_NEWN(&b->m->arena, n, nk_choice)))
        return nk_nomem(b->ctx);
    f->choices = list;
    f->kind = NK_KIND_CHOICE;
    for (e = nk_xml_first(r); e; e = nk_xml_next(e)) {
        if (!nk_str_eq(nk_xml_name(e), NK_STR("enumeration")))
            continue;
        list->value = nk_xml_attr_or(e, NK_STR("value"), NK_EMPTY);
        list->label[NK_LANG_ID] = note(e, NK_STR("label"));
        list->label[NK_LANG_EN] = note(e, NK_STR("label-en"));
        if (!list->label[0].len || !list->label[1].len)
            return wrong(b, e, list->value);
        list++;
    }
    f->choices_n = n;
    return NK_OK;
}

static nk_err read_notes(struct building *b, const nk_xml_node *e, nk_field *f)
{
    nk_str class = note(e, NK_STR("class")), topic = note(e, NK_STR("topic"));
    nk_str needed = note(e, NK_STR("required-if"));
    nk_err rc;

    f->label[NK_LANG_ID] = note(e, NK_STR("label"));
    f->label[NK_LANG_EN] = note(e, NK_STR("label-en"));
    f->hint[NK_LANG_ID] = note(e, NK_STR("hint"));
    f->hint[NK_LANG_EN] = note(e, NK_STR("hint-en"));
    f->required = nk_str_eq(note(e, NK_STR("required")), NK_STR("yes"));
    f->whole = nk_str_eq(note(e, NK_STR("whole")), NK_STR("yes"));
    f->computed = note(e, NK_STR("computed"));
    if (!f->label[0].len || !f->label[1].len)
        return wrong(b, e, f->name);
    f->class = f->parent ? f->parent->class : NK_CLASS_SECRET;
    f->topic = f->parent ? f->parent->topic : -1;
    if (class.len)
        f->class = class_of(class);
    if (topic.len && (rc = add_topic(b, e, topic, &f->topic)) < 0)
        return rc;
    if (f->topic < 0 && f->parent && (f->class == NK_CLASS_SECRET || f->whole))
        return wrong(b, e, f->name);
    if (needed.len)
        return add_condition(b, e, needed, &f->needed);
    return NK_OK;
}

/* How many characters a simple type lets a text have; 0: it does not say. */
static uint32_t longest_of(const struct building *b, nk_str type)
{
    const nk_xml_node *e = definition(b, NK_STR("simpleType"), type);
    uint64_t n = 0;

    e = e ? nk_xml_child(e, NK_STR("restriction")) : NULL;
    e = e ? nk_xml_child(e, NK_STR("maxLength")) : NULL;
    if (e)
        nk_str_uint(nk_xml_attr_or(e, NK_STR("value"), NK_EMPTY), UINT32_MAX,
                    &n);
    return (uint32_t)n;
}

/* How often a field may be there. */
static void read_times(const nk_xml_node *e, nk_field *f)
{
    nk_str least = nk_xml_attr_or(e, NK_STR("minOccurs"), NK_STR("1"));
    nk_str most = nk_xml_attr_or(e, NK_STR("maxOccurs"), NK_STR("1"));
    uint64_t n = 1;

    if (f->is_attr)
        n = nk_str_eq(nk_xml_attr_or(e, NK_STR("use"), NK_EMPTY),
                      NK_STR("required"));
    else
        nk_str_uint(least, UINT32_MAX, &n);
    f->least = (uint32_t)n;
    f->most = UINT32_MAX; /* unbounded */
    if (nk_str_uint(most, UINT32_MAX, &n))
        f->most = (uint32_t)n;
    f->repeats = f->most > 1;
}

static nk_err read_members(struct building *b, const nk_xml_node *type,
                           nk_field *parent, nk_field **last);

static nk_err read_field(struct building *b, const nk_xml_node *e,
                         nk_field *parent, nk_field **last)
{
    nk_field *f = NK_NEW(&b->m->arena, nk_field), *inner = NULL;
    nk_str type = nk_xml_attr_or(e, NK_STR("type"), NK_EMPTY);
    const nk_xml_node *def;
    nk_err rc;

    if (!f)
        return nk_nomem(b->ctx);
    f->parent = parent;
    f->name = nk_xml_attr_or(e, NK_STR("name"), NK_EMPTY);
    f->is_attr = nk_str_eq(nk_xml_name(e), NK_STR("attribute"));
    read_times(e, f);
    if ((rc = read_notes(b, e, f)) < 0)
        return rc;
    if (*last)
        (*last)->next = f;
    else if (parent)
        parent->first = f;
    *last = f;
    if ((def = definition(b, NK_STR("complexType"), type)) != NULL) {
        f->kind = NK_KIND_GROUP;
        if (++b->depth > NK_MAX_XML_DEPTH)
            return wrong(b, e, f->name);
        rc = read_members(b, def, f, &inner);
        b->depth--;
        return rc;
    }
    f->kind = nk_record__kind_of_type(type);
    f->longest = longest_of(b, type);
    if (f->kind != NK_KIND_GROUP)
        return NK_OK;
    if (!(def = definition(b, NK_STR("simpleType"), type)))
        return wrong(b, e, type);
    if ((rc = read_choices(b, def, f)) < 0)
        return rc;
    return f->kind == NK_KIND_CHOICE ? NK_OK : wrong(b, e, type);
}

/* Everything declared in a complex type or group, groups taken in. */
static nk_err read_members(struct building *b, const nk_xml_node *type,
                           nk_field *parent, nk_field **last)
{
    const nk_xml_node *e, *g;
    nk_err rc = NK_OK;

    for (e = nk_xml_first(type); e && rc == NK_OK; e = nk_xml_next(e)) {
        nk_str name = nk_xml_name(e);

        if (nk_str_eq(name, NK_STR("element")) ||
            nk_str_eq(name, NK_STR("attribute"))) {
            rc = read_field(b, e, parent, last);
        } else if (nk_str_eq(name, NK_STR("sequence"))) {
            rc = read_members(b, e, parent, last);
        } else if (nk_str_eq(name, NK_STR("group"))) {
            g = definition(b, name, nk_xml_attr_or(e, NK_STR("ref"), NK_EMPTY));
            rc = g ? read_members(b, g, parent, last)
                   : wrong(b, e, nk_xml_attr_or(e, NK_STR("ref"), name));
        } else {
            rc = wrong(b, e, name);
        }
    }
    return rc;
}

static nk_err read_recipient(struct building *b, const nk_xml_node *e,
                             struct nk_recipient *r)
{
    const nk_xml_node *may;

    r->id =
        nk_str_copy(&b->m->arena, nk_xml_attr_or(e, NK_STR("id"), NK_EMPTY));
    r->sees = class_of(nk_xml_attr_or(e, NK_STR("sees"), NK_STR("public")));
    for (may = nk_xml_first(e); may; may = nk_xml_next(may)) {
        nk_str topic = nk_xml_attr_or(may, NK_STR("topic"), NK_EMPTY), with;
        nk_err rc;
        int t;

        if (!(topic = nk_str_copy(&b->m->arena, topic)).ptr)
            return nk_nomem(b->ctx);
        /* A topic no field has yet is right: assessment, shelter. */
        if ((rc = add_topic(b, may, topic, &t)) < 0)
            return rc;
        if (nk_xml_attr(may, NK_STR("with"), &with))
            r->consent |= 1u << t;
        else
            r->always |= 1u << t;
    }
    return r->id.ptr ? NK_OK : nk_nomem(b->ctx);
}

static nk_err read_province(struct building *b, const nk_xml_node *e)
{
    uint64_t from, to;
    nk_str test;

    if (!nk_str_uint(nk_xml_attr_or(e, NK_STR("from"), NK_EMPTY), 99, &from) ||
        !nk_str_uint(nk_xml_attr_or(e, NK_STR("to"), NK_EMPTY), 99, &to))
        return wrong(b, e, NK_STR("province"));
    for (; from <= to; from++)
        b->m->regions.province[from] = nk_xml_attr(e, NK_STR("test"), &test)
                                           ? NK_REGION_TEST
                                           : NK_REGION_REAL;
    return NK_OK;
}

static nk_err read_policy(struct building *b, nk_str bytes)
{
    nk_model *m = b->m;
    const nk_xml_node *e;
    nk_xml *x;
    nk_err rc;
    size_t n = 0;

    if ((rc = nk_xml_open(b->ctx, bytes, NK_STR("policy.xml"), &b->problems,
                          &x)) < 0)
        return rc;
    for (e = nk_xml_first(nk_xml_root(x)); e; e = nk_xml_next(e))
        n += nk_str_eq(nk_xml_name(e), NK_STR("recipient"));
    m->recipients = NK_NEWN(&m->arena, n, struct nk_recipient);
    if (!m->recipients)
        rc = nk_nomem(b->ctx);
    for (e = nk_xml_first(nk_xml_root(x)); e && rc == NK_OK;
         e = nk_xml_next(e)) {
        if (nk_str_eq(nk_xml_name(e), NK_STR("recipient")))
            rc = read_recipient(b, e, &m->recipients[m->recipients_n++]);
        else if (nk_str_eq(nk_xml_name(e), NK_STR("province")))
            rc = read_province(b, e);
        else
            rc = wrong(b, e, nk_xml_name(e));
    }
    nk_xml_close(x);
    return rc;
}

static nk_err build(struct building *b, const nk_model_files *files)
{
    nk_model *m = b->m;
    const nk_xml_node *e;
    nk_field *last = NULL;
    nk_err rc;

    if ((rc = nk_xml_schema_open(b->ctx, files->case_xsd, NK_STR("case.xsd"),
                                 &m->schema)) < 0)
        return rc;
    b->root = nk_xml_root(nk_xml_schema_doc(m->schema));
    if ((rc = list_definitions(b)) < 0)
        return rc;
    if (!(e = definition(b, NK_STR("element"), NK_STR("case"))))
        return wrong(b, b->root, NK_STR("case"));
    if ((rc = read_field(b, e, NULL, &last)) < 0 ||
        (rc = read_policy(b, files->policy)) < 0)
        return rc;
    m->root = last;
    return nk_xpath_env_open(b->ctx, NULL, 0, NULL, &m->env);
}

nk_err nk_model_open(nk_ctx *ctx, const nk_model_files *files, nk_model **out)
{
    struct building b = { .ctx = ctx, .m = calloc(1, sizeof(nk_model)) };
    nk_err rc;

    if (!b.m)
        return nk_nomem(ctx);
    nk_arena_init(&b.m->arena);
    nk_problems_init(&b.problems, &b.m->arena);
    if ((rc = build(&b, files)) < 0) {
        nk_model_close(b.m);
        return rc;
    }
    *out = b.m;
    return NK_OK;
}

void nk_model_close(nk_model *m)
{
    size_t i;

    if (!m)
        return;
    for (i = 0; i < m->conditions_n; i++)
        nk_xpath_close(m->conditions[i]);
    nk_xpath_env_close(m->env);
    nk_xml_schema_close(m->schema);
    nk_arena_release(&m->arena);
    free(m);
}

const nk_field *nk_model_root(const nk_model *m)
{
    return m->root;
}
