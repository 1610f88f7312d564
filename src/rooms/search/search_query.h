/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search_query: what a person typed, as something to look for.
 *
 *     internet "enhanced cooperation" -cybercrime govern*
 *
 * Every word must be there; "..." are words in a row; -word must not be there; word* is the
 * beginning of a word (at the end, three letters at least). Anything else is plain text: nothing
 * that is typed is an error, and nothing of it reaches FTS5 but quoted words. A word with signs in
 * it (A/RES/70/125, multi-stakeholder) is its parts in a row. A longer run of Chinese is looked for
 * by its words; in quotes, as it stands. Pure. Threads: any. Results: in arena. No errors.
 */
#ifndef ROOMS_SEARCH_QUERY_H
#define ROOMS_SEARCH_QUERY_H

#include "base/vec.h"

#define SEARCH_TERMS_MAX  16  /* more are left out */
#define SEARCH_WORDS_MAX  64  /* of all terms together */
#define SEARCH_TYPED_MAX  400 /* characters */
#define SEARCH_PREFIX_MIN 3

struct search_term {
	str typed;      /* borrowed from what was typed */
	str match;      /* for FTS5: "..." or "..." * */
	VEC(str) words; /* folded, as base/tokenizer.h makes them */
	bool prefix;    /* the last word is the beginning of one */
	bool phrase;    /* was in quotes */
};

struct search_query {
	VEC(struct search_term) wanted;
	VEC(struct search_term) unwanted;
	str match; /* of all; "" when nothing is wanted */
	bool cut;  /* something was left out because there was too much */
};

/* typed: any bytes; borrowed. */
void search_query_parse(struct arena *a, str typed, struct search_query *out);
/* For FTS5: at least one of the wanted terms that are `among` (as many as wanted), and none of the
 * unwanted ones. "" when none is. */
str search_query_any(struct arena *a, const struct search_query *q, const bool *among);

#endif
