/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What the properties have found, each as the smallest case that showed it.
 */
#include "base/must.h"
#include "harness/t.h"
#include "text/inverse.h"
#include "text/json_write.h"
#include "world.h"

#include "base/poison.h"

struct stage {
	struct arena *a;
	struct text_lexer *lexer;
	struct text_doc d;
};

static void stage_open(struct stage *s, struct arena *a, const char *const *text, size_t n)
{
	struct gen_case c = {0};
	for (size_t i = 0; i < n; i++)
		*vec_push(a, &c.par) =
		    (struct gen_par){.id = arena_printf(a, "p%zu", i + 1), .text = str_of(text[i])};
	s->a = a;
	s->lexer = text_lexer_open(a);
	s->d = gen_doc(a, &c);
}

static enum rc settle(struct stage *s, const char *id, const struct text_wish *wish, size_t n,
    struct text_amendment *out)
{
	struct err err = {0};
	*out = (struct text_amendment){.id = str_of(id)};
	return text_settle(s->a, s->lexer, &s->d, wish, n, NULL, 0, out, &err);
}

static void must_settle(
    struct stage *s, const char *id, struct text_wish wish, struct text_amendment *out)
{
	CHECK_EQ(settle(s, id, &wish, 1, out), OK);
}

static struct text_revision merge(
    struct stage *s, const struct text_doc *d, const struct text_amendment *set, size_t n)
{
	struct text_revision r = {0};
	struct err err = {0};
	CHECK_EQ(text_merge(s->a, d, set, n, false, &r, &err), OK);
	return r;
}

/* It went on from the first move and came to stand behind itself: both paragraphs were lost. */
TEST(found_a_move_behind_itself_in_two_steps)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment m;
	stage_open(&s, a, (const char *[]){"one", "two"}, 2);
	struct text_wish wish[2] = {
	    {.verb = TEXT_DO_MOVE_PAR, .par = S("p1"), .after = S("p2")},
	    {.verb = TEXT_DO_MOVE_PAR, .par = S("p2"), .after = S("p1")},
	};
	CHECK_EQ(settle(&s, "a1", wish, 2, &m), INVALID);
	text_lexer_close(s.lexer);
}

/* The same place, named by those who counted from different revisions. */
TEST(found_one_split_with_two_names)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment set[2], turned[2];
	stage_open(&s, a, (const char *[]){"one two"}, 1);
	struct text_wish split = {
	    .verb = TEXT_DO_SPLIT_PAR, .par = S("p1"), .from = 4, .id = S("y")};
	must_settle(&s, "a1", split, &set[0]);
	split.id = S("x");
	must_settle(&s, "a2", split, &set[1]);
	turned[0] = set[1];
	turned[1] = set[0];
	struct text_revision r = merge(&s, &s.d, set, 2), q = merge(&s, &s.d, turned, 2);
	NEED(r.doc.n == 2 && q.doc.n == 2);
	CHECK_STR(r.doc.par[1].id, "x");
	CHECK_STR(q.doc.par[1].id, "x");
	text_lexer_close(s.lexer);
}

/* A mark put in behind its letter, and the letter with its mark put in for the letter. */
TEST(found_a_mark_that_joins_its_letter)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment x, y;
	stage_open(&s, a, (const char *[]){"rein"}, 1);
	must_settle(&s, "a1",
	    (struct text_wish){
	        .verb = TEXT_DO_INSERT, .par = S("p1"), .from = 4, .text = S("\u0327")},
	    &x);
	must_settle(&s, "a2",
	    (struct text_wish){
	        .verb = TEXT_DO_REPLACE, .par = S("p1"), .from = 3, .to = 4, .text = S("\u0146")},
	    &y);
	NEED(x.ops_n == 1 && y.ops_n == 1);
	CHECK(text_op_same(&x.ops[0], &y.ops[0]));
	text_lexer_close(s.lexer);
}

/* Nothing stood between the two any more, and two insertions that fitted became alternatives. */
TEST(found_a_join_that_makes_two_places_one)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment m[3];
	stage_open(&s, a, (const char *[]){"\u4eba", "\u6743"}, 2);
	must_settle(&s, "a1", (struct text_wish){.verb = TEXT_DO_JOIN_PAR, .par = S("p1")}, &m[0]);
	must_settle(&s, "a2",
	    (struct text_wish){
	        .verb = TEXT_DO_INSERT, .par = S("p1"), .from = 1, .text = S("\u5927")},
	    &m[1]);
	must_settle(&s, "a3",
	    (struct text_wish){
	        .verb = TEXT_DO_INSERT, .par = S("p2"), .from = 0, .text = S("\u4e00")},
	    &m[2]);
	struct text_revision whole = merge(&s, &s.d, m, 3), joined = merge(&s, &s.d, m, 1);
	struct text_amendment rest[2] = {
	    text_rebase(a, &joined, &m[1]), text_rebase(a, &joined, &m[2])};
	struct text_revision then = merge(&s, &joined.doc, rest, 2);
	CHECK_STR(text_par_read(a, &whole.doc.par[0]), "\u4eba\u5927\u4e00\u6743");
	CHECK_STR(text_par_read(a, &then.doc.par[0]), "\u4eba\u5927\u4e00\u6743");
	text_lexer_close(s.lexer);
}

/* Its end was deleted; a split before that end and a join of the paragraph then clashed. */
TEST(found_a_deletion_that_set_two_others_against_each_other)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment m[3];
	stage_open(&s, a, (const char *[]){"b a", "c"}, 2);
	must_settle(&s, "a1",
	    (struct text_wish){.verb = TEXT_DO_DELETE, .par = S("p1"), .from = 1, .to = 3}, &m[0]);
	must_settle(&s, "a2",
	    (struct text_wish){.verb = TEXT_DO_SPLIT_PAR, .par = S("p1"), .from = 1}, &m[1]);
	must_settle(&s, "a3", (struct text_wish){.verb = TEXT_DO_JOIN_PAR, .par = S("p1")}, &m[2]);
	struct text_revision r = merge(&s, &s.d, m, 1);
	struct text_amendment rest[2] = {text_rebase(a, &r, &m[1]), text_rebase(a, &r, &m[2])};
	CHECK_EQ(text_relate(&s.d, &m[1].ops[0], &m[2].ops[0], NULL), TEXT_APART);
	CHECK_EQ(text_relate(&r.doc, &rest[0].ops[0], &rest[1].ops[0], NULL), TEXT_APART);
	text_lexer_close(s.lexer);
}

/* Two that had made the same id for different paragraphs could not be adopted together. */
TEST(found_two_paragraphs_with_one_id)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment m[2];
	stage_open(&s, a, (const char *[]){"one two three"}, 1);
	struct text_wish split = {
	    .verb = TEXT_DO_SPLIT_PAR, .par = S("p1"), .from = 4, .id = S("x")};
	must_settle(&s, "a1", split, &m[0]);
	split.from = 8;
	must_settle(&s, "a2", split, &m[1]);
	struct text_revision r = merge(&s, &s.d, m, 2);
	NEED(r.doc.n == 3);
	CHECK_STR(r.doc.par[1].id, "x");
	CHECK_STR(r.doc.par[2].id, "x.2");
	struct text_revision first = merge(&s, &s.d, &m[1], 1);
	struct text_amendment then = text_rebase(a, &first, &m[0]);
	CHECK_STR(then.ops[0].news[0].id, "x.2");
	text_lexer_close(s.lexer);
}

/* What was moved away came back before what another had put behind its neighbour. */
TEST(found_a_move_that_did_not_come_back_to_its_place)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment m[2];
	stage_open(&s, a, (const char *[]){"one", "two"}, 2);
	must_settle(&s, "a1", (struct text_wish){.verb = TEXT_DO_MOVE_PAR, .par = S("p2")}, &m[0]);
	must_settle(&s, "a2",
	    (struct text_wish){
	        .verb = TEXT_DO_INSERT_PAR, .after = S("p1"), .text = S("new"), .id = S("x")},
	    &m[1]);
	struct text_revision r = merge(&s, &s.d, m, 2);
	struct text_amendment inverse = text_inverse(a, &r, 0);
	struct text_revision back = merge(&s, &r.doc, &inverse, 1);
	NEED(back.doc.n == 3);
	CHECK_STR(back.doc.par[0].id, "p1");
	CHECK_STR(back.doc.par[1].id, "x");
	CHECK_STR(back.doc.par[2].id, "p2");
	text_lexer_close(s.lexer);
}

/* A place between a space and a mark that a join had put behind it: counted, it came behind it. */
TEST(found_a_place_inside_of_a_grapheme)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	struct text_file f, again;
	struct err err = {0};
	str draft = S("{\"paragraphs\":[{\"id\":\"p1\",\"text\":\"one\"},"
	              "{\"id\":\"p2\",\"text\":\"\u0308two three\"}],\"amendments\":["
	              "{\"id\":\"a1\",\"ops\":[{\"op\":\"join_par\",\"par\":\"p1\"}]},"
	              "{\"id\":\"a2\",\"ops\":[{\"op\":\"delete\",\"par\":\"p2\","
	              "\"from\":0,\"to\":4}]}]}");
	NEED(text_json_read(a, l, draft, &f, &err) == OK && f.n == 2);
	struct text_revision r;
	NEED(text_merge(a, &f.doc, &f.list[0], 1, false, &r, &err) == OK);
	struct text_amendment rest = text_rebase(a, &r, &f.list[1]);
	struct json *v = text_json_file(a, l, &f, &r.doc, &rest, 1);
	NEED(text_json_read(a, l, json_str(a, v), &again, &err) == OK && again.n == 1);
	NEED(rest.ops_n == 1 && again.list[0].ops_n == 1);
	CHECK_EQ(again.list[0].ops[0].from, rest.ops[0].from);
	CHECK_EQ(again.list[0].ops[0].to, rest.ops[0].to);
	text_lexer_close(l);
}

/* Each came back behind the other: neither was there any more. */
TEST(found_two_moves_that_came_back_behind_each_other)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stage s;
	struct text_amendment m;
	stage_open(&s, a, (const char *[]){"one", "two", "three"}, 3);
	struct text_wish wish[2] = {
	    {.verb = TEXT_DO_MOVE_PAR, .par = S("p2")},
	    {.verb = TEXT_DO_MOVE_PAR, .par = S("p3"), .after = S("p1")},
	};
	NEED(settle(&s, "a1", wish, 2, &m) == OK);
	struct text_revision r = merge(&s, &s.d, &m, 1);
	struct text_amendment inverse = text_inverse(a, &r, 0);
	struct text_revision back = merge(&s, &r.doc, &inverse, 1);
	NEED(back.doc.n == 3);
	CHECK_STR(back.doc.par[0].id, "p1");
	CHECK_STR(back.doc.par[1].id, "p2");
	CHECK_STR(back.doc.par[2].id, "p3");
	text_lexer_close(s.lexer);
}
