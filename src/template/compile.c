/*
 * Compiling: XML elements become nodes, one row of a table an element. The
 * schema has said what an element is made of, elements.c what may stand
 * where; the compiler goes on after mistakes, so that one run finds them all.
 *
 * The one idea to know: a cell or list item may hold words or blocks, as in
 * HTML. Words standing there are put into a paragraph of their own, so that
 * later stages see blocks only.
 */
#include "template/template_int.h"

#include <stdlib.h>

const struct nk_template__var *nk_template__find_var(
    const struct nk_template__scope *scope, nk_str name)
{
    const struct nk_template__var *v;

    for (v = scope->vars; v; v = v->up)
        if (nk_str_eq(v->name, name))
            break;
    return v;
}

nk_str nk_template__word(struct nk_template__compiling *c,
                         const struct nk_template__scope *scope, nk_str text,
                         nk_place at)
{
    const struct nk_template__var *v;

    if (!nk_str_starts(text, NK_STR("$")))
        return text;
    v = nk_template__find_var(scope, nk_str_skip(text, 1));
    if (v && v->is == NK_VAR_WORD)
        return v->word;
    nk_template__complain(c, NK_M_VARIABLE_UNKNOWN, at,
                          NK_ARGS(nk_str_skip(text, 1)));
    return text;
}

/* ---- Mistakes and memory ----------------------------------------------- */

nk_str nk_template__copy(struct nk_template__compiling *c, nk_str s)
{
    nk_str copy = nk_str_copy(&c->own->arena, s);

    c->nomem = c->nomem || !copy.ptr;
    return copy;
}

static bool same_args(const nk_args *a, const nk_args *b)
{
    size_t i;

    for (i = 0; i < a->n && i < b->n; i++)
        if (!nk_str_eq(a->v[i], b->v[i]))
            return false;
    return a->n == b->n;
}

void nk_template__complain(struct nk_template__compiling *c, nk_msg msg,
                           nk_place at, nk_args args)
{
    const nk_problem *q;

    for (q = c->problems->first; q; q = q->next)
        if (q->msg == msg && q->place.line == at.line &&
            q->place.column == at.column && nk_str_eq(q->place.file, at.file) &&
            same_args(&q->args, &args))
            return;
    nk_problem_add(c->problems, NK_ERROR, msg, at, args);
}

void nk_template__complain_first(struct nk_template__compiling *c, nk_msg msg,
                                 nk_place at, nk_args args)
{
    if (!nk_error_is_at(c->problems, c->problems->last, at))
        nk_problem_add(c->problems, NK_ERROR, msg, at, args);
}

void nk_template__lane_alone(struct nk_template__compiling *c,
                             const nk_xml_node *e, nk_str name)
{
    nk_template__complain(c, NK_M_LANE_ALONE, nk_xml_place(e), NK_ARGS(name));
}

nk_place nk_template__place(const struct nk_template__compiling *c,
                            const nk_xml_node *e)
{
    nk_place at = nk_xml_place(e);

    at.file = c->file;
    return at;
}

nk_tpl *nk_template__node(struct nk_template__compiling *c, nk_tag tag,
                          nk_place at)
{
    nk_tpl *n;

    if (c->nodes >= NK_MAX_TPL_NODES || !(n = NK_NEW(&c->own->arena, nk_tpl)))
        return NULL;
    c->nodes++;
    n->tag = tag;
    n->at = at;
    n->style = &nk_template__plain;
    n->blank = true;
    return n;
}

nk_err nk_template__no_node(const struct nk_template__compiling *c)
{
    if (c->nodes < NK_MAX_TPL_NODES)
        return nk_nomem(c->ctx);
    return nk_fail(c->ctx, NK_E_LIMIT, NK_M_TEMPLATE_TOO_LARGE,
                   NK_IN_FILE(c->file), NK_ARGS(NK_NUM(NK_MAX_TPL_NODES)));
}

/* ---- Elements ---------------------------------------------------------- */

static nk_err compile_text(struct nk_template__compiling *c,
                           const nk_xml_node *e,
                           const struct nk_template__scope *scope, nk_tpl **out)
{
    nk_tpl *n = nk_template__node(c, NK_TAG_TEXT, nk_template__place(c, e));

    if (!n)
        return nk_template__no_node(c);
    if (!(scope->holds & NK_HOLDS_WORDS) && nk_str_trim(nk_xml_text(e)).len)
        nk_template__complain_first(c, NK_M_XML_STRAY_TEXT, nk_xml_place(e),
                                    NK_ARGS(nk_xml_name(nk_xml_parent(e))));
    n->text = nk_template__copy(c, nk_xml_text(e));
    *out = n;
    return NK_OK;
}

/* The scope inside an element: a loop moves the node, a signer adds facts. */
static struct nk_template__scope scope_inside(
    const struct nk_template__scope *scope, const nk_tpl *n,
    const struct nk_template__reached *leads_to,
    struct nk_template__var *signer)
{
    struct nk_template__scope inner = *scope;
    unsigned holds = nk_template__element_of(n->tag)->holds;

    inner.holds = holds & NK_HOLDS_SAME
                      ? (scope->holds & ~(unsigned)NK_HOLDS_CHOICES) |
                            (holds & NK_HOLDS_CHOICES)
                      : holds;
    if (n->tag == NK_TAG_FOREACH)
        inner.node = *leads_to;
    if (n->tag == NK_TAG_FLOW)
        inner.lanes = leads_to;
    if (n->tag == NK_TAG_LANE && scope->lanes) {
        inner.node = *scope->lanes;
        inner.in_lane = true;
    }
    if (n->tag == NK_TAG_SIGNER) {
        *signer = (struct nk_template__var){ .up = scope->vars,
                                             .name = NK_STR("signer"),
                                             .is = NK_VAR_SIGNER };
        inner.vars = signer;
    }
    return inner;
}

static nk_err compile_element(struct nk_template__compiling *c,
                              const nk_xml_node *e,
                              const struct nk_template__scope *scope,
                              nk_tpl **out)
{
    const struct nk_template__element *row =
        nk_template__element_named(nk_xml_name(e));
    struct nk_template__reached leads_to;
    struct nk_template__scope inner;
    struct nk_template__var signer;
    nk_tpl *n;
    nk_err rc;

    *out = NULL;
    if (nk_template__is_param(e))
        return NK_OK; /* read before */
    if (!row || !(row->stands & scope->holds)) {
        nk_template__complain_first(
            c, NK_M_XML_UNEXPECTED, nk_xml_place(e),
            NK_ARGS(nk_xml_name(e),
                    nk_template__what_may_stand(&c->own->arena, scope->holds)));
        return NK_OK;
    }
    if (row->tag == NK_TAG_SIGN &&
        !nk_template__find_var(scope, NK_STR("signer")))
        nk_template__complain(c, NK_M_SIGN_ALONE, nk_xml_place(e), NK_NOARGS);
    if ((row->tag == NK_TAG_LANE && !scope->lanes) ||
        (row->tag == NK_TAG_SYMBOL && !scope->in_lane))
        nk_template__lane_alone(c, e, row->name);
    if (!(n = nk_template__node(c, row->tag, nk_template__place(c, e))))
        return nk_template__no_node(c);
    n->style = row->style;
    *out = n;
    if (row->tag == NK_TAG_INCLUDE)
        return nk_template__include(c, e, scope, n);
    if ((rc = nk_template__attributes(c, e, scope, n, &leads_to)) < 0)
        return rc;
    if (row->holds == 0)
        return NK_OK;
    inner = scope_inside(scope, n, &leads_to, &signer);
    if ((rc = nk_template__children(c, e, &inner, n)) < 0)
        return rc;
    return nk_template__settle(c, n, row->holds, inner.holds);
}

nk_err nk_template__children(struct nk_template__compiling *c,
                             const nk_xml_node *e,
                             const struct nk_template__scope *scope,
                             nk_tpl *parent)
{
    nk_tpl **last = &parent->first, *n;
    const nk_xml_node *k;
    nk_err rc;

    while (*last)
        last = &(*last)->next;
    for (k = nk_xml_first_part(e); k; k = nk_xml_next_part(k)) {
        rc = nk_xml_is_text(k) ? compile_text(c, k, scope, &n)
                               : compile_element(c, k, scope, &n);
        if (rc < 0)
            return rc;
        if (n) {
            *last = n;
            last = &n->next;
        }
    }
    return NK_OK;
}

/* ---- The template itself ----------------------------------------------- */

static bool is_head_element(nk_str name)
{
    return nk_str_eq(name, NK_STR("title")) ||
           nk_str_eq(name, NK_STR("subject")) ||
           nk_str_eq(name, NK_STR("about")) || nk_str_eq(name, NK_STR("page"));
}

static nk_err compile_template(struct nk_template__compiling *c,
                               const nk_xml_node *root)
{
    const nk_template_world *w = c->world;
    struct nk_template__var office = {
        .name = NK_STR("office"),
        .is = NK_VAR_NODE,
        .to.type = nk_template__type(w->office_schema, NK_STR("office"))
    };
    struct nk_template__var letter = { .up = &office,
                                       .name = NK_STR("letter"),
                                       .is = NK_VAR_LETTER };
    struct nk_template__var to = {
        .up = &letter,
        .name = NK_STR("to"),
        .is = NK_VAR_NODE,
        .to.type = nk_template__type(w->office_schema, NK_STR("institution"))
    };
    struct nk_template__var procedure = { .up = &to,
                                          .name = NK_STR("procedure"),
                                          .is = NK_VAR_NODE,
                                          .to.type = nk_template__type(
                                              w->procedure_schema,
                                              NK_STR("procedure")) };
    struct nk_template__var cases = { .up = &procedure,
                                      .name = NK_STR("register"),
                                      .is = NK_VAR_CASES };
    struct nk_template__var about;
    struct nk_template__scope scope = { .node = { .field =
                                                      nk_model_root(w->model) },
                                        .vars = &cases,
                                        .holds = NK_HOLDS_BLOCKS };
    nk_tpl *body =
               nk_template__node(c, NK_TAG_BLOCK, nk_template__place(c, root)),
           **last, *n;
    const nk_xml_node *e;
    nk_err rc;

    if (!body)
        return nk_template__no_node(c);
    nk_template__head(c, root);
    if ((rc = nk_template__about(c, nk_xml_child(root, NK_STR("about")), &scope,
                                 &about)) < 0 ||
        (rc = nk_template__page(c, nk_xml_child(root, NK_STR("page")),
                                &scope)) < 0)
        return rc;
    last = &body->first;
    for (e = nk_xml_first(root); e; e = nk_xml_next(e)) {
        if (is_head_element(nk_xml_name(e)))
            continue;
        if ((rc = compile_element(c, e, &scope, &n)) < 0)
            return rc;
        if (n) {
            *last = n;
            last = &n->next;
        }
    }
    c->own->t.body = body;
    return nk_xpath_env_open(c->ctx, nk_functions, nk_functions_n, NULL,
                             &c->own->t.env);
}

nk_err nk_template_open(nk_ctx *ctx, const nk_template_world *world,
                        nk_str bytes, nk_str file, nk_problems *problems,
                        nk_template **out)
{
    struct nk_template__compiling c = { .ctx = ctx,
                                        .world = world,
                                        .problems = problems };
    uint32_t errors = problems->errors;
    nk_xml *x = NULL;
    nk_err rc;

    if (!(c.own = calloc(1, sizeof(*c.own))))
        return nk_nomem(ctx);
    nk_arena_init(&c.own->arena);
    c.file = nk_template__copy(&c, file);
    if ((rc = nk_xml_open(ctx, bytes, file, problems, &x)) < 0)
        goto out;
    if ((rc = nk_xml_check(ctx, x, world->schema, problems)) < 0)
        goto out;
    if (nk_str_eq(nk_xml_name(nk_xml_root(x)), NK_STR("template")))
        rc = compile_template(&c, nk_xml_root(x));
    else
        nk_template__complain_first(&c, NK_M_XML_ROOT,
                                    nk_xml_place(nk_xml_root(x)),
                                    NK_ARGS(nk_xml_name(nk_xml_root(x))));
    if (rc == NK_OK && c.nomem)
        rc = nk_nomem(ctx);
    if (rc == NK_OK && problems->errors > errors)
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_TEMPLATE_WRONG, NK_IN_FILE(file),
                     NK_ARGS(file, NK_NUM(problems->errors - errors)));
out:
    nk_xml_close(x);
    if (rc < 0)
        nk_template_close(&c.own->t);
    else
        *out = &c.own->t;
    return rc;
}

bool nk_template_names(const nk_template *t, const nk_field *f)
{
    size_t i = 0;

    while (i < t->names_n && t->names[i] != f)
        i++;
    return i < t->names_n;
}

void nk_template_close(nk_template *t)
{
    /* The template is the first member of what owns it. */
    struct nk_template__own *own = (void *)t;
    size_t i;

    if (!t)
        return;
    for (i = 0; i < own->xpaths_n; i++)
        nk_xpath_close(own->xpaths[i]);
    nk_xpath_env_close(own->t.env);
    nk_arena_release(&own->arena);
    free(own);
}
