/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Who is told of what, over a real log; and the letters that are written of it. */
#include "notice_view.sql.h"
#include "rooms/notice/notice.h"
#include "rooms/notice/notice_pages.h"
#include "rooms/report/report_try.h"

#include "base/must.h"

#include "base/poison.h"

/* Ann and Bob speak for Kenya (seat 1), Cleo for Chile (2), Dan for the Society (3). */
struct world {
	struct report_try t;
	str ann, bob, cleo, dan;
};

static str add_person(struct report_try *t, const char *name, const char *seat, const char *role)
{
	const char *email = arena_z(t->a, arena_printf(t->a, "%s@example.org", name));
	DO("people.add", "name", name, "representing", "Somebody", "kind", "delegate", "email",
	    email);
	str id = actor_str(t->a, t->out.values[0].actor);
	DO("members.assign", "seat", seat, "person", arena_z(t->a, id), "role", role);
	return id;
}

static void begin(struct world *w)
{
	report_try_start(&w->t);
	w->ann = add_person(&w->t, "Ann", "1", "head");
	w->bob = add_person(&w->t, "Bob", "1", "adviser");
	w->cleo = add_person(&w->t, "Cleo", "2", "head");
	w->dan = add_person(&w->t, "Dan", "3", "head");
}

/* The tables are what the log says, to the byte. */
static void end(struct report_try *t)
{
	digest live, rebuilt;
	CHECK_EQ(house_view_digest(t->house, &live, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &rebuilt, &t->err), OK);
	CHECK(digest_eq(live, rebuilt));
	report_try_stop(t);
}

static struct notice_list_rows told(struct report_try *t, str person)
{
	struct notice_list_rows rows = {0};
	CHECK_EQ(notice_list(house_db(t->house), t->a, 1, person, t->now, 100, &rows, &t->err), OK);
	return rows;
}

static size_t count(struct report_try *t, str person, const char *what)
{
	struct notice_list_rows rows = told(t, person);
	size_t n = 0;
	for (size_t i = 0; i < rows.n; i++)
		n += str_is(rows.p[i].what, what);
	return n;
}

/* How many wait for an answer of this person. */
static size_t waiting(struct report_try *t, str person)
{
	struct notice_list_rows rows = told(t, person);
	size_t n = 0;
	for (size_t i = 0; i < rows.n; i++)
		n += rows.p[i].open;
	return n;
}

#define AMEND(seat, paragraph, words) \
	DO("draft.amend", "draft", "1", "paragraph", paragraph, "text", words, "seat", seat)

static void table(struct report_try *t)
{
	DO("draft.open", "title", "Text", "lang", "en", "text",
	    "States report every two years.\n\nA forum is held in Geneva.");
	AMEND("1", "p1", "States report every three years.");
	AMEND("2", "p1", "States report every four years.");
	AMEND("3", "p2", "A forum is held in Nairobi.");
	AMEND("3", "p1", "All States report every three years.");
	AMEND("1", "p1", "All States report every two years.");
}

TEST(sponsors_are_told_what_became_of_their_amendments)
{
	struct world w;
	struct report_try *t = &w.t;
	begin(&w);
	table(t);
	CHECK_EQ(told(t, w.ann).n, 0);
	DO("draft.accept", "draft", "1", "amendments", "1", "amendments", "5");
	CHECK_EQ(count(t, w.ann, "draft.accepted"), 2);
	CHECK_EQ(count(t, w.bob, "draft.accepted"), 2);
	CHECK_EQ(count(t, w.cleo, "draft.needs_author"), 1);
	CHECK_EQ(count(t, w.dan, "draft.satisfied"), 1);
	CHECK_EQ(told(t, w.dan).n, 1); /* what is carried over as it stands is no news */
	CHECK_EQ(waiting(t, w.cleo), 1);
	CHECK_EQ(waiting(t, w.ann), 0);
	CHECK_STR(told(t, w.cleo).p[0].path, "drafts/1/amendments/2");

	/* The next adoption does not tell it again. */
	DO("draft.accept", "draft", "1", "amendments", "3");
	CHECK_EQ(told(t, w.cleo).n, 1);
	CHECK_EQ(count(t, w.dan, "draft.accepted"), 1);
	CHECK_EQ(count(t, w.dan, "draft.satisfied"), 1);

	/* The sponsor speaks: nothing waits any more; declined, it is told with the reason. */
	DO("draft.restate", "draft", "1", "amendment", "2", "paragraph", "p1", "text",
	    "All States report every four years.", "seat", "2");
	CHECK_EQ(waiting(t, w.cleo), 0);
	DO("draft.decline", "draft", "1", "amendment", "2", "reason", "Three it is.");
	CHECK_EQ(count(t, w.cleo, "draft.declined"), 1);
	CHECK_STR(told(t, w.cleo).p[0].third, "Three it is.");
	end(t);
}

TEST(a_delegation_is_told_that_the_chair_removed_its_stance)
{
	struct world w;
	struct report_try *t = &w.t;
	begin(&w);
	table(t);
	DO("draft.stance", "draft", "1", "amendment", "1", "stance", "object", "seat", "2");
	DO("draft.stand_on_text", "draft", "1", "paragraph", "p2", "stance", "object", "seat", "2");
	CHECK_EQ(told(t, w.cleo).n, 0);
	DO("draft.stance", "draft", "1", "amendment", "1", "stance", "none", "seat", "2", "note",
	    "Told on Monday.");
	DO("draft.remove_stance", "draft", "1", "stance", "1", "reason", "Told on Tuesday.");
	CHECK_EQ(count(t, w.cleo, "draft.stance_removed"), 1);
	CHECK_EQ(count(t, w.cleo, "draft.text_stance_removed"), 1);
	CHECK_EQ(told(t, w.ann).n, 0);
	end(t);
}

TEST(a_seat_is_asked_to_confirm_until_a_day)
{
	struct world w;
	struct report_try *t = &w.t;
	begin(&w);
	table(t);
	DO("reading.open", "draft", "1", "words", "We begin.");
	DO("reading.proceed", "draft", "1");
	DO("draft.decline", "draft", "1", "amendment", "3", "reason", "Geneva.");
	CHECK_EQ(count(t, w.dan, "draft.declined"), 1);
	DO("reading.take_up", "draft", "1", "paragraph", "p2");
	DO("reading.agree_ad_ref", "draft", "1", "paragraph", "p2", "seats", "1", "seats", "2",
	    "until", "2030-01-31T12:00", "zone", "UTC");
	CHECK_EQ(waiting(t, w.ann), 1);
	CHECK_EQ(waiting(t, w.bob), 1);
	CHECK_EQ(waiting(t, w.cleo), 1);
	CHECK_EQ(waiting(t, w.dan), 0);
	CHECK_EQ(told(t, w.ann).p[0].until, when_from_civil((struct civil){2030, 1, 31, 12}));
	DO("reading.confirm", "ad_ref", "1", "seat", "1");
	CHECK_EQ(waiting(t, w.ann), 0);
	CHECK_EQ(waiting(t, w.cleo), 1);
	DO("reading.object", "ad_ref", "1", "reason", "Not yet.", "seat", "2");
	CHECK_EQ(waiting(t, w.cleo), 0);
	CHECK_EQ(count(t, w.ann, "reading.not_confirmed"), 1);
	end(t);
}

TEST(a_merge_and_a_place_in_the_compilation_ask_the_sponsors)
{
	struct world w;
	struct report_try *t = &w.t;
	begin(&w);
	CHECK_EQ(told(t, w.ann).n, 0); /* it was merged before anybody was there */
	DO("proposal.merge", "sources", "3", "sources", "4", "section", "Principles", "title",
	    "All", "text", "All.", "lang", "en");
	CHECK_EQ(count(t, w.dan, "proposal.merged"), 1);
	CHECK_EQ(count(t, w.ann, "proposal.merged"), 1);
	CHECK_EQ(told(t, w.dan).p[0].until, t->now + 7 * USEC_DAY);
	DO("proposal.answer", "proposal", "3", "delegation", "Society of Nowhere", "answer",
	    "agree");
	CHECK_EQ(waiting(t, w.dan), 0);
	CHECK_EQ(waiting(t, w.ann), 1);
	t->now += 8 * USEC_DAY;
	CHECK_EQ(waiting(t, w.ann), 0);
	DO("compilation.open", "title", "All proposals", "zone", "UTC", "deadline",
	    "2030-01-31T12:00");
	DO("compilation.section", "compilation", "1", "heading", "Principles");
	DO("compilation.place", "compilation", "1", "section", "1", "theme", "x", "proposals", "5");
	CHECK_EQ(waiting(t, w.cleo), 1);
	CHECK_EQ(waiting(t, w.dan), 1);
	DO("compilation.extend", "compilation", "1", "zone", "UTC", "deadline", "2031-01-31T12:00");
	CHECK_EQ(told(t, w.cleo).p[0].until, when_from_civil((struct civil){2031, 1, 31, 12}));
	DO("compilation.confirm", "compilation", "1", "proposal", "5", "delegation", "Chile",
	    "answer", "reflected");
	CHECK_EQ(waiting(t, w.cleo), 0);
	CHECK_EQ(waiting(t, w.dan), 1);
	end(t);
}

/* --- letters --- */

static struct letter letter_after(struct report_try *t, int64_t seq, str key, bool *found)
{
	struct letter l = {.seq = seq, .key = key};
	CHECK_EQ(notice_find(house_db(t->house), t->a, 1, true, &l, found, &t->err), OK);
	l.site = S("https://x.org");
	l.base = S("https://x.org/g/wgec");
	l.slug = S("wgec");
	if (!l.lang.n)
		l.lang = S("en");
	if (*found)
		CHECK_EQ(notice_write(house_db(t->house), t->a, 1, &l, &t->err), OK);
	return l;
}

TEST(an_act_makes_one_letter_for_each_address)
{
	struct world w;
	struct report_try *t = &w.t;
	bool found;
	begin(&w);
	table(t);
	for (int i = 0; i < 30; i++)
		AMEND("2", "p1", arena_z(t->a, arena_printf(t->a, "States report %d times.", i)));
	DO("draft.accept", "draft", "1", "amendments", "1", "amendments", "5");
	int64_t seq = t->out.seq;
	size_t n = 0;
	struct letter l = {.seq = 0, .key = STR_EMPTY};
	for (found = true;; n++) {
		l = letter_after(t, l.seq, l.key, &found);
		if (!found)
			break;
		CHECK_EQ(l.seq, seq);
		if (!str_is(l.to, "cleo@example.org"))
			continue;
		CHECK_STR(l.subject, "WGN: your answer is asked");
		CHECK(str_find(l.text, S("https://x.org/g/wgec/drafts/1/amendments/35\n")) !=
		      SIZE_MAX);
		CHECK(str_find(l.text, S("* Amendment 2 to draft 1 needs its author")) != SIZE_MAX);
		CHECK(str_find(l.text, S("https://x.org/sign-in/account")) != SIZE_MAX);
		CHECK(str_eq(l.key, w.cleo));
	}
	CHECK_EQ(n, 4);
	end(t);
}

/* The address stays where erasure finds it: then nobody is written to. */
TEST(authors_without_an_account_are_told_where_their_words_were_used)
{
	struct world w;
	struct report_try *t = &w.t;
	bool found;
	begin(&w);
	DO("analysis.theme", "title", "Scope");
	DO("analysis.mark", "contribution", "1", "question", "1", "paragraph", "1", "words", "",
	    "theme", "1");
	DO("analysis.mark", "contribution", "2", "question", "1", "paragraph", "1", "words", "",
	    "theme", "1");
	DO("analysis.open", "call", "1", "title", "Synthesis", "lang", "en");
	DO("analysis.state", "synthesis", "1", "question", "1", "text", "All say words.");
	DO("analysis.cite", "statement", "1", "side", "so", "passages", "1", "passages", "2");
	int64_t seq = t->out.seq + 1;
	letter_after(t, 0, STR_EMPTY, &found);
	CHECK(!found); /* before it is issued nobody is told */
	DO("analysis.issue", "synthesis", "1");
	struct letter l = letter_after(t, 0, STR_EMPTY, &found);
	CHECK(found);
	CHECK_EQ(l.seq, seq);
	CHECK_STR(l.to, "a@example.org");
	CHECK_STR(l.key, "c1"); /* the same address sent both: one letter, and its key names none */
	CHECK(str_find(l.text, S("/contributions/1\n")) != SIZE_MAX);
	CHECK(str_find(l.text, S("/contributions/2\n")) != SIZE_MAX);
	CHECK(str_find(l.text, S("was sent with this address")) != SIZE_MAX);
	struct letter same = {.seq = l.seq, .key = l.key};
	CHECK_EQ(notice_find(house_db(t->house), t->a, 1, false, &same, &found, &t->err), OK);
	CHECK(found && str_eq(same.to, l.to));
	letter_after(t, l.seq, l.key, &found);
	CHECK(!found);

	DO("analysis.misread", "statement", "1", "contribution", "1", "text", "No.", "lang", "en",
	    "on_behalf", "1");
	DO("analysis.answer", "misreading", "1", "outcome", "stands", "text", "We read it again.");
	l = letter_after(t, l.seq, l.key, &found);
	CHECK(found);
	CHECK(str_find(l.text, S("the statement stands")) != SIZE_MAX);
	end(t);
}

#define MARK_SAID(segment)                                                                         \
	DO("analysis.mark_said", "meeting", "1", "segment", segment, "call", "1", "question", "1", \
	    "words", "", "theme", "1")

/* As those who wrote are: the person when it is known, else all who speak for the seat. */
TEST(those_who_spoke_are_told_where_their_words_were_used)
{
	struct world w;
	struct report_try *t = &w.t;
	begin(&w);
	DO("caption.import", "meeting", "1", "kind", "rough", "lang", "en", "text",
	    ">> Kenya: We need means.\n>> Chile: So do we.\n>> Kenya: And time.\n"
	    ">> Dan (Society of Nowhere): And all of us.\n>> Moderator: Thank you.\n");
	DO("analysis.theme", "title", "Means");
	MARK_SAID("1");
	MARK_SAID("2");
	MARK_SAID("3");
	MARK_SAID("4");
	MARK_SAID("5");
	DO("analysis.open", "call", "1", "title", "Synthesis", "lang", "en");
	DO("analysis.state", "synthesis", "1", "question", "1", "text", "Means are needed.");
	DO("analysis.cite", "statement", "1", "side", "so", "passages", "1", "passages", "3",
	    "passages", "4", "passages", "5");
	CHECK_EQ(told(t, w.ann).n, 0); /* before it is issued nobody is told */
	DO("analysis.issue", "synthesis", "1");
	CHECK_EQ(count(t, w.ann, "analysis.said_used"), 1); /* once of a meeting */
	CHECK_EQ(count(t, w.bob, "analysis.said_used"), 1);
	CHECK_EQ(count(t, w.dan, "analysis.said_used"), 1);
	CHECK_EQ(told(t, w.cleo).n, 0);
	CHECK_STR(told(t, w.ann).p[0].path, "meetings/1/transcript?from=1#s1");
	CHECK_STR(told(t, w.ann).p[0].second, "1");

	DO("analysis.cite", "statement", "1", "side", "otherwise", "passages", "2", "reason",
	    "They spoke, too.");
	CHECK_EQ(count(t, w.cleo, "analysis.said_cited"), 1);
	CHECK_EQ(told(t, w.ann).n, 1);
	DO("analysis.restate", "statement", "1", "text", "Means and time.", "reason", "Clearer.");
	CHECK_EQ(count(t, w.cleo, "analysis.said_restated"), 1);
	CHECK_EQ(count(t, w.bob, "analysis.said_restated"), 1);
	CHECK_EQ(told(t, w.ann).n, 2);

	DO("analysis.misread", "statement", "1", "passage", "2", "text", "No.", "lang", "en",
	    "on_behalf", "1");
	DO("analysis.answer", "misreading", "1", "outcome", "stands", "text", "We heard it again.");
	CHECK_EQ(count(t, w.cleo, "analysis.said_stands"), 1);
	CHECK_EQ(count(t, w.bob, "analysis.said_stands"), 0);
	end(t);
}

TEST(every_code_has_its_words)
{
	CHECK(notice_words(S("analysis.said_used")) && notice_words(S("analysis.said_cited")) &&
	      notice_words(S("analysis.said_restated")) &&
	      notice_words(S("analysis.said_corrected")) &&
	      notice_words(S("analysis.said_stands")) && notice_words(S("analysis.said_misread")));
	CHECK(notice_words(S("draft.needs_author")) != NULL);
	CHECK(notice_words(S("draft.nothing")) == NULL);
}

static const struct path_row {
	const char *path;
	const char *address;
} path_rows[] = {
    {"meetings/1/transcript?from=7#s7", "/g/other/meetings/1/transcript?from=7#s7"},
    {"meetings/1/transcript#s7", "/g/other/meetings/1/transcript#s7"},
    {"documents/A B/ü?x=a&b", "/g/other/documents/A%20B/%C3%BC?x=a%26b"},
    {"proposals/7", "/g/other/proposals/7"},
    {"", "/g/other"},
};

TEST(paths_of_views_are_addresses)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct page p = {.arena = a, .group = {.slug = S("wgec")}};
	for (size_t i = 0; i < sizeof path_rows / sizeof path_rows[0]; i++)
		CHECK_STR(
		    page_path(&p, S("other"), str_of(path_rows[i].path)).s, path_rows[i].address);
}
