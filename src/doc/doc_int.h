/*
 * What the files of doc share while a paper is bound.
 */
#ifndef NK_DOC_INT_H
#define NK_DOC_INT_H

#include "doc/doc.h"

/* Where in the record an expression leads, as far as its text tells. */
struct nk_doc__spot {
    const nk_field *field; /* NULL: nowhere that could be named */
    nk_str path;           /* "witness.0.name"; empty: the case itself */
    bool open;             /* the field repeats, and no index is known */
    bool filtered;         /* by a condition nothing new would meet */
};

/* The inputs there are so far. */
struct nk_doc__inputs {
    const nk_input **list;
    size_t n, room;
};

/* A variable as it is set now; the list restores what an include hid. */
struct nk_doc__var {
    const struct nk_doc__var *up;
    nk_str name;
    nk_xml_node *const *nodes;
    size_t n;
    nk_str word;
    bool is_word;
    struct nk_doc__spot spot;
};

struct nk_doc__binding {
    nk_ctx *ctx;
    nk_arena *a;
    const nk_template *t;
    const nk_office *office;
    const nk_bind *how;
    nk_problems *problems;
    nk_record *record; /* an empty one in a blank */
    nk_rights rights;
    nk_xml_node *node;        /* where expressions stand */
    nk_xml_node *none;        /* root of an empty record */
    struct nk_doc__spot here; /* of `node`; known in a fillable form only */
    struct nk_doc__inputs inputs;
    size_t position, last; /* of the node in the for-each around; 1 of 1 */
    const struct nk_doc__var *vars;
    struct nk_doc__var about; /* the outermost of vars, if there is one */
    nk_xml_node **lanes;      /* of the flow around */
    size_t lanes_n;
    nk_xml_node *step;       /* whose row is being bound, inside a lane */
    nk_xml *letter, *signer; /* facts; signer NULL outside <signer> */
    nk_str sign_post;        /* of the signer around */
    nk_str sign_names[NK_MAX_SIGNERS];
    size_t sign_n;
    nk_str first_signer, first_signer_name; /* of the paper */
    nk_str signer_post; /* the one how->signer signs for; empty: none yet */
    nk_str institution; /* the paper goes to; empty: none */
    bool no_consent;    /* the lack of one has been told */
    bool bold, italic, underline;
    bool furniture; /* binding header or footer */
    uint32_t nodes, depth;
    uint32_t work; /* elements bound, each as often as it was */
};

/* A new node at the end of `parent`; NULL when memory is out or too many. */
nk_node *nk_doc__add(struct nk_doc__binding *b, nk_node *parent,
                     nk_node_kind kind, const nk_tpl *t);

/* The failure behind a NULL of nk_doc__add. */
nk_err nk_doc__add_failed(struct nk_doc__binding *b);

/* A text node with the face of now. */
nk_err nk_doc__add_text(struct nk_doc__binding *b, nk_node *parent,
                        const nk_tpl *t, nk_str text);

/* Take back the newest child of parent, which came after `before`. */
void nk_doc__drop_last(nk_node *parent, nk_node *before);

/* A paragraph the template does not name. */
nk_node *nk_doc__add_p(struct nk_doc__binding *b, nk_node *parent,
                       const nk_tpl *t);

/* A node shaped as the template says, with all inside bound. */
nk_err nk_doc__container(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent, nk_node_kind kind, nk_node **out);

/* A flowchart: the table, cells of its lanes, and a symbol in one. */
nk_err nk_doc__bind_flow(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent);
nk_err nk_doc__bind_lane(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent);
nk_err nk_doc__bind_symbol(struct nk_doc__binding *b, const nk_tpl *t,
                           nk_node *parent);

/* Bind what is in t once for each of the nodes, and with nothing known up to
   `times`. */
nk_err nk_doc__times(struct nk_doc__binding *b, const nk_tpl *t,
                     nk_node *parent, nk_xml_node **nodes, size_t n,
                     size_t times);

/* Take back the newest child of parent, which came after `before`. */
void nk_doc__drop_last(nk_node *parent, nk_node *before);

/* Bind the elements from `first` on into `parent`. */
nk_err nk_doc__bind_children(struct nk_doc__binding *b, const nk_tpl *first,
                             nk_node *parent);

/* What a field's expression selects, for printing. */
struct nk_doc__values {
    nk_str text;        /* formatted, several joined by commas */
    nk_str raw;         /* the first as it stands in the record */
    nk_xml_node **list; /* the elements; none for attributes */
    size_t n;
};

/* ---- spot.c, input.c: places of a fillable form ------------------------ */

/* Where the expression leads from the node of now. */
nk_err nk_doc__spot(struct nk_doc__binding *b, nk_str source,
                    struct nk_doc__spot *out);

/* The index of one that is not there yet, whatever there is. */
#define NK_DOC__NEW SIZE_MAX

/* Settle which of a field that repeats is meant. */
nk_err nk_doc__spot_at(struct nk_doc__binding *b, size_t index,
                       struct nk_doc__spot *spot);

/* The same for the i-th of a loop over n nodes; past them a new one. */
nk_err nk_doc__spot_nth(struct nk_doc__binding *b, nk_xml_node *const *nodes,
                        size_t n, size_t i, struct nk_doc__spot *spot);

/* Make node n, a place to write on, an input if it can be one. */
nk_err nk_doc__input(struct nk_doc__binding *b, const nk_tpl *t,
                     const struct nk_doc__values *known, nk_node *n);

/* The same for the box of a choice, and for the box of a <check>. */
nk_err nk_doc__input_choice(struct nk_doc__binding *b, const nk_tpl *t,
                            const nk_choice *choice, nk_node *n);
nk_err nk_doc__input_test(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *n);

/* ---- values.c ---------------------------------------------------------- */

/* <value-of>, and <field> in running text or as a row of <fields>. */
nk_err nk_doc__bind_value(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent);
nk_err nk_doc__bind_field(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent);

/* How a field is shown where the template leaves it to us. */
nk_show nk_doc__show(const struct nk_doc__binding *b, const nk_tpl *t);

/* Label cell of a row of <fields>, and the empty value cell after it. */
nk_err nk_doc__add_row(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *table, nk_str label, nk_node **value);

/* The facts below $letter; and below $signer for the first of `posts` that
   somebody signs for, which becomes *post. */
nk_err nk_doc__letter_facts(struct nk_doc__binding *b, nk_xml **out);
nk_err nk_doc__signer_facts(struct nk_doc__binding *b, nk_str posts,
                            nk_str *post, nk_xml **out);

/* What is to be completed by hand is signed by hand too. */
nk_signing nk_doc__signing(const struct nk_doc__binding *b);

#endif
