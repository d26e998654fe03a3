/*
 * What the tests of room sign share: keys and trust from build/pki, signed
 * sheets, and the openssl command as a second signer. In a header, since
 * programs that do not link the room must not need it.
 */
#ifndef NK_TESTS_SIGNING_H
#define NK_TESTS_SIGNING_H

#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "paper.h"
#include "temp.h"

#include "sign/sign.h"

#define NK_PKI   "build/pki/"
#define NK_CLOCK INT64_C(1795398300000) /* 2026-11-23T01:45:00Z */

/* Show what failed before the assertion does. */
#define assert_ok(desk, call)                                                  \
    do {                                                                       \
        nk_err rc_ = (call);                                                   \
        if (rc_ != NK_OK)                                                      \
            nk_show_fault(desk);                                               \
        assert_int_equal(rc_, NK_OK);                                          \
    } while (0)

#define assert_fault(desk, call, code, message)                                \
    do {                                                                       \
        assert_int_equal((call), (code));                                      \
        assert_str(nk_msg_name((desk)->ctx.fault.msg), message);               \
    } while (0)

static inline void nk_show_fault(nk_desk *d)
{
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_fault_put(&d->ctx, &b);
    print_error("%.*s\n", (int)b.len, b.len ? b.ptr : "");
}

static inline nk_str nk_test_file(nk_desk *d, const char *path)
{
    nk_str s = NK_EMPTY;

    assert_ok(
        d, nk_file_read(&d->ctx, &d->arena, nk_str_of(path), NK_MAX_FILE, &s));
    return s;
}

static inline nk_str nk_test_pki(nk_desk *d, const char *name)
{
    char path[NK_TEMP_SIZE];

    snprintf(path, sizeof(path), NK_PKI "%s", name);
    return nk_test_file(d, path);
}

static inline nk_err nk_test_key_open(nk_desk *d, const char *name,
                                      const char *password, nk_key **key)
{
    char file[64];

    snprintf(file, sizeof(file), "%s.p12", name);
    return nk_key_open_p12(&d->ctx, nk_test_pki(d, file), nk_str_of(file),
                           nk_str_of(password), key);
}

static inline nk_key *nk_test_key(nk_desk *d, const char *name)
{
    nk_key *key = NULL;

    d->ctx.now = NK_CLOCK;
    assert_ok(d, nk_test_key_open(d, name, "rahasia-uji", &key));
    return key;
}

static inline nk_trust *nk_test_trust(nk_desk *d, const char *name)
{
    nk_trust *trust = NULL;

    assert_ok(d, nk_trust_open(&d->ctx, nk_test_pki(d, name), nk_str_of(name),
                               &trust));
    return trust;
}

static inline nk_str nk_test_sheet(nk_desk *d, const nk_sheet *sheet)
{
    nk_str pdf = NK_EMPTY;
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_sheet_put(&b, sheet);
    assert_ok(d, nk_buf_end(&d->ctx, &b, &pdf));
    return pdf;
}

#define NK_TEST_LOOK "0.2 g\n0 0 50.5 72 re f\n1 g\n4 4 10 10 re f\n"

static inline nk_str nk_test_sign_as(nk_desk *d, const char *key_name,
                                     nk_str pdf, const nk_sign_request *request)
{
    nk_key *key = nk_test_key(d, key_name);
    nk_str out = NK_EMPTY;
    nk_err rc = nk_sign_pdf(&d->ctx, &d->arena, key, pdf, request, &out);

    nk_key_close(key);
    assert_ok(d, rc);
    return out;
}

static inline nk_err nk_test_draw(nk_ctx *ctx, nk_arena *a, void *data,
                                  int32_t width, int32_t height,
                                  const uint8_t paper[32], nk_str *out)
{
    (void)ctx, (void)a, (void)data, (void)width, (void)height, (void)paper;
    *out = NK_STR(NK_TEST_LOOK);
    return NK_OK;
}

static inline nk_str nk_test_sign(nk_desk *d, const char *key_name, nk_str pdf)
{
    const nk_sign_request request = { .draw = nk_test_draw,
                                      .reason = NK_STR("Menyetujui"),
                                      .location = NK_STR("Labuan Bajo") };

    return nk_test_sign_as(d, key_name, pdf, &request);
}

/* A small sheet with `fields` places, the first of them signed. */
static inline nk_str nk_test_signed(nk_desk *d, const char *key_name,
                                    unsigned fields)
{
    const nk_sheet sheet = { .fields = fields };

    return nk_test_sign(d, key_name, nk_test_sheet(d, &sheet));
}

/* Verify against the demo CA at ctx->now. */
static inline nk_verification nk_test_verify(nk_desk *d, nk_str pdf)
{
    nk_trust *trust = nk_test_trust(d, "ca.pem");
    nk_verification v;
    nk_err rc = nk_sign_verify(&d->ctx, &d->arena, pdf, trust, &v);

    nk_trust_close(trust);
    assert_ok(d, rc);
    return v;
}

static inline size_t nk_test_rfind(nk_str s, const char *what)
{
    size_t n = strlen(what), i;

    for (i = s.len - n + 1; i-- > 0;)
        if (memcmp(s.ptr + i, what, n) == 0)
            return i;
    fail_msg("no %s", what);
    return 0;
}

/* A copy of pdf with `len` bytes at `at` replaced. */
static inline nk_str nk_test_splice(nk_desk *d, nk_str pdf, size_t at,
                                    size_t len, nk_str with)
{
    nk_str out = NK_EMPTY;
    nk_buf b;

    assert_true(at + len <= pdf.len);
    nk_buf_init(&b, &d->arena);
    nk_buf_puts(&b, nk_str_head(pdf, at));
    nk_buf_puts(&b, with);
    nk_buf_puts(&b, nk_str_skip(pdf, at + len));
    assert_ok(d, nk_buf_end(&d->ctx, &b, &out));
    return out;
}

/* The last `what` of pdf becomes `with`, which must be as long. */
static inline nk_str nk_test_swap(nk_desk *d, nk_str pdf, const char *what,
                                  const char *with)
{
    assert_int_equal(strlen(what), strlen(with));
    return nk_test_splice(d, pdf, nk_test_rfind(pdf, what), strlen(what),
                          nk_str_of(with));
}

/* Write bytes to DIR/NAME. */
static inline void nk_test_write(nk_desk *d, const char *dir, const char *name,
                                 nk_str bytes)
{
    nk_str path = nk_path_join(&d->arena, nk_str_of(dir), nk_str_of(name));

    assert_ok(d, nk_file_write(&d->ctx, path, bytes, false));
}

/* Where the last /Contents of a file has its "<" and ends after its ">". */
static inline void nk_test_gap(nk_str pdf, size_t *from, size_t *to)
{
    *from = nk_test_rfind(pdf, "/Contents<") + 9;
    *to = *from + nk_str_find(nk_str_skip(pdf, *from), '>') + 1;
}

/*
 * Sign what the last /Contents leaves out with the openssl command instead:
 * other algorithms, certificates or encodings than naskah would use.
 */
static inline nk_str nk_test_forge(nk_desk *d, nk_str pdf, const char *options)
{
    char dir[NK_TEMP_SIZE], command[5 * NK_TEMP_SIZE];
    size_t from, to;
    nk_str der;
    nk_buf hex;

    nk_test_gap(pdf, &from, &to);
    assert_int_equal(nk_temp_open(dir), 0);
    nk_test_write(d, dir, "bytes",
                  nk_test_splice(d, pdf, from, to - from, NK_EMPTY));
    snprintf(command, sizeof(command),
             "openssl cms -sign -binary -nosmimecap -outform DER "
             "-in '%s/bytes' %s -out '%s/der' 2>'%s/log' || cat '%s/log' >&2",
             dir, options, dir, dir, dir);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof(command), "%s/der", dir);
    der = nk_test_file(d, command);
    nk_temp_remove(dir);
    assert_true(2 * der.len <= to - from - 2);
    nk_buf_init(&hex, &d->arena);
    nk_buf_hex(&hex, der.ptr, der.len);
    nk_buf_fill(&hex, '0', to - from - 2 - hex.len);
    return nk_test_splice(d, pdf, from + 1, hex.len, nk_buf_str(&hex));
}

#endif
