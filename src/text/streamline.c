/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/streamline.h"

#include "base/vec.h"
#include "text/streamline_inner.h"

#include "base/poison.h"

struct work {
	struct arena *arena;
	const struct text_amendment *list;
	size_t n;
	bool *is_source;
	enum text_taken *best; /* of each source, of all its operations */
	struct text_streamlined *out;
};

static enum rc check(const struct work *w, const size_t *source, size_t sources_n, struct err *err)
{
	if (!sources_n)
		return ERR(
		    err, INVALID, "source", "Name the amendments that are brought together.");
	for (size_t i = 0; i < sources_n; i++) {
		if (source[i] >= w->n)
			return ERR(err, INVALID, "source", "There is no such amendment.");
		if (w->is_source[source[i]])
			return ERR(err, INVALID, "source", "Amendment {0} is named twice.",
			    w->list[source[i]].id);
		w->is_source[source[i]] = true;
	}
	return OK;
}

/* --- the table --- */

static void make_rows(struct work *w, struct text_judge *j)
{
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++)
		n += w->is_source[i] ? w->list[i].ops_n : 0;
	w->out->row = arena_array(w->arena, struct text_provenance, n + 1);
	for (size_t i = 0; i < w->n; i++) {
		w->best[i] = TEXT_NOT_TAKEN;
		for (size_t k = 0; w->is_source[i] && k < w->list[i].ops_n; k++) {
			const struct text_op *op = &w->list[i].ops[k];
			struct text_provenance *row = &w->out->row[w->out->rows_n++];
			row->source = i;
			row->op = k;
			row->where = text_op_where(j->doc, op);
			row->asks = text_op_asks(w->arena, j->doc, op);
			text_judge_op(j, op, row);
			if (row->taken < w->best[i])
				w->best[i] = row->taken;
		}
	}
}

/* --- the new list --- */

struct sponsors {
	VEC(str) list;
	struct map known;
};

static void add_sponsor(struct arena *a, struct sponsors *s, str party)
{
	if (!party.n || map_get(&s->known, party))
		return;
	map_put(&s->known, party, a);
	*vec_push(a, &s->list) = party;
}

static void add_stances(struct arena *a, struct text_amendment *m, const struct text_amendment *of)
{
	struct text_stance *all = arena_array(a, struct text_stance, m->stances_n + of->stances_n);
	size_t n = 0;
	for (; n < m->stances_n; n++)
		all[n] = m->stances[n];
	for (size_t i = 0; i < of->stances_n; i++) {
		bool known = false;
		for (size_t k = 0; k < n; k++)
			known = known || (all[k].kind == of->stances[i].kind &&
			                     str_eq(all[k].party, of->stances[i].party));
		if (!known)
			all[n++] = of->stances[i];
	}
	m->stances = all;
	m->stances_n = n;
}

/* The facilitator's amendment with the sponsors of what it has taken up. */
static struct text_amendment with_sponsors(struct work *w, const struct text_amendment *merged)
{
	struct text_amendment m = *merged;
	struct sponsors s = {.known = map_in(w->arena)};
	add_sponsor(w->arena, &s, merged->party);
	size_t own = s.list.n;
	for (size_t i = 0; i < merged->cosponsors_n; i++)
		add_sponsor(w->arena, &s, merged->cosponsors[i]);
	for (size_t i = 0; i < w->n; i++) {
		const struct text_amendment *of = &w->list[i];
		if (!w->is_source[i] || w->best[i] == TEXT_NOT_TAKEN)
			continue;
		add_sponsor(w->arena, &s, of->party);
		for (size_t k = 0; k < of->cosponsors_n; k++)
			add_sponsor(w->arena, &s, of->cosponsors[k]);
		add_stances(w->arena, &m, of);
	}
	m.cosponsors = s.list.n > own ? s.list.p + own : NULL;
	m.cosponsors_n = s.list.n - own;
	return m;
}

/* What was not taken whole of a source. */
static struct text_amendment rest_of(const struct work *w, size_t source)
{
	struct text_amendment m = w->list[source];
	m.ops = arena_array(w->arena, struct text_op, m.ops_n + 1);
	m.ops_n = 0;
	for (size_t i = 0; i < w->out->rows_n; i++) {
		const struct text_provenance *row = &w->out->row[i];
		if (row->source == source && row->taken != TEXT_TAKEN)
			m.ops[m.ops_n++] = w->list[source].ops[row->op];
	}
	return m;
}

static void make_list(struct work *w, const struct text_amendment *merged, bool keep_rest)
{
	struct text_streamlined *out = w->out;
	bool placed = false;
	out->list = arena_array(w->arena, struct text_amendment, w->n + 1);
	for (size_t i = 0; i < w->n; i++) {
		if (w->is_source[i] && !placed) {
			out->merged = out->n;
			out->list[out->n++] = with_sponsors(w, merged);
			placed = true;
		}
		if (!w->is_source[i] || w->best[i] == TEXT_NOT_TAKEN) {
			out->list[out->n++] = w->list[i];
		} else if (keep_rest) {
			struct text_amendment rest = rest_of(w, i);
			if (rest.ops_n)
				out->list[out->n++] = rest;
		}
	}
}

static enum rc check_ids(const struct text_streamlined *out, struct err *err)
{
	for (size_t i = 0; i < out->n; i++)
		if (i != out->merged && str_eq(out->list[i].id, out->list[out->merged].id))
			return ERR(err, INVALID, "id",
			    "The id {0} is that of an amendment that stays.", out->list[i].id);
	return OK;
}

enum rc text_streamline(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_amendment *list, size_t n, const size_t *source, size_t sources_n,
    const struct text_amendment *merged, bool keep_rest, struct text_streamlined *out,
    struct err *err)
{
	struct work w = {.arena = a, .list = list, .n = n, .out = out};
	struct text_judge judge = {a, l, d, merged};
	*out = (struct text_streamlined){0};
	w.is_source = arena_array(a, bool, n + 1);
	w.best = arena_array(a, enum text_taken, n + 1);
	TRY(check(&w, source, sources_n, err));
	make_rows(&w, &judge);
	make_list(&w, merged, keep_rest);
	TRY(check_ids(out, err));
	return OK;
}
