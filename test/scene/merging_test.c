/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A merge with an objection, in the compilation: told as the people who take part see it. */
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define SEES(who, words)     CHECK(visitor_sees((who), (words)))
#define SEES_NOT(who, words) CHECK(!visitor_sees((who), (words)))
#define VISIT(who, path)     CHECK_EQ(visitor_visit((who), S(path)), 200)
#define DONE(status)         CHECK_EQ((status), 200)

/* A number from the facts of the page the visitor is at. */
static str fact(struct visitor *who, const char *path, const char *name)
{
	struct arena *a = who->site->arena;
	CHECK_EQ(visitor_facts(who, str_of(path)), 200);
	str key = arena_printf(a, "\"%s\":", name);
	size_t at = str_find(who->at.body, key);
	str rest = at == SIZE_MAX ? STR_EMPTY : str_skip(who->at.body, at + key.n);
	size_t n = 0;
	while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
		n++;
	return arena_str(a, str_head(rest, n));
}

/* The number of the proposal on whose page the visitor has landed: /g/wgec/proposals/76. */
static str landed(const struct visitor *who)
{
	size_t at = 0;
	for (size_t i = 0; i < who->path.n; i++)
		if (who->path.p[i] == '/')
			at = i + 1;
	return arena_str(who->site->arena, str_skip(who->path, at));
}

/* long: one story, told in the order in which it happens */
TEST(a_merge_with_an_objection)
{
	struct site s = site_start("examples/wgec");
	struct visitor office = visitor_enter(&s, "Secretariat");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	struct visitor anyone = visitor_enter(&s, "");

	/* Kenya proposes yearly reports; the secretariat enters what Estonia proposes. */
	DONE(SEND(&kenya, "/g/wgec/do/proposal.submit", {"section", S("Reports")},
	    {"title", S("Reports every year")}, {"text", S("Reports shall be made every year.")},
	    {"lang", S("en")}, {"sponsor", S("Kenya")}));
	str ours = landed(&kenya);
	DONE(SEND(&office, "/g/wgec/do/proposal.submit", {"section", S("Reports")},
	    {"title", S("Reports at will")}, {"text", S("Reports may be made at will.")},
	    {"lang", S("en")}, {"sponsor", S("Estonia")}, {"on_behalf", S("1")}));
	str theirs = landed(&office);

	/* The secretariat compiles them, in one section and under one theme. */
	DONE(SEND(&office, "/g/wgec/do/compilation.open", {"title", S("Second compilation")},
	    {"zone", S("Europe/Zurich")}, {"deadline", S("2099-08-18T18:00")}));
	DONE(SEND(&office, "/g/wgec/do/compilation.section", {"compilation", S("2")},
	    {"heading", S("Reporting")}));
	VISIT(&office, "/g/wgec/compilations/2/unplaced");
	SEES(&office, "Reports every year");
	DONE(SEND(&office, "/g/wgec/do/compilation.place", {"compilation", S("2")},
	    {"section", S("1")}, {"theme", S("How often")}, {"proposals", ours},
	    {"proposals", theirs}));
	SEES(&office, "How often");

	/* Kenya is asked, and confirms that its entry says what it had proposed. */
	VISIT(&kenya, "/g/wgec/compilations/2/mine");
	SEES(&kenya, "Reports every year");
	SEES_NOT(&kenya, "Reports at will");
	DONE(SEND(&kenya, "/g/wgec/do/compilation.confirm", {"compilation", S("2")},
	    {"proposal", ours}, {"delegation", S("Kenya")}, {"answer", S("reflected")}));
	SEES(&kenya, "Confirmed on");

	/* The secretariat merges both entries. The result stands where they stood. */
	DONE(SEND(&office, "/g/wgec/do/proposal.merge", {"sources", ours}, {"sources", theirs},
	    {"section", S("Reports")}, {"title", S("Reports on request")},
	    {"text", S("Reports are made on request.")}, {"lang", S("en")},
	    {"approach", S("common")}, {"rationale", S("How often is left open.")}));
	VISIT(&anyone, "/g/wgec/compilations/2");
	SEES(&anyone, "Reports are made on request.");
	SEES(&anyone, "Their sponsors answer until");
	SEES_NOT(&anyone, "class=\"beside\"");
	CHECK_STR(fact(&anyone, "/g/wgec/compilations/2", "entries"), "1");
	CHECK_STR(fact(&anyone, "/g/wgec/compilations/2", "gone_into"), "2");

	/* Kenya is asked within seven days, and objects. Estonia agrees ad referendum. */
	VISIT(&kenya, "/g/wgec/compilations/2/mine");
	SEES(&kenya, "Agree or object");
	SEES(&kenya, "For you <span class=\"asked\" aria-hidden=\"true\">1</span>");
	SEES(&kenya, "(1 asks for an answer)");
	DONE(SEND(&kenya, "/g/wgec/do/proposal.answer", {"proposal", ours},
	    {"delegation", S("Kenya")}, {"answer", S("object")},
	    {"note", S("On request is less than every year.")}));
	SEES_NOT(&kenya, "class=\"asked\"");
	DONE(SEND(&office, "/g/wgec/do/proposal.answer", {"proposal", theirs},
	    {"delegation", S("Estonia")}, {"answer", S("agree_ad_ref")}));

	/* Everyone reads the merged text and Kenya's own beside it, with who said what. */
	VISIT(&anyone, "/g/wgec/compilations/2");
	SEES(&anyone, "class=\"beside\"");
	SEES(&anyone, "Reports are made on request.");
	SEES(&anyone, "Reports shall be made every year.");
	SEES_NOT(&anyone, "Reports may be made at will.");
	SEES(&anyone, "On request is less than every year.");
	SEES(&anyone, "Agrees ad referendum");
	CHECK_STR(fact(&anyone, "/g/wgec/compilations/2", "entries"), "2");
	CHECK_STR(fact(&anyone, "/g/wgec/compilations/2", "alternatives"), "1");
	CHECK_STR(fact(&anyone, "/g/wgec/compilations/2", "gone_into"), "1");
	VISIT(&anyone, "/g/wgec/compilations/2/provenance");
	SEES(&anyone, "What they have in common was written anew");
	SEES(&anyone, "How often is left open.");
	SEES(&anyone, "a source is kept as an alternative after an objection");

	/* The compilation is issued so, and does not change when Kenya goes on with its text. */
	DONE(SEND(&office, "/g/wgec/do/compilation.issue", {"compilation", S("2")},
	    {"title", S("Second compilation")}, {"lang", S("en")}));
	SEES(&office, "Second compilation");
	DONE(SEND(&kenya, "/g/wgec/do/proposal.revise", {"proposal", ours},
	    {"text", S("Reports shall be made twice a year.")}));
	VISIT(&anyone, "/g/wgec/compilations/2/issued/1");
	SEES(&anyone, "Reports shall be made every year.");
	SEES_NOT(&anyone, "twice a year");
	VISIT(&anyone, "/g/wgec/compilations/2");
	SEES(&anyone, "Reports shall be made twice a year.");
	site_stop(&s);
}
