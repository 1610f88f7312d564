/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/relate.h"
#include "text/touch.h"

#include "base/poison.h"

struct finding {
	struct arena *arena;
	const struct text_doc *doc;
	const struct text_touch *touch;
	size_t class;
	struct text_clashes out;
};

static int by_pair(const void *x, const void *y)
{
	const struct text_clash *c = x, *d = y;
	int r = (c->a > d->a) - (c->a < d->a);
	r = r ? r : (c->b > d->b) - (c->b < d->b);
	/* Which pair of operations is shown must not depend on how they were found. */
	r = r ? r : text_op_order(c->x, d->x);
	return r ? r : text_op_order(c->y, d->y);
}

static void add(struct finding *f, size_t a, const struct text_op *x, size_t b,
    const struct text_op *y, const struct text_clash *v)
{
	bool turn = a > b;
	*vec_push(f->arena, &f->out.list) = (struct text_clash){.a = turn ? b : a,
	    .b = turn ? a : b,
	    .x = turn ? y : x,
	    .y = turn ? x : y,
	    .relation = v->relation,
	    .why = v->why};
}

/* Every amendment that has the one operation against every one that has the other. */
static void met(void *ctx, size_t k)
{
	struct finding *f = ctx;
	if (k >= f->class)
		return; /* each pair from its later side */
	const struct text_class *x = &f->touch->list[f->class], *y = &f->touch->list[k];
	struct text_clash v = {.relation = text_relate(f->doc, x->op, y->op, &v.why)};
	if (v.relation != TEXT_ALTERNATIVES && v.relation != TEXT_CONFLICT)
		return;
	for (size_t i = 0; i < x->owners_n; i++)
		for (size_t j = 0; j < y->owners_n; j++)
			if (x->owner[i] != y->owner[j])
				add(f, x->owner[i], x->op, y->owner[j], y->op, &v);
}

struct text_clashes text_find_clashes(
    struct arena *a, const struct text_doc *d, const struct text_amendment *list, size_t n)
{
	struct text_touch touch = text_touch_index(a, list, n);
	struct finding f = {.arena = a, .doc = d, .touch = &touch};
	for (f.class = 0; f.class < touch.n; f.class ++)
		text_touch_find(&touch, touch.list[f.class].op, met, &f);
	vec_sort(&f.out.list, by_pair);
	size_t kept = 0;
	for (size_t i = 0; i < f.out.list.n; i++) {
		const struct text_clash *c = &f.out.list.p[i];
		const struct text_clash *last = kept ? &f.out.list.p[kept - 1] : NULL;
		if (!last || last->a != c->a || last->b != c->b)
			f.out.list.p[kept++] = *c;
	}
	f.out.list.n = kept;
	return f.out;
}

/* The classes of one amendment, to be compared with another's. */
struct deed {
	const size_t *class;
	size_t n;
	size_t who;
};

static int same_deed(const struct deed *d, const struct deed *e)
{
	for (size_t i = 0; i < d->n && i < e->n; i++)
		if (d->class[i] != e->class[i])
			return d->class[i] < e->class[i] ? -1 : 1;
	return (d->n > e->n) - (d->n < e->n);
}

static int by_deed(const void *x, const void *y)
{
	const struct deed *d = x, *e = y;
	int r = same_deed(d, e);
	return r ? r : (d->who > e->who) - (d->who < e->who);
}

static int by_first(const void *x, const void *y)
{
	const struct text_group *g = x, *h = y;
	return (g->member[0] > h->member[0]) - (g->member[0] < h->member[0]);
}

struct text_groups text_unify(struct arena *a, const struct text_amendment *list, size_t n)
{
	struct text_touch touch = text_touch_index(a, list, n);
	VEC(struct deed) deeds = {0};
	for (size_t i = 0; i < n; i++)
		if (touch.of_n[i])
			*vec_push(a, &deeds) = (struct deed){touch.of[i], touch.of_n[i], i};
	vec_sort(&deeds, by_deed);
	struct text_groups out = {0};
	for (size_t i = 0; i < deeds.n;) {
		size_t end = i + 1;
		while (end < deeds.n && same_deed(&deeds.p[i], &deeds.p[end]) == 0)
			end++;
		if (end - i > 1) {
			struct text_group *g = vec_push(a, &out.list);
			g->member = arena_array(a, size_t, end - i);
			for (; i < end; i++)
				g->member[g->n++] = deeds.p[i].who;
		}
		i = end;
	}
	vec_sort(&out.list, by_first);
	return out;
}
