/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of proposals: every refusal by its words, and what holds whatever people do. */
#include "rooms/proposal/proposal.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 3 May 2017, 09:00 UTC. */
#define NOW ((usec)17289 * USEC_DAY + 9 * 3600 * USEC_SECOND)

static const actor_id KENYA = {.b = {2}}, PERU = {.b = {3}};

#define SECRETARIAT(...) act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define MEMBER(who, ...) act(t, who, ROLE_MEMBER, __VA_ARGS__, NULL)

static enum rc submit(struct trial *t, actor_id who, const char *sponsor)
{
	return MEMBER(who, "proposal.submit", "section", "Principles", "title", "A title", "text",
	    "One.\n\nTwo.", "lang", "en", "sponsor", sponsor);
}

/* A meeting that is open and one that is announced; proposals 1 by Kenya and 2 by Peru. */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	CHECK_EQ(
	    SECRETARIAT("meeting.announce", "title", "Third meeting", "place", "Geneva", "starts",
	        "2017-05-03", "ends", "2017-05-05", "zone", "UTC", "publicity", "public"),
	    OK);
	CHECK_EQ(
	    SECRETARIAT("meeting.announce", "title", "Fourth meeting", "place", "Geneva", "starts",
	        "2017-09-25", "ends", "2017-09-27", "zone", "UTC", "publicity", "public"),
	    OK);
	CHECK_EQ(SECRETARIAT("meeting.open", "meeting", "1"), OK);
	CHECK_EQ(submit(t, KENYA, "Kenya"), OK);
	CHECK_EQ(submit(t, PERU, "Peru"), OK);
	return t;
}

TEST(proposal_numbers_and_first_sponsor)
{
	struct trial *t = start();
	CHECK_EQ(proposal_in(t->g)->v.n, 2);
	CHECK(proposal_has_sponsor(proposal_get(t->g, 1), S("KENYA")));
	CHECK(!proposal_has_sponsor(proposal_get(t->g, 2), S("Kenya")));
	CHECK(proposal_get(t->g, 0) == NULL && proposal_get(t->g, 3) == NULL);
	stop(t);
}

TEST(proposal_submit_refusals)
{
	struct trial *t = start();
	SAYS(SECRETARIAT("proposal.submit", "section", "s", "title", "t", "text", "x", "lang", "en",
	         "sponsor", "Kenya"),
	    REFUSED,
	    "The secretariat has no proposals of its own: say that you enter it on behalf of the "
	    "sponsor.");
	CHECK_EQ(SECRETARIAT("proposal.submit", "section", "s", "title", "t", "text", "x", "lang",
	             "en", "sponsor", "Kenya", "on_behalf", "1"),
	    OK);
	SAYS(MEMBER(KENYA, "proposal.submit", "section", "s", "title", "t", "text", "x", "lang",
	         "en", "sponsor", "Kenya", "seat", "4"),
	    ABSENT, "There is no seat 4 in this group.");
	SAYS(MEMBER(KENYA, "proposal.submit", "section", "s", "title", "t", "text", "x", "lang",
	         "en", "sponsor", "Kenya", "contribution", "9"),
	    ABSENT, "There is no contribution 9 in this group.");
	stop(t);
}

/* A person who represents seat 1 of Kenya, and nobody else. */
static actor_id seat_kenya(struct trial *t)
{
	trial_states(t, "2");
	return trial_seat(t, "STATES", "Kenya", "1");
}

TEST(proposal_a_seat_speaks_for_its_delegation)
{
	struct trial *t = start();
	actor_id head = seat_kenya(t);
	/* Entered by somebody else of the delegation: the seat speaks for it all the same. */
	CHECK_EQ(MEMBER(head, "proposal.revise", "proposal", "1", "text", "New."), OK);
	CHECK_EQ(proposal_get(t->g, 1)->revision, 2);
	SAYS(MEMBER(head, "proposal.revise", "proposal", "2", "text", "New."), DENIED,
	    "Only a sponsor of proposal 2 or the secretariat can do this.");
	SAYS(
	    MEMBER(head, "proposal.cosponsor", "proposal", "2", "delegation", "Kenya", "seat", "2"),
	    DENIED, "You do not belong to seat 2; name your own seat, or leave it empty.");
	CHECK_EQ(
	    MEMBER(head, "proposal.cosponsor", "proposal", "2", "delegation", "Kenya", "seat", "1"),
	    OK);
	CHECK_EQ(MEMBER(head, "proposal.revise", "proposal", "2", "text", "New."), OK);
	stop(t);
}

TEST(proposal_sponsors_join_and_leave)
{
	struct trial *t = start();
	SAYS(MEMBER(PERU, "proposal.revise", "proposal", "1", "text", "x"), DENIED,
	    "Only a sponsor of proposal 1 or the secretariat can do this.");
	SAYS(MEMBER(KENYA, "proposal.leave", "proposal", "1", "delegation", "Kenya"), REFUSED,
	    "Kenya is the only sponsor of proposal 1; withdraw the proposal instead, or let "
	    "another "
	    "delegation join first.");
	CHECK_EQ(MEMBER(PERU, "proposal.cosponsor", "proposal", "1", "delegation", "Peru"), OK);
	SAYS(MEMBER(PERU, "proposal.cosponsor", "proposal", "1", "delegation", "peru"), REFUSED,
	    "peru sponsors proposal 1 already.");
	SAYS(MEMBER(PERU, "proposal.leave", "proposal", "1", "delegation", "Kenya"), DENIED,
	    "Only Kenya itself or the secretariat can take it off the sponsors.");
	SAYS(MEMBER(PERU, "proposal.leave", "proposal", "1", "delegation", "Chile"), REFUSED,
	    "Chile is not a sponsor of proposal 1.");
	CHECK_EQ(MEMBER(KENYA, "proposal.leave", "proposal", "1", "delegation", "Kenya"), OK);
	CHECK_EQ(proposal_get(t->g, 1)->sponsors.n, 1);
	CHECK_EQ(MEMBER(PERU, "proposal.revise", "proposal", "1", "text", "x"), OK);
	stop(t);
}

TEST(proposal_is_presented_at_a_meeting_that_has_begun)
{
	struct trial *t = start();
	SAYS(SECRETARIAT("proposal.present", "proposal", "1", "meeting", "3", "by", "Kenya"),
	    ABSENT, "There is no meeting 3 in this group; announce it first.");
	SAYS(SECRETARIAT("proposal.present", "proposal", "1", "meeting", "2", "by", "Kenya"),
	    REFUSED, "Meeting 2 has not begun; presentations are recorded once it is open.");
	CHECK_EQ(
	    SECRETARIAT("proposal.present", "proposal", "1", "meeting", "1", "by", "Kenya"), OK);
	SAYS(SECRETARIAT("proposal.present", "proposal", "1", "meeting", "1", "by", "kenya"),
	    REFUSED, "The record says already that kenya presented proposal 1 at meeting 1.");
	CHECK_EQ(
	    MEMBER(KENYA, "proposal.present", "proposal", "1", "meeting", "1", "by", "x"), DENIED);
	stop(t);
}

TEST(proposal_merge_keeps_sponsors_and_sources)
{
	struct trial *t = start();
	SAYS(SECRETARIAT("proposal.merge", "sources", "1", "section", "s", "title", "t", "text",
	         "x", "lang", "en"),
	    INVALID, "A merge needs two proposals at least; to change one, revise it.");
	SAYS(SECRETARIAT("proposal.merge", "sources", "1", "sources", "7", "section", "s", "title",
	         "t", "text", "x", "lang", "en"),
	    ABSENT, "There is no proposal 7 in this group.");
	CHECK_EQ(SECRETARIAT("proposal.merge", "sources", "1", "sources", "2", "section", "s",
	             "title", "t", "text", "x", "lang", "en"),
	    OK);
	const struct proposal *merged = proposal_get(t->g, 3);
	NEED(merged);
	CHECK_EQ(merged->sponsors.n, 2);
	CHECK_EQ(proposal_get(t->g, 1)->into, 3);
	SAYS(MEMBER(KENYA, "proposal.revise", "proposal", "1", "text", "x"), REFUSED,
	    "Proposal 1 was merged into proposal 3; work on that one.");
	SAYS(SECRETARIAT("proposal.dispose", "proposal", "1", "disposition", "annexed"), REFUSED,
	    "Proposal 1 was merged into proposal 3; work on that one.");
	stop(t);
}

TEST(proposal_objection_within_seven_days_keeps_the_source_alive)
{
	struct trial *t = start();
	SAYS(MEMBER(KENYA, "proposal.answer", "proposal", "1", "delegation", "Kenya", "answer",
	         "object"),
	    REFUSED, "Proposal 1 is not merged, so there is no merge to answer.");
	CHECK_EQ(SECRETARIAT("proposal.merge", "sources", "1", "sources", "2", "section", "s",
	             "title", "t", "text", "x", "lang", "en"),
	    OK);
	SAYS(MEMBER(PERU, "proposal.answer", "proposal", "1", "delegation", "Peru", "answer",
	         "object"),
	    REFUSED, "Peru is not a sponsor of proposal 1; only its sponsors are asked.");
	SAYS(MEMBER(PERU, "proposal.answer", "proposal", "1", "delegation", "Kenya", "answer",
	         "object"),
	    DENIED, "Only Kenya itself or the secretariat can give its answer.");
	t->now += 7 * USEC_DAY;
	CHECK_EQ(MEMBER(KENYA, "proposal.answer", "proposal", "1", "delegation", "Kenya", "answer",
	             "object"),
	    OK);
	CHECK(proposal_is_open(proposal_get(t->g, 1)) && proposal_get(t->g, 1)->objected);
	t->now += 1;
	SAYS(MEMBER(PERU, "proposal.answer", "proposal", "2", "delegation", "Peru", "answer",
	         "object"),
	    REFUSED,
	    "The 7 days for answering the merge of proposal 2 are over; revise proposal 3 or "
	    "submit "
	    "a new one.");
	CHECK(!proposal_is_open(proposal_get(t->g, 2)));
	stop(t);
}

/* The numbers in a list may be larger than the list may be long. */
TEST(proposal_two_hundred_and_first_can_be_merged)
{
	struct trial *t = start();
	while (proposal_in(t->g)->v.n < 202)
		NEED(submit(t, KENYA, "Kenya") == OK);
	CHECK_EQ(SECRETARIAT("proposal.merge", "sources", "201", "sources", "202", "section", "s",
	             "title", "t", "text", "x", "lang", "en"),
	    OK);
	CHECK_EQ(proposal_get(t->g, 201)->into, 203);
	SAYS(SECRETARIAT("proposal.merge", "sources", "0", "sources", "202", "section", "s",
	         "title", "t", "text", "x", "lang", "en"),
	    INVALID, "This must be a number from 1 to 1000000000000.");
	stop(t);
}

TEST(proposal_split_and_withdraw)
{
	struct trial *t = start();
	SAYS(MEMBER(KENYA, "proposal.split", "proposal", "1", "first_title", "a", "first_text", "x",
	         "second_title", "b", "second_text", "x"),
	    INVALID, "Both parts have the same text; to keep one text, revise the proposal.");
	CHECK_EQ(MEMBER(KENYA, "proposal.split", "proposal", "1", "first_title", "a", "first_text",
	             "x", "second_title", "b", "second_text", "y"),
	    OK);
	CHECK(proposal_has_sponsor(proposal_get(t->g, 4), S("Kenya")));
	SAYS(MEMBER(KENYA, "proposal.withdraw", "proposal", "1"), REFUSED,
	    "Proposal 1 was split into proposals 3 and 4; work on those.");
	CHECK_EQ(MEMBER(PERU, "proposal.withdraw", "proposal", "2"), OK);
	SAYS(MEMBER(PERU, "proposal.revise", "proposal", "2", "text", "x"), REFUSED,
	    "Proposal 2 was withdrawn; submit it anew to take it up again.");
	stop(t);
}

TEST(proposal_disposition_says_where_or_why)
{
	struct trial *t = start();
	SAYS(SECRETARIAT("proposal.dispose", "proposal", "1", "disposition", "included"), INVALID,
	    "Name the paragraph of the text that carries the proposal.");
	SAYS(SECRETARIAT("proposal.dispose", "proposal", "1", "disposition", "not_included"),
	    INVALID, "Give the reason: the sponsor is told why the proposal is not included.");
	CHECK_EQ(SECRETARIAT("proposal.dispose", "proposal", "1", "disposition", "annexed"), OK);
	SAYS(SECRETARIAT("proposal.dispose", "proposal", "1", "disposition", "annexed"), REFUSED,
	    "The record says so already about proposal 1.");
	CHECK_EQ(SECRETARIAT("proposal.dispose", "proposal", "1", "disposition", "included",
	             "paragraph", "12"),
	    OK);
	SAYS(MEMBER(KENYA, "proposal.revise", "proposal", "1", "text", "x"), REFUSED,
	    "The group has disposed of proposal 1; submit a new proposal instead.");
	stop(t);
}

/* --- what holds whatever people do --- */

static void random_act(struct trial *t, struct t_rand *r)
{
	static const char *const who[] = {"Kenya", "Peru", "Chile"};
	struct arena *a = t->g->arena;
	size_t n = proposal_in(t->g)->v.n;
	const char *one = arena_z(a, arena_printf(a, "%zu", 1 + t_rand_below(r, n)));
	const char *two = arena_z(a, arena_printf(a, "%zu", 1 + t_rand_below(r, n)));
	const char *by = who[t_rand_below(r, 3)];
	t->now += (usec)t_rand_below(r, 3) * USEC_DAY;
	switch (t_rand_below(r, 9)) {
	case 0:
		(void)submit(t, KENYA, by);
		break;
	case 1:
		(void)SECRETARIAT("proposal.revise", "proposal", one, "text", "Again.");
		break;
	case 2:
		(void)SECRETARIAT("proposal.cosponsor", "proposal", one, "delegation", by);
		break;
	case 3:
		(void)SECRETARIAT("proposal.leave", "proposal", one, "delegation", by);
		break;
	case 4:
		(void)SECRETARIAT("proposal.present", "proposal", one, "meeting", "1", "by", by);
		break;
	case 5:
		(void)SECRETARIAT("proposal.merge", "sources", one, "sources", two, "section", "s",
		    "title", "t", "text", "x", "lang", "en");
		break;
	case 6:
		(void)SECRETARIAT("proposal.answer", "proposal", one, "delegation", by, "answer",
		    t_rand_below(r, 2) ? "object" : "agree");
		break;
	case 7:
		(void)SECRETARIAT("proposal.split", "proposal", one, "first_title", "a",
		    "first_text", "x", "second_title", "b", "second_text", "y");
		break;
	default:
		(void)SECRETARIAT("proposal.dispose", "proposal", one, "disposition", "annexed");
		break;
	}
}

/* Every proposal has a sponsor, each once; what went into another points forward to it. */
static void check_invariants(struct trial *t, const struct proposal *p, int64_t number)
{
	CHECK(p->sponsors.n >= 1);
	for (size_t i = 0; i < p->sponsors.n; i++)
		for (size_t k = 0; k < i; k++)
			CHECK(!str_eq_nocase(
			    p->sponsors.p[i].delegation, p->sponsors.p[k].delegation));
	bool gone = p->status == PROPOSAL_MERGED || p->status == PROPOSAL_SPLIT;
	CHECK(!gone || (p->into > number && proposal_get(t->g, p->into)));
	CHECK(p->revision >= 1 && p->last_seq >= p->seq);
}

TEST(proposal_invariants_hold_in_any_order)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct trial *t = start();
		struct t_rand r = {seed};
		size_t merged = 0;
		for (int i = 0; i < 120; i++)
			random_act(t, &r);
		for (size_t i = 0; i < proposal_in(t->g)->v.n; i++) {
			const struct proposal *p = &proposal_in(t->g)->v.p[i];
			check_invariants(t, p, (int64_t)i + 1);
			merged += p->status == PROPOSAL_MERGED;
		}
		/* The walk went somewhere. */
		CHECK(proposal_in(t->g)->v.n > 5 && merged > 0);
		stop(t);
	}
}
