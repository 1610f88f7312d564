/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/live_channel.h"

#include <stdlib.h>

#include "base/must.h"
#include "engine/live_lines.h"
#include "base/poison.h"

#define CHANNELS 1024

static struct channel **bucket_of(struct live *l, str name)
{
	uint32_t h = 2166136261u; /* FNV-1a: only who passed the room's check comes here */
	for (size_t i = 0; i < name.n; i++)
		h = (h ^ (unsigned char)name.p[i]) * 16777619u;
	return &l->bucket[h % LIVE_BUCKETS];
}

struct channel *channel_find(struct live *l, str name)
{
	struct channel *c = *bucket_of(l, name);
	while (c && !str_eq(str_from(c->name, c->name_n), name))
		c = c->next;
	return c;
}

void channel_drop(struct live *l, struct channel **at)
{
	struct channel *c = *at;
	*at = c->next;
	l->channels--;
	l->due -= c->due;
	free(c->name);
	free(c->event);
	free(c->missed);
	free(c->step);
	live_lines_free(c->lines);
	http_crowd_free(c->followers);
	free(c);
}

/* Room for one more: the one that nobody looks at and that changed longest ago goes. */
static bool make_room(struct live *l)
{
	struct channel **oldest = NULL;
	if (l->channels < CHANNELS)
		return true;
	for (size_t i = 0; i < LIVE_BUCKETS; i++)
		for (struct channel **at = &l->bucket[i]; *at; at = &(*at)->next)
			if (http_crowd_is_empty((*at)->followers) &&
			    (!oldest || (*at)->changed < (*oldest)->changed))
				oldest = at;
	if (oldest)
		channel_drop(l, oldest);
	return oldest != NULL;
}

struct channel *channel_need(struct live *l, str name)
{
	struct channel *c = channel_find(l, name);
	if (c || !make_room(l))
		return c;
	struct channel **at = bucket_of(l, name);
	c = calloc(1, sizeof *c);
	must(c);
	c->name = live_copy(name);
	c->name_n = name.n;
	c->followers = http_crowd_new(&l->lock);
	c->changed = clock_monotonic();
	c->next = *at;
	*at = c;
	l->channels++;
	return c;
}

void channel_wake_all(struct live *l)
{
	for (size_t i = 0; i < LIVE_BUCKETS; i++)
		for (struct channel *c = l->bucket[i]; c; c = c->next)
			http_crowd_wake(c->followers);
}

void channel_set_due(struct live *l, struct channel *c)
{
	if (c->due)
		return;
	c->due = true;
	if (l->due++ == 0)
		pthread_cond_signal(&l->stop);
}
