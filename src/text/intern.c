/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/map.h"
#include "base/must.h"
#include "text/lexer.h"

#include "base/poison.h"

#define FIRST_CAP 1024
/* Bytes that are compared at a time. */
#define STRIDE 32

/* The key is a map's, which asks the system for it; no number depends on it. */
void intern_open(struct intern *in, struct arena *a)
{
	struct map m = map_in(a);
	*in = (struct intern){.arena = a};
	mem_copy(in->key, sizeof in->key, m.seed, sizeof m.seed);
	in->key[1] |= 1;
}

/* Both halves of the product: each bit of the result depends on all of both. */
static uint64_t mix(uint64_t x, uint64_t y)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)x * y;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t eight(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;
	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
	       (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
	       (uint64_t)b[7] << 56;
}

/* Keyed, so that nobody can make many tokens meet in one slot. */
static uint64_t hash_of(const struct intern *in, const char *p, size_t n)
{
	uint64_t h = in->key[0] ^ n;
	for (; n >= 16; p += 16, n -= 16)
		h = mix(h ^ eight(p), in->key[1] ^ eight(p + 8));
	for (; n >= 8; p += 8, n -= 8)
		h = mix(h ^ eight(p), in->key[1]);
	uint64_t rest = 0;
	for (size_t i = 0; i < n; i++)
		rest = rest << 8 | (unsigned char)p[i];
	return mix(h ^ rest, in->key[1] ^ 0x9E3779B97F4A7C15u);
}

static struct intern_slot *find(const struct intern *in, uint64_t hash, const char *p, size_t n)
{
	for (size_t i = hash & (in->cap - 1);; i = (i + 1) & (in->cap - 1)) {
		struct intern_slot *s = &in->slot[i];
		if (!s->p || (s->hash == hash && s->n == n && memcmp(s->p, p, n) == 0))
			return s;
	}
}

static void grow(struct intern *in)
{
	struct intern old = *in;
	in->cap = old.cap ? old.cap * 4 : FIRST_CAP;
	in->slot = arena_array(in->arena, struct intern_slot, in->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slot[i].p)
			*find(in, old.slot[i].hash, old.slot[i].p, old.slot[i].n) = old.slot[i];
}

static uint32_t next_id(struct intern *in, str token)
{
	must(in->last < UINT32_MAX / 4);
	uint32_t id = ++in->last;
	if (in->borrows)
		return id;
	return id << 2 | (text_token_is_space(token)     ? TEXT_SPACE
	                     : text_token_is_sign(token) ? TEXT_SIGN
	                                                 : TEXT_WORD);
}

uint32_t intern_id(struct intern *in, const char *p, size_t n)
{
	if (n == 1 && (unsigned char)*p < 128) {
		uint32_t *id = &in->single[(unsigned char)*p];
		if (!*id)
			*id = next_id(in, str_from(p, n));
		return *id;
	}
	if (!n)
		p = ""; /* a slot with NULL is free */
	if ((in->n + 1) * 4 > in->cap * 3)
		grow(in);
	uint64_t hash = hash_of(in, p, n);
	struct intern_slot *s = find(in, hash, p, n);
	if (!s->p) {
		str token = str_from(p, n);
		if (!in->borrows)
			token = arena_str(in->arena, token);
		*s = (struct intern_slot){hash, token.p, (uint32_t)n, next_id(in, token)};
		in->n++;
	}
	return s->id;
}

size_t lexer_same_head(str x, str y)
{
	size_t least = x.n < y.n ? x.n : y.n;
	size_t n = 0;
	while (least - n >= STRIDE && memcmp(x.p + n, y.p + n, STRIDE) == 0)
		n += STRIDE;
	while (n < least && x.p[n] == y.p[n])
		n++;
	return n;
}

size_t lexer_same_tail(str x, str y)
{
	size_t least = x.n < y.n ? x.n : y.n;
	const char *x_end = x.p + x.n;
	const char *y_end = y.p + y.n;
	size_t n = 0;
	while (least - n >= STRIDE && memcmp(x_end - n - STRIDE, y_end - n - STRIDE, STRIDE) == 0)
		n += STRIDE;
	while (n < least && x_end[-(ptrdiff_t)n - 1] == y_end[-(ptrdiff_t)n - 1])
		n++;
	return n;
}
