/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_guard_io.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/must.h"
#include "base/say.h"
#include "base/poison.h"

#define DESCRIPTORS  65536
#define BUCKETS      4096
#define LINGERERS    128
#define LINGER_TIME  (2 * USEC_SECOND)
#define REST_TIME    (USEC_SECOND / 2) /* so long a connection may rest when places are short */
#define LINGER_BYTES (64u << 20)

struct http_guard_conn {
	struct http_guard_io *io;
	struct http_guard_conn *next, **prev;               /* all, under io->lock */
	struct http_guard_conn *bucket_next, **bucket_prev; /* same address, under io->lock */
	int fd;
	http_peer from;
	pthread_mutex_t lock; /* of what follows: the serving thread and the sweeper */
	struct guard guard;
	usec since;        /* when the present phase began */
	uint64_t answered; /* answers that are out */
	bool ended;        /* we have shut it down */
	bool let_go;       /* another serves it; of the serving thread */
};

struct lingerer {
	int fd;
	usec until;
	size_t bytes;
};

struct http_guard_io {
	struct http_guard_conf conf;
	pthread_mutex_t lock;
	struct http_guard_conn *all;
	struct http_guard_conn *bucket[BUCKETS];
	size_t held;
	pthread_mutex_t linger_lock; /* taken last: after lock and after that of a connection */
	struct lingerer linger[LINGERERS];
	size_t lingerers;
	uint8_t seed[crypto_shorthash_KEYBYTES];
	int wake; /* eventfd */
	atomic_bool stop;
	pthread_t thread;
};

/*
 * The one mutable global of the program besides configuration: recv() is given a
 * descriptor and nothing else. A slot is written and read by the thread that serves it.
 */
static _Atomic(struct http_guard_conn *) watched[DESCRIPTORS];

static void lock(pthread_mutex_t *m)
{
	must(pthread_mutex_lock(m) == 0);
}

static void unlock(pthread_mutex_t *m)
{
	must(pthread_mutex_unlock(m) == 0);
}

/* --- connections of one address
 * ------------------------------------------------------------------------- */

static struct http_guard_conn **bucket_of(struct http_guard_io *io, http_peer a)
{
	uint8_t h[crypto_shorthash_BYTES];

	crypto_shorthash(h, a.b, sizeof a.b, io->seed);
	return &io->bucket[(h[0] | h[1] << 8) % BUCKETS];
}

/* How many connections of the library's (or, held, of others) an address has. Under io->lock. */
static unsigned count_of(struct http_guard_io *io, http_peer holder, bool held)
{
	unsigned n = 0;

	for (struct http_guard_conn *c = *bucket_of(io, holder); c; c = c->bucket_next)
		n += (c->fd < 0) == held && http_peer_eq(c->from, holder);
	return n;
}

bool http_guard_may_hold(struct http_guard_io *io, http_peer from)
{
	if (io->conf.held_per_address == 0)
		return true;
	size_t most = io->conf.held_most ? io->conf.held_most : SIZE_MAX;
	lock(&io->lock);
	size_t n = count_of(io, http_peer_holder(from), true);
	size_t left = most > io->held ? most - io->held : 0;
	unlock(&io->lock);
	return n < io->conf.held_per_address && n < left;
}

/* --- connections -------------------------------------------------------------------------- */

static struct http_guard_conn *enlist(struct http_guard_io *io, int fd, http_peer from)
{
	struct http_guard_conn *c = calloc(1, sizeof *c);

	must(c != NULL);
	c->io = io;
	c->fd = fd;
	c->ended = fd < 0; /* nothing of it is judged */
	c->from = http_peer_holder(from);
	c->since = clock_monotonic();
	must(pthread_mutex_init(&c->lock, NULL) == 0);
	guard_init(&c->guard, &io->conf.limits);
	lock(&io->lock);
	c->next = io->all;
	c->prev = &io->all;
	if (c->next)
		c->next->prev = &c->next;
	io->all = c;
	struct http_guard_conn **bucket = bucket_of(io, c->from);
	c->bucket_next = *bucket;
	c->bucket_prev = bucket;
	if (c->bucket_next)
		c->bucket_next->bucket_prev = &c->bucket_next;
	*bucket = c;
	io->held += fd < 0;
	unlock(&io->lock);
	return c;
}

struct http_guard_conn *http_guard_hold(struct http_guard_io *io, http_peer from)
{
	return enlist(io, -1, from);
}

struct http_guard_conn *http_guard_open(struct http_guard_io *io, int fd, http_peer from)
{
	struct http_guard_conn *c = enlist(io, fd, from);

	if (fd >= 0 && fd < DESCRIPTORS) {
		atomic_store_explicit(&watched[fd], c, memory_order_release);
	} else {
		/* Beyond the table nothing could be checked, so nothing is read. */
		c->ended = true;
		(void)shutdown(fd, SHUT_RDWR);
	}
	return c;
}

/*
 * Keeps the socket alive past the library's close(): with unread bytes a close is a reset, and
 * a reset may overtake our last words.
 */
static void begin_linger(struct http_guard_io *io, int fd)
{
	lock(&io->linger_lock);
	int copy = io->lingerers < LINGERERS ? fcntl(fd, F_DUPFD_CLOEXEC, 3) : -1;
	if (copy >= 0)
		io->linger[io->lingerers++] =
		    (struct lingerer){.fd = copy, .until = clock_monotonic() + LINGER_TIME};
	unlock(&io->linger_lock);
	(void)shutdown(fd, SHUT_WR);
	if (copy >= 0)
		(void)!write(io->wake, &(uint64_t){1}, sizeof(uint64_t));
}

void http_guard_close(struct http_guard_conn *c)
{
	if (!c)
		return;
	struct http_guard_io *io = c->io;
	if (c->fd >= 0 && c->fd < DESCRIPTORS)
		atomic_store_explicit(&watched[c->fd], NULL, memory_order_release);
	lock(&io->lock);
	*c->prev = c->next;
	if (c->next)
		c->next->prev = c->prev;
	*c->bucket_prev = c->bucket_next;
	if (c->bucket_next)
		c->bucket_next->bucket_prev = c->bucket_prev;
	io->held -= c->fd < 0;
	unlock(&io->lock);
	/* An answer was given before the request was read to its end: let it be read. */
	if (!c->ended && guard_phase(&c->guard) == GUARD_BODY)
		begin_linger(io, c->fd);
	(void)pthread_mutex_destroy(&c->lock);
	free(c);
}

uint64_t http_guard_heads(const struct http_guard_conn *c)
{
	return c->guard.heads;
}

void http_guard_answered(struct http_guard_conn *c)
{
	lock(&c->lock);
	c->answered++;
	/* The head of a pipelined request may have come in already; its time starts now. */
	c->since = clock_monotonic();
	unlock(&c->lock);
}

/* --- refusing -------------------------------------------------------------------------------- */

static const char *phrase(int status)
{
	switch (status) {
	case 400:
		return "Bad Request";
	case 408:
		return "Request Timeout";
	case 413:
		return "Content Too Large";
	case 414:
		return "URI Too Long";
	case 417:
		return "Expectation Failed";
	case 431:
		return "Request Header Fields Too Large";
	case 501:
		return "Not Implemented";
	case 503:
		return "Service Unavailable";
	case 505:
		return "HTTP Version Not Supported";
	default:
		return "Refused";
	}
}

/* The last words on a connection. Under c->lock. */
static void end_with(struct http_guard_conn *c, int status)
{
	char text[256];
	const char *words = phrase(status);

	if (c->ended)
		return;
	c->ended = true;
	int n = snprintf(text, sizeof text,
	    "HTTP/1.1 %d %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\n\r\n%s\n",
	    status, words, strlen(words) + 1, words);
	/* If the socket does not take these few bytes at once, nobody is reading. */
	(void)!send(c->fd, text, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void http_guard_refuse(struct http_guard_conn *c, int status)
{
	lock(&c->lock);
	end_with(c, status);
	begin_linger(c->io, c->fd);
	unlock(&c->lock);
}

/* --- what the library reads ----------------------------------------------------------------------
 */

/* True when these bytes may be shown to the library. */
static bool inspect(struct http_guard_conn *c, const void *p, size_t n)
{
	lock(&c->lock);
	enum guard_phase before = guard_phase(&c->guard);
	uint64_t requests = c->guard.requests;
	int status = c->ended ? 400 : guard_feed(&c->guard, p, n);
	if (guard_phase(&c->guard) != before || c->guard.requests != requests)
		c->since = clock_monotonic();
	if (status != 0 && !c->ended) {
		say(SAY_DEBUG, "http-refused", "status=%d reason=\"%s\"", status, c->guard.reason);
		end_with(c, status);
		begin_linger(c->io, c->fd);
	}
	unlock(&c->lock);
	return status == 0;
}

/* The name is ours, the symbol is the C library's; so no header can turn it into another. */
ssize_t http_guard_recv(int fd, void *p, size_t n, int flags) __asm__("recv");

ssize_t http_guard_recv(int fd, void *p, size_t n, int flags)
{
	struct http_guard_conn *c = NULL;

	if (fd >= 0 && fd < DESCRIPTORS)
		c = atomic_load_explicit(&watched[fd], memory_order_acquire);
	ssize_t got = recvfrom(fd, p, n, flags, NULL, NULL);
	if (!c || got <= 0 || inspect(c, p, (size_t)got))
		return got;
	errno = ECONNRESET;
	return -1;
}

void http_guard_let_go(struct http_guard_conn *c)
{
	lock(&c->lock);
	c->ended = true;
	c->let_go = true;
	unlock(&c->lock);
}

int http_guard_shutdown(int fd, int how) __asm__("shutdown");

int http_guard_shutdown(int fd, int how)
{
	const struct http_guard_conn *c = NULL;

	if (fd >= 0 && fd < DESCRIPTORS)
		c = atomic_load_explicit(&watched[fd], memory_order_acquire);
	return c && c->let_go ? 0 : (int)syscall(SYS_shutdown, fd, how);
}

bool http_guard_is_active(void)
{
	/* What the library was linked to: the first definition in the order of search. */
	return dlsym(RTLD_DEFAULT, "recv") == (void *)http_guard_recv &&
	       dlsym(RTLD_DEFAULT, "shutdown") == (void *)http_guard_shutdown;
}

/* --- the sweeper
 * ------------------------------------------------------------------------------------ */

static bool is_answering(const struct http_guard_conn *c)
{
	return c->guard.requests > c->answered;
}

/* Under c->lock. 0: leave it; -1: end it without a word; else with this status. */
static int verdict(const struct http_guard_conn *c, usec now)
{
	const struct http_guard_conf *conf = &c->io->conf;
	usec age = now - c->since;

	/* While we owe an answer the delay is ours. */
	if (c->ended || is_answering(c))
		return 0;
	switch (guard_phase(&c->guard)) {
	case GUARD_IDLE:
		/* A connection that never asked has the time of a head only. */
		return age > (c->guard.requests ? conf->idle_time : conf->head_time) ? -1 : 0;
	case GUARD_HEAD:
		return age > conf->head_time ? 408 : 0;
	case GUARD_BODY:
		if (age <= conf->body_grace)
			return 0;
		return (int64_t)c->guard.body < conf->body_rate * (age / USEC_SECOND) ? 408 : 0;
	case GUARD_BROKEN:
		return -1;
	}
	return 0;
}

/*
 * Both directions, so that the library wakes up, reads the end of the stream and closes. The
 * descriptor is still ours: http_guard_close waits for the lock of the list. Under both locks.
 */
static void cut(struct http_guard_conn *c, int status)
{
	if (status > 0)
		end_with(c, status);
	c->ended = true;
	(void)shutdown(c->fd, SHUT_RDWR);
}

static void sweep(struct http_guard_io *io, usec now)
{
	unsigned cuts = 0;

	lock(&io->lock);
	for (struct http_guard_conn *c = io->all; c; c = c->next) {
		lock(&c->lock);
		int status = verdict(c, now);
		if (status != 0) {
			cut(c, status);
			cuts++;
		}
		unlock(&c->lock);
	}
	unlock(&io->lock);
	if (cuts > 0)
		say(SAY_DEBUG, "http-slow", "cut=%u", cuts);
}

/* When it began to rest between two requests; INT64_MAX: it does not, or not for long. */
static usec rests_since(struct http_guard_conn *c, usec now)
{
	lock(&c->lock);
	bool rests = c->fd >= 0 && !c->ended && c->guard.requests > 0 && !is_answering(c) &&
	             guard_phase(&c->guard) == GUARD_IDLE && now - c->since > REST_TIME;
	usec since = rests ? c->since : INT64_MAX;
	unlock(&c->lock);
	return since;
}

/*
 * Many may share an address, and browsers keep connections that they do not need at the moment;
 * they open another one without a word when such a connection has ended. Under io->lock.
 */
static bool end_longest_rest(struct http_guard_io *io, http_peer holder)
{
	struct http_guard_conn *longest = NULL;
	usec now = clock_monotonic(), since = INT64_MAX;

	for (struct http_guard_conn *c = *bucket_of(io, holder); c; c = c->bucket_next) {
		usec x = http_peer_eq(c->from, holder) ? rests_since(c, now) : INT64_MAX;
		if (x >= since)
			continue;
		longest = c;
		since = x;
	}
	if (!longest)
		return false;
	lock(&longest->lock);
	cut(longest, -1);
	unlock(&longest->lock);
	return true;
}

bool http_guard_admits(struct http_guard_io *io, http_peer from)
{
	if (io->conf.per_address == 0)
		return true;
	from = http_peer_holder(from);
	lock(&io->lock);
	bool may = count_of(io, from, false) < io->conf.per_address || end_longest_rest(io, from);
	unlock(&io->lock);
	return may;
}

void http_guard_drop_idle(struct http_guard_io *io)
{
	lock(&io->lock);
	for (struct http_guard_conn *c = io->all; c; c = c->next) {
		lock(&c->lock);
		if (!c->ended && !is_answering(c) && guard_phase(&c->guard) == GUARD_IDLE)
			cut(c, -1);
		unlock(&c->lock);
	}
	unlock(&io->lock);
}

/* Reads and forgets. True when there is nothing more to wait for. */
static bool drain(struct lingerer *l, usec now)
{
	char scrap[16384];

	for (int i = 0; i < 16; i++) {
		ssize_t got = recvfrom(l->fd, scrap, sizeof scrap, MSG_DONTWAIT, NULL, NULL);
		if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
			return true;
		if (got < 0)
			break;
		l->bytes += (size_t)got;
	}
	return now >= l->until || l->bytes > LINGER_BYTES;
}

static void drain_all(struct http_guard_io *io, usec now, bool last)
{
	lock(&io->linger_lock);
	for (size_t i = 0; i < io->lingerers;) {
		if (!drain(&io->linger[i], now) && !last) {
			i++;
			continue;
		}
		(void)close(io->linger[i].fd);
		io->linger[i] = io->linger[--io->lingerers];
	}
	unlock(&io->linger_lock);
}

/* Sleeps until something lingers with bytes to drain, or for the given time. */
static void rest(struct http_guard_io *io, usec time)
{
	struct pollfd fds[LINGERERS + 1] = {{.fd = io->wake, .events = POLLIN}};
	nfds_t n = 1;
	uint64_t ignored;

	lock(&io->linger_lock);
	for (size_t i = 0; i < io->lingerers; i++)
		fds[n++] = (struct pollfd){.fd = io->linger[i].fd, .events = POLLIN};
	unlock(&io->linger_lock);
	(void)poll(fds, n, (int)(time / 1000));
	(void)!read(io->wake, &ignored, sizeof ignored);
}

static void *sweeper(void *arg)
{
	struct http_guard_io *io = arg;
	usec every = io->conf.head_time / 4 < USEC_SECOND ? io->conf.head_time / 4 : USEC_SECOND;
	usec last = clock_monotonic();

	while (!atomic_load(&io->stop)) {
		rest(io, every);
		usec now = clock_monotonic();
		drain_all(io, now, false);
		if (now - last < every)
			continue;
		last = now;
		sweep(io, now);
	}
	drain_all(io, clock_monotonic(), true);
	return NULL;
}

struct http_guard_io *http_guard_new(const struct http_guard_conf *conf)
{
	struct http_guard_io *io = calloc(1, sizeof *io);

	must(io != NULL && sodium_init() >= 0);
	io->conf = *conf;
	randombytes_buf(io->seed, sizeof io->seed);
	io->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	must(io->wake >= 0);
	must(pthread_mutex_init(&io->lock, NULL) == 0);
	must(pthread_mutex_init(&io->linger_lock, NULL) == 0);
	must(pthread_create(&io->thread, NULL, sweeper, io) == 0);
	return io;
}

void http_guard_free(struct http_guard_io *io)
{
	if (!io)
		return;
	atomic_store(&io->stop, true);
	(void)!write(io->wake, &(uint64_t){1}, sizeof(uint64_t));
	must(pthread_join(io->thread, NULL) == 0);
	must(io->all == NULL);
	(void)close(io->wake);
	(void)pthread_mutex_destroy(&io->lock);
	(void)pthread_mutex_destroy(&io->linger_lock);
	free(io);
}
