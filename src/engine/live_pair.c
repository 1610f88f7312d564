/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/live_pair.h"

#include <stdlib.h>

#include "base/must.h"
#include "base/when.h"
#include "base/poison.h"

#define NUMBERED (15 * USEC_SECOND) /* so often the number comes while only captions do */

struct pair {
	struct live_ear *page, *captions; /* captions: NULL if there are none */
	int64_t page_at, captions_at;
	usec numbered;
	char *out;
	size_t out_n, out_at;
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

/*
 * The number stands in the last event of what is said together: who has it has the others. What
 * comes a second time, because the way ended before it, changes nothing. A change of the page
 * always has it; captions alone have it now and then, since it is half of what they would weigh.
 */
static void compose(struct pair *x, struct buf *out)
{
	struct buf said = buf_in(out->arena, 0);
	bool beat = false;
	int64_t before = x->page_at;
	usec now = clock_monotonic();

	if (x->captions)
		x->captions_at = live_hear(x->captions, &said, &beat);
	x->page_at = live_hear(x->page, &said, &beat);
	str all = buf_str(&said);
	if (!all.n) {
		buf_put(out, beat ? S(":\n\n") : STR_EMPTY);
		return;
	}
	size_t last = last_event(all);
	buf_put(out, str_head(all, last));
	if (before != x->page_at || now - x->numbered >= NUMBERED) {
		buf_printf(out, "id:%lld.%lld\n", (long long)x->page_at, (long long)x->captions_at);
		x->numbered = now;
	}
	buf_put(out, str_skip(all, last));
}

static int64_t pair_read(void *ctx, char *p, size_t n)
{
	struct pair *x = ctx;

	if (x->out_at == x->out_n) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct buf b = buf_in(a, 0);
		compose(x, &b);
		free(x->out);
		x->out_at = 0;
		x->out_n = buf_str(&b).n;
		x->out = x->out_n ? live_copy(buf_str(&b)) : NULL;
	}
	size_t some = x->out_n - x->out_at < n ? x->out_n - x->out_at : n;
	if (some)
		mem_copy(p, n, x->out + x->out_at, some);
	x->out_at += some;
	/* Between two events it holds nothing. */
	if (x->out && x->out_at == x->out_n) {
		free(x->out);
		x->out = NULL;
	}
	return (int64_t)some;
}

static void pair_gone(void *ctx)
{
	struct pair *x = ctx;

	live_leave(x->page);
	live_leave(x->captions);
	free(x->out);
	free(x);
}

struct http_feed *live_pair_follow(struct live *l, const struct live_pair_ask *ask)
{
	struct pair *x = calloc(1, sizeof *x);
	must(x);
	struct http_source source = {.ctx = x, .read = pair_read, .gone = pair_gone};
	struct http_feed *feed = http_feed_new(&source);
	struct live_ask page = {.after = ask->after, .form = LIVE_BARE, .feed = feed};
	struct live_ask captions = {.after = ask->spoken,
	    .how = LIVE_CALM,
	    .form = LIVE_BRIEF,
	    .feed = feed,
	    .beside = true};

	x->page_at = ask->after;
	x->captions_at = ask->spoken;
	x->page = live_listen(l, ask->page, &page);
	if (x->page && ask->captions.n)
		x->captions = live_listen(l, ask->captions, &captions);
	if (x->page && (x->captions || !ask->captions.n))
		return feed;
	http_feed_drop(feed);
	return NULL;
}
