/*
 * A paper as a whole: what its recipient may see is in it and nothing else
 * is, for every recipient and topic of the policy; what it is about; its page
 * and who signs it; and that every paper of the tree can be made.
 */
#include "../support/bound.h"
#include "../support/maker.h"

#include <stdio.h>

#include "record/record_int.h"

/* ---- Who may see what -------------------------------------------------- */

/* A value of the record, as its paper shows it. */
struct mark {
    const nk_field *field;
    nk_str path, shown; /* in quotes, as a dump has it */
    nk_str line;        /* as a text has it */
    nk_str star;        /* as a dump has what a function made of it */
    bool telling;       /* no other field shows these words */
};

#define MOST_MARKS 1200

struct marks {
    struct mark list[MOST_MARKS];
    size_t n;
};

static void add_mark(nk_house *h, struct marks *m, const nk_field *f,
                     nk_str path, nk_str raw)
{
    struct mark *k = &m->list[m->n];
    nk_buf shown, line, star;
    size_t i;

    assert_true(m->n < MOST_MARKS);
    nk_buf_init(&shown, &h->arena);
    nk_buf_putc(&shown, '"');
    nk_field_put(&shown, f, raw, NK_LANG_ID);
    nk_buf_putc(&shown, '"');
    nk_buf_init(&line, &h->arena);
    nk_buf_putc(&line, '\n');
    nk_field_put(&line, f, raw, NK_LANG_ID);
    nk_buf_putc(&line, '\n');
    nk_buf_init(&star, &h->arena);
    nk_buf_printf(&star, "\"*%.*s\"", (int)raw.len, raw.ptr);
    *k = (struct mark){
        f, path, nk_buf_str(&shown), nk_buf_str(&line), nk_buf_str(&star), true
    };
    for (i = 0; i < m->n; i++)
        if (nk_str_eq(m->list[i].shown, k->shown))
            m->list[i].telling = k->telling = false;
    m->n++;
}

/* Every value below e, depth first. */
static void find_marks(nk_house *h, struct marks *m, const nk_xml_node *e,
                       nk_str path)
{
    const nk_field *f = nk_record_field(e), *a;
    const nk_xml_node *c;
    nk_str value;
    nk_buf b;

    assert_non_null(f);
    for (a = f->first; a; a = a->next) {
        if (!a->is_attr || !nk_xml_attr(e, a->name, &value))
            continue;
        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, "%.*s%s@%.*s", (int)path.len, path.ptr,
                      path.len ? "/" : "", (int)a->name.len, a->name.ptr);
        add_mark(h, m, a, nk_buf_str(&b), nk_str_copy(&h->arena, value));
    }
    if (f->kind != NK_KIND_GROUP)
        add_mark(h, m, f, path, nk_str_copy(&h->arena, nk_xml_text(e)));
    for (c = nk_xml_first(e); c; c = nk_xml_next(c)) {
        nk_str name = nk_xml_name(c);

        nk_buf_init(&b, &h->arena);
        nk_buf_printf(&b, "%.*s%s%.*s", (int)path.len, path.ptr,
                      path.len ? "/" : "", (int)name.len, name.ptr);
        find_marks(h, m, c, nk_buf_str(&b));
    }
}

/* A template that shows each of them in every way there is. */
static const char *showing(nk_house *h, const struct marks *m)
{
    nk_buf b;
    size_t i;

    nk_buf_init(&b, &h->arena);
    for (i = 0; i < m->n; i++) {
        int n = (int)m->list[i].path.len;
        const char *p = m->list[i].path.ptr;

        nk_buf_printf(&b,
                      "<p><value-of select='%.*s'/></p><p>"
                      "<value-of select=\"concat('*', %.*s)\"/></p>"
                      "<p><field of='%.*s' show='value'/></p>"
                      "<p><field of='%.*s' show='line'/></p>"
                      "<if test='%.*s'><p>ada:%.*s</p></if>",
                      n, p, n, p, n, p, n, p, n, p, n, p);
    }
    nk_buf_lit(&b, "<for-each select='//*'><p><value-of select='.'/></p>"
                   "</for-each>");
    nk_buf_putc(&b, '\0');
    assert_int_equal(b.err, NK_OK);
    return b.ptr;
}

/* A consent to give that topic; all of them: NULL. */
static void put_consent(nk_buf *b, const char *service, nk_str institution,
                        const char *item)
{
    static const char *const items[] = { "identity", "contact",    "condition",
                                         "facts",    "chronology", "assessment",
                                         "violence" };
    size_t i;

    nk_buf_printf(b, "<consent id='s-1' with='%.*s'><service>%s</service>",
                  (int)institution.len, institution.ptr, service);
    for (i = 0; i < NK_COUNT(items); i++)
        if (!item || strcmp(item, items[i]) == 0)
            nk_buf_printf(b, "<item>%s</item>", items[i]);
    nk_buf_lit(b, "<given>2026-11-01</given><until>2026-12-31</until>"
                  "</consent>\n");
}

/* The marked record with these consents in the place of its own. */
static nk_str with_consent(nk_house *h, nk_str marked, nk_str consent)
{
    size_t from = nk_str_search(marked, NK_STR("<consent "));
    size_t to = nk_str_search(marked, NK_STR("</consent>\n"));
    nk_buf b;

    assert_true(from < to && to < marked.len);
    nk_buf_init(&b, &h->arena);
    nk_buf_puts(&b, nk_str_head(marked, from));
    nk_buf_puts(&b, consent);
    nk_buf_puts(&b, nk_str_skip(marked, to + sizeof("</consent>\n") - 1));
    return nk_buf_str(&b);
}

static bool is_in(nk_str text, nk_str what)
{
    return nk_str_search(text, what) < text.len;
}

/* Everything allowed is there, and nothing else. */
static void look_at(const struct marks *m, nk_rights rights, nk_str dump,
                    nk_str text, const char *recipient)
{
    size_t i, seen = 0, telling = 0;

    for (i = 0; i < m->n; i++) {
        const struct mark *k = &m->list[i];
        bool may = nk_rights_allow(rights, k->field);

        seen += may;
        telling += !may && k->telling;
        if (may && (!is_in(dump, k->shown) || !is_in(dump, k->star)))
            fail_msg("%s does not see %.*s", recipient, (int)k->path.len,
                     k->path.ptr);
        if (!may && k->telling &&
            (is_in(dump, k->shown) || is_in(dump, k->star) ||
             is_in(text, k->line)))
            fail_msg("%s sees %.*s", recipient, (int)k->path.len, k->path.ptr);
    }
    for (i = 0; i < m->n; i++) {
        char there[200];

        snprintf(there, sizeof(there), "\"ada:%.*s\"", (int)m->list[i].path.len,
                 m->list[i].path.ptr);
        assert_int_equal(is_in(dump, nk_str_of(there)),
                         nk_rights_allow(rights, m->list[i].field));
    }
    assert_true(seen == m->n ? strcmp(recipient, "office") == 0 : telling > 20);
}

static nk_record *opened(nk_house *h, nk_str bytes)
{
    nk_record *r = NULL;

    house_forget(h);
    assert_ok(h, nk_record_open(&h->ctx, h->model, bytes, NK_STR("k.xml"),
                                &h->problems, &r));
    return r;
}

/* One paper for one recipient; what it shows is looked at. */
static nk_rights try_paper(nk_house *h, const nk_template *t,
                           const nk_office *office, const struct marks *m,
                           nk_str bytes, const char *recipient)
{
    const nk_bind how = { .mode = NK_MODE_HALF, .date = HOUSE_TODAY };
    nk_record *r = opened(h, bytes);
    nk_str dump = NK_EMPTY, text = NK_EMPTY;
    nk_rights rights;
    nk_doc *d = NULL;

    assert_ok(h, nk_rights_of(&h->ctx, r, nk_str_of(recipient),
                              NK_STR("inst-x"), HOUSE_TODAY, &rights));
    assert_ok(h, nk_doc_bind(&h->ctx, &h->arena, t, r, h->model, office, &how,
                             &h->problems, &d));
    assert_ok(h, nk_doc_dump(&h->ctx, &h->arena, d, &dump));
    assert_ok(h, nk_doc_text(&h->ctx, &h->arena, d, &text));
    look_at(m, rights, dump, text, recipient);
    nk_record_close(r);
    return rights;
}

static nk_str marked_record(nk_house *h)
{
    nk_maker m = { .how = MAKE_MARKED, .seed = 1 };
    size_t at;
    nk_str s;
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    maker_put(&m, &b, h->model);
    /* The referral goes to an institution of a known name. */
    s = nk_buf_str(&b);
    at = nk_str_search(s, NK_STR(" institution=\""));
    assert_true(at < s.len);
    at += sizeof(" institution=\"") - 1;
    nk_buf_init(&b, &h->arena);
    nk_buf_puts(&b, nk_str_head(s, at));
    nk_buf_lit(&b, "inst-x");
    s = nk_str_skip(s, at);
    nk_buf_puts(&b, nk_str_skip(s, nk_str_find(s, '"')));
    return nk_buf_str(&b);
}

/* Papers for one recipient: without consent, with all, with each topic. */
static void try_recipient(nk_house *h, const char *recipient,
                          const nk_office *office, struct marks *m,
                          nk_str marked)
{
    static const char *const topics[] = { NULL,         "identity",
                                          "contact",    "condition",
                                          "facts",      "chronology",
                                          "assessment", "violence" };
    /* The public may not even know that there is a referral. */
    bool about = strcmp(recipient, "public") != 0;
    const nk_sheet_how how = {
        .to = recipient,
        .head = about ? "<about name='r' select='referral'/>" : NULL,
    };
    bool consents =
        strcmp(recipient, "office") != 0 && strcmp(recipient, "client") != 0 &&
        strcmp(recipient, "police-by-law") != 0 &&
        strcmp(recipient, "staff") != 0 && strcmp(recipient, "public") != 0;
    nk_rights none, with;
    nk_template *t;
    nk_buf b;
    size_t i;

    assert_ok(h, sheet_open(h, &how, showing(h, m), &t));
    none = try_paper(h, t, office, m, with_consent(h, marked, NK_EMPTY),
                     recipient);
    for (i = 0; consents && i < NK_COUNT(topics); i++) {
        nk_buf_init(&b, &h->arena);
        put_consent(&b, recipient, NK_STR("inst-x"), topics[i]);
        with = try_paper(h, t, office, m,
                         with_consent(h, marked, nk_buf_str(&b)), recipient);
        /* All at once open something more, for everybody here. */
        if (i == 0)
            assert_int_not_equal(with.topics, none.topics);
    }
    nk_template_close(t);
}

static void shows_what_its_recipient_may_see(void **state)
{
    static struct marks marks;
    nk_house *h = *state;
    nk_office *office = house_office(h, "sekadau");
    nk_arena before = h->arena;
    nk_str marked;
    nk_record *r;
    size_t i;

    nk_arena_init(&h->arena);
    marked = marked_record(h);
    r = opened(h, with_consent(h, marked, NK_EMPTY));
    marks.n = 0;
    assert_ok(h, nk_record_derive(&h->ctx, r, HOUSE_TODAY));
    find_marks(h, &marks, nk_xml_root(nk_record_xml(r)), NK_EMPTY);
    nk_record_close(r);
    assert_true(marks.n > 200);
    for (i = 0; i < h->model->recipients_n; i++)
        try_recipient(h, nk_str_z(&h->arena, h->model->recipients[i].id),
                      office, &marks, marked);
    nk_arena_release(&h->arena);
    h->arena = before;
    house_forget(h);
    nk_office_close(office);
}

/* A blank has places for what its recipient might be told some day, and for
   nothing else; nor does a test for that let its words through. */
static void leaves_no_place_for_what_is_never_told(void **state)
{
    static const struct row {
        const char *to, *text;
    } rows[] = {
        { "office", "____/____/____/ada\n" },
        { "psychologist", "____/____/____/ada\n" },
        { "police", "____/____/____/ada\n" },
        { "economic-aid", "____//____/\n" },
        { "staff", "//____/\n" },
        { "public", "///\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_bound_how how = { .mode = NK_MODE_BLANK,
                                   .sheet = { .to = rows[i].to } };

        assert_str(bound_text(h, &how,
                              "<p><value-of select='victim/name'/>/<value-of "
                              "select='victim/address'/>/<value-of "
                              "select='victim/sex'/>/<if "
                              "test='victim/address'>ada</if></p>"),
                   rows[i].text);
    }
}

/* ---- What it is about -------------------------------------------------- */

#define REFERRALS                                                              \
    "<victim><name>Melati Contoh</name></victim>"                              \
    "<consent id='c-1' with='rsud-contoh'><service>health-service</service>"   \
    "<item>identity</item><given>2026-11-01</given><until>2026-12-31</until>"  \
    "</consent>"                                                               \
    "<referral id='polisi' to='police' institution='polres-contoh'>"           \
    "<service>satu</service></referral>"                                       \
    "<referral id='sehat' to='health-service' institution='rsud-contoh'>"      \
    "<service>dua</service></referral>"                                        \
    "<referral id='obat' to='health-service' institution='puskesmas-contoh'>"  \
    "<service>tiga</service></referral>"

#define ABOUT_BODY                                                             \
    "<p><value-of select='$r/service'/>, <value-of select='$to/name'/>: "      \
    "<value-of select='victim/name'/></p>"

static void finds_what_it_is_about(void **state)
{
    static const struct row {
        const char *id, *text;
    } rows[] = {
        { NULL, "satu, Polres Contoh:\n" },
        { "polisi", "satu, Polres Contoh:\n" },
        { "sehat", "dua, RSUD Contoh: Melati Contoh\n" },
        { "obat", "tiga, Puskesmas Contoh:\n" },
    };
    nk_house *h = *state;
    nk_bound_how how = { .inside = REFERRALS,
                         .sheet = { .to = "about",
                                    .head = "<about name='r' "
                                            "select='referral'/>" } };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        how.about = rows[i].id;
        assert_str(bound_text(h, &how, ABOUT_BODY), rows[i].text);
    }
    how.about = "lain";
    bound_fails(h, &how, ABOUT_BODY, NK_E_NOTFOUND, "ABOUT_NONE");
    assert_str(h->ctx.fault.args.v[0], "Judul");
    assert_str(h->ctx.fault.args.v[1], "r");
    assert_str(h->ctx.fault.args.v[2], "lain");
    /* A blank is about nothing yet. */
    how.mode = NK_MODE_BLANK;
    assert_str(bound_text(h, &how, ABOUT_BODY), "____, ____: ____\n");
    how.mode = NK_MODE_HALF;
    how.about = NULL;
    how.inside = "";
    bound_fails(h, &how, ABOUT_BODY, NK_E_NOTFOUND, "ABOUT_NONE");
    assert_str(h->ctx.fault.args.v[2], "");
}

/* ---- Its page ---------------------------------------------------------- */

static void check_page(nk_house *h, const char *office, const char *head,
                       const char *want)
{
    const nk_bound_how how = { .office = office, .sheet = { .head = head } };
    nk_bound p;
    nk_buf b;

    bound_open(h, &how, "<p>a</p>", &p);
    assert_ok(h, p.rc);
    nk_buf_init(&b, &h->arena);
    nk_buf_printf(&b, "%dx%d %d(%d) %d %d %d, %d %u %s", p.doc->width,
                  p.doc->height, p.doc->top, p.doc->first_top, p.doc->right,
                  p.doc->bottom, p.doc->left, p.doc->type.size,
                  p.doc->type.leading,
                  p.doc->type.family == NK_FACE_SERIF ? "serif" : "sans");
    assert_str(nk_buf_str(&b), want);
    bound_close(&p);
}

static void settles_the_page(void **state)
{
    nk_house *h = *state;

    check_page(h, "sekadau", NULL,
               "595276x841890 56693(56693) 56693 70866 85039, 11000 1150 sans");
    check_page(h, "sekadau", "<page first-top='10mm'/>",
               "595276x841890 56693(28346) 56693 70866 85039, 11000 1150 sans");
    check_page(h, "sekadau",
               "<page paper='F4' turn='landscape' top='1pt' right='2pt' "
               "bottom='3pt' left='4pt' size='9pt' leading='2' font='serif'/>",
               "935433x609449 1000(1000) 2000 3000 4000, 9000 2000 serif");
}

static void knows_whose_it_is(void **state)
{
    nk_house *h = *state;
    nk_bound_how how = {
        .sheet = { .family = "perjanjian",
                   .head =
                       "<page><header from='2'><p>"
                       "<page-number/></p></header><footer><p>k</p></footer>"
                       "</page>" },
        .signing = NK_SIGNING_ELECTRONIC,
    };
    nk_bound p;
    nk_str dump;

    bound_open(h, &how, "<signer post='secretary'><p/></signer>", &p);
    assert_ok(h, p.rc);
    assert_str(p.doc->template_id, "x");
    assert_str(p.doc->version, "3");
    assert_str(p.doc->lang, "id");
    assert_str(p.doc->title, "Judul");
    assert_str(p.doc->author, "Dinas Sosial");
    assert_int_equal(p.doc->family, NK_FAMILY_AGREEMENT);
    assert_int_equal(p.doc->header->count, 2);
    assert_int_equal(p.doc->header->first->first->kind, NK_NODE_PAGE_NO);
    assert_non_null(p.doc->footer);
    assert_str(p.doc->signer, "belian");
    assert_str(p.doc->signer_name, "Belian Contoh, S.I.P., M.Si.");
    assert_ok(h, nk_doc_dump(&h->ctx, &h->arena, p.doc, &dump));
    assert_str(dump, "doc x v3\npage 595276 x 841890 margins 56693 56693 70866 "
                     "85039 size 11000 leading 1150\nheader\n  p\n    page-no\n"
                     "body\n  p\nfooter\n  p\n    text \"k\"\n");
    bound_close(&p);
    how.sheet.head = NULL;
    bound_open(h, &how, "<p/>", &p);
    assert_ok(h, p.rc);
    assert_null(p.doc->header);
    assert_null(p.doc->footer);
    assert_str(p.doc->signer, "");
    assert_str(p.doc->signer_name, "");
    bound_close(&p);
}

/* ---- The papers of the tree -------------------------------------------- */

static nk_template *template_of(nk_house *h, nk_str id)
{
    nk_template *t = NULL;
    nk_buf path;

    nk_buf_init(&path, &h->arena);
    nk_buf_printf(&path, "templates/documents/%.*s/template.xml", (int)id.len,
                  id.ptr);
    nk_buf_putc(&path, '\0');
    house_forget(h);
    assert_ok(h, nk_template_open(&h->ctx, &h->world, house_file(h, path.ptr),
                                  nk_str_of(path.ptr), &h->problems, &t));
    return t;
}

/* Bind it twice; both dumps must be the same. */
static nk_err bind_twice(nk_house *h, const nk_template *t, nk_str record,
                         const nk_office *office, const nk_bind *how,
                         nk_str *dump)
{
    nk_str again = NK_EMPTY;
    nk_err rc = NK_OK;
    int i;

    for (i = 0; i < 2 && rc == NK_OK; i++) {
        nk_record *r = opened(h, record);
        nk_doc *d = NULL;

        house_forget(h);
        rc = nk_doc_bind(&h->ctx, &h->arena, t, r, h->model, office, how,
                         &h->problems, &d);
        nk_record_close(r);
        if (rc == NK_OK)
            assert_ok(h, nk_doc_dump(&h->ctx, &h->arena, d, i ? &again : dump));
    }
    if (rc == NK_OK)
        assert_true(nk_str_eq(*dump, again));
    return rc;
}

/* With its own sample it can be made in every office and mode. */
static void try_template(nk_house *h, nk_str id)
{
    nk_template *t = template_of(h, id);
    nk_str sample, dumps[3];
    nk_buf path;
    size_t i, mode;

    nk_buf_init(&path, &h->arena);
    nk_buf_printf(&path, "templates/documents/%.*s/sample.xml", (int)id.len,
                  id.ptr);
    nk_buf_putc(&path, '\0');
    sample = house_file(h, path.ptr);
    for (i = 0; i < NK_COUNT(house_offices); i++) {
        nk_office *office = house_office(h, house_offices[i]);

        for (mode = 0; mode < 3; mode++) {
            const nk_bind how = { .mode = (nk_mode)mode,
                                  .number = NK_STR("1/2026"),
                                  .date = HOUSE_TODAY };

            dumps[mode] = NK_EMPTY;
            assert_ok(h, bind_twice(h, t, sample, office, &how, &dumps[mode]));
        }
        /* What is known is on the first two and not on the last; of a paper of
           the office, or of many cases, nothing is. */
        if (t->names_n > 0 && !t->wants_register)
            assert_false(nk_str_eq(dumps[NK_MODE_HALF], dumps[NK_MODE_BLANK]));
        nk_office_close(office);
    }
    nk_template_close(t);
}

static void makes_every_paper_of_the_tree(void **state)
{
    nk_house *h = *state;
    nk_str *names;
    size_t n, i;

    assert_ok(h, nk_dir_list(&h->ctx, &h->arena, NK_STR("templates/documents"),
                             &names, &n));
    assert_true(n >= 4);
    for (i = 0; i < n; i++)
        try_template(h, names[i]);
}

/* A letter without its number is a draft; what is finished by hand is not,
   nor is a form. */
static void marks_drafts(void **state)
{
    nk_house *h = *state;
    nk_template *letter = template_of(h, NK_STR("surat-rujukan-kesehatan"));
    nk_template *form = template_of(h, NK_STR("formulir-pengaduan"));
    nk_office *office = house_office(h, "sekadau");
    const struct draft_row {
        const nk_template *t;
        const char *sample, *number;
        nk_mode mode;
        bool draft;
    } rows[] = {
        { letter, "surat-rujukan-kesehatan", "", NK_MODE_FILLED, true },
        { letter, "surat-rujukan-kesehatan", "", NK_MODE_HALF, false },
        { letter, "surat-rujukan-kesehatan", "1/2026", NK_MODE_FILLED, false },
        { letter, "surat-rujukan-kesehatan", "", NK_MODE_BLANK, false },
        { form, "formulir-pengaduan", "", NK_MODE_FILLED, form->reg.len > 0 },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_bind how = { .mode = rows[i].mode,
                              .number = nk_str_of(rows[i].number),
                              .date = HOUSE_TODAY };
        char path[200];
        nk_str dump;

        snprintf(path, sizeof(path), "templates/documents/%s/sample.xml",
                 rows[i].sample);
        assert_ok(h, bind_twice(h, rows[i].t, house_file(h, path), office, &how,
                                &dump));
        assert_int_equal(
            is_in(nk_str_head(dump, nk_str_find(dump, '\n')), NK_STR(" draft")),
            rows[i].draft);
    }
    nk_office_close(office);
    nk_template_close(letter);
    nk_template_close(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_what_its_recipient_may_see),
        cmocka_unit_test(leaves_no_place_for_what_is_never_told),
        cmocka_unit_test(finds_what_it_is_about),
        cmocka_unit_test(settles_the_page),
        cmocka_unit_test(knows_whose_it_is),
        cmocka_unit_test(makes_every_paper_of_the_tree),
        cmocka_unit_test(marks_drafts),
    };

    return HOUSE_RUN(tests);
}
