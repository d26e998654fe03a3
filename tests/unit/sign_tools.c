/*
 * What other programs think of our signatures: qpdf, pdfsig with an NSS
 * database, mutool, and openssl cms. Each part is skipped where its program
 * is not installed.
 */
#include "../support/signing.h"

static const char *const keys[] = { "rsa2048", "rsa3072", "rsa4096", "p256",
                                    "p384" };

static void need(const char *program)
{
    char command[128];

    snprintf(command, sizeof(command), "command -v %s >/dev/null 2>&1",
             program);
    if (system(command) != 0)
        skip();
}

/* Run a command in `dir` and return what it says. */
static nk_str run(nk_desk *d, const char *dir, const char *command, int *status)
{
    char line[2 * NK_TEMP_SIZE];

    snprintf(line, sizeof(line), "cd '%s' && { %s; } >out.txt 2>&1", dir,
             command);
    *status = system(line);
    snprintf(line, sizeof(line), "%s/out.txt", dir);
    return nk_test_file(d, line);
}

static void expect(nk_desk *d, const char *dir, const char *command,
                   const char *want)
{
    int status;
    nk_str out = run(d, dir, command, &status);

    if (status != 0 || nk_str_search(out, nk_str_of(want)) == out.len)
        if (want[0] || status != 0)
            fail_msg("%s: status %d\n%.*s", command, status, (int)out.len,
                     out.ptr);
}

static size_t count(nk_str s, const char *what)
{
    size_t n = 0, at;

    for (; (at = nk_str_search(s, nk_str_of(what))) < s.len; n++)
        s = nk_str_skip(s, at + 1);
    return n;
}

/* One paper, in a new folder under the name s.pdf. */
static void open_folder(nk_desk *d, char dir[NK_TEMP_SIZE], nk_str pdf)
{
    assert_int_equal(nk_temp_open(dir), 0);
    nk_test_write(d, dir, "s.pdf", pdf);
    nk_test_write(d, dir, "ca.pem", nk_test_pki(d, "ca.pem"));
}

/* Sheets of many shapes, with one to three signatures. */
static nk_str paper(nk_desk *d, unsigned i)
{
    nk_sheet sheet = { .pages = 1 + i % 2,
                       .fields = 1 + i % 3,
                       .ballast = 5000,
                       .annots = (nk_sheet_list)(i % 3),
                       .form = (nk_sheet_list)(i / 3 % 3),
                       .no_newline = i % 2 };
    nk_str pdf = nk_test_sheet(d, &sheet);
    unsigned k;

    for (k = 0; k < sheet.fields; k++)
        pdf = nk_test_sign(d, keys[(i + k) % NK_COUNT(keys)], pdf);
    return pdf;
}

static void qpdf_finds_no_fault(void **state)
{
    nk_desk *d = *state;
    char dir[NK_TEMP_SIZE];
    unsigned i;

    need("qpdf");
    for (i = 0; i < 9; i++) {
        open_folder(d, dir, paper(d, i));
        expect(d, dir, "qpdf --check s.pdf", "No syntax or stream encoding");
        nk_temp_remove(dir);
    }
}

/* One signer a file twice would meet a fault of pdfsig (stale NSS errors). */
static void pdfsig_trusts_every_signature(void **state)
{
    nk_desk *d = *state;
    char dir[NK_TEMP_SIZE];
    unsigned i, n;
    int status;
    nk_str out;

    need("pdfsig");
    need("certutil");
    for (i = 0; i < NK_COUNT(keys); i++) {
        open_folder(d, dir, paper(d, i));
        n = 1 + i % 3;
        expect(d, dir,
               "mkdir nss && certutil -N -d sql:nss --empty-password && "
               "certutil -A -d sql:nss -n ca -t CT,C,C -i ca.pem",
               "");
        out = run(d, dir, "pdfsig -no-ocsp -nssdir sql:nss s.pdf", &status);
        nk_temp_remove(dir);
        if (count(out, "Signature is Valid.") != n ||
            count(out, "Certificate is Trusted.") != n ||
            count(out, "ETSI.CAdES.detached") != n ||
            count(out, "  - Total document signed") != 1)
            fail_msg("paper %u:\n%.*s", i, (int)out.len, out.ptr);
    }
}

static void mutool_sees_no_edit(void **state)
{
    nk_desk *d = *state;
    char dir[NK_TEMP_SIZE];
    unsigned i;

    need("mutool");
    for (i = 0; i < NK_COUNT(keys); i++) {
        open_folder(d, dir, paper(d, 3 * i));
        expect(d, dir, "mutool sign -v s.pdf",
               "The document is unchanged since signing.");
        nk_temp_remove(dir);
    }
}

/* The container alone, against the root only: the chain is embedded. */
static void openssl_verifies_the_container(void **state)
{
    nk_desk *d = *state;
    char dir[NK_TEMP_SIZE];
    size_t i, k, from, to;

    need("openssl");
    for (i = 0; i < NK_COUNT(keys); i++) {
        nk_str pdf = nk_test_signed(d, keys[i], 1);
        nk_buf der;

        nk_test_gap(pdf, &from, &to);
        nk_buf_init(&der, &d->arena);
        for (k = from + 1; k < to - 1; k += 2) {
            char pair[3] = { pdf.ptr[k], pdf.ptr[k + 1], '\0' };

            nk_buf_putc(&der, (char)strtol(pair, NULL, 16));
        }
        open_folder(d, dir, pdf);
        nk_test_write(d, dir, "sig.der", nk_buf_str(&der));
        nk_test_write(d, dir, "bytes",
                      nk_test_splice(d, pdf, from, to - from, NK_EMPTY));
        expect(d, dir,
               "openssl cms -verify -cades -binary -inform DER -in sig.der "
               "-content bytes -CAfile ca.pem -purpose any -out signed && "
               "cmp signed bytes",
               "CAdES Verification successful");
        nk_temp_remove(dir);
    }
}

static void pdfinfo_reads_the_structure(void **state)
{
    nk_desk *d = *state;
    char dir[NK_TEMP_SIZE];
    int status;
    nk_str out;

    need("pdfinfo");
    open_folder(d, dir, paper(d, 4));
    out = run(d, dir, "pdfinfo -struct s.pdf", &status);
    nk_temp_remove(dir);
    assert_int_equal(status, 0);
    assert_int_equal(count(out, "Form"), 2);
    assert_int_equal(count(out, "Object "), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(qpdf_finds_no_fault),
        NK_DESK_TEST(pdfsig_trusts_every_signature),
        NK_DESK_TEST(mutool_sees_no_edit),
        NK_DESK_TEST(openssl_verifies_the_container),
        NK_DESK_TEST(pdfinfo_reads_the_structure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
