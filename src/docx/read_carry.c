/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Wishes about a file that was also edited without tracking, carried to the revision. */
#include "docx/read_inner.h"
#include "text/diff.h"

#include "base/poison.h"

struct carrying {
	struct reading_in *r;
	const struct group *g;
	struct text_hunks
	    *hunks; /* of each base paragraph whose text differs; made when asked for */
	bool *made;
	bool *refused; /* base paragraphs on which something waits for a person */
};

static str stored_text(const struct carrying *c, size_t k)
{
	const struct base_par *p = &c->r->base.par.p[k];
	return text_par_read(c->r->arena, &c->r->against->doc->par[p->stored]);
}

static const struct text_hunks *hunks_of(struct carrying *c, size_t k)
{
	if (!c->made[k]) {
		c->made[k] = true;
		c->hunks[k] = text_compare(
		    c->r->arena, c->r->lexer, c->r->base.par.p[k].text, stored_text(c, k));
	}
	return &c->hunks[k];
}

/* The same place in the revision's text. False: words beside it were changed without tracking. */
static bool carry_range(struct carrying *c, size_t k, struct text_wish *w)
{
	str text = c->r->base.par.p[k].text, stored = stored_text(c, k);
	size_t from = text_grapheme_at(c->r->lexer, text, w->from);
	size_t to = w->to > w->from ? text_grapheme_at(c->r->lexer, text, w->to) : from;
	size_t shift_more = 0, shift_less = 0;
	const struct text_hunks *h = hunks_of(c, k);
	for (size_t i = 0; i < h->list.n; i++) {
		const struct text_hunk *x = &h->list.p[i];
		if (x->a_from <= to && from <= x->a_to)
			return false;
		if (x->a_to < from) {
			shift_more += x->b_to - x->b_from;
			shift_less += x->a_to - x->a_from;
		}
	}
	w->from = text_graphemes(c->r->lexer, str_head(stored, from + shift_more - shift_less));
	w->to = text_graphemes(c->r->lexer, str_head(stored, to + shift_more - shift_less));
	return true;
}

static bool is_matched(const struct carrying *c, size_t k)
{
	return k == TEXT_START || c->r->base.par.p[k].stored != TEXT_START;
}

static bool carry(struct carrying *c, struct text_wish *w, size_t k)
{
	if (!is_matched(c, k) || (k != TEXT_START && c->refused[k]))
		return false;
	switch (w->verb) {
	case TEXT_DO_INSERT:
	case TEXT_DO_DELETE:
	case TEXT_DO_REPLACE:
	case TEXT_DO_SPLIT_PAR:
		return carry_range(c, k, w);
	case TEXT_DO_MOVE_PAR:
		return !w->after.n || text_doc_find(c->r->against->doc, w->after) != TEXT_START;
	case TEXT_DO_INSERT_PAR:
	case TEXT_DO_DELETE_PAR:
	case TEXT_DO_JOIN_PAR:
		return true;
	}
	return false;
}

/* The group's changes in a state wait for a person; how many of them did not yet. */
static size_t refuse_state(struct carrying *c, const struct word_state *at)
{
	size_t group = (size_t)(c->g - c->r->groups.p), n = 0;
	for (uint32_t l = 0; l < at->n; l++) {
		const struct word_change *x = &c->r->scan.stream.changes.p[at->change[l]];
		bool own = false;
		for (size_t w = 0; w < x->who_n; w++)
			own = own || x->who[w] == group;
		n += own && !c->r->waits[at->change[l]];
		c->r->waits[at->change[l]] = own || c->r->waits[at->change[l]];
	}
	return n;
}

/* The same in the stretch of a base paragraph. */
static size_t refuse(struct carrying *c, size_t k)
{
	size_t n = 0;
	const struct base_par *p = &c->r->base.par.p[k];
	for (size_t i = p->first; i <= p->last; i++) {
		const struct word_par *w = &c->r->scan.stream.par.p[i];
		n += refuse_state(c, &w->mark);
		for (size_t run = 0; run < w->runs.n; run++)
			n += refuse_state(c, &w->runs.p[run].state);
	}
	return n;
}

static void look(struct carrying *c, size_t k)
{
	size_t at = k == TEXT_START ? 0 : k;
	if (c->refused[at])
		return;
	c->refused[at] = true;
	const struct base_par *p = &c->r->base.par.p[at];
	bool is_there = p->stored != TEXT_START;
	*vec_push(c->r->arena, &c->r->out->looks) = (struct docx_look){
	    .what = is_there ? "{0} changes words that were also changed without tracking: {1}"
	                     : "{0} changes a paragraph that is not in the revision: {1}",
	    .arg = {c->g->author, p->text},
	    .author = c->g->author,
	    .par = p->stored == TEXT_START ? STR_EMPTY : p->id,
	    .changes = refuse(c, at)};
}

void read_carry(struct reading_in *r, const struct group *g, struct derived *d)
{
	struct carrying c = {.r = r,
	    .g = g,
	    .hunks = arena_array(r->arena, struct text_hunks, r->base.par.n + 1),
	    .made = arena_array(r->arena, bool, r->base.par.n + 1),
	    .refused = arena_array(r->arena, bool, r->base.par.n + 1)};
	/* First what cannot be carried: then nothing else of that paragraph is, either. */
	for (size_t i = 0; i < d->wishes.list.n; i++) {
		struct text_wish w = d->wishes.list.p[i];
		if (!carry(&c, &w, d->par_of_wish.p[i]))
			look(&c, d->par_of_wish.p[i]);
	}
	size_t kept = 0;
	for (size_t i = 0; i < d->wishes.list.n; i++) {
		struct text_wish w = d->wishes.list.p[i];
		size_t k = d->par_of_wish.p[i];
		if ((k == TEXT_START || !c.refused[k]) && carry(&c, &w, k))
			d->wishes.list.p[kept++] = w;
	}
	d->wishes.list.n = kept;
	/* A whole paragraph as it reads would bring along what nobody tracked. */
	for (size_t i = 0; i < d->readings.n; i++)
		look(&c, d->par_of_reading.p[i]);
	d->readings.n = 0;
}
