/*
 * The door of office: the profile of one office, who may sign what, and the
 * form of its letter numbers (schemas/office.xsd).
 */
#ifndef NK_OFFICE_OFFICE_H
#define NK_OFFICE_OFFICE_H

#include "base/base.h"
#include "xml/xml.h"

typedef struct nk_office nk_office;

/*
 * Read a profile. Every fault is added to `problems`; fails with NK_E_SYNTAX
 * or NK_E_INVALID when there was an error among them. schema NULL: it was
 * checked before.
 */
nk_err nk_office_open(nk_ctx *ctx, nk_xml_schema *schema, nk_str bytes,
                      nk_str file, nk_problems *problems, nk_office **out);
void nk_office_close(nk_office *o);

/* The profile as a tree without namespace, for expressions. */
nk_xml_node *nk_office_node(const nk_office *o);

nk_str nk_office_id(const nk_office *o);
nk_zone nk_office_zone(const nk_office *o);

/* Text of a child of the root; empty when absent. */
nk_str nk_office_text(const nk_office *o, nk_str name);

/* An attribute of <page>, as the schema's default says when absent. */
nk_str nk_office_page(const nk_office *o, nk_str name);

/* The institution of that id, or NULL. */
nk_xml_node *nk_office_institution(const nk_office *o, nk_str id);

/* Warns of facts an office would want on its papers and has not given, and of
   components its service standard lacks if its procedure was read; says what
   will be refused later: patterns of numbers and people who are not. */
void nk_office_check(const nk_office *o, nk_problems *problems);

/*
 * Read the procedure of the office of that id (schemas/procedure.xsd), as a
 * tree without namespace. Every fault is added to `problems`; fails as
 * nk_office_open does.
 */
nk_err nk_procedure_open(nk_ctx *ctx, nk_xml_schema *schema, nk_str bytes,
                         nk_str file, nk_str office, nk_problems *problems,
                         nk_xml **out);

/* The same, kept with its office; it replaces one that was read before. */
nk_err nk_office_read_procedure(nk_ctx *ctx, nk_office *o,
                                nk_xml_schema *schema, nk_str bytes,
                                nk_str file, nk_problems *problems);

/* The procedure that was read, for expressions; NULL: none was. */
nk_xml_node *nk_office_procedure(const nk_office *o);

/* Who signs, and what stands above the name. */
typedef struct nk_signer {
    nk_str person;   /* id */
    nk_str name;     /* with degrees */
    nk_str title;    /* of the post held */
    nk_str rank;     /* empty: none */
    nk_str nip;      /* grouped; empty: none */
    nk_str lines[5]; /* "a.n. Kepala Dinas Sosial", "Sekretaris," */
    size_t lines_n;
} nk_signer;

/*
 * Who signs for `post` on a day: its holder, or the person named if they hold
 * it too or a delegation of that day lets them; u.b. only while the one in
 * between signs a.n. person empty: who acts for the holder that day (Plt.,
 * Plh.), else the holder. Fails with NK_E_DENIED when the person named may
 * not, NK_E_NOTFOUND when nobody holds or acts for the post.
 */
nk_err nk_office_signer(nk_ctx *ctx, nk_arena *a, const nk_office *o,
                        nk_str post, nk_str person, nk_date on, nk_signer *out);

/* Does the person head the office or its service unit on that day: by the
   post, or acting (Plt., Plh.), but not in somebody's name (a.n., u.b.)? */
bool nk_office_heads(const nk_office *o, nk_str person, nk_date on);

/* Is there such a post: one that somebody holds, held, or signs for? */
bool nk_office_has_post(const nk_office *o, nk_str post);

/* What says that a certificate is a person's. */
typedef enum nk_proof {
    NK_PROOF_NONE,        /* nothing does: it is somebody else's */
    NK_PROOF_NAME,        /* the name in it */
    NK_PROOF_CERTIFICATE, /* the profile, which gives its fingerprint */
} nk_proof;

/*
 * Is a certificate that of the person? When the profile gives the person's
 * <certificate>, only the one of that SHA-256 fingerprint is. Else the name
 * in it decides: word for word the person's, whatever the case of its
 * letters; around it stand titles alone, which are those of the profile and
 * words with a dot ("Dra.", "M.Si."). "Siti Melati" is not "Melati".
 */
nk_proof nk_office_holder(const nk_office *o, nk_str person, nk_str name,
                          nk_str fingerprint);

/* What a number is made of. */
typedef struct nk_number_parts {
    nk_str class;    /* classification code */
    nk_str security; /* letter before the number: B, T, R */
    uint32_t seq;
    nk_date date;
} nk_number_parts;

/*
 * The number as the register's pattern writes it. Fails with NK_E_NOTFOUND
 * when the profile has no such register, NK_E_INVALID for a pattern with an
 * unknown token.
 */
nk_err nk_office_number(nk_ctx *ctx, nk_arena *a, const nk_office *o,
                        nk_str reg, const nk_number_parts *parts, nk_str *out);

#endif
