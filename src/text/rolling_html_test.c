/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_html.h"
#include "text/rolling_world.h"

#include "base/poison.h"

TEST(a_bracket_names_who_and_what)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"States shall ensure.", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_amendment m[2] = {
	    world_amendment(a, "a 1", "Kenya", world_edit(&d, 0, "shall", "should")),
	    world_amendment(a, "a2", "Peru", world_edit(&d, 0, "shall", ""))};
	struct text_rolling r = text_roll(a, &d, m, 2);
	str s = text_rolling_html(a, &r, NULL);
	HAS(s, "<span data-base data-delete=\"a2\" class=\"rolling-bracket\" role=\"group\" "
	       "aria-label=\"As it stands; to be deleted, proposed by Peru\">");
	HAS(s, "<del>shall</del><bdi class=\"rolling-who\" data-sign> – <bdi>delete: "
	       "<a href=\"#amendment-2\"><bdi>Peru</bdi></a></bdi></bdi>");
	HAS(s, "<span data-by=\"a%201\" class=\"rolling-bracket\" role=\"group\" "
	       "aria-label=\"Proposed by Kenya\">");
	HAS(s, "<ins>should</ins><bdi class=\"rolling-who\" data-sign> – "
	       "<a href=\"#amendment-1\"><bdi>Kenya</bdi></a></bdi>");
	HAS(s, "<li id=\"amendment-1\" data-amendment=\"a 1\">");
}

TEST(headings_stay_headings)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"One title", "Another", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[0].kind = d.par[1].kind = TEXT_HEADING;
	d.par[1].level = 2;
	struct text_amendment m[2] = {
	    world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "One title", "A title")),
	    world_amendment(a, "a2", "Peru", (struct text_op){.kind = TEXT_DELETE_PAR, .par = 1})};
	struct text_rolling r = text_roll(a, &d, m, 2);
	str s = text_rolling_html(a, &r, NULL);
	HAS(s, "<h2 dir=\"auto\" data-by=\"a1\"><span class=\"rolling-bracket\" role=\"group\"");
	HAS(s, "<h3 dir=\"auto\"><span class=\"rolling-bracket\" role=\"group\" aria-label=\"As it "
	       "stands; to be deleted, proposed by Peru\">");
}

TEST(nothing_that_people_write_is_markup)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"x <script>alert(1)</script> & \"y\"", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[0].id = S("\"><b>");
	struct text_amendment m = world_amendment(
	    a, "\"><img src=x>", "</span><b>", world_edit(&d, 0, "alert", "\"</ins><b>"));
	m.reason = S("<b>");
	struct text_rolling r = text_roll(a, &d, &m, 1);
	str s = text_rolling_html(a, &r, NULL);
	CHECK(!world_has(s, "<script") && !world_has(s, "<b>") && !world_has(s, "<img"));
	HAS(s, "x &lt;script&gt;");
	HAS(s, "data-par=\"&quot;&gt;&lt;b&gt;\"");
	HAS(s, "data-by=\"&quot;&gt;&lt;img%20src=x&gt;\"");
}

TEST(marks_are_kept_and_links_are_safe)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"plain bold link evil end", "The note.", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[1].kind = TEXT_NOTE;
	struct text_mark marks[] = {{TEXT_EMPHASIS, 0, 10, STR_EMPTY},
	    {TEXT_STRONG, 6, 10, STR_EMPTY}, {TEXT_LINK, 11, 15, S("https://un.org/?a&b")},
	    {TEXT_LINK, 16, 20, S("javascript:alert(1)")}, {TEXT_NOTE_REF, 20, 20, S("p2")}};
	d.par[0].marks = marks;
	d.par[0].marks_n = sizeof marks / sizeof *marks;
	struct text_amendment m =
	    world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "bold link", "x"));
	struct text_rolling r = text_roll(a, &d, &m, 1);
	str s = text_rolling_html(a, &r, NULL);
	HAS(s, "<em>plain </em>");
	HAS(s, "<em><strong>bold</strong></em>");
	HAS(s, "<a href=\"https://un.org/?a&amp;b\">link</a>");
	HAS(s, "evil<sup data-sign><a href=\"#rolling-paragraph-2\">1</a></sup>");
	CHECK(!world_has(s, "javascript"));
}

/* ctx: pairs of English and French, NULL ends them. */
static str in_french(const void *ctx, const char *english)
{
	for (const char *const *pair = ctx; *pair; pair += 2)
		if (str_is(str_of(english), *pair))
			return str_of(pair[1]);
	return str_of(english);
}

TEST(the_program_speaks_the_language_of_the_reader)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"States shall ensure.", NULL};
	static str peru[] = {{"Peru", 4}};
	struct text_doc d = world_doc(a, base);
	struct text_amendment m =
	    world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "shall ", ""));
	m.cosponsors = peru;
	m.cosponsors_n = 1;
	struct text_rolling r = text_roll(a, &d, &m, 1);
	static const char *const words[] = {"delete: {0}", "supprimer : {0}", "Amendments",
	    "Amendements", "{0}, {1}", "{0} ; {1}", NULL};
	const struct text_voice voice = {.say = in_french, .ctx = words};
	str s = text_rolling_html(a, &r, &voice);
	HAS(s, "<bdi>supprimer : <a href=\"#amendment-1\"><bdi>Kenya</bdi> ; "
	       "<bdi>Peru</bdi></a></bdi>");
	HAS(s, "<h2>Amendements</h2>");
}

TEST(the_page_stands_alone)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"نص", "went", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[1].is_gone = true;
	struct text_amendment m =
	    world_amendment(a, "a1", "Kenya", (struct text_op){.kind = TEXT_RESTORE_PAR, .par = 1});
	struct text_rolling r = text_roll(a, &d, NULL, 0);
	str s = text_rolling_html_page(a, &r, NULL, S("A <b>"), S("ar-EG"), S("p { color: red }"));
	CHECK(str_starts(s, S("<!DOCTYPE html>\n<html lang=\"ar-EG\" dir=\"rtl\">")));
	HAS(s, "<title>A &lt;b&gt;</title>");
	HAS(s, "<style>p { color: red }</style>");
	HAS(s, "data-par=\"p2\" data-kind=\"para\" data-gone hidden></div>");
	CHECK(!world_has(s, "<section"));
	r = text_roll(a, &d, &m, 1);
	s = text_rolling_html(a, &r, NULL);
	HAS(s, "data-gone data-restore=\"a1\">");
	HAS(s, "<ins>went</ins>");
}
