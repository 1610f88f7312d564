/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake_prose.h"

#include "base/must.h"

#include "base/poison.h"

void prose_init(struct prose *w, struct arena *a, struct buf *reply)
{
	*w = (struct prose){.arena = a, .reply = reply};
	for (int i = 0; i < PROSE_NEST; i++)
		w->open[i].text = buf_in(a, REPLY_MAX);
}

struct prose_frame *prose_push(struct prose *w, int act)
{
	must(w->depth < XML_DEPTH_MAX);
	bool dropped = w->frame[w->depth].dropped;
	w->depth++;
	w->frame[w->depth] = (struct prose_frame){.act = act, .dropped = dropped};
	return &w->frame[w->depth];
}

struct prose_frame prose_pop(struct prose *w)
{
	must(w->depth > 0);
	return w->frame[w->depth--];
}

struct prose_frame *prose_above(struct prose *w, int up)
{
	return &w->frame[w->depth > up ? w->depth - up : 0];
}

static int innermost(const struct prose *w)
{
	return w->nested > PROSE_NEST ? PROSE_NEST - 1 : w->nested - 1;
}

void prose_begin(struct prose *w, int level)
{
	w->nested++;
	if (w->nested > PROSE_NEST)
		return;
	int i = innermost(w);
	if (!w->open[i].merged) {
		buf_clear(&w->open[i].text);
		w->open[i].level = level;
		w->open[i].fresh = false;
	}
	w->open[i].merged = false;
}

void prose_end(struct prose *w)
{
	int i = innermost(w);
	w->nested--;
	if (w->nested >= PROSE_NEST || w->open[i].merged)
		return;
	reply_paragraph(w->reply, w->open[i].level, buf_str(&w->open[i].text));
}

void prose_flush(struct prose *w)
{
	for (int i = w->nested; i < PROSE_NEST; i++) {
		if (!w->open[i].merged)
			continue;
		reply_paragraph(w->reply, w->open[i].level, buf_str(&w->open[i].text));
		w->open[i].merged = false;
	}
}

static struct buf *target(struct prose *w)
{
	if (w->nested == 0 || w->frame[w->depth].dropped)
		return NULL;
	return &w->open[innermost(w)].text;
}

/* A paragraph longer than a whole reply may be: the reply has failed with it. */
static void check(struct prose *w, const struct buf *b)
{
	if (!buf_ok(b))
		w->reply->failed = true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void prose_put(struct prose *w, str s)
{
	struct buf *b = target(w);
	if (!b)
		return;
	bool *fresh = &w->open[innermost(w)].fresh;
	while (*fresh && s.n > 0 && is_space(s.p[0]))
		s = str_skip(s, 1);
	if (s.n > 0)
		*fresh = false;
	buf_put(b, s);
	check(w, b);
}

void prose_label(struct prose *w, size_t number)
{
	if (!target(w))
		return;
	prose_put(w, arena_printf(w->arena, "[%zu] ", number));
	w->open[innermost(w)].fresh = true;
}

void prose_put_collapsed(struct prose *w, str s)
{
	struct buf *b = target(w);
	if (!b)
		return;
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		while (i < s.n && !is_space(s.p[i]))
			i++;
		buf_put(b, str_from(s.p + from, i - from));
		if (i == s.n)
			break;
		while (i < s.n && is_space(s.p[i]))
			i++;
		if (b->n > 0 && !is_space(b->p[b->n - 1]))
			buf_putc(b, ' ');
	}
	check(w, b);
}

void prose_level(struct prose *w, int level)
{
	if (w->nested > 0)
		w->open[innermost(w)].level = level;
}

void prose_merge(struct prose *w)
{
	if (w->nested > 0 && w->nested <= PROSE_NEST)
		w->open[innermost(w)].merged = true;
}
