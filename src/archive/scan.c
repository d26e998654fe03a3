/*
 * Saying a paper in steps. Where a pattern of PDF files is found that play.c
 * can say again exactly, a step takes its place, and anything else stays
 * text. Nothing is ever refused: a paper that is no PDF at all is just text
 * and bytes.
 *
 * Patterns are looked for at the bytes that are rarest in them: the "R" of a
 * reference, the line feed before a line of numbers. A pattern function is
 * given the scanner at such a byte; it says the step, moves the scanner to
 * where the step began, and returns how many bytes of the paper the step
 * covers, or 0 when it is something else.
 */
#include "archive/scan.h"

#define TABLE_TRIES 16u /* tables that may be none of ours */

void nk_archive__say(nk_scanner *s, unsigned op)
{
    nk_buf_putn(s->code, s->paper.ptr + s->text, s->at - s->text);
    s->text = s->at;
    nk_buf_putc(s->code, (char)op);
}

void nk_archive__say_number(nk_scanner *s, unsigned op, uint64_t n)
{
    nk_archive__say(s, op);
    nk_archive__varint_put(s->code, n);
}

void nk_archive__say_bytes(nk_scanner *s, unsigned op, nk_str bytes)
{
    nk_archive__say_number(s, op, bytes.len);
    nk_buf_puts(s->code, bytes);
}

void nk_archive__say_raw(nk_scanner *s, unsigned op, nk_str bytes)
{
    nk_archive__say_number(s, op, bytes.len);
    nk_buf_puts(s->raw, bytes);
}

bool nk_archive__is_chance(const nk_scanner *s, nk_str bytes)
{
    return !s->how->plain && nk_archive__is_random(bytes) &&
           !(s->how->known && nk_archive__base_holds(s->how->known, bytes));
}

size_t nk_archive__digits(nk_str s, uint32_t *n)
{
    uint32_t v = 0;
    size_t i = 0;

    while (i < s.len && i < 9 && nk_is_digit(s.ptr[i]))
        v = v * 10 + (uint32_t)(s.ptr[i++] - '0');
    if (i == 0 || (s.ptr[0] == '0' && i > 1) ||
        (i < s.len && nk_is_digit(s.ptr[i])))
        return 0;
    *n = v;
    return i;
}

/* Text between the last step and the byte looked at. */
static nk_str before(const nk_scanner *s)
{
    return (nk_str){ s->paper.ptr + s->text, s->at - s->text };
}

static void say_object(nk_scanner *s, uint32_t n)
{
    nk_object *begun = nk_archive__list_add(&s->objects);

    if (!begun) {
        s->code->err = NK_E_NOMEM;
        return;
    }
    *begun = (nk_object){ n, (uint32_t)s->at };
    if (n == s->object + 1)
        nk_archive__say(s, NK_OP_OBJ_NEXT);
    else
        nk_archive__say_number(s, NK_OP_OBJ, n);
    s->object = n;
    if (n > s->top)
        s->top = n;
}

static void say_ref(nk_scanner *s, uint32_t n)
{
    uint32_t recent = nk_archive__refs_find(&s->refs, n);
    uint32_t near = n + NK_NEAR / 2 - s->object;

    if (n == s->ref + 1)
        nk_archive__say(s, NK_OP_REF_NEXT);
    else if (n - s->ref - 2 < NK_SKIP)
        nk_archive__say(s, NK_OP_REF_SKIP + n - s->ref - 2);
    else if (recent < s->refs.n)
        nk_archive__say(s, NK_OP_REF_RECENT + recent);
    else if (near < NK_NEAR)
        nk_archive__say(s, NK_OP_REF_NEAR + near);
    else
        nk_archive__say_number(s, NK_OP_REF, n);
    s->ref = n;
    nk_archive__refs_note(&s->refs, n, recent);
}

/*
 * Is the byte looked at the last of `end`, with a number before it? Then the
 * scanner moves to the number, and what it covers with `end` is returned.
 */
static size_t back_to_number(nk_scanner *s, nk_str end, uint32_t *n)
{
    nk_str text = before(s), number;
    size_t i, used;

    /* Most are something else: two bytes tell. */
    if (text.len < end.len || text.ptr[text.len - end.len + 1] != ' ' ||
        text.ptr[text.len - end.len + 2] != '0' ||
        !nk_str_ends(text, nk_str_head(end, end.len - 1)))
        return 0;
    text.len -= end.len - 1;
    for (i = text.len; i > 0 && nk_is_digit(text.ptr[i - 1]);)
        i--;
    number = nk_str_skip(text, i);
    used = nk_archive__digits(number, n);
    if (used == 0 || *n > NK_MAX_OBJECT)
        return 0;
    s->at = s->text + i;
    return used + end.len;
}

/* The decimal that text ends with, in thousandths, as it is usually written;
   how long it is. */
static size_t last_decimal(nk_scanner *s, nk_str text, int64_t *n)
{
    size_t i = text.len, k;
    int64_t v = 0, scale = 1000;
    bool point = false;
    nk_buf again;

    while (i > 0 && text.len - i < 14 &&
           (nk_is_digit(text.ptr[i - 1]) || strchr("-.", text.ptr[i - 1])))
        i--;
    for (k = i; k < text.len; k++) {
        char c = text.ptr[k];

        if (nk_is_digit(c))
            v = point ? v + (c - '0') * (scale /= 10) : v * 10 + (c - '0');
        else if (c == '.')
            v *= 1000, point = true;
    }
    *n = (point ? v : v * 1000) * (i < text.len && text.ptr[i] == '-' ? -1 : 1);
    nk_buf_init(&again, s->a);
    nk_archive__decimal_put(&again, *n);
    return nk_str_ends(text, nk_buf_str(&again)) ? again.len : 0;
}

/* "x y Td": where a line begins. The first after "BT" is a place on the page,
   the others are moves. */
static size_t scan_place(nk_scanner *s)
{
    nk_str text = before(s), near;
    size_t at = s->at, used;
    bool is_move;
    int64_t n, d;

    if (at + 1 == s->paper.len || s->paper.ptr[at + 1] != 'd' || text.len < 2 ||
        text.ptr[text.len - 1] != ' ')
        return 0;
    text.len--;
    used = last_decimal(s, text, &n);
    if (used == 0 || used == text.len || text.ptr[text.len - used - 1] != ' ')
        return 0;
    near = text.len > 48 ? nk_str_skip(text, text.len - 48) : text;
    is_move = nk_str_search(near, NK_STR("BT ")) == near.len;
    d = is_move ? n : n - s->y;
    if (!nk_archive__move(&s->y, d))
        return 0;
    s->at -= used + 1;
    nk_archive__say(s, is_move ? NK_OP_Y_BY : NK_OP_Y);
    nk_archive__signed_put(s->code, d);
    return at - s->at - 1;
}

static size_t scan_ref(nk_scanner *s)
{
    uint32_t n;
    size_t used = back_to_number(s, NK_STR(" 0 R"), &n);

    if (used)
        say_ref(s, n);
    return used;
}

static size_t scan_obj(nk_scanner *s)
{
    uint32_t n;
    size_t used = back_to_number(s, NK_STR(" 0 obj"), &n);

    if (used)
        say_object(s, n);
    return used;
}

/* A counted mark: "/K 5". */
static size_t say_count(nk_scanner *s, size_t name, uint32_t *last, unsigned op)
{
    uint32_t n;
    size_t used =
        nk_archive__digits(nk_str_skip(nk_archive__rest(s), name), &n);

    if (used == 0 || n > NK_MAX_OBJECT ||
        nk_str_starts(nk_str_skip(nk_archive__rest(s), name + used),
                      NK_STR(" 0 R")))
        return 0;
    if (n == *last + 1)
        nk_archive__say(s, op + 1);
    else
        nk_archive__say_number(s, op, n);
    *last = n;
    return name + used;
}

/* The text `name` stays; the number after it is one that can be foreseen. */
static size_t say_foreseen(nk_scanner *s, size_t name, uint32_t value,
                           unsigned op)
{
    uint32_t n;
    size_t used =
        nk_archive__digits(nk_str_skip(nk_archive__rest(s), name), &n);

    if (used == 0 || n != value)
        return 0;
    s->at += name;
    nk_archive__say(s, op);
    return used;
}

static size_t scan_name(nk_scanner *s)
{
    nk_str rest = nk_archive__rest(s);

    switch (rest.len > 1 ? rest.ptr[1] : 0) {
    case 'M':
        if (nk_str_starts(rest, NK_STR("/MCID ")))
            return say_count(s, 6, &s->mcid, NK_OP_MCID);
        break;
    case 'K':
        if (nk_str_starts(rest, NK_STR("/K ")))
            return say_count(s, 3, &s->k, NK_OP_K);
        break;
    case 'S':
        if (nk_str_starts(rest, NK_STR("/Size ")))
            return say_foreseen(s, 6, s->top + 1, NK_OP_SIZE);
        break;
    case 'P':
        if (nk_str_starts(rest, NK_STR("/Prev ")))
            return say_foreseen(s, 6, s->xref_before, NK_OP_XREF_BEFORE);
        break;
    default:
        break;
    }
    return 0;
}

/* What the first entry of a table says of its form; false: it is none. */
static bool form_of_table(nk_str rest, unsigned *flags)
{
    static const char *const ends[] = { "\r\n", " \n", " \r" };
    unsigned i;

    rest = nk_str_skip(rest, nk_str_find(rest, '\n'));
    if (rest.len < 21)
        return false;
    *flags = rest.ptr[18] == 'f' ? NK_TABLE_FREE : 0;
    for (i = 0; i < 3; i++)
        if (memcmp(rest.ptr + 19, ends[i], 2) == 0) {
            *flags |= i << 1;
            return true;
        }
    return false;
}

static size_t say_table(nk_scanner *s, nk_str rest)
{
    unsigned flags;
    nk_buf b;

    if (s->tables_tried == TABLE_TRIES || !form_of_table(rest, &flags))
        return 0;
    s->tables_tried++;
    s->objects.n = nk_archive__objects_sort(s->objects.items, s->objects.n);
    nk_buf_init(&b, s->a);
    nk_archive__table_put(&b, s->objects.items, s->objects.n, flags);
    if (b.len == 0 || !nk_str_starts(rest, nk_buf_str(&b)))
        return 0;
    nk_buf_putc(s->code, (char)NK_OP_TABLE);
    nk_archive__varint_put(s->code, flags);
    s->objects.n = 0;
    s->tables_tried = 0;
    return b.len;
}

/* "xref" of a table, or of "startxref". */
static size_t scan_xref(nk_scanner *s)
{
    nk_str rest = nk_archive__rest(s);

    if (!nk_str_starts(rest, NK_STR("xref\n")))
        return 0;
    if (nk_str_ends(before(s), NK_STR("start")))
        return say_foreseen(s, 5, s->xref, NK_OP_XREF_AT);
    if (s->at && s->paper.ptr[s->at - 1] != '\n')
        return 0;
    nk_archive__say(s, NK_OP_XREF);
    s->xref_before = s->xref;
    s->xref = (uint32_t)s->at;
    return 5 + say_table(s, nk_str_skip(rest, 5));
}

/* The first end of a stream at or after `from`; the paper's end: none. */
static size_t find_endstream(nk_scanner *s, size_t from)
{
    if (s->endstream < from)
        s->endstream = from + nk_str_search(nk_str_skip(s->paper, from),
                                            NK_STR("\nendstream"));
    return s->endstream;
}

/* Are these the first bytes of something else than text? */
static bool looks_binary(nk_str s)
{
    size_t n = s.len < 64 ? s.len : 64, other = 0, i;

    for (i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        other += c >= 0x7F || (c < ' ' && !nk_is_space((char)c));
    }
    return 4 * other > n;
}

/* Bytes that are no text. */
static void say_binary(nk_scanner *s, nk_str bytes)
{
    if (nk_archive__is_chance(s, bytes))
        nk_archive__say_raw(s, NK_OP_RAW, bytes);
    else
        nk_archive__say_bytes(s, NK_OP_BYTES, bytes);
}

/* A stream's bytes, unless they are text: a resource of the dictionary, or
   said in one piece. The scanner is at the line feed before them. */
static size_t scan_stream(nk_scanner *s)
{
    nk_str body = nk_str_skip(nk_archive__rest(s), 1);
    size_t i, n;

    if (!looks_binary(body))
        return 0;
    for (i = 0; i < s->res_n; i++)
        if (s->res[i].len && nk_str_starts(body, s->res[i])) {
            s->at++;
            nk_archive__say_number(s, NK_OP_RES, i);
            return s->res[i].len;
        }
    n = find_endstream(s, s->at + 1) - (s->at + 1);
    if (n == 0 || n == body.len)
        return 0;
    body.len = n;
    if (s->how->found)
        s->how->found(s->how->data, body, true);
    s->at++;
    say_binary(s, body);
    return n;
}

/* A line feed: before a stream's bytes, or a line of numbers? */
static size_t scan_line(nk_scanner *s)
{
    nk_str text = before(s);
    size_t used = 0;

    if (text.len && text.ptr[text.len - 1] == '\r')
        text.len--;
    if (text.len && text.ptr[text.len - 1] == 'm' &&
        nk_str_ends(text, NK_STR("stream")) &&
        !nk_str_ends(text, NK_STR("endstream")))
        used = scan_stream(s);
    if (used == 0 && s->at >= s->cells_end && s->at + 1 < s->paper.len &&
        nk_is_digit(s->paper.ptr[s->at + 1]))
        used = nk_archive__scan_cells(s);
    return used;
}

/* Bytes that are no ASCII text, up to the next eight that are. */
static size_t scan_byte(nk_scanner *s)
{
    nk_str rest = nk_archive__rest(s);
    size_t n = 0, end = 0;

    while (n < rest.len && n < end + 8)
        if ((unsigned char)rest.ptr[n++] >= 0x80)
            end = n;
    rest.len = end;
    say_binary(s, rest);
    return end;
}

static size_t scan_at(nk_scanner *s)
{
    switch (s->paper.ptr[s->at]) {
    case '\n':
        return scan_line(s);
    case '/':
        return scan_name(s);
    case '<':
        return nk_archive__scan_hex(s);
    case 'R':
        return scan_ref(s);
    case 'T':
        return scan_place(s);
    case 'j':
        return scan_obj(s);
    case 'x':
        return scan_xref(s);
    default:
        return scan_byte(s);
    }
}

/* Bytes that scan_at has something for, besides those that are no ASCII. */
static const bool is_mark[128] = {
    ['\n'] = true, ['/'] = true, ['<'] = true, ['R'] = true,
    ['T'] = true,  ['j'] = true, ['x'] = true
};

/* The next such byte. */
static size_t next_mark(nk_str paper, size_t at)
{
    const unsigned char *p = (const unsigned char *)paper.ptr;

    while (at < paper.len && p[at] < 0x80 && !is_mark[p[at]])
        at++;
    return at;
}

void nk_archive__scan(nk_arena *a, const nk_scan *how, nk_str paper,
                      nk_buf *code, nk_buf *raw)
{
    nk_scanner s = {
        .how = how, .paper = paper, .a = a, .code = code, .raw = raw
    };

    if (how->dict) {
        s.res = how->dict->res;
        s.res_n = how->dict->res_n;
    }
    nk_buf_init(&s.hex, a);
    s.said = NK_LIST(a, nk_str);
    s.objects = NK_LIST(a, nk_object);
    nk_buf_reserve(code, paper.len / 2);
    while ((s.at = next_mark(paper, s.at)) < paper.len) {
        size_t used = scan_at(&s);

        if (used) {
            s.at += used;
            s.text = s.at;
        } else {
            s.at++;
        }
    }
    nk_buf_putn(code, paper.ptr + s.text, paper.len - s.text);
}
