/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * people_try: for the tests of people and members: a group in memory, with the views of both
 * rooms, in which acts have the roles that the state gives their actors.
 *
 * Threads: one. Errors: those of decide; DENIED when none of the roles may.
 */
#ifndef ROOMS_PEOPLE_TRY_H
#define ROOMS_PEOPLE_TRY_H

#include "base/db.h"
#include "engine/act.h"

struct trial {
	struct arena *arena; /* of the group */
	struct group *g;
	struct db *db;
	struct err err;
	struct fact fact; /* of the last act that was folded, with what decide gave */
};

/* A trial of group `id` (0: the instance). Ended by trial_end, or by leaving the scope. */
struct trial trial_new(int64_t id);
void trial_end(struct trial *t);
#define AUTO_TRIAL __attribute__((cleanup(trial_end)))
/*
 * Does one act: pairs of a field's name and its value as text (const char *), ended by NULL. The
 * actor's roles are those of the state and `extra`. A refusal stays in t->err.
 */
enum rc trial_do(struct trial *t, actor_id actor, unsigned extra, const char *command, ...)
    __attribute__((sentinel));
/* The message of the last refusal. In arena. */
str trial_says(struct trial *t);
/* An id or a number as the text that trial_do wants. In arena. */
const char *trial_id(struct trial *t, actor_id who);
const char *trial_number(struct trial *t, int64_t n);

#endif
