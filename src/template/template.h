/*
 * The door of template: XML templates compiled to a tree with expressions
 * (schemas/template.xsd; docs has the author's guide).
 *
 * Compiling finds every mistake in one run: structure by the schema, then
 * expressions, field paths, lengths and parts by the compiler.
 */
#ifndef NK_TEMPLATE_TEMPLATE_H
#define NK_TEMPLATE_TEMPLATE_H

#include "base/base.h"
#include "record/record.h"
#include "template/style.h"
#include "xml/xml.h"

typedef enum nk_tag {
    NK_TAG_TEXT, /* text */
    NK_TAG_P,    /* paragraphs and headings hold inline content */
    NK_TAG_H1,
    NK_TAG_H2,
    NK_TAG_UL, /* lists hold items (through if, for-each) */
    NK_TAG_OL, /* number: '1', 'a' or 'I' */
    NK_TAG_LI,
    NK_TAG_TABLE, /* columns, border */
    NK_TAG_TR,    /* height, split */
    NK_TAG_TH,    /* span, valign */
    NK_TAG_TD,
    NK_TAG_FLOW,   /* select: its lanes; columns, width: of a lane */
    NK_TAG_LANE,   /* cells, once for each lane */
    NK_TAG_SYMBOL, /* what a step is, in the lane of who does it */
    NK_TAG_BLOCK,  /* width or fit, place, inset, border */
    NK_TAG_KEEP,
    NK_TAG_BREAK,
    NK_TAG_SPACE,  /* height */
    NK_TAG_RULE,   /* height: thickness */
    NK_TAG_LINES,  /* count, height: lines to write on */
    NK_TAG_IMG,    /* text: file, label: alternative text, height, width */
    NK_TAG_SIGN,   /* a place for the signer's signature: width, height */
    NK_TAG_FIELDS, /* width: of labels; holds field and row */
    NK_TAG_FIELD,  /* select, field, show, label, count, width */
    NK_TAG_ROW,    /* label; holds inline content */
    NK_TAG_VALUE,  /* select, field, call, width: of the blank */
    NK_TAG_IF,     /* select: the test; blank */
    NK_TAG_CHOOSE,
    NK_TAG_WHEN, /* select: the test; blank */
    NK_TAG_OTHERWISE,
    NK_TAG_FOREACH, /* select, field, count: how often in a blank, least */
    NK_TAG_INCLUDE, /* params; first: the part's content */
    NK_TAG_SIGNER,  /* text: posts, the first that somebody holds; sets
                       $signer */
    NK_TAG_B,
    NK_TAG_I,
    NK_TAG_U,
    NK_TAG_BR,
    NK_TAG_CHECK, /* select: the test */
    NK_TAG_BLANK, /* width: a line to write on, within text */
    NK_TAG_PAGE_NO,
    NK_TAG_PAGE_COUNT,
    NK_TAG_COUNT
} nk_tag;

/* How a field is shown. */
typedef enum nk_show {
    NK_SHOW_AUTO,   /* by kind and family of the paper */
    NK_SHOW_VALUE,  /* as text; dotted line when unknown */
    NK_SHOW_LINE,   /* on a ruled line */
    NK_SHOW_LINES,  /* on `count` ruled lines */
    NK_SHOW_COMB,   /* `count` boxes of one character each */
    NK_SHOW_CHOICE, /* every choice with a box to tick */
    NK_SHOW_DATE,   /* boxes dd mm yyyy */
    NK_SHOW_CELL    /* as text; its table cell is the place to write */
} nk_show;

/* A function of expressions, also named by `as`. */
typedef struct nk_xpath_fn nk_function;

/* What an include gives its part. */
typedef struct nk_param {
    const struct nk_param *next;
    nk_str name;
    const nk_xpath *select; /* a path; NULL: a word */
    nk_str word;
} nk_param;

/* A node of a compiled template; members by tag as said there. */
typedef struct nk_tpl {
    nk_tag tag;
    struct nk_tpl *first, *next;
    nk_place at;
    const nk_style *style; /* never NULL */
    nk_str text;
    nk_str label; /* ptr NULL: the field's own */
    const nk_xpath *select;
    const nk_field *field;   /* the one `select` leads to, if it is one */
    const nk_function *call; /* of `as`; NULL: by the field's kind */
    nk_show show;
    nk_mpt width, height, inset;
    uint32_t count;
    uint32_t least; /* of times, in every mode */
    uint32_t span;
    nk_border border;
    nk_valign valign;
    nk_align place; /* of a block in its column */
    const nk_column *columns;
    size_t columns_n;
    const nk_param *params;
    char number;     /* of a list: kind of its numbers */
    bool blank;      /* shown in a blank form */
    bool asks;       /* tested in a blank form too */
    bool fit;        /* as wide as its longest line; of lines: as many as
                        the text takes */
    bool split;      /* a row that may continue on the next page */
    bool fill;       /* a row that is repeated to the end of its page */
    bool needed;     /* missed when empty, whatever the schema says */
    bool optional;   /* not missed when empty */
    bool all_lanes;  /* spans every lane of the flow */
    bool keep_empty; /* a row that stays when its value is unknown */
} nk_tpl;

typedef enum nk_family {
    NK_FAMILY_LETTER,    /* korespondensi */
    NK_FAMILY_TITLE,     /* judul */
    NK_FAMILY_STATEMENT, /* pernyataan */
    NK_FAMILY_AGREEMENT, /* perjanjian */
    NK_FAMILY_MEMO,      /* nota */
    NK_FAMILY_FORM       /* formulir */
} nk_family;

typedef struct nk_page_setup {
    nk_str paper; /* empty: the office's */
    bool landscape;
    nk_mpt top, right, bottom, left; /* < 0: the office's */
    nk_mpt first_top;                /* of the first page; < 0: as top */
    nk_style style;                  /* what is set in it */
    const nk_tpl *header, *footer;   /* NULL: none */
} nk_page_setup;

/* A compiled template; belongs to one thread. */
typedef struct nk_template {
    nk_str id, version, lang;
    nk_str title, subject;
    nk_str recipient; /* of schemas/policy.xml; "about": who the node the
                         paper is about names in its attribute `to` */
    nk_str reg;       /* register its numbers come from; empty: none */
    nk_str class;     /* classification code */
    nk_str security;  /* biasa, terbatas, rahasia, sangat-rahasia */
    nk_family family;
    nk_str about; /* variable of the node the paper is about; or empty */
    const nk_xpath *about_select;
    nk_place about_at;
    nk_page_setup page;
    const nk_tpl *body;
    bool wants_procedure;   /* it names $procedure */
    bool wants_register;    /* it names $register */
    const nk_field **names; /* every field its paths lead through */
    size_t names_n;
    nk_xpath_env *env; /* functions known, variables set by bind */
} nk_template;

/* Where parts come from: bytes of part `name` and the file they are of. */
typedef struct nk_parts {
    nk_err (*load)(void *data, nk_ctx *ctx, nk_arena *a, nk_str name,
                   nk_str *bytes, nk_str *file);
    void *data;
} nk_parts;

/* What templates are checked against. */
typedef struct nk_template_world {
    nk_model *model;
    nk_xml_schema *schema;           /* schemas/template.xsd */
    nk_xml_schema *office_schema;    /* for the names below $office */
    nk_xml_schema *procedure_schema; /* and below $procedure */
    nk_parts parts;
} nk_template_world;

/*
 * Compile a template. Every mistake is added to `problems`; fails with
 * NK_E_SYNTAX or NK_E_INVALID when there was one. The world must outlive it.
 */
nk_err nk_template_open(nk_ctx *ctx, const nk_template_world *world,
                        nk_str bytes, nk_str file, nk_problems *problems,
                        nk_template **out);
void nk_template_close(nk_template *t);

/* Does a path of the template lead to the field, or through it? */
bool nk_template_names(const nk_template *t, const nk_field *f);

/* Every function expressions know beside XPath's own. */
extern const nk_function nk_functions[];
extern const size_t nk_functions_n;

/* The function of that name, or NULL. */
const nk_function *nk_function_find(nk_str name);

/* Names of the facts bind puts below $letter and $signer. */
typedef enum nk_letter_fact {
    NK_LETTER_NUMBER,
    NK_LETTER_DATE, /* ISO */
    NK_LETTER_PLACE,
    NK_LETTER_SECURITY,
    NK_LETTER_SUBJECT,
    NK_LETTER_TITLE,
    NK_LETTER_FORM,       /* "kode-formulir versi" */
    NK_LETTER_MODE,       /* how it is signed: wet or electronic */
    NK_LETTER_OVERRIDE,   /* "yes": issued though no consent holds */
    NK_LETTER_REASON,     /* of it; on the office's copy alone */
    NK_LETTER_DECIDED_BY, /* the same */
    NK_LETTER_FACTS
} nk_letter_fact;
extern const nk_str nk_letter_facts[NK_LETTER_FACTS];

typedef enum nk_signer_fact {
    NK_SIGNER_LINE, /* repeats */
    NK_SIGNER_NAME,
    NK_SIGNER_TITLE,
    NK_SIGNER_RANK,
    NK_SIGNER_NIP,
    NK_SIGNER_MODE, /* wet or electronic */
    NK_SIGNER_FACTS
} nk_signer_fact;
extern const nk_str nk_signer_facts[NK_SIGNER_FACTS];

/* The compiled tree, one line a node. */
nk_err nk_template_dump(nk_ctx *ctx, nk_arena *a, const nk_template *t,
                        nk_str *out);

#endif
