/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/audio.h"

#include "base/id.h"
#include "base/must.h"
#include "base/say.h"
#include "engine/audio_inner.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/poison.h"

#define PACKET      ((size_t)256 << 10)
#define PAUSE       (50 * USEC_SECOND / 1000) /* between two looks at the record */
#define LOOK        (5 * USEC_SECOND)         /* at the latest: sittings begin by the clock */
#define ALIVE       (20 * USEC_SECOND)        /* Janus forgets a session after a minute */
#define FIRST_WAIT  (2 * USEC_SECOND)         /* before Janus is started again */
#define LONG_WAIT   (60 * USEC_SECOND)
#define ANSWER_TIME 5000 /* milliseconds, of its first answer */

struct leaving {
	struct leaving *next;
	char id[33];
};

struct audio {
	struct audio_conf conf;
	pthread_t thread;
	int wake; /* an eventfd */
	atomic_bool up;
	pthread_mutex_t lock; /* of what follows */
	struct audio_join *joins, **joins_end;
	struct leaving *leavings;
	bool moved, stopping;
	/* The thread's own: */
	struct arena *arena;
	struct janus *janus;
	struct switchboard board;
	usec looked, kept, tried, wait;
	bool news;
	char *packet;
};

/* --- from other threads --- */

static void ring(struct audio *x)
{
	uint64_t one = 1;
	(void)!write(x->wake, &one, sizeof one);
}

bool audio_is_up(struct audio *x)
{
	return x && atomic_load(&x->up);
}

void audio_moved(struct audio *x)
{
	if (!x)
		return;
	pthread_mutex_lock(&x->lock);
	x->moved = true;
	pthread_mutex_unlock(&x->lock);
	ring(x);
}

void audio_join(struct audio *x, struct audio_join *j)
{
	j->next = NULL;
	pthread_mutex_lock(&x->lock);
	bool late = x->stopping;
	if (!late) {
		*x->joins_end = j;
		x->joins_end = &j->next;
	}
	pthread_mutex_unlock(&x->lock);
	ring(x);
	if (!late)
		return;
	j->rc = ERR(&j->err, BUSY, NULL, "The server is being restarted. Please try again.");
	http_resume(j->waiting);
}

void audio_leave(struct audio *x, str id)
{
	struct leaving *l = calloc(1, sizeof *l);
	must(l != NULL);
	if (id.n < sizeof l->id)
		mem_copy(l->id, sizeof l->id, id.p, id.n);
	pthread_mutex_lock(&x->lock);
	l->next = x->leavings;
	x->leavings = l;
	pthread_mutex_unlock(&x->lock);
	ring(x);
}

/* --- the thread --- */

/* One message of Janus; false when there is none now, or it has ended. */
static bool take_packet(struct audio *x, struct arena *a, struct json **out)
{
	struct switchboard *s = &x->board;
	struct err err = {0};
	ssize_t n = recv(s->socket, x->packet, PACKET, MSG_DONTWAIT);
	*out = NULL;
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		s->broken = true;
	if (n <= 0)
		return false;
	if (json_parse(a, str_from(x->packet, (size_t)n), "janus", out, &err) != OK)
		say_err("audio", &err);
	return true;
}

static void take_packets(struct audio *x)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct json *m;
	while (!x->board.broken && take_packet(x, a, &m)) {
		if (m)
			board_take(&x->board, m);
		arena_reset(a);
	}
}

/* More would make everybody's sound falter. */
static size_t most_lines(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t most = cores > 0 ? (size_t)cores * AUDIO_CORE : AUDIO_CORE;
	return most < AUDIO_LINES ? most : AUDIO_LINES;
}

/* The number that Janus gives to what is made first: its answer is waited for. 0: there is none. */
static int64_t number_of(struct audio *x, struct arena *a, struct json *request)
{
	struct switchboard *s = &x->board;
	struct pollfd p = {.fd = s->socket, .events = POLLIN};
	struct json *m;
	(void)board_send(s, a, request);
	if (poll(&p, 1, ANSWER_TIME) == 1 && take_packet(x, a, &m) && m)
		return json_get_i64(json_get(m, S("data")), S("id"), 0);
	return 0;
}

/* And the handle that keeps the rooms. */
static void open_session(struct audio *x)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct switchboard *s = &x->board;
	s->session = number_of(x, a, talk_request(a, "create"));
	if (s->session)
		s->keeper = number_of(x, a, talk_attach(a));
	if (!s->keeper)
		s->broken = true;
}

static void start(struct audio *x, usec now)
{
	struct err err = {0};
	if (x->janus || (x->tried && now - x->tried < x->wait))
		return;
	x->tried = now;
	x->wait = x->wait ? x->wait * 2 : FIRST_WAIT;
	x->wait = x->wait < LONG_WAIT ? x->wait : LONG_WAIT;
	if (janus_start(&x->conf.janus, &x->janus, &err) != OK) {
		say_err("audio", &err);
		return;
	}
	x->board = (struct switchboard){.conf = &x->conf,
	    .socket = janus_socket(x->janus),
	    .most = most_lines(),
	    .secret = id_token(x->arena, rng_system(), 16)};
	open_session(x);
	x->kept = now;
	atomic_store(&x->up, !x->board.broken);
	say(SAY_NOTICE, "audio", "up=%d", !x->board.broken);
}

static void end(struct audio *x)
{
	atomic_store(&x->up, false);
	board_clear(&x->board);
	janus_stop(x->janus);
	x->janus = NULL;
	x->board = (struct switchboard){.conf = &x->conf, .socket = -1};
}

static void keep_alive(struct audio *x, usec now)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	if (now - x->kept < ALIVE)
		return;
	x->kept = now;
	x->wait = 0; /* it has run for a while */
	(void)board_send(&x->board, a, talk_request(a, "keepalive"));
}

/* False: it is time to stop. */
static bool take_mail(struct audio *x)
{
	uint64_t rings;
	(void)!read(x->wake, &rings, sizeof rings);
	pthread_mutex_lock(&x->lock);
	struct audio_join *joins = x->joins;
	struct leaving *leavings = x->leavings;
	bool go_on = !x->stopping;
	x->joins = NULL;
	x->joins_end = &x->joins;
	x->leavings = NULL;
	x->news = x->news || x->moved;
	x->moved = false;
	pthread_mutex_unlock(&x->lock);
	for (struct audio_join *j = joins, *next; j; j = next) {
		next = j->next;
		board_join(&x->board, j);
	}
	for (struct leaving *l = leavings, *next; l; l = next) {
		next = l->next;
		board_leave(&x->board, str_of(l->id));
		free(l);
	}
	return go_on;
}

static void look(struct audio *x, usec now)
{
	x->news = x->news || x->board.news;
	x->board.news = false;
	bool due = now - x->looked >= (x->news ? PAUSE : LOOK);
	if (!due)
		return;
	x->looked = now;
	x->news = false;
	board_consider(&x->board);
}

static void wait_for_something(struct audio *x)
{
	struct pollfd p[] = {{.fd = x->wake, .events = POLLIN},
	    {.fd = x->janus ? x->board.socket : -1, .events = POLLIN}};
	(void)poll(p, 2, x->news ? (int)(PAUSE / 1000) : 1000);
}

static void *work(void *arg)
{
	struct audio *x = arg;
	do {
		usec now = clock_monotonic();
		start(x, now);
		if (x->janus) {
			take_packets(x);
			look(x, now);
			keep_alive(x, now);
			board_sweep(&x->board, now);
		}
		if (x->janus && x->board.broken) {
			say(SAY_ERROR, "audio", "janus=ended lines=%zu", x->board.n);
			end(x);
		}
		wait_for_something(x);
	} while (take_mail(x));
	end(x);
	return NULL;
}

enum rc audio_start(const struct audio_conf *conf, struct audio **out, struct err *err)
{
	struct audio *x = calloc(1, sizeof *x);
	must(x != NULL);
	x->conf = *conf;
	x->arena = arena_new(0);
	x->packet = arena_push(x->arena, PACKET);
	x->joins_end = &x->joins;
	x->board = (struct switchboard){.conf = &x->conf, .socket = -1};
	atomic_init(&x->up, false);
	pthread_mutex_init(&x->lock, NULL);
	x->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (x->wake >= 0 && pthread_create(&x->thread, NULL, work, x) == 0) {
		*out = x;
		return OK;
	}
	if (x->wake >= 0)
		close(x->wake);
	pthread_mutex_destroy(&x->lock);
	arena_free(x->arena);
	free(x);
	return ERR(err, FAULT, NULL, "The thread of the sound cannot be started.");
}

void audio_stop(struct audio *x)
{
	if (!x)
		return;
	pthread_mutex_lock(&x->lock);
	x->stopping = true;
	pthread_mutex_unlock(&x->lock);
	ring(x);
	pthread_join(x->thread, NULL);
	for (struct leaving *l = x->leavings, *next; l; l = next) {
		next = l->next;
		free(l);
	}
	close(x->wake);
	pthread_mutex_destroy(&x->lock);
	arena_free(x->arena);
	free(x);
}
