/*
 * What somebody finds who takes the shared parts of a closed archive apart:
 * every dictionary and resource as it lies there, and inflated where that
 * can be done. In a header, since programs without SQLite must not need it.
 */
#ifndef NK_TESTS_LEAK_H
#define NK_TESTS_LEAK_H

#include "check.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/base.h"

/* Append what inflates of `data`; bits: zlib's, negative for raw deflate. */
static inline void leak_inflate(nk_buf *b, nk_str data, int bits)
{
    static char out[1 << 16];
    z_stream z = { 0 };
    int rc = Z_OK;

    assert_int_equal(inflateInit2(&z, bits), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)data.ptr;
    z.avail_in = (uInt)data.len;
    while (rc == Z_OK) {
        z.next_out = (Bytef *)out;
        z.avail_out = sizeof(out);
        rc = inflate(&z, Z_NO_FLUSH);
        nk_buf_putn(b, out, sizeof(out) - z.avail_out);
        if (z.avail_in == 0 && z.avail_out)
            break;
    }
    inflateEnd(&z);
}

/* All of it in one text; `blobs` counts what was looked into. */
static inline nk_str leak_shared(nk_arena *a, nk_str path, unsigned *blobs)
{
    sqlite3_stmt *st;
    sqlite3 *db;
    nk_buf b;

    *blobs = 0;
    nk_buf_init(&b, a);
    assert_int_equal(sqlite3_open(path.ptr, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(
                         db,
                         "SELECT data FROM res UNION ALL SELECT data FROM dict",
                         -1, &st, NULL),
                     SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW) {
        nk_str data = { sqlite3_column_blob(st, 0),
                        (size_t)sqlite3_column_bytes(st, 0) };

        nk_buf_puts(&b, data);
        leak_inflate(&b, data, -MAX_WBITS);
        leak_inflate(&b, data, MAX_WBITS);
        ++*blobs;
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return nk_buf_str(&b);
}

#endif
