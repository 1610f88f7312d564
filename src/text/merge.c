/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/merge.h"

#include "text/merge_par.h"

#include "base/must.h"
#include "base/poison.h"

#define NONE SIZE_MAX

/* What comes to stand behind a paragraph: new ones, or ones that are moved there. */
struct arrival {
	size_t after;
	size_t class;
	enum text_op_kind kind;
};

struct merging {
	const struct text_doc *old;
	const struct text_touch *touch;
	size_t *first;   /* of each home + 1: its first class; one more at the end */
	bool *left;      /* paragraphs that are moved away from where they stand */
	size_t *join;    /* the class that joins a paragraph with its next, or NONE */
	bool *is_joined; /* paragraphs that another one takes in */
	bool *deleted;
	bool *restored;
	VEC(struct arrival) arrivals;
	struct text_trace *trace;
	struct text_weave weave;
};

static int by_gap(const void *x, const void *y)
{
	const struct arrival *p = x, *q = y;
	if (p->after != q->after)
		return p->after + 1 < q->after + 1 ? -1 : 1;
	if (p->kind != q->kind)
		return p->kind < q->kind ? -1 : 1;
	return (p->class > q->class) - (p->class < q->class);
}

static void sort_op(struct merging *m, size_t class)
{
	const struct text_op *op = m->touch->list[class].op;
	switch (op->kind) {
	case TEXT_INSERT_PARS:
		*vec_push(m->weave.arena, &m->arrivals) =
		    (struct arrival){op->after, class, op->kind};
		break;
	case TEXT_MOVE:
		*vec_push(m->weave.arena, &m->arrivals) =
		    (struct arrival){op->after, class, op->kind};
		for (size_t p = op->par; p <= op->last; p++) {
			m->left[p] = true;
			m->trace[p].moved_by = m->touch->list[class].owner[0];
		}
		break;
	case TEXT_DELETE_PAR:
		m->deleted[op->par] = true;
		break;
	case TEXT_RESTORE_PAR:
		m->restored[op->par] = true;
		break;
	case TEXT_JOIN:
		m->join[op->par] = class;
		m->is_joined[op->last] = true;
		break;
	case TEXT_EDIT:
	case TEXT_SPLIT:
	case TEXT_RESTORE:
		break; /* text_weave_words */
	}
}

static void prepare(struct merging *m)
{
	struct arena *a = m->weave.arena;
	size_t n = m->old->n, homes = n + 1;
	m->first = arena_array(a, size_t, homes + 1);
	m->left = arena_array(a, bool, homes);
	m->join = arena_array(a, size_t, homes);
	m->is_joined = arena_array(a, bool, homes);
	m->deleted = arena_array(a, bool, homes);
	m->restored = arena_array(a, bool, homes);
	m->trace = arena_array(a, struct text_trace, homes);
	for (size_t i = 0; i < n; i++) {
		m->join[i] = NONE;
		m->trace[i].moved_by = TEXT_START;
	}
	for (size_t k = 0; k < m->touch->n; k++) {
		m->first[text_op_home(m->touch->list[k].op) + 2]++; /* TEXT_START + 2 == 1 */
		sort_op(m, k);
	}
	for (size_t h = 1; h <= homes; h++)
		m->first[h] += m->first[h - 1];
	vec_sort(&m->arrivals, by_gap);
}

/* Paragraph i as part of the one that is open. */
static void put_words(struct merging *m, size_t i)
{
	const struct text_class *ops = m->touch->list + m->first[i + 1];
	text_weave_words(
	    &m->weave, &m->old->par[i], ops, m->first[i + 2] - m->first[i + 1], &m->trace[i]);
	m->trace[i].end = m->weave.par.n - 1;
}

/* A paragraph that is split off again under its own id is an alias no more. */
static bool is_split_off(const struct merging *m, size_t i, str id)
{
	for (size_t k = m->first[i + 1]; k < m->first[i + 2]; k++) {
		const struct text_op *op = m->touch->list[k].op;
		if (op->kind == TEXT_SPLIT && str_eq(op->news[0].id, id))
			return true;
	}
	return false;
}

static void put_aliases(struct merging *m, size_t i)
{
	const struct text_par *p = &m->old->par[i];
	for (size_t k = 0; k < p->aliases_n; k++)
		if (!is_split_off(m, i, p->aliases[k]))
			*vec_push(m->weave.arena, &m->weave.aliases) = p->aliases[k];
}

/* Paragraph i, and those that are joined to it. The last of them. */
static size_t put_chain(struct merging *m, size_t i, bool moved)
{
	const struct text_par *p = &m->old->par[i];
	text_weave_open(&m->weave, p, p->id);
	struct text_par *young = &m->weave.par.p[m->weave.par.n - 1];
	young->is_gone = (p->is_gone || m->deleted[i]) && !m->restored[i];
	if (moved)
		young->order = STR_EMPTY;
	put_aliases(m, i);
	put_words(m, i);
	while (m->join[i] != NONE) {
		const struct text_op *op = m->touch->list[m->join[i]].op;
		i = op->last;
		text_weave_put(&m->weave, op->text);
		/* The end of the one and the beginning of the other stay two places. */
		if (!op->text.n)
			text_weave_put_gone(&m->weave, S("\n"));
		*vec_push(m->weave.arena, &m->weave.aliases) = m->old->par[i].id;
		put_aliases(m, i);
		put_words(m, i);
	}
	text_weave_close(&m->weave);
	return i;
}

static void put_new(struct merging *m, const struct text_op *op)
{
	for (size_t k = 0; k < op->news_n; k++) {
		const struct text_new *new = &op->news[k];
		struct text_par like = {.kind = new->kind, .level = new->level};
		text_weave_open(&m->weave, &like, new->id);
		*vec_push(m->weave.arena, &m->weave.fresh) = m->weave.par.n - 1;
		text_weave_put(&m->weave, new->text);
		text_weave_close(&m->weave);
	}
}

static void put_at(struct merging *m, size_t i, bool moved);

/* What comes to stand behind paragraph i. Moves do not follow each other (text/relate.h). */
static void put_arrivals(struct merging *m, size_t i)
{
	size_t lo = 0, hi = m->arrivals.n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (m->arrivals.p[mid].after + 1 < i + 1)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < m->arrivals.n && m->arrivals.p[lo].after == i; lo++) {
		const struct text_op *op = m->touch->list[m->arrivals.p[lo].class].op;
		if (op->kind == TEXT_INSERT_PARS)
			put_new(m, op);
		else
			for (size_t p = op->par; p <= op->last; p++)
				put_at(m, p, true);
	}
}

static void put_at(struct merging *m, size_t i, bool moved)
{
	if (m->left[i] != moved || m->is_joined[i])
		return;
	put_arrivals(m, put_chain(m, i, moved));
}

static enum rc check(struct arena *a, const struct text_doc *d, const struct text_amendment *set,
    size_t n, bool both, struct err *err)
{
	struct text_clashes c = text_find_clashes(a, d, set, n);
	for (size_t i = 0; i < c.list.n; i++)
		if (!both || c.list.p[i].relation != TEXT_ALTERNATIVES)
			return ERR(err, CONFLICT, NULL, "{0} and {1} cannot both be adopted.",
			    set[c.list.p[i].a].id, set[c.list.p[i].b].id);
	return OK;
}

/*
 * Ids of what comes into being are made when an amendment is written, and two may have made the
 * same: those that were there keep theirs, of the others the first in the text.
 */
static void part_ids(struct merging *m)
{
	struct text_weave *w = &m->weave;
	struct map seen = map_in(w->arena);
	size_t next = 0;
	for (size_t i = 0; i < w->par.n; i++) {
		if (next < w->fresh.n && w->fresh.p[next] == i) {
			next++;
			continue;
		}
		map_put(&seen, w->par.p[i].id, w);
		for (size_t k = 0; k < w->par.p[i].aliases_n; k++)
			map_put(&seen, w->par.p[i].aliases[k], w);
	}
	for (size_t i = 0; i < w->fresh.n; i++) {
		struct text_par *p = &w->par.p[w->fresh.p[i]];
		str want = p->id;
		for (unsigned k = 2; map_get(&seen, p->id); k++)
			p->id = arena_printf(w->arena, "%.*s.%u", STR(want), k);
		map_put(&seen, p->id, w);
	}
}

static enum rc finish(struct merging *m, struct text_revision *out, struct err *err)
{
	struct arena *a = m->weave.arena;
	part_ids(m);
	out->doc = (struct text_doc){.par = m->weave.par.p, .n = m->weave.par.n};
	out->trace = m->trace;
	out->index = m->touch;
	text_carry_marks(a, m->old, m->trace, &out->doc);
	return text_doc_index(a, &out->doc, err);
}

enum rc text_merge(struct arena *a, const struct text_doc *d, const struct text_amendment *set,
    size_t n, bool both, struct text_revision *out, struct err *err)
{
	TRY(check(a, d, set, n, both, err));
	struct text_touch *touch = arena_new_of(a, struct text_touch);
	*touch = text_touch_index(a, set, n);
	struct merging m = {.old = d, .touch = touch, .weave = {.arena = a}};
	*out = (struct text_revision){.old = d, .set = set, .set_n = n};
	prepare(&m);
	put_arrivals(&m, TEXT_START);
	for (size_t i = 0; i < d->n; i++)
		put_at(&m, i, false);
	return finish(&m, out, err);
}
