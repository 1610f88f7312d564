/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/touch.h"

#include "base/vec.h"

#include "base/must.h"
#include "base/poison.h"

enum family { ON_TEXT, ON_BODY, ON_GAP };

struct text_claim {
	enum family family;
	size_t key;      /* ON_TEXT, ON_BODY: the paragraph; ON_GAP: the one before it, + 1 */
	size_t from, to; /* ON_TEXT; else 0 */
	size_t class;
	size_t reach; /* the greatest `to` of the claims that this one is the root of */
};

struct entry {
	const struct text_op *op;
	size_t owner;
};

/* What is to be done with each claim of an operation. */
struct claims {
	void (*take)(struct claims *c, const struct text_claim *claim);
	/* To gather them: */
	struct arena *arena;
	VEC(struct text_claim) list;
	size_t class;
	/* To search for those that meet them: */
	const struct text_touch *touch;
	void (*met)(void *ctx, size_t k);
	void *ctx;
};

static void claim(struct claims *c, enum family family, size_t key, size_t from, size_t to)
{
	c->take(c, &(struct text_claim){family, key, from, to, c->class, to});
}

static void claim_all(struct claims *c, const struct text_op *op)
{
	switch (op->kind) {
	case TEXT_EDIT:
	case TEXT_RESTORE:
		claim(c, ON_TEXT, op->par, op->from, op->to);
		break;
	case TEXT_SPLIT:
		claim(c, ON_TEXT, op->par, op->from, op->to);
		claim(c, ON_BODY, op->par, 0, 0);
		break;
	case TEXT_DELETE_PAR:
		claim(c, ON_TEXT, op->par, 0, SIZE_MAX);
		claim(c, ON_BODY, op->par, 0, 0);
		break;
	case TEXT_RESTORE_PAR:
		claim(c, ON_BODY, op->par, 0, 0);
		break;
	case TEXT_INSERT_PARS:
		claim(c, ON_GAP, op->after + 1, 0, 0);
		break;
	case TEXT_MOVE:
		claim(c, ON_GAP, op->after + 1, 0, 0);
		for (size_t p = op->par; p <= op->last; p++) {
			claim(c, ON_BODY, p, 0, 0);
			claim(c, ON_GAP, p + 1, 0, 0);
		}
		break;
	case TEXT_JOIN:
		claim(c, ON_BODY, op->par, 0, 0);
		claim(c, ON_BODY, op->last, 0, 0);
		for (size_t p = op->par; p < op->last; p++)
			claim(c, ON_GAP, p + 1, 0, 0);
		break;
	}
}

static int by_size(size_t x, size_t y)
{
	return (x > y) - (x < y);
}

static int by_place(const void *x, const void *y)
{
	const struct text_claim *c = x, *d = y;
	int r = by_size(c->family, d->family);
	r = r ? r : by_size(c->key, d->key);
	r = r ? r : by_size(c->from, d->from);
	r = r ? r : by_size(c->to, d->to);
	return r ? r : by_size(c->class, d->class);
}

/* The same operation may have been filed with different ids for what comes into being: which of
 * them is taken must not depend on who comes first. */
static int by_ids(const struct text_op *x, const struct text_op *y)
{
	int r = 0;
	for (size_t i = 0; i < x->news_n && i < y->news_n && !r; i++)
		r = str_cmp(x->news[i].id, y->news[i].id);
	return r;
}

static int by_op(const void *x, const void *y)
{
	const struct entry *e = x, *f = y;
	int r = text_op_order(e->op, f->op);
	return r ? r : by_size(e->owner, f->owner);
}

/* The middle of claim[lo, hi) is the root of them all, its halves' middles are its children. */
static size_t set_reach(struct text_claim *claim, size_t lo, size_t hi)
{
	if (lo >= hi)
		return 0;
	size_t mid = lo + (hi - lo) / 2;
	size_t left = set_reach(claim, lo, mid), right = set_reach(claim, mid + 1, hi);
	size_t reach = claim[mid].to;
	reach = reach < left ? left : reach;
	claim[mid].reach = reach < right ? right : reach;
	return claim[mid].reach;
}

static bool same_key(const struct text_claim *c, const struct text_claim *d)
{
	return c->family == d->family && c->key == d->key;
}

static void gather(struct claims *c, const struct text_claim *claim)
{
	*vec_push(c->arena, &c->list) = *claim;
}

static void index_claims(struct arena *a, struct text_touch *t)
{
	struct claims c = {.take = gather, .arena = a};
	for (c.class = 0; c.class < t->n; c.class ++)
		claim_all(&c, t->list[c.class].op);
	vec_sort(&c.list, by_place);
	t->claim = c.list.p;
	t->claims_n = c.list.n;
	for (size_t i = 0; i < t->claims_n;) {
		size_t end = i;
		while (end < t->claims_n && same_key(&t->claim[end], &t->claim[i]))
			end++;
		(void)set_reach(t->claim, i, end);
		i = end;
	}
}

/* One class for each stretch of entries that are the same. */
static void classify(struct arena *a, struct text_touch *t, const struct entry *e, size_t n)
{
	t->list = arena_array(a, struct text_class, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct text_class *c = t->n ? &t->list[t->n - 1] : NULL;
		if (!c || !text_op_same(c->op, e[i].op)) {
			size_t end = i + 1;
			while (end < n && text_op_same(e[i].op, e[end].op))
				end++;
			c = &t->list[t->n++];
			c->op = e[i].op;
			c->owner = arena_array(a, size_t, end - i);
		}
		size_t owner = e[i].owner;
		if (by_ids(e[i].op, c->op) < 0)
			c->op = e[i].op;
		if (!c->owners_n || c->owner[c->owners_n - 1] != owner) {
			c->owner[c->owners_n++] = owner;
			t->of[owner][t->of_n[owner]++] = t->n - 1;
		}
	}
}

struct text_touch text_touch_index(struct arena *a, const struct text_amendment *list, size_t n)
{
	struct text_touch t = {
	    .of = arena_array(a, size_t *, n + 1), .of_n = arena_array(a, size_t, n + 1)};
	VEC(struct entry) live = {0};
	for (size_t i = 0; i < n; i++) {
		t.of[i] = arena_array(a, size_t, list[i].ops_n + 1);
		for (size_t k = 0; k < list[i].ops_n; k++)
			if (text_op_is_live(&list[i].ops[k]))
				*vec_push(a, &live) = (struct entry){&list[i].ops[k], i};
	}
	vec_sort(&live, by_op);
	classify(a, &t, live.p, live.n);
	index_claims(a, &t);
	return t;
}

static void search_in(const struct claims *c, const struct text_claim *want, size_t lo, size_t hi)
{
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct text_claim *root = &c->touch->claim[mid];
		if (root->reach < want->from)
			return;
		search_in(c, want, lo, mid);
		if (root->from > want->to)
			return;
		if (root->to >= want->from)
			c->met(c->ctx, root->class);
		lo = mid + 1;
	}
}

/* The first claim that is not before the family and key of c, or of the key behind it. */
static size_t bound(const struct text_touch *t, const struct text_claim *c, bool behind)
{
	size_t lo = 0, hi = t->claims_n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int r = by_size(t->claim[mid].family, c->family);
		r = r ? r : by_size(t->claim[mid].key, c->key);
		if (r < 0 || (behind && r == 0))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void search(struct claims *c, const struct text_claim *want)
{
	search_in(c, want, bound(c->touch, want, false), bound(c->touch, want, true));
}

void text_touch_find(const struct text_touch *t, const struct text_op *op,
    void (*met)(void *ctx, size_t k), void *ctx)
{
	struct claims c = {.take = search, .touch = t, .met = met, .ctx = ctx};
	claim_all(&c, op);
}
