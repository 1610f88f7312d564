/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * informal: one person edits a paragraph on everyone's screen, and what comes of it returns to the
 * plenary as a proposal of the facilitator.
 *
 * Step of the process: beside the readings of a draft, for paragraphs that plenary cannot settle.
 * The record says who edited which paragraph and what came of it; what was typed in between is
 * not in it (engine/live.h). Threads: the state belongs to its group. Everything returned is
 * borrowed from the group.
 */
#ifndef ROOMS_INFORMAL_INFORMAL_H
#define ROOMS_INFORMAL_INFORMAL_H

#include "rooms/rooms.h"

enum informal_end {
	INFORMAL_OPEN,
	INFORMAL_RESULT, /* it returned to the plenary as an amendment */
	INFORMAL_CLOSED, /* nothing came of it, for the reason that was given */
};

/* Its number is its place in the vector, from 1. */
struct informal_session {
	int64_t draft;
	str par;   /* id of the paragraph */
	str shown; /* as people name it */
	str base;  /* its words when the session was opened */
	actor_id editor;
	enum informal_end end;
	int64_t seq;
};

struct informal_state {
	VEC(struct informal_session) v;
};

/* The session of that number, or NULL. */
const struct informal_session *informal_get(const struct group *g, int64_t number);
/* The number of the session that is open on a paragraph; 0: none. */
int64_t informal_on(const struct group *g, int64_t draft, str par);
/* "open", "result", "closed": as in the record and in addresses. Static. */
const char *informal_end_word(enum informal_end e);

#endif
