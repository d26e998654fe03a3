/*
 * Parts: a file of its own compiled in the place of an include, with names
 * for what the include gives it. A part sees all the include sees.
 */
#include "template/template_int.h"

bool nk_template__is_param(const nk_xml_node *e)
{
    const nk_xml_node *part = nk_xml_parent(e);

    return nk_str_eq(nk_xml_name(e), NK_STR("param")) && part &&
           nk_str_eq(nk_xml_name(part), NK_STR("part"));
}

/* The field a declaration names; NULL: none, or none there is. */
static const nk_field *declared_field(struct nk_template__compiling *c,
                                      const nk_xml_node *decl)
{
    const nk_field *root = nk_model_root(c->world->model), *f;
    nk_str of = nk_xml_attr_or(decl, NK_STR("field"), NK_EMPTY);

    if (!of.len)
        return NULL;
    if (!(f = nk_field_find(root, of)))
        nk_template__complain(c, NK_M_PATH_UNKNOWN,
                              nk_xml_attr_place(decl, NK_STR("field")),
                              NK_ARGS(of, root->name));
    return f;
}

/* What the include gives for one declaration of its part. */
static nk_err give_param(struct nk_template__compiling *c,
                         const nk_xml_node *decl, const nk_xml_node *e,
                         const struct nk_template__scope *scope, nk_tpl *node,
                         struct nk_template__var *v)
{
    nk_param *p = NK_NEW(&c->own->arena, nk_param);
    struct nk_template__reached leads_to;
    nk_str value;
    nk_err rc;

    if (!p)
        return nk_nomem(c->ctx);
    if (!nk_xml_attr(e, v->name, &value)) {
        nk_template__complain(
            c, NK_M_PARAM_MISSING, nk_xml_place(e),
            NK_ARGS(nk_xml_attr_or(e, NK_STR("part"), NK_EMPTY), v->name));
        return NK_OK;
    }
    p->name = v->name;
    p->next = node->params;
    node->params = p;
    if (nk_str_eq(nk_xml_attr_or(decl, NK_STR("is"), NK_EMPTY),
                  NK_STR("word"))) {
        v->is = NK_VAR_WORD;
        value =
            nk_template__word(c, scope, value, nk_xml_attr_place(e, v->name));
        p->word = v->word = nk_template__copy(c, value);
        return NK_OK;
    }
    rc = nk_template__expression(c, value, nk_xml_attr_place(e, v->name), scope,
                                 &p->select, &leads_to);
    if (!v->to.field)
        v->to = leads_to;
    return rc;
}

static nk_err declare_param(struct nk_template__compiling *c,
                            const nk_xml_node *decl, const nk_xml_node *e,
                            const struct nk_template__scope *scope,
                            nk_tpl *node, struct nk_template__scope *inner)
{
    struct nk_template__var *v =
        NK_NEW(&c->own->arena, struct nk_template__var);
    nk_err rc;

    if (!v)
        return nk_nomem(c->ctx);
    nk_template__check_free(c, decl);
    v->name =
        nk_template__copy(c, nk_xml_attr_or(decl, NK_STR("name"), NK_EMPTY));
    v->is = NK_VAR_NODE;
    v->to.field = declared_field(c, decl);
    rc = give_param(c, decl, e, scope, node, v);
    v->up = inner->vars;
    inner->vars = v;
    return rc;
}

/* Attributes of an include that its part does not declare. */
static void check_params(struct nk_template__compiling *c, const nk_xml_node *e,
                         const nk_xml_node *part)
{
    nk_str name, value;
    size_t k;

    for (k = 0; nk_xml_attr_at(e, k, &name, &value); k++) {
        const nk_xml_node *d;

        if (nk_str_eq(name, NK_STR("part")))
            continue;
        for (d = nk_xml_first(part); d; d = nk_xml_next(d))
            if (nk_template__is_param(d) &&
                nk_str_eq(nk_xml_attr_or(d, NK_STR("name"), NK_EMPTY), name))
                break;
        if (!d)
            nk_template__complain(
                c, NK_M_PARAM_UNKNOWN, nk_xml_attr_place(e, name),
                NK_ARGS(nk_xml_attr_or(e, NK_STR("part"), name), name));
    }
}

static nk_err compile_part(struct nk_template__compiling *c,
                           const nk_xml_node *part, const nk_xml_node *e,
                           const struct nk_template__scope *scope, nk_tpl *node)
{
    struct nk_template__scope inner = *scope;
    const nk_xml_node *d;
    nk_err rc;

    check_params(c, e, part);
    for (d = nk_xml_first(part); d; d = nk_xml_next(d))
        if (nk_template__is_param(d) &&
            (rc = declare_param(c, d, e, scope, node, &inner)) < 0)
            return rc;
    if ((rc = nk_template__children(c, part, &inner, node)) < 0)
        return rc;
    return nk_template__settle(c, node, NK_HOLDS_SAME, scope->holds);
}

static bool is_listed(const struct nk_template__name *list, nk_str name)
{
    while (list && !nk_str_eq(list->name, name))
        list = list->up;
    return list != NULL;
}

/* Read a part; *x is NULL when it cannot be, and that was said. */
static nk_err open_part(struct nk_template__compiling *c, const nk_xml_node *e,
                        nk_str name, nk_xml **x)
{
    const nk_parts *parts = &c->world->parts;
    struct nk_template__name *broken;
    nk_str bytes, file;
    nk_err rc = NK_E_NOTFOUND;

    *x = NULL;
    if (nk_path_is_plain(name))
        rc = parts->load(parts->data, c->ctx, &c->own->arena, name, &bytes,
                         &file);
    if (rc == NK_E_NOTFOUND) {
        nk_template__complain_first(c, NK_M_PART_NONE,
                                    nk_xml_attr_place(e, NK_STR("part")),
                                    NK_ARGS(name));
        return NK_OK;
    }
    if (rc < 0 || is_listed(c->broken, name))
        return rc;
    rc = nk_xml_open(c->ctx, bytes, file, c->problems, x);
    if (rc == NK_OK || rc == NK_E_NOMEM)
        return rc;
    if (!(broken = NK_NEW(&c->own->arena, struct nk_template__name)))
        return nk_nomem(c->ctx);
    broken->name = nk_template__copy(c, name);
    broken->up = c->broken;
    c->broken = broken;
    return NK_OK;
}

static nk_err compile_file(struct nk_template__compiling *c, nk_xml *x,
                           const nk_xml_node *e,
                           const struct nk_template__scope *scope, nk_tpl *node)
{
    const nk_xml_node *root = nk_xml_root(x);
    nk_err rc = nk_xml_check(c->ctx, x, c->world->schema, c->problems);

    if (rc < 0)
        return rc;
    if (nk_str_eq(nk_xml_name(root), NK_STR("part")))
        return compile_part(c, root, e, scope, node);
    nk_template__complain_first(c, NK_M_XML_ROOT, nk_xml_place(root),
                                NK_ARGS(nk_xml_name(root)));
    return NK_OK;
}

nk_err nk_template__include(struct nk_template__compiling *c,
                            const nk_xml_node *e,
                            const struct nk_template__scope *scope,
                            nk_tpl *node)
{
    struct nk_template__name here = {
        c->around, nk_xml_attr_or(e, NK_STR("part"), NK_EMPTY)
    };
    nk_str outer = c->file;
    nk_xml *x;
    nk_err rc;

    if (is_listed(c->around, here.name) || c->depth >= NK_MAX_PART_DEPTH) {
        bool loop = is_listed(c->around, here.name);

        nk_template__complain(
            c, loop ? NK_M_PART_LOOP : NK_M_PART_DEEP,
            nk_xml_attr_place(e, NK_STR("part")),
            NK_ARGS(loop ? here.name : NK_NUM(NK_MAX_PART_DEPTH)));
        return NK_OK;
    }
    if ((rc = open_part(c, e, here.name, &x)) < 0 || !x)
        return rc;
    c->file = nk_template__copy(c, nk_xml_place(nk_xml_root(x)).file);
    c->around = &here;
    c->depth++;
    rc = compile_file(c, x, e, scope, node);
    c->depth--;
    c->around = here.up;
    c->file = outer;
    nk_xml_close(x);
    return rc;
}
