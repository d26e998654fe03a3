/*
 * Files: read whole and bounded, written beside, synced, then renamed.
 */
#ifndef NK_BASE_FILE_H
#define NK_BASE_FILE_H

#include "base/ctx.h"

/*
 * The whole file, "-" for standard input. Fails with NK_E_LIMIT when it is
 * longer than `limit` bytes, NK_E_NOTFOUND when there is none.
 */
nk_err nk_file_read(nk_ctx *ctx, nk_arena *a, nk_str path, size_t limit,
                    nk_str *out);

/*
 * Make `path` hold exactly `bytes`, readable by its owner alone when
 * `secret`. Written to a temporary name in the same folder, synced, renamed;
 * after a crash there is the old file or the new one. "-" writes to standard
 * output; a device or pipe is written to as it is. NK_E_NOTFOUND when there is
 * no such folder.
 */
nk_err nk_file_write(nk_ctx *ctx, nk_str path, nk_str bytes, bool secret);

/* Give a file or folder another name in the same file system, lastingly. */
nk_err nk_file_rename(nk_ctx *ctx, nk_str from, nk_str to);

bool nk_file_exists(nk_str path);
bool nk_dir_exists(nk_str path);

/* Make the folder, and those above it; those that exist are fine. */
nk_err nk_dir_make(nk_ctx *ctx, nk_str path, bool secret);

/*
 * The names in a folder in byte order, without those that begin with a dot.
 * Fails with NK_E_NOTFOUND when there is no such folder.
 */
nk_err nk_dir_list(nk_ctx *ctx, nk_arena *a, nk_str path, nk_str **names,
                   size_t *n);

/*
 * Remove from a folder what nk_file_write was writing when it was killed:
 * hidden names of its form that nobody is writing. What cannot be removed
 * stays.
 */
void nk_dir_sweep(nk_str path);

/* dir + "/" + name, with a NUL after it; ptr NULL when memory is out. */
nk_str nk_path_join(nk_arena *a, nk_str dir, nk_str name);

/* What stands after the last "/". */
nk_str nk_path_base(nk_str path);

/* What stands before the last "/": "." when there is none. */
nk_str nk_path_dir(nk_str path);

/*
 * A name that may safely become a file name: letters, digits and ._- only,
 * not starting with a dot, at most 100 bytes.
 */
bool nk_path_is_plain(nk_str name);

#endif
