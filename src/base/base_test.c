/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/err.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/when.h"
#include "t.h"

#include "base/poison.h"

TEST(str_numbers)
{
	int64_t v;
	CHECK(str_to_i64(S("-9223372036854775808"), &v) && v == INT64_MIN);
	CHECK(str_to_i64(S("9223372036854775807"), &v) && v == INT64_MAX);
	CHECK(!str_to_i64(S("9223372036854775808"), &v));
	CHECK(!str_to_i64(S(""), &v) && !str_to_i64(S("-"), &v) && !str_to_i64(S("1 "), &v));
}

TEST(str_cut_pieces)
{
	str rest = S("a,,b,"), piece;
	int n = 0;
	while (str_cut(&rest, ',', &piece))
		n++;
	CHECK_EQ(n, 4);
}

TEST(arena_limit_is_remembered)
{
	AUTO_ARENA struct arena *a = arena_new(1000);
	CHECK(!arena_spent(a));
	char *p = arena_push(a, 100000);
	p[99999] = 1;
	CHECK(arena_spent(a));
	arena_reset(a);
	CHECK(!arena_spent(a));
}

TEST(arena_reserves)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	char *p = arena_push(a, 10);
	arena_reserve(a, 3000000);
	size_t held = arena_held(a);
	CHECK_EQ(arena_used(a), 16);
	char *q = arena_push(a, 3000000);
	CHECK(q[0] == 0 && q[2999999] == 0 && p[9] == 0);
	CHECK_EQ(arena_held(a), held);
}

TEST(arena_grows_in_place_when_it_can)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	char *p = arena_push(a, 10), *q = arena_grow(a, NULL, 0, 5);
	memset(p, 'p', 10);
	memset(q, 'q', 5);
	char *longer = arena_grow(a, q, 5, 3000);
	CHECK(longer == q && q[4] == 'q' && q[5] == 0 && q[2999] == 0);
	char *copy = arena_grow(a, p, 10, 40); /* q stands behind it */
	CHECK(copy != p && copy[9] == 'p' && copy[10] == 0 && copy[39] == 0);
	char *far = arena_grow(a, copy, 40, (size_t)1 << 20); /* more than the chunk has */
	CHECK(far != copy && far[9] == 'p' && far[1 << 19] == 0);
	CHECK_EQ(q[4], 'q');
}

/* Eight bytes are looked at together where they can be: each place of each kind of byte. */
TEST(utf8_text_at_every_place)
{
	char z[40];
	static const unsigned char bad[] = {0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xFF};
	for (size_t n = 0; n < sizeof z; n++)
		for (size_t i = 0; i < n; i++) {
			memset(z, i % 2 ? '~' : ' ', n);
			CHECK(utf8_is_text(str_from(z, n)) && utf8_valid(str_from(z, n)));
			z[i] = '\n';
			CHECK(utf8_is_text(str_from(z, n)));
			for (size_t k = 0; k < sizeof bad; k++) {
				z[i] = (char)bad[k];
				CHECK(!utf8_is_text(str_from(z, n)));
				CHECK_EQ(utf8_good(str_from(z, n)), bad[k] < 0x80 ? n : i);
			}
		}
}

TEST(utf8_boundaries)
{
	CHECK(utf8_valid(S("\xC2\x80 \xED\x9F\xBF \xEE\x80\x80 \xF4\x8F\xBF\xBF")));
	CHECK(!utf8_valid(S("\xC0\x80")) && !utf8_valid(S("\xC1\xBF")));
	CHECK(!utf8_valid(S("\xE0\x9F\xBF")) && !utf8_valid(S("\xED\xA0\x80")));
	CHECK(!utf8_valid(S("\xF4\x90\x80\x80")) && !utf8_valid(S("\xF5\x80\x80\x80")) &&
	      !utf8_valid(S("\xE2\x82")));
	CHECK_EQ(utf8_count(S("a\xC3\xA9\xE4\xB8\xAD")), 3);
	CHECK_EQ(utf8_prefix(S("a\xC3\xA9\xE4\xB8\xAD"), 2), 3);
	CHECK(!utf8_is_text((str){"a\0b", 3}) && utf8_is_text(S("a\tb\n")));
}

TEST(when_round_trip)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand r = {7};
	struct err err;
	for (int i = 0; i < 2000; i++) {
		usec t = ((usec)(t_rand_next(&r) % 8000000000000) - 2000000000000) * 1000, back;
		struct buf b = buf_in(a, 0);
		when_write(&b, t);
		CHECK_EQ(when_parse(buf_str(&b), "t", &back, &err), OK);
		CHECK_EQ(back, t);
	}
	usec t;
	CHECK_EQ(when_parse(S("2018-02-29T00:00:00Z"), "t", &t, &err), INVALID);
	CHECK_EQ(when_parse_local(S("2016-12-07 23:59"), S("Europe/Zurich"), "t", &t, &err), OK);
	struct buf b = buf_in(a, 0);
	when_write(&b, t);
	CHECK_STR(buf_str(&b), "2016-12-07T22:59:00.000Z");
	CHECK_EQ(when_in_zone(t, S("Asia/Tokyo")).hour, 7);
	CHECK_EQ(when_parse_local(S("2016-12-07 23:59"), S("Mars/Base"), "t", &t, &err), INVALID);
	CHECK(!when_zone_known(S("Mars/Base")));
}

TEST(hash_known_answers)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	digest d = sha256(S("abc"));
	buf_put_hex(&b, str_from(d.b, 32));
	CHECK_STR(buf_str(&b), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	str bin;
	CHECK(base64_decode(a, S("AQI="), &bin) && bin.n == 2);
	CHECK(!base64_decode(a, S("AQ\xaf="), &bin)); /* libsodium 1.0.18 reads it as '/' */
	CHECK(!base64_decode(a, S("="), &bin) && !base64_decode(a, S("===="), &bin));
	CHECK(!base64_decode(a, S("AQJ="), &bin)); /* unused bits set: a second spelling */
	CHECK(!base64_decode(a, S("AQI"), &bin) && !base64_decode(a, S("AQI=\n"), &bin));
}

/* RFC 2202, 3: the first two, and a key that is longer than a block. */
TEST(hmac_known_answers)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const struct {
		str key, text;
		const char *hex;
	} known[] = {
	    {S("\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b"),
	        S("Hi There"), "b617318655057264e28bc0b6fb378c8ef146be00"},
	    {S("Jefe"), S("what do ya want for nothing?"),
	        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
	    {STR_EMPTY, STR_EMPTY, "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d"},
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		struct buf b = buf_in(a, 0);
		uint8_t out[HMAC_SHA1_SIZE];
		hmac_sha1(known[i].key, known[i].text, out);
		buf_put_hex(&b, str_from(out, sizeof out));
		CHECK_STR(buf_str(&b), known[i].hex);
	}
}

TEST(id_round_trip)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct rng_seeded seed;
	struct rng r = rng_from_seed(&seed, S("a seed"));
	for (int i = 0; i < 500; i++) {
		actor_id id = actor_new(r), back;
		CHECK(actor_parse(actor_str(a, id), &back) && actor_eq(id, back));
	}
	actor_id id;
	CHECK(actor_parse(S("system"), &id) && actor_eq(id, ACTOR_SYSTEM));
	CHECK(!actor_parse(S("m_00000000000000000000000000"), &id));
	CHECK(!actor_parse(S("m_0000000000000000000000000Z"), &id));
	CHECK_EQ(id_key(a, r, 0).n, 36);
}

TEST(json_one_spelling)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct json *v;
	struct err err;
	str in = S("{\"b\":[1,-2,true,null],\"a\":\"x\\n\\\"\\u0001\xC3\xA9\",\"o\":{}}");
	CHECK_EQ(json_parse(a, in, "body", &v, &err), OK);
	CHECK_STREQ(json_str(a, v), in);
	CHECK_EQ(json_parse(a, S("{\"a\":1,\"a\":2}"), "body", &v, &err), INVALID);
	CHECK_EQ(json_parse(a, S("{\"a\":1.5}"), "body", &v, &err), INVALID);
	CHECK_EQ(json_parse(a, S("[\"\\u0000\"]"), "body", &v, &err), INVALID);
	CHECK_EQ(json_parse(a, S("{"), "body", &v, &err), INVALID);
	CHECK(str_is(str_of(err.field), "body"));
}

TEST(map_many)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct map m = map_in(a);
	for (int i = 0; i < 5000; i++) {
		int *v = arena_new_of(a, int);
		*v = i;
		map_put(&m, arena_printf(a, "key %d", i), v);
	}
	CHECK_EQ(m.n, 5000);
	for (int i = 0; i < 5000; i++)
		CHECK_EQ(*(int *)map_get(&m, arena_printf(a, "key %d", i)), i);
	CHECK(!map_get(&m, S("key 5000")));
}

TEST(err_message_with_arguments)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err e;
	CHECK_EQ(ERR(&e, REFUSED, "seat", "All {0} seats of {1} are filled.", S("22"), S("States")),
	    REFUSED);
	CHECK_STREQ(err_text(&e, a), S("All 22 seats of States are filled."));
	CHECK_EQ(e.says, 0);
	CHECK_EQ(ERR(NULL, BUSY, NULL, "Later."), BUSY);
	CHECK_EQ(err_says(&e, 1, ERR(&e, REFUSED, NULL, "{0}: {1}", S("a"), S("No."))), REFUSED);
	CHECK_EQ(e.says, 2);
	CHECK_EQ(err_says(NULL, 1, BUSY), BUSY);
	VEC(int) v = {0};
	for (int i = 0; i < 100; i++)
		*vec_push(a, &v) = i;
	CHECK(v.n == 100 && v.p[99] == 99);
}
