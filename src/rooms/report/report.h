/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report: what the group, or its Chair alone, tells the parent body at the end.
 *
 * Step of the process: the last one. Outline, drafts, decision (adopted or no agreement), issue by
 * the group or under the Chair's own responsibility, transmission, consideration by the parent
 * body. Threads: the state belongs to its group. Everything returned is borrowed from the group.
 */
#ifndef ROOMS_REPORT_REPORT_H
#define ROOMS_REPORT_REPORT_H

#include "rooms/rooms.h"

enum report_outcome {
	REPORT_UNDECIDED,
	REPORT_ADOPTED,
	REPORT_NO_AGREEMENT,
};

/* Its number is its place in the vector, from 1. */
struct report_section {
	str heading;
	VEC(int64_t) covers; /* numbers of quoted mandate paragraphs */
	int64_t seq;
};

/* Its number is its place in the vector, from 1. */
struct report_draft {
	int64_t seq;
	bool says_adopted; /* the word stands somewhere in it */
};

/* Its number is its place in the vector, from 1. */
struct report {
	str title;
	int64_t seq;
	VEC(struct report_section) sections;
	VEC(struct report_draft) drafts;
	enum report_outcome outcome;
	int64_t decided_seq;
	int64_t issued; /* the draft that is issued; 0: not yet */
	bool by_chair;  /* issued under the Chair's own responsibility */
	str symbol;
	usec issued_at;
	int64_t issued_seq;
	usec transmitted; /* day; USEC_NONE: not yet */
	int64_t transmitted_seq;
	int64_t considered_seq; /* 0: not yet */
};

struct report_state {
	VEC(struct report) v;
};

/* The report of that number, or NULL. */
const struct report *report_get(const struct group *g, int64_t number);
/* The report that is being written or was issued last, or NULL; *number may be NULL. */
const struct report *report_current(const struct group *g, int64_t *number);

#endif
