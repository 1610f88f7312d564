/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/live_lines.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/must.h"
#include "base/utf8.h"
#include "base/poison.h"

#define PAST  8    /* changes of a line that are remembered */
#define WHOLE (-1) /* nothing of the line stayed */

struct past {
	int64_t id;
	int64_t keep; /* characters at the beginning that this change let stand, or WHOLE */
};

struct line {
	int64_t id, line;
	char *text, *head;
	size_t text_n, head_n;
	bool gone;
	int64_t base; /* who has seen everything up to this change knows the line as it was then */
	struct past past[PAST]; /* the changes after base, oldest first */
	size_t past_n;
};

/* In the order of their last changes. */
struct live_lines {
	struct line *v[LIVE_LINES + 1];
	size_t n, bytes;
	int64_t dropped; /* changes up to this one may be held no more */
	int64_t newest;
};

char *live_copy(str s)
{
	char *p = malloc(s.n + 1);
	must(p);
	mem_copy(p, s.n + 1, s.p, s.n);
	p[s.n] = 0;
	return p;
}

static void free_line(struct line *x)
{
	free(x->text);
	free(x->head);
	free(x);
}

struct live_lines *live_lines_new(int64_t known)
{
	struct live_lines *v = calloc(1, sizeof *v);
	must(v);
	v->dropped = v->newest = known;
	return v;
}

void live_lines_free(struct live_lines *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->n; i++)
		free_line(v->v[i]);
	free(v);
}

int64_t live_lines_id(const struct live_lines *v)
{
	return v->newest;
}

/* Characters that both begin with. */
static int64_t common(str a, str b)
{
	int64_t n = 0;
	size_t i = 0;
	uint32_t cp;
	while (i < a.n && i < b.n) {
		size_t next = i;
		if (!utf8_next(a, &next, &cp) || next > b.n ||
		    memcmp(a.p + i, b.p + i, next - i) != 0)
			break;
		i = next;
		n++;
	}
	return n;
}

static void remember(struct line *x, int64_t id, int64_t keep)
{
	if (x->past_n == PAST) {
		x->base = x->past[0].id;
		x->past_n--;
		for (size_t i = 0; i < x->past_n; i++)
			x->past[i] = x->past[i + 1];
	}
	x->past[x->past_n++] = (struct past){id, keep};
}

static void close_gap(struct live_lines *v, size_t at)
{
	v->n--;
	for (size_t i = at; i < v->n; i++)
		v->v[i] = v->v[i + 1];
}

/* Takes the line out of the order, or makes it. */
static struct line *take_line(struct live_lines *v, const struct live_line *c)
{
	for (size_t i = v->n; i-- > 0;) {
		struct line *x = v->v[i];
		if (x->line != c->line)
			continue;
		close_gap(v, i);
		bool same = !x->gone && !c->gone && str_eq(str_from(x->head, x->head_n), c->head);
		remember(x, c->id, same ? common(str_from(x->text, x->text_n), c->text) : WHOLE);
		v->bytes -= x->text_n + x->head_n;
		free(x->text);
		free(x->head);
		return x;
	}
	struct line *x = calloc(1, sizeof *x);
	must(x);
	x->line = c->line;
	x->base = c->id;
	return x;
}

void live_lines_put(struct live_lines *v, const struct live_line *c)
{
	if (c->id <= v->newest)
		return;
	struct line *x = take_line(v, c);
	x->id = v->newest = c->id;
	x->gone = c->gone;
	x->text = live_copy(c->text);
	x->text_n = c->text.n;
	x->head = live_copy(c->head);
	x->head_n = c->head.n;
	v->bytes += x->text_n + x->head_n;
	v->v[v->n++] = x;
	while (v->n > LIVE_LINES || (v->n > 1 && v->bytes > LIVE_LINES_BYTES)) {
		struct line *oldest = v->v[0];
		v->dropped = oldest->id;
		v->bytes -= oldest->text_n + oldest->head_n;
		free_line(oldest);
		close_gap(v, 0);
	}
}

/* How much of the line a reader at that change has already; WHOLE: nothing. */
static int64_t kept(const struct line *x, int64_t at)
{
	int64_t keep = INT64_MAX;
	if (at < x->base)
		return WHOLE;
	for (size_t i = 0; i < x->past_n; i++)
		if (x->past[i].id > at && x->past[i].keep < keep)
			keep = x->past[i].keep;
	return keep > 0 ? keep : WHOLE;
}

static void write_whole(struct buf *out, struct arena *a, const struct line *x)
{
	if (x->gone) {
		buf_printf(out, "{\"n\":%lld,\"gone\":true}", (long long)x->line);
		return;
	}
	buf_printf(out, "{\"n\":%lld,\"k\":0,\"t\":", (long long)x->line);
	json_write(out, json_of_str(a, str_from(x->text, x->text_n)));
	if (x->head_n)
		buf_putc(out, ',');
	buf_put(out, str_from(x->head, x->head_n));
	buf_putc(out, '}');
}

static str rest_of(const struct line *x, int64_t keep)
{
	str text = str_from(x->text, x->text_n);
	return str_skip(text, utf8_prefix(text, (size_t)keep));
}

static void write_rest(struct buf *out, struct arena *a, const struct line *x, int64_t keep)
{
	buf_printf(out, "{\"n\":%lld,\"k\":%lld,\"t\":", (long long)x->line, (long long)keep);
	json_write(out, json_of_str(a, rest_of(x, keep)));
	buf_putc(out, '}');
}

static str speaker_of(const struct line *x, struct arena *a)
{
	struct json *head;
	struct err ignored;
	str all = arena_printf(a, "{%.*s}", STR(str_from(x->head, x->head_n)));
	return json_parse(a, all, "head", &head, &ignored) == OK ? json_get_str(head, S("s"))
	                                                         : STR_EMPTY;
}

static void write_brief(struct buf *out, struct arena *a, const struct line *x, int64_t keep)
{
	struct json *v = json_new_array(a);
	str speaker = keep == WHOLE ? speaker_of(x, a) : STR_EMPTY;
	json_add(v, json_of_i64(a, x->line));
	if (!x->gone) {
		json_add(v, json_of_i64(a, keep == WHOLE ? 0 : keep));
		json_add(v, json_of_str(a, rest_of(x, keep == WHOLE ? 0 : keep)));
	}
	if (!x->gone && speaker.n)
		json_add(v, json_of_str(a, speaker));
	json_write(out, v);
}

void live_lines_write(const struct live_lines *v, enum live_form form, int64_t *at, struct buf *out)
{
	if (*at >= 0 && *at < v->dropped) {
		buf_put(out, S("event:reset\n"));
		if (form == LIVE_FULL)
			buf_printf(out, "id:%lld\n", (long long)v->newest);
		buf_put(out, S("data:{}\n\n"));
		*at = v->newest;
		return;
	}
	size_t i = v->n;
	while (i > 0 && v->v[i - 1]->id > *at)
		i--;
	for (; i < v->n; i++) {
		const struct line *x = v->v[i];
		int64_t keep = kept(x, *at);
		if (form == LIVE_FULL)
			buf_printf(out, "id:%lld\n", (long long)x->id);
		buf_put(out, S("data:"));
		if (form == LIVE_BRIEF)
			write_brief(out, out->arena, x, keep);
		else if (keep == WHOLE)
			write_whole(out, out->arena, x);
		else
			write_rest(out, out->arena, x, keep);
		buf_put(out, S("\n\n"));
	}
	if (v->newest > *at)
		*at = v->newest;
}

void live_lines_since(const struct live_lines *v, int64_t *at, struct buf *out)
{
	live_lines_write(v, LIVE_FULL, at, out);
}

static int by_number(const void *a, const void *b)
{
	const struct line *const *x = a, *const *y = b;
	return ((*x)->line > (*y)->line) - ((*x)->line < (*y)->line);
}

str live_lines_json(const struct live_lines *v, struct arena *a)
{
	struct buf b = buf_in(a, 0);
	const struct line **all = arena_array(a, const struct line *, v->n + 1);
	bool first = true;
	for (size_t i = 0; i < v->n; i++)
		all[i] = v->v[i];
	qsort(all, v->n, sizeof all[0], by_number);
	buf_printf(&b, "{\"id\":%lld,\"lines\":[", (long long)v->newest);
	for (size_t i = 0; i < v->n; i++) {
		if (all[i]->gone)
			continue;
		if (!first)
			buf_putc(&b, ',');
		first = false;
		write_whole(&b, a, all[i]);
	}
	buf_put(&b, S("]}"));
	return buf_str(&b);
}
