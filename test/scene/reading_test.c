/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Agreed ad referendum and reopening, and what a closed reading freezes, as people see it. */
#include "base/hash.h"
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define DO(v, command, ...) SEND(v, "/g/wgec/do/" command, {"draft", S("1")}, __VA_ARGS__)

static bool is_at(struct visitor *v, const char *path, const char *what)
{
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	return visitor_sees(v, what);
}

TEST(agreed_ad_ref_and_reopening)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	struct visitor anyone = visitor_enter(&s, "");

	/* Between readings the text is frozen. */
	CHECK_EQ(DO(&chair, "draft.accept", {"amendments", S("80")}), 409);
	CHECK(visitor_sees(&chair, "its text is frozen; open the next reading first."));
	CHECK_EQ(DO(&chair, "reading.open", {"words", S("Once more.")}), 200);
	CHECK(visitor_sees(&chair, "Reading 4"));

	/* What is agreed is reopened by consent of the group, and only so. */
	CHECK_EQ(DO(&chair, "reading.take_up", {"paragraph", S("p23")}), 409);
	CHECK(visitor_sees(&chair, "the group must consent to reopen it first."));
	CHECK_EQ(
	    DO(&chair, "reading.reopen", {"paragraph", S("p23")}, {"words", S("Please.")}), 409);
	CHECK(visitor_sees(&chair, "it is reopened only when the group consents."));
	CHECK_EQ(DO(&chair, "reading.reopen", {"paragraph", S("p23")}, {"consent", S("1")},
	             {"words", S("I asked, and nobody objected.")}),
	    200);
	CHECK(is_at(&anyone, "/g/wgec/drafts/1/readings/4", "I asked, and nobody objected."));

	/* Kenya must ask its capital, so must Ghana. */
	CHECK_EQ(DO(&chair, "reading.agree_ad_ref", {"paragraph", S("p23")}, {"seats", S("1")},
	             {"seats", S("2")}, {"until", S("2040-01-31T12:00")}),
	    200);
	CHECK(visitor_sees(&chair, "Agreed ad referendum"));
	CHECK(is_at(&kenya, "/g/wgec/confirmations", "must confirm</h2>"));
	CHECK(visitor_sees(&kenya, "Paragraph 20 of draft 1"));
	CHECK(!visitor_sees(&kenya, "Nothing waits for your delegation."));
	CHECK(is_at(&anyone, "/g/wgec/drafts/1", "data-state=\"agreed_ad_ref\""));

	/* Meanwhile nobody changes its words. */
	CHECK_EQ(
	    DO(&kenya, "draft.amend", {"paragraph", S("p23")}, {"text", S("Other words.")}), 200);
	CHECK_EQ(DO(&chair, "draft.accept", {"amendments", S("329")}), 409);
	CHECK(visitor_sees(&chair, "Paragraph 20 is agreed, so amendment 329 cannot be accepted"));

	/* The capital says no: the paragraph is open again. */
	CHECK_EQ(SEND(&kenya, "/g/wgec/do/reading.object", {"ad_ref", S("4")},
	             {"reason", S("It prejudges the assessment.")}),
	    200);
	CHECK(visitor_sees(&kenya, "Nothing waits for your delegation."));
	CHECK(is_at(&anyone, "/g/wgec/drafts/1/readings/4", "It prejudges the assessment."));
	CHECK_EQ(DO(&chair, "draft.accept", {"amendments", S("329")}), 200);
	site_stop(&s);
}

/* DOMAIN.md, 10: a reservation stands, and the Chair sees it and gives a ruling, or waits. */
TEST(a_paragraph_is_agreed_over_a_reservation_only_by_a_ruling)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	struct visitor anyone = visitor_enter(&s, "");
	CHECK_EQ(DO(&chair, "reading.open", {"words", S("Once more.")}), 200);
	CHECK_EQ(DO(&chair, "reading.reopen", {"paragraph", S("p23")}, {"consent", S("1")},
	             {"words", S("Nobody objected.")}),
	    200);
	CHECK_EQ(
	    DO(&kenya, "draft.stand_on_text", {"paragraph", S("p23")}, {"stance", S("reserve")}),
	    200);
	CHECK_EQ(DO(&chair, "reading.agree", {"paragraph", S("p23")}), 409);
	CHECK(visitor_sees(&chair, "With a stance against words of paragraph 20: Kenya. Let them "
	                           "remove it; or give the ruling"));
	CHECK_EQ(DO(&chair, "reading.agree", {"paragraph", S("p23")},
	             {"ruling", S("It has asked its capital for a year.")}),
	    200);
	CHECK(
	    is_at(&anyone, "/g/wgec/drafts/1/readings/4", "It has asked its capital for a year."));
	CHECK(visitor_sees(&anyone, "With a stance against its words: Kenya"));
	CHECK_EQ(visitor_facts(&anyone, S("/g/wgec/drafts/1/readings/4")), 200);
	CHECK(visitor_sees(&anyone, "\"against\":\"Kenya\""));
	site_stop(&s);
}

TEST(a_seat_confirms_and_the_last_one_settles_it)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	CHECK_EQ(DO(&chair, "reading.open", {"words", S("Once more.")}), 200);
	CHECK_EQ(DO(&chair, "reading.reopen", {"paragraph", S("p23")}, {"consent", S("1")},
	             {"words", S("Nobody objected.")}),
	    200);
	CHECK_EQ(DO(&chair, "reading.agree_ad_ref", {"paragraph", S("p23")}, {"seats", S("2")},
	             {"until", S("2040-01-31T12:00")}),
	    200);
	CHECK_EQ(SEND(&kenya, "/g/wgec/do/reading.confirm", {"ad_ref", S("4")}), 200);
	CHECK_EQ(visitor_facts(&kenya, S("/g/wgec/drafts/1/readings/4")), 200);
	CHECK(
	    visitor_sees(&kenya, "{\"paragraph\":\"p23\",\"place\":25,\"shown\":\"20\",\"status\":"
	                         "\"agreed\""));
	CHECK_EQ(SEND(&kenya, "/g/wgec/do/reading.confirm", {"ad_ref", S("4")}), 409);
	CHECK(visitor_sees(&kenya, "the group must consent to reopen it."));
	site_stop(&s);
}

/* The story: I close the second reading. */
TEST(a_closed_reading_is_frozen_and_citable)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	CHECK(is_at(&anyone, "/g/wgec/drafts/1/readings/2", "This reading is closed."));
	CHECK(!visitor_sees(&anyone, "Not reached"));
	CHECK(visitor_sees(&anyone, "Agreed ad referendum"));
	CHECK(visitor_sees(&anyone, "Brazil</bdi>: did not answer"));
	CHECK(visitor_sees(&anyone, "WGEC/2018/CRP.2/Rev.3"));
	CHECK(visitor_sees(&anyone, "Nothing is agreed until everything is agreed"));

	/* The third begins with the hash that the second ended with, and anybody can count it. */
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/drafts/1/revisions/4/base")), 200);
	struct buf hex = buf_in(s.arena, 0);
	digest h = sha256(anyone.at.body);
	buf_put_hex(&hex, (str){(const char *)h.b, sizeof h.b});
	str mark = buf_str(&hex);
	CHECK(is_at(&anyone, "/g/wgec/drafts/1/readings/2", arena_z(s.arena, mark)));
	CHECK(is_at(&anyone, "/g/wgec/drafts/1/readings/3", arena_z(s.arena, mark)));
	CHECK(is_at(&anyone, "/g/wgec/drafts/1/readings", arena_z(s.arena, mark)));
	site_stop(&s);
}
