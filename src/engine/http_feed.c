/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Answers that go on. The library sends the head; then the connection is taken over (decision 16)
 * by one thread that serves all of them: a connection that has nothing to say costs its socket and
 * a few hundred bytes. That thread alone frees a feed. Locks: of a source, then ours.
 */
#include "engine/http_feed.h"
#include "engine/http_out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/poison.h"

#define BLOCK      4096 /* bytes asked of a source at once */
#define FRAME      16   /* "1000\r\n" before them, "\r\n" after */
#define EVENTS     256
#define STALL_TIME (60 * USEC_SECOND) /* so long a client may leave its bytes where they are */

_Static_assert(FRAME + BLOCK + 2 <= HTTP_OUT_ROOM, "a block fits");

struct http_feed *http_feed_new(const struct http_source *source)
{
	struct http_feed *f = aligned_alloc(_Alignof(struct http_feed), sizeof *f);

	must(f != NULL);
	memset(f, 0, sizeof *f);
	f->source = *source;
	f->fd = -1;
	atomic_init(&f->owner, NULL);
	return f;
}

void http_feed_drop(struct http_feed *f)
{
	f->source.gone(f->source.ctx);
	free(f);
}

void http_feeds_ring(struct http_feeds *o)
{
	(void)!write(o->bell, &(uint64_t){1}, sizeof(uint64_t));
}

void http_feed_ready(struct http_feeds *o, struct http_feed *f)
{
	struct http_feed *top = atomic_load(&o->ready);

	if (atomic_exchange(&f->ready, true))
		return;
	do
		f->ready_next = top;
	while (!atomic_compare_exchange_weak(&o->ready, &top, f));
	if (!top)
		http_feeds_ring(o);
}

/* Whoever takes it over looks at the source first, so that nothing is missed. */
void http_feed_wake(struct http_feed *f)
{
	struct http_feeds *o = atomic_load(&f->owner);

	if (o)
		http_feed_ready(o, f);
}

/* --- the thread ----------------------------------------------------------------------------- */

static void send_what_is_under_way(struct http_feeds *o, const struct http_feed *f)
{
	if (f->turn == http_out_turn(o->out))
		http_out_flush(o->out);
}

static void die(struct http_feeds *o, struct http_feed *f)
{
	send_what_is_under_way(o, f);
	if (f->dead)
		return;
	f->dead = true;
	f->source.gone(f->source.ctx);
	(void)shutdown(f->fd, SHUT_RDWR);
	/* The library may not have closed its own descriptor yet: closing ours would not be enough.
	 */
	if (f->watched)
		(void)epoll_ctl(o->epoll, EPOLL_CTL_DEL, f->fd, NULL);
	(void)close(f->fd);
	http_guard_close(f->held);
	http_lock(&o->lock);
	*f->prev = f->next;
	if (f->next)
		f->next->prev = f->prev;
	http_unlock(&o->lock);
	f->dead_next = o->dead;
	o->dead = f;
}

/* Of what send gave, or minus the number of an error: all but waiting for the other side is an end.
 */
static bool is_broken(ssize_t went)
{
	return went < 0 && went != -EAGAIN && went != -EWOULDBLOCK && went != -EINTR;
}

/* The last chunk; that a client which takes nothing misses it is no loss. */
static void put_end(const struct http_feed *f)
{
	if (f->chunked)
		(void)send(f->fd, "0\r\n\r\n", 5, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* What of the n bytes did not go is kept. Dies of an error. */
static void put_done(void *ctx, void *whose, const char *p, size_t n, ssize_t went)
{
	struct http_feed *f = whose;

	if (is_broken(went)) {
		die(ctx, f);
		return;
	}
	size_t some = went > 0 ? (size_t)went : 0;
	if (some == n)
		return;
	f->rest = malloc(n - some);
	must(f->rest != NULL);
	mem_copy(f->rest, n - some, p + some, n - some);
	f->rest_n = n - some;
	f->rest_at = 0;
	f->blocked = clock_monotonic();
}

static bool put_rest(struct http_feeds *o, struct http_feed *f)
{
	char *rest = f->rest;

	if (!rest)
		return true;
	ssize_t went =
	    send(f->fd, rest + f->rest_at, f->rest_n - f->rest_at, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (went > 0) {
		f->rest_at += (size_t)went;
		f->blocked = clock_monotonic();
	}
	if (is_broken(went < 0 ? -errno : went) || clock_monotonic() - f->blocked > STALL_TIME)
		die(o, f);
	if (f->dead || f->rest_at < f->rest_n)
		return false;
	free(rest);
	f->rest = NULL;
	f->blocked = 0;
	return true;
}

/* The length of a chunk, in hexadecimal, with the end of its line: before `end`. Its bytes. */
static size_t put_length(char *end, size_t n)
{
	char *p = end;

	*--p = '\n';
	*--p = '\r';
	do
		*--p = "0123456789abcdef"[n & 15];
	while (n >>= 4);
	return (size_t)(end - p);
}

/* One piece from the source, as a chunk if need be. False: that was all for now. */
static bool put_more(struct http_feeds *o, struct http_feed *f)
{
	char *all = http_out_room(o->out);
	int64_t n = f->source.read(f->source.ctx, all + FRAME, BLOCK);
	size_t head_n = 0;

	if (n == 0)
		return false;
	if (n < 0) {
		put_end(f);
		die(o, f);
		return false;
	}
	size_t end = FRAME + (size_t)n;
	if (f->chunked) {
		head_n = put_length(all + FRAME, (size_t)n);
		all[end++] = '\r';
		all[end++] = '\n';
	}
	f->turn = http_out_turn(o->out);
	http_out_put(o->out, f->fd, all + FRAME - head_n, end - FRAME + head_n, f);
	if (n < BLOCK)
		return false;
	http_out_flush(o->out);
	return !f->dead && !f->rest;
}

void http_feed_serve(struct http_feeds *o, struct http_feed *f)
{
	struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = f};

	send_what_is_under_way(o, f);
	if (f->dead)
		return;
	if (!f->watched) {
		must(epoll_ctl(o->epoll, EPOLL_CTL_ADD, f->fd, &e) == 0);
		f->watched = true;
	}
	bool more = put_rest(o, f);
	while (more)
		more = put_more(o, f);
}

/* All that are ready now. What is said from the moment in which one is looked at makes it ready
 * again. */
static void serve_ready(struct http_feeds *o)
{
	struct http_feed *f = atomic_exchange(&o->ready, NULL);

	while (f) {
		struct http_feed *next = f->ready_next;
		if (next)
			__builtin_prefetch(next);
		atomic_store(&f->ready, false);
		http_feed_serve(o, f);
		f = next;
	}
}

/* Those that no list names any more. */
static void bury(struct http_feeds *o)
{
	struct http_feed **at = &o->dead;

	while (*at) {
		struct http_feed *f = *at;
		if (atomic_load(&f->ready)) {
			at = &f->dead_next;
			continue;
		}
		*at = f->dead_next;
		free(f->rest);
		free(f);
	}
}

static void look(struct http_feeds *o, const struct epoll_event *e)
{
	uint64_t rung;

	if (!e->data.ptr)
		(void)!read(o->bell, &rung, sizeof rung);
	else if (e->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
		die(o, e->data.ptr);
	else if (e->events & EPOLLOUT)
		http_feed_serve(o, e->data.ptr);
}

static void end_all(struct http_feeds *o)
{
	while (o->all) {
		struct http_feed *f = o->all;
		if (put_rest(o, f))
			put_end(f);
		die(o, f);
	}
	http_crowds_serve(o);
	serve_ready(o); /* they are dead, and no list may name them */
	bury(o);
}

static bool is_stopping(struct http_feeds *o)
{
	http_lock(&o->lock);
	bool stopping = o->stopping;
	http_unlock(&o->lock);
	return stopping;
}

static void *run(void *arg)
{
	struct http_feeds *o = arg;
	struct epoll_event e[EVENTS];

	o->out = http_out_new(put_done, o, true);
	while (!is_stopping(o)) {
		int n = epoll_wait(o->epoll, e, EVENTS, -1);
		for (int i = 0; i < n; i++)
			look(o, &e[i]);
		serve_ready(o);
		http_crowds_serve(o);
		http_out_flush(o->out);
		bury(o);
	}
	end_all(o);
	return NULL;
}

/* --- its life --------------------------------------------------------------------------- */

struct http_feeds *http_feeds_new(void)
{
	struct http_feeds *o = calloc(1, sizeof *o);
	struct epoll_event e = {.events = EPOLLIN};

	must(o != NULL && pthread_mutex_init(&o->lock, NULL) == 0);
	o->epoll = epoll_create1(EPOLL_CLOEXEC);
	o->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	must(o->epoll >= 0 && o->bell >= 0);
	must(epoll_ctl(o->epoll, EPOLL_CTL_ADD, o->bell, &e) == 0);
	must(pthread_create(&o->thread, NULL, run, o) == 0);
	return o;
}

void http_feeds_free(struct http_feeds *o)
{
	if (!o)
		return;
	http_lock(&o->lock);
	o->stopping = true;
	http_unlock(&o->lock);
	http_feeds_ring(o);
	(void)pthread_join(o->thread, NULL);
	http_out_free(o->out);
	(void)close(o->epoll);
	(void)close(o->bell);
	(void)pthread_mutex_destroy(&o->lock);
	free(o);
}
