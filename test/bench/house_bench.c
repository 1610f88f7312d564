/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * house_bench: what acts cost through the whole house, and what making all tables again costs.
 *
 *     house_bench FOLDER [ENTRIES]     with that many entries in the log; 1,000 unless told
 * otherwise
 *
 * Acts: announcements one in a commit, beside a page written and synced to the same disk; and a
 * hundred in a commit, with the time that 99 of 100 commits keep within. A rebuild has the same
 * log only read and hashed beside it, both in processor time. Each line: what, ours, peer, ratio;
 * medians of interleaved rounds.
 */
#include "main/bench_group.h"
#include "record/store_sqlite.h"
#include "record/verify.h"
#include "rooms/rooms_list.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/must.h"

#include "base/poison.h"

#define ROUNDS 5
#define TURNS  40 /* a round, one act each */
#define GROUPS 20 /* a round, a hundred acts each */
#define GROUP  100

static void line(const char *what, double mine, double peer, const char *unit)
{
	printf("%-44s ours %12.1f  peer %12.1f %s  ratio %.3f\n", what, mine, peer, unit,
	    peer > 0 ? mine / peer : 0);
}

/* Processor time of this process: what a busy machine takes away is not counted. */
static usec cpu_now(void)
{
	struct timespec t;
	must(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
	return (usec)t.tv_sec * USEC_SECOND + t.tv_nsec / 1000;
}

static noreturn void give_up(const struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str text = err_text(err, a);
	fprintf(stderr, "house_bench: %.*s\n", STR(text));
	exit(1);
}
#define DO(expr)                       \
	do {                           \
		if ((expr) != OK)      \
			give_up(&err); \
	} while (0)

static void bench_acts(struct bench_group *g, str dir)
{
	static usec disk[ROUNDS * TURNS], one[ROUNDS * TURNS], many[ROUNDS * GROUPS];
	struct err err = {0};
	for (size_t r = 0; r < ROUNDS; r++) {
		DO(bench_disk(dir, TURNS, disk + r * TURNS, &err));
		for (size_t i = 0; i < TURNS; i++) {
			usec from = clock_monotonic();
			DO(bench_group_announce(g, 1, &err));
			one[r * TURNS + i] = clock_monotonic() - from;
		}
		house_tidy(g->house);
		for (size_t i = 0; i < GROUPS; i++) {
			usec from = clock_monotonic();
			DO(bench_group_announce(g, GROUP, &err));
			many[r * GROUPS + i] = clock_monotonic() - from;
		}
		house_tidy(g->house);
	}
	double d = (double)bench_median(disk, ROUNDS * TURNS),
	       o = (double)bench_median(one, ROUNDS * TURNS);
	double m = (double)bench_median(many, ROUNDS * GROUPS);
	line("house, 1 act a commit; peer: fdatasync", 1e6 / o, 1e6 / d, "acts/s");
	line("house, 100 acts a commit; peer: fdatasync", GROUP * 1e6 / m, 1e6 / d, "acts/s");
	line("house, 100 acts a commit, p99; peer: p50",
	    (double)bench_p99(many, ROUNDS * GROUPS) / 1e3, m / 1e3, "ms");
}

static enum rc hash_entry(void *ctx, const struct log_entry *e, struct err *err)
{
	digest *all = ctx;
	struct sha256 *h = sha256_begin();
	(void)err;
	sha256_add(h, e->text);
	for (size_t i = 0; i < e->entry.parts; i++)
		sha256_add(h, e->parts[i].body);
	digest d = sha256_end(h);
	for (size_t i = 0; i < sizeof d.b; i++)
		all->b[i] ^= d.b[i];
	return OK;
}

/* Entries a second, with everything of an entry read and hashed and nothing understood. */
static usec read_all(struct bench_group *g, int64_t n)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	digest all = {0};
	usec from = cpu_now();
	DO(log_each(house_store(g->house), house_origin(g->house, a, S(BENCH_SLUG)), 0, n,
	    STORE_WITH_PARTS, hash_entry, &all, &err));
	return cpu_now() - from;
}

static void bench_rebuild(struct bench_group *g)
{
	usec mine[ROUNDS], peer[ROUNDS], wall[ROUNDS];
	struct err err = {0};
	struct group *group;
	DO(house_group(g->house, S(BENCH_SLUG), &group, &err));
	int64_t n = group->n;
	for (size_t r = 0; r < ROUNDS; r++) {
		peer[r] = read_all(g, n);
		usec from = cpu_now(), clock = clock_monotonic();
		DO(house_rebuild(g->house, &err));
		mine[r] = cpu_now() - from;
		wall[r] = clock_monotonic() - clock;
		house_tidy(g->house);
	}
	double m = (double)n * 1e6 / (double)bench_median(mine, ROUNDS);
	line("rebuild; peer: the log read and hashed", m,
	    (double)n * 1e6 / (double)bench_median(peer, ROUNDS), "entries/s");
	line("rebuild by the clock; peer: by the processor",
	    (double)n * 1e6 / (double)bench_median(wall, ROUNDS), m, "entries/s");
}

int main(int argc, char **argv)
{
	int64_t n = 1000;
	struct err err = {0};
	AUTO_BENCH_GROUP struct bench_group g = {0};
	if (argc < 2 || (argc > 2 && !str_to_i64(str_of(argv[2]), &n)))
		return 2;
	must(sodium_init() >= 0);
	str dir = str_of(argv[1]);
	bench_remove(dir);
	DO(bench_group_make(dir, &g, &err));
	usec from = clock_monotonic();
	DO(bench_group_add(&g, n, BENCH_BATCH, &err));
	fprintf(stderr, "%lld acts of the mix in %.2f s\n", (long long)n,
	    (double)(clock_monotonic() - from) / 1e6);
	house_tidy(g.house);
	bench_rebuild(&g);
	bench_acts(&g, dir);
	bench_group_end(&g);
	bench_remove(dir);
	return 0;
}
