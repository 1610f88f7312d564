/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A sitting followed on one page: what it shows, what is told of it, and after a restart. */
#include <sys/socket.h>
#include <unistd.h>

#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define DO(v, command, ...) SEND(v, "/g/wgec/do/" command, {"meeting", S("6")}, __VA_ARGS__)
#define LIVE                "/g/wgec/meetings/6/live"
/* The sample has 100 requests and 8 decisions. */
#define FIRST  "101"
#define SECOND "102"
#define PUT    "9"
#define EVENTS LIVE "/events"

struct sitting {
	struct site site;
	struct visitor chair, secretariat, kenya, anyone;
};

/* A sixth meeting with two items, in session, with an open list of speakers. */
static void begin(struct sitting *s)
{
	s->site = site_start("examples/wgec");
	s->chair = visitor_enter(&s->site, "Chair");
	s->secretariat = visitor_enter(&s->site, "Secretariat");
	s->kenya = visitor_enter(&s->site, "Delegate");
	s->anyone = visitor_enter(&s->site, "");
	CHECK_EQ(SEND(&s->secretariat, "/g/wgec/do/meeting.announce", {"title", S("Sixth meeting")},
	             {"place", S("Geneva")}, {"starts", S("2018-02-05")}, {"ends", S("2018-02-06")},
	             {"zone", S("Europe/Zurich")}, {"publicity", S("public")}),
	    200);
	CHECK_EQ(visitor_visit(&s->anyone, S(LIVE)), 404);
	CHECK_EQ(DO(&s->secretariat, "meeting.agenda_item", {"title", S("Access")}), 200);
	CHECK_EQ(DO(&s->secretariat, "meeting.agenda_item", {"title", S("Other matters")}), 200);
	CHECK_EQ(SEND(&s->secretariat, "/g/wgec/do/meeting.open", {"meeting", S("6")}), 200);
	CHECK_EQ(SEND(&s->chair, "/g/wgec/do/meeting.adopt_agenda", {"meeting", S("6")}), 200);
	CHECK_EQ(DO(&s->chair, "floor.open", {"policy", S("first_come")}), 200);
}

static bool is_at(struct visitor *v, const char *path, const char *what)
{
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	return visitor_sees(v, what);
}

/* Where the first text stands in the page, then the second. */
static bool in_order(const struct visitor *v, const char *first, const char *second)
{
	size_t a = str_find(v->at.body, str_of(first)), b = str_find(v->at.body, str_of(second));
	return a != SIZE_MAX && b != SIZE_MAX && a < b;
}

TEST(the_meeting_on_one_page)
{
	struct sitting s;
	begin(&s);
	CHECK(is_at(&s.anyone, "/g/wgec/meetings/6", "Follow the meeting live"));
	CHECK(is_at(&s.anyone, LIVE, "No item is under consideration."));
	CHECK(visitor_sees(&s.anyone, "Nobody has the floor."));
	CHECK(visitor_sees(&s.anyone, "Nothing is on the screen."));
	CHECK(visitor_sees(&s.anyone, "Nobody is on the list."));
	CHECK(!visitor_sees(&s.anyone, "Request the floor"));
	CHECK(is_at(&s.kenya, LIVE, "Request the floor"));
	CHECK(!visitor_sees(&s.kenya, "Put a paragraph on the screen"));
	CHECK(is_at(&s.chair, LIVE, "Put a paragraph on the screen"));

	CHECK_EQ(DO(&s.chair, "meeting.consider", {"item", S("1")}), 200);
	CHECK(is_at(&s.anyone, LIVE, "Item 1 is under consideration: Access"));

	/* The same places for who sits in the room, who is far away and who only reads. */
	CHECK_EQ(DO(&s.secretariat, "floor.enter", {"seat", S("1")}, {"kind", S("statement")},
	             {"mode", S("room")}),
	    200);
	CHECK_EQ(
	    DO(&s.kenya, "floor.request", {"kind", S("statement")}, {"mode", S("remote")}), 200);
	CHECK(is_at(&s.anyone, LIVE, "remotely"));
	CHECK(in_order(&s.anyone, "id=\"q-" FIRST "\"", "id=\"q-" SECOND "\""));
	CHECK(is_at(&s.chair, LIVE, "remotely"));
	CHECK(in_order(&s.chair, "id=\"q-" FIRST "\"", "id=\"q-" SECOND "\""));
	CHECK_EQ(DO(&s.chair, "floor.give", {"reason", S("")}), 200);
	CHECK(is_at(&s.anyone, LIVE, "Ghana has the floor: Statement."));

	/* What is put stands there with its hash, and the way to object. */
	CHECK_EQ(DO(&s.chair, "floor.put_decision", {"text", S("The Group meets again.")}), 200);
	CHECK(
	    is_at(&s.anyone, LIVE, "Decision " PUT " is put to the group: The Group meets again."));
	CHECK(visitor_sees(
	    &s.anyone, "52bbe0a1cd1a5c0526fc961b7a395d15a63a685caff264a03e79d81ae7a5f09a"));
	CHECK(visitor_sees(&s.anyone, "/g/wgec/meetings/6/floor#decision-" PUT));
	site_stop(&s.site);
}

TEST(what_was_settled_leaves_with_its_item)
{
	struct sitting s;
	const char *piece = "id=\"put-" PUT "\"";
	begin(&s);
	CHECK_EQ(DO(&s.chair, "meeting.consider", {"item", S("1")}), 200);
	CHECK_EQ(DO(&s.chair, "floor.put_decision", {"item", S("1")},
	             {"text", S("The Group meets again.")}),
	    200);
	CHECK_EQ(DO(&s.chair, "meeting.conclude", {"item", S("1")}, {"outcome", S("took_note")},
	             {"text", S("Access was discussed.")}),
	    200);
	CHECK_EQ(DO(&s.chair, "meeting.consider", {"item", S("2")}), 200);
	CHECK(is_at(&s.anyone, LIVE, piece));
	CHECK_EQ(DO(&s.chair, "floor.take_back", {"put", S(PUT)}, {"reason", S("It comes later.")}),
	    200);
	CHECK(!is_at(&s.anyone, LIVE, piece));
	site_stop(&s.site);
}

static void a_request_leads_to_what_is_written(struct sitting *s)
{
	const char *floor = "/g/wgec/meetings/6/floor";
	CHECK_EQ(DO(&s->kenya, "floor.request", {"kind", S("statement")}, {"mode", S("room")},
	             {"statement", S("3")}),
	    404);
	CHECK(visitor_sees(&s->kenya, "Written statement 3 is not listed at meeting 6"));
	CHECK_EQ(DO(&s->kenya, "floor.request", {"kind", S("statement")}, {"mode", S("room")},
	             {"statement", S("1")}),
	    200);
	CHECK(is_at(&s->anyone, floor, "Written statement: <a href=\"/g/wgec/contributions/1\">"));
	CHECK_EQ(visitor_facts(&s->anyone, str_of(floor)), 200);
	CHECK(visitor_sees(&s->anyone, "\"statement\":1,"));
}

TEST(a_paragraph_and_written_statements)
{
	struct sitting s;
	begin(&s);
	CHECK_EQ(DO(&s.kenya, "screen.show", {"draft", S("1")}, {"paragraph", S("p22")}), 403);
	CHECK_EQ(
	    DO(&s.secretariat, "screen.show", {"draft", S("1")}, {"paragraph", S("p22")}), 200);
	CHECK(visitor_sees(&s.secretariat, "On the screen: paragraph "));
	CHECK(is_at(&s.anyone, LIVE, "/g/wgec/drafts/1#p22"));
	CHECK(visitor_sees(&s.anyone, "SHA-256 of the text:"));
	CHECK_EQ(SEND(&s.chair, "/g/wgec/do/screen.clear", {"meeting", S("6")}), 200);
	CHECK(visitor_sees(&s.chair, "Nothing is on the screen."));

	/* At the item that is under consideration; what stands at another is on the meeting's page.
	 */
	CHECK_EQ(DO(&s.chair, "meeting.consider", {"item", S("1")}), 200);
	CHECK_EQ(
	    DO(&s.secretariat, "meeting.statement", {"item", S("1")}, {"contribution", S("1")}),
	    200);
	CHECK_EQ(
	    DO(&s.secretariat, "meeting.statement", {"item", S("2")}, {"document", S("1")}), 200);
	CHECK(visitor_sees(&s.secretariat, "Written statements"));
	CHECK(is_at(&s.anyone, LIVE, "/g/wgec/contributions/1\""));
	CHECK(visitor_sees(&s.anyone, "id=\"w-1\""));
	CHECK(!visitor_sees(&s.anyone, "id=\"w-2\""));
	a_request_leads_to_what_is_written(&s);
	CHECK_EQ(DO(&s.secretariat, "meeting.withdraw_statement", {"statement", S("1")},
	             {"reason", S("Wrong item")}),
	    200);
	CHECK(is_at(&s.anyone, LIVE, "No written statement is listed here."));
	CHECK(is_at(&s.anyone, "/g/wgec/meetings/6/floor", "Kenya"));
	CHECK(!visitor_sees(&s.anyone, "Written statement: "));
	site_stop(&s.site);
}

/* --- what is told --- */

/* The number of the last change that the page of v holds. */
static long long held(const struct visitor *v)
{
	str mark = S("data-at=\"");
	size_t from = str_find(v->at.body, mark);
	int64_t n = -1;
	if (from == SIZE_MAX)
		return -1;
	str rest = str_skip(v->at.body, from + mark.n);
	CHECK(str_to_i64(str_head(rest, str_find(rest, S("\""))), &n));
	return n;
}

/* Follows the page from that change on; the first time its place is made, which takes a moment. */
static int follow(const struct sitting *s, long long after, const char *lang)
{
	int fd = client_open(s->site.port);
	CHECK(client_send(
	    fd, arena_printf(s->site.arena,
	            "GET " EVENTS "?lang=%s&after=%lld HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", lang,
	            after)));
	return fd;
}

static size_t count(str all, const char *what)
{
	size_t n = 0, at;
	while ((at = str_find(all, str_of(what))) != SIZE_MAX) {
		all = str_skip(all, at + 1);
		n++;
	}
	return n;
}

#define HAS(all, what) (str_find((all), S(what)) != SIZE_MAX)

TEST(who_follows_is_told_which_pieces_changed)
{
	struct sitting s;
	begin(&s);
	CHECK(is_at(&s.anyone, LIVE, "Nobody has the floor."));
	long long at = held(&s.anyone);
	CHECK(at > 0);
	int fd = follow(&s, at, "en"), french = follow(&s, at, "fr");
	str silence = client_drain(s.site.arena, fd, 1000).all;
	CHECK(HAS(silence, "text/event-stream"));
	CHECK_EQ(count(silence, "data:{\"n\""), (size_t)0);

	/* One speaker comes on the list, and has the floor: the sentence is told once. */
	CHECK_EQ(
	    DO(&s.kenya, "floor.request", {"kind", S("statement")}, {"mode", S("remote")}), 200);
	CHECK_EQ(DO(&s.chair, "floor.give", {"reason", S("")}), 200);
	str told = client_drain(s.site.arena, fd, 1500).all;
	CHECK_EQ(count(told, "Kenya has the floor: Statement."), (size_t)1);
	CHECK(HAS(told, "\"p\":\"now\",\"i\":\"f-" FIRST "\""));
	CHECK(HAS(told, "\"t\":\"i-none f-" FIRST "\",\"p\":\"now\""));
	/* What did not change is not told. */
	CHECK(!HAS(told, "\"p\":\"papers\""));
	CHECK(!HAS(told, "\"p\":\"shown\""));
	CHECK(HAS(client_drain(s.site.arena, french, 500).all, "\"p\":\"now\""));
	(void)close(french);

	/* Whoever comes back is told what was missed, once, and in its newest words. */
	CHECK_EQ(DO(&s.chair, "floor.end", {"request", S("")}), 200);
	CHECK_EQ(DO(&s.chair, "floor.put_decision", {"text", S("The Group meets again.")}), 200);
	CHECK(
	    HAS(client_drain(s.site.arena, fd, 1500).all, "Decision " PUT " is put to the group"));
	(void)close(fd);
	fd = follow(&s, at, "en");
	told = client_drain(s.site.arena, fd, 1000).all;
	CHECK_EQ(count(told, "Nobody has the floor."), (size_t)1);
	CHECK(!HAS(told, "Kenya has the floor"));
	CHECK_EQ(count(told, "Decision " PUT " is put to the group"), (size_t)1);
	(void)close(fd);

	/* The server is started anew: who has seen all has missed nothing, others load the page. */
	CHECK(is_at(&s.anyone, LIVE, "Nobody has the floor."));
	long long all = held(&s.anyone);
	CHECK(str_find(told, arena_printf(s.site.arena, "id:%lld\n", all)) != SIZE_MAX);
	web_stop(s.site.web);
	site_serve(&s.site, STR_EMPTY);
	fd = follow(&s, all, "en");
	told = client_drain(s.site.arena, fd, 1000).all;
	CHECK(HAS(told, "text/event-stream"));
	CHECK(!HAS(told, "event:reset"));
	CHECK_EQ(count(told, "data:{\"n\""), (size_t)0);
	(void)close(fd);
	fd = follow(&s, at, "en");
	CHECK(HAS(client_drain(s.site.arena, fd, 1000).all, "event:reset"));
	(void)close(fd);
	site_stop(&s.site);
}

TEST(the_stream_of_the_page_is_for_reading)
{
	struct sitting s;
	begin(&s);
	CHECK_EQ(visitor_post(&s.chair, S(EVENTS), S("text=x&seq=0")), 403);
	CHECK_EQ(visitor_visit(&s.anyone, S("/g/wgec/meetings/9/live/events")), 404);
	site_stop(&s.site);
}

/* --- many behind one address --- */

#define ROOM     200 /* delegates in it */
#define PLACES   32  /* as http_conf_default has them */
#define STREAMS  220
#define KNOCKERS 80
#define BOTH(at) EVENTS "?lang=en&captions=en&after=" at

static bool ends_with(str all, const char *what)
{
	size_t n = strlen(what);
	return all.n >= n && str_is(str_skip(all, all.n - n), what);
}

/* The stream of a page and its captions, once its first comment is there; else the answer. */
static int open_stream(const struct sitting *s, long long after, str *all)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(s->site.arena, 0);
	char some[1024];
	ssize_t n = 1;
	int fd = client_open(s->site.port);
	CHECK(client_send(fd,
	    arena_printf(a, "GET " BOTH("%lld") " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", after)));
	while (n > 0 && !ends_with(buf_str(&b), ":\n\n\r\n")) {
		n = recv(fd, some, sizeof some, 0);
		buf_put(&b, str_from(some, n > 0 ? (size_t)n : 0));
		if (HAS(buf_str(&b), "page now and then.\n"))
			break;
	}
	*all = buf_str(&b);
	return fd;
}

TEST(a_room_full_of_people_follows_from_one_address)
{
	struct sitting s;
	int streams[STREAMS], knockers[KNOCKERS], alone;
	size_t heads = 0;
	str all;
	begin(&s);
	web_stop(s.site.web);
	s.site.per_address = PLACES;
	s.site.streams_per_address = STREAMS;
	site_serve(&s.site, STR_EMPTY);
	CHECK(is_at(&s.anyone, LIVE, "Nobody has the floor."));
	long long at = held(&s.anyone);
	for (size_t i = 0; i < STREAMS; i++) {
		streams[i] = open_stream(&s, at, &all);
		CHECK(HAS(all, "200 OK"));
		if (i < ROOM && i % 10 == 0)
			CHECK(is_at(&s.anyone, "/g/wgec/members", "Kenya"));
	}
	/* One more is told so, and pages are there for all of them. */
	alone = open_stream(&s, at, &all);
	CHECK(HAS(all, " 503 "));
	CHECK(HAS(all, "Retry-After: 10"));
	(void)close(alone);
	CHECK(is_at(&s.anyone, LIVE, "Nobody has the floor."));

	/* Who only knocks takes the places of connections, not those of the streams. */
	for (size_t i = 0; i < KNOCKERS; i++) {
		knockers[i] = client_open(s.site.port);
		(void)client_send(knockers[i], S("GET / HT"));
	}
	for (size_t i = 0; i < KNOCKERS; i++) {
		(void)client_send(knockers[i], S("TP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
		heads += client_read(s.site.arena, knockers[i], true).status == 200;
	}
	CHECK(heads > 0);
	CHECK(heads <= PLACES);
	for (size_t i = 0; i < KNOCKERS; i++)
		(void)close(knockers[i]);
	(void)usleep(200000);
	CHECK_EQ(DO(&s.secretariat, "floor.enter", {"seat", S("1")}, {"kind", S("statement")},
	             {"mode", S("room")}),
	    200);
	for (size_t i = 0; i < STREAMS; i += STREAMS - 1)
		CHECK(HAS(client_drain(s.site.arena, streams[i], 1000).all, "q-" FIRST));
	for (size_t i = 0; i < STREAMS; i++)
		(void)close(streams[i]);
	site_stop(&s.site);
}

TEST(a_connection_that_rests_makes_room_for_another)
{
	struct sitting s;
	int rests[PLACES];
	begin(&s);
	web_stop(s.site.web);
	s.site.per_address = PLACES;
	site_serve(&s.site, STR_EMPTY);
	for (size_t i = 0; i < PLACES; i++) {
		rests[i] = client_open(s.site.port);
		(void)client_send(rests[i], S("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
		CHECK(client_read(s.site.arena, rests[i], true).status > 0);
	}
	/* At once after their answers they may have more to ask. */
	struct answer r = client_ask(s.site.arena, s.site.port, S("GET / HTTP/1.0\r\n\r\n"));
	CHECK_EQ(r.status, 0);
	(void)usleep(700000);
	for (int i = 0; i < 5; i++) {
		r = client_ask(s.site.arena, s.site.port,
		    S("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
		CHECK(r.status == 200 || r.status == 303);
	}
	for (size_t i = 0; i < PLACES; i++)
		(void)close(rests[i]);
	site_stop(&s.site);
}
