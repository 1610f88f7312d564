/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * people_try: a group in memory for the tests of rules: an act is read by its row, decided and
 * folded, as the house does it, without a log.
 *
 * Threads: one. Errors: those of decide; DENIED when none of the roles may.
 */
#ifndef ROOMS_PEOPLE_TRY_H
#define ROOMS_PEOPLE_TRY_H

#include "engine/act.h"

struct trial {
	struct arena *arena; /* caller frees */
	struct group g;
	struct rng_seeded seed;
	struct err err;
	/* Of the last act that was decided: its command and values, with what decide gave. */
	struct fact fact;
};

/* A trial of group `id` (0: the instance) with the state of people and members. */
struct trial *trial_new(struct arena *a, int64_t id);
/*
 * Does one act: pairs of a field's name and its value as text (const char *), ended by NULL. The
 * actor's roles are those of the state and `extra`. A refusal stays in t->err.
 */
enum rc trial_do(struct trial *t, actor_id actor, unsigned extra, const char *command, ...)
    __attribute__((sentinel));
/* The message of the last refusal. In arena. */
str trial_says(struct trial *t);
/* An id as the text that trial_do wants. In arena. */
const char *trial_id(struct trial *t, actor_id who);
const char *trial_number(struct trial *t, int64_t n);

#endif
