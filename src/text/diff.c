/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Eugene W. Myers, An O(ND) Difference Algorithm and Its Variations (1986), in linear space: from
 * both ends of a box at once until the ways meet, then the same in the two boxes beside the
 * meeting place. What is common at both ends, and what the other side does not have at all, is
 * set aside first: neither changes how short the shortest way is.
 */
#include "text/diff.h"

#include "base/poison.h"

/*
 * Steps that may be spent on exact answers, about 2 ns each; behind that a search gives up after
 * some edits from either end and goes on from the place that it has reached: after as many as
 * keep the whole within another EFFORT, but within these bounds.
 */
#define EFFORT      40000000
#define HASTE_MOST  256
#define HASTE_LEAST 16
/* Below so many tokens it does not pay to look for those that the other side does not have. */
#define FEW 32

struct side {
	const uint32_t *id; /* those that the search is about */
	const uint32_t *at; /* where they stand in the whole; NULL: where they stand here */
	bool *changed;      /* of the whole */
	size_t n;
};

struct search {
	struct side x, y;
	int32_t *ahead, *back; /* how far each diagonal has come; index 0 is the middle */
	size_t effort;         /* left */
	int32_t haste;         /* edits from either end, when no effort is left */
};

struct box {
	int32_t x, x_to, y, y_to;
};

struct meeting {
	int32_t x, y;
};

static void mark(struct side *s, int32_t from, int32_t to)
{
	for (int32_t i = from; i < to; i++)
		s->changed[s->at ? s->at[i] : (uint32_t)i] = true;
}

/* The reach of the diagonals of one direction: those from lo to hi, every second one. */
struct front {
	int32_t *reach;
	int32_t middle, lo, hi;
	int32_t least, most; /* diagonals of the box */
};

/* One more edit: the front grows on both sides as long as the box goes so far. */
static void widen(struct front *f, int32_t never)
{
	if (f->lo > f->least)
		f->reach[--f->lo - 1] = never;
	else
		f->lo++;
	if (f->hi < f->most)
		f->reach[++f->hi + 1] = never;
	else
		f->hi--;
}

static bool step_ahead(const struct search *s, struct box b, struct front *f, const struct front *r,
    bool odd, struct meeting *m)
{
	widen(f, -1);
	for (int32_t k = f->hi; k >= f->lo; k -= 2) {
		int32_t below = f->reach[k - 1];
		int32_t above = f->reach[k + 1];
		int32_t x = below >= above ? below + 1 : above;
		int32_t y = x - k;
		while (x < b.x_to && y < b.y_to && s->x.id[x] == s->y.id[y])
			x++, y++;
		f->reach[k] = x;
		if (odd && r->lo <= k && k <= r->hi && r->reach[k] <= x) {
			*m = (struct meeting){x, y};
			return true;
		}
	}
	return false;
}

static bool step_back(const struct search *s, struct box b, struct front *f, const struct front *a,
    bool odd, struct meeting *m)
{
	widen(f, INT32_MAX);
	for (int32_t k = f->hi; k >= f->lo; k -= 2) {
		int32_t below = f->reach[k - 1];
		int32_t above = f->reach[k + 1];
		int32_t x = below < above ? below : above - 1;
		int32_t y = x - k;
		while (x > b.x && y > b.y && s->x.id[x - 1] == s->y.id[y - 1])
			x--, y--;
		f->reach[k] = x;
		if (!odd && a->lo <= k && k <= a->hi && x <= a->reach[k]) {
			*m = (struct meeting){x, y};
			return true;
		}
	}
	return false;
}

/* The place that is furthest from its corner, of both directions. */
static struct meeting furthest(struct box b, const struct front *ahead, const struct front *back)
{
	int64_t best_ahead = -1;
	int64_t best_back = -1;
	struct meeting from_start = {b.x, b.y};
	struct meeting from_end = {b.x_to, b.y_to};
	for (int32_t k = ahead->lo; k <= ahead->hi; k += 2) {
		int32_t x = ahead->reach[k] < b.x_to ? ahead->reach[k] : b.x_to;
		int32_t y = x - k;
		if (y > b.y_to)
			x = b.y_to + k, y = b.y_to;
		if ((int64_t)x + y > best_ahead) {
			best_ahead = (int64_t)x + y;
			from_start = (struct meeting){x, y};
		}
	}
	for (int32_t k = back->lo; k <= back->hi; k += 2) {
		int32_t x = back->reach[k] > b.x ? back->reach[k] : b.x;
		int32_t y = x - k;
		if (y < b.y)
			x = b.y + k, y = b.y;
		if (best_back < 0 || (int64_t)x + y < best_back) {
			best_back = (int64_t)x + y;
			from_end = (struct meeting){x, y};
		}
	}
	int64_t gone = best_ahead - b.x - b.y;
	int64_t come = (int64_t)b.x_to + b.y_to - best_back;
	return gone >= come ? from_start : from_end;
}

/* Where to cut a box in which both sides have something and the ends differ. */
static struct meeting meet(struct search *s, struct box b)
{
	int32_t least = b.x - b.y_to;
	int32_t most = b.x_to - b.y;
	struct front ahead = {s->ahead, b.x - b.y, b.x - b.y, b.x - b.y, least, most};
	struct front back = {
	    s->back, b.x_to - b.y_to, b.x_to - b.y_to, b.x_to - b.y_to, least, most};
	bool odd = (ahead.middle - back.middle) % 2 != 0;
	struct meeting m;
	ahead.reach[ahead.middle] = b.x;
	back.reach[back.middle] = b.x_to;
	for (int32_t edits = 1;; edits++) {
		if (step_ahead(s, b, &ahead, &back, odd, &m) ||
		    step_back(s, b, &back, &ahead, odd, &m))
			return m;
		size_t cost = 2 * (size_t)edits;
		s->effort -= s->effort < cost ? s->effort : cost;
		if (!s->effort && edits >= s->haste)
			return furthest(b, &ahead, &back);
	}
}

static int64_t size(struct box b)
{
	return (int64_t)b.x_to - b.x + b.y_to - b.y;
}

static void solve(struct search *s, struct box b)
{
	for (;;) {
		while (b.x < b.x_to && b.y < b.y_to && s->x.id[b.x] == s->y.id[b.y])
			b.x++, b.y++;
		while (b.x < b.x_to && b.y < b.y_to && s->x.id[b.x_to - 1] == s->y.id[b.y_to - 1])
			b.x_to--, b.y_to--;
		if (b.x == b.x_to || b.y == b.y_to)
			break;
		struct meeting m = meet(s, b);
		struct box left = {b.x, m.x, b.y, m.y};
		struct box right = {m.x, b.x_to, m.y, b.y_to};
		/* The smaller one by a call, so that calls do not nest deeply. */
		bool left_is_small = size(left) < size(right);
		solve(s, left_is_small ? left : right);
		b = left_is_small ? right : left;
	}
	mark(&s->x, b.x, b.x_to);
	mark(&s->y, b.y, b.y_to);
}

/* --- what the other side does not have -------------------------------------------------------- */

/* A set that may say yes to what it does not hold: such a token is searched for in vain. */
struct crowd {
	uint8_t *bits;
	unsigned shift;
};

static uint32_t place(const struct crowd *c, uint32_t id)
{
	return (id * 0x9E3779B1u) >> c->shift;
}

static struct crowd crowd_of(struct arena *a, const uint32_t *id, size_t n)
{
	struct crowd c = {.shift = 32 - 10};
	while (c.shift > 4 && ((size_t)1 << (32 - c.shift)) < n * 8)
		c.shift--;
	c.bits = arena_push(a, ((size_t)1 << (32 - c.shift)) / 8);
	for (size_t i = 0; i < n; i++) {
		uint32_t at = place(&c, id[i]);
		c.bits[at / 8] |= (uint8_t)(1u << at % 8);
	}
	return c;
}

/* Keeps those that are in c; the others are changed. */
static void sift(struct arena *a, struct side *s, size_t base, const struct crowd *c)
{
	uint32_t *id = arena_array(a, uint32_t, s->n);
	uint32_t *at = arena_array(a, uint32_t, s->n);
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		uint32_t bit = place(c, s->id[i]);
		if (c->bits[bit / 8] & 1u << bit % 8) {
			id[n] = s->id[i];
			at[n++] = (uint32_t)(base + i);
		} else {
			s->changed[base + i] = true;
		}
	}
	*s = (struct side){id, at, s->changed, n};
}

/* x[from, x_to) against y[from, y_to), which differ at both ends. */
static void search(struct arena *a, struct side x, struct side y, size_t from)
{
	struct search s = {.x = x, .y = y, .effort = EFFORT};
	if (x.n > FEW || y.n > FEW) {
		struct crowd in_x = crowd_of(a, x.id, x.n);
		struct crowd in_y = crowd_of(a, y.id, y.n);
		sift(a, &s.x, from, &in_y);
		sift(a, &s.y, from, &in_x);
	} else {
		s.x.changed += from;
		s.y.changed += from;
	}
	size_t reach = s.x.n + s.y.n + 3;
	size_t haste = EFFORT / reach;
	s.haste = haste > HASTE_MOST    ? HASTE_MOST
	          : haste < HASTE_LEAST ? HASTE_LEAST
	                                : (int32_t)haste;
	s.ahead = arena_array(a, int32_t, reach) + s.y.n + 1;
	s.back = arena_array(a, int32_t, reach) + s.y.n + 1;
	solve(&s, (struct box){0, (int32_t)s.x.n, 0, (int32_t)s.y.n});
}

struct text_hunks text_diff(
    struct arena *a, const uint32_t *x, size_t x_n, const uint32_t *y, size_t y_n)
{
	struct text_hunks h = {0};
	size_t from = 0;
	while (from < x_n && from < y_n && x[from] == y[from])
		from++;
	size_t tail = 0;
	while (tail < x_n - from && tail < y_n - from && x[x_n - 1 - tail] == y[y_n - 1 - tail])
		tail++;
	size_t xs = x_n - from - tail;
	size_t ys = y_n - from - tail;
	if (!xs || !ys) {
		if (xs || ys)
			*vec_push(a, &h.list) =
			    (struct text_hunk){from, from + xs, from, from + ys};
		return h;
	}
	struct side sx = {x + from, NULL, arena_array(a, bool, x_n + 1), xs};
	struct side sy = {y + from, NULL, arena_array(a, bool, y_n + 1), ys};
	search(a, sx, sy, from);
	for (size_t i = from, j = from; i < x_n - tail || j < y_n - tail;) {
		struct text_hunk k = {i, i, j, j};
		while (sx.changed[k.a_to])
			k.a_to++;
		while (sy.changed[k.b_to])
			k.b_to++;
		if (k.a_to > i || k.b_to > j)
			*vec_push(a, &h.list) = k;
		i = k.a_to + 1;
		j = k.b_to + 1;
	}
	return h;
}
