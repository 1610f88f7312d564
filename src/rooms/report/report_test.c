/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The report over a real log: a small group from its mandate to its report. Every fact is checked
 * against what was done, and every proof against the entry that it names.
 */
#include "rooms/report/report.h"

#include <stdarg.h>

#include "base/json.h"
#include "engine/house.h"
#include "harness/t.h"
#include "rooms/report/report_cli.h"
#include "rooms/report/report_text.h"

#include "base/poison.h"

#define ROOM(name)                                         \
	extern const struct room_commands name##_commands; \
	extern const struct room_view name##_view
ROOM(proposal);
ROOM(report);
extern const struct room_commands group_commands, people_commands, members_commands,
    mandate_commands, methods_commands, meeting_commands, call_commands, document_commands;

static const struct room all[ROOM_COUNT] = {
    [ROOM_group] = {.name = "group", .commands = &group_commands},
    [ROOM_people] = {.name = "people", .commands = &people_commands},
    [ROOM_members] = {.name = "members", .commands = &members_commands},
    [ROOM_mandate] = {.name = "mandate", .commands = &mandate_commands},
    [ROOM_methods] = {.name = "methods", .commands = &methods_commands},
    [ROOM_meeting] = {.name = "meeting", .commands = &meeting_commands},
    [ROOM_call] = {.name = "call", .commands = &call_commands},
    [ROOM_proposal] = {.name = "proposal", .commands = &proposal_commands, .view = &proposal_view},
    [ROOM_document] = {.name = "document", .commands = &document_commands},
    [ROOM_report] = {.name = "report", .commands = &report_commands, .view = &report_view},
};

static unsigned no_roles(const struct group *g, actor_id who)
{
	(void)g;
	(void)who;
	return 0;
}

static const struct rooms rooms = {.v = all, .n = ROOM_COUNT, .roles = no_roles};

static usec fixed_now(void *ctx)
{
	return *(usec *)ctx;
}

static const actor_id SEC = {.b = {1}};

#define ENTRIES 200

struct trial {
	struct arena *a;
	usec now;
	struct house *house;
	struct rng_seeded seed;
	struct outcome out;
	struct err err;
	const char *types[ENTRIES]; /* of the entries of the group, by number */
};

static enum rc carry_out(struct trial *t, const struct command *c, struct value *values)
{
	struct err *err = &t->err;
	struct order o = {.group = c->flags & COMMAND_SITE ? STR_EMPTY : S("wgec"),
	    .command = c,
	    .values = values,
	    .actor = SEC,
	    .extra_roles = ROLE_OFFICE | ROLE_ADMIN,
	    .expect = LOG_ANY};
	if (c->flags & COMMAND_FORMAL) {
		struct group *g;
		TRY(house_group(t->house, S("wgec"), &g, err));
		o.expect = g->n;
	}
	TRY(house_begin(t->house, err));
	enum rc rc = house_carry_out(t->house, t->a, &o, &t->out, err);
	if (rc != OK) {
		house_rollback(t->house);
		return rc;
	}
	if (!(c->flags & COMMAND_SITE) && t->out.seq < ENTRIES)
		t->types[t->out.seq] = c->name;
	return house_commit(t->house, err);
}

static enum rc act(struct trial *t, const char *command, ...)
{
	struct inputs in = {0};
	va_list ap;
	const char *name;
	struct value *values;
	struct err *err = &t->err;
	const struct command *c = rooms_command(&rooms, str_of(command), NULL);
	va_start(ap, command);
	while ((name = va_arg(ap, const char *)))
		inputs_add(t->a, &in, str_of(name), str_of(va_arg(ap, const char *)));
	va_end(ap);
	err_clear(err);
	t->now += USEC_SECOND;
	TRY(command_read(t->a, c, &in, &values, NULL, err));
	return carry_out(t, c, values);
}

#define ACT(...) act(t, __VA_ARGS__, NULL)
#define DO(...)                                                                           \
	do {                                                                              \
		if (ACT(__VA_ARGS__) != OK)                                               \
			t_fail(__FILE__, __LINE__, "%.*s", STR(err_text(&t->err, t->a))); \
	} while (0)
#define SAYS(code, sentence, ...)                             \
	do {                                                  \
		CHECK_EQ(ACT(__VA_ARGS__), code);             \
		CHECK_STR(err_text(&t->err, t->a), sentence); \
	} while (0)

static void day(struct trial *t, int year, int month, int d)
{
	t->now = when_from_civil((struct civil){year, month, d, 12, 0, 0, 0});
}

/* --- a small group --- */

static void begin(struct trial *t)
{
	*t = (struct trial){.a = arena_new(0)};
	day(t, 2016, 9, 1);
	struct house_conf conf = {
	    .dir = arena_printf(t->a, "%s/house", t_tmpdir()),
	    .rooms = &rooms,
	    .clock = {fixed_now, &t->now},
	    .rng = rng_from_seed(&t->seed, S("report")),
	    .create = true,
	    .host = S("example.org"),
	};
	CHECK_EQ(house_open(&conf, &t->house, &t->err), OK);
	DO("group.create", "slug", "wgec", "title", "Working Group of Nowhere");
	DO("group.found", "title", "Working Group of Nowhere", "short_title", "WGN", "place",
	    "Geneva", "zone", "UTC");
	DO("mandate.record", "parent_body", "General Assembly", "symbol", "A/RES/70/125", "title",
	    "Outcome of a review", "date", "2015-12-16", "report_back_session",
	    "the twenty-first session", "report_back_date", "2018-05-14");
	DO("mandate.quote", "mandate", "1", "paragraph", "65", "text", "We ask for a group.",
	    "lang", "en");
	DO("mandate.quote", "mandate", "1", "paragraph", "66", "text", "It reports.", "lang", "en");
}

static void seat(struct trial *t, const char *code, const char *delegation, const char *number)
{
	DO("members.nominate", "constituency", code, "delegation", delegation);
	DO("members.assess", "nomination", number, "verdict", "eligible");
	DO("members.endorse", "nomination", number);
	DO("members.take_seat", "seat", number);
}

/* Seats 1 and 2 are of States; seat 2 is vacated and filled again; seat 3 is another's. */
static void compose(struct trial *t)
{
	DO("members.constituency", "code", "STATES", "name", "Member States", "quota", "2", "route",
	    "appointed", "states", "1");
	DO("members.constituency", "code", "CIVIL", "name", "Civil society", "quota", "1", "route",
	    "focal_point");
	seat(t, "STATES", "Kenya", "1");
	seat(t, "STATES", "Peru", "2");
	seat(t, "CIVIL", "Society of Nowhere", "3");
	DO("members.vacate", "seat", "2", "reason", "Left.");
	DO("members.nominate", "constituency", "STATES", "delegation", "Chile");
	DO("members.assess", "nomination", "4", "verdict", "eligible");
	DO("members.endorse", "nomination", "4");
	DO("members.take_seat", "seat", "2");
}

static void meet(
    struct trial *t, const char *number, const char *title, const char *from, const char *to)
{
	DO("meeting.announce", "title", title, "place", "Geneva", "starts", from, "ends", to,
	    "zone", "UTC", "publicity", "public");
	(void)number;
}

static void contribute(struct trial *t, const char *who)
{
	DO("call.submit", "call", "1", "author", who, "category", "civil_society", "email",
	    "a@example.org", "lang", "en", "publish_wish", "publish", "answer1", "Words.");
}

/* Five contributions: two published, one withheld, one rejected, one still in the inbox. */
static void call(struct trial *t)
{
	DO("call.draft", "title", "Input", "audience", "all", "zone", "UTC", "deadline",
	    "2016-12-07T23:59", "meeting", "2");
	DO("call.question", "call", "1", "text", "What is it?");
	DO("call.question", "call", "1", "text", "What can be done?");
	DO("call.open", "call", "1");
	for (int i = 0; i < 5; i++)
		contribute(t, "Ben");
	DO("call.publish", "contribution", "1");
	DO("call.publish", "contribution", "2");
	DO("call.withhold", "contribution", "3");
	DO("call.reject", "contribution", "4", "reason", "Advertisement.");
}

static void propose(struct trial *t, const char *sponsor, const char *title)
{
	DO("proposal.submit", "section", "Principles", "title", title, "text",
	    "First paragraph.\n\nSecond paragraph.", "lang", "en", "sponsor", sponsor, "on_behalf",
	    "1");
}

/* Three meetings, of which the third is only announced; proposals are presented at the second. */
static void work(struct trial *t)
{
	meet(t, "1", "First meeting", "2016-09-30", "2016-09-30");
	meet(t, "2", "Second meeting", "2017-01-26", "2017-01-27");
	meet(t, "3", "Third meeting", "2018-01-29", "2018-01-31");
	day(t, 2016, 9, 30);
	DO("meeting.open", "meeting", "1");
	DO("meeting.close", "meeting", "1");
	call(t);
	propose(t, "Kenya", "Principle one");
	propose(t, "Chile", "Principle two");
	propose(t, "Society of Nowhere", "Principle three");
	day(t, 2017, 1, 26);
	DO("meeting.open", "meeting", "2");
	DO("proposal.present", "proposal", "1", "meeting", "2", "by", "Kenya");
	DO("proposal.present", "proposal", "2", "meeting", "2", "by", "Kenya");
	DO("proposal.present", "proposal", "3", "meeting", "2", "by", "Society of Nowhere");
	DO("meeting.record", "meeting", "2", "kind", "transcript", "url",
	    "https://example.org/transcript");
	DO("meeting.close", "meeting", "2");
	DO("proposal.merge", "sources", "1", "sources", "2", "section", "Principles", "title",
	    "Merged", "text", "Both.", "lang", "en");
	DO("document.issue", "kind", "synthesis", "title", "Synthesis of the discussion", "lang",
	    "en", "text", "Words.");
}

#define DRAFT                                                                               \
	"# Introduction\n\nThe Chair's own words.[^7]\n\n# Meetings\n\nThey were long.\n\n" \
	"[^7]: A note of the Chair."

static void draft(struct trial *t)
{
	DO("report.outline", "title", "Report of the Working Group");
	DO("report.section", "report", "1", "heading", "Introduction", "covers", "1");
	DO("report.draft", "report", "1", "text", DRAFT, "note", "First draft");
}

static void finish(struct trial *t)
{
	house_close(t->house);
	arena_free(t->a);
}

static void start(struct trial *t)
{
	begin(t);
	compose(t);
	work(t);
	draft(t);
}

static str print(struct trial *t, enum report_format format)
{
	struct buf b = buf_in(t->a, 0);
	struct report_group g = {
	    .grp = 1, .slug = S("wgec"), .title = S("Working Group of Nowhere"), .base = STR_EMPTY};
	CHECK_EQ(report_print(house_db(t->house), t->a, &g, format, &b, &t->err), OK);
	return buf_str(&b);
}

static struct json *facts(struct trial *t)
{
	struct json *o = NULL;
	CHECK_EQ(json_parse(t->a, print(t, REPORT_FORMAT_FACTS), "facts", &o, &t->err), OK);
	return o;
}

static bool has(str s, const char *words)
{
	return str_find(s, str_of(words)) != SIZE_MAX;
}

/* True if the words stand in s, however its lines are broken. */
static bool has_words(struct trial *t, str s, const char *words)
{
	struct buf b = buf_in(t->a, 0);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != ' ')
			buf_putc(&b, s.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_putc(&b, ' ');
	return has(buf_str(&b), words);
}

static const struct json *at(const struct json *list, size_t i)
{
	const struct json *x = list ? list->first : NULL;
	while (x && i-- > 0)
		x = x->next;
	return x;
}

/* The entries of a fact have these types, in order; the last one goes on for the rest. */
static void check_proof(struct trial *t, const struct json *fact, size_t n, ...)
{
	const struct json *entries = json_get(fact, S("entries"));
	CHECK_EQ(entries ? entries->count : 0, n);
	va_list ap;
	va_start(ap, n);
	const char *type = NULL;
	json_each (e, entries) {
		const char *next = va_arg(ap, const char *);
		CHECK(e->integer >= 0 && e->integer < ENTRIES);
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
	struct trial trial, *t = &trial;
	start(t);
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
	finish(t);
}

TEST(report_draft_has_the_facts_around_the_prose)
{
	struct trial trial, *t = &trial;
	start(t);
	str text = print(t, REPORT_FORMAT_TEXT);
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
	CHECK(has(str_skip(text, meetings), "They were long."));
	/* An introduction stands before the facts, the outcome after the prose. */
	size_t introduction = str_find(text, S("I. Introduction"));
	CHECK(introduction < str_find(text, S("II. Mandate")));
	CHECK(meetings < str_find(text, S("Outcome")));
	str html = print(t, REPORT_FORMAT_HTML);
	CHECK(has(html, "<a href=\"/g/wgec/record/"));
	CHECK(has(html, "id=\"note-1\""));
	finish(t);
}

TEST(report_without_agreement_is_the_chairs_own)
{
	struct trial trial, *t = &trial;
	start(t);
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
	str text = print(t, REPORT_FORMAT_TEXT);
	CHECK(has_words(t, text, "issued under the Chair's own responsibility"));
	CHECK(has_words(t, text, "The outcome of its work is: no recommendations"));
	CHECK(!report_says_adopted(text));
	CHECK(!report_says_adopted(print(t, REPORT_FORMAT_HTML)));
	CHECK(has(text, "First paragraph."));
	CHECK_STR(json_get_str(json_get(facts(t), S("outcome")), S("says")), "no recommendations");
	check_proof(t, json_get(facts(t), S("outcome")), 2, "report.decide", "report.issue");
	finish(t);
}

TEST(report_that_is_adopted_says_so)
{
	struct trial trial, *t = &trial;
	start(t);
	DO("report.decide", "report", "1", "outcome", "adopted", "meeting", "2", "words",
	    "It is so decided.");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "group");
	str text = print(t, REPORT_FORMAT_TEXT);
	CHECK(has_words(t, text, "At the second meeting the Group adopted this report"));
	CHECK(has_words(t, text, "This report is issued by the Group."));
	CHECK(has(text, "WGN/2017/"));
	finish(t);
}

TEST(report_that_is_issued_never_changes)
{
	struct trial trial, *t = &trial;
	start(t);
	DO("report.decide", "report", "1", "outcome", "no_agreement", "words", "None.");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "chair");
	str text = print(t, REPORT_FORMAT_TEXT);
	str before = print(t, REPORT_FORMAT_FACTS);
	DO("members.vacate", "seat", "3", "reason", "Left.");
	DO("call.publish", "contribution", "5");
	DO("call.withdraw", "contribution", "1");
	DO("proposal.revise", "proposal", "3", "text", "Other words.");
	DO("proposal.dispose", "proposal", "4", "disposition", "annexed");
	DO("document.issue", "kind", "letter", "title", "Later", "lang", "en", "text", "Words.");
	CHECK_STREQ(print(t, REPORT_FORMAT_TEXT), text);
	/* The facts of now do change. */
	CHECK(!str_eq(print(t, REPORT_FORMAT_FACTS), before));
	SAYS(REFUSED,
	    "The report is issued as WGN/2017/REP.1 and never changes; issue a corrigendum as a "
	    "document, or open a further report.",
	    "report.draft", "report", "1", "text", "x");
	finish(t);
}

TEST(report_is_transmitted_then_considered)
{
	struct trial trial, *t = &trial;
	start(t);
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
	finish(t);
}

TEST(report_outline_refusals)
{
	struct trial trial, *t = &trial;
	start(t);
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
	finish(t);
}

TEST(report_views_rebuilt_are_equal)
{
	struct trial trial, *t = &trial;
	digest live, rebuilt;
	start(t);
	DO("report.decide", "report", "1", "outcome", "no_agreement", "words", "None.");
	DO("report.issue", "report", "1", "draft", "1", "responsibility", "chair");
	str text = print(t, REPORT_FORMAT_TEXT);
	CHECK_EQ(house_view_digest(t->house, &live, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &rebuilt, &t->err), OK);
	CHECK(memcmp(&live, &rebuilt, sizeof live) == 0);
	CHECK_STREQ(print(t, REPORT_FORMAT_TEXT), text);
	finish(t);
}

/* --- the text of drafts --- */

static enum rc read(struct arena *a, struct report_text *out, struct err *err, size_t n, ...)
{
	str paragraphs[8];
	va_list ap;
	va_start(ap, n);
	for (size_t i = 0; i < n; i++)
		paragraphs[i] = str_of(va_arg(ap, const char *));
	va_end(ap);
	err_clear(err);
	return report_text_read(a, paragraphs, n, out, err);
}

TEST(report_text_numbers_paragraphs_and_footnotes)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct report_text t;
	struct err err = {0};
	CHECK_EQ(read(a, &t, &err, 6, "# II. Mandate", "One[^9] and[^2] again[^9].", "[[meetings]]",
	             "[^2]: Second.", "Two.", "[^9]: First."),
	    OK);
	CHECK_EQ(t.numbered, 2);
	CHECK_EQ(t.paragraphs.n, 4);
	CHECK_EQ(t.paragraphs.p[0].fact, REPORT_FACT_MANDATE);
	CHECK_EQ(t.paragraphs.p[2].fact, REPORT_FACT_MEETINGS);
	const struct report_paragraph *p = &t.paragraphs.p[1];
	CHECK_EQ(p->pieces.n, 4);
	CHECK_EQ(p->pieces.p[0].note, 1);
	CHECK_EQ(p->pieces.p[1].note, 2);
	CHECK_EQ(p->pieces.p[2].note, 1);
	CHECK(p->pieces.p[0].first && !p->pieces.p[2].first);
	CHECK_STR(p->pieces.p[3].words, ".");
	CHECK_STR(t.notes.p[0].words, "First.");
}

TEST(report_text_refusals)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const struct {
		const char *one, *two, *says;
	} cases[] = {
	    {"A[^1].", "B.",
	        "Footnote 1 is called but not written: add a paragraph that begins with [^1]: and "
	        "its words."},
	    {"A.", "[^3]: Words.",
	        "Footnote 3 is written but no paragraph calls it: put [^3] where it belongs."},
	    {"A[^1].", "[^1]:", "Footnote 1 has no words."},
	    {"[^1]: A.", "[^1]: B.",
	        "Footnote 1 is written twice; give the second another number."},
	    {"# A", "## B", "The draft has no paragraph yet."},
	    {"A.", "[[weather]]",
	        "There are no facts called weather; they are summary, mandate, composition, "
	        "meetings, contributions, proposals, outcome and record."},
	    {"[[record]]", "[[record]]", "The facts called record stand twice in the draft."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct report_text t;
		struct err err = {0};
		CHECK_EQ(read(a, &t, &err, 2, cases[i].one, cases[i].two), INVALID);
		CHECK_STR(err_text(&err, a), cases[i].says);
	}
}

/* Any bytes: the reader ends, and every piece and note lies inside of the text. */
TEST(report_text_takes_anything)
{
	static const char *const bits[] = {"[^", "1", "]", ":", " ", "# ", "[[", "]]", "meetings",
	    "x", "é", "[^1]", "[^1]: n", "\n"};
	struct t_rand r = {7};
	for (int round = 0; round < 3000; round++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		str paragraphs[4];
		for (size_t i = 0; i < 4; i++) {
			struct buf b = buf_in(a, 0);
			for (size_t k = t_rand_below(&r, 7); k > 0; k--)
				buf_put(&b,
				    str_of(bits[t_rand_below(&r, sizeof bits / sizeof bits[0])]));
			paragraphs[i] = buf_str(&b);
		}
		struct report_text t;
		if (report_text_read(a, paragraphs, 4, &t, NULL) != OK)
			continue;
		CHECK(t.numbered > 0);
		for (size_t i = 0; i < t.notes.n; i++)
			CHECK(t.notes.p[i].words.n > 0);
	}
}
