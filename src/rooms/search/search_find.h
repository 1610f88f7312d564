/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search_find: the entries that hold what was looked for, best first.
 *
 * An entry (a document, a contribution, a revision of a proposal) is found once, with its best
 * paragraph and the number of its others. Of words that stand in more than SEARCH_WINDOW rows
 * only the latest rows are ranked, and that is said: so no search takes long, however frequent
 * its words are. When no row holds all terms, those that hold some are found, and that is said.
 * Threads: that of the connection. Results: in arena. Errors: the database's.
 */
#ifndef ROOMS_SEARCH_FIND_H
#define ROOMS_SEARCH_FIND_H

#include "base/db.h"
#include "rooms/search/search.h"
#include "rooms/search/search_query.h"

#define SEARCH_WINDOW 20000

struct search_ask {
	int64_t grp; /* 0: all groups */
	size_t kind; /* enum search_kind; SEARCH_KINDS: all */
	size_t lang; /* 0: all */
};

/* One entry. */
struct search_hit {
	int64_t id;    /* of its best row */
	int64_t score; /* higher is better; comparable within one search only */
	int64_t more;  /* its other paragraphs that match */
};

struct search_found {
	VEC(struct search_hit) hits;  /* best first */
	size_t kinds[SEARCH_KINDS];   /* entries of each kind, in the language asked for */
	size_t langs[SEARCH_LANGS];   /* entries in each language, of the kind asked for */
	bool window;                  /* only the latest rows were ranked */
	bool some;                    /* no row holds all terms; these hold at least one */
	const struct search_term *no; /* a term that stands nowhere, or NULL */
};

/* The terms of q get their other forms, which count less than what was typed: search_mark.h shows
 * them as well. */
enum rc search_find(struct db *db, struct arena *a, struct search_query *q,
    const struct search_ask *ask, struct search_found *out, struct err *err) MUST_USE;

#endif
