/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The rules of readings: what may become of a paragraph, and what a closed reading freezes.
 * long: every step of a paragraph, and acts at random, on one group.
 */
#include "rooms/reading/reading.h"

#include "t_rand.h"
#include "rooms/trial.h"

#include "base/poison.h"

extern const struct room_commands reading_commands;

/* 29 January 2018, 09:00 UTC. */
#define NOW ((usec)17560 * USEC_DAY + 9 * 3600 * USEC_SECOND)

#define SECRETARIAT(...) act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define CHAIRED(...)     act(t, CHAIR, ROLE_CHAIR, __VA_ARGS__, "draft", "1", NULL)
#define ON(c, par, ...)  act(t, CHAIR, ROLE_CHAIR, c, "draft", "1", "paragraph", par, __VA_ARGS__)
#define MEMBER(who, ...) act(t, who, ROLE_MEMBER, __VA_ARGS__, NULL)
#define AMEND(who, par, words) \
	MEMBER(who, "draft.amend", "draft", "1", "paragraph", par, "text", words)
#define CLOCK(number) act(t, ACTOR_SYSTEM, ROLE_SYSTEM, "reading.lapse", "number", number, NULL)

/* Kenya, Peru and Norway, and a draft of a heading (p1) and the paragraphs 1 to 3 (p2 to p4). */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	trial_states(t, "5");
	t->kenya = trial_seat(t, "STATES", "Kenya", "1");
	t->peru = trial_seat(t, "STATES", "Peru", "2");
	t->norway = trial_seat(t, "STATES", "Norway", "3");
	CHECK_EQ(SECRETARIAT("draft.open", "title", "Recommendations", "symbol", "WGEC/2018/CRP.2",
	             "lang", "en", "text",
	             "# Principles\n\nStates shall ensure access.\n\nAll actors take part.\n\nThe "
	             "Group reports in 2018."),
	    OK);
	return t;
}

/* The same, read paragraph by paragraph. */
static struct trial *reading_it(void)
{
	struct trial *t = start();
	CHECK_EQ(CHAIRED("reading.open"), OK);
	CHECK_EQ(CHAIRED("reading.proceed"), OK);
	return t;
}

/* Every paragraph is taken up. */
static struct trial *with_all_open(void)
{
	struct trial *t = reading_it();
	CHECK_EQ(ON("reading.take_up", "p1", "up_to", "p4", NULL), OK);
	return t;
}

static str stands(const struct trial *t, const char *par)
{
	return str_of(
	    par_status_word(reading_status(t->g, draft_get(t->g, 1), 1, str_of(par), NULL)));
}

#define STANDS(par, word) CHECK_STR(stands(t, par), word)

/* 1 day and 2 days after the beginning. */
#define TOMORROW "2018-01-30 09:00"

static enum rc ad_ref(struct trial *t, const char *par)
{
	return ON("reading.agree_ad_ref", par, "seats", "1", "seats", "2", "until", TOMORROW, NULL);
}

TEST(a_reading_begins_with_a_text_whose_hash_is_in_the_record)
{
	struct trial *t = start();
	CHECK_EQ(CHAIRED("reading.open"), OK);
	CHECK_STR(fact_str(&t->fact, "which"), "first");
	CHECK_EQ(fact_i64(&t->fact, "revision"), 1);
	CHECK_STR(fact_str(&t->fact, "symbol"), "WGEC/2018/CRP.2");
	/* printf '[{"id":"p1",...}]' | sha256sum */
	CHECK_STR(fact_str(&t->fact, "base"),
	    "eb945505b1516f0b5d5df6df97ba1e2a4d10480ce5c9e2aef941235c44ad3cea");
	SAYS(CHAIRED("reading.open"), REFUSED,
	    "The first reading of draft 1 is going on; close it first.");
	stop(t);
}

TEST(without_a_reading_nothing_becomes_of_a_paragraph)
{
	struct trial *t = start();
	STANDS("p2", "not_reached");
	SAYS(ON("reading.take_up", "p2", NULL), REFUSED,
	    "No reading of draft 1 is going on; the Chair opens one first.");
	SAYS(act(t, CHAIR, ROLE_CHAIR, "reading.open", "draft", "2", NULL), ABSENT,
	    "There is no draft 2 in this group.");
	stop(t);
}

TEST(general_comments_come_first_and_only_in_the_first_reading)
{
	struct trial *t = start();
	CHECK_EQ(CHAIRED("reading.open"), OK);
	SAYS(ON("reading.take_up", "p2", NULL), REFUSED,
	    "The first reading is still at the general comments; go on paragraph by paragraph "
	    "first.");
	CHECK_EQ(MEMBER(t->kenya, "reading.comment", "draft", "1", "text", "A good basis."), OK);
	CHECK_STR(fact_str(&t->fact, "party"), "Kenya");
	CHECK_EQ(fact_i64(&t->fact, "comment"), 1);
	SAYS(MEMBER(t->kenya, "reading.comment", "draft", "1", "text", "x", "seat", "2"), DENIED,
	    "You do not belong to seat 2; name your own seat, or leave it empty.");
	CHECK_EQ(CHAIRED("reading.proceed"), OK);
	SAYS(CHAIRED("reading.proceed"), REFUSED,
	    "The draft is read paragraph by paragraph already.");
	SAYS(MEMBER(t->kenya, "reading.comment", "draft", "1", "text", "x"), REFUSED,
	    "General comments have ended; say it of a paragraph, as an amendment or from the "
	    "floor.");
	stop(t);
}

TEST(a_paragraph_is_taken_up_before_anything_becomes_of_it)
{
	struct trial *t = reading_it();
	SAYS(ON("reading.agree", "p2", NULL), REFUSED,
	    "Paragraph 1 has not been reached in this reading; take it up first.");
	SAYS(ON("reading.take_up", "p9", NULL), ABSENT, "Draft 1 has no paragraph p9 now.");
	SAYS(ON("reading.take_up", "p3", "up_to", "p2", NULL), INVALID,
	    "Paragraph 1 stands before paragraph 2.");
	CHECK_EQ(ON("reading.take_up", "p2", NULL), OK);
	STANDS("p2", "open");
	STANDS("p3", "not_reached");
	SAYS(ON("reading.take_up", "p2", NULL), REFUSED, "Paragraph 1 is open already.");
	CHECK_EQ(ON("reading.take_up", "p1", "up_to", "p4", NULL), OK);
	CHECK_EQ(fact_value(&t->fact, "paragraphs")->list.n, 3);
	CHECK_STR(fact_str(&t->fact, "shown"), "Principles – 3");
	SAYS(ON("reading.take_up", "p1", "up_to", "p4", NULL), REFUSED,
	    "Each of these paragraphs is open or agreed already.");
	stop(t);
}

TEST(brackets_and_what_is_parked)
{
	struct trial *t = with_all_open();
	CHECK_EQ(ON("reading.bracket", "p2", "up_to", "p3", "why", "not_agreed", NULL), OK);
	STANDS("p3", "bracketed");
	SAYS(ON("reading.bracket", "p2", "why", "not_agreed", NULL), REFUSED,
	    "Paragraph 1 is in brackets already.");
	CHECK_EQ(ON("reading.park", "p3", "with", "A drafting group", NULL), OK);
	STANDS("p3", "parked");
	SAYS(ON("reading.agree", "p2", "up_to", "p4", NULL), REFUSED,
	    "Paragraph 2 is parked; take it up first.");
	STANDS("p2", "bracketed");
	CHECK_EQ(ON("reading.take_up", "p3", NULL), OK);
	CHECK_EQ(ON("reading.agree", "p3", NULL), OK);
	SAYS(ON("reading.agree", "p3", NULL), REFUSED,
	    "Paragraph 2 is agreed; the group must consent to reopen it first.");
	CHECK_EQ(ON("reading.agree", "p2", "up_to", "p4", NULL), OK);
	CHECK_EQ(fact_value(&t->fact, "paragraphs")->list.n, 2);
	STANDS("p4", "agreed");
	SAYS(ON("reading.agree", "p2", "up_to", "p4", NULL), REFUSED,
	    "Each of these paragraphs is agreed already.");
	stop(t);
}

TEST(nothing_is_agreed_over_an_amendment_without_a_ruling)
{
	struct trial *t = with_all_open();
	CHECK_EQ(AMEND(t->kenya, "p2", "States should ensure access."), OK);
	CHECK_EQ(AMEND(t->peru, "p2", "States may ensure access."), OK);
	SAYS(ON("reading.agree", "p2", NULL), REFUSED,
	    "Before the group on paragraph 1: amendment 1, 2. Accept them, or say that they are "
	    "not accepted; or give the ruling by which the paragraph is agreed all the same.");
	SAYS(ad_ref(t, "p2"), REFUSED,
	    "Before the group on paragraph 1: amendment 1, 2. Accept them, or say that they are "
	    "not accepted; or give the ruling by which the paragraph is agreed all the same.");
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "1"), OK);
	/* The other one waits for its author now, and is before the group all the same. */
	SAYS(ON("reading.agree", "p2", NULL), REFUSED,
	    "Before the group on paragraph 1: amendment 2. Accept them, or say that they are "
	    "not accepted; or give the ruling by which the paragraph is agreed all the same.");
	CHECK_EQ(MEMBER(t->peru, "draft.withdraw", "draft", "1", "amendment", "2"), OK);
	CHECK_EQ(ON("reading.agree", "p2", NULL), OK);
	CHECK_EQ(fact_value(&t->fact, "over")->numbers.n, 0);
	CHECK_EQ(AMEND(t->peru, "p3", "All actors may take part."), OK);
	CHECK_EQ(ON("reading.agree", "p3", "ruling", "Nobody seconds it.", NULL), OK);
	NEED(fact_value(&t->fact, "over")->numbers.n == 1);
	CHECK_EQ(fact_value(&t->fact, "over")->numbers.p[0], 3);
	stop(t);
}

#define STAND(who, par, words, stance)                                                     \
	MEMBER(who, "draft.stand_on_text", "draft", "1", "paragraph", par, "words", words, \
	    "stance", stance)

/* DOMAIN.md, 10, rule iii: a live delete or reserve, or the Chair's ruling, which is recorded. */
TEST(nothing_is_agreed_over_a_stance_on_its_words_without_a_ruling)
{
	struct trial *t = with_all_open();
	CHECK_EQ(STAND(t->kenya, "p2", "shall", "reserve"), OK);
	CHECK_EQ(STAND(t->norway, "p2", "access", "object"), OK);
	CHECK_EQ(STAND(t->kenya, "p2", "", "delete"), OK);
	CHECK_EQ(STAND(t->peru, "p3", "All", "retain"), OK);
	SAYS(ON("reading.agree", "p2", NULL), REFUSED,
	    "With a stance against words of paragraph 1: Kenya, Norway. Let them remove it; or "
	    "give the ruling by which the paragraph is agreed all the same.");
	SAYS(ad_ref(t, "p2"), REFUSED,
	    "With a stance against words of paragraph 1: Kenya, Norway. Let them remove it; or "
	    "give the ruling by which the paragraph is agreed all the same.");
	CHECK_EQ(AMEND(t->peru, "p2", "States should ensure access."), OK);
	SAYS(ON("reading.agree", "p1", "up_to", "p4", NULL), REFUSED,
	    "Before the group on paragraph 1: amendment 1; with a stance against its words: "
	    "Kenya, Norway. Settle both; or give the ruling by which the paragraph is agreed all "
	    "the same.");
	/* Who wants the words retained is not against them. */
	CHECK_EQ(ON("reading.agree", "p3", NULL), OK);
	CHECK_EQ(fact_value(&t->fact, "against")->list.n, 0);
	/* A stance that is taken back stands no more; what stands is in the entry with the ruling.
	 */
	CHECK_EQ(MEMBER(t->norway, "draft.remove_stance", "draft", "1", "stance", "2"), OK);
	CHECK_EQ(ON("reading.agree", "p2", "up_to", "p4", "ruling", "So ruled.", NULL), OK);
	STANDS("p2", "agreed");
	NEED(fact_value(&t->fact, "against")->list.n == 1);
	CHECK_STREQ(fact_value(&t->fact, "against")->list.p[0], S("Kenya"));
	NEED(fact_value(&t->fact, "over")->numbers.n == 1);
	CHECK_EQ(fact_value(&t->fact, "over")->numbers.p[0], 1);
	stop(t);
}

TEST(an_agreed_paragraph_is_not_changed_before_it_is_reopened)
{
	struct trial *t = with_all_open();
	CHECK_EQ(ON("reading.agree", "p2", NULL), OK);
	CHECK_EQ(ad_ref(t, "p3"), OK);
	CHECK_EQ(AMEND(t->kenya, "p2", "States should ensure access."), OK);
	CHECK_EQ(AMEND(t->kenya, "p3", "All people take part."), OK);
	CHECK_EQ(AMEND(t->kenya, "p4", "The Group reports in 2019."), OK);
	CHECK_EQ(MEMBER(t->peru, "draft.move", "draft", "1", "paragraph", "p2", "after", "p4"), OK);
	CHECK_EQ(MEMBER(t->peru, "draft.join", "draft", "1", "paragraph", "p3"), OK);
	SAYS(CHAIRED("draft.accept", "amendments", "3", "amendments", "1"), REFUSED,
	    "Paragraph 1 is agreed, so amendment 1 cannot be accepted: the group must consent to "
	    "reopen the paragraph first.");
	SAYS(CHAIRED("draft.accept", "amendments", "2"), REFUSED,
	    "Paragraph 2 is agreed, so amendment 2 cannot be accepted: the group must consent to "
	    "reopen the paragraph first.");
	SAYS(CHAIRED("draft.accept", "amendments", "4"), REFUSED,
	    "Paragraph 1 is agreed, so amendment 4 cannot be accepted: the group must consent to "
	    "reopen the paragraph first.");
	SAYS(CHAIRED("draft.accept", "amendments", "5"), REFUSED,
	    "Paragraph 2 is agreed, so amendment 5 cannot be accepted: the group must consent to "
	    "reopen the paragraph first.");
	CHECK_EQ(ON("reading.reopen", "p2", "consent", "1", "words", "Nobody objected.", NULL), OK);
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "1", "amendments", "3"), OK);
	STANDS("p2", "open");
	stop(t);
}

TEST(all_that_are_uncontested_leaves_out_what_is_agreed)
{
	struct trial *t = with_all_open();
	CHECK_EQ(ON("reading.agree", "p2", NULL), OK);
	CHECK_EQ(AMEND(t->kenya, "p2", "States should ensure access."), OK);
	SAYS(CHAIRED("draft.accept", "uncontested", "1"), REFUSED,
	    "Somebody is against each amendment before the group.");
	CHECK_EQ(AMEND(t->kenya, "p4", "The Group reports in 2019."), OK);
	CHECK_EQ(CHAIRED("draft.accept", "uncontested", "1"), OK);
	NEED(fact_value(&t->fact, "accepted")->numbers.n == 1);
	CHECK_EQ(fact_value(&t->fact, "accepted")->numbers.p[0], 2);
	stop(t);
}

TEST(an_agreed_paragraph_reopens_only_by_consent)
{
	struct trial *t = with_all_open();
	SAYS(ON("reading.reopen", "p2", "consent", "1", "words", "x", NULL), REFUSED,
	    "Paragraph 1 is not agreed, so nothing is to be reopened.");
	CHECK_EQ(ON("reading.agree", "p2", NULL), OK);
	SAYS(ON("reading.take_up", "p2", NULL), REFUSED,
	    "Paragraph 1 is agreed; the group must consent to reopen it first.");
	SAYS(ON("reading.bracket", "p2", "why", "revisit", NULL), REFUSED,
	    "Paragraph 1 is agreed; the group must consent to reopen it first.");
	SAYS(ON("reading.reopen", "p2", "words", "Kenya asks.", NULL), REFUSED,
	    "Paragraph 1 is agreed: it is reopened only when the group consents. Ask the group, "
	    "and write down its words.");
	SAYS(ON("reading.reopen", "p2", "consent", "1", NULL), INVALID,
	    "Please fill in: The group's words.");
	CHECK_EQ(ON("reading.reopen", "p2", "consent", "1", "words", "Nobody objected.", NULL), OK);
	STANDS("p2", "open");
	stop(t);
}

TEST(agreed_ad_ref_becomes_agreed_when_all_have_confirmed)
{
	struct trial *t = with_all_open();
	CHECK_EQ(ad_ref(t, "p2"), OK);
	STANDS("p2", "agreed_ad_ref");
	SAYS(ON("reading.agree", "p2", NULL), REFUSED,
	    "Paragraph 1 is agreed ad referendum already; it is agreed when the delegations that "
	    "were named confirm it, or when their time has passed.");
	SAYS(ON("reading.take_up", "p2", NULL), REFUSED,
	    "Paragraph 1 is agreed ad referendum; it is reopened by a delegation that was to "
	    "confirm it, or by consent of the group.");
	SAYS(MEMBER(t->norway, "reading.confirm", "ad_ref", "1"), DENIED,
	    "Norway is not among those who must confirm paragraph 1.");
	SAYS(MEMBER(t->kenya, "reading.confirm", "ad_ref", "2"), ABSENT,
	    "There is no agreement ad referendum 2 in this group.");
	CHECK_EQ(MEMBER(t->kenya, "reading.confirm", "ad_ref", "1"), OK);
	CHECK_STR(fact_str(&t->fact, "status"), "agreed_ad_ref");
	SAYS(MEMBER(t->kenya, "reading.confirm", "ad_ref", "1"), REFUSED,
	    "Kenya has confirmed paragraph 1 already.");
	STANDS("p2", "agreed_ad_ref");
	/* From the floor. */
	CHECK_EQ(SECRETARIAT("reading.confirm", "ad_ref", "1", "seat", "2"), OK);
	CHECK_STR(fact_str(&t->fact, "status"), "agreed");
	STANDS("p2", "agreed");
	SAYS(MEMBER(t->peru, "reading.object", "ad_ref", "1", "reason", "x"), REFUSED,
	    "Paragraph 1 is agreed; the group must consent to reopen it.");
	stop(t);
}

TEST(agreed_ad_ref_reopens_when_one_of_them_says_so)
{
	struct trial *t = with_all_open();
	CHECK_EQ(ad_ref(t, "p2"), OK);
	CHECK_EQ(MEMBER(t->kenya, "reading.confirm", "ad_ref", "1"), OK);
	SAYS(MEMBER(t->norway, "reading.object", "ad_ref", "1", "reason", "x"), DENIED,
	    "Norway is not among those who must confirm paragraph 1.");
	CHECK_EQ(MEMBER(t->peru, "reading.object", "ad_ref", "1", "reason", "Not in law."), OK);
	STANDS("p2", "open");
	SAYS(MEMBER(t->kenya, "reading.confirm", "ad_ref", "1"), REFUSED,
	    "Paragraph 1 was reopened; this agreement ad referendum is over.");
	CHECK_EQ(ON("reading.agree", "p2", NULL), OK);
	stop(t);
}

TEST(agreed_ad_ref_becomes_agreed_when_the_time_has_passed)
{
	struct trial *t = with_all_open();
	usec at;
	int64_t number;
	const char *name;
	CHECK(!reading_commands.due(t->g, &at, &name, &number));
	SAYS(ON("reading.agree_ad_ref", "p3", "seats", "1", "until", "2018-01-29 09:00", NULL),
	    INVALID, "The time to confirm must lie in the future.");
	SAYS(ON("reading.agree_ad_ref", "p3", "seats", "5", "until", TOMORROW, NULL), ABSENT,
	    "There is no delegation in seat 5 of this group.");
	CHECK_EQ(ON("reading.agree_ad_ref", "p3", "seats", "1", "seats", "1", "until",
	             "2018-01-31 09:00", NULL),
	    OK);
	CHECK_EQ(fact_value(&t->fact, "must_confirm")->numbers.n, 1);
	CHECK_EQ(ad_ref(t, "p2"), OK);
	NEED(reading_commands.due(t->g, &at, &name, &number));
	CHECK_EQ(at, NOW + USEC_DAY);
	CHECK_STR(str_of(name), "reading.lapse");
	CHECK_EQ(number, 2);
	SAYS(CLOCK("2"), REFUSED, "The time to confirm paragraph 1 has not passed yet.");
	CHECK_EQ(MEMBER(t->peru, "reading.confirm", "ad_ref", "2"), OK);
	t->now = NOW + USEC_DAY;
	SAYS(MEMBER(t->kenya, "reading.object", "ad_ref", "2", "reason", "x"), REFUSED,
	    "The time to confirm paragraph 1 has passed: it counts as agreed.");
	CHECK_EQ(CLOCK("2"), OK);
	CHECK_EQ(fact_value(&t->fact, "silent")->list.n, 1);
	STANDS("p2", "agreed");
	NEED(reading_commands.due(t->g, &at, &name, &number));
	CHECK_EQ(number, 1);
	/* Reopened by consent, it is not due any more. */
	CHECK_EQ(ON("reading.reopen", "p3", "consent", "1", "words", "Agreed.", NULL), OK);
	CHECK(!reading_commands.due(t->g, &at, &name, &number));
	stop(t);
}

TEST(what_comes_in_or_is_split_during_a_reading_is_open)
{
	struct trial *t = with_all_open();
	CHECK_EQ(ON("reading.bracket", "p3", "why", "revisit", NULL), OK);
	CHECK_EQ(ON("reading.agree", "p4", NULL), OK);
	CHECK_EQ(MEMBER(t->peru, "draft.insert", "draft", "1", "after", "p2", "text", "New."), OK);
	CHECK_EQ(MEMBER(t->kenya, "draft.split", "draft", "1", "paragraph", "p3", "text",
	             "All actors\n\ntake part."),
	    OK);
	CHECK_EQ(MEMBER(t->norway, "draft.delete", "draft", "1", "paragraph", "p2"), OK);
	CHECK_EQ(CHAIRED("draft.accept", "uncontested", "1"), OK);
	const struct draft *d = draft_get(t->g, 1);
	size_t open = 0;
	for (size_t i = 0; i < d->doc.n; i++)
		open += reading_status(t->g, d, 1, d->doc.par[i].id, NULL) == PAR_OPEN;
	/* The heading, the new one, and both halves. */
	CHECK_EQ(open, 4);
	STANDS("p2", "deleted");
	STANDS("p3", "open");
	STANDS("p4", "agreed");
	SAYS(ON("reading.agree", "p2", NULL), ABSENT, "Draft 1 has no paragraph p2 now.");
	stop(t);
}

TEST(closing_demands_that_every_paragraph_was_reached)
{
	struct trial *t = reading_it();
	CHECK_EQ(ON("reading.take_up", "p2", NULL), OK);
	SAYS(CHAIRED("reading.close"), REFUSED,
	    "Not reached in this reading: Principles, 2, 3. Take them up first; what cannot be "
	    "settled now is bracketed or parked.");
	CHECK_EQ(ON("reading.take_up", "p1", "up_to", "p4", NULL), OK);
	CHECK_EQ(ON("reading.agree", "p2", NULL), OK);
	CHECK_EQ(CHAIRED("reading.close"), OK);
	const struct value *v = fact_value(&t->fact, "statuses");
	NEED(v->list.n == 4);
	CHECK_STR(v->list.p[0], "p1 open");
	CHECK_STR(v->list.p[1], "p2 agreed");
	SAYS(CHAIRED("reading.close"), REFUSED,
	    "No reading of draft 1 is going on; the Chair opens one first.");
	stop(t);
}

TEST(a_closed_reading_freezes_the_base_of_the_next)
{
	struct trial *t = with_all_open();
	CHECK_EQ(AMEND(t->kenya, "p2", "States should ensure access."), OK);
	CHECK_EQ(AMEND(t->kenya, "p4", "The Group reports in 2019."), OK);
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "1"), OK);
	CHECK_EQ(ON("reading.agree", "p2", NULL), OK);
	CHECK_EQ(ad_ref(t, "p3"), OK);
	CHECK_EQ(ON("reading.park", "p1", "with", "The facilitator", NULL), OK);
	CHECK_EQ(CHAIRED("reading.close"), OK);
	str frozen = arena_str(t->g->arena, fact_str(&t->fact, "base"));
	CHECK(!str_eq(frozen, reading_course(t->g, 1)->readings.p[0].base));
	SAYS(CHAIRED("draft.accept", "amendments", "2"), REFUSED,
	    "The first reading is closed and its text is frozen; open the next reading first.");
	/* Who must confirm can do so while no reading is going on. */
	CHECK_EQ(MEMBER(t->kenya, "reading.confirm", "ad_ref", "1"), OK);
	CHECK_EQ(CHAIRED("reading.open"), OK);
	CHECK_STR(fact_str(&t->fact, "which"), "second");
	CHECK_STREQ(fact_str(&t->fact, "base"), frozen);
	STANDS("p1", "parked");
	STANDS("p2", "agreed");
	STANDS("p3", "agreed_ad_ref");
	STANDS("p4", "not_reached");
	CHECK_EQ(ON("reading.take_up", "p1", "up_to", "p4", NULL), OK);
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "2"), OK);
	stop(t);
}

TEST(nothing_is_agreed_until_everything_is)
{
	struct trial *t = start();
	SAYS(CHAIRED("reading.provisional", "applies", "no"), REFUSED,
	    "This does not apply to the draft.");
	CHECK_EQ(CHAIRED("reading.provisional", "applies", "yes"), OK);
	SAYS(CHAIRED("reading.provisional", "applies", "yes"), REFUSED,
	    "This applies to the draft already.");
	CHECK_EQ(CHAIRED("reading.provisional", "applies", "no"), OK);
	stop(t);
}

/* --- acts at random --- */

static const char *const PARS[] = {"p1", "p2", "p3", "p4"};
#define N 4

struct seen {
	enum par_status status[N];
	str words[N];
};

static struct seen look(const struct trial *t)
{
	struct seen s;
	const struct draft *d = draft_get(t->g, 1);
	for (size_t i = 0; i < N; i++) {
		size_t at = text_doc_find(&d->doc, str_of(PARS[i]));
		s.status[i] = reading_status(t->g, d, 1, str_of(PARS[i]), NULL);
		s.words[i] = arena_str(t->g->arena,
		    at == TEXT_START ? STR_EMPTY : text_par_read(t->g->arena, &d->doc.par[at]));
	}
	return s;
}

static enum rc random_act(struct trial *t, struct t_rand *r)
{
	const char *par = PARS[t_rand_below(r, N)];
	const char *n =
	    arena_z(t->g->arena, arena_printf(t->g->arena, "%zu",
	                             1 + t_rand_below(r, draft_get(t->g, 1)->amendments.n + 1)));
	str words = arena_printf(t->g->arena, "Words %zu.", t_rand_below(r, 1000));
	switch (t_rand_below(r, 14)) {
	case 0:
	case 1:
		return ON("reading.take_up", par, "up_to", "p4", NULL);
	case 2:
		return ON("reading.bracket", par, "why", "revisit", NULL);
	case 3:
		return ON("reading.park", par, "with", "The facilitator", NULL);
	case 4:
	case 5:
		return ON("reading.agree", par, "ruling", "So ruled.", NULL);
	case 6:
		return ad_ref(t, par);
	case 7:
		return MEMBER(t->kenya, "reading.confirm", "ad_ref", n);
	case 8:
		return MEMBER(t->peru, "reading.object", "ad_ref", n, "reason", "No.");
	case 9:
		return ON("reading.reopen", par, t_rand_below(r, 2) ? "consent" : "words", "1",
		    "words", "Asked.", NULL);
	case 10:
		return AMEND(t->norway, par, arena_z(t->g->arena, words));
	case 11:
		return CHAIRED("draft.accept", "amendments", n);
	case 12:
		return CHAIRED("draft.accept", "uncontested", "1");
	default:
		return CHAIRED(t_rand_below(r, 2) ? "reading.open" : "reading.close");
	}
}

static bool is_agreed(enum par_status s)
{
	return s == PAR_AGREED || s == PAR_AGREED_AD_REF;
}

/* Agreed words stay, and only two acts, and the last confirmation, change what is agreed. */
static void check_step(
    const struct trial *t, const struct seen *before, const struct seen *after, enum rc rc)
{
	for (size_t i = 0; i < N; i++) {
		if (is_agreed(before->status[i])) {
			CHECK(str_eq(before->words[i], after->words[i]));
			CHECK(is_agreed(after->status[i]) || fact_is(&t->fact, "reading.reopen") ||
			      fact_is(&t->fact, "reading.object"));
		}
		CHECK(rc == OK || before->status[i] == after->status[i]);
	}
}

TEST(whatever_is_done_agreed_words_stay)
{
	size_t done = 0, agreed = 0;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct trial *t = reading_it();
		struct t_rand r = {seed};
		struct seen before = look(t);
		for (size_t step = 0; step < 80; step++) {
			enum rc rc = random_act(t, &r);
			struct seen after = look(t);
			check_step(t, &before, &after, rc);
			done += rc == OK;
			agreed += is_agreed(after.status[0]) + is_agreed(after.status[3]);
			before = after;
		}
		stop(t);
	}
	CHECK(done > 500);
	CHECK(agreed > 500);
}
