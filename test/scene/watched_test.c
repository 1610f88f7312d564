/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A newcomer watches a meeting happen: its acts are played while a page follows them. */
#include "client.h"
#include "main/replay.h"
#include "rooms/rooms_list.h"
#include "t.h"
#include "visitor.h"

#include "base/say.h"

#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/poison.h"

#define FLOOR "/g/wgec/meetings/1/floor"

/* Who looks on: reads the stream of the floor until it ends. */
struct follower {
	pthread_t thread;
	int fd;
	int moves;
};

static void *read_stream(void *ctx)
{
	struct follower *f = ctx;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	char piece[4096];
	ssize_t n;
	while ((n = recv(f->fd, piece, sizeof piece, 0)) > 0)
		buf_put(&b, str_from(piece, (size_t)n));
	str rest = buf_str(&b), line;
	while (str_cut(&rest, '\n', &line))
		f->moves += str_is(str_trim(line), "event: moved");
	return NULL;
}

struct watch {
	struct site site;
	struct visitor anyone, chair;
	struct follower follower;
	size_t acts, stop_after; /* 0: never */
	bool saw_speaker, saw_clock, stopped, by_hand;
	usec last;
};

static void follow(struct watch *w)
{
	str ask = S("GET " FLOOR "/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: "
	            "text/event-stream\r\n\r\n");
	w->follower.fd = client_open(w->site.port);
	CHECK(w->follower.fd >= 0);
	client_send(w->follower.fd, ask);
	CHECK_EQ(pthread_create(&w->follower.thread, NULL, read_stream, &w->follower), 0);
}

static bool begin(void *ctx, const struct replay_live *r, const struct web *web)
{
	struct watch *w = ctx;
	CHECK_STR(r->group, "wgec");
	w->site.port = web_port(web);
	w->anyone = visitor_enter(&w->site, "");
	w->chair = visitor_enter(&w->site, "Chair");
	CHECK_EQ(visitor_visit(&w->anyone, S(FLOOR)), 200);
	CHECK(visitor_sees(&w->anyone, "The meeting is not in session."));
	follow(w);
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

static void leave(struct watch *w)
{
	CHECK_EQ(pthread_join(w->follower.thread, NULL), 0);
	close(w->follower.fd);
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

	/* What is left is a folder as any other: at the script's time, and no further. */
	w.site.clock = (struct clock){0};
	site_serve(&w.site, STR_EMPTY);
	w.anyone.site = &w.site;
	CHECK_EQ(visitor_visit(&w.anyone, S("/g/wgec/meetings/1")), 200);
	CHECK(visitor_sees(&w.anyone, "Concluded by hand."));
	CHECK(visitor_sees(&w.anyone, "30 September 2016"));
	CHECK_EQ(visitor_visit(&w.anyone, S("/g/wgec/meetings/2")), 404);
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
