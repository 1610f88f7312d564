/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/utf8.h"

#include "base/poison.h"

/* Length of the sequence at s[i], or 0 when it is not valid there; *cp gets the code point. */
static size_t decode(str s, size_t i, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t left = s.n - i;
	uint32_t c = p[0];
	size_t n;
	uint32_t least;

	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	if (c >= 0xC2 && c < 0xE0)
		n = 2, least = 0x80, c &= 0x1F;
	else if (c >= 0xE0 && c < 0xF0)
		n = 3, least = 0x800, c &= 0x0F;
	else if (c >= 0xF0 && c < 0xF5)
		n = 4, least = 0x10000, c &= 0x07;
	else
		return 0;
	if (left < n)
		return 0;
	for (size_t k = 1; k < n; k++) {
		if ((p[k] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[k] & 0x3F);
	}
	if (c < least || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return 0;
	*cp = c;
	return n;
}

size_t utf8_good(str s)
{
	uint32_t cp;
	size_t i = 0, n;
	while (i < s.n && (n = decode(s, i, &cp)) > 0)
		i += n;
	return i;
}

bool utf8_valid(str s)
{
	return utf8_good(s) == s.n;
}

bool utf8_is_text(str s)
{
	uint32_t cp;
	for (size_t i = 0; i < s.n;) {
		size_t n = decode(s, i, &cp);
		if (!n || cp == 0xFFFE || cp == 0xFFFF || cp == 0x7F)
			return false;
		if (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r')
			return false;
		i += n;
	}
	return true;
}

bool utf8_next(str s, size_t *at, uint32_t *cp)
{
	if (*at >= s.n)
		return false;
	size_t n = decode(s, *at, cp);
	if (!n) { /* not valid: give the replacement character and go on */
		*cp = 0xFFFD;
		n = 1;
	}
	*at += n;
	return true;
}

size_t utf8_count(str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

size_t utf8_prefix(str s, size_t n)
{
	size_t at = 0;
	uint32_t cp;
	while (n-- && utf8_next(s, &at, &cp))
		;
	return at;
}
