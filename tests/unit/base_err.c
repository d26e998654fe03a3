/*
 * Failures, problems, log lines, and the message table itself.
 */
#include "../support/check.h"

#include <errno.h>
#include <stdio.h>

static void fills_in_arguments(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "", "" },
        { "tanpa isi", "tanpa isi" },
        { "{0}", "nol" },
        { "{1} lalu {0}", "satu lalu nol" },
        { "{0}{0}", "nolnol" },
        { "a{2}b", "ab" },
        { "{9}", "" },
        { "{", "{" },
        { "{0", "{0" },
        { "{}", "{}" },
        { "{x} {0}", "{x} nol" },
        { "{{0}}", "{nol}" },
        { "akhir {1", "akhir {1" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        nk_msg_fill(&b, nk_str_of(rows[i].text),
                    NK_ARGS(NK_STR("nol"), NK_STR("satu")));
        assert_str(nk_buf_str(&b), rows[i].want);
    }
}

static void fills_in_each_once(void **state)
{
    nk_desk *d = *state;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_msg_fill(&b, NK_STR("{0} {1}"), NK_ARGS(NK_STR("{1}"), NK_STR("x")));
    assert_str(nk_buf_str(&b), "{1} x");
    nk_buf_init(&b, &d->arena);
    nk_msg_fill(&b, NK_STR("{0}{1}{2}{3}{4}"),
                NK_ARGS(NK_STR("a"), NK_STR("b"), NK_STR("c"), NK_STR("d")));
    assert_str(nk_buf_str(&b), "abcd");
}

/* What comes from outside is one line that shows what it is. */
static void shows_what_arguments_hide(void **state)
{
    static const struct {
        nk_str arg;
        const char *want;
    } rows[] = {
        { NK_STR_INIT("Melati Contoh, S.H."), "Melati Contoh, S.H." },
        { NK_STR_INIT("Ren\xC3\xA9 \xE2\x80\xA6"), "Ren\xC3\xA9 \xE2\x80\xA6" },
        { NK_STR_INIT("A\nB\r\nC\tD"), "A B  C D" },
        { NK_STR_INIT("A\x1B[2J"), "A\xEF\xBF\xBD[2J" },
        { NK_STR_INIT("A\0B"), "A\xEF\xBF\xBD"
                               "B" },
        { NK_STR_INIT("\xE2\x80\xAEgnp"), "\xEF\xBF\xBDgnp" },
        { NK_STR_INIT("\xC2\x9B"
                      "A"),
          "\xEF\xBF\xBD"
          "A" },
        { NK_STR_INIT("A\xFF\xFE"
                      "B\xC3"),
          "A\xEF\xBF\xBD\xEF\xBF\xBD"
          "B\xEF\xBF\xBD" },
        { NK_STR_INIT(""), "" },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        nk_msg_fill(&b, NK_STR("\n<{0}>"), NK_ARGS(rows[i].arg));
        nk_place_put(&b, NK_IN_FILE(rows[i].arg));
        assert_true(nk_str_starts(nk_buf_str(&b), NK_STR("\n<")));
        b.ptr += 2;
        b.len -= 2;
        assert_true(nk_str_starts(nk_buf_str(&b), nk_str_of(rows[i].want)));
        b.ptr += strlen(rows[i].want);
        b.len -= strlen(rows[i].want);
        assert_true(nk_str_starts(nk_buf_str(&b), NK_STR(">")));
        assert_true(nk_str_starts(nk_str_skip(nk_buf_str(&b), 1),
                                  nk_str_of(rows[i].want)));
    }
}

static void names_places(void **state)
{
    static const struct {
        nk_place place;
        const char *want;
    } rows[] = {
        { { .file = NK_STR_INIT("a.xml"), .line = 14, .column = 7 },
          "a.xml:14:7: " },
        { { .file = NK_STR_INIT("a.xml"), .line = 14 }, "a.xml:14: " },
        { { .file = NK_STR_INIT("a.xml"), .column = 7 }, "a.xml: " },
        { { .file = NK_STR_INIT("a.xml") }, "a.xml: " },
        { { .line = 14, .column = 7 }, "" },
        { { .field = NK_STR_INIT("Nama") }, "" },
        { { .file = NK_STR_INIT("a"), .line = UINT32_MAX, .column = 1 },
          "a:4294967295:1: " },
    };
    nk_desk *d = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &d->arena);
        nk_place_put(&b, rows[i].place);
        assert_str(nk_buf_str(&b), rows[i].want);
    }
}

static void keeps_copies_of_a_failure(void **state)
{
    nk_desk *d = *state;
    char file[] = "a.xml", field[] = "Nama", arg[] = "b.xml";
    nk_place at = { nk_str_of(file), 2, 3, nk_str_of(field) };
    nk_buf b;

    assert_int_equal(nk_fail(&d->ctx, NK_E_SYNTAX, NK_M_FILE_TOO_LARGE, at,
                             NK_ARGS(nk_str_of(arg), NK_NUM(12))),
                     NK_E_SYNTAX);
    memset(file, '?', sizeof(file));
    memset(field, '?', sizeof(field));
    memset(arg, '?', sizeof(arg));
    assert_int_equal(d->ctx.fault.err, NK_E_SYNTAX);
    assert_int_equal(d->ctx.fault.msg, NK_M_FILE_TOO_LARGE);
    assert_str(d->ctx.fault.place.field, "Nama");

    nk_buf_init(&b, &d->arena);
    nk_fault_put(&d->ctx, &b);
    assert_str(nk_buf_str(&b),
               "a.xml:2:3: Berkas b.xml lebih besar dari 12 bita.");
    d->ctx.lang = NK_LANG_EN;
    nk_buf_init(&b, &d->arena);
    nk_fault_put(&d->ctx, &b);
    assert_str(nk_buf_str(&b),
               "a.xml:2:3: File b.xml is larger than 12 bytes.");
}

static void forgets_the_failure_before(void **state)
{
    nk_desk *d = *state;
    const nk_fault *f = &d->ctx.fault;

    nk_fail(&d->ctx, NK_E_IO, NK_M_FILE_READ, NK_IN_FILE(NK_STR("a")),
            NK_ARGS(NK_STR("b"), NK_STR("c")));
    assert_int_equal(nk_nomem(&d->ctx), NK_E_NOMEM);
    assert_int_equal(f->msg, NK_M_NOMEM);
    assert_int_equal(f->args.n, 0);
    assert_int_equal(f->place.file.len, 0);
    assert_int_equal(f->used, 0);
}

static void cuts_a_long_failure_at_a_character(void **state)
{
    nk_desk *d = *state;
    const nk_fault *f = &d->ctx.fault;
    char text[3 * NK_FAULT_TEXT];
    size_t i, shift, bad;

    /* U+2026, three bytes, so that every cut but one is inside of one. */
    for (i = 0; i < sizeof(text); i++)
        text[i] = "\xE2\x80\xA6"[i % 3];
    for (shift = 0; shift < 3; shift++) {
        nk_str arg = { text, sizeof(text) };

        nk_fail(&d->ctx, NK_E_INVALID, NK_M_FILE_READ, NK_NOWHERE,
                NK_ARGS(nk_str_head(NK_STR("abc"), shift), arg, arg));
        assert_int_equal(f->args.v[0].len, shift);
        assert_int_equal(f->args.v[1].len, (NK_FAULT_TEXT - shift) / 3 * 3);
        assert_true(f->args.v[1].len > NK_FAULT_TEXT - 5);
        assert_true(nk_utf8_check(f->args.v[1], &bad));
        assert_int_equal(f->args.v[2].len, 0);
        assert_true(f->used <= NK_FAULT_TEXT);
    }
}

static void tells_errno_apart(void **state)
{
    static const struct {
        int e;
        nk_err err;
        nk_msg msg;
    } rows[] = {
        { ENOENT, NK_E_NOTFOUND, NK_M_FILE_NONE },
        { EACCES, NK_E_DENIED, NK_M_FILE_SHUT },
        { EPERM, NK_E_DENIED, NK_M_FILE_SHUT },
        { ENOMEM, NK_E_NOMEM, NK_M_NOMEM },
        { ENOSPC, NK_E_IO, NK_M_DISK_FULL },
        { EDQUOT, NK_E_IO, NK_M_DISK_FULL },
        { EFBIG, NK_E_IO, NK_M_DISK_FULL },
        { EROFS, NK_E_IO, NK_M_DISK_READ_ONLY },
        { EISDIR, NK_E_IO, NK_M_FILE_IS_FOLDER },
        { ENOTDIR, NK_E_IO, NK_M_FILE_NO_FOLDER },
        { EIO, NK_E_IO, NK_M_FILE_WRITE },
    };
    nk_desk *d = *state;
    const nk_fault *f = &d->ctx.fault;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        errno = rows[i].e;
        assert_int_equal(
            nk_fail_errno(&d->ctx, NK_M_FILE_WRITE, NK_STR("a.pdf")),
            rows[i].err);
        assert_int_equal(f->msg, rows[i].msg);
        if (rows[i].e == ENOMEM)
            continue;
        assert_str(f->place.file, "a.pdf");
        assert_str(f->args.v[0], "a.pdf");
    }
    assert_str(f->args.v[1], strerror(EIO));
}

static void add_at(nk_problems *p, const char *file, uint32_t line,
                   uint32_t column, const char *arg)
{
    nk_place at = { .file = nk_str_of(file), .line = line, .column = column };

    nk_problem_add(p, NK_ERROR, NK_M_FILE_READ, at, NK_ARGS(nk_str_of(arg)));
}

static void sorts_problems_by_place(void **state)
{
    static const char *const want[] = { "1", "2", "3", "4", "5", "6", "7" };
    nk_desk *d = *state;
    nk_problems p;
    nk_problem *q;
    size_t n = 0;

    nk_problems_init(&p, &d->arena);
    nk_problems_sort(&p);
    assert_null(p.first);
    add_at(&p, "b.xml", 1, 1, "7");
    add_at(&p, "a.xml", 10, 2, "5");
    add_at(&p, "a.xml", 2, 9, "2");
    add_at(&p, "a.xml", 10, 1, "4");
    add_at(&p, "a.xml", 2, 9, "3");
    add_at(&p, "a.xml", 10, 2, "6");
    add_at(&p, "a.xml", 0, 0, "1");
    nk_problems_sort(&p);
    for (q = p.first; q; q = q->next) {
        assert_true(n < NK_COUNT(want));
        assert_str(q->args.v[0], want[n++]);
        if (!q->next)
            assert_ptr_equal(p.last, q);
    }
    assert_int_equal(n, NK_COUNT(want));
    add_at(&p, "c.xml", 1, 1, "8");
    assert_str(p.last->args.v[0], "8");
}

static void copies_problems(void **state)
{
    nk_desk *d = *state;
    char text[] = "Nama";
    nk_problems p;

    nk_problems_init(&p, &d->arena);
    nk_problem_add(&p, NK_WARNING, NK_M_FILE_READ, NK_AT_FIELD(nk_str_of(text)),
                   NK_ARGS(nk_str_of(text), NK_STR("x")));
    memset(text, '?', sizeof(text));
    assert_str(p.first->place.field, "Nama");
    assert_int_equal(p.first->args.n, 2);
    assert_str(p.first->args.v[0], "Nama");
    assert_int_equal(p.first->severity, NK_WARNING);
    assert_int_equal(p.first->msg, NK_M_FILE_READ);
    assert_int_equal(p.warnings, 1);
    assert_int_equal(p.errors, 0);
}

static void lists_so_many_and_counts_the_rest(void **state)
{
    nk_desk *d = *state;
    nk_problems p;
    nk_problem *q;
    uint32_t i, n = 0;

    nk_problems_init(&p, &d->arena);
    for (i = 0; i < NK_MAX_PROBLEMS + 50; i++)
        nk_problem_add(&p, i % 2 ? NK_WARNING : NK_ERROR, NK_M_FILE_READ,
                       NK_NOWHERE, NK_ARGS(NK_NUM(i)));
    assert_int_equal(p.errors + p.warnings, NK_MAX_PROBLEMS + 50);
    assert_int_equal(p.errors, p.warnings);
    assert_int_equal(p.listed, NK_MAX_PROBLEMS);
    nk_problems_sort(&p);
    for (q = p.first; q; q = q->next)
        assert_true(nk_str_eq(q->args.v[0], NK_NUM(n++)));
    assert_int_equal(n, NK_MAX_PROBLEMS);
}

struct heard {
    unsigned lines;
    nk_log_level level;
    char text[1024];
};

static void hear(void *data, nk_log_level level, nk_str line)
{
    struct heard *h = data;

    h->lines++;
    h->level = level;
    snprintf(h->text, sizeof(h->text), "%.*s", (int)line.len, line.ptr);
}

static void logs_pairs(void **state)
{
    nk_desk *d = *state;
    struct heard h = { 0 };

    nk_log(&d->ctx, NK_LOG_ERROR, NK_STR("sign"), NK_STR("lost"), NK_NOARGS);
    d->ctx.log = hear;
    d->ctx.log_data = &h;
    nk_log(&d->ctx, NK_LOG_WARN, NK_STR("archive"), NK_STR("slow"),
           NK_ARGS(NK_STR("paper"), NK_NUM(12), NK_STR("ms"), NK_NUM(450)));
    assert_int_equal(h.lines, 1);
    assert_int_equal(h.level, NK_LOG_WARN);
    assert_string_equal(h.text, "warn archive slow paper=12 ms=450");
    nk_log(&d->ctx, NK_LOG_INFO, NK_STR("a"), NK_STR("b"), NK_NOARGS);
    assert_int_equal(h.lines, 1);
    d->ctx.log_level = NK_LOG_DEBUG;
    nk_log(&d->ctx, NK_LOG_DEBUG, NK_STR("a"), NK_STR("b"),
           NK_ARGS(NK_STR("alone")));
    assert_int_equal(h.lines, 2);
    assert_string_equal(h.text, "debug a b");
}

static void bounds_a_log_line(void **state)
{
    nk_desk *d = *state;
    struct heard h = { 0 };
    char text[2000];
    nk_str s = { text, sizeof(text) };

    memset(text, 'x', sizeof(text));
    d->ctx.log = hear;
    d->ctx.log_data = &h;
    nk_log(&d->ctx, NK_LOG_ERROR, s, s, NK_ARGS(s, s, s, s));
    assert_int_equal(h.lines, 1);
    assert_int_equal(strlen(h.text), 511);
    nk_log(&d->ctx, NK_LOG_ERROR, NK_STR("a"), NK_STR("b"),
           NK_ARGS(NK_STR("k"), s, NK_STR("k"), s));
    assert_int_equal(h.lines, 2);
    assert_int_equal(strlen(h.text), 511);
}

static void has_every_message_in_both_languages(void **state)
{
    int m;

    (void)state;
    for (m = NK_M_NONE + 1; m < NK_M_COUNT; m++) {
        nk_msg msg = (nk_msg)m;

        assert_true(nk_msg_name(msg).len > 0);
        assert_true(nk_msg_text(msg, NK_LANG_ID).len > 0);
        assert_true(nk_msg_text(msg, NK_LANG_EN).len > 0);
        assert_int_equal(nk_msg_cure(msg, NK_LANG_ID).len == 0,
                         nk_msg_cure(msg, NK_LANG_EN).len == 0);
        assert_true(nk_msg_code(msg) > 0 || nk_msg_exit(msg) == 0);
    }
    assert_int_equal(nk_msg_text(NK_M_NONE, NK_LANG_ID).len, 0);
}

static void knows_a_message(void **state)
{
    (void)state;
    assert_str(nk_msg_name(NK_M_NOMEM), "NOMEM");
    assert_str(nk_msg_text(NK_M_NOMEM, NK_LANG_ID), "Memori habis.");
    assert_str(nk_msg_cure(NK_M_NOMEM, NK_LANG_EN),
               "Close other programs, then try again.");
    assert_int_equal(nk_msg_code(NK_M_NOMEM), 1001);
    assert_int_equal(nk_msg_exit(NK_M_FILE_WRITE), 26);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(fills_in_arguments),
        NK_DESK_TEST(fills_in_each_once),
        NK_DESK_TEST(shows_what_arguments_hide),
        NK_DESK_TEST(names_places),
        NK_DESK_TEST(keeps_copies_of_a_failure),
        NK_DESK_TEST(forgets_the_failure_before),
        NK_DESK_TEST(cuts_a_long_failure_at_a_character),
        NK_DESK_TEST(tells_errno_apart),
        NK_DESK_TEST(sorts_problems_by_place),
        NK_DESK_TEST(copies_problems),
        NK_DESK_TEST(lists_so_many_and_counts_the_rest),
        NK_DESK_TEST(logs_pairs),
        NK_DESK_TEST(bounds_a_log_line),
        cmocka_unit_test(has_every_message_in_both_languages),
        cmocka_unit_test(knows_a_message),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
