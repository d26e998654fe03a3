/*
 * QR codes as vectors: dark runs of each row as filled rectangles, drawn in
 * a space in which a module is one unit.
 */
#include "pdf/pdf_int.h"

#include <qrencode.h>

#define QUIET 4 /* modules of white around (ISO/IEC 18004) */

static void put_rows(nk_buf *b, const QRcode *qr)
{
    int n = qr->width, x, y;

    for (y = 0; y < n; y++) {
        const unsigned char *row = qr->data + (size_t)y * (size_t)n;

        for (x = 0; x < n; x++) {
            int from = x;

            if (!(row[x] & 1))
                continue;
            while (x < n && (row[x] & 1))
                x++;
            nk_buf_int(b, from + QUIET);
            nk_buf_putc(b, ' ');
            nk_buf_int(b, n - 1 - y + QUIET);
            nk_buf_putc(b, ' ');
            nk_buf_int(b, x - from);
            nk_buf_lit(b, " 1 re\n");
        }
    }
}

nk_err nk_pdf_qr(nk_ctx *ctx, nk_arena *a, nk_str text, nk_mpt side,
                 nk_str *out)
{
    const char *z = nk_str_z(a, text);
    QRcode *qr;
    nk_mpt module;
    nk_buf b;

    if (!z)
        return nk_nomem(ctx);
    qr = QRcode_encodeString(z, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!qr)
        return nk_fail(ctx, NK_E_LIMIT, NK_M_QR_TOO_LONG, NK_NOWHERE,
                       NK_ARGS(NK_NUM(text.len)));
    module = side / (qr->width + 2 * QUIET);
    nk_buf_init(&b, a);
    nk_buf_lit(&b, "q 0 g ");
    nk_mpt_put(&b, module);
    nk_buf_lit(&b, " 0 0 ");
    nk_mpt_put(&b, module);
    nk_buf_lit(&b, " 0 0 cm\n");
    put_rows(&b, qr);
    nk_buf_lit(&b, "f Q\n");
    QRcode_free(qr);
    return nk_buf_end(ctx, &b, out);
}
