/*
 * Signing what is filed already: a second party of an agreement, a witness,
 * or a paper that was issued without a signature.
 */
#include "case/case_int.h"

/*
 * A place of one of the office's posts is signed by the person whose name
 * stands there since the paper's day, and only while they may sign for the
 * post. A party of another house signs with whatever certificate it has.
 */
static nk_err check_signer(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                           const nk_office *o, nk_str post,
                           const nk_paper *paper, bool *unchecked)
{
    nk_date today = nk_date_at(ctx->now, nk_office_zone(o));
    nk_signer named, s;
    nk_err rc;

    if (!nk_office_has_post(o, post))
        return nk_case__check_holder(ctx, a, key, o, NK_EMPTY, NK_EMPTY,
                                     unchecked);
    rc = nk_office_signer(ctx, a, o, post, paper->signer, paper->date, &named);
    if (rc == NK_E_DENIED || rc == NK_E_NOTFOUND) /* another post's signer */
        rc = nk_office_signer(ctx, a, o, post, NK_EMPTY, paper->date, &named);
    if (rc < 0 ||
        (rc = nk_office_signer(ctx, a, o, post, named.person, today, &s)) < 0)
        return rc;
    return nk_case__check_holder(ctx, a, key, o, s.person, s.name, unchecked);
}

static nk_err sign(nk_ctx *ctx, nk_arena *a, const nk_office *o,
                   const nk_key *key, nk_str field, const nk_paper *paper,
                   nk_problems *problems, nk_str *pdf)
{
    bool unchecked = false;
    nk_sign_field f;
    nk_err rc;

    if ((rc = nk_case__field(ctx, a, *pdf, field, &f)) < 0 ||
        (rc = check_signer(ctx, a, key, o, f.name, paper, &unchecked)) < 0)
        return rc;
    nk_case__note_unchecked(problems, unchecked);
    return nk_make_signed(ctx, a, o, key, *pdf, f.name, false, pdf);
}

static nk_err countersign(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                          int64_t id, nk_str field, const nk_key *key,
                          nk_problems *problems, nk_paper *paper, nk_str *pdf)
{
    nk_order order = { 0 };
    nk_office *o;
    nk_err rc;

    if ((rc = nk_archive_paper_get(ctx, a, ar, id, paper, pdf)) < 0 ||
        (rc = nk_archive_paper_replaceable(ctx, ar, id, paper->case_number)) <
            0 ||
        (rc = nk_press_office(ctx, d, paper->office, problems, &o)) < 0 ||
        (rc = sign(ctx, a, o, key, field, paper, problems, pdf)) < 0)
        return rc;
    order.template_name = paper->kind;
    order.signer = paper->signer;
    order.date = paper->date;
    order.signing = NK_SIGNING_ELECTRONIC;
    paper->replaces = id;
    paper->reg = NK_EMPTY; /* its number is taken already */
    paper->state = NK_PAPER_SIGNED;
    return nk_case__file(ctx, a, d, ar, &order, o, key, *pdf, paper);
}

nk_err nk_countersign(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                      int64_t id, nk_str field, const nk_key *key, bool dry,
                      nk_problems *problems, nk_paper *paper, nk_str *pdf)
{
    nk_err rc = nk_archive_begin(ctx, ar);

    if (rc < 0)
        return rc;
    rc = countersign(ctx, a, d, ar, id, field, key, problems, paper, pdf);
    return nk_archive_end(ctx, ar, rc, !dry);
}
