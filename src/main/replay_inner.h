/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* replay_inner: what the files of replay share; nobody else includes it. */
#ifndef MAIN_REPLAY_INNER_H
#define MAIN_REPLAY_INNER_H

#include "base/json.h"
#include "base/map.h"
#include "main/replay.h"

struct replay {
	const struct rooms *rooms;
	struct house *house;
	struct arena *arena; /* for names; lives to the end */
	struct arena *each;  /* of one line */
	struct map names;    /* alias -> str * */
	str group;
	usec at;
	size_t in_batch;
	struct replay_stats *stats;
	str place; /* "02-call.jsonl:17" */
	bool batch_open;
	struct rng_seeded seeded;
	/* Sees each line first; taken: it needs nothing more. May be NULL. */
	enum rc (*take)(
	    struct replay *r, str folder, const struct json *line, bool *taken, struct err *err);
	void *ctx;
};

/* The time of the present line. */
struct clock replay_clock(struct replay *r);
enum rc replay_open(struct replay *r, const struct replay_how *how, struct err *err) MUST_USE;
/* Closes the house; what the message borrowed from it is copied first. */
void replay_close(struct replay *r, enum rc rc, struct err *err);
/* All lines of the script. */
enum rc replay_all(struct replay *r, str folder, struct err *err) MUST_USE;
/* One line that is an act, and what the clock had to do before; in an open transaction. */
enum rc replay_act(struct replay *r, str folder, const struct json *line, struct err *err) MUST_USE;
/* Commits what was carried out so far. */
enum rc replay_settle(struct replay *r, struct err *err) MUST_USE;
/*
 * replay_choose.c: reads the script once and says in live which meeting is played (number, title,
 * group, the others). Nothing is carried out. INVALID, ABSENT: none of it is the one that was asked
 * for, with those that are there.
 */
enum rc replay_choose(
    struct replay *r, struct replay_live *live, str folder, struct err *err) MUST_USE;
/* The line is this act, on the meeting that is played. */
bool replay_is_act(const struct replay *r, const struct replay_live *live, const struct json *line,
    const char *name);
/* The time between two acts, made shorter. */
usec replay_pause(usec last, usec at);
/* By a rule, as happens when somebody at the keyboard was faster. */
bool replay_is_refusal(enum rc rc);

#endif
