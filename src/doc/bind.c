/*
 * Binding: walking the compiled template with a record at hand. One row of
 * the table below a template element.
 */
#include "doc/doc_int.h"

#include <assert.h>

typedef nk_err (*bind_fn)(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent);

nk_node *nk_doc__add(struct nk_doc__binding *b, nk_node *parent,
                     nk_node_kind kind, const nk_tpl *t)
{
    nk_node *n;

    if (b->nodes >= NK_MAX_DOC_NODES || !(n = NK_NEW(b->a, nk_node)))
        return NULL;
    b->nodes++;
    n->kind = kind;
    n->style = t->style;
    n->at = t->at;
    n->bold = b->bold;
    n->italic = b->italic;
    n->underline = b->underline;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
    return n;
}

nk_err nk_doc__add_failed(struct nk_doc__binding *b)
{
    if (b->nodes < NK_MAX_DOC_NODES)
        return nk_nomem(b->ctx);
    return nk_fail(b->ctx, NK_E_LIMIT, NK_M_PAPER_TOO_LONG, NK_NOWHERE,
                   NK_ARGS(NK_NUM(NK_MAX_DOC_NODES)));
}

nk_err nk_doc__add_text(struct nk_doc__binding *b, nk_node *parent,
                        const nk_tpl *t, nk_str text)
{
    nk_node *n = nk_doc__add(b, parent, NK_NODE_TEXT, t);

    if (!n)
        return nk_doc__add_failed(b);
    n->text = text;
    n->field = t->field;
    return NK_OK;
}

static const nk_style plain = { 0 };

nk_node *nk_doc__add_p(struct nk_doc__binding *b, nk_node *parent,
                       const nk_tpl *t)
{
    nk_node *n = nk_doc__add(b, parent, NK_NODE_P, t);

    if (n)
        n->style = &plain;
    return n;
}

void nk_doc__drop_last(nk_node *parent, nk_node *before)
{
    if (before)
        before->next = NULL;
    else
        parent->first = NULL;
    parent->last = before;
}

/* ---- Containers -------------------------------------------------------- */

static nk_err bind_text(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent)
{
    /* The compiler lets no text stand between rows, cells and items. */
    assert(parent->kind != NK_NODE_TABLE && parent->kind != NK_NODE_ROW &&
           parent->kind != NK_NODE_LIST);
    return nk_doc__add_text(b, parent, t, t->text);
}

/* A paragraph of nothing but a field of lines is those lines. */
static bool is_lines(const struct nk_doc__binding *b, const nk_tpl *first)
{
    return first && !first->next && first->tag == NK_TAG_FIELD &&
           nk_doc__show(b, first) == NK_SHOW_LINES;
}

static nk_err bind_p(struct nk_doc__binding *b, const nk_tpl *t,
                     nk_node *parent)
{
    nk_node *before = parent->last, *n;
    nk_err rc;

    if (is_lines(b, t->first))
        return nk_doc__bind_children(b, t->first, parent);
    if (!(n = nk_doc__add(b, parent, NK_NODE_P, t)))
        return nk_doc__add_failed(b);
    n->role = t->tag == NK_TAG_H1   ? NK_ROLE_H1
              : t->tag == NK_TAG_H2 ? NK_ROLE_H2
                                    : NK_ROLE_P;
    if ((rc = nk_doc__bind_children(b, t->first, n)) < 0)
        return rc;
    /* A paragraph whose words all went away goes too; <p/> is an empty
       line. */
    if (t->first && !n->first)
        nk_doc__drop_last(parent, before);
    return NK_OK;
}

static void copy_shape(const struct nk_doc__binding *b, nk_node *n,
                       const nk_tpl *t)
{
    n->width = t->width;
    n->height = t->height;
    n->inset = t->inset;
    n->count = t->count;
    n->span = t->span ? t->span : 1;
    if (t->all_lanes)
        n->span = (uint32_t)b->lanes_n;
    n->columns = t->columns;
    n->columns_n = t->columns_n;
    n->border = t->border;
    n->valign = t->valign;
    n->place = t->place;
    n->fit = t->fit;
    n->split = t->split;
    n->fill = t->fill;
}

nk_err nk_doc__container(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent, nk_node_kind kind, nk_node **out)
{
    nk_node *n = nk_doc__add(b, parent, kind, t);

    if (!n)
        return nk_doc__add_failed(b);
    copy_shape(b, n, t);
    *out = n;
    return nk_doc__bind_children(b, t->first, n);
}

static nk_err bind_block(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent)
{
    nk_node *n;

    return nk_doc__container(
        b, t, parent, t->tag == NK_TAG_KEEP ? NK_NODE_KEEP : NK_NODE_BLOCK, &n);
}

static nk_err bind_table(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent)
{
    nk_node *before = parent->last, *n;
    nk_err rc = nk_doc__container(b, t, parent, NK_NODE_TABLE, &n);

    if (rc == NK_OK && !n->first)
        nk_doc__drop_last(parent, before);
    return rc;
}

static nk_err bind_tr(struct nk_doc__binding *b, const nk_tpl *t,
                      nk_node *parent)
{
    const nk_node *cell;
    nk_node *n;
    nk_err rc = nk_doc__container(b, t, parent, NK_NODE_ROW, &n);

    if (rc < 0)
        return rc;
    n->head = n->first != NULL;
    for (cell = n->first; cell; cell = cell->next)
        n->head = n->head && cell->head;
    return NK_OK;
}

static nk_err bind_cell(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent)
{
    bool bold = b->bold;
    nk_node *n;
    nk_err rc;

    if (t->tag == NK_TAG_TH)
        b->bold = true;
    rc = nk_doc__container(b, t, parent, NK_NODE_CELL, &n);
    b->bold = bold;
    if (rc == NK_OK)
        n->head = t->tag == NK_TAG_TH;
    return rc;
}

static nk_err bind_list(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent)
{
    nk_node *before = parent->last;
    nk_node *n = nk_doc__add(b, parent, NK_NODE_LIST, t);
    nk_err rc;

    if (!n)
        return nk_doc__add_failed(b);
    n->count = 0;
    n->text = t->tag == NK_TAG_UL ? NK_STR("-")
              : t->number         ? (nk_str){ &t->number, 1 }
                                  : NK_STR("1");
    if ((rc = nk_doc__bind_children(b, t->first, n)) < 0)
        return rc;
    if (!n->first)
        nk_doc__drop_last(parent, before);
    return NK_OK;
}

/* "1.", "a." or "I." by the kind of list. */
static void put_item_label(nk_buf *b, char kind, uint32_t n)
{
    switch (kind) {
    case '-':
        nk_buf_lit(b, "-");
        return;
    case 'a':
        nk_letters_put(b, n);
        break;
    case 'I':
        nk_roman_put(b, n);
        break;
    default:
        nk_buf_int(b, n);
    }
    nk_buf_putc(b, '.');
}

static nk_err bind_li(struct nk_doc__binding *b, const nk_tpl *t,
                      nk_node *parent)
{
    nk_node *n;
    nk_buf label;

    assert(parent->kind == NK_NODE_LIST);
    if (!(n = nk_doc__add(b, parent, NK_NODE_ITEM, t)))
        return nk_doc__add_failed(b);
    nk_buf_init(&label, b->a);
    put_item_label(&label, parent->text.ptr[0], ++parent->count);
    n->label = nk_buf_str(&label);
    if (label.err < 0)
        return nk_nomem(b->ctx);
    return nk_doc__bind_children(b, t->first, n);
}

/* ---- Things without content -------------------------------------------- */

static nk_err bind_thing(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent)
{
    static const nk_node_kind kinds[NK_TAG_COUNT] = {
        [NK_TAG_BREAK] = NK_NODE_BREAK,
        [NK_TAG_SPACE] = NK_NODE_SPACE,
        [NK_TAG_RULE] = NK_NODE_RULE,
        [NK_TAG_LINES] = NK_NODE_LINES,
        [NK_TAG_BR] = NK_NODE_BR,
        [NK_TAG_BLANK] = NK_NODE_BLANK,
        [NK_TAG_PAGE_NO] = NK_NODE_PAGE_NO,
        [NK_TAG_PAGE_COUNT] = NK_NODE_PAGE_COUNT,
    };
    bool is_page = t->tag == NK_TAG_PAGE_NO || t->tag == NK_TAG_PAGE_COUNT;
    nk_node *n = nk_doc__add(b, parent, kinds[t->tag], t);

    if (!n)
        return nk_doc__add_failed(b);
    if (is_page && !b->furniture)
        return nk_fail(b->ctx, NK_E_INVALID, NK_M_PAGE_NO_PLACE, t->at,
                       NK_NOARGS);
    copy_shape(b, n, t);
    if (t->tag == NK_TAG_RULE && !n->height)
        n->height = 750;
    if (t->tag == NK_TAG_LINES && !n->height)
        n->height = NK_MM(8);
    return NK_OK;
}

static nk_err bind_img(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *parent)
{
    nk_xml_node *arms = nk_xml_child(nk_office_node(b->office), NK_STR("arms"));
    nk_node *n = nk_doc__add(b, parent, NK_NODE_IMAGE, t);

    if (!n)
        return nk_doc__add_failed(b);
    copy_shape(b, n, t);
    n->text = t->text;
    n->label = t->label;
    if (arms && nk_str_eq(t->text, NK_STR("arms")))
        n->label = nk_xml_attr_or(arms, NK_STR("alt"), t->label);
    return NK_OK;
}

static nk_err bind_check(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent)
{
    nk_node *n = nk_doc__add(b, parent, NK_NODE_CHECK, t);
    nk_err rc;

    if (!n)
        return nk_doc__add_failed(b);
    if (!t->select)
        return NK_OK;
    if (b->how->mode != NK_MODE_BLANK &&
        (rc = nk_xpath_test(b->ctx, b->t->env, t->select, b->node, t->at,
                            &n->checked)) < 0)
        return rc;
    return nk_doc__input_test(b, t, n);
}

static nk_err bind_face(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent)
{
    bool bold = b->bold, italic = b->italic, underline = b->underline;
    nk_err rc;

    b->bold = bold || t->tag == NK_TAG_B;
    b->italic = italic || t->tag == NK_TAG_I;
    b->underline = underline || t->tag == NK_TAG_U;
    rc = nk_doc__bind_children(b, t->first, parent);
    b->bold = bold;
    b->italic = italic;
    b->underline = underline;
    return rc;
}

/* ---- Choosing and repeating -------------------------------------------- */

/* A test for a field that this paper may never show. */
static bool asks_hidden(const struct nk_doc__binding *b, const nk_tpl *t)
{
    const nk_field *f = t->field;

    return f && (f->kind != NK_KIND_GROUP || f->whole) &&
           !nk_rights_allow(b->rights, f);
}

static nk_err holds(struct nk_doc__binding *b, const nk_tpl *t, bool *out)
{
    if (b->how->mode == NK_MODE_BLANK && !t->asks) {
        *out = t->blank && !asks_hidden(b, t);
        return NK_OK;
    }
    return nk_xpath_test(b->ctx, b->t->env, t->select, b->node, t->at, out);
}

static nk_err bind_if(struct nk_doc__binding *b, const nk_tpl *t,
                      nk_node *parent)
{
    bool yes;
    nk_err rc = holds(b, t, &yes);

    return rc == NK_OK && yes ? nk_doc__bind_children(b, t->first, parent) : rc;
}

static nk_err bind_choose(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent)
{
    const nk_tpl *k;
    nk_err rc;

    for (k = t->first; k; k = k->next) {
        bool yes = k->tag == NK_TAG_OTHERWISE;

        if (!yes && (rc = holds(b, k, &yes)) < 0)
            return rc;
        if (yes)
            return nk_doc__bind_children(b, k->first, parent);
    }
    return NK_OK;
}

static void set_position(struct nk_doc__binding *b, size_t position,
                         size_t last)
{
    b->position = position;
    b->last = last;
    nk_xpath_set_position(b->t->env, position, last);
}

nk_err nk_doc__times(struct nk_doc__binding *b, const nk_tpl *t,
                     nk_node *parent, nk_xml_node **nodes, size_t n,
                     size_t times)
{
    size_t position = b->position, last = b->last, i;
    struct nk_doc__spot here = b->here, all = { 0 };
    nk_xml_node *outer = b->node;
    nk_err rc = NK_OK;

    if (b->how->fillable && t->select) /* lanes are of no case */
        rc = nk_doc__spot(b, nk_xpath_source(t->select), &all);
    for (i = 0; i < times && rc == NK_OK; i++) {
        b->node = i < n ? nodes[i] : b->none;
        b->here = all;
        set_position(b, i + 1, times);
        if ((rc = nk_doc__spot_nth(b, nodes, n, i, &b->here)) == NK_OK)
            rc = nk_doc__bind_children(b, t->first, parent);
    }
    b->node = outer;
    b->here = here;
    set_position(b, position, last);
    return rc;
}

static nk_err bind_foreach(struct nk_doc__binding *b, const nk_tpl *t,
                           nk_node *parent)
{
    nk_xml_node **nodes = NULL;
    size_t n = 0, times;
    nk_err rc;

    if ((b->how->mode != NK_MODE_BLANK || t->asks) &&
        (rc = nk_xpath_nodes(b->ctx, b->a, b->t->env, t->select, b->node, t->at,
                             &nodes, &n)) < 0)
        return rc;
    times = n == 0 && b->how->mode != NK_MODE_FILLED ? t->count : n;
    if (times < t->least)
        times = t->least;
    return nk_doc__times(b, t, parent, nodes, n, times);
}

/* ---- Parts and signers ------------------------------------------------- */

static nk_err set_var(struct nk_doc__binding *b, const struct nk_doc__var *v)
{
    return v->is_word
               ? nk_xpath_set_text(b->ctx, b->t->env, v->name, v->word)
               : nk_xpath_set_nodes(b->ctx, b->t->env, v->name, v->nodes, v->n);
}

/* Give the name back the value it had outside, or nothing. */
static nk_err restore_var(struct nk_doc__binding *b,
                          const struct nk_doc__var *v)
{
    const struct nk_doc__var *up;

    for (up = v->up; up; up = up->up)
        if (nk_str_eq(up->name, v->name))
            return set_var(b, up);
    return nk_xpath_set_nodes(b->ctx, b->t->env, v->name, NULL, 0);
}

/* Bind what is in an include with its names set; they all go again. */
static nk_err with_vars(struct nk_doc__binding *b, const nk_tpl *t,
                        const struct nk_doc__var *vars, nk_node *parent)
{
    const struct nk_doc__var *outer = b->vars, *v;
    nk_err rc = NK_OK, back;

    for (v = vars; v != outer && rc == NK_OK; v = v->up)
        rc = set_var(b, v);
    b->vars = vars;
    if (rc == NK_OK)
        rc = nk_doc__bind_children(b, t->first, parent);
    b->vars = outer;
    for (v = vars; v != outer; v = v->up) {
        back = restore_var(b, v);
        rc = rc < 0 ? rc : back;
    }
    return rc;
}

/* All that is given is read before any of it is set: a part may be given
   what its names stand for outside. */
static nk_err with_params(struct nk_doc__binding *b, const nk_tpl *t,
                          const nk_param *p, const struct nk_doc__var *vars,
                          nk_node *parent)
{
    struct nk_doc__var v = { .up = vars };
    nk_xml_node **nodes;
    nk_err rc;

    if (!p)
        return with_vars(b, t, vars, parent);
    v.name = p->name;
    v.word = p->word;
    v.is_word = !p->select;
    if (p->select) {
        rc = nk_xpath_nodes(b->ctx, b->a, b->t->env, p->select, b->node, t->at,
                            &nodes, &v.n);
        if (rc < 0)
            return rc;
        v.nodes = nodes;
        if (b->how->fillable &&
            (rc = nk_doc__spot(b, nk_xpath_source(p->select), &v.spot)) < 0)
            return rc;
    }
    return with_params(b, t, p->next, &v, parent);
}

static nk_err bind_include(struct nk_doc__binding *b, const nk_tpl *t,
                           nk_node *parent)
{
    return with_params(b, t, t->params, b->vars, parent);
}

static nk_err bind_signer(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent)
{
    nk_xml *outer = b->signer;
    nk_str post = b->sign_post;
    struct nk_doc__var v = { .up = b->vars, .name = NK_STR("signer") };
    nk_xml_node *root;
    nk_err rc, back;

    b->signer = NULL;
    rc = nk_doc__signer_facts(b, t->text, &b->sign_post, &b->signer);
    if (rc == NK_OK) {
        root = nk_xml_root(b->signer);
        v.nodes = &root;
        v.n = 1;
        b->vars = &v;
        rc = set_var(b, &v);
        if (rc == NK_OK)
            rc = nk_doc__bind_children(b, t->first, parent);
        b->vars = v.up;
        back = restore_var(b, &v);
        rc = rc < 0 ? rc : back;
    }
    nk_xml_close(b->signer);
    b->signer = outer;
    b->sign_post = post;
    return rc;
}

static bool name_is_taken(const struct nk_doc__binding *b, nk_str name)
{
    size_t i;

    for (i = 0; i < b->sign_n; i++)
        if (nk_str_eq(b->sign_names[i], name))
            return true;
    return false;
}

/* A place for a signature in the file, or room for one by hand. */
static nk_err bind_sign(struct nk_doc__binding *b, const nk_tpl *t,
                        nk_node *parent)
{
    bool electronic = nk_doc__signing(b) == NK_SIGNING_ELECTRONIC && b->signer;
    nk_node *n =
        nk_doc__add(b, parent, electronic ? NK_NODE_SIGN : NK_NODE_SPACE, t);
    nk_xml_node *title;
    nk_buf label;

    if (!n)
        return nk_doc__add_failed(b);
    copy_shape(b, n, t);
    if (!electronic)
        return NK_OK;
    if (b->sign_n == NK_MAX_SIGNERS || name_is_taken(b, b->sign_post))
        return nk_fail(b->ctx, NK_E_INVALID, NK_M_SIGN_TWICE, t->at,
                       NK_ARGS(b->sign_post));
    b->sign_names[b->sign_n++] = b->sign_post;
    n->text = b->sign_post;
    title =
        nk_xml_child(nk_xml_root(b->signer), nk_signer_facts[NK_SIGNER_TITLE]);
    nk_buf_init(&label, b->a);
    nk_buf_puts(&label, nk_msg_text(NK_T_SIGNATURE_OF, NK_LANG_ID));
    nk_buf_puts(&label, title ? nk_xml_text(title) : NK_EMPTY);
    return nk_buf_end(b->ctx, &label, &n->label);
}

/* ---- Rows of fields ---------------------------------------------------- */

static nk_err bind_fields(struct nk_doc__binding *b, const nk_tpl *t,
                          nk_node *parent)
{
    nk_node *before = parent->last;
    nk_node *n = nk_doc__add(b, parent, NK_NODE_TABLE, t);
    nk_column *columns = NK_NEWN(b->a, 2, nk_column);
    nk_err rc;

    if (!n || !columns)
        return nk_doc__add_failed(b);
    columns[0].width = t->width ? t->width : NK_MM(45);
    columns[1].share = 1;
    n->columns = columns;
    n->columns_n = 2;
    if ((rc = nk_doc__bind_children(b, t->first, n)) < 0)
        return rc;
    if (!n->first)
        nk_doc__drop_last(parent, before);
    return NK_OK;
}

static nk_err bind_row(struct nk_doc__binding *b, const nk_tpl *t,
                       nk_node *parent)
{
    nk_node *cell, *p;
    nk_err rc;

    if ((rc = nk_doc__add_row(b, t, parent, t->label, &cell)) < 0)
        return rc;
    if (!(p = nk_doc__add_p(b, cell, t)))
        return nk_doc__add_failed(b);
    return nk_doc__bind_children(b, t->first, p);
}

/* ---- The walk ---------------------------------------------------------- */

static const bind_fn binders[NK_TAG_COUNT] = {
    [NK_TAG_TEXT] = bind_text,
    [NK_TAG_P] = bind_p,
    [NK_TAG_H1] = bind_p,
    [NK_TAG_H2] = bind_p,
    [NK_TAG_UL] = bind_list,
    [NK_TAG_OL] = bind_list,
    [NK_TAG_LI] = bind_li,
    [NK_TAG_TABLE] = bind_table,
    [NK_TAG_TR] = bind_tr,
    [NK_TAG_TH] = bind_cell,
    [NK_TAG_TD] = bind_cell,
    [NK_TAG_FLOW] = nk_doc__bind_flow,
    [NK_TAG_LANE] = nk_doc__bind_lane,
    [NK_TAG_SYMBOL] = nk_doc__bind_symbol,
    [NK_TAG_BLOCK] = bind_block,
    [NK_TAG_KEEP] = bind_block,
    [NK_TAG_BREAK] = bind_thing,
    [NK_TAG_SPACE] = bind_thing,
    [NK_TAG_RULE] = bind_thing,
    [NK_TAG_LINES] = bind_thing,
    [NK_TAG_IMG] = bind_img,
    [NK_TAG_SIGN] = bind_sign,
    [NK_TAG_FIELDS] = bind_fields,
    [NK_TAG_FIELD] = nk_doc__bind_field,
    [NK_TAG_ROW] = bind_row,
    [NK_TAG_VALUE] = nk_doc__bind_value,
    [NK_TAG_IF] = bind_if,
    [NK_TAG_CHOOSE] = bind_choose,
    [NK_TAG_FOREACH] = bind_foreach,
    [NK_TAG_INCLUDE] = bind_include,
    [NK_TAG_SIGNER] = bind_signer,
    [NK_TAG_B] = bind_face,
    [NK_TAG_I] = bind_face,
    [NK_TAG_U] = bind_face,
    [NK_TAG_BR] = bind_thing,
    [NK_TAG_CHECK] = bind_check,
    [NK_TAG_BLANK] = bind_thing,
    [NK_TAG_PAGE_NO] = bind_thing,
    [NK_TAG_PAGE_COUNT] = bind_thing,
};

/* Loops may make nothing and ask nothing: what is gone through is counted. */
static nk_err count_work(struct nk_doc__binding *b, const nk_tpl *t)
{
    if (b->work++ < NK_MAX_PAPER_OPS)
        return NK_OK;
    return nk_fail(b->ctx, NK_E_LIMIT, NK_M_XPATH_NO_END,
                   t ? t->at : NK_NOWHERE, NK_NOARGS);
}

nk_err nk_doc__bind_children(struct nk_doc__binding *b, const nk_tpl *first,
                             nk_node *parent)
{
    const nk_tpl *t;
    nk_err rc;

    if ((rc = count_work(b, first)) < 0)
        return rc;
    if (++b->depth > NK_MAX_DOC_DEPTH)
        return nk_fail(b->ctx, NK_E_LIMIT, NK_M_XML_TOO_DEEP,
                       first ? first->at : NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_DOC_DEPTH)));
    for (t = first; t && rc == NK_OK; t = t->next)
        if ((rc = count_work(b, t)) == NK_OK)
            rc = binders[t->tag](b, t, parent);
    b->depth--;
    return rc;
}
