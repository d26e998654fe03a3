/*
 * What stands at the top of a template: its name and kind, its page, and what
 * the paper is about.
 */
#include "template/template_int.h"

void nk_template__check_free(struct nk_template__compiling *c,
                             const nk_xml_node *e)
{
    static const nk_str own[] = {
        NK_STR_INIT("office"), NK_STR_INIT("letter"),    NK_STR_INIT("to"),
        NK_STR_INIT("signer"), NK_STR_INIT("procedure"), NK_STR_INIT("register")
    };
    nk_str name = nk_xml_attr_or(e, NK_STR("name"), NK_EMPTY);
    size_t i;

    for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        if (nk_str_eq(name, own[i]))
            nk_template__complain(c, NK_M_VARIABLE_TAKEN,
                                  nk_xml_attr_place(e, NK_STR("name")),
                                  NK_ARGS(name));
}

static nk_str copy_attr(struct nk_template__compiling *c, const nk_xml_node *e,
                        nk_str name)
{
    return nk_template__copy(c, nk_xml_attr_or(e, name, NK_EMPTY));
}

static void read_family(struct nk_template__compiling *c,
                        const nk_xml_node *root)
{
    static const char *const names[] = { "korespondensi", "judul", "pernyataan",
                                         "perjanjian",    "nota",  "formulir" };
    nk_str family = nk_xml_attr_or(root, NK_STR("family"), NK_EMPTY);
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (nk_str_eq(family, nk_str_of(names[i])))
            c->own->t.family = (nk_family)i;
}

/* A recipient of the policy; `about` is who the node the paper is about
   names. */
static void check_recipient(struct nk_template__compiling *c,
                            const nk_xml_node *root)
{
    nk_str to = c->own->t.recipient;
    bool known = nk_str_eq(to, NK_STR("about"))
                     ? nk_xml_child(root, NK_STR("about")) != NULL
                     : nk_model_has_recipient(c->world->model, to);

    if (!known)
        nk_template__complain_first(c, NK_M_RECIPIENT_UNKNOWN,
                                    nk_xml_attr_place(root, NK_STR("to")),
                                    NK_ARGS(to));
}

void nk_template__head(struct nk_template__compiling *c,
                       const nk_xml_node *root)
{
    nk_template *t = &c->own->t;
    nk_xml_node *e;

    t->id = copy_attr(c, root, NK_STR("id"));
    t->version = copy_attr(c, root, NK_STR("version"));
    t->lang = copy_attr(c, root, NK_STR("lang"));
    t->recipient = copy_attr(c, root, NK_STR("to"));
    t->reg = copy_attr(c, root, NK_STR("register"));
    t->class = copy_attr(c, root, NK_STR("class"));
    t->security = copy_attr(c, root, NK_STR("security"));
    read_family(c, root);
    check_recipient(c, root);
    if (t->class.len && nk_classification_check(t->class) != NK_IDENT_OK)
        nk_template__complain(c, NK_M_IDENT_FORM,
                              nk_xml_attr_place(root, NK_STR("class")),
                              NK_ARGS(NK_STR("class")));
    if ((e = nk_xml_child(root, NK_STR("title"))) != NULL)
        t->title = nk_template__copy(c, nk_str_trim(nk_xml_text(e)));
    if ((e = nk_xml_child(root, NK_STR("subject"))) != NULL)
        t->subject = nk_template__copy(c, nk_str_trim(nk_xml_text(e)));
}

static void page_length(struct nk_template__compiling *c, const nk_xml_node *e,
                        nk_str name, nk_mpt *out)
{
    nk_str v;

    *out = -1;
    if (!nk_xml_attr(e, name, &v))
        return;
    if (!nk_mpt_parse(v, out))
        nk_template__complain_first(
            c, NK_M_ATTR_VALUE, nk_xml_attr_place(e, name), NK_ARGS(name, v));
    else if (*out < 0)
        nk_template__complain(c, NK_M_LENGTH_NEGATIVE,
                              nk_xml_attr_place(e, name), NK_ARGS(name));
}

nk_err nk_template__page(struct nk_template__compiling *c, const nk_xml_node *e,
                         const struct nk_template__scope *scope)
{
    nk_page_setup *p = &c->own->t.page;
    struct nk_template__reached leads_to;
    const nk_xml_node *k;
    nk_tpl *n;
    nk_err rc;

    p->top = p->right = p->bottom = p->left = p->first_top = -1;
    if (!e)
        return NK_OK;
    p->paper = copy_attr(c, e, NK_STR("paper"));
    p->landscape = nk_str_eq(nk_xml_attr_or(e, NK_STR("turn"), NK_EMPTY),
                             NK_STR("landscape"));
    page_length(c, e, NK_STR("top"), &p->top);
    page_length(c, e, NK_STR("first-top"), &p->first_top);
    page_length(c, e, NK_STR("right"), &p->right);
    page_length(c, e, NK_STR("bottom"), &p->bottom);
    page_length(c, e, NK_STR("left"), &p->left);
    nk_template__style(c, e, &p->style);
    for (k = nk_xml_first(e); k; k = nk_xml_next(k)) {
        if (!(n = nk_template__node(c, NK_TAG_BLOCK, nk_template__place(c, k))))
            return nk_template__no_node(c);
        if ((rc = nk_template__attributes(c, k, scope, n, &leads_to)) < 0 ||
            (rc = nk_template__children(c, k, scope, n)) < 0)
            return rc;
        nk_template__drop_spaces(n);
        if (nk_str_eq(nk_xml_name(k), NK_STR("header")))
            p->header = n;
        else
            p->footer = n;
    }
    return NK_OK;
}

nk_err nk_template__about(struct nk_template__compiling *c,
                          const nk_xml_node *e,
                          struct nk_template__scope *scope,
                          struct nk_template__var *var)
{
    nk_template *t = &c->own->t;
    struct nk_template__reached leads_to;
    nk_err rc;

    if (!e)
        return NK_OK;
    nk_template__check_free(c, e);
    t->about = copy_attr(c, e, NK_STR("name"));
    t->about_at = nk_template__place(c, e);
    rc = nk_template__expression(c,
                                 nk_xml_attr_or(e, NK_STR("select"), NK_EMPTY),
                                 nk_xml_attr_place(e, NK_STR("select")), scope,
                                 &t->about_select, &leads_to);
    *var = (struct nk_template__var){
        .up = scope->vars, .name = t->about, .is = NK_VAR_NODE, .to = leads_to
    };
    scope->vars = var;
    return rc;
}
