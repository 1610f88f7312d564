/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_internal: what the files of the web server share and nobody else sees.
 *
 * Threads: an exchange belongs to the thread of the pool that serves its connection; while it
 * is deferred, request and response belong to whoever does the work, the rest to `lock`.
 */
#ifndef ENGINE_HTTP_INTERNAL_H
#define ENGINE_HTTP_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/must.h"
#include "engine/http.h"
#include "engine/http_guard_io.h"

enum http_stage {
	STAGE_HEAD,  /* nothing asked of the application yet */
	STAGE_BODY,  /* begin() said yes */
	STAGE_KNOWN, /* begin() has answered */
	STAGE_WAIT,  /* deferred */
	STAGE_OUT,   /* an answer is queued */
};

enum http_wait {
	WAIT_NOT,       /* nobody waits */
	WAIT_ASKED,     /* http_later was called, the handler is returning */
	WAIT_SUSPENDED, /* the connection sleeps */
	WAIT_RESUMED,   /* the work is done */
	WAIT_ABANDONED, /* the server stops; nobody will ask for the result */
};

struct http_server {
	struct http_conf conf;
	struct http_app app;
	struct MHD_Daemon *daemon;
	struct http_guard_io *guard;
	uint16_t port;
	_Atomic uint64_t numbers;      /* of requests */
	_Atomic size_t bodies;         /* bytes held */
	_Atomic unsigned active;       /* exchanges begun and not answered */
	pthread_mutex_t lock;          /* taken after that of an exchange */
	struct http_exchange *waiting; /* suspended ones */
	struct http_feeds *feeds;      /* answers that go on */
	bool stopping;                 /* nothing may be suspended any more */
};

struct http_connection {
	struct http_server *server;
	struct http_guard_conn *guard;
	http_peer peer;
	uint64_t requests;       /* that the library has read */
	struct http_exchange *x; /* at hand, or resting for the next request */
};

struct http_exchange {
	struct http_request q;
	struct http_response r;
	struct http_server *server;         /* borrowed; valid while the connection is */
	struct http_connection *connection; /* likewise */
	struct MHD_Connection *mhd;         /* likewise */
	atomic_int refs;                    /* the connection, and the work it is deferred to */
	enum http_stage stage;
	bool counted; /* in server->active */
	bool close;   /* after the answer */
	bool old;     /* HTTP/1.0: no chunks */
	str target;   /* as sent. In arena */
	str content_type;
	size_t body_limit;
	char *body; /* malloc */
	size_t body_n, body_cap;
	int status;   /* of the answer, for the log */
	size_t bytes; /* of its body */
	str route;    /* for the log. Literal */

	pthread_mutex_t lock;
	enum http_wait wait;
	http_then *then;
	void *state;
	struct http_exchange *next, **prev; /* suspended ones, under server->lock */
};

static inline void http_lock(pthread_mutex_t *m)
{
	must(pthread_mutex_lock(m) == 0);
}

static inline void http_unlock(pthread_mutex_t *m)
{
	must(pthread_mutex_unlock(m) == 0);
}

/* --- http_exchange.c: from bytes to the application --- */

struct http_exchange *http_exchange_new(struct http_server *s);
/* Gives one reference back. Accepts NULL. */
void http_exchange_drop(struct http_exchange *x);
/* A request line has arrived on the connection; the exchange is ready for it. */
struct http_exchange *http_exchange_begin(
    struct http_connection *c, struct MHD_Connection *mhd, str target);
/* One call of the library: head, more of the body (n > 0, set to 0), end of it, resumed. */
enum MHD_Result http_exchange_step(
    struct http_exchange *x, str method, const char *bytes, size_t *n);
/* Answered or broken off: forgets the request. */
void http_exchange_end(struct http_exchange *x);
/* Resumes all that wait, without their results. For a stop whose time is over. */
void http_abandon_waiting(struct http_server *s);

/* --- http_feed.c: answers that go on --- */

/* Starts its thread. */
struct http_feeds *http_feeds_new(void);
/* Ends them all. When the library takes no more requests. Accepts NULL. */
void http_feeds_free(struct http_feeds *o);

/* --- http_feed_offer.c --- */

/* The response for x->r.feed; whatever happens to it, its source is told the end. */
struct MHD_Response *http_feed_response(struct http_exchange *x);

/* --- http_answer.c: from the response to the library --- */

/* Queues x->r. MHD_NO: the connection is beyond help. */
enum MHD_Result http_answer(struct http_exchange *x);
/* The answer to an exchange whose request and response are not ours to touch. */
enum MHD_Result http_answer_abandoned(struct http_exchange *x);
/* Makes x->r an answer that the server gives itself. */
void http_fault(struct http_exchange *x, int status, str sentence);

#endif
