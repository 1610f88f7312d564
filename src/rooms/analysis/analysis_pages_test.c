/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The pages of the analysis over a real log: the way from a statement to the words and back, what
 * may only be used together with others, and that nothing unpublished or erased is quoted.
 */
#include "engine/page.h"
#include "engine/web_inner.h"
#include "harness/t.h"
#include "record/log.h"
#include "rooms/call/call_trial.h"
#include "rooms/rooms_list.h"

#include "base/poison.h"

static const actor_id KENYA = {.b = {7}};

#define EVERY_ROLE (ROLE_SECRETARIAT | ROLE_CHAIR | ROLE_SYSTEM | ROLE_ADMIN)
#define DO(...)    CHECK_EQ(trial_act(t, ACTOR_SYSTEM, EVERY_ROLE, __VA_ARGS__, NULL), OK)

struct looking {
	struct trial *t;
	unsigned roles;
	actor_id who; /* none: nobody is signed in */
	bool facts;   /* as JSON */
};

/* The page at an address; "" when it failed. */
static str look(struct looking l, const char *address)
{
	static struct web web = {.conf = {.rooms = &comity_rooms}};
	struct arena *a = l.t->a;
	struct http_request request = {.arena = a};
	struct page_request pr = {.web = &web, .q = &request, .json = l.facts};
	VEC(str) pieces = {0};
	str rest = str_skip(str_of(address), 1), piece;
	while (str_cut(&rest, '/', &piece))
		*vec_push(a, &pieces) = piece;
	const struct route *route = route_find(&comity_rooms, pieces.p, pieces.n, &pr.args);
	struct page p = {
	    .arena = a,
	    .db = l.t->db,
	    .viewer = {.roles = ROLE_PUBLIC | l.roles,
	        .lang = S("en"),
	        .actor = l.who,
	        .signed_in = !actor_is_none(l.who)},
	    .group = {.id = 1, .slug = S("wgec"), .title = S("Group"), .zone = S("UTC")},
	    .out = page_out_in(a, 0),
	    .facts = json_new_object(a),
	    .request = &pr,
	};
	err_clear(&l.t->err);
	if (!route || route->page(&p, &l.t->err) != OK)
		return STR_EMPTY;
	CHECK(p.title.n > 0 && (!l.facts || p.facts->count > 0));
	return l.facts ? json_str(a, p.facts) : page_out_str(&p.out);
}

#define GET(address)      look((struct looking){.t = t}, "/g/wgec/" address)
#define GET_JSON(address) look((struct looking){.t = t, .facts = true}, "/g/wgec/" address)
#define OFFICE(address)   look((struct looking){.t = t, .roles = EVERY_ROLE}, "/g/wgec/" address)
#define AUTHOR(address)                                                               \
	look((struct looking){.t = t, .roles = ROLE_PARTICIPANT, .who = KENYA}, "/g/" \
	                                                                        "wgec/" address)
#define HAS(page, what) CHECK(str_find((page), S(what)) != SIZE_MAX)
#define NOT(page, what) CHECK(str_find((page), S(what)) == SIZE_MAX)

static void submit(struct trial *t, actor_id who, const char *author, const char *wish,
    const char *cite, const char *text)
{
	CHECK_EQ(trial_act(t, who, ROLE_PARTICIPANT, "call.submit", "call", "1", "author", author,
	             "category", "academic", "email", "mail@example.org", "lang", "en",
	             "publish_wish", wish, "cite", cite, "answer1", text, NULL),
	    OK);
}

#define MARK(contribution, words)                                                            \
	DO("analysis.mark", "contribution", contribution, "question", "1", "paragraph", "1", \
	    "words", words, "theme", "1")

/* Entry 4 of the group is the contribution of Kenya. */
static void start(struct trial *t)
{
	trial_found(t, &comity_rooms);
	DO("call.draft", "title", "Input", "audience", "all", "zone", "UTC", "deadline",
	    "2090-12-07T23:59");
	DO("call.question", "call", "1", "text", "What is it?");
	DO("call.open", "call", "1");
	submit(t, KENYA, "Amina", "publish", "1", "First <words> that are quoted. And the rest.");
	submit(t, ACTOR_PUBLIC, "Bruno", "publish", "0", "Reserved words of Bruno.");
	submit(t, ACTOR_PUBLIC, "Celia", "withhold", "1", "Withheld words of Celia.");
	submit(t, ACTOR_PUBLIC, "Dora", "publish", "1", "Words of Dora that nobody cites.");
	DO("call.publish", "contribution", "1");
	DO("call.publish", "contribution", "2");
	DO("call.withhold", "contribution", "3");
	DO("call.publish", "contribution", "4");
	DO("analysis.theme", "title", "A theme");
	MARK("1", "First <words> that are quoted.");
	MARK("2", "Reserved words");
	MARK("1", "are quoted. And");
	DO("analysis.open", "call", "1", "title", "The synthesis", "lang", "en");
	DO("analysis.state", "synthesis", "1", "question", "1", "theme", "1", "text",
	    "People say <something>.");
	DO("analysis.cite", "statement", "1", "side", "so", "passages", "1", "passages", "2");
}

TEST(from_a_statement_to_the_words_and_back)
{
	struct trial trial, *t = &trial;
	start(t);
	str page = GET("syntheses/1");
	HAS(page, "People say &lt;something&gt;.");
	HAS(page, "First &lt;words&gt; that are quoted.");
	HAS(page, "href=\"/g/wgec/contributions/1#passage-1\"");
	HAS(page, "2 of 3"); /* say so, of those published */
	HAS(page, "1 of 3"); /* not known */
	HAS(page, "1 contribution is not public; what it says is not known here.");
	NOT(page, "/do/");
	str text = GET("contributions/1");
	HAS(text, "<mark id=\"passage-1\">First &lt;words&gt; that </mark>");
	HAS(text, "<mark id=\"passage-3\">are quoted.</mark><mark> And</mark>");
	HAS(text, "href=\"/g/wgec/syntheses/1#statement-1\"");
	HAS(text, "Where these words were used");
	NOT(text, "/do/analysis");
	HAS(OFFICE("contributions/1"),
	    "/do/analysis.mark?contribution=1&amp;question=1&amp;paragraph=1");
	trial_close(t);
}

TEST(what_is_cited_nowhere_is_listed)
{
	struct trial trial, *t = &trial;
	start(t);
	str page = GET("syntheses/1");
	size_t at = str_find(page, S("id=\"nowhere\""));
	CHECK(at != SIZE_MAX);
	page = str_skip(page, at);
	HAS(page, "1 of the published contributions is cited in no statement:");
	HAS(page, "/g/wgec/contributions/4");
	NOT(page, "/g/wgec/contributions/1\"");
	HAS(GET_JSON("syntheses/1"), "\"cited_nowhere\":[{\"number\":4,");
	HAS(GET("analysis"), "/g/wgec/contributions/4");
	trial_close(t);
}

/* What its author wants used only together with others is counted, and that is all. */
TEST(reserved_words_are_counted_not_quoted)
{
	struct trial trial, *t = &trial;
	start(t);
	static const char *const pages[] = {"/g/wgec/analysis/passages", "/g/wgec/syntheses/1",
	    "/g/wgec/syntheses/1/uses", "/g/wgec/analysis"};
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		for (int facts = 0; facts < 2; facts++) {
			str page = look((struct looking){.t = t, .facts = facts}, pages[i]);
			CHECK(page.n > 0);
			NOT(page, "Reserved words");
			NOT(page, "Bruno");
			NOT(page, "\"contribution\":2,");
			NOT(page, "/contributions/2");
		}
	}
	HAS(GET("syntheses/1"), "1 passage whose author wants it used only together with others");
	HAS(GET_JSON("syntheses/1"), "\"category\":\"academic\",\"so\":2,");
	NOT(GET("contributions/2"), "passage-2");
	NOT(GET_JSON("contributions/2"), "\"used\"");
	HAS(OFFICE("syntheses/1"), "Reserved words");
	HAS(OFFICE("contributions/2"), "passage-2");
	trial_close(t);
}

TEST(withheld_words_are_quoted_nowhere)
{
	struct trial trial, *t = &trial;
	start(t);
	CHECK_EQ(
	    trial_act(t, ACTOR_SYSTEM, EVERY_ROLE, "analysis.mark", "contribution", "3", "question",
	        "1", "paragraph", "1", "words", "Withheld words", "theme", "1", NULL),
	    REFUSED);
	static const char *const pages[] = {"/g/wgec/analysis", "/g/wgec/analysis/passages",
	    "/g/wgec/syntheses/1", "/g/wgec/syntheses/1/uses", "/g/wgec/contributions/3"};
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		for (int facts = 0; facts < 2; facts++) {
			str page = look((struct looking){.t = t, .facts = facts}, pages[i]);
			CHECK(page.n > 0);
			NOT(page, "Withheld words");
			NOT(page, "Celia");
		}
	}
	trial_close(t);
}

/* Which part of the entry holds the answer to question 1. */
static str answer_part(struct trial *t, int64_t seq)
{
	struct log_entry e;
	str origin = house_origin(t->house, t->a, S("wgec"));
	CHECK_EQ(log_get(house_store(t->house), t->a, origin, seq, &e, &t->err), OK);
	for (size_t i = 0; i < e.entry.parts; i++)
		if (str_find(e.entry.part[i].media, S("field=answer1")) != SIZE_MAX)
			return arena_printf(t->a, "%zu", i);
	return S("none");
}

/* The words are nowhere in the entries: they pass by the rule, which keeps the place. */
TEST(an_erasure_takes_the_quotations_along)
{
	struct trial trial, *t = &trial;
	start(t);
	HAS(GET("analysis/passages"), "First &lt;words&gt;");
	DO("part.erase", "seq", "4", "part", arena_z(t->a, answer_part(t, 4)), "ground", "art17");
	str passages = GET("analysis/passages"), synthesis = GET("syntheses/1");
	NOT(passages, "First");
	HAS(passages, "These words were erased.");
	NOT(synthesis, "First");
	HAS(synthesis, "These words were erased.");
	NOT(OFFICE("syntheses/1/uses"), "First");
	CHECK_EQ(trial_act(t, ACTOR_SYSTEM, EVERY_ROLE, "analysis.state", "synthesis", "1",
	             "question", "1", "text", "Another.", NULL),
	    OK);
	CHECK_EQ(trial_act(t, ACTOR_SYSTEM, EVERY_ROLE, "analysis.cite", "statement", "2", "side",
	             "so", "passages", "1", NULL),
	    REFUSED);
	CHECK_STR(err_text(&t->err, t->a),
	    "The words of passage 1 were erased, so nothing can rest on them.");
	trial_close(t);
}

/* Erases the parts of an entry that say it; how many there were. */
static int erase_words(struct trial *t, int64_t seq, const char *words)
{
	struct log_entry e;
	str origin = house_origin(t->house, t->a, S("wgec"));
	int erased = 0;
	CHECK_EQ(log_get(house_store(t->house), t->a, origin, seq, &e, &t->err), OK);
	for (size_t i = 0; i < e.entry.parts; i++) {
		if (str_find(e.parts[i].body, str_of(words)) == SIZE_MAX)
			continue;
		DO("part.erase", "seq", arena_z(t->a, arena_printf(t->a, "%lld", (long long)seq)),
		    "part", arena_z(t->a, arena_printf(t->a, "%zu", i)), "ground", "art17");
		erased++;
	}
	return erased;
}

/* On no page, and nowhere in the files of the house. */
static void check_nowhere(struct trial *t, const char *words)
{
	str db = house_db_path(t->a, t->dir);
	const str pages[] = {GET("meetings/1/transcript"), GET("analysis/passages"),
	    OFFICE("syntheses/1"), OFFICE("syntheses/1/uses"), GET_JSON("meetings/1/transcript"),
	    GET_JSON("analysis/passages"), GET_JSON("syntheses/1")};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		CHECK(pages[i].n > 0);
		CHECK(str_find(pages[i], str_of(words)) == SIZE_MAX);
	}
	house_tidy(t->house);
	CHECK(!trial_file_holds(t, db, str_of(words)));
	CHECK(!trial_file_holds(t, arena_printf(t->a, "%.*s-wal", STR(db)), str_of(words)));
}

/* A passage of what was said, the statement on it, and the misreading that its speaker reported. */
TEST(an_erasure_takes_spoken_words_and_a_misreading_along)
{
	struct trial trial, *t = &trial;
	start(t);
	DO("meeting.announce", "title", "Meeting", "place", "Geneva", "starts", "2016-10-01",
	    "ends", "2016-10-01", "zone", "UTC", "publicity", "public");
	DO("meeting.open", "meeting", "1");
	DO("caption.import", "meeting", "1", "kind", "rough", "lang", "en", "text",
	    ">> Kenya: We need zqspoken means.\n>> Peru: So do we.\n");
	int64_t said = t->out.seq;
	DO("analysis.mark_said", "meeting", "1", "segment", "1", "call", "1", "question", "1",
	    "words", "zqspoken means", "theme", "1");
	DO("analysis.cite", "statement", "1", "side", "so", "passages", "4");
	DO("analysis.issue", "synthesis", "1");
	DO("analysis.misread", "statement", "1", "passage", "4", "text", "I meant zqdenied means.",
	    "lang", "en", "on_behalf", "1");
	int64_t misread = t->out.seq;
	HAS(GET("syntheses/1"), "zqspoken");
	HAS(GET("syntheses/1"), "zqdenied");
	HAS(GET("meetings/1/transcript"), "<q lang=\"en\" dir=\"auto\">zqspoken means</q>");
	house_tidy(t->house);
	CHECK(trial_file_holds(t, house_db_path(t->a, t->dir), S("qspoken")));

	CHECK_EQ(erase_words(t, said, "zqspoken"), 1);
	check_nowhere(t, "qspoken");
	HAS(GET("syntheses/1"), "zqdenied");
	CHECK_EQ(erase_words(t, misread, "zqdenied"), 1);
	check_nowhere(t, "qdenied");
	trial_close(t);
}

TEST(the_record_keeps_the_place_and_not_the_words)
{
	struct trial trial, *t = &trial;
	size_t marks = 0;
	start(t);
	str origin = house_origin(t->house, t->a, S("wgec"));
	for (int64_t seq = 0; seq <= t->out.seq; seq++) {
		struct log_entry e;
		CHECK_EQ(log_get(house_store(t->house), t->a, origin, seq, &e, &t->err), OK);
		if (!str_is(e.entry.type, "analysis.mark"))
			continue;
		marks++;
		CHECK_EQ(e.entry.parts, 1);
		HAS(e.parts[0].body, "\"from\":");
		NOT(e.parts[0].body, "words");
	}
	CHECK_EQ(marks, 3);
	trial_close(t);
}

TEST(an_author_sees_the_use_and_says_misread)
{
	struct trial trial, *t = &trial;
	start(t);
	str uses = AUTHOR("syntheses/1/uses");
	HAS(uses, "is cited for");
	HAS(uses, "/do/analysis.misread?statement=1&amp;contribution=1");
	HAS(GET("syntheses/1/uses"),
	    "Sign in to find your own contributions, and what you said at meetings, here.");
	NOT(GET("syntheses/1/uses"), "mail@example.org");
	HAS(OFFICE("syntheses/1/uses"), "mailto:mail@example.org");
	HAS(AUTHOR("contributions/1"), "Say that statement 1 misreads it");
	CHECK_EQ(trial_act(t, KENYA, ROLE_PARTICIPANT, "analysis.misread", "statement", "1",
	             "contribution", "1", "text", "I said <less>.", "lang", "en", NULL),
	    OK);
	str page = GET("syntheses/1");
	HAS(page, "I said &lt;less&gt;.");
	HAS(page, "The Chair has not answered yet.");
	DO("analysis.restate", "statement", "1", "text", "People say less.");
	DO("analysis.answer", "misreading", "1", "outcome", "corrected", "text", "So it is.");
	page = GET("syntheses/1");
	HAS(page, "I said &lt;less&gt;.");
	HAS(page, "The Chair corrected the statement:");
	HAS(page, "So it is.");
	HAS(page, "People say &lt;something&gt;."); /* the earlier words */
	trial_close(t);
}

TEST(an_issued_synthesis_says_whom_it_told)
{
	struct trial trial, *t = &trial;
	start(t);
	HAS(GET("syntheses/1"), "In preparation");
	DO("analysis.issue", "synthesis", "1");
	HAS(GET("syntheses/1"), "Issued by the Chair");
	HAS(GET("syntheses/1/uses"), "The author has not been told yet.");
	DO("analysis.notify", "synthesis", "1", "contribution", "1", "way", "letter");
	HAS(GET("syntheses/1/uses"), "By letter");
	CHECK_EQ(look((struct looking){.t = t}, "/g/wgec/syntheses/2").n, 0);
	CHECK_EQ(look((struct looking){.t = t}, "/g/wgec/syntheses/2/uses").n, 0);
	trial_close(t);
}

/* A person who speaks for seat 1, and one who speaks for nobody. */
static actor_id add_person(struct trial *t, const char *name, const char *email)
{
	DO("people.add", "name", name, "representing", "Kenya", "kind", "delegate", "email", email);
	return t->out.values[0].actor;
}

static actor_id seat_kenya(struct trial *t)
{
	actor_id who = add_person(t, "Wanjiru", "w@example.org");
	DO("members.constituency", "code", "STATES", "name", "Member States", "quota", "2", "route",
	    "appointed", "states", "1");
	DO("members.nominate", "constituency", "STATES", "delegation", "Kenya");
	DO("members.assess", "nomination", "1", "verdict", "eligible");
	DO("members.endorse", "nomination", "1");
	DO("members.take_seat", "seat", "1");
	DO("members.assign", "seat", "1", "person", arena_z(t->a, actor_str(t->a, who)), "role",
	    "head");
	return who;
}

/* Marked, cited and restated, next to what was written; words of others are not among them. */
TEST(a_speaker_finds_the_own_words_where_they_were_used)
{
	struct trial trial, *t = &trial;
	start(t);
	actor_id kenya = seat_kenya(t), nobody = add_person(t, "Nemo", "n@example.org");
#define USES(person)                                                               \
	look((struct looking){.t = t, .roles = ROLE_PARTICIPANT, .who = (person)}, \
	    "/g/wgec/syntheses/1/uses")
	DO("meeting.announce", "title", "First <meeting>", "place", "Geneva", "starts",
	    "2016-10-01", "ends", "2016-10-01", "zone", "UTC", "publicity", "public");
	DO("meeting.agenda_item", "meeting", "1", "title", "Means");
	DO("meeting.open", "meeting", "1");
	DO("caption.import", "meeting", "1", "kind", "rough", "lang", "en", "text",
	    ">> Kenya: We need <means> and time.\n>> Peru: So do we of Peru.\n");
	HAS(USES(kenya), "nothing you said at a meeting is marked for it");
	DO("analysis.mark_said", "meeting", "1", "segment", "1", "call", "1", "question", "1",
	    "words", "need <means>", "theme", "1");
	DO("analysis.mark_said", "meeting", "1", "segment", "2", "call", "1", "question", "1",
	    "words", "", "theme", "1");
	HAS(USES(kenya), "<p lang=\"en\" dir=\"auto\">need &lt;means&gt;</p>");
	HAS(USES(kenya), "First &lt;meeting&gt;");
	HAS(USES(kenya), "meetings/1/transcript");
	HAS(USES(kenya), "No statement rests on it yet.");
	NOT(USES(kenya), "misread?statement=1&amp;passage=");

	DO("analysis.cite", "statement", "1", "side", "so", "passages", "4", "passages", "5");
	HAS(USES(kenya), "misread?statement=1&amp;passage=4");
	NOT(USES(kenya), "No statement rests on it yet.");
	NOT(USES(kenya), "The statement was restated:");
	DO("analysis.issue", "synthesis", "1");
	DO("analysis.restate", "statement", "1", "text", "People say less.", "reason", "Clearer.");
	HAS(USES(kenya), "The statement was restated:");
	HAS(USES(kenya), "People say less.");
	NOT(USES(kenya), "of Peru");
	HAS(look((struct looking){t, ROLE_PARTICIPANT, kenya, true}, "/g/wgec/syntheses/1/uses"),
	    "\"said\":[{\"passage\":4,\"meeting\":1,");

	NOT(USES(nobody), "need &lt;means&gt;");
	NOT(GET("syntheses/1/uses"), "need &lt;means&gt;");
	trial_close(t);
}
