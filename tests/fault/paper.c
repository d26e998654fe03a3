/*
 * Layout, HTML and PDF with allocations failing, those of libharu, libpng,
 * zlib and the C library too: the paper is made byte for byte, or there is
 * an error of memory; nothing crashes, and nothing is left behind.
 *
 * This program brings its own malloc, which every library takes as well; it
 * is glibc's with a counter in front. Only HarfBuzz gets what it asks for:
 * some of its functions do not tell that memory is out.
 */
#define _GNU_SOURCE /* dladdr */
#include "../support/faces.h"
#include "../support/papers.h"
#include "../support/tree.h"

#include "html/html.h"

#include <dlfcn.h>
#include <errno.h>

/* Of glibc: what its malloc is made of. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);

static bool watching;        /* something is tried */
static unsigned long victim; /* the one that fails, from 1; 0: none */
static unsigned long asked;  /* since it was set */
static long live;            /* not yet freed */

static bool strikes(const void *caller)
{
    Dl_info who;

    if (!watching || (dladdr(caller, &who) && who.dli_fname &&
                      strstr(who.dli_fname, "libharfbuzz")))
        return false;
    if (++asked != victim)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t n)
{
    void *p = strikes(__builtin_return_address(0)) ? NULL : __libc_malloc(n);

    live += p != NULL;
    return p;
}

void *calloc(size_t n, size_t size)
{
    void *p =
        strikes(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);

    live += p != NULL;
    return p;
}

void *realloc(void *old, size_t n)
{
    void *p =
        strikes(__builtin_return_address(0)) ? NULL : __libc_realloc(old, n);

    live += !old && p;
    return p;
}

void free(void *p)
{
    live -= p != NULL;
    __libc_free(p);
}

/* ---- Trying ------------------------------------------------------------ */

/* A piece of work: it puts what it made into `out`. */
struct job {
    nk_err (*work)(struct job *j, nk_ctx *ctx, nk_arena *a, nk_str *out);
    nk_tree *t;
    const nk_doc *doc;
    nk_fonts *fonts;
    nk_pdf *pdf;
    nk_str arms;
    nk_str good;       /* what it makes with all the memory it wants */
    unsigned long all; /* allocations it then asks for */
};

/* Once, with the nth allocation failing. */
static void try_once(struct job *j, unsigned long nth)
{
    nk_str out = NK_EMPTY;
    long before = live;
    bool struck, first;
    nk_ctx ctx;
    nk_arena a;
    nk_err rc;

    nk_ctx_init(&ctx);
    nk_arena_init(&a);
    asked = 0;
    victim = nth;
    watching = true;
    rc = j->work(j, &ctx, &a, &out);
    watching = false;
    struck = nth && asked >= nth;
    if (rc < 0 && !struck)
        fail_msg("it fails with all the memory it wants");
    if (rc < 0 && (rc != NK_E_NOMEM || ctx.fault.msg != NK_M_NOMEM))
        fail_msg("allocation %lu: it fails with %d", nth, (int)rc);
    if (rc == NK_OK && j->good.len && !nk_str_eq(out, j->good))
        fail_msg("allocation %lu: something else is made", nth);
    first = !j->good.len;
    if (first) {
        j->good = nk_str_copy(&j->t->arena, out);
        j->all = asked;
    }
    nk_arena_release(&a);
    if (!first && live != before)
        fail_msg("allocation %lu: %ld are left behind", nth, live - before);
}

/* Each of them fails once. */
static void try_all(struct job *j)
{
    unsigned long nth;

    try_once(j, 0);
    try_once(j, 0); /* what libraries keep for good is there now */
    assert_true(j->good.len > 0);
    for (nth = 1; nth <= j->all; nth++)
        try_once(j, nth);
    try_once(j, 0);
}

/* ---- Work -------------------------------------------------------------- */

static nk_err write_pages(struct job *j, nk_ctx *ctx, nk_arena *a,
                          const nk_metrics *m, nk_str *out)
{
    const nk_pdf_words words = { .subject = NK_STR("400.2.3/12/2026"),
                                 .id = NK_STR("naskah:uji:1"),
                                 .made = NK_PAPERS_NOW };
    nk_problems problems;
    nk_pages *pages;
    nk_err rc;

    nk_problems_init(&problems, a);
    if ((rc = nk_layout_pages(ctx, a, j->doc, m, &problems, &pages)) < 0)
        return rc;
    return nk_pdf_write(ctx, a, j->pdf, pages, &words, out);
}

static nk_err warm(struct job *j, nk_ctx *ctx, nk_arena *a, nk_str *out)
{
    nk_metrics m;

    nk_pdf_metrics(j->pdf, &m);
    return write_pages(j, ctx, a, &m, out);
}

/* Fonts, profile and picture loaded for this one paper. */
static nk_err cold(struct job *j, nk_ctx *ctx, nk_arena *a, nk_str *out)
{
    nk_metrics m;
    nk_err rc;

    j->fonts = NULL;
    j->pdf = NULL;
    if ((rc = nk_fonts_open(ctx, NK_STR(NK_FONT_DIR), NK_STR(NK_HYPHENS),
                            &j->fonts)) == NK_OK &&
        (rc = nk_pdf_open(ctx, j->fonts, &j->pdf)) == NK_OK &&
        (rc = nk_pdf_add_image(ctx, j->pdf, NK_STR("arms"), j->arms,
                               NK_STR("arms.png"))) == NK_OK) {
        nk_pdf_metrics(j->pdf, &m);
        rc = write_pages(j, ctx, a, &m, out);
    }
    nk_pdf_close(j->pdf);
    nk_fonts_close(j->fonts);
    return rc;
}

static nk_err hypertext(struct job *j, nk_ctx *ctx, nk_arena *a, nk_str *out)
{
    return nk_html_page(ctx, a, j->doc, NK_HTML_ENTRY, out);
}

/* Two pages with a bit of everything. */
static void plant(nk_tree *t)
{
    static const char *const texts[] = {
        "Renée Śarmilā Contoh, S.Sos., menyampaikan keterangan sebenarnya",
        "perkembangan penanganan dan pendampingan",
    };
    nk_node *table, *row, *n;
    size_t i;

    t->doc.width = 300000;
    t->doc.height = 250000;
    t->doc.draft = true;
    for (i = 0; i < NK_COUNT(texts); i++) {
        n = nk_tree_p(t, t->body, texts[i]);
        nk_tree_style(t, n)->align = NK_ALIGN_JUSTIFY;
        nk_tree_words(t, n, " tebal")->bold = true;
        nk_tree_add(t, n, NK_NODE_CHECK)->checked = true;
        nk_tree_add(t, n, NK_NODE_BLANK)->width = 30000;
    }
    n = nk_tree_add(t, t->body, NK_NODE_IMAGE);
    n->text = NK_STR("arms");
    n->label = NK_STR("Lambang");
    n->height = 30000;
    table = nk_tree_table(t, t->body, 2);
    table->border = NK_BORDER_ALL;
    for (i = 0; i < 8; i++) {
        row = nk_tree_add(t, table, NK_NODE_ROW);
        row->head = i == 0;
        nk_tree_cell(t, row, "Kolom");
        nk_tree_cell(t, row, "isi");
    }
    n = nk_tree_add(t, t->body, NK_NODE_SIGN);
    n->text = NK_STR("kepala");
    n->label = NK_STR("Tanda tangan");
    n->width = n->height = 40000;
    t->doc.footer = nk_tree_furniture(t, 1);
    n = nk_tree_p(t, (nk_node *)(uintptr_t)t->doc.footer, "Halaman ");
    nk_tree_add(t, n, NK_NODE_PAGE_NO);
}

static struct job job_of(void *tree)
{
    struct job j = { .t = tree };

    plant(j.t);
    j.doc = &j.t->doc;
    assert_int_equal(nk_file_read(&j.t->ctx, &j.t->arena,
                                  NK_STR("templates/parts/arms.png"),
                                  NK_MAX_FILE, &j.arms),
                     NK_OK);
    return j;
}

static void html_is_whole_or_not_at_all(void **state)
{
    struct job j = job_of(*state);

    j.work = hypertext;
    try_all(&j);
    assert_true(j.all >= 1);
}

/* A press that printed before goes on after each failure. */
static void a_warm_press_survives(void **state)
{
    struct job j = job_of(*state);

    j.work = warm;
    assert_int_equal(nk_fonts_open(&j.t->ctx, NK_STR(NK_FONT_DIR),
                                   NK_STR(NK_HYPHENS), &j.fonts),
                     NK_OK);
    assert_int_equal(nk_pdf_open(&j.t->ctx, j.fonts, &j.pdf), NK_OK);
    assert_int_equal(nk_pdf_add_image(&j.t->ctx, j.pdf, NK_STR("arms"), j.arms,
                                      NK_STR("arms.png")),
                     NK_OK);
    try_all(&j);
    assert_true(j.all > 20);
    nk_pdf_close(j.pdf);
    nk_fonts_close(j.fonts);
}

static void a_cold_press_fails_clean(void **state)
{
    struct job j = job_of(*state);

    j.work = cold;
    try_all(&j);
    assert_true(j.all > 50);
}

/* A real form, with all that such a form has. */
static void a_form_survives(void **state)
{
    nk_papers *p = malloc(sizeof(*p));
    nk_papers_order order = { .mode = NK_MODE_HALF, .office = "sekadau" };
    struct job j = { .t = *state, .work = warm };
    nk_doc *doc = NULL;

    assert_non_null(p);
    nk_papers_open(p);
    order.template = nk_papers_template(p, "formulir-pengaduan");
    order.record =
        nk_papers_file(p, &p->shared, "tests/cases/sekadau-pendampingan.xml");
    nk_papers_check(p, nk_papers_bind(p, &order, &doc), "bind");
    j.doc = doc;
    j.fonts = p->fonts;
    j.pdf = p->pdf;
    try_all(&j);
    assert_true(j.all > 20);
    nk_papers_close(p);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(html_is_whole_or_not_at_all),
        NK_TREE_TEST(a_warm_press_survives),
        NK_TREE_TEST(a_cold_press_fails_clean),
        NK_TREE_TEST(a_form_survives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
