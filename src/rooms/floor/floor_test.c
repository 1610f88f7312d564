/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The rules of the floor: who gets it, why, and when a thing is decided.
 *
 * long: every refusal of the room, and the order under every policy, on one group.
 */
#include "rooms/floor/floor.h"

#include "t_rand.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 29 January 2018, 09:00 UTC. */
#define NOW ((usec)17560 * USEC_DAY + 9 * 3600 * USEC_SECOND)

#define SECRETARIAT(...) act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define CHAIRED(...)     act(t, CHAIR, ROLE_CHAIR, __VA_ARGS__, "meeting", "1", NULL)
#define OFFICED(...)     act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, "meeting", "1", NULL)
#define ASKS(who, ...)                                                                    \
	act(t, who, ROLE_MEMBER, "floor.request", "meeting", "1", "mode", "room", "kind", \
	    __VA_ARGS__, NULL)
/* Minutes go by. */
#define LATER(minutes) (t->now += (minutes)*60 * USEC_SECOND)

/* A meeting in session. */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	trial_states(t, "2");
	CHECK_EQ(SECRETARIAT("members.constituency", "code", "FIRMS", "name", "Firms", "quota", "2",
	             "route", "focal_point"),
	    OK);
	t->kenya = trial_seat(t, "STATES", "Kenya", "1");
	t->peru = trial_seat(t, "STATES", "Peru", "2");
	t->acme = trial_seat(t, "FIRMS", "Acme", "3");
	t->beta = trial_seat(t, "FIRMS", "Beta", "4");
	t->institute = trial_person(t, "A. Person", "Institute");
	CHECK_EQ(SECRETARIAT("members.accredit", "organisation", "Institute", "category", "NGO",
	             "person", trial_id(t, t->institute)),
	    OK);
	CHECK_EQ(
	    SECRETARIAT("meeting.announce", "title", "Fifth meeting", "place", "Geneva", "starts",
	        "2018-01-29", "ends", "2018-01-31", "zone", "Europe/Zurich", "publicity", "public"),
	    OK);
	CHECK_EQ(CHAIRED("meeting.open"), OK);
	return t;
}

static struct trial *with_list(const char *policy)
{
	struct trial *t = start();
	CHECK_EQ(CHAIRED("floor.open", "policy", policy, "budget", "10"), OK);
	return t;
}

/* "Kenya came, Peru came": the order, and why. */
static str queue(struct trial *t)
{
	struct buf b = buf_in(t->g->arena, 0);
	floor_order q = floor_queue(t->g, t->g->arena, floor_current(t->g, 1));
	for (size_t i = 0; i < q.n; i++) {
		buf_sep(&b, S(", "));
		buf_put(&b, floor_request_get(t->g, q.p[i].request)->party);
		buf_put(&b, S(" "));
		buf_put(&b, str_of(floor_why_word(q.p[i].why)));
	}
	return buf_str(&b);
}

static str step(const struct trial *t, int64_t request)
{
	return str_of(floor_state_word(floor_request_get(t->g, request)->state));
}

#define QUEUE(words)    CHECK_STR(queue(t), words)
#define STEP(n, word)   CHECK_STR(step(t, n), word)
#define SPEAKS(request) CHECK_EQ(floor_speaking(t->g, 1), request)

TEST(nothing_is_given_without_a_meeting_in_session_and_a_list)
{
	struct trial *t = start();
	SAYS(ASKS(t->kenya, "statement"), REFUSED,
	    "Meeting 1 has no list of speakers yet; the Chair opens one first.");
	SAYS(act(t, CHAIR, ROLE_CHAIR, "floor.open", "policy", "rotate", "meeting", "2", NULL),
	    ABSENT, "There is no meeting 2 in this group.");
	SAYS(CHAIRED("floor.open", "policy", "budget"), INVALID,
	    "Say how many minutes each constituency has, or choose another order.");
	SAYS(CHAIRED("floor.open", "policy", "rotate", "item", "4"), ABSENT,
	    "The agenda of meeting 1 has no item 4.");
	CHECK_EQ(CHAIRED("meeting.suspend"), OK);
	SAYS(CHAIRED("floor.open", "policy", "rotate"), REFUSED,
	    "Meeting 1 is not in session; the floor is given only while it is.");
	stop(t);
}

TEST(first_come_first_served)
{
	struct trial *t = with_list("first_come");
	SAYS(CHAIRED("floor.give"), REFUSED, "Nobody is on the list.");
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->peru, "reply"), OK);
	QUEUE("Peru reply, Acme came, Kenya came");
	SAYS(ASKS(t->acme, "statement"), REFUSED,
	    "Acme waits for the floor already, as request 1; withdraw that one first.");
	CHECK_EQ(CHAIRED("floor.give"), OK);
	SPEAKS(3);
	CHECK(!fact_bool(&t->fact, "overridden"));
	SAYS(CHAIRED("floor.give"), REFUSED, "Peru has the floor; end it first.");
	SAYS(CHAIRED("floor.end", "request", "1"), REFUSED,
	    "This request does not have the floor any more; Peru has.");
	LATER(2);
	CHECK_EQ(CHAIRED("floor.end", "request", "3"), OK);
	CHECK_EQ(fact_i64(&t->fact, "seconds"), 120);
	STEP(3, "done");
	SPEAKS(0);
	SAYS(CHAIRED("floor.end"), REFUSED, "Nobody has the floor.");
	stop(t);
}

TEST(states_first)
{
	struct trial *t = with_list("states_first");
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->beta, "statement"), OK);
	CHECK_EQ(ASKS(t->peru, "statement"), OK);
	QUEUE("Kenya state, Peru state, Acme after_states, Beta after_states");
	stop(t);
}

TEST(constituencies_in_turn)
{
	struct trial *t = with_list("rotate");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->peru, "statement"), OK);
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	CHECK_EQ(ASKS(t->beta, "statement"), OK);
	QUEUE("Kenya turn, Acme turn, Peru turn, Beta turn");
	CHECK_EQ(CHAIRED("floor.give"), OK);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	QUEUE("Acme turn, Peru turn, Beta turn");
	stop(t);
}

TEST(those_who_have_not_spoken_first)
{
	struct trial *t = with_list("new_first");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	QUEUE("Acme new, Kenya spoke");
	stop(t);
}

TEST(a_budget_of_time_for_each_constituency)
{
	struct trial *t = with_list("budget");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->peru, "statement"), OK);
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	QUEUE("Kenya time_left, Peru time_left, Acme time_left");
	CHECK_EQ(CHAIRED("floor.give"), OK);
	LATER(10);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	QUEUE("Acme time_left, Peru time_used");
	stop(t);
}

TEST(a_point_of_order_takes_nothing_of_the_time_of_its_constituency)
{
	struct trial *t = with_list("budget");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->peru, "statement"), OK);
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	LATER(4);
	CHECK_EQ(ASKS(t->peru, "point_of_order", "rule", "7"), OK);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	LATER(8);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	CHECK_EQ(fact_i64(&t->fact, "seconds"), 480);
	CHECK_EQ(CHAIRED("floor.resume"), OK);
	LATER(3);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	/* Kenya spoke seven minutes of ten: Peru of the same constituency has three. */
	QUEUE("Peru time_left, Acme time_left");
	CHECK_EQ(floor_list_get(t->g, 1)->times.p[0].used, 7 * 60 * USEC_SECOND);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	LATER(3);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	QUEUE("Acme time_left, Kenya time_used");
	stop(t);
}

TEST(observers_speak_after_members_with_the_rule_beside)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(act(t, t->institute, ROLE_OBSERVER, "floor.request", "meeting", "1", "mode",
	             "remote", "kind", "statement", NULL),
	    OK);
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	QUEUE("Kenya came, Institute observer");
	SAYS(act(t, t->institute, ROLE_OBSERVER, "floor.request", "meeting", "1", "mode", "room",
	         "kind", "point_of_order", "rule", "1", NULL),
	    REFUSED, "Only a seat raises a point of order; ask for a statement instead.");
	SAYS(act(t, t->institute, ROLE_OBSERVER, "floor.request", "meeting", "1", "mode", "room",
	         "kind", "right_of_reply", NULL),
	    REFUSED, "Only a seat has a right of reply; ask for a statement instead.");
	stop(t);
}

TEST(observers_are_silent_where_the_methods_of_work_say_so)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(SECRETARIAT("methods.draft", "title", "Methods", "text", "Members speak.",
	             "preset", "un_consensus", "observers_speak", "silent"),
	    OK);
	CHECK_EQ(act(t, CHAIR, ROLE_CHAIR, "methods.adopt", "number", "1", NULL), OK);
	SAYS(act(t, t->institute, ROLE_OBSERVER, "floor.request", "meeting", "1", "mode", "room",
	         "kind", "statement", NULL),
	    REFUSED,
	    "By the methods of work observers do not take the floor; send a written statement to "
	    "the secretariat.");
	stop(t);
}

TEST(a_point_of_order_interrupts_and_the_speaker_goes_on)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	LATER(1);
	SAYS(ASKS(t->acme, "point_of_order"), INVALID,
	    "Name the rule of the methods of work on which the point of order rests.");
	CHECK_EQ(ASKS(t->acme, "point_of_order", "rule", "7"), OK);
	SAYS(ASKS(t->peru, "point_of_order", "rule", "8"), REFUSED,
	    "The point of order of Acme comes first; raise yours when it is settled.");
	QUEUE("Acme point_of_order");
	CHECK_EQ(CHAIRED("floor.give"), OK);
	CHECK_EQ(fact_i64(&t->fact, "interrupted"), 1);
	CHECK_EQ(fact_i64(&t->fact, "seconds"), 60);
	STEP(1, "paused");
	SPEAKS(2);
	SAYS(CHAIRED("floor.resume"), REFUSED, "Acme has the floor; end it first.");
	SAYS(ASKS(t->peru, "question"), OK, "");
	SAYS(CHAIRED("floor.give"), REFUSED,
	    "The point of order of Acme is not interrupted; end it first.");
	CHECK_EQ(CHAIRED("floor.end"), OK);
	CHECK_EQ(CHAIRED("floor.resume"), OK);
	SPEAKS(1);
	LATER(2);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	CHECK_EQ(fact_i64(&t->fact, "seconds"), 180);
	SAYS(CHAIRED("floor.resume"), REFUSED, "Nobody was interrupted.");
	stop(t);
}

TEST(a_question_is_put_to_whoever_speaks)
{
	struct trial *t = with_list("first_come");
	SAYS(ASKS(t->peru, "question"), REFUSED,
	    "A question is put to whoever speaks, and nobody does; ask for a reply or a "
	    "statement.");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	CHECK_EQ(ASKS(t->peru, "question"), OK);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	SPEAKS(2);
	STEP(1, "paused");
	stop(t);
}

TEST(two_rights_of_reply_at_the_end_ten_minutes_then_five)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(ASKS(t->kenya, "right_of_reply"), OK);
	CHECK_EQ(fact_i64(&t->fact, "minutes"), 10);
	CHECK_EQ(ASKS(t->peru, "statement"), OK);
	QUEUE("Peru came, Kenya right_of_reply");
	CHECK_EQ(CHAIRED("floor.skip", "request", "2"), OK);
	STEP(2, "not_present");
	CHECK_EQ(CHAIRED("floor.give"), OK);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	CHECK_EQ(ASKS(t->kenya, "right_of_reply"), OK);
	CHECK_EQ(fact_i64(&t->fact, "minutes"), 5);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	SAYS(ASKS(t->kenya, "right_of_reply"), REFUSED,
	    "Kenya has had all of its rights of reply on this list.");
	stop(t);
}

TEST(rights_of_reply_are_as_the_methods_of_work_have_them)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(SECRETARIAT("methods.draft", "title", "Methods", "text", "One reply.", "preset",
	             "un_consensus", "rights_of_reply", "1", "reply_minutes", "3"),
	    OK);
	CHECK_EQ(act(t, CHAIR, ROLE_CHAIR, "methods.adopt", "number", "1", NULL), OK);
	CHECK_EQ(ASKS(t->kenya, "right_of_reply"), OK);
	CHECK_EQ(fact_i64(&t->fact, "minutes"), 3);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	SAYS(ASKS(t->kenya, "right_of_reply"), REFUSED,
	    "Kenya has had all of its rights of reply on this list.");
	CHECK_EQ(SECRETARIAT("methods.draft", "title", "Methods", "text", "No reply.", "preset",
	             "un_consensus", "rights_of_reply", "0"),
	    OK);
	CHECK_EQ(act(t, CHAIR, ROLE_CHAIR, "methods.adopt", "number", "2", NULL), OK);
	SAYS(ASKS(t->peru, "right_of_reply"), REFUSED,
	    "By the methods of work there is no right of reply; ask for a statement instead.");
	stop(t);
}

TEST(a_closed_list_has_a_waiting_list)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(CHAIRED("floor.close"), OK);
	SAYS(CHAIRED("floor.close"), REFUSED, "List 1 is closed already.");
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	CHECK_STR(fact_str(&t->fact, "place"), "waiting_list");
	CHECK_EQ(ASKS(t->beta, "statement"), OK);
	CHECK_EQ(ASKS(t->peru, "right_of_reply"), OK);
	STEP(2, "requested");
	QUEUE("Kenya came, Peru right_of_reply");
	CHECK_EQ(CHAIRED("floor.admit", "request", "2"), OK);
	SAYS(CHAIRED("floor.admit", "request", "2"), REFUSED, "Acme is not on the waiting list.");
	QUEUE("Kenya came, Acme came, Peru right_of_reply");
	/* Whoever was not heard is on the next list. */
	CHECK_EQ(CHAIRED("floor.open", "policy", "rotate"), OK);
	QUEUE("Kenya turn, Acme turn, Beta turn, Peru right_of_reply");
	SAYS(CHAIRED("floor.open", "policy", "rotate"), REFUSED,
	    "List 2 of this meeting is open; close it before a new one is opened.");
	stop(t);
}

TEST(the_order_is_changed_with_a_reason)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	SAYS(CHAIRED("floor.give", "request", "2"), INVALID,
	    "Kenya comes next; give the reason for changing the order.");
	SAYS(CHAIRED("floor.give", "request", "9"), ABSENT,
	    "There is no request 9 for the floor in meeting 1.");
	CHECK_EQ(CHAIRED("floor.give", "request", "2", "reason", "Must leave."), OK);
	CHECK(fact_bool(&t->fact, "overridden"));
	CHECK_EQ(fact_i64(&t->fact, "next"), 1);
	SPEAKS(2);
	QUEUE("Kenya came");
	SAYS(CHAIRED("floor.skip", "request", "2"), REFUSED,
	    "Acme does not wait for the floor with this request any more.");
	stop(t);
}

TEST(whoever_is_called_speaks_next)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	CHECK_EQ(CHAIRED("floor.call"), OK);
	STEP(1, "called");
	SAYS(CHAIRED("floor.call"), REFUSED,
	    "Kenya was called and speaks next; give the floor, or pass over whoever is not "
	    "present.");
	SAYS(CHAIRED("floor.give", "request", "2"), INVALID,
	    "Kenya comes next; give the reason for changing the order.");
	CHECK_EQ(CHAIRED("floor.skip"), OK);
	STEP(1, "not_present");
	CHECK_EQ(CHAIRED("floor.give"), OK);
	SPEAKS(2);
	stop(t);
}

TEST(who_has_no_account_is_entered)
{
	struct trial *t = with_list("first_come");
	actor_id guest = trial_person(t, "A. Person", "World Meteorological Office");
	SAYS(OFFICED("floor.enter", "kind", "statement", "mode", "room"), INVALID,
	    "Say who asks for the floor: a person, or a seat.");
	SAYS(act(t, guest, ROLE_MEMBER, "floor.request", "meeting", "1", "mode", "room", "kind",
	         "statement", NULL),
	    REFUSED, "You speak for no seat and no observer; ask the secretariat to enter you.");
	CHECK_EQ(OFFICED("floor.enter", "kind", "statement", "mode", "room", "person",
	             trial_id(t, guest)),
	    OK);
	CHECK_EQ(OFFICED("floor.enter", "kind", "statement", "mode", "remote", "seat", "2"), OK);
	SAYS(OFFICED("floor.enter", "kind", "statement", "mode", "room", "seat", "9"), ABSENT,
	    "There is no delegation in seat 9 of this group.");
	QUEUE("World Meteorological Office came, Peru came");
	stop(t);
}

TEST(a_request_is_withdrawn_by_its_own_people_or_removed_with_a_reason)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	CHECK_EQ(ASKS(t->acme, "statement"), OK);
	SAYS(act(t, t->acme, ROLE_MEMBER, "floor.withdraw", "meeting", "1", "request", "1", NULL),
	    DENIED,
	    "This request belongs to Kenya; only its own people or the secretariat withdraw it.");
	CHECK_EQ(
	    act(t, t->kenya, ROLE_MEMBER, "floor.withdraw", "meeting", "1", "request", "1", NULL),
	    OK);
	STEP(1, "withdrawn");
	CHECK_EQ(CHAIRED("floor.remove", "request", "2", "reason", "Entered twice."), OK);
	STEP(2, "removed");
	SAYS(CHAIRED("floor.remove", "request", "2", "reason", "Again."), REFUSED,
	    "Acme does not wait for the floor with this request any more.");
	QUEUE("");
	stop(t);
}

/* --- decisions --- */

TEST(what_is_put_is_decided_after_a_pause)
{
	struct trial *t = start();
	CHECK_EQ(CHAIRED("floor.put_decision", "text", "abc"), OK);
	CHECK_STR(fact_str(&t->fact, "hash"),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	SAYS(CHAIRED("floor.put_decision", "text", "abd"), REFUSED,
	    "Decision 1 was put and is not settled; settle it, or take it back, first.");
	SAYS(CHAIRED("floor.decide", "put", "1"), REFUSED,
	    "Leave at least 3 seconds for an objection, then decide.");
	t->now += 3 * USEC_SECOND;
	SAYS(CHAIRED("floor.decide", "put", "2"), ABSENT,
	    "Nothing was put as decision 2 in meeting 1.");
	CHECK_EQ(CHAIRED("floor.decide", "put", "1"), OK);
	SAYS(CHAIRED("floor.decide", "put", "1"), REFUSED, "1 is decided already.");
	SAYS(act(t, t->kenya, ROLE_MEMBER, "floor.object", "meeting", "1", "put", "1", NULL),
	    REFUSED, "1 is decided already.");
	stop(t);
}

TEST(one_objection_and_it_is_not_decided)
{
	struct trial *t = start();
	CHECK_EQ(CHAIRED("floor.put_decision", "text", "abc"), OK);
	CHECK_EQ(floor_open_put(t->g, 1), 1);
	SAYS(act(t, t->kenya, ROLE_MEMBER, "floor.object", "meeting", "1", "put", "1", "seat", "2",
	         NULL),
	    DENIED, "You do not belong to seat 2; name your own seat, or leave it empty.");
	SAYS(act(t, t->institute, ROLE_MEMBER, "floor.object", "meeting", "1", "put", "1", NULL),
	    ABSENT, "Say for which seat this is; only a seat objects.");
	CHECK_EQ(
	    act(t, t->kenya, ROLE_MEMBER, "floor.object", "meeting", "1", "put", "1", NULL), OK);
	SAYS(act(t, t->kenya, ROLE_MEMBER, "floor.object", "meeting", "1", "put", "1", NULL),
	    REFUSED, "Kenya has objected already.");
	CHECK_EQ(OFFICED("floor.object", "put", "1", "seat", "2"), OK);
	LATER(1);
	SAYS(CHAIRED("floor.decide", "put", "1"), REFUSED,
	    "There is an objection to 1; consult, and put a text again.");
	CHECK_EQ(floor_open_put(t->g, 1), 0);
	CHECK_EQ(CHAIRED("floor.put_decision", "text", "Another."), OK);
	CHECK_EQ(CHAIRED("floor.take_back", "put", "2", "reason", "Too early."), OK);
	SAYS(CHAIRED("floor.decide", "put", "2"), REFUSED, "2 was taken back; put a text again.");
	stop(t);
}

TEST(points_of_order_have_their_precedence)
{
	struct trial *t = with_list("first_come");
	CHECK_EQ(ASKS(t->kenya, "statement"), OK);
	SAYS(ASKS(t->acme, "statement", "category", "close_debate"), INVALID,
	    "Only a point of order suspends, adjourns or closes something; leave this empty, or "
	    "ask for a point of order.");
	CHECK_EQ(ASKS(t->peru, "point_of_order", "rule", "117", "category", "close_debate"), OK);
	SAYS(ASKS(t->acme, "point_of_order", "rule", "117", "category", "close_debate"), REFUSED,
	    "The point of order of Peru comes first; raise yours when it is settled.");
	CHECK_EQ(ASKS(t->acme, "point_of_order", "rule", "118", "category", "suspend_meeting"), OK);
	SAYS(ASKS(t->peru, "point_of_order", "rule", "116", "category", "adjourn_debate"), REFUSED,
	    "The point of order of Acme comes first; raise yours when it is settled.");
	/* What is said of none is the conduct of the proceedings, and comes before all. */
	CHECK_EQ(ASKS(t->beta, "point_of_order", "rule", "113"), OK);
	QUEUE("Beta point_of_order, Acme point_of_order, Peru point_of_order, Kenya came");
	CHECK_EQ(CHAIRED("floor.give"), OK);
	SAYS(ASKS(t->kenya, "point_of_order", "rule", "113", "category", "conduct"), REFUSED,
	    "The point of order of Beta comes first; raise yours when it is settled.");
	/* Nor is one cut in two by another. */
	CHECK_EQ(CHAIRED("floor.pause"), OK);
	SAYS(CHAIRED("floor.give"), REFUSED,
	    "The point of order of Beta waits to go on; let it go on or end it first.");
	CHECK_EQ(CHAIRED("floor.resume"), OK);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	/* A delegation that moved something may rise to another point before it. */
	CHECK_EQ(ASKS(t->peru, "point_of_order", "rule", "113", "category", "conduct"), OK);
	QUEUE("Peru point_of_order, Acme point_of_order, Peru point_of_order, Kenya came");
	stop(t);
}

TEST(a_right_of_reply_takes_nothing_of_the_time_of_its_constituency)
{
	struct trial *t = with_list("budget");
	CHECK_EQ(ASKS(t->kenya, "right_of_reply"), OK);
	CHECK_EQ(CHAIRED("floor.give"), OK);
	LATER(6);
	CHECK_EQ(CHAIRED("floor.end"), OK);
	CHECK_EQ(floor_list_get(t->g, 1)->times.p[0].used, 0);
	stop(t);
}

/* --- anything may happen --- */

static const char *const policies[] = {
    "first_come", "states_first", "rotate", "new_first", "budget"};
static const char *const kinds[] = {
    "statement", "reply", "question", "right_of_reply", "point_of_order"};

static const char *const categories[] = {
    "conduct", "suspend_meeting", "adjourn_meeting", "adjourn_debate", "close_debate"};

static const char *digits(struct trial *t, int64_t n)
{
	return arena_z(t->g->arena, arena_printf(t->g->arena, "%lld", (long long)n));
}

static void somebody_asks(struct trial *t, struct t_rand *r)
{
	actor_id who[] = {t->kenya, t->peru, t->acme, t->beta, t->institute};
	size_t i = t_rand_below(r, 5), kind = t_rand_below(r, 5);
	bool names = kind == 4 && t_rand_below(r, 3) > 0;
	(void)act(t, who[i], i < 4 ? ROLE_MEMBER : ROLE_OBSERVER, "floor.request", "meeting", "1",
	    "mode", "room", "kind", kinds[kind], "rule", "1", names ? "category" : NULL,
	    categories[t_rand_below(r, 5)], NULL);
}

static void something_happens(struct trial *t, struct t_rand *r)
{
	int64_t n = (int64_t)floor_in(t->g)->requests.n;
	const char *one = digits(t, 1 + (int64_t)t_rand_below(r, (size_t)n + 1));
	switch (t_rand_below(r, 20)) {
	case 0:
		(void)CHAIRED("floor.close");
		break;
	case 1:
		(void)CHAIRED("floor.open", "policy", policies[t_rand_below(r, 5)], "budget", "3");
		break;
	case 2:
		(void)CHAIRED("floor.give", "request", one, "reason", "So.");
		break;
	case 3:
		(void)CHAIRED("floor.skip", "request", one);
		break;
	case 4:
		(void)CHAIRED("floor.remove", "request", one, "reason", "So.");
		break;
	case 5:
		(void)OFFICED("floor.withdraw", "request", one);
		break;
	case 6:
		(void)CHAIRED("floor.pause");
		break;
	case 7:
		(void)CHAIRED("floor.resume");
		break;
	case 8:
		(void)CHAIRED("floor.call");
		break;
	case 9:
		(void)CHAIRED("floor.admit", "request", one);
		break;
	case 10:
	case 11:
		(void)CHAIRED("floor.end");
		break;
	case 12:
	case 13:
		(void)CHAIRED("floor.give");
		break;
	default:
		somebody_asks(t, r);
	}
	t->now += (usec)t_rand_below(r, 90 * USEC_SECOND);
}

/* How many of the waiting ones stand in the queue, and whether its order holds what is promised. */
static void check_order(struct trial *t, int64_t current)
{
	static const int ranks[] = {[FLOOR_POINT_OF_ORDER] = 0,
	    [FLOOR_QUESTION] = 1,
	    [FLOOR_REPLY] = 2,
	    [FLOOR_STATEMENT] = 2,
	    [FLOOR_RIGHT_OF_REPLY] = 3};
	const struct floor_state *s = floor_in(t->g);
	const struct floor_list *l = floor_list_get(t->g, current);
	floor_order q = floor_queue(t->g, t->g->arena, current);
	size_t on_list = 0;
	for (size_t i = 0; i < s->requests.n; i++) {
		on_list += s->requests.p[i].state == FLOOR_ON_LIST;
		/* Nobody is left behind on an older list. */
		if (s->requests.p[i].state <= FLOOR_CALLED)
			CHECK_EQ(s->requests.p[i].list, current);
	}
	CHECK_EQ(q.n, on_list);
	for (size_t i = 1; i < q.n; i++) {
		const struct floor_request *a = floor_request_get(t->g, q.p[i - 1].request);
		const struct floor_request *b = floor_request_get(t->g, q.p[i].request);
		CHECK(ranks[a->kind] <= ranks[b->kind]);
		/* One of each category waits. */
		if (a->kind == FLOOR_POINT_OF_ORDER && b->kind == FLOOR_POINT_OF_ORDER)
			CHECK(a->category < b->category);
		if (ranks[a->kind] != 2 || ranks[b->kind] != 2)
			continue;
		CHECK(a->is_observer <= b->is_observer);
		if (a->kind != b->kind || a->is_observer != b->is_observer)
			continue;
		if (l->policy == FLOOR_FIRST_COME)
			CHECK(q.p[i - 1].request < q.p[i].request);
		if (l->policy == FLOOR_STATES_FIRST)
			CHECK(a->is_state >= b->is_state);
		/* Nobody twice in a row while another constituency waits. */
		if (l->policy == FLOOR_ROTATE && str_eq(a->code, b->code))
			for (size_t k = i + 1; k < q.n; k++) {
				const struct floor_request *c =
				    floor_request_get(t->g, q.p[k].request);
				CHECK(c->kind != b->kind || c->is_observer ||
				      str_eq(c->code, b->code));
			}
	}
}

static void check_all(struct trial *t)
{
	const struct floor_state *s = floor_in(t->g);
	size_t speaking = 0, called = 0, points = 0;
	usec used = 0, counted = 0;
	for (size_t i = 0; i < s->requests.n; i++) {
		const struct floor_request *x = &s->requests.p[i];
		speaking += x->state == FLOOR_SPEAKING;
		called += x->state == FLOOR_CALLED;
		points += x->kind == FLOOR_POINT_OF_ORDER &&
		          (x->state == FLOOR_SPEAKING || x->state == FLOOR_PAUSED);
		if (floor_counts(floor_list_get(t->g, x->list), x))
			used += x->used;
	}
	for (size_t i = 0; i < s->lists.n; i++)
		for (size_t k = 0; k < s->lists.p[i].times.n; k++)
			counted += s->lists.p[i].times.p[k].used;
	CHECK(speaking <= 1);
	CHECK(called <= 1);
	CHECK(points <= 1);
	CHECK_EQ(used, counted);
	check_order(t, floor_current(t->g, 1));
}

TEST(whatever_happens_one_speaks_and_nobody_is_lost)
{
	struct t_rand r = {20180129};
	for (int run = 0; run < 200; run++) {
		struct trial *t = with_list(policies[run % 5]);
		size_t asked = 0;
		for (int i = 0; i < 120; i++) {
			something_happens(t, &r);
			check_all(t);
			CHECK(floor_in(t->g)->requests.n >= asked);
			asked = floor_in(t->g)->requests.n;
		}
		CHECK(asked > 5);
		stop(t);
	}
}
