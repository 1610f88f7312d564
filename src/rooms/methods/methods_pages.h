/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * methods_pages: the values of the page on methods of work, as its template sees them.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_METHODS_METHODS_PAGES_H
#define ROOMS_METHODS_METHODS_PAGES_H

#include "base/vec.h"
#include "engine/html.h"

/* A moment for people and for machines. */
struct methods_time {
	str text, iso;
};

#define METHODS_SETTINGS 16

/* One setting in words, against the version before. */
struct methods_setting {
	str label, value;
	bool own;   /* set by the group, not taken from the preset */
	str before; /* its value in the version that this one superseded; empty: the same */
};

struct methods_card {
	int64_t number;
	str title;
	str state, state_label;
	str practice; /* the preset in words */
	struct methods_time drafted, adopted;
	url draft_record, adopted_record;
	int64_t meeting; /* INT64_MIN: in writing */
	url meeting_link;
	str words; /* of the Chair, when it was adopted */
	VEC(str) text;
	struct {
		struct methods_setting p[METHODS_SETTINGS];
		size_t n;
	} settings;
	int64_t before; /* the version that this one superseded; 0: none */
	size_t changed; /* settings that differ from it */
	int64_t after;  /* the version that superseded this one; 0: none */
	url adopt;      /* empty: the viewer may not */
};

struct methods_page {
	bool adopted; /* the first of the cards is in force */
	struct methods_card
	    in_force; /* the adopted version, or the practice that applies without */
	VEC(struct methods_card) others; /* drafts, then superseded versions */
	url draft;                       /* empty: the viewer may not */
};

#endif
