/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rooms: the names of the rooms, in the order in which entries are folded and views applied,
 * and the state of each in a group.
 *
 * call_in(g) is the state that call_rules.c folds; its struct is defined in call/call.h.
 */
#ifndef ROOMS_ROOMS_H
#define ROOMS_ROOMS_H

#include "engine/act.h"

#define ROOMS(X)       \
	X(group)       \
	X(mandate)     \
	X(members)     \
	X(people)      \
	X(methods)     \
	X(meeting)     \
	X(floor)       \
	X(caption)     \
	X(call)        \
	X(analysis)    \
	X(proposal)    \
	X(compilation) \
	X(draft)       \
	X(reading)     \
	X(comment)     \
	X(informal)    \
	X(screen)      \
	X(document)    \
	X(report)      \
	X(minutes)     \
	X(notice)      \
	X(record)      \
	X(search)

#define ROOM_ENUM_(name) ROOM_##name,
enum room_index { ROOMS(ROOM_ENUM_) ROOM_COUNT };
#undef ROOM_ENUM_
_Static_assert(ROOM_COUNT <= GROUP_ROOMS, "struct group has a place for every room");

#define ROOM_STATE_(name)                                                   \
	struct name##_state;                                                \
	static inline struct name##_state *name##_in(const struct group *g) \
	{                                                                   \
		return g->state[ROOM_##name];                               \
	}
ROOMS(ROOM_STATE_)
#undef ROOM_STATE_

#endif
