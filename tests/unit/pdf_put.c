/*
 * Values as PDF writes them: texts, dates, deflated streams.
 */
#include "../support/press.h"

#include <stdlib.h>
#include <zlib.h>

#include "pdf/pdf_int.h"

typedef void put_fn(nk_buf *b, const char *arg);

static nk_str put(nk_press *p, put_fn *fn, const char *arg)
{
    nk_buf b;

    nk_buf_init(&b, &p->t->arena);
    nk_buf_lit(&b, "x");
    fn(&b, arg);
    return nk_str_skip(nk_buf_str(&b), 1);
}

static void put_text(nk_buf *b, const char *arg)
{
    nk_pdf__text(b, nk_str_of(arg));
}

static void put_date(nk_buf *b, const char *arg)
{
    nk_pdf__date(b, strtoll(arg, NULL, 10));
}

static void texts_are_escaped_or_utf_16(void **state)
{
    nk_press *p = *state;

    assert_str(put(p, put_text, ""), "()");
    assert_str(put(p, put_text, "Surat (1) \\ 2"), "(Surat \\(1\\) \\\\ 2)");
    assert_str(put(p, put_text, "a\u00E9"), "<feff006100e9>");
    assert_str(put(p, put_text, "a\nb"), "<feff0061000a0062>");
    assert_str(put(p, put_text, "\x7F"), "<feff007f>");
    assert_str(put(p, put_text, "\u6F22"), "<feff6f22>");
    assert_str(put(p, put_text, "\U0001F600"), "<feffd83dde00>");
    assert_str(put(p, put_text, "\U00010000\U0010FFFF"),
               "<feffd800dc00dbffdfff>");
}

static void dates_are_utc(void **state)
{
    nk_press *p = *state;

    assert_str(put(p, put_date, "1795398300000"), "(D:20261123014500Z)");
    assert_str(put(p, put_date, "0"), "(D:19700101000000Z)");
}

static void what_is_deflated_inflates(void **state)
{
    nk_press *p = *state;
    unsigned char back[70000];
    uLongf n = sizeof(back);
    nk_str bytes, out = NK_EMPTY;
    nk_buf b;
    int i;

    nk_buf_init(&b, &p->t->arena);
    for (i = 0; i < 7000; i++)
        nk_buf_printf(&b, "%d ", i);
    bytes = nk_buf_str(&b);
    assert_int_equal(nk_pdf__deflate(&p->t->ctx, &p->t->arena, bytes, &out),
                     NK_OK);
    assert_true(out.len < bytes.len / 2);
    assert_int_equal(uncompress(back, &n, (const Bytef *)out.ptr, out.len),
                     Z_OK);
    assert_true(nk_str_eq((nk_str){ (char *)back, n }, bytes));
    assert_int_equal(nk_pdf__deflate(&p->t->ctx, &p->t->arena, NK_EMPTY, &out),
                     NK_OK);
    n = sizeof(back);
    assert_int_equal(uncompress(back, &n, (const Bytef *)out.ptr, out.len),
                     Z_OK);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_PRESS_TEST(texts_are_escaped_or_utf_16),
        NK_PRESS_TEST(dates_are_utc),
        NK_PRESS_TEST(what_is_deflated_inflates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
