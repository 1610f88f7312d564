/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A paragraph edited on everyone's screen: who may type, who sees it, and what comes of it. */
#include "base/json.h"
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define LIVE "/g/wgec/informal/3/live"

static bool is_at(struct visitor *v, const char *path, const char *what)
{
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	return visitor_sees(v, what);
}

/* The value of the hidden field _token of the page that v is at. */
static str token(const struct visitor *v)
{
	str mark = S("name=\"_token\" value=\"");
	size_t from = str_find(v->at.body, mark);
	if (from == SIZE_MAX)
		return STR_EMPTY;
	str rest = str_skip(v->at.body, from + mark.n);
	return str_head(rest, str_find(rest, S("\"")));
}

/* What the page's script sends while one types. */
static int types(struct visitor *v, str csrf, const char *text, int seq)
{
	return visitor_post(v, S(LIVE),
	    arena_printf(v->site->arena, "_token=%.*s&seq=%d&text=%s", STR(csrf), seq, text));
}

TEST(a_paragraph_is_drafted_live)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	struct visitor anyone = visitor_enter(&s, "");

	/* Not everybody opens a paragraph; who does edits it. */
	CHECK_EQ(
	    SEND(&kenya, "/g/wgec/do/informal.open", {"draft", S("1")}, {"paragraph", S("p22")}),
	    403);
	CHECK(is_at(&chair, "/g/wgec/drafts/1", "/do/informal.open?draft=1&amp;paragraph=p22"));
	CHECK(!is_at(&kenya, "/g/wgec/drafts/1", "/do/informal.open"));
	CHECK_EQ(SEND(&chair, "/g/wgec/do/informal.open", {"draft", S("1")},
	             {"paragraph", S("p22")}, {"title", S("Regions")}),
	    200);
	CHECK(visitor_sees(&chair, "You edit this paragraph"));
	str csrf = token(&chair);
	CHECK(csrf.n > 0);
	CHECK_EQ(
	    SEND(&chair, "/g/wgec/do/informal.open", {"draft", S("1")}, {"paragraph", S("p22")}),
	    409);
	CHECK(visitor_sees(&chair, "one editor for a paragraph"));
	CHECK(is_at(&anyone, "/g/wgec/drafts/1", "/g/wgec/informal/3"));
	CHECK(is_at(&anyone, "/g/wgec/informal", "Regions"));
	CHECK(is_at(&kenya, "/g/wgec/informal/3", "The text at this moment"));
	CHECK(!visitor_sees(&kenya, "You edit this paragraph"));

	/* What is typed is seen by everyone, and is not in the record. */
	CHECK_EQ(visitor_facts(&anyone, S(LIVE)), 200);
	CHECK_STR(anyone.at.body, "{\"seq\":0,\"text\":\"\"}");
	CHECK_EQ(types(&chair, csrf, "Regions+are+a+level.", 0), 200);
	CHECK_STR(chair.at.body, "{\"seq\":1}");
	CHECK_EQ(visitor_facts(&anyone, S(LIVE)), 200);
	CHECK_STR(anyone.at.body, "{\"seq\":1,\"text\":\"Regions are a level.\"}");
	CHECK_EQ(types(&chair, csrf, "late", 0), 409);
	CHECK(visitor_sees(&chair, "Regions are a level."));
	CHECK_EQ(types(&anyone, STR_EMPTY, "x", 1), 403);
	CHECK_EQ(visitor_visit(&kenya, S("/g/wgec/do/draft.amend?draft=1")), 200);
	CHECK_EQ(types(&kenya, token(&kenya), "x", 1), 403);
	CHECK_EQ(visitor_facts(&anyone, S(LIVE)), 200);
	CHECK_STR(anyone.at.body, "{\"seq\":1,\"text\":\"Regions are a level.\"}");

	/* The plain form, as it is without scripts. */
	CHECK_EQ(SEND(&chair, "/g/wgec/do/informal.result", {"session", S("3")},
	             {"text", S("Regions are a natural level for enhanced cooperation.")},
	             {"reason", S("Shorter.")}),
	    200);
	CHECK(visitor_sees(&chair, "Returned to the plenary"));
	CHECK_EQ(visitor_facts(&anyone, S(LIVE)), 404);
	CHECK(is_at(&anyone, "/g/wgec/drafts/1/amendments/329", "A proposal of the facilitator."));
	CHECK(visitor_sees(&anyone, "Facilitator"));
	CHECK(!visitor_sees(&anyone, "Regions are a level."));
	CHECK(is_at(&anyone, "/g/wgec/informal/3", "Shorter."));
	CHECK_EQ(visitor_facts(&anyone, S("/g/wgec/informal/3")), 200);
	CHECK(visitor_sees(&anyone, "\"state\":\"result\",\"amendment\":329"));
	site_stop(&s);
}

TEST(a_paragraph_is_handed_over_and_closed)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	CHECK_EQ(
	    SEND(&chair, "/g/wgec/do/informal.open", {"draft", S("1")}, {"paragraph", S("p22")}),
	    200);
	CHECK_EQ(
	    SEND(&kenya, "/g/wgec/do/informal.close", {"session", S("3")}, {"reason", S("No.")}),
	    403);
	CHECK_EQ(
	    SEND(&chair, "/g/wgec/do/informal.close", {"session", S("3")}, {"reason", S("Lunch.")}),
	    200);
	CHECK(visitor_sees(&chair, "Closed without a result"));
	CHECK(is_at(&kenya, "/g/wgec/informal/3", "Lunch."));
	CHECK(!is_at(&kenya, "/g/wgec/drafts/1", "Drafted live at this moment"));
	CHECK_EQ(SEND(&chair, "/g/wgec/do/informal.close", {"session", S("3")}, {"reason", S("x")}),
	    409);
	site_stop(&s);
}
