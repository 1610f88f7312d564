/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Live captions as people see them: a connection is made, a captioner writes, the rest reads. */
#include "base/json.h"
#include "rooms/rooms_list.h"
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define CAPTIONS "/g/wgec/meetings/6/captions"

struct sitting {
	struct site site;
	struct visitor secretariat, chair, delegate, anyone;
};

static void begin(struct sitting *s)
{
	s->site = site_start("examples/wgec");
	s->secretariat = visitor_enter(&s->site, "Secretariat");
	s->chair = visitor_enter(&s->site, "Chair");
	s->delegate = visitor_enter(&s->site, "Delegate");
	s->anyone = visitor_enter(&s->site, "");
	CHECK_EQ(SEND(&s->secretariat, "/g/wgec/do/meeting.announce", {"title", S("Sixth meeting")},
	             {"place", S("Geneva")}, {"starts", S("2018-02-05")}, {"ends", S("2018-02-06")},
	             {"zone", S("Europe/Zurich")}, {"publicity", S("public")}),
	    200);
}

static str between(str s, const char *from, const char *to)
{
	size_t at = str_find(s, str_of(from));
	str rest = at == SIZE_MAX ? STR_EMPTY : str_skip(s, at + str_of(from).n);
	return str_head(rest, str_find(rest, str_of(to)));
}

static str coded(struct arena *a, str s)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < s.n; i++)
		buf_printf(&b, "%%%02X", (unsigned char)s.p[i]);
	return buf_str(&b);
}

/* The console's form, filled and sent as a browser without scripts does. */
static int say(struct visitor *v, const char *speaker, const char *words, bool replace)
{
	struct arena *a = v->site->arena;
	CHECK_EQ(visitor_visit(v, S(CAPTIONS "/en/write")), 200);
	str page = arena_str(a, v->at.body);
	str token = between(page, "name=\"_token\" value=\"", "\"");
	str seq = between(page, "name=\"seq\" value=\"", "\"");
	int status = visitor_post(v, S(CAPTIONS "/en/say"),
	    arena_printf(a, "_token=%.*s&seq=%.*s&speaker=%.*s&words=%.*s%s", STR(coded(a, token)),
	        STR(seq), STR(coded(a, str_of(speaker))), STR(coded(a, str_of(words))),
	        replace ? "&replace=1" : ""));
	return status == 303 ? visitor_visit(v, answer_header(&v->at, S("location"))) : status;
}

static usec in_ten_minutes(void *ctx)
{
	(void)ctx;
	return clock_now(clock_wall()) + 600 * USEC_SECOND;
}

/* As if ten minutes had passed: the lines are taken into the record. */
static void gather(struct site *s)
{
	struct house *h;
	struct err err = {0};
	struct clock later = {in_ten_minutes, NULL};
	struct house_conf conf = {
	    .dir = s->dir, .rooms = &comity_rooms, .clock = later, .rng = rng_system()};
	bool any = false;
	usec next;
	web_stop(s->web);
	CHECK_EQ(house_open(&conf, &h, &err), OK);
	CHECK_EQ(house_begin(h, &err), OK);
	CHECK_EQ(comity_rooms.kept.take(h, s->arena, in_ten_minutes(NULL), &any, &next, &err), OK);
	CHECK(any);
	CHECK_EQ(house_commit(h, &err), OK);
	house_close(h);
	site_serve(s, STR_EMPTY);
}

/* A line can be cited from the moment it is spoken; the address leads to what becomes of it. */
static void check_address(struct sitting *s)
{
	CHECK_EQ(visitor_visit(&s->anyone, S(CAPTIONS "/en")), 200);
	CHECK(visitor_sees(&s->anyone, "href=\"" CAPTIONS "/en/lines/2\""));
	CHECK_EQ(visitor_visit(&s->anyone, S(CAPTIONS "/en/lines/2")), 200);
	CHECK(visitor_sees(&s->anyone, "Thank you all."));
	CHECK(visitor_sees(&s->anyone, "How to cite it"));
	CHECK_EQ(visitor_facts(&s->anyone, S(CAPTIONS "/en/lines/2")), 200);
	CHECK(visitor_sees(&s->anyone, "\"URL\":\"http://127.0.0.1" CAPTIONS "/en/lines/2\""));
	CHECK_EQ(visitor_visit(&s->anyone, S(CAPTIONS "/en/lines/9")), 404);
	CHECK_EQ(visitor_visit(&s->anyone, S(CAPTIONS "/fr/lines/2")), 404);
	gather(&s->site);
	CHECK_EQ(visitor_visit(&s->anyone, S(CAPTIONS "/en/lines/2")), 200);
	CHECK_STR(s->anyone.path, "/g/wgec/meetings/6/transcript?from=1");
	CHECK_EQ(visitor_facts(&s->anyone, S(CAPTIONS "/en/lines/2")), 200);
	CHECK(visitor_sees(&s->anyone, "\"segment\":1"));
}

TEST(a_captioner_writes_at_a_page)
{
	struct sitting s;
	begin(&s);
	CHECK_EQ(say(&s.secretariat, "", "Too early.", false), 409);
	CHECK_EQ(SEND(&s.secretariat, "/g/wgec/do/meeting.open", {"meeting", S("6")}), 200);
	CHECK_EQ(say(&s.secretariat, "CHAIR", "Good morning: we begin.", false), 200);
	CHECK(visitor_sees(&s.secretariat, "<bdi>CHAIR</bdi>"));
	CHECK_EQ(say(&s.secretariat, "", "Thank you <all>.", false), 200);
	CHECK(visitor_sees(&s.secretariat, "value=\"Thank you &lt;all&gt;.\""));
	CHECK_EQ(say(&s.secretariat, "", "Thank you all.", true), 200);
	CHECK(!visitor_sees(&s.secretariat, "&lt;all&gt;"));
	CHECK_EQ(visitor_visit(&s.anyone, S(CAPTIONS "/en")), 200);
	CHECK(visitor_sees(&s.anyone, "Good morning: we begin."));
	CHECK(visitor_sees(&s.anyone, "Thank you all."));
	CHECK(!visitor_sees(&s.anyone, "id=\"say-line\""));
	/* The second line goes on with the speaker of the first. */
	CHECK_EQ(visitor_facts(&s.anyone, S(CAPTIONS "/en")), 200);
	CHECK(visitor_sees(&s.anyone, "\"n\":2,\"t\":\"Thank you all.\",\"s\":\"CHAIR\""));
	CHECK_EQ(visitor_facts(&s.anyone, S(CAPTIONS "/en/live")), 200);
	CHECK(visitor_sees(&s.anyone, "\"t\":\"Thank you all.\",\"s\":\"CHAIR\""));
	CHECK_EQ(say(&s.secretariat, "", " ", false), 422);
	check_address(&s);
	site_stop(&s.site);
}

TEST(only_captioners_write)
{
	struct sitting s;
	begin(&s);
	CHECK_EQ(SEND(&s.secretariat, "/g/wgec/do/meeting.open", {"meeting", S("6")}), 200);
	CHECK_EQ(visitor_visit(&s.anyone, S(CAPTIONS "/en/write")), 403);
	CHECK_EQ(visitor_visit(&s.delegate, S(CAPTIONS "/en/write")), 200);
	CHECK(visitor_sees(&s.delegate, "the secretariat can appoint you as one"));
	CHECK(!visitor_sees(&s.delegate, "id=\"say-line\""));
	/* Somebody who knows the address and has a session, from a form of another page. */
	CHECK_EQ(visitor_visit(&s.delegate, S("/sign-in/account")), 200);
	str token = coded(s.site.arena,
	    arena_str(s.site.arena, between(s.delegate.at.body, "name=\"_token\" value=\"", "\"")));
	str body = arena_printf(s.site.arena, "_token=%.*s&seq=1&words=Not+mine", STR(token));
	CHECK_EQ(visitor_post(&s.delegate, S(CAPTIONS "/en/say"), body), 403);
	CHECK_EQ(visitor_post(&s.secretariat, S(CAPTIONS "/en/say"), S("seq=1&words=x")), 403);
	CHECK_EQ(visitor_visit(&s.anyone, S(CAPTIONS "/tlh")), 404);
	CHECK_EQ(visitor_visit(&s.anyone, S("/g/wgec/meetings/99/captions/en")), 404);
	CHECK_EQ(visitor_visit(&s.anyone, S(CAPTIONS "/en")), 200);
	CHECK(!visitor_sees(&s.anyone, "Not mine"));
	site_stop(&s.site);
}

TEST(the_address_for_software_is_shown_once)
{
	struct sitting s;
	begin(&s);
	CHECK_EQ(visitor_visit(&s.chair, S("/g/wgec/do/caption.connect")), 403);
	CHECK_EQ(SEND(&s.secretariat, "/g/wgec/do/caption.connect", {"meeting", S("6")},
	             {"lang", S("fr")}, {"label", S("Whitcombe Captioning")}),
	    200);
	str token = arena_str(
	    s.site.arena, between(s.secretariat.at.body, "http://127.0.0.1/caption?token=", "<"));
	CHECK_EQ(token.n, 48);
	CHECK_STR(answer_header(&s.secretariat.at, S("cache-control")), "no-store");
	const char *secret = arena_z(s.site.arena, token);
	CHECK_EQ(visitor_visit(&s.secretariat, S(CAPTIONS)), 200);
	CHECK(visitor_sees(&s.secretariat, "Whitcombe Captioning"));
	CHECK(!visitor_sees(&s.secretariat, secret));
	CHECK_EQ(visitor_facts(&s.anyone, S("/g/wgec")), 200);
	CHECK(!visitor_sees(&s.anyone, secret));
	CHECK_EQ(
	    visitor_visit(&s.anyone, arena_printf(s.site.arena, "/caption/seq?token=%s", secret)),
	    200);
	CHECK_STR(s.anyone.at.body, "0\n");
	CHECK_EQ(
	    SEND(&s.secretariat, "/g/wgec/do/caption.disconnect", {"connection", S("1")}), 200);
	CHECK(visitor_sees(&s.secretariat, "closed"));
	CHECK_EQ(
	    visitor_visit(&s.anyone, arena_printf(s.site.arena, "/caption/seq?token=%s", secret)),
	    403);
	site_stop(&s.site);
}
