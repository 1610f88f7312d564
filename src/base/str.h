/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * str: a slice of bytes that is never assumed to end in NUL.
 *
 * Text is valid UTF-8 from the boundary on. A str borrows its bytes: it lives as
 * long as the arena (or literal) that it points into. Threads: any. No errors
 * except where a function says so.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
	const char *p;
	size_t n;
} str;

/* A str from a string literal. */
#define S(lit) ((str){(lit), sizeof(lit) - 1})
/* The two arguments that "%.*s" wants. */
#define STR(s)    (int)(s).n, (s).p
#define STR_EMPTY ((str){"", 0})

/* A str over a NUL-terminated C string of a library; NULL gives the empty str. Borrowed. */
str str_of(const char *z);
str str_from(const void *p, size_t n);

bool str_eq(str a, str b);
bool str_is(str a, const char *z);
/* ASCII letters only are folded. */
bool str_eq_nocase(str a, str b);
/* Bytewise order: <0, 0, >0. */
int str_cmp(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* Index of the first place where needle stands, or SIZE_MAX. */
size_t str_find(str s, str needle);
size_t str_find_char(str s, char c);

/* The first n bytes (all, when there are fewer), and what follows them. */
str str_head(str s, size_t n);
str str_skip(str s, size_t n);
/* Without ASCII white space at both ends. */
str str_trim(str s);
/*
 * Cuts the next piece before `sep` off *rest into *piece. False when *rest is used up
 * (its p is then NULL). "a,,b" gives three pieces, "a," gives two, "" gives one empty piece.
 */
bool str_cut(str *rest, char sep, str *piece);

/* The whole of s as a decimal number (optional '-'); false when it is not one or too large. */
bool str_to_i64(str s, int64_t *out);

/* Equal in time that depends on the lengths only; for secrets. */
bool str_eq_secret(str a, str b);

/* The one copy of bytes outside base: refuses (must) when n > cap. */
void mem_copy(void *dst, size_t cap, const void *src, size_t n);

#endif
