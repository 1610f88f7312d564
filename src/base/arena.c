/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/arena.h"

#include "base/must.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/poison.h"

#define CHUNK_FIRST   ((size_t)16 * 1024)
#define CHUNK_LARGEST ((size_t)1024 * 1024)
#define ALIGN         16
#define LARGE_PAGE    ((size_t)2 * 1024 * 1024)

struct chunk {
	struct chunk *next; /* older */
	size_t cap;
	_Alignas(ALIGN) char bytes[];
};

struct arena {
	struct chunk *top;
	char *at;
	size_t left;
	size_t used;
	size_t limit;
	size_t next_cap;
};

struct arena *arena_new(size_t limit)
{
	struct arena *a = calloc(1, sizeof *a);
	must(a);
	a->limit = limit;
	a->next_cap = CHUNK_FIRST;
	return a;
}

static void free_chunks(struct chunk *c)
{
	while (c) {
		struct chunk *next = c->next;
		free(c);
		c = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	free_chunks(a->top);
	free(a);
}

void arena_auto_free(struct arena **a)
{
	arena_free(*a);
}

void arena_reset(struct arena *a)
{
	struct chunk *first = a->top;
	while (first && first->next) {
		struct chunk *next = first->next;
		free(first);
		first = next;
	}
	a->top = first;
	a->used = 0;
	a->at = first ? first->bytes : NULL;
	a->left = first ? first->cap : 0;
	a->next_cap = CHUNK_FIRST;
}

bool arena_spent(const struct arena *a)
{
	return a->limit && a->used > a->limit;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

size_t arena_held(const struct arena *a)
{
	size_t n = sizeof *a;
	for (const struct chunk *c = a->top; c; c = c->next)
		n += sizeof *c + c->cap;
	return n;
}

static void use_chunk(struct arena *a, struct chunk *c, size_t cap)
{
	c->cap = cap;
	c->next = a->top;
	a->top = c;
	a->at = c->bytes;
	a->left = cap;
}

void arena_reserve(struct arena *a, size_t n)
{
	must(n < SIZE_MAX / 4);
	size_t all = (n + sizeof(struct chunk) + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
	struct chunk *c = aligned_alloc(LARGE_PAGE, all);
	must(c);
	(void)madvise(c, all, MADV_HUGEPAGE); /* without them it only takes longer */
	use_chunk(a, c, all - sizeof *c);
}

static void add_chunk(struct arena *a, size_t n)
{
	size_t cap = n > a->next_cap ? n : a->next_cap;
	struct chunk *c = malloc(sizeof *c + cap);
	must(c);
	use_chunk(a, c, cap);
	if (a->next_cap < CHUNK_LARGEST)
		a->next_cap *= 2;
}

void *arena_push(struct arena *a, size_t n)
{
	must(n < SIZE_MAX / 4);
	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (n > a->left)
		add_chunk(a, n);
	void *p = a->at;
	a->at += n;
	a->left -= n;
	a->used += n;
	return n ? memset(p, 0, n) : p;
}

void *arena_push_array(struct arena *a, size_t count, size_t size)
{
	size_t n;
	must(!__builtin_mul_overflow(count, size, &n));
	return arena_push(a, n);
}

void *arena_grow(struct arena *a, void *p, size_t n, size_t more)
{
	must(n <= more && more < SIZE_MAX / 4);
	size_t held = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	size_t want = (more + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (n && (char *)p + held == a->at && want - held <= a->left) {
		(void)arena_push(a, want - held);
		return p;
	}
	char *copy = arena_push(a, more);
	if (n)
		memcpy(copy, p, n);
	return copy;
}

str arena_str(struct arena *a, str s)
{
	if (s.n == 0)
		return STR_EMPTY;
	char *p = arena_push(a, s.n);
	memcpy(p, s.p, s.n);
	return (str){p, s.n};
}

char *arena_z(struct arena *a, str s)
{
	char *p = arena_push(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	must(n >= 0);
	char *p = arena_push(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (str){p, (size_t)n};
}
