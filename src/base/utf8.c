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

#define EACH(byte) ((uint64_t)0x0101010101010101 * (byte))

/* The next eight bytes. */
static uint64_t eight(str s, size_t i)
{
	uint64_t w;
	memcpy(&w, s.p + i, sizeof w);
	return w;
}

/* How far ASCII goes from i on, in steps of eight bytes: most of most texts. */
static size_t skip_ascii(str s, size_t i)
{
	while (s.n - i >= 8 && !(eight(s, i) & EACH(0x80)))
		i += 8;
	return i;
}

/* The same without control characters: no byte below 0x20, none that is 0x7F. */
static size_t skip_printable(str s, size_t i)
{
	while (s.n - i >= 8) {
		uint64_t w = eight(s, i);
		if ((w | (w - EACH(0x20)) | (w + EACH(1))) & EACH(0x80))
			break;
		i += 8;
	}
	return i;
}

size_t utf8_good(str s)
{
	uint32_t cp;
	size_t i = skip_ascii(s, 0), n;
	while (i < s.n && (n = decode(s, i, &cp)) > 0)
		i = skip_ascii(s, i + n);
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
		i = skip_printable(s, i + n);
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
