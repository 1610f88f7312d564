/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * live_channel: what is held of each channel, and how one is found.
 * Threads: all of it with the lock of `live` held.
 */
#ifndef ENGINE_LIVE_CHANNEL_H
#define ENGINE_LIVE_CHANNEL_H

#include <pthread.h>

#include "engine/live.h"

#define LIVE_BUCKETS 512
#define LIVE_TURN    USEC_SECOND /* calm followers are told at its end */

struct channel {
	struct channel *next; /* of the bucket */
	char *name;
	size_t name_n;
	int64_t seq;
	char *event; /* as it is sent, with its data {"seq":7,"text":"..."}; NULL: none yet */
	size_t event_n;
	size_t data_at, data_n;   /* in it */
	struct live_lines *lines; /* NULL: the channel holds a text, or nothing yet */
	/* What was missed between two changes: most who look on ask for the same. */
	char *missed;
	size_t missed_n;
	int64_t missed_from, missed_to;
	enum live_form missed_form;
	char *step; /* what came after step_from, up to step_to, in few bytes; may be NULL */
	int64_t step_from, step_to;
	usec told; /* of lines; then those who look on were woken */
	bool due;  /* lines changed since then */
	usec changed;
	struct http_crowd *followers;
};

struct live {
	pthread_mutex_t lock;
	pthread_cond_t stop;
	pthread_t thread;
	bool stopping;
	uint32_t moved, beat;
	size_t due; /* channels */
	size_t channels, followers, most;
	struct channel *bucket[LIVE_BUCKETS];
};

/* NULL: there is none of this name. */
struct channel *channel_find(struct live *l, str name);
/* Makes it if need be, in the place of one that nobody looks at. NULL: all are looked at. */
struct channel *channel_need(struct live *l, str name);
/* The one that *at points to; nobody looks at it. */
void channel_drop(struct live *l, struct channel **at);
/* There may be something to say to those who look on: at all channels. */
void channel_wake_all(struct live *l);
/* What is due is told at the latest in half a second. */
void channel_set_due(struct live *l, struct channel *c);

#endif
