/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/entry.h"
#include "record/media.h"
#include "t.h"

#include "base/poison.h"

#define HEAD                                 \
	"comity-entry/v1\n"                  \
	"log wgec.example.org/g/wgec-2016\n" \
	"seq 1284\n"                         \
	"time 2018-01-31T09:12:44.123Z\n"    \
	"prev AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define ACT   "type proposal.amend\nactor system\nkey 0190d3c2-1:a\n"
#define PART  "part text/plain;blocks;lang=fr AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define STATE "state AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

static bool parses(str text)
{
	struct err err;
	struct entry e;
	return entry_parse(text, &e, &err) == OK;
}

TEST(entry_reads_every_field)
{
	struct err err;
	struct entry e;
	str text = S(HEAD ACT "ref 1107\nref 3\n" PART STATE);
	NEED(entry_parse(text, &e, &err) == OK);
	CHECK_STR(e.log, "wgec.example.org/g/wgec-2016");
	CHECK_EQ(e.seq, 1284);
	CHECK_EQ(e.time % USEC_SECOND, 123000);
	CHECK_STR(e.type, "proposal.amend");
	CHECK(actor_eq(e.actor, ACTOR_SYSTEM));
	CHECK_STR(e.key, "0190d3c2-1:a");
	CHECK_EQ(e.refs, 2);
	CHECK_EQ(e.ref[0], 1107);
	CHECK_EQ(e.parts, 1);
	CHECK_STR(e.part[0].media, "text/plain;blocks;lang=fr");
	CHECK(e.has_state);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	entry_write(&b, &e);
	CHECK_STREQ(buf_str(&b), text);
}

TEST(entry_accepts_only_one_spelling)
{
	static const char *const bad[] = {
	    "",
	    HEAD,
	    HEAD ACT "\n",
	    HEAD ACT "ref 1284\n",
	    HEAD ACT "ref 3\nref 3\n",
	    HEAD ACT "ref 03\n",
	    HEAD ACT "ref -3\n",
	    HEAD ACT "ref  3\n",
	    HEAD ACT "ref 3 \n",
	    HEAD ACT "ref 3\r\n",
	    HEAD ACT "ref 3",
	    HEAD ACT PART "ref 3\n",
	    HEAD ACT STATE PART,
	    HEAD ACT STATE STATE,
	    HEAD ACT "part Text/plain AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
	    HEAD ACT "part text/plain AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
	    HEAD ACT "part text/plain AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
	    HEAD ACT "part text/plain\n",
	    HEAD ACT "part text/plain;held;held AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
	    HEAD "type a..b\nactor system\nkey k\n",
	    HEAD "type .a\nactor system\nkey k\n",
	    HEAD "type a.\nactor system\nkey k\n",
	    HEAD "type A\nactor system\nkey k\n",
	    HEAD "type a.b\nactor m_\nkey k\n",
	    HEAD "type a.b\nactor system\nkey k k\n",
	    HEAD "type a.b\nactor system\nkey \n",
	    " " HEAD ACT,
	};
	CHECK(parses(S(HEAD ACT)));
	CHECK(parses(S(HEAD ACT PART PART)));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (parses(str_of(bad[i])))
			t_fail(__FILE__, __LINE__, "accepted number %zu", i);
}

TEST(entry_time_has_milliseconds)
{
	static const char *const bad[] = {"2018-01-31T09:12:44Z", "2018-01-31T09:12:44.1230Z",
	    "2018-02-30T09:12:44.123Z", "2018-01-31 09:12:44.123Z", "2018-01-31T09:12:44.123z"};
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!parses(arena_printf(a,
		    "comity-entry/v1\nlog a.org/site\nseq 0\ntime %s\n"
		    "prev AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" ACT,
		    bad[i])));
}

/* Whatever parses is written back as it was: the property that the fuzzer looks for too. */
TEST(entry_mutated_is_refused_or_identical)
{
	struct t_rand r = {7};
	AUTO_ARENA struct arena *a = arena_new(0);
	int accepted = 0;
	for (int round = 0; round < 100000; round++) {
		arena_reset(a);
		str base = S(HEAD ACT "ref 1107\n" PART STATE);
		char *p = arena_z(a, base);
		for (size_t n = 1 + t_rand_below(&r, 2); n--;)
			p[t_rand_below(&r, base.n)] ^= (char)(1 << t_rand_below(&r, 8));
		struct err err;
		struct entry e;
		str text = str_from(p, base.n);
		if (entry_parse(text, &e, &err) != OK)
			continue;
		accepted++;
		struct buf b = buf_in(a, 0);
		entry_write(&b, &e);
		CHECK_STREQ(buf_str(&b), text);
	}
	CHECK(accepted > 1000);
}

TEST(media_types_have_one_form)
{
	static const char *const good[] = {"text/plain", "text/plain;lang=zh-hans",
	    "application/json;private", "text/plain;blocks;lang=fr;held",
	    "application/vnd.oasis.opendocument.text", "image/svg+xml"};
	static const char *const bad[] = {"", "text", "/plain", "text/", "text/plain;",
	    "text/plain;;a", "text/plain; lang=fr", "text/plain;lang=", "text/plain;=fr",
	    "Text/plain", "a/b/c", "text/plain;lang=fr;lang=en", "text/pl\xc3\xa9", "a/b;c=d=e"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		CHECK(media_ok(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (media_ok(str_of(bad[i])))
			t_fail(__FILE__, __LINE__, "accepted '%s'", bad[i]);
	CHECK_STR(media_value(S("text/plain;held;lang=fr"), "lang"), "fr");
	CHECK(media_is_held(S("text/plain;held;lang=fr")));
	CHECK(!media_is_held(S("text/plain;upheld;lang=held")));
	CHECK(!media_is_private(S("text/private")));
}
