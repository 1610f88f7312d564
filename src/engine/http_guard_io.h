/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_guard_io: shows the guard what the HTTP library reads, and cuts slow connections.
 *
 * The library calls recv() and shutdown(); this program defines these symbols, so every byte passes
 * here on its way (doc/decisions/0003). Descriptors that were not opened with http_guard_open() are
 * passed through untouched. A thread of its own looks at all connections and ends those that
 * are too slow; it also keeps refused connections open for a moment (lingering), so that the
 * refusal is not lost to a reset. Threads: http_guard_open, _close, _answered and _refuse from
 * the thread that serves the connection; _new and _free from the one that serves none.
 */
#ifndef ENGINE_HTTP_GUARD_IO_H
#define ENGINE_HTTP_GUARD_IO_H

#include "base/when.h"
#include "engine/guard.h"
#include "engine/http_peer.h"

struct http_guard_conf {
	struct guard_limits limits;
	usec head_time;       /* a head must be complete so long after its first byte */
	usec idle_time;       /* a connection may rest so long between requests */
	usec body_grace;      /* after so much of a body, the rate below is demanded */
	int64_t body_rate;    /* bytes a second, averaged since the body began */
	unsigned per_address; /* connections of one IPv4 address or one IPv6 /64; 0: any number */
	unsigned held_per_address; /* of those that http_guard_hold counts, likewise */
	size_t held_most; /* of these there are so many in all: an address leaves to others as many
	                     as it takes. 0: any number */
};

struct http_guard_io;
struct http_guard_conn;

/* Starts the thread. Caller frees with http_guard_free, after every connection is closed. */
struct http_guard_io *http_guard_new(const struct http_guard_conf *conf);
void http_guard_free(struct http_guard_io *io);

/* True when the library's recv is ours; false means a build that must not serve. */
bool http_guard_is_active(void);

/*
 * True when this address may open one more connection. When it has as many as it may, the one of
 * them that rests longest between two requests is ended for the new one.
 */
bool http_guard_admits(struct http_guard_io *io, http_peer from);
/* A new connection. Never NULL. Freed by http_guard_close, before the descriptor is closed. */
struct http_guard_conn *http_guard_open(struct http_guard_io *io, int fd, http_peer from);
void http_guard_close(struct http_guard_conn *c);

/* True when this address may have one more of the places below. */
bool http_guard_may_hold(struct http_guard_io *io, http_peer from);
/*
 * A place of this address that is taken without a descriptor of the library's, and counted apart
 * from its connections. Closed likewise.
 */
struct http_guard_conn *http_guard_hold(struct http_guard_io *io, http_peer from);
/*
 * Somebody else has the connection from now on: the library closes its descriptor without saying so
 * to the other side. From the thread that serves it.
 */
void http_guard_let_go(struct http_guard_conn *c);

/* Number of heads that passed on this connection. */
uint64_t http_guard_heads(const struct http_guard_conn *c);
/* The answer to the request at hand is out: the connection rests from now on. */
void http_guard_answered(struct http_guard_conn *c);
/* Answers `status` without the library and ends the connection; what comes after is not read. */
void http_guard_refuse(struct http_guard_conn *c, int status);
/* Ends every connection that rests between requests; for a graceful stop. Any thread. */
void http_guard_drop_idle(struct http_guard_io *io);

#endif
