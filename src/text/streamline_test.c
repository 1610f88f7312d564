/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_world.h"
#include "text/streamline.h"

#include "base/poison.h"

struct case_ {
	struct arena *arena;
	struct text_lexer *lexer;
	struct text_doc doc;
	struct text_amendment list[8];
	size_t n;
	struct text_amendment merged;
	struct text_streamlined out;
};

static struct text_amendment *add(struct case_ *c, const char *party)
{
	struct text_amendment *m = &c->list[c->n++];
	*m = (struct text_amendment){.party = str_of(party)};
	m->id = arena_printf(c->arena, "a%zu", c->n);
	m->ops = arena_array(c->arena, struct text_op, 4);
	return m;
}

static struct text_op news(struct case_ *c, size_t after, const char *text)
{
	struct text_op op = {.kind = TEXT_INSERT_PARS, .after = after, .news_n = 1};
	op.news = arena_new_of(c->arena, struct text_new);
	op.news[0].id = S("new");
	op.news[0].text = str_of(text);
	return op;
}

static void start(struct case_ *c, struct arena *a, const char *const *texts)
{
	*c = (struct case_){.arena = a, .lexer = text_lexer_open(a), .doc = world_doc(a, texts)};
	c->merged = (struct text_amendment){.id = S("f"), .party = S("Facilitator")};
	c->merged.ops = arena_array(a, struct text_op, 4);
}

static void put(struct text_amendment *m, struct text_op op)
{
	m->ops[m->ops_n++] = op;
}

/* Streamlines all that is in the list, and writes the table: "taken|kept|left out" by row. */
static str table(struct case_ *c, bool keep_rest)
{
	size_t all[8] = {0, 1, 2, 3, 4, 5, 6, 7};
	struct err err = {0};
	struct buf b = buf_in(c->arena, 0);
	if (text_streamline(c->arena, c->lexer, &c->doc, c->list, c->n, all, c->n, &c->merged,
	        keep_rest, &c->out, &err) != OK)
		return err_text(&err, c->arena);
	for (size_t i = 0; i < c->out.rows_n; i++) {
		const struct text_provenance *r = &c->out.row[i];
		buf_printf(&b, "%.*s %.*s|%.*s|%.*s\n", STR(c->list[r->source].id),
		    STR(text_taken_name(r->taken)), STR(r->kept), STR(r->left_out));
	}
	text_lexer_close(c->lexer);
	c->lexer = NULL;
	return buf_str(&b);
}

#define CASE(...)                                                \
	AUTO_ARENA struct arena *a = arena_new(0);               \
	static const char *const texts_[] = {__VA_ARGS__, NULL}; \
	struct case_ c;                                          \
	start(&c, a, texts_)

TEST(duplicates_become_one_with_all_sponsors)
{
	CASE("States shall ensure that people are heard.");
	static str peru[] = {{"Peru", 4}};
	struct text_amendment *m = add(&c, "Kenya");
	put(m, world_edit(&c.doc, 0, "shall", "should"));
	m->cosponsors = peru;
	m->cosponsors_n = 1;
	put(add(&c, "Norway"), world_edit(&c.doc, 0, "shall", "should"));
	put(add(&c, "Peru"), world_edit(&c.doc, 0, "shall ensure", "should see"));
	put(&c.merged, world_edit(&c.doc, 0, "shall", "should"));
	CHECK_STR(table(&c, false), "a1 taken whole|should|\na2 taken whole|should|\n"
	                            "a3 taken in part|should|see\n");
	NEED(c.out.n == 1);
	CHECK_STR(c.out.list[0].id, "f");
	NEED(c.out.list[0].cosponsors_n == 3);
	CHECK_STR(c.out.list[0].cosponsors[0], "Kenya");
	CHECK_STR(c.out.list[0].cosponsors[1], "Peru");
	CHECK_STR(c.out.list[0].cosponsors[2], "Norway");
}

TEST(what_was_left_out_stays_when_asked)
{
	CASE("States shall ensure that people are heard.");
	struct text_amendment *m = add(&c, "Kenya");
	put(m, world_edit(&c.doc, 0, "shall", "should"));
	put(m, world_edit(&c.doc, 0, "heard", "seen"));
	put(add(&c, "Norway"), world_edit(&c.doc, 0, "people", "all"));
	put(&c.merged, world_edit(&c.doc, 0, "shall", "should"));
	CHECK_STR(
	    table(&c, true), "a1 taken whole|should|\na1 not taken||seen\na2 not taken||all\n");
	NEED(c.out.n == 3);
	CHECK_EQ(c.out.merged, 0);
	CHECK_STR(c.out.list[1].id, "a1");
	CHECK_EQ(c.out.list[1].ops_n, 1);
	CHECK_STR(c.out.list[1].ops[0].text, "seen");
	/* Nothing of Norway's was taken: it stays, and Norway is no sponsor. */
	CHECK_STR(c.out.list[2].id, "a2");
	CHECK_EQ(c.out.list[0].cosponsors_n, 1);
}

TEST(a_source_of_which_nothing_was_taken_stays_unasked)
{
	CASE("States shall ensure.");
	put(add(&c, "Kenya"), world_edit(&c.doc, 0, "shall", "may"));
	put(add(&c, "Norway"), world_edit(&c.doc, 0, "States", "All"));
	put(&c.merged, world_edit(&c.doc, 0, "shall", "may"));
	CHECK_STR(table(&c, false), "a1 taken whole|may|\na2 not taken||All\n");
	NEED(c.out.n == 2);
	CHECK_STR(c.out.list[1].id, "a2");
}

TEST(words_that_others_break_up_are_taken_in_part)
{
	CASE("States ensure it.");
	struct text_op op = world_edit(&c.doc, 0, "States", " shall always");
	op.from = op.to;
	put(add(&c, "Kenya"), op);
	op.text = S(" shall not always");
	put(&c.merged, op);
	CHECK_STR(table(&c, false), "a1 taken in part|shall always|\n");
}

TEST(a_longer_edit_takes_up_what_it_holds)
{
	CASE("States shall ensure that people are heard.");
	put(add(&c, "Kenya"), world_edit(&c.doc, 0, "shall", "should"));
	put(add(&c, "Peru"), world_edit(&c.doc, 0, " that people", ""));
	struct text_op op = world_edit(&c.doc, 0, "people", " and peoples");
	op.from = op.to;
	put(add(&c, "Fiji"), op);
	put(&c.merged, world_edit(&c.doc, 0, "shall ensure that people",
	                   "should ensure that people and peoples"));
	CHECK_STR(table(&c, false), "a1 taken whole|should|\na2 not taken||\n"
	                            "a3 taken whole|and peoples|\n");
}

TEST(paragraphs_are_found_in_those_of_the_facilitator)
{
	CASE("First.", "Second one goes here.");
	put(add(&c, "Kenya"), news(&c, 0, "Nobody shall be excluded."));
	put(add(&c, "Peru"), news(&c, 0, "Travel is paid."));
	put(add(&c, "Fiji"), news(&c, 1, "Entirely other matters of some length."));
	struct text_op gone = {.kind = TEXT_DELETE_PAR, .par = 1};
	put(add(&c, "Chad"), gone);
	put(&c.merged, news(&c, 0, "Nobody shall be excluded. All travel is paid."));
	put(&c.merged, world_edit(&c.doc, 1, "Second one goes", "It"));
	CHECK_STR(table(&c, false), "a1 taken whole|Nobody shall be excluded.|\n"
	                            "a2 taken in part|is paid.|Travel\n"
	                            "a3 not taken||Entirely other matters of some length.\n"
	                            "a4 taken in part||\n");
}

TEST(words_are_found_in_another_place)
{
	CASE("First.", "Second.");
	struct text_op op = world_edit(&c.doc, 0, "First", " and women");
	op.from = op.to;
	put(add(&c, "Kenya"), op);
	put(&c.merged, news(&c, 1, "All men and women."));
	CHECK_STR(table(&c, false), "a1 taken whole|and women|\n");
	NEED(c.out.row[0].by_n == 1);
}

TEST(structure_is_taken_or_not)
{
	CASE("First.", "Second.", "Third.");
	struct text_op move = {.kind = TEXT_MOVE, .par = 0, .last = 0, .after = 2};
	put(add(&c, "Kenya"), move);
	move.after = 1;
	put(add(&c, "Peru"), move);
	struct text_op join = {.kind = TEXT_JOIN, .par = 1, .last = 2, .text = S(" ")};
	put(add(&c, "Fiji"), join);
	put(&c.merged, move);
	CHECK_STR(table(&c, false), "a1 taken in part||\na2 taken whole||\na3 not taken||\n");
}

TEST(wrong_sources_are_refused)
{
	CASE("States shall ensure.");
	put(add(&c, "Kenya"), world_edit(&c.doc, 0, "shall", "may"));
	put(add(&c, "Norway"), world_edit(&c.doc, 0, "States", "All"));
	put(&c.merged, world_edit(&c.doc, 0, "shall", "may"));
	struct err err = {0};
	size_t twice[] = {0, 0}, far[] = {2}, one[] = {0};
	struct text_streamlined *o = &c.out;
#define TRIES(of, many) \
	text_streamline(a, c.lexer, &c.doc, c.list, c.n, (of), (many), &c.merged, false, o, &err)
	CHECK_EQ(TRIES(one, 0), INVALID);
	CHECK_EQ(TRIES(twice, 2), INVALID);
	CHECK_EQ(TRIES(far, 1), INVALID);
	c.merged.id = S("a2");
	CHECK_EQ(TRIES(one, 1), INVALID);
	c.merged.id = S("a1");
	CHECK_EQ(TRIES(one, 1), OK);
	text_lexer_close(c.lexer);
}

TEST(the_table_says_it_in_words)
{
	CASE("States shall ensure.", "Second.");
	put(add(&c, "Kenya"), world_edit(&c.doc, 0, "shall ensure", "should see"));
	put(add(&c, "Norway"), world_edit(&c.doc, 1, "Second.", ""));
	put(&c.merged, world_edit(&c.doc, 0, "shall", "should"));
	table(&c, false);
	CHECK_STR(text_provenance_text(a, &c.out, c.list, &c.doc),
	    "Brought together in f (Facilitator, Kenya):\n\na1 (Kenya)\n"
	    "  p1: replace “shall ensure” by “should see”\n"
	    "    taken in part; kept: “should”; left out: “see”\n"
	    "    now: replace “shall” by “should”\n\na2 (Norway)\n"
	    "  p2: delete “Second.”\n    not taken\n");
	CHECK_STR(json_str(a, text_provenance_json(a, &c.out, c.list, &c.doc)),
	    "[{\"source\":\"a1\",\"party\":\"Kenya\",\"op\":0,\"par\":\"p1\",\"asks\":\"replace "
	    "“shall ensure” by “should see”\",\"taken\":\"taken in part\",\"kept\":\"should\","
	    "\"left_out\":\"see\",\"result\":\"f\",\"by\":[\"replace “shall” by “should”\"]},"
	    "{\"source\":\"a2\",\"party\":\"Norway\",\"op\":0,\"par\":\"p2\",\"asks\":\"delete "
	    "“Second.”\",\"taken\":\"not taken\",\"kept\":\"\",\"left_out\":\"\",\"result\":\"f\","
	    "\"by\":[]}]");
}

/* Every operation of every source is in the table or the list, and every party is named. */
TEST(nothing_disappears)
{
	struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	struct world_size size = {.pars = 5, .words = 8, .list = 6, .ops = 4};
	for (uint64_t seed = 1; seed <= 3000 && !t_failures(); seed++) {
		AUTO_ARENA struct arena *one = arena_new(0);
		struct t_rand dice = {seed};
		struct world w = world_make(one, &dice, &size);
		if (w.n < 3)
			continue;
		size_t source[8], n = w.n - 2, rows = 0;
		for (size_t i = 0; i < n; i++) {
			source[i] = i;
			rows += w.list[i].ops_n;
		}
		struct text_streamlined out;
		struct err err = {0};
		NEED(text_streamline(one, l, &w.doc, w.list, w.n - 1, source, n, &w.list[w.n - 1],
		         seed % 2, &out, &err) == OK);
		CHECK_EQ(out.rows_n, rows);
		for (size_t i = 0; i < w.n - 1; i++) {
			bool there = false;
			const struct text_amendment *m = &out.list[out.merged];
			for (size_t k = 0; k < out.n; k++)
				there = there || str_eq(out.list[k].id, w.list[i].id);
			for (size_t k = 0; k < m->cosponsors_n; k++)
				there = there || str_eq(m->cosponsors[k], w.list[i].party);
			CHECK(there || str_eq(m->party, w.list[i].party));
		}
	}
	text_lexer_close(l);
	arena_free(a);
}
