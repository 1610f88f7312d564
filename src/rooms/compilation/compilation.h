/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * compilation: one document out of everyone's proposals, by section and theme.
 *
 * Step of the process: between the proposals and the texts under negotiation. A compilation has
 * sections, into which the secretariat places proposals; its entries are the proposals, and their
 * numbers are the proposals' own. Sponsors revise them until the deadline (proposal.revise) and
 * say whether the entry reflects what they proposed. Merging entries is merging their proposals
 * (proposal.merge): the result stands where its first source stood until it is placed elsewhere.
 * A revision is frozen by issuing it. Model of the table of provenance: UNFCCC,
 * FCCC/AWGLCA/2009/INF.2/Add.1. Threads: the state belongs to its group. Everything returned is
 * borrowed from the group.
 */
#ifndef ROOMS_COMPILATION_COMPILATION_H
#define ROOMS_COMPILATION_COMPILATION_H

#include "rooms/rooms.h"

/* Its number is its place in the vector, from 1. */
struct compilation_section {
	str heading;
	int64_t into; /* the section that it was merged into; 0: it stands */
	int64_t seq;
};

/* What was last said about the place of one proposal. */
struct compilation_place {
	int64_t section; /* as it was placed; 0: taken out, with a reason */
	int64_t seq;     /* of the entry that said so; 0: nobody has said anything */
};

/* What a sponsor last said about an entry. */
struct compilation_answer {
	int64_t proposal;
	str delegation;
	int64_t revision; /* of the proposal that it is about */
	bool reflected;
	int64_t seq;
};

/* A revision that was issued. Its number is its place in the vector, from 1. */
struct compilation_issue {
	int64_t seq;
	int64_t document; /* number in the library */
	str symbol;
};

/* Its number is its place in the vector, from 1. */
struct compilation {
	str title;
	str zone;
	usec deadline;
	bool closed; /* the deadline has passed: later revisions of proposals are not taken in */
	int64_t seq;
	VEC(int64_t) versions; /* when it closed: of proposal number n, [n - 1] */
	VEC(struct compilation_section) sections;
	VEC(struct compilation_place) places; /* of proposal number n: places.p[n - 1], if there */
	VEC(struct compilation_answer) answers;
	VEC(struct compilation_issue) issues;
};

struct compilation_state {
	VEC(struct compilation) v;
};

/* The compilation of that number, or NULL. */
const struct compilation *compilation_get(const struct group *g, int64_t number);
/* The one that is being worked on, or NULL; *number (may be NULL) is 0 then. */
const struct compilation *compilation_current(const struct group *g, int64_t *number);
/*
 * The version of the proposal that the compilation shows: the newest, but what there was when the
 * entries were closed keeps the version of that moment.
 */
int64_t compilation_version_of(
    const struct group *g, const struct compilation *c, int64_t proposal);
/* The section in which entries of `section` stand now: merges are followed. */
int64_t compilation_section_now(const struct compilation *c, int64_t section);
/*
 * The section in which the proposal stands now: by what was said about it, else after its sources,
 * else (after an objection to its merge) beside the result; 0: not placed.
 */
int64_t compilation_section_of(
    const struct group *g, const struct compilation *c, int64_t proposal);

#endif
