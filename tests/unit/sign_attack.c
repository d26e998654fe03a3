/*
 * Forgeries inside a signed paper. Each begins with a good one, of which the
 * verifier says VALID first, and must not be VALID after: bytes changed,
 * hidden, cut off or added, signatures damaged so as to look absent, ranges
 * that cover less than they seem to. Where the reason matters it is compared.
 */
#include "../support/forging.h"

static nk_str with_range(nk_desk *d, nk_str pdf, const char *text)
{
    nk_test_range r = nk_test_range_of(pdf);
    char padded[64];

    assert_true(strlen(text) <= r.len);
    snprintf(padded, sizeof(padded), "%-*s", (int)r.len, text);
    return nk_test_splice(d, pdf, r.at, r.len, nk_str_of(padded));
}

static void refuses_ranges_that_cover_less(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    nk_test_range r = nk_test_range_of(pdf);
    size_t i;
    const struct {
        size_t n[4];
    } rows[] = {
        { { 0, 0, 0, 0 } },
        { { 1, r.from - 1, r.to, r.rest } },
        { { 0, r.from - 1, r.to, r.rest } },
        { { 0, r.from + 1, r.to, r.rest } },
        { { 0, r.from, r.to - 1, r.rest + 1 } },
        { { 0, r.from, r.to + 1, r.rest - 1 } },
        { { 0, r.from - 20, r.to + 20, r.rest - 20 } },
        { { 0, r.from, r.to, r.rest - 1 } },
        { { 0, r.from, r.to, r.rest + 1 } },
        { { 0, r.from, r.to, 0 } },
        { { 0, r.from, r.from, pdf.len - r.from } },
        { { 0, r.to, r.to, r.rest } },
        { { 0, 0, r.to, r.rest } },
        { { r.to, r.rest, 0, r.from } },
        { { 0, r.from, pdf.len, 0 } },
        { { 0, r.from, 9999999999, 1 } },
        { { 0, r.from, r.to, 4294967296 } },
    };

    for (i = 0; i < NK_COUNT(rows); i++) {
        char text[64];

        snprintf(text, sizeof(text), "%zu %zu %zu %zu", rows[i].n[0],
                 rows[i].n[1], rows[i].n[2], rows[i].n[3]);
        nk_test_refused(d, with_range(d, pdf, text), text, "SIGN_RANGE");
    }
}

/* A signature that is damaged is no missing signature. */
static void calls_damage_by_its_name(void **state)
{
    static const struct {
        const char *what, *with, *message;
    } rows[] = {
        { "/ByteRange[", "/ByteRangX[", "SIGN_DAMAGED" },
        { "/Contents<", "/Contentz<", "SIGN_DAMAGED" },
        { "/SubFilter/ETSI.CAdES", "/SubFiltre/ETSI.CAdES", "SIGN_DAMAGED" },
        { "/SubFilter/ETSI", "/SubFilter/ITSE", "SIGN_DAMAGED" },
        { "/V 23 0 R", "/W 23 0 R", "SIGN_PAPER_CHANGED" },
        { "/V 23 0 R", "/V null  ", "SIGN_PAPER_CHANGED" },
        { "/V 23 0 R", "/V 22 0 R", "SIGN_DAMAGED" },
        { "/V 23 0 R", "/V 99 0 R", "SIGN_PDF_DAMAGED" },
        { "/V 23 0 R", "/V<</A 1>>", NULL },
        { "/V 23 0 R", "/V(23 0)R", NULL },
        { "/FT/Sig/F 132/T(kepala)", "/FT/Six/F 132/T(kepala)",
          "SIGN_PAPER_CHANGED" },
        { "/AcroForm<<", "/AcroFork<<", "SIGN_PAPER_CHANGED" },
        { "/Fields[ 19 0 R 20", "/Fieldz[ 19 0 R 20", "SIGN_PDF_DAMAGED" },
        { "/Type/Sig/Filter", "/Type/Six/Filter", "SIGN_DIGEST" },
    };
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        size_t at = nk_test_rfind(pdf, rows[i].what);

        nk_test_refused(d,
                        nk_test_splice(d, pdf, at, strlen(rows[i].what),
                                       nk_str_of(rows[i].with)),
                        rows[i].with, rows[i].message);
    }
    for (i = 0; i < 4; i++) {
        static const char *const ranges[] = { "", "0 1 2", "null",
                                              "0 1 2 3 4" };

        nk_test_refused(d, with_range(d, pdf, ranges[i]), ranges[i],
                        "SIGN_DAMAGED");
    }
    nk_test_refused(d, with_range(d, pdf, "0 -1 2 3"), "negative",
                    "SIGN_DAMAGED");
    nk_test_refused(d, with_range(d, pdf, "0 1.5 2 3"), "real", "SIGN_DAMAGED");
    nk_test_refused(d, with_range(d, pdf, "0 9 0 R 3"), "reference",
                    "SIGN_DAMAGED");
}

/* One signature cannot stand in two fields. */
static void refuses_two_signatures_at_once(void **state)
{
    nk_desk *d = *state;
    nk_str pdf =
        nk_test_sign_as(d, "p256", nk_test_sheet(d, &(nk_sheet){ .fields = 2 }),
                        &(nk_sign_request){ .rehearse = false });

    /* Field 20 is not signed; it has no /MK, nor needs its /TU. */
    nk_test_refused(d, nk_test_swap(d, pdf, "/TU(Saksi 1)", "/V 22 0 R   "),
                    "twice", "SIGN_DAMAGED");
}

/* Without our plan, a file that lost its signature still shows traces. */
static void sees_traces_of_a_signature(void **state)
{
    nk_desk *d = *state;
    nk_sheet sheet = { .foreign = true };
    nk_evil e = { .objects = { { 24, SIGNATURE("0 1 2 3") } } };
    nk_str pdf = nk_test_sheet(d, &sheet);
    nk_verification v = nk_test_verify(d, pdf);

    assert_int_equal(v.verdict, NK_VERDICT_UNSIGNED);
    nk_test_refused(d, nk_test_append(d, pdf, &e), "loose signature",
                    "SIGN_DAMAGED");
}

/*
 * Signature wrapping: the signed bytes are all there, but moved, and a second
 * dictionary says where. Programs that only hash call this valid.
 */
static void refuses_wrapped_signatures(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d), copy;
    nk_test_range r = nk_test_range_of(pdf);
    nk_buf text;
    nk_evil e = { .objects = { { 13, STREAM } } };

    nk_buf_init(&text, &d->arena);
    nk_buf_printf(&text,
                  "<</Type/Sig/Filter/Adobe.PPKLite"
                  "/SubFilter/ETSI.CAdES.detached/ByteRange[0 %zu %zu %zu]"
                  "/Contents",
                  r.from, pdf.len + 17, r.rest);
    nk_buf_puts(&text, (nk_str){ pdf.ptr + r.from, r.to - r.from });
    nk_buf_lit(&text, ">>");
    e.objects[1] =
        (nk_evil_object){ 23, nk_str_z(&d->arena, nk_buf_str(&text)) };
    /* The moved bytes stand in a stream right after the first end. */
    nk_buf_init(&text, &d->arena);
    nk_buf_printf(&text, "<</Length %zu>>stream\n", r.rest);
    nk_buf_puts(&text, nk_str_skip(pdf, r.to));
    nk_buf_lit(&text, "\nendstream");
    e.objects[2] = e.objects[1];
    e.objects[1] = e.objects[0];
    e.objects[0] =
        (nk_evil_object){ 24, nk_str_z(&d->arena, nk_buf_str(&text)) };
    copy = nk_test_append(d, pdf, &e);
    nk_test_refused(d, copy, "wrapped", "SIGN_CHANGED");
}

static void refuses_what_was_cut_off(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    size_t n, step = 1;

    for (n = pdf.len - 1; n > 100; n -= step < n ? step : n - 100) {
        nk_verification v;
        nk_err rc =
            nk_sign_verify(&d->ctx, &d->arena, nk_str_head(pdf, n), NULL, &v);

        assert_int_equal(rc, NK_OK);
        if (v.verdict != NK_VERDICT_INVALID &&
            !(v.verdict == NK_VERDICT_UNSIGNED && n < pdf.len / 2))
            fail_msg("cut at %zu of %zu: verdict %d", n, pdf.len, v.verdict);
        step = n < pdf.len - 300 ? 41 : 1;
    }
}

static void refuses_what_was_added(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    unsigned c;
    char byte;

    for (c = 0; c < 256; c++) {
        byte = (char)c;
        nk_test_refused(
            d, nk_test_splice(d, pdf, pdf.len, 0, (nk_str){ &byte, 1 }),
            "one byte", "SIGN_PDF_TRAILING");
    }
    nk_test_refused(
        d,
        nk_test_splice(d, pdf, pdf.len, 0, NK_STR("13 0 obj\n<<>>\nendobj\n")),
        "object", "SIGN_PDF_TRAILING");
    nk_test_refused(d, nk_test_splice(d, pdf, pdf.len, 0, pdf), "itself", NULL);
    nk_test_refused(d, nk_test_splice(d, pdf, pdf.len, 0, NK_STR("%%EOF\n")),
                    "end", "SIGN_PDF_TRAILING");
}

/* Verify with byte i changed, and change it back. */
static void flip(nk_desk *d, nk_arena *a, const nk_trust *trust, char *bytes,
                 size_t n, size_t i, unsigned mask)
{
    nk_verification v = { .verdict = NK_VERDICT_INVALID };
    nk_err rc;

    nk_arena_reset(a);
    bytes[i] = (char)((unsigned char)bytes[i] ^ mask);
    rc = nk_sign_verify(&d->ctx, a, (nk_str){ bytes, n }, trust, &v);
    bytes[i] = (char)((unsigned char)bytes[i] ^ mask);
    if (rc != NK_E_SYNTAX && rc != NK_OK)
        fail_msg("byte %zu ^ %02x: failure %d", i, mask, rc);
    if (v.verdict != NK_VERDICT_INVALID &&
        v.verdict != NK_VERDICT_INDETERMINATE)
        fail_msg("byte %zu ^ %02x: verdict %d", i, mask, v.verdict);
}

/*
 * Every byte of the update and every tenth before it. In the container every
 * digit is made another one and, where it is a letter, one of the other case.
 */
static void notices_every_flipped_byte(void **state)
{
    static const unsigned char masks[] = { 0x01, 0x20, 0x80, 0x04 };
    nk_desk *d = *state;
    nk_trust *trust = nk_test_trust(d, "ca.pem");
    nk_str pdf = nk_test_good(d);
    size_t start = nk_str_search(pdf, NK_STR("%%EOF")), i;
    nk_test_range r = nk_test_range_of(pdf);
    char *bytes = malloc(pdf.len);
    nk_arena a;

    assert_non_null(bytes);
    memcpy(bytes, pdf.ptr, pdf.len);
    nk_arena_init(&a);
    for (i = 0; i < pdf.len; i += i < start ? 10 : 1) {
        bool digit = i > r.from && i < r.to - 1;

        flip(d, &a, trust, bytes, pdf.len, i, digit ? 0x01 : masks[i % 4]);
        if (digit && bytes[i] >= 'a')
            flip(d, &a, trust, bytes, pdf.len, i, 0x20);
    }
    assert_memory_equal(bytes, pdf.ptr, pdf.len);
    nk_arena_release(&a);
    nk_trust_close(trust);
    free(bytes);
}

/* Also the certificates that came along, which nobody signed with this. */
static void notices_flipped_certificates(void **state)
{
    static const char *const trusted[] = { "issuing.pem", "p256.pem" };
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    nk_test_range r = nk_test_range_of(pdf);
    char *bytes = malloc(pdf.len);
    nk_arena a;
    size_t k, i;

    assert_non_null(bytes);
    memcpy(bytes, pdf.ptr, pdf.len);
    nk_arena_init(&a);
    for (k = 0; k < NK_COUNT(trusted); k++) {
        nk_trust *trust = nk_test_trust(d, trusted[k]);

        for (i = r.from + 1; i < r.to - 1; i += 3)
            flip(d, &a, trust, bytes, pdf.len, i, 0x01);
        nk_trust_close(trust);
    }
    nk_arena_release(&a);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(refuses_ranges_that_cover_less),
        NK_DESK_TEST(calls_damage_by_its_name),
        NK_DESK_TEST(refuses_two_signatures_at_once),
        NK_DESK_TEST(sees_traces_of_a_signature),
        NK_DESK_TEST(refuses_wrapped_signatures),
        NK_DESK_TEST(refuses_what_was_cut_off),
        NK_DESK_TEST(refuses_what_was_added),
        NK_DESK_TEST(notices_every_flipped_byte),
        NK_DESK_TEST(notices_flipped_certificates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
