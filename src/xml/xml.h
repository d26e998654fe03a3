/*
 * The door of xml: reading XML that may be hostile, checking it against an
 * XML Schema, building and writing it, and XPath expressions compiled once.
 * libxml2 lives behind it.
 *
 * Reading is safe by what is left out: no DTD, no entities but the five of
 * XML, no network, no encoding but UTF-8; size, depth and node count are
 * bounded. Comments and processing instructions are dropped: what stands on
 * both sides of one is one text. Every element knows where in its file it
 * begins.
 */
#ifndef NK_XML_XML_H
#define NK_XML_XML_H

#include "base/base.h"

/* ---- Documents --------------------------------------------------------- */

typedef struct nk_xml nk_xml;           /* a document and all its nodes */
typedef struct nk_xml_node nk_xml_node; /* an element or a text in it */

/*
 * Read a document. `file` names it in places; bytes and file are copied.
 * Syntax faults are added to `problems`, at most one a line and none that
 * only follows from another, and the call fails with NK_E_SYNTAX; a bound
 * reached fails with NK_E_LIMIT.
 */
nk_err nk_xml_open(nk_ctx *ctx, nk_str bytes, nk_str file,
                   nk_problems *problems, nk_xml **out);

/* A new document with an empty root element. */
nk_err nk_xml_new(nk_ctx *ctx, nk_str root, nk_xml **out);
void nk_xml_close(nk_xml *x);

nk_xml_node *nk_xml_root(const nk_xml *x);

/* Elements only; texts are passed over. NULL: none. */
nk_xml_node *nk_xml_first(const nk_xml_node *e);
nk_xml_node *nk_xml_next(const nk_xml_node *e);
nk_xml_node *nk_xml_parent(const nk_xml_node *n);

/* Elements and texts as they stand. */
nk_xml_node *nk_xml_first_part(const nk_xml_node *e);
nk_xml_node *nk_xml_next_part(const nk_xml_node *n);
bool nk_xml_is_text(const nk_xml_node *n);

/* First child element of that name, or NULL. */
nk_xml_node *nk_xml_child(const nk_xml_node *e, nk_str name);

/* Local name of an element; of its namespace, empty when none. */
nk_str nk_xml_name(const nk_xml_node *e);
nk_str nk_xml_ns(const nk_xml_node *e);

/* An attribute's value, read in place; without a namespace and with one. */
bool nk_xml_attr(const nk_xml_node *e, nk_str name, nk_str *value);
bool nk_xml_attr_ns(const nk_xml_node *e, nk_str ns, nk_str name,
                    nk_str *value);
/* The same, empty when absent. */
nk_str nk_xml_attr_or(const nk_xml_node *e, nk_str name, nk_str otherwise);

/* The k-th attribute (from 0) without a namespace; false past the last. */
bool nk_xml_attr_at(const nk_xml_node *e, size_t k, nk_str *name,
                    nk_str *value);

/* Has it attributes that are of a namespace? */
bool nk_xml_has_attr_ns(const nk_xml_node *e);

/* Text of a text node or of an element with nothing but one text; empty for
   anything else. Read in place. */
nk_str nk_xml_text(const nk_xml_node *n);

/* All text below, joined; ptr NULL when memory is out. */
nk_str nk_xml_all_text(nk_arena *a, const nk_xml_node *n);

/* Where it begins, and where one of its attributes does. */
nk_place nk_xml_place(const nk_xml_node *n);
nk_place nk_xml_attr_place(const nk_xml_node *e, nk_str name);

/* A pointer of the caller's own beside an element; NULL at first. */
void *nk_xml_mark(const nk_xml_node *e);
void nk_xml_set_mark(nk_xml_node *e, void *mark);

/* ---- Building ---------------------------------------------------------- */

/*
 * Append an element, with text when text.ptr is not NULL. NULL when memory
 * is out. Text that is not UTF-8 must not come here.
 */
nk_xml_node *nk_xml_add(nk_xml_node *parent, nk_str name, nk_str text);
/* The same before another element. */
nk_xml_node *nk_xml_add_before(nk_xml_node *next, nk_str name, nk_str text);
bool nk_xml_set_attr(nk_xml_node *e, nk_str name, nk_str value);

/* Exchange all an element holds for a text; false when memory is out. */
bool nk_xml_set_text(nk_xml_node *e, nk_str text);

/* Take away the attribute of that name without a namespace, if there. */
void nk_xml_remove_attr(nk_xml_node *e, nk_str name);

/* Take an element out and forget it and all below. */
void nk_xml_remove(nk_xml_node *e);

/* Forget which namespace the elements are of, so that XPath needs no
   prefixes. */
void nk_xml_drop_ns(nk_xml *x);

/*
 * Write a document: UTF-8, two spaces a level, elements with text on one
 * line. `ns` is the default namespace declared at the root; empty: none.
 */
nk_err nk_xml_write(nk_ctx *ctx, nk_arena *a, const nk_xml *x, nk_str ns,
                    nk_str *out);

/* ---- Schemas ----------------------------------------------------------- */

typedef struct nk_xml_schema nk_xml_schema;

/* Read an XSD; `file` names it. It is compiled when first checked with. */
nk_err nk_xml_schema_open(nk_ctx *ctx, nk_str bytes, nk_str file,
                          nk_xml_schema **out);
void nk_xml_schema_close(nk_xml_schema *s);

/* The XSD itself as a document; lives as long as the schema. */
const nk_xml *nk_xml_schema_doc(const nk_xml_schema *s);

/*
 * Add every breach of the schema to `problems`, but none at a place that
 * already has an error: who checked before knew better words. NK_OK also when
 * there are breaches. Fails with NK_E_INTERNAL for a schema that is not
 * right: schemas are part of the program.
 */
nk_err nk_xml_check(nk_ctx *ctx, nk_xml *x, nk_xml_schema *s,
                    nk_problems *problems);

/* ---- XPath ------------------------------------------------------------- */

typedef struct nk_xpath nk_xpath; /* a compiled XPath 1.0 expression */

/* Compile; a fault is added to `problems` at `at` and *out is NULL. */
nk_err nk_xpath_open(nk_ctx *ctx, nk_str text, nk_place at,
                     nk_problems *problems, nk_xpath **out);
void nk_xpath_close(nk_xpath *x);

/* As it was given. */
nk_str nk_xpath_source(const nk_xpath *x);

/* A function templates may call. Its arguments come as text. */
typedef struct nk_xpath_fn {
    const char *name;
    size_t min_args, max_args; /* at most NK_MAX_XPATH_ARGS */
    /* Append the result; false when an argument is not fit. */
    bool (*call)(void *data, const nk_str *args, size_t n, nk_buf *out);
} nk_xpath_fn;

/* What expressions are evaluated in; one belongs to one thread. */
typedef struct nk_xpath_env nk_xpath_env;

/* Functions must outlive it; `data` is handed to them. */
nk_err nk_xpath_env_open(nk_ctx *ctx, const nk_xpath_fn *fns, size_t n,
                         void *data, nk_xpath_env **out);
void nk_xpath_env_close(nk_xpath_env *env);

/* Give $name these nodes, or none, or a text. The nodes must outlive it. */
nk_err nk_xpath_set_nodes(nk_ctx *ctx, nk_xpath_env *env, nk_str name,
                          nk_xml_node *const *nodes, size_t n);
nk_err nk_xpath_set_text(nk_ctx *ctx, nk_xpath_env *env, nk_str name,
                         nk_str text);

/* From now on all evaluations together take at most so many steps; 0: no
   bound but that of each. */
void nk_xpath_env_bound(nk_xpath_env *env, uint32_t steps);

/* What position() and last() say: from 1, of n. */
void nk_xpath_set_position(nk_xpath_env *env, size_t position, size_t n);

/*
 * Evaluate at a node. Fails with NK_E_LIMIT after NK_MAX_XPATH_OPS steps, or
 * past the bound of all, and NK_E_INVALID when a variable, function or
 * argument is wrong; `at` is where the expression stands. Of nodes only
 * elements are given. The text of a number that is none is empty.
 */
nk_err nk_xpath_nodes(nk_ctx *ctx, nk_arena *a, nk_xpath_env *env,
                      const nk_xpath *x, nk_xml_node *node, nk_place at,
                      nk_xml_node ***nodes, size_t *n);
nk_err nk_xpath_text(nk_ctx *ctx, nk_arena *a, nk_xpath_env *env,
                     const nk_xpath *x, nk_xml_node *node, nk_place at,
                     nk_str *out);
nk_err nk_xpath_test(nk_ctx *ctx, nk_xpath_env *env, const nk_xpath *x,
                     nk_xml_node *node, nk_place at, bool *out);

#endif
