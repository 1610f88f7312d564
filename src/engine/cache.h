/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * cache: finished public pages, kept until the record moves.
 *
 * A public page is a pure function of address, language and the head of the log, so
 * a page made at generation g is right as long as the generation is g. Threads: any.
 */
#ifndef ENGINE_CACHE_H
#define ENGINE_CACHE_H

#include "engine/http.h"

struct cache;

/* At most so many bytes of finished answers. Caller frees with cache_free. */
struct cache *cache_new(size_t bytes);
void cache_free(struct cache *c);
/* Everything made before is stale from now on. */
void cache_moved(struct cache *c);
/* To be read before a page is made and given to cache_put. */
uint64_t cache_generation(const struct cache *c);
/*
 * Answers with a page that is still right: sets its blob (to be dropped) and its route. False when
 * there is none.
 */
bool cache_get(struct cache *c, str key, usec now, struct http_response *r);
/*
 * Keeps a copy of the answer, unless the record moved meanwhile, and answers with it. Its route is
 * borrowed for as long as the cache lives. It is right until then at most: what it shows may
 * depend on the time, or on what the record does not hold yet, such as live captions.
 */
void cache_put(struct cache *c, str key, uint64_t generation, usec until, struct http_response *r);

#endif
