/*
 * What the files of archive share, besides code.h and db.h.
 */
#ifndef NK_ARCHIVE_ARCHIVE_INT_H
#define NK_ARCHIVE_ARCHIVE_INT_H

#include "archive/code.h"
#include "archive/db.h"
#include "crypto/crypto.h"

#define NK_ARCHIVE_FORMAT   1 /* of the files; FORMAT.md describes it */
#define NK_ARCHIVE_ID_SIZE  16
#define NK_CASE_PREFIX_SIZE 32
#define NK_WRAPPED_SIZE     (NK_KEY_SIZE + NK_SEAL_EXTRA)

/* How many rows there are of what is never deleted; sealed in the file. */
typedef struct nk_counts {
    int64_t papers, versions, casefiles, voids;
} nk_counts;

struct nk_archive {
    char *dir;
    nk_archive_mode mode;
    int lock; /* the lock file, held while writing; -1: none */
    nk_db *data, *keys;
    uint8_t id[NK_ARCHIVE_ID_SIZE]; /* random; in both files */
    nk_secret *kek;                 /* wraps the others */
    nk_secret *own;                 /* seals what is of no case */
    nk_secret *case_key;            /* of the case used last */
    int64_t case_key_id;            /* 0: none yet */
    nk_inflater *inflater;
    nk_packer *packer;   /* for case records; NULL: not yet open */
    int64_t packer_dict; /* what it packs with */
    nk_arena scratch;    /* of one call */
    bool in_tx, in_keys_tx;
    nk_counts counts, counts_before; /* in the transaction; at its begin */
    struct {
        char prefix[NK_CASE_PREFIX_SIZE]; /* empty: not asked for yet */
        uint64_t last;
    } case_numbers; /* in the transaction */
    struct {
        nk_arena arena; /* what `dict` lives in */
        nk_dict *dict;  /* NULL: none */
        uint64_t used;  /* when: by `clock` */
    } cached[NK_MAX_DICTS_OPEN];
    uint64_t clock;
};

static inline nk_str nk_archive__bytes(const void *p, size_t n)
{
    return (nk_str){ p, n };
}

/*
 * What a seal binds besides its text, written so that no two lists of fields
 * give the same bytes: a text as its length (4 bytes, lowest first) and its
 * bytes, a number as 8 bytes, lowest first.
 */
typedef struct nk_aad {
    nk_buf b;
} nk_aad;

/* Begin with what is sealed ("paper") and the archive's id. */
void nk_archive__aad_init(nk_aad *d, nk_arena *a, const nk_archive *ar,
                          nk_str what);
void nk_archive__aad_text(nk_aad *d, nk_str v);
void nk_archive__aad_int(nk_aad *d, int64_t v);
nk_err nk_archive__aad_end(nk_ctx *ctx, nk_aad *d, nk_str *out);

/* A day as the number yyyymmdd, 0 where nothing is known, and back. */
int64_t nk_archive__date_to_int(nk_date d);
nk_date nk_archive__date_from_int(int64_t v);

/* A text column copied to `a`. */
nk_err nk_archive__keep(nk_ctx *ctx, nk_arena *a, nk_str text, nk_str *out);

/* Seal the hash of a paper and its packed form. */
nk_err nk_archive__seal_packed(nk_ctx *ctx, nk_arena *a, const nk_secret *key,
                               nk_str aad, const nk_packed *packed,
                               nk_str *out);

/*
 * Unseal with ar->case_key, rebuild in memory of `a` and hash. False when any
 * of it does not fit, or when memory is out: is_starved then tells.
 */
bool nk_archive__unseal_packed(nk_archive *ar, nk_arena *a, nk_str aad,
                               nk_str sealed, const nk_dict *dict,
                               uint64_t size, uint8_t sha256[NK_SHA256_SIZE],
                               nk_str *bytes);

static inline bool nk_archive__is_starved(const nk_archive *ar,
                                          const nk_arena *a)
{
    return ar->scratch.starved || a->starved;
}

/* Seal with the archive's own key, in memory of the scratch. */
nk_err nk_archive__seal_own(nk_ctx *ctx, nk_archive *ar, nk_str aad,
                            nk_str plain, nk_str *out);

/* The other way, in memory of `a`; *ok false: the seal does not fit. */
nk_err nk_archive__unseal_own(nk_ctx *ctx, nk_arena *a, const nk_archive *ar,
                              nk_str aad, nk_str sealed, nk_str *out, bool *ok);

/* ---- keys.c ------------------------------------------------------------ */

/* Fill a new key file with its tables, slot 1 and the archive's own key. */
nk_err nk_archive__keys_make(nk_ctx *ctx, nk_archive *ar,
                             const nk_unlock *unlock);

/* Open ar->kek and ar->own by the first slot that `unlock` fits. */
nk_err nk_archive__keys_unlock(nk_ctx *ctx, nk_archive *ar,
                               const nk_unlock *unlock);

/* A new case key, in ar->case_key; needs a transaction. */
nk_err nk_archive__key_new(nk_ctx *ctx, nk_archive *ar, int64_t *id);

/* Case key `id` into ar->case_key; `number` names the case in messages. */
nk_err nk_archive__key_load(nk_ctx *ctx, nk_archive *ar, int64_t id,
                            nk_str number);

/* Report slots whose rows were changed. */
nk_err nk_archive__keys_verify(nk_ctx *ctx, nk_archive *ar,
                               nk_problems *problems);

/* ---- archive.c --------------------------------------------------------- */

/* Read the sealed counts; fails with NK_E_TAMPERED. */
nk_err nk_archive__counts_load(nk_ctx *ctx, nk_archive *ar, nk_counts *out);

/* What looks damaged while somebody else writes is only in use: exit 11. */
nk_err nk_archive__settle(nk_ctx *ctx, const nk_archive *ar, nk_err rc);

/* ---- verify.c ---------------------------------------------------------- */

/*
 * When rc says that something is damaged, it becomes a problem, and the
 * examination goes on; other failures stay.
 */
nk_err nk_archive__note(nk_ctx *ctx, nk_problems *problems, nk_err rc);

/* ---- dicts.c ----------------------------------------------------------- */

/* Load a dictionary with its resources, all in memory of `a`. */
nk_err nk_archive__dict_load(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                             int64_t id, nk_dict **out);

/* The same, kept by the archive until others are wanted; id 0: NULL. */
nk_err nk_archive__dict_get(nk_ctx *ctx, nk_archive *ar, int64_t id,
                            const nk_dict **out);
void nk_archive__dicts_release(nk_archive *ar);

/* Report resources and dictionaries that were changed. */
nk_err nk_archive__dicts_verify(nk_ctx *ctx, nk_archive *ar,
                                nk_problems *problems);

/* ---- cases.c ----------------------------------------------------------- */

typedef struct nk_casefile {
    int64_t id, key;
} nk_casefile;

/* Fails with NK_E_NOTFOUND. */
nk_err nk_archive__case_find(nk_ctx *ctx, nk_archive *ar, nk_str number,
                             nk_casefile *out);

/* Unseal, rebuild and hash version `id`; report what is wrong with it. */
nk_err nk_archive__version_verify(nk_ctx *ctx, nk_archive *ar, int64_t id,
                                  nk_problems *problems);

/* ---- numbers.c --------------------------------------------------------- */

/* The book of a register and year, made when new. */
nk_err nk_archive__book(nk_ctx *ctx, nk_archive *ar, nk_str reg, uint32_t year,
                        int64_t *book);

/* Fails with NK_E_CONFLICT unless seq is the next of the book. */
nk_err nk_archive__number_check(nk_ctx *ctx, nk_archive *ar, int64_t book,
                                nk_str reg, uint32_t year, uint32_t seq);

/*
 * A printed number with "{}" (or "{3}": so many digits) where its sequence
 * stands first at or after *from, which moves behind it. False when it does
 * not stand there as a number of its own.
 */
bool nk_archive__number_split(nk_arena *a, nk_str number, uint32_t seq,
                              size_t *from, nk_str *pattern);

/*
 * The pattern a printed number is kept by; empty: it is kept as printed.
 * Where the sequence stands more than once ("465.3/465/2026"), it is where
 * it stood in the number before: so papers share one pattern.
 */
nk_err nk_archive__number_place(nk_ctx *ctx, nk_archive *ar, int64_t book,
                                nk_str number, uint32_t seq, nk_str *pattern);
nk_str nk_archive__number_join(nk_arena *a, nk_str pattern, uint32_t seq);

/* Report gaps, and voids that were changed. */
nk_err nk_archive__numbers_verify(nk_ctx *ctx, nk_archive *ar,
                                  nk_problems *problems);

/* ---- papers.c ---------------------------------------------------------- */

/* Unseal, rebuild and hash paper `id`; report what is wrong with it. */
nk_err nk_archive__paper_verify(nk_ctx *ctx, nk_archive *ar, int64_t id,
                                nk_problems *problems);

/* A row of a statement that begins with the columns of a paper. */
nk_err nk_archive__paper_read(nk_ctx *ctx, nk_arena *a, nk_query *q,
                              nk_paper *p);

#endif
