/*
 * The container of a signature, taken apart: the DER of one SignedData as
 * PAdES B-B has it (RFC 5652). OpenSSL reads more shapes than that and looks
 * past what it does not need, a version number for one; here every byte
 * outside the certificates has to be what we expect.
 */
#include "sign/sign_int.h"

enum tag {
    SEQUENCE = 0x30,
    SET = 0x31,
    OCTETS = 0x04,
    CONTEXT_0 = 0xA0,
    CONTEXT_1 = 0xA1
};

struct element {
    nk_str whole, body;
};

/* Take an element with that tag and a definite length off *s. */
static bool take(nk_str *s, enum tag tag, struct element *e)
{
    size_t head = 2, len, i, n;

    if (s->len < 2 || (unsigned char)s->ptr[0] != (unsigned)tag)
        return false;
    len = (unsigned char)s->ptr[1];
    if (len >= 0x80) {
        n = len - 0x80;
        if (n < 1 || n > 3 || s->len < 2 + n || s->ptr[2] == 0)
            return false;
        for (len = 0, i = 0; i < n; i++)
            len = len << 8 | (unsigned char)s->ptr[2 + i];
        head += n;
        if (len < 0x80) /* one byte would have done */
            return false;
    }
    if (len > s->len - head)
        return false;
    e->whole = nk_str_head(*s, head + len);
    e->body = nk_str_skip(e->whole, head);
    *s = nk_str_skip(*s, head + len);
    return true;
}

/* Take bytes that can only be these. */
static bool take_bytes(nk_str *s, nk_str bytes)
{
    if (!nk_str_starts(*s, bytes))
        return false;
    *s = nk_str_skip(*s, bytes.len);
    return true;
}

#define VERSION_1   NK_STR("\x02\x01\x01")
#define SIGNED_DATA NK_STR("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02")
#define NO_CONTENT                                                             \
    NK_STR("\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01")

/* ContentInfo, down to what SignedData holds. */
static bool open_signed_data(nk_str der, nk_str *body)
{
    struct element info, content, data;

    if (!take(&der, SEQUENCE, &info) || der.len)
        return false;
    if (!take_bytes(&info.body, SIGNED_DATA) ||
        !take(&info.body, CONTEXT_0, &content) || info.body.len)
        return false;
    if (!take(&content.body, SEQUENCE, &data) || content.body.len)
        return false;
    *body = data.body;
    return true;
}

static bool read_signer(nk_str signers, nk_sign_parts *p)
{
    struct element info, issuer, alg, attrs, sig_alg, value, more;

    if (!take(&signers, SEQUENCE, &info) || signers.len)
        return false;
    if (!take_bytes(&info.body, VERSION_1) ||
        !take(&info.body, SEQUENCE, &issuer) ||
        !take(&info.body, SEQUENCE, &alg) ||
        !take(&info.body, CONTEXT_0, &attrs) ||
        !take(&info.body, SEQUENCE, &sig_alg) ||
        !take(&info.body, OCTETS, &value))
        return false;
    p->digest_alg = alg.whole;
    p->attrs = attrs.whole;
    p->sig_alg = sig_alg.whole;
    p->value = value.body;
    if (take(&info.body, CONTEXT_1, &more))
        p->unsigned_attrs = more.whole;
    return info.body.len == 0;
}

bool nk_sign__cms_parts(nk_str der, nk_sign_parts *out)
{
    nk_sign_parts p = { .certs = NK_EMPTY };
    struct element algs, certs, signers;
    nk_str body;

    if (!open_signed_data(der, &body) || !take_bytes(&body, VERSION_1) ||
        !take(&body, SET, &algs) || !take_bytes(&body, NO_CONTENT))
        return false;
    p.digest_algs = algs.body;
    if (take(&body, CONTEXT_0, &certs))
        p.certs = certs.whole;
    if (!take(&body, SET, &signers) || body.len ||
        !read_signer(signers.body, &p))
        return false;
    *out = p;
    return true;
}
