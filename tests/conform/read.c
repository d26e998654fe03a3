/*
 * PDF files as the judge reads them (ISO 32000-1, 7): classic
 * cross-reference tables, all revisions, every object that is in use. What
 * cannot be read is told and left out.
 */
#include "conform.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define MAX_DEPTH   32u
#define MAX_OBJECTS 100000u /* ours have a few hundred */

const cf_value cf_nothing = { .kind = CF_NONE };

void *cf_need(void *p)
{
    if (!p)
        abort();
    return p;
}

/* ---- Values ------------------------------------------------------------- */

static bool is_delimiter(char c)
{
    return c && strchr("()<>[]{}/%", c);
}

static bool is_white(char c)
{
    return nk_is_space(c) || c == '\0' || c == '\f';
}

static bool is_regular(char c)
{
    return !is_white(c) && !is_delimiter(c);
}

static void skip_white(nk_str *s)
{
    while (s->len && (is_white(s->ptr[0]) || s->ptr[0] == '%')) {
        if (s->ptr[0] == '%')
            while (s->len && s->ptr[0] != '\n' && s->ptr[0] != '\r')
                *s = nk_str_skip(*s, 1);
        else
            *s = nk_str_skip(*s, 1);
    }
}

static int hex_digit(char c)
{
    if (nk_is_digit(c))
        return c - '0';
    c = nk_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static cf_value *new_value(cf_cursor *c, cf_kind kind)
{
    cf_value *v = cf_need(NK_NEW(&c->j->arena, cf_value));

    v->kind = kind;
    return v;
}

static char take_char(cf_cursor *c)
{
    char out = c->rest.len ? c->rest.ptr[0] : '\0';

    if (c->rest.len)
        c->rest = nk_str_skip(c->rest, 1);
    return out;
}

/* What follows a backslash (7.3.4.2). */
static void put_escaped(cf_cursor *c, nk_buf *b)
{
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    char first = take_char(c);
    const char *k = first ? strchr(from, first) : NULL;
    int code = first - '0', more;

    if (k) {
        nk_buf_putc(b, to[k - from]);
    } else if (code >= 0 && code < 8) {
        for (more = 0; more < 2 && c->rest.len && c->rest.ptr[0] >= '0' &&
                       c->rest.ptr[0] < '8';
             more++)
            code = code * 8 + (take_char(c) - '0');
        nk_buf_putc(b, (char)code);
    } else if (first != '\n' && first != '\r') {
        nk_buf_putc(b, first);
    }
}

static cf_value *take_string(cf_cursor *c)
{
    cf_value *v = new_value(c, CF_STRING);
    unsigned open = 1;
    nk_buf b;

    nk_buf_init(&b, &c->j->arena);
    take_char(c);
    while (c->rest.len) {
        char ch = take_char(c);

        open += ch == '(';
        open -= ch == ')';
        if (open == 0)
            break;
        if (ch == '\\')
            put_escaped(c, &b);
        else
            nk_buf_putc(&b, ch);
    }
    if (open)
        cf_tell(c->j, CF_SYNTAX, c->object, "a string has no end");
    v->text = nk_buf_str(&b);
    return v;
}

static cf_value *take_hex(cf_cursor *c)
{
    cf_value *v = new_value(c, CF_STRING);
    size_t digits = 0;
    int high = 0;
    nk_buf b;

    nk_buf_init(&b, &c->j->arena);
    v->hex = true;
    take_char(c);
    while (c->rest.len && c->rest.ptr[0] != '>') {
        char ch = take_char(c);
        int digit = hex_digit(ch);

        if (is_white(ch))
            continue;
        if (digit < 0)
            cf_tell(c->j, CF_HEX, c->object, "no digit: %c", ch);
        if (digits++ % 2)
            nk_buf_putc(&b, (char)(high * 16 + digit));
        high = digit;
    }
    take_char(c);
    if (digits % 2)
        cf_tell(c->j, CF_HEX, c->object, "%zu digits", digits);
    v->text = nk_buf_str(&b);
    return v;
}

static cf_value *take_name(cf_cursor *c)
{
    cf_value *v = new_value(c, CF_NAME);
    nk_buf b;

    nk_buf_init(&b, &c->j->arena);
    take_char(c);
    while (c->rest.len && is_regular(c->rest.ptr[0])) {
        char ch = take_char(c);

        if (ch == '#' && c->rest.len >= 2) {
            int high = hex_digit(take_char(c)), low = hex_digit(take_char(c));

            ch = (char)(high * 16 + low);
        }
        nk_buf_putc(&b, ch);
    }
    v->text = nk_buf_str(&b);
    return v;
}

/* "-12.5" in 1/1000000; false for what is no number. */
static bool parse_number(nk_str s, int64_t *out)
{
    bool minus = s.len && s.ptr[0] == '-', point = false;
    int64_t v = 0, unit = CF_MILLION;
    size_t i, digits = 0;

    for (i = s.len && (minus || s.ptr[0] == '+'); i < s.len; i++) {
        if (s.ptr[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (!nk_is_digit(s.ptr[i]) || ++digits > 18)
            return false;
        if (point && unit > 1) {
            unit /= 10;
            v += (s.ptr[i] - '0') * unit;
        } else if (!point) {
            if (v > INT64_MAX / 20)
                return false;
            v = v * 10 + (s.ptr[i] - '0') * CF_MILLION;
        }
    }
    *out = minus ? -v : v;
    return digits > 0;
}

static cf_value *take_word(cf_cursor *c)
{
    cf_value *v = new_value(c, CF_WORD);
    size_t n = 0;

    while (n < c->rest.len && is_regular(c->rest.ptr[n]))
        n++;
    v->text = nk_str_head(c->rest, n ? n : 1);
    c->rest = nk_str_skip(c->rest, n ? n : 1);
    if (parse_number(v->text, &v->number))
        v->kind = CF_NUMBER;
    else if (nk_str_eq(v->text, NK_STR("null")))
        v->kind = CF_NONE;
    else if (nk_str_eq(v->text, NK_STR("true")) ||
             nk_str_eq(v->text, NK_STR("false")))
        v->kind = CF_BOOL;
    return v;
}

/* The two numbers before "R" become a reference. */
static bool make_ref(cf_value *list, cf_value *before_last, cf_value **last)
{
    cf_value *v;

    if (list->n < 2)
        return false;
    for (v = list->first; v->next != before_last->next; v = v->next)
        continue;
    if (before_last->kind != CF_NUMBER || (*last)->kind != CF_NUMBER)
        return false;
    before_last->kind = CF_REF;
    before_last->number /= CF_MILLION;
    before_last->next = NULL;
    *last = before_last;
    list->n--;
    return true;
}

static cf_value *value_before(cf_value *list, const cf_value *last)
{
    cf_value *v = list->first;

    while (v && v->next != last)
        v = v->next;
    return v;
}

/* An array or a dictionary up to its closing bracket. */
static cf_value *take_list(cf_cursor *c, cf_kind kind)
{
    cf_value *list = new_value(c, kind), *last = NULL, *v, *before;
    nk_str end = kind == CF_ARRAY ? NK_STR("]") : NK_STR(">>");

    c->rest = nk_str_skip(c->rest, end.len);
    for (c->depth++;;) {
        skip_white(&c->rest);
        if (nk_str_starts(c->rest, end))
            break;
        if (c->depth > MAX_DEPTH || (v = cf_take(c)) == NULL) {
            cf_tell(c->j, CF_SYNTAX, c->object, "a bracket has no end");
            c->depth--;
            return list;
        }
        if (cf_is(v, "R") && v->kind == CF_WORD && last &&
            (before = value_before(list, last)) != NULL &&
            make_ref(list, before, &last))
            continue;
        if (last)
            last->next = v;
        else
            list->first = v;
        last = v;
        list->n++;
    }
    c->depth--;
    c->rest = nk_str_skip(c->rest, end.len);
    if (kind == CF_DICT && list->n % 2)
        cf_tell(c->j, CF_SYNTAX, c->object, "a key without a value");
    if (kind == CF_DICT)
        list->n /= 2;
    return list;
}

cf_value *cf_take(cf_cursor *c)
{
    skip_white(&c->rest);
    if (!c->rest.len)
        return NULL;
    if (nk_str_starts(c->rest, NK_STR("<<")))
        return take_list(c, CF_DICT);
    switch (c->rest.ptr[0]) {
    case '(':
        return take_string(c);
    case '<':
        return take_hex(c);
    case '/':
        return take_name(c);
    case '[':
        return take_list(c, CF_ARRAY);
    default:
        return take_word(c);
    }
}

/* ---- Looking into values ------------------------------------------------ */

bool cf_is(const cf_value *v, const char *text)
{
    return (v->kind == CF_NAME || v->kind == CF_WORD) &&
           nk_str_eq(v->text, nk_str_of(text));
}

bool cf_true(const cf_value *v)
{
    return v->kind == CF_BOOL && nk_str_eq(v->text, NK_STR("true"));
}

int64_t cf_int(const cf_value *v, int64_t otherwise)
{
    if (v->kind != CF_NUMBER || v->number % CF_MILLION)
        return otherwise;
    return v->number / CF_MILLION;
}

const cf_value *cf_raw(const cf_value *dict, const char *key)
{
    const cf_value *v;

    if (dict->kind != CF_DICT)
        return &cf_nothing;
    for (v = dict->first; v && v->next; v = v->next->next)
        if (cf_is(v, key))
            return v->next;
    return &cf_nothing;
}

cf_object *cf_object_of(cf_judge *j, const cf_value *ref)
{
    if (ref->kind != CF_REF || ref->number < 0 ||
        (uint64_t)ref->number >= j->objects_n || !j->objects[ref->number].value)
        return NULL;
    return &j->objects[ref->number];
}

const cf_value *cf_follow(cf_judge *j, const cf_value *v)
{
    const cf_object *o;

    if (v->kind != CF_REF)
        return v;
    o = cf_object_of(j, v);
    return o ? o->value : &cf_nothing;
}

const cf_value *cf_get(cf_judge *j, const cf_value *dict, const char *key)
{
    return cf_follow(j, cf_raw(dict, key));
}

nk_str cf_utf8(cf_judge *j, const cf_value *v)
{
    nk_str s = v->text;
    nk_buf b;

    if (v->kind != CF_STRING)
        return NK_EMPTY;
    nk_buf_init(&b, &j->arena);
    if (s.len >= 2 && memcmp(s.ptr, "\xFE\xFF", 2) == 0) {
        for (s = nk_str_skip(s, 2); s.len >= 2; s = nk_str_skip(s, 2)) {
            uint32_t c = (uint32_t)(unsigned char)s.ptr[0] << 8 |
                         (unsigned char)s.ptr[1];

            if (c >= 0xD800 && c < 0xDC00 && s.len >= 4) {
                uint32_t low = (uint32_t)(unsigned char)s.ptr[2] << 8 |
                               (unsigned char)s.ptr[3];

                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                s = nk_str_skip(s, 2);
            }
            nk_utf8_put(&b, c);
        }
    } else {
        for (; s.len; s = nk_str_skip(s, 1))
            nk_utf8_put(&b, (unsigned char)s.ptr[0]);
    }
    return nk_buf_str(&b);
}

nk_str cf_data(cf_judge *j, cf_object *o)
{
    unsigned char part[8192];
    z_stream z = { 0 };
    nk_buf b;
    int rc;

    if (!o || o->inflated)
        return o ? o->data : NK_EMPTY;
    o->inflated = true;
    o->data = o->stream;
    if (cf_get(j, o->value, "Filter")->kind == CF_NONE)
        return o->data;
    o->data = NK_EMPTY;
    if (!cf_is(cf_get(j, o->value, "Filter"), "FlateDecode") ||
        inflateInit(&z) != Z_OK)
        return o->data;
    nk_buf_init(&b, &j->arena);
    z.next_in = (Bytef *)(uintptr_t)o->stream.ptr; /* zlib only reads it */
    z.avail_in = (uInt)o->stream.len;
    do {
        z.next_out = part;
        z.avail_out = sizeof(part);
        rc = inflate(&z, Z_NO_FLUSH);
        nk_buf_putn(&b, part, sizeof(part) - z.avail_out);
    } while (rc == Z_OK && b.len < NK_MAX_PDF);
    inflateEnd(&z);
    if (rc != Z_STREAM_END || z.avail_in)
        cf_tell(j, CF_FILTER, o->number, "does not inflate");
    o->data = nk_buf_str(&b);
    return o->data;
}

/* ---- Objects ------------------------------------------------------------ */

/* The stream after an object's dictionary; 6.1.7 of ISO 19005-2. */
static void read_stream(cf_judge *j, cf_object *o, cf_cursor *c)
{
    nk_str s = nk_str_skip(c->rest, strlen("stream"));
    int64_t length;

    o->is_stream = true;
    if (nk_str_starts(s, NK_STR("\r\n")))
        s = nk_str_skip(s, 2);
    else if (nk_str_starts(s, NK_STR("\n")))
        s = nk_str_skip(s, 1);
    else
        cf_tell(j, CF_LENGTH, o->number, "no line end after stream");
    length = cf_int(cf_get(j, o->value, "Length"), -1);
    if (length < 0 || (uint64_t)length > s.len) {
        cf_tell(j, CF_LENGTH, o->number, "no Length");
        return;
    }
    o->stream = nk_str_head(s, (size_t)length);
    s = nk_str_skip(s, (size_t)length);
    if (nk_str_starts(s, NK_STR("\r\n")))
        s = nk_str_skip(s, 1);
    if (!nk_str_starts(s, NK_STR("\nendstream")))
        cf_tell(j, CF_LENGTH, o->number, "no endstream after %lld bytes",
                (long long)length);
    c->rest = nk_str_skip(s, s.len < 10 ? s.len : 10);
}

/* "7 0 obj" on a line of its own; the cursor stands after it. */
static bool begin_object(cf_judge *j, cf_object *o, cf_cursor *c)
{
    char head[40];
    int n = snprintf(head, sizeof(head), "%u 0 obj", (unsigned)o->number);

    if (!nk_str_starts(c->rest, (nk_str){ head, (size_t)n })) {
        cf_tell(j, CF_XREF, o->number, "is not at %zu", o->at);
        o->at = 0;
        return false;
    }
    if (j->bytes.ptr[o->at - 1] != '\n' || c->rest.ptr[n] != '\n')
        cf_tell(j, CF_SPACING, o->number, "obj has no line of its own");
    c->rest = nk_str_skip(c->rest, (size_t)n);
    return true;
}

static void read_object(cf_judge *j, cf_object *o)
{
    cf_cursor c = { .j = j,
                    .rest = nk_str_skip(j->bytes, o->at),
                    .object = o->number };

    if (!begin_object(j, o, &c))
        return;
    o->value = cf_take(&c);
    if (!o->value)
        o->value = &cf_nothing;
    skip_white(&c.rest);
    o->stream = c.rest; /* until all objects are known */
}

/* Once every Length is known. */
static void finish_object(cf_judge *j, cf_object *o)
{
    cf_cursor c = { .j = j, .rest = o->stream, .object = o->number };

    o->stream = NK_EMPTY;
    if (nk_str_starts(c.rest, NK_STR("stream")))
        read_stream(j, o, &c);
    skip_white(&c.rest);
    if (!nk_str_starts(c.rest, NK_STR("endobj")) || c.rest.ptr[-1] != '\n')
        cf_tell(j, CF_SPACING, o->number, "endobj has no line of its own");
}

/* ---- Cross-reference tables ---------------------------------------------- */

static uint64_t digits(nk_str s, size_t n)
{
    uint64_t v = UINT64_MAX;

    if (s.len < n || !nk_str_uint(nk_str_head(s, n), UINT32_MAX, &v))
        return UINT64_MAX;
    return v;
}

/* Rows of 20 bytes (7.5.4); newer revisions come first. */
static bool read_rows(cf_judge *j, nk_str *s, uint64_t first, uint64_t count,
                      uint8_t *known)
{
    for (; count > 0; count--, first++, *s = nk_str_skip(*s, 20)) {
        uint64_t at = digits(*s, 10);

        if (s->len < 20 || at == UINT64_MAX || s->ptr[10] != ' ' ||
            digits(nk_str_skip(*s, 11), 5) == UINT64_MAX ||
            !strchr("nf", s->ptr[17]) || s->ptr[19] != '\n') {
            cf_tell(j, CF_XREF, (uint32_t)first, "a broken row");
            return false;
        }
        if (first >= j->objects_n || known[first])
            continue;
        known[first] = 1;
        if (s->ptr[17] == 'n' && at > 0 && at < j->bytes.len)
            j->objects[first].at = (size_t)at;
    }
    return true;
}

/* Sections up to the trailer. */
static bool read_sections(cf_judge *j, nk_str *s, uint8_t *known)
{
    while (s->len && !nk_str_starts(*s, NK_STR("trailer"))) {
        uint64_t from, count;
        nk_str line, first;

        if (!nk_str_cut(s, '\n', &line) || !nk_str_word(&line, &first) ||
            !nk_str_uint(first, MAX_OBJECTS, &from) ||
            !nk_str_uint(nk_str_trim(line), MAX_OBJECTS, &count)) {
            cf_tell(j, CF_XREF, 0, "a broken section");
            return false;
        }
        if (!read_rows(j, s, from, count, known))
            return false;
    }
    return s->len > 0;
}

/* One table and its trailer. */
static const cf_value *read_table(cf_judge *j, int64_t at, uint8_t *known)
{
    cf_cursor c = { .j = j };
    nk_str s = j->bytes;
    cf_value *v;

    if (at > 0 && (uint64_t)at < s.len)
        s = nk_str_skip(s, (size_t)at);
    if (!nk_str_starts(s, NK_STR("xref\n"))) {
        cf_tell(j, CF_XREF, 0, "no table at %lld", (long long)at);
        return &cf_nothing;
    }
    s = nk_str_skip(s, 5);
    if (!read_sections(j, &s, known))
        return &cf_nothing;
    c.rest = nk_str_skip(s, strlen("trailer"));
    v = cf_take(&c);
    return v && v->kind == CF_DICT ? v : &cf_nothing;
}

/* Where the newest table is said to stand. */
static int64_t last_table(cf_judge *j)
{
    static const nk_str word = NK_STR_INIT("startxref");
    size_t at = j->bytes.len;
    cf_cursor c = { .j = j };
    cf_value *v;

    while (at > 0 && !nk_str_starts(nk_str_skip(j->bytes, at), word))
        at--;
    c.rest = nk_str_skip(j->bytes, at);
    if (!nk_str_starts(c.rest, word))
        return -1;
    c.rest = nk_str_skip(c.rest, word.len);
    v = cf_take(&c);
    return v ? cf_int(v, -1) : -1;
}

static void read_tables(cf_judge *j)
{
    uint8_t *known = cf_need(NK_NEWN(&j->arena, MAX_OBJECTS, uint8_t));
    int64_t at = last_table(j), size;
    const cf_value *t;
    unsigned revisions = 0;

    j->trailer = &cf_nothing;
    j->objects_n = MAX_OBJECTS;
    j->objects = cf_need(NK_NEWN(&j->arena, MAX_OBJECTS, cf_object));
    for (; at > 0 && revisions < NK_MAX_PDF_REVISIONS; revisions++) {
        t = read_table(j, at, known);
        if (revisions == 0)
            j->trailer = t;
        at = cf_int(cf_raw(t, "Prev"), 0);
    }
    size = cf_int(cf_raw(j->trailer, "Size"), 0);
    if (size <= 0 || size > MAX_OBJECTS)
        cf_tell(j, CF_XREF, 0, "the trailer has no Size");
    else
        j->objects_n = (size_t)size;
}

/* ---- Pages -------------------------------------------------------------- */

static void read_pages(cf_judge *j, const cf_value *ref, unsigned depth)
{
    cf_object *o = cf_object_of(j, ref);
    const cf_value *kid;

    if (!o || o->seen || depth > MAX_DEPTH) {
        cf_tell(j, CF_SYNTAX, 0, "a page cannot be found");
        return;
    }
    o->seen = true;
    if (cf_is(cf_get(j, o->value, "Type"), "Page")) {
        if (j->pages_n < NK_MAX_PAGES)
            j->pages[j->pages_n++] = (cf_page){ .object = o };
        return;
    }
    for (kid = cf_get(j, o->value, "Kids")->first; kid; kid = kid->next)
        read_pages(j, kid, depth + 1);
}

void cf_read(cf_judge *j)
{
    size_t i;

    read_tables(j);
    for (i = 0; i < j->objects_n; i++) {
        j->objects[i].number = (uint32_t)i;
        if (j->objects[i].at)
            read_object(j, &j->objects[i]);
    }
    for (i = 0; i < j->objects_n; i++)
        if (j->objects[i].value)
            finish_object(j, &j->objects[i]);
    j->catalog = cf_get(j, j->trailer, "Root");
    if (j->catalog->kind != CF_DICT)
        cf_tell(j, CF_SYNTAX, 0, "there is no catalog");
    j->pages = cf_need(NK_NEWN(&j->arena, NK_MAX_PAGES, cf_page));
    read_pages(j, cf_raw(j->catalog, "Pages"), 0);
}
