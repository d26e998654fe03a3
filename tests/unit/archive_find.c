/*
 * Finding papers: every way of asking gives what going through all of them
 * by hand gives, in the same order.
 */
#include "archive_store.h"

#define PAPERS 400u

static void fill(nk_store *s, nk_paper *all)
{
    uint64_t seed = 31;
    unsigned i;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    for (i = 1; i <= 7; i++)
        put_case(s, i);
    for (i = 0; i < PAPERS; i++) {
        nk_paper *p = &all[i];

        *p = paper_of(s, 1 + nk_rnd_below(&seed, 7));
        p->kind = nk_fake_kind_name(nk_rnd_below(&seed, 4));
        p->office = nk_fake_office_name(nk_rnd_below(&seed, 3));
        p->signer = nk_rnd_below(&seed, 2) ? NK_STR("kepala") : NK_EMPTY;
        p->date = (nk_date){ 2026, (uint8_t)(1 + nk_rnd_below(&seed, 12)),
                             (uint8_t)nk_rnd_below(&seed, 29) };
        if (nk_rnd_below(&seed, 3))
            take_number(s, p);
        else
            p->number = NK_STR("465.3/5/5.6.04/2026"); /* as one of ours */
        assert_ok(file_bytes(s, NK_STR("x"), 0, p));
    }
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
}

static int64_t day(nk_date d)
{
    return d.year * 10000 + d.month * 100 + d.day;
}

static bool is(nk_str want, nk_str have)
{
    return want.len == 0 || nk_str_eq(want, have);
}

/* Everything the query wants, by hand, the newest and last first. */
static size_t expect(const nk_paper *all, const nk_paper_query *q, int64_t to,
                     int64_t ids[PAPERS])
{
    size_t n = 0, i, at;

    for (i = 0; i < PAPERS; i++) {
        const nk_paper *p = &all[i];

        if ((q->id && q->id != p->id) || day(p->date) < day(q->from) ||
            day(p->date) > to || !is(q->case_number, p->case_number) ||
            !is(q->number, p->number) || !is(q->kind, p->kind) ||
            !is(q->office, p->office) || !is(q->signer, p->signer))
            continue;
        for (at = n; at > 0 && day(all[ids[at - 1] - 1].date) <= day(p->date);
             at--)
            ids[at] = ids[at - 1];
        ids[at] = p->id;
        n++;
    }
    return n;
}

static void ask(nk_store *s, const nk_paper *all, nk_paper_query q, int64_t to)
{
    int64_t ids[PAPERS];
    size_t want = expect(all, &q, to, ids), n, i;
    nk_paper *list;

    for (q.offset = 0; q.offset < PAPERS; q.offset += 37) {
        size_t left = want > q.offset ? want - q.offset : 0;

        if (q.limit && left > q.limit)
            left = q.limit;
        assert_ok(
            nk_archive_paper_find(&s->ctx, &s->arena, s->ar, &q, &list, &n));
        assert_int_equal(n, left);
        for (i = 0; i < n; i++) {
            const nk_paper *p = &all[list[i].id - 1];

            assert_int_equal(list[i].id, ids[q.offset + i]);
            assert_true(nk_str_eq(list[i].number, p->number));
            assert_true(nk_str_eq(list[i].case_number, p->case_number));
            assert_int_equal(list[i].seq, p->seq);
        }
    }
}

static void as_by_hand(void **state)
{
    nk_store *s = *state;
    nk_paper *all = NK_NEWN(&s->arena, PAPERS, nk_paper);
    uint64_t seed = 5;
    unsigned round;

    fill(s, all);
    for (round = 0; round < 150; round++) {
        const nk_paper *p = &all[nk_rnd_below(&seed, PAPERS)];
        nk_paper_query q = { .limit = nk_rnd_below(&seed, 3) ? 0 : 20 };
        unsigned want = nk_rnd_below(&seed, 128);
        int64_t to = 99999999;

        if (want & 1)
            q.kind = p->kind;
        if (want & 2)
            q.office = p->office;
        if (want & 4)
            q.signer = p->signer;
        if ((want & 24) == 24)
            q.case_number = p->case_number;
        if ((want & 48) == 48)
            q.number = p->number;
        if (want & 32)
            q.from = p->date;
        if ((want & 65) == 65) {
            q.to = (nk_date){ 2026, (uint8_t)(1 + round % 12), 0 };
            to = 20260000 + (1 + round % 12) * 100 + 99;
        }
        if (want == 127)
            q.id = p->id;
        ask(s, all, q, to);
    }
    ask(s, all, (nk_paper_query){ .id = 17 }, 99999999);
    ask(s, all, (nk_paper_query){ .id = PAPERS + 1 }, 99999999);
    ask(s, all, (nk_paper_query){ .number = NK_STR("465.3/5/5.6.04/2026") },
        99999999);
    ask(s, all, (nk_paper_query){ .to = { 2026, 0, 0 } }, 20269999);
    ask(s, all, (nk_paper_query){ .to = { 2026, 6, 15 } }, 20260615);
    ask(s, all, (nk_paper_query){ .kind = NK_STR("tidak-ada") }, 99999999);
    ask(s, all, (nk_paper_query){ .case_number = NK_STR("KASUS-0") }, 99999999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(as_by_hand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
