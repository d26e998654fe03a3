/*
 * Random records: what is written is read as what it was, values are never
 * refused, and a record cut down says nothing it should not.
 *
 * Every record has its seed from its number; NK_SEED=N tries that one alone.
 */
#include "../support/house.h"
#include "../support/maker.h"

#include <stdio.h>

#define RECORDS 400

static nk_str dumped(nk_house *h, nk_record *r)
{
    nk_str out;

    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    return out;
}

static nk_str written(nk_house *h, nk_record *r)
{
    nk_str out;

    assert_ok(h, nk_xml_write(&h->ctx, &h->arena, nk_record_xml(r),
                              NK_STR("urn:naskah:case:1"), &out));
    return out;
}

static nk_record *opened(nk_house *h, nk_str bytes, uint64_t seed)
{
    nk_record *r;

    nk_problems_init(&h->problems, &h->arena);
    if (nk_record_open(&h->ctx, h->model, bytes, NK_STR("k.xml"), &h->problems,
                       &r) < 0)
        fail_msg("seed %llu is refused:\n%.*s", (unsigned long long)seed,
                 (int)said_of(&h->problems).len, said_of(&h->problems).ptr);
    return r;
}

static void same(nk_str a, nk_str b, uint64_t seed, const char *what)
{
    size_t i = 0;

    if (nk_str_eq(a, b))
        return;
    while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
        i++;
    fail_msg("seed %llu: %s differ at byte %zu", (unsigned long long)seed, what,
             i);
}

static nk_str made(nk_house *h, uint64_t seed)
{
    nk_maker m = { .how = MAKE_RANDOM, .seed = seed };
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    maker_put(&m, &b, h->model);
    return nk_buf_str(&b);
}

/* load(write(record)) = record, also for those who checked before. */
static void try_round_trip(nk_house *h, uint64_t seed)
{
    nk_record *a = opened(h, made(h, seed), seed), *b, *c;
    nk_str bytes = written(h, a);

    b = opened(h, bytes, seed);
    same(dumped(h, a), dumped(h, b), seed, "records");
    same(bytes, written(h, b), seed, "bytes");
    assert_ok(h, nk_record_open_checked(&h->ctx, h->model, bytes,
                                        NK_STR("k.xml"), &c));
    same(dumped(h, a), dumped(h, c), seed, "records");
    assert_str(nk_record_number(c), nk_str_z(&h->arena, nk_record_number(a)));
    assert_int_equal(nk_record_opened(a, NK_ZONE_WIB),
                     nk_record_opened(c, NK_ZONE_WIB));
    nk_record_close(a);
    nk_record_close(b);
    nk_record_close(c);
}

/* Derived, checked and cut down twice is as once; less right, less left. */
static void try_restriction(nk_house *h, uint64_t seed)
{
    nk_rights some = { NK_CLASS_LIMITED, (uint32_t)(seed * 2654435761u) };
    nk_rights less = { NK_CLASS_LIMITED,
                       some.topics & (uint32_t)(seed * 40503u) };
    nk_str bytes = made(h, seed), once;
    nk_record *a = opened(h, bytes, seed), *b = opened(h, bytes, seed);

    assert_ok(h, nk_record_derive(&h->ctx, a, HOUSE_TODAY));
    assert_ok(h, nk_record_derive(&h->ctx, b, HOUSE_TODAY));
    nk_problems_init(&h->problems, &h->arena);
    assert_ok(h, nk_record_check(&h->ctx, a, &h->problems));
    nk_record_restrict(a, some);
    once = dumped(h, a);
    nk_record_restrict(a, some);
    same(once, dumped(h, a), seed, "restrictions");
    nk_record_restrict(a, less);
    nk_record_restrict(b, less);
    same(dumped(h, a), dumped(h, b), seed, "ways to less");
    nk_record_close(a);
    nk_record_close(b);
}

/* ---- What the schema says ---------------------------------------------- */

/* The line a byte is in, its end with it. */
static nk_str line_at(nk_str s, size_t at)
{
    size_t from = at, to = at;

    while (from && s.ptr[from - 1] != '\n')
        from--;
    while (to < s.len && s.ptr[to++] != '\n')
        ;
    return nk_str_head(nk_str_skip(s, from), to - from);
}

/* A few bytes that matter to some kind of value, or to XML. */
static const char *const pieces[] = {
    "",   " ",  "0",     "9",       "Z",      "-",       "+",
    ":",  "T",  ".",     "a",       "A",      "_",       "\xC3\xA9",
    "\n", "24", "14:30", "&#9;",    "<!--->", "<nik/>",  "</nik>",
    "<",  "\"", "x='1'", "1000000", "\t",     "2026-02", "<a/>",
};

/* One line or one byte of a record changed. */
static nk_str damaged(nk_house *h, nk_maker *m, nk_str s)
{
    size_t at = maker_pick(m, (unsigned)s.len);
    nk_str line = line_at(s, at), other;
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    switch (maker_pick(m, 4)) {
    case 0: /* the line twice, or not at all */
        at = (size_t)(line.ptr - s.ptr);
        nk_buf_puts(&b, nk_str_head(s, at));
        if (maker_pick(m, 2)) {
            nk_buf_puts(&b, line);
            nk_buf_puts(&b, line);
        }
        nk_buf_puts(&b, nk_str_skip(s, at + line.len));
        break;
    case 1: /* moved elsewhere */
        other = line_at(s, maker_pick(m, (unsigned)s.len));
        at = (size_t)(other.ptr - s.ptr);
        nk_buf_puts(&b, nk_str_head(s, at));
        nk_buf_puts(&b, line);
        nk_buf_puts(&b, nk_str_skip(s, at));
        break;
    default:
        nk_buf_puts(&b, nk_str_head(s, at));
        nk_buf_puts(&b, nk_str_of(pieces[maker_pick(m, NK_COUNT(pieces))]));
        nk_buf_puts(&b, nk_str_skip(s, at + maker_pick(m, 2)));
        break;
    }
    return nk_buf_str(&b);
}

static struct {
    unsigned accepted, refused;
} judged;

/* No record is taken that the schema does not take. */
static void try_schema(nk_house *h, uint64_t seed)
{
    nk_maker m = { .how = MAKE_RANDOM, .seed = seed * 7919 };
    nk_xml_schema *schema;
    int i;

    assert_ok(h, house_schema(h, "schemas/case.xsd", &schema));
    for (i = 0; i < 10; i++) {
        nk_str bytes = damaged(h, &m, made(h, seed));
        nk_record *r;
        nk_xml *x;

        nk_problems_init(&h->problems, &h->arena);
        if (nk_record_open(&h->ctx, h->model, bytes, NK_STR("k.xml"),
                           &h->problems, &r) < 0) {
            judged.refused++;
            continue;
        }
        nk_record_close(r);
        judged.accepted++;
        nk_problems_init(&h->problems, &h->arena);
        assert_ok(
            h, nk_xml_open(&h->ctx, bytes, NK_STR("k.xml"), &h->problems, &x));
        assert_ok(h, nk_xml_check(&h->ctx, x, schema, &h->problems));
        if (h->problems.errors)
            fail_msg("seed %llu, change %d: the schema says:\n%.*s",
                     (unsigned long long)seed, i,
                     (int)said_of(&h->problems).len, said_of(&h->problems).ptr);
        nk_xml_close(x);
    }
    nk_xml_schema_close(schema);
}

static void for_each_seed(nk_house *h, void (*try)(nk_house *, uint64_t))
{
    const char *only = getenv("NK_SEED");
    nk_arena mark = h->arena;
    uint64_t seed;

    if (only) {
        try(h, strtoull(only, NULL, 10));
        return;
    }
    for (seed = 1; seed <= RECORDS; seed++) {
        nk_arena_init(&h->arena);
        try(h, seed);
        nk_arena_release(&h->arena);
    }
    h->arena = mark;
}

static void reads_what_it_writes(void **state)
{
    for_each_seed(*state, try_round_trip);
}

static void restricts_in_any_order(void **state)
{
    for_each_seed(*state, try_restriction);
}

static void takes_what_the_schema_takes(void **state)
{
    judged.accepted = judged.refused = 0;
    for_each_seed(*state, try_schema);
    if (!getenv("NK_SEED"))
        assert_true(judged.accepted > RECORDS && judged.refused > RECORDS);
}

/* The makers of records do make them: all fields, and different ones. */
static void makes_what_it_tries(void **state)
{
    nk_house *h = *state;
    size_t least = SIZE_MAX, most = 0;
    uint64_t seed;

    for (seed = 1; seed <= 20; seed++) {
        nk_record *r = opened(h, made(h, seed), seed);
        size_t n = dumped(h, r).len;

        least = n < least ? n : least;
        most = n > most ? n : most;
        nk_record_close(r);
    }
    assert_true(most > 10000);
    assert_true(least < most * 2 / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_what_it_tries),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(restricts_in_any_order),
        cmocka_unit_test(takes_what_the_schema_takes),
    };

    return HOUSE_RUN(tests);
}
