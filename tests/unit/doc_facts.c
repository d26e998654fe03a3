/*
 * Facts that are in no record: of the letter, of its office and of who signs,
 * as expressions reach them.
 */
#include "../support/bound.h"

#include <stdio.h>

#define LETTER                                                                 \
    "<p><value-of select='$letter/number'/>|<value-of select='$letter/date'/>" \
    "|<value-of select='$letter/place'/>|<value-of "                           \
    "select='$letter/security'/>"                                              \
    "|<value-of select='$letter/subject'/>|<value-of select='$letter/title'/>" \
    "|<value-of select='$letter/form'/>|<value-of select='$letter/mode'/></p>"

static void knows_the_letter(void **state)
{
    static const struct row {
        nk_mode mode;
        nk_signing signing;
        const char *number, *text;
    } rows[] = {
        { NK_MODE_FILLED, NK_SIGNING_WET, "7/2026",
          "7/2026|2026-11-23|Sekadau|Biasa|Hal|Judul|x v3|wet\n" },
        { NK_MODE_FILLED, NK_SIGNING_ELECTRONIC, NULL,
          "|2026-11-23|Sekadau|Biasa|Hal|Judul|x v3|electronic\n" },
        { NK_MODE_HALF, NK_SIGNING_ELECTRONIC, "7/2026",
          "7/2026|2026-11-23|Sekadau|Biasa|Hal|Judul|x v3|wet\n" },
        { NK_MODE_BLANK, NK_SIGNING_ELECTRONIC, NULL,
          "____|____|Sekadau|Biasa|Hal|Judul|x v3|wet\n" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_bound_how how = { .mode = rows[i].mode,
                                   .signing = rows[i].signing,
                                   .number = rows[i].number };

        assert_str(bound_text(*state, &how, LETTER), rows[i].text);
    }
}

/* Each word of the schema has its own in print. */
static void prints_how_secret_it_is(void **state)
{
    static const struct row {
        const char *class, *text;
    } rows[] = {
        { "biasa", "Biasa\n" },
        { "terbatas", "Terbatas\n" },
        { "rahasia", "Rahasia\n" },
        { "sangat-rahasia", "Sangat Rahasia\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        /* The head is fixed; the attribute goes in by way of `to`. */
        char to[60];
        const nk_bound_how how = { .sheet = { .to = to } };

        snprintf(to, sizeof(to), "office' security='%s", rows[i].class);
        assert_str(
            bound_text(h, &how, "<p><value-of select='$letter/security'/></p>"),
            rows[i].text);
    }
}

#define SIGNER(post)                                                           \
    "<signer post='" post "'><p><for-each select='$signer/line'><value-of "    \
    "select='.'/>/</for-each>|<value-of select='$signer/name'/>|<value-of "    \
    "select='$signer/title'/>|<value-of select='$signer/rank'/>|<value-of "    \
    "select='$signer/nip'/>|<value-of select='$signer/mode'/></p></signer>"

static void knows_the_signer(void **state)
{
    static const struct row {
        const char *person, *body, *text;
    } rows[] = {
        { NULL, SIGNER("secretary"),
          "Sekretaris,/|Belian Contoh, S.I.P., M.Si.|Sekretaris|Pembina "
          "Tingkat I (IV/b)|19750213 200212 2 998|electronic\n" },
        /* Who acts for the head while there is none. */
        { NULL, SIGNER("head-of-office"),
          "Plt. Kepala Dinas Sosial,/|Belian Contoh, S.I.P., M.Si.|"
          "Sekretaris|Pembina Tingkat I (IV/b)|19750213 200212 2 "
          "998|electronic\n" },
        { NULL, SIGNER("companion"),
          "Pendamping Korban,/|Mentawa Contoh, S.Psi.|Pendamping "
          "Korban|||electronic\n" },
        /* The first of several posts that somebody holds. */
        { NULL, SIGNER("psychologist companion secretary"),
          "Pendamping Korban,/|Mentawa Contoh, S.Psi.|Pendamping "
          "Korban|||electronic\n" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_bound_how how = { .signer = rows[i].person,
                                   .signing = NK_SIGNING_ELECTRONIC };

        assert_str(bound_text(*state, &how, rows[i].body), rows[i].text);
    }
}

/* The person asked for signs for the first post; others are their holders'. */
static void lets_somebody_else_sign(void **state)
{
    nk_house *h = *state;
    nk_bound_how how = { .signer = "belian" };
    nk_bound p;

    bound_open(h, &how, SIGNER("head-of-office") SIGNER("companion"), &p);
    assert_ok(h, p.rc);
    assert_str(p.doc->signer, "belian");
    bound_close(&p);
    how.signer = "durian";
    bound_fails(h, &how, SIGNER("secretary"), NK_E_DENIED, "SIGNER_DENIED");
    /* For the second of two posts she may. */
    assert_str(bound_text(h, &how,
                          "<signer post='secretary section-head'><p><value-of "
                          "select='$signer/name'/></p></signer>"),
               "Durian Contoh, S.H.\n");
    how.signer = "siapa";
    bound_fails(h, &how, SIGNER("secretary"), NK_E_NOTFOUND, "SIGNER_UNKNOWN");
}

/* Outside of it, and after it, there is no signer. */
static void forgets_the_signer(void **state)
{
    nk_house *h = *state;
    const nk_bound_how how = { .inside = NULL };

    assert_str(bound_text(h, &how,
                          "<signer post='secretary'><signer post='companion'>"
                          "<p><value-of select='$signer/title'/></p></signer>"
                          "<p><value-of select='$signer/title'/></p></signer>"),
               "Pendamping Korban\nSekretaris\n");
}

static void knows_the_office(void **state)
{
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(house_offices); i++) {
        nk_bound_how how = { .office = house_offices[i] };
        nk_office *o = house_office(h, house_offices[i]);
        nk_buf want;

        nk_buf_init(&want, &h->arena);
        nk_buf_puts(&want, nk_office_text(o, NK_STR("name")));
        nk_buf_lit(&want, ", ");
        nk_buf_puts(&want, nk_office_text(o, NK_STR("city")));
        nk_buf_lit(&want, "\n");
        nk_buf_putc(&want, '\0');
        assert_str(bound_text(h, &how,
                              "<p><value-of select='$office/name'/>, "
                              "<value-of select='$letter/place'/></p>"),
                   want.ptr);
        nk_office_close(o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_letter),
        cmocka_unit_test(prints_how_secret_it_is),
        cmocka_unit_test(knows_the_signer),
        cmocka_unit_test(lets_somebody_else_sign),
        cmocka_unit_test(forgets_the_signer),
        cmocka_unit_test(knows_the_office),
    };

    return HOUSE_RUN(tests);
}
