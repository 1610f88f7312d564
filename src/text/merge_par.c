/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/merge_par.h"

#include "base/must.h"
#include "base/poison.h"

void text_weave_open(struct text_weave *w, const struct text_par *like, str id)
{
	struct text_par *p = vec_push(w->arena, &w->par);
	*p = *like;
	p->id = id;
	w->full = buf_in(w->arena, 0);
	memset(&w->gone, 0, sizeof w->gone);
	memset(&w->aliases, 0, sizeof w->aliases);
}

void text_weave_close(struct text_weave *w)
{
	struct text_par *p = &w->par.p[w->par.n - 1];
	p->full = buf_str(&w->full);
	p->gone = w->gone.p;
	p->gone_n = w->gone.n;
	p->marks = NULL; /* text_carry_marks */
	p->marks_n = 0;
	p->aliases = w->aliases.p;
	p->aliases_n = w->aliases.n;
}

void text_weave_put(struct text_weave *w, str text)
{
	buf_put(&w->full, text);
}

static void put_gone(struct text_weave *w, size_t from, size_t to)
{
	struct text_run *last = w->gone.n ? &w->gone.p[w->gone.n - 1] : NULL;
	if (last && last->to == from)
		last->to = to;
	else
		*vec_push(w->arena, &w->gone) = (struct text_run){from, to};
}

void text_weave_put_gone(struct text_weave *w, str text)
{
	size_t from = w->full.n;
	text_weave_put(w, text);
	put_gone(w, from, w->full.n);
}

/* What is gone of an old paragraph in the new revision, in its old positions. */
struct runs {
	VEC(struct text_run) list;
	size_t next; /* the first that may still bear on what is copied */
};

static int by_from(const void *x, const void *y)
{
	const struct text_run *r = x, *s = y;
	return (r->from > s->from) - (r->from < s->from);
}

/* Overlapping and touching runs become one. */
static void unite(struct runs *r)
{
	vec_sort(&r->list, by_from);
	size_t kept = 0;
	for (size_t i = 0; i < r->list.n; i++) {
		struct text_run run = r->list.p[i];
		struct text_run *last = kept ? &r->list.p[kept - 1] : NULL;
		if (last && run.from <= last->to)
			last->to = run.to > last->to ? run.to : last->to;
		else
			r->list.p[kept++] = run;
	}
	r->list.n = kept;
}

/* The runs without [from, to). */
static void take_out(struct arena *a, struct runs *r, size_t from, size_t to)
{
	struct runs out = {0};
	for (size_t i = 0; i < r->list.n; i++) {
		struct text_run run = r->list.p[i];
		if (run.from < from)
			*vec_push(a, &out.list) =
			    (struct text_run){run.from, run.to < from ? run.to : from};
		if (run.to > to)
			*vec_push(a, &out.list) =
			    (struct text_run){run.from > to ? run.from : to, run.to};
	}
	*r = out;
}

static struct runs gone_of(
    struct arena *a, const struct text_par *p, const struct text_class *ops, size_t n)
{
	struct runs r = {0};
	for (size_t i = 0; i < p->gone_n; i++)
		*vec_push(a, &r.list) = p->gone[i];
	for (size_t i = 0; i < n; i++)
		if (ops[i].op->kind == TEXT_RESTORE)
			take_out(a, &r, ops[i].op->from, ops[i].op->to);
	for (size_t i = 0; i < n; i++)
		if (ops[i].op->kind == TEXT_EDIT && ops[i].op->from < ops[i].op->to)
			*vec_push(a, &r.list) = (struct text_run){ops[i].op->from, ops[i].op->to};
	unite(&r);
	return r;
}

/* An old paragraph on its way into the new revision. */
struct copying {
	struct text_weave *w;
	const struct text_par *p;
	struct runs gone;
	size_t at;   /* what lies before has been copied */
	size_t lead; /* bytes of new words since */
	VEC(struct text_piece) pieces;
};

static void copy_to(struct copying *c, size_t to)
{
	size_t from = c->at, base = c->w->full.n;
	if (from == to)
		return;
	*vec_push(c->w->arena, &c->pieces) =
	    (struct text_piece){from, to, c->w->par.n - 1, base, c->lead};
	c->lead = 0;
	text_weave_put(c->w, (str){c->p->full.p + from, to - from});
	for (size_t i = c->gone.next; i < c->gone.list.n; i++) {
		struct text_run run = c->gone.list.p[i];
		if (run.from >= to)
			break;
		size_t begin = run.from < from ? from : run.from;
		size_t end = run.to > to ? to : run.to;
		if (begin < end)
			put_gone(c->w, base + (begin - from), base + (end - from));
		if (run.to <= to)
			c->gone.next = i + 1;
	}
	c->at = to;
}

/* At one place: the paragraph is split, then words come in, then words give way to others. */
static int rank(const struct text_op *op)
{
	return op->kind == TEXT_SPLIT ? 0 : op->from == op->to ? 1 : 2;
}

static int by_place(const void *x, const void *y)
{
	const struct text_op *p = *(const struct text_op *const *)x;
	const struct text_op *q = *(const struct text_op *const *)y;
	if (p->from != q->from)
		return p->from < q->from ? -1 : 1;
	return rank(p) != rank(q) ? rank(p) - rank(q) : text_op_order(p, q);
}

void text_weave_words(struct text_weave *w, const struct text_par *p, const struct text_class *ops,
    size_t n, struct text_trace *t)
{
	struct copying c = {.w = w, .p = p, .gone = gone_of(w->arena, p, ops, n)};
	VEC(const struct text_op *) events = {0};
	for (size_t i = 0; i < n; i++)
		if (ops[i].op->kind == TEXT_EDIT || ops[i].op->kind == TEXT_SPLIT)
			*vec_push(w->arena, &events) = ops[i].op;
	vec_sort(&events, by_place);
	t->par = w->par.n - 1;
	t->at = w->full.n;
	for (size_t i = 0; i < events.n; i++) {
		const struct text_op *op = events.p[i];
		copy_to(&c, op->from);
		if (op->kind == TEXT_EDIT) {
			text_weave_put(w, op->text);
			c.lead = op->from < op->to ? op->text.n : 0;
			continue;
		}
		text_weave_close(w);
		text_weave_open(w, p, op->news[0].id);
		*vec_push(w->arena, &w->fresh) = w->par.n - 1;
		struct text_par *half = &w->par.p[w->par.n - 1];
		half->split_from = p->id;
		half->kind = op->news[0].kind;
		half->level = op->news[0].level;
		half->number = STR_EMPTY;
		half->order = STR_EMPTY;
	}
	copy_to(&c, p->full.n);
	t->piece = c.pieces.p;
	t->pieces_n = c.pieces.n;
}
