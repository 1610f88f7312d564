/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/plan.h"

#include "base/buf.h"
#include "docx/ids.h"
#include "docx/plan_inner.h"
#include "text/relate.h"

#include "base/must.h"
#include "base/poison.h"

str plan_author(struct arena *a, const struct text_amendment *m)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, m->party);
	for (size_t i = 0; i < m->cosponsors_n; i++) {
		buf_sep(&b, S("; "));
		buf_put(&b, m->cosponsors[i]);
	}
	return buf_str(&b);
}

/* --- who excludes whom --- */

struct meeting {
	struct planning *w;
	size_t class;
};

/* Two classes of one amendment never exclude each other: text/amend.h sees to it. */
static void met(void *ctx, size_t k)
{
	struct meeting *m = ctx;
	struct plan *p = m->w->plan;
	const char *why;
	if (k >= m->class)
		return;
	enum text_relation r =
	    text_relate(p->doc, p->touch.list[m->class].op, p->touch.list[k].op, &why);
	if (r != TEXT_ALTERNATIVES && r != TEXT_CONFLICT)
		return;
	size_t pair[2] = {k, m->class};
	for (size_t i = 0; i < 2; i++) {
		p->is_alt[pair[i]] = true;
		if (m->w->stands[pair[i]] == SIZE_MAX) {
			m->w->stands[pair[i]] = pair[1 - i];
			m->w->why[pair[i]] = why;
		}
	}
}

static void find_alternatives(struct planning *w)
{
	struct plan *p = w->plan;
	struct meeting m = {.w = w};
	for (size_t k = 0; k < p->touch.n; k++)
		w->stands[k] = SIZE_MAX;
	for (m.class = 0; m.class < p->touch.n; m.class ++)
		text_touch_find(&p->touch, p->touch.list[m.class].op, met, &m);
}

/* --- footnotes --- */

/* A note goes to the footnotes when one place refers to it and nothing but its words changes. */
static void find_notes(struct planning *w)
{
	struct plan *p = w->plan;
	size_t *refers = arena_array(w->arena, size_t, p->doc->n + 1);
	for (size_t i = 0; i < p->doc->n; i++)
		for (size_t k = 0; k < p->doc->par[i].marks_n; k++) {
			const struct text_mark *m = &p->doc->par[i].marks[k];
			size_t to =
			    m->kind == TEXT_NOTE_REF ? text_doc_find(p->doc, m->value) : TEXT_START;
			/* A place in what is gone refers to nothing. */
			bool is_read = !p->doc->par[i].is_gone &&
			               (text_par_shown(&p->doc->par[i], m->from) || !m->from);
			/* What is moved stands twice, and a note can be referred to only once. */
			if (to != TEXT_START && is_read && p->doc->par[i].kind != TEXT_NOTE)
				refers[to] += w->moved_by[i] == SIZE_MAX ? 1 : 2;
		}
	for (size_t i = 0; i < p->doc->n; i++)
		p->is_note[i] =
		    p->doc->par[i].kind == TEXT_NOTE && refers[i] == 1 && !p->doc->par[i].is_gone;
	for (size_t k = 0; k < p->touch.n; k++) {
		const struct text_op *op = p->touch.list[k].op;
		if (op->kind == TEXT_EDIT)
			continue;
		size_t lo = text_op_home(op), hi = lo;
		if (op->kind == TEXT_MOVE || op->kind == TEXT_JOIN)
			hi = op->last;
		if (op->kind == TEXT_MOVE && op->after != TEXT_START)
			p->is_note[op->after] = false;
		for (size_t i = lo; lo != TEXT_START && i <= hi; i++)
			p->is_note[i] = false;
	}
}

/* --- states --- */

void plan_layer(
    struct planning *w, struct word_state *s, enum word_layer layer, const size_t *who, size_t n)
{
	struct plan *p = w->plan;
	struct buf author = buf_in(w->arena, 0);
	usec date = 0;
	must(s->n < WORD_NEST);
	for (size_t i = 0; i < n; i++) {
		const struct text_amendment *m = &p->list[who[i]];
		buf_sep(&author, S("; "));
		buf_put(&author, plan_author(w->arena, m));
		if (m->filed_at && (!date || m->filed_at < date))
			date = m->filed_at;
	}
	size_t *copy = arena_array(w->arena, size_t, n);
	for (size_t i = 0; i < n; i++)
		copy[i] = who[i];
	s->change[s->n++] = (uint32_t)p->stream.changes.n;
	*vec_push(w->arena, &p->stream.changes) = (struct word_change){.layer = layer,
	    .author = buf_str(&author),
	    .date = date,
	    .move = WORD_NONE,
	    .who = copy,
	    .who_n = n};
}

struct word_state plan_state(struct planning *w, const struct plan_place *at)
{
	struct word_state s = {0};
	if (at->moves) {
		const struct text_class *c = &w->plan->touch.list[at->class];
		plan_layer(w, &s, at->layer, c->owner, c->owners_n);
		w->plan->stream.changes.p[s.change[0]].move = at->move;
	}
	return s;
}

bool plan_shows(const struct planning *w, size_t class, const struct plan_place *at)
{
	if (!at->moves || at->layer == WORD_MOVE_TO)
		return true;
	const struct text_class *c = &w->plan->touch.list[class];
	const struct text_class *move = &w->plan->touch.list[at->class];
	for (size_t i = 0; i < c->owners_n; i++) {
		bool is_mover = false;
		for (size_t k = 0; k < move->owners_n; k++)
			is_mover = is_mover || move->owner[k] == c->owner[i];
		if (!is_mover)
			return true;
	}
	return false;
}

struct word_par *plan_open(struct planning *w, str id, enum text_kind kind, unsigned level)
{
	struct word_par *p = vec_push(w->arena, &w->plan->stream.par);
	p->id = id;
	p->kind = kind;
	p->level = level;
	return p;
}

/* --- the order of paragraphs --- */

static void put_new(struct planning *w, size_t class, const struct plan_place *at)
{
	const struct text_class *c = &w->plan->touch.list[class];
	for (size_t i = 0; i < c->op->news_n; i++) {
		const struct text_new *new = &c->op->news[i];
		struct word_par *p = plan_open(w, new->id, new->kind, new->level);
		if (new->text.n) {
			struct word_run run = {.text = new->text, .state = plan_state(w, at)};
			plan_layer(w, &run.state, WORD_INS, c->owner, c->owners_n);
			*vec_push(w->arena, &p->runs) = run;
		}
		p->mark = plan_state(w, at);
		plan_layer(w, &p->mark, WORD_INS, c->owner, c->owners_n);
	}
}

static void put_arrivals(struct planning *w, size_t after, const struct plan_place *at);

static void put_block(struct planning *w, size_t class)
{
	const struct text_op *op = w->plan->touch.list[class].op;
	struct plan_place to = {true, WORD_MOVE_TO, class, w->move_of[class]};
	size_t begin = w->plan->stream.par.n;
	for (size_t i = op->par; i <= op->last; i++) {
		plan_paragraph(w, i, &to);
		if (i < op->last)
			put_arrivals(w, i, &to);
	}
	size_t end = w->plan->stream.par.n;
	if (begin < end) {
		w->plan->stream.par.p[begin].to_opens = to.move + (size_t)1;
		w->plan->stream.par.p[end - 1].to_closes = to.move + (size_t)1;
	}
}

/* What comes to stand behind a paragraph (TEXT_START: before the first). */
static void put_arrivals(struct planning *w, size_t after, const struct plan_place *at)
{
	struct plan *p = w->plan;
	for (size_t k = w->first[after + 1]; k < w->first[after + 2]; k++)
		if (p->touch.list[k].op->kind == TEXT_INSERT_PARS && plan_shows(w, k, at)) {
			if (!p->is_alt[k])
				put_new(w, k, at);
			else if (!at->moves || at->layer == WORD_MOVE_FROM)
				*vec_push(w->arena, &w->waiting) = k;
		}
	for (size_t k = 0; k < w->moves.n && !at->moves; k++)
		if (p->touch.list[w->moves.p[k]].op->after == after)
			put_block(w, w->moves.p[k]);
}

static void put_all(struct planning *w)
{
	const struct text_doc *d = w->plan->doc;
	struct plan_place here = {0};
	size_t block = 0;
	put_arrivals(w, TEXT_START, &here);
	for (size_t i = 0; i < d->n; i++) {
		struct plan_place at = here;
		size_t move = w->moved_by[i];
		if (move != SIZE_MAX)
			at = (struct plan_place){true, WORD_MOVE_FROM, move, w->move_of[move]};
		const struct text_op *op = move == SIZE_MAX ? NULL : w->plan->touch.list[move].op;
		if (op && op->par == i)
			block = w->plan->stream.par.n;
		if (!w->plan->is_note[i])
			plan_paragraph(w, i, &at);
		if (op && op->last == i && block < w->plan->stream.par.n) {
			w->plan->stream.par.p[block].from_opens = at.move + (size_t)1;
			w->plan->stream.par.p[w->plan->stream.par.n - 1].from_closes =
			    at.move + (size_t)1;
		}
		put_arrivals(w, i, op && i < op->last ? &at : &here);
	}
}

/* The last mark of a document cannot come or go; what is changed gets an empty one behind it. */
static void put_end(struct planning *w)
{
	struct word_stream *s = &w->plan->stream;
	bool changed = s->par.n == 0 || s->par.p[s->par.n - 1].mark.n || w->waiting.n;
	if (changed)
		plan_open(w, STR_EMPTY, TEXT_PARA, 0)->is_end = true;
	struct plan_place here = {0};
	for (size_t i = 0; i < w->waiting.n; i++)
		plan_alternative(w, w->waiting.p[i], &here);
	s->par.p[s->par.n - 1].ends = true;
}

static void put_notes(struct planning *w)
{
	struct plan_place here = {0};
	for (size_t i = 0; i < w->plan->doc->n; i++) {
		if (!w->plan->is_note[i])
			continue;
		size_t begin = w->plan->stream.par.n;
		plan_paragraph(w, i, &here);
		for (; begin < w->plan->stream.par.n; begin++) {
			w->plan->stream.par.p[begin].in_note = i + 1;
			w->plan->stream.par.p[begin].ends = true;
		}
		w->plan->has_notes = true;
	}
}

static void prepare(struct planning *w)
{
	struct plan *p = w->plan;
	size_t homes = p->doc->n + 1;
	for (size_t i = 0; i < p->doc->n; i++)
		w->moved_by[i] = SIZE_MAX;
	for (size_t k = 0; k < p->touch.n; k++) {
		const struct text_op *op = p->touch.list[k].op;
		w->first[text_op_home(op) + 2]++; /* TEXT_START + 2 == 1 */
		if (op->kind != TEXT_MOVE || p->is_alt[k])
			continue;
		w->move_of[k] = (uint32_t)p->stream.moves.n;
		*vec_push(w->arena, &w->moves) = k;
		str name = arena_printf(w->arena, "move%zu", p->stream.moves.n + 1);
		*vec_push(w->arena, &p->stream.moves) = name;
		for (size_t i = op->par; i <= op->last; i++)
			w->moved_by[i] = k;
	}
	for (size_t h = 1; h <= homes; h++)
		w->first[h] += w->first[h - 1];
}

struct plan plan_make(
    struct arena *a, const struct text_doc *d, const struct text_amendment *list, size_t n)
{
	struct plan p = {.doc = d, .list = list, .n = n, .touch = text_touch_index(a, list, n)};
	struct planning w = {.arena = a, .plan = &p};
	p.is_alt = arena_array(a, bool, p.touch.n + 1);
	p.is_note = arena_array(a, bool, d->n + 1);
	w.first = arena_array(a, size_t, d->n + 3);
	w.moved_by = arena_array(a, size_t, d->n + 1);
	w.stands = arena_array(a, size_t, p.touch.n + 1);
	w.why = arena_array(a, const char *, p.touch.n + 1);
	w.move_of = arena_array(a, uint32_t, p.touch.n + 1);
	find_alternatives(&w);
	prepare(&w);
	find_notes(&w);
	put_all(&w);
	put_end(&w);
	put_notes(&w);
	return p;
}
