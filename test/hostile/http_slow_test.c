/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "hostile/world.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/must.h"
#include "t.h"
#include "base/poison.h"

#define SLOW      1000
#define HEAD_TIME (2 * USEC_SECOND)
#define DRIP      250000 /* between two bytes of one client */

struct crowd {
	int fd[SLOW];
	usec start;
	usec first_cut, last_cut; /* after start */
	unsigned cut;
};

static void open_crowd(struct crowd *c, uint16_t port)
{
	*c = (struct crowd){.first_cut = INT64_MAX};
	c->start = clock_monotonic();
	for (int i = 0; i < SLOW; i++) {
		c->fd[i] = client_open(port);
		must(c->fd[i] >= 0);
	}
}

/* One more byte of a head from everyone; notes who has been cut. */
static void drip(struct crowd *c)
{
	char scrap[512];

	for (int i = 0; i < SLOW; i++) {
		if (c->fd[i] < 0)
			continue;
		bool alive = client_send(c->fd[i], S("G"));
		ssize_t n;
		while ((n = recvfrom(c->fd[i], scrap, sizeof scrap, MSG_DONTWAIT, NULL, NULL)) > 0)
			;
		if (alive && n < 0)
			continue;
		usec after = clock_monotonic() - c->start;
		c->first_cut = c->cut == 0 ? after : c->first_cut;
		c->last_cut = after;
		c->cut++;
		(void)close(c->fd[i]);
		c->fd[i] = -1;
	}
}

struct reader {
	uint16_t port;
	atomic_bool stop;
	usec worst, sum;
	unsigned n;
};

/* One who only wants to read, all the time. */
static void *read_on(void *arg)
{
	struct reader *r = arg;

	while (!atomic_load(&r->stop)) {
		AUTO_ARENA struct arena *a = arena_new(0);
		usec start = clock_monotonic();
		int fd = client_open(r->port);
		must(fd >= 0);
		(void)client_send(fd, S("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"));
		struct answer got = client_read(a, fd, false);
		(void)close(fd);
		usec took = clock_monotonic() - start;
		must(got.status == 200);
		r->worst = took > r->worst ? took : r->worst;
		r->sum += took;
		r->n++;
		(void)usleep(5000);
	}
	return NULL;
}

static void allow_descriptors(void)
{
	struct rlimit lim;

	must(getrlimit(RLIMIT_NOFILE, &lim) == 0);
	lim.rlim_cur = lim.rlim_max < 8192 ? lim.rlim_max : 8192;
	must(setrlimit(RLIMIT_NOFILE, &lim) == 0);
}

TEST(a_thousand_slow_heads_are_cut_and_others_do_not_notice)
{
	static struct world w;
	static struct crowd crowd;
	static struct reader reader;
	struct http_conf conf = world_conf();
	pthread_t thread;

	allow_descriptors();
	conf.head_time = HEAD_TIME;
	world_start(&w, &conf);
	reader.port = w.port;
	open_crowd(&crowd, w.port);
	must(pthread_create(&thread, NULL, read_on, &reader) == 0);
	while (crowd.cut < SLOW && clock_monotonic() - crowd.start < 4 * HEAD_TIME) {
		drip(&crowd);
		(void)usleep(DRIP);
	}
	atomic_store(&reader.stop, true);
	must(pthread_join(thread, NULL) == 0);
	CHECK_EQ(crowd.cut, SLOW);
	CHECK(crowd.first_cut >= HEAD_TIME);
	CHECK(crowd.last_cut < 2 * HEAD_TIME);
	CHECK(reader.n > 100);
	/* Generous, for sanitizers and shared machines; the print is what to look at. */
	/* Nobody else waited as long as the slow ones were allowed to. */
	CHECK(reader.worst < conf.head_time);
	printf("# cut %u between %.2f and %.2f s; %u readers, mean %.2f ms, worst %.2f ms\n",
	    crowd.cut, (double)crowd.first_cut / 1e6, (double)crowd.last_cut / 1e6, reader.n,
	    (double)reader.sum / (double)reader.n / 1e3, (double)reader.worst / 1e3);
	http_stop(w.server, 1000);
}

TEST(who_never_asks_and_who_rests_too_long_is_cut)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static struct world w;
	struct http_conf conf = world_conf();

	conf.head_time = USEC_SECOND / 2;
	conf.idle_time = 3 * USEC_SECOND / 2;
	world_start(&w, &conf);
	int silent = client_open(w.port), resting = client_open(w.port);
	(void)client_send(resting, S("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"));
	CHECK_EQ(client_read(a, resting, false).status, 200);
	struct answer r = client_drain(a, silent, 30000);
	CHECK(r.closed && r.all.n == 0 && r.took > USEC_SECOND / 4);
	r = client_drain(a, resting, 30000);
	CHECK(r.closed && r.all.n == 0);
	CHECK(r.took > USEC_SECOND / 4);
	(void)close(silent);
	(void)close(resting);
	http_stop(w.server, 1000);
}

TEST(half_a_head_gets_408)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static struct world w;
	struct http_conf conf = world_conf();

	conf.head_time = USEC_SECOND / 2;
	world_start(&w, &conf);
	int fd = client_open(w.port);
	(void)client_send(fd, S("GET /hello HTTP/1.1\r\nHost:"));
	struct answer r = client_drain(a, fd, 3000);
	CHECK(r.closed);
	CHECK_EQ(r.status, 408);
	(void)close(fd);
	http_stop(w.server, 1000);
}

/* A body below the rate is cut after its grace; one above it is let through. */
TEST(slow_bodies_are_cut)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static struct world w;
	struct http_conf conf = world_conf();
	str head = S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n");
	char piece[100] = {0};

	conf.head_time = USEC_SECOND; /* also the pace of the sweeper */
	conf.body_grace = USEC_SECOND;
	conf.body_rate = 200;
	world_start(&w, &conf);
	int slow = client_open(w.port), steady = client_open(w.port);
	(void)client_send(slow, head);
	(void)client_send(steady, head);
	for (int i = 0; i < 30; i++) {
		(void)client_send(steady, (str){piece, 100});
		(void)client_send(slow, (str){piece, 1});
		(void)usleep(100000);
	}
	struct answer r = client_read(a, steady, false);
	CHECK_EQ(r.status, 200);
	r = client_drain(a, slow, 3000);
	CHECK(r.closed);
	CHECK_EQ(atomic_load(&w.handled), 1);
	(void)close(slow);
	(void)close(steady);
	http_stop(w.server, 1000);
}
