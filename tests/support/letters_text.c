/*
 * The words of an invented letter, set as lines: fixed sentences of a
 * template, blanks filled from small lists, a told story of random words.
 * Lines are justified by word spacing with the widths of a made-up face.
 */
#include "letters_int.h"

#include <stdio.h>

#define LINE_WIDTH 453500 /* 1/1000 pt */
#define FACE       11     /* pt */

static const char *const given[] = {
    "Melati",    "Cempaka",      "Kenanga", "Mawar",   "Dahlia",
    "Teratai",   "Anyelir",      "Seruni",  "Kamboja", "Flamboyan",
    "Bougenvil", "Wijayakusuma", "Sakura",  "Tulip",   "Lavender",
    "Aster",     "Krisan",       "Soka",    "Nusa",    "Bakung"
};
static const char *const family[] = { "Contoh",     "Contohsari", "Peraga",
                                      "Misalnya",   "Umpama",     "Rekaan",
                                      "Khayali",    "Andaian",    "Teladan",
                                      "Percontohan" };
static const char *const streets[] = { "Contoh",  "Rekaan",   "Umpama",
                                       "Teladan", "Khayalan", "Peraga" };
static const char *const places[] = { "Contoh Utara", "Contoh Selatan",
                                      "Rekaan Jaya",  "Umpama Baru",
                                      "Teladan Lama", "Khayal Indah" };

static const char *const words[] = {
    "dan",         "yang",         "di",           "korban",
    "ke",          "pada",         "dengan",       "untuk",
    "tidak",       "rumah",        "pelaku",       "saat",
    "kemudian",    "itu",          "dari",         "telah",
    "oleh",        "anak",         "ini",          "karena",
    "sudah",       "setelah",      "juga",         "akan",
    "lalu",        "tersebut",     "dalam",        "sering",
    "malam",       "hari",         "suami",        "ibu",
    "bahwa",       "tetangga",     "menolong",     "datang",
    "memukul",     "mengancam",    "pergi",        "kembali",
    "pulang",      "menangis",     "melapor",      "kepada",
    "polisi",      "desa",         "ketua",        "rt",
    "kantor",      "pendamping",   "menyampaikan", "merasa",
    "takut",       "sakit",        "kepala",       "tangan",
    "memar",       "luka",         "dibawa",       "puskesmas",
    "diperiksa",   "dokter",       "obat",         "istirahat",
    "beberapa",    "minggu",       "bulan",        "tahun",
    "lalu",        "sejak",        "menikah",      "bekerja",
    "pasar",       "uang",         "belanja",      "diberikan",
    "meminta",     "bercerai",     "keluarga",     "besar",
    "mediasi",     "pernah",       "dilakukan",    "berhasil",
    "mengulangi",  "perbuatannya", "terakhir",     "terjadi",
    "sekitar",     "pukul",        "pagi",         "siang",
    "sore",        "dapur",        "kamar",        "pintu",
    "dikunci",     "luar",         "berteriak",    "warga",
    "mendengar",   "segera",       "membuka",      "menyelamatkan",
    "sementara",   "tinggal",      "kakak",        "kandung",
    "alamat",      "dirahasiakan", "keselamatan",  "sekolah",
    "guru",        "melihat",      "perubahan",    "perilaku",
    "menjadi",     "pendiam",      "nilai",        "menurun",
    "konselor",    "sekolahnya",   "bertanya",     "akhirnya",
    "bercerita",   "semua",        "kejadian",     "dialaminya",
    "membutuhkan", "pemeriksaan",  "visum",        "layanan",
    "psikologis",  "bantuan",      "hukum",        "rujukan",
    "lanjutan",    "persetujuan",  "tertulis",     "didampingi",
    "petugas",     "perempuan",    "lembaga",      "setempat"
};

static const char *const kinds[] = { "surat-rujukan-kesehatan",
                                     "surat-pengantar-rujukan-krisis",
                                     "surat-pemberitahuan-perkembangan",
                                     "surat-permohonan-visum" };
static const char *const offices[] = { "manggarai-barat", "barito-utara",
                                       "sekadau", "tanjungpinang",
                                       "mojokerto" };

/* {0} name, {1} NIK, {2} address, {3} date; one paragraph a row. */
static const char *const openings[NK_FAKE_KINDS] = {
    "Menindaklanjuti pengaduan yang kami terima pada tanggal {3}, bersama ini "
    "kami merujuk penerima layanan sebagaimana tersebut di bawah ini untuk "
    "memperoleh pemeriksaan dan pelayanan kesehatan sesuai kebutuhannya.",
    "Berdasarkan hasil asesmen tingkat krisis yang dilakukan pada tanggal {3}, "
    "bersama ini kami sampaikan rujukan segera bagi penerima layanan tersebut "
    "di bawah ini dengan mengutamakan keselamatan yang bersangkutan.",
    "Bersama ini kami sampaikan perkembangan penanganan pengaduan yang telah "
    "diterima pada tanggal {3}, dengan memperhatikan asas kerahasiaan dan "
    "kepentingan terbaik bagi penerima layanan tersebut di bawah ini.",
    "Sehubungan dengan penanganan perkara yang dilaporkan pada tanggal {3}, "
    "bersama ini kami mohon dilakukan pemeriksaan guna penerbitan visum et "
    "repertum terhadap penerima layanan tersebut di bawah ini."
};
static const char *const closings[] = {
    ("Identitas dan keterangan mengenai penerima layanan bersifat rahasia dan "
     "hanya dipergunakan untuk keperluan pelayanan. Mohon tidak disampaikan "
     "kepada pihak lain tanpa persetujuan tertulis dari yang bersangkutan."),
    ("Hasil pelayanan mohon disampaikan kembali kepada kami paling lambat 7 "
     "(tujuh) hari kerja sejak surat ini diterima. Penghubung kami dapat "
     "dihubungi pada hari dan jam kerja melalui nomor telepon pada kop surat."),
    ("Demikian disampaikan, atas perhatian dan kerja sama yang baik kami "
     "ucapkan terima kasih.")
};

uint64_t nk_rnd(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

uint32_t nk_rnd_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((nk_rnd(state) >> 32) * n >> 32);
}

void nk_rnd_fill(uint64_t *state, void *out, size_t n)
{
    unsigned char *p = out;

    while (n--)
        *p++ = (unsigned char)(nk_rnd(state) >> 56);
}

nk_str nk_fake_kind_name(unsigned kind)
{
    return nk_str_of(kinds[kind % NK_FAKE_KINDS]);
}

nk_str nk_fake_office_name(unsigned office)
{
    return nk_str_of(offices[office % NK_FAKE_OFFICES]);
}

static const char *pick(uint64_t *s, const char *const *list, size_t n)
{
    return list[nk_rnd_below(s, (uint32_t)n)];
}
#define PICK(s, list) pick((s), (list), sizeof(list) / sizeof(*(list)))

void nk_fake_person(nk_buf *b, const nk_fake *l)
{
    uint64_t s = l->serial ^ UINT64_C(0x6e616d65);

    if (l->name.len) {
        nk_buf_puts(b, l->name);
        return;
    }
    nk_buf_puts(b, nk_str_of(PICK(&s, given)));
    nk_buf_putc(b, ' ');
    nk_buf_puts(b, nk_str_of(PICK(&s, given)));
    nk_buf_putc(b, ' ');
    nk_buf_puts(b, nk_str_of(PICK(&s, family)));
}

void nk_fake_number_put(nk_buf *b, const nk_fake *l)
{
    nk_buf_printf(b, "465.%u/%u/5.%u.04/2026", l->kind + 1, (unsigned)l->seq,
                  l->office + 2);
}

static void put_nik(nk_buf *b, uint64_t *s)
{
    /* No province has the code 99: nobody has this number. */
    nk_buf_printf(b, "99%02u%02u%02u%02u%02u%04u", 1 + nk_rnd_below(s, 20),
                  1 + nk_rnd_below(s, 15), 1 + nk_rnd_below(s, 68),
                  1 + nk_rnd_below(s, 12), nk_rnd_below(s, 100),
                  1 + nk_rnd_below(s, 99));
}

static void put_address(nk_buf *b, uint64_t *s)
{
    nk_buf_printf(b, "Jalan %s %u RT %03u RW %03u %s", PICK(s, streets),
                  1 + nk_rnd_below(s, 150), 1 + nk_rnd_below(s, 12),
                  1 + nk_rnd_below(s, 8), PICK(s, places));
}

static void put_date(nk_buf *b, uint64_t *s)
{
    nk_date_put(b, nk_date_from_days(20454 + (int)nk_rnd_below(s, 330)),
                NK_DATE_LONG);
}

static void put_story(nk_buf *b, uint64_t *s, unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++) {
        /* The product of two draws: early words come more often. */
        uint32_t total = sizeof(words) / sizeof(*words);
        uint32_t k = nk_rnd_below(s, 1 + nk_rnd_below(s, total));

        nk_buf_puts(b, nk_str_of(words[k]));
        nk_buf_puts(b, i % 13 == 12 ? NK_STR(". ") : NK_STR(" "));
    }
}

/* Width in 1/1000 em: the shapes do not matter, only that they differ. */
static int width_of(char c)
{
    static const short lower[] = { 444, 500, 444, 500, 444, 333, 500, 500, 278,
                                   278, 500, 278, 778, 500, 500, 500, 500, 333,
                                   389, 278, 500, 500, 722, 500, 500, 444 };

    if (c >= 'a' && c <= 'z')
        return lower[c - 'a'];
    if (nk_is_upper(c))
        return 667;
    return nk_is_digit(c) ? 500 : 250;
}

/* Space taken between two letters; 0 for most pairs. */
static int kern_of(char a, char b)
{
    static const char pairs[] = "av-20ya-15we-10ov-15ra-8 Te-70Yt-100Pa-15"
                                "AT-111LT-92rg-18vo-20wa-10ye-10";
    size_t i;

    for (i = 0; i + 2 < sizeof(pairs); i++)
        if (pairs[i] == a && pairs[i + 1] == b && pairs[i + 2] == '-')
            return (pairs[i + 3] - '0') * 10;
    return 0;
}

static int width_of_text(nk_str s)
{
    int w = 0;
    size_t i;

    for (i = 0; i < s.len; i++) {
        w += width_of(s.ptr[i]);
        if (i)
            w -= kern_of(s.ptr[i - 1], s.ptr[i]);
    }
    return w * FACE;
}

static void show_line(nk_buf *b, nk_str line)
{
    size_t i;

    nk_buf_lit(b, "[(");
    for (i = 0; i < line.len; i++) {
        int k = i ? kern_of(line.ptr[i - 1], line.ptr[i]) : 0;

        if (k)
            nk_buf_printf(b, ")%d(", k);
        if (strchr("()\\", line.ptr[i]))
            nk_buf_putc(b, '\\');
        nk_buf_putc(b, line.ptr[i]);
    }
    nk_buf_lit(b, ")]TJ\n");
}

/* The longest beginning of `rest` that fits; taken off it. */
static nk_str take_line(nk_str *rest)
{
    size_t fit = 0, i;
    nk_str line;

    for (i = 1; i <= rest->len; i++)
        if (i == rest->len || rest->ptr[i] == ' ') {
            if (fit && width_of_text(nk_str_head(*rest, i)) > LINE_WIDTH)
                break;
            fit = i;
        }
    line = nk_str_head(*rest, fit);
    *rest = nk_str_trim(nk_str_skip(*rest, fit));
    return line;
}

static void put_spacing(nk_buf *b, nk_str line, bool last, int *tw)
{
    int spaces = 0, want = 0;
    size_t i;

    for (i = 0; i < line.len; i++)
        spaces += line.ptr[i] == ' ';
    if (!last && spaces)
        want = (LINE_WIDTH - width_of_text(line)) / spaces;
    if (want == *tw)
        return;
    *tw = want;
    nk_buf_printf(b, "%d.%03d Tw ", want / 1000, want % 1000);
}

static void put_para(nk_fake_text *t, const char *tag, nk_str text)
{
    unsigned page = t->pages - 1;
    nk_buf *b = &t->content[page];
    int tw = 0;

    text = nk_str_trim(text);
    if (t->paras[page] == 0)
        t->y = 78089;
    nk_buf_printf(b, "/%s <</MCID %u>> BDC\nBT\n/F1 11 Tf\n72 %d.%02d Td\n",
                  tag, t->paras[page]++, t->y / 100, t->y % 100);
    while (text.len) {
        nk_str line = take_line(&text);

        put_spacing(b, line, text.len == 0, &tw);
        show_line(b, line);
        nk_buf_lit(b, "0 -14.52 Td\n");
        t->y -= 1452;
    }
    nk_buf_lit(b, "ET\nEMC\n");
}

static void put_fields(nk_arena *a, const nk_fake *l, nk_fake_text *t,
                       uint64_t *s)
{
    static const char *const labels[] = { "Nama", "NIK", "Alamat",
                                          "Tanggal lahir", "Telepon" };
    unsigned i;

    for (i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        nk_buf v;

        nk_buf_init(&v, a);
        if (i == 0)
            nk_fake_person(&v, l);
        else if (i == 1)
            put_nik(&v, s);
        else if (i == 2)
            put_address(&v, s);
        else if (i == 3)
            put_date(&v, s);
        else
            nk_buf_printf(&v, "0800-555-%04u", nk_rnd_below(s, 10000));
        put_para(t, "TD", nk_str_of(labels[i]));
        put_para(t, "TD", NK_STR(":"));
        put_para(t, "TD", nk_buf_str(&v));
    }
}

static void put_head(nk_arena *a, const nk_fake *l, nk_fake_text *t)
{
    nk_buf v;

    nk_buf_init(&v, a);
    nk_buf_printf(&v,
                  "PEMERINTAH KABUPATEN CONTOH %u DINAS PEMBERDAYAAN "
                  "PEREMPUAN DAN PERLINDUNGAN ANAK Jalan Contoh Raya Nomor "
                  "%u Telepon 0800 555 01%02u",
                  l->office, 10 + l->office, l->office);
    put_para(t, "H1", nk_buf_str(&v));
    v.len = 0;
    nk_buf_lit(&v, "Nomor : ");
    nk_fake_number_put(&v, l);
    put_para(t, "P", nk_buf_str(&v));
    put_para(t, "P", NK_STR("Sifat : Rahasia"));
    put_para(t, "P", NK_STR("Lampiran : 1 (satu) berkas"));
    put_para(t, "P", nk_fake_kind_name(l->kind));
    put_para(t, "P", NK_STR("Yth. Direktur RSUD Contoh di Tempat"));
}

void nk_fake_write(nk_arena *a, const nk_fake *l, nk_fake_text *t)
{
    uint64_t s = l->serial;
    unsigned story = 20 + nk_rnd_below(&s, 200), i;
    nk_str date;
    nk_buf v;

    *t = (nk_fake_text){ .pages = 1 };
    nk_buf_init(&t->content[0], a);
    nk_buf_init(&t->content[1], a);
    put_head(a, l, t);
    nk_buf_init(&v, a);
    put_date(&v, &s);
    date = nk_str_copy(a, nk_buf_str(&v));
    v.len = 0;
    nk_msg_fill(&v, nk_str_of(openings[l->kind % NK_FAKE_KINDS]),
                NK_ARGS(NK_EMPTY, NK_EMPTY, NK_EMPTY, date));
    put_para(t, "P", nk_buf_str(&v));
    /* One kind lists several people: its structure differs most. */
    for (i = l->kind == 2 ? nk_rnd_below(&s, 4) : 0; i < 4;
         i += l->kind == 2 ? 1 : 4)
        put_fields(a, l, t, &s);
    while (story) {
        unsigned part = story < 60 ? story : 60;

        v.len = 0;
        put_story(&v, &s, part);
        put_para(t, "P", nk_buf_str(&v));
        story -= part;
        if (t->pages == 1 && t->content[0].len > 9000)
            t->pages = 2;
    }
    for (i = 0; i < sizeof(closings) / sizeof(*closings); i++)
        put_para(t, "P", nk_str_of(closings[i]));
    put_para(t, "P", NK_STR("Kepala Dinas, Dra. Cendana Contoh, M.Si."));
}

void nk_fake_case_put(nk_buf *b, uint64_t serial, nk_str name)
{
    nk_fake l = { .serial = serial, .name = name };
    uint64_t s = serial ^ UINT64_C(0x63617365);

    nk_buf_lit(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<case "
                  "xmlns=\"urn:naskah:case:1\" service=\"kdrt\" "
                  "secrecy=\"rahasia\">\n  <victim>\n    <name>");
    nk_fake_person(b, &l);
    nk_buf_lit(b, "</name>\n    <nik>");
    put_nik(b, &s);
    nk_buf_lit(b, "</nik>\n    <sex>female</sex>\n    <birth-date>");
    nk_date_put(b, nk_date_from_days((int)nk_rnd_below(&s, 15000)),
                NK_DATE_ISO);
    nk_buf_lit(b, "</birth-date>\n    <address>\n      <street>");
    put_address(b, &s);
    nk_buf_lit(b, "</street>\n    </address>\n  </victim>\n  <reporter "
                  "relation=\"family\">\n    <name>");
    l.serial++;
    nk_fake_person(b, &l);
    nk_buf_lit(b, "</name>\n  </reporter>\n  <chronology told=\"2026-11-23\" "
                  "by=\"victim\">\n    <p>");
    put_story(b, &s, 80 + nk_rnd_below(&s, 200));
    nk_buf_lit(b,
               "</p>\n  </chronology>\n  <consent kind=\"share\" "
               "with=\"rsud-contoh\" scope=\"identity health\"/>\n</case>\n");
}
