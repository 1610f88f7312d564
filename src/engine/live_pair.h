/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * live_pair: one stream that says a page and the captions beside it.
 *
 * Its events have one number for both channels, "PAGE.CAPTIONS": the last change of each that its
 * reader has seen. So one connection serves a reader, and one number resumes both.
 * doc/format/live.md says what the events hold. Threads: any.
 */
#ifndef ENGINE_LIVE_PAIR_H
#define ENGINE_LIVE_PAIR_H

#include "engine/live.h"

struct live_pair_ask {
	str page;       /* the channel of the page */
	str captions;   /* that of the lines; empty: none */
	int64_t after;  /* what was seen of the page, */
	int64_t spoken; /* and of the lines; < 0: nothing */
};

/* "PAGE.CAPTIONS" or "PAGE"; what is no number is -1. */
void live_pair_seen(str id, struct live_pair_ask *ask);
/* A body for text/event-stream. NULL: too many look on already. */
struct http_feed *live_pair_follow(struct live *l, const struct live_pair_ask *ask);

#endif
