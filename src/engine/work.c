/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/work.h"

#include "base/must.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/poison.h"

#define THREADS_MAX 16
#define GIVE_WAY    10 /* niceness */

struct work {
	pthread_t thread[THREADS_MAX];
	unsigned threads;
	pthread_mutex_t lock;
	pthread_cond_t come;
	struct task *first, *last;
	size_t waiting, limit;
	bool stopping;
};

/*
 * Who reads a page waits for milliseconds, who signs in for a moment more: this thread (Linux gives
 * each its own priority) takes what others leave. When the system will not have it, all goes on.
 */
static void give_way(void)
{
	struct sched_param none = {0};
	(void)pthread_setschedparam(pthread_self(), SCHED_BATCH, &none);
	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), GIVE_WAY);
}

static void *serve(void *arg)
{
	struct work *w = arg;
	give_way();
	for (;;) {
		pthread_mutex_lock(&w->lock);
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
		if (!t)
			return NULL;
		t->run(t);
	}
}

enum rc work_start(unsigned threads, size_t waiting, struct work **out, struct err *err)
{
	struct work *w = calloc(1, sizeof *w);
	must(w && threads > 0 && threads <= THREADS_MAX);
	w->limit = waiting;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->come, NULL);
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
