/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lines, with a Janus that the test plays: what it is told, and what it is never told. */
#include "t.h"

#include "base/must.h"
#include "engine/audio_inner.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/poison.h"

#define KEEPER 3 /* the handle that makes rooms */

struct play {
	struct arena *arena;
	struct audio_conf conf;
	struct switchboard board;
	int janus; /* our end */
	enum sound may;
	enum rc rc; /* of asking */
	const char *room;
	int resumed;
	int handle; /* of the line that Janus speaks of */
};

static struct play *playing;

/* In the place of the web server's. */
void http_resume(struct http_exchange *x)
{
	(void)x;
	playing->resumed++;
}

static enum rc ask(void *ctx, struct arena *a, const struct audio_who *who, enum sound *may,
    str *room, struct err *err)
{
	struct play *p = ctx;
	*may = str_is(who->session, "interpreter") ? SOUND_SPEAKS : p->may;
	*room = arena_printf(a, "%s%.*s", p->room, STR(who->channel));
	return p->rc == OK ? OK : ERR(err, p->rc, NULL, "The test says so.");
}

static void begin(struct play *p)
{
	int ends[2];
	must(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends) == 0);
	*p = (struct play){
	    .arena = arena_new(0), .janus = ends[1], .may = SOUND_HEARS, .room = "r", .handle = 5};
	p->conf = (struct audio_conf){.ask = ask, .ctx = p};
	p->board = (struct switchboard){.conf = &p->conf,
	    .socket = ends[0],
	    .session = 7,
	    .keeper = KEEPER,
	    .most = AUDIO_EACH + 1,
	    .secret = S("s")};
	playing = p;
}

static void end(struct play *p)
{
	board_clear(&p->board);
	close(p->board.socket);
	close(p->janus);
	arena_free(p->arena);
}

/* The next message to Janus; NULL: there is none. */
static struct json *told(struct play *p)
{
	char text[JANUS_MESSAGE];
	struct json *m = NULL;
	struct err err = {0};
	ssize_t n = recv(p->janus, text, sizeof text, 0);
	if (n <= 0)
		return NULL;
	must(json_parse(p->arena, arena_str(p->arena, str_from(text, (size_t)n)), "m", &m, &err) ==
	     OK);
	return m;
}

/* What it was: the request of the AudioBridge, or of Janus itself. */
static str what(const struct json *m)
{
	str request = json_get_str(json_get(m, S("body")), S("request"));
	return request.n ? request : json_get_str(m, S("janus"));
}

/* Janus answers the message m. */
static void answer(struct play *p, const struct json *m, const char *kind, const char *rest)
{
	struct json *o;
	struct err err = {0};
	str text =
	    arena_printf(p->arena, "{\"janus\":\"%s\",\"transaction\":\"%.*s\",\"sender\":%d%s}",
	        kind, STR(json_get_str(m, S("transaction"))), p->handle, rest);
	must(json_parse(p->arena, text, "m", &o, &err) == OK);
	board_take(&p->board, o);
}

#define EVENT(what) ",\"plugindata\":{\"data\":{" what "}}"

/* A line that is ready; it was told to join muted. */
static struct audio_join *join_channel(struct play *p, str channel, str session)
{
	struct audio_join *j = arena_new_of(p->arena, struct audio_join);
	*j = (struct audio_join){.offer = S("v=0\r\n"), .arena = p->arena};
	j->who.channel = channel;
	j->who.session = session;
	p->resumed = 0;
	board_join(&p->board, j);
	struct json *m = told(p);
	must(m && str_is(what(m), "attach"));
	answer(p, m, "success",
	    arena_z(p->arena, arena_printf(p->arena, ",\"data\":{\"id\":%d}", p->handle)));
	m = told(p);
	must(m != NULL);
	if (str_is(what(m), "create")) {
		CHECK_EQ(json_get_i64(m, S("handle_id"), 0), KEEPER);
		/* Nobody goes in before it is known to be there; somebody may have made it before.
		 */
		CHECK(told(p) == NULL);
		answer(p, m, "success", EVENT("\"error_code\":486"));
		must((m = told(p)));
	}
	must(str_is(what(m), "join"));
	CHECK(json_get_bool(json_get(m, S("body")), S("muted")));
	answer(p, m, "event", EVENT("\"audiobridge\":\"joined\""));
	must((m = told(p)) && str_is(what(m), "configure"));
	CHECK(json_get_bool(json_get(m, S("body")), S("muted")));
	answer(p, m, "ack", "");
	CHECK_EQ(p->resumed, 0);
	answer(p, m, "event",
	    EVENT("\"audiobridge\":\"event\"") ",\"jsep\":{\"type\":\"answer\",\"sdp\":\"v=0 x\"}");
	CHECK_EQ(p->resumed, 1);
	CHECK_EQ(j->rc, OK);
	CHECK_STR(j->answer, "v=0 x");
	return j;
}

static struct audio_join *join(struct play *p)
{
	return join_channel(p, STR_EMPTY, STR_EMPTY);
}

/* The microphone that Janus was told of, and did: 1 open, 0 closed, -1: nothing was said. */
static int microphone(struct play *p)
{
	struct json *m = told(p);
	if (!m)
		return -1;
	CHECK_STR(what(m), "configure");
	answer(p, m, "ack", "");
	answer(p, m, "event", EVENT("\"audiobridge\":\"event\",\"result\":\"ok\""));
	return !json_get_bool(json_get(m, S("body")), S("muted"));
}

TEST(a_microphone_opens_and_closes_with_the_floor)
{
	struct play p;
	begin(&p);
	join(&p);
	CHECK_EQ(microphone(&p), -1);
	p.may = SOUND_SPEAKS;
	board_consider(&p.board);
	CHECK_EQ(microphone(&p), 1);
	board_consider(&p.board);
	CHECK_EQ(microphone(&p), -1);
	p.may = SOUND_HEARS;
	board_consider(&p.board);
	CHECK_EQ(microphone(&p), 0);
	end(&p);
}

TEST(who_has_the_floor_already_is_opened_after_joining)
{
	struct play p;
	begin(&p);
	p.may = SOUND_SPEAKS;
	join(&p);
	CHECK_EQ(microphone(&p), 1);
	end(&p);
}

TEST(when_it_is_not_known_who_speaks_nobody_does)
{
	struct play p;
	begin(&p);
	p.may = SOUND_SPEAKS;
	join(&p);
	CHECK_EQ(microphone(&p), 1);
	p.rc = FAULT;
	board_consider(&p.board);
	CHECK_EQ(microphone(&p), 0);
	CHECK_EQ(p.board.n, 1);
	end(&p);
}

static void is_hung_up(struct play *p)
{
	struct json *m = told(p);
	NEED(m && str_is(what(m), "detach"));
	CHECK_EQ(json_get_i64(m, S("handle_id"), 0), 5);
	/* By another handle: requests to one that has gone are not heard. */
	NEED((m = told(p)) && str_is(what(m), "destroy"));
	CHECK_EQ(json_get_i64(m, S("handle_id"), 0), KEEPER);
	answer(p, m, "success", EVENT("\"audiobridge\":\"destroyed\""));
	CHECK_EQ(p->board.n, 0);
	CHECK(p->board.rooms == NULL);
}

TEST(who_may_no_longer_listen_is_put_out)
{
	struct play p;
	begin(&p);
	join(&p);
	p.may = SOUND_NONE;
	board_consider(&p.board);
	is_hung_up(&p);
	end(&p);
}

TEST(another_sitting_is_another_room)
{
	struct play p;
	begin(&p);
	join(&p);
	p.room = "the next";
	board_consider(&p.board);
	is_hung_up(&p);
	end(&p);
}

TEST(a_microphone_that_janus_did_not_close_ends_the_line)
{
	struct play p;
	begin(&p);
	p.may = SOUND_SPEAKS;
	join(&p);
	CHECK_EQ(microphone(&p), 1);
	p.may = SOUND_HEARS;
	board_consider(&p.board);
	struct json *m = told(&p);
	NEED(m);
	answer(&p, m, "event", EVENT("\"error_code\":499"));
	is_hung_up(&p);
	end(&p);
}

/* Janus would run them in whatever order. */
TEST(a_microphone_is_told_one_thing_at_a_time)
{
	struct play p;
	begin(&p);
	join(&p);
	p.may = SOUND_SPEAKS;
	board_consider(&p.board);
	struct json *m = told(&p);
	NEED(m && !json_get_bool(json_get(m, S("body")), S("muted")));
	p.may = SOUND_HEARS;
	board_consider(&p.board);
	CHECK(told(&p) == NULL);
	answer(&p, m, "ack", "");
	CHECK(told(&p) == NULL);
	answer(&p, m, "event", EVENT("\"audiobridge\":\"event\""));
	CHECK_EQ(microphone(&p), 0);
	/* One that is heard of no more may be open: its line ends. */
	p.may = SOUND_SPEAKS;
	board_consider(&p.board);
	NEED(told(&p));
	answer(&p, NULL, "webrtcup", "");
	board_sweep(&p.board, clock_monotonic() + USEC_SECOND);
	CHECK_EQ(p.board.n, 1);
	board_sweep(&p.board, clock_monotonic() + 10 * USEC_SECOND);
	is_hung_up(&p);
	end(&p);
}

/* The request that the test answers, of that name. */
static struct json *asks(struct play *p, const char *name)
{
	struct json *m = told(p);
	must(m && str_is(what(m), name));
	return m;
}

/* Somebody comes, who waits for a room. */
static void comes(struct play *p, struct audio_join *j)
{
	*j = (struct audio_join){.offer = S("v=0\r\n"), .arena = p->arena};
	board_join(&p->board, j);
	answer(p, asks(p, "attach"), "success", ",\"data\":{\"id\":5}");
}

TEST(a_room_that_is_being_ended_is_made_again_for_who_comes_meanwhile)
{
	struct play p;
	begin(&p);
	struct audio_join *first = join(&p), next;
	board_leave(&p.board, first->id);
	(void)asks(&p, "detach");
	struct json *ending = asks(&p, "destroy");
	p.resumed = 0;
	comes(&p, &next);
	CHECK(told(&p) == NULL);
	answer(&p, ending, "success", EVENT("\"audiobridge\":\"destroyed\""));
	struct json *making = asks(&p, "create");
	CHECK(told(&p) == NULL);
	answer(&p, making, "success", EVENT("\"audiobridge\":\"created\""));
	(void)asks(&p, "join");
	CHECK_EQ(p.resumed, 0);
	end(&p);
}

TEST(a_room_that_janus_does_not_make_lets_nobody_wait)
{
	struct play p;
	struct audio_join j;
	begin(&p);
	comes(&p, &j);
	answer(&p, asks(&p, "create"), "success", EVENT("\"error_code\":490"));
	CHECK_EQ(p.resumed, 1);
	CHECK_EQ(j.rc, FAULT);
	(void)asks(&p, "detach");
	CHECK_EQ(p.board.n, 0);
	CHECK(p.board.rooms == NULL);
	end(&p);
}

TEST(a_keeper_that_is_not_answered_ends_janus)
{
	struct play p;
	struct audio_join j;
	begin(&p);
	comes(&p, &j);
	(void)asks(&p, "create");
	board_sweep(&p.board, clock_monotonic() + USEC_SECOND);
	CHECK(!p.board.broken);
	board_sweep(&p.board, clock_monotonic() + 10 * USEC_SECOND);
	CHECK(p.board.broken);
	end(&p);
}

/* The line of that handle is told to go to a room, which is made if it is not there, and goes. */
static void moves(struct play *p, int handle, const char *room)
{
	struct json *m = told(p);
	NEED(m);
	p->handle = handle;
	if (str_is(what(m), "create")) {
		CHECK(told(p) == NULL);
		answer(p, m, "success", EVENT("\"audiobridge\":\"created\""));
		NEED((m = told(p)));
	}
	CHECK_STR(what(m), "changeroom");
	CHECK_STR(json_get_str(json_get(m, S("body")), S("room")), room);
	CHECK(json_get_bool(json_get(m, S("body")), S("muted")));
	CHECK_EQ(json_get_i64(m, S("handle_id"), 0), handle);
	answer(p, m, "ack", "");
	/* Until it is there it is told nothing else. */
	board_consider(&p->board);
	CHECK(told(p) == NULL);
	p->board.news = false;
	answer(p, m, "event", EVENT("\"audiobridge\":\"roomchanged\""));
	CHECK(p->board.news);
}

/* The room that it left is nobody's any more. */
static void moves_from(struct play *p, const char *empty, int handle, const char *room)
{
	struct json *m;
	moves(p, handle, room);
	NEED((m = told(p)) && str_is(what(m), "destroy"));
	CHECK_STR(json_get_str(json_get(m, S("body")), S("room")), empty);
	answer(p, m, "success", EVENT("\"audiobridge\":\"destroyed\""));
}

TEST(while_nobody_interprets_the_floor_is_heard)
{
	struct play p;
	begin(&p);
	(void)join_channel(&p, S("fr"), STR_EMPTY);
	moves(&p, 5, "r");
	board_consider(&p.board);
	CHECK(told(&p) == NULL);
	p.handle = 6;
	struct audio_join *booth = join_channel(&p, S("fr"), S("interpreter"));
	CHECK_EQ(microphone(&p), 1);
	board_consider(&p.board);
	CHECK(told(&p) == NULL);
	answer(&p, NULL, "webrtcup", "");
	CHECK(p.board.news);
	board_consider(&p.board);
	moves_from(&p, "r", 5, "rfr");
	board_consider(&p.board);
	CHECK(told(&p) == NULL);
	p.board.news = false;
	board_leave(&p.board, booth->id);
	CHECK(p.board.news);
	/* Its room stays: somebody listens there. */
	CHECK_STR(what(told(&p)), "detach");
	board_consider(&p.board);
	moves(&p, 5, "r");
	end(&p);
}

TEST(who_interprets_from_elsewhere_speaks_at_home_alone)
{
	struct play p;
	begin(&p);
	(void)join_channel(&p, S("fr"), STR_EMPTY);
	moves(&p, 5, "r");
	p.may = SOUND_SPEAKS;
	board_consider(&p.board);
	moves_from(&p, "r", 5, "rfr");
	board_consider(&p.board);
	CHECK_EQ(microphone(&p), 1);
	p.may = SOUND_HEARS;
	board_consider(&p.board);
	CHECK_EQ(microphone(&p), 0);
	end(&p);
}

TEST(a_message_that_cannot_be_sent_ends_janus)
{
	struct play p;
	begin(&p);
	p.may = SOUND_SPEAKS;
	join(&p);
	CHECK_EQ(microphone(&p), 1);
	close(p.janus);
	p.may = SOUND_HEARS;
	board_consider(&p.board);
	CHECK(p.board.broken);
	p.janus = dup(p.board.socket);
	end(&p);
}

TEST(a_line_ends_by_itself_by_janus_by_its_browser_and_by_the_clock)
{
	struct play p;
	begin(&p);
	struct audio_join *j = join(&p);
	board_leave(&p.board, S("another"));
	CHECK_EQ(p.board.n, 1);
	board_leave(&p.board, j->id);
	is_hung_up(&p);
	p.resumed = 0;
	join(&p);
	answer(&p, NULL, "hangup", "");
	is_hung_up(&p);
	p.resumed = 0;
	join(&p);
	board_sweep(&p.board, clock_monotonic() + USEC_SECOND);
	CHECK_EQ(p.board.n, 1);
	answer(&p, NULL, "webrtcup", "");
	board_sweep(&p.board, clock_monotonic() + 60 * USEC_SECOND);
	CHECK_EQ(p.board.n, 1);
	end(&p);
}

TEST(what_is_never_up_is_swept_away_and_what_waits_is_answered)
{
	struct play p;
	struct audio_join j = {.offer = S("v=0\r\n")};
	begin(&p);
	j.arena = p.arena;
	board_join(&p.board, &j);
	CHECK_EQ(p.resumed, 0);
	board_sweep(&p.board, clock_monotonic() + 60 * USEC_SECOND);
	CHECK_EQ(p.resumed, 1);
	CHECK_EQ(j.rc, FAULT);
	CHECK_EQ(p.board.n, 0);
	end(&p);
}

TEST(the_crowd_of_one_address_leaves_room_for_others)
{
	struct play p;
	struct audio_join j[AUDIO_EACH + 2];
	begin(&p);
	for (size_t i = 0; i < AUDIO_EACH + 2; i++) {
		str from = i <= AUDIO_EACH ? S("203.0.113.1") : S("203.0.113.2");
		j[i] = (struct audio_join){.offer = S("v=0\r\n"), .arena = p.arena};
		j[i].who.holder = http_peer_holder(http_peer_parse(from));
		board_join(&p.board, &j[i]);
	}
	CHECK_EQ(j[AUDIO_EACH - 1].rc, OK);
	CHECK_EQ(j[AUDIO_EACH].rc, BUSY);
	CHECK_EQ(p.board.n, AUDIO_EACH + 1);
	/* Nor does anybody else come in when all are taken. */
	j[0] = (struct audio_join){.offer = S("v=0\r\n"), .arena = p.arena};
	board_join(&p.board, &j[0]);
	CHECK_EQ(j[0].rc, BUSY);
	p.may = SOUND_NONE;
	j[0] = (struct audio_join){.offer = S("v=0\r\n"), .arena = p.arena};
	p.board.n = 0;
	board_join(&p.board, &j[0]);
	CHECK_EQ(j[0].rc, DENIED);
	for (struct json *m; (m = told(&p));)
		CHECK_STR(what(m), "attach");
	end(&p);
}

#define OFFER "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"

TEST(an_offer_of_sound_and_what_is_none)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const bad[] = {"", "m=audio 9 UDP 111\r\n", OFFER,
	    OFFER "m=video 9 UDP 96\r\n", OFFER "m=audio 9 UDP 111\r\nm=audio 9 UDP 111\r\n",
	    OFFER "m=audio 9 UDP 111\r\nm=video 9 UDP 96\r\n",
	    OFFER "m=audio 9 UDP 111\r\na=\x01\r\n", OFFER "m=audio 9 UDP 111\r\na=\xC3\xA9\r\n"};
	struct err err = {0};
	str out;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK_EQ(audio_offer(a, str_of(bad[i]), &out, &err), INVALID);
	CHECK_EQ(audio_offer(a,
	             S(OFFER "m=audio 9 UDP 111\r\na=candidate:1 1 udp 1 192.168.1.7 9 typ host\r\n"
	                     "a=mid:0\n"),
	             &out, &err),
	    OK);
	CHECK_STR(out, OFFER "m=audio 9 UDP 111\r\na=mid:0\r\n");
}
