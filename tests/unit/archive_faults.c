/*
 * A machine that fails: every write refused in turn, folders that may not be
 * written, and a process killed at any moment. Nothing acknowledged is lost,
 * nothing is half there, no number is used twice.
 *
 * Numbers of kills: NK_KILLS in the environment.
 */
#define _GNU_SOURCE
#include "archive_store.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- A disk that is full, or broken, from the Nth write on ------------- */

/* Files of a kind (databases, logs) have a table of functions each. */
struct methods {
    sqlite3_io_methods ours;
    const sqlite3_io_methods *usual;
};

static struct faulty {
    sqlite3_vfs vfs, *real;
    struct methods kind[4];
    int left;  /* writes until the first that fails; -1: none does */
    int error; /* what it says */
} disk;

static bool refuses(void)
{
    if (disk.left > 0)
        disk.left--;
    return disk.left == 0;
}

/* Our table is the first thing in its kind's row. */
static const sqlite3_io_methods *usual_of(sqlite3_file *f)
{
    size_t i;

    for (i = 0; &disk.kind[i].ours != f->pMethods; i++)
        assert_true(i < NK_COUNT(disk.kind));
    return disk.kind[i].usual;
}

static int faulty_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    return refuses() ? disk.error : usual_of(f)->xWrite(f, p, n, at);
}

static int faulty_sync(sqlite3_file *f, int flags)
{
    return refuses() ? SQLITE_IOERR_FSYNC : usual_of(f)->xSync(f, flags);
}

static int faulty_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    return refuses() ? SQLITE_IOERR_TRUNCATE : usual_of(f)->xTruncate(f, size);
}

static int faulty_open(sqlite3_vfs *v, const char *name, sqlite3_file *f,
                       int flags, int *out)
{
    int rc = disk.real->xOpen(disk.real, name, f, flags, out);
    struct methods *k = disk.kind;

    (void)v;
    if (rc != SQLITE_OK || !f->pMethods)
        return rc;
    while (k->usual && k->usual != f->pMethods)
        k++;
    assert_true(k < disk.kind + NK_COUNT(disk.kind));
    k->usual = f->pMethods;
    k->ours = *f->pMethods;
    k->ours.xWrite = faulty_write;
    k->ours.xSync = faulty_sync;
    k->ours.xTruncate = faulty_truncate;
    f->pMethods = &k->ours;
    return rc;
}

static int open_on_faulty_disk(void **state)
{
    memset(disk.kind, 0, sizeof(disk.kind));
    disk.left = -1;
    disk.real = sqlite3_vfs_find(NULL);
    disk.vfs = *disk.real;
    disk.vfs.zName = "faulty";
    disk.vfs.pNext = NULL;
    disk.vfs.xOpen = faulty_open;
    return sqlite3_vfs_register(&disk.vfs, 1) == SQLITE_OK ? store_open(state)
                                                           : -1;
}

static int close_faulty_disk(void **state)
{
    disk.left = -1;
    sqlite3_vfs_unregister(&disk.vfs);
    return store_close(state);
}

/* Open, a case, a numbered paper, commit, close; how far it came. */
static nk_err work(nk_store *s, nk_str paper, uint32_t *seq, bool *committed)
{
    nk_case_entry e = case_entry(s, 2);
    nk_paper p = paper_of(s, 2);
    nk_packer *packer;
    nk_packed packed;
    nk_err rc;

    *committed = false;
    if ((rc = store_reopen(s, NK_ARCHIVE_WRITE)) < 0 ||
        (rc = nk_archive_begin(&s->ctx, s->ar)) < 0)
        return rc;
    p.reg = NK_STR("keluar");
    p.year = 2026;
    p.number = NK_STR("1");
    if ((rc = nk_archive_case_put(&s->ctx, s->ar, &e, NK_STR("<case/>"))) ==
            NK_OK &&
        (rc = nk_archive_number_next(&s->ctx, s->ar, p.reg, p.year, &p.seq)) ==
            NK_OK &&
        (rc = nk_packer_open(&s->ctx, s->ar, 0, &packer)) == NK_OK) {
        if ((rc = nk_packer_pack(&s->ctx, &s->arena, packer, paper, &packed)) ==
            NK_OK)
            rc = nk_archive_paper_put(&s->ctx, s->ar, &packed, &p);
        nk_packer_close(packer);
    }
    if (rc == NK_OK && (rc = nk_archive_commit(&s->ctx, s->ar)) == NK_OK)
        *committed = true;
    *seq = p.seq;
    if (rc < 0)
        nk_archive_rollback(s->ar);
    store_shut(s);
    return rc;
}

/* Whatever was told, the archive is whole, and has all that was committed. */
static void check_after(nk_store *s, uint32_t acknowledged)
{
    nk_archive_stats st;
    nk_msg first = NK_M_NONE;
    uint32_t next;

    disk.left = -1;
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    if (store_verify(s, &first))
        fail_msg("%s", nk_msg_name(first).ptr);
    assert_ok(nk_archive_stat(&s->ctx, s->ar, &st));
    assert_true(st.papers >= acknowledged);
    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    assert_ok(
        nk_archive_number_next(&s->ctx, s->ar, NK_STR("keluar"), 2026, &next));
    assert_int_equal(next, st.papers + 1);
    nk_archive_rollback(s->ar);
}

static void refuse_each_write(nk_store *s, int error)
{
    nk_str paper = letter_of(s, 3);
    uint32_t acknowledged = 0, seq = 0;
    bool committed;
    int n, failed = 0;
    nk_err rc;

    for (n = 1; n < 1000; n++) {
        disk.left = n;
        disk.error = error;
        rc = work(s, paper, &seq, &committed);
        if (committed)
            acknowledged++;
        if (rc < 0) {
            assert_int_equal(nk_msg_exit(s->ctx.fault.msg), 26);
            failed++;
        } else if (disk.left > 0) {
            break; /* there was no Nth write */
        }
        check_after(s, acknowledged);
        store_shut(s);
    }
    assert_true(failed > 5 && n < 1000);
    print_message("# %d of %d writes refused made a failure\n", failed, n);
}

static void disk_full(void **state)
{
    refuse_each_write(*state, SQLITE_FULL);
}

static void disk_broken(void **state)
{
    refuse_each_write(*state, SQLITE_IOERR_WRITE);
}

/* Making an archive on it, too: made whole, or not there and can be made. */
static void making_on_a_full_disk(void **state)
{
    nk_store *s = *state;
    nk_err rc = NK_E_IO;
    nk_archive *ar;
    nk_str *names;
    size_t files;
    int n;

    for (n = 1; n < 500 && rc < 0; n++) {
        nk_str dir = store_path(s, case_name(s, (unsigned)n).ptr);

        disk.left = n;
        disk.error = SQLITE_FULL;
        rc = nk_archive_create(&s->ctx, dir, &s->unlock);
        if (rc < 0)
            assert_int_equal(nk_msg_exit(s->ctx.fault.msg), 26);
        if (disk.left > 0)
            rc = NK_OK;
        disk.left = -1;
        if (rc < 0) { /* nothing is left but the lock */
            assert_ok(nk_dir_list(&s->ctx, &s->arena, dir, &names, &files));
            assert_int_equal(files, 1);
        }
        if (nk_archive_create(&s->ctx, dir, &s->unlock) < 0)
            assert_msg(s, NK_M_ARCHIVE_EXISTS);
        assert_ok(
            nk_archive_open(&s->ctx, dir, &s->unlock, NK_ARCHIVE_WRITE, &ar));
        nk_archive_close(ar);
    }
    assert_true(n > 5 && n < 500);
}

/* ---- Folders that may not be written ----------------------------------- */

/* In a child: make the folder read-only for it. False: cannot be done. */
static bool make_read_only(const char *dir)
{
    if (geteuid() != 0)
        return chmod(dir, 0555) == 0;
    return unshare(CLONE_NEWNS) == 0 &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount(dir, dir, NULL, MS_BIND, NULL) == 0 &&
           mount(NULL, dir, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0;
}

enum { CANNOT = 77 };

/* What a reader and a writer meet; 0 when all is as it should be. */
static int use_read_only(nk_store *s, bool with_log)
{
    nk_str bytes, dir = nk_str_of(s->dir);
    nk_archive *ar;

    if (!make_read_only(s->dir))
        return CANNOT;
    if (nk_archive_open(&s->ctx, dir, &s->unlock, NK_ARCHIVE_WRITE, &ar) !=
            NK_E_IO ||
        s->ctx.fault.msg != NK_M_ARCHIVE_READ_ONLY ||
        nk_msg_exit(s->ctx.fault.msg) != 26)
        return 1;
    if (nk_archive_create(&s->ctx, store_path(s, "baru"), &s->unlock) == NK_OK)
        return 2;
    if (nk_msg_exit(s->ctx.fault.msg) != 26)
        return 3;
    if (nk_archive_open(&s->ctx, dir, &s->unlock, NK_ARCHIVE_READ, &ar) < 0) {
        int exit = nk_msg_exit(s->ctx.fault.msg);

        print_message("# reading ends with message %d\n",
                      (int)s->ctx.fault.msg);
        return with_log && exit == 26 ? 0 : 4;
    }
    if (nk_archive_paper_get(&s->ctx, &s->arena, ar, 2, NULL, &bytes) < 0 ||
        !nk_str_eq(bytes, letter_of(s, 1)))
        return 5;
    nk_archive_close(ar);
    return 0;
}

static int in_child(nk_store *s, bool with_log)
{
    pid_t pid = fork();
    int status = 0;

    assert_true(pid >= 0);
    if (pid == 0)
        _exit(use_read_only(s, with_log));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    chmod(s->dir, 0700);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void read_only_folder(void **state)
{
    nk_store *s = *state;
    int rc;

    fill_store(s, 1, 3);
    store_shut(s);
    rc = in_child(s, false);
    if (rc == CANNOT)
        skip();
    assert_int_equal(rc, 0);
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_int_equal(store_verify(s, NULL), 0);
}

/* An auditor who may not write the folder, at work while the office is. */
static int audit_meanwhile(nk_store *s, int ready, int go)
{
    nk_archive_check check;
    nk_problems problems;
    nk_archive *ar;
    nk_str bytes;
    char c = 0;
    nk_err rc;

    nk_problems_init(&problems, &s->arena);
    if (!make_read_only(s->dir))
        return CANNOT;
    if (nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock, NK_ARCHIVE_READ,
                        &ar) < 0 ||
        nk_archive_case_get(&s->ctx, &s->arena, ar, case_name(s, 1), 0,
                            &bytes) < 0)
        return 1;
    if (write(ready, &c, 1) != 1 || read(go, &c, 1) != 1)
        return 2;
    rc = nk_archive_verify(&s->ctx, ar, &problems, NULL, NULL, &check);
    if (problems.errors || problems.first)
        return 3; /* tampering cried */
    if (rc < 0 && s->ctx.fault.msg != NK_M_ARCHIVE_LOCKED)
        return 4;
    if (nk_archive_paper_get(&s->ctx, &s->arena, ar, 1, NULL, &bytes) < 0 &&
        s->ctx.fault.msg != NK_M_ARCHIVE_LOCKED)
        return 5;
    nk_archive_close(ar);
    return rc < 0 ? 0 : 6;
}

static void audited_while_writing(void **state)
{
    nk_store *s = *state;
    int there[2], back[2], status = 0;
    pid_t pid;
    char c = 0;

    if (geteuid() != 0)
        skip(); /* the folder would be read-only for the writer, too */
    fill_store(s, 1, 30);
    store_shut(s);
    assert_int_equal(pipe(there) + pipe(back), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(audit_meanwhile(s, there[1], back[0]));
    close(there[1]);
    close(back[0]);
    if (read(there[0], &c, 1) == 1) {
        assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
        fill_store(s, 40, 200);
        store_shut(s);
        assert_int_equal(write(back[1], &c, 1), 1);
    }
    close(there[0]);
    close(back[1]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CANNOT)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_ok(store_reopen(s, NK_ARCHIVE_READ));
    assert_int_equal(store_verify(s, NULL), 0);
}

/* ---- Killed at any moment ---------------------------------------------- */

/* Write letters, one or a few a commit; tell `fd` each that is committed. */
static void write_until_killed(nk_store *s, int64_t dict, unsigned round,
                               int fd)
{
    nk_packer *packer;
    unsigned i, k;

    if (nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock,
                        NK_ARCHIVE_WRITE, &s->ar) < 0 ||
        nk_packer_open(&s->ctx, s->ar, dict, &packer) < 0)
        _exit(1);
    for (i = 0; i < 100000; i++) {
        nk_paper p = paper_of(s, 1);
        nk_packed packed;

        if (nk_archive_begin(&s->ctx, s->ar) < 0)
            _exit(2);
        if (i % 4 == 3) {
            nk_case_entry e = case_entry(s, 1000 * round + i);

            if (nk_archive_case_put(&s->ctx, s->ar, &e, NK_STR("<case/>")) < 0)
                _exit(3);
        }
        for (k = 0; k <= i % 3; k++) {
            p.reg = NK_STR("keluar");
            p.year = 2026;
            p.number = NK_STR("0");
            if (nk_archive_number_next(&s->ctx, s->ar, p.reg, p.year, &p.seq) <
                    0 ||
                nk_packer_pack(&s->ctx, &s->arena, packer,
                               letter_of(s, p.seq % 50), &packed) < 0 ||
                nk_archive_paper_put(&s->ctx, s->ar, &packed, &p) < 0)
                _exit(4);
        }
        if (nk_archive_commit(&s->ctx, s->ar) < 0 ||
            write(fd, &p.seq, sizeof(p.seq)) != sizeof(p.seq))
            _exit(5);
        nk_arena_reset(&s->arena);
    }
    _exit(6);
}

static void wait_a_while(uint64_t *seed)
{
    struct timespec t = { 0, 1000000L + (long)nk_rnd_below(seed, 60000000) };

    nanosleep(&t, NULL);
}

/* The highest number that the child said was committed. */
static uint32_t kill_one(nk_store *s, int64_t dict, unsigned round,
                         uint64_t *seed)
{
    uint32_t seq, last = 0;
    int fds[2], status;
    pid_t pid;

    assert_int_equal(pipe(fds), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(fds[0]);
        write_until_killed(s, dict, round, fds[1]);
    }
    close(fds[1]);
    wait_a_while(seed);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    while (read(fds[0], &seq, sizeof(seq)) == sizeof(seq))
        last = seq;
    close(fds[0]);
    return last;
}

static unsigned kills(void)
{
    const char *n = getenv("NK_KILLS");

    return n ? (unsigned)atoi(n) : 30;
}

/* All papers up to `last` are there, and are what was put. */
static void check_papers(nk_store *s, uint32_t from, uint32_t *last)
{
    nk_archive_stats st;
    nk_str bytes;
    uint32_t id;

    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_ok(nk_archive_stat(&s->ctx, s->ar, &st));
    assert_true(st.papers >= *last);
    for (id = from; id <= st.papers; id++) {
        nk_paper p;

        assert_ok(
            nk_archive_paper_get(&s->ctx, &s->arena, s->ar, id, &p, &bytes));
        assert_int_equal(p.seq, id);
        assert_true(nk_str_eq(bytes, letter_of(s, id % 50)));
    }
    *last = (uint32_t)st.papers;
    store_shut(s);
}

static void killed_while_writing(void **state)
{
    nk_store *s = *state;
    unsigned round, rounds = kills();
    uint32_t last = 0, told, before;
    uint64_t seed = 20261123, acknowledged = 0;
    nk_arena kept;
    int64_t dict;

    assert_ok(nk_archive_begin(&s->ctx, s->ar));
    dict = add_dict(s);
    put_case(s, 1);
    assert_ok(nk_archive_commit(&s->ctx, s->ar));
    store_shut(s);
    kept = s->arena;
    for (round = 1; round <= rounds; round++) {
        nk_arena_init(&s->arena);
        before = last;
        told = kill_one(s, dict, round, &seed);
        if (told > last)
            last = told;
        acknowledged += told ? told - before : 0;
        check_papers(s, before + 1, &last);
        nk_arena_release(&s->arena);
    }
    s->arena = kept;
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_int_equal(store_verify(s, NULL), 0);
    print_message("# %u kills, %u papers, %u acknowledged, none lost\n", rounds,
                  (unsigned)last, (unsigned)acknowledged);
    assert_true(acknowledged > 0);
}

/* A log that a killed writer left, where nobody may write: said, not lost. */
static void read_only_with_a_log(void **state)
{
    nk_store *s = *state;
    uint64_t seed = 3;
    uint32_t last = 0;
    unsigned round;
    int64_t dict;
    int rc;

    fill_store(s, 1, 3);
    assert_ok(nk_archive_dict_find(&s->ctx, s->ar, NK_STR("surat"), &dict));
    store_shut(s);
    for (round = 1; round < 50 && last == 0; round++)
        last = kill_one(s, dict, round, &seed);
    assert_true(nk_file_exists(store_path(s, "naskah.db-wal")));
    rc = in_child(s, true);
    if (rc == CANNOT)
        skip();
    assert_int_equal(rc, 0);
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    assert_int_equal(store_verify(s, NULL), 0);
}

static void killed_while_making(void **state)
{
    nk_store *s = *state;
    unsigned round, rounds = kills(), whole = 0;
    uint64_t seed = 4;
    nk_archive *ar;

    for (round = 0; round < rounds; round++) {
        nk_str dir = store_path(s, case_name(s, round).ptr);
        struct timespec t = { 0, (long)nk_rnd_below(&seed, 40000000) };
        pid_t pid = fork();
        int status;

        assert_true(pid >= 0);
        if (pid == 0)
            _exit(nk_archive_create(&s->ctx, dir, &s->unlock) < 0);
        nanosleep(&t, NULL);
        kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        if (nk_archive_create(&s->ctx, dir, &s->unlock) < 0) {
            assert_msg(s, NK_M_ARCHIVE_EXISTS);
            whole++;
        }
        assert_ok(
            nk_archive_open(&s->ctx, dir, &s->unlock, NK_ARCHIVE_WRITE, &ar));
        nk_archive_close(ar);
    }
    print_message("# %u of %u were made whole before the kill\n", whole,
                  rounds);
}

/* The lock goes with the process that held it. */
static void a_dead_writer_holds_no_lock(void **state)
{
    nk_store *s = *state;
    int fds[2], status;
    nk_archive *ar;
    pid_t pid;
    char c;

    store_shut(s);
    assert_int_equal(pipe(fds), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (nk_archive_open(&s->ctx, nk_str_of(s->dir), &s->unlock,
                            NK_ARCHIVE_WRITE, &ar) < 0 ||
            write(fds[1], "x", 1) != 1)
            _exit(1);
        pause();
        _exit(2);
    }
    assert_int_equal(read(fds[0], &c, 1), 1);
    assert_int_equal(store_reopen(s, NK_ARCHIVE_WRITE), NK_E_CONFLICT);
    assert_msg(s, NK_M_ARCHIVE_LOCKED);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_ok(store_reopen(s, NK_ARCHIVE_WRITE));
    close(fds[0]);
    close(fds[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(disk_full, open_on_faulty_disk,
                                        close_faulty_disk),
        cmocka_unit_test_setup_teardown(disk_broken, open_on_faulty_disk,
                                        close_faulty_disk),
        cmocka_unit_test_setup_teardown(making_on_a_full_disk,
                                        open_on_faulty_disk, close_faulty_disk),
        STORE_TEST(read_only_folder),
        STORE_TEST(audited_while_writing),
        STORE_TEST(killed_while_writing),
        STORE_TEST(read_only_with_a_log),
        STORE_TEST(killed_while_making),
        STORE_TEST(a_dead_writer_holds_no_lock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
