/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * proposal_pages: the proposals as their templates see them.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_PROPOSAL_PROPOSAL_PAGES_H
#define ROOMS_PROPOSAL_PROPOSAL_PAGES_H

#include "base/vec.h"
#include "engine/html.h"
#include "proposal_view.sql.h"

/* A button: a command that the viewer may give. */
struct proposal_action {
	str label;
	url to;
};

/* One proposal in a list. */
struct proposal_item {
	int64_t number;
	str title;
	str lang;
	str sponsors;
	str status; /* the word */
	str status_label;
	int64_t revision;
	url to;
};

struct proposal_section {
	str name;
	str lang;
	VEC(struct proposal_item) items;
};

/* One choice of a filter. */
struct proposal_choice {
	str value;
	str label;
	bool chosen;
};

struct proposal_list_page {
	int64_t total; /* of the group, whatever the filter */
	int64_t shown;
	bool filtered;
	url here;
	url links; /* the table of provenance */
	VEC(struct proposal_choice) statuses;
	VEC(struct proposal_choice) sponsors;
	VEC(struct proposal_section) sections;
	VEC(struct proposal_action) actions;
};

struct proposal_version {
	int64_t revision;
	str title;
	str reason;
	str date;
	url record;
	VEC(str) paragraphs;
};

struct proposal_sponsor_line {
	str delegation;
	str joined;
	url record;
	str left; /* empty: a sponsor now */
	url left_record;
};

/* Another proposal that this one came from or went into. */
struct proposal_relative {
	int64_t number;
	str title;
	str lang;
	str status_label;
	str how; /* "merged", "split" in a sentence */
	url to;
	url record;
};

struct proposal_event {
	int64_t seq;
	str date;
	str iso;
	str what;
	url record;
};

struct proposal_presentation {
	str presenter;
	int64_t meeting;
	int64_t revision;
	url to;
	url record;
};

struct proposal_page {
	int64_t number;
	str title;
	str lang;
	str section;
	str status;
	str status_label;
	str note; /* what a status or an objection means, a sentence; may be empty */
	str submitted;
	url record;
	bool has_contribution;
	int64_t contribution;
	url contribution_to;
	struct proposal_version current;
	VEC(struct proposal_version) earlier;
	VEC(struct proposal_sponsor_line) sponsors;
	VEC(struct proposal_relative) sources;
	VEC(struct proposal_relative) results;
	str rationale;
	VEC(struct proposal_presentation) presented;
	VEC(struct proposal_event) history;
	VEC(struct proposal_action) actions;
	url all;
};

/* The place of a paragraph on the page: #p3. In arena. */
url proposal_paragraph_url(struct arena *a, size_t paragraph);

struct proposal_link_line {
	struct proposal_relative source;
	struct proposal_relative result;
	str how;
	url record;
};

struct proposal_links_page {
	VEC(struct proposal_link_line) lines;
	url all;
};

#endif
