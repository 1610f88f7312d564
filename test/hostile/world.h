/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * world: a real server with a small application, and a client that may send anything.
 *
 * Threads: the client functions any; world_start and world_stop from the test.
 */
#ifndef HOSTILE_WORLD_H
#define HOSTILE_WORLD_H

#include <stdatomic.h>

#include "engine/http.h"

struct world {
	struct http_server *server;
	uint16_t port;
	struct http_blob *page;               /* what /page serves */
	atomic_uint handled;                  /* requests that reached the application */
	_Atomic(struct http_exchange *) held; /* the exchange that /hold keeps */
	atomic_uint continued;                /* of /hold */
};

/*
 * Routes: /hello; /echo?... and POST /echo (1 MiB); POST /upload (20 MiB); /text (5000 bytes with
 * ETag); /page (a blob); /later (deferred by 50 ms); /hold (deferred until http_resume);
 * /early (answered by begin); /headers (a header that is not clean); /big (more than the arena).
 */
void world_start(struct world *w, const struct http_conf *conf);
/* The defaults, port 0, no limit per address. */
struct http_conf world_conf(void);

struct answer {
	str all;     /* everything that came */
	str body;    /* after the empty line */
	int status;  /* 0: no answer */
	bool closed; /* the server ended the connection */
	usec took;
};

/* A connection, or -1. */
int client_open(uint16_t port);
/* Sends all of it; false when the server does not take it. */
bool client_send(int fd, str bytes);
/* Reads one answer (by its length; HEAD: the head only) or to the end. In arena. */
struct answer client_read(struct arena *a, int fd, bool head_only);
/* Reads until the server closes, for at most so many milliseconds. In arena. */
struct answer client_drain(struct arena *a, int fd, int milliseconds);
/* Opens, sends, drains for 3 s, closes. */
struct answer client_ask(struct arena *a, uint16_t port, str bytes);
/* The value of a header of an answer, or p == NULL. */
str answer_header(const struct answer *r, str name);

#endif
