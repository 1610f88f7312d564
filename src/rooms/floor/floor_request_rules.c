/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Coming on the list of speakers, and leaving it before one has spoken. */
#include "rooms/floor/floor_rules.h"

#include "base/must.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"
#include "rooms/methods/methods.h"
#include "rooms/people/people.h"

#include "base/poison.h"

/* --- who asks --- */

static void take_seat(const struct group *g, struct floor_request *x, const struct seat *s)
{
	const struct constituency *c = members_constituency(g, s->constituency);
	x->seat = s->number;
	x->party = s->delegation;
	x->code = s->constituency;
	x->is_state = c && c->states;
}

static const struct observer *observer_of(const struct group *g, actor_id who)
{
	const struct members_state *s = members_in(g);
	for (size_t i = 0; i < s->observers.n; i++)
		if (!s->observers.p[i].ended && actor_eq(s->observers.p[i].person, who))
			return &s->observers.p[i];
	return NULL;
}

/* Whom a person speaks for: a seat, an organisation that observes, or itself. */
static void take_person(const struct group *g, struct floor_request *x, actor_id who)
{
	const struct seat *seat = members_seat_of(g, who, NULL);
	const struct observer *o = observer_of(g, who);
	const struct person *person = people_person(g, who);
	x->person = who;
	if (seat && seat->delegation.n) {
		take_seat(g, x, seat);
	} else if (o) {
		x->party = o->organisation;
		x->is_observer = true;
	} else if (person) {
		x->party = person->representing;
	}
}

/* An officer enters a person, a seat, or a person who speaks for a seat. */
static enum rc who_enters(
    const struct group *g, struct act *act, struct floor_request *x, struct err *err)
{
	actor_id who = act_actor(act, "person");
	const struct seat *s = members_seat(g, act_i64(act, "seat"));
	if (!act_has(act, "person") && !act_has(act, "seat"))
		return ERR(
		    err, INVALID, "person", "Say who asks for the floor: a person, or a seat.");
	if (act_has(act, "person")) {
		if (!people_person(g, who))
			return ERR(err, ABSENT, "person",
			    "This person is not registered in the group; register the person "
			    "first.");
		take_person(g, x, who);
	}
	if (!act_has(act, "seat"))
		return OK;
	if (!s || !s->delegation.n)
		return ERR(err, ABSENT, "seat", "There is no delegation in seat {0} of this group.",
		    act_digits(act, act_i64(act, "seat")));
	x->is_observer = false;
	take_seat(g, x, s);
	return OK;
}

static enum rc who_asks(
    const struct group *g, struct act *act, struct floor_request *x, struct err *err)
{
	take_person(g, x, act->actor);
	if (!x->seat && !x->is_observer)
		return ERR(err, REFUSED, NULL,
		    "You speak for no seat and no observer; ask the secretariat to enter you.");
	if (x->is_observer && methods_now(g)->observers_speak == METHODS_OBSERVERS_SILENT)
		return ERR(err, REFUSED, NULL,
		    "By the methods of work observers do not take the floor; send a written "
		    "statement to the secretariat.");
	return OK;
}

/* --- what is asked --- */

static enum floor_kind kind_of(str word)
{
	for (enum floor_kind k = FLOOR_POINT_OF_ORDER; k <= FLOOR_STATEMENT; k++)
		if (str_is(word, floor_kind_word(k)))
			return k;
	must_fail("a kind of request for the floor", __FILE__, __LINE__);
}

/* Of older logs, and where nothing is said: any other point of order. */
static enum floor_category category_of(str word)
{
	for (enum floor_category c = FLOOR_CONDUCT; c <= FLOOR_CLOSE_DEBATE; c++)
		if (str_is(word, floor_category_word(c)))
			return c;
	return FLOOR_CONDUCT;
}

/*
 * One is heard at a time; one that takes precedence over those that wait is raised before they are.
 */
static bool comes_first(const struct floor_request *y, const struct floor_request *x)
{
	if (y->meeting != x->meeting || y->kind != FLOOR_POINT_OF_ORDER)
		return false;
	return y->state == FLOOR_SPEAKING || y->state == FLOOR_PAUSED ||
	       (floor_is_waiting(y) && y->category <= x->category);
}

static enum rc check_point(
    const struct group *g, const struct act *act, const struct floor_request *x, struct err *err)
{
	const struct floor_state *s = floor_in(g);
	if (!x->seat)
		return ERR(err, REFUSED, "kind",
		    "Only a seat raises a point of order; ask for a statement instead.");
	if (!act_has(act, "rule"))
		return ERR(err, INVALID, "rule",
		    "Name the rule of the methods of work on which the point of order rests.");
	for (size_t i = 0; i < s->requests.n; i++) {
		const struct floor_request *y = &s->requests.p[i];
		if (comes_first(y, x))
			return ERR(err, REFUSED, "kind",
			    "The point of order of {0} comes first; raise yours when it is "
			    "settled.",
			    y->party);
	}
	return OK;
}

/* How many rights of reply its seat has used or waits for, on this list. */
static int64_t rights(const struct group *g, const struct floor_request *x)
{
	const struct floor_state *s = floor_in(g);
	int64_t n = 0;
	for (size_t i = 0; i < s->requests.n; i++) {
		const struct floor_request *y = &s->requests.p[i];
		n += y->list == x->list && y->kind == FLOOR_RIGHT_OF_REPLY &&
		     floor_same_party(x, y) && y->state != FLOOR_WITHDRAWN &&
		     y->state != FLOOR_REMOVED;
	}
	return n;
}

static enum rc check_right(
    const struct group *g, const struct floor_request *x, int64_t *minutes, struct err *err)
{
	const struct methods_settings *m = methods_now(g);
	int64_t had = rights(g, x);
	if (!x->seat)
		return ERR(err, REFUSED, "kind",
		    "Only a seat has a right of reply; ask for a statement instead.");
	if (!m->rights_of_reply)
		return ERR(err, REFUSED, "kind",
		    "By the methods of work there is no right of reply; ask for a statement "
		    "instead.");
	if (had >= m->rights_of_reply)
		return ERR(err, REFUSED, "kind",
		    "{0} has had all of its rights of reply on this list.", x->party);
	*minutes = had ? m->second_reply_minutes : m->reply_minutes;
	return OK;
}

static enum rc check_kind(const struct group *g, const struct act *act, struct floor_request *x,
    int64_t *minutes, struct err *err)
{
	if (act_has(act, "category") && x->kind != FLOOR_POINT_OF_ORDER)
		return ERR(err, INVALID, "category",
		    "Only a point of order suspends, adjourns or closes something; leave this "
		    "empty, or ask for a point of order.");
	*minutes = floor_list_get(g, x->list)->minutes;
	switch (x->kind) {
	case FLOOR_POINT_OF_ORDER:
		return check_point(g, act, x, err);
	case FLOOR_RIGHT_OF_REPLY:
		return check_right(g, x, minutes, err);
	case FLOOR_QUESTION:
		if (!floor_speaking(g, x->meeting))
			return ERR(err, REFUSED, "kind",
			    "A question is put to whoever speaks, and nobody does; ask for a "
			    "reply or a statement.");
		return OK;
	case FLOOR_REPLY:
	case FLOOR_STATEMENT:
		return OK;
	}
	return OK;
}

/* One request of a kind at a time; of points of order check_point says which. */
static enum rc check_twice(
    const struct group *g, const struct act *act, const struct floor_request *x, struct err *err)
{
	const struct floor_state *s = floor_in(g);
	for (size_t i = 0; i < s->requests.n; i++) {
		const struct floor_request *y = &s->requests.p[i];
		if (y->meeting == x->meeting && y->kind == x->kind && floor_is_waiting(y) &&
		    y->kind != FLOOR_POINT_OF_ORDER && floor_same_party(x, y))
			return ERR(err, REFUSED, "kind",
			    "{0} waits for the floor already, as request {1}; withdraw that one "
			    "first.",
			    x->party, act_digits(act, (int64_t)i + 1));
	}
	return OK;
}

static enum rc check_item(const struct group *g, const struct act *act, struct err *err)
{
	const struct meeting *m = meeting_get(g, act_i64(act, "meeting"));
	int64_t item = act_i64(act, "item");
	if (item && item > (int64_t)m->items.n)
		return ERR(err, ABSENT, "item", "The agenda of meeting {0} has no item {1}.",
		    act_digits(act, act_i64(act, "meeting")), act_digits(act, item));
	return OK;
}

/* What is read beside the list while it is spoken. */
static enum rc check_statement(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m = meeting_get(g, act_i64(act, "meeting"));
	int64_t number = act_i64(act, "statement");
	if (!number)
		return OK;
	if (number > (int64_t)m->statements.n || m->statements.p[number - 1].withdrawn)
		return ERR(err, ABSENT, "statement",
		    "Written statement {0} is not listed at meeting {1}; list it first, or leave "
		    "this empty.",
		    act_digits(act, number), act_digits(act, act_i64(act, "meeting")));
	act_ref(act, m->statements.p[number - 1].seq);
	return OK;
}

/* Points of order and questions are heard whether the list is closed or not. */
static bool is_late(const struct floor_list *l, enum floor_kind k)
{
	return l->closed && (k == FLOOR_REPLY || k == FLOOR_STATEMENT);
}

static enum rc decide(const struct group *g, struct act *act,
    enum rc (*who)(const struct group *, struct act *, struct floor_request *, struct err *),
    struct err *err)
{
	struct floor_at at;
	struct floor_request x = {0};
	int64_t minutes;
	TRY(floor_need_list(g, act, &at, err));
	x.meeting = at.meeting;
	x.list = at.number;
	x.kind = kind_of(act_str(act, "kind"));
	x.category = category_of(act_str(act, "category"));
	TRY(who(g, act, &x, err));
	TRY(check_item(g, act, err));
	TRY(check_statement(g, act, err));
	TRY(check_twice(g, act, &x, err));
	TRY(check_kind(g, act, &x, &minutes, err));
	act_give_i64(act, "request", (int64_t)floor_in(g)->requests.n + 1);
	act_give_i64(act, "for_seat", x.seat);
	if (!actor_is_none(x.person))
		act_give_actor(act, "speaker", x.person);
	act_give_str(act, "party", x.party);
	act_give_str(act, "constituency", x.code);
	act_give_i64(act, "is_state", x.is_state);
	act_give_i64(act, "is_observer", x.is_observer);
	act_give_i64(act, "minutes", minutes);
	act_give_str(act, "place", is_late(at.list, x.kind) ? S("waiting_list") : S("list"));
	return OK;
}

enum rc floor_decide_request(const struct group *g, struct act *act, struct err *err)
{
	return decide(g, act, who_asks, err);
}

enum rc floor_decide_enter(const struct group *g, struct act *act, struct err *err)
{
	return decide(g, act, who_enters, err);
}

void floor_fold_request(struct group *g, const struct fact *f)
{
	bool late = str_is(fact_str(f, "place"), "waiting_list");
	*vec_push(g->arena, &floor_in(g)->requests) = (struct floor_request){
	    .list = fact_i64(f, "list"),
	    .meeting = fact_i64(f, "meeting"),
	    .person = fact_actor(f, "speaker"),
	    .seat = fact_i64(f, "for_seat"),
	    .party = arena_str(g->arena, fact_str(f, "party")),
	    .code = arena_str(g->arena, fact_str(f, "constituency")),
	    .is_state = fact_bool(f, "is_state"),
	    .is_observer = fact_bool(f, "is_observer"),
	    .remote = str_is(fact_str(f, "mode"), "remote"),
	    .kind = kind_of(fact_str(f, "kind")),
	    .category = category_of(fact_str(f, "category")),
	    .state = late ? FLOOR_REQUESTED : FLOOR_ON_LIST,
	    .minutes = fact_i64(f, "minutes"),
	    .seq = f->seq,
	    .state_seq = f->seq,
	};
}

/* --- leaving --- */

static enum rc need_waiting(const struct floor_request *x, struct err *err)
{
	if (!floor_is_waiting(x))
		return ERR(err, REFUSED, "request",
		    "{0} does not wait for the floor with this request any more.", x->party);
	return OK;
}

enum rc floor_decide_withdraw(const struct group *g, struct act *act, struct err *err)
{
	int64_t number;
	const struct floor_request *x;
	const struct seat *own = members_seat_of(g, act->actor, NULL);
	TRY(floor_need_request(g, act, &number, &x, err));
	bool same = x->seat ? own && own->number == x->seat : actor_eq(x->person, act->actor);
	if (!same && !(act->roles & ROLE_OFFICE))
		return ERR(err, DENIED, "request",
		    "This request belongs to {0}; only its own people or the secretariat withdraw "
		    "it.",
		    x->party);
	return need_waiting(x, err);
}

void floor_fold_withdraw(struct group *g, const struct fact *f)
{
	floor_set(g, fact_i64(f, "request"), FLOOR_WITHDRAWN, f);
}

enum rc floor_decide_remove(const struct group *g, struct act *act, struct err *err)
{
	int64_t number;
	const struct floor_request *x;
	TRY(floor_need_request(g, act, &number, &x, err));
	return need_waiting(x, err);
}

void floor_fold_remove(struct group *g, const struct fact *f)
{
	floor_set(g, fact_i64(f, "request"), FLOOR_REMOVED, f);
}
