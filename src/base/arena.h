/*
 * One job, one arena: everything a job makes lives here and goes away
 * together. There is no free of single objects.
 */
#ifndef NK_BASE_ARENA_H
#define NK_BASE_ARENA_H

#include "base/str.h"

struct nk_arena_block;

typedef struct nk_arena {
    struct nk_arena_block *blocks; /* newest first; the head is in use */
    size_t used;                   /* bytes used in the head block */
    size_t total;                  /* bytes held from the system */
    bool starved; /* memory was refused since init, release or reset */
} nk_arena;

void nk_arena_init(nk_arena *a);

/* Give everything back to the system. The arena can be used again. */
void nk_arena_release(nk_arena *a);

/* The same, with every byte overwritten first: it held secrets. */
void nk_arena_wipe(nk_arena *a);

/*
 * Forget everything but keep one block as large as all were together, at
 * most NK_ARENA_KEEP: the next job of the same size asks the system for
 * nothing.
 */
void nk_arena_reset(nk_arena *a);

/*
 * n zeroed bytes aligned for any type, or NULL when memory is out. n = 0
 * gives a pointer that must not be followed.
 */
void *nk_alloc(nk_arena *a, size_t n);

/* n * size zeroed bytes; NULL too when the product overflows. */
void *nk_alloc_array(nk_arena *a, size_t n, size_t size);

#define NK_NEW(a, type)     ((type *)nk_alloc((a), sizeof(type)))
#define NK_NEWN(a, n, type) ((type *)nk_alloc_array((a), (n), sizeof(type)))

/*
 * Make the allocation at p, `old` bytes long, n >= old bytes long: in place
 * when it was the newest of its block, else by moving. New bytes are not
 * cleared. NULL when memory is out; p is then still good.
 */
void *nk_alloc_grow(nk_arena *a, void *p, size_t old, size_t n);

/* A copy of s in the arena, with a NUL after it; ptr NULL when out. */
nk_str nk_str_copy(nk_arena *a, nk_str s);

/* s as a C string for a library call; NULL when memory is out. */
const char *nk_str_z(nk_arena *a, nk_str s);

#endif
