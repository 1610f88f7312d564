/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * throttle: how often somebody tried something within a quarter of an hour.
 *
 * In memory and of fixed size: a restart forgets, and under a flood of different keys the oldest
 * counts give way. Keys are kept as keyed hashes. Threads: any.
 */
#ifndef ENGINE_THROTTLE_H
#define ENGINE_THROTTLE_H

#include "base/id.h"
#include "base/when.h"

struct throttle;

/* Caller frees with throttle_free, which accepts NULL. */
struct throttle *throttle_new(struct rng rng);
void throttle_free(struct throttle *t);
/* Counts one more attempt; false when there were `most` already (it is not counted then). */
bool throttle_take(struct throttle *t, str key, unsigned most, usec now);
/* The attempt was a good one: it does not count. */
void throttle_give_back(struct throttle *t, str key);

#endif
