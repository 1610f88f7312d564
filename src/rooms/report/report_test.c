/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The report over a real log: every fact is checked against what was done, and every proof against
 * the entry that it names; and the rules, each refusal by its words.
 */
#include "rooms/report/report.h"

#include <stdarg.h>

#include "base/json.h"
#include "rooms/report/report_text.h"
#include "rooms/report/report_try.h"

#include "base/poison.h"

static struct json *facts(struct report_try *t)
{
	struct json *o = NULL;
	CHECK_EQ(
	    json_parse(t->a, report_try_print(t, REPORT_FORMAT_FACTS), "facts", &o, &t->err), OK);
	return o;
}

/* True if the words stand in s, however its lines are broken. */
static bool has_words(struct report_try *t, str s, const char *words)
{
	struct buf b = buf_in(t->a, 0);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != ' ')
			buf_putc(&b, s.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_putc(&b, ' ');
	return report_try_has(buf_str(&b), words);
}

static const struct json *at(const struct json *list, size_t i)
{
	const struct json *x = list ? list->first : NULL;
	while (x && i-- > 0)
		x = x->next;
	return x;
}

/* The entries of a fact have these types, in order; the last one goes on for the rest. */
static void check_proof(struct report_try *t, const struct json *fact, size_t n, ...)
{
	const struct json *entries = json_get(fact, S("entries"));
	CHECK_EQ(entries ? entries->count : 0, n);
	va_list ap;
	va_start(ap, n);
	const char *type = NULL;
	json_each (e, entries) {
		const char *next = va_arg(ap, const char *);
		CHECK(e->integer >= 0 && e->integer < REPORT_TRY_ENTRIES);
		type = next;
		CHECK_STR(str_of(t->types[e->integer]), type);
	}
	va_end(ap);
}

static int64_t count(const struct json *o, const char *name)
{
	return json_get_i64(json_get(o, str_of(name)), S("count"), -1);
}

TEST(report_facts_are_those_of_the_record)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	const struct json *f = facts(t);
	const struct json *meetings = json_get(f, S("meetings"));
	CHECK_EQ(meetings ? meetings->count : 0, 2); /* the third was not held */
	CHECK_STR(json_get_str(at(meetings, 1), S("starts")), "2017-01-26");
	CHECK_STR(json_get_str(at(meetings, 1), S("ends")), "2017-01-27");
	check_proof(t, at(meetings, 1), 3, "meeting.announce", "meeting.open", "meeting.close");
	CHECK_EQ(count(f, "member_states"), 2);
	check_proof(t, json_get(f, S("member_states")), 3, "members.constituency",
	    "members.take_seat", "members.take_seat");
	CHECK_EQ(count(f, "other_members"), 1);
	check_proof(
	    t, json_get(f, S("other_members")), 2, "members.constituency", "members.take_seat");
	CHECK_EQ(count(f, "questions"), 2);
	check_proof(t, json_get(f, S("questions")), 2, "call.question", "call.question");
	/* Neither the rejected one nor the one in the inbox. */
	CHECK_EQ(count(f, "contributions"), 3);
	check_proof(
	    t, json_get(f, S("contributions")), 3, "call.submit", "call.submit", "call.submit");
	const struct json *inputs = at(json_get(json_get(f, S("contributions")), S("inputs")), 0);
	CHECK_EQ(json_get_i64(inputs, S("meeting"), 0), 2);
	CHECK_EQ(json_get_i64(inputs, S("count"), 0), 3);
	check_proof(t, inputs, 4, "call.draft", "call.submit", "call.submit", "call.submit");
	/* Kenya presented two proposals and counts once. */
	CHECK_EQ(count(f, "presenters"), 2);
	const struct json *presented = at(json_get(json_get(f, S("presenters")), S("meetings")), 0);
	CHECK_EQ(json_get_i64(presented, S("meeting"), 0), 2);
	check_proof(t, presented, 3, "proposal.present", "proposal.present", "proposal.present");
	CHECK_EQ(count(f, "proposals"), 4);
	check_proof(t, at(json_get(f, S("documents")), 0), 1, "document.issue");
	check_proof(t, at(json_get(f, S("transcripts")), 0), 1, "meeting.record");
	check_proof(t, at(json_get(f, S("mandates")), 0), 3, "mandate.record", "mandate.quote",
	    "mandate.quote");
	CHECK_STR(json_get_str(json_get(f, S("outcome")), S("value")), "undecided");
	report_try_stop(t);
}

TEST(report_draft_has_the_facts_around_the_prose)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	str text = report_try_print(t, REPORT_FORMAT_TEXT);
	CHECK(has_words(t, text, "Draft. Not issued."));
	CHECK(has_words(t, text, "composed of two member states"));
	CHECK(has_words(t, text, "Second meeting: 26–27 January 2017, Geneva"));
	CHECK(has_words(
	    t, text, "Three contributions were received as inputs to the second meeting"));
	CHECK(has_words(t, text,
	    "At the second meeting two contributors presented proposals: Kenya "
	    "and Society of Nowhere"));
	CHECK(has_words(t, text, "The Chair's own words."));
	CHECK(has_words(t, text, "A note of the Chair."));
	CHECK(has_words(t, text, "https://example.org/transcript"));
	/* The draft has a heading Meetings: the facts stand there, once, before its words. */
	size_t meetings = str_find(text, S("The Group held two meetings"));
	CHECK(meetings != SIZE_MAX);
	size_t held = str_find(str_skip(text, meetings), S("First meeting: 30 September 2016"));
	size_t again =
	    str_find(str_skip(text, meetings + held + 1), S("First meeting: 30 September 2016"));
	CHECK(held != SIZE_MAX && again == SIZE_MAX);
	CHECK(report_try_has(str_skip(text, meetings), "They were long."));
	/* An introduction stands before the facts, the outcome after the prose. */
	size_t introduction = str_find(text, S("I. Introduction"));
	CHECK(introduction < str_find(text, S("II. Mandate")));
	CHECK(meetings < str_find(text, S("Outcome")));
	str html = report_try_print(t, REPORT_FORMAT_HTML);
	CHECK(report_try_has(html, "<a href=\"/g/wgec/record/"));
	CHECK(report_try_has(html, "id=\"note-1\""));
	report_try_stop(t);
}

TEST(report_without_agreement_is_the_chairs_own)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	SAYS(REFUSED, "Record first whether the group adopted the report or reached no agreement.",
	    "report.issue", "report", "1", "draft", "1", "responsibility", "chair");
	DO("report.decide", "report", "1", "outcome", "no_agreement", "meeting", "2", "words",
	    "I see no agreement, and nothing is adopted.");
	SAYS(REFUSED,
	    arena_z(t->a, arena_printf(t->a,
	                      "The decision on this report is recorded in entry %lld and stands.",
	                      (long long)t->out.seq)),
	    "report.decide", "report", "1", "outcome", "adopted", "words", "x");
	SAYS(REFUSED,
	    "The group reached no agreement, so it cannot issue the report; the Chair can, under "
	    "the "
	    "Chair's own responsibility.",
	    "report.issue", "report", "1", "draft", "1", "responsibility", "group");
	DO("report.draft", "report", "1", "text", "What was not Adopted.");
	SAYS(REFUSED,
	    "Draft 2 says \"adopted\", and no agreement was reached; put a draft without that word "
	    "and issue it.",
	    "report.issue", "report", "1", "draft", "2", "responsibility", "chair");
	SAYS(ABSENT, "The report has no draft 3; it has 2.", "report.issue", "report", "1", "draft",
	    "3", "responsibility", "chair");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "chair");
	str text = report_try_print(t, REPORT_FORMAT_TEXT);
	CHECK(has_words(t, text, "issued under the Chair's own responsibility"));
	CHECK(has_words(t, text, "The outcome of its work is: no recommendations"));
	CHECK(!report_says_adopted(text));
	CHECK(!report_says_adopted(report_try_print(t, REPORT_FORMAT_HTML)));
	CHECK(report_try_has(text, "First paragraph."));
	CHECK_STR(json_get_str(json_get(facts(t), S("outcome")), S("says")), "no recommendations");
	check_proof(t, json_get(facts(t), S("outcome")), 2, "report.decide", "report.issue");
	report_try_stop(t);
}

TEST(report_that_is_adopted_says_so)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	DO("report.decide", "report", "1", "outcome", "adopted", "meeting", "2", "words",
	    "It is so decided.");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "group");
	str text = report_try_print(t, REPORT_FORMAT_TEXT);
	CHECK(has_words(t, text, "At the second meeting the Group adopted this report"));
	CHECK(has_words(t, text, "This report is issued by the Group."));
	CHECK(report_try_has(text, "WGN/2017/"));
	report_try_stop(t);
}

TEST(report_that_is_issued_never_changes)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	DO("report.decide", "report", "1", "outcome", "no_agreement", "words", "None.");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "chair");
	str text = report_try_print(t, REPORT_FORMAT_TEXT);
	str before = report_try_print(t, REPORT_FORMAT_FACTS);
	DO("members.vacate", "seat", "3", "reason", "Left.");
	DO("call.publish", "contribution", "5");
	DO("call.withdraw", "contribution", "1");
	DO("proposal.revise", "proposal", "3", "text", "Other words.");
	DO("proposal.dispose", "proposal", "4", "disposition", "annexed");
	DO("document.issue", "kind", "letter", "title", "Later", "lang", "en", "text", "Words.");
	CHECK_STREQ(report_try_print(t, REPORT_FORMAT_TEXT), text);
	/* The facts of now do change. */
	CHECK(!str_eq(report_try_print(t, REPORT_FORMAT_FACTS), before));
	SAYS(REFUSED,
	    "The report is issued as WGN/2017/REP.1 and never changes; issue a corrigendum as a "
	    "document, or open a further report.",
	    "report.draft", "report", "1", "text", "x");
	report_try_stop(t);
}

TEST(report_is_transmitted_then_considered)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	SAYS(REFUSED, "Only an issued report can be transmitted; issue it first.",
	    "report.transmit", "report", "1", "to", "The parent body", "date", "2017-01-26");
	DO("report.decide", "report", "1", "outcome", "no_agreement", "words", "None.");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "chair");
	SAYS(REFUSED, "The report was not transmitted yet; record to whom and when first.",
	    "report.consider", "report", "1", "by", "The parent body", "date", "2017-01-26");
	SAYS(INVALID, "The report was not issued yet on that day.", "report.transmit", "report",
	    "1", "to", "The parent body", "date", "2017-01-25");
	SAYS(INVALID, "This day has not come yet.", "report.transmit", "report", "1", "to",
	    "The parent body", "date", "2017-01-27");
	DO("report.transmit", "report", "1", "to", "The parent body", "date", "2017-01-26");
	DO("report.consider", "report", "1", "by", "The parent body", "date", "2017-01-26");
	report_try_stop(t);
}

TEST(report_outline_refusals)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	SAYS(REFUSED, "Report 1 is not issued yet; issue it before opening another.",
	    "report.outline", "title", "Second");
	SAYS(REFUSED, "Section 1 of the outline has this heading already.", "report.section",
	    "report", "1", "heading", "introduction");
	SAYS(ABSENT, "No paragraph 9 of the mandate is quoted; quote it first.", "report.section",
	    "report", "1", "heading", "Other", "covers", "9");
	SAYS(ABSENT, "There is no report 2 in this group; open one first.", "report.draft",
	    "report", "2", "text", "x");
	SAYS(ABSENT, "There is no meeting 8 in this group; announce it first.", "report.decide",
	    "report", "1", "outcome", "no_agreement", "meeting", "8", "words", "x");
	report_try_stop(t);
}

TEST(report_views_rebuilt_are_equal)
{
	struct report_try trial, *t = &trial;
	digest live, rebuilt;
	report_try_start(t);
	DO("report.decide", "report", "1", "outcome", "no_agreement", "words", "None.");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "chair");
	str text = report_try_print(t, REPORT_FORMAT_TEXT);
	CHECK_EQ(house_view_digest(t->house, &live, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &rebuilt, &t->err), OK);
	CHECK(memcmp(&live, &rebuilt, sizeof live) == 0);
	CHECK_STREQ(report_try_print(t, REPORT_FORMAT_TEXT), text);
	report_try_stop(t);
}

/* Entry 41 is the first proposal: its text can be erased, its number and sponsor cannot. */
TEST(report_forgets_what_was_erased)
{
	struct report_try trial, *t = &trial;
	digest live, rebuilt;
	report_try_start(t);
	CHECK(report_try_has(report_try_print(t, REPORT_FORMAT_TEXT), "Second paragraph."));
	for (int seq = 41; seq <= 43; seq++)
		DO("part.erase", "seq", arena_z(t->a, arena_printf(t->a, "%d", seq)), "part", "1",
		    "ground", "safety");
	CHECK(!report_try_has(report_try_print(t, REPORT_FORMAT_TEXT), "Second paragraph."));
	CHECK_EQ(house_view_digest(t->house, &live, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &rebuilt, &t->err), OK);
	CHECK(memcmp(&live, &rebuilt, sizeof live) == 0);
	SAYS(REFUSED,
	    "This part holds what later acts rest on; only texts, files, names and addresses can "
	    "be "
	    "erased.",
	    "part.erase", "seq", "41", "part", "0", "ground", "safety");
	report_try_stop(t);
}
