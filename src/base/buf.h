/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * buf: text that grows in an arena.
 *
 * Writers never fail one by one: a buf that passes its own limit stops taking
 * bytes and remembers it; check buf_ok() once, at the end. Threads: one at a time.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
	struct arena *arena; /* borrowed */
	char *p;
	size_t n;
	size_t cap;
	size_t limit; /* 0: only the arena's */
	bool failed;
};

/* A buf in an arena; limit in bytes or 0. */
struct buf buf_in(struct arena *a, size_t limit);
bool buf_ok(const struct buf *b);
/* What has been written so far. Borrowed until the next write. */
str buf_str(const struct buf *b);
void buf_clear(struct buf *b);

void buf_put(struct buf *b, str s);
void buf_putc(struct buf *b, char c);
void buf_put_i64(struct buf *b, int64_t v);
void buf_put_u64(struct buf *b, uint64_t v);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));
/* Puts `sep` first unless the buf is empty. */
void buf_sep(struct buf *b, str sep);

#endif
