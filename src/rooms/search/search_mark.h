/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search_mark: where a text holds what was looked for, and the piece of it that shows it best.
 *
 * Spans, never markup: the template escapes them and marks those that were found. Pure.
 * Threads: any. Results: in arena; their texts are borrowed from the text. No errors.
 */
#ifndef ROOMS_SEARCH_MARK_H
#define ROOMS_SEARCH_MARK_H

#include "rooms/search/search_query.h"

struct search_span {
	str text;
	bool found;
};

struct search_piece {
	VEC(struct search_span) spans;
	bool before; /* the text begins earlier, and goes on */
	bool after;
};

/* The whole text in spans. */
struct search_piece search_mark(struct arena *a, const struct search_query *q, str text);
/* About `room` bytes of the text, around the place where most terms meet; at its beginning when
 * it holds none. */
struct search_piece search_snippet(
    struct arena *a, const struct search_query *q, str text, size_t room);

#endif
