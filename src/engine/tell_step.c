/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/tell_step.h"

#include "base/json.h"
#include "base/vec.h"

#include "base/poison.h"

/* Markup as its values and what stands between them. */
struct markup {
	VEC(str) values;
	str frame;
	bool odd; /* it holds what is not read here */
};

/* --- reading --- */

/* A value as it was before it was escaped; false: with something that templates do not write. */
static bool plain(struct arena *a, str s, str *out)
{
	static const struct {
		const char *name, *text;
	} known[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""},
	    {"&#34;", "\""}, {"&#39;", "'"}};
	struct buf b = buf_in(a, 0);

	while (s.n) {
		size_t i = 0, at = str_find_char(s, '&');
		buf_put(&b, str_head(s, at < s.n ? at : s.n));
		s = str_skip(s, at < s.n ? at : s.n);
		if (!s.n)
			break;
		while (i < sizeof known / sizeof known[0] && !str_starts(s, str_of(known[i].name)))
			i++;
		if (i == sizeof known / sizeof known[0])
			return false;
		buf_put(&b, str_of(known[i].text));
		s = str_skip(s, strlen(known[i].name));
	}
	*out = buf_str(&b);
	return true;
}

static void add_value(struct arena *a, struct markup *m, str s)
{
	str value = STR_EMPTY;
	m->odd |= !plain(a, s, &value);
	*vec_push(a, &m->values) = value;
}

/* What has no end: nothing stands in it. None of the pieces has one. */
static bool is_void(str tag)
{
	static const char *const names[] = {"br", "hr", "img", "input", "wbr", "!"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_starts(tag, str_of(names[i])))
			return true;
	return false;
}

/* The inside of <...>: the values of its attributes, and the rest into the frame. */
static void read_tag(struct arena *a, struct markup *m, struct buf *frame, str tag)
{
	size_t quote;
	m->odd |= is_void(tag);
	while ((quote = str_find_char(tag, '"')) < tag.n) {
		buf_put(frame, str_head(tag, quote));
		tag = str_skip(tag, quote + 1);
		quote = str_find_char(tag, '"');
		if (quote >= tag.n) {
			m->odd = true;
			return;
		}
		add_value(a, m, str_head(tag, quote));
		tag = str_skip(tag, quote + 1);
	}
	buf_put(frame, tag);
	buf_putc(frame, '>');
}

/* Where the tag ends; quoted values may hold anything. */
static size_t tag_end(str s)
{
	bool quoted = false;
	size_t i = 0;
	for (; i < s.n && (quoted || s.p[i] != '>'); i++)
		quoted ^= s.p[i] == '"';
	return i;
}

static struct markup read_markup(struct arena *a, str s)
{
	struct markup m = {0};
	struct buf frame = buf_in(a, 0);

	s = str_trim(s);
	while (s.n && !m.odd) {
		size_t end = tag_end(s);
		if (s.p[0] != '<' || end >= s.n) {
			m.odd = true;
			break;
		}
		read_tag(a, &m, &frame, str_skip(str_head(s, end), 1));
		s = str_skip(s, end + 1);
		if (!s.n)
			break;
		size_t next = str_find_char(s, '<');
		add_value(a, &m, str_head(s, next < s.n ? next : s.n));
		s = str_skip(s, next < s.n ? next : s.n);
	}
	m.frame = buf_str(&frame);
	return m;
}

/* --- writing --- */

/*
 * The values of now that differ from those of the base; NULL: their tags do. of: the key of the
 * base, if it is another piece than `key`; that its id is its own need not be said.
 */
static struct json *differing(
    struct arena *a, const struct markup *base, const struct markup *now, str key, str of)
{
	if (base->odd || now->odd || !str_eq(base->frame, now->frame))
		return NULL;
	struct json *v = json_new_array(a);
	if (of.n)
		json_add(v, json_of_str(a, of));
	for (size_t i = 0; i < now->values.n; i++) {
		bool own = of.n && i == 0 && str_eq(now->values.p[i], key);
		if (own || str_eq(base->values.p[i], now->values.p[i]))
			continue;
		json_add(v, json_of_i64(a, (int64_t)i));
		json_add(v, json_of_str(a, now->values.p[i]));
	}
	return v;
}

static str kind(str key)
{
	size_t at = str_find_char(key, '-');
	return str_head(key, at < key.n ? at : key.n);
}

static struct json *shorter(struct arena *a, struct json *x, struct json *y)
{
	return !y || json_str(a, x).n <= json_str(a, y).n ? x : y;
}

/* As few bytes as may be: what changed in it, or of another of its kind, or the whole. */
static struct json *piece(
    struct arena *a, const struct step_slot *x, const struct step_slot *v, size_t n)
{
	struct markup now = read_markup(a, x->now);
	struct json *best = json_of_str(a, x->now);

	if (x->before.p) {
		struct markup base = read_markup(a, x->before);
		return shorter(a, best, differing(a, &base, &now, x->key, STR_EMPTY));
	}
	for (size_t i = 0; i < n; i++) {
		if (!v[i].key.n || !v[i].before.p || !str_eq(kind(v[i].key), kind(x->key)))
			continue;
		struct markup base = read_markup(a, v[i].before);
		best = shorter(a, best, differing(a, &base, &now, x->key, v[i].key));
	}
	return best;
}

typedef VEC(str) keys;

static keys split(struct arena *a, str s)
{
	keys v = {0};
	str one;
	while (str_cut(&s, ' ', &one))
		if (one.n)
			*vec_push(a, &v) = one;
	return v;
}

/* Where, how many go, and which come: what stands before and behind them stays. */
static struct json *order(struct arena *a, const struct step_slot *x)
{
	keys before = split(a, x->before), now = split(a, x->now);
	size_t head = 0, tail = 0;
	struct json *v = json_new_array(a);

	while (head < before.n && head < now.n && str_eq(before.p[head], now.p[head]))
		head++;
	while (tail < before.n - head && tail < now.n - head &&
	       str_eq(before.p[before.n - 1 - tail], now.p[now.n - 1 - tail]))
		tail++;
	json_add(v, json_of_i64(a, (int64_t)head));
	json_add(v, json_of_i64(a, (int64_t)(before.n - head - tail)));
	for (size_t i = head; i < now.n - tail; i++)
		json_add(v, json_of_str(a, now.p[i]));
	return v;
}

str tell_step(struct arena *a, int64_t from, const struct step_slot *v, size_t n)
{
	struct json *step = json_new_array(a), *orders = json_new_object(a),
	            *pieces = json_new_object(a);

	for (size_t i = 0; i < n; i++) {
		const struct step_slot *x = &v[i];
		if (!x->now.p || (x->before.p && str_eq(x->before, x->now)))
			continue;
		if (x->key.n)
			json_put(pieces, x->key, piece(a, x, v, n));
		else
			json_put(orders, x->part, order(a, x));
	}
	json_add(step, json_of_i64(a, from));
	json_add(step, orders);
	json_add(step, pieces);
	return json_str(a, step);
}
