/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * call_trial: acts on a real house, for the tests of this room: logged, folded and viewed.
 *
 * Threads: the test's. Everything is in t->a; what fails is said by the code and t->err.
 */
#ifndef ROOMS_CALL_CALL_TRIAL_H
#define ROOMS_CALL_CALL_TRIAL_H

#include "engine/house.h"

struct trial {
	struct arena *a;
	usec now; /* a second later with each act */
	str dir;
	struct house *house;
	struct db *db;
	struct rng_seeded seed;
	struct attachment file; /* goes with the next act, when it has a name */
	struct outcome out;     /* of the last act */
	struct err err;
	bool together; /* the test itself begins and commits transactions */
};

/* A house in the folder of the test, at 1 October 2016, 09:00 UTC. */
enum rc trial_open(struct trial *t, const struct rooms *rooms, struct err *err) MUST_USE;
void trial_close(struct trial *t);
/* The same, with the group "wgec" in it. */
void trial_found(struct trial *t, const struct rooms *rooms);
/*
 * One act in a transaction of its own (unless t->together), in the group "wgec" (or the instance,
 * for its commands). Fields as name, value pairs of C strings, ended by NULL.
 */
enum rc trial_act(struct trial *t, actor_id who, unsigned roles, const char *command, ...)
    __attribute__((sentinel));

/* True if the file holds these bytes. */
bool trial_file_holds(struct trial *t, str path, str bytes);

#endif
