/*
 * What may stand where: every element in every place there is, by itself and
 * within what chooses, repeats or includes.
 */
#include "../support/sheet.h"

#include <stdio.h>

/* A place holds words, blocks, items, rows, cells, fields or choices. */
static const struct place {
    const char *before, *after;
    const char *holds; /* letters of what it holds */
    bool signer;       /* it stands in a signer */
} places[] = {
    { "", "", "B", false },
    { "<p>", "</p>", "W", false },
    { "<h1>", "</h1>", "W", false },
    { "<h2>", "</h2>", "W", false },
    { "<p><b>", "</b></p>", "W", false },
    { "<p><i>", "</i></p>", "W", false },
    { "<p><u>", "</u></p>", "W", false },
    { "<ul>", "</ul>", "I", false },
    { "<ol>", "</ol>", "I", false },
    { "<ul><li>", "</li></ul>", "WB", false },
    { "<table columns='*'>", "</table>", "R", false },
    { "<table columns='*'><tr>", "</tr></table>", "C", false },
    { "<table columns='*'><tr><td>", "</td></tr></table>", "WB", false },
    { "<table columns='*'><tr><th>", "</th></tr></table>", "WB", false },
    { "<block>", "</block>", "WB", false },
    { "<keep-together>", "</keep-together>", "B", false },
    { "<fields>", "</fields>", "F", false },
    { "<fields><row label='l'>", "</row></fields>", "W", false },
    { "<choose>", "</choose>", "O", false },
    { "<signer post='t'>", "</signer>", "B", true },
    { "<signer post='t'><block>", "</block></signer>", "WB", true },
};

/* An element in its shortest form, and what it counts as. */
static const struct element {
    const char *name, *form, *is;
} elements[] = {
    { "p", "<p/>", "B" },
    { "h1", "<h1/>", "B" },
    { "h2", "<h2/>", "B" },
    { "ul", "<ul><li/></ul>", "B" },
    { "ol", "<ol><li/></ol>", "B" },
    { "li", "<li/>", "I" },
    { "table", "<table columns='*'><tr><td/></tr></table>", "B" },
    { "tr", "<tr><td/></tr>", "R" },
    { "th", "<th/>", "C" },
    { "td", "<td/>", "C" },
    { "flow", "<flow lanes='.' width='1pt' columns='lanes'/>", "B" },
    { "lane", "<lane/>", "C" },
    { "symbol", "<symbol/>", "B" },
    { "block", "<block/>", "B" },
    { "keep-together", "<keep-together/>", "B" },
    { "page-break", "<page-break/>", "B" },
    { "space", "<space height='1pt'/>", "B" },
    { "rule", "<rule/>", "B" },
    { "lines", "<lines count='1'/>", "B" },
    { "img", "<img file='f' alt='a'/>", "B" },
    { "sign", "<sign width='1pt' height='1pt'/>", "B" },
    { "fields", "<fields><row label='l'/></fields>", "B" },
    { "field", "<field of='victim/nik'/>", "WF" },
    { "row", "<row label='l'/>", "F" },
    { "value-of", "<value-of select='victim/nik'/>", "W" },
    { "if", "<if test='victim'/>", "WBIRCF" },
    { "choose", "<choose><when test='victim'/></choose>", "WBIRCF" },
    { "when", "<when test='victim'/>", "O" },
    { "for-each", "<for-each select='witness'/>", "WBIRCF" },
    { "include", "<include part='empty'/>", "WBIRCF" },
    { "signer", "<signer post='t'><p/></signer>", "B" },
    { "b", "<b/>", "W" },
    { "i", "<i/>", "W" },
    { "u", "<u/>", "W" },
    { "br", "<br/>", "W" },
    { "check", "<check/>", "W" },
    { "blank", "<blank/>", "W" },
    { "page-number", "<page-number/>", "W" },
    { "page-count", "<page-count/>", "W" },
};

/* What takes over what may stand around it. */
static const struct wrap {
    const char *before, *after;
} wraps[] = {
    { "", "" },
    { "<if test='victim'>", "</if>" },
    { "<for-each select='.'>", "</for-each>" },
    { "<choose><when test='victim'>", "</when></choose>" },
    { "<choose><when test='victim'/><otherwise>", "</otherwise></choose>" },
    { "<if test='victim'><for-each select='.'>", "</for-each></if>" },
};

/* Must more stand around it than the place says? Then it is another fault. */
static bool needs_more(const struct element *e, bool signer)
{
    return (strcmp(e->name, "sign") == 0 && !signer) ||
           strcmp(e->name, "lane") == 0 || strcmp(e->name, "symbol") == 0;
}

static bool fits(const char *is, const char *holds)
{
    return strpbrk(is, holds) != NULL;
}

/* Compile it; true when the one thing wrong is that element there. */
static bool is_refused(nk_house *h, const nk_sheet_part *parts,
                       const char *body, const char *file, unsigned line,
                       unsigned column)
{
    const nk_sheet_how how = { .parts = parts };
    const nk_problem *p;
    nk_template *t;
    nk_err rc = sheet_open(h, &how, body, &t);

    nk_template_close(t);
    if (rc == NK_OK)
        return false;
    p = h->problems.first;
    if (h->problems.errors != 1 || p->place.line != line ||
        p->place.column != column ||
        !nk_str_eq(p->place.file, nk_str_of(file)) ||
        (p->msg != NK_M_XML_UNEXPECTED && p->msg != NK_M_XML_UNEXPECTED_END))
        fail_msg("%s\n%.*s", body, (int)said_of(&h->problems).len,
                 said_of(&h->problems).ptr);
    return true;
}

static void try_place(nk_house *h, const struct place *at,
                      const struct element *e, const struct wrap *w)
{
    static const nk_sheet_part parts[] = { { "empty", "" }, { NULL, NULL } };
    bool choice = strcmp(at->holds, "O") == 0;
    bool fit = fits(e->is, at->holds);
    char body[400];

    if (choice && w->before[0])
        return; /* two faults */
    if ((fit || choice) && needs_more(e, at->signer))
        return;
    snprintf(body, sizeof(body), "%s%s%s%s%s", at->before, w->before, e->form,
             w->after, at->after);
    if (is_refused(h, parts, body, "t.xml", 4,
                   1 + (unsigned)strlen(at->before) +
                       (unsigned)strlen(w->before)) == fit)
        fail_msg("%s is %s", body, fit ? "refused" : "accepted");
}

static void knows_what_may_stand_where(void **state)
{
    nk_house *h = *state;
    nk_arena before = h->arena;
    size_t i, k, n;

    for (i = 0; i < NK_COUNT(places); i++) {
        nk_arena_init(&h->arena);
        for (k = 0; k < NK_COUNT(elements); k++)
            for (n = 0; n < NK_COUNT(wraps); n++)
                try_place(h, &places[i], &elements[k], &wraps[n]);
        nk_arena_release(&h->arena);
    }
    h->arena = before;
    house_forget(h);
}

/* In a part, what may stand where it is included. */
static void knows_it_of_parts_too(void **state)
{
    nk_house *h = *state;
    size_t i, k;

    for (i = 0; i < NK_COUNT(places); i++) {
        if (strcmp(places[i].holds, "O") == 0)
            continue;
        for (k = 0; k < NK_COUNT(elements); k++) {
            const struct element *e = &elements[k];
            const nk_sheet_part parts[] = { { "p", e->form },
                                            { "empty", "" },
                                            { NULL, NULL } };
            bool fit = fits(e->is, places[i].holds);
            char body[400];

            if (fit && needs_more(e, places[i].signer))
                continue;
            snprintf(body, sizeof(body), "%s<include part='p'/>%s",
                     places[i].before, places[i].after);
            if (is_refused(h, parts, body, "p.xml", 2, 1) == fit)
                fail_msg("%s in %s is %s", e->form, body,
                         fit ? "refused" : "accepted");
        }
    }
}

/* The table above is whole: the language names nothing that is not in it. */
static void tries_every_element(void **state)
{
    static const struct {
        const char *body;
        unsigned column;
    } rows[] = {
        { "<block><if test='victim'><li/></if></block>", 26 },
        { "<ul><if test='victim'><p/></if></ul>", 23 },
        { "<table columns='*'><if test='victim'><p/></if></table>", 38 },
        { "<table columns='*'><tr><if test='victim'><p/></if></tr></table>",
          42 },
        { "<fields><if test='victim'><p/></if></fields>", 27 },
    };
    bool named[NK_COUNT(elements)] = { false };
    nk_str rest, name;
    size_t i, k;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_house *h = *state;

        assert_true(
            is_refused(h, NULL, rows[i].body, "t.xml", 4, rows[i].column));
        rest = h->problems.first->args.v[1];
        while (nk_str_cut(&rest, ',', &name)) {
            name = nk_str_trim(name);
            for (k = 0; k < NK_COUNT(elements); k++)
                if (nk_str_eq(name, nk_str_of(elements[k].name)))
                    break;
            if (k == NK_COUNT(elements))
                fail_msg("%.*s is not tried", (int)name.len, name.ptr);
            named[k] = true;
        }
    }
    for (k = 0; k < NK_COUNT(elements); k++)
        if (!named[k] && strcmp(elements[k].is, "O") != 0)
            fail_msg("%s is never named", elements[k].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_what_may_stand_where),
        cmocka_unit_test(knows_it_of_parts_too),
        cmocka_unit_test(tries_every_element),
    };

    return HOUSE_RUN(tests);
}
