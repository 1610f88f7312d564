/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Keys of alternatives: equal words, equal key. An alternative to a long stretch is mostly words
 * of the revision, so that its key is a fingerprint put together of those of its pieces (a
 * polynomial modulo 2^61 - 1) at a cost of its edits, not of its length. Two with the same
 * fingerprint are compared; if they differ after all, keys are the words themselves.
 */
#include "text/rolling_inner.h"

#include "base/poison.h"

#define PRIME ((UINT64_C(1) << 61) - 1)
#define POINT UINT64_C(0x0ddc0ffeebadf00d) /* any number below PRIME */

static uint64_t times(uint64_t x, uint64_t y)
{
	unsigned __int128 z = (unsigned __int128)x * y;
	uint64_t r = (uint64_t)(z & PRIME) + (uint64_t)(z >> 61);
	return r >= PRIME ? r - PRIME : r;
}

static uint64_t plus(uint64_t x, uint64_t y)
{
	uint64_t r = x + y;
	return r >= PRIME ? r - PRIME : r;
}

static uint64_t power(size_t n)
{
	uint64_t r = 1, square = POINT;
	for (; n; n >>= 1) {
		if (n & 1)
			r = times(r, square);
		square = times(square, square);
	}
	return r;
}

static uint64_t follow(uint64_t h, str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = plus(times(h, POINT), (unsigned char)s.p[i] + 1U);
	return h;
}

/* Fingerprints of all beginnings of the text that is read. */
static void begin(struct arena *a, struct roll_print *p)
{
	p->head = arena_array(a, uint64_t, p->shown.n + 1);
	for (size_t i = 0; i < p->shown.n; i++)
		p->head[i + 1] = follow(p->head[i], (str){p->shown.p + i, 1});
}

static uint64_t of_piece(const struct roll_print *p, uint64_t h, const struct text_node *n)
{
	if (n->fresh)
		return follow(h, n->text);
	size_t from = (size_t)(n->text.p - p->shown.p), to = from + n->text.n;
	uint64_t up = power(n->text.n);
	uint64_t piece = plus(p->head[to], PRIME - times(p->head[from], up));
	return plus(times(h, up), piece == PRIME ? 0 : piece);
}

str roll_print_key(struct arena *a, struct roll_print *p, const struct text_nodes *n)
{
	uint64_t h[2] = {0};
	if (!p->head)
		begin(a, p);
	for (size_t i = 0; i < n->n; i++) {
		h[1] += n->p[i].text.n;
		if (n->p[i].kind == TEXT_NODE_TEXT) {
			h[0] = of_piece(p, h[0], &n->p[i]);
			continue;
		}
		/* No byte of valid text. */
		h[0] = follow(follow(h[0], S("\xff")), n->p[i].id);
	}
	return arena_str(a, str_from(h, sizeof h));
}

static size_t put_key(char *key, size_t size, size_t at, str s)
{
	mem_copy(key + at, size - at, s.p, s.n);
	return at + s.n;
}

str roll_words_key(struct arena *a, const struct text_nodes *n)
{
	size_t size = 0, at = 0;
	for (size_t i = 0; i < n->n; i++)
		size += n->p[i].text.n + n->p[i].id.n + 2;
	char *key = arena_push(a, size + 1);
	for (size_t i = 0; i < n->n; i++) {
		at = put_key(key, size, at, n->p[i].text);
		if (n->p[i].kind != TEXT_NODE_SPLIT)
			continue;
		at = put_key(key, size, at, S("\xfe"));
		at = put_key(key, size, at, n->p[i].id);
		at = put_key(key, size, at, S("\xff"));
	}
	return (str){key, at};
}

/* A place in the words of an alternative. */
struct cursor {
	const struct text_nodes *n;
	size_t node, at;
};

/* What is left of the node; false at the end. */
static bool rest(struct cursor *c, str *s)
{
	while (c->node < c->n->n && c->n->p[c->node].kind == TEXT_NODE_TEXT &&
	       c->at == c->n->p[c->node].text.n) {
		c->node++;
		c->at = 0;
	}
	if (c->node == c->n->n)
		return false;
	*s = str_skip(c->n->p[c->node].text, c->at);
	return true;
}

/* Both stand at a split of the same paragraph: past it. */
static bool pass_split(struct cursor *x, struct cursor *y)
{
	const struct text_node *a = &x->n->p[x->node], *b = &y->n->p[y->node];
	if (a->kind != b->kind || !str_eq(a->id, b->id))
		return false;
	x->node++;
	y->node++;
	return true;
}

bool roll_same_words(const struct text_nodes *x, const struct text_nodes *y)
{
	struct cursor c = {.n = x}, d = {.n = y};
	str s, t;
	for (;;) {
		bool more = rest(&c, &s);
		if (more != rest(&d, &t))
			return false;
		if (!more)
			return true;
		if (x->p[c.node].kind == TEXT_NODE_SPLIT || y->p[d.node].kind == TEXT_NODE_SPLIT) {
			if (!pass_split(&c, &d))
				return false;
			continue;
		}
		size_t n = s.n < t.n ? s.n : t.n;
		/* Words of the revision are the same bytes. */
		if (s.p != t.p && memcmp(s.p, t.p, n) != 0)
			return false;
		c.at += n;
		d.at += n;
	}
}
