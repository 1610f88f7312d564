/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * work: a few threads for what is slow and writes nothing: password hashes and files.
 *
 * The rest waits in a queue with a limit, so that a flood of sign-ins costs two threads and
 * never the pages. Each thread owns a scratch, one block that its tasks use in turn: mapping much
 * memory for each would hold up every thread of the process. Threads: any; a scratch belongs to
 * one.
 */
#ifndef ENGINE_WORK_H
#define ENGINE_WORK_H

#include "base/err.h"

/* A block that is kept between uses. Begins as {0}. */
struct scratch {
	void *p;
	size_t n; /* bytes */
};

/*
 * At least n bytes, aligned for anything, holding whatever was left there: who puts secrets in
 * wipes them. Borrowed until the next call. NULL: no memory.
 */
void *scratch_take(struct scratch *s, size_t n);
/* Gives the block back to the system. */
void scratch_drop(struct scratch *s);

struct task {
	void (*run)(struct task *t); /* in a worker; must see to it that somebody is told */
	void *ctx;
	struct scratch *scratch; /* of the worker, while it runs */
	struct task *next;       /* the queue's */
};

struct work;

/* threads workers, a queue of at most `waiting` tasks. Caller frees with work_stop. */
enum rc work_start(unsigned threads, size_t waiting, struct work **out, struct err *err) MUST_USE;
/* BUSY when the queue is full. */
enum rc work_submit(struct work *w, struct task *t, struct err *err) MUST_USE;
/* Finishes what waits, then ends the threads. Accepts NULL. */
void work_stop(struct work *w);

#endif
