/*
 * The door of case: everything a clerk does. From a case in the archive
 * and a template to a numbered, signed and filed paper; many at once; a
 * case's papers as a dossier; cases from a table.
 */
#ifndef NK_CASE_CASE_H
#define NK_CASE_CASE_H

#include "archive/archive.h"
#include "base/base.h"
#include "doc/doc.h"
#include "office/office.h"
#include "pdf/pdf.h"
#include "record/record.h"
#include "sign/sign.h"
#include "template/template.h"

/* ---- The press --------------------------------------------------------- */

/* Where the parts of a press lie. */
typedef struct nk_press_paths {
    nk_str data;    /* folder with schemas/ and templates/ */
    nk_str fonts;   /* folder of the Liberation fonts */
    nk_str hyphens; /* file of hyphenation patterns */
} nk_press_paths;

/*
 * Schemas, templates, offices, fonts: loaded when first asked for and kept.
 * Belongs to one thread.
 */
typedef struct nk_press nk_press;

nk_err nk_press_open(nk_ctx *ctx, const nk_press_paths *paths, nk_press **out);
void nk_press_close(nk_press *d);

nk_err nk_press_model(nk_ctx *ctx, nk_press *d, nk_model **out);

/*
 * A template by id, or by file when `name` has a "/" or ends in ".xml".
 * Mistakes in it are added to `problems`.
 */
nk_err nk_press_template(nk_ctx *ctx, nk_press *d, nk_str name,
                         nk_problems *problems, nk_template **out);

/* An office profile by id. */
nk_err nk_press_office(nk_ctx *ctx, nk_press *d, nk_str id,
                       nk_problems *problems, nk_office **out);

/*
 * Check all that is known of an office: its profile, where it warns of facts
 * that are missing, and its procedure if there is one.
 */
nk_err nk_press_check_office(nk_ctx *ctx, nk_press *d, nk_str id,
                             nk_problems *problems);

/* Does this name a template's or record's file, not an id? */
bool nk_press_is_file(nk_str name);

/* Ids of all templates and of all offices there are, sorted. */
nk_err nk_press_templates(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str **ids,
                          size_t *n);
nk_err nk_press_offices(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str **ids,
                        size_t *n);

/* Invented records of a template, named as for nk_press_template: sample.xml,
   then sample-2.xml and so on, of the folder it lies in. */
nk_err nk_press_samples(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str name,
                        nk_str **records, nk_str **files, size_t *n);

/* ---- Registers --------------------------------------------------------- */

/*
 * The cases of an office opened from one day to another (year 0: no bound),
 * by number, for a template of that name: each cut down to the rights of the
 * template's recipient, and to the fields the template names. ar may be NULL
 * for a template that reads no $register. The press must outlive it.
 */
nk_err nk_register_build(nk_ctx *ctx, nk_press *d, nk_archive *ar,
                         nk_str template_name, nk_str office, nk_date from,
                         nk_date to, nk_problems *problems, nk_xml **out);

/* ---- One paper --------------------------------------------------------- */

/* What is to be made. */
typedef struct nk_order {
    nk_str template_name;
    nk_str office; /* empty: the record's */
    nk_mode mode;
    bool fillable;     /* a form to be filled in on a screen; blank or half */
    nk_str record;     /* XML of the case; empty in a blank */
    const nk_xml *reg; /* what the paper is of, instead of a case; or NULL */
    nk_str file;       /* names the record in messages */
    bool checked;      /* the record was checked before: it is the archive's */
    nk_str about;      /* id of the referral; empty: the first */
    nk_str signer;     /* person; empty: the holder of the post */
    nk_signing signing;
    nk_str number;     /* empty: none, a draft */
    nk_date date;      /* year 0: today in the office's zone */
    bool dry;          /* when issuing: do it all, then undo it */
    nk_str override;   /* when issuing: why no consent is waited for */
    nk_str decided_by; /* who decided that: this is the office's copy, which
                          says so; nk_issue makes it */
} nk_order;

/* What was made. */
typedef struct nk_made {
    nk_str pdf;
    nk_str title, office, version;
    nk_str signer, signer_name; /* who signs first: id and name, or empty */
    nk_date date;
    uint32_t pages;
    int64_t copy; /* id of the office's copy of an override; 0: none */
} nk_made;

/*
 * record -> bind -> layout -> pdf: the paper unsigned. What is missing or
 * does not fit is added to `problems`.
 */
nk_err nk_make(nk_ctx *ctx, nk_arena *a, nk_press *d, const nk_order *order,
               nk_problems *problems, nk_made *out);

/* The bound tree of the paper, for text and HTML; lives as long as a. */
nk_err nk_make_doc(nk_ctx *ctx, nk_arena *a, nk_press *d, const nk_order *order,
                   nk_problems *problems, const nk_doc **out);

/* The stages as text, for golden files: "record", "doc" or "pages". */
nk_err nk_make_dump(nk_ctx *ctx, nk_arena *a, nk_press *d,
                    const nk_order *order, nk_str stage, nk_problems *problems,
                    nk_str *out);

/*
 * Sign a paper's first free field, or `field`, with a QR of its code drawn
 * into it. `office` may be NULL: then the QR holds the code alone.
 */
nk_err nk_make_signed(nk_ctx *ctx, nk_arena *a, const nk_office *office,
                      const nk_key *key, nk_str pdf, nk_str field,
                      bool rehearse, nk_str *out);

/* The code of a paper, "ABCD-EFGH-IJKL": 60 bits of the SHA-256 of its bytes
   before the first signature. */
nk_err nk_paper_code(nk_ctx *ctx, nk_arena *a, nk_str pdf, nk_str *out);

/* ---- Issuing ----------------------------------------------------------- */

/*
 * The whole of it, in one transaction: take the next number, make, sign
 * (key NULL: not yet, or by hand, as order->signing says), file. The key must
 * be its signer's; when neither a CA (nk_key_vouch) nor the office's profile
 * speaks for it, that is a warning.
 * order->record and number are not read. *paper describes what was filed.
 *
 * With order->override a letter goes out though no consent of the client
 * holds for it. Its signer must head the office, and the reason must be some
 * words. A copy that tells the reason and who decided is filed beside it.
 */
nk_err nk_issue(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                nk_str case_number, const nk_order *order, const nk_key *key,
                nk_problems *problems, nk_made *made, nk_paper *paper);

/*
 * Sign a filed paper once more (a second party, a witness, or a paper that
 * had no signature yet) and file the result: it replaces the one before, is
 * never put in its stead, and keeps its number. `field` empty: the first
 * free place. A place of one of the office's posts is signed by the person
 * it names, who may still sign for the post today. Fails with NK_E_CONFLICT
 * when the paper was replaced already. *paper describes what was filed; with
 * `dry` it is undone.
 */
nk_err nk_countersign(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                      int64_t id, nk_str field, const nk_key *key, bool dry,
                      nk_problems *problems, nk_paper *paper, nk_str *pdf);

/* Store a case record that was checked; gives it a number when it says
   "auto". *number is the one it has. */
nk_err nk_case_store(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                     nk_str xml, nk_str file, bool allow_incomplete,
                     nk_problems *problems, nk_str *number);

/* ---- Many papers ------------------------------------------------------- */

typedef struct nk_batch {
    int64_t job;       /* of nk_archive_job_add */
    const nk_key *key; /* NULL: to be signed by hand */
    nk_str folder;     /* where PDFs go; empty: only the archive */
    unsigned threads;  /* that make papers; 1 .. NK_MAX_THREADS */
    nk_press_paths paths;
    /* Called after each commit; returns false to stop there. */
    bool (*progress)(void *data, uint32_t done, uint32_t failed, uint32_t all);
    /* What became of a row, told once it is committed; may be NULL. */
    void (*item)(void *data, const nk_job_row *row);
    int64_t (*now)(void *data); /* clock for the next papers */
    void *data;
} nk_batch;

/*
 * Work through a job's waiting rows, NK_BATCH_ROWS to a transaction. A row
 * that cannot be made is marked with its reason and takes no number. May be
 * called again after any end, a kill included: it goes on at the first row
 * that waits and writes the files that are not there yet. Mistakes in the
 * template or the office, and that no CA spoke for the key, are added to
 * `problems`.
 */
nk_err nk_batch_run(nk_ctx *ctx, nk_archive *ar, const nk_batch *b,
                    nk_problems *problems);

/* ---- Cases from a table, cases to a folder ----------------------------- */

/*
 * A CSV with a head row: one record a row. `map` (may be empty) has lines
 * "path = column"; without it the columns are named by paths. UTF-8, or
 * Windows-1252, which is said in `problems`. With `dry` nothing is stored.
 * *made counts the records that are right; the others are in `problems`.
 */
nk_err nk_case_import(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                      nk_str csv, nk_str file, nk_str map, nk_str map_file,
                      nk_str office, bool dry, nk_problems *problems,
                      uint32_t *made);

/* A filled form, as nk_case_import_form is to take it. */
typedef struct nk_filled {
    nk_str pdf, file;   /* its bytes; what names it in messages */
    nk_str case_number; /* a blank's: of the case it belongs to; empty: new */
    bool allow_incomplete;
    bool dry; /* store nothing */
} nk_filled;

/*
 * What was filled into a form that nk_make made with order->fillable, by
 * whatever program, goes into the record of its case, or of a new one, which
 * is then checked and stored as any other. Only what somebody changed is
 * looked at, and only where the form as it would be made today has a place.
 * Refused: a PDF that is no such form (NK_E_INVALID), one of another version
 * of its template (NK_E_CONFLICT). What cannot be taken is added to
 * `problems`, by field and page, and nothing is stored. *changed counts the
 * fields.
 */
nk_err nk_case_import_form(nk_ctx *ctx, nk_arena *a, nk_press *d,
                           nk_archive *ar, const nk_filled *filled,
                           nk_problems *problems, nk_str *number,
                           uint32_t *changed);

/*
 * A case as a folder: a BagIt 1.0 bag (RFC 8493) with every paper byte for
 * byte, the record, a list of what is there and how to check it. What an
 * export that was killed left beside the folder is taken away. Fails with
 * NK_E_CONFLICT when the folder is there already. With `dry` nothing is
 * written.
 */
nk_err nk_dossier_export(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                         nk_str case_number, nk_str folder, bool dry,
                         uint32_t *papers);

#endif
