/*
 * Kinds of values: how each is checked and how it is printed. One row a
 * kind; a new kind is a row here, a simple type in the schema, and words.
 */
#include "record/record_int.h"

typedef nk_ident (*check_fn)(nk_str value,
                             const struct nk_record__around *around);
typedef void (*put_fn)(nk_buf *b, nk_str value);

static nk_ident check_nik(nk_str v, const struct nk_record__around *around)
{
    nk_xml_node *birth = nk_xml_child(around->group, NK_STR("birth-date"));
    nk_xml_node *sex = nk_xml_child(around->group, NK_STR("sex"));
    nk_str s = sex ? nk_xml_text(sex) : NK_EMPTY;
    nk_date known = { 0 };
    nk_nik nik;

    if (birth && !nk_date_parse(nk_str_trim(nk_xml_text(birth)), &known))
        known = (nk_date){ 0 };
    return nk_nik_check(v, known, s.len == 1 ? s.ptr[0] : 0, around->today,
                        around->regions, &nik);
}

static nk_ident check_kk(nk_str v, const struct nk_record__around *around)
{
    nk_xml_node *nik = nk_xml_child(around->group, NK_STR("nik"));
    nk_date recorded;

    return nk_kk_check(v, nik ? nk_xml_text(nik) : NK_EMPTY, around->today,
                       around->regions, &recorded);
}

static nk_ident check_phone(nk_str v, const struct nk_record__around *around)
{
    char e164[20];

    (void)around;
    return nk_phone_check(v, e164);
}

static nk_ident check_email(nk_str v, const struct nk_record__around *around)
{
    (void)around;
    return nk_email_check(v);
}

static nk_ident check_rt_rw(nk_str v, const struct nk_record__around *around)
{
    (void)around;
    return nk_rt_rw_check(v);
}

static void put_digits(nk_buf *b, nk_str v)
{
    nk_groups_put(b, v, "");
}

static void put_date(nk_buf *b, nk_str v)
{
    nk_date d;

    if (nk_date_parse(nk_str_trim(v), &d))
        nk_date_put(b, d, NK_DATE_LONG);
    else
        nk_buf_puts(b, v);
}

static void put_time(nk_buf *b, nk_str v)
{
    if (v.len < 5) {
        nk_buf_puts(b, v);
        return;
    }
    nk_buf_puts(b, nk_str_head(v, 2));
    nk_buf_putc(b, '.');
    nk_buf_puts(b, nk_str_head(nk_str_skip(v, 3), 2));
}

static void put_moment(nk_buf *b, nk_str v)
{
    put_date(b, nk_str_head(v, v.len < 10 ? v.len : 10));
    if (v.len >= 16) {
        nk_buf_lit(b, " pukul ");
        put_time(b, nk_str_skip(v, 11));
    }
}

static void put_count(nk_buf *b, nk_str v)
{
    int64_t n;

    if (nk_number_parse(nk_str_trim(v), &n))
        nk_number_put(b, n);
    else
        nk_buf_puts(b, v);
}

/* ---- Forms the schema knows too, but has no words for ------------------ */

static bool is_date(nk_str v)
{
    nk_date d;

    return nk_date_parse(v, &d) && nk_date_is_day(d);
}

static bool is_partial_date(nk_str v)
{
    nk_date d;

    return nk_date_parse(v, &d);
}

static bool is_moment(nk_str v)
{
    int64_t ms;

    return v.len >= sizeof("2026-11-23T08:30:00") - 1 &&
           nk_moment_parse(v, NK_ZONE_WIB, &ms);
}

/* "08:30:00": a moment of any day. */
static bool is_time(nk_str v)
{
    char moment[] = "2000-01-01T00:00:00";

    if (v.len != sizeof("08:30:00") - 1)
        return false;
    memcpy(moment + 11, v.ptr, v.len);
    return is_moment(nk_str_of(moment));
}

static void put_money(nk_buf *b, nk_str v)
{
    int64_t n;

    if (nk_number_parse(nk_str_trim(v), &n))
        nk_rupiah_put(b, n);
    else
        nk_buf_puts(b, v);
}

static bool is_money(nk_str v)
{
    uint64_t n;

    return nk_str_uint(v, INT64_MAX, &n);
}

static bool is_count(nk_str v)
{
    uint64_t n;

    return nk_str_uint(v, UINT32_MAX, &n);
}

static const struct kind_row {
    nk_str type;          /* simple type in case.xsd */
    check_fn check;       /* of what only rules know */
    bool (*fits)(nk_str); /* is it of the form; NULL: any text is */
    nk_msg wrong;         /* it is not */
    put_fn put;
} kinds[] = {
    [NK_KIND_GROUP] = { NK_STR_INIT(""), NULL, NULL, NK_M_NONE, nk_buf_puts },
    [NK_KIND_TEXT] = { NK_STR_INIT("text"), NULL, NULL, NK_M_NONE,
                       nk_buf_puts },
    [NK_KIND_LONG_TEXT] = { NK_STR_INIT("long-text"), NULL, NULL, NK_M_NONE,
                            nk_buf_puts },
    [NK_KIND_PERSON_NAME] = { NK_STR_INIT("person-name"), NULL, NULL, NK_M_NONE,
                              nk_buf_puts },
    [NK_KIND_NIK] = { NK_STR_INIT("nik"), check_nik, NULL, NK_M_NONE,
                      put_digits },
    [NK_KIND_KK] = { NK_STR_INIT("kk"), check_kk, NULL, NK_M_NONE, put_digits },
    [NK_KIND_PHONE] = { NK_STR_INIT("phone"), check_phone, NULL, NK_M_NONE,
                        nk_buf_puts },
    [NK_KIND_EMAIL] = { NK_STR_INIT("email"), check_email, NULL, NK_M_NONE,
                        nk_buf_puts },
    [NK_KIND_RT_RW] = { NK_STR_INIT("rt-rw"), check_rt_rw, NULL, NK_M_NONE,
                        nk_rt_rw_put },
    [NK_KIND_DATE] = { NK_STR_INIT("date"), NULL, is_date, NK_M_FIELD_DATE,
                       put_date },
    [NK_KIND_PARTIAL_DATE] = { NK_STR_INIT("partial-date"), NULL,
                               is_partial_date, NK_M_FIELD_PARTIAL_DATE,
                               put_date },
    [NK_KIND_TIME] = { NK_STR_INIT("time"), NULL, is_time, NK_M_FIELD_TIME,
                       put_time },
    [NK_KIND_MOMENT] = { NK_STR_INIT("moment"), NULL, is_moment,
                         NK_M_FIELD_MOMENT, put_moment },
    [NK_KIND_COUNT] = { NK_STR_INIT("count"), NULL, is_count, NK_M_FIELD_COUNT,
                        put_count },
    [NK_KIND_MONEY] = { NK_STR_INIT("money"), NULL, is_money, NK_M_FIELD_COUNT,
                        put_money },
    [NK_KIND_ID] = { NK_STR_INIT("id"), NULL, NULL, NK_M_NONE, nk_buf_puts },
    [NK_KIND_CASE_NUMBER] = { NK_STR_INIT("case-number"), NULL, NULL, NK_M_NONE,
                              nk_buf_puts },
    [NK_KIND_CHOICE] = { NK_STR_INIT(""), NULL, NULL, NK_M_NONE, nk_buf_puts },
};

nk_kind nk_record__kind_of_type(nk_str type)
{
    size_t k;

    for (k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
        if (type.len && nk_str_eq(type, kinds[k].type))
            return (nk_kind)k;
    return NK_KIND_GROUP;
}

const nk_choice *nk_field_choice(const nk_field *f, nk_str value)
{
    size_t i;

    for (i = 0; i < f->choices_n; i++)
        if (nk_str_eq(f->choices[i].value, value))
            return &f->choices[i];
    return NULL;
}

void nk_field_put(nk_buf *b, const nk_field *f, nk_str value, nk_lang lang)
{
    const nk_choice *c = nk_field_choice(f, nk_str_trim(value));

    if (c)
        nk_buf_puts(b, c->label[lang]);
    else
        kinds[f->kind].put(b, value);
}

/* The values of a list, as a cure: "L, P". */
static nk_str choices_of(nk_arena *a, const nk_field *f)
{
    nk_buf b;
    size_t i;

    nk_buf_init(&b, a);
    for (i = 0; i < f->choices_n; i++) {
        if (i)
            nk_buf_lit(&b, ", ");
        nk_buf_puts(&b, f->choices[i].value);
    }
    return nk_buf_str(&b);
}

static bool hidden_in(nk_str v, uint32_t *c)
{
    while (v.len) {
        *c = nk_utf8_next(&v);
        if (nk_utf8_is_hidden(*c))
            return true;
    }
    return false;
}

/* What is wrong with the form of a value; NK_M_NONE: nothing. */
static nk_msg form_fault(const nk_field *f, nk_str value)
{
    const struct kind_row *k = &kinds[f->kind];

    /* Begun and left empty: an identifier may be, as if absent. */
    if (value.len == 0)
        return k->check ? NK_M_NONE : NK_M_FIELD_EMPTY;
    if (f->kind == NK_KIND_CHOICE && !nk_field_choice(f, value))
        return NK_M_CHOICE_UNKNOWN;
    if (f->longest && nk_utf8_count(value) > f->longest)
        return NK_M_FIELD_LONG;
    return k->fits && !k->fits(value) ? k->wrong : NK_M_NONE;
}

static void report_form(const nk_field *f, nk_msg msg, nk_place at,
                        nk_problems *problems)
{
    nk_str arg = f->name;

    if (msg == NK_M_CHOICE_UNKNOWN)
        arg = choices_of(problems->arena, f);
    nk_problem_add(
        problems, NK_ERROR, msg, at,
        NK_ARGS(at.field, msg == NK_M_FIELD_LONG ? NK_NUM(f->longest) : arg));
}

void nk_record__check_value(const nk_field *f, nk_str value, nk_place at,
                            const struct nk_record__around *around,
                            nk_problems *problems)
{
    nk_ident what = NK_IDENT_OK;
    char name[12];
    uint32_t c;
    nk_msg msg;

    at.field = f->label[NK_LANG_ID];
    if (hidden_in(value, &c)) {
        nk_problem_add(problems, NK_ERROR, NK_M_HIDDEN_CHAR, at,
                       NK_ARGS(at.field, nk_utf8_name(name, c)));
        return;
    }
    value = nk_str_trim(value);
    if ((msg = form_fault(f, value)) != NK_M_NONE)
        report_form(f, msg, at, problems);
    else if (value.len && kinds[f->kind].check)
        what = kinds[f->kind].check(value, around);
    if (what != NK_IDENT_OK)
        nk_problem_add(problems,
                       what >= NK_IDENT_WARNINGS ? NK_WARNING : NK_ERROR,
                       nk_ident_message(what), at, NK_ARGS(at.field));
}

nk_str nk_field_label(nk_arena *a, const nk_field *f, nk_lang lang)
{
    const nk_field *up[NK_MAX_XML_DEPTH];
    size_t n = 0;
    nk_buf b;

    for (; f && f->parent && n < NK_MAX_XML_DEPTH; f = f->parent)
        up[n++] = f;
    nk_buf_init(&b, a);
    while (n--) {
        nk_buf_puts(&b, up[n]->label[lang]);
        if (n)
            nk_buf_lit(&b, ": ");
    }
    return nk_buf_str(&b);
}

const nk_field *nk_field_child(const nk_field *f, nk_str name)
{
    bool attr = nk_str_starts(name, NK_STR("@"));
    const nk_field *c;

    if (attr)
        name = nk_str_skip(name, 1);
    for (c = f->first; c; c = c->next)
        if (c->is_attr == attr && nk_str_eq(c->name, name))
            break;
    return c;
}

const nk_field *nk_field_find(const nk_field *f, nk_str path)
{
    nk_str step;

    while (f && nk_str_cut(&path, '/', &step))
        f = nk_field_child(f, step);
    return f;
}
