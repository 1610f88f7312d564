/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "t.h"

#include "base/buf.h"
#include "text/amend.h"
#include "text/inverse.h"
#include "text/merge.h"
#include "text/rebase.h"

#include "base/poison.h"

/* Paragraphs p1, p2... and amendments made of wishes, for tests that read like the table. */
struct bench {
	struct arena *arena;
	struct text_lexer *lexer;
	struct text_doc doc;
	struct text_amendment list[8];
	size_t n;
};

static struct bench with(const char *const *texts, size_t n)
{
	struct bench b = {.arena = arena_new(0)};
	struct err err = {0};
	b.lexer = text_lexer_open(b.arena);
	b.doc = (struct text_doc){arena_array(b.arena, struct text_par, n + 1), n, {0}};
	for (size_t i = 0; i < n; i++) {
		b.doc.par[i].id = arena_printf(b.arena, "p%zu", i + 1);
		b.doc.par[i].full = str_of(texts[i]);
	}
	CHECK_EQ(text_doc_index(b.arena, &b.doc, &err), OK);
	return b;
}

static void done(struct bench *b)
{
	text_lexer_close(b->lexer);
	arena_free(b->arena);
}

static void amend(struct bench *b, const struct text_wish *wish, size_t n)
{
	struct err err = {0};
	struct text_amendment *m = &b->list[b->n++];
	m->id = arena_printf(b->arena, "a%zu", b->n);
	enum rc rc = text_settle(b->arena, b->lexer, &b->doc, wish, n, NULL, 0, m, &err);
	if (rc != OK)
		t_fail(__FILE__, __LINE__, "%.*s", STR(err_text(&err, b->arena)));
}

#define AMEND(b, ...)                                       \
	amend((b), (const struct text_wish[]){__VA_ARGS__}, \
	    sizeof((const struct text_wish[]){__VA_ARGS__}) / sizeof(struct text_wish))

/* What is read of all paragraphs, parted by '|'. */
static str merged(struct bench *b)
{
	struct text_revision r;
	struct err err = {0};
	if (text_merge(b->arena, &b->doc, b->list, b->n, false, &r, &err) != OK)
		return err_text(&err, b->arena);
	struct buf out = buf_in(b->arena, 0);
	for (size_t i = 0; i < r.doc.n; i++)
		if (!r.doc.par[i].is_gone) {
			buf_sep(&out, S("|"));
			buf_put(&out, text_par_read(b->arena, &r.doc.par[i]));
		}
	return buf_str(&out);
}

static struct bench one(const char *text)
{
	return with(&text, 1);
}

static struct bench three(void)
{
	return with((const char *[]){"One two three four.", "Five six seven.", "Eight nine."}, 3);
}

/* The relation of the first two amendments' first operations, which must be symmetric. */
static enum text_relation relation(const struct bench *b)
{
	const struct text_op *x = b->list[0].ops, *y = b->list[1].ops;
	enum text_relation r = text_relate(&b->doc, x, y, NULL);
	CHECK(r == text_relate(&b->doc, y, x, NULL));
	return r;
}

TEST(words_of_different_parties_are_merged)
{
	struct bench b = one("States shall ensure access.");
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 7, .to = 12, .text = S("should")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 20, .text = S("universal ")});
	CHECK_EQ(relation(&b), TEXT_APART);
	CHECK_STR(merged(&b), "States should ensure universal access.");
	done(&b);
}

TEST(a_letter_changed_is_a_word_changed)
{
	struct bench b = one("The cat sat.");
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 5, .to = 6, .text = S("u")});
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 4, .to = 5, .text = S("b")});
	CHECK_STR(b.list[0].ops[0].text, "cut");
	CHECK_EQ(relation(&b), TEXT_CONFLICT);
	done(&b);
}

TEST(adjacent_words_do_not_conflict)
{
	struct bench b = one("a b c d");
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 2, .to = 3, .text = S("x")});
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 3, .to = 5, .text = S("-y")});
	CHECK_EQ(relation(&b), TEXT_APART);
	CHECK_STR(merged(&b), "a x-y d");
	done(&b);
}

TEST(the_same_insertion_is_one_proposal)
{
	struct bench b = one("all people and people");
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 4, .text = S("young ")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 3, .text = S(" young")});
	CHECK_EQ(relation(&b), TEXT_THE_SAME);
	CHECK_STR(merged(&b), "all young people and people");
	struct text_groups g = text_unify(b.arena, b.list, b.n);
	NEED(g.list.n == 1);
	CHECK_EQ(g.list.p[0].n, 2);
	done(&b);
}

TEST(two_insertions_at_one_gap_are_alternatives)
{
	struct bench b = one("a b");
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 2, .text = S("x ")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 2, .text = S("y ")});
	CHECK_EQ(relation(&b), TEXT_ALTERNATIVES);
	CHECK_STR(merged(&b), "a1 and a2 cannot both be adopted.");
	struct text_revision r;
	struct err err = {0};
	NEED(text_merge(b.arena, &b.doc, b.list, 2, true, &r, &err) == OK);
	CHECK_STR(text_par_read(b.arena, &r.doc.par[0]), "a x y b");
	done(&b);
}

TEST(deletions_that_overlap_are_united)
{
	struct bench b = one("a b c d");
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 2, .to = 6});
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 4, .to = 7});
	CHECK_EQ(relation(&b), TEXT_OVERLAP);
	CHECK_STR(merged(&b), "a"); /* the first one is " b c", its leftmost place */
	done(&b);
}

TEST(an_insertion_inside_a_deletion_conflicts)
{
	struct bench b = one("a b c d");
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 2, .to = 6});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 4, .text = S("x ")});
	CHECK_EQ(relation(&b), TEXT_CONFLICT);
	done(&b);
}

TEST(an_insertion_that_touches_a_deletion_does_not)
{
	struct bench b = one("a b c d");
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 2, .to = 4});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 4, .text = S("x ")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 1, .text = S("!")});
	CHECK_EQ(relation(&b), TEXT_APART);
	CHECK_STR(merged(&b), "a! x c d");
	done(&b);
}

TEST(a_paragraph_deleted_and_edited_conflicts)
{
	struct bench b = three();
	AMEND(&b, {TEXT_DO_DELETE_PAR, .par = S("p2")});
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p2"), .from = 0, .to = 5});
	CHECK_EQ(relation(&b), TEXT_CONFLICT);
	done(&b);
}

TEST(a_move_carries_edits_and_splits_along)
{
	struct bench b = three();
	AMEND(&b, {TEXT_DO_MOVE_PAR, .par = S("p1"), .after = S("p3")});
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 4, .to = 7, .text = S("2")});
	AMEND(&b, {TEXT_DO_SPLIT_PAR, .par = S("p1"), .from = 8});
	AMEND(&b, {TEXT_DO_DELETE_PAR, .par = S("p3")});
	CHECK_EQ(relation(&b), TEXT_APART);
	CHECK_STR(merged(&b), "Five six seven.|One 2 |three four.");
	done(&b);
}

TEST(two_moves_of_one_paragraph_conflict)
{
	struct bench b = three();
	AMEND(&b, {TEXT_DO_MOVE_PAR, .par = S("p1"), .after = S("p3")});
	AMEND(&b, {TEXT_DO_MOVE_PAR, .par = S("p1"), .after = S("p2")});
	CHECK_EQ(relation(&b), TEXT_CONFLICT);
	done(&b);
}

TEST(a_join_takes_the_edits_of_both)
{
	struct bench b = three();
	AMEND(&b, {TEXT_DO_JOIN_PAR, .par = S("p1")});
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p2"), .from = 0, .to = 4, .text = S("5")});
	AMEND(&b, {TEXT_DO_SPLIT_PAR, .par = S("p2"), .from = 5});
	AMEND(&b, {TEXT_DO_INSERT_PAR, .after = S("p2"), .text = S("New.")});
	CHECK_STR(merged(&b), "One two three four. 5 |six seven.|New.|Eight nine.");
	AMEND(&b, {TEXT_DO_MOVE_PAR, .par = S("p2"), .after = S("p3")});
	CHECK_STR(merged(&b), "a1 and a5 cannot both be adopted.");
	done(&b);
}

TEST(what_stands_behind_a_moved_paragraph_is_not_guessed)
{
	struct bench b = three();
	AMEND(&b, {TEXT_DO_MOVE_PAR, .par = S("p1"), .after = S("p3")});
	AMEND(&b, {TEXT_DO_INSERT_PAR, .after = S("p1"), .text = S("New.")});
	CHECK_EQ(relation(&b), TEXT_CONFLICT);
	done(&b);
}

/* The amendments from the second on, carried over the adoption of the first, then merged. */
static struct bench adopt_first(struct bench *b)
{
	struct text_revision *r = arena_new_of(b->arena, struct text_revision);
	struct err err = {0};
	struct bench next = {.arena = b->arena, .lexer = b->lexer};
	if (text_merge(b->arena, &b->doc, b->list, 1, false, r, &err) != OK)
		t_fail(__FILE__, __LINE__, "%.*s", STR(err_text(&err, b->arena)));
	next.doc = r->doc;
	for (size_t i = 1; i < b->n; i++)
		next.list[next.n++] = text_rebase(b->arena, r, &b->list[i]);
	return next;
}

TEST(places_that_become_one_keep_their_order)
{
	struct bench b = one("a b c d");
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 2, .to = 6});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 6, .text = S("y ")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 2, .text = S("x ")});
	str at_once = merged(&b);
	CHECK_STR(at_once, "a x y d");
	struct bench next = adopt_first(&b);
	CHECK_STR(merged(&next), "a x y d");
	done(&b);
}

TEST(a_rebase_says_how_each_amendment_stands)
{
	struct bench b = one("States shall ensure open access.");
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 7, .to = 20});
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 7, .to = 20});
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p1"), .from = 13, .to = 25});
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 7, .to = 12, .text = S("may")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 25, .text = S("and free ")});
	struct bench next = adopt_first(&b);
	CHECK_EQ(next.list[0].outcome, TEXT_SATISFIED);
	CHECK_EQ(next.list[1].outcome, TEXT_PARTLY_SATISFIED);
	CHECK_EQ(next.list[2].outcome, TEXT_IN_CONFLICT);
	CHECK_STR(next.list[2].why,
	    "a1 has been adopted. Both change the same words. Its author must "
	    "say what remains of it.");
	CHECK_STR(next.list[2].ops[0].was, "shall");
	CHECK_EQ(next.list[3].outcome, TEXT_UNCHANGED);
	CHECK_STR(merged(&next), "States and free access.");
	done(&b);
}

TEST(an_adopted_amendment_can_be_undone)
{
	struct bench b = three();
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 4, .to = 7, .text = S("2")},
	    {TEXT_DO_SPLIT_PAR, .par = S("p1"), .from = 8}, {TEXT_DO_JOIN_PAR, .par = S("p2")},
	    {TEXT_DO_INSERT_PAR, .after = S("p3"), .text = S("New.")});
	struct text_revision r, back;
	struct err err = {0};
	NEED(text_merge(b.arena, &b.doc, b.list, 1, false, &r, &err) == OK);
	struct text_amendment undo = text_inverse(b.arena, &r, 0);
	NEED(text_merge(b.arena, &r.doc, &undo, 1, false, &back, &err) == OK);
	struct bench next = {.arena = b.arena, .doc = back.doc};
	CHECK_STR(merged(&next), "One two three four.|Five six seven.|Eight nine.");
	for (size_t i = 0, k = 0; i < back.doc.n; i++)
		if (!back.doc.par[i].is_gone)
			CHECK_STR(back.doc.par[i].id, arena_printf(b.arena, "p%zu", ++k).p);
	done(&b);
}

static str refusal(struct bench *b, struct text_wish wish)
{
	struct err err = {0};
	struct text_amendment m = {.id = S("a1")};
	CHECK_EQ(text_settle(b->arena, b->lexer, &b->doc, &wish, 1, NULL, 0, &m, &err), INVALID);
	return err_text(&err, b->arena);
}

TEST(wrong_operations_are_refused_by_name)
{
	struct bench b = three();
	CHECK_STR(refusal(&b, (struct text_wish){TEXT_DO_DELETE_PAR, .par = S("p9")}),
	    "Amendment a1, operation 1: there is no paragraph p9.");
	CHECK_STR(refusal(&b, (struct text_wish){TEXT_DO_INSERT, .par = S("p3"), .from = 12}),
	    "Amendment a1, operation 1: `at` is 12, but paragraph p3 has 11 graphemes.");
	CHECK_STR(
	    refusal(&b, (struct text_wish){TEXT_DO_DELETE, .par = S("p3"), .from = 2, .to = 1}),
	    "Amendment a1, operation 1: `to` comes before `from`.");
	CHECK_STR(refusal(&b, (struct text_wish){TEXT_DO_JOIN_PAR, .par = S("p3")}),
	    "Amendment a1, operation 1: no paragraph follows p3 that it could be joined with.");
	CHECK_STR(refusal(&b, (struct text_wish){TEXT_DO_REPLACE, .par = S("p3"), .to = 5,
	                          .text = S("Eight")}),
	    "Amendment a1 changes nothing.");
	done(&b);
}

TEST(operations_of_one_amendment_must_not_overlap)
{
	struct bench b = one("a b c d");
	struct text_wish wish[] = {{TEXT_DO_DELETE, .par = S("p1"), .from = 0, .to = 4},
	    {TEXT_DO_INSERT, .par = S("p1"), .from = 2, .text = S("x")}};
	struct text_amendment m = {.id = S("a7")};
	struct err err = {0};
	CHECK_EQ(text_settle(b.arena, b.lexer, &b.doc, wish, 2, NULL, 0, &m, &err), INVALID);
	CHECK_STR(err_text(&err, b.arena), "Amendment a7, operation 2 bears on words of paragraph "
	                                   "p1 that another operation of the "
	                                   "same amendment bears on. Write them as one.");
	done(&b);
}

TEST(a_paragraph_as_it_should_read_makes_operations)
{
	struct bench b = three();
	struct text_reading reading[] = {{.par = S("p1"), .text = S("One 2 three 4.")},
	    {.after = S("p1"), .text = S("New.")}, {.after = S("p1"), .text = S("Newer.")},
	    {.par = S("p2"), .text = {0}}, {.par = S("p3"), .after = STR_EMPTY}};
	struct err err = {0};
	struct text_amendment *m = &b.list[b.n++];
	m->id = S("a1");
	enum rc rc = text_settle(b.arena, b.lexer, &b.doc, NULL, 0, reading, 5, m, &err);
	CHECK_STR(rc ? err_text(&err, b.arena) : S("ok"), "ok");
	CHECK_STR(merged(&b), "Eight nine.|One 2 three 4.|New.|Newer.");
	done(&b);
}

/* The marks of all paragraphs as "id: words; ...". */
static str marked(struct arena *a, const struct text_doc *d)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->par[i].marks_n; k++) {
			const struct text_mark *m = &d->par[i].marks[k];
			buf_sep(&b, S("; "));
			buf_printf(&b, "%.*s: ", STR(d->par[i].id));
			buf_put(&b, text_par_between(a, &d->par[i], m->from, m->to));
			if (m->from == m->to)
				buf_printf(&b, "@%zu", text_par_shown(&d->par[i], m->from));
		}
	return buf_str(&b);
}

TEST(marks_survive_every_operation)
{
	struct bench b = three();
	struct text_mark marks[] = {
	    {TEXT_EMPHASIS, 4, 13, STR_EMPTY}, {TEXT_NOTE_REF, 18, 18, S("n1")}};
	struct text_mark link = {TEXT_LINK, 0, 4, S("https://example.org")};
	b.doc.par[0].marks = marks;
	b.doc.par[0].marks_n = 2;
	b.doc.par[1].marks = &link;
	b.doc.par[1].marks_n = 1;
	AMEND(&b, {TEXT_DO_REPLACE, .par = S("p1"), .from = 4, .to = 7, .text = S("2")},
	    {TEXT_DO_SPLIT_PAR, .par = S("p1"), .from = 8}, {TEXT_DO_JOIN_PAR, .par = S("p1")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 14, .text = S("and ")});
	AMEND(&b, {TEXT_DO_INSERT, .par = S("p1"), .from = 0, .text = S("Now ")});
	AMEND(&b, {TEXT_DO_DELETE, .par = S("p2"), .from = 0, .to = 5});
	struct text_revision r;
	struct err err = {0};
	NEED(text_merge(b.arena, &b.doc, b.list, b.n, false, &r, &err) == OK);
	CHECK_STR(merged(&b), "Now One 2 |three and four. six seven.|Eight nine.");
	/* New words inside a mark are marked; the link's words are gone, it waits for them. */
	CHECK_STR(marked(b.arena, &r.doc), "p1: 2 ; p1/8: three; p1/8: @14; p1/8: ");
	done(&b);
}
