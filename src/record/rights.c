/*
 * Who may see what: a recipient's rights over a record, and taking out all
 * that they do not cover. What is taken out is in no tree that later stages
 * see, so it can reach no page, tag, form field or search text.
 */
#include "record/record_int.h"

static const struct nk_recipient *recipient_of(const nk_model *m, nk_str id)
{
    size_t i;

    for (i = 0; i < m->recipients_n; i++)
        if (nk_str_eq(m->recipients[i].id, id))
            return &m->recipients[i];
    return NULL;
}

bool nk_model_has_recipient(const nk_model *m, nk_str id)
{
    return recipient_of(m, id) != NULL;
}

static nk_date date_in(const nk_xml_node *e, nk_str name)
{
    nk_xml_node *c = nk_xml_child(e, name);
    nk_date d = { 0 };

    if (!c || !nk_date_parse(nk_str_trim(nk_xml_text(c)), &d))
        return (nk_date){ 0 };
    return d;
}

/* Withdrawn by that day; one that cannot be read counts as withdrawn. */
static bool is_withdrawn(const nk_xml_node *c, nk_date on)
{
    nk_xml_node *e = nk_xml_child(c, NK_STR("withdrawn"));
    nk_date d = date_in(c, NK_STR("withdrawn"));

    return e && (nk_xml_first(e) || nk_str_trim(nk_xml_text(e)).len) &&
           nk_date_cmp(d, on) <= 0;
}

/* Given, not withdrawn, not run out, for this recipient and institution. */
static bool consent_holds(const nk_xml_node *c, nk_str recipient,
                          nk_str institution, nk_date on)
{
    nk_xml_node *service = nk_xml_child(c, NK_STR("service"));
    nk_date given = date_in(c, NK_STR("given"));
    nk_date until = date_in(c, NK_STR("until"));

    return service && nk_str_eq(nk_str_trim(nk_xml_text(service)), recipient) &&
           nk_str_eq(nk_xml_attr_or(c, NK_STR("with"), NK_EMPTY),
                     institution) &&
           given.year && nk_date_cmp(given, on) <= 0 && until.year &&
           nk_date_cmp(on, until) <= 0 && !is_withdrawn(c, on);
}

static uint32_t topics_of(const nk_model *m, const nk_xml_node *consent)
{
    const nk_xml_node *e;
    uint32_t topics = 0;

    for (e = nk_xml_first(consent); e; e = nk_xml_next(e)) {
        int t;

        if (!nk_str_eq(nk_xml_name(e), NK_STR("item")))
            continue;
        t = nk_record__topic(m, nk_str_trim(nk_xml_text(e)));
        if (t >= 0)
            topics |= 1u << t;
    }
    return topics;
}

nk_err nk_rights_of(nk_ctx *ctx, const nk_record *r, nk_str recipient,
                    nk_str institution, nk_date on, nk_rights *out)
{
    const struct nk_recipient *who = recipient_of(r->model, recipient);
    const nk_xml_node *e;
    uint32_t consented = 0;

    if (!who)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_RECIPIENT_UNKNOWN, NK_NOWHERE,
                       NK_ARGS(recipient));
    for (e = nk_xml_first(nk_xml_root(r->xml)); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("consent")) &&
            consent_holds(e, recipient, institution, on))
            consented |= topics_of(r->model, e);
    out->sees = who->sees;
    out->topics = who->always | (who->consent & consented);
    return NK_OK;
}

nk_rights nk_rights_at_most(const nk_record *r, nk_str recipient)
{
    const struct nk_recipient *who = recipient_of(r->model, recipient);

    return who ? (nk_rights){ who->sees, who->always | who->consent }
               : (nk_rights){ NK_CLASS_SECRET, UINT32_MAX };
}

bool nk_rights_allow(nk_rights rights, const nk_field *f)
{
    const nk_field *g;

    for (g = f->parent; g; g = g->parent)
        if (g->whole && !(rights.topics >> g->topic & 1))
            return false;
    if (f->class == NK_CLASS_SECRET)
        return f->topic < 0 || (rights.topics >> f->topic & 1);
    return f->class <= rights.sees;
}

static void restrict_attrs(nk_xml_node *e, nk_rights rights)
{
    const nk_field *f = nk_record_field(e), *a;

    for (a = f ? f->first : NULL; a; a = a->next)
        if (a->is_attr && !nk_rights_allow(rights, a))
            nk_xml_remove_attr(e, a->name);
}

/* A group stays for what is left in it; an empty one goes. */
static void restrict_below(nk_xml_node *e, nk_rights rights)
{
    nk_xml_node *c = nk_xml_first(e), *next;

    restrict_attrs(e, rights);

    for (; c; c = next) {
        const nk_field *f = nk_record_field(c);

        next = nk_xml_next(c);
        if (f && f->kind == NK_KIND_GROUP) {
            restrict_below(c, rights);
            if (!nk_xml_first(c))
                nk_xml_remove(c);
        } else if (!f || !nk_rights_allow(rights, f)) {
            nk_xml_remove(c);
        }
    }
}

/* Of a consent the paper says no more than what it may tell of it. */
static void restrict_consent(const nk_model *m, nk_xml_node *consent,
                             nk_rights rights)
{
    nk_xml_node *e = nk_xml_first(consent), *next;

    for (; e; e = next) {
        int t = nk_str_eq(nk_xml_name(e), NK_STR("item"))
                    ? nk_record__topic(m, nk_str_trim(nk_xml_text(e)))
                    : -1;

        next = nk_xml_next(e);
        if (t >= 0 && !(rights.topics >> t & 1))
            nk_xml_remove(e);
    }
}

void nk_record_restrict(nk_record *r, nk_rights rights)
{
    nk_xml_node *e, *root = nk_xml_root(r->xml);

    for (e = nk_xml_first(root); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("consent")))
            restrict_consent(r->model, e, rights);
    restrict_below(root, rights);
}
