/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* After a meeting: the record puts together what happened, the Chair edits it, files and publishes.
 */
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define DRAFT   "/g/wgec/meetings/1/summary-draft"
#define FILING  "/g/wgec/do/minutes.file?meeting=1"
#define PUBLISH "/g/wgec/do/meeting.summary?meeting=1"
#define SECRET  "Words that only the office reads."

static bool is_at(struct visitor *v, const char *path, const char *what)
{
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	return visitor_sees(v, what);
}

/* Every "[entry N]" of a Markdown text that leads to an entry of the record; their number. */
static int references(struct visitor *v, str markdown)
{
	int n = 0;
	str rest = markdown, line;
	while (str_cut(&rest, '\n', &line)) {
		size_t at = str_find(line, S("]: "));
		if (!str_starts(line, S("[entry ")) || at == SIZE_MAX)
			continue;
		str number = str_head(str_skip(line, 7), at - 7);
		CHECK_STREQ(str_skip(line, at + 3),
		    arena_printf(
		        v->site->arena, "http://127.0.0.1/g/wgec/record/%.*s", STR(number)));
		n++;
	}
	return n;
}

TEST(the_record_assembles_a_meeting)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair"),
	               office = visitor_enter(&s, "Secretariat");
	struct visitor kenya = visitor_enter(&s, "Delegate"), anyone = visitor_enter(&s, "");

	CHECK(is_at(&chair, "/g/wgec/meetings/1", DRAFT));
	CHECK(is_at(&chair, DRAFT, "3. Mandate and programme of work"));
	CHECK(visitor_sees(&chair, "African states (6), in the room: Ghana, Kenya (2), Senegal"));
	CHECK(visitor_sees(&chair, "Private sector (1), remotely: Asia Cable Operators"));
	CHECK(visitor_sees(&chair, "Himalayan Research and Education Network · Statement · "
	                           "2 min 30 s · remotely"));
	CHECK(visitor_sees(&chair, "WGEC/2016/INF.1 · Work done so far"));
	CHECK(visitor_sees(&chair, "meetings/1/transcript?from="));
	CHECK(visitor_sees(&chair, "Sitting 2: Plenary · 30 September 2016 · 15:00–18:00"));
	/* printf 'The group works in five meetings and reports to the CSTD in time for its
	 * twenty-first session.' | sha256sum */
	CHECK(visitor_sees(
	    &chair, "bb1705642f00e64c09efa25dabc7d7ff9f53b5b61e1d4d787bbf6cf7ccd0c5ee"));
	CHECK(is_at(&office, DRAFT, "No draft has been filed yet."));

	/* What somebody wrote stands under its item. */
	CHECK_EQ(SEND(&office, "/g/wgec/do/meeting.statement", {"meeting", S("1")},
	             {"item", S("3")}, {"contribution", S("4")}),
	    200);
	CHECK(is_at(&chair, DRAFT, "Written statements"));
	CHECK(visitor_sees(&chair, "Contribution 4 · "));
	CHECK(is_at(&chair, DRAFT ".md", "[statement 1]: http://127.0.0.1/g/wgec/contributions/4"));

	/* As a file, where each reference leads to an entry that is there. */
	CHECK(is_at(&chair, DRAFT ".md", "## 3. Mandate and programme of work"));
	CHECK_STR(answer_header(&chair.at, S("content-type")), "text/markdown; charset=utf-8");
	CHECK(references(&chair, chair.at.body) > 30);
	CHECK_EQ(visitor_visit(&chair, S("/g/wgec/meetings/9/summary-draft")), 404);

	/* Others wait for the summary. */
	CHECK_EQ(visitor_visit(&kenya, S(DRAFT)), 403);
	CHECK_EQ(visitor_visit(&anyone, S(DRAFT ".md")), 403);
	CHECK(!is_at(&kenya, "/g/wgec/meetings/1", DRAFT));
	site_stop(&s);
}

#define EFUA "Efua Asantewaa Boateng, Deputy Director, Ministry of Communications"

/* The number behind the first "seq": of what was answered. */
static str first_seq(struct visitor *v)
{
	str rest = str_skip(v->at.body, str_find(v->at.body, S("\"seq\":")) + 6);
	return arena_str(v->site->arena, str_head(rest, str_find_char(rest, '}')));
}

/* Who came, by name: where names are looked up, not in words that are kept. */
TEST(the_list_of_participants_stands_at_the_end)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair"),
	               office = visitor_enter(&s, "Secretariat");
	struct visitor anyone = visitor_enter(&s, "");

	CHECK(is_at(&chair, DRAFT, "List of participants</h3>"));
	CHECK(visitor_sees(&chair, "African states (6)</h4>"));
	CHECK(visitor_sees(&chair, "Ghana · " EFUA " · in the room, sittings: 1"));
	CHECK(visitor_sees(&chair, "Observers (8)</h4>"));
	CHECK(visitor_sees(&chair, "Youth on the Net · Aigerim Bekova, Coordinator · remotely, "));
	/* Who came on another day, or went on from far away. */
	CHECK(is_at(&chair, "/g/wgec/meetings/3/summary-draft",
	    "Caribbean Telecommunity Observatory · Marlon St. Hilaire, Analyst · in the room, "
	    "sittings: 1, 3, 6 · remotely, sittings: 2"));
	CHECK(is_at(&chair, DRAFT ".md", "### African states (6)\n\n- Ghana · " EFUA));
	/* Who presides speaks for no seat. */
	CHECK(is_at(&chair, "/g/wgec/meetings/2/summary-draft.md",
	    "### Chair (1)\n\n- Brazil · Helena Duarte Siqueira, "));
	/* No more than everyone reads at the meeting. */
	CHECK(is_at(&anyone, "/g/wgec/meetings/1", "Efua Asantewaa Boateng"));

	/* What is filed, and published later, leads there. */
	CHECK(is_at(&chair, FILING, "African states (6), in the room: Ghana, Kenya (2)"));
	CHECK(!visitor_sees(&chair, "Efua Asantewaa Boateng"));
	CHECK(visitor_sees(&chair, "[list of participants]: http://127.0.0.1/g/wgec/meetings/1#"));

	/* A name that is erased is gone, and the delegation was there. */
	CHECK_EQ(visitor_facts(&office, S("/g/wgec/people?q=Efua")), 200);
	CHECK_EQ(SEND(&office, "/g/wgec/do/part.erase", {"seq", first_seq(&office)},
	             {"part", S("1")}, {"ground", S("art17")}),
	    200);
	CHECK(is_at(&chair, DRAFT ".md", "- Ghana · name erased · in the room, sittings: 1"));
	CHECK(!visitor_sees(&chair, "Efua"));
	site_stop(&s);
}

TEST(the_chair_edits_files_and_publishes)
{
	struct site s = site_start("examples/wgec");
	struct visitor chair = visitor_enter(&s, "Chair");
	struct visitor anyone = visitor_enter(&s, "");

	/* The form begins with what was assembled, and keeps what is typed. */
	CHECK(is_at(&chair, FILING, "### Who spoke, in this order"));
	CHECK_EQ(SEND(&chair, FILING, {"meeting", S("1")}, {"text", S("")}), 422);
	CHECK_EQ(SEND(&chair, FILING, {"meeting", S("1")},
	             {"text", S("## 1. Election\n\n- " SECRET " [entry 322]\n- The second "
	                        "point.\n\n[entry 322]: /g/wgec/record/322")}),
	    200);
	CHECK(visitor_sees(&chair, SECRET));
	CHECK(visitor_sees(&chair, "do/meeting.summary?meeting=1"));

	/* A draft is not public: neither on its entry nor in the search. */
	CHECK(is_at(&anyone, "/g/wgec/record", "filed draft 1 of a Chair"));
	CHECK(!visitor_sees(&anyone, SECRET));
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/search?q=%22only+the+office%22")), 200);
	CHECK(!visitor_sees(&anyone, SECRET));
	CHECK_EQ(visitor_visit(&anyone, S(DRAFT)), 403);

	/* Published as plain words; the references keep their numbers. */
	CHECK(is_at(&chair, PUBLISH, SECRET " [entry 322]\n\nThe second point."));
	CHECK(!visitor_sees(&chair, "## 1."));
	CHECK_EQ(SEND(&chair, PUBLISH, {"meeting", S("1")},
	             {"text", S("The group elected its Chair [entry 322].")}),
	    200);
	CHECK(is_at(&anyone, "/g/wgec/meetings/1", "The group elected its Chair [entry 322]."));
	CHECK(!visitor_sees(&anyone, SECRET));
	site_stop(&s);
}
