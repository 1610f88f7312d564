/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_feed: what http_feed.c, http_feed_offer.c and http_crowd.c share of answers that go on.
 *
 * Locks: of a source or a crowd, then ours. Threads: the one that serves all feeds, unless said.
 */
#ifndef ENGINE_HTTP_FEED_H
#define ENGINE_HTTP_FEED_H

#include "engine/http_internal.h"

/* What every turn needs comes first: of ten thousand, none is in the processor's cache. */
struct http_feed {
	_Alignas(64) struct http_source source;
	_Atomic(struct http_feeds *) owner; /* NULL until it is taken over */
	struct http_feed *ready_next;
	char *rest;    /* framed, and not taken yet; of the thread, like all below but `ready` and
	                  the list of all */
	uint64_t turn; /* http_out_turn of the last bytes that were put */
	int fd;
	atomic_bool ready; /* in that list */
	bool watched, chunked, dead;
	size_t rest_n, rest_at;
	usec blocked; /* since then the socket takes nothing; 0: it does */
	struct http_feed *dead_next;
	struct http_guard_conn *held;   /* counted for its address */
	struct http_feed *next, **prev; /* all of the owner */
};

struct http_feeds {
	pthread_mutex_t lock;
	struct http_feed *all;
	_Atomic(struct http_feed *) ready;   /* any thread puts one on top, ours takes them all */
	_Atomic(struct http_crowd *) crowds; /* the same */
	bool stopping;
	int epoll, bell;
	struct http_out *out;   /* of the thread */
	struct http_feed *dead; /* of the thread */
	pthread_t thread;
};

/* Threads: any. */
void http_feeds_ring(struct http_feeds *o);
/* It is looked at soon. Threads: any. */
void http_feed_ready(struct http_feeds *o, struct http_feed *f);
/* Says what its source has; passed over when it is dead. */
void http_feed_serve(struct http_feeds *o, struct http_feed *f);

/* --- http_crowd.c --- */

/* Serves all crowds that were woken. */
void http_crowds_serve(struct http_feeds *o);

#endif
