/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Feeds that are told together. Whoever wakes a crowd does one step, however many are in it; the
 * thread of the feeds goes through it, some at a time, and gives the lock back in between.
 */
#include "engine/http_feed.h"

#include <stdlib.h>

#include "base/poison.h"

#define SOME 64

/* Both are not in the processor's cache, and are asked for long before they are needed. */
struct seat {
	struct http_feed *feed;
	struct http_place *place;
};

struct http_crowd {
	pthread_mutex_t *lock; /* of the caller; of all below */
	struct seat *v;
	size_t n, room;
	size_t
	    left; /* the thread has still to come to so many, the first ones, from their end on */
	struct http_crowd *ready_next;
	bool ready; /* in the list of the thread, or in its hands */
	bool again; /* woken since the thread began to go through it */
	bool freed; /* the thread frees it when it has it no more */
};

struct http_crowd *http_crowd_new(pthread_mutex_t *lock)
{
	struct http_crowd *c = calloc(1, sizeof *c);

	must(c != NULL);
	c->lock = lock;
	return c;
}

static void free_crowd(struct http_crowd *c)
{
	free(c->v);
	free(c);
}

void http_crowd_free(struct http_crowd *c)
{
	if (!c)
		return;
	must(c->n == 0);
	c->freed = true;
	if (!c->ready)
		free_crowd(c);
}

bool http_crowd_is_empty(const struct http_crowd *c)
{
	return c->n == 0;
}

static void sit(struct http_crowd *c, size_t at, struct seat seat)
{
	c->v[at] = seat;
	seat.place->at = at;
}

void http_crowd_join(struct http_crowd *c, struct http_place *p, struct http_feed *f)
{
	if (c->n == c->room) {
		c->room = c->room ? 2 * c->room : 4;
		c->v = reallocarray(c->v, c->room, sizeof *c->v);
		must(c->v != NULL);
	}
	p->feed = f;
	sit(c, c->n++, (struct seat){f, p});
}

/* Those to whom the thread has still to come stay together. */
void http_crowd_leave(struct http_crowd *c, struct http_place *p)
{
	size_t hole = p->at;

	if (hole < c->left) {
		sit(c, hole, c->v[--c->left]);
		hole = c->left;
	}
	sit(c, hole, c->v[--c->n]);
}

/* NULL: none of them was taken over yet. Whoever takes one over looks at its source first. */
static struct http_feeds *owner_of(const struct http_crowd *c)
{
	struct http_feeds *o = NULL;

	for (size_t i = 0; i < c->n && !o; i++)
		o = atomic_load(&c->v[i].feed->owner);
	return o;
}

static void put_ready(struct http_feeds *o, struct http_crowd *c)
{
	struct http_crowd *top = atomic_load(&o->crowds);

	do
		c->ready_next = top;
	while (!atomic_compare_exchange_weak(&o->crowds, &top, c));
	if (!top)
		http_feeds_ring(o);
}

void http_crowd_wake(struct http_crowd *c)
{
	struct http_feeds *o = c->ready ? NULL : owner_of(c);

	c->again = true;
	if (!o)
		return;
	c->ready = true;
	put_ready(o, c);
}

/* --- the thread ----------------------------------------------------------------------------- */

/* Some that were taken over; with the lock held. They are freed by no other thread. */
static size_t gather(struct http_crowd *c, struct http_feed **v)
{
	size_t some = c->left < SOME ? c->left : SOME, n = 0;

	c->left -= some;
	const struct seat *seat = c->v + c->left;
	for (size_t i = 0; i < some; i++) {
		__builtin_prefetch(seat[i].feed);
		__builtin_prefetch(seat[i].place);
	}
	for (size_t i = 0; i < some; i++)
		if (atomic_load(&seat[i].feed->owner))
			v[n++] = seat[i].feed;
	return n;
}

static void serve_crowd(struct http_feeds *o, struct http_crowd *c)
{
	struct http_feed *v[SOME];
	pthread_mutex_t *lock = c->lock;

	http_lock(lock);
	c->again = false;
	c->left = c->n;
	while (c->left > 0) {
		size_t n = gather(c, v);
		http_unlock(lock);
		for (size_t i = 0; i < n; i++)
			http_feed_serve(o, v[i]);
		http_lock(lock);
	}
	/* Who came in meanwhile is looked at by itself; what was said meanwhile, once more. */
	c->ready = c->again && c->n > 0;
	if (c->ready)
		put_ready(o, c);
	else if (c->freed)
		free_crowd(c);
	http_unlock(lock);
}

/* All that were woken. */
void http_crowds_serve(struct http_feeds *o)
{
	struct http_crowd *c = atomic_exchange(&o->crowds, NULL);

	while (c) {
		struct http_crowd *next = c->ready_next;
		serve_crowd(o, c);
		c = next;
	}
}
