/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What may be put on the screen of a meeting, and written statements at its items. */
#include "rooms/screen/screen.h"

#include "rooms/meeting/meeting.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 30 January 2018, 09:00 UTC: a day of the meeting that the tests hold. */
#define NOW ((usec)17561 * USEC_DAY + 9 * 3600 * USEC_SECOND)

#define OFFICE(...)  act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define CHAIRED(...) act(t, CHAIR, ROLE_CHAIR, __VA_ARGS__, NULL)
#define BY(who, ...) act(t, t->who, ROLE_PARTICIPANT, __VA_ARGS__, NULL)

/* A meeting that is announced, with two items, and a draft of two paragraphs. */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	t->kenya = trial_person(t, "D. Elegate", "Kenya");
	t->peru = trial_person(t, "O. Ther", "Peru");
	CHECK_EQ(
	    OFFICE("meeting.announce", "title", "Fifth meeting", "place", "Geneva", "starts",
	        "2018-01-29", "ends", "2018-01-31", "zone", "Europe/Zurich", "publicity", "public"),
	    OK);
	CHECK_EQ(OFFICE("meeting.agenda_item", "meeting", "1", "title", "The report"), OK);
	CHECK_EQ(OFFICE("meeting.agenda_item", "meeting", "1", "title", "Other matters"), OK);
	CHECK_EQ(OFFICE("draft.open", "title", "Recommendations", "lang", "en", "text",
	             "States shall ensure access.\n\nAll actors take part."),
	    OK);
	return t;
}

#define SHOW "screen.show", "meeting", "1", "draft", "1", "paragraph"

static str words(struct trial *t)
{
	const struct screen_shown *s = screen_of(t->g, 1);
	return s ? screen_words(t->g, t->g->arena, s) : S("-");
}

TEST(a_paragraph_is_shown_while_the_meeting_is_in_session)
{
	struct trial *t = start();
	SAYS(OFFICE(SHOW, "p1"), REFUSED,
	    "Meeting 1 is not in session; its screen shows something only while it is.");
	CHECK_EQ(CHAIRED("meeting.open", "meeting", "1"), OK);
	SAYS(OFFICE(SHOW, "p9"), ABSENT, "This draft has no paragraph p9.");
	SAYS(OFFICE("screen.show", "meeting", "7", "draft", "1", "paragraph", "p1"), ABSENT,
	    "There is no meeting 7 in this group.");
	SAYS(OFFICE("screen.clear", "meeting", "1"), REFUSED,
	    "Nothing is on the screen of meeting 1.");
	CHECK_EQ(OFFICE(SHOW, "p1"), OK);
	CHECK_EQ(fact_i64(&t->fact, "revision"), 1);
	CHECK_STR(fact_str(&t->fact, "shown"), "1");
	CHECK_STR(words(t), "States shall ensure access.");
	SAYS(OFFICE(SHOW, "p1"), REFUSED, "Paragraph 1 is on the screen already.");
	CHECK_EQ(CHAIRED(SHOW, "p2"), OK);
	CHECK_STR(words(t), "All actors take part.");
	CHECK_EQ(CHAIRED("screen.clear", "meeting", "1"), OK);
	CHECK(!screen_of(t->g, 1));
	CHECK_EQ(CHAIRED(SHOW, "p2"), OK);
	CHECK_EQ(CHAIRED("meeting.suspend", "meeting", "1"), OK);
	CHECK_EQ(OFFICE(SHOW, "p1"), REFUSED);
	/* What is there can be taken off at any time. */
	CHECK_EQ(OFFICE("screen.clear", "meeting", "1"), OK);
	stop(t);
}

TEST(the_screen_shows_the_words_of_the_newest_revision)
{
	struct trial *t = start();
	CHECK_EQ(CHAIRED("meeting.open", "meeting", "1"), OK);
	CHECK_EQ(CHAIRED(SHOW, "p1"), OK);
	trial_states(t, "5");
	trial_sit(t, t->kenya, "STATES", "Kenya", "1");
	CHECK_EQ(OFFICE("draft.amend", "draft", "1", "paragraph", "p1", "text",
	             "States should ensure access.", "seat", "1"),
	    OK);
	CHECK_STR(words(t), "States shall ensure access.");
	CHECK_EQ(CHAIRED("draft.accept", "draft", "1", "amendments", "1"), OK);
	CHECK_STR(words(t), "States should ensure access.");
	CHECK_EQ(OFFICE("draft.delete", "draft", "1", "paragraph", "p1", "seat", "1"), OK);
	CHECK_EQ(CHAIRED("draft.accept", "draft", "1", "amendments", "2"), OK);
	CHECK(screen_of(t->g, 1) != NULL);
	CHECK_STR(words(t), "");
	stop(t);
}

/* A call that is open, and the contribution of a delegate to it. */
static void contribute(struct trial *t)
{
	CHECK_EQ(OFFICE("call.draft", "title", "Views", "audience", "all", "deadline",
	             "2018-03-01T12:00", "zone", "UTC"),
	    OK);
	CHECK_EQ(OFFICE("call.question", "call", "1", "text", "What do you think?"), OK);
	CHECK_EQ(OFFICE("call.open", "call", "1"), OK);
	CHECK_EQ(BY(kenya, "call.submit", "call", "1", "author", "D. Elegate", "email",
	             "d@example.org", "category", "academic", "lang", "en", "text", "We think so.",
	             "publish_wish", "publish"),
	    OK);
}

#define STATEMENT "meeting.statement", "meeting", "1"

TEST(written_statements_are_listed_at_an_item)
{
	struct trial *t = start();
	contribute(t);
	CHECK_EQ(OFFICE("document.issue", "kind", "crp", "title", "Statement of Kenya", "lang",
	             "en", "text", "Madam Chair, ...", "meeting", ""),
	    OK);
	SAYS(OFFICE(STATEMENT, "item", "1"), INVALID,
	    "Name either a document or a contribution, and not both.");
	SAYS(OFFICE(STATEMENT, "document", "1", "contribution", "1"), INVALID,
	    "Name either a document or a contribution, and not both.");
	SAYS(OFFICE(STATEMENT, "document", "5"), ABSENT,
	    "There is no document 5 in the library; issue it first.");
	SAYS(OFFICE(STATEMENT, "item", "3", "document", "1"), ABSENT,
	    "The agenda of meeting 1 has no item 3.");
	CHECK_EQ(OFFICE(STATEMENT, "item", "1", "document", "1"), OK);
	CHECK_EQ(fact_i64(&t->fact, "statement"), 1);
	SAYS(OFFICE(STATEMENT, "item", "1", "document", "1"), REFUSED,
	    "It is listed there already, as statement 1.");
	CHECK_EQ(OFFICE(STATEMENT, "document", "1"), OK);
	CHECK_EQ(OFFICE("meeting.withdraw_item", "meeting", "1", "item", "2", "reason", "x"), OK);
	SAYS(OFFICE(STATEMENT, "item", "2", "document", "1"), REFUSED,
	    "Item 2 was withdrawn from the agenda.");
	CHECK_EQ(meeting_get(t->g, 1)->statements.n, (size_t)2);
	stop(t);
}

TEST(everybody_lists_what_they_wrote_themselves)
{
	struct trial *t = start();
	contribute(t);
	SAYS(BY(kenya, STATEMENT, "item", "1", "contribution", "1"), ABSENT,
	    "There is no published contribution 1; it is published first.");
	CHECK_EQ(OFFICE("call.publish", "contribution", "1"), OK);
	SAYS(BY(peru, STATEMENT, "item", "1", "contribution", "1"), DENIED,
	    "The secretariat lists what others wrote; name a contribution that you sent "
	    "yourself.");
	CHECK_EQ(BY(kenya, STATEMENT, "item", "1", "contribution", "1"), OK);
#define OFF "meeting.withdraw_statement", "meeting", "1", "reason", "Wrong item", "statement"
	SAYS(BY(kenya, OFF, "2"), ABSENT, "Meeting 1 has no written statement 2.");
	CHECK_EQ(BY(peru, OFF, "1"), DENIED);
	CHECK_EQ(BY(kenya, OFF, "1"), OK);
	SAYS(OFFICE(OFF, "1"), REFUSED, "Statement 1 is not listed any more.");
	/* It can be listed again, and has another number then. */
	CHECK_EQ(OFFICE(STATEMENT, "item", "1", "contribution", "1"), OK);
	CHECK_EQ(fact_i64(&t->fact, "statement"), 2);
	stop(t);
}
