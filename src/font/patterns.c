/*
 * Hyphenation patterns: Liang's method (F. M. Liang, "Word Hy-phen-a-tion by
 * Com-put-er", 1983), read from a file of libhyphen's form, one pattern a
 * line: letters with digits between them, "." for the edge of a word.
 *
 * Our own, because a whole process that makes one letter spent a third of
 * its time in libhyphen building automata of three megabytes for the twenty
 * words it has to cut. Here the file itself is the table: a hash index finds
 * the line whose letters are a part of the word.
 */
#include "font/font_int.h"

#define LONGEST 40 /* letters of a pattern; a longer one is passed over */

struct nk_font__patterns {
    nk_str file;
    uint32_t *lines; /* by hash of the letters: where a line begins, plus 1 */
    uint32_t mask;
    size_t longest; /* letters of the longest pattern */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint32_t hash_next(uint32_t h, char c)
{
    return (h ^ (unsigned char)c) * 16777619u;
}

#define HASH_START 2166136261u

/* The letters of a line; 0: it is no pattern of a to z. */
static size_t letters_of(nk_str line, uint32_t *hash)
{
    size_t n = 0, i;

    *hash = HASH_START;
    for (i = 0; i < line.len; i++) {
        char c = line.ptr[i];

        if (is_digit(c))
            continue;
        if ((c < 'a' || c > 'z') && c != '.')
            return 0;
        *hash = hash_next(*hash, c);
        n++;
    }
    return n > LONGEST ? 0 : n;
}

static void index_line(struct nk_font__patterns *p, nk_str line)
{
    uint32_t hash, slot;
    size_t n = letters_of(line, &hash);

    if (n == 0)
        return;
    if (n > p->longest)
        p->longest = n;
    for (slot = hash & p->mask; p->lines[slot]; slot = (slot + 1) & p->mask)
        ;
    p->lines[slot] = (uint32_t)(line.ptr - p->file.ptr) + 1;
}

nk_err nk_font__patterns_load(nk_ctx *ctx, nk_arena *a, nk_str path,
                              const struct nk_font__patterns **out)
{
    struct nk_font__patterns *p = NK_NEW(a, struct nk_font__patterns);
    nk_str rest, line;
    uint32_t room = 64;
    size_t i, n = 0;
    nk_err rc;

    if (!p)
        return nk_nomem(ctx);
    if (!nk_file_exists(path))
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_HYPHENS_NONE, NK_NOWHERE,
                       NK_ARGS(path));
    if ((rc = nk_file_read(ctx, a, path, NK_MAX_FILE, &p->file)) < 0)
        return rc;
    for (i = 0; i < p->file.len; i++)
        n += p->file.ptr[i] == '\n';
    while (room < 2 * (n + 1)) /* lines find each other by open addressing */
        room *= 2;
    p->lines = NK_NEWN(a, room, uint32_t);
    p->mask = room - 1;
    if (!p->lines)
        return nk_nomem(ctx);
    rest = p->file;
    while (nk_str_cut(&rest, '\n', &line))
        index_line(p, nk_str_trim(line));
    *out = p;
    return NK_OK;
}

/* Are the letters of the line those? Then its digits count. */
static void apply(const struct nk_font__patterns *p, uint32_t line, nk_str part,
                  uint8_t *values)
{
    const char *s = p->file.ptr + line - 1, *end = p->file.ptr + p->file.len;
    const char *t;
    size_t n = 0;

    for (t = s; t < end && !nk_is_space(*t); t++)
        if (!is_digit(*t) && (n == part.len || part.ptr[n++] != *t))
            return;
    if (n < part.len)
        return;
    for (n = 0, t = s; n < part.len || (t < end && is_digit(*t)); t++) {
        if (!is_digit(*t))
            n++;
        else if (*t - '0' > values[n])
            values[n] = (uint8_t)(*t - '0');
    }
}

static void find(const struct nk_font__patterns *p, uint32_t hash, nk_str part,
                 uint8_t *values)
{
    uint32_t slot;

    for (slot = hash & p->mask; p->lines[slot]; slot = (slot + 1) & p->mask)
        apply(p, p->lines[slot], part, values);
}

void nk_font__patterns_apply(const struct nk_font__patterns *p, nk_str word,
                             uint8_t *values)
{
    char edged[NK_MAX_WORD + 2];
    uint8_t found[NK_MAX_WORD + 3] = { 0 };
    size_t n = word.len + 2, from, len;

    edged[0] = edged[n - 1] = '.';
    memcpy(edged + 1, word.ptr, word.len);
    for (from = 0; from < n; from++) {
        uint32_t hash = HASH_START;

        for (len = 1; len <= p->longest && from + len <= n; len++) {
            hash = hash_next(hash, edged[from + len - 1]);
            find(p, hash, (nk_str){ edged + from, len }, found + from);
        }
    }
    /* found[k] stands before letter k of the edged word. */
    memcpy(values, found + 1, word.len + 1);
}
