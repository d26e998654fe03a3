/*
 * Breaking units into lines: cases worked out by hand, and total fit against
 * a search that tries every way there is. A unit's width is given in
 * characters of 5 pt; a space is one character.
 */
#include "../support/check.h"
#include "../support/letters.h"
#include "../support/mono.h"

#include "layout/layout_int.h"

#define CHAR 5000

struct fixture {
    nk_ctx ctx;
    nk_arena arena;
    nk_node node; /* of text units */
    struct nk_layout__run l;
    struct nk_layout__unit units[64];
    uint32_t n;
};

static int open_fixture(void **state)
{
    static struct fixture f;

    f = (struct fixture){ .node = { .kind = NK_NODE_TEXT } };
    nk_ctx_init(&f.ctx);
    nk_arena_init(&f.arena);
    f.l.ctx = &f.ctx;
    f.l.a = &f.arena;
    nk_arena_init(&f.l.scratch);
    f.l.faces[0] = (struct nk_layout__face){ true, 500, 800, -200 };
    *state = &f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;

    nk_arena_release(&f->l.scratch);
    nk_arena_release(&f->arena);
    return 0;
}

static struct nk_layout__unit *add(struct fixture *f, nk_mpt width, bool space)
{
    struct nk_layout__unit *u = &f->units[f->n++];

    assert_true(f->n <= NK_COUNT(f->units));
    *u = (struct nk_layout__unit){ .kind = NK_UNIT_TEXT,
                                   .node = &f->node,
                                   .size = 10000,
                                   .width = width,
                                   .space = space,
                                   .may_break = space };
    return u;
}

/*
 * Units from a text: " " is a space where a line may end, "~" one that ties,
 * "-" a place to hyphenate, "+" glues, "/" ends the line.
 */
static void read_units(struct fixture *f, const char *text)
{
    const char *sign = "", *p = text;

    f->n = 0;
    while (*p) {
        size_t n = strcspn(p, " ~-+/");
        struct nk_layout__unit *u =
            add(f, (nk_mpt)n * CHAR, *sign == ' ' || *sign == '~');

        u->tied = *sign == '~';
        u->soft = u->may_break = *sign == '-';
        u->may_break = u->may_break || u->space;
        u->hyphen = u->soft ? CHAR : 0;
        sign = p + n;
        if (*sign == '/')
            add(f, 0, false)->kind = NK_UNIT_BREAK;
        p += n + (*sign != '\0');
    }
}

/* Where lines begin, as "0 3 7"; "none" when none were found. */
static nk_str starts(struct fixture *f, const struct nk_layout__line *lines,
                     uint32_t n)
{
    nk_str out = NK_EMPTY;
    uint32_t i;
    nk_buf b;

    nk_buf_init(&b, &f->arena);
    if (n == 0)
        nk_buf_lit(&b, "none");
    for (i = 0; i < n; i++) {
        if (i)
            nk_buf_putc(&b, ' ');
        nk_buf_int(&b, lines[i].from);
        assert_int_equal(lines[i].to, i + 1 < n ? lines[i + 1].from : f->n);
        assert_int_equal(lines[i].last,
                         lines[i].to == f->n ||
                             f->units[lines[i].to - 1].kind == NK_UNIT_BREAK);
    }
    assert_int_equal(nk_buf_end(&f->ctx, &b, &out), NK_OK);
    return out;
}

static nk_str total(struct fixture *f, int first, int rest, int32_t tolerance,
                    bool force)
{
    const struct nk_layout__measure m = { first * CHAR, rest * CHAR };
    struct nk_layout__line *lines = NULL;
    uint32_t n = 0;

    assert_int_equal(nk_layout__break_total(&f->l, f->units, f->n, &m,
                                            tolerance, force, &lines, &n),
                     NK_OK);
    return starts(f, lines, n);
}

static nk_str greedy(struct fixture *f, int first, int rest)
{
    const struct nk_layout__measure m = { first * CHAR, rest * CHAR };
    struct nk_layout__line *lines = NULL;
    uint32_t n = 0;

    assert_int_equal(
        nk_layout__break_greedy(&f->l, f->units, f->n, &m, &lines, &n), NK_OK);
    return starts(f, lines, n);
}

/* ---- By hand ----------------------------------------------------------- */

static void fills_as_far_as_it_goes(void **state)
{
    struct fixture *f = *state;

    read_units(f, "aaaa bb cc ddddd eeeeeeeeeeee ff");
    assert_str(greedy(f, 12, 12), "0 3 4 5");
    /* Exactly full lines are full, one unit more is too much. */
    assert_str(greedy(f, 10, 12), "0 3 4 5");
    assert_str(greedy(f, 9, 12), "0 2 4 5");
    assert_str(greedy(f, 4, 20), "0 1 4");
    /* What does not fit at all has a line of its own. */
    assert_str(greedy(f, 2, 3), "0 1 2 3 4 5");
}

static void looks_at_the_whole_paragraph(void **state)
{
    struct fixture *f = *state;

    /*
     * 20 characters. Greedy puts "bbb" on the first line (18 of 20) and
     * leaves 12 with three spaces for the second: off the scale. Total fit
     * moves it down: 14 of 20 with four spaces (ratio 3000, badness 2700)
     * and 16 of 20 with four (ratio 2000, badness 800) are less bad.
     */
    read_units(f, "aa aa aa aa aa bbb dddd d dd dd eeeeeeeeee");
    assert_str(greedy(f, 20, 20), "0 6 10");
    assert_str(total(f, 20, 20, 10000, false), "0 5 10");
    assert_str(total(f, 20, 20, 2700, false), "0 5 10");
    assert_str(total(f, 20, 20, 2699, false), "none");
}

static void shrinks_spaces_by_a_third(void **state)
{
    struct fixture *f = *state;

    /* Four words of 4 with three spaces are 19: 18 is as far as three
       thirds go. */
    read_units(f, "aaaa aaaa aaaa aaaa bbbbbbbb bbbbbbbbb");
    assert_str(total(f, 18, 18, 1500, false), "0 4");
    /* A hundredth of a point more is too much. */
    f->units[0].width += 10;
    assert_str(total(f, 18, 18, 1500, false), "none");
}

static void breaks_where_it_must(void **state)
{
    struct fixture *f = *state;

    read_units(f, "aa/bbbb bb/cc");
    assert_int_equal(f->n, 6);
    assert_str(total(f, 20, 20, 200, false), "0 2 5");
    assert_str(greedy(f, 20, 20), "0 2 5");
    /* Nothing may be lost when the end of a forced line does not fit. */
    assert_str(total(f, 3, 3, 200, false), "none");
    assert_str(total(f, 3, 3, 10000, true), "0 2 3 5");
    assert_str(greedy(f, 3, 3), "0 2 3 5");
}

static void hyphenates(void **state)
{
    struct fixture *f = *state;

    /* "aaaa bbb-" is 9 of 9; without the hyphen 4 of 9. */
    read_units(f, "aaaa bbb-bb cccccc cc");
    assert_str(total(f, 9, 9, 1500, false), "0 2 4");
    /* The hyphen counts: of 8 there is none to spare for it. */
    assert_str(total(f, 8, 9, 1500, false), "none");
}

static void keeps_ties_but_in_need(void **state)
{
    struct fixture *f = *state;

    read_units(f, "aaaa bbbb~cc dd");
    assert_str(greedy(f, 10, 10), "0 1");
    assert_str(total(f, 12, 10, 10000, false), "0 3");
    assert_str(total(f, 10, 10, 1500, false), "none");
    /* A tie gives way when nothing else goes. */
    read_units(f, "ffffff~gggggg");
    assert_str(greedy(f, 8, 8), "0 1");
    assert_str(total(f, 8, 8, 10000, true), "0 1");
}

/* Parts that are glued stay together even if the line is too long. */
static void never_parts_what_is_glued(void **state)
{
    struct fixture *f = *state;

    read_units(f, "aa bbbbbb+cccccc dd");
    assert_str(total(f, 8, 8, 10000, false), "none");
    assert_str(total(f, 8, 8, 10000, true), "0 1 3");
    /* Words see to it that this never happens. */
    assert_str(greedy(f, 8, 8), "0 1 2 3");
}

static void measures_lines(void **state)
{
    struct fixture *f = *state;
    uint32_t spaces = 99;

    read_units(f, "aaaa bbb-bb cc");
    f->units[1].size = 20000; /* a wider space before it */
    assert_int_equal(nk_layout__line_width(&f->l, f->units, 0, 4, 4, &spaces),
                     (4 + 2 + 3 + 2 + 1 + 2) * CHAR);
    assert_int_equal(spaces, 2);
    /* The space before the first unit does not count, the hyphen does. */
    assert_int_equal(nk_layout__line_width(&f->l, f->units, 1, 2, 4, &spaces),
                     (3 + 1) * CHAR);
    assert_int_equal(spaces, 0);
    assert_int_equal(nk_layout__line_width(&f->l, f->units, 2, 4, 4, &spaces),
                     (2 + 1 + 2) * CHAR);
}

static void steps_to_stops(void **state)
{
    struct fixture *f = *state;
    nk_node stop = { .kind = NK_NODE_FILL, .width = 10 * CHAR };
    struct nk_layout__unit u = { .kind = NK_UNIT_FILL, .node = &stop };
    nk_mpt gap = NK_MM(3);

    (void)f;
    /* The next stop that is at least 3 mm away. */
    assert_int_equal(nk_layout__unit_width(&u, 0), 10 * CHAR);
    assert_int_equal(nk_layout__unit_width(&u, 1), 10 * CHAR - 1);
    assert_int_equal(nk_layout__unit_width(&u, 10 * CHAR - gap), gap);
    assert_int_equal(nk_layout__unit_width(&u, 10 * CHAR - gap + 1),
                     10 * CHAR + gap - 1);
    /* One that fills what is left has the width it was given. */
    stop.width = 0;
    u.width = 77;
    assert_int_equal(nk_layout__unit_width(&u, 5), 77);
}

/* ---- Every way there is ------------------------------------------------ */

/* Width of a line's words, and of its spaces beside them. */
static nk_mpt width_of(const struct fixture *f, uint32_t from, uint32_t to,
                       nk_mpt *space)
{
    nk_mpt words = 0;
    uint32_t i;

    *space = 0;
    for (i = from; i < to; i++) {
        words += f->units[i].width;
        *space += i > from && f->units[i].space ? CHAR : 0;
    }
    return words + (to < f->n && f->units[to].soft ? f->units[to].hyphen : 0);
}

/* The rules of break.c, told once more in another way. */
static int64_t badness_of_line(const struct fixture *f,
                               const struct nk_layout__measure *m,
                               uint32_t from, uint32_t to, int64_t *ratio)
{
    nk_mpt space, words = width_of(f, from, to, &space);
    nk_mpt left = (from ? m->rest : m->first) - words - space;

    *ratio = 0;
    if (left == 0 || (to == f->n && left > 0))
        return 0;
    if (space == 0)
        *ratio = left > 0 ? 100000 : -100000;
    else
        *ratio = (int64_t)left * (left > 0 ? 1000 : 1500) / (space / 2);
    if (*ratio < -1000)
        return INT64_MAX;
    if (*ratio > 4600)
        return 10000;
    return (*ratio < 0 ? -*ratio : *ratio) * *ratio * *ratio / 10000000;
}

static int class_of(int64_t ratio)
{
    return ratio < -500 ? 0 : ratio <= 500 ? 1 : ratio <= 1000 ? 2 : 3;
}

/* What a line costs after one of class *before, which it becomes; -1 when
   its badness is above the tolerance. */
static int64_t cost_of_line(const struct fixture *f,
                            const struct nk_layout__measure *m, uint32_t from,
                            uint32_t to, int32_t tolerance, int *before)
{
    bool soft = to < f->n && f->units[to].soft;
    int64_t ratio, bad = badness_of_line(f, m, from, to, &ratio), cost;
    int step = class_of(ratio) - *before;

    if (bad > tolerance)
        return -1;
    if (ratio > 4600)
        bad += (ratio < 100000 ? ratio : 100000) - 4600;
    cost = (10 + bad) * (10 + bad);
    if (soft)
        cost += 70 * 70 + (f->units[from].soft ? 3000 : 0);
    if (step > 1 || step < -1)
        cost += 1500;
    *before = class_of(ratio);
    return cost;
}

/* The least cost of the units from `from` on; -1: there is no way. */
static int64_t least(const struct fixture *f,
                     const struct nk_layout__measure *m, uint32_t from,
                     int32_t tolerance, int before)
{
    int64_t best = -1;
    uint32_t to;

    if (from == f->n)
        return 0;
    for (to = from + 1; to <= f->n; to++) {
        int64_t cost, rest;
        int class = before;

        if (to < f->n && (!f->units[to].may_break || f->units[to].tied))
            continue;
        cost = cost_of_line(f, m, from, to, tolerance, &class);
        rest = cost < 0 ? -1 : least(f, m, to, tolerance, class);
        if (rest >= 0 && (best < 0 || cost + rest < best))
            best = cost + rest;
    }
    return best;
}

static int64_t cost_of(const struct fixture *f,
                       const struct nk_layout__measure *m,
                       const struct nk_layout__line *lines, uint32_t n,
                       int32_t tolerance)
{
    int64_t sum = 0, cost;
    int class = 1;
    uint32_t i;

    for (i = 0; i < n; i++) {
        uint32_t to = lines[i].to;

        assert_true(to == f->n ||
                    (f->units[to].may_break && !f->units[to].tied));
        cost = cost_of_line(f, m, lines[i].from, to, tolerance, &class);
        assert_true(cost >= 0);
        sum += cost;
    }
    return sum;
}

static void invent_units(struct fixture *f, uint64_t *seed)
{
    uint32_t words = 3 + nk_rnd_below(seed, 10);

    f->n = 0;
    while (words--) {
        struct nk_layout__unit *u =
            add(f, (nk_mpt)(1 + nk_rnd_below(seed, 9)) * CHAR, f->n > 0);

        u->tied = f->n > 1 && nk_rnd_below(seed, 8) == 0;
        if (u->width < 4 * CHAR || nk_rnd_below(seed, 2))
            continue;
        u = add(f, (nk_mpt)(2 + nk_rnd_below(seed, 5)) * CHAR, false);
        u->soft = u->may_break = true;
        u->hyphen = CHAR;
    }
}

static void is_the_best_of_all_ways(void **state)
{
    static const int32_t tolerances[] = { 200, 1500, 9999, 10000 };
    struct fixture *f = *state;
    uint64_t seed = 20261123;
    int found = 0, k;

    for (k = 0; k < 4000; k++) {
        int rest = 9 + (int)nk_rnd_below(&seed, 20);
        const struct nk_layout__measure m = {
            (rest - 2 + (int)nk_rnd_below(&seed, 5)) * CHAR, rest * CHAR
        };
        int32_t tolerance = tolerances[k % 4];
        struct nk_layout__line *lines = NULL;
        int64_t want;
        uint32_t n = 0;

        invent_units(f, &seed);
        want = least(f, &m, 0, tolerance, 1);
        assert_int_equal(nk_layout__break_total(&f->l, f->units, f->n, &m,
                                                tolerance, false, &lines, &n),
                         NK_OK);
        assert_int_equal(n > 0, want >= 0);
        if (n == 0)
            continue;
        starts(f, lines, n); /* all units, in turn */
        assert_int_equal(cost_of(f, &m, lines, n, tolerance), want);
        found++;
        nk_arena_reset(&f->l.scratch);
    }
    assert_in_range(found, 1000, 3800);
}

/* By force there is always a way, and all units are on it. */
static void by_force_there_is_always_a_way(void **state)
{
    struct fixture *f = *state;
    uint64_t seed = 465;
    int k;

    for (k = 0; k < 3000; k++) {
        int rest = 1 + (int)nk_rnd_below(&seed, 12);
        int first = 1 + (int)nk_rnd_below(&seed, 20);
        uint32_t i;

        invent_units(f, &seed);
        for (i = 1; i < f->n; i++)
            if (nk_rnd_below(&seed, 4) == 0)
                f->units[i].space = f->units[i].may_break = false;
        assert_true(f->units[0].kind == NK_UNIT_TEXT);
        if (nk_str_eq(total(f, first, rest, 10000, true), NK_STR("none")))
            fail_msg("no lines: round %d of seed 465", k);
        greedy(f, first, rest);
        nk_arena_reset(&f->l.scratch);
        nk_arena_reset(&f->arena);
    }
}

#define TEST(test)                                                             \
    cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fills_as_far_as_it_goes),
        TEST(looks_at_the_whole_paragraph),
        TEST(shrinks_spaces_by_a_third),
        TEST(breaks_where_it_must),
        TEST(hyphenates),
        TEST(keeps_ties_but_in_need),
        TEST(never_parts_what_is_glued),
        TEST(measures_lines),
        TEST(steps_to_stops),
        TEST(is_the_best_of_all_ways),
        TEST(by_force_there_is_always_a_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
