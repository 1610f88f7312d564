/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/inverse.h"

#include "text/touch.h"
#include "text/trace.h"

#include "base/must.h"
#include "base/poison.h"

struct undoing {
	struct arena *arena;
	const struct text_revision *r;
	size_t who; /* whose amendment is undone */
	VEC(struct text_op) ops;
};

static void put(struct undoing *u, struct text_op op)
{
	*vec_push(u->arena, &u->ops) = op;
}

static void take_out(struct undoing *u, struct text_spot s, size_t n)
{
	if (n)
		put(u, (struct text_op){
		           .kind = TEXT_EDIT, .par = s.par, .from = s.at, .to = s.at + n});
}

/* [from, to) of an old paragraph is back. */
static void put_back(struct undoing *u, const struct text_trace *t, size_t from, size_t to)
{
	if (from >= to)
		return;
	struct text_spot first = text_trace_byte(t, from), last = text_trace_byte(t, to - 1);
	put(u, (struct text_op){
	           .kind = TEXT_RESTORE, .par = first.par, .from = first.at, .to = last.at + 1});
}

static int by_from(const void *x, const void *y)
{
	const struct text_run *r = x, *s = y;
	return (r->from > s->from) - (r->from < s->from);
}

/* What op alone took out is back: not what was gone before, nor what others take out too. */
static void restore(struct undoing *u, const struct text_op *op)
{
	const struct text_par *p = &u->r->old->par[op->par];
	const struct text_touch *touch = u->r->index;
	VEC(struct text_run) kept = {0};
	for (size_t i = 0; i < p->gone_n; i++)
		*vec_push(u->arena, &kept) = p->gone[i];
	for (size_t k = 0; k < touch->n; k++) {
		const struct text_op *other = touch->list[k].op;
		if (other->kind == TEXT_EDIT && other->par == op->par && !text_op_same(other, op))
			*vec_push(u->arena, &kept) = (struct text_run){other->from, other->to};
	}
	vec_sort(&kept, by_from);
	size_t at = op->from;
	for (size_t i = 0; i < kept.n && at < op->to; i++) {
		size_t to = kept.p[i].from < op->to ? kept.p[i].from : op->to;
		put_back(u, &u->r->trace[op->par], at, to);
		at = kept.p[i].to > at ? kept.p[i].to : at;
	}
	put_back(u, &u->r->trace[op->par], at, op->to);
}

static void undo_edit(struct undoing *u, const struct text_op *op)
{
	const struct text_trace *t = &u->r->trace[op->par];
	if (op->from == op->to) {
		take_out(u, text_trace_insertion(t, op->from), op->text.n);
		return;
	}
	struct text_spot s = text_trace_byte(t, op->from);
	s.at -= op->text.n; /* the new words stand right before the old ones */
	take_out(u, s, op->text.n);
	restore(u, op);
}

/* Where the i-th new paragraph is, whatever its id has become (text/merge.h): behind `after`, or
 * behind what else came there. */
static size_t place_of_new(const struct undoing *u, const struct text_op *op, size_t i)
{
	const struct text_doc *d = &u->r->doc;
	const struct text_new *first = &op->news[0];
	size_t place = op->after == TEXT_START ? 0 : u->r->trace[op->after].end + 1;
	while (place < d->n && !(str_starts(d->par[place].id, first->id) &&
	                           str_eq(d->par[place].full, first->text)))
		place++;
	must(place + i < d->n);
	return place + i;
}

/* The last paragraph of what stands behind old paragraph i now: what others put there, too. */
static size_t end_behind(const struct undoing *u, size_t i)
{
	const struct text_touch *touch = u->r->index;
	size_t end = i == TEXT_START ? TEXT_START : u->r->trace[i].end;
	for (size_t k = 0; k < touch->n; k++) {
		const struct text_class *c = &touch->list[k];
		const struct text_op *op = c->op;
		size_t last = TEXT_START;
		bool undone = c->owners_n == 1 && c->owner[0] == u->who;
		if (undone || op->after != i)
			continue;
		if (op->kind == TEXT_INSERT_PARS && op->news_n)
			last = place_of_new(u, op, op->news_n - 1);
		else if (op->kind == TEXT_MOVE)
			last = u->r->trace[op->last].end;
		if (last != TEXT_START && (end == TEXT_START || last > end))
			end = last;
	}
	return end;
}

/* Paragraph i was moved by the amendment that is undone, and by nobody else. */
static bool comes_back(const struct undoing *u, size_t i)
{
	const struct text_touch *touch = u->r->index;
	for (size_t k = 0; k < touch->of_n[u->who]; k++) {
		const struct text_class *c = &touch->list[touch->of[u->who][k]];
		if (c->op->kind == TEXT_MOVE && c->owners_n == 1 && c->op->par <= i &&
		    i <= c->op->last)
			return true;
	}
	return false;
}

/*
 * Back behind the nearest paragraph before it that has stayed where it was, or that comes back,
 * too: this one then follows it.
 */
static void undo_move(struct undoing *u, const struct text_op *op)
{
	const struct text_trace *t = u->r->trace;
	size_t before = op->par;
	while (before-- > 0 && t[before].moved_by != TEXT_START && !comes_back(u, before))
		;
	bool follows = before != TEXT_START && t[before].moved_by != TEXT_START;
	put(u, (struct text_op){.kind = TEXT_MOVE,
	           .par = t[op->par].par,
	           .last = t[op->last].end,
	           .after = follows ? t[before].end : end_behind(u, before)});
}

static void undo_join(struct undoing *u, const struct text_op *op)
{
	const struct text_par *right = &u->r->old->par[op->last];
	const struct text_trace *t = &u->r->trace[op->last];
	struct text_new *again = arena_new_of(u->arena, struct text_new);
	*again = (struct text_new){.id = right->id, .kind = right->kind, .level = right->level};
	put(u, (struct text_op){.kind = TEXT_SPLIT,
	           .par = t->par,
	           .from = t->at,
	           .to = t->at,
	           .news = again,
	           .news_n = 1});
	take_out(u, (struct text_spot){t->par, t->at - op->text.n}, op->text.n);
}

static void undo_split(struct undoing *u, const struct text_op *op)
{
	size_t right = text_trace_insertion(&u->r->trace[op->par], op->from).par;
	must(right > 0);
	put(u, (struct text_op){.kind = TEXT_JOIN, .par = right - 1, .last = right});
}

static void undo(struct undoing *u, const struct text_op *op)
{
	struct text_op again = {.par = op->kind == TEXT_INSERT_PARS ? 0 : u->r->trace[op->par].par};
	switch (op->kind) {
	case TEXT_EDIT:
		undo_edit(u, op);
		break;
	case TEXT_INSERT_PARS:
		again.kind = TEXT_DELETE_PAR;
		for (size_t i = 0; i < op->news_n; i++) {
			again.par = place_of_new(u, op, i);
			put(u, again);
		}
		break;
	case TEXT_DELETE_PAR:
		again.kind = TEXT_RESTORE_PAR;
		put(u, again);
		break;
	case TEXT_MOVE:
		undo_move(u, op);
		break;
	case TEXT_SPLIT:
		undo_split(u, op);
		break;
	case TEXT_JOIN:
		undo_join(u, op);
		break;
	case TEXT_RESTORE:
		take_out(u, text_trace_byte(&u->r->trace[op->par], op->from), op->to - op->from);
		break;
	case TEXT_RESTORE_PAR:
		again.kind = TEXT_DELETE_PAR;
		put(u, again);
		break;
	}
}

static int by_op(const void *x, const void *y)
{
	return text_op_order(x, y);
}

struct text_amendment text_inverse(struct arena *a, const struct text_revision *r, size_t k)
{
	struct undoing u = {.arena = a, .r = r, .who = k};
	struct text_amendment out = r->set[k];
	const struct text_touch *touch = r->index;
	for (size_t i = 0; i < touch->of_n[k]; i++) {
		const struct text_class *c = &touch->list[touch->of[k][i]];
		if (c->owners_n == 1)
			undo(&u, c->op);
	}
	vec_sort(&u.ops, by_op);
	out.ops = u.ops.p;
	out.ops_n = u.ops.n;
	out.outcome = TEXT_UNCHANGED;
	out.why = STR_EMPTY;
	return out;
}
