/*
 * Issuing a paper, the whole of it in one transaction: number, paper,
 * signature, archive. After any failure nothing has happened: no number is
 * taken, nothing is filed.
 */
#include "case/case_int.h"

/* The letter that stands for a paper's secrecy in a number. */
static nk_str security_letter(nk_str security)
{
    static const struct row {
        nk_str id, letter;
    } rows[] = {
        { NK_STR_INIT("biasa"), NK_STR_INIT("B") },
        { NK_STR_INIT("terbatas"), NK_STR_INIT("T") },
        { NK_STR_INIT("rahasia"), NK_STR_INIT("R") },
        { NK_STR_INIT("sangat-rahasia"), NK_STR_INIT("SR") },
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (nk_str_eq(rows[i].id, security))
            return rows[i].letter;
    return rows[0].letter;
}

nk_err nk_case__number_text(nk_ctx *ctx, nk_arena *a, const nk_template *t,
                            const nk_office *o, nk_date date,
                            struct nk_case__number *number)
{
    nk_number_parts parts = { .class = t->class,
                              .security = security_letter(t->security),
                              .seq = number->seq,
                              .date = date };

    return nk_office_number(ctx, a, o, t->reg, &parts, &number->text);
}

nk_err nk_case__next_number(nk_ctx *ctx, nk_arena *a, nk_archive *ar,
                            const nk_template *t, const nk_office *o,
                            nk_date date, struct nk_case__number *number)
{
    nk_buf b;
    nk_err rc;

    *number = (struct nk_case__number){ .year = (uint32_t)date.year };
    if (!t->reg.len)
        return NK_OK;
    /* Registers are an office's own: two offices may share an archive. */
    nk_buf_init(&b, a);
    nk_buf_puts(&b, nk_office_id(o));
    nk_buf_putc(&b, '/');
    nk_buf_puts(&b, t->reg);
    if ((rc = nk_buf_end(ctx, &b, &number->reg)) < 0)
        return rc;
    return nk_archive_number_next(ctx, ar, number->reg, number->year,
                                  &number->seq);
}

nk_err nk_case__check_holder(nk_ctx *ctx, nk_arena *a, const nk_key *key,
                             const nk_office *o, nk_str person, nk_str name,
                             bool *unchecked)
{
    nk_proof proof = NK_PROOF_NAME;
    nk_key_info info;
    nk_err rc;

    if ((rc = nk_key_describe(ctx, a, key, &info)) < 0)
        return rc;
    if (person.len)
        proof = nk_office_holder(o, person, info.holder, info.fingerprint);
    if (proof == NK_PROOF_NAME && !info.vouched)
        *unchecked = true;
    if (proof != NK_PROOF_NONE)
        return NK_OK;
    return nk_fail(ctx, NK_E_DENIED, NK_M_NOT_THE_HOLDER, NK_NOWHERE,
                   NK_ARGS(info.holder, name));
}

void nk_case__note_unchecked(nk_problems *problems, bool unchecked)
{
    if (unchecked)
        nk_problem_add(problems, NK_WARNING, NK_M_KEY_UNCHECKED, NK_NOWHERE,
                       NK_NOARGS);
}

void nk_case__describe(const nk_template *t, const nk_made *made,
                       const struct nk_case__number *number, nk_str case_number,
                       nk_paper_state state, nk_paper *paper)
{
    *paper = (nk_paper){ .case_number = case_number,
                         .kind = t->id,
                         .version = made->version,
                         .office = made->office,
                         .title = made->title,
                         .reg = number->reg,
                         .year = number->reg.len ? number->year : 0,
                         .seq = number->seq,
                         .number = number->text,
                         .date = made->date,
                         .signer = made->signer,
                         .state = state };
}

nk_paper_state nk_case__state(const nk_key *key, nk_signing signing)
{
    return key                                ? NK_PAPER_SIGNED
           : signing == NK_SIGNING_ELECTRONIC ? NK_PAPER_PREPARED
                                              : NK_PAPER_WET;
}

nk_err nk_case__file(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                     const nk_order *order, const nk_office *o,
                     const nk_key *key, nk_str pdf, nk_paper *paper)
{
    nk_packer *packer;
    nk_packed packed;
    int64_t dict;
    nk_err rc;

    if ((rc = nk_case__dict(ctx, d, ar, order, o, key, &dict)) < 0 ||
        (rc = nk_packer_open(ctx, ar, dict, &packer)) < 0)
        return rc;
    rc = nk_packer_pack(ctx, a, packer, pdf, &packed);
    nk_packer_close(packer);
    if (rc < 0 || (rc = nk_archive_paper_put(ctx, ar, &packed, paper)) < 0)
        return rc;
    nk_log(ctx, NK_LOG_INFO, NK_STR("case"), NK_STR("filed"),
           NK_ARGS(NK_STR("id"), NK_NUM(paper->id), NK_STR("bytes"),
                   NK_NUM(paper->size)));
    return NK_OK;
}

nk_err nk_case__office_of(nk_ctx *ctx, nk_press *d, nk_str record, nk_str file,
                          nk_problems *problems, nk_office **out)
{
    nk_model *model;
    nk_record *r;
    nk_err rc;

    if ((rc = nk_press_model(ctx, d, &model)) < 0 ||
        (rc = nk_record_open_checked(ctx, model, record, file, &r)) < 0)
        return rc;
    rc = nk_press_office(ctx, d, nk_record_office(r), problems, out);
    nk_record_close(r);
    return rc;
}

/* Record, template and office of the case at hand. */
struct issuing {
    nk_ctx *ctx;
    nk_arena *a;
    nk_press *press;
    nk_archive *ar;
    const nk_key *key;
    nk_problems *problems;
    nk_order order;
    nk_template *t;
    nk_office *office;
    struct nk_case__number number;
};

static nk_err find_office(struct issuing *s)
{
    nk_err rc;

    if (s->order.office.len)
        return nk_press_office(s->ctx, s->press, s->order.office, s->problems,
                               &s->office);
    if ((rc = nk_case__office_of(s->ctx, s->press, s->order.record,
                                 s->order.file, s->problems, &s->office)) < 0)
        return rc;
    s->order.office = nk_office_id(s->office);
    return NK_OK;
}

static nk_err prepare(struct issuing *s, nk_str case_number)
{
    nk_err rc;

    if (s->key && (rc = nk_key_check(s->ctx, s->key)) < 0)
        return rc;
    s->order.file = case_number;
    if ((rc = nk_archive_case_get(s->ctx, s->a, s->ar, case_number, 0,
                                  &s->order.record)) < 0 ||
        (rc = nk_press_template(s->ctx, s->press, s->order.template_name,
                                s->problems, &s->t)) < 0 ||
        (rc = find_office(s)) < 0)
        return rc;
    s->order.checked = true;
    s->order.date = nk_case__date(s->ctx, &s->order, s->office);
    if (s->key)
        s->order.signing = NK_SIGNING_ELECTRONIC;
    if ((rc = nk_case__next_number(s->ctx, s->a, s->ar, s->t, s->office,
                                   s->order.date, &s->number)) < 0)
        return rc;
    if (!s->number.reg.len)
        return NK_OK;
    if ((rc = nk_case__number_text(s->ctx, s->a, s->t, s->office, s->order.date,
                                   &s->number)) < 0)
        return rc;
    s->order.number = s->number.text;
    return NK_OK;
}

/* ---- Without consent ----------------------------------------------------- */

/* Letters of a word; other characters part words. */
static size_t word_length(nk_str s)
{
    size_t n = 0;

    while (n < s.len &&
           (nk_is_alpha(s.ptr[n]) || (unsigned char)s.ptr[n] > 127))
        n++;
    return n;
}

/* At least three different words, and fifteen letters. */
static bool is_reason(nk_str s)
{
    nk_str words[3];
    size_t letters = 0, known = 0, n, i;

    if (s.len > NK_MAX_REASON)
        return false;
    for (; s.len; s = nk_str_skip(s, n ? n : 1)) {
        n = word_length(s);
        letters += n;
        for (i = 0; i < known; i++)
            if (nk_str_eq_nocase(words[i], nk_str_head(s, n)))
                break;
        if (n > 1 && i == known && known < 3)
            words[known++] = nk_str_head(s, n);
    }
    return known == 3 && letters >= 15;
}

/* Is it for want of consent alone that the paper would be refused? */
static nk_err check_override(struct issuing *s)
{
    nk_order plain = s->order;
    const nk_problem *p;
    nk_problems found;
    const nk_doc *doc;
    nk_err rc;

    if (!is_reason(s->order.override))
        return nk_fail(s->ctx, NK_E_INVALID, NK_M_OVERRIDE_REASON, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_REASON)));
    plain.override = NK_EMPTY;
    nk_problems_init(&found, s->a);
    rc = nk_make_doc(s->ctx, s->a, s->press, &plain, &found, &doc);
    for (p = found.first; p; p = p->next)
        if (p->msg == NK_M_CONSENT_NONE)
            return NK_OK;
    return rc < 0 ? rc
                  : nk_fail(s->ctx, NK_E_INVALID, NK_M_OVERRIDE_NEEDLESS,
                            NK_NOWHERE, NK_ARGS(s->t->title));
}

static nk_err check_decider(struct issuing *s, const nk_made *made)
{
    if (nk_office_heads(s->office, made->signer, s->order.date))
        return NK_OK;
    return nk_fail(
        s->ctx, NK_E_DENIED, NK_M_OVERRIDE_DENIED, NK_NOWHERE,
        NK_ARGS(made->signer_name.len ? made->signer_name : NK_STR("-")));
}

/* The office's copy: the same letter, which tells the reason above all. */
static nk_err file_copy(struct issuing *s, nk_str case_number, nk_made *made)
{
    const struct nk_case__number none = { .text = s->number.text };
    nk_problems found;
    nk_made copy;
    nk_paper paper;
    nk_buf title;
    nk_err rc;

    s->order.decided_by = made->signer_name;
    s->order.signing = NK_SIGNING_WET;
    nk_problems_init(&found, s->a); /* told of the letter already */
    if ((rc = nk_make(s->ctx, s->a, s->press, &s->order, &found, &copy)) < 0)
        return rc;
    nk_case__describe(s->t, &copy, &none, case_number, NK_PAPER_WET, &paper);
    nk_buf_init(&title, s->a);
    nk_buf_puts(&title, copy.title);
    nk_buf_puts(&title, nk_msg_text(NK_T_OFFICE_COPY, NK_LANG_ID));
    if ((rc = nk_buf_end(s->ctx, &title, &paper.title)) < 0 ||
        (rc = nk_case__file(s->ctx, s->a, s->press, s->ar, &s->order, s->office,
                            NULL, copy.pdf, &paper)) < 0)
        return rc;
    made->copy = paper.id;
    nk_log(s->ctx, NK_LOG_WARN, NK_STR("case"), NK_STR("override"),
           NK_ARGS(NK_STR("copy"), NK_NUM(paper.id)));
    return NK_OK;
}

static nk_err issue(struct issuing *s, nk_str case_number, nk_made *made,
                    nk_paper *paper)
{
    bool unchecked = false;
    nk_err rc;

    if ((rc = prepare(s, case_number)) < 0 ||
        (s->order.override.ptr && (rc = check_override(s)) < 0) ||
        (rc = nk_make(s->ctx, s->a, s->press, &s->order, s->problems, made)) <
            0 ||
        (s->order.override.ptr && (rc = check_decider(s, made)) < 0))
        return rc;
    if (s->key &&
        ((rc = nk_case__check_holder(s->ctx, s->a, s->key, s->office,
                                     made->signer, made->signer_name,
                                     &unchecked)) < 0 ||
         (rc = nk_make_signed(s->ctx, s->a, s->office, s->key, made->pdf,
                              NK_EMPTY, false, &made->pdf)) < 0))
        return rc;
    nk_case__note_unchecked(s->problems, unchecked);
    nk_case__describe(s->t, made, &s->number, case_number,
                      nk_case__state(s->key, s->order.signing), paper);
    if ((rc = nk_case__file(s->ctx, s->a, s->press, s->ar, &s->order, s->office,
                            s->key, made->pdf, paper)) < 0 ||
        !s->order.override.ptr)
        return rc;
    return file_copy(s, case_number, made);
}

nk_err nk_issue(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                nk_str case_number, const nk_order *order, const nk_key *key,
                nk_problems *problems, nk_made *made, nk_paper *paper)
{
    struct issuing s = { .ctx = ctx,
                         .a = a,
                         .press = d,
                         .ar = ar,
                         .key = key,
                         .problems = problems,
                         .order = *order };
    nk_err rc = nk_archive_begin(ctx, ar);

    if (rc < 0)
        return rc;
    rc = issue(&s, case_number, made, paper);
    return nk_archive_end(ctx, ar, rc, !order->dry);
}
