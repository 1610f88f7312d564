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
		http_crowd_wake(c->followers);
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
	http_crowd_wake(c->followers);
	c->told = clock_monotonic();
}

/* At once when nothing was said for a while; otherwise together with what comes next. */
static void tell_lines(struct live *l, struct channel *c)
{
	if (c->due || http_crowd_is_empty(c->followers))
		return;
	if (clock_monotonic() - c->told >= PACE)
		wake_channel(c);
	else
		channel_set_due(l, c);
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
	bool followed = c && !http_crowd_is_empty(c->followers);
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
	channel_wake_all(l);
	pthread_mutex_unlock(&l->lock);
}

/* --- its life ------------------------------------------------------------------------------------
 */

/* When a channel that is due is told: not after the turn of those who are calm. */
static usec due_at(usec now, usec next)
{
	usec pace = now + PACE, turn = (now / LIVE_TURN + 1) * LIVE_TURN;
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
