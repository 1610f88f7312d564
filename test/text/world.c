/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "world.h"

#include "base/must.h"

#include "base/poison.h"

bool world_settle(struct world *w, const struct text_doc *d, const struct gen_amendment *m,
    struct text_amendment *out)
{
	struct err err = {0};
	*out = (struct text_amendment){.id = m->id,
	    .party = m->party,
	    .cosponsors = m->cosponsors.p,
	    .cosponsors_n = m->cosponsors.n};
	if (!m->wish.n && !m->reading.n)
		return false;
	enum rc rc = text_settle(
	    w->a, w->lexer, d, m->wish.p, m->wish.n, m->reading.p, m->reading.n, out, &err);
	must(rc == OK || rc == INVALID);
	must(rc != OK || out->ops_n);
	return rc == OK;
}

bool world_merge(struct world *w, const struct text_doc *d, const struct text_amendment *set,
    size_t n, struct text_revision *out, struct buf *why)
{
	struct err err = {0};
	enum rc rc = text_merge(w->a, d, set, n, false, out, &err);
	if (rc == OK)
		return true;
	buf_printf(why, "merge of");
	for (size_t i = 0; i < n; i++)
		buf_printf(why, " %.*s", STR(set[i].id));
	return SAY(why, " is refused: %.*s", STR(err_text(&err, w->a)));
}

bool world_has_live(const struct text_amendment *m)
{
	for (size_t i = 0; i < m->ops_n; i++)
		if (text_op_is_live(&m->ops[i]))
			return true;
	return false;
}

/* In the order of the list, each that clashes with none before it. */
static void choose_fit(struct world *w)
{
	struct text_clashes clashes = text_find_clashes(w->a, w->d, w->list, w->n);
	bool *out = arena_array(w->a, bool, w->n + 1);
	w->fit = arena_array(w->a, struct text_amendment, w->n + 1);
	w->fit_at = arena_array(w->a, size_t, w->n + 1);
	w->fit_n = 0;
	/* Clashes come by a, then b: when one of a comes up, it is known whether a is in. */
	for (size_t i = 0; i < w->n; i++) {
		for (size_t k = 0; k < clashes.list.n && !out[i]; k++) {
			const struct text_clash *c = &clashes.list.p[k];
			must(c->a < c->b && c->b < w->n);
			out[i] = c->b == i && !out[c->a];
		}
		if (!out[i] && world_has_live(&w->list[i])) {
			w->fit_at[w->fit_n] = i;
			w->fit[w->fit_n++] = w->list[i];
		}
	}
}

static void settle_round(struct world *w, const struct gen_round *round)
{
	size_t left = w->n;
	struct text_amendment *old = w->list;
	w->list = arena_array(w->a, struct text_amendment, left + round->list.n);
	for (size_t i = 0; i < left; i++)
		w->list[i] = old[i];
	w->n = left;
	for (size_t i = 0; i < round->list.n; i++)
		if (world_settle(w, w->d, &round->list.p[i], &w->list[w->n]))
			w->n++;
	choose_fit(w);
}

/* What fits is adopted, the others are carried over. */
static bool adopt_round(struct world *w)
{
	struct buf why = buf_in(w->a, 0);
	if (!world_merge(w, w->d, w->fit, w->fit_n, &w->before, &why))
		return false;
	size_t n = 0;
	struct text_amendment *left = arena_array(w->a, struct text_amendment, w->n);
	for (size_t i = 0, k = 0; i < w->n; i++) {
		if (k < w->fit_n && w->fit_at[k] == i)
			k++;
		else
			left[n++] = text_rebase(w->a, &w->before, &w->list[i]);
	}
	w->list = left;
	w->n = n;
	w->d = &w->before.doc;
	w->two_rounds = true;
	return true;
}

bool world_play(struct world *w, const struct gen_case *c)
{
	w->c = c;
	w->start = gen_doc(w->a, c);
	w->d = &w->start;
	w->n = 0;
	for (size_t i = 0; i < c->rounds; i++) {
		if (i && !adopt_round(w))
			return false;
		settle_round(w, &c->round[i]);
	}
	return w->n > 0;
}

/* Writes a round and plays it; false when that is all that is wanted. */
static bool next_round(struct world *w, const struct gen_shape *s, struct gen_case *c)
{
	size_t n = 1 + s->amendments / 3 + t_rand_below(&w->chance, (2 * s->amendments + 2) / 3);
	gen_next_round(w->a, w->tools, &w->chance, s, n, w->d, c);
	if (w->halt == c->rounds)
		return false;
	settle_round(w, &c->round[c->rounds - 1]);
	return true;
}

bool world_generate(struct world *w, const struct gen_shape *s, struct gen_case *c)
{
	w->c = c;
	w->n = 0;
	gen_start(w->a, w->tools, &w->chance, s, c);
	w->start = gen_doc(w->a, c);
	w->d = &w->start;
	bool two = t_rand_below(&w->chance, 100) < s->two_rounds;
	if (two && (!next_round(w, s, c) || !adopt_round(w)))
		return false;
	return next_round(w, s, c) && w->n > 0;
}

/* --- comparing --- */

static bool same_gone(const struct text_par *x, const struct text_par *y)
{
	bool same = x->gone_n == y->gone_n;
	for (size_t i = 0; same && i < x->gone_n; i++)
		same = x->gone[i].from == y->gone[i].from && x->gone[i].to == y->gone[i].to;
	return same;
}

static str cut_off(const struct text_doc *d, const struct text_par *p)
{
	str from = p->split_from;
	for (size_t times = 0; from.n && times <= d->n; times++) {
		size_t i = text_doc_find(d, from);
		must(i != TEXT_START);
		from = d->par[i].id;
		if (!d->par[i].split_from.n)
			break;
		from = d->par[i].split_from;
	}
	return from;
}

static bool same_par(const struct text_doc *dx, const struct text_par *x, const struct text_doc *dy,
    const struct text_par *y)
{
	bool same = str_eq(x->id, y->id) && x->kind == y->kind && x->level == y->level &&
	            x->is_gone == y->is_gone && str_eq(x->full, y->full) && same_gone(x, y) &&
	            str_eq(cut_off(dx, x), cut_off(dy, y));
	for (size_t i = 0; same && i < x->aliases_n; i++)
		same = text_doc_find(dy, x->aliases[i]) != TEXT_START;
	for (size_t i = 0; same && i < y->aliases_n; i++)
		same = text_doc_find(dx, y->aliases[i]) != TEXT_START;
	return same;
}

/* Paragraphs that are shown in their order; each that is gone, wherever it stands. */
static bool same_docs(const struct text_doc *x, const struct text_doc *y)
{
	size_t shown = TEXT_START;
	bool same = x->n == y->n;
	for (size_t i = 0; same && i < x->n; i++) {
		size_t at = text_doc_find(y, x->par[i].id);
		if (!x->par[i].is_gone)
			shown = text_doc_next(y, shown);
		same = at != TEXT_START && (x->par[i].is_gone || at == shown) &&
		       same_par(x, &x->par[i], y, &y->par[at]);
	}
	return same;
}

bool world_same(
    const struct text_doc *x, const struct text_doc *y, const char *what, struct buf *why)
{
	if (same_docs(x, y))
		return true;
	buf_printf(why, "%s differ:\n", what);
	gen_print_doc(why, x);
	buf_put(why, S("#   --\n"));
	gen_print_doc(why, y);
	return false;
}

static bool op_names_differ(const struct text_op *x, const struct text_op *y)
{
	if (!text_op_is_live(x) || !text_op_is_live(y))
		return false;
	bool same = text_op_same(x, y);
	for (size_t i = 0; i < x->news_n; i++)
		for (size_t j = 0; j < y->news_n; j++)
			if (str_eq(x->news[i].id, y->news[j].id) != (same && i == j))
				return true;
	return false;
}

static bool pair_names_differ(const struct text_amendment *x, const struct text_amendment *y)
{
	for (size_t i = 0; i < x->ops_n; i++)
		for (size_t j = 0; j < y->ops_n; j++)
			if (op_names_differ(&x->ops[i], &y->ops[j]))
				return true;
	return false;
}

bool world_names_differ(const struct text_amendment *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (pair_names_differ(&list[i], &list[j]))
				return true;
	return false;
}

bool world_reads_same(struct world *w, const struct text_doc *x, const struct text_doc *y,
    const char *what, struct buf *why)
{
	size_t i = 0, j = 0;
	bool same = true;
	while (same) {
		while (i < x->n && x->par[i].is_gone)
			i++;
		while (j < y->n && y->par[j].is_gone)
			j++;
		if (i == x->n || j == y->n)
			break;
		same = str_eq(x->par[i].id, y->par[j].id) &&
		       str_eq(text_par_read(w->a, &x->par[i]), text_par_read(w->a, &y->par[j]));
		i++;
		j++;
	}
	if (same && i == x->n && j == y->n)
		return true;
	buf_printf(why, "%s read differently:\n", what);
	gen_print_doc(why, x);
	buf_put(why, S("#   --\n"));
	gen_print_doc(why, y);
	return false;
}

struct text_amendment *world_shuffled(struct world *w, const struct text_amendment *list, size_t n)
{
	struct text_amendment *out = arena_array(w->a, struct text_amendment, n + 1);
	for (size_t i = 0; i < n; i++) {
		size_t j = t_rand_below(&w->chance, i + 1);
		out[i] = out[j];
		out[j] = list[i];
	}
	return out;
}
