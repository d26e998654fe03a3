/*
 * What a file says of itself: XMP packet and document information agree word
 * for word, the packet is XML whatever the words are, and the colour profile
 * is one.
 */
#include "../support/pdf_read.h"
#include "../support/press.h"

#include "xml/xml.h"

struct facts {
    nk_read r;
    nk_pdf_value info;
    nk_str xmp;
};

static struct facts facts_of(nk_press *p)
{
    nk_pdf_value catalog;
    struct facts f;

    f.r = nk_read_open(&p->t->ctx, &p->t->arena, nk_press_print(p));
    f.info = nk_read_get(&f.r, nk_read_trailer(&f.r), "Info");
    catalog = nk_read_catalog(&f.r);
    f.xmp = nk_read_inflated(&f.r, nk_read_raw(&f.r, catalog, "Metadata"));
    return f;
}

/* The text between the first <name...> and the next tag; unescaped. */
static nk_str property(struct facts *f, const char *name)
{
    static const char *const signs[][2] = { { "&lt;", "<" },
                                            { "&gt;", ">" },
                                            { "&amp;", "&" } };
    nk_str s = f->xmp, out;
    size_t at, i;
    nk_buf b;

    nk_buf_init(&b, f->r.arena);
    nk_buf_putc(&b, '<');
    nk_buf_puts(&b, nk_str_of(name));
    at = nk_str_search(s, nk_buf_str(&b));
    if (at == s.len)
        return NK_EMPTY;
    s = nk_str_skip(s, at);
    if (nk_str_starts(nk_str_of(name), NK_STR("dc:")))
        s = nk_str_skip(s, nk_str_search(s, NK_STR("<rdf:li")));
    s = nk_str_skip(s, nk_str_find(s, '>') + 1);
    s = nk_str_head(s, nk_str_find(s, '<'));
    nk_buf_init(&b, f->r.arena);
    while (s.len) {
        for (i = 0; i < NK_COUNT(signs); i++)
            if (nk_str_starts(s, nk_str_of(signs[i][0])))
                break;
        if (i < NK_COUNT(signs)) {
            nk_buf_puts(&b, nk_str_of(signs[i][1]));
            s = nk_str_skip(s, strlen(signs[i][0]));
        } else {
            nk_buf_putc(&b, s.ptr[0]);
            s = nk_str_skip(s, 1);
        }
    }
    out = nk_buf_str(&b);
    return out;
}

/* "D:20261123014500Z" as XMP writes it. */
static nk_str moment(struct facts *f, const char *key)
{
    nk_str d = nk_read_text(&f->r, f->info, key);
    nk_buf b;

    assert_int_equal(d.len, 17);
    nk_buf_init(&b, f->r.arena);
    nk_buf_printf(&b, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", d.ptr + 2, d.ptr + 6,
                  d.ptr + 8, d.ptr + 10, d.ptr + 12, d.ptr + 14);
    return nk_buf_str(&b);
}

static void agree(struct facts *f, const char *key, const char *name)
{
    nk_str info = nk_read_text(&f->r, f->info, key);

    assert_str(property(f, name), nk_str_z(f->r.arena, info));
}

static void check_agreement(struct facts *f)
{
    agree(f, "Title", "dc:title");
    agree(f, "Author", "dc:creator");
    agree(f, "Subject", "dc:description");
    agree(f, "Creator", "xmp:CreatorTool");
    agree(f, "Producer", "pdf:Producer");
    assert_str(property(f, "xmp:CreateDate"),
               nk_str_z(f->r.arena, moment(f, "CreationDate")));
    assert_str(property(f, "xmp:ModifyDate"),
               nk_str_z(f->r.arena, moment(f, "ModDate")));
}

static void packet_and_information_agree(void **state)
{
    nk_press *p = *state;
    struct facts f;

    nk_tree_p(p->t, p->t->body, "a");
    f = facts_of(p);
    check_agreement(&f);
    assert_str(property(&f, "dc:title"), "Pola");
    assert_str(property(&f, "dc:creator"), "Dinas Contoh");
    assert_str(property(&f, "dc:description"), "400.2.3/12/2026");
    assert_str(property(&f, "xmp:CreateDate"), "2026-11-23T01:45:00Z");
    assert_true(nk_str_starts(property(&f, "pdf:Producer"),
                              NK_STR("naskah " NK_VERSION)));
}

/* A title may hold anything that XML can hold. */
static void any_words_will_do(void **state)
{
    nk_press *p = *state;
    nk_problems problems;
    struct facts f;
    nk_xml *xml = NULL;

    p->t->doc.title =
        NK_STR("A & B <c> \"d\" 'e' ]]> (f\\) \xC3\xA9\xE2\x80\x93");
    p->t->doc.author = NK_STR("Dinas <P3A> & \xC5\x9A"
                              "armil\xC4\x81");
    nk_tree_p(p->t, p->t->body, "a");
    f = facts_of(p);
    check_agreement(&f);
    assert_str(property(&f, "dc:title"),
               "A & B <c> \"d\" 'e' ]]> (f\\) \xC3\xA9\xE2\x80\x93");
    nk_problems_init(&problems, &p->t->arena);
    assert_true(
        nk_str_starts(f.xmp, NK_STR("<?xpacket begin=\"\xEF\xBB\xBF\"")));
    assert_true(nk_str_ends(f.xmp, NK_STR("<?xpacket end=\"r\"?>")));
    assert_int_equal(
        nk_xml_open(&p->t->ctx, f.xmp, NK_STR("xmp"), &problems, &xml), NK_OK);
    nk_xml_close(xml);
}

static void nothing_to_say_is_not_said(void **state)
{
    nk_press *p = *state;
    struct facts f;

    p->words.subject = NK_EMPTY;
    nk_tree_p(p->t, p->t->body, "a");
    f = facts_of(p);
    assert_int_equal(nk_read_raw(&f.r, f.info, "Subject").kind, NK_COS_NONE);
    assert_int_equal(nk_str_search(f.xmp, NK_STR("dc:description")), f.xmp.len);
}

/* PDF/A-2a and PDF/UA-1, and what tells a reader of the one of the other. */
static void standards_are_claimed(void **state)
{
    nk_press *p = *state;
    struct facts f;

    nk_tree_p(p->t, p->t->body, "a");
    f = facts_of(p);
    assert_str(property(&f, "pdfaid:part"), "2");
    assert_str(property(&f, "pdfaid:conformance"), "A");
    assert_str(property(&f, "pdfuaid:part"), "1");
    assert_str(property(&f, "pdfaSchema:prefix"), "pdfuaid");
    assert_str(property(&f, "pdfaProperty:name"), "part");
}

static uint32_t number_at(nk_str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;

    assert_true(at + 4 <= s.len);
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

/* ICC.1:2004-10: header, table of tags, and every tag within the profile. */
static void the_profile_is_well_formed(void **state)
{
    nk_press *p = *state;
    nk_pdf_value *intents, ref;
    nk_str icc, seen = NK_EMPTY;
    struct facts f;
    size_t n, i, at, len;

    nk_tree_p(p->t, p->t->body, "a");
    f = facts_of(p);
    intents = nk_read_array(
        &f.r, nk_read_get(&f.r, nk_read_catalog(&f.r), "OutputIntents"), &n);
    ref = nk_read_raw(&f.r, intents[0], "DestOutputProfile");
    assert_int_equal(nk_read_int(&f.r, nk_read_object(&f.r, ref).value, "N"),
                     3);
    icc = nk_read_inflated(&f.r, ref);
    assert_int_equal(number_at(icc, 0), icc.len);
    assert_true(nk_str_starts(nk_str_skip(icc, 12), NK_STR("mntrRGB XYZ ")));
    assert_true(nk_str_starts(nk_str_skip(icc, 36), NK_STR("acsp")));
    n = number_at(icc, 128);
    assert_int_equal(n, 10);
    for (i = 0; i < n; i++) {
        at = number_at(icc, 132 + 12 * i + 4);
        len = number_at(icc, 132 + 12 * i + 8);
        assert_int_equal(at % 4, 0);
        assert_true(at >= 132 + 12 * n && at + len <= icc.len && len > 8);
        if (nk_str_starts(nk_str_skip(icc, 132 + 12 * i), NK_STR("wtpt")))
            seen = nk_str_head(nk_str_skip(icc, at), len);
    }
    /* The white of D50, as the header has it. */
    assert_true(nk_str_starts(seen, NK_STR("XYZ ")));
    for (i = 0; i < 3; i++)
        assert_int_equal(number_at(seen, 8 + 4 * i),
                         number_at(icc, 68 + 4 * i));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_PRESS_TEST(packet_and_information_agree),
        NK_PRESS_TEST(any_words_will_do),
        NK_PRESS_TEST(nothing_to_say_is_not_said),
        NK_PRESS_TEST(standards_are_claimed),
        NK_PRESS_TEST(the_profile_is_well_formed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
