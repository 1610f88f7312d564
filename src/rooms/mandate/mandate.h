/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * mandate: what the group was asked to do, by whom, in which words, and to whom and when it
 * must report back.
 *
 * Step of the process: before everything else; the report is measured against it. Threads: the
 * state belongs to its group. Everything returned is borrowed from the group.
 */
#ifndef ROOMS_MANDATE_MANDATE_H
#define ROOMS_MANDATE_MANDATE_H

#include "rooms/rooms.h"

/* A mandate is noted first, and comes into force when the parent body's act does. */
enum mandate_status {
	MANDATE_NOTED,
	MANDATE_IN_FORCE,
	MANDATE_REPORTED,
	MANDATE_DISCHARGED,
	MANDATE_EXTENDED,
};

/* One resolution or decision of a parent body. Its number is its place in the vector, from 1. */
struct mandate {
	str symbol;
	usec date; /* midnight UTC of the day */
	enum mandate_status status;
	int64_t seq;       /* of the entry that recorded it */
	int64_t state_seq; /* of the entry that brought the present state */
};

/* A paragraph of a mandate, quoted in one language. Its number is its place, from 1. */
struct mandate_paragraph {
	int64_t mandate;
	str paragraph; /* "65" or "PP 3" */
	str lang;
	int64_t seq;
};

struct mandate_state {
	VEC(struct mandate) mandates;
	VEC(struct mandate_paragraph) paragraphs;
	int64_t line_seq; /* of the entry with the present reporting line; 0: none yet */
};

/* The mandate of that number, or NULL. */
const struct mandate *mandate_get(const struct group *g, int64_t number);
/* The quoted paragraph of that number, or NULL. */
const struct mandate_paragraph *mandate_paragraph_get(const struct group *g, int64_t number);
/* True if a mandate is in force, or extended: the group may work. */
bool mandate_is_in_force(const struct group *g);

#endif
