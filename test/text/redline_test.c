/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P10: a redline taken whole is the second version, not taken it is the first, byte for byte, and
 * turned round (what was put in is taken out) it goes the other way.
 */
#include "base/must.h"
#include "harness/t.h"
#include "text/redline.h"
#include "world.h"

#include "base/poison.h"

static str side_of(struct world *w, const struct text_red *p, char side)
{
	struct buf b = buf_in(w->a, 0);
	for (size_t i = 0; i < p->spans_n; i++) {
		must(p->span[i].op == '=' || p->span[i].op == '+' || p->span[i].op == '-');
		must(p->span[i].text.n || p->span[i].border);
		if (p->span[i].op == '=' || p->span[i].op == side)
			buf_put(&b, p->span[i].text);
	}
	return buf_str(&b);
}

static bool explain(struct world *w, const struct text_doc *x, const struct text_doc *y,
    const struct text_redline *r, struct buf *why)
{
	buf_printf(why, "\n%.*s\n", STR(text_redline_text(w->a, r)));
	gen_print_doc(why, x);
	buf_put(why, S("#   --\n"));
	gen_print_doc(why, y);
	return false;
}

/* Every paragraph of y once, in order, and its text. */
static bool taken(
    struct world *w, const struct text_doc *y, const struct text_redline *r, struct buf *why)
{
	size_t next = text_doc_next(y, TEXT_START);
	for (size_t i = 0; i < r->n; i++) {
		const struct text_red *p = &r->par[i];
		if (p->young == TEXT_START) {
			if (side_of(w, p, '+').n)
				return SAY(why, "a deleted paragraph has words");
			continue;
		}
		if (p->young != next)
			return SAY(why, "paragraph %zu comes where %zu should", p->young, next);
		if (!str_eq(side_of(w, p, '+'), text_par_read(w->a, &y->par[next])))
			return SAY(why, "paragraph %zu of the second is not what it was", next);
		next = text_doc_next(y, next);
	}
	return next == TEXT_START || SAY(why, "paragraph %zu of the second is lost", next);
}

/* Where a row, and those that were split off it, are in the first version. */
struct past {
	const struct text_red *row;
	size_t k; /* of its old paragraphs */
};

static bool ends_well(const struct past *at, struct buf *why)
{
	return !at->row || !at->row->olds_n || at->k + 1 == at->row->olds_n ||
	       SAY(why, "borders are missing");
}

/* What a row says of old paragraphs, each behind what was said of it before. */
static bool read_row(const struct text_doc *x, const struct text_red *p, struct past *at,
    struct buf *old, struct buf *why)
{
	if (p->change != TEXT_IS_SPLIT) {
		if (!ends_well(at, why))
			return false;
		*at = (struct past){p, 0};
	}
	for (size_t i = 0; i < p->spans_n; i++) {
		const struct text_span *s = &p->span[i];
		if (s->op == '+')
			continue;
		if (at->k >= at->row->olds_n)
			return SAY(why, "words of the first version come from nowhere");
		if (s->border)
			at->k++;
		else
			buf_put(&old[at->row->old[at->k]], s->text);
	}
	for (size_t i = 0; i < p->olds_n; i++)
		if (p->old[i] >= x->n || x->par[p->old[i]].is_gone)
			return SAY(why, "there is no paragraph %zu", p->old[i]);
	return true;
}

/* What the first version says, whatever became of its paragraphs: each of them in some row, or,
 * when it was split, in several. */
static bool not_taken(
    struct world *w, const struct text_doc *x, const struct text_redline *r, struct buf *why)
{
	struct buf *old = arena_array(w->a, struct buf, x->n + 1);
	bool *seen = arena_array(w->a, bool, x->n + 1);
	struct past at = {0};
	for (size_t i = 0; i < x->n; i++)
		old[i] = buf_in(w->a, 0);
	for (size_t i = 0; i < r->n; i++) {
		if (!read_row(x, &r->par[i], &at, old, why))
			return false;
		for (size_t k = 0; k < r->par[i].olds_n; k++) {
			bool again = r->par[i].change == TEXT_IS_SPLIT;
			if (seen[r->par[i].old[k]] && !again)
				return SAY(why, "paragraph %zu comes twice", r->par[i].old[k]);
			seen[r->par[i].old[k]] = true;
		}
	}
	if (!ends_well(&at, why))
		return false;
	for (size_t k = text_doc_next(x, TEXT_START); k != TEXT_START; k = text_doc_next(x, k)) {
		if (!seen[k])
			return SAY(why, "paragraph %zu of the first is lost", k);
		str want = text_par_read(w->a, &x->par[k]);
		if (!str_eq(buf_str(&old[k]), want))
			return SAY(why, "not taken: \"%.*s\", want \"%.*s\"", STR(buf_str(&old[k])),
			    STR(want));
	}
	return true;
}

static bool inserted_has_no_past(struct world *w, const struct text_redline *r, struct buf *why)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->par[i].olds_n && side_of(w, &r->par[i], '-').n)
			return SAY(why, "an inserted paragraph has words of the first version");
	return true;
}

static bool both_ways(struct world *w, const struct text_doc *x, const struct text_doc *y,
    bool has_ids, struct buf *why)
{
	struct text_redline r = text_redline(w->a, w->lexer, x, y, has_ids);
	return (taken(w, y, &r, why) && not_taken(w, x, &r, why) &&
	           inserted_has_no_past(w, &r, why)) ||
	       explain(w, x, y, &r, why);
}

/* A text and what came of it, with its ids and as a stranger would bring it; and back. */
static bool of_revisions(struct world *w, struct buf *why)
{
	struct text_revision r;
	if (!world_merge(w, w->d, w->fit, w->fit_n, &r, why))
		return false;
	w->useful = w->fit_n > 0;
	return both_ways(w, w->d, &r.doc, true, why) && both_ways(w, &r.doc, w->d, true, why) &&
	       both_ways(w, w->d, &r.doc, false, why) && both_ways(w, &w->start, &r.doc, true, why);
}

/* Two texts that have nothing to do with each other. */
static bool of_strangers(struct world *w, struct buf *why)
{
	struct gen_case c;
	struct gen_shape s = {.style = w->c->voice.style, .pars = 4};
	gen_start(w->a, w->tools, &w->chance, &s, &c);
	struct text_doc other = gen_doc(w->a, &c);
	w->useful = 1;
	return both_ways(w, w->d, &other, false, why) && both_ways(w, w->d, &other, true, why) &&
	       both_ways(w, &other, w->d, false, why);
}

TEST(p10_redline_of_revisions)
{
	prop_run_all("P10", of_revisions, 10, (size_t[]){1500, 2000, 500, 500}, 50);
}

TEST(p10_redline_of_strangers)
{
	prop_run_all("P10 strangers", of_strangers, 110, (size_t[]){1500, 500, 300, 500}, 90);
}
