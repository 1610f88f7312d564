/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The clean text: what its marks say and where they lead, what a page may leave out or add. That
 * its words are those of the revision is in rolling_back_test.c.
 */
#include <stdio.h>

#include "text/rolling_html.h"
#include "text/rolling_world.h"

#include "base/poison.h"

TEST(contested_words_have_a_mark_that_counts)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"States shall ensure.", "Nothing here.", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_amendment m[3] = {
	    world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "ensure", "see to")),
	    world_amendment(a, "a2", "Peru", world_edit(&d, 0, "shall ", "should ")),
	    world_amendment(a, "a3", "Chad", world_edit(&d, 0, "shall ", ""))};
	struct text_rolling r = text_roll(a, &d, m, 3);
	str s = text_rolling_clean(a, &r, NULL);
	HAS(s, "<div class=\"rolling rolling-clean\">\n<div class=\"rolling-text\">\n");
	HAS(s, "id=\"rolling-paragraph-1\" data-par=\"p1\" data-kind=\"para\">");
	/* The blank stands behind the mark, so that it follows the word. */
	HAS(s, "States <span class=\"rolling-stretch\">shall</span>"
	       "<a class=\"rolling-mark\" data-sign href=\"#amendment-2\" "
	       "aria-label=\"Amendments here: 2\" title=\"Amendments here: 2\">[…]</a> "
	       "<span class=\"rolling-stretch\">ensure</span>"
	       "<a class=\"rolling-mark\" data-sign href=\"#amendment-1\" "
	       "aria-label=\"Amendments here: 1\" title=\"Amendments here: 1\">[…]</a>.");
	HAS(s, "Nothing here.</p></div>");
	str text = str_head(s, str_find(s, S("<section")));
	HAS_NOT(text, "should");
	HAS_NOT(text, "Kenya");
	HAS(s, "<li id=\"amendment-2\" data-amendment=\"a2\">");
}

TEST(nested_brackets_are_one_mark)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"one two three four", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_amendment m[4] = {
	    world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "two", "2")),
	    world_amendment(a, "a2", "Peru", world_edit(&d, 0, "two three", "")),
	    world_amendment(a, "a3", "Chad", world_edit(&d, 0, "two", "zwei")),
	    world_amendment(
	        a, "a4", "Fiji", (struct text_op){.kind = TEXT_SPLIT, .from = 8, .to = 8})};
	struct text_new half = {.id = S("half")};
	m[3].ops[0].news = &half;
	m[3].ops[0].news_n = 1;
	struct text_rolling r = text_roll(a, &d, m, 4);
	str s = text_rolling_clean(a, &r, NULL);
	HAS(s, "one <span class=\"rolling-stretch\">two three</span><a class=\"rolling-mark\" "
	       "data-sign href=\"#amendment-1\" aria-label=\"Amendments here: 4\"");
	HAS(s, "[…]</a> four</p>");
}

TEST(insertions_and_splits_are_marks_alone)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"one two", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_new half = {.id = S("half")};
	struct text_amendment m[2] = {
	    world_amendment(a, "a1", "Kenya",
	        (struct text_op){.kind = TEXT_EDIT, .from = 7, .to = 7, .text = S(" x")}),
	    world_amendment(a, "a2", "Peru",
	        (struct text_op){
	            .kind = TEXT_SPLIT, .from = 4, .to = 4, .news = &half, .news_n = 1})};
	struct text_rolling r = text_roll(a, &d, m, 2);
	str s = text_rolling_clean(a, &r, NULL);
	HAS(s, "one <a class=\"rolling-mark\" data-sign href=\"#amendment-2\"");
	HAS(s, "[…]</a>two<a class=\"rolling-mark\" data-sign href=\"#amendment-1\"");
	HAS_NOT(s, "rolling-stretch");
}

TEST(stances_on_words_are_counted_by_themselves)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"one two", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_stance stances[] = {
	    {TEXT_RETAIN, S("Chad"), false}, {TEXT_RESERVE, S("Fiji"), false}};
	struct text_amendment m[3] = {
	    world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "one", "1")),
	    world_amendment(a, "s1", "", world_edit(&d, 0, "one", "")),
	    world_amendment(a, "s2", "", world_edit(&d, 0, "two", ""))};
	m[1].on_text = m[2].on_text = true;
	m[1].stances = m[2].stances = stances;
	m[1].stances_n = 2;
	m[2].stances_n = 1;
	struct text_rolling r = text_roll(a, &d, m, 3);
	str s = text_rolling_clean(a, &r, NULL);
	HAS(s, "href=\"#amendment-1\" aria-label=\"Amendments here: 1; Stances here: 2\"");
	/* Nothing in the list to lead to. */
	HAS(s, "two</span><span class=\"rolling-mark\" data-sign role=\"img\" "
	       "aria-label=\"Stances here: 1\"");
}

TEST(what_bears_on_whole_paragraphs_is_marks_and_lines)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"one", "two", "three", "gone", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[3].is_gone = true;
	struct text_new news[2] = {
	    {.id = S("n1"), .text = S("fresh")}, {.id = S("n2"), .text = S("other")}};
	struct text_amendment m[7] = {
	    world_amendment(a, "a1", "Kenya", (struct text_op){.kind = TEXT_DELETE_PAR, .par = 0}),
	    world_amendment(a, "a2", "Peru",
	        (struct text_op){.kind = TEXT_MOVE, .par = 0, .last = 0, .after = 1}),
	    world_amendment(a, "a3", "Chad",
	        (struct text_op){.kind = TEXT_JOIN, .par = 1, .last = 2, .text = S("; ")}),
	    world_amendment(a, "a4", "Fiji",
	        (struct text_op){
	            .kind = TEXT_INSERT_PARS, .after = 2, .news = &news[0], .news_n = 1}),
	    world_amendment(a, "a5", "Cuba",
	        (struct text_op){
	            .kind = TEXT_INSERT_PARS, .after = 2, .news = &news[1], .news_n = 1}),
	    world_amendment(a, "a6", "Mali",
	        (struct text_op){
	            .kind = TEXT_INSERT_PARS, .after = TEXT_START, .news = news, .news_n = 2}),
	    world_amendment(a, "a7", "Togo", (struct text_op){.kind = TEXT_RESTORE_PAR, .par = 3})};
	struct text_rolling r = text_roll(a, &d, m, 7);
	const struct text_voice voice = {.no_list = true};
	str s = text_rolling_clean(a, &r, &voice);
	HAS(s, "<div class=\"rolling-text\">\n<p class=\"rolling-note\" data-sign>"
	       "<a class=\"rolling-mark\" data-sign href=\"#amendment-6\"");
	HAS(s, "one<a class=\"rolling-mark\" data-sign href=\"#amendment-1\" "
	       "aria-label=\"Amendments to the whole paragraph: 2\"");
	HAS(s, "two<a class=\"rolling-mark\" data-sign href=\"#amendment-3\" "
	       "aria-label=\"Amendments to the whole paragraph: 1\"");
	HAS(s, ">[…] Paragraphs that would be moved here. Amendments: 1</a></p>");
	HAS(s, "three</p></div>\n<p class=\"rolling-note\" data-sign><a class=\"rolling-mark\" "
	       "data-sign href=\"#amendment-4\"");
	HAS(s, ">[…] New paragraphs that are proposed here. Amendments: 2</a></p>");
	HAS(s, "data-par=\"p4\" data-kind=\"para\" data-gone><p class=\"rolling-note\"");
	HAS(s, ">[…] A deleted paragraph that would come back. Amendments: 1</a></p>");
	HAS_NOT(s, "fresh");
	HAS_NOT(s, ">gone");
	HAS_NOT(s, "<section");
}

TEST(a_run_that_begins_with_a_deleted_paragraph_has_a_line)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"gone", "two", "three", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[0].is_gone = true;
	struct text_amendment m = world_amendment(
	    a, "a1", "Kenya", (struct text_op){.kind = TEXT_MOVE, .par = 0, .last = 1, .after = 2});
	struct text_rolling r = text_roll(a, &d, &m, 1);
	str s = text_rolling_clean(a, &r, NULL);
	HAS(s, "hidden></div>\n<p class=\"rolling-note\"");
	HAS(s, ">[…] Paragraphs behind this place that would be moved. Amendments: 1</a></p>");
}

TEST(nothing_that_people_write_is_markup_in_the_clean_text)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"x <script>alert(1)</script> & \"y\"", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[0].id = S("\"><b>");
	d.par[0].number = S("<b>");
	struct text_amendment m = world_amendment(
	    a, "\"><img src=x>", "</span><b>", world_edit(&d, 0, "alert", "\"</ins><b>"));
	m.reason = S("<b>");
	struct text_rolling r = text_roll(a, &d, &m, 1);
	str s = text_rolling_clean(a, &r, NULL);
	CHECK(!world_has(s, "<script") && !world_has(s, "<b>") && !world_has(s, "<img"));
	HAS(s, "x &lt;script&gt;<span class=\"rolling-stretch\">alert</span>");
	HAS(s, "data-par=\"&quot;&gt;&lt;b&gt;\"");
	HAS(s, "&amp; &quot;y&quot;");
}

static str shout(const void *ctx, const char *english)
{
	(void)ctx;
	return str_is(str_of(english), "Amendments here: {0}") ? S("<i>\" {0} !") : str_of(english);
}

TEST(a_mark_speaks_the_language_of_the_reader)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"one two", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_amendment m = world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "one", "1"));
	struct text_rolling r = text_roll(a, &d, &m, 1);
	const struct text_voice voice = {.say = shout};
	str s = text_rolling_clean(a, &r, &voice);
	HAS(s, "aria-label=\"&lt;i&gt;&quot; 1 !\"");
}

/* Words with emphasis keep it inside of a contested stretch. */
TEST(emphasis_is_kept_in_the_clean_text)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"one bold end", "The note.", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[1].kind = TEXT_NOTE;
	struct text_mark marks[] = {
	    {TEXT_STRONG, 4, 8, STR_EMPTY}, {TEXT_NOTE_REF, 12, 12, S("p2")}};
	d.par[0].marks = marks;
	d.par[0].marks_n = 2;
	struct text_amendment m =
	    world_amendment(a, "a1", "Kenya", world_edit(&d, 0, "one bold", "x"));
	struct text_rolling r = text_roll(a, &d, &m, 1);
	str s = text_rolling_clean(a, &r, NULL);
	HAS(s, "<span class=\"rolling-stretch\">one <strong>bold</strong></span><a");
	HAS(s, "end<sup data-sign><a href=\"#rolling-paragraph-2\">1</a></sup>");
}

/* --- what a page may leave out and add --- */

static bool shows_second(const void *ctx, const struct text_par *par)
{
	(void)ctx;
	return par && str_is(par->id, "p2");
}

static void put_id(const void *ctx, struct markup *m, const struct text_par *par)
{
	(void)ctx;
	markup_text(m, par ? par->id : S("start"));
}

static void put_none(const void *ctx, struct markup *m, const struct text_par *par)
{
	(void)ctx;
	markup_text(m, S("at "));
	markup_text(m, par->id);
}

static struct text_rolling three(struct arena *a, struct text_doc *d)
{
	static const char *const base[] = {"one", "two", "three", NULL};
	*d = world_doc(a, base);
	d->par[2].is_gone = true;
	struct text_new *new = arena_new_of(a, struct text_new);
	*new = (struct text_new){.id = S("n"), .text = S("fresh")};
	struct text_amendment *m = arena_array(a, struct text_amendment, 3);
	m[0] = world_amendment(a, "a1", "Kenya", world_edit(d, 0, "one", "1"));
	m[1] = world_amendment(a, "a2", "Peru", world_edit(d, 1, "two", "2"));
	m[2] = world_amendment(a, "a3", "Chad",
	    (struct text_op){
	        .kind = TEXT_INSERT_PARS, .after = TEXT_START, .news = new, .news_n = 1});
	return text_roll(a, d, m, 3);
}

typedef str rendering(struct arena *, const struct text_rolling *, const struct text_voice *);
static rendering *const renderings[] = {text_rolling_html, text_rolling_clean};

TEST(a_page_shows_the_paragraphs_that_it_chooses)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_doc d;
	struct text_rolling r = three(a, &d);
	const struct text_voice voice = {
	    .shows = shows_second, .at_par = put_id, .contested = put_id};
	for (size_t i = 0; i < 2; i++) {
		str s = renderings[i](a, &r, &voice);
		HAS(s, "id=\"rolling-paragraph-2\" data-par=\"p2\"");
		HAS_NOT(s, "data-par=\"p1\"");
		HAS_NOT(s, "data-par=\"p3\"");
		HAS_NOT(s, "fresh");
		HAS_NOT(s, "one");
		HAS_NOT(s, "start");
		HAS_NOT(s, "rolling-note");
		/* The list is another matter. */
		HAS(s, "id=\"amendment-1\"");
	}
}

TEST(a_page_speaks_of_every_place)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_doc d;
	struct text_rolling r = three(a, &d);
	const struct text_voice voice = {.at_par = put_none, .contested = put_id};
	for (size_t i = 0; i < 2; i++) {
		str s = renderings[i](a, &r, &voice);
		HAS(s, "<div class=\"rolling-text\">\n<div class=\"rolling-contested\" "
		       "id=\"rolling-place-0\" data-sign>start</div>");
		HAS(s, "<div data-sign>at p1</div><div class=\"rolling-contested\" "
		       "id=\"rolling-place-1\" data-sign>p1</div></div>");
		/* What is hidden would hide it, too. */
		HAS(s, "hidden></div>\n<div class=\"rolling-contested\" "
		       "id=\"rolling-place-3\" data-sign>p3</div>");
		HAS_NOT(s, "at p3");
	}
	str s = text_rolling_clean(a, &r, &voice);
	HAS(s, "one</span><a class=\"rolling-mark\" data-sign href=\"#rolling-place-1\"");
	HAS(s, "data-sign href=\"#rolling-place-0\"");
}

TEST(a_page_may_have_lists_of_its_own)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_doc d;
	struct text_rolling r = three(a, &d);
	const struct text_voice voice = {.no_list = true};
	for (size_t i = 0; i < 2; i++) {
		str s = renderings[i](a, &r, &voice);
		HAS_NOT(s, "<section");
		HAS_NOT(s, "id=\"amendment-");
		/* The links remain, to the anchors that the page sets. */
		HAS(s, "href=\"#amendment-2\"");
	}
	CHECK_STR(text_rolling_anchor(a, 1), "amendment-2");
}

TEST(no_link_leads_to_a_note_that_is_left_out)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"The note.", "words", NULL};
	struct text_doc d = world_doc(a, base);
	d.par[0].kind = TEXT_NOTE;
	struct text_mark mark = {TEXT_NOTE_REF, 5, 5, S("p1")};
	d.par[1].marks = &mark;
	d.par[1].marks_n = 1;
	struct text_rolling r = text_roll(a, &d, NULL, 0);
	const struct text_voice voice = {.shows = shows_second};
	for (size_t i = 0; i < 2; i++)
		HAS(renderings[i](a, &r, &voice), "words<sup data-sign><span>1</span></sup>");
}

/* --- random ones --- */

/* The number at the end of the name of each mark. */
static size_t sum_of_marks(str s, size_t *most)
{
	size_t sum = 0;
	for (size_t at; (at = str_find(s, S("\"rolling-mark\""))) != SIZE_MAX;) {
		size_t n = 0;
		s = str_skip(s, at);
		s = str_skip(s, str_find(s, S("aria-label=\"")) + 12);
		for (size_t i = 0; i < s.n && s.p[i] != '"'; i++)
			n = s.p[i] >= '0' && s.p[i] <= '9' ? 10 * n + (size_t)(s.p[i] - '0') : 0;
		sum += n;
		*most = n > *most ? n : *most;
	}
	return sum;
}

/* How many amendments have an operation at this place. */
static size_t touching(const struct world *w, size_t par)
{
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++) {
		bool there = false;
		for (size_t k = 0; k < w->list[i].ops_n; k++) {
			const struct text_op *op = &w->list[i].ops[k];
			there = there || text_op_home(op) == par ||
			        (op->kind == TEXT_MOVE && op->after == par);
		}
		n += there;
	}
	return n;
}

/* Every place that an amendment bears on has a mark, and no other has. */
static void check_marks(const struct world *w, uint64_t seed)
{
	const struct text_voice voice = {.no_list = true};
	struct text_rolling r = text_roll(w->arena, &w->doc, w->list, w->n);
	str html = text_rolling_clean(w->arena, &r, &voice), rest = html;
	for (size_t par = TEXT_START; par + 1 <= w->doc.n; par++) {
		size_t end = str_find(rest, S("data-par=\"")), most = 0;
		str here = str_head(rest, end);
		rest = end == SIZE_MAX ? STR_EMPTY : str_skip(rest, end + 10);
		size_t want = touching(w, par), sum = sum_of_marks(here, &most);
		if (sum < want || most > want || (sum && !want))
			t_fail(__FILE__, __LINE__,
			    "case %zu, place %zu: %zu amendments, marks for %zu, %zu at "
			    "most:\n%.*s",
			    (size_t)seed, par + 1, want, sum, most, STR(html));
	}
}

TEST(nothing_contested_is_hidden)
{
	static const struct world_size size = {
	    .pars = 5, .words = 6, .list = 5, .ops = 5, .odd = true};
	struct arena *a = arena_new(0);
	for (uint64_t seed = 1; seed <= 3000 && !t_failures(); seed++) {
		struct t_rand dice = {seed};
		struct world w = world_make(a, &dice, &size);
		check_marks(&w, seed);
		arena_reset(a);
	}
	arena_free(a);
}
