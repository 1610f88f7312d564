/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/live_channel.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/cond.h"
#include "base/json.h"
#include "base/must.h"
#include "engine/live_lines.h"
#include "base/poison.h"

#define BEAT 15           /* seconds; proxies close what is silent for a minute */
#define PACE (500 * 1000) /* microseconds; changed lines of a channel are told so often */
#define CALM USEC_SECOND  /* and to those who asked for few bytes */

/* --- one who looks on ------------------------------------------------------------------------ */

/* It is not the turn of this calm follower yet: the channel wakes it again. */
static bool must_wait(struct follower *f)
{
	struct channel *c = f->channel;
	usec turn = clock_monotonic() / CALM;

	if (!(f->how & LIVE_CALM) || !c->lines || live_lines_id(c->lines) <= f->seq)
		return false;
	if (turn != f->turn) {
		f->turn = turn;
		return false;
	}
	if (!c->due) {
		c->due = true;
		if (f->live->due++ == 0)
			pthread_cond_signal(&f->live->stop);
	}
	return true;
}

/* Lines that the follower missed; borrowed from the channel until the lock is given back. */
static str missed_lines(struct follower *f)
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

/* The text and the word, at p when they fit in n bytes; else they are kept, and go piece by piece.
 */
static size_t say_both(struct follower *f, str text, str word, char *p, size_t n)
{
	size_t all = text.n + word.n;
	if (all > n) {
		f->out = malloc(all);
		must(f->out);
		f->out_n = all;
		f->out_at = 0;
		p = f->out;
	}
	mem_copy(p, all, text.p, text.n);
	mem_copy(p + text.n, all - text.n, word.p, word.n);
	return all > n ? 0 : all;
}

static size_t say_kept(struct follower *f, char *p, size_t n)
{
	size_t some = f->out_n - f->out_at < n ? f->out_n - f->out_at : n;

	mem_copy(p, n, f->out + f->out_at, some);
	f->out_at += some;
	if (f->out_at == f->out_n) {
		free(f->out);
		f->out = NULL;
	}
	return some;
}

static int64_t follower_read(void *ctx, char *p, size_t n)
{
	struct follower *f = ctx;
	size_t some = 0;

	pthread_mutex_lock(&f->live->lock);
	if (!f->out) {
		str text = f->lines ? missed_lines(f) : missed_text(f);
		some = say_both(f, text, next_word(f, text), p, n);
	}
	if (f->out)
		some = say_kept(f, p, n);
	pthread_mutex_unlock(&f->live->lock);
	return (int64_t)some;
}

static void follower_gone(void *ctx)
{
	struct follower *f = ctx;

	pthread_mutex_lock(&f->live->lock);
	*f->prev = f->next;
	if (f->next)
		f->next->prev = f->prev;
	f->live->followers -= !f->beside;
	pthread_mutex_unlock(&f->live->lock);
	free(f->out);
	free(f);
}

/* Takes its place at the channel. Without a feed of another it has one of its own. */
static struct follower *join(struct live *l, str name, const struct follower *as)
{
	struct follower *f = NULL;

	pthread_mutex_lock(&l->lock);
	struct channel *c = l->followers < l->most ? channel_need(l, name) : NULL;
	if (c) {
		f = calloc(1, sizeof *f);
		must(f);
		*f = *as;
		f->live = l;
		f->channel = c;
		f->moved = l->moved;
		f->beat = l->beat - 1; /* a first comment opens the way */
		f->next = c->followers;
		f->prev = &c->followers;
		if (!f->feed)
			f->feed = http_feed_new(&(struct http_source){
			    .ctx = f, .read = follower_read, .gone = follower_gone});
		if (f->next)
			f->next->prev = &f->next;
		c->followers = f;
		l->followers += !f->beside;
	}
	pthread_mutex_unlock(&l->lock);
	return f;
}

struct http_feed *live_follow(struct live *l, str name)
{
	struct follower *f = join(l, name, &(struct follower){0});
	return f ? f->feed : NULL;
}

struct http_feed *live_follow_lines(struct live *l, str name, int64_t after, unsigned how)
{
	struct follower *f =
	    join(l, name, &(struct follower){.lines = true, .seq = after, .how = how});
	return f ? f->feed : NULL;
}

/* --- one who listens to several ------------------------------------------------------------- */

struct live_ear {
	struct follower follower;
};

struct live_ear *live_listen(struct live *l, str name, const struct live_ask *ask)
{
	return (struct live_ear *)join(l, name,
	    &(struct follower){.lines = true,
	        .seq = ask->after,
	        .how = ask->how | LIVE_STILL,
	        .form = ask->form,
	        .beside = ask->beside,
	        .feed = ask->feed});
}

int64_t live_hear(struct live_ear *ear, struct buf *out, bool *beat)
{
	struct follower *f = &ear->follower;

	pthread_mutex_lock(&f->live->lock);
	buf_put(out, missed_lines(f));
	*beat |= f->live->beat != f->beat;
	f->beat = f->live->beat;
	int64_t at = f->seq;
	pthread_mutex_unlock(&f->live->lock);
	return at;
}

void live_leave(struct live_ear *ear)
{
	if (ear)
		follower_gone(&ear->follower);
}

/* --- what is said ------------------------------------------------------------------------------
 */

/* Makes the event of the state, and knows where its data stand. */
static void set_event(struct channel *c, str text)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	struct json *o = json_new_object(a);

	json_put_i64(a, o, S("seq"), c->seq);
	json_put_str(a, o, S("text"), text);
	buf_printf(&b, "id: %lld\ndata: ", (long long)c->seq);
	c->data_at = buf_str(&b).n;
	json_write(&b, o);
	c->data_n = buf_str(&b).n - c->data_at;
	buf_put(&b, S("\n\n"));
	free(c->event);
	c->event = live_copy(buf_str(&b));
	c->event_n = buf_str(&b).n;
	c->changed = clock_monotonic();
}

bool live_put(struct live *l, str name, str text, int64_t *seq)
{
	pthread_mutex_lock(&l->lock);
	struct channel *c = channel_need(l, name);
	bool may = c && (!c->event || c->seq == *seq);
	if (may) {
		c->seq = (c->event ? c->seq : *seq) + 1;
		set_event(c, text);
		channel_wake(c);
	}
	*seq = c ? c->seq : *seq;
	pthread_mutex_unlock(&l->lock);
	return may;
}

str live_json(struct live *l, struct arena *a, str name)
{
	str out = S("{\"seq\":0,\"text\":\"\"}");

	pthread_mutex_lock(&l->lock);
	const struct channel *c = channel_find(l, name);
	if (c && c->event)
		out = arena_str(a, str_from(c->event + c->data_at, c->data_n));
	pthread_mutex_unlock(&l->lock);
	return out;
}

static void wake_channel(struct channel *c)
{
	channel_wake(c);
	c->told = clock_monotonic();
}

/* At once when nothing was said for a while; otherwise together with what comes next. */
static void tell_lines(struct live *l, struct channel *c)
{
	if (c->due || !c->followers)
		return;
	if (clock_monotonic() - c->told >= PACE) {
		wake_channel(c);
		return;
	}
	c->due = true;
	if (l->due++ == 0)
		pthread_cond_signal(&l->stop);
}

static void tell_due(struct live *l)
{
	for (size_t i = 0; l->due && i < LIVE_BUCKETS; i++)
		for (struct channel *c = l->bucket[i]; c; c = c->next)
			if (c->due) {
				c->due = false;
				l->due--;
				wake_channel(c);
			}
}

void live_know(struct live *l, str name, int64_t known)
{
	pthread_mutex_lock(&l->lock);
	struct channel *c = channel_need(l, name);
	if (c && !c->lines)
		c->lines = live_lines_new(known);
	pthread_mutex_unlock(&l->lock);
}

void live_say_step(struct live *l, str name, const struct live_step *step)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);

	if (!step->n)
		return;
	buf_printf(&b, "data:%.*s\n\n", STR(step->json));
	pthread_mutex_lock(&l->lock);
	struct channel *c = channel_need(l, name);
	if (c) {
		if (!c->lines)
			c->lines = live_lines_new(step->v[0].id - 1);
		for (size_t i = 0; i < step->n; i++)
			live_lines_put(c->lines, &step->v[i]);
		free(c->step);
		c->step = live_copy(buf_str(&b));
		c->step_from = step->from;
		c->step_to = step->v[step->n - 1].id;
		c->changed = clock_monotonic();
		tell_lines(l, c);
	}
	pthread_mutex_unlock(&l->lock);
}

void live_say(struct live *l, str name, const struct live_line *line)
{
	pthread_mutex_lock(&l->lock);
	struct channel *c = channel_need(l, name);
	if (c) {
		if (!c->lines)
			c->lines = live_lines_new(line->id - 1);
		live_lines_put(c->lines, line);
		c->changed = clock_monotonic();
		tell_lines(l, c);
	}
	pthread_mutex_unlock(&l->lock);
}

void live_forget(struct live *l, str name, int64_t known)
{
	pthread_mutex_lock(&l->lock);
	struct channel *c = channel_need(l, name);
	if (c) {
		live_lines_free(c->lines);
		c->lines = live_lines_new(known);
		free(c->missed);
		free(c->step);
		c->missed = c->step = NULL;
		tell_lines(l, c);
	}
	pthread_mutex_unlock(&l->lock);
}

bool live_is_followed(struct live *l, str name)
{
	pthread_mutex_lock(&l->lock);
	const struct channel *c = channel_find(l, name);
	bool followed = c && c->followers;
	pthread_mutex_unlock(&l->lock);
	return followed;
}

str live_said(struct live *l, struct arena *a, str name)
{
	str out = S("{\"id\":0,\"lines\":[]}");

	pthread_mutex_lock(&l->lock);
	const struct channel *c = channel_find(l, name);
	if (c && c->lines)
		out = live_lines_json(c->lines, a);
	pthread_mutex_unlock(&l->lock);
	return out;
}

void live_moved(struct live *l)
{
	pthread_mutex_lock(&l->lock);
	l->moved++;
	if (l->followers)
		channel_wake_all(l);
	pthread_mutex_unlock(&l->lock);
}

/* --- its life ------------------------------------------------------------------------------------
 */

/* When a channel that is due is told: not after the turn of those who are calm. */
static usec due_at(usec now, usec next)
{
	usec pace = now + PACE, turn = (now / CALM + 1) * CALM;
	usec first = pace < turn ? pace : turn;
	return first < next ? first : next;
}

static void *beat(void *arg)
{
	struct live *l = arg;

	pthread_mutex_lock(&l->lock);
	usec next = clock_monotonic() + BEAT * USEC_SECOND;
	while (!l->stopping) {
		usec now = clock_monotonic();
		if (now >= next) {
			next = now + BEAT * USEC_SECOND;
			l->beat++;
			channel_wake_all(l);
		}
		bool due = l->due > 0;
		/* Or until something is due, or the end has come. */
		(void)cond_wait_until(&l->stop, &l->lock, due ? due_at(now, next) : next);
		if (due)
			tell_due(l);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

struct live *live_new(size_t followers)
{
	struct live *l = calloc(1, sizeof *l);

	must(l);
	l->most = followers;
	pthread_mutex_init(&l->lock, NULL);
	cond_init(&l->stop);
	must(pthread_create(&l->thread, NULL, beat, l) == 0);
	return l;
}

void live_free(struct live *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	must(l->followers == 0);
	l->stopping = true;
	pthread_cond_signal(&l->stop);
	pthread_mutex_unlock(&l->lock);
	(void)pthread_join(l->thread, NULL);
	for (size_t i = 0; i < LIVE_BUCKETS; i++)
		while (l->bucket[i])
			channel_drop(l, &l->bucket[i]);
	pthread_cond_destroy(&l->stop);
	pthread_mutex_destroy(&l->lock);
	free(l);
}
