/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of drafts: filing, standing behind, accepting some and keeping the rest. */
#include "rooms/draft/draft.h"

#include "rooms/document/document.h"
#include "rooms/members/members.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 29 January 2018, 09:00 UTC. */
#define NOW ((usec)17560 * USEC_DAY + 9 * 3600 * USEC_SECOND)

#define SECRETARIAT(...)    act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define CHAIRED(...)        act(t, CHAIR, ROLE_CHAIR, __VA_ARGS__, "draft", "1", NULL)
#define MEMBER(who, c, ...) act(t, who, ROLE_MEMBER, c, "draft", "1", __VA_ARGS__, NULL)

/* Kenya, Peru and Norway, and a draft of a heading and three paragraphs. */
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

static const struct draft *draft(const struct trial *t)
{
	return draft_get(t->g, 1);
}

static const struct amendment *amendment(const struct trial *t, int64_t n)
{
	return draft_amendment(draft(t), n);
}

/* "number. text|..." of what is read. */
static str read(const struct trial *t)
{
	struct buf b = buf_in(t->g->arena, 0);
	for (size_t i = 0; i < draft(t)->doc.n; i++) {
		const struct text_par *p = &draft(t)->doc.par[i];
		if (p->is_gone)
			continue;
		buf_sep(&b, S("|"));
		buf_put(&b, p->number);
		buf_put(&b, p->number.n ? S(". ") : STR_EMPTY);
		buf_put(&b, text_par_read(t->g->arena, p));
	}
	return buf_str(&b);
}

TEST(a_draft_is_read_from_what_was_typed)
{
	struct trial *t = start();
	CHECK_STR(read(t),
	    "Principles|1. States shall ensure access.|2. All actors take part.|3. The "
	    "Group reports in 2018.");
	CHECK_EQ(draft(t)->doc.par[0].kind, TEXT_HEADING);
	stop(t);
}

TEST(only_what_was_changed_becomes_the_amendment)
{
	struct trial *t = start();
	CHECK_EQ(MEMBER(t->kenya, "draft.amend", "paragraph", "p2", "text",
	             "States should ensure universal access."),
	    OK);
	const struct amendment *m = amendment(t, 1);
	CHECK_STR(m->text.party, "Kenya");
	NEED(m->text.ops_n == 2);
	CHECK_STR(m->text.ops[0].text, "should");
	SAYS(MEMBER(
	         t->kenya, "draft.amend", "paragraph", "p2", "text", "States shall ensure access."),
	    INVALID, "This changes nothing: change the words that should read otherwise.");
	SAYS(MEMBER(t->kenya, "draft.amend", "paragraph", "p9", "text", "x"), INVALID,
	    "This draft has no paragraph p9.");
	SAYS(MEMBER(t->kenya, "draft.move", "paragraph", "p3", "after", "p3"), INVALID,
	    "Paragraph 2 cannot be moved behind itself.");
	SAYS(MEMBER(t->kenya, "draft.move", "paragraph", "p3", "after", "p2"), INVALID,
	    "Paragraph 2 stands there already.");
	SAYS(MEMBER(t->kenya, "draft.join", "paragraph", "p4"), INVALID,
	    "No paragraph follows 3 that it could be joined with.");
	CHECK_EQ(MEMBER(t->peru, "draft.delete", "paragraph", "p4"), OK);
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "2"), OK);
	SAYS(MEMBER(t->kenya, "draft.amend", "paragraph", "p4", "text", "x"), INVALID,
	    "Paragraph 3 has been deleted.");
	stop(t);
}

TEST(the_same_words_are_offered_for_cosponsoring)
{
	struct trial *t = start();
	CHECK_EQ(MEMBER(t->kenya, "draft.amend", "paragraph", "p2", "text",
	             "States should ensure access."),
	    OK);
	SAYS(MEMBER(
	         t->peru, "draft.amend", "paragraph", "p2", "text", "States should ensure access."),
	    REFUSED, "Amendment 1 of Kenya says the same. Co-sponsor it instead.");
	CHECK_EQ(MEMBER(t->peru, "draft.cosponsor", "amendment", "1"), OK);
	SAYS(MEMBER(t->peru, "draft.cosponsor", "amendment", "1"), REFUSED,
	    "Peru sponsors amendment 1 already.");
	SAYS(MEMBER(t->kenya, "draft.withdraw", "amendment", "1"), REFUSED,
	    "Others sponsor amendment 1 as well: leave its sponsors instead.");
	CHECK_EQ(MEMBER(t->kenya, "draft.leave", "amendment", "1"), OK);
	CHECK_STR(amendment(t, 1)->text.party, "Peru");
	SAYS(MEMBER(t->peru, "draft.leave", "amendment", "1"), REFUSED,
	    "Peru is the only sponsor: withdraw the amendment, or let another delegation join "
	    "first.");
	CHECK_EQ(MEMBER(t->peru, "draft.withdraw", "amendment", "1"), OK);
	SAYS(MEMBER(t->kenya, "draft.cosponsor", "amendment", "1"), REFUSED,
	    "Amendment 1 was withdrawn; table a new one to take it up again.");
	stop(t);
}

TEST(a_delegate_acts_for_the_own_seat_the_secretariat_for_any)
{
	struct trial *t = start();
	SAYS(MEMBER(t->kenya, "draft.delete", "paragraph", "p2", "seat", "2"), DENIED,
	    "You do not belong to seat 2; name your own seat, or leave it empty.");
	SAYS(SECRETARIAT("draft.delete", "draft", "1", "paragraph", "p2"), REFUSED,
	    "You have no seat of your own: say for which seat you enter this.");
	CHECK_EQ(SECRETARIAT("draft.delete", "draft", "1", "paragraph", "p2", "seat", "2"), OK);
	CHECK_STR(amendment(t, 1)->text.party, "Peru");
	stop(t);
}

/* 1 Kenya: should. 2 Peru: may (against 1). 3 Norway: a new paragraph. 4 Kenya: split p3. */
static struct trial *with_four(void)
{
	struct trial *t = start();
	CHECK_EQ(MEMBER(t->kenya, "draft.amend", "paragraph", "p2", "text",
	             "States should ensure access."),
	    OK);
	CHECK_EQ(
	    MEMBER(t->peru, "draft.amend", "paragraph", "p2", "text", "States may ensure access."),
	    OK);
	CHECK_EQ(MEMBER(t->norway, "draft.insert", "after", "p2", "text", "New."), OK);
	CHECK_EQ(
	    MEMBER(t->kenya, "draft.split", "paragraph", "p3", "text", "All actors\n\ntake part."),
	    OK);
	return t;
}

#define RESTATE(who, n, words) \
	MEMBER(who, "draft.restate", "amendment", n, "paragraph", "p2", "text", words)

TEST(a_sponsor_says_what_remains_of_an_amendment)
{
	struct trial *t = with_four();
	CHECK_EQ(MEMBER(t->norway, "draft.cosponsor", "amendment", "2"), OK);
	SAYS(RESTATE(t->peru, "2", "States could ensure access."), REFUSED,
	    "Amendment 2 can be accepted as it stands: to change it, withdraw it and table "
	    "another.");
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "1"), OK);
	NEED(amendment_needs_author(amendment(t, 2)));
	SAYS(RESTATE(t->kenya, "2", "States may ensure access."), DENIED,
	    "Kenya does not sponsor amendment 2.");
	SAYS(RESTATE(t->peru, "9", "States may ensure access."), ABSENT,
	    "Draft 1 has no amendment 9.");
	SAYS(RESTATE(t->peru, "2", "States should ensure access."), INVALID,
	    "This changes nothing: change the words that should read otherwise.");
	CHECK(amendment_needs_author(amendment(t, 2)));

	/* Any of its sponsors; it keeps its number, its sponsors and the revision it was filed in.
	 */
	CHECK_EQ(RESTATE(t->norway, "2", "States should ensure free access."), OK);
	const struct amendment *m = amendment(t, 2);
	CHECK_EQ(draft(t)->amendments.n, 4);
	CHECK(amendment_is_ready(m) && m->text.outcome == TEXT_UNCHANGED && !m->text.why.n);
	CHECK_EQ(m->sponsors.n, 2);
	CHECK_STR(m->text.party, "Peru");
	CHECK_EQ(m->filed, 1);
	CHECK_EQ(fact_i64(&t->fact, "revision"), 2);
	NEED(m->text.ops_n == 1);
	CHECK_STR(str_trim(m->text.ops[0].text), "free");
	SAYS(RESTATE(t->peru, "2", "States should ensure no access."), REFUSED,
	    "Amendment 2 can be accepted as it stands: to change it, withdraw it and table "
	    "another.");

	/* It is accepted in the words of now, and restated no more. */
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "2"), OK);
	CHECK_STR(read(t),
	    "Principles|1. States should ensure free access.|2. All actors take part.|3. The Group "
	    "reports in 2018.");
	SAYS(RESTATE(t->peru, "2", "States should ensure access."), REFUSED,
	    "Amendment 2 was accepted: its words stand in revision 3. To change them, table a new "
	    "amendment.");
	stop(t);
}

TEST(the_chair_accepts_some_and_the_rest_is_kept)
{
	struct trial *t = with_four();
	SAYS(CHAIRED("draft.accept", "amendments", "1", "amendments", "2"), REFUSED,
	    "Amendments 1 and 2 cannot both be accepted. Both change the same words.");
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "1", "amendments", "3"), OK);
	CHECK_EQ(draft(t)->revision, 2);
	CHECK_STR(fact_str(&t->fact, "symbol"), "WGEC/2018/CRP.2/Rev.1");
	CHECK_STR(read(t),
	    "Principles|1. States should ensure access.|1 bis. New.|2. All actors take "
	    "part.|3. The Group reports in 2018.");
	CHECK_EQ(amendment(t, 1)->status, AMENDMENT_ACCEPTED);
	CHECK(amendment_needs_author(amendment(t, 2)));
	CHECK(amendment_is_ready(amendment(t, 4)));
	SAYS(CHAIRED("draft.accept", "amendments", "2"), REFUSED,
	    "Amendment 2 waits for its author: a1 has been adopted. Both change the same words. "
	    "Its "
	    "author must say what remains of it.");
	SAYS(MEMBER(t->kenya, "draft.withdraw", "amendment", "1"), REFUSED,
	    "Amendment 1 was accepted: its words stand in revision 2. To change them, table a new "
	    "amendment.");
	CHECK_EQ(CHAIRED("draft.accept", "uncontested", "1"), OK);
	CHECK_EQ(fact_value(&t->fact, "text")->list.n, 6);
	CHECK_STR(read(t),
	    "Principles|1. States should ensure access.|1 bis. New.|2. All actors |2 "
	    "bis. take part.|3. The Group reports in 2018.");
	stop(t);
}

TEST(each_revision_is_a_document_that_replaces_the_one_before)
{
	struct trial *t = with_four();
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "1"), OK);
	NEED(document_total(t->g) == 2);
	const struct document_item *d = document_by_symbol(t->g, S("WGEC/2018/CRP.2"));
	const struct document_item *next = document_by_symbol(t->g, S("WGEC/2018/CRP.2/Rev.1"));
	NEED(d && next);
	CHECK_EQ(d->revised_by, next->number);
	CHECK_EQ(next->revises, d->number);
	CHECK_STR(next->kind, "crp");
	SAYS(SECRETARIAT("draft.open", "title", "Another", "symbol", "WGEC/2018/CRP.2", "lang",
	         "en", "text", "Words."),
	    REFUSED,
	    "WGEC/2018/CRP.2 is the symbol of a document in the library already; give the draft "
	    "another one, or none.");
	CHECK_EQ(SECRETARIAT("draft.open", "title", "Another", "lang", "en", "text", "Words."), OK);
	CHECK_EQ(document_total(t->g), 2);
	stop(t);
}

TEST(what_somebody_is_against_is_not_uncontested)
{
	struct trial *t = with_four();
	struct draft_numbers n = draft_uncontested(t->g->arena, draft(t));
	NEED(n.v.n == 2);
	CHECK_EQ(n.v.p[0], 3);
	CHECK_EQ(n.v.p[1], 4);
	CHECK_EQ(MEMBER(t->peru, "draft.stance", "amendment", "3", "stance", "reserve"), OK);
	CHECK_EQ(MEMBER(t->peru, "draft.stance", "amendment", "4", "stance", "support"), OK);
	n = draft_uncontested(t->g->arena, draft(t));
	NEED(n.v.n == 1);
	CHECK_EQ(n.v.p[0], 4);
	stop(t);
}

TEST(a_stance_is_removed_by_the_seat_or_with_notice)
{
	struct trial *t = with_four();
	SAYS(MEMBER(t->kenya, "draft.stance", "amendment", "1", "stance", "retain"), REFUSED,
	    "Kenya sponsors this amendment; leave its sponsors first.");
	CHECK_EQ(SECRETARIAT("draft.stance", "draft", "1", "amendment", "1", "stance", "retain",
	             "seat", "2"),
	    OK);
	CHECK_STR(fact_str(&t->fact, "from_floor"), "yes");
	SAYS(SECRETARIAT(
	         "draft.stance", "draft", "1", "amendment", "1", "stance", "none", "seat", "2"),
	    DENIED, "Only Peru itself, or the Chair with notice, removes its stance.");
	SAYS(CHAIRED("draft.stance", "amendment", "1", "stance", "none", "seat", "2"), INVALID,
	    "Say why the stance of Peru is removed, and when it was given notice; this is shown.");
	CHECK_EQ(CHAIRED("draft.stance", "amendment", "1", "stance", "none", "seat", "2", "note",
	             "Notice given on 28 January."),
	    OK);
	CHECK_EQ(amendment(t, 1)->stances.n, 0);
	stop(t);
}

TEST(what_the_floor_says_takes_no_stance_of_a_seat_away)
{
	struct trial *t = with_four();
	CHECK_EQ(MEMBER(t->peru, "draft.stance", "amendment", "1", "stance", "object"), OK);
	CHECK_STR(fact_str(&t->fact, "from_floor"), "no");
	CHECK_EQ(amendment(t, 1)->stances.p[0].kind, TEXT_OBJECT);
	SAYS(SECRETARIAT(
	         "draft.stance", "draft", "1", "amendment", "1", "stance", "support", "seat", "2"),
	    DENIED,
	    "Peru took its stance itself. Only Peru, or the Chair with notice, removes it.");
	CHECK_EQ(SECRETARIAT("draft.stance", "draft", "1", "amendment", "1", "stance", "reserve",
	             "seat", "3"),
	    OK);
	CHECK_EQ(SECRETARIAT("draft.stance", "draft", "1", "amendment", "1", "stance", "support",
	             "seat", "3"),
	    OK);
	CHECK_EQ(amendment(t, 1)->stances.n, 2);
	CHECK_EQ(MEMBER(t->norway, "draft.stance", "amendment", "1", "stance", "none"), OK);
	CHECK_STR(fact_str(&t->fact, "by_chair"), "no");
	CHECK_EQ(amendment(t, 1)->stances.n, 1);
	stop(t);
}

#define STANDS(who, par, w, s) \
	MEMBER(who, "draft.stand_on_text", "paragraph", par, "words", w, "stance", s)

TEST(a_stance_on_words_finds_them_once)
{
	struct trial *t = start();
	SAYS(STANDS(t->peru, "p9", "States", "reserve"), ABSENT, "This draft has no paragraph p9.");
	SAYS(STANDS(t->peru, "p2", "All States", "reserve"), INVALID,
	    "These words do not stand in the paragraph: copy them from it as they are, or leave "
	    "this empty for the whole paragraph.");
	SAYS(STANDS(t->peru, "p2", "s", "reserve"), INVALID,
	    "These words stand in the paragraph more than once: add words before or behind them "
	    "until they stand there only once.");
	CHECK_EQ(STANDS(t->peru, "p2", "ensure access", "reserve"), OK);
	NEED(draft(t)->stands.n == 1);
	const struct draft_stand *s = &draft(t)->stands.p[0];
	CHECK_EQ(s->text.ops[0].from, strlen("States shall "));
	CHECK_EQ(s->text.ops[0].to, strlen("States shall ensure access"));
	CHECK(!s->from_floor);
	SAYS(SECRETARIAT("draft.stand_on_text", "draft", "1", "paragraph", "p2", "words",
	         "ensure access", "stance", "object", "seat", "2"),
	    DENIED,
	    "Peru took its stance itself. Only Peru, or the Chair with notice, removes it.");
	CHECK_EQ(STANDS(t->peru, "p2", "ensure access", "delete"), OK);
	CHECK(draft(t)->stands.p[0].ended);
	CHECK(draft_stand_holds(&draft(t)->stands.p[1]));
	stop(t);
}

TEST(a_stance_on_words_goes_with_them_or_says_that_they_changed)
{
	struct trial *t = with_four();
	CHECK_EQ(STANDS(t->norway, "p2", "ensure access", "reserve"), OK);
	CHECK_EQ(STANDS(t->norway, "p2", "States shall", "object"), OK);
	CHECK_EQ(STANDS(t->norway, "p2", "", "retain"), OK);
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "1"), OK);
	const struct draft *d = draft(t);
	NEED(d->stands.n == 3);
	const struct text_op *op = &d->stands.p[0].text.ops[0];
	CHECK(draft_stand_holds(&d->stands.p[0]));
	CHECK_STR(
	    text_par_between(t->g->arena, &d->doc.par[op->par], op->from, op->to), "ensure access");
	CHECK(!draft_stand_holds(&d->stands.p[1]));
	CHECK_EQ(d->stands.p[1].text.outcome, TEXT_IN_CONFLICT);
	CHECK(draft_stand_holds(&d->stands.p[2]));
	CHECK_EQ(MEMBER(t->peru, "draft.delete", "paragraph", "p2"), OK);
	CHECK_EQ(CHAIRED("draft.accept", "amendments", "5"), OK);
	CHECK_EQ(draft(t)->stands.p[0].text.outcome, TEXT_IN_CONFLICT);
	CHECK_EQ(draft(t)->stands.p[2].text.outcome, TEXT_SATISFIED);
	stop(t);
}

TEST(words_that_somebody_would_retain_are_contested)
{
	struct trial *t = with_four();
	CHECK_EQ(draft_uncontested(t->g->arena, draft(t)).v.n, 2);
	CHECK_EQ(STANDS(t->peru, "p3", "actors take", "object"), OK);
	CHECK_EQ(draft_uncontested(t->g->arena, draft(t)).v.n, 2);
	CHECK_EQ(STANDS(t->peru, "p3", "actors take", "retain"), OK);
	CHECK_EQ(draft_uncontested(t->g->arena, draft(t)).v.n, 1);
	stop(t);
}

TEST(a_stance_on_words_is_removed_by_the_seat_or_the_chair_with_a_reason)
{
	struct trial *t = start();
	CHECK_EQ(SECRETARIAT("draft.stand_on_text", "draft", "1", "paragraph", "p2", "stance",
	             "object", "seat", "2"),
	    OK);
	CHECK(draft(t)->stands.p[0].from_floor);
	SAYS(SECRETARIAT("draft.remove_stance", "draft", "1", "stance", "1", "reason", "x"), DENIED,
	    "Only Peru itself, or the Chair with notice, removes its stance.");
	SAYS(MEMBER(t->kenya, "draft.remove_stance", "stance", "1"), DENIED,
	    "Only Peru itself, or the Chair with notice, removes its stance.");
	SAYS(CHAIRED("draft.remove_stance", "stance", "1"), INVALID,
	    "Say why the stance of Peru is removed, and when it was given notice; this is shown.");
	CHECK_EQ(
	    CHAIRED("draft.remove_stance", "stance", "1", "reason", "Notice on 28 January."), OK);
	CHECK_STR(fact_str(&t->fact, "by_chair"), "yes");
	CHECK_STR(fact_str(&t->fact, "party"), "Peru");
	SAYS(MEMBER(t->peru, "draft.remove_stance", "stance", "1"), ABSENT,
	    "There is no stance 1 on the text of draft 1.");
	CHECK_EQ(STANDS(t->peru, "p2", "", "reserve"), OK);
	CHECK_EQ(MEMBER(t->peru, "draft.remove_stance", "stance", "2"), OK);
	CHECK(draft(t)->stands.p[1].ended);
	stop(t);
}

TEST(a_split_changes_nothing_but_the_line)
{
	struct trial *t = start();
	SAYS(MEMBER(t->peru, "draft.split", "paragraph", "p3", "text", "All actors take part."),
	    INVALID, "Leave an empty line where the paragraph is to be split.");
	SAYS(MEMBER(t->peru, "draft.split", "paragraph", "p3", "text", "All people\n\ntake part."),
	    INVALID,
	    "Change nothing but the empty line; propose other words as an amendment of their own.");
	stop(t);
}
