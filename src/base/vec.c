/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/vec.h"

#include <stdlib.h>

#include "base/poison.h"

void *vec_grow_(struct arena *a, void *p, size_t n, size_t *cap, size_t size)
{
	*cap = *cap ? *cap * 2 : 8;
	void *q = arena_push_array(a, *cap, size);
	if (n)
		memcpy(q, p, n * size);
	return q;
}

void vec_sort_(void *p, size_t n, size_t size, int (*compare)(const void *a, const void *b))
{
	if (n > 1)
		qsort(p, n, size, compare);
}
