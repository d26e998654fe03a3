/*
 * Signing: is this a paper that may be signed, which place, then update,
 * hash, container. The digest is taken in one pass: what it is after the
 * bytes that were there before gives the new /ID, so that the same input
 * makes the same file.
 */
#include <assert.h>
#include <openssl/evp.h>

#include "sign/sign_int.h"

#define DIGEST 32 /* bytes of SHA-256 */

/* The reason why an already signed paper is not whole, as a message. */
static nk_err refuse_broken(nk_ctx *ctx, nk_arena *a, const nk_verification *v)
{
    nk_msg why = v->why;
    nk_str arg = v->why_arg;
    nk_buf b;
    size_t i;

    for (i = 0; why == NK_M_NONE && i < v->n; i++) {
        if (v->signatures[i].verdict != NK_VERDICT_INVALID)
            continue;
        why = v->signatures[i].why;
        arg = v->signatures[i].why_arg;
    }
    if (why == NK_M_SIGN_PAPER_CHANGED)
        return nk_fail(ctx, NK_E_INVALID, why, NK_NOWHERE, NK_NOARGS);
    nk_buf_init(&b, a);
    nk_msg_fill(&b, nk_msg_text(why, ctx->lang), NK_ARGS(arg));
    return nk_fail(ctx, NK_E_TAMPERED, NK_M_SIGN_EARLIER_BROKEN, NK_NOWHERE,
                   NK_ARGS(nk_buf_str(&b)));
}

/* Everything after the first revision must be a signature that holds. */
static nk_err check_earlier(nk_ctx *ctx, nk_arena *a, nk_str pdf)
{
    nk_verification v;
    nk_err rc;
    size_t i;

    if ((rc = nk_sign_verify(ctx, a, pdf, NULL, &v)) < 0)
        return rc;
    if (v.verdict == NK_VERDICT_INVALID)
        return refuse_broken(ctx, a, &v);
    for (i = 0; i < v.n; i++)
        if (v.signatures[i].closes)
            return nk_fail(ctx, NK_E_DENIED, NK_M_SIGN_CLOSED, NK_NOWHERE,
                           NK_ARGS(v.signatures[i].signer.holder));
    return NK_OK;
}

static nk_err check_paper(nk_ctx *ctx, nk_arena *a, const nk_cos_file *f,
                          const nk_sign_paper *p)
{
    if (f->trailing)
        return nk_fail(ctx, NK_E_INVALID, NK_M_SIGN_PDF_TRAILING, NK_NOWHERE,
                       NK_ARGS(NK_NUM(f->trailing)));
    if (!p->is_ours)
        return nk_fail(ctx, NK_E_INVALID, NK_M_SIGN_FOREIGN, NK_NOWHERE,
                       NK_NOARGS);
    return f->n > 1 ? check_earlier(ctx, a, f->bytes) : NK_OK;
}

static nk_err choose_slot(nk_ctx *ctx, const nk_sign_paper *p, nk_str name,
                          size_t *slot)
{
    size_t i;

    for (i = 0; i < p->n; i++) {
        bool free = p->slots[i].value.kind == NK_COS_NONE;

        *slot = i;
        if (name.len == 0 && free)
            return NK_OK;
        if (name.len && nk_str_eq(p->slots[i].name, name))
            return free ? NK_OK
                        : nk_fail(ctx, NK_E_CONFLICT, NK_M_SIGN_FIELD_TAKEN,
                                  NK_NOWHERE, NK_ARGS(name));
    }
    if (name.len)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_NO_PLACE_NAMED, NK_NOWHERE,
                       NK_ARGS(name));
    return nk_fail(ctx, NK_E_NOTFOUND, NK_M_NO_PLACE_TO_SIGN, NK_NOWHERE,
                   NK_NOARGS);
}

/* Hash on to `end`, and say what comes out there. */
static bool hash_to(EVP_MD_CTX *md, nk_str bytes, size_t from, size_t end,
                    unsigned char digest[DIGEST])
{
    EVP_MD_CTX *copy = EVP_MD_CTX_new();
    bool done = copy && EVP_DigestUpdate(md, bytes.ptr + from, end - from) &&
                EVP_MD_CTX_copy_ex(copy, md) &&
                EVP_DigestFinal_ex(copy, digest, NULL);

    EVP_MD_CTX_free(copy);
    return done;
}

/* Hash the bytes there are: what comes out after the first revision names
   the paper, and after all of them gives /ID. */
static bool hash_before(EVP_MD_CTX *md, const nk_cos_file *f,
                        unsigned char paper[DIGEST], unsigned char id[16])
{
    unsigned char all[DIGEST];
    size_t first = f->revisions[0].end;

    if (!hash_to(md, f->bytes, 0, first, paper))
        return false;
    memcpy(all, paper, DIGEST);
    if (first < f->bytes.len &&
        !hash_to(md, f->bytes, first, f->bytes.len, all))
        return false;
    memcpy(id, all, 16);
    return true;
}

static nk_err draw_look(nk_ctx *ctx, nk_arena *a, nk_sign_order *order,
                        const unsigned char paper[DIGEST])
{
    const nk_sign_request *r = order->request;
    nk_sign_field box;

    if (!r->draw)
        return NK_OK;
    nk_sign__box(&order->paper->slots[order->slot].rect, &box);
    return r->draw(ctx, a, r->data, box.width, box.height, paper, &order->look);
}

static bool hash_update(EVP_MD_CTX *md, const nk_sign_update *u, size_t before,
                        unsigned char digest[DIGEST])
{
    return EVP_DigestUpdate(md, u->bytes + before, u->hex - before) &&
           EVP_DigestUpdate(md, u->bytes + u->hex_end, u->len - u->hex_end) &&
           EVP_DigestFinal_ex(md, digest, NULL);
}

/* Put the container where the update left room for it. */
static nk_err put_container(nk_ctx *ctx, nk_arena *a, const nk_sign_update *u,
                            nk_str der)
{
    nk_buf hex;

    assert(u->hex + 1 + 2 * der.len < u->hex_end);
    nk_buf_init(&hex, a);
    nk_buf_hex(&hex, der.ptr, der.len);
    if (hex.err < 0)
        return nk_nomem(ctx);
    memcpy(u->bytes + u->hex + 1, hex.ptr, hex.len);
    return NK_OK;
}

static nk_err sign_slot(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                        nk_sign_order *order, nk_str *out)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    unsigned char digest[DIGEST], paper[DIGEST];
    nk_sign_update u;
    nk_str der;
    nk_err rc;

    if (!md || !EVP_DigestInit_ex(md, key->md, NULL) ||
        !hash_before(md, order->f, paper, order->id)) {
        rc = nk_sign__crypto_failed(ctx);
        goto out;
    }
    if ((rc = draw_look(ctx, a, order, paper)) < 0 ||
        (rc = nk_sign__update(ctx, a, order, &u)) < 0)
        goto out;
    if (!hash_update(md, &u, order->f->bytes.len, digest)) {
        rc = nk_sign__crypto_failed(ctx);
        goto out;
    }
    if ((rc = nk_sign__cms_make(ctx, a, key, digest, order->request->rehearse,
                                &der)) < 0 ||
        (rc = put_container(ctx, a, &u, der)) < 0)
        goto out;
    *out = (nk_str){ u.bytes, u.len };
out:
    EVP_MD_CTX_free(md);
    return rc;
}

nk_err nk_sign_pdf(nk_ctx *ctx, nk_arena *a, const nk_key *key, nk_str pdf,
                   const nk_sign_request *request, nk_str *out)
{
    nk_cos_file f;
    nk_sign_paper p;
    nk_sign_order order = {
        .f = &f, .paper = &p, .request = request, .room = nk_sign__cms_max(key)
    };
    nk_err rc;

    if ((rc = nk_key_check(ctx, key)) < 0 ||
        (rc = nk_cos_open(ctx, a, pdf, &f)) < 0 ||
        (rc = nk_sign__paper_load(ctx, a, &f, f.n - 1, &p)) < 0 ||
        (rc = check_paper(ctx, a, &f, &p)) < 0 ||
        (rc = choose_slot(ctx, &p, request->field, &order.slot)) < 0)
        return rc;
    return sign_slot(ctx, a, key, &order, out);
}
