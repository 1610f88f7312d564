/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/id.h"

#include "base/hash.h"
#include "base/must.h"

#include <sodium.h>

#include "base/poison.h"

static void fill_system(void *ctx, void *p, size_t n)
{
	(void)ctx;
	randombytes_buf(p, n);
}

struct rng rng_system(void)
{
	return (struct rng){fill_system, NULL};
}

static void fill_seeded(void *ctx, void *p, size_t n)
{
	struct rng_seeded *s = ctx;
	uint8_t nonce[crypto_stream_chacha20_NONCEBYTES] = {0};
	for (size_t i = 0; i < sizeof s->block && i < sizeof nonce; i++)
		nonce[i] = (uint8_t)(s->block >> (8 * i));
	s->block++;
	crypto_stream_chacha20(p, n, nonce, s->key);
}

struct rng rng_from_seed(struct rng_seeded *state, str seed)
{
	digest d = sha256(seed);
	*state = (struct rng_seeded){.block = 0};
	memcpy(state->key, d.b, sizeof state->key);
	return (struct rng){fill_seeded, state};
}

void rng_fill(struct rng r, void *p, size_t n)
{
	r.fill(r.ctx, p, n);
}

const actor_id ACTOR_SYSTEM = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0x01}};
const actor_id ACTOR_PUBLIC = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0x02}};

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

actor_id actor_new(struct rng r)
{
	actor_id id;
	do {
		rng_fill(r, id.b, sizeof id.b);
	} while (actor_is_none(id) || actor_eq(id, ACTOR_SYSTEM) || actor_eq(id, ACTOR_PUBLIC));
	return id;
}

bool actor_eq(actor_id a, actor_id b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

bool actor_is_none(actor_id a)
{
	return sodium_is_zero(a.b, sizeof a.b);
}

/* Base32 of n bytes, most significant bits first, the last character padded with zero bits. */
static void put_base32(struct buf *b, const uint8_t *p, size_t n)
{
	uint32_t acc = 0;
	int bits = 0;
	for (size_t i = 0; i < n; i++) {
		acc = (acc << 8 | p[i]) & 0xffff;
		for (bits += 8; bits >= 5; bits -= 5)
			buf_putc(b, crockford[acc >> (bits - 5) & 31]);
	}
	if (bits)
		buf_putc(b, crockford[acc << (5 - bits) & 31]);
}

void actor_write(struct buf *b, actor_id id)
{
	if (actor_eq(id, ACTOR_SYSTEM)) {
		buf_put(b, S("system"));
	} else if (actor_eq(id, ACTOR_PUBLIC)) {
		buf_put(b, S("public"));
	} else {
		buf_put(b, S("m_"));
		put_base32(b, id.b, sizeof id.b);
	}
}

str actor_str(struct arena *a, actor_id id)
{
	struct buf b = buf_in(a, 0);
	actor_write(&b, id);
	return buf_str(&b);
}

bool actor_parse(str s, actor_id *out)
{
	if (str_is(s, "system") || str_is(s, "public")) {
		*out = str_is(s, "system") ? ACTOR_SYSTEM : ACTOR_PUBLIC;
		return true;
	}
	if (s.n != ACTOR_TEXT || !str_starts(s, S("m_")))
		return false;
	uint32_t acc = 0;
	int bits = 0;
	size_t n = 0;
	for (size_t i = 2; i < s.n; i++) {
		const char *at = memchr(crockford, s.p[i], 32);
		if (!at)
			return false;
		acc = (acc << 5 | (uint32_t)(at - crockford)) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			out->b[n++] = (uint8_t)(acc >> bits);
		}
	}
	return (acc & ((1U << bits) - 1)) == 0 && !actor_is_none(*out) &&
	       !actor_eq(*out, ACTOR_SYSTEM) && !actor_eq(*out, ACTOR_PUBLIC);
}

str id_token(struct arena *a, struct rng r, size_t bytes)
{
	uint8_t raw[64];
	must(bytes <= sizeof raw);
	rng_fill(r, raw, bytes);
	struct buf b = buf_in(a, 0);
	buf_put_hex(&b, str_from(raw, bytes));
	return buf_str(&b);
}

str id_key(struct arena *a, struct rng r, int64_t now_usec)
{
	uint8_t u[16];
	uint64_t ms = (uint64_t)(now_usec / 1000);
	rng_fill(r, u, sizeof u);
	for (int i = 0; i < 6; i++)
		u[i] = (uint8_t)(ms >> (40 - 8 * i));
	u[6] = (uint8_t)(0x70 | (u[6] & 0x0f));
	u[8] = (uint8_t)(0x80 | (u[8] & 0x3f));
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < sizeof u; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			buf_putc(&b, '-');
		buf_put_hex(&b, str_from(&u[i], 1));
	}
	return buf_str(&b);
}
