/*
 * A paper as plain text: lines as a reader would read them.
 */
#include "../support/bound.h"

#define PEOPLE                                                                 \
    "<victim><name>Melati  Contoh</name><sex>P</sex></victim>"                 \
    "<incident><summary>Satu.\n\n  Dua.</summary></incident>"

static const struct row {
    const char *body, *text;
} rows[] = {
    { "<p>a</p><p>b</p>", "a\nb\n" },
    { "<p> a\n  b\tc </p>", "a b c\n" },
    { "<p/><p>a</p><p/><p/><p>b</p>", "a\nb\n" },
    { "<p>a<br/>b<br/><br/>c</p>", "a\nb\nc\n" },
    { "<p>a<b>b</b> <i>c</i></p>", "ab c\n" },
    { "<h1>A</h1><h2>B</h2><p>c</p>", "A\nB\nc\n" },
    { "<table columns='* * *'><tr><td>a</td><td/><td><p>b</p><p>c</p></td></tr>"
      "<tr><td>d</td><td>e</td><td>f</td></tr></table><p>g</p>",
      "a b c\nd e f\ng\n" },
    { "<table columns='*'><tr><td><table columns='* *'><tr><td>a</td>"
      "<td>b</td></tr></table></td></tr></table><p>c</p>",
      "a b\nc\n" },
    { "<ul><li>a<br/>b</li><li><p>c</p><ol><li>d</li></ol></li></ul>",
      "- a\nb\n- c\n1. d\n" },
    { "<p>a <blank/> b <check/>c</p>", "a ____ b [ ]c\n" },
    { "<p>a<check test='victim'/></p>", "a [x]\n" },
    { "<lines count='2'/><p>a</p>", "____\na\n" },
    { "<p>a</p><lines count='2'/>", "a\n____\n" },
    { "<p><field of='incident/summary' show='lines'/></p>", "Satu. Dua.\n" },
    { "<fields><field of='victim/name'/><field of='victim/nik'/></fields>",
      "Nama lengkap : Melati Contoh\nNIK : ____\n" },
    { "<p>a</p><page-break/><space height='1pt'/><rule/><p>b</p>", "a\nb\n" },
    { "<img file='arms' alt='Lambang'/><p>a</p>", "a\n" },
    { "<block><keep-together><p>a</p></keep-together>b</block>", "a\nb\n" },
    { "<p/>", "" },
};

static void reads_as_a_reader_would(void **state)
{
    const nk_bound_how how = { .inside = PEOPLE };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_str got = bound_text(*state, &how, rows[i].body);

        if (!nk_str_eq(got, nk_str_of(rows[i].text)))
            print_error("%s\n", rows[i].body);
        assert_str(got, rows[i].text);
    }
}

/* What stands on every page is no part of it. */
static void leaves_out_head_and_foot(void **state)
{
    const nk_bound_how how = {
        .sheet = { .head = "<page><header><p>kepala</p></header><footer>"
                           "<p><page-number/></p></footer></page>" }
    };

    assert_str(bound_text(*state, &how, "<p>isi</p>"), "isi\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_a_reader_would),
        cmocka_unit_test(leaves_out_head_and_foot),
    };

    return HOUSE_RUN(tests);
}
