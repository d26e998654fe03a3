/*
 * What the files of record share.
 */
#ifndef NK_RECORD_INT_H
#define NK_RECORD_INT_H

#include "record/record.h"

/* A recipient of schemas/policy.xml. */
struct nk_recipient {
    nk_str id;
    nk_class sees;
    uint32_t always;  /* topics: bits */
    uint32_t consent; /* topics opened by a consent */
};

struct nk_model {
    nk_arena arena;
    nk_xml_schema *schema;
    nk_xpath_env *env;
    nk_xpath **conditions; /* all that fields point to, to close them */
    size_t conditions_n;
    const nk_field *root;
    nk_str topics[NK_MAX_TOPICS];
    int topics_n;
    struct nk_recipient *recipients;
    size_t recipients_n;
    nk_regions regions;
};

#define NK_RECORD__NS NK_STR("urn:naskah:case:1")

/* Bytes of a case number or an office's name; case.xsd allows no more. */
#define NK_RECORD_WORD 60

struct nk_record {
    nk_model *model;
    nk_xml *xml;
    char number[NK_RECORD_WORD + 1], office[NK_RECORD_WORD + 1];
    char opened[NK_RECORD_WORD + 1];
};

/* The kind of a named simple type; NK_KIND_GROUP: not one of ours. */
nk_kind nk_record__kind_of_type(nk_str type);

/* What is known around a value. */
struct nk_record__around {
    nk_xml_node *group; /* the element that holds it */
    nk_date today;
    const nk_regions *regions;
};

/* Is the value fit for the field? Adds what is wrong or doubtful. */
void nk_record__check_value(const nk_field *f, nk_str value, nk_place at,
                            const struct nk_record__around *around,
                            nk_problems *problems);

/*
 * Is a record, in whose fields no fault was found, valid against case.xsd
 * beyond doubt? Its elements are marked with their fields.
 */
bool nk_record__is_plain(const nk_record *r);

/* Index of a topic's name, or -1. */
int nk_record__topic(const nk_model *m, nk_str name);

/* Value of a computed field of `group`, appended; false: nothing known. */
bool nk_record__compute(nk_str how, const nk_xml_node *group, nk_date on,
                        nk_buf *b);

#endif
