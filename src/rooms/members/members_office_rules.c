/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Observers, the Chair and vice-chairs; and the roles that everything here gives. */
#include "rooms/members/members_rules.h"
#include "rooms/people/people.h"

#include "base/poison.h"

/* --- observers --- */

static struct observer *observer_at(const struct group *g, int64_t number)
{
	struct members_state *st = members_in(g);
	bool there = number >= 1 && (size_t)number <= st->observers.n;
	return there ? &st->observers.p[number - 1] : NULL;
}

static bool observes(const struct group *g, actor_id who)
{
	const struct members_state *st = members_in(g);
	for (size_t i = 0; i < st->observers.n; i++)
		if (!st->observers.p[i].ended && actor_eq(st->observers.p[i].person, who))
			return true;
	return false;
}

enum rc members_decide_accredit(const struct group *g, struct act *act, struct err *err)
{
	const struct members_state *st = members_in(g);
	str organisation = act_str(act, "organisation");
	const struct seat *s = members_seat_of_delegation(g, organisation);
	if (s)
		return ERR(err, REFUSED, "organisation",
		    "{0} is a member (seat {1}) and needs no accreditation.", organisation,
		    act_digits(act, s->number));
	TRY(members_check_person(g, act, "person", err));
	if (act_has(act, "person") && observes(g, act_actor(act, "person")))
		return ERR(err, REFUSED, "person", "{0} is accredited as observer already.",
		    people_name(g, act_actor(act, "person")));
	act_give_i64(act, "observer", (int64_t)st->observers.n + 1);
	return OK;
}

void members_fold_accredit(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &members_in(g)->observers) = (struct observer){
	    .number = fact_i64(f, "observer"),
	    .organisation = arena_str(g->arena, fact_str(f, "organisation")),
	    .person = fact_actor(f, "person"),
	};
}

enum rc members_decide_end_accreditation(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "observer");
	const struct observer *o = observer_at(g, number);
	if (!o)
		return ERR(
		    err, ABSENT, "observer", "There is no observer {0}.", act_digits(act, number));
	if (o->ended)
		return ERR(err, REFUSED, "observer", "The accreditation of {0} has ended already.",
		    o->organisation);
	return OK;
}

void members_fold_end_accreditation(struct group *g, const struct fact *f)
{
	struct observer *o = observer_at(g, fact_i64(f, "observer"));
	if (o)
		o->ended = true;
}

/* --- the Chair and vice-chairs --- */

static enum group_office office_of(str s)
{
	return str_is(s, "chair") ? GROUP_CHAIR : GROUP_VICE_CHAIR;
}

actor_id members_chair(const struct group *g)
{
	const struct members_state *st = members_in(g);
	for (size_t i = 0; i < st->officers.n; i++)
		if (st->officers.p[i].office == GROUP_CHAIR &&
		    st->officers.p[i].state == OFFICE_IN_OFFICE)
			return st->officers.p[i].person;
	return (actor_id){0};
}

/* The candidature or office of a person that has not ended, or NULL. */
static struct officer *officer_of(const struct group *g, actor_id who, enum group_office office)
{
	struct members_state *st = members_in(g);
	for (size_t i = 0; i < st->officers.n; i++) {
		struct officer *o = &st->officers.p[i];
		if (o->office == office && o->state != OFFICE_ENDED && actor_eq(o->person, who))
			return o;
	}
	return NULL;
}

enum rc members_decide_candidate(const struct group *g, struct act *act, struct err *err)
{
	actor_id who = act_actor(act, "person");
	TRY(members_check_person(g, act, "person", err));
	const struct officer *o = officer_of(g, who, office_of(act_str(act, "office")));
	if (o && o->state == OFFICE_CANDIDATE)
		return ERR(err, REFUSED, "person", "{0} is a candidate for this office already.",
		    people_name(g, who));
	if (o)
		return ERR(
		    err, REFUSED, "person", "{0} holds this office already.", people_name(g, who));
	return OK;
}

void members_fold_candidate(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &members_in(g)->officers) = (struct officer){
	    .person = fact_actor(f, "person"),
	    .office = office_of(fact_str(f, "office")),
	    .state = OFFICE_CANDIDATE,
	    .seq = f->seq,
	};
}

enum rc members_decide_elect(const struct group *g, struct act *act, struct err *err)
{
	actor_id who = act_actor(act, "person");
	enum group_office office = office_of(act_str(act, "office"));
	const struct officer *o = officer_of(g, who, office);
	if (!o)
		return ERR(err, REFUSED, "person",
		    "{0} is no candidate for this office; record the candidature first.",
		    people_name(g, who));
	if (o->state == OFFICE_IN_OFFICE)
		return ERR(
		    err, REFUSED, "person", "{0} holds this office already.", people_name(g, who));
	actor_id chair = members_chair(g);
	if (office == GROUP_CHAIR && !actor_is_none(chair))
		return ERR(err, REFUSED, "office",
		    "{0} is Chair; that office must end before another Chair is elected.",
		    people_name(g, chair));
	act_ref(act, o->seq);
	return OK;
}

void members_fold_elect(struct group *g, const struct fact *f)
{
	struct officer *o =
	    officer_of(g, fact_actor(f, "person"), office_of(fact_str(f, "office")));
	if (o)
		o->state = OFFICE_IN_OFFICE;
}

enum rc members_decide_end_office(const struct group *g, struct act *act, struct err *err)
{
	actor_id who = act_actor(act, "person");
	const struct officer *o = officer_of(g, who, office_of(act_str(act, "office")));
	if (!o)
		return ERR(err, REFUSED, "person",
		    "{0} neither holds this office nor is a candidate for it.",
		    people_name(g, who));
	act_ref(act, o->seq);
	return OK;
}

void members_fold_end_office(struct group *g, const struct fact *f)
{
	struct officer *o =
	    officer_of(g, fact_actor(f, "person"), office_of(fact_str(f, "office")));
	if (o)
		o->state = OFFICE_ENDED;
}

/* --- roles --- */

unsigned members_roles(const struct group *g, actor_id who)
{
	/* Before the election nobody is Chair, and nobody must not become one by that. */
	if (actor_is_none(who))
		return 0;
	unsigned roles = 0;
	const struct seat *s = members_seat_of(g, who, NULL);
	if (s && s->state == SEAT_FILLED)
		roles |= ROLE_MEMBER;
	if (observes(g, who))
		roles |= ROLE_OBSERVER;
	if (actor_eq(members_chair(g), who))
		roles |= ROLE_CHAIR;
	return roles;
}

unsigned group_roles(const struct group *g, actor_id who)
{
	if (actor_is_none(who))
		return ROLE_PUBLIC;
	if (actor_eq(who, ACTOR_SYSTEM))
		return ROLE_PUBLIC | ROLE_SYSTEM;
	unsigned roles = ROLE_PUBLIC | people_roles(g, who);
	return g->id ? roles | members_roles(g, who) : roles;
}
