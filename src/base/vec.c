/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/vec.h"

#include "base/must.h"

#include <stdlib.h>

#include "base/poison.h"

void *vec_grow_(struct arena *a, void *p, size_t n, size_t *cap, size_t size)
{
	size_t bytes;
	*cap = *cap ? *cap * 2 : 8;
	must(!__builtin_mul_overflow(*cap, size, &bytes));
	return arena_grow(a, p, n * size, bytes);
}

void vec_sort_(void *p, size_t n, size_t size, int (*compare)(const void *a, const void *b))
{
	if (n > 1)
		qsort(p, n, size, compare);
}
