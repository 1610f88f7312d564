/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of informal drafting: one editor for a paragraph, and what comes of it. */
#include "rooms/informal/informal.h"

#include "rooms/draft/draft.h"
#include "rooms/rooms_list.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 30 January 2018, 19:00 UTC. */
#define NOW ((usec)17561 * USEC_DAY + 19 * 3600 * USEC_SECOND)

#define OFFICE(...)  act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define CHAIRED(...) act(t, CHAIR, ROLE_CHAIR, __VA_ARGS__, NULL)
#define BY(who, ...) act(t, t->who, ROLE_PARTICIPANT, __VA_ARGS__, NULL)

/* A facilitator, a delegate, and a draft of two paragraphs. */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	t->facilitator = trial_person(t, "F. Acilitator", "The Group");
	t->kenya = trial_person(t, "D. Elegate", "The Group");
	CHECK_EQ(OFFICE("people.appoint", "person", trial_id(t, t->facilitator), "office",
	             "facilitator"),
	    OK);
	CHECK_EQ(OFFICE("draft.open", "title", "Recommendations", "lang", "en", "text",
	             "States shall ensure access.\n\nAll actors take part."),
	    OK);
	return t;
}

#define OPEN "informal.open", "draft", "1", "paragraph"

TEST(one_editor_for_a_paragraph)
{
	struct trial *t = start();
	SAYS(BY(kenya, OPEN, "p1"), DENIED,
	    "The Chair, the secretariat and facilitators open informal drafting; ask one of them.");
	SAYS(BY(facilitator, OPEN, "p9"), ABSENT, "This draft has no paragraph p9.");
	SAYS(BY(facilitator, OPEN, "p1", "meeting", "3"), ABSENT,
	    "There is no meeting 3 of this group.");
	CHECK_EQ(BY(facilitator, OPEN, "p1"), OK);
	CHECK_EQ(fact_i64(&t->fact, "session"), 1);
	CHECK_EQ(fact_i64(&t->fact, "revision"), 1);
	SAYS(CHAIRED(OPEN, "p1"), REFUSED,
	    "F. Acilitator edits this paragraph in session 1: one editor for a paragraph. Follow "
	    "it, or ask that it is handed over to you.");
	CHECK_EQ(CHAIRED(OPEN, "p2"), OK);
	CHECK_EQ(informal_on(t->g, 1, S("p1")), 1);
	CHECK_EQ(informal_on(t->g, 1, S("p2")), 2);
	CHECK_STR(informal_get(t->g, 1)->base, "States shall ensure access.");
	stop(t);
}

TEST(the_paragraph_is_handed_over)
{
	struct trial *t = start();
	const char *kenya = trial_id(t, t->kenya);
	CHECK_EQ(BY(facilitator, OPEN, "p1"), OK);
	SAYS(BY(kenya, "informal.hand_over", "session", "1", "to", kenya), DENIED,
	    "F. Acilitator edits this paragraph; ask that it is handed over to you.");
	SAYS(CHAIRED("informal.hand_over", "session", "2", "to", kenya), ABSENT,
	    "There is no informal session 2 in this group.");
	CHECK_EQ(BY(facilitator, "informal.hand_over", "session", "1", "to", kenya), OK);
	CHECK(actor_eq(informal_get(t->g, 1)->editor, t->kenya));
	SAYS(CHAIRED("informal.hand_over", "session", "1", "to", kenya), REFUSED,
	    "D. Elegate edits this paragraph already.");
	CHECK_EQ(
	    BY(facilitator, "informal.result", "session", "1", "text", "States should."), DENIED);
	CHECK_EQ(BY(kenya, "informal.result", "session", "1", "text", "States should."), OK);
	stop(t);
}

TEST(the_result_is_an_amendment_of_the_facilitator)
{
	struct trial *t = start();
	CHECK_EQ(BY(facilitator, OPEN, "p1"), OK);
	CHECK_EQ(BY(facilitator, "informal.result", "session", "1", "text",
	             "States shall ensure access.\n\nAll."),
	    INVALID);
	CHECK_EQ(BY(facilitator, "informal.result", "session", "1", "text",
	             "States shall ensure access."),
	    INVALID);
	CHECK_EQ(BY(facilitator, "informal.result", "session", "1", "text",
	             "States should ensure access.", "reason", "It bridges both."),
	    OK);
	const struct draft *d = draft_get(t->g, 1);
	const struct amendment *m = draft_amendment(d, 1);
	CHECK(m && amendment_is_ready(m));
	CHECK_STR(m->text.party, "Facilitator");
	CHECK(amendment_sponsor_of(m, 0) != NULL);
	CHECK_EQ((int)informal_get(t->g, 1)->end, INFORMAL_RESULT);
	SAYS(BY(facilitator, "informal.close", "session", "1", "reason", "x"), REFUSED,
	    "Session 1 has ended. Open another one to draft on.");
	/* It goes the way of every amendment, and the office speaks for it. */
	CHECK_EQ(OFFICE("draft.withdraw", "draft", "1", "amendment", "1"), OK);
	CHECK_EQ(BY(facilitator, OPEN, "p1"), OK);
	CHECK_EQ(
	    BY(facilitator, "informal.result", "session", "2", "text", "States may ensure access."),
	    OK);
	CHECK_EQ(CHAIRED("draft.accept", "draft", "1", "amendments", "2"), OK);
	CHECK_STR(text_par_read(t->g->arena, &draft_get(t->g, 1)->doc.par[0]),
	    "States may ensure access.");
	stop(t);
}

TEST(words_that_changed_meanwhile_are_not_undone)
{
	struct trial *t = start();
	CHECK_EQ(BY(facilitator, OPEN, "p1"), OK);
	CHECK_EQ(CHAIRED(OPEN, "p2"), OK);
	CHECK_EQ(CHAIRED("informal.result", "session", "2", "text", "All take part."), OK);
	CHECK_EQ(CHAIRED("draft.accept", "draft", "1", "amendments", "1"), OK);
	/* Another paragraph changed: this one did not. */
	CHECK_EQ(BY(facilitator, "informal.result", "session", "1", "text", "States may."), OK);
	CHECK_EQ(BY(facilitator, OPEN, "p1"), OK);
	CHECK_EQ(CHAIRED("draft.accept", "draft", "1", "amendments", "2"), OK);
	SAYS(BY(facilitator, "informal.result", "session", "3", "text", "States must."), REFUSED,
	    "Paragraph 1 has changed since the session was opened, now in revision 3. Close the "
	    "session and open another one on the new words.");
	CHECK_EQ(BY(facilitator, "informal.close", "session", "3", "reason", "New words."), OK);
	CHECK_EQ(informal_on(t->g, 1, S("p1")), 0);
	CHECK_EQ(BY(facilitator, OPEN, "p1"), OK);
	stop(t);
}
