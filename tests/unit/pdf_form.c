/*
 * The form of a fillable paper: fields hang below their groups, widgets below
 * fields that have several, and each has its look and its element.
 */
#include "../support/papers.h"
#include "../support/pdf_struct.h"
#include "../support/press.h"

static nk_input *input(nk_press *p, nk_node *n, nk_input_kind kind,
                       const char *name)
{
    nk_input *in = NK_NEW(&p->t->arena, nk_input);

    assert_non_null(in);
    *in = (nk_input){ .kind = kind,
                      .name = nk_str_of(name),
                      .title = NK_STR("Isian"),
                      .label = NK_STR("Isian: ini") };
    n->input = in;
    return in;
}

/* A line to write on in a paragraph of its own. */
static nk_input *line(nk_press *p, const char *words, const char *name)
{
    nk_node *n = nk_tree_p(p->t, p->t->body, words);

    return input(p, nk_tree_add(p->t, n, NK_NODE_BLANK), NK_INPUT_LINE, name);
}

static nk_input *box(nk_press *p, nk_node *in, nk_input_kind kind,
                     const char *name, const char *option)
{
    nk_input *i = input(p, nk_tree_add(p->t, in, NK_NODE_CHECK), kind, name);

    i->option = nk_str_of(option);
    return i;
}

/* The field of that name below the form, by its parts. */
static nk_pdf_value field(nk_read *r, const char *name)
{
    nk_pdf_value form = nk_read_get(r, nk_read_catalog(r), "AcroForm"), list;
    nk_str rest = nk_str_of(name), part;

    list = nk_read_get(r, form, "Fields");
    while (nk_str_cut(&rest, '.', &part)) {
        nk_pdf_value *kids, at = { .kind = NK_COS_NONE };
        size_t n, i;

        kids = nk_read_array(r, list, &n);
        for (i = 0; i < n && at.kind == NK_COS_NONE; i++) {
            nk_pdf_value k = nk_read_object(r, kids[i]).value;

            if (nk_str_eq(nk_read_text(r, k, "T"), part))
                at = k;
        }
        if (at.kind == NK_COS_NONE)
            fail_msg("no field %s", name);
        form = at;
        list = nk_read_get(r, at, "Kids");
    }
    return form;
}

static nk_read print(nk_press *p)
{
    p->t->doc.fillable = true;
    return nk_read_open(&p->t->ctx, &p->t->arena, nk_press_print(p));
}

static void says_what_each_field_is(void **state)
{
    nk_press *p = *state;
    nk_node *choice = nk_tree_p(p->t, p->t->body, "x ");
    nk_input *in;
    nk_pdf_value f;
    nk_read r;

    in = line(p, "Nama ", "victim.name");
    in->value = NK_STR("Melati");
    in->required = true;
    in->longest = 200;
    line(p, "Alamat ", "victim.address");
    in = box(p, choice, NK_INPUT_RADIO, "victim.sex", "L");
    in = box(p, choice, NK_INPUT_RADIO, "victim.sex", "P");
    in->on = true;
    box(p, choice, NK_INPUT_CHECK, "victim.form.a b", "a b");
    r = print(p);
    f = field(&r, "victim.name");
    assert_str(nk_read_get(&r, f, "FT").raw, "/Tx");
    assert_str(nk_read_get(&r, f, "Ff").raw, "2");
    assert_str(nk_read_get(&r, f, "MaxLen").raw, "200");
    assert_str(nk_read_get(&r, f, "V").raw, "(Melati)");
    assert_str(nk_read_get(&r, f, "DV").raw, "(Melati)");
    assert_str(nk_read_get(&r, f, "TU").raw, "(Isian: ini)");
    assert_str(nk_read_get(&r, f, "F").raw, "4");
    f = field(&r, "victim.address");
    assert_int_equal(nk_read_raw(&r, f, "V").kind, NK_COS_NONE);
    f = field(&r, "victim.sex");
    assert_str(nk_read_get(&r, f, "Ff").raw, "32768");
    assert_str(nk_read_get(&r, f, "V").raw, "/P");
    assert_str(nk_read_get(&r, f, "TU").raw, "(Isian)");
    f = field(&r, "victim.form.a b");
    assert_str(nk_read_get(&r, f, "V").raw, "/Off");
    assert_str(nk_read_get(&r, f, "AS").raw, "/Off");
    f = nk_read_get(&r, nk_read_get(&r, f, "AP"), "N");
    assert_true(nk_read_raw(&r, f, "a b").kind == NK_COS_REF);
}

/* One field, three places: one object above three. */
static void a_field_may_have_many_places(void **state)
{
    nk_press *p = *state;
    nk_pdf_value *kids, f;
    nk_read r;
    size_t n, i;

    line(p, "satu ", "victim.name");
    line(p, "dua ", "victim.name");
    line(p, "tiga ", "victim.name");
    r = print(p);
    f = field(&r, "victim.name");
    assert_int_equal(nk_read_raw(&r, f, "Rect").kind, NK_COS_NONE);
    kids = nk_read_array(&r, nk_read_get(&r, f, "Kids"), &n);
    assert_int_equal(n, 3);
    for (i = 0; i < n; i++) {
        nk_pdf_value k = nk_read_object(&r, kids[i]).value;

        assert_str(nk_read_get(&r, k, "Subtype").raw, "/Widget");
        assert_int_equal(nk_read_raw(&r, k, "T").kind, NK_COS_NONE);
    }
}

/* Words before it, the place, words after it: in that order. */
static void stands_among_the_words(void **state)
{
    nk_press *p = *state;
    nk_node *n = nk_tree_p(p->t, p->t->body, "satu ");
    nk_node *blank = nk_tree_add(p->t, n, NK_NODE_BLANK);
    nk_pdf_value e, *kids, form, object;
    nk_read r;
    size_t count;

    blank->width = 20000;
    input(p, blank, NK_INPUT_LINE, "victim.name");
    nk_tree_words(p->t, n, " dua");
    r = print(p);
    e = nk_read_get(&r, nk_read_catalog(&r), "StructTreeRoot");
    e = nk_read_get(&r, nk_read_get(&r, e, "K"), "K");
    kids = nk_read_array(&r, nk_read_get(&r, e, "K"), &count);
    assert_int_equal(count, 3);
    assert_int_equal(kids[0].kind, NK_COS_INT);
    assert_int_equal(kids[1].kind, NK_COS_REF);
    assert_int_equal(kids[2].kind, NK_COS_INT);
    form = nk_read_object(&r, kids[1]).value;
    assert_str(nk_read_get(&r, form, "S").raw, "/Form");
    object = nk_read_get(&r, form, "K");
    assert_str(nk_read_get(&r, object, "Type").raw, "/OBJR");
    assert_str(nk_read_get(&r, nk_read_get(&r, object, "Obj"), "Subtype").raw,
               "/Widget");
}

static void has_its_font_and_no_script(void **state)
{
    nk_press *p = *state;
    nk_pdf_value form, font;
    nk_read r;

    line(p, "satu ", "victim.name");
    r = print(p);
    form = nk_read_get(&r, nk_read_catalog(&r), "AcroForm");
    font = nk_read_get(&r, nk_read_get(&r, form, "DR"), "Font");
    assert_str(nk_read_get(&r, nk_read_get(&r, font, "F0"), "Encoding").raw,
               "/WinAnsiEncoding");
    assert_int_equal(nk_read_raw(&r, form, "NeedAppearances").kind,
                     NK_COS_NONE);
    assert_int_equal(nk_str_search(r.bytes, NK_STR("/JavaScript")),
                     r.bytes.len);
}

static void no_form_without_places(void **state)
{
    nk_press *p = *state;
    nk_read r;

    nk_tree_p(p->t, p->t->body, "satu");
    r = print(p);
    assert_int_equal(nk_read_raw(&r, nk_read_catalog(&r), "AcroForm").kind,
                     NK_COS_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_PRESS_TEST(says_what_each_field_is),
        NK_PRESS_TEST(a_field_may_have_many_places),
        NK_PRESS_TEST(stands_among_the_words),
        NK_PRESS_TEST(has_its_font_and_no_script),
        NK_PRESS_TEST(no_form_without_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
