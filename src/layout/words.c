/*
 * Words: the inline nodes of a paragraph as units to put on lines.
 *
 * White space separates; what must not be parted is tied: the parts of a
 * number, a title and its name, a name and its degrees, a day and its month.
 */
#include "layout/layout_int.h"

struct reading {
    struct nk_layout__run *l;
    const struct nk_layout__type *type;
    nk_mpt width; /* of the column */
    struct nk_layout__unit *units;
    uint32_t n, room;
    bool space; /* a space is due */
    bool tie;   /* ... that must not break */
    bool stop;  /* the last unit was a step to a stop */
};

nk_err nk_layout__face(struct nk_layout__run *l, nk_face face,
                       const struct nk_layout__face **out)
{
    struct nk_layout__face *f = &l->faces[face];
    nk_err rc = NK_OK;

    if (!f->known)
        rc = l->m->face(l->m->self, l->ctx, face, &f->space, &f->ascent,
                        &f->descent);
    f->known = rc == NK_OK;
    *out = f;
    return rc;
}

nk_str nk_layout__label(struct nk_layout__run *l, const nk_node *n)
{
    if (n && n->field)
        return nk_field_label(l->a, n->field, NK_LANG_ID);
    return nk_msg_text(NK_T_TEMPLATE_TEXT, NK_LANG_ID);
}

static void complain_missing(struct nk_layout__run *l, const nk_node *node,
                             uint32_t c)
{
    char name[12];
    nk_arena a;
    nk_buf b;

    nk_arena_init(&a);
    nk_buf_init(&b, &a);
    nk_utf8_put(&b, c);
    nk_layout__problem(l, NK_ERROR, NK_M_CHAR_MISSING, node, nk_buf_str(&b),
                       nk_utf8_name(name, c));
    nk_arena_release(&a);
}

nk_err nk_layout__measure(struct nk_layout__run *l, const nk_node *node,
                          nk_face face, nk_mpt size, nk_str text, nk_mpt *width)
{
    uint32_t missing = 0;
    int32_t units = 0;
    nk_err rc = l->m->word(l->m->self, l->ctx, face, text, &units, &missing);

    if (missing)
        complain_missing(l, node, missing);
    *width = nk_layout__em(units, size);
    return rc;
}

/* Letters of two words without a space between are drawn as one word: let
   the second be as wide as it is behind the first. */
static nk_err join(struct reading *r, struct nk_layout__unit *u)
{
    const struct nk_layout__unit *p = r->n ? &r->units[r->n - 1] : NULL;
    const nk_metrics *m = r->l->m;
    char both[2 * NK_MAX_WORD];
    int32_t first, all;
    uint32_t missing; /* is told of the words themselves */
    nk_mpt alone = u->width;
    nk_err rc;

    if (r->space || !p || p->kind != u->kind || p->face != u->face ||
        p->underline != u->underline)
        return NK_OK;
    memcpy(both, p->text.ptr, p->text.len);
    memcpy(both + p->text.len, u->text.ptr, u->text.len);
    if ((rc = m->word(m->self, r->l->ctx, u->face, p->text, &first, &missing)) <
            0 ||
        (rc = m->word(m->self, r->l->ctx, u->face,
                      (nk_str){ both, p->text.len + u->text.len }, &all,
                      &missing)) < 0)
        return rc;
    u->width = nk_layout__em(all, u->size) - nk_layout__em(first, u->size);
    u->lead = alone - u->width;
    return NK_OK;
}

static nk_err add_unit(struct reading *r, struct nk_layout__unit u)
{
    struct nk_layout__run *l = r->l;
    nk_err rc;

    u.lead = 0;
    if (u.kind == NK_UNIT_TEXT && (rc = join(r, &u)) < 0)
        return rc;
    if (r->n == NK_MAX_PARA_WORDS)
        return nk_fail(l->ctx, NK_E_LIMIT, NK_M_TOO_LONG, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_PARA_WORDS)));
    if (r->n == r->room) {
        uint32_t room = r->room ? 2 * r->room : 64;
        struct nk_layout__unit *more = nk_alloc_grow(
            &l->scratch, r->units, r->n * sizeof(u), room * sizeof(u));

        if (!more)
            return nk_nomem(l->ctx);
        r->units = more;
        r->room = room;
    }
    u.space = r->space && r->n > 0 && r->units[r->n - 1].kind != NK_UNIT_BREAK;
    /* A line ends after a step to a stop, never with what is beyond it. */
    u.may_break = u.space || (r->n > 0 && (u.may_break || r->stop));
    r->stop = u.kind == NK_UNIT_FILL && u.node->width > 0;
    u.tied = r->tie;
    r->space = r->tie = false;
    r->units[r->n++] = u;
    return NK_OK;
}

static nk_face face_of(const struct reading *r, const nk_node *n)
{
    return (nk_face)(r->type->family |
                     (r->type->bold || n->bold ? NK_FACE_BOLD : 0u) |
                     (r->type->italic || n->italic ? NK_FACE_ITALIC : 0u));
}

/* Bytes of s, at least one character, that fit the width. */
static nk_err fitting(struct reading *r, struct nk_layout__unit *u, size_t *n)
{
    nk_str rest = u->text;
    nk_mpt w;
    nk_err rc;

    *n = 0;
    while (rest.len) {
        size_t at;

        nk_utf8_next(&rest);
        at = u->text.len - rest.len;
        rc = nk_layout__measure(r->l, u->node, u->face, u->size,
                                nk_str_head(u->text, at), &w);
        if (rc < 0)
            return rc;
        if (*n && w > r->width)
            break;
        *n = at;
        u->width = w;
    }
    return NK_OK;
}

static void warn_too_wide(struct nk_layout__run *l, const nk_node *node)
{
    nk_layout__problem(l, NK_WARNING, NK_M_WORD_TOO_WIDE, node, NK_EMPTY,
                       NK_EMPTY);
}

/* A word wider than its column goes over as many lines as it takes. */
static nk_err add_wide(struct reading *r, struct nk_layout__unit u)
{
    nk_str text = u.text;
    nk_err rc;
    size_t n;

    warn_too_wide(r->l, u.node);
    while (text.len) {
        u.text = text;
        if ((rc = fitting(r, &u, &n)) < 0)
            return rc;
        u.text = nk_str_head(text, n);
        if ((rc = add_unit(r, u)) < 0)
            return rc;
        text = nk_str_skip(text, n);
        u.may_break = true;
    }
    return NK_OK;
}

static nk_err add_word(struct reading *r, const nk_node *node, nk_str text,
                       bool may_break)
{
    struct nk_layout__unit u = { .kind = NK_UNIT_TEXT,
                                 .node = node,
                                 .text = text,
                                 .face = face_of(r, node),
                                 .size = r->type->size,
                                 .underline = node->underline,
                                 .may_break = may_break };
    nk_err rc = nk_layout__measure(r->l, node, u.face, u.size, text, &u.width);

    if (rc < 0)
        return rc;
    return u.width > r->width ? add_wide(r, u) : add_unit(r, u);
}

/* A line may break after the hyphen of "anak-anak", not of "S-1". */
static size_t hyphen_break(nk_str word)
{
    size_t i;

    for (i = 2; i + 2 < word.len; i++)
        if (word.ptr[i] == '-' && nk_is_alpha(word.ptr[i - 1]) &&
            nk_is_alpha(word.ptr[i - 2]) && nk_is_alpha(word.ptr[i + 1]) &&
            nk_is_alpha(word.ptr[i + 2]))
            return i + 1;
    return 0;
}

/*
 * Bytes of the white space s begins with; 0: none. Spaces of all widths are
 * one space; some of them tie.
 */
static size_t space_at(nk_str s, bool *ties)
{
    nk_str rest = s;
    uint32_t c;

    *ties = false;
    if (nk_is_space(s.ptr[0]))
        return 1;
    if ((unsigned char)s.ptr[0] < 0xC2)
        return 0;
    c = nk_utf8_next(&rest);
    *ties = c == 0xA0 || c == 0x2007 || c == 0x202F;
    if (*ties || (c >= 0x2000 && c <= 0x200A) || c == 0x205F || c == 0x3000)
        return s.len - rest.len;
    return 0;
}

/* ASCII that is no space. */
static bool is_plain(char c)
{
    return c > ' ' && c < 0x7F;
}

/* Bytes of the word s begins with, at most NK_MAX_WORD. */
static size_t word_at(nk_str s)
{
    size_t n = 0;
    bool ties;

    while (n < s.len && n < NK_MAX_WORD &&
           (is_plain(s.ptr[n]) || ((unsigned char)s.ptr[n] & 0xC0) == 0x80 ||
            !space_at(nk_str_skip(s, n), &ties)))
        n++;
    while (n < s.len && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
        n--; /* never inside a character */
    return n;
}

static nk_err add_text(struct reading *r, const nk_node *node, nk_str s)
{
    bool may_break = false, ties;
    nk_err rc;

    while (s.len) {
        size_t n = space_at(s, &ties), at;
        nk_str word;

        if (n) {
            r->space = true;
            r->tie = r->tie || ties;
            s = nk_str_skip(s, n);
            may_break = false;
            continue;
        }
        n = word_at(s);
        word = nk_str_head(s, n);
        at = hyphen_break(word);
        if (at)
            word = nk_str_head(word, at);
        if ((rc = add_word(r, node, word, may_break)) < 0)
            return rc;
        s = nk_str_skip(s, word.len);
        /* What follows goes on with the same word. */
        may_break = true;
    }
    return NK_OK;
}

static nk_err add_number(struct reading *r, const nk_node *node, uint32_t v)
{
    char buf[NK_NUM_SIZE];
    nk_str s = nk_str_copy(r->l->a, nk_num(buf, v));

    return s.ptr ? add_text(r, node, s) : nk_nomem(r->l->ctx);
}

static nk_err add_box(struct reading *r, const nk_node *n,
                      enum nk_layout__unit_kind kind, nk_mpt width,
                      nk_mpt height)
{
    struct nk_layout__unit u = { .kind = kind,
                                 .node = n,
                                 .text = n->text,
                                 .face = face_of(r, n),
                                 .size = r->type->size,
                                 .width = width,
                                 .height = height,
                                 .may_break =
                                     kind == NK_UNIT_FILL && !n->width };

    if (u.width > r->width)
        u.width = r->width;
    return add_unit(r, u);
}

static nk_err add_node(struct reading *r, const nk_node *n)
{
    switch (n->kind) {
    case NK_NODE_TEXT:
        return add_text(r, n, n->text);
    case NK_NODE_BR:
        r->space = false;
        return add_box(r, n, NK_UNIT_BREAK, 0, 0);
    case NK_NODE_CHECK:
        return add_box(r, n, NK_UNIT_CHECK, NK_LAYOUT__CHECK, NK_LAYOUT__CHECK);
    case NK_NODE_COMB:
        return add_box(r, n, NK_UNIT_COMB,
                       n->width ? n->width : (nk_mpt)n->count * NK_LAYOUT__BOX,
                       NK_LAYOUT__BOX + NK_MM(1));
    case NK_NODE_BLANK:
        return add_box(r, n, NK_UNIT_BLANK, n->width, 0);
    case NK_NODE_FILL:
        return add_box(r, n, NK_UNIT_FILL, n->width, 0);
    case NK_NODE_PAGE_NO:
        return add_number(r, n, r->l->page_no);
    case NK_NODE_PAGE_COUNT:
        return add_number(r, n, r->l->page_count);
    case NK_NODE_P:
    case NK_NODE_LIST:
    case NK_NODE_ITEM:
    case NK_NODE_TABLE:
    case NK_NODE_ROW:
    case NK_NODE_CELL:
    case NK_NODE_BLOCK:
    case NK_NODE_KEEP:
    case NK_NODE_BREAK:
    case NK_NODE_SPACE:
    case NK_NODE_RULE:
    case NK_NODE_LINES:
    case NK_NODE_IMAGE:
    case NK_NODE_SIGN:
    case NK_NODE_SYMBOL:
    case NK_NODE_WAY:
    case NK_NODE_KINDS:
        break;
    }
    return NK_OK;
}

/* ---- What must not be parted ------------------------------------------- */

static bool is_in(nk_str s, const nk_str *list, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (nk_str_eq(s, list[i]))
            return true;
    return false;
}

#define W(word) NK_STR_INIT(word)

/* Words that lean on the one after them; a bracket may stand before. */
static bool leans_forward(nk_str s)
{
    static const nk_str words[] = {
        W("dr."),   W("Dr."),   W("drg."),  W("Drs."), W("Dra."),  W("Ir."),
        W("Prof."), W("H."),    W("Hj."),   W("No."),  W("Nomor"), W("Jl."),
        W("Sdr."),  W("Sdri."), W("Pasal"), W("Bab"),  W("NIP"),   W("NIK"),
        W("RT"),    W("RW"),    W("Kab."),  W("Kec."), W("Kel."),  W("a.n."),
        W("u.b."),  W("u.p."),  W("Plt."),  W("Plh."), W("Yth."),  W("pukul"),
        W("art."),
    };

    if (nk_str_starts(s, NK_STR("(")))
        s = nk_str_skip(s, 1);
    return is_in(s, words, sizeof(words) / sizeof(words[0]));
}

/* A month leans on its day, and the year on its month. */
static bool is_month(nk_str s)
{
    static const nk_str words[] = {
        W("Januari"),   W("Februari"), W("Maret"),    W("April"),
        W("Mei"),       W("Juni"),     W("Juli"),     W("Agustus"),
        W("September"), W("Oktober"),  W("November"), W("Desember"),
    };

    return is_in(s, words, sizeof(words) / sizeof(words[0]));
}

/* Words that lean on a number before them. */
static bool leans_on_number(nk_str s)
{
    static const nk_str words[] = {
        W("hari"), W("jam"),  W("menit"), W("tahun"),  W("bulan"),  W("lembar"),
        W("kali"), W("mm"),   W("cm"),    W("km"),     W("berkas"), W("orang"),
        W("WIB"),  W("WITA"), W("WIT"),   W("persen"),
    };

    while (s.len && strchr(".,;:)", s.ptr[s.len - 1]))
        s.len--;
    return is_month(s) || is_in(s, words, sizeof(words) / sizeof(words[0]));
}

/* "S.H.", "M.Si.,", "S.Tr.Sos", "Sp.OG(K)": a capital first, and a full stop
   inside. */
static bool is_degree(nk_str s)
{
    if (s.len && s.ptr[s.len - 1] == ',')
        s.len--;
    return s.len >= 3 && nk_is_upper(s.ptr[0]) &&
           nk_str_find(s, '.') < s.len - 1;
}

/* The code before a telephone number: "(0771)". */
static bool is_code(nk_str s)
{
    return s.len > 2 && s.ptr[0] == '(' && s.ptr[s.len - 1] == ')' &&
           nk_is_digit(s.ptr[s.len - 2]);
}

static bool is_tie(nk_str before, nk_str after)
{
    bool digit = before.len && nk_is_digit(before.ptr[before.len - 1]);

    if (!before.len || !after.len)
        return false;
    if (digit && (nk_is_digit(after.ptr[0]) || leans_on_number(after) ||
                  after.ptr[0] == '('))
        return true;
    if ((is_code(before) || is_month(before)) && nk_is_digit(after.ptr[0]))
        return true;
    if (before.ptr[before.len - 1] == ',' && is_degree(after))
        return true;
    return leans_forward(before);
}

static void tie_words(struct reading *r)
{
    uint32_t i;

    for (i = 1; i < r->n; i++) {
        struct nk_layout__unit *u = &r->units[i], *p = u - 1;

        if (u->space && u->kind == NK_UNIT_TEXT && p->kind == NK_UNIT_TEXT &&
            is_tie(p->text, u->text))
            u->tied = true;
        if (u->space && p->kind == NK_UNIT_CHECK)
            u->tied = true;
    }
}

static bool ends_line(const struct nk_layout__unit *u)
{
    return u->kind == NK_UNIT_BREAK || u->kind == NK_UNIT_FILL;
}

/* Words and boxes of several nodes that together are too wide may be
   parted. */
static void part_wide(struct reading *r)
{
    uint32_t from, to, i;

    for (from = 0; from < r->n; from = to) {
        int64_t width = r->units[from].width;

        for (to = from + 1;
             to < r->n && !r->units[to].may_break && !ends_line(&r->units[to]);
             to++)
            width += r->units[to].width;
        if (width <= r->width || to == from + 1 || ends_line(&r->units[from]))
            continue;
        warn_too_wide(r->l, r->units[from].node);
        for (i = from + 1; i < to; i++)
            r->units[i].may_break = true;
    }
}

nk_err nk_layout__words(struct nk_layout__run *l, const nk_node *p,
                        const struct nk_layout__type *type, nk_mpt width,
                        struct nk_layout__unit **units, uint32_t *n)
{
    struct reading r = { .l = l, .type = type, .width = width };
    const nk_node *k;
    nk_err rc;

    for (k = p->first; k; k = k->next)
        if ((rc = add_node(&r, k)) < 0)
            return rc;
    tie_words(&r);
    part_wide(&r);
    *units = r.units;
    *n = r.n;
    return NK_OK;
}

/* ---- Syllables --------------------------------------------------------- */

#define MOST_BREAKS 40

/*
 * Add unit u cut at its hyphenation points. A syllable is as wide as it is
 * within its word; one that begins a line stands alone.
 */
static nk_err add_syllables(struct reading *r, const struct nk_layout__unit *u,
                            const uint16_t *after, size_t breaks)
{
    struct nk_layout__run *l = r->l;
    struct nk_layout__unit part = *u;
    nk_mpt before = u->lead, upto, alone, with_hyphen;
    char buf[NK_MAX_WORD + 2];
    nk_err rc;
    size_t i;

    for (i = 0; i <= breaks; i++) {
        size_t from = i ? after[i - 1] : 0;
        size_t to = i < breaks ? after[i] : u->text.len;

        part.text = nk_str_head(nk_str_skip(u->text, from), to - from);
        rc = nk_layout__measure(l, u->node, u->face, u->size,
                                nk_str_head(u->text, to), &upto);
        if (rc < 0)
            return rc;
        part.width = upto - before;
        rc =
            nk_layout__measure(l, u->node, u->face, u->size, part.text, &alone);
        if (rc < 0)
            return rc;
        part.lead = alone - part.width;
        r->units[r->n++] = part;
        before = upto;
        if (i == breaks)
            break;
        memcpy(buf, u->text.ptr, to);
        memcpy(buf + to, "\xC2\xAD", 2);
        rc = nk_layout__measure(l, u->node, u->face, u->size,
                                (nk_str){ buf, to + 2 }, &with_hyphen);
        if (rc < 0)
            return rc;
        part.hyphen = with_hyphen - upto;
        part.space = part.tied = false;
        part.soft = part.may_break = true;
    }
    return NK_OK;
}

nk_err nk_layout__syllables(struct nk_layout__run *l,
                            const struct nk_layout__unit *units, uint32_t n,
                            struct nk_layout__unit **out, uint32_t *out_n)
{
    struct reading r = { .l = l };
    uint16_t after[MOST_BREAKS];
    uint32_t i;
    nk_err rc;

    r.units = nk_alloc_array(&l->scratch, (size_t)n * 8 + MOST_BREAKS + 1,
                             sizeof(*r.units));
    if (!r.units)
        return nk_nomem(l->ctx);
    for (i = 0; i < n; i++) {
        size_t breaks = 0;

        if (units[i].kind != NK_UNIT_TEXT) {
            r.units[r.n++] = units[i];
            continue;
        }
        if (units[i].text.len <= NK_MAX_WORD &&
            (rc = l->m->hyphens(l->m->self, l->ctx, units[i].text, after,
                                MOST_BREAKS, &breaks)) < 0)
            return rc;
        /* Room was made for eight syllables a word on the average. */
        if (r.n + breaks + 1 > (size_t)n * 8 + MOST_BREAKS + 1 - (n - i - 1))
            breaks = 0;
        if ((rc = add_syllables(&r, &units[i], after, breaks)) < 0)
            return rc;
    }
    *out = r.units;
    *out_n = r.n;
    return NK_OK;
}
