/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * proposal_pages: the proposals as their templates see them.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_PROPOSAL_PROPOSAL_PAGES_H
#define ROOMS_PROPOSAL_PROPOSAL_PAGES_H

#include "engine/filter.h"
#include "engine/page.h"
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

struct proposal_list_page {
	int64_t total; /* of the group, whatever the filter */
	int64_t shown;
	bool filtered;
	url links; /* the table of provenance */
	struct filter filter;
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
	url to;
	url record;
};

struct proposal_relatives {
	struct proposal_relative *p;
	size_t n;
	size_t cap;
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
	usec merged; /* or split: when */
	bool has_contribution;
	int64_t contribution;
	url contribution_to;
	int64_t compilation; /* a closed one that keeps the version `kept`; 0: none */
	int64_t kept;
	url compilation_to;
	struct proposal_version current;
	VEC(struct proposal_version) earlier;
	VEC(struct proposal_sponsor_line) sponsors;
	struct proposal_relatives sources;
	struct proposal_relatives results;
	str rationale;
	VEC(struct proposal_presentation) presented;
	VEC(struct proposal_event) history;
	VEC(struct proposal_action) actions;
	url all;
};

/* The place of a paragraph on the page: #p3. In arena. */
url proposal_paragraph_url(struct arena *a, size_t paragraph);

/* One merge or split: what it took and what came of it. */
struct proposal_link_line {
	int64_t seq;
	struct proposal_relatives sources;
	struct proposal_relatives results;
	str how;
	url record;
};

struct proposal_links_page {
	VEC(struct proposal_link_line) lines;
	url all;
};

/* The seat that the viewer represents; the secretariat represents none. */
enum rc proposal_viewer_seat(
    struct page *p, struct proposal_own_seat_row *row, bool *found, struct err *err) MUST_USE;

/* Forms that know who looks, and at what. */
enum rc proposal_shape_revise(struct page *p, struct form *f, struct err *err);
enum rc proposal_shape_split(struct page *p, struct form *f, struct err *err);
enum rc proposal_shape_submit(struct page *p, struct form *f, struct err *err);
enum rc proposal_shape_delegation(struct page *p, struct form *f, struct err *err);
enum rc proposal_shape_merge(struct page *p, struct form *f, struct err *err);

#endif
