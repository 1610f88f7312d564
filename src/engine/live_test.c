/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Texts that change while others look on, over real connections. */
#include "engine/live_pair.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/must.h"
#include "client.h"
#include "engine/http.h"
#include "t.h"
#include "base/poison.h"

#define ASK S("GET /c HTTP/1.1\r\nHost: a\r\n\r\n")

struct world {
	struct live *live;
	struct http_server *server;
	uint16_t port;
};

static bool begin(void *ctx, struct http_request *q, struct http_response *r, size_t *limit)
{
	(void)ctx;
	(void)q;
	(void)r;
	(void)limit;
	return true;
}

static enum http_next handle(void *ctx, struct http_request *q, struct http_response *r)
{
	struct world *w = ctx;
	int64_t after = -1;
	(void)str_to_i64(http_header(q, S("last-event-id")), &after);
	unsigned how = str_is(http_param(q, S("calm")), "1") ? LIVE_CALM | LIVE_STILL : 0;
	struct live_pair_ask both = {.page = S("/page"), .captions = S("/lines")};
	live_pair_seen(http_header(q, S("last-event-id")), &both);
	r->feed = str_is(q->path, "/both")    ? live_pair_follow(w->live, &both)
	          : str_is(q->path, "/lines") ? live_follow_lines(w->live, q->path, after, how)
	                                      : live_follow(w->live, q->path);
	r->status = r->feed ? 200 : 503;
	r->type = S("text/event-stream");
	return HTTP_DONE;
}

static void start_as(struct world *w, struct http_conf *conf, size_t followers)
{
	struct http_app app = {.ctx = w, .begin = begin, .handle = handle};
	struct err err;
	conf->port = 0;
	w->live = live_new(followers);
	must(http_start(conf, &app, &w->server, &err) == OK);
	w->port = http_port(w->server);
}

static void start_for(struct world *w, size_t followers)
{
	struct http_conf conf = http_conf_default();
	conf.per_address = 0;
	start_as(w, &conf, followers);
}

static void start(struct world *w)
{
	start_for(w, LIVE_FOLLOWERS);
}

static void stop(struct world *w)
{
	http_stop(w->server, 2000);
	live_free(w->live);
}

/* Reads until `word` has come. */
static bool read_until(int fd, struct arena *a, str word)
{
	struct buf all = buf_in(a, 0);
	char some[4096];
	while (str_find(buf_str(&all), word) == SIZE_MAX) {
		ssize_t n = read(fd, some, sizeof some);
		if (n <= 0)
			return false;
		buf_put(&all, str_from(some, (size_t)n));
	}
	return true;
}

TEST(who_comes_late_sees_the_newest_text_at_once)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	int64_t seq = 0;
	start(&w);
	CHECK(live_put(w.live, S("/c"), S("one"), &seq));
	CHECK(live_put(w.live, S("/c"), S("two \"quoted\"\nlines"), &seq));
	CHECK_EQ(seq, 2);
	int fd = client_open(w.port);
	CHECK(client_send(fd, ASK));
	CHECK(read_until(
	    fd, a, S("id: 2\ndata: {\"seq\":2,\"text\":\"two \\\"quoted\\\"\\nlines\"}\n\n")));
	(void)close(fd);
	stop(&w);
}

/* Comes in, or is told that there is no room. */
static bool asks(struct world *w, int *fd, str request)
{
	char head[16] = {0};
	*fd = client_open(w->port);
	return client_send(*fd, request) && read(*fd, head, 12) == 12 &&
	       str_eq(str_from(head, 12), S("HTTP/1.1 200"));
}

static bool comes_in(struct world *w, int *fd)
{
	return asks(w, fd, ASK);
}

TEST(as_many_look_on_as_may_and_one_who_leaves_makes_room)
{
	struct world w;
	int fd[3];
	start_for(&w, 2);
	CHECK(comes_in(&w, &fd[0]));
	CHECK(comes_in(&w, &fd[1]));
	CHECK(!comes_in(&w, &fd[2]));
	(void)close(fd[0]);
	bool in = false;
	for (int turn = 0; turn < 500 && !in; turn++) {
		(void)close(fd[2]);
		(void)usleep(10000);
		in = comes_in(&w, &fd[2]);
	}
	CHECK(in);
	(void)close(fd[1]);
	(void)close(fd[2]);
	stop(&w);
}

/* An address leaves to the others as many places as it takes. */
TEST(a_few_addresses_do_not_take_all_places)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	int fd[16];
	size_t in[6] = {0}, all = 0;
	struct http_conf conf = http_conf_default();
	conf.behind_proxy = true;
	conf.streams_per_address = 8;
	conf.max_streams = 16;
	start_as(&w, &conf, 16);
	for (int who = 0; who < 6; who++) {
		char ask[128];
		(void)snprintf(ask, sizeof ask,
		    "GET /c HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.%d\r\n\r\n", who + 1);
		while (all < 16 && asks(&w, &fd[all], str_of(ask))) {
			/* The first comment: the place is counted. */
			CHECK(read_until(fd[all++], a, S("\n:\n\n")));
			in[who]++;
		}
		if (all < 16)
			(void)close(fd[all]);
	}
	CHECK(in[0] == 8 && in[1] == 4 && in[2] == 2 && in[3] == 1 && in[4] == 1 && in[5] == 0);
	while (all-- > 0)
		(void)close(fd[all]);
	stop(&w);
}

TEST(who_typed_upon_an_older_state_is_refused)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	int64_t seq = 7; /* as after a start of the server: the writer knows more than we do */
	start(&w);
	CHECK(live_put(w.live, S("/c"), S("from before"), &seq));
	CHECK_EQ(seq, 8);
	int64_t mine = seq, theirs = seq;
	CHECK(live_put(w.live, S("/c"), S("mine"), &mine));
	CHECK(!live_put(w.live, S("/c"), S("theirs"), &theirs));
	CHECK_EQ(theirs, 9);
	CHECK_STR(live_json(w.live, a, S("/c")), "{\"seq\":9,\"text\":\"mine\"}");
	CHECK_STR(live_json(w.live, a, S("/other")), "{\"seq\":0,\"text\":\"\"}");
	stop(&w);
}

struct watcher {
	struct world *w;
	pthread_t thread;
	bool saw;
};

static void *watch(void *arg)
{
	struct watcher *x = arg;
	AUTO_ARENA struct arena *a = arena_new(0);
	int fd = client_open(x->w->port);
	if (client_send(fd, ASK))
		x->saw = read_until(fd, a, S("the last one"));
	(void)close(fd);
	return NULL;
}

TEST(forty_who_look_on_all_see_the_last_of_a_thousand_states)
{
	struct world w;
	static struct watcher x[40];
	int64_t seq = 0;
	start(&w);
	/* One who asks and never reads holds nobody up. */
	int stalled = client_open(w.port);
	CHECK(client_send(stalled, ASK));
	for (size_t i = 0; i < 40; i++) {
		x[i].w = &w;
		must(pthread_create(&x[i].thread, NULL, watch, &x[i]) == 0);
	}
	for (int i = 0; i < 1000; i++) {
		CHECK(live_put(w.live, S("/c"), S("a text of some length that is typed"), &seq));
		live_moved(w.live);
	}
	CHECK(live_put(w.live, S("/c"), S("the last one"), &seq));
	for (size_t i = 0; i < 40; i++) {
		(void)pthread_join(x[i].thread, NULL);
		CHECK(x[i].saw);
	}
	(void)close(stalled);
	stop(&w);
}

/* Others leave and come in while a line is on its way to all. */
TEST(who_stays_misses_nothing_of_those_who_come_and_go)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	int fd[150];
	size_t n = sizeof fd / sizeof *fd;
	int64_t seq = 0;
	start(&w);
	for (size_t i = 0; i < n; i++)
		CHECK(comes_in(&w, &fd[i]));
	for (size_t i = 0; i < 2 * n; i++) {
		size_t goes = i * 7 % n;
		CHECK(live_put(w.live, S("/c"), S("a text of some length that is typed"), &seq));
		if (goes % 3 == 0)
			continue;
		(void)close(fd[goes]);
		CHECK(comes_in(&w, &fd[goes]));
	}
	CHECK(live_put(w.live, S("/c"), S("the last one"), &seq));
	for (size_t i = 0; i < n; i++) {
		CHECK(read_until(fd[i], a, S("the last one")));
		(void)close(fd[i]);
	}
	stop(&w);
}

TEST(a_server_that_stops_ends_what_goes_on)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	start(&w);
	int fd = client_open(w.port);
	CHECK(client_send(fd, ASK));
	CHECK(read_until(fd, a, S(":\n\n")));
	stop(&w);
	struct answer r = client_drain(a, fd, 3000);
	CHECK(r.closed);
	CHECK(str_find(r.all, S("0\r\n")) != SIZE_MAX); /* ended as it should, not torn off */
	(void)close(fd);
}

TEST(a_text_longer_than_a_block_comes_whole)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	int64_t seq = 0;
	struct buf b = buf_in(a, 0);
	start(&w);
	for (int i = 0; i < 9000; i++)
		buf_put(&b, S("seven. "));
	buf_put(&b, S("the end"));
	CHECK(live_put(w.live, S("/c"), buf_str(&b), &seq));
	int fd = client_open(w.port);
	CHECK(client_send(fd, S("GET /c HTTP/1.0\r\nHost: a\r\n\r\n")));
	CHECK(read_until(fd, a, S("the end\"}\n\n")));
	(void)close(fd);
	stop(&w);
}

static void say_line(struct world *w, int64_t id, int64_t line, str text)
{
	live_say(w->live, S("/lines"),
	    &(struct live_line){.id = id, .line = line, .text = text, .head = STR_EMPTY});
}

TEST(a_reader_who_comes_back_gets_what_was_missed)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	start(&w);
	live_know(w.live, S("/lines"), 40);
	say_line(&w, 41, 7, S("Good"));
	say_line(&w, 42, 7, S("Good morning."));
	int fd = client_open(w.port);
	CHECK(client_send(fd, S("GET /lines HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 41\r\n\r\n")));
	CHECK(read_until(fd, a, S("id:42\ndata:{\"n\":7,\"k\":4,\"t\":\" morning.\"}\n\n")));
	/* Two changes within half a second come as one. */
	say_line(&w, 43, 8, S("Thank"));
	say_line(&w, 44, 8, S("Thank you"));
	say_line(&w, 45, 8, S("Thank you."));
	CHECK(read_until(fd, a, S("id:45")));
	(void)close(fd);
	fd = client_open(w.port);
	CHECK(client_send(fd, S("GET /lines HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 12\r\n\r\n")));
	CHECK(read_until(fd, a, S("event:reset\nid:45\n")));
	(void)close(fd);
	CHECK_STR(live_said(w.live, a, S("/lines")),
	    "{\"id\":45,\"lines\":[{\"n\":7,\"k\":0,\"t\":\"Good morning.\"},"
	    "{\"n\":8,\"k\":0,\"t\":\"Thank you.\"}]}");
	stop(&w);
}

static size_t count(str all, str what)
{
	size_t n = 0, at;
	while ((at = str_find(all, what)) != SIZE_MAX) {
		all = str_skip(all, at + 1);
		n++;
	}
	return n;
}

#define CALM S("GET /lines?calm=1 HTTP/1.1\r\nHost: a\r\n\r\n")

/* Words that come one after the other for a second come together, once or twice. */
TEST(who_asked_for_few_bytes_is_told_seldom_and_misses_nothing)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	str words = S("We agree with every word of it.");
	start(&w);
	live_know(w.live, S("/lines"), 0);
	int fd = client_open(w.port);
	CHECK(client_send(fd, CALM));
	CHECK(read_until(fd, a, S(":\n\n")));
	for (size_t i = 1; i <= words.n; i++) {
		say_line(&w, (int64_t)i, 1, str_head(words, i));
		live_moved(w.live);
		(void)usleep(30 * 1000);
	}
	str all = client_drain(a, fd, 3000).all;
	CHECK(count(all, S("data:{")) <= 3);
	CHECK(str_find(all, S("id:31\n")) != SIZE_MAX);
	CHECK_EQ(count(all, S("event: moved")), (size_t)0);
	(void)close(fd);
	stop(&w);
}

TEST(what_was_forgotten_is_told_to_nobody)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	start(&w);
	live_know(w.live, S("/lines"), 0);
	say_line(&w, 1, 1, S("a secret"));
	CHECK(!live_is_followed(w.live, S("/lines")));
	live_forget(w.live, S("/lines"), 2);
	int fd = client_open(w.port);
	CHECK(client_send(fd, S("GET /lines HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 0\r\n\r\n")));
	CHECK(read_until(fd, a, S("event:reset\nid:2\n")));
	CHECK(live_is_followed(w.live, S("/lines")));
	CHECK(str_find(live_said(w.live, a, S("/lines")), S("secret")) == SIZE_MAX);
	(void)close(fd);
	stop(&w);
}

/* --- a page and its captions in one stream --- */

static void say_piece(struct world *w, int64_t id, int64_t line, str text)
{
	live_say(w->live, S("/page"),
	    &(struct live_line){.id = id, .line = line, .text = text, .head = S("\"p\":\"now\"")});
}

static int ask_both(struct world *w, struct arena *a, const char *seen)
{
	int fd = client_open(w->port);
	CHECK(client_send(fd,
	    arena_printf(a, "GET /both HTTP/1.1\r\nHost: a\r\nLast-Event-ID: %s\r\n\r\n", seen)));
	return fd;
}

TEST(one_number_resumes_both_channels)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	start(&w);
	live_know(w.live, S("/page"), 1023);
	live_know(w.live, S("/lines"), 40);
	int fd = ask_both(&w, a, "1023.40");
	CHECK(read_until(fd, a, S(":\n\n")));
	say_line(&w, 41, 7, S("Good"));
	CHECK(read_until(fd, a, S("id:1023.41\ndata:[7,0,\"Good\"]\n\n")));
	say_piece(&w, 2047, 1, S("Kenya"));
	CHECK(read_until(
	    fd, a, S("id:2047.41\ndata:{\"n\":1,\"k\":0,\"t\":\"Kenya\",\"p\":\"now\"}\n\n")));
	/* A few seconds of captions alone carry no number, and come again to who lost the way. */
	say_line(&w, 42, 7, S("Good morning"));
	str all = client_drain(a, fd, 1500).all;
	CHECK(str_find(all, S("data:[7,4,\" morning\"]\n\n")) != SIZE_MAX);
	CHECK(str_find(all, S("id:")) == SIZE_MAX);
	(void)close(fd);
	fd = ask_both(&w, a, "2047.41");
	CHECK(read_until(fd, a, S("id:2047.42\ndata:[7,4,\" morning\"]\n\n")));
	(void)close(fd);
	/* Of both together the last event has the number. */
	say_piece(&w, 3071, 2, S("Ghana"));
	fd = ask_both(&w, a, "1023.40");
	CHECK(read_until(fd, a,
	    S("data:[7,0,\"Good "
	      "morning\"]\n\ndata:{\"n\":1,\"k\":0,\"t\":\"Kenya\",\"p\":\"now\"}\n\n"
	      "id:3071.42\ndata:{\"n\":2,\"k\":0,\"t\":\"Ghana\",\"p\":\"now\"}\n\n")));
	(void)close(fd);
	fd = ask_both(&w, a, "3071.12");
	CHECK(read_until(fd, a, S("id:3071.42\nevent:reset\ndata:{}\n\n")));
	(void)close(fd);
	stop(&w);
}

TEST(a_step_is_for_who_stands_where_it_begins)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w;
	struct live_line v[] = {
	    {.id = 3070, .line = 1, .text = S("Kenya"), .head = S("\"p\":\"now\"")},
	    {.id = 3071, .line = 2, .text = S("Ghana"), .head = S("\"p\":\"now\"")}};
	start(&w);
	live_know(w.live, S("/page"), 1023);
	live_know(w.live, S("/lines"), 40);
	int fd = ask_both(&w, a, "2047.40"), behind = ask_both(&w, a, "1023.40");
	CHECK(read_until(fd, a, S(":\n\n")));
	CHECK(read_until(behind, a, S(":\n\n")));
	live_say_step(w.live, S("/page"),
	    &(struct live_step){.v = v, .n = 2, .from = 2047, .json = S("[2,{},{}]")});
	str one = client_drain(a, fd, 800).all, other = client_drain(a, behind, 300).all;
	CHECK(str_find(one, S("id:3071.40\ndata:[2,{},{}]\n\n")) != SIZE_MAX);
	CHECK_EQ(count(one, S("data:")), (size_t)1);
	CHECK_EQ(count(other, S("data:{\"n\"")), (size_t)2);
	CHECK(str_find(other, S("data:[")) == SIZE_MAX);
	(void)close(fd);
	(void)close(behind);
	stop(&w);
}

TEST(what_a_reader_has_seen_is_read_from_one_number)
{
	struct live_pair_ask ask;
	live_pair_seen(S("2047.41"), &ask);
	CHECK_EQ(ask.after, 2047);
	CHECK_EQ(ask.spoken, 41);
	live_pair_seen(S("2047.-1"), &ask);
	CHECK_EQ(ask.spoken, -1);
	live_pair_seen(S("2047"), &ask);
	CHECK_EQ(ask.after, 2047);
	CHECK_EQ(ask.spoken, -1);
	live_pair_seen(S("x.y"), &ask);
	CHECK_EQ(ask.after, -1);
	live_pair_seen(STR_EMPTY, &ask);
	CHECK_EQ(ask.after, -1);
	CHECK_EQ(ask.spoken, -1);
}
