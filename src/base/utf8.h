/*
 * UTF-8: checked once on the way in, then walked without checks.
 */
#ifndef NK_BASE_UTF8_H
#define NK_BASE_UTF8_H

#include "base/buf.h"

/*
 * True when s is well-formed UTF-8 (Unicode 15, table 3-7). Otherwise *bad
 * is the offset of the first byte that is not.
 */
bool nk_utf8_check(nk_str s, size_t *bad);

/* Take the first character off *s, which is not empty and well-formed. */
uint32_t nk_utf8_next(nk_str *s);

/* Characters, not bytes. */
size_t nk_utf8_count(nk_str s);

void nk_utf8_put(nk_buf *b, uint32_t c);

/* Capital of a Latin letter (Latin-1, Extended-A); others unchanged. */
uint32_t nk_utf8_upper(uint32_t c);

/* Append s in capitals. */
void nk_utf8_put_upper(nk_buf *b, nk_str s);

/*
 * A character that cannot be seen but changes what is: controls other than
 * tab and line end, zero-width and bidirectional marks, non-characters.
 */
bool nk_utf8_is_hidden(uint32_t c);

/* "U+00E9" as a message shows it. */
nk_str nk_utf8_name(char buf[12], uint32_t c);

#endif
