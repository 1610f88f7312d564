/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search_put: rows of the search view, for its appliers.
 *
 * Threads: the writer. Everything borrowed until the call returns. Errors: those of the database.
 */
#ifndef ROOMS_SEARCH_PUT_H
#define ROOMS_SEARCH_PUT_H

#include "engine/room.h"
#include "rooms/search/search.h"

/* What the rows of one object in one entry have in common. */
struct search_put {
	struct view *view;
	const struct fact *fact;
	enum search_kind kind;
	str object; /* number or id */
	str page;   /* below the group: "proposals/7" */
	str label;  /* what it is called: shown, searched as part of the head */
	bool part;  /* of something larger: the label is shown, and is not among its words */
	str names;  /* more words for the head: authors, sponsors, sections */
	str lang;   /* "" when nobody said */
	int64_t rows;
};

/* One row; place on the page and number of the paragraph may be empty and 0. A row without words
 * is left out, and so is what lies beyond the limits of search.h. */
enum rc search_put_text(
    struct search_put *p, str text, str place, int64_t paragraph, struct err *err) MUST_USE;
/* A row for each paragraph, at the places PREFIXn, or all at the one place when the prefix is ''.
 */
enum rc search_put_paragraphs(
    struct search_put *p, const struct value *text, const char *prefix, struct err *err) MUST_USE;
/* The text that was read out of a file, in pieces of some lines each. */
enum rc search_put_file(struct search_put *p, str name, str text, struct err *err) MUST_USE;
/* Takes all rows of an object away, or moves them to another place of their page. */
enum rc search_take_away(
    struct view *v, enum search_kind kind, str object, struct err *err) MUST_USE;

#endif
