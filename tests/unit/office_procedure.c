/*
 * Procedures of offices: those of the tree are right, and what the schema
 * cannot say is said.
 */
#include "../support/house.h"

static nk_err check(nk_house *h, const char *bytes, nk_str office)
{
    nk_xml_schema *schema = NULL;
    nk_err rc;

    house_forget(h);
    assert_ok(h, house_schema(h, "schemas/procedure.xsd", &schema));
    rc = nk_procedure_check(&h->ctx, schema, nk_str_of(bytes), NK_STR("p.xml"),
                            office, &h->problems);
    nk_xml_schema_close(schema);
    return rc;
}

/* One for each of the five offices that has published its steps. */
static void accepts_those_of_the_tree(void **state)
{
    nk_house *h = *state;
    unsigned n = 0;
    size_t i;

    for (i = 0; i < NK_COUNT(house_offices); i++) {
        nk_buf path;

        nk_buf_init(&path, &h->arena);
        nk_buf_printf(&path, "templates/offices/%s/procedure.xml",
                      house_offices[i]);
        if (!nk_file_exists(nk_buf_str(&path)))
            continue;
        nk_buf_putc(&path, '\0');
        assert_ok(h, check(h, nk_str_z(&h->arena, house_file(h, path.ptr)),
                           nk_str_of(house_offices[i])));
        assert_said(&h->problems, "");
        n++;
    }
    assert_true(n > 0);
}

#define PROCEDURE(time, steps)                                                 \
    "<procedure xmlns='urn:naskah:procedure:1' id='p' office='x' "             \
    "version='1'>\n<title>t</title><cost>c</cost>\n" time                      \
    "\n<actor id='a'>A</actor>\n" steps "</procedure>"
#define STEP(no, symbol, inside)                                               \
    "<step no='" no "' by='a' symbol='" symbol "'><does>d</does>" inside       \
    "</step>\n"
#define TIME "<time max='2' unit='day'/>"
#define END  STEP("9", "end", "")

static void says_what_is_wrong(void **state)
{
    static const struct {
        const char *procedure, *said;
    } rows[] = {
        { PROCEDURE(TIME, END), "" },
        { PROCEDURE("<time until='condition'/>", END), "" },
        { PROCEDURE("<time min='2' max='2' unit='day'/>", END), "" },
        { PROCEDURE("<time/>", END), "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE("<time max='2'/>", END), "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE("<time unit='day'/>", END), "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE("<time min='2' unit='day' until='resolved'/>", END),
          "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE("<time min='2' until='resolved'/>", END),
          "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE("<time min='3' max='2' unit='day'/>", END),
          "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE("<time max='2' unit='day' until='resolved'/>", END),
          "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE(TIME, STEP("1", "start", TIME)
                              STEP("2", "process",
                                   "<time min='9' max='2' unit='day'/>") END),
          "6:52 PROCEDURE_TIME\n" },
        { PROCEDURE(TIME, STEP("1", "decision", "<when go='9'>w</when>") END),
          "" },
        { PROCEDURE(TIME, STEP("1", "decision", "") END),
          "5:1 PROCEDURE_DECISION\n" },
        { PROCEDURE(TIME, STEP("1", "process", "<when go='9'>w</when>") END),
          "5:1 PROCEDURE_DECISION\n" },
        { PROCEDURE(TIME, END STEP("1", "process", "")),
          "6:1 PROCEDURE_END\n" },
        { PROCEDURE(TIME, STEP("1", "decision", "<when go='7'>w</when>") END),
          "5:53 XML_NO_SUCH\n" },
        { PROCEDURE(TIME, END END), "6:1 XML_TWICE\n" },
        { PROCEDURE(TIME, "<step no='1' by='b' symbol='end'><does>d</does>"
                          "</step>\n"),
          "5:1 XML_NO_SUCH\n" },
        { PROCEDURE(TIME, "<step no='1' by='a' symbol='start' next='7'>"
                          "<does>d</does></step>\n" END),
          "5:1 XML_NO_SUCH\n" },
        { PROCEDURE(TIME, "<step no='1' by='a' symbol='start' next='9'>"
                          "<does>d</does></step>\n" END),
          "" },
        { PROCEDURE(TIME, "<step no='1' by='a' symbol='end'><with actor='b'/>"
                          "<does>d</does></step>\n"),
          "5:34 XML_NO_SUCH\n" },
        { PROCEDURE(TIME, "<actor id='a'>B</actor>\n" END), "5:1 XML_TWICE\n" },
        /* A case may also go to an exit, which has a number of its own. */
        { PROCEDURE(TIME, STEP("1", "decision", "<when go='x'>w</when>") END
                    "<exit no='x'>e</exit>"),
          "" },
        { PROCEDURE(TIME, END "<exit no='9'>e</exit>"), "6:1 XML_TWICE\n" },
        { PROCEDURE(TIME, STEP("1", "other", "") END),
          "5:21 XML_VALUE_CHOICE\n" },
        { PROCEDURE("<time until='later'/>", END), "3:7 XML_VALUE_CHOICE\n" },
        { PROCEDURE("<time max='2' unit='week'/>", END),
          "3:15 XML_VALUE_CHOICE\n" },
        { PROCEDURE("<time max='99999999999' unit='day'/>", END), "" },
        { PROCEDURE("<time min='1' max='99999999999' unit='day'/>", END),
          "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE(TIME, ""), "1:1 XML_MISSING_CHILD\n" },
        /* All of it at once. */
        { PROCEDURE("<time/>", STEP("1", "decision", "<time unit='day'/>") STEP(
                                   "2", "process", "<when go='1'>w</when>")),
          "3:1 PROCEDURE_TIME\n5:1 PROCEDURE_DECISION\n"
          "5:53 PROCEDURE_TIME\n6:1 PROCEDURE_DECISION\n"
          "6:1 PROCEDURE_END\n" },
        { PROCEDURE("<time max='0' unit='day'/>", END),
          "3:7 XML_VALUE_FORM\n" },
        { "<procedure", "1:11 XML_GT_MISSING\n" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_err rc = check(h, rows[i].procedure, NK_STR("x"));

        if (!nk_str_eq(said_of(&h->problems), nk_str_of(rows[i].said)))
            print_error("%s\n", rows[i].procedure);
        assert_said(&h->problems, rows[i].said);
        assert_int_equal(rc < 0, rows[i].said[0] != '\0');
    }
    assert_int_equal(check(h, PROCEDURE(TIME, END), NK_STR("y")), NK_E_INVALID);
    assert_said(&h->problems, "1:1 PROCEDURE_OFFICE\n");
    assert_fault(&h->ctx, "OFFICE_WRONG");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_those_of_the_tree),
        cmocka_unit_test(says_what_is_wrong),
    };

    return HOUSE_RUN(tests);
}
