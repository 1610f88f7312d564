/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft_narrow_pages: what a reader asked to see of a draft, and what of it is shown therefore.
 *
 * Threads: each request has its own page.
 */
#ifndef ROOMS_DRAFT_DRAFT_NARROW_PAGES_H
#define ROOMS_DRAFT_DRAFT_NARROW_PAGES_H

#include "engine/filter.h"
#include "rooms/draft/draft_filter_words.h"
#include "rooms/draft/draft_pages.h"
#include "rooms/reading/reading_pages.h"
#include "text/redline.h"

/* A place of the text: a paragraph, or what comes before the first. */
struct draft_place {
	bool shown;
	bool above;       /* a heading that something shown stands under: shown, but not counted */
	VEC(size_t) rows; /* of d->rows, those asked for: their place is here */
	const struct text_red *since; /* how the words changed since then; NULL: they did not */
};

struct draft_narrow {
	struct draft_asked asked;
	str standing;  /* in the reading; empty: any */
	int64_t since; /* after this entry of the record; 0: ever */
	struct draft_seats_rows seats;
	str problem; /* what was typed for paragraphs means nothing: why */
	bool is_active;
	bool *takes; /* one for each of d->rows */
	size_t *at;  /* its place in d->list, or SIZE_MAX: settled, or not in this view */
	struct draft_place *place; /* 0: before the first paragraph; then one for each */
	VEC(size_t) elsewhere;     /* of d->rows: their paragraph is not in the text any more */
	int64_t pars, pars_all, rows, rows_all;
	struct text_redline deleted; /* what went since then */
};

/* With the parameters of the page. Behind draft_facts, before draft_choose. */
enum rc draft_narrow(struct page *p, const struct draft_loaded *d,
    const struct reading_standing *standing, struct draft_narrow *out, struct err *err) MUST_USE;
/* The place of a paragraph of d. par NULL: before the first. */
const struct draft_place *draft_place_of(
    const struct draft_narrow *w, const struct draft_loaded *d, const struct text_par *par);
/*
 * d->list becomes what the view has in brackets: "" all that is asked for; "base" none; "clean" all
 * of them, whatever is asked for; "party:Kenya" what Kenya stands behind. Says in w->at where.
 */
void draft_choose(struct draft_loaded *d, struct draft_narrow *w, str view);
/* The form with all that can be asked for. v->issues is filled. */
enum rc draft_fill_filter(struct page *p, struct draft_page *v, const struct draft_loaded *d,
    const struct reading_standing *standing, const struct draft_narrow *w, int64_t seat,
    struct err *err) MUST_USE;
/* "3 amendments" with their lines, folded, for the end of a place; nothing when there is none. */
struct markup;
void draft_put_place(struct page *p, struct markup *m, const struct draft_loaded *d,
    const struct draft_narrow *w, const struct draft_place *place);
/* The same lines, unfolded, of what has no place in the text. */
html draft_elsewhere(struct page *p, const struct draft_loaded *d, const struct draft_narrow *w);
/* The paragraphs that went since then. */
html draft_deleted_since(struct page *p, const struct draft_narrow *w);

#endif
