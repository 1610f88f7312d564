/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P2 (adopting one after the other is adopting both), P3 (so is any partition of a set), P12
 * (the way to a revision means nothing to those who wait).
 */
#include "base/must.h"
#include "harness/t.h"
#include "world.h"

#include "base/poison.h"

/* Operations that were live are not in conflict now. */
static bool all_go_on(const struct text_amendment *then, const struct text_amendment *now)
{
	for (size_t i = 0; i < then->ops_n; i++)
		if (text_op_is_live(&then->ops[i]) && now->ops[i].outcome == TEXT_IN_CONFLICT)
			return false;
	return true;
}

/* Carries n amendments, of which all fit, over to r: none may come out in conflict. */
static struct text_amendment *carry(struct world *w, const struct text_revision *r,
    const struct text_amendment *list, size_t n, struct buf *why)
{
	struct text_amendment *out = arena_array(w->a, struct text_amendment, n + 1);
	for (size_t i = 0; i < n; i++) {
		out[i] = text_rebase(w->a, r, &list[i]);
		if (all_go_on(&list[i], &out[i]))
			continue;
		buf_printf(why, "%.*s fits but is in conflict after a rebase (%.*s):\n",
		    STR(list[i].id), STR(out[i].why));
		gen_print_amendment(why, &list[i]);
		gen_print_amendment(why, &out[i]);
		return NULL;
	}
	return out;
}

/* Adopts x, then y as it stands then. */
static bool one_by_one(struct world *w, const struct text_amendment *x,
    const struct text_amendment *y, struct text_revision *out, struct buf *why)
{
	struct text_revision *r = arena_new_of(w->a, struct text_revision);
	if (!world_merge(w, w->d, x, 1, r, why))
		return false;
	struct text_amendment *then = carry(w, r, y, 1, why);
	return then && world_merge(w, &r->doc, then, 1, out, why);
}

static bool pair_commutes(struct world *w, size_t i, size_t j, struct buf *why)
{
	struct text_amendment both[2] = {w->fit[i], w->fit[j]};
	struct text_revision at_once, xy, yx;
	return world_merge(w, w->d, both, 2, &at_once, why) &&
	       one_by_one(w, &both[0], &both[1], &xy, why) &&
	       one_by_one(w, &both[1], &both[0], &yx, why) &&
	       world_same(&at_once.doc, &xy.doc, "at once, and one by one", why) &&
	       world_same(&at_once.doc, &yx.doc, "at once, and one by one backwards", why);
}

/* P2 */
static bool rebase_is_merge(struct world *w, struct buf *why)
{
	for (size_t i = 0; i + 1 < w->fit_n && !world_names_differ(w->fit, w->fit_n); i++)
		if (!pair_commutes(w, i, i + 1, why))
			return false;
	w->useful = w->fit_n > 1;
	return true;
}

/* P3 */
static bool any_partition(struct world *w, struct buf *why)
{
	struct text_revision whole;
	if (world_names_differ(w->fit, w->fit_n))
		return true;
	if (!world_merge(w, w->d, w->fit, w->fit_n, &whole, why))
		return false;
	const struct text_doc *d = w->d;
	struct text_amendment *left = world_shuffled(w, w->fit, w->fit_n);
	for (size_t n = w->fit_n, take; n > 0; n -= take) {
		struct text_revision *r = arena_new_of(w->a, struct text_revision);
		take = 1 + t_rand_below(&w->chance, n);
		if (!world_merge(w, d, left, take, r, why))
			return false;
		left = carry(w, r, left + take, n - take, why);
		if (!left)
			return false;
		d = &r->doc;
	}
	w->useful = w->fit_n > 1;
	return world_same(&whole.doc, d, "at once, and in parts", why);
}

static bool same_op(const struct text_op *x, const struct text_op *y)
{
	if (x->outcome != y->outcome)
		return false;
	return !text_op_is_live(x) || text_op_same(x, y);
}

static bool same_amendment(const struct text_amendment *x, const struct text_amendment *y,
    const char *what, struct buf *why)
{
	bool same = x->ops_n == y->ops_n && x->outcome == y->outcome;
	for (size_t i = 0; same && i < x->ops_n; i++)
		same = same_op(&x->ops[i], &y->ops[i]);
	if (same)
		return true;
	buf_printf(why, "%s differ:\n", what);
	gen_print_amendment(why, x);
	gen_print_amendment(why, y);
	return false;
}

static bool has_op(const struct text_amendment *list, size_t n, const struct text_op *op)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < list[i].ops_n; k++)
			if (text_op_is_live(&list[i].ops[k]) && text_op_same(&list[i].ops[k], op))
				return true;
	return false;
}

/*
 * True when a deletion of the rest has nothing left to delete, though nobody before it made the
 * same: several others together did. What was inserted where those touch stands inside of the one
 * and beside the others, so that the way matters: adopted with them it is a conflict, adopted
 * after them it does nothing any more. No relation of pairs can do without this.
 */
static bool is_used_up(const struct text_amendment *before, size_t n,
    const struct text_amendment *rest, const struct text_amendment *then, size_t rest_n)
{
	for (size_t i = 0; i < rest_n; i++)
		for (size_t k = 0; k < rest[i].ops_n; k++)
			if (text_op_is_live(&rest[i].ops[k]) &&
			    then[i].ops[k].outcome == TEXT_SATISFIED &&
			    !has_op(before, n, &rest[i].ops[k]))
				return true;
	return false;
}

/* P12: everybody who waits, over R1 and R2 to R3, and to R3 at once. */
static bool ways_are_one(struct world *w, struct buf *why)
{
	struct text_revision r1, r2, r3, r4;
	if (world_names_differ(w->fit, w->fit_n))
		return true;
	struct text_amendment *fit = world_shuffled(w, w->fit, w->fit_n);
	size_t half = t_rand_below(&w->chance, w->fit_n + 1);
	if (!world_merge(w, w->d, fit, half, &r1, why))
		return false;
	struct text_amendment *rest = carry(w, &r1, fit + half, w->fit_n - half, why);
	if (rest && is_used_up(fit, half, fit + half, rest, w->fit_n - half))
		return true;
	if (!rest || !world_merge(w, &r1.doc, rest, w->fit_n - half, &r2, why) ||
	    !world_merge(w, w->d, fit, w->fit_n, &r3, why) ||
	    !world_merge(w, &r3.doc, NULL, 0, &r4, why))
		return false;
	for (size_t i = 0; i < w->n; i++) {
		struct text_amendment at_r1 = text_rebase(w->a, &r1, &w->list[i]);
		struct text_amendment at_r2 = text_rebase(w->a, &r2, &at_r1);
		struct text_amendment at_r3 = text_rebase(w->a, &r3, &w->list[i]);
		struct text_amendment again = text_rebase(w->a, &r4, &at_r3);
		w->useful = half > 0 && half < w->fit_n;
		if (same_amendment(&at_r3, &at_r2, "straight, and over a revision between", why) &&
		    same_amendment(&at_r3, &again, "once, and twice", why))
			continue;
		gen_print_amendment(why, &at_r1);
		gen_print_amendment(why, &w->list[i]);
		gen_print_doc(why, &r3.doc);
		return false;
	}
	return true;
}

TEST(p2_rebase_is_merge)
{
	prop_run_all("P2", rebase_is_merge, 2, (size_t[]){5000, 5000, 500, 1000}, 25);
}

TEST(p3_any_partition)
{
	prop_run_all("P3", any_partition, 3, (size_t[]){5000, 5000, 500, 1000}, 25);
}

TEST(p12_ways_are_one)
{
	prop_run_all("P12", ways_are_one, 12, (size_t[]){5000, 4000, 500, 1000}, 12);
}
