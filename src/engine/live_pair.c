/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/live_pair.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/must.h"
#include "base/when.h"
#include "engine/live_follower.h"
#include "base/poison.h"

#define NUMBERED (15 * USEC_SECOND) /* so often the number comes while only captions do */

struct pair {
	struct live *live;
	struct follower *page, *captions; /* captions: NULL if there are none */
	int64_t spoken;                   /* as it was asked for, when there are none */
	usec numbered;
	struct live_kept kept;
};

void live_pair_seen(str id, struct live_pair_ask *ask)
{
	str page;

	ask->after = ask->spoken = -1;
	if (!str_cut(&id, '.', &page) || !str_to_i64(page, &ask->after))
		ask->after = -1;
	if (!str_to_i64(id, &ask->spoken))
		ask->spoken = -1;
}

/* Where the last event begins. */
static size_t last_event(str all)
{
	size_t at = all.n >= 2 ? all.n - 2 : 0;
	while (at > 0 && !(all.p[at - 1] == '\n' && at > 1 && all.p[at - 2] == '\n'))
		at--;
	return at;
}

static bool has_beat(struct pair *x)
{
	bool beat = x->page->beat != x->live->beat;
	x->page->beat = x->live->beat;
	return beat;
}

static str id_of(struct pair *x, char *room, size_t room_n)
{
	int n = snprintf(room, room_n, "id:%lld.%lld\n", (long long)x->page->seq,
	    (long long)(x->captions ? x->captions->seq : x->spoken));
	x->numbered = clock_monotonic();
	return str_from(room, (size_t)n);
}

/*
 * The number stands in the last event of what is said together: who has it has the others. What
 * comes a second time, because the way ended before it, changes nothing. A change of the page
 * always has it; captions alone have it now and then, since it is half of what they would weigh.
 */
static size_t say(struct pair *x, char *p, size_t n)
{
	char room[64];
	str spoken = x->captions ? follower_missed(x->captions) : STR_EMPTY;
	str page = follower_missed(x->page);
	str last = page.n ? page : spoken;
	bool beat = has_beat(x);

	if (!last.n)
		return live_say_words(&x->kept, (str[]){beat ? S(":\n\n") : STR_EMPTY}, 1, p, n);
	if (!page.n && clock_monotonic() - x->numbered < NUMBERED)
		return live_say_words(&x->kept, &spoken, 1, p, n);
	size_t at = last_event(last);
	str words[] = {page.n ? spoken : STR_EMPTY, str_head(last, at), id_of(x, room, sizeof room),
	    str_skip(last, at)};
	return live_say_words(&x->kept, words, 4, p, n);
}

static int64_t pair_read(void *ctx, char *p, size_t n)
{
	struct pair *x = ctx;

	pthread_mutex_lock(&x->live->lock);
	size_t some = x->kept.p ? live_say_kept(&x->kept, p, n) : say(x, p, n);
	pthread_mutex_unlock(&x->live->lock);
	return (int64_t)some;
}

static void pair_gone(void *ctx)
{
	struct pair *x = ctx;

	follower_leave(x->page);
	follower_leave(x->captions);
	live_kept_free(&x->kept);
	free(x);
}

struct http_feed *live_pair_follow(struct live *l, const struct live_pair_ask *ask)
{
	struct pair *x = calloc(1, sizeof *x);
	must(x);
	struct http_source source = {.ctx = x, .read = pair_read, .gone = pair_gone};
	struct http_feed *feed = http_feed_new(&source);
	struct follower page = {.lines = true, .seq = ask->after, .form = LIVE_BARE};
	struct follower captions = {.lines = true,
	    .seq = ask->spoken,
	    .how = LIVE_CALM,
	    .form = LIVE_BRIEF,
	    .beside = true};

	x->live = l;
	x->spoken = ask->spoken;
	x->page = follower_join(l, ask->page, &page, feed);
	if (x->page && ask->captions.n)
		x->captions = follower_join(l, ask->captions, &captions, feed);
	if (x->page && (x->captions || !ask->captions.n))
		return feed;
	http_feed_drop(feed);
	return NULL;
}
