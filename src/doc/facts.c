/*
 * Facts that are in no record: the letter's own number, date and secrecy,
 * and who signs. They are small trees, so that expressions reach them as
 * they reach the record.
 */
#include "doc/doc_int.h"

static nk_str security_word(nk_str id)
{
    static const struct word {
        nk_str id, word;
    } words[] = {
        { NK_STR_INIT("biasa"), NK_STR_INIT("Biasa") },
        { NK_STR_INIT("terbatas"), NK_STR_INIT("Terbatas") },
        { NK_STR_INIT("rahasia"), NK_STR_INIT("Rahasia") },
        { NK_STR_INIT("sangat-rahasia"), NK_STR_INIT("Sangat Rahasia") },
    };
    size_t i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (nk_str_eq(words[i].id, id))
            return words[i].word;
    return words[0].word;
}

static nk_err add_fact(struct nk_doc__binding *b, nk_xml *x, nk_str name,
                       nk_str value)
{
    if (value.len == 0 || nk_xml_add(nk_xml_root(x), name, value))
        return NK_OK;
    return nk_nomem(b->ctx);
}

static const nk_str modes[] = { [NK_SIGNING_WET] = NK_STR_INIT("wet"),
                                [NK_SIGNING_ELECTRONIC] =
                                    NK_STR_INIT("electronic") };

nk_signing nk_doc__signing(const struct nk_doc__binding *b)
{
    return b->how->mode == NK_MODE_FILLED ? b->how->signing : NK_SIGNING_WET;
}

nk_err nk_doc__letter_facts(struct nk_doc__binding *b, nk_xml **out)
{
    nk_str facts[NK_LETTER_FACTS];
    nk_buf date, form;
    nk_err rc;
    int i;

    nk_buf_init(&date, b->a);
    if (b->how->mode != NK_MODE_BLANK)
        nk_date_put(&date, b->how->date, NK_DATE_ISO);
    nk_buf_init(&form, b->a);
    nk_buf_puts(&form, b->t->id);
    nk_buf_lit(&form, " v");
    nk_buf_puts(&form, b->t->version);
    if (date.err < 0 || form.err < 0)
        return nk_nomem(b->ctx);
    facts[NK_LETTER_NUMBER] = b->how->number;
    facts[NK_LETTER_DATE] = nk_buf_str(&date);
    facts[NK_LETTER_PLACE] = nk_office_text(b->office, NK_STR("city"));
    facts[NK_LETTER_SECURITY] = security_word(b->t->security);
    facts[NK_LETTER_SUBJECT] = b->t->subject;
    facts[NK_LETTER_TITLE] = b->t->title;
    facts[NK_LETTER_FORM] = nk_buf_str(&form);
    facts[NK_LETTER_MODE] = modes[nk_doc__signing(b)];
    facts[NK_LETTER_OVERRIDE] = b->how->override ? NK_STR("yes") : NK_EMPTY;
    facts[NK_LETTER_REASON] = b->how->reason;
    facts[NK_LETTER_DECIDED_BY] = b->how->decided_by;
    if ((rc = nk_xml_new(b->ctx, NK_STR("letter"), out)) < 0)
        return rc;
    for (i = 0; i < NK_LETTER_FACTS && rc == NK_OK; i++)
        rc = add_fact(b, *out, nk_letter_facts[i], facts[i]);
    return rc;
}

/* Who signs for a post: the person asked for, for the first post met. */
static nk_err signer_of(struct nk_doc__binding *b, nk_str post, nk_signer *s)
{
    bool asked = !b->signer_post.len || nk_str_eq(b->signer_post, post);
    nk_err rc =
        nk_office_signer(b->ctx, b->a, b->office, post,
                         asked ? b->how->signer : NK_EMPTY, b->how->date, s);

    if (rc == NK_OK && !b->signer_post.len) {
        b->signer_post = post;
        b->first_signer = s->person;
        b->first_signer_name = s->name;
    }
    return rc;
}

/* In a blank, an office that names nobody leaves the lines empty. */
static nk_err find_signer(struct nk_doc__binding *b, nk_str posts, nk_str *post,
                          nk_signer *s)
{
    nk_err rc = NK_E_NOTFOUND;

    while ((rc == NK_E_NOTFOUND || rc == NK_E_DENIED) &&
           nk_str_word(&posts, post))
        rc = signer_of(b, *post, s);
    if (rc == NK_E_NOTFOUND && b->how->mode == NK_MODE_BLANK) {
        *s = (nk_signer){ 0 };
        return NK_OK;
    }
    return rc;
}

nk_err nk_doc__signer_facts(struct nk_doc__binding *b, nk_str posts,
                            nk_str *post, nk_xml **out)
{
    nk_signer s;
    nk_err rc;
    size_t i;

    if ((rc = find_signer(b, posts, post, &s)) < 0 ||
        (rc = nk_xml_new(b->ctx, NK_STR("signer"), out)) < 0)
        return rc;
    for (i = 0; i < s.lines_n && rc == NK_OK; i++)
        rc = add_fact(b, *out, nk_signer_facts[NK_SIGNER_LINE], s.lines[i]);
    if (rc < 0 ||
        (rc = add_fact(b, *out, nk_signer_facts[NK_SIGNER_NAME], s.name)) < 0 ||
        (rc = add_fact(b, *out, nk_signer_facts[NK_SIGNER_TITLE], s.title)) <
            0 ||
        (rc = add_fact(b, *out, nk_signer_facts[NK_SIGNER_RANK], s.rank)) < 0 ||
        (rc = add_fact(b, *out, nk_signer_facts[NK_SIGNER_NIP], s.nip)) < 0)
        return rc;
    return add_fact(b, *out, nk_signer_facts[NK_SIGNER_MODE],
                    modes[nk_doc__signing(b)]);
}
