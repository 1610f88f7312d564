/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * arena: memory of one request, batch or process, freed at once.
 *
 * arena_push never returns NULL. Past its limit an arena remembers that it is
 * spent and goes on serving from the heap; whoever answers for the work looks at
 * arena_spent() and says BUSY (doc/decisions/0002). So no caller can forget a check, and a
 * request that takes too much is refused, not crashed. When the heap itself is
 * exhausted the process stops (must). Threads: one at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena;

/* A new arena with a limit in bytes (0: no limit). Caller frees with arena_free. */
struct arena *arena_new(size_t limit);
/* Accepts NULL. */
void arena_free(struct arena *a);
/* Forgets everything pushed, keeps the first chunk for the next use. */
void arena_reset(struct arena *a);
/* True once more than the limit has been asked for. */
bool arena_spent(const struct arena *a);
/* Bytes handed out since the start or the last reset. */
size_t arena_used(const struct arena *a);
/* Bytes taken from the system, used or not. */
size_t arena_held(const struct arena *a);

/*
 * Room for n bytes at once, on large pages where the system has them: for work that is known to
 * take so much, and at once. Nothing is pushed.
 */
void arena_reserve(struct arena *a, size_t n);

/* n zeroed bytes, aligned for any type. In arena. */
void *arena_push(struct arena *a, size_t n);
/* One zeroed object or an array of them. In arena. */
#define arena_new_of(a, type)       ((type *)arena_push((a), sizeof(type)))
#define arena_array(a, type, count) ((type *)arena_push_array((a), (count), sizeof(type)))
void *arena_push_array(struct arena *a, size_t count, size_t size);

/*
 * p, n bytes of this arena, as `more` bytes: where it is, if nothing was pushed since, or copied.
 * The new bytes are zero. p may be NULL when n is 0. In arena.
 */
void *arena_grow(struct arena *a, void *p, size_t n, size_t more) __attribute__((returns_nonnull));

/* A copy of s. In arena. */
str arena_str(struct arena *a, str s);
/* A NUL-terminated copy for a library's sake; bytes after an inner NUL are lost to the library. In
 * arena. */
char *arena_z(struct arena *a, str s);
/* Text made by a printf format. In arena. */
str arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));

/* Frees on leaving the scope: AUTO_ARENA struct arena *a = arena_new(0); */
void arena_auto_free(struct arena **a);
#define AUTO_ARENA __attribute__((cleanup(arena_auto_free)))

#endif
