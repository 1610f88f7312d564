/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_out.h"

#include <errno.h>
#include <liburing.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/must.h"
#include "base/say.h"
#include "base/poison.h"

#define TOGETHER 256
#define ROOMS    32 /* so many different ones go together */
#define FLAGS    (MSG_DONTWAIT | MSG_NOSIGNAL)

struct put {
	void *whose;
	const char *p;
	size_t n;
};

struct http_out {
	http_out_done *done;
	void *ctx;
	bool batched;
	uint64_t turn;
	struct io_uring ring;
	unsigned n, rooms; /* of the puts that wait, and what they take */
	struct put put[TOGETHER];
	char room[ROOMS][HTTP_OUT_ROOM];
};

/* Linux 6.1 is told that no other thread ever uses it, and when its results are looked for. */
static int open_ring(struct io_uring *ring)
{
	unsigned best = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
	int rc = io_uring_queue_init(TOGETHER, ring, best);
	return rc == -EINVAL ? io_uring_queue_init(TOGETHER, ring, 0) : rc;
}

struct http_out *http_out_new(http_out_done *done, void *ctx, bool batched)
{
	struct http_out *o = calloc(1, sizeof *o);

	must(o != NULL);
	o->done = done;
	o->ctx = ctx;
	o->turn = 1;
	if (batched) {
		int rc = open_ring(&o->ring);
		o->batched = rc == 0;
		if (rc < 0)
			say(SAY_DEBUG, "http-out", "batched=0 errno=%d", -rc);
	}
	return o;
}

void http_out_free(struct http_out *o)
{
	if (!o)
		return;
	if (o->batched)
		io_uring_queue_exit(&o->ring);
	free(o);
}

bool http_out_is_batched(const struct http_out *o)
{
	return o->batched;
}

char *http_out_room(struct http_out *o)
{
	return o->room[o->rooms];
}

static void send_alone(struct http_out *o, int fd, const char *p, size_t n, void *whose)
{
	ssize_t went = send(fd, p, n, FLAGS);
	o->turn++;
	o->done(o->ctx, whose, p, n, went < 0 ? -errno : went);
}

/* Many are told the same: that is written once, and stays in the processor's cache. */
static const char *keep(struct http_out *o, const char *p, size_t n)
{
	const struct put *last = o->n > 0 ? &o->put[o->n - 1] : NULL;

	if (last && last->n == n && memcmp(last->p, p, n) == 0)
		return last->p;
	o->rooms++;
	return p;
}

void http_out_put(struct http_out *o, int fd, const char *p, size_t n, void *whose)
{
	const char *room = http_out_room(o);

	must(p >= room && p + n <= room + HTTP_OUT_ROOM);
	if (!o->batched) {
		send_alone(o, fd, p, n, whose);
		return;
	}
	/* There is always one free: as many as the ring has are never put without a flush. */
	struct io_uring_sqe *e = io_uring_get_sqe(&o->ring);
	must(e != NULL);
	p = keep(o, p, n);
	/* With MSG_DONTWAIT the system does not keep it until the socket takes it. */
	io_uring_prep_send(e, fd, p, n, FLAGS);
	io_uring_sqe_set_data64(e, o->n);
	o->put[o->n] = (struct put){.whose = whose, .p = p, .n = n};
	if (++o->n == TOGETHER || o->rooms == ROOMS)
		http_out_flush(o);
}

/* The system has read them when it returns: what it has not taken then, it has refused. */
static void submit(struct http_out *o)
{
	unsigned left = o->n;

	while (left > 0) {
		int some = io_uring_submit_and_wait(&o->ring, left);
		must(some >= 0 || some == -EINTR || some == -EAGAIN || some == -EBUSY);
		struct io_uring_cqe *e;
		while (io_uring_peek_cqe(&o->ring, &e) == 0) {
			const struct put *put = &o->put[io_uring_cqe_get_data64(e)];
			ssize_t went = e->res;
			io_uring_cqe_seen(&o->ring, e);
			left--;
			o->done(o->ctx, put->whose, put->p, put->n, went);
		}
	}
}

void http_out_flush(struct http_out *o)
{
	if (o->n == 0)
		return;
	o->turn++;
	submit(o);
	o->n = 0;
	o->rooms = 0;
}

uint64_t http_out_turn(const struct http_out *o)
{
	return o->turn;
}
