/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One paragraph of the plan: its words, with everything that is proposed inside it. */
#include "base/buf.h"
#include "docx/plan_inner.h"

#include "base/poison.h"

/* A paragraph on its way into the stream. */
struct writing {
	struct planning *w;
	const struct text_par *p;
	size_t i;
	const struct plan_place *at;
	const struct text_class *class; /* of this paragraph */
	size_t first, n;                /* their places in touch */
	struct word_par *par;           /* the open one */
	VEC(size_t) cuts;               /* where runs end, in order */
};

static bool tracked(const struct writing *x, size_t k)
{
	return !x->w->plan->is_alt[x->first + k] && plan_shows(x->w, x->first + k, x->at);
}

static int by_size(const void *x, const void *y)
{
	const size_t *p = x, *q = y;
	return (*p > *q) - (*p < *q);
}

static void cut(struct writing *x, size_t at)
{
	*vec_push(x->w->arena, &x->cuts) = at;
}

static void find_cuts(struct writing *x)
{
	const struct text_par *p = x->p;
	cut(x, 0);
	cut(x, p->full.n);
	for (size_t k = 0; k < x->n; k++) {
		const struct text_op *op = x->class[k].op;
		if (op->kind == TEXT_EDIT || op->kind == TEXT_SPLIT) {
			cut(x, op->from);
			cut(x, op->to);
		}
	}
	for (size_t i = 0; i < p->gone_n; i++) {
		cut(x, p->gone[i].from);
		cut(x, p->gone[i].to);
	}
	for (size_t i = 0; i < p->marks_n; i++) {
		cut(x, p->marks[i].from);
		cut(x, p->marks[i].to);
	}
	vec_sort(&x->cuts, by_size);
}

/* Everybody who would delete [from, to). */
static void add_deletion(struct writing *x, size_t from, size_t to, struct word_state *s)
{
	VEC(size_t) who = {0};
	for (size_t k = 0; k < x->n; k++) {
		const struct text_op *op = x->class[k].op;
		bool takes = op->kind == TEXT_DELETE_PAR ||
		             (op->kind == TEXT_EDIT && op->from <= from && to <= op->to);
		if (!takes || !tracked(x, k))
			continue;
		for (size_t i = 0; i < x->class[k].owners_n; i++) {
			bool twice = false;
			for (size_t j = 0; j < who.n; j++)
				twice = twice || who.p[j] == x->class[k].owner[i];
			if (!twice)
				*vec_push(x->w->arena, &who) = x->class[k].owner[i];
		}
	}
	vec_sort(&who, by_size);
	if (who.n)
		plan_layer(x->w, s, WORD_DEL, who.p, who.n);
}

static void put_run(struct writing *x, struct word_run run)
{
	*vec_push(x->w->arena, &x->par->runs) = run;
}

static void put_old(struct writing *x, size_t from, size_t to)
{
	struct word_run run = {.text = {x->p->full.p + from, to - from}};
	if (from == to || text_par_is_gone(x->p, from, to))
		return;
	run.state = plan_state(x->w, x->at);
	add_deletion(x, from, to, &run.state);
	for (size_t i = 0; i < x->p->marks_n; i++) {
		const struct text_mark *m = &x->p->marks[i];
		if (m->from > from || m->to < to)
			continue;
		run.emphasis = run.emphasis || m->kind == TEXT_EMPHASIS;
		run.strong = run.strong || m->kind == TEXT_STRONG;
		if (m->kind == TEXT_LINK)
			run.link = m->value;
	}
	put_run(x, run);
}

static void put_fresh(struct writing *x, size_t k, str text)
{
	/* A change that is not in the file would make our own part untrue. */
	if (!text.n)
		return;
	struct word_run run = {.text = text, .state = plan_state(x->w, x->at)};
	plan_layer(x->w, &run.state, WORD_INS, x->class[k].owner, x->class[k].owners_n);
	put_run(x, run);
}

/* References to footnotes stand at a place; one is enough, in what is not a copy. */
static void put_notes(struct writing *x, size_t at)
{
	for (size_t i = 0; i < x->p->marks_n; i++) {
		const struct text_mark *m = &x->p->marks[i];
		if (m->kind != TEXT_NOTE_REF || m->from != at)
			continue;
		size_t to = text_doc_find(x->w->plan->doc, m->value);
		bool copy = x->at->moves && x->at->layer == WORD_MOVE_FROM;
		if (to == TEXT_START || !x->w->plan->is_note[to] || copy)
			continue;
		struct word_run run = {.note = to + 1, .state = plan_state(x->w, x->at)};
		add_deletion(x, at ? at - 1 : 0, at + 1, &run.state);
		put_run(x, run);
	}
}

static void split(struct writing *x, size_t k)
{
	const struct text_class *c = &x->class[k];
	x->par->mark = plan_state(x->w, x->at);
	plan_layer(x->w, &x->par->mark, WORD_INS, c->owner, c->owners_n);
	const struct text_new *new = c->op->news;
	x->par = plan_open(x->w, new->id, new->kind, new->level);
}

/* What happens at a place, in the order of a merge: the end of a replacement, a split, new words.
 */
static void put_at(struct writing *x, size_t at)
{
	for (size_t k = 0; k < x->n; k++) {
		const struct text_op *op = x->class[k].op;
		if (op->kind == TEXT_EDIT && op->to == at && op->from < at && tracked(x, k))
			put_fresh(x, k, op->text);
	}
	put_notes(x, at);
	for (size_t k = 0; k < x->n; k++) {
		const struct text_op *op = x->class[k].op;
		bool here = (op->kind == TEXT_EDIT || op->kind == TEXT_SPLIT) && op->to == at;
		if (here && x->w->plan->is_alt[x->first + k] &&
		    plan_shows(x->w, x->first + k, x->at))
			plan_alternative(x->w, x->first + k, x->at);
	}
	for (size_t k = 0; k < x->n; k++)
		if (x->class[k].op->kind == TEXT_SPLIT && x->class[k].op->from == at &&
		    tracked(x, k))
			split(x, k);
	for (size_t k = 0; k < x->n; k++) {
		const struct text_op *op = x->class[k].op;
		if (op->kind == TEXT_EDIT && op->from == at && op->to == at && tracked(x, k))
			put_fresh(x, k, op->text);
	}
}

/* The mark, and what bears on the paragraph as a whole. */
static void close(struct writing *x)
{
	struct word_state mark = plan_state(x->w, x->at);
	VEC(size_t) who = {0};
	for (size_t k = 0; k < x->n; k++) {
		const struct text_class *c = &x->class[k];
		if (c->op->kind != TEXT_DELETE_PAR && c->op->kind != TEXT_JOIN &&
		    c->op->kind != TEXT_MOVE)
			continue;
		if (x->w->plan->is_alt[x->first + k]) {
			if (plan_shows(x->w, x->first + k, x->at))
				plan_alternative(x->w, x->first + k, x->at);
			continue;
		}
		if (c->op->kind == TEXT_MOVE || !tracked(x, k))
			continue;
		if (c->op->kind == TEXT_JOIN)
			put_fresh(x, k, c->op->text);
		for (size_t i = 0; i < c->owners_n; i++)
			*vec_push(x->w->arena, &who) = c->owner[i];
	}
	vec_sort(&who, by_size);
	if (who.n)
		plan_layer(x->w, &mark, WORD_DEL, who.p, who.n);
	x->par->mark = mark;
}

/* What waits for a paragraph to stand in. */
static void put_waiting(struct planning *w, const struct plan_place *at)
{
	for (size_t i = 0; i < w->waiting.n; i++)
		plan_alternative(w, w->waiting.p[i], at);
	w->waiting.n = 0;
}

void plan_paragraph(struct planning *w, size_t i, const struct plan_place *at)
{
	const struct text_par *p = &w->plan->doc->par[i];
	struct writing x = {.w = w,
	    .p = p,
	    .i = i,
	    .at = at,
	    .class = w->plan->touch.list + w->first[i + 1],
	    .first = w->first[i + 1],
	    .n = w->first[i + 2] - w->first[i + 1]};
	if (p->is_gone)
		return;
	x.par = plan_open(w, p->id, p->kind, p->level);
	x.par->number = p->number;
	if (p->number.n) {
		x.par->number_state = plan_state(w, at);
		add_deletion(&x, 0, SIZE_MAX, &x.par->number_state);
	}
	if (!at->moves)
		put_waiting(w, at);
	find_cuts(&x);
	size_t last = SIZE_MAX;
	for (size_t c = 0; c < x.cuts.n; c++) {
		if (x.cuts.p[c] == last)
			continue;
		if (last != SIZE_MAX)
			put_old(&x, last, x.cuts.p[c]);
		last = x.cuts.p[c];
		put_at(&x, last);
	}
	close(&x);
}

/* --- alternatives in brackets --- */

static str names(struct planning *w, const struct text_class *c)
{
	struct buf b = buf_in(w->arena, 0);
	for (size_t i = 0; i < c->owners_n; i++) {
		buf_sep(&b, S(", "));
		buf_put(&b, plan_author(w->arena, &w->plan->list[c->owner[i]]));
	}
	return buf_str(&b);
}

/* The beginning of a paragraph, for people. */
static str reference(struct planning *w, size_t i)
{
	str read = text_par_read(w->arena, &w->plan->doc->par[i]);
	size_t n = read.n > 40 ? 40 : read.n;
	while (n < read.n && ((unsigned char)read.p[n] & 0xc0) == 0x80)
		n++;
	return arena_printf(w->arena, "“%.*s%s”", STR(str_head(read, n)), n < read.n ? "…" : "");
}

static str says(struct planning *w, const struct text_op *op)
{
	struct arena *a = w->arena;
	const struct text_par *p =
	    op->kind == TEXT_INSERT_PARS ? NULL : &w->plan->doc->par[op->par];
	switch (op->kind) {
	case TEXT_EDIT:
		if (op->text.n)
			return op->text;
		return arena_printf(
		    a, "delete “%.*s”", STR(text_par_between(a, p, op->from, op->to)));
	case TEXT_INSERT_PARS: {
		struct buf b = buf_in(a, 0);
		buf_put(&b, S("new paragraph:"));
		for (size_t i = 0; i < op->news_n; i++) {
			buf_put(&b, S("\n"));
			buf_put(&b, op->news[i].text);
		}
		return buf_str(&b);
	}
	case TEXT_DELETE_PAR:
		return S("delete this paragraph");
	case TEXT_MOVE:
		return op->after == TEXT_START
		           ? S("move this paragraph to the beginning")
		           : arena_printf(a, "move this paragraph to behind %.*s",
		                 STR(reference(w, op->after)));
	case TEXT_SPLIT:
		return S("begin a new paragraph here");
	case TEXT_JOIN:
		return S("join with the next paragraph");
	case TEXT_RESTORE:
	case TEXT_RESTORE_PAR:
		break;
	}
	return STR_EMPTY;
}

void plan_alternative(struct planning *w, size_t class, const struct plan_place *at)
{
	struct plan *p = w->plan;
	const struct text_class *c = &p->touch.list[class];
	size_t alt = 0;
	while (alt < p->alts.n && p->alts.p[alt].class != class)
		alt++;
	if (alt == p->alts.n) {
		struct plan_alt *new = vec_push(w->arena, &p->alts);
		new->class = class;
		new->text =
		    arena_printf(w->arena, "[%.*s – %.*s]", STR(says(w, c->op)), STR(names(w, c)));
		new->why = arena_printf(w->arena, "%s Against it: %.*s.", w->why[class],
		    STR(names(w, &p->touch.list[w->stands[class]])));
	}
	/* Not glued to the word before it. */
	const struct word_par *par = &p->stream.par.p[p->stream.par.n - 1];
	str before = par->runs.n ? par->runs.p[par->runs.n - 1].text : STR_EMPTY;
	if (before.n && before.p[before.n - 1] != ' ' && before.p[before.n - 1] != ']')
		p->alts.p[alt].text = arena_printf(w->arena, " %.*s", STR(p->alts.p[alt].text));
	struct word_run run = {
	    .text = p->alts.p[alt].text, .state = plan_state(w, at), .alt = alt + 1};
	*vec_push(w->arena, &p->stream.par.p[p->stream.par.n - 1].runs) = run;
}
