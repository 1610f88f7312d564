/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * A child appends acts and reports each commit over a pipe; the parent kills it
 * (SIGKILL) at a random moment after the first report, opens the log and looks for everything
 * that was reported.
 *
 *     kill [--cycles N] [--seed N]
 */
#include "acts.h"

#include "record/store_sqlite.h"
#include "t.h"

#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/poison.h"

#define CYCLES_A_LOG 50
#define VERIFY_EVERY 10

struct run {
	char folder[64];
	struct t_rand dice;
	int64_t acked;
	size_t acks;
};

static enum rc open_log(const struct run *r, struct arena *a, struct store **s, struct err *err)
{
	struct store_sqlite_how how = {
	    .path = arena_printf(a, "%s/record.db", r->folder),
	    .parts = arena_printf(a, "%s/parts", r->folder),
	};
	return store_sqlite_open(&how, s, err);
}

/* Never returns: appends until it is killed. */
static void child(const struct run *r, int64_t next, int report)
{
	struct t_rand dice = r->dice;
	struct arena *a = arena_new(0);
	struct store *s;
	struct err err;
	if (open_log(r, a, &s, &err) != OK)
		_exit(1);
	for (;;) {
		int64_t n = 1 + (int64_t)t_rand_below(&dice, 4);
		struct arena *batch = arena_new(0);
		if (acts_append(s, batch, next, n, &err) != OK)
			_exit(2);
		arena_free(batch);
		next += n;
		if (write(report, &next, sizeof next) != sizeof next)
			_exit(3);
		if (t_rand_below(&dice, 8) == 0 &&
		    store_sqlite_checkpoint(s, STORE_PASSIVE, NULL, &err) != OK)
			_exit(4);
	}
}

static bool read_ack(struct run *r, int report)
{
	int64_t next;
	if (read(report, &next, sizeof next) != sizeof next)
		return false;
	r->acked = next;
	r->acks++;
	return true;
}

static void linger(struct run *r)
{
	struct timespec t = {.tv_nsec = (long)t_rand_below(&r->dice, 4000000)};
	nanosleep(&t, NULL);
}

/* True if the child was killed by us after at least one report. */
static bool cycle(struct run *r)
{
	int report[2];
	int status;
	if (pipe(report) != 0)
		return false;
	pid_t pid = fork();
	if (pid == 0) {
		close(report[0]);
		child(r, r->acked, report[1]);
	}
	close(report[1]);
	bool first = pid > 0 && read_ack(r, report[0]);
	linger(r);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	while (read_ack(r, report[0]))
		;
	close(report[0]);
	(void)t_rand_next(&r->dice);
	return first && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static bool is_sound(struct run *r, bool verify)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STORE struct store *s = NULL;
	struct store_head head;
	struct err err;
	if (open_log(r, a, &s, &err) != OK || log_head(s, S(ACTS_LOG), &head, &err) != OK)
		return false;
	int64_t size = (int64_t)head.tree.size;
	if (size < r->acked || !acts_are_there(s, a, size) || (verify && !acts_verify(s)))
		return false;
	r->acked = size; /* what arrived unanswered counts from now on */
	return true;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

/* In memory where possible: a killed process loses nothing that the kernel has. */
static bool fresh_folder(struct run *r)
{
	const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	if (r->folder[0])
		nftw(r->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	snprintf(r->folder, sizeof r->folder, "%s/comity-kill-XXXXXX", base);
	r->acked = 0;
	return mkdtemp(r->folder) != NULL;
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
	size_t failed = 0;
	if (!option(argc, argv, "--cycles", &cycles) || !option(argc, argv, "--seed", &seed))
		return 2;
	struct run r = {.dice = {(uint64_t)seed}};
	for (int64_t i = 0; i < cycles && failed < 3; i++) {
		if (i % CYCLES_A_LOG == 0 && !fresh_folder(&r))
			return 2;
		bool killed = cycle(&r);
		bool last = i % VERIFY_EVERY == 0 || i % CYCLES_A_LOG == CYCLES_A_LOG - 1;
		if (killed && is_sound(&r, last))
			continue;
		fprintf(stderr, "# cycle %lld: %s, %lld acknowledged\n", (long long)i,
		    killed ? "lost or doubled" : "no report", (long long)r.acked);
		failed++;
	}
	nftw(r.folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	printf("1..1\n# %lld kills, %zu reports\n", (long long)cycles, r.acks);
	printf("%s 1 - nothing acknowledged is lost or doubled\n", failed ? "not ok" : "ok");
	return failed > 0;
}
