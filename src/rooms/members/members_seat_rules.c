/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Seats and who speaks for them. */
#include "base/must.h"
#include "rooms/members/members_rules.h"
#include "rooms/people/people.h"

#include "base/poison.h"

static struct seat *mutable_seat(struct group *g, const struct fact *f)
{
	struct members_state *st = members_in(g);
	int64_t number = fact_i64(f, "seat");
	bool there = number >= 1 && (size_t)number <= st->seats.n;
	return there ? &st->seats.p[number - 1] : NULL;
}

enum rc members_find_seat(
    const struct group *g, const struct act *act, const struct seat **out, struct err *err)
{
	int64_t number = act_i64(act, "seat");
	*out = members_seat(g, number);
	if (!*out)
		return ERR(err, ABSENT, "seat", "There is no seat {0}; the group has {1}.",
		    act_digits(act, number), act_digits(act, members_counts(g).seats));
	return OK;
}

enum rc members_check_free(
    const struct group *g, const struct act *act, int64_t seat, struct err *err)
{
	if (!act_has(act, "person"))
		return OK;
	actor_id who = act_actor(act, "person");
	const struct seat *s = members_seat_of(g, who, NULL);
	if (s && s->number != seat)
		return ERR(err, REFUSED, "person",
		    "{0} represents seat {1} ({2}) already; end that service first, because a "
		    "person "
		    "speaks for one seat at a time.",
		    people_name(g, who), act_digits(act, s->number), s->delegation);
	return OK;
}

static enum seat_role role_of(str s)
{
	static const char *const names[] = {
	    [SEAT_HEAD] = "head", [SEAT_ALTERNATE] = "alternate", [SEAT_ADVISER] = "adviser"};
	for (enum seat_role r = SEAT_HEAD; r <= SEAT_ADVISER; r++)
		if (str_is(s, names[r]))
			return r;
	must_fail("the role is one of its choices", __FILE__, __LINE__);
}

static bool represents(const struct seat *s, actor_id who, enum seat_role *role)
{
	for (size_t i = 0; i < s->representatives.n; i++) {
		if (!actor_eq(s->representatives.p[i].person, who))
			continue;
		*role = s->representatives.p[i].role;
		return true;
	}
	return false;
}

static void leave(struct seat *s, actor_id who)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->representatives.n; i++) {
		struct representative r = s->representatives.p[i];
		if (!actor_eq(r.person, who))
			s->representatives.p[kept++] = r;
	}
	s->representatives.n = kept;
}

/* A seat has one head: a new one ends the service of the former. */
static void join(struct group *g, struct seat *s, actor_id who, enum seat_role role)
{
	leave(s, who);
	size_t kept = 0;
	for (size_t i = 0; i < s->representatives.n; i++) {
		struct representative r = s->representatives.p[i];
		if (role != SEAT_HEAD || r.role != SEAT_HEAD)
			s->representatives.p[kept++] = r;
	}
	s->representatives.n = kept;
	*vec_push(g->arena, &s->representatives) =
	    (struct representative){.person = who, .role = role};
}

/* The head that take_seat brings: the one named now, or the one of the nomination. */
static actor_id head_of(const struct group *g, const struct seat *s, actor_id named)
{
	const struct members_state *st = members_in(g);
	if (!actor_is_none(named) || s->nomination == 0)
		return named;
	actor_id who = st->nominations.p[s->nomination - 1].person;
	/* Since the nomination the person may have come to represent somebody else. */
	return members_seat_of(g, who, NULL) ? (actor_id){0} : who;
}

enum rc members_decide_take_seat(const struct group *g, struct act *act, struct err *err)
{
	const struct seat *s = NULL;
	TRY(members_find_seat(g, act, &s, err));
	if (s->state == SEAT_FILLED)
		return ERR(err, REFUSED, "seat", "{0} has taken seat {1} already.", s->delegation,
		    act_digits(act, s->number));
	if (s->state != SEAT_ENDORSED)
		return ERR(err, REFUSED, "seat",
		    "Nobody is endorsed for seat {0}; a nomination must be endorsed first.",
		    act_digits(act, s->number));
	TRY(members_check_person(g, act, "person", err));
	TRY(members_check_free(g, act, s->number, err));
	act_ref(act, s->seq);
	return OK;
}

void members_fold_take_seat(struct group *g, const struct fact *f)
{
	struct seat *s = mutable_seat(g, f);
	if (!s)
		return;
	s->state = SEAT_FILLED;
	s->seq = f->seq;
	actor_id head = head_of(g, s, fact_actor(f, "person"));
	if (!actor_is_none(head))
		join(g, s, head, SEAT_HEAD);
}

enum rc members_decide_assign(const struct group *g, struct act *act, struct err *err)
{
	const struct seat *s = NULL;
	TRY(members_find_seat(g, act, &s, err));
	if (s->state < SEAT_ENDORSED)
		return ERR(err, REFUSED, "seat",
		    "Seat {0} is vacant; a nomination must be endorsed before anyone can represent "
		    "it.",
		    act_digits(act, s->number));
	actor_id who = act_actor(act, "person");
	enum seat_role role = role_of(act_str(act, "role"));
	enum seat_role now = role;
	TRY(members_check_person(g, act, "person", err));
	TRY(members_check_free(g, act, s->number, err));
	if (represents(s, who, &now) && now == role)
		return ERR(err, REFUSED, "role", "{0} represents {1} in this role already.",
		    people_name(g, who), s->delegation);
	act_ref(act, s->seq);
	return OK;
}

void members_fold_assign(struct group *g, const struct fact *f)
{
	struct seat *s = mutable_seat(g, f);
	if (s)
		join(g, s, fact_actor(f, "person"), role_of(fact_str(f, "role")));
}

enum rc members_decide_unassign(const struct group *g, struct act *act, struct err *err)
{
	const struct seat *s = NULL;
	TRY(members_find_seat(g, act, &s, err));
	actor_id who = act_actor(act, "person");
	enum seat_role role = SEAT_HEAD;
	if (!represents(s, who, &role))
		return ERR(err, REFUSED, "person", "{0} does not represent seat {1}.",
		    people_name(g, who), act_digits(act, s->number));
	act_ref(act, s->seq);
	return OK;
}

void members_fold_unassign(struct group *g, const struct fact *f)
{
	struct seat *s = mutable_seat(g, f);
	if (s)
		leave(s, fact_actor(f, "person"));
}

enum rc members_decide_vacate(const struct group *g, struct act *act, struct err *err)
{
	const struct seat *s = NULL;
	TRY(members_find_seat(g, act, &s, err));
	if (s->state < SEAT_ENDORSED)
		return ERR(err, REFUSED, "seat", "Seat {0} is vacant already.",
		    act_digits(act, s->number));
	act_ref(act, s->seq);
	return OK;
}

void members_fold_vacate(struct group *g, const struct fact *f)
{
	struct seat *s = mutable_seat(g, f);
	if (!s)
		return;
	*s = (struct seat){
	    .number = s->number, .constituency = s->constituency, .delegation = STR_EMPTY};
	members_match_nominations(g, s->constituency);
}
