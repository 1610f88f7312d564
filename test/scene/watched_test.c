/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A newcomer watches a meeting happen: its acts are played while a page follows them. */
#include "client.h"
#include "main/file.h"
#include "main/replay.h"
#include "rooms/rooms_list.h"
#include "t.h"
#include "visitor.h"

#include "base/say.h"
#include "caption/layouts.h"

#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/poison.h"

#define MEETING "/g/wgec/meetings/1"
#define FLOOR   MEETING "/floor"

/* Who looks on: reads a stream until it ends. */
struct follower {
	pthread_t thread;
	int fd;
	int moves;
	struct arena *arena;
	str all; /* that came */
};

static void *read_stream(void *ctx)
{
	struct follower *f = ctx;
	struct buf b = buf_in(f->arena, 0);
	char piece[4096];
	ssize_t n;
	while ((n = recv(f->fd, piece, sizeof piece, 0)) > 0)
		buf_put(&b, str_from(piece, (size_t)n));
	f->all = buf_str(&b);
	str rest = f->all, line;
	while (str_cut(&rest, '\n', &line))
		f->moves += str_is(str_trim(line), "event: moved");
	return NULL;
}

struct watch {
	struct site site;
	struct visitor anyone, chair;
	struct follower follower, reader; /* of the floor, and of the captions */
	size_t acts, stop_after;          /* 0: never */
	bool saw_speaker, saw_clock, saw_words, stopped, by_hand;
	usec last;
};

static void follow(struct watch *w, struct follower *f, const char *path)
{
	f->arena = arena_new(0);
	f->fd = client_open(w->site.port);
	CHECK(f->fd >= 0);
	client_send(f->fd, arena_printf(f->arena,
	                       "GET %s/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: "
	                       "text/event-stream\r\n\r\n",
	                       path));
	CHECK_EQ(pthread_create(&f->thread, NULL, read_stream, f), 0);
}

static bool begin(void *ctx, const struct replay_live *r, const struct web *web)
{
	struct watch *w = ctx;
	CHECK_STR(r->group, "wgec");
	w->site.port = web_port(web);
	w->anyone = visitor_enter(&w->site, "");
	w->chair = visitor_enter(&w->site, "Chair");
	/* The page that the terminal names is there, and no captions yet. */
	CHECK_EQ(visitor_visit(&w->anyone, S(MEETING "/live")), 200);
	CHECK(visitor_sees(&w->anyone, "Nobody has the floor."));
	CHECK(!visitor_sees(&w->anyone, "data-n="));
	follow(w, &w->follower, FLOOR);
	follow(w, &w->reader, MEETING "/captions/en");
	return true;
}

static bool pause_for(void *ctx, usec time)
{
	struct watch *w = ctx;
	struct timespec t = {.tv_sec = time / USEC_SECOND, .tv_nsec = time % USEC_SECOND * 1000};
	CHECK(time <= USEC_SECOND);
	CHECK_EQ(nanosleep(&t, NULL), 0);
	return !w->stop_after || w->acts < w->stop_after;
}

/* The Chair of the demonstration is at the keyboard, and faster than the script. */
static void conclude_by_hand(struct watch *w)
{
	const struct typed fields[] = {{"meeting", S("1")}, {"item", S("6")},
	    {"outcome", S("took_note")}, {"text", S("Concluded by hand.")}};
	CHECK_EQ(visitor_send(&w->chair, S("/g/wgec/do/meeting.conclude"), fields, 4), 200);
	w->by_hand = true;
}

static void told(void *ctx, usec at, str who, str what, const struct err *err)
{
	struct watch *w = ctx;
	CHECK(at >= w->last);
	w->last = at;
	w->acts++;
	CHECK(who.n > 0);
	CHECK_EQ(err != NULL, w->by_hand && str_is(what, "meeting.conclude"));
	if (str_is(what, "floor.give") && !w->saw_speaker) {
		CHECK_EQ(visitor_visit(&w->anyone, S(FLOOR)), 200);
		w->saw_speaker = visitor_sees(&w->anyone, "Indonesia has the floor: Statement.");
		w->saw_clock = visitor_sees(&w->anyone, "data-pace=\"20000000\"");
	}
	/* Once Indonesia has spoken, whoever comes later reads what it said. */
	if (str_is(what, "floor.end") && !w->saw_words) {
		CHECK_EQ(visitor_visit(&w->anyone, S(MEETING "/live")), 200);
		CHECK(visitor_sees(&w->anyone, "<bdi>Indonesia</bdi>"));
		w->saw_words = visitor_sees(&w->anyone, "ministries need weeks to read");
	}
	struct civil c = when_civil(at);
	if (str_is(what, "meeting.consider") && c.hour == 15 && c.minute == 46)
		conclude_by_hand(w);
}

static void end(void *ctx, bool stopped)
{
	((struct watch *)ctx)->stopped = stopped;
}

/* A record made from the first meeting, at twenty thousand times its speed. */
static enum rc watch(
    struct watch *w, const char *meeting, struct replay_live *live, struct err *err)
{
	struct replay_stats stats;
	w->site.arena = arena_new(0);
	w->site.dir = arena_printf(w->site.arena, "%s/watched", t_tmpdir());
	say_set_level(SAY_ERROR);
	signal(SIGPIPE, SIG_IGN);
	struct replay_how how = {
	    .folder = arena_printf(w->site.arena, "%s/examples/wgec", t_root()),
	    .dir = w->site.dir,
	    .seed = S("a test")};
	*live = (struct replay_live){.wanted = str_of(meeting),
	    .pace = 20000000,
	    .web = {.dir = w->site.dir,
	        .rooms = &comity_rooms,
	        .http = http_conf_default(),
	        .demo = true,
	        .public_address = S("http://127.0.0.1")},
	    .wait = pause_for,
	    .begin = begin,
	    .told = told,
	    .end = end,
	    .ctx = w};
	live->web.http.address = S("127.0.0.1");
	live->web.http.port = 0;
	live->web.http.per_address = 0;
	return replay_meeting(w->site.arena, &comity_rooms, &how, live, &stats, err);
}

static void leave_one(struct follower *f)
{
	CHECK_EQ(pthread_join(f->thread, NULL), 0);
	close(f->fd);
}

static void leave(struct watch *w)
{
	leave_one(&w->follower);
	leave_one(&w->reader);
}

static void forget(struct watch *w)
{
	arena_free(w->follower.arena);
	arena_free(w->reader.arena);
}

/* A line of the stream that has this label, and begins so. */
static bool was_captioned(const struct watch *w, const char *speaker, const char *words)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str rest = w->reader.all, line;
	str label = arena_printf(a, "\"s\":\"%s\"", speaker);
	str text = arena_printf(a, "\"t\":\"%s", words);
	while (str_cut(&rest, '\n', &line))
		if (str_find(line, label) != SIZE_MAX && str_find(line, text) != SIZE_MAX)
			return true;
	return false;
}

/* The utterances of the transcript are those of the file that the script imports afterwards. */
static void check_transcript(struct watch *w)
{
	caption_cues want = {0}, got = {0};
	struct err err = {0};
	str file;
	str path = arena_printf(
	    w->site.arena, "%s/examples/wgec/texts/transcripts/meeting-1.en.vtt", t_root());
	CHECK_EQ(file_load(w->site.arena, path, &file, &err), OK);
	CHECK_EQ(caption_read(w->site.arena, file, CAPTION_VTT, "file", &want, &err), OK);
	CHECK_EQ(visitor_visit(&w->anyone, S(MEETING "/transcript.vtt")), 200);
	CHECK_EQ(
	    caption_read(w->site.arena, w->anyone.at.body, CAPTION_VTT, "file", &got, &err), OK);
	CHECK_EQ(got.n, want.n);
	for (size_t i = 0; i < want.n && i < got.n; i++) {
		CHECK_STREQ(got.p[i].speaker, want.p[i].speaker);
		CHECK_STREQ(got.p[i].text, want.p[i].text);
		CHECK(!i || got.p[i].starts >= got.p[i - 1].starts);
	}
}

TEST(a_meeting_is_watched_while_it_happens)
{
	struct watch w = {0};
	struct replay_live live;
	struct err err = {0};
	CHECK_EQ(watch(&w, "", &live, &err), OK);
	leave(&w);
	CHECK_STR(live.title, "First meeting");
	CHECK_STR(live.others, "2. Second meeting; 3. Third meeting; 4. Fourth meeting; 5. Fifth "
	                       "meeting");
	CHECK(w.saw_speaker);
	CHECK(w.saw_clock);
	CHECK(!w.stopped);
	CHECK(w.acts > 50);
	/* The page was told to look again and again; several acts may be one move. */
	CHECK(w.follower.moves > 20);
	CHECK_EQ(live.passed_over, 1);
	/* Captions came, and said who spoke. */
	CHECK(w.saw_words);
	CHECK(was_captioned(&w, "Indonesia", "We can meet five times"));
	CHECK(was_captioned(&w, "CHAIR", "Switzerland, please."));
	CHECK(was_captioned(&w, "Jamaica", "May I put a question"));
	CHECK(!was_captioned(&w, "Indonesia", "We share this"));
	forget(&w);

	/* What is left is a folder as any other: at the script's time, and no further. */
	w.site.clock = (struct clock){0};
	site_serve(&w.site, STR_EMPTY);
	w.anyone.site = &w.site;
	CHECK_EQ(visitor_visit(&w.anyone, S("/g/wgec/meetings/1")), 200);
	CHECK(visitor_sees(&w.anyone, "Concluded by hand."));
	CHECK(visitor_sees(&w.anyone, "30 September 2016"));
	CHECK_EQ(visitor_visit(&w.anyone, S("/g/wgec/meetings/2")), 404);
	check_transcript(&w);
	site_stop(&w.site);
}

TEST(it_is_stopped_between_two_acts)
{
	struct watch w = {.stop_after = 20};
	struct replay_live live;
	struct err err = {0};
	CHECK_EQ(watch(&w, "first", &live, &err), OK);
	leave(&w);
	CHECK(w.stopped);
	CHECK_EQ(w.acts, 20);
	forget(&w);
	site_stop(&w.site); /* nothing is half done */
}

TEST(a_meeting_that_the_script_has_not)
{
	struct watch w = {0};
	struct replay_live live;
	struct err err = {0};
	CHECK_EQ(watch(&w, "ninth", &live, &err), ABSENT);
	CHECK_STR(err_text(&err, w.site.arena),
	    "The script opens no meeting ninth. Give the number or a part of the title of one that "
	    "it opens: 1. First meeting; 2. Second meeting; 3. Third meeting; 4. Fourth meeting; "
	    "5. "
	    "Fifth meeting.");
	arena_free(w.site.arena);
	w = (struct watch){0};
	CHECK_EQ(watch(&w, "meeting", &live, &err), INVALID);
	CHECK(str_starts(err_text(&err, w.site.arena), S("Several meetings are called meeting;")));
	arena_free(w.site.arena);
}
