/*
 * Where words may be broken: by the patterns of hyphen-id, and never in what
 * is no plain word.
 */
#include "../support/faces.h"

/* The word with "-" where it may be broken. */
static nk_str broken(nk_desk *d, nk_fonts *f, const char *word)
{
    nk_str s = nk_str_of(word), out = NK_EMPTY;
    uint16_t after[40];
    size_t n = 99, i, k = 0;
    nk_buf b;

    assert_int_equal(nk_fonts_hyphens(&d->ctx, f, s, after, 40, &n), NK_OK);
    nk_buf_init(&b, &d->arena);
    for (i = 0; i < s.len; i++) {
        if (k < n && after[k] == i) {
            nk_buf_putc(&b, '-');
            k++;
        }
        nk_buf_putc(&b, s.ptr[i]);
    }
    assert_int_equal(k, n);
    assert_int_equal(nk_buf_end(&d->ctx, &b, &out), NK_OK);
    return out;
}

static void indonesian_words(void **state)
{
    static const char *const words[] = {
        "ke-te-rangan",
        "pe-la-yanan",
        "ke-se-hatan",
        "pe-me-rik-saan",
        "per-lin-dungan",
        "pe-rem-puan",
        "ke-ke-ra-san",
        "me-nyam-pai-kan",
        "ber-sang-kutan",
        "pen-dam-pingan",
        "ru-jukan",
        "ke-ra-ha-si-aan",
        "tang-gal",
        "iden-ti-tas",
        "dis-kri-mi-nasi",
        "khu-sus-nya",
        "meng-hu-bungi",
        "se-ba-gai-mana",
        "ka-bu-pa-ten",
        "kor-ban",
        "sya-rat",
        "nya-nyian",
        "ada-lah",
        "ta-ngan",
        "mem-per-tang-gung-ja-wab-kan",
    };
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    size_t i;

    for (i = 0; i < NK_COUNT(words); i++) {
        char plain[40], *p = plain;
        const char *w;

        for (w = words[i]; *w; w++)
            if (*w != '-')
                *p++ = *w;
        *p = '\0';
        assert_str(broken(d, f, plain), words[i]);
    }
    nk_fonts_close(f);
}

/* A syllable "r" or "s" alone is a mistake of the patterns. */
static void no_syllable_without_a_vowel(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);

    assert_str(broken(d, f, "kelurahan"), "ke-lurahan");
    assert_str(broken(d, f, "transportasi"), "transpor-tasi");
    nk_fonts_close(f);
}

static void nothing_else_is_broken(void **state)
{
    static const char *const words[] = {
        "",
        "a",
        "anak",
        "9901015204980011",
        "NIK",
        "UPTD",
        "Kepala",
        "Keterangan",
        "S.Sos.",
        "dr.",
        "e-mail",
        "anak-anak",
        "keterangan/pelayanan",
        "kes\u00E9hatan",
        "081200000011",
        "pelayanan2",
        "a.n.",
        "www.contoh.go.id",
        "KETERANGAN",
    };
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    size_t i;

    for (i = 0; i < NK_COUNT(words); i++)
        assert_str(broken(d, f, words[i]), words[i]);
    nk_fonts_close(f);
}

static void marks_after_a_word_change_nothing(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);

    assert_str(broken(d, f, "keterangan,"), "ke-te-rangan,");
    assert_str(broken(d, f, "keterangan.)"), "ke-te-rangan.)");
    assert_str(broken(d, f, "keterangan\"?!;:'"), "ke-te-rangan\"?!;:'");
    assert_str(broken(d, f, "(keterangan"), "(keterangan");
    /* At least three letters stand after a break, marks not counted. */
    assert_str(broken(d, f, "korba..."), "korba...");
    nk_fonts_close(f);
}

static void gives_as_many_as_there_is_room_for(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    uint16_t after[2] = { 77, 77 };
    size_t n = 99;

    assert_int_equal(
        nk_fonts_hyphens(&d->ctx, f, NK_STR("keterangan"), after, 1, &n),
        NK_OK);
    assert_int_equal(n, 1);
    assert_int_equal(after[0], 2);
    assert_int_equal(after[1], 77);
    assert_int_equal(
        nk_fonts_hyphens(&d->ctx, f, NK_STR("keterangan"), after, 0, &n),
        NK_OK);
    assert_int_equal(n, 0);
    nk_fonts_close(f);
}

static void the_longest_words(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = nk_faces_open(d);
    char word[NK_MAX_WORD + 2];
    uint16_t after[NK_MAX_WORD];
    size_t n, i;

    for (i = 0; i < sizeof(word) - 1; i++)
        word[i] = "kata"[i % 4];
    word[sizeof(word) - 1] = '\0';
    assert_int_equal(nk_fonts_hyphens(&d->ctx, f, (nk_str){ word, NK_MAX_WORD },
                                      after, NK_MAX_WORD, &n),
                     NK_OK);
    assert_in_range(n, 150, NK_MAX_WORD / 2);
    assert_in_range(after[n - 1], 390, NK_MAX_WORD - 3);
    assert_int_equal(nk_fonts_hyphens(&d->ctx, f,
                                      (nk_str){ word, NK_MAX_WORD + 1 }, after,
                                      NK_MAX_WORD, &n),
                     NK_OK);
    assert_int_equal(n, 0);
    nk_fonts_close(f);
}

static void patterns_that_are_not_there(void **state)
{
    nk_desk *d = *state;
    nk_fonts *f = NULL;
    uint16_t after[4];
    size_t n;
    int again;

    assert_int_equal(nk_fonts_open(&d->ctx, NK_STR(NK_FONT_DIR),
                                   NK_STR("no-such-file.dic"), &f),
                     NK_OK);
    for (again = 0; again < 2; again++) {
        assert_int_equal(
            nk_fonts_hyphens(&d->ctx, f, NK_STR("keterangan"), after, 4, &n),
            NK_E_NOTFOUND);
        assert_str(nk_msg_name(d->ctx.fault.msg), "HYPHENS_NONE");
        assert_str(d->ctx.fault.args.v[0], "no-such-file.dic");
    }
    /* What needs no patterns needs no file. */
    assert_int_equal(
        nk_fonts_hyphens(&d->ctx, f, NK_STR("Kepala"), after, 4, &n), NK_OK);
    nk_fonts_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(indonesian_words),
        NK_DESK_TEST(no_syllable_without_a_vowel),
        NK_DESK_TEST(nothing_else_is_broken),
        NK_DESK_TEST(marks_after_a_word_change_nothing),
        NK_DESK_TEST(gives_as_many_as_there_is_room_for),
        NK_DESK_TEST(the_longest_words),
        NK_DESK_TEST(patterns_that_are_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
