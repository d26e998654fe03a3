/*
 * The field model, read from schemas/case.xsd and schemas/policy.xml.
 */
#include "../support/house.h"

#include "record/record_int.h"

static const nk_field *field(nk_house *h, const char *path)
{
    const nk_field *f = nk_field_find(nk_model_root(h->model), nk_str_of(path));

    if (!f)
        fail_msg("there is no %s", path);
    return f;
}

static void finds_fields(void **state)
{
    nk_house *h = *state;
    const nk_field *root = nk_model_root(h->model), *f;

    assert_str(root->name, "case");
    assert_null(root->parent);
    f = field(h, "victim/name");
    assert_str(f->name, "name");
    assert_str(f->parent->name, "victim");
    assert_ptr_equal(
        nk_field_child(nk_field_child(root, NK_STR("victim")), NK_STR("name")),
        f);
    assert_true(field(h, "@number")->is_attr);
    assert_true(field(h, "referral/@to")->is_attr);
    assert_null(nk_field_find(root, NK_STR("referral/to")));
}

static void finds_no_others(void **state)
{
    static const char *const rows[] = { "victims", "victim/nmae",
                                        "@victim", "victim/@name",
                                        "number",  "victim/",
                                        "/victim", "victim/name/x" };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++)
        assert_null(nk_field_find(nk_model_root(h->model), nk_str_of(rows[i])));
}

static void knows_kinds(void **state)
{
    static const struct {
        const char *path;
        nk_kind kind;
        uint32_t longest;
    } rows[] = {
        { "victim", NK_KIND_GROUP, 0 },
        { "victim/name", NK_KIND_PERSON_NAME, 200 },
        { "victim/alias", NK_KIND_TEXT, 400 },
        { "victim/nik", NK_KIND_NIK, 0 },
        { "victim/kk", NK_KIND_KK, 0 },
        { "victim/birth-date", NK_KIND_PARTIAL_DATE, 0 },
        { "victim/phone", NK_KIND_PHONE, 0 },
        { "victim/rt-rw", NK_KIND_RT_RW, 0 },
        { "victim/sex", NK_KIND_CHOICE, 0 },
        { "incident/summary", NK_KIND_LONG_TEXT, 20000 },
        { "incident/time", NK_KIND_TIME, 0 },
        { "complaint/date", NK_KIND_DATE, 0 },
        { "complaint/children-affected", NK_KIND_COUNT, 0 },
        { "@opened", NK_KIND_MOMENT, 0 },
        { "@number", NK_KIND_CASE_NUMBER, 0 },
        { "referral/health", NK_KIND_GROUP, 0 },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_field *f = field(h, rows[i].path);

        if (f->kind != rows[i].kind || f->longest != rows[i].longest)
            fail_msg("%s: kind %d, longest %u", rows[i].path, f->kind,
                     f->longest);
    }
}

/* Class and topic come from the group unless the field says otherwise. */
static void inherits_secrecy(void **state)
{
    static const struct {
        const char *path;
        nk_class class;
        const char *topic;
        bool whole;
    } rows[] = {
        { "kind", NK_CLASS_SECRET, "violence", false },
        { "source", NK_CLASS_LIMITED, NULL, false },
        { "victim", NK_CLASS_SECRET, "identity", false },
        { "victim/name", NK_CLASS_SECRET, "identity", false },
        { "victim/sex", NK_CLASS_LIMITED, NULL, false },
        { "victim/phone", NK_CLASS_SECRET, "contact", false },
        { "victim/disability", NK_CLASS_SECRET, "condition", false },
        { "guardian", NK_CLASS_SECRET, "identity", true },
        { "guardian/name", NK_CLASS_SECRET, "identity", false },
        { "reporter", NK_CLASS_SECRET, "reporter", true },
        { "reporter/name", NK_CLASS_SECRET, "reporter", false },
        { "accused/name", NK_CLASS_SECRET, "accused", false },
        { "accused/phone", NK_CLASS_SECRET, "contact", false },
        { "incident/form", NK_CLASS_SECRET, "violence", false },
        { "incident/regency", NK_CLASS_LIMITED, NULL, false },
        { "chronology/p", NK_CLASS_SECRET, "chronology", false },
        { "referral/copy", NK_CLASS_INTERNAL, NULL, false },
        { "@office", NK_CLASS_INTERNAL, NULL, false },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        const nk_field *f = field(h, rows[i].path);

        if (f->class != rows[i].class || f->whole != rows[i].whole)
            fail_msg("%s: class %d", rows[i].path, f->class);
        if (rows[i].topic)
            assert_str(h->model->topics[f->topic], rows[i].topic);
    }
}

static void reads_other_notes(void **state)
{
    nk_house *h = *state;

    assert_true(field(h, "kind")->repeats);
    assert_true(field(h, "witness")->repeats);
    assert_false(field(h, "victim")->repeats);
    assert_true(field(h, "victim/name")->required);
    assert_false(field(h, "victim/nik")->required);
    assert_non_null(field(h, "guardian")->needed);
    assert_null(field(h, "reporter")->needed);
    assert_str(field(h, "victim/label")->computed, "initials");
    assert_str(field(h, "victim/name")->computed, "");
    assert_str(field(h, "victim/nik")->label[NK_LANG_ID], "NIK");
    assert_str(field(h, "victim/birth-date")->label[NK_LANG_EN],
               "Date of birth");
    assert_str(field(h, "victim/nik")->hint[NK_LANG_ID],
               "16 angka pada KTP atau KK.");
    assert_str(field(h, "victim/name")->hint[NK_LANG_EN], "");
}

/* Both languages, a class the policy can open, choices with labels: of every
   field there is. */
static void is_whole(void **state)
{
    nk_house *h = *state;
    const nk_field *f = nk_model_root(h->model)->first;
    unsigned fields = 0;
    size_t i;

    while (f) {
        fields++;
        assert_true(f->label[NK_LANG_ID].len && f->label[NK_LANG_EN].len);
        assert_int_equal(f->hint[NK_LANG_ID].len != 0,
                         f->hint[NK_LANG_EN].len != 0);
        assert_true(f->class != NK_CLASS_SECRET || f->topic >= 0);
        assert_true(f->topic < h->model->topics_n);
        assert_int_equal(f->kind == NK_KIND_CHOICE, f->choices_n != 0);
        assert_int_equal(f->first != NULL, f->kind == NK_KIND_GROUP);
        for (i = 0; i < f->choices_n; i++) {
            assert_ptr_equal(nk_field_choice(f, f->choices[i].value),
                             &f->choices[i]);
            assert_true(f->choices[i].label[NK_LANG_ID].len &&
                        f->choices[i].label[NK_LANG_EN].len);
        }
        if (f->first) {
            f = f->first;
            continue;
        }
        while (f && !f->next)
            f = f->parent;
        f = f ? f->next : NULL;
    }
    assert_true(fields > 250);
}

static void labels_say_where(void **state)
{
    nk_house *h = *state;

    assert_str(nk_field_label(&h->arena, field(h, "victim/nik"), NK_LANG_ID),
               "Korban: NIK");
    assert_str(nk_field_label(&h->arena, field(h, "victim/nik"), NK_LANG_EN),
               "Victim: NIK");
    assert_str(
        nk_field_label(&h->arena, field(h, "referral/health/need"), NK_LANG_ID),
        "Rujukan: Permohonan layanan kesehatan: "
        "Pemeriksaan/perawatan yang dimohon");
    assert_str(nk_field_label(&h->arena, field(h, "status"), NK_LANG_ID),
               "Status");
    assert_str(nk_field_label(&h->arena, nk_model_root(h->model), NK_LANG_ID),
               "");
}

/* The province codes of the domain's rules, and no other. */
static void knows_regions(void **state)
{
    static const uint8_t ranges[][2] = { { 11, 19 }, { 21, 21 }, { 31, 36 },
                                         { 51, 53 }, { 61, 65 }, { 71, 76 },
                                         { 81, 82 }, { 91, 97 } };
    nk_house *h = *state;
    unsigned code, i;

    for (code = 0; code < 99; code++) {
        bool real = false;

        for (i = 0; i < NK_COUNT(ranges); i++)
            real = real || (code >= ranges[i][0] && code <= ranges[i][1]);
        assert_int_equal(h->model->regions.province[code],
                         real ? NK_REGION_REAL : NK_REGION_NONE);
    }
    assert_int_equal(h->model->regions.province[99], NK_REGION_TEST);
}

/* A small schema of our own: what is wrong in one is told by name. */
#define HEAD                                                                   \
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='u' "        \
    "targetNamespace='u' xmlns:n='urn:naskah:schema:1'>\n"                     \
    "<xs:simpleType name='text'><xs:restriction base='xs:string'/>"            \
    "</xs:simpleType>\n"
#define CASE(members)                                                          \
    HEAD "<xs:element name='case' type='case' n:label='K' n:label-en='C'/>\n"  \
         "<xs:complexType name='case'><xs:sequence>\n" members                 \
         "</xs:sequence></xs:complexType></xs:schema>"
#define POLICY "<policy><recipient id='x'/></policy>"
#define NAME                                                                   \
    "<xs:element name='a' type='text' n:label='A' n:label-en='A' "             \
    "n:class='public'/>"

static void refuses_wrong_schemas(void **state)
{
    static const struct {
        const char *xsd, *policy, *what;
        uint32_t line;
    } rows[] = {
        { HEAD "</xs:schema>", POLICY, "case", 1 },
        { CASE("<xs:element name='a' type='text' n:label='A'/>"), POLICY, "a",
          5 },
        { CASE("<xs:element name='a' type='text' n:label-en='A'/>"), POLICY,
          "a", 5 },
        { CASE("<xs:element name='a' type='text' n:label='A' n:label-en='A'/>"),
          POLICY, "a", 5 }, /* secret of no topic: from the case */
        { CASE("<xs:element name='a' type='text' n:label='A' n:label-en='A' "
               "n:class='secret'/>"),
          POLICY, "a", 5 },
        { CASE("<xs:element name='a' type='text' n:label='A' n:label-en='A' "
               "n:class='limited' n:whole='yes'/>"),
          POLICY, "a", 5 },
        { CASE("<xs:element name='a' type='text' n:label='A' n:label-en='A' "
               "n:class='public' n:required-if='b['/>"),
          POLICY, "b[", 5 },
        { CASE("<xs:element name='a' type='xs:string' n:label='A' "
               "n:label-en='A' n:class='public'/>"),
          POLICY, "xs:string", 5 },
        { CASE("<xs:choice>" NAME "</xs:choice>"), POLICY, "choice", 5 },
        { CASE(NAME), "<policy>\n<recipients/></policy>", "recipients", 2 },
        { CASE(NAME), "<policy>\n<province from='1' to='100'/></policy>",
          "province", 2 },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_model_files files = { nk_str_of(rows[i].xsd),
                                 nk_str_of(rows[i].policy) };
        nk_model *m = NULL;

        assert_int_equal(nk_model_open(&h->ctx, &files, &m), NK_E_INTERNAL);
        assert_null(m);
        assert_fault(&h->ctx, "SCHEMA_WRONG");
        assert_str(h->ctx.fault.args.v[0], rows[i].what);
        assert_int_equal(h->ctx.fault.place.line, rows[i].line);
    }
}

static void reads_a_small_schema(void **state)
{
    nk_model_files files = { NK_STR(CASE(NAME)), NK_STR(POLICY) };
    nk_house *h = *state;
    nk_model *m;

    assert_ok(h, nk_model_open(&h->ctx, &files, &m));
    assert_str(nk_model_root(m)->first->name, "a");
    assert_null(nk_model_root(m)->first->next);
    assert_int_equal(nk_model_root(m)->first->class, NK_CLASS_PUBLIC);
    nk_model_close(m);
    files.policy = NK_STR("<policy");
    assert_int_equal(nk_model_open(&h->ctx, &files, &m), NK_E_SYNTAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_fields),
        cmocka_unit_test(finds_no_others),
        cmocka_unit_test(knows_kinds),
        cmocka_unit_test(inherits_secrecy),
        cmocka_unit_test(reads_other_notes),
        cmocka_unit_test(is_whole),
        cmocka_unit_test(labels_say_where),
        cmocka_unit_test(knows_regions),
        cmocka_unit_test(refuses_wrong_schemas),
        cmocka_unit_test(reads_a_small_schema),
    };

    return HOUSE_RUN(tests);
}
