/*
 * Arena: a list of blocks, the newest in use. An allocation too large for
 * the usual block gets a block of its own, which may be resized in place
 * while it is the newest: growing buffers cost no copies in the arena.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/limits.h"

struct nk_arena_block {
    struct nk_arena_block *next;
    size_t size; /* usable bytes after the header */
};

#define ALIGN  alignof(max_align_t)
#define HEADER ((sizeof(struct nk_arena_block) + ALIGN - 1) / ALIGN * ALIGN)

static size_t round_up(size_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

static char *data_of(struct nk_arena_block *b)
{
    return (char *)b + HEADER;
}

void nk_arena_init(nk_arena *a)
{
    *a = (nk_arena){ 0 };
}

void nk_arena_release(nk_arena *a)
{
    while (a->blocks) {
        struct nk_arena_block *b = a->blocks;

        a->blocks = b->next;
        free(b);
    }
    nk_arena_init(a);
}

/* Memory is out; whoever gets no more than a NULL can look here why. */
static void *refuse(nk_arena *a)
{
    a->starved = true;
    return NULL;
}

void nk_arena_wipe(nk_arena *a)
{
    struct nk_arena_block *b;

    for (b = a->blocks; b; b = b->next) {
        volatile char *p = data_of(b); /* that nobody reads it is no reason */
        size_t i;

        for (i = 0; i < b->size; i++)
            p[i] = 0;
    }
    nk_arena_release(a);
}

static bool add_block(nk_arena *a, size_t need)
{
    size_t size = NK_ARENA_BLOCK;
    struct nk_arena_block *b;

    /* Large jobs take larger blocks: few calls, little waste. */
    while (size < a->total / 4 && size < NK_ARENA_KEEP)
        size *= 2;
    if (size < need)
        size = need;
    if (size > SIZE_MAX - HEADER || !(b = malloc(HEADER + size)))
        return false;
    b->size = size;
    b->next = a->blocks;
    a->blocks = b;
    a->used = 0;
    a->total += size;
    return true;
}

void nk_arena_reset(nk_arena *a)
{
    size_t size = a->total < NK_ARENA_KEEP ? a->total : NK_ARENA_KEEP;

    if (a->blocks && (a->blocks->next || a->blocks->size > NK_ARENA_KEEP)) {
        nk_arena_release(a);
        add_block(a, size); /* without it the next job begins from nothing */
    }
    a->used = 0;
    a->starved = false;
}

static void *take(nk_arena *a, size_t n)
{
    void *p;

    if (n > SIZE_MAX - ALIGN)
        return refuse(a);
    n = round_up(n);
    if (!a->blocks || a->blocks->size - a->used < n)
        if (!add_block(a, n))
            return refuse(a);
    p = data_of(a->blocks) + a->used;
    a->used += n;
    return p;
}

void *nk_alloc(nk_arena *a, size_t n)
{
    void *p = take(a, n);

    return p ? memset(p, 0, n) : NULL;
}

void *nk_alloc_array(nk_arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        return refuse(a);
    return nk_alloc(a, n * size);
}

/* True when p, old bytes long, is the newest allocation of the head block. */
static bool is_newest(const nk_arena *a, const char *p, size_t old)
{
    return a->blocks && p >= data_of(a->blocks) &&
           p + round_up(old) == data_of(a->blocks) + a->used;
}

void *nk_alloc_grow(nk_arena *a, void *p, size_t old, size_t n)
{
    void *q;

    if (n > SIZE_MAX - HEADER - ALIGN)
        return refuse(a);
    if (p && is_newest(a, p, old)) {
        size_t start = (size_t)((char *)p - data_of(a->blocks));
        struct nk_arena_block *b;

        if (a->blocks->size - start >= round_up(n)) {
            a->used = start + round_up(n);
            return p;
        }
        if (start == 0) { /* alone in its block: let the block grow */
            if (!(b = realloc(a->blocks, HEADER + round_up(n))))
                return refuse(a);
            a->total += round_up(n) - b->size;
            b->size = round_up(n);
            a->blocks = b;
            a->used = round_up(n);
            return data_of(b);
        }
    }
    if (!(q = take(a, n)))
        return NULL;
    if (p)
        memcpy(q, p, old);
    return q;
}

nk_str nk_str_copy(nk_arena *a, nk_str s)
{
    char *p = take(a, s.len + 1);

    if (!p)
        return NK_EMPTY;
    if (s.len)
        memcpy(p, s.ptr, s.len);
    p[s.len] = '\0';
    return (nk_str){ p, s.len };
}

const char *nk_str_z(nk_arena *a, nk_str s)
{
    return nk_str_copy(a, s).ptr;
}
