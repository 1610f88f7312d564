/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The composition of the group: the story of the 42 seats, every refusal, and the invariants.
 *
 * long: the story is one, from the first seat to the last.
 */
#include "harness/t.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"
#include "rooms/people/people_try.h"
#include "members_view.sql.h"
#include "people_view.sql.h"

#include "base/poison.h"

#define SEC ROLE_SECRETARIAT

static enum rc constituency(struct trial *t, const char *code, const char *name, int64_t quota,
    const char *parent, const char *states)
{
	return trial_do(t, ACTOR_SYSTEM, SEC, "members.constituency", "code", code, "name", name,
	    "quota", trial_number(t, quota), "parent", parent, "route", "appointed", "states",
	    states, NULL);
}

/* The composition of the mandate: 22 States and four times 5 others. */
static void compose(struct trial *t)
{
	CHECK_EQ(constituency(t, "STATES", "Member States", 22, "", "1"), OK);
	CHECK_EQ(constituency(t, "PRIVATE", "Private sector", 5, "", ""), OK);
	CHECK_EQ(constituency(t, "CIVIL", "Civil society", 5, "", ""), OK);
	CHECK_EQ(constituency(t, "TECH", "Technical and academic communities", 5, "", ""), OK);
	CHECK_EQ(constituency(t, "IGO", "International organisations", 5, "", ""), OK);
}

static actor_id person(struct trial *t, const char *name)
{
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.add", "name", name, "representing", "X",
	             "kind", "delegate", NULL),
	    OK);
	return fact_actor(&t->fact, "person");
}

static enum rc nominate(struct trial *t, const char *code, const char *delegation)
{
	return trial_do(t, ACTOR_SYSTEM, SEC, "members.nominate", "constituency", code,
	    "delegation", delegation, NULL);
}

static enum rc on_nomination(struct trial *t, const char *command, int64_t number)
{
	return trial_do(t, ACTOR_SYSTEM, SEC, command, "nomination", trial_number(t, number), NULL);
}

static enum rc assess(struct trial *t, int64_t number, const char *verdict, const char *reason)
{
	return trial_do(t, ACTOR_SYSTEM, SEC, "members.assess", "nomination",
	    trial_number(t, number), "verdict", verdict, "reason", reason, NULL);
}

static enum rc on_seat(struct trial *t, const char *command, int64_t seat, actor_id who)
{
	return trial_do(t, ACTOR_SYSTEM, SEC, command, "seat", trial_number(t, seat), "person",
	    actor_is_none(who) ? "" : trial_id(t, who), NULL);
}

static enum rc assign(struct trial *t, int64_t seat, actor_id who, const char *role)
{
	return trial_do(t, ACTOR_SYSTEM, SEC, "members.assign", "seat", trial_number(t, seat),
	    "person", trial_id(t, who), "role", role, NULL);
}

static enum rc vacate(struct trial *t, int64_t seat)
{
	return trial_do(t, ACTOR_SYSTEM, SEC, "members.vacate", "seat", trial_number(t, seat),
	    "reason", "left the group", NULL);
}

/* From nomination to filled seat; its number. */
static int64_t seated(struct trial *t, const char *code, const char *delegation)
{
	if (nominate(t, code, delegation) != OK)
		return 0;
	int64_t n = fact_i64(&t->fact, "nomination");
	CHECK_EQ(assess(t, n, "eligible", ""), OK);
	CHECK_EQ(on_nomination(t, "members.endorse", n), OK);
	int64_t seat = fact_i64(&t->fact, "seat");
	CHECK_EQ(on_seat(t, "members.take_seat", seat, (actor_id){0}), OK);
	return seat;
}

TEST(members_42_seats_and_no_23rd_state)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	compose(t);
	struct members_counts n = members_counts(t->g);
	CHECK_EQ(n.seats, 42);
	CHECK_EQ(n.filled, 0);
	CHECK_EQ(members_in(t->g)->constituencies.n, 5);
	CHECK_EQ(members_seat(t->g, 42)->state, SEAT_VACANT);
	CHECK(!members_seat(t->g, 43));
	CHECK(!members_seat(t->g, 0));

	for (int i = 1; i <= 22; i++)
		CHECK_EQ(
		    seated(t, "STATES", arena_z(t->arena, arena_printf(t->arena, "State %d", i))),
		    i);
	CHECK_EQ(seated(t, "IGO", "World Body"), 38);
	n = members_counts(t->g);
	CHECK_EQ(n.member_states, 22);
	CHECK_EQ(n.other_members, 1);
	CHECK_EQ(n.filled, 23);

	CHECK_EQ(nominate(t, "STATES", "State 23"), REFUSED);
	CHECK_STR(trial_says(t), "All 22 seats of Member States are filled; a seat must be vacated "
	                         "before another member "
	                         "can be nominated.");
	CHECK_STR(str_of(t->err.field), "constituency");
	CHECK_EQ(vacate(t, 7), OK);
	CHECK_EQ(seated(t, "STATES", "State 23"), 7);
	CHECK_STR(members_seat(t->g, 7)->delegation, "State 23");
	CHECK_EQ(nominate(t, "STATES", "state 23"), REFUSED);
	CHECK_STR(trial_says(t), "state 23 has seat 7 already; a member has one seat.");
}

TEST(members_quotas_nest)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	compose(t);
	CHECK_EQ(constituency(t, "AFRICA", "African States", 12, "STATES", ""), OK);
	CHECK_EQ(constituency(t, "ASIA", "Asian States", 12, "STATES", ""), REFUSED);
	CHECK_STR(trial_says(t),
	    "Member States has 22 seats, of which 10 are not given to a part of it yet; the parts "
	    "can never have more seats than the whole.");
	CHECK_STR(str_of(t->err.field), "quota");
	CHECK_EQ(nominate(t, "STATES", "Elsewhere"), OK);
	CHECK_EQ(constituency(t, "ASIA", "Asian States", 10, "STATES", ""), REFUSED);
	CHECK_STR(trial_says(t),
	    "Only 9 seats of Member States are vacant; add its parts before nominations are made.");
	CHECK_EQ(on_nomination(t, "members.withdraw", 1), OK);
	CHECK_EQ(constituency(t, "ASIA", "Asian States", 10, "STATES", ""), OK);
	CHECK_EQ(nominate(t, "STATES", "Elsewhere"), REFUSED);
	CHECK_STR(trial_says(t),
	    "The 22 seats of Member States are spread over its parts; nominate for one of those.");
	CHECK_EQ(members_counts(t->g).seats, 42);
	CHECK_STR(members_seat(t->g, 12)->constituency, "AFRICA");
	CHECK_STR(members_seat(t->g, 13)->constituency, "ASIA");
	CHECK(members_within(t->g, S("ASIA"), S("STATES")));
	CHECK(!members_within(t->g, S("STATES"), S("ASIA")));
	CHECK_EQ(seated(t, "ASIA", "Nepal"), 13);
	CHECK_EQ(members_counts(t->g).member_states, 1);

	CHECK_EQ(constituency(t, "ASIA", "Again", 1, "", ""), REFUSED);
	CHECK_STR(trial_says(t),
	    "There is a constituency with the code ASIA already; choose another code.");
	CHECK_EQ(constituency(t, "A B", "Space", 1, "", ""), INVALID);
	CHECK_EQ(constituency(t, "SUB", "Of nothing", 1, "NONE", ""), ABSENT);
	CHECK_EQ(members_counts(t->g).seats, 42);
}

TEST(members_nominations_wait_in_turn)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	CHECK_EQ(constituency(t, "C", "Civil society", 1, "", ""), OK);
	CHECK_EQ(nominate(t, "C", "First"), OK);
	CHECK_EQ(nominate(t, "C", "Second"), OK);
	CHECK_EQ(nominate(t, "C", "Third"), OK);
	CHECK_EQ(members_seat(t->g, 1)->state, SEAT_NOMINATED);
	CHECK_EQ(members_seat(t->g, 1)->nomination, 1);
	CHECK_EQ(nominate(t, "C", "second"), REFUSED);
	CHECK_STR(
	    trial_says(t), "second is nominated already (nomination 2); withdraw that one first.");

	CHECK_EQ(assess(t, 1, "ineligible", ""), INVALID);
	CHECK_STR(str_of(t->err.field), "reason");
	CHECK_EQ(assess(t, 1, "ineligible", "Not an organisation of civil society."), OK);
	CHECK_EQ(members_seat(t->g, 1)->nomination, 2);
	CHECK_EQ(on_nomination(t, "members.endorse", 1), REFUSED);
	CHECK_STR(trial_says(t),
	    "The nomination of First was found not eligible; a new one may be made.");
	CHECK_EQ(on_nomination(t, "members.endorse", 2), REFUSED);
	CHECK_STR(trial_says(t),
	    "The secretariat has not yet said whether Second is eligible; that comes first.");
	CHECK_EQ(on_nomination(t, "members.endorse", 9), ABSENT);
	CHECK_STR(trial_says(t), "There is no nomination 9.");

	/* The last in turn may be chosen first; the seat is then gone for the others. */
	CHECK_EQ(assess(t, 2, "eligible", ""), OK);
	CHECK_EQ(assess(t, 2, "eligible", ""), REFUSED);
	CHECK_EQ(assess(t, 3, "eligible", ""), OK);
	CHECK_EQ(on_nomination(t, "members.endorse", 3), OK);
	CHECK_STR(members_seat(t->g, 1)->delegation, "Third");
	CHECK_EQ(on_nomination(t, "members.endorse", 2), REFUSED);
	CHECK_STR(trial_says(t),
	    "All 1 seats of Civil society are filled; a seat must be vacated before Second can be "
	    "endorsed.");
	CHECK_EQ(vacate(t, 1), OK);
	CHECK_EQ(members_seat(t->g, 1)->nomination, 2);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.decline", "nomination", "2", "reason",
	             "Another was chosen.", NULL),
	    OK);
	CHECK_EQ(members_seat(t->g, 1)->state, SEAT_VACANT);
	CHECK_EQ(on_nomination(t, "members.withdraw", 2), REFUSED);
}

TEST(members_focal_points_nominate_for_their_own)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	compose(t);
	CHECK_EQ(constituency(t, "AFRICA", "African States", 6, "STATES", ""), OK);
	actor_id ann = person(t, "Ann");
	actor_id ben = person(t, "Ben");
	actor_id both[] = {ann, ben};
	static const char *const codes[] = {"STATES", "CIVIL"};
	for (size_t i = 0; i < 2; i++)
		CHECK_EQ(
		    trial_do(t, ACTOR_SYSTEM, 0, "people.appoint", "person", trial_id(t, both[i]),
		        "office", "focal_point", "constituency", codes[i], NULL),
		    OK);

	CHECK_EQ(trial_do(t, ann, 0, "members.nominate", "constituency", "AFRICA", "delegation",
	             "Kenya", NULL),
	    OK);
	CHECK_EQ(trial_do(t, ben, 0, "members.nominate", "constituency", "AFRICA", "delegation",
	             "Ghana", NULL),
	    DENIED);
	CHECK_STR(trial_says(t),
	    "You are not the focal point of African States; its own focal point or the secretariat "
	    "nominates.");
	CHECK_EQ(trial_do(t, ben, 0, "members.withdraw", "nomination", "1", NULL), DENIED);
	CHECK_EQ(trial_do(t, ann, 0, "members.withdraw", "nomination", "1", NULL), OK);
}

TEST(members_representatives_of_a_seat)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	compose(t);
	actor_id ann = person(t, "Ann");
	actor_id ben = person(t, "Ben");
	CHECK_EQ(assign(t, 1, ann, "head"), REFUSED);
	CHECK_STR(trial_says(t),
	    "Seat 1 is vacant; a nomination must be endorsed before anyone can represent it.");
	CHECK_EQ(on_seat(t, "members.take_seat", 1, ann), REFUSED);
	CHECK_STR(
	    trial_says(t), "Nobody is endorsed for seat 1; a nomination must be endorsed first.");
	CHECK_EQ(on_seat(t, "members.take_seat", 99, ann), ABSENT);
	CHECK_STR(trial_says(t), "There is no seat 99; the group has 42.");
	CHECK_EQ(seated(t, "STATES", "Kenya"), 1);
	CHECK_EQ(seated(t, "STATES", "Peru"), 2);
	CHECK_EQ(on_seat(t, "members.take_seat", 1, ann), REFUSED);
	CHECK_STR(trial_says(t), "Kenya has taken seat 1 already.");

	CHECK_EQ(assign(t, 1, ann, "head"), OK);
	CHECK(group_roles(t->g, ann) & ROLE_MEMBER);
	CHECK_EQ(assign(t, 2, ann, "adviser"), REFUSED);
	CHECK_STR(trial_says(t), "Ann represents seat 1 (Kenya) already; end that service first, "
	                         "because a person speaks "
	                         "for one seat at a time.");
	CHECK_EQ(assign(t, 1, ann, "head"), REFUSED);
	CHECK_STR(trial_says(t), "Ann represents Kenya in this role already.");

	/* A new head replaces the former. */
	CHECK_EQ(assign(t, 1, ben, "head"), OK);
	CHECK(!(group_roles(t->g, ann) & ROLE_MEMBER));
	enum seat_role role = SEAT_ADVISER;
	CHECK(members_seat_of(t->g, ben, &role) == members_seat(t->g, 1));
	CHECK_EQ(role, SEAT_HEAD);
	CHECK_EQ(assign(t, 1, ann, "alternate"), OK);
	CHECK_EQ(members_seat(t->g, 1)->representatives.n, 2);
	CHECK_EQ(on_seat(t, "members.unassign", 1, ben), OK);
	CHECK_EQ(on_seat(t, "members.unassign", 1, ben), REFUSED);
	CHECK_STR(trial_says(t), "Ben does not represent seat 1.");

	CHECK_EQ(vacate(t, 1), OK);
	CHECK(!members_seat_of(t->g, ann, NULL));
	CHECK_EQ(vacate(t, 1), REFUSED);
	CHECK_STR(trial_says(t), "Seat 1 is vacant already.");
}

TEST(members_nominee_becomes_the_head)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	compose(t);
	actor_id ann = person(t, "Ann");
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.nominate", "constituency", "TECH",
	             "delegation", "Institute", "person", trial_id(t, ann), NULL),
	    OK);
	CHECK_EQ(assess(t, 1, "eligible", ""), OK);
	CHECK_EQ(on_nomination(t, "members.endorse", 1), OK);
	int64_t seat = fact_i64(&t->fact, "seat");
	CHECK(!(group_roles(t->g, ann) & ROLE_MEMBER));
	CHECK_EQ(on_seat(t, "members.take_seat", seat, (actor_id){0}), OK);
	CHECK(group_roles(t->g, ann) & ROLE_MEMBER);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.nominate", "constituency", "TECH",
	             "delegation", "Other", "person", trial_id(t, ann), NULL),
	    REFUSED);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.nominate", "constituency", "TECH",
	             "delegation", "Other", "person", trial_id(t, (actor_id){.b = {3}}), NULL),
	    ABSENT);
}

TEST(members_one_chair)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	actor_id ann = person(t, "Ann");
	actor_id ben = person(t, "Ben");
	const char *who[] = {trial_id(t, ann), trial_id(t, ben)};
	CHECK(actor_is_none(members_chair(t->g)));
	CHECK_EQ(members_roles(t->g, (actor_id){0}), 0);

	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.elect", "person", who[0], "office",
	             "chair", NULL),
	    REFUSED);
	CHECK_STR(
	    trial_says(t), "Ann is no candidate for this office; record the candidature first.");
	for (size_t i = 0; i < 2; i++)
		CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.candidate", "person", who[i],
		             "office", "chair", NULL),
		    OK);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.candidate", "person", who[0], "office",
	             "chair", NULL),
	    REFUSED);
	CHECK_STR(trial_says(t), "Ann is a candidate for this office already.");
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.elect", "person", who[0], "office",
	             "chair", NULL),
	    OK);
	CHECK(actor_eq(members_chair(t->g), ann));
	CHECK_EQ(group_roles(t->g, ann), ROLE_PUBLIC | ROLE_PARTICIPANT | ROLE_CHAIR);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.elect", "person", who[1], "office",
	             "chair", NULL),
	    REFUSED);
	CHECK_STR(
	    trial_says(t), "Ann is Chair; that office must end before another Chair is elected.");
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.end_office", "person", who[0], "office",
	             "chair", NULL),
	    OK);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.elect", "person", who[1], "office",
	             "chair", NULL),
	    OK);
	CHECK(actor_eq(members_chair(t->g), ben));
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.end_office", "person", who[0], "office",
	             "chair", NULL),
	    REFUSED);

	/* The Chair endorses; a participant does not. */
	CHECK_EQ(constituency(t, "C", "C", 1, "", ""), OK);
	CHECK_EQ(nominate(t, "C", "Org"), OK);
	CHECK_EQ(assess(t, 1, "eligible", ""), OK);
	CHECK_EQ(trial_do(t, ann, 0, "members.endorse", "nomination", "1", NULL), DENIED);
	CHECK_EQ(trial_do(t, ben, 0, "members.endorse", "nomination", "1", NULL), OK);
}

TEST(members_observers)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	compose(t);
	actor_id ann = person(t, "Ann");
	CHECK_EQ(seated(t, "STATES", "Kenya"), 1);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.accredit", "organisation", "Kenya",
	             "category", "State", NULL),
	    REFUSED);
	CHECK_STR(trial_says(t), "Kenya is a member (seat 1) and needs no accreditation.");
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.accredit", "organisation", "Institute",
	             "category", "academic", "person", trial_id(t, ann), NULL),
	    OK);
	CHECK_EQ(fact_i64(&t->fact, "observer"), 1);
	CHECK(group_roles(t->g, ann) & ROLE_OBSERVER);
	CHECK_EQ(members_counts(t->g).observers, 1);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.accredit", "organisation", "Other",
	             "category", "academic", "person", trial_id(t, ann), NULL),
	    REFUSED);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.end_accreditation", "observer", "1",
	             "reason", "asked for it", NULL),
	    OK);
	CHECK(!(group_roles(t->g, ann) & ROLE_OBSERVER));
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.end_accreditation", "observer", "1",
	             "reason", "again", NULL),
	    REFUSED);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, SEC, "members.end_accreditation", "observer", "2",
	             "reason", "none", NULL),
	    ABSENT);
}

/* --- the invariants, over random acts --- */

#define PERSONS 16
#define CODES   7

struct play {
	struct trial *t;
	struct t_rand r;
	actor_id person[PERSONS];
};

static const char *const play_codes[CODES] = {"A", "B", "C", "A1", "A2", "A11", "A12"};
static const char *const play_parents[CODES] = {"", "", "", "A", "A", "A1", "A1"};

static const char *one_of(struct play *p, const char *a, const char *b, const char *c)
{
	const char *const all[] = {a, b, c};
	return all[t_rand_below(&p->r, 3)];
}

/* Mostly a nomination in that state, so that walks get somewhere; now and then any number. */
static int64_t nomination_like(struct play *p, enum nomination_state state)
{
	const struct members_state *st = members_in(p->t->g);
	size_t any = t_rand_below(&p->r, st->nominations.n + 2);
	for (size_t i = 0; any % 4 && i < st->nominations.n; i++)
		if (st->nominations.p[i].state == state)
			return st->nominations.p[i].number;
	return (int64_t)any;
}

/* The same for seats, from a random one on. */
static int64_t seat_like(struct play *p, enum seat_state state)
{
	const struct members_state *st = members_in(p->t->g);
	size_t any = t_rand_below(&p->r, st->seats.n + 2);
	for (size_t i = 0; any % 4 && i < st->seats.n; i++) {
		const struct seat *s = &st->seats.p[(i + any) % st->seats.n];
		if (s->state == state)
			return s->number;
	}
	return (int64_t)any;
}

static enum rc random_nomination(struct play *p, actor_id who)
{
	struct trial *t = p->t;
	str delegation = arena_printf(t->arena, "D%zu", t_rand_below(&p->r, 30));
	return trial_do(t, ACTOR_SYSTEM, SEC, "members.nominate", "constituency",
	    play_codes[t_rand_below(&p->r, CODES)], "delegation", arena_z(t->arena, delegation),
	    "person", t_rand_below(&p->r, 2) ? trial_id(t, who) : "", NULL);
}

static enum rc random_act(struct play *p)
{
	struct trial *t = p->t;
	actor_id who = p->person[t_rand_below(&p->r, PERSONS)];
	size_t code = t_rand_below(&p->r, CODES);
	switch (t_rand_below(&p->r, 12)) {
	case 0:
		return constituency(t, play_codes[code], "N", 1 + (int64_t)t_rand_below(&p->r, 6),
		    play_parents[code], "");
	case 1:
	case 2:
		return random_nomination(p, who);
	case 3:
		return assess(t, nomination_like(p, NOMINATION_SUBMITTED),
		    one_of(p, "eligible", "eligible", "ineligible"), "r");
	case 4:
	case 5:
		return on_nomination(t,
		    one_of(p, "members.endorse", "members.endorse", "members.withdraw"),
		    nomination_like(p, NOMINATION_ELIGIBLE));
	case 6:
	case 7:
		return on_seat(t, "members.take_seat", seat_like(p, SEAT_ENDORSED),
		    t_rand_below(&p->r, 2) ? who : (actor_id){0});
	case 8:
	case 9:
		return assign(
		    t, seat_like(p, SEAT_FILLED), who, one_of(p, "head", "alternate", "adviser"));
	case 10:
		return on_seat(t, "members.unassign", seat_like(p, SEAT_FILLED), who);
	default:
		/* Rarely, or the group would never fill. */
		if (t_rand_below(&p->r, 4))
			return random_nomination(p, who);
		return vacate(t, seat_like(p, SEAT_FILLED));
	}
}

/* At every level of the nesting: the seats inside are as many as the quota, so those that are
 * filled cannot be more. */
static void check_quotas(const struct group *g)
{
	const struct members_state *st = members_in(g);
	int64_t outer = 0;
	for (size_t i = 0; i < st->constituencies.n; i++) {
		const struct constituency *c = &st->constituencies.p[i];
		int64_t inside = 0, filled = 0;
		for (size_t k = 0; k < st->seats.n; k++) {
			if (!members_within(g, st->seats.p[k].constituency, c->code))
				continue;
			inside++;
			filled += st->seats.p[k].state == SEAT_FILLED;
		}
		CHECK_EQ(inside, c->quota);
		CHECK(filled <= c->quota);
		outer += c->parent.n ? 0 : c->quota;
	}
	CHECK_EQ((int64_t)st->seats.n, outer);
}

static void check_persons(struct play *p)
{
	const struct members_state *st = members_in(p->t->g);
	for (size_t i = 0; i < PERSONS; i++) {
		size_t heads = 0, any = 0;
		for (size_t k = 0; k < st->seats.n; k++) {
			const struct seat *s = &st->seats.p[k];
			for (size_t r = 0; r < s->representatives.n; r++) {
				bool is = actor_eq(s->representatives.p[r].person, p->person[i]);
				any += is;
				heads += is && s->representatives.p[r].role == SEAT_HEAD;
			}
		}
		CHECK(heads <= 1);
		CHECK(any <= 1);
	}
}

static void check_seats(const struct group *g)
{
	const struct members_state *st = members_in(g);
	for (size_t k = 0; k < st->seats.n; k++) {
		const struct seat *s = &st->seats.p[k];
		size_t heads = 0;
		for (size_t r = 0; r < s->representatives.n; r++)
			heads += s->representatives.p[r].role == SEAT_HEAD;
		CHECK(heads <= 1);
		CHECK_EQ(s->number, (int64_t)k + 1);
		CHECK_EQ(s->delegation.n > 0, s->state >= SEAT_ENDORSED);
		CHECK_EQ(s->nomination > 0, s->state != SEAT_VACANT);
		CHECK(s->state >= SEAT_ENDORSED || s->representatives.n == 0);
		/* One delegation, one seat. */
		for (size_t o = 0; o < k; o++)
			CHECK(
			    !s->delegation.n || !str_eq(s->delegation, st->seats.p[o].delegation));
	}
}

/* The tables say what the state says: seats, who speaks for them, and the roles of everyone. */
static void check_views(struct play *p)
{
	struct trial *t = p->t;
	const struct members_state *st = members_in(t->g);
	struct members_seats_rows seats = {0};
	struct members_representatives_rows who = {0};
	struct people_roles_shown_rows roles = {0};
	size_t n = 0;
	NEED(members_seats(t->db, t->arena, 1, &seats, &t->err) == OK);
	NEED(members_representatives(t->db, t->arena, 1, 0, &who, &t->err) == OK);
	NEED(people_roles_shown(t->db, t->arena, 1, &roles, &t->err) == OK);
	NEED(seats.n == st->seats.n);
	for (size_t i = 0; i < seats.n; i++) {
		const struct seat *s = &st->seats.p[i];
		CHECK_STREQ(seats.p[i].constituency, s->constituency);
		CHECK_STREQ(seats.p[i].delegation, s->delegation);
		CHECK_EQ(seats.p[i].nomination, s->nomination);
		CHECK_EQ(str_is(seats.p[i].state, "filled"), s->state == SEAT_FILLED);
		CHECK_EQ(seats.p[i].since != INT64_MIN, s->state == SEAT_FILLED);
		n += s->representatives.n;
	}
	CHECK_EQ(who.n, n);
	for (size_t i = 0; i < who.n; i++) {
		actor_id id = {0};
		enum seat_role role = SEAT_ADVISER;
		NEED(actor_parse(who.p[i].person, &id));
		const struct seat *s = members_seat_of(t->g, id, &role);
		CHECK(s && s->number == who.p[i].seat);
		CHECK_EQ(str_is(who.p[i].role, "head"), role == SEAT_HEAD);
	}
	CHECK_EQ(roles.n, PERSONS);
	for (size_t i = 0; i < roles.n; i++) {
		actor_id id = {0};
		NEED(actor_parse(roles.p[i].person, &id));
		CHECK_EQ(roles.p[i].roles, group_roles(t->g, id));
	}
}

TEST(members_invariants_hold_whatever_is_done)
{
	size_t all = 0;
	int64_t filled = 0;
	for (uint64_t seed = 1; seed <= 40 && t_failures() == 0; seed++) {
		AUTO_TRIAL struct trial trial = trial_new(1);
		struct play p = {.t = &trial, .r = {seed}};
		for (size_t i = 0; i < PERSONS; i++)
			p.person[i] =
			    person(p.t, arena_z(trial.arena, arena_printf(trial.arena, "P%zu", i)));
		for (int i = 0; i < 600 && t_failures() == 0; i++) {
			bool done = random_act(&p) == OK;
			all += done;
			check_quotas(trial.g);
			check_persons(&p);
			check_seats(trial.g);
			if (done && i % 8 == 0)
				check_views(&p);
		}
		check_views(&p);
		filled += members_counts(trial.g).filled;
	}
	/* The walks must do something, not only be refused. */
	CHECK(all > 5000);
	CHECK(filled > 100);
}
