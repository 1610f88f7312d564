/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/members/members_rules.h"

#include "rooms/people/people.h"

#include "base/poison.h"

/* --- questions that other rooms ask --- */

static struct seat *seat_at(const struct group *g, int64_t number)
{
	struct members_state *st = members_in(g);
	return number >= 1 && (size_t)number <= st->seats.n ? &st->seats.p[number - 1] : NULL;
}

const struct seat *members_seat(const struct group *g, int64_t number)
{
	return seat_at(g, number);
}

const struct seat *members_seat_of(const struct group *g, actor_id who, enum seat_role *role)
{
	const struct members_state *st = members_in(g);
	for (size_t i = 0; i < st->seats.n; i++) {
		const struct seat *s = &st->seats.p[i];
		for (size_t k = 0; k < s->representatives.n; k++) {
			if (!actor_eq(s->representatives.p[k].person, who))
				continue;
			if (role)
				*role = s->representatives.p[k].role;
			return s;
		}
	}
	return NULL;
}

const struct seat *members_seat_of_delegation(const struct group *g, str delegation)
{
	const struct members_state *st = members_in(g);
	for (size_t i = 0; i < st->seats.n; i++)
		if (st->seats.p[i].state >= SEAT_ENDORSED &&
		    str_eq_nocase(st->seats.p[i].delegation, delegation))
			return &st->seats.p[i];
	return NULL;
}

const struct constituency *members_constituency(const struct group *g, str code)
{
	const struct members_state *st = members_in(g);
	for (size_t i = 0; i < st->constituencies.n; i++)
		if (str_eq(st->constituencies.p[i].code, code))
			return &st->constituencies.p[i];
	return NULL;
}

bool members_within(const struct group *g, str code, str outer)
{
	/* A parent exists before its parts, so the way up ends. */
	for (const struct constituency *c = members_constituency(g, code); c;
	     c = members_constituency(g, c->parent))
		if (str_eq(c->code, outer))
			return true;
	return false;
}

struct members_counts members_counts(const struct group *g)
{
	const struct members_state *st = members_in(g);
	struct members_counts n = {.seats = (int64_t)st->seats.n};
	for (size_t i = 0; i < st->seats.n; i++) {
		if (st->seats.p[i].state != SEAT_FILLED)
			continue;
		n.filled++;
		if (members_constituency(g, st->seats.p[i].constituency)->states)
			n.member_states++;
		else
			n.other_members++;
	}
	for (size_t i = 0; i < st->observers.n; i++)
		n.observers += !st->observers.p[i].ended;
	return n;
}

enum rc members_check_person(
    const struct group *g, const struct act *act, const char *field, struct err *err)
{
	if (act_has(act, field) && !people_person(g, act_actor(act, field)))
		return ERR(err, ABSENT, field,
		    "Nobody of this id is registered in the group; register the person first.");
	return OK;
}

/* --- constituencies --- */

/* Seats of this very constituency that are free to be handed to a part of it. */
static int64_t seats_in_state(const struct group *g, str code, enum seat_state at_most)
{
	const struct members_state *st = members_in(g);
	int64_t n = 0;
	for (size_t i = 0; i < st->seats.n; i++)
		n += str_eq(st->seats.p[i].constituency, code) && st->seats.p[i].state <= at_most;
	return n;
}

/* A code stands in addresses and sentences: letters, digits and hyphens. */
static bool is_code(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool fine = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		            (c >= '0' && c <= '9') || c == '-' || c == '_';
		if (!fine)
			return false;
	}
	return s.n > 0;
}

static enum rc check_parent(
    const struct group *g, const struct act *act, int64_t quota, struct err *err)
{
	str code = act_str(act, "parent");
	const struct constituency *parent = members_constituency(g, code);
	if (!parent)
		return ERR(err, ABSENT, "parent",
		    "There is no constituency with the code {0}; add the outer one first.", code);
	int64_t own = seats_in_state(g, code, SEAT_FILLED);
	if (quota > own)
		return ERR(err, REFUSED, "quota",
		    "{0} has {1} seats, of which {2} are not given to a part of it yet; the parts "
		    "can never have more seats than the whole.",
		    parent->name, act_digits(act, parent->quota), act_digits(act, own));
	int64_t open = seats_in_state(g, code, SEAT_VACANT);
	if (quota > open)
		return ERR(err, REFUSED, "quota",
		    "Only {0} seats of {1} are vacant; add its parts before nominations are made.",
		    act_digits(act, open), parent->name);
	return OK;
}

enum rc members_decide_constituency(const struct group *g, struct act *act, struct err *err)
{
	str code = act_str(act, "code");
	if (!is_code(code))
		return ERR(err, INVALID, "code",
		    "A code is made of letters, digits and hyphens, without spaces.");
	if (members_constituency(g, code))
		return ERR(err, REFUSED, "code",
		    "There is a constituency with the code {0} already; choose another code.",
		    code);
	if (act_has(act, "parent"))
		return check_parent(g, act, act_i64(act, "quota"), err);
	return OK;
}

void members_fold_constituency(struct group *g, const struct fact *f)
{
	struct members_state *st = members_in(g);
	const struct constituency *parent = members_constituency(g, fact_str(f, "parent"));
	struct constituency c = {
	    .code = arena_str(g->arena, fact_str(f, "code")),
	    .name = arena_str(g->arena, fact_str(f, "name")),
	    .parent = parent ? parent->code : STR_EMPTY,
	    .quota = fact_i64(f, "quota"),
	    .states = fact_bool(f, "states") || (parent && parent->states),
	};
	/* A part takes seats of the whole; a constituency that stands alone brings new ones. */
	int64_t wanted = c.quota;
	for (size_t i = 0; parent && wanted > 0 && i < st->seats.n; i++) {
		struct seat *s = &st->seats.p[i];
		if (!str_eq(s->constituency, parent->code) || s->state != SEAT_VACANT)
			continue;
		s->constituency = c.code;
		wanted--;
	}
	for (; !parent && wanted > 0; wanted--) {
		int64_t number = (int64_t)st->seats.n + 1;
		*vec_push(g->arena, &st->seats) = (struct seat){
		    .number = number, .constituency = c.code, .delegation = STR_EMPTY};
	}
	*vec_push(g->arena, &st->constituencies) = c;
}

/* --- nominations --- */

static bool pending(const struct nomination *n)
{
	return n->state == NOMINATION_SUBMITTED || n->state == NOMINATION_ELIGIBLE;
}

static struct nomination *nomination_at(const struct group *g, int64_t number)
{
	struct members_state *st = members_in(g);
	bool there = number >= 1 && (size_t)number <= st->nominations.n;
	return there ? &st->nominations.p[number - 1] : NULL;
}

void members_match_nominations(struct group *g, str code)
{
	struct members_state *st = members_in(g);
	size_t next = 0;
	for (size_t i = 0; i < st->seats.n; i++) {
		struct seat *s = &st->seats.p[i];
		if (s->state > SEAT_NOMINATED || !str_eq(s->constituency, code))
			continue;
		while (next < st->nominations.n &&
		       !(pending(&st->nominations.p[next]) &&
		           str_eq(st->nominations.p[next].constituency, code)))
			next++;
		bool found = next < st->nominations.n;
		s->state = found ? SEAT_NOMINATED : SEAT_VACANT;
		s->nomination = found ? st->nominations.p[next++].number : 0;
	}
}

static bool has_parts(const struct group *g, str code)
{
	const struct members_state *st = members_in(g);
	for (size_t i = 0; i < st->constituencies.n; i++)
		if (str_eq(st->constituencies.p[i].parent, code))
			return true;
	return false;
}

/* Quotas are kept here: there are exactly as many seats as they say, and one delegation a seat. */
static enum rc check_open_seat(
    const struct group *g, const struct act *act, const struct constituency *c, struct err *err)
{
	if (seats_in_state(g, c->code, SEAT_NOMINATED) > 0)
		return OK;
	const char *field = "constituency";
	if (seats_in_state(g, c->code, SEAT_FILLED) == 0 && has_parts(g, c->code))
		return ERR(err, REFUSED, field,
		    "The {0} seats of {1} are spread over its parts; nominate for one of those.",
		    act_digits(act, c->quota), c->name);
	return ERR(err, REFUSED, field,
	    "All {0} seats of {1} are filled; a seat must be vacated before another member can be "
	    "nominated.",
	    act_digits(act, c->quota), c->name);
}

static enum rc check_delegation(
    const struct group *g, const struct act *act, str delegation, struct err *err)
{
	const struct members_state *st = members_in(g);
	const struct seat *held = members_seat_of_delegation(g, delegation);
	if (held)
		return ERR(err, REFUSED, "delegation",
		    "{0} has seat {1} already; a member has one seat.", delegation,
		    act_digits(act, held->number));
	for (size_t i = 0; i < st->nominations.n; i++)
		if (pending(&st->nominations.p[i]) &&
		    str_eq_nocase(st->nominations.p[i].delegation, delegation))
			return ERR(err, REFUSED, "delegation",
			    "{0} is nominated already (nomination {1}); withdraw that one first.",
			    delegation, act_digits(act, st->nominations.p[i].number));
	return OK;
}

enum rc members_decide_nominate(const struct group *g, struct act *act, struct err *err)
{
	str code = act_str(act, "constituency");
	const struct constituency *c = members_constituency(g, code);
	if (!c)
		return ERR(err, ABSENT, "constituency",
		    "There is no constituency with the code {0}; the page of the members lists "
		    "them.",
		    code);
	if (!(act->roles & ROLE_SECRETARIAT) &&
	    !people_holds(g, act->actor, PERSON_FOCAL_POINT, code))
		return ERR(err, DENIED, "constituency",
		    "You are not the focal point of {0}; its own focal point or the secretariat "
		    "nominates.",
		    c->name);
	TRY(check_delegation(g, act, act_str(act, "delegation"), err));
	TRY(check_open_seat(g, act, c, err));
	TRY(members_check_person(g, act, "person", err));
	TRY(members_check_free(g, act, 0, err));
	act_give_i64(act, "nomination", (int64_t)members_in(g)->nominations.n + 1);
	return OK;
}

void members_fold_nominate(struct group *g, const struct fact *f)
{
	struct nomination n = {
	    .number = fact_i64(f, "nomination"),
	    .constituency = arena_str(g->arena, fact_str(f, "constituency")),
	    .delegation = arena_str(g->arena, fact_str(f, "delegation")),
	    .person = fact_actor(f, "person"),
	    .by = f->actor,
	    .state = NOMINATION_SUBMITTED,
	    .seq = f->seq,
	};
	*vec_push(g->arena, &members_in(g)->nominations) = n;
	members_match_nominations(g, n.constituency);
}

static enum rc find_pending(
    const struct group *g, struct act *act, const struct nomination **out, struct err *err)
{
	int64_t number = act_i64(act, "nomination");
	const struct nomination *n = nomination_at(g, number);
	if (!n)
		return ERR(err, ABSENT, "nomination", "There is no nomination {0}.",
		    act_digits(act, number));
	static const char *const over[] = {
	    [NOMINATION_INELIGIBLE] =
	        "The nomination of {0} was found not eligible; a new one may be made.",
	    [NOMINATION_ENDORSED] = "The nomination of {0} is endorsed already.",
	    [NOMINATION_NOT_ENDORSED] =
	        "The nomination of {0} was not endorsed; a new one may be made.",
	    [NOMINATION_WITHDRAWN] = "The nomination of {0} was withdrawn; a new one may be made.",
	};
	if (!pending(n))
		return ERR(err, REFUSED, "nomination", over[n->state], n->delegation);
	act_ref(act, n->seq);
	*out = n;
	return OK;
}

/* The nomination is closed, or goes on, in this state. */
static void set_state(struct group *g, const struct fact *f, enum nomination_state state)
{
	struct nomination *n = nomination_at(g, fact_i64(f, "nomination"));
	if (!n)
		return;
	n->state = state;
	members_match_nominations(g, n->constituency);
}

enum rc members_decide_assess(const struct group *g, struct act *act, struct err *err)
{
	const struct nomination *n = NULL;
	TRY(find_pending(g, act, &n, err));
	bool eligible = str_is(act_str(act, "verdict"), "eligible");
	if (eligible && n->state == NOMINATION_ELIGIBLE)
		return ERR(err, REFUSED, "verdict", "The nomination of {0} is eligible already.",
		    n->delegation);
	if (!eligible && !act_has(act, "reason"))
		return ERR(err, INVALID, "reason",
		    "Say why the nomination is not eligible; the reason is published.");
	return OK;
}

void members_fold_assess(struct group *g, const struct fact *f)
{
	bool eligible = str_is(fact_str(f, "verdict"), "eligible");
	set_state(g, f, eligible ? NOMINATION_ELIGIBLE : NOMINATION_INELIGIBLE);
}

/* The seat that a nomination stands for; one that came late takes the last open one, and the
 * nomination that stood there waits in its turn. */
static struct seat *seat_for(const struct group *g, const struct nomination *n)
{
	struct members_state *st = members_in(g);
	struct seat *open = NULL;
	for (size_t i = 0; i < st->seats.n; i++) {
		struct seat *s = &st->seats.p[i];
		if (s->state > SEAT_NOMINATED || !str_eq(s->constituency, n->constituency))
			continue;
		if (s->nomination == n->number)
			return s;
		open = s;
	}
	return open;
}

enum rc members_decide_endorse(const struct group *g, struct act *act, struct err *err)
{
	const struct nomination *n = NULL;
	TRY(find_pending(g, act, &n, err));
	if (n->state != NOMINATION_ELIGIBLE)
		return ERR(err, REFUSED, "nomination",
		    "The secretariat has not yet said whether {0} is eligible; that comes first.",
		    n->delegation);
	const struct seat *s = seat_for(g, n);
	if (!s) {
		const struct constituency *c = members_constituency(g, n->constituency);
		return ERR(err, REFUSED, "nomination",
		    "All {0} seats of {1} are filled; a seat must be vacated before {2} can be "
		    "endorsed.",
		    act_digits(act, c->quota), c->name, n->delegation);
	}
	act_give_i64(act, "seat", s->number);
	return OK;
}

void members_fold_endorse(struct group *g, const struct fact *f)
{
	struct nomination *n = nomination_at(g, fact_i64(f, "nomination"));
	struct seat *s = seat_at(g, fact_i64(f, "seat"));
	if (!n || !s)
		return;
	n->state = NOMINATION_ENDORSED;
	s->state = SEAT_ENDORSED;
	s->delegation = n->delegation;
	s->nomination = n->number;
	s->seq = f->seq;
	members_match_nominations(g, n->constituency);
}

enum rc members_decide_decline(const struct group *g, struct act *act, struct err *err)
{
	const struct nomination *n = NULL;
	return find_pending(g, act, &n, err);
}

void members_fold_decline(struct group *g, const struct fact *f)
{
	set_state(g, f, NOMINATION_NOT_ENDORSED);
}

enum rc members_decide_withdraw(const struct group *g, struct act *act, struct err *err)
{
	const struct nomination *n = NULL;
	TRY(find_pending(g, act, &n, err));
	if (!(act->roles & ROLE_SECRETARIAT) && !actor_eq(n->by, act->actor))
		return ERR(err, DENIED, "nomination",
		    "You did not make this nomination; whoever did, or the secretariat, may "
		    "withdraw it.");
	return OK;
}

void members_fold_withdraw(struct group *g, const struct fact *f)
{
	set_state(g, f, NOMINATION_WITHDRAWN);
}
