/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/writer.h"

#include "base/cond.h"
#include "base/must.h"
#include "base/say.h"

#include <stdlib.h>

#include "base/poison.h"

#define BATCH       128
#define WAITING_MAX 4096
#define TIDY_EVERY  64 /* commits between two checkpoints under steady load */

struct writer {
	struct writer_conf conf;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t come;
	struct errand *first, *last;
	size_t waiting;
	bool stopping;
	usec next_due;  /* the writer thread's own */
	usec next_take; /* of what is kept beside the record */
	unsigned since_tidy;
	bool moved; /* a log, since then */
};

static struct errand *take_batch(struct writer *w, size_t *n)
{
	struct errand *batch = w->first, *e = NULL;
	*n = 0;
	for (struct errand *at = w->first; at && *n < BATCH; at = at->next) {
		e = at;
		(*n)++;
	}
	if (e) {
		w->first = e->next;
		e->next = NULL;
	}
	if (!w->first)
		w->last = NULL;
	w->waiting -= *n;
	return batch;
}

static void fail_all(struct errand *batch, enum rc rc, const struct err *err)
{
	for (struct errand *e = batch; e; e = e->next) {
		e->rc = rc;
		e->err = *err;
	}
}

static void tell_moved(struct writer *w)
{
	w->moved = true;
	if (w->conf.moved)
		w->conf.moved(w->conf.ctx);
}

/* What was just written may be due before long; but the tables are not asked for each line. */
static usec soon(const struct writer *w)
{
	return clock_now(house_clock(w->conf.house)) + USEC_SECOND;
}

static void run_batch(struct writer *w, struct errand *batch)
{
	struct house *h = w->conf.house;
	struct err err = {0};
	enum rc rc = house_begin(h, &err);
	bool any = false, moved = false;

	if (rc == OK) {
		for (struct errand *e = batch; e; e = e->next) {
			e->rc = e->run(e, h, &e->err);
			any |= e->rc == OK;
			moved |= e->rc == OK && !e->quiet;
		}
		if (any)
			rc = house_commit(h, &err);
		else
			house_rollback(h);
	}
	if (rc != OK) {
		say_err("commit", &err);
		fail_all(batch, rc, &err);
	}
	if (moved)
		tell_moved(w);
	w->since_tidy++;
	if (any && w->next_take > soon(w))
		w->next_take = soon(w);
	for (struct errand *e = batch, *next; e; e = next) {
		next = e->next; /* done() may free it */
		e->done(e);
	}
}

static void run_due(struct writer *w)
{
	struct house *h = w->conf.house;
	struct err err = {0};
	size_t done = 0;
	usec now = clock_now(house_clock(h));

	if (w->next_due <= now) {
		enum rc rc = house_begin(h, &err);
		if (rc == OK) {
			rc = house_run_due(h, now, &done, &err);
			if (done)
				rc = house_commit(h, &err);
			else
				house_rollback(h);
		}
		if (rc != OK)
			say_err("clock", &err);
		if (done && rc == OK) {
			tell_moved(w);
			w->since_tidy++;
		}
	}
	w->next_due = house_next_due(h);
	if (w->next_due <= now) /* it failed: not in a tight loop */
		w->next_due = now + 10 * USEC_SECOND;
}

/* Takes into the record what was kept beside it. */
static void run_take(struct writer *w)
{
	struct house *h = w->conf.house;
	const struct kept *kept = &house_rooms(h)->kept;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	bool any = false;
	usec now = clock_now(house_clock(h)), next = INT64_MAX;

	if (!kept->take || w->next_take > now)
		return;
	enum rc rc = house_begin(h, &err);
	if (rc == OK)
		rc = kept->take(h, a, now, &any, &next, &err);
	if (rc == OK && any)
		rc = house_commit(h, &err);
	else
		house_rollback(h);
	if (rc != OK) {
		say_err("take", &err);
		next = now + 10 * USEC_SECOND;
	} else if (any) {
		tell_moved(w);
		w->since_tidy++;
	}
	w->next_take = next;
}

/* Waits for an errand, the next due act or the end; called with the lock held. */
static void wait_for_work(struct writer *w)
{
	usec now = clock_now(house_clock(w->conf.house));
	usec next = w->next_take < w->next_due ? w->next_take : w->next_due;
	usec wait = next == INT64_MAX ? 3600 * USEC_SECOND : next - now;
	if (wait > 3600 * USEC_SECOND)
		wait = 3600 * USEC_SECOND;
	if (wait < 0)
		wait = 0;
	usec until = clock_monotonic() + wait;
	while (!w->first && !w->stopping)
		if (!cond_wait_until(&w->come, &w->lock, until))
			break;
}

/* What is written beside the logs often, and moves none, waits for the steady turn. */
static void tidy_if_idle(struct writer *w, bool idle)
{
	if ((w->moved && idle) || w->since_tidy >= TIDY_EVERY) {
		house_tidy(w->conf.house);
		w->since_tidy = 0;
		if (w->moved)
			tell_moved(w); /* the checkpoint is a page, too */
		w->moved = false;
	}
}

static void *work(void *arg)
{
	struct writer *w = arg;
	for (;;) {
		size_t n;
		pthread_mutex_lock(&w->lock);
		bool idle = !w->first;
		pthread_mutex_unlock(&w->lock);
		tidy_if_idle(w, idle);
		pthread_mutex_lock(&w->lock);
		wait_for_work(w);
		struct errand *batch = take_batch(w, &n);
		bool end = w->stopping && !batch;
		pthread_mutex_unlock(&w->lock);
		if (end)
			return NULL;
		if (batch)
			run_batch(w, batch);
		run_due(w);
		run_take(w);
	}
}

enum rc writer_start(const struct writer_conf *conf, struct writer **out, struct err *err)
{
	struct writer *w = calloc(1, sizeof *w);
	must(w);
	w->conf = *conf;
	pthread_mutex_init(&w->lock, NULL);
	cond_init(&w->come);
	if (pthread_create(&w->thread, NULL, work, w) != 0) {
		free(w);
		return ERR(err, FAULT, NULL, "The writer's thread cannot be started.");
	}
	*out = w;
	return OK;
}

enum rc writer_submit(struct writer *w, struct errand *e, struct err *err)
{
	pthread_mutex_lock(&w->lock);
	bool full = w->waiting >= WAITING_MAX || w->stopping;
	if (!full) {
		e->next = NULL;
		e->rc = FAULT;
		err_clear(&e->err);
		if (w->last)
			w->last->next = e;
		else
			w->first = e;
		w->last = e;
		w->waiting++;
		pthread_cond_signal(&w->come);
	}
	pthread_mutex_unlock(&w->lock);
	return full ? ERR(err, BUSY, NULL,
	                  "Too many acts wait to be recorded. Please send it again in a minute.")
	            : OK;
}

/* An errand that somebody waits for. */
struct wait {
	struct errand errand; /* the first member: the writer gives it back */
	pthread_mutex_t lock;
	pthread_cond_t come;
	bool over;
	void (*done)(struct errand *e);
};

static void end_wait(struct errand *e)
{
	struct wait *x = (struct wait *)e;
	if (x->done)
		x->done(e);
	pthread_mutex_lock(&x->lock);
	x->over = true;
	pthread_cond_signal(&x->come);
	pthread_mutex_unlock(&x->lock);
}

enum rc writer_carry_out(struct writer *w, const struct errand *e, struct err *err)
{
	struct wait x = {.errand = *e, .done = e->done};
	pthread_mutex_init(&x.lock, NULL);
	pthread_cond_init(&x.come, NULL);
	x.errand.done = end_wait;
	enum rc rc = writer_submit(w, &x.errand, err);
	pthread_mutex_lock(&x.lock);
	while (rc == OK && !x.over)
		pthread_cond_wait(&x.come, &x.lock);
	pthread_mutex_unlock(&x.lock);
	pthread_cond_destroy(&x.come);
	pthread_mutex_destroy(&x.lock);
	if (rc == OK && x.errand.rc != OK) {
		rc = x.errand.rc;
		*err = x.errand.err;
	}
	return rc;
}

void writer_stop(struct writer *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->come);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->come);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
