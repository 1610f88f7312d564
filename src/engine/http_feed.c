/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Answers that go on. The library asks for bytes; when there are none the connection is suspended,
 * costs nothing, and is resumed by whoever has news. Locks: that of a server, then that of a feed.
 */
#include "engine/http_internal.h"

#include <stdlib.h>

#include "base/poison.h"

#define BLOCK 4096 /* bytes that the library asks for at once; in its memory of the connection */

struct http_feed {
	struct http_source source;
	struct http_server *server;     /* NULL until it is an answer */
	struct MHD_Connection *mhd;     /* valid until `gone` */
	struct http_feed *next, **prev; /* of the server, under its lock */
	pthread_mutex_t lock;
	bool woken;  /* since the last look at the source */
	bool asleep; /* the connection is suspended */
	bool ended;  /* the server stops */
};

struct http_feed *http_feed_new(const struct http_source *source)
{
	struct http_feed *f = calloc(1, sizeof *f);

	must(f != NULL && pthread_mutex_init(&f->lock, NULL) == 0);
	f->source = *source;
	return f;
}

static void wake(struct http_feed *f, bool end)
{
	http_lock(&f->lock);
	f->woken = true;
	f->ended = f->ended || end;
	if (f->asleep) {
		f->asleep = false;
		MHD_resume_connection(f->mhd);
	}
	http_unlock(&f->lock);
}

void http_feed_wake(struct http_feed *f)
{
	wake(f, false);
}

/* True: news came since the source had nothing; false: the connection sleeps. */
static bool look_again(struct http_feed *f)
{
	http_lock(&f->lock);
	bool again = f->woken;
	f->woken = false;
	if (!again) {
		f->asleep = true;
		MHD_suspend_connection(f->mhd);
	}
	http_unlock(&f->lock);
	return again;
}

static bool is_ended(struct http_feed *f)
{
	http_lock(&f->lock);
	bool ended = f->ended;
	http_unlock(&f->lock);
	return ended;
}

static ssize_t give(void *arg, uint64_t at, char *p, size_t n)
{
	struct http_feed *f = arg;

	(void)at;
	do {
		if (is_ended(f))
			return MHD_CONTENT_READER_END_OF_STREAM;
		int64_t got = f->source.read(f->source.ctx, p, n);
		if (got < 0)
			return MHD_CONTENT_READER_END_OF_STREAM;
		if (got > 0)
			return (ssize_t)got;
	} while (look_again(f));
	return 0;
}

static void forget(void *arg)
{
	struct http_feed *f = arg;

	/* Out of the list first: who ends all feeds wakes only those that are in it. */
	http_lock(&f->server->lock);
	*f->prev = f->next;
	if (f->next)
		f->next->prev = f->prev;
	http_unlock(&f->server->lock);
	f->source.gone(f->source.ctx);
	(void)pthread_mutex_destroy(&f->lock);
	free(f);
}

struct MHD_Response *http_feed_response(struct http_exchange *x)
{
	struct http_feed *f = x->r.feed;
	struct http_server *s = x->server;

	f->server = s;
	f->mhd = x->mhd;
	http_lock(&s->lock);
	f->ended = s->feeds_ended;
	f->next = s->feeds;
	f->prev = &s->feeds;
	if (f->next)
		f->next->prev = &f->next;
	s->feeds = f;
	http_unlock(&s->lock);
	struct MHD_Response *m =
	    MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, give, f, forget);
	must(m != NULL);
	return m;
}

void http_end_feeds(struct http_server *s)
{
	http_lock(&s->lock);
	s->feeds_ended = true;
	for (struct http_feed *f = s->feeds; f; f = f->next)
		wake(f, true);
	http_unlock(&s->lock);
}
