/*
 * What may follow a signature: one more signature, and nothing beside it.
 * Updates of every other kind are appended, unsigned and signed by somebody
 * else, and each must be refused for its own reason.
 */
#include "../support/forging.h"

/* Updates after the signature that are not signed themselves. */
static const nk_evil unsigned_updates[] = {
    { .name = "nothing at all", .message = "SIGN_CHANGED" },
    { .name = "page content",
      .objects = { { 13, STREAM } },
      .message = "SIGN_CHANGED" },
    { .name = "page with other content",
      .objects = { { 12, "<</Type/Page/Parent 2 0 R/Contents 24 0 R/MediaBox"
                         "[0 0 600 800]/Annots[19 0 R 20 0 R]>>" },
                   { 24, STREAM } },
      .message = "SIGN_CHANGED" },
    { .name = "page tree",
      .objects = { { 2, "<</Type/Pages/Kids[12 0 R 12 0 R]/Count 2>>" } },
      .message = "SIGN_CHANGED" },
    { .name = "evil annotation",
      .objects = { { 12, "<</Type/Page/Parent 2 0 R/Contents 13 0 R/MediaBox"
                         "[0 0 600 800]/Annots[19 0 R 20 0 R 24 0 R]>>" },
                   { 24, "<</Type/Annot/Subtype/FreeText/Rect[0 0 500 500]"
                         "/Contents(Batal)>>" } },
      .message = "SIGN_CHANGED" },
    { .name = "catalog",
      .objects = { { 1, CATALOG(FORM("19 0 R 20 0 R"), "/Lang(en)") } },
      .message = "SIGN_CHANGED" },
    { .name = "catalog without the form",
      .objects = { { 1, CATALOG("", "") } },
      .message = "SIGN_CHANGED" },
    { .name = "form without the signed field",
      .objects = { { 1, CATALOG(FORM("20 0 R"), "") } },
      .message = "SIGN_CHANGED" },
    { .name = "script on opening",
      .objects = { { 1, CATALOG(FORM("19 0 R 20 0 R"),
                                "/OpenAction<</S/JavaScript/JS(1)>>") } },
      .message = "SIGN_CHANGED" },
    { .name = "security store",
      .objects = { { 1, CATALOG(FORM("19 0 R 20 0 R"), "/DSS 24 0 R") },
                   { 24, "<</Type/DSS/Certs[]>>" } },
      .message = "SIGN_CHANGED" },
    { .name = "sneaky field",
      .objects = { { 1, CATALOG(FORM("19 0 R 20 0 R 24 0 R"), "") },
                   { 24, "<</FT/Sig/T(bupati)/Rect[0 0 9 9]/P 12 0 R>>" } },
      .message = "SIGN_FIELD_UNPLANNED" },
    { .name = "sneaky text field",
      .objects = { { 1, CATALOG(FORM("19 0 R 20 0 R 24 0 R"), "") },
                   { 24, "<</FT/Tx/T(isi)/Rect[0 0 9 9]/P 12 0 R>>" } },
      .message = "SIGN_CHANGED" },
    { .name = "plan",
      .objects = { { 6, "<</Type/NaskahPaper/Fields[]>>" } },
      .message = "SIGN_CHANGED" },
    { .name = "information",
      .objects = { { 3, "<</Title(Lain)>>" } },
      .message = "SIGN_CHANGED" },
    { .name = "hidden object",
      .objects = { { 24, "(tersembunyi)" } },
      .message = "SIGN_CHANGED" },
    { .name = "appearance swapped",
      .objects = { { 19, KEPALA(RECT_1, "24 0 R", "/V 23 0 R") },
                   { 24, LOOK } },
      .message = "SIGN_CHANGED" },
    { .name = "appearance overwritten",
      .objects = { { 22, LOOK } },
      .message = "SIGN_CHANGED" },
    { .name = "blank appearance overwritten",
      .objects = { { 21, LOOK } },
      .message = "SIGN_CHANGED" },
    { .name = "widget moved",
      .objects = { { 19, KEPALA("[0 0 9 9]", "22 0 R", "/V 23 0 R") } },
      .message = "SIGN_FIELD_UNPLANNED" },
    { .name = "widget hidden",
      .objects = { { 19, KEPALA(RECT_1, "22 0 R", "/V 23 0 R/OC 24 0 R") },
                   { 24, "<</Type/OCG/Name(x)>>" } },
      .message = "SIGN_CHANGED" },
    { .name = "value removed",
      .objects = { { 19, KEPALA(RECT_1, "22 0 R", "") } },
      .message = "SIGN_CHANGED" },
    { .name = "value null",
      .objects = { { 19, KEPALA(RECT_1, "22 0 R", "/V null") } },
      .message = "SIGN_CHANGED" },
    { .name = "value twice",
      .objects = { { 19, KEPALA(RECT_1, "22 0 R", "/V 23 0 R/V 24 0 R") } },
      .message = "SIGN_PDF_DAMAGED" },
    { .name = "value exchanged",
      .objects = { { 19, KEPALA(RECT_1, "22 0 R", "/V 24 0 R") },
                   { 24, SIGNATURE("0 1 2 3") } },
      .message = "SIGN_CHANGED" },
    { .name = "signature overwritten",
      .objects = { { 23, SIGNATURE("0 1 2 3") } },
      .message = "SIGN_CHANGED" },
    { .name = "signature freed",
      .table = "23 1\n0000000000 00001 f \n",
      .message = NULL },
    { .name = "page freed",
      .table = "12 1\n0000000000 00001 f \n",
      .message = NULL },
    { .name = "free field moved",
      .objects = { { 20, SAKSI("[0 0 600 800]", "21 0 R", "") } },
      .message = "SIGN_FIELD_UNPLANNED" },
    { .name = "free field with a look",
      .objects = { { 20, SAKSI(RECT_2, "24 0 R", "") }, { 24, LOOK } },
      .message = "SIGN_CHANGED" },
    { .name = "free field with an empty value",
      .objects = { { 20, SAKSI(RECT_2, "21 0 R", "/V 24 0 R") },
                   { 24, "<<>>" } },
      .message = "SIGN_DAMAGED" },
    { .name = "another catalog",
      .objects = { { 24, CATALOG(FORM("19 0 R 20 0 R"), "/X 1") } },
      .root = "24 0 R",
      .message = "SIGN_CHANGED" },
    { .name = "other information",
      .objects = { { 24, "<</Title(Lain)>>" } },
      .trailer = "/Info 24 0 R",
      .message = "SIGN_CHANGED" },
    { .name = "objects that the table leaves out",
      .objects = { { 13, STREAM } },
      .table = "0 0\n",
      .message = "SIGN_PDF_DAMAGED" },
    { .name = "objects that the table frees",
      .objects = { { 13, STREAM } },
      .table = "13 1\n0000000000 00001 f \n",
      .message = "SIGN_PDF_DAMAGED" },
    { .name = "pages as a structure stream",
      .objects = { { 24, "<</Type/ObjStm/N 1/First 4/Length 9>>stream\n"
                         "12 0 <<>>\nendstream" } },
      .message = "SIGN_CHANGED" },
};

static void refuses_updates_that_are_not_signed(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    size_t i;

    for (i = 0; i < NK_COUNT(unsigned_updates); i++) {
        const nk_evil *e = &unsigned_updates[i];
        nk_str bad = nk_test_append(d, pdf, e);
        nk_verification v = nk_test_verify(d, bad);

        nk_test_refused(d, bad, e->name, e->message);
        assert_true(v.n >= 1);
        assert_true(v.signatures[0].whole); /* it says so of what it covers */
        assert_false(v.signatures[0].last);
        assert_int_equal(v.signatures[0].covers, pdf.len);
    }
}

static void names_what_was_changed(void **state)
{
    static const struct {
        nk_evil evil;
        const char *name;
    } rows[] = {
        { { .objects = { { 13, STREAM } } }, "13 0 obj" },
        { { .objects = { { 12, "<</Type/Page>>" } } }, "12 0 obj /Page" },
        { { .objects = { { 24, "<</Type /Font/Type1 1>>" } } },
          "24 0 obj /Font" },
        { { .objects = { { 19, KEPALA(RECT_1, "22 0 R", "") } } }, "kepala" },
        { { .trailer = "/Rahasia(x)" }, "xref" },
    };
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_verification v =
            nk_test_verify(d, nk_test_append(d, pdf, &rows[i].evil));

        assert_str(nk_msg_name(v.why), "SIGN_CHANGED");
        assert_str(v.why_arg, rows[i].name);
    }
}

/* An update signed by somebody else, by the openssl command. */
static nk_str countersign(nk_desk *d, nk_str pdf, const nk_evil *e)
{
    nk_str out = nk_test_append(d, pdf, e), zeros = NK_EMPTY;
    size_t from, to, at, more = 6000, len;
    char text[64];
    nk_buf b;

    nk_buf_init(&b, &d->arena);
    nk_buf_fill(&b, '0', more);
    zeros = nk_buf_str(&b);
    nk_test_gap(out, &from, &to);
    out = nk_test_splice(d, out, from + 1, 0, zeros);
    at = nk_test_rfind(out, "/ByteRange[") + 11;
    len = nk_str_find(nk_str_skip(out, at), ']');
    /* Offsets after the container move: it must be the last object. */
    from += 40 - len;
    to += 40 - len + more;
    out = nk_test_splice(d, out, at, len,
                         NK_STR("                                        "));
    at = nk_test_rfind(out, "startxref\n") + 10;
    snprintf(text, sizeof(text), "%zu\n%%%%EOF\n",
             nk_test_rfind(out, "\nxref\n") + 1);
    out = nk_test_splice(d, out, at, out.len - at, nk_str_of(text));
    at = nk_test_rfind(out, "/ByteRange[") + 11;
    snprintf(text, sizeof(text), "0 %zu %zu %zu", from, to, out.len - to);
    out = nk_test_splice(d, out, at, strlen(text), nk_str_of(text));
    return nk_test_forge(d, out,
                         "-cades -md sha256 -signer " NK_PKI
                         "p384.pem -inkey " NK_PKI "p384.key -certfile " NK_PKI
                         "issuing.pem");
}

#define SIGNED_2                                                               \
    {                                                                          \
        20, SAKSI(RECT_2, "21 0 R", "/V 24 0 R")                               \
    }
#define VALUE_2                                                                \
    {                                                                          \
        24, SIGNATURE("")                                                      \
    }

/* The good ones show that the bad ones fail for what is bad in them. */
static const nk_evil signed_updates[] = {
    { .name = "good, without a look", .objects = { SIGNED_2, VALUE_2 } },
    { .name = "good, with a look",
      .objects = { { 20, SAKSI(RECT_2, "25 0 R", "/V 24 0 R") },
                   { 25, LOOK },
                   VALUE_2 } },
    { .name = "and page content",
      .objects = { SIGNED_2, { 13, STREAM }, VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "and a hidden object",
      .objects = { SIGNED_2, { 26, "(x)" }, VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "and the look of the other",
      .objects = { SIGNED_2, { 22, LOOK }, VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "with a look over another object",
      .objects = { { 20, SAKSI(RECT_2, "13 0 R", "/V 24 0 R") },
                   { 13, LOOK },
                   VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "with the look of the other",
      .objects = { { 20, SAKSI(RECT_2, "22 0 R", "/V 24 0 R") }, VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "with a second look",
      .objects = { { 20, SAKSI(RECT_2, "25 0 R/D 25 0 R", "/V 24 0 R") },
                   { 25, LOOK },
                   VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "with one more entry",
      .objects = { { 20, SAKSI(RECT_2, "21 0 R", "/V 24 0 R/MK<<>>") },
                   VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "with one entry less",
      .objects = { { 20, "<</Type/Annot/Subtype/Widget/FT/Sig/T(saksi-1)"
                         "/TU(Saksi 1)/Rect" RECT_2 "/P 12 0 R/StructParent 3"
                         "/AP<</N 21 0 R>>/V 24 0 R>>" },
                   VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "in the place of the first",
      .objects = { { 19, KEPALA(RECT_1, "22 0 R", "/V 24 0 R") }, VALUE_2 },
      .message = "SIGN_CHANGED" },
    { .name = "with a signature over an old object",
      .objects = { { 20, SAKSI(RECT_2, "21 0 R", "/V 3 0 R") },
                   { 3, SIGNATURE("") } },
      .message = "SIGN_CHANGED" },
    { .name = "with a smaller /Size",
      .objects = { SIGNED_2, VALUE_2 },
      .trailer = "/Size 13",
      .message = "SIGN_CHANGED" },
    { .name = "without /Size",
      .objects = { SIGNED_2, VALUE_2 },
      .trailer = "/SizeX 13",
      .message = "SIGN_CHANGED" },
    { .name = "with another entry in the trailer",
      .objects = { SIGNED_2, VALUE_2 },
      .trailer = "/Rahasia(x)",
      .message = "SIGN_CHANGED" },
    { .name = "with other information",
      .objects = { SIGNED_2, VALUE_2 },
      .trailer = "/Info 6 0 R",
      .message = "SIGN_CHANGED" },
    { .name = "with another identity",
      .objects = { SIGNED_2, VALUE_2 },
      .trailer = "/ID[<00><00>]",
      .message = "SIGN_CHANGED" },
    { .name = "with an identity of nothing",
      .objects = { SIGNED_2, VALUE_2 },
      .trailer = "/ID[]",
      .message = "SIGN_CHANGED" },
};

static void accepts_nothing_beside_a_signature(void **state)
{
    nk_desk *d = *state;
    nk_str pdf = nk_test_good(d);
    size_t i;

    for (i = 0; i < NK_COUNT(signed_updates); i++) {
        const nk_evil *e = &signed_updates[i];
        nk_str out = countersign(d, pdf, e);
        nk_verification v = nk_test_verify(d, out);

        if (e->message) {
            nk_test_refused(d, out, e->name, e->message);
            assert_int_equal(v.n, 1);
        } else if (v.verdict != NK_VERDICT_VALID || v.n != 2) {
            fail_msg("%s: %.*s", e->name, (int)v.why_arg.len, v.why_arg.ptr);
        }
    }
}

/* What a certified file forbids, and what it leaves open. */
static void keeps_to_a_certification(void **state)
{
    static const struct {
        const char *reference;
        bool closes;
    } rows[] = {
        { "[<</TransformMethod/DocMDP/TransformParams<</P 1>>>>]", true },
        { "[<</TransformMethod/DocMDP/TransformParams<</P 2>>>>]", false },
        { "[<</TransformMethod/DocMDP/TransformParams<</P 3>>>>]", false },
        { "[<</TransformMethod/DocMDP/TransformParams<<    >>>>]", false },
        { "[<</TransformMethod/DocMDP/TransformParams<</P/1>>>>]", true },
        { "[<</TransformMethod/FieldMDP/TransformParams<<  >>>>]", true },
        { "[<</TransformMethod/DocMDP                        >>]", true },
        { "[                                                  1]", true },
        { " 1                                                   ", true },
        { "[                                                   ]", false },
        { " null                                                ", false },
    };
    static const nk_evil more = { .objects = { SIGNED_2, VALUE_2 } };
    nk_desk *d = *state;
    nk_sign_request request = {
        .reason =
            NK_STR("the reason gives room for what is to come, 54 bytes..."),
        .rehearse = true
    };
    nk_str pdf = nk_test_sign_as(
        d, "rsa4096", nk_test_sheet(d, &(nk_sheet){ .fields = 2 }), &request);
    size_t i, at = nk_test_rfind(pdf, "/Reason("), len = 9 + request.reason.len;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_key *key = nk_test_key(d, "p384");
        nk_verification v;
        nk_str one, two;
        char text[80];
        nk_err rc;

        snprintf(text, sizeof(text), "/Reference%s", rows[i].reference);
        assert_int_equal(strlen(text), len);
        one = nk_test_forge(d, nk_test_splice(d, pdf, at, len, nk_str_of(text)),
                            "-cades -md sha256 -signer " NK_PKI
                            "p256.pem -inkey " NK_PKI
                            "p256.key -certfile " NK_PKI "issuing.pem");
        v = nk_test_verify(d, one);
        assert_int_equal(v.verdict, NK_VERDICT_VALID);
        assert_int_equal(v.signatures[0].closes, rows[i].closes);
        two = countersign(d, one, &more);
        v = nk_test_verify(d, two);
        if (rows[i].closes)
            nk_test_refused(d, two, rows[i].reference, "SIGN_CLOSED");
        else
            assert_int_equal(v.verdict, NK_VERDICT_VALID);
        request = (nk_sign_request){ .rehearse = false };
        rc = nk_sign_pdf(&d->ctx, &d->arena, key, one, &request, &two);
        nk_key_close(key);
        assert_int_equal(rc, rows[i].closes ? NK_E_DENIED : NK_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NK_DESK_TEST(refuses_updates_that_are_not_signed),
        NK_DESK_TEST(names_what_was_changed),
        NK_DESK_TEST(accepts_nothing_beside_a_signature),
        NK_DESK_TEST(keeps_to_a_certification),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
