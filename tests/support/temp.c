/*
 * Temporary folders: made under $TMPDIR, removed from the leaves up.
 */
#define _XOPEN_SOURCE 700
#include "temp.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int nk_temp_open(char path[NK_TEMP_SIZE])
{
    const char *dir = getenv("TMPDIR");
    int n = snprintf(path, NK_TEMP_SIZE, "%s/naskah-test.XXXXXX",
                     dir && *dir ? dir : P_tmpdir);

    if (n < 0 || n >= NK_TEMP_SIZE || !mkdtemp(path))
        return -1;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void nk_temp_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
