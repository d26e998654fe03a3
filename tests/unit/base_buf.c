/*
 * Growing text: what is appended is there, the first failure stays, and a
 * limit counts content alone.
 */
#include "../support/check.h"

static nk_buf buf_of(void **state)
{
    nk_buf b;

    nk_buf_init(&b, &((nk_desk *)*state)->arena);
    return b;
}

static void appends_in_every_way(void **state)
{
    nk_desk *d = *state;
    nk_buf b = buf_of(state);
    nk_str out = NK_EMPTY;

    nk_buf_puts(&b, NK_STR("surat "));
    nk_buf_puts(&b, NK_EMPTY);
    nk_buf_lit(&b, "no. ");
    nk_buf_int(&b, 12);
    nk_buf_putc(&b, '/');
    nk_buf_fill(&b, '.', 2);
    nk_buf_fill(&b, '.', 1);
    nk_buf_fill(&b, '.', 0);
    nk_buf_putn(&b, "abc", 2);
    nk_buf_hex(&b, "\x00\x9F\xFF", 3);
    nk_buf_hex(&b, "", 0);
    nk_buf_printf(&b, "%s-%03d", "x", 7);
    nk_buf_printf(&b, "%s", "");
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    assert_str(out, "surat no. 12/...ab009fffx-007");
    assert_int_equal(out.ptr[out.len], '\0');
}

static void ends_with_a_nul_and_goes_on(void **state)
{
    nk_desk *d = *state;
    nk_buf b = buf_of(state);
    nk_str out = NK_EMPTY;

    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    assert_non_null(out.ptr);
    assert_string_equal(out.ptr, "");
    nk_buf_lit(&b, "a");
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    nk_buf_lit(&b, "b");
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    assert_string_equal(out.ptr, "ab");
}

static void escapes_markup(void **state)
{
    nk_str all = NK_STR("<a b=\"c\">'d' & e\r\n\t");
    nk_buf b = buf_of(state);

    nk_buf_markup(&b, all, false);
    assert_str(nk_buf_str(&b), "&lt;a b=\"c\"&gt;'d' &amp; e&#13;\n\t");
    b.len = 0;
    nk_buf_markup(&b, all, true);
    assert_str(nk_buf_str(&b), "&lt;a b=&quot;c&quot;&gt;&#39;d&#39; &amp; "
                               "e&#13;&#10;&#9;");
    b.len = 0;
    nk_buf_markup(&b, NK_STR("&&x"), false);
    nk_buf_markup(&b, NK_EMPTY, true);
    nk_buf_markup(&b, NK_STR("plain"), true);
    assert_str(nk_buf_str(&b), "&amp;&amp;xplain");
}

static void prints_integers(void **state)
{
    static const struct {
        int64_t v;
        const char *want;
    } rows[] = {
        { 0, "0" },
        { 7, "7" },
        { -7, "-7" },
        { 1234567890, "1234567890" },
        { INT64_MAX, "9223372036854775807" },
        { INT64_MIN, "-9223372036854775808" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b = buf_of(state);

        nk_buf_int(&b, rows[i].v);
        assert_str(nk_buf_str(&b), rows[i].want);
        assert_str(NK_NUM(rows[i].v), rows[i].want);
    }
}

static void pads_with_zeros(void **state)
{
    static const struct {
        uint64_t v;
        unsigned digits;
        const char *want;
    } rows[] = {
        { 0, 0, "0" },
        { 0, 3, "000" },
        { 7, 3, "007" },
        { 123, 3, "123" },
        { 1234, 3, "1234" },
        { 7, 30, "000000000000000000000000000007" },
        { UINT64_MAX, 1, "18446744073709551615" },
    };
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b = buf_of(state);

        nk_buf_pad(&b, rows[i].v, rows[i].digits);
        assert_str(nk_buf_str(&b), rows[i].want);
    }
}

static void keeps_its_bytes_while_growing(void **state)
{
    nk_desk *d = *state;
    nk_buf b = buf_of(state);
    uint32_t i;

    for (i = 0; i < 300000; i++) {
        nk_buf_putn(&b, &i, sizeof(i));
        if (i % 1000 == 0) /* others push the buffer out of its place */
            assert_non_null(nk_alloc(&d->arena, 24));
    }
    assert_int_equal(b.err, NK_OK);
    assert_int_equal(b.len, 300000 * sizeof(i));
    for (i = 0; i < 300000; i++)
        assert_memory_equal(b.ptr + i * sizeof(i), &i, sizeof(i));
}

static void reserves_room(void **state)
{
    nk_buf b = buf_of(state);
    char *p = nk_buf_reserve(&b, 0);

    assert_non_null(p);
    p = nk_buf_reserve(&b, 1000);
    assert_non_null(p);
    assert_true(b.room >= 1000);
    assert_int_equal(b.len, 0);
    memset(p, 'x', 1000);
    b.len += 1000;
    assert_ptr_equal(nk_buf_reserve(&b, 0), b.ptr + 1000);
    assert_null(nk_buf_reserve(&b, SIZE_MAX));
    assert_int_equal(b.err, NK_E_NOMEM);
}

/* One way to append `n` bytes. */
typedef void append_fn(nk_buf *b, size_t n);

static void by_putn(nk_buf *b, size_t n)
{
    nk_buf_putn(b, "0123456789", n);
}

static void by_putc(nk_buf *b, size_t n)
{
    while (n-- > 0)
        nk_buf_putc(b, 'c');
}

static void by_fill(nk_buf *b, size_t n)
{
    nk_buf_fill(b, 'f', n);
}

static void by_printf(nk_buf *b, size_t n)
{
    nk_buf_printf(b, "%.*s", (int)n, "0123456789");
}

static void by_hex(nk_buf *b, size_t n)
{
    nk_buf_hex(b, "01234", n / 2);
}

/* Whatever way it came to its length, a NUL has room behind it. */
static void has_room_for_what_it_holds(void **state)
{
    nk_desk *d = *state;
    nk_str out;
    char text[2000];
    size_t n;

    memset(text, 'x', sizeof(text));
    for (n = 0; n < sizeof(text) / 2; n++) {
        nk_buf b = buf_of(state), hex = buf_of(state), printed = buf_of(state);

        nk_arena_reset(&d->arena);
        nk_buf_putn(&b, text, n);
        assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
        assert_true(b.len == n && b.len < b.room);
        nk_buf_hex(&hex, text, n);
        assert_true(hex.len == 2 * n && hex.len <= hex.room);
        nk_buf_printf(&printed, "%.*s", (int)n, text);
        assert_true(printed.len == n && printed.len < printed.room);
    }
}

static void refuses_what_is_too_long(void **state)
{
    nk_buf b = buf_of(state);

    nk_buf_hex(&b, "", SIZE_MAX);
    assert_int_equal(b.err, NK_E_NOMEM);
    b = buf_of(state);
    nk_buf_hex(&b, "", SIZE_MAX / 2 + 2);
    assert_int_equal(b.err, NK_E_NOMEM);
    b = buf_of(state);
    nk_buf_fill(&b, 'x', SIZE_MAX);
    assert_int_equal(b.err, NK_E_NOMEM);
}

static void keeps_to_its_limit(void **state)
{
    static append_fn *const ways[] = { by_putn, by_putc, by_fill, by_printf,
                                       by_hex };
    nk_desk *d = *state;
    nk_str out = NK_EMPTY;
    size_t i;

    for (i = 0; i < NK_COUNT(ways); i++) {
        nk_buf b = buf_of(state);

        b.limit = 10;
        ways[i](&b, 4);
        ways[i](&b, 6);
        assert_int_equal(b.err, NK_OK);
        assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
        assert_int_equal(out.len, 10);
        assert_int_equal(b.limit, 10);
        ways[i](&b, 2);
        assert_int_equal(b.err, NK_E_LIMIT);
        assert_int_equal(b.len, 10);
    }
}

static void keeps_the_first_failure(void **state)
{
    nk_desk *d = *state;
    nk_buf b = buf_of(state);
    nk_str out = NK_STR("before");
    nk_buf line;

    b.limit = 3;
    nk_buf_lit(&b, "ab");
    nk_buf_lit(&b, "cd");
    assert_int_equal(b.err, NK_E_LIMIT);
    nk_buf_lit(&b, "e");
    nk_buf_putc(&b, 'f');
    nk_buf_fill(&b, 'g', 1);
    nk_buf_printf(&b, "h");
    assert_null(nk_buf_reserve(&b, 0));
    assert_str(nk_buf_str(&b), "ab");
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_E_LIMIT);
    assert_str(out, "before");
    assert_int_equal(d->ctx.fault.msg, NK_M_TOO_LONG);

    nk_buf_init(&line, &d->arena);
    d->ctx.lang = NK_LANG_EN;
    nk_fault_put(&d->ctx, &line);
    assert_str(nk_buf_str(&line), "The result is longer than 3 bytes.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(appends_in_every_way),
        NK_DESK_TEST(escapes_markup),
        NK_DESK_TEST(ends_with_a_nul_and_goes_on),
        NK_DESK_TEST(prints_integers),
        NK_DESK_TEST(pads_with_zeros),
        NK_DESK_TEST(keeps_its_bytes_while_growing),
        NK_DESK_TEST(reserves_room),
        NK_DESK_TEST(has_room_for_what_it_holds),
        NK_DESK_TEST(refuses_what_is_too_long),
        NK_DESK_TEST(keeps_to_its_limit),
        NK_DESK_TEST(keeps_the_first_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
