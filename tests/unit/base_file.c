/*
 * Files: read whole and bounded; written so that there is the old file or
 * the new one whatever happens. rename, fsync and readdir are this program's
 * own here, so that a test can be struck down at exactly these places.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "../support/check.h"
#include "../support/temp.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What happens at the next of them, and what was called so far. */
static enum {
    GO_ON,
    FAIL_FSYNC,
    FAIL_RENAME,
    DIE_AT_RENAME,
    FAIL_READDIR
} fate;
static char calls[16];

static void note(char c)
{
    size_t n = strlen(calls);

    if (n + 1 < sizeof(calls))
        calls[n] = c;
}

int rename(const char *from, const char *to)
{
    note('r');
    if (fate == DIE_AT_RENAME)
        raise(SIGKILL);
    if (fate == FAIL_RENAME) {
        errno = EIO;
        return -1;
    }
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int fsync(int fd)
{
    struct stat st;

    note(fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? 'd' : 'f');
    if (fate == FAIL_FSYNC) {
        errno = EIO;
        return -1;
    }
    return fdatasync(fd);
}

struct dirent *readdir(DIR *d)
{
    struct dirent *(*next)(DIR *);

    if (fate == FAIL_READDIR) {
        errno = EIO;
        return NULL;
    }
    *(void **)&next = dlsym(RTLD_NEXT, "readdir");
    return next(d);
}

/* A desk and a folder to work in; paths are made below it. */
struct room {
    nk_desk *desk;
    char dir[NK_TEMP_SIZE];
};

static int room_open(void **state)
{
    struct room *r = malloc(sizeof(*r));
    void *desk;

    if (!r || nk_temp_open(r->dir) != 0 || nk_desk_open(&desk) != 0)
        return -1;
    r->desk = desk;
    *state = r;
    fate = GO_ON;
    memset(calls, 0, sizeof(calls));
    return 0;
}

static int room_close(void **state)
{
    struct room *r = *state;
    void *desk = r->desk;

    nk_temp_remove(r->dir);
    nk_desk_close(&desk);
    free(r);
    return 0;
}

#define ROOM_TEST(test)                                                        \
    cmocka_unit_test_setup_teardown(test, room_open, room_close)

static nk_str path_of(struct room *r, const char *name)
{
    return nk_path_join(&r->desk->arena, nk_str_of(r->dir), nk_str_of(name));
}

static void put(struct room *r, const char *name, nk_str bytes)
{
    assert_int_equal(
        nk_file_write(&r->desk->ctx, path_of(r, name), bytes, false), NK_OK);
}

static nk_str get(struct room *r, const char *name)
{
    nk_str bytes = NK_EMPTY;

    assert_int_equal(nk_file_read(&r->desk->ctx, &r->desk->arena,
                                  path_of(r, name), NK_MAX_FILE, &bytes),
                     NK_OK);
    return bytes;
}

/* All entries of the folder, hidden ones too. */
static int entries(struct room *r)
{
    DIR *d = opendir(r->dir);
    int n = -2; /* . and .. */

    assert_non_null(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static void writes_and_reads_back(void **state)
{
    struct room *r = *state;
    char big[200001];
    size_t i;

    put(r, "a", NK_STR("satu\n"));
    assert_str(get(r, "a"), "satu\n");
    put(r, "a", NK_EMPTY);
    assert_int_equal(get(r, "a").len, 0);
    put(r, "a", NK_STR("x\0y"));
    assert_true(nk_str_eq(get(r, "a"), NK_STR("x\0y")));
    for (i = 0; i < sizeof(big); i++)
        big[i] = (char)(i * 7 / 3);
    put(r, "b", (nk_str){ big, sizeof(big) });
    assert_true(nk_str_eq(get(r, "b"), (nk_str){ big, sizeof(big) }));
    assert_int_equal(get(r, "a").ptr[3], '\0');
    assert_int_equal(entries(r), 2);
}

static void reads_no_more_than_the_limit(void **state)
{
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;
    nk_arena *a = &r->desk->arena;
    nk_str out = NK_STR("before");
    nk_str path = path_of(r, "a");

    put(r, "a", NK_STR("123456789"));
    assert_int_equal(nk_file_read(ctx, a, path, 8, &out), NK_E_LIMIT);
    assert_str(out, "before");
    assert_int_equal(ctx->fault.msg, NK_M_FILE_TOO_LARGE);
    assert_true(nk_str_eq(ctx->fault.args.v[0], path));
    assert_str(ctx->fault.args.v[1], "8");
    assert_int_equal(nk_file_read(ctx, a, path, 9, &out), NK_OK);
    assert_str(out, "123456789");
    /* A file that does not know its size. */
    assert_int_equal(nk_file_read(ctx, a, NK_STR("/dev/zero"), 100000, &out),
                     NK_E_LIMIT);
    assert_int_equal(nk_file_read(ctx, a, NK_STR("/dev/null"), 0, &out), NK_OK);
    assert_int_equal(out.len, 0);
}

static void says_what_cannot_be_read(void **state)
{
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;
    nk_arena *a = &r->desk->arena;
    char name[NK_MAX_PATH];
    nk_str out = NK_STR("before");

    memset(name, 'x', sizeof(name));
    assert_int_equal(nk_file_read(ctx, a, path_of(r, "no"), 9, &out),
                     NK_E_NOTFOUND);
    assert_int_equal(ctx->fault.msg, NK_M_FILE_NONE);
    assert_true(nk_str_eq(ctx->fault.place.file, path_of(r, "no")));
    assert_int_equal(nk_file_read(ctx, a, nk_str_of(r->dir), 9999, &out),
                     NK_E_IO);
    assert_int_equal(nk_file_read(ctx, a, NK_EMPTY, 9, &out), NK_E_NOTFOUND);
    assert_int_equal(
        nk_file_read(ctx, a, (nk_str){ name, sizeof(name) }, 9, &out), NK_E_IO);
    assert_int_equal(nk_file_read(ctx, a, NK_STR("/dev/null\0x"), 9, &out),
                     NK_E_IO);
    assert_str(out, "before");
}

static void reads_standard_input(void **state)
{
    struct room *r = *state;
    nk_str out = NK_EMPTY;
    int old = dup(STDIN_FILENO), end[2];

    assert_int_equal(pipe(end), 0);
    assert_int_equal(write(end[1], "dari pipa", 9), 9);
    close(end[1]);
    dup2(end[0], STDIN_FILENO);
    close(end[0]);
    assert_int_equal(
        nk_file_read(&r->desk->ctx, &r->desk->arena, NK_STR("-"), 100, &out),
        NK_OK);
    if (old >= 0) {
        dup2(old, STDIN_FILENO);
        close(old);
    }
    assert_str(out, "dari pipa");
}

static mode_t mode_of(struct room *r, const char *name)
{
    struct stat st;

    assert_int_equal(stat(path_of(r, name).ptr, &st), 0);
    return st.st_mode & 0777;
}

static void keeps_secrets_from_others(void **state)
{
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;
    mode_t before = umask(022);

    nk_file_write(ctx, path_of(r, "open"), NK_STR("x"), false);
    nk_file_write(ctx, path_of(r, "secret"), NK_STR("x"), true);
    nk_dir_make(ctx, path_of(r, "d/open"), false);
    nk_dir_make(ctx, path_of(r, "e/secret"), true);
    umask(077);
    nk_file_write(ctx, path_of(r, "masked"), NK_STR("x"), false);
    umask(before);
    assert_int_equal(mode_of(r, "open"), 0644);
    assert_int_equal(mode_of(r, "secret"), 0600);
    assert_int_equal(mode_of(r, "masked"), 0600);
    assert_int_equal(mode_of(r, "d/open"), 0755);
    assert_int_equal(mode_of(r, "e/secret"), 0700);
}

static void syncs_before_it_renames(void **state)
{
    put(*state, "a", NK_STR("x"));
    assert_string_equal(calls, "frd");
}

static void replaces_whole_files(void **state)
{
    struct room *r = *state;
    char old[4] = "";
    int fd;

    put(r, "a", NK_STR("old"));
    fd = open(path_of(r, "a").ptr, O_RDONLY);
    put(r, "a", NK_STR("new"));
    /* Who had it open reads on in the old one. */
    assert_int_equal(read(fd, old, 3), 3);
    close(fd);
    assert_string_equal(old, "old");
    assert_str(get(r, "a"), "new");
}

/* Run work(r) in a child; returns its exit status, or -signal. */
static int in_child(struct room *r, int (*work)(struct room *))
{
    int status;
    pid_t pid;

    fflush(NULL);
    if ((pid = fork()) == 0)
        _exit(work(r));
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static int overwrite(struct room *r)
{
    nk_err rc = nk_file_write(&r->desk->ctx, path_of(r, "a"),
                              NK_STR("new and longer"), false);

    return -(int)rc;
}

static void leaves_the_old_file_when_killed(void **state)
{
    struct room *r = *state;

    put(r, "a", NK_STR("old"));
    fate = DIE_AT_RENAME;
    assert_int_equal(in_child(r, overwrite), -SIGKILL);
    fate = GO_ON;
    assert_str(get(r, "a"), "old");
    /* What it left behind stays out of sight and out of the way. */
    assert_int_equal(entries(r), 2);
    assert_int_equal(in_child(r, overwrite), 0);
    assert_str(get(r, "a"), "new and longer");
}

static void hides_what_a_kill_left(void **state)
{
    struct room *r = *state;
    nk_str *names;
    size_t n;

    put(r, "a", NK_STR("old"));
    fate = DIE_AT_RENAME;
    assert_int_equal(in_child(r, overwrite), -SIGKILL);
    assert_int_equal(nk_dir_list(&r->desk->ctx, &r->desk->arena,
                                 nk_str_of(r->dir), &names, &n),
                     NK_OK);
    assert_int_equal(n, 1);
    assert_str(names[0], "a");
}

static void sweeps_what_the_dead_left(void **state)
{
    struct room *r = *state;
    int fd;

    put(r, ".surat.pdf.123-0", NK_STR("half"));
    put(r, ".surat.pdf.123-", NK_STR("a clerk's"));
    put(r, ".surat.pdf", NK_STR("a clerk's"));
    put(r, "surat.pdf.123-0", NK_STR("a clerk's"));
    put(r, ".surat.pdf.124-0", NK_STR("half, but at work"));
    fd = open(path_of(r, ".surat.pdf.124-0").ptr, O_WRONLY);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    nk_dir_sweep(nk_str_of(r->dir));
    assert_int_equal(entries(r), 4);
    assert_false(nk_file_exists(path_of(r, ".surat.pdf.123-0")));
    close(fd);
    nk_dir_sweep(nk_str_of(r->dir));
    assert_int_equal(entries(r), 3);
    nk_dir_sweep(path_of(r, "no"));
}

static void leaves_the_old_file_when_it_fails(void **state)
{
    struct room *r = *state;

    put(r, "a", NK_STR("old"));
    fate = FAIL_FSYNC;
    assert_int_equal(overwrite(r), -NK_E_IO);
    assert_int_equal(r->desk->ctx.fault.msg, NK_M_FILE_WRITE);
    fate = FAIL_RENAME;
    assert_int_equal(overwrite(r), -NK_E_IO);
    assert_str(get(r, "a"), "old");
    assert_int_equal(entries(r), 1);
}

static int overwrite_on_full_disk(struct room *r)
{
    const struct rlimit small = { 4, 4 };

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &small) != 0)
        return 99;
    return overwrite(r);
}

static void leaves_the_old_file_when_the_disk_is_full(void **state)
{
    struct room *r = *state;

    put(r, "a", NK_STR("old"));
    assert_int_equal(in_child(r, overwrite_on_full_disk), -NK_E_IO);
    assert_str(get(r, "a"), "old");
    assert_int_equal(entries(r), 1);
}

static void writes_beside_what_others_left(void **state)
{
    struct room *r = *state;
    char name[64];
    int i;

    for (i = 0; i < 3; i++) {
        int fd;

        snprintf(name, sizeof(name), ".a.%ld-%d", (long)getpid(), i);
        fd = open(path_of(r, name).ptr, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
    }
    put(r, "a", NK_STR("new"));
    assert_str(get(r, "a"), "new");
    assert_int_equal(entries(r), 4);
}

static int write_into_a_pipe(struct room *r)
{
    char got[16] = "";
    int end[2];

    if (pipe(end) != 0)
        return 99;
    dup2(end[1], STDOUT_FILENO);
    if (nk_file_write(&r->desk->ctx, NK_STR("-"), NK_STR("ke pipa"), false) < 0)
        return 1;
    return read(end[0], got, sizeof(got)) == 7 && strcmp(got, "ke pipa") == 0
               ? 0
               : 2;
}

static int write_into_a_closed_pipe(struct room *r)
{
    int end[2];

    if (pipe(end) != 0)
        return 99;
    signal(SIGPIPE, SIG_IGN);
    dup2(end[1], STDOUT_FILENO);
    close(end[0]);
    return -(int)nk_file_write(&r->desk->ctx, NK_STR("-"), NK_STR("x"), false);
}

static void writes_standard_output(void **state)
{
    assert_int_equal(in_child(*state, write_into_a_pipe), 0);
    assert_int_equal(in_child(*state, write_into_a_closed_pipe), -NK_E_IO);
}

/* Give up being root, which may do everything; false: not possible. */
static bool become_nobody(struct room *r)
{
    const uid_t nobody = 65534;

    if (chdir(r->dir) != 0)
        return false;
    return geteuid() != 0 || (setgid(nobody) == 0 && setuid(nobody) == 0);
}

static int use_what_is_forbidden(struct room *r)
{
    nk_ctx *ctx = &r->desk->ctx;
    nk_arena *a = &r->desk->arena;
    nk_str *names, out;
    size_t n;

    if (!become_nobody(r))
        return 99;
    if (nk_file_read(ctx, a, NK_STR("shut"), 9, &out) != NK_E_DENIED ||
        nk_file_read(ctx, a, NK_STR("dark/x"), 9, &out) != NK_E_DENIED)
        return 1;
    if (nk_dir_list(ctx, a, NK_STR("dark"), &names, &n) != NK_E_DENIED)
        return 2;
    if (nk_file_write(ctx, NK_STR("fixed/x"), NK_STR("new"), false) !=
        NK_E_DENIED)
        return 3;
    if (ctx->fault.msg != NK_M_FILE_SHUT)
        return 4;
    if (nk_dir_make(ctx, NK_STR("fixed/d"), false) != NK_E_DENIED)
        return 5;
    if (nk_file_read(ctx, a, NK_STR("fixed/x"), 9, &out) != NK_OK)
        return 6;
    return nk_str_eq(out, NK_STR("old")) ? 0 : 7;
}

static void respects_rights(void **state)
{
    struct room *r = *state;
    int rc;

    nk_dir_make(&r->desk->ctx, path_of(r, "dark"), false);
    nk_dir_make(&r->desk->ctx, path_of(r, "fixed"), false);
    put(r, "shut", NK_STR("x"));
    put(r, "dark/x", NK_STR("x"));
    put(r, "fixed/x", NK_STR("old"));
    chmod(r->dir, 0755);
    chmod(path_of(r, "shut").ptr, 0000);
    chmod(path_of(r, "dark").ptr, 0000);
    chmod(path_of(r, "fixed").ptr, 0555);
    rc = in_child(r, use_what_is_forbidden);
    chmod(path_of(r, "dark").ptr, 0755);
    chmod(path_of(r, "fixed").ptr, 0755);
    if (rc == 99)
        skip();
    assert_int_equal(rc, 0);
}

static void refuses_names_it_cannot_write(void **state)
{
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;
    char name[NK_MAX_PATH - 1];

    memset(name, 'x', sizeof(name));
    assert_int_equal(nk_file_write(ctx, path_of(r, "no/a"), NK_STR("x"), false),
                     NK_E_NOTFOUND);
    assert_int_equal(nk_file_write(ctx, NK_EMPTY, NK_STR("x"), false),
                     NK_E_NOTFOUND);
    assert_int_equal(
        nk_file_write(ctx, (nk_str){ name, sizeof(name) }, NK_STR("x"), false),
        NK_E_IO);
    nk_dir_make(ctx, path_of(r, "d"), false);
    assert_int_equal(nk_file_write(ctx, path_of(r, "d"), NK_STR("x"), false),
                     NK_E_IO);
    assert_int_equal(entries(r), 1);
}

/* By short names, relative to where one is. */
static int make_nearby_folders(struct room *r)
{
    if (chdir(r->dir) != 0)
        return 99;
    return -(int)nk_dir_make(&r->desk->ctx, NK_STR("b/c"), false);
}

/* A pipe or device is written to; a file does not take its place. */
static void writes_to_devices(void **state)
{
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;
    nk_str pipe = path_of(r, "pipa");
    char got[8];
    struct stat st;
    int fd;

    assert_int_equal(mkfifo(pipe.ptr, 0600), 0);
    assert_true((fd = open(pipe.ptr, O_RDONLY | O_NONBLOCK)) >= 0);
    assert_int_equal(nk_file_write(ctx, pipe, NK_STR("isi"), true), NK_OK);
    assert_int_equal(read(fd, got, sizeof(got)), 3);
    assert_memory_equal(got, "isi", 3);
    close(fd);
    assert_true(stat(pipe.ptr, &st) == 0 && S_ISFIFO(st.st_mode));
    assert_int_equal(
        nk_file_write(ctx, NK_STR("/dev/full"), NK_STR("isi"), true), NK_E_IO);
    assert_str(nk_msg_name(ctx->fault.msg), "DISK_FULL");
    assert_true(stat("/dev/full", &st) == 0 && S_ISCHR(st.st_mode));
    assert_int_equal(entries(r), 1);
}

static void names_what_is_in_the_way(void **state)
{
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;

    assert_int_equal(nk_file_write(ctx, path_of(r, "a/f"), NK_STR("x"), true),
                     NK_E_NOTFOUND);
    assert_str(nk_msg_name(ctx->fault.msg), "FOLDER_NONE");
    assert_int_equal(nk_file_write(ctx, path_of(r, "."), NK_STR("x"), true),
                     NK_E_IO);
    assert_str(nk_msg_name(ctx->fault.msg), "FILE_IS_FOLDER");
    assert_int_equal(entries(r), 0);
}

static void makes_folders(void **state)
{
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;

    assert_int_equal(nk_dir_make(ctx, path_of(r, "a/b/c"), false), NK_OK);
    assert_true(nk_dir_exists(path_of(r, "a/b/c")));
    assert_int_equal(nk_dir_make(ctx, path_of(r, "a/b/c"), false), NK_OK);
    assert_int_equal(nk_dir_make(ctx, path_of(r, "a//d/"), false), NK_OK);
    assert_true(nk_dir_exists(path_of(r, "a/d")));
    assert_int_equal(in_child(r, make_nearby_folders), 0);
    assert_true(nk_dir_exists(path_of(r, "b/c")));
    assert_int_equal(entries(r), 2);
    put(r, "f", NK_STR("x"));
    assert_int_equal(nk_dir_make(ctx, path_of(r, "f"), false), NK_E_IO);
    assert_int_equal(nk_dir_make(ctx, path_of(r, "f/g"), false), NK_E_IO);
    assert_int_equal(nk_dir_make(ctx, NK_EMPTY, false), NK_E_NOTFOUND);
    assert_true(nk_file_exists(path_of(r, "f")));
    assert_true(nk_file_exists(path_of(r, "a")));
    assert_false(nk_dir_exists(path_of(r, "f")));
    assert_false(nk_file_exists(path_of(r, "g")));
    assert_false(nk_dir_exists(NK_EMPTY));
}

static void lists_folders_in_byte_order(void **state)
{
    static const char *const names[] = { "b", "a2", "Z", "a10", ".x", "\xC3" };
    static const char *const want[] = { "Z", "a10", "a2", "b", "\xC3" };
    struct room *r = *state;
    nk_ctx *ctx = &r->desk->ctx;
    nk_arena *a = &r->desk->arena;
    nk_str dir = nk_str_of(r->dir), *list = NULL;
    size_t n = 77, i;

    assert_int_equal(nk_dir_list(ctx, a, dir, &list, &n), NK_OK);
    assert_int_equal(n, 0);
    for (i = 0; i < NK_COUNT(names); i++)
        put(r, names[i], NK_EMPTY);
    assert_int_equal(nk_dir_list(ctx, a, dir, &list, &n), NK_OK);
    assert_int_equal(n, NK_COUNT(want));
    for (i = 0; i < n; i++)
        assert_str(list[i], want[i]);
    assert_int_equal(nk_dir_list(ctx, a, path_of(r, "no"), &list, &n),
                     NK_E_NOTFOUND);
    assert_int_equal(nk_dir_list(ctx, a, path_of(r, "b"), &list, &n), NK_E_IO);
    fate = FAIL_READDIR;
    assert_int_equal(nk_dir_list(ctx, a, dir, &list, &n), NK_E_IO);
    assert_int_equal(n, NK_COUNT(want));
}

static void lists_large_folders(void **state)
{
    struct room *r = *state;
    char name[32];
    nk_str *list;
    size_t n, i;

    for (i = 0; i < 200; i++) {
        int fd;

        snprintf(name, sizeof(name), "%03zu", (i * 77) % 200);
        fd = open(path_of(r, name).ptr, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
    }
    assert_int_equal(nk_dir_list(&r->desk->ctx, &r->desk->arena,
                                 nk_str_of(r->dir), &list, &n),
                     NK_OK);
    assert_int_equal(n, 200);
    for (i = 0; i < n; i++) {
        snprintf(name, sizeof(name), "%03zu", i);
        assert_str(list[i], name);
    }
}

static void takes_paths_apart(void **state)
{
    static const struct {
        const char *path, *dir, *base;
    } rows[] = {
        { "a", ".", "a" },     { "a/b", "a", "b" },
        { "/a", "/", "a" },    { "/a/b.xml", "/a", "b.xml" },
        { "a/b/", "a/b", "" }, { "../x", "..", "x" },
        { "", ".", "" },       { "/", "/", "" },
    };
    struct room *r = *state;
    nk_arena *a = &r->desk->arena;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        assert_str(nk_path_dir(nk_str_of(rows[i].path)), rows[i].dir);
        assert_str(nk_path_base(nk_str_of(rows[i].path)), rows[i].base);
    }
    assert_int_equal(nk_path_base(NK_EMPTY).len, 0);
    assert_str(nk_path_join(a, NK_STR("a"), NK_STR("b")), "a/b");
    assert_string_equal(nk_path_join(a, NK_STR("a"), NK_STR("b")).ptr, "a/b");
    assert_str(nk_path_join(a, NK_STR("a"), NK_EMPTY), "a/");
    assert_str(nk_path_join(a, NK_EMPTY, NK_STR("b")), "/b");
}

static void knows_plain_names(void **state)
{
    char name[101];
    nk_str longest = { name, 100 };

    (void)state;
    memset(name, 'n', sizeof(name));
    assert_true(nk_path_is_plain(NK_STR("KASUS-2026-0001.xml")));
    assert_true(nk_path_is_plain(NK_STR("_a.B-9")));
    assert_true(nk_path_is_plain(longest));
    assert_false(nk_path_is_plain((nk_str){ name, 101 }));
    assert_false(nk_path_is_plain(NK_EMPTY));
    assert_false(nk_path_is_plain(NK_STR(".")));
    assert_false(nk_path_is_plain(NK_STR("..")));
    assert_false(nk_path_is_plain(NK_STR(".profile")));
    assert_false(nk_path_is_plain(NK_STR("a/b")));
    assert_false(nk_path_is_plain(NK_STR("/ab")));
    assert_false(nk_path_is_plain(NK_STR("a b")));
    assert_false(nk_path_is_plain(NK_STR("a\\b")));
    assert_false(nk_path_is_plain(NK_STR("a\0b")));
    assert_false(nk_path_is_plain(NK_STR("a\n")));
    assert_false(nk_path_is_plain(NK_STR("Jos\xC3\xA9")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM_TEST(writes_and_reads_back),
        ROOM_TEST(reads_no_more_than_the_limit),
        ROOM_TEST(says_what_cannot_be_read),
        ROOM_TEST(reads_standard_input),
        ROOM_TEST(keeps_secrets_from_others),
        ROOM_TEST(syncs_before_it_renames),
        ROOM_TEST(replaces_whole_files),
        ROOM_TEST(leaves_the_old_file_when_killed),
        ROOM_TEST(hides_what_a_kill_left),
        ROOM_TEST(sweeps_what_the_dead_left),
        ROOM_TEST(leaves_the_old_file_when_it_fails),
        ROOM_TEST(writes_beside_what_others_left),
        ROOM_TEST(leaves_the_old_file_when_the_disk_is_full),
        ROOM_TEST(writes_standard_output),
        ROOM_TEST(respects_rights),
        ROOM_TEST(refuses_names_it_cannot_write),
        ROOM_TEST(writes_to_devices),
        ROOM_TEST(names_what_is_in_the_way),
        ROOM_TEST(makes_folders),
        ROOM_TEST(lists_folders_in_byte_order),
        ROOM_TEST(lists_large_folders),
        ROOM_TEST(takes_paths_apart),
        cmocka_unit_test(knows_plain_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
