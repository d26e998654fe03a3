/*
 * Playing a code back into the paper it says. The code may be anybody's:
 * every step is checked against what is left of code, raw and room, and what
 * goes wrong is not described, since the seal has already said that the
 * bytes are ours.
 */
#include "archive/code.h"

struct player {
    const nk_dict *d;
    nk_str code, raw;
    char *out;
    size_t len, size; /* of out: written, all */
    nk_arena *a;
    nk_list said;         /* nk_str: what each HEX_RAW took */
    nk_list objects;      /* nk_object: begun since the last table */
    uint32_t object, top; /* begun last, highest number */
    uint32_t mcid, k, ref;
    uint32_t xref, xref_before;
    int64_t y; /* thousandths */
    nk_refs refs;
    bool upper;
};

/* Room for n more bytes, which count as written; NULL: there is none. */
static char *take_room(struct player *p, size_t n)
{
    char *at = p->out + p->len;

    if (n > p->size - p->len)
        return NULL;
    p->len += n;
    return at;
}

static bool write(struct player *p, nk_str s)
{
    char *at = take_room(p, s.len);

    if (at && s.len)
        memcpy(at, s.ptr, s.len);
    return at != NULL;
}

static bool write_hex(struct player *p, nk_str s)
{
    const char *digit = p->upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char *at = s.len <= p->size ? take_room(p, 2 * s.len) : NULL;
    size_t i;

    for (i = 0; at && i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        *at++ = digit[c >> 4];
        *at++ = digit[c & 15];
    }
    return at != NULL;
}

/* Both texts are short: to call memcpy would take longer. */
static bool write_number(struct player *p, nk_str before, uint32_t n,
                         nk_str after)
{
    char num[NK_DIGITS];
    size_t len = (size_t)(nk_archive__write_digits(num, n) - num), i;
    char *at = take_room(p, before.len + len + after.len);

    if (!at)
        return false;
    for (i = 0; i < before.len; i++)
        *at++ = before.ptr[i];
    for (i = 0; i < len; i++)
        *at++ = num[i];
    for (i = 0; i < after.len; i++)
        *at++ = after.ptr[i];
    return true;
}

static bool take_count(struct player *p, uint64_t max, size_t *n)
{
    uint64_t v;

    if (!nk_archive__varint(&p->code, &v) || v > max)
        return false;
    *n = (size_t)v;
    return true;
}

/* A number of the code. */
static bool take_number(struct player *p, uint32_t *n)
{
    size_t v;

    if (!take_count(p, NK_MAX_OBJECT, &v))
        return false;
    *n = (uint32_t)v;
    return true;
}

/* A length and that many bytes of `from`, which is code or raw. */
static bool take_bytes(struct player *p, nk_str *from, nk_str *out)
{
    size_t n;

    if (!take_count(p, SIZE_MAX, &n) || n > from->len)
        return false;
    *out = nk_str_head(*from, n);
    *from = nk_str_skip(*from, n);
    return true;
}

static bool take_res(struct player *p, nk_str *out)
{
    size_t i;

    if (!p->d || p->d->res_n == 0 || !take_count(p, p->d->res_n - 1, &i))
        return false;
    *out = p->d->res[i];
    return true;
}

static bool play_bytes(struct player *p)
{
    nk_str s;

    return take_bytes(p, &p->code, &s) && write(p, s);
}

static bool play_raw(struct player *p)
{
    nk_str s;

    return take_bytes(p, &p->raw, &s) && write(p, s);
}

static bool play_res(struct player *p)
{
    nk_str s;

    return take_res(p, &s) && write(p, s);
}

static bool play_hex_bytes(struct player *p)
{
    nk_str s;

    return take_bytes(p, &p->code, &s) && write_hex(p, s);
}

static bool play_hex_raw(struct player *p)
{
    nk_str *said = nk_archive__list_add(&p->said);

    return said && take_bytes(p, &p->raw, said) && write_hex(p, *said);
}

static bool play_hex_res(struct player *p)
{
    nk_str s;

    return take_res(p, &s) && write_hex(p, s);
}

static bool play_hex_again(struct player *p)
{
    const nk_str *said = p->said.items;
    size_t i;

    return p->said.n && take_count(p, p->said.n - 1, &i) &&
           write_hex(p, said[p->said.n - 1 - i]);
}

static bool play_lower(struct player *p)
{
    p->upper = false;
    return true;
}

static bool play_upper(struct player *p)
{
    p->upper = true;
    return true;
}

static bool play_zeros(struct player *p)
{
    size_t n;
    char *at;

    if (!take_count(p, p->size, &n) || !(at = take_room(p, n)))
        return false;
    memset(at, '0', n);
    return true;
}

static bool play_xref(struct player *p)
{
    p->xref_before = p->xref;
    p->xref = (uint32_t)p->len;
    return write(p, NK_STR("xref\n"));
}

/* Append what is made in a buffer bounded by the room that is left. */
static bool write_made(struct player *p, nk_buf *b)
{
    return b->err == NK_OK && write(p, nk_buf_str(b));
}

static bool play_table(struct player *p)
{
    size_t flags, n;
    nk_buf b;

    if (!take_count(p, 7, &flags))
        return false;
    n = nk_archive__objects_sort(p->objects.items, p->objects.n);
    p->objects.n = 0;
    if (n > (p->size - p->len) / 20)
        return false;
    nk_buf_init(&b, p->a);
    b.limit = p->size - p->len + 1;
    nk_archive__table_put(&b, p->objects.items, n, (unsigned)flags);
    return write_made(p, &b);
}

static bool play_xref_at(struct player *p)
{
    return write_number(p, NK_EMPTY, p->xref, NK_EMPTY);
}

static bool play_xref_before(struct player *p)
{
    return write_number(p, NK_EMPTY, p->xref_before, NK_EMPTY);
}

static bool play_size(struct player *p)
{
    return write_number(p, NK_EMPTY, p->top + 1, NK_EMPTY);
}

static bool are_bounded(const nk_cells *c)
{
    return c->unit <= NK_MAX_UNIT && c->x <= NK_MAX_UNIT &&
           c->y <= NK_MAX_UNIT && c->columns <= NK_MAX_CELLS &&
           c->rows <= NK_MAX_CELLS;
}

static bool play_cells(struct player *p)
{
    nk_cells c = { 0 };
    uint32_t *const fields[NK_CELLS_FIELDS] = { &c.flags, &c.unit,    &c.x,
                                                &c.y,     &c.columns, &c.rows };
    uint8_t *all;
    size_t i, n;
    nk_buf b;

    for (i = 0; i < NK_CELLS_FIELDS; i++)
        if (!take_number(p, fields[i]))
            return false;
    if (!are_bounded(&c) ||
        !(all = nk_alloc(p->a, ((size_t)c.columns * c.rows + 7) / 8)) ||
        !nk_archive__cells_join(&c, p->raw, all, &n))
        return false;
    p->raw = nk_str_skip(p->raw, n);
    nk_buf_init(&b, p->a);
    b.limit = p->size - p->len + 1;
    nk_archive__cells_put(&b, &c, all);
    return write_made(p, &b);
}

static bool begin_object(struct player *p, uint32_t n)
{
    nk_object *begun = nk_archive__list_add(&p->objects);

    if (!begun || n > NK_MAX_OBJECT)
        return false;
    *begun = (nk_object){ n, (uint32_t)p->len };
    p->object = n;
    if (n > p->top)
        p->top = n;
    return write_number(p, NK_EMPTY, n, NK_STR(" 0 obj"));
}

static bool play_obj(struct player *p)
{
    uint32_t n;

    return take_number(p, &n) && begin_object(p, n);
}

static bool play_obj_next(struct player *p)
{
    return begin_object(p, p->object + 1);
}

static bool play_mcid(struct player *p)
{
    return take_number(p, &p->mcid) &&
           write_number(p, NK_STR("/MCID "), p->mcid, NK_EMPTY);
}

static bool play_mcid_next(struct player *p)
{
    return write_number(p, NK_STR("/MCID "), ++p->mcid, NK_EMPTY);
}

static bool play_k(struct player *p)
{
    return take_number(p, &p->k) &&
           write_number(p, NK_STR("/K "), p->k, NK_EMPTY);
}

static bool play_k_next(struct player *p)
{
    return write_number(p, NK_STR("/K "), ++p->k, NK_EMPTY);
}

static bool refer(struct player *p, uint32_t n)
{
    p->ref = n;
    nk_archive__refs_note(&p->refs, n, nk_archive__refs_find(&p->refs, n));
    return write_number(p, NK_EMPTY, n, NK_STR(" 0 R"));
}

static bool play_ref(struct player *p)
{
    uint32_t n;

    return take_number(p, &n) && refer(p, n);
}

static bool play_ref_next(struct player *p)
{
    return refer(p, p->ref + 1);
}

/* A place on the page, in thousandths. */
static bool write_place(struct player *p, int64_t n)
{
    nk_buf b;

    nk_buf_init(&b, p->a);
    nk_archive__decimal_put(&b, n);
    return write_made(p, &b);
}

static bool take_move(struct player *p, int64_t *d)
{
    return nk_archive__signed(&p->code, d) && nk_archive__move(&p->y, *d);
}

static bool play_y(struct player *p)
{
    int64_t d;

    return take_move(p, &d) && write_place(p, p->y);
}

static bool play_y_by(struct player *p)
{
    int64_t d;

    return take_move(p, &d) && write_place(p, d);
}

static bool (*const steps[NK_OP_END - 0x80])(struct player *) = {
    [NK_OP_BYTES - 0x80] = play_bytes,
    [NK_OP_RAW - 0x80] = play_raw,
    [NK_OP_RES - 0x80] = play_res,
    [NK_OP_HEX_BYTES - 0x80] = play_hex_bytes,
    [NK_OP_HEX_RAW - 0x80] = play_hex_raw,
    [NK_OP_HEX_RES - 0x80] = play_hex_res,
    [NK_OP_HEX_AGAIN - 0x80] = play_hex_again,
    [NK_OP_LOWER - 0x80] = play_lower,
    [NK_OP_UPPER - 0x80] = play_upper,
    [NK_OP_ZEROS - 0x80] = play_zeros,
    [NK_OP_XREF - 0x80] = play_xref,
    [NK_OP_TABLE - 0x80] = play_table,
    [NK_OP_XREF_AT - 0x80] = play_xref_at,
    [NK_OP_XREF_BEFORE - 0x80] = play_xref_before,
    [NK_OP_SIZE - 0x80] = play_size,
    [NK_OP_CELLS - 0x80] = play_cells,
    [NK_OP_OBJ - 0x80] = play_obj,
    [NK_OP_OBJ_NEXT - 0x80] = play_obj_next,
    [NK_OP_MCID - 0x80] = play_mcid,
    [NK_OP_MCID_NEXT - 0x80] = play_mcid_next,
    [NK_OP_K - 0x80] = play_k,
    [NK_OP_K_NEXT - 0x80] = play_k_next,
    [NK_OP_REF - 0x80] = play_ref,
    [NK_OP_REF_NEXT - 0x80] = play_ref_next,
    [NK_OP_Y - 0x80] = play_y,
    [NK_OP_Y_BY - 0x80] = play_y_by,
};

static bool play_step(struct player *p, unsigned op)
{
    if (op < NK_OP_END)
        return steps[op - 0x80](p);
    if (op >= NK_OP_REF_SKIP && op < NK_OP_REF_SKIP + NK_SKIP)
        return refer(p, p->ref + op - NK_OP_REF_SKIP + 2);
    if (op >= NK_OP_REF_NEAR && op < NK_OP_REF_NEAR + NK_NEAR)
        return refer(p, p->object + op - NK_OP_REF_NEAR - NK_NEAR / 2);
    if (op >= NK_OP_REF_RECENT && op < NK_OP_REF_RECENT + p->refs.n)
        return refer(p, p->refs.recent[op - NK_OP_REF_RECENT]);
    return false;
}

/* Text up to the next step; most of a code is that. */
static size_t plain_run(nk_str s)
{
    size_t n = 0;
    uint64_t eight;

    for (; n + 8 <= s.len; n += 8) {
        memcpy(&eight, s.ptr + n, 8);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (n < s.len && (unsigned char)s.ptr[n] < 0x80)
        n++;
    return n;
}

bool nk_archive__play(nk_arena *a, const nk_dict *d, nk_str code, nk_str raw,
                      char *out, size_t size)
{
    struct player p = { .d = d,
                        .code = code,
                        .raw = raw,
                        .out = out,
                        .size = size,
                        .a = a,
                        .said = NK_LIST(a, nk_str),
                        .objects = NK_LIST(a, nk_object) };

    while (p.code.len) {
        size_t n = plain_run(p.code);
        unsigned op;

        if (!write(&p, nk_str_head(p.code, n)))
            return false;
        p.code = nk_str_skip(p.code, n);
        if (p.code.len == 0)
            break;
        op = (unsigned char)p.code.ptr[0];
        p.code = nk_str_skip(p.code, 1);
        if (!play_step(&p, op))
            return false;
    }
    return p.len == size && p.raw.len == 0;
}
