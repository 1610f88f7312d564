/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/trial.h"

#include "rooms/rooms_list.h"

#include "base/poison.h"

struct trial *trial_start(usec now)
{
	struct group *g = try_group(&comity_rooms);
	struct trial *t = arena_new_of(g->arena, struct trial);
	t->g = g;
	t->now = now;
	return t;
}

void stop(struct trial *t)
{
	arena_free(t->g->arena);
}

enum rc act(struct trial *t, actor_id who, unsigned roles, const char *command, ...)
{
	va_list ap;
	va_start(ap, command);
	err_clear(&t->err);
	enum rc rc =
	    try_act_with(&comity_rooms, t->g, command, who, roles, t->now, &t->fact, &t->err, ap);
	va_end(ap);
	return rc;
}

#define OFFICED(...) CHECK_EQ(act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL), OK)

const char *trial_id(const struct trial *t, actor_id who)
{
	return arena_z(t->g->arena, actor_str(t->g->arena, who));
}

actor_id trial_person(struct trial *t, const char *name, const char *representing)
{
	OFFICED("people.add", "name", name, "representing", representing, "kind", "delegate");
	return fact_actor(&t->fact, "person");
}

void trial_states(struct trial *t, const char *quota)
{
	OFFICED("members.constituency", "code", "STATES", "name", "States", "quota", quota, "route",
	    "appointed", "states", "1");
}

void trial_sit(
    struct trial *t, actor_id who, const char *code, const char *delegation, const char *n)
{
	OFFICED("members.nominate", "constituency", code, "delegation", delegation, "person",
	    trial_id(t, who));
	OFFICED("members.assess", "nomination", n, "verdict", "eligible");
	OFFICED("members.endorse", "nomination", n);
	OFFICED("members.take_seat", "seat", n);
}

actor_id trial_seat(struct trial *t, const char *code, const char *delegation, const char *n)
{
	actor_id who = trial_person(t, "A. Person", delegation);
	trial_sit(t, who, code, delegation, n);
	return who;
}
