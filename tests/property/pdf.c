/*
 * Papers of random records read back as a viewer would: every text, line and
 * picture of the pages is drawn where layout put it, as wide as layout
 * measured it, and under its element; the same paper has the same bytes
 * whatever was printed before it; and its properties say nothing of people.
 *
 * Every paper has its seed from its number; NK_SEED=N tries that one alone.
 */
#include "../support/papers.h"
#include "../support/pdf_struct.h"

#define SEEDS 24

static const char *const ids[] = { "formulir-pengaduan",
                                   "naskah-kesepakatan-layanan",
                                   "surat-pengantar-rujukan-krisis",
                                   "surat-rujukan-kesehatan" };
#define IDS NK_COUNT(ids)

static uint64_t now_trying; /* the seed, for messages */

#define wrong(...)                                                             \
    do {                                                                       \
        print_error("seed %llu\n", (unsigned long long)now_trying);            \
        fail_msg(__VA_ARGS__);                                                 \
    } while (0)

/* ---- Papers ------------------------------------------------------------ */

/* Pages of a random record; NULL: it makes no paper, and says why. */
static nk_pages *pages_of(nk_papers *p, const char *id, nk_making how,
                          uint64_t seed)
{
    nk_papers_order order = { .mode = NK_MODE_HALF, .office = "sekadau" };
    nk_pages *pages = NULL;
    nk_doc *doc = NULL;
    nk_err rc;

    now_trying = seed;
    nk_papers_next(p);
    order.template = nk_papers_template(p, id);
    order.record = nk_papers_random(p, how, seed);
    rc = nk_papers_bind(p, &order, &doc);
    if (rc == NK_E_NOTFOUND)
        return NULL;
    nk_papers_check(p, rc, id);
    rc = nk_papers_lay(p, doc, &pages);
    if (rc == NK_E_INVALID && p->problems.errors)
        return NULL;
    nk_papers_check(p, rc, id);
    return pages;
}

/* ---- What is drawn ----------------------------------------------------- */

/* Width of an item without the space it may end with. */
static nk_mpt width_of(nk_papers *p, const nk_item *i)
{
    int32_t space, up, down;

    if (!nk_str_ends(i->text, NK_STR(" ")))
        return i->width;
    assert_int_equal(
        p->metrics.face(p->metrics.self, &p->ctx, i->face, &space, &up, &down),
        NK_OK);
    return i->width - i->space - (nk_mpt)((int64_t)space * i->size / 1000);
}

/* A letter and the accent after it are drawn, and read back, as one. */
static nk_str composed(nk_papers *p, nk_str s)
{
    size_t at;
    nk_buf b;

    nk_buf_init(&b, &p->arena);
    while ((at = nk_str_search(s, NK_STR("a\xCC\x81"))) < s.len) {
        nk_buf_puts(&b, nk_str_head(s, at));
        nk_buf_lit(&b, "\xC3\xA1");
        s = nk_str_skip(s, at + 3);
    }
    nk_buf_puts(&b, s);
    return nk_buf_str(&b);
}

static void check_text(nk_papers *p, const nk_pages *pages, const nk_item *i,
                       const nk_shown *s)
{
    nk_str want = composed(p, nk_str_trim(i->text)),
           got = nk_str_trim(nk_buf_str(&s->text));
    int64_t end = ((int64_t)i->x + width_of(p, i)) * 1000;

    if (!nk_str_eq(want, got))
        wrong("\"%.*s\" became \"%.*s\"", (int)want.len, want.ptr, (int)got.len,
              got.ptr);
    assert_int_equal(s->x, i->x);
    assert_int_equal(s->y, pages->height - i->y);
    assert_int_equal(s->size, i->size);
    assert_int_equal(s->mark < 0, i->tag == NK_ARTIFACT);
    /* Layout rounds each word to 1/1000 pt. */
    if (llabs(s->end - end) > 1000 * (int64_t)(s->spaces + 1))
        wrong("\"%.*s\" ends at %lld, not %lld", (int)want.len, want.ptr,
              (long long)s->end, (long long)end);
}

static void check_box(const nk_pages *pages, const nk_item *i,
                      const nk_drawn_box *b)
{
    assert_int_equal(b->mark < 0, i->tag == NK_ARTIFACT);
    if (i->kind == NK_ITEM_DOTS) {
        assert_int_equal(b->what, 'd');
        return;
    }
    assert_int_equal(b->what, i->kind == NK_ITEM_FILL    ? 'f'
                              : i->kind == NK_ITEM_FRAME ? 'S'
                                                         : 'D');
    assert_int_equal(b->box[0], i->x);
    assert_int_equal(b->box[1], pages->height - i->y - i->height);
    assert_int_equal(b->box[2], i->width);
    assert_int_equal(b->box[3], i->height);
}

/* Lines and boxes come first, then texts and pictures, each in their turn. */
static void check_page(nk_papers *p, const nk_pages *pages, const nk_page *page,
                       const nk_drawn *drawn)
{
    const nk_shown *s = drawn->first;
    size_t boxes = 0;
    const nk_item *i;

    for (i = page->first; i; i = i->next)
        if (i->kind == NK_ITEM_FILL || i->kind == NK_ITEM_FRAME ||
            i->kind == NK_ITEM_DOTS)
            check_box(pages, i, &drawn->boxes[boxes++]);
    for (i = page->first; i; i = i->next) {
        if (i->kind == NK_ITEM_IMAGE)
            check_box(pages, i, &drawn->boxes[boxes++]);
        if (i->kind != NK_ITEM_TEXT)
            continue;
        while (s && s->turned)
            s = s->next; /* the mark of drafts */
        assert_non_null(s);
        check_text(p, pages, i, s);
        s = s->next;
    }
    while (s && s->turned)
        s = s->next;
    assert_null(s);
    assert_int_equal(boxes, drawn->boxes_n);
}

static void check_drawn(nk_papers *p, const nk_pages *pages)
{
    nk_read r = nk_read_open(&p->ctx, &p->arena, nk_papers_write(p, pages));
    nk_structure *s = nk_structure_check(&r);
    const nk_page *page;
    size_t k = 0;

    assert_int_equal(s->pages_n, pages->n);
    for (page = pages->first; page; page = page->next)
        check_page(p, pages, page, s->drawn[k++]);
}

static void pages_are_drawn_as_laid_out(void **state)
{
    nk_papers *p = *state;
    const char *only = getenv("NK_SEED");
    uint64_t first = only ? strtoull(only, NULL, 10) : 1, seed;
    const nk_pages *pages;
    unsigned papers;
    size_t i;

    for (i = 0; i < IDS; i++) {
        papers = 0;
        for (seed = first; seed <= (only ? first : SEEDS); seed++) {
            if ((pages = pages_of(p, ids[i], MAKE_RANDOM, seed)) == NULL)
                continue;
            check_drawn(p, pages);
            papers++;
        }
        if ((pages = pages_of(p, ids[i], MAKE_FULL, first)) != NULL) {
            check_drawn(p, pages);
            papers++;
        }
        if (papers == 0 && !only)
            fail_msg("there was no %s at all", ids[i]);
    }
}

/* ---- Same pages, same bytes -------------------------------------------- */

static nk_str made(nk_papers *p, size_t i, uint64_t seed)
{
    const nk_pages *pages = pages_of(p, ids[i], MAKE_RANDOM, seed);

    return pages ? nk_papers_write(p, pages) : NK_EMPTY;
}

/* Two presses that print the same papers, one the other way round. */
static void bytes_do_not_depend_on_what_came_before(void **state)
{
    nk_papers *p = *state, *other = malloc(sizeof(*other));
    nk_str first[SEEDS * IDS], pdf;
    unsigned papers = 0;
    nk_arena keep;
    size_t i;

    assert_non_null(other);
    nk_arena_init(&keep);
    nk_papers_open(other);
    for (i = 0; i < SEEDS * IDS; i++)
        first[i] = nk_str_copy(&keep, made(p, i % IDS, i / IDS + 1));
    while (i--) {
        pdf = made(other, i % IDS, i / IDS + 1);
        papers += pdf.len > 0;
        if (!nk_str_eq(pdf, first[i]))
            wrong("%s differs", ids[i % IDS]);
    }
    assert_true(papers > SEEDS);
    nk_papers_close(other);
    nk_arena_release(&keep);
    free(other);
}

/* ---- Properties -------------------------------------------------------- */

/* Outside of pages, elements and fonts: catalog, trailer, info, metadata. */
static void check_silent(nk_papers *p, const nk_pages *pages)
{
    nk_read r = nk_read_open(&p->ctx, &p->arena, nk_papers_write(p, pages));
    nk_pdf_value catalog = nk_read_catalog(&r);
    nk_pdf_value trailer = nk_read_trailer(&r);
    nk_str said[4];
    size_t i;

    said[0] = catalog.raw;
    said[1] = trailer.raw;
    said[2] = nk_read_get(&r, trailer, "Info").raw;
    said[3] = nk_read_inflated(&r, nk_read_raw(&r, catalog, "Metadata"));
    for (i = 0; i < NK_COUNT(said); i++) {
        assert_true(said[i].len > 20);
        assert_int_equal(nk_str_search(said[i], NK_STR("tanda.")), said[i].len);
        assert_int_equal(nk_str_search(said[i], NK_STR("990101")), said[i].len);
    }
}

static void properties_name_nobody(void **state)
{
    nk_papers *p = *state;
    unsigned papers = 0;
    size_t i;

    for (i = 0; i < IDS; i++) {
        const nk_pages *pages = pages_of(p, ids[i], MAKE_MARKED, 1);

        if (!pages)
            continue;
        papers++;
        check_silent(p, pages);
    }
    assert_true(papers > 0);
}

static int open_papers(void **state)
{
    if (!(*state = malloc(sizeof(nk_papers))))
        return -1;
    nk_papers_open(*state);
    return 0;
}

static int close_papers(void **state)
{
    nk_papers_close(*state);
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_drawn_as_laid_out),
        cmocka_unit_test(bytes_do_not_depend_on_what_came_before),
        cmocka_unit_test(properties_name_nobody),
    };

    return cmocka_run_group_tests(tests, open_papers, close_papers);
}
