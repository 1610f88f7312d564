/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From the library to the thread of feeds: a connection is taken over (decision 16). */
#include "engine/http_feed.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/poison.h"

#define BLOCK 4096 /* bytes that the library would ask for at once */

/* What the library holds of a feed until it is taken over. */
struct offer {
	struct http_feed *feed; /* NULL: taken */
	struct http_exchange *x;
};

/* The descriptor in our hands, or -1. */
static int take_socket(struct http_exchange *x)
{
	int fd = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3), yes = 1;

	if (copy >= 0) {
		(void)setsockopt(copy, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
		http_guard_let_go(x->connection->guard);
	}
	return copy;
}

/* The library has sent the head and wants the body. To it, the connection ends here. */
static ssize_t hand_over(void *arg, uint64_t at, char *p, size_t n)
{
	struct offer *offer = arg;
	struct http_feed *f = offer->feed;
	struct http_feeds *o = offer->x->server->feeds;

	(void)at;
	(void)p;
	(void)n;
	if (!f || (f->fd = take_socket(offer->x)) < 0)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	offer->feed = NULL;
	f->chunked = !offer->x->old;
	f->held = http_guard_hold(offer->x->server->guard, offer->x->q.peer);
	http_lock(&o->lock);
	f->next = o->all;
	f->prev = &o->all;
	if (f->next)
		f->next->prev = &f->next;
	o->all = f;
	http_unlock(&o->lock);
	atomic_store(&f->owner, o);
	http_feed_ready(o, f);
	return MHD_CONTENT_READER_END_WITH_ERROR;
}

static void forget(void *arg)
{
	struct offer *offer = arg;

	if (offer->feed)
		http_feed_drop(offer->feed);
	free(offer);
}

struct MHD_Response *http_feed_response(struct http_exchange *x)
{
	struct offer *offer = calloc(1, sizeof *offer);

	must(offer != NULL);
	*offer = (struct offer){.feed = x->r.feed, .x = x};
	struct MHD_Response *m =
	    MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, hand_over, offer, forget);
	must(m != NULL);
	return m;
}
