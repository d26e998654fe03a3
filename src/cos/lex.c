/*
 * PDF values as they stand in the file: finding where one ends, and looking
 * into arrays and dictionaries. Nothing is copied or built: a value is a
 * slice, walked again when somebody asks for a part. What an object number
 * stands for is file.c's matter, what a text says text.c's.
 */
#include "cos/cos.h"

#define MAX_DIGITS 10 /* of an INT; no offset in a table has more */

/* What a character is to the reader (ISO 32000-1, 7.2.2); 0: regular. */
enum { WHITE = 1, DELIMITER };

static const unsigned char class_of[256] = {
    ['\0'] = WHITE,    ['\t'] = WHITE,    ['\n'] = WHITE,    ['\f'] = WHITE,
    ['\r'] = WHITE,    [' '] = WHITE,     ['('] = DELIMITER, [')'] = DELIMITER,
    ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
};

static bool is_white(char c)
{
    return class_of[(unsigned char)c] == WHITE;
}

static bool is_regular(char c)
{
    return class_of[(unsigned char)c] == 0;
}

static bool at_word_end(nk_str s)
{
    return s.len == 0 || !is_regular(s.ptr[0]);
}

static nk_str between(nk_str start, nk_str rest)
{
    return nk_str_head(start, start.len - rest.len);
}

void nk_cos_skip_space(nk_str *s)
{
    while (s->len) {
        if (s->ptr[0] == '%')
            while (s->len && s->ptr[0] != '\n' && s->ptr[0] != '\r')
                *s = nk_str_skip(*s, 1);
        else if (is_white(s->ptr[0]))
            *s = nk_str_skip(*s, 1);
        else
            return;
    }
}

bool nk_cos_take_word(nk_str *s, nk_str word)
{
    if (!nk_str_starts(*s, word) || !at_word_end(nk_str_skip(*s, word.len)))
        return false;
    *s = nk_str_skip(*s, word.len);
    return true;
}

bool nk_cos_take_uint(nk_str *s, uint64_t max, uint64_t *out)
{
    size_t n = 0;

    while (n < s->len && nk_is_digit(s->ptr[n]))
        n++;
    if (n == 0 || !nk_str_uint(nk_str_head(*s, n), max, out))
        return false;
    *s = nk_str_skip(*s, n);
    return true;
}

/* " 0 R" after an object number. */
static bool take_ref(nk_str *s, nk_cos_value *v)
{
    nk_str t = *s;
    uint64_t gen;

    nk_cos_skip_space(&t);
    if (!nk_cos_take_uint(&t, UINT16_MAX, &gen))
        return false;
    nk_cos_skip_space(&t);
    if (!nk_cos_take_word(&t, NK_STR("R")))
        return false;
    *s = t;
    v->kind = NK_COS_REF;
    v->generation = (uint16_t)gen;
    return true;
}

/* Digits and at most one point; how many digits, 0: not a number. */
static size_t take_digits(nk_str *s, nk_cos_value *v)
{
    size_t n = 0;

    for (; s->len; *s = nk_str_skip(*s, 1)) {
        char c = s->ptr[0];

        if (c == '.' && v->kind == NK_COS_INT)
            v->kind = NK_COS_REAL;
        else if (!nk_is_digit(c))
            break;
        else if (++n <= MAX_DIGITS)
            v->number = v->number * 10 + (c - '0');
    }
    return at_word_end(*s) ? n : 0;
}

static bool take_number(nk_str *s, nk_cos_value *v)
{
    char sign = s->ptr[0];
    size_t digits;

    v->kind = NK_COS_INT;
    v->number = 0;
    if (sign == '-' || sign == '+')
        *s = nk_str_skip(*s, 1);
    if ((digits = take_digits(s, v)) == 0)
        return false;
    if (digits > MAX_DIGITS)
        v->kind = NK_COS_REAL;
    if (sign == '-')
        v->number = -v->number;
    if (v->kind == NK_COS_INT && nk_is_digit(sign) &&
        v->number <= NK_MAX_PDF_NUMBER)
        take_ref(s, v);
    return true;
}

static bool take_text(nk_str *s)
{
    size_t depth = 0;

    while (s->len) {
        char c = s->ptr[0];

        *s = nk_str_skip(*s, c == '\\' && s->len > 1 ? 2 : 1);
        if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            return true;
    }
    return false;
}

int nk_cos_hex_digit(char c)
{
    if (nk_is_digit(c))
        return c - '0';
    c = nk_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool take_hex(nk_str *s)
{
    for (*s = nk_str_skip(*s, 1); s->len; *s = nk_str_skip(*s, 1)) {
        if (s->ptr[0] == '>') {
            *s = nk_str_skip(*s, 1);
            return true;
        }
        if (nk_cos_hex_digit(s->ptr[0]) < 0 && !is_white(s->ptr[0]))
            return false;
    }
    return false;
}

static bool take_keyword(nk_str *s, nk_cos_value *v)
{
    v->kind = NK_COS_NONE;
    if (nk_cos_take_word(s, NK_STR("null")))
        return true;
    v->kind = NK_COS_BOOL;
    return nk_cos_take_word(s, NK_STR("true")) ||
           nk_cos_take_word(s, NK_STR("false"));
}

/* A value that holds no other; *s is not at white space. */
static bool take_simple(nk_str *s, nk_cos_value *v)
{
    char c = s->len ? s->ptr[0] : '\0';

    if (nk_is_digit(c) || c == '+' || c == '-' || c == '.')
        return take_number(s, v);
    if (c == '/') {
        v->kind = NK_COS_NAME;
        do
            *s = nk_str_skip(*s, 1);
        while (!at_word_end(*s));
        return true;
    }
    if (c == '(') {
        v->kind = NK_COS_TEXT;
        return take_text(s);
    }
    if (c == '<') {
        v->kind = NK_COS_HEX;
        return take_hex(s);
    }
    return take_keyword(s, v);
}

/* What the innermost open bracket waits for. */
enum wait { WAIT_ITEM, WAIT_KEY, WAIT_VALUE };

struct nest {
    enum wait wait[NK_MAX_PDF_DEPTH];
    size_t depth;
};

/* May a value stand here? Then what is waited for moves on. */
static bool place(struct nest *n, bool is_name)
{
    enum wait *w;

    if (n->depth == 0)
        return true;
    w = &n->wait[n->depth - 1];
    if (*w == WAIT_KEY) {
        *w = WAIT_VALUE;
        return is_name;
    }
    if (*w == WAIT_VALUE)
        *w = WAIT_KEY;
    return true;
}

static bool open_bracket(struct nest *n, enum wait wait)
{
    if (n->depth == NK_MAX_PDF_DEPTH || !place(n, false))
        return false;
    n->wait[n->depth++] = wait;
    return true;
}

static bool close_bracket(struct nest *n, enum wait wait)
{
    return n->depth > 0 && n->wait[--n->depth] == wait;
}

/* Does a dictionary begin here, as opposed to a hexadecimal text? */
static bool at_dict(nk_str s)
{
    return s.len >= 2 && s.ptr[0] == '<' && s.ptr[1] == '<';
}

/* One bracket or one simple value. */
static bool take_step(nk_str *s, struct nest *n)
{
    char c = s->len ? s->ptr[0] : '\0';
    size_t wide = at_dict(*s) || c == '>' ? 2 : 1;
    nk_cos_value v;

    if (c == '[' || (c == '<' && wide == 2)) {
        *s = nk_str_skip(*s, wide);
        return open_bracket(n, c == '[' ? WAIT_ITEM : WAIT_KEY);
    }
    if (c == ']' || (c == '>' && s->len >= 2 && s->ptr[1] == '>')) {
        *s = nk_str_skip(*s, wide);
        return close_bracket(n, c == ']' ? WAIT_ITEM : WAIT_KEY);
    }
    return take_simple(s, &v) && place(n, v.kind == NK_COS_NAME);
}

bool nk_cos_take(nk_str *s, nk_cos_value *out)
{
    struct nest nest = { .depth = 0 };
    nk_cos_value v = { .kind = NK_COS_NONE };
    nk_str start;

    nk_cos_skip_space(s);
    start = *s;
    if (at_dict(start))
        v.kind = NK_COS_DICT;
    else if (start.len && start.ptr[0] == '[')
        v.kind = NK_COS_ARRAY;
    else if (!take_simple(s, &v))
        return false;
    if (v.kind == NK_COS_DICT || v.kind == NK_COS_ARRAY) {
        do {
            nk_cos_skip_space(s);
            if (!take_step(s, &nest))
                return false;
        } while (nest.depth);
    }
    v.raw = between(start, *s);
    *out = v;
    return true;
}

nk_str nk_cos_inside(const nk_cos_value *v)
{
    size_t n = v->kind == NK_COS_DICT ? 2 : 1;

    return (nk_str){ v->raw.ptr + n, v->raw.len - 2 * n };
}

bool nk_cos_name_is(nk_str raw, nk_str plain)
{
    size_t i, k = 0;

    for (i = 1; i < raw.len; i++, k++) {
        int c = (unsigned char)raw.ptr[i];

        if (c == '#' && i + 2 < raw.len &&
            nk_cos_hex_digit(raw.ptr[i + 1]) >= 0 &&
            nk_cos_hex_digit(raw.ptr[i + 2]) >= 0) {
            c = nk_cos_hex_digit(raw.ptr[i + 1]) * 16 +
                nk_cos_hex_digit(raw.ptr[i + 2]);
            i += 2;
        }
        if (k >= plain.len || c != (unsigned char)plain.ptr[k])
            return false;
    }
    return k == plain.len;
}

nk_err nk_cos_damaged(nk_ctx *ctx, nk_str what)
{
    return nk_fail(ctx, NK_E_INVALID, NK_M_SIGN_PDF_DAMAGED, NK_NOWHERE,
                   NK_ARGS(what));
}

nk_err nk_cos_get(nk_ctx *ctx, const nk_cos_value *dict, nk_str key,
                  nk_cos_value *out)
{
    nk_cos_value found = { .kind = NK_COS_NONE }, k, v;
    nk_str rest = nk_cos_inside(dict);
    bool seen = false;

    while (nk_cos_take(&rest, &k) && nk_cos_take(&rest, &v)) {
        if (!nk_cos_name_is(k.raw, key))
            continue;
        if (seen)
            return nk_cos_damaged(ctx, k.raw);
        seen = true;
        found = v;
    }
    *out = found;
    return NK_OK;
}

nk_err nk_cos_want(nk_ctx *ctx, const nk_cos_value *dict, nk_str key,
                   nk_cos_kind kind, nk_cos_value *out)
{
    nk_err rc = nk_cos_get(ctx, dict, key, out);

    if (rc < 0)
        return rc;
    return out->kind == kind ? NK_OK : nk_cos_damaged(ctx, key);
}
