/*
 * Computed fields: of a person initials, age, and whether a child; of a
 * report the last hour it is due. One row a computation, named as the schema
 * names it.
 */
#include "record/record_int.h"

#define ADULT_AGE 18 /* UU 35/2014 art. 1: a child is not yet 18 */

static nk_str text_of(const nk_xml_node *group, nk_str name)
{
    nk_xml_node *e = nk_xml_child(group, name);

    return e ? nk_str_trim(nk_xml_text(e)) : NK_EMPTY;
}

static bool initials(const nk_xml_node *group, nk_date on, nk_buf *b)
{
    nk_str alias = text_of(group, NK_STR("alias"));
    nk_str name = text_of(group, NK_STR("name"));

    (void)on;
    if (alias.len)
        nk_buf_puts(b, alias);
    else if (name.len)
        nk_initials_put(b, name);
    return alias.len || name.len;
}

/* Age in years; *about when the day of birth is not known: then the year, or
   the month, counts as begun with a birthday. */
static bool age_of(const nk_xml_node *group, nk_date on, int *age, bool *about)
{
    nk_date birth;

    if (!nk_date_parse(text_of(group, NK_STR("birth-date")), &birth))
        return false;
    *about = !nk_date_is_day(birth);
    *age = *about ? on.year - birth.year - (birth.month > on.month)
                  : nk_date_age(birth, on);
    return *age >= 0;
}

static bool age(const nk_xml_node *group, nk_date on, nk_buf *b)
{
    bool about;
    int years;

    if (!age_of(group, on, &years, &about))
        return false;
    if (about)
        nk_buf_lit(b, "sekitar ");
    nk_buf_int(b, years);
    nk_buf_lit(b, " tahun");
    return true;
}

static bool is_child(const nk_xml_node *group, nk_date on, nk_buf *b)
{
    bool about;
    int years;

    if (!age_of(group, on, &years, &about))
        return false;
    nk_buf_puts(b, years < ADULT_AGE ? NK_STR("yes") : NK_STR("no"));
    return true;
}

/* Three days to the hour: what the law gives for a report to the police. */
static bool due_72h(const nk_xml_node *group, nk_date on, nk_buf *b)
{
    nk_str from = text_of(group, NK_STR("reported"));
    nk_date day;

    (void)on;
    if (from.len < sizeof("2026-11-23") - 1 ||
        !nk_date_parse(nk_str_head(from, 10), &day))
        return false;
    nk_date_put(b, nk_date_from_days(nk_date_days(day) + 3), NK_DATE_ISO);
    nk_buf_puts(b, nk_str_skip(from, 10));
    return true;
}

bool nk_record__compute(nk_str how, const nk_xml_node *group, nk_date on,
                        nk_buf *b)
{
    static const struct row {
        nk_str name;
        bool (*compute)(const nk_xml_node *, nk_date, nk_buf *);
    } rows[] = {
        { NK_STR_INIT("initials"), initials },
        { NK_STR_INIT("age"), age },
        { NK_STR_INIT("is-child"), is_child },
        { NK_STR_INIT("due-72h"), due_72h },
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (nk_str_eq(how, rows[i].name))
            return rows[i].compute(group, on, b);
    return false;
}
