/*
 * Checks and the fixture that all tests share. Nothing here knows a room
 * above base.
 */
#include "check.h"

#include <stdlib.h>

void nk_check_str(nk_str got, const char *want, const char *file, int line)
{
    if (nk_str_eq(got, nk_str_of(want)))
        return;
    print_error("have \"%.*s\"\nwant \"%s\"\n", (int)got.len,
                got.len ? got.ptr : "", want);
    _fail(file, line);
}

int nk_desk_open(void **state)
{
    nk_desk *d = malloc(sizeof(*d));

    if (!d)
        return -1;
    nk_ctx_init(&d->ctx);
    nk_arena_init(&d->arena);
    *state = d;
    return 0;
}

int nk_desk_close(void **state)
{
    nk_desk *d = *state;

    nk_arena_release(&d->arena);
    free(d);
    return 0;
}
