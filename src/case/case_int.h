/*
 * What the files of case share.
 */
#ifndef NK_CASE_INT_H
#define NK_CASE_INT_H

#include "case/case.h"

/* Fonts, pictures and all else a paper is made with. */
nk_err nk_case__pdf(nk_ctx *ctx, nk_press *d, nk_pdf **out);

/* Let papers use the office's arms, or the neutral ones. */
nk_err nk_case__arms(nk_ctx *ctx, nk_press *d, const nk_office *o);

/* Read the procedure of an office into it, once, if there is one. */
nk_err nk_case__procedure(nk_ctx *ctx, nk_press *d, nk_office *o,
                          nk_problems *problems);

/* A register of one record, for a paper of registers that is made of it. */
nk_err nk_case__register_of_one(nk_ctx *ctx, nk_model *model,
                                const nk_template *t, const nk_office *office,
                                nk_str xml, nk_str file, nk_date on,
                                nk_xml **out);

/* The field to sign: that named, or the first that is free. */
nk_err nk_case__field(nk_ctx *ctx, nk_arena *a, nk_str pdf, nk_str name,
                      nk_sign_field *out);

/* Number, year and register an issued paper of this template would take. */
struct nk_case__number {
    nk_str reg; /* empty: the template takes none */
    uint32_t year, seq;
    nk_str text;
};

/* The text of the seq-th number. */
nk_err nk_case__number_text(nk_ctx *ctx, nk_arena *a, const nk_template *t,
                            const nk_office *o, nk_date date,
                            struct nk_case__number *number);

/* Register name and year, and the next sequence in the archive. */
nk_err nk_case__next_number(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                            const nk_template *t, const nk_office *o,
                            nk_date date, struct nk_case__number *number);

/*
 * The dictionary for papers of this template, office and signer; made from
 * the template's invented samples when there is none. Needs a transaction.
 * *id is 0 when the template has no samples that can be made, or is no longer
 * there: a paper outlives its template.
 */
nk_err nk_case__dict(nk_ctx *ctx, nk_press *d, nk_archive *ar,
                     const nk_order *order, const nk_office *o,
                     const nk_key *key, int64_t *id);

/*
 * Is the key that of the office's `person`? Fails with NK_E_DENIED when its
 * certificate is somebody else's; person empty: no paper's signer is known.
 * *unchecked is set when nothing but the name in the certificate says so.
 */
nk_err nk_case__check_holder(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                             const nk_office *o, nk_str person, nk_str name,
                             bool *unchecked);

/* Warn of a key that is used unchecked. */
void nk_case__note_unchecked(nk_problems *problems, bool unchecked);

/* Does a failure say something of one row, or of the machine? */
bool nk_case__is_of_row(nk_err rc);

/* The profile of a record's office. */
nk_err nk_case__office_of(nk_ctx *ctx, nk_press *d, nk_str record, nk_str file,
                          nk_problems *problems, nk_office **out);

/*
 * See to it that case records have a dictionary, made from the invented
 * records of all templates. Needs a transaction.
 */
nk_err nk_case__record_dict(nk_ctx *ctx, nk_press *d, nk_archive *ar);

/* Pack a paper with the dictionary of its kind and file it. Needs a
   transaction. */
nk_err nk_case__file(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                     const nk_order *order, const nk_office *o,
                     const nk_key *key, nk_str pdf, nk_paper *paper);

/* The paper as the archive describes it. */
void nk_case__describe(const nk_template *t, const nk_made *made,
                       const struct nk_case__number *number, nk_str case_number,
                       nk_paper_state state, nk_paper *paper);

/* What a paper is when it has just been issued. */
nk_paper_state nk_case__state(const nk_key *key, nk_signing signing);

/* The date of an order: its own, or today in the office's zone. */
nk_date nk_case__date(const nk_ctx *ctx, const nk_order *order,
                      const nk_office *o);

#endif
