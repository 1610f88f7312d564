/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of comments, and commenting tables: which are taken, which refused with row and column.
 */
#include "rooms/comment/comment.h"

#include "harness/t_rand.h"
#include "rooms/trial.h"

#include "base/poison.h"

#define NOW ((usec)17560 * USEC_DAY)
#define HEAD                                                                           \
	"MB/NC,Line number (e.g. 17),Clause/Subclause,Paragraph/Figure/Table,Type of " \
	"comment,Comments,Proposed change,Observations of the secretariat\r\n"

static const actor_id NGO = {.b = {3}};

#define SECRETARIAT(...)    act(t, OFFICER, ROLE_SECRETARIAT, __VA_ARGS__, NULL)
#define OFFICE(c, ...)      act(t, OFFICER, ROLE_SECRETARIAT, c, "draft", "1", __VA_ARGS__, NULL)
#define MEMBER(who, c, ...) act(t, who, ROLE_MEMBER, c, "draft", "1", __VA_ARGS__, NULL)

/* Kenya and Peru, and a draft of a heading and three paragraphs, 1 to 3. */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	trial_states(t, "5");
	t->kenya = trial_seat(t, "STATES", "Kenya", "1");
	t->peru = trial_seat(t, "STATES", "Peru", "2");
	CHECK_EQ(
	    SECRETARIAT("draft.open", "title", "Recommendations", "lang", "en", "text",
	        "# Principles\n\nStates ensure access.\n\nAll take part.\n\nThe Group reports."),
	    OK);
	return t;
}

static const struct comment *comment(const struct trial *t, int64_t n)
{
	return comment_get(t->g, 1, n);
}

TEST(a_comment_is_made_and_withdrawn_by_whom_it_is_from)
{
	struct trial *t = start();
	CHECK_EQ(
	    MEMBER(t->kenya, "comment.make", "paragraph", "p2", "kind", "te", "text", "Why?"), OK);
	CHECK_STR(fact_str(&t->fact, "place"), "1");
	CHECK_STR(comment(t, 1)->party, "Kenya");
	CHECK_STR(comment(t, 1)->par, "p2");
	SAYS(MEMBER(t->kenya, "comment.make", "paragraph", "p9", "kind", "te", "text", "Why?"),
	    ABSENT,
	    "Paragraph p9 is not in the text any more. Choose another one, or none for a comment "
	    "on "
	    "the whole text.");
	SAYS(OFFICE("comment.make", "kind", "ge", "text", "Why?"), REFUSED,
	    "You have no seat of your own: say for which seat you enter this.");
	CHECK_EQ(OFFICE("comment.make", "kind", "ge", "text", "Long.", "seat", "2"), OK);
	CHECK_STR(comment(t, 2)->par, "");
	SAYS(MEMBER(t->peru, "comment.withdraw", "comment", "1"), DENIED,
	    "Comment 1 is from Kenya, which alone withdraws it.");
	CHECK_EQ(MEMBER(t->kenya, "comment.withdraw", "comment", "1"), OK);
	CHECK(comment(t, 1)->withdrawn);
	SAYS(OFFICE("comment.dispose", "comment", "1", "disposition", "noted"), REFUSED,
	    "Comment 1 was withdrawn; make a new one to take it up again.");
	SAYS(OFFICE("comment.dispose", "comment", "3", "disposition", "noted"), ABSENT,
	    "Draft 1 has no comment 3.");
	stop(t);
}

TEST(observers_comment_unless_the_methods_keep_them_silent)
{
	struct trial *t = start();
	CHECK_EQ(SECRETARIAT("people.add", "name", "B. Person", "representing", "Open Shelf",
	             "kind", "observer"),
	    OK);
	actor_id who = fact_actor(&t->fact, "person");
	CHECK_EQ(SECRETARIAT("members.accredit", "organisation", "Open Shelf", "category",
	             "civil_society", "person", trial_id(t, who)),
	    OK);
#define OBSERVER(who, c, ...) act(t, who, ROLE_OBSERVER, c, "draft", "1", __VA_ARGS__, NULL)
	CHECK_EQ(OBSERVER(who, "comment.make", "kind", "ge", "text", "Good."), OK);
	CHECK_STR(comment(t, 1)->party, "Open Shelf");
	CHECK_EQ(comment(t, 1)->seat, 0);
	SAYS(OBSERVER(NGO, "comment.withdraw", "comment", "1"), DENIED,
	    "Comment 1 is from Open Shelf, which alone withdraws it.");
	CHECK_EQ(OBSERVER(who, "comment.withdraw", "comment", "1"), OK);
	CHECK_EQ(SECRETARIAT("methods.draft", "title", "M", "text", "One.", "preset",
	             "un_consensus", "observers_speak", "silent"),
	    OK);
	CHECK_EQ(act(t, CHAIR, ROLE_CHAIR, "methods.adopt", "number", "1", NULL), OK);
	SAYS(OBSERVER(who, "comment.make", "kind", "ge", "text", "Good."), DENIED,
	    "By the methods of work, observers do not take part in the discussion. Ask a member to "
	    "make the comment.");
	stop(t);
}

TEST(a_disposition_has_a_reason_and_stays_after_the_next_revision)
{
	struct trial *t = start();
	CHECK_EQ(MEMBER(t->kenya, "comment.make", "kind", "ge", "text", "Why?"), OK);
	SAYS(OFFICE("comment.dispose", "comment", "1", "disposition", "rejected"), INVALID,
	    "Say why: Kenya is owed a reason with this disposition.");
	CHECK_EQ(OFFICE("comment.dispose", "comment", "1", "disposition", "noted"), OK);
	CHECK_EQ(comment(t, 1)->disposition, COMMENT_NOTED);
	SAYS(MEMBER(t->kenya, "comment.withdraw", "comment", "1"), REFUSED,
	    "Comment 1 has a disposition and stays in the table with it.");
	CHECK_EQ(
	    OFFICE("comment.dispose", "comment", "1", "disposition", "rejected", "reason", "No."),
	    OK);
	CHECK_EQ(comment(t, 1)->disposition, COMMENT_REJECTED);
	CHECK_EQ(MEMBER(t->kenya, "draft.delete", "paragraph", "p4"), OK);
	CHECK_EQ(
	    act(t, CHAIR, ROLE_CHAIR, "draft.accept", "draft", "1", "amendments", "1", NULL), OK);
	SAYS(OFFICE("comment.dispose", "comment", "1", "disposition", "noted"), REFUSED,
	    "The disposition of comment 1 was given before revision 2 was issued, and stays as it "
	    "is.");
	stop(t);
}

#define TABLE(rows) "table", HEAD rows

TEST(a_table_of_all_members)
{
	struct trial *t = start();
	CHECK_EQ(OFFICE("comment.import",
	             TABLE("Kenya,3,,Paragraph 2,te,\"Say who, please\",All States,Accepted in "
	                   "principle: see 3\r\n"
	                   "peru,,,,GE,'=good,,\r\nKE,,7,,ed,Typo,,thinking\r\n")),
	    OK);
	CHECK_EQ(fact_i64(&t->fact, "count"), 3);
	CHECK_EQ(fact_i64(&t->fact, "unplaced"), 1);
	CHECK_EQ(comment_total(t->g, 1), 3);
	CHECK_STR(comment(t, 1)->par, "p3");
	CHECK_EQ(comment(t, 1)->disposition, COMMENT_ACCEPTED_IN_PRINCIPLE);
	CHECK_STR(comment(t, 2)->party, "Peru");
	CHECK_EQ(comment(t, 2)->seat, 2);
	CHECK_STR(comment(t, 3)->party, "KE");
	CHECK_EQ(comment(t, 3)->seat, 0);
	CHECK(str_find(fact_str(&t->fact, "rows"), S("\"text\":\"=good\"")) != SIZE_MAX);
	SAYS(OFFICE("comment.import", TABLE(",,,,ge,Good,,\r\n")), INVALID,
	    "Row 2, column 1: the member code is missing. Write whose comment it is.");
	stop(t);
}

TEST(a_table_of_one_delegation)
{
	struct trial *t = start();
	CHECK_EQ(
	    MEMBER(t->kenya, "comment.import", TABLE("KE,,,1,te,One,,\r\nKE,,,2,ed,Two,,\r\n")),
	    OK);
	CHECK_STR(comment(t, 2)->party, "Kenya");
	CHECK_STR(comment(t, 2)->code, "KE");
	SAYS(MEMBER(t->kenya, "comment.import", TABLE("KE,,,1,te,One,,\r\nPE,,,2,ed,Two,,\r\n")),
	    INVALID,
	    "Row 3, column 1: the member code is \"PE\". The table of a delegation has its own "
	    "code in "
	    "every row.");
	SAYS(MEMBER(t->peru, "comment.import", TABLE("KE,,,1,te,One,,\r\n")), INVALID,
	    "Row 2, column 1: the member code is \"KE\". The table of a delegation has its own "
	    "code in "
	    "every row.");
	SAYS(MEMBER(t->kenya, "comment.import", TABLE("KE,,,1,te,One,,Accepted\r\n")), INVALID,
	    "Row 2, column 8: the observations are the secretariat's. Leave this column empty.");
	SAYS(MEMBER(t->kenya, "comment.import", "seat", "1"), INVALID,
	    "Choose the table as a file, or put its text in the field below: one of them.");
	CHECK_EQ(comment_total(t->g, 1), 2);
	stop(t);
}

TEST(a_spoiled_table_is_refused_with_row_and_column)
{
	static const struct {
		const char *table, *sentence;
	} cases[] = {
	    {"MB/NC,Clause/Subclause,Line number,Paragraph,Type of comment,Comments,Proposed "
	     "change,Observations\nKenya,,,,ge,x,,\n",
	        "The columns were changed: column 2 must be called \"Line number\", and reads "
	        "\"Clause/Subclause\". Put the eight columns back in their order, with their "
	        "titles in "
	        "the first row."},
	    {"MB/NC,Line number,Clause,Paragraph,Type of comment,Comments,Proposed change\n"
	     "Kenya,,,,ge,x,\n",
	        "The columns were changed: column 8 must be called \"Observations of the "
	        "secretariat\", and reads \"\". Put the eight columns back in their order, with "
	        "their "
	        "titles in the first row."},
	    {HEAD "Kenya,,,,ge,x,,,more\r\n",
	        "Row 2 has 9 columns; a commenting table has 8 in every row. Take the table of "
	        "this "
	        "draft as a file, and change only what stands in its rows."},
	    {HEAD "Kenya,,,,ge,x,,\r\nKenya,,,,no,x,,\r\n",
	        "Row 3, column 5: the type of comment is ge (general), te (technical) or ed "
	        "(editorial), and reads \"no\"."},
	    {HEAD "\r\n\r\nKenya,,,,ge,,,\r\n",
	        "Row 4, column 6: the comment is missing. Write it, or take the row out."},
	    {HEAD ",,,,,,,\r\n", "The table has its titles, but no row with a comment."},
	    {HEAD "Kenya,,,,ge,\"x,,\r\n", "Row 2: a quotation mark is opened and never closed."},
	};
	struct trial *t = start();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		SAYS(OFFICE("comment.import", "table", cases[i].table), INVALID, cases[i].sentence);
	CHECK_EQ(comment_total(t->g, 1), 0);
	stop(t);
}

TEST(a_paragraph_is_found_by_its_number)
{
	static const struct {
		const char *name, *par;
	} cases[] = {{"2", "p3"}, {" Para. 2 ", "p3"}, {"OP 2", "p3"}, {"2.", "p3"}, {"p4", "p4"},
	    {"2 bis", ""}, {"Figure 2", ""}, {"", ""}};
	struct trial *t = start();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_STR(
		    comment_find_par(t->g->arena, &draft_get(t->g, 1)->doc, str_of(cases[i].name)),
		    cases[i].par);
	stop(t);
}
