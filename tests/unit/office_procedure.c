/*
 * Procedures of offices: those of the tree are right, and what the schema
 * cannot say is said.
 */
#include "../support/house.h"

static nk_err check(nk_house *h, const char *bytes, nk_str office)
{
    nk_xml *x = NULL;
    nk_err rc;

    house_forget(h);
    rc = nk_procedure_open(&h->ctx, h->procedure_schema, nk_str_of(bytes),
                           NK_STR("p.xml"), office, &h->problems, &x);
    nk_xml_close(x);
    return rc;
}

/* One for each of the five offices. */
static void accepts_those_of_the_tree(void **state)
{
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(house_offices); i++) {
        nk_buf path;

        nk_buf_init(&path, &h->arena);
        nk_buf_printf(&path, "templates/offices/%s/procedure.xml",
                      house_offices[i]);
        nk_buf_putc(&path, '\0');
        assert_ok(h, check(h, nk_str_z(&h->arena, house_file(h, path.ptr)),
                           nk_str_of(house_offices[i])));
        assert_said(&h->problems, "");
    }
}

#define PROCEDURE(time, steps)                                                 \
    "<procedure xmlns='urn:naskah:procedure:1' id='p' office='x' "             \
    "version='1'>\n<title>t</title>\n" time                                    \
    "<cost>c</cost>\n<actor id='a'>A</actor><flow id='f'>\n" steps             \
    "</flow></procedure>"
#define STEP(no, symbol, inside)                                               \
    "<step no='" no "' by='a' symbol='" symbol "'><does>d</does>" inside       \
    "</step>\n"
#define TIME     "<time max='2' unit='day'/>"
#define START    STEP("0", "start", "")
#define END      STEP("9", "end", "")
#define EXIT     "<exit no='9' by='a'>e</exit>"
#define WHEN(go) "<when go='" go "' as='a'>w</when>"

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
        { PROCEDURE(TIME, START STEP("1", "decision", WHEN("0") WHEN("9")) END),
          "" },
        { PROCEDURE(TIME, START STEP("1", "decision",
                                     WHEN("0") WHEN("1") WHEN("9")) END),
          "" },
        { PROCEDURE(TIME, START STEP("1", "decision", WHEN("9")) END),
          "6:1 PROCEDURE_DECISION\n" },
        { PROCEDURE(TIME, START STEP("1", "decision", "") END),
          "6:1 PROCEDURE_DECISION\n" },
        { PROCEDURE(TIME, START STEP("1", "process", WHEN("9")) END),
          "6:1 PROCEDURE_DECISION\n" },
        { PROCEDURE(TIME, STEP("1", "process", "") END),
          "5:1 PROCEDURE_START\n" },
        { PROCEDURE(TIME, START STEP("1", "process", "")),
          "6:1 PROCEDURE_END\n" },
        /* The end may also be an exit of the last step. */
        { PROCEDURE(TIME,
                    START STEP("1", "decision", WHEN("0") WHEN("9")) EXIT),
          "" },
        { PROCEDURE(TIME,
                    START STEP("1", "decision", WHEN("0") WHEN("1")) EXIT),
          "6:1 PROCEDURE_END\n" },
        { PROCEDURE(TIME, START STEP("1", "decision", WHEN("7") WHEN("9")) END),
          "6:53 XML_NO_SUCH\n" },
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
        { PROCEDURE(TIME,
                    END "</flow><flow id='g'><actor id='a'>B</actor>" END),
          "6:21 XML_UNEXPECTED\n" },
        { PROCEDURE(TIME, END EXIT), "6:1 XML_TWICE\n" },
        { PROCEDURE(TIME, END "<exit no='x' by='b'>e</exit>"),
          "6:1 XML_NO_SUCH\n" },
        /* Places are those of one flow. */
        { PROCEDURE(TIME, END "</flow><flow id='g'>" END), "" },
        { PROCEDURE(TIME, END "</flow><flow id='f'>" END), "6:8 XML_TWICE\n" },
        { PROCEDURE(TIME, STEP("1", "other", "") END),
          "5:21 XML_VALUE_CHOICE\n" },
        { PROCEDURE("<time until='later'/>", END), "3:7 XML_VALUE_CHOICE\n" },
        { PROCEDURE("<time max='2' unit='week'/>", END),
          "3:15 XML_VALUE_CHOICE\n" },
        { PROCEDURE("<time max='99999999999' unit='day'/>", END), "" },
        { PROCEDURE("<time min='1' max='99999999999' unit='day'/>", END),
          "3:1 PROCEDURE_TIME\n" },
        { PROCEDURE(TIME, ""), "4:24 XML_MISSING_CHILD\n" },
        /* All of it at once. */
        { PROCEDURE("<time/>", STEP("1", "decision", "<time unit='day'/>")
                                   STEP("2", "process", WHEN("1"))),
          "3:1 PROCEDURE_TIME\n5:1 PROCEDURE_DECISION\n"
          "5:53 PROCEDURE_TIME\n6:1 PROCEDURE_DECISION\n"
          "5:1 PROCEDURE_START\n6:1 PROCEDURE_END\n" },
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
