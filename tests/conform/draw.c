/*
 * Content streams carried out as far as rules go (ISO 19005-2, 6.2.2; ISO
 * 14289-1, 7.1): which operators, what they name, in which marked content
 * they draw, and the codes of every font they show.
 */
#include "conform.h"

#define MAX_STATES   28u /* of q: ISO 19005-2, 6.1.13 */
#define MAX_MARKS    16u
#define MAX_OPERANDS 64u

enum region { BARE, ARTIFACT, TAGGED };

struct drawing {
    cf_judge *j;
    cf_page *page; /* NULL: an appearance, which is tagged as a whole */
    uint32_t object;
    const cf_value *resources;
    enum region marks[MAX_MARKS]; /* of the sequences that are open */
    unsigned marks_n;
    cf_font *font, *saved[MAX_STATES];
    unsigned states;
    bool in_text;
    const cf_value *args[MAX_OPERANDS];
    size_t n;
    unsigned depth; /* of forms in forms */
};

static const cf_value *arg(const struct drawing *d, size_t k)
{
    return k < d->n ? d->args[k] : &cf_nothing;
}

static enum region region_of(const struct drawing *d)
{
    unsigned i;

    for (i = d->marks_n; i > 0; i--)
        if (d->marks[i - 1] != BARE)
            return d->marks[i - 1];
    return d->page ? BARE : TAGGED;
}

/* ---- What content names -------------------------------------------------- */

static cf_object *resource(struct drawing *d, const char *kind)
{
    const cf_value *dict = cf_get(d->j, d->resources, kind), *v;
    const cf_value *name = arg(d, 0);

    for (v = dict->first; v && v->next && name->kind == CF_NAME;
         v = v->next->next)
        if (nk_str_eq(v->text, name->text))
            return cf_object_of(d->j, v->next);
    cf_tell(d->j, CF_RESOURCE, d->object, "%s /%.*s", kind, (int)name->text.len,
            name->text.ptr);
    return NULL;
}

static cf_font *note_font(cf_judge *j, cf_object *o)
{
    cf_font *f;

    for (f = j->fonts; f; f = f->next)
        if (f->object == o)
            return f;
    f = cf_need(NK_NEW(&j->arena, cf_font));
    f->object = o;
    f->next = j->fonts;
    return j->fonts = f;
}

static void choose_font(struct drawing *d)
{
    cf_object *o = resource(d, "Font");

    d->font = o ? note_font(d->j, o) : NULL;
}

/* ---- Showing ------------------------------------------------------------- */

static void must_be_marked(struct drawing *d, nk_str op)
{
    if (region_of(d) == BARE)
        cf_tell(d->j, CF_TAGGED, d->object, "%.*s outside marked content",
                (int)op.len, op.ptr);
}

static void show(struct drawing *d, const cf_value *v)
{
    bool wide;
    size_t i;

    if (v->kind != CF_STRING)
        return;
    if (!d->font) {
        cf_tell(d->j, CF_RESOURCE, d->object, "text without a font");
        return;
    }
    wide = cf_is(cf_get(d->j, d->font->object->value, "Subtype"), "Type0");
    if (wide && v->text.len % 2)
        cf_tell(d->j, CF_ENCODING, d->object, "half a code");
    for (i = 0; i + wide < v->text.len; i += 1u + wide) {
        unsigned code = (unsigned char)v->text.ptr[i];

        if (wide)
            code = code << 8 | (unsigned char)v->text.ptr[i + 1];
        d->font->used[code / 8] |= (uint8_t)(1u << code % 8);
    }
}

static void show_text(struct drawing *d, nk_str op)
{
    const cf_value *v = arg(d, d->n ? d->n - 1 : 0);

    must_be_marked(d, op);
    if (!d->in_text)
        cf_tell(d->j, CF_OPERATOR, d->object, "text outside BT .. ET");
    if (v->kind == CF_STRING)
        show(d, v);
    for (v = v->kind == CF_ARRAY ? v->first : NULL; v; v = v->next)
        show(d, v);
}

static void run(struct drawing *d, nk_str content);

static void check_image(struct drawing *d, const cf_object *o)
{
    const cf_value *space = cf_get(d->j, o->value, "ColorSpace");

    if (!cf_is(space, "DeviceRGB") && !cf_is(space, "DeviceGray"))
        cf_tell(d->j, CF_COLOUR, o->number, "a picture of other colours");
}

static void do_xobject(struct drawing *d)
{
    cf_object *o = resource(d, "XObject");
    const cf_value *kind;

    if (!o)
        return;
    kind = cf_get(d->j, o->value, "Subtype");
    if (cf_is(kind, "Image")) {
        must_be_marked(d, NK_STR("Do"));
        check_image(d, o);
    } else if (cf_is(kind, "Form") && d->depth < 4) {
        const cf_value *before = d->resources;

        d->resources = cf_get(d->j, o->value, "Resources");
        d->depth++;
        run(d, cf_data(d->j, o));
        d->depth--;
        d->resources = before;
    } else {
        cf_tell(d->j, CF_XOBJECT, o->number, "no image and no form");
    }
}

/* ---- Marks --------------------------------------------------------------- */

static void add_mark(struct drawing *d, int64_t mcid, nk_str name)
{
    cf_page *p = d->page;

    if (!p || mcid > 100000) {
        cf_tell(d->j, CF_MCID, d->object, "a mark in an appearance");
        return;
    }
    while ((size_t)mcid >= p->marks_room) {
        size_t room = p->marks_room ? 2 * p->marks_room : 64;

        p->marks = cf_need(nk_alloc_grow(&d->j->arena, p->marks,
                                         p->marks_room * sizeof(cf_mark),
                                         room * sizeof(cf_mark)));
        memset(p->marks + p->marks_room, 0,
               (room - p->marks_room) * sizeof(cf_mark));
        p->marks_room = room;
    }
    if (p->marks[mcid].name.ptr)
        cf_tell(d->j, CF_MCID, d->object, "MCID %lld twice", (long long)mcid);
    p->marks[mcid].name = name;
    if ((size_t)mcid >= p->marks_n)
        p->marks_n = (size_t)mcid + 1;
}

static void begin_mark(struct drawing *d)
{
    const cf_value *props = arg(d, 1);
    enum region now = region_of(d), next = BARE;
    int64_t mcid;

    if (d->n > 1 && props->kind == CF_NAME)
        props = cf_get(d->j, cf_get(d->j, d->resources, "Properties"),
                       nk_str_z(&d->j->arena, props->text));
    mcid = cf_int(cf_get(d->j, props, "MCID"), -1);
    if (cf_is(arg(d, 0), "Artifact"))
        next = ARTIFACT;
    else if (mcid >= 0)
        next = TAGGED;
    if (next != BARE && now != BARE)
        cf_tell(d->j, CF_NESTED, d->object, "/%.*s in marked content",
                (int)arg(d, 0)->text.len, arg(d, 0)->text.ptr);
    if (next == TAGGED)
        add_mark(d, mcid, arg(d, 0)->text);
    if (d->marks_n < MAX_MARKS)
        d->marks[d->marks_n++] = next;
    else
        cf_tell(d->j, CF_OPERATOR, d->object, "too many marks");
}

static void end_mark(struct drawing *d)
{
    if (d->marks_n)
        d->marks_n--;
    else
        cf_tell(d->j, CF_OPERATOR, d->object, "EMC without BMC");
}

/* ---- Operators ----------------------------------------------------------- */

static void save(struct drawing *d)
{
    if (d->states < MAX_STATES)
        d->saved[d->states++] = d->font;
    else
        cf_tell(d->j, CF_LIMIT, d->object, "q nested too deeply");
}

static void restore(struct drawing *d)
{
    if (d->states)
        d->font = d->saved[--d->states];
    else
        cf_tell(d->j, CF_OPERATOR, d->object, "Q without q");
}

static bool is_one_of(nk_str op, const char *list)
{
    nk_str rest = nk_str_of(list), word;

    while (nk_str_word(&rest, &word))
        if (nk_str_eq(word, op))
            return true;
    return false;
}

static void text_op(struct drawing *d, nk_str op)
{
    bool begins = nk_str_eq(op, NK_STR("BT"));

    if (nk_str_eq(op, NK_STR("Tf"))) {
        choose_font(d);
    } else if (begins || nk_str_eq(op, NK_STR("ET"))) {
        if (d->in_text == begins)
            cf_tell(d->j, CF_OPERATOR, d->object, "BT and ET do not match");
        d->in_text = begins;
    } else {
        show_text(d, op);
    }
}

static void colour_op(struct drawing *d, nk_str op)
{
    const cf_value *v = arg(d, 0);

    if (is_one_of(op, "cs CS") &&
        (cf_is(v, "DeviceRGB") || cf_is(v, "DeviceGray")))
        return;
    cf_tell(d->j, CF_COLOUR, d->object, "%.*s", (int)op.len, op.ptr);
}

static void operate(struct drawing *d, nk_str op)
{
    if (is_one_of(op, "BT ET Tf Tj TJ ' \""))
        text_op(d, op);
    else if (is_one_of(op, "BMC BDC"))
        begin_mark(d);
    else if (nk_str_eq(op, NK_STR("EMC")))
        end_mark(d);
    else if (nk_str_eq(op, NK_STR("q")))
        save(d);
    else if (nk_str_eq(op, NK_STR("Q")))
        restore(d);
    else if (nk_str_eq(op, NK_STR("Do")))
        do_xobject(d);
    else if (nk_str_eq(op, NK_STR("gs")))
        resource(d, "ExtGState");
    else if (is_one_of(op, "S s f F f* B B* b b*"))
        must_be_marked(d, op);
    else if (is_one_of(op, "k K cs CS sc SC scn SCN sh"))
        colour_op(d, op);
    else if (!is_one_of(op, "w J j M d ri i cm m l c v y h re n W W* Tc Tw Tz "
                            "TL Tr Ts Td TD Tm T* g G rg RG MP DP"))
        cf_tell(d->j, CF_OPERATOR, d->object, "%.*s", (int)op.len, op.ptr);
    d->n = 0;
}

static void run(struct drawing *d, nk_str content)
{
    cf_cursor c = { .j = d->j, .rest = content, .object = d->object };
    const cf_value *v;

    while ((v = cf_take(&c)) != NULL) {
        if (v->kind == CF_WORD)
            operate(d, v->text);
        else if (d->n < MAX_OPERANDS)
            d->args[d->n++] = v;
    }
}

static void end_of_content(const struct drawing *d)
{
    if (d->states || d->marks_n || d->in_text || d->n)
        cf_tell(d->j, CF_OPERATOR, d->object, "something is left open");
}

static void draw_page(cf_judge *j, cf_page *p)
{
    struct drawing d = { .j = j, .page = p, .object = p->object->number };
    const cf_value *v = cf_raw(p->object->value, "Contents");

    d.resources = cf_get(j, p->object->value, "Resources");
    if (d.resources->kind != CF_DICT)
        cf_tell(j, CF_RESOURCE, d.object, "a page has no Resources");
    if (v->kind == CF_REF)
        run(&d, cf_data(j, cf_object_of(j, v)));
    for (v = v->kind == CF_ARRAY ? v->first : NULL; v; v = v->next)
        run(&d, cf_data(j, cf_object_of(j, v)));
    end_of_content(&d);
}

/* The streams an appearance is made of: one, or one a state. */
static void draw_appearance(cf_judge *j, const cf_value *n)
{
    cf_object *o = cf_object_of(j, n);
    struct drawing d = { .j = j };

    if (!o || !o->is_stream)
        return;
    d.object = o->number;
    d.resources = cf_get(j, o->value, "Resources");
    run(&d, cf_data(j, o));
    end_of_content(&d);
}

void cf_check_drawing(cf_judge *j)
{
    const cf_value *v, *n, *state;
    size_t i;

    for (i = 0; i < j->pages_n; i++) {
        draw_page(j, &j->pages[i]);
        v = cf_get(j, j->pages[i].object->value, "Annots")->first;
        for (; v; v = v->next) {
            n = cf_raw(cf_get(j, cf_follow(j, v), "AP"), "N");
            draw_appearance(j, n);
            state = n->kind == CF_DICT ? n->first : NULL;
            for (; state && state->next; state = state->next->next)
                draw_appearance(j, state->next);
        }
    }
}
