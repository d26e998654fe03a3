/*
 * The door of archive: papers and case records, sealed per case, byte-exact
 * or not at all (archive/FORMAT.md describes the files).
 *
 * One process writes at a time. What is put between begin and commit appears
 * together or not at all; nothing is acknowledged before it was read back.
 */
#ifndef NK_ARCHIVE_ARCHIVE_H
#define NK_ARCHIVE_ARCHIVE_H

#include "base/base.h"

typedef struct nk_archive nk_archive;

/* How the archive is unlocked: exactly one is given, also when empty. */
typedef struct nk_unlock {
    nk_str password; /* ptr NULL: none */
    nk_str key_file; /* contents of a key file; ptr NULL: none */
} nk_unlock;

/*
 * Make an archive in folder `dir`, which is made when missing. Slot 1 is
 * opened by `unlock`. Fails with NK_E_CONFLICT when there is one already.
 */
nk_err nk_archive_create(nk_ctx *ctx, nk_str dir, const nk_unlock *unlock);

/* A new random key file's contents, to be kept apart from the archive. */
nk_err nk_archive_new_key_file(nk_ctx *ctx, nk_arena *a, nk_str *out);

/* Let another password or key file open the archive as well. */
nk_err nk_archive_add_unlock(nk_ctx *ctx, nk_archive *ar,
                             const nk_unlock *unlock);

typedef enum nk_archive_mode {
    NK_ARCHIVE_READ,
    NK_ARCHIVE_WRITE
} nk_archive_mode;

/*
 * Open an archive. Fails with NK_E_NOTFOUND when there is none (exit 10),
 * NK_E_CONFLICT when another process writes (exit 11), NK_E_DENIED when
 * nothing in `unlock` opens it (exit 12), NK_E_INVALID when a newer program
 * made it. `dir` is copied.
 */
nk_err nk_archive_open(nk_ctx *ctx, nk_str dir, const nk_unlock *unlock,
                       nk_archive_mode mode, nk_archive **out);
void nk_archive_close(nk_archive *ar);

/* One transaction; rollback after any failure. They do not nest. */
nk_err nk_archive_begin(nk_ctx *ctx, nk_archive *ar);
nk_err nk_archive_commit(nk_ctx *ctx, nk_archive *ar);
void nk_archive_rollback(nk_archive *ar);

/*
 * End the transaction of a job that came to `rc`: commit when that is NK_OK
 * and the job is to be kept, else roll back, also when the commit fails.
 */
nk_err nk_archive_end(nk_ctx *ctx, nk_archive *ar, nk_err rc, bool keep);

/* ---- Cases ------------------------------------------------------------- */

typedef struct nk_case_entry {
    nk_str number; /* KASUS-2026-0001 */
    nk_str office;
    nk_str status; /* as in the case record */
    nk_date opened;
    int64_t changed; /* ms: when this version was stored */
    uint32_t versions;
    uint32_t papers;
} nk_case_entry;

/*
 * Store a case record's XML under its number; a case that exists gets a new
 * version, none is ever replaced. Needs a transaction. Nothing but the
 * entry's fields lies outside the seal. Records are packed with the newest
 * dictionary of the key NK_DICT_RECORD, if there is one.
 */
nk_err nk_archive_case_put(nk_ctx *ctx, nk_archive *ar,
                           const nk_case_entry *entry, nk_str xml);

/* The newest version (version 0) or an older one (from 1). */
nk_err nk_archive_case_get(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                           nk_str number, uint32_t version, nk_str *xml);

/* All cases by number; office empty: of every office. */
nk_err nk_archive_case_list(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                            nk_str office, nk_case_entry **list, size_t *n);

/*
 * The highest number of a case that is `prefix` and at most nine digits
 * ("KASUS-2026-"); 0: none. Needs a transaction, in which it looks through
 * the numbers once and then keeps count.
 */
nk_err nk_archive_case_last(nk_ctx *ctx, nk_archive *ar, nk_str prefix,
                            uint64_t *last);

/* ---- Numbers ----------------------------------------------------------- */

/*
 * The sequence that comes next in a register and year (from 1, no gaps).
 * Needs a transaction; the number is taken when a paper with it is put, or
 * when it is voided. Nothing but the next number can be taken, so whoever
 * plans several counts on from it and puts them in order. The reason of a
 * voided number is sealed.
 */
nk_err nk_archive_number_next(nk_ctx *ctx, nk_archive *ar, nk_str reg,
                              uint32_t year, uint32_t *seq);
nk_err nk_archive_number_void(nk_ctx *ctx, nk_archive *ar, nk_str reg,
                              uint32_t year, uint32_t seq, nk_str reason);

/* ---- Papers ------------------------------------------------------------ */

typedef enum nk_paper_state {
    NK_PAPER_SIGNED,   /* issued and signed in the file */
    NK_PAPER_WET,      /* issued with a number, to be signed by hand */
    NK_PAPER_RECEIVED, /* somebody else's */
    NK_PAPER_PREPARED, /* issued with places to sign in the file, still empty */
} nk_paper_state;

typedef struct nk_paper {
    int64_t id;         /* given by put */
    nk_str case_number; /* whose key seals it */
    nk_str kind;        /* template id */
    nk_str version;     /* template version */
    nk_str office;
    nk_str title;       /* of the template, never of the case */
    nk_str reg;         /* register the number is of; empty: no number */
    uint32_t year, seq; /* of the number */
    nk_str number;      /* as printed */
    nk_date date;
    nk_str signer; /* office person id; empty: none */
    nk_paper_state state;
    int64_t stored;     /* ms; given by put */
    int64_t replaces;   /* id of the version before; 0: none */
    uint64_t size;      /* bytes; given by put */
    uint8_t sha256[32]; /* of the bytes; given by put and get, not by find */
} nk_paper;

/* The key of the dictionary that case records are packed with. */
#define NK_DICT_RECORD "case-record"

/*
 * A preset dictionary and the resources (fonts, profiles, certificates) that
 * papers of one kind share, made from papers filled with invented data. What
 * is registered lies in the archive in clear. `key` names it: the template,
 * its version, office and signer. A key may get a newer dictionary; papers
 * keep theirs. Needs a transaction.
 *
 * Give three samples at least: what they share becomes shared, what differs
 * teaches the words that are usual. The first should have every part that a
 * paper may have; eight samples with long texts make papers about a tenth
 * smaller than three.
 */
nk_err nk_archive_dict_add(nk_ctx *ctx, nk_archive *ar, nk_str key,
                           const nk_str *samples, size_t n, int64_t *id);

/* Fails with NK_E_NOTFOUND when there is none of that key. */
nk_err nk_archive_dict_find(nk_ctx *ctx, nk_archive *ar, nk_str key,
                            int64_t *id);

/*
 * A paper taken apart and compressed; any bytes can be packed. That it comes
 * back byte for byte is proven when it is put. Packing is the slow part and
 * needs no transaction: each thread may pack with a packer of its own while
 * another writes.
 */
typedef struct nk_packer nk_packer;
typedef struct nk_packed {
    nk_str bytes;       /* what will be sealed */
    uint64_t size;      /* of the paper */
    uint8_t sha256[32]; /* of the paper */
    int64_t dict;
} nk_packed;

/* dict 0: none. Opening reads the archive, so the thread that uses it opens
   the packers; they keep nothing of it. */
nk_err nk_packer_open(nk_ctx *ctx, nk_archive *ar, int64_t dict,
                      nk_packer **out);
void nk_packer_close(nk_packer *p);
nk_err nk_packer_pack(nk_ctx *ctx, nk_arena *a, nk_packer *p, nk_str paper,
                      nk_packed *out);

/*
 * File a packed paper. Needs a transaction. Fails with NK_E_CONFLICT when
 * its number is taken or is not the next, or what it replaces cannot be;
 * NK_E_NOTFOUND when there is no such case or no paper that it replaces. Reads
 * the row back, unseals, rebuilds and hashes it before it returns;
 * NK_E_TAMPERED when that is not what was packed. After any failure, roll back.
 */
nk_err nk_archive_paper_put(nk_ctx *ctx, nk_archive *ar,
                            const nk_packed *packed, nk_paper *paper);

/*
 * Can a paper of this case replace paper `id`? Fails with NK_E_CONFLICT when
 * another one has (the message names it) or it is of another case, with
 * NK_E_NOTFOUND when there is none.
 */
nk_err nk_archive_paper_replaceable(nk_ctx *ctx, nk_archive *ar, int64_t id,
                                    nk_str case_number);

/*
 * The bytes as they were put, SHA-256 checked; else NK_E_TAMPERED. `paper`
 * (may be NULL) is filled in too.
 */
nk_err nk_archive_paper_get(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                            int64_t id, nk_paper *paper, nk_str *bytes);

typedef struct nk_paper_query {
    int64_t id;                       /* 0: any */
    nk_str case_number, number, kind; /* empty: any */
    nk_str office, signer;            /* empty: any */
    nk_date from, to;                 /* year 0: open */
    uint32_t limit, offset;           /* limit 0: NK_MAX_RESULTS */
} nk_paper_query;

/*
 * Papers that match all that is given: the newest date first, and of one day
 * the one filed last. A month or a year as `to` means its last day.
 */
nk_err nk_archive_paper_find(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                             const nk_paper_query *q, nk_paper **list,
                             size_t *n);

/* ---- Batch jobs -------------------------------------------------------- */

typedef enum nk_row_state {
    NK_ROW_WAITING,
    NK_ROW_DONE,
    NK_ROW_FAILED
} nk_row_state;

typedef struct nk_job_row {
    uint32_t row; /* from 1 */
    nk_str case_number;
    nk_row_state state;
    int64_t paper; /* id when done */
    nk_msg why;    /* when failed: never with a person's data */
    nk_str field;  /* label of the field at fault; may be empty */
} nk_job_row;

typedef struct nk_job {
    int64_t id;
    nk_str template_id, office, signer;
    int64_t created; /* ms */
    uint32_t rows, done, failed;
} nk_job;

/* Make a job with one row for each case, in that order. Needs a
   transaction. */
nk_err nk_archive_job_add(nk_ctx *ctx, nk_archive *ar, nk_job *job,
                          const nk_str *cases, size_t n);
nk_err nk_archive_job_get(nk_ctx *ctx, nk_arena *a, nk_archive *ar, int64_t id,
                          nk_job *out);
nk_err nk_archive_job_list(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                           nk_job **list, size_t *n);

/* Rows in order, from row `after` + 1, at most `max`; state -1: any. */
nk_err nk_archive_job_rows(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                           int64_t job, int state, uint32_t after, uint32_t max,
                           nk_job_row **rows, size_t *n);

/* Record what became of a row, in the transaction of its paper. */
nk_err nk_archive_job_row_set(nk_ctx *ctx, nk_archive *ar, int64_t job,
                              const nk_job_row *row);

/* Make failed rows wait again; returns how many in *n. Transaction. */
nk_err nk_archive_job_retry(nk_ctx *ctx, nk_archive *ar, int64_t job,
                            uint32_t *n);

/* ---- The whole --------------------------------------------------------- */

typedef struct nk_archive_stats {
    uint64_t cases, versions, papers, dicts, resources;
    uint64_t paper_bytes;  /* of all papers as they were put */
    uint64_t sealed_bytes; /* of their sealed remainders */
    uint64_t file_bytes;   /* of the archive's files on disk */
} nk_archive_stats;

nk_err nk_archive_stat(nk_ctx *ctx, nk_archive *ar, nk_archive_stats *out);

typedef struct nk_archive_check {
    uint64_t papers, versions; /* examined */
    uint64_t damaged;          /* of them, and of shared parts */
} nk_archive_check;

/*
 * Unseal, rebuild and hash everything, and examine the database itself.
 * Every damage is added to `problems` with the id it strikes. Finding damage
 * is no failure; `progress` (may be NULL) is called now and then. Fails with
 * NK_E_CONFLICT when what looked like damage was somebody else's writing, as
 * it can be where only they may write the folder: then it is to be repeated.
 */
nk_err nk_archive_verify(nk_ctx *ctx, nk_archive *ar, nk_problems *problems,
                         void (*progress)(void *data, uint64_t done,
                                          uint64_t all),
                         void *data, nk_archive_check *out);

#endif
