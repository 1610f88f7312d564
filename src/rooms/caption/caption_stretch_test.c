/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * A long transcript, a stretch at a time: what is shown, and that no more is read for it than is
 * shown. Rows are counted where SQLite hands them out.
 */
#include "engine/page.h"
#include "engine/web_inner.h"
#include "harness/t.h"
#include "rooms/call/call_trial.h"
#include "rooms/rooms_list.h"

#include <sqlite3.h>

#include "base/must.h"

#include "base/poison.h"

#define DO(...)                                                                          \
	CHECK_EQ(trial_act(t, ACTOR_SYSTEM, ROLE_SECRETARIAT | ROLE_CHAIR | ROLE_SYSTEM, \
	             __VA_ARGS__, NULL),                                                 \
	    OK)
#define SAID    1201
#define STRETCH 500

struct looked {
	str html, facts;
	size_t rows; /* that were read for it */
};

static int count_row(unsigned what, void *ctx, void *stmt, void *more)
{
	size_t *rows = ctx;
	(void)what;
	(void)stmt;
	(void)more;
	++*rows;
	return 0;
}

static struct looked look(struct trial *t, const char *name, const char *value)
{
	static struct web web = {.conf = {.rooms = &comity_rooms}};
	const str pieces[] = {S("g"), S("wgec"), S("meetings"), S("1"), S("transcript")};
	struct http_request request = {.arena = t->a};
	struct page_request pr = {.web = &web, .q = &request, .json = true};
	const struct route *route = route_find(&comity_rooms, pieces, 5, &pr.args);
	struct page p = {
	    .arena = t->a,
	    .db = t->db,
	    .viewer = {.roles = ROLE_PUBLIC, .lang = S("en")},
	    .group = {.id = 1, .slug = S("wgec"), .title = S("Group"), .zone = S("UTC")},
	    .out = page_out_in(t->a, 0),
	    .now = t->now,
	    .facts = json_new_object(t->a),
	    .request = &pr,
	};
	struct looked l = {.html = STR_EMPTY};
	if (name)
		*vec_push(t->a, &request.params) =
		    (struct http_pair){.name = str_of(name), .value = str_of(value)};
	err_clear(&t->err);
	must(route);
	sqlite3_trace_v2(db_handle(t->db), SQLITE_TRACE_ROW, count_row, &l.rows);
	CHECK_EQ(route->page(&p, &t->err), OK);
	sqlite3_trace_v2(db_handle(t->db), 0, NULL, NULL);
	l.html = page_out_str(&p.out);
	l.facts = json_str(t->a, p.facts);
	return l;
}

static bool has(str s, const char *words)
{
	return str_find(s, str_of(words)) != SIZE_MAX;
}

/* Every tenth utterance was corrected, the second and the last are quoted. */
static void start(struct trial *t)
{
	struct buf b;
	trial_found(t, &comity_rooms);
	DO("call.draft", "title", "Input", "audience", "all", "zone", "UTC", "deadline",
	    "2090-12-07T23:59");
	DO("call.question", "call", "1", "text", "What is it?");
	DO("call.open", "call", "1");
	DO("analysis.theme", "title", "A theme");
	DO("meeting.announce", "title", "Meeting", "place", "Geneva", "starts", "2016-10-01",
	    "ends", "2016-10-01", "zone", "UTC", "publicity", "public");
	DO("meeting.open", "meeting", "1");
	b = buf_in(t->a, 0);
	for (int i = 1; i < SAID; i++)
		buf_printf(&b, ">> Kenya: This is number %d.\n\n", i);
	DO("caption.import", "meeting", "1", "kind", "rough", "lang", "en", "text",
	    arena_z(t->a, buf_str(&b)));
	DO("caption.import", "meeting", "1", "kind", "rough", "lang", "fr", "text",
	    "WEBVTT\n\n00:00:05.000 --> 00:00:06.000\nVoici le numéro 1201.\n");
	for (int i = 10; i <= SAID; i += 10)
		DO("caption.correct", "meeting", "1", "segment",
		    arena_z(t->a, arena_printf(t->a, "%d", i)), "words",
		    arena_z(t->a, arena_printf(t->a, "That was number %d.", i)), "reason",
		    "Heard again.");
	DO("analysis.mark_said", "meeting", "1", "segment", "2", "call", "1", "question", "1",
	    "words", "number 2", "theme", "1");
	DO("analysis.mark_said", "meeting", "1", "segment", "1201", "call", "1", "question", "1",
	    "words", "1201", "theme", "1");
}

TEST(a_stretch_reads_its_own_rows)
{
	struct trial trial, *t = &trial;
	start(t);
	/* Its utterances, two versions of one in ten, a passage, and what the page says of all. */
	struct looked all = look(t, NULL, NULL);
	CHECK(has(all.html, "id=\"s1\"") && has(all.html, "id=\"s500\""));
	CHECK(!has(all.html, "id=\"s501\""));
	CHECK(has(all.html, "That was number 500.") || has(all.facts, "That was number 500."));
	CHECK(!has(all.facts, "number 501") && !has(all.facts, "number 510"));
	CHECK(all.rows >= STRETCH && all.rows < STRETCH + STRETCH / 5 + 20);

	struct looked last = look(t, "from", "1201");
	CHECK(has(last.html, "id=\"s1201\"") && !has(last.html, "id=\"s1\""));
	CHECK(has(last.html, "Voici le numéro 1201."));
	CHECK(last.rows >= 201 && last.rows < 201 + 201 / 5 + 20);

	/* Counts are those of the whole, and so are the files. */
	CHECK(has(last.html, "1201 utterances") && has(all.html, "1201 utterances"));
	CHECK(has(last.facts, "\"all\":1201") && !has(last.facts, "\"next\""));
	CHECK(has(all.facts, "?from=501"));
	CHECK(has(all.html, "transcript.vtt?said=fr") && !has(all.html, "transcript.vtt?said=en"));
	CHECK(has(all.html, "transcript.txt?said=en"));
	trial_close(t);
}

TEST(a_passage_leads_to_its_stretch)
{
	struct trial trial, *t = &trial;
	start(t);
	CHECK(has(look(t, "passage", "1").html, "id=\"passage-1\""));
	struct looked far = look(t, "passage", "2");
	CHECK(has(far.html, "id=\"passage-2\"") && has(far.html, "id=\"s1201\""));
	CHECK(!has(far.html, "id=\"passage-1\""));
	/* What is not there begins at the beginning. */
	CHECK(has(look(t, "passage", "77").html, "id=\"s1\""));
	CHECK(has(look(t, "from", "0").html, "id=\"s1\""));
	CHECK(has(look(t, "from", "1202").html, "id=\"s1\""));
	trial_close(t);
}

TEST(a_meeting_without_a_transcript_has_a_page)
{
	struct trial trial, *t = &trial;
	trial_found(t, &comity_rooms);
	DO("meeting.announce", "title", "Meeting", "place", "Geneva", "starts", "2016-10-01",
	    "ends", "2016-10-01", "zone", "UTC", "publicity", "public");
	struct looked none = look(t, NULL, NULL);
	CHECK(none.html.n && has(none.facts, "\"all\":0") && has(none.facts, "\"utterances\":[]"));
	CHECK(!has(none.html, "?from="));
	trial_close(t);
}
