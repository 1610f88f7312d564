/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * live_lines: lines that are written while others read them, and what a reader missed.
 *
 * Each change has a number, which its writer keeps across restarts. A reader that has seen
 * everything up to a change is told what came after it, once: for each line that changed its newest
 * words, and of a line that it knows only what follows the part that stayed. What is held is
 * bounded; a reader who is further behind is told to load the whole. Threads: the caller's lock.
 */
#ifndef ENGINE_LIVE_LINES_H
#define ENGINE_LIVE_LINES_H

#include "base/buf.h"

#define LIVE_LINES       512                 /* lines that are held, at most */
#define LIVE_LINES_BYTES ((size_t)256 << 10) /* of their words and heads, at most */

/* A line as it reads after a change. Borrowed. */
struct live_line {
	int64_t id;   /* of the change; greater than those before */
	int64_t line; /* which line; from 1 */
	str text;     /* UTF-8 */
	str head;  /* what else is said of it: members of a JSON object, "\"speaker\":\"Kenya\"" */
	bool gone; /* it was taken back */
};

/* The same on the heap, ended by NUL; the caller frees it. */
char *live_copy(str s);

struct live_lines;
/* Of what came up to and with the change `known` nothing will be held. Freed by live_lines_free. */
struct live_lines *live_lines_new(int64_t known);
/* Accepts NULL. */
void live_lines_free(struct live_lines *v);
/* A change that is not newer than the newest is passed over: it was put before. */
void live_lines_put(struct live_lines *v, const struct live_line *change);
/* The newest change that was put. */
int64_t live_lines_id(const struct live_lines *v);
/*
 * Writes what a reader missed who has seen everything up to *at, as server-sent events, and moves
 * *at to the newest change. *at < 0: everything that is held. doc/format/captions.md says what the
 * events hold.
 */
void live_lines_since(const struct live_lines *v, int64_t *at, struct buf *out);
/*
 * The same for a stream that says several channels, which has numbers of its own: without ids, and
 * with LIVE_BRIEF a line as [LINE,KEPT,"TEXT"], a whole one with a speaker ("s" of its head) as
 * [LINE,0,"TEXT","SPEAKER"], one that is gone as [LINE].
 */
enum live_form { LIVE_FULL, LIVE_BARE, LIVE_BRIEF };
void live_lines_write(
    const struct live_lines *v, enum live_form form, int64_t *at, struct buf *out);
/* All lines that are held, by their numbers: {"id":7,"lines":[...]}. In arena. */
str live_lines_json(const struct live_lines *v, struct arena *a);

#endif
