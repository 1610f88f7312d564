/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * proposal: the recommendations that delegations and organisations want the group to make.
 *
 * Step of the process: between the contributions and the report. A proposal has sponsors and
 * versions, is presented at meetings, goes into others by merge or split, and ends in a
 * disposition; nothing of it is ever lost. Threads: the state belongs to its group. Everything
 * returned is borrowed from the group.
 */
#ifndef ROOMS_PROPOSAL_PROPOSAL_H
#define ROOMS_PROPOSAL_PROPOSAL_H

#include "rooms/rooms.h"

/* How long the sponsors of a merged proposal may object. */
#define PROPOSAL_ANSWER_DAYS 7

enum proposal_status {
	PROPOSAL_OPEN,
	PROPOSAL_MERGED,
	PROPOSAL_SPLIT,
	PROPOSAL_WITHDRAWN,
	PROPOSAL_INCLUDED,
	PROPOSAL_NOT_INCLUDED,
	PROPOSAL_ANNEXED,
};

struct proposal_sponsor {
	str delegation;
	int64_t seat; /* 0: none named */
	actor_id by;  /* who entered it */
};

/* That a proposal was presented at a meeting. */
struct proposal_presented {
	int64_t meeting;
	str by;
};

/* Its number is its place in the vector, from 1. */
struct proposal {
	str section;
	str title;
	str lang;
	enum proposal_status status;
	int64_t revision; /* from 1 */
	int64_t into;     /* merged or split into: the (first) result; 0: none */
	usec merged;      /* when */
	bool objected;    /* merged, and lives on beside the result */
	actor_id by;      /* who submitted it; none: entered on behalf, or made from others */
	int64_t seq;      /* of the entry that made it */
	int64_t last_seq; /* of the last entry that changed it */
	VEC(struct proposal_sponsor) sponsors;
	VEC(struct proposal_presented) presented;
};

struct proposal_state {
	VEC(struct proposal) v;
};

/* The proposal of that number, or NULL. */
const struct proposal *proposal_get(const struct group *g, int64_t number);
/* True if it can still be revised, joined, presented, merged, split and disposed of. */
bool proposal_is_open(const struct proposal *p);
/* True if the delegation is among its sponsors now. */
bool proposal_has_sponsor(const struct proposal *p, str delegation);
/* True if the person speaks for that sponsor of it: sits in its seat, or entered it without one. */
bool proposal_speaks_for(
    const struct group *g, actor_id who, const struct proposal *p, str delegation);
/* The word of the record and of addresses: "open", "merged", "split", ... Static. */
const char *proposal_status_word(enum proposal_status s);

#endif
