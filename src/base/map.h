/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * map: text to pointer, open addressing, keyed SipHash so that no sender of
 * names can make it slow. Keys are borrowed. Lives in an arena. Threads: one at a time.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map_slot {
	str key;
	void *value;
};

struct map {
	struct arena *arena; /* borrowed */
	struct map_slot *slots;
	size_t cap;
	size_t n;
	uint8_t seed[16];
};

/* An empty map. The seed comes from the system's randomness (order of slots is never shown). */
struct map map_in(struct arena *a);
/* The value or NULL. */
void *map_get(const struct map *m, str key);
/* Sets or replaces; value must not be NULL. Key is borrowed for the life of the map. */
void map_put(struct map *m, str key, void *value);

#endif
