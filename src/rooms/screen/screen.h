/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * screen: the paragraph that everyone in a meeting looks at, and the page on which the whole
 * meeting is followed as it goes.
 *
 * Step of the process: while a meeting is in session. Besides the paragraph this room has no state
 * of its own: who speaks, what is said and what is decided belong to the rooms floor, caption and
 * meeting, and the page only shows them together. Threads: the state belongs to its group.
 * Everything returned is borrowed from the group.
 */
#ifndef ROOMS_SCREEN_SCREEN_H
#define ROOMS_SCREEN_SCREEN_H

#include "rooms/rooms.h"

/* What is on the screen of a meeting; the words are those of the revision of now. */
struct screen_shown {
	int64_t meeting;
	int64_t draft; /* 0: nothing, it was taken off */
	str par;       /* id of the paragraph */
	int64_t seq;   /* of the entry that put it there */
};

/* One a meeting that had something on its screen. */
struct screen_state {
	VEC(struct screen_shown) v;
};

/* NULL: nothing is on the screen of this meeting. */
const struct screen_shown *screen_of(const struct group *g, int64_t meeting);
/* Its words in the revision of now; empty: it is not in it any more. In arena. */
str screen_words(const struct group *g, struct arena *a, const struct screen_shown *s);

#endif
