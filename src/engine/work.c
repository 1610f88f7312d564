/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/work.h"

#include "base/cond.h"
#include "base/must.h"

#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/poison.h"

#define THREADS_MAX 16
#define REST        2 /* seconds without a task until a worker gives its block back */

struct work {
	pthread_t thread[THREADS_MAX];
	unsigned threads;
	pthread_mutex_t lock;
	pthread_cond_t come;
	struct task *first, *last;
	size_t waiting, limit;
	bool stopping;
};

void *scratch_take(struct scratch *s, size_t n)
{
	if (s->n >= n)
		return s->p;
	scratch_drop(s);
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return NULL;
	*s = (struct scratch){.p = p, .n = n};
	return p;
}

void scratch_drop(struct scratch *s)
{
	if (s->p)
		must(munmap(s->p, s->n) == 0);
	*s = (struct scratch){0};
}

/*
 * Who reads a page waits for milliseconds, who signs in for a moment more: this thread takes what
 * others leave. Niceness is not enough, since a page that wakes up then waits for the end of the
 * worker's turn. Other services cannot hold sign-ins up for ever: systemd gives each service a
 * share of its own, and this is about threads within one. When the system will not have it, all
 * goes on.
 */
static void give_way(void)
{
	struct sched_param none = {0};
	(void)pthread_setschedparam(pthread_self(), SCHED_IDLE, &none);
}

/* Waits for a task with the lock held. False: none came for a while. */
static bool came(struct work *w)
{
	usec end = clock_monotonic() + REST * USEC_SECOND;
	while (!w->first && !w->stopping)
		if (!cond_wait_until(&w->come, &w->lock, end))
			return w->first || w->stopping;
	return true;
}

/* The next task; waits for it. NULL: the end. A block is kept while there is work. */
static struct task *next(struct work *w, struct scratch *s)
{
	pthread_mutex_lock(&w->lock);
	if (s->p && !came(w)) {
		pthread_mutex_unlock(&w->lock);
		scratch_drop(s);
		pthread_mutex_lock(&w->lock);
	}
	while (!w->first && !w->stopping)
		pthread_cond_wait(&w->come, &w->lock);
	struct task *t = w->first;
	if (t) {
		w->first = t->next;
		if (!w->first)
			w->last = NULL;
		w->waiting--;
	}
	pthread_mutex_unlock(&w->lock);
	return t;
}

static void *serve(void *arg)
{
	struct work *w = arg;
	struct scratch s = {0};
	give_way();
	for (struct task *t; (t = next(w, &s));) {
		t->scratch = &s;
		t->run(t);
	}
	scratch_drop(&s);
	return NULL;
}

enum rc work_start(unsigned threads, size_t waiting, struct work **out, struct err *err)
{
	struct work *w = calloc(1, sizeof *w);
	must(w && threads > 0 && threads <= THREADS_MAX);
	w->limit = waiting;
	pthread_mutex_init(&w->lock, NULL);
	cond_init(&w->come);
	for (; w->threads < threads; w->threads++) {
		if (pthread_create(&w->thread[w->threads], NULL, serve, w) != 0) {
			work_stop(w);
			return ERR(err, FAULT, NULL, "A worker thread cannot be started.");
		}
	}
	*out = w;
	return OK;
}

enum rc work_submit(struct work *w, struct task *t, struct err *err)
{
	pthread_mutex_lock(&w->lock);
	bool full = w->waiting >= w->limit || w->stopping;
	if (!full) {
		t->next = NULL;
		if (w->last)
			w->last->next = t;
		else
			w->first = t;
		w->last = t;
		w->waiting++;
		pthread_cond_signal(&w->come);
	}
	pthread_mutex_unlock(&w->lock);
	return full ? ERR(err, BUSY, NULL,
	                  "Too many requests of this kind wait. Please try again in a minute.")
	            : OK;
}

void work_stop(struct work *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->come);
	pthread_mutex_unlock(&w->lock);
	for (unsigned i = 0; i < w->threads; i++)
		pthread_join(w->thread[i], NULL);
	pthread_cond_destroy(&w->come);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
