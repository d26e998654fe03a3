/*
 * What the files of sign share: the paper's plan of signatures, certificates,
 * and the container of one signature (CMS).
 */
#ifndef NK_SIGN_SIGN_INT_H
#define NK_SIGN_SIGN_INT_H

#include <openssl/cms.h>
#include <openssl/x509.h>

#include "cos/cos.h"
#include "sign/sign.h"

/* The paper and its places to sign: plan.c, fields.c */

typedef struct nk_sign_slot {
    nk_str name, label; /* UTF-8 */
    nk_cos_value t, tu; /* as written; in a foreign field tu may be NONE */
    nk_cos_value rect;  /* ARRAY */
    nk_cos_value page;  /* REF; NONE in a foreign field without /P */
    nk_cos_value elem;  /* REF to the structure element; planned only */
    nk_cos_value key;   /* INT for /StructParent; planned only */
    nk_cos_value field; /* REF to the form field; NONE: not yet made */
    nk_cos_value value; /* its /V; NONE: not signed */
} nk_sign_slot;

typedef struct nk_sign_paper {
    bool is_ours; /* naskah made it and planned its signatures */
    nk_sign_slot *slots;
    size_t n;
} nk_sign_paper;

/* Every place to sign as revision `rev` has them. */
nk_err nk_sign__paper_load(nk_ctx *ctx, nk_arena *a, nk_cos_file *f, size_t rev,
                           nk_sign_paper *out);

/* Set the place and size of a field from its rectangle. */
void nk_sign__box(const nk_cos_value *rect, nk_sign_field *out);

/* The slots for the caller, with page numbers and sizes. */
nk_err nk_sign__paper_fields(nk_ctx *ctx, nk_arena *a, nk_cos_file *f,
                             size_t rev, const nk_sign_paper *p,
                             nk_sign_field **out);

/* An incremental update: update.c, hang.c, pdf_write.c */

/* What to append. */
typedef struct nk_sign_order {
    nk_cos_file *f;
    const nk_sign_paper *paper;
    size_t slot; /* to be filled */
    const nk_sign_request *request;
    nk_str look;          /* content of the appearance; empty: none */
    size_t room;          /* bytes for the container */
    unsigned char id[16]; /* second half of the new /ID */
} nk_sign_order;

typedef struct nk_sign_update {
    char *bytes; /* the whole new file; /Contents holds zeros */
    size_t len;
    size_t hex, hex_end; /* "<...>" of /Contents, as /ByteRange says */
} nk_sign_update;

nk_err nk_sign__update(nk_ctx *ctx, nk_arena *a, const nk_sign_order *order,
                       nk_sign_update *out);

/* One row of the table to be written. */
typedef struct nk_sign_placed {
    uint32_t num;
    uint16_t generation;
    size_t at; /* offset; 0: object 0, which is free */
} nk_sign_placed;

typedef struct nk_sign_writer {
    nk_ctx *ctx;
    nk_arena *a;
    const nk_sign_order *order;
    nk_cos_file *f;
    size_t rev;    /* the newest one there is */
    nk_buf b;      /* the file */
    uint32_t next; /* object numbers from here on are not taken */
    nk_sign_placed *placed;
    size_t placed_n, placed_room;
    uint32_t *fields; /* object number of every new slot's field */
    uint32_t blank;   /* appearance that draws nothing; 0: not needed */
    size_t byte_range, hex, hex_end;
} nk_sign_writer;

/* One entry of a dictionary to add or exchange. */
typedef struct nk_sign_edit {
    nk_str key, value; /* the value begins with a space or a bracket */
} nk_sign_edit;

#define NK_SIGN_EDITS 2u /* of one dictionary at most */

/* Take an object number that is free. */
uint32_t nk_sign__new_number(nk_sign_writer *w);

/* Begin and end an object. */
void nk_sign__begin(nk_sign_writer *w, uint32_t num, uint16_t generation);
void nk_sign__end(nk_sign_writer *w);

/* Append " num 0 R". */
void nk_sign__put_ref(nk_buf *b, uint32_t num);

/* Append a dictionary with some entries exchanged or added. */
void nk_sign__put_edited(nk_buf *b, const nk_cos_value *dict,
                         const nk_sign_edit *edits, size_t n);

/* Write an object anew with these edits; with none, leave it alone. */
void nk_sign__rewrite(nk_sign_writer *w, const nk_cos_object *o,
                      const nk_sign_edit *edits, size_t n);

/* The dictionary a REF means; a stream is none. */
nk_err nk_sign__find_dict(nk_sign_writer *w, const nk_cos_value *ref,
                          nk_cos_object *o);

/* The end of the update. */
nk_err nk_sign__put_table(nk_sign_writer *w);
nk_err nk_sign__put_trailer(nk_sign_writer *w, size_t xref);

/* Is a slot's field yet to be made? */
bool nk_sign__is_new(const nk_sign_writer *w, size_t slot);

/* Write the new field of slot i, its own widget; sig 0: not signed. */
void nk_sign__put_new_field(nk_sign_writer *w, size_t i, uint32_t sig,
                            uint32_t look);

/*
 * Write what makes the new fields part of the paper, and the fields that are
 * not to be signed now.
 */
nk_err nk_sign__hang(nk_sign_writer *w);

/*
 * Fails with NK_E_TAMPERED unless revision `rev`, which leads from `before`
 * to `after`, does nothing but sign one place that was planned and free.
 */
nk_err nk_sign__change_check(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                             const nk_sign_paper *before,
                             const nk_sign_paper *after);

/* Certificates: cert.c */

/* Empty OpenSSL's list of errors; did memory run out among them? */
bool nk_sign__memory_is_out(void);

/* OpenSSL refused something that has no business to fail. */
nk_err nk_sign__crypto_failed(nk_ctx *ctx);

nk_err nk_sign__describe(nk_ctx *ctx, nk_arena *a, X509 *cert,
                         nk_key_info *out);

/* Fails with NK_E_CRYPTO when the key is of a kind or size not accepted. */
nk_err nk_sign__check_strength(nk_ctx *ctx, nk_arena *a, X509 *cert);

/* Fails with NK_E_CRYPTO when the certificate is not for signing papers. */
nk_err nk_sign__check_usage(nk_ctx *ctx, nk_arena *a, X509 *cert);

/* Fails with NK_E_CRYPTO when ctx->now is outside the certificate's time. */
nk_err nk_sign__check_time(nk_ctx *ctx, nk_arena *a, X509 *cert);

/* The container of a signature: cms_parts.c, cms_make.c, cms_check.c */

/* DER slices of a SignedData with one SignerInfo; all with their headers. */
typedef struct nk_sign_parts {
    nk_str digest_algs;    /* what the SET OF AlgorithmIdentifier holds */
    nk_str certs;          /* [0], empty: none */
    nk_str digest_alg;     /* AlgorithmIdentifier */
    nk_str attrs;          /* [0] SET OF Attribute */
    nk_str sig_alg;        /* AlgorithmIdentifier */
    nk_str value;          /* without header */
    nk_str unsigned_attrs; /* [1], empty: none */
} nk_sign_parts;

/*
 * Take a container apart. True only for the one shape that PAdES B-B has:
 * version 1, detached, no CRLs, one signer named by issuer and serial.
 */
bool nk_sign__cms_parts(nk_str der, nk_sign_parts *out);

/*
 * A container ready but for two holes: the digest and the signature value,
 * which is its last value_len bytes.
 */
typedef struct nk_sign_mould {
    nk_str der;
    size_t digest;           /* offset of 32 bytes */
    size_t attrs, attrs_len; /* the attributes that are signed */
    size_t value_len;
} nk_sign_mould;

/* A DER signature by ECDSA is shorter by 1 half the time, by 2 a quarter. */
#define NK_SIGN_MOULDS 3u

struct nk_key {
    nk_arena arena; /* holds the key itself and the moulds */
    EVP_PKEY *pkey;
    X509 *cert;
    STACK_OF(X509) * chain; /* issuers without a self-signed root */
    EVP_MD *md;             /* SHA-256 */
    bool vouched;           /* nk_key_vouch found the chain good */
    size_t value_max;       /* bytes of the longest signature value */
    /* for values of value_max bytes, and 1, 2 less */
    nk_sign_mould moulds[NK_SIGN_MOULDS];
    size_t moulds_n;
    /* The one place that makes a signature value; *len is its room. */
    nk_err (*sign)(nk_ctx *ctx, const nk_key *key, nk_str data,
                   unsigned char *value, size_t *len);
};

/* Prepare the moulds of a key whose other members are set. */
nk_err nk_sign__moulds_init(nk_ctx *ctx, nk_key *key);

/* Bytes of the longest container the key makes. */
size_t nk_sign__cms_max(const nk_key *key);

/* The container for a digest; zeros for the signature when `rehearse`. */
nk_err nk_sign__cms_make(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                         const unsigned char digest[32], bool rehearse,
                         nk_str *out);

/* A container that was found in a file. */
typedef struct nk_sign_cms {
    CMS_ContentInfo *ci;
    CMS_SignerInfo *si;
    STACK_OF(X509) * certs; /* the signer's first, then others embedded */
    const EVP_MD *md;       /* what the content is to be hashed with */
} nk_sign_cms;

/*
 * Read a container; `bytes` may end in zeros. Fails with NK_E_TAMPERED or
 * NK_E_CRYPTO for one that is not acceptable; close it in any case.
 */
nk_err nk_sign__cms_open(nk_ctx *ctx, nk_arena *a, nk_str bytes,
                         nk_sign_cms *out);
void nk_sign__cms_close(nk_sign_cms *c);

/*
 * Is the digest the one that was signed, and did the embedded signer sign
 * it? Says nothing of who that is.
 */
nk_err nk_sign__cms_verify(nk_ctx *ctx, const nk_sign_cms *c,
                           const unsigned char *digest, size_t len);

/*
 * Is the signer's certificate good for signing, and its chain at ctx->now?
 * Fails with NK_E_CRYPTO. trust.c
 */
nk_err nk_sign__trust_check(nk_ctx *ctx, nk_arena *a, const nk_trust *trust,
                            const nk_sign_cms *c);

#endif
