/*
 * Checking expressions before any record is there: every path must lead
 * through the schema, every variable and function must be known. XPath
 * itself is silent about a misspelt path: it selects nothing.
 *
 * The checker reads, token by token, expressions that libxml2's own compiler
 * has found well-formed; where a path cannot be followed (axes, "//") it lets
 * pass.
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
    nk_str text, rest;
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

/* "12", "1.5" and ".5" */
static bool is_number(nk_str s)
{
    return nk_is_digit(s.ptr[0]) ||
           (s.ptr[0] == '.' && s.len > 1 && nk_is_digit(s.ptr[1]));
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
    } else if (is_number(r->rest)) {
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

static bool is_one_of(nk_str name, const nk_str *names, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (nk_str_eq(names[i], name))
            return true;
    return false;
}

static bool is_mark(const struct reader *r, nk_str mark)
{
    return r->kind == T_MARK && nk_str_eq(r->token, mark);
}

/* What follows the token. */
static nk_str following(const struct reader *r)
{
    nk_str s = r->rest;

    while (s.len && nk_is_space(s.ptr[0]))
        s = nk_str_skip(s, 1);
    return s;
}

static char peek(const struct reader *r)
{
    nk_str s = following(r);

    return s.len ? s.ptr[0] : '\0';
}

/* Is the token, a name, that of an axis? */
static bool is_axis(const struct reader *r)
{
    return nk_str_starts(following(r), NK_STR("::"));
}

static bool is_closing(const struct reader *r)
{
    return is_mark(r, NK_STR(")")) || is_mark(r, NK_STR("]")) ||
           is_mark(r, NK_STR(","));
}

/* Where an operator may stand: is the token one? */
static bool is_operator(const struct reader *r)
{
    static const nk_str words[] = { NK_STR_INIT("and"), NK_STR_INIT("or"),
                                    NK_STR_INIT("div"), NK_STR_INIT("mod") };
    static const nk_str marks[] = {
        NK_STR_INIT("="),  NK_STR_INIT("!="), NK_STR_INIT("<"),
        NK_STR_INIT("<="), NK_STR_INIT(">"),  NK_STR_INIT(">="),
        NK_STR_INIT("+"),  NK_STR_INIT("-"),  NK_STR_INIT("*"),
        NK_STR_INIT("|"),
    };

    if (r->kind == T_NAME)
        return is_one_of(r->token, words, sizeof(words) / sizeof(words[0]));
    return r->kind == T_MARK &&
           is_one_of(r->token, marks, sizeof(marks) / sizeof(marks[0]));
}

static void complain(struct reader *r, nk_msg msg, nk_str a, nk_str b)
{
    r->errors++;
    nk_template__complain(r->c, msg, r->at, NK_ARGS(a, b));
}

/* What a path has reached: a field, a tree of facts, or nothing known. */
struct reached {
    struct nk_template__reached to;
    const struct nk_template__var *facts;
    const struct nk_template__var *var; /* no step was taken from it yet */
    bool plain;                         /* a path and nothing else */
};

static void check_fact(struct reader *r, const struct nk_template__var *v,
                       bool attr)
{
    bool known = v->is == NK_VAR_LETTER
                     ? is_one_of(r->token, nk_letter_facts, NK_LETTER_FACTS)
                     : is_one_of(r->token, nk_signer_facts, NK_SIGNER_FACTS);

    if (attr || !known)
        complain(r, NK_M_FACT_UNKNOWN, v->name, r->token);
}

/* ---- Other schemas ----------------------------------------------------- */

const nk_xml_node *nk_template__type(const nk_xml_schema *schema, nk_str name)
{
    const nk_xml_node *e = nk_xml_first(nk_xml_root(nk_xml_schema_doc(schema)));

    for (; e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("complexType")) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("name"), NK_EMPTY), name))
            break;
    return e;
}

/* The type of that name in the schema that `e` is part of, or NULL. */
static const nk_xml_node *type_near(const nk_xml_node *e, nk_str name)
{
    while (nk_xml_parent(e) && !nk_str_eq(nk_xml_name(e), NK_STR("schema")))
        e = nk_xml_parent(e);
    for (e = nk_xml_first(e); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("complexType")) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("name"), NK_EMPTY), name))
            break;
    return e;
}

/* The complexType of what an xs:element declares, or the xs:element. */
static const nk_xml_node *type_of(const nk_xml_node *element)
{
    const nk_xml_node *inner = nk_xml_child(element, NK_STR("complexType"));
    nk_str name = nk_xml_attr_or(element, NK_STR("type"), NK_EMPTY);

    if (!inner)
        inner = type_near(element, name);
    return inner ? inner : element;
}

/* What the type extends, or NULL. */
static const nk_xml_node *extension_in(const nk_xml_node *type)
{
    const nk_xml_node *content = nk_xml_child(type, NK_STR("simpleContent"));

    return content ? nk_xml_child(content, NK_STR("extension")) : NULL;
}

/* The declaration of a child element or attribute; NULL: there is none. */
static const nk_xml_node *declared(const nk_xml_node *type, nk_str name,
                                   bool attr)
{
    nk_str kind = attr ? NK_STR("attribute") : NK_STR("element");
    const nk_xml_node *in = type, *e;
    unsigned depth = 0;

    if (!attr)
        in = nk_xml_child(type, NK_STR("sequence"));
    while (in && depth++ < NK_MAX_XML_DEPTH) {
        const nk_xml_node *ext = extension_in(in);

        for (e = nk_xml_first(ext ? ext : in); e; e = nk_xml_next(e))
            if (nk_str_eq(nk_xml_name(e), kind) &&
                nk_str_eq(nk_xml_attr_or(e, NK_STR("name"), NK_EMPTY), name))
                return e;
        in = ext ? type_near(ext, nk_xml_attr_or(ext, NK_STR("base"), NK_EMPTY))
                 : NULL;
    }
    return NULL;
}

static void check_declared(struct reader *r, struct reached *at, bool attr)
{
    const nk_xml_node *type = at->to.type;
    const nk_xml_node *found = declared(type, r->token, attr);

    at->to.type = found && !attr ? type_of(found) : NULL;
    if (!found && at->var)
        complain(r, NK_M_FACT_UNKNOWN, at->var->name, r->token);
    else if (!found)
        complain(r, NK_M_FACT_NOT_IN,
                 nk_xml_attr_or(type, NK_STR("name"), NK_EMPTY), r->token);
    at->var = NULL;
}

/* ---- Paths ------------------------------------------------------------- */

/* The name nearest to the token among those of the same sort. */
static nk_str nearest_child(const struct reader *r, const nk_field *parent,
                            bool attr)
{
    nk_str names[NK_MAX_SIBLINGS];
    const nk_field *c;
    size_t n = 0;

    for (c = parent->first; c && n < NK_MAX_SIBLINGS; c = c->next)
        if (c->is_attr == attr)
            names[n++] = c->name;
    return nk_str_nearest(r->token, names, n);
}

/* Remember that the template names the field. */
static void note_name(struct nk_template__compiling *c, const nk_field *f)
{
    struct nk_template__own *own = c->own;
    nk_template *t = &own->t;

    if (nk_template_names(t, f))
        return;
    if (t->names_n == own->names_room) {
        size_t room = own->names_room ? 2 * own->names_room : 32;
        const nk_field **more =
            nk_alloc_grow(&own->arena, t->names, t->names_n * sizeof(*more),
                          room * sizeof(*more));

        if (!more) {
            c->nomem = true;
            return;
        }
        t->names = more;
        own->names_room = room;
    }
    t->names[t->names_n++] = f;
}

/* Below $register: its days, and the cases in it. */
static void check_cases(struct reader *r, struct reached *at, bool attr)
{
    if (!attr && nk_str_eq(r->token, NK_STR("case")))
        at->to.field = nk_model_root(r->c->world->model);
    else if (!attr || (!nk_str_eq(r->token, NK_STR("from")) &&
                       !nk_str_eq(r->token, NK_STR("to"))))
        complain(r, NK_M_FACT_UNKNOWN, at->facts->name, r->token);
    at->facts = NULL;
}

static void check_child(struct reader *r, struct reached *at, bool attr)
{
    char name[NK_MAX_TYPO + 1] = "@";
    nk_str as_attr = { name, r->token.len + 1 }, sought, near;
    const nk_field *parent = at->to.field;

    if (r->token.len >= sizeof(name)) { /* no field has such a name */
        at->to.field = NULL;
        complain(r, NK_M_PATH_UNKNOWN, r->token, parent->name);
        return;
    }
    memcpy(name + 1, r->token.ptr, r->token.len);
    sought = attr ? as_attr : r->token;
    at->to.field = nk_field_child(parent, sought);
    if (at->to.field) {
        note_name(r->c, at->to.field);
        return;
    }
    near = nearest_child(r, parent, attr);
    if (nk_field_child(parent, attr ? r->token : as_attr))
        complain(r, NK_M_PATH_MEANT, sought, attr ? r->token : as_attr);
    else if (near.len)
        complain(r, NK_M_PATH_MEANT, sought, near);
    else
        complain(r, NK_M_PATH_UNKNOWN, sought, parent->name);
}

static void read_expression(struct reader *r,
                            const struct nk_template__reached *node,
                            struct reached *out);

static void read_predicates(struct reader *r, const struct reached *at)
{
    struct reached inner;

    while (is_mark(r, NK_STR("["))) {
        advance(r);
        read_expression(r, &at->to, &inner);
        if (is_mark(r, NK_STR("]")))
            advance(r);
    }
}

/* Where the path leads from here on is not followed. */
static void lose_track(struct reached *at)
{
    at->to = (struct nk_template__reached){ 0 };
    at->facts = NULL;
}

/* A name in a path; the token. */
static void read_name(struct reader *r, struct reached *at, bool attr)
{
    if (at->facts && at->facts->is == NK_VAR_CASES) {
        check_cases(r, at, attr);
    } else if (at->facts) {
        check_fact(r, at->facts, attr);
        lose_track(at);
    } else if (at->to.field) {
        check_child(r, at, attr);
    } else if (at->to.type) {
        check_declared(r, at, attr);
    }
}

/* A name, "*", "q:name", "text()" after "@" or an axis; the token is its
   first. */
static void read_node_test(struct reader *r, struct reached *at, bool attr)
{
    bool name = r->kind == T_NAME && peek(r) != ':' && peek(r) != '(';

    if (name)
        read_name(r, at, attr);
    else
        lose_track(at);
    advance(r);
    if (is_mark(r, NK_STR(":"))) {
        advance(r);
        advance(r);
    }
    if (!name && is_mark(r, NK_STR("("))) {
        while (r->kind != T_END && !is_mark(r, NK_STR(")")))
            advance(r);
        advance(r);
    }
}

/* One step of a path; the token is its first. */
static void read_step(struct reader *r, struct reached *at)
{
    bool attr = is_mark(r, NK_STR("@"));

    if (is_mark(r, NK_STR("."))) {
        advance(r);
        return;
    }
    if (is_mark(r, NK_STR(".."))) {
        at->to.field = at->to.field ? at->to.field->parent : NULL;
        at->to.type = NULL;
        at->facts = NULL;
        advance(r);
        return;
    }
    if (attr) {
        advance(r);
    } else if (r->kind == T_NAME && is_axis(r)) {
        attr = nk_str_eq(r->token, NK_STR("attribute"));
        if (!attr && !nk_str_eq(r->token, NK_STR("child")))
            lose_track(at);
        advance(r);
        advance(r); /* "::" */
    }
    read_node_test(r, at, attr);
    read_predicates(r, at);
}

static void read_steps(struct reader *r, struct reached *at)
{
    while (is_mark(r, NK_STR("/")) || is_mark(r, NK_STR("//"))) {
        if (is_mark(r, NK_STR("//")))
            lose_track(at);
        advance(r);
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
    else if (v->is == NK_VAR_NODE)
        *at = (struct reached){ .to = v->to, .var = v, .plain = at->plain };
    else if (v->is != NK_VAR_WORD)
        at->facts = v;
    if (nk_str_eq(r->token, NK_STR("procedure")))
        r->c->own->t.wants_procedure = true;
    if (v && v->is == NK_VAR_CASES)
        r->c->own->t.wants_register = true;
    advance(r);
}

#define ANY_NUMBER 255

/* XPath's own functions, but those of identifiers and namespaces. */
static const struct core_function {
    nk_str name;
    size_t min_args, max_args;
} core_functions[] = {
    { NK_STR_INIT("last"), 0, 0 },
    { NK_STR_INIT("position"), 0, 0 },
    { NK_STR_INIT("count"), 1, 1 },
    { NK_STR_INIT("name"), 0, 1 },
    { NK_STR_INIT("local-name"), 0, 1 },
    { NK_STR_INIT("string"), 0, 1 },
    { NK_STR_INIT("concat"), 2, ANY_NUMBER },
    { NK_STR_INIT("starts-with"), 2, 2 },
    { NK_STR_INIT("contains"), 2, 2 },
    { NK_STR_INIT("substring-before"), 2, 2 },
    { NK_STR_INIT("substring-after"), 2, 2 },
    { NK_STR_INIT("substring"), 2, 3 },
    { NK_STR_INIT("string-length"), 0, 1 },
    { NK_STR_INIT("normalize-space"), 0, 1 },
    { NK_STR_INIT("translate"), 3, 3 },
    { NK_STR_INIT("boolean"), 1, 1 },
    { NK_STR_INIT("not"), 1, 1 },
    { NK_STR_INIT("true"), 0, 0 },
    { NK_STR_INIT("false"), 0, 0 },
    { NK_STR_INIT("number"), 0, 1 },
    { NK_STR_INIT("sum"), 1, 1 },
    { NK_STR_INIT("floor"), 1, 1 },
    { NK_STR_INIT("ceiling"), 1, 1 },
    { NK_STR_INIT("round"), 1, 1 },
};

/* How many arguments a function takes; false: there is none of that name. */
static bool arity_of(nk_str name, size_t *least, size_t *most)
{
    const nk_function *f = nk_function_find(name);
    size_t i;

    for (i = 0; !f && i < sizeof(core_functions) / sizeof(core_functions[0]);
         i++) {
        if (!nk_str_eq(core_functions[i].name, name))
            continue;
        *least = core_functions[i].min_args;
        *most = core_functions[i].max_args;
        return true;
    }
    if (!f)
        return false;
    *least = f->min_args;
    *most = f->max_args;
    return true;
}

static void read_function(struct reader *r,
                          const struct nk_template__reached *node)
{
    nk_str name = r->token;
    size_t args = 0, least, most;
    struct reached inner;

    advance(r);
    do {
        advance(r); /* "(" or "," */
        if (is_mark(r, NK_STR(")")))
            break;
        read_expression(r, node, &inner);
        args++;
    } while (is_mark(r, NK_STR(",")));
    if (!is_mark(r, NK_STR(")"))) /* libxml2 lets "count(" pass */
        complain(r, NK_M_XPATH_SYNTAX, r->text, NK_EMPTY);
    advance(r);
    if (!arity_of(name, &least, &most)) {
        r->errors++;
        nk_template__no_function(r->c, name, r->at);
    } else if (args < least || args > most) {
        complain(r, NK_M_XPATH_ARITY, name, NK_EMPTY);
    }
}

static bool is_node_type(nk_str name)
{
    static const nk_str types[] = { NK_STR_INIT("text"), NK_STR_INIT("node"),
                                    NK_STR_INIT("comment"),
                                    NK_STR_INIT("processing-instruction") };

    return is_one_of(name, types, sizeof(types) / sizeof(types[0]));
}

/* From the top: the first step must be the case. */
static void read_from_root(struct reader *r, struct reached *at)
{
    const nk_field *root = nk_model_root(r->c->world->model);
    bool name;

    advance(r);
    name = r->kind == T_NAME && peek(r) != ':' && peek(r) != '(';
    if (r->kind == T_END || is_closing(r) || (!name && is_operator(r)))
        return; /* the document itself */
    if (!name) {
        read_step(r, at);
        return;
    }
    if (nk_str_eq(r->token, root->name))
        at->to.field = root;
    else
        complain(r, NK_M_PATH_UNKNOWN, r->token, NK_STR("/"));
    advance(r);
    read_predicates(r, at);
}

/* An operand: a path, a variable, a call, a value or something in (). */
static void read_operand(struct reader *r,
                         const struct nk_template__reached *node,
                         struct reached *at)
{
    struct reached inner;

    *at = (struct reached){ .plain = true };
    while (is_mark(r, NK_STR("-"))) {
        at->plain = false;
        advance(r);
    }
    if (is_mark(r, NK_STR("$"))) {
        read_variable(r, at);
        read_predicates(r, at);
    } else if (is_mark(r, NK_STR("("))) {
        at->plain = false;
        advance(r);
        read_expression(r, node, &inner);
        if (is_mark(r, NK_STR(")")))
            advance(r);
        read_predicates(r, at);
    } else if (is_mark(r, NK_STR("/"))) {
        read_from_root(r, at);
    } else if (r->kind == T_NAME && peek(r) == '(' && !is_node_type(r->token)) {
        at->plain = false;
        read_function(r, node);
        read_predicates(r, at);
    } else if (r->kind == T_VALUE) {
        at->plain = false;
        advance(r);
        read_predicates(r, at);
    } else if (!is_mark(r, NK_STR("//"))) {
        at->to = *node;
        read_step(r, at);
    }
    read_steps(r, at);
}

/* Up to a token that closes it. */
static void read_expression(struct reader *r,
                            const struct nk_template__reached *node,
                            struct reached *out)
{
    struct reached next;

    *out = (struct reached){ 0 };
    if (++r->depth > NK_MAX_XML_DEPTH) {
        r->rest = NK_EMPTY; /* deeper than anybody writes */
        advance(r);
        return;
    }
    read_operand(r, node, out);
    while (is_operator(r)) {
        advance(r);
        read_operand(r, node, &next);
        *out = (struct reached){ 0 };
    }
    r->depth--;
}

void nk_template__no_function(struct nk_template__compiling *c, nk_str name,
                              nk_place at)
{
    nk_str names[NK_MAX_SIBLINGS], near;
    size_t n = 0, i;

    for (i = 0; i < nk_functions_n && n < NK_MAX_SIBLINGS; i++)
        names[n++] = nk_str_of(nk_functions[i].name);
    near = nk_str_nearest(name, names, n);
    if (near.len)
        nk_template__complain(c, NK_M_FUNCTION_MEANT, at, NK_ARGS(name, near));
    else
        nk_template__complain(c, NK_M_FUNCTION_UNKNOWN, at, NK_ARGS(name));
}

void nk_template__check_expression(struct nk_template__compiling *c,
                                   nk_str text, nk_place at,
                                   const struct nk_template__scope *scope,
                                   struct nk_template__reached *leads_to)
{
    struct reader r = {
        .c = c, .at = at, .scope = scope, .text = text, .rest = text
    };
    struct reached reached;

    advance(&r);
    read_expression(&r, &scope->node, &reached);
    if (!reached.plain || r.errors)
        reached.to = (struct nk_template__reached){ 0 };
    *leads_to = reached.to;
}

nk_err nk_template__expression(struct nk_template__compiling *c, nk_str text,
                               nk_place at,
                               const struct nk_template__scope *scope,
                               const nk_xpath **out,
                               struct nk_template__reached *leads_to)
{
    struct nk_template__own *own = c->own;
    nk_problems problems;
    nk_xpath *x;
    nk_err rc;

    *leads_to = (struct nk_template__reached){ 0 };
    if (!text.len)
        return NK_OK; /* the schema has said so */
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
    nk_problems_init(&problems, &own->arena);
    if ((rc = nk_xpath_open(c->ctx, text, at, &problems, &x)) < 0)
        return rc;
    if (!x) {
        if (!problems.first)
            return nk_nomem(c->ctx);
        nk_template__complain(c, problems.first->msg, at, problems.first->args);
        return NK_OK;
    }
    own->xpaths[own->xpaths_n++] = x;
    *out = x;
    nk_template__check_expression(c, text, at, scope, leads_to);
    return NK_OK;
}
