/*
 * Inventing cases: words from lists, numbers from a counter. Names are trees
 * and flowers with "Contoh" (example) behind them; NIK begin with 99, which
 * is no province.
 */
#include "invent.h"

/* A small generator: Steele, Lea and Flood's SplitMix64. */
static uint32_t next(uint64_t *seed, uint32_t below)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((z ^ z >> 31) % below);
}

#define MOST_WORDS 24

struct list {
    const char *mark;
    const char *words[MOST_WORDS]; /* ended by NULL */
};

static const struct list lists[] = {
    { "kind", { "kekerasan-psikis", "kekerasan-fisik", "penelantaran" } },
    { "officer",
      { "Sonokeling Contoh, S.Tr.Sos.", "Nibung Contoh, S.Sos.",
        "Merbau Contoh, S.Psi.", "Kemiri Contoh, S.H." } },
    { "work",
      { "Penjahit", "Ibu rumah tangga", "Pedagang", "Karyawan swasta",
        "Buruh harian", "Petani", "Guru honorer" } },
    { "regency", { "Kabupaten Contoh", "Kota Contoh", "Kabupaten Misal" } },
    { "relation", { "Paman", "Bibi", "Tetangga", "Saudara kandung" } },
    { "service",
      { "pemeriksaan kesehatan", "perawatan luka", "konseling kejiwaan",
        "pemeriksaan penunjang", "rawat jalan" } },
    { "needs",
      { "Memerlukan petugas perempuan", "Memerlukan juru bahasa isyarat",
        "Memerlukan kursi roda", "Ditemani anak di bawah umur" } },
    { "request",
      { "melakukan pemeriksaan umum dan penunjang yang diperlukan;",
        "memberikan perawatan sesuai hasil pemeriksaan;",
        "memberikan obat dan anjuran kontrol sesuai kebutuhan klien;",
        "melakukan pemeriksaan kejiwaan dan konseling lanjutan;" } },
};

static const char *const names[] = {
    "Melati",  "Kenanga",  "Cempaka",   "Seruni",   "Dahlia",   "Anggrek",
    "Teratai", "Kamboja",  "Flamboyan", "Wijaya",   "Sekar",    "Nusa Indah",
    "Mawar",   "Lavender", "Bugenvil",  "Tanjung",  "Soka",     "Alamanda",
    "Krisan",  "Bakung",   "Gladiol",   "Matahari", "Edelweis", "Sedap Malam",
};

static const char *const feelings[] = {
    "sadar penuh",          "dapat berjalan",        "mengeluh sulit tidur",
    "nafsu makan menurun",  "merasa cemas",          "nyeri pada lengan kiri",
    "memar pada punggung",  "sering menangis",       "takut berada sendirian",
    "dapat diajak bicara",  "memerlukan obat rutin", "pusing sejak kemarin",
    "tenang bila ditemani", "sukar berkonsentrasi",  "luka lecet pada lutut",
};

static const char *const happenings[] = {
    "seseorang yang tidak dikenal mengikutinya sampai ke dekat rumah",
    "pelaku mengirim pesan yang mengancam selama beberapa hari",
    "terjadi perselisihan yang berakhir dengan dorongan",
    "barang miliknya diambil dan tidak dikembalikan",
    "korban dilarang keluar rumah dan menghubungi keluarga",
    "korban meminta pertolongan kepada tetangga",
    "korban melapor kepada ketua rukun tetangga setempat",
    "korban pergi ke rumah keluarga untuk mencari tempat yang aman",
};

static const char *pick(const char *const *of, size_t n, uint64_t *seed)
{
    return of[next(seed, (uint32_t)n)];
}

#define PICK(list, seed) pick((list), sizeof(list) / sizeof((list)[0]), (seed))

static void put_list(nk_buf *b, const struct list *l, uint64_t *seed)
{
    size_t n = 0;

    while (n < MOST_WORDS && l->words[n])
        n++;
    nk_buf_puts(b, nk_str_of(l->words[next(seed, (uint32_t)n)]));
}

/* "Sadar penuh, dapat berjalan, merasa cemas." */
static void put_state(nk_buf *b, uint64_t *seed)
{
    uint32_t n = 2 + next(seed, 3), i;
    const char *s;

    for (i = 0; i < n; i++) {
        s = PICK(feelings, seed);
        if (i == 0)
            nk_buf_putc(b, (char)(s[0] - 'a' + 'A'));
        else
            nk_buf_lit(b, ", ");
        nk_buf_puts(b, nk_str_of(i == 0 ? s + 1 : s));
    }
    nk_buf_putc(b, '.');
}

static void put_story(nk_buf *b, uint64_t *seed)
{
    nk_buf_lit(b, "Pada pukul ");
    nk_buf_pad(b, 6 + next(seed, 16), 2);
    nk_buf_putc(b, '.');
    nk_buf_pad(b, next(seed, 60), 2);
    nk_buf_putc(b, ' ');
    nk_buf_puts(b, nk_str_of(PICK(happenings, seed)));
    nk_buf_lit(b, ", lalu ");
    nk_buf_puts(b, nk_str_of(PICK(happenings, seed)));
    nk_buf_putc(b, '.');
}

static void put_purpose(nk_buf *b, uint64_t *seed)
{
    nk_buf_lit(b, "Klien memerlukan pemeriksaan karena ");
    nk_buf_puts(b, nk_str_of(PICK(feelings, seed)));
    nk_buf_lit(b, " dan ");
    nk_buf_puts(b, nk_str_of(PICK(feelings, seed)));
    nk_buf_lit(b, " sebelum mengikuti konseling.");
}

static void put_name(nk_buf *b, uint64_t *seed)
{
    nk_buf_puts(b, nk_str_of(PICK(names, seed)));
    nk_buf_putc(b, ' ');
    if (next(seed, 2)) {
        nk_buf_puts(b, nk_str_of(PICK(names, seed)));
        nk_buf_putc(b, ' ');
    }
    nk_buf_lit(b, "Contoh");
}

/* What one case says in several places. */
struct facts {
    uint32_t i;
    nk_date birth;
    uint32_t day; /* of November 2026, when it was opened */
    uint32_t region;
};

static void put_date(nk_buf *b, nk_date d)
{
    nk_date_put(b, d, NK_DATE_ISO);
}

static void put_nik(nk_buf *b, const struct facts *f)
{
    nk_buf_lit(b, "99");
    nk_buf_pad(b, f->region, 4);
    nk_buf_pad(b, (uint64_t)f->birth.day + 40, 2); /* of a woman */
    nk_buf_pad(b, (uint64_t)f->birth.month, 2);
    nk_buf_pad(b, (uint64_t)f->birth.year % 100, 2);
    nk_buf_pad(b, 1 + f->i % 9999, 4);
}

static void put_phone(nk_buf *b, uint64_t *seed)
{
    nk_buf_lit(b, "0812000");
    nk_buf_pad(b, next(seed, 100000), 5);
}

/* The marks that say a fact; false: it is not one of them. */
static bool put_fact(nk_buf *b, nk_str mark, const struct facts *f)
{
    if (nk_str_eq(mark, NK_STR("number"))) {
        nk_buf_lit(b, "KASUS-2026-");
        nk_buf_pad(b, f->i, 4);
    } else if (nk_str_eq(mark, NK_STR("seq"))) {
        nk_buf_int(b, f->i);
    } else if (nk_str_eq(mark, NK_STR("opened"))) {
        put_date(b, (nk_date){ 2026, 11, (uint8_t)f->day });
    } else if (nk_str_eq(mark, NK_STR("happened"))) {
        put_date(b, (nk_date){ 2026, 11, (uint8_t)(f->day - 1) });
    } else if (nk_str_eq(mark, NK_STR("reply"))) {
        put_date(b, (nk_date){ 2026, 12, (uint8_t)f->day });
    } else if (nk_str_eq(mark, NK_STR("birth"))) {
        put_date(b, f->birth);
    } else if (nk_str_eq(mark, NK_STR("nik"))) {
        put_nik(b, f);
    } else {
        return false;
    }
    return true;
}

static void put_words(nk_buf *b, nk_str mark, uint64_t *seed)
{
    size_t i;

    if (nk_str_starts(mark, NK_STR("name")))
        put_name(b, seed);
    else if (nk_str_starts(mark, NK_STR("phone")))
        put_phone(b, seed);
    else if (nk_str_eq(mark, NK_STR("house")))
        nk_buf_int(b, 1 + next(seed, 150));
    else if (nk_str_eq(mark, NK_STR("state")))
        put_state(b, seed);
    else if (nk_str_eq(mark, NK_STR("story")))
        put_story(b, seed);
    else if (nk_str_eq(mark, NK_STR("purpose")))
        put_purpose(b, seed);
    for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if (nk_str_eq(mark, nk_str_of(lists[i].mark)))
            put_list(b, &lists[i], seed);
}

nk_str nk_invent_case(nk_arena *a, nk_str form, uint32_t i)
{
    uint64_t seed = i;
    struct facts f = { .i = i };
    nk_buf b;
    nk_str before, mark;

    f.birth = (nk_date){ (int16_t)(1966 + next(&seed, 40)),
                         (uint8_t)(1 + next(&seed, 12)),
                         (uint8_t)(1 + next(&seed, 28)) };
    f.day = 2 + next(&seed, 20);
    f.region = 101 + next(&seed, 20);
    nk_buf_init(&b, a);
    while (nk_str_cut(&form, '@', &before)) {
        nk_buf_puts(&b, before);
        if (!nk_str_cut(&form, '@', &mark))
            break;
        if (!put_fact(&b, mark, &f))
            put_words(&b, mark, &seed);
    }
    nk_buf_puts(&b, form);
    return b.err < 0 ? NK_EMPTY : nk_buf_str(&b);
}
