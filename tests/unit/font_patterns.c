/*
 * Hyphenation patterns: small files by hand, and the file of hyphen-id
 * against a slow reading of it that compares every line with every place of
 * a word.
 */
#include "../support/faces.h"
#include "../support/letters.h"
#include "../support/temp.h"

#include "font/font_int.h"

static const struct nk_font__patterns *load(nk_desk *d, nk_str path)
{
    const struct nk_font__patterns *p = NULL;

    assert_int_equal(nk_font__patterns_load(&d->ctx, &d->arena, path, &p),
                     NK_OK);
    return p;
}

/* Patterns of a file with that text. */
static const struct nk_font__patterns *patterns_of(nk_desk *d, const char *text)
{
    const struct nk_font__patterns *p;
    char dir[NK_TEMP_SIZE];
    nk_str path;

    assert_int_equal(nk_temp_open(dir), 0);
    path = nk_path_join(&d->arena, nk_str_of(dir), NK_STR("a.dic"));
    assert_int_equal(nk_file_write(&d->ctx, path, nk_str_of(text), false),
                     NK_OK);
    p = load(d, path);
    nk_temp_remove(dir);
    return p;
}

/* The values before, between and after the letters: "0a1b0". */
static nk_str values(nk_desk *d, const struct nk_font__patterns *p,
                     const char *word)
{
    nk_str w = nk_str_of(word), out = NK_EMPTY;
    uint8_t v[NK_MAX_WORD + 1];
    nk_buf b;
    size_t i;

    nk_font__patterns_apply(p, w, v);
    nk_buf_init(&b, &d->arena);
    for (i = 0; i <= w.len; i++) {
        nk_buf_int(&b, v[i]);
        if (i < w.len)
            nk_buf_putc(&b, w.ptr[i]);
    }
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    return out;
}

static void the_highest_value_counts(void **state)
{
    nk_desk *d = *state;
    const struct nk_font__patterns *p =
        patterns_of(d, "UTF-8\na1b\nab2c\n1bc3\nxa4b\n");

    assert_str(values(d, p, "ab"), "0a1b0");
    assert_str(values(d, p, "abc"), "0a1b2c3");
    assert_str(values(d, p, "xabc"), "0x0a4b2c3");
    assert_str(values(d, p, "bcbc"), "1b0c3b0c3");
    assert_str(values(d, p, "zz"), "0z0z0");
    assert_str(values(d, p, ""), "0");
}

static void full_stops_are_the_edges_of_a_word(void **state)
{
    nk_desk *d = *state;
    const struct nk_font__patterns *p =
        patterns_of(d, ".a1b\nb3c.\n.d5.\n.1e\nf1.\n");

    assert_str(values(d, p, "abcbc"), "0a1b0c0b3c0");
    assert_str(values(d, p, "bab"), "0b0a0b0");
    assert_str(values(d, p, "d"), "0d5");
    assert_str(values(d, p, "dd"), "0d0d0");
    assert_str(values(d, p, "ef"), "1e0f1");
}

/* The same letters on two lines: both count. */
static void lines_of_the_same_letters(void **state)
{
    nk_desk *d = *state;

    assert_str(values(d, patterns_of(d, "a1bc\nab2c\n"), "abc"), "0a1b2c0");
    assert_str(values(d, patterns_of(d, "a3bc\na1bc\n"), "abc"), "0a3b0c0");
    assert_str(values(d, patterns_of(d, "a1bc\na3bc\n"), "abc"), "0a3b0c0");
}

static void other_lines_are_passed_over(void **state)
{
    nk_desk *d = *state;
    const struct nk_font__patterns *p;

    p = patterns_of(d, "ISO8859-1\r\nLEFTHYPHENMIN 2\r\n\r\n123\r\n% a1b\r\n"
                       "a\xE9"
                       "1b\r\nA1b\r\nc1d\r\n e1f \r\ng1h");
    assert_str(values(d, p, "abcdefgh"), "0a0b0c1d0e1f0g1h0");
    /* More letters than any pattern has. */
    p = patterns_of(d, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1a\na1b\n");
    assert_str(values(d, p, "ab"), "0a1b0");
    assert_str(values(d, patterns_of(d, ""), "ab"), "0a0b0");
}

static void a_file_that_is_not_there(void **state)
{
    const struct nk_font__patterns *p = NULL;
    nk_desk *d = *state;

    assert_int_equal(
        nk_font__patterns_load(&d->ctx, &d->arena, NK_STR("no-such.dic"), &p),
        NK_E_NOTFOUND);
    assert_str(nk_msg_name(d->ctx.fault.msg), "HYPHENS_NONE");
    assert_str(d->ctx.fault.args.v[0], "no-such.dic");
    assert_null(p);
}

/* ---- The slow reading -------------------------------------------------- */

static bool is_pattern(nk_str line)
{
    size_t i, n = 0;

    for (i = 0; i < line.len; i++) {
        char c = line.ptr[i];

        if (!nk_is_digit(c) && (c < 'a' || c > 'z') && c != '.')
            return false;
        n += !nk_is_digit(c);
    }
    return n > 0;
}

/* Does the pattern stand at `at` of the edged word? Then let it count. */
static void count_at(nk_str line, nk_str edged, size_t at, uint8_t *v)
{
    size_t i, k = at;

    for (i = 0; i < line.len; i++)
        if (!nk_is_digit(line.ptr[i]) &&
            (k >= edged.len || edged.ptr[k++] != line.ptr[i]))
            return;
    for (i = 0, k = at; i < line.len; i++) {
        uint8_t digit = (uint8_t)(line.ptr[i] - '0');

        if (!nk_is_digit(line.ptr[i]))
            k++;
        else if (digit > v[k])
            v[k] = digit;
    }
}

static void slowly(nk_str file, nk_str word, uint8_t *out)
{
    uint8_t v[80] = { 0 };
    char edged[80];
    nk_str rest = file, line;
    size_t at;

    assert_true(word.len < 70);
    edged[0] = edged[word.len + 1] = '.';
    memcpy(edged + 1, word.ptr, word.len);
    while (nk_str_cut(&rest, '\n', &line)) {
        line = nk_str_trim(line);
        for (at = 0; is_pattern(line) && at < word.len + 2; at++)
            count_at(line, (nk_str){ edged, word.len + 2 }, at, v);
    }
    memcpy(out, v + 1, word.len + 1);
}

static void same_values(const struct nk_font__patterns *p, nk_str file,
                        nk_str word)
{
    uint8_t fast[80], slow[80];

    nk_font__patterns_apply(p, word, fast);
    slowly(file, word, slow);
    assert_memory_equal(fast, slow, word.len + 1);
}

static void words_of_the_papers(void **state)
{
    nk_str word,
        rest = NK_STR(
            "dengan hormat bersama ini kami merujuk seorang klien untuk "
            "memperoleh "
            "pelayanan pada rumah sakit identitas dan keterangan klien dalam "
            "surat "
            "hanya dipergunakan dimohonkan diteruskan kepada pihak persetujuan "
            "terima kasih menerima layanan yang aman tanpa disalahkan "
            "dihentikan "
            "oleh yang bersangkutan pemulangan reintegrasi sosial kelurahan "
            "restitusi kompensasi pendampingan psikologis konseling penyidikan "
            "penuntutan pemeriksaan sidang pengadilan kesejahteraan "
            "transportasi "
            "menyelenggarakan mempertimbangkan ditandatangani penyelenggaraan");
    nk_desk *d = *state;
    const struct nk_font__patterns *p = load(d, NK_STR(NK_HYPHENS));
    nk_str file = NK_EMPTY;

    assert_int_equal(nk_file_read(&d->ctx, &d->arena, NK_STR(NK_HYPHENS),
                                  NK_MAX_FILE, &file),
                     NK_OK);
    while (nk_str_word(&rest, &word))
        same_values(p, file, word);
}

/* Words made of the patterns' own letters meet many of them. */
static void invented_words(void **state)
{
    nk_desk *d = *state;
    const struct nk_font__patterns *p = load(d, NK_STR(NK_HYPHENS));
    uint64_t seed = 19830801;
    nk_str file = NK_EMPTY;
    int k;

    assert_int_equal(nk_file_read(&d->ctx, &d->arena, NK_STR(NK_HYPHENS),
                                  NK_MAX_FILE, &file),
                     NK_OK);
    for (k = 0; k < 300; k++) {
        size_t at = nk_rnd_below(&seed, (uint32_t)file.len - 60), n = 0;
        char word[40];

        for (; n < 12 + (size_t)k % 8 && at < file.len; at++)
            if (file.ptr[at] >= 'a' && file.ptr[at] <= 'z')
                word[n++] = file.ptr[at];
        same_values(p, file, (nk_str){ word, n });
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(the_highest_value_counts),
        NK_DESK_TEST(full_stops_are_the_edges_of_a_word),
        NK_DESK_TEST(lines_of_the_same_letters),
        NK_DESK_TEST(other_lines_are_passed_over),
        NK_DESK_TEST(a_file_that_is_not_there),
        NK_DESK_TEST(words_of_the_papers),
        NK_DESK_TEST(invented_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
