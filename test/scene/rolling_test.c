/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rolling text as people look at it: filters, the clean text, since a moment, revisions. */
#include "engine/http_text.h"
#include "base/json.h"
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define DRAFT "/g/wgec/drafts/1"

static size_t count_of(str s, const char *what)
{
	size_t n = 0;
	for (size_t at; (at = str_find(s, str_of(what))) != SIZE_MAX; n++)
		s = str_skip(s, at + 1);
	return n;
}

static str look(struct visitor *v, const char *path)
{
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	return v->at.body;
}

/* The list behind a name in the facts of a page. */
static const struct json *facts_of(struct visitor *v, const char *path, const char *name)
{
	struct json *all;
	CHECK_EQ(visitor_facts(v, str_of(path)), 200);
	CHECK_EQ(json_parse(v->site->arena, v->at.body, "facts", &all, NULL), OK);
	return json_get(all, str_of(name));
}

static bool speaks(const struct json *amendment, str party)
{
	if (str_eq(json_get_str(amendment, S("party")), party))
		return true;
	json_each (who, json_get(amendment, S("cosponsors")))
		if (str_eq(who->text, party))
			return true;
	json_each (stance, json_get(amendment, S("stances")))
		if (str_eq(json_get_str(stance, S("party")), party))
			return true;
	return false;
}

static bool says_shown(struct visitor *v, int64_t amendments)
{
	str all =
	    arena_printf(v->site->arena, "with %lld of 328 amendments", (long long)amendments);
	return visitor_sees(v, arena_z(v->site->arena, all));
}

/* Wherever the page leads inside itself there is something. */
static void leads_somewhere(struct visitor *v, str page)
{
	static const char mark[] = "href=\"#";
	size_t links = 0;
	for (str s = page; str_find(s, S(mark)) != SIZE_MAX; links++) {
		s = str_skip(s, str_find(s, S(mark)) + sizeof mark - 1);
		str id = str_head(s, str_find(s, S("\"")));
		CHECK(http_percent_decode(v->site->arena, id, false, &id));
		str there = arena_printf(v->site->arena, "id=\"%.*s\"", STR(id));
		CHECK(str_find(page, there) != SIZE_MAX);
	}
	CHECK(links > 1);
}

TEST(filters_show_what_they_say)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	int64_t before = 0, kenyas = 0;
	json_each (m, facts_of(&anyone, DRAFT, "amendments")) {
		before += str_is(json_get_str(m, S("state")), "tabled");
		kenyas += speaks(m, S("Kenya"));
	}
	CHECK(before > 10 && kenyas > 2);
	str whole = look(&anyone, DRAFT);
	leads_somewhere(&anyone, whole);
	CHECK_EQ(count_of(whole, "<li id=\"amendment-"), (size_t)before);
	/* The contents lead to what is shown, and to nothing else. */
	CHECK(visitor_sees(&anyone, "aria-label=\"Paragraph 22\">22</a>"));

	str page = look(&anyone, DRAFT "?status=before");
	CHECK(says_shown(&anyone, before));
	CHECK(count_of(page, "data-par=") < count_of(whole, "data-par="));
	leads_somewhere(&anyone, page);

	look(&anyone, DRAFT "?party=Kenya");
	CHECK(says_shown(&anyone, kenyas));
	look(&anyone, DRAFT "?party=Atlantis");
	CHECK(says_shown(&anyone, 0));

	/* By number; what there is not is said, and what was typed stays. */
	page = look(&anyone, DRAFT "?paragraphs=1-3,99");
	CHECK(visitor_sees(&anyone, "No paragraph of the text is called 99."));
	CHECK(visitor_sees(&anyone, "value=\"1-3,99\""));
	CHECK(visitor_sees(&anyone, "3 of 76 paragraphs are shown"));
	CHECK_EQ(count_of(page, "data-par="), 5); /* with the title and the heading above them */
	CHECK(visitor_sees(&anyone, "aria-label=\"Paragraph 3\">3</a>"));
	CHECK(!visitor_sees(&anyone, "aria-label=\"Paragraph 22\">"));
	leads_somewhere(&anyone, page);

	/* The paragraphs that stay in brackets to the end. */
	page = look(&anyone, DRAFT "?standing=bracketed");
	CHECK_EQ(count_of(page, "data-state=\"bracketed\""),
	    count_of(whole, "data-state=\"bracketed\""));
	CHECK(count_of(page, "data-state=\"bracketed\"") >= 6);
	CHECK(count_of(page, "data-par=") < count_of(whole, "data-par="));
	site_stop(&s);
}

TEST(the_clean_text_hides_nothing_contested)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	str page = look(&anyone, DRAFT "?view=clean");
	CHECK_EQ(count_of(page, "rolling-who"), 0);
	CHECK(count_of(page, "class=\"rolling-mark\"") > 20);
	leads_somewhere(&anyone, page);
	page = look(&anyone, DRAFT "?view=base");
	CHECK_EQ(count_of(page, "class=\"rolling-mark\""), 0);
	CHECK_EQ(count_of(page, "class=\"rolling-bracket"), 0);
	site_stop(&s);
}

TEST(since_a_moment)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	str page = look(&anyone, DRAFT "?since=1763"); /* the third revision */
	CHECK(visitor_sees(&anyone, "What changed here since then"));
	CHECK(visitor_sees(&anyone, "Bearing in mind"));
	str now = look(&anyone, DRAFT "?since=100000");
	CHECK_EQ(count_of(now, "data-par="), 0);
	CHECK(visitor_sees(&anyone, "Entry 100000 of the record"));
	CHECK(count_of(page, "data-par=") > 0);

	/* An act moves one paragraph into sight. */
	struct visitor kenya = visitor_enter(&s, "Delegate");
	int64_t head =
	    json_get_i64(facts_of(&anyone, "/g/wgec/record", "acts")->first, S("seq"), 0);
	const struct typed stance[] = {{"draft", S("1")}, {"amendment", S("80")},
	    {"stance", S("reserve")}, {"note", S("We wait for our capital.")}};
	CHECK_EQ(visitor_send(&kenya, S("/g/wgec/do/draft.stance"), stance, 4), 200);
	str path = arena_printf(s.arena, DRAFT "?since=%lld", (long long)head);
	page = look(&anyone, arena_z(s.arena, path));
	CHECK(says_shown(&anyone, 1));
	CHECK(count_of(page, "data-par=") >= 1);
	site_stop(&s);
}

TEST(a_revision_is_shown_as_it_was_issued)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	const struct json *now = facts_of(&anyone, DRAFT, "paragraphs");
	const struct json *first = facts_of(&anyone, DRAFT "/revisions/1", "paragraphs");
	const struct json *fourth = facts_of(&anyone, DRAFT "/revisions/4", "paragraphs");
	CHECK(first && fourth && now);
	CHECK_STR(json_str(s.arena, fourth), arena_z(s.arena, json_str(s.arena, now)));
	CHECK(!str_eq(json_str(s.arena, first), json_str(s.arena, now)));
	CHECK(!facts_of(&anyone, DRAFT "/revisions/4", "amendments"));
	str page = look(&anyone, DRAFT "/revisions/4");
	CHECK_EQ(count_of(page, "class=\"rolling-bracket"), 0);
	CHECK(visitor_sees(&anyone, "This is revision 4, as it was issued."));
	CHECK(visitor_sees(&anyone, "id=\"p22\""));
	site_stop(&s);
}
