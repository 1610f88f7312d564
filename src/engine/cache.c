/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/cache.h"

#include "base/hash.h"
#include "base/must.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/poison.h"

#define SLOTS 4096

/* A slot holds one page; a newer one with the same place takes it over. */
struct slot {
	uint8_t key[16];
	uint64_t generation;
	usec until;
	struct http_blob *blob;
	str route;
};

struct cache {
	pthread_mutex_t lock;
	_Atomic uint64_t generation;
	size_t bytes, limit;
	size_t hand; /* where the next eviction looks */
	struct slot slot[SLOTS];
};

struct cache *cache_new(size_t bytes)
{
	struct cache *c = calloc(1, sizeof *c);
	must(c);
	c->limit = bytes;
	atomic_init(&c->generation, 1);
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

static void drop(struct cache *c, struct slot *s)
{
	if (!s->blob)
		return;
	c->bytes -= http_blob_size(s->blob);
	http_blob_free(s->blob);
	s->blob = NULL;
}

void cache_free(struct cache *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		drop(c, &c->slot[i]);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

void cache_moved(struct cache *c)
{
	atomic_fetch_add(&c->generation, 1);
}

uint64_t cache_generation(const struct cache *c)
{
	return atomic_load(&c->generation);
}

static struct slot *place(struct cache *c, str key, uint8_t out[16])
{
	digest d = sha256(key);
	mem_copy(out, 16, d.b, 16);
	return &c->slot[(d.b[16] | (size_t)d.b[17] << 8) % SLOTS];
}

bool cache_get(struct cache *c, str key, usec now, struct http_response *r)
{
	uint8_t k[16];
	struct slot *s = place(c, key, k);
	pthread_mutex_lock(&c->lock);
	bool found = s->blob && s->generation == cache_generation(c) && now < s->until &&
	             sodium_memcmp(s->key, k, sizeof k) == 0;
	if (found) {
		r->blob = http_blob_keep(s->blob);
		r->drop_blob = true;
		r->route = s->route;
	}
	pthread_mutex_unlock(&c->lock);
	return found;
}

/* Takes the place of what stands in the slot, and makes room. With the lock held. */
static void put(struct cache *c, struct slot *s, struct http_blob *blob)
{
	drop(c, s);
	s->blob = http_blob_keep(blob);
	c->bytes += http_blob_size(blob);
	while (c->bytes > c->limit) {
		c->hand = (c->hand + 1) % SLOTS;
		if (&c->slot[c->hand] != s)
			drop(c, &c->slot[c->hand]);
	}
}

void cache_put(struct cache *c, str key, uint64_t generation, usec until, struct http_response *r)
{
	uint8_t k[16];
	struct slot *s = place(c, key, k);
	struct http_blob *blob = http_blob_new(r);
	if (!blob)
		return;
	pthread_mutex_lock(&c->lock);
	if (generation == cache_generation(c) && http_blob_size(blob) <= c->limit / 8) {
		put(c, s, blob);
		mem_copy(s->key, sizeof s->key, k, sizeof k);
		s->generation = generation;
		s->until = until;
		s->route = r->route;
	}
	pthread_mutex_unlock(&c->lock);
	r->blob = blob;
	r->drop_blob = true;
}
