/*
 * Timing: what a letter costs at each stage, beside the raw signature and
 * the raw compression of the same run.
 *
 * The program runs itself once a phase, so that each has its own memory
 * high-water mark; a phase writes "name value" lines, which are gathered
 * into one table and one JSON object. CPU time is the thread's, or where
 * threads work together the process's; single letters are given as medians.
 * Nothing here passes or fails: a limit is only printed beside its figure.
 */
#include "naskah.h"

#include "../support/invent.h"
#include "../support/temp.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define LETTER  NK_STR("surat-rujukan-kesehatan")
#define OFFICE  NK_STR("tanjungpinang")
#define PKI     "build/pki/"
#define WARM    20
#define LETTERS 400 /* whose median is given */
#define GETS    4000
#define COLD    21 /* processes */
#define MOST    10000

static nk_ctx ctx;

/* ---- Small things ------------------------------------------------------ */

/* A failure ends the phase, with the message of the library. */
static void must(nk_err rc)
{
    nk_arena a;
    nk_buf b;

    if (rc == NK_OK)
        return;
    nk_arena_init(&a);
    nk_buf_init(&b, &a);
    nk_fault_put(&ctx, &b);
    fprintf(stderr, "bench: %.*s\n", (int)b.len, b.ptr);
    exit(1);
}

static void need(int ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static double clock_ms(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu(void)
{
    return clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The value that the share `of` of all are below; sorts them. */
static double quantile(double *v, size_t n, double of)
{
    qsort(v, n, sizeof(*v), by_size);
    return v[(size_t)((double)(n - 1) * of)];
}

static double median(double *v, size_t n)
{
    return quantile(v, n, 0.5);
}

static void say(const char *name, double value)
{
    printf("%s %.6f\n", name, value);
}

static double peak_mb(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

static nk_str file(nk_arena *a, const char *path)
{
    nk_str bytes;

    must(nk_file_read(&ctx, a, nk_str_of(path), NK_MAX_FILE, &bytes));
    return bytes;
}

static nk_key *key_of(nk_arena *a, const char *path)
{
    nk_key *key;

    must(nk_key_open_p12(&ctx, file(a, path), nk_str_of(path),
                         file(a, PKI "password.txt"), &key));
    return key;
}

static const nk_press_paths paths = {
    .data = NK_STR_INIT("."),
    .fonts = NK_STR_INIT("/usr/share/fonts/truetype/liberation"),
    .hyphens = NK_STR_INIT("/usr/share/hyphen/hyph_id_ID.dic"),
};

static nk_order order_of(nk_str record, nk_str number)
{
    return (nk_order){ .template_name = LETTER,
                       .record = record,
                       .file = NK_STR("bench"),
                       .checked = true,
                       .signing = NK_SIGNING_ELECTRONIC,
                       .number = number };
}

/* ---- One letter at a time ---------------------------------------------- */

enum series {
    MAKE,
    SIGNED_RSA,
    SIGNED_P256,
    RAW_RSA,
    RAW_P256,
    RAW_DEFLATE,
    VERIFY,
    SERIES
};

static const char *const series_names[SERIES] = {
    "make", "rsa", "p256", "raw_rsa", "raw_p256", "raw_deflate", "verify",
};

struct papers {
    nk_arena a, letter; /* letter: emptied after each */
    nk_press *press;
    nk_key *rsa, *p256;
    nk_trust *trust;
    EVP_PKEY *raw_rsa, *raw_p256;
    nk_str form;
    nk_str signed_letter; /* one of them */
    nk_made made;
    double times[LETTERS];
    double deflated;
};

static EVP_PKEY *raw_key(const char *path)
{
    FILE *f = fopen(path, "r");
    EVP_PKEY *key = f ? PEM_read_PrivateKey(f, NULL, NULL, NULL) : NULL;

    need(key != NULL, "a key of build/pki cannot be read");
    fclose(f);
    return key;
}

static void raw_sign(EVP_PKEY *key)
{
    static const unsigned char text[] = "as many bytes as a digest holds";
    unsigned char sig[1024];
    size_t n = sizeof(sig);
    EVP_MD_CTX *md = EVP_MD_CTX_new();

    need(md && EVP_DigestSignInit(md, NULL, EVP_sha256(), NULL, key) == 1 &&
             EVP_DigestSign(md, sig, &n, text, sizeof(text)) == 1,
         "OpenSSL does not sign");
    EVP_MD_CTX_free(md);
}

static void raw_deflate(struct papers *p)
{
    uLongf n = compressBound((uLong)p->signed_letter.len);
    Bytef *out = nk_alloc(&p->letter, n);

    need(out && compress2(out, &n, (const Bytef *)p->signed_letter.ptr,
                          (uLong)p->signed_letter.len, 6) == Z_OK,
         "zlib does not compress");
    p->deflated = (double)n;
}

/* The order of the i-th letter; making it up is not timed. */
static nk_order ordered(struct papers *p, uint32_t i, char number[40])
{
    nk_str record = nk_invent_case(&p->letter, p->form, i);

    need(record.ptr != NULL, "memory is out");
    snprintf(number, 40, "400/%u/5.6.04/2026", i);
    return order_of(record, nk_str_of(number));
}

static void make(struct papers *p, const nk_order *order)
{
    nk_problems problems;

    nk_problems_init(&problems, &p->letter);
    must(nk_make(&ctx, &p->letter, p->press, order, &problems, &p->made));
}

static nk_str sign(struct papers *p, const nk_key *key)
{
    nk_str out;

    must(nk_make_signed(&ctx, &p->letter, NULL, key, p->made.pdf, NK_EMPTY,
                        false, &out));
    return out;
}

static void verify(struct papers *p)
{
    nk_verification v;

    must(nk_sign_verify(&ctx, &p->letter, p->signed_letter, p->trust, &v));
    need(v.verdict == NK_VERDICT_VALID, "a letter does not verify");
}

static void do_one(struct papers *p, enum series what, const nk_order *order)
{
    if (what <= SIGNED_P256)
        make(p, order);
    switch (what) {
    case SIGNED_RSA:
        sign(p, p->rsa);
        break;
    case SIGNED_P256:
        sign(p, p->p256);
        break;
    case RAW_RSA:
        raw_sign(p->raw_rsa);
        break;
    case RAW_P256:
        raw_sign(p->raw_p256);
        break;
    case RAW_DEFLATE:
        raw_deflate(p);
        break;
    case VERIFY:
        verify(p);
        break;
    case MAKE:
    case SERIES:
        break;
    }
}

/* One kind of work, over and over, so that its own code is warm. */
static void time_series(struct papers *p, enum series what)
{
    uint32_t i;

    for (i = 0; i < WARM + LETTERS; i++) {
        char number[40];
        nk_order order = ordered(p, i + 1, number);
        double from = cpu();

        do_one(p, what, &order);
        if (i >= WARM)
            p->times[i - WARM] = cpu() - from;
        nk_arena_reset(&p->letter);
    }
    say(series_names[what], median(p->times, LETTERS));
}

static void make_one(struct papers *p)
{
    char number[40];
    nk_order order = ordered(p, 1, number);

    make(p, &order);
    p->signed_letter = nk_str_copy(&p->a, sign(p, p->rsa));
    say("pages", p->made.pages);
    say("bytes", (double)p->signed_letter.len);
    nk_arena_reset(&p->letter);
}

static void phase_papers(void)
{
    struct papers *p = calloc(1, sizeof(*p));
    int s;

    need(p != NULL, "memory is out");
    nk_arena_init(&p->a);
    nk_arena_init(&p->letter);
    must(nk_press_open(&ctx, &paths, &p->press));
    p->rsa = key_of(&p->a, PKI "rsa2048.p12");
    p->p256 = key_of(&p->a, PKI "p256.p12");
    p->raw_rsa = raw_key(PKI "rsa2048.key");
    p->raw_p256 = raw_key(PKI "p256.key");
    must(nk_trust_open(&ctx, file(&p->a, PKI "ca.pem"), NK_STR("ca.pem"),
                       &p->trust));
    p->form = file(&p->a, "tests/bench/case.xml");
    make_one(p);
    for (s = 0; s < SERIES; s++)
        time_series(p, (enum series)s);
    say("deflated", p->deflated);
    say("rss", peak_mb());
}

/* ---- Many letters ------------------------------------------------------ */

static nk_archive *open_archive(nk_arena *a, const char *dir,
                                nk_archive_mode mode)
{
    nk_unlock unlock = { .key_file = { NULL, 0 } };
    nk_archive *ar;
    char path[NK_TEMP_SIZE + 20];

    snprintf(path, sizeof(path), "%s/key", dir);
    unlock.key_file = file(a, path);
    snprintf(path, sizeof(path), "%s/archive", dir);
    must(nk_archive_open(&ctx, nk_str_of(path), &unlock, mode, &ar));
    return ar;
}

/* An archive with n cases and a job for all of them. */
static void phase_fill(const char *dir, uint32_t n)
{
    nk_job job = { .template_id = LETTER, .office = OFFICE };
    nk_unlock unlock = { .key_file = { NULL, 0 } };
    nk_str form, *cases;
    nk_problems problems;
    char path[NK_TEMP_SIZE + 20];
    nk_arena a, one;
    nk_archive *ar;
    nk_press *press;
    uint32_t i;
    double from;

    nk_arena_init(&a);
    nk_arena_init(&one);
    must(nk_archive_new_key_file(&ctx, &a, &unlock.key_file));
    snprintf(path, sizeof(path), "%s/key", dir);
    must(nk_file_write(&ctx, nk_str_of(path), unlock.key_file, true));
    snprintf(path, sizeof(path), "%s/archive", dir);
    must(nk_archive_create(&ctx, nk_str_of(path), &unlock));
    ar = open_archive(&a, dir, NK_ARCHIVE_WRITE);
    must(nk_press_open(&ctx, &paths, &press));
    form = file(&a, "tests/bench/case.xml");
    cases = nk_alloc_array(&a, n, sizeof(*cases));
    need(cases != NULL, "memory is out");
    from = cpu();
    for (i = 0; i < n; i++) {
        nk_str number;

        nk_problems_init(&problems, &one);
        if (i % 100 == 0)
            must(nk_archive_begin(&ctx, ar));
        must(nk_case_store(&ctx, &one, press, ar,
                           nk_invent_case(&one, form, i + 1), NK_STR("case"),
                           false, &problems, &number));
        cases[i] = nk_str_copy(&a, number);
        if (i % 100 == 99 || i + 1 == n)
            must(nk_archive_commit(&ctx, ar));
        nk_arena_reset(&one);
    }
    say("case", (cpu() - from) / n);
    must(nk_archive_begin(&ctx, ar));
    must(nk_archive_job_add(&ctx, ar, &job, cases, n));
    must(nk_archive_commit(&ctx, ar));
    nk_archive_close(ar);
    ar = open_archive(&a, dir, NK_ARCHIVE_READ);
    {
        nk_archive_stats stats;

        must(nk_archive_stat(&ctx, ar, &stats));
        say("size_before", (double)stats.file_bytes);
    }
    nk_archive_close(ar);
}

struct progress {
    double last, groups[MOST / NK_BATCH_ROWS + 1];
    size_t n;
};

static bool on_group(void *data, uint32_t done, uint32_t failed, uint32_t all)
{
    struct progress *p = data;
    double now = cpu();

    (void)all;
    need(failed == 0, "a row of the batch failed");
    p->groups[p->n++] = (now - p->last) / NK_BATCH_ROWS;
    p->last = now;
    (void)done;
    return true;
}

static void phase_batch(const char *dir, const char *key, unsigned threads)
{
    struct progress progress = { .n = 0 };
    nk_batch b = { .job = 1,
                   .threads = threads,
                   .paths = paths,
                   .progress = on_group,
                   .data = &progress };
    nk_archive_stats stats;
    nk_problems problems;
    nk_archive *ar;
    nk_job job;
    nk_arena a;
    double wall;

    nk_arena_init(&a);
    ar = open_archive(&a, dir, NK_ARCHIVE_WRITE);
    b.key = key_of(&a, key);
    progress.last = cpu();
    wall = clock_ms(CLOCK_MONOTONIC);
    nk_problems_init(&problems, &a);
    must(nk_batch_run(&ctx, ar, &b, &problems));
    wall = clock_ms(CLOCK_MONOTONIC) - wall;
    must(nk_archive_job_get(&ctx, &a, ar, 1, &job));
    need(job.done == job.rows, "the batch is not whole");
    say("archived", median(progress.groups, progress.n));
    say("all_cpu", cpu() / job.rows);
    say("per_second", job.rows / wall * 1000);
    say("rss", peak_mb());
    nk_archive_close(ar);
    ar = open_archive(&a, dir, NK_ARCHIVE_READ);
    must(nk_archive_stat(&ctx, ar, &stats));
    say("size_after", (double)stats.file_bytes);
    say("sealed", (double)stats.sealed_bytes / job.rows);
    nk_archive_close(ar);
}

/* Papers read back in a scattered order, hash checked. */
static void phase_get(const char *dir, uint32_t n)
{
    static double times[GETS];
    nk_archive *ar;
    nk_arena a, one;
    uint32_t i, id = 1;
    nk_str pdf;

    nk_arena_init(&a);
    nk_arena_init(&one);
    ar = open_archive(&a, dir, NK_ARCHIVE_READ);
    for (i = 0; i < WARM + GETS; i++) {
        double from;

        id = (id + 6151) % n;
        from = cpu();
        must(nk_archive_paper_get(&ctx, &one, ar, (int64_t)id + 1, NULL, &pdf));
        if (i >= WARM)
            times[i - WARM] = cpu() - from;
        nk_arena_reset(&one);
    }
    say("get", median(times, GETS));
    say("get_p99", quantile(times, GETS, 0.99));
    nk_archive_close(ar);
}

static void phase_whole(const char *dir)
{
    nk_archive_check check;
    nk_problems problems;
    nk_archive *ar;
    nk_arena a;
    double from;

    nk_arena_init(&a);
    nk_problems_init(&problems, &a);
    ar = open_archive(&a, dir, NK_ARCHIVE_READ);
    from = cpu();
    must(nk_archive_verify(&ctx, ar, &problems, NULL, NULL, &check));
    need(check.damaged == 0, "the archive is damaged");
    say("whole", (cpu() - from) / (double)(check.papers + check.versions));
    nk_archive_close(ar);
}

/* ---- Running phases, and the report ------------------------------------ */

#define MOST_VALUES 200

static struct value {
    char name[64];
    double v;
} values[MOST_VALUES];
static size_t values_n;

static double value(const char *name)
{
    size_t i;

    for (i = 0; i < values_n; i++)
        if (strcmp(values[i].name, name) == 0)
            return values[i].v;
    return 0;
}

static void keep(const char *prefix, const char *name, double v)
{
    struct value *to = &values[values_n];

    need(values_n < MOST_VALUES, "too many values");
    snprintf(to->name, sizeof(to->name), "%s%s", prefix, name);
    to->v = v;
    values_n++;
}

/* Run this program with the arguments; its values go under `prefix`. */
static void run(const char *self, const char *prefix, const char *phase,
                const char *dir, const char *arg, const char *arg2)
{
    char line[200], name[64];
    int fd[2], status;
    double v;
    pid_t pid;
    FILE *f;

    need(pipe(fd) == 0 && (pid = fork()) >= 0, "no process can be started");
    if (pid == 0) {
        dup2(fd[1], 1);
        close(fd[0]);
        execl(self, self, phase, dir, arg, arg2, (char *)NULL);
        _exit(127);
    }
    close(fd[1]);
    f = fdopen(fd[0], "r");
    need(f != NULL, "a pipe cannot be read");
    while (fgets(line, sizeof(line), f))
        if (sscanf(line, "%63s %lf", name, &v) == 2)
            keep(prefix, name, v);
    fclose(f);
    need(waitpid(pid, &status, 0) == pid && status == 0, phase);
}

/* Median CPU time of a whole process that fills one letter. */
static void cold(const char *program, const char *dir)
{
    static double times[COLD];
    char record[NK_TEMP_SIZE + 20], out[NK_TEMP_SIZE + 20];
    int i, status;
    nk_arena a;

    nk_arena_init(&a);
    snprintf(record, sizeof(record), "%s/case.xml", dir);
    snprintf(out, sizeof(out), "%s/cold.pdf", dir);
    must(nk_file_write(&ctx, nk_str_of(record),
                       nk_invent_case(&a, file(&a, "tests/bench/case.xml"), 1),
                       false));
    for (i = 0; i < COLD; i++) {
        struct rusage before, after;
        pid_t pid;

        getrusage(RUSAGE_CHILDREN, &before);
        need((pid = fork()) >= 0, "no process can be started");
        if (pid == 0) {
            execl(program, program, "-q", "doc", "fill",
                  "surat-rujukan-kesehatan", "--case", record, "-o", out,
                  (char *)NULL);
            _exit(127);
        }
        need(waitpid(pid, &status, 0) == pid && status == 0, "doc fill");
        getrusage(RUSAGE_CHILDREN, &after);
        times[i] = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec +
                            after.ru_stime.tv_sec - before.ru_stime.tv_sec) *
                       1e3 +
                   (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec +
                            after.ru_stime.tv_usec - before.ru_stime.tv_usec) /
                       1e3;
    }
    keep("cold.", "fill", median(times, COLD));
    nk_arena_release(&a);
}

/* A line of the table; limit 0: none. */
static void row(const char *what, double v, const char *unit, double limit)
{
    printf("%-46s %10.3f %-8s", what, v, unit);
    if (limit > 0)
        printf(" limit %9.3f  ratio %5.2f", limit, v / limit);
    printf("\n");
}

static double grown(const char *batch, const char *fill, double n)
{
    char after[80], before[80];

    snprintf(after, sizeof(after), "%s.size_after", batch);
    snprintf(before, sizeof(before), "%s.size_before", fill);
    return (value(after) - value(before)) / n;
}

static void table(void)
{
    double rsa = value("one.raw_rsa"), p256 = value("one.raw_p256");

    printf("One letter of %.0f page(s), CPU time, median of %d\n",
           value("one.pages"), LETTERS);
    row("  record to PDF", value("one.make"), "ms", 0.40);
    row("  ... and signed, RSA-2048", value("one.rsa"), "ms", rsa + 0.5);
    row("  ... and signed, P-256", value("one.p256"), "ms", p256 + 0.5);
    row("  raw RSA-2048 signature, OpenSSL", rsa, "ms", 0);
    row("  raw P-256 signature, OpenSSL", p256, "ms", 0);
    row("  raw deflate -6 of the signed letter", value("one.raw_deflate"), "ms",
        0);
    row("  verify a signed letter", value("one.verify"), "ms", 0);
    row("  signed letter", value("one.bytes"), "bytes", 0);
    row("  signed letter, raw deflate -6", value("one.deflated"), "bytes", 0);
    row("  peak memory", value("one.rss"), "MB", 0);
    printf("Signed and archived, RSA-2048, CPU time per letter\n");
    row("  1,000 letters, 1 thread", value("b1k1.archived"), "ms", rsa + 0.9);
    row("  1,000 letters, 2 threads", value("b1k2.archived"), "ms", rsa + 0.9);
    row("  10,000 letters, 1 thread", value("b10k1.archived"), "ms", rsa + 0.9);
    row("  10,000 letters, 2 threads", value("b10k2.archived"), "ms",
        rsa + 0.9);
    row("  10,000 letters, 1 thread, P-256", value("b10kp.archived"), "ms",
        p256 + 0.9);
    printf("Letters a second, signed and archived, elapsed time\n");
    row("  10,000 letters, 1 thread, RSA-2048", value("b10k1.per_second"), "/s",
        0);
    row("  10,000 letters, 2 threads, RSA-2048", value("b10k2.per_second"),
        "/s", 0);
    row("  10,000 letters, 1 thread, P-256", value("b10kp.per_second"), "/s",
        0);
    printf("Peak memory of a batch\n");
    row("  1,000 letters, 1 thread", value("b1k1.rss"), "MB", 0);
    row("  10,000 letters, 1 thread", value("b10k1.rss"), "MB", 64);
    row("  10,000 letters, 2 threads", value("b10k2.rss"), "MB", 64);
    printf("Archive\n");
    row("  bytes a letter, over 1,000", grown("b1k1", "f1k1", 1000), "bytes",
        0);
    row("  bytes a letter, over 5,000", grown("b5k", "f5k", 5000), "bytes",
        1600);
    row("  bytes a letter, over 10,000", grown("b10k1", "f10k1", MOST), "bytes",
        0);
    row("  sealed bytes a letter", value("b10k1.sealed"), "bytes", 0);
    row("  get, hash checked, warm, median", value("g10k.get"), "ms", 0);
    row("  get, 99th of 100", value("g10k.get_p99"), "ms", 0);
    row("  verify the archive, per entry", value("w10k.whole"), "ms", 0);
    row("  store a case record", value("f10k1.case"), "ms", 0);
    printf("Whole process\n");
    row("  naskah doc fill, cold, CPU time", value("cold.fill"), "ms", 20);
}

static void json(FILE *f)
{
    size_t i;

    fprintf(f, "{\"v\":1,\"unit\":{\"time\":\"ms\",\"size\":\"bytes\","
               "\"rss\":\"MB\"},\"values\":{");
    for (i = 0; i < values_n; i++)
        fprintf(f, "%s\"%s\":%.6f", i ? "," : "", values[i].name, values[i].v);
    fprintf(f, "}}\n");
}

static const struct plan {
    const char *name, *letters, *threads, *key;
} plans[] = {
    { "1k1", "1000", "1", PKI "rsa2048.p12" },
    { "1k2", "1000", "2", PKI "rsa2048.p12" },
    { "5k", "5000", "2", PKI "rsa2048.p12" },
    { "10kp", "10000", "1", PKI "p256.p12" },
    { "10k2", "10000", "2", PKI "rsa2048.p12" },
    { "10k1", "10000", "1", PKI "rsa2048.p12" }, /* last: get and verify */
};

static void run_all(const char *self, const char *program)
{
    char dir[NK_TEMP_SIZE], prefix[32], work[NK_TEMP_SIZE + 40];
    size_t i;
    FILE *f;

    need(nk_temp_open(dir) == 0, "no temporary folder can be made");
    run(self, "one.", "papers", "", "", "");
    cold(program, dir);
    for (i = 0; i < sizeof(plans) / sizeof(plans[0]); i++) {
        const struct plan *p = &plans[i];

        snprintf(work, sizeof(work), "%s/%s", dir, p->name);
        must(nk_dir_make(&ctx, nk_str_of(work), false));
        snprintf(prefix, sizeof(prefix), "f%s.", p->name);
        run(self, prefix, "fill", work, p->letters, "");
        prefix[0] = 'b';
        run(self, prefix, "batch", work, p->key, p->threads);
        if (i + 1 == sizeof(plans) / sizeof(plans[0])) {
            run(self, "g10k.", "get", work, p->letters, "");
            run(self, "w10k.", "whole", work, "", "");
        }
        nk_temp_remove(work);
    }
    nk_temp_remove(dir);
    table();
    json(stdout);
    if ((f = fopen("build/bench.json", "w")) != NULL) {
        json(f);
        fclose(f);
    }
}

int main(int argc, char **argv)
{
    nk_ctx_init(&ctx);
    ctx.now = INT64_C(1795392000000); /* 2026-11-23 */
    must(nk_crypto_init(&ctx));
    if (argc < 5) {
        char program[NK_TEMP_SIZE];

        snprintf(program, sizeof(program), "%s", argc > 1 ? argv[1] : "naskah");
        run_all(argv[0], program);
    } else if (strcmp(argv[1], "papers") == 0) {
        phase_papers();
    } else if (strcmp(argv[1], "fill") == 0) {
        phase_fill(argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
    } else if (strcmp(argv[1], "batch") == 0) {
        phase_batch(argv[2], argv[3], (unsigned)strtoul(argv[4], NULL, 10));
    } else if (strcmp(argv[1], "get") == 0) {
        phase_get(argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
    } else {
        phase_whole(argv[2]);
    }
    return 0;
}
