/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_pages: the report as its templates see it.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_REPORT_REPORT_PAGES_H
#define ROOMS_REPORT_REPORT_PAGES_H

#include "rooms/report/report_doc.h"

struct report_action {
	str label;
	url to;
};

/* What has become of the report: a name, a value, the entry that says so. */
struct report_status_line {
	str name;
	str value;
	url record;
};

struct report_section_line {
	str heading;
	str covers; /* "A/RES/70/125 para. 65", or "" */
	url record;
};

struct report_coverage_line {
	str paragraph; /* "A/RES/70/125 para. 65" */
	str text;
	str lang;
	int64_t sections; /* 0: no section answers it */
	url record;
};

struct report_draft_line {
	int64_t draft;
	str note;
	str date;
	bool issued;
	url to;
	url record;
};

struct report_page {
	const struct report_doc *doc;
	bool exists;
	str state; /* draft, no_agreement, adopted, issued: for the sign */
	str state_label;
	VEC(struct report_status_line) status;
	VEC(struct report_section_line) sections;
	VEC(struct report_coverage_line) coverage;
	int64_t uncovered;
	VEC(struct report_draft_line) drafts;
	VEC(struct report_action) actions;
	url full;
	url report;
	int64_t draft; /* of the page of one draft */
};

#endif
