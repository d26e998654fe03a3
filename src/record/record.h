/*
 * The door of record: the field model, read from the schema, and case
 * records, checked against it and cut down to what a reader may see.
 *
 * There is one list of fields: schemas/case.xsd. Labels, hints, secrecy
 * classes and what a complete record needs stand there as annotations.
 */
#ifndef NK_RECORD_RECORD_H
#define NK_RECORD_RECORD_H

#include "base/base.h"
#include "xml/xml.h"

/* ---- The model --------------------------------------------------------- */

typedef enum nk_class {
    NK_CLASS_PUBLIC,   /* anybody */
    NK_CLASS_INTERNAL, /* office and those it writes to */
    NK_CLASS_LIMITED,  /* those with a part in the case */
    NK_CLASS_SECRET    /* by topic only: names a person or the violence */
} nk_class;

typedef enum nk_kind {
    NK_KIND_GROUP, /* holds fields, no value */
    NK_KIND_TEXT,
    NK_KIND_LONG_TEXT,
    NK_KIND_PERSON_NAME,
    NK_KIND_NIK,
    NK_KIND_KK,
    NK_KIND_PHONE,
    NK_KIND_EMAIL,
    NK_KIND_RT_RW,
    NK_KIND_DATE,
    NK_KIND_PARTIAL_DATE,
    NK_KIND_TIME,
    NK_KIND_MOMENT,
    NK_KIND_COUNT,
    NK_KIND_MONEY,
    NK_KIND_ID,
    NK_KIND_CASE_NUMBER,
    NK_KIND_CHOICE /* one of a list */
} nk_kind;

typedef struct nk_choice {
    nk_str value;
    nk_str label[2]; /* by nk_lang */
} nk_choice;

typedef struct nk_field {
    const struct nk_field *parent, *first, *next;
    nk_str name; /* element name, or attribute name */
    bool is_attr;
    nk_str label[2]; /* by nk_lang */
    nk_str hint[2];
    nk_kind kind;
    nk_class class;
    int topic;              /* of a secret: index into the topics */
    bool whole;             /* group: nothing of it without the topic */
    uint32_t longest;       /* characters of a text; 0: no bound */
    uint32_t least, most;   /* times it may be there */
    bool repeats;           /* may occur more than once */
    bool required;          /* whenever its group is there */
    const nk_xpath *needed; /* required if this holds at its group */
    nk_str computed;        /* how; empty: typed */
    const nk_choice *choices;
    size_t choices_n;
} nk_field;

typedef struct nk_model nk_model;

/* The parts of the model as bytes of the files in schemas/. */
typedef struct nk_model_files {
    nk_str case_xsd, policy;
} nk_model_files;

/* Belongs to one thread: it holds compiled expressions. */
nk_err nk_model_open(nk_ctx *ctx, const nk_model_files *files, nk_model **out);
void nk_model_close(nk_model *m);

/* The field `case`, of which all others are children. */
const nk_field *nk_model_root(const nk_model *m);

/* Child element of that name, or with "@" before it attribute; or NULL. */
const nk_field *nk_field_child(const nk_field *f, nk_str name);

/* "victim/name" from `f` down, or NULL. */
const nk_field *nk_field_find(const nk_field *f, nk_str path);

/* "Korban: NIK": the labels from the outermost group to f. */
nk_str nk_field_label(nk_arena *a, const nk_field *f, nk_lang lang);

/* The choice of that value, or NULL. */
const nk_choice *nk_field_choice(const nk_field *f, nk_str value);

/*
 * Append a value as papers print it by its kind: dates long, choices by
 * label, telephone and names as typed.
 */
void nk_field_put(nk_buf *b, const nk_field *f, nk_str value, nk_lang lang);

/* ---- Values as people type them ---------------------------------------- */

/* A moment may be typed as its day and its time of day apart. */
typedef enum nk_typed { NK_TYPED_WHOLE, NK_TYPED_DAY, NK_TYPED_TIME } nk_typed;

/* Append a value of a record, or a part of it, as somebody would type it:
   "23-11-2026", "08.30". */
void nk_field_put_typed(nk_buf *b, const nk_field *f, nk_typed part,
                        nk_str value);

/*
 * The other way round: append what was typed as it stands in a record. False,
 * and nothing appended, for a date, time or choice that is none; other
 * values are for nk_record_open to judge.
 */
bool nk_field_read_typed(nk_buf *b, const nk_field *f, nk_typed part,
                         nk_str typed);

/* What parts several values of a field where they are typed together. */
nk_str nk_field_several(const nk_field *f);

/* ---- Records ----------------------------------------------------------- */

typedef struct nk_record nk_record;

/*
 * Read a record. Every fault is added to `problems`: syntax, unknown fields,
 * values that do not fit, doubtful identifiers (as warnings). Fails with
 * NK_E_SYNTAX or NK_E_INVALID when there was an error among them. The model
 * must outlive the record.
 */
nk_err nk_record_open(nk_ctx *ctx, nk_model *m, nk_str bytes, nk_str file,
                      nk_problems *problems, nk_record **out);

/* The same for bytes that were checked before: from the archive. */
nk_err nk_record_open_checked(nk_ctx *ctx, nk_model *m, nk_str bytes,
                              nk_str file, nk_record **out);

/* A record in which nothing is known. */
nk_err nk_record_new(nk_ctx *ctx, nk_model *m, nk_record **out);
void nk_record_close(nk_record *r);

nk_xml *nk_record_xml(nk_record *r);

/* As they were read, also when the record was cut down since. */
nk_str nk_record_number(const nk_record *r);
nk_str nk_record_office(const nk_record *r);
/* In ms; what names no zone was written by the clocks of `zone`. */
int64_t nk_record_opened(const nk_record *r, nk_zone zone);

/* The field an element of a record is of; NULL for what is none. */
const nk_field *nk_record_field(const nk_xml_node *e);

/* Text of the field at `path` from the root; empty when absent. */
nk_str nk_record_text(const nk_record *r, nk_str path);

/*
 * Write every moment as the clocks of that zone show it, so that what prints
 * its day or its time of day prints the right one. A moment that names no
 * zone is of that zone already.
 */
nk_err nk_record_set_zone(nk_ctx *ctx, nk_record *r, nk_zone zone);

/* Work out the computed fields as of that day. */
nk_err nk_record_derive(nk_ctx *ctx, nk_record *r, nk_date on);

/*
 * Add everything a complete record lacks to `problems`, each with the line
 * of its group and its label. Computed fields must have been derived.
 */
nk_err nk_record_check(nk_ctx *ctx, nk_record *r, nk_problems *problems);

/* ---- Places ------------------------------------------------------------ */

/* A place in a record, there or not yet, by the name a form's field has:
   "victim.name", "witness.0.name", "victim.disability.fisik", "@opened.time";
   the index "new" is that of one that is not there. */
typedef struct nk_spot {
    const nk_field *field;
    nk_typed part;
    nk_str option; /* of several choices the one meant; or empty */
    size_t n;      /* steps; the last leads to the field itself */
    struct nk_spot_step {
        const nk_field *field;
        size_t index; /* NK_NO_INDEX: all there are */
    } steps[NK_MAX_XML_DEPTH];
} nk_spot;

#define NK_NO_INDEX SIZE_MAX

/* False for a name that leads nowhere. "new" counts what r holds now. */
bool nk_spot_parse(const nk_record *r, nk_str name, nk_spot *out);

/* The element, of a root's attribute the root; NULL: not there. */
nk_xml_node *nk_spot_element(const nk_record *r, const nk_spot *s);

/* What stands there, as it would be typed; of an option itself or nothing. */
nk_err nk_spot_typed(nk_ctx *ctx, nk_arena *a, const nk_record *r,
                     const nk_spot *s, nk_str *out);

/*
 * Put what was typed there in place of what stands there; nothing typed takes
 * it away. Groups that are missing come into being, elements in the schema's
 * order. False in *fits, and nothing changed, for a value that cannot be
 * read.
 */
nk_err nk_spot_put(nk_ctx *ctx, nk_arena *a, nk_record *r, const nk_spot *s,
                   nk_str typed, bool *fits);

/* After the last of them: take away what came into being and stayed empty,
   and give those that need an id one. */
nk_err nk_record_tidy(nk_ctx *ctx, nk_arena *a, nk_record *r);

/* ---- Who may see what -------------------------------------------------- */

typedef struct nk_rights {
    nk_class sees;   /* up to and including, but secrets */
    uint32_t topics; /* of secrets: bit by topic */
} nk_rights;

/*
 * What a recipient may see of this record on that day. `institution` is the
 * one a consent must name. Fails with NK_E_NOTFOUND for an unknown recipient.
 */
nk_err nk_rights_of(nk_ctx *ctx, const nk_record *r, nk_str recipient,
                    nk_str institution, nk_date on, nk_rights *out);

/* The same with every consent there could be; all for one not known. */
nk_rights nk_rights_at_most(const nk_record *r, nk_str recipient);

bool nk_rights_allow(nk_rights rights, const nk_field *f);

/* Does the policy know the recipient? */
bool nk_model_has_recipient(const nk_model *m, nk_str id);

/* Take everything out of the record that the rights do not allow, elements
   and attributes. */
void nk_record_restrict(nk_record *r, nk_rights rights);

/* Every element as a line "name @attr=value = text", indented by depth. */
nk_err nk_record_dump(nk_ctx *ctx, nk_arena *a, const nk_record *r,
                      nk_str *out);

#endif
