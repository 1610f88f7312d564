/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/throttle.h"

#include "base/hash.h"
#include "base/must.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/poison.h"

#define SETS   4096
#define WAYS   4 /* places a key can have */
#define WINDOW (15 * 60 * USEC_SECOND)

struct count {
	uint8_t key[16];
	unsigned n; /* 0: free */
	usec since;
};

struct throttle {
	pthread_mutex_t lock;
	uint8_t secret[32]; /* nobody can choose keys that push out those of others */
	struct count count[SETS][WAYS];
};

struct throttle *throttle_new(struct rng rng)
{
	struct throttle *t = calloc(1, sizeof *t);
	must(t);
	rng_fill(rng, t->secret, sizeof t->secret);
	pthread_mutex_init(&t->lock, NULL);
	return t;
}

void throttle_free(struct throttle *t)
{
	if (!t)
		return;
	pthread_mutex_destroy(&t->lock);
	free(t);
}

/* Where the key is counted, or NULL; *worst is where it may be counted instead. */
static struct count *find(struct throttle *t, str key, digest *id, struct count **worst)
{
	*id = sha256_of((const str[]){str_from(t->secret, sizeof t->secret), key}, 2);
	struct count *set = t->count[(id->b[16] | (size_t)id->b[17] << 8) % SETS];
	*worst = set;
	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].n && sodium_memcmp(set[i].key, id->b, sizeof set[i].key) == 0)
			return &set[i];
		if (!set[i].n || ((*worst)->n && set[i].since < (*worst)->since))
			*worst = &set[i];
	}
	return NULL;
}

bool throttle_take(struct throttle *t, str key, unsigned most, usec now)
{
	digest id;
	struct count *other;
	bool may = true;
	pthread_mutex_lock(&t->lock);
	struct count *c = find(t, key, &id, &other);
	if (!c || now - c->since >= WINDOW || now < c->since) {
		c = c ? c : other;
		mem_copy(c->key, sizeof c->key, id.b, sizeof c->key);
		c->n = 1;
		c->since = now;
	} else if (c->n >= most) {
		may = false;
	} else {
		c->n++;
	}
	pthread_mutex_unlock(&t->lock);
	return may;
}

void throttle_give_back(struct throttle *t, str key)
{
	digest id;
	struct count *other;
	pthread_mutex_lock(&t->lock);
	struct count *c = find(t, key, &id, &other);
	if (c)
		c->n--;
	pthread_mutex_unlock(&t->lock);
}
