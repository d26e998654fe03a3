/*
 * What the files of sign share: PDF values and objects, the paper's plan of
 * signatures, certificates, and the container of one signature (CMS).
 */
#ifndef NK_SIGN_SIGN_INT_H
#define NK_SIGN_SIGN_INT_H

#include <openssl/cms.h>
#include <openssl/x509.h>

#include "sign/sign.h"

/* PDF values: pdf_lex.c */

typedef enum nk_sign_kind {
    NK_PDF_NONE, /* absent, or null, which means the same */
    NK_PDF_BOOL,
    NK_PDF_INT,
    NK_PDF_REAL,
    NK_PDF_NAME,
    NK_PDF_TEXT, /* (...) */
    NK_PDF_HEX,  /* <...> */
    NK_PDF_ARRAY,
    NK_PDF_DICT,
    NK_PDF_REF
} nk_sign_kind;

/* A value where it stands: a slice of the file, known to be well-formed. */
typedef struct nk_sign_value {
    nk_sign_kind kind;
    nk_str raw;          /* as written, with its delimiters */
    int64_t number;      /* of an INT; the object number of a REF */
    uint16_t generation; /* of a REF */
} nk_sign_value;

/* Skip white space and comments. */
void nk_sign__skip_space(nk_str *s);

/* Take a word, such as "endobj", that stands at the front of *s. */
bool nk_sign__take_word(nk_str *s, nk_str word);

/* Take digits only, at most `max`. */
bool nk_sign__take_uint(nk_str *s, uint64_t max, uint64_t *out);

/*
 * Take one whole value off *s, after white space. False when there is none,
 * it is malformed, or deeper than NK_MAX_PDF_DEPTH.
 */
bool nk_sign__take(nk_str *s, nk_sign_value *out);

/* What stands between the brackets of an array or a dictionary. */
nk_str nk_sign__inside(const nk_sign_value *v);

/* 0 .. 15, or -1. */
int nk_sign__hex_digit(char c);

/* Does a name, written with its "/", say `plain`? #xx is understood. */
bool nk_sign__name_is(nk_str raw, nk_str plain);

/*
 * The value of `key`, NONE when absent. Fails when the key is there twice:
 * readers differ on which one counts.
 */
nk_err nk_sign__get(nk_ctx *ctx, const nk_sign_value *dict, nk_str key,
                    nk_sign_value *out);

/* As nk_sign__get, but fails unless the value is of that kind. */
nk_err nk_sign__want(nk_ctx *ctx, const nk_sign_value *dict, nk_str key,
                     nk_sign_kind kind, nk_sign_value *out);

/* The structure of the PDF is broken at `what`. */
nk_err nk_sign__damaged(nk_ctx *ctx, nk_str what);

/* Text and dates: pdf_text.c */

/* TEXT or HEX as UTF-8; NK_EMPTY with ptr NULL when memory is out. */
nk_str nk_sign__text(nk_arena *a, const nk_sign_value *v);

/* Append UTF-8 as a PDF text string. */
void nk_sign__put_text(nk_buf *b, nk_str utf8);

/* Append a moment as a PDF date, and back. */
void nk_sign__put_date(nk_buf *b, int64_t ms);
bool nk_sign__date(nk_str s, int64_t *ms);

/* PDF files: pdf_file.c */

/* One subsection of a cross-reference table. */
typedef struct nk_sign_range {
    uint32_t first, count; /* object numbers */
    size_t at;             /* offset of the first 20-byte entry */
} nk_sign_range;

/* What one writing of the file added: objects, a table, a trailer. */
typedef struct nk_sign_revision {
    size_t start; /* offset after the revision before */
    size_t xref;  /* offset of its table */
    size_t eof;   /* offset after "%%EOF" */
    size_t end;   /* the same after the line end */
    nk_sign_range *ranges;
    size_t ranges_n;
    nk_sign_value trailer;
    nk_sign_value root;
} nk_sign_revision;

typedef struct nk_sign_file {
    nk_str bytes;
    nk_sign_revision *revisions; /* oldest first, at least one */
    size_t n;
    size_t ranges_n; /* of all revisions */
    size_t trailing; /* bytes after the last revision */
    size_t work;     /* bytes read so far, at most NK_MAX_PDF_WORK */
} nk_sign_file;

typedef struct nk_sign_object {
    uint32_t num;
    uint16_t generation;
    size_t at, end; /* from "num 0 obj" to after "endobj" */
    nk_sign_value value;
    bool is_stream;
} nk_sign_object;

/*
 * Room for one more in a list of n elements of `size` bytes, which doubles
 * whenever n is a power of two; NULL when memory is out.
 */
void *nk_sign__room(nk_arena *a, void *list, size_t n, size_t size);

/*
 * Find the revisions of a PDF with classic cross-reference tables. Fails
 * with NK_E_SYNTAX for what is no PDF or of a kind not read yet, NK_E_INVALID
 * for a damaged one, NK_E_LIMIT beyond the bounds.
 */
nk_err nk_sign__file_open(nk_ctx *ctx, nk_arena *a, nk_str bytes,
                          nk_sign_file *out);

/* The object a REF means in revision `rev` (from 0). */
nk_err nk_sign__object(nk_ctx *ctx, nk_sign_file *f, size_t rev,
                       const nk_sign_value *ref, nk_sign_object *out);

/* Is object `num` in use in revision `rev`? */
bool nk_sign__in_use(const nk_sign_file *f, size_t rev, uint32_t num);

/* nk_sign__get, and what the value refers to if it is a REF. */
nk_err nk_sign__follow(nk_ctx *ctx, nk_sign_file *f, size_t rev,
                       const nk_sign_value *dict, nk_str key,
                       nk_sign_value *out);

/* The document catalog of revision `rev`. */
nk_err nk_sign__catalog(nk_ctx *ctx, nk_sign_file *f, size_t rev,
                        nk_sign_object *out);

/*
 * Read the object that stands at `at` in revision `rev`; fails unless the
 * table of that very revision says so too.
 */
nk_err nk_sign__object_at(nk_ctx *ctx, nk_sign_file *f, size_t rev, size_t at,
                          nk_sign_object *out);

/* The paper and its places to sign: plan.c, fields.c */

typedef struct nk_sign_slot {
    nk_str name, label;  /* UTF-8 */
    nk_sign_value t, tu; /* as written; in a foreign field tu may be NONE */
    nk_sign_value rect;  /* ARRAY */
    nk_sign_value page;  /* REF; NONE in a foreign field without /P */
    nk_sign_value elem;  /* REF to the structure element; planned only */
    nk_sign_value key;   /* INT for /StructParent; planned only */
    nk_sign_value field; /* REF to the form field; NONE: not yet made */
    nk_sign_value value; /* its /V; NONE: not signed */
} nk_sign_slot;

typedef struct nk_sign_paper {
    bool is_ours; /* naskah made it and planned its signatures */
    nk_sign_slot *slots;
    size_t n;
} nk_sign_paper;

/* Every place to sign as revision `rev` has them. */
nk_err nk_sign__paper_load(nk_ctx *ctx, nk_arena *a, nk_sign_file *f,
                           size_t rev, nk_sign_paper *out);

/* Set the place and size of a field from its rectangle. */
void nk_sign__box(const nk_sign_value *rect, nk_sign_field *out);

/* The slots for the caller, with page numbers and sizes. */
nk_err nk_sign__paper_fields(nk_ctx *ctx, nk_arena *a, nk_sign_file *f,
                             size_t rev, const nk_sign_paper *p,
                             nk_sign_field **out);

/* An incremental update: update.c, hang.c, pdf_write.c */

/* What to append. */
typedef struct nk_sign_order {
    nk_sign_file *f;
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
    nk_sign_file *f;
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
void nk_sign__put_edited(nk_buf *b, const nk_sign_value *dict,
                         const nk_sign_edit *edits, size_t n);

/* Write an object anew with these edits; with none, leave it alone. */
void nk_sign__rewrite(nk_sign_writer *w, const nk_sign_object *o,
                      const nk_sign_edit *edits, size_t n);

/* The dictionary a REF means; a stream is none. */
nk_err nk_sign__find_dict(nk_sign_writer *w, const nk_sign_value *ref,
                          nk_sign_object *o);

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
nk_err nk_sign__change_check(nk_ctx *ctx, nk_sign_file *f, size_t rev,
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
