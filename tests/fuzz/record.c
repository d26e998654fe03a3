/*
 * A case record from anywhere: read and checked, its computed fields worked
 * out, and what it lacks listed. One that is accepted must come back the same
 * when it is written and read again, and what a reader may not see must be
 * gone from it.
 */
#include "../support/house.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static nk_str written(nk_house *h, nk_arena *a, nk_record *r)
{
    nk_str out;

    if (nk_xml_write(&h->ctx, a, nk_record_xml(r), NK_STR("urn:naskah:case:1"),
                     &out) < 0)
        abort();
    return out;
}

static nk_str dumped(nk_house *h, nk_arena *a, const nk_record *r)
{
    nk_str out;

    if (nk_record_dump(&h->ctx, a, r, &out) < 0)
        abort();
    return out;
}

/* What is written is read as what it was. */
static void write_and_read(nk_house *h, nk_arena *a, nk_record *r)
{
    nk_str once = written(h, a, r);
    nk_problems problems;
    nk_record *again;

    nk_problems_init(&problems, a);
    if (nk_record_open(&h->ctx, h->model, once, NK_STR("again.xml"), &problems,
                       &again) < 0 ||
        !nk_str_eq(dumped(h, a, r), dumped(h, a, again)) ||
        !nk_str_eq(once, written(h, a, again)))
        abort();
    nk_record_close(again);
}

/* Nothing of an element is left that its reader may not see. */
static void look_for_more(nk_rights rights, nk_xml_node *e)
{
    const nk_field *f = nk_record_field(e);

    if (!f || (f->kind != NK_KIND_GROUP && !nk_rights_allow(rights, f)))
        abort();
    for (e = nk_xml_first(e); e; e = nk_xml_next(e))
        look_for_more(rights, e);
}

static void cut_down(nk_house *h, nk_record *r, const char *recipient)
{
    nk_rights rights;

    if (nk_rights_of(&h->ctx, r, nk_str_of(recipient), NK_STR("rsud-contoh"),
                     HOUSE_TODAY, &rights) < 0)
        abort();
    nk_record_restrict(r, rights);
    look_for_more(rights, nk_xml_root(nk_record_xml(r)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static nk_house house;
    nk_house *h = &house;
    nk_problems problems;
    nk_record *r;
    nk_arena a;

    if (!h->model && house_enter(h) < 0)
        abort();
    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    if (nk_record_open(&h->ctx, h->model, (nk_str){ (const char *)bytes, n },
                       NK_STR("k.xml"), &problems, &r) == NK_OK) {
        write_and_read(h, &a, r);
        if (nk_record_derive(&h->ctx, r, HOUSE_TODAY) < 0 ||
            nk_record_check(&h->ctx, r, &problems) < 0)
            abort();
        dumped(h, &a, r);
        cut_down(h, r, "client");
        cut_down(h, r, "health-service");
        cut_down(h, r, "public");
        nk_record_close(r);
    } else if (!problems.errors && h->ctx.fault.err != NK_E_LIMIT) {
        abort(); /* refused, and nobody said why */
    }
    nk_arena_release(&a);
    return 0;
}
