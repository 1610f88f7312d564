/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_text.h"

#include "t.h"
#include "base/poison.h"

TEST(percent_is_decoded_once_and_strictly)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str s;

	CHECK(http_percent_decode(a, S("a%20b+c%2525"), false, &s));
	CHECK_STR(s, "a b+c%25");
	CHECK(http_percent_decode(a, S("a+b%2B"), true, &s));
	CHECK_STR(s, "a b+");
	CHECK(http_percent_decode(a, S("%E2%82%ac"), false, &s));
	CHECK_STR(s, "\xe2\x82\xac");
	const char *const bad[] = {
	    "%", "%4", "%4g", "%-1", "%00", "%ff", "%C0%80", "%ed%a0%80", "%1b"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (http_percent_decode(a, str_of(bad[i]), false, &s))
			t_fail(__FILE__, __LINE__, "taken: %s", bad[i]);
}

static size_t segments(struct arena *a, const char *path)
{
	struct http_request q = {.arena = a, .path = str_of(path)};

	return http_parse_path(&q) ? q.segments.n : SIZE_MAX;
}

TEST(path_has_segments)
{
	AUTO_ARENA struct arena *a = arena_new(0);

	CHECK_EQ(segments(a, "/"), 0);
	CHECK_EQ(segments(a, "/a"), 1);
	CHECK_EQ(segments(a, "/a/"), 2);
	CHECK_EQ(segments(a, "//"), 2);
	CHECK_EQ(segments(a, "/a%2fb"), 1);
	CHECK_EQ(segments(a, "/a/..b"), 2);
	CHECK_EQ(segments(a, ""), SIZE_MAX);
	CHECK_EQ(segments(a, "a"), SIZE_MAX);
	CHECK_EQ(segments(a, "/a/../b"), SIZE_MAX);
	CHECK_EQ(segments(a, "/a/%2E./b"), SIZE_MAX);
	CHECK_EQ(
	    segments(a, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/"
	                "27/28/29/30/31/32/33"),
	    SIZE_MAX);
}

TEST(gzip_is_used_only_when_accepted)
{
	const char *const yes[] = {"gzip", "GZIP", "br, gzip", "gzip;q=0.001", "gzip ; q=1"};
	const char *const no[] = {"", "br", "xgzip", "gzip2", "gzip;q=0", "gzip; q=0.00", "*"};

	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (!http_accepts_gzip(str_of(yes[i])))
			t_fail(__FILE__, __LINE__, "no: %s", yes[i]);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (http_accepts_gzip(str_of(no[i])))
			t_fail(__FILE__, __LINE__, "yes: %s", no[i]);
}

TEST(etags_are_compared_whole)
{
	CHECK(http_etag_matches(S("\"ab\""), S("ab")));
	CHECK(http_etag_matches(S("\"x\", W/\"ab-gz\""), S("ab")));
	CHECK(http_etag_matches(S("*"), S("ab")));
	CHECK(!http_etag_matches(S("ab"), S("ab")));
	CHECK(!http_etag_matches(S("\"abc\""), S("ab")));
	CHECK(!http_etag_matches(S("\"a\""), S("ab")));
	CHECK(!http_etag_matches(S("\""), S("ab")));
	CHECK(!http_etag_matches(S("*"), S("")));
}

TEST(parameters_of_a_header)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str v = S("form-data; filename=\"a;name=b\"; NAME=\"c\\\"\\d\" ; x=y; bad=\"z");

	CHECK_STR(http_parameter(a, v, S("name")), "c\"\\d");
	CHECK_STR(http_parameter(a, v, S("filename")), "a;name=b");
	CHECK_STR(http_parameter(a, v, S("x")), "y");
	CHECK(!http_parameter(a, v, S("bad")).p && !http_parameter(a, v, S("none")).p);
	CHECK(http_parameter(a, S("f; name=\"\""), S("name")).p != NULL);
}

TEST(peers_are_logged_without_their_last_part)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	http_peer four = http_peer_parse(S("203.0.113.77"));
	http_peer six = http_peer_parse(S("2001:db8:1:2:3:4:5:6"));

	CHECK_STR(http_peer_text(a, four), "203.0.113.0/24");
	CHECK_STR(http_peer_text(a, six), "2001:db8:1::/48");
	CHECK(http_peer_eq(
	    http_peer_holder(six), http_peer_holder(http_peer_parse(S("2001:db8:1:2:ffff::1")))));
	CHECK(!http_peer_eq(
	    http_peer_holder(four), http_peer_holder(http_peer_parse(S("203.0.113.78")))));
	CHECK(http_peer_is_loopback(http_peer_parse(S("127.9.9.9"))));
	CHECK(http_peer_is_loopback(http_peer_parse(S("::1"))));
	CHECK(!http_peer_is_loopback(http_peer_parse(S("1.2.3.4:80"))));
}
