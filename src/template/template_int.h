/*
 * What the files of template share while a template is compiled.
 */
#ifndef NK_TEMPLATE_INT_H
#define NK_TEMPLATE_INT_H

#include "template/template.h"

/* Where a path leads: to a field, or to what another schema declares. */
struct nk_template__reached {
    const nk_field *field;
    const nk_xml_node *type; /* its complexType, or the xs:element of a leaf */
};

/* A name an expression may start from. */
struct nk_template__var {
    const struct nk_template__var *up;
    nk_str name;
    enum {
        NK_VAR_NODE,   /* nodes: to */
        NK_VAR_WORD,   /* a text: word */
        NK_VAR_CASES,  /* a register: from, to, and cases */
        NK_VAR_LETTER, /* nk_letter_facts */
        NK_VAR_SIGNER  /* nk_signer_facts */
    } is;
    struct nk_template__reached to; /* nothing in it: any */
    nk_str word;
};

/* What may stand at a place; a set. */
enum nk_template__holds {
    NK_HOLDS_WORDS = 1,    /* texts count; elsewhere they do not */
    NK_HOLDS_BLOCKS = 2,   /* with words: these go into a paragraph */
    NK_HOLDS_ITEMS = 4,    /* of a list */
    NK_HOLDS_ROWS = 8,     /* of a table */
    NK_HOLDS_CELLS = 16,   /* of a row */
    NK_HOLDS_FIELDS = 32,  /* rows of <fields> */
    NK_HOLDS_CHOICES = 64, /* of a choose */
    NK_HOLDS_SAME = 128    /* whatever stands around it */
};

struct nk_template__element {
    nk_str name;
    nk_tag tag;
    unsigned stands; /* where: any of */
    unsigned holds;
    const nk_style *style;
};

extern const nk_style nk_template__plain;

/* NULL: the language has no such element. */
const struct nk_template__element *nk_template__element_named(nk_str name);
const struct nk_template__element *nk_template__element_of(nk_tag tag);

/* Their names, for a message. */
nk_str nk_template__what_may_stand(nk_arena *a, unsigned holds);

/* Where an element stands: its node, the variables around it, and what may
   stand there. */
struct nk_template__scope {
    struct nk_template__reached node;         /* nothing in it: not known */
    const struct nk_template__reached *lanes; /* of the flow around, or NULL */
    bool in_lane;
    const struct nk_template__var *vars;
    unsigned holds;
};

/* All handles a template holds, to close them. */
struct nk_template__own {
    nk_template t; /* first: what the caller sees */
    nk_arena arena;
    nk_xpath **xpaths;
    size_t xpaths_n, xpaths_room;
    size_t names_room;
};

/* A name in a list of names. */
struct nk_template__name {
    const struct nk_template__name *up;
    nk_str name;
};

struct nk_template__compiling {
    nk_ctx *ctx;
    const nk_template_world *world;
    struct nk_template__own *own;
    nk_problems *problems;
    nk_str file;    /* being compiled; in the template's arena */
    unsigned depth; /* of parts in each other */
    uint32_t nodes; /* made so far */
    bool nomem;     /* a text could not be copied */
    const struct nk_template__name *around; /* parts being compiled */
    const struct nk_template__name *broken; /* parts that are not XML */
};

/* A copy that lives as long as the template; without memory compiling fails
   at its end. */
nk_str nk_template__copy(struct nk_template__compiling *c, nk_str s);

/* A mistake; told once, however often the part it is in is used. */
void nk_template__complain(struct nk_template__compiling *c, nk_msg msg,
                           nk_place at, nk_args args);

/* A mistake, unless one at that place was told already. */
void nk_template__complain_first(struct nk_template__compiling *c, nk_msg msg,
                                 nk_place at, nk_args args);

/* What stands inside a flow only does not. */
void nk_template__lane_alone(struct nk_template__compiling *c,
                             const nk_xml_node *e, nk_str name);

/* A new node; NULL when memory is out or there are too many. */
nk_tpl *nk_template__node(struct nk_template__compiling *c, nk_tag tag,
                          nk_place at);

/* The failure behind a NULL of nk_template__node. */
nk_err nk_template__no_node(const struct nk_template__compiling *c);

/* Where an element begins; the place lives as long as the template. */
nk_place nk_template__place(const struct nk_template__compiling *c,
                            const nk_xml_node *e);

/* Compile what is in an element, and append it to what is in `parent`. */
nk_err nk_template__children(struct nk_template__compiling *c,
                             const nk_xml_node *e,
                             const struct nk_template__scope *scope,
                             nk_tpl *parent);

/*
 * Drop spaces and make paragraphs as fits. `holds` is what n may hold by
 * itself, `around` what it may where it stands: among words and blocks, words
 * beside a block become one too.
 */
nk_err nk_template__settle(struct nk_template__compiling *c, nk_tpl *n,
                           unsigned holds, unsigned around);
void nk_template__drop_spaces(nk_tpl *parent);

/* Compile the part an include names into its node. */
nk_err nk_template__include(struct nk_template__compiling *c,
                            const nk_xml_node *e,
                            const struct nk_template__scope *scope,
                            nk_tpl *node);

/* A declaration at the top of a part. */
bool nk_template__is_param(const nk_xml_node *e);

/* The name a declaration gives may not be one of naskah's own. */
void nk_template__check_free(struct nk_template__compiling *c,
                             const nk_xml_node *e);

/* The top of a template; about and page may be NULL. */
void nk_template__head(struct nk_template__compiling *c,
                       const nk_xml_node *root);
nk_err nk_template__page(struct nk_template__compiling *c, const nk_xml_node *e,
                         const struct nk_template__scope *scope);
nk_err nk_template__about(struct nk_template__compiling *c,
                          const nk_xml_node *e,
                          struct nk_template__scope *scope,
                          struct nk_template__var *var);

/*
 * Check every name, path and function of an expression. *leads_to becomes
 * where a plain path leads to; nothing for what is none.
 */
void nk_template__check_expression(struct nk_template__compiling *c,
                                   nk_str text, nk_place at,
                                   const struct nk_template__scope *scope,
                                   struct nk_template__reached *leads_to);

/* The complexType of that name in a schema, or NULL. */
const nk_xml_node *nk_template__type(const nk_xml_schema *schema, nk_str name);

/* There is no function of that name; perhaps one was meant. */
void nk_template__no_function(struct nk_template__compiling *c, nk_str name,
                              nk_place at);

/* Compile an expression that was given; faults become problems. */
nk_err nk_template__expression(struct nk_template__compiling *c, nk_str text,
                               nk_place at,
                               const struct nk_template__scope *scope,
                               const nk_xpath **out,
                               struct nk_template__reached *leads_to);

/* Read all attributes of an element into its node; *leads_to is where its
   expression does. */
nk_err nk_template__attributes(struct nk_template__compiling *c,
                               const nk_xml_node *e,
                               const struct nk_template__scope *scope,
                               nk_tpl *node,
                               struct nk_template__reached *leads_to);

/* Only those of looks. */
void nk_template__style(struct nk_template__compiling *c, const nk_xml_node *e,
                        nk_style *style);

const struct nk_template__var *nk_template__find_var(
    const struct nk_template__scope *scope, nk_str name);

/* "$name" replaced by the word it stands for; other texts as they are. */
nk_str nk_template__word(struct nk_template__compiling *c,
                         const struct nk_template__scope *scope, nk_str text,
                         nk_place at);

#endif
