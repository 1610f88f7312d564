/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Calls and contributions: every refusal, and what stays true whatever people do. */
#include "engine/testing.h"
#include "harness/t.h"
#include "rooms/call/call.h"
#include "rooms/call/call_rules.h"

#include <stdio.h>

#include "base/poison.h"

extern const struct room_commands call_commands;
extern const struct room_commands meeting_commands;

#define DAY(n) (when_from_civil((struct civil){2016, 10, 1, 12, 0, 0, 0}) + (n)*USEC_DAY)

static const actor_id SEC = {.b = {1}}, MEMBER = {.b = {2}}, OTHER = {.b = {3}};

/* The rooms of a test: every place is there, only this one has rules. */
struct trial {
	struct room v[ROOM_COUNT];
	struct rooms rooms;
	struct group *g;
	usec now;
	struct err err;
};

static void trial_start(struct trial *t)
{
	*t = (struct trial){0};
	t->v[ROOM_meeting] = (struct room){"meeting", &meeting_commands, NULL, NULL};
	t->v[ROOM_call] = (struct room){"call", &call_commands, NULL, NULL};
	t->rooms = (struct rooms){.v = t->v, .n = ROOM_COUNT};
	t->g = try_group(&t->rooms);
	t->now = DAY(0);
}

#define AS(who, roles, command, ...) \
	(err_clear(&t.err),          \
	    try_act(&t.rooms, t.g, command, who, roles, t.now, &t.err, __VA_ARGS__, NULL))
#define SECRETARIAT(command, ...) AS(SEC, ROLE_SECRETARIAT | ROLE_PARTICIPANT, command, __VA_ARGS__)
#define PUBLIC(command, ...)      AS(ACTOR_PUBLIC, 0, command, __VA_ARGS__)
#define SAYS(z)                   CHECK_STR(err_text(&t.err, t.g->arena), z)
#define BY(author)                                                                         \
	"author", author, "category", "academic", "lang", "es", "publish_wish", "publish", \
	    "email", author "@example.org"

static void draft_call(struct trial *tt, const char *audience, const char *late)
{
	struct trial t = *tt;
	CHECK_EQ(
	    SECRETARIAT("call.draft", "title", "Input to meeting 2", "audience", audience, "zone",
	        "Europe/Zurich", "deadline", "2016-12-07T23:59", "word_limit", "10", "late", late),
	    OK);
	CHECK_EQ(SECRETARIAT("call.question", "call", "1", "text", "What is it?"), OK);
	CHECK_EQ(SECRETARIAT("call.question", "call", "1", "text", "What can be done?"), OK);
	*tt = t;
}

static void open_call(struct trial *tt, const char *audience, const char *late)
{
	draft_call(tt, audience, late);
	struct trial t = *tt;
	CHECK_EQ(SECRETARIAT("call.open", "call", "1"), OK);
	*tt = t;
}

TEST(call_goes_from_draft_to_open)
{
	struct trial t;
	trial_start(&t);
	CHECK_EQ(SECRETARIAT("call.draft", "title", "X", "audience", "all", "zone", "UTC",
	             "deadline", "2016-09-30T12:00"),
	    REFUSED);
	SAYS("The deadline 2016-09-30 12:00 UTC has passed; choose a later one.");
	CHECK_EQ(SECRETARIAT("call.draft", "title", "X", "audience", "all", "zone", "UTC",
	             "deadline", "2016-12-07T12:00", "meeting", "2"),
	    ABSENT);
	SAYS("There is no meeting 2.");
	CHECK_EQ(SECRETARIAT("call.draft", "title", "X", "audience", "all", "zone", "Europe/Zurich",
	             "deadline", "2016-12-07T23:59"),
	    OK);
	CHECK_EQ(call_find(t.g, 1)->deadline,
	    when_from_civil((struct civil){2016, 12, 7, 22, 59, 0, 0}));
	CHECK_EQ(SECRETARIAT("call.open", "call", "2"), ABSENT);
	SAYS("There is no call 2.");
	CHECK_EQ(SECRETARIAT("call.open", "call", "1"), REFUSED);
	SAYS("Call 1 asks nothing yet; add a guiding question first.");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "text", "Words"), REFUSED);
	SAYS("Call 1 is not open yet.");
	for (int i = 0; i < CALL_QUESTIONS_MAX; i++)
		CHECK_EQ(SECRETARIAT("call.question", "call", "1", "text", "Why?"), OK);
	CHECK_EQ(SECRETARIAT("call.question", "call", "1", "text", "Why?"), REFUSED);
	SAYS("Call 1 has 4 questions, which is the most; draft a second call for more.");
	CHECK_EQ(SECRETARIAT("call.reopen", "call", "1", "deadline", "2016-12-09T00:00"), REFUSED);
	SAYS("Call 1 is not closed; extend its deadline instead.");
	CHECK_EQ(SECRETARIAT("call.close", "number", "1"), REFUSED);
	SAYS("Call 1 is not open, so it cannot be closed.");
	CHECK_EQ(SECRETARIAT("call.open", "call", "1"), OK);
	CHECK(call_is_open(t.g, 1));
	CHECK_EQ(SECRETARIAT("call.open", "call", "1"), REFUSED);
	SAYS("Call 1 is already open.");
	CHECK_EQ(SECRETARIAT("call.question", "call", "1", "text", "Why?"), REFUSED);
	SAYS("Call 1 is open, so its questions are fixed; draft a new call to ask others.");
	CHECK_EQ(AS(MEMBER, ROLE_MEMBER, "call.open", "call", "1"), DENIED);
	arena_free(t.g->arena);
}

TEST(call_opens_only_before_its_deadline)
{
	struct trial t;
	trial_start(&t);
	draft_call(&t, "all", "accept");
	t.now = DAY(90);
	CHECK_EQ(SECRETARIAT("call.open", "call", "1"), REFUSED);
	SAYS("The deadline of call 1, 2016-12-07 22:59 UTC, has passed; extend it before opening "
	     "the "
	     "call.");
	CHECK_EQ(SECRETARIAT("call.extend", "call", "1", "deadline", "2017-01-15T12:00"), OK);
	CHECK_EQ(SECRETARIAT("call.open", "call", "1"), OK);
	arena_free(t.g->arena);
}

TEST(call_deadline_moves_back_only)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "all", "accept");
	CHECK_EQ(SECRETARIAT("call.extend", "call", "1", "deadline", "2016-12-07T22:59"), REFUSED);
	SAYS("The deadline of call 1 is 2016-12-07 22:59 UTC; an extension must be later than "
	     "that.");
	CHECK_STR(str_of(t.err.field), "deadline");
	CHECK_EQ(SECRETARIAT("call.extend", "call", "1", "zone", "Asia/Tokyo", "deadline",
	             "2016-12-20T09:00"),
	    OK);
	CHECK_EQ(
	    call_find(t.g, 1)->deadline, when_from_civil((struct civil){2016, 12, 20, 0, 0, 0, 0}));
	CHECK_STR(call_find(t.g, 1)->zone, "Asia/Tokyo");
	CHECK_EQ(SECRETARIAT("call.close", "number", "1"), REFUSED);
	SAYS("Call 1 was announced to close at 2016-12-20 00:00 UTC; closing it earlier needs a "
	     "reason.");
	CHECK_EQ(SECRETARIAT("call.close", "number", "1", "reason", "The group ends."), OK);
	CHECK_EQ(SECRETARIAT("call.extend", "call", "1", "deadline", "2017-01-01T00:00"), REFUSED);
	SAYS("Call 1 is closed; reopen it with a new deadline instead.");
	CHECK_EQ(SECRETARIAT("call.open", "call", "1"), REFUSED);
	SAYS("Call 1 is closed; reopen it with a new deadline instead.");
	CHECK_EQ(SECRETARIAT("call.reopen", "call", "1", "deadline", "2016-09-01T00:00"), REFUSED);
	SAYS("The deadline 2016-09-01 00:00 UTC has passed; choose a later one.");
	CHECK_EQ(SECRETARIAT("call.reopen", "call", "1", "deadline", "2017-01-01T00:00"), OK);
	CHECK(call_find(t.g, 1)->reopened && call_is_open(t.g, 1));
	arena_free(t.g->arena);
}

TEST(call_closes_by_the_clock)
{
	struct trial t;
	usec at = 0;
	const char *name = NULL;
	int64_t number = 0;
	trial_start(&t);
	CHECK(!call_due(t.g, &at, &name, &number));
	open_call(&t, "all", "accept");
	NEED(call_due(t.g, &at, &name, &number));
	CHECK_EQ(at, call_find(t.g, 1)->deadline);
	CHECK_STR(str_of(name), "call.close");
	CHECK_EQ(number, 1);
	t.now = at - 1;
	CHECK_EQ(AS(ACTOR_SYSTEM, ROLE_SYSTEM, "call.close", "number", "1"), REFUSED);
	SAYS("The deadline of call 1 is 2016-12-07 22:59 UTC, which is still to come.");
	t.now = at;
	CHECK_EQ(AS(ACTOR_SYSTEM, ROLE_SYSTEM, "call.close", "number", "1"), OK);
	CHECK(!call_is_open(t.g, 1));
	CHECK(!call_due(t.g, &at, &name, &number));
	arena_free(t.g->arena);
}

TEST(contribution_marks_what_is_late)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "all", "accept");
	t.now = call_find(t.g, 1)->deadline;
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "answer2", "In time"), OK);
	t.now += 1000;
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ben"), "answer2", "Too late"), OK);
	CHECK_EQ(AS(ACTOR_SYSTEM, ROLE_SYSTEM, "call.close", "number", "1"), OK);
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("cy"), "answer2", "Too late"), OK);
	/* A letter that came in time is not late when it is entered late. */
	CHECK_EQ(SECRETARIAT("call.submit", "call", "1", BY("di"), "text", "A letter", "via",
	             "paper", "received", "2016-12-01T10:00"),
	    OK);
	CHECK_EQ(
	    SECRETARIAT("call.submit", "call", "1", BY("ed"), "text", "A letter", "via", "paper"),
	    OK);
	CHECK_EQ(contribution_total(t.g), 5);
	const bool late[] = {false, true, true, false, true};
	for (int64_t i = 0; i < 5; i++)
		CHECK_EQ(contribution_find(t.g, i + 1)->late, late[i]);
	CHECK_EQ(SECRETARIAT("call.submit", "call", "1", BY("ed"), "text", "A letter", "via",
	             "paper", "received", "2030-01-01T00:00"),
	    INVALID);
	SAYS("The time of receipt lies in the future.");
	arena_free(t.g->arena);
}

TEST(contribution_late_may_be_refused)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "all", "refuse");
	t.now = DAY(80);
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "text", "Late"), REFUSED);
	SAYS("Call 1 closed at 2016-12-07 22:59 UTC and takes no late contributions; please write "
	     "to "
	     "the secretariat.");
	CHECK_EQ(
	    SECRETARIAT("call.submit", "call", "1", BY("ana"), "text", "Late", "via", "mail"), OK);
	CHECK(contribution_find(t.g, 1)->late && contribution_find(t.g, 1)->on_behalf);
	arena_free(t.g->arena);
}

TEST(contribution_needs_content_within_the_limit)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "all", "accept");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana")), REFUSED);
	SAYS("Please answer a question, write a text or add a file.");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "answer3", "To nothing"), INVALID);
	SAYS("Call 1 has 2 questions; there is no question 3 to answer.");
	CHECK_STR(str_of(t.err.field), "answer3");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "answer1", "one two three four five",
	             "answer2", "six seven\n\neight nine ten eleven"),
	    REFUSED);
	SAYS("Your text has 11 words; the limit is 10 words for all answers together.");
	CHECK_STR(str_of(t.err.field), "answer2");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "answer1", "one two three four five",
	             "answer2", "six seven\n\neight nine ten"),
	    OK);
	CHECK_EQ(PUBLIC("call.submit", "call", "1", "author", "ana", "category", "academic", "lang",
	             "es", "publish_wish", "publish", "text", "No address"),
	    INVALID);
	SAYS("Please give an e-mail address for the receipt; it is never published.");
	CHECK_EQ(
	    PUBLIC("call.submit", "call", "1", BY("ana"), "text", "X", "via", "paper"), DENIED);
	SAYS("Only the secretariat enters what came by mail or on paper; leave this empty.");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "text", "X", "received",
	             "2016-10-01T00:00"),
	    INVALID);
	SAYS("A time of receipt is noted only for what came by mail or on paper.");
	arena_free(t.g->arena);
}

TEST(contribution_of_members_only)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "members", "accept");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ana"), "text", "X"), DENIED);
	SAYS("Call 1 asks the members of the group only; sign in if you are one.");
	CHECK_EQ(AS(OTHER, ROLE_OBSERVER | ROLE_PARTICIPANT, "call.submit", "call", "1", BY("ana"),
	             "text", "X"),
	    DENIED);
	CHECK_EQ(AS(MEMBER, ROLE_MEMBER | ROLE_PARTICIPANT, "call.submit", "call", "1", BY("ana"),
	             "text", "X"),
	    OK);
	arena_free(t.g->arena);
}

TEST(contribution_withheld_is_never_published)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "all", "accept");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", "author", "ana", "category", "academic", "lang",
	             "es", "publish_wish", "withhold", "email", "a@example.org", "text", "Secret"),
	    OK);
	for (int i = 0; i < 2; i++) {
		CHECK_EQ(SECRETARIAT("call.publish", "contribution", "1"), REFUSED);
		SAYS("The author of contribution 1 asked that it is not published; withhold it "
		     "instead.");
		CHECK(!contribution_is_public(t.g, 1));
		if (i == 0)
			CHECK_EQ(SECRETARIAT("call.withhold", "contribution", "1"), OK);
	}
	CHECK_EQ(contribution_count(t.g, CONTRIBUTION_WITHHELD), 1);

	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ben"), "text", "Open"), OK);
	CHECK_EQ(SECRETARIAT("call.withhold", "contribution", "2"), OK);
	CHECK_EQ(SECRETARIAT("call.publish", "contribution", "2"), REFUSED);
	SAYS("Contribution 2 no longer waits: it is withheld (entry 7 of the record).");

	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("cy"), "text", "Open"), OK);
	CHECK_EQ(SECRETARIAT("call.publish", "contribution", "3"), OK);
	CHECK_EQ(SECRETARIAT("call.withhold", "contribution", "3"), REFUSED);
	SAYS("Contribution 3 is already published; it can be withdrawn, or its text erased.");
	CHECK_EQ(SECRETARIAT("call.reject", "contribution", "3", "reason", "No"), REFUSED);
	CHECK_EQ(SECRETARIAT("call.publish", "contribution", "9"), ABSENT);
	SAYS("There is no contribution 9.");
	CHECK_EQ(PUBLIC("call.publish", "contribution", "3"), DENIED);
	arena_free(t.g->arena);
}

TEST(contribution_belongs_to_its_author)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "all", "accept");
	CHECK_EQ(
	    AS(MEMBER, ROLE_PARTICIPANT, "call.submit", "call", "1", BY("ana"), "text", "X"), OK);
	CHECK_EQ(AS(OTHER, ROLE_PARTICIPANT, "call.withdraw", "contribution", "1"), DENIED);
	SAYS("Only the author of contribution 1 can do this; please write to the secretariat.");
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ben"), "text", "Y"), OK);
	CHECK_EQ(AS(ACTOR_PUBLIC, ROLE_ACCOUNT, "call.withdraw", "contribution", "2"), DENIED);
	CHECK_EQ(AS(MEMBER, ROLE_PARTICIPANT, "call.withdraw", "contribution", "1"), OK);
	CHECK_EQ(AS(MEMBER, ROLE_PARTICIPANT, "call.withdraw", "contribution", "1"), REFUSED);
	SAYS("Contribution 1 is withdrawn (entry 6 of the record), so this is not possible.");
	CHECK(!contribution_is_public(t.g, 1));
	CHECK_EQ(SECRETARIAT("call.publish", "contribution", "1"), REFUSED);
	CHECK_EQ(SECRETARIAT("call.withdraw", "contribution", "2", "reason", "By mail"), OK);
	arena_free(t.g->arena);
}

TEST(contribution_is_replaced_by_a_newer_one)
{
	struct trial t;
	trial_start(&t);
	open_call(&t, "all", "accept");
	for (int i = 0; i < 3; i++)
		CHECK_EQ(AS(MEMBER, ROLE_PARTICIPANT, "call.submit", "call", "1", BY("ana"), "text",
		             "X"),
		    OK);
	CHECK_EQ(PUBLIC("call.submit", "call", "1", BY("ben"), "text", "Y"), OK);
	CHECK_EQ(
	    AS(MEMBER, ROLE_PARTICIPANT, "call.replace", "contribution", "1", "by", "4"), DENIED);
	CHECK_EQ(
	    AS(MEMBER, ROLE_PARTICIPANT, "call.replace", "contribution", "2", "by", "1"), REFUSED);
	SAYS("Contribution 1 is not newer than contribution 2; the newer one replaces.");
	CHECK_EQ(
	    AS(MEMBER, ROLE_PARTICIPANT, "call.replace", "contribution", "2", "by", "2"), REFUSED);
	CHECK_EQ(AS(MEMBER, ROLE_PARTICIPANT, "call.replace", "contribution", "1", "by", "2"), OK);
	CHECK_EQ(contribution_find(t.g, 1)->replaced_by, 2);
	CHECK_EQ(
	    AS(MEMBER, ROLE_PARTICIPANT, "call.replace", "contribution", "1", "by", "3"), REFUSED);
	CHECK_EQ(SECRETARIAT("call.reject", "contribution", "3", "reason", "Advertisement"), OK);
	CHECK_EQ(SECRETARIAT("call.replace", "contribution", "2", "by", "3"), REFUSED);
	SAYS("Contribution 3 is rejected (entry 9 of the record), so this is not possible.");
	arena_free(t.g->arena);
}

TEST(call_counts_words_of_all_scripts)
{
	static const struct {
		const char *text;
		int64_t words;
	} rows[] = {
	    {"", 0},
	    {"  one\ttwo\n\nthree ", 3},
	    {"aujourd'hui l'État", 2},
	    {"تعزيز التعاون الدولي", 3},
	    {"加强合作", 4},
	    {"加强 WGEC 合作", 5},
	    {"no\u00A0break\u2003space", 3},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_EQ(call_count_words(str_of(rows[i].text)), rows[i].words);
}

/* ---- whatever people do ---- */

static void check_invariants(const struct group *g, bool was_public[])
{
	int64_t count[CONTRIBUTION_STATUSES] = {0};
	int64_t received[64] = {0};
	for (int64_t i = 1; i <= contribution_total(g); i++) {
		const struct contribution_item *c = contribution_find(g, i);
		count[c->status]++;
		received[c->call]++;
		CHECK_EQ(c->number, i);
		CHECK(!(c->wish_withhold && c->published));
		CHECK(!(c->status == CONTRIBUTION_PUBLISHED && !c->published));
		CHECK(!(c->status == CONTRIBUTION_WITHHELD && c->published));
		CHECK(c->published || !was_public[i]); /* what was public stays public */
		was_public[i] = c->published;
		if (c->replaced_by)
			CHECK(c->replaced_by > i &&
			      contribution_find(g, c->replaced_by)->call == c->call);
	}
	for (int s = 0; s < CONTRIBUTION_STATUSES; s++)
		CHECK_EQ(contribution_count(g, s), count[s]);
	for (int64_t i = 1; call_find(g, i); i++)
		CHECK_EQ(call_find(g, i)->received, received[i]);
}

static const char *number(char *out, size_t n, struct t_rand *r, size_t below)
{
	snprintf(out, n, "%zu", t_rand_below(r, below) + 1);
	return out;
}

static void random_act(struct trial *tt, struct t_rand *r)
{
	struct trial t = *tt;
	char a[24], b[24];
	enum rc rc = OK;
	actor_id who = t_rand_below(r, 2) ? MEMBER : OTHER;
	const char *wish = t_rand_below(r, 3) ? "publish" : "withhold";
	number(a, sizeof a, r, 40);
	number(b, sizeof b, r, 40);
	switch (t_rand_below(r, 12)) {
	case 0:
		rc = SECRETARIAT("call.draft", "title", "T", "audience",
		    t_rand_below(r, 2) ? "all" : "members", "zone", "UTC", "deadline",
		    "2017-01-01T00:00", "text", "Please");
		break;
	case 1:
		rc = SECRETARIAT("call.open", "call", number(a, sizeof a, r, 4));
		break;
	case 2:
		rc = SECRETARIAT("call.close", "number", number(a, sizeof a, r, 4), "reason", "R");
		break;
	case 3:
		rc = SECRETARIAT("call.reopen", "call", number(a, sizeof a, r, 4), "deadline",
		    "2017-02-01T00:00");
		break;
	case 4:
	case 5:
	case 6:
		rc = AS(who, ROLE_MEMBER | ROLE_PARTICIPANT, "call.submit", "call",
		    number(a, sizeof a, r, 4), "author", "A", "category", "other", "lang", "en",
		    "publish_wish", wish, "text", "W");
		break;
	case 7:
		rc = SECRETARIAT("call.publish", "contribution", a);
		break;
	case 8:
		rc = SECRETARIAT("call.withhold", "contribution", a);
		break;
	case 9:
		rc = SECRETARIAT("call.reject", "contribution", a, "reason", "R");
		break;
	case 10:
		rc = AS(who, ROLE_PARTICIPANT, "call.withdraw", "contribution", a);
		break;
	default:
		rc = AS(who, ROLE_PARTICIPANT, "call.replace", "contribution", a, "by", b);
		break;
	}
	CHECK(rc == OK || rc == REFUSED || rc == DENIED || rc == ABSENT);
	t.now += USEC_SECOND;
	*tt = t;
}

TEST(call_invariants_hold_whatever_people_do)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct t_rand r = {seed};
		struct trial t;
		bool was_public[512] = {0};
		trial_start(&t);
		for (int i = 0; i < 400; i++) {
			random_act(&t, &r);
			check_invariants(t.g, was_public);
			if (t_failures())
				return;
		}
		CHECK(contribution_count(t.g, CONTRIBUTION_PUBLISHED) > 0);
		arena_free(t.g->arena);
	}
}
