/*
 * What the files of office share.
 */
#ifndef NK_OFFICE_INT_H
#define NK_OFFICE_INT_H

#include "office/office.h"

struct nk_office {
    nk_xml *xml;
    nk_xml *procedure; /* NULL: not read */
};

/* First child of the root of that name with that attribute value, or NULL. */
nk_xml_node *nk_office__find(const nk_office *o, nk_str element, nk_str attr,
                             nk_str value);

/* Patterns of numbers that cannot be filled in. */
void nk_office__check_patterns(const nk_office *o, nk_problems *problems);

/* Warns of components of its service standard that are not laid down. */
void nk_office__check_standard(const nk_office *o, nk_problems *problems);

#endif
