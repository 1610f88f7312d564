/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of the analysis: every refusal by its words, and what holds whatever people do. */
#include "rooms/analysis/analysis.h"

#include "base/utf8.h"
#include "harness/t_rand.h"
#include "rooms/call/call.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 1 February 2017, 09:00 UTC. */
#define NOW ((usec)17198 * USEC_DAY + 9 * 3600 * USEC_SECOND)

static const actor_id KENYA = {.b = {3}}, PERU = {.b = {4}};

#define OFFICE(...)      act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define CHAIRED(...)     act(t, CHAIR, ROLE_CHAIR, __VA_ARGS__, NULL)
#define MEMBER(who, ...) act(t, who, ROLE_MEMBER | ROLE_PARTICIPANT, __VA_ARGS__, NULL)

#define MARK(contribution, words)                                                                \
	OFFICE("analysis.mark", "contribution", contribution, "question", "1", "paragraph", "1", \
	    "words", words, "theme", "1")

static void submit(struct trial *t, actor_id who, const char *call, const char *wish,
    const char *cite, const char *text)
{
	CHECK_EQ(act(t, who, ROLE_PARTICIPANT, "call.submit", "call", call, "author", "Somebody",
	             "category", "academic", "email", "a@example.org", "lang", "en", "publish_wish",
	             wish, "cite", cite, "answer1", text, NULL),
	    OK);
}

static void open_call(struct trial *t, const char *number)
{
	CHECK_EQ(OFFICE("call.draft", "title", "Input", "audience", "all", "zone", "UTC",
	             "deadline", "2090-12-07T23:59"),
	    OK);
	CHECK_EQ(OFFICE("call.question", "call", number, "text", "What is it?"), OK);
	CHECK_EQ(OFFICE("call.open", "call", number), OK);
}

/*
 * Contributions: 1 of Kenya, 2 of Peru, 3 and 4 only for use with others, 5 withheld, 6 waiting, 7
 * to another call. Two themes. Passages: 1 of 1, 2 of 2, 3 of 3, 4 of 7.
 */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	open_call(t, "1");
	open_call(t, "2");
	submit(t, KENYA, "1", "publish", "1",
	    "All governments on an equal footing, and n\xC3\xA9"
	    "cessaire \xE5\x85\xA8 means. We we say.\n\nA second one.");
	submit(t, PERU, "1", "publish", "1", "Not one place but many places.");
	submit(t, KENYA, "1", "publish", "0", "Only with others.");
	submit(t, PERU, "1", "publish", "0", "Me too, only with others.");
	submit(t, PERU, "1", "withhold", "1", "Nobody may read this.");
	submit(t, PERU, "1", "publish", "1", "This waits.");
	submit(t, PERU, "2", "publish", "1", "To another call.");
	for (const char *const *c = (const char *const[]){"1", "2", "3", "4", "7", NULL}; *c; c++)
		CHECK_EQ(OFFICE("call.publish", "contribution", *c), OK);
	CHECK_EQ(OFFICE("call.withhold", "contribution", "5"), OK);
	CHECK_EQ(OFFICE("analysis.theme", "title", "Equal footing"), OK);
	CHECK_EQ(OFFICE("analysis.theme", "title", "Places"), OK);
	CHECK_EQ(MARK("1", "All governments"), OK);
	CHECK_EQ(MARK("2", "many places"), OK);
	CHECK_EQ(MARK("3", "Only with others."), OK);
	CHECK_EQ(MARK("7", "another"), OK);
	CHECK_EQ(OFFICE("analysis.open", "call", "1", "title", "Synthesis", "lang", "en"), OK);
	return t;
}

#define STATE(text) OFFICE("analysis.state", "synthesis", "1", "question", "1", "text", text)
#define CITE(statement, side, ...) \
	OFFICE("analysis.cite", "statement", statement, "side", side, "passages", __VA_ARGS__)

/* One statement that cites 1 and, as saying otherwise, 2; issued. */
static struct trial *start_issued(void)
{
	struct trial *t = start();
	CHECK_EQ(STATE("Everyone is equal."), OK);
	CHECK_EQ(CITE("1", "so", "1"), OK);
	CHECK_EQ(CITE("1", "otherwise", "2"), OK);
	CHECK_EQ(CHAIRED("analysis.issue", "synthesis", "1"), OK);
	return t;
}

/* --- themes and passages --- */

TEST(themes_have_names_of_their_own)
{
	struct trial *t = start();
	SAYS(OFFICE("analysis.theme", "title", "EQUAL footing"), REFUSED,
	    "Theme 1 has this name already.");
	SAYS(OFFICE("analysis.rename", "theme", "2", "title", "Equal footing"), REFUSED,
	    "Theme 1 has this name already.");
	SAYS(OFFICE("analysis.rename", "theme", "9", "title", "X"), ABSENT, "There is no theme 9.");
	CHECK_EQ(OFFICE("analysis.rename", "theme", "2", "title", "One or many"), OK);
	CHECK_STR(analysis_theme(t->g, 2)->title, "One or many");
	CHECK(!analysis_theme(t->g, 0) && !analysis_theme(t->g, 3));
	stop(t);
}

TEST(a_passage_is_a_place_and_no_copy)
{
	struct trial *t = start();
	CHECK_EQ(MARK("1", "cessaire \xE5\x85\xA8 means"), OK);
	const struct passage *p = analysis_passage(t->g, 5);
	CHECK_EQ(p->from, 43);
	CHECK_EQ(p->to, 59);
	CHECK_STR(passage_words(t->g, p), "cessaire \xE5\x85\xA8 means");
	CHECK_STR(fact_str(&t->fact, "source"), "contribution");
	/* No words: the whole paragraph. */
	CHECK_EQ(OFFICE("analysis.mark", "contribution", "1", "question", "1", "paragraph", "2",
	             "theme", "2"),
	    OK);
	CHECK_STR(passage_words(t->g, analysis_passage(t->g, 6)), "A second one.");
	stop(t);
}

TEST(only_words_that_stand_there_are_marked)
{
	struct trial *t = start();
	SAYS(MARK("1", "All peoples"), INVALID,
	    "These words do not stand in paragraph 1; copy them from it as they are.");
	SAYS(MARK("1", "A second one."), INVALID,
	    "These words do not stand in paragraph 1; copy them from it as they are.");
	SAYS(MARK("1", "e"), INVALID,
	    "These words stand more than once in paragraph 1; take more of the words around them.");
	SAYS(MARK("1", "All governments"), REFUSED,
	    "These words are marked already for this theme, as passage 1.");
	CHECK_EQ(OFFICE("analysis.mark", "contribution", "1", "question", "1", "paragraph", "1",
	             "words", "All governments", "theme", "2"),
	    OK);
	SAYS(OFFICE("analysis.mark", "contribution", "1", "question", "2", "paragraph", "1",
	         "words", "All", "theme", "1"),
	    INVALID, "Contribution 1 has no paragraph 1 in this answer, or it was erased.");
	SAYS(OFFICE("analysis.mark", "contribution", "1", "question", "1", "paragraph", "1",
	         "words", "All", "theme", "7"),
	    ABSENT, "There is no theme 7.");
	stop(t);
}

TEST(what_is_not_public_is_not_marked)
{
	struct trial *t = start();
	SAYS(MARK("5", "Nobody"), REFUSED,
	    "Contribution 5 is not public, so nothing of it can be marked.");
	SAYS(MARK("6", "This"), REFUSED,
	    "Contribution 6 is not public, so nothing of it can be marked.");
	SAYS(MARK("99", "This"), ABSENT, "There is no contribution 99.");
	CHECK_EQ(OFFICE("call.withdraw", "contribution", "2"), OK);
	SAYS(MARK("2", "Not one"), REFUSED,
	    "Contribution 2 was withdrawn; nothing more of it is marked.");
	CHECK_EQ(MEMBER(KENYA, "call.replace", "contribution", "1", "by", "3"), OK);
	SAYS(
	    MARK("1", "equal"), REFUSED, "Contribution 1 was replaced by 3; please mark that one.");
	/* What was marked before stays: its text is as public as it was. */
	CHECK_STR(passage_words(t->g, analysis_passage(t->g, 2)), "many places");
	stop(t);
}

#define MARK_SAID(segment, call, words)                                                            \
	OFFICE("analysis.mark_said", "meeting", "1", "segment", segment, "call", call, "question", \
	    "1", "words", words, "theme", "1")

/* A meeting of which there is a transcript of two utterances. */
static void meet(struct trial *t)
{
	CHECK_EQ(OFFICE("meeting.announce", "title", "Meeting", "place", "Geneva", "starts",
	             "2017-02-01", "ends", "2017-02-01", "zone", "UTC", "publicity", "public"),
	    OK);
	CHECK_EQ(OFFICE("meeting.open", "meeting", "1"), OK);
	CHECK_EQ(OFFICE("caption.import", "meeting", "1", "kind", "rough", "lang", "en", "text",
	             ">> Kenya: We need means and time and means.\n>> Peru: So do we.\n"),
	    OK);
}

TEST(what_was_said_is_marked_and_cited_as_what_was_written)
{
	struct trial *t = start();
	meet(t);
	SAYS(MARK_SAID("3", "1", "x"), ABSENT,
	    "The transcript of meeting 1 has no utterance 3, or it was erased.");
	SAYS(MARK_SAID("1", "9", "time"), ABSENT, "There is no call 9.");
	SAYS(MARK_SAID("1", "1", "Time"), INVALID,
	    "These words do not stand in utterance 1; copy them from it as they are.");
	SAYS(MARK_SAID("1", "1", "means"), INVALID,
	    "These words stand more than once in utterance 1; take more of the words around them.");
	CHECK_EQ(MARK_SAID("1", "1", "time and means"), OK);
	CHECK_EQ(fact_i64(&t->fact, "passage"), 5);
	CHECK_STR(fact_str(&t->fact, "source"), "transcript");
	SAYS(MARK_SAID("1", "1", "time and means"), REFUSED,
	    "These words are marked already for this theme, as passage 5.");
	CHECK_EQ(MARK_SAID("2", "2", "So do we."), OK);

	/* A correction leaves the passage in the words in which it was marked. */
	CHECK_EQ(OFFICE("caption.correct", "meeting", "1", "segment", "1", "words",
	             "We need many things.", "reason", "Heard again."),
	    OK);
	CHECK_STR(passage_words(t->g, analysis_passage(t->g, 5)), "time and means");
	CHECK_EQ(analysis_passage(t->g, 5)->version, 1);

	/* Said by name in public, it may stand alone; but of the call that the synthesis is of. */
	CHECK_EQ(STATE("Means are needed."), OK);
	SAYS(CITE("1", "so", "6"), REFUSED,
	    "Passage 6 was not contributed to call 1, of which this is a synthesis.");
	CHECK_EQ(CITE("1", "so", "5"), OK);
	CHECK_EQ(CHAIRED("analysis.issue", "synthesis", "1"), OK);
	stop(t);
}

TEST(passages_are_unmarked_and_sorted)
{
	struct trial *t = start();
	CHECK_EQ(STATE("Something."), OK);
	CHECK_EQ(CITE("1", "so", "1"), OK);
	SAYS(OFFICE("analysis.unmark", "passage", "1"), REFUSED,
	    "Passage 1 is cited in statement 1; take it out there first.");
	CHECK_EQ(OFFICE("analysis.unmark", "passage", "2"), OK);
	CHECK_EQ(passage_words(t->g, analysis_passage(t->g, 2)).n, 0);
	SAYS(OFFICE("analysis.unmark", "passage", "2"), ABSENT,
	    "There is no passage 2, or it was unmarked.");
	SAYS(OFFICE("analysis.sort", "passage", "1", "theme", "1"), REFUSED,
	    "Passage 1 belongs to theme 1 already.");
	CHECK_EQ(OFFICE("analysis.sort", "passage", "1", "theme", "2"), OK);
	CHECK_EQ(analysis_passage(t->g, 1)->theme, 2);
	CHECK_EQ(MARK("1", "All governments"), OK);
	SAYS(OFFICE("analysis.sort", "passage", "5", "theme", "2"), REFUSED,
	    "These words are marked already for this theme, as passage 1.");
	stop(t);
}

/* --- the synthesis --- */

TEST(one_synthesis_of_a_call_at_a_time)
{
	struct trial *t = start();
	SAYS(OFFICE("analysis.open", "call", "1", "title", "T", "lang", "en"), REFUSED,
	    "Synthesis 1 of call 1 is not issued yet; please go on with it.");
	SAYS(OFFICE("analysis.open", "call", "9", "title", "T", "lang", "en"), ABSENT,
	    "There is no call 9.");
	CHECK_EQ(OFFICE("call.draft", "title", "Input", "audience", "all", "zone", "UTC",
	             "deadline", "2090-12-07T23:59"),
	    OK);
	SAYS(OFFICE("analysis.open", "call", "3", "title", "T", "lang", "en"), REFUSED,
	    "Call 3 is not open yet.");
	CHECK_EQ(OFFICE("analysis.open", "call", "2", "title", "T", "lang", "en"), OK);
	SAYS(OFFICE("analysis.state", "synthesis", "9", "question", "1", "text", "X"), ABSENT,
	    "There is no synthesis 9.");
	SAYS(OFFICE("analysis.state", "synthesis", "1", "question", "2", "text", "X"), INVALID,
	    "Call 1 has 1 questions.");
	SAYS(OFFICE("analysis.state", "synthesis", "1", "question", "1", "theme", "9", "text", "X"),
	    ABSENT, "There is no theme 9.");
	stop(t);
}

TEST(what_statements_cite)
{
	struct trial *t = start();
	CHECK_EQ(STATE("Something."), OK);
	SAYS(CITE("9", "so", "1"), ABSENT, "There is no statement 9.");
	SAYS(CITE("1", "so", "9"), ABSENT, "There is no passage 9, or it was unmarked.");
	SAYS(CITE("1", "so", "4"), REFUSED,
	    "Passage 4 was not contributed to call 1, of which this is a synthesis.");
	SAYS(CITE("1", "so", "1", "passages", "1"), INVALID, "Passage 1 is there twice.");
	CHECK_EQ(CITE("1", "so", "1", "passages", "3"), OK);
	SAYS(CITE("1", "otherwise", "3"), REFUSED, "Statement 1 cites passage 3 already.");
	SAYS(CITE("1", "so", "1,2,3,4,5,6,7,8,9,10,11,12,13"), INVALID,
	    "At most 12 passages at a time.");
	SAYS(OFFICE("analysis.uncite", "statement", "1", "passage", "2"), INVALID,
	    "Statement 1 does not cite passage 2.");
	CHECK(statement_cites(t->g, analysis_statement(t->g, 1), 3));
	CHECK_EQ(OFFICE("analysis.uncite", "statement", "1", "passage", "1"), OK);
	CHECK(!statement_cites(t->g, analysis_statement(t->g, 1), 1));
	CHECK(synthesis_cites(t->g, analysis_synthesis(t->g, 1), 3));
	CHECK_EQ(OFFICE("analysis.strike", "statement", "1", "reason", "Said elsewhere"), OK);
	CHECK(!synthesis_cites(t->g, analysis_synthesis(t->g, 1), 3));
	SAYS(CITE("1", "so", "2"), REFUSED, "Statement 1 was struck out.");
	SAYS(OFFICE("analysis.restate", "statement", "1", "text", "X"), REFUSED,
	    "Statement 1 was struck out.");
	CHECK_EQ(OFFICE("analysis.unmark", "passage", "3"), OK);
	stop(t);
}

TEST(every_statement_of_an_issued_synthesis_rests_on_something)
{
	struct trial *t = start();
	SAYS(CHAIRED("analysis.issue", "synthesis", "1"), REFUSED,
	    "Synthesis 1 has no statement yet.");
	CHECK_EQ(STATE("Something."), OK);
	SAYS(CHAIRED("analysis.issue", "synthesis", "1"), REFUSED,
	    "Statement 1 rests on no passage; cite what it rests on, or strike it out.");
	CHECK_EQ(CITE("1", "so", "3"), OK);
	SAYS(CHAIRED("analysis.issue", "synthesis", "1"), REFUSED,
	    "Statement 1 rests on contribution 3 alone, whose author wants it used only together "
	    "with others; cite another beside it.");
	/* Two of them are used together; so is one beside a named one. */
	CHECK_EQ(MARK("4", "Me too"), OK);
	CHECK_EQ(CITE("1", "so", "5"), OK);
	CHECK_EQ(CHAIRED("analysis.issue", "synthesis", "1"), OK);
	CHECK_EQ(fact_i64(&t->fact, "statements"), 1);
	SAYS(CHAIRED("analysis.issue", "synthesis", "1"), REFUSED,
	    "Synthesis 1 is issued already (entry 30 of the record).");
	stop(t);
}

TEST(two_passages_of_one_reserved_contribution_are_still_alone)
{
	struct trial *t = start();
	CHECK_EQ(STATE("Something."), OK);
	CHECK_EQ(MARK("3", "Only"), OK);
	CHECK_EQ(CITE("1", "so", "3", "passages", "5"), OK);
	CHECK_EQ(CHAIRED("analysis.issue", "synthesis", "1"), REFUSED);
	CHECK_EQ(CITE("1", "otherwise", "1"), OK);
	CHECK_EQ(CHAIRED("analysis.issue", "synthesis", "1"), OK);
	stop(t);
}

TEST(an_issued_synthesis_changes_with_reasons)
{
	struct trial *t = start_issued();
	const char *why =
	    "Synthesis 1 is issued (entry 29 of the record): please say why it changes.";
	SAYS(STATE("Another."), REFUSED,
	    "Synthesis 1 is issued (entry 29 of the record): its statements can be restated, but "
	    "none is added.");
	SAYS(OFFICE("analysis.restate", "statement", "1", "text", "X"), REFUSED, why);
	SAYS(CITE("1", "so", "3"), REFUSED, why);
	SAYS(OFFICE("analysis.uncite", "statement", "1", "passage", "1"), REFUSED, why);
	CHECK_EQ(OFFICE("analysis.uncite", "statement", "1", "passage", "1", "reason", "R"), OK);
	SAYS(OFFICE("analysis.uncite", "statement", "1", "passage", "2", "reason", "R"), REFUSED,
	    "Without passage 2 statement 1 would rest on nothing; strike it out instead.");
	CHECK_EQ(OFFICE("analysis.restate", "statement", "1", "text", "X", "reason", "R"), OK);
	CHECK_EQ(analysis_statement(t->g, 1)->version, 2);
	CHECK_EQ(CITE("1", "so", "3", "reason", "R"), OK);
	CHECK_EQ(OFFICE("analysis.open", "call", "1", "title", "Next", "lang", "en"), OK);
	stop(t);
}

/* --- authors --- */

TEST(authors_are_told_once)
{
	struct trial *t = start();
	CHECK_EQ(STATE("Something."), OK);
	CHECK_EQ(CITE("1", "so", "1"), OK);
	SAYS(OFFICE("analysis.notify", "synthesis", "1", "contribution", "1", "way", "mail"),
	    REFUSED, "Synthesis 1 is not issued yet; authors are told once it is.");
	CHECK_EQ(CHAIRED("analysis.issue", "synthesis", "1"), OK);
	SAYS(OFFICE("analysis.notify", "synthesis", "1", "contribution", "2", "way", "mail"),
	    REFUSED, "Synthesis 1 does not cite contribution 2.");
	SAYS(OFFICE("analysis.notify", "synthesis", "1", "contribution", "99", "way", "mail"),
	    ABSENT, "There is no contribution 99.");
	CHECK_EQ(
	    OFFICE("analysis.notify", "synthesis", "1", "contribution", "1", "way", "mail"), OK);
	SAYS(OFFICE("analysis.notify", "synthesis", "1", "contribution", "1", "way", "mail"),
	    REFUSED, "The author of contribution 1 was told already (entry 29 of the record).");
	stop(t);
}

#define MISREAD(who, contribution, ...)                                                         \
	MEMBER(who, "analysis.misread", "statement", "1", "contribution", contribution, "text", \
	    "I said the opposite.", "lang", "en" __VA_ARGS__)

TEST(only_the_author_says_misread)
{
	struct trial *t = start_issued();
	SAYS(MISREAD(PERU, "1"), DENIED,
	    "Only the author of contribution 1 can say this. Whoever contributed without an "
	    "account writes to the secretariat, which enters it.");
	SAYS(MISREAD(KENYA, "1", , "on_behalf", "1"), DENIED,
	    "Only the secretariat enters what an author wrote; leave this empty.");
	SAYS(OFFICE("analysis.misread", "statement", "1", "contribution", "1", "text", "X", "lang",
	         "en"),
	    DENIED,
	    "Only the author of contribution 1 can say this. Whoever contributed without an "
	    "account writes to the secretariat, which enters it.");
	SAYS(MISREAD(KENYA, "3"), REFUSED, "Statement 1 does not cite contribution 3.");
	CHECK_EQ(MISREAD(KENYA, "1"), OK);
	SAYS(MISREAD(KENYA, "1"), REFUSED,
	    "You have said so already (entry 30 of the record); the Chair has not answered yet.");
	CHECK_EQ(OFFICE("analysis.misread", "statement", "1", "contribution", "2", "text", "X",
	             "lang", "en", "on_behalf", "1"),
	    OK);
	CHECK_EQ(analysis_misreading(t->g, 2)->contribution, 2);
	stop(t);
}

#define MISHEARD(who, ...)                                                                      \
	MEMBER(who, "analysis.misread", "statement", "1", "text", "I said more.", "lang", "en", \
	    __VA_ARGS__)

TEST(who_spoke_says_misread_too)
{
	struct trial *t = start();
	trial_states(t, "5");
	actor_id kenya = trial_person(t, "Wanjiru Kamande", "Kenya");
	trial_sit(t, kenya, "STATES", "Kenya", "1");
	meet(t);
	CHECK_EQ(MARK_SAID("1", "1", "time and means"), OK);
	CHECK_EQ(STATE("Means are needed."), OK);
	CHECK_EQ(CITE("1", "so", "5"), OK);
	CHECK_EQ(CHAIRED("analysis.issue", "synthesis", "1"), OK);
	SAYS(MISHEARD(kenya, "on_behalf", "0"), INVALID,
	    "Name the contribution that is misread, or the passage of what was said: one of them.");
	SAYS(MISHEARD(kenya, "passage", "5", "contribution", "1"), INVALID,
	    "Name the contribution that is misread, or the passage of what was said: one of them.");
	SAYS(MISHEARD(PERU, "passage", "5"), DENIED,
	    "Only who spoke these words can say this: utterance 1 of meeting 1. Whoever has no "
	    "account writes to the secretariat, which enters it.");
	SAYS(MISHEARD(kenya, "passage", "1"), INVALID,
	    "Passage 1 was written, not said; name its contribution instead, which is 1.");
	SAYS(MISHEARD(kenya, "passage", "9"), ABSENT, "There is no passage 9.");
	CHECK_EQ(MARK_SAID("1", "1", "need"), OK);
	SAYS(MISHEARD(kenya, "passage", "6"), REFUSED, "Statement 1 does not cite passage 6.");
	CHECK_EQ(MISHEARD(kenya, "passage", "5"), OK);
	CHECK_EQ(fact_i64(&t->fact, "segment"), 1);
	CHECK_EQ(MISHEARD(kenya, "passage", "5"), REFUSED);
	CHECK_EQ(
	    CHAIRED("analysis.answer", "misreading", "1", "outcome", "stands", "text", "I see."),
	    OK);
	/* The secretariat enters what somebody without an account wrote to it. */
	CHECK_EQ(OFFICE("analysis.misread", "statement", "1", "passage", "5", "text", "X", "lang",
	             "en", "on_behalf", "1"),
	    OK);
	CHECK_EQ(analysis_misreading(t->g, 2)->passage, 5);
	stop(t);
}

#define ANSWER(number, outcome) \
	CHAIRED("analysis.answer", "misreading", number, "outcome", outcome, "text", "I see.")

TEST(the_chair_answers_truly)
{
	struct trial *t = start_issued();
	SAYS(ANSWER("1", "stands"), ABSENT, "There is no misreading 1.");
	CHECK_EQ(MISREAD(KENYA, "1"), OK);
	SAYS(ANSWER("1", "corrected"), REFUSED,
	    "Statement 1 has not changed since; restate it, take the passage out or strike it out "
	    "first.");
	CHECK_EQ(OFFICE("analysis.strike", "statement", "1", "reason", "R"), OK);
	CHECK_EQ(ANSWER("1", "corrected"), OK);
	SAYS(ANSWER("1", "stands"), REFUSED,
	    "Misreading 1 was answered already (entry 32 of the record).");
	SAYS(MISREAD(KENYA, "1"), REFUSED, "Statement 1 was struck out.");
	stop(t);
}

TEST(who_may)
{
	struct trial *t = start_issued();
	CHECK_EQ(MEMBER(KENYA, "analysis.theme", "title", "Mine"), DENIED);
	CHECK_EQ(MEMBER(KENYA, "analysis.restate", "statement", "1", "text", "X"), DENIED);
	CHECK_EQ(OFFICE("analysis.issue", "synthesis", "1"), DENIED);
	CHECK_EQ(
	    OFFICE("analysis.answer", "misreading", "1", "outcome", "stands", "text", "X"), DENIED);
	CHECK_EQ(act(t, ACTOR_PUBLIC, 0, "analysis.misread", "statement", "1", "contribution", "1",
	             "text", "X", "lang", "en", NULL),
	    DENIED);
	stop(t);
}

/* --- whatever people do --- */

static const char *pick(struct t_rand *r, const char *const *of, size_t n)
{
	return of[t_rand_below(r, n)];
}

static enum rc anything(struct trial *t, struct t_rand *r)
{
	static const char *const numbers[] = {"1", "2", "3", "4", "5", "6", "7"};
	static const char *const words[] = {
	    "All", "one", "places", "Only with", "Me too", "This", "another"};
	const char *a = pick(r, numbers, 7), *b = pick(r, numbers, 7), *w = pick(r, words, 7);
	switch (t_rand_below(r, 11)) {
	case 0:
		return MARK(a, w);
	case 1:
		return OFFICE("analysis.unmark", "passage", a);
	case 2:
		return OFFICE("analysis.sort", "passage", a, "theme", b);
	case 3:
		return STATE("A statement.");
	case 4:
		return CITE(a, "so", b);
	case 5:
		return CITE(a, "otherwise", b, "reason", "R");
	case 6:
		return OFFICE("analysis.uncite", "statement", a, "passage", b, "reason", "R");
	case 7:
		return OFFICE("analysis.strike", "statement", a, "reason", "R");
	case 8:
		return CHAIRED("analysis.issue", "synthesis", "1");
	case 9:
		return MEMBER(KENYA, "analysis.misread", "statement", a, "contribution", b, "text",
		    "X", "lang", "en");
	default:
		return CHAIRED("analysis.answer", "misreading", a, "outcome",
		    t_rand_below(r, 2) ? "corrected" : "stands", "text", "X");
	}
}

/* Nothing unpublished is marked; what is cited is marked, of the call, once; issued statements
 * rest. */
static void check_state(const struct group *g)
{
	const struct analysis_state *s = analysis_in(g);
	for (size_t i = 0; i < s->passages.n; i++) {
		const struct passage *p = &s->passages.p[i];
		const struct contribution_item *c = contribution_find(g, p->contribution);
		CHECK(c && c->published && p->to > p->from);
		CHECK(p->dropped || utf8_count(passage_words(g, p)) == (size_t)(p->to - p->from));
	}
	for (size_t i = 0; i < s->statements.n; i++) {
		const struct statement *x = &s->statements.p[i];
		const struct synthesis *y = analysis_synthesis(g, x->synthesis);
		CHECK(!x->struck || !x->citations.n);
		CHECK(!y->issued || x->struck || x->citations.n > 0);
		for (size_t k = 0; k < x->citations.n; k++) {
			const struct passage *p = analysis_passage(g, x->citations.p[k].passage);
			CHECK(p && !p->dropped);
			CHECK_EQ(contribution_find(g, p->contribution)->call, y->call);
			for (size_t j = 0; j < k; j++)
				CHECK(x->citations.p[j].passage != x->citations.p[k].passage);
		}
	}
}

TEST(what_holds_whatever_people_do)
{
	struct t_rand r = {4};
	size_t done = 0;
	for (int round = 0; round < 20; round++) {
		struct trial *t = start();
		for (int i = 0; i < 120; i++)
			done += anything(t, &r) == OK;
		check_state(t->g);
		stop(t);
	}
	CHECK(done > 400);
}
