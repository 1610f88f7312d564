/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Mandate, methods and meetings over a real log: what the pages read, and the rebuild. */
#include "base/utf8.h"
#include "engine/house.h"
#include "harness/t.h"
#include "meeting_view.sql.h"
#include "methods_view.sql.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/rooms_list.h"

#include <stdarg.h>

#include "base/poison.h"

static usec fixed_now(void *ctx)
{
	return *(usec *)ctx;
}

static const actor_id OFFICER = {.b = {1}};

struct trial {
	struct arena *a;
	usec now;
	struct house *house;
	struct db *db;
	struct rng_seeded seed;
	struct outcome out;
	struct err err;
};

/* One act in a transaction of its own; fields as name, value pairs ended by NULL. */
static enum rc act(struct trial *t, const char *command, va_list fields)
{
	const struct command *c = rooms_command(&comity_rooms, str_of(command), NULL);
	struct inputs in = {0};
	struct err *err = &t->err;
	const char *name;
	while ((name = va_arg(fields, const char *)))
		inputs_add(t->a, &in, str_of(name), str_of(va_arg(fields, const char *)));
	struct order o = {
	    .group = c->flags & COMMAND_SITE ? STR_EMPTY : S("wgec"),
	    .command = c,
	    .actor = OFFICER,
	    .extra_roles = ROLE_OFFICE | ROLE_ADMIN | ROLE_SYSTEM,
	    .expect = LOG_ANY,
	};
	t->now += USEC_SECOND;
	TRY(command_read(t->a, c, &in, &o.values, NULL, err));
	TRY(house_begin(t->house, err));
	enum rc rc = house_carry_out(t->house, t->a, &o, &t->out, err);
	if (rc == OK)
		return house_commit(t->house, err);
	house_rollback(t->house);
	return rc;
}

static void act_ok(struct trial *t, const char *command, ...)
{
	va_list fields;
	va_start(fields, command);
	err_clear(&t->err);
	if (act(t, command, fields) != OK)
		t_fail(__FILE__, __LINE__, "%s: %.*s", command, STR(err_text(&t->err, t->a)));
	va_end(fields);
}
#define DO(...) act_ok(t, __VA_ARGS__, NULL)

static enum rc act_code(struct trial *t, const char *command, ...)
{
	va_list fields;
	va_start(fields, command);
	err_clear(&t->err);
	enum rc rc = act(t, command, fields);
	va_end(fields);
	return rc;
}

static void start(struct trial *t)
{
	*t = (struct trial){
	    .a = arena_new(0),
	    .now = when_from_civil((struct civil){2017, 1, 26, 8, 0, 0, 0}),
	};
	struct house_conf conf = {
	    .dir = arena_printf(t->a, "%s/house", t_tmpdir()),
	    .rooms = &comity_rooms,
	    .clock = {fixed_now, &t->now},
	    .rng = rng_from_seed(&t->seed, S("meeting")),
	    .create = true,
	    .host = S("example.org"),
	};
	CHECK_EQ(house_open(&conf, &t->house, &t->err), OK);
	t->db = house_db(t->house);
	DO("group.create", "slug", "wgec", "title", "Working Group");
	DO("group.found", "title", "Working Group", "short_title", "WGEC", "place", "Geneva",
	    "zone", "Europe/Zurich");
}

/* The id that the last people.add gave. */
static str person_made(struct trial *t)
{
	const struct command *c = rooms_command(&comity_rooms, S("people.add"), NULL);
	for (size_t i = 0; i < c->fields_n; i++)
		if (strcmp(c->fields[i].name, "person") == 0)
			return actor_str(t->a, t->out.values[i].actor);
	return STR_EMPTY;
}

static void prepare_meeting(struct trial *t)
{
	DO("meeting.announce", "title", "Second meeting", "place", "Geneva", "starts", "2017-01-26",
	    "ends", "2017-01-27", "zone", "Europe/Zurich", "publicity", "public");
	DO("meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-26", "from",
	    "10:00", "to", "13:00");
	DO("meeting.sitting", "meeting", "1", "kind", "informal", "date", "2017-01-26", "from",
	    "15:00", "to", "18:00", "topic", "Guiding questions");
	DO("meeting.agenda_item", "meeting", "1", "title", "Guiding questions");
	DO("meeting.agenda_item", "meeting", "1", "title", "Dates of the next meeting");
	DO("document.issue", "kind", "agenda", "title", "Annotated agenda", "lang", "en", "text",
	    "One.", "meeting", "1");
	DO("document.issue", "kind", "chair_paper", "title", "Two questions", "lang", "en", "text",
	    "Two.");
	DO("meeting.document", "meeting", "1", "item", "1", "document", "2");
}

static void hold_meeting(struct trial *t)
{
	DO("meeting.open", "meeting", "1");
	DO("meeting.adopt_agenda", "meeting", "1");
	DO("meeting.consider", "meeting", "1", "item", "1");
	DO("meeting.conclude", "meeting", "1", "item", "1", "outcome", "agreed_to_revert", "text",
	    "The group agreed to revert to it.");
	DO("meeting.consider", "meeting", "1", "item", "1");
	DO("meeting.conclude", "meeting", "1", "item", "1", "outcome", "decided", "text",
	    "The group decided on two questions.");
	DO("meeting.conclude", "meeting", "1", "item", "2", "outcome", "deferred", "text",
	    "The item was deferred.");
	DO("meeting.summary", "meeting", "1", "sitting", "2", "text", "First.\n\nSecond.");
	DO("meeting.summary", "meeting", "1", "sitting", "2", "text", "Corrected.");
	DO("meeting.record", "meeting", "1", "kind", "transcript", "url",
	    "https://example.org/transcript");
	DO("meeting.close", "meeting", "1");
}

static void finish(struct trial *t)
{
	house_close(t->house);
	arena_free(t->a);
}

TEST(meeting_view_tells_the_course_and_the_conclusions)
{
	struct trial trial, *t = &trial;
	struct meeting_list_rows list = {0};
	struct meeting_conclusions_rows ends = {0};
	struct meeting_items_rows items = {0};
	struct meeting_decided_rows decided = {0};
	struct meeting_steps_rows steps = {0};
	start(t);
	prepare_meeting(t);
	hold_meeting(t);
	NEED(meeting_list(t->db, t->a, 1, &list, &t->err) == OK && list.n == 1);
	CHECK_STR(list.p[0].state, "closed");
	CHECK_STR(list.p[0].agenda, "adopted");
	CHECK_EQ(list.p[0].items, 2);
	CHECK_EQ(list.p[0].decisions, 1);
	NEED(meeting_items(t->db, t->a, 1, 1, &items, &t->err) == OK && items.n == 2);
	CHECK_STR(items.p[0].state, "concluded");
	CHECK_STR(items.p[1].state, "deferred");
	NEED(meeting_conclusions(t->db, t->a, 1, 1, &ends, &t->err) == OK && ends.n == 3);
	CHECK_STR(ends.p[0].outcome, "agreed_to_revert");
	CHECK_EQ(ends.p[0].decision, INT64_MIN);
	CHECK_EQ(ends.p[1].decision, 1);
	NEED(meeting_decided(t->db, t->a, 1, &decided, &t->err) == OK && decided.n == 1);
	CHECK_STR(decided.p[0].title, "Guiding questions");
	NEED(meeting_steps(t->db, t->a, 1, 1, &steps, &t->err) == OK && steps.n == 4);
	CHECK_STR(steps.p[2].step, "agenda_adopted");
	finish(t);
}

TEST(meeting_view_lists_documents_under_their_item)
{
	struct trial trial, *t = &trial;
	struct meeting_documents_rows rows = {0};
	start(t);
	prepare_meeting(t);
	NEED(meeting_documents(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 2);
	CHECK_EQ(rows.p[0].item, 0); /* issued for the meeting as a whole */
	CHECK_STR(rows.p[0].title, "Annotated agenda");
	CHECK_EQ(rows.p[1].item, 1);
	CHECK_STR(rows.p[1].title, "Two questions");
	CHECK(rows.p[1].slug.n > 0);
	/* Put under an item as well, it is no longer listed for the whole meeting. */
	DO("meeting.document", "meeting", "1", "item", "2", "document", "1");
	rows.n = 0;
	NEED(meeting_documents(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 2);
	CHECK_EQ(rows.p[0].item, 1);
	CHECK_EQ(rows.p[1].item, 2);
	finish(t);
}

TEST(meeting_view_keeps_superseded_summaries_and_usual_publicity)
{
	struct trial trial, *t = &trial;
	struct meeting_summaries_rows rows = {0};
	struct meeting_summary_paragraphs_rows text = {0};
	struct meeting_sittings_rows sittings = {0};
	start(t);
	prepare_meeting(t);
	hold_meeting(t);
	NEED(meeting_summaries(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 2);
	CHECK_EQ(rows.p[0].superseded_by, rows.p[1].seq);
	CHECK_EQ(rows.p[1].superseded_by, INT64_MIN);
	NEED(meeting_summary_paragraphs(t->db, t->a, 1, 1, rows.p[0].seq, &text, &t->err) == OK);
	NEED(text.n == 2);
	CHECK_STR(text.p[1].text, "Second.");
	NEED(meeting_sittings(t->db, t->a, 1, 1, &sittings, &t->err) == OK && sittings.n == 2);
	CHECK_STR(sittings.p[0].publicity, "public");
	CHECK_STR(sittings.p[1].publicity, "members"); /* UN consensus: informals are not public */
	finish(t);
}

TEST(meeting_view_keeps_for_whom_people_came)
{
	struct trial trial, *t = &trial;
	struct meeting_attended_rows rows = {0};
	start(t);
	prepare_meeting(t);
	DO("people.add", "name", "Ana Example", "representing", "Nowhere", "kind", "delegate");
	const char *ana = arena_z(t->a, person_made(t));
	DO("people.add", "name", "Ben Example", "representing", "Somewhere", "kind", "observer");
	const char *ben = arena_z(t->a, person_made(t));
	DO("meeting.open", "meeting", "1");
	DO("meeting.attend", "meeting", "1", "persons", ana, "persons", ben, "mode", "room");
	DO("meeting.attend", "meeting", "1", "persons", ben, "mode", "absent");
	DO("meeting.attend", "meeting", "1", "persons", ana, "mode", "remote");
	DO("people.card", "person", ana, "name", "Ana Married", "representing", "Elsewhere");
	NEED(meeting_attended(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 1);
	CHECK_STR(rows.p[0].mode, "remote");
	CHECK_STR(rows.p[0].representing, "Nowhere"); /* as it was at the meeting */
	CHECK_STR(rows.p[0].name, "Ana Married");     /* the person, as known today */
	finish(t);
}

TEST(meeting_view_knows_who_attended_which_sitting)
{
	struct trial trial, *t = &trial;
	struct meeting_attended_rows rows = {0};
	struct meeting_attended_sittings_rows at = {0};
	struct meeting_attended_entries_rows entries = {0};
	struct meeting_list_rows list = {0};
	start(t);
	prepare_meeting(t);
	DO("people.add", "name", "Ana Example", "representing", "Nowhere", "kind", "delegate");
	const char *ana = arena_z(t->a, person_made(t));
	DO("people.add", "name", "Ben Example", "representing", "Somewhere", "kind", "observer");
	const char *ben = arena_z(t->a, person_made(t));
	DO("meeting.open", "meeting", "1");
	DO("meeting.attend", "meeting", "1", "persons", ana, "persons", ben, "mode", "room");
	DO("meeting.suspend", "meeting", "1");
	/* In the afternoon only Ana, from far away. */
	t->now += 6 * 3600 * USEC_SECOND;
	DO("meeting.resume", "meeting", "1", "sitting", "2");
	DO("meeting.attend", "meeting", "1", "persons", ana, "persons", ben, "mode", "remote");
	DO("meeting.attend", "meeting", "1", "persons", ben, "mode", "absent");
	NEED(meeting_attended_sittings(t->db, t->a, 1, 1, &at, &t->err) == OK && at.n == 2);
	CHECK_EQ(at.p[0].room, 2);
	CHECK_EQ(at.p[0].remote, 0);
	CHECK_EQ(at.p[1].room, 0);
	CHECK_EQ(at.p[1].remote, 1);
	/* Of the meeting each is counted once. */
	NEED(meeting_list(t->db, t->a, 1, &list, &t->err) == OK && list.n == 1);
	CHECK_EQ(list.p[0].attended, 2);
	NEED(meeting_attended(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 2);
	CHECK_STR(rows.p[0].representing, "Nowhere");
	CHECK_STR(rows.p[0].mode, "room");
	CHECK_STR(rows.p[0].room_at, "1");
	CHECK_STR(rows.p[0].remote_at, "2");
	CHECK_STR(rows.p[1].room_at, "1");
	CHECK_STR(rows.p[1].remote_at, "");
	NEED(meeting_attended_entries(t->db, t->a, 1, 1, &entries, &t->err) == OK);
	CHECK_EQ(entries.n, 2);
	/* When none is held it is said of the meeting, and taken back of all of it. */
	DO("meeting.suspend", "meeting", "1");
	DO("meeting.attend", "meeting", "1", "persons", ana, "mode", "absent");
	NEED(meeting_attended(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 1);
	CHECK_STR(rows.p[0].representing, "Somewhere");
	finish(t);
}

/* Who presides first, then seats, then the others by what they are. */
TEST(meeting_view_lists_those_without_a_seat_by_what_they_are)
{
	static const char *const people[][3] = {{"Ida Example", "Booth", "interpreter"},
	    {"Obi Example", "Watch", "observer"}, {"Eva Example", "Anstalt", "expert"},
	    {"Dee Example", "Nowhere", "delegate"}, {"Cha Example", "Zenith", "delegate"},
	    {"Mia Example", "Member", "delegate"}};
	static const char *const want[] = {"Cha", "Mia", "Dee", "Obi", "Eva", "Ida"};
	struct trial trial, *t = &trial;
	struct meeting_attended_rows rows = {0};
	const char *who[6];
	start(t);
	prepare_meeting(t);
	DO("members.constituency", "code", "one", "name", "Everyone", "quota", "1", "route",
	    "election");
	DO("members.nominate", "constituency", "one", "delegation", "Member");
	DO("members.assess", "nomination", "1", "verdict", "eligible");
	DO("members.endorse", "nomination", "1");
	DO("members.take_seat", "seat", "1");
	for (size_t i = 0; i < 6; i++) {
		DO("people.add", "name", people[i][0], "representing", people[i][1], "kind",
		    people[i][2]);
		who[i] = arena_z(t->a, person_made(t));
	}
	DO("members.assign", "seat", "1", "person", who[5], "role", "head");
	DO("members.candidate", "person", who[4], "office", "chair");
	DO("members.elect", "person", who[4], "office", "chair", "words", "by acclamation");
	DO("meeting.open", "meeting", "1");
	DO("meeting.attend", "meeting", "1", "persons", who[0], "persons", who[1], "persons",
	    who[2], "persons", who[3], "persons", who[4], "persons", who[5], "mode", "room");
	NEED(meeting_attended(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 6);
	for (size_t i = 0; i < 6; i++)
		CHECK(str_starts(rows.p[i].name, str_of(want[i])));
	CHECK_STR(rows.p[0].office, "chair");
	CHECK_STR(rows.p[1].constituency_name, "Everyone");
	CHECK_STR(rows.p[1].kind, "");
	CHECK_STR(rows.p[3].kind, "observer");
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	finish(t);
}

TEST(meeting_calendar_is_folded_and_escaped)
{
	struct trial trial, *t = &trial;
	start(t);
	DO("meeting.announce", "title",
	    "Réunion préparatoire à très haut niveau, élargie; première partie, à Genève", "place",
	    "Genève, Palais des Nations", "starts", "2017-01-26", "ends", "2017-01-27", "zone",
	    "Europe/Zurich", "publicity", "public", "how", "One.\nTwo.");
	DO("meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-27", "from",
	    "10:00", "to", "13:00");
	struct page p = {.arena = t->a,
	    .db = t->db,
	    .viewer.lang = S("en"),
	    .group = {.id = 1, .slug = S("wgec"), .short_title = S("WGEC"), .title = S("Group")}};
	NEED(meeting_page_calendar(&p, &t->err) == OK);
	CHECK(str_find(p.file_bytes, S("DTEND;VALUE=DATE:20170128\r\n")) != SIZE_MAX);
	CHECK(str_find(p.file_bytes, S("DTSTART:20170127T090000Z\r\n")) != SIZE_MAX);
	CHECK(str_find(p.file_bytes, S("DESCRIPTION:One.\\nTwo.\r\n")) != SIZE_MAX);
	CHECK(str_find(p.file_bytes, S("LOCATION:Genève\\, Palais")) != SIZE_MAX);
	str rest = p.file_bytes, line;
	size_t folded = 0;
	while (str_cut(&rest, '\n', &line)) {
		CHECK(!line.n || str_ends(line, S("\r")));
		CHECK(line.n <= 76 && utf8_valid(line));
		folded += str_starts(line, S(" "));
	}
	CHECK(folded >= 2);
	finish(t);
}

TEST(meeting_survives_erasure_of_its_texts)
{
	struct trial trial, *t = &trial;
	struct meeting_summaries_rows rows = {0};
	struct meeting_summary_paragraphs_rows text = {0};
	start(t);
	prepare_meeting(t);
	hold_meeting(t);
	NEED(meeting_summaries(t->db, t->a, 1, 1, &rows, &t->err) == OK && rows.n == 2);
	const char *seq = arena_z(t->a, arena_printf(t->a, "%lld", (long long)rows.p[1].seq));
	DO("part.erase", "seq", seq, "part", "1", "ground", "error");
	NEED(meeting_summary_paragraphs(t->db, t->a, 1, 1, rows.p[1].seq, &text, &t->err) == OK);
	CHECK_EQ(text.n, 0);
	/* Numbers and states are what later acts rest on: they are not erased. */
	struct meeting_items_rows items = {0};
	NEED(meeting_items(t->db, t->a, 1, 1, &items, &t->err) == OK && items.n == 2);
	seq = arena_z(t->a, arena_printf(t->a, "%lld", (long long)items.p[0].seq));
	CHECK_EQ(
	    act_code(t, "part.erase", "seq", seq, "part", "0", "ground", "error", NULL), REFUSED);
	CHECK_EQ(
	    act_code(t, "part.erase", "seq", seq, "part", "9", "ground", "error", NULL), INVALID);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	DO("meeting.announce", "title", "Third meeting", "place", "Geneva", "starts", "2017-05-03",
	    "ends", "2017-05-05", "zone", "Europe/Zurich", "publicity", "public");
	finish(t);
}

TEST(methods_view_names_what_the_group_set_itself)
{
	struct trial trial, *t = &trial;
	struct methods_list_rows rows = {0};
	start(t);
	DO("methods.draft", "title", "First", "text", "One.\n\nTwo.", "preset", "gnso", "readings",
	    "3");
	DO("methods.draft", "title", "Second", "text", "One.", "preset", "ietf");
	DO("methods.adopt", "number", "1", "words", "It is so decided.");
	DO("methods.adopt", "number", "2");
	NEED(methods_list(t->db, t->a, 1, &rows, &t->err) == OK && rows.n == 2);
	CHECK_EQ(rows.p[0].number, 2); /* the one in force comes first */
	CHECK_STR(rows.p[0].state, "adopted");
	CHECK_STR(rows.p[0].set_by, ",");
	CHECK_STR(rows.p[1].state, "superseded");
	CHECK_EQ(rows.p[1].superseded_by, 2);
	CHECK_STR(rows.p[1].set_by, ",readings,");
	CHECK_EQ(rows.p[1].readings, 3);
	CHECK_EQ(rows.p[1].silence_hours, 168);
	CHECK_STR(rows.p[1].languages, "en");
	finish(t);
}

TEST(meeting_views_are_the_same_after_a_rebuild)
{
	struct trial trial, *t = &trial;
	digest before, after;
	start(t);
	DO("mandate.record", "parent_body", "General Assembly", "symbol", "A/RES/70/125", "title",
	    "Outcome", "date", "2015-12-16");
	DO("mandate.quote", "mandate", "1", "paragraph", "65", "text", "x", "lang", "en");
	DO("mandate.line", "bodies", "General Assembly", "bodies", "CSTD");
	DO("mandate.state", "mandate", "1", "state", "in_force");
	prepare_meeting(t);
	hold_meeting(t);
	DO("methods.draft", "title", "x", "text", "One.", "preset", "ietf", "languages", "fr");
	DO("methods.adopt", "number", "1", "meeting", "1");
	/* A sitting of a meeting under the new methods, then one that is cancelled. */
	DO("meeting.announce", "title", "Third meeting", "place", "Geneva", "starts", "2017-05-03",
	    "ends", "2017-05-05", "zone", "Europe/Zurich", "publicity", "members_observers");
	DO("meeting.sitting", "meeting", "2", "kind", "informal", "date", "2017-05-03", "from",
	    "20:00", "to", "01:00");
	DO("meeting.cancel_sitting", "meeting", "2", "sitting", "1", "reason", "No need.");
	DO("meeting.change", "meeting", "2", "place", "Vienna", "reason", "A strike.");
	CHECK_EQ(house_view_digest(t->house, &before, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &after, &t->err), OK);
	CHECK(digest_eq(before, after));
	finish(t);
}
