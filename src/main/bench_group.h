/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * bench_group: a group made up for measuring, with the acts of a real one in about their shares.
 *
 * Of ten entries one is a contribution, one publishes it, one is a proposal, two support one, two
 * register a person and three announce something; texts are made of words by a fixed seed, so that
 * every run does the same. Threads: the one of its house. Errors: those of the house.
 */
#ifndef MAIN_BENCH_GROUP_H
#define MAIN_BENCH_GROUP_H

#include "engine/house.h"

#define BENCH_SLUG "bench"
/* Acts in one commit where nothing else is asked for. */
#define BENCH_BATCH ((int64_t)100)

struct bench_group {
	struct house *house; /* caller frees */
	struct arena *each;  /* of one act */
	struct rng_seeded seed;
	struct rng words;
	uint64_t drawn[512]; /* of it, so that drawing costs next to nothing of what is measured */
	size_t left;
	int64_t n;                        /* acts so far, beside those that founded the group */
	int64_t contributions, proposals; /* how many there are */
	int64_t commits;
};

/* Makes the data folder `dir` with one group whose call is open. The caller frees both pointers. */
enum rc bench_group_make(str dir, struct bench_group *out, struct err *err) MUST_USE;
void bench_group_end(struct bench_group *g);
#define AUTO_BENCH_GROUP __attribute__((cleanup(bench_group_end)))

/* `n` more acts of the mix, so many in a commit. */
enum rc bench_group_add(
    struct bench_group *g, int64_t n, int64_t per_commit, struct err *err) MUST_USE;
/* `n` announcements of about 700 bytes in one commit: what a durable act costs. */
enum rc bench_group_announce(struct bench_group *g, int64_t n, struct err *err) MUST_USE;

/*
 * Microseconds that each of `n` turns takes to write 4 KiB to a file in `dir` and have them on the
 * disk: what nothing durable can be faster than. FAULT.
 */
enum rc bench_disk(str dir, int64_t n, usec *took, struct err *err) MUST_USE;
/* The middle one; sorts what it is given. */
usec bench_median(usec *v, size_t n);
/* The one that 99 of 100 do not exceed; sorts. */
usec bench_p99(usec *v, size_t n);
/* Removes a folder and all that is in it. */
void bench_remove(str dir);

#endif
