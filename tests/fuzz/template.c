/*
 * A template from anywhere: compiled with the parts of the tree, written
 * down, and when it compiles bound with a case in every mode. The same paper
 * bound twice is the same.
 */
#include "../support/workshop.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* What the second paper is compared with. */
struct paper {
    nk_err rc;
    nk_str dump, text;
};

static struct paper bound(nk_workshop *w, nk_arena *a, const nk_template *t,
                          nk_mode mode)
{
    struct paper p = { .rc = NK_OK };
    nk_problems problems;

    nk_problems_init(&problems, a);
    p.rc = workshop_bind(w, a, t, mode, &problems, &p.dump, &p.text);
    if (p.rc == NK_E_NOMEM || p.rc == NK_E_INTERNAL)
        abort();
    if (p.rc < 0 && w->house.ctx.fault.err != p.rc)
        abort(); /* failed, and nobody said why */
    return p;
}

/* False: it never comes to an end, nor will it in other modes. */
static bool bind_twice(nk_workshop *w, const nk_template *t, nk_mode mode)
{
    nk_arena a, b;
    struct paper p, q;

    nk_arena_init(&a);
    nk_arena_init(&b);
    p = bound(w, &a, t, mode);
    if (p.rc == NK_OK) {
        q = bound(w, &b, t, mode);
        if (q.rc != NK_OK || !nk_str_eq(p.dump, q.dump) ||
            !nk_str_eq(p.text, q.text))
            abort();
    }
    nk_arena_release(&a);
    nk_arena_release(&b);
    return p.rc != NK_E_LIMIT;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static nk_workshop workshop;
    nk_workshop *w = &workshop;
    nk_problems problems;
    nk_template *t;
    nk_str tree;
    nk_arena a;

    if (!w->office && workshop_enter(w) < 0)
        abort();
    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    if (nk_template_open(&w->house.ctx, &w->house.world,
                         (nk_str){ (const char *)bytes, n }, NK_STR("t.xml"),
                         &problems, &t) == NK_OK) {
        if (nk_template_dump(&w->house.ctx, &a, t, &tree) < 0)
            abort();
        if (bind_twice(w, t, NK_MODE_BLANK) && bind_twice(w, t, NK_MODE_HALF))
            bind_twice(w, t, NK_MODE_FILLED);
        nk_template_close(t);
    } else if (!problems.errors && w->house.ctx.fault.err != NK_E_LIMIT) {
        abort(); /* refused, and nobody said why */
    }
    nk_arena_release(&a);
    return 0;
}
