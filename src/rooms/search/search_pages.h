/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search_pages: what the search page shows, and the two addresses it has: /search over all groups
 * and /g/{group}/search over one.
 *
 * Threads: those of the page. Everything in the arena of the page or borrowed for its life.
 */
#ifndef ROOMS_SEARCH_PAGES_H
#define ROOMS_SEARCH_PAGES_H

#include "engine/page.h"
#include "rooms/search/search_find.h"
#include "rooms/search/search_mark.h"

struct search_filter {
	str label;
	size_t n;
	url to;
	str lang; /* of the label; "" : that of the page */
	bool current;
};

/* Another version of the same object that was found as well. */
struct search_also {
	url to;
	str date, iso;
	int64_t paragraph;
};

struct search_result {
	str object; /* which object it is a version of */
	str kind;   /* "Proposal 7" */
	url to;
	struct search_piece title;
	struct search_piece snippet;
	str lang;          /* of title and snippet; "" when nobody said */
	str lang_name;     /* when it is not that of the page */
	int64_t paragraph; /* 0: none */
	bool earlier;      /* of a version that was revised since */
	int64_t more;      /* further paragraphs of the same text that match */
	str date, iso;
	url record;
	VEC(struct search_also) also;
	str group; /* only in a search over all groups */
	url group_to;
};

struct search_page {
	url here;
	str q;
	str kind, lang; /* as chosen, for the form */
	bool asked;     /* something was typed */
	bool readable;  /* and there are words in it */
	bool everywhere;
	size_t total, first, last;
	VEC(struct search_result) results;
	VEC(struct search_filter) kinds;
	VEC(struct search_filter) langs;
	url previous, next;     /* empty: none */
	bool window, cut, some; /* as in search_find.h and search_query.h */
	str nowhere;            /* the word that no text holds, or "" */
	url begin;              /* the same with its last word as a beginning, or empty */
	url exact;              /* the same without other forms, or empty: there are none */
	url unfiltered;         /* the same without filters, or empty */
	url all_groups;         /* the same in all groups, or empty */
};

#endif
