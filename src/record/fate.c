/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/fate.h"

#include "base/must.h"
#include "record/media.h"

#include <stdlib.h>

#include "base/poison.h"

struct fate fate_in(struct arena *a)
{
	return (struct fate){.arena = a};
}

void fate_add_entry(struct fate *f, const struct entry *e)
{
	if (str_ends(e->type, S(".publish")))
		for (size_t i = 0; i < e->refs; i++)
			*vec_push(f->arena, &f->published) = e->ref[i];
}

bool fate_is_erasure(const struct entry *e)
{
	return str_is(e->type, LOG_ERASE_TYPE);
}

void fate_add_erasure(struct fate *f, const struct log_erasure *e, int64_t by)
{
	*vec_push(f->arena, &f->erased) =
	    (struct fate_erasure){e->seq, (int32_t)e->part, (int32_t)e->block, by};
}

static int order_i64(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_seq(const void *a, const void *b)
{
	return order_i64(*(const int64_t *)a, *(const int64_t *)b);
}

static int by_place(const void *a, const void *b)
{
	const struct fate_erasure *x = a;
	const struct fate_erasure *y = b;
	int order = order_i64(x->seq, y->seq);
	order = order ? order : order_i64(x->part, y->part);
	return order ? order : order_i64(x->block, y->block);
}

void fate_sort(struct fate *f)
{
	if (f->published.n)
		qsort(f->published.p, f->published.n, sizeof *f->published.p, by_seq);
	if (f->erased.n)
		qsort(f->erased.p, f->erased.n, sizeof *f->erased.p, by_place);
	f->sorted = true;
}

bool fate_is_public(const struct fate *f, int64_t seq, str media)
{
	must(f->sorted);
	if (media_is_private(media))
		return false;
	if (!media_is_held(media))
		return true;
	return f->published.n &&
	       bsearch(&seq, f->published.p, f->published.n, sizeof *f->published.p, by_seq);
}

int64_t fate_erased_by(const struct fate *f, int64_t seq, size_t part, int64_t block)
{
	must(f->sorted);
	struct fate_erasure wanted = {seq, (int32_t)part, (int32_t)block, 0};
	const struct fate_erasure *found =
	    f->erased.n ? bsearch(&wanted, f->erased.p, f->erased.n, sizeof *f->erased.p, by_place)
	                : NULL;
	return found ? found->by : -1;
}
