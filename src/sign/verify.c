/*
 * The verifier. It goes through the revisions from the first on: each either
 * closes with a signature, or comes before any, or is refused. A signature
 * is asked in order whether its place in the file is the one it must have,
 * whether what it covers is unchanged, and whose it is. The first "no" is
 * its verdict; nothing is ever repaired or skipped to get past it.
 */
#include <openssl/evp.h>

#include "sign/sign_int.h"

/* Findings that leave a question open; every other one is a plain no. */
static const nk_msg open_questions[] = {
    NK_M_SIGN_UNKNOWN_SIGNER, NK_M_SIGN_CERT_EXPIRED, NK_M_SIGN_CHAIN,
    NK_M_SIGN_CERT_EXTRA,     NK_M_SIGN_KIND,
};

static nk_verdict verdict_of(nk_msg why)
{
    size_t i;

    for (i = 0; i < sizeof(open_questions) / sizeof(open_questions[0]); i++)
        if (why == open_questions[i])
            return NK_VERDICT_INDETERMINATE;
    return NK_VERDICT_INVALID;
}

/*
 * A failure that says something of the file becomes a finding: *why and *arg
 * are set and NK_OK is returned. Others are passed on.
 */
static nk_err to_finding(nk_ctx *ctx, nk_arena *a, nk_err rc, nk_msg *why,
                         nk_str *arg)
{
    if (rc != NK_E_INVALID && rc != NK_E_TAMPERED && rc != NK_E_CRYPTO)
        return rc;
    *why = ctx->fault.msg;
    if (ctx->fault.args.n) {
        *arg = nk_str_copy(a, ctx->fault.args.v[0]);
        if (!arg->ptr)
            return nk_nomem(ctx);
    }
    ctx->fault = (nk_fault){ .err = NK_OK };
    return NK_OK;
}

static nk_err finding(nk_ctx *ctx, nk_msg msg)
{
    return nk_fail(ctx, NK_E_TAMPERED, msg, NK_NOWHERE, NK_NOARGS);
}

static nk_err damaged(nk_ctx *ctx, nk_str what)
{
    return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_DAMAGED, NK_NOWHERE,
                   NK_ARGS(what));
}

/* The signature dictionary of a slot, in the revision at hand. */
static nk_err find_dict(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                        const nk_sign_slot *slot, nk_cos_value *dict)
{
    nk_cos_object o;
    nk_err rc;

    *dict = slot->value;
    if (dict->kind == NK_COS_REF) {
        if ((rc = nk_cos_read(ctx, f, rev, dict, &o)) < 0)
            return rc;
        *dict = o.value;
    }
    return dict->kind == NK_COS_DICT ? NK_OK : damaged(ctx, NK_STR("/V"));
}

static nk_err check_kind(nk_ctx *ctx, const nk_cos_value *dict)
{
    static const nk_str later[] = { NK_STR_INIT("adbe.pkcs7.detached"),
                                    NK_STR_INIT("ETSI.RFC3161") };
    nk_cos_value kind;
    size_t i;
    nk_err rc;

    if ((rc = nk_cos_get(ctx, dict, NK_STR("SubFilter"), &kind)) < 0)
        return rc;
    if (kind.kind != NK_COS_NAME)
        return damaged(ctx, NK_STR("/SubFilter"));
    if (nk_cos_name_is(kind.raw, NK_STR("ETSI.CAdES.detached")))
        return NK_OK;
    for (i = 0; i < sizeof(later) / sizeof(later[0]); i++)
        if (nk_cos_name_is(kind.raw, later[i]))
            return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_KIND, NK_NOWHERE,
                           NK_ARGS(later[i]));
    return damaged(ctx, NK_STR("/SubFilter"));
}

/*
 * Does the signer forbid what comes after? A certification that allows no
 * further signature does (DocMDP, P 1); so do locks on fields, and any
 * transform that we do not know.
 */
static nk_err read_closes(nk_ctx *ctx, nk_cos_file *f, size_t rev,
                          const nk_cos_value *dict, bool *closes)
{
    nk_cos_value list, ref, method, params, p;
    nk_str rest;
    nk_err rc;

    *closes = false;
    if ((rc = nk_cos_follow(ctx, f, rev, dict, NK_STR("Reference"), &list)) < 0)
        return rc;
    if (list.kind != NK_COS_ARRAY) {
        *closes = list.kind != NK_COS_NONE;
        return NK_OK;
    }
    for (rest = nk_cos_inside(&list); nk_cos_take(&rest, &ref);) {
        *closes = true;
        if (ref.kind != NK_COS_DICT)
            return NK_OK;
        if ((rc = nk_cos_get(ctx, &ref, NK_STR("TransformMethod"), &method)) <
                0 ||
            (rc = nk_cos_follow(ctx, f, rev, &ref, NK_STR("TransformParams"),
                                &params)) < 0)
            return rc;
        if (method.kind != NK_COS_NAME || params.kind != NK_COS_DICT ||
            !nk_cos_name_is(method.raw, NK_STR("DocMDP")))
            return NK_OK;
        if ((rc = nk_cos_get(ctx, &params, NK_STR("P"), &p)) < 0)
            return rc;
        if (p.kind != NK_COS_NONE && (p.kind != NK_COS_INT || p.number < 2))
            return NK_OK;
        *closes = false;
    }
    return NK_OK;
}

/* Four numbers: [0 a b c]. */
static bool read_range(const nk_cos_value *v, uint64_t n[4])
{
    nk_str rest = nk_cos_inside(v);
    nk_cos_value item;
    size_t i;

    for (i = 0; nk_cos_take(&rest, &item); i++) {
        if (i == 4 || item.kind != NK_COS_INT || item.number < 0)
            return false;
        n[i] = (uint64_t)item.number;
    }
    return i == 4;
}

/*
 * The signature must cover its revision from the first byte to the last, but
 * for the one string that holds the container. A line end after "%%EOF" may
 * be left out where another revision follows, whose bytes it then is.
 */
static nk_err check_range(nk_ctx *ctx, const nk_cos_file *f, size_t rev,
                          const nk_cos_value *dict, nk_str *hex, size_t *covers)
{
    const nk_cos_revision *r = &f->revisions[rev];
    nk_cos_value range, contents;
    uint64_t n[4];
    size_t from, to, least;
    nk_err rc;

    if ((rc = nk_cos_get(ctx, dict, NK_STR("ByteRange"), &range)) < 0 ||
        (rc = nk_cos_get(ctx, dict, NK_STR("Contents"), &contents)) < 0)
        return rc;
    if (range.kind != NK_COS_ARRAY || !read_range(&range, n))
        return damaged(ctx, NK_STR("/ByteRange"));
    if (contents.kind != NK_COS_HEX)
        return damaged(ctx, NK_STR("/Contents"));
    from = (size_t)(contents.raw.ptr - f->bytes.ptr);
    to = from + contents.raw.len;
    least = rev + 1 == f->n ? r->end : r->eof;
    if (from < r->start || n[0] != 0 || n[1] != from || n[2] != to ||
        n[2] + n[3] < least || n[2] + n[3] > r->end)
        return finding(ctx, NK_M_SIGN_RANGE);
    *hex = nk_cos_inside(&contents);
    *covers = (size_t)(n[2] + n[3]);
    return NK_OK;
}

/*
 * The bytes of the container. Digits only, and letters of one case: blanks
 * or a change of case would be room to hide something in.
 */
static nk_err read_hex(nk_ctx *ctx, nk_arena *a, nk_str hex, nk_str *out)
{
    char *bytes = nk_alloc(a, hex.len / 2 + 1);
    bool upper = false, lower = false;
    size_t i;

    if (!bytes)
        return nk_nomem(ctx);
    for (i = 0; i < hex.len; i++) {
        int d = nk_cos_hex_digit(hex.ptr[i]);

        if (d < 0)
            return finding(ctx, NK_M_SIGN_HIDDEN);
        upper |= nk_is_upper(hex.ptr[i]);
        lower |= d > 9 && !nk_is_upper(hex.ptr[i]);
        bytes[i / 2] = (char)((unsigned char)bytes[i / 2] << 4 | d);
    }
    if (upper && lower)
        return finding(ctx, NK_M_SIGN_HIDDEN);
    if (hex.len < 4 || hex.len % 2)
        return damaged(ctx, NK_STR("/Contents"));
    *out = (nk_str){ bytes, hex.len / 2 };
    return NK_OK;
}

/* Hash what a signature covers, leaving out its "<...>". */
static nk_err hash_covered(nk_ctx *ctx, const EVP_MD *md, nk_str bytes,
                           nk_str hex, size_t covers, unsigned char *digest,
                           size_t *len)
{
    size_t from = (size_t)(hex.ptr - bytes.ptr) - 1, to = from + hex.len + 2;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    nk_err rc = NK_OK;
    unsigned n;

    if (!c || !EVP_DigestInit_ex(c, md, NULL) ||
        !EVP_DigestUpdate(c, bytes.ptr, from) ||
        !EVP_DigestUpdate(c, bytes.ptr + to, covers - to) ||
        !EVP_DigestFinal_ex(c, digest, &n))
        rc = nk_sign__crypto_failed(ctx);
    else
        *len = n;
    EVP_MD_CTX_free(c);
    return rc;
}

static nk_err check_container(nk_ctx *ctx, nk_arena *a, const nk_cos_file *f,
                              nk_str hex, const nk_trust *trust,
                              nk_signature *sig)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    nk_sign_cms cms = { .ci = NULL };
    size_t len = 0;
    nk_str der = NK_EMPTY;
    nk_err rc;

    if ((rc = read_hex(ctx, a, hex, &der)) < 0 ||
        (rc = nk_sign__cms_open(ctx, a, der, &cms)) < 0)
        goto out;
    if ((rc = nk_sign__describe(ctx, a, sk_X509_value(cms.certs, 0),
                                &sig->signer)) < 0 ||
        (rc = hash_covered(ctx, cms.md, f->bytes, hex, sig->covers, digest,
                           &len)) < 0 ||
        (rc = nk_sign__cms_verify(ctx, &cms, digest, len)) < 0)
        goto out;
    sig->whole = true;
    rc = nk_sign__trust_check(ctx, a, trust, &cms);
    sig->trusted = rc == NK_OK;
out:
    nk_sign__cms_close(&cms);
    return rc;
}

static nk_err read_claimed(nk_ctx *ctx, nk_arena *a, const nk_cos_value *dict,
                           nk_signature *sig)
{
    nk_cos_value date;
    nk_str text;
    nk_err rc;

    if ((rc = nk_cos_get(ctx, dict, NK_STR("M"), &date)) < 0)
        return rc;
    if (date.kind != NK_COS_TEXT && date.kind != NK_COS_HEX)
        return NK_OK;
    text = nk_cos_text(a, &date);
    if (!text.ptr)
        return nk_nomem(ctx);
    if (!nk_cos_date(text, &sig->claimed))
        sig->claimed = 0;
    return NK_OK;
}

static nk_err check_signature(nk_ctx *ctx, nk_arena *a, nk_cos_file *f,
                              size_t rev, const nk_sign_slot *slot,
                              const nk_trust *trust, nk_signature *sig)
{
    nk_cos_value dict;
    nk_str hex;
    nk_err rc;

    if ((rc = find_dict(ctx, f, rev, slot, &dict)) < 0 ||
        (rc = check_range(ctx, f, rev, &dict, &hex, &sig->covers)) < 0)
        return rc;
    sig->last = sig->covers == f->bytes.len;
    if ((rc = read_claimed(ctx, a, &dict, sig)) < 0 ||
        (rc = read_closes(ctx, f, rev, &dict, &sig->closes)) < 0 ||
        (rc = check_kind(ctx, &dict)) < 0)
        return rc;
    return check_container(ctx, a, f, hex, trust, sig);
}

struct run {
    nk_ctx *ctx;
    nk_arena *a;
    nk_cos_file f;
    const nk_trust *trust;
    nk_verification *out;
};

static nk_err add_signature(struct run *r, size_t rev, const nk_sign_slot *slot)
{
    nk_verification *v = r->out;
    nk_signature *grown =
        nk_cos_room(r->a, v->signatures, v->n, sizeof(*grown));
    nk_signature *sig;
    nk_err rc;

    if (!grown)
        return nk_nomem(r->ctx);
    v->signatures = grown;
    sig = &grown[v->n++];
    *sig = (nk_signature){ .field = slot->name,
                           .label = slot->label,
                           .revision = (uint32_t)rev + 1,
                           .verdict = NK_VERDICT_VALID };
    rc = check_signature(r->ctx, r->a, &r->f, rev, slot, r->trust, sig);
    if (rc < 0) {
        rc = to_finding(r->ctx, r->a, rc, &sig->why, &sig->why_arg);
        sig->verdict = verdict_of(sig->why);
    }
    return rc;
}

/*
 * The place signed between two revisions; NULL: none. There cannot be two,
 * since each would have to be made before the other.
 */
static nk_err find_newly_signed(nk_ctx *ctx, const nk_sign_paper *before,
                                const nk_sign_paper *now,
                                const nk_sign_slot **out)
{
    size_t i;

    *out = NULL;
    for (i = 0; i < now->n; i++) {
        if (now->slots[i].value.kind == NK_COS_NONE)
            continue;
        if (i < before->n && before->slots[i].value.kind != NK_COS_NONE)
            continue;
        if (*out)
            return damaged(ctx, now->slots[i].name);
        *out = &now->slots[i];
    }
    return NK_OK;
}

/* One revision: may it be there, and what does it sign? */
static nk_err examine_revision(struct run *r, size_t rev,
                               const nk_sign_paper *before,
                               const nk_sign_paper *now)
{
    const nk_sign_slot *slot;
    nk_err rc;

    if (r->out->n) {
        const nk_signature *last = &r->out->signatures[r->out->n - 1];

        if ((rc = nk_sign__change_check(r->ctx, &r->f, rev, before, now)) < 0)
            return rc;
        if (last->closes)
            return nk_fail(r->ctx, NK_E_TAMPERED, NK_M_SIGN_CLOSED, NK_NOWHERE,
                           NK_ARGS(last->signer.holder));
    }
    if ((rc = find_newly_signed(r->ctx, before, now, &slot)) < 0)
        return rc;
    if (slot)
        return add_signature(r, rev, slot);
    return now->is_ours && rev > 0 ? finding(r->ctx, NK_M_SIGN_PAPER_CHANGED)
                                   : NK_OK;
}

/* Words that a signature cannot do without, however it was unhooked. */
static bool has_traces(nk_str bytes)
{
    return nk_str_search(bytes, NK_STR("/ByteRange")) < bytes.len;
}

static nk_err examine(struct run *r)
{
    nk_sign_paper before = { .n = 0 }, now = { .n = 0 };
    size_t rev;
    nk_err rc;

    for (rev = 0; rev < r->f.n; rev++, before = now)
        if ((rc = nk_sign__paper_load(r->ctx, r->a, &r->f, rev, &now)) < 0 ||
            (rc = examine_revision(r, rev, &before, &now)) < 0)
            return rc;
    if ((rc = nk_sign__paper_fields(r->ctx, r->a, &r->f, r->f.n - 1, &now,
                                    &r->out->fields)) < 0)
        return rc;
    r->out->fields_n = now.n;
    if (r->f.trailing)
        return nk_fail(r->ctx, NK_E_TAMPERED, NK_M_SIGN_PDF_TRAILING,
                       NK_NOWHERE, NK_ARGS(NK_NUM(r->f.trailing)));
    if (r->out->n == 0 && has_traces(r->f.bytes))
        return damaged(r->ctx, NK_STR("/AcroForm"));
    return NK_OK;
}

/* The worst of what was found. */
static nk_verdict conclude(const nk_verification *v)
{
    nk_verdict worst = v->n ? NK_VERDICT_VALID : NK_VERDICT_UNSIGNED;
    size_t i;

    if (v->why != NK_M_NONE)
        return NK_VERDICT_INVALID;
    for (i = 0; i < v->n; i++) {
        if (v->signatures[i].verdict == NK_VERDICT_INVALID)
            return NK_VERDICT_INVALID;
        if (v->signatures[i].verdict == NK_VERDICT_INDETERMINATE)
            worst = NK_VERDICT_INDETERMINATE;
    }
    return worst;
}

nk_err nk_sign_verify(nk_ctx *ctx, nk_arena *a, nk_str pdf,
                      const nk_trust *trust, nk_verification *out)
{
    nk_verification v = { .size = pdf.len };
    struct run r = { .ctx = ctx, .a = a, .trust = trust, .out = &v };
    nk_err rc;

    if ((rc = nk_cos_open(ctx, a, pdf, &r.f)) == NK_OK)
        rc = examine(&r);
    if (rc < 0 && (rc = to_finding(ctx, a, rc, &v.why, &v.why_arg)) < 0)
        return rc;
    v.verdict = conclude(&v);
    *out = v;
    return NK_OK;
}
