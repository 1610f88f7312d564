/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of compilations: every refusal by its words, and what holds whatever people do. */
#include "rooms/compilation/compilation_rules.h"

#include "rooms/document/document.h"
#include "rooms/proposal/proposal.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 3 May 2017, 09:00 UTC. */
#define NOW ((usec)17289 * USEC_DAY + 9 * 3600 * USEC_SECOND)

static const actor_id KENYA = {.b = {2}}, PERU = {.b = {3}};

#define OFFICE(...)      act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define MEMBER(who, ...) act(t, who, ROLE_MEMBER, __VA_ARGS__, NULL)
#define CLOCK(...)       act(t, ACTOR_SYSTEM, ROLE_SYSTEM, __VA_ARGS__, NULL)

/* In compilation 1. */
#define SECTION(heading) OFFICE("compilation.section", "compilation", "1", "heading", heading)
#define PLACE(section, proposals) \
	OFFICE("compilation.place", "compilation", "1", "section", section, "proposals", proposals)
#define UNPLACE(proposals)                                                                  \
	OFFICE("compilation.unplace", "compilation", "1", "proposals", proposals, "reason", \
	    "A reason.")
#define RENAME(section, heading)                                                                \
	OFFICE("compilation.rename_section", "compilation", "1", "section", section, "heading", \
	    heading)
#define JOIN(from, into) \
	OFFICE("compilation.merge_sections", "compilation", "1", "section", from, "into", into)
#define CONFIRM(who, proposal, delegation, ...)                                                    \
	MEMBER(who, "compilation.confirm", "compilation", "1", "proposal", proposal, "delegation", \
	    delegation, "answer", __VA_ARGS__)
#define ISSUE(...) \
	OFFICE("compilation.issue", "compilation", "1", "title", "T", "lang", "en", ##__VA_ARGS__)
#define MERGE(a, b)                                                                                \
	OFFICE("proposal.merge", "sources", a, "sources", b, "section", "s", "title", "t", "text", \
	    "x", "lang", "en")

static enum rc submit(struct trial *t, actor_id who, const char *sponsor)
{
	return MEMBER(who, "proposal.submit", "section", "Principles", "title", "A title", "text",
	    "One.\n\nTwo.", "lang", "en", "sponsor", sponsor);
}

static enum rc open_one(struct trial *t)
{
	return OFFICE("compilation.open", "title", "Compilation", "zone", "UTC", "deadline",
	    "2017-05-20T18:00");
}

/* Compilation 1 until 20 May with sections 1 and 2; proposals 1 by Kenya and 2 by Peru, none
 * placed. */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	CHECK_EQ(submit(t, KENYA, "Kenya"), OK);
	CHECK_EQ(submit(t, PERU, "Peru"), OK);
	CHECK_EQ(open_one(t), OK);
	CHECK_EQ(SECTION("Principles"), OK);
	CHECK_EQ(SECTION("Follow-up"), OK);
	return t;
}

static const struct compilation *first(const struct trial *t)
{
	return compilation_get(t->g, 1);
}

static int64_t stands_in(const struct trial *t, int64_t proposal)
{
	return compilation_section_of(t->g, first(t), proposal);
}

TEST(compilation_one_is_worked_on_at_a_time)
{
	struct trial *t = start();
	int64_t number;
	SAYS(open_one(t), REFUSED,
	    "Compilation 1 is not issued yet; issue it before opening another.");
	CHECK_EQ(PLACE("1", "1"), OK);
	CHECK_EQ(ISSUE(), OK);
	SAYS(OFFICE("compilation.open", "title", "T", "zone", "Europe/Zurich", "deadline",
	         "2017-05-03T10:00"),
	    REFUSED, "The deadline 2017-05-03 08:00 UTC has passed; choose a later one.");
	CHECK_EQ(open_one(t), OK);
	CHECK(compilation_current(t->g, &number) == compilation_get(t->g, 2));
	CHECK_EQ(number, 2);
	CHECK(compilation_get(t->g, 0) == NULL && compilation_get(t->g, 3) == NULL);
	SAYS(SECTION("Third"), REFUSED,
	    "Compilation 1 was followed by compilation 2; work on that one.");
	SAYS(OFFICE("compilation.section", "compilation", "7", "heading", "h"), ABSENT,
	    "There is no compilation 7 in this group; open one first.");
	CHECK_EQ(MEMBER(KENYA, "compilation.section", "compilation", "2", "heading", "h"), DENIED);
	stop(t);
}

TEST(compilation_deadline_is_kept_by_the_clock_and_moved_only_later)
{
	struct trial *t = start();
	usec at;
	const char *name;
	int64_t number;
	NEED(compilation_due(t->g, &at, &name, &number));
	CHECK_EQ(at, first(t)->deadline);
	CHECK_EQ(number, 1);
	SAYS(CLOCK("compilation.close", "number", "1"), REFUSED,
	    "Contributors may revise their entries until 2017-05-20 18:00 UTC; wait for the "
	    "deadline.");
	SAYS(CLOCK("compilation.close", "number", "2"), ABSENT,
	    "There is no compilation 2 in this group; open one first.");
	SAYS(OFFICE("compilation.extend", "compilation", "1", "deadline", "2017-05-19T18:00"),
	    REFUSED,
	    "The deadline is 2017-05-20 18:00 UTC, and contributors rely on it; choose a later "
	    "one.");
	SAYS(OFFICE("compilation.extend", "compilation", "1", "deadline", "2017-05-01T18:00"),
	    REFUSED, "The deadline 2017-05-01 18:00 UTC has passed; choose a later one.");
	t->now = at;
	CHECK_EQ(CLOCK("compilation.close", "number", "1"), OK);
	CHECK(first(t)->closed && !compilation_due(t->g, &at, &name, &number));
	SAYS(CLOCK("compilation.close", "number", "1"), REFUSED,
	    "The deadline of compilation 1 has passed already; extend it to take in revisions "
	    "again.");
	CHECK_EQ(
	    OFFICE("compilation.extend", "compilation", "1", "deadline", "2017-05-22T18:00"), OK);
	CHECK(!first(t)->closed && compilation_due(t->g, &at, &name, &number));
	stop(t);
}

TEST(compilation_takes_in_no_version_after_the_deadline)
{
	struct trial *t = start();
	CHECK_EQ(MEMBER(KENYA, "proposal.revise", "proposal", "1", "text", "In time."), OK);
	t->now = first(t)->deadline;
	CHECK_EQ(CLOCK("compilation.close", "number", "1"), OK);
	CHECK_EQ(MEMBER(KENYA, "proposal.revise", "proposal", "1", "text", "Late."), OK);
	CHECK_EQ(proposal_get(t->g, 1)->revision, 3);
	CHECK_EQ(compilation_version_of(t->g, first(t), 1), 2);
	/* What came later altogether is new, and shown as it is. */
	CHECK_EQ(submit(t, KENYA, "Kenya"), OK);
	CHECK_EQ(MEMBER(KENYA, "proposal.revise", "proposal", "3", "text", "Again."), OK);
	CHECK_EQ(compilation_version_of(t->g, first(t), 3), 2);
	/* A confirmation is about what the compilation shows. */
	CHECK_EQ(PLACE("1", "1"), OK);
	CHECK_EQ(CONFIRM(KENYA, "1", "Kenya", "reflected"), OK);
	CHECK_EQ(fact_i64(&t->fact, "revision"), 2);
	stop(t);
}

TEST(compilation_sections_have_one_heading_each)
{
	struct trial *t = start();
	SAYS(SECTION("PRINCIPLES"), REFUSED,
	    "Section 1 has this heading already; place the entries there, or choose another "
	    "heading.");
	SAYS(RENAME("1", "Principles"), REFUSED,
	    "Section 1 has this heading; change the heading or its place.");
	SAYS(RENAME("2", "Principles"), REFUSED,
	    "Section 1 has this heading already; place the entries there, or choose another "
	    "heading.");
	SAYS(RENAME("3", "x"), ABSENT, "The compilation has no section 3; add the section first.");
	CHECK_EQ(OFFICE("compilation.rename_section", "compilation", "1", "section", "1", "heading",
	             "Principles", "order", "9"),
	    OK);
	CHECK_EQ(RENAME("1", "Principles of cooperation"), OK);
	CHECK_STR(first(t)->sections.p[0].heading, "Principles of cooperation");
	stop(t);
}

TEST(compilation_entries_keep_their_section_when_sections_are_merged)
{
	struct trial *t = start();
	CHECK_EQ(PLACE("1", "1"), OK);
	SAYS(JOIN("1", "1"), INVALID, "A section cannot go into itself; choose another one.");
	CHECK_EQ(JOIN("1", "2"), OK);
	/* It stands elsewhere, and is still known as placed in section 1. */
	CHECK_EQ(stands_in(t, 1), 2);
	CHECK_EQ(first(t)->places.p[0].section, 1);
	SAYS(PLACE("1", "2"), REFUSED, "Section 1 was merged into section 2; work on that one.");
	SAYS(JOIN("2", "1"), REFUSED, "Section 1 was merged into section 2; work on that one.");
	/* Its heading is free again. */
	CHECK_EQ(SECTION("Principles"), OK);
	CHECK_EQ(JOIN("2", "3"), OK);
	CHECK_EQ(stands_in(t, 1), 3);
	stop(t);
}

TEST(compilation_places_what_can_stand_in_it)
{
	struct trial *t = start();
	SAYS(PLACE("1", "9"), ABSENT, "There is no proposal 9 in this group.");
	SAYS(PLACE("3", "1"), ABSENT, "The compilation has no section 3; add the section first.");
	SAYS(UNPLACE("9"), ABSENT, "There is no proposal 9 in this group.");
	CHECK_EQ(PLACE("1", "1"), OK);
	CHECK_EQ(stands_in(t, 1), 1);
	CHECK_EQ(UNPLACE("1"), OK);
	CHECK_EQ(stands_in(t, 1), 0);
	CHECK_EQ(PLACE("2", "1"), OK);
	CHECK_EQ(stands_in(t, 1), 2);
	CHECK_EQ(MERGE("1", "2"), OK);
	SAYS(PLACE("1", "1"), REFUSED, "Proposal 1 went into proposal 3; name that one.");
	SAYS(UNPLACE("2"), REFUSED, "Proposal 2 went into proposal 3; name that one.");
	CHECK_EQ(submit(t, KENYA, "Kenya"), OK);
	CHECK_EQ(MEMBER(KENYA, "proposal.withdraw", "proposal", "4"), OK);
	SAYS(PLACE("1", "4"), REFUSED,
	    "Proposal 4 was withdrawn by its sponsor; it stays in the list of proposals that are "
	    "not placed.");
	CHECK_EQ(UNPLACE("4"), OK);
	CHECK(OFFICE("compilation.unplace", "compilation", "1", "proposals", "4") == INVALID);
	stop(t);
}

TEST(compilation_result_stands_where_its_first_source_stood)
{
	struct trial *t = start();
	CHECK_EQ(PLACE("2", "1"), OK);
	CHECK_EQ(MERGE("1", "2"), OK);
	CHECK_EQ(stands_in(t, 3), 2);
	CHECK_EQ(PLACE("1", "3"), OK);
	CHECK_EQ(stands_in(t, 3), 1);
	CHECK_EQ(MEMBER(KENYA, "proposal.split", "proposal", "3", "first_title", "a", "first_text",
	             "x", "second_title", "b", "second_text", "y"),
	    OK);
	CHECK_EQ(stands_in(t, 4), 1);
	CHECK_EQ(stands_in(t, 5), 1);
	CHECK_EQ(UNPLACE("5"), OK);
	CHECK_EQ(stands_in(t, 5), 0);
	stop(t);
}

TEST(compilation_sponsors_say_what_is_reflected)
{
	struct trial *t = start();
	SAYS(CONFIRM(KENYA, "1", "Kenya", "reflected"), REFUSED,
	    "Proposal 1 is not in the compilation; the list of proposals not placed says why.");
	SAYS(CONFIRM(KENYA, "9", "Kenya", "reflected"), ABSENT,
	    "There is no proposal 9 in this group.");
	CHECK_EQ(PLACE("1", "1"), OK);
	SAYS(CONFIRM(PERU, "1", "Peru", "reflected"), REFUSED,
	    "Peru is not a sponsor of proposal 1; only its sponsors are asked.");
	SAYS(CONFIRM(PERU, "1", "Kenya", "reflected"), DENIED,
	    "Only Kenya itself or the secretariat can give its answer.");
	SAYS(CONFIRM(KENYA, "1", "Kenya", "not_reflected"), INVALID,
	    "Say what is not reflected, so that the secretariat can put it right.");
	CHECK_EQ(CONFIRM(KENYA, "1", "Kenya", "not_reflected", "note", "A word."), OK);
	CHECK_EQ(CONFIRM(KENYA, "1", "kenya", "reflected"), OK);
	SAYS(CONFIRM(KENYA, "1", "Kenya", "reflected"), REFUSED,
	    "Kenya has confirmed version 1 already; nothing is to be done.");
	CHECK_EQ(first(t)->answers.n, 1);
	/* A new version is asked about anew; the secretariat may answer for a sponsor. */
	CHECK_EQ(MEMBER(KENYA, "proposal.revise", "proposal", "1", "text", "New."), OK);
	CHECK_EQ(OFFICE("compilation.confirm", "compilation", "1", "proposal", "1", "delegation",
	             "Kenya", "answer", "reflected"),
	    OK);
	CHECK_EQ(first(t)->answers.p[0].revision, 2);
	CHECK_EQ(MERGE("1", "2"), OK);
	SAYS(CONFIRM(KENYA, "1", "Kenya", "reflected"), REFUSED,
	    "Proposal 1 went into proposal 3; name that one.");
	CHECK_EQ(CONFIRM(PERU, "3", "Peru", "reflected"), OK);
	stop(t);
}

/* The sponsors of the sources become those of the result; an objection keeps the source. */
TEST(compilation_objection_keeps_the_source_in_its_place)
{
	struct trial *t = start();
	CHECK_EQ(PLACE("1", "1"), OK);
	CHECK_EQ(MERGE("1", "2"), OK);
	CHECK_EQ(MEMBER(PERU, "proposal.answer", "proposal", "2", "delegation", "Peru", "answer",
	             "object"),
	    OK);
	CHECK(proposal_is_open(proposal_get(t->g, 2)) && proposal_get(t->g, 2)->objected);
	CHECK_EQ(stands_in(t, 3), 1);
	/* Nobody had placed it: it stands beside the result. Where it is put, it stays. */
	CHECK_EQ(stands_in(t, 2), 1);
	CHECK_EQ(PLACE("2", "2"), OK);
	CHECK_EQ(stands_in(t, 2), 2);
	CHECK_EQ(CONFIRM(PERU, "2", "Peru", "reflected"), OK);
	stop(t);
}

TEST(compilation_issue_needs_entries_and_a_change)
{
	struct trial *t = start();
	SAYS(ISSUE(), REFUSED,
	    "Nothing is placed in the compilation yet; place proposals in its sections first.");
	CHECK_EQ(PLACE("1", "1"), OK);
	SAYS(ISSUE("meeting", "3"), ABSENT, "There is no meeting 3.");
	SAYS(ISSUE("revises", "1"), ABSENT, "There is no such document.");
	CHECK_EQ(
	    OFFICE("document.issue", "kind", "crp", "title", "T", "lang", "en", "text", "x"), OK);
	SAYS(ISSUE("revises", "1"), REFUSED,
	    "test/2017/CRP.1 is not a compilation; choose one, or leave this empty.");
	CHECK_EQ(ISSUE(), OK);
	CHECK_STR(fact_str(&t->fact, "symbol"), "test/2017/COMP.1");
	SAYS(ISSUE(), REFUSED,
	    "Nothing has changed since test/2017/COMP.1 was issued; that document holds.");
	CHECK_EQ(MEMBER(KENYA, "proposal.revise", "proposal", "1", "text", "New."), OK);
	SAYS(ISSUE("revises", "2"), REFUSED,
	    "This revision follows test/2017/COMP.1; leave the field empty.");
	CHECK_EQ(ISSUE(), OK);
	CHECK_STR(fact_str(&t->fact, "symbol"), "test/2017/COMP.1/Rev.1");
	CHECK_EQ(PLACE("1", "2"), OK);
	CHECK_EQ(ISSUE(), OK);
	CHECK_STR(fact_str(&t->fact, "symbol"), "test/2017/COMP.1/Rev.2");
	CHECK_EQ(document_find(t->g, 2)->revised_by, 3);
	CHECK_EQ(document_find(t->g, 4)->revises, 3);
	CHECK(document_by_symbol(t->g, S("test/2017/COMP.1/Rev.2")) == document_find(t->g, 4));
	stop(t);
}

TEST(compilation_may_take_the_place_of_an_earlier_document)
{
	struct trial *t = start();
	CHECK_EQ(PLACE("1", "1"), OK);
	CHECK_EQ(OFFICE("document.issue", "kind", "compilation", "title", "T", "lang", "en", "text",
	             "x"),
	    OK);
	CHECK_EQ(OFFICE("document.issue", "kind", "compilation", "title", "T", "lang", "en", "text",
	             "y", "revises", "1"),
	    OK);
	SAYS(ISSUE("revises", "1"), REFUSED,
	    "test/2017/COMP.1 was already revised by test/2017/COMP.1/Rev.1; revise that one.");
	CHECK_EQ(ISSUE("revises", "2"), OK);
	CHECK_STR(fact_str(&t->fact, "symbol"), "test/2017/COMP.1/Rev.2");
	/* Somebody revises it by hand: the next one follows that. */
	CHECK_EQ(OFFICE("document.issue", "kind", "compilation", "title", "T", "lang", "en", "text",
	             "z", "revises", "3"),
	    OK);
	CHECK_EQ(PLACE("1", "2"), OK);
	CHECK_EQ(ISSUE(), OK);
	CHECK_STR(fact_str(&t->fact, "symbol"), "test/2017/COMP.1/Rev.4");
	CHECK_EQ(document_find(t->g, 5)->revises, 4);
	stop(t);
}

/* --- what holds whatever people do --- */

static const char *upto(struct trial *t, struct t_rand *r, size_t n)
{
	struct arena *a = t->g->arena;
	return arena_z(a, arena_printf(a, "%zu", 1 + t_rand_below(r, n)));
}

static void random_act(struct trial *t, struct t_rand *r)
{
	size_t n = proposal_in(t->g)->v.n;
	size_t sections = first(t)->sections.n;
	const char *one = upto(t, r, n), *two = upto(t, r, n);
	const char *section = upto(t, r, sections);
	const char *by = t_rand_below(r, 2) ? "Kenya" : "Peru";
	t->now += (usec)t_rand_below(r, 2) * USEC_DAY;
	switch (t_rand_below(r, 13)) {
	case 0:
	case 1:
		(void)submit(t, KENYA, by);
		break;
	case 2:
		(void)UNPLACE(one);
		break;
	case 3:
		(void)SECTION(one);
		break;
	case 4:
		(void)JOIN(section, upto(t, r, sections));
		break;
	case 5:
		(void)MERGE(one, two);
		break;
	case 6:
		(void)OFFICE(
		    "proposal.answer", "proposal", one, "delegation", by, "answer", "object");
		break;
	case 7:
		(void)OFFICE("compilation.confirm", "compilation", "1", "proposal", one,
		    "delegation", by, "answer", "reflected");
		break;
	case 8:
		(void)OFFICE("proposal.split", "proposal", one, "first_title", "a", "first_text",
		    "x", "second_title", "b", "second_text", "y");
		break;
	case 9:
		(void)OFFICE("proposal.revise", "proposal", one, "text", "Again.");
		break;
	default:
		(void)PLACE(section, one);
		break;
	}
}

/* Whatever is placed stands in a section that stands; a result is placed when a source is. */
static void check_invariants(struct trial *t, int64_t number)
{
	const struct compilation *c = first(t);
	const struct proposal *p = proposal_get(t->g, number);
	int64_t section = stands_in(t, number);
	CHECK(section >= 0 && section <= (int64_t)c->sections.n);
	CHECK(!section || c->sections.p[section - 1].into == 0);
	bool said = p->into && p->into <= (int64_t)c->places.n && c->places.p[p->into - 1].seq;
	CHECK(!p->into || !section || said || stands_in(t, p->into));
	CHECK(compilation_version_of(t->g, c, number) <= p->revision);
}

TEST(compilation_invariants_hold_in_any_order)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct trial *t = start();
		struct t_rand r = {seed};
		int64_t placed = 0;
		for (int i = 0; i < 150; i++)
			random_act(t, &r);
		for (size_t i = 0; i < proposal_in(t->g)->v.n; i++) {
			check_invariants(t, (int64_t)i + 1);
			placed += stands_in(t, (int64_t)i + 1) > 0;
		}
		for (size_t i = 0; i < first(t)->answers.n; i++)
			for (size_t k = 0; k < i; k++)
				CHECK(first(t)->answers.p[i].proposal !=
				          first(t)->answers.p[k].proposal ||
				      !str_eq_nocase(first(t)->answers.p[i].delegation,
				          first(t)->answers.p[k].delegation));
		/* The walk went somewhere. */
		CHECK(placed > 3 && first(t)->sections.n > 2);
		stop(t);
	}
}
