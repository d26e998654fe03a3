/*
 * The elements of the language: what each may stand in and may hold, and how
 * it looks when nothing is said.
 *
 * The schema knows this too, except inside if, for-each and a part: there
 * stands what may stand around them, and only the compiler sees that.
 */
#include "template/template_int.h"

#define WORDS   NK_HOLDS_WORDS
#define BLOCKS  NK_HOLDS_BLOCKS
#define ITEMS   NK_HOLDS_ITEMS
#define ROWS    NK_HOLDS_ROWS
#define CELLS   NK_HOLDS_CELLS
#define FIELDS  NK_HOLDS_FIELDS
#define CHOICES NK_HOLDS_CHOICES
#define SAME    NK_HOLDS_SAME
#define EITHER  (WORDS | BLOCKS)
#define FLOW    (WORDS | BLOCKS | ITEMS | ROWS | CELLS | FIELDS)

const nk_style nk_template__plain = { 0 };
static const nk_style heading1 = {
    .set = NK_SET_ALIGN,
    .align = NK_ALIGN_CENTER,
    .bold = true,
    .keep_next = true,
};
static const nk_style heading2 = {
    .set = NK_SET_ALIGN | NK_SET_BEFORE | NK_SET_AFTER,
    .align = NK_ALIGN_LEFT,
    .before = 8000,
    .after = 3000,
    .bold = true,
    .keep_next = true,
};

#define ROW(name, tag, stands, holds)                                          \
    {                                                                          \
        NK_STR_INIT(name), (tag), (stands), (holds), &nk_template__plain       \
    }

static const struct nk_template__element elements[] = {
    ROW("p", NK_TAG_P, BLOCKS, WORDS),
    { NK_STR_INIT("h1"), NK_TAG_H1, BLOCKS, WORDS, &heading1 },
    { NK_STR_INIT("h2"), NK_TAG_H2, BLOCKS, WORDS, &heading2 },
    ROW("ul", NK_TAG_UL, BLOCKS, ITEMS),
    ROW("ol", NK_TAG_OL, BLOCKS, ITEMS),
    ROW("li", NK_TAG_LI, ITEMS, EITHER),
    ROW("table", NK_TAG_TABLE, BLOCKS, ROWS),
    ROW("tr", NK_TAG_TR, ROWS, CELLS),
    ROW("th", NK_TAG_TH, CELLS, EITHER),
    ROW("td", NK_TAG_TD, CELLS, EITHER),
    ROW("flow", NK_TAG_FLOW, BLOCKS, ROWS),
    ROW("lane", NK_TAG_LANE, CELLS, SAME),
    ROW("symbol", NK_TAG_SYMBOL, BLOCKS, 0),
    ROW("block", NK_TAG_BLOCK, BLOCKS, EITHER),
    ROW("keep-together", NK_TAG_KEEP, BLOCKS, BLOCKS),
    ROW("page-break", NK_TAG_BREAK, BLOCKS, 0),
    ROW("space", NK_TAG_SPACE, BLOCKS, 0),
    ROW("rule", NK_TAG_RULE, BLOCKS, 0),
    ROW("lines", NK_TAG_LINES, BLOCKS, 0),
    ROW("img", NK_TAG_IMG, BLOCKS, 0),
    ROW("sign", NK_TAG_SIGN, BLOCKS, 0),
    ROW("fields", NK_TAG_FIELDS, BLOCKS, FIELDS),
    ROW("field", NK_TAG_FIELD, WORDS | FIELDS, 0),
    ROW("row", NK_TAG_ROW, FIELDS, WORDS),
    ROW("value-of", NK_TAG_VALUE, WORDS, 0),
    ROW("if", NK_TAG_IF, FLOW, SAME),
    ROW("choose", NK_TAG_CHOOSE, FLOW, CHOICES | SAME),
    ROW("when", NK_TAG_WHEN, CHOICES, SAME),
    ROW("otherwise", NK_TAG_OTHERWISE, CHOICES, SAME),
    ROW("for-each", NK_TAG_FOREACH, FLOW, SAME),
    ROW("include", NK_TAG_INCLUDE, FLOW, SAME),
    ROW("signer", NK_TAG_SIGNER, BLOCKS, BLOCKS),
    ROW("b", NK_TAG_B, WORDS, WORDS),
    ROW("i", NK_TAG_I, WORDS, WORDS),
    ROW("u", NK_TAG_U, WORDS, WORDS),
    ROW("br", NK_TAG_BR, WORDS, 0),
    ROW("check", NK_TAG_CHECK, WORDS, 0),
    ROW("blank", NK_TAG_BLANK, WORDS, 0),
    ROW("page-number", NK_TAG_PAGE_NO, WORDS, 0),
    ROW("page-count", NK_TAG_PAGE_COUNT, WORDS, 0),
};

#define ELEMENTS (sizeof(elements) / sizeof(elements[0]))

const struct nk_template__element *nk_template__element_named(nk_str name)
{
    size_t i;

    for (i = 0; i < ELEMENTS; i++)
        if (nk_str_eq(elements[i].name, name))
            return &elements[i];
    return NULL;
}

const struct nk_template__element *nk_template__element_of(nk_tag tag)
{
    size_t i;

    for (i = 0; i < ELEMENTS; i++)
        if (elements[i].tag == tag)
            return &elements[i];
    return NULL;
}

nk_str nk_template__what_may_stand(nk_arena *a, unsigned holds)
{
    nk_buf b;
    size_t i;

    nk_buf_init(&b, a);
    for (i = 0; i < ELEMENTS; i++) {
        if (!(elements[i].stands & holds))
            continue;
        if (b.len)
            nk_buf_lit(&b, ", ");
        nk_buf_puts(&b, elements[i].name);
    }
    return nk_buf_str(&b);
}
