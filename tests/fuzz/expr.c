/*
 * An expression from anywhere. First for itself, at every kind of node of a
 * case and with every kind of variable: as it stands and in brackets, which
 * libxml2 alone evaluates, it must come to the same. Then inside a template,
 * where its names are checked before it is evaluated.
 */
#include "../support/bothways.h"
#include "../support/sheet.h"
#include "../support/workshop.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A case to walk in, beside the one that is bound. */
struct walk_in {
    nk_workshop shop;
    nk_record *record;
    nk_xpath_env *env;
    nk_xml_node *nodes[3]; /* where expressions stand */
};

static void enter(struct walk_in *w)
{
    nk_house *h = &w->shop.house;
    nk_xml_node *root, *all[64], *e, *to;
    size_t n = 0;

    if (workshop_enter(&w->shop) < 0 ||
        nk_record_open_checked(&h->ctx, h->model, w->shop.record,
                               NK_STR(WORKSHOP_CASE), &w->record) < 0 ||
        nk_xpath_env_open(&h->ctx, nk_functions, nk_functions_n, NULL,
                          &w->env) < 0)
        abort();
    root = nk_xml_root(nk_record_xml(w->record));
    to = nk_office_institution(w->shop.office, NK_STR("rsud-contoh"));
    for (e = nk_xml_first(root); e && n < NK_COUNT(all); e = nk_xml_next(e))
        all[n++] = e;
    w->nodes[0] = root;
    w->nodes[1] = nk_xml_child(root, NK_STR("victim"));
    w->nodes[2] = nk_xml_child(root, NK_STR("referral"));
    if (!to || !w->nodes[1] || !w->nodes[2] ||
        nk_xpath_set_nodes(&h->ctx, w->env, NK_STR("to"), &to, 1) < 0 ||
        nk_xpath_set_nodes(&h->ctx, w->env, NK_STR("all"), all, n) < 0 ||
        nk_xpath_set_nodes(&h->ctx, w->env, NK_STR("none"), NULL, 0) < 0 ||
        nk_xpath_set_text(&h->ctx, w->env, NK_STR("word"), NK_STR("kepala")) <
            0)
        abort();
}

/* As it comes out of an attribute: no white space but the blank. */
static bool is_attribute(nk_str s)
{
    uint32_t c;
    size_t bad;

    if (!nk_utf8_check(s, &bad))
        return false;
    while (s.len) {
        c = nk_utf8_next(&s);
        if (c < ' ' || c == 0xFFFE || c == 0xFFFF)
            return false;
    }
    return true;
}

static void put_escaped(nk_buf *b, nk_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++) {
        if (s.ptr[i] == '<')
            nk_buf_lit(b, "&lt;");
        else if (s.ptr[i] == '&')
            nk_buf_lit(b, "&amp;");
        else if (s.ptr[i] == '\'')
            nk_buf_lit(b, "&apos;");
        else
            nk_buf_putc(b, s.ptr[i]);
    }
}

static void in_a_template(struct walk_in *w, nk_arena *a, nk_str text)
{
    static const nk_sheet_how how = {
        .to = "about", .head = "<about name='r' select='referral'/>"
    };
    nk_house *h = &w->shop.house;
    nk_str dump, words;
    nk_problems problems;
    nk_template *t;
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_lit(&b, "<for-each select='.'><p><if test='");
    put_escaped(&b, text);
    nk_buf_lit(&b, "' blank='test'><value-of select='");
    put_escaped(&b, text);
    nk_buf_lit(&b, "'/></if></p></for-each>");
    nk_buf_putc(&b, '\0');
    if (b.err < 0)
        abort();
    if (sheet_open(h, &how, b.ptr, &t) < 0)
        return;
    nk_problems_init(&problems, a);
    workshop_bind(&w->shop, a, t, NK_MODE_HALF, &problems, &dump, &words);
    workshop_bind(&w->shop, a, t, NK_MODE_BLANK, &problems, &dump, &words);
    nk_template_close(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct walk_in in;
    nk_str text = { (const char *)bytes, n };
    nk_arena a, shared;
    size_t i;

    if (!in.env)
        enter(&in);
    if (!is_attribute(text))
        return 0;
    nk_arena_init(&a);
    for (i = 0; i < NK_COUNT(in.nodes); i++)
        if (bothways(&in.shop.house.ctx, &a, in.env, text, in.nodes[i]))
            abort();
    /* The house's arena holds what is in it for good; this goes again. */
    shared = in.shop.house.arena;
    nk_arena_init(&in.shop.house.arena);
    in_a_template(&in, &a, text);
    nk_arena_release(&in.shop.house.arena);
    in.shop.house.arena = shared;
    house_forget(&in.shop.house);
    nk_arena_release(&a);
    return 0;
}
