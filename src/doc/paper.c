/*
 * A paper as a whole: its page, what it is about, what its recipient may
 * see, and its body, header and footer. What stands in them is bind.c's.
 */
#include "doc/doc_int.h"

static nk_mpt length_or(nk_mpt given, const nk_office *o, nk_str name)
{
    nk_mpt v = 0;

    if (given >= 0)
        return given;
    nk_mpt_parse(nk_office_page(o, name), &v);
    return v;
}

static void settle_page(const struct nk_doc__binding *b, nk_doc *d)
{
    const nk_page_setup *p = &b->t->page;
    const nk_paper_size *paper = nk_paper_find(
        p->paper.len ? p->paper : nk_office_page(b->office, NK_STR("paper")));
    nk_mpt factor = 0;

    d->width = p->landscape ? paper->height : paper->width;
    d->height = p->landscape ? paper->width : paper->height;
    d->top = length_or(p->top, b->office, NK_STR("top"));
    d->first_top = p->first_top >= 0 ? p->first_top : d->top;
    d->right = length_or(p->right, b->office, NK_STR("right"));
    d->bottom = length_or(p->bottom, b->office, NK_STR("bottom"));
    d->left = length_or(p->left, b->office, NK_STR("left"));
    d->type = p->style;
    if (!(p->style.set & NK_SET_SIZE))
        nk_mpt_parse(nk_office_page(b->office, NK_STR("size")), &d->type.size);
    if (!(p->style.set & NK_SET_FAMILY) &&
        nk_str_eq(nk_office_page(b->office, NK_STR("font")), NK_STR("serif")))
        d->type.family = NK_FACE_SERIF;
    if (!(p->style.set & NK_SET_LEADING)) {
        nk_str s = nk_office_page(b->office, NK_STR("leading"));
        nk_buf buf;

        nk_buf_init(&buf, b->a);
        nk_buf_puts(&buf, s);
        nk_buf_lit(&buf, "pt");
        nk_mpt_parse(nk_buf_str(&buf), &factor);
        d->type.leading = factor >= 800 ? (uint32_t)factor : 1150;
    }
}

/* $name is that one node, or nothing. */
static nk_err set_one(struct nk_doc__binding *b, nk_str name, nk_xml_node *node)
{
    return nk_xpath_set_nodes(b->ctx, b->t->env, name, &node, node ? 1 : 0);
}

/* The paper is about that node, whatever an include hides meanwhile. */
static nk_err set_about(struct nk_doc__binding *b, nk_xml_node *const *node)
{
    struct nk_doc__spot *spot = &b->about.spot;
    nk_err rc;

    b->about =
        (struct nk_doc__var){ .name = b->t->about, .nodes = node, .n = 1 };
    if (b->how->fillable) {
        if ((rc = nk_doc__spot(b, nk_xpath_source(b->t->about_select), spot)) <
                0 ||
            (rc = *node == b->none ? nk_doc__spot_at(b, NK_DOC__NEW, spot)
                                   : nk_doc__spot_nth(b, node, 1, 0, spot)) < 0)
            return rc;
        spot->filtered = false;
    }
    b->vars = &b->about;
    return nk_xpath_set_nodes(b->ctx, b->t->env, b->t->about, node, 1);
}

/* What a paper is about, by words that outlive the node. */
struct subject {
    nk_str id, institution, recipient;
};

static nk_err find_about(struct nk_doc__binding *b, nk_str id,
                         nk_xml_node **out)
{
    nk_xml_node **nodes;
    size_t n, i = 0;
    nk_err rc = nk_xpath_nodes(b->ctx, b->a, b->t->env, b->t->about_select,
                               b->node, b->t->about_at, &nodes, &n);

    if (rc < 0)
        return rc;
    while (i < n && id.len &&
           !nk_str_eq(nk_xml_attr_or(nodes[i], NK_STR("id"), NK_EMPTY), id))
        i++;
    /* A form begun before there is anything it could be about. */
    if (n == 0 && !id.len && b->how->mode == NK_MODE_HALF &&
        !nk_str_eq(b->t->recipient, NK_STR("about"))) {
        *out = b->none;
        return NK_OK;
    }
    if (i == n)
        return nk_fail(b->ctx, NK_E_NOTFOUND, NK_M_ABOUT_NONE,
                       nk_xml_place(b->node),
                       NK_ARGS(b->t->title, b->t->about, id));
    *out = nodes[i];
    return NK_OK;
}

static nk_err settle_subject(struct nk_doc__binding *b, struct subject *s)
{
    nk_str to = b->t->recipient;
    nk_xml_node *e;
    nk_err rc;

    *s = (struct subject){ .recipient = to };
    if (!b->t->about.len || b->how->mode == NK_MODE_BLANK)
        return NK_OK;
    if ((rc = find_about(b, b->how->about, &e)) < 0)
        return rc;
    if (nk_str_eq(to, NK_STR("about")))
        to = nk_xml_attr_or(e, NK_STR("to"), NK_EMPTY);
    s->recipient = nk_str_copy(b->a, to);
    s->id = nk_str_copy(b->a, nk_xml_attr_or(e, NK_STR("id"), NK_EMPTY));
    s->institution =
        nk_str_copy(b->a, nk_xml_attr_or(e, NK_STR("institution"), NK_EMPTY));
    return s->recipient.ptr && s->id.ptr && s->institution.ptr
               ? NK_OK
               : nk_nomem(b->ctx);
}

/* Cut the record down to what the recipient may see. */
static nk_err settle_rights(struct nk_doc__binding *b, const struct subject *s)
{
    nk_err rc;

    if (b->how->mode == NK_MODE_BLANK) {
        /* Nothing is known; nor has what is never shown a place. */
        b->rights = nk_rights_at_most(b->record, s->recipient);
        return NK_OK;
    }
    if (b->how->override)
        b->rights = nk_rights_at_most(b->record, s->recipient);
    else if ((rc = nk_rights_of(b->ctx, b->record, s->recipient, s->institution,
                                b->how->date, &b->rights)) < 0)
        return rc;
    nk_record_restrict(b->record, b->rights);
    return NK_OK;
}

/* $about, as much of it as is left. */
static nk_err settle_about(struct nk_doc__binding *b, const struct subject *s)
{
    nk_xml_node **node;
    nk_err rc;

    if (!b->t->about.len)
        return NK_OK;
    if (b->how->mode == NK_MODE_BLANK)
        return set_about(b, &b->none);
    if (!(node = NK_NEW(b->a, nk_xml_node *)))
        return nk_nomem(b->ctx);
    if ((rc = find_about(b, s->id, node)) < 0)
        return rc;
    return set_about(b, node);
}

static nk_err bind_top(struct nk_doc__binding *b, const nk_tpl *t,
                       const nk_node **out)
{
    nk_node *top = NK_NEW(b->a, nk_node);
    nk_err rc;

    *out = NULL;
    if (!t)
        return NK_OK;
    if (!top)
        return nk_nomem(b->ctx);
    top->kind = NK_NODE_BLOCK;
    top->style = t->style;
    top->span = 1;
    top->count = t->count;
    if ((rc = nk_doc__bind_children(b, t->first, top)) < 0)
        return rc;
    *out = top;
    return NK_OK;
}

static nk_err set_facts(struct nk_doc__binding *b, nk_str institution)
{
    nk_err rc;

    if ((rc = nk_doc__letter_facts(b, &b->letter)) < 0 ||
        (rc = set_one(b, NK_STR("letter"), nk_xml_root(b->letter))) < 0 ||
        (rc = set_one(b, NK_STR("office"), nk_office_node(b->office))) < 0 ||
        (rc = set_one(b, NK_STR("procedure"), nk_office_procedure(b->office))) <
            0 ||
        (rc = set_one(b, NK_STR("register"),
                      b->how->reg ? nk_xml_root(b->how->reg) : NULL)) < 0)
        return rc;
    nk_xpath_set_position(b->t->env, 1, 1);
    b->institution = institution;
    return set_one(
        b, NK_STR("to"),
        institution.len ? nk_office_institution(b->office, institution) : NULL);
}

/* Variables point into trees that go away with this paper. */
static void forget_facts(struct nk_doc__binding *b)
{
    const nk_str names[] = { NK_STR("letter"),   NK_STR("office"),
                             NK_STR("to"),       NK_STR("procedure"),
                             NK_STR("register"), b->t->about };
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].len)
            set_one(b, names[i], NULL);
    nk_xml_close(b->letter);
}

static nk_err bind_all(struct nk_doc__binding *b, nk_doc *d)
{
    const nk_template *t = b->t;
    struct subject s;
    nk_err rc;

    nk_xpath_env_bound(t->env, NK_MAX_PAPER_OPS);
    if (b->how->mode != NK_MODE_BLANK &&
        ((rc = nk_record_set_zone(b->ctx, b->record,
                                  nk_office_zone(b->office))) < 0 ||
         (rc = nk_record_derive(b->ctx, b->record, b->how->date)) < 0))
        return rc;
    if ((rc = settle_subject(b, &s)) < 0 || (rc = settle_rights(b, &s)) < 0 ||
        (rc = settle_about(b, &s)) < 0 ||
        (rc = set_facts(b, s.institution)) < 0)
        return rc;
    d->about = s.id;
    d->template_id = t->id;
    d->version = t->version;
    d->lang = t->lang;
    d->title = t->title;
    d->author = nk_office_text(b->office, NK_STR("name"));
    d->family = t->family;
    /* A half-filled one gets its number by hand. */
    d->draft =
        t->reg.len && !b->how->number.len && b->how->mode == NK_MODE_FILLED;
    d->fillable = b->how->fillable;
    settle_page(b, d);
    if ((rc = bind_top(b, t->body, &d->body)) < 0)
        return rc;
    d->signer = b->first_signer;
    d->signer_name = b->first_signer_name;
    b->furniture = true;
    if ((rc = bind_top(b, t->page.header, &d->header)) < 0)
        return rc;
    return bind_top(b, t->page.footer, &d->footer);
}

nk_err nk_doc_bind(nk_ctx *ctx, nk_arena *a, const nk_template *t,
                   nk_record *record, nk_model *model, const nk_office *office,
                   const nk_bind *how, nk_problems *problems, nk_doc **out)
{
    struct nk_doc__binding b = { .ctx = ctx,
                                 .a = a,
                                 .t = t,
                                 .office = office,
                                 .how = how,
                                 .problems = problems,
                                 .position = 1,
                                 .last = 1 };
    uint32_t errors = problems->errors;
    nk_doc *d = NK_NEW(a, nk_doc);
    nk_record *none = NULL;
    nk_err rc;

    if (!d)
        return nk_nomem(ctx);
    if ((rc = nk_record_new(ctx, model, &none)) < 0)
        return rc;
    b.record = how->mode == NK_MODE_BLANK ? none : record;
    b.node = nk_xml_root(nk_record_xml(b.record));
    b.here.field = nk_model_root(model);
    b.none = nk_xml_root(nk_record_xml(none));
    rc = bind_all(&b, d);
    forget_facts(&b);
    nk_record_close(none);
    if (rc < 0)
        return rc;
    if (problems->errors > errors)
        return nk_fail(ctx, NK_E_INVALID, NK_M_PAPER_LACKS, NK_NOWHERE,
                       NK_ARGS(t->title, NK_NUM(problems->errors - errors)));
    *out = d;
    return NK_OK;
}
