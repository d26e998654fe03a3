/*
 * Places of a fillable form: each is named by where its expression leads,
 * and stays a line where that is not certain.
 */
#include "../support/bound.h"

/* The inputs of a bound body, one a line: "kind:name". */
static nk_str inputs_of(nk_house *h, const nk_bound_how *how, const char *body)
{
    static const char *const kinds[] = { "line",  "lines", "comb",
                                         "check", "radio", "choice" };
    nk_walk_event ev;
    nk_str out = NK_EMPTY;
    nk_bound p;
    nk_walk w;
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    bound_open(h, how, body, &p);
    assert_ok(h, p.rc);
    nk_walk_init(&w, p.doc->body);
    while (nk_walk_next(&w, &ev)) {
        const nk_input *in = ev.node->input;

        if (!in || !ev.entering)
            continue;
        nk_buf_printf(&b, "%s:%.*s", kinds[in->kind], (int)in->name.len,
                      in->name.ptr);
        if (in->option.len)
            nk_buf_printf(&b, "=%.*s%s", (int)in->option.len, in->option.ptr,
                          in->on ? "!" : "");
        if (in->value.len)
            nk_buf_printf(&b, " \"%.*s\"", (int)in->value.len, in->value.ptr);
        nk_buf_putc(&b, '\n');
    }
    bound_close(&p);
    assert_ok(h, nk_buf_end(&h->ctx, &b, &out));
    return out;
}

struct row {
    const char *body, *inputs;
};

static void check(nk_house *h, const nk_bound_how *how, const struct row *rows,
                  size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        nk_str got = inputs_of(h, how, rows[i].body);

        if (!nk_str_eq(got, nk_str_of(rows[i].inputs)))
            print_error("%s\n", rows[i].body);
        assert_str(got, rows[i].inputs);
    }
}

#define P(inside) "<p>" inside "</p>"

static void names_places_of_a_blank(void **state)
{
    static const nk_bound_how blank = { .mode = NK_MODE_BLANK,
                                        .fillable = true };
    static const struct row rows[] = {
        { P("<field of='victim/name'/>"), "line:victim.name\n" },
        { P("<field of='victim/nik'/>"), "comb:victim.nik\n" },
        { P("<field of='victim/birth-date'/>"), "line:victim.birth-date\n" },
        { P("<field of='victim/sex'/>"),
          "radio:victim.sex=L\nradio:victim.sex=P\n" },
        { P("<field of='victim/sex' show='line'/>"), "choice:victim.sex\n" },
        { P("<field of='victim/sex' show='value'/>"), "choice:victim.sex\n" },
        { P("<value-of select='victim/name'/>"), "line:victim.name\n" },
        { P("<field of='incident/summary'/>"), "lines:incident.summary\n" },
        { P("<field of='incident/evidence'/>"), "line:incident.evidence\n" },
        { P("<field of='@opened' show='date'/><field of='time(@opened)'/>"),
          "line:@opened.date\nline:@opened.time\n" },
        { P("<check test=\"complaint/statement-true = 'yes'\"/>"),
          "check:complaint.statement-true=yes\n" },
        { P("<field of='assessment/by[2]'/>"), "line:assessment.by.1\n" },
        { P("<field of='victim/../victim/./name'/>"), "line:victim.name\n" },
        { P("<field of='guardian[not(not-signing)]/name'/>"),
          "line:guardian.name\n" },
        { "<for-each select='witness' blank='2'>" P(
              "<field of='name'/><field of='../victim/name'/>") "</for-each>",
          "line:witness.0.name\nline:victim.name\n"
          "line:witness.1.name\nline:victim.name\n" },
        { "<for-each select='incident/evidence' blank='2'>" P(
              "<field of='.'/>") "</for-each>",
          "line:incident.evidence.0\nline:incident.evidence.1\n" },
        /* Nowhere certain. */
        { P("<field of='witness/name'/>"), "" },
        { P("<field of='victim/age'/>"), "" },
        { P("<field of='@office'/>"), "" },
        { P("<field of='(victim | guardian)/name'/>"), "" },
        { P("<field of='concat(victim/name, 1)'/>"), "" },
        { P("<field of='$office/name'/>"), "" },
        { P("<check test='victim/sex'/>"), "" },
        /* The second is of another type than the first of its name. */
        { P("<field of='victim/sex'/><field of='victim/sex' show='line'/>"),
          "radio:victim.sex=L\nradio:victim.sex=P\n" },
        { P("<field of='@opened' show='date'/><field of='@opened' "
            "show='line'/>"),
          "line:@opened.date\n" },
    };

    check(*state, &blank, rows, NK_COUNT(rows));
}

static void shows_what_is_known(void **state)
{
    static const nk_bound_how half = {
        .mode = NK_MODE_HALF,
        .fillable = true,
        .inside = "<kind>kdrt</kind><victim><name>Melati Contoh</name>"
                  "<birth-date>1990-12-10</birth-date><sex>P</sex>"
                  "<disability>netra</disability></victim>"
                  "<guardian><name>Wali Contoh</name>"
                  "<not-signing>sakit</not-signing></guardian>"
                  "<witness><name>Satu</name></witness>"
                  "<witness><name>Dua</name></witness>"
                  "<incident><evidence>Foto</evidence>"
                  "<evidence>Surat</evidence></incident>"
    };
    static const struct row rows[] = {
        { P("<field of='victim/name'/>"),
          "line:victim.name \"Melati Contoh\"\n" },
        { P("<field of='victim/birth-date'/>"),
          "line:victim.birth-date \"10-12-1990\"\n" },
        { P("<field of='victim/sex'/>"),
          "radio:victim.sex=L\nradio:victim.sex=P!\n" },
        { P("<field of='incident/evidence'/>"),
          "line:incident.evidence \"Foto; Surat\"\n" },
        { "<for-each select='witness' least='3'>" P(
              "<field of='name'/>") "</for-each>",
          "line:witness.0.name \"Satu\"\nline:witness.1.name \"Dua\"\n"
          "line:witness.2.name\n" },
        /* Printed, not to be changed; and what the case is, it stays. */
        { P("<value-of select='victim/name'/>"), "" },
        { P("<field of='@number'/>"), "" },
        /* There is a guardian, but not one that signs. */
        { P("<field of='guardian[not(not-signing)]/name'/>"), "" },
    };

    check(*state, &half, rows, NK_COUNT(rows));
}

static void has_no_place_for_what_is_hidden(void **state)
{
    static const nk_bound_how how = {
        .mode = NK_MODE_BLANK,
        .fillable = true,
        .sheet = { .to = "economic-aid" },
    };

    assert_str(inputs_of(*state, &how, P("<field of='incident/summary'/>")),
               "");
}

static void is_no_form_unless_asked(void **state)
{
    static const nk_bound_how how = { .mode = NK_MODE_BLANK };

    assert_str(inputs_of(*state, &how, P("<field of='victim/name'/>")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_places_of_a_blank),
        cmocka_unit_test(shows_what_is_known),
        cmocka_unit_test(has_no_place_for_what_is_hidden),
        cmocka_unit_test(is_no_form_unless_asked),
    };

    return HOUSE_RUN(tests);
}
