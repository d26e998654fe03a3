/*
 * The judge of finished papers: what ISO 19005-2 (PDF/A-2a) and ISO 14289-1
 * (PDF/UA-1) ask and a file can show. It shares no line with src/pdf, which
 * wrote the file, nor with src/sign, which was made to read our own files:
 * what both got wrong in the same way would pass unseen.
 *
 * Every rule is a row of rules.def. Whoever finds it broken calls cf_tell
 * and goes on, so that one run shows all there is. tests/conform/damage.c
 * breaks every rule once, to show that it can be.
 */
#ifndef NK_TESTS_CONFORM_H
#define NK_TESTS_CONFORM_H

#include "base/base.h"

typedef enum cf_rule {
#define RULE(id, name, clause, what) CF_##id,
#include "rules.def"
#undef RULE
    CF_RULES
} cf_rule;

/* ---- PDF values: read.c ------------------------------------------------- */

typedef enum cf_kind {
    CF_NONE, /* absent; null means the same */
    CF_BOOL,
    CF_NUMBER,
    CF_NAME,
    CF_STRING,
    CF_ARRAY,
    CF_DICT,
    CF_REF,
    CF_WORD /* an operator, or "obj" */
} cf_kind;

typedef struct cf_value {
    struct cf_value *next;  /* in the array or dictionary it stands in */
    struct cf_value *first; /* of a DICT: name, value, name, value */
    cf_kind kind;
    bool hex;
    nk_str text;    /* decoded; a BOOL or WORD as it stands */
    int64_t number; /* of a REF the object; else in 1/1000000 */
    size_t n;       /* values in an ARRAY, pairs in a DICT */
} cf_value;

#define CF_MILLION INT64_C(1000000)

/* What stands where nothing does. */
extern const cf_value cf_nothing;

typedef struct cf_cursor {
    struct cf_judge *j;
    nk_str rest;
    unsigned depth;
    uint32_t object; /* for findings */
} cf_cursor;

typedef struct cf_object {
    uint32_t number;
    size_t at; /* offset in the file; 0: there is none */
    const cf_value *value;
    bool is_stream, inflated;
    nk_str stream; /* as it lies in the file */
    nk_str data;   /* inflated */
    bool seen;     /* by what must not run in circles */
} cf_object;

/* ---- The judge ---------------------------------------------------------- */

typedef struct cf_finding {
    struct cf_finding *next;
    cf_rule rule;
    uint32_t object; /* 0: the file */
    char text[120];
} cf_finding;

/* One marked-content sequence of a page. */
typedef struct cf_mark {
    nk_str name;
    uint32_t owner; /* the element that claims it; 0: none does */
} cf_mark;

typedef struct cf_page {
    cf_object *object;
    cf_mark *marks; /* by MCID; a name with ptr NULL: not drawn */
    size_t marks_n, marks_room;
    uint32_t key; /* in the ParentTree */
} cf_page;

/* A font that a page or an appearance shows text with. */
typedef struct cf_font {
    struct cf_font *next;
    cf_object *object;
    uint8_t used[8192]; /* a bit a code */
} cf_font;

typedef struct cf_judge {
    nk_ctx ctx;
    nk_arena arena;
    nk_str bytes;
    cf_object *objects; /* by number */
    size_t objects_n;
    const cf_value *trailer, *catalog;
    cf_page *pages;
    size_t pages_n;
    cf_font *fonts;
    cf_finding *first, *last;
    size_t told[CF_RULES];
} cf_judge;

/* Read a file and look at it in every way there is. */
void cf_judge_open(cf_judge *j, nk_str bytes);
void cf_judge_close(cf_judge *j);

void cf_tell(cf_judge *j, cf_rule rule, uint32_t object, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Memory is out: there is nothing to be judged any more. */
void *cf_need(void *p);

/* ---- read.c ------------------------------------------------------------- */

/* The next value, or NULL at the end. */
cf_value *cf_take(cf_cursor *c);

bool cf_is(const cf_value *v, const char *name_or_word);
bool cf_true(const cf_value *v);

/* A whole number; `otherwise` for anything else. */
int64_t cf_int(const cf_value *v, int64_t otherwise);

/* An entry as it stands, and what it refers to; &cf_nothing without one. */
const cf_value *cf_raw(const cf_value *dict, const char *key);
const cf_value *cf_get(cf_judge *j, const cf_value *dict, const char *key);
const cf_value *cf_follow(cf_judge *j, const cf_value *v);

/* The object a REF means; NULL when there is none. */
cf_object *cf_object_of(cf_judge *j, const cf_value *ref);

/* The bytes of a stream as they are meant. */
nk_str cf_data(cf_judge *j, cf_object *o);

/* A text string as UTF-8. */
nk_str cf_utf8(cf_judge *j, const cf_value *v);

/* Find the objects, the catalog and the pages. */
void cf_read(cf_judge *j);

/* ---- The rules, by what they look at ------------------------------------- */

void cf_check_file(cf_judge *j);    /* file.c: bytes, objects, what is out */
void cf_check_meta(cf_judge *j);    /* meta.c: catalog, XMP, output intent */
void cf_check_drawing(cf_judge *j); /* draw.c: content streams; marks, codes */
void cf_check_fonts(cf_judge *j);   /* fonts.c: of the codes that are used */
void cf_check_tags(cf_judge *j);    /* tags.c: the structure tree */
void cf_check_forms(cf_judge *j);   /* form.c: annotations and fields */

/* ---- damage.c ------------------------------------------------------------ */

/* Break every rule in one of the files; what is not noticed fails. TAP. */
int cf_damage(const nk_str *files, size_t n);

/* The name and the clause of a rule. */
const char *cf_rule_name(cf_rule rule);
const char *cf_rule_clause(cf_rule rule);

#endif
