/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The pages of a compilation over a real log: who finds what, and that nothing is lost. */
#include "engine/page.h"
#include "engine/web_inner.h"
#include "rooms/report/report_try.h"
#include "rooms/rooms_list.h"

#include "base/poison.h"

/* A page that was looked at. */
struct looked {
	str html;
	str facts; /* as JSON */
	struct json *json;
};

static struct looked look_at(
    struct report_try *t, const char *address, const char *section, unsigned roles)
{
	static struct web web = {.conf = {.rooms = &comity_rooms}};
	struct http_request request = {.arena = t->a};
	struct page_request pr = {.web = &web, .q = &request};
	VEC(str) pieces = {0};
	str rest = str_of(address), piece;
	*vec_push(t->a, &pieces) = S("g");
	*vec_push(t->a, &pieces) = S("wgec");
	while (str_cut(&rest, '/', &piece))
		*vec_push(t->a, &pieces) = piece;
	const struct route *route = route_find(&comity_rooms, pieces.p, pieces.n, &pr.args);
	struct page p = {
	    .arena = t->a,
	    .db = house_db(t->house),
	    .viewer = {.roles = ROLE_PUBLIC | roles, .lang = S("en")},
	    .group = {.id = 1, .slug = S("wgec"), .title = S("Group"), .zone = S("UTC")},
	    .out = page_out_in(t->a, 0),
	    .now = t->now,
	    .facts = json_new_object(t->a),
	    .request = &pr,
	};
	if (section)
		*vec_push(t->a, &request.params) =
		    (struct http_pair){.name = S("section"), .value = str_of(section)};
	err_clear(&t->err);
	if (!route || route->page(&p, &t->err) != OK)
		return (struct looked){.html = STR_EMPTY};
	CHECK(p.title.n > 0 && p.facts->count > 0);
	return (struct looked){page_out_str(&p.out), json_str(t->a, p.facts), p.facts};
}

static struct looked look(struct report_try *t, const char *address, unsigned roles)
{
	return look_at(t, address, NULL, roles);
}

#define GET(address)    look(t, address, 0)
#define HAS(page, what) CHECK(report_try_has((page).html, (what)))
#define NOT(page, what) CHECK(!report_try_has((page).html, (what)))
#define PLACE(section, proposals)                                                               \
	ACT("compilation.place", "compilation", "1", "section", section, "theme", "<Equality>", \
	    "proposals", proposals)

static int64_t figure(struct looked page, const char *name)
{
	return json_get_i64(json_get(page.json, S("compilation")), str_of(name), -1);
}

/* Compilation 1 until 30 January 2017 with two sections. Proposals 1 and 2 went into 4. */
static void start(struct report_try *t)
{
	report_try_start(t);
	DO("compilation.open", "title", "All <proposals>", "zone", "Europe/Zurich", "deadline",
	    "2017-01-30T18:00");
	DO("compilation.section", "compilation", "1", "heading", "Principles & more");
	DO("compilation.section", "compilation", "1", "heading", "Follow-up");
}

TEST(compilation_page_shows_whose_entries_are)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("1", "4"), OK);
	struct looked page = GET("compilations/1");
	HAS(page, "All &lt;proposals&gt;");
	HAS(page, "Principles &amp; more");
	HAS(page, "&lt;Equality&gt;");
	HAS(page, "Contributors revise their entries until 30 January 2017, 18:00 (Zurich).");
	HAS(page, "Merged from 2 proposals");
	HAS(page,
	    "<bdi>Kenya</bdi> <span class=\"status\" data-state=\"pending\">Not answered yet");
	HAS(page, "Nothing is placed in this section yet.");
	NOT(page, "<proposals>");
	NOT(page, "/g/wgec/do/");
	CHECK_EQ(figure(page, "proposals"), 4);
	CHECK_EQ(figure(page, "entries"), 1);
	CHECK_EQ(figure(page, "gone_into"), 2);
	CHECK_EQ(figure(page, "not_placed"), 1);
	struct looked office = look(t, "compilations/1", ROLE_SECRETARIAT);
	HAS(office, "/g/wgec/do/compilation.place?compilation=1");
	HAS(office, "/g/wgec/do/compilation.issue?compilation=1");
	HAS(GET("compilations"), "Open for revision");
	CHECK_EQ(GET("compilations/2").html.n, 0);
	CHECK_EQ(t->err.code, ABSENT);
	report_try_stop(t);
}

TEST(compilation_unplaced_says_why)
{
	struct report_try trial, *t = &trial;
	start(t);
	struct looked page = GET("compilations/1/unplaced");
	HAS(page, "Principle three");
	HAS(page, "No reason has been given yet.");
	NOT(page, "Place these proposals");
	page = look(t, "compilations/1/unplaced", ROLE_SECRETARIAT);
	HAS(page, "/g/wgec/do/compilation.place?compilation=1&amp;own=Principles");
	HAS(page, "/g/wgec/do/compilation.section?compilation=1&amp;heading=Principles");
	DO("compilation.unplace", "compilation", "1", "proposals", "3", "reason", "Out of <scope>");
	page = GET("compilations/1/unplaced");
	HAS(page, "Out of &lt;scope&gt;");
	HAS(page, "Left out");
	CHECK_EQ(PLACE("2", "3"), OK);
	CHECK_EQ(PLACE("1", "4"), OK);
	HAS(GET("compilations/1/unplaced"), "Every proposal is in the compilation.");
	DO("proposal.withdraw", "proposal", "3");
	HAS(GET("compilations/1/unplaced"), "Withdrawn");
	report_try_stop(t);
}

TEST(compilation_alternative_stands_beside_the_merged_text)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("1", "4"), OK);
	NOT(GET("compilations/1"), "class=\"beside\"");
	DO("proposal.answer", "proposal", "1", "delegation", "Kenya", "answer", "object", "note",
	    "It says <less>.");
	DO("proposal.answer", "proposal", "2", "delegation", "Chile", "answer", "agree_ad_ref");
	/* Nobody had placed the source: it stands beside what was made of it all the same. */
	CHECK_EQ(figure(GET("compilations/1"), "not_placed"), 1);
	struct looked page = GET("compilations/1");
	HAS(page, "class=\"beside\"");
	HAS(page, "Alternative:");
	HAS(page, "Objects");
	HAS(page, "It says &lt;less&gt;.");
	HAS(page, "Agrees ad referendum");
	HAS(page, "with an objection");
	CHECK_EQ(figure(page, "alternatives"), 1);
	CHECK_EQ(figure(page, "entries"), 2);
	/* The office may put it elsewhere, or leave it out with a reason. */
	CHECK_EQ(PLACE("2", "1"), OK);
	CHECK_EQ(figure(GET("compilations/1"), "alternatives"), 1);
	page = GET("compilations/1/provenance");
	HAS(page, "a source is kept as an alternative after an objection");
	HAS(page, "<bdi>Kenya, Chile</bdi>");
	HAS(page, "None was given.");
	/* The result itself goes elsewhere: the alternative stands beside what it became. */
	CHECK_EQ(PLACE("1", "3"), OK);
	DO("proposal.merge", "sources", "3", "sources", "4", "section", "s", "title", "Both",
	    "text", "x", "lang", "en", "approach", "one_text", "rationale", "Said <once>.");
	page = GET("compilations/1/provenance");
	HAS(page, "The text of one was taken");
	HAS(page, "Said &lt;once&gt;.");
	CHECK_EQ(figure(GET("compilations/1"), "alternatives"), 1);
	CHECK_EQ(figure(GET("compilations/1"), "entries"), 2);
	report_try_stop(t);
}

TEST(compilation_is_read_by_section_too)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("1", "4"), OK);
	CHECK_EQ(PLACE("2", "3"), OK);
	struct looked page = look_at(t, "compilations/1", "2", 0);
	HAS(page, "id=\"e3\"");
	NOT(page, "id=\"e4\"");
	HAS(page, "href=\"/g/wgec/compilations/1?section=1\"");
	HAS(page, "All sections");
	NOT(GET("compilations/1"), "?section=");
	CHECK_EQ(look_at(t, "compilations/1", "x", 0).html.n, 0);
	CHECK_EQ(t->err.code, ABSENT);
	report_try_stop(t);
}

TEST(compilation_entry_says_where_it_was_placed)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("2", "3"), OK);
	DO("compilation.merge_sections", "compilation", "1", "section", "2", "into", "1");
	struct looked page = GET("compilations/1");
	HAS(page, "Placed in the section \xE2\x81\xA8"
	          "Follow-up"
	          "\xE2\x81\xA9.");
	HAS(page, "With the section \xE2\x81\xA8"
	          "Follow-up"
	          "\xE2\x81\xA9.");
	HAS(page, "Society of Nowhere");
	HAS(page, "id=\"e3\"");
	DO("compilation.rename_section", "compilation", "1", "section", "1", "heading", "All of it",
	    "order", "3");
	page = GET("compilations/1");
	HAS(page, "All of it");
	NOT(page, "Principles &amp; more");
	report_try_stop(t);
}

TEST(compilation_tells_sponsors_what_they_are_asked_for)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("1", "4"), OK);
	struct looked page = look(t, "compilations/1/mine", ROLE_SECRETARIAT);
	HAS(page, "It was merged into 4; answer until 2 February 2017.");
	HAS(page, "/g/wgec/do/proposal.answer?proposal=1&amp;delegation=Kenya");
	HAS(page,
	    "/g/wgec/do/compilation.confirm?proposal=4&amp;compilation=1&amp;delegation=Chile");
	HAS(page, "/g/wgec/do/proposal.revise?proposal=4");
	DO("compilation.confirm", "compilation", "1", "proposal", "4", "delegation", "Kenya",
	    "answer", "not_reflected", "note", "A <word>.");
	DO("compilation.confirm", "compilation", "1", "proposal", "4", "delegation", "Chile",
	    "answer", "reflected");
	page = look(t, "compilations/1/mine", ROLE_SECRETARIAT);
	HAS(page, "A &lt;word&gt;.");
	HAS(page, "Confirmed on 26 January 2017.");
	DO("proposal.revise", "proposal", "4", "text", "New.");
	page = look(t, "compilations/1/mine", ROLE_SECRETARIAT);
	HAS(page, "Version 1 was confirmed; the text has changed since.");
	CHECK_EQ(figure(page, "confirmed"), 0);
	DO("compilation.confirm", "compilation", "1", "proposal", "4", "delegation", "Kenya",
	    "answer", "reflected");
	DO("compilation.confirm", "compilation", "1", "proposal", "4", "delegation", "Chile",
	    "answer", "reflected");
	CHECK_EQ(figure(GET("compilations/1"), "confirmed"), 1);
	/* A member without a seat is asked for nothing. */
	HAS(look(t, "compilations/1/mine", ROLE_MEMBER), "Nothing is asked for now.");
	t->now += 8 * USEC_DAY;
	NOT(look(t, "compilations/1/mine", ROLE_SECRETARIAT), "answer until");
	HAS(GET("compilations/1"), "No answer in time");
	report_try_stop(t);
}

static void run_clock(struct report_try *t, size_t acts)
{
	size_t done;
	CHECK_EQ(house_begin(t->house, &t->err), OK);
	CHECK_EQ(house_run_due(t->house, t->now, &done, &t->err), OK);
	CHECK_EQ(house_commit(t->house, &t->err), OK);
	CHECK_EQ(done, acts);
}

TEST(compilation_takes_no_words_after_the_deadline)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("1", "3"), OK);
	run_clock(t, 1); /* the call of the trial is over */
	DO("proposal.revise", "proposal", "3", "text", "In time.");
	t->now += 5 * USEC_DAY;
	run_clock(t, 1);
	DO("proposal.revise", "proposal", "3", "text", "Too late.");
	struct looked page = GET("compilations/1");
	HAS(page, "In time.");
	NOT(page, "Too late.");
	HAS(page, "Version 3 came after the deadline and is not taken in.");
	HAS(page, "It is taken in if the secretariat extends the deadline.");
	HAS(page, "Closed for revision");
	NOT(look(t, "compilations/1/mine", ROLE_SECRETARIAT), "proposal.revise");
	DO("compilation.extend", "compilation", "1", "zone", "UTC", "deadline", "2017-02-28T18:00");
	HAS(GET("compilations/1"), "Too late.");
	report_try_stop(t);
}

TEST(compilation_issued_never_changes)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("1", "4"), OK);
	DO("compilation.issue", "compilation", "1", "title", "First <issue>", "lang", "en", "text",
	    "A note.\n\nIt goes on.");
	struct looked before = GET("compilations/1/issued/1");
	HAS(before, "WGN/2017/COMP.1");
	HAS(before, "First &lt;issue&gt;");
	HAS(before, "It goes on.");
	HAS(before, "From the sources to the result");
	DO("proposal.answer", "proposal", "1", "delegation", "Kenya", "answer", "object");
	DO("proposal.revise", "proposal", "4", "text", "Other words.");
	DO("compilation.confirm", "compilation", "1", "proposal", "4", "delegation", "Kenya",
	    "answer", "reflected");
	DO("compilation.merge_sections", "compilation", "1", "section", "1", "into", "2");
	DO("proposal.leave", "proposal", "4", "delegation", "Chile");
	CHECK_EQ(PLACE("2", "3"), OK);
	DO("compilation.unplace", "compilation", "1", "proposals", "4", "reason", "r");
	struct looked after = GET("compilations/1/issued/1");
	for (const struct json *f = before.json->first; f; f = f->next)
		CHECK(str_eq(json_str(t->a, f), json_str(t->a, json_get(after.json, f->name))));
	NOT(after, "Other words.");
	HAS(GET("compilations/1"), "Follow-up");
	DO("compilation.issue", "compilation", "1", "title", "Second", "lang", "en");
	HAS(GET("compilations/1/issued/2"), "WGN/2017/COMP.1/Rev.1");
	/* The library holds both, the first as revised, with ways to their pages. */
	struct looked document = GET("documents/WGN-2017-COMP.1");
	HAS(document, "href=\"/g/wgec/compilations/1/issued/1\"");
	HAS(document, "Revised by");
	HAS(GET("documents/WGN-2017-COMP.1-Rev.1"), "href=\"/g/wgec/compilations/1/issued/2\"");
	CHECK_EQ(GET("compilations/1/issued/3").html.n, 0);
	CHECK_EQ(t->err.code, ABSENT);
	CHECK_EQ(GET("compilations/1/issued/0").html.n, 0);
	report_try_stop(t);
}

TEST(compilation_for_print_has_everything_on_one_page)
{
	struct report_try trial, *t = &trial;
	start(t);
	CHECK_EQ(PLACE("1", "4"), OK);
	struct looked page = look(t, "compilations/1/print", ROLE_SECRETARIAT);
	HAS(page, "Both.");
	HAS(page, "Principle three");
	HAS(page, "From the sources to the result");
	HAS(page, "It is not issued.");
	NOT(page, "/g/wgec/do/");
	report_try_stop(t);
}

/* --- no proposal is lost --- */

static const char *some(struct report_try *t, struct t_rand *r, size_t n)
{
	return arena_z(t->a, arena_printf(t->a, "%zu", 1 + t_rand_below(r, n)));
}

/* Any act, allowed or not. Counts the proposals. */
static void random_act(struct report_try *t, struct t_rand *r, size_t *n)
{
	const char *one = some(t, r, *n), *two = some(t, r, *n), *section = some(t, r, 3);
	switch (t_rand_below(r, 9)) {
	case 0:
		*n += ACT("proposal.submit", "section", "s", "title", "t", "text", "x", "lang",
		          "en", "sponsor", "Kenya", "on_behalf", "1") == OK;
		break;
	case 1:
		*n += ACT("proposal.merge", "sources", one, "sources", two, "section", "s", "title",
		          "t", "text", "x", "lang", "en") == OK;
		break;
	case 2:
		*n += 2 * (ACT("proposal.split", "proposal", one, "first_title", "a", "first_text",
		               "x", "second_title", "b", "second_text", "y") == OK);
		break;
	case 3:
		(void)ACT(
		    "proposal.answer", "proposal", one, "delegation", "Kenya", "answer", "object");
		break;
	case 4:
		(void)ACT("proposal.withdraw", "proposal", one);
		break;
	case 5:
		(void)ACT(
		    "compilation.unplace", "compilation", "1", "proposals", one, "reason", "r");
		break;
	case 6:
		(void)ACT("compilation.merge_sections", "compilation", "1", "section", section,
		    "into", some(t, r, 3));
		break;
	default:
		(void)PLACE(section, one);
		break;
	}
}

/* How often each number stands in a list of facts. */
static void tally(struct looked page, const char *name, int64_t *seen, size_t n)
{
	json_each (o, json_get(page.json, str_of(name))) {
		int64_t number = json_get_i64(o, S("number"), 0);
		CHECK(number >= 1 && number <= (int64_t)n);
		if (number >= 1 && number <= (int64_t)n)
			seen[number - 1]++;
	}
}

static void check_partition(uint64_t seed)
{
	struct report_try trial, *t = &trial;
	struct t_rand r = {seed};
	size_t n = 4;
	start(t);
	DO("compilation.section", "compilation", "1", "heading", "Third");
	for (int i = 0; i < 120; i++)
		random_act(t, &r, &n);
	struct looked page = GET("compilations/1");
	int64_t *seen = arena_array(t->a, int64_t, n);
	tally(page, "placed", seen, n);
	tally(page, "gone_into", seen, n);
	tally(page, "not_placed", seen, n);
	for (size_t i = 0; i < n; i++)
		CHECK_EQ(seen[i], 1);
	CHECK_EQ(figure(page, "proposals"), (int64_t)n);
	/* An entry stands in the text once, by itself or beside another. */
	json_each (o, json_get(page.json, S("placed"))) {
		str id =
		    arena_printf(t->a, "id=\"e%lld\"", (long long)json_get_i64(o, S("number"), 0));
		size_t at = str_find(page.html, id);
		CHECK(at != SIZE_MAX && str_find(str_skip(page.html, at + 1), id) == SIZE_MAX);
	}
	CHECK(figure(page, "entries") > 0 && figure(page, "gone_into") > 0);
	report_try_stop(t);
}

#define SEED(n)                                                    \
	TEST(compilation_has_every_proposal_in_one_place_seed_##n) \
	{                                                          \
		check_partition(n);                                \
	}
SEED(1)
SEED(2)
SEED(3)
SEED(4)
