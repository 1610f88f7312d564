/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/str.h"

#include "base/must.h"

#include <sodium.h>

#include "base/poison.h"

str str_of(const char *z)
{
	return z ? (str){z, strlen(z)} : STR_EMPTY;
}

str str_from(const void *p, size_t n)
{
	return n ? (str){p, n} : STR_EMPTY;
}

bool str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(str a, const char *z)
{
	return str_eq(a, str_of(z));
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n ? memcmp(a.p, b.p, n) : 0;
	if (d)
		return d;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && str_eq(str_head(s, prefix.n), prefix);
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

size_t str_find(str s, str needle)
{
	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return SIZE_MAX;
	const char *at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t str_find_char(str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

str str_head(str s, size_t n)
{
	return n < s.n ? (str){s.p, n} : s;
}

str str_skip(str s, size_t n)
{
	return n < s.n ? (str){s.p + n, s.n - n} : STR_EMPTY;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
	while (s.n && is_space(s.p[0]))
		s = str_skip(s, 1);
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_cut(str *rest, char sep, str *piece)
{
	if (!rest->p)
		return false;
	size_t at = str_find_char(*rest, sep);
	if (at == SIZE_MAX) {
		*piece = *rest;
		*rest = (str){NULL, 0};
		return true;
	}
	*piece = (str){rest->p, at};
	*rest = (str){rest->p + at + 1, rest->n - at - 1};
	return true;
}

bool str_to_i64(str s, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	int64_t v = 0;
	size_t i = minus;

	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int d = s.p[i] - '0';
		if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
		    __builtin_sub_overflow(
		        v, (int64_t)d, &v)) /* downwards, so that INT64_MIN fits */
			return false;
	}
	if (!minus && v == INT64_MIN)
		return false;
	*out = minus ? v : -v;
	return true;
}

bool str_eq_secret(str a, str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

void mem_copy(void *dst, size_t cap, const void *src, size_t n)
{
	must(n <= cap);
	if (n)
		memcpy(dst, src, n);
}
