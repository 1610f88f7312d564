/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * work: a few threads for what is slow and writes nothing: password hashes and files.
 *
 * The rest waits in a queue with a limit, so that a flood of sign-ins costs two threads and
 * never the pages. Threads: any.
 */
#ifndef ENGINE_WORK_H
#define ENGINE_WORK_H

#include "base/err.h"

struct task {
	void (*run)(struct task *t); /* in a worker; must see to it that somebody is told */
	void *ctx;
	struct task *next; /* the queue's */
};

struct work;

/* threads workers, a queue of at most `waiting` tasks. Caller frees with work_stop. */
enum rc work_start(unsigned threads, size_t waiting, struct work **out, struct err *err) MUST_USE;
/* BUSY when the queue is full. */
enum rc work_submit(struct work *w, struct task *t, struct err *err) MUST_USE;
/* Finishes what waits, then ends the threads. Accepts NULL. */
void work_stop(struct work *w);

#endif
