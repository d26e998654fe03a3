/*
 * A flowchart: a table with a column for each actor of a procedure, and in
 * the row of a step a symbol where its actor's column is. What a step is and
 * where it leads is read from the office's procedure (schemas/procedure.xsd);
 * the symbols carry it to layout, which draws the way from one to the next.
 */
#include "doc/doc_int.h"

/* The template's columns, `lanes` widened to as many as there are. */
static nk_err widen(struct nk_doc__binding *b, const nk_tpl *t, nk_node *n)
{
    size_t room = t->columns_n + b->lanes_n, i, k;
    nk_column *list = NK_NEWN(b->a, room, nk_column);

    if (!list)
        return nk_nomem(b->ctx);
    n->columns = list;
    n->columns_n = 0;
    for (i = 0; i < t->columns_n; i++) {
        nk_column c = t->columns[i];
        bool lanes = c.share == NK_SHARE_LANES;

        if (lanes)
            c = (nk_column){ .width = t->width };
        for (k = 0; k < (lanes ? b->lanes_n : 1); k++)
            list[n->columns_n++] = c;
    }
    if (n->columns_n > NK_MAX_COLUMNS)
        return nk_fail(b->ctx, NK_E_LIMIT, NK_M_COLUMNS_TOO_WIDE, t->at,
                       NK_NOARGS);
    return NK_OK;
}

nk_err nk_doc__bind_flow(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent)
{
    nk_xml_node **outer = b->lanes;
    size_t outer_n = b->lanes_n;
    nk_node *before = parent->last, *n = NULL;
    nk_err rc = nk_xpath_nodes(b->ctx, b->a, b->t->env, t->select, b->node,
                               t->at, &b->lanes, &b->lanes_n);

    if (rc == NK_OK && b->lanes_n > 0 &&
        (rc = nk_doc__container(b, t, parent, NK_NODE_TABLE, &n)) == NK_OK) {
        n->border = NK_BORDER_ALL;
        n->width = 0;
        rc = widen(b, t, n);
        if (!n->first)
            nk_doc__drop_last(parent, before);
    }
    b->lanes = outer;
    b->lanes_n = outer_n;
    return rc;
}

nk_err nk_doc__bind_lane(struct nk_doc__binding *b, const nk_tpl *t,
                         nk_node *parent)
{
    nk_xml_node *outer = b->step;
    nk_err rc;

    b->step = b->node;
    rc = nk_doc__times(b, t, parent, b->lanes, b->lanes_n, b->lanes_n);
    b->step = outer;
    return rc;
}

/* ---- Symbols ----------------------------------------------------------- */

static nk_str attr(const nk_xml_node *e, const char *name)
{
    return nk_xml_attr_or(e, nk_str_of(name), NK_EMPTY);
}

/* Where a case leaves the procedure is an end. */
static nk_symbol symbol_of(const nk_xml_node *step)
{
    static const char *const names[NK_SYMBOLS] = {
        [NK_SYMBOL_START] = "start",
        [NK_SYMBOL_PROCESS] = "process",
        [NK_SYMBOL_DECISION] = "decision",
        [NK_SYMBOL_END] = "end",
    };
    nk_str name = attr(step, "symbol");
    int i;

    for (i = 0; i < NK_SYMBOLS; i++)
        if (nk_str_eq(name, nk_str_of(names[i])))
            return (nk_symbol)i;
    return NK_SYMBOL_END;
}

/* Has the actor a part in the step, beside the one who does it? */
static bool has_part(const nk_xml_node *step, nk_str actor)
{
    const nk_xml_node *e;

    for (e = nk_xml_first(step); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("with")) &&
            nk_str_eq(attr(e, "actor"), actor))
            return true;
    return false;
}

/* The step that follows when nothing else is said; empty: none does. */
static nk_str next_place(const nk_xml_node *step)
{
    const nk_xml_node *e = nk_xml_next(step);
    nk_str next = attr(step, "next");

    if (next.len || symbol_of(step) == NK_SYMBOL_END)
        return next;
    return e && nk_str_eq(nk_xml_name(e), nk_xml_name(step)) ? attr(e, "no")
                                                             : NK_EMPTY;
}

static nk_err add_way(struct nk_doc__binding *b, const nk_tpl *t, nk_node *n,
                      nk_str to, nk_str word)
{
    nk_node *way = nk_doc__add(b, n, NK_NODE_WAY, t);

    if (!way)
        return nk_doc__add_failed(b);
    way->text = to;
    way->label = word;
    return NK_OK;
}

static nk_err add_ways(struct nk_doc__binding *b, const nk_tpl *t, nk_node *n)
{
    nk_str next = next_place(b->step);
    const nk_xml_node *e;
    nk_err rc = NK_OK;

    for (e = nk_xml_first(b->step); e && rc == NK_OK; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("when")))
            rc = add_way(b, t, n, attr(e, "go"), attr(e, "as"));
    if (rc == NK_OK && !n->first && next.len)
        rc = add_way(b, t, n, next, NK_EMPTY);
    return rc;
}

/* "Keputusan, langkah 2, Kepala Dinas; Ya: ke 3; Tidak: ke 1". */
static nk_err describe(struct nk_doc__binding *b, nk_node *n)
{
    static const nk_msg kinds[NK_SYMBOLS] = {
        [NK_SYMBOL_START] = NK_T_FLOW_START,
        [NK_SYMBOL_PROCESS] = NK_T_FLOW_PROCESS,
        [NK_SYMBOL_DECISION] = NK_T_FLOW_DECISION,
        [NK_SYMBOL_END] = NK_T_FLOW_END,
    };
    const nk_node *way;
    nk_buf out;

    nk_buf_init(&out, b->a);
    nk_buf_puts(&out, nk_msg_text(kinds[n->symbol], NK_LANG_ID));
    nk_msg_fill(&out, nk_msg_text(NK_T_FLOW_STEP, NK_LANG_ID),
                NK_ARGS(n->text, nk_str_trim(nk_xml_text(b->node))));
    for (way = n->first; way; way = way->next)
        nk_msg_fill(&out,
                    nk_msg_text(way->label.len ? NK_T_FLOW_IF : NK_T_FLOW_THEN,
                                NK_LANG_ID),
                    NK_ARGS(way->text, way->label));
    return nk_buf_end(b->ctx, &out, &n->label);
}

nk_err nk_doc__bind_symbol(struct nk_doc__binding *b, const nk_tpl *t,
                           nk_node *parent)
{
    nk_str actor = attr(b->node, "id");
    bool own = nk_str_eq(attr(b->step, "by"), actor);
    nk_node *n;
    nk_err rc;

    if (!own && !has_part(b->step, actor))
        return NK_OK;
    if (!(n = nk_doc__add(b, parent, NK_NODE_SYMBOL, t)))
        return nk_doc__add_failed(b);
    n->text = attr(b->step, "no");
    n->symbol = own ? symbol_of(b->step) : NK_SYMBOL_PROCESS;
    n->shared = !own;
    if (own && (rc = add_ways(b, t, n)) < 0)
        return rc;
    return describe(b, n);
}
