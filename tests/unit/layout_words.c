/*
 * Words: what becomes a unit, where a line may end, and what is tied. Units
 * are shown as a text: " " a space where a line may end, "~" one that ties,
 * "|" a place to break without a space, "+" none.
 */
#include "../support/check.h"
#include "../support/tree.h"

#include "layout/layout_int.h"

#define WIDE 5000000

static const struct nk_layout__type type = { .size = 10000, .leading = 1200 };

static struct nk_layout__run run_of(nk_tree *t)
{
    struct nk_layout__run l = { .ctx = &t->ctx,
                                .a = &t->arena,
                                .doc = &t->doc,
                                .m = &t->metrics,
                                .problems = &t->problems };

    nk_arena_init(&l.scratch);
    return l;
}

static void put_unit(nk_buf *b, const struct nk_layout__unit *u, bool first)
{
    static const char *const kinds[] = { [NK_UNIT_CHECK] = "[]",
                                         [NK_UNIT_COMB] = "[#]",
                                         [NK_UNIT_BLANK] = "__",
                                         [NK_UNIT_FILL] = "->",
                                         [NK_UNIT_BREAK] = "/" };

    if (!first && u->space)
        nk_buf_putc(b, u->tied ? '~' : ' ');
    else if (!first)
        nk_buf_putc(b, u->may_break ? '|' : '+');
    assert_true(!u->space || u->may_break || first);
    if (u->kind == NK_UNIT_TEXT)
        nk_buf_puts(b, u->text);
    else
        nk_buf_puts(b, nk_str_of(kinds[u->kind]));
}

/* The units of a paragraph in a column of that width, as a text. */
static nk_str words_in(nk_tree *t, const nk_node *p, nk_mpt width)
{
    struct nk_layout__run l = run_of(t);
    struct nk_layout__unit *units;
    nk_str out = NK_EMPTY;
    uint32_t n, i;
    nk_buf b;

    assert_int_equal(nk_layout__words(&l, p, &type, width, &units, &n), NK_OK);
    nk_buf_init(&b, &t->arena);
    for (i = 0; i < n; i++)
        put_unit(&b, &units[i], i == 0);
    assert_int_equal(nk_buf_end(&t->ctx, &b, &out), NK_OK);
    nk_arena_release(&l.scratch);
    return out;
}

struct vector {
    const char *text, *units;
};

static void check_vectors(nk_tree *t, const struct vector *v, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        const nk_node *p = nk_tree_p(t, t->body, v[i].text);

        assert_str(words_in(t, p, WIDE), v[i].units);
    }
}

static void white_space_separates(void **state)
{
    static const struct vector v[] = {
        { "", "" },
        { "  \n ", "" },
        { "satu", "satu" },
        { "  satu \n\t dua ", "satu dua" },
        /* No-break space, figure space, narrow no-break space. */
        { "satu\u00A0dua", "satu~dua" },
        { "satu \u00A0 dua", "satu~dua" },
        { "1\u2007000\u202F000", "1~000~000" },
        /* Spaces of other widths, as word processors leave them. */
        { "a\u2002b\u2003c\u2009d\u200Ae\u205Ff\u3000g", "a b c d e f g" },
        { "\u2003satu", "satu" },
    };

    check_vectors(*state, v, NK_COUNT(v));
}

static void numbers_are_never_split(void **state)
{
    static const struct vector v[] = {
        { "dengan NIK 9901 0152 0498 0011 dan", "dengan NIK~9901~0152~0498~0011"
                                                " dan" },
        { "(NIK 9901 0152)", "(NIK~9901~0152)" },
        { "NIP 19700101 199501 2 999", "NIP~19700101~199501~2~999" },
        { "telepon 0812 0000 0011,", "telepon 0812~0000~0011," },
        { "telepon 0812-0000-0011", "telepon 0812-0000-0011" },
        { "telepon (0771) 123 456", "telepon (0771)~123~456" },
        { "telepon +62 812 0000", "telepon +62~812~0000" },
        { "tanggal 23 November 2026", "tanggal 23~November~2026" },
        { "bulan Mei 2026; Mei saja", "bulan Mei~2026; Mei saja" },
        { "pukul 08.45 WIB.", "pukul~08.45~WIB." },
        { "selama 3 hari, lalu 2 tahun", "selama 3~hari, lalu 2~tahun" },
        { "sebanyak 2 (dua) berkas", "sebanyak 2~(dua) berkas" },
        { "RT 001 RW 002", "RT~001 RW~002" },
        { "Nomor 400.2.3/12/2026", "Nomor~400.2.3/12/2026" },
        { "Pasal 12 ayat (3)", "Pasal~12 ayat (3)" },
        { "Jl. Contoh No. 5", "Jl.~Contoh No.~5" },
    };

    check_vectors(*state, v, NK_COUNT(v));
}

static void names_keep_their_titles(void **state)
{
    static const struct vector v[] = {
        { "oleh dr. Contoh", "oleh dr.~Contoh" },
        { "Dra. Hj. Cendana Contoh, M.Si.", "Dra.~Hj.~Cendana Contoh,~M.Si." },
        { "Jati Contoh, S.Sos., M.Si.", "Jati Contoh,~S.Sos.,~M.Si." },
        { "Jati Contoh, S.Tr.Sos, hadir", "Jati Contoh,~S.Tr.Sos, hadir" },
        { "Sekar Contoh, Sp.OG(K)", "Sekar Contoh,~Sp.OG(K)" },
        { "Prof. Dr. dr. Contoh", "Prof.~Dr.~dr.~Contoh" },
        { "a.n. Kepala Dinas", "a.n.~Kepala Dinas" },
        { "Yth. Direktur", "Yth.~Direktur" },
        { "Sdri. Melati", "Sdri.~Melati" },
        /* A comma and a capital alone make no degree. */
        { "Melati, Jati", "Melati, Jati" },
        { "selesai, Jl.", "selesai, Jl." },
    };

    check_vectors(*state, v, NK_COUNT(v));
}

static void doubled_words_break_at_their_hyphen(void **state)
{
    static const struct vector v[] = {
        { "anak-anak", "anak-|anak" },
        { "Undang-Undang Dasar", "Undang-|Undang Dasar" },
        { "S-1 e-mail ke-2 dan 3-4", "S-1 e-mail ke-2 dan 3-4" },
        { "kupu-kupu-kupu", "kupu-|kupu-|kupu" },
        { "baik-", "baik-" },
    };

    check_vectors(*state, v, NK_COUNT(v));
}

/* Words of several nodes: white space counts wherever it stands. */
static void texts_run_together(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "NIK ");

    nk_tree_words(t, p, "9901 0152")->bold = true;
    nk_tree_words(t, p, ", dan");
    nk_tree_words(t, p, " ");
    nk_tree_words(t, p, "anak-")->italic = true;
    nk_tree_words(t, p, "anak");
    assert_str(words_in(t, p, WIDE), "NIK~9901~0152+, dan anak-+anak");
}

static void boxes_are_units(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "a "), *n;

    nk_tree_add(t, p, NK_NODE_CHECK);
    nk_tree_words(t, p, "\u00A0laki-laki ");
    nk_tree_add(t, p, NK_NODE_CHECK);
    nk_tree_words(t, p, " perempuan");
    nk_tree_add(t, p, NK_NODE_BR);
    nk_tree_words(t, p, " b");
    n = nk_tree_add(t, p, NK_NODE_COMB);
    n->count = 4;
    /* What is pushed to the end of the line may go to the next one. */
    nk_tree_add(t, p, NK_NODE_FILL);
    nk_tree_words(t, p, ":");
    /* After a step to a stop a line may end. */
    nk_tree_add(t, p, NK_NODE_FILL)->width = 10000;
    nk_tree_words(t, p, "c");
    nk_tree_add(t, p, NK_NODE_BLANK)->width = 10000;
    assert_str(words_in(t, p, WIDE),
               "a []~laki-|laki []~perempuan+/+b+[#]|->+:+->|c+__");
}

static void numbers_of_pages_are_words(void **state)
{
    nk_tree *t = *state;
    struct nk_layout__run l = run_of(t);
    nk_node *p = nk_tree_p(t, t->body, "- ");
    struct nk_layout__unit *units;
    uint32_t n;

    nk_tree_add(t, p, NK_NODE_PAGE_NO);
    nk_tree_words(t, p, " dari ");
    nk_tree_add(t, p, NK_NODE_PAGE_COUNT);
    l.page_no = 7;
    l.page_count = 120;
    assert_int_equal(nk_layout__words(&l, p, &type, WIDE, &units, &n), NK_OK);
    assert_int_equal(n, 4);
    assert_str(units[1].text, "7");
    assert_str(units[3].text, "120");
    assert_int_equal(units[3].width, 3 * NK_TREE_CHAR);
    nk_arena_release(&l.scratch);
}

static void faces_come_from_style_and_node(void **state)
{
    nk_tree *t = *state;
    struct nk_layout__run l = run_of(t);
    struct nk_layout__type serif = {
        .size = 12000, .leading = 1200, .family = NK_FACE_SERIF, .bold = true
    };
    nk_node *p = nk_tree_p(t, t->body, "a");
    struct nk_layout__unit *units;
    uint32_t n;

    nk_tree_words(t, p, " b")->italic = true;
    nk_tree_words(t, p, " c")->underline = true;
    assert_int_equal(nk_layout__words(&l, p, &serif, WIDE, &units, &n), NK_OK);
    assert_int_equal(n, 3);
    assert_int_equal(units[0].face, NK_FACE_SERIF | NK_FACE_BOLD);
    assert_int_equal(units[1].face,
                     NK_FACE_SERIF | NK_FACE_BOLD | NK_FACE_ITALIC);
    assert_false(units[1].underline);
    assert_true(units[2].underline);
    assert_int_equal(units[0].size, 12000);
    assert_int_equal(units[0].width, 6000);
    nk_arena_release(&l.scratch);
}

/* Broken at the edge of the column, and a warning names the field. */
static void wide_words_are_cut(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "x ");
    nk_node *n = nk_tree_words(t, p, "abc\u00E9\u00E9\u00E9ghij k");

    n->field = &t->field;
    assert_str(words_in(t, p, 4 * NK_TREE_CHAR), "x abc\u00E9|\u00E9\u00E9gh|ij"
                                                 " k");
    assert_problem(t, NK_WARNING, "WORD_TOO_WIDE", n->at.line);
    assert_str(t->problems.first->place.field, "Korban: NIK");
    /* Narrower than a character: one at a time. */
    assert_str(words_in(t, p, 1), "x a|b|c|\u00E9|\u00E9|\u00E9|g|h|i|j k");
}

/* Boxes without a space between are one piece, unless that is too wide. */
static void glued_boxes_are_parted_in_need(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "ab");

    nk_tree_add(t, p, NK_NODE_COMB)->count = 2;
    nk_tree_words(t, p, "cd");
    assert_str(words_in(t, p, 4 * NK_TREE_CHAR + 2 * NK_LAYOUT__BOX),
               "ab+[#]+cd");
    assert_int_equal(t->problems.listed, 0);
    assert_str(words_in(t, p, 4 * NK_TREE_CHAR + 2 * NK_LAYOUT__BOX - 1),
               "ab|[#]|cd");
    assert_problem(t, NK_WARNING, "WORD_TOO_WIDE", p->first->at.line);
}

/* Glued texts are one word to the reader, and as wide as all of them. */
static void glued_words_are_cut_too(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "x abcd"), *n;

    n = nk_tree_words(t, p, "efgh");
    n->bold = true;
    nk_tree_words(t, p, "ij k");
    assert_str(words_in(t, p, 10 * NK_TREE_CHAR), "x abcd+efgh+ij k");
    assert_int_equal(t->problems.warnings, 0);
    assert_str(words_in(t, p, 9 * NK_TREE_CHAR), "x abcd|efgh|ij k");
    assert_problem(t, NK_WARNING, "WORD_TOO_WIDE", p->first->at.line);
}

static void longest_words_are_cut_between_characters(void **state)
{
    nk_tree *t = *state;
    nk_node *p;
    nk_buf b;
    nk_str got;
    int i;

    /* 399 bytes and then two of one character. */
    nk_buf_init(&b, &t->arena);
    nk_buf_fill(&b, 'a', NK_MAX_WORD - 1);
    nk_buf_lit(&b, "\xC3\xA9zz");
    nk_buf_putc(&b, '\0');
    p = nk_tree_p(t, t->body, b.ptr);
    got = words_in(t, p, WIDE);
    for (i = 0; i < (int)NK_MAX_WORD - 1; i++)
        assert_int_equal(got.ptr[i], 'a');
    assert_str(nk_str_skip(got, NK_MAX_WORD - 1), "|\u00E9zz");
}

static void a_lacking_character_is_named_once(void **state)
{
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "a\u6F22b"), *n;
    const nk_problem *problem;

    n = nk_tree_words(t, p, " \u6F22\u6F22 c\u6F22d");
    n->field = &t->field;
    t->mono.lacks = 0x6F22;
    words_in(t, p, 2 * NK_TREE_CHAR);
    assert_int_equal(t->problems.errors, 2);
    problem = t->problems.first;
    while (problem->severity == NK_WARNING)
        problem = problem->next;
    assert_str(nk_msg_name(problem->msg), "CHAR_MISSING");
    assert_int_equal(problem->place.line, p->first->at.line);
    assert_str(problem->place.field, "teks templat");
    assert_str(problem->args.v[1], "\u6F22");
    assert_str(problem->args.v[2], "U+6F22");
    while (problem->place.line != n->at.line || problem->severity == NK_WARNING)
        problem = problem->next;
    assert_str(problem->args.v[0], "Korban: NIK");
}

static void a_paragraph_has_a_bound(void **state)
{
    nk_tree *t = *state;
    struct nk_layout__run l = run_of(t);
    struct nk_layout__unit *units;
    const nk_node *p;
    uint32_t n, i;
    nk_buf b;

    nk_buf_init(&b, &t->arena);
    for (i = 0; i < NK_MAX_PARA_WORDS; i++)
        nk_buf_lit(&b, "a ");
    nk_buf_putc(&b, '\0');
    p = nk_tree_p(t, t->body, b.ptr);
    assert_int_equal(nk_layout__words(&l, p, &type, WIDE, &units, &n), NK_OK);
    assert_int_equal(n, NK_MAX_PARA_WORDS);
    b.len--;
    nk_buf_lit(&b, "b");
    nk_buf_putc(&b, '\0');
    p = nk_tree_p(t, t->body, b.ptr);
    assert_int_equal(nk_layout__words(&l, p, &type, WIDE, &units, &n),
                     NK_E_LIMIT);
    assert_str(nk_msg_name(t->ctx.fault.msg), "TOO_LONG");
    nk_arena_release(&l.scratch);
}

/* ---- Syllables --------------------------------------------------------- */

static void words_become_syllables(void **state)
{
    static const char *const words[] = { "ke-te-rang-an", "grin", NULL };
    nk_tree *t = *state;
    struct nk_layout__run l = run_of(t);
    nk_node *p = nk_tree_p(t, t->body, "dan keterangan grin ");
    struct nk_layout__unit *units, *cut;
    uint32_t n, cut_n;
    nk_str shown = NK_EMPTY;
    nk_buf b;

    nk_tree_add(t, p, NK_NODE_CHECK);
    t->mono.words = words;
    assert_int_equal(nk_layout__words(&l, p, &type, WIDE, &units, &n), NK_OK);
    units[1].tied = true;
    assert_int_equal(nk_layout__syllables(&l, units, n, &cut, &cut_n), NK_OK);
    nk_buf_init(&b, &t->arena);
    for (n = 0; n < cut_n; n++)
        put_unit(&b, &cut[n], n == 0);
    assert_int_equal(nk_buf_end(&t->ctx, &b, &shown), NK_OK);
    assert_str(shown, "dan~ke|te|rang|an grin []");
    assert_int_equal(cut[1].hyphen, 0);
    assert_false(cut[1].soft);
    assert_int_equal(cut[2].hyphen, NK_TREE_CHAR);
    assert_true(cut[2].soft);
    assert_false(cut[2].tied);
    assert_int_equal(cut[3].width, 4 * NK_TREE_CHAR);
    nk_arena_release(&l.scratch);
}

/* "r" and "g" stand closer in a word, but not across the end of a line. */
static void syllables_know_their_width_alone(void **state)
{
    static const char *const words[] = { "ber-gerak", NULL };
    nk_tree *t = *state;
    struct nk_layout__run l = run_of(t);
    const nk_node *p = nk_tree_p(t, t->body, "bergerak");
    struct nk_layout__unit *units, *cut;
    uint32_t n, cut_n;

    t->mono.words = words;
    memcpy(t->mono.kern, "rg", 2);
    t->mono.by = 40;
    assert_int_equal(nk_layout__words(&l, p, &type, WIDE, &units, &n), NK_OK);
    assert_int_equal(units[0].width, 8 * NK_TREE_CHAR - 400);
    assert_int_equal(nk_layout__syllables(&l, units, n, &cut, &cut_n), NK_OK);
    assert_int_equal(cut_n, 2);
    assert_int_equal(cut[0].width, 3 * NK_TREE_CHAR);
    assert_int_equal(cut[1].width, 5 * NK_TREE_CHAR - 400);
    assert_int_equal(cut[1].lead, 400);
    nk_arena_release(&l.scratch);
}

/* What is drawn as one word is as wide as one, whoever wrote its parts. */
static void glued_words_stand_as_close_as_one(void **state)
{
    static const char *const words[] = { "ger-ak", NULL };
    nk_tree *t = *state;
    struct nk_layout__run l = run_of(t);
    nk_node *p = nk_tree_p(t, t->body, "ber"), *n;
    struct nk_layout__unit *units, *cut;
    uint32_t all;

    nk_tree_words(t, p, "gerak");
    nk_tree_words(t, p, " ber");
    n = nk_tree_words(t, p, "gaung");
    n->bold = true; /* drawn by itself */
    t->mono.words = words;
    memcpy(t->mono.kern, "rg", 2);
    t->mono.by = 40;
    assert_int_equal(nk_layout__words(&l, p, &type, WIDE, &units, &all), NK_OK);
    assert_int_equal(all, 4);
    assert_int_equal(units[1].width, 5 * NK_TREE_CHAR - 400);
    assert_int_equal(units[1].lead, 400);
    assert_int_equal(units[3].width, 5 * NK_TREE_CHAR);
    assert_int_equal(units[3].lead, 0);
    assert_int_equal(nk_layout__syllables(&l, units, all, &cut, &all), NK_OK);
    assert_int_equal(all, 5);
    assert_int_equal(cut[1].width, 3 * NK_TREE_CHAR - 400);
    assert_int_equal(cut[1].lead, 400);
    assert_int_equal(cut[2].width, 2 * NK_TREE_CHAR);
    assert_int_equal(cut[2].lead, 0);
    nk_arena_release(&l.scratch);
}

/* A paragraph of nothing but long words has more breaks than there is room
   for: what does not fit stays whole, and no word is lost. */
static void syllables_have_a_bound(void **state)
{
    static const char *const words[] = { "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p",
                                         NULL };
    nk_tree *t = *state;
    struct nk_layout__run l = run_of(t);
    struct nk_layout__unit *units, *cut;
    uint32_t n, cut_n, i;
    size_t letters = 0;
    nk_buf b;

    nk_buf_init(&b, &t->arena);
    for (i = 0; i < 50; i++)
        nk_buf_lit(&b, "abcdefghijklmnop ");
    nk_buf_putc(&b, '\0');
    t->mono.words = words;
    assert_int_equal(nk_layout__words(&l, nk_tree_p(t, t->body, b.ptr), &type,
                                      WIDE, &units, &n),
                     NK_OK);
    assert_int_equal(nk_layout__syllables(&l, units, n, &cut, &cut_n), NK_OK);
    for (i = 0; i < cut_n; i++)
        letters += cut[i].text.len;
    assert_int_equal(letters, 50 * 16);
    assert_in_range(cut_n, 400, 50 * 8 + 41);
    nk_arena_release(&l.scratch);
}

static void passes_failures_on(void **state)
{
    static const char *const words[] = { "ke-te-rang-an", NULL };
    nk_tree *t = *state;
    nk_node *p = nk_tree_p(t, t->body, "keterangan keterangan");
    struct nk_layout__unit *units, *cut;
    struct nk_layout__run l;
    unsigned long k;
    uint32_t n;
    nk_err rc;

    t->mono.words = words;
    for (k = 1;; k++) {
        l = run_of(t);
        t->mono.calls = 0;
        t->mono.fail = k;
        rc = nk_layout__words(&l, p, &type, WIDE, &units, &n);
        if (rc == NK_OK)
            rc = nk_layout__syllables(&l, units, n, &cut, &n);
        nk_arena_release(&l.scratch);
        if (t->mono.calls < k)
            break;
        assert_int_equal(rc, NK_E_IO);
    }
    assert_int_equal(rc, NK_OK);
    assert_in_range(k, 10, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_TREE_TEST(white_space_separates),
        NK_TREE_TEST(numbers_are_never_split),
        NK_TREE_TEST(names_keep_their_titles),
        NK_TREE_TEST(doubled_words_break_at_their_hyphen),
        NK_TREE_TEST(texts_run_together),
        NK_TREE_TEST(boxes_are_units),
        NK_TREE_TEST(numbers_of_pages_are_words),
        NK_TREE_TEST(faces_come_from_style_and_node),
        NK_TREE_TEST(wide_words_are_cut),
        NK_TREE_TEST(glued_words_are_cut_too),
        NK_TREE_TEST(glued_boxes_are_parted_in_need),
        NK_TREE_TEST(longest_words_are_cut_between_characters),
        NK_TREE_TEST(a_lacking_character_is_named_once),
        NK_TREE_TEST(a_paragraph_has_a_bound),
        NK_TREE_TEST(words_become_syllables),
        NK_TREE_TEST(syllables_know_their_width_alone),
        NK_TREE_TEST(glued_words_stand_as_close_as_one),
        NK_TREE_TEST(syllables_have_a_bound),
        NK_TREE_TEST(passes_failures_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
