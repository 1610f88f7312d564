/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The pages of proposals and of the report: what a reader finds there, and who may act. */
#include "engine/page.h"
#include "engine/web_inner.h"
#include "rooms/report/report_try.h"
#include "rooms/rooms_list.h"

#include "base/poison.h"

struct query {
	const char *name, *value;
};

/* The page at an address of the trial, for a viewer with these roles; "" when it failed. */
static str get(struct report_try *t, const char *address, struct query q, unsigned roles)
{
	static struct web web = {.conf = {.rooms = &comity_rooms}};
	struct http_request request = {.arena = t->a};
	struct page_request pr = {.web = &web, .q = &request};
	VEC(str) pieces = {0};
	str rest = str_skip(str_of(address), 1), piece;
	while (str_cut(&rest, '/', &piece))
		*vec_push(t->a, &pieces) = piece;
	const struct route *route = route_find(&comity_rooms, pieces.p, pieces.n, &pr.args);
	struct page p = {
	    .arena = t->a,
	    .db = house_db(t->house),
	    .viewer = {.roles = ROLE_PUBLIC | roles, .lang = S("en")},
	    .group = {.id = 1, .slug = S("wgec"), .title = S("Group"), .zone = S("UTC")},
	    .out = page_out_in(t->a, 0),
	    .facts = json_new_object(t->a),
	    .request = &pr,
	};
	if (q.name)
		*vec_push(t->a, &request.params) =
		    (struct http_pair){.name = str_of(q.name), .value = str_of(q.value)};
	err_clear(&t->err);
	if (!route || route->page(&p, &t->err) != OK)
		return STR_EMPTY;
	CHECK(p.title.n > 0 && p.facts->count > 0);
	return page_out_str(&p.out);
}

#define GET(address)    get(t, "/g/wgec/" address, (struct query){0}, 0)
#define HAS(page, what) CHECK(report_try_has((page), (what)))
#define NOT(page, what) CHECK(!report_try_has((page), (what)))

TEST(proposal_list_shows_sections_and_filters)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	DO("proposal.submit", "section", "<Other> & more", "title", "An <evil> title", "text",
	    "Words.", "lang", "ar", "sponsor", "Kenya & Co", "on_behalf", "1");
	str all = GET("proposals");
	HAS(all, "5 of 5 proposals.");
	HAS(all, "&lt;Other&gt; &amp; more");
	HAS(all, "An &lt;evil&gt; title");
	HAS(all, "lang=\"ar\"");
	HAS(all, "href=\"/g/wgec/proposals/4\"");
	NOT(all, "<evil>");
	NOT(all, "/g/wgec/do/proposal.submit");
	str merged = get(t, "/g/wgec/proposals", (struct query){"status", "merged"}, 0);
	HAS(merged, "2 of 5 proposals.");
	NOT(merged, "Principle three");
	HAS(get(t, "/g/wgec/proposals", (struct query){"sponsor", "Chile"}, 0),
	    "2 of 5 proposals.");
	HAS(get(t, "/g/wgec/proposals", (struct query){"sponsor", "Nobody"}, 0),
	    "No proposal has this status and sponsor.");
	HAS(get(t, "/g/wgec/proposals", (struct query){0}, ROLE_MEMBER),
	    "/g/wgec/do/proposal.submit");
	report_try_stop(t);
}

TEST(proposal_page_shows_everything_that_happened)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	DO("proposal.cosponsor", "proposal", "3", "delegation", "Peru");
	DO("proposal.leave", "proposal", "3", "delegation", "Peru");
	DO("proposal.revise", "proposal", "3", "text", "New words.", "reason", "Shorter");
	DO("proposal.answer", "proposal", "1", "delegation", "Kenya", "answer", "object", "note",
	    "No.");
	DO("proposal.dispose", "proposal", "3", "disposition", "not_included", "reason", "Late");
	str three = GET("proposals/3");
	HAS(three, "New words.");
	HAS(three, "Second paragraph."); /* of the earlier version */
	HAS(three, "Version 2: Shorter");
	HAS(three, "Peru</bdi></s>");
	HAS(three, "Society of Nowhere presented it at meeting 2");
	HAS(three, "Not included: Late");
	str one = GET("proposals/1");
	HAS(one, "A sponsor objected to its merge");
	HAS(one, "Merged into proposal 4");
	HAS(one, "Kenya objected to the merge: the proposal lives on. No.");
	str four = GET("proposals/4");
	HAS(four, "Made from");
	HAS(four, "href=\"/g/wgec/proposals/2\"");
	NOT(four, "/g/wgec/do/");
	str office = get(t, "/g/wgec/proposals/4", (struct query){0}, ROLE_SECRETARIAT);
	HAS(office, "/g/wgec/do/proposal.revise?proposal=4");
	str links = GET("proposals/merges");
	HAS(links, "Principle one");
	HAS(links, "Merged");
	CHECK_EQ(GET("proposals/99").n, 0);
	CHECK_EQ(t->err.code, ABSENT);
	CHECK_EQ(GET("proposals/x").n, 0);
	report_try_stop(t);
}

TEST(report_page_links_each_fact_to_its_entries)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	str page = GET("report");
	HAS(page, "The Group held two meetings");
	HAS(page, "href=\"/g/wgec/record/28\"");
	HAS(page, "1 paragraph of the mandate is answered by no section yet.");
	HAS(page, "Draft 1");
	NOT(page, "/g/wgec/do/");
	HAS(get(t, "/g/wgec/report", (struct query){0}, ROLE_CHAIR), "/g/wgec/do/report.decide");
	HAS(GET("report/full"), "Annex III");
	report_try_stop(t);
}

TEST(report_page_keeps_every_draft)
{
	struct report_try trial, *t = &trial;
	report_try_start(t);
	DO("report.draft", "report", "1", "text", "Second <draft>.");
	DO("report.decide", "report", "1", "outcome", "no_agreement", "words", "None.");
	DO("report.issue", "report", "1", "draft", "2", "responsibility", "chair");
	DO("report.transmit", "report", "1", "to", "The parent body", "date", "2017-01-26");
	str page = GET("report");
	HAS(page, "Second &lt;draft&gt;.");
	HAS(page, "Issued under the Chair&#39;s own responsibility");
	/* What people wrote stands between isolating characters, in every language of the page. */
	HAS(page, "\xE2\x81\xA8The parent body\xE2\x81\xA9, 26 January 2017");
	NOT(page, "The Chair&#39;s own words.");
	str first = GET("report/drafts/1");
	HAS(first, "The Chair&#39;s own words.");
	HAS(first, "This is a draft. It is not issued.");
	NOT(GET("report/drafts/2"), "This is a draft. It is not issued.");
	CHECK_EQ(GET("report/drafts/3").n, 0);
	CHECK_EQ(t->err.code, ABSENT);
	CHECK_EQ(GET("report/drafts/0").n, 0);
	report_try_stop(t);
}
