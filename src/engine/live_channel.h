/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * live_channel: what live.c holds of each channel and of who looks on, and how one is found.
 * Threads: all of it with the lock of `live` held.
 */
#ifndef ENGINE_LIVE_CHANNEL_H
#define ENGINE_LIVE_CHANNEL_H

#include <pthread.h>

#include "engine/live.h"

#define LIVE_BUCKETS 512

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
	struct follower *followers;
};

struct follower {
	struct live *live;
	struct channel *channel;
	struct follower *next, **prev;
	struct http_feed *feed;
	int64_t seq; /* of the text that was sent, or the change up to which lines were */
	bool lines;
	bool beside; /* in a stream that is counted already */
	enum live_form form;
	unsigned how; /* enum live_how */
	usec turn; /* of the last lines that a calm follower was told: the same for all of them */
	uint64_t moved; /* as it was told */
	uint64_t beat;
	char *out; /* what is too long to be said at once; NULL: nothing is left of it */
	size_t out_n, out_at;
};

struct live {
	pthread_mutex_t lock;
	pthread_cond_t stop;
	pthread_t thread;
	bool stopping;
	uint64_t moved, beat;
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
/* There may be something to say to those who look on: at one, at all. */
void channel_wake(const struct channel *c);
void channel_wake_all(struct live *l);

#endif
