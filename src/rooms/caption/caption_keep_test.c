/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Live captions with a clock of our own: what may change, for how long, and what is taken. */
#include "rooms/caption/caption_keep_view.h"

#include <stdarg.h>

#include "base/must.h"
#include "caption_keep.sql.h"
#include "caption_view.sql.h"
#include "engine/testing.h"
#include "harness/t.h"
#include "house_view.sql.h"
#include "rooms/caption/caption.h"
#include "rooms/meeting/meeting.h"
#include "rooms/rooms.h"

#include "base/poison.h"

extern const struct room_commands group_commands, people_commands, members_commands,
    methods_commands, meeting_commands, document_commands, floor_commands, caption_commands;

static const struct room list[ROOM_COUNT] = {
    [ROOM_group] = {.name = "group", .commands = &group_commands},
    [ROOM_people] = {.name = "people", .commands = &people_commands},
    [ROOM_members] = {.name = "members", .commands = &members_commands},
    [ROOM_methods] = {.name = "methods", .commands = &methods_commands},
    [ROOM_meeting] = {.name = "meeting", .commands = &meeting_commands},
    [ROOM_document] = {.name = "document", .commands = &document_commands},
    [ROOM_floor] = {.name = "floor", .commands = &floor_commands},
    [ROOM_caption] = {.name = "caption", .commands = &caption_commands},
};
static const struct rooms rooms = {.v = list, .n = ROOM_COUNT};

/* 26 January 2017, 09:00 UTC. */
#define NOW ((usec)17192 * USEC_DAY + 9 * 3600 * USEC_SECOND)

static const actor_id OFFICER = {.b = {1}};

struct trial {
	struct group *g;
	struct arena *arena;
	struct db *db;
	struct inlet_call call;
	struct caption_where where;
	struct err err;
	int64_t last;
	bool open;
};

static enum rc act(struct trial *t, const char *command, ...)
{
	va_list ap;
	va_start(ap, command);
	err_clear(&t->err);
	enum rc rc = try_act_with(
	    &rooms, t->g, command, OFFICER, ROLE_OFFICE, t->call.now, NULL, &t->err, ap);
	va_end(ap);
	return rc;
}
#define ACT(...) act(t, __VA_ARGS__, NULL)

static struct trial *start(void)
{
	struct group *g = try_group(&rooms);
	struct trial *t = arena_new_of(g->arena, struct trial);
	t->g = g;
	t->arena = g->arena;
	must(db_open_memory(&t->db, &t->err) == OK);
	must(db_apply(t->db, &house_view_sql, &t->err) == OK);
	must(house_group_add(t->db, 1, S("wg"), &t->err) == OK);
	must(caption_kept_prepare(t->db, &t->err) == OK);
	must(db_apply(t->db, &caption_view_sql, &t->err) == OK);
	t->call = (struct inlet_call){.arena = t->arena, .db = t->db, .now = NOW};
	t->where = (struct caption_where){
	    .grp = 1, .meeting = 1, .slug = S("wg"), .lang = S("en"), .source = S("c:1")};
	t->open = true;
	CHECK_EQ(
	    ACT("meeting.announce", "title", "Second meeting", "place", "Geneva", "starts",
	        "2017-01-26", "ends", "2017-01-27", "zone", "Europe/Zurich", "publicity", "public"),
	    OK);
	CHECK_EQ(ACT("meeting.agenda_item", "meeting", "1", "title", "Guiding questions"), OK);
	CHECK_EQ(ACT("meeting.open", "meeting", "1"), OK);
	return t;
}

static void stop(struct trial *t)
{
	db_close(t->db);
	arena_free(t->arena);
}

static enum rc keep(struct trial *t, int64_t seq, const char *piece)
{
	err_clear(&t->err);
	t->call.said.n = 0;
	return caption_keep(&t->call, t->g, &t->where, seq, str_of(piece), &t->last, &t->err);
}

static void later(struct trial *t, int64_t seconds)
{
	t->call.now += seconds * USEC_SECOND;
}

/* All that is kept: "Speaker: words|", in the order of the lines. */
static str kept(struct trial *t)
{
	struct caption_keep_lines_rows rows = {0};
	struct buf b = buf_in(t->arena, 0);
	must(caption_keep_lines(t->db, t->arena, 1, 1, t->where.lang, &rows, &t->err) == OK);
	for (size_t i = 0; i < rows.n; i++) {
		str speaker, words;
		caption_line_shown(
		    rows.p[i].text, rows.p[i].floor, rows.p[i].proposed, &speaker, &words);
		if (speaker.n)
			buf_printf(&b, "%.*s: ", STR(speaker));
		buf_printf(&b, "%.*s|", STR(words));
	}
	return buf_str(&b);
}

TEST(a_line_may_change_for_thirty_seconds)
{
	struct trial *t = start();
	CHECK_EQ(keep(t, 1, "We agree.\n"), OK);
	later(t, 29);
	CHECK_EQ(keep(t, 2, "\b\b!\n"), OK);
	CHECK_STR(kept(t), "We agree!|");
	/* Its last change counts, not its beginning. */
	later(t, 29);
	CHECK_EQ(keep(t, 3, "\b\b?\n"), OK);
	CHECK_STR(kept(t), "We agree?|");
	later(t, 31);
	CHECK_EQ(keep(t, 4, "\b\b!\nNext."), OK);
	CHECK_STR(kept(t), "We agree?|!|Next.|");
	/* A line that nobody ended is settled all the same, and what follows begins another. */
	later(t, 31);
	CHECK_EQ(keep(t, 5, " More."), OK);
	CHECK_STR(kept(t), "We agree?|!|Next.| More.|");
	stop(t);
}

TEST(what_comes_twice_is_kept_once)
{
	struct trial *t = start();
	CHECK_EQ(keep(t, 1, "One."), OK);
	CHECK_EQ(keep(t, 1, "One."), OK);
	CHECK_EQ(t->last, 1);
	CHECK_EQ(t->call.said.n, 0);
	CHECK_STR(kept(t), "One.|");
	CHECK_EQ(keep(t, 1, "Two."), CONFLICT);
	/* After a silence a program that was started anew counts from 1; a repetition is none. */
	later(t, 61);
	CHECK_EQ(keep(t, 1, "One."), OK);
	CHECK_STR(kept(t), "One.|");
	CHECK_EQ(keep(t, 1, "Good morning."), OK);
	CHECK_EQ(t->last, 1);
	CHECK_STR(kept(t), "One.|Good morning.|");
	CHECK_EQ(keep(t, 2, "\n"), OK);
	CHECK_EQ(t->last, 2);
	stop(t);
}

TEST(what_comes_early_waits_and_not_without_end)
{
	struct trial *t = start();
	CHECK_EQ(keep(t, 3, "c"), OK);
	CHECK_EQ(t->last, 0);
	CHECK_EQ(keep(t, 3, "other"), CONFLICT);
	CHECK_EQ(keep(t, 64, "z"), OK);
	CHECK_EQ(keep(t, 65, "too far"), CONFLICT);
	CHECK_STR(err_text(&t->err, t->arena),
	    "Piece 1 is missing, and too many came after it; send it first.");
	CHECK_STR(kept(t), "");
	CHECK_EQ(keep(t, 2, "b"), OK);
	CHECK_EQ(keep(t, 1, "a"), OK);
	CHECK_EQ(t->last, 3);
	CHECK_STR(kept(t), "abc|");
	CHECK_EQ(keep(t, 2, "b"), OK);
	CHECK_STR(kept(t), "abc|");
	stop(t);
}

/* A program that gave a piece up must not keep silent everything it says afterwards. */
TEST(a_piece_that_never_comes_is_waited_for_five_seconds)
{
	struct trial *t = start();
	CHECK_EQ(keep(t, 1, "One. "), OK);
	later(t, 40);
	CHECK_EQ(keep(t, 3, "Three. "), OK);
	CHECK_EQ(t->last, 1);
	later(t, 4);
	CHECK_EQ(keep(t, 5, "Five."), OK);
	CHECK_STR(kept(t), "One. |");
	later(t, 1);
	CHECK_EQ(keep(t, 6, " Six."), OK);
	CHECK_EQ(t->last, 3);
	CHECK_STR(kept(t), "One. |Three. |");
	/* The next gap has a time of its own. */
	later(t, 5);
	CHECK_EQ(keep(t, 7, " Seven."), OK);
	CHECK_EQ(t->last, 7);
	CHECK_STR(kept(t), "One. |Three. Five. Six. Seven.|");
	/* What was missed comes yet: at the end, once. */
	CHECK_EQ(keep(t, 2, " Two."), OK);
	CHECK_EQ(keep(t, 2, " Two."), OK);
	CHECK_EQ(t->last, 7);
	CHECK_STR(kept(t), "One. |Three. Five. Six. Seven. Two.|");
	CHECK_EQ(keep(t, 2, "Other words"), CONFLICT);
	CHECK_EQ(keep(t, 8, " Eight."), OK);
	CHECK_STR(kept(t), "One. |Three. Five. Six. Seven. Two. Eight.|");
	stop(t);
}

/* Also when nothing comes after it: what was acknowledged is not lost. */
TEST(what_waits_is_said_when_its_time_has_come)
{
	struct trial *t = start();
	struct caption_where w;
	usec next = INT64_MAX;
	bool found;
	CHECK_EQ(keep(t, 4, "Four."), OK);
	CHECK_STR(kept(t), "");
	CHECK_EQ(caption_gap_next(t->db, t->arena, t->call.now, &w, &found, &next, &t->err), OK);
	CHECK(!found);
	CHECK_EQ(next, t->call.now + CAPTION_GAP);
	later(t, 5);
	CHECK_EQ(caption_gap_next(t->db, t->arena, t->call.now, &w, &found, &next, &t->err), OK);
	CHECK(found);
	CHECK_STR(w.source, "c:1");
	CHECK_EQ(caption_gap_close(&t->call, t->g, &w, &t->err), OK);
	CHECK_STR(kept(t), "Four.|");
	CHECK_EQ(caption_gap_next(t->db, t->arena, t->call.now, &w, &found, &next, &t->err), OK);
	CHECK(!found);
	stop(t);
}

TEST(two_captioners_of_one_language_do_not_mix)
{
	struct trial *t = start();
	CHECK_EQ(keep(t, 1, "The first "), OK);
	t->where.source = S("c:2");
	CHECK_EQ(keep(t, 1, "The second"), OK);
	t->where.source = S("c:1");
	CHECK_EQ(keep(t, 2, "one.\n"), OK);
	t->where.source = S("c:2");
	CHECK_EQ(keep(t, 2, " one.\n\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b"), OK);
	CHECK_STR(kept(t), "The first one.|");
	stop(t);
}

TEST(only_a_public_meeting_that_was_opened_is_captioned)
{
	struct trial *t = start();
	CHECK_EQ(
	    ACT("meeting.announce", "title", "Third", "place", "Geneva", "starts", "2017-02-26",
	        "ends", "2017-02-27", "zone", "Europe/Zurich", "publicity", "members"),
	    OK);
	t->where.meeting = 2;
	CHECK_EQ(keep(t, 1, "x"), REFUSED);
	t->where.meeting = 3;
	CHECK_EQ(keep(t, 1, "x"), REFUSED);
	CHECK_EQ(
	    ACT("caption.connect", "meeting", "2", "lang", "en", "label", "Services"), REFUSED);
	CHECK_EQ(ACT("caption.connect", "meeting", "1", "lang", "en", "label", "Services"), OK);
	CHECK_EQ(ACT("caption.disconnect", "connection", "2"), ABSENT);
	CHECK_EQ(ACT("caption.disconnect", "connection", "1"), OK);
	CHECK_EQ(ACT("caption.disconnect", "connection", "1"), REFUSED);
	stop(t);
}

/* --- taking --- */

static bool goes_on(void *ctx, str slug, int64_t meeting)
{
	const struct trial *t = ctx;
	CHECK_STR(slug, "wg");
	CHECK_EQ(meeting, 1);
	return t->open;
}

static int64_t sitting_at(void *ctx, str slug, int64_t meeting, usec at)
{
	const struct trial *t = ctx;
	CHECK_STR(slug, "wg");
	return meeting_sitting_at(meeting_get(t->g, meeting), at);
}

static const struct command *take_command(void)
{
	for (size_t i = 0; i < caption_commands.n; i++)
		if (strcmp(caption_commands.rows[i].name, "caption.take") == 0)
			return &caption_commands.rows[i];
	must(!"caption.take");
	return NULL;
}

/* Takes what is due as the house does; "Speaker [from-to]: words|" of each utterance. */
static str taken(struct trial *t, usec *next)
{
	struct buf b = buf_in(t->arena, 0);
	const struct command *c = take_command();
	const struct caption_course course = {goes_on, sitting_at, t};
	bool found = true;
	*next = INT64_MAX;
	while (found) {
		struct caption_batch batch;
		must(caption_take_next(t->db, t->arena, c, t->call.now, &course, &batch, &found,
		         next, &t->err) == OK);
		if (found && batch.values) {
			struct act a = {.arena = t->arena,
			    .command = c,
			    .values = batch.values,
			    .actor = ACTOR_SYSTEM,
			    .roles = ROLE_SYSTEM,
			    .now = t->call.now,
			    .seq = t->g->n};
			CHECK_EQ(c->decide(t->g, &a, &t->err), OK);
			struct fact f = {.command = c,
			    .values = a.values,
			    .actor = a.actor,
			    .time = a.now,
			    .seq = a.seq};
			c->fold(t->g, &f);
			const struct value *lines = fact_value(&f, "lines"),
			                   *speakers = fact_value(&f, "speakers"),
			                   *texts = fact_value(&f, "utterances");
			for (size_t i = 0; i < texts->list.n; i++)
				buf_printf(&b, "%.*s [%.*s]: %.*s|", STR(speakers->list.p[i]),
				    STR(lines->list.p[i]), STR(texts->list.p[i]));
		}
		if (found)
			must(caption_take_done(t->db, &batch, t->call.now, &t->err) == OK);
	}
	return buf_str(&b);
}

TEST(settled_lines_are_taken_every_five_minutes_and_at_the_end)
{
	struct trial *t = start();
	usec next;
	CHECK_EQ(
	    keep(t, 1, ">> KENYA: We agree.\nWith all of it.\n>> Thank you.\n\n(applause)\n"), OK);
	CHECK_STR(taken(t, &next), "");
	CHECK_EQ(next, NOW + CAPTION_GATHER);
	later(t, 299);
	CHECK_STR(taken(t, &next), "");
	CHECK_EQ(keep(t, 2, "Still being ty"), OK);
	later(t, 1);
	/* Lines of a turn are one utterance; the last line may still change. */
	CHECK_STR(taken(t, &next),
	    "KENYA [1 2]: We agree. With all of it.|- [3 3]: Thank you.|- [5 5]: (applause)|");
	CHECK_STR(taken(t, &next), "");
	CHECK_EQ(keep(t, 3, "ped.\n"), OK);
	t->open = false;
	CHECK_STR(taken(t, &next), "");
	CHECK_EQ(next, t->call.now + CAPTION_LOOSE);
	later(t, 30);
	CHECK_STR(taken(t, &next), "- [6 6]: Still being typed.|");
	const struct transcript *x = caption_transcript(t->g, 1);
	CHECK_EQ(x->utterances.n, 4);
	CHECK_EQ(caption_taken_line(x, S("en")), 6);
	CHECK_EQ(x->began, NOW);
	/* What is in the record cannot be taken back. */
	CHECK_EQ(keep(t, 4, "\b\b\b\b\b\b\b"), OK);
	CHECK_EQ(t->call.said.n, 0);
	stop(t);
}

TEST(lines_that_were_taken_are_refused)
{
	struct trial *t = start();
	usec next;
	t->open = false;
	CHECK_EQ(keep(t, 1, "One.\n"), OK);
	later(t, 31);
	CHECK_STR(taken(t, &next), "- [1 1]: One.|");
	/* As if the mark had been lost: the rule still knows. */
	const struct caption_course course = {goes_on, sitting_at, t};
	struct caption_batch batch;
	bool found;
	CHECK_EQ(caption_keep_line_add(t->db, 1, 1, S("en"), 0, S("c:1"), S("One."), STR_EMPTY,
	             STR_EMPTY, 0, 0, true, NOW, 1, &t->err),
	    OK);
	CHECK_EQ(caption_take_next(t->db, t->arena, take_command(), t->call.now, &course, &batch,
	             &found, &next, &t->err),
	    OK);
	CHECK(found);
	struct act a = {.arena = t->arena,
	    .command = take_command(),
	    .values = batch.values,
	    .actor = ACTOR_SYSTEM,
	    .roles = ROLE_SYSTEM,
	    .now = t->call.now};
	CHECK_EQ(take_command()->decide(t->g, &a, &t->err), REFUSED);
	CHECK_STR(err_text(&t->err, t->arena), "Lines up to 1 stand in the transcript already.");
	stop(t);
}

TEST(lines_are_taken_under_the_item_in_which_they_were_said)
{
	struct trial *t = start();
	usec next;
	t->open = false;
	CHECK_EQ(ACT("meeting.agenda_item", "meeting", "1", "title", "Other matters"), OK);
	CHECK_EQ(keep(t, 1, "Before.\n"), OK);
	CHECK_EQ(ACT("meeting.adopt_agenda", "meeting", "1"), OK);
	CHECK_EQ(ACT("meeting.consider", "meeting", "1", "item", "1"), OK);
	CHECK_EQ(keep(t, 2, "On the questions.\n"), OK);
	later(t, 31);
	CHECK_STR(taken(t, &next), "- [1 1]: Before.|- [2 2]: On the questions.|");
	const struct transcript *x = caption_transcript(t->g, 1);
	CHECK_EQ(x->utterances.n, 2);
	stop(t);
}

TEST(a_note_is_nobodys_and_the_speaker_goes_on)
{
	struct trial *t = start();
	usec next;
	t->open = false;
	CHECK_EQ(keep(t, 1, ">> KENYA: We agree.\n(applause)\n(laughter)\nThank you.\n"), OK);
	CHECK_STR(kept(t), "KENYA: We agree.|(applause)|(laughter)|KENYA: Thank you.|");
	CHECK_EQ(t->call.said.n, 4);
	CHECK(str_find(t->call.said.p[1].head, S("\"s\"")) == SIZE_MAX);
	later(t, 31);
	CHECK_STR(taken(t, &next), "KENYA [1 1]: We agree.|- [2 2]: (applause)|- [3 3]: (laughter)|"
	                           "KENYA [4 4]: Thank you.|");
	stop(t);
}

TEST(what_was_taken_goes_and_its_channel_knows)
{
	struct trial *t = start();
	usec next;
	bool any = false;
	t->open = false;
	CHECK_EQ(keep(t, 1, "One.\n"), OK);
	CHECK_EQ(keep(t, 2, "Two.\n"), OK);
	later(t, 31);
	(void)taken(t, &next);
	CHECK_EQ(keep(t, 3, "Three.\n"), OK);
	CHECK_EQ(caption_take_sweep(t->db, t->arena, t->call.now, &any, &next, &t->err), OK);
	CHECK(!any);
	later(t, 902);
	CHECK_EQ(caption_take_sweep(t->db, t->arena, t->call.now, &any, &next, &t->err), OK);
	CHECK(any);
	CHECK_STR(kept(t), "Three.|");
	struct inlet_call back = {.arena = t->arena};
	CHECK_EQ(caption_kept_recall(t->db, &back, &t->err), OK);
	CHECK_EQ(back.said.n, 2);
	CHECK_EQ(back.said.p[0].line, 0);
	CHECK_EQ(back.said.p[0].id, 2);
	CHECK_EQ(back.said.p[1].id, 3);
	CHECK_STR(back.said.p[1].text, "Three.");
	CHECK_STR(back.said.p[1].channel, "/g/wg/meetings/1/captions/en/live");
	CHECK_STR(back.said.p[1].head, "\"at\":1485421231");
	stop(t);
}

/* An utterance of the view, of these lines, with its words or without. */
static void view(struct trial *t, int64_t segment, int64_t line, int64_t line_to, str words)
{
	must(caption_utterance_add(t->db, 1, 1, segment, 0, S("rough"), S("en"), STR_EMPTY, 0,
	         STR_EMPTY, STR_EMPTY, INT64_MIN, INT64_MIN, NOW, 9, line, line_to, 0, STR_EMPTY,
	         &t->err) == OK);
	must(caption_version_add(t->db, 1, 1, segment, 1, words, STR_EMPTY, NOW, 9, &t->err) == OK);
}

TEST(what_is_erased_from_the_record_is_taken_back_from_readers)
{
	struct trial *t = start();
	usec next;
	bool any = false;
	t->open = false;
	CHECK_EQ(keep(t, 1, "One.\nTwo.\n\nThree.\n"), OK);
	later(t, 31);
	CHECK_STR(taken(t, &next), "- [1 2]: One. Two.|- [4 4]: Three.|");
	view(t, 1, 1, 2, S("One. Two."));
	view(t, 2, 4, 4, S("Three."));
	CHECK_EQ(caption_take_erased(t->db, t->arena, t->call.now, &any, &t->err), OK);
	CHECK(!any);
	must(db_script(t->db, S("update caption_version set text = '' where segment = 1"),
	         &t->err) == OK);
	CHECK_EQ(caption_take_erased(t->db, t->arena, t->call.now, &any, &t->err), OK);
	CHECK(any);
	CHECK_STR(kept(t), "|Three.|");
	struct inlet_call back = {.arena = t->arena, .now = t->call.now - 1};
	CHECK_EQ(caption_kept_recall(t->db, &back, &t->err), OK);
	CHECK_EQ(back.said.n, 3); /* what the channel holds no more, and both lines */
	CHECK_EQ(back.said.p[1].line, 1);
	CHECK(back.said.p[1].gone);
	CHECK(back.said.p[2].gone);
	CHECK(back.said.p[2].id > back.said.p[1].id);
	stop(t);
}

/* A plenary from now on, and an informal that leaves a Chair's summary. */
static struct trial *in_sittings(void)
{
	struct trial *t = start();
	CHECK_EQ(ACT("meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-26",
	             "from", "10:00", "to", "13:00"),
	    OK);
	CHECK_EQ(ACT("meeting.sitting", "meeting", "1", "kind", "informal", "date", "2017-01-26",
	             "from", "13:00", "to", "14:00"),
	    OK);
	CHECK_EQ(ACT("meeting.suspend", "meeting", "1"), OK);
	return t;
}

TEST(what_is_said_in_a_break_or_an_informal_is_not_kept)
{
	struct trial *t = in_sittings();
	/* Captioners write behind. */
	later(t, 119);
	CHECK_EQ(keep(t, 1, "The meeting is suspended.\n"), OK);
	CHECK(!t->call.note.n);
	later(t, 2);
	CHECK_EQ(keep(t, 2, "Did you hear what he said?\n"), OK);
	CHECK_EQ(t->last, 2);
	CHECK_EQ(t->call.said.n, 0);
	CHECK(t->call.note.n > 0);
	CHECK_EQ(ACT("meeting.resume", "meeting", "1", "sitting", "2"), OK);
	CHECK_EQ(keep(t, 3, "Between us: we can live with it.\n"), OK);
	CHECK(t->call.note.n > 0);
	CHECK_EQ(ACT("meeting.suspend", "meeting", "1"), OK);
	CHECK_EQ(keep(t, 4, "More of it.\n"), OK);
	CHECK_EQ(ACT("meeting.resume", "meeting", "1"), OK);
	t->call.note = STR_EMPTY;
	CHECK_EQ(keep(t, 5, "We resume.\n"), OK);
	CHECK(!t->call.note.n);
	CHECK_STR(kept(t), "The meeting is suspended.|We resume.|");
	stop(t);
}

TEST(lines_know_their_sitting_and_a_break_takes_none_early)
{
	struct trial *t = in_sittings();
	usec next;
	CHECK_EQ(ACT("meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-26",
	             "from", "15:00", "to", "18:00"),
	    OK);
	CHECK_EQ(ACT("meeting.resume", "meeting", "1"), OK);
	CHECK_EQ(keep(t, 1, ">> KENYA: We thank you.\n"), OK);
	CHECK_EQ(ACT("meeting.suspend", "meeting", "1"), OK);
	later(t, 60);
	CHECK_STR(taken(t, &next), "");
	CHECK_EQ(next, NOW + CAPTION_GATHER);
	/* The same turn over two sittings is two utterances. */
	CHECK_EQ(ACT("meeting.resume", "meeting", "1", "sitting", "3"), OK);
	CHECK_EQ(keep(t, 2, "And we go on.\n"), OK);
	later(t, 240);
	CHECK_STR(taken(t, &next), "KENYA [1 1]: We thank you.|");
	later(t, 60);
	CHECK_STR(taken(t, &next), "KENYA [2 2]: And we go on.|");
	CHECK_EQ(caption_utterance(t->g, 1, 1)->sitting, 1);
	CHECK_EQ(caption_utterance(t->g, 1, 2)->sitting, 3);
	stop(t);
}
