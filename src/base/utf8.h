/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * utf8: the check at the boundary, and walking by code point.
 *
 * Accepts what RFC 3629 accepts: no surrogates, no overlong forms, nothing above
 * U+10FFFF. Threads: any.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* True if all of s is valid UTF-8. */
bool utf8_valid(str s);
/* Length in bytes of the longest prefix that is valid UTF-8. */
size_t utf8_good(str s);
/* True if s is valid UTF-8 without C0 controls other than tab, LF and CR, and without
 * U+FFFE/U+FFFF. */
bool utf8_is_text(str s);
/* Decodes the code point at s[*at] and moves *at past it; false at the end. s must be valid. */
bool utf8_next(str s, size_t *at, uint32_t *cp);
/* Number of code points of a valid s. */
size_t utf8_count(str s);
/* Length in bytes of the longest prefix with at most n code points. */
size_t utf8_prefix(str s, size_t n);

#endif
