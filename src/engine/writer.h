/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * writer: the one thread that changes anything.
 *
 * Whoever wants something written hands over an errand; the writer takes all that wait (up to
 * 128), runs them in one transaction, commits with full durability and only then calls each
 * one's done(). While one commit is on its way to the disk the next errands gather by
 * themselves, so nobody waits for a timer (doc/decisions/0004). Acts of the clock are carried out
 * when they are due, and so is the taking of what was kept beside the record. Threads:
 * writer_submit and writer_carry_out any; run and done, the writer's.
 */
#ifndef ENGINE_WRITER_H
#define ENGINE_WRITER_H

#include "engine/house.h"

/* Belongs to the one who submitted it until done() is called. */
struct errand {
	/* Inside the transaction. What fails must leave no trace (house_carry_out sees to it). */
	enum rc (*run)(struct errand *e, struct house *h, struct err *err);
	/* After the commit (rc OK), or when it failed (rc and err say why). */
	void (*done)(struct errand *e);
	void *ctx;
	void *waiting; /* for done(): who waits */
	bool quiet;    /* writes beside the record: no page changes */
	enum rc rc;
	struct err err;
	struct errand *next; /* the writer's */
};

/* Tells readers that a group's log moved: called by the writer after each commit. */
struct writer_conf {
	struct house *house; /* borrowed; the writer's own from now on */
	void (*moved)(void *ctx);
	void *ctx;
};

struct writer;

enum rc writer_start(const struct writer_conf *conf, struct writer **out, struct err *err) MUST_USE;
/* BUSY when too many errands wait. */
enum rc writer_submit(struct writer *w, struct errand *e, struct err *err) MUST_USE;
/*
 * The same with a copy, and waits until it is done: the rc of the errand, with its err. done may be
 * NULL. Not from the writer's thread.
 */
enum rc writer_carry_out(struct writer *w, const struct errand *e, struct err *err) MUST_USE;
/* Finishes what waits, then ends the thread and frees. Accepts NULL. */
void writer_stop(struct writer *w);

#endif
