/*
 * A reader of QR codes (ISO/IEC 18004) of level M, versions 1 to 10, that
 * are drawn without a fault: nothing is corrected, everything is checked.
 */
#ifndef NK_TESTS_QR_H
#define NK_TESTS_QR_H

#include "base/base.h"

#define NK_QR_SIDE 57 /* modules of version 10 */

typedef struct nk_qr {
    int side;                          /* modules */
    bool dark[NK_QR_SIDE][NK_QR_SIDE]; /* [y][x] from the upper left */
} nk_qr;

/* Append what it says, in bytes. False when it is no such code: finders,
   timing, format, version and every block's check words must be right. */
bool nk_qr_read(const nk_qr *qr, nk_buf *out);

#endif
