/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * members_pages: what the pages of the composition show.
 *
 * Threads: those of the page. Everything is in the arena of the page.
 */
#ifndef ROOMS_MEMBERS_PAGES_H
#define ROOMS_MEMBERS_PAGES_H

#include "rooms/people/people_pages.h"

struct members_rep {
	str name;
	str role;
	url to;
};

/* A row of the table of seats. */
struct members_line {
	int64_t seat;
	url to;
	str state, state_label;
	str member; /* "" while the seat is open */
	str nominee;
	str since, since_iso; /* "" until it is taken */
	url record;
	VEC(struct members_rep) reps;
};

/* The seats that belong to a constituency itself, not to a part of it. */
struct members_part {
	str heading; /* "" for those of the constituency as a whole */
	str id;
	int64_t quota, filled;
	VEC(struct members_line) lines;
};

/* For the eye only: the figures beside it say the same. */
struct members_mark {
	bool filled;
};

/* A constituency that stands alone, with its parts. */
struct members_section {
	str code, name, id;
	url to; /* the place on the page */
	str route;
	int64_t quota, filled, open;
	url record;
	VEC(struct members_mark) marks;
	VEC(struct members_part) parts;
};

struct members_officer {
	str name, title, representing;
	str office, state, state_label;
	url to, record;
	str words;
	str when, when_iso;   /* elected, or proposed */
	str until, until_iso; /* "" while it lasts */
	str meeting;          /* its number, or "" */
	url meeting_to;
};

struct members_observer {
	str organisation, category, name;
	url to, record, end;
	str since, since_iso, until, reason;
	bool ended;
};

struct members_nomination {
	int64_t number;
	str delegation, constituency, name, note;
	str state, state_label, reason;
	str when, when_iso;
	url to, record;
	VEC(struct people_link) actions;
};

/* One sentence of the history of the seats. */
struct members_event {
	str what, delegation, name, former, role, reason;
	int64_t seat;
	url seat_to, record;
	str when, when_iso;
};

struct members_page {
	int64_t seats, filled, open, member_states, other_members;
	VEC(struct members_section) sections;
	VEC(struct members_officer) officers; /* in office */
	VEC(struct members_officer) candidates;
	VEC(struct members_officer) former;
	VEC(struct members_observer) observers;
	VEC(struct members_nomination) nominations;
	VEC(struct members_event) events;
	VEC(struct people_link) actions;
	VEC(struct people_link) officer_actions;
	url people;
};

struct members_term {
	str name, role, delegation;
	url to, record;
	str since, since_iso, until, until_iso;
};

struct members_seat_page {
	int64_t seat;
	str heading;
	str constituency, state, state_label, member, nominee, route;
	url back;
	str since, since_iso;
	url record;
	bool has_record;
	VEC(struct members_rep) reps;
	VEC(struct members_term) terms;
	VEC(struct members_event) events;
	VEC(struct people_link) actions;
};

#endif
