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
 * by its words; in quotes, as it stands. What is neither in quotes nor a beginning may stand in
 * other forms of its last word, once these are known (search_forms.h). Pure. Threads: any. Results:
 * in arena. No errors.
 */
#ifndef ROOMS_SEARCH_QUERY_H
#define ROOMS_SEARCH_QUERY_H

#include "base/vec.h"

#define SEARCH_TERMS_MAX  16  /* more are left out */
#define SEARCH_WORDS_MAX  64  /* of all terms together */
#define SEARCH_TYPED_MAX  400 /* characters */
#define SEARCH_PREFIX_MIN 3
#define SEARCH_FORMS_MAX  24 /* of one term */

struct search_term {
	str typed;      /* borrowed from what was typed */
	str match;      /* for FTS5: "..." or "..." *, or ("..." OR "..." ...) with its forms */
	VEC(str) words; /* folded, as base/tokenizer.h makes them */
	VEC(str) forms; /* other forms of the last word, folded */
	str last;       /* the last word as it was typed; borrowed */
	int64_t
	    often;   /* one word and its forms stand so often at most, in all groups; -1: unknown */
	bool prefix; /* the last word is the beginning of one */
	bool phrase; /* was in quotes */
};

struct search_query {
	VEC(struct search_term) wanted;
	VEC(struct search_term) unwanted;
	str match; /* of all; "" when nothing is wanted */
	bool cut;  /* something was left out because there was too much */
};

/* typed: any bytes; borrowed. */
void search_query_parse(struct arena *a, str typed, struct search_query *out);
/* True when other forms of its last word are meant as well. */
bool search_term_has_forms(const struct search_term *t);
/* Makes the matches anew after terms got their forms. */
void search_query_settle(struct arena *a, struct search_query *q);
/* For FTS5: a folded word, as it is. */
str search_word_match(struct arena *a, str word);
/* For FTS5: at least one of the wanted terms that are `among` (as many as wanted), and none of the
 * unwanted ones. "" when none is. */
str search_query_any(struct arena *a, const struct search_query *q, const bool *among);

#endif
