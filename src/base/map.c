/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/map.h"

#include <sodium.h>

#include "base/poison.h"

struct map map_in(struct arena *a)
{
	struct map m = {.arena = a};
	randombytes_buf(m.seed, sizeof m.seed);
	return m;
}

static struct map_slot *find(const struct map *m, str key)
{
	uint64_t h;
	_Static_assert(crypto_shorthash_BYTES == sizeof h, "SipHash-2-4 gives 64 bits");
	crypto_shorthash((unsigned char *)&h, (const unsigned char *)key.p, key.n, m->seed);
	for (size_t i = (size_t)h & (m->cap - 1);; i = (i + 1) & (m->cap - 1))
		if (!m->slots[i].value || str_eq(m->slots[i].key, key))
			return &m->slots[i];
}

void *map_get(const struct map *m, str key)
{
	return m->cap ? find(m, key)->value : NULL;
}

static void grow(struct map *m)
{
	struct map old = *m;
	m->cap = old.cap ? old.cap * 2 : 16;
	m->slots = arena_array(m->arena, struct map_slot, m->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].value)
			*find(m, old.slots[i].key) = old.slots[i];
}

void map_put(struct map *m, str key, void *value)
{
	if ((m->n + 1) * 4 > m->cap * 3)
		grow(m);
	struct map_slot *s = find(m, key);
	m->n += !s->value;
	*s = (struct map_slot){key, value};
}
