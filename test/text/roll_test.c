/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P5, P6, P8: the rolling text read for nobody is the base, no amendment is lost from it, and read
 * for one amendment it is what its adoption alone would give. And the trap, by name.
 */
#include "base/must.h"
#include "harness/t.h"
#include "model.h"
#include "text/rolling.h"
#include "world.h"

#include "base/poison.h"

static bool reads_as(
    struct world *w, const struct text_reads *got, const struct text_doc *want, struct buf *why)
{
	size_t i = 0;
	for (size_t p = text_doc_next(want, TEXT_START); p != TEXT_START;
	     p = text_doc_next(want, p), i++) {
		if (i >= got->list.n || !str_eq(got->list.p[i].id, want->par[p].id))
			return SAY(why, "paragraph %.*s is not there", STR(want->par[p].id));
		str text = text_par_read(w->a, &want->par[p]);
		if (!str_eq(got->list.p[i].text, text))
			return SAY(why, "%.*s reads \"%.*s\", want \"%.*s\"", STR(want->par[p].id),
			    STR(got->list.p[i].text), STR(text));
	}
	return i == got->list.n || SAY(why, "there are %zu paragraphs too many", got->list.n - i);
}

static bool explain(struct world *w, size_t who, struct buf *why)
{
	buf_printf(why, ", read for %td\n", (ptrdiff_t)who);
	for (size_t i = 0; i < w->n; i++)
		gen_print_amendment(why, &w->list[i]);
	gen_print_doc(why, w->d);
	return false;
}

/* P5 */
static bool nobody_reads_base(struct world *w, struct buf *why)
{
	struct text_rolling r = text_roll(w->a, w->d, w->list, w->n);
	struct text_reads got = text_roll_read(w->a, &r, TEXT_START);
	w->useful = 1;
	return reads_as(w, &got, w->d, why) || explain(w, TEXT_START, why);
}

/* P8 */
static bool one_reads_its_own(struct world *w, struct buf *why)
{
	struct text_rolling r = text_roll(w->a, w->d, w->list, w->n);
	for (size_t i = 0; i < w->n; i++) {
		struct text_revision own;
		if (!world_merge(w, w->d, &w->list[i], 1, &own, why))
			return false;
		struct text_reads got = text_roll_read(w->a, &r, i);
		w->useful = w->n > 1;
		if (!reads_as(w, &got, &own.doc, why))
			return explain(w, i, why);
	}
	return true;
}

/* --- P6 --- */

static void note(struct text_backers b, bool *seen)
{
	for (size_t i = 0; i < b.n; i++)
		seen[b.p[i]] = true;
}

static void note_nodes(struct text_nodes nodes, bool *seen)
{
	for (size_t i = 0; i < nodes.n; i++) {
		const struct text_node *x = &nodes.p[i];
		note(x->by, seen);
		note_nodes(x->base, seen);
		for (size_t k = 0; k < x->alternatives_n; k++) {
			note(x->alternative[k].by, seen);
			note_nodes(x->alternative[k].content, seen);
		}
	}
}

static void note_par(const struct text_rolling_par *p, bool *seen)
{
	note_nodes(p->content, seen);
	note(p->deleted, seen);
	note(p->restored, seen);
	for (size_t i = 0; i < p->joins_n; i++)
		note(p->join[i].by, seen);
	for (size_t i = 0; i < p->outs_n; i++)
		note(p->out[i].by, seen);
	for (size_t i = 0; i < p->ins_n; i++)
		note(p->in[i].by, seen);
	for (size_t i = 0; i < p->proposed_n; i++)
		note(p->proposed[i].by, seen);
}

/* The row of the rolling text in which a live operation must be shown. */
static const struct text_rolling_par *row(const struct text_rolling *r, const struct text_op *o)
{
	size_t par = o->kind == TEXT_INSERT_PARS ? o->after : o->par;
	for (size_t i = 0; i < r->n; i++)
		if (r->par[i].par == par)
			return &r->par[i];
	return NULL;
}

static bool has_conflict(const struct text_amendment *m)
{
	for (size_t i = 0; i < m->ops_n; i++)
		if (m->ops[i].outcome == TEXT_IN_CONFLICT)
			return true;
	return false;
}

static bool nobody_is_lost(struct world *w, struct buf *why)
{
	struct text_rolling r = text_roll(w->a, w->d, w->list, w->n);
	bool *waits = arena_array(w->a, bool, w->n + 1);
	note(r.waiting, waits);
	for (size_t i = 0; i < w->n; i++) {
		for (size_t k = 0; k < w->list[i].ops_n; k++) {
			const struct text_op *o = &w->list[i].ops[k];
			if (!text_op_is_live(o))
				continue;
			bool *seen = arena_array(w->a, bool, w->n + 1);
			const struct text_rolling_par *p = row(&r, o);
			if (p)
				note_par(p, seen);
			w->useful = 1;
			if (!seen[i])
				return SAY(why, "operation %zu is lost", k) || explain(w, i, why);
		}
		if (has_conflict(&w->list[i]) && !waits[i])
			return SAY(why, "its conflict is lost") || explain(w, i, why);
	}
	return true;
}

/* --- the trap --- */

static bool cross(const struct text_op *x, const struct text_op *y)
{
	return x->from < y->to && y->from < x->to;
}

/* Makes the span as wide as the edits of one amendment that cross it. */
static bool widen(struct text_op *span, const struct text_amendment *m)
{
	struct text_op before = *span;
	for (size_t k = 0; k < m->ops_n; k++) {
		const struct text_op *y = &m->ops[k];
		if (y->kind != TEXT_EDIT || y->par != span->par || !text_op_is_live(y) ||
		    !cross(span, y))
			continue;
		span->from = y->from < span->from ? y->from : span->from;
		span->to = y->to > span->to ? y->to : span->to;
	}
	return before.from != span->from || before.to != span->to;
}

/* All edits of everybody that overlap, and overlap with these: one span. */
static struct text_run span_of(struct world *w, const struct text_op *x)
{
	struct text_op span = *x;
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < w->n; i++)
			more |= widen(&span, &w->list[i]);
	}
	return (struct text_run){span.from, span.to};
}

/*
 * The trap: of each span only the one edit that made it is taken. True when that would have lost
 * something of the amendment's text.
 */
static bool trap_snaps(struct world *w, const struct text_amendment *m, struct buf *why)
{
	struct text_amendment less = *m;
	less.ops = arena_array(w->a, struct text_op, m->ops_n + 1);
	less.ops_n = 0;
	struct text_run last = {SIZE_MAX, 0};
	size_t par = TEXT_START;
	for (size_t k = 0; k < m->ops_n; k++) {
		const struct text_op *o = &m->ops[k];
		struct text_run span = {o->from, o->to};
		if (o->kind == TEXT_EDIT && text_op_is_live(o))
			span = span_of(w, o);
		if (o->kind == TEXT_EDIT && o->par == par && span.from < span.to &&
		    span.from == last.from && span.to == last.to)
			continue;
		less.ops[less.ops_n++] = *o;
		last = span;
		par = o->kind == TEXT_EDIT ? o->par : TEXT_START;
	}
	struct text_revision all, some;
	return less.ops_n < m->ops_n && world_merge(w, w->d, m, 1, &all, why) &&
	       world_merge(w, w->d, &less, 1, &some, why) &&
	       !world_reads_same(w, &all.doc, &some.doc, "", why);
}

static bool trap(struct world *w, struct buf *why)
{
	struct buf ignored = buf_in(w->a, 0);
	if (!one_reads_its_own(w, why))
		return false;
	w->useful = 0;
	for (size_t i = 0; i < w->n; i++)
		w->useful |= trap_snaps(w, &w->list[i], &ignored);
	return true;
}

TEST(p5_read_for_nobody_it_is_the_base)
{
	prop_run_all("P5", nobody_reads_base, 5, (size_t[]){3000, 3000, 300, 600}, 70);
}

TEST(p6_no_amendment_is_lost)
{
	prop_run_all("P6", nobody_is_lost, 6, (size_t[]){3000, 3000, 300, 600}, 70);
}

TEST(p8_read_for_one_it_is_its_adoption)
{
	prop_run_all("P8", one_reads_its_own, 8, (size_t[]){4000, 4000, 500, 1000}, 50);
}

TEST(trap_929_of_30000_multiple_edits_in_one_span)
{
	struct prop p = {"the trap", trap, {GEN_TINY, 1, 4, 3, 0, 60, 0}, 929, 30000, 2};
	prop_run(&p);
}
