/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/buf.h"

#include "base/must.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/poison.h"

struct buf buf_in(struct arena *a, size_t limit)
{
	return (struct buf){.arena = a, .limit = limit};
}

bool buf_ok(const struct buf *b)
{
	return !b->failed;
}

str buf_str(const struct buf *b)
{
	return str_from(b->p, b->n);
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->failed = false;
}

/* Room for n more bytes; false (and failed) past the limit. */
static bool reserve(struct buf *b, size_t n)
{
	if (b->failed || (b->limit && n > b->limit - b->n)) {
		b->failed = true;
		return false;
	}
	if (n <= b->cap - b->n)
		return true;
	size_t cap = b->cap ? b->cap * 2 : 256;
	while (cap < b->n + n)
		cap *= 2;
	b->p = arena_grow(b->arena, b->p, b->cap, cap);
	b->cap = cap;
	return true;
}

void buf_put(struct buf *b, str s)
{
	if (!s.n || !reserve(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_putc(struct buf *b, char c)
{
	buf_put(b, (str){&c, 1});
}

void buf_put_i64(struct buf *b, int64_t v)
{
	if (v < 0)
		buf_putc(b, '-');
	buf_put_u64(b, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void buf_put_u64(struct buf *b, uint64_t v)
{
	char digits[20];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	buf_put(b, str_from(digits + at, sizeof digits - at));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	must(n >= 0);
	if (reserve(b, (size_t)n + 1)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_sep(struct buf *b, str sep)
{
	if (b->n)
		buf_put(b, sep);
}
