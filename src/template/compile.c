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

nk_str nk_template__word(const struct nk_template__scope *scope, nk_str text)
{
    const struct nk_template__var *v = NULL;

    if (nk_str_starts(text, NK_STR("$")))
        v = nk_template__find_var(scope, nk_str_skip(text, 1));
    return v && v->is == NK_VAR_WORD ? v->word : text;
}

static nk_place place_of(const struct nk_template__compiling *c,
                         const nk_xml_node *e)
{
    nk_place at = nk_xml_place(e);

    at.file = c->file;
    return at;
}

static nk_tpl *new_node(struct nk_template__compiling *c, nk_tag tag,
                        nk_place at)
{
    nk_tpl *n = NK_NEW(&c->own->arena, nk_tpl);

    if (!n)
        return NULL;
    n->tag = tag;
    n->at = at;
    n->style = &nk_template__plain;
    n->blank = true;
    return n;
}

/* ---- Words and blocks -------------------------------------------------- */

static bool is_space_text(const nk_tpl *n)
{
    return n->tag == NK_TAG_TEXT && nk_str_trim(n->text).len == 0;
}

static bool is_flow(nk_tag tag)
{
    return tag == NK_TAG_IF || tag == NK_TAG_CHOOSE || tag == NK_TAG_WHEN ||
           tag == NK_TAG_OTHERWISE || tag == NK_TAG_FOREACH ||
           tag == NK_TAG_INCLUDE;
}

static bool is_inline(const nk_tpl *n)
{
    const nk_tpl *k;

    if (n->tag == NK_TAG_TEXT)
        return !is_space_text(n);
    if (!is_flow(n->tag))
        return (nk_template__element_of(n->tag)->stands & NK_HOLDS_WORDS) != 0;
    for (k = n->first; k; k = k->next)
        if (is_inline(k))
            return true;
    return false;
}

static void drop_spaces(nk_tpl *parent)
{
    nk_tpl **at = &parent->first;

    while (*at) {
        if (is_space_text(*at))
            *at = (*at)->next;
        else
            at = &(*at)->next;
    }
}

/* Put each run of words among blocks into a paragraph. */
static nk_err wrap_words(struct nk_template__compiling *c, nk_tpl *parent)
{
    nk_tpl **at = &parent->first;

    while (*at) {
        nk_tpl *p, *last;

        if (is_space_text(*at)) {
            *at = (*at)->next;
            continue;
        }
        if (!is_inline(*at)) {
            at = &(*at)->next;
            continue;
        }
        if (!(p = new_node(c, NK_TAG_P, (*at)->at)))
            return nk_nomem(c->ctx);
        p->first = last = *at;
        while (last->next &&
               (is_inline(last->next) || is_space_text(last->next)))
            last = last->next;
        p->next = last->next;
        last->next = NULL;
        *at = p;
        at = &p->next;
    }
    return NK_OK;
}

static nk_err settle_content(struct nk_template__compiling *c, nk_tpl *n,
                             unsigned holds)
{
    const nk_tpl *k;

    if (holds & NK_HOLDS_CHOICES) {
        drop_spaces(n);
    } else if (holds & NK_HOLDS_SAME) {
        for (k = n->first; k; k = k->next)
            if (is_inline(k))
                return NK_OK;
        drop_spaces(n);
    } else if (!(holds & NK_HOLDS_WORDS)) {
        drop_spaces(n);
    } else if (holds & NK_HOLDS_BLOCKS) {
        return wrap_words(c, n);
    }
    return NK_OK;
}

/* ---- Elements ---------------------------------------------------------- */

static nk_err compile_children(struct nk_template__compiling *c,
                               const nk_xml_node *e,
                               const struct nk_template__scope *scope,
                               nk_tpl *parent);

/* A mistake, unless the schema has found one at that place already. */
static void misplaced(struct nk_template__compiling *c, nk_msg msg,
                      const nk_xml_node *e, nk_args args)
{
    nk_place at = nk_xml_place(e);

    if (!nk_problem_is_at(c->problems, c->problems->last, at))
        nk_problem_add(c->problems, NK_ERROR, msg, at, args);
}

static nk_err compile_text(struct nk_template__compiling *c,
                           const nk_xml_node *e,
                           const struct nk_template__scope *scope, nk_tpl **out)
{
    nk_tpl *n = new_node(c, NK_TAG_TEXT, place_of(c, e));

    if (!n)
        return nk_nomem(c->ctx);
    if (!(scope->holds & NK_HOLDS_WORDS) && nk_str_trim(nk_xml_text(e)).len)
        misplaced(c, NK_M_XML_STRAY_TEXT, e,
                  NK_ARGS(nk_xml_name(nk_xml_parent(e))));
    n->text = nk_str_copy(&c->own->arena, nk_xml_text(e));
    if (!n->text.ptr)
        return nk_nomem(c->ctx);
    *out = n;
    return NK_OK;
}

static nk_err declare_param(struct nk_template__compiling *c,
                            const nk_xml_node *decl, const nk_xml_node *e,
                            const struct nk_template__scope *scope,
                            nk_tpl *node, struct nk_template__scope *inner)
{
    nk_arena *a = &c->own->arena;
    nk_str name = nk_xml_attr_or(decl, NK_STR("name"), NK_EMPTY), value;
    struct nk_template__var *v = NK_NEW(a, struct nk_template__var);
    nk_param *p = NK_NEW(a, nk_param);
    nk_str of = nk_xml_attr_or(decl, NK_STR("field"), NK_EMPTY);
    const nk_field *leads_to;
    nk_err rc;

    if (!v || !p)
        return nk_nomem(c->ctx);
    if (!nk_xml_attr(e, name, &value)) {
        nk_problem_add(
            c->problems, NK_ERROR, NK_M_PARAM_MISSING, nk_xml_place(e),
            NK_ARGS(nk_xml_attr_or(e, NK_STR("part"), NK_EMPTY), name));
        return NK_OK;
    }
    p->name = v->name = nk_str_copy(a, name);
    v->up = inner->vars;
    inner->vars = v;
    p->next = node->params;
    node->params = p;
    if (nk_str_eq(nk_xml_attr_or(decl, NK_STR("is"), NK_EMPTY),
                  NK_STR("word"))) {
        v->is = NK_VAR_WORD;
        p->word = v->word = nk_str_copy(a, nk_template__word(scope, value));
        return NK_OK;
    }
    v->is = NK_VAR_FIELD;
    v->field =
        of.len ? nk_field_find(nk_model_root(c->world->model), of) : NULL;
    rc = nk_template__expression(c, value, nk_xml_attr_place(e, name), scope,
                                 &p->select, &leads_to);
    if (!v->field)
        v->field = leads_to;
    return rc;
}

/* A declaration at the top of a part. */
static bool is_param(const nk_xml_node *e)
{
    const nk_xml_node *part = nk_xml_parent(e);

    return nk_str_eq(nk_xml_name(e), NK_STR("param")) && part &&
           nk_str_eq(nk_xml_name(part), NK_STR("part"));
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
            if (is_param(d) &&
                nk_str_eq(nk_xml_attr_or(d, NK_STR("name"), NK_EMPTY), name))
                break;
        if (!d)
            nk_problem_add(
                c->problems, NK_ERROR, NK_M_PARAM_UNKNOWN,
                nk_xml_attr_place(e, name),
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
        if (is_param(d) &&
            (rc = declare_param(c, d, e, scope, node, &inner)) < 0)
            return rc;
    if ((rc = compile_children(c, part, &inner, node)) < 0)
        return rc;
    return settle_content(c, node, NK_HOLDS_SAME);
}

static nk_err compile_include(struct nk_template__compiling *c,
                              const nk_xml_node *e,
                              const struct nk_template__scope *scope,
                              nk_tpl *node)
{
    nk_str name = nk_xml_attr_or(e, NK_STR("part"), NK_EMPTY);
    nk_str bytes, file, outer = c->file;
    uint32_t errors = c->problems->errors;
    nk_xml *x;
    nk_err rc;

    if (c->depth >= NK_MAX_PART_DEPTH) {
        nk_problem_add(c->problems, NK_ERROR, NK_M_PART_LOOP,
                       nk_xml_attr_place(e, NK_STR("part")), NK_ARGS(name));
        return NK_OK;
    }
    rc = c->world->parts.load(c->world->parts.data, c->ctx, &c->own->arena,
                              name, &bytes, &file);
    if (rc == NK_E_NOTFOUND) {
        nk_problem_add(c->problems, NK_ERROR, NK_M_PART_NONE,
                       nk_xml_attr_place(e, NK_STR("part")), NK_ARGS(name));
        return NK_OK;
    }
    if (rc < 0)
        return rc;
    rc = nk_xml_open(c->ctx, bytes, file, c->problems, &x);
    if (rc < 0)
        return rc == NK_E_NOMEM ? rc : NK_OK; /* the problems tell */
    c->file = nk_str_copy(&c->own->arena, file);
    c->depth++;
    rc = nk_xml_check(c->ctx, x, c->world->schema, c->problems);
    if (rc == NK_OK && c->problems->errors == errors)
        rc = compile_part(c, nk_xml_root(x), e, scope, node);
    c->depth--;
    c->file = outer;
    nk_xml_close(x);
    return rc;
}

/* The scope inside an element: a loop moves the node, a signer adds facts. */
static struct nk_template__scope scope_inside(
    const struct nk_template__scope *scope, const nk_tpl *n,
    struct nk_template__var *signer)
{
    struct nk_template__scope inner = *scope;
    unsigned holds = nk_template__element_of(n->tag)->holds;

    inner.holds = holds & NK_HOLDS_SAME
                      ? (scope->holds & ~(unsigned)NK_HOLDS_CHOICES) |
                            (holds & NK_HOLDS_CHOICES)
                      : holds;
    if (n->tag == NK_TAG_FOREACH)
        inner.node = n->field;
    if (n->tag == NK_TAG_SIGNER) {
        *signer = (struct nk_template__var){ scope->vars, NK_STR("signer"),
                                             NK_VAR_SIGNER, NULL, NK_EMPTY };
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
    struct nk_template__scope inner;
    struct nk_template__var signer;
    nk_tpl *n;
    nk_err rc;

    *out = NULL;
    if (is_param(e))
        return NK_OK; /* read before */
    if (!row || !(row->stands & scope->holds)) {
        misplaced(c, NK_M_XML_UNEXPECTED, e,
                  NK_ARGS(nk_xml_name(e), nk_template__what_may_stand(
                                              &c->own->arena, scope->holds)));
        return NK_OK;
    }
    if (!(n = new_node(c, row->tag, place_of(c, e))))
        return nk_nomem(c->ctx);
    n->style = row->style;
    *out = n;
    if (row->tag == NK_TAG_INCLUDE)
        return compile_include(c, e, scope, n);
    if ((rc = nk_template__attributes(c, e, scope, n)) < 0)
        return rc;
    if (row->holds == 0)
        return NK_OK;
    inner = scope_inside(scope, n, &signer);
    if ((rc = compile_children(c, e, &inner, n)) < 0)
        return rc;
    return settle_content(c, n, row->holds);
}

static nk_err compile_children(struct nk_template__compiling *c,
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

static nk_str copy_attr(struct nk_template__compiling *c, const nk_xml_node *e,
                        nk_str name)
{
    return nk_str_copy(&c->own->arena, nk_xml_attr_or(e, name, NK_EMPTY));
}

static void read_family(struct nk_template__compiling *c,
                        const nk_xml_node *root)
{
    static const char *const names[] = { "korespondensi", "judul", "pernyataan",
                                         "perjanjian",    "nota",  "formulir" };
    nk_str family = nk_xml_attr_or(root, NK_STR("family"), NK_EMPTY);
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (nk_str_eq(family, nk_str_of(names[i])))
            c->own->t.family = (nk_family)i;
}

static void read_head(struct nk_template__compiling *c, const nk_xml_node *root)
{
    nk_template *t = &c->own->t;
    nk_xml_node *e;

    t->id = copy_attr(c, root, NK_STR("id"));
    t->version = copy_attr(c, root, NK_STR("version"));
    t->lang = copy_attr(c, root, NK_STR("lang"));
    t->recipient = copy_attr(c, root, NK_STR("to"));
    t->reg = copy_attr(c, root, NK_STR("register"));
    t->class = copy_attr(c, root, NK_STR("class"));
    t->security = copy_attr(c, root, NK_STR("security"));
    read_family(c, root);
    if (t->class.len && nk_classification_check(t->class) != NK_IDENT_OK)
        nk_problem_add(c->problems, NK_ERROR, NK_M_IDENT_FORM,
                       nk_xml_attr_place(root, NK_STR("class")),
                       NK_ARGS(NK_STR("class")));
    if ((e = nk_xml_child(root, NK_STR("title"))) != NULL)
        t->title = nk_str_copy(&c->own->arena, nk_str_trim(nk_xml_text(e)));
    if ((e = nk_xml_child(root, NK_STR("subject"))) != NULL)
        t->subject = nk_str_copy(&c->own->arena, nk_str_trim(nk_xml_text(e)));
}

static void page_length(struct nk_template__compiling *c, const nk_xml_node *e,
                        nk_str name, nk_mpt *out)
{
    nk_str v;

    *out = -1;
    if (nk_xml_attr(e, name, &v) && !nk_mpt_parse(v, out))
        nk_problem_add(c->problems, NK_ERROR, NK_M_ATTR_VALUE,
                       nk_xml_attr_place(e, name), NK_ARGS(name, v));
}

static nk_err read_page(struct nk_template__compiling *c, const nk_xml_node *e,
                        const struct nk_template__scope *scope)
{
    nk_page_setup *p = &c->own->t.page;
    const nk_xml_node *k;
    nk_tpl *n;
    nk_err rc;

    p->top = p->right = p->bottom = p->left = p->first_top = -1;
    if (!e)
        return NK_OK;
    p->paper = copy_attr(c, e, NK_STR("paper"));
    p->landscape = nk_str_eq(nk_xml_attr_or(e, NK_STR("turn"), NK_EMPTY),
                             NK_STR("landscape"));
    page_length(c, e, NK_STR("top"), &p->top);
    page_length(c, e, NK_STR("first-top"), &p->first_top);
    page_length(c, e, NK_STR("right"), &p->right);
    page_length(c, e, NK_STR("bottom"), &p->bottom);
    page_length(c, e, NK_STR("left"), &p->left);
    nk_template__style(c, e, &p->style);
    for (k = nk_xml_first(e); k; k = nk_xml_next(k)) {
        if (!(n = new_node(c, NK_TAG_BLOCK, place_of(c, k))))
            return nk_nomem(c->ctx);
        if ((rc = nk_template__attributes(c, k, scope, n)) < 0 ||
            (rc = compile_children(c, k, scope, n)) < 0)
            return rc;
        drop_spaces(n);
        if (nk_str_eq(nk_xml_name(k), NK_STR("header")))
            p->header = n;
        else
            p->footer = n;
    }
    return NK_OK;
}

static nk_err read_about(struct nk_template__compiling *c, const nk_xml_node *e,
                         struct nk_template__scope *scope,
                         struct nk_template__var *var)
{
    nk_template *t = &c->own->t;
    const nk_field *leads_to;
    nk_err rc;

    if (!e)
        return NK_OK;
    t->about = copy_attr(c, e, NK_STR("name"));
    t->about_at = place_of(c, e);
    rc = nk_template__expression(c,
                                 nk_xml_attr_or(e, NK_STR("select"), NK_EMPTY),
                                 nk_xml_attr_place(e, NK_STR("select")), scope,
                                 &t->about_select, &leads_to);
    *var = (struct nk_template__var){ scope->vars, t->about, NK_VAR_FIELD,
                                      leads_to, NK_EMPTY };
    scope->vars = var;
    return rc;
}

static bool is_head_element(nk_str name)
{
    return nk_str_eq(name, NK_STR("title")) ||
           nk_str_eq(name, NK_STR("subject")) ||
           nk_str_eq(name, NK_STR("about")) || nk_str_eq(name, NK_STR("page"));
}

static nk_err compile_template(struct nk_template__compiling *c,
                               const nk_xml_node *root)
{
    struct nk_template__var office = { NULL, NK_STR("office"), NK_VAR_OFFICE,
                                       NULL, NK_EMPTY };
    struct nk_template__var letter = { &office, NK_STR("letter"), NK_VAR_LETTER,
                                       NULL, NK_EMPTY };
    struct nk_template__var to = { &letter, NK_STR("to"), NK_VAR_OFFICE, NULL,
                                   NK_EMPTY };
    struct nk_template__var about;
    struct nk_template__scope scope = { nk_model_root(c->world->model), &to,
                                        NK_HOLDS_BLOCKS };
    nk_tpl *body = new_node(c, NK_TAG_BLOCK, place_of(c, root)), **last, *n;
    const nk_xml_node *e;
    nk_err rc;

    if (!body)
        return nk_nomem(c->ctx);
    read_head(c, root);
    if ((rc = read_about(c, nk_xml_child(root, NK_STR("about")), &scope,
                         &about)) < 0 ||
        (rc = read_page(c, nk_xml_child(root, NK_STR("page")), &scope)) < 0)
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
    c.file = nk_str_copy(&c.own->arena, file);
    if ((rc = nk_xml_open(ctx, bytes, file, problems, &x)) < 0)
        goto out;
    if ((rc = nk_xml_check(ctx, x, world->schema, problems)) < 0)
        goto out;
    if (nk_str_eq(nk_xml_name(nk_xml_root(x)), NK_STR("template")))
        rc = compile_template(&c, nk_xml_root(x));
    if (rc == NK_OK && problems->errors > errors)
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_TEMPLATE_WRONG, NK_IN_FILE(file),
                     NK_ARGS(file, NK_NUM(problems->errors - errors)));
    if (rc == NK_OK && !c.own->t.body)
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_XML_ROOT, NK_IN_FILE(file),
                     NK_ARGS(nk_xml_name(nk_xml_root(x))));
out:
    nk_xml_close(x);
    if (rc < 0)
        nk_template_close(&c.own->t);
    else
        *out = &c.own->t;
    return rc;
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
