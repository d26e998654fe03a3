/*
 * The door of sign: keys, PAdES signatures by incremental update, and the
 * verifier (EN 319 142-1, ISO 32000-1 12.8; docs/signature.md).
 *
 * A signature is appended: the unsigned paper stays an exact prefix of the
 * signed one. The first update creates every signature field the paper
 * plans; each signature fills one of them and changes nothing else.
 */
#ifndef NK_SIGN_SIGN_H
#define NK_SIGN_SIGN_H

#include "base/base.h"

/* A private key with its certificate and chain, ready to sign. */
typedef struct nk_key nk_key;

/*
 * Open a PKCS#12 file; `file` names it in messages. Accepts RSA of 2048 to
 * 4096 bits and ECDSA on P-256 and P-384, modern and legacy encryption.
 * Fails with NK_E_DENIED when the password is wrong, NK_E_CRYPTO when the
 * key cannot serve (kind, size, no certificate, certificate of another key).
 */
nk_err nk_key_open_p12(nk_ctx *ctx, nk_str bytes, nk_str file, nk_str password,
                       nk_key **out);
void nk_key_close(nk_key *key);

typedef struct nk_key_info {
    nk_str holder;                 /* common name of the subject */
    nk_str issuer;                 /* common name of the issuer */
    nk_str serial;                 /* hexadecimal, lower case */
    nk_str algorithm;              /* "RSA-2048", "P-256" */
    nk_str fingerprint;            /* SHA-256 of the certificate, hexadecimal */
    int64_t not_before, not_after; /* ms */
    bool vouched;                  /* of a key: nk_key_vouch succeeded */
} nk_key_info;

nk_err nk_key_describe(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                       nk_key_info *out);

/*
 * May this key sign a paper at ctx->now? Fails with NK_E_CRYPTO when its
 * certificate is expired, not yet valid, or not meant for signing.
 */
nk_err nk_key_check(nk_ctx *ctx, const nk_key *key);

/* A place to sign, as the paper plans it. */
typedef struct nk_sign_field {
    nk_str name;           /* partial field name, unique in the paper */
    nk_str label;          /* what a screen reader says */
    uint32_t page;         /* from 1; 0: on no page */
    int32_t x, y;          /* lower left corner, 1/1000 pt */
    int32_t width, height; /* 1/1000 pt */
    bool is_signed;
} nk_sign_field;

/* Every signature field of a paper, in the order planned. */
nk_err nk_sign_fields(nk_ctx *ctx, nk_arena *a, nk_str pdf,
                      nk_sign_field **fields, size_t *n);

/*
 * Draw what is seen of a signature: content operators for a box of that
 * size, 1/1000 pt, with its origin lower left; empty: nothing. `paper` is
 * the SHA-256 of the unsigned paper: the first revision.
 */
typedef nk_err (*nk_sign_draw)(nk_ctx *ctx, nk_arena *a, void *data,
                               int32_t width, int32_t height,
                               const uint8_t paper[32], nk_str *out);

typedef struct nk_sign_request {
    nk_str field;      /* empty: the first that is not signed */
    nk_sign_draw draw; /* NULL: draw nothing */
    void *data;        /* handed to draw */
    nk_str reason;     /* empty: none */
    nk_str location;   /* empty: none */
    bool rehearse;     /* put zeros for the signature value: the result has
                          the size and shape of a signed paper and proves
                          nothing */
} nk_sign_request;

/*
 * Sign one field of a paper naskah made; *out is the whole signed file.
 *
 * PAdES B-B: ETSI.CAdES.detached, SHA-256, chain embedded, no signing-time
 * attribute; /M is ctx->now. Fails as nk_key_check does; with NK_E_SYNTAX
 * for what is no PDF, is encrypted, or of a kind not read yet; with
 * NK_E_INVALID for a foreign PDF or one changed after it was made, with
 * NK_E_NOTFOUND for one without a free field, or that field; with
 * NK_E_CONFLICT when the field is signed already, NK_E_TAMPERED when an
 * earlier signature no longer holds, NK_E_DENIED when an earlier signer
 * closed the paper. Same input, key (RSA) and clock, same bytes.
 */
nk_err nk_sign_pdf(nk_ctx *ctx, nk_arena *a, const nk_key *key, nk_str pdf,
                   const nk_sign_request *request, nk_str *out);

/* Certificates whose word is taken. */
typedef struct nk_trust nk_trust;

/* One or more certificates in PEM; `file` names them in messages. */
nk_err nk_trust_open(nk_ctx *ctx, nk_str pem, nk_str file, nk_trust **out);
void nk_trust_close(nk_trust *trust);

/*
 * Does the key's chain lead to a trusted certificate at ctx->now? Fails with
 * NK_E_CRYPTO when it does not; the key remembers that it does.
 */
nk_err nk_key_vouch(nk_ctx *ctx, nk_key *key, const nk_trust *trust);

typedef enum nk_verdict {
    NK_VERDICT_VALID,         /* whole, known signer, nothing else after */
    NK_VERDICT_INVALID,       /* at least one answer is no */
    NK_VERDICT_INDETERMINATE, /* no answer is no, but who signed, or when,
                                 or how, cannot be known */
    NK_VERDICT_UNSIGNED,      /* a readable paper without a signature */
} nk_verdict;

/* What was found of one signature: three questions, three answers. */
typedef struct nk_signature {
    nk_str field;
    nk_str label;
    nk_key_info signer; /* of the certificate found inside */
    int64_t claimed;    /* /M, ms; 0: none */
    uint32_t revision;  /* which revision it closes, from 1 */
    size_t covers;      /* bytes from the start of the file */
    bool whole;         /* is every byte it covers as it was signed? */
    bool trusted;       /* is the signer's chain good at ctx->now? */
    bool last;          /* does it cover the file to its end? */
    bool closes;        /* does it forbid any further signature? */
    nk_verdict verdict;
    nk_msg why; /* the first thing that is wrong; NK_M_NONE: none */
    nk_str why_arg;
} nk_signature;

typedef struct nk_verification {
    nk_verdict verdict;
    nk_msg why; /* what is wrong with the file as a whole; NK_M_NONE: none */
    nk_str why_arg;
    size_t size;              /* bytes */
    nk_signature *signatures; /* oldest first */
    size_t n;
    nk_sign_field *fields; /* all that the paper plans */
    size_t fields_n;
} nk_verification;

/*
 * Examine a PDF. A verdict is no failure; the call fails with NK_E_SYNTAX
 * only for what is no PDF, is encrypted, or of a kind not read yet, and
 * NK_E_LIMIT for one beyond the bounds of base/limits.h. trust NULL: every
 * signer is unknown.
 *
 * Never repairs: a file with a damaged structure is invalid. What was
 * appended after a signature is accepted only if it is a further valid
 * signature in a field the signed revision had planned. The verdict on the
 * file is the worst of what was found. docs/signature.md lists every finding
 * with its verdict.
 */
nk_err nk_sign_verify(nk_ctx *ctx, nk_arena *a, nk_str pdf,
                      const nk_trust *trust, nk_verification *out);

#endif
