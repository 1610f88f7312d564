/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The power goes at random moments while acts are appended; afterwards nothing that
 * was acknowledged may be lost or doubled and the log must verify. The same with
 * synchronous=NORMAL must lose something, or the disk of this test is no good.
 *
 *     power [--cycles N] [--seed N]
 */
#include "acts.h"
#include "cut_vfs.h"

#include "record/store_sqlite.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/poison.h"

#define CYCLES_A_DISK 16 /* then an empty one, so that logs stay short */
#define LOSSES_WANTED 5

struct run {
	bool unsafe;
	const char *parts; /* an empty folder */
	struct t_rand dice;
	int64_t acked; /* acts 0..acked-1 were acknowledged */
	uint64_t signed_size;
	size_t losses;
	size_t cuts_at_work; /* cuts that came while something was under way */
};

static enum rc open_disk(const struct run *r, struct store **s, struct err *err)
{
	struct store_sqlite_how how = {
	    .path = S("/record.db"),
	    .parts = str_of(r->parts),
	    .vfs = CUT_VFS,
	    .unsafe = r->unsafe,
	};
	return store_sqlite_open(&how, s, err);
}

static enum rc sign(struct run *r, struct store *s, struct arena *a, struct err *err)
{
	struct note_key key = {{1}, {0}};
	struct store_head head;
	str note;
	TRY(log_checkpoint(s, a, S(ACTS_LOG), &key, &note, err));
	TRY(log_head(s, S(ACTS_LOG), &head, err));
	r->signed_size = head.tree.size;
	return OK;
}

/* One thing that a writer does. Fails when the power goes. */
static enum rc act(struct run *r, struct store *s, struct arena *a, struct err *err)
{
	switch (t_rand_below(&r->dice, 8)) {
	case 0:
		return store_sqlite_checkpoint(s, STORE_PASSIVE, NULL, err);
	case 1:
		return r->acked ? sign(r, s, a, err) : OK;
	case 2:
		if (t_rand_below(&r->dice, 4) == 0)
			return store_sqlite_checkpoint(s, STORE_TRUNCATE, NULL, err);
		break;
	default:
		break;
	}
	int64_t n = 1 + (int64_t)t_rand_below(&r->dice, 4);
	TRY(acts_append(s, a, r->acked, n, err));
	r->acked += n;
	return OK;
}

static void work_until_cut(struct run *r)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STORE struct store *s = NULL;
	struct err err;
	if (open_disk(r, &s, &err) != OK)
		return;
	while (!cut_vfs_is_cut() && act(r, s, a, &err) == OK)
		arena_reset(a);
	r->cuts_at_work++;
}

/* What was acknowledged is there, the rest is whole or absent. */
static bool is_sound(struct run *r, struct store *s)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct store_head head;
	struct err err;
	if (log_head(s, S(ACTS_LOG), &head, &err) != OK || head.tree.size < (uint64_t)r->acked ||
	    head.signed_size < r->signed_size)
		return false;
	/* An unanswered act may have arrived; the client would ask again with the same key. */
	return acts_are_there(s, a, (int64_t)head.tree.size) && acts_verify(s);
}

static bool survives(struct run *r)
{
	AUTO_STORE struct store *s = NULL;
	struct err err;
	AUTO_ARENA struct arena *a = arena_new(0);
	if (open_disk(r, &s, &err) != OK) {
		fprintf(stderr, "# open: %.*s\n", STR(err_text(&err, a)));
		return false;
	}
	return is_sound(r, s);
}

static void fresh_disk(struct run *r)
{
	cut_vfs_wipe();
	r->acked = 0;
	r->signed_size = 0;
}

static size_t run_cycles(struct run *r, size_t cycles, size_t enough)
{
	for (size_t i = 0; i < cycles && r->losses < enough; i++) {
		if (i % CYCLES_A_DISK == 0)
			fresh_disk(r);
		cut_vfs_arm(t_rand_below(&r->dice, 120));
		work_until_cut(r);
		cut_vfs_cut();
		cut_vfs_restore();
		if (survives(r))
			continue;
		r->losses++;
		if (!r->unsafe)
			fprintf(stderr, "# lost in cycle %zu, %lld acknowledged\n", i,
			    (long long)r->acked);
		fresh_disk(r);
	}
	cut_vfs_wipe();
	return r->losses;
}

static bool option(int argc, char **argv, const char *name, int64_t *out)
{
	for (int i = 1; i + 1 < argc; i++)
		if (str_is(str_of(argv[i]), name))
			return str_to_i64(str_of(argv[i + 1]), out);
	return true;
}

int main(int argc, char **argv)
{
	int64_t cycles = 1000;
	int64_t seed = 1;
	if (!option(argc, argv, "--cycles", &cycles) || !option(argc, argv, "--seed", &seed))
		return 2;
	char folder[] = "/tmp/comity-power-XXXXXX";
	if (!mkdtemp(folder))
		return 2;
	cut_vfs_begin((uint64_t)seed);
	struct run full = {.parts = folder, .dice = {(uint64_t)seed + 1}};
	size_t lost = run_cycles(&full, (size_t)cycles, 3);
	struct cut_counts c = cut_vfs_counts();
	printf("1..3\n");
	printf("# %lld cuts, %zu at work; writes lost %zu, torn %zu, kept %zu; %zu syncs\n",
	    (long long)cycles, full.cuts_at_work, c.writes_lost, c.writes_torn, c.writes_kept,
	    c.syncs);
	printf("%s 1 - nothing acknowledged is lost or doubled\n", lost ? "not ok" : "ok");
	bool hurt = full.cuts_at_work > (size_t)cycles / 2 && c.writes_lost && c.writes_torn;
	printf("%s 2 - the cuts did harm\n", hurt ? "ok" : "not ok");
	struct run normal = {.unsafe = true, .parts = folder, .dice = {(uint64_t)seed + 2}};
	size_t losses = run_cycles(&normal, 500, LOSSES_WANTED);
	printf("%s 3 - synchronous=NORMAL is caught losing\n",
	    losses == LOSSES_WANTED ? "ok" : "not ok");
	remove(folder);
	return lost || !hurt || losses < LOSSES_WANTED;
}
