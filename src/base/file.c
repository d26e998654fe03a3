/*
 * Files by POSIX calls. Every write goes to a new name in the same folder
 * and replaces the old file only when it is whole and on the disk.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

/* path as a C string in buf, or false when it cannot be one. */
static bool to_z(nk_str path, char buf[NK_MAX_PATH])
{
    if (path.len == 0 || path.len >= NK_MAX_PATH) {
        errno = path.len ? ENAMETOOLONG : ENOENT;
        return false;
    }
    if (memchr(path.ptr, '\0', path.len)) {
        errno = EINVAL;
        return false;
    }
    memcpy(buf, path.ptr, path.len);
    buf[path.len] = '\0';
    return true;
}

static nk_err read_all(nk_ctx *ctx, nk_arena *a, int fd, nk_str path,
                       size_t limit, nk_str *out)
{
    struct stat st;
    size_t guess = 65536;
    nk_buf b;

    nk_buf_init(&b, a);
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        if ((uint64_t)st.st_size > limit)
            return nk_fail(ctx, NK_E_LIMIT, NK_M_FILE_TOO_LARGE,
                           NK_IN_FILE(path), NK_ARGS(path, NK_NUM(limit)));
        guess = (size_t)st.st_size + 1;
    }
    for (;;) {
        char *p = nk_buf_reserve(&b, guess);
        ssize_t n;

        if (!p)
            return nk_nomem(ctx);
        n = read(fd, p, guess);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return nk_fail_errno(ctx, NK_M_FILE_READ, path);
        if (n == 0)
            break;
        b.len += (size_t)n;
        if (b.len > limit)
            return nk_fail(ctx, NK_E_LIMIT, NK_M_FILE_TOO_LARGE,
                           NK_IN_FILE(path), NK_ARGS(path, NK_NUM(limit)));
        guess = b.room > b.len ? b.room - b.len : 65536;
    }
    return nk_buf_end(ctx, &b, out);
}

nk_err nk_file_read(nk_ctx *ctx, nk_arena *a, nk_str path, size_t limit,
                    nk_str *out)
{
    char z[NK_MAX_PATH];
    nk_err rc;
    int fd;

    if (nk_str_eq(path, NK_STR("-")))
        return read_all(ctx, a, STDIN_FILENO, path, limit, out);
    if (!to_z(path, z) || (fd = open(z, O_RDONLY | O_CLOEXEC)) < 0)
        return nk_fail_errno(ctx, NK_M_FILE_READ, path);
    rc = read_all(ctx, a, fd, path, limit, out);
    close(fd);
    return rc;
}

static bool write_all(int fd, nk_str bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes = nk_str_skip(bytes, (size_t)n);
    }
    return true;
}

/* Make a rename in the folder of `path` last. */
static void sync_folder(nk_str path)
{
    char z[NK_MAX_PATH];
    int fd;

    if (!to_z(nk_path_dir(path), z))
        return;
    fd = open(z, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

/*
 * Make *fd a new file in the folder of `path`; its name goes to temp. It is
 * hidden, so that one left behind by a crash is listed by nobody. Not
 * mkstemp: the file gets the mode that the user's umask wants.
 */
static bool open_beside(nk_str path, char temp[NK_MAX_PATH], mode_t mode,
                        int *fd)
{
    nk_str dir = nk_path_dir(path), base = nk_path_base(path);
    int i, n;

    for (i = 0; i < 1000; i++) {
        n = snprintf(temp, NK_MAX_PATH, "%.*s/.%.*s.%ld-%d", (int)dir.len,
                     dir.ptr, (int)base.len, base.ptr, (long)getpid(), i);
        if (n < 0 || n >= (int)NK_MAX_PATH) {
            errno = ENAMETOOLONG;
            return false;
        }
        *fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (*fd >= 0 || errno != EEXIST)
            break;
    }
    if (*fd < 0)
        return false;
    flock(*fd, LOCK_EX | LOCK_NB); /* held to the end: nk_dir_sweep */
    return true;
}

/* Is there something that is no file: a device, a pipe? Renaming onto it
   would put a file in its place. */
static bool is_special(const char *z)
{
    struct stat st;

    return stat(z, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static nk_err write_special(nk_ctx *ctx, nk_str path, const char *z,
                            nk_str bytes)
{
    int fd = open(z, O_WRONLY | O_CLOEXEC);
    nk_err rc = NK_OK;

    if (fd < 0 || !write_all(fd, bytes))
        rc = nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
    if (fd >= 0)
        close(fd);
    return rc;
}

static nk_err fail_to_write(nk_ctx *ctx, nk_str path)
{
    if (errno == ENOENT)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_FOLDER_NONE, NK_IN_FILE(path),
                       NK_ARGS(nk_path_dir(path)));
    return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
}

nk_err nk_file_write(nk_ctx *ctx, nk_str path, nk_str bytes, bool secret)
{
    char z[NK_MAX_PATH], temp[NK_MAX_PATH];
    int fd;

    if (nk_str_eq(path, NK_STR("-")))
        return write_all(STDOUT_FILENO, bytes)
                   ? NK_OK
                   : nk_fail_errno(ctx, NK_M_FILE_WRITE, NK_STR("stdout"));
    if (!to_z(path, z))
        return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
    if (is_special(z))
        return write_special(ctx, path, z, bytes);
    if (nk_dir_exists(path)) {
        errno = EISDIR;
        return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
    }
    if (!open_beside(path, temp, secret ? 0600 : 0666, &fd))
        return fail_to_write(ctx, path);
    if (!write_all(fd, bytes) || fsync(fd) != 0 || rename(temp, z) != 0) {
        nk_err rc = nk_fail_errno(ctx, NK_M_FILE_WRITE, path);

        unlink(temp);
        close(fd);
        return rc;
    }
    close(fd);
    sync_folder(path);
    return NK_OK;
}

nk_err nk_file_rename(nk_ctx *ctx, nk_str from, nk_str to)
{
    char zf[NK_MAX_PATH], zt[NK_MAX_PATH];

    if (!to_z(from, zf) || !to_z(to, zt) || rename(zf, zt) != 0)
        return nk_fail_errno(ctx, NK_M_FILE_WRITE, to);
    sync_folder(to);
    return NK_OK;
}

bool nk_file_exists(nk_str path)
{
    char z[NK_MAX_PATH];
    struct stat st;

    return to_z(path, z) && stat(z, &st) == 0;
}

bool nk_dir_exists(nk_str path)
{
    char z[NK_MAX_PATH];
    struct stat st;

    return to_z(path, z) && stat(z, &st) == 0 && S_ISDIR(st.st_mode);
}

nk_err nk_dir_make(nk_ctx *ctx, nk_str path, bool secret)
{
    char z[NK_MAX_PATH];
    size_t i;

    if (!to_z(path, z))
        return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
    for (i = 1; i <= path.len; i++) {
        char c = z[i];

        if (c != '/' && c != '\0')
            continue;
        z[i] = '\0';
        if (mkdir(z, secret ? 0700 : 0777) != 0 && errno != EEXIST)
            return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
        z[i] = c;
    }
    if (!nk_dir_exists(path)) {
        errno = ENOTDIR;
        return nk_fail_errno(ctx, NK_M_FILE_WRITE, path);
    }
    return NK_OK;
}

static int by_bytes(const void *a, const void *b)
{
    const nk_str *x = a, *y = b;

    return nk_str_cmp(*x, *y);
}

/* The next name without a dot before it; NULL at the end or with errno. */
static const char *next_name(DIR *d)
{
    struct dirent *e;

    do {
        errno = 0;
        e = readdir(d);
    } while (e && e->d_name[0] == '.');
    return e ? e->d_name : NULL;
}

nk_err nk_dir_list(nk_ctx *ctx, nk_arena *a, nk_str path, nk_str **names,
                   size_t *n)
{
    char z[NK_MAX_PATH];
    const char *name;
    nk_str *list = NULL;
    size_t count = 0, room = 0;
    nk_err rc = NK_OK;
    DIR *d;

    if (!to_z(path, z) || !(d = opendir(z)))
        return nk_fail_errno(ctx, NK_M_FILE_READ, path);
    while ((name = next_name(d)) != NULL) {
        if (count == room) {
            nk_str *more = nk_alloc_array(a, 2 * room + 16, sizeof(*more));

            if (!more) {
                rc = nk_nomem(ctx);
                break;
            }
            if (count)
                memcpy(more, list, count * sizeof(*list));
            list = more;
            room = 2 * room + 16;
        }
        list[count] = nk_str_copy(a, nk_str_of(name));
        if (!list[count++].ptr) {
            rc = nk_nomem(ctx);
            break;
        }
    }
    if (!name && errno)
        rc = nk_fail_errno(ctx, NK_M_FILE_READ, path);
    closedir(d);
    if (rc < 0)
        return rc;
    if (count)
        qsort(list, count, sizeof(*list), by_bytes);
    *names = list;
    *n = count;
    return NK_OK;
}

/* Is it a name of open_beside? */
static bool is_beside(nk_str name)
{
    nk_str rest = name, part, last = NK_EMPTY, pid;
    uint64_t v;

    while (nk_str_cut(&rest, '.', &part))
        last = part;
    return nk_str_starts(name, NK_STR(".")) && nk_str_cut(&last, '-', &pid) &&
           nk_str_uint(pid, INT32_MAX, &v) && nk_str_uint(last, 999, &v);
}

/* Whoever writes holds the lock; nobody holds that of the dead. */
static void sweep_one(int dir, const char *name)
{
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlinkat(dir, name, 0);
    close(fd);
}

void nk_dir_sweep(nk_str path)
{
    char z[NK_MAX_PATH];
    struct dirent *e;
    DIR *d;

    if (!to_z(path, z) || !(d = opendir(z)))
        return;
    while ((e = readdir(d)) != NULL)
        if (is_beside(nk_str_of(e->d_name)))
            sweep_one(dirfd(d), e->d_name);
    closedir(d);
}

nk_str nk_path_join(nk_arena *a, nk_str dir, nk_str name)
{
    char *p = nk_alloc(a, dir.len + name.len + 2);

    if (!p)
        return NK_EMPTY;
    if (dir.len)
        memcpy(p, dir.ptr, dir.len);
    p[dir.len] = '/';
    if (name.len)
        memcpy(p + dir.len + 1, name.ptr, name.len);
    return (nk_str){ p, dir.len + 1 + name.len };
}

nk_str nk_path_base(nk_str path)
{
    size_t i = path.len;

    while (i > 0 && path.ptr[i - 1] != '/')
        i--;
    return nk_str_skip(path, i);
}

nk_str nk_path_dir(nk_str path)
{
    size_t i = path.len;

    while (i > 0 && path.ptr[i - 1] != '/')
        i--;
    if (i == 0)
        return NK_STR(".");
    return nk_str_head(path, i > 1 ? i - 1 : 1);
}

bool nk_path_is_plain(nk_str name)
{
    size_t i;

    if (name.len == 0 || name.len > 100 || name.ptr[0] == '.')
        return false;
    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!nk_is_alpha(c) && !nk_is_digit(c) && !memchr("._-", c, 3))
            return false;
    }
    return true;
}
