/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/relay.h"

#include "harness/t.h"

#include "base/poison.h"

#define SECRET "north wind and sun"

TEST(what_is_handed_out_has_an_end_and_not_the_secret)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct relay_conf conf = {S("turn:turn.example.org,turns:turn.example.org:443"), S(SECRET)};
	str s = json_str(a, relay_servers(a, &conf, 1500000000 * USEC_SECOND));
	/* printf 1500043200 | openssl dgst -sha1 -hmac 'north wind and sun' -binary | base64 */
	CHECK_STR(s,
	    "[{\"urls\":[\"turn:turn.example.org?transport=udp\","
	    "\"turn:turn.example.org?transport=tcp\","
	    "\"turns:turn.example.org:443?transport=tcp\"],"
	    "\"username\":\"1500043200\",\"credential\":\"ovrszZQZ0liMIMMjto6TDzH5WKY=\"}]");
	conf = (struct relay_conf){0};
	CHECK_STR(json_str(a, relay_servers(a, &conf, 0)), "[]");
}

TEST(addresses_and_secrets_that_are_none)
{
	static const struct {
		const char *addresses, *secret, *field;
	} bad[] = {
	    {"", SECRET, "--turn"},
	    {"turn.example.org", SECRET, "--turn"},
	    {"stun:turn.example.org", SECRET, "--turn"},
	    {"turn:", SECRET, "--turn"},
	    {"turn://turn.example.org", SECRET, "--turn"},
	    {"turn:a?transport=udp", SECRET, "--turn"},
	    {"turn:a, turn:b", SECRET, "--turn"},
	    {"turn:a,,turn:b", SECRET, "--turn"},
	    {"turn:a", "", "--turn-secret"},
	    {"turn:a", "too short", "--turn-secret"},
	};
	struct err err = {0};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct relay_conf conf = {str_of(bad[i].addresses), str_of(bad[i].secret)};
		CHECK_EQ(relay_conf_check(&conf, &err), INVALID);
		CHECK_STR(str_of(err.field), bad[i].field);
	}
	struct relay_conf good = {S("turn:192.0.2.1:3478,turns:[2001:db8::1]:443"), S(SECRET)};
	CHECK_EQ(relay_conf_check(&good, &err), OK);
	good = (struct relay_conf){0};
	CHECK_EQ(relay_conf_check(&good, &err), OK);
}
