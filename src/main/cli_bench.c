/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The verb that measures this machine: what acts, a rebuild, a check of the record and a page cost
 * here, in a folder of its own that is removed again. doc/bench.md says how to read it.
 */
#include "base/must.h"
#include "engine/web.h"
#include "main/bench_group.h"
#include "main/cli.h"
#include "record/store_sqlite.h"
#include "record/verify.h"
#include "rooms/rooms_list.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/poison.h"

#define TURNS   100
#define GROUPS  20
#define GROUP   100
#define ENTRIES 5000
#define ROUNDS  3
#define PAGES   500

struct bench {
	struct arena *arena;
	str dir;
	struct bench_group group;
};

static void head(void)
{
	printf("%-42s %12s %-10s %s\n", "what", "here", "", "beside");
}

static void line(const char *what, double here, const char *unit, double ratio, const char *beside)
{
	printf("%-42s %12.1f %-10s ", what, here, unit);
	if (ratio > 0)
		printf("%.2f of %s", ratio, beside);
	printf("\n");
	(void)fflush(stdout);
}

/* Acts, one in a commit and a hundred, beside a page of the disk that is written and synced. */
static enum rc measure_acts(struct bench *b, struct err *err)
{
	usec disk[TURNS], one[TURNS], many[GROUPS];
	for (size_t i = 0; i < TURNS; i += 10) {
		TRY(bench_disk(b->dir, 10, disk + i, err));
		for (size_t k = i; k < i + 10; k++) {
			usec from = clock_monotonic();
			TRY(bench_group_announce(&b->group, 1, err));
			one[k] = clock_monotonic() - from;
		}
	}
	for (size_t i = 0; i < GROUPS; i++) {
		usec from = clock_monotonic();
		TRY(bench_group_announce(&b->group, GROUP, err));
		many[i] = clock_monotonic() - from;
	}
	double d = 1e6 / (double)bench_median(disk, TURNS),
	       o = 1e6 / (double)bench_median(one, TURNS);
	double m = GROUP * 1e6 / (double)bench_median(many, GROUPS);
	line("the disk, synced (fdatasync)", d, "times/s", 0, "");
	line("acts, one at a time", o, "acts/s", o / d, "what the disk allows");
	line("acts, a hundred at a time", m, "acts/s", m / o, "one at a time");
	return OK;
}

static enum rc look(void *ctx, const struct log_entry *e, struct err *err)
{
	int64_t *bytes = ctx;
	(void)err;
	*bytes += (int64_t)e->text.n;
	for (size_t i = 0; i < e->entry.parts; i++)
		*bytes += (int64_t)e->parts[i].body.n;
	return OK;
}

/* Making all tables again, and checking every entry, beside only reading the record. */
static enum rc measure_log(struct bench *b, struct err *err)
{
	struct house *h = b->group.house;
	str origin = house_origin(h, b->arena, S(BENCH_SLUG));
	usec read[ROUNDS], rebuild[ROUNDS], verify[ROUNDS];
	struct group *g;
	int64_t bytes = 0;
	TRY(house_group(h, S(BENCH_SLUG), &g, err));
	int64_t n = g->n;
	for (size_t i = 0; i < ROUNDS; i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct verify_how how = {0};
		struct verify_result result = {0};
		usec from = clock_monotonic();
		TRY(log_each(house_store(h), origin, 0, n, STORE_WITH_PARTS, look, &bytes, err));
		read[i] = clock_monotonic() - from;
		from = clock_monotonic();
		TRY(house_rebuild(h, err));
		rebuild[i] = clock_monotonic() - from;
		from = clock_monotonic();
		TRY(verify_store(a, house_store(h), origin, &how, &result, err));
		verify[i] = clock_monotonic() - from;
		if (result.findings)
			return ERR(
			    err, FAULT, NULL, "The record that was just made does not verify.");
		house_tidy(h);
	}
	double r = (double)n * 1e6 / (double)bench_median(read, ROUNDS);
	double t = (double)n * 1e6 / (double)bench_median(rebuild, ROUNDS);
	double v = (double)n * 1e6 / (double)bench_median(verify, ROUNDS);
	line("the record, only read", r, "entries/s", 0, "");
	line("rebuild of all tables", t, "entries/s", t / r, "only reading");
	line("verify", v, "entries/s", v / r, "only reading");
	return OK;
}

/* --- a page ------------------------------------------------------------------------------- */

static bool ask(int fd, str request)
{
	static char answer[1 << 18];
	size_t n = 0, body = SIZE_MAX;
	int64_t length = 0;
	if (send(fd, request.p, request.n, MSG_NOSIGNAL) != (ssize_t)request.n)
		return false;
	while (n < sizeof answer && (body == SIZE_MAX || n < body + (size_t)length)) {
		ssize_t got = recvfrom(fd, answer + n, sizeof answer - n, 0, NULL, NULL);
		if (got <= 0)
			return false;
		n += (size_t)got;
		str all = str_from(answer, n);
		size_t end = str_find(all, S("\r\n\r\n")),
		       at = str_find(all, S("Content-Length: "));
		if (body != SIZE_MAX || end == SIZE_MAX || at == SIZE_MAX)
			continue;
		str digits = str_skip(all, at + 16);
		if (!str_to_i64(str_head(digits, str_find_char(digits, '\r')), &length))
			return false;
		body = end + 4;
	}
	return str_starts(str_from(answer, n), S("HTTP/1.1 200"));
}

static enum rc measure_pages(struct bench *b, const struct web *w, struct err *err)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
	    .sin_port = htons(web_port(w)),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	usec kept[PAGES], fresh[PAGES];
	bool good = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
	for (size_t i = 0; good && i < PAGES; i++) {
		str end =
		    arena_printf(b->arena, " HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", web_port(w));
		usec from = clock_monotonic();
		good = ask(fd, arena_printf(b->arena, "GET /g/" BENCH_SLUG "%.*s", STR(end)));
		kept[i] = clock_monotonic() - from;
		from = clock_monotonic();
		good = good && ask(fd, arena_printf(b->arena, "GET /g/" BENCH_SLUG "?turn=%zu%.*s",
		                           i, STR(end)));
		fresh[i] = clock_monotonic() - from;
	}
	if (fd >= 0)
		(void)close(fd);
	if (!good)
		return ERR(err, FAULT, NULL, "The server that was just started does not answer.");
	double k = (double)bench_median(kept, PAGES), f = (double)bench_median(fresh, PAGES);
	line("a page, made anew, asked and read", f, "us", 0, "");
	line("the same, kept", k, "us", k / f, "one made anew");
	line("a page made anew, 99 of 100 within", (double)bench_p99(fresh, PAGES), "us", 0, "");
	return OK;
}

static enum rc serve(struct bench *b, struct err *err)
{
	struct web *w;
	struct web_conf conf = {.dir = b->dir,
	    .rooms = &comity_rooms,
	    .http = http_conf_default(),
	    .public_address = S("http://127.0.0.1")};
	conf.http.address = S("127.0.0.1");
	conf.http.port = 0;
	TRY(web_start(&conf, &w, err));
	enum rc rc = measure_pages(b, w, err);
	web_stop(w);
	return rc;
}

static enum rc measure(struct bench *b, struct err *err)
{
	TRY(bench_group_make(b->dir, &b->group, err));
	TRY(measure_acts(b, err));
	TRY(bench_group_add(&b->group, ENTRIES, BENCH_BATCH, err));
	TRY(measure_log(b, err));
	bench_group_end(&b->group);
	return serve(b, err);
}

/* The disk counts: one measures where the data will be; /tmp is often none at all. */
int cli_bench(struct cli_args *args)
{
	struct err err = {0};
	struct bench b = {.arena = args->arena};
	str in = args->words.n ? cli_word(args, 0) : S("/var/tmp");
	char *dir =
	    arena_z(args->arena, arena_printf(args->arena, "%.*s/comity-bench-XXXXXX", STR(in)));
	if (!mkdtemp(dir)) {
		ERR(&err, INVALID, NULL, "{0} is not a folder in which one can be made.", in);
		return cli_fail(&err);
	}
	b.dir = str_of(dir);
	head();
	enum rc rc = measure(&b, &err);
	bench_group_end(&b.group);
	bench_remove(b.dir);
	return rc == OK ? 0 : cli_fail(&err);
}
