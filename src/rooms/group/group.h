/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * group: the working group itself: its name and place, the page where a reader begins, and where
 * the process stands between mandate and report. DOMAIN 1-17 at a glance. Threads: any.
 */
#ifndef ROOMS_GROUP_GROUP_H
#define ROOMS_GROUP_GROUP_H

#include "rooms/rooms.h"

/* Of one group; in the state of the instance (id 0) only `slugs` is used. */
struct group_state {
	bool founded;
	str title;
	str short_title; /* also the first part of its document symbols */
	str place;
	str zone;
	int64_t founded_seq;
	int64_t announcements;
	VEC(str) slugs;
};

/* "WGEC"; the empty str before the group is founded. */
str group_short_title(const struct group *g);
/* The IANA zone of the secretariat; "UTC" before the group is founded. */
str group_zone(const struct group *g);

#endif
