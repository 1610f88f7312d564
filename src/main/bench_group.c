/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/bench_group.h"

#include "base/must.h"
#include "engine/session.h"
#include "rooms/rooms_list.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/poison.h"

#define TIDY_EVERY 64
#define ROLES_ALL  (ROLE_SYSTEM | ROLE_ADMIN | ROLE_CHAIR | ROLE_SECRETARIAT | ROLE_MEMBER)

/* A field of an act as typed; a row without a name ends the list. */
struct typed {
	const char *name;
	str value;
};

static enum rc act(
    struct bench_group *g, const char *command, const struct typed *fields, struct err *err)
{
	struct inputs in = {0};
	struct outcome out;
	struct order o = {.command = rooms_command(&comity_rooms, str_of(command), NULL),
	    .actor = ACTOR_SYSTEM,
	    .extra_roles = ROLES_ALL,
	    .expect = LOG_ANY};
	o.group = o.command->flags & COMMAND_SITE ? STR_EMPTY : S(BENCH_SLUG);
	for (; fields->name; fields++)
		inputs_add(g->each, &in, str_of(fields->name), fields->value);
	TRY(command_read(g->each, o.command, &in, &o.values, NULL, err));
	return house_carry_out(g->house, g->each, &o, &out, err);
}
#define ACT(g, command, ...) act((g), (command), (const struct typed[]){__VA_ARGS__, {0}}, err)

/* --- texts ---------------------------------------------------------------------------- */

static uint64_t below(struct bench_group *g, uint64_t n)
{
	if (!g->left) {
		rng_fill(g->words, g->drawn, sizeof g->drawn);
		g->left = sizeof g->drawn / sizeof g->drawn[0];
	}
	return g->drawn[--g->left] % n;
}

/* Short words are frequent, as in any language: the place is the smaller one of two. */
static str words(struct bench_group *g, size_t n)
{
	static const char *const list[] = {"the", "of", "and", "to", "in", "for", "should", "be",
	    "that", "on", "public", "policy", "issues", "countries", "states", "international",
	    "cooperation", "developing", "internet", "governance", "stakeholders", "process",
	    "participation", "recommendation", "report", "group", "work", "members", "meeting",
	    "capacity", "institutions", "access", "all", "with", "government", "society",
	    "technical", "community", "private", "sector", "mandate", "principles", "transparency",
	    "mechanism", "annual", "regional", "forum", "support", "training", "language",
	    "official", "document", "decision", "consensus", "proposal", "paragraph", "review",
	    "progress"};
	struct buf b = buf_in(g->each, 0);
	size_t have = sizeof list / sizeof list[0];
	for (size_t i = 0; i < n; i++) {
		uint64_t x = below(g, have), y = below(g, have);
		buf_sep(&b, i % 90 == 89 ? S("\n\n") : S(" "));
		buf_put(&b, str_of(list[x < y ? x : y]));
		/* A word in twenty is rare. */
		if (i % 20 == 19)
			buf_printf(&b, " %c%llu", (char)('a' + x % 26),
			    (unsigned long long)below(g, 50000));
	}
	return buf_str(&b);
}

static str number(struct bench_group *g, int64_t n)
{
	return arena_printf(g->each, "%lld", (long long)n);
}

/* --- the group ------------------------------------------------------------------------ */

static enum rc found(struct bench_group *g, struct err *err)
{
	TRY(ACT(
	    g, HOUSE_GROUP_CREATE, {"slug", S(BENCH_SLUG)}, {"title", S("A group to measure")}));
	TRY(ACT(g, "group.found", {"title", S("A group to measure")}, {"short_title", S("BENCH")},
	    {"place", S("Geneva")}, {"zone", S("Europe/Zurich")}, {"description", words(g, 40)}));
	TRY(ACT(g, "call.draft", {"title", S("An open call")}, {"audience", S("all")},
	    {"zone", S("Europe/Zurich")}, {"deadline", S("2199-12-31T23:59")}));
	TRY(ACT(
	    g, "call.question", {"call", S("1")}, {"text", S("What should be kept, and why?")}));
	return ACT(g, "call.open", {"call", S("1")});
}

enum rc bench_group_make(str dir, struct bench_group *out, struct err *err)
{
	struct house_conf conf = {.dir = dir,
	    .rooms = &comity_rooms,
	    .clock = clock_wall(),
	    .rng = rng_system(),
	    .create = true,
	    .host = S("bench.example.org")};
	*out = (struct bench_group){.each = arena_new(0)};
	TRY(house_open(&conf, &out->house, err));
	TRY(session_prepare(house_db(out->house), err));
	TRY(house_begin(out->house, err));
	out->words = rng_from_seed(&out->seed, S("words to measure with"));
	enum rc rc = found(out, err);
	if (rc == OK)
		return house_commit(out->house, err);
	house_rollback(out->house);
	return rc;
}

void bench_group_end(struct bench_group *g)
{
	house_close(g->house);
	arena_free(g->each);
	*g = (struct bench_group){0};
}

static enum rc contribute(struct bench_group *g, struct err *err)
{
	TRY(ACT(g, "call.submit", {"call", S("1")}, {"author", words(g, 3)},
	    {"organisation", words(g, 4)}, {"category", S("civil_society")},
	    {"email", S("author@example.org")}, {"lang", S("en")}, {"answer1", words(g, 250)},
	    {"cite", S("1")}, {"publish_wish", S("publish")}));
	g->contributions++;
	return OK;
}

static enum rc propose(struct bench_group *g, struct err *err)
{
	TRY(ACT(g, "proposal.submit", {"section", S("Principles")}, {"title", words(g, 5)},
	    {"text", words(g, 70)}, {"lang", S("en")}, {"sponsor", words(g, 2)},
	    {"on_behalf", S("1")}));
	g->proposals++;
	return OK;
}

static enum rc cosponsor(struct bench_group *g, const char *who, struct err *err)
{
	return ACT(g, "proposal.cosponsor", {"proposal", number(g, g->proposals)},
	    {"delegation", str_of(who)});
}

static enum rc announce(struct bench_group *g, size_t length, struct err *err)
{
	return ACT(g, "group.announce", {"title", words(g, 6)}, {"text", words(g, length)});
}

static enum rc add_person(struct bench_group *g, struct err *err)
{
	return ACT(g, "people.add", {"name", words(g, 2)}, {"representing", words(g, 2)},
	    {"kind", S("observer")});
}

static enum rc next(struct bench_group *g, struct err *err)
{
	switch (g->n % 10) {
	case 0:
		return contribute(g, err);
	case 1:
		return ACT(g, "call.publish", {"contribution", number(g, g->contributions)});
	case 2:
		return propose(g, err);
	case 3:
		return cosponsor(g, "The first cosponsor", err);
	case 4:
		return cosponsor(g, "The second cosponsor", err);
	case 5:
	case 6:
		return add_person(g, err);
	default:
		return announce(g, 40, err);
	}
}

enum rc bench_group_add(struct bench_group *g, int64_t n, int64_t per_commit, struct err *err)
{
	for (int64_t i = 0; i < n; i++) {
		if (i % per_commit == 0)
			TRY(house_begin(g->house, err));
		arena_reset(g->each);
		enum rc rc = next(g, err);
		if (rc != OK) {
			house_rollback(g->house);
			return rc;
		}
		g->n++;
		if (i % per_commit != per_commit - 1 && i != n - 1)
			continue;
		TRY(house_commit(g->house, err));
		if (++g->commits % TIDY_EVERY == 0)
			house_tidy(g->house); /* as the writer does under load */
	}
	return OK;
}

enum rc bench_group_announce(struct bench_group *g, int64_t n, struct err *err)
{
	TRY(house_begin(g->house, err));
	for (int64_t i = 0; i < n; i++) {
		arena_reset(g->each);
		enum rc rc = announce(g, 100, err);
		if (rc != OK) {
			house_rollback(g->house);
			return rc;
		}
	}
	return house_commit(g->house, err);
}

/* --- the machine ---------------------------------------------------------------------- */

enum rc bench_disk(str dir, int64_t n, usec *took, struct err *err)
{
	static const char page[4096];
	AUTO_ARENA struct arena *a = arena_new(0);
	int fd = open(arena_printf(a, "%.*s/disk", STR(dir)).p,
	    O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
	bool good = fd >= 0;
	for (int64_t i = 0; good && i < n; i++) {
		usec from = clock_monotonic();
		good = write(fd, page, sizeof page) == (ssize_t)sizeof page && fdatasync(fd) == 0;
		took[i] = clock_monotonic() - from;
	}
	if (fd >= 0)
		(void)close(fd);
	return good ? OK : ERR(err, FAULT, NULL, "{0} cannot be written to.", dir);
}

static int by_value(const void *a, const void *b)
{
	usec x = *(const usec *)a, y = *(const usec *)b;
	return x < y ? -1 : x > y;
}

usec bench_median(usec *v, size_t n)
{
	must(n > 0);
	qsort(v, n, sizeof *v, by_value);
	return v[n / 2];
}

usec bench_p99(usec *v, size_t n)
{
	must(n > 0);
	qsort(v, n, sizeof *v, by_value);
	return v[n * 99 / 100];
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

void bench_remove(str dir)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	nftw(arena_z(a, dir), remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
