/*
 * Reading QR codes: the fixed patterns are compared, the rest is unmasked
 * and walked in pairs of columns, blocks are sorted out and their
 * Reed-Solomon syndromes must vanish, and the segments of text are read.
 */
#include "qr.h"

#define MAX_WORDS 400

/* Level M by version: check words of a block, blocks of two lengths. */
static const struct form {
    int check, blocks[2], data[2];
    int centres[3]; /* of alignment patterns */
} forms[] = {
    { 0 },
    { 10, { 1, 0 }, { 16, 0 }, { 0 } },
    { 16, { 1, 0 }, { 28, 0 }, { 6, 18 } },
    { 26, { 1, 0 }, { 44, 0 }, { 6, 22 } },
    { 18, { 2, 0 }, { 32, 0 }, { 6, 26 } },
    { 24, { 2, 0 }, { 43, 0 }, { 6, 30 } },
    { 16, { 4, 0 }, { 27, 0 }, { 6, 34 } },
    { 18, { 4, 0 }, { 31, 0 }, { 6, 22, 38 } },
    { 22, { 2, 2 }, { 38, 39 }, { 6, 24, 42 } },
    { 22, { 3, 2 }, { 36, 37 }, { 6, 26, 46 } },
    { 26, { 4, 1 }, { 43, 44 }, { 6, 28, 50 } },
};

struct reading {
    const nk_qr *qr;
    int n, version, mask;
    const struct form *form;
    bool fixed[NK_QR_SIDE][NK_QR_SIDE];
    uint8_t words[MAX_WORDS];
    int words_n;
};

/* Is the module as it must be? It holds no data then. */
static bool must(struct reading *r, int x, int y, bool dark)
{
    if (x < 0 || y < 0 || x >= r->n || y >= r->n)
        return true;
    r->fixed[y][x] = true;
    return r->qr->dark[y][x] == dark;
}

/* Nested squares around a centre: dark but for the rings listed as bits. */
static bool squares(struct reading *r, int cx, int cy, int reach, int light)
{
    int x, y;

    for (y = -reach; y <= reach; y++)
        for (x = -reach; x <= reach; x++) {
            int ring = (x < 0 ? -x : x) > (y < 0 ? -y : y) ? x : y;

            if (!must(r, cx + x, cy + y,
                      !(light >> (ring < 0 ? -ring : ring) & 1)))
                return false;
        }
    return true;
}

static bool is_finder(const struct reading *r, int x, int y)
{
    return (x < 8 && y < 8) || (x > r->n - 9 && y < 8) ||
           (x < 8 && y > r->n - 9);
}

static bool check_patterns(struct reading *r)
{
    const int *c = r->form->centres;
    int n = r->n, i, k;

    if (!squares(r, 3, 3, 4, 1 << 2 | 1 << 4) ||
        !squares(r, n - 4, 3, 4, 1 << 2 | 1 << 4) ||
        !squares(r, 3, n - 4, 4, 1 << 2 | 1 << 4))
        return false;
    for (i = 8; i < n - 8; i++)
        if (!must(r, i, 6, i % 2 == 0) || !must(r, 6, i, i % 2 == 0))
            return false;
    for (i = 0; i < 3 && c[i]; i++)
        for (k = 0; k < 3 && c[k]; k++)
            if (!is_finder(r, c[i], c[k]) && !squares(r, c[i], c[k], 2, 1 << 1))
                return false;
    return must(r, 8, n - 8, true);
}

/* The module that holds bit i of the format, in either of its two places. */
static void format_place(int n, int i, bool second, int *x, int *y)
{
    static const int at[] = { 0, 1, 2, 3, 4, 5, 7, 8 };

    if (!second) {
        *x = i < 8 ? 8 : i == 8 ? 7 : 14 - i;
        *y = i < 8 ? at[i] : 8;
    } else {
        *x = i < 8 ? n - 1 - i : 8;
        *y = i < 8 ? 8 : n - 15 + i;
    }
}

/* The remainder of v, shifted, by a polynomial of that degree. */
static unsigned check_bits(unsigned v, unsigned polynomial, int degree)
{
    unsigned rest = v << degree;
    int bit;

    for (bit = 31; bit >= degree; bit--)
        if (rest >> bit & 1)
            rest ^= polynomial << (bit - degree);
    return rest;
}

/* Level and mask: both copies must agree, and say level M. */
static bool read_format(struct reading *r)
{
    unsigned word[2] = { 0, 0 };
    int copy, i, x, y;

    for (copy = 0; copy < 2; copy++)
        for (i = 0; i < 15; i++) {
            format_place(r->n, i, copy == 1, &x, &y);
            r->fixed[y][x] = true;
            word[copy] |= (unsigned)r->qr->dark[y][x] << i;
        }
    word[0] ^= 0x5412;
    if (word[0] != (word[1] ^ 0x5412) || word[0] >> 13 != 0)
        return false;
    r->mask = (int)(word[0] >> 10 & 7);
    return check_bits(word[0] >> 10, 0x537, 10) == (word[0] & 0x3FF);
}

/* From version 7 on, the version stands in two places. */
static bool read_version(struct reading *r)
{
    unsigned word[2] = { 0, 0 };
    int i;

    if (r->version < 7)
        return true;
    for (i = 0; i < 18; i++) {
        int a = i / 3, b = r->n - 11 + i % 3;

        r->fixed[b][a] = r->fixed[a][b] = true;
        word[0] |= (unsigned)r->qr->dark[b][a] << i;
        word[1] |= (unsigned)r->qr->dark[a][b] << i;
    }
    return word[0] == word[1] && (int)(word[0] >> 12) == r->version &&
           check_bits(word[0] >> 12, 0x1F25, 12) == (word[0] & 0xFFF);
}

static bool masked(int mask, int x, int y)
{
    switch (mask) {
    case 0:
        return (x + y) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (x + y) % 3 == 0;
    case 4:
        return (y / 2 + x / 3) % 2 == 0;
    case 5:
        return x * y % 2 + x * y % 3 == 0;
    case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

/* Up and down in pairs of columns from the right; column 6 is timing. */
static void read_words(struct reading *r)
{
    int right, step, k, bits = 0;
    bool up = true;

    for (right = r->n - 1; right > 0; right -= 2, up = !up) {
        if (right == 6)
            right--;
        for (step = 0; step < r->n; step++)
            for (k = 0; k < 2; k++) {
                int x = right - k, y = up ? r->n - 1 - step : step;
                bool bit = r->qr->dark[y][x] != masked(r->mask, x, y);

                if (r->fixed[y][x] || bits / 8 >= MAX_WORDS)
                    continue;
                r->words[bits / 8] =
                    (uint8_t)(r->words[bits / 8] << 1 | (bit ? 1 : 0));
                bits++;
            }
    }
    r->words_n = bits / 8;
}

/* ---- Blocks ------------------------------------------------------------ */

/* Product in the field of 256 elements with x^8 + x^4 + x^3 + x^2 + 1. */
static uint8_t multiply(uint8_t a, uint8_t b)
{
    unsigned product = 0;
    int i;

    for (i = 7; i >= 0; i--) {
        product <<= 1;
        if (product & 0x100)
            product ^= 0x11D;
        if (b >> i & 1)
            product ^= a;
    }
    return (uint8_t)product;
}

/* The block as a polynomial vanishes at the first powers of 2. */
static bool check_block(const uint8_t *block, int n, int check)
{
    uint8_t power = 1;
    int i, k;

    for (k = 0; k < check; k++) {
        uint8_t sum = 0;

        for (i = 0; i < n; i++)
            sum = multiply(sum, power) ^ block[i];
        if (sum)
            return false;
        power = multiply(power, 2);
    }
    return true;
}

/* Data words of all blocks in a row; -1: a block is not right. */
static int read_blocks(const struct reading *r, uint8_t *data)
{
    const struct form *f = r->form;
    int blocks = f->blocks[0] + f->blocks[1], n = 0, b, i;
    int shortest = f->data[0];
    int all = f->blocks[0] * f->data[0] + f->blocks[1] * f->data[1];

    if (r->words_n != all + blocks * f->check)
        return -1;
    for (b = 0; b < blocks; b++) {
        bool is_long = b >= f->blocks[0];
        int words = is_long ? f->data[1] : f->data[0], k = 0;
        uint8_t block[MAX_WORDS];

        for (i = 0; i < shortest; i++)
            block[k++] = r->words[i * blocks + b];
        if (is_long)
            block[k++] = r->words[shortest * blocks + b - f->blocks[0]];
        for (i = 0; i < f->check; i++)
            block[k++] = r->words[all + i * blocks + b];
        if (!check_block(block, k, f->check))
            return -1;
        memcpy(data + n, block, (size_t)words);
        n += words;
    }
    return n;
}

/* ---- Text -------------------------------------------------------------- */

struct bits {
    const uint8_t *data;
    int at, n;
};

/* The next n bits; past the end zeros, which end the text. */
static unsigned take(struct bits *b, int n)
{
    unsigned v = 0;

    for (; n > 0; n--, b->at++) {
        v <<= 1;
        if (b->at < b->n)
            v |= (unsigned)b->data[b->at / 8] >> (7 - b->at % 8) & 1u;
    }
    return v;
}

static void read_digits(struct bits *b, unsigned length, nk_buf *out)
{
    while (length) {
        unsigned n = length < 3 ? length : 3;

        nk_buf_pad(out, take(b, (int)(3 * n + 1)), n);
        length -= n;
    }
}

static void read_letters(struct bits *b, unsigned length, nk_buf *out)
{
    static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    for (; length > 1; length -= 2) {
        unsigned v = take(b, 11);

        nk_buf_putc(out, set[v / 45 % 45]);
        nk_buf_putc(out, set[v % 45]);
    }
    if (length)
        nk_buf_putc(out, set[take(b, 6) % 45]);
}

/* Segments of digits, capitals or bytes, until one of no kind. */
static bool read_text(const struct reading *r, struct bits *b, nk_buf *out)
{
    bool large = r->version > 9;
    unsigned length;

    while (b->at < b->n) {
        switch (take(b, 4)) {
        case 0:
            return true;
        case 1:
            length = take(b, large ? 12 : 10);
            read_digits(b, length, out);
            break;
        case 2:
            length = take(b, large ? 11 : 9);
            read_letters(b, length, out);
            break;
        case 4:
            for (length = take(b, large ? 16 : 8); length; length--)
                nk_buf_putc(out, (char)take(b, 8));
            break;
        default:
            return false;
        }
    }
    return b->at == b->n;
}

bool nk_qr_read(const nk_qr *qr, nk_buf *out)
{
    struct reading r = { .qr = qr, .n = qr->side };
    uint8_t data[MAX_WORDS];
    struct bits b = { .data = data };
    int n;

    r.version = (r.n - 17) / 4;
    if (r.version < 1 || r.version > 10 || r.n != 17 + 4 * r.version)
        return false;
    r.form = &forms[r.version];
    if (!check_patterns(&r) || !read_format(&r) || !read_version(&r))
        return false;
    read_words(&r);
    if ((n = read_blocks(&r, data)) < 0)
        return false;
    b.n = n * 8;
    return read_text(&r, &b, out);
}
