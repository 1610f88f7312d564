/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/testing.h"
#include "rooms/meeting/meeting_rules.h"
#include "rooms/people/people.h"
#include "harness/t.h"

#include "base/poison.h"

extern const struct room_commands group_commands;
extern const struct room_commands methods_commands;
extern const struct room_commands meeting_commands;
extern const struct room_commands people_commands;
extern const struct room_commands document_commands;

static const struct room list[ROOM_COUNT] = {
    [ROOM_group] = {.name = "group", .commands = &group_commands},
    [ROOM_people] = {.name = "people", .commands = &people_commands},
    [ROOM_methods] = {.name = "methods", .commands = &methods_commands},
    [ROOM_meeting] = {.name = "meeting", .commands = &meeting_commands},
    [ROOM_document] = {.name = "document", .commands = &document_commands},
};
static const struct rooms rooms = {.v = list, .n = ROOM_COUNT};

/* 26 January 2017, 09:00 UTC: the first day of the meeting that the tests hold. */
#define FIRST_DAY ((usec)17192 * USEC_DAY)
#define NOW       (FIRST_DAY + 9 * 3600 * USEC_SECOND)
#define DO_AT(now, g, err, name, ...) \
	try_act(&rooms, (g), (name), ACTOR_SYSTEM, ROLE_OFFICE, (now), (err), __VA_ARGS__, NULL)
#define DO(g, name, ...) DO_AT(NOW, g, NULL, name, __VA_ARGS__)
#define OKAY(g, name, ...)                                                                         \
	do {                                                                                       \
		struct err e_ = {0};                                                               \
		if (DO_AT(NOW, g, &e_, name, __VA_ARGS__) != OK)                                   \
			t_fail(                                                                    \
			    __FILE__, __LINE__, "%s: %.*s", name, STR(err_text(&e_, (g)->arena))); \
	} while (0)
#define SAYS(code, sentence, g, name, ...)                             \
	do {                                                           \
		struct err e_ = {0};                                   \
		CHECK_EQ(DO_AT(NOW, g, &e_, name, __VA_ARGS__), code); \
		CHECK_STR(err_text(&e_, (g)->arena), sentence);        \
	} while (0)

static void announce(struct group *g)
{
	OKAY(g, "meeting.announce", "title", "Second meeting", "place", "Geneva", "starts",
	    "2017-01-26", "ends", "2017-01-27", "zone", "Europe/Zurich", "publicity", "public");
}

/* A group whose first meeting is open, with two items on an adopted agenda. */
static struct group *at_work(void)
{
	struct group *g = try_group(&rooms);
	announce(g);
	OKAY(g, "meeting.agenda_item", "meeting", "1", "title", "Guiding questions");
	OKAY(g, "meeting.agenda_item", "meeting", "1", "title", "Other matters");
	OKAY(g, "meeting.open", "meeting", "1");
	OKAY(g, "meeting.adopt_agenda", "meeting", "1");
	return g;
}

TEST(meeting_days_are_in_order)
{
	struct group *g = try_group(&rooms);
	SAYS(INVALID, "The last day cannot come before the first.", g, "meeting.announce", "title",
	    "x", "place", "x", "starts", "2017-01-26", "ends", "2017-01-25", "zone", "UTC",
	    "publicity", "public");
	SAYS(INVALID, "A meeting of more than sixty days is announced as several meetings.", g,
	    "meeting.announce", "title", "x", "place", "x", "starts", "2017-01-26", "ends",
	    "2017-04-25", "zone", "UTC", "publicity", "public");
	CHECK_EQ(meeting_count(g), 0);
	announce(g);
	CHECK_EQ(meeting_count(g), 1);
	CHECK_EQ(meeting_next(g), 1);
	CHECK(!meeting_has_begun(g, 1) && !meeting_get(g, 2));
	arena_free(g->arena);
}

TEST(meeting_opens_on_its_first_day_in_its_zone)
{
	struct group *g = try_group(&rooms);
	struct err err = {0};
	announce(g);
	/* 22:59 UTC is 23:59 in Geneva, of the day before; a minute later the day has begun there.
	 */
	usec eve = FIRST_DAY - 61 * 60 * USEC_SECOND;
	CHECK_EQ(DO_AT(eve, g, &err, "meeting.open", "meeting", "1"), REFUSED);
	CHECK_STR(err_text(&err, g->arena),
	    "The first day of meeting 1 has not come; change its days first if it begins earlier.");
	CHECK_EQ(DO_AT(eve + 60 * USEC_SECOND, g, &err, "meeting.open", "meeting", "1"), OK);
	CHECK(meeting_is_open(g, 1));
	arena_free(g->arena);
}

TEST(meeting_course_is_refused_out_of_order)
{
	struct group *g = try_group(&rooms);
	announce(g);
	announce(g);
	SAYS(
	    ABSENT, "There is no meeting 9; announce it first.", g, "meeting.open", "meeting", "9");
	SAYS(REFUSED, "Meeting 1 is not open, so it cannot be suspended.", g, "meeting.suspend",
	    "meeting", "1");
	SAYS(REFUSED, "Meeting 1 is not suspended, so it cannot be resumed.", g, "meeting.resume",
	    "meeting", "1");
	SAYS(REFUSED, "Meeting 1 is not open, so it cannot be closed.", g, "meeting.close",
	    "meeting", "1");
	OKAY(g, "meeting.open", "meeting", "1");
	SAYS(REFUSED, "Meeting 1 is open already.", g, "meeting.open", "meeting", "1");
	SAYS(REFUSED, "Meeting 1 has not been closed; a group holds one meeting at a time.", g,
	    "meeting.open", "meeting", "2");
	SAYS(REFUSED,
	    "Only a meeting that has not begun can be cancelled; close meeting 1 instead.", g,
	    "meeting.cancel", "meeting", "1", "reason", "x");
	OKAY(g, "meeting.suspend", "meeting", "1");
	SAYS(REFUSED, "Meeting 1 is suspended; resume it, then close it.", g, "meeting.close",
	    "meeting", "1");
	SAYS(REFUSED, "Meeting 1 is suspended; resume it.", g, "meeting.open", "meeting", "1");
	CHECK_EQ(meeting_in_progress(g), 1);
	OKAY(g, "meeting.resume", "meeting", "1");
	OKAY(g, "meeting.close", "meeting", "1");
	CHECK(meeting_is_closed(g, 1) && !meeting_in_progress(g));
	SAYS(REFUSED, "Meeting 1 is closed and does not open again; announce another meeting.", g,
	    "meeting.open", "meeting", "1");
	OKAY(g, "meeting.cancel", "meeting", "2", "reason", "no quorum expected");
	SAYS(REFUSED, "Meeting 2 was cancelled; announce another meeting.", g, "meeting.open",
	    "meeting", "2");
	CHECK_EQ(meeting_next(g), 0);
	arena_free(g->arena);
}

TEST(meeting_agenda_is_adopted_before_work)
{
	struct group *g = try_group(&rooms);
	announce(g);
	SAYS(REFUSED, "Meeting 1 is not open; this is done in the meeting.", g,
	    "meeting.adopt_agenda", "meeting", "1");
	OKAY(g, "meeting.open", "meeting", "1");
	SAYS(REFUSED, "The agenda of meeting 1 has no item; add one first.", g,
	    "meeting.adopt_agenda", "meeting", "1");
	OKAY(g, "meeting.agenda_item", "meeting", "1", "title", "Guiding questions");
	SAYS(REFUSED, "Item 1 has this title already.", g, "meeting.agenda_item", "meeting", "1",
	    "title", "guiding questions");
	SAYS(REFUSED, "The agenda is provisional; the meeting adopts it before item 1 is taken up.",
	    g, "meeting.consider", "meeting", "1", "item", "1");
	OKAY(g, "meeting.adopt_agenda", "meeting", "1");
	SAYS(REFUSED, "The agenda of meeting 1 is adopted already; items can still be added.", g,
	    "meeting.adopt_agenda", "meeting", "1");
	struct err err = {0};
	CHECK_EQ(try_act(&rooms, g, "meeting.agenda_item", ACTOR_SYSTEM, ROLE_SECRETARIAT, NOW,
	             &err, "meeting", "1", "title", "Late item", NULL),
	    REFUSED);
	CHECK_STR(err_text(&err, g->arena), "The agenda of meeting 1 is adopted; only the Chair "
	                                    "changes it now, with the consent of "
	                                    "the group.");
	OKAY(g, "meeting.agenda_item", "meeting", "1", "title", "Late item");
	CHECK_EQ(meeting_get(g, 1)->agenda, AGENDA_AMENDED);
	arena_free(g->arena);
}

TEST(meeting_items_are_concluded_in_words)
{
	struct group *g = at_work();
	SAYS(REFUSED, "Item 1 is not under consideration; take it up first, or defer it.", g,
	    "meeting.conclude", "meeting", "1", "item", "1", "outcome", "decided", "text", "x");
	SAYS(ABSENT, "The agenda of meeting 1 has no item 5.", g, "meeting.consider", "meeting",
	    "1", "item", "5");
	OKAY(g, "meeting.consider", "meeting", "1", "item", "1");
	SAYS(REFUSED, "Item 1 is under consideration already.", g, "meeting.consider", "meeting",
	    "1", "item", "1");
	CHECK_EQ(DO(g, "meeting.conclude", "meeting", "1", "item", "1", "outcome", "decided",
	             "text", "  "),
	    INVALID);
	OKAY(g, "meeting.conclude", "meeting", "1", "item", "1", "outcome", "decided", "text",
	    "The group decided to ask two questions.");
	CHECK_EQ(meeting_decisions(g), 1);
	const struct meeting_decision *d = meeting_decision_get(g, 1);
	NEED(d);
	CHECK_EQ(d->meeting, 1);
	CHECK_EQ(d->item, 1);
	CHECK_EQ(d->seq, g->n - 1);
	SAYS(REFUSED, "Item 1 is concluded; to return to the matter, add a new item.", g,
	    "meeting.consider", "meeting", "1", "item", "1");
	SAYS(REFUSED, "Item 2, Other matters, has not been taken up; defer it first.", g,
	    "meeting.close", "meeting", "1");
	OKAY(g, "meeting.consider", "meeting", "1", "item", "2");
	SAYS(REFUSED,
	    "Item 2, Other matters, is still under consideration; conclude or defer it first.", g,
	    "meeting.close", "meeting", "1");
	OKAY(g, "meeting.conclude", "meeting", "1", "item", "2", "outcome", "agreed_to_revert",
	    "text", "The group agreed to revert to it.");
	OKAY(g, "meeting.consider", "meeting", "1", "item", "2");
	OKAY(g, "meeting.conclude", "meeting", "1", "item", "2", "outcome", "took_note", "text",
	    "The group took note.");
	CHECK_EQ(meeting_decisions(g), 1);
	OKAY(g, "meeting.close", "meeting", "1");
	SAYS(REFUSED, "Meeting 1 is not open; this is done in the meeting.", g, "meeting.conclude",
	    "meeting", "1", "item", "2", "outcome", "deferred", "text", "x");
	arena_free(g->arena);
}

TEST(meeting_item_leaves_the_agenda_while_pending)
{
	struct group *g = at_work();
	OKAY(g, "document.issue", "kind", "agenda", "title", "Annotated agenda", "lang", "en",
	    "text", "x");
	OKAY(g, "meeting.withdraw_item", "meeting", "1", "item", "2", "reason", "moved");
	SAYS(REFUSED, "Item 2 was withdrawn from the agenda.", g, "meeting.consider", "meeting",
	    "1", "item", "2");
	SAYS(REFUSED, "Item 2 was withdrawn from the agenda.", g, "meeting.document", "meeting",
	    "1", "item", "2", "document", "1");
	SAYS(ABSENT, "There is no document 2 in the library; issue it first.", g,
	    "meeting.document", "meeting", "1", "item", "1", "document", "2");
	OKAY(g, "meeting.document", "meeting", "1", "item", "1", "document", "1");
	SAYS(REFUSED,
	    "Item 2 has been taken up or withdrawn; only a pending item leaves the agenda.", g,
	    "meeting.withdraw_item", "meeting", "1", "item", "2", "reason", "again");
	arena_free(g->arena);
}

TEST(meeting_sittings_keep_the_clock_of_the_place)
{
	struct group *g = try_group(&rooms);
	announce(g);
	OKAY(g, "meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-26", "from",
	    "10:00", "to", "13:00");
	OKAY(g, "meeting.sitting", "meeting", "1", "kind", "drafting", "date", "2017-01-27", "from",
	    "21:00", "to", "02:30");
	const struct meeting *m = meeting_get(g, 1);
	CHECK_EQ(m->sittings.p[0].starts, NOW); /* 10:00 in Geneva in winter */
	CHECK_EQ(m->sittings.p[1].ends - m->sittings.p[1].starts, 19800 * USEC_SECOND);
	SAYS(REFUSED, "Sitting 1 is a plenary at that time; two plenaries cannot run at once.", g,
	    "meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-26", "from",
	    "12:59", "to", "15:00");
	OKAY(g, "meeting.sitting", "meeting", "1", "kind", "informal", "date", "2017-01-26", "from",
	    "12:59", "to", "15:00");
	SAYS(INVALID,
	    "This day is not one of the days of meeting 1; change the meeting's days first.", g,
	    "meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-28", "from",
	    "10:00", "to", "13:00");
	SAYS(INVALID,
	    "ten is not a time of day; write it as 09:30 or 15:00, in the time of Europe/Zurich.",
	    g, "meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-27", "from",
	    "ten", "to", "13:00");
	SAYS(INVALID, "A sitting from 10:00 to 09:00 would last more than sixteen hours.", g,
	    "meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-27", "from",
	    "10:00", "to", "09:00");
	SAYS(REFUSED, "Sitting 1 would fall outside of the meeting; cancel it first.", g,
	    "meeting.change", "meeting", "1", "starts", "2017-01-27", "reason", "a strike");
	OKAY(g, "meeting.cancel_sitting", "meeting", "1", "sitting", "1", "reason", "a strike");
	OKAY(g, "meeting.change", "meeting", "1", "place", "New York", "reason", "a strike");
	CHECK_STR(meeting_get(g, 1)->place, "New York");
	arena_free(g->arena);
}

TEST(meeting_informals_leave_a_summary_and_no_transcript)
{
	struct group *g = try_group(&rooms);
	announce(g);
	OKAY(g, "meeting.sitting", "meeting", "1", "kind", "informal", "date", "2017-01-26", "from",
	    "10:00", "to", "13:00");
	SAYS(REFUSED, "Meeting 1 has not begun; this is recorded once it has been opened.", g,
	    "meeting.summary", "meeting", "1", "sitting", "1", "text", "x");
	OKAY(g, "meeting.open", "meeting", "1");
	/* Methods adopted after the sitting was scheduled do not change what it may leave. */
	OKAY(g, "methods.draft", "title", "x", "text", "x", "preset", "ietf");
	OKAY(g, "methods.adopt", "number", "1");
	SAYS(REFUSED,
	    "Sitting 1 was not public; under the methods of work it leaves a Chair's summary and "
	    "no "
	    "transcript or recording.",
	    g, "meeting.record", "meeting", "1", "sitting", "1", "kind", "transcript", "url",
	    "https://example.org/t");
	OKAY(g, "meeting.summary", "meeting", "1", "sitting", "1", "text", "The Chair sums up.");
	OKAY(g, "meeting.sitting", "meeting", "1", "kind", "informal", "date", "2017-01-27", "from",
	    "10:00", "to", "13:00");
	OKAY(g, "meeting.record", "meeting", "1", "sitting", "2", "kind", "transcript", "url",
	    "https://example.org/t");
	SAYS(INVALID,
	    "Say where this record is found: give its address, or the document that holds it.", g,
	    "meeting.record", "meeting", "1", "kind", "recording");
	arena_free(g->arena);
}

TEST(meeting_attendance_names_people_of_the_group)
{
	struct group *g = try_group(&rooms);
	announce(g);
	OKAY(g, "people.add", "name", "Ana Example", "representing", "Nowhere", "kind", "delegate");
	const char *ana = arena_z(g->arena, actor_str(g->arena, people_in(g)->persons.p[0]->id));
	SAYS(REFUSED, "Meeting 1 has not begun; this is recorded once it has been opened.", g,
	    "meeting.attend", "meeting", "1", "persons", ana, "mode", "room");
	OKAY(g, "meeting.open", "meeting", "1");
	OKAY(g, "meeting.attend", "meeting", "1", "persons", ana, "mode", "remote");
	struct rng_seeded seed;
	struct err err = {0};
	str stranger = actor_str(g->arena, actor_new(rng_from_seed(&seed, S("stranger"))));
	CHECK_EQ(DO_AT(NOW, g, &err, "meeting.attend", "meeting", "1", "persons", ana, "persons",
	             arena_z(g->arena, stranger), "mode", "room"),
	    INVALID);
	CHECK_STREQ(err_text(&err, g->arena),
	    arena_printf(g->arena,
	        "%.*s is not registered in this group; register the person first.", STR(stranger)));
	arena_free(g->arena);
}

/* Whatever is tried in whatever order: the invariants of a meeting hold. */
static void check_invariants(const struct group *g)
{
	int64_t running = 0, decisions = 0;
	for (int64_t n = 1; n <= meeting_count(g); n++) {
		const struct meeting *m = meeting_get(g, n);
		bool over = m->status == MEETING_CLOSED;
		running += m->status == MEETING_OPEN || m->status == MEETING_SUSPENDED;
		for (size_t i = 0; i < m->items.n; i++) {
			enum meeting_item_status s = m->items.p[i].status;
			bool touched = s == ITEM_UNDER_CONSIDERATION || s == ITEM_CONCLUDED ||
			               s == ITEM_DEFERRED;
			CHECK(!touched || m->agenda != AGENDA_PROVISIONAL);
			CHECK(!(over && s == ITEM_UNDER_CONSIDERATION));
			CHECK(!(over && s == ITEM_PENDING && m->agenda != AGENDA_PROVISIONAL));
		}
		CHECK(meeting_has_begun(g, n) || m->agenda == AGENDA_PROVISIONAL);
	}
	CHECK(running <= 1);
	for (int64_t n = 1; n <= meeting_decisions(g); n++) {
		const struct meeting_decision *d = meeting_decision_get(g, n);
		const struct meeting *m = meeting_get(g, d->meeting);
		CHECK(m && d->item >= 1 && d->item <= (int64_t)m->items.n);
		CHECK_EQ(m->items.p[d->item - 1].status, ITEM_CONCLUDED);
		decisions++;
	}
	CHECK_EQ(decisions, meeting_decisions(g));
}

/* One act at random; rare are those that end a meeting, so that something happens in it. */
static enum rc random_act(struct group *g, struct t_rand *r)
{
	static const char *const acts[] = {"meeting.open", "meeting.suspend", "meeting.resume",
	    "meeting.adopt_agenda", "meeting.close"};
	static const char *const outcomes[] = {
	    "decided", "took_note", "agreed_to_revert", "deferred"};
	const char *meeting = t_rand_below(r, 3) ? "1" : "2";
	const char *item = arena_z(g->arena, arena_printf(g->arena, "%zu", 1 + t_rand_below(r, 4)));
	switch (t_rand_below(r, 8)) {
	case 0:
		return DO(g, "meeting.agenda_item", "meeting", meeting, "title", item);
	case 1:
		return DO(g, "meeting.consider", "meeting", meeting, "item", item);
	case 2:
	case 3:
		return DO(g, "meeting.conclude", "meeting", meeting, "item", item, "outcome",
		    outcomes[t_rand_below(r, 4)], "text", "Words.");
	case 4:
		return DO(
		    g, "meeting.withdraw_item", "meeting", meeting, "item", item, "reason", "x");
	case 5:
		if (t_rand_below(r, 8) == 0)
			return DO(g, "meeting.cancel", "meeting", meeting, "reason", "x");
		return DO(g, "meeting.resume", "meeting", meeting);
	default:
		return DO(g, acts[t_rand_below(r, t_rand_below(r, 4) ? 4 : 5)], "meeting", meeting);
	}
}

TEST(meeting_invariants_hold_in_any_order)
{
	struct t_rand r = {2016};
	int done = 0;
	for (int run = 0; run < 60; run++) {
		struct group *g = try_group(&rooms);
		announce(g);
		announce(g);
		for (int i = 0; i < 120; i++) {
			enum rc rc = random_act(g, &r);
			CHECK(rc == OK || rc == REFUSED || rc == ABSENT);
			done += rc == OK;
			check_invariants(g);
		}
		arena_free(g->arena);
	}
	CHECK(done > 600); /* the acts do get through */
}

#define HOUR         (3600 * USEC_SECOND)
#define SITS(g, ...) OKAY(g, "meeting.sitting", "meeting", "1", "date", "2017-01-26", __VA_ARGS__)

/* Geneva, by the hours of UTC: a plenary 9-12, an informal 12-13, a plenary 14-17. */
static struct group *with_sittings(void)
{
	struct group *g = try_group(&rooms);
	announce(g);
	SITS(g, "kind", "plenary", "from", "10:00", "to", "13:00");
	SITS(g, "kind", "informal", "from", "13:00", "to", "14:00", "publicity", "public");
	SITS(g, "kind", "plenary", "from", "15:00", "to", "18:00");
	return g;
}

TEST(a_meeting_begins_and_goes_on_with_a_sitting)
{
	struct group *g = with_sittings();
	const struct meeting *m = meeting_get(g, 1);
	CHECK_EQ(meeting_sitting_at(m, NOW), 0);
	/* A little early: the one that begins next. */
	CHECK_EQ(DO_AT(NOW - HOUR / 6, g, NULL, "meeting.open", "meeting", "1"), OK);
	CHECK_EQ(meeting_sitting_at(m, NOW), 1);
	/* Over lunch nobody suspended it: a plenary goes over into the next, not into an informal.
	 */
	CHECK_EQ(meeting_sitting_at(m, NOW + 3 * HOUR), 1);
	CHECK_EQ(meeting_sitting_at(m, NOW + 5 * HOUR), 3);
	CHECK_EQ(DO_AT(NOW + 3 * HOUR, g, NULL, "meeting.suspend", "meeting", "1"), OK);
	SAYS(ABSENT, "Meeting 1 has no sitting 4.", g, "meeting.resume", "meeting", "1", "sitting",
	    "4");
	CHECK_EQ(
	    DO_AT(NOW + 3 * HOUR + 1, g, NULL, "meeting.resume", "meeting", "1", "sitting", "2"),
	    OK);
	/* Out of an informal it comes only by an act, however late it is. */
	CHECK_EQ(meeting_sitting_at(m, NOW + 3 * HOUR), 1);
	CHECK_EQ(meeting_sitting_at(m, NOW + 6 * HOUR), 2);
	CHECK_EQ(DO_AT(NOW + 6 * HOUR, g, NULL, "meeting.suspend", "meeting", "1"), OK);
	CHECK_EQ(DO_AT(NOW + 6 * HOUR + 1, g, NULL, "meeting.resume", "meeting", "1"), OK);
	CHECK_EQ(meeting_sitting_at(m, NOW + 6 * HOUR + 1), 3);
	CHECK_EQ(meeting_sitting_due(m, NOW + 60 * HOUR), 0);
	arena_free(g->arena);
}

/* The sitting that an act at that time is about; 0: the meeting as a whole. */
static int64_t attended(struct group *g, usec at, const char *person, ...)
{
	struct fact f = {0};
	struct err err = {0};
	va_list more;
	va_start(more, person);
	enum rc rc = try_act_with(
	    &rooms, g, "meeting.attend", ACTOR_SYSTEM, ROLE_OFFICE, at, &f, &err, more);
	va_end(more);
	if (rc != OK)
		t_fail(__FILE__, __LINE__, "%s: %.*s", person, STR(err_text(&err, g->arena)));
	return fact_i64(&f, "held");
}
#define ATTENDED(at, ...) \
	attended(         \
	    g, (at), ana, "meeting", "1", "persons", ana, "mode", "remote", ##__VA_ARGS__, NULL)

TEST(attendance_is_of_the_sitting_that_is_held)
{
	struct group *g = with_sittings();
	OKAY(g, "people.add", "name", "Ana Example", "representing", "Nowhere", "kind", "delegate");
	const char *ana = arena_z(g->arena, actor_str(g->arena, people_in(g)->persons.p[0]->id));
	OKAY(g, "meeting.open", "meeting", "1");
	CHECK_EQ(ATTENDED(NOW), 1);
	CHECK_EQ(ATTENDED(NOW + 6 * HOUR), 3);
	CHECK_EQ(ATTENDED(NOW + 6 * HOUR, "sitting", "1"), 1);
	SAYS(ABSENT, "Meeting 1 has no sitting 9.", g, "meeting.attend", "meeting", "1", "persons",
	    ana, "mode", "room", "sitting", "9");
	SAYS(REFUSED, "Sitting 3 has not been held; name the one that was attended.", g,
	    "meeting.attend", "meeting", "1", "persons", ana, "mode", "room", "sitting", "3");
	/* While none is held, of the meeting as a whole. */
	OKAY(g, "meeting.suspend", "meeting", "1");
	CHECK_EQ(ATTENDED(NOW), 0);
	arena_free(g->arena);
}

TEST(an_informal_leaves_a_transcript_only_when_it_was_decided)
{
	struct group *g = with_sittings();
	const struct meeting *m = meeting_get(g, 1);
	SAYS(INVALID,
	    "A transcript is read by everyone, so it can be made only of a sitting that is public.",
	    g, "meeting.sitting", "meeting", "1", "date", "2017-01-26", "kind", "informal", "from",
	    "19:00", "to", "20:00", "transcript", "yes");
	SITS(g, "kind", "informal", "from", "19:00", "to", "20:00", "publicity", "public",
	    "transcript", "yes");
	SITS(g, "kind", "plenary", "from", "20:00", "to", "21:00", "publicity", "members");
	CHECK(meeting_leaves_transcript(m, 0) && meeting_leaves_transcript(m, 1));
	CHECK(!meeting_leaves_transcript(m, 2) && meeting_leaves_transcript(m, 4));
	CHECK(!meeting_leaves_transcript(m, 5));
	arena_free(g->arena);
}
