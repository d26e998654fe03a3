/*
 * A temporary folder of a test's own.
 */
#ifndef NK_TESTS_TEMP_H
#define NK_TESTS_TEMP_H

#define NK_TEMP_SIZE 4096

/*
 * Make a folder under $TMPDIR, or the system's folder for such things; its
 * path goes to `path`. Returns 0, or -1 when that is not possible.
 */
int nk_temp_open(char path[NK_TEMP_SIZE]);

/* Remove a file or a folder with all that is in it; links are not followed. */
void nk_temp_remove(const char *path);

#endif
