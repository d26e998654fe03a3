/*
 * Replays a corpus without a fuzzer: every file named on the command line,
 * and every file in a folder named there, or else in the target's corpus,
 * goes through the target once. One TAP line at the end; a fault stops the
 * program before it.
 */
#include <stdio.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* What has been replayed. */
struct replay {
    nk_ctx ctx;
    nk_arena a;
    size_t n;
};

static nk_err replay_file(struct replay *r, nk_str path)
{
    nk_str bytes;
    nk_err rc = nk_file_read(&r->ctx, &r->a, path, NK_MAX_FILE, &bytes);

    if (rc < 0)
        return rc;
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
    r->n++;
    return NK_OK;
}

static nk_err replay_path(struct replay *r, nk_str path)
{
    nk_str *names, file;
    size_t n, i;
    nk_err rc;

    if (!nk_dir_exists(path))
        return replay_file(r, path);
    if ((rc = nk_dir_list(&r->ctx, &r->a, path, &names, &n)) < 0)
        return rc;
    for (i = 0; i < n && rc == NK_OK; i++) {
        file = nk_path_join(&r->a, path, names[i]);
        rc = file.ptr ? replay_file(r, file) : nk_nomem(&r->ctx);
    }
    return rc;
}

/* tests/fuzz/corpus/TARGET, seen from the root of the tree. */
static nk_err replay_own(struct replay *r, nk_str program)
{
    nk_str corpus =
        nk_path_join(&r->a, NK_STR("tests/fuzz/corpus"), nk_path_base(program));

    return corpus.ptr ? replay_path(r, corpus) : nk_nomem(&r->ctx);
}

int main(int argc, char **argv)
{
    struct replay r = { .n = 0 };
    nk_err rc = NK_OK;
    nk_buf b;
    int i;

    nk_ctx_init(&r.ctx);
    nk_arena_init(&r.a);
    if (argc == 1)
        rc = replay_own(&r, nk_str_of(argv[0]));
    for (i = 1; i < argc && rc == NK_OK; i++)
        rc = replay_path(&r, nk_str_of(argv[i]));
    if (rc < 0) {
        nk_buf_init(&b, &r.a);
        nk_fault_put(&r.ctx, &b);
        printf("# %.*s\n", (int)b.len, b.len ? b.ptr : "");
    }
    printf("1..1\n%s 1 - %s: %zu files\n", rc == NK_OK && r.n ? "ok" : "not ok",
           argv[0], r.n);
    nk_arena_release(&r.a);
    return rc == NK_OK && r.n ? 0 : 1;
}
