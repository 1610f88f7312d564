/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * trial: a group in memory with every room, and people who act in it, for the tests of rules.
 *
 *     struct trial *t = trial_start(NOW);
 *     trial_states(t, "5");
 *     t->kenya = trial_seat(t, "STATES", "Kenya", "1");
 *     SAYS(act(t, t->kenya, ROLE_MEMBER, "draft.delete", "draft", "1", NULL), INVALID, "...");
 *
 * A step that must succeed and does not fails the test. Threads: the test's.
 */
#ifndef ROOMS_TRIAL_H
#define ROOMS_TRIAL_H

#include "engine/testing.h"
#include "harness/t.h"

struct trial {
	struct group *g;
	usec now;         /* of the next act */
	struct err err;   /* of the last one */
	struct fact fact; /* the last one as it was folded */
	/* Those that a test has let in; the others are nobody. */
	actor_id kenya, peru, norway, acme, beta, institute, facilitator, captioner;
};

static const actor_id OFFICER = {.b = {1}}, CHAIR = {.b = {2}};

/* Freed by stop. */
struct trial *trial_start(usec now);
void stop(struct trial *t);

/* One act at t->now; fields as name, value pairs, ended by NULL. */
enum rc act(struct trial *t, actor_id who, unsigned roles, const char *command, ...)
    __attribute__((sentinel));
/* The refusal of an act, and its sentence. */
#define SAYS(rc, code, sentence)                                     \
	do {                                                         \
		CHECK_EQ(rc, code);                                  \
		CHECK_STR(err_text(&t->err, t->g->arena), sentence); \
	} while (0)

/* "m_..." of a person, as fields take it. In the group's arena. */
const char *trial_id(const struct trial *t, actor_id who);
actor_id trial_person(struct trial *t, const char *name, const char *representing);
/* The constituency STATES, appointed, with so many seats. */
void trial_states(struct trial *t, const char *quota);
/* The person takes the next seat of the constituency, which is the nth of the group. */
void trial_sit(
    struct trial *t, actor_id who, const char *code, const char *delegation, const char *n);
/* A new person in the next seat of the constituency. */
actor_id trial_seat(struct trial *t, const char *code, const char *delegation, const char *n);

#endif
