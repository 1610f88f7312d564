/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * record_world: a log with a bit of everything, for the tests of export and verification.
 *
 * The same seed gives the same log, salts included. Threads: one.
 */
#ifndef TEST_RECORD_WORLD_H
#define TEST_RECORD_WORLD_H

#include "record/log.h"
#include "record/verify.h"

#define WORLD_LOG "a.org/g/x"

struct world {
	struct arena *a;
	struct store *store;
	struct rng_seeded seed;
	struct note_key key;
	struct note_verifier verifier;
	int next_key;
	bool filling; /* in one transaction */
};

/* Opens a new store in `folder` (borrowed). Stops the process when it cannot. */
void world_begin(struct world *w, const char *folder);
void world_end(struct world *w);
/* Appends n acts of many kinds in one transaction: plain, blocks, private, held, published, erased,
 * large. */
void world_fill(struct world *w, int n);
/* Appends one act, in a transaction of its own unless the world is being filled. */
enum rc world_append(struct world *w, const struct log_act *act, struct log_done *done);
/* An act of a type, with a fresh key and a later time. */
struct log_act world_act(struct world *w, str type, const struct log_part *parts, size_t n);
/* Signs and exports. */
enum rc world_export(struct world *w, str out, struct err *err);

#endif
