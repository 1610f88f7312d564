/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P9 (relations are symmetric, unifying is an equivalence, and what others adopt elsewhere changes
 * neither), and the model's relations of every pair.
 */
#include "base/must.h"
#include "harness/t.h"
#include "model.h"
#include "world.h"

#include "base/poison.h"

static void print_pair(struct world *w, const struct text_amendment *x,
    const struct text_amendment *y, struct buf *why)
{
	buf_putc(why, '\n');
	gen_print_amendment(why, x);
	gen_print_amendment(why, y);
	gen_print_doc(why, w->d);
}

/* All operations of two amendments (or of one). */
static bool pair_related(struct world *w, const struct text_amendment *x,
    const struct text_amendment *y, struct buf *why)
{
	for (size_t i = 0; i < x->ops_n; i++)
		for (size_t j = 0; j < y->ops_n; j++) {
			const struct text_op *p = &x->ops[i], *q = &y->ops[j];
			if (!text_op_is_live(p) || !text_op_is_live(q))
				continue;
			const char *sentence = NULL;
			enum text_relation r = text_relate(w->d, p, q, &sentence);
			if (r != text_relate(w->d, q, p, NULL))
				return SAY(why, "it is not symmetric");
			if ((r >= TEXT_ALTERNATIVES) != (sentence != NULL))
				return SAY(why, "there is no reason, or one for nothing");
			if (r != model_relate(w->d, p, q))
				return SAY(why, "relation %d, the model's %d", (int)r,
				    (int)model_relate(w->d, p, q));
			if ((r == TEXT_THE_SAME) != text_op_same(p, q))
				return SAY(why, "the same is not the same");
		}
	return true;
}

/* P9, the pairs */
static bool relations(struct world *w, struct buf *why)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = i; j < w->n; j++) {
			w->useful = 1;
			if (pair_related(w, &w->list[i], &w->list[j], why))
				continue;
			print_pair(w, &w->list[i], &w->list[j], why);
			return false;
		}
	return true;
}

static bool is_listed(const struct text_clashes *c, size_t i, size_t j)
{
	size_t times = 0;
	for (size_t k = 0; k < c->list.n; k++)
		times += c->list.p[k].a == i && c->list.p[k].b == j;
	must(times < 2);
	return times > 0;
}

/* The list of clashes is that of the model; none of them can be merged, and the rest can. */
static bool clashes(struct world *w, struct buf *why)
{
	struct text_clashes c = text_find_clashes(w->a, w->d, w->list, w->n);
	struct err err;
	struct text_revision r;
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = i + 1; j < w->n; j++) {
			struct text_amendment pair[2] = {w->list[i], w->list[j]};
			bool fits = model_fits(w->d, &pair[0], &pair[1]);
			err_clear(&err);
			enum rc rc = text_merge(w->a, w->d, pair, 2, false, &r, &err);
			w->useful |= !fits;
			if (is_listed(&c, i, j) == !fits && rc == (fits ? OK : CONFLICT))
				continue;
			buf_printf(why, "they %s, listed %d, merge says %s",
			    fits ? "fit" : "do not fit", (int)is_listed(&c, i, j), rc_name(rc));
			print_pair(w, &pair[0], &pair[1], why);
			return false;
		}
	return true;
}

static size_t group_of(const struct text_groups *g, size_t who)
{
	for (size_t i = 0; i < g->list.n; i++)
		for (size_t k = 0; k < g->list.p[i].n; k++)
			if (g->list.p[i].member[k] == who)
				return i;
	return SIZE_MAX;
}

static bool groups_in_order(const struct text_groups *g)
{
	for (size_t i = 0; i < g->list.n; i++) {
		if (g->list.p[i].n < 2)
			return false;
		for (size_t k = 1; k < g->list.p[i].n; k++)
			if (g->list.p[i].member[k - 1] >= g->list.p[i].member[k])
				return false;
		if (i && g->list.p[i - 1].member[0] >= g->list.p[i].member[0])
			return false;
	}
	return true;
}

/* P9: groups are the classes of an equivalence, which is the model's. Those that have nothing
 * left to propose belong to none. */
static bool unifying(struct world *w, struct buf *why)
{
	struct text_groups g = text_unify(w->a, w->list, w->n);
	if (!groups_in_order(&g))
		return SAY(why, "groups are not in order");
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = i + 1; j < w->n; j++) {
			bool same = world_has_live(&w->list[i]) && world_has_live(&w->list[j]) &&
			            model_same(&w->list[i], &w->list[j]);
			size_t in = group_of(&g, i);
			w->useful |= same;
			if (same == (in != SIZE_MAX && in == group_of(&g, j)))
				continue;
			buf_printf(why, "the same: %d, in one group: %d", (int)same, (int)!same);
			print_pair(w, &w->list[i], &w->list[j], why);
			return false;
		}
	return true;
}

/* No operation of the one meets one of the other in any way. */
static bool unrelated(
    struct world *w, const struct text_amendment *x, const struct text_amendment *y)
{
	for (size_t i = 0; i < x->ops_n; i++)
		for (size_t j = 0; j < y->ops_n; j++)
			if (text_op_is_live(&x->ops[i]) && text_op_is_live(&y->ops[j]) &&
			    model_relate(w->d, &x->ops[i], &y->ops[j]) != TEXT_APART)
				return false;
	return true;
}

static bool pair_keeps(struct world *w, const struct text_revision *r,
    const struct text_amendment *x, const struct text_amendment *y, struct buf *why)
{
	struct text_amendment p = text_rebase(w->a, r, x), q = text_rebase(w->a, r, y);
	if (p.ops_n != x->ops_n || q.ops_n != y->ops_n)
		return SAY(why, "operations are lost");
	for (size_t i = 0; i < x->ops_n; i++)
		for (size_t j = 0; j < y->ops_n; j++) {
			if (!text_op_is_live(&x->ops[i]) || !text_op_is_live(&y->ops[j]))
				continue;
			enum text_relation then = text_relate(w->d, &x->ops[i], &y->ops[j], NULL);
			enum text_relation now = text_relate(&r->doc, &p.ops[i], &q.ops[j], NULL);
			if (then == now)
				continue;
			buf_printf(why, "relation %d before, %d after\n", (int)then, (int)now);
			gen_print_amendment(why, &p);
			gen_print_amendment(why, &q);
			gen_print_doc(why, &r->doc);
			return false;
		}
	return true;
}

/* P9: whatever is adopted elsewhere leaves relations as they were. */
static bool stable(struct world *w, struct buf *why)
{
	struct text_revision r;
	const struct text_amendment *z = &w->list[t_rand_below(&w->chance, w->n)];
	if (!world_has_live(z))
		return true;
	if (!world_merge(w, w->d, z, 1, &r, why))
		return false;
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = i + 1; j < w->n; j++) {
			const struct text_amendment *x = &w->list[i], *y = &w->list[j];
			if (x == z || y == z || !unrelated(w, x, z) || !unrelated(w, y, z))
				continue;
			w->useful = 1;
			if (pair_keeps(w, &r, x, y, why))
				continue;
			buf_put(why, S("#   adopted"));
			gen_print_amendment(why, z);
			print_pair(w, x, y, why);
			return false;
		}
	return true;
}

TEST(p9_relations_are_the_models)
{
	prop_run_all("P9 pairs", relations, 9, (size_t[]){3000, 4000, 300, 600}, 75);
}

TEST(p9_clashes_are_the_models)
{
	prop_run_all("P9 clashes", clashes, 109, (size_t[]){3000, 4000, 300, 600}, 25);
}

TEST(p9_unifying_is_an_equivalence)
{
	prop_run_all("P9 unify", unifying, 209, (size_t[]){2000, 2000, 300, 600}, 4);
}

TEST(p9_others_change_no_relation)
{
	prop_run_all("P9 stable", stable, 309, (size_t[]){4000, 4000, 300, 600}, 10);
}
