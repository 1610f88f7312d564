/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * mandate_pages: the values of the mandate page, as its template sees them.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_MANDATE_MANDATE_PAGES_H
#define ROOMS_MANDATE_MANDATE_PAGES_H

#include "base/vec.h"
#include "engine/html.h"

/* A day for people and for machines ("2018-01-31"). */
struct mandate_day {
	str text, iso;
};

/* A section of the report that answers a paragraph. */
struct mandate_answer {
	int64_t number; /* of the paragraph */
	str heading;
	url to, record;
};

struct mandate_quote {
	int64_t number;
	str paragraph, text, lang;
	url record;
	VEC(struct mandate_answer) answers;
};

struct mandate_step {
	str label, reason;
	struct mandate_day day;
	url record;
};

struct mandate_card {
	int64_t number;
	str parent_body, symbol, title;
	struct mandate_day date;
	url published; /* empty: not known */
	str session;
	struct mandate_day due; /* empty text: none */
	str state, state_label;
	url record;
	VEC(struct mandate_step) steps;
	VEC(struct mandate_quote) quotes;
	url quote, change; /* empty: the viewer may not */
};

struct mandate_page {
	VEC(str) bodies; /* from the parent body down */
	url line_record;
	VEC(struct mandate_card) mandates;
	int64_t quoted, covered;      /* paragraphs of resolutions, each counted once */
	url record_mandate, set_line; /* empty: the viewer may not */
};

#endif
