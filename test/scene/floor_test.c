/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A sitting with speakers in the room and far away, and what the Chair puts to the group. */
#include <time.h>

#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define DO(v, command, ...) SEND(v, "/g/wgec/do/" command, {"meeting", S("6")}, __VA_ARGS__)
#define FLOOR               "/g/wgec/meetings/6/floor"

struct sitting {
	struct site site;
	struct visitor chair, secretariat, kenya, observer, anyone;
};

/* A sixth meeting, in session, with an open list. The sample has 100 requests and 8 decisions. */
static void begin(struct sitting *s, const char *policy)
{
	s->site = site_start("examples/wgec");
	s->chair = visitor_enter(&s->site, "Chair");
	s->secretariat = visitor_enter(&s->site, "Secretariat");
	s->kenya = visitor_enter(&s->site, "Delegate");
	s->observer = visitor_enter(&s->site, "Observer");
	s->anyone = visitor_enter(&s->site, "");
	CHECK_EQ(SEND(&s->secretariat, "/g/wgec/do/meeting.announce", {"title", S("Sixth meeting")},
	             {"place", S("Geneva")}, {"starts", S("2018-02-05")}, {"ends", S("2018-02-06")},
	             {"zone", S("Europe/Zurich")}, {"publicity", S("public")}),
	    200);
	CHECK_EQ(SEND(&s->secretariat, "/g/wgec/do/meeting.open", {"meeting", S("6")}), 200);
	CHECK_EQ(
	    DO(&s->kenya, "floor.request", {"kind", S("statement")}, {"mode", S("room")}), 409);
	CHECK(visitor_sees(&s->kenya, "has no list of speakers yet; the Chair opens one first."));
	CHECK_EQ(DO(&s->chair, "floor.open", {"policy", str_of(policy)}, {"budget", S("10")}), 200);
}

static bool is_at(struct visitor *v, const char *path, const char *what)
{
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	return visitor_sees(v, what);
}

/* The parties of the queue, in order, as the facts of the page have them. */
static str order(struct visitor *v)
{
	struct buf b = buf_in(v->site->arena, 0);
	struct json *facts;
	struct err err = {0};
	CHECK_EQ(visitor_facts(v, S(FLOOR)), 200);
	CHECK_EQ(json_parse(v->site->arena, v->at.body, "facts", &facts, &err), OK);
	const struct json *requests = json_get(facts, S("requests"));
	for (const struct json *x = requests ? requests->first : NULL; x; x = x->next) {
		if (!str_is(json_get_str(x, S("state")), "on_list"))
			continue;
		buf_sep(&b, S(", "));
		buf_put(&b, json_get_str(x, S("party")));
	}
	return buf_str(&b);
}

#define ENTER(s, n, k, m)                                                                         \
	CHECK_EQ(                                                                                 \
	    DO(&(s)->secretariat, "floor.enter", {"seat", S(n)}, {"kind", S(k)}, {"mode", S(m)}), \
	    200)

TEST(a_sitting_with_speakers_in_the_room_and_far_away)
{
	struct sitting s;
	begin(&s, "rotate");
	ENTER(&s, "1", "statement", "room");
	CHECK_EQ(DO(&s.kenya, "floor.request", {"kind", S("statement")}, {"mode", S("remote")},
	             {"lang", S("en")}, {"note", S("We shall speak on access.")}),
	    200);
	CHECK(visitor_sees(&s.kenya, "We shall speak on access."));
	CHECK(visitor_sees(&s.kenya, "remotely"));
	CHECK(visitor_sees(&s.kenya, ">Withdraw<"));
	CHECK(!visitor_sees(&s.kenya, ">Give the floor"));
	CHECK_EQ(
	    DO(&s.observer, "floor.request", {"kind", S("statement")}, {"mode", S("room")}), 200);
	CHECK(visitor_sees(&s.observer, "By the methods of work observers speak after members"));
	/* A firm, whose turn it is when an African State has spoken. */
	ENTER(&s, "23", "statement", "room");

	/* The Chair, the secretariat, a delegate far away and the public see the same. */
	str seen = order(&s.chair);
	CHECK_STR(order(&s.anyone), arena_z(s.site.arena, seen));
	CHECK_STR(order(&s.kenya), arena_z(s.site.arena, seen));
	CHECK(str_starts(seen, S("Ghana, International Chamber of Digital Commerce, Kenya")));

	CHECK_EQ(DO(&s.chair, "floor.give", {"reason", S("")}), 200);
	CHECK(is_at(&s.anyone, FLOOR, "Ghana has the floor: Statement."));

	/* Out of turn only with a reason, which stays. */
	CHECK_EQ(DO(&s.chair, "floor.end", {"request", S("")}), 200);
	CHECK_EQ(DO(&s.chair, "floor.give", {"request", S("102")}), 422);
	CHECK(visitor_sees(&s.chair, "comes next; give the reason for changing the order."));
	CHECK_EQ(DO(&s.chair, "floor.give", {"request", S("102")},
	             {"reason", S("The link is failing.")}),
	    200);
	CHECK(is_at(&s.anyone, FLOOR, "Kenya has the floor: Statement."));
	CHECK(visitor_sees(&s.anyone, "out of turn: "));
	CHECK(visitor_sees(&s.anyone, "The link is failing."));

	/* A point of order interrupts; afterwards Kenya goes on. */
	ENTER(&s, "5", "question", "room");
	CHECK_EQ(DO(&s.secretariat, "floor.enter", {"seat", S("6")}, {"kind", S("point_of_order")},
	             {"mode", S("room")}),
	    422);
	CHECK_EQ(DO(&s.secretariat, "floor.enter", {"seat", S("6")}, {"kind", S("point_of_order")},
	             {"mode", S("room")}, {"rule", S("12")}),
	    200);
	CHECK_EQ(DO(&s.chair, "floor.give", {"reason", S("")}), 200);
	CHECK(visitor_sees(&s.chair, "has the floor: Point of order."));
	CHECK(visitor_sees(&s.chair, "Interrupted</span>"));
	CHECK_EQ(DO(&s.chair, "floor.end", {"request", S("")}), 200);
	CHECK_EQ(DO(&s.chair, "floor.resume", {"request", S("")}), 200);
	CHECK(visitor_sees(&s.chair, "Kenya has the floor: Statement."));
	CHECK_EQ(DO(&s.chair, "floor.end", {"request", S("")}), 200);
	site_stop(&s.site);
}

TEST(a_closed_list_a_late_request_and_a_right_of_reply)
{
	struct sitting s;
	begin(&s, "first_come");
	ENTER(&s, "1", "right_of_reply", "room");
	ENTER(&s, "3", "statement", "room");
	CHECK_STR(order(&s.anyone), "Senegal, Ghana");
	CHECK(is_at(&s.anyone, FLOOR, "Rights of reply come at the end"));
	CHECK_EQ(DO(&s.chair, "floor.close", {"words", S("I close the list.")}), 200);
	CHECK_EQ(DO(&s.kenya, "floor.request", {"kind", S("statement")}, {"mode", S("room")}), 200);
	CHECK_STR(order(&s.anyone), "Senegal, Ghana");
	CHECK(is_at(&s.anyone, FLOOR, "They asked after the list was closed."));
	CHECK(visitor_sees(&s.anyone, "I close the list."));
	CHECK_EQ(DO(&s.chair, "floor.skip", {"request", S("")}), 200);
	CHECK(visitor_sees(&s.chair, "Not present"));
	CHECK_EQ(DO(&s.chair, "floor.admit", {"request", S("103")}), 200);
	CHECK_STR(order(&s.anyone), "Kenya, Ghana");
	CHECK_EQ(DO(&s.kenya, "floor.withdraw", {"request", S("101")}), 403);
	CHECK_EQ(DO(&s.kenya, "floor.withdraw", {"request", S("103")}), 200);
	CHECK_STR(order(&s.anyone), "Ghana");
	CHECK_EQ(visitor_visit(&s.anyone, S("/g/wgec/meetings/6")), 200);
	CHECK(visitor_sees(&s.anyone, FLOOR));
	site_stop(&s.site);
}

static void wait_seconds(time_t n)
{
	struct timespec t = {.tv_sec = n};
	CHECK_EQ(nanosleep(&t, NULL), 0);
}

TEST(a_decision_without_objection_and_one_with)
{
	struct sitting s;
	begin(&s, "first_come");
	CHECK_EQ(
	    DO(&s.chair, "floor.put_decision", {"text", S("The group meets again in May.")}), 200);
	CHECK(is_at(&s.anyone, FLOOR, "The group meets again in May."));
	/* printf 'The group meets again in May.' | sha256sum */
	CHECK(visitor_sees(
	    &s.anyone, "21e64390b9b3a7249c3f3768389e2b57cd10e100140cfa3694f57c6094bbbc36"));
	CHECK(visitor_sees(&s.anyone, "9 is put to the group"));
	CHECK(is_at(&s.kenya, FLOOR, ">Object<"));
	CHECK_EQ(DO(&s.chair, "floor.decide", {"put", S("9")}), 409);
	CHECK(visitor_sees(&s.chair, "Leave at least 3 seconds for an objection"));
	wait_seconds(4);
	CHECK_EQ(DO(&s.chair, "floor.decide", {"put", S("9")}), 200);
	CHECK(is_at(&s.anyone, FLOOR, "9 was decided without objection."));

	CHECK_EQ(DO(&s.chair, "floor.put_decision", {"text", S("The group does not meet.")}), 200);
	CHECK_EQ(
	    DO(&s.kenya, "floor.object", {"put", S("10")}, {"reason", S("It must meet.")}), 200);
	CHECK(is_at(&s.anyone, FLOOR, "There is an objection to 10: it is not decided."));
	CHECK(visitor_sees(&s.anyone, "It must meet."));
	wait_seconds(4);
	CHECK_EQ(DO(&s.chair, "floor.decide", {"put", S("10")}), 409);
	CHECK(visitor_sees(&s.chair, "There is an objection to 10"));
	site_stop(&s.site);
}

/* The page as it is at a moment of the meeting: the clock of the site is the test's. */
static usec told_time;
static usec time_told(void *ctx)
{
	(void)ctx;
	return told_time;
}

static void schedule(struct visitor *v, const char *from, const char *to)
{
	CHECK_EQ(DO(v, "meeting.sitting", {"kind", S("plenary")}, {"date", S("2019-02-05")},
	             {"from", str_of(from)}, {"to", str_of(to)}),
	    200);
}

/* A meeting that was just opened, at nine; pace: of the clock, in thousandths, 0: the wall's. */
static void sit_at_nine(struct sitting *s, int64_t pace)
{
	told_time = when_from_civil((struct civil){.year = 2019, .month = 2, .day = 5, .hour = 9});
	s->site = site_start("examples/wgec");
	web_stop(s->site.web);
	s->site.clock = (struct clock){time_told, NULL};
	s->site.pace = pace;
	site_serve(&s->site, STR_EMPTY);
	s->chair = visitor_enter(&s->site, "Chair");
	s->secretariat = visitor_enter(&s->site, "Secretariat");
	CHECK_EQ(SEND(&s->secretariat, "/g/wgec/do/meeting.announce", {"title", S("Sixth meeting")},
	             {"place", S("Geneva")}, {"starts", S("2019-02-05")}, {"ends", S("2019-02-06")},
	             {"zone", S("Europe/Zurich")}, {"publicity", S("public")}),
	    200);
	schedule(&s->secretariat, "10:00", "13:00");
	schedule(&s->secretariat, "15:00", "18:00");
	/* The programme says which sitting begins. */
	CHECK(is_at(&s->secretariat, "/g/wgec/do/meeting.open?meeting=6",
	    "<option dir=\"auto\" value=\"1\" selected>"));
	CHECK_EQ(SEND(&s->secretariat, "/g/wgec/do/meeting.open", {"meeting", S("6")}), 200);
}

/* A person of the choices of the form of attendance. */
static str somebody(struct visitor *v)
{
	CHECK_EQ(visitor_visit(v, S("/g/wgec/do/meeting.attend?meeting=6")), 200);
	size_t at = str_find(v->at.body, S("name=\"persons\" value=\""));
	CHECK(at != SIZE_MAX);
	str rest = str_skip(v->at.body, at + 22);
	return arena_str(v->site->arena, str_head(rest, str_find_char(rest, '"')));
}

TEST(who_attends_is_counted_to_the_sitting_that_is_held)
{
	struct sitting s = {0};
	sit_at_nine(&s, 0);
	CHECK_EQ(visitor_visit(&s.secretariat, S("/g/wgec/do/meeting.attend?meeting=6")), 200);
	CHECK(visitor_sees(&s.secretariat, "<option dir=\"auto\" value=\"1\" selected>"));
	str one = somebody(&s.secretariat);
	CHECK_EQ(DO(&s.secretariat, "meeting.attend", {"persons", one}, {"mode", S("room")}), 200);
	told_time += 6 * 3600 * USEC_SECOND; /* the plenary went over into the next */
	CHECK_EQ(visitor_visit(&s.secretariat, S("/g/wgec/do/meeting.attend?meeting=6")), 200);
	CHECK(visitor_sees(&s.secretariat, "<option dir=\"auto\" value=\"2\" selected>"));
	CHECK_EQ(
	    DO(&s.secretariat, "meeting.attend", {"persons", one}, {"mode", S("remote")}), 200);
	CHECK(visitor_sees(&s.secretariat, "1 person attended."));
	CHECK(visitor_sees(&s.secretariat, "<span class=\"meta\">sittings: 1</span>"));
	CHECK(visitor_sees(&s.secretariat, "<span class=\"meta\">sittings: 2</span>"));
	CHECK_EQ(visitor_facts(&s.secretariat, S("/g/wgec/meetings/6")), 200);
	CHECK(visitor_sees(&s.secretariat, "{\"sitting\":2,\"kind\":\"plenary\",\"room\":0,"
	                                   "\"remote\":1,"));
	CHECK(is_at(
	    &s.secretariat, "/g/wgec/meetings/6/summary-draft", "in the room: 0, remotely: 1"));
	site_stop(&s.site);
}

/* The check box of a person, as ticked or not. */
static bool is_ticked(struct visitor *v, const char *name, bool ticked)
{
	return visitor_sees(
	    v, arena_z(v->site->arena, arena_printf(v->site->arena, "\"%s> <span><bdi>%s (",
	                                   ticked ? " checked" : "", name)));
}

#define ATTEND "/g/wgec/do/meeting.attend?meeting=6"

/* Fifty people are recorded in one step, from what is known, and changed before it is sent. */
TEST(the_form_of_attendance_begins_with_who_is_likely_there)
{
	static const char *const offer =
	    "aria-current=\"true\">Spoke or asked for the floor, in the "
	    "room (1)</a>";
	struct sitting s = {0};
	sit_at_nine(&s, 0);
	CHECK(is_at(&s.secretariat, ATTEND, ">Nobody</a>"));
	CHECK(!visitor_sees(&s.secretariat, "Spoke or asked for the floor"));
	CHECK(!visitor_sees(&s.secretariat, "As in sitting"));

	/* Who asked for the floor is proposed, by how they did; for a seat its head. */
	CHECK_EQ(DO(&s.chair, "floor.open", {"policy", S("first_come")}), 200);
	ENTER(&s, "1", "statement", "room");
	ENTER(&s, "2", "statement", "remote");
	CHECK(is_at(&s.secretariat, ATTEND, offer));
	CHECK(visitor_sees(&s.secretariat, "name=\"mode\" value=\"room\" checked"));
	CHECK(is_ticked(&s.secretariat, "Efua Asantewaa Boateng", true));
	CHECK(is_ticked(&s.secretariat, "Wanjiru Kamande", false));
	CHECK(is_at(&s.secretariat, ATTEND "&mode=remote&tick=floor", "(1)</a>"));
	CHECK(is_ticked(&s.secretariat, "Efua Asantewaa Boateng", false));
	CHECK(is_ticked(&s.secretariat, "Wanjiru Kamande", true));
	/* What was typed stays when something is wrong. */
	str one = somebody(&s.secretariat);
	CHECK_EQ(DO(&s.secretariat, "meeting.attend", {"persons", one}), 422);
	CHECK(is_ticked(&s.secretariat, "Hanna Brzezińska", true));
	CHECK(is_ticked(&s.secretariat, "Efua Asantewaa Boateng", false));

	/* Once somebody is recorded nothing is proposed unasked, and one sees who it is. */
	CHECK_EQ(DO(&s.secretariat, "meeting.attend", {"persons", one}, {"mode", S("room")}), 200);
	CHECK(is_at(&s.secretariat, ATTEND, "(Access for All Coalition), recorded in the room<"));
	CHECK(!visitor_sees(&s.secretariat, "\" checked> <span><bdi>"));
	CHECK(!visitor_sees(&s.secretariat, "As in sitting"));

	/* In the afternoon as in the morning. */
	told_time += 6 * 3600 * USEC_SECOND;
	CHECK(is_at(&s.secretariat, ATTEND, ">As in sitting 1, in the room (1)</a>"));
	CHECK(!visitor_sees(&s.secretariat, "Spoke or asked for the floor"));
	CHECK(!visitor_sees(&s.secretariat, "recorded in the room<"));
	CHECK(is_at(&s.secretariat, ATTEND "&mode=room&tick=last", "aria-current=\"true\">As in"));
	CHECK(is_ticked(&s.secretariat, "Hanna Brzezińska", true));
	CHECK(is_ticked(&s.secretariat, "Efua Asantewaa Boateng", false));
	CHECK(is_at(&s.secretariat, ATTEND "&tick=all", "aria-current=\"true\">All ("));
	CHECK(is_ticked(&s.secretariat, "Efua Asantewaa Boateng", true));
	CHECK(!is_ticked(&s.secretariat, "Efua Asantewaa Boateng", false));
	/* The last time there was no such sitting. */
	CHECK(is_at(&s.secretariat, ATTEND "&sitting=99&tick=last", ">Nobody</a>"));
	site_stop(&s.site);
}

TEST(the_clock_of_the_speaker_runs_for_everyone)
{
	struct sitting s = {0};
	sit_at_nine(&s, 15000);
	/* The methods of work of the sample allow five minutes. */
	CHECK_EQ(DO(&s.chair, "floor.open", {"policy", S("first_come")}), 200);
	CHECK(!visitor_sees(&s.chair, "id=\"clock\""));
	ENTER(&s, "1", "statement", "room");
	CHECK_EQ(DO(&s.chair, "floor.give", {"reason", S("")}), 200);
	told_time += 127 * USEC_SECOND;
	CHECK(is_at(&s.chair, FLOOR, "role=\"timer\">2:07</span>"));
	CHECK(visitor_sees(&s.chair, "/ 5:00"));
	CHECK(visitor_sees(&s.chair, "data-limit=\"300000\""));
	CHECK(visitor_sees(&s.chair, "data-pace=\"15000\""));
	CHECK(visitor_sees(&s.chair, "data-state=\"late\" hidden>The time of 5 min is used up."));
	told_time += 235 * USEC_SECOND;
	CHECK(is_at(&s.chair, FLOOR, "role=\"timer\">6:02</span>"));
	CHECK(visitor_sees(&s.chair, "data-state=\"late\">The time of 5 min is used up."));
	CHECK_EQ(visitor_facts(&s.chair, S(FLOOR)), 200);
	CHECK(visitor_sees(
	    &s.chair, "\"clock\":{\"used_ms\":362000,\"limit_ms\":300000,\"over\":true}"));
	CHECK_EQ(DO(&s.chair, "floor.end", {"request", S("")}), 200);
	CHECK(visitor_sees(&s.chair, "over the time by 1 min 2 s"));
	CHECK(!visitor_sees(&s.chair, "id=\"clock\""));
	site_stop(&s.site);
}

/* What is left is seen before somebody has used any, and while somebody does. */
TEST(the_budget_of_each_constituency_is_seen_from_the_beginning)
{
	struct sitting s = {0};
	sit_at_nine(&s, 0);
	CHECK_EQ(DO(&s.chair, "floor.open", {"policy", S("budget")}, {"budget", S("10")}), 200);
	CHECK(is_at(&s.chair, FLOOR, "Civil society</bdi></th>"));
	CHECK(visitor_sees(&s.chair, "<td data-label=\"Left\">10 min 0 s</td>"));
	ENTER(&s, "1", "statement", "room");
	CHECK_EQ(DO(&s.chair, "floor.give", {"reason", S("")}), 200);
	told_time += 127 * USEC_SECOND;
	CHECK(is_at(&s.chair, FLOOR, "<td data-label=\"Left\">7 min 53 s</td>"));
	CHECK_EQ(DO(&s.chair, "floor.end", {"request", S("")}), 200);
	CHECK(visitor_sees(&s.chair, "<td data-label=\"Left\">7 min 53 s</td>"));
	CHECK_EQ(visitor_facts(&s.chair, S(FLOOR)), 200);
	CHECK(visitor_sees(&s.chair, "\"seconds\":127,\"speakers\":1"));
	CHECK(visitor_sees(&s.chair, "\"name\":\"Civil society\",\"seconds\":0,\"speakers\":0"));
	/* A point of order takes nothing of it, neither while it is heard nor afterwards. */
	CHECK_EQ(DO(&s.secretariat, "floor.enter", {"seat", S("1")}, {"kind", S("point_of_order")},
	             {"rule", S("7")}, {"mode", S("room")}),
	    200);
	CHECK_EQ(DO(&s.chair, "floor.give", {"reason", S("")}), 200);
	told_time += 60 * USEC_SECOND;
	CHECK(is_at(&s.chair, FLOOR, "<td data-label=\"Left\">7 min 53 s</td>"));
	CHECK_EQ(DO(&s.chair, "floor.end", {"request", S("")}), 200);
	CHECK(visitor_sees(&s.chair, "<td data-label=\"Left\">7 min 53 s</td>"));
	CHECK(visitor_sees(
	    &s.chair, "Points of order and rights of reply are not counted to the constituency."));
	site_stop(&s.site);
}

/* Those who look on are told that something moved, and may write nothing there. */
TEST(the_stream_of_the_floor_is_for_reading)
{
	struct sitting s;
	begin(&s, "first_come");
	CHECK_EQ(visitor_facts(&s.anyone, S(FLOOR "/live")), 200);
	CHECK_EQ(visitor_facts(&s.anyone, S("/g/wgec/meetings/9/floor/live")), 404);
	CHECK_EQ(visitor_post(&s.chair, S(FLOOR "/live"), S("text=x&seq=0")), 403);
	site_stop(&s.site);
}
