/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/live_follower.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/poison.h"

/* It is not the turn of this calm follower yet: the channel wakes it again. */
static bool must_wait(struct follower *f)
{
	struct channel *c = f->channel;

	if (!(f->how & LIVE_CALM) || !c->lines || live_lines_id(c->lines) <= f->seq)
		return false;
	usec turn = clock_monotonic() / LIVE_TURN;
	if (turn != f->turn) {
		f->turn = turn;
		return false;
	}
	channel_set_due(f->live, c);
	return true;
}

str follower_missed(struct follower *f)
{
	struct channel *c = f->channel;

	if (!c->lines || must_wait(f))
		return STR_EMPTY;
	if (c->step && f->form == LIVE_BARE && f->seq == c->step_from &&
	    c->step_to == live_lines_id(c->lines)) {
		f->seq = c->step_to;
		return str_of(c->step);
	}
	if (!c->missed || c->missed_form != f->form || c->missed_from != f->seq ||
	    c->missed_to != live_lines_id(c->lines)) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct buf b = buf_in(a, 0);
		c->missed_from = c->missed_to = f->seq;
		c->missed_form = f->form;
		live_lines_write(c->lines, f->form, &c->missed_to, &b);
		free(c->missed);
		c->missed = live_copy(buf_str(&b));
		c->missed_n = buf_str(&b).n;
	}
	f->seq = c->missed_to;
	return str_from(c->missed, c->missed_n);
}

static str missed_text(struct follower *f)
{
	const struct channel *c = f->channel;
	bool newer = c->event && c->seq != f->seq;

	f->seq = c->seq;
	return newer ? str_from(c->event, c->event_n) : STR_EMPTY;
}

/* What else there is to say to one who is told the text: literal. */
static str next_word(struct follower *f, str text)
{
	const struct live *l = f->live;
	str word = STR_EMPTY;

	if (l->moved != f->moved && !(f->how & LIVE_STILL))
		word = S("event: moved\ndata: {}\n\n");
	else if (l->beat != f->beat && text.n == 0)
		word = S(":\n\n");
	f->moved = l->moved;
	f->beat = l->beat;
	return word;
}

static int64_t follower_read(void *ctx, char *p, size_t n)
{
	struct follower *f = ctx;
	size_t some;

	pthread_mutex_lock(&f->live->lock);
	if (f->kept.p) {
		some = live_say_kept(&f->kept, p, n);
	} else {
		str text = f->lines ? follower_missed(f) : missed_text(f);
		some = live_say_words(&f->kept, (str[]){text, next_word(f, text)}, 2, p, n);
	}
	pthread_mutex_unlock(&f->live->lock);
	return (int64_t)some;
}

static void follower_gone(void *ctx)
{
	follower_leave(ctx);
}

void follower_leave(struct follower *f)
{
	if (!f)
		return;
	pthread_mutex_lock(&f->live->lock);
	http_crowd_leave(f->channel->followers, &f->place);
	f->live->followers -= !f->beside;
	pthread_mutex_unlock(&f->live->lock);
	live_kept_free(&f->kept);
	free(f);
}

static struct follower *new_follower(struct live *l, struct channel *c, const struct follower *as)
{
	struct follower *f = aligned_alloc(_Alignof(struct follower), sizeof *f);

	must(f);
	*f = *as;
	f->live = l;
	f->channel = c;
	f->moved = l->moved;
	f->beat = l->beat - 1; /* a first comment opens the way */
	l->followers += !f->beside;
	return f;
}

struct follower *follower_join(
    struct live *l, str name, const struct follower *as, struct http_feed *feed)
{
	struct follower *f = NULL;

	pthread_mutex_lock(&l->lock);
	struct channel *c = l->followers < l->most ? channel_need(l, name) : NULL;
	if (c) {
		f = new_follower(l, c, as);
		if (!feed)
			feed = http_feed_new(&(struct http_source){
			    .ctx = f, .read = follower_read, .gone = follower_gone});
		http_crowd_join(c->followers, &f->place, feed);
	}
	pthread_mutex_unlock(&l->lock);
	return f;
}

struct http_feed *live_follow(struct live *l, str name)
{
	struct follower *f = follower_join(l, name, &(struct follower){0}, NULL);
	return f ? f->place.feed : NULL;
}

struct http_feed *live_follow_lines(struct live *l, str name, int64_t after, unsigned how)
{
	struct follower as = {.lines = true, .seq = after, .how = (uint8_t)how};
	struct follower *f = follower_join(l, name, &as, NULL);
	return f ? f->place.feed : NULL;
}
