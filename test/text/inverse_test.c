/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P11: the inverse of what was adopted gives back the text, paragraph ids included, as if the
 * amendment had never been in the set. Withdrawing it is as if it had never been filed.
 */
#include "base/must.h"
#include "harness/t.h"
#include "text/inverse.h"
#include "world.h"

#include "base/poison.h"

/* Everything of the old revision is where it was, gone or not as it was. */
static bool identities(
    struct world *w, const struct text_doc *old, const struct text_doc *young, struct buf *why)
{
	for (size_t i = 0; i < old->n; i++) {
		const struct text_par *p = &old->par[i];
		size_t now = text_doc_find(young, p->id);
		if (now == TEXT_START)
			return SAY(why, "%.*s is lost", STR(p->id));
		if (young->par[now].is_gone != p->is_gone)
			return SAY(why, "%.*s is gone, or back", STR(p->id));
	}
	return world_reads_same(w, old, young, "before, and with the inverse", why);
}

/* Without the k-th. */
static struct text_amendment *others(struct world *w, size_t k)
{
	struct text_amendment *out = arena_array(w->a, struct text_amendment, w->fit_n + 1);
	for (size_t i = 0, n = 0; i < w->fit_n; i++)
		if (i != k)
			out[n++] = w->fit[i];
	return out;
}

static bool undone(struct world *w, const struct text_amendment *set, size_t n, size_t k,
    const struct text_amendment *rest, size_t rest_n, struct buf *why)
{
	struct text_revision r, back, never;
	if (!world_merge(w, w->d, set, n, &r, why) ||
	    !world_merge(w, w->d, rest, rest_n, &never, why))
		return false;
	struct text_amendment inverse = text_inverse(w->a, &r, k);
	inverse.id = S("inverse");
	if (!world_merge(w, &r.doc, &inverse, 1, &back, why)) {
		gen_print_amendment(why, &inverse);
		return false;
	}
	if (identities(w, &never.doc, &back.doc, why))
		return true;
	gen_print_doc(why, &r.doc);
	gen_print_amendment(why, &set[k]);
	gen_print_amendment(why, &inverse);
	return false;
}

/* Alone, and out of a set. */
static bool inverse_undoes(struct world *w, struct buf *why)
{
	if (!w->fit_n || world_names_differ(w->fit, w->fit_n))
		return true;
	size_t k = t_rand_below(&w->chance, w->fit_n);
	w->useful = 1;
	return undone(w, &w->fit[k], 1, 0, NULL, 0, why) &&
	       undone(w, w->fit, w->fit_n, k, others(w, k), w->fit_n - 1, why);
}

TEST(p11_inverse)
{
	prop_run_all("P11", inverse_undoes, 11, (size_t[]){4000, 4000, 500, 1000}, 50);
}
