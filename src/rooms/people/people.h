/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * people: who takes part. Accounts of the instance, the persons of a group and the offices
 * they hold (secretariat, focal point, captioner, facilitator).
 *
 * Step of the process: before everything else; every act names a person registered here.
 * An account belongs to the instance (group 0), a person to one group; the same human being
 * has another id in each group, so that only the account's owner can join them.
 * Threads: pure, those of the group. Everything returned is borrowed from the state. No errors.
 */
#ifndef ROOMS_PEOPLE_H
#define ROOMS_PEOPLE_H

#include "base/map.h"
#include "rooms/rooms.h"

enum person_office {
	PERSON_SECRETARIAT,
	PERSON_FOCAL_POINT, /* of one constituency */
	PERSON_CAPTIONER,
	PERSON_FACILITATOR,
	PERSON_OFFICES
};

/* An account of the instance. */
struct account {
	actor_id id;
	str email; /* lower case */
	bool admin;
};

struct person {
	actor_id id;
	str name; /* "" once erased */
	str representing;
	str account; /* "m_..." of the account, or "" */
	str email;   /* lower case, or "" */
	int64_t seq; /* of the entry that registered the person */
};

/* An office in force. */
struct appointment {
	actor_id person;
	enum person_office office;
	str constituency; /* code; of focal points only */
	int64_t seq;
};

struct people_state {
	VEC(struct account *) accounts;
	VEC(struct person *) persons;
	VEC(struct appointment) appointments;
	struct map by_id;    /* the 16 bytes of the id -> account or person */
	struct map by_email; /* -> account or person */
};

/* The person of that id in the group, or NULL. */
const struct person *people_person(const struct group *g, actor_id who);
/* The account of that id (group 0 only), or NULL. */
const struct account *people_account(const struct group *g, actor_id who);
/* The name for a sentence: "this person" when unknown or erased. */
str people_name(const struct group *g, actor_id who);
/* True while `who` holds the office; code narrows a focal point to a constituency, or is "". */
bool people_holds(const struct group *g, actor_id who, enum person_office office, str code);
/* The roles that come from accounts, registration and offices. Seats and the Chair are members'. */
unsigned people_roles(const struct group *g, actor_id who);

#endif
