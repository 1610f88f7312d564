/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Contributors revise their own entries of a compilation until a deadline, and what happens after.
 */
#include "base/when.h"
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define SEES(who, words)     CHECK(visitor_sees((who), (words)))
#define SEES_NOT(who, words) CHECK(!visitor_sees((who), (words)))
#define VISIT(who, path)     CHECK_EQ(visitor_visit((who), S(path)), 200)
#define DONE(status)         CHECK_EQ((status), 200)

struct story {
	struct site site;
	struct visitor office, kenya, anyone;
	str ours, theirs; /* numbers of proposals */
};

/* The number of the proposal on whose page the visitor has landed: /g/wgec/proposals/76. */
static str landed(const struct visitor *who)
{
	size_t at = 0;
	for (size_t i = 0; i < who->path.n; i++)
		if (who->path.p[i] == '/')
			at = i + 1;
	return arena_str(who->site->arena, str_skip(who->path, at));
}

/* A second compilation, with an entry of Kenya and one of Estonia; its deadline is far away. */
static void begin(struct story *t)
{
	t->site = site_start("examples/wgec");
	t->office = visitor_enter(&t->site, "Secretariat");
	t->kenya = visitor_enter(&t->site, "Delegate");
	t->anyone = visitor_enter(&t->site, "");
	DONE(SEND(&t->kenya, "/g/wgec/do/proposal.submit", {"section", S("Reports")},
	    {"title", S("Reports every year")}, {"text", S("Reports shall be made every year.")},
	    {"lang", S("en")}, {"sponsor", S("Kenya")}));
	t->ours = landed(&t->kenya);
	DONE(SEND(&t->office, "/g/wgec/do/proposal.submit", {"section", S("Reports")},
	    {"title", S("Reports at will")}, {"text", S("Reports may be made at will.")},
	    {"lang", S("en")}, {"sponsor", S("Estonia")}, {"on_behalf", S("1")}));
	t->theirs = landed(&t->office);
	DONE(SEND(&t->office, "/g/wgec/do/compilation.open", {"title", S("Second compilation")},
	    {"zone", S("Europe/Zurich")}, {"deadline", S("2099-08-18T18:00")}));
	DONE(SEND(&t->office, "/g/wgec/do/compilation.section", {"compilation", S("2")},
	    {"heading", S("Reporting")}));
	DONE(SEND(&t->office, "/g/wgec/do/compilation.place", {"compilation", S("2")},
	    {"section", S("1")}, {"proposals", t->ours}, {"proposals", t->theirs}));
}

static int revise(struct visitor *who, str proposal, const char *text)
{
	return SEND(who, "/g/wgec/do/proposal.revise", {"proposal", proposal},
	    {"text", str_of(text)}, {"reason", S("After consultations.")});
}

/* Until the deadline a sponsor revises its own entry; it is taken in, and is in the record. */
static void before(struct story *t)
{
	VISIT(&t->kenya, "/g/wgec/compilations/2/mine");
	SEES(&t->kenya, "Until 18 August 2099, 18:00 (Zurich) sponsors revise their entries.");
	SEES(&t->kenya, "/g/wgec/do/proposal.revise?proposal=");
	SEES_NOT(&t->kenya, "Reports at will");
	DONE(revise(&t->kenya, t->ours, "Reports shall be made every second year."));
	VISIT(&t->anyone, "/g/wgec/compilations/2");
	SEES(&t->anyone, "Reports shall be made every second year.");
	SEES_NOT(&t->anyone, "Reports shall be made every year.");
	VISIT(&t->anyone, "/g/wgec/record");
	CHECK(visitor_sees(&t->anyone,
	    arena_z(t->site.arena,
	        arena_printf(t->site.arena, "revised proposal %.*s (revision 2)", STR(t->ours)))));
	/* Nobody revises the entry of another. */
	CHECK_EQ(revise(&t->kenya, t->theirs, "Reports shall be made every month."), 403);
	SEES(&t->kenya, "sponsor");
	VISIT(&t->anyone, "/g/wgec/compilations/2");
	SEES(&t->anyone, "Reports may be made at will.");
	DONE(SEND(&t->kenya, "/g/wgec/do/compilation.confirm", {"compilation", S("2")},
	    {"proposal", t->ours}, {"delegation", S("Kenya")}, {"answer", S("reflected")}));
	SEES(&t->kenya, "Confirmed on");
}

/* The proposal goes on, as negotiations do; the entry of the compilation stays as it was. */
static void after(struct story *t)
{
	VISIT(&t->kenya, "/g/wgec/compilations/2/mine");
	SEES(&t->kenya,
	    "The deadline was 18 August 2099, 18:00 (Zurich). Entries can be confirmed, "
	    "and no longer be revised.");
	SEES_NOT(&t->kenya, "/g/wgec/do/proposal.revise");
	DONE(revise(&t->kenya, t->ours, "Reports shall be made twice a year."));
	SEES(&t->kenya,
	    "Compilation 2 keeps version 2. What was revised after its deadline is taken in "
	    "if the secretariat extends it.");
	VISIT(&t->anyone, "/g/wgec/compilations/2");
	SEES(&t->anyone, "Closed for revision");
	SEES(&t->anyone, "Reports shall be made every second year.");
	SEES_NOT(&t->anyone, "twice a year");
	SEES(&t->anyone, "Version 3 came after the deadline and is not taken in.");
	SEES(&t->anyone, "It is taken in if the secretariat extends the deadline.");
	/* What was confirmed is still what stands there. */
	VISIT(&t->kenya, "/g/wgec/compilations/2/mine");
	SEES(&t->kenya, "Confirmed on");
}

/* The way out that the page names: a longer deadline, which has to be a later one. */
static void extended(struct story *t)
{
	CHECK_EQ(SEND(&t->office, "/g/wgec/do/compilation.extend", {"compilation", S("2")},
	             {"zone", S("Europe/Zurich")}, {"deadline", S("2098-08-18T18:00")}),
	    409);
	SEES(&t->office, "has passed; choose a later one.");
	DONE(SEND(&t->office, "/g/wgec/do/compilation.extend", {"compilation", S("2")},
	    {"zone", S("Europe/Zurich")}, {"deadline", S("2100-08-18T18:00")}));
	VISIT(&t->anyone, "/g/wgec/compilations/2");
	SEES(&t->anyone, "Reports shall be made twice a year.");
	SEES_NOT(&t->anyone, "came after the deadline");
	CHECK_EQ(visitor_visit(&t->anyone,
	             arena_printf(t->site.arena, "/g/wgec/proposals/%.*s", STR(t->ours))),
	    200);
	SEES_NOT(&t->anyone, "keeps version");
	VISIT(&t->kenya, "/g/wgec/compilations/2/mine");
	SEES(&t->kenya, "Version 2 was confirmed; the text has changed since.");
	SEES(&t->kenya, "/g/wgec/do/proposal.revise?proposal=");
}

TEST(contributors_revise_their_own_entries_until_a_deadline)
{
	struct story t = {0};
	struct err err = {0};
	usec then;
	NEED(when_parse(S("2099-08-18T16:00:01Z"), "then", &then, &err) == OK);
	begin(&t);
	before(&t);
	site_wait_until(&t.site, then);
	after(&t);
	extended(&t);
	site_stop(&t.site);
}
