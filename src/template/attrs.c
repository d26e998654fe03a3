/*
 * Attributes: one row a name. The schema says which element has which, so a
 * row need not ask; where one name means different things on different
 * elements, its value tells them apart.
 */
#include "template/template_int.h"

struct setting {
    struct nk_template__compiling *c;
    const nk_xml_node *e;
    const struct nk_template__scope *scope;
    nk_tpl *node;
    nk_style *style;
    nk_str name, value;
    struct nk_template__reached leads_to;
    nk_err rc;
};

/* The schema has mostly said it before, in better words. */
static void complain(struct setting *s)
{
    nk_template__complain_first(s->c, NK_M_ATTR_VALUE,
                                nk_xml_attr_place(s->e, s->name),
                                NK_ARGS(s->name, s->value));
}

/* A distance, which may go back. */
static void distance(struct setting *s, nk_mpt *out)
{
    if (!nk_mpt_parse(s->value, out))
        complain(s);
}

/* How long something is. */
static void length(struct setting *s, nk_mpt *out)
{
    distance(s, out);
    if (*out >= 0)
        return;
    nk_template__complain(s->c, NK_M_LENGTH_NEGATIVE,
                          nk_xml_attr_place(s->e, s->name), NK_ARGS(s->name));
    *out = 0;
}

static bool word_index(struct setting *s, const char *const *words, size_t n,
                       size_t *out)
{
    for (*out = 0; *out < n; ++*out)
        if (nk_str_eq(s->value, nk_str_of(words[*out])))
            return true;
    complain(s);
    return false;
}

static void set_align(struct setting *s)
{
    static const char *const words[] = { "left", "center", "right", "justify" };
    size_t i;

    if (!word_index(s, words, 4, &i))
        return;
    s->style->align = (nk_align)i;
    s->style->set |= NK_SET_ALIGN;
}

static void set_place(struct setting *s)
{
    static const char *const words[] = { "left", "center", "right" };
    size_t i;

    if (word_index(s, words, 3, &i))
        s->node->place = (nk_align)i;
}

static void set_size(struct setting *s)
{
    length(s, &s->style->size);
    if (s->style->size < NK_PT(4) || s->style->size > NK_PT(144))
        complain(s);
    s->style->set |= NK_SET_SIZE;
}

static void set_leading(struct setting *s)
{
    char buf[16] = "";
    nk_mpt v;

    /* A factor like 1.15 reads as a length of that many points. */
    if (s->value.len < sizeof(buf) - 2) {
        memcpy(buf, s->value.ptr, s->value.len);
        memcpy(buf + s->value.len, "pt", 2);
    }
    if (!nk_mpt_parse(nk_str_of(buf), &v) || v < 800 || v > 4000) {
        complain(s);
        return;
    }
    s->style->leading = (uint32_t)v;
    s->style->set |= NK_SET_LEADING;
}

static void set_font(struct setting *s)
{
    static const char *const words[] = { "sans", "serif" };
    size_t i;

    if (!word_index(s, words, 2, &i))
        return;
    s->style->family = i ? NK_FACE_SERIF : NK_FACE_SANS;
    s->style->set |= NK_SET_FAMILY;
}

static void set_before(struct setting *s)
{
    distance(s, &s->style->before);
    s->style->set |= NK_SET_BEFORE;
}

static void set_after(struct setting *s)
{
    distance(s, &s->style->after);
    s->style->set |= NK_SET_AFTER;
}

static void set_weight(struct setting *s)
{
    s->style->bold = true;
}

static void set_indent(struct setting *s)
{
    distance(s, &s->style->indent);
}

static void set_indent_right(struct setting *s)
{
    distance(s, &s->style->right);
}

static void set_first(struct setting *s)
{
    distance(s, &s->style->first);
}

static void set_keep_next(struct setting *s)
{
    s->style->keep_next = nk_str_eq(s->value, NK_STR("yes"));
}

static void set_expression(struct setting *s)
{
    s->rc = nk_template__expression(s->c, s->value,
                                    nk_xml_attr_place(s->e, s->name), s->scope,
                                    &s->node->select, &s->leads_to);
    s->node->field = s->leads_to.field;
}

static void set_as(struct setting *s)
{
    nk_place at = nk_xml_attr_place(s->e, s->name);

    s->node->call = nk_function_find(s->value);
    if (!s->node->call)
        nk_template__no_function(s->c, s->value, at);
    else if (s->node->call->max_args != 1)
        nk_template__complain(s->c, NK_M_XPATH_ARITY, at, NK_ARGS(s->value));
}

static void set_show(struct setting *s)
{
    static const char *const words[] = { "value",  "line", "lines", "comb",
                                         "choice", "date", "cell" };
    size_t i;

    if (word_index(s, words, 7, &i))
        s->node->show = (nk_show)(NK_SHOW_VALUE + (int)i);
}

static void set_number_attr(struct setting *s, uint32_t *out)
{
    uint64_t v;

    if (nk_str_uint(s->value, 1000, &v))
        *out = (uint32_t)v;
    else
        complain(s);
}

static void set_count(struct setting *s)
{
    set_number_attr(s, &s->node->count);
}

static void set_least(struct setting *s)
{
    set_number_attr(s, &s->node->least);
}

static void set_span(struct setting *s)
{
    s->node->all_lanes = nk_str_eq(s->value, NK_STR("lanes"));
    if (s->node->all_lanes) {
        if (!s->scope->lanes)
            nk_template__lane_alone(s->c, s->e, NK_STR("lanes"));
        return;
    }
    set_number_attr(s, &s->node->span);
}

static void set_width(struct setting *s)
{
    if (nk_str_eq(s->value, NK_STR("fit")))
        s->node->fit = true;
    else
        length(s, &s->node->width);
}

static void set_height(struct setting *s)
{
    if (s->node->tag == NK_TAG_SPACE)
        distance(s, &s->node->height);
    else
        length(s, &s->node->height);
}

static void set_inset(struct setting *s)
{
    length(s, &s->node->inset);
}

static void set_text(struct setting *s)
{
    nk_str word = nk_template__word(s->c, s->scope, s->value,
                                    nk_xml_attr_place(s->e, s->name));

    if (!nk_str_trim(word).len)
        complain(s);
    s->node->text = nk_template__copy(s->c, word);
}

static void set_label(struct setting *s)
{
    s->node->label = nk_template__copy(s->c, s->value);
}

static void set_valign(struct setting *s)
{
    static const char *const words[] = { "top", "middle", "bottom" };
    size_t i;

    if (word_index(s, words, 3, &i))
        s->node->valign = (nk_valign)i;
}

static void set_border(struct setting *s)
{
    static const char *const words[] = { "none", "all", "box", "rows",
                                         "bottom" };
    size_t i;

    if (word_index(s, words, 5, &i))
        s->node->border = (nk_border)i;
}

static void set_list_number(struct setting *s)
{
    s->node->number = s->value.len ? s->value.ptr[0] : '1';
}

static void set_grow(struct setting *s)
{
    s->node->fit = nk_str_eq(s->value, NK_STR("yes"));
}

static void set_split(struct setting *s)
{
    s->node->split = nk_str_eq(s->value, NK_STR("yes"));
}

static void set_fill(struct setting *s)
{
    s->node->fill = nk_str_eq(s->value, NK_STR("page"));
}

static void set_needed(struct setting *s)
{
    s->node->needed = nk_str_eq(s->value, NK_STR("yes"));
    s->node->optional = !s->node->needed;
}

static void set_empty(struct setting *s)
{
    s->node->keep_empty = nk_str_eq(s->value, NK_STR("keep"));
}

/* if: show, hide or test; for-each: how often, or test; value-of: how wide. */
static void set_blank(struct setting *s)
{
    if (nk_str_eq(s->value, NK_STR("hide")))
        s->node->blank = false;
    else if (nk_str_eq(s->value, NK_STR("show")))
        s->node->blank = true;
    else if (nk_str_eq(s->value, NK_STR("test")))
        s->node->asks = true;
    else if (s->value.len && nk_is_alpha(s->value.ptr[s->value.len - 1]))
        length(s, &s->node->width);
    else
        set_number_attr(s, &s->node->count);
}

/* "40mm 5mm *": widths, and "2*" for two shares of what is left. */
static void set_columns(struct setting *s)
{
    nk_str rest = s->value, word;
    nk_column *list;
    size_t n = 0;

    while (nk_str_word(&rest, &word))
        n++;
    if (n == 0 || n > NK_MAX_COLUMNS) {
        complain(s);
        return;
    }
    if (!(list = NK_NEWN(&s->c->own->arena, n, nk_column))) {
        s->c->nomem = true;
        return;
    }
    s->node->columns = list;
    s->node->columns_n = n;
    for (rest = s->value; nk_str_word(&rest, &word); list++) {
        if (nk_str_eq(word, NK_STR("lanes")))
            list->share = NK_SHARE_LANES;
        else if (nk_str_eq(word, NK_STR("*")))
            list->share = 1;
        else if (word.len == 2 && nk_is_digit(word.ptr[0]) &&
                 word.ptr[1] == '*')
            list->share = (uint32_t)(word.ptr[0] - '0');
        else if (!nk_mpt_parse(word, &list->width))
            complain(s);
    }
}

static const struct attr_row {
    nk_str name;
    void (*set)(struct setting *);
    bool look; /* into the style */
} rows[] = {
    { NK_STR_INIT("align"), set_align, true },
    { NK_STR_INIT("place"), set_place, false },
    { NK_STR_INIT("size"), set_size, true },
    { NK_STR_INIT("leading"), set_leading, true },
    { NK_STR_INIT("font"), set_font, true },
    { NK_STR_INIT("weight"), set_weight, true },
    { NK_STR_INIT("before"), set_before, true },
    { NK_STR_INIT("after"), set_after, true },
    { NK_STR_INIT("indent"), set_indent, true },
    { NK_STR_INIT("indent-right"), set_indent_right, true },
    { NK_STR_INIT("first"), set_first, true },
    { NK_STR_INIT("keep-with-next"), set_keep_next, true },
    { NK_STR_INIT("select"), set_expression, false },
    { NK_STR_INIT("test"), set_expression, false },
    { NK_STR_INIT("of"), set_expression, false },
    { NK_STR_INIT("lanes"), set_expression, false },
    { NK_STR_INIT("as"), set_as, false },
    { NK_STR_INIT("show"), set_show, false },
    { NK_STR_INIT("lines"), set_count, false },
    { NK_STR_INIT("boxes"), set_count, false },
    { NK_STR_INIT("count"), set_count, false },
    { NK_STR_INIT("from"), set_count, false },
    { NK_STR_INIT("least"), set_least, false },
    { NK_STR_INIT("grow"), set_grow, false },
    { NK_STR_INIT("span"), set_span, false },
    { NK_STR_INIT("width"), set_width, false },
    { NK_STR_INIT("labels"), set_width, false },
    { NK_STR_INIT("height"), set_height, false },
    { NK_STR_INIT("thickness"), set_height, false },
    { NK_STR_INIT("inset"), set_inset, false },
    { NK_STR_INIT("file"), set_text, false },
    { NK_STR_INIT("post"), set_text, false },
    { NK_STR_INIT("alt"), set_label, false },
    { NK_STR_INIT("label"), set_label, false },
    { NK_STR_INIT("valign"), set_valign, false },
    { NK_STR_INIT("border"), set_border, false },
    { NK_STR_INIT("number"), set_list_number, false },
    { NK_STR_INIT("split"), set_split, false },
    { NK_STR_INIT("fill"), set_fill, false },
    { NK_STR_INIT("needed"), set_needed, false },
    { NK_STR_INIT("empty"), set_empty, false },
    { NK_STR_INIT("blank"), set_blank, false },
    { NK_STR_INIT("columns"), set_columns, false },
};

static void apply(struct setting *s, bool looks_only)
{
    size_t i, k;

    for (k = 0; s->rc == NK_OK && nk_xml_attr_at(s->e, k, &s->name, &s->value);
         k++)
        for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
            if (nk_str_eq(rows[i].name, s->name) &&
                (rows[i].look || !looks_only))
                rows[i].set(s);
}

/* A field shown as something its values cannot be. */
static void check_show(struct setting *s)
{
    const nk_field *f = s->node->field;
    nk_show show = s->node->show;
    bool fits = true;

    if (show == NK_SHOW_CHOICE)
        fits = f && f->kind == NK_KIND_CHOICE;
    else if (show == NK_SHOW_DATE)
        fits = f && (f->kind == NK_KIND_DATE || f->kind == NK_KIND_MOMENT ||
                     f->kind == NK_KIND_PARTIAL_DATE);
    s->name = NK_STR("show");
    if (!fits)
        nk_template__complain_first(
            s->c, NK_M_SHOW_UNFIT, nk_xml_attr_place(s->e, s->name),
            NK_ARGS(nk_xml_attr_or(s->e, NK_STR("of"), NK_EMPTY),
                    nk_xml_attr_or(s->e, s->name, NK_EMPTY)));
}

void nk_template__style(struct nk_template__compiling *c, const nk_xml_node *e,
                        nk_style *style)
{
    struct setting s = { .c = c, .e = e, .style = style };

    apply(&s, true);
}

nk_err nk_template__attributes(struct nk_template__compiling *c,
                               const nk_xml_node *e,
                               const struct nk_template__scope *scope,
                               nk_tpl *node,
                               struct nk_template__reached *leads_to)
{
    nk_style *style = NK_NEW(&c->own->arena, nk_style);
    struct setting s = {
        .c = c, .e = e, .scope = scope, .node = node, .style = style
    };

    if (!style)
        return nk_nomem(c->ctx);
    *style = *node->style;
    node->style = style;
    apply(&s, false);
    check_show(&s);
    *leads_to = s.leads_to;
    return s.rc;
}
