/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * live_follower: one who looks on, at one channel: what was missed of it.
 *
 * Threads: all of it with the lock of `live` held, but where it is said to take it.
 */
#ifndef ENGINE_LIVE_FOLLOWER_H
#define ENGINE_LIVE_FOLLOWER_H

#include "engine/live_channel.h"
#include "engine/live_kept.h"

/* What every turn needs comes first, in one line of the processor's cache. */
struct follower {
	_Alignas(64) struct http_place place;
	struct channel *channel;
	int64_t seq;    /* of the text that was sent, or the change up to which lines were */
	uint32_t moved; /* as it was told */
	uint32_t beat;
	bool lines;
	bool beside;  /* in a stream that is counted already */
	uint8_t how;  /* enum live_how */
	uint8_t form; /* enum live_form */
	struct live *live;
	struct live_kept kept;
	usec turn; /* of the last lines that a calm follower was told: the same for all of them */
};

/*
 * Takes its place at the channel; of `as` count what it has seen, how it wants to be told, and the
 * feed, without which it has one of its own. NULL: too many look on. Takes the lock.
 */
struct follower *follower_join(
    struct live *l, str channel, const struct follower *as, struct http_feed *feed);
/* It is freed. Accepts NULL. Takes the lock. */
void follower_leave(struct follower *f);
/* Lines that it has not seen; now it has. Borrowed until the lock is given back. */
str follower_missed(struct follower *f);

#endif
