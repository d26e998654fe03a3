/*
 * XPath 1.0: compiled once, evaluated in an environment of variables and
 * functions, with a limit on the number of steps.
 *
 * libxml2 reports faults through a callback; the first one is kept in the
 * environment until the evaluation is over.
 */
#include "xml/xml_int.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdlib.h>

struct nk_xpath {
    xmlXPathCompExprPtr comp;
    char text[]; /* as it was given, for messages */
};

struct nk_xpath_env {
    xmlXPathContextPtr xc;
    const nk_xpath_fn *fns;
    size_t n;
    void *data;
    unsigned long left; /* steps all evaluations may still take, if bounded */
    bool bounded;
    nk_arena scratch; /* arguments and results of functions */
    int code;         /* libxml2's code of the first fault, 0: none */
    char what[128];   /* name or text it concerns */
};

static void note_fault(nk_xpath_env *env, int code, nk_str what)
{
    size_t n =
        what.len < sizeof(env->what) - 1 ? what.len : sizeof(env->what) - 1;

    if (env->code)
        return;
    env->code = code;
    if (n)
        memcpy(env->what, what.ptr, n);
    env->what[n] = '\0';
}

static void on_eval_fault(void *data, xmlErrorPtr e)
{
    note_fault(data, e->code, nk_str_of(e->str1));
}

struct compile_fault {
    nk_problems *problems;
    nk_place at;
    bool told;
};

static void on_compile_fault(void *data, xmlErrorPtr e)
{
    struct compile_fault *f = data;
    nk_str text = nk_str_of(e->str1);
    size_t at =
        e->int1 > 0 && (size_t)e->int1 < text.len ? (size_t)e->int1 : text.len;

    if (!f->told)
        nk_problem_add(f->problems, NK_ERROR, NK_M_XPATH_SYNTAX, f->at,
                       NK_ARGS(text, nk_str_skip(text, at)));
    f->told = true;
}

nk_err nk_xpath_open(nk_ctx *ctx, nk_str text, nk_place at,
                     nk_problems *problems, nk_xpath **out)
{
    struct compile_fault f = { problems, at, false };
    nk_xpath *x = calloc(1, sizeof(*x) + text.len + 1);

    *out = NULL;
    if (!x)
        return nk_nomem(ctx);
    if (text.len)
        memcpy(x->text, text.ptr, text.len);
    nk_xml__start();
    xmlSetStructuredErrorFunc(&f, on_compile_fault);
    x->comp = xmlXPathCompile((const xmlChar *)x->text);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (!x->comp) {
        free(x);
        if (!f.told)
            nk_problem_add(problems, NK_ERROR, NK_M_XPATH_SYNTAX, at,
                           NK_ARGS(text, NK_EMPTY));
        return NK_OK;
    }
    *out = x;
    return NK_OK;
}

void nk_xpath_close(nk_xpath *x)
{
    if (!x)
        return;
    xmlXPathFreeCompExpr(x->comp);
    free(x);
}

/* Pop the arguments, last first, as texts in the scratch arena. */
static bool pop_args(nk_xpath_env *env, xmlXPathParserContextPtr p,
                     nk_str *args, int n)
{
    bool ok = true;
    int i;

    for (i = n - 1; i >= 0; i--) {
        xmlChar *s = xmlXPathPopString(p);

        args[i] = nk_str_copy(&env->scratch, nk_xml__str(s));
        ok = ok && s && args[i].ptr;
        xmlFree(s);
    }
    return ok;
}

static void call_function(xmlXPathParserContextPtr p, int n)
{
    nk_xpath_env *env = p->context->userData;
    nk_str name = nk_xml__str(p->context->function);
    nk_str args[NK_MAX_XPATH_ARGS];
    const nk_xpath_fn *f = NULL;
    nk_buf b;
    size_t i;

    for (i = 0; i < env->n && !f; i++)
        if (nk_str_eq(nk_str_of(env->fns[i].name), name))
            f = &env->fns[i];
    if (!f || n < (int)f->min_args || n > (int)f->max_args) {
        note_fault(env, XML_XPATH_INVALID_ARITY, name);
        xmlXPathErr(p, XPATH_INVALID_ARITY);
        return;
    }
    nk_buf_init(&b, &env->scratch);
    if (!pop_args(env, p, args, n)) {
        xmlXPathErr(p, XPATH_MEMORY_ERROR);
        return;
    }
    if (!f->call(env->data, args, (size_t)n, &b)) {
        note_fault(env, XML_XPATH_INVALID_TYPE, name);
        xmlXPathErr(p, XPATH_INVALID_TYPE);
        return;
    }
    nk_buf_putc(&b, '\0');
    if (b.err < 0) {
        xmlXPathErr(p, XPATH_MEMORY_ERROR);
        return;
    }
    valuePush(p, xmlXPathNewString((const xmlChar *)b.ptr));
}

nk_err nk_xpath_env_open(nk_ctx *ctx, const nk_xpath_fn *fns, size_t n,
                         void *data, nk_xpath_env **out)
{
    nk_xpath_env *env = calloc(1, sizeof(*env));
    size_t i;

    if (!env)
        return nk_nomem(ctx);
    nk_xml__start();
    nk_arena_init(&env->scratch);
    env->fns = fns;
    env->n = n;
    env->data = data;
    env->xc = xmlXPathNewContext(NULL);
    if (!env->xc)
        goto nomem;
    env->xc->userData = env;
    env->xc->error = on_eval_fault;
    for (i = 0; i < n; i++)
        if (xmlXPathRegisterFunc(env->xc, (const xmlChar *)fns[i].name,
                                 call_function) != 0)
            goto nomem;
    if (xmlXPathContextSetCache(env->xc, 1, -1, 0) != 0)
        goto nomem;
    *out = env;
    return NK_OK;
nomem:
    nk_xpath_env_close(env);
    return nk_nomem(ctx);
}

void nk_xpath_env_close(nk_xpath_env *env)
{
    if (!env)
        return;
    if (env->xc)
        xmlXPathFreeContext(env->xc);
    nk_arena_release(&env->scratch);
    free(env);
}

static nk_err set_variable(nk_ctx *ctx, nk_xpath_env *env, nk_str name,
                           xmlXPathObjectPtr value)
{
    const char *z = nk_str_z(&env->scratch, name);

    if (!z || !value ||
        xmlXPathRegisterVariable(env->xc, (const xmlChar *)z, value) != 0) {
        xmlXPathFreeObject(value);
        return nk_nomem(ctx);
    }
    return NK_OK;
}

nk_err nk_xpath_set_nodes(nk_ctx *ctx, nk_xpath_env *env, nk_str name,
                          nk_xml_node *const *nodes, size_t n)
{
    xmlXPathObjectPtr set = xmlXPathNewNodeSet(NULL);
    size_t i;

    for (i = 0; set && i < n; i++) {
        if (xmlXPathNodeSetAdd(set->nodesetval, nk_xml__node(nodes[i])) < 0) {
            xmlXPathFreeObject(set);
            set = NULL;
        }
    }
    return set_variable(ctx, env, name, set);
}

nk_err nk_xpath_set_text(nk_ctx *ctx, nk_xpath_env *env, nk_str name,
                         nk_str text)
{
    const char *z = nk_str_z(&env->scratch, text);

    return set_variable(ctx, env, name,
                        z ? xmlXPathNewString((const xmlChar *)z) : NULL);
}

void nk_xpath_set_position(nk_xpath_env *env, size_t position, size_t n)
{
    env->xc->proximityPosition = (int)position;
    env->xc->contextSize = (int)n;
}

void nk_xpath_env_bound(nk_xpath_env *env, uint32_t steps)
{
    env->left = steps;
    env->bounded = steps != 0;
}

static nk_err fail_eval(nk_ctx *ctx, const nk_xpath_env *env, const nk_xpath *x,
                        nk_place at)
{
    nk_str what = nk_str_of(env->what[0] ? env->what : x->text);

    switch (env->code) {
    case XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED:
        if (env->bounded && env->left == 0)
            return nk_fail(ctx, NK_E_LIMIT, NK_M_XPATH_NO_END, at, NK_NOARGS);
        return nk_fail(ctx, NK_E_LIMIT, NK_M_XPATH_TOO_LONG, at,
                       NK_ARGS(NK_NUM(NK_MAX_XPATH_OPS)));
    case XML_XPATH_INVALID_ARITY:
        return nk_fail(ctx, NK_E_INVALID, NK_M_XPATH_ARITY, at, NK_ARGS(what));
    case XML_XPATH_INVALID_TYPE:
        return nk_fail(ctx, NK_E_INVALID, NK_M_XPATH_ARGUMENT, at,
                       NK_ARGS(what));
    case 0:
        return nk_nomem(ctx);
    default:
        return nk_fail(ctx, NK_E_INVALID, NK_M_XPATH_EVAL, at, NK_ARGS(what));
    }
}

static nk_err evaluate(nk_ctx *ctx, nk_xpath_env *env, const nk_xpath *x,
                       nk_xml_node *node, nk_place at, xmlXPathObjectPtr *out)
{
    xmlNodePtr n = nk_xml__node(node);

    nk_arena_reset(&env->scratch);
    env->code = 0;
    env->what[0] = '\0';
    if (env->bounded && env->left == 0)
        return nk_fail(ctx, NK_E_LIMIT, NK_M_XPATH_NO_END, at, NK_NOARGS);
    env->xc->opLimit = NK_MAX_XPATH_OPS;
    if (env->bounded && env->left < NK_MAX_XPATH_OPS)
        env->xc->opLimit = env->left;
    env->xc->opCount = 0;
    env->xc->doc = n->doc;
    env->xc->node = n;
    *out = xmlXPathCompiledEval(x->comp, env->xc);
    env->left -= env->xc->opCount < env->left ? env->xc->opCount : env->left;
    return *out ? NK_OK : fail_eval(ctx, env, x, at);
}

nk_err nk_xpath_nodes(nk_ctx *ctx, nk_arena *a, nk_xpath_env *env,
                      const nk_xpath *x, nk_xml_node *node, nk_place at,
                      nk_xml_node ***nodes, size_t *n)
{
    xmlXPathObjectPtr o;
    nk_err rc = evaluate(ctx, env, x, node, at, &o);
    size_t i, count = 0;
    nk_xml_node **list;

    if (rc < 0)
        return rc;
    if (o->type != XPATH_NODESET) {
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_XPATH_NOT_NODES, at, NK_NOARGS);
        goto out;
    }
    if (o->nodesetval)
        count = (size_t)o->nodesetval->nodeNr;
    if (!(list = NK_NEWN(a, count, nk_xml_node *))) {
        rc = nk_nomem(ctx);
        goto out;
    }
    *n = 0;
    for (i = 0; i < count; i++)
        if (o->nodesetval->nodeTab[i]->type == XML_ELEMENT_NODE)
            list[(*n)++] = nk_xml__wrap(o->nodesetval->nodeTab[i]);
    *nodes = list;
out:
    xmlXPathFreeObject(o);
    return rc;
}

nk_err nk_xpath_text(nk_ctx *ctx, nk_arena *a, nk_xpath_env *env,
                     const nk_xpath *x, nk_xml_node *node, nk_place at,
                     nk_str *out)
{
    xmlXPathObjectPtr o;
    nk_str text;
    xmlChar *s;
    nk_err rc = evaluate(ctx, env, x, node, at, &o);

    if (rc < 0)
        return rc;
    s = xmlXPathCastToString(o);
    text = nk_xml__str(s);
    /* Working with a number that is not there gives no number. */
    if (o->type == XPATH_NUMBER &&
        (nk_str_eq(text, NK_STR("NaN")) || nk_str_ends(text, NK_STR("finity"))))
        text = NK_EMPTY;
    *out = nk_str_copy(a, text);
    xmlXPathFreeObject(o);
    if (!s || !out->ptr)
        rc = nk_nomem(ctx);
    xmlFree(s);
    return rc;
}

nk_err nk_xpath_test(nk_ctx *ctx, nk_xpath_env *env, const nk_xpath *x,
                     nk_xml_node *node, nk_place at, bool *out)
{
    xmlXPathObjectPtr o;
    nk_err rc = evaluate(ctx, env, x, node, at, &o);

    if (rc < 0)
        return rc;
    *out = xmlXPathCastToBoolean(o) != 0;
    xmlXPathFreeObject(o);
    return NK_OK;
}
