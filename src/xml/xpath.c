/*
 * XPath 1.0: compiled once, evaluated in an environment of variables and
 * functions, with a limit on the number of steps.
 *
 * Four in five expressions of a template are plain paths, "victim/name" or
 * "$to/@id": these are walked here, in a tenth of the time libxml2 takes for
 * them. Everything else is libxml2's; it reports faults through a callback,
 * and the first one is kept in the environment until the evaluation is over.
 */
#include "xml/xml_int.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdlib.h>

#define MOST_STEPS 6 /* of a plain path */

/* A plain path: a start, names of children, and perhaps an attribute. */
struct plain {
    bool is;
    nk_str var; /* where it starts; empty: at the node */
    nk_str steps[MOST_STEPS];
    unsigned n;
    nk_str attr; /* empty: none */
};

struct nk_xpath {
    xmlXPathCompExprPtr comp;
    struct plain plain;
    char text[]; /* as it was given, for messages */
};

struct variable {
    struct variable *next;
    nk_str name;
    bool is_text;
    xmlNodePtr *nodes;
    size_t n, room;
    nk_buf text; /* with a NUL */
};

struct nk_xpath_env {
    xmlXPathContextPtr xc;
    const nk_xpath_fn *fns;
    size_t n;
    void *data;
    nk_arena arena; /* what variables hold; each keeps its room */
    struct variable *vars;
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

/* ---- Plain paths ------------------------------------------------------- */

static size_t name_at(nk_str s)
{
    size_t n = 0;

    while (n < s.len && (nk_is_alpha(s.ptr[n]) ||
                         (n && (nk_is_digit(s.ptr[n]) || s.ptr[n] == '-'))))
        n++;
    return n;
}

/* Take a name off *rest; false when there is none. */
static bool take_name(nk_str *rest, nk_str *name)
{
    size_t n = name_at(*rest);

    *name = nk_str_head(*rest, n);
    *rest = nk_str_skip(*rest, n);
    return n > 0;
}

static bool take(nk_str *rest, char c)
{
    if (rest->len == 0 || rest->ptr[0] != c)
        return false;
    *rest = nk_str_skip(*rest, 1);
    return true;
}

static void read_plain(struct plain *p, nk_str s)
{
    bool more;

    if (take(&s, '$')) {
        if (!take_name(&s, &p->var))
            return;
        more = take(&s, '/');
    } else {
        more = !take(&s, '.');
    }
    while (more) {
        if (take(&s, '@')) {
            if (!take_name(&s, &p->attr))
                return;
            break;
        }
        if (p->n == MOST_STEPS || !take_name(&s, &p->steps[p->n]))
            return;
        p->n++;
        more = take(&s, '/');
    }
    p->is = s.len == 0;
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
    read_plain(&x->plain, nk_str_of(x->text));
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

nk_str nk_xpath_source(const nk_xpath *x)
{
    return nk_str_of(x->text);
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

/* ---- Variables --------------------------------------------------------- */

static struct variable *find_variable(nk_xpath_env *env, nk_str name)
{
    struct variable *v = env->vars;

    while (v && !nk_str_eq(v->name, name))
        v = v->next;
    return v;
}

/* For libxml2: the variable's value as an object of its own. */
static xmlXPathObjectPtr look_up(void *data, const xmlChar *name,
                                 const xmlChar *ns)
{
    const struct variable *v = find_variable(data, nk_xml__str(name));
    xmlXPathObjectPtr set;
    size_t i;

    if (!v || ns)
        return NULL;
    if (v->is_text)
        return xmlXPathNewString((const xmlChar *)v->text.ptr);
    set = xmlXPathNewNodeSet(NULL);
    for (i = 0; set && i < v->n; i++) {
        if (xmlXPathNodeSetAdd(set->nodesetval, v->nodes[i]) < 0) {
            xmlXPathFreeObject(set);
            set = NULL;
        }
    }
    return set;
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
    nk_arena_init(&env->arena);
    env->fns = fns;
    env->n = n;
    env->data = data;
    env->xc = xmlXPathNewContext(NULL);
    if (!env->xc)
        goto nomem;
    env->xc->userData = env;
    xmlXPathRegisterVariableLookup(env->xc, look_up, env);
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
    nk_arena_release(&env->arena);
    free(env);
}

/* The variable of that name, made when there is none yet; NULL when memory is
   out. */
static struct variable *settle_variable(nk_xpath_env *env, nk_str name)
{
    struct variable *v = find_variable(env, name);

    if (v || !(v = NK_NEW(&env->arena, struct variable)))
        return v;
    v->name = nk_str_copy(&env->arena, name);
    if (!v->name.ptr)
        return NULL;
    nk_buf_init(&v->text, &env->arena);
    v->next = env->vars;
    env->vars = v;
    return v;
}

nk_err nk_xpath_set_nodes(nk_ctx *ctx, nk_xpath_env *env, nk_str name,
                          nk_xml_node *const *nodes, size_t n)
{
    struct variable *v = settle_variable(env, name);
    size_t i;

    if (!v)
        return nk_nomem(ctx);
    if (n > v->room) {
        v->room = 0;
        if (!(v->nodes = NK_NEWN(&env->arena, n, xmlNodePtr)))
            return nk_nomem(ctx);
        v->room = n;
    }
    for (i = 0; i < n; i++)
        v->nodes[i] = nk_xml__node(nodes[i]);
    v->n = n;
    v->is_text = false;
    return NK_OK;
}

nk_err nk_xpath_set_text(nk_ctx *ctx, nk_xpath_env *env, nk_str name,
                         nk_str text)
{
    struct variable *v = settle_variable(env, name);

    if (!v)
        return nk_nomem(ctx);
    v->text.len = 0;
    nk_buf_puts(&v->text, text);
    nk_buf_putc(&v->text, '\0');
    v->is_text = true;
    return v->text.err < 0 ? nk_nomem(ctx) : NK_OK;
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
    case XML_ERR_NO_MEMORY:
    case XML_XPATH_EXPRESSION_OK + XPATH_MEMORY_ERROR:
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

/* ---- Walking plain paths ----------------------------------------------- */

/* What a walk finds: the elements a path ends at, in document order. */
struct found {
    const struct plain *path;
    nk_arena *a; /* of the list; NULL: only the first is wanted */
    nk_xml_node **list;
    size_t n, room;
    unsigned long steps;
    bool nomem;
};

static void keep(struct found *f, xmlNodePtr e)
{
    if (f->n == f->room) {
        size_t room = 2 * f->room + 4;
        nk_xml_node **more = NK_NEWN(f->a, room, nk_xml_node *);

        if (!more) {
            f->nomem = true;
            return;
        }
        if (f->n)
            memcpy(more, f->list, f->n * sizeof(nk_xml_node *));
        f->list = more;
        f->room = room;
    }
    f->list[f->n++] = nk_xml__wrap(e);
}

static bool is_over(const struct found *f)
{
    return f->nomem || (!f->a && f->n);
}

static bool is_named(const xmlNode *e, nk_str name)
{
    return e->type == XML_ELEMENT_NODE && !e->ns &&
           strncmp((const char *)e->name, name.ptr, name.len) == 0 &&
           e->name[name.len] == '\0';
}

/* At most MOST_STEPS deep. */
static void walk(struct found *f, xmlNodePtr e, unsigned step)
{
    xmlNodePtr k;

    if (step == f->path->n) {
        keep(f, e);
        return;
    }
    for (k = e->children; k && !is_over(f); k = k->next) {
        f->steps++;
        if (is_named(k, f->path->steps[step]))
            walk(f, k, step + 1);
    }
}

/*
 * Walk a plain path. False: libxml2 must do it, for the path is not plain,
 * or starts at a variable that is no single node, or the steps left might
 * not do.
 */
static bool walk_plain(nk_xpath_env *env, const nk_xpath *x, nk_xml_node *node,
                       struct found *f)
{
    const struct plain *p = &x->plain;
    xmlNodePtr start = nk_xml__node(node);

    if (!p->is || (env->bounded && env->left < NK_MAX_XML_NODES))
        return false;
    f->path = p;
    if (p->var.len) {
        const struct variable *v = find_variable(env, p->var);

        if (!v || v->is_text || v->n > 1)
            return false;
        if (v->n == 0)
            return true;
        start = v->nodes[0];
    }
    walk(f, start, 0);
    if (env->bounded) /* texts are stepped over too: there may be more */
        env->left -= f->steps < env->left ? f->steps : env->left;
    return true;
}

/*
 * The text of the first thing a plain path selects. False: ask libxml2, also
 * when the first element lacks the attribute, for another may have it.
 */
static bool text_of_plain(nk_arena *a, nk_xpath_env *env, const nk_xpath *x,
                          nk_xml_node *node, nk_str *out)
{
    nk_xml_node *first = NULL;
    struct found f = { .list = &first, .room = 1 };
    nk_str value;

    if (!walk_plain(env, x, node, &f))
        return false;
    if (!first) {
        *out = NK_STR("");
    } else if (x->plain.attr.len) {
        if (!nk_xml_attr(first, x->plain.attr, &value))
            return false;
        *out = nk_str_copy(a, value);
    } else {
        *out = nk_xml_all_text(a, first);
    }
    return true;
}

static nk_err nodes_of_plain(nk_ctx *ctx, struct found *f, nk_xml_node ***nodes,
                             size_t *n)
{
    if (f->nomem)
        return nk_nomem(ctx);
    *nodes = f->list;
    *n = f->n;
    return NK_OK;
}

nk_err nk_xpath_nodes(nk_ctx *ctx, nk_arena *a, nk_xpath_env *env,
                      const nk_xpath *x, nk_xml_node *node, nk_place at,
                      nk_xml_node ***nodes, size_t *n)
{
    struct found f = { .a = a };
    xmlXPathObjectPtr o;
    size_t i, count = 0;
    nk_xml_node **list;
    nk_err rc;

    if (!x->plain.attr.len && walk_plain(env, x, node, &f))
        return nodes_of_plain(ctx, &f, nodes, n);
    if ((rc = evaluate(ctx, env, x, node, at, &o)) < 0)
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
    nk_err rc;

    if (text_of_plain(a, env, x, node, out))
        return out->ptr ? NK_OK : nk_nomem(ctx);
    if ((rc = evaluate(ctx, env, x, node, at, &o)) < 0)
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
    nk_xml_node *first = NULL;
    struct found f = { .list = &first, .room = 1 };
    xmlXPathObjectPtr o;
    nk_err rc;

    if (!x->plain.attr.len && walk_plain(env, x, node, &f)) {
        *out = first != NULL;
        return NK_OK;
    }
    if ((rc = evaluate(ctx, env, x, node, at, &o)) < 0)
        return rc;
    *out = xmlXPathCastToBoolean(o) != 0;
    xmlXPathFreeObject(o);
    return NK_OK;
}
