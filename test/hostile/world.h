/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * world: a real server with a small application.
 *
 * Threads: the client functions any; world_start and world_stop from the test.
 */
#ifndef HOSTILE_WORLD_H
#define HOSTILE_WORLD_H

#include <stdatomic.h>

#include "client.h"
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

#endif
