/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * members: the composition of the group. Constituencies with nested quotas, nominations, seats
 * and their representatives, accredited observers, the Chair and vice-chairs.
 *
 * Step of the process: after the mandate, before the first meeting. The seats of a constituency
 * exist, numbered and vacant, from the moment the constituency does; a constituency inside of
 * another takes over as many of the outer one's vacant seats as its quota says. So the number of
 * seats of the group is the sum of the outer quotas, however deep they nest.
 * Threads: pure, those of the group. Everything returned is borrowed from the state. No errors.
 */
#ifndef ROOMS_MEMBERS_H
#define ROOMS_MEMBERS_H

#include "rooms/rooms.h"

enum seat_state {
	SEAT_VACANT,
	SEAT_NOMINATED, /* a nomination that is still pending stands for it */
	SEAT_ENDORSED,  /* the delegation is chosen and has not taken its seat yet */
	SEAT_FILLED
};

enum seat_role { SEAT_HEAD, SEAT_ALTERNATE, SEAT_ADVISER };

/* Somebody who speaks for a seat, now. */
struct representative {
	actor_id person;
	enum seat_role role;
};

struct seat {
	int64_t number;   /* in the group, from 1; never changes */
	str constituency; /* code */
	enum seat_state state;
	str delegation;     /* "" until endorsed */
	int64_t nomination; /* that stands for it or filled it; 0: none */
	int64_t seq;        /* of the entry that filled or endorsed it; 0: none */
	VEC(struct representative) representatives;
};

struct constituency {
	str code;
	str name;
	str parent; /* code, or "" */
	int64_t quota;
	bool states; /* its members are States */
};

enum nomination_state {
	NOMINATION_SUBMITTED,
	NOMINATION_ELIGIBLE,
	NOMINATION_INELIGIBLE,
	NOMINATION_ENDORSED,
	NOMINATION_NOT_ENDORSED,
	NOMINATION_WITHDRAWN
};

struct nomination {
	int64_t number;
	str constituency;
	str delegation;
	actor_id person; /* none: not named yet */
	actor_id by;
	enum nomination_state state;
	int64_t seq;
};

struct observer {
	int64_t number;
	str organisation;
	actor_id person; /* none: not named */
	bool ended;
};

enum group_office { GROUP_CHAIR, GROUP_VICE_CHAIR };
enum office_state { OFFICE_CANDIDATE, OFFICE_IN_OFFICE, OFFICE_ENDED };

struct officer {
	actor_id person;
	enum group_office office;
	enum office_state state;
	int64_t seq; /* of the candidature */
};

struct members_state {
	VEC(struct constituency) constituencies;
	VEC(struct seat) seats; /* seat number n is seats.p[n - 1] */
	VEC(struct nomination) nominations;
	VEC(struct observer) observers;
	VEC(struct officer) officers;
};

/* The seat of that number, or NULL. */
const struct seat *members_seat(const struct group *g, int64_t number);
/* The seat that the person represents, in any role, or NULL; *role may be NULL. */
const struct seat *members_seat_of(const struct group *g, actor_id who, enum seat_role *role);
/* The seat that the delegation holds (endorsed or filled), or NULL. */
const struct seat *members_seat_of_delegation(const struct group *g, str delegation);
/* The constituency of that code, or NULL. */
const struct constituency *members_constituency(const struct group *g, str code);
/* True if the constituency `code` is `outer` or lies inside of it. */
bool members_within(const struct group *g, str code, str outer);
/* The Chair in office, or none (actor_is_none). */
actor_id members_chair(const struct group *g);

/* The composition in figures. */
struct members_counts {
	int64_t seats;         /* that exist */
	int64_t filled;        /* member_states + other_members */
	int64_t member_states; /* filled seats of constituencies of States */
	int64_t other_members; /* all other filled seats */
	int64_t observers;     /* accredited, now */
};
struct members_counts members_counts(const struct group *g);

/* The roles that come from seats, accreditation and the Chair. */
unsigned members_roles(const struct group *g, actor_id who);
/* All roles of a person in a group (or of an account in the instance): rooms.roles of the house. */
unsigned group_roles(const struct group *g, actor_id who);

#endif
