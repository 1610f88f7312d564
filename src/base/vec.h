/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * vec: a typed array that grows in an arena.
 *
 *     VEC(str) names = {0};
 *     *vec_push(arena, &names) = S("Peru");
 *     for (size_t i = 0; i < names.n; i++) use(names.p[i]);
 *
 * Growth copies; old memory stays in the arena until it is freed. Threads: one at a time.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)           \
	struct {            \
		type *p;    \
		size_t n;   \
		size_t cap; \
	}

/* A pointer to one new zeroed element at the end. */
#ifndef __clang_analyzer__
#define vec_push(a, v)                                                                        \
	(((v)->n == (v)->cap                                                                  \
	         ? (void)((v)->p = vec_grow_((a), (v)->p, (v)->n, &(v)->cap, sizeof *(v)->p)) \
	         : (void)0),                                                                  \
	    &(v)->p[(v)->n++])
#else /* which cannot know that n < cap means that p is there */
#define vec_push(a, v) \
	((v)->p = vec_grow_((a), (v)->p, (v)->n, &(v)->cap, sizeof *(v)->p), &(v)->p[(v)->n++])
#endif

/* In the order of compare(a, b): pointers to two elements; <0, 0, >0. Equal ones in any order. */
#define vec_sort(v, compare) vec_sort_((v)->p, (v)->n, sizeof *(v)->p, (compare))
void vec_sort_(void *p, size_t n, size_t size, int (*compare)(const void *a, const void *b));

/* For vec_push only. */
void *vec_grow_(struct arena *a, void *p, size_t n, size_t *cap, size_t size)
    __attribute__((returns_nonnull));

#endif
