/*
 * The signature of an invented letter: an update with the field, a drawn QR
 * and a CMS of the right shape whose values are random. It proves nothing.
 */
#include "letters_int.h"

#include <stdio.h>
#include <stdlib.h>

#define QR        29
#define RSA_VALUE 256
#define RESERVED  4352 /* bytes of /Contents */

/* Wrap what was appended from `start` on in a DER header. */
static void wrap(nk_buf *b, size_t start, unsigned char tag)
{
    size_t n = b->len - start, head = n < 128 ? 2 : n < 256 ? 3 : 4;
    unsigned char *p;

    if (!nk_buf_reserve(b, head))
        return;
    p = (unsigned char *)b->ptr + start;
    memmove(p + head, p, n);
    p[0] = tag;
    p[1] = (unsigned char)(head == 2 ? n : 0x80 + head - 2);
    if (head == 3)
        p[2] = (unsigned char)n;
    if (head == 4) {
        p[2] = (unsigned char)(n >> 8);
        p[3] = (unsigned char)n;
    }
    b->len += head;
}

static void put_value(nk_buf *b, unsigned char tag, const void *v, size_t n)
{
    size_t start = b->len;

    nk_buf_putn(b, v, n);
    wrap(b, start, tag);
}

static void put_oid(nk_buf *b, unsigned last)
{
    unsigned char oid[9] = { 42, 134, 72, 134, 247, 13, 1, 9, 0 };

    oid[8] = (unsigned char)last;
    put_value(b, 6, oid, sizeof(oid));
}

static void put_random(nk_buf *b, unsigned char tag, uint64_t *s, size_t n)
{
    unsigned char v[512];

    nk_rnd_fill(s, v, n);
    put_value(b, tag, v, n);
}

static void put_name(nk_buf *b, const char *name)
{
    size_t start = b->len;

    put_oid(b, 3);
    put_value(b, 12, name, strlen(name));
    wrap(b, start, 0x31);
    wrap(b, start, 0x30);
}

/* A certificate by its shape only. */
static void put_cert(nk_buf *b, uint64_t seed, const char *holder,
                     const char *issuer)
{
    uint64_t s = seed;
    size_t start = b->len, part;

    put_random(b, 2, &s, 16);
    put_name(b, issuer);
    put_value(b, 23, "261101000000Z", 13);
    put_value(b, 23, "291101000000Z", 13);
    put_name(b, holder);
    part = b->len;
    put_oid(b, 1);
    put_random(b, 3, &s, 270);
    wrap(b, part, 0x30);
    put_value(b, 4, "http://pki.example.invalid/ca.crl demo policy", 45);
    put_random(b, 4, &s, 20);
    put_random(b, 4, &s, 20);
    wrap(b, start, 0x30);
    part = b->len;
    put_oid(b, 11);
    wrap(b, part, 0x30);
    put_random(b, 3, &s, 257);
    wrap(b, start, 0x30);
}

static void put_certs(nk_buf *b, const nk_fake *l)
{
    size_t start = b->len;
    uint64_t w = l->world * 100;

    put_cert(b, w + 10 + l->office, "Dra. Cendana Contoh, M.Si.",
             "CA Contoh Penerbit");
    put_cert(b, w + 1, "CA Contoh Penerbit", "CA Contoh Induk");
    put_cert(b, w + 2, "CA Contoh Induk", "CA Contoh Induk");
    wrap(b, start, 0xA0);
}

static void put_attributes(nk_buf *b, const nk_fake *l, uint64_t *s)
{
    uint64_t cert = l->world * 100 + 50 + l->office;
    size_t start = b->len, one = b->len;

    put_oid(b, 3);
    put_oid(b, 1);
    wrap(b, one, 0x30);
    one = b->len;
    put_oid(b, 4);
    put_random(b, 4, s, 32);
    wrap(b, one, 0x30);
    one = b->len;
    put_oid(b, 47);
    put_random(b, 4, &cert, 32);
    wrap(b, one, 0x30);
    wrap(b, start, 0xA0);
}

static void put_signature(nk_buf *b, const nk_fake *l, uint64_t *s)
{
    unsigned char value[RSA_VALUE] = { 0 };
    size_t start = b->len, part = b->len;

    if (!l->ecdsa) {
        if (!l->rehearse)
            nk_rnd_fill(s, value, sizeof(value));
        put_value(b, 4, value, sizeof(value));
        return;
    }
    if (!l->rehearse)
        nk_rnd_fill(s, value, 66);
    /* A positive INTEGER has 32 or 33 bytes. */
    part = 32 + value[64] % 2u;
    value[0] = part == 33 ? 0 : (unsigned char)(value[0] & 127);
    put_value(b, 2, value, part);
    part = 32 + value[65] % 2u;
    value[33] = part == 33 ? 0 : (unsigned char)(value[33] & 127);
    put_value(b, 2, value + 33, part);
    wrap(b, start, 0x30);
    wrap(b, start, 4);
}

static void put_cms(nk_buf *b, const nk_fake *l)
{
    uint64_t s = l->serial ^ UINT64_C(0x7369676e), id = l->world + l->office;
    size_t start = b->len, signer;

    put_value(b, 2, "\1", 1);
    put_oid(b, 2);
    put_certs(b, l);
    signer = b->len;
    put_value(b, 2, "\1", 1);
    put_name(b, "CA Contoh Penerbit");
    put_random(b, 2, &id, 16);
    put_attributes(b, l, &s);
    put_oid(b, 1);
    put_signature(b, l, &s);
    wrap(b, signer, 0x30);
    wrap(b, signer, 0x31);
    wrap(b, start, 0x30);
    wrap(b, start, 0xA0);
    put_oid(b, 7);
    wrap(b, start, 0x30);
}

static bool is_finder(unsigned x, unsigned y)
{
    unsigned d;

    if (x > 7 && y > 7)
        return false;
    d = x > y ? x : y;
    return d == 6 || (d < 7 && (x == 0 || y == 0)) ||
           (x >= 2 && x <= 4 && y >= 2 && y <= 4);
}

static bool is_dark(unsigned x, unsigned y, uint64_t *s)
{
    unsigned rx = QR - 1 - x, ry = QR - 1 - y;

    if (x < 8 && y < 8)
        return is_finder(x, y);
    if (rx < 8 && y < 8)
        return is_finder(rx, y);
    if (x < 8 && ry < 8)
        return is_finder(x, ry);
    if (x == 6 || y == 6)
        return (x + y) % 2 == 0;
    return nk_rnd_below(s, 2) == 1;
}

static void put_qr(nk_buf *b, const nk_fake *l)
{
    uint64_t s = l->serial ^ UINT64_C(0x7172);
    unsigned x, y, run;

    nk_buf_lit(b, "q 2.483 0 0 2.483 4 4 cm\n");
    for (y = 0; y < QR; y++)
        for (x = run = 0; x <= QR; x++) {
            if (x < QR && is_dark(x, y, &s)) {
                run++;
                continue;
            }
            if (run)
                nk_buf_printf(b, "%u %u %u 1 re\n", x - run, QR - 1 - y, run);
            run = 0;
        }
    nk_buf_lit(b, "f Q\n");
}

static void put_sig_dict(nk_fake_pdf *p, const nk_fake *l, unsigned n)
{
    nk_arena a;
    nk_buf der;
    size_t range, from, to;
    char num[64];

    nk_arena_init(&a);
    nk_buf_init(&der, &a);
    put_cms(&der, l);
    if (der.err < 0 || der.len > RESERVED)
        abort();
    nk_fake_obj(p, n);
    nk_buf_printf(p->b,
                  "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/"
                  "ETSI.CAdES.detached/M(D:20261123%06uZ)\n/ByteRange[0 ",
                  (unsigned)(l->serial % 86400));
    range = p->b->len;
    nk_buf_lit(p->b, "0000000000 0000000000 0000000000]/Contents");
    from = p->b->len - p->start;
    nk_buf_putc(p->b, '<');
    nk_buf_hex(p->b, der.ptr, der.len);
    nk_buf_fill(p->b, '0', 2 * (RESERVED - der.len));
    nk_buf_lit(p->b, ">");
    to = p->b->len - p->start;
    nk_buf_lit(p->b, ">>");
    nk_fake_end(p);
    /* The third number is not known yet; it has its usual size. */
    snprintf(num, sizeof(num), "%010zu %010zu %010zu", from, to,
             (size_t)520 + p->top % 10);
    memcpy(p->b->ptr + range, num, 32);
    nk_arena_release(&a);
}

static void put_update_table(nk_fake_pdf *p, const unsigned *n, size_t count,
                             nk_str id)
{
    size_t prev = p->xref, i;

    p->xref = p->b->len - p->start;
    nk_buf_lit(p->b, "xref\n");
    for (i = 0; i < count; i++) {
        if (i == 0 || n[i] != n[i - 1] + 1) {
            size_t run = 1;

            while (i + run < count && n[i + run] == n[i] + run)
                run++;
            nk_buf_printf(p->b, "%u %zu\n", n[i], run);
        }
        nk_buf_printf(p->b, "%010zu 00000 n \n", p->off[n[i]]);
    }
    nk_buf_printf(p->b,
                  "trailer\n<</Size %u/Root 1 0 R/Info 3 0 R/Prev "
                  "%zu/ID[<%.*s><%.*s>]>>\nstartxref\n%zu\n%%%%EOF\n",
                  p->top + 1, prev, (int)id.len, id.ptr, (int)id.len, id.ptr,
                  p->xref);
}

void nk_fake_sign(nk_fake_pdf *p, const nk_fake *l, unsigned elem, nk_str id)
{
    unsigned top = p->top, list[5];
    size_t length, start;
    char num[8];

    nk_fake_dict(p, 1,
                 "/Type /Catalog\n/Pages 2 0 R\n/Lang (id)\n/MarkInfo "
                 "<</Marked true>>\n/AcroForm<</Fields[%u 0 R]/SigFlags 3>>",
                 top + 1);
    nk_fake_dict(p, elem,
                 "/Type /StructElem\n/S /Form\n/Alt (Tanda tangan)\n/K"
                 "<</Type/OBJR/Obj %u 0 R>>",
                 top + 1);
    nk_fake_dict(p, top + 1,
                 "/FT/Sig/T(kepala)/TU(Kepala Dinas)/Type/Annot/Subtype/"
                 "Widget/F 132/Rect[300 90 480 170]/StructParent 2/V %u 0 "
                 "R/AP<</N %u 0 R>>",
                 top + 3, top + 2);
    nk_fake_obj(p, top + 2);
    nk_buf_lit(p->b, "<</Type/XObject/Subtype/Form/BBox[0 0 180 80]/Resources"
                     "<<>>/Length ");
    length = p->b->len;
    nk_buf_lit(p->b, "0000>>\nstream\n");
    start = p->b->len;
    put_qr(p->b, l);
    snprintf(num, sizeof(num), "%04zu", p->b->len - start);
    memcpy(p->b->ptr + length, num, 4);
    nk_buf_lit(p->b, "endstream");
    nk_fake_end(p);
    put_sig_dict(p, l, top + 3);
    list[0] = 1;
    list[1] = elem;
    list[2] = top + 1;
    list[3] = top + 2;
    list[4] = top + 3;
    put_update_table(p, list, 5, id);
}
