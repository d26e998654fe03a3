/*
 * Checking expressions before any record is there: every path must lead
 * through the schema, every variable and function must be known. XPath
 * itself is silent about a misspelt path: it selects nothing.
 *
 * The checker reads the expression token by token beside libxml2's own
 * compiler, which reports syntax; where it cannot follow (axes, "//", "..")
 * it lets pass.
 */
#include "template/template_int.h"

enum token {
    T_END,
    T_NAME,  /* with ':' and '-' inside */
    T_VALUE, /* literal or number */
    T_MARK   /* one character, or "//", "..", "::", "!=", "<=", ">=" */
};

struct reader {
    struct nk_template__compiling *c;
    nk_place at;
    const struct nk_template__scope *scope;
    nk_str rest;
    enum token kind;
    nk_str token;
    unsigned depth;
    uint32_t errors; /* found here */
};

static bool is_name_start(char c)
{
    return nk_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name_char(char c)
{
    return is_name_start(c) || nk_is_digit(c) || c == '-' || c == '.';
}

static size_t literal_length(nk_str s)
{
    size_t end = nk_str_find(nk_str_skip(s, 1), s.ptr[0]);

    return end + 2 <= s.len ? end + 2 : s.len;
}

static size_t mark_length(nk_str s)
{
    static const char *const pairs[] = { "//", "..", "::", "!=", "<=", ">=" };
    size_t i;

    for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (nk_str_starts(s, nk_str_of(pairs[i])))
            return 2;
    return 1;
}

static void advance(struct reader *r)
{
    size_t n = 0;

    while (r->rest.len && nk_is_space(r->rest.ptr[0]))
        r->rest = nk_str_skip(r->rest, 1);
    if (r->rest.len == 0) {
        r->kind = T_END;
        r->token = NK_EMPTY;
        return;
    }
    if (is_name_start(r->rest.ptr[0])) {
        r->kind = T_NAME;
        while (n < r->rest.len && is_name_char(r->rest.ptr[n]))
            n++;
    } else if (r->rest.ptr[0] == '"' || r->rest.ptr[0] == '\'') {
        r->kind = T_VALUE;
        n = literal_length(r->rest);
    } else if (nk_is_digit(r->rest.ptr[0])) {
        r->kind = T_VALUE;
        while (n < r->rest.len &&
               (nk_is_digit(r->rest.ptr[n]) || r->rest.ptr[n] == '.'))
            n++;
    } else {
        r->kind = T_MARK;
        n = mark_length(r->rest);
    }
    r->token = nk_str_head(r->rest, n);
    r->rest = nk_str_skip(r->rest, n);
}

static bool is_mark(const struct reader *r, nk_str mark)
{
    return r->kind == T_MARK && nk_str_eq(r->token, mark);
}

static char peek(const struct reader *r)
{
    nk_str s = r->rest;

    while (s.len && nk_is_space(s.ptr[0]))
        s = nk_str_skip(s, 1);
    return s.len ? s.ptr[0] : '\0';
}

static void complain(struct reader *r, nk_msg msg, nk_str a, nk_str b)
{
    r->errors++;
    nk_problem_add(r->c->problems, NK_ERROR, msg, r->at, NK_ARGS(a, b));
}

/* What a path has reached: a field, a tree of facts, or nothing known. */
struct reached {
    const nk_field *field;
    const struct nk_template__var *facts;
    bool plain; /* a path and nothing else */
};

static void check_facts(struct reader *r, const struct nk_template__var *v)
{
    const nk_str *names = nk_letter_facts;
    size_t n = NK_LETTER_FACTS, i;
    const nk_xml_node *e;

    if (v->is == NK_VAR_OFFICE) {
        e = nk_xml_root(nk_xml_schema_doc(r->c->world->office_schema));
        for (e = nk_xml_first(e); e; e = nk_xml_next(e)) {
            const nk_xml_node *s = nk_xml_child(e, NK_STR("sequence"));

            for (s = s ? nk_xml_first(s) : NULL; s; s = nk_xml_next(s))
                if (nk_str_eq(nk_xml_attr_or(s, NK_STR("name"), NK_EMPTY),
                              r->token))
                    return;
        }
        complain(r, NK_M_FACT_UNKNOWN, v->name, r->token);
        return;
    }
    if (v->is == NK_VAR_SIGNER) {
        names = nk_signer_facts;
        n = NK_SIGNER_FACTS;
    }
    for (i = 0; i < n; i++)
        if (nk_str_eq(names[i], r->token))
            return;
    complain(r, NK_M_FACT_UNKNOWN, v->name, r->token);
}

static void check_child(struct reader *r, struct reached *at, nk_str name)
{
    nk_str names[NK_MAX_SIBLINGS], near;
    const nk_field *c, *parent = at->field;
    size_t n = 0;

    at->field = nk_field_child(parent, name);
    if (at->field)
        return;
    for (c = parent->first; c && n < NK_MAX_SIBLINGS; c = c->next)
        if (!c->is_attr)
            names[n++] = c->name;
    near = nk_str_nearest(r->token, names, n);
    if (near.len)
        complain(r, NK_M_PATH_MEANT, name, near);
    else
        complain(r, NK_M_PATH_UNKNOWN, name, parent->name);
}

static void read_expression(struct reader *r, const nk_field *node,
                            struct reached *out);

static void read_predicates(struct reader *r, struct reached *at)
{
    while (is_mark(r, NK_STR("["))) {
        struct reached inner;

        advance(r);
        read_expression(r, at->field, &inner);
        if (is_mark(r, NK_STR("]")))
            advance(r);
    }
}

/* A step that is no plain name: ".", "..", "*", "text()", "axis::". */
static void read_other_step(struct reader *r, struct reached *at)
{
    if (!is_mark(r, NK_STR(".")))
        at->field = NULL, at->facts = NULL;
    advance(r);
    if (is_mark(r, NK_STR("(")))
        while (r->kind != T_END && !is_mark(r, NK_STR(")")))
            advance(r);
    if (is_mark(r, NK_STR(")")) || is_mark(r, NK_STR("::")))
        advance(r);
    read_predicates(r, at);
}

/* One step of a path; the token is its first. */
static void read_step(struct reader *r, struct reached *at)
{
    char name[NK_MAX_TYPO + 2] = "@";
    bool attr = is_mark(r, NK_STR("@"));

    if (attr)
        advance(r);
    if (r->kind != T_NAME || peek(r) == ':' || peek(r) == '(') {
        read_other_step(r, at);
        return;
    }
    if (at->facts) {
        if (!attr)
            check_facts(r, at->facts);
        at->facts = NULL;
    } else if (at->field && r->token.len <= NK_MAX_TYPO) {
        memcpy(name + 1, r->token.ptr, r->token.len);
        check_child(r, at,
                    attr ? (nk_str){ name, r->token.len + 1 } : r->token);
    } else {
        at->field = NULL;
    }
    advance(r);
    read_predicates(r, at);
}

static void read_steps(struct reader *r, struct reached *at)
{
    for (;;) {
        if (is_mark(r, NK_STR("//")))
            at->field = NULL, at->facts = NULL;
        else if (!is_mark(r, NK_STR("/")))
            return;
        advance(r);
        if (r->kind == T_END)
            return;
        read_step(r, at);
    }
}

static void read_variable(struct reader *r, struct reached *at)
{
    const struct nk_template__var *v;

    advance(r); /* the $ */
    v = nk_template__find_var(r->scope, r->token);
    if (!v)
        complain(r, NK_M_VARIABLE_UNKNOWN, r->token, NK_EMPTY);
    else if (v->is == NK_VAR_FIELD)
        at->field = v->field;
    else if (v->is != NK_VAR_WORD)
        at->facts = v;
    advance(r);
    read_predicates(r, at);
    read_steps(r, at);
}

static bool is_core_function(nk_str name)
{
    static const char *const core[] = {
        "last",
        "position",
        "count",
        "name",
        "local-name",
        "string",
        "concat",
        "starts-with",
        "contains",
        "substring-before",
        "substring-after",
        "substring",
        "string-length",
        "normalize-space",
        "translate",
        "boolean",
        "not",
        "true",
        "false",
        "number",
        "sum",
        "floor",
        "ceiling",
        "round",
    };
    size_t i;

    for (i = 0; i < sizeof(core) / sizeof(core[0]); i++)
        if (nk_str_eq(nk_str_of(core[i]), name))
            return true;
    return false;
}

static void read_function(struct reader *r, const nk_field *node)
{
    const nk_function *f = nk_function_find(r->token);
    nk_str name = r->token;
    size_t args = 0;

    if (!f && !is_core_function(name))
        complain(r, NK_M_FUNCTION_UNKNOWN, name, NK_EMPTY);
    advance(r);
    do {
        struct reached inner;

        advance(r); /* "(" or "," */
        if (is_mark(r, NK_STR(")")))
            break;
        read_expression(r, node, &inner);
        args++;
    } while (is_mark(r, NK_STR(",")));
    if (f && (args < f->min_args || args > f->max_args))
        complain(r, NK_M_XPATH_ARITY, name, NK_EMPTY);
    if (is_mark(r, NK_STR(")")))
        advance(r);
}

static bool is_node_test(nk_str name)
{
    return nk_str_eq(name, NK_STR("text")) || nk_str_eq(name, NK_STR("node")) ||
           nk_str_eq(name, NK_STR("comment"));
}

/* An operand: a path, a variable, a call, a value or something in (). */
static void read_operand(struct reader *r, const nk_field *node,
                         struct reached *at)
{
    struct reached inner;

    *at = (struct reached){ .plain = true };
    if (is_mark(r, NK_STR("$"))) {
        read_variable(r, at);
    } else if (is_mark(r, NK_STR("("))) {
        advance(r);
        read_expression(r, node, &inner);
        if (is_mark(r, NK_STR(")")))
            advance(r);
        read_steps(r, at);
    } else if (is_mark(r, NK_STR("/"))) {
        advance(r);
        if (r->kind == T_NAME &&
            !nk_str_eq(r->token, nk_model_root(r->c->world->model)->name))
            complain(r, NK_M_PATH_UNKNOWN, r->token, NK_STR("/"));
        advance(r);
        at->field = nk_model_root(r->c->world->model);
        read_steps(r, at);
    } else if (r->kind == T_NAME && peek(r) == '(' && !is_node_test(r->token)) {
        at->plain = false;
        read_function(r, node);
        read_steps(r, at);
    } else if (r->kind == T_VALUE || is_mark(r, NK_STR("-"))) {
        at->plain = false;
        advance(r);
    } else {
        at->field = node;
        read_step(r, at);
        read_steps(r, at);
    }
}

/* Up to a token that closes it; operators are whatever stands between. */
static void read_expression(struct reader *r, const nk_field *node,
                            struct reached *out)
{
    struct reached next;

    *out = (struct reached){ 0 };
    if (++r->depth > NK_MAX_XML_DEPTH) {
        while (r->kind != T_END)
            advance(r);
        return;
    }
    read_operand(r, node, out);
    while (r->kind != T_END && !is_mark(r, NK_STR(")")) &&
           !is_mark(r, NK_STR("]")) && !is_mark(r, NK_STR(","))) {
        advance(r); /* the operator */
        if (r->kind == T_END)
            break;
        if (is_mark(r, NK_STR("=")))
            advance(r);
        read_operand(r, node, &next);
        *out = (struct reached){ 0 };
    }
    r->depth--;
}

void nk_template__check_expression(struct nk_template__compiling *c,
                                   nk_str text, nk_place at,
                                   const struct nk_template__scope *scope,
                                   const nk_field **leads_to)
{
    struct reader r = { .c = c, .at = at, .scope = scope, .rest = text };
    struct reached reached;

    advance(&r);
    read_expression(&r, scope->node, &reached);
    *leads_to = reached.plain && !r.errors ? reached.field : NULL;
}

nk_err nk_template__expression(struct nk_template__compiling *c, nk_str text,
                               nk_place at,
                               const struct nk_template__scope *scope,
                               const nk_xpath **out, const nk_field **leads_to)
{
    struct nk_template__own *own = c->own;
    uint32_t errors = c->problems->errors;
    nk_xpath *x;
    nk_err rc;

    *leads_to = NULL;
    if (own->xpaths_n == own->xpaths_room) {
        size_t room = own->xpaths_room ? 2 * own->xpaths_room : 32;
        nk_xpath **more =
            nk_alloc_grow(&own->arena, own->xpaths,
                          own->xpaths_n * sizeof(*more), room * sizeof(*more));

        if (!more)
            return nk_nomem(c->ctx);
        own->xpaths = more;
        own->xpaths_room = room;
    }
    if ((rc = nk_xpath_open(c->ctx, text, at, c->problems, &x)) < 0)
        return rc;
    if (x) {
        own->xpaths[own->xpaths_n++] = x;
        *out = x;
    }
    if (c->problems->errors == errors)
        nk_template__check_expression(c, text, at, scope, leads_to);
    return NK_OK;
}
