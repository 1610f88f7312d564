/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * record_bench: what the record costs beside what it could cost at least.
 *
 *     record_bench append FOLDER [ACTS]     groups of 100, one at a time, bare SQLite beside it
 *     record_bench verify FOLDER [ENTRIES]  an export, the same files only hashed beside it
 *
 * Each line: what, ours, peer, ratio. Rounds are interleaved and medians taken, because
 * only ratios of one run mean something.
 */
#include "record/export.h"
#include "record/store_sqlite.h"
#include "record/verify.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/must.h"

#include "base/poison.h"

#define ROUNDS      5
#define BENCH_LOG   "a.org/g/bench"
#define ENTRY_BYTES 250
#define BODY        700 /* bytes of an act's part; with its entry about 1 kB */

static double seconds(usec from)
{
	return (double)(clock_monotonic() - from) / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
	return v[n / 2];
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void remove_all(const char *folder)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static struct store *open_store(struct arena *a, const char *folder)
{
	struct store *s;
	struct err err;
	mkdir(folder, 0700);
	struct store_sqlite_how how = {
	    .path = arena_printf(a, "%s/record.db", folder),
	    .parts = arena_printf(a, "%s/parts", folder),
	};
	must(store_sqlite_open(&how, &s, &err) == OK);
	return s;
}

static void append_group(struct store *s, struct arena *a, int64_t first, int64_t n)
{
	static char body[BODY];
	struct err err;
	AUTO_TX struct store_tx tx = {0};
	must(store_begin(s, &tx, &err) == OK);
	for (int64_t i = first; i < first + n; i++) {
		struct log_done done;
		struct log_part part = {
		    .media = S("application/json"), .body = str_from(body, BODY)};
		struct log_act act = {
		    .type = S("call.answer"),
		    .actor = ACTOR_PUBLIC,
		    .key = arena_printf(a, "0190d3c2-%012llx", (unsigned long long)i),
		    .parts = &part,
		    .parts_n = 1,
		    .time = (usec)1500000000 * USEC_SECOND + i * 1000,
		    .expect_seq = LOG_ANY,
		};
		must(log_append(s, a, rng_system(), S(BENCH_LOG), &act, &done, &err) == OK);
	}
	must(store_commit(&tx, &err) == OK);
}

#define ALONE     200 /* at most so many commits of small groups a round */
#define TIDY      64  /* groups between two checkpoints, which stand outside the commit path */
#define WAITS_MAX 4096

/* How long commits took, for the one that 99 of 100 do not exceed. */
struct waits {
	usec v[WAITS_MAX];
	size_t n;
};

static int by_time(const void *a, const void *b)
{
	usec x = *(const usec *)a;
	usec y = *(const usec *)b;
	return x < y ? -1 : x > y;
}

static void show_waits(const char *what, struct waits *w)
{
	qsort(w->v, w->n, sizeof *w->v, by_time);
	printf("%-40s ours %12.1f  peer %12.1f ms  ratio %.2f\n", what,
	    (double)w->v[w->n * 99 / 100] / 1e3, (double)w->v[w->n / 2] / 1e3,
	    (double)w->v[w->n * 99 / 100] / (double)w->v[w->n / 2]);
}

/* Acts a second through the log. */
static double ours(const char *folder, int64_t acts, int64_t group, struct waits *waits)
{
	struct err err;
	usec spent = 0;
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_ARENA struct arena *batch = arena_new(0);
	remove_all(folder);
	AUTO_STORE struct store *s = open_store(a, folder);
	for (int64_t i = 0; i < acts; i += group) {
		arena_reset(batch);
		usec from = clock_monotonic();
		append_group(s, batch, i, group);
		usec took = clock_monotonic() - from;
		spent += took;
		if (waits->n < WAITS_MAX)
			waits->v[waits->n++] = took;
		if (i / group % TIDY == TIDY - 1)
			must(store_sqlite_checkpoint(s, STORE_PASSIVE, NULL, &err) == OK);
	}
	return (double)acts * 1e6 / (double)spent;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;
	must(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK);
	return stmt;
}

static void run(sqlite3_stmt *stmt)
{
	int code = sqlite3_step(stmt);
	must(code == SQLITE_DONE || code == SQLITE_ROW);
	sqlite3_reset(stmt);
}

static void run_once(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = prepare(db, sql);
	run(stmt);
	sqlite3_finalize(stmt);
}

/* The same rows (entry, part, key) with nothing hashed, checked or read: what SQLite must do. */
static double bare(const char *folder, int64_t acts, int64_t group)
{
	static char row[BODY];
	AUTO_ARENA struct arena *a = arena_new(0);
	sqlite3 *db;
	remove_all(folder);
	mkdir(folder, 0700);
	must(sqlite3_open(arena_printf(a, "%s/bare.db", folder).p, &db) == SQLITE_OK);
	run_once(db, "PRAGMA journal_mode = WAL");
	run_once(db, "PRAGMA synchronous = FULL");
	run_once(db, "PRAGMA wal_autocheckpoint = 0");
	run_once(db, "CREATE TABLE e (id INTEGER PRIMARY KEY, text BLOB)");
	run_once(db, "CREATE TABLE p (id INTEGER PRIMARY KEY, salts BLOB, body BLOB)");
	run_once(db, "CREATE TABLE k (key TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID");
	sqlite3_stmt *begin = prepare(db, "BEGIN");
	sqlite3_stmt *commit = prepare(db, "COMMIT");
	sqlite3_stmt *entry = prepare(db, "INSERT INTO e VALUES (?1, ?2)");
	sqlite3_stmt *part = prepare(db, "INSERT INTO p VALUES (?1, ?2, ?3)");
	sqlite3_stmt *key = prepare(db, "INSERT INTO k VALUES (?1, ?2)");
	usec from = clock_monotonic();
	for (int64_t i = 0; i < acts; i++) {
		char text[32];
		if (i % group == 0)
			run(begin);
		int n = snprintf(text, sizeof text, "0190d3c2-%012llx", (unsigned long long)i);
		sqlite3_bind_int64(entry, 1, i);
		sqlite3_bind_blob(entry, 2, row, ENTRY_BYTES, SQLITE_STATIC);
		run(entry);
		sqlite3_bind_int64(part, 1, i << 6);
		sqlite3_bind_blob(part, 2, row, SALT_BYTES, SQLITE_STATIC);
		sqlite3_bind_blob(part, 3, row, BODY, SQLITE_STATIC);
		run(part);
		sqlite3_bind_text(key, 1, text, n, SQLITE_STATIC);
		sqlite3_bind_int64(key, 2, i);
		run(key);
		if (i % group == group - 1)
			run(commit);
	}
	double rate = (double)acts / seconds(from);
	sqlite3_finalize(begin);
	sqlite3_finalize(commit);
	sqlite3_finalize(entry);
	sqlite3_finalize(part);
	sqlite3_finalize(key);
	sqlite3_close(db);
	return rate;
}

static void row_of(const char *what, double *mine, double *peer, const char *unit)
{
	double m = median(mine, ROUNDS);
	double p = median(peer, ROUNDS);
	printf("%-40s ours %12.0f  peer %12.0f %s  ratio %.2f\n", what, m, p, unit, m / p);
}

static void bench_append(const char *folder, int64_t acts)
{
	static const int64_t groups[] = {1, 10, 100};
	for (size_t g = 0; g < 3; g++) {
		double mine[ROUNDS];
		double peer[ROUNDS];
		static struct waits waits;
		int64_t most = ALONE * groups[g]; /* small groups wait for the disk */
		int64_t n = groups[g] < 100 && acts > most ? most : acts;
		waits.n = 0;
		for (int r = 0; r < ROUNDS; r++) {
			mine[r] = ours(folder, n, groups[g], &waits);
			peer[r] = bare(folder, n, groups[g]);
		}
		char what[64];
		snprintf(what, sizeof what, "append, %lld a commit", (long long)groups[g]);
		row_of(what, mine, peer, "acts/s");
		if (groups[g] == 100)
			show_waits("append, 100 a commit, p99; peer: p50", &waits);
	}
	remove_all(folder);
}

/* ---- verification ---- */

static uint64_t hashed;

static int hash_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	static char space[1 << 20];
	(void)st;
	(void)ftw;
	if (flag != FTW_F)
		return 0;
	int fd = open(path, O_RDONLY);
	struct sha256 *h = sha256_begin();
	ssize_t n;
	while ((n = read(fd, space, sizeof space)) > 0) {
		sha256_add(h, str_from(space, (size_t)n));
		hashed += (uint64_t)n;
	}
	sha256_end(h);
	close(fd);
	return 0;
}

static void bench_verify(const char *folder, int64_t entries)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_ARENA struct arena *batch = arena_new(0);
	char out[4096];
	struct err err;
	double mine[ROUNDS];
	double peer[ROUNDS];
	struct rusage usage;
	remove_all(folder);
	struct store *s = open_store(a, folder);
	for (int64_t i = 0; i < entries; i += 1000) {
		arena_reset(batch);
		append_group(s, batch, i, 1000);
		must(store_sqlite_checkpoint(s, STORE_PASSIVE, NULL, &err) == OK);
	}
	struct note_key key = note_key_new(rng_system());
	struct note_verifier v = note_verifier_of(&key, S(BENCH_LOG));
	struct export_counts counts;
	str note;
	snprintf(out, sizeof out, "%s/out", folder);
	must(log_checkpoint(s, a, S(BENCH_LOG), &key, &note, &err) == OK);
	usec from = clock_monotonic();
	must(export_log(s, S(BENCH_LOG), note, &v, str_of(out), &counts, &err) == OK);
	printf("%-40s %.2f s\n", "export", seconds(from));
	store_close(s);
	for (int r = 0; r < ROUNDS; r++) {
		struct verify_how how = {0};
		struct verify_result result;
		from = clock_monotonic();
		must(verify_export(a, str_of(out), &how, &result, &err) == OK);
		must(result.findings == 0);
		mine[r] = (double)entries / seconds(from);
		hashed = 0;
		from = clock_monotonic();
		nftw(out, hash_one, 16, FTW_PHYS);
		peer[r] = (double)entries / seconds(from);
	}
	row_of("verify an export, files hashed beside it", mine, peer, "entries/s");
	getrusage(RUSAGE_SELF, &usage);
	printf("%-40s %ld KiB\n", "peak memory of all", usage.ru_maxrss);
	remove_all(folder);
}

int main(int argc, char **argv)
{
	int64_t n = 20000;
	if (argc < 3 || (argc > 3 && !str_to_i64(str_of(argv[3]), &n)))
		return 2;
	if (str_is(str_of(argv[1]), "append"))
		bench_append(argv[2], n);
	else
		bench_verify(argv[2], n);
	return 0;
}
