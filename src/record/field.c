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
    nk_date recorded;

    return nk_kk_check(v, around->today, around->regions, &recorded);
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

/* Types the schema itself checks need no check of ours. */
static const struct kind_row {
    nk_str type; /* simple type in case.xsd */
    check_fn check;
    put_fn put;
} kinds[] = {
    [NK_KIND_GROUP] = { NK_STR_INIT(""), NULL, nk_buf_puts },
    [NK_KIND_TEXT] = { NK_STR_INIT("text"), NULL, nk_buf_puts },
    [NK_KIND_LONG_TEXT] = { NK_STR_INIT("long-text"), NULL, nk_buf_puts },
    [NK_KIND_PERSON_NAME] = { NK_STR_INIT("person-name"), NULL, nk_buf_puts },
    [NK_KIND_NIK] = { NK_STR_INIT("nik"), check_nik, put_digits },
    [NK_KIND_KK] = { NK_STR_INIT("kk"), check_kk, put_digits },
    [NK_KIND_PHONE] = { NK_STR_INIT("phone"), check_phone, nk_buf_puts },
    [NK_KIND_EMAIL] = { NK_STR_INIT("email"), check_email, nk_buf_puts },
    [NK_KIND_RT_RW] = { NK_STR_INIT("rt-rw"), check_rt_rw, nk_rt_rw_put },
    [NK_KIND_DATE] = { NK_STR_INIT("date"), NULL, put_date },
    [NK_KIND_PARTIAL_DATE] = { NK_STR_INIT("partial-date"), NULL, put_date },
    [NK_KIND_TIME] = { NK_STR_INIT("time"), NULL, put_time },
    [NK_KIND_MOMENT] = { NK_STR_INIT("moment"), NULL, put_moment },
    [NK_KIND_COUNT] = { NK_STR_INIT("count"), NULL, put_count },
    [NK_KIND_ID] = { NK_STR_INIT("id"), NULL, nk_buf_puts },
    [NK_KIND_CHOICE] = { NK_STR_INIT(""), NULL, nk_buf_puts },
};

nk_kind nk_record__kind_of_type(nk_str type)
{
    size_t k;

    if (nk_str_eq(type, NK_STR("case-number")))
        return NK_KIND_ID;
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

void nk_record__check_value(const nk_field *f, nk_str value, nk_place at,
                            const struct nk_record__around *around,
                            nk_problems *problems)
{
    nk_str label = f->label[NK_LANG_ID];
    nk_ident what;
    uint32_t c;
    char name[12];

    at.field = label;
    if (hidden_in(value, &c)) {
        nk_problem_add(problems, NK_ERROR, NK_M_HIDDEN_CHAR, at,
                       NK_ARGS(label, nk_utf8_name(name, c)));
        return;
    }
    value = nk_str_trim(value);
    if (value.len == 0)
        return; /* begun and left empty: as if absent */
    if (f->kind == NK_KIND_CHOICE && !nk_field_choice(f, value)) {
        nk_problem_add(problems, NK_ERROR, NK_M_CHOICE_UNKNOWN, at,
                       NK_ARGS(label, choices_of(problems->arena, f)));
        return;
    }
    if (!kinds[f->kind].check)
        return;
    what = kinds[f->kind].check(value, around);
    if (what != NK_IDENT_OK)
        nk_problem_add(problems,
                       what >= NK_IDENT_WARNINGS ? NK_WARNING : NK_ERROR,
                       nk_ident_message(what), at, NK_ARGS(label));
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
