/*
 * Words and blocks: what of a text between elements counts, and paragraphs
 * for words that stand where blocks may stand too.
 */
#include "template/template_int.h"

static bool is_space_text(const nk_tpl *n)
{
    return n->tag == NK_TAG_TEXT && nk_str_trim(n->text).len == 0;
}

static bool is_flow(nk_tag tag)
{
    return tag == NK_TAG_IF || tag == NK_TAG_CHOOSE || tag == NK_TAG_WHEN ||
           tag == NK_TAG_OTHERWISE || tag == NK_TAG_FOREACH ||
           tag == NK_TAG_LANE || tag == NK_TAG_INCLUDE;
}

static bool is_inline(const nk_tpl *n)
{
    const nk_tpl *k;

    if (n->tag == NK_TAG_TEXT)
        return !is_space_text(n);
    if (!is_flow(n->tag))
        return (nk_template__element_of(n->tag)->stands & NK_HOLDS_WORDS) != 0;
    for (k = n->first; k; k = k->next)
        if (is_inline(k))
            return true;
    return false;
}

void nk_template__drop_spaces(nk_tpl *parent)
{
    nk_tpl **at = &parent->first;

    while (*at) {
        if (is_space_text(*at))
            *at = (*at)->next;
        else
            at = &(*at)->next;
    }
}

/* Put each run of words among blocks into a paragraph. */
static nk_err wrap_words(struct nk_template__compiling *c, nk_tpl *parent)
{
    nk_tpl **at = &parent->first;

    while (*at) {
        nk_tpl *p, *last;

        if (is_space_text(*at)) {
            *at = (*at)->next;
            continue;
        }
        if (!is_inline(*at)) {
            at = &(*at)->next;
            continue;
        }
        if (!(p = nk_template__node(c, NK_TAG_P, (*at)->at)))
            return nk_template__no_node(c);
        p->first = last = *at;
        while (last->next &&
               (is_inline(last->next) || is_space_text(last->next)))
            last = last->next;
        p->next = last->next;
        last->next = NULL;
        *at = p;
        at = &p->next;
    }
    return NK_OK;
}

/* Is there anything but words in it? */
static bool has_blocks(const nk_tpl *n)
{
    const nk_tpl *k;

    if (n->tag == NK_TAG_TEXT)
        return false;
    if (!is_flow(n->tag))
        return !is_inline(n);
    for (k = n->first; k; k = k->next)
        if (has_blocks(k))
            return true;
    return false;
}

/* What chooses or repeats, where `around` may stand: words and blocks. */
static nk_err settle_flow(struct nk_template__compiling *c, nk_tpl *n,
                          bool choose, unsigned around)
{
    bool words = (around & NK_HOLDS_WORDS) && is_inline(n);
    nk_err rc = NK_OK;
    nk_tpl *k;

    if (choose || !words)
        nk_template__drop_spaces(n);
    if (!words || !(around & NK_HOLDS_BLOCKS) || !has_blocks(n))
        return NK_OK;
    if (!choose)
        return wrap_words(c, n);
    for (k = n->first; k && rc == NK_OK; k = k->next)
        rc = wrap_words(c, k);
    return rc;
}

nk_err nk_template__settle(struct nk_template__compiling *c, nk_tpl *n,
                           unsigned holds, unsigned around)
{
    if (holds & NK_HOLDS_SAME)
        return settle_flow(c, n, (holds & NK_HOLDS_CHOICES) != 0, around);
    if (!(holds & NK_HOLDS_WORDS))
        nk_template__drop_spaces(n);
    else if (holds & NK_HOLDS_BLOCKS)
        return wrap_words(c, n);
    return NK_OK;
}
