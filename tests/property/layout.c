/*
 * Random trees and random records laid out: no letter is lost, doubled or
 * moved, nothing leaves the paper, no two texts lie on one another, texts
 * are as wide as their words, and the same paper comes out twice.
 *
 * Every paper has its seed from its number; NK_SEED=N tries that one alone.
 */
#include "../support/papers.h"
#include "../support/tree.h"

#define TREES   3000
#define RECORDS 100

static uint64_t now_trying; /* the seed, for messages */

#define wrong(...)                                                             \
    do {                                                                       \
        print_error("seed %llu\n", (unsigned long long)now_trying);            \
        fail_msg(__VA_ARGS__);                                                 \
    } while (0)

/* ---- What goes in, and what comes out ---------------------------------- */

/* White space of all widths, and the hyphen shown at the end of a line. */
static const char *const invisible[] = {
    " ", "\n", "\t", "\xC2\xA0", "\xC2\xAD", "\xE2\x80\x87", "\xE2\x80\xAF"
};

static void put_letters(nk_buf *b, nk_str s)
{
    size_t i;

    while (s.len) {
        for (i = 0; i < NK_COUNT(invisible); i++)
            if (nk_str_starts(s, nk_str_of(invisible[i])))
                break;
        if (i == NK_COUNT(invisible))
            nk_buf_putc(b, s.ptr[0]);
        s = nk_str_skip(s, i < NK_COUNT(invisible) ? strlen(invisible[i]) : 1);
    }
}

static nk_str letters_of_doc(nk_arena *a, const nk_doc *doc)
{
    nk_walk_event ev;
    nk_walk w;
    nk_buf b;

    nk_buf_init(&b, a);
    nk_walk_init(&w, doc->body);
    while (nk_walk_next(&w, &ev)) {
        nk_node_kind k = ev.node->kind;

        if (!ev.entering)
            continue;
        if (k == NK_NODE_TEXT || k == NK_NODE_COMB || k == NK_NODE_BLANK ||
            k == NK_NODE_LINES)
            put_letters(&b, ev.node->text);
        else if (k == NK_NODE_ITEM)
            put_letters(&b, ev.node->label);
        else if (k == NK_NODE_CHECK && ev.node->checked)
            nk_buf_putc(&b, 'X');
    }
    return nk_buf_str(&b);
}

/* Elements are numbered in reading order; what is one's stands in turn. */
static nk_str letters_of_pages(nk_arena *a, const nk_pages *pages)
{
    nk_buf *by_tag = NK_NEWN(a, pages->tags_n, nk_buf), all;
    const nk_page *page;
    const nk_item *i;
    uint32_t t;

    assert_non_null(by_tag);
    for (t = 0; t < pages->tags_n; t++)
        nk_buf_init(&by_tag[t], a);
    for (page = pages->first; page; page = page->next)
        for (i = page->first; i; i = i->next)
            if (i->kind == NK_ITEM_TEXT && i->tag != NK_ARTIFACT)
                put_letters(&by_tag[i->tag], i->text);
    nk_buf_init(&all, a);
    for (t = 0; t < pages->tags_n; t++)
        nk_buf_puts(&all, nk_buf_str(&by_tag[t]));
    return nk_buf_str(&all);
}

static void check_letters(nk_arena *a, const nk_doc *doc, const nk_pages *pages)
{
    nk_str in = letters_of_doc(a, doc), out = letters_of_pages(a, pages);
    size_t i = 0;

    while (i < in.len && i < out.len && in.ptr[i] == out.ptr[i])
        i++;
    if (i < in.len || i < out.len)
        wrong("letter %zu: \"%.*s\" became \"%.*s\"", i,
              (int)(in.len - i < 30 ? in.len - i : 30), in.ptr + i,
              (int)(out.len - i < 30 ? out.len - i : 30), out.ptr + i);
}

/* ---- Where things lie -------------------------------------------------- */

struct box {
    nk_mpt left, top, right, bottom;
};

/* The letters of a text without the little that may reach further. */
static struct box box_of(const nk_item *i)
{
    if (i->kind == NK_ITEM_TEXT)
        return (struct box){ i->x, i->y - i->size * 7 / 10, i->x + i->width,
                             i->y + i->size / 5 };
    return (struct box){ i->x, i->y, i->x + i->width, i->y + i->height };
}

static void check_inside(const nk_pages *pages, const nk_page *page)
{
    const nk_item *i;

    for (i = page->first; i; i = i->next) {
        struct box b = box_of(i);

        if (b.left < 0 || b.top < 0 || b.right > pages->width ||
            b.bottom > pages->height || b.right < b.left)
            wrong("\"%.*s\" at %d,%d leaves the paper", (int)i->text.len,
                  i->text.ptr, i->x, i->y);
    }
}

static void check_apart(const nk_page *page)
{
    const nk_item *i, *k;

    for (i = page->first; i; i = i->next) {
        struct box a = box_of(i), b;

        for (k = i->next; i->kind == NK_ITEM_TEXT && k; k = k->next) {
            b = box_of(k);
            if (k->kind == NK_ITEM_TEXT && a.left < b.right &&
                b.left < a.right && a.top < b.bottom && b.top < a.bottom)
                wrong("\"%.*s\" and \"%.*s\" at %d,%d lie on one another",
                      (int)i->text.len, i->text.ptr, (int)k->text.len,
                      k->text.ptr, k->x, k->y);
        }
    }
}

/* Width of its words and spaces; to the last 1/1000 pt but for rounding. */
static void check_width(nk_ctx *ctx, const nk_metrics *m, const nk_item *i)
{
    nk_str rest = i->text, word;
    int64_t sum = 0, words = 0;
    int32_t w = 0, up, down;
    uint32_t missing;

    while (nk_str_cut(&rest, ' ', &word)) {
        assert_int_equal(m->word(m->self, ctx, i->face, word, &w, &missing),
                         NK_OK);
        if (words++) {
            int32_t space;

            assert_int_equal(m->face(m->self, ctx, i->face, &space, &up, &down),
                             NK_OK);
            sum += (int64_t)space * i->size + (int64_t)i->space * 1000;
        }
        sum += (int64_t)w * i->size;
    }
    if (llabs(sum - (int64_t)i->width * 1000) > 1000 * words)
        wrong("\"%.*s\" is %d wide, not %lld", (int)i->text.len, i->text.ptr,
              i->width, (long long)sum / 1000);
}

static void check_pages(nk_ctx *ctx, nk_arena *a, const nk_doc *doc,
                        const nk_metrics *m, const nk_pages *pages)
{
    const nk_page *page;
    const nk_item *i;

    check_letters(a, doc, pages);
    for (page = pages->first; page; page = page->next) {
        check_inside(pages, page);
        check_apart(page);
        for (i = page->first; i; i = i->next)
            if (i->kind == NK_ITEM_TEXT)
                check_width(ctx, m, i);
    }
}

/* ---- Trees ------------------------------------------------------------- */

struct garden {
    nk_tree *t;
    nk_maker rnd;
};

static unsigned pick(struct garden *g, unsigned n)
{
    return maker_pick(&g->rnd, n);
}

static nk_str words(struct garden *g, unsigned most)
{
    static const char *const list[] = {
        "dan",
        "perlindungan",
        "keterangan",
        "ke-te",
        "anak-anak",
        "sebaik-baiknya",
        "dr.",
        "Contoh,",
        "S.Sos.,",
        "M.Si.",
        "NIK",
        "9901",
        "0155",
        "23",
        "November",
        "2026",
        "(0771)",
        "12345",
        "a",
        "di",
        "Ren\u00E9e",
        "2\xC2\xA0lembar",
        "pertanggungjawabankeuangannegara",
        "WAWANCARA",
    };
    unsigned n = 1 + pick(g, most);
    nk_buf b;

    nk_buf_init(&b, &g->t->arena);
    while (n--) {
        nk_buf_puts(&b, nk_str_of(list[pick(g, NK_COUNT(list))]));
        if (n || pick(g, 2))
            nk_buf_fill(&b, pick(g, 9) ? ' ' : '\n', 1 + pick(g, 2));
    }
    return nk_buf_str(&b);
}

/* Now and then: 0, more often 0, or up to `most`. */
static nk_mpt some(struct garden *g, nk_mpt most)
{
    return pick(g, 3) ? 0 : (nk_mpt)pick(g, (unsigned)most);
}

static void style(struct garden *g, nk_node *n)
{
    nk_style *s = nk_tree_style(g->t, n);

    s->set |= pick(g, 64); /* any of them */
    s->align = (nk_align)pick(g, 4);
    s->size = 6000 + 1000 * (nk_mpt)pick(g, 9);
    s->leading = 1100 + pick(g, 500);
    s->family = pick(g, 2) ? NK_FACE_SERIF : NK_FACE_SANS;
    s->before = some(g, 20000);
    s->after = some(g, 20000);
    s->indent = some(g, 30000);
    s->right = some(g, 20000);
    s->first = s->indent ? -some(g, s->indent) : some(g, 30000);
    s->bold = !pick(g, 5);
    s->italic = !pick(g, 5);
    s->keep_next = !pick(g, 6);
}

static void inline_node(struct garden *g, nk_node *p)
{
    static const nk_node_kind kinds[] = {
        NK_NODE_TEXT,  NK_NODE_TEXT,  NK_NODE_TEXT, NK_NODE_TEXT, NK_NODE_BR,
        NK_NODE_CHECK, NK_NODE_BLANK, NK_NODE_FILL, NK_NODE_COMB
    };
    nk_node *n = nk_tree_add(g->t, p, kinds[pick(g, NK_COUNT(kinds))]);

    n->bold = !pick(g, 4);
    n->italic = !pick(g, 4);
    n->underline = !pick(g, 6);
    if (n->kind == NK_NODE_TEXT)
        n->text = words(g, 25);
    n->checked = pick(g, 2);
    n->dotted = pick(g, 2);
    if (n->kind == NK_NODE_BLANK) {
        n->text = pick(g, 2) ? NK_STR("Isi") : NK_EMPTY;
        n->width = 60000 * (nk_mpt)pick(g, 3);
    } else if (n->kind == NK_NODE_FILL) {
        n->width = 20000 * (nk_mpt)pick(g, 3);
    } else if (n->kind == NK_NODE_COMB) {
        n->count = 1 + pick(g, 8);
        n->text = nk_str_head(NK_STR("12345678"), pick(g, n->count + 1));
    }
}

static void paragraph(struct garden *g, nk_node *parent)
{
    nk_node *p = nk_tree_add(g->t, parent, NK_NODE_P);
    unsigned n = pick(g, 5);

    p->role = (nk_role)(pick(g, 8) ? 0 : pick(g, 3));
    style(g, p);
    while (n--)
        inline_node(g, p);
}

static void blocks(struct garden *g, nk_node *parent, unsigned depth);

static void list(struct garden *g, nk_node *parent, unsigned depth)
{
    nk_node *n = nk_tree_add(g->t, parent, NK_NODE_LIST), *item;
    unsigned items = 1 + pick(g, 4), i;

    n->text = NK_STR("1");
    for (i = 0; i < items; i++) {
        item = nk_tree_add(g->t, n, NK_NODE_ITEM);
        item->label = pick(g, 2) ? NK_STR("9.") : NK_STR("XXVIII.");
        blocks(g, item, depth);
    }
}

static void table(struct garden *g, nk_node *parent, unsigned depth)
{
    size_t columns = 1 + pick(g, 3), at;
    nk_node *n = nk_tree_table(g->t, parent, columns), *row, *cell;
    unsigned rows = 1 + pick(g, 6), heads = pick(g, 2), i;

    n->border = (nk_border)pick(g, 5);
    for (i = 0; i < rows; i++) {
        row = nk_tree_add(g->t, n, NK_NODE_ROW);
        row->head = i < heads;
        row->split = !row->head && pick(g, 2);
        row->height = some(g, 40000);
        for (at = 0; at < columns; at += cell->span) {
            cell = nk_tree_add(g->t, row, NK_NODE_CELL);
            cell->span = 1 + pick(g, (unsigned)(columns - at));
            cell->valign = (nk_valign)pick(g, 3);
            cell->head = row->head;
            if (row->head)
                nk_tree_p(g->t, cell, "Kepala");
            else
                blocks(g, cell, columns == 1 ? depth : 0);
        }
    }
}

static void block(struct garden *g, nk_node *parent, unsigned depth)
{
    nk_node *n = nk_tree_add(g->t, parent, NK_NODE_BLOCK);

    n->border = (nk_border)pick(g, 5);
    n->place = (nk_align)pick(g, 3);
    n->fit = pick(g, 2);
    n->width = pick(g, 2) ? 80000 + (nk_mpt)pick(g, 200000) : 0;
    n->inset = some(g, 10000);
    style(g, n);
    blocks(g, n, depth);
}

static void thing(struct garden *g, nk_node *parent)
{
    static const nk_node_kind kinds[] = { NK_NODE_BREAK, NK_NODE_SPACE,
                                          NK_NODE_RULE,  NK_NODE_LINES,
                                          NK_NODE_IMAGE, NK_NODE_SIGN };
    nk_node *n = nk_tree_add(g->t, parent, kinds[pick(g, NK_COUNT(kinds))]);

    n->height = 500 + (nk_mpt)pick(g, 30000);
    n->width = 10000;
    if (n->kind == NK_NODE_LINES) {
        n->height += 15000;
        n->count = 3 + pick(g, 3);
        n->text = words(g, 4);
    } else if (n->kind == NK_NODE_IMAGE || n->kind == NK_NODE_SIGN) {
        n->text = NK_STR("arms");
        n->label = NK_STR("Lambang");
    }
}

static void blocks(struct garden *g, nk_node *parent, unsigned depth)
{
    unsigned n = 1 + pick(g, depth > 1 ? 4 : 2);

    while (n--) {
        unsigned what = pick(g, depth ? 10 : 5);

        if (what < 4)
            paragraph(g, parent);
        else if (what == 4)
            thing(g, parent);
        else if (what == 5)
            list(g, parent, depth - 1);
        else if (what < 8)
            table(g, parent, depth - 1);
        else if (what == 8)
            block(g, parent, depth - 1);
        else
            blocks(g, nk_tree_add(g->t, parent, NK_NODE_KEEP), depth - 1);
    }
}

static nk_node *furniture(struct garden *g)
{
    nk_node *n = nk_tree_furniture(g->t, 1 + pick(g, 2));

    nk_tree_add(g->t, nk_tree_p(g->t, n, "Halaman "), NK_NODE_PAGE_NO);
    return n;
}

static void plant(struct garden *g)
{
    static const char *const hyphens[] = { "per-lin-du-ng-an", "ke-te-rang-an",
                                           "WA-WAN-CA-RA", NULL };
    nk_doc *d = &g->t->doc;

    g->t->mono.words = hyphens;
    g->t->mono.kern[0] = 'A';
    g->t->mono.kern[1] = 'W';
    g->t->mono.by = 74;
    d->width = 250000 + (nk_mpt)pick(g, 600000);
    d->height = 300000 + (nk_mpt)pick(g, 600000);
    d->top = d->first_top = 20000 + some(g, 50000);
    d->bottom = 20000 + some(g, 50000);
    d->type.leading = 1100 + pick(g, 600);
    if (pick(g, 2))
        d->header = furniture(g);
    if (pick(g, 2))
        d->footer = furniture(g);
    blocks(g, g->t->body, 2);
    blocks(g, g->t->body, 2);
}

static nk_str dumped(nk_tree *t, const nk_pages *pages)
{
    nk_str out = NK_EMPTY;

    assert_int_equal(nk_pages_dump(&t->ctx, &t->arena, pages, &out), NK_OK);
    return out;
}

/* Did it become pages? What does not must say why. */
static bool try_tree(uint64_t seed)
{
    struct garden g = { .rnd = { .seed = seed * 7919 } };
    nk_pages *pages = NULL, *again = NULL;
    void *tree;
    nk_err rc;

    now_trying = seed;
    assert_int_equal(nk_tree_open(&tree), 0);
    g.t = tree;
    plant(&g);
    rc = nk_layout_pages(&g.t->ctx, &g.t->arena, &g.t->doc, &g.t->metrics,
                         &g.t->problems, &pages);
    if (rc == NK_OK) {
        check_pages(&g.t->ctx, &g.t->arena, &g.t->doc, &g.t->metrics, pages);
        assert_int_equal(nk_layout_pages(&g.t->ctx, &g.t->arena, &g.t->doc,
                                         &g.t->metrics, &g.t->problems, &again),
                         NK_OK);
        assert_true(nk_str_eq(dumped(g.t, pages), dumped(g.t, again)));
    } else {
        assert_int_equal(rc, NK_E_INVALID);
        assert_int_equal(g.t->ctx.fault.msg, NK_M_PAPER_OVERFULL);
        assert_true(g.t->problems.errors > 0);
    }
    nk_tree_close(&tree);
    return rc == NK_OK;
}

static void random_trees_keep_their_words(void **state)
{
    const char *only = getenv("NK_SEED");
    unsigned good = 0;
    uint64_t seed;

    (void)state;
    if (only) {
        try_tree(strtoull(only, NULL, 10));
        return;
    }
    for (seed = 1; seed <= TREES; seed++)
        good += try_tree(seed);
    assert_true(good > TREES / 2);
}

/* ---- Records ----------------------------------------------------------- */

static const char *const ids[] = {
    "formulir-pengaduan",
    "naskah-kesepakatan-layanan",
    "surat-pengantar-rujukan-krisis",
    "surat-rujukan-kesehatan",
    "informed-consent",
    "persetujuan-berbagi-informasi",
    "kronologi-kejadian",
    "lembar-asesmen",
    "formulir-identifikasi",
    "lembar-krisis",
    "formulir-skrining-tppo",
    "surat-pernyataan",
    "lembar-pengaduan-tidak-langsung",
    "surat-rujukan-masuk",
    "laporan-hasil-klarifikasi",
    "laporan-sosial",
    "laporan-pemantauan",
    "laporan-akhir-penanganan-kasus",
    "lembar-informasi-layanan",
};

/* Was there a paper? One that cannot be must say why. */
static bool try_paper(nk_papers *p, const char *id, nk_making how,
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
        return false; /* no referral of that kind */
    nk_papers_check(p, rc, id);
    rc = nk_papers_lay(p, doc, &pages);
    if (rc == NK_OK) {
        check_pages(&p->ctx, &p->arena, doc, &p->metrics, pages);
    } else if (rc != NK_E_INVALID || p->problems.errors == 0 ||
               !p->problems.first->place.field.len) {
        nk_papers_check(p, rc, id);
    }
    return rc == NK_OK;
}

static void random_records_keep_their_words(void **state)
{
    const char *only = getenv("NK_SEED");
    nk_papers *p = malloc(sizeof(*p));
    unsigned good[NK_COUNT(ids)] = { 0 };
    uint64_t seed, first = only ? strtoull(only, NULL, 10) : 1;
    size_t i;

    (void)state;
    assert_non_null(p);
    nk_papers_open(p);
    for (i = 0; i < NK_COUNT(ids); i++) {
        for (seed = first; seed <= (only ? first : RECORDS); seed++)
            good[i] += try_paper(p, ids[i], MAKE_RANDOM, seed);
        good[i] += try_paper(p, ids[i], MAKE_FULL, first);
        try_paper(p, ids[i], MAKE_LONGEST, first);
    }
    for (i = 0; !only && i < NK_COUNT(ids); i++)
        if (!good[i])
            fail_msg("there was no %s at all", ids[i]);
    nk_papers_close(p);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_trees_keep_their_words),
        cmocka_unit_test(random_records_keep_their_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
