/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P1 (the order of a set means nothing), P13 (ids and identities stay), and the model: what is
 * merged is what the plain one merges.
 */
#include "base/must.h"
#include "harness/t.h"
#include "model.h"
#include "world.h"

#include "base/poison.h"

static bool same_keys(const struct text_doc *x, const struct text_doc *y)
{
	for (size_t i = 0; i < x->n; i++)
		if (!str_eq(x->par[i].order, y->par[i].order))
			return false;
	return true;
}

/* P1 */
static bool order_is_nothing(struct world *w, struct buf *why)
{
	struct text_revision one, other;
	if (!world_merge(w, w->d, w->fit, w->fit_n, &one, why) ||
	    !world_merge(w, w->d, world_shuffled(w, w->fit, w->fit_n), w->fit_n, &other, why))
		return false;
	if (!world_same(&one.doc, &other.doc, "two orders of a set", why))
		return false;
	if (!same_keys(&one.doc, &other.doc))
		return SAY(why, "order keys differ");
	w->useful = w->fit_n > 1;
	return true;
}

static bool well_formed(const struct text_doc *d, struct buf *why)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct text_par *p = &d->par[i];
		if (!p->id.n || text_doc_find(d, p->id) != i)
			return SAY(why, "paragraph %zu is not found by its id", i);
		if (!p->order.n || (i && str_cmp(d->par[i - 1].order, p->order) >= 0))
			return SAY(why, "the order key of paragraph %zu does not go up", i);
		for (size_t k = 0; k < p->gone_n; k++)
			if (p->gone[k].from >= p->gone[k].to || p->gone[k].to > p->full.n ||
			    (k && p->gone[k - 1].to >= p->gone[k].from))
				return SAY(why, "what is gone of paragraph %zu is not in order", i);
	}
	return true;
}

static bool agrees(struct world *w, const struct text_doc *d, const struct text_amendment *set,
    size_t n, const struct text_revision *r, struct buf *why)
{
	struct model_doc m = model_merge(w->a, d, set, n);
	return model_agrees(&m, r, why) && well_formed(&r->doc, why);
}

/* The model, with P13's "a move or a split changes no identity": the traces of all bytes. */
static bool model_merges_the_same(struct world *w, struct buf *why)
{
	struct text_revision r;
	size_t half = w->fit_n / 2;
	if (!world_merge(w, w->d, w->fit, w->fit_n, &r, why) ||
	    !agrees(w, w->d, w->fit, w->fit_n, &r, why))
		return false;
	/* Another set of the same case: fewer. */
	if (half && (!world_merge(w, w->d, w->fit, half, &r, why) ||
	                !agrees(w, w->d, w->fit, half, &r, why)))
		return false;
	w->useful = w->fit_n > 0;
	return true;
}

static bool all_found(const struct text_doc *old, const struct text_doc *d, struct buf *why)
{
	for (size_t i = 0; i < old->n; i++) {
		const struct text_par *p = &old->par[i];
		size_t now = text_doc_find(d, p->id);
		if (now == TEXT_START || now >= d->n)
			return SAY(why, "%.*s is found no more", STR(p->id));
		for (size_t k = 0; k < p->aliases_n; k++)
			if (text_doc_find(d, p->aliases[k]) == TEXT_START)
				return SAY(
				    why, "the alias %.*s is found no more", STR(p->aliases[k]));
	}
	return true;
}

/* Who has not moved keeps its order key, whatever comes in beside it. */
static bool keys_stay(const struct text_doc *old, const struct text_revision *r, struct buf *why)
{
	for (size_t i = 0; i < old->n; i++) {
		size_t now = text_doc_find(&r->doc, old->par[i].id);
		if (r->trace[i].moved_by != TEXT_START || now == TEXT_START ||
		    !str_eq(r->doc.par[now].id, old->par[i].id))
			continue;
		if (!str_eq(r->doc.par[now].order, old->par[i].order))
			return SAY(why, "%.*s has another order key", STR(old->par[i].id));
	}
	return true;
}

/* P13 over two revisions: whatever had an id still has one, if only as an alias. */
static bool no_id_is_lost(struct world *w, struct buf *why)
{
	struct text_revision r;
	if (!world_merge(w, w->d, w->fit, w->fit_n, &r, why))
		return false;
	w->useful = w->fit_n > 0;
	return all_found(w->d, &r.doc, why) && keys_stay(w->d, &r, why) &&
	       (!w->two_rounds ||
	           (all_found(&w->start, w->d, why) && all_found(&w->start, &r.doc, why)));
}

/* Alternatives are let in: all of a list but what is in conflict with one before it. */
static size_t choose_both(struct world *w, struct text_amendment *out)
{
	struct text_clashes c = text_find_clashes(w->a, w->d, w->list, w->n);
	bool *no = arena_array(w->a, bool, w->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++) {
		/* The clash shown may be the milder of several: the model is asked for all. */
		for (size_t k = 0; k < n && !no[i]; k++)
			no[i] = !world_has_live(&w->list[i]) ||
			        model_conflicts(w->d, &w->list[i], &out[k]);
		if (!no[i])
			out[n++] = w->list[i];
	}
	w->useful = c.list.n > 0 && n > w->fit_n;
	return n;
}

static bool is_read(struct world *w, const struct text_doc *d, str text)
{
	for (size_t i = 0; i < d->n; i++)
		if (str_find(text_par_read(w->a, &d->par[i]), text) != SIZE_MAX)
			return true;
	return false;
}

/* P1 where the Chair says "both": every insertion is read, in an order of their own. */
static bool both_in_any_order(struct world *w, struct buf *why)
{
	struct text_amendment *set = arena_array(w->a, struct text_amendment, w->n + 1);
	struct text_revision one, other;
	struct err err = {0};
	size_t n = choose_both(w, set);
	struct text_amendment *turned = world_shuffled(w, set, n);
	if (text_merge(w->a, w->d, set, n, true, &one, &err) != OK ||
	    text_merge(w->a, w->d, turned, n, true, &other, &err) != OK)
		return SAY(why, "refused: %.*s", STR(err_text(&err, w->a)));
	if (!world_same(&one.doc, &other.doc, "two orders of alternatives", why))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < set[i].ops_n; k++) {
			const struct text_op *o = &set[i].ops[k];
			if (text_op_is_live(o) && text_op_is_insertion(o) &&
			    !is_read(w, &one.doc, o->text))
				return SAY(why, "\"%.*s\" is lost", STR(o->text));
		}
	return well_formed(&one.doc, why);
}

TEST(p1_both_alternatives_in_any_order)
{
	prop_run_all("P1, both", both_in_any_order, 101, (size_t[]){3000, 3000, 500, 500}, 8);
}

TEST(p1_order_of_a_set_means_nothing)
{
	prop_run_all("P1", order_is_nothing, 1, (size_t[]){5000, 5000, 800, 1200}, 25);
}

TEST(p13_no_id_is_lost)
{
	prop_run_all("P13", no_id_is_lost, 13, (size_t[]){500, 5000, 500, 500}, 50);
}

TEST(model_merges_the_same)
{
	prop_run_all(
	    "model of merge", model_merges_the_same, 100, (size_t[]){5000, 5000, 500, 1000}, 50);
}
